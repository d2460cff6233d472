<?php
/**
 * woocommerce/README.md says what is so.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Effect;
use PHPUnit\Framework\TestCase;

final class Readme_Test extends TestCase {

	private static function page(): string {
		return file_get_contents( BONUSPAY_WC_DIR . 'README.md' );
	}

	/** The rows of the table below a heading: cells without their marks. */
	private static function rows( string $heading ): array {
		$part = explode( "\n#", explode( "\n$heading\n", self::page(), 2 )[1] ?? '', 2 )[0];
		preg_match_all( '/^\| (.*) \|$/m', $part, $lines );
		return array_map(
			static fn( string $line ): array => array_map( 'trim', explode( ' | ', trim( $line ) ) ),
			array_slice( $lines[1], 2 )
		);
	}

	private static function sources(): array {
		$folder = BONUSPAY_WC_DIR . 'src';
		return array_merge( glob( "$folder/*.php" ), glob( "$folder/*/*.php" ) );
	}

	public function test_the_tables_of_states_are_the_state_tables(): void {
		self::assertSame( Tables::renew( self::page() ), self::page(), 'make plugin-readme' );
	}

	public function test_every_state_and_every_effect_is_explained(): void {
		$states = array_map(
			static fn( array $row ): string => trim( $row[0], '`' ),
			array_slice( self::rows( '## The states of an attempt' ), 0, 10 )
		);
		self::assertEqualsCanonicalizing( array_column( Attempt_State::cases(), 'value' ), $states );
		foreach ( Effect::cases() as $effect ) {
			self::assertStringContainsString( "\n| `$effect->value` | ", self::page() );
		}
	}

	public function test_every_column_of_the_database_is_explained(): void {
		$tables = Tables::schema();
		self::assertSame( array( 'attempts', 'refunds', 'events', 'effects', 'locks' ), array_keys( $tables ) );
		foreach ( $tables as $name => list( $columns, $keys ) ) {
			$said = array();
			foreach ( array_filter(
				self::rows( "### `bonuspay_$name`" ),
				static fn( array $row ): bool => 3 === count( $row )
			) as list( $column, $type, $meaning ) ) {
				$said[ trim( $column, '`' ) ] = $type;
				self::assertNotSame( '', $meaning );
			}
			self::assertSame( $columns, $said, $name );
			self::assertStringContainsString( 'Keys: ' . implode( ', ', $keys ) . '.', self::page(), $name );
		}
	}

	public function test_every_class_has_its_line_and_the_folders_their_order(): void {
		$said    = array();
		$folders = array();
		foreach ( self::rows( '## The parts' ) as $row ) {
			if ( 1 === preg_match( '~^\*\*`(\w+)/`~', $row[0], $found ) ) {
				$folders[] = $found[1];
				continue;
			}
			preg_match_all( '/`([A-Z]\w*)`/', $row[0], $names );
			$folder = 'src' === end( $folders ) ? '' : end( $folders ) . '\\';
			array_push( $said, ...array_map( static fn( string $name ): string => $folder . $name, $names[1] ) );
		}
		$classes = array_map(
			static fn( string $file ): string => str_replace( '/', '\\', substr( $file, strlen( BONUSPAY_WC_DIR . 'src/' ), -4 ) ),
			self::sources()
		);
		self::assertEqualsCanonicalizing( $classes, $said );
		$order = array_filter(
			Layers::order( dirname( __DIR__ ) . '/layers/php.txt' ),
			static fn( string $line ): bool => str_ends_with( $line, '/' )
		);
		self::assertSame(
			array( ...array_map( static fn( string $line ): string => rtrim( $line, '/' ), array_values( $order ) ), 'src' ),
			$folders
		);
	}

	public function test_every_constant_option_and_filter_is_named_and_no_other(): void {
		$source = implode( "\n", array_map( 'file_get_contents', self::sources() ) );
		preg_match_all( '/\bBONUSPAY_TEST_\w+/', $source, $named );
		$constants = array_unique( $named[0] );
		foreach ( $constants as $constant ) {
			self::assertStringContainsString( "`$constant`", self::page() );
		}
		preg_match_all( '/`BONUSPAY_TEST_\w+`/', self::page(), $said );
		self::assertEqualsCanonicalizing(
			$constants,
			array_unique( array_map( static fn( string $text ): string => trim( $text, '`' ), $said[0] ) )
		);
		preg_match_all( "/(?:apply_filters|do_action)(?:_ref_array)?\(\s*'(\w+)'/", $source, $hooks );
		preg_match_all( '/^\| `(\w+)` \|/m', explode( '## Hooks and templates', self::page() )[1], $rows );
		// WooCommerce's own, for whoever keeps books of its refunds and for whoever keeps an order's personal data; and
		// what page caches wait for.
		$others = array(
			'woocommerce_refund_deleted',
			'woocommerce_privacy_erase_order_personal_data',
			'litespeed_control_set_nocache',
			'wpfc_exclude_current_page',
		);
		self::assertEqualsCanonicalizing( array_diff( array_unique( $hooks[1] ), $others ), $rows[1] );
		preg_match_all( "/const (?:OPTION|ADDRESS|PREFIX)\s*= '(\w+)'/", $source, $options );
		self::assertGreaterThan( 4, count( $options[1] ) );
		foreach ( $options[1] as $option ) {
			self::assertStringContainsString( "`$option`", self::page() );
		}
	}
}
