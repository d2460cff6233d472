<?php
/**
 * What becomes of a genuine notification.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Order\Merchant_Notes;

/**
 * It is stored, then BonusPay is asked, and only what BonusPay says changes anything. One worker at a time handles it, and
 * anybody may handle it once more.
 */
final class Notifications {

	private const KINDS = array(
		'order'  => Payment_Notifications::class,
		'refund' => Refund_Notifications::class,
	);

	/** Stores a genuine notification, and has it handled by one worker at a time; gives the HTTP status. */
	public static function receive( string $mode, Verified_Message $event, string $body ): int {
		$kind = self::KINDS[ $event->kind ] ?? null;
		if ( null === $kind ) {
			Notification_Inbox::put( $event, $body, null, Notification_Inbox::UNUSED, time() );
			return 200;
		}
		list( $attempt, $problem ) = $kind::payment_of( $mode, $event );
		if ( '' !== $problem ) {
			Notification_Inbox::put( $event, $body, null, Notification_Inbox::UNMATCHED, time() );
			Log::warning( 'notification_not_ours', array( 'why' => $problem ) );
			if ( null !== $attempt ) {
				Merchant_Notes::note_once( $attempt, 'stranger', $problem );
			}
			return 400;
		}
		$row = Notification_Inbox::put( $event, $body, $attempt, Notification_Inbox::IS_NEW, time() );
		if ( Notification_Inbox::DONE === $row->state ) {
			return 200;
		}
		// When it is another worker's, that one is at it, or the queue will be.
		$is_done = $row->is_mine
			&& $kind::confirm(
				$attempt,
				Notification_Inbox::number( $event ),
				$row->id,
				$row->tries,
				Notification_Inbox::status( $event )
			);
		return $is_done ? 200 : 503;
	}

	/**
	 * A person has an event handled once more: BonusPay is asked anew, and what is done already is not done twice. What fitted
	 * no payment is tried by its number, and stays as it is unless BonusPay confirms it for a payment of this shop.
	 *
	 * @return string 'done'; 'waiting': BonusPay could not be asked, or does not confirm it; 'busy': a worker is at it;
	 *                'unmatched'; 'unused'; 'gone': there is no such event, or its payment is gone.
	 */
	public static function replay( int $event_id ): string {
		$event = Notification_Inbox::find( $event_id );
		if ( null === $event || Notification_Inbox::UNUSED === $event->state ) {
			return null === $event ? 'gone' : 'unused';
		}
		$is_unmatched = Notification_Inbox::UNMATCHED === $event->state;
		$attempt      = $is_unmatched ? self::named( $event ) : Attempts::find( (int) $event->attempt_id );
		if ( null === $attempt ) {
			return $is_unmatched ? 'unmatched' : 'gone';
		}
		if (
			in_array( $event->state, array( Notification_Inbox::IS_NEW, Notification_Inbox::GIVEN_UP ), true )
			&& ! Notification_Inbox::claim_again( $event_id, time() )
		) {
			return 'busy';
		}
		$event->tries = max( 0, (int) $event->tries - 1 ); // What a person asks for counts for nothing.
		if ( ! self::again( $attempt, $event ) ) {
			return $is_unmatched ? 'unmatched' : 'waiting';
		}
		if ( $is_unmatched ) {
			Notification_Inbox::assign( $event_id, $attempt );
		}
		return 'done';
	}

	/** Handles an event of the inbox once more: each kind in its own way. */
	public static function again( Attempt $attempt, object $event ): bool {
		return self::KINDS[ $event->kind ]::confirm(
			$attempt,
			(string) $event->merchant_order_no,
			(int) $event->id,
			(int) $event->tries,
			(string) $event->status
		);
	}

	/** The payment of this shop that an event named before it was known here. */
	private static function named( object $event ): ?Attempt {
		list( $attempt, $known_since ) = self::KINDS[ $event->kind ]::named( (string) $event->merchant_order_no );
		// Who fitted nothing although it was there spoke of somebody else's.
		return $known_since > (int) $event->received_at ? $attempt : null;
	}
}
