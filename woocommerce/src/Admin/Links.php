<?php
/**
 * Addresses of the administration.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * Where our screens are, whether this request is one of them, and what its address asks for.
 */
final class Links {

	public const SCREEN = 'bonuspay';

	/** The query argument that carries an action's result back. */
	public const RESULT = 'bonuspay_result';

	/** The query argument that carries a check's result back. */
	public const CHECKED = 'bonuspay_checked';

	/** The page's own address. */
	public static function settings(): string {
		return admin_url( 'admin.php?page=wc-settings&tab=checkout&section=' . Payment_Method::ID );
	}

	/** Whether this request is the page's. */
	public static function is_settings(): bool {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- only read, to know which page it is.
		return is_admin()
			&& isset( $_GET['page'], $_GET['section'] )
			&& 'wc-settings' === $_GET['page']
			&& Payment_Method::ID === $_GET['section'];
		// phpcs:enable
	}

	/** A tab's address, with more arguments. */
	public static function screen( string $slug, array $more = array() ): string {
		return add_query_arg(
			array_map(
				'rawurlencode',
				array(
					'page' => self::SCREEN,
					'tab'  => $slug,
				) + $more
			),
			admin_url( 'admin.php' )
		);
	}

	/** Whether this request is for the screen. */
	public static function is_screen(): bool {
		return is_admin() && self::SCREEN === self::argument( 'page' );
	}

	/** An argument of this request's address, a line of text: it chooses what is shown, and changes nothing. */
	public static function argument( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- only read, to know which page it is.
		return isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? trim( sanitize_text_field( wp_unslash( $_GET[ $name ] ) ) ) : '';
	}
}
