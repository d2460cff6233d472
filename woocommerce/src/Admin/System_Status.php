<?php
/**
 * WooCommerce > Status.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Schema;
use BonusPay\WooCommerce\Queue\Queue;
use BonusPay\WooCommerce\Schedule;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Public_Key;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * What support asks for, to be copied, and three tools. WooCommerce itself checks who uses a tool: its own nonce, and the
 * right to manage the shop.
 */
final class System_Status {

	/** Prints the table; WooCommerce's button copies what has an export label. */
	public static function show(): void {
		printf(
			'<table class="wc_status_table widefat" cellspacing="0" id="bonuspay-status"><thead><tr><th colspan="3" '
				. 'data-export-label="BonusPay"><h2>%s</h2></th></tr></thead><tbody>',
			esc_html__( 'BonusPay', 'bonuspay-for-woocommerce' )
		);
		foreach ( self::facts() as $fact ) {
			printf(
				'<tr><td data-export-label="%s">%s:</td><td class="help"></td><td>%s</td></tr>',
				esc_attr( $fact['label'] ),
				esc_html( $fact['label'] ),
				$fact['is_private'] ? '<span class="private">' . esc_html( $fact['value'] ) . '</span>' : esc_html( $fact['value'] )
			);
		}
		echo '</tbody></table>';
	}

	/**
	 * Adds our tools. Their callbacks are texts: WooCommerce wants to print them, and fails at a static method's array.
	 *
	 * @param array $tools WooCommerce's, and others'.
	 */
	public static function tools( $tools ) {
		$tools['bonuspay_wc_clear_locks'] = array(
			'name'     => __( 'BonusPay: clear locks', 'bonuspay-for-woocommerce' ),
			'button'   => __( 'Clear', 'bonuspay-for-woocommerce' ),
			'desc'     => __( 'Ends locks of orders that last longer than a minute. Those of workers that died end by themselves, and those in use are not touched.', 'bonuspay-for-woocommerce' ),
			'callback' => self::class . '::clear_locks',
		);
		$tools['bonuspay_wc_schedule']    = array(
			'name'     => __( 'BonusPay: schedule the queue anew', 'bonuspay-for-woocommerce' ),
			'button'   => __( 'Schedule', 'bonuspay-for-woocommerce' ),
			'desc'     => __( 'Plans the job that looks after payments every minute once more, when it was lost or hangs.', 'bonuspay-for-woocommerce' ),
			'callback' => self::class . '::schedule',
		);
		$tools['bonuspay_wc_run_queue']   = array(
			'name'     => __( 'BonusPay: run the queue now', 'bonuspay-for-woocommerce' ),
			'button'   => __( 'Run', 'bonuspay-for-woocommerce' ),
			'desc'     => __( 'Handles what is due, as the job does every minute: notifications that wait, and payments that nobody told of. It may take a minute.', 'bonuspay-for-woocommerce' ),
			'callback' => self::class . '::run_queue',
		);
		return $tools;
	}

	/** A tool. */
	public static function clear_locks(): string {
		$many = Order_Lock::end_stuck();
		/* translators: %d: number of locks. */
		return sprintf( _n( '%d lock was ended.', '%d locks were ended.', $many, 'bonuspay-for-woocommerce' ), $many );
	}

	/** A tool. */
	public static function schedule(): string {
		Schedule::unschedule();
		Schedule::schedule();
		return __( 'The queue is planned anew; it runs within two minutes.', 'bonuspay-for-woocommerce' );
	}

	/** A tool. */
	public static function run_queue(): string {
		$problem = Queue::problem();
		if ( null !== $problem ) {
			/* translators: %s: a sentence that says what to do. */
			return sprintf( __( 'The queue did not run. %s', 'bonuspay-for-woocommerce' ), $problem );
		}
		Queue::run();
		return __( 'The queue ran. What is left comes with its next round.', 'bonuspay-for-woocommerce' );
	}

	/**
	 * What support asks for; no key, and what is private is marked.
	 *
	 * @return array<string, array{label: string, value: string, is_private: bool}>
	 */
	public static function facts(): array {
		$settings = Settings::get();
		$mode     = $settings->mode();
		$own      = Keys::own_public_key( $mode );
		$missing  = Schema::missing();
		$facts    = array(
			'plugin'       => array( __( 'Plugin', 'bonuspay-for-woocommerce' ), BONUSPAY_WC_VERSION ),
			'extension'    => array( __( 'PHP extension', 'bonuspay-for-woocommerce' ), self::or_none( Extension::version() ) ),
			'library'      => array( __( 'Library and ABI', 'bonuspay-for-woocommerce' ), self::or_none( Extension::build_info() ) ),
			'tables'       => array( __( 'Version of the tables', 'bonuspay-for-woocommerce' ), (string) Schema::VERSION ),
			'missing'      => array( __( 'Missing tables', 'bonuspay-for-woocommerce' ), self::or_none( implode( ', ', $missing ) ) ),
			'offered'      => array(
				__( 'Offered', 'bonuspay-for-woocommerce' ),
				$settings->is_enabled() ? __( 'yes', 'bonuspay-for-woocommerce' ) : __( 'no', 'bonuspay-for-woocommerce' ),
			),
			'mode'         => array( __( 'Mode', 'bonuspay-for-woocommerce' ), $mode . ', ' . $settings->scene() ),
			'address'      => array( __( 'BonusPay\'s address', 'bonuspay-for-woocommerce' ), Backends::base_url( $mode ) ),
			'partner_id'   => array( __( 'Partner ID', 'bonuspay-for-woocommerce' ), self::or_none( Keys::partner_id( $mode ) ), true ),
			'own_key'      => array(
				__( 'Your key (fingerprint)', 'bonuspay-for-woocommerce' ),
				self::or_none( $own?->fingerprint() ?? '' ),
			),
			'bonuspay_key' => array(
				__( 'BonusPay\'s keys (fingerprints)', 'bonuspay-for-woocommerce' ),
				self::or_none(
					implode(
						', ',
						array_map(
							static fn( string $key ): string => Public_Key::from_text( $key )?->fingerprint() ?? '?',
							Keys::public_keys( $mode )
						)
					)
				),
			),
			'notify_url'   => array( __( 'Address for notifications', 'bonuspay-for-woocommerce' ), Site_Urls::notification( $settings ) ),
			'queue_last'   => array( __( 'Queue ran', 'bonuspay-for-woocommerce' ), self::time( Schedule::last_run() ) ),
			'queue_next'   => array( __( 'Queue runs next', 'bonuspay-for-woocommerce' ), self::time( Schedule::next_run() ) ),
		);
		$facts   += array() === $missing ? self::records() : array();
		return array_map(
			static fn( array $fact ): array => array(
				'label'      => $fact[0],
				'value'      => $fact[1],
				'is_private' => $fact[2] ?? false,
			),
			$facts
		);
	}

	/** What our tables tell. */
	private static function records(): array {
		$counts = Attempts::counts();
		return array(
			'heard'    => array(
				__( 'Last notification', 'bonuspay-for-woocommerce' ),
				Health_Tab::event_line( Notification_Inbox::last_heard() ),
			),
			'failure'  => array(
				__( 'Last notification not handled', 'bonuspay-for-woocommerce' ),
				Health_Tab::event_line( Notification_Inbox::last_failure() ),
			),
			'waiting'  => array(
				__( 'Notifications that wait', 'bonuspay-for-woocommerce' ),
				(string) Notification_Inbox::backlog()['open'],
			),
			'attempts' => array(
				__( 'Payments by state', 'bonuspay-for-woocommerce' ),
				self::or_none(
					implode(
						', ',
						array_map( static fn( string $state, int $many ): string => "$state $many", array_keys( $counts ), $counts )
					)
				),
			),
		);
	}

	/** A time in UTC, so that reports can be compared. */
	private static function time( ?int $at ): string {
		return null === $at ? self::or_none( '' ) : gmdate( 'Y-m-d H:i:s', $at ) . ' UTC';
	}

	private static function or_none( string $text ): string {
		return '' === $text ? __( 'none', 'bonuspay-for-woocommerce' ) : $text;
	}
}
