<?php
/**
 * Exact decimals.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

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

	/** -1, 0 or 1. */
	public static function compare( string $a, string $b ): int {
		list( $a, $b ) = self::aligned( $a, $b );
		return strcmp( $a, $b ) <=> 0;
	}

	/** The sum. */
	public static function add( string $a, string $b ): string {
		list( $x, $y, $scale ) = self::aligned( $a, $b );
		$sum   = '';
		$carry = 0;
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

	/** So many hundredths of a percent of an amount, exactly. */
	public static function basis_points( string $amount, int $points ): string {
		list( $digits, , $scale ) = self::aligned( $amount, '0' );
		$product = '';
		$carry   = 0;
		for ( $at = strlen( $digits ) - 1; $at >= 0; $at-- ) {
			$digit   = (int) $digits[ $at ] * $points + $carry;
			$carry   = intdiv( $digit, 10 );
			$product = ( $digit % 10 ) . $product;
		}
		return self::plain( str_pad( $carry . $product, $scale + 5, '0', STR_PAD_LEFT ), $scale + 4 );
	}

	/** Both as digits of one length, and how many of these stand behind the point. */
	private static function aligned( string $a, string $b ): array {
		foreach ( array( $a, $b ) as $text ) {
			// What was reckoned with may have become longer than what comes in.
			if ( strlen( $text ) > 100 || 1 !== preg_match( self::FORM, $text ) ) {
				throw new \InvalidArgumentException( 'This is not an amount.' );
			}
		}
		list( $a_whole, $a_part ) = explode( '.', $a . '.' );
		list( $b_whole, $b_part ) = explode( '.', $b . '.' );
		$scale  = max( strlen( $a_part ), strlen( $b_part ) );
		$length = max( strlen( $a_whole ), strlen( $b_whole ) );
		$digits = static fn( string $whole, string $part ): string => str_pad( $whole, $length, '0', STR_PAD_LEFT ) . str_pad( $part, $scale, '0' );
		return array( $digits( $a_whole, $a_part ), $digits( $b_whole, $b_part ), $scale );
	}

	/** Digits as an amount, without needless zeros. */
	private static function plain( string $digits, int $scale ): string {
		$whole = ltrim( substr( $digits, 0, strlen( $digits ) - $scale ), '0' );
		$part  = $scale > 0 ? rtrim( substr( $digits, -$scale ), '0' ) : '';
		return ( '' === $whole ? '0' : $whole ) . ( '' === $part ? '' : '.' . $part );
	}
}
