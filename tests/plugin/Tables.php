<?php
/**
 * The tables of woocommerce/README.md that come from the code: written by `make plugin-readme`, compared by a test.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Decision\Decision;
use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Decision\State_Table;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Schema;
use BonusPay\WooCommerce\Settings\Tolerance;

final class Tables {

	/** What is seen at BonusPay: the state, what it says, and columns of the attempt. The amount due is 12.81 USDT. */
	private static function situations(): array {
		$over = array( 'now' => Make::NOW + 3000 );
		return array(
			'waits; nothing came in'                        => array( 'pending', array( 'deposited' => '0' ) ),
			'waits; a part came in'                         => array( 'pending', array( 'deposited' => '5' ) ),
			'waits; all of it came in'                      => array( 'pending', array( 'deposited' => '12.81' ) ),
			'waits; time over, a part came in'              => array( 'pending', array( 'deposited' => '5' ) + $over ),
			'waits; time over, short within the tolerance'  => array( 'pending', array( 'deposited' => '12.80' ) + $over, 50 ),
			'waits; something in another coin or network'   => array( 'pending', array( 'deposited' => '0', 'has_other_deposit' => true ) ),
			'paid, enough'                                  => array( 'succeeded', array( 'total' => '12.81', 'paid' => '12.81' ) ),
			'paid, more than due'                           => array( 'succeeded', array( 'total' => '12.81', 'paid' => '13' ) ),
			'paid, too little'                              => array( 'succeeded', array( 'total' => '12.81', 'paid' => '5' ) ),
			'paid, but not how much'                        => array( 'succeeded', array( 'total' => '12.81' ) ),
			'paid, in another coin'                         => array(
				'succeeded',
				array( 'total' => '12.81', 'paid' => '12.81', 'paid_currency' => 'USDC' ),
			),
			'another amount due than before'                => array( 'pending', array( 'total' => '0.01', 'deposited' => '0' ) ),
			'failed; nothing came in, time over'            => array( 'failed', array( 'deposited' => '0' ) + $over ),
			'failed; nothing came in, time not over'        => array( 'failed', array( 'deposited' => '0' ) ),
			'failed; nothing came in, we had cancelled'     => array(
				'failed',
				array( 'deposited' => '0' ),
				0,
				array( 'cancel_asked' => '1' ),
			),
			'failed; something came in'                     => array( 'failed', array( 'deposited' => '5' ) + $over ),
			'given back'                                    => array( 'refunded', array() ),
			'a word that is not known; nothing came in'     => array( 'unknown', array( 'deposited' => '0' ) ),
		);
	}

	private static function decide( array $situation, Attempt_State $state, Order_View $view ): Decision {
		$known = array(
			'partial'   => '1',
			'underpaid' => '1',
			'paid'      => '12.81',
			'refunded'  => '12.81',
		);
		$columns = ( $situation[3] ?? array() ) + array( 'state' => $state->value, 'received' => $known[ $state->value ] ?? '0' );
		return State_Table::decide(
			Make::attempt( $columns ),
			Make::seen( ...array_slice( $situation, 0, 2 ) ),
			$view,
			new Tolerance( $situation[2] ?? 0 )
		);
	}

	/** From which state to which, for an order that waits for its payment. */
	public static function states(): string {
		$columns = array( 'saved', 'waiting', 'partial', 'underpaid', 'review', 'expired', 'paid', 'refunded' );
		$table   = '| BonusPay says \ was | ' . implode( ' | ', str_replace( 'expired', 'expired, failed, cancelled', $columns ) ) . " |\n|"
			. str_repeat( ' --- |', 1 + count( $columns ) ) . "\n";
		foreach ( self::situations() as $name => $situation ) {
			$cells = array();
			foreach ( $columns as $column ) {
				$state = Attempt_State::from( $column );
				$next  = self::decide( $situation, $state, Order_View::Open )->state;
				foreach ( 'expired' === $column ? array( Attempt_State::Failed, Attempt_State::Cancelled ) : array() as $alike ) {
					$other = self::decide( $situation, $alike, Order_View::Open )->state;
					if ( ( $other === $alike ) !== ( $next === $state ) || ( $other !== $alike && $other !== $next ) ) {
						throw new \LogicException( "Dead attempts differ: $name" );
					}
				}
				$cells[] = $next === $state ? '·' : $next->value;
			}
			$table .= "| $name | " . implode( ' | ', $cells ) . " |\n";
		}
		return $table;
	}

	/** What else is done when an attempt that waited sees it, by where the order stands. */
	public static function effects(): string {
		$views = array(
			'waits for it'                   => Order_View::Open,
			'cancelled'                      => Order_View::Cancelled,
			'paid by another attempt'        => Order_View::Paid_By_Other_Attempt,
			'paid otherwise, refunded, gone' => Order_View::Not_Ours_To_Settle,
		);
		$table = '| BonusPay says \ the order is | ' . implode( ' | ', array_keys( $views ) ) . " |\n|"
			. str_repeat( ' --- |', 1 + count( $views ) ) . "\n";
		foreach ( self::situations() as $name => $situation ) {
			$cells = array_map(
				static fn( Order_View $view ): string => implode(
					', ',
					array_column( self::decide( $situation, Attempt_State::Waiting, $view )->effects, 'value' )
				),
				$views
			);
			if ( '' !== implode( '', $cells ) ) {
				$table .= "| $name | "
					. implode( ' | ', array_map( static fn( string $cell ): string => '' === $cell ? '–' : $cell, $cells ) ) . " |\n";
			}
		}
		return $table;
	}

	/** Column => type, and the keys, of each table. */
	public static function schema(): array {
		$tables = array();
		foreach ( ( new \ReflectionMethod( Schema::class, 'tables' ) )->invoke( null ) as $statement ) {
			preg_match( '/CREATE TABLE wp_bonuspay_(\w+) \(\n(.*)\n\s*\) ENGINE=InnoDB/s', $statement, $found );
			$columns = array();
			$keys    = array();
			foreach ( explode( "\n", $found[2] ) as $line ) {
				$line = trim( rtrim( trim( $line ), ',' ) );
				if ( 1 === preg_match( '/^(PRIMARY KEY|UNIQUE KEY|KEY) +(?:\w+ )?\(([\w,]+)\)$/', $line, $key ) ) {
					$keys[] = strtolower( str_replace( ' KEY', '', $key[1] ) ) . ' ' . str_replace( ',', '+', $key[2] );
					continue;
				}
				list( $column, $type ) = explode( ' ', $line, 2 );
				$columns[ $column ]    = trim(
					preg_replace(
						array( '/CHARACTER SET utf8mb4 COLLATE utf8mb4_bin|NOT NULL/', '/int\(\d+\)/', '/AUTO_INCREMENT/', '/ +/' ),
						array( '', 'int', 'counted', ' ' ),
						$type
					)
				);
			}
			$tables[ $found[1] ] = array( $columns, $keys );
		}
		return $tables;
	}

	/** The README with its tables made anew. */
	public static function renew( string $page ): string {
		foreach ( array( 'states' => self::states(), 'effects' => self::effects() ) as $name => $table ) {
			$page = preg_replace( "/(<!-- $name -->\n).*?(<!-- end -->)/s", '$1' . addcslashes( $table, '\\$' ) . '$2', $page, 1, $count );
			if ( 1 !== $count ) {
				throw new \LogicException( "README.md has no place for $name." );
			}
		}
		return $page;
	}
}
