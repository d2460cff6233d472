<?php
/**
 * What the end of a refund does to the WooCommerce order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Order;

use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Decimal;

/**
 * Run as other effects are: by whoever claimed it, under the order's second lock, and perhaps twice.
 */
final class Refund_Effects {

	/** Does one. */
	public static function perform( Effect $effect, int $id ): void {
		$row   = Refunds::find( $id );
		$order = null === $row ? null : Orders::fresh( $row->order_id );
		if ( null === $order ) {
			return;
		}
		if ( Effect::Refund_Done === $effect ) {
			self::done( $row, $order );
		} else {
			self::undone( $row, $order );
		}
	}

	/** Paid out: the order shows it, also when the refund began elsewhere or WooCommerce's is gone. */
	private static function done( Refund $row, \WC_Order $order ): void {
		if ( Refund::SURPLUS !== $row->source && null === self::wc_refund( $row, $order ) ) {
			self::show( $row, $order );
		}
		$attempt = Attempts::find( $row->attempt_id );
		Merchant_Notes::note_once(
			$attempt,
			'refund_done' . $row->id,
			Merchant_Notes::refund( $row, __( 'paid out', 'bonuspay-for-woocommerce' ) )
		);
		$order = Orders::fresh( $row->order_id );
		// A process that died after sending left the order's status as it was.
		if (
			Refund::ORDER === $row->source
			&& ! Store_Refund::is_sending()
			&& ! $order->has_status( array( 'refunded', 'trash' ) )
			&& 0 === Decimal::compare( self::remaining( $order ), '0' )
		) {
			$order->update_status( 'refunded' );
		}
	}

	/** A WooCommerce refund of what was paid out; no money goes with it. */
	private static function show( Refund $row, \WC_Order $order ): void {
		$fiat = Decimal::compare( $row->fiat, self::remaining( $order ) ) > 0 ? self::remaining( $order ) : $row->fiat;
		if ( 0 === Decimal::compare( $fiat, '0' ) ) {
			return;
		}
		$made = Store_Refund::shown_as(
			$row->refund_merchant_order_no,
			static fn() => wc_create_refund(
				array(
					'order_id'       => $order->get_id(),
					'amount'         => $fiat,
					'reason'         => sprintf(
						/* translators: %s: a refund's number. */
						__( 'Refunded at BonusPay, %s', 'bonuspay-for-woocommerce' ),
						$row->refund_merchant_order_no
					),
					'refund_payment' => false,
				)
			)
		);
		if ( is_wp_error( $made ) ) {
			throw new \RuntimeException( 'WooCommerce refused to store a refund: ' . $made->get_error_message() );
		}
		Refunds::change( Refunds::find( $row->id ), array( 'wc_refund_id' => $made->get_id() ) );
	}

	/** Nothing was paid out: WooCommerce's refund goes, and the order is what it was. */
	private static function undone( Refund $row, \WC_Order $order ): void {
		$wc_refund = self::wc_refund( $row, $order );
		if ( null !== $wc_refund ) {
			$id = $wc_refund->get_id();
			$wc_refund->delete( true );
			// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WooCommerce's own.
			do_action( 'woocommerce_refund_deleted', $id, $order->get_id() );
		}
		$order = Orders::fresh( $row->order_id );
		if (
			$order->has_status( 'refunded' )
			&& ! in_array( $row->status_before, array( '', 'refunded' ), true )
			&& Refund::ORDER === $row->source
		) {
			self::restore( $order, $row->status_before );
		}
		if ( ! $row->rejected && Refund::PORTAL !== $row->source ) {
			Merchant_Notes::refund_once(
				$row,
				'refund_undone' . $row->id,
				trim(
					sprintf(
						/* translators: %s: a reason. */
						__( 'nothing was paid out, and the refund was taken out of the order again. %s If products were put back into stock with it, take them out by hand', 'bonuspay-for-woocommerce' ),
						$row->reason
					)
				)
			);
		}
	}

	/** The status from before; the shopper is not mailed about it as if it were news. */
	private static function restore( \WC_Order $order, string $status ): void {
		$silent = static fn() => false;
		$mails  = array( 'customer_completed_order', 'customer_processing_order', 'customer_on_hold_order', 'new_order' );
		foreach ( $mails as $mail ) {
			add_filter( 'woocommerce_email_enabled_' . $mail, $silent, 99 );
		}
		try {
			$order->update_status( $status, __( 'BonusPay: the refund was not paid out.', 'bonuspay-for-woocommerce' ) . ' ' );
		} finally {
			foreach ( $mails as $mail ) {
				remove_filter( 'woocommerce_email_enabled_' . $mail, $silent, 99 );
			}
		}
	}

	/** The WooCommerce refund of a row: by its id, or by the number in its meta. */
	private static function wc_refund( Refund $row, \WC_Order $order ): ?\WC_Order_Refund {
		foreach ( $order->get_refunds() as $refund ) {
			if (
				$refund->get_id() === $row->wc_refund_id
				|| (string) $refund->get_meta( Store_Refund::META ) === $row->refund_merchant_order_no
			) {
				return $refund;
			}
		}
		return null;
	}

	/** What of the order's total WooCommerce has not refunded, as an amount. */
	private static function remaining( \WC_Order $order ): string {
		$remaining = (string) wc_format_decimal( $order->get_remaining_refund_amount(), wc_get_price_decimals() );
		return Decimal::is_valid( $remaining ) ? Decimal::add( $remaining, '0' ) : '0';
	}
}
