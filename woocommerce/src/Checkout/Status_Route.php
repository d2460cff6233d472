<?php
/**
 * What the pay page asks.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\Http;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Payment_View;

/**
 * GET bonuspay/v1/status: the state of a payment, for who has the order's key. However often it is asked, BonusPay is asked
 * once in some seconds.
 */
final class Status_Route {

	private const SPACE = 'bonuspay/v1';
	private const PATH  = '/status';

	/** Registers it. The parameters are checked by us alone, so that all that is wrong is answered alike. */
	public static function register(): void {
		register_rest_route(
			self::SPACE,
			self::PATH,
			array(
				'methods'             => 'GET',
				'permission_callback' => '__return_true',
				'callback'            => array( self::class, 'answer' ),
			)
		);
	}

	/**
	 * Before REST prints its answer: no page cache keeps it.
	 *
	 * @param bool              $is_served Whether another plugin has printed one.
	 * @param \WP_HTTP_Response $result    What is printed.
	 * @param \WP_REST_Request  $request   What was asked.
	 */
	public static function before_output( $is_served, $result, $request ): bool {
		if ( '/' . self::SPACE . self::PATH === $request->get_route() ) {
			Http::end_buffers();
		}
		return (bool) $is_served;
	}

	/** The route's address for an order. */
	public static function url( \WC_Order $order ): string {
		return add_query_arg(
			array(
				'order' => $order->get_id(),
				'key'   => rawurlencode( $order->get_order_key() ),
			),
			rest_url( self::SPACE . self::PATH )
		);
	}

	/** Answers. */
	public static function answer( \WP_REST_Request $request ): \WP_REST_Response {
		Http::no_cache();
		$query = $request->get_query_params();
		$order = Pay_Link::order( $query['order'] ?? null, $query['key'] ?? null );
		if ( null === $order ) {
			return self::response(
				array(
					'code'    => 'bonuspay_not_found',
					'message' => __( 'Not found.', 'bonuspay-for-woocommerce' ),
				),
				404
			);
		}
		$attempt = Payment_Service::current( $order->get_id() );
		if ( null !== $attempt && ! Payment_View::of_order( $order, $attempt )->is_final() ) {
			$attempt = Payment_Service::check_for_shopper( $attempt );
			$order   = wc_get_order( $order->get_id() );
		}
		return self::response( Payment_View::of_order( $order, $attempt )->to_array(), 200 );
	}

	/** Never to be kept. */
	private static function response( array $data, int $status ): \WP_REST_Response {
		return new \WP_REST_Response(
			$data,
			$status,
			array(
				...array_filter( wp_get_nocache_headers() ),
				'X-Robots-Tag' => 'noindex',
			)
		);
	}
}
