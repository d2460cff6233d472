<?php
/**
 * The reconciliation's result.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Reconciliation;

use BonusPay\WooCommerce\Money\Decimal;

/**
 * Lines, totals that must balance, a CSV file and its hash. Pure: it is what it was made of, whenever it is read.
 */
final class Report {

	/** The CSV file's columns. */
	public const COLUMNS = array(
		'kind',
		'order',
		'number',
		'bonuspay_number',
		'created',
		'price',
		'currency',
		'order_total',
		'coin',
		'network',
		'due',
		'received',
		'matched',
		'unexplained',
		'refunded',
		'refund_pending',
		'fee',
		'fee_coin',
		'state',
		'order_status',
		'at_bonuspay',
		'was_state',
		'was_received',
		'was_order_status',
		'remark',
	);

	/** Those of them that say what the run has changed. */
	public const WAS = array( 'was_state', 'was_received', 'was_order_status' );

	/** What stands for BonusPay's word when it was not asked: it had ended before; there was no time; it did not answer. */
	public const SETTLED   = 'settled';
	public const NOT_ASKED = 'not_asked';
	public const NO_ANSWER = 'no_answer';

	/**
	 * Keeps what was found.
	 *
	 * @param int    $from     The period's first second.
	 * @param int    $to       Its last.
	 * @param string $mode     'test' or 'live'.
	 * @param int    $made_at  When BonusPay was asked.
	 * @param array  $lines    Report_Line's.
	 * @param bool   $is_whole Whether the period has no more lines than these.
	 */
	public function __construct(
		public readonly int $from,
		public readonly int $to,
		public readonly string $mode,
		public readonly int $made_at,
		public readonly array $lines,
		public readonly bool $is_whole = true,
	) {}

	/** From what to_array() gave; null when it is nothing of that kind. */
	public static function from_array( mixed $stored ): ?self {
		$is_it = is_array( $stored )
			&& is_int( $stored['from'] ?? null )
			&& is_int( $stored['to'] ?? null )
			&& is_string( $stored['mode'] ?? null )
			&& is_int( $stored['made_at'] ?? null )
			&& is_array( $stored['lines'] ?? null );
		return $is_it
			? new self(
				$stored['from'],
				$stored['to'],
				$stored['mode'],
				$stored['made_at'],
				$stored['lines'],
				! empty( $stored['is_whole'] )
			)
			: null;
	}

	/** To be stored. */
	public function to_array(): array {
		return get_object_vars( $this );
	}

	/** Money without an order, and notifications without a payment. */
	public function unexplained(): array {
		return $this->those( array( self::class, 'is_unexplained' ) );
	}

	/** Orders that count as paid without a payment at BonusPay, and payments whose order does not count as paid. */
	public function missing(): array {
		return $this->those( array( self::class, 'is_missing' ) );
	}

	/** Whether a line is one of unexplained(). */
	public static function is_unexplained( array $line ): bool {
		return Report_Line::NOTIFICATION === $line['kind'] || 0 !== Decimal::compare( $line['unexplained'] ?? '0', '0' );
	}

	/** Whether a line is one of missing(). */
	public static function is_missing( array $line ): bool {
		return Report_Line::ORDER === $line['kind']
			|| in_array( $line['remark'] ?? '', array( Report_Line::ORDER_NOT_PAID, Report_Line::TOTAL_DIFFERS ), true );
	}

	/** Payments and refunds about which BonusPay was not asked, or did not answer. */
	public function not_asked(): array {
		return $this->those(
			static fn( array $line ): bool => in_array( $line['at_bonuspay'] ?? '', array( self::NOT_ASKED, self::NO_ANSWER ), true )
		);
	}

	/** What this run has changed. */
	public function changed(): array {
		return $this->those( static fn( array $line ): bool => array() !== array_intersect_key( $line, array_flip( self::WAS ) ) );
	}

	/**
	 * The sums of each coin.
	 *
	 * @return array<string, array{received: string, matched: string, unexplained: string, refunded: string,
	 *     refund_pending: string, fee: string, balances: bool}>
	 */
	public function coins(): array {
		$sums = array();
		foreach ( $this->lines as $line ) {
			foreach ( array( 'received', 'matched', 'unexplained', 'refunded', 'refund_pending', 'fee' ) as $column ) {
				$coin = $line[ 'fee' === $column ? 'fee_coin' : 'coin' ] ?? '';
				if ( '' !== $coin && '' !== ( $line[ $column ] ?? '' ) ) {
					$sums[ $coin ]          ??= array_fill_keys(
						array( 'received', 'matched', 'unexplained', 'refunded', 'refund_pending', 'fee' ),
						'0'
					);
					$sums[ $coin ][ $column ] = Decimal::add( $sums[ $coin ][ $column ], $line[ $column ] );
				}
			}
		}
		ksort( $sums, SORT_STRING );
		return array_map(
			static fn( array $sum ): array => $sum + array(
				'balances' => 0 === Decimal::compare( $sum['received'], Decimal::add( $sum['matched'], $sum['unexplained'] ) ),
			),
			$sums
		);
	}

	/**
	 * The sums of each currency: what the paid orders come to, what of it BonusPay's payments and what nobody has paid.
	 *
	 * @return array<string, array{orders: string, paid: string, missing: string, refunded: string, balances: bool}>
	 */
	public function currencies(): array {
		$sums = array();
		foreach ( $this->lines as $line ) {
			if ( '' === ( $line['currency'] ?? '' ) ) {
				continue;
			}
			$sum   = $sums[ $line['currency'] ] ?? array_fill_keys( array( 'orders', 'paid', 'missing', 'refunded' ), '0' );
			$total = $line['order_total'] ?? '';
			if ( Decimal::is_valid( $total ) ) {
				$sum['orders'] = Decimal::add( $sum['orders'], $total );
				$at            = Report_Line::ORDER === $line['kind'] ? 'missing' : 'paid';
				$sum[ $at ]    = Decimal::add( $sum[ $at ], 'paid' === $at ? $line['price'] : $total );
			}
			if ( Report_Line::REFUND === $line['kind'] && 0 !== Decimal::compare( $line['refunded'], '0' ) ) {
				$sum['refunded'] = Decimal::add( $sum['refunded'], $line['price'] );
			}
			$sums[ $line['currency'] ] = $sum;
		}
		ksort( $sums, SORT_STRING );
		return array_map(
			static fn( array $sum ): array => $sum + array(
				'balances' => 0 === Decimal::compare( $sum['orders'], Decimal::add( $sum['paid'], $sum['missing'] ) ),
			),
			$sums
		);
	}

	/** SHA-256 of the CSV file up to its last line, which names it. */
	public function hash(): string {
		return hash( 'sha256', $this->body() );
	}

	/** The file: RFC 4180, UTF-8, formulas made harmless. */
	public function csv(): string {
		return $this->body() . self::row(
			array(
				'kind'   => 'sha256',
				'remark' => $this->hash(),
			)
		);
	}

	/** All lines but the last. */
	private function body(): string {
		$rows = array(
			array(
				'kind'    => 'report',
				'created' => Report_Line::time( $this->made_at ),
				'remark'  => sprintf(
					'%s to %s; %s mode%s',
					Report_Line::time( $this->from ),
					Report_Line::time( $this->to ),
					$this->mode,
					$this->is_whole ? '' : '; cut off'
				),
			),
			...$this->lines,
		);
		foreach ( $this->coins() as $coin => $sum ) {
			$rows[] = array(
				'kind'     => 'total',
				'coin'     => $coin,
				'fee_coin' => $coin,
				'remark'   => $sum['balances'] ? 'balances' : 'does not balance',
			) + $sum;
		}
		foreach ( $this->currencies() as $currency => $sum ) {
			$rows[] = array(
				'kind'        => 'total',
				'price'       => $sum['paid'],
				'currency'    => $currency,
				'order_total' => $sum['orders'],
				'unexplained' => $sum['missing'],
				'refunded'    => $sum['refunded'],
				'remark'      => $sum['balances'] ? 'balances' : 'does not balance',
			);
		}
		return implode( ',', self::COLUMNS ) . "\r\n" . implode( '', array_map( array( self::class, 'row' ), $rows ) );
	}

	/** A line of the file. */
	private static function row( array $line ): string {
		return implode(
			',',
			array_map( static fn( string $column ): string => self::cell( (string) ( $line[ $column ] ?? '' ) ), self::COLUMNS )
		) . "\r\n";
	}

	/**
	 * A cell: what a spreadsheet would run begins with an apostrophe, and is a text then. Some begin a cell after each
	 * semicolon or tab, whatever quotes say.
	 */
	private static function cell( string $text ): string {
		$text = (string) preg_replace( '/(?:^|(?<=[;\t\r\n]))(?=\s*[=+\-@]|[\t\r])/', "'", $text );
		return 1 === preg_match( '/[",\r\n]/', $text ) ? '"' . str_replace( '"', '""', $text ) . '"' : $text;
	}

	private function those( callable $are ): array {
		return array_values( array_filter( $this->lines, $are ) );
	}
}
