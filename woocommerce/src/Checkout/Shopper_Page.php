<?php
/**
 * A document for shoppers.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\Http;
use BonusPay\WooCommerce\Refund\Refund_Link;

/**
 * What the pages outside the theme share: their headers, their one answer to all that is not allowed, their templates and
 * files.
 */
final class Shopper_Page {

	/** What the page may load, and that nobody keeps, frames or indexes it. */
	public static function send_headers(): void {
		Http::no_cache(); // Before a cache sees what was printed so far, and again for whatever its end did.
		Http::end_buffers();
		Http::no_cache();
		if ( headers_sent() ) {
			return;
		}
		$assets = wp_parse_url( plugins_url( 'assets/', BONUSPAY_WC_FILE ) );
		$origin = ( $assets['scheme'] ?? 'https' ) . '://' . ( $assets['host'] ?? '' )
			. ( isset( $assets['port'] ) ? ':' . $assets['port'] : '' );
		$policy = "default-src 'none'; script-src 'self' $origin; style-src 'self' $origin; img-src 'self' https: data:; "
			. "font-src 'self' $origin; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
		/**
		 * The pay page's Content-Security-Policy, for shops whose template loads more.
		 *
		 * @param string $policy The header's value.
		 */
		header(
			'Content-Security-Policy: ' . str_replace(
				array( "\r", "\n" ),
				'',
				(string) apply_filters( 'bonuspay_wc_pay_page_policy', $policy )
			)
		);
		header( 'Content-Type: text/html; charset=' . get_bloginfo( 'charset' ) );
		header( 'Referrer-Policy: no-referrer' );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'X-Frame-Options: SAMEORIGIN' );
		header( 'X-Robots-Tag: noindex, nofollow' );
	}

	/** The one answer to all that is not allowed. */
	public static function not_found(): never {
		status_header( 404 );
		self::template( 'not-found.php', self::common() );
		exit;
	}

	/** What both documents need. */
	public static function common(): array {
		return array(
			'shop'       => get_bloginfo( 'name' ),
			'shop_url'   => home_url( '/' ),
			'style_url'  => self::asset( 'pay.css' ),
			'script_url' => self::asset( 'pay.js' ),
		);
	}

	/** A template, which the theme may have its own of, in woocommerce/bonuspay/. */
	public static function template( string $name, array $args ): void {
		wc_get_template( 'bonuspay/' . $name, $args, '', BONUSPAY_WC_DIR . 'templates/' );
	}

	/** A file of ours, with its version. */
	public static function asset( string $file ): string {
		return add_query_arg( 'ver', BONUSPAY_WC_VERSION, plugins_url( 'assets/' . $file, BONUSPAY_WC_FILE ) );
	}

	/**
	 * For SiteGround's cache: a page with one of these in its address is not for it.
	 *
	 * @param mixed $names What others said.
	 */
	public static function uncached_parameters( $names ): array {
		return array( ...array_values( (array) $names ), Pay_Link::ORDER, Refund_Link::ORDER );
	}
}
