<?php
/**
 * The list of orders.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Service;

/**
 * A column, a search by BonusPay's numbers, and a bulk action, in WooCommerce's list of orders; on both order stores.
 */
final class Orders_List {

	private const COLUMN = 'bonuspay';
	private const ACTION = 'bonuspay_wc_check_many';

	/** The query arguments that carry the bulk action's result back: how many were asked, could not be asked, wait. */
	private const RESULTS = array( 'bonuspay_asked', 'bonuspay_failed', 'bonuspay_later' );

	/** One click asks for so many orders, and begins none so late; the queue does the rest. */
	private const ORDERS_MAX  = 25;
	private const SECONDS_MAX = 40;

	/** The orders of the page that is shown, and what is known of them; null before it was read. */
	private static array $page   = array();
	private static ?array $known = null;

	/** The column's head, behind the status. */
	public static function columns( array $columns ): array {
		$at = array_search( 'order_status', array_keys( $columns ), true );
		$at = false === $at ? count( $columns ) : $at + 1;
		return array_slice( $columns, 0, $at )
			+ array( self::COLUMN => __( 'BonusPay', 'bonuspay-for-woocommerce' ) )
			+ array_slice( $columns, $at );
	}

	/**
	 * Remembers which orders WooCommerce is about to list, so that one query tells all that the column needs.
	 *
	 * @param mixed $result Of wc_get_orders(): orders, or an object that has them.
	 */
	public static function remember_page( $result ) {
		$orders = is_object( $result ) ? $result->orders ?? array() : $result;
		foreach ( is_array( $orders ) ? $orders : array() as $order ) {
			if ( $order instanceof \WC_Order ) {
				self::$page[] = $order->get_id();
			}
		}
		return $result;
	}

	/**
	 * Prints a cell.
	 *
	 * @param string $column Which column.
	 * @param mixed  $order  The order on HPOS, its number on posts.
	 */
	public static function cell( $column, $order ): void {
		if ( self::COLUMN !== $column ) {
			return;
		}
		$order     = $order instanceof \WC_Order ? $order : wc_get_order( (int) $order );
		$attempts  = $order instanceof \WC_Order ? self::attempts( $order->get_id() ) : array();
		$unsettled = array() === $attempts ? null : Orders::unsettled( $order, $attempts );
		$attempt   = $unsettled ?? self::shown( $attempts );
		if ( null === $attempt ) {
			echo '<span aria-hidden="true">–</span>';
			return;
		}
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- badge() escapes.
		echo Words::badge( $attempt->state, null !== $unsettled );
		if ( null !== $attempt->due || Decimal::compare( $attempt->received, '0' ) > 0 ) {
			echo '<br><span class="bonuspay-sum">'
				. esc_html(
					sprintf(
						/* translators: 1: an amount that came in, 2: the amount due or "?", 3: the coin. */
						__( '%1$s of %2$s %3$s', 'bonuspay-for-woocommerce' ),
						$attempt->received,
						$attempt->due ?? '?',
						$attempt->coin
					)
				)
				. '</span>';
		}
	}

	/** HPOS: a search for exactly one of our numbers, BonusPay's or a transaction's hash is a search for its orders. */
	public static function search( array $arguments ): array {
		$found = isset( $arguments['s'] ) && is_string( $arguments['s'] ) ? self::orders_of( $arguments['s'] ) : array();
		if ( array() !== $found ) {
			unset( $arguments['s'], $arguments['search_filter'] );
			$arguments['id'] = $found;
		}
		return $arguments;
	}

	/**
	 * The same on posts.
	 *
	 * @param array $ids  What WooCommerce found.
	 * @param mixed $term What was searched for.
	 */
	public static function search_posts( $ids, $term ): array {
		$found = is_string( $term ) ? self::orders_of( $term ) : array();
		return array() === $found ? (array) $ids : $found;
	}

	/** Adds the bulk action. */
	public static function bulk_actions( array $actions ): array {
		return current_user_can( 'edit_shop_orders' )
			? $actions + array( self::ACTION => __( 'Check with BonusPay', 'bonuspay-for-woocommerce' ) )
			: $actions;
	}

	/**
	 * The bulk action; WooCommerce, or WordPress, has verified its nonce. Asks BonusPay about the chosen orders.
	 *
	 * @param mixed  $url    Where to go afterwards.
	 * @param string $action Which bulk action.
	 * @param array  $ids    The orders.
	 */
	public static function handle_bulk( $url, $action, $ids ) {
		if ( self::ACTION !== $action || ! current_user_can( 'edit_shop_orders' ) ) {
			return $url;
		}
		$counts = array_fill_keys( self::RESULTS, 0 );
		$end    = time() + self::SECONDS_MAX;
		foreach ( array_keys( Attempts::of_orders( array_map( 'absint', (array) $ids ) ) ) as $order_id ) {
			if ( ! current_user_can( 'edit_shop_order', $order_id ) ) {
				continue;
			}
			if (
				$counts['bonuspay_asked'] + $counts['bonuspay_failed'] >= self::ORDERS_MAX
				|| time() >= $end
				|| Payment_Service::is_to_slow_down()
			) {
				Attempts::poll_soon( $order_id, time() );
				++$counts['bonuspay_later'];
				continue;
			}
			$is_told = 'told' === Payment_Service::check_order( $order_id );
			++$counts[ $is_told ? 'bonuspay_asked' : 'bonuspay_failed' ];
		}
		return add_query_arg( $counts, remove_query_arg( self::RESULTS, (string) $url ) );
	}

	/** Says what the bulk action came to, on the page that follows it. */
	public static function show_result(): void {
		if ( '' === Links::argument( self::RESULTS[0] ) ) {
			return;
		}
		list( $asked, $failed, $later ) = array_map( static fn( string $name ): int => absint( Links::argument( $name ) ), self::RESULTS );

		$texts = array();
		if ( $asked > 0 ) {
			$texts[] = sprintf(
				/* translators: %d: a number of orders. */
				_n( 'BonusPay was asked about %d order; the list shows what it told.', 'BonusPay was asked about %d orders; the list shows what it told.', $asked, 'bonuspay-for-woocommerce' ),
				$asked
			);
		}
		if ( $failed > 0 ) {
			$texts[] = sprintf(
				/* translators: %d: a number of orders. */
				_n( 'BonusPay had no answer for %d order: open it and press "Check now" to see why.', 'BonusPay had no answer for %d orders: open one and press "Check now" to see why.', $failed, 'bonuspay-for-woocommerce' ),
				$failed
			);
		}
		if ( $later > 0 ) {
			$texts[] = sprintf(
				/* translators: %d: a number of orders. */
				_n( '%d order was left to the queue, which asks within minutes.', '%d orders were left to the queue, which asks within minutes.', $later, 'bonuspay-for-woocommerce' ),
				$later
			);
		}
		if ( array() === $texts ) {
			$texts[] = __( 'None of these orders has a payment by BonusPay: there was nothing to ask.', 'bonuspay-for-woocommerce' );
		}
		printf(
			'<div class="notice notice-%s is-dismissible"><p>%s</p></div>',
			$asked > 0 && 0 === $failed ? 'success' : 'warning',
			esc_html( implode( ' ', $texts ) )
		);
	}

	/**
	 * The orders of a number, exactly: of a payment or of a refund.
	 *
	 * @return int[]
	 */
	private static function orders_of( string $number ): array {
		$found = Attempts::orders_of_number( trim( $number ) );
		return array() === $found ? array_filter( array( Refunds::by_number( trim( $number ) )?->order_id ) ) : $found;
	}

	/** An order's attempts; the first that is asked for reads those of the whole page. */
	private static function attempts( int $order_id ): array {
		if ( null === self::$known ) {
			global $wp_query;
			$posts       = array_map( static fn( $post ): int => $post instanceof \WP_Post ? $post->ID : 0, $wp_query->posts ?? array() );
			self::$known = Attempts::of_orders( array_unique( array( $order_id, ...self::$page, ...$posts ) ) );
		}
		return self::$known[ $order_id ] ?? array();
	}

	/** The attempt that tells most: the live one, the one that paid, one with money, the newest. */
	private static function shown( array $attempts ): ?Attempt {
		$is = array(
			static fn( Attempt $attempt ): bool => $attempt->state->is_live(),
			static fn( Attempt $attempt ): bool => Attempt_State::Paid === $attempt->state,
			static fn( Attempt $attempt ): bool => Decimal::compare( $attempt->received, '0' ) > 0,
			static fn(): bool => true,
		);
		foreach ( $is as $fits ) {
			foreach ( $attempts as $attempt ) {
				if ( $fits( $attempt ) ) {
					return $attempt;
				}
			}
		}
		return null;
	}
}
