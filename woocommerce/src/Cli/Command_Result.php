<?php
/**
 * What a command came to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Cli;

/**
 * Rows for a table, one and the same thing as a document for programs, a line for people, and how it ended.
 */
final class Command_Result {

	/** All is well. */
	public const GOOD = 0;
	/** It was done; somebody must look at what it found. */
	public const REVIEW = 1;
	/** It could not be done. */
	public const IMPOSSIBLE = 2;

	/**
	 * Keeps it.
	 *
	 * @param int    $code     The exit code.
	 * @param string $text     A line for people.
	 * @param array  $rows     Name => value each, all with the same names.
	 * @param ?array $document For programs; the rows, when null.
	 */
	public function __construct(
		public readonly int $code,
		public readonly string $text,
		public readonly array $rows = array(),
		public readonly ?array $document = null,
	) {}

	/** It could not be done. */
	public static function impossible( string $text ): self {
		return new self( self::IMPOSSIBLE, $text );
	}
}
