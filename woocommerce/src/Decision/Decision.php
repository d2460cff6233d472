<?php
/**
 * What is to be done.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Decision;

use BonusPay\WooCommerce\Ledger\Attempt_State;

/**
 * What the state table says.
 */
final class Decision {

	/**
	 * Keeps it.
	 *
	 * @param Attempt_State $state    The attempt's new state.
	 * @param string        $received What came in, as far as is known now.
	 * @param Effect[]      $effects  What else is to be done, in this order.
	 * @param string        $reason   For the merchant, when a person must look.
	 */
	public function __construct(
		public readonly Attempt_State $state,
		public readonly string $received,
		public readonly array $effects = array(),
		public readonly string $reason = '',
	) {}
}
