<?php
/**
 * R114: a copy of a shop must not act on the shop's orders.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;
use BonusPay\WooCommerce\Settings\Site_Move;
use BonusPay\WooCommerce\Settings\Site_Urls;
use PHPUnit\Framework\TestCase;

final class Site_Move_Test extends TestCase {

	protected function setUp(): void {
		Options::reset();
		Shop_Identity::remember();
	}

	public function test_the_same_shop_has_not_moved(): void {
		foreach ( array( 'https://shop.example', 'https://shop.example/', 'http://shop.example', 'HTTPS://SHOP.example' ) as $home ) {
			update_option( 'home', $home );
			self::assertFalse( Shop_Identity::has_moved(), $home );
		}
	}

	public function test_another_address_is_another_site(): void {
		foreach ( array(
			'https://staging.shop.example',
			'https://shop.example/copy',
			'https://shop.example:8443',
			'https://shop.example.evil',
			'',
		) as $home ) {
			update_option( 'home', $home );
			self::assertTrue( Shop_Identity::has_moved(), $home );
		}
	}

	public function test_what_is_remembered_changes_only_when_the_owner_says_so(): void {
		update_option( 'home', 'https://staging.shop.example' );
		Shop_Identity::remember();
		self::assertTrue( Shop_Identity::has_moved() );
		Site_Move::confirm_move();
		self::assertFalse( Shop_Identity::has_moved() );
	}

	public function test_a_copy_loses_the_keys_for_real_money_and_gets_numbers_of_its_own(): void {
		Pairs::complete( 'live', 4 );
		Pairs::complete( 'test' );
		update_option( Settings::OPTION, array( 'mode' => 'live' ) );
		$prefix = Shop_Identity::order_prefix();
		update_option( 'home', 'https://staging.shop.example' );
		Site_Move::confirm_copy();
		self::assertSame( '', Keys::private_key( 'live' ) );
		self::assertTrue( Keys::is_complete( 'test' ) );
		self::assertSame( 'test', Settings::get()->mode() );
		self::assertNotSame( $prefix, Shop_Identity::order_prefix() );
	}

	public function test_a_site_that_moved_asks_bonuspay_nothing(): void {
		Pairs::complete( 'test' );
		update_option( 'home', 'https://staging.shop.example' );
		$this->expectException( Backend_Error::class );
		$this->expectExceptionMessage( 'paused' );
		Backends::for_mode( 'test' );
	}

	public function test_addresses_keep_the_remembered_host_and_port(): void {
		update_option( 'bonuspay_wc_site_url', 'https://shop.example:8443/sub' );
		foreach ( array( 'https://evil.example/sub/wp-json/x?y=1', 'http://shop.example/sub/wp-json/x?y=1' ) as $url ) {
			self::assertSame( 'https://shop.example:8443/sub/wp-json/x?y=1', Site_Urls::own( $url ) );
		}
	}
}
