<?php
/**
 * Addresses: what a shopper mistypes is refused before coins are sent there. The valid ones are those of EIP-55, BIP-173,
 * BIP-350 and of public contracts.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Money\Address;
use PHPUnit\Framework\TestCase;

final class Address_Test extends TestCase {

	private const GOOD = array(
		'ETH'  => array(
			'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
			'0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
			'0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
			'0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
			'0x52908400098527886E0F7030069857D2E4169EE7',
			'0xde709f2102306220921060314715629080e2fb77',
			'0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
		),
		'TRON' => array( 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8' ),
		'BTC'  => array(
			'1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
			'3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
			'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
			'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
			'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
			'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
			'BC1SW50QGDZ25J',
		),
	);

	private const BAD = array(
		'ETH'  => array(
			'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD',
			'0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED',
			'5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
			'0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
			'0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae',
			"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\n",
			'ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
		),
		'TRON' => array(
			'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T',
			'1R7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
			'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6',
			'41a614f803b6fd780986a42c78ec9c7f77e6ded13c',
			' TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
		),
		'BTC'  => array(
			'1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
			'11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
			'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5',
			'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4',
			'tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty',
			'BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2',
			'bc1rw5uspcuh',
			'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P',
			'bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du',
			'bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4',
			'bc1gmk9yu',
			'',
		),
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

	public function test_no_single_wrong_character_gets_through(): void {
		foreach ( self::GOOD as $network => $addresses ) {
			foreach ( $addresses as $address ) {
				if ( 'ETH' === $network && strtolower( $address ) === $address ) {
					continue; // All lower case has no checksum.
				}
				$this->every_character_counts( $network, $address );
			}
		}
	}

	private function every_character_counts( string $network, string $address ): void {
		for ( $at = 0, $end = strlen( $address ); $at < $end; $at++ ) {
			foreach ( str_split( '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ' ) as $letter ) {
				$wrong = substr_replace( $address, $letter, $at, 1 );
				// EIP-55 has about 15 bits: a digit for a digit may pass it, a letter's case never does.
				$is_case = strtolower( $letter ) === strtolower( $address[ $at ] );
				if ( $wrong !== $address && ( 'ETH' !== $network || $is_case ) ) {
					self::assertFalse( Address::is_valid( $network, $wrong ), "$wrong for $address" );
				}
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
