<?php
/**
 * The refunds' table.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * Reads and changes refunds. Rows are found by exact numbers only, and changed only in the version that was read.
 */
final class Refunds {

	/** One refund. */
	public static function find( int $id ): ?Refund {
		return self::many( 'id = %d', $id )[0] ?? null;
	}

	/** The refund of a number at BonusPay, byte for byte. */
	public static function by_number( string $number ): ?Refund {
		return self::is_number( $number ) ? self::many( 'refund_merchant_order_no = %s', $number )[0] ?? null : null;
	}

	/** Whether a text can be a refund's number. */
	public static function is_number( string $number ): bool {
		return 1 === preg_match( '/^[A-Za-z0-9_-]{1,64}$/D', $number );
	}

	/**
	 * An order's refunds, the newest first.
	 *
	 * @return Refund[]
	 */
	public static function of_order( int $order_id ): array {
		return self::many( 'order_id = %d ORDER BY number DESC', $order_id );
	}

	/**
	 * A payment's refunds, the newest first.
	 *
	 * @return Refund[]
	 */
	public static function of_attempt( int $attempt_id ): array {
		return self::many( 'attempt_id = %d ORDER BY number DESC', $attempt_id );
	}

	/**
	 * The refunds of many payments, payment => its refunds, the newest first.
	 *
	 * @param int[] $attempt_ids The payments.
	 * @return array<int, Refund[]>
	 */
	public static function of_attempts( array $attempt_ids ): array {
		$found = array();
		foreach ( array_chunk( $attempt_ids, 500 ) as $some ) {
			foreach ( self::many(
				'attempt_id IN (' . implode( ', ', array_fill( 0, count( $some ), '%d' ) ) . ') ORDER BY attempt_id, number DESC',
				...$some
			) as $refund ) {
				$found[ $refund->attempt_id ][] = $refund;
			}
		}
		return $found;
	}

	/**
	 * Refunds that the queue must look at, the longest overdue first.
	 *
	 * @return Refund[]
	 */
	public static function due( int $now, int $limit ): array {
		return self::many( 'next_check_at <= %d ORDER BY next_check_at LIMIT %d', $now, $limit );
	}

	/**
	 * Stores a new refund of a payment, under the order's next number. Null when there is one with its number already: another
	 * worker was faster.
	 *
	 * @param Attempt $attempt The payment.
	 * @param array   $values  Column => value, before what follows from the payment.
	 * @throws \RuntimeException When the database refuses it.
	 */
	public static function insert( Attempt $attempt, array $values ): ?Refund {
		$number = 1 + ( self::of_order( $attempt->order_id )[0]->number ?? 0 );
		$prefix = preg_replace( '/-[0-9]+$/D', '', $attempt->merchant_order_no );
		$row    = $values + array(
			'order_id'                 => $attempt->order_id,
			'attempt_id'               => $attempt->id,
			'number'                   => $number,
			'refund_merchant_order_no' => $prefix . '-r' . $number,
			'token'                    => bin2hex( random_bytes( 16 ) ),
			'coin'                     => $attempt->coin,
			'currency'                 => $attempt->currency,
			'network'                  => $attempt->network,
			'created_at'               => time(),
		);
		$id     = Versioned_Table::insert( 'refunds', $row );
		return null === $id ? null : self::find( $id );
	}

	/**
	 * Changes a refund, if nobody has since it was read. The fence keeps out a worker whose lock was taken over.
	 *
	 * @param Refund $refund  As it was read.
	 * @param array  $changes Column => value.
	 * @param int    $fence   The lock's number; 0 for what needs no lock.
	 */
	public static function change( Refund $refund, array $changes, int $fence = 0 ): bool {
		return Versioned_Table::change( 'refunds', $refund, $changes, $fence );
	}

	/** Moves the next look on, before it is made: no other worker does the same, and if this one dies another will. */
	public static function claim_poll( Refund $refund, int $until ): bool {
		global $wpdb;
		return 1 === $wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET next_check_at = %d, checks = checks + 1 WHERE id = %d AND next_check_at = %d',
				Schema::table( 'refunds' ),
				$until,
				$refund->id,
				$refund->next_check_at
			)
		);
	}

	/** When to look next, as long as it has not ended. */
	public static function plan( int $id, int $at ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET next_check_at = %d WHERE id = %d AND state IN ('saved', 'sent', 'created')",
				Schema::table( 'refunds' ),
				$at,
				$id
			)
		);
	}

	private static function many( string $where, ...$values ): array {
		global $wpdb;
		$rows = $wpdb->get_results(
			// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared, WordPress.DB.PreparedSQLPlaceholders.UnfinishedPrepare -- our own text.
			$wpdb->prepare( 'SELECT * FROM ' . Schema::table( 'refunds' ) . ' WHERE ' . $where, $values ),
			ARRAY_A
		);
		return array_map( array( Refund::class, 'from_row' ), $rows ?? array() );
	}
}
