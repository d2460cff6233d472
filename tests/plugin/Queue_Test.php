<?php
/**
 * When the queue looks at an attempt: R45.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Queue\Queue;
use PHPUnit\Framework\TestCase;

final class Queue_Test extends TestCase {

	private const HOUR = 3600;

	private static function next_look( array $columns, int $now, bool $is_replaced = false ): ?int {
		$attempt = Make::attempt( $columns );
		return ( new \ReflectionMethod( Queue::class, 'next_poll' ) )->invoke(
			null,
			$attempt,
			$now,
			$attempt->expires_at + 72 * self::HOUR,
			$is_replaced
		);
	}

	/** All looks at an attempt that never changes, in seconds after it was made. */
	private static function looks( string $state, int $life ): array {
		$columns = array( 'state' => $state, 'created_at' => (string) Make::NOW, 'expires_at' => (string) ( Make::NOW + $life ) );
		$looks   = array( 60 );
		while ( count( $looks ) < 10_000 ) {
			$next = self::next_look( $columns, Make::NOW + end( $looks ) );
			if ( null === $next ) {
				return $looks;
			}
			$looks[] = $next - Make::NOW;
		}
		self::fail( "The queue never leaves off $state." );
	}

	/** @dataProvider lives */
	public function test_an_open_attempt_is_looked_at_every_ten_minutes_until_an_hour_after_its_end_and_for_three_days( int $life ): void {
		foreach ( array( 'saved', 'waiting', 'partial', 'review' ) as $state ) {
			$looks = self::looks( $state, $life );
			foreach ( $looks as $at => $look ) {
				$pause = $look - ( $looks[ $at - 1 ] ?? 0 );
				self::assertGreaterThanOrEqual( 1, $pause );
				self::assertLessThanOrEqual( ( $looks[ $at - 1 ] ?? 0 ) < $life + self::HOUR ? 600 : 6 * self::HOUR, $pause );
			}
			self::assertSame( $life + 72 * self::HOUR, end( $looks ), 'The last look is three days after its end.' );
			self::assertLessThan( $life / 500 + 60, count( $looks ) );
		}
	}

	public static function lives(): array {
		return array( 'a quarter of an hour' => array( 900 ), 'an hour' => array( 3600 ), 'two days' => array( 172_800 ) );
	}

	public function test_what_has_ended_is_looked_at_a_day_and_three_days_after(): void {
		foreach ( array( 'expired', 'failed', 'cancelled', 'underpaid' ) as $state ) {
			self::assertSame( array( 60, self::HOUR + 24 * self::HOUR, self::HOUR + 72 * self::HOUR ), self::looks( $state, self::HOUR ) );
		}
	}

	public function test_what_has_ended_is_looked_at_every_ten_minutes_while_another_attempt_asks_for_the_money(): void {
		foreach ( array( 'expired', 'failed', 'cancelled' ) as $state ) {
			$columns = array( 'state' => $state, 'created_at' => (string) Make::NOW, 'expires_at' => (string) ( Make::NOW + self::HOUR ) );
			$pauses  = array( 60 => 60, 600 => 300, self::HOUR => 600, 30 * self::HOUR => 600, 73 * self::HOUR - 1 => 1 );
			foreach ( $pauses as $age => $pause ) {
				self::assertSame( Make::NOW + $age + $pause, self::next_look( $columns, Make::NOW + $age, true ), "$state after $age s" );
			}
			self::assertNull( self::next_look( $columns, Make::NOW + 73 * self::HOUR, true ) );
		}
	}

	public function test_what_is_settled_is_left_alone(): void {
		foreach ( array( 'paid', 'refunded' ) as $state ) {
			self::assertSame( array( 60 ), self::looks( $state, self::HOUR ) );
		}
	}

	public function test_after_three_days_nothing_is_looked_at(): void {
		foreach ( array( 'saved', 'waiting', 'partial', 'expired', 'underpaid', 'paid' ) as $state ) {
			self::assertNull( self::next_look( array( 'state' => $state ), Make::NOW + 3000 + 72 * self::HOUR ) );
		}
	}

	public function test_a_clock_that_went_back_stops_nothing(): void {
		$next = self::next_look( array(), Make::NOW - 90_000 );
		self::assertSame( 60, $next - ( Make::NOW - 90_000 ) );
	}

	public function test_r45_jobs_begin_two_seconds_apart_however_long_each_takes(): void {
		$began = array();
		$job   = static function ( int $milliseconds ) use ( &$began ): callable {
			return static function () use ( $milliseconds, &$began ): void {
				$began[] = hrtime( true ) / 1e9;
				usleep( 1000 * $milliseconds );
			};
		};
		( new \ReflectionMethod( Queue::class, 'run_paced' ) )->invoke( null, array( $job( 0 ), $job( 2100 ), $job( 0 ) ) );
		self::assertCount( 3, $began );
		self::assertGreaterThanOrEqual( 2, $began[1] - $began[0], 'A quick job is waited for.' );
		self::assertGreaterThanOrEqual( 2.1, $began[2] - $began[1], 'A slow one is waited for by itself.' );
	}
}
