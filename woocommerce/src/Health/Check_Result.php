<?php
/**
 * One thing that was looked at.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Health;

/**
 * What Health_Check says of one thing: whether it is well, and what to do when it is not. Texts only, not escaped, no secret.
 */
final class Check_Result {

	public const GOOD        = 'good';
	public const RECOMMENDED = 'recommended';
	public const CRITICAL    = 'critical';

	/**
	 * Keeps it.
	 *
	 * @param string $id     What was looked at, such as 'keys'.
	 * @param string $status GOOD, RECOMMENDED or CRITICAL: WordPress's own words.
	 * @param string $label  In a line.
	 * @param string $text   What it is, and what to do.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $status,
		public readonly string $label,
		public readonly string $text,
	) {}

	/**
	 * For programs.
	 *
	 * @return array{id: string, status: string, label: string, text: string}
	 */
	public function to_array(): array {
		return get_object_vars( $this );
	}
}
