<?php
/**
 * Where a notification may come from.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Settings\Sender_Allowlist;
use PHPUnit\Framework\TestCase;

final class Sender_Allowlist_Test extends TestCase {

	private const BONUSPAY = '8.219.8.37';

	private static function is_allowed(
		string $from,
		array $allowed = array( self::BONUSPAY ),
		array $proxies = array(),
		array $headers = array()
	): bool {
		return Sender_Allowlist::is_allowed( array( 'REMOTE_ADDR' => $from ) + $headers, $allowed, $proxies );
	}

	public function test_without_a_list_everybody_may_knock(): void {
		self::assertTrue( self::is_allowed( '203.0.113.9', array() ) );
		self::assertTrue( Sender_Allowlist::is_allowed( array(), array(), array( '10.0.0.1' ) ) );
	}

	public function test_with_a_list_only_who_is_on_it(): void {
		self::assertTrue( self::is_allowed( self::BONUSPAY ) );
		self::assertFalse( self::is_allowed( '8.219.8.38' ) );
		self::assertFalse( Sender_Allowlist::is_allowed( array(), array( self::BONUSPAY ), array() ) );
		self::assertFalse( self::is_allowed( 'unknown' ) );
	}

	/** @dataProvider claims */
	public function test_what_a_sender_says_of_itself_is_not_believed( string $header ): void {
		self::assertFalse( self::is_allowed( '203.0.113.9', array( self::BONUSPAY ), array(), array( $header => self::BONUSPAY ) ) );
		// A proxy of the owner's changes nothing for who does not come through it, nor for other headers.
		self::assertFalse(
			self::is_allowed( '203.0.113.9', array( self::BONUSPAY ), array( '10.0.0.1' ), array( $header => self::BONUSPAY ) )
		);
		if ( 'HTTP_X_FORWARDED_FOR' !== $header ) {
			self::assertFalse(
				self::is_allowed( '10.0.0.1', array( self::BONUSPAY ), array( '10.0.0.1' ), array( $header => self::BONUSPAY ) )
			);
		}
	}

	public static function claims(): array {
		return array_map(
			static fn( string $name ): array => array( $name ),
			array(
				'HTTP_X_FORWARDED_FOR',
				'HTTP_X_REAL_IP',
				'HTTP_CF_CONNECTING_IP',
				'HTTP_FORWARDED',
				'HTTP_CLIENT_IP',
				'HTTP_TRUE_CLIENT_IP',
			)
		);
	}

	/** @dataProvider chains */
	public function test_behind_the_owners_proxies_the_last_address_that_is_none_of_them( string $forwarded, bool $is_allowed ): void {
		self::assertSame(
			$is_allowed,
			self::is_allowed(
				'10.0.0.1',
				array( self::BONUSPAY ),
				array( '10.0.0.0/8', '2001:db8::/32' ),
				array( 'HTTP_X_FORWARDED_FOR' => $forwarded )
			)
		);
	}

	public static function chains(): array {
		return array(
			'one proxy'                       => array( self::BONUSPAY, true ),
			'two proxies'                     => array( self::BONUSPAY . ', 10.2.3.4', true ),
			'two of different kinds'          => array( self::BONUSPAY . ', 2001:db8:1::7,10.2.3.4', true ),
			'BonusPay\'s own proxies'          => array( '192.0.2.1, ' . self::BONUSPAY, true ),
			'the sender wrote it in front'    => array( self::BONUSPAY . ', 203.0.113.9', false ),
			'and a proxy after it'            => array( self::BONUSPAY . ', 203.0.113.9, 10.2.3.4', false ),
			'only proxies'                    => array( '10.2.3.4', false ),
			'nothing'                         => array( '', false ),
			'no address'                      => array( 'unknown', false ),
			'with a port'                     => array( self::BONUSPAY . ':443', false ),
			'nonsense after it'               => array( self::BONUSPAY . ', ,', false ),
		);
	}

	/** @dataProvider networks */
	public function test_networks( string $line, string $in, string $out ): void {
		self::assertTrue( Sender_Allowlist::is_valid( $line ) );
		self::assertTrue( self::is_allowed( $in, array( $line ) ) );
		self::assertFalse( self::is_allowed( $out, array( $line ) ) );
	}

	public static function networks(): array {
		return array(
			array( '8.219.8.37', '8.219.8.37', '8.219.8.36' ),
			array( '8.219.8.37/32', '8.219.8.37', '8.219.8.36' ),
			array( '8.219.8.36/31', '8.219.8.37', '8.219.8.38' ),
			array( '8.219.8.0/24', '8.219.8.255', '8.219.9.0' ),
			array( '8.219.8.77/22', '8.219.11.255', '8.219.12.0' ),
			array( '128.0.0.0/1', '255.1.1.1', '127.1.1.1' ),
			array( '2001:db8::/33', '2001:db8:7fff::1', '2001:db8:8000::1' ),
			array( '2001:DB8::7', '2001:db8:0::7', '2001:db8::8' ),
			// A server that listens on both tells of IPv4 so.
			array( '8.219.8.37', '::ffff:8.219.8.37', '::ffff:8.219.8.38' ),
			// An address of one kind is none of the other, whatever its bytes.
			array( '8.219.8.0/24', '8.219.8.1', '8db:800::' ),
		);
	}

	/** @dataProvider nonsense */
	public function test_what_is_no_address_matches_nothing( string $line ): void {
		self::assertFalse( Sender_Allowlist::is_valid( $line ) );
		foreach ( array( '8.219.8.37', '0.0.0.0', '127.0.0.1', '::' ) as $from ) {
			self::assertFalse( self::is_allowed( $from, array( $line ) ) );
		}
	}

	public static function nonsense(): array {
		return array_map(
			static fn( string $line ): array => array( $line ),
			array(
				'*',
				'0.0.0.0/0',
				'::/0',
				'8.219.8',
				'8.219.8.37/33',
				'8.219.8.37/-1',
				'8.219.8.37/08',
				'8.219.8.037',
				'8.219.8.37/24/24',
				'2001:db8::/129',
				'api.bonuspay.network',
				"8.219.8.37\n",
				'/24',
			)
		);
	}

	public function test_a_list_as_owners_write_it(): void {
		self::assertSame(
			array( '8.219.8.37', '192.0.2.0/24', '::1' ),
			Sender_Allowlist::lines( " 8.219.8.37,192.0.2.0/24\r\n\r\n ::1;\n" )
		);
		self::assertSame( array(), Sender_Allowlist::lines( " \n" ) );
	}
}
