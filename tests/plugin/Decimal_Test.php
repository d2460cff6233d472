<?php
/**
 * Amounts, against python's decimal, which shares no code with ours.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Money\Decimal;
use PHPUnit\Framework\TestCase;

final class Decimal_Test extends TestCase {

	private const CASES = 4000;

	public function test_thousands_of_random_amounts_agree_with_pythons_decimal(): void {
		mt_srand( 20261120 );
		$lines = array();
		for ( $case = 0; $case < self::CASES; $case++ ) {
			$a       = self::random();
			$b       = 0 === mt_rand( 0, 3 ) ? self::near( $a ) : self::random();
			$lines[] = "$a $b " . mt_rand( 0, 1000 );
		}
		$answers = self::python( $lines );
		self::assertCount( self::CASES, $answers );
		foreach ( $lines as $at => $line ) {
			list( $a, $b, $points )                     = explode( ' ', $line );
			list( $order, $sum, $difference, $percent ) = explode( ' ', $answers[ $at ] );
			list( $more, $less )                        = $order < 0 ? array( $b, $a ) : array( $a, $b );
			$ours                                       = array(
				(string) Decimal::compare( $a, $b ),
				Decimal::add( $a, $b ),
				Decimal::subtract( $more, $less ),
				Decimal::basis_points( $a, (int) $points ),
			);
			if ( array( $order, $sum, $difference, $percent ) !== $ours ) {
				self::assertSame( array( $order, $sum, $difference, $percent ), $ours, $line );
			}
		}
	}

	public function test_comparing_is_exact(): void {
		self::assertSame( 1, Decimal::compare( '12.80540000000000000001', '12.8054' ) );
		self::assertSame( 0, Decimal::compare( '12.81', '12.810000' ) );
		self::assertSame( 0, Decimal::compare( '0', '0.000' ) );
		self::assertSame( -1, Decimal::compare( '9', '10' ) );
		self::assertSame( -1, Decimal::compare( '9007199254740992', '9007199254740993' ) );
	}

	public function test_the_longest_amounts_can_be_reckoned_with(): void {
		$most = str_repeat( '9', 40 );
		self::assertSame( '1' . str_repeat( '9', 39 ) . '8', Decimal::add( $most, $most ) );
		self::assertSame( 1, Decimal::compare( Decimal::add( $most, $most ), $most ) );
		self::assertSame(
			str_repeat( '9', 39 ) . '0.009',
			Decimal::subtract( Decimal::basis_points( Decimal::add( $most, '0.09' ), 10000 ), '9.081' )
		);
		self::assertSame( '0.' . str_repeat( '0', 41 ) . '1', Decimal::basis_points( '0.' . str_repeat( '0', 37 ) . '1', 1 ) );
	}

	public function test_what_is_no_amount_is_refused(): void {
		$texts = array(
			'',
			' ',
			'1 ',
			' 1',
			"1\n",
			'+1',
			'-1',
			'-0',
			'1.',
			'.1',
			'01',
			'00',
			'1e3',
			'0E-8',
			'1E',
			'1,5',
			'1 000',
			'1_0',
			'0x1',
			'NaN',
			'INF',
			'١',
			'１',
			"1\0",
			'1.2.3',
			'12.81 USDT',
			str_repeat( '9', 41 ),
			'0.' . str_repeat( '1', 39 ),
			str_repeat( '9', 1_000_000 ),
		);
		foreach ( $texts as $text ) {
			self::assertFalse( Decimal::is_valid( $text ), substr( $text, 0, 50 ) );
		}
		foreach ( array( '0', '0.0', '1', '12.81', '0.00000001', '100000000000000', str_repeat( '9', 40 ) ) as $text ) {
			self::assertTrue( Decimal::is_valid( $text ), $text );
		}
	}

	public function test_nothing_is_reckoned_with_what_is_no_amount(): void {
		foreach ( array( '', '-1', '1e3', '1,5', 'abc', '1.', str_repeat( '9', 200 ) ) as $text ) {
			foreach ( array( 'compare', 'add', 'subtract' ) as $what ) {
				foreach ( array( array( $text, '1' ), array( '1', $text ) ) as $pair ) {
					try {
						Decimal::$what( ...$pair );
						self::fail( "$what takes $text" );
					} catch ( \InvalidArgumentException $error ) {
						self::assertStringNotContainsString( 'abc', $error->getMessage() );
					}
				}
			}
		}
	}

	public function test_there_are_no_negative_amounts(): void {
		$this->expectException( \InvalidArgumentException::class );
		Decimal::subtract( '12.80', '12.81' );
	}

	/** An amount of any length, with needless zeros and many nines. */
	private static function random(): string {
		$digits = static function ( int $count ): string {
			$text = '';
			while ( strlen( $text ) < $count ) {
				$text .= 0 === mt_rand( 0, 3 ) ? ( '09'[ mt_rand( 0, 1 ) ] ) : (string) mt_rand( 0, 9 );
			}
			return $text;
		};
		$whole  = ltrim( $digits( mt_rand( 1, 19 ) ), '0' );
		$places = mt_rand( 0, 20 );
		return ( '' === $whole ? '0' : $whole ) . ( $places > 0 ? '.' . $digits( $places ) : '' );
	}

	/** The same, or almost. */
	private static function near( string $amount ): string {
		if ( ! str_contains( $amount, '.' ) || strlen( $amount ) > 39 ) {
			return $amount;
		}
		return 0 === mt_rand( 0, 1 ) ? $amount . '0' : substr( $amount, 0, -1 ) . mt_rand( 0, 9 );
	}

	/** Order, sum, difference and basis points of each line, in plain digits without needless zeros. */
	private static function python( array $lines ): array {
		$program = <<<'PYTHON'
			import sys
			from decimal import Decimal, getcontext
			getcontext().prec = 200
			def plain(x):
			    text = format(x, 'f')
			    return text.rstrip('0').rstrip('.') if '.' in text else text
			for line in sys.stdin:
			    a, b, points = line.split()
			    x, y = Decimal(a), Decimal(b)
			    print((x > y) - (x < y), plain(x + y), plain(abs(x - y)), plain(x * int(points) / 10000))
			PYTHON;
		$input = tmpfile();
		fwrite( $input, implode( "\n", $lines ) . "\n" );
		rewind( $input );
		$process = proc_open( array( 'python3', '-c', $program ), array( $input, array( 'pipe', 'w' ) ), $pipes );
		self::assertIsResource( $process );
		$output  = stream_get_contents( $pipes[1] );
		self::assertSame( 0, proc_close( $process ) );
		return explode( "\n", trim( $output ) );
	}
}
