<?php
/**
 * How BonusPay is spoken to: by the keys of a mode, through WordPress's proxy, and not where WordPress forbids it.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\Settings\Backends;
use PHPUnit\Framework\TestCase;

final class Backends_Test extends TestCase {

	protected function setUp(): void {
		Options::reset();
		Pairs::complete( 'test' );
	}

	protected function tearDown(): void {
		Backends::stand_in( null );
		Options::reset();
	}

	/** What the extension is given. */
	private static function options( string $mode = 'test' ): array {
		return ( new \ReflectionMethod( Backends::class, 'options' ) )->invoke( null, $mode, 8000 );
	}

	public function test_each_mode_has_its_environment_and_its_keys(): void {
		Pairs::complete( 'live', 4 );
		list( $test, $live ) = array( self::options( 'test' ), self::options( 'live' ) );
		self::assertSame( array( 'sandbox', 'production' ), array( $test['environment'], $live['environment'] ) );
		self::assertNotSame( $test['private_key'], $live['private_key'] );
		self::assertNotSame( $test['public_key'], $live['public_key'] );
		foreach ( array( $test, $live ) as $options ) {
			self::assertArrayNotHasKey( 'base_url', $options );
			self::assertArrayNotHasKey( 'allow_http', $options );
			self::assertArrayNotHasKey( 'proxy', $options );
			self::assertSame( array( 5000, 8000 ), array( $options['connect_timeout_ms'], $options['total_timeout_ms'] ) );
		}
	}

	public function test_wordpresss_proxy_is_used_with_its_login(): void {
		Options::$proxy = array( 'host' => 'proxy.example', 'port' => '3128' );
		self::assertSame( 'http://proxy.example:3128', self::options()['proxy'] );
		Options::$proxy = array( 'host' => 'http://proxy.example', 'port' => '3128', 'username' => 'a b', 'password' => 'p@ss:w/rd' );
		self::assertSame( 'http://a%20b:p%40ss%3Aw%2Frd@proxy.example:3128', self::options()['proxy'] );
		self::assertInstanceOf( Backend::class, Backends::for_mode( 'test' ) );
		Options::$proxy['bypass'] = array( 'api.testbonuspay.network' );
		self::assertArrayNotHasKey( 'proxy', self::options() );
	}

	public function test_what_wordpress_blocks_is_not_called_and_the_owner_reads_why(): void {
		Options::$blocked = array( 'api.testbonuspay.network' );
		try {
			Backends::for_mode( 'test' );
			self::fail( 'It is blocked.' );
		} catch ( Backend_Error $error ) {
			self::assertSame( array( 'config', Backend_Error::NOT_SENT ), array( $error->kind, $error->outcome ) );
			self::assertStringContainsString( 'add api.testbonuspay.network to WP_ACCESSIBLE_HOSTS', $error->getMessage() );
		}
		self::assertInstanceOf( Backend::class, Backends::verifier( 'test' ), 'What sends nothing is not blocked.' );
	}

	public function test_r14_with_one_public_key_in_both_modes_nothing_is_sent_and_nothing_verified(): void {
		Pairs::complete( 'live', 4 );
		Options::$values['bonuspay_wc_keys']['live']['public_keys'] = Options::$values['bonuspay_wc_keys']['test']['public_keys'];
		foreach ( array( 'for_mode', 'verifier' ) as $how ) {
			foreach ( array( 'test', 'live' ) as $mode ) {
				try {
					Backends::$how( $mode );
					self::fail( 'A test could pay an order.' );
				} catch ( Backend_Error $error ) {
					self::assertSame( 'config', $error->kind );
				}
			}
		}
	}

	public function test_what_is_missing_is_told_of_the_mode_that_lacks_it(): void {
		self::assertNull( Backends::problem( 'test' ) );
		self::assertStringContainsString( 'for live mode are not complete', (string) Backends::problem( 'live' ) );
		Options::reset();
		self::assertStringContainsString( 'for test mode are not complete', (string) Backends::problem( 'test' ) );
	}

	public function test_a_stand_in_is_for_unit_tests(): void {
		$backend = $this->createMock( Backend::class );
		Backends::stand_in( static fn(): Backend => $backend );
		self::assertSame( $backend, Backends::for_mode( 'live' ) );
		self::assertTrue( defined( 'BONUSPAY_WC_UNIT_TESTS' ) );
	}
}
