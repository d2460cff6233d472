<?php
/**
 * Where a refund goes.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Refund;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Address;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Order\Merchant_Notes;
use BonusPay\WooCommerce\Order\Orders;

/**
 * The shopper says it, on a page that only a link of theirs opens, or the merchant does. Never the address that the money
 * came from: exchanges pay from wallets that many people share, and what is sent there is lost.
 */
final class Refund_Address {

	public const SHOPPER  = 'shopper';
	public const MERCHANT = 'merchant';

	/** The shopper is not mailed more often. */
	private const MAIL_AGAIN = HOUR_IN_SECONDS;

	/** The request that waits for an address or for its refund; null when there is none. */
	public static function request_of( Attempt $attempt ): ?Refund {
		foreach ( Refunds::of_attempt( $attempt->id ) as $row ) {
			if ( Refund_State::Asked === $row->state ) {
				return $row;
			}
		}
		return null;
	}

	/** The refund whose address serves again: what was confirmed once for this payment, and did not fail. */
	public static function last_of( Attempt $attempt ): ?Refund {
		foreach ( Refunds::of_attempt( $attempt->id ) as $row ) {
			if ( null !== $row->address && '' !== $row->address_by && $row->state->takes_money() ) {
				return $row;
			}
		}
		return null;
	}

	/**
	 * The networks that a refund may go out on: that of the payment; of BonusPay's page all of the coin's.
	 *
	 * @return string[]
	 */
	public static function networks( Attempt $attempt ): array {
		return '' !== $attempt->network ? array( $attempt->network ) : ( Coin::NETWORKS[ $attempt->coin ] ?? array() );
	}

	/** What is wrong with an address, for whoever typed it; '' when nothing is. */
	public static function problem( Attempt $attempt, string $network, string $address ): string {
		if ( ! in_array( $network, self::networks( $attempt ), true ) ) {
			return __( 'Please choose the network.', 'bonuspay-for-woocommerce' );
		}
		if ( '' === $address ) {
			return __( 'Please enter an address.', 'bonuspay-for-woocommerce' );
		}
		if ( ! Address::can_be_checked() ) {
			return __( 'Addresses cannot be checked at the moment. Please try again later.', 'bonuspay-for-woocommerce' );
		}
		if ( ! Address::is_valid( $network, $address, $attempt->mode ) ) {
			$other  = Address::network_of( $address );
			$wanted = Network::name( $attempt->coin, $network );
			if ( '' !== $other && ! Address::is_valid( $network, $address, 'test' ) ) {
				return sprintf(
					/* translators: 1: a network such as TRON, 2: another one. */
					__( 'This is an address of the %1$s network. The coins go out on %2$s: please enter an address of that network.', 'bonuspay-for-woocommerce' ),
					Network::name( '', $other ),
					$wanted
				);
			}
			return sprintf(
				/* translators: %s: a network such as TRON. */
				__( 'This is not an address on %s, or a character of it is wrong. Please copy it once more from your wallet.', 'bonuspay-for-woocommerce' ),
				$wanted
			);
		}
		foreach ( Attempts::of_order( $attempt->order_id ) as $other ) {
			if ( null !== $other->address && 0 === strcasecmp( $other->address, $address ) ) {
				return __( 'This is the address that you paid to. Please enter one of your own.', 'bonuspay-for-woocommerce' );
			}
		}
		return '';
	}

	/** Stores a confirmed address with a request, and tells the merchant. False when the request is not open any more. */
	public static function confirm( Refund $row, string $network, string $address, string $by ): bool {
		$lock = Order_Lock::acquire( $row->order_id );
		if ( null === $lock ) {
			return false;
		}
		try {
			$row     = Refunds::find( $row->id );
			$is_done = Refund_State::Asked === $row->state && Refunds::change(
				$row,
				array(
					'network'    => $network,
					'address'    => $address,
					'address_by' => $by,
					'address_at' => time(),
				),
				$lock->fence
			);
		} finally {
			$lock->release();
		}
		if ( $is_done ) {
			self::notify( Refunds::find( $row->id ) );
		}
		return $is_done;
	}

	/** The merchant's own: with the request that waits, or a new one. */
	public static function enter( Attempt $attempt, string $network, string $address ): bool {
		$row = self::request( $attempt );
		return null !== $row && self::confirm( $row, $network, $address, self::MERCHANT );
	}

	/** Asks anew, whatever address is known: it is forgotten. */
	public static function ask_anew( Attempt $attempt ): bool {
		$row = self::request( $attempt );
		if (
			null === $row
			|| ! Refunds::change(
				$row,
				array(
					'address'    => null,
					'address_by' => '',
					'address_at' => 0,
					'asked_at'   => 0,
					'token'      => bin2hex( random_bytes( 16 ) ),
				)
			)
		) {
			return false;
		}
		self::ask( Refunds::find( $row->id ) );
		return true;
	}

	/** The open request, made when there is none. */
	private static function request( Attempt $attempt ): ?Refund {
		$lock = Order_Lock::acquire( $attempt->order_id );
		if ( null === $lock ) {
			return null;
		}
		try {
			return self::request_of( $attempt ) ?? Refunds::insert(
				$attempt,
				array(
					'source' => Refund::ORDER,
					'state'  => Refund_State::Asked->value,
				)
			);
		} finally {
			$lock->release();
		}
	}

	/** Mails the link to the shopper, and notes that. */
	public static function ask( Refund $row ): void {
		$order = Orders::fresh( $row->order_id );
		if ( null === $order || $row->asked_at > time() - self::MAIL_AGAIN || ! Refunds::change( $row, array( 'asked_at' => time() ) ) ) {
			return;
		}
		$shop    = wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES );
		$subject = sprintf(
			/* translators: 1: the shop's name, 2: an order's number. */
			__( '[%1$s] Where shall the refund of order %2$s go?', 'bonuspay-for-woocommerce' ),
			$shop,
			$order->get_order_number()
		);
		$heading = __( 'Your refund', 'bonuspay-for-woocommerce' );
		$lines   = array(
			sprintf(
				/* translators: 1: an order's number, 2: a coin. */
				__( 'The shop wants to refund your order %1$s in %2$s. Please tell us the address that the coins should go to:', 'bonuspay-for-woocommerce' ),
				$order->get_order_number(),
				Network::phrase( $row->coin, $row->network )
			),
			'link' => Refund_Link::url( $row ),
			__( 'Coins are never sent back automatically to the address that they came from: it may belong to an exchange.', 'bonuspay-for-woocommerce' ),
		);
		$html    = '';
		foreach ( $lines as $name => $line ) {
			$html .= 'link' === $name
				? sprintf(
					'<p><a href="%s">%s</a></p>',
					esc_url( $line ),
					esc_html__( 'Enter the address for the refund', 'bonuspay-for-woocommerce' )
				)
				: '<p>' . esc_html( $line ) . '</p>';
		}
		$mailer  = \WC()->mailer();
		$is_sent = '' !== $order->get_billing_email()
			&& $mailer->send( $order->get_billing_email(), $subject, $mailer->wrap_message( $heading, $html ) );
		$order->add_order_note(
			$is_sent
				? __( 'BonusPay: the shopper was mailed a link to enter the address for the refund. It stands in My account, too.', 'bonuspay-for-woocommerce' )
				: __( 'BonusPay: the shopper could not be mailed. The link to enter the address for the refund stands in the box "BonusPay".', 'bonuspay-for-woocommerce' )
		);
	}

	/** Tells the merchant that the refund can be made now. */
	private static function notify( Refund $row ): void {
		$attempt = Attempts::find( $row->attempt_id );
		$who     = self::SHOPPER === $row->address_by
			? __( 'the shopper confirmed the address for the refund', 'bonuspay-for-woocommerce' )
			: __( 'the merchant entered the address for the refund', 'bonuspay-for-woocommerce' );
		$text    = sprintf(
			/* translators: 1: who did what, 2: an address, 3: a coin and its network. */
			__( '%1$s: %2$s, for %3$s. Nothing was sent yet: refund now.', 'bonuspay-for-woocommerce' ),
			$who,
			$row->address,
			Network::phrase( $row->coin, $row->network )
		);
		Orders::fresh( $row->order_id )?->add_order_note( Merchant_Notes::signed( $attempt, $text ) );
		if ( self::SHOPPER === $row->address_by ) {
			Merchant_Notes::mail( $attempt, $text );
		}
	}
}
