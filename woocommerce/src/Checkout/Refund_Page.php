<?php
/**
 * The page on which a shopper says where a refund goes.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Refund\Refund_Address;
use BonusPay\WooCommerce\Refund\Refund_Link;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * A document of its own, like the pay page. The link's key opens it, which stands in a mail to the shopper and in My account
 * and nowhere else: the order's own key, which many pages know, does not. Nothing is stored before the address was shown
 * back and confirmed. Works without JavaScript.
 */
final class Refund_Page {

	/** Answers a request for the page; leaves every other request alone. */
	public static function show(): void {
		// The link's key is what allows it: links from mails carry no nonce.
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- compared, never shown.
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- stored only when it is an address.
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- stored only when it is an address.
		if ( ! isset( $_GET[ Refund_Link::ORDER ] ) ) {
			return;
		}
		$row     = Refund_Link::by_key( wp_unslash( $_GET[ Refund_Link::ORDER ] ), wp_unslash( $_GET['key'] ?? '' ) );
		$is_post = 'POST' === wp_unslash( $_SERVER['REQUEST_METHOD'] ?? 'GET' );
		$sent    = static function ( string $name ) use ( $is_post ): string {
			$value = $is_post ? wp_unslash( $_POST[ $name ] ?? '' ) : '';
			return is_string( $value ) ? substr( trim( $value ), 0, 128 ) : '';
		};
		// phpcs:enable
		$attempt = null === $row ? null : Attempts::find( $row->attempt_id );
		$order   = null === $row ? null : wc_get_order( $row->order_id );
		Shopper_Page::send_headers();
		if ( null === $attempt || ! $order instanceof \WC_Order || $order->has_status( 'trash' ) ) {
			Shopper_Page::not_found();
		}
		self::answer( $row, $attempt, $order, $sent );
		exit;
	}

	/**
	 * In My account, above the order: the way to the page, while an address can be told.
	 *
	 * @param int $order_id The order; WooCommerce has checked that it is the visitor's.
	 */
	public static function on_view_order( $order_id ): void {
		$row = self::open_request( (int) $order_id );
		if ( null !== $row ) {
			printf(
				'<p class="bonuspay-refund-link">%s <a href="%s">%s</a></p>',
				esc_html(
					null === $row->address
						? __( 'The shop wants to refund this order and needs an address.', 'bonuspay-for-woocommerce' )
						: __( 'Your address for the refund is stored.', 'bonuspay-for-woocommerce' )
				),
				esc_url( Refund_Link::url( $row ) ),
				esc_html(
					null === $row->address
						? __( 'Enter the address for the refund', 'bonuspay-for-woocommerce' )
						: __( 'See or change it', 'bonuspay-for-woocommerce' )
				)
			);
		}
	}

	/**
	 * In My account's list.
	 *
	 * @param array $actions The order's buttons.
	 * @param mixed $order   The order.
	 */
	public static function order_actions( $actions, $order ): array {
		$row = $order instanceof \WC_Order && Payment_Method::ID === $order->get_payment_method()
			? self::open_request( $order->get_id() )
			: null;
		if ( null !== $row && null === $row->address ) {
			$actions['bonuspay-refund'] = array(
				'url'  => Refund_Link::url( $row ),
				'name' => __( 'Refund address', 'bonuspay-for-woocommerce' ),
			);
		}
		return $actions;
	}

	/** The request that the shopper was asked about. */
	private static function open_request( int $order_id ): ?Refund {
		foreach ( Refunds::of_order( $order_id ) as $row ) {
			if ( Refund_State::Asked === $row->state && $row->asked_at > 0 ) {
				return $row;
			}
		}
		return null;
	}

	/** One of the page's steps: enter, see it again, done. */
	private static function answer( Refund $row, Attempt $attempt, \WC_Order $order, callable $sent ): void {
		$networks = Refund_Address::networks( $attempt );
		$network  = 1 === count( $networks ) ? $networks[0] : $sent( 'network' );
		$address  = $sent( 'address' );
		$step     = $sent( 'step' );
		$is_open  = Refund_State::Asked === $row->state;
		$problem  = $is_open && in_array( $step, array( 'check', 'store' ), true )
			? Refund_Address::problem( $attempt, $network, $address )
			: '';
		if ( $is_open && 'store' === $step && '' === $problem ) {
			if ( Refund_Address::confirm( $row, $network, $address, Refund_Address::SHOPPER ) ) {
				wp_safe_redirect( Refund_Link::url( $row ), 303 );
				exit;
			}
			$problem = __( 'That could not be stored just now. Please try again.', 'bonuspay-for-woocommerce' );
		}
		$view = match ( true ) {
			! $is_open                                => 'sent',
			'check' === $step && '' === $problem      => 'confirm',
			'' === $problem && null !== $row->address && 'change' !== $step => 'stored',
			default                                   => 'enter',
		};
		Shopper_Page::template(
			'refund.php',
			array(
				...Shopper_Page::common(),
				'order'    => $order,
				'row'      => $row,
				'view'     => $view,
				'problem'  => $problem,
				'networks' => $networks,
				'network'  => $network,
				'address'  => $address,
				'is_test'  => 'test' === $attempt->mode,
				'page_url' => Refund_Link::url( $row ),
			)
		);
	}
}
