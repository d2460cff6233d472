<?php
/**
 * Addresses: what a shopper mistypes is refused before coins are sent there. Every wrong character is tried in the library's
 * own tests (src/wallet/address.rs).
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Money\Address;
use PHPUnit\Framework\TestCase;

final class Address_Test extends TestCase {

	private const GOOD = array(
		'ETH'  => array( '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed' ),
		'TRON' => array( 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8' ),
		'BTC'  => array( '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' ),
	);

	private const BAD = array(
		'ETH'  => array( '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD', "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\n", "\xff", '' ),
		'TRON' => array(
			'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T',
			' TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
			"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t\0",
			'',
		),
		'BTC'  => array( '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', '' ),
	);

	public function test_genuine_addresses_are_taken_on_their_network_alone(): void {
		foreach ( self::GOOD as $network => $addresses ) {
			foreach ( $addresses as $address ) {
				foreach ( array_keys( self::GOOD ) as $other ) {
					self::assertSame( $network === $other, Address::is_valid( $other, $address ), "$address on $other" );
				}
				self::assertSame( 'ETH' === $network, Address::is_valid( 'POLYGON', $address ) );
				self::assertFalse( Address::is_valid( 'SOLANA', $address ) );
				self::assertSame( $network, Address::network_of( $address ) );
			}
		}
	}

	public function test_what_is_none_is_refused(): void {
		foreach ( self::BAD as $network => $addresses ) {
			foreach ( $addresses as $address ) {
				self::assertFalse( Address::is_valid( $network, $address, 'test' ), "$address on $network" );
			}
		}
	}

	public function test_bitcoins_test_network_is_taken_in_test_mode_alone(): void {
		foreach ( array(
			'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx',
			'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
			'2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc',
		) as $address ) {
			self::assertTrue( Address::is_valid( 'BTC', $address, 'test' ), $address );
			self::assertFalse( Address::is_valid( 'BTC', $address, 'live' ), $address );
		}
	}
}
