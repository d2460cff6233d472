<?php
/**
 * Where coins can be sent to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * Addresses are checked by the extension, with their checksums: coins that went to a mistyped one are gone. Whose an address is
 * nobody can check.
 */
final class Address {

	/** Whether addresses can be checked on this server. */
	public static function can_be_checked(): bool {
		return function_exists( 'BonusPay\check_address' );
	}

	/** Whether a text is an address on a network, its checksum included. Test mode takes Bitcoin's test network as well. */
	public static function is_valid( string $network, string $address, string $mode = 'live' ): bool {
		return self::fits( $network, $address ) || ( 'test' === $mode && 'BTC' === $network && self::fits( 'BTC_TESTNET', $address ) );
	}

	/** The network that a text is an address of, for whoever took the wrong one; '' when of none. */
	public static function network_of( string $address ): string {
		foreach ( array( 'TRON', 'ETH', 'BTC' ) as $network ) {
			if ( self::is_valid( $network, $address, 'test' ) ) {
				return $network;
			}
		}
		return '';
	}

	/** What cannot be checked fits nowhere. */
	private static function fits( string $network, string $address ): bool {
		if ( ! function_exists( 'BonusPay\check_address' ) ) {
			return false;
		}
		try {
			\BonusPay\check_address( $network, $address );
			return true;
		} catch ( \BonusPay\Exception\InvalidArgumentException $none ) {
			return false;
		}
	}
}
