<?php
/**
 * The payment on the order screen.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Money\Explorer;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * What is known of an order's attempts, the newest first, and a button to ask BonusPay now; on both order stores.
 */
final class Meta_Box {

	public const CHECK_ACTION = 'bonuspay_wc_check_now';

	/**
	 * Adds the box to orders that BonusPay has to do with.
	 *
	 * @param string $screen_id     Of the screen, on HPOS; of posts their type.
	 * @param mixed  $post_or_order    The order, as either store has it.
	 */
	public static function register( $screen_id = '', $post_or_order = null ): void {
		$screen = wc_get_page_screen_id( 'shop-order' );
		if ( $screen !== $screen_id && 'shop_order' !== $screen_id ) {
			return;
		}
		$order = self::order( $post_or_order );
		if (
			null !== $order
			&& ( Payment_Method::ID === $order->get_payment_method() || array() !== Attempts::of_order( $order->get_id() ) )
		) {
			add_meta_box(
				'bonuspay-payment',
				__( 'BonusPay', 'bonuspay-for-woocommerce' ),
				array( self::class, 'show' ),
				$screen,
				'normal',
				'high'
			);
		}
	}

	/**
	 * Prints the box.
	 *
	 * @param mixed $post_or_order The order, as either store has it.
	 */
	public static function show( $post_or_order ): void {
		$order    = self::order( $post_or_order );
		$attempts = null === $order ? array() : Attempts::of_order( $order->get_id() );
		if ( array() === $attempts ) {
			echo '<p>' . esc_html__( 'The shopper chose BonusPay, but no payment has begun yet.', 'bonuspay-for-woocommerce' ) . '</p>';
			return;
		}
		$events  = Notification_Inbox::of_order( $order->get_id() );
		$effects = Effect_Claims::of_order( $order->get_id() );
		$is_held = static fn( Attempt $attempt ): bool => null !== Orders::unsettled( $order, array( $attempt ) );
		foreach ( array_values( $attempts ) as $at => $attempt ) {
			printf(
				'<details class="bonuspay-attempt"%s><summary>%s %s</summary><div class="bonuspay-attempt-body">',
				0 === $at ? ' open' : '',
				/* translators: %d: counts an order's attempts to pay. */
				esc_html( sprintf( __( 'Payment %d', 'bonuspay-for-woocommerce' ), $attempt->number ) ),
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- badge() escapes.
				Words::badge( $attempt->state, $is_held( $attempt ) )
			);
			self::show_facts( $attempt, $is_held( $attempt ) );
			self::show_history( $attempt, $events, $effects );
			echo '</div></details>';
		}
		Refund_Box::show( $order, $attempts );
		self::show_button( $order );
	}

	/** Asks BonusPay now, for the button. */
	public static function check_now(): void {
		$order = Action::order( self::CHECK_ACTION );
		wp_safe_redirect( add_query_arg( Links::CHECKED, Payment_Service::check_order( $order->get_id() ), $order->get_edit_order_url() ) );
		exit;
	}

	/** Says what a check came to, on the page that follows it. */
	public static function show_result(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- only shown.
		$result = isset( $_GET[ Links::CHECKED ] ) && is_string( $_GET[ Links::CHECKED ] )
			? sanitize_key( wp_unslash( $_GET[ Links::CHECKED ] ) )
			: '';
		// phpcs:enable
		if ( '' === $result ) {
			return;
		}
		$texts  = array(
			'told'      => __( 'BonusPay was asked. What it told stands in the box "BonusPay" below.', 'bonuspay-for-woocommerce' ),
			'not_there' => __( 'BonusPay was asked, and does not know this payment. If the payment has only just begun, ask again in a minute.', 'bonuspay-for-woocommerce' ),
			'failed'    => __( 'BonusPay could not be asked: nobody knows more than before. The log "bonuspay" under WooCommerce > Status > Logs says why.', 'bonuspay-for-woocommerce' ),
			'busy'      => __( 'This order is just being worked on. Ask again in some seconds.', 'bonuspay-for-woocommerce' ),
			'none'      => __( 'No payment has begun yet: there is nothing to ask for.', 'bonuspay-for-woocommerce' ),
		);
		$texts += Refund_Box::results();
		if ( isset( $texts[ $result ] ) ) {
			printf(
				'<div class="notice notice-%s is-dismissible"><p>%s</p></div>',
				esc_attr( in_array( $result, array( 'told', 'accepted', 'given', 'entered', 'asked' ), true ) ? 'success' : 'warning' ),
				esc_html( $texts[ $result ] )
			);
		}
	}

	/** What is known of an attempt. */
	private static function show_facts( Attempt $attempt, bool $is_held ): void {
		$remedy = self::remedy( $attempt->state, $is_held );
		if ( '' !== $attempt->reason . $remedy ) {
			echo '<p class="bonuspay-reason">' . esc_html( trim( $attempt->reason . ' ' . $remedy ) ) . '</p>';
		}
		echo '<dl class="bonuspay-facts">';
		foreach ( self::facts( $attempt ) as $name => $html ) {
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- facts() escapes.
			printf( '<dt>%s</dt><dd>%s</dd>', esc_html( $name ), $html );
		}
		echo '</dl>';
	}

	/**
	 * The facts, escaped.
	 *
	 * @return array<string, string>
	 */
	private static function facts( Attempt $attempt ): array {
		$coins     = static fn( ?string $amount ): string => null === $amount ? '–' : esc_html( $amount . ' ' . $attempt->coin );
		$remaining = $attempt->remaining();
		$facts     = array(
			__( 'Mode', 'bonuspay-for-woocommerce' )      => esc_html(
				Settings::mode_name( $attempt->mode ) . ', '
					. ( 'hosted' === $attempt->scene
						? __( 'on BonusPay\'s page', 'bonuspay-for-woocommerce' )
						: __( 'on this shop\'s page', 'bonuspay-for-woocommerce' ) )
			),
			__( 'Price', 'bonuspay-for-woocommerce' )     => esc_html( $attempt->price . ' ' . $attempt->currency ),
			__( 'Due', 'bonuspay-for-woocommerce' )       => $coins( $attempt->due ),
			__( 'Received', 'bonuspay-for-woocommerce' )  => $coins( $attempt->received ),
			__( 'Remaining', 'bonuspay-for-woocommerce' ) => Attempt_State::Paid === $attempt->state ? $coins( '0' ) : $coins( $remaining ),
			__( 'Coin', 'bonuspay-for-woocommerce' )      => esc_html( Network::phrase( $attempt->coin, $attempt->network ) ),
		);
		if ( null !== $attempt->address && '' !== $attempt->address ) {
			$facts[ __( 'Address', 'bonuspay-for-woocommerce' ) ] = '<code>' . esc_html( $attempt->address ) . '</code>';
		}
		if ( null !== $attempt->tx_hash && '' !== $attempt->tx_hash ) {
			$facts[ __( 'Transaction', 'bonuspay-for-woocommerce' ) ] = self::transaction( $attempt );
		}
		$facts[ __( 'Our number', 'bonuspay-for-woocommerce' ) ]         = '<code>' . esc_html( $attempt->merchant_order_no ) . '</code>';
		$facts[ __( 'BonusPay\'s number', 'bonuspay-for-woocommerce' ) ] = null === $attempt->order_no
			? '–'
			: '<code>' . esc_html( $attempt->order_no ) . '</code>';
		$facts[ __( 'To be paid until', 'bonuspay-for-woocommerce' ) ]   = esc_html( Words::time( $attempt->expires_at ) );
		if ( $attempt->checked_at > 0 ) {
			$facts[ __( 'BonusPay last asked', 'bonuspay-for-woocommerce' ) ] = esc_html( Words::time( $attempt->checked_at ) );
		}
		if ( null !== $attempt->next_check_at ) {
			$facts[ __( 'Will be asked again', 'bonuspay-for-woocommerce' ) ] = esc_html( Words::time( $attempt->next_check_at ) );
		}
		return $facts;
	}

	/** The transaction, with a link where there is a page for it. */
	private static function transaction( Attempt $attempt ): string {
		$url  = Explorer::url( $attempt->mode, $attempt->network, $attempt->tx_hash );
		$hash = '<code>' . esc_html( $attempt->tx_hash ) . '</code>';
		return null === $url
			? $hash
			: sprintf(
				'%s <a href="%s" target="_blank" rel="noopener noreferrer">%s</a>',
				$hash,
				esc_url( $url, array( 'https' ) ),
				esc_html__( 'Look it up', 'bonuspay-for-woocommerce' )
			);
	}

	/** What happened, in its order. */
	private static function show_history( Attempt $attempt, array $events, array $effects ): void {
		$lines = array( array( $attempt->created_at, __( 'The shopper began to pay.', 'bonuspay-for-woocommerce' ) ) );
		if ( $attempt->sent_at > 0 ) {
			$lines[] = array( $attempt->sent_at, __( 'BonusPay was given the order.', 'bonuspay-for-woocommerce' ) );
		}
		foreach ( $events as $event ) {
			if ( $event['merchant_order_no'] === $attempt->merchant_order_no ) {
				$lines[] = array( (int) $event['received_at'], Words::event( $event ) );
			}
		}
		foreach ( $effects as $effect ) {
			if ( (int) $effect['attempt_id'] === $attempt->id ) {
				$lines[] = array( (int) $effect['claimed_at'], self::effect_text( $effect ) );
			}
		}
		usort( $lines, static fn( array $a, array $b ): int => $a[0] <=> $b[0] );
		echo '<table class="bonuspay-events"><caption class="screen-reader-text">' . esc_html__( 'History', 'bonuspay-for-woocommerce' )
			. '</caption><tbody>';
		foreach ( $lines as list( $at, $text ) ) {
			printf( '<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html( Words::time( $at ) ), esc_html( $text ) );
		}
		echo '</tbody></table>';
	}

	/** What was done to the order, in words. */
	private static function effect_text( array $effect ): string {
		list( $name, $rest ) = array_pad( explode( ':', $effect['effect'], 2 ), 2, '' );
		$text                = match ( Effect::tryFrom( $name ) ) {
			Effect::Complete        => __( 'The order was marked as paid.', 'bonuspay-for-woocommerce' ),
			Effect::Note_Surplus    => __( 'More came in than was due; a note was made.', 'bonuspay-for-woocommerce' ),
			Effect::Hold_Partial    => __( 'A part came in; the order was put on hold.', 'bonuspay-for-woocommerce' ),
			Effect::Hold_Underpaid  => __( 'Too little came in; the order was put on hold, and you were mailed.', 'bonuspay-for-woocommerce' ),
			Effect::Hold_Changed    => __( 'The payment did not match the order any more; you were mailed.', 'bonuspay-for-woocommerce' ),
			Effect::Hold_Unexpected => __( 'Money came in that was not expected; the order was put on hold, and you were mailed.', 'bonuspay-for-woocommerce' ),
			Effect::Note_Unexpected => __( 'Money came in that was not expected; you were mailed.', 'bonuspay-for-woocommerce' ),
			Effect::Hold_Review     => __( 'BonusPay\'s answer did not fit; the order was put on hold, and you were mailed.', 'bonuspay-for-woocommerce' ),
			Effect::Note_Dead       => __( 'This payment ended without money; a note was made.', 'bonuspay-for-woocommerce' ),
			Effect::Note_Refunded   => __( 'The money was given back at BonusPay; you were mailed.', 'bonuspay-for-woocommerce' ),
			Effect::Accept          => __( 'What came in was accepted as enough, by your tolerance.', 'bonuspay-for-woocommerce' ),
			Effect::Refund_Done     => __( 'A refund was paid out.', 'bonuspay-for-woocommerce' ),
			Effect::Refund_Undone   => __( 'A refund was not paid out, and was taken out of the order.', 'bonuspay-for-woocommerce' ),
			null                    => __( 'A note was made.', 'bonuspay-for-woocommerce' ),
		};
		if ( null !== Effect::tryFrom( $name ) && Decimal::is_valid( $rest ) && ! str_starts_with( $name, 'refund_' ) ) {
			/* translators: %s: an amount of coins. */
			$text .= ' ' . sprintf( __( 'Received by then: %s.', 'bonuspay-for-woocommerce' ), $rest );
		}
		return null === $effect['done_at'] ? $text . ' ' . __( '(not finished yet)', 'bonuspay-for-woocommerce' ) : $text;
	}

	/** The button. It stands within the order's own form, hence no form around it: the script sends one of its own. */
	private static function show_button( \WC_Order $order ): void {
		printf(
			'<p><button type="button" class="button bonuspay-check" data-url="%s" data-action="%s" data-nonce="%s" '
				. 'data-order="%d">%s</button> <span class="description">%s</span></p>',
			esc_url( admin_url( 'admin-post.php' ) ),
			esc_attr( self::CHECK_ACTION ),
			esc_attr( wp_create_nonce( self::CHECK_ACTION . $order->get_id() ) ),
			(int) $order->get_id(),
			esc_html__( 'Check now', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Asks BonusPay how this payment stands. Save your changes to the order first.', 'bonuspay-for-woocommerce' )
		);
	}

	/** What the owner can do about a state; '' when there is nothing to do. */
	private static function remedy( Attempt_State $state, bool $is_held ): string {
		return match ( true ) {
			Attempt_State::Underpaid === $state,
			$is_held && Attempt_State::Paid === $state => __( 'Take what came in, or give it back, by the buttons below. Ship nothing before.', 'bonuspay-for-woocommerce' ),
			Attempt_State::Review === $state => __( 'Compare this payment with the one in BonusPay\'s merchant portal, by the numbers below, before you ship anything.', 'bonuspay-for-woocommerce' ),
			default => '',
		};
	}

	/** The order, whichever store it is in. */
	private static function order( mixed $post_or_order ): ?\WC_Order {
		$order = $post_or_order instanceof \WP_Post ? wc_get_order( $post_or_order->ID ) : $post_or_order;
		return $order instanceof \WC_Order ? $order : null;
	}
}
