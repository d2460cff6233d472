<?php
/**
 * The reconciliation's arithmetic, its file and its hash: E8.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Reconciliation\Report;
use BonusPay\WooCommerce\Reconciliation\Report_Line;
use PHPUnit\Framework\TestCase;

final class Report_Test extends TestCase {

	private const OURS = 'wp_1001-1';

	private static function order( array $facts = array() ): array {
		return $facts + array(
			'status'   => 'processing',
			'is_paid'  => true,
			'method'   => 'bonuspay',
			'paid_by'  => self::OURS,
			'total'    => '13.5',
			'currency' => 'EUR',
			'created'  => Make::NOW,
		);
	}

	private static function refund( array $columns ): Refund {
		return Refund::from_row(
			$columns + array(
				'id'                       => '3',
				'order_id'                 => '1001',
				'attempt_id'               => '7',
				'number'                   => '1',
				'source'                   => 'order',
				'refund_merchant_order_no' => 'wp_1001-r1',
				'refund_no'                => null,
				'amount'                   => '0',
				'coin'                     => 'USDT',
				'fiat'                     => '0',
				'currency'                 => 'EUR',
				'network'                  => 'TRON',
				'state'                    => 'succeeded',
				'fee'                      => null,
				'fee_coin'                 => null,
				'created_at'               => (string) Make::NOW,
			)
		);
	}

	/** What is unexplained of a payment, and the remark. */
	private static function judged( array $columns, ?array $order, array $refunds = array() ): array {
		$line = Report_Line::of_payment( Make::attempt( $columns ), $order, $refunds, Report::SETTLED );
		self::assertSame( $line['received'], Decimal::add( $line['matched'], $line['unexplained'] ) );
		return array( $line['unexplained'], $line['remark'] );
	}

	public static function cases(): array {
		$paid  = array( 'state' => 'paid', 'received' => '12.81' );
		$more  = array( 'received' => '20' ) + $paid;
		$part  = array( 'state' => 'underpaid', 'received' => '5' );
		$empty = array( 'state' => 'expired', 'received' => '0' );
		$open  = self::order( array( 'status' => 'on-hold', 'is_paid' => false, 'paid_by' => '' ) );
		$gone  = array( 'status' => 'cancelled', 'is_paid' => false, 'paid_by' => '' );
		$back  = static fn(
			string $amount,
			string $state = 'succeeded',
			string $source = 'surplus'
		): Refund => self::refund( array( 'amount' => $amount, 'state' => $state, 'source' => $source ) );
		return array(
			'paid, exactly'                       => array( $paid, self::order(), array(), '0', '' ),
			'paid, and the order refunded'        => array(
				$paid,
				self::order( array( 'status' => 'refunded' ) ),
				array( $back( '12.81', 'succeeded', 'order' ) ),
				'0',
				'',
			),
			'too much'                            => array( $more, self::order(), array(), '7.19', 'surplus' ),
			'too much, a part of it went back'    => array( $more, self::order(), array( $back( '7' ) ), '0.19', 'surplus' ),
			'too much, all of it is on its way'   => array( $more, self::order(), array( $back( '7.19', 'sent' ) ), '0', '' ),
			'too much, and it did not go back'    => array( $more, self::order(), array( $back( '7.19', 'failed' ) ), '7.19', 'surplus' ),
			'too little, within the tolerance'    => array( array( 'received' => '12.8' ) + $paid, self::order(), array(), '0', '' ),
			'its order is gone'                   => array( $paid, null, array(), '12.81', 'order_gone' ),
			'its order is in the trash'           => array(
				$paid,
				self::order( array( 'status' => 'trash', 'is_paid' => false ) ),
				array(),
				'12.81',
				'order_gone',
			),
			'its order is cancelled'              => array( $paid, self::order( $gone ), array(), '12.81', 'order_cancelled' ),
			'cancelled, and given back'           => array(
				$paid,
				self::order( $gone ),
				array( $back( '12.81' ) ),
				'0',
				'order_cancelled',
			),
			'a second payment'                    => array(
				$paid,
				self::order( array( 'paid_by' => 'wp_1001-2' ) ),
				array(),
				'12.81',
				'second_payment',
			),
			'a second payment held the order'     => array(
				$paid,
				self::order( array( 'paid_by' => 'wp_1001-2', 'status' => 'on-hold', 'is_paid' => false ) ),
				array(),
				'12.81',
				'second_payment',
			),
			'paid by another method'              => array(
				$paid,
				self::order( array( 'paid_by' => '', 'method' => 'cheque' ) ),
				array(),
				'12.81',
				'paid_otherwise',
			),
			'set to paid by hand before'          => array(
				$paid,
				self::order( array( 'paid_by' => '' ) ),
				array(),
				'12.81',
				'paid_by_hand',
			),
			'the order does not count as paid'    => array( $paid, $open, array(), '0', 'order_not_paid' ),
			'the order was changed afterwards'    => array(
				$paid,
				self::order( array( 'total' => '13.51' ) ),
				array(),
				'0',
				'total_differs',
			),
			'a part, and the order waits'         => array( $part, $open, array(), '0', '' ),
			'a part, and the order is cancelled'  => array( $part, self::order( $gone ), array(), '5', 'order_cancelled' ),
			'a part, and the merchant took it'    => array( $part, self::order( array( 'paid_by' => '' ) ), array(), '0', '' ),
			'nothing, and the order is gone'      => array( $empty, null, array(), '0', '' ),
			'given back at BonusPay'              => array(
				array( 'state' => 'refunded' ) + $paid,
				self::order( $gone ),
				array(),
				'0',
				'',
			),
		);
	}

	/** @dataProvider cases */
	public function test_which_part_of_a_payment_its_order_explains(
		array $columns,
		?array $order,
		array $refunds,
		string $unexplained,
		string $remark
	): void {
		self::assertSame( array( $unexplained, $remark ), self::judged( $columns, $order, $refunds ) );
	}

	private static function report(): Report {
		$line = static fn( array $columns, ?array $order, array $refunds = array() ): array => Report_Line::of_payment(
			Make::attempt( $columns ),
			$order,
			$refunds,
			'succeeded',
			array( 'was_state' => 'waiting' )
		);
		$fee  = self::refund( array( 'amount' => '0.1', 'fiat' => '0.2', 'fee' => '0.00000001', 'fee_coin' => 'BTC' ) );
		return new Report(
			Make::NOW - 86400,
			Make::NOW,
			'test',
			Make::NOW,
			array(
				$line(
					array( 'state' => 'paid', 'received' => '0.1', 'due' => '0.1', 'price' => '0.1' ),
					self::order( array( 'total' => '0.1' ) ),
					array( $fee )
				),
				$line(
					array( 'state' => 'paid', 'received' => '0.2', 'due' => '0.2', 'price' => '0.2', 'merchant_order_no' => 'wp_1002-1' ),
					self::order( array( 'total' => '0.20', 'paid_by' => 'wp_1002-1' ) )
				),
				$line(
					array(
						'state' => 'paid',
						'received' => '12345678901234567890.000000000000000001',
						'coin' => 'ETH',
						'merchant_order_no' => 'wp_1003-1',
					),
					null
				),
				Report_Line::of_refund( $fee, 'settled' ),
				Report_Line::of_refund( self::refund( array( 'amount' => '0.05', 'state' => 'sent' ) ), 'not_asked' ),
				Report_Line::of_notification(
					(object) array(
						'merchant_order_no' => "=HYPERLINK(\"https://x.example\";\"a,b\")\r\n",
						'received_at' => (string) Make::NOW,
						'status' => 'SUCCESS',
					)
				),
				Report_Line::of_order( 1004, self::order( array( 'total' => '7.77', 'paid_by' => '', 'currency' => '=1+1' ) ) ),
			)
		);
	}

	public function test_totals_are_exact_and_balance(): void {
		$coins = self::report()->coins();
		self::assertSame( array( 'BTC', 'ETH', 'USDT' ), array_keys( $coins ) );
		self::assertSame(
			array(
				'received' => '0.3',
				'matched' => '0.3',
				'unexplained' => '0',
				'refunded' => '0.1',
				'refund_pending' => '0.05',
				'fee' => '0',
				'balances' => true,
			),
			$coins['USDT']
		);
		self::assertSame( '12345678901234567890.000000000000000001', $coins['ETH']['unexplained'] );
		self::assertSame( '0.00000001', $coins['BTC']['fee'] );
		$currencies = self::report()->currencies();
		self::assertSame(
			array( 'orders' => '0.3', 'paid' => '0.3', 'missing' => '0', 'refunded' => '0.2', 'balances' => true ),
			$currencies['EUR']
		);
		self::assertSame(
			array( 'orders' => '7.77', 'paid' => '0', 'missing' => '7.77', 'refunded' => '0', 'balances' => true ),
			$currencies['=1+1']
		);
		self::assertCount( 2, self::report()->unexplained() );
		self::assertCount( 1, self::report()->missing() );
		self::assertCount( 1, self::report()->not_asked() );
		self::assertCount( 3, self::report()->changed() );
	}

	public function test_what_does_not_balance_says_so(): void {
		$line = Report_Line::of_payment(
			Make::attempt( array( 'state' => 'paid', 'received' => '12.81' ) ),
			self::order( array( 'total' => '14' ) ),
			array(),
			'settled'
		);
		$sums = ( new Report( 0, 1, 'test', 1, array( $line ) ) )->currencies();
		self::assertFalse( $sums['EUR']['balances'] );
		$line['matched'] = '12.8';
		self::assertFalse( ( new Report( 0, 1, 'test', 1, array( $line ) ) )->coins()['USDT']['balances'] );
	}

	public function test_the_file_can_be_read_back_and_its_hash_recomputed(): void {
		$csv = self::report()->csv();
		self::assertStringEndsWith( "\r\n", $csv );
		$file = fopen( 'php://memory', 'w+' );
		fwrite( $file, $csv );
		rewind( $file );
		$rows = array();
		while ( false !== ( $row = fgetcsv( $file, null, ',', '"', '' ) ) ) {
			self::assertCount( count( Report::COLUMNS ), $row );
			$rows[] = array_combine( Report::COLUMNS, $row );
		}
		self::assertSame( Report::COLUMNS, array_values( array_shift( $rows ) ) );
		self::assertSame(
			array(
				'report',
				'payment',
				'payment',
				'payment',
				'refund',
				'refund',
				'notification',
				'order',
				'total',
				'total',
				'total',
				'total',
				'total',
				'sha256',
			),
			array_column( $rows, 'kind' )
		);
		self::assertSame( '12345678901234567890.000000000000000001', $rows[3]['received'] );
		// What an accountant does: all bytes before the last line.
		$body = substr( $csv, 0, strrpos( rtrim( $csv ), "\n" ) + 1 );
		self::assertSame( hash( 'sha256', $body ), end( $rows )['remark'] );
		self::assertSame( self::report()->hash(), end( $rows )['remark'] );
	}

	public function test_a_formula_stays_a_text(): void {
		$csv = self::report()->csv();
		self::assertStringContainsString( "\"'=HYPERLINK(\"\"https://x.example\"\";\"\"a,b\"\")\r\n\"", $csv );
		self::assertStringContainsString( ",'=1+1,", $csv );
		// Where a semicolon begins a cell.
		$csv = ( new Report( 0, 1, 'test', 1, array( array( 'kind' => 'notification', 'number' => 'x;=1+2; @y;z=1' ) ) ) )->csv();
		self::assertStringContainsString( "notification,,x;'=1+2;' @y;z=1,", $csv );
		foreach ( array( '=', '+', '-', '@', "\t", "\r" ) as $sign ) {
			$line = array( 'kind' => 'order', 'remark' => $sign . 'cmd' );
			$csv  = ( new Report( 0, 1, 'test', 1, array( $line ) ) )->csv();
			self::assertMatchesRegularExpression( '/,"?\'' . preg_quote( $sign, '/' ) . 'cmd/', $csv );
		}
	}

	public function test_what_is_stored_is_the_same_report(): void {
		$report = self::report();
		self::assertSame( $report->csv(), Report::from_array( unserialize( serialize( $report->to_array() ) ) )->csv() );
		foreach ( array( false, '', array(), array( 'from' => '1' ), 'x' ) as $other ) {
			self::assertNull( Report::from_array( $other ) );
		}
	}
}
