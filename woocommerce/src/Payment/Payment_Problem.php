<?php
/**
 * A payment could not be started.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Payment;

/**
 * Its message is for the shopper, translated: it never says "paid" or "not paid" when nobody knows. What the merchant
 * needs is in the log and in a note of the order.
 */
final class Payment_Problem extends \RuntimeException {

	/**
	 * Keeps it.
	 *
	 * @param string $message     For the shopper.
	 * @param bool   $is_checking Whether BonusPay may have taken the order: the shopper must not pay in another way yet.
	 */
	public function __construct( string $message, public readonly bool $is_checking = false ) {
		parent::__construct( $message );
	}
}
