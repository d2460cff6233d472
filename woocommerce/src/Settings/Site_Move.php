<?php
/**
 * Which site this is.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * A copy of a shop (staging, a restored backup) has the shop's keys and orders, and must not act on them: the site's
 * address is remembered when the keys are set up, and as long as it is another one, BonusPay pauses until the owner has
 * said what this site is.
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
		delete_option( Shop_Identity::PREFIX );
		Shop_Identity::remember( true );
	}
}
