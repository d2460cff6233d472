<?php
/**
 * A call that failed.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\BonusPay;

/**
 * Its message may go to a log or an order note: it holds no key, signature, body or address. Never shown to shoppers.
 */
final class Backend_Error extends \RuntimeException {

	public const NOT_SENT = 'not_sent';
	public const REJECTED = 'rejected';
	public const UNKNOWN  = 'unknown';

	/**
	 * Keeps what is known of the failure.
	 *
	 * @param string      $message          One line.
	 * @param string      $outcome          NOT_SENT, REJECTED or UNKNOWN: whether BonusPay may have done it.
	 * @param string      $kind             The class of failure: 'config', 'argument', 'network', 'protocol', 'mismatch',
	 *                                      'signature', 'api', 'internal'.
	 * @param ?string     $api_code         BonusPay's code, such as 77004.
	 * @param bool        $is_authenticated Whether BonusPay itself said so, signed.
	 * @param ?string     $field            The setting or field that is wrong.
	 * @param ?string     $trace_code       What BonusPay's support asks for.
	 * @param ?\Throwable $previous         What it was made of.
	 */
	public function __construct(
		string $message,
		public readonly string $outcome,
		public readonly string $kind,
		public readonly ?string $api_code = null,
		public readonly bool $is_authenticated = false,
		public readonly ?string $field = null,
		public readonly ?string $trace_code = null,
		?\Throwable $previous = null
	) {
		parent::__construct( $message, 0, $previous );
	}

	/** Whether BonusPay refuses because of this server's clock. */
	public function is_about_the_clock(): bool {
		return str_contains( $this->getMessage(), 'REQUESTTIME' );
	}

	/**
	 * Whether BonusPay itself says, signed, that it does not know the order.
	 */
	public function says_not_there(): bool {
		return self::REJECTED === $this->outcome && $this->is_authenticated && in_array( $this->api_code, array( '77004', '77016' ), true );
	}
}
