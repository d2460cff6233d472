<?php
/**
 * Who sends a request.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * The optional list of addresses that notifications may come from: a second lock on the door, never the first, since only
 * the signature proves who speaks. What a sender says of itself is not believed: the connection's own address counts, or,
 * behind a proxy that the owner named, the address that this proxy wrote down.
 */
final class Sender_Allowlist {

	/**
	 * Whether a request comes from an address on the list; with no list from anywhere.
	 *
	 * @param array    $server  As $_SERVER.
	 * @param string[] $allowed Addresses and networks (192.0.2.0/24); what is neither matches nothing.
	 * @param string[] $proxies The shop's own proxies, likewise.
	 */
	public static function is_allowed( array $server, array $allowed, array $proxies ): bool {
		if ( array() === $allowed ) {
			return true;
		}
		$address = self::address( $server, $proxies );
		return null !== $address && self::is_one_of( $address, $allowed );
	}

	/** The lines of a list as an owner writes it. */
	public static function lines( string $text ): array {
		return array_values( array_filter( preg_split( '/[\s,;]+/', $text ), static fn( string $line ): bool => '' !== $line ) );
	}

	/** Whether a line is an address or a network. */
	public static function is_valid( string $line ): bool {
		return null !== self::network( $line );
	}

	/** Who connected; behind proxies of ours the last address of X-Forwarded-For that is none of them. Null when nobody can tell. */
	private static function address( array $server, array $proxies ): ?string {
		$address   = self::packed( (string) ( $server['REMOTE_ADDR'] ?? '' ) );
		$forwarded = array_map( 'trim', explode( ',', (string) ( $server['HTTP_X_FORWARDED_FOR'] ?? '' ) ) );
		while ( null !== $address && self::is_one_of( $address, $proxies ) ) {
			$address = self::packed( (string) array_pop( $forwarded ) );
		}
		return $address;
	}

	private static function is_one_of( string $address, array $lines ): bool {
		foreach ( $lines as $line ) {
			$network = self::network( $line );
			if ( null !== $network && strlen( $network[0] ) === strlen( $address ) && ( $address & $network[1] ) === $network[0] ) {
				return true;
			}
		}
		return false;
	}

	/** A line's address and mask, in bytes; null when it is neither address nor network. */
	private static function network( string $line ): ?array {
		if ( 1 !== preg_match( '~^([0-9A-Fa-f.:]+)(?:/(0|[1-9][0-9]{0,2}))?$~D', $line, $parts ) ) {
			return null;
		}
		$address = self::packed( $parts[1] );
		$bits    = null === $address ? 0 : 8 * strlen( $address );
		$length  = isset( $parts[2] ) ? (int) $parts[2] : $bits;
		if ( null === $address || $length > $bits || 0 === $length ) {
			return null;
		}
		$mask = str_pad(
			str_repeat( "\xff", intdiv( $length, 8 ) ) . ( 0 === $length % 8 ? '' : chr( 0xff << ( 8 - $length % 8 ) & 0xff ) ),
			strlen( $address ),
			"\0"
		);
		return array( $address & $mask, $mask );
	}

	/** An address in bytes: four, or sixteen. An IPv4 address within IPv6 is that IPv4 address. */
	private static function packed( string $text ): ?string {
		$bytes = 1 === preg_match( '/^[0-9A-Fa-f:.]{2,45}$/D', $text ) ? inet_pton( $text ) : false;
		if ( false === $bytes ) {
			return null;
		}
		return str_starts_with( $bytes, str_repeat( "\0", 10 ) . "\xff\xff" ) ? substr( $bytes, 12 ) : $bytes;
	}
}
