<?php
/**
 * The notifications that came.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

use BonusPay\WooCommerce\BonusPay\Verified_Message;

/**
 * A row an event, UNIQUE: it is stored before anything is acknowledged. Only verified notifications come here; of their
 * bodies a hash is kept.
 */
final class Notification_Inbox {

	public const IS_NEW    = 'new';
	public const DONE      = 'done';
	public const UNMATCHED = 'unmatched';
	public const UNUSED    = 'unused';
	public const GIVEN_UP  = 'given_up';

	/** Seconds from one try to the next; afterwards a person must look. */
	private const PAUSES = array( 60, 300, 1800, 7200, 43200 );

	/** What a merchant may see of a row. */
	private const SHOWN = 'id, kind, status, merchant_order_no, order_id, state, outcome, deliveries, tries, received_at, '
		. 'next_try_at, handled_at';

	/** Seconds for the worker who handles an event; then the queue takes it. */
	private const CLAIM = 60;
	/** As long as a lock lives: so soon BonusPay's own repetition is taken, though nobody has finished the one before. */
	private const AGAIN_AFTER = 5;

	/**
	 * Stores an event, or finds it. Gives its row; `is_mine` says whether this worker handles it now: one at a time does.
	 */
	public static function put( Verified_Message $event, string $body, ?Attempt $attempt, string $state, int $now ): object {
		global $wpdb;
		$table = Schema::table( 'events' );
		$hash  = hash( 'sha256', $body );
		$key   = self::key( $event, $hash );
		$new   = self::IS_NEW === $state;
		$wpdb->query(
			$wpdb->prepare(
				"INSERT INTO %i (event_key, body_hash, kind, status, merchant_order_no,
				attempt_id, order_id, state, received_at, next_try_at)
				VALUES (%s, %s, %s, %s, %s, NULLIF(%d, 0), NULLIF(%d, 0), %s, %d, NULLIF(%d, 0))
				ON DUPLICATE KEY UPDATE deliveries = deliveries + 1, attempt_id = COALESCE(attempt_id, VALUES(attempt_id)),
				order_id = COALESCE(order_id, VALUES(order_id)),
				next_try_at = IF(state = 'unmatched', VALUES(next_try_at), next_try_at),
				state = IF(state = 'unmatched', VALUES(state), state)",
				$table,
				$key,
				$hash,
				$event->kind,
				substr( preg_replace( '/[^A-Z_]/', '', self::status( $event ) ), 0, 20 ),
				mb_substr( self::number( $event ), 0, 64 ),
				$attempt->id ?? 0,
				$attempt->order_id ?? 0,
				$state,
				$now,
				$new ? $now : 0
			)
		);
		$row = $wpdb->get_row( $wpdb->prepare( 'SELECT id, state, tries FROM %i WHERE event_key = %s', $table, $key ) );
		if ( null === $row ) {
			throw new \RuntimeException( 'The notification could not be stored.' );
		}
		return (object) array(
			'id'      => (int) $row->id,
			'state'   => $row->state,
			'tries'   => (int) $row->tries,
			'is_mine' => self::claim_again( (int) $row->id, $now ),
		);
	}

	/**
	 * What handling an event came to: done, or put off for a reason. Why it is not done is '' when it is; the outcome tells
	 * what it came to.
	 */
	public static function conclude( int $id, int $tries, string $why, string $outcome, int $now ): bool {
		if ( '' === $why ) {
			self::finish( $id, $outcome, $now );
			return true;
		}
		self::postpone( $id, $tries, $why, $now );
		return false;
	}

	/** It is handled. */
	public static function finish( int $id, string $outcome, int $now ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET state = 'done', outcome = %s, handled_at = %d, next_try_at = NULL WHERE id = %d",
				Schema::table( 'events' ),
				mb_substr( $outcome, 0, 250 ),
				$now,
				$id
			)
		);
	}

	/** It is not; the queue tries again, later and later. */
	public static function postpone( int $id, int $tries, string $why, int $now ): void {
		global $wpdb;
		$pause = self::PAUSES[ $tries ] ?? null;
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET state = %s, tries = %d, outcome = %s, next_try_at = NULLIF(%d, 0) WHERE id = %d AND state IN (%s, %s)',
				Schema::table( 'events' ),
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
	 * Events that are due, the longest waiting first.
	 *
	 * @return object[]
	 */
	public static function due( int $now, int $limit ): array {
		global $wpdb;
		return $wpdb->get_results(
			$wpdb->prepare(
				"SELECT id, kind, merchant_order_no, attempt_id, status, tries FROM %i
				WHERE next_try_at <= %d AND state = 'new' ORDER BY next_try_at LIMIT %d",
				Schema::table( 'events' ),
				$now,
				$limit
			)
		) ?? array();
	}

	/** One worker handles an event; if it dies, another may after a minute. */
	public static function claim( int $id, int $now ): bool {
		global $wpdb;
		return 1 === $wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET next_try_at = %d, outcome = '' WHERE id = %d AND state = 'new' AND next_try_at <= %d",
				Schema::table( 'events' ),
				$now + self::CLAIM,
				$id,
				$now
			)
		);
	}

	/** One event. */
	public static function find( int $id ): ?object {
		global $wpdb;
		return $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM %i WHERE id = %d', Schema::table( 'events' ), $id ) );
	}

	/** What fitted no payment turned out to be about this one. */
	public static function assign( int $id, Attempt $attempt ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET attempt_id = %d, order_id = %d WHERE id = %d',
				Schema::table( 'events' ),
				$attempt->id,
				$attempt->order_id,
				$id
			)
		);
	}

	/**
	 * Events, the newest first, for the merchant's eyes.
	 *
	 * @param array $filters Column => value: 'state', 'kind', 'order_id' or 'merchant_order_no'.
	 * @param int   $limit   How many.
	 * @param int   $skip    How many newer ones to leave out.
	 * @return array{object[], int} The events, and how many there are in all.
	 */
	public static function listed( array $filters, int $limit, int $skip ): array {
		global $wpdb;
		$filters = array_intersect_key( $filters, array_flip( array( 'state', 'kind', 'order_id', 'merchant_order_no' ) ) );
		$where   = implode( '', array_map( static fn( string $column ): string => " AND BINARY $column = %s", array_keys( $filters ) ) );
		$table   = Schema::table( 'events' );
		$values  = array( 1, ...array_values( $filters ) );
		$rows    = $wpdb->get_results(
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- the text is ours.
				"SELECT * FROM $table WHERE 1 = %d$where ORDER BY id DESC LIMIT %d OFFSET %d",
				array( ...$values, $limit, $skip )
			)
		);
		return array(
			$rows ?? array(),
			// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- the text is ours.
			(int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM $table WHERE 1 = %d$where", $values ) ),
		);
	}

	/**
	 * What came within a time, was genuine, and fits no payment of this shop.
	 *
	 * @return object[]
	 */
	public static function unmatched( int $from, int $to, int $limit ): array {
		global $wpdb;
		return $wpdb->get_results(
			$wpdb->prepare(
				"SELECT * FROM %i WHERE state = 'unmatched' AND received_at BETWEEN %d AND %d ORDER BY id LIMIT %d",
				Schema::table( 'events' ),
				$from,
				$to,
				$limit
			)
		) ?? array();
	}

	/** An order's events, the newest first, for the merchant's eyes. */
	public static function of_order( int $order_id ): array {
		global $wpdb;
		return $wpdb->get_results(
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the text is ours.
				'SELECT ' . self::SHOWN . ' FROM ' . Schema::table( 'events' ) . ' WHERE order_id = %d ORDER BY id DESC LIMIT 100',
				$order_id
			),
			ARRAY_A
		) ?? array();
	}

	/** The notification that came last; null when none ever did. */
	public static function last_heard(): ?array {
		return self::latest( 'id > %d', 0 );
	}

	/** The last one that was not handled: it is not ours, waits, or was given up. */
	public static function last_failure(): ?array {
		return self::latest( "(state IN (%s, %s) OR (state = %s AND outcome <> ''))", self::UNMATCHED, self::GIVEN_UP, self::IS_NEW );
	}

	/**
	 * How many wait to be handled, and since when.
	 *
	 * @return array{open: int, since: ?int}
	 */
	public static function backlog(): array {
		global $wpdb;
		$row = $wpdb->get_row(
			$wpdb->prepare(
				'SELECT COUNT(*) AS open, MIN(received_at) AS since FROM %i WHERE next_try_at IS NOT NULL AND state = %s',
				Schema::table( 'events' ),
				self::IS_NEW
			)
		);
		return array(
			'open'  => (int) ( $row->open ?? 0 ),
			'since' => isset( $row->since ) ? (int) $row->since : null,
		);
	}

	/** How many of those that came since then were given up, and what they told has not been seen in another way. */
	public static function given_up( int $since ): int {
		global $wpdb;
		return (int) $wpdb->get_var(
			$wpdb->prepare(
				"SELECT COUNT(*) FROM %i e LEFT JOIN %i a ON a.id = e.attempt_id
				LEFT JOIN %i r ON r.refund_merchant_order_no = e.merchant_order_no
				WHERE e.state = %s AND e.received_at >= %d
				AND NOT (e.kind = 'order' AND COALESCE(a.state, '') IN ('paid', 'underpaid', 'review', 'refunded'))
				AND NOT (e.kind = 'refund' AND COALESCE(r.ended_at, 0) > 0)",
				Schema::table( 'events' ),
				Schema::table( 'attempts' ),
				Schema::table( 'refunds' ),
				self::GIVEN_UP,
				$since
			)
		);
	}

	/** Those that wait or were given up, the oldest first, for the merchant's eyes. */
	public static function open( int $limit ): array {
		global $wpdb;
		return $wpdb->get_results(
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the text is ours.
				'SELECT ' . self::SHOWN . ' FROM ' . Schema::table( 'events' ) . ' WHERE state IN (%s, %s) ORDER BY id LIMIT %d',
				self::IS_NEW,
				self::GIVEN_UP,
				$limit
			),
			ARRAY_A
		) ?? array();
	}

	/** The newest row that fits. */
	private static function latest( string $where, ...$values ): ?array {
		global $wpdb;
		$sql = 'SELECT ' . self::SHOWN . ' FROM ' . Schema::table( 'events' ) . " WHERE $where ORDER BY id DESC LIMIT 1";
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the text is ours.
		return $wpdb->get_row( $wpdb->prepare( $sql, $values ), ARRAY_A );
	}

	/**
	 * What comes again, or a person asks for, is tried again, whenever the queue would; while a worker is at it, who
	 * has left no outcome yet, only after some seconds.
	 */
	public static function claim_again( int $id, int $now ): bool {
		global $wpdb;
		return 1 === $wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET next_try_at = %d, outcome = '' WHERE id = %d AND state IN ('new', "
					. "'given_up') AND (next_try_at <= %d OR outcome <> '')",
				Schema::table( 'events' ),
				$now + self::CLAIM,
				$id,
				$now + self::CLAIM - self::AGAIN_AFTER
			)
		);
	}

	/** The number of what a notification is about. */
	public static function number( Verified_Message $event ): string {
		return (string) $event->get( 'refund' === $event->kind ? '/refundOrder/refundMerchantOrderNo' : '/acquireOrder/merchantOrderNo' );
	}

	/** What it says of that. */
	public static function status( Verified_Message $event ): string {
		return (string) $event->get( 'refund' === $event->kind ? '/refundOrder/status' : '/acquireOrder/status' );
	}

	/** BonusPay's own id with what it says; without an id the body itself. */
	private static function key( Verified_Message $event, string $body_hash ): string {
		if ( null === $event->id || '' === $event->id ) {
			return $body_hash;
		}
		$names = array( $event->kind, $event->id, self::number( $event ), self::status( $event ) );
		return hash( 'sha256', (string) wp_json_encode( $names ) );
	}
}
