<?php
/**
 * Refunds: from the order screen to BonusPay and back.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Refund;

use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refund_State;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Ledger\Transaction;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Order\Merchant_Notes;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Order\Store_Refund;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Query_Result;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * Under the order's lock the money is set aside and the number stored; then the refund is sent, once, and never again by
 * us. What becomes of it only Get Refund Order says; while that is not known, nothing else is refunded of the order.
 */
final class Refund_Service {

	/** A request may arrive so long after it was sent; "does not exist" is final only afterwards. */
	private const FINAL_AFTER = HOUR_IN_SECONDS;
	/** A worker that stored a number and did not send it within this time is dead. */
	private const SEND_WITHIN = 5 * MINUTE_IN_SECONDS;
	/** The same amount again within this time is the same click. */
	private const SAME_CLICK = 30;
	/** After so long without an end a person must look. */
	private const PATIENCE = 72 * HOUR_IN_SECONDS;

	/** A WooCommerce refund that no money goes with: the merchant may think that it does. */
	public static function on_created( $refund_id, $args = array() ): void {
		$is_by_hand = Store_Refund::end() && empty( $args['refund_payment'] );
		$attempt    = $is_by_hand ? self::payment_of( (int) ( $args['order_id'] ?? 0 ) ) : null;
		if ( null !== $attempt ) {
			Merchant_Notes::note_once(
				$attempt,
				'by_hand',
				sprintf(
					/* translators: %d: a refund's number. */
					__( 'refund %d was recorded in WooCommerce only: nothing was sent to the shopper. To send coins, delete it and use "Refund via BonusPay".', 'bonuspay-for-woocommerce' ),
					$refund_id
				)
			);
		}
	}

	/** Whether there is money to give back. */
	public static function can_refund( \WC_Order $order ): bool {
		return Payment_Method::ID === $order->get_payment_method() && null !== self::payment_of( $order->get_id() );
	}

	/** The payment that an order's refunds come from: the one that paid it, else the newest with money. */
	public static function payment_of( int $order_id ): ?Attempt {
		$with_money = array_values(
			array_filter(
				Attempts::of_order( $order_id ),
				static fn( Attempt $attempt ): bool => Decimal::compare( $attempt->received, '0' ) > 0
			)
		);
		$paid_by    = array() === $with_money ? '' : (string) wc_get_order( $order_id )?->get_meta( Orders::PAID_BY );
		foreach ( $with_money as $attempt ) {
			if ( $attempt->merchant_order_no === $paid_by ) {
				return $attempt;
			}
		}
		return $with_money[0] ?? null;
	}

	/** The button on the order screen. WooCommerce has stored its refund, and removes it when this is an error. */
	public static function refund( \WC_Order $order, string $amount, string $reason ): \WP_Error|bool {
		$attempt = self::payment_of( $order->get_id() );
		if ( null === $attempt || ! self::can_refund( $order ) ) {
			return self::error(
				__( 'Nothing came in for this order through BonusPay: there is nothing to refund.', 'bonuspay-for-woocommerce' )
			);
		}
		if (
			! Decimal::is_valid( $amount )
			|| Decimal::compare( $amount, '0' ) <= 0
			|| Decimal::decimals( $amount ) > wc_get_price_decimals()
		) {
			return self::error(
				sprintf(
					/* translators: %d: a number of decimals. */
					__( 'This is not an amount that can be refunded: it must be more than zero, with at most %d decimals.', 'bonuspay-for-woocommerce' ),
					wc_get_price_decimals()
				)
			);
		}
		if ( $order->get_currency() !== $attempt->currency ) {
			return self::error(
				__( 'The order\'s currency is not the one that it was paid in. Refund it in BonusPay\'s merchant portal.', 'bonuspay-for-woocommerce' )
			);
		}
		return Store_Refund::sending(
			static fn(): \WP_Error|bool => self::begin( $attempt, Refund::ORDER, Decimal::add( $amount, '0' ), $reason )
		);
	}

	/** The button for what was paid too much, or came in for nothing. */
	public static function give_surplus_back( Attempt $attempt ): \WP_Error|bool {
		return self::begin( $attempt, Refund::SURPLUS, '0', '' );
	}

	/** Sets the money aside, then sends. */
	private static function begin( Attempt $attempt, string $source, string $fiat, string $reason ): \WP_Error|bool {
		try {
			$backend = Backends::for_mode( $attempt->mode, 20000 );
		} catch ( Backend_Error $error ) {
			return self::error( $error->getMessage() );
		}
		if ( $backend->partner_id() !== $attempt->partner_id ) {
			return self::error(
				__( 'This order was paid to another partner ID than the one in the settings. Nothing was sent.', 'bonuspay-for-woocommerce' )
			);
		}
		$lock = Order_Lock::acquire( $attempt->order_id );
		if ( null === $lock ) {
			return self::error(
				__( 'This order is just being worked on. Nothing was sent; try again in some seconds.', 'bonuspay-for-woocommerce' )
			);
		}
		try {
			$row = self::set_aside( Attempts::find( $attempt->id ), $source, $fiat, $reason, $lock->fence );
		} finally {
			$lock->release();
		}
		if ( $row instanceof \WP_Error ) {
			return $row;
		}
		if ( Refund_State::Asked === $row->state ) {
			Refund_Address::ask( $row );
			return self::error(
				__( 'The shopper was asked for an address, by mail and in My account. Nothing was sent yet: you will be mailed when the address is there; then refund again. You can also enter an address that the shopper told you, in the box "BonusPay". Coins are never sent back to the address that they came from: it may belong to an exchange.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::send( $row, $backend );
	}

	/** Under the lock: the row that is to be sent, the request for an address, or why neither is possible. */
	private static function set_aside( Attempt $attempt, string $source, string $fiat, string $reason, int $fence ): Refund|\WP_Error {
		$problem = self::problem( $attempt, $source, $fiat );
		if ( '' !== $problem ) {
			return self::error( $problem );
		}
		if (
			Refund::SURPLUS === $source
			&& Attempt_State::Paid !== $attempt->state
			&& ! Attempts::change( $attempt, array( 'accepted' => 0 ), $fence )
		) {
			return self::busy(); // What goes back is not taken as payment at the same time.
		}
		$order   = wc_get_order( $attempt->order_id );
		$share   = Orders::share( false === $order ? null : $order, $attempt );
		$coins   = Refund::SURPLUS === $source ? $share->surplus() : $share->of( $fiat );
		$request = Refund_Address::request_of( $attempt );
		$values  = array(
			'source'   => $source,
			'amount'   => $coins,
			'fiat'     => $fiat,
			'currency' => $attempt->currency,
			'reason'   => mb_substr( $reason, 0, 250 ),
		);
		$last    = null === $request ? Refund_Address::last_of( $attempt ) : $request;
		if ( null === $last?->address ) {
			// What it asks for may have changed since.
			return null === $request
				? Refunds::insert( $attempt, array( 'state' => Refund_State::Asked->value ) + $values ) ?? self::busy()
				: self::changed( $request, $values, $fence );
		}
		$wc_refund = Refund::ORDER === $source ? Store_Refund::waiting( $attempt->order_id, $fiat ) : null;
		if ( Refund::ORDER === $source && null === $wc_refund ) {
			return self::error(
				__( 'There is no refund in WooCommerce that goes with this one. Nothing was sent.', 'bonuspay-for-woocommerce' )
			);
		}
		$values += array(
			'state'         => Refund_State::Saved->value,
			'status_before' => (string) wc_get_order( $attempt->order_id )?->get_status(),
			'created_at'    => time(),
			'next_check_at' => time() + self::SEND_WITHIN,
		);
		if ( null !== $wc_refund ) {
			$values['wc_refund_id'] = $wc_refund->get_id();
		}
		$row = null !== $request
			? self::changed( $request, $values, $fence )
			: Refunds::insert(
				$attempt,
				array(
					'address'    => $last->address,
					'address_by' => $last->address_by,
					'address_at' => $last->address_at,
					'network'    => $last->network,
				) + $values
			) ?? self::busy();
		if ( null !== $wc_refund && $row instanceof Refund ) {
			Store_Refund::mark( $wc_refund, $row->refund_merchant_order_no );
		}
		return $row;
	}

	/** Why an amount cannot be refunded now; '' when it can. */
	private static function problem( Attempt $attempt, string $source, string $fiat ): string {
		foreach ( Refunds::of_order( $attempt->order_id ) as $other ) {
			if ( $other->state->is_unclear() ) {
				return __( 'A refund of this order is being checked: it may be on its way. Do not repeat it; a note will say what became of it.', 'bonuspay-for-woocommerce' );
			}
			$is_same = $other->attempt_id === $attempt->id && $other->source === $source && 0 === Decimal::compare( $other->fiat, $fiat );
			if ( $is_same && $other->state->takes_money() && $other->sent_at > time() - self::SAME_CLICK ) {
				return __( 'The same refund was sent a moment ago. Reload the page to see it; if you want a second one, wait half a minute.', 'bonuspay-for-woocommerce' );
			}
		}
		$order = wc_get_order( $attempt->order_id );
		$share = Orders::share( false === $order ? null : $order, $attempt );
		$coins = Refund::SURPLUS === $source ? $share->surplus() : $share->of( $fiat );
		if ( null === $coins ) {
			return sprintf(
				/* translators: 1: an amount of a currency, 2: its code, 3: an amount of coins, 4: the coin. */
				__( 'This is more than can be refunded: of this payment %1$s %2$s (%3$s %4$s) are left.', 'bonuspay-for-woocommerce' ),
				$share->price_left(),
				$attempt->currency,
				$share->left(),
				$attempt->coin
			);
		}
		return 0 === Decimal::compare( $coins, '0' )
			? __( 'There is nothing left to send, or too little of the coin to be sent.', 'bonuspay-for-woocommerce' )
			: '';
	}

	/** A row as it is after a change. */
	private static function changed( Refund $row, array $values, int $fence ): Refund|\WP_Error {
		return Refunds::change( $row, $values, $fence ) ? Refunds::find( $row->id ) : self::busy();
	}

	/** Sends it: the one place where money leaves. Who cannot mark it as sent does not send it. */
	private static function send( Refund $row, Backend $backend ): \WP_Error|bool {
		$attempt = Attempts::find( $row->attempt_id );
		$is_mine = Refunds::change(
			$row,
			array(
				'state'         => Refund_State::Sent->value,
				'sent_at'       => time(),
				'next_check_at' => time() + 2 * MINUTE_IN_SECONDS,
			)
		);
		if ( ! $is_mine ) {
			return self::busy();
		}
		try {
			$answer = $backend->refund( self::request( $row, $attempt ) );
		} catch ( Backend_Error $error ) {
			self::log( 'refund_failed', $row, $error );
			return self::after_failure( $row, $attempt, $error, $backend );
		}
		self::log( 'refund', $row );
		self::record( Refunds::find( $row->id ), $answer );
		return self::after_sending( $row->id );
	}

	/** The bizContent. */
	private static function request( Refund $row, Attempt $attempt ): array {
		$biz    = array(
			'refundMerchantOrderNo' => $row->refund_merchant_order_no,
			'originMerchantOrderNo' => $attempt->merchant_order_no,
			'amount'                => array(
				'amount'   => $row->amount,
				'currency' => $row->coin,
			),
			'chainCode'             => $row->network,
			'refundAddress'         => (string) $row->address,
			'notifyUrl'             => Site_Urls::notification( Settings::get() ),
		);
		$reason = mb_substr( trim( (string) preg_replace( '/[\x00-\x1F\x7F]+/', ' ', $row->reason ) ), 0, 64 );
		return '' === $reason ? $biz : $biz + array( 'reason' => $reason );
	}

	/** What a call that failed means: nothing left us, BonusPay refused, or nobody knows. */
	private static function after_failure( Refund $row, Attempt $attempt, Backend_Error $error, Backend $backend ): \WP_Error|bool {
		$is_certain = Backend_Error::NOT_SENT === $error->outcome;
		if ( Backend_Error::REJECTED === $error->outcome ) {
			// A refusal names no refund: BonusPay must say that it has none of this number.
			try {
				self::record( Refunds::find( $row->id ), $backend->get_refund( $row->refund_merchant_order_no ) );
			} catch ( Backend_Error $other ) {
				$is_certain = $other->says_not_there();
			}
		}
		if ( $is_certain ) {
			self::settle(
				$row->id,
				Refund_State::Failed,
				array(
					'rejected' => 1,
					'reason'   => mb_substr( $error->getMessage(), 0, 250 ),
				)
			);
			Merchant_Notes::note_once(
				$attempt,
				'refund' . $row->id,
				sprintf(
					/* translators: 1: a refund's number, 2: a reason. */
					__( 'refund %1$s was not made: %2$s', 'bonuspay-for-woocommerce' ),
					$row->refund_merchant_order_no,
					$error->getMessage()
				)
			);
		}
		return self::after_sending( $row->id );
	}

	/** What the order screen is told, and the order's note. */
	private static function after_sending( int $id ): \WP_Error|bool {
		$row     = Refunds::find( $id );
		$attempt = Attempts::find( $row->attempt_id );
		if ( Refund_State::Failed === $row->state ) {
			return self::error(
				/* translators: %s: a reason. */
				sprintf( __( 'BonusPay did not make this refund: %s Nothing was sent.', 'bonuspay-for-woocommerce' ), $row->reason )
			);
		}
		if ( Refund_State::Created === $row->state ) {
			Merchant_Notes::note_once(
				$attempt,
				'refund' . $id,
				Merchant_Notes::refund( $row, __( 'BonusPay has taken it, and will pay it out', 'bonuspay-for-woocommerce' ) )
			);
		} elseif ( Refund_State::Sent === $row->state ) {
			Merchant_Notes::note_once(
				$attempt,
				'refund' . $id,
				Merchant_Notes::refund(
					$row,
					__( 'the refund is being checked, do not repeat it: BonusPay did not answer, and may have taken it', 'bonuspay-for-woocommerce' )
				)
			);
		}
		return true;
	}

	/** Asks Get Refund Order, the only proof, and stores what follows from it. */
	public static function check( Refund $row, int $deadline_ms = 8000 ): Query_Result {
		$attempt = Attempts::find( $row->attempt_id );
		if ( null === $attempt || ( Refund_State::Failed === $row->state && Refund::PORTAL === $row->source ) ) {
			return Query_Result::Failed;
		}
		if ( Refund_State::Saved === $row->state ) {
			// Never sent; and whoever would send it now finds another version of the row.
			return time() >= $row->created_at + self::SEND_WITHIN
				&& self::settle( $row->id, Refund_State::Failed, array( 'reason' => 'Never sent: the process ended before.' ) )
				? Query_Result::Answered
				: Query_Result::Busy;
		}
		try {
			$answer = Backends::for_mode( $attempt->mode, $deadline_ms )->get_refund( $row->refund_merchant_order_no );
		} catch ( Backend_Error $error ) {
			self::log( 'get_refund_failed', $row, $error );
			return $error->says_not_there() && Refund_State::Sent === $row->state ? self::not_there( $row ) : Query_Result::Failed;
		}
		self::log( 'get_refund', $row );
		return self::record( $row, $answer );
	}

	/** BonusPay does not have it: final only when no copy can be on its way any more. */
	private static function not_there( Refund $row ): Query_Result {
		if ( time() >= $row->sent_at + self::FINAL_AFTER ) {
			self::settle( $row->id, Refund_State::Failed, array( 'reason' => 'BonusPay never took it.' ) );
		}
		return Query_Result::Not_There;
	}

	/** The queue's look. */
	public static function poll( Refund $row ): void {
		self::check( $row, 20000 );
		$now = time();
		$row = Refunds::find( $row->id );
		if ( null === $row || $row->state->is_final() ) {
			return;
		}
		$at = $now + min( 6 * HOUR_IN_SECONDS, ( 2 * MINUTE_IN_SECONDS ) << min( 8, max( 0, $row->checks - 1 ) ) );
		if ( Refund_State::Sent === $row->state && $now < $row->sent_at + self::FINAL_AFTER ) {
			$at = min( $at, $row->sent_at + self::FINAL_AFTER );
		}
		Refunds::plan( $row->id, $at );
		if ( $now > max( $row->sent_at, $row->created_at ) + self::PATIENCE ) {
			Merchant_Notes::refund_once(
				$row,
				'refund_late' . $row->id,
				__( 'BonusPay has not said for three days whether it was paid out. Please ask BonusPay by its number', 'bonuspay-for-woocommerce' )
			);
		}
	}

	/** Stores what a signed answer says of a refund. */
	private static function record( Refund $row, Verified_Message $answer ): Query_Result {
		$attempt  = Attempts::find( $row->attempt_id );
		$mismatch = self::identity_mismatch( $attempt, $row->refund_merchant_order_no, $row->refund_no, $answer );
		$amount   = self::amount( $answer );
		if ( '' === $mismatch && null !== $amount && ( 0 !== Decimal::compare( $amount[0], $row->amount ) || $amount[1] !== $row->coin ) ) {
			$mismatch = sprintf(
				"BonusPay's answer tells %s %s for refund %s, which is of %s %s. It was ignored.",
				$amount[0],
				$amount[1],
				$row->refund_merchant_order_no,
				$row->amount,
				$row->coin
			);
		}
		if ( '' !== $mismatch ) {
			self::log( 'refund_answer_not_ours', $row );
			Merchant_Notes::note_once( $attempt, 'stranger', $mismatch );
			return Query_Result::Failed;
		}
		$state = match ( $answer->state ) {
			'succeeded' => Refund_State::Succeeded,
			'failed'    => Refund_State::Failed,
			default     => Refund_State::Created,
		};
		$of   = static fn( string $name ): ?string => $answer->get( '/refundOrder/' . $name );
		$more = array();
		if ( null === $row->refund_no && null !== $of( 'orderNo' ) && strlen( $of( 'orderNo' ) ) <= 32 ) {
			$more['refund_no'] = $of( 'orderNo' );
		}
		if ( null !== $of( 'refundFee/amount' ) && Decimal::is_valid( $of( 'refundFee/amount' ) ) ) {
			$more += array(
				'fee'      => Decimal::add( $of( 'refundFee/amount' ), '0' ),
				'fee_coin' => substr( (string) $of( 'refundFee/currency' ), 0, 10 ),
			);
		}
		if ( Refund_State::Failed === $state ) {
			$more['reason'] = mb_substr( trim( $of( 'failCode' ) . ' ' . $of( 'failDes' ) ), 0, 250 );
		}
		return self::settle( $row->id, $state, $more ) ? Query_Result::Answered : Query_Result::Busy;
	}

	/** What in an answer, or notification, is not of this refund; '' when all is. */
	public static function identity_mismatch( Attempt $attempt, string $number, ?string $refund_no, Verified_Message $answer ): string {
		$ours = array(
			'refundMerchantOrderNo' => $number,
			'orderNo'               => $refund_no,
			'originMerchantOrderNo' => $attempt->merchant_order_no,
		);
		foreach ( $ours as $name => $value ) {
			$said = $answer->get( '/refundOrder/' . $name );
			if ( null !== $said && null !== $value && ! hash_equals( $value, $said ) ) {
				return "BonusPay's message is genuine, but its $name is not that of this refund. It was ignored.";
			}
		}
		return null === $answer->get( '/refundOrder/refundMerchantOrderNo' ) ? "BonusPay's answer names no refund. It was ignored." : '';
	}

	/** What an answer says is given back, under either of its names; null when it does not say. */
	public static function amount( Verified_Message $answer ): ?array {
		foreach ( array( 'refundAmount', 'amount' ) as $name ) {
			$amount = $answer->get( "/refundOrder/$name/amount" );
			if ( null !== $amount && Decimal::is_valid( $amount ) ) {
				return array( $amount, (string) $answer->get( "/refundOrder/$name/currency" ) );
			}
		}
		return null;
	}

	/**
	 * The one place where a refund ends: under the order's lock, in one transaction with the claim of what else is to be
	 * done. An end stays; only a refund that we gave up may turn out to be paid.
	 */
	private static function settle( int $id, Refund_State $state, array $more ): bool {
		$row  = Refunds::find( $id );
		$lock = null === $row ? null : Order_Lock::acquire( $row->order_id );
		if ( null === $lock ) {
			return false;
		}
		$effect = null;
		try {
			$row = Refunds::find( $id );
			if (
				$row->state === $state
				|| Refund_State::Succeeded === $row->state
				|| ( Refund_State::Failed === $row->state && Refund_State::Succeeded !== $state )
			) {
				return true;
			}
			$is_end  = $state->is_final();
			$changes = array( 'state' => $state->value ) + $more + ( $is_end
				? array(
					'ended_at'      => time(),
					'next_check_at' => null,
				)
				: array() );
			$key     = $is_end
				? ( Refund_State::Succeeded === $state ? Effect::Refund_Done : Effect::Refund_Undone )->value . ':' . $id
				: '';
			$won     = Transaction::run(
				static fn(): ?bool => match ( true ) {
					! Refunds::change( $row, $changes, $lock->fence ) => null,
					$is_end => Effect_Claims::claim( Attempts::find( $row->attempt_id ), $key, time() ),
					default => false,
				}
			);
			if ( null === $won ) {
				return false;
			}
			$effect = $won ? $key : null;
			Log::info(
				'refund_' . $state->value,
				array(
					'order'  => $row->order_id,
					'number' => $row->refund_merchant_order_no,
					'was'    => $row->state->value,
				)
			);
		} finally {
			$lock->release();
		}
		// WooCommerce removes its refund itself when it is told at once; if it dies before, the queue does.
		if ( null !== $effect && ! ( Store_Refund::is_sending() && Refund_State::Failed === $state ) ) {
			Payment_Service::effects()->run( $row->attempt_id, $effect );
		}
		return true;
	}

	/** What the order screen is told instead of success. */
	public static function error( string $message ): \WP_Error {
		return new \WP_Error( 'bonuspay_refund', $message );
	}

	private static function busy(): \WP_Error {
		return self::error(
			__( 'Another refund of this order was faster. Nothing was sent; reload the page.', 'bonuspay-for-woocommerce' )
		);
	}

	private static function log( string $event, Refund $row, ?Backend_Error $error = null ): void {
		$facts = array(
			'order'  => $row->order_id,
			'number' => $row->refund_merchant_order_no,
		);
		if ( null === $error ) {
			Log::debug( $event, $facts );
			return;
		}
		Log::warning(
			$event,
			$facts + array(
				'outcome' => $error->outcome,
				'code'    => $error->api_code,
				'trace'   => $error->trace_code,
				'why'     => $error->getMessage(),
			)
		);
	}
}
