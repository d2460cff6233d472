<?php
/**
 * Where a transaction can be looked up.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * Links to block explorers: to these alone, and for what has the form of a transaction's hash alone.
 */
final class Explorer {

	private const URLS = array(
		'live' => array(
			'TRON'    => 'https://tronscan.org/#/transaction/',
			'ETH'     => 'https://etherscan.io/tx/',
			'POLYGON' => 'https://polygonscan.com/tx/',
			'BTC'     => 'https://mempool.space/tx/',
		),
		'test' => array(
			'TRON' => 'https://shasta.tronscan.org/#/transaction/',
			'BTC'  => 'https://mempool.space/testnet/tx/',
		),
	);

	/** The transaction's page; null when there is none. */
	public static function url( string $mode, string $network, string $hash ): ?string {
		$base = self::URLS[ $mode ][ $network ] ?? null;
		return null !== $base && 1 === preg_match( '/^(0x)?[0-9a-fA-F]{64}$/D', $hash ) ? $base . $hash : null;
	}
}
