<?php
/**
 * Key pairs, made by OpenSSL when they are asked for.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Settings\Keys;

final class Pairs {

	private static array $pairs = array();

	/** The n-th pair of this run. */
	public static function get( int $at ): array {
		if ( ! isset( self::$pairs[ $at ] ) ) {
			$key = openssl_pkey_new( array( 'private_key_bits' => 2048 ) );
			openssl_pkey_export( $key, $private );
			self::$pairs[ $at ] = array( 'private' => $private, 'public' => openssl_pkey_get_details( $key )['key'] );
		}
		return self::$pairs[ $at ];
	}

	/** All keys of a mode: the merchant's is the n-th, BonusPay's the next. */
	public static function complete( string $mode, int $at = 0 ): void {
		Keys::set_partner_id( $mode, '200000000888' );
		Keys::set_private_key( $mode, self::get( $at )['private'] );
		Keys::set_public_keys( $mode, self::get( $at + 1 )['public'] );
	}
}
