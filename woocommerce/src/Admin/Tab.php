<?php
/**
 * A part of our screen.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

/**
 * What stands behind one of the tabs of WooCommerce > BonusPay. It only shows; what changes something is an action of its
 * own (Admin\Action).
 */
interface Tab {

	/** The tab's name in the address, such as 'events'. */
	public static function slug(): string;

	/** The tab's name for people. */
	public static function title(): string;

	/** Prints the part. */
	public static function show(): void;
}
