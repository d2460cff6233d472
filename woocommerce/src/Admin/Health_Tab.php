<?php
/**
 * WooCommerce > BonusPay > Health.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Health\Check_Result;
use BonusPay\WooCommerce\Health\Health_Check;
use BonusPay\WooCommerce\Health\Webhook_Self_Check;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Schema;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Whether all is well, what is not and what to do; what BonusPay told last; and a test whether it can tell at all.
 */
final class Health_Tab implements Tab {

	public const TEST_ACTION = 'bonuspay_wc_test_callback';

	/** What a test came to is shown for so long, to whoever made it. */
	private const KEPT = 10 * MINUTE_IN_SECONDS;

	private const OPEN_MAX = 20;

	/** In the address. */
	public static function slug(): string {
		return 'health';
	}

	/** For people. */
	public static function title(): string {
		return __( 'Health', 'bonuspay-for-woocommerce' );
	}

	/** Prints it. */
	public static function show(): void {
		$findings = Health_Check::worst_first( Health_Check::examine() );
		self::show_summary( $findings );
		echo '<div class="bonuspay-health">';
		self::show_findings( $findings );
		self::show_notifications();
		echo '</div>';
	}

	/** Tests the callbacks' addresses, and comes back. */
	public static function test(): void {
		Action::check( self::TEST_ACTION );
		$results = array_map( static fn( $one ): array => $one->to_array(), Webhook_Self_Check::run() );
		set_transient( self::kept_as(), $results, self::KEPT );
		wp_safe_redirect( Links::screen( self::slug(), array( Links::RESULT => 'tested' ) ) . '#bonuspay-callbacks' );
		exit;
	}

	/** The row of the settings page. */
	public static function settings_row(): string {
		return sprintf(
			'<tr valign="top"><th scope="row" class="titledesc">%s</th><td class="forminp"><dl '
				. 'class="bonuspay-facts">%s</dl><p><a href="%s">%s</a></p></td></tr>',
			esc_html__( 'Health', 'bonuspay-for-woocommerce' ),
			self::last_events(),
			esc_url( Links::screen( self::slug() ) ),
			esc_html__( 'See whether all is well', 'bonuspay-for-woocommerce' )
		);
	}

	/** What came, when and what became of it, in a line; for reports, too. */
	public static function event_line( ?array $event ): string {
		return null === $event
			? __( 'none', 'bonuspay-for-woocommerce' )
			: Words::time( (int) $event['received_at'] ) . ' – ' . self::kind( $event['kind'] ) . ' – ' . Words::event( $event );
	}

	/** The overall line. */
	private static function show_summary( array $findings ): void {
		$bad  = count( array_filter( $findings, static fn( Check_Result $one ): bool => Check_Result::GOOD !== $one->status ) );
		$text = array(
			Check_Result::GOOD        => __( 'All is well.', 'bonuspay-for-woocommerce' ),
			/* translators: %d: number of things to look at. */
			Check_Result::RECOMMENDED => _n( 'Payments work; %d thing is worth a look.', 'Payments work; %d things are worth a look.', $bad, 'bonuspay-for-woocommerce' ),
			/* translators: %d: number of things to look at. */
			Check_Result::CRITICAL    => _n( '%d thing needs your attention.', '%d things need your attention.', $bad, 'bonuspay-for-woocommerce' ),
		);
		if ( ! Settings::get()->is_enabled() ) {
			$text[ Check_Result::GOOD ] .= ' ' . __( 'BonusPay is switched off in the settings: shoppers are not offered it.', 'bonuspay-for-woocommerce' );
		}
		$status = $findings[0]->status;
		printf( '<p class="bonuspay-overall is-%s">%s</p>', esc_attr( $status ), esc_html( sprintf( $text[ $status ], $bad ) ) );
	}

	/** All findings; those that are well are folded. */
	private static function show_findings( array $findings ): void {
		$good = array_filter( $findings, static fn( Check_Result $one ): bool => Check_Result::GOOD === $one->status );
		self::show_list( array_diff_key( $findings, $good ) );
		printf(
			'<details class="bonuspay-well"><summary>%s</summary>',
			esc_html(
				/* translators: %d: number of things. */
				sprintf( _n( '%d thing is well', '%d things are well', count( $good ), 'bonuspay-for-woocommerce' ), count( $good ) )
			)
		);
		self::show_list( $good );
		echo '</details>';
	}

	/** Some findings. */
	private static function show_list( array $findings ): void {
		if ( array() === $findings ) {
			return;
		}
		echo '<ul class="bonuspay-findings">';
		foreach ( $findings as $finding ) {
			printf(
				'<li class="is-%1$s" data-finding="%2$s"><span class="bonuspay-badge '
					. '%3$s">%4$s</span><div><strong>%5$s</strong><p>%6$s</p></div></li>',
				esc_attr( $finding->status ),
				esc_attr( $finding->id ),
				esc_attr( self::badge( $finding->status ) ),
				esc_html( self::status_name( $finding->status ) ),
				esc_html( $finding->label ),
				esc_html( $finding->text )
			);
		}
		echo '</ul>';
	}

	/** What BonusPay told last, what waits, and the test. */
	private static function show_notifications(): void {
		printf( '<h2 id="bonuspay-callbacks">%s</h2>', esc_html__( 'BonusPay\'s notifications', 'bonuspay-for-woocommerce' ) );
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it is made.
		echo '<dl class="bonuspay-facts">' . self::last_events() . '</dl>';
		if ( 'tested' === Links::argument( Links::RESULT ) ) {
			self::show_test();
		}
		printf(
			'%s<p><button type="submit" class="button button-primary">%s</button></p></form><p class="description">%s</p>',
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it is made.
			Action::form( self::TEST_ACTION ),
			esc_html__( 'Test whether notifications get through', 'bonuspay-for-woocommerce' ),
			esc_html( Webhook_Self_Check::limits() )
		);
		if ( array() === Schema::missing() ) {
			self::show_open();
		}
	}

	/** What the last test came to. */
	private static function show_test(): void {
		$results = get_transient( self::kept_as() );
		if ( ! is_array( $results ) ) {
			return;
		}
		echo '<ul class="bonuspay-findings">';
		foreach ( $results as $result ) {
			list( $status, $word ) = match ( true ) {
				$result['is_good'] => array( Check_Result::GOOD, __( 'Gets through', 'bonuspay-for-woocommerce' ) ),
				in_array( $result['blocker'], Webhook_Self_Check::UNTESTED, true ) => array(
					Check_Result::RECOMMENDED,
					__( 'Not tested', 'bonuspay-for-woocommerce' ),
				),
				default            => array( Check_Result::CRITICAL, __( 'Blocked', 'bonuspay-for-woocommerce' ) ),
			};
			printf(
				'<li class="is-%1$s" data-blocker="%2$s"><span class="bonuspay-badge '
					. '%3$s">%4$s</span><div><code>%5$s</code><p>%6$s</p></div></li>',
				esc_attr( $status ),
				esc_attr( $result['blocker'] ),
				esc_attr( self::badge( $status ) ),
				esc_html( $word ),
				esc_html( $result['url'] ),
				esc_html( $result['text'] )
			);
		}
		echo '</ul>';
	}

	/** Notifications that wait, or were given up. */
	private static function show_open(): void {
		$events = Notification_Inbox::open( self::OPEN_MAX );
		printf( '<h2>%s</h2>', esc_html__( 'Notifications that wait', 'bonuspay-for-woocommerce' ) );
		if ( array() === $events ) {
			echo '<p>' . esc_html__( 'None: all that came have been handled.', 'bonuspay-for-woocommerce' ) . '</p>';
			return;
		}
		echo '<table class="bonuspay-events bonuspay-open"><tbody>';
		foreach ( $events as $event ) {
			$order = null === $event['order_id'] ? null : wc_get_order( (int) $event['order_id'] );
			printf(
				'<tr><th scope="row">%s</th><td>%s %s</td></tr>',
				esc_html( Words::time( (int) $event['received_at'] ) ),
				$order instanceof \WC_Order
					? sprintf(
						'<a href="%s">%s</a>',
						esc_url( $order->get_edit_order_url() ),
						/* translators: %s: an order's number. */
						esc_html( sprintf( __( 'Order %s:', 'bonuspay-for-woocommerce' ), $order->get_order_number() ) )
					)
					: esc_html( $event['merchant_order_no'] . ':' ),
				esc_html( Words::event( $event ) )
			);
		}
		echo '</tbody></table>';
	}

	/** The last notification, and the last that was not handled, as entries of a list. */
	private static function last_events(): string {
		if ( array() !== Schema::missing() ) {
			return '';
		}
		$entries = array(
			__( 'Last notification', 'bonuspay-for-woocommerce' ) => Notification_Inbox::last_heard(),
			__( 'Last notification not handled', 'bonuspay-for-woocommerce' ) => Notification_Inbox::last_failure(),
		);
		$html    = '';
		foreach ( $entries as $name => $event ) {
			$html .= sprintf( '<dt>%s</dt><dd>%s</dd>', esc_html( $name ), esc_html( self::event_line( $event ) ) );
		}
		return $html;
	}

	/** What a notification is about. */
	private static function kind( string $kind ): string {
		return match ( $kind ) {
			'order'  => __( 'a payment', 'bonuspay-for-woocommerce' ),
			'refund' => __( 'a refund', 'bonuspay-for-woocommerce' ),
			default  => $kind,
		};
	}

	/** A status in a word. */
	private static function status_name( string $status ): string {
		return match ( $status ) {
			Check_Result::CRITICAL    => __( 'Needs you', 'bonuspay-for-woocommerce' ),
			Check_Result::RECOMMENDED => __( 'Worth a look', 'bonuspay-for-woocommerce' ),
			default                   => __( 'Good', 'bonuspay-for-woocommerce' ),
		};
	}

	/** And in a colour. */
	private static function badge( string $status ): string {
		return match ( $status ) {
			Check_Result::CRITICAL    => 'is-bad',
			Check_Result::RECOMMENDED => 'is-open',
			default                   => 'is-good',
		};
	}

	/** The name of this user's result. */
	private static function kept_as(): string {
		return 'bonuspay_wc_tested_' . get_current_user_id();
	}
}
