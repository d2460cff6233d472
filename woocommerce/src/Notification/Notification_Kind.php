<?php
/**
 * What tells notifications of payments from those of refunds.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Ledger\Attempt;

/**
 * What Notifications needs to know of a kind; all else is the same for all.
 */
interface Notification_Kind {

	/**
	 * The payment that a notification is about, and why it is not one of this shop; '' when it is.
	 *
	 * @return array{?Attempt, string}
	 */
	public static function payment_of( string $mode, Verified_Message $event ): array;

	/** Asks BonusPay; the event is done when what it said is what BonusPay says now, and that is stored and done. */
	public static function confirm( Attempt $attempt, string $number, int $event_id, int $tries, string $said ): bool;

	/**
	 * The payment that a number leads to, and since when this shop knows the number; 0 when it does not.
	 *
	 * @return array{?Attempt, int}
	 */
	public static function named( string $number ): array;
}
