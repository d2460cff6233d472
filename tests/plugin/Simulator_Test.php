<?php
/**
 * A rehearsal never comes near real money.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Rehearsal\Sandbox;
use BonusPay\WooCommerce\Rehearsal\Simulator;
use BonusPay\WooCommerce\Settings\Settings;
use PHPUnit\Framework\TestCase;

/** WordPress's client is not even there: whatever would be sent ends the test. */
final class Simulator_Test extends TestCase {

	protected function setUp(): void {
		Options::reset( array( Settings::OPTION => array( 'mode' => 'test' ) ) );
	}

	private static function refusal( callable $play ): string {
		try {
			$play();
		} catch ( \RuntimeException $error ) {
			return $error->getMessage();
		}
		self::fail( 'It was played.' );
	}

	public function test_in_live_mode_nothing_is_played(): void {
		Options::$values[ Settings::OPTION ] = array( 'mode' => 'live' );
		Pairs::complete( 'live', 2 );
		Pairs::complete( 'test' );
		foreach ( array_keys( Simulator::courses() ) as $course ) {
			self::assertStringContainsString( 'test mode alone', self::refusal( static fn() => Simulator::play( 0, $course ) ) );
			self::assertStringContainsString( 'test mode alone', self::refusal( static fn() => Simulator::play( 1001, $course ) ) );
		}
		self::assertStringContainsString( 'test mode alone', (string) Simulator::problem() );
	}

	public function test_without_the_constant_nothing_is_asked_and_the_owner_reads_which_one(): void {
		self::assertFalse( defined( 'BONUSPAY_TEST_SANDBOX_URL' ) );
		self::assertStringContainsString( 'BONUSPAY_TEST_SANDBOX_URL', (string) Simulator::problem() );
		self::assertStringContainsString( 'BONUSPAY_TEST_SANDBOX_URL', self::refusal( static fn() => Sandbox::call( 'POST', 'reset' ) ) );
		self::assertStringContainsString( 'BONUSPAY_TEST_SANDBOX_URL', self::refusal( static fn() => Simulator::play( 0, 'paid' ) ) );
	}

	/** Constants live as long as a process: each pair gets its own. */
	public function test_no_other_address_than_the_sandbox_of_test_mode_on_this_machine_is_spoken_to(): void {
		$own   = 'http://127.0.0.1:8790/sgs/api/';
		$pairs = array(
			array( 'https://api.bonuspay.network', $own, 'this machine' ),
			array( 'http://10.0.0.1:8790', 'http://10.0.0.1:8790/sgs/api/', 'this machine' ),
			array( 'https://127.0.0.1:8790', 'https://127.0.0.1:8790/sgs/api/', 'http address on this machine' ),
			array( 'http://127.0.0.1.evil.example:8790', $own, 'this machine' ),
			array( 'http://127.0.0.1@evil.example', $own, 'this machine' ),
			array( 'http://evil.example/?127.0.0.1', $own, 'this machine' ),
			array( 'ftp://127.0.0.1:8790', $own, 'this machine' ),
			array( '127.0.0.1:8790', $own, 'this machine' ),
			array( 'http://127.0.0.1:8791', $own, 'same host and port' ),
			array( 'http://localhost:8790', $own, 'same host and port' ),
			array( 'http://127.0.0.1:8790', 'https://api.testbonuspay.network/sgs/api/', 'same host and port' ),
			array( 'http://127.0.0.1:8790', '', 'same host and port' ),
		);
		foreach ( $pairs as list( $control, $base, $why ) ) {
			$code = sprintf(
				'require %s; define( "BONUSPAY_TEST_SANDBOX_URL", %s ); define( "BONUSPAY_TEST_BASE_URL", %s ); BonusPay\WooCommerce\Tests\Options::reset( array( "woocommerce_bonuspay_settings" => array( "mode" => "test" ) ) ); echo BonusPay\WooCommerce\Rehearsal\Simulator::problem();',
				var_export( __DIR__ . '/bootstrap.php', true ),
				var_export( $control, true ),
				var_export( $base, true )
			);
			self::assertStringContainsString( $why, (string) shell_exec( escapeshellarg( PHP_BINARY ) . ' -r ' . escapeshellarg( $code ) . ' 2>&1' ), "$control, $base" );
		}
	}

	public function test_each_course_has_a_name_and_says_what_happens(): void {
		self::assertSame( array( 'paid', 'two_deposits', 'underpaid', 'overpaid', 'expired', 'late', 'duplicate', 'out_of_order', 'lost', 'api_down' ), array_keys( Simulator::courses() ) );
		foreach ( Simulator::courses() as list( $title, $text ) ) {
			self::assertGreaterThan( 3, strlen( $title ) );
			self::assertStringEndsWith( '.', $text );
		}
	}
}
