<?php
/**
 * The plugin's own tables.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * Creates and updates them. Numbers of orders are compared byte for byte, hence their own collation.
 */
final class Schema {

	public const VERSION = 2;
	private const OPTION = 'bonuspay_wc_schema';

	/** Brings the tables to this version; does nothing when they are. */
	public static function install(): void {
		if ( (int) get_option( self::OPTION ) === self::VERSION ) {
			return;
		}
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		foreach ( self::tables() as $statement ) {
			dbDelta( $statement );
		}
		update_option( self::OPTION, self::VERSION, true );
	}

	/** A table's full name: attempts, refunds, events, effects or locks. */
	public static function table( string $name ): string {
		global $wpdb;
		return $wpdb->prefix . 'bonuspay_' . $name;
	}

	/**
	 * Tables that are not there: they were lost, or the database user may not make them.
	 *
	 * @return string[] Their full names.
	 */
	public static function missing(): array {
		global $wpdb;
		$names = array_map( array( self::class, 'table' ), array( 'attempts', 'refunds', 'events', 'effects', 'locks' ) );
		$there = $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $wpdb->prefix . 'bonuspay_' ) . '%' ) );
		// Some servers write names in small letters.
		return array_values( array_udiff( $names, $there, 'strcasecmp' ) );
	}

	/** In the form that dbDelta() compares: two blanks after PRIMARY KEY, a line a column. */
	private static function tables(): array {
		global $wpdb;
		$collate = $wpdb->get_charset_collate();
		// WordPress refuses texts that are not plain ASCII for a table whose columns have different character sets.
		$charset = '' === (string) $wpdb->charset ? 'utf8mb4' : $wpdb->charset;
		$exact   = "CHARACTER SET $charset COLLATE {$charset}_bin";
		return array(
			'CREATE TABLE ' . self::table( 'attempts' ) . " (
			id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
			order_id bigint(20) unsigned NOT NULL,
			number int(10) unsigned NOT NULL,
			mode varchar(4) $exact NOT NULL,
			scene varchar(6) $exact NOT NULL,
			merchant_order_no varchar(64) $exact NOT NULL,
			order_no varchar(32) $exact NULL,
			token char(32) $exact NOT NULL,
			partner_id varchar(32) $exact NOT NULL,
			price varchar(40) $exact NOT NULL,
			currency varchar(10) $exact NOT NULL,
			coin varchar(10) $exact NOT NULL,
			network varchar(20) $exact NOT NULL DEFAULT '',
			due varchar(40) $exact NULL,
			received varchar(40) $exact NOT NULL DEFAULT '0',
			address varchar(128) NULL,
			checkout_url varchar(500) NULL,
			state varchar(12) $exact NOT NULL,
			reason varchar(255) NOT NULL DEFAULT '',
			request text NOT NULL,
			tx_hash varchar(200) NULL,
			created_at bigint(20) NOT NULL,
			sent_at bigint(20) NOT NULL DEFAULT 0,
			expires_at bigint(20) NOT NULL,
			checked_at bigint(20) NOT NULL DEFAULT 0,
			next_check_at bigint(20) NULL,
			checks int(10) unsigned NOT NULL DEFAULT 0,
			fails int(10) unsigned NOT NULL DEFAULT 0,
			cancel_asked tinyint(1) NOT NULL DEFAULT 0,
			accepted tinyint(1) NOT NULL DEFAULT 0,
			version bigint(20) unsigned NOT NULL DEFAULT 1,
			fence bigint(20) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (id),
			UNIQUE KEY merchant_order_no (merchant_order_no),
			UNIQUE KEY order_number (order_id,number),
			KEY order_no (order_no),
			KEY next_check_at (next_check_at)
			) ENGINE=InnoDB $collate;",
			'CREATE TABLE ' . self::table( 'refunds' ) . " (
			id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
			order_id bigint(20) unsigned NOT NULL,
			attempt_id bigint(20) unsigned NOT NULL,
			number int(10) unsigned NOT NULL,
			source varchar(8) $exact NOT NULL,
			refund_merchant_order_no varchar(64) $exact NOT NULL,
			refund_no varchar(32) $exact NULL,
			wc_refund_id bigint(20) unsigned NULL,
			token char(32) $exact NOT NULL,
			amount varchar(40) $exact NOT NULL DEFAULT '0',
			coin varchar(10) $exact NOT NULL,
			fiat varchar(40) $exact NOT NULL DEFAULT '0',
			currency varchar(10) $exact NOT NULL,
			network varchar(20) $exact NOT NULL DEFAULT '',
			address varchar(128) $exact NULL,
			address_by varchar(8) $exact NOT NULL DEFAULT '',
			address_at bigint(20) NOT NULL DEFAULT 0,
			state varchar(20) $exact NOT NULL,
			rejected tinyint(1) NOT NULL DEFAULT 0,
			reason varchar(255) NOT NULL DEFAULT '',
			fee varchar(40) $exact NULL,
			fee_coin varchar(10) $exact NULL,
			status_before varchar(20) NOT NULL DEFAULT '',
			created_at bigint(20) NOT NULL,
			asked_at bigint(20) NOT NULL DEFAULT 0,
			sent_at bigint(20) NOT NULL DEFAULT 0,
			ended_at bigint(20) NOT NULL DEFAULT 0,
			next_check_at bigint(20) NULL,
			checks int(10) unsigned NOT NULL DEFAULT 0,
			version bigint(20) unsigned NOT NULL DEFAULT 1,
			fence bigint(20) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (id),
			UNIQUE KEY refund_merchant_order_no (refund_merchant_order_no),
			UNIQUE KEY order_number (order_id,number),
			UNIQUE KEY wc_refund_id (wc_refund_id),
			KEY attempt_id (attempt_id),
			KEY next_check_at (next_check_at)
			) ENGINE=InnoDB $collate;",
			'CREATE TABLE ' . self::table( 'events' ) . " (
			id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
			event_key char(64) $exact NOT NULL,
			body_hash char(64) $exact NOT NULL,
			kind varchar(20) $exact NOT NULL,
			status varchar(20) $exact NOT NULL,
			merchant_order_no varchar(64) NOT NULL DEFAULT '',
			attempt_id bigint(20) unsigned NULL,
			order_id bigint(20) unsigned NULL,
			state varchar(12) $exact NOT NULL,
			outcome varchar(255) NOT NULL DEFAULT '',
			deliveries int(10) unsigned NOT NULL DEFAULT 1,
			tries int(10) unsigned NOT NULL DEFAULT 0,
			received_at bigint(20) NOT NULL,
			next_try_at bigint(20) NULL,
			handled_at bigint(20) NULL,
			PRIMARY KEY  (id),
			UNIQUE KEY event_key (event_key),
			KEY next_try_at (next_try_at),
			KEY order_id (order_id)
			) ENGINE=InnoDB $collate;",
			'CREATE TABLE ' . self::table( 'effects' ) . " (
			id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
			attempt_id bigint(20) unsigned NOT NULL,
			order_id bigint(20) unsigned NOT NULL,
			effect varchar(64) $exact NOT NULL,
			claimed_at bigint(20) NOT NULL,
			done_at bigint(20) NULL,
			PRIMARY KEY  (id),
			UNIQUE KEY attempt_effect (attempt_id,effect),
			KEY done_at (done_at,claimed_at)
			) ENGINE=InnoDB $collate;",
			'CREATE TABLE ' . self::table( 'locks' ) . " (
			order_id bigint(20) unsigned NOT NULL,
			purpose varchar(8) $exact NOT NULL,
			owner char(32) $exact NOT NULL,
			fence bigint(20) unsigned NOT NULL,
			expires_at datetime(3) NOT NULL,
			PRIMARY KEY  (order_id,purpose)
			) ENGINE=InnoDB $collate;",
		);
	}
}
