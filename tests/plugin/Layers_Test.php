<?php
/**
 * No class of the plugin needs one above it, and none needs each other.
 */

namespace BonusPay\WooCommerce\Tests;

use PHPUnit\Framework\TestCase;

final class Layers_Test extends TestCase {

	private const SPACE = 'BonusPay\WooCommerce';

	private static function plugin(): array {
		return Layers::sources( BONUSPAY_WC_DIR . 'src', self::SPACE );
	}

	private static function order(): array {
		return Layers::order( dirname( __DIR__ ) . '/layers/php.txt' );
	}

	/** What is wrong with classes of which only the bodies matter, by their names below Shop. */
	private static function problems( array $bodies, array $order = array( 'Low/', 'High/', 'Top' ) ): array {
		$sources = array();
		foreach ( $bodies as $class => $body ) {
			$parts                    = explode( '\\', "Shop\\$class" );
			$name                     = array_pop( $parts );
			$sources[ "Shop\\$class" ] = '<?php namespace ' . implode( '\\', $parts ) . "; $body";
			self::assertStringContainsString( " $name", $body );
		}
		return ( new Layers( $sources ) )->problems( 'Shop', $order );
	}

	public function test_the_plugin_has_no_circle_and_nothing_points_up(): void {
		self::assertSame( array(), ( new Layers( self::plugin() ) )->problems( self::SPACE, self::order() ) );
	}

	public function test_a_seeded_circle_is_found_in_the_plugin(): void {
		$sources = self::plugin();
		$class   = self::SPACE . '\Ledger\Attempts';
		self::assertArrayHasKey( $class, $sources );
		$sources[ $class ] = str_replace(
			"final class Attempts {\n",
			"final class Attempts {\n\n\tpublic static function seeded(): string {\n\t\treturn "
				. "\\BonusPay\\WooCommerce\\Payment\\Payment_Service::class;\n\t}\n",
			$sources[ $class ],
			$count
		);
		self::assertSame( 1, $count );
		$problems = implode( "\n", ( new Layers( $sources ) )->problems( self::SPACE, self::order() ) );
		self::assertMatchesRegularExpression(
			'/^Ledger\\\\Attempts, line \d+, needs Payment\\\\Payment_Service, which stands above it\.$/m',
			$problems
		);
		self::assertMatchesRegularExpression( '/^A circle: .*Ledger\\\\Attempts.*Payment\\\\Payment_Service/m', $problems );
	}

	public static function ways_to_need(): array {
		return array(
			'a constant'             => array( 'use Shop\Low\B; class A { const X = B::X; }' ),
			'a call'                 => array( 'class A { function f() { return \Shop\Low\B::f(); } }' ),
			'in the same namespace'  => array( 'class A { function f() { return B::f(); } }' ),
			'relative'               => array( 'class A { function f() { return namespace\B::f(); } }' ),
			'another name'           => array( 'use Shop\Low\B as C; class A { function f( C $c ) {} }' ),
			'a part of the name'     => array( 'use Shop\Low; class A { function f( Low\B $b ) {} }' ),
			'new'                    => array( 'class A { function f() { return new B(); } }' ),
			'a type'                 => array( 'class A { private ?B $b; }' ),
			'a type of several'      => array( 'class A { function f(): int|B {} }' ),
			'a parent'               => array( 'class A extends B {}' ),
			'a trait'                => array( 'class A { use B; }' ),
			'a catch'                => array( 'class A { function f() { try { g(); } catch ( B ) { return; } } }' ),
			'instanceof'             => array( 'class A { function f( $x ) { return $x instanceof B; } }' ),
			'a callable'             => array( 'class A { function f() { return array( B::class, "f" ); } }' ),
			'a text'                 => array( 'class A { function f() { return "x" . \'Shop\\\\Low\\\\B::f\'; } }' ),
			'a method of an object'  => array( 'class A { function f( $handed ) { return $handed->only_b(); } }' ),
			'a property of an object' => array( 'class A { function f( $handed ) { return $handed?->only_b; } }' ),
		);
	}

	/** @dataProvider ways_to_need */
	public function test_a_class_is_needed_by_its_name_and_by_its_members( string $body ): void {
		$other = 'class B { const X = 1; public $only_b; public static function f() { return A::class; } public function only_b() {} }';
		self::assertSame(
			array( 'A circle: Low\A, Low\B.' ),
			self::problems( array( 'Low\A' => $body, 'Low\B' => $other, 'High\C' => 'class C {}', 'Top' => 'class Top {}' ) )
		);
	}

	public static function no_needs(): array {
		return array(
			'a comment'                   => array( '/** B::f() */ class A { /* B */ }' ),
			'another namespace'           => array( 'use Elsewhere\B; class A { function f( B $b, \B $c ) {} }' ),
			'a method of that name'       => array( 'class A { function B() { return $this->B() . self::B(); } const B = 1; }' ),
			'a function of that name'     => array( 'class A { function f() { return B(); } }' ),
			'a member that others have'   => array( 'class A { function f( $handed ) { return $handed->shared(); } }' ),
			'its own member'              => array( 'class A { public function only_b() { return $this->only_b(); } }' ),
			'a property and not a method' => array( 'class A { function f( $handed ) { return $handed->method; } }' ),
		);
	}

	/** @dataProvider no_needs */
	public function test_what_only_looks_like_a_class_is_none( string $body ): void {
		$other = 'class B { public function only_b() {} public function shared() {} public function method() {} static function '
			. 'f() { return A::class; } }';
		self::assertSame(
			array(),
			self::problems(
				array( 'Low\A' => $body, 'Low\B' => $other, 'High\C' => 'class C { public function shared() {} }', 'Top' => 'class Top {}' )
			)
		);
	}

	public function test_arrows_point_down_the_list(): void {
		$all = array(
			'Low\A' => 'class A {}',
			'High\B' => 'use Shop\Low\A; class B { function f( A $a ) {} }',
			'Top' => 'use Shop\High\B; class Top { function f( B $b ) {} }',
		);
		self::assertSame( array(), self::problems( $all ) );
		self::assertSame(
			array( 'High\B, line 1, needs Low\A, which stands above it.' ),
			self::problems( $all, array( 'High/', 'Low/', 'Top' ) )
		);
		self::assertSame( array( 'Low\A has no place in the list of folders.' ), self::problems( $all, array( 'High/', 'Top' ) ) );
		self::assertSame(
			array( 'Gone/ is in the list of folders and holds nothing.' ),
			self::problems( $all, array( 'Low/', 'High/', 'Gone/', 'Top' ) )
		);
	}

	public function test_a_circle_is_found_over_a_detour(): void {
		$problems = self::problems(
			array(
				'Low\A' => 'class A { const X = B::X; }',
				'Low\B' => 'class B { const X = C::X; }',
				'Low\C' => 'class C { const X = A::X; }',
				'Low\D' => 'class D { const X = A::X; }',
			),
			array( 'Low/' )
		);
		self::assertSame( array( 'A circle: Low\A, Low\B, Low\C.' ), $problems );
	}
}
