<?php
/**
 * Whatever comes together, the promises hold.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Decision\Decision;
use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Decision\Snapshot;
use BonusPay\WooCommerce\Decision\State_Table;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Settings\Tolerance;
use PHPUnit\Framework\TestCase;

/**
 * The cross product is walked by states, statuses, order views, scenes and amounts; what a status has no use for is left
 * out there, and comes in a long random walk through everything. Amounts are told apart here by a list, not by Decimal.
 */
final class State_Table_Test extends TestCase {

	/** In hundredths. */
	private const CENTS = array( '0' => 0, '0.01' => 1, '5' => 500, '12.80' => 1280, '12.81' => 1281, '13' => 1300 );

	private const SCENES = array( array( 'onsite', true ), array( 'hosted', false ), array( 'hosted', true ) );
	private const DUES   = array( null, '12.81' );
	private const TOTALS = array(
		array( null, null ),
		array( '12.81', 'USDT' ),
		array( '0.01', 'USDT' ),
		array( '0', 'USDT' ),
		array( '12.81', 'USDC' ),
		array( '12.81', null ),
	);
	private const PAID   = array(
		array( null, null ),
		array( '0', 'USDT' ),
		array( '12.80', 'USDT' ),
		array( '12.81', 'USDT' ),
		array( '13', 'USDT' ),
		array( '12.81', 'USDC' ),
		array( '12.81', null ),
	);
	/** What was known, and what the deposits come to. */
	private const CAME   = array(
		array( '0', null ),
		array( '0', '12.80' ),
		array( '0', '13' ),
		array( '12.80', null ),
		array( '12.80', '5' ),
		array( '12.80', '13' ),
	);
	/** Fifty hundredths of a percent of 12.81 is more than a hundredth; the last bound forbids it again. */
	private const RULES  = array( array( 0, null ), array( 50, null ), array( 50, '0.005' ) );

	/** Many attempts that differ in few columns. */
	private static array $attempts = array();

	public function test_the_cross_product_keeps_every_promise(): void {
		$cases = 0;
		foreach ( Attempt_State::cases() as $state ) {
			foreach ( Order_View::cases() as $view ) {
				foreach ( self::CAME as $came ) {
					foreach ( self::DUES as $due ) {
						foreach ( self::TOTALS as $total ) {
							$cases += $this->walk( $state, $view, $came, $due, $total );
						}
					}
				}
			}
		}
		self::assertGreaterThan( 300_000, $cases );
	}

	public function test_a_random_walk_through_everything_keeps_every_promise(): void {
		mt_srand( 20261120 );
		$any   = static fn( array $list ): mixed => $list[ mt_rand( 0, count( $list ) - 1 ) ];
		$flips = array( false, true );
		for ( $round = 0; $round < 60_000; $round++ ) {
			$this->check(
				$any( Attempt_State::cases() ),
				$any( array( 'succeeded', 'failed', 'refunded', 'pending', 'unknown' ) ),
				$any( Order_View::cases() ),
				$any( self::SCENES ),
				$any( self::CAME ),
				$any( self::DUES ),
				$any( self::TOTALS ),
				$any( self::PAID ),
				$any( self::RULES ),
				$any( $flips ),
				$any( $flips ),
				$any( $flips ),
				$any( $flips )
			);
		}
		self::assertSame( 60_000, $round );
	}

	public function test_the_same_question_has_the_same_answer(): void {
		foreach ( Attempt_State::cases() as $state ) {
			foreach ( array( 'succeeded', 'failed', 'refunded', 'pending' ) as $status ) {
				$ask = static fn(): Decision => State_Table::decide(
					self::attempt( $state, 'onsite', '12.81', '0', false, false ),
					Make::seen( $status, array( 'paid' => '12.81' ) ),
					Order_View::Open,
					new Tolerance()
				);
				self::assertEquals( $ask(), $ask() );
			}
		}
	}

	public function test_a_status_counts_letter_by_letter(): void {
		$pending = State_Table::decide(
			Make::attempt(),
			Make::seen( 'pending', array( 'paid' => '12.81' ) ),
			Order_View::Open,
			new Tolerance()
		);
		foreach ( array( 'unknown', 'SUCCESS', 'success', 'Succeeded', 'succeeded ', 'PAID', '', '1', 'null' ) as $strange ) {
			self::assertEquals(
				$pending,
				State_Table::decide(
					Make::attempt(),
					Make::seen( $strange, array( 'paid' => '12.81' ) ),
					Order_View::Open,
					new Tolerance()
				),
				$strange
			);
		}
		self::assertNotSame( Attempt_State::Paid, $pending->state );
	}

	/** All that a status looks at. */
	private function walk( Attempt_State $state, Order_View $view, array $came, ?string $due, array $total ): int {
		$flips = array( false, true );
		$cases = 0;
		foreach ( self::SCENES as $scene ) {
			foreach ( self::PAID as $paid ) {
				foreach ( array( self::RULES[0], self::RULES[1] ) as $rule ) {
					foreach ( $flips as $accepted ) {
						$this->check(
							$state,
							'succeeded',
							$view,
							$scene,
							$came,
							$due,
							$total,
							$paid,
							$rule,
							false,
							false,
							$accepted,
							false
						);
						++$cases;
					}
				}
			}
		}
		foreach ( $flips as $other ) {
			foreach ( $flips as $over ) {
				foreach ( self::RULES as $rule ) {
					$this->check(
						$state,
						'pending',
						$view,
						self::SCENES[0],
						$came,
						$due,
						$total,
						array( null, null ),
						$rule,
						$other,
						$over,
						false,
						false
					);
					++$cases;
				}
				foreach ( $flips as $cancel_asked ) {
					$this->check(
						$state,
						'failed',
						$view,
						self::SCENES[0],
						$came,
						$due,
						$total,
						array( null, null ),
						self::RULES[0],
						$other,
						$over,
						false,
						$cancel_asked
					);
					++$cases;
				}
			}
			$this->check(
				$state,
				'refunded',
				$view,
				self::SCENES[0],
				$came,
				$due,
				$total,
				self::PAID[3],
				self::RULES[0],
				$other,
				false,
				false,
				false
			);
			++$cases;
		}
		return $cases;
	}

	private function check(
		Attempt_State $state,
		string $status,
		Order_View $view,
		array $scene,
		array $came,
		?string $due,
		array $total,
		array $paid,
		array $rule,
		bool $other,
		bool $over,
		bool $accepted,
		bool $cancel_asked
	): void {
		$attempt  = self::attempt( $state, $scene[0], $due, $came[0], $accepted, $cancel_asked );
		$now      = $attempt->expires_at + ( $over ? 0 : -1 );
		$seen     = new Snapshot(
			$status,
			$total[0],
			$total[1],
			$paid[0],
			$paid[1],
			$came[1],
			$other,
			null,
			$now,
			'131710904557001559',
			null,
			$scene[1]
		);
		$policy   = new Tolerance( ...$rule );
		$decision = State_Table::decide( $attempt, $seen, $view, $policy );
		$broken   = $this->broken( $attempt, $seen, $view, $rule, $over, $decision );
		if ( 'pending' === $status ) {
			foreach ( array( 'unknown', 'SUCCESS ' ) as $strange ) {
				$other_decision = State_Table::decide(
					$attempt,
					new Snapshot(
						$strange,
						$total[0],
						$total[1],
						$paid[0],
						$paid[1],
						$came[1],
						$other,
						null,
						$now,
						'131710904557001559',
						null,
						$scene[1]
					),
					$view,
					$policy
				);
				if ( $other_decision != $decision ) {
					$broken .= "'$strange' is not pending; ";
				}
			}
		}
		if ( '' !== $broken ) {
			self::fail(
				$broken
					. json_encode(
						compact(
							'state',
							'status',
							'view',
							'scene',
							'came',
							'due',
							'total',
							'paid',
							'rule',
							'other',
							'over',
							'accepted',
							'cancel_asked'
						)
					)
					. ' → ' . self::words( $decision )
			);
		}
	}

	/** Which promises a decision breaks. */
	private function broken( Attempt $attempt, Snapshot $seen, Order_View $view, array $rule, bool $over, Decision $decision ): string {
		$was     = $attempt->state;
		$is      = $decision->state;
		$effects = $decision->effects;
		$has     = static fn( Effect $effect ): bool => in_array( $effect, $effects, true );
		$cents   = self::CENTS;
		$most    = max(
			$cents[ $attempt->received ],
			$cents[ $seen->deposited ?? '0' ],
			'USDT' === $seen->paid_currency ? $cents[ $seen->paid ] : 0
		);
		$grew    = $most > $cents[ $attempt->received ];
		$ended   = static fn( Attempt_State $state ): bool => ! in_array(
			$state,
			array( Attempt_State::Saved, Attempt_State::Waiting, Attempt_State::Partial ),
			true
		);
		$paid    = Attempt_State::Paid;
		$gone    = Attempt_State::Refunded;
		$mine    = in_array( $view, array( Order_View::Open, Order_View::Paid_By_This ), true );
		$laws    = array(
			'received is the most that was told'         => $cents[ $decision->received ] === $most,
			'paid is left for refunded only'             => $paid !== $was
				|| $paid === $is
				|| ( $gone === $is && 'refunded' === $seen->status ),
			'refunded is never left'                     => $gone !== $was || $gone === $is,
			'refunded only when BonusPay says so'        => $gone !== $is || $gone === $was || 'refunded' === $seen->status,
			'paid only when it is'                       => $paid !== $is || $paid === $was || $this->is_paid( $attempt, $seen, $rule ),
			'what is paid becomes paid'                  => $ended( $was )
				|| 'succeeded' !== $seen->status
				|| $paid === $is
				|| ! $this->is_paid( $attempt, $seen, $rule ),
			'what has ended is never live again'         => ! $ended( $was ) || $ended( $is ),
			'a person\'s look does not just end'         => ! in_array(
				$was,
				array( Attempt_State::Review, Attempt_State::Underpaid ),
				true
			)
				|| ! $is->is_dead(),
			'saved is never come back to'                => Attempt_State::Saved !== $is,
			'nothing that came in is dead'               => ! $is->is_dead() || $was === $is || 0 === $most,
			'nothing came in: nothing is short'          => Attempt_State::Underpaid !== $is
				|| $was === $is
				|| $most > 0
				|| 'succeeded' === $seen->status,
			'partial means that something came in'       => Attempt_State::Partial !== $is || $was === $is || $most > 0,
			'an order completes only by what is paid'    => ! $has( Effect::Complete ) || ( $paid === $is && $paid !== $was && $mine ),
			'what is paid completes the order it is for' => $paid !== $is
				|| $paid === $was
				|| Order_View::Open !== $view
				|| $has( Effect::Complete ),
			'nothing automatic for other orders'         => $mine
				|| ( ! $has( Effect::Accept ) && ! $has( Effect::Hold_Partial ) && ! $has( Effect::Hold_Underpaid ) ),
			'no change of status of an order elsewhere'  => Order_View::Not_Ours_To_Settle !== $view
				|| array() === array_filter( $effects, static fn( Effect $effect ): bool => str_starts_with( $effect->value, 'hold_' ) ),
			'accepted only within the tolerance'         => ! $has( Effect::Accept )
				|| ( $over
					&& Order_View::Open === $view
					&& $rule[0] > 0
					&& $paid !== $is
					&& ! in_array( $seen->status, array( 'succeeded', 'failed', 'refunded' ), true ) ),
			'money is told'                              => ! $grew
				|| array() !== array_diff(
					array_map( static fn( Effect $effect ): string => $effect->value, $effects ),
					array( 'accept', 'note_dead', 'note_review', 'hold_review' )
				),
			'money of another kind is told'              => ! $seen->has_other_deposit
				|| in_array( $seen->status, array( 'succeeded', 'refunded' ), true )
				|| in_array( $was, array( $paid, $gone ), true )
				|| Attempt_State::Review === $is || $has( Effect::Note_Review ),
			'who becomes a case for a person has a reason'  => $was === $is
				|| ! in_array( $is, array( Attempt_State::Review, Attempt_State::Underpaid ), true )
				|| '' !== $decision->reason,
			'and the person is told'                        => $was === $is
				|| ! in_array( $is, array( Attempt_State::Review, Attempt_State::Underpaid ), true )
				|| array() !== $effects,
			'no effect twice'                               => count( $effects ) === count(
				array_unique( array_column( $effects, 'value' ) )
			),
		);
		return implode( '; ', array_keys( $laws, false, true ) ) . ( in_array( false, $laws, true ) ? '; ' : '' );
	}

	/** What the guide calls paid, said anew. */
	private function is_paid( Attempt $attempt, Snapshot $seen, array $rule ): bool {
		if (
			'succeeded' !== $seen->status
			|| 'USDT' !== $seen->paid_currency
			|| 'USDC' === $seen->total_currency
			|| 0 === self::CENTS[ $seen->paid ]
		) {
			return false;
		}
		$total = 'USDT' === $seen->total_currency ? self::CENTS[ $seen->total ] : null;
		$due   = null === $attempt->due ? $total : self::CENTS[ $attempt->due ];
		if ( null !== $attempt->due && null !== $seen->total && self::CENTS[ $seen->total ] !== $due ) {
			return false;
		}
		if ( null === $due || 0 === $due ) {
			return 'hosted' === $attempt->scene && $seen->is_ref_amount_ours;
		}
		$allowed = 50 === $rule[0] && null === $rule[1] ? (int) floor( $due * 0.005 ) : 0;
		return $attempt->accepted || self::CENTS[ $seen->paid ] >= $due - $allowed;
	}

	private static function attempt(
		Attempt_State $state,
		string $scene,
		?string $due,
		string $received,
		bool $accepted,
		bool $cancel_asked
	): Attempt {
		$key = "$state->value|$scene|$due|$received|" . (int) $accepted . (int) $cancel_asked;
		return self::$attempts[ $key ] ??= Make::attempt(
			array(
				'state'        => $state->value,
				'scene'        => $scene,
				'due'          => $due,
				'received'     => $received,
				'accepted'     => (string) (int) $accepted,
				'cancel_asked' => (string) (int) $cancel_asked,
			)
		);
	}

	private static function words( Decision $decision ): string {
		return $decision->state->value . ' ' . $decision->received . ' [' . implode( ', ', array_column( $decision->effects, 'value' ) )
			. '] ' . $decision->reason;
	}
}
