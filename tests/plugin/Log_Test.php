<?php
/**
 * R76, R77: a line a log may hold.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Settings\Settings;
use PHPUnit\Framework\TestCase;

final class Log_Test extends TestCase {

	/** @dataProvider secrets */
	public function test_what_looks_like_a_secret_is_left_out( string $secret ): void {
		foreach ( array(
			array( 'why' => "before $secret after" ),
			array( 'why' => $secret ),
			array( $secret => 'x' ),
			array( 'why' => new \RuntimeException( "x $secret" ) ),
		) as $context ) {
			self::assertStringNotContainsString( $secret, Log::line( 'event', $context ) );
		}
		self::assertStringNotContainsString( $secret, Log::line( "event $secret", array() ) );
		$line = Log::line( 'event', array( 'why' => "before $secret after" ) );
		self::assertStringContainsString( 'before', $line );
	}

	public static function secrets(): array {
		openssl_pkey_export( openssl_pkey_new( array( 'private_key_bits' => 2048 ) ), $pem );
		$lines = explode( "\n", $pem );
		return array(
			'private key'         => array( $pem ),
			'a line of it'        => array( $lines[3] ),
			'one line'            => array( str_replace( "\n", ' ', $pem ) ),
			'as in .env'          => array( str_replace( "\n", '\n', $pem ) ),
			'cut off'             => array( substr( $pem, 0, 700 ) ),
			'bare'                => array( implode( '', array_slice( $lines, 1, -2 ) ) ),
			'signature'           => array( base64_encode( random_bytes( 256 ) ) ),
			'ethereum address'    => array( '0x52908400098527886E0F7030069857D2E4169EE7' ),
			'tron address'        => array( 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD' ),
			'bitcoin address'     => array( '1BoatSLRHtKNngkdXEeobR76b53LETtpyT' ),
			'script address'      => array( '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy' ),
			'test address'        => array( 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn' ),
			'segwit address'      => array( 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq' ),
			'upper case segwit'   => array( 'BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ' ),
			'taproot'             => array( 'tb1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqp3mvzv' ),
			'mail'                => array( 'jane.doe+x@mail.example.co.uk' ),
		);
	}

	public function test_what_is_named_like_a_secret_is_left_out_whatever_it_looks_like(): void {
		foreach ( array(
			'sign',
			'Sign',
			'signature',
			'key',
			'private_key',
			'PRIVATE_KEY',
			'public_key',
			'body',
			'address',
			'email',
			'token',
			'order_key',
		) as $name ) {
			self::assertStringNotContainsString( 'harmless', Log::line( 'event', array( $name => 'harmless' ) ) );
		}
	}

	public function test_what_support_needs_stays(): void {
		$line = Log::line(
			'get_order_failed',
			array(
				'order' => 1001,
				'number' => 'wp12ab34_1001-1',
				'outcome' => 'unknown',
				'code' => '77004',
				'trace' => '4a0e0b3c9d',
				'ms' => 812,
				'why' => 'the connection was reset',
				'nothing' => null,
				'empty' => '',
			)
		);
		self::assertSame(
			'get_order_failed order=1001 number=wp12ab34_1001-1 outcome=unknown code=77004 trace=4a0e0b3c9d ms=812 why="the '
				. 'connection was reset"',
			$line
		);
		self::assertSame(
			'e state=paid yes=yes no=no list=[array] none=[object]',
			Log::line(
				'e',
				array(
					'state' => Attempt_State::Paid,
					'yes' => true,
					'no' => false,
					'list' => array( 'secret' ),
					'none' => new \stdClass(),
				)
			)
		);
	}

	public function test_r77_one_line_whatever_is_passed(): void {
		$texts = array(
			"x\r\n2026-11-20 CRITICAL forged",
			"\x1b[31mred\x1b[0m",
			"a\0b",
			"tab\there",
			"\u{2028}line\u{2029}",
			"\u{202e}backwards",
			"\u{85}next",
			"\x7f",
			"bad \xff\xfe utf8",
			"\xc3",
			"half \xf0\x9f\x98",
		);
		foreach ( $texts as $text ) {
			foreach ( array(
				Log::line( 'event', array( 'why' => $text ) ),
				Log::line( $text, array() ),
				Log::line( 'event', array( $text => 'x' ) ),
			) as $line ) {
				self::assertDoesNotMatchRegularExpression( '/[\x00-\x1f\x7f]/', $line );
				self::assertSame( 1, preg_match( '//u', $line ), 'UTF-8' );
				self::assertDoesNotMatchRegularExpression( '/[\x{80}-\x{9f}\x{2028}\x{2029}\x{202a}-\x{202e}\x{2066}-\x{2069}]/u', $line );
			}
		}
		self::assertSame( 'event why="a\' b=\'c"', Log::line( 'event', array( 'why' => 'a" b="c' ) ), 'No value can look like another.' );
	}

	public function test_what_is_text_stays_text(): void {
		self::assertSame( 'event why="Zürich, 日本 ✓"', Log::line( 'event', array( 'why' => 'Zürich, 日本 ✓' ) ) );
		self::assertSame( 'event why=Z?rich', Log::line( 'event', array( 'why' => "Z\xfcrich" ) ) );
	}

	public function test_r77_a_megabyte_makes_a_short_line_at_once(): void {
		foreach ( array( 'a', 'a ', 'é', '@', '-----BEGIN', "\0", 'T1', '0x', 'a@a.', '😀', "\xff", '1 ' ) as $piece ) {
			$huge  = str_repeat( $piece, intdiv( 1_000_000, strlen( $piece ) ) );
			$began = hrtime( true );
			$line  = Log::line( 'event', array( 'why' => $huge, 'x' => $huge, $huge => 'y' ) + array_fill( 0, 20, $huge ) );
			self::assertLessThan( 2000, strlen( $line ), $piece );
			self::assertSame( 1, preg_match( '//u', $line ), $piece );
			self::assertLessThan( 1.5, ( hrtime( true ) - $began ) / 1e9, $piece );
		}
	}

	public function test_the_level_is_the_owners(): void {
		foreach ( array( 'debug' => 4, 'info' => 3, 'warning' => 2, 'error' => 1, 'nonsense' => 3 ) as $level => $count ) {
			Options::reset( array( Settings::OPTION => array( 'log_level' => $level ) ) );
			Log::debug( 'a' );
			Log::info( 'b' );
			Log::warning( 'c' );
			Log::error( 'd' );
			self::assertCount( $count, Options::$log, $level );
			self::assertSame( array( 'error', 'd', array( 'source' => 'bonuspay' ) ), end( Options::$log ) );
		}
	}
}
