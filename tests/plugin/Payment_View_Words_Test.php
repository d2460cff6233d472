<?php
/**
 * What shoppers read, over everything that can come together. It never says "paid" or "not paid" while nobody knows.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Payment\Payment_View;
use PHPUnit\Framework\TestCase;

final class Payment_View_Words_Test extends TestCase {

	/** Of these nobody knows yet how they end. */
	private const OPEN = array(
		Payment_View::CHECKING,
		Payment_View::WAITING,
		Payment_View::PARTIAL,
		Payment_View::CLOSING,
		Payment_View::CONFIRMING,
		Payment_View::REVIEW,
	);

	/** Every view that there can be, each with what it was made of. */
	private static function views(): \Generator {
		$amounts = array(
			array( null, '0' ),
			array( '12.81', '0' ),
			array( '12.81', '12.8' ),
			array( '12.81', '12.81' ),
			array( '12.81', '13' ),
			array( null, '5' ),
		);
		$places  = array( array( null, null ), array( 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD', 'https://pay.bonuspay.network/x' ) );
		foreach ( Order_View::cases() as $order ) {
			foreach ( array( false, true ) as $may_requote ) {
				yield array( null, $order, Payment_View::of( null, $order, $may_requote, Make::NOW ) );
				foreach ( Attempt_State::cases() as $state ) {
					foreach ( array( 'onsite', 'hosted' ) as $scene ) {
						foreach ( $amounts as list( $due, $received ) ) {
							foreach ( $places as list( $address, $checkout_url ) ) {
								foreach ( array( '0', '1' ) as $cancel_asked ) {
									foreach ( array( 0, 3000, 100_000 ) as $later ) {
										$attempt = Make::attempt(
											array( 'state' => $state->value ) + compact(
												'scene',
												'due',
												'received',
												'address',
												'checkout_url',
												'cancel_asked'
											)
										);
										yield array(
											$attempt,
											$order,
											Payment_View::of( $attempt, $order, $may_requote, Make::NOW + $later ),
										);
										yield array(
											$attempt,
											$order,
											Payment_View::of( $attempt, $order, $may_requote, Make::NOW + $later, $attempt ),
										);
									}
								}
							}
						}
					}
				}
			}
		}
	}

	public function test_while_nobody_knows_nothing_is_called_paid_or_unpaid(): void {
		$seen = array();
		foreach ( self::views() as list( , , $view ) ) {
			if ( ! in_array( $view->state, self::OPEN, true ) ) {
				continue;
			}
			$said = strtolower(
				(string) preg_replace( '/If you have (already paid|paid there already),/', '', $view->headline . '. ' . $view->text )
			);
			self::assertDoesNotMatchRegularExpression(
				'/\b(is|are|was|been|already|have|not|fully) paid\b|unpaid|payment received|no payment|not received|nothing (has '
					. ')?arrived|not been charged|failed|thank you/',
				$said,
				$view->state
			);
			$seen[ $view->state ] = true;
		}
		self::assertCount( count( self::OPEN ), $seen, implode( ' ', array_keys( $seen ) ) );
	}

	public function test_who_pays_on_bonuspays_page_is_not_told_to_send_anything_here(): void {
		foreach ( self::views() as list( , , $view ) ) {
			if ( $view->asks_for_money() ) {
				self::assertSame( $view->is_hosted(), str_contains( $view->text, 'BonusPay’s page' ), $view->text );
				self::assertSame( ! $view->is_hosted(), 1 === preg_match( '/\bsend\b/i', $view->text ), $view->text );
			}
		}
	}

	public function test_paid_is_said_of_paid_attempts_alone_and_of_paid_orders(): void {
		foreach ( self::views() as list( $attempt, $order, $view ) ) {
			if ( Payment_View::PAID === $view->state ) {
				self::assertSame( Attempt_State::Paid, $attempt?->state );
			}
			if ( Payment_View::SETTLED === $view->state ) {
				self::assertContains( $order, array( Order_View::Paid_By_This, Order_View::Paid_By_Other_Attempt ) );
			}
			if ( str_contains( $view->headline . $view->text, 'No payment has arrived' ) ) {
				self::assertTrue( $attempt->state->is_dead() );
			}
		}
	}

	public function test_an_address_is_shown_only_while_money_may_come(): void {
		foreach ( self::views() as list( $attempt, $order, $view ) ) {
			$may = Order_View::Open === $order
				&& null !== $attempt
				&& in_array( $attempt->state, array( Attempt_State::Waiting, Attempt_State::Partial ), true )
				&& $view->seconds_left() > 0
				&& ! $attempt->cancel_asked;
			if ( ! $may ) {
				self::assertSame(
					array( null, null, null ),
					array( $view->address(), $view->amount(), $view->checkout_url() ),
					$view->state
				);
				self::assertFalse( $view->asks_for_money() );
			}
			if ( $view->asks_for_money() && ! $view->is_hosted() ) {
				self::assertNotNull( $view->address() );
				self::assertNotNull( $view->amount() );
			}
			if ( $view->is_hosted() ) {
				self::assertNull( $view->address() );
			}
		}
	}

	public function test_every_state_has_words_and_none_leaves_a_gap(): void {
		$seen = array();
		foreach ( self::views() as list( , , $view ) ) {
			$seen[ $view->state ] = true;
			self::assertNotSame( '', $view->headline );
			self::assertNotSame( '', $view->text );
			self::assertDoesNotMatchRegularExpression( '/%|  |^ | $| of +USDT/', $view->text, $view->state );
			self::assertContains( $view->tone(), array( 'good', 'bad', 'wait', 'calm' ) );
			self::assertNotFalse( json_encode( $view->to_array(), JSON_THROW_ON_ERROR ) );
			self::assertSame( 8, strlen( $view->revision() ) );
		}
		self::assertCount( 15, $seen, implode( ' ', array_keys( $seen ) ) );
	}

	public function test_a_new_price_is_offered_only_for_what_is_dead(): void {
		foreach ( self::views() as list( $attempt, $order, $view ) ) {
			if ( $view->may_requote ) {
				self::assertTrue( $attempt->state->is_dead() && Order_View::Open === $order );
			}
		}
	}

	public function test_what_goes_on_by_itself_is_not_final(): void {
		foreach ( self::views() as list( $attempt, $order, $view ) ) {
			if ( Order_View::Open === $order && null !== $attempt && $attempt->state->is_live() ) {
				self::assertFalse( $view->is_final(), $view->state );
			}
			if ( null !== $attempt && ! $attempt->state->is_live() ) {
				self::assertTrue( $view->is_final(), $view->state );
			}
		}
	}

	public function test_what_a_page_is_told_holds_no_secret(): void {
		$told = json_encode( Payment_View::of( Make::attempt(), Order_View::Open, false, Make::NOW )->to_array() );
		foreach ( array( '0123456789abcdef0123456789abcdef', '200000000888', '131710904557001559' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $told );
		}
	}
}
