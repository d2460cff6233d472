<?php
/**
 * Which status an order gets after a payment.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * What the owner may choose for the three ways a payment ends, and why not for the rest: no choice may send goods that are
 * not paid for, or have WooCommerce cancel an order that money came in for.
 */
final class Order_Status_Policy {

	/** Paid in full. */
	public const PAID = 'after_paid';
	/** Something came in, but not what was due: partly received, underpaid, or to be looked at. */
	public const SHORT = 'after_short';
	/** It ended, and nothing came in. */
	public const DEAD = 'after_dead';

	/** Processing, or completed when there is nothing to send: as after any payment. */
	public const AS_USUAL = 'woocommerce';
	/** Only the note, and the mail to the owner where there is one. */
	public const NOTHING = 'nothing';

	public const DEFAULTS = array(
		self::PAID  => self::AS_USUAL,
		self::SHORT => 'on-hold',
		self::DEAD  => self::NOTHING,
	);

	/** WooCommerce's own that mean: not paid, or no more. */
	private const UNPAID = array( 'pending', 'failed', 'cancelled', 'refunded', 'checkout-draft' );

	/**
	 * What the settings page offers, value => label. Other plugins' statuses are all there; those that do no good are refused
	 * with the reason.
	 *
	 * @param string $event PAID, SHORT or DEAD.
	 */
	public static function options( string $event ): array {
		$nothing = __( 'Change nothing: a note on the order only', 'bonuspay-for-woocommerce' );
		if ( self::SHORT === $event ) {
			return array(
				'on-hold'     => self::name( 'on-hold' ),
				self::NOTHING => $nothing,
			);
		}
		if ( self::DEAD === $event ) {
			return array(
				self::NOTHING => $nothing,
				'failed'      => self::name( 'failed' ),
				'cancelled'   => self::name( 'cancelled' ),
			);
		}
		$options = array(
			self::AS_USUAL => __( 'As WooCommerce does: processing, or completed when nothing is to be sent', 'bonuspay-for-woocommerce' ),
		);
		foreach ( self::known() as $status ) {
			if ( ! in_array( $status, self::UNPAID, true ) ) {
				$options[ $status ] = self::name( $status );
			}
		}
		return $options;
	}

	/**
	 * Why a choice would do harm, for the owner; null when it may be made.
	 *
	 * @param string $event  PAID, SHORT or DEAD.
	 * @param string $choice A status without "wc-", AS_USUAL or NOTHING.
	 */
	public static function problem( string $event, string $choice ): ?string {
		$is_good = match ( $event ) {
			self::PAID  => in_array( $choice, array( self::AS_USUAL, 'on-hold' ), true )
				|| ( self::counts_as_paid( $choice ) && in_array( $choice, self::known(), true ) ),
			self::SHORT => in_array( $choice, array( 'on-hold', self::NOTHING ), true ),
			self::DEAD  => in_array( $choice, array( 'failed', 'cancelled', self::NOTHING ), true ),
			default     => false,
		};
		if ( $is_good ) {
			return null;
		}
		if ( ! in_array( $choice, self::known(), true ) ) {
			/* translators: %s: what was chosen. */
			return sprintf( __( 'There is no order status "%s" in this shop.', 'bonuspay-for-woocommerce' ), mb_substr( $choice, 0, 40 ) );
		}
		return sprintf( self::reason( $event, $choice ), self::name( $choice ) );
	}

	/** Why, with a place for the status's name. */
	private static function reason( string $event, string $choice ): string {
		return match ( true ) {
			/* translators: %s: name of an order status. */
			self::PAID === $event && in_array( $choice, self::UNPAID, true ) => __( 'A paid order must not become "%s": WooCommerce would give its stock away, or ask the shopper to pay again.', 'bonuspay-for-woocommerce' ),
			/* translators: %s: name of an order status. */
			self::PAID === $event => __( '"%s" does not count as paid in WooCommerce: reports, downloads and other plugins would take a paid order for an unpaid one. Choose "On hold", or ask the maker of the plugin that it comes from to register it as paid.', 'bonuspay-for-woocommerce' ),
			/* translators: %s: name of an order status. */
			self::counts_as_paid( $choice ) => __( '"%s" is for paid orders: goods would go out that are not paid for.', 'bonuspay-for-woocommerce' ),
			/* translators: %s: name of an order status. */
			self::SHORT === $event && 'pending' === $choice => __( 'WooCommerce cancels orders that stay "%s", and money came in for this one. Choose "On hold".', 'bonuspay-for-woocommerce' ),
			/* translators: %s: name of an order status. */
			self::SHORT === $event => __( 'Money came in: the order must not become "%s" before you have decided what to do with it.', 'bonuspay-for-woocommerce' ),
			/* translators: %s: name of an order status. */
			default => __( 'An order that nothing came in for cannot become "%s", only failed or cancelled.', 'bonuspay-for-woocommerce' ),
		};
	}

	private static function counts_as_paid( string $status ): bool {
		return in_array( $status, wc_get_is_paid_statuses(), true ) && ! in_array( $status, self::UNPAID, true );
	}

	/** The shop's statuses, without "wc-". */
	private static function known(): array {
		return array_map(
			static fn( $status ): string => (string) preg_replace( '/^wc-/', '', (string) $status ),
			array_keys( wc_get_order_statuses() )
		);
	}

	private static function name( string $status ): string {
		return (string) ( wc_get_order_statuses()[ 'wc-' . $status ] ?? $status );
	}
}
