<?php
/**
 * Coins and networks in words.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

/**
 * Says which network a coin is sent on, as wallets and exchanges call it: a wrong one loses the money.
 */
final class Network {

	/** The networks' own names, and what exchanges call a token on them; names are not translated. */
	private const NAMES = array(
		'TRON'    => array( 'TRON', 'TRC-20' ),
		'ETH'     => array( 'Ethereum', 'ERC-20' ),
		'POLYGON' => array( 'Polygon', 'ERC-20' ),
		'BTC'     => array( 'Bitcoin', '' ),
	);

	/** The coins that are no tokens on these networks. */
	private const OWN_COINS = array(
		'ETH' => 'ETH',
		'BTC' => 'BTC',
	);

	/** 'Ethereum (ERC-20)' for a token, 'Ethereum' for the network's own coin; a network that is not known by its code. */
	public static function name( string $coin, string $network ): string {
		list( $name, $standard ) = self::NAMES[ $network ] ?? array( $network, '' );
		return '' === $standard || ( self::OWN_COINS[ $network ] ?? '' ) === $coin ? $name : $name . ' (' . $standard . ')';
	}

	/** 'USDT on the TRON network (TRC-20)'; the coin alone, when no network is chosen yet. */
	public static function phrase( string $coin, string $network ): string {
		if ( '' === $network ) {
			return $coin;
		}
		list( $name, $standard ) = self::NAMES[ $network ] ?? array( $network, '' );
		if ( '' === $standard || ( self::OWN_COINS[ $network ] ?? '' ) === $coin ) {
			/* translators: 1: a coin such as BTC, 2: a network such as Bitcoin. */
			return sprintf( __( '%1$s on the %2$s network', 'bonuspay-for-woocommerce' ), $coin, $name );
		}
		/* translators: 1: a coin such as USDT, 2: a network such as TRON, 3: what exchanges call it, such as TRC-20. */
		return sprintf( __( '%1$s on the %2$s network (%3$s)', 'bonuspay-for-woocommerce' ), $coin, $name, $standard );
	}
}
