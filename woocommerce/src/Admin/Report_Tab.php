<?php
/**
 * WooCommerce > BonusPay > Reconciliation.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use Automattic\WooCommerce\Utilities\OrderUtil;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Reconciliation\Reconciliation;
use BonusPay\WooCommerce\Reconciliation\Report;
use BonusPay\WooCommerce\Reconciliation\Report_Line;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Runs the reconciliation for a period, shows the last report with what needs a person first, and gives it as a file.
 */
final class Report_Tab implements Tab {

	public const RUN_ACTION = 'bonuspay_wc_reconcile';
	public const CSV_ACTION = 'bonuspay_wc_report_csv';

	/** A period has so many days. */
	private const DAYS_MAX = 366;

	/** The tab's name in the address. */
	public static function slug(): string {
		return 'report';
	}

	/** The tab's name for people. */
	public static function title(): string {
		return __( 'Reconciliation', 'bonuspay-for-woocommerce' );
	}

	/** Prints the form and the last report. */
	public static function show(): void {
		if ( 'period' === Links::argument( Links::RESULT ) ) {
			Words::notice(
				/* translators: %d: a number of days. */
				sprintf( __( 'Choose a first and a last day, at most %d days apart.', 'bonuspay-for-woocommerce' ), self::DAYS_MAX ),
				false
			);
		}
		echo '<p>'
			. esc_html__( 'Asks BonusPay about every payment of a period that is still open, brings your orders up to date, and compares: does each coin that came in belong to an order, and was each paid order really paid?', 'bonuspay-for-woocommerce' )
			. '</p>';
		$report = Reconciliation::last();
		self::show_form( $report );
		if ( null !== $report ) {
			self::show_report( $report );
		}
	}

	/** Compares, for the button. */
	public static function run(): void {
		Action::check( self::RUN_ACTION );
		$zone = wp_timezone();
		$from = \DateTimeImmutable::createFromFormat( '!Y-m-d', Action::text( 'from' ), $zone );
		$to   = \DateTimeImmutable::createFromFormat( '!Y-m-d', Action::text( 'to' ), $zone );
		$days = false === $from || false === $to || $to < $from ? self::DAYS_MAX : $from->diff( $to )->days;
		$mode = Action::text( 'mode' );
		$word = 'period';
		if ( $days < self::DAYS_MAX && in_array( $mode, Keys::MODES, true ) ) {
			Reconciliation::run( $from->getTimestamp(), $to->modify( '+1 day' )->getTimestamp() - 1, $mode );
			$word = 'done';
		}
		wp_safe_redirect( Links::screen( self::slug(), array( Links::RESULT => $word ) ) );
		exit;
	}

	/** Gives the last report as a file: the one that was shown. */
	public static function download(): void {
		Action::check( self::CSV_ACTION );
		$report = Reconciliation::last();
		if ( null === $report ) {
			Action::refuse();
		}
		nocache_headers();
		header( 'Content-Type: text/csv; charset=utf-8' );
		header(
			sprintf(
				'Content-Disposition: attachment; filename="bonuspay-%s-%s-to-%s.csv"',
				$report->mode,
				wp_date( 'Y-m-d', $report->from ),
				wp_date( 'Y-m-d', $report->to )
			)
		);
		header( 'X-Content-Type-Options: nosniff' );
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- a file, no page.
		echo $report->csv();
		exit;
	}

	private static function show_form( ?Report $last ): void {
		$from = null === $last ? wp_date( 'Y-m-01' ) : wp_date( 'Y-m-d', $last->from );
		$to   = null === $last ? wp_date( 'Y-m-d' ) : wp_date( 'Y-m-d', $last->to );
		$mode = null === $last ? Settings::get()->mode() : $last->mode;
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- form() escapes.
		echo '<div class="bonuspay-filters">' . Action::form( self::RUN_ACTION );
		printf(
			'<label>%s <input type="date" name="from" required value="%s"></label> ',
			esc_html__( 'From', 'bonuspay-for-woocommerce' ),
			esc_attr( $from )
		);
		printf(
			'<label>%s <input type="date" name="to" required value="%s"></label> ',
			esc_html__( 'To', 'bonuspay-for-woocommerce' ),
			esc_attr( $to )
		);
		printf( '<label>%s <select name="mode">', esc_html__( 'Mode', 'bonuspay-for-woocommerce' ) );
		foreach ( Keys::MODES as $one ) {
			printf(
				'<option value="%s"%s>%s</option>',
				esc_attr( $one ),
				selected( $one, $mode, false ),
				esc_html( Settings::mode_name( $one ) )
			);
		}
		printf(
			'</select></label> <button class="button button-primary">%s</button></form></div>',
			esc_html__( 'Compare now', 'bonuspay-for-woocommerce' )
		);
	}

	private static function show_report( Report $report ): void {
		$date = static fn( int $at ): string => (string) wp_date( wc_date_format(), $at );
		echo '<h2>'
			. esc_html(
				sprintf(
					/* translators: 1: first day, 2: last day, 3: "Test mode" or "Live mode", 4: date and time. */
					__( '%1$s to %2$s, %3$s', 'bonuspay-for-woocommerce' ),
					$date( $report->from ),
					$date( $report->to ),
					Settings::mode_name( $report->mode )
				)
			)
			. '</h2>';
		$asked = count( $report->not_asked() );
		if ( $asked > 0 ) {
			Words::notice(
				sprintf(
					/* translators: %d: a number of payments. */
					_n( 'This report is not complete: BonusPay was not asked about %d payment or refund, or did not answer. Compare once more; it goes on where it ended.', 'This report is not complete: BonusPay was not asked about %d payments or refunds, or did not answer. Compare once more; it goes on where it ended.', $asked, 'bonuspay-for-woocommerce' ),
					$asked
				),
				false
			);
		}
		if ( ! $report->is_whole ) {
			Words::notice(
				__( 'This period has too many payments for one report: the rest is left out. Choose a shorter period.', 'bonuspay-for-woocommerce' ),
				false
			);
		}
		$unexplained = $report->unexplained();
		$missing     = $report->missing();
		self::show_findings(
			/* translators: %d: a number of lines. */
			sprintf( _n( '%d unexplained', '%d unexplained', count( $unexplained ), 'bonuspay-for-woocommerce' ), count( $unexplained ) ),
			__( 'Money that belongs to no order, and notifications that belong to no payment.', 'bonuspay-for-woocommerce' ),
			$unexplained
		);
		self::show_findings(
			/* translators: %d: a number of lines. */
			sprintf( _n( '%d missing', '%d missing', count( $missing ), 'bonuspay-for-woocommerce' ), count( $missing ) ),
			__( 'Orders that count as paid without a payment at BonusPay, and payments whose order does not fit.', 'bonuspay-for-woocommerce' ),
			$missing
		);
		self::show_totals( $report );
		self::show_lines( $report );
		self::show_file( $report );
	}

	/** One of the two lists that need a person. */
	private static function show_findings( string $title, string $about, array $lines ): void {
		printf(
			'<h3><span class="bonuspay-badge %s">%s</span></h3><p class="description">%s</p>',
			array() === $lines ? 'is-good' : 'is-bad',
			esc_html( $title ),
			esc_html( $about )
		);
		if ( array() === $lines ) {
			return;
		}
		self::begin_table(
			array(
				__( 'Order', 'bonuspay-for-woocommerce' ),
				__( 'Number', 'bonuspay-for-woocommerce' ),
				__( 'When', 'bonuspay-for-woocommerce' ),
				__( 'Amount', 'bonuspay-for-woocommerce' ),
				__( 'Why', 'bonuspay-for-woocommerce' ),
			)
		);
		foreach ( array_slice( $lines, 0, Pager::ROWS ) as $line ) {
			$amount = match ( true ) {
				Report_Line::ORDER === $line['kind']                                   => $line['order_total'] . ' ' . $line['currency'],
				Report_Line::PAYMENT !== $line['kind']                                 => '?',
				in_array( $line['remark'], array( Report_Line::ORDER_NOT_PAID ), true ) => $line['received'] . ' ' . $line['coin'],
				Report_Line::TOTAL_DIFFERS === $line['remark']                         => $line['price'] . ' / ' . $line['order_total']
					. ' ' . $line['currency'],
				default                                                                => $line['unexplained'] . ' ' . $line['coin'],
			};
			self::show_cells(
				array(
					self::order_link( $line ),
					'<code>' . esc_html( $line['number'] ?? '' ) . '</code>',
					esc_html( self::when( $line ) ),
					esc_html( $amount ),
					esc_html( self::remark_text( $line['remark'] ) ),
				)
			);
		}
		echo '</tbody></table></div>';
		if ( count( $lines ) > Pager::ROWS ) {
			echo '<p>'
				. esc_html(
					sprintf(
						/* translators: %d: a number of lines. */
						_n( '… and %d more: the file has all.', '… and %d more: the file has all.', count( $lines ) - Pager::ROWS, 'bonuspay-for-woocommerce' ),
						count( $lines ) - Pager::ROWS
					)
				)
				. '</p>';
		}
	}

	private static function show_totals( Report $report ): void {
		echo '<h3>' . esc_html__( 'Totals', 'bonuspay-for-woocommerce' ) . '</h3>';
		if ( array() === $report->coins() + $report->currencies() ) {
			echo '<p>' . esc_html__( 'Nothing came in within this period.', 'bonuspay-for-woocommerce' ) . '</p>';
			return;
		}
		self::begin_table(
			array(
				__( 'Coin', 'bonuspay-for-woocommerce' ),
				__( 'Received', 'bonuspay-for-woocommerce' ),
				__( 'of it for orders', 'bonuspay-for-woocommerce' ),
				__( 'of it unexplained', 'bonuspay-for-woocommerce' ),
				__( 'Refunded', 'bonuspay-for-woocommerce' ),
				__( 'Refunds on their way', 'bonuspay-for-woocommerce' ),
				__( 'Refund fees', 'bonuspay-for-woocommerce' ),
				'',
			)
		);
		foreach ( $report->coins() as $coin => $sum ) {
			self::show_cells(
				array(
					esc_html( $coin ),
					...array_map(
						'esc_html',
						array(
							$sum['received'],
							$sum['matched'],
							$sum['unexplained'],
							$sum['refunded'],
							$sum['refund_pending'],
							$sum['fee'],
						)
					),
					self::balance( $sum['balances'] ),
				)
			);
		}
		echo '</tbody></table></div>';
		self::begin_table(
			array(
				__( 'Currency', 'bonuspay-for-woocommerce' ),
				__( 'Paid orders', 'bonuspay-for-woocommerce' ),
				__( 'of it paid at BonusPay', 'bonuspay-for-woocommerce' ),
				__( 'of it without a payment', 'bonuspay-for-woocommerce' ),
				__( 'Refunded', 'bonuspay-for-woocommerce' ),
				'',
			)
		);
		foreach ( $report->currencies() as $currency => $sum ) {
			self::show_cells(
				array(
					esc_html( $currency ),
					...array_map( 'esc_html', array( $sum['orders'], $sum['paid'], $sum['missing'], $sum['refunded'] ) ),
					self::balance( $sum['balances'] ),
				)
			);
		}
		echo '</tbody></table></div>';
	}

	private static function show_lines( Report $report ): void {
		echo '<h3>'
			. esc_html(
				/* translators: %d: a number of lines. */
				sprintf( _n( '%d line', 'All %d lines', count( $report->lines ), 'bonuspay-for-woocommerce' ), count( $report->lines ) )
			)
			. '</h3>';
		self::begin_table(
			array(
				__( 'Order', 'bonuspay-for-woocommerce' ),
				__( 'Number', 'bonuspay-for-woocommerce' ),
				__( 'When', 'bonuspay-for-woocommerce' ),
				__( 'Price', 'bonuspay-for-woocommerce' ),
				__( 'Due', 'bonuspay-for-woocommerce' ),
				__( 'Received', 'bonuspay-for-woocommerce' ),
				__( 'Refunded', 'bonuspay-for-woocommerce' ),
				__( 'State here', 'bonuspay-for-woocommerce' ),
				__( 'At BonusPay', 'bonuspay-for-woocommerce' ),
				__( 'Order\'s status', 'bonuspay-for-woocommerce' ),
				__( 'Changed by this run', 'bonuspay-for-woocommerce' ),
				__( 'Finding', 'bonuspay-for-woocommerce' ),
			)
		);
		foreach ( array_slice( $report->lines, Pager::skip(), Pager::ROWS ) as $line ) {
			$with = static fn( string $column, string $unit ): string => '' === ( $line[ $column ] ?? '' )
				? ''
				: trim( $line[ $column ] . ' ' . ( $line[ $unit ] ?? '' ) );
			$back = '0' === ( $line['refund_pending'] ?? '0' ) ? $with( 'refunded', 'coin' ) : $with( 'refund_pending', 'coin' );
			self::show_cells(
				array(
					self::order_link( $line ),
					'<code>' . esc_html( $line['number'] ?? '' ) . '</code>'
						. ( '' === ( $line['bonuspay_number'] ?? '' )
							? ''
							: '<br><code>' . esc_html( $line['bonuspay_number'] ) . '</code>' ),
					esc_html( self::when( $line ) ),
					esc_html( Report_Line::ORDER === $line['kind'] ? $with( 'order_total', 'currency' ) : $with( 'price', 'currency' ) ),
					esc_html( $with( 'due', 'coin' ) ),
					esc_html( $with( 'received', 'coin' ) ),
					esc_html( $back ),
					self::state( $line ),
					esc_html( self::word( $line['at_bonuspay'] ?? '' ) ),
					esc_html( '' === ( $line['order_status'] ?? '' ) ? '' : wc_get_order_status_name( $line['order_status'] ) ),
					implode( '<br>', array_map( 'esc_html', self::changes( $line ) ) ),
					self::finding( $line ),
				)
			);
		}
		echo '</tbody></table></div>';
		Pager::show( count( $report->lines ), Links::screen( self::slug() ) );
	}

	private static function show_file( Report $report ): void {
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- form() escapes.
		echo '<h3>' . esc_html__( 'For your books', 'bonuspay-for-woocommerce' ) . '</h3>' . Action::form( self::CSV_ACTION );
		printf( '<button class="button">%s</button></form>', esc_html__( 'Download as CSV', 'bonuspay-for-woocommerce' ) );
		echo '<p class="description">'
			. esc_html(
				sprintf(
					/* translators: %s: date and time. */
					__( 'Made at %s. The file holds no names or addresses of shoppers. Its last line is the SHA-256 hash of all lines before it; whoever has the file can recompute it:', 'bonuspay-for-woocommerce' ),
					Words::time( $report->made_at )
				)
			)
			. '</p>';
		echo '<p><code class="bonuspay-hash">' . esc_html( $report->hash() ) . '</code></p>';
	}

	private static function begin_table( array $heads ): void {
		echo '<div class="bonuspay-wide"><table class="widefat striped bonuspay-list"><thead><tr>';
		foreach ( $heads as $head ) {
			echo '' === $head ? '<td></td>' : '<th scope="col">' . esc_html( $head ) . '</th>';
		}
		echo '</tr></thead><tbody>';
	}

	/** A row of cells, escaped already. */
	private static function show_cells( array $cells ): void {
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped by the callers.
		echo '<tr><td>' . implode( '</td><td>', $cells ) . '</td></tr>';
	}

	private static function order_link( array $line ): string {
		return '' === ( $line['order'] ?? '' )
			? '–'
			: sprintf(
				'<a href="%s">%s</a>',
				esc_url( OrderUtil::get_order_admin_edit_url( (int) $line['order'] ) ),
				esc_html( '#' . $line['order'] )
			);
	}

	private static function when( array $line ): string {
		return Words::time( (int) strtotime( $line['created'] ?? '' ) );
	}

	private static function balance( bool $balances ): string {
		return sprintf(
			'<span class="bonuspay-badge %s">%s</span>',
			$balances ? 'is-good' : 'is-bad',
			$balances ? esc_html__( 'balances', 'bonuspay-for-woocommerce' ) : esc_html__( 'does not balance', 'bonuspay-for-woocommerce' )
		);
	}

	private static function state( array $line ): string {
		$state = $line['state'] ?? '';
		return match ( $line['kind'] ) {
			Report_Line::PAYMENT      => null === Attempt_State::tryFrom( $state )
				? esc_html( $state )
				: Words::badge( Attempt_State::from( $state ) ),
			/* translators: %s: a refund's state. */
			Report_Line::REFUND       => esc_html( sprintf( __( 'Refund: %s', 'bonuspay-for-woocommerce' ), self::word( $state ) ) ),
			/* translators: %s: BonusPay's status, such as SUCCESS. */
			Report_Line::NOTIFICATION => esc_html( sprintf( __( 'Notification: %s', 'bonuspay-for-woocommerce' ), $state ) ),
			default                   => '',
		};
	}

	/**
	 * What the run has changed, in words.
	 *
	 * @return string[]
	 */
	private static function changes( array $line ): array {
		$name    = static fn( string $state ): string => Report_Line::PAYMENT === $line['kind'] && null !== Attempt_State::tryFrom( $state )
			? Words::state( Attempt_State::from( $state ) )
			: self::word( $state );
		$changes = array();
		if ( isset( $line['was_state'] ) ) {
			/* translators: 1: how it was, 2: how it is now. */
			$changes[] = sprintf( __( '%1$s → %2$s', 'bonuspay-for-woocommerce' ), $name( $line['was_state'] ), $name( $line['state'] ) );
		}
		if ( isset( $line['was_received'] ) ) {
			/* translators: 1: an amount before, 2: the amount now. */
			$changes[] = sprintf( __( 'Received: %1$s → %2$s', 'bonuspay-for-woocommerce' ), $line['was_received'], $line['received'] );
		}
		if ( isset( $line['was_order_status'] ) ) {
			$changes[] = sprintf(
				/* translators: 1: an order's status before, 2: its status now. */
				__( 'Order: %1$s → %2$s', 'bonuspay-for-woocommerce' ),
				wc_get_order_status_name( $line['was_order_status'] ),
				wc_get_order_status_name( $line['order_status'] )
			);
		}
		return $changes;
	}

	/** Whether a line is in one of the lists above, escaped. */
	private static function finding( array $line ): string {
		$text = match ( true ) {
			Report::is_unexplained( $line ) => __( 'Unexplained', 'bonuspay-for-woocommerce' ),
			Report::is_missing( $line )     => __( 'Missing', 'bonuspay-for-woocommerce' ),
			default                         => '',
		};
		return '' === $text ? '' : '<span class="bonuspay-badge is-bad">' . esc_html( $text ) . '</span>';
	}

	/** A word of the report for people. */
	private static function word( string $word ): string {
		return match ( $word ) {
			'pending'                        => __( 'not paid yet', 'bonuspay-for-woocommerce' ),
			'succeeded'                      => __( 'paid', 'bonuspay-for-woocommerce' ),
			'failed'                         => __( 'failed', 'bonuspay-for-woocommerce' ),
			'refunded'                       => __( 'given back', 'bonuspay-for-woocommerce' ),
			'unknown'                        => __( 'a state that is not known', 'bonuspay-for-woocommerce' ),
			'not_there'                      => __( 'not known there', 'bonuspay-for-woocommerce' ),
			Report::SETTLED                  => __( 'had ended before', 'bonuspay-for-woocommerce' ),
			Report::NOT_ASKED                => __( 'not asked', 'bonuspay-for-woocommerce' ),
			Report::NO_ANSWER                => __( 'no answer', 'bonuspay-for-woocommerce' ),
			Refund_State::Asked->value       => __( 'the shopper was asked for an address', 'bonuspay-for-woocommerce' ),
			Refund_State::Saved->value, Refund_State::Sent->value => __( 'being checked', 'bonuspay-for-woocommerce' ),
			Refund_State::Created->value     => __( 'on its way', 'bonuspay-for-woocommerce' ),
			default                          => $word,
		};
	}

	/** A remark for people: what is wrong, and what to do. */
	private static function remark_text( string $remark ): string {
		return match ( $remark ) {
			Report_Line::SURPLUS         => __( 'More came in than was due. Give the rest back by the button in the order.', 'bonuspay-for-woocommerce' ),
			Report_Line::ORDER_GONE      => __( 'Its order was deleted, or is in the trash. Ask the shopper, or give the money back in BonusPay\'s merchant portal.', 'bonuspay-for-woocommerce' ),
			Report_Line::ORDER_CANCELLED => __( 'Its order is cancelled. Give the money back, or take the order up again.', 'bonuspay-for-woocommerce' ),
			Report_Line::SECOND_PAYMENT  => __( 'The order was paid by another payment at BonusPay: this is a second one. Give it back.', 'bonuspay-for-woocommerce' ),
			Report_Line::PAID_OTHERWISE  => __( 'The order is paid by another method. If something came in here as well, give it back.', 'bonuspay-for-woocommerce' ),
			Report_Line::PAID_BY_HAND    => __( 'The order was set to paid by hand. BonusPay knows of no payment that did it.', 'bonuspay-for-woocommerce' ),
			Report_Line::ORDER_NOT_PAID  => __( 'BonusPay says that it is paid, but the order does not count as paid. Open the order and decide.', 'bonuspay-for-woocommerce' ),
			Report_Line::TOTAL_DIFFERS   => __( 'The order\'s total is not the price that was paid: the order was changed afterwards.', 'bonuspay-for-woocommerce' ),
			Report_Line::UNMATCHED       => __( 'A genuine notification that fits no payment of this shop; probably another shop uses the same BonusPay account. See the tab "Notifications".', 'bonuspay-for-woocommerce' ),
			default                      => $remark,
		};
	}
}
