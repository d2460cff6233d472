<?php
/**
 * Rows of our tables that are changed by compare and swap.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared, WordPress.DB.PreparedSQL.NotPrepared -- the names are ours.
// phpcs:disable WordPress.DB.PreparedSQLPlaceholders.UnfinishedPrepare -- as many places as there are values.

/**
 * What attempts and refunds have in common: a row is stored once, and changed only in the version that was read.
 */
final class Versioned_Table {

	/**
	 * Stores a new row. Null when there is one with its number already: another worker was faster.
	 *
	 * @param string $table Its name without prefixes.
	 * @param array  $row   Column => value.
	 * @return ?int Its id.
	 * @throws \RuntimeException When the database refuses it.
	 */
	public static function insert( string $table, array $row ): ?int {
		global $wpdb;
		$places = implode( ', ', array_map( array( self::class, 'place' ), $row ) );
		$made   = $wpdb->query(
			$wpdb->prepare(
				'INSERT IGNORE INTO ' . Schema::table( $table ) . ' (' . implode( ', ', array_keys( $row ) ) . ") VALUES ($places)",
				array_values( $row )
			)
		);
		if ( false === $made ) {
			throw new \RuntimeException( "A row of $table could not be stored: the database refused it." );
		}
		return 1 === $made ? (int) $wpdb->insert_id : null;
	}

	/**
	 * Changes a row, if nobody has since it was read. The fence keeps out a worker whose lock was taken over.
	 *
	 * @param string         $table   Its name without prefixes.
	 * @param Attempt|Refund $row     As it was read.
	 * @param array          $changes Column => value.
	 * @param int            $fence   The lock's number; 0 for what needs no lock.
	 */
	public static function change( string $table, Attempt|Refund $row, array $changes, int $fence ): bool {
		global $wpdb;
		$sets   = array();
		$values = array();
		foreach ( $changes as $column => $value ) {
			if ( null === $value ) {
				$sets[] = "$column = NULL";
				continue;
			}
			$sets[]   = $column . ' = ' . self::place( $value );
			$values[] = $value;
		}
		$sql = 'UPDATE ' . Schema::table( $table ) . ' SET ' . implode( ', ', array( ...$sets, 'version = version + 1' ) )
			. ', fence = GREATEST(fence, %d) WHERE id = %d AND version = %d AND fence <= %d';
		// A fence of 0 asks for none.
		array_push( $values, $fence, $row->id, $row->version, 0 === $fence ? PHP_INT_MAX : $fence );
		return 1 === $wpdb->query( $wpdb->prepare( $sql, $values ) );
	}

	/** A value's place in a statement. */
	private static function place( mixed $value ): string {
		return is_int( $value ) ? '%d' : '%s';
	}
}
