<?php
/**
 * What runs by itself.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Queue;

use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Notification\Notifications;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Query_Result;
use BonusPay\WooCommerce\Refund\Refund_Service;
use BonusPay\WooCommerce\Runtime;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * Every minute, by Action Scheduler: whatever is due. It finishes what a dead worker left, tries notifications again, and
 * asks BonusPay about attempts that nobody told of, at growing intervals, until three days after their end. Each job is
 * claimed before its call is made.
 */
final class Queue {

	private const JOBS_A_RUN = 25;
	/** No job is begun so late in a round. */
	private const SECONDS_A_RUN = 40;
	/** From one job to the next: a job asks BonusPay twice, as a rule. */
	private const SECONDS_A_JOB = 2;
	/** An attempt is watched so long after its end. */
	public const WATCHED = 72 * HOUR_IN_SECONDS;
	/** Who cannot be asked for so long after that is not asked any more: a person was told long ago. */
	private const GIVEN_UP = 30 * DAY_IN_SECONDS;
	/** A request may arrive so long after it was sent; "does not exist" is final only afterwards. */
	private const FINAL_AFTER = HOUR_IN_SECONDS;
	/** Within this time after its end an attempt is asked about at least every ten minutes. */
	private const ATTENTIVE = HOUR_IN_SECONDS;

	/** Why a round does nothing, for the owner; null when it does. A copy of the shop does nothing. */
	public static function problem(): ?string {
		return Extension::problem() ?? Backends::site_problem();
	}

	/** One round. */
	public static function run(): void {
		if ( null !== self::problem() ) {
			return;
		}
		foreach ( Effect_Claims::take_over( time(), self::JOBS_A_RUN ) as $claim ) {
			Payment_Service::effects()->run( $claim['attempt_id'], $claim['effect'] );
		}
		self::run_paced( self::jobs( time() + self::SECONDS_A_RUN ) );
	}

	/** Begins each job some time after the one before, however many there are: BonusPay is asked no more than once a second. */
	private static function run_paced( iterable $jobs ): void {
		$may_begin = 0;
		foreach ( $jobs as $job ) {
			Runtime::pause( max( 0, intdiv( $may_begin - hrtime( true ), 1000 ) ) );
			$may_begin = hrtime( true ) + self::SECONDS_A_JOB * 1000000000;
			$job();
		}
	}

	/**
	 * What BonusPay is to be asked about, each claimed as it is taken, until the round's time is over or BonusPay says to
	 * slow down.
	 *
	 * @return \Generator<callable>
	 */
	private static function jobs( int $end ): \Generator {
		$may = static fn(): bool => time() < $end && ! Payment_Service::is_to_slow_down();
		foreach ( Notification_Inbox::due( time(), self::JOBS_A_RUN ) as $event ) {
			if ( $may() && Notification_Inbox::claim( (int) $event->id, time() ) ) {
				yield static fn() => self::retry_event( $event );
			}
		}
		// Refunds are few, and each keeps all others of its order waiting.
		foreach ( Refunds::due( time(), self::JOBS_A_RUN ) as $refund ) {
			if ( $may() && Refunds::claim_poll( $refund, time() + 600 ) ) {
				yield static fn() => Refund_Service::poll( Refunds::find( $refund->id ) ?? $refund );
			}
		}
		foreach ( Attempts::due( time(), self::JOBS_A_RUN ) as $attempt ) {
			if ( $may() && Attempts::claim_poll( $attempt, time() + 600 ) ) {
				yield static fn() => self::poll( $attempt, time() );
			}
		}
	}

	/** WooCommerce must not cancel an order while somebody may be paying it. */
	public static function keep_order( bool $cancel, \WC_Order $order ): bool {
		if ( Payment_Method::ID !== $order->get_payment_method() ) {
			return $cancel;
		}
		foreach ( Attempts::of_order( $order->get_id() ) as $attempt ) {
			// After its end it is known within minutes what came of it, unless BonusPay is away.
			$is_awaited = in_array( $attempt->state, array( Attempt_State::Saved, Attempt_State::Waiting ), true )
				&& ! $attempt->has_expired( time() - self::ATTENTIVE );
			if (
				$is_awaited
				|| in_array(
					$attempt->state,
					array( Attempt_State::Partial, Attempt_State::Underpaid, Attempt_State::Review, Attempt_State::Paid ),
					true
				)
			) {
				return false;
			}
		}
		return $cancel;
	}

	/** An order that is settled or given up leaves no attempt open: the queue cancels it at BonusPay. */
	public static function on_order_status_changed( int $order_id, string $from, string $to, \WC_Order $order ): void {
		if (
			Payment_Method::ID !== $order->get_payment_method()
			|| in_array( $to, array( 'cancelled', 'refunded', 'trash', ...wc_get_is_paid_statuses() ), true )
		) {
			Attempts::poll_soon( $order_id, time() );
		}
	}

	private static function retry_event( object $event ): void {
		$attempt = Attempts::find( (int) $event->attempt_id );
		if ( null === $attempt ) {
			Notification_Inbox::finish( (int) $event->id, 'The payment is gone.', time() );
			return;
		}
		Notifications::again( $attempt, $event );
	}

	/** Looks at one attempt, and plans the next look. */
	private static function poll( Attempt $attempt, int $now ): void {
		$is_known = match ( true ) {
			self::is_open( $attempt ) => self::poll_open( $attempt, $now ),
			$attempt->state->is_dead(), Attempt_State::Underpaid === $attempt->state => Payment_Service::check_for_late_money( $attempt ),
			default => true,
		};
		self::plan( Attempts::find( $attempt->id ) ?? $attempt, $is_known, time() );
	}

	/** What is in review may still be paid as it was asked for. */
	private static function is_open( Attempt $attempt ): bool {
		return $attempt->state->is_live() || Attempt_State::Review === $attempt->state;
	}

	private static function poll_open( Attempt $attempt, int $now ): bool {
		$check = Payment_Service::check( $attempt, 20000 );
		if ( Query_Result::Not_There === $check ) {
			if ( $now > $attempt->expires_at + self::FINAL_AFTER ) {
				Payment_Service::end( $attempt, Attempt_State::Failed, 'BonusPay never took it.' );
			}
			return true;
		}
		$attempt     = Attempts::find( $attempt->id ) ?? $attempt;
		$order       = Orders::fresh( $attempt->order_id );
		$is_unwanted = $attempt->cancel_asked
			|| Order_View::Open !== Orders::view( $order, $attempt )
			// BonusPay's page would go on asking for the whole amount.
			|| null !== Orders::unsettled( $order, Attempts::of_order( $attempt->order_id ) );
		if ( Attempt_State::Waiting === $attempt->state && $is_unwanted ) {
			Payment_Service::retire( $attempt );
		}
		return Query_Result::Answered === $check;
	}

	/** A look that came to nothing counts for nothing: it is made again, later and later. */
	private static function plan( Attempt $attempt, bool $is_known, int $now ): void {
		$last = $attempt->expires_at + self::WATCHED;
		// A day more for who could not be asked: an outage of some hours is no reason to trouble a person with each payment.
		if ( $now >= $last + ( $is_known ? 0 : DAY_IN_SECONDS ) && $attempt->state->is_live() ) {
			Payment_Service::end( $attempt, Attempt_State::Review, 'BonusPay did not say within three days how this payment ended.' );
		}
		if ( ! $is_known ) {
			$again = $now + min( 6 * HOUR_IN_SECONDS, 60 << min( 9, $attempt->fails ) );
			Attempts::plan( $attempt, $again < $last + self::GIVEN_UP ? $again : null, $attempt->checks, $attempt->fails + 1 );
			return;
		}
		$is_replaced = $attempt->state->is_dead() && self::is_replaced( $attempt );
		Attempts::plan( $attempt, self::next_poll( $attempt, $now, $last, $is_replaced ), $attempt->checks + 1, 0 );
	}

	private static function next_poll( Attempt $attempt, int $now, int $last, bool $is_replaced = false ): ?int {
		if ( $now >= $last ) {
			return null;
		}
		$age = max( 60, intdiv( $now - $attempt->created_at, 2 ) );
		if ( self::is_open( $attempt ) ) {
			return min(
				$last,
				$now + ( $now < $attempt->expires_at + self::ATTENTIVE ? min( 600, $age ) : min( 6 * HOUR_IN_SECONDS, $age ) )
			);
		}
		if ( ! $attempt->state->is_dead() && Attempt_State::Underpaid !== $attempt->state ) {
			return null;
		}
		// Money for a dead attempt is told by nobody: it is looked for a day and three days after its end, and as often as
		// for an open one while the shopper is asked for it in another way.
		$middle = $attempt->expires_at + intdiv( self::WATCHED, 3 );
		$later  = $now < $middle ? $middle : $last;
		return $is_replaced ? min( $later, $now + min( 600, $age ) ) : $later;
	}

	/** Whether the shopper is asked for the order's money in another way. */
	private static function is_replaced( Attempt $attempt ): bool {
		foreach ( Attempts::of_order( $attempt->order_id ) as $other ) {
			if ( $other->id !== $attempt->id && $other->state->is_live() ) {
				return true;
			}
		}
		return false;
	}
}
