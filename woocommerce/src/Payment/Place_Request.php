<?php
/**
 * What is asked of BonusPay for an order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Payment;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * Builds a new attempt's row with its bizContent, and reads where to pay from the answer. Amounts go as the decimal
 * strings that WooCommerce gives; nothing is converted or rounded here.
 */
final class Place_Request {

	/** The row of a new attempt. */
	public static function row(
		\WC_Order $order,
		Settings $settings,
		string $partner_id,
		int $number,
		string $coin,
		string $network,
		int $now
	): array {
		$price    = self::price( $order );
		$currency = $order->get_currency();
		$scene    = $settings->scene();
		$token    = bin2hex( random_bytes( 16 ) );
		$own      = Shop_Identity::order_prefix() . $order->get_id() . '-' . $number;
		$expires  = $now + 60 * $settings->expiry_minutes();
		$crypto   = $settings->currency_is_crypto( $currency );
		$coin     = $crypto ? $currency : $coin;
		$biz      = array(
			'merchantOrderNo' => $own,
			'subject'         => self::subject( $order ),
			'expiredTime'     => $expires * 1000,
			'paySceneCode'    => 'onsite' === $scene ? 'API' : 'CHECK_OUT',
			'paySceneParams'  => 'onsite' === $scene
				? array(
					'chainCode'      => $network,
					'payChannelCode' => 'CHAIN',
				)
				: array( 'redirectUrl' => $order->get_checkout_order_received_url() ),
			'notifyUrl'       => Site_Urls::notification( $settings ),
			'reserved'        => $token,
		);
		if ( $crypto ) {
			$biz['totalAmount'] = array(
				'amount'   => $price,
				'currency' => $currency,
			);
		} else {
			$biz['refAmount'] = array(
				'exchangeCurrencyCode' => $coin,
				'refAmount'            => array(
					'amount'   => $price,
					'currency' => $currency,
				),
			);
		}
		return array(
			'order_id'          => $order->get_id(),
			'number'            => $number,
			'mode'              => $settings->mode(),
			'scene'             => $scene,
			'merchant_order_no' => $own,
			'token'             => $token,
			'partner_id'        => $partner_id,
			'price'             => $price,
			'currency'          => $currency,
			'coin'              => $coin,
			'network'           => 'onsite' === $scene ? $network : '',
			'state'             => Attempt_State::Saved->value,
			'request'           => wp_json_encode( $biz, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE ),
			'created_at'        => $now,
			'expires_at'        => $expires,
			'next_check_at'     => $now + 60,
		);
	}

	/** The order's total as WooCommerce holds it, without needless zeros. */
	public static function price( \WC_Order $order ): string {
		$total = (string) $order->get_total( 'edit' );
		if ( ! Decimal::is_valid( $total ) || 0 === Decimal::compare( $total, '0' ) ) {
			throw new Payment_Problem( __( 'Crypto payment is not available for this order.', 'bonuspay-for-woocommerce' ) );
		}
		return Decimal::add( $total, '0' );
	}

	/** The columns that say where to pay. What does not fit what was asked is left out: then the shopper cannot pay. */
	public static function payable( Attempt $attempt, Verified_Message $answer ): array {
		if ( 'hosted' === $attempt->scene ) {
			return null === $answer->checkout_url || strlen( $answer->checkout_url ) > 500
				? array()
				: array( 'checkout_url' => $answer->checkout_url );
		}
		$address = $answer->get( '/interactionParams/address' );
		$network = $answer->get( '/interactionParams/network' );
		$is_ours = null === $network || $network === $attempt->network;
		return null !== $address && '' !== $address && strlen( $address ) <= 128 && $is_ours ? array( 'address' => $address ) : array();
	}

	/** At most 64 characters, all plain. */
	private static function subject( \WC_Order $order ): string {
		$shop    = wp_specialchars_decode( (string) get_bloginfo( 'name' ), ENT_QUOTES );
		$subject = preg_replace( '/[\x00-\x1F\x7F]+/', ' ', $order->get_order_number() . ' ' . $shop );
		return trim( mb_substr( trim( $subject ), 0, 64 ) );
	}
}
