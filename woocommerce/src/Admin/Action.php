<?php
/**
 * What a person in the administration asks for.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

/**
 * Whether a request may change something: it was sent by POST, by a form or button of ours that was made for this user and
 * this action, and the user has the right. Every action of ours begins with it.
 */
final class Action {

	/**
	 * Whether this request may do it.
	 *
	 * @param string $action     What the nonce was made for.
	 * @param string $capability Who may.
	 * @param string $field      Where the nonce stands: in WordPress's own requests elsewhere than in ours.
	 */
	public static function is_allowed( string $action, string $capability = 'manage_woocommerce', string $field = 'nonce' ): bool {
		$method = isset( $_SERVER['REQUEST_METHOD'] ) ? sanitize_text_field( wp_unslash( $_SERVER['REQUEST_METHOD'] ) ) : '';
		return 'POST' === $method && current_user_can( $capability ) && false !== wp_verify_nonce( self::text( $field ), $action );
	}

	/** Ends the request, unless it may do it. */
	public static function check( string $action, string $capability = 'manage_woocommerce' ): void {
		if ( ! self::is_allowed( $action, $capability ) ) {
			self::refuse();
		}
	}

	/**
	 * The order that this request is about; ends the request, unless it may do this to it.
	 *
	 * @param string $action What the nonce was made for; the order's number follows.
	 */
	public static function order( string $action ): \WC_Order {
		$order_id = self::number( 'order_id' );
		self::check( $action . $order_id, 'edit_shop_orders' );
		$order = current_user_can( 'edit_shop_order', $order_id ) ? wc_get_order( $order_id ) : null;
		return $order instanceof \WC_Order ? $order : self::refuse();
	}

	/** Ends the request. */
	public static function refuse(): never {
		wp_die( esc_html( self::refusal() ), '', array( 'response' => 403 ) );
		exit;
	}

	/** Why a request is refused; it says nothing about what is there. */
	public static function refusal(): string {
		return __( 'You may not do this, or the page is too old: reload it.', 'bonuspay-for-woocommerce' );
	}

	/** A line of text that was sent; '' when there is none. */
	public static function text( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- is_allowed() verifies it.
		return isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) ? trim( sanitize_text_field( wp_unslash( $_POST[ $name ] ) ) ) : '';
	}

	/** A number that was sent; 0 when there is none. */
	public static function number( string $name ): int {
		return absint( self::text( $name ) );
	}

	/**
	 * The beginning of a form of ours, for admin-post.php. Whoever prints it closes it.
	 *
	 * @param string $action Its name, and what its nonce is for.
	 */
	public static function form( string $action ): string {
		return sprintf(
			'<form method="post" action="%s"><input type="hidden" name="action" value="%s"><input type="hidden" name="nonce" value="%s">',
			esc_url( admin_url( 'admin-post.php' ) ),
			esc_attr( $action ),
			esc_attr( wp_create_nonce( $action ) )
		);
	}
}
