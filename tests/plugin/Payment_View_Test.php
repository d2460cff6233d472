<?php
/**
 * What the shopper sees.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Payment\Payment_View;
use PHPUnit\Framework\TestCase;

/**
 * The words for each state, and over the cross product what must never be shown.
 */
final class Payment_View_Test extends TestCase {

	private static function view(
		array $columns = array(),
		Order_View $order = Order_View::Open,
		bool $may_requote = false,
		int $now = Make::NOW
	): Payment_View {
		return Payment_View::of( Make::attempt( $columns ), $order, $may_requote, $now );
	}

	public function test_waiting_asks_for_the_exact_amount(): void {
		$view = self::view();
		self::assertSame( 'waiting', $view->state );
		self::assertSame( '12.81', $view->amount() );
		self::assertSame( 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD', $view->address() );
		self::assertSame( 'USDT on the TRON network (TRC-20)', $view->coin_phrase() );
		self::assertSame( 3000, $view->seconds_left() );
		self::assertNull( $view->received() );
	}

	public function test_a_part_asks_for_the_rest_with_the_places_of_the_amount_due(): void {
		$view = self::view( array( 'state' => 'partial', 'received' => '12.8' ) );
		self::assertSame( 'partial', $view->state );
		self::assertSame( '0.01', $view->amount() );
		self::assertStringContainsString( 'We received 12.80 of 12.81 USDT.', $view->text );
		self::assertSame( '9.8100', self::view( array( 'state' => 'partial', 'received' => '3', 'due' => '12.8100' ) )->amount() );
		self::assertSame( '3', self::view( array( 'state' => 'partial', 'received' => '2', 'due' => '5' ) )->amount() );
	}

	public function test_all_of_it_came_in_but_bonuspay_does_not_say_paid(): void {
		$view = self::view( array( 'state' => 'partial', 'received' => '12.81' ) );
		self::assertSame( 'confirming', $view->state );
		self::assertNull( $view->amount() );
		self::assertFalse( $view->is_final() );
	}

	public function test_nobody_knows_whether_bonuspay_took_it(): void {
		$view = self::view( array( 'state' => 'saved', 'due' => null, 'address' => null ) );
		self::assertSame( 'checking', $view->state );
		self::assertStringContainsString( 'do not pay twice', $view->text );
		self::assertStringNotContainsString( 'not been charged', $view->text );
		self::assertSame( 'checking', self::view( array( 'address' => null ) )->state );
		self::assertSame( 'checking', self::view( array( 'due' => null ) )->state );
	}

	public function test_when_the_time_is_over_it_stops_asking_for_money_at_once(): void {
		$view = self::view( array( 'received' => '5', 'state' => 'partial' ), now: Make::NOW + 3000 );
		self::assertSame( 'closing', $view->state );
		self::assertNull( $view->address() );
		self::assertNull( $view->seconds_left() );
		self::assertFalse( $view->is_final() );
		self::assertSame( 'closing', self::view( array( 'cancel_asked' => '1' ) )->state );
	}

	public function test_underpaid_says_both_amounts(): void {
		$view = self::view( array( 'state' => 'underpaid', 'received' => '12.8' ) );
		self::assertStringContainsString( 'We received 12.80 of 12.81 USDT. The shop will contact you.', $view->text );
		self::assertTrue( $view->is_final() );
		$late = self::view( array( 'state' => 'underpaid', 'received' => '12.81' ) );
		self::assertStringNotContainsString( 'not complete', $late->headline . $late->text );
	}

	public function test_more_than_due_is_told(): void {
		self::assertStringContainsString(
			'13.00 USDT; 12.81 USDT was due',
			self::view( array( 'state' => 'paid', 'received' => '13' ), Order_View::Paid_By_This )->text
		);
		self::assertStringNotContainsString(
			'due',
			self::view( array( 'state' => 'paid', 'received' => '12.81' ), Order_View::Paid_By_This )->text
		);
	}

	public function test_beside_money_of_an_earlier_choice_nothing_is_asked_for(): void {
		$earlier = Make::attempt(
			array( 'id' => '6', 'coin' => 'BTC', 'state' => 'underpaid', 'received' => '0.0002', 'due' => '0.00030' )
		);
		foreach ( Attempt_State::cases() as $state ) {
			foreach ( Order_View::cases() as $order ) {
				foreach ( array( 'onsite', 'hosted' ) as $scene ) {
					$now  = Make::attempt(
						array( 'state' => $state->value, 'scene' => $scene, 'checkout_url' => 'https://pay.bonuspay.network/x' )
					);
					$view = Payment_View::of( $now, $order, true, Make::NOW, $earlier );
					$case = "$state->value, $order->value, $scene: $view->state";
					self::assertFalse( $view->asks_for_money() || $view->may_requote || $view->may_switch(), $case );
					self::assertNull( $view->amount() ?? $view->address() ?? $view->checkout_url() ?? $view->seconds_left(), $case );
					if ( ! in_array( $state->value, array( 'paid', 'refunded' ), true ) && Order_View::Not_Ours_To_Settle !== $order ) {
						self::assertSame(
							array( 'earlier', true, null ),
							array( $view->state, $view->is_final(), $view->to_array()['due'] ),
							$case
						);
						self::assertSame(
							'We received 0.00020 BTC for your earlier choice. Please send nothing more. The shop will contact you.',
							$view->text,
							$case
						);
					}
				}
			}
		}
		$unknown = Make::attempt( array( 'id' => '6', 'state' => 'review' ) );
		self::assertSame(
			'Please send nothing more. The shop will contact you.',
			Payment_View::of( Make::attempt(), Order_View::Open, true, Make::NOW, $unknown )->text
		);
	}

	public function test_a_payment_that_paid_no_order_is_not_called_done(): void {
		$held = Make::attempt( array( 'state' => 'paid', 'received' => '12.81' ) );
		$view = Payment_View::of( $held, Order_View::Open, false, Make::NOW, $held );
		self::assertSame( 'review', $view->state );
		self::assertStringStartsWith( 'We received 12.81 of 12.81 USDT. Please do not pay again.', $view->text );
		self::assertFalse( $view->asks_for_money() || $view->may_switch() );
	}

	public function test_another_way_is_offered_until_the_time_is_over(): void {
		$may = static fn( array $columns, int $later = 0 ): bool => self::view( $columns, now: Make::NOW + $later )->may_switch();
		self::assertTrue( $may( array() ) && $may( array( 'state' => 'failed' ) ) && $may( array( 'state' => 'cancelled' ) ) );
		self::assertTrue( $may( array(), 2999 ) );
		foreach ( Attempt_State::cases() as $state ) {
			self::assertFalse( $may( array( 'state' => $state->value ), 3000 ), $state->value );
			self::assertFalse( $may( array( 'state' => $state->value, 'received' => '1' ) ) && $state->is_live(), $state->value );
		}
		self::assertFalse( $may( array( 'state' => 'saved' ) ) || $may( array( 'cancel_asked' => '1' ) ) );
		self::assertTrue( Payment_View::of( null, Order_View::Open, false, Make::NOW )->may_switch() );
	}

	public function test_a_new_quote_is_offered_for_dead_attempts_alone(): void {
		foreach ( Attempt_State::cases() as $state ) {
			self::assertSame(
				$state->is_dead(),
				self::view( array( 'state' => $state->value ), may_requote: true )->may_requote,
				$state->value
			);
		}
		self::assertFalse( self::view( array( 'state' => 'expired' ) )->may_requote );
		self::assertFalse( self::view( array( 'state' => 'expired' ), Order_View::Not_Ours_To_Settle, true )->may_requote );
	}

	public function test_an_order_that_is_paid_or_gone_stops_asking_for_money(): void {
		self::assertSame( 'settled', self::view( array(), Order_View::Paid_By_Other_Attempt )->state );
		self::assertSame( 'closed', self::view( array(), Order_View::Cancelled )->state );
		self::assertSame( 'closed', self::view( array(), Order_View::Not_Ours_To_Settle )->state );
		self::assertSame(
			'closed',
			self::view( array( 'state' => 'underpaid', 'received' => '5' ), Order_View::Not_Ours_To_Settle )->state
		);
		self::assertSame( 'underpaid', self::view( array( 'state' => 'underpaid', 'received' => '5' ), Order_View::Cancelled )->state );
		self::assertSame( 'none', Payment_View::of( null, Order_View::Open, false, Make::NOW )->state );
		self::assertSame( 'closed', Payment_View::of( null, Order_View::Not_Ours_To_Settle, false, Make::NOW )->state );
	}

	public function test_on_bonuspays_page_no_address_is_shown(): void {
		$url  = 'https://checkout.bonuspay.network/?token=x';
		$view = self::view( array( 'scene' => 'hosted', 'network' => '', 'due' => null, 'checkout_url' => $url ) );
		self::assertSame( 'waiting', $view->state );
		self::assertSame( $url, $view->checkout_url() );
		self::assertNull( $view->address() );
		self::assertNull( $view->amount() );
		self::assertSame( 'USDT', $view->coin_phrase() );
		self::assertArrayNotHasKey( 'checkout_url', $view->to_array() );
	}

	public function test_the_revision_changes_with_what_is_shown_and_not_with_the_clock(): void {
		$revision = self::view()->revision();
		self::assertSame( $revision, self::view( now: Make::NOW + 60 )->revision() );
		self::assertSame( $revision, self::view( array( 'checks' => '9', 'version' => '4', 'checked_at' => '1' ) )->revision() );
		foreach ( array(
			array( 'state' => 'partial', 'received' => '1' ),
			array( 'due' => '12.82' ),
			array( 'address' => 'T' ),
			array( 'id' => '8' ),
		) as $change ) {
			self::assertNotSame( $revision, self::view( $change )->revision() );
		}
	}

	public function test_over_the_cross_product_money_is_asked_for_only_while_it_is_wanted_and_nothing_secret_is_told(): void {
		$cases = 0;
		foreach ( Attempt_State::cases() as $state ) {
			foreach ( Order_View::cases() as $order ) {
				foreach ( array( '0', '5', '12.81', '13' ) as $received ) {
					foreach ( array( null, '12.81' ) as $due ) {
						foreach ( array( 'onsite', 'hosted' ) as $scene ) {
							foreach ( array( null, 'x' ) as $place ) {
								foreach ( array( Make::NOW, Make::NOW + 3000 ) as $now ) {
									$this->check(
										array(
											'state' => $state->value,
											'received' => $received,
											'due' => $due,
											'scene' => $scene,
											'address' => $place,
											'checkout_url' => $place,
										),
										$order,
										$now
									);
									++$cases;
								}
							}
						}
					}
				}
			}
		}
		self::assertSame( 10 * 5 * 4 * 2 * 2 * 2 * 2, $cases );
	}

	private function check( array $columns, Order_View $order, int $now ): void {
		$view = self::view( $columns, $order, false, $now );
		$told = $view->to_array();
		$case = json_encode( array( $columns, $order->value, $now, $view->state ) );
		if ( $view->asks_for_money() ) {
			self::assertSame( Order_View::Open, $order, $case );
			self::assertContains( $columns['state'], array( 'waiting', 'partial' ), $case );
			self::assertSame( Make::NOW, $now, $case );
			self::assertTrue( null !== $view->address() xor null !== $view->checkout_url(), $case );
		} else {
			self::assertNull( $told['address'] ?? $told['amount'] ?? $told['seconds_left'] ?? $view->checkout_url(), $case );
		}
		if ( null !== $view->address() ) {
			self::assertNotNull( $view->amount(), $case );
		}
		self::assertSame( 'paid' === $columns['state'], Payment_View::PAID === $view->state, $case );
		self::assertStringNotContainsString( '0123456789abcdef0123456789abcdef', json_encode( $told ), $case );
		self::assertNotSame( '', $view->headline, $case );
		self::assertSame( trim( $view->text ), $view->text, $case );
	}

	/**
	 * As wallets and exchanges call them.
	 *
	 * @dataProvider networks
	 */
	public function test_networks_in_words( string $coin, string $network, string $name, string $phrase, string $warning ): void {
		self::assertSame(
			array( $name, $phrase, $warning ),
			array( Network::name( $coin, $network ), Network::phrase( $coin, $network ), Network::warning( $coin, $network ) )
		);
	}

	public static function networks(): array {
		return array(
			array( 'USDT', 'TRON', 'TRON (TRC-20)', 'USDT on the TRON network (TRC-20)', 'Send only USDT on the TRON network (TRC-20).' ),
			array(
				'USDT',
				'ETH',
				'Ethereum (ERC-20)',
				'USDT on the Ethereum network (ERC-20)',
				'Send only USDT on the Ethereum network (ERC-20), not on Polygon (POL).',
			),
			array(
				'USDT',
				'POLYGON',
				'Polygon (POL)',
				'USDT on the Polygon network (POL)',
				'Send only USDT on the Polygon network (POL), not on Ethereum (ERC-20).',
			),
			array( 'USDC', 'TRON', 'TRON (TRC-20)', 'USDC on the TRON network (TRC-20)', 'Send only USDC on the TRON network (TRC-20).' ),
			array(
				'USDC',
				'ETH',
				'Ethereum (ERC-20)',
				'USDC on the Ethereum network (ERC-20)',
				'Send only USDC on the Ethereum network (ERC-20), not on Polygon (POL).',
			),
			array(
				'USDC',
				'POLYGON',
				'Polygon (POL)',
				'USDC on the Polygon network (POL)',
				'Send only USDC on the Polygon network (POL), not on Ethereum (ERC-20).',
			),
			array(
				'ETH',
				'ETH',
				'Ethereum',
				'ETH on the Ethereum network',
				'Send only ETH on the Ethereum network, not on Polygon (POL).',
			),
			array( 'BTC', 'BTC', 'Bitcoin', 'BTC on the Bitcoin network', 'Send only BTC on the Bitcoin network.' ),
			array( 'USDC', 'NEWNET', 'NEWNET', 'USDC on the NEWNET network', 'Send only USDC on the NEWNET network.' ),
			array( 'USDC', '', '', 'USDC', 'Send only USDC.' ),
		);
	}

	/** What exchanges write beside a network's name is what a shopper chooses by. */
	public function test_no_network_bears_the_name_or_the_standard_of_another(): void {
		$tried = array_map( static fn( array $one ): string => "$one[0] $one[1]", self::networks() );
		$seen  = array();
		foreach ( Coin::NETWORKS as $coin => $networks ) {
			foreach ( $networks as $network ) {
				self::assertContains( "$coin $network", $tried, 'Each coin and network that is offered stands in the table above.' );
				foreach ( preg_split( '/[()]/', Network::name( $coin, $network ), -1, PREG_SPLIT_NO_EMPTY ) as $word ) {
					self::assertSame( $network, $seen[ trim( $word ) ] ?? $network, "$coin on $network is called $word." );
					$seen[ trim( $word ) ] = $network;
				}
			}
		}
	}
}
