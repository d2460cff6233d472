<?php
/**
 * R17, R18, R32 and decision 3: whose order a genuine answer is about.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Decision\Identity_Check;
use PHPUnit\Framework\TestCase;

final class Identity_Check_Test extends TestCase {

	private const OURS = array(
		'merchantOrderNo' => 'wp_1001-1',
		'orderNo'         => '131710904557001559',
		'reserved'        => '0123456789abcdef0123456789abcdef',
		'payeeMid'        => '200000000888',
	);

	private static function problem( array $order, array $attempt = array() ): string {
		return Identity_Check::problem(
			Make::attempt( $attempt ),
			new Verified_Message( array( 'acquireOrder' => $order ), 'succeeded', true )
		);
	}

	public function test_each_field_is_ours_missing_or_somebody_elses(): void {
		$others = array(
			'merchantOrderNo' => 'wp_1001-2',
			'orderNo'         => '131999999999999999',
			'reserved'        => 'fedcba9876543210fedcba9876543210',
			'payeeMid'        => '200000000001',
		);
		for ( $case = 0; $case < 81; $case++ ) {
			$order   = array();
			$is_good = false;
			$is_bad  = false;
			foreach ( array_keys( self::OURS ) as $at => $name ) {
				$what = intdiv( $case, 3 ** $at ) % 3;
				if ( 1 === $what ) {
					$order[ $name ] = self::OURS[ $name ];
					$is_good        = $is_good || 'payeeMid' !== $name;
				} elseif ( 2 === $what ) {
					$order[ $name ] = $others[ $name ];
					$is_bad         = true;
				}
			}
			$problem = self::problem( $order );
			self::assertSame( $is_good && ! $is_bad, '' === $problem, json_encode( $order ) . $problem );
			self::assertSame( $is_bad, str_contains( $problem, 'is genuine' ), json_encode( $order ) );
		}
	}

	public function test_r17_the_number_of_another_merchants_order_is_refused(): void {
		self::assertStringContainsString( 'orderNo', self::problem( array( 'orderNo' => '131999999999999999' ) + self::OURS ) );
	}

	public function test_r18_another_payee_is_refused(): void {
		self::assertStringContainsString( 'payeeMid', self::problem( array( 'payeeMid' => '200000000001' ) + self::OURS ) );
	}

	public function test_r22_numbers_agree_byte_for_byte(): void {
		foreach ( array(
			'WP_1001-1',
			'wp_1001-1 ',
			' wp_1001-1',
			"wp_1001-1\0",
			"wp_1001-1\0x",
			'wp_01001-1',
			'1001',
			'0',
			'',
			'wp_1001-1%',
			str_repeat( 'wp_1001-1', 1000 ),
		) as $number ) {
			self::assertStringContainsString(
				'merchantOrderNo',
				self::problem( array( 'merchantOrderNo' => $number ) + self::OURS ),
				$number
			);
		}
		// Both are zero for PHP's ==.
		self::assertNotSame( '', self::problem( array( 'reserved' => '0e1' ), array( 'token' => '0e2' ) ) );
	}

	public function test_r32_an_answer_that_names_nothing_is_refused(): void {
		foreach ( array(
			array(),
			array( 'payeeMid' => self::OURS['payeeMid'] ),
			array( 'status' => 'SUCCESS', 'paymentInfo' => array( 'paidAmount' => array( 'amount' => '12.81' ) ) ),
		) as $order ) {
			self::assertStringContainsString( 'names no order', self::problem( $order ) );
		}
	}

	public function test_what_is_no_text_names_nothing(): void {
		foreach ( array( array( 'wp_1001-1' ), true, null, 1.5 ) as $value ) {
			self::assertStringContainsString( 'names no order', self::problem( array( 'merchantOrderNo' => $value ) ) );
		}
	}

	public function test_r61_a_long_number_is_ours_as_a_number_too(): void {
		self::assertSame( '', self::problem( array( 'orderNo' => 131710904557001559 ) ) );
		self::assertNotSame( '', self::problem( array( 'orderNo' => 131710904557001558 ) ) );
	}

	public function test_before_bonuspays_first_answer_our_own_number_and_token_count(): void {
		$new = array( 'order_no' => null );
		self::assertSame( '', self::problem( self::OURS, $new ) );
		self::assertNotSame(
			'',
			self::problem( array( 'orderNo' => '131999999999999999' ), $new ),
			'A number that we never saw says nothing.'
		);
		self::assertNotSame( '', self::problem( array( 'reserved' => 'x' ) + self::OURS, $new ) );
	}

	public function test_the_message_gives_no_token_away(): void {
		self::assertStringNotContainsString( self::OURS['reserved'], self::problem( array( 'reserved' => 'x' ) ) );
		self::assertStringNotContainsString( 'xyzzy', self::problem( array( 'reserved' => 'xyzzy' ) ) );
	}
}
