<?php
/**
 * One worker at a time for an order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

use BonusPay\WooCommerce\Runtime;

/**
 * A row with an owner, a fencing number that only grows, and a time to live by the database's clock, so that a holder who
 * died blocks nobody for longer. It holds among all servers that share the database, clusters too.
 *
 * An order has two: DECIDE, for five seconds, under which attempts change; nothing that waits (a call, a mail) happens
 * while it is held. And EFFECTS, for a minute, under which the WooCommerce order changes: two side effects at once would
 * each write the order as they had read it.
 */
final class Order_Lock {

	public const DECIDE  = 'decide';
	public const EFFECTS = 'effects';

	private const SECONDS = array(
		self::DECIDE  => 5,
		self::EFFECTS => 60,
	);

	private function __construct( private int $order_id, private string $purpose, private string $owner, public readonly int $fence ) {}

	/** Takes the lock, waiting for it up to so many milliseconds; null when it is busy for longer. */
	public static function acquire( int $order_id, string $purpose = self::DECIDE, int $patience_ms = 6000 ): ?self {
		$owner = bin2hex( random_bytes( 16 ) );
		$end   = microtime( true ) + $patience_ms / 1000;
		do {
			$fence = self::claim( $order_id, $purpose, $owner );
			if ( null !== $fence ) {
				return new self( $order_id, $purpose, $owner, $fence );
			}
			Runtime::pause( random_int( 10_000, 40_000 ) );
		} while ( microtime( true ) < $end );
		return null;
	}

	/** Gives it back, if it is still ours. */
	public function release(): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE order_id = %d AND purpose = %s AND owner = '
					. '%s AND fence = %d',
				Schema::table( 'locks' ),
				$this->order_id,
				$this->purpose,
				$this->owner,
				$this->fence
			)
		);
	}

	/** How many locks would last longer than any may: the database's clock was ahead when they were taken. */
	public static function stuck(): int {
		global $wpdb;
		return (int) $wpdb->get_var(
			$wpdb->prepare(
				'SELECT COUNT(*) FROM %i WHERE expires_at > UTC_TIMESTAMP(3) + INTERVAL %d SECOND',
				Schema::table( 'locks' ),
				max( self::SECONDS )
			)
		);
	}

	/** Ends those. Their rows stay: the fence must not begin anew. */
	public static function end_stuck(): int {
		global $wpdb;
		return (int) $wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE expires_at > UTC_TIMESTAMP(3) + INTERVAL %d SECOND',
				Schema::table( 'locks' ),
				max( self::SECONDS )
			)
		);
	}

	/** One statement takes it, or changes nothing; then it is read whose it is. */
	private static function claim( int $order_id, string $purpose, string $owner ): ?int {
		global $wpdb;
		$table = Schema::table( 'locks' );
		// Two servers of a cluster that collide are told of a deadlock: then it is busy.
		$silent = $wpdb->suppress_errors( true );
		$wpdb->query(
			$wpdb->prepare(
				// MariaDB assigns from left to right: each of the first two still sees the old expiry.
				'INSERT INTO %i (order_id, purpose, owner, fence, expires_at)
				VALUES (%d, %s, %s, 1, UTC_TIMESTAMP(3) + INTERVAL %d SECOND)
				ON DUPLICATE KEY UPDATE fence = IF(expires_at < UTC_TIMESTAMP(3), fence + 1, fence),
				owner = IF(expires_at < UTC_TIMESTAMP(3), VALUES(owner), owner),
				expires_at = IF(owner = VALUES(owner), VALUES(expires_at), expires_at)',
				$table,
				$order_id,
				$purpose,
				$owner,
				self::SECONDS[ $purpose ]
			)
		);
		$fence = $wpdb->get_var(
			$wpdb->prepare(
				'SELECT fence FROM %i WHERE order_id = %d AND purpose = %s AND owner = %s AND expires_at > UTC_TIMESTAMP(3)',
				$table,
				$order_id,
				$purpose,
				$owner
			)
		);
		$wpdb->suppress_errors( $silent );
		return null === $fence ? null : (int) $fence;
	}
}
