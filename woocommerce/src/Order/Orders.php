<?php
/**
 * WooCommerce's orders, as the decision sees them.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Order;

use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Decision\Refund_Share;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * Reads orders anew: another process may have changed them since this one read them.
 */
final class Orders {

	/** The order's meta: earlier versions made such orders, to try out what the shop does. They are no sales. */
	public const REHEARSAL = '_bonuspay_rehearsal';

	/** Which attempt paid it: our number, in the order's meta. */
	public const PAID_BY = '_bonuspay_paid_by';

	/** What the owner took a payment as full for: our number, the total, the currency; in the order's meta. */
	private const ACCEPTED = '_bonuspay_accepted';

	/** The order as it is in the database now; null when it is gone. */
	public static function fresh( int $order_id ): ?\WC_Order {
		wp_cache_delete( $order_id, 'posts' );
		wp_cache_delete( $order_id, 'post_meta' );
		wp_cache_delete( \WC_Cache_Helper::get_cache_prefix( 'orders' ) . $order_id, 'orders' );
		wp_cache_delete( \WC_Order::generate_meta_cache_key( $order_id, 'orders' ), 'orders' );
		if ( class_exists( \Automattic\WooCommerce\Caches\OrderCache::class ) ) {
			wc_get_container()->get( \Automattic\WooCommerce\Caches\OrderCache::class )->remove( $order_id );
		}
		$store = \WC_Data_Store::load( 'order' );
		if ( is_callable( array( $store, 'clear_cached_data' ) ) ) {
			$store->clear_cached_data( array( $order_id ) );
		}
		$order = wc_get_order( $order_id );
		return $order instanceof \WC_Order ? $order : null;
	}

	/** Whether it is paid: also when the owner has paid orders wait on hold. */
	public static function is_paid( \WC_Order $order ): bool {
		if ( $order->is_paid() || ! $order->has_status( 'on-hold' ) ) {
			return $order->is_paid();
		}
		$paid_by = Attempts::by_merchant_order_no( (string) $order->get_meta( self::PAID_BY ) );
		return Attempt_State::Paid === $paid_by?->state && $order->get_date_paid()?->getTimestamp() >= $paid_by->created_at;
	}

	/** How much of a payment went back, and how much is left. */
	public static function share( ?\WC_Order $order, Attempt $attempt ): Refund_Share {
		return new Refund_Share( $attempt, Refunds::of_attempt( $attempt->id ), self::is_paid_by( $order, $attempt ) );
	}

	/**
	 * The newest attempt with money that paid no order and did not go back; null when there is none.
	 *
	 * @param \WC_Order $order    The order as it is now.
	 * @param Attempt[] $attempts Its attempts, the newest first.
	 */
	public static function unsettled( \WC_Order $order, array $attempts ): ?Attempt {
		foreach ( $attempts as $attempt ) {
			if ( $attempt->has_money() && self::share( $order, $attempt )->is_unsettled() ) {
				return $attempt;
			}
		}
		return null;
	}

	/** Whether an attempt paid the order, or is about to: our mark counts only with the date that its completion sets. */
	private static function is_paid_by( ?\WC_Order $order, Attempt $attempt ): bool {
		if ( Attempt_State::Paid !== $attempt->state ) {
			return false;
		}
		return ( (string) $order?->get_meta( self::PAID_BY ) === $attempt->merchant_order_no && null !== $order?->get_date_paid() )
			|| ! Effect_Claims::are_done( $attempt->id );
	}

	/** Where an order stands for one of its attempts. */
	public static function view( ?\WC_Order $order, Attempt $attempt ): Order_View {
		if (
			null === $order
			|| Payment_Method::ID !== $order->get_payment_method()
			|| $order->has_status( array( 'trash', 'refunded' ) )
		) {
			return Order_View::Not_Ours_To_Settle;
		}
		foreach ( Attempts::of_order( $attempt->order_id ) as $other ) {
			if ( $other->id !== $attempt->id && Attempt_State::Paid === $other->state && ! self::share( $order, $other )->is_returned() ) {
				return Order_View::Paid_By_Other_Attempt;
			}
		}
		if ( $order->has_status( 'cancelled' ) ) {
			return Order_View::Cancelled;
		}
		if ( self::is_paid( $order ) ) {
			return (string) $order->get_meta( self::PAID_BY ) === $attempt->merchant_order_no
				? Order_View::Paid_By_This
				: Order_View::Not_Ours_To_Settle;
		}
		if ( Decimal::compare( $attempt->received, '0' ) > 0 && ! self::share( $order, $attempt )->is_whole() ) {
			return Order_View::Not_Ours_To_Settle; // A payment of which something went back completes no order by itself.
		}
		return Order_View::Open;
	}

	/** Remembers that the owner takes an attempt's money as full payment for what the order costs now. */
	public static function accept( Attempt $attempt, \WC_Order $order ): void {
		$order->update_meta_data( self::ACCEPTED, self::acceptance( $attempt, $order ) );
		$order->save_meta_data();
	}

	/** Whether the owner did, for what it costs now. */
	public static function is_accepted( Attempt $attempt, \WC_Order $order ): bool {
		return $attempt->accepted && (string) $order->get_meta( self::ACCEPTED ) === self::acceptance( $attempt, $order );
	}

	private static function acceptance( Attempt $attempt, \WC_Order $order ): string {
		return $attempt->merchant_order_no . ' ' . $order->get_total( 'edit' ) . ' ' . $order->get_currency();
	}

	/** Whether an attempt asks for what the order costs now. */
	public static function matches( Attempt $attempt, \WC_Order $order ): bool {
		$total = (string) $order->get_total( 'edit' );
		return $attempt->currency === $order->get_currency()
			&& Decimal::is_valid( $total )
			&& 0 === Decimal::compare( $attempt->price, $total );
	}
}
