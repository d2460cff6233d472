<?php
/**
 * Notifications of payments.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

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
final class Payment_Notifications {

	/** Asks BonusPay; the event is done when what it told is what BonusPay says now, and that is stored and done. */
	public static function confirm( Attempt $attempt, int $event_id, int $tries, string $said ): bool {
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

	/** Whether the attempt stands where what was told would bring it, or beyond. */
	private static function is_seen_to( Attempt $attempt, string $said ): bool {
		return match ( $said ) {
			'succeeded' => in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Underpaid, Attempt_State::Review, Attempt_State::Refunded ), true ),
			'failed'    => ! $attempt->state->is_live(),
			default     => true,
		};
	}
}
