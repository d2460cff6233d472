<?php
/**
 * How much goes back.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Decision;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Decimal;

/**
 * A pure function of a payment's refunds: the same share of what came in as the refund is of the price, rounded down to
 * the coin's scale; the last refund takes the rest. All refunds together are never more than what came in.
 */
final class Refund_Share {

	/**
	 * What came in, and what of it is set aside or gone.
	 *
	 * @param Attempt  $attempt  The payment.
	 * @param Refund[] $refunds  All of its refunds.
	 * @param bool     $has_paid Whether it paid its order, when BonusPay calls it paid.
	 */
	public function __construct( private Attempt $attempt, private array $refunds, private bool $has_paid = true ) {}

	/** Whether nothing went back, or is about to. */
	public function is_whole(): bool {
		return 0 === Decimal::compare( $this->sum( 'amount' ), '0' );
	}

	/** Whether all of it went back, or is about to: what is left cannot be sent. */
	public function is_returned(): bool {
		return Attempt_State::Refunded === $this->attempt->state
			|| ( ! $this->is_whole() && 0 === Decimal::compare( $this->sendable( $this->left() ), '0' ) );
	}

	/** Whether money is here that paid no order, waits for no more and did not go back: a person decides about it. */
	public function is_unsettled(): bool {
		$is_in_order = $this->attempt->state->is_live() || ( Attempt_State::Paid === $this->attempt->state && $this->has_paid );
		return $this->attempt->has_money() && ! $is_in_order && ! $this->is_returned();
	}

	/** What can still go back. */
	public function left(): string {
		return self::less( $this->attempt->received, $this->sum( 'amount' ) );
	}

	/** What of the price can still go back. */
	public function price_left(): string {
		return self::less( $this->attempt->price, $this->sum( 'fiat' ) );
	}

	/** The coins of a refund in the order's currency; null when it is more than is left. */
	public function of( string $fiat ): ?string {
		if ( Decimal::compare( $fiat, $this->price_left() ) > 0 ) {
			return null;
		}
		$left = $this->left();
		if ( 0 === Decimal::compare( $fiat, $this->price_left() ) ) {
			return $this->sendable( $left );
		}
		$base  = self::less( $this->attempt->received, $this->sum( 'amount', Refund::SURPLUS ) );
		$coins = $this->sendable( Decimal::divide_floor( Decimal::multiply( $fiat, $base ), $this->attempt->price, 18 ) );
		return Decimal::compare( $coins, $left ) > 0 ? null : $coins;
	}

	/** What goes back without a refund in WooCommerce: what is above the amount due; of a payment that paid nothing all. */
	public function surplus(): string {
		return $this->sendable( $this->surplus_left() );
	}

	/** The same, to the last digit. */
	public function surplus_left(): string {
		$kept = Attempt_State::Paid === $this->attempt->state && $this->has_paid ? $this->attempt->due : '0';
		if ( null === $kept || Attempt_State::Refunded === $this->attempt->state ) {
			return '0';
		}
		$over = self::less( self::less( $this->attempt->received, $kept ), $this->sum( 'amount', Refund::SURPLUS ) );
		return Decimal::compare( $over, $this->left() ) > 0 ? $this->left() : $over;
	}

	/** What a refund that began at BonusPay was worth in the order's currency. */
	public function worth( string $coins, int $decimals ): string {
		$left = $this->price_left();
		if ( Decimal::compare( $coins, $this->left() ) >= 0 || 0 === Decimal::compare( $this->attempt->received, '0' ) ) {
			return $left;
		}
		$fiat = Decimal::divide_floor( Decimal::multiply( $coins, $this->attempt->price ), $this->attempt->received, $decimals );
		return Decimal::compare( $fiat, $left ) > 0 ? $left : $fiat;
	}

	/** Cut off after as many decimals as can be sent. */
	private function sendable( string $coins ): string {
		return Decimal::floor( $coins, Coin::SCALES[ $this->attempt->coin ] ?? 2 );
	}

	/** A column's sum over the refunds that take money. */
	private function sum( string $column, ?string $source = null ): string {
		$sum = '0';
		foreach ( $this->refunds as $refund ) {
			if ( $refund->state->takes_money() && ( null === $source || $source === $refund->source ) ) {
				$sum = Decimal::add( $sum, $refund->$column );
			}
		}
		return $sum;
	}

	/** A difference that does not become negative. */
	private static function less( string $amount, string $by ): string {
		return Decimal::compare( $by, $amount ) >= 0 ? '0' : Decimal::subtract( $amount, $by );
	}
}
