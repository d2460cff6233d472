<?php
/**
 * How much less than due still counts.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Settings\Tolerance;
use PHPUnit\Framework\TestCase;

final class Tolerance_Test extends TestCase {

	public function test_without_a_tolerance_only_all_is_enough(): void {
		$policy = new Tolerance();
		self::assertTrue( $policy->is_enough( '12.81', '12.81' ) );
		self::assertTrue( $policy->is_enough( '12.82', '12.81' ) );
		self::assertFalse( $policy->is_enough( '12.80999999', '12.81' ) );
		self::assertFalse(
			( new Tolerance( 0, '100' ) )->is_enough( '12.80999999', '12.81' ),
			'An amount counts only together with a share.'
		);
	}

	public function test_the_share_is_exact_to_the_last_digit(): void {
		$half = new Tolerance( 50 );
		self::assertTrue( $half->is_enough( '99.5', '100' ) );
		self::assertFalse( $half->is_enough( '99.49999999', '100' ) );
		self::assertTrue( $half->is_enough( '12.74595', '12.81' ) );
		self::assertFalse( $half->is_enough( '12.74594999', '12.81' ) );
		self::assertTrue( ( new Tolerance( 1 ) )->is_enough( '0.00009999', '0.0001' ) );
		self::assertFalse( ( new Tolerance( 1 ) )->is_enough( '0.000099989999', '0.0001' ) );
	}

	public function test_the_smaller_of_share_and_amount_counts(): void {
		$policy = new Tolerance( 1000, '1.50' );
		self::assertTrue( $policy->is_enough( '98.5', '100' ) );
		self::assertFalse( $policy->is_enough( '98.49', '100' ) );
		self::assertTrue( $policy->is_enough( '9', '10' ) );
		self::assertFalse( $policy->is_enough( '8.99', '10' ) );
		self::assertFalse( ( new Tolerance( 1000, '0' ) )->is_enough( '99.99', '100' ) );
	}

	public function test_nothing_is_never_enough_for_something(): void {
		self::assertFalse( ( new Tolerance( 1000 ) )->is_enough( '0', '12.81' ) );
		self::assertFalse( ( new Tolerance( 10000 ) )->is_enough( '0.00', '12.81' ) );
	}
}
