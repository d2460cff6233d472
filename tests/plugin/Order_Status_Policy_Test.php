<?php
/**
 * No choice of a status can hurt, wherever it comes from.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Order\Effects;
use BonusPay\WooCommerce\Settings\Order_Status_Policy;
use BonusPay\WooCommerce\Settings\Settings;
use PHPUnit\Framework\TestCase;

final class Order_Status_Policy_Test extends TestCase {

	private const EVENTS = array( Order_Status_Policy::PAID, Order_Status_Policy::SHORT, Order_Status_Policy::DEAD );

	/** All that may be chosen; whatever is not here does harm. */
	private const GOOD = array(
		Order_Status_Policy::PAID  => array( 'woocommerce', 'processing', 'completed', 'on-hold', 'packing' ),
		Order_Status_Policy::SHORT => array( 'on-hold', 'nothing' ),
		Order_Status_Policy::DEAD  => array( 'nothing', 'failed', 'cancelled' ),
	);

	/** What a hostile or a hopeful hand may write. */
	private const CHOICES = array(
		'woocommerce',
		'nothing',
		'pending',
		'processing',
		'on-hold',
		'completed',
		'cancelled',
		'refunded',
		'failed',
		'checkout-draft',
		'trash',
		'packing',
		'awaiting-shipment',
		'wc-completed',
		'Completed',
		'COMPLETED',
		' completed',
		'no-such',
		'',
		'0',
		'%s',
		'%1$s %9$s',
		'<b>completed</b>',
		"completed\0",
	);

	protected function setUp(): void {
		Options::reset();
		Options::$statuses      = array( 'wc-packing' => 'Packing', 'wc-awaiting-shipment' => 'Awaiting shipment' );
		Options::$paid_statuses = array( 'packing' );
	}

	public function test_only_what_does_no_harm_may_be_chosen_and_the_rest_gets_a_reason(): void {
		foreach ( self::EVENTS as $event ) {
			foreach ( self::CHOICES as $choice ) {
				$problem = Order_Status_Policy::problem( $event, $choice );
				self::assertSame( in_array( $choice, self::GOOD[ $event ], true ), null === $problem, "$event: $choice" );
				if ( null !== $problem ) {
					self::assertGreaterThan( 30, strlen( $problem ), "$event: $choice" );
				}
			}
			self::assertNull( Order_Status_Policy::problem( $event, Order_Status_Policy::DEFAULTS[ $event ] ) );
		}
		self::assertNotNull( Order_Status_Policy::problem( 'after_everything', 'on-hold' ) );
	}

	public function test_the_reason_names_the_status_and_the_danger(): void {
		self::assertStringContainsString(
			'"Completed" is for paid orders',
			Order_Status_Policy::problem( Order_Status_Policy::DEAD, 'completed' )
		);
		self::assertStringContainsString( 'not paid for', Order_Status_Policy::problem( Order_Status_Policy::SHORT, 'processing' ) );
		self::assertStringContainsString(
			'WooCommerce cancels orders',
			Order_Status_Policy::problem( Order_Status_Policy::SHORT, 'pending' )
		);
		self::assertStringContainsString( 'Money came in', Order_Status_Policy::problem( Order_Status_Policy::SHORT, 'failed' ) );
		self::assertStringContainsString( 'nothing came in for', Order_Status_Policy::problem( Order_Status_Policy::DEAD, 'on-hold' ) );
		self::assertStringContainsString(
			'must not become "Cancelled"',
			Order_Status_Policy::problem( Order_Status_Policy::PAID, 'cancelled' )
		);
		self::assertStringContainsString(
			'"Awaiting shipment" does not count as paid',
			Order_Status_Policy::problem( Order_Status_Policy::PAID, 'awaiting-shipment' )
		);
		self::assertStringContainsString( 'no order status', Order_Status_Policy::problem( Order_Status_Policy::PAID, 'no-such' ) );
	}

	public function test_what_is_stored_beside_the_page_is_not_believed(): void {
		foreach ( self::EVENTS as $event ) {
			foreach ( array( ...self::CHOICES, null, 7, true, 1.5, array( 'completed' ), new \stdClass() ) as $value ) {
				Options::$values[ Settings::OPTION ] = array( $event => $value );
				$text                                = is_string( $value ) ? trim( $value ) : '';
				self::assertSame(
					in_array( $text, self::GOOD[ $event ], true ) ? $text : Order_Status_Policy::DEFAULTS[ $event ],
					Settings::get()->after( $event ),
					$event . ': ' . var_export( $value, true )
				);
			}
		}
	}

	public function test_a_status_whose_plugin_is_gone_is_the_default_again(): void {
		Options::$values[ Settings::OPTION ] = array( Order_Status_Policy::PAID => 'packing' );
		self::assertSame( 'packing', Settings::get()->after( Order_Status_Policy::PAID ) );
		Options::$statuses = array();
		self::assertSame( Order_Status_Policy::AS_USUAL, Settings::get()->after( Order_Status_Policy::PAID ) );
		Options::$statuses      = array( 'wc-packing' => 'Packing' );
		Options::$paid_statuses = array();
		self::assertSame( Order_Status_Policy::AS_USUAL, Settings::get()->after( Order_Status_Policy::PAID ) );
	}

	public function test_another_plugin_cannot_make_an_unpaid_status_a_paid_one(): void {
		Options::$paid_statuses = array( 'cancelled', 'pending', 'refunded', 'failed' );
		foreach ( Options::$paid_statuses as $status ) {
			self::assertNotNull( Order_Status_Policy::problem( Order_Status_Policy::PAID, $status ), $status );
		}
		self::assertNull( Order_Status_Policy::problem( Order_Status_Policy::DEAD, 'failed' ) );
	}

	public function test_the_page_offers_all_that_is_good_and_other_plugins_statuses(): void {
		foreach ( self::EVENTS as $event ) {
			$offered = array_map( 'strval', array_keys( Order_Status_Policy::options( $event ) ) );
			self::assertEqualsCanonicalizing(
				Order_Status_Policy::PAID === $event ? array( ...self::GOOD[ $event ], 'awaiting-shipment' ) : self::GOOD[ $event ],
				$offered
			);
			self::assertSame( Order_Status_Policy::DEFAULTS[ $event ], $offered[0] );
		}
	}

	public function test_only_an_order_that_we_complete_gets_the_owners_status(): void {
		Options::$values[ Settings::OPTION ] = array( Order_Status_Policy::PAID => 'completed' );
		self::assertSame( 'processing', Effects::status_when_paid( 'processing', 1001 ) );
		self::assertSame( 'processing', Effects::status_when_paid( 'processing', 0 ) );
	}
}
