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

	/** Where BonusPay sends its notifications: of each payment, from now on. */
	public static function notification( Settings $settings ): string {
		return $settings->avoids_rest() ? self::beside_rest() : self::by_rest();
	}

	/** Where else it may. */
	public static function notification_fallback( Settings $settings ): string {
		return $settings->avoids_rest() ? self::by_rest() : self::beside_rest();
	}

	/** One of the site's URLs with the scheme, host and port of the remembered address, whoever filtered them. */
	public static function own( string $url ): string {
		$home   = '' === Shop_Identity::remembered() ? Shop_Identity::address() : Shop_Identity::remembered();
		$scheme = (string) wp_parse_url( Shop_Identity::address(), PHP_URL_SCHEME );
		$port   = wp_parse_url( $home, PHP_URL_PORT );
		$origin = $scheme . '://' . wp_parse_url( $home, PHP_URL_HOST ) . ( null === $port ? '' : ':' . $port );
		return $origin . preg_replace( '~^[a-z]+://[^/?#]*~i', '', $url );
	}

	private static function by_rest(): string {
		return self::own( rest_url( 'bonuspay/v1/callback' ) );
	}

	private static function beside_rest(): string {
		return self::own( \WC()->api_request_url( Payment_Method::ID ) );
	}
}
