<?php
/**
 * What privacy laws ask for.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Payment\Payment_View;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * WordPress's tools for personal data: a text for the privacy policy, the export, the erasure. Amounts, numbers and states
 * are the shop's accounts and stay; addresses and hashes lead to a person's wallet and go with the order's other personal
 * data, where the owner lets WooCommerce remove it (WooCommerce > Settings > Accounts & Privacy), but not before the money
 * has come to rest.
 */
final class Privacy {

	private const NAME   = 'bonuspay-for-woocommerce';
	private const A_PAGE = 10;

	/** A text that the owner can take into the shop's policy. */
	public static function add_policy(): void {
		$paragraphs = array(
			__( 'When you pay with a cryptocurrency, the payment is handled by BonusPay. We send BonusPay the number of your order, the name of our shop, the amount, and the coin and network that you chose. We do not send your name, your e-mail, your postal address or what you bought.', 'bonuspay-for-woocommerce' ),
			__( 'We store with your order the address that you pay to, the amounts, when they came in, and the hash of the transaction. Transactions on a blockchain are public and cannot be deleted by anybody.', 'bonuspay-for-woocommerce' ),
			__( 'If we refund you, we ask you for an address in your wallet, store it with the order, and send it to BonusPay with the amount and the reason that we note.', 'bonuspay-for-woocommerce' ),
			__( 'If you have an account with us, we remember which coin and network you chose last.', 'bonuspay-for-woocommerce' ),
			__( 'We keep the amounts and numbers of payments as long as the law asks us to keep our accounts. On request we remove the addresses and the hashes of transactions, after payments and refunds have ended.', 'bonuspay-for-woocommerce' ),
		);
		$advice     = '<p class="privacy-policy-tutorial">'
			. esc_html__( 'What the shop sends to BonusPay and stores. On BonusPay\'s own page, if you use it, shoppers give data to BonusPay directly: link to its privacy policy.', 'bonuspay-for-woocommerce' )
			. '</p>';
		wp_add_privacy_policy_content(
			__( 'BonusPay for WooCommerce', 'bonuspay-for-woocommerce' ),
			$advice . '<p>' . implode( '</p><p>', array_map( 'esc_html', $paragraphs ) ) . '</p>'
		);
	}

	/**
	 * Adds ours.
	 *
	 * @param array $exporters WordPress's and other plugins'.
	 */
	public static function exporters( $exporters ): array {
		$ours = array(
			'exporter_friendly_name' => __( 'Crypto payments by BonusPay', 'bonuspay-for-woocommerce' ),
			'callback'               => array( self::class, 'export' ),
		);
		return array( self::NAME => $ours ) + (array) $exporters;
	}

	/**
	 * Adds ours before WooCommerce's, after which no order has its e-mail any more.
	 *
	 * @param array $erasers WordPress's and other plugins'.
	 */
	public static function erasers( $erasers ): array {
		$ours = array(
			'eraser_friendly_name' => __( 'Crypto payments by BonusPay', 'bonuspay-for-woocommerce' ),
			'callback'             => array( self::class, 'erase' ),
		);
		return array( self::NAME => $ours ) + (array) $erasers;
	}

	/**
	 * A page of what we know of somebody.
	 *
	 * @param string $email Whose.
	 * @param int    $page  From 1.
	 */
	public static function export( $email, $page = 1 ): array {
		$orders = self::orders( (string) $email, (int) $page );
		$items  = array();
		foreach ( $orders as $order ) {
			$events = Notification_Inbox::of_order( $order->get_id() );
			foreach ( array_reverse( Attempts::of_order( $order->get_id() ) ) as $attempt ) {
				$items[] = self::item(
					'bonuspay_payments',
					__( 'Crypto payments', 'bonuspay-for-woocommerce' ),
					'bonuspay-payment-' . $attempt->id,
					self::payment_facts( $order, $attempt, $events )
				);
			}
			foreach ( array_reverse( Refunds::of_order( $order->get_id() ) ) as $refund ) {
				$items[] = self::item(
					'bonuspay_refunds',
					__( 'Crypto refunds', 'bonuspay-for-woocommerce' ),
					'bonuspay-refund-' . $refund->id,
					self::refund_facts( $order, $refund )
				);
			}
		}
		$user   = get_user_by( 'email', $email );
		$choice = $user instanceof \WP_User && 1 === (int) $page ? (string) get_user_meta( $user->ID, Payment_Method::CHOICE, true ) : '';
		if ( '' !== $choice ) {
			$items[] = self::item(
				'bonuspay_payments',
				__( 'Crypto payments', 'bonuspay-for-woocommerce' ),
				'bonuspay-choice',
				array( __( 'Coin and network chosen last', 'bonuspay-for-woocommerce' ) => $choice )
			);
		}
		return array(
			'data' => $items,
			'done' => count( $orders ) < self::A_PAGE,
		);
	}

	/**
	 * Erases a page of it. WooCommerce's own setting decides about orders; ours does no more than that.
	 *
	 * @param string $email Whose.
	 * @param int    $page  From 1.
	 */
	public static function erase( $email, $page = 1 ): array {
		$orders   = self::orders( (string) $email, (int) $page );
		$removed  = 1 === (int) $page && self::forget_choice( (string) $email );
		$messages = array();
		foreach ( $orders as $order ) {
			if ( array() === Attempts::of_order( $order->get_id() ) ) {
				continue;
			}
			if ( ! apply_filters(
				// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.NonPrefixedHooknameFound -- WooCommerce's own.
				'woocommerce_privacy_erase_order_personal_data',
				'yes' === get_option( 'woocommerce_erasure_request_removes_order_data', 'no' ),
				$order
			) ) {
				$messages[] = self::is_in_flight( $order->get_id() )
					? sprintf(
						/* translators: %s: an order's number. */
						__( 'A crypto payment or refund of order %s has not ended yet: its personal data was kept. Repeat the erasure when it has ended.', 'bonuspay-for-woocommerce' ),
						$order->get_order_number()
					)
					: sprintf(
						/* translators: %s: an order's number. */
						__( 'The addresses and transactions of the crypto payments of order %s were kept.', 'bonuspay-for-woocommerce' ),
						$order->get_order_number()
					);
			} elseif ( self::erase_order( $order ) ) {
				$removed = true;
			}
		}
		return array(
			'items_removed'  => $removed,
			'items_retained' => array() !== $messages,
			'messages'       => $messages,
			'done'           => count( $orders ) < self::A_PAGE,
		);
	}

	/**
	 * An order whose money has not come to rest keeps its personal data: it may be needed to give the money back.
	 *
	 * @param mixed $may_erase As WooCommerce, or another plugin, has it.
	 * @param mixed $order     The order.
	 */
	public static function may_erase( $may_erase, $order ): bool {
		return (bool) $may_erase && ! ( $order instanceof \WC_Order && self::is_in_flight( $order->get_id() ) );
	}

	/**
	 * WooCommerce has removed an order's personal data, on request, by hand, or since it is old: ours goes, too. True when there
	 * was something to remove.
	 *
	 * @param mixed $order The order.
	 */
	public static function erase_order( $order ): bool {
		if ( ! $order instanceof \WC_Order ) {
			return false;
		}
		$removed = false;
		$kept    = false;
		foreach ( Attempts::of_order( $order->get_id() ) as $attempt ) {
			$has     = null !== $attempt->address
				|| null !== $attempt->tx_hash
				|| null !== $attempt->checkout_url
				|| '{}' !== $attempt->request;
			$nothing = array(
				'address'      => null,
				'tx_hash'      => null,
				'checkout_url' => null,
				'request'      => '{}',
			);
			$is_gone = $has && ! self::is_watched( $attempt ) && Attempts::change( $attempt, $nothing );
			$removed = $removed || $is_gone;
			$kept    = $kept || ( $has && ! $is_gone );
		}
		foreach ( Refunds::of_order( $order->get_id() ) as $refund ) {
			$has     = null !== $refund->address;
			$is_gone = $has
				&& ! self::is_on_its_way( $refund )
				&& Refunds::change(
					$refund,
					array(
						'address'    => null,
						'address_by' => '',
						'address_at' => 0,
					)
				);
			$removed = $removed || $is_gone;
			$kept    = $kept || ( $has && ! $is_gone );
		}
		if ( $kept ) {
			$order->add_order_note(
				__( 'BonusPay: a payment or refund of this order has not ended yet, and its addresses were kept. Remove the personal data again when it has ended.', 'bonuspay-for-woocommerce' )
			);
		}
		return $removed;
	}

	/** Whether money may still come or go for an order. */
	private static function is_in_flight( int $order_id ): bool {
		return array() !== array_filter( Attempts::of_order( $order_id ), array( self::class, 'is_watched' ) )
			|| array() !== array_filter( Refunds::of_order( $order_id ), array( self::class, 'is_on_its_way' ) );
	}

	/** A payment that is live, that a person must look at, or that late money may come for. */
	private static function is_watched( Attempt $attempt ): bool {
		$is_looked_at = $attempt->state->is_dead()
			|| in_array( $attempt->state, array( Attempt_State::Review, Attempt_State::Underpaid ), true );
		return $attempt->state->is_live() || ( null !== $attempt->next_check_at && $is_looked_at );
	}

	/** A refund that was sent, or is about to be. One that was only asked for can be asked for again. */
	private static function is_on_its_way( Refund $refund ): bool {
		return $refund->state->takes_money() && ! $refund->state->is_final();
	}

	/** The coin and network that an account chose last. */
	private static function forget_choice( string $email ): bool {
		$user = get_user_by( 'email', $email );
		return $user instanceof \WP_User && delete_user_meta( $user->ID, Payment_Method::CHOICE );
	}

	/**
	 * Somebody's orders: as a guest, and with an account.
	 *
	 * @return \WC_Order[]
	 */
	private static function orders( string $email, int $page ): array {
		$user      = get_user_by( 'email', $email );
		$customers = $user instanceof \WP_User ? array( $email, (int) $user->ID ) : array( $email );
		if ( '' === $email ) {
			return array();
		}
		return wc_get_orders(
			array(
				'type'     => 'shop_order',
				'limit'    => self::A_PAGE,
				'page'     => max( 1, $page ),
				'orderby'  => 'ID',
				'order'    => 'ASC',
				'customer' => $customers,
			)
		);
	}

	private static function item( string $group, string $label, string $id, array $facts ): array {
		$data = array();
		foreach ( array_filter( $facts, static fn( $value ): bool => '' !== (string) $value ) as $name => $value ) {
			$data[] = array(
				'name'  => $name,
				'value' => esc_html( (string) $value ),
			);
		}
		return array(
			'group_id'    => $group,
			'group_label' => $label,
			'item_id'     => $id,
			'data'        => $data,
		);
	}

	private static function payment_facts( \WC_Order $order, Attempt $attempt, array $events ): array {
		$coins = static fn( ?string $amount ): string => null === $amount ? '' : $amount . ' ' . $attempt->coin;
		$told  = array();
		foreach ( $events as $event ) {
			if ( $event['merchant_order_no'] === $attempt->merchant_order_no ) {
				$told[] = $event['status'] . ', ' . self::time( (int) $event['received_at'] );
			}
		}
		return array(
			__( 'Order', 'bonuspay-for-woocommerce' )    => $order->get_order_number(),
			__( 'Payment', 'bonuspay-for-woocommerce' )  => $attempt->merchant_order_no,
			__( 'Number at BonusPay', 'bonuspay-for-woocommerce' ) => $attempt->order_no,
			__( 'Begun', 'bonuspay-for-woocommerce' )    => self::time( $attempt->created_at ),
			__( 'State', 'bonuspay-for-woocommerce' )    => Payment_View::of_order( $order, $attempt )->headline,
			__( 'Price', 'bonuspay-for-woocommerce' )    => $attempt->price . ' ' . $attempt->currency,
			__( 'Due', 'bonuspay-for-woocommerce' )      => $coins( $attempt->due ),
			__( 'Received', 'bonuspay-for-woocommerce' ) => $coins( $attempt->received ),
			__( 'Network', 'bonuspay-for-woocommerce' )  => $attempt->network,
			__( 'Address paid to', 'bonuspay-for-woocommerce' ) => $attempt->address,
			__( 'Transaction', 'bonuspay-for-woocommerce' ) => $attempt->tx_hash,
			__( 'Notifications from BonusPay', 'bonuspay-for-woocommerce' ) => implode( '; ', $told ),
		);
	}

	private static function refund_facts( \WC_Order $order, Refund $refund ): array {
		return array(
			__( 'Order', 'bonuspay-for-woocommerce' )   => $order->get_order_number(),
			__( 'Refund', 'bonuspay-for-woocommerce' )  => $refund->refund_merchant_order_no,
			__( 'Number at BonusPay', 'bonuspay-for-woocommerce' ) => $refund->refund_no,
			__( 'Begun', 'bonuspay-for-woocommerce' )   => self::time( $refund->created_at ),
			__( 'State', 'bonuspay-for-woocommerce' )   => match ( $refund->state ) {
				Refund_State::Succeeded => __( 'paid out', 'bonuspay-for-woocommerce' ),
				Refund_State::Failed    => __( 'not paid out', 'bonuspay-for-woocommerce' ),
				default                 => __( 'not ended yet', 'bonuspay-for-woocommerce' ),
			},
			__( 'Amount', 'bonuspay-for-woocommerce' )  => 0 === Decimal::compare( $refund->amount, '0' )
				? ''
				: $refund->amount . ' ' . $refund->coin,
			__( 'Network', 'bonuspay-for-woocommerce' ) => $refund->network,
			__( 'Your address', 'bonuspay-for-woocommerce' ) => $refund->address,
		);
	}

	private static function time( int $at ): string {
		return $at > 0 ? gmdate( 'Y-m-d H:i:s', $at ) . ' UTC' : '';
	}
}
