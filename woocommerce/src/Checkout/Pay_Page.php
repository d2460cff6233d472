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
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Money\Wallet_Link;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Problem;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Payment_View;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * A document of its own, outside the theme, so that no theme and no optimiser can break it or change the address on it.
 * Whoever has the order's key sees it; everybody else gets one and the same 404. Works without JavaScript.
 */
final class Pay_Page {

	/** Answers a request for the page; leaves every other request alone. */
	public static function show(): void {
		// The order's key is what allows it: links from mails carry no nonce.
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- compared, never shown.
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- compared, never shown.
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- compared, never shown.
		if ( ! isset( $_GET[ Pay_Link::ORDER ] ) ) {
			return;
		}
		$order  = Pay_Link::order( wp_unslash( $_GET[ Pay_Link::ORDER ] ), wp_unslash( $_GET['key'] ?? '' ) );
		$method = wp_unslash( $_SERVER['REQUEST_METHOD'] ?? 'GET' );
		$action = wp_unslash( $_POST['action'] ?? '' );
		// phpcs:enable
		Shopper_Page::send_headers();
		if ( null === $order ) {
			Shopper_Page::not_found();
		}
		$problem = '';
		if ( 'POST' === $method && 'requote' === $action ) {
			$problem = self::requote( $order );
			if ( '' === $problem ) {
				wp_safe_redirect( Pay_Link::url( $order ), 303 );
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
		if ( null !== $attempt && Payment_Method::ID === $order->get_payment_method() ) {
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
		if ( ! $order instanceof \WC_Order || Payment_Method::ID !== $order->get_payment_method() || Orders::is_paid( $order ) ) {
			return $actions;
		}
		$attempts = Attempts::of_order( $order->get_id() );
		if ( null !== Orders::unsettled( $order, $attempts ) ) {
			unset( $actions['pay'] );
			return $actions;
		}
		if ( array() !== array_filter( $attempts, static fn( Attempt $attempt ): bool => $attempt->state->is_live() ) ) {
			// In place of WooCommerce's own, which would begin anew; the page leads there, too.
			$pay = array(
				'url'        => Pay_Link::url( $order ),
				'name'       => __( 'Pay', 'bonuspay-for-woocommerce' ),
				/* translators: %s: an order's number. */
				'aria-label' => sprintf( __( 'Continue the payment of order %s', 'bonuspay-for-woocommerce' ), $order->get_order_number() ),
			);
			unset( $actions['pay'] );
			$actions = array( 'pay' => $pay ) + $actions;
		}
		return $actions;
	}

	/** WooCommerce's page for paying an order, whose link is in its mails, asks for the whole amount: ours knows what came in. */
	public static function in_place_of_order_pay(): void {
		global $wp;
		if ( ! is_checkout_pay_page() ) {
			return;
		}
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- the key, which links from mails carry.
		// phpcs:disable WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- compared, never shown.
		$order = Pay_Link::order( (string) ( $wp->query_vars['order-pay'] ?? '' ), wp_unslash( $_GET['key'] ?? '' ) );
		// phpcs:enable
		if ( null !== $order ) {
			self::before_pay_action( $order );
		}
	}

	/**
	 * Before anything is begun there: an order that money came in for is not paid once more, by us or another.
	 *
	 * @param \WC_Order $order The order, whose key was compared.
	 */
	public static function before_pay_action( $order ): void {
		if ( $order instanceof \WC_Order && self::holds_money( $order ) ) {
			wp_safe_redirect( Pay_Link::url( $order ), 303 );
			exit;
		}
	}

	/** Whether something came in for an order that is not paid. */
	private static function holds_money( \WC_Order $order ): bool {
		$attempts = Attempts::of_order( $order->get_id() );
		$partial  = array_filter( $attempts, static fn( Attempt $attempt ): bool => $attempt->state->is_live() && $attempt->has_money() );
		return ! Orders::is_paid( $order ) && ( array() !== $partial || null !== Orders::unsettled( $order, $attempts ) );
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
		$uri     = null === $view->address()
			? ''
			: Wallet_Link::uri( $attempt->mode, $attempt->coin, $attempt->network, $view->address(), $view->amount() );
		Shopper_Page::template(
			'pay.php',
			array(
				...Shopper_Page::common(),
				'order'        => $order,
				'view'         => $view,
				'problem'      => $problem,
				'uri'          => $uri,
				'is_clickable' => Wallet_Link::is_clickable( $uri ),
				'qr_svg'       => Wallet_Link::svg( $uri ),
				'is_test'      => 'test' === ( $attempt?->mode ?? Settings::get()->mode() ),
				'page_url'     => Pay_Link::url( $order ),
				'status_url'   => Status_Route::url( $order ),
				'order_url'    => $order->get_checkout_order_received_url(),
				'other_url'    => $order->needs_payment() && $view->may_switch() ? $order->get_checkout_payment_url() : '',
			)
		);
	}

	/** The attempt to show, as BonusPay sees it now; null when there is none. */
	private static function checked_attempt( \WC_Order $order ): ?Attempt {
		$attempt = Payment_Service::current( $order->get_id() );
		return null === $attempt || in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true )
			? $attempt
			: Payment_Service::check_for_shopper( $attempt );
	}

	/** The state on WooCommerce's own pages. */
	private static function box( \WC_Order $order, Attempt $attempt, bool $is_live ): void {
		// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- in the address.
		wp_enqueue_style( 'bonuspay-pay', Shopper_Page::asset( 'pay.css' ), array(), null );
		$view = Payment_View::of_order( $order, $attempt );
		if ( $is_live && ! $view->is_final() ) {
			// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- in the address.
			wp_enqueue_script( 'bonuspay-pay', Shopper_Page::asset( 'pay.js' ), array(), null, true );
		}
		Shopper_Page::template(
			'box.php',
			array(
				'view'       => $view,
				'page_url'   => Pay_Link::url( $order ),
				'status_url' => Status_Route::url( $order ),
			)
		);
	}
}
