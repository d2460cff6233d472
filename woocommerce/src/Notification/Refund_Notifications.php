<?php
/**
 * Notifications of refunds.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Decision\Refund_Share;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Order\Merchant_Notes;
use BonusPay\WooCommerce\Payment\Query_Result;
use BonusPay\WooCommerce\Refund\Refund_Service;
use BonusPay\WooCommerce\Settings\Backends;

/**
 * As with payments: stored, then Get Refund Order is asked, and only what that says is believed. A refund whose number is
 * not ours, of a payment that is, was begun in BonusPay's portal, and is taken over once.
 */
final class Refund_Notifications implements Notification_Kind {

	/** By the refund's number, or that of its payment. */
	public static function payment_of( string $mode, Verified_Message $event ): array {
		$number  = (string) $event->get( '/refundOrder/refundMerchantOrderNo' );
		$row     = Refunds::by_number( $number );
		$attempt = null === $row
			? Attempts::by_merchant_order_no( (string) $event->get( '/refundOrder/originMerchantOrderNo' ) )
			: Attempts::find( $row->attempt_id );
		$problem = match ( true ) {
			null === $attempt               => 'No refund or payment of this shop has these numbers.',
			$attempt->mode !== $mode        => 'It is signed with the key of the other mode.',
			! Refunds::is_number( $number ) => 'It names no refund.',
			default                         => Refund_Service::identity_mismatch( $attempt, $number, $row?->refund_no, $event ),
		};
		return array( $attempt, $problem );
	}

	/** Asks Get Refund Order, unless the refund stands already where it was told to stand. */
	public static function confirm( Attempt $attempt, string $number, int $event_id, int $tries, string $said ): bool {
		$row   = Refunds::by_number( $number ) ?? self::adopt( $attempt, $number );
		$check = match ( true ) {
			null === $row                           => Query_Result::Failed,
			Refund_State::Succeeded === $row->state => Query_Result::Answered,
			default                                 => Refund_Service::check( $row ),
		};
		$row = Refunds::by_number( $number );
		$why = match ( true ) {
			null === $row || ( Query_Result::Answered !== $check && ! $row->state->is_final() ) => 'BonusPay could not be asked.',
			! self::is_seen_to( $row, $said )             => 'BonusPay does not confirm it yet.',
			! Effect_Claims::are_done( $row->attempt_id ) => 'The order is not changed yet.',
			default                                       => '',
		};
		return Notification_Inbox::conclude( $event_id, $tries, $why, (string) $row?->state->value, time() );
	}

	/** Its refund's. */
	public static function named( string $number ): array {
		$row = Refunds::by_number( $number );
		return array( null === $row ? null : Attempts::find( $row->attempt_id ), $row->created_at ?? 0 );
	}

	/** Whether the refund stands where it was told to stand. One that we had given up may be paid nevertheless. */
	private static function is_seen_to( Refund $row, string $said ): bool {
		return match ( $said ) {
			'SUCCESS', 'REFUNDED_SETTLED' => Refund_State::Succeeded === $row->state,
			'FAILURE'                     => $row->state->is_final(),
			default                       => true,
		};
	}

	/** Takes over a refund that was begun elsewhere, when BonusPay says that it is one of this payment. */
	private static function adopt( Attempt $attempt, string $number ): ?Refund {
		try {
			$answer = Backends::for_mode( $attempt->mode )->get_refund( $number );
		} catch ( Backend_Error $error ) {
			Log::warning(
				'get_refund_failed',
				array(
					'order'  => $attempt->order_id,
					'number' => $number,
					'why'    => $error->getMessage(),
				)
			);
			return null;
		}
		$amount = Refund_Service::amount( $answer );
		// An answer without the payment's number could be of any payment of this merchant.
		$is_ours = '' === Refund_Service::identity_mismatch( $attempt, $number, null, $answer )
			&& $answer->get( '/refundOrder/originMerchantOrderNo' ) === $attempt->merchant_order_no;
		if ( ! $is_ours || null === $amount || $amount[1] !== $attempt->coin ) {
			Merchant_Notes::note_once(
				$attempt,
				'stranger',
				'BonusPay told of a refund of this payment, but not of which payment it is or how much. '
					. 'It was ignored: look at it in the portal.'
			);
			return null;
		}
		$lock = Order_Lock::acquire( $attempt->order_id );
		if ( null === $lock ) {
			return null;
		}
		try {
			$known = Refunds::by_number( $number );
			return $known ?? self::insert( Attempts::find( $attempt->id ), $number, $amount[0], $answer );
		} finally {
			$lock->release();
		}
	}

	private static function insert( Attempt $attempt, string $number, string $coins, Verified_Message $answer ): ?Refund {
		$share = new Refund_Share( $attempt, Refunds::of_attempt( $attempt->id ) );
		return Refunds::insert(
			$attempt,
			array(
				'source'                   => Refund::PORTAL,
				'refund_merchant_order_no' => $number,
				'amount'                   => Decimal::add( $coins, '0' ),
				'fiat'                     => $share->worth( $coins, wc_get_price_decimals() ),
				'network'                  => substr( (string) $answer->get( '/refundOrder/chainCode' ), 0, 20 ),
				'address'                  => substr( (string) $answer->get( '/refundOrder/refundAddress' ), 0, 128 ),
				'state'                    => Refund_State::Created->value,
				'next_check_at'            => time() + 120,
			)
		);
	}
}
