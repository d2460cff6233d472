<?php
/**
 * Rehearsals, for the merchant.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Rehearsal\Simulator;

/**
 * What happens when …: a button for each course, and what came of those that were played.
 */
final class Rehearsal_Tab implements Tab {

	public const PLAY_ACTION   = 'bonuspay_wc_rehearse';
	public const DELETE_ACTION = 'bonuspay_wc_delete_rehearsals';

	private const SHOWN = 20;

	/** In the address. */
	public static function slug(): string {
		return 'rehearsal';
	}

	/** For people. */
	public static function title(): string {
		return __( 'Rehearsal', 'bonuspay-for-woocommerce' );
	}

	/** Prints it. */
	public static function show(): void {
		self::say_result();
		echo '<p class="bonuspay-intro">' . esc_html__( 'See what your shop does when a payment goes well, or badly, before a customer does. Each rehearsal makes an order of its own, marked as such, and pays it at a sandbox on this machine. No money moves, and no customer is mailed.', 'bonuspay-for-woocommerce' ) . '</p>';
		$problem = Simulator::problem();
		if ( null !== $problem ) {
			echo '<div class="notice notice-info inline"><p>' . esc_html( $problem ) . '</p></div>';
			self::by_hand();
		} else {
			self::courses();
		}
		self::played();
	}

	/** Plays the course that was asked for. */
	public static function play(): void {
		Action::check( self::PLAY_ACTION );
		try {
			$steps  = Simulator::play( 0, Action::text( 'course' ) );
			$result = in_array( false, array_column( $steps, 'is_good' ), true ) ? 'bad' : 'good';
		} catch ( \RuntimeException $error ) {
			$result = 'refused';
		}
		self::back( array( Links::RESULT => $result ) );
	}

	/** Deletes the orders of all rehearsals. */
	public static function delete(): void {
		Action::check( self::DELETE_ACTION );
		Simulator::delete_orders();
		self::back( array( Links::RESULT => 'deleted' ) );
	}

	/** To the tab. */
	private static function back( array $more ): never {
		wp_safe_redirect( Links::screen( self::slug(), $more ) . '#bonuspay-played' );
		exit;
	}

	private static function say_result(): void {
		$texts  = array(
			'good'    => __( 'The shop did what it should. The steps are below.', 'bonuspay-for-woocommerce' ),
			'bad'     => __( 'The shop did not do all that it should. The steps are below.', 'bonuspay-for-woocommerce' ),
			'refused' => __( 'Nothing was played.', 'bonuspay-for-woocommerce' ),
			'deleted' => __( 'The orders of all rehearsals are deleted.', 'bonuspay-for-woocommerce' ),
		);
		$result = Links::argument( Links::RESULT );
		if ( isset( $texts[ $result ] ) ) {
			Words::notice( $texts[ $result ], in_array( $result, array( 'good', 'deleted' ), true ) );
		}
	}

	/** A button for each. */
	private static function courses(): void {
		echo Action::form( self::PLAY_ACTION ) . '<ul class="bonuspay-courses">'; // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		foreach ( Simulator::courses() as $course => list( $title, $text ) ) {
			printf(
				'<li><button type="submit" class="button" name="course" value="%s" aria-describedby="bonuspay-course-%1$s">%s</button> <span id="bonuspay-course-%1$s">%s</span></li>',
				esc_attr( $course ),
				esc_html( $title ),
				esc_html( $text )
			);
		}
		echo '</ul></form>';
	}

	/** What BonusPay's own sandbox lets people try. */
	private static function by_hand(): void {
		$tries = array(
			__( 'Order something in your shop in test mode, and pay it with test coins: the order must become paid within a minute or two.', 'bonuspay-for-woocommerce' ),
			__( 'Pay half of the amount: the order must go on hold, and the payment page must show what is missing.', 'bonuspay-for-woocommerce' ),
			__( 'Order, and pay nothing: when the time is over, the payment page must offer a new price.', 'bonuspay-for-woocommerce' ),
			__( 'Refund the paid order by WooCommerce\'s button: the shopper must be asked for an address, and the coins must arrive there.', 'bonuspay-for-woocommerce' ),
		);
		echo '<h2>' . esc_html__( 'By hand, at BonusPay\'s own sandbox', 'bonuspay-for-woocommerce' ) . '</h2><ol class="bonuspay-intro">';
		foreach ( $tries as $try ) {
			echo '<li>' . esc_html( $try ) . '</li>';
		}
		echo '</ol>';
	}

	/** What came of the last ones. */
	private static function played(): void {
		$orders = Simulator::orders( self::SHOWN );
		if ( array() === $orders ) {
			return;
		}
		echo '<h2 id="bonuspay-played">' . esc_html__( 'What was played', 'bonuspay-for-woocommerce' ) . '</h2>';
		foreach ( $orders as $at => $order ) {
			self::one( $order, 0 === $at );
		}
		printf(
			'%s<p><button type="submit" class="button">%s</button></p></form>',
			Action::form( self::DELETE_ACTION ), // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			esc_html__( 'Delete all rehearsal orders', 'bonuspay-for-woocommerce' )
		);
	}

	/** One order with its steps. */
	private static function one( \WC_Order $order, bool $is_open ): void {
		$course = (string) $order->get_meta( Orders::REHEARSAL );
		$steps  = array_filter( (array) $order->get_meta( Simulator::STEPS ), 'is_array' );
		$is_bad = array() === $steps || in_array( false, array_column( $steps, 'is_good' ), true );
		printf(
			'<details class="bonuspay-attempt"%s><summary>%s <span class="bonuspay-badge %s">%s</span></summary><div class="bonuspay-attempt-body"><ol class="bonuspay-played">',
			$is_open ? ' open' : '',
			esc_html( Simulator::courses()[ $course ][0] ?? $course ),
			$is_bad ? 'is-bad' : 'is-good',
			$is_bad ? esc_html__( 'Please look', 'bonuspay-for-woocommerce' ) : esc_html__( 'As it should be', 'bonuspay-for-woocommerce' )
		);
		foreach ( $steps as $step ) {
			printf(
				'<li class="%s"><span class="screen-reader-text">%s</span><strong>%s</strong> %s</li>',
				empty( $step['is_good'] ) ? 'is-bad' : 'is-good',
				empty( $step['is_good'] ) ? esc_html__( 'Wrong:', 'bonuspay-for-woocommerce' ) : esc_html__( 'Right:', 'bonuspay-for-woocommerce' ),
				esc_html( (string) ( $step['step'] ?? '' ) ),
				esc_html( (string) ( $step['text'] ?? '' ) )
			);
		}
		/* translators: %s: an order's number. */
		printf( '</ol><p><a href="%s">%s</a></p></div></details>', esc_url( $order->get_edit_order_url() ), esc_html( sprintf( __( 'Order %s', 'bonuspay-for-woocommerce' ), $order->get_order_number() ) ) );
	}
}
