<?php
/**
 * A line of the reconciliation.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Reconciliation;

use BonusPay\WooCommerce\Decision\Refund_Share;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * What stands in one line of the report, column => text, and above all which part of a payment its order explains. Pure.
 * The words are the same in every language: a report is compared and recomputed.
 */
final class Report_Line {

	public const PAYMENT      = 'payment';
	public const REFUND       = 'refund';
	public const NOTIFICATION = 'notification';
	public const ORDER        = 'order';

	/** Remarks; README.md says what each means. */
	public const SURPLUS         = 'surplus';
	public const ORDER_GONE      = 'order_gone';
	public const ORDER_CANCELLED = 'order_cancelled';
	public const SECOND_PAYMENT  = 'second_payment';
	public const PAID_OTHERWISE  = 'paid_otherwise';
	public const PAID_BY_HAND    = 'paid_by_hand';
	public const ORDER_NOT_PAID  = 'order_not_paid';
	public const TOTAL_DIFFERS   = 'total_differs';
	public const UNMATCHED       = 'unmatched';

	/**
	 * A payment.
	 *
	 * @param Attempt  $attempt     As it stands after BonusPay was asked.
	 * @param ?array   $order       The WooCommerce order: 'status', 'is_paid', 'method', 'paid_by', 'total'; null when it is gone.
	 * @param Refund[] $refunds     All refunds of this payment.
	 * @param string   $at_bonuspay What BonusPay said, or why it was not asked.
	 * @param string[] $was         What this run has changed: 'was_state', 'was_received', 'was_order_status', as they were before.
	 */
	public static function of_payment( Attempt $attempt, ?array $order, array $refunds, string $at_bonuspay, array $was = array() ): array {
		list( $unexplained, $remark ) = self::unexplained( $attempt, $order, $refunds );
		$has_paid                     = self::has_paid( $attempt, $order );
		if (
			'' === $remark
			&& $has_paid
			&& ( ! Decimal::is_valid( $order['total'] ) || 0 !== Decimal::compare( $order['total'], $attempt->price ) )
		) {
			$remark = self::TOTAL_DIFFERS;
		}
		return array(
			'kind'            => self::PAYMENT,
			'order'           => (string) $attempt->order_id,
			'number'          => $attempt->merchant_order_no,
			'bonuspay_number' => (string) $attempt->order_no,
			'created'         => self::time( $attempt->created_at ),
			'price'           => $attempt->price,
			'currency'        => $attempt->currency,
			'order_total'     => $has_paid ? $order['total'] : '',
			'coin'            => $attempt->coin,
			'network'         => $attempt->network,
			'due'             => (string) $attempt->due,
			'received'        => $attempt->received,
			'matched'         => Decimal::subtract( $attempt->received, $unexplained ),
			'unexplained'     => $unexplained,
			'state'           => $attempt->state->value,
			'order_status'    => $order['status'] ?? '',
			'at_bonuspay'     => $at_bonuspay,
			'remark'          => $remark,
		) + $was;
	}

	/**
	 * A refund.
	 *
	 * @param Refund   $refund      As it stands after BonusPay was asked.
	 * @param string   $at_bonuspay What BonusPay said, or why it was not asked.
	 * @param string[] $was         As above.
	 */
	public static function of_refund( Refund $refund, string $at_bonuspay, array $was = array() ): array {
		$is_out = Refund_State::Succeeded === $refund->state;
		return array(
			'kind'            => self::REFUND,
			'order'           => (string) $refund->order_id,
			'number'          => $refund->refund_merchant_order_no,
			'bonuspay_number' => (string) $refund->refund_no,
			'created'         => self::time( $refund->created_at ),
			'price'           => $refund->fiat,
			'currency'        => $refund->currency,
			'coin'            => $refund->coin,
			'network'         => $refund->network,
			'refunded'        => $is_out ? $refund->amount : '0',
			'refund_pending'  => ! $is_out && $refund->state->takes_money() ? $refund->amount : '0',
			'fee'             => $is_out ? (string) $refund->fee : '',
			'fee_coin'        => $is_out ? (string) $refund->fee_coin : '',
			'state'           => $refund->state->value,
			'at_bonuspay'     => $at_bonuspay,
		) + $was;
	}

	/** A genuine notification that fits no payment of this shop. */
	public static function of_notification( object $event ): array {
		return array(
			'kind'    => self::NOTIFICATION,
			'number'  => (string) $event->merchant_order_no,
			'created' => self::time( (int) $event->received_at ),
			'state'   => (string) $event->status,
			'remark'  => self::UNMATCHED,
		);
	}

	/**
	 * An order that counts as paid, and that no payment at BonusPay has paid.
	 *
	 * @param int   $id    Its number.
	 * @param array $order As of_payment() takes it, with 'currency' and 'created'.
	 */
	public static function of_order( int $id, array $order ): array {
		return array(
			'kind'         => self::ORDER,
			'order'        => (string) $id,
			'created'      => self::time( $order['created'] ),
			'currency'     => $order['currency'],
			'order_total'  => $order['total'],
			'order_status' => $order['status'],
			'remark'       => Payment_Method::ID === $order['method'] ? self::PAID_BY_HAND : self::PAID_OTHERWISE,
		);
	}

	/** A time as it stands in the report: UTC. */
	public static function time( int $at ): string {
		return gmdate( 'Y-m-d\TH:i:s\Z', $at );
	}

	/** Whether this payment is the one that paid the order. */
	private static function has_paid( Attempt $attempt, ?array $order ): bool {
		return null !== $order
			&& $order['is_paid']
			&& in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true )
			&& $order['paid_by'] === $attempt->merchant_order_no;
	}

	/**
	 * Which part of what came in belongs to no order, and why. What went back, or is on its way back, is explained.
	 *
	 * @param Attempt  $attempt The payment.
	 * @param ?array   $order   As above.
	 * @param Refund[] $refunds Its refunds.
	 * @return array{string, string} The amount, and a remark; also when it is 0, if a person must look.
	 */
	private static function unexplained( Attempt $attempt, ?array $order, array $refunds ): array {
		$left = $attempt->received;
		foreach ( $refunds as $refund ) {
			$left = $refund->state->takes_money() ? self::less( $left, $refund->amount ) : $left;
		}
		if ( Attempt_State::Refunded === $attempt->state || 0 === Decimal::compare( $attempt->received, '0' ) ) {
			return array( '0', '' );
		}
		$is_of_other = null !== $order && '' !== $order['paid_by'] && $order['paid_by'] !== $attempt->merchant_order_no;
		$is_gone     = null === $order || 'trash' === ( $order['status'] ?? '' );
		$why         = match ( true ) {
			$is_gone                                                => self::ORDER_GONE,
			'cancelled' === $order['status']                        => self::ORDER_CANCELLED,
			$is_of_other                                            => self::SECOND_PAYMENT,
			Payment_Method::ID !== $order['method']                 => self::PAID_OTHERWISE,
			$order['is_paid'] && '' === $order['paid_by'] && Attempt_State::Paid === $attempt->state => self::PAID_BY_HAND,
			default                                                 => '',
		};
		if ( '' !== $why ) {
			return array( $left, $why );
		}
		if ( self::has_paid( $attempt, $order ) ) {
			$share   = new Refund_Share( $attempt, $refunds );
			$surplus = $share->surplus_left();
			$more    = Decimal::compare( $surplus, '0' );
			return array( $surplus, 0 === $more ? '' : self::SURPLUS );
		}
		return array( '0', Attempt_State::Paid === $attempt->state ? self::ORDER_NOT_PAID : '' );
	}

	private static function less( string $amount, string $by ): string {
		return Decimal::compare( $by, $amount ) >= 0 ? '0' : Decimal::subtract( $amount, $by );
	}
}
