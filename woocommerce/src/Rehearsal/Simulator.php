<?php
/**
 * Rehearsals: what a shop does when a payment goes this way or that.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Rehearsal;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Schema;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Problem;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Payment_View;
use BonusPay\WooCommerce\Queue\Queue;
use BonusPay\WooCommerce\Runtime;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Order_Status_Policy;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * Plays a course of events with the sandbox, on an order of its own, through the very code that real payments go through,
 * and says step by step whether the shop did what it should. In test mode alone, and with the sandbox alone.
 */
final class Simulator {
	/** What came of it, as play() gives it. */
	public const STEPS = '_bonuspay_rehearsal_steps';

	private const CREATED_VIA = 'bonuspay-rehearsal';
	private const AMOUNT      = '25';
	/** What does not happen within so many seconds has not happened. */
	private const PATIENCE = 12;

	/** What happened so far. */
	private array $steps = array();

	/** Plays with one order. */
	private function __construct( private \WC_Order $order, private Attempt $attempt ) {}

	/**
	 * The courses: name => title and what happens.
	 *
	 * @return array<string, array{string, string}>
	 */
	public static function courses(): array {
		return array(
			'paid'         => array( __( 'Paid', 'bonuspay-for-woocommerce' ), __( 'The shopper pays what is due, and BonusPay notifies the shop.', 'bonuspay-for-woocommerce' ) ),
			'two_deposits' => array( __( 'Two deposits', 'bonuspay-for-woocommerce' ), __( 'The shopper pays one half, and then the other.', 'bonuspay-for-woocommerce' ) ),
			'underpaid'    => array( __( 'Underpaid', 'bonuspay-for-woocommerce' ), __( 'One half is paid, and BonusPay ends the payment.', 'bonuspay-for-woocommerce' ) ),
			'overpaid'     => array( __( 'Overpaid', 'bonuspay-for-woocommerce' ), __( 'The shopper pays one and a half times what is due.', 'bonuspay-for-woocommerce' ) ),
			'expired'      => array( __( 'Expired', 'bonuspay-for-woocommerce' ), __( 'Nothing is paid, and BonusPay ends the payment.', 'bonuspay-for-woocommerce' ) ),
			'late'         => array( __( 'Late', 'bonuspay-for-woocommerce' ), __( 'The shopper pays after BonusPay has ended the payment.', 'bonuspay-for-woocommerce' ) ),
			'duplicate'    => array( __( 'Duplicate notification', 'bonuspay-for-woocommerce' ), __( 'BonusPay notifies the shop of one payment again and again.', 'bonuspay-for-woocommerce' ) ),
			'out_of_order' => array( __( 'Out of order', 'bonuspay-for-woocommerce' ), __( 'The notification of the end arrives after that of a late payment.', 'bonuspay-for-woocommerce' ) ),
			'lost'         => array( __( 'Notifications lost', 'bonuspay-for-woocommerce' ), __( 'The shopper pays, and no notification arrives.', 'bonuspay-for-woocommerce' ) ),
			'api_down'     => array( __( 'BonusPay away', 'bonuspay-for-woocommerce' ), __( 'The notification arrives, but BonusPay cannot be asked whether it is true.', 'bonuspay-for-woocommerce' ) ),
		);
	}

	/** Why nothing can be played now, for the owner; null when it can. */
	public static function problem(): ?string {
		if ( 'test' !== Settings::get()->mode() ) {
			return __( 'Rehearsals are for test mode alone. Nothing is ever played with real money.', 'bonuspay-for-woocommerce' );
		}
		return Sandbox::problem() ?? Backends::problem( 'test' );
	}

	/**
	 * Plays a course.
	 *
	 * @param int    $order_id An order that order() made; 0 for a new one.
	 * @param string $course   One of courses().
	 * @return array<int, array{step: string, is_good: bool, text: string}>
	 * @throws \RuntimeException When it must not be played: in live mode, without the sandbox, with any other order.
	 */
	public static function play( int $order_id, string $course ): array {
		$problem = self::problem();
		if ( null === $problem && ! isset( self::courses()[ $course ] ) ) {
			$problem = __( 'There is no such course.', 'bonuspay-for-woocommerce' );
		}
		$order = null !== $problem ? null : ( 0 === $order_id ? self::order( $course ) : Orders::fresh( $order_id ) );
		if ( null === $problem && ( null === $order || '' === (string) $order->get_meta( Orders::REHEARSAL ) || array() !== Attempts::of_order( $order->get_id() ) ) ) {
			$problem = __( 'A course is played with a rehearsal order of its own only, once.', 'bonuspay-for-woocommerce' );
		}
		if ( null !== $problem ) {
			throw new \RuntimeException( $problem ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped where it is shown.
		}
		$steps = self::begin( $order, $course );
		$order = Orders::fresh( $order->get_id() );
		$order->update_meta_data( self::STEPS, $steps );
		$order->save_meta_data();
		Log::info( 'rehearsal', array( 'order' => $order->get_id(), 'course' => $course, 'good' => ! in_array( false, array_column( $steps, 'is_good' ), true ) ) );
		return $steps;
	}

	/**
	 * A new order to play with: nothing in it that could be sent, in stock or mailed to a customer.
	 *
	 * @param string $course One of courses().
	 */
	public static function order( string $course ): \WC_Order {
		$order = wc_create_order( array( 'created_via' => self::CREATED_VIA ) );
		if ( is_wp_error( $order ) ) {
			throw new \RuntimeException( $order->get_error_message() ); // phpcs:ignore WordPress.Security.EscapeOutput
		}
		$fee = new \WC_Order_Item_Fee();
		$fee->set_name( __( 'Rehearsal: do not send anything', 'bonuspay-for-woocommerce' ) );
		$fee->set_tax_status( 'none' );
		$fee->set_total( self::AMOUNT );
		$order->add_item( $fee );
		$order->set_billing_email( (string) get_option( 'admin_email' ) );
		$order->set_payment_method( Payment_Method::ID );
		$order->set_payment_method_title( Settings::get()->title() );
		$order->update_meta_data( Orders::REHEARSAL, $course );
		$order->calculate_totals( false );
		$order->save();
		$order->add_order_note( __( 'BonusPay: this order is a rehearsal in test mode. Nobody ordered anything.', 'bonuspay-for-woocommerce' ) );
		return $order;
	}

	/**
	 * All orders of rehearsals, the newest first.
	 *
	 * @return \WC_Order[]
	 */
	public static function orders( int $limit = -1 ): array {
		$orders = wc_get_orders(
			array(
				'type'         => 'shop_order',
				'limit'        => $limit,
				'orderby'      => 'ID',
				'order'        => 'DESC',
				'meta_key'     => Orders::REHEARSAL, // phpcs:ignore WordPress.DB.SlowDBQuery -- on this page alone.
				'meta_compare' => 'EXISTS',
			)
		);
		// Other plugins change such queries, and these orders are deleted by a click.
		return array_values( array_filter( $orders, static fn( \WC_Order $order ): bool => self::CREATED_VIA === $order->get_created_via() && '' !== (string) $order->get_meta( Orders::REHEARSAL ) ) );
	}

	/** Deletes all of them, with what our tables hold of them; gives how many. */
	public static function delete_orders(): int {
		global $wpdb;
		$count = 0;
		foreach ( self::orders() as $order ) {
			$id = $order->get_id();
			if ( array() !== array_filter( Attempts::of_order( $id ), static fn( Attempt $attempt ): bool => 'test' !== $attempt->mode ) ) {
				continue;
			}
			foreach ( array( 'attempts', 'refunds', 'events', 'effects', 'locks' ) as $table ) {
				$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . Schema::table( $table ) . ' WHERE order_id = %d', $id ) ); // phpcs:ignore WordPress.DB
			}
			$order->delete( true );
			++$count;
		}
		return $count;
	}

	/** Begins the payment as a shopper does, and plays. */
	private static function begin( \WC_Order $order, string $course ): array {
		$choices = Settings::get()->choices_for( $order->get_currency() );
		// The coins that are worth a dollar: their amounts can be read at a glance.
		$dollars = array_values( array_filter( $choices, static fn( array $choice ): bool => in_array( $choice['coin'], array( 'USDT', 'USDC' ), true ) ) );
		$choice  = $dollars[0] ?? $choices[0] ?? null;
		$begin   = __( 'The payment begins', 'bonuspay-for-woocommerce' );
		if ( null === $choice ) {
			return array( self::step( $begin, false, __( 'No coin can be paid with in the shop\'s currency: choose coins in the settings.', 'bonuspay-for-woocommerce' ) ) );
		}
		try {
			$attempt = Payment_Service::start( $order, $choice['coin'], $choice['network'] );
		} catch ( Payment_Problem $problem ) {
			return array( self::step( $begin, false, $problem->getMessage() . ' ' . ( Attempts::of_order( $order->get_id() )[0]->reason ?? '' ) ) );
		}
		if ( null === $attempt->due ) {
			Payment_Service::check( $attempt ); // Of a payment on BonusPay's page, it tells only when it is asked.
			$attempt = Attempts::find( $attempt->id ) ?? $attempt;
		}
		if ( 'test' !== $attempt->mode || null === $attempt->due ) {
			return array( self::step( $begin, false, __( 'BonusPay did not tell what is due.', 'bonuspay-for-woocommerce' ) ) );
		}
		$play = new self( $order, $attempt );
		/* translators: 1: an amount, 2: a coin and its network, 3: a payment's number. */
		$play->steps[] = self::step( $begin, true, sprintf( __( '%1$s %2$s are due. Payment %3$s.', 'bonuspay-for-woocommerce' ), $attempt->due, Network::phrase( $attempt->coin, $attempt->network ), $attempt->merchant_order_no ) );
		try {
			$play->course( $course );
		} catch ( \RuntimeException $error ) {
			$play->steps[] = self::step( __( 'The sandbox', 'bonuspay-for-woocommerce' ), false, $error->getMessage() );
		} finally {
			$play->tidy( $course );
		}
		return $play->steps;
	}

	/** The course itself. */
	private function course( string $course ): void {
		$due  = (string) $this->attempt->due;
		$half = Decimal::divide_floor( $due, '2', Decimal::decimals( $due ) );
		match ( $course ) {
			'paid'         => $this->deposit( $due ) && $this->becomes( Attempt_State::Paid ) && $this->is_paid_once(),
			'two_deposits' => $this->deposit( $half ) && $this->page_asks( Attempt_State::Partial ) && $this->is_short()
				&& $this->deposit( Decimal::subtract( $due, $half ) ) && $this->becomes( Attempt_State::Paid ) && $this->is_paid_once(),
			'underpaid'    => $this->deposit( $half ) && $this->end( 'cancel' ) && $this->becomes( Attempt_State::Underpaid ) && $this->is_short(),
			'overpaid'     => $this->deposit( Decimal::add( $due, $half ) ) && $this->becomes( Attempt_State::Paid ) && $this->is_paid_once() && $this->tells_surplus(),
			'expired'      => $this->end( 'expire' ) && $this->becomes( Attempt_State::Expired, Attempt_State::Failed ) && $this->is_dead(),
			'late'         => $this->end( 'expire' ) && $this->becomes( Attempt_State::Expired, Attempt_State::Failed ) && $this->is_dead() && $this->deposit( $due ) && $this->becomes( Attempt_State::Paid ) && $this->is_paid_or_held(),
			'duplicate'    => $this->deposit( $due ) && $this->becomes( Attempt_State::Paid ) && $this->is_paid_once() && $this->repeat_notification( 4 ) && $this->is_paid_once(),
			'out_of_order' => $this->hold() && $this->end( 'expire' ) && $this->deposit( $due ) && $this->release() && $this->becomes( Attempt_State::Paid ) && $this->hears( 2 ) && $this->is_paid_once(),
			'lost'         => $this->hold() && $this->deposit( $due ) && $this->knows_nothing() && $this->queue_looks() && $this->is_paid_once(),
			'api_down'     => $this->cut_off() && $this->deposit( $due ) && $this->waits_for_proof() && $this->reconnect() && $this->repeat_notification( 2 ) && $this->becomes( Attempt_State::Paid ) && $this->is_paid_once(),
		};
	}

	/** The sandbox as it was found. */
	private function tidy( string $course ): void {
		try {
			if ( in_array( $course, array( 'out_of_order', 'lost' ), true ) ) {
				Sandbox::call( 'POST', 'notifications/release' );
			}
			if ( 'api_down' === $course ) {
				Sandbox::call( 'DELETE', 'faults' );
			}
		} catch ( \RuntimeException $error ) {
			$this->steps[] = self::step( __( 'The sandbox', 'bonuspay-for-woocommerce' ), false, $error->getMessage() );
		}
	}

	private function deposit( string $amount ): bool {
		$body = array(
			'amount'   => $amount,
			'currency' => $this->attempt->coin,
		);
		$this->control( 'deposits', '' === $this->attempt->network ? $body : $body + array( 'network' => $this->attempt->network ) );
		return $this->add( __( 'The shopper pays', 'bonuspay-for-woocommerce' ), true, $amount . ' ' . $this->attempt->coin );
	}

	/** Before its time, since nobody moves the shop's clock: to the shop it failed, rather than expired. */
	private function end( string $how ): bool {
		$this->control( $how );
		return $this->add( __( 'The time is over', 'bonuspay-for-woocommerce' ), true, __( 'BonusPay ended the payment.', 'bonuspay-for-woocommerce' ) );
	}

	private function hold(): bool {
		Sandbox::call( 'POST', 'notifications/hold' );
		return $this->add( __( 'Notifications', 'bonuspay-for-woocommerce' ), true, __( 'From now on no notification arrives.', 'bonuspay-for-woocommerce' ) );
	}

	private function release(): bool {
		Sandbox::call( 'POST', 'notifications/release', array( 'order' => 'reversed' ) );
		return $this->add( __( 'Notifications', 'bonuspay-for-woocommerce' ), true, __( 'They arrive now, the newest first.', 'bonuspay-for-woocommerce' ) );
	}

	private function cut_off(): bool {
		foreach ( array( 'crypto/getOrder', 'crypto/getPaymentDepositEventList' ) as $path ) {
			Sandbox::call( 'POST', 'faults', array( 'path' => $path, 'fault' => 'reset-before-read', 'times' => 40 ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		}
		return $this->add( __( 'BonusPay goes away', 'bonuspay-for-woocommerce' ), true, __( 'BonusPay answers no request.', 'bonuspay-for-woocommerce' ) );
	}

	private function reconnect(): bool {
		Sandbox::call( 'DELETE', 'faults' );
		return $this->add( __( 'BonusPay is back', 'bonuspay-for-woocommerce' ), true, __( 'BonusPay answers again.', 'bonuspay-for-woocommerce' ) );
	}

	/** Has this payment's notification sent so often, at once. */
	private function repeat_notification( int $times ): bool {
		$before = $this->deliveries();
		foreach ( Sandbox::call( 'GET', 'notifications' )['notifications'] ?? array() as $one ) {
			if ( is_array( $one ) && ( $one['merchantOrderNo'] ?? '' ) === $this->attempt->merchant_order_no ) {
				Sandbox::call( 'POST', 'notifications/' . $one['id'] . '/resend', array( 'times' => $times ) );
			}
		}
		$came = $this->wait( fn(): bool => $this->deliveries() >= $before + $times );
		/* translators: %d: a number. */
		return $this->add( __( 'The notification comes again', 'bonuspay-for-woocommerce' ), $came, sprintf( _n( '%d time.', '%d times.', $this->deliveries() - $before, 'bonuspay-for-woocommerce' ), $this->deliveries() - $before ) );
	}

	/** The shop learns by a notification how the payment stands. */
	private function becomes( Attempt_State ...$states ): bool {
		$name = __( 'The shop hears of it', 'bonuspay-for-woocommerce' );
		if ( $this->wait( fn(): bool => in_array( $this->now()->state, $states, true ) && Effect_Claims::are_done( $this->attempt->id ) ) ) {
			return $this->add( $name, true, $this->stands() );
		}
		if ( array() === Notification_Inbox::of_order( $this->order->get_id() ) ) {
			/* translators: 1: a number of seconds, 2: an address. */
			$this->add( $name, false, sprintf( __( 'No notification arrived within %1$d seconds. Something between BonusPay and %2$s keeps it away.', 'bonuspay-for-woocommerce' ), self::PATIENCE, Site_Urls::notification( Settings::get() ) ) );
			return $this->page_asks( ...$states );
		}
		return $this->add( $name, false, $this->stands() );
	}

	/** BonusPay tells of parts to nobody: the payment page asks while the shopper waits. */
	private function page_asks( Attempt_State ...$states ): bool {
		Payment_Service::check( $this->now() );
		return $this->add( __( 'The payment page asks BonusPay', 'bonuspay-for-woocommerce' ), in_array( $this->now()->state, $states, true ), $this->stands() );
	}

	private function queue_looks(): bool {
		Attempts::poll_soon( $this->order->get_id(), time() );
		Queue::run();
		return $this->add( __( 'The shop asks by itself, as it does every few minutes', 'bonuspay-for-woocommerce' ), Attempt_State::Paid === $this->now()->state, $this->stands() );
	}

	private function knows_nothing(): bool {
		$is_so = ! $this->wait( fn(): bool => Attempt_State::Waiting !== $this->now()->state, 1 );
		return $this->add( __( 'The shop does not know yet', 'bonuspay-for-woocommerce' ), $is_so, $this->stands() );
	}

	private function waits_for_proof(): bool {
		$heard = $this->wait( fn(): bool => '' !== (string) ( Notification_Inbox::of_order( $this->order->get_id() )[0]['outcome'] ?? '' ) );
		$is_so = $heard && Attempt_State::Waiting === $this->now()->state && ! Orders::is_paid( $this->fresh() );
		return $this->add( __( 'The shop does not believe it without proof', 'bonuspay-for-woocommerce' ), $is_so, $this->stands() );
	}

	/** All that BonusPay told arrived, and was answered. */
	private function hears( int $count ): bool {
		$done = fn(): int => count( array_filter( Notification_Inbox::of_order( $this->order->get_id() ), static fn( array $event ): bool => Notification_Inbox::DONE === $event['state'] ) );
		$this->wait( static fn(): bool => $done() >= $count );
		/* translators: %d: a number. */
		return $this->add( __( 'All notifications are handled', 'bonuspay-for-woocommerce' ), $done() >= $count, sprintf( _n( '%d notification.', '%d notifications.', $done(), 'bonuspay-for-woocommerce' ), $done() ) );
	}

	/** The order is paid; and whatever came twice, it was completed once. */
	private function is_paid_once(): bool {
		$paid = array_filter( Effect_Claims::of_order( $this->order->get_id() ), static fn( array $claim ): bool => Effect::Complete->value === $claim['effect'] );
		$good = Orders::is_paid( $this->fresh() ) && 1 === count( $paid ) && null !== $this->fresh()->get_date_paid();
		return $this->add( __( 'The order is paid, once', 'bonuspay-for-woocommerce' ), $good, $this->status() );
	}

	/** Late money completes an order that still waits; for a cancelled one a person decides. */
	private function is_paid_or_held(): bool {
		return 'cancelled' === Settings::get()->after( Order_Status_Policy::DEAD )
			? $this->add( __( 'The order waits for your decision', 'bonuspay-for-woocommerce' ), $this->fresh()->has_status( 'on-hold' ), $this->status() )
			: $this->is_paid_once();
	}

	private function is_short(): bool {
		$status = Settings::get()->after( Order_Status_Policy::SHORT );
		$good   = $this->fresh()->has_status( Order_Status_Policy::NOTHING === $status ? 'pending' : $status );
		return $this->add( __( 'The order is kept, and not paid', 'bonuspay-for-woocommerce' ), $good, $this->status() );
	}

	private function is_dead(): bool {
		$status = Settings::get()->after( Order_Status_Policy::DEAD );
		$good   = $this->fresh()->has_status( Order_Status_Policy::NOTHING === $status ? 'pending' : $status );
		return $this->add( __( 'The order is not paid', 'bonuspay-for-woocommerce' ), $good, $this->status() );
	}

	private function tells_surplus(): bool {
		$told = array_filter( Effect_Claims::of_order( $this->order->get_id() ), static fn( array $claim ): bool => str_starts_with( $claim['effect'], Effect::Note_Surplus->value . ':' ) );
		return $this->add( __( 'The shop notes what was paid too much', 'bonuspay-for-woocommerce' ), 1 === count( $told ), $this->stands() );
	}

	/** The attempt in words. */
	private function stands(): string {
		$attempt = $this->now();
		/* translators: 1: what the shopper reads, 2: the amount received, 3: the amount due, 4: a coin. */
		return sprintf( __( '"%1$s": %2$s of %3$s %4$s received.', 'bonuspay-for-woocommerce' ), Payment_View::of_order( $this->fresh(), $attempt )->headline, $attempt->received, (string) $attempt->due, $attempt->coin );
	}

	private function status(): string {
		/* translators: %s: name of an order status. */
		return sprintf( __( 'The order is "%s".', 'bonuspay-for-woocommerce' ), wc_get_order_status_name( $this->fresh()->get_status() ) );
	}

	private function deliveries(): int {
		return array_sum( array_map( 'intval', array_column( Notification_Inbox::of_order( $this->order->get_id() ), 'deliveries' ) ) );
	}

	private function now(): Attempt {
		return Attempts::find( $this->attempt->id ) ?? $this->attempt;
	}

	private function fresh(): \WC_Order {
		return Orders::fresh( $this->order->get_id() ) ?? $this->order;
	}

	/** Does something to this payment at the sandbox. */
	private function control( string $what, array $body = array() ): void {
		Sandbox::call( 'POST', 'orders/' . $this->attempt->merchant_order_no . '/' . $what, $body );
	}

	/** Waits until something is so; false when it takes too long. */
	private function wait( callable $is_so, int $seconds = self::PATIENCE ): bool {
		for ( $left = 10 * $seconds; $left > 0; $left-- ) {
			if ( $is_so() ) {
				return true;
			}
			Runtime::pause( 100000 );
		}
		return $is_so();
	}

	private function add( string $name, bool $is_good, string $text ): bool {
		$this->steps[] = self::step( $name, $is_good, $text );
		return $is_good;
	}

	private static function step( string $name, bool $is_good, string $text ): array {
		return array(
			'step'    => $name,
			'is_good' => $is_good,
			'text'    => trim( $text ),
		);
	}
}
