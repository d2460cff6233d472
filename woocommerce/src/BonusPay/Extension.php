<?php
/**
 * Whether the PHP extension is there.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\BonusPay;

/**
 * WordPress has no header for a PHP extension, hence this check: nothing of the extension is touched before it.
 */
final class Extension {

	/** The oldest version that has all that is used here. */
	public const MINIMUM = '0.1.0';

	private const CLASSES = array( 'BonusPay\Client', 'BonusPay\KeyPair', 'BonusPay\Response', 'BonusPay\Notification' );

	/** Why it cannot be used and what to do, in one sentence; null when it can. */
	public static function problem(): ?string {
		if ( ! extension_loaded( 'bonuspay' ) ) {
			return sprintf(
				/* translators: 1: PHP version, such as 8.2, 2: name of the PHP extension, 3: line of a php.ini. */
				__( 'The PHP extension "%2$s" is not loaded: ask your host to install it for PHP %1$s, add the line "%3$s" to the php.ini and restart PHP.', 'bonuspay-for-woocommerce' ),
				PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION,
				'bonuspay',
				'extension=bonuspay'
			);
		}
		$version = self::version();
		if ( version_compare( $version, self::MINIMUM, '<' ) ) {
			return sprintf(
				/* translators: 1: installed version, 2: needed version. */
				__( 'The PHP extension "bonuspay" is too old: version %1$s is installed, %2$s or newer is needed. Ask your host to update it and restart PHP.', 'bonuspay-for-woocommerce' ),
				$version,
				self::MINIMUM
			);
		}
		foreach ( self::CLASSES as $class_name ) {
			if ( ! class_exists( $class_name, false ) ) {
				return sprintf(
					/* translators: %s: name of a PHP class. */
					__( 'The PHP extension "bonuspay" is incomplete: it has no %s. Ask your host to install it again and restart PHP.', 'bonuspay-for-woocommerce' ),
					$class_name
				);
			}
		}
		return null;
	}

	/** A line about the library within it, for reports: version, ABI, platform; '' when it cannot be used. */
	public static function build_info(): string {
		return null === self::problem() && function_exists( 'BonusPay\build_info' ) ? \BonusPay\build_info() : '';
	}

	/** Its version, for reports; '' when it is not loaded. */
	public static function version(): string {
		return extension_loaded( 'bonuspay' ) ? (string) ( new \ReflectionExtension( 'bonuspay' ) )->getVersion() : '';
	}
}
