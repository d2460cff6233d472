<?php
/**
 * R107: which mutants are made of a source.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Tests\Mutants\Mutator;
use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/mutants/Mutator.php';

final class Mutator_Test extends TestCase {

	/** What the body of a method becomes. */
	private static function changes( string $body, string $type = 'mixed' ): array {
		$mutants = Mutator::of( "<?php final class A { function f(): $type { $body } }" );
		self::assertSame( array_unique( array_column( $mutants, 'id' ) ), array_column( $mutants, 'id' ) );
		return array_map( static fn( array $one ): string => "{$one['kind']}: {$one['was']} → {$one['is']}", $mutants );
	}

	public function test_a_condition_is_negated_and_each_side_of_it(): void {
		self::assertSame( array( 'if: $a > 1 → ! ( $a > 1 )' ), self::changes( 'if ( $a > 1 ) { go(); }' ) );
		self::assertSame( array( 'if: ! $a → ( $a )', 'loop: $b → ! ( $b )' ), self::changes( 'if ( ! $a ) { while ( $b ) { go(); } }' ) );
		self::assertSame(
			array( 'operand: $a → ! ( $a )', 'if: $a && ! $b → ! ( $a && ! $b )', 'operand: ! $b → ( $b )' ),
			self::changes( 'if ( $a && ! $b ) { go(); }' )
		);
		self::assertSame(
			array( 'operand: $a → ! ( $a )', 'operand: $b → ! ( $b )', 'operand: $b || $c → ! ( $b || $c )', 'operand: $c → ! ( $c )' ),
			self::changes( '$x = $a && ( $b || $c );' )
		);
		self::assertSame(
			array( 'ternary: $a → ! ( $a )', 'ternary: $b ? → ! ( $b ) ? $b' ),
			self::changes( 'go( $a ? 1 : 2, $b ?: 3 );' )
		);
		self::assertSame( array( 'value: 1 === $b → ! ( 1 === $b )' ), self::changes( '$a = 1 === $b;' ) );
	}

	public function test_an_arm_of_true_is_negated_and_any_other_left_out(): void {
		self::assertSame( array( 'arm: $a → ! ( $a )' ), self::changes( '$x = match ( true ) { $a => 1, default => 2 };' ) );
		self::assertSame( array( 'arm: 1 => 1, → ' ), self::changes( '$x = match ( $a ) { 1 => 1, default => 2 };' ) );
		self::assertSame( array(), self::changes( '$x = match ( $a ) { 1 => 1, 2 => 2 };' ) );
	}

	public function test_what_is_returned_as_a_bool_is_negated(): void {
		self::assertSame( array( 'return: go() → ! ( go() )' ), self::changes( 'return go();', 'bool' ) );
		self::assertSame( array( 'return: true → false' ), self::changes( 'return true;', 'bool' ) );
		self::assertSame( array(), self::changes( 'return go();', 'string' ) );
	}

	public function test_links_of_a_chain_and_calls_that_guard_are_left_out(): void {
		self::assertSame( array( 'link: a() ?? b() → a()', 'link: a() ?? b() → b()' ), self::changes( '$x = a() ?? b();' ) );
		self::assertSame( array(), self::changes( '$x = $a ?? b();' ) );
		self::assertSame(
			array( 'call: Action::check( 1 ); → ;', "call: Action::order( 'x' ) → wc_get_order( Action::number( 'order_id' ) )" ),
			self::changes( "Action::check( 1 ); \$x = Action::order( 'x' ); self::go();" )
		);
	}

	public function test_conditions_of_sql_hold_always_or_never(): void {
		self::assertSame(
			array(
				'sql: a = %d → (a = %d OR 1=1)',
				'sql: (b IS NULL OR b > %d) → ((b IS NULL OR b > %d) OR 1=1)',
				'sql: b IS NULL → (b IS NULL AND 1=0)',
				'sql: b > %d → (b > %d AND 1=0)',
			),
			self::changes( "\$x = 'SELECT x FROM t WHERE a = %d AND (b IS NULL OR b > %d) ORDER BY a';" )
		);
		self::assertSame(
			array(
				'sql: INSERT IGNORE → INSERT',
				'sql: a < NOW(3) → (a < NOW(3) AND 1=0)',
				'sql: a < NOW(3) → (a < NOW(3) OR 1=1)',
				'sql: n = n + 1 → n = n + 0',
			),
			self::changes( '$x = "INSERT IGNORE INTO $t VALUES (1) ON DUPLICATE KEY UPDATE a = IF(a < NOW(3), 1, 2), n = n + 1";' )
		);
		self::assertSame( array( 'sql: id = %d → (id = %d OR 1=1)' ), self::changes( "\$x = self::one( 'id = %d', \$id );" ) );
		self::assertSame( array(), self::changes( "\$x = 'This is where it ends.';" ) );
	}

	public function test_only_the_methods_that_are_named(): void {
		self::assertSame(
			array( 'g' ),
			array_column(
				Mutator::of( '<?php class A { function f() { if ( $a ) { go(); } } function g() { if ( $a ) { go(); } } }', array( 'g' ) ),
				'method'
			)
		);
	}

	public function test_every_gate_is_there_and_has_mutants_and_classes_that_exist(): void {
		foreach ( require __DIR__ . '/mutants/gates.php' as $file => list( $methods, $classes ) ) {
			$source  = file_get_contents( dirname( __DIR__, 2 ) . "/woocommerce/src/$file" );
			$mutants = Mutator::of( $source, $methods );
			foreach ( $methods ?? array() as $method ) {
				self::assertStringContainsString( "function $method(", $source, $file );
			}
			self::assertNotSame( array(), $mutants, $file );
			self::assertSame(
				array(),
				array_diff(
					$classes,
					array_map( static fn( string $path ): string => basename( $path, '.php' ), glob( __DIR__ . '/*_Test.php' ) )
				),
				$file
			);
		}
	}
}
