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

	private const OPTION = 'bonuspay_wc_callback_test';
	public const HEADER  = 'Bonuspay-Test';

	/** When a test died, its secret dies a little later. */
	private const LIVES = 60;

	/** Begins a test; gives its secret. */
	public static function begin(): string {
		$secret = bin2hex( random_bytes( 32 ) );
		update_option( self::OPTION, ( time() + self::LIVES ) . ':' . $secret, true );
		return $secret;
	}

	/** Its secret is worth nothing any more. */
	public static function end(): void {
		delete_option( self::OPTION );
	}

	/** The mark of a number. */
	public static function of( string $number, #[\SensitiveParameter] string $secret ): string {
		return hash_hmac( 'sha256', $number, $secret );
	}

	/** What our answer is to carry, when the request is such a test; null for all others. */
	public static function mark( ?string $number ): ?string {
		if ( null === $number || 1 !== preg_match( '/^[0-9a-f]{32}$/D', $number ) ) {
			return null;
		}
		$test = explode( ':', (string) ( wp_load_alloptions()[ self::OPTION ] ?? '' ), 2 );
		return isset( $test[1] ) && (int) $test[0] >= time() ? self::HEADER . ': ' . self::of( $number, $test[1] ) : null;
	}
}
