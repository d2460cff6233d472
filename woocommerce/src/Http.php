<?php
/**
 * What all our answers need of HTTP.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

/**
 * Keeps answers that hold a payment out of page caches: the one place that knows what those look for.
 */
final class Http {

	/** Tells every cache to keep nothing of this request; each looks for something else. */
	public static function no_cache(): void {
		if ( ! defined( 'DONOTCACHEPAGE' ) ) {
			// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedConstantFound -- what most page caches look for.
			define( 'DONOTCACHEPAGE', true );
		}
		// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- hooks of those plugins.
		do_action( 'litespeed_control_set_nocache', 'BonusPay' );
		do_action( 'wpfc_exclude_current_page' );
		// phpcs:enable
		if ( headers_sent() ) {
			return;
		}
		nocache_headers();
		header( 'X-Accel-Expires: 0' ); // The web server nginx, where it is set to ignore Cache-Control.
		header( 'X-Cache-Enabled: False' ); // SiteGround's web server.
	}

	/**
	 * Ends the output buffers that others began: a page cache that reads neither headers nor constants, such as SiteGround's,
	 * keeps what goes through its own. For answers that are ours as a whole, before anything of them is printed.
	 */
	public static function end_buffers(): void {
		while ( ( ob_get_status()['flags'] ?? 0 ) & PHP_OUTPUT_HANDLER_REMOVABLE ) {
			ob_end_clean();
		}
	}
}
