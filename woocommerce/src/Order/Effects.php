<?php
/**
 * What a decision does to the WooCommerce order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Order;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Transaction;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Order_Status_Policy;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Each effect is run by whoever claimed it, once; and once more by the queue if its worker died, so each finds out by
 * itself what is done already. Stock and mails are WooCommerce's own affair, by the order's status.
 */
final class Effects {

	/** The order that is being completed by this process. */
	private static int $completing = 0;

	/** The claim's key: an effect that tells an amount is one for each amount. */
	public static function key( Effect $effect, string $received ): string {
		return match ( $effect ) {
			Effect::Hold_Partial,
			Effect::Hold_Underpaid,
			Effect::Note_Surplus,
			Effect::Hold_Unexpected,
			Effect::Note_Unexpected => $effect->value . ':' . $received,
			default => $effect->value,
		};
	}

	/**
	 * The owner's status for orders that BonusPay paid; of all others WooCommerce's.
	 *
	 * @param mixed $status   As WooCommerce, or another plugin, has it.
	 * @param mixed $order_id The order, as WooCommerce tells it.
	 */
	public static function status_when_paid( $status, $order_id = 0 ) {
		$choice = 0 !== self::$completing && self::$completing === $order_id
			? Settings::get()->after( Order_Status_Policy::PAID )
			: Order_Status_Policy::AS_USUAL;
		return Order_Status_Policy::AS_USUAL === $choice ? $status : $choice;
	}

	/** Does one to the order. */
	public static function perform( Attempt $attempt, Effect $effect ): void {
		$order = Orders::fresh( $attempt->order_id );
		if ( null === $order ) {
			Merchant_Notes::mail( $attempt, __( 'Money came in for an order that no longer exists.', 'bonuspay-for-woocommerce' ) );
			return;
		}
		match ( $effect ) {
			Effect::Complete        => self::complete( $attempt, $order ),
			Effect::Note_Surplus    => Merchant_Notes::note( $attempt, $order, self::surplus( $attempt ) ),
			Effect::Hold_Partial    => self::hold( $attempt, $order, self::held_when_short( 'checkout-draft' ), self::partial( $attempt ) ),
			Effect::Hold_Underpaid  => self::hold_and_mail(
				$attempt,
				$order,
				self::held_when_short(),
				$attempt->reason . ' ' . self::amounts( $attempt )
			),
			Effect::Hold_Review     => self::hold_and_mail( $attempt, $order, self::held_when_short(), $attempt->reason ),
			Effect::Note_Review     => Merchant_Notes::note_and_mail( $attempt, $order, $attempt->reason ),
			Effect::Hold_Changed    => self::hold_and_mail(
				$attempt,
				$order,
				self::held_when_short( 'checkout-draft' ),
				self::changed( $attempt, $order )
			),
			Effect::Hold_Unexpected => self::hold_and_mail(
				$attempt,
				$order,
				array( 'pending', 'failed', 'cancelled', 'processing', 'completed' ),
				self::unexpected( $attempt, $order )
			),
			Effect::Note_Unexpected => Merchant_Notes::note_and_mail( $attempt, $order, self::unexpected( $attempt, $order ) ),
			Effect::Note_Dead       => self::end( $attempt, $order ),
			Effect::Note_Refunded   => self::note_refunded( $attempt, $order ),
			Effect::Accept, Effect::Refund_Done, Effect::Refund_Undone => null,
		};
	}

	/**
	 * The mails that a worker had no time for that died after it had stored the status. The merchant's is the first, and
	 * WooCommerce remembers that it was sent.
	 *
	 * @param int    $order_id   The order.
	 * @param string $to_shopper The mail that follows it; '' for none.
	 */
	private static function send_unsent_mails( int $order_id, string $to_shopper = '' ): void {
		$mails = WC()->mailer()->get_emails();
		$first = $mails['WC_Email_New_Order'] ?? null;
		if ( true !== $first?->is_enabled() || false !== Orders::fresh( $order_id )?->get_new_order_email_sent() ) {
			return;
		}
		$first->trigger( $order_id );
		// Without the mark nobody can tell whether the shopper's was sent.
		if ( true === Orders::fresh( $order_id )?->get_new_order_email_sent() ) {
			( $mails[ $to_shopper ] ?? null )?->trigger( $order_id );
		}
	}

	/**
	 * Takes the stock in one piece, before the status, with which WooCommerce would take it step by step: killed in the middle
	 * it would take it again. The products' rows are locked first, always in the same order, so that no two workers wait for
	 * each other. Gives the order as it is then.
	 */
	private static function reduce_stock( \WC_Order $order ): \WC_Order {
		global $wpdb;
		$ids = array();
		foreach ( $order->get_items() as $item ) {
			$product = $item instanceof \WC_Order_Item_Product ? $item->get_product() : null;
			if ( $product instanceof \WC_Product && $product->managing_stock() ) {
				$ids[] = (int) $product->get_stock_managed_by_id();
			}
		}
		if ( array() === $ids ) {
			return $order;
		}
		sort( $ids );
		$places   = implode( ', ', array_fill( 0, count( $ids ), '%d' ) );
		$lock     = "SELECT meta_id FROM $wpdb->postmeta WHERE post_id IN ($places) AND meta_key = '_stock' ORDER BY post_id FOR UPDATE";
		$is_taken = Transaction::run(
			static function () use ( $wpdb, $lock, $ids, $order ): ?bool {
				// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- the text is ours.
				if ( false === $wpdb->query( $wpdb->prepare( $lock, $ids ) ) ) {
					return null;
				}
				wc_maybe_reduce_stock_levels( $order->get_id() );
				return true;
			}
		);
		if ( null === $is_taken ) {
			throw new \RuntimeException( 'The stock could not be taken: the database refused it.' );
		}
		// Whoever read in between has put the old number into the cache.
		foreach ( $ids as $id ) {
			wp_cache_delete( $id, 'post_meta' );
		}
		return Orders::fresh( $order->get_id() ) ?? $order;
	}

	/** WooCommerce's mail to the shopper of an order that has got this status. */
	private static function mail_to_shopper( string $status ): string {
		return match ( $status ) {
			'completed'  => 'WC_Email_Customer_Completed_Order',
			'processing' => 'WC_Email_Customer_Processing_Order',
			'on-hold'    => 'WC_Email_Customer_On_Hold_Order',
			default      => '',
		};
	}

	/** Exactly WooCommerce's own way: it acts on orders that wait, reduces the stock and sends the mails. */
	private static function complete( Attempt $attempt, \WC_Order $order ): void {
		$is_ours = (string) $order->get_meta( Orders::PAID_BY ) === $attempt->merchant_order_no;
		$is_paid = Orders::is_paid( $order );
		if (
			$is_paid
			? ! $is_ours
			: ( Payment_Method::ID !== $order->get_payment_method() || $order->has_status( array( 'cancelled', 'refunded', 'trash' ) ) )
		) {
			// It changed after this was decided.
			self::hold_and_mail( $attempt, $order, array( 'cancelled' ), self::unexpected( $attempt, $order ) );
			return;
		}
		// What was completed before may be changed by its owner, whatever its status is now.
		$is_new = ! $is_paid && ! ( $is_ours && null !== $order->get_date_paid() );
		if ( $is_new && ! self::is_for( $attempt, $order ) ) {
			self::hold_changed( $attempt );
			return;
		}
		if ( $is_paid ) {
			// Somebody died after the status was stored: stock and mails follow it.
			self::reduce_stock( $order );
			self::send_unsent_mails( $order->get_id(), self::mail_to_shopper( $order->get_status() ) );
		} else {
			$was   = $order->get_status();
			$order = self::reduce_stock( $order );
			if ( $is_new && ! self::is_for( $attempt, $order ) ) {
				self::hold_changed( $attempt );
				return;
			}
			$order->update_meta_data( Orders::PAID_BY, $attempt->merchant_order_no );
			$order->save_meta_data();
			self::$completing = $order->get_id();
			try {
				$is_complete = $order->payment_complete(
					'' !== (string) $attempt->tx_hash ? $attempt->tx_hash : (string) $attempt->order_no
				);
			} finally {
				self::$completing = 0;
			}
			if ( ! $is_complete ) {
				throw new \RuntimeException( 'WooCommerce could not complete the order.' );
			}
			// Somebody may have died when the order was put on hold: WooCommerce mails only once an order leaves pending.
			self::send_unsent_mails( $order->get_id() );
			if ( $order->has_status( $was ) ) {
				Merchant_Notes::mail( $attempt, self::paid( $attempt ) ); // On hold since its first part: WooCommerce mails nobody.
			}
		}
		Merchant_Notes::note( $attempt, $order, self::paid( $attempt ) );
	}

	/** Whether an attempt's money is for the order as it is now. */
	private static function is_for( Attempt $attempt, \WC_Order $order ): bool {
		return ! self::is_test_money( $attempt ) && ( Orders::matches( $attempt, $order ) || Orders::is_accepted( $attempt, $order ) );
	}

	/** Testnet coins in a shop that takes real ones now; real coins are real in a shop that went back to test mode, too. */
	public static function is_test_money( Attempt $attempt ): bool {
		return 'test' === $attempt->mode && 'live' === Settings::get()->mode();
	}

	/** Holds the order in place of completing it: whoever takes the payment as it is claims its completion anew. */
	private static function hold_changed( Attempt $attempt ): void {
		$is_mine = Effect_Claims::claim( $attempt, Effect::Hold_Changed->value, time() );
		if ( null === $is_mine ) {
			throw new \RuntimeException( 'The order could not be held: the database refused it.' );
		}
		if ( $is_mine ) {
			self::perform( $attempt, Effect::Hold_Changed );
			Effect_Claims::done( $attempt->id, Effect::Hold_Changed->value, time() );
		}
		Effect_Claims::release( $attempt->id, Effect::Complete->value );
	}

	/** The statuses that an order leaves for on-hold when too little came in. */
	private static function held_when_short( string ...$more ): array {
		return 'on-hold' === Settings::get()->after( Order_Status_Policy::SHORT ) ? array( 'pending', 'failed', ...$more ) : array();
	}

	/**
	 * Nothing came in. Where the owner wants it, the order ends as well: unless we cancelled the attempt ourselves, for the
	 * shopper may be on the way to another one, or anything else of the order is open.
	 */
	private static function end( Attempt $attempt, \WC_Order $order ): void {
		$status  = Settings::get()->after( Order_Status_Policy::DEAD );
		$is_idle = Attempt_State::Cancelled !== $attempt->state
			&& Payment_Method::ID === $order->get_payment_method()
			&& $order->has_status( 'pending' );
		foreach ( $is_idle ? Attempts::of_order( $attempt->order_id ) : array() as $other ) {
			$is_idle = $is_idle && $other->state->is_dead() && 0 === Decimal::compare( $other->received, '0' );
		}
		if ( $is_idle && Order_Status_Policy::NOTHING !== $status ) {
			$order->update_status( $status, Merchant_Notes::signed( $attempt, self::dead( $attempt ) ) . ' ' );
			return;
		}
		Merchant_Notes::note( $attempt, $order, self::dead( $attempt ) );
	}

	private static function hold( Attempt $attempt, \WC_Order $order, array $from, string $note ): void {
		if ( $order->has_status( $from ) ) {
			self::put_on_hold( $attempt, $order, Merchant_Notes::signed( $attempt, $note ) . ' ' );
			return;
		}
		if ( $order->has_status( 'on-hold' ) ) {
			self::send_unsent_mails( $order->get_id(), self::mail_to_shopper( 'on-hold' ) );
		}
		Merchant_Notes::note( $attempt, $order, $note );
	}

	/** With its stock, as WooCommerce does; test money takes none. */
	private static function put_on_hold( Attempt $attempt, \WC_Order $order, string $note ): void {
		if ( ! self::is_test_money( $attempt ) ) {
			self::reduce_stock( $order )->update_status( 'on-hold', $note );
			return;
		}
		$keep = static fn(): bool => false;
		add_filter( 'woocommerce_payment_complete_reduce_order_stock', $keep, 99 );
		try {
			$order->update_status( 'on-hold', $note );
		} finally {
			remove_filter( 'woocommerce_payment_complete_reduce_order_stock', $keep, 99 );
		}
	}

	private static function hold_and_mail( Attempt $attempt, \WC_Order $order, array $from, string $note ): void {
		self::hold( $attempt, $order, $from, $note );
		Merchant_Notes::mail( $attempt, $note );
	}

	/** What our own refunds gave back is no news. */
	private static function note_refunded( Attempt $attempt, \WC_Order $order ): void {
		if ( 0 !== Decimal::compare( Orders::share( $order, $attempt )->left(), '0' ) ) {
			Merchant_Notes::note_and_mail(
				$attempt,
				$order,
				__( 'BonusPay says that this payment was given back. The order was left as it is.', 'bonuspay-for-woocommerce' )
			);
		}
	}

	private static function paid( Attempt $attempt ): string {
		return sprintf(
			/* translators: 1: an amount, 2: a coin. */
			__( 'paid, %1$s %2$s received and confirmed by BonusPay.', 'bonuspay-for-woocommerce' ),
			$attempt->received,
			$attempt->coin
		);
	}

	private static function surplus( Attempt $attempt ): string {
		return sprintf(
			/* translators: 1: an amount, 2: a coin. */
			__( 'overpaid by %1$s %2$s.', 'bonuspay-for-woocommerce' ),
			Decimal::subtract( $attempt->received, (string) $attempt->due ),
			$attempt->coin
		);
	}

	private static function partial( Attempt $attempt ): string {
		return __( 'a part was received; the rest can be paid to the same address until the quote ends.', 'bonuspay-for-woocommerce' ) . ' '
			. self::amounts( $attempt );
	}

	private static function amounts( Attempt $attempt ): string {
		return sprintf(
			/* translators: 1: the amount received, 2: the amount due, 3: a coin. */
			__( 'Received %1$s of %2$s %3$s.', 'bonuspay-for-woocommerce' ),
			$attempt->received,
			$attempt->due ?? '?',
			$attempt->coin
		);
	}

	private static function changed( Attempt $attempt, \WC_Order $order ): string {
		return self::is_test_money( $attempt )
			? sprintf(
				/* translators: 1: an amount, 2: a coin. */
				__( '%1$s %2$s received in test mode, but the shop is live now: these are not real coins. The order was not completed. Do not ship anything.', 'bonuspay-for-woocommerce' ),
				$attempt->received,
				$attempt->coin
			)
			: sprintf(
				/* translators: 1: an amount, 2: a coin, 3: what the order cost, with its currency, 4: what it costs now. */
				__( '%1$s %2$s received for %3$s, but the order is now %4$s. It was not completed: accept the payment or refund it in the box "BonusPay".', 'bonuspay-for-woocommerce' ),
				$attempt->received,
				$attempt->coin,
				$attempt->price . ' ' . $attempt->currency,
				$order->get_total( 'edit' ) . ' ' . $order->get_currency()
			);
	}

	private static function unexpected( Attempt $attempt, \WC_Order $order ): string {
		return sprintf(
			/* translators: 1: an amount, 2: a coin, 3: the order's status. */
			__( 'money received that nobody waited for: %1$s %2$s, while the order is %3$s. Nothing was done by itself: give it back by the button in the box "BonusPay", or take the order up again.', 'bonuspay-for-woocommerce' ),
			$attempt->received,
			$attempt->coin,
			wc_get_order_status_name( $order->get_status() )
		);
	}

	private static function dead( Attempt $attempt ): string {
		return match ( $attempt->state ) {
			Attempt_State::Expired   => __( 'the quote ended, and nothing was received.', 'bonuspay-for-woocommerce' ),
			Attempt_State::Cancelled => __( 'cancelled at BonusPay.', 'bonuspay-for-woocommerce' ),
			default                  => __( 'BonusPay says that this payment failed.', 'bonuspay-for-woocommerce' ),
		};
	}
}
