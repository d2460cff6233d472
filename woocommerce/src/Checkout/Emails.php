<?php
/**
 * What mails say of a payment.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Payment_View;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * A shopper who closed the page finds amount, network and the way back in the mails of an order that is not paid; a mail
 * of a paid one holds the payment's number alone. No address: the page shows the one that is valid now.
 */
final class Emails {

	/**
	 * Before the order's table.
	 *
	 * @param mixed $order         The order; some mails are about none.
	 * @param bool  $sent_to_admin Whether the shop gets it.
	 * @param bool  $plain_text    Whether it is without HTML.
	 */
	public static function before_order_table( $order, $sent_to_admin, $plain_text = false ): void {
		if ( $sent_to_admin || ! $order instanceof \WC_Order || Payment_Method::ID !== $order->get_payment_method() ) {
			return;
		}
		$attempt = Payment_Service::current( $order->get_id() );
		if ( null === $attempt ) {
			return;
		}
		$view  = Payment_View::of_order( $order, $attempt );
		$lines = self::lines( $view );
		if ( Payment_View::PAID === $view->state && $order->has_status( 'on-hold' ) ) {
			// WooCommerce's mail for orders on hold speaks of a payment that is waited for.
			array_unshift(
				$lines,
				__( 'Your payment was received and confirmed. The shop looks at your order now; you need not do anything.', 'bonuspay-for-woocommerce' )
			);
		}
		$url = self::has_link( $view ) ? Pay_Link::url( $order ) : '';
		if ( $plain_text ) {
			self::print_plain( $lines, $url );
		} else {
			self::print_html( $lines, $url );
		}
	}

	/** What is said. */
	private static function lines( Payment_View $view ): array {
		if ( in_array( $view->state, array( Payment_View::PAID, Payment_View::SETTLED, Payment_View::REFUNDED ), true ) ) {
			$number = $view->attempt->order_no ?? $view->attempt->merchant_order_no;
			return Payment_View::PAID === $view->state
				/* translators: %s: the payment's number at BonusPay. */
				? array( sprintf( __( 'BonusPay payment: %s', 'bonuspay-for-woocommerce' ), $number ) )
				: array();
		}
		if ( null === $view->amount() ) {
			return array( $view->headline . '. ' . $view->text );
		}
		$lines = Payment_View::PARTIAL === $view->state ? array( $view->headline . '. ' . $view->text ) : array();
		return array(
			...$lines,
			/* translators: 1: amount of a coin, 2: the coin and its network, such as "USDT on the TRON network (TRC-20)". */
			sprintf( __( 'Amount to pay: %1$s %2$s', 'bonuspay-for-woocommerce' ), $view->amount(), $view->coin_phrase() ),
			...( $view->is_hosted()
				? array()
				: array( Network::warning( $view->attempt->coin, $view->attempt->network ) . ' ' . Network::loss() ) ),
			sprintf(
				/* translators: %s: date and time. */
				__( 'This price holds until %s. The payment page shows the address, and a new price later.', 'bonuspay-for-woocommerce' ),
				wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ) . ' T', $view->attempt->expires_at )
			),
		);
	}

	/** Whether the page has something to say that the mail has not. */
	private static function has_link( Payment_View $view ): bool {
		return ! $view->is_final() || $view->may_requote || Payment_View::UNDERPAID === $view->state;
	}

	/** For mails with HTML; mail clients know no style sheets. */
	private static function print_html( array $lines, string $url ): void {
		foreach ( $lines as $line ) {
			echo '<p>' . esc_html( $line ) . '</p>';
		}
		if ( '' !== $url ) {
			printf( '<p><a href="%s">%s</a></p>', esc_url( $url ), esc_html( self::link_text() ) );
		}
	}

	/** For mails without. */
	private static function print_plain( array $lines, string $url ): void {
		foreach ( $lines as $line ) {
			echo esc_html( wp_strip_all_tags( $line ) ) . "\n";
		}
		if ( '' !== $url ) {
			echo esc_html( self::link_text() ) . ': ' . esc_url_raw( $url ) . "\n";
		}
		echo "\n";
	}

	/** The way back. */
	private static function link_text(): string {
		return __( 'Open the payment page', 'bonuspay-for-woocommerce' );
	}
}
