<?php
/**
 * What the merchant reads about an order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Order;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Money\Network;

/**
 * Notes on the order and mails to the owner, each once: whoever repeats the work of a worker that died repeats no note.
 */
final class Merchant_Notes {

	/** A note that an order gets once for an attempt. */
	public static function note_once( Attempt $attempt, string $about, string $note ): void {
		$key = 'note:' . $about . ':' . substr( hash( 'sha256', $note ), 0, 16 );
		if ( Effect_Claims::claim( $attempt, $key, time() ) ) {
			Orders::fresh( $attempt->order_id )?->add_order_note( self::signed( $attempt, $note ) );
			Effect_Claims::done( $attempt->id, $key, time() );
		}
	}

	/** Adds a note, unless the order has it: a worker may have died after it. */
	public static function note( Attempt $attempt, \WC_Order $order, string $note ): void {
		$note = self::signed( $attempt, $note );
		if ( ! self::has_note( $order, $note ) ) {
			$order->add_order_note( $note );
		}
	}

	private static function has_note( \WC_Order $order, string $note ): bool {
		foreach ( wc_get_order_notes( array( 'order_id' => $order->get_id() ) ) as $old ) {
			if ( str_starts_with( $old->content, $note ) ) {
				return true;
			}
		}
		return false;
	}

	/** A note, and a mail that says the same. */
	public static function note_and_mail( Attempt $attempt, \WC_Order $order, string $note ): void {
		self::note( $attempt, $order, $note );
		self::mail( $attempt, $note );
	}

	/** To the merchant: what nobody else will tell him. */
	public static function mail( Attempt $attempt, string $text ): void {
		$subject = sprintf(
			/* translators: 1: the shop's name, 2: the order's number. */
			__( '[%1$s] Crypto payment of order %2$s needs you', 'bonuspay-for-woocommerce' ),
			wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ),
			$attempt->order_id
		);
		wp_mail(
			get_option( 'admin_email' ),
			$subject,
			$text . "\n\n" . admin_url( 'admin.php?page=wc-orders&action=edit&id=' . $attempt->order_id ) . "\n"
		);
	}

	/** Which payment a note speaks of. */
	public static function signed( Attempt $attempt, string $note ): string {
		return sprintf(
			'BonusPay %1$s%2$s: %3$s',
			esc_html( $attempt->merchant_order_no ),
			'test' === $attempt->mode ? ' (test)' : '',
			esc_html( $note )
		);
	}

	/** A refund in a line, and what is to be said of it. */
	public static function refund( Refund $row, string $what ): string {
		$text = sprintf(
			/* translators: 1: a refund's number, 2: an amount, 3: a coin and its network, 4: an address, 5: what happened. */
			__( 'refund %1$s, %2$s %3$s to %4$s: %5$s.', 'bonuspay-for-woocommerce' ),
			$row->refund_merchant_order_no,
			$row->amount,
			Network::phrase( $row->coin, $row->network ),
			$row->address ?? '?',
			$what
		);
		if ( null !== $row->fee && Decimal::compare( $row->fee, '0' ) > 0 ) {
			$text .= ' ' . sprintf(
				/* translators: 1: an amount, 2: a coin. */
				__( 'BonusPay charges the shop %1$s %2$s for it.', 'bonuspay-for-woocommerce' ),
				$row->fee,
				(string) $row->fee_coin
			);
		}
		return $text;
	}

	/** A note and a mail to the merchant, once. */
	public static function refund_once( Refund $row, string $key, string $what ): void {
		$attempt = Attempts::find( $row->attempt_id );
		if ( null !== $attempt && Effect_Claims::claim( $attempt, 'note:' . $key, time() ) ) {
			$text = self::signed( $attempt, self::refund( $row, $what ) );
			Orders::fresh( $row->order_id )?->add_order_note( $text );
			self::mail( $attempt, wp_specialchars_decode( $text, ENT_QUOTES ) );
			Effect_Claims::done( $attempt->id, 'note:' . $key, time() );
		}
	}
}
