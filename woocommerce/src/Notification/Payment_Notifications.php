<?php
/**
 * Notifications of payments.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Decision\Identity_Check;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Query_Result;

/**
 * Which payment one is about, and whether what it said has happened.
 */
final class Payment_Notifications implements Notification_Kind {

	/** By its number. */
	public static function payment_of( string $mode, Verified_Message $event ): array {
		$attempt = Attempts::by_merchant_order_no( (string) $event->get( '/acquireOrder/merchantOrderNo' ) );
		$problem = match ( true ) {
			null === $attempt        => 'No payment of this shop has this number.',
			$attempt->mode !== $mode => 'It is signed with the key of the other mode.',
			default                  => Identity_Check::problem( $attempt, $event ),
		};
		return array( $attempt, $problem );
	}

	/** Asks Get Order. */
	public static function confirm( Attempt $attempt, string $number, int $event_id, int $tries, string $said ): bool {
		$check   = Payment_Service::check( $attempt );
		$current = Attempts::find( $attempt->id ) ?? $attempt;
		$why     = match ( true ) {
			Query_Result::Answered !== $check         => 'BonusPay could not be asked.',
			! self::is_seen_to( $current, $said )     => 'BonusPay does not confirm it yet.',
			! Effect_Claims::are_done( $current->id ) => 'The order is not changed yet.',
			default                                   => '',
		};
		return Notification_Inbox::conclude( $event_id, $tries, $why, $current->state->value, time() );
	}

	/** Its attempt. */
	public static function named( string $number ): array {
		$attempt = Attempts::by_merchant_order_no( $number );
		return array( $attempt, $attempt->created_at ?? 0 );
	}

	/** Whether the attempt stands where what was told would bring it, or beyond. */
	private static function is_seen_to( Attempt $attempt, string $said ): bool {
		return match ( $said ) {
			'SUCCESS', 'PAID_SUCCESS', 'SETTLED' => in_array(
				$attempt->state,
				array( Attempt_State::Paid, Attempt_State::Underpaid, Attempt_State::Review, Attempt_State::Refunded ),
				true
			),
			'FAILURE' => ! $attempt->state->is_live(),
			default   => true,
		};
	}
}
