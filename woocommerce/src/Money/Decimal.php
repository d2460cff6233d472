<?php
/**
 * Exact decimals.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Money;

/**
 * Amounts as strings of plain digits, such as '12.81': added, subtracted and compared digit by digit, never as floats.
 * They are what BonusPay's signed answers and WooCommerce's totals hold; anything else is refused.
 */
final class Decimal {

	private const FORM = '/^(0|[1-9][0-9]*)(\.[0-9]+)?$/D';

	/** Whether a text is an amount: digits, with a point and more digits or without, at most 40 characters. */
	public static function is_valid( string $text ): bool {
		return strlen( $text ) <= 40 && 1 === preg_match( self::FORM, $text );
	}

	/** Whether a text is of digits alone; PHP's own ctype_digit() is of an extension that hosts may leave out. */
	public static function is_digits( string $text ): bool {
		return 1 === preg_match( '/^[0-9]+$/D', $text );
	}

	/** -1, 0 or 1. */
	public static function compare( string $a, string $b ): int {
		list( $a, $b ) = self::aligned( $a, $b );
		return strcmp( $a, $b ) <=> 0;
	}

	/** The sum. */
	public static function add( string $a, string $b ): string {
		list( $x, $y, $scale ) = self::aligned( $a, $b );
		$sum                   = '';
		$carry                 = 0;
		for ( $at = strlen( $x ) - 1; $at >= 0; $at-- ) {
			$digit = (int) $x[ $at ] + (int) $y[ $at ] + $carry;
			$carry = intdiv( $digit, 10 );
			$sum   = ( $digit % 10 ) . $sum;
		}
		return self::plain( $carry . $sum, $scale );
	}

	/** The difference of a greater and a smaller amount; there are no negative ones. */
	public static function subtract( string $a, string $b ): string {
		list( $x, $y, $scale ) = self::aligned( $a, $b );
		if ( strcmp( $x, $y ) < 0 ) {
			throw new \InvalidArgumentException( 'An amount would become negative.' );
		}
		$difference = '';
		$borrow     = 0;
		for ( $at = strlen( $x ) - 1; $at >= 0; $at-- ) {
			$digit      = (int) $x[ $at ] - (int) $y[ $at ] - $borrow;
			$borrow     = $digit < 0 ? 1 : 0;
			$difference = ( $digit + 10 * $borrow ) . $difference;
		}
		return self::plain( $difference, $scale );
	}

	/** The product, exactly. */
	public static function multiply( string $a, string $b ): string {
		list( $x, $x_scale ) = self::digits( $a );
		list( $y, $y_scale ) = self::digits( $b );
		return self::plain( self::product( $x, $y ), $x_scale + $y_scale );
	}

	/** How often one amount goes into another, cut off (never rounded up) after so many decimals. */
	public static function divide_floor( string $a, string $b, int $scale ): string {
		list( $x, $x_scale ) = self::digits( $a );
		list( $y, $y_scale ) = self::digits( $b );
		if ( '' === ltrim( $y, '0' ) ) {
			throw new \InvalidArgumentException( 'An amount was to be divided by nothing.' );
		}
		// As whole numbers: a·10^(scale + decimals of b) by b·10^(decimals of a).
		$quotient = self::quotient( $x . str_repeat( '0', $scale + $y_scale ), ltrim( $y, '0' ) . str_repeat( '0', $x_scale ) );
		return self::plain( str_pad( $quotient, $scale + 1, '0', STR_PAD_LEFT ), $scale );
	}

	/** The amount cut off after so many decimals. */
	public static function floor( string $amount, int $scale ): string {
		return self::divide_floor( $amount, '1', $scale );
	}

	/** How many decimals an amount has, needless zeros left out. */
	public static function decimals( string $amount ): int {
		return strlen( explode( '.', self::add( $amount, '0' ) . '.' )[1] );
	}

	/** So many hundredths of a percent of an amount, exactly. */
	public static function basis_points( string $amount, int $points ): string {
		list( $digits, , $scale ) = self::aligned( $amount, '0' );
		$product                  = '';
		$carry                    = 0;
		for ( $at = strlen( $digits ) - 1; $at >= 0; $at-- ) {
			$digit   = (int) $digits[ $at ] * $points + $carry;
			$carry   = intdiv( $digit, 10 );
			$product = ( $digit % 10 ) . $product;
		}
		return self::plain( str_pad( $carry . $product, $scale + 5, '0', STR_PAD_LEFT ), $scale + 4 );
	}

	/** An amount as digits, and how many of these stand behind the point. What was reckoned with may be longer than what comes in. */
	private static function digits( string $amount ): array {
		if ( strlen( $amount ) > 100 || 1 !== preg_match( self::FORM, $amount ) ) {
			throw new \InvalidArgumentException( 'This is not an amount.' );
		}
		list( $whole, $part ) = explode( '.', $amount . '.' );
		return array( $whole . $part, strlen( $part ) );
	}

	/** The product of two whole numbers, as on paper. */
	private static function product( string $x, string $y ): string {
		$places = array_fill( 0, strlen( $x ) + strlen( $y ), 0 );
		for ( $i = strlen( $x ) - 1; $i >= 0; $i-- ) {
			for ( $j = strlen( $y ) - 1; $j >= 0; $j-- ) {
				$sum                   = (int) $x[ $i ] * (int) $y[ $j ] + $places[ $i + $j + 1 ];
				$places[ $i + $j + 1 ] = $sum % 10;
				$places[ $i + $j ]    += intdiv( $sum, 10 );
			}
		}
		return implode( '', $places );
	}

	/** The whole part of a quotient of two whole numbers, as on paper. */
	private static function quotient( string $x, string $y ): string {
		$quotient = '';
		$rest     = '0';
		for ( $at = 0, $end = strlen( $x ); $at < $end; $at++ ) {
			$rest  = '0' === $rest ? $x[ $at ] : $rest . $x[ $at ];
			$digit = 0;
			while ( self::has_room( $rest, $y ) ) {
				$rest = self::subtract( $rest, $y );
				++$digit;
			}
			$quotient .= $digit;
		}
		return $quotient;
	}

	/** Whether a whole number is at least another one. */
	private static function has_room( string $x, string $y ): bool {
		return strlen( $x ) === strlen( $y ) ? strcmp( $x, $y ) >= 0 : strlen( $x ) > strlen( $y );
	}

	/** Both as digits of one length, and how many of these stand behind the point. */
	private static function aligned( string $a, string $b ): array {
		foreach ( array( $a, $b ) as $text ) {
			self::digits( $text );
		}
		list( $a_whole, $a_part ) = explode( '.', $a . '.' );
		list( $b_whole, $b_part ) = explode( '.', $b . '.' );
		$scale                    = max( strlen( $a_part ), strlen( $b_part ) );
		$length                   = max( strlen( $a_whole ), strlen( $b_whole ) );
		$digits                   = static fn( string $whole, string $part ): string => str_pad( $whole, $length, '0', STR_PAD_LEFT )
			. str_pad( $part, $scale, '0' );
		return array( $digits( $a_whole, $a_part ), $digits( $b_whole, $b_part ), $scale );
	}

	/** Digits as an amount, without needless zeros. */
	private static function plain( string $digits, int $scale ): string {
		$whole = ltrim( substr( $digits, 0, strlen( $digits ) - $scale ), '0' );
		$part  = $scale > 0 ? rtrim( substr( $digits, -$scale ), '0' ) : '';
		return ( '' === $whole ? '0' : $whole ) . ( '' === $part ? '' : '.' . $part );
	}
}
