<?php
/**
 * How the shop stands.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Health;

use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Schema;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Schedule;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * All that Health_Check judges by, read at one moment. What is not given is that of a shop where all is well.
 */
final class Diagnostics {

	/** Payments of so many seconds are looked at for notifications that did not come. */
	private const LATELY = 7 * DAY_IN_SECONDS;

	/** So long a notification may take before a payment counts as not told of. */
	private const TOLD_WITHIN = 15 * MINUTE_IN_SECONDS;

	/**
	 * Keeps them. Times are Unix seconds.
	 *
	 * @param int      $now               When they were read, by PHP's clock.
	 * @param int      $database_now      The same by the database's.
	 * @param ?string  $extension_problem What is wrong with the PHP extension.
	 * @param string   $extension_version Its version.
	 * @param string[] $missing_tables    Tables of ours that are not there.
	 * @param bool     $is_enabled        Whether the owner offers BonusPay.
	 * @param string   $mode              'test' or 'live'.
	 * @param string[] $missing_keys      What is missing of that mode's keys, in words.
	 * @param ?string  $keys_problem      What is wrong with them.
	 * @param string   $base_url          Where BonusPay is.
	 * @param bool     $is_base_url_own   Whether wp-config.php says so.
	 * @param ?string  $outgoing_problem  What forbids calls to it.
	 * @param string   $remembered        The site's address when it was set up.
	 * @param string   $address           And now.
	 * @param bool     $has_moved         Whether these are different sites.
	 * @param string   $notify_url        Where BonusPay reports to.
	 * @param bool     $has_permalinks    Whether links are pretty.
	 * @param ?array   $heard             The last notification: a row of the inbox.
	 * @param ?array   $failure           The last one that was not handled: a row of the inbox.
	 * @param int      $paid_lately       Payments of the last days.
	 * @param int      $paid_unheard      Those that no notification told of.
	 * @param int      $open_events       Notifications that wait to be handled.
	 * @param ?int     $open_since        When the oldest of them came.
	 * @param int      $given_up_events   Those that a person must look at.
	 * @param string[] $waiting_orders    Orders on hold whose payment needs a person: their numbers.
	 * @param int      $stuck_locks       Locks that would last longer than any may.
	 * @param ?int     $queue_next        When the queue runs next; null when nothing is planned.
	 * @param ?int     $queue_last        When it last ran.
	 * @param bool     $is_cron_disabled  Whether WordPress's cron is switched off.
	 * @param ?string  $connection        With a call: '' when BonusPay answered well, else what is wrong. Without: null.
	 * @param bool     $is_clock_refused  Whether BonusPay refused because of the clock.
	 */
	public function __construct(
		public readonly int $now,
		public readonly int $database_now,
		public readonly ?string $extension_problem = null,
		public readonly string $extension_version = Extension::MINIMUM,
		public readonly array $missing_tables = array(),
		public readonly bool $is_enabled = true,
		public readonly string $mode = 'live',
		public readonly array $missing_keys = array(),
		public readonly ?string $keys_problem = null,
		public readonly string $base_url = Backends::BASE_URLS['live'],
		public readonly bool $is_base_url_own = false,
		public readonly ?string $outgoing_problem = null,
		public readonly string $remembered = '',
		public readonly string $address = '',
		public readonly bool $has_moved = false,
		public readonly string $notify_url = 'https://shop.example/wp-json/bonuspay/v1/callback',
		public readonly bool $has_permalinks = true,
		public readonly ?array $heard = null,
		public readonly ?array $failure = null,
		public readonly int $paid_lately = 0,
		public readonly int $paid_unheard = 0,
		public readonly int $open_events = 0,
		public readonly ?int $open_since = null,
		public readonly int $given_up_events = 0,
		public readonly array $waiting_orders = array(),
		public readonly int $stuck_locks = 0,
		public readonly ?int $queue_next = null,
		public readonly ?int $queue_last = null,
		public readonly bool $is_cron_disabled = false,
		public readonly ?string $connection = null,
		public readonly bool $is_clock_refused = false,
	) {}

	/**
	 * Reads them.
	 *
	 * @param bool $with_calls Whether BonusPay may be asked, too.
	 */
	public static function gather( bool $with_calls = false ): self {
		$missing = Schema::missing();
		return new self(
			...self::of_settings(),
			...self::of_queue(),
			...( array() === $missing ? self::of_tables() : array() ),
			...( $with_calls ? self::of_a_call() : array() ),
			missing_tables: $missing
		);
	}

	/** What was set, and where the site is. */
	private static function of_settings(): array {
		$settings = Settings::get();
		$mode     = $settings->mode();
		$base_url = Backends::base_url( $mode );
		return array(
			'extension_problem' => Extension::problem(),
			'extension_version' => Extension::version(),
			'is_enabled'        => $settings->is_enabled(),
			'mode'              => $mode,
			'missing_keys'      => Keys::missing( $mode ),
			'keys_problem'      => self::keys_problem( $mode ),
			'base_url'          => $base_url,
			'is_base_url_own'   => Backends::BASE_URLS[ $mode ] !== $base_url,
			'outgoing_problem'  => Backends::network_problem( $mode ),
			'remembered'        => Shop_Identity::remembered(),
			'address'           => Shop_Identity::address(),
			'has_moved'         => Shop_Identity::has_moved(),
			'notify_url'        => Site_Urls::notification( $settings ),
			'has_permalinks'    => '' !== (string) get_option( 'permalink_structure' ),
		);
	}

	/** What is wrong with the keys, when nothing is missing; else what the extension says of all that was set. */
	private static function keys_problem( string $mode ): ?string {
		$is_told_elsewhere = null !== Extension::problem()
			|| Shop_Identity::has_moved()
			|| ! Keys::is_complete( $mode )
			|| null !== Backends::network_problem( $mode );
		return Keys::own_key_problem( $mode ) ?? Keys::problem( $mode ) ?? ( $is_told_elsewhere ? null : Backends::problem( $mode ) );
	}

	/** What runs by itself, and by which clock. */
	private static function of_queue(): array {
		global $wpdb;
		return array(
			'queue_next'       => Schedule::next_run(),
			'queue_last'       => Schedule::last_run(),
			'is_cron_disabled' => defined( 'DISABLE_WP_CRON' ) && (bool) DISABLE_WP_CRON,
			// Both at one moment: the queries above take their time.
			'database_now'     => (int) $wpdb->get_var( 'SELECT UNIX_TIMESTAMP()' ),
			'now'              => time(),
		);
	}

	/** What our tables tell. */
	private static function of_tables(): array {
		$told = Attempts::unnotified( time() - self::LATELY, time() - self::TOLD_WITHIN );
		return array(
			'heard'           => Notification_Inbox::last_heard(),
			'failure'         => Notification_Inbox::last_failure(),
			'paid_lately'     => $told['paid'],
			'paid_unheard'    => $told['unheard'],
			'open_events'     => Notification_Inbox::backlog()['open'],
			'open_since'      => Notification_Inbox::backlog()['since'],
			'given_up_events' => Notification_Inbox::given_up( time() - 30 * DAY_IN_SECONDS ),
			'waiting_orders'  => self::waiting_orders(),
			'stuck_locks'     => Order_Lock::stuck(),
		);
	}

	/** What BonusPay says. */
	private static function of_a_call(): array {
		$mode  = Settings::get()->mode();
		$error = Connection_Test::run( $mode );
		return array(
			'connection'       => null === $error ? '' : Connection_Test::explain( $error, $mode ),
			'is_clock_refused' => null !== $error && $error->is_about_the_clock(),
		);
	}

	/** Orders that wait with money that nobody has decided about: on hold, or where the owner does not want that. */
	private static function waiting_orders(): array {
		$attempts = Attempts::of_orders( Attempts::orders_for_a_person( 100 ) );
		$numbers  = array();
		foreach ( array_keys( $attempts ) as $order_id ) {
			$order = wc_get_order( $order_id );
			if (
				$order instanceof \WC_Order
				&& $order->has_status( array( 'on-hold', 'pending', 'failed' ) )
				&& null !== Orders::unsettled( $order, $attempts[ $order_id ] )
			) {
				$numbers[] = $order->get_order_number();
			}
		}
		return array_reverse( $numbers );
	}
}
