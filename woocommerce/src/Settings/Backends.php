<?php
/**
 * Which BonusPay to talk to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\BonusPay\Native_Backend;

/**
 * Makes a Backend of the keys, of WordPress's own constants for proxies and blocked hosts, and of the constants that
 * developers may set for test mode: BONUSPAY_TEST_BASE_URL, BONUSPAY_TEST_CA_PEM.
 */
final class Backends {

	public const BASE_URLS = array(
		'test' => 'https://api.testbonuspay.network/sgs/api/',
		'live' => 'https://api.bonuspay.network/sgs/api/',
	);

	private const CONNECT_MS = 5000;

	/**
	 * Unit tests' own.
	 *
	 * @var ?callable
	 */
	private static $stand_in = null;

	/**
	 * BonusPay, as it is to be spoken to in a mode.
	 *
	 * @param string $mode        'test' or 'live': of an attempt always its own, whatever the settings say now.
	 * @param int    $deadline_ms For a whole call, repeats included.
	 * @throws Backend_Error Of kind 'config', when something is missing or wrong.
	 */
	public static function for_mode( string $mode, int $deadline_ms = 8000 ): Backend {
		if ( null !== self::$stand_in ) {
			return ( self::$stand_in )( $mode, $deadline_ms );
		}
		$problem = Extension::problem() ?? self::site_problem() ?? self::keys_problem( $mode ) ?? self::network_problem( $mode );
		if ( null !== $problem ) {
			throw self::config_error( $problem );
		}
		return new Native_Backend( self::options( $mode, $deadline_ms ) );
	}

	/** A backend to verify notifications with: it sends nothing, and knows no private key. All that is read is autoloaded. */
	public static function verifier( string $mode ): Backend {
		if ( null !== self::$stand_in ) {
			return ( self::$stand_in )( $mode, self::CONNECT_MS );
		}
		$options = array(
			'environment' => 'live' === $mode ? 'production' : 'sandbox',
			'partner_id'  => Keys::partner_id( $mode ),
			'public_key'  => Keys::public_keys( $mode ),
		);
		$is_set  = '' !== $options['partner_id'] && array() !== $options['public_key'];
		if ( null !== Extension::problem() || ! $is_set || Keys::has_shared_public_key() ) {
			throw self::config_error( 'Nothing can be verified: the extension or a key is missing, or the keys are wrong.' );
		}
		return new Native_Backend( $options );
	}

	/** Why BonusPay cannot be spoken to in a mode, for the owner; null when it can. Nothing is sent. */
	public static function problem( string $mode ): ?string {
		try {
			self::for_mode( $mode );
			return null;
		} catch ( Backend_Error $error ) {
			return $error->getMessage();
		}
	}

	/** For unit tests alone, which define BONUSPAY_WC_UNIT_TESTS: no shop can be made to talk to a stand-in. */
	public static function stand_in( ?callable $maker ): void {
		if ( ! defined( 'BONUSPAY_WC_UNIT_TESTS' ) ) {
			throw new \LogicException( 'Only unit tests may do this.' );
		}
		self::$stand_in = $maker;
	}

	/** Where BonusPay is. */
	public static function base_url( string $mode ): string {
		if ( 'test' === $mode && defined( 'BONUSPAY_TEST_BASE_URL' ) && '' !== (string) constant( 'BONUSPAY_TEST_BASE_URL' ) ) {
			return (string) constant( 'BONUSPAY_TEST_BASE_URL' );
		}
		return self::BASE_URLS[ 'live' === $mode ? 'live' : 'test' ];
	}

	/** Whether an address is on this machine alone. */
	public static function is_loopback( string $url ): bool {
		return in_array( wp_parse_url( $url, PHP_URL_HOST ), array( '127.0.0.1', 'localhost', '[::1]', '::1' ), true );
	}

	/** The extension's options. */
	private static function options( string $mode, int $deadline_ms ): array {
		$base_url = self::base_url( $mode );
		$options  = array(
			'environment'        => 'live' === $mode ? 'production' : 'sandbox',
			'partner_id'         => Keys::partner_id( $mode ),
			'private_key'        => Keys::private_key( $mode ),
			'public_key'         => Keys::public_keys( $mode ),
			'connect_timeout_ms' => min( self::CONNECT_MS, $deadline_ms ),
			'total_timeout_ms'   => $deadline_ms,
			'user_agent'         => 'BonusPay-for-WooCommerce/' . BONUSPAY_WC_VERSION,
		);
		$proxy    = self::proxy( $base_url );
		if ( null !== $proxy ) {
			$options['proxy'] = $proxy;
		}
		if ( 'test' === $mode && self::BASE_URLS['test'] !== $base_url ) {
			$options['base_url']   = $base_url;
			$options['allow_http'] = self::is_loopback( $base_url );
			if ( defined( 'BONUSPAY_TEST_CA_PEM' ) && '' !== (string) constant( 'BONUSPAY_TEST_CA_PEM' ) ) {
				$options['ca_pem'] = (string) constant( 'BONUSPAY_TEST_CA_PEM' );
			}
		}
		return $options;
	}

	/** A copy of the shop must not act on the shop's orders. */
	public static function site_problem(): ?string {
		return Shop_Identity::has_moved()
			? __( 'BonusPay is paused, since this site\'s address has changed: the notice in the administration asks what this site is.', 'bonuspay-for-woocommerce' )
			: null;
	}

	/** What is wrong with the keys. */
	private static function keys_problem( string $mode ): ?string {
		$missing = Keys::missing( $mode );
		if ( array() !== $missing ) {
			return sprintf(
				/* translators: 1: "test" or "live", 2: list of what is missing, such as "the partner ID, your private key". */
				__( 'The keys for %1$s mode are not complete. Missing: %2$s.', 'bonuspay-for-woocommerce' ),
				'live' === $mode ? __( 'live', 'bonuspay-for-woocommerce' ) : __( 'test', 'bonuspay-for-woocommerce' ),
				implode( ', ', $missing )
			);
		}
		if ( Keys::has_shared_public_key() ) {
			return __( 'BonusPay\'s public key is the same in test mode and in live mode: one of them is wrong. Copy each from its own portal.', 'bonuspay-for-woocommerce' );
		}
		return null;
	}

	/** Why calls to BonusPay are forbidden by wp-config.php, for the owner; null when they are not. */
	public static function network_problem( string $mode ): ?string {
		if ( ( new \WP_Http() )->block_request( self::base_url( $mode ) ) ) {
			return sprintf(
				/* translators: 1: name of a constant, 2: a host name, 3: name of a constant. */
				__( 'Outgoing calls are blocked by %1$s in wp-config.php: add %2$s to %3$s.', 'bonuspay-for-woocommerce' ),
				'WP_HTTP_BLOCK_EXTERNAL',
				(string) wp_parse_url( self::base_url( $mode ), PHP_URL_HOST ),
				'WP_ACCESSIBLE_HOSTS'
			);
		}
		return null;
	}

	/** WordPress's proxy, as a URL; null when there is none for this address. */
	private static function proxy( string $base_url ): ?string {
		$proxy = new \WP_HTTP_Proxy();
		if ( ! $proxy->is_enabled() || ! $proxy->send_through_proxy( $base_url ) ) {
			return null;
		}
		$login = $proxy->use_authentication() ? rawurlencode( $proxy->username() ) . ':' . rawurlencode( $proxy->password() ) . '@' : '';
		$host  = (string) preg_replace( '~^[a-z]+://~i', '', $proxy->host() );
		return 'http://' . $login . $host . ':' . $proxy->port();
	}

	/** An error of the configuration: nothing was sent. */
	private static function config_error( string $message ): Backend_Error {
		return new Backend_Error( $message, Backend_Error::NOT_SENT, 'config' );
	}
}
