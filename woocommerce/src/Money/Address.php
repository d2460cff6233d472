<?php
/**
 * Where coins can be sent to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * Checks addresses with their checksums: coins that went to a mistyped one are gone. Whose an address is nobody can check.
 */
final class Address {

	private const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
	private const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

	/** Bitcoin's first bytes and prefixes: P2PKH, P2SH, SegWit. */
	private const BITCOIN = array(
		'live' => array( array( 0x00, 0x05 ), 'bc' ),
		'test' => array( array( 0x6f, 0xc4 ), 'tb' ),
	);

	/** Whether a text is an address on a network, its checksum included. Test mode takes Bitcoin's test network as well. */
	public static function is_valid( string $network, string $address, string $mode = 'live' ): bool {
		return match ( $network ) {
			'TRON'           => 0x41 === self::base58check( $address ),
			'ETH', 'POLYGON' => self::is_ethereum( $address ),
			'BTC'            => self::is_bitcoin( $address, 'live' ) || ( 'test' === $mode && self::is_bitcoin( $address, 'test' ) ),
			default          => false,
		};
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

	/** All lower case has no checksum; mixed case is EIP-55's. */
	private static function is_ethereum( string $address ): bool {
		if ( 1 !== preg_match( '/^0x[0-9a-fA-F]{40}$/D', $address ) ) {
			return false;
		}
		$digits = substr( $address, 2 );
		$lower  = strtolower( $digits );
		if ( $digits === $lower ) {
			return true;
		}
		$hash = bin2hex( self::keccak256( $lower ) );
		for ( $at = 0; $at < 40; $at++ ) {
			$is_upper = hexdec( $hash[ $at ] ) >= 8;
			if ( ( $is_upper ? strtoupper( $lower[ $at ] ) : $lower[ $at ] ) !== $digits[ $at ] ) {
				return false;
			}
		}
		return true;
	}

	private static function is_bitcoin( string $address, string $mode ): bool {
		list( $versions, $prefix ) = self::BITCOIN[ $mode ];
		return in_array( self::base58check( $address ), $versions, true ) || self::is_segwit( $address, $prefix );
	}

	/** The first byte of what a base58check text holds, when that is 21 bytes and the checksum fits; null otherwise. */
	private static function base58check( string $text ): ?int {
		if ( strlen( $text ) < 25 || strlen( $text ) > 36 || strspn( $text, self::BASE58 ) !== strlen( $text ) ) {
			return null;
		}
		$bytes = array_fill( 0, 25, 0 );
		foreach ( str_split( $text ) as $letter ) {
			$carry = strpos( self::BASE58, $letter );
			for ( $at = 24; $at >= 0; $at-- ) {
				$carry       += 58 * $bytes[ $at ];
				$bytes[ $at ] = $carry & 0xff;
				$carry      >>= 8;
			}
			if ( 0 !== $carry ) {
				return null;
			}
		}
		// Each leading zero byte is one '1', and no other '1' leads.
		$ones  = strspn( $text, '1' );
		$zeros = 0;
		while ( $zeros < 25 && 0 === $bytes[ $zeros ] ) {
			++$zeros;
		}
		$raw = implode( '', array_map( 'chr', $bytes ) );
		$sum = substr( hash( 'sha256', hash( 'sha256', substr( $raw, 0, 21 ), true ), true ), 0, 4 );
		return $ones === $zeros && hash_equals( $sum, substr( $raw, 21 ) ) ? $bytes[0] : null;
	}

	/** BIP-173 for version 0, BIP-350 for the later ones. */
	private static function is_segwit( string $address, string $prefix ): bool {
		$lower = strtolower( $address );
		if (
			( $address !== $lower && strtoupper( $address ) !== $address )
			|| strlen( $address ) > 90
			|| ! str_starts_with( $lower, $prefix . '1' )
		) {
			return false;
		}
		$data = substr( $lower, strlen( $prefix ) + 1 );
		if ( strlen( $data ) < 8 || strspn( $data, self::BECH32 ) !== strlen( $data ) ) {
			return false;
		}
		$values  = array_map( static fn( string $letter ): int => strpos( self::BECH32, $letter ), str_split( $data ) );
		$version = $values[0];
		if ( $version > 16 || self::bech32_sum( $prefix, $values ) !== ( 0 === $version ? 1 : 0x2bc830a3 ) ) {
			return false;
		}
		$program = self::bytes_of( array_slice( $values, 1, -6 ) );
		if ( null === $program ) {
			return false;
		}
		$length = count( $program );
		return 0 === $version ? 20 === $length || 32 === $length : $length >= 2 && $length <= 40;
	}

	/** The checksum's remainder: 1 for bech32, another constant for bech32m. */
	private static function bech32_sum( string $prefix, array $values ): int {
		$letters = array_map( 'ord', str_split( $prefix ) );
		$all     = array(
			...array_map( static fn( int $code ): int => $code >> 5, $letters ),
			0,
			...array_map( static fn( int $code ): int => $code & 31, $letters ),
			...$values,
		);
		$sum     = 1;
		foreach ( $all as $value ) {
			$top = $sum >> 25;
			$sum = ( ( $sum & 0x1ffffff ) << 5 ) ^ $value;
			foreach ( array( 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 ) as $bit => $generator ) {
				$sum ^= ( $top >> $bit ) & 1 ? $generator : 0;
			}
		}
		return $sum;
	}

	/** Groups of five bits as bytes; null when what is left over is not empty. */
	private static function bytes_of( array $fives ): ?array {
		$bytes = array();
		$bits  = 0;
		$count = 0;
		foreach ( $fives as $five ) {
			$bits   = ( ( $bits << 5 ) | $five ) & 0xfff;
			$count += 5;
			if ( $count >= 8 ) {
				$count  -= 8;
				$bytes[] = ( $bits >> $count ) & 0xff;
			}
		}
		return $count < 5 && 0 === ( $bits & ( ( 1 << $count ) - 1 ) ) ? $bytes : null;
	}

	/** Keccak-256, which PHP has only in the padding of SHA-3. For texts of less than 136 bytes: one block. */
	private static function keccak256( string $text ): string {
		$block  = str_pad( $text . "\x01", 136, "\0" );
		$block  = substr( $block, 0, 135 ) . chr( ord( $block[135] ) | 0x80 );
		$lanes  = array_pad( array_values( unpack( 'P17', $block ) ), 25, 0 );
		$shifts = array( 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44 );
		$places = array( 10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1 );
		$lfsr   = 1;
		for ( $round = 0; $round < 24; $round++ ) {
			$columns = array();
			for ( $x = 0; $x < 5; $x++ ) {
				$columns[ $x ] = $lanes[ $x ] ^ $lanes[ $x + 5 ] ^ $lanes[ $x + 10 ] ^ $lanes[ $x + 15 ] ^ $lanes[ $x + 20 ];
			}
			for ( $x = 0; $x < 5; $x++ ) {
				$mix = $columns[ ( $x + 4 ) % 5 ] ^ self::rotate( $columns[ ( $x + 1 ) % 5 ], 1 );
				for ( $y = 0; $y < 25; $y += 5 ) {
					$lanes[ $x + $y ] ^= $mix;
				}
			}
			$moved = $lanes[1];
			foreach ( $places as $step => $place ) {
				$next            = $lanes[ $place ];
				$lanes[ $place ] = self::rotate( $moved, $shifts[ $step ] );
				$moved           = $next;
			}
			for ( $y = 0; $y < 25; $y += 5 ) {
				$row = array_slice( $lanes, $y, 5 );
				for ( $x = 0; $x < 5; $x++ ) {
					$lanes[ $x + $y ] = $row[ $x ] ^ ( ~$row[ ( $x + 1 ) % 5 ] & $row[ ( $x + 2 ) % 5 ] );
				}
			}
			// The round's constant has bits at 0, 1, 3, 7, 15, 31 and 63, by a shift register.
			for ( $bit = 0; $bit < 7; $bit++ ) {
				$lanes[0] ^= $lfsr & 1 ? 1 << ( ( 1 << $bit ) - 1 ) : 0;
				$lfsr      = ( $lfsr << 1 ) ^ ( $lfsr & 0x80 ? 0x171 : 0 );
			}
		}
		return pack( 'P4', ...array_slice( $lanes, 0, 4 ) );
	}

	/** 64 bits to the left, in a circle; PHP's own shift to the right keeps the sign. */
	private static function rotate( int $lane, int $by ): int {
		return ( $lane << $by ) | ( ( $lane >> ( 64 - $by ) ) & ( ( 1 << $by ) - 1 ) );
	}
}
