<?php
/**
 * What BonusPay says of an attempt at one moment.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Decision;

/**
 * Read from a signed answer of Get Order (or Place Order) whose identity was compared with the attempt's.
 */
final class Snapshot {

	/**
	 * Keeps what was read.
	 *
	 * @param string  $status            'pending', 'succeeded', 'failed', 'refunded' or 'unknown'.
	 * @param ?string $total             The amount due, by BonusPay.
	 * @param ?string $total_currency    Its coin.
	 * @param ?string $paid              What was paid, as BonusPay's order says.
	 * @param ?string $paid_currency     Its coin.
	 * @param ?string $deposited         The sum of the payment events in the attempt's coin and network; null when not asked.
	 * @param bool    $has_other_deposit Whether something came in another coin or on another network.
	 * @param ?int    $expires_at        When the quote ends, Unix seconds.
	 * @param int     $now               When it was asked.
	 * @param ?string $order_no          BonusPay's number.
	 * @param ?string $tx_hash           A transaction's hash.
	 * @param bool    $is_ref_amount_ours Whether the fiat amount that came back is the one that was sent.
	 */
	public function __construct(
		public readonly string $status,
		public readonly ?string $total = null,
		public readonly ?string $total_currency = null,
		public readonly ?string $paid = null,
		public readonly ?string $paid_currency = null,
		public readonly ?string $deposited = null,
		public readonly bool $has_other_deposit = false,
		public readonly ?int $expires_at = null,
		public readonly int $now = 0,
		public readonly ?string $order_no = null,
		public readonly ?string $tx_hash = null,
		public readonly bool $is_ref_amount_ours = false,
	) {}
}
