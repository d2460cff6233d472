<?php
/**
 * All of it, or nothing.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * Several changes of the database that are stored together. WordPress makes a lost connection anew and goes on with the next
 * statement; a new connection knows nothing of the first ones, so meanwhile it may not.
 */
final class Transaction {

	/** Whether one is open: the database would end it where another began. */
	private static bool $is_open = false;

	/**
	 * Does the work, and stores what it did. Where the database begins no transaction, or one of ours is open, no work is
	 * done: each statement would be stored by itself.
	 *
	 * @param callable $work Gives null when nothing is to be stored.
	 * @return mixed What it gave; null when nothing was stored.
	 */
	public static function run( callable $work ): mixed {
		global $wpdb;
		if ( self::$is_open || false === $wpdb->query( 'START TRANSACTION' ) ) {
			return null;
		}
		self::$is_open = true;
		$end           = self::without_reconnecting();
		$is_stored     = false;
		try {
			$result    = $work();
			$is_stored = null !== $result && false !== $wpdb->query( 'COMMIT' );
		} finally {
			$end();
			self::$is_open = false;
			if ( ! $is_stored ) {
				$wpdb->query( 'ROLLBACK' );
			}
		}
		return $is_stored ? $result : null;
	}

	/** A statement on a lost connection fails from now on, until what this gives is called. */
	private static function without_reconnecting(): callable {
		global $wpdb, $wp_actions;
		$retries = $wpdb->reconnect_retries ?? 0;
		$shown   = $wp_actions['template_redirect'] ?? 0;

		$wpdb->reconnect_retries = 0;
		// WordPress ends the process when it cannot reconnect, but not while it shows a page.
		// phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- put back afterwards.
		$wp_actions['template_redirect'] = max( 1, $shown );

		$level = self::warn( null ); // What wpdb leaves off where it may not try even once.
		return static function () use ( $wpdb, $retries, $shown, $level ): void {
			$wpdb->reconnect_retries = $retries;
			self::warn( $level );
			// phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- put back afterwards.
			$GLOBALS['wp_actions']['template_redirect'] = $shown;
		};
	}

	/** Sets what PHP warns of; gives what it did before. */
	private static function warn( ?int $level ): int {
		// phpcs:disable WordPress.PHP.DevelopmentFunctions.prevent_path_disclosure_error_reporting -- to put it back.
		// phpcs:disable WordPress.PHP.DiscouragedPHPFunctions.runtime_configuration_error_reporting -- to put it back.
		return error_reporting( $level );
		// phpcs:enable
	}
}
