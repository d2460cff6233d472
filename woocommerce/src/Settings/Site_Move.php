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

	private const ADDRESS = 'bonuspay_wc_site_url';
	private const PREFIX  = 'bonuspay_wc_order_prefix';

	/** Remembers where the shop is, when that is not known yet or the owner says so. */
	public static function remember( bool $is_confirmed = false ): void {
		if ( $is_confirmed || '' === self::remembered() ) {
			update_option( self::ADDRESS, self::address(), true );
		}
	}

	/** The address that is remembered; '' when none is. */
	public static function remembered(): string {
		return (string) get_option( self::ADDRESS, '' );
	}

	/** The address as it is stored now: never that of a request. */
	public static function address(): string {
		return untrailingslashit( (string) get_option( 'home' ) );
	}

	/** Whether this is another site than the one that was set up. http or https makes no difference. */
	public static function has_moved(): bool {
		$remembered = self::remembered();
		return '' !== $remembered && self::bare( $remembered ) !== self::bare( self::address() );
	}

	/** The owner says: the same shop at a new address. */
	public static function confirm_move(): void {
		self::remember( true );
	}

	/** The owner says: a copy. It loses the keys for real money, and its payments get numbers of their own. */
	public static function confirm_copy(): void {
		Keys::forget( 'live' );
		$settings = get_option( Settings::OPTION, array() );
		if ( is_array( $settings ) ) {
			$settings['mode'] = 'test';
			update_option( Settings::OPTION, $settings );
		}
		delete_option( self::PREFIX );
		self::remember( true );
	}

	/** What our numbers at BonusPay begin with; made once, since merchants may have several shops with one id. */
	public static function order_prefix(): string {
		$prefix = (string) get_option( self::PREFIX, '' );
		if ( 1 !== preg_match( '/^[A-Za-z0-9_-]{1,20}$/D', $prefix ) ) {
			$prefix = 'wp' . substr( hash( 'sha256', self::bare( self::address() ) ), 0, 6 ) . '_';
			update_option( self::PREFIX, $prefix, true );
		}
		return $prefix;
	}

	/** One of the site's URLs with the scheme, host and port of the remembered address, whoever filtered them. */
	public static function own( string $url ): string {
		$home   = '' === self::remembered() ? self::address() : self::remembered();
		$scheme = (string) wp_parse_url( self::address(), PHP_URL_SCHEME );
		$port   = wp_parse_url( $home, PHP_URL_PORT );
		$origin = $scheme . '://' . wp_parse_url( $home, PHP_URL_HOST ) . ( null === $port ? '' : ':' . $port );
		return $origin . preg_replace( '~^[a-z]+://[^/?#]*~i', '', $url );
	}

	/** An address without its scheme. */
	private static function bare( string $address ): string {
		return strtolower( (string) preg_replace( '~^[a-z]+://~i', '', untrailingslashit( $address ) ) );
	}
}
