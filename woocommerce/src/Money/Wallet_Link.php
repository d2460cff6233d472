<?php
/**
 * What a wallet reads.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * The payment URI and its QR code, made by the extension on this server; empty when the extension cannot: the page then
 * shows the address and the amount alone.
 */
final class Wallet_Link {

	/**
	 * A BIP-21 or EIP-681 URI, for tokens the bare address. The URIs name the main networks, on which a wallet would pay real
	 * coins: in test mode it is the bare address for every coin.
	 */
	public static function uri( string $mode, string $coin, string $network, string $address, string $amount ): string {
		if ( 'live' !== $mode ) {
			return $address;
		}
		try {
			return function_exists( 'BonusPay\payment_uri' ) ? \BonusPay\payment_uri( $coin, $network, $address, $amount ) : '';
		} catch ( \Throwable $problem ) {
			return '';
		}
	}

	/** The QR code as an SVG element without a prologue. */
	public static function svg( string $uri ): string {
		try {
			$svg = '' !== $uri && function_exists( 'BonusPay\qr_svg' ) ? \BonusPay\qr_svg( $uri ) : '';
		} catch ( \Throwable $problem ) {
			return '';
		}
		return (string) strstr( $svg, '<svg' );
	}

	/** The elements of the QR code, for wp_kses(). */
	public static function allowed_svg(): array {
		return array(
			'svg'  => array_fill_keys( array( 'xmlns', 'version', 'width', 'height', 'viewbox', 'shape-rendering' ), true ),
			'rect' => array_fill_keys( array( 'x', 'y', 'width', 'height', 'fill' ), true ),
			'path' => array_fill_keys( array( 'fill', 'd' ), true ),
		);
	}

	/** Whether a wallet on this device can be opened by it: a bare address cannot. */
	public static function is_clickable( string $uri ): bool {
		return 1 === preg_match( '/^(bitcoin|ethereum):/', $uri );
	}
}
