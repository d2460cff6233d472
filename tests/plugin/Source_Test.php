<?php
/**
 * What only the source can show.
 */

namespace BonusPay\WooCommerce\Tests;

use PHPUnit\Framework\TestCase;

final class Source_Test extends TestCase {

	/** What a message of BonusPay's goes through. */
	private const CALLBACK_PATH = array(
		'Notification_Endpoint.php',
		'Notifications.php',
		'Payment_Notifications.php',
		'Refund_Notifications.php',
		'Notification_Inbox.php',
		'Identity_Check.php',
		'Verified_Message.php',
		'Native_Backend.php',
		'State_Table.php',
		'Snapshot.php',
	);

	private static function folder(): string {
		return dirname( __DIR__, 2 ) . '/woocommerce';
	}

	/** All PHP files of the plugin, and their texts. */
	private static function files(): array {
		$files = array();
		foreach ( new \RecursiveIteratorIterator(
			new \RecursiveDirectoryIterator( self::folder(), \FilesystemIterator::SKIP_DOTS )
		) as $file ) {
			if ( 'php' === $file->getExtension() ) {
				$files[ substr( $file->getPathname(), strlen( self::folder() ) + 1 ) ] = file_get_contents( $file->getPathname() );
			}
		}
		self::assertGreaterThan( 40, count( $files ) );
		return $files;
	}

	/** The code of a file without comments; texts stay. */
	private static function code( string $text ): string {
		$code = '';
		foreach ( token_get_all( $text ) as $token ) {
			$code .= is_array( $token ) ? ( in_array( $token[0], array( T_COMMENT, T_DOC_COMMENT ), true ) ? ' ' : $token[1] ) : $token;
		}
		return $code;
	}

	/** Lines of code that match, as file: line. */
	private static function found( string $pattern, ?array $only = null ): array {
		$found = array();
		foreach ( self::files() as $name => $text ) {
			if ( null !== $only && ! in_array( basename( $name ), $only, true ) ) {
				continue;
			}
			foreach ( explode( "\n", self::code( $text ) ) as $line ) {
				if ( 1 === preg_match( $pattern, $line ) ) {
					$found[] = "$name: " . trim( $line );
				}
			}
		}
		return $found;
	}

	/** A merge of two changes can leave a call that neither of them had; PHP finds it only when a shop gets there. */
	public function test_what_is_called_on_a_class_of_ours_is_there_and_static(): void {
		$classes = array();
		foreach ( self::files() as $name => $text ) {
			if ( 1 === preg_match(
				'/^namespace ([\\\\\w]+);.*^(?:final |abstract |readonly )*(?:class|enum|interface|trait) (\w+)(?: extends (\w+))?/ms',
				self::code( $text ),
				$found
			) ) {
				$classes[ $found[2] ] = array(
					'namespace' => $found[1],
					'parent' => $found[3] ?? '',
					'code' => self::code( $text ),
					'file' => $name,
				);
			}
		}
		self::assertGreaterThan( 90, count( $classes ) );
		$calls = 0;
		$wrong = array();
		foreach ( $classes as $class ) {
			preg_match_all( '/(?<![\\\\\w$>])([A-Z]\w+)::(\w+)\s*\(/', $class['code'], $found, PREG_SET_ORDER );
			foreach ( $found as list( , $named, $method ) ) {
				$other = $classes[ $named ] ?? null;
				if ( null === $other || in_array( $method, array( 'from', 'tryFrom', 'cases' ), true ) ) {
					continue;
				}
				++$calls;
				if (
					$class['namespace'] !== $other['namespace']
					&& ! str_contains( $class['code'], "use {$other['namespace']}\\$named;" )
				) {
					$wrong[] = "{$class['file']}: $named is not imported";
				}
				while ( null !== $other && 1 !== preg_match( '/static function ' . $method . '\b/', $other['code'] ) ) {
					$other = $classes[ $other['parent'] ] ?? null;
				}
				if ( null === $other ) {
					$wrong[] = "{$class['file']}: $named::$method() is no static method";
				}
			}
		}
		self::assertSame( array(), $wrong );
		self::assertGreaterThan( 500, $calls );
	}

	public function test_r48_no_amount_is_ever_a_float(): void {
		self::assertSame(
			array(),
			self::found( '/\b(floatval|doubleval|number_format|round|wc_float_to_string)\s*\(|\(\s*(float|double|real)\s*\)|settype/' )
		);
	}

	public function test_r54_nothing_in_the_path_of_a_notification_parses_json(): void {
		self::assertSame( array(), self::found( '/\bjson_decode\s*\(|get_json_params|->get_params\s*\(/', self::CALLBACK_PATH ) );
		// Payment_Service reads back the request that it wrote itself, and nothing else.
		$found = self::found( '/\bjson_decode\s*\(/' );
		self::assertCount( 1, $found, implode( "\n", $found ) );
		self::assertStringContainsString( '$attempt->request', $found[0] );
	}

	public function test_r15_secrets_are_never_compared_by_two_equals_signs(): void {
		self::assertSame(
			array(),
			self::found(
				'/(token|key|sign|hash|secret)\w*\s*(\)|\])?\s*[!=]=(?!=)|(?<![!=])[!=]=(?!=)\s*\$?\w*(token|key|sign|hash|secret)/i'
			)
		);
		// Nowhere at all, in fact.
		self::assertSame( array(), self::found( '/[^=!<>]==[^=]|!=[^=]/' ) );
	}

	public function test_r15_tokens_and_order_keys_are_compared_in_constant_time(): void {
		self::assertSame(
			array(),
			self::found(
				'/(===|!==)[^?;&|]*(order_key|->token\b|\$token\b|\$sign\b)'
				. '|(order_key|->token\b|\$token\b|\$sign\b)(\(\))?\s*(===|!==)\s*(?!\'\')/'
			)
		);
	}

	public function test_nothing_is_serialised_and_no_order_is_looked_up_beside_woocommerce(): void {
		self::assertSame(
			array(),
			self::found( '/(?<!__)\b(un)?serialize\s*\(|\beval\s*\(|\bextract\s*\(|\bassert\s*\(|create_function/' )
		);
		self::assertSame( array(), self::found( '/\b(get|update|add|delete)_post_meta\b|\bWP_Query\b|\bget_posts\b/' ) );
		// Uninstalling looks into both stores; products, whose stock is locked, are posts in both.
		self::assertSame(
			array(),
			array_filter(
				self::found( '/\bwpdb->(posts|postmeta)\b/' ),
				static fn( string $line ): bool => ! str_starts_with( $line, 'uninstall.php:' )
					&& ! str_contains( $line, "'_stock' ORDER BY post_id FOR UPDATE" )
			)
		);
	}

	public function test_the_lock_is_a_row_and_nothing_of_one_machine(): void {
		self::assertSame(
			array(),
			self::found(
				'/\bGET_LOCK\b|\bflock\s*\(|\bsem_get\b|\bset_transient\s*\(|\bwp_cache_add\s*\(|LOCK TABLES/',
				array(
					'Order_Lock.php',
					'Effect_Claims.php',
					'Notification_Inbox.php',
					'Attempts.php',
					'Payment_Service.php',
					'Refund_Service.php',
					'Notification_Endpoint.php',
					'Notifications.php',
					'Queue.php',
					'Effects.php',
					'Effect_Runner.php',
				)
			)
		);
	}

	/** What copied lists of disable_functions have, taken together. */
	private const HOSTS_REMOVE = array(
		'apache_child_terminate', 'apache_get_modules', 'apache_note', 'apache_setenv', 'chgrp', 'chmod', 'chown', 'chroot',
		'connection_status', 'diskfreespace', 'disk_free_space', 'disk_total_space', 'dl', 'error_log',
		'escapeshellarg', 'escapeshellcmd', 'exec', 'fastcgi_finish_request', 'flush', 'fpassthru', 'fsockopen', 'ftok', 'getenv',
		'gethostbyname', 'gethostname', 'getlastmod', 'getmyinode', 'getmypid', 'getmyuid', 'getrusage',
		'get_cfg_var', 'get_current_user', 'get_include_path', 'header_remove', 'highlight_file', 'highlight_string', 'ignore_user_abort',
		'ini_alter', 'ini_get', 'ini_get_all', 'ini_restore', 'ini_set', 'lchgrp', 'lchown', 'link', 'mail',
		'memory_get_peak_usage', 'memory_get_usage', 'openlog', 'parse_ini_file', 'passthru', 'pclose', 'pfsockopen', 'php_sapi_name',
		'php_strip_whitespace', 'php_uname', 'phpcredits', 'phpinfo', 'phpversion', 'popen', 'proc_close', 'proc_get_status',
		'proc_nice', 'proc_open', 'proc_terminate', 'putenv', 'readlink', 'register_shutdown_function', 'set_time_limit', 'shell_exec',
		'show_source', 'sleep', 'stream_select', 'stream_socket_client', 'stream_socket_pair', 'stream_socket_server',
		'symlink', 'sys_getloadavg', 'syslog', 'system', 'tempnam', 'time_nanosleep', 'time_sleep_until', 'tmpfile', 'usleep', 'virtual',
	);

	/** What no build of PHP 8.1 is without. */
	private const ALWAYS_THERE = array( 'Core', 'standard', 'SPL', 'Reflection', 'date', 'hash', 'json', 'pcre', 'random' );

	/** WordPress has its own where PHP has none. */
	private const POLYFILLED = array( 'mb_strlen', 'mb_substr' );

	public function test_a_function_that_a_host_may_have_removed_is_asked_for_before_it_is_called(): void {
		$bare  = array();
		$calls = array();
		foreach ( self::files() as $name => $text ) {
			$tokens = array_values(
				array_filter( \PhpToken::tokenize( $text ), static fn( \PhpToken $token ): bool => ! $token->isIgnorable() )
			);
			$since  = ''; // The code of the function so far.
			foreach ( $tokens as $at => $token ) {
				$since    = $token->is( T_FUNCTION ) ? '' : $since . $token->text;
				$function = strtolower( ltrim( $token->text, '\\' ) );
				if (
					! $token->is( array( T_STRING, T_NAME_FULLY_QUALIFIED ) )
					|| '(' !== ( $tokens[ $at + 1 ]->text ?? '' )
					|| ( $tokens[ $at - 1 ] ?? $token )->is(
						array( T_FUNCTION, T_NEW, T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON )
					)
				) {
					continue;
				}
				$extension = function_exists( $function ) ? ( new \ReflectionFunction( $function ) )->getExtensionName() : false;
				$may_lack  = in_array( $function, self::HOSTS_REMOVE, true )
					|| ( false !== $extension
						&& ! in_array( $extension, self::ALWAYS_THERE, true )
						&& ! in_array( $function, self::POLYFILLED, true ) );
				$calls[]   = $function;
				if ( $may_lack && ! str_contains( strtolower( $since ), "function_exists('$function')" ) ) {
					$bare[] = "$name, line $token->line: $function()";
				}
			}
		}
		self::assertSame( array(), $bare );
		// The search does find them.
		self::assertSame(
			array(),
			array_diff( array( 'ignore_user_abort', 'usleep', 'fastcgi_finish_request', 'bonuspay\payment_uri' ), $calls )
		);
	}

	public function test_what_is_shown_is_translated_in_the_plugins_domain(): void {
		$calls = 0;
		foreach ( self::files() as $name => $text ) {
			$tokens = array_values(
				array_filter(
					token_get_all( $text ),
					static fn( $token ): bool => ! is_array( $token )
						|| ! in_array( $token[0], array( T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ), true )
				)
			);
			foreach ( $tokens as $at => $token ) {
				if (
					! is_array( $token )
					|| T_STRING !== $token[0]
					|| 1 !== preg_match(
						'/^(__|_e|_x|_n|_nx|_ex|esc_html__|esc_html_e|esc_html_x|esc_attr__|esc_attr_e|esc_attr_x)$/',
						$token[1]
					)
					|| '(' !== $tokens[ $at + 1 ]
					|| ( is_array( $tokens[ $at - 1 ] )
						&& in_array( $tokens[ $at - 1 ][0], array( T_FUNCTION, T_OBJECT_OPERATOR, T_DOUBLE_COLON ), true ) )
				) {
					continue;
				}
				++$calls;
				$depth = 0;
				for ( $end = $at + 1; $end < count( $tokens ); $end++ ) {
					$depth += '(' === $tokens[ $end ] ? 1 : ( ')' === $tokens[ $end ] ? -1 : 0 );
					if ( 0 === $depth ) {
						break;
					}
				}
				$last = ',' === $tokens[ $end - 1 ] ? $tokens[ $end - 2 ] : $tokens[ $end - 1 ];
				self::assertSame( "'bonuspay-for-woocommerce'", is_array( $last ) ? $last[1] : $last, "$name, line {$token[2]}" );
				self::assertSame(
					T_CONSTANT_ENCAPSED_STRING,
					is_array( $tokens[ $at + 2 ] ) ? $tokens[ $at + 2 ][0] : 0,
					"$name, line {$token[2]}: a text that can be collected."
				);
			}
		}
		self::assertGreaterThan( 100, $calls );
	}

	public function test_each_file_says_what_it_is_and_is_never_run_by_itself(): void {
		foreach ( self::files() as $name => $text ) {
			self::assertStringStartsWith( "<?php\n", $text, $name );
			self::assertStringEndsWith( "\n", $text, $name );
			self::assertDoesNotMatchRegularExpression(
				'/\r|[ \t]+$|^ +\S/m',
				preg_replace( '/^\s+\*.*$/m', '', $text ),
				"$name: tabs, and no blanks at the end"
			);
			if ( ! str_starts_with( $name, 'src/' ) ) {
				self::assertMatchesRegularExpression( "/defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/", $text, $name );
				continue;
			}
			self::assertStringContainsString(
				"\nnamespace "
					. str_replace(
						'/',
						'\\',
						preg_replace( '~/[^/]+$~', ';', 'BonusPay/WooCommerce/' . substr( $name, strlen( 'src/' ) ) )
					)
					. "\n",
				$text,
				$name
			);
			self::assertSame(
				1,
				preg_match_all( '/^(?:(?:final|abstract) )?(?:class|interface|trait|enum) (\w+)/m', $text, $found ),
				$name
			);
			self::assertSame( basename( $name, '.php' ), $found[1][0], $name );
		}
	}

	public function test_every_public_method_says_what_it_does(): void {
		foreach ( self::files() as $name => $text ) {
			$tokens = token_get_all( $text );
			$doc    = false;
			$public = false;
			foreach ( $tokens as $at => $token ) {
				if ( ! is_array( $token ) ) {
					$doc    = in_array( $token, array( ';', '{', '}' ), true ) ? false : $doc;
					$public = in_array( $token, array( ';', '{', '}' ), true ) ? false : $public;
					continue;
				}
				$doc    = $doc || T_DOC_COMMENT === $token[0];
				$public = $public || T_PUBLIC === $token[0];
				if ( T_FUNCTION === $token[0] && $public && is_array( $tokens[ $at + 2 ] ) && T_STRING === $tokens[ $at + 2 ][0] ) {
					self::assertTrue( $doc, "$name: {$tokens[ $at + 2 ][1]}()" );
				}
			}
		}
		$this->addToAssertionCount( 1 );
	}

	public function test_r90_no_address_that_is_given_away_comes_from_a_request(): void {
		// Sender_Allowlist reads where a request came from, and gives nothing away.
		$elsewhere = array_filter(
			self::found( '/HTTP_HOST|SERVER_NAME|X_FORWARDED|REQUEST_URI|HTTP_REFERER/' ),
			static fn( string $line ): bool => ! str_starts_with( $line, 'src/Settings/Sender_Allowlist.php: $forwarded = ' )
		);
		self::assertSame( array(), $elsewhere );
	}

	public function test_r79_nothing_switches_a_certificates_check_off(): void {
		self::assertSame( array(), self::found( '/sslverify|verify_peer|CURLOPT|dangerous|curl_/i' ) );
		// WordPress's own client calls the shop itself; what goes to BonusPay is the extension's.
		$calls = self::found( '/wp_(safe_)?remote_(?!retrieve_)|WP_Http\b.*(->|::)(request|post|get)\b/' );
		self::assertCount( 1, $calls, implode( "\n", $calls ) );
		self::assertStringStartsWith( 'src/Health/Webhook_Self_Check.php: ', reset( $calls ) );
	}
}
