<?php
/**
 * Keys: stored apart, never shown, never mixed. The keys here are made by OpenSSL.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Native_Backend;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Public_Key;
use PHPUnit\Framework\TestCase;

final class Keys_Test extends TestCase {

	protected function setUp(): void {
		Options::reset();
	}

	/** What a test of wp-config's constants finds; they cannot be taken back, hence a process of its own. */
	private static function with_constants( array $constants, string $code ): array {
		$program = 'require ' . var_export( __DIR__ . '/bootstrap.php', true ) . '; ' . __NAMESPACE__ . '\Options::reset( '
			. var_export( Options::$values, true ) . ' );';
		foreach ( $constants as $name => $value ) {
			$program .= 'define( ' . var_export( $name, true ) . ', ' . var_export( $value, true ) . ' );';
		}
		$program .= 'use BonusPay\WooCommerce\{Settings\Keys, Settings\Backends, Settings\Settings, Settings\Site_Move}; '
			. 'echo json_encode( ( static function () { '
			. $code . ' } )() );';
		$command  = array(
			PHP_BINARY,
			'-d',
			'extension=' . realpath( getenv( 'BONUSPAY_EXTENSION' ) ?: dirname( __DIR__, 2 ) . '/target/php-ext/static/bonuspay.so' ),
			'-d',
			'display_errors=stderr',
			'-d',
			'error_reporting=-1',
		);
		$process  = proc_open(
			array( ...$command, '-r', $program ),
			array( 1 => array( 'pipe', 'w' ), 2 => array( 'pipe', 'w' ) ),
			$pipes
		);
		$output   = stream_get_contents( $pipes[1] );
		$errors   = stream_get_contents( $pipes[2] );
		proc_close( $process );
		self::assertSame( '', $errors );
		return (array) json_decode( $output, true, 16, JSON_THROW_ON_ERROR );
	}

	private static function assert_refused( string $expected, callable $call, string ...$secrets ): void {
		try {
			$call();
		} catch ( \InvalidArgumentException $error ) {
			self::assertStringContainsString( $expected, $error->getMessage() );
			self::assertNull( $error->getPrevious() );
			foreach ( $secrets as $secret ) {
				self::assert_hidden( $secret, $error );
			}
			return;
		}
		self::fail( 'It was taken.' );
	}

	/** No piece of a secret is in an error, in the plugin's part of its trace, or in anything that a dump shows. */
	private static function assert_hidden( string $secret, mixed $thing ): void {
		$shown = '';
		if ( $thing instanceof \Throwable ) {
			$shown = $thing->getMessage();
			$thing = array_filter(
				$thing->getTrace(),
				static fn( array $frame ): bool => ! preg_match( '/^PHPUnit|\\\\Tests\\\\/', $frame['class'] ?? '' )
			);
		}
		ob_start();
		var_dump( $thing );
		$shown .= ob_get_clean() . print_r( $thing, true );
		$bare   = (string) preg_replace( '/-----[^-]*-----|\s+/', '', $secret );
		$shown  = (string) preg_replace( '/\s+/', '', $shown );
		for ( $at = 40; $at + 24 <= strlen( $bare ); $at += 24 ) {
			self::assertFalse( strpos( $shown, substr( $bare, $at, 24 ) ), 'A piece of the key is shown.' );
		}
	}

	public function test_a_private_key_is_stored_alone_not_autoloaded_and_as_no_plain_text(): void {
		$pair = Pairs::get( 0 );
		Keys::set_private_key( 'test', $pair['private'] );
		self::assertFalse( Options::$autoload['bonuspay_wc_private_key_test'] );
		self::assertIsArray( get_option( 'bonuspay_wc_private_key_test' ), 'wp-admin/options.php prints plain texts.' );
		Keys::set_partner_id( 'test', '200000000888' );
		Keys::set_public_keys( 'test', Pairs::get( 1 )['public'] );
		unset( Options::$values['bonuspay_wc_private_key_test'] );
		self::assert_hidden( $pair['private'], Options::$values );
	}

	public function test_all_forms_of_a_key_are_the_same_key(): void {
		$pair = Pairs::get( 0 );
		$bare = preg_replace( '/-----[^-]*-----|\s+/', '', $pair['private'] );
		foreach ( array(
			$pair['private'],
			" \r\n" . str_replace( "\n", "\r\n", $pair['private'] ),
			$bare,
			str_replace( "\n", '\n', $pair['private'] ),
		) as $form ) {
			Keys::set_private_key( 'test', $form );
			self::assertTrue( Keys::own_public_key( 'test' )->equals( Public_Key::from_text( $pair['public'] ) ) );
		}
		$der = base64_decode( preg_replace( '/-----[^-]*-----|\s+/', '', $pair['public'] ) );
		self::assertSame( 'SHA256:' . hash( 'sha256', $der ), Keys::own_public_key( 'test' )->fingerprint() );
		self::assertSame( preg_replace( '/\s/', '', $pair['public'] ), preg_replace( '/\s/', '', Keys::own_public_key( 'test' )->pem() ) );
	}

	public function test_the_stored_key_is_used_and_a_new_one_takes_its_place(): void {
		Keys::set_private_key( 'test', Pairs::get( 0 )['private'] );
		$before = Keys::private_key( 'test' );
		$made   = Keys::generate( 'test' );
		self::assertNotSame( $before, Keys::private_key( 'test' ) );
		self::assertTrue( $made->equals( Keys::own_public_key( 'test' ) ) );
		self::assertSame( '', Keys::private_key( 'live' ) );
		Keys::forget( 'test' );
		self::assertSame( '', Keys::private_key( 'test' ) );
	}

	public function test_what_is_no_private_key_is_refused_and_not_shown(): void {
		$pair = Pairs::get( 0 );
		Keys::set_private_key( 'test', $pair['private'] );
		$stored = Options::$values;
		openssl_pkey_export( openssl_pkey_new( array( 'private_key_bits' => 1024 ) ), $small );
		openssl_pkey_export( openssl_pkey_new( array( 'private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1' ) ), $curve );
		openssl_pkey_export( openssl_pkey_new( array( 'private_key_bits' => 2048 ) ), $locked, 'pass' );
		$damaged = substr_replace( $pair['private'], 'AAAA', 900, 4 );
		foreach ( array(
			$small,
			$curve,
			$locked,
			$damaged,
			$pair['public'],
			substr( $pair['private'], 0, 900 ),
			'canary-canary-canary-canary-canary-canary-canary-canary-canary',
			'/etc/passwd',
			'file:///etc/passwd',
			'',
		) as $text ) {
			self::assert_refused( 'was not changed', static fn() => Keys::set_private_key( 'test', $text ), $text );
			self::assertSame( $stored, Options::$values );
		}
	}

	public function test_r14_the_same_key_in_both_modes_is_refused(): void {
		Keys::set_private_key( 'test', Pairs::get( 0 )['private'] );
		self::assert_refused(
			'is the same in test mode and in live mode',
			static fn() => Keys::set_private_key( 'live', Pairs::get( 0 )['private'] ),
			Pairs::get( 0 )['private']
		);
		self::assertSame( '', Keys::private_key( 'live' ) );
		Keys::set_public_keys( 'test', Pairs::get( 1 )['public'] );
		self::assert_refused(
			'is the same in test mode and in live mode',
			static fn() => Keys::set_public_keys( 'live', Pairs::get( 1 )['public'] )
		);
		self::assert_refused(
			'is the same in test mode and in live mode',
			static fn() => Keys::set_public_keys( 'live', Pairs::get( 2 )['public'] . "\n" . Pairs::get( 1 )['public'] )
		);
		Keys::set_public_keys( 'live', Pairs::get( 2 )['public'] );
		self::assertFalse( Keys::has_shared_public_key() );
	}

	public function test_r14_ones_own_public_key_is_refused_by_name(): void {
		Keys::set_private_key( 'test', Pairs::get( 0 )['private'] );
		foreach ( array( 'test', 'live' ) as $mode ) {
			self::assert_refused( 'is your own public key', static fn() => Keys::set_public_keys( $mode, Pairs::get( 0 )['public'] ) );
		}
		Keys::set_public_keys( 'test', Pairs::get( 1 )['public'] );
		self::assert_refused(
			'is your own public key',
			static fn() => Keys::set_private_key( 'test', Pairs::get( 1 )['private'] ),
			Pairs::get( 1 )['private']
		);
		self::assert_refused(
			'is your own public key',
			static fn() => Keys::set_private_key( 'live', Pairs::get( 1 )['private'] ),
			Pairs::get( 1 )['private']
		);
	}

	public function test_r13_up_to_five_public_keys(): void {
		$keys = array_column( array_map( array( Pairs::class, 'get' ), range( 0, 5 ) ), 'public' );
		Keys::set_public_keys( 'test', implode( "\n", array_slice( $keys, 0, 5 ) ) );
		self::assertCount( 5, Keys::public_keys( 'test' ) );
		self::assert_refused( 'at most 5', static fn() => Keys::set_public_keys( 'test', implode( "\n", $keys ) ) );
		Keys::set_public_keys( 'test', $keys[0] . "\n\n" . preg_replace( '/-----[^-]*-----|\s+/', '', $keys[0] ) );
		self::assertCount( 1, Keys::public_keys( 'test' ), 'The same key twice is one.' );
		self::assert_refused( 'was not changed', static fn() => Keys::set_public_keys( 'test', 'nonsense' ) );
		self::assertCount( 1, Keys::public_keys( 'test' ) );
	}

	public function test_what_is_missing_is_named(): void {
		self::assertSame( array( 'the partner ID', 'your private key', 'BonusPay\'s public key' ), Keys::missing( 'test' ) );
		Pairs::complete( 'test' );
		self::assertSame( array(), Keys::missing( 'test' ) );
		self::assertCount( 3, Keys::missing( 'live' ) );
		foreach ( array( '2000 0000', "2\n3", '<b>', str_repeat( '1', 33 ) ) as $id ) {
			self::assert_refused( 'partner ID', static fn() => Keys::set_partner_id( 'test', $id ) );
		}
		self::assertSame( '200000000888', Keys::partner_id( 'test' ) );
	}

	public function test_r113_without_keys_nobody_is_spoken_to(): void {
		foreach ( array( 'for_mode', 'verifier' ) as $how ) {
			try {
				Backends::$how( 'test' );
				self::fail( 'There are no keys.' );
			} catch ( Backend_Error $error ) {
				self::assertSame( array( 'config', Backend_Error::NOT_SENT ), array( $error->kind, $error->outcome ) );
				self::assertSame( 'for_mode' === $how, str_contains( $error->getMessage(), 'Missing: the partner ID' ) );
			}
		}
	}

	public function test_options_of_another_shape_are_no_keys(): void {
		foreach ( array(
			null,
			'text',
			5,
			array( 'test' => 'x' ),
			array( 'test' => array( 'public_keys' => 'nonsense', 'partner_id' => array() ) ),
		) as $stored ) {
			Options::$values['bonuspay_wc_keys'] = $stored;
			foreach ( array( null, 'a plain text', array(), array( 'key' => '' ) ) as $private ) {
				Options::$values['bonuspay_wc_private_key_test'] = $private;
				self::assertCount( 3, Keys::missing( 'test' ) );
			}
		}
	}

	public function test_a_constant_wins_over_what_is_stored(): void {
		Pairs::complete( 'test' );
		$other = Pairs::get( 3 );
		$found = self::with_constants(
			array(
				'BONUSPAY_TEST_PARTNER_ID' => ' 200000000999 ',
				'BONUSPAY_TEST_PRIVATE_KEY' => $other['private'],
				'BONUSPAY_TEST_PUBLIC_KEY' => Pairs::get( 4 )['public'],
			),
			'return array( Keys::partner_id( "test" ), Keys::own_public_key( "test" )->fingerprint(), '
				. 'Keys::public_keys( "test" ), Keys::is_complete( "test" ), Keys::is_constant( "test", "private_key" ), '
				. 'Keys::is_constant( "live", "private_key" ), Keys::constant_name( "test", "private_key" ), Backends::problem( "test" ) );'
		);
		self::assertSame(
			array(
				'200000000999',
				Public_Key::from_text( $other['public'] )->fingerprint(),
				array( trim( Pairs::get( 4 )['public'] ) ),
				true,
				true,
				false,
				'BONUSPAY_TEST_PRIVATE_KEY',
				null,
			),
			$found
		);
	}

	public function test_an_empty_constant_is_no_key_and_hides_the_stored_one(): void {
		Pairs::complete( 'test' );
		self::assertSame(
			array( 'your private key' ),
			self::with_constants( array( 'BONUSPAY_TEST_PRIVATE_KEY' => '' ), 'return Keys::missing( "test" );' )
		);
	}

	public function test_r69_a_key_may_be_in_a_file_that_a_constant_of_its_own_names_and_no_other(): void {
		$file = tempnam( sys_get_temp_dir(), 'key' );
		file_put_contents( $file, Pairs::get( 3 )['private'] );
		$code = 'return array( Keys::own_public_key( "live" )?->fingerprint(), Keys::constant_name( "live", "private_key" ) );';
		self::assertSame(
			array( Public_Key::from_text( Pairs::get( 3 )['public'] )->fingerprint(), 'BONUSPAY_LIVE_PRIVATE_KEY_FILE' ),
			self::with_constants( array( 'BONUSPAY_LIVE_PRIVATE_KEY_FILE' => $file ), $code )
		);
		self::assertNull( self::with_constants( array( 'BONUSPAY_LIVE_PRIVATE_KEY_FILE' => 'file://' . $file ), $code )[0] );
		self::assertNull( self::with_constants( array( 'BONUSPAY_LIVE_PRIVATE_KEY_FILE' => $file . '.gone' ), $code )[0] );
		self::assertNull( self::with_constants( array( 'BONUSPAY_LIVE_PRIVATE_KEY' => $file ), $code )[0], 'A path is no key.' );
		unlink( $file );
	}

	public function test_another_address_is_used_in_test_mode_alone_and_http_on_this_machine_alone(): void {
		Pairs::complete( 'test' );
		Pairs::complete( 'live', 4 );
		$code = 'return array( Backends::base_url( "test" ), Backends::base_url( "live" ), Backends::problem( "test" ) );';
		list( $test, $live, $problem ) = self::with_constants(
			array( 'BONUSPAY_TEST_BASE_URL' => 'http://127.0.0.1:9/', 'BONUSPAY_LIVE_BASE_URL' => 'http://127.0.0.1:9/' ),
			$code
		);
		self::assertSame( array( 'http://127.0.0.1:9/', 'https://api.bonuspay.network/sgs/api/', null ), array( $test, $live, $problem ) );
		foreach ( array( 'http://169.254.169.254/', 'http://sandbox.example/', 'file:///etc/passwd', 'nonsense' ) as $url ) {
			self::assertNotNull( self::with_constants( array( 'BONUSPAY_TEST_BASE_URL' => $url ), $code )[2], $url );
		}
	}

	public function test_r71_no_dump_of_a_backend_and_no_trace_shows_a_key(): void {
		Pairs::complete( 'test' );
		$backend = Backends::for_mode( 'test' );
		self::assert_hidden( Keys::private_key( 'test' ), $backend );
		self::assert_hidden( Keys::private_key( 'test' ), (array) $backend );
		self::assert_hidden( Keys::private_key( 'test' ), var_export( $backend, true ) . json_encode( $backend ) );
		try {
			new Native_Backend( array( 'environment' => 'nowhere', 'partner_id' => '1', 'private_key' => Keys::private_key( 'test' ) ) );
			self::fail( 'There is no such environment.' );
		} catch ( Backend_Error $error ) {
			self::assert_hidden( Keys::private_key( 'test' ), $error );
		}
		try {
			Native_Backend::read_private_key( substr( Keys::private_key( 'test' ), 0, 1200 ) );
			self::fail( 'It is cut off.' );
		} catch ( Backend_Error $error ) {
			self::assert_hidden( substr( Keys::private_key( 'test' ), 0, 1200 ), $error );
		}
	}

	public function test_a_backend_can_be_neither_stored_nor_copied(): void {
		Pairs::complete( 'test' );
		$backend = Backends::for_mode( 'test' );
		foreach ( array( static fn() => serialize( $backend ), static fn() => clone $backend ) as $way ) {
			try {
				$way();
				self::fail( 'It was stored or copied.' );
			} catch ( \Throwable $error ) {
				self::assertNotInstanceOf( \PHPUnit\Framework\AssertionFailedError::class, $error );
			}
		}
	}
}
