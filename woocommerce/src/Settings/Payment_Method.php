<?php
/**
 * The payment method's names.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * The gateway's id in WooCommerce, and the name of its field in both checkouts. Stored with orders, sessions and users.
 */
final class Payment_Method {

	public const ID = 'bonuspay';

	/** The field of both checkouts, and the key under which the choice is remembered. */
	public const CHOICE = 'bonuspay_choice';
}
