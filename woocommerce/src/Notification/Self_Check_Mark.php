<?php
/**
 * How the shop recognises its own test.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

/**
 * That an answer is ours is shown by a mark in it: an HMAC of a number that the test sends, by a secret that is made for
 * this test, is used for nothing else, and is gone when the test is over. It stands in an autoloaded option and is read
 * from those alone, so that not even a forged test costs a query.
 */
final class Self_Check_Mark {

	public const OPTION = 'bonuspay_wc_callback_test';
	public const HEADER = 'Bonuspay-Test';

	/** What our answer is to carry, when the request is such a test; null for all others. */
	public static function mark( ?string $number ): ?string {
		if ( null === $number || 1 !== preg_match( '/^[0-9a-f]{32}$/D', $number ) ) {
			return null;
		}
		$test = explode( ':', (string) ( wp_load_alloptions()[ self::OPTION ] ?? '' ), 2 );
		return isset( $test[1] ) && (int) $test[0] >= time() ? self::HEADER . ': ' . hash_hmac( 'sha256', $number, $test[1] ) : null;
	}
}
