<?php
/**
 * Whether BonusPay answers.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Health;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Calls BonusPay with the stored keys, and says in words what came of it and what to do.
 */
final class Connection_Test {

	/** Kinds of errors that begin here, and whose message says it all. */
	private const OWN_FAULTS = array( 'config', 'argument', 'internal' );

	/** Saving waits no longer for the test. */
	private const DEADLINE_MS = 6000;

	/** What a failed test means and what to do. */
	public static function explain( Backend_Error $error, string $mode ): string {
		$host = (string) wp_parse_url( Backends::base_url( $mode ), PHP_URL_HOST );
		$text = match ( true ) {
			in_array( $error->kind, self::OWN_FAULTS, true ) => Settings::mode_name( $mode ) . ': ' . $error->getMessage(),
			$error->is_about_the_clock() => sprintf(
				/* translators: %s: a date and time in UTC. */
				__( 'BonusPay refuses because of your server\'s clock, which says %s (UTC). Ask your host to set it right.', 'bonuspay-for-woocommerce' ),
				gmdate( 'Y-m-d H:i:s' )
			),
			'network' === $error->kind => sprintf(
				/* translators: %s: a host name. */
				__( 'BonusPay could not be reached. Ask your host to allow outgoing connections to %s, and try again.', 'bonuspay-for-woocommerce' ),
				$host
			),
			'signature' === $error->kind => __( 'The answer\'s signature does not fit the key that stands here as BonusPay\'s public key. Copy that key from BonusPay\'s merchant portal again, for this mode.', 'bonuspay-for-woocommerce' ),
			'api' === $error->kind => __( 'BonusPay answers, but refuses. Most often your public key is not in BonusPay\'s merchant portal yet, the partner ID is another one, or this server\'s IP address is not allowed there.', 'bonuspay-for-woocommerce' ),
			default => sprintf(
				/* translators: %s: a host name. */
				__( 'Something answered that is not BonusPay: a firewall or a proxy between this server and %s. Ask your host.', 'bonuspay-for-woocommerce' ),
				$host
			),
		};
		if ( in_array( $error->kind, self::OWN_FAULTS, true ) ) {
			return $text;
		}
		/* translators: %s: the technical message, in English. */
		$text .= ' ' . sprintf( __( '(For support: %s)', 'bonuspay-for-woocommerce' ), $error->getMessage() );
		return $text;
	}

	/** The result of a test in this mode; null when all is well. */
	public static function run( string $mode ): ?Backend_Error {
		try {
			Backends::for_mode( $mode, self::DEADLINE_MS )->test_connection();
			Log::info( 'connection_tested', array( 'mode' => $mode ) );
			return null;
		} catch ( Backend_Error $error ) {
			Log::warning(
				'connection_test_failed',
				array(
					'mode'  => $mode,
					'kind'  => $error->kind,
					'code'  => $error->api_code,
					'trace' => $error->trace_code,
					'why'   => $error->getMessage(),
				)
			);
			return $error;
		}
	}

	/** What a good test says. */
	public static function success( string $mode ): string {
		return sprintf(
			/* translators: %s: "Test mode" or "Live mode". */
			__( '%s: BonusPay takes your keys, and its answer is genuine. You are ready.', 'bonuspay-for-woocommerce' ),
			Settings::mode_name( $mode )
		);
	}
}
