<?php
/**
 * Coins and networks in words.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * Says which network a coin is sent on, as wallets and exchanges call it: a wrong one loses the money.
 */
final class Network {

	/** The networks' own names, and what exchanges write beside them, each its own; names are not translated. */
	private const NAMES = array(
		'TRON'    => array( 'TRON', 'TRC-20' ),
		'ETH'     => array( 'Ethereum', 'ERC-20' ),
		'POLYGON' => array( 'Polygon', 'POL' ),
		'BTC'     => array( 'Bitcoin', '' ),
	);

	/** The network that has addresses of the same form: a wallet or an exchange accepts them on either. */
	private const LOOKALIKES = array(
		'ETH'     => 'POLYGON',
		'POLYGON' => 'ETH',
	);

	/** The coins that are no tokens on these networks. */
	private const OWN_COINS = array(
		'ETH' => 'ETH',
		'BTC' => 'BTC',
	);

	/** 'Ethereum (ERC-20)' for a token, 'Ethereum' for the network's own coin; a network that is not known by its code. */
	public static function name( string $coin, string $network ): string {
		list( $name, $standard ) = self::NAMES[ $network ] ?? array( $network, '' );
		return '' === $standard || ( self::OWN_COINS[ $network ] ?? null ) === $coin ? $name : $name . ' (' . $standard . ')';
	}

	/** 'USDT on the TRON network (TRC-20)'; the coin alone, when no network is chosen yet. */
	public static function phrase( string $coin, string $network ): string {
		if ( '' === $network ) {
			return $coin;
		}
		list( $name, $standard ) = self::NAMES[ $network ] ?? array( $network, '' );
		if ( '' === $standard || ( self::OWN_COINS[ $network ] ?? null ) === $coin ) {
			/* translators: 1: a coin such as BTC, 2: a network such as Bitcoin. */
			return sprintf( __( '%1$s on the %2$s network', 'bonuspay-for-woocommerce' ), $coin, $name );
		}
		/* translators: 1: a coin such as USDT, 2: a network such as TRON, 3: what exchanges call it, such as TRC-20. */
		return sprintf( __( '%1$s on the %2$s network (%3$s)', 'bonuspay-for-woocommerce' ), $coin, $name, $standard );
	}

	/** 'Send only USDC on the Polygon network (POL), not on Ethereum (ERC-20).' */
	public static function warning( string $coin, string $network ): string {
		$other = self::LOOKALIKES[ $network ] ?? '';
		if ( '' === $other ) {
			/* translators: %s: a coin and its network, such as "USDT on the TRON network (TRC-20)". */
			return sprintf( __( 'Send only %s.', 'bonuspay-for-woocommerce' ), self::phrase( $coin, $network ) );
		}
		return sprintf(
			/* translators: 1: coin and network, as in "USDC on the Polygon network (POL)", 2: a network like it, as "Ethereum (ERC-20)". */
			__( 'Send only %1$s, not on %2$s.', 'bonuspay-for-woocommerce' ),
			self::phrase( $coin, $network ),
			self::name( '', $other )
		);
	}

	/** What comes of it otherwise. */
	public static function loss(): string {
		return __( 'Coins sent on any other network, or any other coin, will be lost.', 'bonuspay-for-woocommerce' );
	}
}
