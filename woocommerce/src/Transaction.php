<?php
/**
 * All of it, or nothing.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

// phpcs:disable WordPress.DB.DirectDatabaseQuery -- nothing that a cache could answer.

/**
 * Several changes of the database that are stored together. WordPress makes a lost connection anew and goes on with the next
 * statement; a new connection knows nothing of the first ones, so meanwhile it may not.
 */
final class Transaction {

	/**
	 * Does the work, and stores what it did.
	 *
	 * @param callable $work Gives null when nothing is to be stored.
	 * @return mixed What it gave; null when nothing was stored.
	 */
	public static function run( callable $work ): mixed {
		global $wpdb;
		$wpdb->query( 'START TRANSACTION' );
		$retries                 = $wpdb->reconnect_retries ?? 0;
		$wpdb->reconnect_retries = 0;
		$is_stored               = false;
		try {
			$result    = $work();
			$is_stored = null !== $result && false !== $wpdb->query( 'COMMIT' );
		} finally {
			$wpdb->reconnect_retries = $retries;
			if ( ! $is_stored ) {
				$wpdb->query( 'ROLLBACK' );
			}
		}
		return $is_stored ? $result : null;
	}
}
