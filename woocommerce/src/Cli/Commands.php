<?php
/**
 * What `wp bonuspay` does.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Cli;

use BonusPay\WooCommerce\Health\Check_Result;
use BonusPay\WooCommerce\Health\Health_Check;
use BonusPay\WooCommerce\Health\Webhook_Check_Result;
use BonusPay\WooCommerce\Health\Webhook_Self_Check;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Notification\Notifications;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Queue\Queue;
use BonusPay\WooCommerce\Reconciliation\Reconciliation;
use BonusPay\WooCommerce\Reconciliation\Report;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Each command as a function of its arguments, without WP-CLI, which Cli speaks to. Amounts are decimal strings, times
 * those of RFC 3339.
 */
final class Commands {

	/** Whether everything is as it should be. */
	public static function doctor( bool $with_calls = false ): Command_Result {
		$findings = Health_Check::worst_first( Health_Check::examine( $with_calls ) );
		$count    = static fn( string $status ): int => count(
			array_filter( $findings, static fn( Check_Result $one ): bool => $status === $one->status )
		);
		$bad      = $count( Check_Result::CRITICAL );
		$rows     = array_map(
			static fn( Check_Result $one ): array => array(
				'status' => $one->status,
				'id'     => $one->id,
				'label'  => $one->label,
				'text'   => $one->text,
			),
			$findings
		);
		return new Command_Result(
			$bad > 0 ? Command_Result::REVIEW : Command_Result::GOOD,
			sprintf(
				/* translators: 1: number of checks, 2: how many found something critical, 3: how many recommend something. */
				__( '%1$d checks: %2$d critical, %3$d to look at.', 'bonuspay-for-woocommerce' ),
				count( $findings ),
				$bad,
				$count( Check_Result::RECOMMENDED )
			),
			$rows
		);
	}

	/**
	 * Compares a period with BonusPay.
	 *
	 * @param string $from    A day, in the shop's time zone; thirty days ago when ''.
	 * @param string $to      The last day; today when ''.
	 * @param string $mode    'test', 'live', or '' for the mode that is set.
	 * @param int    $seconds So long it may take.
	 */
	public static function reconcile( string $from, string $to, string $mode, int $seconds ): Command_Result {
		$mode  = '' === $mode ? Settings::get()->mode() : $mode;
		$first = self::day( '' === $from ? '-30 days' : $from );
		$last  = self::day( '' === $to ? 'today' : $to );
		if ( ! in_array( $mode, Keys::MODES, true ) ) {
			return Command_Result::impossible( __( 'The mode must be test or live.', 'bonuspay-for-woocommerce' ) );
		}
		if ( null === $first || null === $last || $first > $last ) {
			return Command_Result::impossible(
				__( 'A day must be written as 2026-11-20, and the first not after the last.', 'bonuspay-for-woocommerce' )
			);
		}
		$problem = Backends::problem( $mode );
		if ( null !== $problem ) {
			return Command_Result::impossible( $problem );
		}
		$end  = time() + $seconds;
		$last = $last->modify( '+1 day' )->getTimestamp() - 1;
		do {
			$report = Reconciliation::run( $first->getTimestamp(), $last, $mode, max( 1, min( 35, $end - time() ) ) );
		} while (
			in_array( Report::NOT_ASKED, array_column( $report->not_asked(), 'at_bonuspay' ), true )
			&& time() < $end
			&& ! Payment_Service::is_to_slow_down()
		);
		return self::summary( $report );
	}

	/** The last comparison's CSV file; '' when there is none. */
	public static function csv(): string {
		return (string) Reconciliation::last()?->csv();
	}

	/** One round of the queue: for a system's cron where WordPress's own does not run. */
	public static function queue(): Command_Result {
		$problem = Queue::problem();
		if ( null !== $problem ) {
			return Command_Result::impossible( $problem );
		}
		Queue::run();
		return new Command_Result( Command_Result::GOOD, __( 'The queue was run once.', 'bonuspay-for-woocommerce' ) );
	}

	/** An order's payments, the newest first. */
	public static function order( int $order_id ): Command_Result {
		$rows = array_map(
			static fn( Attempt $attempt ): array => array(
				'number'          => $attempt->number,
				'state'           => $attempt->state->value,
				'mode'            => $attempt->mode,
				'coin'            => $attempt->coin,
				'network'         => $attempt->network,
				'due'             => (string) $attempt->due,
				'received'        => $attempt->received,
				'price'           => $attempt->price . ' ' . $attempt->currency,
				'merchantOrderNo' => $attempt->merchant_order_no,
				'orderNo'         => (string) $attempt->order_no,
				'expires'         => self::time( $attempt->expires_at ),
				'next_check'      => self::time( (int) $attempt->next_check_at ),
				'reason'          => $attempt->reason,
			),
			Attempts::of_order( $order_id )
		);
		return array() === $rows
			/* translators: %d: an order's number. */
			? Command_Result::impossible( sprintf( __( 'Order %d has no payment by BonusPay.', 'bonuspay-for-woocommerce' ), $order_id ) )
			: new Command_Result( Command_Result::GOOD, '', $rows );
	}

	/** Asks BonusPay about an order now, and shows it afterwards. */
	public static function check( int $order_id ): Command_Result {
		$result = Payment_Service::check_order( $order_id );
		$after  = self::order( $order_id );
		$text   = match ( $result ) {
			'told'      => __( 'BonusPay was asked.', 'bonuspay-for-woocommerce' ),
			'not_there' => __( 'BonusPay was asked, and does not know this payment.', 'bonuspay-for-woocommerce' ),
			'busy'      => __( 'The order is just being worked on. Ask again in some seconds.', 'bonuspay-for-woocommerce' ),
			'failed'    => __( 'BonusPay could not be asked: the log "bonuspay" says why.', 'bonuspay-for-woocommerce' ),
			default     => $after->text,
		};
		return new Command_Result( 'told' === $result ? Command_Result::GOOD : Command_Result::IMPOSSIBLE, $text, $after->rows );
	}

	/**
	 * The notifications that came, the newest first.
	 *
	 * @param array $filters As Notification_Inbox::listed() takes them.
	 * @param int   $limit   So many at most.
	 */
	public static function events( array $filters, int $limit ): Command_Result {
		list( $events, $count ) = Notification_Inbox::listed( $filters, $limit, 0 );
		$rows                   = array_map(
			static fn( object $event ): array => array(
				'id'              => (int) $event->id,
				'received'        => self::time( (int) $event->received_at ),
				'kind'            => $event->kind,
				'status'          => $event->status,
				'merchantOrderNo' => $event->merchant_order_no,
				'order'           => (int) $event->order_id,
				'state'           => $event->state,
				'outcome'         => $event->outcome,
				'deliveries'      => (int) $event->deliveries,
				'tries'           => (int) $event->tries,
				'handled'         => self::time( (int) $event->handled_at ),
			),
			$events
		);
		return new Command_Result(
			Command_Result::GOOD,
			/* translators: 1: how many are shown, 2: how many there are. */
			sprintf( __( '%1$d of %2$d.', 'bonuspay-for-woocommerce' ), count( $rows ), $count ),
			$rows
		);
	}

	/** Handles a notification once more. */
	public static function replay( int $event_id ): Command_Result {
		$result = Notifications::replay( $event_id );
		$text   = match ( $result ) {
			'done'      => __( 'It is done: the order is as BonusPay says.', 'bonuspay-for-woocommerce' ),
			'waiting'   => __( 'BonusPay could not be asked, or does not confirm it yet. Try again later.', 'bonuspay-for-woocommerce' ),
			'busy'      => __( 'It is just being handled. Ask again in some seconds.', 'bonuspay-for-woocommerce' ),
			'unmatched' => __( 'It still fits no payment of this shop.', 'bonuspay-for-woocommerce' ),
			'unused'    => __( 'It is about something that this shop does not use.', 'bonuspay-for-woocommerce' ),
			default     => __( 'There is no such notification, or its payment is gone.', 'bonuspay-for-woocommerce' ),
		};
		$code = array(
			'done'      => Command_Result::GOOD,
			'unused'    => Command_Result::GOOD,
			'waiting'   => Command_Result::REVIEW,
			'unmatched' => Command_Result::REVIEW,
		);
		return new Command_Result(
			$code[ $result ] ?? Command_Result::IMPOSSIBLE,
			$text,
			array(
				array(
					'id'     => $event_id,
					'result' => $result,
				),
			)
		);
	}

	/** Calls the shop as BonusPay would, and names what stands in the way. */
	public static function test_callbacks(): Command_Result {
		$results = Webhook_Self_Check::run();
		$is_good = array() === array_filter( $results, static fn( Webhook_Check_Result $one ): bool => ! $one->is_good );
		return new Command_Result(
			$is_good ? Command_Result::GOOD : Command_Result::REVIEW,
			Webhook_Self_Check::limits(),
			array_map( static fn( Webhook_Check_Result $one ): array => $one->to_array(), $results )
		);
	}

	/** What the report says, and whether somebody must look at it. */
	private static function summary( Report $report ): Command_Result {
		$rows = array();
		foreach ( $report->coins() as $coin => $sums ) {
			$rows[] = array(
				'of'          => $coin,
				'received'    => $sums['received'],
				'matched'     => $sums['matched'],
				'unexplained' => $sums['unexplained'],
				'refunded'    => $sums['refunded'],
				'balances'    => $sums['balances'] ? 'yes' : 'no',
			);
		}
		$lists = array(
			'unexplained' => $report->unexplained(),
			'missing'     => $report->missing(),
			'not_asked'   => $report->not_asked(),
			'changed'     => $report->changed(),
		);
		$is_ok = array() === $lists['unexplained']
			&& array() === $lists['missing']
			&& array() === $lists['not_asked']
			&& ! in_array( 'no', array_column( $rows, 'balances' ), true )
			&& $report->is_whole;
		return new Command_Result(
			$is_ok ? Command_Result::GOOD : Command_Result::REVIEW,
			sprintf(
				/* translators: 1: number of lines, 2: unexplained, 3: missing, 4: not asked, 5: changed, 6: a hash. */
				__( '%1$d lines: %2$d unexplained, %3$d missing, %4$d not asked, %5$d changed. SHA-256 of the CSV file: %6$s', 'bonuspay-for-woocommerce' ),
				count( $report->lines ),
				...array_map( 'count', array_values( $lists ) ),
				...array( $report->hash() )
			),
			$rows,
			array(
				'from'       => self::time( $report->from ),
				'to'         => self::time( $report->to ),
				'mode'       => $report->mode,
				'sha256'     => $report->hash(),
				'coins'      => $report->coins(),
				'currencies' => $report->currencies(),
				'is_whole'   => $report->is_whole,
			) + array_map( 'array_values', $lists )
		);
	}

	/** A day in the shop's time zone; null when it is none. */
	private static function day( string $text ): ?\DateTimeImmutable {
		if ( 1 !== preg_match( '/^(\d{4}-\d{2}-\d{2}|today|-30 days)$/D', $text ) ) {
			return null;
		}
		try {
			$day = ( new \DateTimeImmutable( $text, wp_timezone() ) )->setTime( 0, 0 );
		} catch ( \Exception $error ) {
			return null;
		}
		return Decimal::is_digits( $text[0] ) && $day->format( 'Y-m-d' ) !== $text ? null : $day;
	}

	/** A time for programs; '' when there was none. */
	private static function time( int $at ): string {
		return $at > 0 ? gmdate( 'Y-m-d\TH:i:s\Z', $at ) : '';
	}
}
