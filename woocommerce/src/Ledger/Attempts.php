<?php
/**
 * The attempts' table.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * Reads and changes attempts. Rows are found by exact numbers only, and changed only in the version that was read.
 */
final class Attempts {

	/** One attempt. */
	public static function find( int $id ): ?Attempt {
		return self::one( 'id = %d', $id );
	}

	/** The attempt of our number at BonusPay, byte for byte. */
	public static function by_merchant_order_no( string $merchant_order_no ): ?Attempt {
		if ( strlen( $merchant_order_no ) > 64 || 1 !== preg_match( '/^[A-Za-z0-9_-]+$/D', $merchant_order_no ) ) {
			return null;
		}
		return self::one( 'merchant_order_no = %s', $merchant_order_no );
	}

	/**
	 * An order's attempts, the newest first.
	 *
	 * @return Attempt[]
	 */
	public static function of_order( int $order_id ): array {
		return self::many( 'order_id = %d ORDER BY number DESC', $order_id );
	}

	/**
	 * The attempts of many orders in one query: order => its attempts, the newest first.
	 *
	 * @param int[] $order_ids The orders.
	 * @return array<int, Attempt[]>
	 */
	public static function of_orders( array $order_ids ): array {
		$found = array();
		if ( array() !== $order_ids ) {
			$places = implode( ', ', array_fill( 0, count( $order_ids ), '%d' ) );
			foreach ( self::many( "order_id IN ($places) ORDER BY order_id, number DESC", ...array_values( $order_ids ) ) as $attempt ) {
				$found[ $attempt->order_id ][] = $attempt;
			}
		}
		return $found;
	}

	/**
	 * The orders that a number belongs to, byte for byte: ours, BonusPay's, or a transaction's hash.
	 *
	 * @return int[]
	 */
	public static function orders_of_number( string $number ): array {
		if ( 1 !== preg_match( '/^[!-~]{1,200}$/D', $number ) ) {
			return array();
		}
		$found = self::many(
			'merchant_order_no = %s OR order_no = %s OR BINARY tx_hash = %s ORDER BY order_id DESC LIMIT 100',
			$number,
			$number,
			$number
		);
		return array_values( array_unique( array_map( static fn( Attempt $attempt ): int => $attempt->order_id, $found ) ) );
	}

	/**
	 * Attempts of a mode that were made within a time, the oldest first.
	 *
	 * @return Attempt[]
	 */
	public static function made( int $from, int $to, string $mode, int $limit ): array {
		return self::many( 'created_at BETWEEN %d AND %d AND mode = %s ORDER BY id LIMIT %d', $from, $to, $mode, $limit );
	}

	/**
	 * Attempts that the queue must look at, the longest overdue first.
	 *
	 * @return Attempt[]
	 */
	public static function due( int $now, int $limit ): array {
		return self::many( 'next_check_at <= %d ORDER BY next_check_at LIMIT %d', $now, $limit );
	}

	/**
	 * Of the newest attempts that began within a time, how many got money, and how many of those no notification told of.
	 *
	 * @return array{paid: int, unheard: int}
	 */
	public static function unnotified( int $since, int $until ): array {
		global $wpdb;
		$row = $wpdb->get_row(
			$wpdb->prepare(
				"SELECT COUNT(*) AS paid,
				COALESCE(SUM(NOT EXISTS (SELECT 1 FROM %i e WHERE e.order_id = a.order_id AND e.attempt_id = a.id)), 0) AS unheard
				FROM (SELECT id, order_id, state, created_at FROM %i ORDER BY id DESC LIMIT 200) a
				WHERE a.state = 'paid' AND a.created_at BETWEEN %d AND %d",
				Schema::table( 'events' ),
				Schema::table( 'attempts' ),
				$since,
				$until
			),
			ARRAY_A
		);
		return array(
			'paid'    => (int) ( $row['paid'] ?? 0 ),
			'unheard' => (int) ( $row['unheard'] ?? 0 ),
		);
	}

	/**
	 * The newest orders with an attempt that a person may have to decide about.
	 *
	 * @return int[]
	 */
	public static function orders_for_a_person( int $limit ): array {
		global $wpdb;
		$ids = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT DISTINCT order_id FROM %i a WHERE state IN ('review', 'underpaid') OR (state = 'paid' AND EXISTS (
					SELECT 1 FROM %i e WHERE e.attempt_id = a.id
					AND SUBSTRING_INDEX(e.effect, ':', 1) IN ('hold_changed', 'hold_unexpected')
				)) ORDER BY order_id DESC LIMIT %d",
				Schema::table( 'attempts' ),
				Schema::table( 'effects' ),
				$limit
			)
		);
		return array_map( 'intval', $ids );
	}

	/**
	 * How many attempts are in which state; those in which none is are left out.
	 *
	 * @return array<string, int>
	 */
	public static function counts(): array {
		global $wpdb;
		$rows = $wpdb->get_results(
			$wpdb->prepare( 'SELECT state, COUNT(*) AS many FROM %i GROUP BY state ORDER BY state', Schema::table( 'attempts' ) )
		);
		return array_map( 'intval', array_column( $rows ?? array(), 'many', 'state' ) );
	}

	/**
	 * Stores a new attempt. Null when another worker was faster: the order's number is taken by its row.
	 *
	 * @param array $row Column => value.
	 */
	public static function insert( array $row ): ?Attempt {
		$id = Versioned_Table::insert( 'attempts', $row );
		return null === $id ? null : self::find( $id );
	}

	/**
	 * Changes an attempt, if nobody has since it was read. The fence keeps out a worker whose lock was taken over.
	 *
	 * @param Attempt $attempt As it was read.
	 * @param array   $changes Column => value.
	 * @param int     $fence   The lock's number; 0 for what needs no lock.
	 */
	public static function change( Attempt $attempt, array $changes, int $fence = 0 ): bool {
		return Versioned_Table::change( 'attempts', $attempt, $changes, $fence );
	}

	/**
	 * Takes the right to ask BonusPay now, for one of any number of workers: at most one in so many seconds.
	 */
	public static function may_ask( Attempt $attempt, int $now, int $seconds ): bool {
		global $wpdb;
		return 1 === $wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET checked_at = %d WHERE id = %d AND checked_at <= %d',
				Schema::table( 'attempts' ),
				$now,
				$attempt->id,
				$now - $seconds
			)
		);
	}

	/**
	 * Moves an attempt's next look on, before it is made: no other worker does the same, and if this one dies another will.
	 */
	public static function claim_poll( Attempt $attempt, int $until ): bool {
		global $wpdb;
		return 1 === $wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET next_check_at = %d WHERE id = %d AND next_check_at = %d',
				Schema::table( 'attempts' ),
				$until,
				$attempt->id,
				$attempt->next_check_at
			)
		);
	}

	/** When to look next, and how often it was looked or failed; what else happened meanwhile stays. */
	public static function plan( Attempt $attempt, ?int $next_check_at, int $checks, int $fails ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the text is ours.
				'UPDATE ' . Schema::table( 'attempts' ) . ' SET next_check_at = '
					// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the text is ours.
					. ( null === $next_check_at ? 'NULL' : (int) $next_check_at ) . ', checks = %d, fails = %d WHERE id = %d',
				$checks,
				$fails,
				$attempt->id
			)
		);
	}

	/** Has an order's attempts looked at soon. */
	public static function poll_soon( int $order_id, int $at ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET next_check_at = %d WHERE order_id = %d AND state IN ('saved', 'waiting', 'partial')
				AND (next_check_at IS NULL OR next_check_at > %d)",
				Schema::table( 'attempts' ),
				$at,
				$order_id,
				$at
			)
		);
	}

	/** Plans looks at an order's attempts before a new one, which are still watched: the shopper may have paid one of them. */
	public static function poll_earlier( Attempt $attempt, int $at ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET next_check_at = %d WHERE order_id = %d AND number < %d AND next_check_at > %d',
				Schema::table( 'attempts' ),
				$at,
				$attempt->order_id,
				$attempt->number,
				$at
			)
		);
	}

	private static function one( string $where, ...$values ): ?Attempt {
		return self::many( $where . ' LIMIT 1', ...$values )[0] ?? null;
	}

	private static function many( string $where, ...$values ): array {
		global $wpdb;
		$rows = $wpdb->get_results(
			// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared, WordPress.DB.PreparedSQLPlaceholders.UnfinishedPrepare -- our own text.
			$wpdb->prepare( 'SELECT * FROM ' . Schema::table( 'attempts' ) . ' WHERE ' . $where, $values ),
			ARRAY_A
		);
		return array_map( array( Attempt::class, 'from_row' ), $rows ?? array() );
	}
}
