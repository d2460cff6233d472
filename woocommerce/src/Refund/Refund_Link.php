<?php
/**
 * The link that asks a shopper for an address.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Refund;

use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refunds;

/**
 * Only its own key opens it, which stands in a mail to the shopper and in My account.
 */
final class Refund_Link {

	/** The query's name for the order. */
	public const ORDER = 'bonuspay-refund';

	/** An order's request by its link's key; null alike for whatever is wrong. */
	public static function by_key( $order_id, $key ): ?Refund {
		if ( ! is_string( $order_id ) || ! is_string( $key ) || 1 !== preg_match( '/^[1-9][0-9]{0,17}$/D', $order_id ) ) {
			return null;
		}
		$found = null;
		foreach ( Refunds::of_order( (int) $order_id ) as $row ) {
			$found = hash_equals( $row->token, $key ) ? $row : $found;
		}
		return $found;
	}

	/** The page's address, for whoever may give the coins a place to go. */
	public static function url( Refund $row ): string {
		return add_query_arg(
			array(
				self::ORDER => $row->order_id,
				'key'       => $row->token,
			),
			home_url( '/' )
		);
	}
}
