<?php
/**
 * Who does a side effect.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * A row UNIQUE for attempt and effect: whoever inserts it does the effect. One that is not marked done within a minute
 * lost its worker, and is taken over by the queue.
 */
final class Effect_Claims {

	private const PATIENCE = 60;

	/** Whether this worker does it; null when the database refused, and undid the transaction that it was in. */
	public static function claim( Attempt $attempt, string $effect, int $now ): ?bool {
		global $wpdb;
		$rows = $wpdb->query(
			$wpdb->prepare(
				'INSERT IGNORE INTO %i (attempt_id, order_id, effect, claimed_at) VALUES (%d, %d, %s, %d)',
				Schema::table( 'effects' ),
				$attempt->id,
				$attempt->order_id,
				$effect,
				$now
			)
		);
		return false === $rows ? null : 1 === $rows;
	}

	/** Whether all that was claimed for an attempt is done. */
	public static function are_done( int $attempt_id ): bool {
		global $wpdb;
		return null === $wpdb->get_var(
			$wpdb->prepare( 'SELECT id FROM %i WHERE attempt_id = %d AND done_at IS NULL LIMIT 1', Schema::table( 'effects' ), $attempt_id )
		);
	}

	/** It came to nothing, and may be claimed again. */
	public static function release( int $attempt_id, string $effect ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				'DELETE FROM %i WHERE attempt_id = %d AND effect = %s AND done_at IS NULL',
				Schema::table( 'effects' ),
				$attempt_id,
				$effect
			)
		);
	}

	/** It is done. */
	public static function done( int $attempt_id, string $effect, int $now ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET done_at = %d WHERE attempt_id = %d AND effect = %s',
				Schema::table( 'effects' ),
				$now,
				$attempt_id,
				$effect
			)
		);
	}

	/**
	 * Takes over effects whose worker died.
	 *
	 * @return array<int, array{attempt_id: int, effect: string}>
	 */
	public static function take_over( int $now, int $limit ): array {
		global $wpdb;
		$table = Schema::table( 'effects' );
		$rows  = $wpdb->get_results(
			$wpdb->prepare(
				'SELECT id, attempt_id, effect, claimed_at FROM %i WHERE done_at IS NULL AND claimed_at <= %d ORDER BY id LIMIT %d',
				$table,
				$now - self::PATIENCE,
				$limit
			)
		);
		$taken = array();
		foreach ( $rows ?? array() as $row ) {
			$won = $wpdb->query(
				$wpdb->prepare(
					'UPDATE %i SET claimed_at = %d WHERE id = %d AND claimed_at = %d AND done_at IS NULL',
					$table,
					$now,
					$row->id,
					$row->claimed_at
				)
			);
			if ( 1 === $won ) {
				$taken[] = array(
					'attempt_id' => (int) $row->attempt_id,
					'effect'     => $row->effect,
				);
			}
		}
		return $taken;
	}

	/** An order's effects, for the merchant's eyes. */
	public static function of_order( int $order_id ): array {
		global $wpdb;
		return $wpdb->get_results(
			$wpdb->prepare(
				'SELECT attempt_id, effect, claimed_at, done_at FROM %i WHERE order_id = %d ORDER BY id',
				Schema::table( 'effects' ),
				$order_id
			),
			ARRAY_A
		) ?? array();
	}
}
