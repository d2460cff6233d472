<?php
/**
 * Does what was decided.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Order;

use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Log;

/**
 * Runs the effects that were claimed, one at a time for an order. What only BonusPay can do is handed in by the service that
 * asks BonusPay.
 */
final class Effect_Runner {

	/**
	 * Keeps what only the service that asks BonusPay can do.
	 *
	 * @param \Closure $accept Has BonusPay accept what came in for an attempt as enough.
	 */
	public function __construct( private \Closure $accept ) {}

	/**
	 * Runs a claimed effect and marks it done, one at a time for an order. What throws, or finds the order busy for too
	 * long, stays claimed, and is the queue's.
	 */
	public function run( int $attempt_id, string $key ): void {
		$attempt = Attempts::find( $attempt_id );
		$effect  = Effect::tryFrom( explode( ':', $key )[0] );
		if ( null === $attempt ) {
			return;
		}
		if ( Effect::Accept === $effect ) {
			// It changes no order: what BonusPay says of it does, as anywhere else.
			( $this->accept )( $attempt );
			if ( Attempt_State::Partial === Attempts::find( $attempt_id )?->state ) {
				Effect_Claims::release( $attempt_id, $key ); // BonusPay did not take it: the next look tries again.
			} else {
				Effect_Claims::done( $attempt_id, $key, time() );
			}
			return;
		}
		$lock = Order_Lock::acquire( $attempt->order_id, Order_Lock::EFFECTS, 15000 );
		if ( null === $lock ) {
			return;
		}
		try {
			if ( Effect::Refund_Done === $effect || Effect::Refund_Undone === $effect ) {
				Refund_Effects::perform( $effect, (int) explode( ':', $key )[1] );
			} elseif ( null !== $effect ) {
				Effects::perform( $attempt, $effect );
			}
			Effect_Claims::done( $attempt_id, $key, time() );
		} catch ( \Throwable $error ) {
			Log::error(
				'effect_failed',
				array(
					'order'  => $attempt->order_id,
					'number' => $attempt->merchant_order_no,
					'effect' => $key,
					'why'    => $error->getMessage(),
				)
			);
		} finally {
			$lock->release();
		}
	}
}
