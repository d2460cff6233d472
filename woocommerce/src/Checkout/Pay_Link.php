<?php
/**
 * The way to an order's pay page.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * Makes the link, and finds the order of one. Whoever has the order's key may see the page.
 */
final class Pay_Link {

	/** The query's name for the order. */
	public const ORDER = 'bonuspay-pay';

	/** The page of an order. */
	public static function url( \WC_Order $order ): string {
		return add_query_arg(
			array(
				self::ORDER => $order->get_id(),
				'key'       => rawurlencode( $order->get_order_key() ),
			),
			home_url( '/' )
		);
	}

	/**
	 * The order that a visitor may see; null alike for an unknown order, a wrong key, and an order that is none of ours.
	 *
	 * @param mixed $order_id As it was sent.
	 * @param mixed $key      As it was sent.
	 */
	public static function order( $order_id, $key ): ?\WC_Order {
		if ( ! is_string( $order_id ) || ! is_string( $key ) || 1 !== preg_match( '/^[1-9][0-9]{0,17}$/D', $order_id ) ) {
			return null;
		}
		$order    = wc_get_order( (int) $order_id );
		$order    = $order instanceof \WC_Order ? $order : null;
		$expected = null === $order ? '' : $order->get_order_key();
		if ( ! hash_equals( '' === $expected ? wp_salt() : $expected, $key ) || $order->has_status( 'trash' ) ) {
			return null;
		}
		// An order that was begun with us and is paid in another way: the page stops asking for money.
		return Payment_Method::ID === $order->get_payment_method() || null !== Payment_Service::current( $order->get_id() ) ? $order : null;
	}
}
