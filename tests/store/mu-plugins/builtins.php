<?php
/**
 * PHP's own functions as the plugin finds them: each is declared here and nowhere else, and tests say what it does. A
 * function can be declared only once, so two tests that each declared theirs would end every request of the shop.
 *
 * @package BonusPay\Tests
 */

/** What a test has a function do. */
final class Store_Builtins {

	private const NAMES = array( 'microtime', 'random_int', 'time', 'usleep' );

	/** Replacements by name. */
	private static array $calls = array();

	/** PHP looks for a function in the caller's own namespace first, and the plugin has one for each of its folders. */
	public static function declare(): void {
		foreach ( array(
			'',
			...array_map( 'basename', glob( WP_PLUGIN_DIR . '/bonuspay-for-woocommerce/src/*', GLOB_ONLYDIR ) ),
		) as $folder ) {
			foreach ( self::NAMES as $name ) {
				eval( 'namespace ' . rtrim( "BonusPay\\WooCommerce\\$folder", '\\' )
					. "; function $name( ...\$arguments ) { return \\Store_Builtins::call( '$name', \$arguments ); }" );
			}
		}
	}

	/** Of several replacements the last counts. */
	public static function replace( string $name, callable $call ): void {
		if ( ! in_array( $name, self::NAMES, true ) ) {
			throw new LogicException( "Store_Builtins: name $name() in mu-plugins/builtins.php first." );
		}
		self::$calls[ $name ] = $call;
	}

	public static function call( string $name, array $arguments ): mixed {
		return ( self::$calls[ $name ] ?? "\\$name" )( ...$arguments );
	}

	/** The class that called the function which is replaced, by Runtime or not; for a replacement that asks. */
	public static function caller(): string {
		// This, the replacement, call(), the function, who called that.
		$frames = debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, 6 );
		$class  = $frames[4]['class'] ?? '';
		return 'BonusPay\\WooCommerce\\Runtime' === $class ? $frames[5]['class'] ?? '' : $class;
	}
}

Store_Builtins::declare();

// A test's clock runs ahead of the machine's by so many seconds.
Store_Builtins::replace(
	'time',
	static fn(): int => time() + ( is_file( STORE_FOLDER . '/clock' ) ? (int) file_get_contents( STORE_FOLDER . '/clock' ) : 0 )
);
