<?php
/**
 * R107: every condition of a gate is inverted, one at a time, in a copy of the plugin; then some test must fail.
 *
 * usage: php run.php [--no-shop] [--sample=N] [--only=TEXT] [FILE...]
 *
 *   FILE        such as Notification/Notification_Endpoint.php; all gates when none is named
 *   --no-shop   only tests/plugin tries them; what the shop's tests alone could notice is counted as untried
 *   --sample=N  every Nth mutant of each file
 *   --only=TEXT those alone whose id or code has it
 *
 * First the program tries itself, on fixture/. Then tests/plugin tries each mutant, by the classes that gates.php names;
 * what is left a shop tries, by a group of tests/store/gates.test.mjs. equivalent.txt lists what nothing can notice, and
 * why. Exits with 1 when a mutant survives, or the list is not right. STORE names the shop; VERBOSE=1 tells what each
 * mutant that came to the shop died of.
 */

namespace BonusPay\WooCommerce\Tests\Mutants;

spl_autoload_register(
	static function ( string $class_name ): void {
		if ( str_starts_with( $class_name, 'PhpParser\\' ) ) {
			require 'PhpParser/' . str_replace( '\\', '/', substr( $class_name, 10 ) ) . '.php';
		}
	}
);
require __DIR__ . '/Mutator.php';

/** One copy of the plugin, in which one file at a time is changed. */
final class Copy {

	public readonly string $folder;
	private int $writes = 0;

	public function __construct( string $plugin ) {
		$this->folder = sys_get_temp_dir() . '/mutants-' . bin2hex( random_bytes( 6 ) );
		mkdir( $this->folder . '/tests', 0755, true );
		mkdir( $this->folder . '/cache' );
		chmod( $this->folder, 0755 );
		self::run( array( 'cp', '-r', dirname( __DIR__ ), $this->folder . '/tests/plugin' ) );
		self::run( array( 'cp', '-r', $plugin, $this->folder . '/woocommerce' ) );
		self::run( array( 'chmod', '-R', 'a+rX', $this->folder . '/woocommerce' ) );
	}

	public function __destruct() {
		self::run( array( 'rm', '-rf', $this->folder ) );
	}

	/** OPcache knows a file by its time, in seconds: each text gets a time of its own. */
	public function write( string $file, string $source ): void {
		file_put_contents( "$this->folder/woocommerce/src/$file", $source );
		touch( "$this->folder/woocommerce/src/$file", time() - 1_000_000 + ++$this->writes );
	}

	/** Runs a program; gives its exit code and what it printed. */
	public static function run( array $command, array $environment = array(), ?string $folder = null, string $input = '/dev/null' ): array {
		$process = proc_open(
			$command,
			array( array( 'file', $input, 'r' ), array( 'pipe', 'w' ), array( 'redirect', 1 ) ),
			$pipes,
			$folder,
			$environment + getenv()
		);
		$said    = stream_get_contents( $pipes[1] );
		return array( proc_close( $process ), $said );
	}
}

/** PHPUnit without WordPress, on the copy. */
final class Unit {

	public function __construct( private Copy $copy ) {}

	/** Whether some test of these classes fails; '' when none, else what failed. */
	public function kill( array $classes ): string {
		$tests  = $this->copy->folder . '/tests/plugin';
		$files  = implode( '', array_map( static fn( string $name ): string => "<file>$name.php</file>", $classes ) );
		$config = preg_replace( '~<directory.*</directory>~', $files, file_get_contents( "$tests/phpunit.xml" ) );
		file_put_contents( "$tests/mutants.xml", $config );
		list( $code, $said ) = Copy::run(
			array(
				'nice',
				'-n',
				'10',
				'timeout',
				'60',
				PHP_BINARY,
				'-d',
				'extension=' . getenv( 'BONUSPAY_EXTENSION' ),
				'-d',
				'zend.exception_ignore_args=0',
				'-d',
				'opcache.enable_cli=1',
				'-d',
				"opcache.file_cache={$this->copy->folder}/cache",
				'-d',
				'opcache.file_cache_only=1',
				'-d',
				'opcache.file_update_protection=0',
				trim( (string) shell_exec( 'command -v phpunit' ) ),
				'-c',
				"$tests/mutants.xml",
				'--stop-on-defect',
				'--order-by=default',
			)
		);
		return 0 === $code ? '' : "exit $code: $said";
	}
}

/** A shop on the copy. */
final class Shop {

	private const STORE = 'mutants';

	private string $tests;

	public function __construct( private Copy $copy ) {
		$this->tests = dirname( __DIR__, 2 ) . '/store';
		if ( ! is_file( "$this->tests/node_modules/.installed" ) ) {
			throw new \RuntimeException(
				'Run tests/store/run.sh tests/store/smoke.test.mjs once: it installs what the tests of the shop need.'
			);
		}
		list( $code, $said ) = Copy::run(
			array( "$this->tests/store", 'up' ),
			array( 'PLUGIN' => $copy->folder . '/woocommerce' ) + $this->environment()
		);
		if ( 0 !== $code ) {
			throw new \RuntimeException( "No shop came up: $said" );
		}
	}

	public function __destruct() {
		Copy::run( array( "$this->tests/store", 'down' ), $this->environment() );
	}

	private function environment(): array {
		return array( 'STORE' => getenv( 'STORE' ) ?: self::STORE, 'BAIL' => '1' );
	}

	/** Whether some test of a group fails; '' when none, else what failed. `within NAME` is a group of gates.php alone. */
	public function kill( string $group ): string {
		if ( str_starts_with( $group, 'within ' ) ) {
			return $this->kill_within( substr( $group, 7 ) );
		}
		list( $code, $said ) = Copy::run(
			array( 'nice', '-n', '10', 'timeout', '120', 'node', '--test', "--test-name-pattern=^$group:", 'gates.test.mjs' ),
			$this->environment(),
			$this->tests
		);
		if ( 0 === $code && 1 !== preg_match( '/^# pass [1-9]/m', $said ) ) {
			throw new \RuntimeException( "gates.test.mjs has no test of the group $group." );
		}
		return 0 === $code ? '' : "exit $code: $said";
	}

	/** Has the next mutant find the shop as this one did, whatever a failed test left behind; for an unchanged plugin. */
	public function restore( string $group ): void {
		if ( str_starts_with( $group, 'within ' ) && '' !== $this->kill( $group ) ) {
			Copy::run( array( "$this->tests/store", 'reset' ), $this->environment() );
			if ( '' !== $this->kill( $group ) ) {
				throw new \RuntimeException( "$group: the shop's tests fail without a mutant, after a reset." );
			}
		}
	}

	/** The same as gates.test.mjs does it, without Node and without a reset: hence in a fraction of the time. */
	private function kill_within( string $group ): string {
		$facts = json_decode(
			file_get_contents( dirname( __DIR__, 3 ) . '/target/store/' . $this->environment()['STORE'] . '/store.json' ),
			true
		);
		$code  = "{$this->copy->folder}/code.php";
		file_put_contents(
			$code,
			'$args = array( "group" => ' . var_export( $group, true ) . ' );'
				. substr( file_get_contents( "$this->tests/gates.php" ), strlen( '<?php' ) )
		);
		list( $exit, $said ) = Copy::run(
			array(
				'nice',
				'-n',
				'10',
				'timeout',
				'60',
				...$facts['as_web'],
				'env',
				"PHP_INI_SCAN_DIR=:{$facts['folder']}/php.d",
				$facts['php_program'],
				"{$facts['folder']}/php/eval.php",
				$facts['folder'],
			),
			array(),
			null,
			$code
		);
		return 0 === $exit && '""' === ltrim( strrchr( "\n" . rtrim( $said ), "\n" ) ) ? '' : "exit $exit: $said";
	}
}

/** What equivalent.txt says: the ids, each with its reason. */
function equivalents( string $path ): array {
	$reasons = array();
	foreach ( is_file( $path ) ? file( $path, FILE_IGNORE_NEW_LINES ) : array() as $line ) {
		if ( '' === $line || '#' === $line[0] ) {
			continue;
		}
		if ( "\t" === $line[0] ) {
			$reasons[ array_key_last( $reasons ) ] .= trim( $line ) . ' ';
		} else {
			$reasons[ $line ] = '';
		}
	}
	return $reasons;
}

/** One line of code. */
function line( string $code ): string {
	return trim( (string) preg_replace( '/\s+/', ' ', $code ) );
}

/**
 * Tries the mutants of some gates, and prints a row for each file.
 *
 * @param array  $gates       As gates.php has them.
 * @param array  $equivalents Id => reason.
 * @param bool   $has_shop    Whether a shop tries what is left.
 * @param int    $nth         Every how manyth mutant.
 * @param string $text        Those alone whose id or code has it.
 * @return array{survivors: string[], killed: int, equivalent: string[], untried: int}
 */
function try_all( string $plugin, array $gates, array $equivalents, bool $has_shop, int $nth, string $text ): array {
	$copy = new Copy( $plugin );
	$unit = new Unit( $copy );
	$shop = null;
	$sums = array( 'survivors' => array(), 'killed' => 0, 'equivalent' => array(), 'untried' => 0 );
	printf( "%-40s %8s %8s %8s %10s %9s %9s\n", 'file', 'mutants', 'by unit', 'by shop', 'equivalent', 'untried', 'survivors' );
	foreach ( $gates as $file => list( $methods, $classes, $group ) ) {
		$source  = file_get_contents( "$plugin/src/$file" );
		$mutants = array_filter(
			Mutator::of( $source, $methods ),
			static fn( array $one, int $at ): bool => 0 === $at % $nth
				&& ( '' === $text || str_contains( $one['id'] . ' ' . $one['was'], $text ) ),
			ARRAY_FILTER_USE_BOTH
		);
		$row     = array( 'unit' => 0, 'shop' => 0, 'equivalent' => 0, 'untried' => 0 );
		$left    = array();
		if ( array() !== $classes && '' !== $unit->kill( $classes ) ) {
			throw new \RuntimeException( "$file: the tests fail without a mutant. " . $unit->kill( $classes ) );
		}
		foreach ( $mutants as $one ) {
			$one['name'] = "$file {$one['id']}";
			if ( isset( $equivalents[ $one['name'] ] ) ) {
				++$row['equivalent'];
				$sums['equivalent'][] = $one['name'];
				continue;
			}
			$copy->write( $file, $one['source'] );
			if ( array() !== $classes && '' !== $unit->kill( $classes ) ) {
				++$row['unit'];
			} elseif ( '' === $group ) {
				$sums['survivors'][] = $one;
			} elseif ( $has_shop ) {
				$left[] = $one;
			} else {
				++$row['untried'];
			}
		}
		$copy->write( $file, $source );
		// A test of Node's begins with a reset; those within WordPress do not, and come first.
		foreach ( array() === $left ? array() : explode( ', ', $group ) as $one_group ) {
			$shop ??= new Shop( $copy );
			$why    = $shop->kill( $one_group );
			if ( '' !== $why ) {
				throw new \RuntimeException( "$file: the shop's tests fail without a mutant. $why" );
			}
			foreach ( $left as $at => $one ) {
				$copy->write( $file, $one['source'] );
				$why = $shop->kill( $one_group );
				if ( '' !== $why ) {
					++$row['shop'];
					unset( $left[ $at ] );
					$copy->write( $file, $source );
					$shop->restore( $one_group );
					if ( getenv( 'VERBOSE' ) ) {
						fwrite( STDERR, "{$one['name']} is killed: " . substr( line( strstr( $why, 'Error' ) ?: $why ), 0, 300 ) . "\n" );
					}
				}
			}
			$copy->write( $file, $source );
			if ( array() === $left ) {
				break;
			}
		}
		array_push( $sums['survivors'], ...$left );
		$alive            = array_filter( $sums['survivors'], static fn( array $one ): bool => str_starts_with( $one['name'], "$file " ) );
		$sums['killed']  += $row['unit'] + $row['shop'];
		$sums['untried'] += $row['untried'];
		printf(
			"%-40s %8d %8d %8d %10d %9d %9d\n",
			$file,
			count( $mutants ),
			$row['unit'],
			$row['shop'],
			$row['equivalent'],
			$row['untried'],
			count( $alive )
		);
		foreach ( $alive as $one ) {
			printf( "  survives: %s (line %d)\n    %s  →  %s\n", $one['name'], $one['line'], line( $one['was'] ), line( $one['is'] ) );
		}
	}
	return $sums;
}

/** The program on itself: a mutant that nothing kills survives, one that is listed is not tried, the others are killed. */
function self_check(): void {
	$plugin = sys_get_temp_dir() . '/mutants-fixture-' . bin2hex( random_bytes( 6 ) );
	mkdir( "$plugin/src", 0755, true );
	copy( __DIR__ . '/fixture/Gate.php', "$plugin/src/Gate.php" );
	$names = array_map(
		static fn( array $one ): string => 'Gate.php ' . $one['id'],
		Mutator::of( file_get_contents( "$plugin/src/Gate.php" ) )
	);
	ob_start();
	try {
		$sums = try_all(
			$plugin,
			array( 'Gate.php' => array( null, array( 'mutants/fixture/Gate_Check' ), '' ) ),
			array( end( $names ) => 'x' ),
			false,
			1,
			''
		);
	} finally {
		$said = ob_get_clean();
		Copy::run( array( 'rm', '-rf', $plugin ) );
	}
	$alive = array_map( static fn( array $one ): string => $one['method'], $sums['survivors'] );
	if (
		array( 'forgotten' ) !== $alive
		|| 3 !== $sums['killed']
		|| array( end( $names ) ) !== $sums['equivalent']
		|| ! str_contains( $said, 'survives: Gate.php forgotten' )
	) {
		throw new \RuntimeException( "The program does not see what it should in fixture/Gate.php:\n$said" );
	}
}

if ( false === getenv( 'BONUSPAY_EXTENSION' ) ) {
	putenv( 'BONUSPAY_EXTENSION=' . dirname( __DIR__, 3 ) . '/target/php-ext/static/bonuspay.so' );
}
if ( function_exists( 'pcntl_async_signals' ) ) {
	pcntl_async_signals( true );
	foreach ( array( SIGINT, SIGTERM ) as $signal ) {
		pcntl_signal( $signal, static fn() => exit( 130 ) ); // The shop goes down, and the copy is removed.
	}
}
$options = getopt( '', array( 'no-shop', 'sample:', 'only:' ), $rest );
$files   = array_slice( $argv, $rest );
$all     = require __DIR__ . '/gates.php';
$gates   = array() === $files ? $all : array_intersect_key( $all, array_flip( $files ) );
if ( count( $gates ) < count( $files ) ) {
	fwrite( STDERR, 'These are no gates: ' . implode( ', ', array_diff( $files, array_keys( $all ) ) ) . "\n" );
	exit( 2 );
}
$listed = equivalents( __DIR__ . '/equivalent.txt' );
try {
	self_check();
	$sums = try_all(
		dirname( __DIR__, 3 ) . '/woocommerce',
		$gates,
		$listed,
		! isset( $options['no-shop'] ),
		max( 1, (int) ( $options['sample'] ?? 1 ) ),
		$options['only'] ?? ''
	);
} catch ( \RuntimeException $error ) {
	fwrite( STDERR, $error->getMessage() . "\n" );
	exit( 1 );
}
$wrong = array();
foreach ( $listed as $name => $reason ) {
	$file     = explode( ' ', $name )[0];
	$is_stale = ! isset( $all[ $file ] )
		|| ( isset( $gates[ $file ] )
			&& ! isset( $options['sample'] )
			&& ! isset( $options['only'] )
			&& ! in_array( $name, $sums['equivalent'], true ) );
	if ( $is_stale || '' === $reason ) {
		$wrong[] = $name;
	}
}
foreach ( $wrong as $name ) {
	echo "equivalent.txt: $name has no reason, or is no mutant any more\n";
}
printf(
	"%d killed, %d equivalent, %d untried, %d survive\n",
	$sums['killed'],
	count( $sums['equivalent'] ),
	$sums['untried'],
	count( $sums['survivors'] )
);
exit( array() === $sums['survivors'] && array() === $wrong ? 0 : 1 );
