<?php
/**
 * Refunds on the order screen.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Order\Effects;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Refund\Refund_Address;
use BonusPay\WooCommerce\Refund\Refund_Link;
use BonusPay\WooCommerce\Refund\Refund_Service;

/**
 * What went back, where the next refund goes, and the buttons for what WooCommerce has none for: to take what came in as
 * enough, and to give back what was too much. Refunds of the price are made by WooCommerce's own button.
 */
final class Refund_Box {

	public const ACTION = 'bonuspay_wc_refund';

	/** Carries a problem's text to the page that follows. */
	private const PROBLEM = 'bonuspay_refund_problem_';

	/**
	 * Prints the part.
	 *
	 * @param \WC_Order $order    The order.
	 * @param Attempt[] $attempts Its attempts.
	 */
	public static function show( \WC_Order $order, array $attempts ): void {
		$attempts = array_filter( $attempts, static fn( Attempt $attempt ): bool => Decimal::compare( $attempt->received, '0' ) > 0 );
		if ( array() === $attempts ) {
			return;
		}
		echo '<div class="bonuspay-refunds"><h3>' . esc_html__( 'Refunds', 'bonuspay-for-woocommerce' ) . '</h3>';
		foreach ( $attempts as $attempt ) {
			self::show_payment( $order, $attempt, count( $attempts ) > 1 );
		}
		echo '</div>';
	}

	/** What the buttons came to, for the page that follows. */
	public static function results(): array {
		$key     = self::PROBLEM . get_current_user_id();
		$problem = get_transient( $key );
		return array(
			'accepted'     => __( 'BonusPay has taken the payment as it stands: the order goes on.', 'bonuspay-for-woocommerce' ),
			'not_accepted' => __( 'BonusPay has not taken the payment as it stands: look at it in BonusPay\'s merchant portal. The order was left as it is.', 'bonuspay-for-woocommerce' ),
			'given'        => __( 'The refund was given to BonusPay. What becomes of it stands in the box "BonusPay" and in the notes.', 'bonuspay-for-woocommerce' ),
			'entered'      => __( 'The address for the refund is stored. Now you can refund.', 'bonuspay-for-woocommerce' ),
			'asked'        => __( 'The shopper was asked for the address.', 'bonuspay-for-woocommerce' ),
			'refused'      => is_string( $problem )
				? $problem
				: __( 'That was not possible. The notes of the order may say why.', 'bonuspay-for-woocommerce' ),
		);
	}

	/** A button was pressed. */
	public static function act(): void {
		$order   = Action::order( self::ACTION );
		$attempt = Attempts::find( Action::number( 'attempt_id' ) );
		if ( null === $attempt || $attempt->order_id !== $order->get_id() ) {
			Action::refuse();
		}
		$result = match ( Action::text( 'what' ) ) {
			'accept'  => self::accept( $order, $attempt ),
			'surplus' => self::give_back( $attempt ),
			'address' => self::enter( $attempt, Action::text( 'network' ), Action::text( 'address' ) ),
			'ask'     => Refund_Address::ask_anew( $attempt ) ? 'asked' : 'refused',
			default   => 'refused',
		};
		wp_safe_redirect( add_query_arg( Links::CHECKED, $result, $order->get_edit_order_url() ) );
		exit;
	}

	/** Takes what came in as enough; the order completes when BonusPay says so. */
	private static function accept( \WC_Order $order, Attempt $attempt ): string {
		if ( ! self::may_accept( $order, $attempt ) ) {
			return self::refuse(
				__( 'This payment does not wait for your decision any more. Reload the page.', 'bonuspay-for-woocommerce' )
			);
		}
		return Payment_Service::accept_as_paid( $attempt ) ? 'accepted' : 'not_accepted';
	}

	private static function give_back( Attempt $attempt ): string {
		$result = Refund_Service::give_surplus_back( $attempt );
		return is_wp_error( $result ) ? self::refuse( $result->get_error_message() ) : 'given';
	}

	private static function enter( Attempt $attempt, string $network, string $address ): string {
		$problem = Refund_Address::problem( $attempt, $network, $address );
		if ( '' !== $problem ) {
			return self::refuse( $problem );
		}
		return Refund_Address::enter( $attempt, $network, $address ) ? 'entered' : 'refused';
	}

	/** Remembers why, for the page that follows. */
	private static function refuse( string $problem ): string {
		set_transient( self::PROBLEM . get_current_user_id(), $problem, MINUTE_IN_SECONDS );
		return 'refused';
	}

	/** A payment that waits for a decision, of which nothing went back; test money pays no order of a live shop. */
	private static function may_accept( \WC_Order $order, Attempt $attempt ): bool {
		$share   = Orders::share( $order, $attempt );
		$is_held = Attempt_State::Paid === $attempt->state
			&& $share->is_unsettled()
			&& Order_View::Open === Orders::view( $order, $attempt );
		return ( $is_held || in_array( $attempt->state, array( Attempt_State::Partial, Attempt_State::Underpaid ), true ) )
			&& $share->is_whole()
			&& ! Effects::is_test_money( $attempt );
	}

	/** One payment's refunds and buttons. */
	private static function show_payment( \WC_Order $order, Attempt $attempt, bool $with_name ): void {
		$rows = Refunds::of_attempt( $attempt->id );
		if ( $with_name ) {
			/* translators: %d: counts an order's attempts to pay. */
			echo '<h4>' . esc_html( sprintf( __( 'Payment %d', 'bonuspay-for-woocommerce' ), $attempt->number ) ) . '</h4>';
		}
		self::show_rows( $rows );
		self::show_address( $order, $attempt );
		$share = Orders::share( $order, $attempt );
		echo '<p>';
		if ( self::may_accept( $order, $attempt ) ) {
			$question = sprintf(
				/* translators: 1: an amount received, 2: the amount due, 3: a coin, 4: what the order costs, with its currency. */
				__( 'Accept %1$s of %2$s %3$s as full payment of %4$s? The order then counts as paid.', 'bonuspay-for-woocommerce' ),
				$attempt->received,
				$attempt->due ?? '?',
				$attempt->coin,
				$order->get_total( 'edit' ) . ' ' . $order->get_currency()
			);
			self::button( $order, $attempt, 'accept', __( 'Take what came in', 'bonuspay-for-woocommerce' ), $question );
		}
		if ( Decimal::compare( $share->surplus(), '0' ) > 0 ) {
			$is_paid = Attempt_State::Paid === $attempt->state && ! $share->is_unsettled();
			$label   = sprintf(
				$is_paid
					/* translators: 1: an amount, 2: a coin. */
					? __( 'Give the surplus back: %1$s %2$s', 'bonuspay-for-woocommerce' )
					/* translators: 1: an amount, 2: a coin. */
					: __( 'Give everything back: %1$s %2$s', 'bonuspay-for-woocommerce' ),
				$share->surplus(),
				$attempt->coin
			);
			self::button( $order, $attempt, 'surplus', $label, $label . '?' );
		}
		echo '</p>';
	}

	/**
	 * What went back.
	 *
	 * @param Refund[] $rows The newest first.
	 */
	private static function show_rows( array $rows ): void {
		$rows = array_reverse( array_filter( $rows, static fn( Refund $row ): bool => Refund_State::Asked !== $row->state ) );
		if ( array() === $rows ) {
			return;
		}
		echo '<table class="bonuspay-events bonuspay-refund-rows"><caption class="screen-reader-text">'
			. esc_html__( 'Refunds', 'bonuspay-for-woocommerce' ) . '</caption><tbody>';
		foreach ( $rows as $row ) {
			$facts = array( $row->amount . ' ' . $row->coin );
			if ( Decimal::compare( $row->fiat, '0' ) > 0 ) {
				$facts[] = $row->fiat . ' ' . $row->currency;
			}
			$facts[] = self::state_name( $row );
			if ( null !== $row->fee && Decimal::compare( $row->fee, '0' ) > 0 ) {
				/* translators: 1: an amount, 2: a coin. */
				$facts[] = sprintf( __( 'fee %1$s %2$s', 'bonuspay-for-woocommerce' ), $row->fee, (string) $row->fee_coin );
			}
			$numbers = $row->refund_merchant_order_no . ( null === $row->refund_no ? '' : ', ' . $row->refund_no );
			printf(
				'<tr data-state="%s"><th scope="row">%s</th><td>%s<br><code>%s</code><br>%s <code>%s</code>%s</td></tr>',
				esc_attr( $row->state->value ),
				esc_html( Words::time( $row->created_at ) ),
				esc_html( implode( ' · ', $facts ) ),
				esc_html( $numbers ),
				esc_html( Network::name( $row->coin, $row->network ) ),
				esc_html( (string) $row->address ),
				'' === $row->reason ? '' : '<br>' . esc_html( $row->reason )
			);
		}
		echo '</tbody></table>';
	}

	/** Where the next refund goes, and how that is told. */
	private static function show_address( \WC_Order $order, Attempt $attempt ): void {
		$request  = Refund_Address::request_of( $attempt );
		$known    = $request ?? Refund_Address::last_of( $attempt );
		$networks = Refund_Address::networks( $attempt );
		if ( null !== $known?->address ) {
			$who = Refund_Address::SHOPPER === $known->address_by
				? __( 'confirmed by the shopper', 'bonuspay-for-woocommerce' )
				: __( 'entered by the shop', 'bonuspay-for-woocommerce' );
			printf(
				'<p>%s <code>%s</code> (%s, %s)</p>',
				esc_html__( 'The next refund goes to', 'bonuspay-for-woocommerce' ),
				esc_html( $known->address ),
				esc_html( Network::name( $attempt->coin, $known->network ) ),
				esc_html( $who )
			);
		} elseif ( null !== $request && $request->asked_at > 0 ) {
			printf(
				'<p>%s<br><code>%s</code></p>',
				esc_html__( 'The shopper was asked for an address and has not answered yet. The link is for the shopper alone:', 'bonuspay-for-woocommerce' ),
				esc_html( Refund_Link::url( $request ) )
			);
		}
		echo '<details><summary>' . esc_html__( 'Address for refunds', 'bonuspay-for-woocommerce' ) . '</summary>';
		echo '<p class="description">'
			. esc_html__( 'Coins are never sent back automatically to the address that they came from: exchanges pay from wallets that many people share. Ask the shopper, or enter what the shopper told you.', 'bonuspay-for-woocommerce' )
			. '</p><p>';
		if ( 1 === count( $networks ) ) {
			printf(
				'<input type="hidden" data-field="network" data-attempt="%d" value="%s">',
				(int) $attempt->id,
				esc_attr( $networks[0] )
			);
		} else {
			printf(
				'<select data-field="network" data-attempt="%d" aria-label="%s">',
				(int) $attempt->id,
				esc_attr__( 'Network', 'bonuspay-for-woocommerce' )
			);
			foreach ( $networks as $network ) {
				printf( '<option value="%s">%s</option>', esc_attr( $network ), esc_html( Network::name( $attempt->coin, $network ) ) );
			}
			echo '</select> ';
		}
		printf(
			'<input type="text" data-field="address" data-attempt="%d" size="50" maxlength="128" autocomplete="off" '
				. 'spellcheck="false" aria-label="%s" placeholder="%s"> ',
			(int) $attempt->id,
			esc_attr__( 'Address for refunds', 'bonuspay-for-woocommerce' ),
			/* translators: %s: a coin and its network. */
			esc_attr( sprintf( __( 'Address for %s', 'bonuspay-for-woocommerce' ), Network::phrase( $attempt->coin, $attempt->network ) ) )
		);
		self::button( $order, $attempt, 'address', __( 'Use this address', 'bonuspay-for-woocommerce' ) );
		self::button( $order, $attempt, 'ask', __( 'Ask the shopper', 'bonuspay-for-woocommerce' ) );
		echo '</p></details>';
	}

	/** A button of ours: the script sends a form of its own, since it stands within the order's. */
	private static function button( \WC_Order $order, Attempt $attempt, string $what, string $label, string $question = '' ): void {
		printf(
			'<button type="button" class="button bonuspay-check" data-url="%s" data-action="%s" data-nonce="%s" data-order="%d" '
				. 'data-attempt="%d" data-what="%s" data-confirm="%s">%s</button> ',
			esc_url( admin_url( 'admin-post.php' ) ),
			esc_attr( self::ACTION ),
			esc_attr( wp_create_nonce( self::ACTION . $order->get_id() ) ),
			(int) $order->get_id(),
			(int) $attempt->id,
			esc_attr( $what ),
			esc_attr( $question ),
			esc_html( $label )
		);
	}

	/** A state in words that an owner understands. */
	private static function state_name( Refund $row ): string {
		return match ( $row->state ) {
			Refund_State::Asked     => __( 'waits for an address', 'bonuspay-for-woocommerce' ),
			Refund_State::Saved, Refund_State::Sent => __( 'being checked, do not repeat it', 'bonuspay-for-woocommerce' ),
			Refund_State::Created   => __( 'on its way', 'bonuspay-for-woocommerce' ),
			Refund_State::Succeeded => __( 'paid out', 'bonuspay-for-woocommerce' ),
			Refund_State::Failed    => __( 'not paid out', 'bonuspay-for-woocommerce' ),
		};
	}
}
