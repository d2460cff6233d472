<?php
/**
 * The project's sandbox, driven from here.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Rehearsal;

use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;

/**
 * The control interface of bonuspay-sandbox, a program that plays BonusPay on this machine. It is spoken to only when
 * wp-config.php names it in BONUSPAY_TEST_SANDBOX_URL, it is on this machine, and test mode itself talks to it: so no
 * rehearsal can reach anything but a sandbox.
 */
final class Sandbox {

	private const SECONDS = 5;

	/** Why there is no sandbox to be driven, for the owner; null when there is one. It is asked. */
	public static function problem(): ?string {
		$problem = self::address_problem();
		if ( null !== $problem ) {
			return $problem;
		}
		try {
			$state = self::call( 'GET', 'state' );
		} catch ( \RuntimeException $error ) {
			/* translators: 1: an address, 2: the technical message. */
			return sprintf( __( 'The sandbox does not answer at %1$s: start it, and reload this page. (%2$s)', 'bonuspay-for-woocommerce' ), self::origin(), $error->getMessage() );
		}
		if ( ! in_array( Keys::partner_id( 'test' ), (array) ( $state['merchants'] ?? array() ), true ) ) {
			return __( 'The sandbox does not know the partner ID of test mode. Take the keys and the partner ID that it tells when it starts.', 'bonuspay-for-woocommerce' );
		}
		return null;
	}

	/**
	 * One call of the control interface.
	 *
	 * @param string $method 'GET', 'POST' or 'DELETE'.
	 * @param string $path   Such as 'orders/wp_1001-1/deposits'.
	 * @param array  $body   What is sent.
	 * @throws \RuntimeException When it is refused, or nobody answers.
	 */
	public static function call( string $method, string $path, array $body = array() ): array {
		$problem = self::address_problem();
		if ( null !== $problem ) {
			throw new \RuntimeException( $problem ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped where it is shown.
		}
		$answer = wp_remote_request(
			self::origin() . '/sandbox/api/' . implode( '/', array_map( 'rawurlencode', explode( '/', $path ) ) ),
			array(
				'method'      => $method,
				'timeout'     => self::SECONDS,
				'redirection' => 0,
				'body'        => array() === $body ? '' : wp_json_encode( $body ),
			)
		);
		if ( is_wp_error( $answer ) ) {
			throw new \RuntimeException( $answer->get_error_message() ); // phpcs:ignore WordPress.Security.EscapeOutput
		}
		$document = json_decode( wp_remote_retrieve_body( $answer ), true );
		if ( 200 !== (int) wp_remote_retrieve_response_code( $answer ) || ! is_array( $document ) ) {
			$why = is_array( $document ) && is_string( $document['error'] ?? null ) ? $document['error'] : 'HTTP ' . (int) wp_remote_retrieve_response_code( $answer );
			throw new \RuntimeException( $why ); // phpcs:ignore WordPress.Security.EscapeOutput
		}
		return $document;
	}

	/** What is wrong with the addresses in wp-config.php. Nothing is sent. */
	private static function address_problem(): ?string {
		$origin = self::origin();
		return match ( true ) {
			/* translators: %s: a line of PHP. */
			'' === $origin => sprintf( __( 'This shop is not connected with a sandbox that can be driven. Start bonuspay-sandbox on this machine, set BONUSPAY_TEST_BASE_URL in wp-config.php to the base_url that it tells, and add: %s', 'bonuspay-for-woocommerce' ), "define( 'BONUSPAY_TEST_SANDBOX_URL', 'http://127.0.0.1:8790' );" ),
			! self::is_loopback( $origin ) => __( 'BONUSPAY_TEST_SANDBOX_URL in wp-config.php must be an http address on this machine, such as http://127.0.0.1:8790.', 'bonuspay-for-woocommerce' ),
			self::origin_of( Backends::base_url( 'test' ) ) !== $origin => __( 'Test mode does not talk to the sandbox: BONUSPAY_TEST_BASE_URL and BONUSPAY_TEST_SANDBOX_URL in wp-config.php must name the same host and port.', 'bonuspay-for-woocommerce' ),
			default => null,
		};
	}

	/** Where it is; '' when it is not set. */
	private static function origin(): string {
		return defined( 'BONUSPAY_TEST_SANDBOX_URL' ) ? self::origin_of( (string) constant( 'BONUSPAY_TEST_SANDBOX_URL' ) ) : '';
	}

	/** Scheme, host and port of an address; the address itself when it has none. */
	private static function origin_of( string $url ): string {
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || ! isset( $parts['scheme'], $parts['host'] ) ) {
			return $url;
		}
		return strtolower( $parts['scheme'] . '://' . $parts['host'] ) . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
	}

	private static function is_loopback( string $origin ): bool {
		return 'http' === wp_parse_url( $origin, PHP_URL_SCHEME ) && Backends::is_loopback( $origin );
	}
}
