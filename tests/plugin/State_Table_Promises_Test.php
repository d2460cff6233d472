<?php
/**
 * The promises of docs/reference/safety.md that the state table keeps, each by its example.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Decision\Decision;
use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Decision\State_Table;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Settings\Tolerance;
use PHPUnit\Framework\TestCase;

final class State_Table_Promises_Test extends TestCase {

	private static function decide(
		array $attempt,
		string $status,
		array $facts = array(),
		Order_View $order = Order_View::Open,
		?Tolerance $policy = null
	): Decision {
		return State_Table::decide( Make::attempt( $attempt ), Make::seen( $status, $facts ), $order, $policy ?? new Tolerance() );
	}

	private static function assert_decision( string $state, array $effects, Decision $decision ): void {
		self::assertSame(
			array( $state, $effects ),
			array( $decision->state->value, array_column( $decision->effects, 'value' ) ),
			$decision->reason
		);
	}

	public function test_r19_less_by_the_last_digit_is_underpaid_and_says_by_how_much(): void {
		$decision = self::decide( array(), 'succeeded', array( 'total' => '12.81', 'paid' => '12.80999999' ) );
		self::assert_decision( 'underpaid', array( 'hold_underpaid' ), $decision );
		self::assertSame( 'Underpaid by 0.00000001 USDT.', $decision->reason );
	}

	public function test_r19_the_same_amount_is_paid_however_it_is_written(): void {
		foreach ( array( '12.81', '12.810000', '12.8100' ) as $paid ) {
			self::assert_decision(
				'paid',
				array( 'complete' ),
				self::decide( array(), 'succeeded', array( 'total' => '12.81', 'paid' => $paid ) )
			);
		}
	}

	public function test_r19_more_is_paid_with_a_note(): void {
		self::assert_decision(
			'paid',
			array( 'complete', 'note_surplus' ),
			self::decide( array(), 'succeeded', array( 'total' => '12.81', 'paid' => '12.82' ) )
		);
	}

	public function test_r19_another_coin_is_a_case_for_a_person(): void {
		foreach ( array( 'USDC', 'usdt', 'ETH', 'USDT ', '' ) as $coin ) {
			self::assert_decision(
				'review',
				array( 'hold_review' ),
				self::decide( array(), 'succeeded', array( 'total' => '12.81', 'paid' => '12.81', 'paid_currency' => $coin ) )
			);
			self::assert_decision(
				'review',
				array( 'hold_review', 'note_unexpected' ),
				self::decide( array(), 'succeeded', array( 'total' => '12.81', 'total_currency' => $coin, 'paid' => '12.81' ) )
			);
		}
	}

	public function test_r19_nothing_is_never_enough(): void {
		self::assert_decision(
			'underpaid',
			array( 'hold_underpaid' ),
			self::decide( array(), 'succeeded', array( 'total' => '12.81', 'paid' => '0' ) )
		);
		self::assert_decision(
			'underpaid',
			array( 'hold_underpaid' ),
			self::decide( array( 'accepted' => '1' ), 'succeeded', array( 'total' => '12.81', 'paid' => '0' ) )
		);
		self::assert_decision(
			'review',
			array( 'hold_review' ),
			self::decide( array( 'due' => null ), 'succeeded', array( 'total' => '0', 'paid' => '0' ) )
		);
		self::assert_decision(
			'review',
			array( 'hold_review', 'note_unexpected' ),
			self::decide( array( 'due' => null ), 'succeeded', array( 'total' => '0.00', 'paid' => '12.81' ) )
		);
	}

	public function test_r19_a_shop_that_sells_for_coins_knows_what_is_due_itself(): void {
		$order = array( 'currency' => 'USDT', 'price' => '12.81', 'due' => null, 'state' => 'saved' );
		self::assert_decision(
			'review',
			array( 'hold_review', 'note_unexpected' ),
			self::decide( $order, 'succeeded', array( 'total' => '0.01', 'paid' => '0.01' ) )
		);
		self::assert_decision( 'review', array( 'hold_review' ), self::decide( $order, 'pending', array( 'total' => '0.01' ) ) );
		self::assert_decision(
			'paid',
			array( 'complete' ),
			self::decide( $order, 'succeeded', array( 'total' => '12.810', 'paid' => '12.81' ) )
		);
	}

	public function test_r20_paid_without_an_amount_is_asked_again(): void {
		self::assert_decision( 'waiting', array(), self::decide( array( 'state' => 'saved' ), 'succeeded', array( 'total' => '12.81' ) ) );
		self::assert_decision(
			'waiting',
			array(),
			self::decide( array(), 'succeeded', array( 'total' => '12.81', 'paid' => '12.81', 'paid_currency' => null ) )
		);
	}

	public function test_r20_an_amount_due_that_changes_is_a_case_for_a_person(): void {
		$decision = self::decide( array(), 'succeeded', array( 'total' => '0.01', 'paid' => '12.81' ) );
		self::assert_decision( 'review', array( 'hold_review', 'note_unexpected' ), $decision );
		self::assertSame( 'The amount due at BonusPay changed from 12.81 to 0.01.', $decision->reason );
	}

	public function test_r24_paid_stays_paid_whatever_comes_late(): void {
		foreach ( array( 'failed', 'pending', 'unknown', 'succeeded' ) as $status ) {
			foreach ( Order_View::cases() as $order ) {
				self::assert_decision(
					'paid',
					array(),
					self::decide(
						array( 'state' => 'paid', 'received' => '12.81' ),
						$status,
						array( 'total' => '12.81', 'paid' => '12.81' ),
						$order
					)
				);
				self::assert_decision(
					'paid',
					array(),
					self::decide(
						array( 'state' => 'paid', 'received' => '12.81' ),
						$status,
						array( 'total' => '1', 'total_currency' => 'ETH' ),
						$order
					)
				);
			}
		}
	}

	public function test_r24_paid_late_completes_an_order_that_still_waits(): void {
		foreach ( array( 'expired', 'failed', 'cancelled', 'underpaid' ) as $state ) {
			self::assert_decision(
				'paid',
				array( 'complete' ),
				self::decide( array( 'state' => $state ), 'succeeded', array( 'total' => '12.81', 'paid' => '12.81' ) )
			);
		}
	}

	public function test_decision_6_money_for_a_cancelled_order_does_nothing_by_itself(): void {
		self::assert_decision(
			'paid',
			array( 'hold_unexpected' ),
			self::decide( array( 'state' => 'expired' ), 'succeeded', array( 'paid' => '12.81' ), Order_View::Cancelled )
		);
		self::assert_decision(
			'paid',
			array( 'hold_unexpected' ),
			self::decide( array(), 'succeeded', array( 'paid' => '12.81' ), Order_View::Paid_By_Other_Attempt )
		);
		self::assert_decision(
			'partial',
			array( 'hold_unexpected' ),
			self::decide( array(), 'pending', array( 'deposited' => '5' ), Order_View::Cancelled )
		);
	}

	public function test_decision_6_a_shortage_within_the_tolerance_is_not_accepted_for_a_cancelled_order(): void {
		$over = array( 'deposited' => '12.80', 'now' => Make::NOW + 3000 );
		foreach ( array( Order_View::Cancelled, Order_View::Paid_By_Other_Attempt, Order_View::Not_Ours_To_Settle ) as $order ) {
			self::assertNotContains( Effect::Accept, self::decide( array(), 'pending', $over, $order, new Tolerance( 50 ) )->effects );
		}
	}

	public function test_r23_an_order_paid_in_another_way_keeps_its_status(): void {
		self::assert_decision(
			'paid',
			array( 'note_unexpected' ),
			self::decide( array(), 'succeeded', array( 'paid' => '12.81' ), Order_View::Not_Ours_To_Settle )
		);
		self::assert_decision(
			'review',
			array( 'note_review' ),
			self::decide( array(), 'pending', array( 'total' => '1' ), Order_View::Not_Ours_To_Settle )
		);
		self::assert_decision(
			'expired',
			array(),
			self::decide( array(), 'failed', array( 'now' => Make::NOW + 3000 ), Order_View::Not_Ours_To_Settle )
		);
	}

	public function test_r25_an_unknown_status_waits(): void {
		self::assert_decision( 'waiting', array(), self::decide( array(), 'unknown', array( 'paid' => '0' ) ) );
		self::assert_decision( 'partial', array( 'hold_partial' ), self::decide( array(), 'unknown', array( 'paid' => '12.81' ) ) );
	}

	public function test_an_order_that_this_attempt_paid_is_completed_again_and_only_told_of_anything_else(): void {
		self::assert_decision(
			'paid',
			array( 'complete' ),
			self::decide( array(), 'succeeded', array( 'paid' => '12.81' ), Order_View::Paid_By_This )
		);
		self::assert_decision(
			'partial',
			array( 'note_unexpected' ),
			self::decide( array(), 'pending', array( 'deposited' => '5' ), Order_View::Paid_By_This )
		);
	}

	public function test_r28_a_refund_ends_it(): void {
		self::assert_decision(
			'refunded',
			array( 'note_refunded' ),
			self::decide( array( 'state' => 'paid', 'received' => '12.81' ), 'refunded' )
		);
		foreach ( array( 'succeeded', 'failed', 'pending', 'refunded' ) as $status ) {
			self::assert_decision(
				'refunded',
				array(),
				self::decide( array( 'state' => 'refunded', 'received' => '12.81' ), $status, array( 'paid' => '12.81' ) )
			);
		}
		self::assert_decision(
			'refunded',
			array( 'note_unexpected' ),
			self::decide( array( 'state' => 'refunded', 'received' => '5' ), 'refunded', array( 'deposited' => '12.81' ) )
		);
	}

	public function test_decision_4_on_this_site_nothing_is_paid_without_an_amount_due(): void {
		self::assert_decision(
			'review',
			array( 'hold_review', 'note_unexpected' ),
			self::decide( array( 'due' => null ), 'succeeded', array( 'paid' => '12.81', 'is_ref_amount_ours' => true ) )
		);
	}

	public function test_decision_4_the_hosted_page_needs_our_fiat_amount_back(): void {
		$hosted = array( 'scene' => 'hosted', 'network' => '', 'due' => null );
		self::assert_decision(
			'paid',
			array( 'complete' ),
			self::decide( $hosted, 'succeeded', array( 'paid' => '12.81', 'is_ref_amount_ours' => true ) )
		);
		self::assert_decision(
			'review',
			array( 'hold_review', 'note_unexpected' ),
			self::decide( $hosted, 'succeeded', array( 'paid' => '12.81', 'is_ref_amount_ours' => false ) )
		);
		self::assert_decision(
			'review',
			array( 'hold_review' ),
			self::decide( $hosted, 'succeeded', array( 'paid' => '0', 'is_ref_amount_ours' => true ) )
		);
	}

	public function test_decision_4_the_first_answer_says_what_is_due(): void {
		self::assert_decision(
			'underpaid',
			array( 'hold_underpaid' ),
			self::decide( array( 'due' => null ), 'succeeded', array( 'total' => '12.81', 'paid' => '12.80' ) )
		);
		self::assert_decision(
			'paid',
			array( 'complete' ),
			self::decide( array( 'due' => null ), 'succeeded', array( 'total' => '12.81', 'paid' => '12.81' ) )
		);
	}

	public function test_decision_4_the_tolerance_counts_only_what_the_owner_allows(): void {
		$short = array( 'total' => '12.81', 'paid' => '12.80' );
		self::assert_decision( 'underpaid', array( 'hold_underpaid' ), self::decide( array(), 'succeeded', $short ) );
		self::assert_decision(
			'paid',
			array( 'complete' ),
			self::decide( array(), 'succeeded', $short, Order_View::Open, new Tolerance( 50 ) )
		);
		self::assert_decision(
			'underpaid',
			array( 'hold_underpaid' ),
			self::decide( array(), 'succeeded', $short, Order_View::Open, new Tolerance( 50, '0.009' ) )
		);
	}

	public function test_decision_5_deposits_are_counted_and_complete_nothing(): void {
		self::assert_decision( 'partial', array( 'hold_partial' ), self::decide( array(), 'pending', array( 'deposited' => '12.81' ) ) );
		self::assert_decision(
			'partial',
			array( 'hold_partial' ),
			self::decide( array(), 'pending', array( 'deposited' => '100', 'now' => Make::NOW + 90_000 ) )
		);
	}

	public function test_after_the_time_a_shortage_within_the_tolerance_is_accepted_and_told(): void {
		$over = array( 'deposited' => '12.80', 'now' => Make::NOW + 3000 );
		self::assert_decision(
			'partial',
			array( 'hold_partial', 'accept' ),
			self::decide( array(), 'pending', $over, Order_View::Open, new Tolerance( 50 ) )
		);
		self::assert_decision(
			'partial',
			array( 'accept' ),
			self::decide( array( 'state' => 'partial', 'received' => '12.80' ), 'pending', $over, Order_View::Open, new Tolerance( 50 ) )
		);
		self::assert_decision(
			'partial',
			array( 'hold_partial' ),
			self::decide( array(), 'pending', array( 'now' => Make::NOW + 2999 ) + $over, Order_View::Open, new Tolerance( 50 ) )
		);
		self::assert_decision( 'underpaid', array( 'hold_underpaid' ), self::decide( array(), 'pending', $over ) );
	}

	public function test_money_in_another_coin_is_told_also_when_the_attempt_has_ended(): void {
		foreach ( array( 'waiting', 'expired', 'failed', 'cancelled' ) as $state ) {
			foreach ( array( 'failed', 'pending' ) as $status ) {
				self::assert_decision(
					'review',
					array( 'hold_review' ),
					self::decide( array( 'state' => $state ), $status, array( 'deposited' => '0', 'has_other_deposit' => true ) )
				);
			}
		}
		$decision = self::decide( array(), 'pending', array( 'deposited' => '5', 'has_other_deposit' => true ) );
		self::assert_decision( 'partial', array( 'hold_partial', 'note_review' ), $decision );
		self::assertStringContainsString( 'another coin', $decision->reason );
	}

	public function test_money_for_an_attempt_that_has_ended_does_not_make_it_live(): void {
		foreach ( array( 'expired', 'failed', 'cancelled' ) as $state ) {
			$decision = self::decide( array( 'state' => $state ), 'pending', array( 'deposited' => '12.81' ) );
			self::assert_decision( 'underpaid', array( 'hold_underpaid' ), $decision );
			self::assertSame( 'Money came in for an attempt that had ended.', $decision->reason );
		}
		self::assert_decision(
			'review',
			array( 'note_unexpected' ),
			self::decide( array( 'state' => 'review' ), 'pending', array( 'deposited' => '12.81' ) )
		);
		self::assert_decision(
			'underpaid',
			array(),
			self::decide( array( 'state' => 'underpaid', 'received' => '5' ), 'pending', array( 'deposited' => '5' ) )
		);
	}

	public function test_what_a_person_looks_at_does_not_just_expire(): void {
		foreach ( array( 'review', 'underpaid' ) as $state ) {
			self::assert_decision(
				$state,
				array(),
				self::decide( array( 'state' => $state ), 'failed', array( 'now' => Make::NOW + 9000 ) )
			);
		}
	}

	public function test_an_end_is_named_for_what_it_is(): void {
		self::assert_decision( 'failed', array( 'note_dead' ), self::decide( array(), 'failed' ) );
		self::assert_decision( 'expired', array( 'note_dead' ), self::decide( array(), 'failed', array( 'now' => Make::NOW + 3000 ) ) );
		self::assert_decision(
			'cancelled',
			array( 'note_dead' ),
			self::decide( array( 'cancel_asked' => '1' ), 'failed', array( 'now' => Make::NOW + 3000 ) )
		);
		self::assert_decision(
			'failed',
			array( 'note_dead' ),
			self::decide( array(), 'failed', array( 'now' => Make::NOW + 3000, 'expires_at' => Make::NOW + 3001 ) )
		);
		self::assert_decision(
			'underpaid',
			array( 'hold_underpaid' ),
			self::decide( array( 'cancel_asked' => '1' ), 'failed', array( 'deposited' => '5' ) )
		);
	}

	public function test_after_the_time_what_nobody_paid_waits_for_bonuspay_to_say_so(): void {
		self::assert_decision(
			'waiting',
			array(),
			self::decide( array(), 'pending', array( 'deposited' => '0', 'now' => Make::NOW + 9000 ) )
		);
	}

	public function test_the_same_amount_in_another_form_is_nothing_new(): void {
		// Effects that tell an amount are claimed once for each text of it.
		$decision = self::decide( array( 'state' => 'partial', 'received' => '5.1' ), 'pending', array( 'deposited' => '5.10' ) );
		self::assertSame( '5.1', $decision->received );
	}

	public function test_more_for_what_is_paid_is_told(): void {
		$paid = array( 'state' => 'paid', 'received' => '12.81' );
		self::assert_decision(
			'paid',
			array( 'note_surplus' ),
			self::decide( $paid, 'pending', array( 'deposited' => '13' ), Order_View::Paid_By_This )
		);
		self::assert_decision(
			'paid',
			array( 'note_unexpected' ),
			self::decide(
				array( 'received' => '12', 'accepted' => '1' ) + $paid,
				'pending',
				array( 'deposited' => '12.81' ),
				Order_View::Paid_By_This
			)
		);
		self::assert_decision(
			'paid',
			array( 'note_unexpected' ),
			self::decide( array( 'due' => null ) + $paid, 'pending', array( 'deposited' => '13' ), Order_View::Paid_By_This )
		);
	}
}
