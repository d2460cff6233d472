<?php
/**
 * Loads the plugin's classes without WordPress: what pure code needs of it stands here, each function as small as honest.
 * Options live in memory; nothing is mailed, printed or sent.
 */

namespace {
	define( 'ABSPATH', __DIR__ . '/' );
	define( 'BONUSPAY_WC_UNIT_TESTS', true );
	define( 'BONUSPAY_WC_VERSION', '0.1.0' );
	define( 'BONUSPAY_WC_FILE', dirname( __DIR__, 2 ) . '/woocommerce/bonuspay-for-woocommerce.php' );
	define( 'BONUSPAY_WC_DIR', dirname( BONUSPAY_WC_FILE ) . '/' );
	define( 'MINUTE_IN_SECONDS', 60 );
	define( 'HOUR_IN_SECONDS', 3600 );
	define( 'DAY_IN_SECONDS', 86400 );
	define( 'ARRAY_A', 'ARRAY_A' );

	function __( string $text, string $domain ): string {
		if ( 'bonuspay-for-woocommerce' !== $domain ) {
			throw new \LogicException( "Wrong text domain: $domain" );
		}
		return $text;
	}

	function _n( string $one, string $many, int $count, string $domain ): string {
		return __( 1 === $count ? $one : $many, $domain );
	}

	/** WordPress's own rounds to the greatest unit. */
	function human_time_diff( int $from, int $to ): string {
		return ( $to - $from ) . ' seconds';
	}

	function get_option( string $name, mixed $otherwise = false ): mixed {
		return \BonusPay\WooCommerce\Tests\Options::$values[ $name ] ?? $otherwise;
	}

	function wp_load_alloptions(): array {
		return \BonusPay\WooCommerce\Tests\Options::$values;
	}

	function update_option( string $name, mixed $value, ?bool $autoload = null ): bool {
		\BonusPay\WooCommerce\Tests\Options::$values[ $name ]   = $value;
		\BonusPay\WooCommerce\Tests\Options::$autoload[ $name ] = $autoload;
		return true;
	}

	function delete_option( string $name ): bool {
		unset( \BonusPay\WooCommerce\Tests\Options::$values[ $name ] );
		return true;
	}

	function wp_json_encode( mixed $value, int $flags = 0 ): string|false {
		return json_encode( $value, $flags );
	}

	function wp_parse_url( string $url, int $component = -1 ): mixed {
		return parse_url( $url, $component );
	}

	function untrailingslashit( string $text ): string {
		return rtrim( $text, '/\\' );
	}

	function wp_specialchars_decode( string $text, int $flags = ENT_NOQUOTES ): string {
		return htmlspecialchars_decode( $text, $flags );
	}

	function get_bloginfo( string $what ): string {
		return 'name' === $what ? (string) get_option( 'blogname', '' ) : '';
	}

	function rest_url( string $path ): string {
		return get_option( 'home' ) . '/wp-json/' . $path;
	}

	/** WooCommerce's own, and those that a test adds. */
	function wc_get_order_statuses(): array {
		return \BonusPay\WooCommerce\Tests\Options::$statuses + array(
			'wc-pending'        => 'Pending payment',
			'wc-processing'     => 'Processing',
			'wc-on-hold'        => 'On hold',
			'wc-completed'      => 'Completed',
			'wc-cancelled'      => 'Cancelled',
			'wc-refunded'       => 'Refunded',
			'wc-failed'         => 'Failed',
			'wc-checkout-draft' => 'Draft',
		);
	}

	function wc_get_is_paid_statuses(): array {
		return array( 'processing', 'completed', ...\BonusPay\WooCommerce\Tests\Options::$paid_statuses );
	}

	function wc_get_logger(): object {
		return new class() {
			public function log( string $level, string $line, array $context ): void {
				\BonusPay\WooCommerce\Tests\Options::$log[] = array( $level, $line, $context );
			}
		};
	}

	/** WordPress's own asks wp-config.php; here a test says which hosts are blocked. */
	class WP_Http {
		public function block_request( string $url ): bool {
			return in_array( parse_url( $url, PHP_URL_HOST ), \BonusPay\WooCommerce\Tests\Options::$blocked, true );
		}
	}

	/** WordPress's own asks wp-config.php, too. */
	class WP_HTTP_Proxy {
		public function is_enabled(): bool {
			return array() !== \BonusPay\WooCommerce\Tests\Options::$proxy;
		}

		public function send_through_proxy( string $url ): bool {
			return ! in_array( parse_url( $url, PHP_URL_HOST ), \BonusPay\WooCommerce\Tests\Options::$proxy['bypass'] ?? array(), true );
		}

		public function use_authentication(): bool {
			return isset( \BonusPay\WooCommerce\Tests\Options::$proxy['username'] );
		}

		public function __call( string $name, array $arguments ): string {
			return (string) \BonusPay\WooCommerce\Tests\Options::$proxy[ $name ];
		}
	}

	/** The class that the gateway extends. */
	class WC_Payment_Gateway {}

	/** An order, as far as Place_Request reads it. */
	class WC_Order {
		public function __construct( private int $id, private mixed $total, private string $currency, private ?string $number = null ) {}

		public function get_id(): int {
			return $this->id;
		}

		/** WooCommerce holds totals as texts. */
		public function get_total( string $context = 'view' ): mixed {
			if ( 'edit' !== $context ) {
				throw new \LogicException( 'Filters of other plugins could change this total.' );
			}
			return $this->total;
		}

		public function get_currency(): string {
			return $this->currency;
		}

		public function get_order_number(): string {
			return $this->number ?? (string) $this->id;
		}

		public function get_checkout_order_received_url(): string {
			return 'https://shop.example/order-received/' . $this->id . '/?key=wc_order_x';
		}
	}

	$GLOBALS['wpdb'] = new class() {
		public string $prefix  = 'wp_';
		public string $charset = 'utf8mb4';

		public function get_charset_collate(): string {
			return 'DEFAULT CHARACTER SET utf8mb4';
		}
	};

	spl_autoload_register(
		static function ( string $class_name ): void {
			$file = match ( true ) {
				str_starts_with( $class_name, 'BonusPay\\WooCommerce\\Tests\\' ) => __DIR__ . '/' . substr( $class_name, 27 ) . '.php',
				str_starts_with( $class_name, 'BonusPay\\WooCommerce\\' ) => BONUSPAY_WC_DIR . 'src/'
					. str_replace( '\\', '/', substr( $class_name, 21 ) ) . '.php',
				default => '',
			};
			if ( is_file( $file ) ) {
				require $file;
			}
		}
	);
}

namespace BonusPay\WooCommerce\Tests {

	/** What would be in the database and in the log. */
	final class Options {
		public static array $values   = array();
		public static array $autoload = array();
		public static array $log      = array();
		public static array $blocked  = array();
		public static array $proxy    = array();
		/** Other plugins' order statuses, 'wc-x' => name, and which of all count as paid. */
		public static array $statuses      = array();
		public static array $paid_statuses = array();

		/** A new shop. */
		public static function reset( array $values = array() ): void {
			self::$values   = $values + array( 'home' => 'https://shop.example', 'blogname' => 'The Shop' );
			self::$autoload = array();
			self::$log      = array();
			self::$blocked  = array();
			self::$proxy    = array();

			self::$statuses      = array();
			self::$paid_statuses = array();
		}
	}

	/** Attempts and snapshots for tests: what a test does not name is that of an attempt that waits for 12.81 USDT. */
	final class Make {
		public const NOW = 1_800_000_000;

		public static function attempt( array $columns = array() ): \BonusPay\WooCommerce\Ledger\Attempt {
			return \BonusPay\WooCommerce\Ledger\Attempt::from_row(
				$columns + array(
					'id'                => '7',
					'order_id'          => '1001',
					'number'            => '1',
					'mode'              => 'test',
					'scene'             => 'onsite',
					'merchant_order_no' => 'wp_1001-1',
					'order_no'          => '131710904557001559',
					'token'             => '0123456789abcdef0123456789abcdef',
					'partner_id'        => '200000000888',
					'price'             => '13.5',
					'currency'          => 'EUR',
					'coin'              => 'USDT',
					'network'           => 'TRON',
					'due'               => '12.81',
					'received'          => '0',
					'address'           => 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD',
					'checkout_url'      => null,
					'state'             => 'waiting',
					'reason'            => '',
					'request'           => '{}',
					'created_at'        => (string) ( self::NOW - 600 ),
					'sent_at'           => (string) ( self::NOW - 600 ),
					'expires_at'        => (string) ( self::NOW + 3000 ),
					'checked_at'        => '0',
					'next_check_at'     => null,
					'checks'            => '0',
					'fails'             => '0',
					'cancel_asked'      => '0',
					'accepted'          => '0',
					'tx_hash'           => null,
					'version'           => '1',
				)
			);
		}

		/** BonusPay's order, with our coin where an amount is given without one. */
		public static function seen( string $status, array $facts = array() ): \BonusPay\WooCommerce\Decision\Snapshot {
			$facts += array(
				'total_currency' => isset( $facts['total'] ) ? 'USDT' : null,
				'paid_currency'  => isset( $facts['paid'] ) ? 'USDT' : null,
				'now'            => self::NOW,
			);
			return new \BonusPay\WooCommerce\Decision\Snapshot( $status, ...$facts );
		}
	}
}
