<?php
/**
 * Compares what the shop believes with what BonusPay says.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Reconciliation;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Query_Result;
use BonusPay\WooCommerce\Queue\Queue;
use BonusPay\WooCommerce\Refund\Refund_Service;
use BonusPay\WooCommerce\Runtime;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * One run: asks BonusPay about everything of a period that has not ended for certain, by the same way as the queue, so
 * that what it learns is applied too; then compares payments, refunds, notifications and orders. The last report is kept.
 *
 * BonusPay is asked at most about once a second beyond the first questions. What there is no time for is "not asked"; the
 * next run of the same period goes on there.
 */
final class Reconciliation {

	private const OPTION = 'bonuspay_wc_report';

	/** A report has so many payments; more need a shorter period. */
	private const PAYMENTS_MAX = 2000;
	/** So many questions are asked without a pause. */
	private const QUICK = 25;
	/** Seconds from one question to the next: each may be two calls. */
	private const PAUSE = 2;
	/** The run that goes on where another ended takes over what was asked within this time. */
	private const FRESH = HOUR_IN_SECONDS;

	/** What the last run asked, our number => its line. */
	private array $before = array();
	/** What is known now, our number => what BonusPay said, and what changed. */
	private array $found = array();
	private int $asked   = 0;

	/**
	 * Begins.
	 *
	 * @param int    $from The period's first second, by when the shopper began to pay.
	 * @param int    $to   Its last.
	 * @param string $mode 'test' or 'live'.
	 * @param int    $end  No question is begun after this time.
	 */
	private function __construct( private int $from, private int $to, private string $mode, private int $end ) {
		$last = self::last();
		if (
			null !== $last
			&& $last->from === $from
			&& $last->to === $to
			&& $last->mode === $mode
			&& $last->made_at > time() - self::FRESH
			&& array() !== $last->not_asked()
		) {
			foreach ( $last->lines as $line ) {
				if ( ! in_array(
					$line['at_bonuspay'] ?? Report::SETTLED,
					array( Report::SETTLED, Report::NOT_ASKED, Report::NO_ANSWER ),
					true
				) ) {
					$this->before[ $line['number'] ] = $line;
				}
			}
		}
	}

	/**
	 * Compares a period.
	 *
	 * @param int    $from    Its first second, by when the shopper began to pay.
	 * @param int    $to      Its last.
	 * @param string $mode    'test' or 'live'.
	 * @param int    $seconds No question is begun later than this.
	 */
	public static function run( int $from, int $to, string $mode, int $seconds = 35 ): Report {
		$run    = new self( $from, $to, $mode, time() + $seconds );
		$report = $run->report();
		update_option( self::OPTION, $report->to_array(), false );
		return $report;
	}

	/** The last report; null when there was none. */
	public static function last(): ?Report {
		return Report::from_array( get_option( self::OPTION ) );
	}

	private function report(): Report {
		$is_whole = count( Attempts::made( $this->from, $this->to, $this->mode, self::PAYMENTS_MAX + 1 ) ) <= self::PAYMENTS_MAX;
		$attempts = $this->payments();
		$this->ask( $attempts );

		// As all stands now.
		$ids       = array_map( static fn( Attempt $attempt ): int => $attempt->id, $attempts );
		$refunds   = Refunds::of_attempts( $ids );
		$order_ids = array_unique( array_map( static fn( Attempt $attempt ): int => $attempt->order_id, $attempts ) );
		$lines     = array();
		foreach ( array_filter(
			$this->payments(),
			static fn( Attempt $attempt ): bool => in_array( $attempt->id, $ids, true )
		) as $attempt ) {
			$lines[] = Report_Line::of_payment(
				$attempt,
				self::order( wc_get_order( $attempt->order_id ) ),
				$refunds[ $attempt->id ] ?? array(),
				...$this->found( $attempt->merchant_order_no )
			);
			foreach ( array_reverse( $refunds[ $attempt->id ] ?? array() ) as $refund ) {
				$lines[] = Report_Line::of_refund( $refund, ...$this->found( $refund->refund_merchant_order_no ) );
			}
		}
		$events = Notification_Inbox::unmatched( $this->from, $this->to, self::PAYMENTS_MAX );
		return new Report(
			$this->from,
			$this->to,
			$this->mode,
			time(),
			array( ...$lines, ...array_map( array( Report_Line::class, 'of_notification' ), $events ), ...$this->unpaid( $order_ids ) ),
			$is_whole && count( $events ) < self::PAYMENTS_MAX
		);
	}

	/**
	 * The period's payments, as they are now. What an earlier version rehearsed is no sale.
	 *
	 * @return Attempt[]
	 */
	private function payments(): array {
		return array_values(
			array_filter(
				Attempts::made( $this->from, $this->to, $this->mode, self::PAYMENTS_MAX ),
				static fn( Attempt $attempt ): bool => ! self::is_rehearsal( wc_get_order( $attempt->order_id ) )
			)
		);
	}

	private static function is_rehearsal( mixed $order ): bool {
		return $order instanceof \WC_Order && '' !== (string) $order->get_meta( Orders::REHEARSAL );
	}

	/** Asks about what has not ended: first what may still be paid, since there may be no time for all. */
	private function ask( array $attempts ): void {
		$open = array_filter( $attempts, static fn( Attempt $attempt ): bool => ! $attempt->state->is_dead() );
		$dead = array_filter( $attempts, static fn( Attempt $attempt ): bool => $attempt->state->is_dead() );
		foreach ( array( ...$open, ...$dead ) as $attempt ) {
			if ( isset( $this->before[ $attempt->merchant_order_no ] ) ) {
				continue;
			}
			if ( self::has_ended( $attempt ) ) {
				$this->found[ $attempt->merchant_order_no ] = array( Report::SETTLED );
			} elseif ( $this->may_ask() ) {
				$this->found[ $attempt->merchant_order_no ] = $this->ask_payment( $attempt );
			}
		}
		foreach ( Refunds::of_attempts( array_map( static fn( Attempt $attempt ): int => $attempt->id, $attempts ) ) as $refunds ) {
			foreach ( $refunds as $refund ) {
				if ( isset( $this->before[ $refund->refund_merchant_order_no ] ) ) {
					continue;
				}
				if ( $refund->state->is_final() || Refund_State::Asked === $refund->state ) {
					$this->found[ $refund->refund_merchant_order_no ] = array( Report::SETTLED );
				} elseif ( $this->may_ask() ) {
					$this->found[ $refund->refund_merchant_order_no ] = self::ask_refund( $refund );
				}
			}
		}
	}

	/** Whether BonusPay has said the last word: paid, given back, or nothing came in and the queue has looked for the last time. */
	private static function has_ended( Attempt $attempt ): bool {
		return in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true )
			|| 0 === $attempt->sent_at
			|| ( $attempt->state->is_dead() && null === $attempt->next_check_at && time() > $attempt->expires_at + Queue::WATCHED );
	}

	/** Takes the time for a question, unless there is none. */
	private function may_ask(): bool {
		if ( Payment_Service::is_to_slow_down() || time() >= $this->end ) {
			return false;
		}
		if ( ++$this->asked > self::QUICK ) {
			Runtime::pause( self::PAUSE * 1000000 );
		}
		return true;
	}

	/** What BonusPay says of a payment, and what changed by that. */
	private function ask_payment( Attempt $attempt ): array {
		$order  = self::status( wc_get_order( $attempt->order_id ) );
		$check  = Payment_Service::check( $attempt );
		$now    = Attempts::find( $attempt->id ) ?? $attempt;
		$status = self::status( Orders::fresh( $attempt->order_id ) );
		$told   = match ( $check ) {
			Query_Result::Answered  => Payment_Service::known_state( $attempt ),
			Query_Result::Not_There => 'not_there',
			default                 => Report::NO_ANSWER,
		};
		$was = array();
		if ( $now->state !== $attempt->state ) {
			$was['was_state'] = $attempt->state->value;
		}
		if ( 0 !== Decimal::compare( $now->received, $attempt->received ) ) {
			$was['was_received'] = $attempt->received;
		}
		if ( $order !== $status ) {
			$was['was_order_status'] = $order;
		}
		return array( $told, $was );
	}

	/** The same of a refund. */
	private static function ask_refund( Refund $refund ): array {
		$check = Refund_Service::check( $refund );
		$now   = Refunds::find( $refund->id ) ?? $refund;
		$told  = match ( $check ) {
			Query_Result::Answered  => $now->state->value,
			Query_Result::Not_There => 'not_there',
			default                 => Report::NO_ANSWER,
		};
		return array( $told, $now->state === $refund->state ? array() : array( 'was_state' => $refund->state->value ) );
	}

	/** What BonusPay said of a number, and what changed, in this run or in the one that it goes on with. */
	private function found( string $number ): array {
		$before = $this->before[ $number ] ?? null;
		return $this->found[ $number ] ?? ( null === $before
			? array( Report::NOT_ASKED )
			: array( $before['at_bonuspay'], array_intersect_key( $before, array_flip( Report::WAS ) ) ) );
	}

	/**
	 * Orders that count as paid, and that no payment at BonusPay has paid: those of the period that chose BonusPay, and those
	 * whose payment by BonusPay began in it.
	 *
	 * @param int[] $begun The latter.
	 */
	private function unpaid( array $begun ): array {
		$chosen   = wc_get_orders(
			array(
				'type'           => 'shop_order',
				'payment_method' => Payment_Method::ID,
				'status'         => wc_get_is_paid_statuses(),
				'date_created'   => $this->from . '...' . $this->to,
				'limit'          => self::PAYMENTS_MAX,
				'return'         => 'ids',
			)
		);
		$ids      = array_unique( array_map( 'intval', array( ...$begun, ...$chosen ) ) );
		$attempts = array();
		foreach ( array_chunk( $ids, 500 ) as $some ) {
			$attempts += Attempts::of_orders( $some );
		}
		$lines = array();
		sort( $ids );
		foreach ( $ids as $id ) {
			$its   = $attempts[ $id ] ?? array();
			$paid  = array_filter(
				$its,
				static fn( Attempt $attempt ): bool => in_array(
					$attempt->state,
					array( Attempt_State::Paid, Attempt_State::Refunded ),
					true
				)
			);
			$ours  = array_filter( $its, fn( Attempt $attempt ): bool => $attempt->mode === $this->mode );
			$order = array() === $paid && ( array() === $its || array() !== $ours ) ? self::order( wc_get_order( $id ) ) : null;
			if ( null !== $order && $order['is_paid'] ) {
				$lines[] = Report_Line::of_order( $id, $order );
			}
		}
		return $lines;
	}

	/** What the report needs to know of an order; null when it is gone. */
	private static function order( mixed $order ): ?array {
		if ( ! $order instanceof \WC_Order || self::is_rehearsal( $order ) ) {
			return null;
		}
		$total = (string) $order->get_total( 'edit' );
		return array(
			'status'   => $order->get_status(),
			'is_paid'  => Orders::is_paid( $order ) || $order->has_status( 'refunded' ),
			'method'   => $order->get_payment_method(),
			'paid_by'  => (string) $order->get_meta( Orders::PAID_BY ),
			'total'    => Decimal::is_valid( $total ) ? Decimal::add( $total, '0' ) : $total,
			'currency' => $order->get_currency(),
			'created'  => (int) $order->get_date_created()?->getTimestamp(),
		);
	}

	private static function status( mixed $order ): string {
		return $order instanceof \WC_Order ? $order->get_status() : 'gone';
	}
}
