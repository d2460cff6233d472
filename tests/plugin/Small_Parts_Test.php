<?php
/**
 * Parts that are small, and what is there without the extension.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Explorer;
use BonusPay\WooCommerce\Money\Wallet_Link;
use BonusPay\WooCommerce\Order\Effects;
use BonusPay\WooCommerce\Settings\Settings;
use PHPUnit\Framework\TestCase;

final class Small_Parts_Test extends TestCase {

	public function test_an_answer_is_read_by_pointers_and_gives_texts_alone(): void {
		$answer = new Verified_Message(
			array(
				'a' => array(
					'b' => 'x',
					'c/d' => 'slash',
					'e~f' => 'tilde',
					'n' => 12,
					'z' => '0',
					'f' => 1.5,
					't' => true,
					'null' => null,
					'' => 'empty',
				),
				'list' => array( array( 'id' => '1' ) ),
			),
			'pending',
			true
		);
		foreach ( array(
			'/a/b' => 'x',
			'/a/c~1d' => 'slash',
			'/a/e~0f' => 'tilde',
			'/a/n' => '12',
			'/a/z' => '0',
			'/list/0/id' => '1',
			'/a/' => 'empty',
		) as $pointer => $value ) {
			self::assertSame( $value, $answer->get( $pointer ), $pointer );
		}
		foreach ( array( '/a', '/a/f', '/a/t', '/a/null', '/a/none', '/a/b/c', '/list/1', '', '/A/b' ) as $pointer ) {
			self::assertNull( $answer->get( $pointer ), $pointer );
		}
		self::assertCount( 1, $answer->items( 'list' ) );
		self::assertSame( array(), $answer->items( 'none' ) );
	}

	public function test_test_money_is_none_in_a_shop_that_is_live_and_real_money_always_is(): void {
		foreach ( array( 'test test' => false, 'test live' => true, 'live test' => false, 'live live' => false ) as $modes => $expected ) {
			list( $attempt, $shop ) = explode( ' ', $modes );
			Options::reset( array( Settings::OPTION => array( 'mode' => $shop ) ) );
			self::assertSame( $expected, Effects::is_test_money( Make::attempt( array( 'mode' => $attempt ) ) ), $modes );
		}
	}

	public function test_what_is_still_to_pay(): void {
		foreach ( array(
			array( null, '5', null ),
			array( '12.81', '0', '12.81' ),
			array( '12.81', '12.8', '0.01' ),
			array( '12.81', '12.810', '0' ),
			array( '12.81', '13', '0' ),
		) as list( $due, $received, $rest ) ) {
			self::assertSame( $rest, Make::attempt( compact( 'due', 'received' ) )->remaining() );
		}
		self::assertFalse( Make::attempt()->has_expired( Make::NOW + 2999 ) );
		self::assertTrue( Make::attempt()->has_expired( Make::NOW + 3000 ) );
	}

	public function test_live_dead_and_all_others(): void {
		foreach ( Attempt_State::cases() as $state ) {
			self::assertSame( in_array( $state->value, array( 'saved', 'waiting', 'partial' ), true ), $state->is_live() );
			self::assertSame( in_array( $state->value, array( 'expired', 'failed', 'cancelled' ), true ), $state->is_dead() );
		}
	}

	public function test_an_effect_that_tells_an_amount_is_one_for_each_amount_and_fits_its_column(): void {
		$longest = str_repeat( '9', 40 );
		foreach ( Effect::cases() as $effect ) {
			$tells_amount = in_array(
				$effect,
				array(
					Effect::Hold_Partial,
					Effect::Hold_Underpaid,
					Effect::Note_Surplus,
					Effect::Hold_Unexpected,
					Effect::Note_Unexpected,
				),
				true
			);
			self::assertSame( $tells_amount ? "$effect->value:12.8" : $effect->value, Effects::key( $effect, '12.8' ) );
			self::assertLessThanOrEqual( 64, strlen( Effects::key( $effect, $longest ) ) );
			self::assertSame( $effect, Effect::tryFrom( explode( ':', Effects::key( $effect, $longest ) )[0] ) );
		}
	}

	public function test_links_lead_to_block_explorers_alone(): void {
		$hash = str_repeat( 'a1', 32 );
		self::assertSame( "https://tronscan.org/#/transaction/$hash", Explorer::url( 'live', 'TRON', $hash ) );
		self::assertSame( "https://etherscan.io/tx/0x$hash", Explorer::url( 'live', 'ETH', "0x$hash" ) );
		foreach ( array(
			'',
			'javascript:alert(1)',
			"$hash/../..",
			"$hash\n",
			'" onmouseover="x',
			substr( $hash, 1 ),
			$hash . 'a',
			str_repeat( 'g', 64 ),
		) as $bad ) {
			self::assertNull( Explorer::url( 'live', 'TRON', $bad ), $bad );
		}
		self::assertNull( Explorer::url( 'live', 'DOGE', $hash ) );
		self::assertNull( Explorer::url( 'other', 'TRON', $hash ) );
	}

	public function test_a_wallets_link_is_made_here_and_nothing_else_is_clickable(): void {
		$uri = Wallet_Link::uri( 'live', 'BTC', 'BTC', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', '0.01' );
		self::assertStringStartsWith( 'bitcoin:', $uri );
		self::assertStringStartsWith( '<svg', Wallet_Link::svg( $uri ) );
		self::assertSame( '', Wallet_Link::svg( '' ) );
		foreach ( array(
			'bitcoin:x' => true,
			'ethereum:x' => true,
			'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD' => false,
			'javascript:alert(1)' => false,
			' bitcoin:x' => false,
		) as $text => $expected ) {
			self::assertSame( $expected, Wallet_Link::is_clickable( $text ) );
		}
	}

	/** An URI names a main network, on which a wallet pays real coins. */
	public function test_in_test_mode_a_code_holds_the_address_alone_and_no_link_opens_a_wallet(): void {
		$clickable = array();
		foreach ( Coin::NETWORKS as $coin => $networks ) {
			foreach ( $networks as $network ) {
				$address = 'BTC' === $network
					? 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx'
					: ( 'TRON' === $network ? 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD' : '0xa4ef81a7d86f365785dd5bcc8e7964fe98155e16' );
				$uri     = Wallet_Link::uri( 'test', $coin, $network, $address, '1.5' );
				self::assertSame( $address, $uri, "$coin on $network" );
				self::assertFalse( Wallet_Link::is_clickable( $uri ) );
				if ( Wallet_Link::is_clickable( Wallet_Link::uri( 'live', $coin, $network, $address, '1.5' ) ) ) {
					$clickable[] = $coin;
				}
			}
		}
		self::assertSame( array( 'ETH', 'BTC' ), $clickable, 'In live mode these have a link.' );
	}

	public function test_without_the_extension_nothing_is_offered_and_nothing_breaks(): void {
		$code = 'require ' . var_export( __DIR__ . '/bootstrap.php', true )
			. '; BonusPay\WooCommerce\Tests\Options::reset( array( "woocommerce_bonuspay_settings" => array( "enabled" => "yes" ),'
			. ' "bonuspay_wc_private_key_test" => array( "key" => ' . var_export( Pairs::get( 0 )['private'], true ) . ' ) ) );'
			. 'use BonusPay\WooCommerce\{Settings\Backends, BonusPay\Extension, Settings\Keys, Checkout\Gateway, Money\Wallet_Link};
			$set = static function ( callable $call ) {
				try {
					$call();
					return "taken";
				} catch ( \InvalidArgumentException $error ) {
					return $error->getMessage();
				}
			};
			echo json_encode( array(
				Extension::problem(),
				Extension::version(),
				Gateway::is_available_for( "USD", "12.81" ),
				Backends::problem( "test" ),
				Keys::own_public_key( "test" ),
				Wallet_Link::uri( "live", "BTC", "BTC", "x", "1" ),
				$set( static fn() => Keys::generate( "test" ) ),
				$set( static fn() => Keys::set_private_key( "test", "x" ) )
			) );';
		$process = proc_open(
			array( PHP_BINARY, '-d', 'display_errors=stdout', '-d', 'error_reporting=-1', '-r', $code ),
			array( 1 => array( 'pipe', 'w' ) ),
			$pipes
		);
		$output  = stream_get_contents( $pipes[1] );
		proc_close( $process );
		list( $problem, $version, $offered, $backend, $own, $uri, $generated, $set ) = json_decode( $output, true, 8, JSON_THROW_ON_ERROR );
		self::assertStringContainsString( 'is not loaded', $problem );
		self::assertStringContainsString( 'extension=bonuspay', $problem );
		self::assertSame(
			array( '', false, $problem, null, '', $problem, $problem ),
			array( $version, $offered, $backend, $own, $uri, $generated, $set )
		);
	}
}
