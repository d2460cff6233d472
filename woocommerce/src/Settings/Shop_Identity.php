<?php
/**
 * Which shop this is.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * The site's address is remembered when the keys are set up: a copy of a shop (staging, a restored backup) has the shop's keys
 * and orders, and must not act on them. Numbers of orders at BonusPay begin with this shop's own prefix.
 */
final class Shop_Identity {

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

	/** What our numbers at BonusPay begin with; made once, since merchants may have several shops with one id. */
	public static function order_prefix(): string {
		$prefix = (string) get_option( self::PREFIX, '' );
		if ( 1 !== preg_match( '/^[A-Za-z0-9_-]{1,20}$/D', $prefix ) ) {
			$prefix = 'wp' . substr( hash( 'sha256', self::bare( self::address() ) ), 0, 6 ) . '_';
			update_option( self::PREFIX, $prefix, true );
		}
		return $prefix;
	}

	/** A copy gets numbers of its own. */
	public static function forget_order_prefix(): void {
		delete_option( self::PREFIX );
	}

	/** An address without its scheme. */
	private static function bare( string $address ): string {
		return strtolower( (string) preg_replace( '~^[a-z]+://~i', '', untrailingslashit( $address ) ) );
	}
}
