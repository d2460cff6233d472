<?php
/**
 * The notifications that came.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

// phpcs:disable WordPress.DB.DirectDatabaseQuery -- our own table; nothing of it may come from a cache.

/**
 * A row an event, UNIQUE: it is stored before anything is acknowledged. Only verified notifications come here; of their
 * bodies a hash is kept.
 */
final class Inbox {

	public const IS_NEW    = 'new';
	public const DONE      = 'done';
	public const UNMATCHED = 'unmatched';
	public const UNUSED    = 'unused';
	public const GIVEN_UP  = 'given_up';

	/** Seconds from one try to the next; afterwards a person must look. */
	private const PAUSES = array( 60, 300, 1800, 7200, 43200 );

	/** Seconds for the worker who handles an event; then the queue takes it. */
	private const CLAIM = 60;
	/** As long as a lock lives: so soon BonusPay's own repetition is taken, though nobody has finished the one before. */
	private const AGAIN_AFTER = 5;

	/**
	 * Stores an event, or finds it. Gives its row; `is_mine` says whether this worker handles it now: one at a time does.
	 */
	public static function put( Answer $event, string $body, ?Attempt $attempt, string $state, int $now ): object {
		global $wpdb;
		$table = Schema::table( 'events' );
		$hash  = hash( 'sha256', $body );
		$key   = self::key( $event, $hash );
		$new   = self::IS_NEW === $state;
		$wpdb->query(
			$wpdb->prepare(
				"INSERT INTO $table (event_key, body_hash, kind, status, merchant_order_no, attempt_id, order_id, state, received_at, next_try_at)
				VALUES (%s, %s, %s, %s, %s, NULLIF(%d, 0), NULLIF(%d, 0), %s, %d, NULLIF(%d, 0))
				ON DUPLICATE KEY UPDATE deliveries = deliveries + 1, attempt_id = COALESCE(attempt_id, VALUES(attempt_id)), order_id = COALESCE(order_id, VALUES(order_id)),
				next_try_at = IF(state = 'unmatched', VALUES(next_try_at), next_try_at), state = IF(state = 'unmatched', VALUES(state), state)", // phpcs:ignore WordPress.DB.PreparedSQL
				$key,
				$hash,
				$event->kind,
				substr( preg_replace( '/[^A-Z_]/', '', self::told( $event, 'status' ) ), 0, 20 ),
				mb_substr( self::told( $event, 'number' ), 0, 64 ),
				$attempt->id ?? 0,
				$attempt->order_id ?? 0,
				$state,
				$now,
				$new ? $now : 0
			)
		);
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT id, state, tries FROM $table WHERE event_key = %s", $key ) ); // phpcs:ignore WordPress.DB.PreparedSQL
		if ( null === $row ) {
			throw new \RuntimeException( 'The notification could not be stored.' );
		}
		return (object) array(
			'id'      => (int) $row->id,
			'state'   => $row->state,
			'tries'   => (int) $row->tries,
			'is_mine' => self::claim_delivered( (int) $row->id, $now ),
		);
	}

	/** It is handled. */
	public static function finish( int $id, string $outcome, int $now ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'UPDATE ' . Schema::table( 'events' ) . " SET state = 'done', outcome = %s, handled_at = %d, next_try_at = NULL WHERE id = %d", mb_substr( $outcome, 0, 250 ), $now, $id ) ); // phpcs:ignore WordPress.DB.PreparedSQL
	}

	/** It is not; the queue tries again, later and later. */
	public static function postpone( int $id, int $tries, string $why, int $now ): void {
		global $wpdb;
		$pause = self::PAUSES[ $tries ] ?? null;
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE ' . Schema::table( 'events' ) . ' SET state = %s, tries = %d, outcome = %s, next_try_at = NULLIF(%d, 0) WHERE id = %d AND state IN (%s, %s)', // phpcs:ignore WordPress.DB.PreparedSQL
				null === $pause ? self::GIVEN_UP : self::IS_NEW,
				$tries + 1,
				mb_substr( $why, 0, 250 ),
				null === $pause ? 0 : $now + $pause,
				$id,
				self::IS_NEW,
				self::GIVEN_UP
			)
		);
	}

	/**
	 * Events that are due, each claimed for this worker.
	 *
	 * @return object[]
	 */
	public static function take_due( int $now, int $limit ): array {
		global $wpdb;
		$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT id, kind, merchant_order_no, attempt_id, status, tries FROM ' . Schema::table( 'events' ) . " WHERE next_try_at <= %d AND state = 'new' ORDER BY next_try_at LIMIT %d", $now, $limit ) ); // phpcs:ignore WordPress.DB.PreparedSQL
		return array_values( array_filter( $rows ?? array(), static fn( object $row ): bool => self::claim( (int) $row->id, $now ) ) );
	}

	/** An order's events, the newest first, for the merchant's eyes. */
	public static function of_order( int $order_id ): array {
		global $wpdb;
		return $wpdb->get_results( $wpdb->prepare( 'SELECT id, kind, status, merchant_order_no, state, outcome, deliveries, received_at, handled_at FROM ' . Schema::table( 'events' ) . ' WHERE order_id = %d ORDER BY id DESC LIMIT 100', $order_id ), ARRAY_A ) ?? array(); // phpcs:ignore WordPress.DB.PreparedSQL
	}

	/** What comes again is tried again, whenever the queue would; while a worker is at it, who has left no outcome yet, only after some seconds. */
	private static function claim_delivered( int $id, int $now ): bool {
		global $wpdb;
		return 1 === $wpdb->query( $wpdb->prepare( 'UPDATE ' . Schema::table( 'events' ) . " SET next_try_at = %d, outcome = '' WHERE id = %d AND state IN ('new', 'given_up') AND (next_try_at <= %d OR outcome <> '')", $now + self::CLAIM, $id, $now + self::CLAIM - self::AGAIN_AFTER ) ); // phpcs:ignore WordPress.DB.PreparedSQL
	}

	/** One worker handles an event; if it dies, another may after a minute. */
	private static function claim( int $id, int $now ): bool {
		global $wpdb;
		return 1 === $wpdb->query( $wpdb->prepare( 'UPDATE ' . Schema::table( 'events' ) . " SET next_try_at = %d, outcome = '' WHERE id = %d AND state = 'new' AND next_try_at <= %d", $now + self::CLAIM, $id, $now ) ); // phpcs:ignore WordPress.DB.PreparedSQL
	}

	/** An event's status, or our number of what it is about: an order, or a refund. */
	private static function told( Answer $event, string $what ): string {
		$of = 'refund' === $event->kind ? array( '/refundOrder/', 'refundMerchantOrderNo' ) : array( '/acquireOrder/', 'merchantOrderNo' );
		return (string) $event->get( $of[0] . ( 'number' === $what ? $of[1] : 'status' ) );
	}

	/** BonusPay's own id with what it says; without an id the body itself. */
	private static function key( Answer $event, string $body_hash ): string {
		if ( null === $event->id || '' === $event->id ) {
			return $body_hash;
		}
		$names = array( $event->kind, $event->id, self::told( $event, 'number' ), self::told( $event, 'status' ) );
		return hash( 'sha256', (string) wp_json_encode( $names ) );
	}
}
