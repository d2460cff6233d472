<?php
/**
 * The settings are in an option that anybody's code may write.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Checkout\Gateway;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Site_Urls;
use PHPUnit\Framework\TestCase;

final class Settings_Test extends TestCase {

	private const HOSTILE = array(
		null,
		true,
		false,
		-1,
		0,
		7,
		1.5,
		NAN,
		'',
		' ',
		"\0",
		'yes',
		'no',
		'live',
		'LIVE',
		'hosted',
		'1e9',
		'0x10',
		'-5',
		'99999999999999999999',
		'60abc',
		'<script>',
		array(),
		array( 'live' ),
		array( array( 'USDT-TRON' ) ),
		array( 1, null, true ),
	);
	private const NAMES   = array(
		'enabled',
		'mode',
		'scene',
		'choices',
		'title',
		'description',
		'expiry_minutes',
		'tolerance_percent',
		'tolerance_amount',
		'log_level',
		'delete_on_uninstall',
		'min_amount',
		'max_amount',
		'countries',
	);

	private static function with( mixed $values ): Settings {
		Options::reset( array( Settings::OPTION => $values ) );
		return Settings::get();
	}

	public function test_nothing_that_is_stored_can_break_it(): void {
		foreach ( array( null, false, '', 'abc', 5, new \stdClass(), array() ) as $option ) {
			self::assertSame(
				array( 'test', 'onsite', false, 60 ),
				array(
					self::with( $option )->mode(),
					self::with( $option )->scene(),
					self::with( $option )->is_enabled(),
					self::with( $option )->expiry_minutes(),
				)
			);
		}
		foreach ( self::NAMES as $name ) {
			foreach ( self::HOSTILE as $value ) {
				$settings = self::with( array( $name => $value ) );
				self::assertSame( 'enabled' === $name && 'yes' === $value, $settings->is_enabled() );
				self::assertSame( 'mode' === $name && 'live' === $value ? 'live' : 'test', $settings->mode() );
				self::assertSame( 'scene' === $name && 'hosted' === $value ? 'hosted' : 'onsite', $settings->scene() );
				self::assertGreaterThanOrEqual( 15, $settings->expiry_minutes() );
				self::assertLessThanOrEqual( 2880, $settings->expiry_minutes() );
				self::assertSame(
					'tolerance_percent' === $name && 7 === $value
						? 700
						: ( 'tolerance_percent' === $name && 1.5 === $value
							? 150
							: ( 'tolerance_percent' === $name && true === $value ? 100 : 0 ) ),
					$settings->policy()->tolerance_points
				);
				self::assertContains( $settings->log_level(), array( 'debug', 'info', 'warning', 'error' ) );
				foreach ( $settings->choices() as $choice ) {
					self::assertContains(
						$choice['network'],
						'hosted' === $settings->scene() ? array( '' ) : Coin::NETWORKS[ $choice['coin'] ]
					);
				}
				$settings->accepts( 'USD', '12.81', 'DE' );
				self::assertSame( 'delete_on_uninstall' === $name && 'yes' === $value, $settings->delete_on_uninstall() );
			}
		}
	}

	public function test_a_time_to_pay_is_a_whole_number_within_its_bounds(): void {
		foreach ( array(
			'15' => 15,
			'2880' => 2880,
			' 30 ' => 30,
			'14' => 60,
			'2881' => 60,
			'60abc' => 60,
			'1e2' => 60,
			'90.5' => 60,
			'-60' => 60,
			'0x20' => 60,
		) as $text => $minutes ) {
			self::assertSame( $minutes, self::with( array( 'expiry_minutes' => (string) $text ) )->expiry_minutes(), (string) $text );
		}
	}

	public function test_a_percentage_is_read_as_owners_write_it_or_not_at_all(): void {
		$good = array(
			'' => 0,
			'0' => 0,
			'0.5' => 50,
			'0,5' => 50,
			'.5' => null,
			'1' => 100,
			'10' => 1000,
			'10.00' => 1000,
			'0.50' => 50,
			'0.500' => 50,
			'0.555' => null,
			'10.01' => null,
			'11' => null,
			'99' => null,
			'-1' => null,
			'+1' => null,
			'1e1' => null,
			'5%' => null,
			'1.' => null,
			'1.2.3' => null,
			'٥' => null,
			'abc' => null,
		);
		foreach ( $good as $text => $points ) {
			self::assertSame( $points, Settings::points( (string) $text ), (string) $text );
		}
	}

	public function test_a_bound_of_the_tolerance_that_makes_no_sense_never_widens_it(): void {
		$bound = static fn( mixed $amount ): ?string => self::with(
			array( 'tolerance_percent' => '5', 'tolerance_amount' => $amount )
		)->policy()->tolerance_amount;
		self::assertNull( $bound( '' ) );
		self::assertNull( $bound( null ) );
		self::assertSame( '1.50', $bound( '1.50' ) );
		self::assertSame( '1.5', $bound( '1,5' ) );
		foreach ( array( 'abc', '-1', '1e3', '1.000,50', '1 000', '5 USDT' ) as $nonsense ) {
			self::assertSame( '0', $bound( $nonsense ), $nonsense );
		}
	}

	public function test_the_owners_bounds_count_to_the_last_digit(): void {
		$settings = self::with( array( 'min_amount' => '10', 'max_amount' => '99.99' ) );
		foreach ( array(
			'9.99' => false,
			'10' => true,
			'10.00' => true,
			'99.99' => true,
			'99.990001' => false,
			'100' => false,
			'0' => false,
			'' => false,
			'-20' => false,
			'1e2' => false,
			'20,5' => false,
		) as $total => $expected ) {
			self::assertSame( $expected, $settings->accepts( 'USD', (string) $total ), (string) $total );
		}
	}

	public function test_countries(): void {
		$some = self::with( array( 'countries' => array( 'DE', 'AT' ) ) );
		self::assertSame(
			array( true, false, true ),
			array( $some->accepts( 'USD', '1', 'DE' ), $some->accepts( 'USD', '1', 'FR' ), $some->accepts( 'USD', '1', '' ) )
		);
		foreach ( array( array(), '', null, array( '' ), array( array( 'DE' ) ), array( 0 ) ) as $none ) {
			self::assertTrue( self::with( array( 'countries' => $none ) )->accepts( 'USD', '1', 'FR' ) );
		}
	}

	public function test_an_order_in_a_coin_is_paid_with_that_coin_alone(): void {
		$settings = self::with( array( 'choices' => array( 'USDT-TRON', 'USDT-ETH', 'BTC-BTC' ) ) );
		self::assertSame( array( array( 'coin' => 'BTC', 'network' => 'BTC' ) ), $settings->choices_for( 'BTC' ) );
		self::assertSame( array(), $settings->choices_for( 'USDC' ) );
		self::assertCount( 3, $settings->choices_for( 'EUR' ) );
		self::assertFalse( $settings->accepts( 'USDC', '1' ) );
		foreach ( array( 'eur', 'EURO', '', "EUR\n", '€' ) as $currency ) {
			self::assertFalse( $settings->accepts( $currency, '1' ), $currency );
		}
	}

	public function test_choices_are_of_the_matrix_and_on_bonuspays_page_without_network(): void {
		$wanted = array( 'USDT-TRON', 'USDT-ETH', 'USDT-BTC', 'DOGE-DOGE', 'usdt-tron', 'USDT-TRON ', '', 'ETH-ETH' );
		self::assertCount( 3, self::with( array( 'choices' => $wanted ) )->choices() );
		self::assertSame(
			array( array( 'coin' => 'USDT', 'network' => '' ), array( 'coin' => 'ETH', 'network' => '' ) ),
			self::with( array( 'choices' => $wanted, 'scene' => 'hosted' ) )->choices()
		);
		self::assertSame( array(), self::with( array( 'choices' => array() ) )->choices() );
		self::assertCount( 2, self::with( array() )->choices() );
	}

	public function test_an_order_of_nothing_is_not_taken(): void {
		foreach ( array( '0', '0.00', '' ) as $total ) {
			self::assertFalse( self::with( array() )->accepts( 'USD', $total ) );
		}
		self::assertTrue( self::with( array() )->accepts( 'USD', '0.01' ) );
	}

	public function test_texts_are_the_owners_and_the_description_may_be_empty(): void {
		self::assertSame(
			array( 'Crypto', '' ),
			array(
				self::with( array( 'title' => ' Crypto ', 'description' => '' ) )->title(),
				self::with( array( 'description' => '' ) )->description(),
			)
		);
		self::assertSame( 'Cryptocurrency', self::with( array( 'title' => '' ) )->title() );
		self::assertNotSame( '', self::with( array() )->description() );
	}

	public function test_r113_it_is_offered_only_when_a_payment_could_begin(): void {
		self::with( array( 'enabled' => 'yes' ) );
		self::assertFalse( Gateway::is_available_for( 'USD', '12.81' ), 'There are no keys.' );
		Pairs::complete( 'test' );
		self::assertTrue( Gateway::is_available_for( 'USD', '12.81' ) );
		self::assertFalse( Gateway::is_available_for( 'USD', '0' ) );
		self::with( array( 'enabled' => 'no' ) );
		Pairs::complete( 'test' );
		self::assertFalse( Gateway::is_available_for( 'USD', '12.81' ) );
		self::with( array( 'enabled' => 'yes', 'mode' => 'live' ) );
		Pairs::complete( 'test' );
		self::assertFalse( Gateway::is_available_for( 'USD', '12.81' ), 'The keys are those of test mode.' );
	}

	public function test_r114_a_copy_of_the_shop_is_paused(): void {
		self::with( array( 'enabled' => 'yes' ) );
		Pairs::complete( 'test' );
		update_option( 'bonuspay_wc_site_url', 'https://shop.example' );
		self::assertTrue( Gateway::is_available_for( 'USD', '12.81' ) );
		update_option( 'home', 'https://staging.shop.example' );
		self::assertFalse( Gateway::is_available_for( 'USD', '12.81' ) );
	}

	public function test_addresses_are_the_stored_ones(): void {
		self::assertSame( 'https://shop.example/wp-json/bonuspay/v1/callback', Site_Urls::notification( self::with( array() ) ) );
	}

	public function test_what_the_policy_holds_can_be_reckoned_with(): void {
		foreach ( self::HOSTILE as $value ) {
			$amount = self::with( array( 'tolerance_amount' => $value ) )->policy()->tolerance_amount;
			self::assertTrue( null === $amount || Decimal::is_valid( $amount ) );
		}
	}
}
