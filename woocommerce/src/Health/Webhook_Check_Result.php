<?php
/**
 * What became of one test.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Health;

/**
 * Whether a message reached the plugin at one of its addresses, and what stood in its way. Texts only, not escaped.
 */
final class Webhook_Check_Result {

	/**
	 * Keeps it.
	 *
	 * @param string $url     The address.
	 * @param bool   $is_good Whether the plugin itself answered, and its answer came back as it was.
	 * @param string $blocker What stood in the way, in a word such as 'redirect'; '' for nothing.
	 * @param string $text    What that is, and what to do.
	 */
	public function __construct(
		public readonly string $url,
		public readonly bool $is_good,
		public readonly string $blocker,
		public readonly string $text,
	) {}

	/**
	 * For programs.
	 *
	 * @return array{url: string, is_good: bool, blocker: string, text: string}
	 */
	public function to_array(): array {
		return get_object_vars( $this );
	}
}
