<?php
/**
 * What is sent for an order, and what is taken from the answer.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Problem;
use BonusPay\WooCommerce\Payment\Place_Request;
use BonusPay\WooCommerce\Settings\Settings;
use PHPUnit\Framework\TestCase;

final class Place_Request_Test extends TestCase {

	protected function setUp(): void {
		Options::reset();
	}

	private static function row(
		mixed $total,
		string $currency,
		array $settings = array(),
		string $coin = 'USDT',
		string $network = 'TRON',
		?string $number = null
	): array {
		update_option( Settings::OPTION, $settings );
		return Place_Request::row(
			new \WC_Order( 1001, $total, $currency, $number ),
			Settings::get(),
			'200000000888',
			1,
			$coin,
			$network,
			Make::NOW
		);
	}

	private static function sent( array $row ): array {
		return json_decode( $row['request'], true, 16, JSON_THROW_ON_ERROR );
	}

	/** @dataProvider currencies */
	public function test_amounts_go_as_woocommerces_own_texts( string $total, string $currency, string $expected ): void {
		$row  = self::row( $total, $currency );
		$sent = self::sent( $row );
		self::assertSame(
			array( 'exchangeCurrencyCode' => 'USDT', 'refAmount' => array( 'amount' => $expected, 'currency' => $currency ) ),
			$sent['refAmount']
		);
		self::assertArrayNotHasKey( 'totalAmount', $sent );
		self::assertSame( array( $expected, $currency, 'USDT' ), array( $row['price'], $row['currency'], $row['coin'] ) );
		self::assertStringContainsString( '"amount":"' . $expected . '"', $row['request'], 'A text, not a number.' );
	}

	public function test_an_attempt_is_for_the_orders_total_and_currency_alone(): void {
		$is_for = static fn( mixed $total, string $currency = 'EUR', string $price = '13.5' ): bool => Orders::matches(
			Make::attempt( array( 'price' => $price ) ),
			new \WC_Order( 1001, $total, $currency )
		);
		self::assertSame(
			array( true, true, true ),
			array( $is_for( '13.5' ), $is_for( '13.50' ), $is_for( '80.860000000000000001', 'EUR', '80.860000000000000001' ) )
		);
		foreach ( array( '13.51', '13.49', '0', '', '-13.5', '1.35E1', '13.500000000000000001', '113.5' ) as $total ) {
			self::assertFalse( $is_for( $total ), $total );
		}
		self::assertFalse( $is_for( '13.5', 'USD' ) );
		self::assertFalse( $is_for( '13.5', 'eur' ) );
	}

	public static function currencies(): array {
		return array(
			'no decimals'         => array( '1500', 'JPY', '1500' ),
			'two decimals'        => array( '12.81', 'USD', '12.81' ),
			'a needless zero'     => array( '12.80', 'USD', '12.8' ),
			'three decimals'      => array( '4.725', 'BHD', '4.725' ),
			'the smallest'        => array( '0.001', 'BHD', '0.001' ),
			'a float cannot hold' => array( '90071992547409.93', 'EUR', '90071992547409.93' ),
		);
	}

	public function test_a_shop_that_sells_for_coins_asks_for_that_coin_exactly(): void {
		$row  = self::row( '0.00012345', 'BTC', array(), 'USDT', 'BTC' );
		$sent = self::sent( $row );
		self::assertSame( array( 'amount' => '0.00012345', 'currency' => 'BTC' ), $sent['totalAmount'] );
		self::assertArrayNotHasKey( 'refAmount', $sent );
		self::assertSame( 'BTC', $row['coin'], 'Whatever coin was chosen.' );
	}

	/** @dataProvider no_prices */
	public function test_what_is_no_price_is_not_sent( mixed $total ): void {
		$this->expectException( Payment_Problem::class );
		self::row( $total, 'USD' );
	}

	public static function no_prices(): array {
		return array_map(
			static fn( $total ): array => array( $total ),
			array( '', '0', '0.00', '-1', '1e3', '12,81', 'NaN', ' 1', null, '1' . str_repeat( '0', 40 ) )
		);
	}

	public function test_on_this_site_the_network_is_asked_for(): void {
		$row  = self::row( '12.81', 'USD', array(), 'USDC', 'POLYGON' );
		$sent = self::sent( $row );
		self::assertSame(
			array( 'API', array( 'chainCode' => 'POLYGON', 'payChannelCode' => 'CHAIN' ) ),
			array( $sent['paySceneCode'], $sent['paySceneParams'] )
		);
		self::assertSame( array( 'onsite', 'POLYGON', 'USDC' ), array( $row['scene'], $row['network'], $row['coin'] ) );
	}

	public function test_on_bonuspays_page_the_way_back_is_given_and_no_network(): void {
		$row  = self::row( '12.81', 'USD', array( 'scene' => 'hosted' ) );
		$sent = self::sent( $row );
		self::assertSame( 'CHECK_OUT', $sent['paySceneCode'] );
		self::assertSame( array( 'redirectUrl' => 'https://shop.example/order-received/1001/?key=wc_order_x' ), $sent['paySceneParams'] );
		self::assertSame( array( 'hosted', '' ), array( $row['scene'], $row['network'] ) );
	}

	public function test_our_number_begins_with_the_shops_prefix_and_has_only_plain_characters(): void {
		$row = self::row( '12.81', 'USD' );
		self::assertMatchesRegularExpression( '/^wp[0-9a-f]{6}_1001-1$/D', $row['merchant_order_no'] );
		self::assertSame( $row['merchant_order_no'], self::sent( $row )['merchantOrderNo'] );
		self::assertSame( $row['merchant_order_no'], self::row( '12.81', 'USD' )['merchant_order_no'], 'The prefix stays.' );
		update_option( 'bonuspay_wc_order_prefix', "x'; DROP TABLE--" );
		self::assertMatchesRegularExpression( '/^wp[0-9a-f]{6}_1001-1$/D', self::row( '12.81', 'USD' )['merchant_order_no'] );
	}

	public function test_each_attempt_has_a_token_of_its_own_that_comes_back(): void {
		$one = self::row( '12.81', 'USD' );
		$two = self::row( '12.81', 'USD' );
		self::assertMatchesRegularExpression( '/^[0-9a-f]{32}$/D', $one['token'] );
		self::assertNotSame( $one['token'], $two['token'] );
		self::assertSame( $one['token'], self::sent( $one )['reserved'] );
	}

	public function test_the_subject_has_at_most_64_plain_characters(): void {
		foreach ( array(
			str_repeat( 'Ж', 200 ),
			str_repeat( '😀', 100 ),
			"Caf\u{e9}\r\nX: y\0\x1b[31m",
			'A &amp; B',
			'',
			'</script>',
		) as $name ) {
			update_option( 'blogname', $name );
			$subject = self::sent( self::row( '12.81', 'USD' ) )['subject'];
			self::assertLessThanOrEqual( 64, mb_strlen( $subject ) );
			self::assertStringStartsWith( '1001', $subject );
			self::assertDoesNotMatchRegularExpression( '/[\x00-\x1f\x7f]/', $subject );
			self::assertSame( trim( $subject ), $subject );
		}
		update_option( 'blogname', 'A &amp; B' );
		self::assertSame( '1001 A & B', self::sent( self::row( '12.81', 'USD' ) )['subject'] );
		self::assertSame(
			64,
			mb_strlen( self::sent( self::row( '12.81', 'USD', array(), 'USDT', 'TRON', str_repeat( '9', 100 ) ) )['subject'] )
		);
	}

	public function test_a_name_that_is_no_utf8_still_makes_a_request(): void {
		update_option( 'blogname', "Caf\xe9 " . str_repeat( "\xff", 100 ) );
		$subject = self::sent( self::row( '12.81', 'USD' ) )['subject'];
		self::assertStringStartsWith( '1001 Caf', $subject );
		self::assertTrue( mb_check_encoding( $subject, 'UTF-8' ) );
	}

	public function test_the_time_is_the_owners_and_told_in_milliseconds(): void {
		$row = self::row( '12.81', 'USD', array( 'expiry_minutes' => '30' ) );
		self::assertSame( Make::NOW + 1800, $row['expires_at'] );
		self::assertSame( ( Make::NOW + 1800 ) * 1000, self::sent( $row )['expiredTime'] );
	}

	public function test_r90_notifications_come_to_the_stored_address_whatever_the_request_says(): void {
		$_SERVER['HTTP_HOST'] = 'evil.example';
		self::assertSame( 'https://shop.example/wp-json/bonuspay/v1/callback', self::sent( self::row( '12.81', 'USD' ) )['notifyUrl'] );
		update_option( 'bonuspay_wc_site_url', 'https://shop.example' );
		Options::$values['home'] = 'https://evil.example';
		self::assertSame( 'https://shop.example/wp-json/bonuspay/v1/callback', self::sent( self::row( '12.81', 'USD' ) )['notifyUrl'] );
		unset( $_SERVER['HTTP_HOST'] );
	}

	public function test_an_address_on_another_network_is_not_shown(): void {
		$answer = static fn( array $params ): Verified_Message => new Verified_Message(
			array( 'interactionParams' => $params ),
			'pending',
			true,
			'https://pay.bonuspay.network/x'
		);
		$onsite = Make::attempt();
		self::assertSame(
			array( 'address' => 'TX' ),
			Place_Request::payable( $onsite, $answer( array( 'address' => 'TX', 'network' => 'TRON' ) ) )
		);
		self::assertSame( array( 'address' => 'TX' ), Place_Request::payable( $onsite, $answer( array( 'address' => 'TX' ) ) ) );
		self::assertSame( array(), Place_Request::payable( $onsite, $answer( array( 'address' => 'TX', 'network' => 'ETH' ) ) ) );
		self::assertSame( array(), Place_Request::payable( $onsite, $answer( array( 'address' => '', 'network' => 'TRON' ) ) ) );
		self::assertSame( array(), Place_Request::payable( $onsite, $answer( array() ) ) );
		self::assertSame(
			array( 'checkout_url' => 'https://pay.bonuspay.network/x' ),
			Place_Request::payable( Make::attempt( array( 'scene' => 'hosted' ) ), $answer( array() ) )
		);
		self::assertSame(
			array(),
			Place_Request::payable( Make::attempt( array( 'scene' => 'hosted' ) ), new Verified_Message( array(), 'pending', true ) )
		);
	}

	public function test_what_does_not_fit_the_table_is_not_cut_but_left_out(): void {
		foreach ( array( 128 => true, 129 => false ) as $length => $fits ) {
			$answer = new Verified_Message(
				array( 'interactionParams' => array( 'address' => str_repeat( 'T', $length ) ) ),
				'pending',
				true
			);
			self::assertSame( $fits, array() !== Place_Request::payable( Make::attempt(), $answer ) );
		}
		foreach ( array( 500 => true, 501 => false ) as $length => $fits ) {
			$answer = new Verified_Message( array(), 'pending', true, str_pad( 'https://pay.bonuspay.network/', $length, 'x' ) );
			self::assertSame( $fits, array() !== Place_Request::payable( Make::attempt( array( 'scene' => 'hosted' ) ), $answer ) );
		}
	}
}
