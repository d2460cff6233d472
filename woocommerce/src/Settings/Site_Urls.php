<?php
/**
 * Where BonusPay reports to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * The addresses of this site that BonusPay calls: on the remembered address, whoever filtered WordPress's.
 */
final class Site_Urls {

	/** One of the site's URLs with the scheme, host and port of the remembered address, whoever filtered them. */
	public static function own( string $url ): string {
		$home   = '' === Shop_Identity::remembered() ? Shop_Identity::address() : Shop_Identity::remembered();
		$scheme = (string) wp_parse_url( Shop_Identity::address(), PHP_URL_SCHEME );
		$port   = wp_parse_url( $home, PHP_URL_PORT );
		$origin = $scheme . '://' . wp_parse_url( $home, PHP_URL_HOST ) . ( null === $port ? '' : ':' . $port );
		return $origin . preg_replace( '~^[a-z]+://[^/?#]*~i', '', $url );
	}
}
