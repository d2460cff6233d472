<?php
/**
 * How much goes back: against python's fractions, which share no code with ours.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Decision\Refund_Share;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Money\Decimal;
use PHPUnit\Framework\TestCase;

final class Refund_Share_Test extends TestCase {

	private const CASES = 1500;

	/** A payment that came in. */
	private static function paid( array $columns = array() ): Attempt {
		return Make::attempt( $columns + array( 'state' => 'paid', 'price' => '10', 'due' => '12.81', 'received' => '12.81' ) );
	}

	private static function refund( string $amount, string $fiat, string $source = Refund::ORDER, string $state = 'created' ): Refund {
		return Refund::from_row( compact( 'amount', 'fiat', 'source', 'state' ) );
	}

	public function test_products_and_quotients_agree_with_python(): void {
		mt_srand( 20261120 );
		$lines = array();
		for ( $case = 0; $case < self::CASES; $case++ ) {
			$lines[] = self::random() . ' ' . self::random( true ) . ' ' . mt_rand( 0, 18 );
		}
		foreach ( self::python( $lines ) as $at => $answer ) {
			list( $a, $b, $scale ) = explode( ' ', $lines[ $at ] );
			$ours                  = Decimal::multiply( $a, $b ) . ' ' . Decimal::divide_floor( $a, $b, (int) $scale ) . ' '
				. Decimal::floor( $a, (int) $scale );
			if ( $ours !== $answer ) {
				self::assertSame( $answer, $ours, $lines[ $at ] );
			}
		}
		self::assertSame( self::CASES, $at + 1 );
	}

	public function test_nothing_is_divided_by_nothing(): void {
		foreach ( array( '0', '0.00' ) as $nothing ) {
			try {
				Decimal::divide_floor( '1', $nothing, 2 );
				self::fail();
			} catch ( \InvalidArgumentException $error ) {
				$this->addToAssertionCount( 1 );
			}
		}
	}

	public function test_decimals_are_counted(): void {
		self::assertSame(
			array( 0, 2, 9, 0 ),
			array_map( array( Decimal::class, 'decimals' ), array( '12', '12.810', '12.810000001', '5.000' ) )
		);
	}

	/** Over all states: what holds money that a person decides about. */
	public function test_money_is_unsettled_until_it_paid_the_order_or_went_back(): void {
		$all = array( self::refund( '12.81', '10' ) );
		foreach ( Attempt_State::cases() as $state ) {
			$is = static fn( string $received, array $refunds = array(), bool $has_paid = false ): bool => ( new Refund_Share(
				self::paid( array( 'state' => $state->value, 'received' => $received ) ),
				$refunds,
				$has_paid
			) )->is_unsettled();
			self::assertSame( Attempt_State::Review === $state, $is( '0' ), "$state->value, nothing came in" );
			$is_held = ! $state->is_live() && Attempt_State::Refunded !== $state;
			self::assertSame( $is_held, $is( '12.81' ), "$state->value, and it paid nothing" );
			self::assertSame(
				$is_held && Attempt_State::Paid !== $state,
				$is( '12.81', array(), true ),
				"$state->value, and it paid the order"
			);
			self::assertFalse( $is( '12.81', $all ), "$state->value, all of it went back" );
			self::assertFalse( $is( '12.814', $all ), "$state->value, what is left cannot be sent" );
			self::assertSame( $is_held, $is( '12.82', $all ), "$state->value, a cent is left" );
			self::assertSame(
				$is_held,
				$is( '12.81', array( self::refund( '12.81', '10', Refund::ORDER, 'failed' ) ) ),
				"$state->value, it did not go back"
			);
		}
	}

	public function test_what_paid_no_order_goes_back_whole(): void {
		self::assertSame( '12.81', ( new Refund_Share( self::paid(), array(), false ) )->surplus() );
		self::assertSame( '0', ( new Refund_Share( self::paid(), array(), true ) )->surplus() );
		self::assertSame( '0', ( new Refund_Share( self::paid(), array( self::refund( '12.81', '10' ) ), false ) )->surplus() );
	}

	public function test_a_refund_is_its_share_rounded_down_and_the_last_takes_the_rest(): void {
		$share = new Refund_Share( self::paid(), array() );
		self::assertSame( '4.27', ( new Refund_Share( self::paid( array( 'price' => '30' ) ), array() ) )->of( '10' ) );
		self::assertSame( '1.28', $share->of( '1' ) );
		self::assertSame( '12.81', $share->of( '10' ) );
		self::assertNull( $share->of( '10.01' ) );
		self::assertNull(
			( new Refund_Share( self::paid( array( 'price' => '9999', 'received' => '1.1' ) ), array() ) )->of( '9999.5' ),
			'nor more than the price, though the coins are as many'
		);
		$rest = new Refund_Share(
			self::paid( array( 'price' => '30' ) ),
			array( self::refund( '4.26', '10' ), self::refund( '4.26', '10' ) )
		);
		self::assertSame( '4.29', $rest->of( '10' ) );
		self::assertNull( $rest->of( '10.01' ) );
		self::assertSame( '0', $rest->of( '0.001' ) );
	}

	public function test_the_coins_scale_holds(): void {
		foreach ( array( 'USDT' => '3.33', 'ETH' => '3.333333', 'BTC' => '3.33333333' ) as $coin => $third ) {
			self::assertSame(
				$third,
				( new Refund_Share( self::paid( array( 'coin' => $coin, 'price' => '3', 'received' => '10' ) ), array() ) )->of( '1' ),
				$coin
			);
		}
		self::assertSame( '12.8', ( new Refund_Share( self::paid( array( 'received' => '12.8054' ) ), array() ) )->of( '10' ) );
	}

	public function test_only_what_did_not_fail_and_was_not_only_asked_about_counts(): void {
		$of = static fn( string $state ): string => ( new Refund_Share(
			self::paid(),
			array( self::refund( '12.81', '10', Refund::ORDER, $state ) )
		) )->left();
		foreach ( Refund_State::cases() as $state ) {
			self::assertSame(
				in_array( $state, array( Refund_State::Asked, Refund_State::Failed ), true ) ? '12.81' : '0',
				$of( $state->value ),
				$state->value
			);
		}
	}

	public function test_a_surplus_is_what_is_above_the_amount_due_and_all_of_what_paid_nothing(): void {
		$over = self::paid( array( 'received' => '15' ) );
		self::assertSame( '2.19', ( new Refund_Share( $over, array() ) )->surplus() );
		self::assertSame( '0', ( new Refund_Share( $over, array( self::refund( '2.19', '0', Refund::SURPLUS ) ) ) )->surplus() );
		self::assertSame( '0', ( new Refund_Share( $over, array( self::refund( '15', '10' ) ) ) )->surplus() );
		self::assertSame( '12.81', ( new Refund_Share( $over, array( self::refund( '2.19', '0', Refund::SURPLUS ) ) ) )->of( '10' ) );
		self::assertSame(
			'5',
			( new Refund_Share( self::paid( array( 'state' => 'underpaid', 'received' => '5' ) ), array() ) )->surplus()
		);
		self::assertSame( '0', ( new Refund_Share( self::paid( array( 'due' => null ) ), array() ) )->surplus() );
	}

	public function test_whatever_is_refunded_in_whatever_order_it_is_never_more_than_came_in(): void {
		mt_srand( 7 );
		for ( $day = 0; $day < 400; $day++ ) {
			$attempt = self::paid(
				array(
					'price' => self::money(),
					'received' => self::money(),
					'due' => self::money(),
					'coin' => array( 'USDT', 'ETH', 'BTC' )[ $day % 3 ],
				)
			);
			$rows    = array();
			for ( $step = 0; $step < 8; $step++ ) {
				$share      = new Refund_Share( $attempt, $rows );
				$is_surplus = 0 === mt_rand( 0, 3 );
				$fiat       = $is_surplus ? '0' : ( 0 === mt_rand( 0, 3 ) ? $share->price_left() : self::money() );
				$coins      = $is_surplus ? $share->surplus() : $share->of( $fiat );
				if ( null !== $coins ) {
					$rows[] = self::refund(
						$coins,
						$fiat,
						$is_surplus ? Refund::SURPLUS : Refund::ORDER,
						mt_rand( 0, 5 ) ? 'succeeded' : 'failed'
					);
				}
			}
			$sum  = '0';
			$fiat = '0';
			foreach ( $rows as $row ) {
				$sum  = Refund_State::Failed === $row->state ? $sum : Decimal::add( $sum, $row->amount );
				$fiat = Refund_State::Failed === $row->state ? $fiat : Decimal::add( $fiat, $row->fiat );
			}
			self::assertLessThanOrEqual( 0, Decimal::compare( $sum, $attempt->received ) );
			self::assertLessThanOrEqual( 0, Decimal::compare( $fiat, $attempt->price ) );
		}
	}

	public function test_what_a_refund_of_the_portal_was_worth(): void {
		self::assertSame( '3.9', ( new Refund_Share( self::paid(), array() ) )->worth( '5', 2 ) );
		self::assertSame( '10', ( new Refund_Share( self::paid(), array() ) )->worth( '12.81', 2 ) );
		self::assertSame( '4', ( new Refund_Share( self::paid(), array( self::refund( '7', '6' ) ) ) )->worth( '5.81', 2 ) );
		self::assertSame( '4', ( new Refund_Share( self::paid(), array( self::refund( '7', '6' ) ) ) )->worth( '100', 2 ) );
	}

	private static function money(): string {
		return mt_rand( 1, 9999 ) . '.' . mt_rand( 10, 99 );
	}

	private static function random( bool $is_positive = false ): string {
		$whole = (string) mt_rand( 0, 10 ** mt_rand( 1, 9 ) );
		$part  = substr( mt_rand() . mt_rand(), 0, mt_rand( 1, 12 ) );
		$text  = mt_rand( 0, 3 ) ? "$whole.$part" : $whole;
		return $is_positive && '' === trim( $text, '0.' ) ? '7' : $text;
	}

	/** Product, quotient cut off, and the first cut off. */
	private static function python( array $lines ): array {
		$program = <<<'PYTHON'
			import sys
			from fractions import Fraction
			def text(x, scale):
			    whole = str(x.numerator * 10 ** scale // x.denominator).rjust(scale + 1, '0')
			    plain = whole if scale == 0 else whole[:-scale] + '.' + whole[-scale:]
			    return plain.rstrip('0').rstrip('.') if '.' in plain else plain
			for line in sys.stdin:
			    a, b, scale = line.split()
			    x, y, scale = Fraction(a), Fraction(b), int(scale)
			    print(text(x * y, 60), text(x / y, scale), text(x, scale))
			PYTHON;
		$input = tmpfile();
		fwrite( $input, implode( "\n", $lines ) . "\n" );
		rewind( $input );
		$process = proc_open( array( 'python3', '-c', $program ), array( $input, array( 'pipe', 'w' ) ), $pipes );
		$output  = stream_get_contents( $pipes[1] );
		self::assertSame( 0, proc_close( $process ) );
		return explode( "\n", trim( $output ) );
	}
}
