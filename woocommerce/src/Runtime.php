<?php
/**
 * What PHP does only where the host allows it.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

/**
 * Hosts remove functions by disable_functions, and calling one that is gone ends the request: those that we can do without are
 * called here alone. A test compares the whole plugin with what hosts are known to remove.
 */
final class Runtime {

	/** Finishes what was begun although the caller hangs up. */
	public static function keep_running(): void {
		if ( function_exists( 'ignore_user_abort' ) ) {
			ignore_user_abort( true );
		}
	}

	/** Sends the answer, and lets the caller go. */
	public static function finish_request(): void {
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		}
	}

	/** Waits; by the database where PHP may not. */
	public static function pause( int $microseconds ): void {
		global $wpdb;
		if ( function_exists( 'usleep' ) ) {
			usleep( $microseconds );
			return;
		}
		$wpdb->query( $wpdb->prepare( 'SELECT SLEEP(%f)', $microseconds / 1000000 ) );
	}
}
