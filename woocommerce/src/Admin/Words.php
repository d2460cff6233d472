<?php
/**
 * Words that the screens share.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;

/**
 * States, notifications and times as an owner reads them.
 */
final class Words {

	/** A line about what an action came to, at the top of the page that follows it. */
	public static function notice( string $text, bool $is_good ): void {
		printf(
			'<div class="notice notice-%s is-dismissible inline"><p>%s</p></div>',
			$is_good ? 'success' : 'warning',
			esc_html( $text )
		);
	}

	/** A notification in words. */
	public static function event( array $event ): string {
		$text = sprintf(
			/* translators: 1: BonusPay's status, such as SUCCESS, 2: what became of the notification. */
			__( 'BonusPay notified: %1$s. %2$s.', 'bonuspay-for-woocommerce' ),
			'' === $event['status'] ? '?' : $event['status'],
			self::event_state( $event['state'] )
		);
		if ( (int) $event['deliveries'] > 1 ) {
			$text .= ' ' . sprintf(
				/* translators: %d: how often. */
				_n( 'Delivered %d time.', 'Delivered %d times.', (int) $event['deliveries'], 'bonuspay-for-woocommerce' ),
				(int) $event['deliveries']
			);
		}
		return '' === $event['outcome'] || Notification_Inbox::DONE === $event['state'] ? $text : $text . ' ' . $event['outcome'];
	}

	/**
	 * A state in words and in a colour, escaped.
	 *
	 * @param Attempt_State $state   The state.
	 * @param bool          $is_held Whether its money waits for the owner's decision.
	 */
	public static function badge( Attempt_State $state, bool $is_held = false ): string {
		return $is_held && Attempt_State::Paid === $state
			? '<span class="bonuspay-badge is-bad">' . esc_html__( 'Received, order not paid: please decide', 'bonuspay-for-woocommerce' )
			. '</span>'
			: sprintf( '<span class="bonuspay-badge %s">%s</span>', esc_attr( self::colour( $state ) ), esc_html( self::state( $state ) ) );
	}

	/** A state in words that an owner understands. */
	public static function state( Attempt_State $state ): string {
		return match ( $state ) {
			Attempt_State::Saved     => __( 'Being checked with BonusPay', 'bonuspay-for-woocommerce' ),
			Attempt_State::Waiting   => __( 'Waiting for the payment', 'bonuspay-for-woocommerce' ),
			Attempt_State::Partial   => __( 'Partly received', 'bonuspay-for-woocommerce' ),
			Attempt_State::Paid      => __( 'Paid', 'bonuspay-for-woocommerce' ),
			Attempt_State::Underpaid => __( 'Underpaid: please decide', 'bonuspay-for-woocommerce' ),
			Attempt_State::Review    => __( 'Please look at it', 'bonuspay-for-woocommerce' ),
			Attempt_State::Expired   => __( 'Expired, nothing received', 'bonuspay-for-woocommerce' ),
			Attempt_State::Failed    => __( 'Failed, nothing received', 'bonuspay-for-woocommerce' ),
			Attempt_State::Cancelled => __( 'Cancelled, nothing received', 'bonuspay-for-woocommerce' ),
			Attempt_State::Refunded  => __( 'Given back at BonusPay', 'bonuspay-for-woocommerce' ),
		};
	}

	/** A state's colour. */
	private static function colour( Attempt_State $state ): string {
		return match ( true ) {
			Attempt_State::Paid === $state => 'is-good',
			in_array( $state, array( Attempt_State::Underpaid, Attempt_State::Review ), true ) => 'is-bad',
			$state->is_live() => 'is-open',
			default => '',
		};
	}

	/** A time as the shop writes times. */
	public static function time( int $at ): string {
		return $at > 0 ? (string) wp_date( wc_date_format() . ' ' . wc_time_format(), $at ) : '–';
	}

	/** What became of an event, in words. */
	public static function event_state( string $state ): string {
		return match ( $state ) {
			Notification_Inbox::IS_NEW    => __( 'Being checked', 'bonuspay-for-woocommerce' ),
			Notification_Inbox::DONE      => __( 'Handled', 'bonuspay-for-woocommerce' ),
			Notification_Inbox::UNMATCHED => __( 'Fits no payment of this shop', 'bonuspay-for-woocommerce' ),
			Notification_Inbox::UNUSED    => __( 'Not used by this shop', 'bonuspay-for-woocommerce' ),
			Notification_Inbox::GIVEN_UP  => __( 'Could not be checked: handle it again', 'bonuspay-for-woocommerce' ),
			default                       => $state,
		};
	}
}
