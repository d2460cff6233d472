<?php
/**
 * What BonusPay said.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\BonusPay;

/**
 * A verified answer or notification, read by JSON Pointers; amounts are decimal strings.
 */
final class Verified_Message {

	/**
	 * Keeps what was read.
	 *
	 * @param array   $document     The answer's body.
	 * @param string  $state        'pending', 'succeeded', 'failed', 'refunded' or 'unknown'.
	 * @param bool    $is_bound     Whether the answer itself names what was asked for; of a notification always true.
	 * @param ?string $checkout_url The hosted page's address, checked.
	 * @param string  $kind         Of a notification 'order', 'refund', 'topup', 'withdraw' or 'settlement'; else ''.
	 * @param ?string $id           Of a notification its own id.
	 */
	public function __construct(
		private array $document,
		public readonly string $state,
		public readonly bool $is_bound,
		public readonly ?string $checkout_url = null,
		public readonly string $kind = '',
		public readonly ?string $id = null,
	) {}

	/**
	 * One value as text, such as get( '/acquireOrder/orderNo' ); null when there is none, or it is no scalar.
	 */
	public function get( string $pointer ): ?string {
		$value = $this->document;
		foreach ( array_slice( explode( '/', $pointer ), 1 ) as $name ) {
			$name = strtr(
				$name,
				array(
					'~1' => '/',
					'~0' => '~',
				)
			);
			if ( ! is_array( $value ) || ! array_key_exists( $name, $value ) ) {
				return null;
			}
			$value = $value[ $name ];
		}
		return is_string( $value ) || is_int( $value ) ? (string) $value : null;
	}

	/**
	 * A list, such as the payment events.
	 */
	public function items( string $name ): array {
		return is_array( $this->document[ $name ] ?? null ) ? $this->document[ $name ] : array();
	}
}
