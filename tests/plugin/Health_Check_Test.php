<?php
/**
 * What Health_Check says of the facts.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Health\Check_Result;
use BonusPay\WooCommerce\Health\Diagnostics;
use BonusPay\WooCommerce\Health\Health_Check;
use BonusPay\WooCommerce\Health\Webhook_Check_Result;
use PHPUnit\Framework\TestCase;

final class Health_Check_Test extends TestCase {

	private const NOW = Make::NOW;

	protected function setUp(): void {
		Options::reset();
	}

	/** A shop where all is well, but for what is given. */
	private static function facts( array $facts = array() ): Diagnostics {
		return new Diagnostics(
			...$facts + array(
				'now'          => self::NOW,
				'database_now' => self::NOW,
				'queue_next'   => self::NOW + 30,
				'queue_last'   => self::NOW - 30,
			)
		);
	}

	/** The findings that are not good, by their ids. */
	private static function bad( array $facts ): array {
		$bad = array_filter(
			Health_Check::judge( self::facts( $facts ) ),
			static fn( Check_Result $one ): bool => Check_Result::GOOD !== $one->status
		);
		return array_combine( array_map( static fn( Check_Result $one ): string => $one->id, $bad ), $bad );
	}

	private static function heard( int $ago ): array {
		return array(
			'received_at' => (string) ( self::NOW - $ago ),
			'kind'        => 'order',
			'status'      => 'SUCCESS',
		);
	}

	public function test_a_shop_where_all_is_well(): void {
		$findings = Health_Check::judge( self::facts() );

		self::assertSame( Health_Check::RULES, array_map( static fn( Check_Result $one ): string => $one->id, $findings ) );
		self::assertSame(
			array( Check_Result::GOOD ),
			array_values( array_unique( array_map( static fn( Check_Result $one ): string => $one->status, $findings ) ) )
		);
		self::assertCount(
			count( $findings ),
			array_unique( array_map( static fn( Check_Result $one ): string => $one->label, $findings ) )
		);
		foreach ( $findings as $one ) {
			self::assertNotSame( '', $one->text, $one->id );
			self::assertSame( array( 'id', 'status', 'label', 'text' ), array_keys( $one->to_array() ) );
		}
	}

	/** One thing that is wrong: exactly its finding turns, and says what to do. */
	public static function faults(): array {
		$loopback = array(
			'mode'            => 'test',
			'notify_url'      => 'http://127.0.0.1:8080/wp-json/bonuspay/v1/callback',
			'base_url'        => 'http://127.0.0.1:9000/sgs/api/',
			'is_base_url_own' => true,
		);
		return array(
			'no extension'               => array(
				array( 'extension_problem' => 'The PHP extension "bonuspay" is not loaded: do this.' ),
				'extension',
				'critical',
				'/do this.*the shop itself goes on/',
			),
			'moved'                      => array(
				array( 'has_moved' => true, 'remembered' => 'https://old.example', 'address' => 'https://new.example' ),
				'site',
				'critical',
				'~https://old\.example.*https://new\.example.*answer it~',
			),
			'keys missing'               => array(
				array( 'missing_keys' => array( 'the partner ID', 'your private key' ) ),
				'keys',
				'critical',
				'/Still missing: the partner ID, your private key\./',
			),
			'keys missing, switched off' => array(
				array( 'missing_keys' => array( 'the partner ID' ), 'is_enabled' => false ),
				'keys',
				'recommended',
				'/step by step/',
			),
			'keys wrong'                 => array(
				array( 'keys_problem' => 'What stands as BonusPay\'s public key is your own.' ),
				'keys',
				'critical',
				'/is your own/',
			),
			'http to elsewhere'          => array(
				array( 'mode' => 'test', 'base_url' => 'http://sandbox.example/', 'is_base_url_own' => true ),
				'address',
				'critical',
				'/BONUSPAY_TEST_BASE_URL.*https/',
			),
			'blocked'                    => array(
				array( 'outgoing_problem' => 'Add api.bonuspay.network to WP_ACCESSIBLE_HOSTS.' ),
				'outgoing',
				'critical',
				'/WP_ACCESSIBLE_HOSTS/',
			),
			'http, live'                 => array( array( 'notify_url' => 'http://shop.example/x' ), 'https', 'critical', '/certificate/' ),
			'http, test'                 => array(
				array( 'notify_url' => 'http://shop.example/x', 'mode' => 'test' ),
				'https',
				'recommended',
				'/certificate/',
			),
			'http here, BonusPay there'  => array(
				array( 'is_base_url_own' => false, 'base_url' => 'https://api.testbonuspay.network/' ) + $loopback,
				'https',
				'recommended',
				'/certificate/',
			),
			'one payment unheard'        => array(
				array( 'paid_lately' => 1, 'paid_unheard' => 1 ),
				'notifications',
				'recommended',
				'/1 payment of.*None has come yet.*Nothing is lost/',
			),
			'all payments unheard'       => array(
				array( 'paid_lately' => 3, 'paid_unheard' => 3, 'heard' => self::heard( 864000 ) ),
				'notifications',
				'critical',
				'/3 payments of.*864000 seconds ago/',
			),
			'most payments unheard'      => array(
				array( 'paid_lately' => 5, 'paid_unheard' => 3, 'heard' => self::heard( 60 ) ),
				'notifications',
				'recommended',
				'/3 payments/',
			),
			'given up'                   => array(
				array( 'given_up_events' => 2 ),
				'events',
				'critical',
				'/2 notifications were tried.*Check now/',
			),
			'waits two hours'            => array(
				array( 'open_events' => 1, 'open_since' => self::NOW - 7200 ),
				'events',
				'recommended',
				'/1 notification waits.*7200 seconds ago/',
			),
			'waits twelve hours'         => array(
				array( 'open_events' => 4, 'open_since' => self::NOW - 43200 ),
				'events',
				'critical',
				'/4 notifications wait/',
			),
			'queue not planned'          => array( array( 'queue_next' => null ), 'queue', 'critical', '/schedule the queue anew/' ),
			'queue overdue'              => array(
				array( 'queue_next' => self::NOW - 601, 'address' => 'https://shop.example' ),
				'queue',
				'critical',
				'~last ran 30 seconds ago.*https://shop\.example/wp-cron\.php~',
			),
			'cron off'                   => array(
				array( 'is_cron_disabled' => true, 'queue_last' => self::NOW - 601 ),
				'cron',
				'recommended',
				'/DISABLE_WP_CRON.*Remove that line, or ask your host/',
			),
			'cron off, never ran'        => array(
				array( 'is_cron_disabled' => true, 'queue_last' => null ),
				'cron',
				'recommended',
				'/DISABLE_WP_CRON/',
			),
			'clock ahead'                => array(
				array( 'database_now' => self::NOW - 121 ),
				'clock',
				'recommended',
				'/PHP says 2027-01-15 08:00:00, the database 2027-01-15 07:57:59/',
			),
			'clock behind'               => array( array( 'database_now' => self::NOW + 121 ), 'clock', 'recommended', '/NTP/' ),
			'clock refused'              => array( array( 'is_clock_refused' => true ), 'clock', 'critical', '/NTP/' ),
			'an order waits'             => array(
				array( 'waiting_orders' => array( '1001' ) ),
				'payments',
				'recommended',
				'/decide: 1001$/',
			),
			'many orders wait'           => array(
				array( 'waiting_orders' => array_map( 'strval', range( 1, 12 ) ) ),
				'payments',
				'recommended',
				'/9, 10 …$/',
			),
			'locked'                     => array( array( 'stuck_locks' => 1 ), 'locks', 'critical', '/clear locks/' ),
		);
	}

	/** @dataProvider faults */
	public function test_each_fault_turns_its_own_finding( array $facts, string $id, string $status, string $said ): void {
		$bad = self::bad( $facts );

		self::assertSame( array( $id ), array_keys( $bad ) );
		self::assertSame( $status, $bad[ $id ]->status );
		self::assertMatchesRegularExpression( $said, $bad[ $id ]->text );
	}

	public function test_what_is_still_well(): void {
		foreach (
			array(
				array( 'open_events' => 1, 'open_since' => self::NOW - 7199 ),
				array( 'queue_next' => self::NOW - 600 ),
				array( 'queue_last' => null ),
				array( 'database_now' => self::NOW - 120 ),
				array( 'is_cron_disabled' => true, 'queue_last' => self::NOW - 600 ),
				array( 'paid_lately' => 9, 'paid_unheard' => 2, 'heard' => self::heard( 60 ) ),
				array( 'has_permalinks' => false ),
				array(
					'mode' => 'test',
					'base_url' => 'http://127.0.0.1:1/',
					'is_base_url_own' => true,
					'notify_url' => 'http://localhost/x',
				),
				array( 'is_enabled' => false ),
			) as $facts
		) {
			self::assertSame( array(), self::bad( $facts ), json_encode( $facts ) );
		}
	}

	public function test_without_tables_nothing_is_claimed_that_they_would_tell(): void {
		$bad = self::bad( array( 'missing_tables' => array( 'wp_bonuspay_events' ) ) );

		self::assertSame( array( 'tables', 'notifications', 'events', 'payments', 'locks' ), array_keys( $bad ) );
		self::assertSame( 'critical', $bad['tables']->status );
		self::assertStringContainsString( 'wp_bonuspay_events', $bad['tables']->text );
	}

	public function test_the_worst_comes_first_and_else_the_order_stays(): void {
		$found = static fn( string $id, string $status ): Check_Result => new Check_Result( $id, $status, 'x', 'x' );
		$sorted = Health_Check::worst_first(
			array(
				$found( 'a', 'good' ),
				$found( 'b', 'recommended' ),
				$found( 'c', 'critical' ),
				$found( 'd', 'good' ),
				$found( 'e', 'critical' ),
			)
		);

		self::assertSame( 'cebad', implode( '', array_map( static fn( Check_Result $one ): string => $one->id, $sorted ) ) );
	}

	public function test_the_callbacks_test_is_as_bad_as_the_address_that_payments_name(): void {
		$result = static fn( string $blocker ): Webhook_Check_Result => new Webhook_Check_Result(
			'https://shop.example/' . $blocker,
			'' === $blocker,
			$blocker,
			'Said.'
		);

		foreach ( array(
			array( '', '', 'good' ),
			array( 'html', '', 'critical' ),
			array( 'html', 'html', 'critical' ),
			array( '', 'html', 'recommended' ),
			array( 'refused', 'refused', 'recommended' ),
			array( 'unmarked', '', 'recommended' ),
		) as list( $first, $second, $status ) ) {
			$finding = Health_Check::callbacks( array( $result( $first ), $result( $second ) ) );
			self::assertSame( array( 'callbacks', $status ), array( $finding->id, $finding->status ), "$first, $second" );
			self::assertStringContainsString( 'Cloudflare', $finding->text );
		}
	}
}
