<?php
/**
 * PHP's own functions as the plugin finds them: each is declared here and nowhere else, and tests say what it does. A
 * function can be declared only once, so two tests that each declared theirs would end every request of the shop.
 *
 * @package BonusPay\Tests
 */

namespace {

	/** What a test has a function do. */
	final class Store_Builtins {

		private const NAMES = array( 'microtime', 'random_int', 'time', 'usleep' );

		/** Replacements by name. */
		private static array $calls = array();

		/** Of several replacements the last counts. */
		public static function replace( string $name, callable $call ): void {
			if ( ! in_array( $name, self::NAMES, true ) ) {
				throw new LogicException( "Store_Builtins: declare $name() in mu-plugins/builtins.php first." );
			}
			self::$calls[ $name ] = $call;
		}

		public static function call( string $name, array $arguments ): mixed {
			return ( self::$calls[ $name ] ?? "\\$name" )( ...$arguments );
		}

		/** The class that called the function which is replaced; for a replacement that asks. */
		public static function caller(): string {
			// This, the replacement, call(), the function, who called that.
			return debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, 5 )[4]['class'] ?? '';
		}
	}

	// A test's clock runs ahead of the machine's by so many seconds.
	Store_Builtins::replace(
		'time',
		static fn(): int => time() + ( is_file( STORE_FOLDER . '/clock' ) ? (int) file_get_contents( STORE_FOLDER . '/clock' ) : 0 )
	);
}

namespace BonusPay\WooCommerce {

	function microtime( ...$arguments ) {
		return \Store_Builtins::call( 'microtime', $arguments );
	}

	function random_int( ...$arguments ) {
		return \Store_Builtins::call( 'random_int', $arguments );
	}

	function time( ...$arguments ) {
		return \Store_Builtins::call( 'time', $arguments );
	}

	function usleep( ...$arguments ) {
		return \Store_Builtins::call( 'usleep', $arguments );
	}
}
