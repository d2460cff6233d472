<?php
/**
 * A WooCommerce refund in the making.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Order;

use BonusPay\WooCommerce\Money\Decimal;

/**
 * What this request makes of a WooCommerce refund: WooCommerce stores it first, and does not say which one when it asks for
 * the money to be sent.
 */
final class Store_Refund {

	/** Which of ours a WooCommerce refund is: its number, in the refund's meta. */
	public const META = '_bonuspay_refund';

	/** The WooCommerce refund that this process is making. */
	private static ?\WC_Order_Refund $being_made = null;

	/** The number for the WooCommerce refund that this process makes of one of BonusPay's. */
	private static string $shown_number = '';

	/** Whether WooCommerce waits for process_refund(), and changes the order afterwards. */
	private static bool $is_sending = false;

	/** A WooCommerce refund is about to be stored: process_refund() is not told which. */
	public static function on_create( $refund, $args = array() ): void {
		if ( '' !== self::$shown_number ) {
			$refund->update_meta_data( self::META, self::$shown_number );
		}
		self::$being_made = ! empty( $args['refund_payment'] ) ? $refund : null;
	}

	/** WooCommerce has stored its refund: whether that was not one that this process makes of BonusPay's. */
	public static function end(): bool {
		self::$being_made = null;
		return '' === self::$shown_number;
	}

	/** Gives a stored WooCommerce refund our number. */
	public static function mark( \WC_Order_Refund $refund, string $number ): void {
		$refund->update_meta_data( self::META, $number );
		$refund->save_meta_data();
	}

	/** Runs what sends a refund for process_refund(): WooCommerce changes the order afterwards. */
	public static function sending( callable $send ): mixed {
		self::$is_sending = true;
		try {
			return $send();
		} finally {
			self::$is_sending = false;
		}
	}

	/** The WooCommerce refund that waits for process_refund(): the one of this process, else the newest that is nobody's. */
	public static function waiting( int $order_id, string $fiat ): ?\WC_Order_Refund {
		$is_it = static fn( \WC_Order_Refund $refund ): bool => $refund->get_id() > 0
			&& $refund->get_parent_id() === $order_id
			&& Decimal::is_valid( (string) $refund->get_amount() )
			&& 0 === Decimal::compare( (string) $refund->get_amount(), $fiat )
			&& '' === (string) $refund->get_meta( self::META );
		if ( null !== self::$being_made ) {
			return $is_it( self::$being_made ) ? self::$being_made : null;
		}
		foreach ( Orders::fresh( $order_id )?->get_refunds() ?? array() as $refund ) {
			if ( $is_it( $refund ) ) {
				return $refund;
			}
		}
		return null;
	}

	/** Runs what makes a WooCommerce refund, and gives it our number before it is stored. */
	public static function shown_as( string $number, callable $make ): mixed {
		self::$shown_number = $number;
		try {
			return $make();
		} finally {
			self::$shown_number = '';
		}
	}

	/** Whether WooCommerce is about to change the order's status itself. */
	public static function is_sending(): bool {
		return self::$is_sending;
	}
}
