<?php
/**
 * The page on which an order is paid.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\Http;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Money\Wallet_Link;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Problem;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Payment_View;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * A document of its own, outside the theme, so that no theme and no optimiser can break it or change the address on it.
 * Whoever has the order's key sees it; everybody else gets one and the same 404. Works without JavaScript.
 */
final class Pay_Page {

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
	public static function order_for( $order_id, $key ): ?\WC_Order {
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
		return Gateway::ID === $order->get_payment_method() || null !== Payment_Service::current( $order->get_id() ) ? $order : null;
	}

	/** Answers a request for the page; leaves every other request alone. */
	public static function show(): void {
		// The order's key is what allows it: links from mails carry no nonce.
		// phpcs:disable WordPress.Security.NonceVerification, WordPress.Security.ValidatedSanitizedInput -- compared, never shown.
		if ( ! isset( $_GET[ self::ORDER ] ) ) {
			return;
		}
		$order  = self::order_for( wp_unslash( $_GET[ self::ORDER ] ), wp_unslash( $_GET['key'] ?? '' ) );
		$method = $_SERVER['REQUEST_METHOD'] ?? 'GET';
		$action = wp_unslash( $_POST['action'] ?? '' );
		// phpcs:enable
		self::send_headers();
		if ( null === $order ) {
			self::not_found();
		}
		$problem = '';
		if ( 'POST' === $method && 'requote' === $action ) {
			$problem = self::requote( $order );
			if ( '' === $problem ) {
				wp_safe_redirect( self::url( $order ), 303 );
				exit;
			}
		}
		self::render( $order, $problem );
		exit;
	}

	/**
	 * On order-received: what became of the payment. Who comes back from BonusPay's page ends here. On WooCommerce's page
	 * for an order that has a payment method: the way to the pay page.
	 *
	 * @param int $order_id The order; WooCommerce has checked that the visitor may see it.
	 */
	public static function on_thankyou( $order_id ): void {
		$order   = wc_get_order( $order_id );
		$attempt = $order instanceof \WC_Order ? self::checked_attempt( $order ) : null;
		if ( null !== $attempt ) {
			Http::no_cache();
			self::box( wc_get_order( $order_id ), $attempt, true );
		}
	}

	/**
	 * In My account: the same, without asking BonusPay.
	 *
	 * @param int $order_id The order.
	 */
	public static function on_view_order( $order_id ): void {
		$order   = wc_get_order( $order_id );
		$attempt = $order instanceof \WC_Order ? Payment_Service::current( $order->get_id() ) : null;
		if ( null !== $attempt && Gateway::ID === $order->get_payment_method() ) {
			self::box( $order, $attempt, false );
		}
	}

	/**
	 * In My account's list: to the pay page, while there is something to pay.
	 *
	 * @param array     $actions The order's buttons.
	 * @param \WC_Order $order   The order.
	 */
	public static function order_actions( $actions, $order ): array {
		if ( ! $order instanceof \WC_Order || Gateway::ID !== $order->get_payment_method() || Orders::is_paid( $order ) ) {
			return $actions;
		}
		$attempt = Payment_Service::current( $order->get_id() );
		if ( null !== $attempt && Payment_View::EARLIER === Payment_View::of_order( $order, $attempt )->state ) {
			unset( $actions['pay'] );
			return $actions;
		}
		if ( null !== $attempt && $attempt->state->is_live() ) {
			// In place of WooCommerce's own, which would begin anew; the page leads there, too.
			$pay     = array(
				'url'        => self::url( $order ),
				'name'       => __( 'Pay', 'bonuspay-for-woocommerce' ),
				/* translators: %s: an order's number. */
				'aria-label' => sprintf( __( 'Continue the payment of order %s', 'bonuspay-for-woocommerce' ), $order->get_order_number() ),
			);
			unset( $actions['pay'] );
			$actions = array( 'pay' => $pay ) + $actions;
		}
		return $actions;
	}

	/** What the page may load, and that nobody keeps, frames or indexes it. */
	public static function send_headers(): void {
		Http::end_buffers();
		Http::no_cache();
		if ( headers_sent() ) {
			return;
		}
		$assets = wp_parse_url( plugins_url( 'assets/', BONUSPAY_WC_FILE ) );
		$origin = ( $assets['scheme'] ?? 'https' ) . '://' . ( $assets['host'] ?? '' ) . ( isset( $assets['port'] ) ? ':' . $assets['port'] : '' );
		$policy = "default-src 'none'; script-src 'self' $origin; style-src 'self' $origin; img-src 'self' https: data:; font-src 'self' $origin; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
		/**
		 * The pay page's Content-Security-Policy, for shops whose template loads more.
		 *
		 * @param string $policy The header's value.
		 */
		header( 'Content-Security-Policy: ' . str_replace( array( "\r", "\n" ), '', (string) apply_filters( 'bonuspay_wc_pay_page_policy', $policy ) ) );
		header( 'Content-Type: text/html; charset=' . get_bloginfo( 'charset' ) );
		header( 'Referrer-Policy: no-referrer' );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'X-Frame-Options: SAMEORIGIN' );
		header( 'X-Robots-Tag: noindex, nofollow' );
	}

	/** The one answer to all that is not allowed. */
	public static function not_found(): never {
		status_header( 404 );
		self::template( 'not-found.php', self::common() );
		exit;
	}

	/** Starts a new attempt when the old one is dead. Gives the problem for the shopper, or nothing. */
	private static function requote( \WC_Order $order ): string {
		$attempt = Payment_Service::current( $order->get_id() );
		if ( null === $attempt || ! Payment_Service::may_requote( $attempt ) ) {
			return '';
		}
		try {
			Payment_Service::start( $order, $attempt->coin, $attempt->network );
		} catch ( Payment_Problem $problem ) {
			return $problem->is_checking ? '' : $problem->getMessage();
		}
		return '';
	}

	/** Prints the page. */
	private static function render( \WC_Order $order, string $problem ): void {
		$attempt = self::checked_attempt( $order );
		$order   = wc_get_order( $order->get_id() );
		$view    = Payment_View::of_order( $order, $attempt );
		$uri     = null === $view->address() ? '' : Wallet_Link::uri( $attempt->mode, $attempt->coin, $attempt->network, $view->address(), $view->amount() );
		self::template(
			'pay.php',
			array(
				...self::common(),
				'order'        => $order,
				'view'         => $view,
				'problem'      => $problem,
				'uri'          => $uri,
				'is_clickable' => Wallet_Link::is_clickable( $uri ),
				'qr_svg'       => Wallet_Link::svg( $uri ),
				'is_test'      => 'test' === ( $attempt?->mode ?? Settings::get()->mode() ),
				'page_url'     => self::url( $order ),
				'status_url'   => Status_Route::url( $order ),
				'order_url'    => $order->get_checkout_order_received_url(),
				'other_url'    => $order->needs_payment() && $view->may_switch() ? $order->get_checkout_payment_url() : '',
			)
		);
	}

	/** What both documents need. */
	public static function common(): array {
		return array(
			'shop'       => get_bloginfo( 'name' ),
			'shop_url'   => home_url( '/' ),
			'style_url'  => self::asset( 'pay.css' ),
			'script_url' => self::asset( 'pay.js' ),
		);
	}

	/** A template, which the theme may have its own of, in woocommerce/bonuspay/. */
	public static function template( string $name, array $args ): void {
		wc_get_template( 'bonuspay/' . $name, $args, '', BONUSPAY_WC_DIR . 'templates/' );
	}

	/** The attempt to show, as BonusPay sees it now; null when there is none. */
	private static function checked_attempt( \WC_Order $order ): ?Attempt {
		$attempt = Payment_Service::current( $order->get_id() );
		return null === $attempt || in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true ) ? $attempt : Payment_Service::check_for_shopper( $attempt );
	}

	/** The state on WooCommerce's own pages. */
	private static function box( \WC_Order $order, Attempt $attempt, bool $is_live ): void {
		wp_enqueue_style( 'bonuspay-pay', self::asset( 'pay.css' ), array(), null ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- in the address.
		$view = Payment_View::of_order( $order, $attempt );
		if ( $is_live && ! $view->is_final() ) {
			wp_enqueue_script( 'bonuspay-pay', self::asset( 'pay.js' ), array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- in the address.
		}
		self::template(
			'box.php',
			array(
				'view'       => $view,
				'page_url'   => self::url( $order ),
				'status_url' => Status_Route::url( $order ),
			)
		);
	}

	/** A file of ours, with its version. */
	private static function asset( string $file ): string {
		return add_query_arg( 'ver', BONUSPAY_WC_VERSION, plugins_url( 'assets/' . $file, BONUSPAY_WC_FILE ) );
	}
}
