<?php
/**
 * What the owner says of a new address.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * As long as the site's address is not the one that is remembered, BonusPay pauses: the owner says whether the shop has moved
 * or this is a copy of it.
 */
final class Site_Move {

	/** The owner says: the same shop at a new address. */
	public static function confirm_move(): void {
		Shop_Identity::remember( true );
	}

	/** The owner says: a copy. It loses the keys for real money, and its payments get numbers of their own. */
	public static function confirm_copy(): void {
		Keys::forget( 'live' );
		$settings = get_option( Settings::OPTION, array() );
		if ( is_array( $settings ) ) {
			$settings['mode'] = 'test';
			update_option( Settings::OPTION, $settings );
		}
		Shop_Identity::forget_order_prefix();
		Shop_Identity::remember( true );
	}
}
