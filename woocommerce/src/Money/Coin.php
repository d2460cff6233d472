<?php
/**
 * The coins.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * The one table of them: on which networks each can be paid, and how many decimals of it can be sent.
 */
final class Coin {

	/** Which coin can be paid on which network; the docs' matrix. */
	public const NETWORKS = array(
		'USDT' => array( 'TRON', 'ETH', 'POLYGON' ),
		'USDC' => array( 'ETH', 'POLYGON', 'TRON' ),
		'ETH'  => array( 'ETH' ),
		'BTC'  => array( 'BTC' ),
	);

	/** How many decimals of a coin can be sent. */
	public const SCALES = array(
		'USDT' => 2,
		'USDC' => 2,
		'ETH'  => 6,
		'BTC'  => 8,
	);
}
