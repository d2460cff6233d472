<?php
/**
 * What the shopper sees of a payment.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Payment;

use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * Made in one place for the pay page, the status route, the order pages and the mails. Pure: of() takes the attempt, where
 * the order stands and the time. It never says "paid" or "not paid" when nobody knows.
 */
final class Payment_View {

	/** Nothing was started yet. */
	public const NONE = 'none';
	/** Whether BonusPay took the request is not known. */
	public const CHECKING = 'checking';
	/** Pay here. */
	public const WAITING = 'waiting';
	/** Something came in: pay the rest here. */
	public const PARTIAL = 'partial';
	/** The time is over; BonusPay has not said yet what came of it. */
	public const CLOSING = 'closing';
	/** Enough came in; BonusPay has not called it paid yet. */
	public const CONFIRMING = 'confirming';
	public const PAID       = 'paid';
	public const UNDERPAID  = 'underpaid';
	public const REVIEW     = 'review';
	public const EXPIRED    = 'expired';
	public const FAILED     = 'failed';
	public const CANCELLED  = 'cancelled';
	public const REFUNDED   = 'refunded';
	/** Another payment of the order holds money that nobody has decided about: nothing more is asked for. */
	public const EARLIER = 'earlier';
	/** The order is paid by another payment. */
	public const SETTLED = 'settled';
	/** The order waits for no payment of ours any more. */
	public const CLOSED = 'closed';

	/**
	 * Keeps it.
	 *
	 * @param string   $state       One of the words above.
	 * @param string   $headline    A short line.
	 * @param string   $text        What it means and what to do.
	 * @param ?Attempt $attempt     What it was made of.
	 * @param bool     $may_requote Whether a new quote may be asked for.
	 * @param int      $now         When it was made.
	 */
	private function __construct(
		public readonly string $state,
		public readonly string $headline,
		public readonly string $text,
		public readonly ?Attempt $attempt,
		public readonly bool $may_requote,
		public readonly int $now,
	) {}

	/**
	 * For an order as it is now.
	 */
	public static function of_order( \WC_Order $order, ?Attempt $attempt ): self {
		if ( null === $attempt ) {
			$is_ours = Payment_Method::ID === $order->get_payment_method() && $order->needs_payment();
			return self::of( null, $is_ours ? Order_View::Open : Order_View::Not_Ours_To_Settle, false, time() );
		}
		$unsettled = Orders::is_paid( $order ) ? null : Orders::unsettled( $order, Attempts::of_order( $order->get_id() ) );
		return self::of( $attempt, Orders::view( $order, $attempt ), Payment_Service::may_requote( $attempt ), time(), $unsettled );
	}

	/**
	 * Decides what is shown.
	 *
	 * @param ?Attempt   $attempt     The attempt to show; null when nothing was started.
	 * @param Order_View $order       Where the order stands.
	 * @param bool       $may_requote Whether a new attempt may take its place.
	 * @param int        $now         Unix seconds.
	 * @param ?Attempt   $unsettled   The attempt of an unpaid order whose money nobody has decided about; it may be the same.
	 */
	public static function of( ?Attempt $attempt, Order_View $order, bool $may_requote, int $now, ?Attempt $unsettled = null ): self {
		$state                   = self::state( $attempt, $order, $now, $unsettled );
		list( $headline, $text ) = self::words( $state, self::EARLIER === $state ? $unsettled : $attempt );
		return new self(
			$state,
			$headline,
			$text,
			$attempt,
			$may_requote && in_array( $state, array( self::EXPIRED, self::FAILED, self::CANCELLED ), true ),
			$now
		);
	}

	/** Whether the shopper is asked for money now. */
	public function asks_for_money(): bool {
		return in_array( $this->state, array( self::WAITING, self::PARTIAL ), true );
	}

	/** Whether nothing changes any more unless a person does something: the page stops asking. */
	public function is_final(): bool {
		return ! in_array( $this->state, array( self::CHECKING, self::WAITING, self::PARTIAL, self::CLOSING, self::CONFIRMING ), true );
	}

	/** Whether another way to pay may be offered: not while money for this one may be on its way. */
	public function may_switch(): bool {
		return in_array( $this->state, array( self::NONE, self::WAITING, self::FAILED, self::CANCELLED ), true )
			&& null === $this->received()
			&& true !== $this->attempt?->has_expired( $this->now );
	}

	/** 'good', 'bad', 'wait' or 'calm': the colour; what it means is in the words, too. */
	public function tone(): string {
		return match ( $this->state ) {
			self::PAID, self::SETTLED, self::REFUNDED                   => 'good',
			self::PARTIAL, self::UNDERPAID, self::REVIEW, self::CLOSING, self::EARLIER => 'wait',
			self::EXPIRED, self::FAILED, self::CANCELLED, self::CLOSED  => 'bad',
			default                                                     => 'calm',
		};
	}

	/** Whether the shopper pays on BonusPay's page. */
	public function is_hosted(): bool {
		return null !== $this->attempt && 'hosted' === $this->attempt->scene;
	}

	/** What to send now, of the coin; null when nothing, or when it is not known. */
	public function amount(): ?string {
		return $this->asks_for_money() && null !== $this->attempt->due
			? self::scaled( $this->attempt->remaining(), $this->attempt->due )
			: null;
	}

	/** Where to send it, on this site. */
	public function address(): ?string {
		return $this->asks_for_money() && ! $this->is_hosted() ? $this->attempt->address : null;
	}

	/** BonusPay's page, while it is to be paid there. */
	public function checkout_url(): ?string {
		return $this->asks_for_money() && $this->is_hosted() ? $this->attempt->checkout_url : null;
	}

	/** What came in, of the coin; null when nothing. */
	public function received(): ?string {
		return null === $this->attempt || 0 === Decimal::compare( $this->attempt->received, '0' )
			? null
			: self::scaled( $this->attempt->received, $this->attempt->due );
	}

	/** How long the price holds; null when nothing is to be paid. */
	public function seconds_left(): ?int {
		return $this->asks_for_money() ? max( 0, $this->attempt->expires_at - $this->now ) : null;
	}

	/** The coin and the network in words, such as 'USDT on the TRON network (TRC-20)'. */
	public function coin_phrase(): string {
		return null === $this->attempt ? '' : Network::phrase( $this->attempt->coin, $this->attempt->network );
	}

	/** Changes when the page must show something else. */
	public function revision(): string {
		$attempt = $this->attempt;
		return hash(
			'crc32b',
			implode(
				'|',
				array(
					$this->state,
					$attempt?->id,
					$attempt?->due,
					$attempt?->received,
					$attempt?->address,
					$attempt?->checkout_url,
					(int) $this->may_requote,
				)
			)
		);
	}

	/** What the status route tells: nothing that the page does not show. */
	public function to_array(): array {
		return array(
			'state'        => $this->state,
			'revision'     => $this->revision(),
			'headline'     => $this->headline,
			'text'         => $this->text,
			'coin'         => $this->attempt?->coin,
			'network'      => $this->attempt?->network,
			'due'          => self::EARLIER === $this->state ? null : $this->attempt?->due,
			'received'     => $this->received(),
			'amount'       => $this->amount(),
			'address'      => $this->address(),
			'expires_at'   => $this->asks_for_money() ? $this->attempt->expires_at : null,
			'seconds_left' => $this->seconds_left(),
			'is_final'     => $this->is_final(),
			'may_requote'  => $this->may_requote,
		);
	}

	/** The word for it. The order comes before an attempt that a person had to look at: the shop may have settled it since. */
	private static function state( ?Attempt $attempt, Order_View $order, int $now, ?Attempt $unsettled ): string {
		$is       = static fn( Attempt_State $state ): bool => $state === $attempt?->state;
		$is_other = null !== $unsettled && $unsettled->id !== $attempt?->id;
		return match ( true ) {
			$is( Attempt_State::Paid )                   => null === $unsettled || $is_other ? self::PAID : self::REVIEW,
			$is( Attempt_State::Refunded )               => self::REFUNDED,
			$is_other && Order_View::Not_Ours_To_Settle !== $order => self::EARLIER,
			Order_View::Paid_By_This === $order,
			Order_View::Paid_By_Other_Attempt === $order => self::SETTLED,
			Order_View::Not_Ours_To_Settle === $order    => self::CLOSED,
			$is( Attempt_State::Underpaid )              => self::UNDERPAID,
			$is( Attempt_State::Review )                 => self::REVIEW,
			Order_View::Cancelled === $order             => self::CLOSED,
			null === $attempt                            => self::NONE,
			$is( Attempt_State::Expired )                => self::EXPIRED,
			$is( Attempt_State::Failed )                 => self::FAILED,
			$is( Attempt_State::Cancelled )              => self::CANCELLED,
			'0' === $attempt->remaining()                => self::CONFIRMING,
			$attempt->cancel_asked                       => self::CLOSING,
			$attempt->has_expired( $now )                => self::CLOSING,
			! self::is_payable( $attempt )               => self::CHECKING,
			$is( Attempt_State::Partial )                => self::PARTIAL,
			default                                      => self::WAITING,
		};
	}

	/** Whether it is known what to pay and where. */
	private static function is_payable( Attempt $attempt ): bool {
		if ( Attempt_State::Saved === $attempt->state ) {
			return false;
		}
		return 'hosted' === $attempt->scene
			? null !== $attempt->checkout_url
			: null !== $attempt->address && null !== $attempt->due;
	}

	/** The headline and the text. */
	private static function words( string $state, ?Attempt $attempt ): array {
		return match ( $state ) {
			self::NONE       => array(
				__( 'No payment has been started', 'bonuspay-for-woocommerce' ),
				__( 'Choose how to pay, and a payment is prepared for you.', 'bonuspay-for-woocommerce' ),
			),
			self::CHECKING   => array(
				__( 'We are checking your payment request', 'bonuspay-for-woocommerce' ),
				__( 'Please do not pay twice. This usually takes less than a minute; this page shows what to do as soon as it is known.', 'bonuspay-for-woocommerce' ),
			),
			self::WAITING    => array(
				__( 'Waiting for your payment', 'bonuspay-for-woocommerce' ),
				'hosted' === $attempt->scene
					? __( 'You pay on BonusPay’s page. If you have paid there already, you need not do anything: this page goes on as soon as the payment is confirmed.', 'bonuspay-for-woocommerce' )
					: __( 'Send the exact amount in one payment. A payment counts when the network has confirmed it, which can take some minutes.', 'bonuspay-for-woocommerce' ),
			),
			self::PARTIAL    => array(
				__( 'A part has arrived', 'bonuspay-for-woocommerce' ),
				self::after_received(
					$attempt,
					'hosted' === $attempt->scene
						? __( 'Please pay the rest on BonusPay’s page before the time is over.', 'bonuspay-for-woocommerce' )
						: __( 'Please send the rest to the same address before the time is over.', 'bonuspay-for-woocommerce' )
				),
			),
			self::CLOSING    => array(
				__( 'We are checking whether a payment has arrived', 'bonuspay-for-woocommerce' ),
				self::after_received(
					$attempt,
					__( 'Please send nothing more now. If you have already paid, you need not do anything: the payment is recognised when the network confirms it.', 'bonuspay-for-woocommerce' )
				),
			),
			self::CONFIRMING => array(
				__( 'We are confirming your payment', 'bonuspay-for-woocommerce' ),
				self::after_received(
					$attempt,
					__( 'Please send nothing more. This page goes on as soon as the payment is confirmed.', 'bonuspay-for-woocommerce' )
				),
			),
			self::PAID       => array(
				__( 'Payment received', 'bonuspay-for-woocommerce' ),
				self::is_overpaid( $attempt )
					? sprintf(
						/* translators: 1: amount that came in, 2: amount due, 3: coin. */
						__( 'Thank you. We received %1$s %3$s; %2$s %3$s was due. Please contact the shop about the difference.', 'bonuspay-for-woocommerce' ),
						self::scaled( $attempt->received, $attempt->due ),
						$attempt->due,
						$attempt->coin
					)
					: __( 'Thank you. You need not do anything else.', 'bonuspay-for-woocommerce' ),
			),
			self::UNDERPAID  => array(
				'0' === $attempt->remaining()
					? __( 'The shop is checking this payment', 'bonuspay-for-woocommerce' )
					: __( 'The amount is not complete', 'bonuspay-for-woocommerce' ),
				self::after_received(
					$attempt,
					__( 'The shop will contact you. Please send nothing more to this address.', 'bonuspay-for-woocommerce' )
				),
			),
			self::REVIEW     => array(
				__( 'The shop is checking this payment', 'bonuspay-for-woocommerce' ),
				self::after_received(
					$attempt,
					__( 'Please do not pay again. The shop looks at it and will contact you.', 'bonuspay-for-woocommerce' )
				),
			),
			self::EARLIER    => array(
				__( 'The shop is checking an earlier payment', 'bonuspay-for-woocommerce' ),
				ltrim(
					self::earlier_text( $attempt ) . ' '
						. __( 'Please send nothing more. The shop will contact you.', 'bonuspay-for-woocommerce' )
				),
			),
			self::EXPIRED    => array(
				__( 'The time for this payment is over', 'bonuspay-for-woocommerce' ),
				__( 'No payment has arrived so far. Please send nothing to the earlier address. If you have already paid, do not pay again: contact the shop.', 'bonuspay-for-woocommerce' ),
			),
			self::FAILED     => array(
				__( 'This payment could not be completed', 'bonuspay-for-woocommerce' ),
				__( 'No payment has arrived so far. Please send nothing for this request. If you have already paid, do not pay again: contact the shop.', 'bonuspay-for-woocommerce' ),
			),
			self::CANCELLED  => array(
				__( 'This payment was cancelled', 'bonuspay-for-woocommerce' ),
				__( 'Please send nothing to the earlier address. If you have already paid, contact the shop.', 'bonuspay-for-woocommerce' ),
			),
			self::REFUNDED   => array(
				__( 'The payment was given back', 'bonuspay-for-woocommerce' ),
				__( 'Please send nothing more for this order.', 'bonuspay-for-woocommerce' ),
			),
			self::SETTLED    => array(
				__( 'This order is already paid', 'bonuspay-for-woocommerce' ),
				__( 'Please send nothing more for this order. If you have paid twice, contact the shop.', 'bonuspay-for-woocommerce' ),
			),
			default          => array(
				__( 'This order is not waiting for a crypto payment', 'bonuspay-for-woocommerce' ),
				__( 'Please send nothing. If you have sent a crypto payment that the shop does not mention, contact the shop.', 'bonuspay-for-woocommerce' ),
			),
		};
	}

	/** What came in, then what to do. */
	private static function after_received( Attempt $attempt, string $text ): string {
		return ltrim( self::received_text( $attempt ) . ' ' . $text );
	}

	/** 'We received 12.80 of 12.81 USDT.'; empty when nothing came in. */
	private static function received_text( Attempt $attempt ): string {
		if ( 0 === Decimal::compare( $attempt->received, '0' ) ) {
			return '';
		}
		if ( null === $attempt->due ) {
			/* translators: 1: amount that came in, 2: coin. */
			return sprintf( __( 'We received %1$s %2$s.', 'bonuspay-for-woocommerce' ), $attempt->received, $attempt->coin );
		}
		return sprintf(
			/* translators: 1: amount that came in, 2: amount due, 3: coin. */
			__( 'We received %1$s of %2$s %3$s.', 'bonuspay-for-woocommerce' ),
			self::scaled( $attempt->received, $attempt->due ),
			$attempt->due,
			$attempt->coin
		);
	}

	/** 'We received 16.81 USDT for your earlier choice.'; empty when nobody knows how much it was. */
	private static function earlier_text( Attempt $earlier ): string {
		return 0 === Decimal::compare( $earlier->received, '0' )
			? ''
			: sprintf(
				/* translators: 1: amount that came in, 2: coin. */
				__( 'We received %1$s %2$s for your earlier choice.', 'bonuspay-for-woocommerce' ),
				self::scaled( $earlier->received, $earlier->due ),
				$earlier->coin
			);
	}

	/** Whether more came in than was due. */
	private static function is_overpaid( Attempt $attempt ): bool {
		return null !== $attempt->due && Decimal::compare( $attempt->received, $attempt->due ) > 0;
	}

	/** An amount with at least as many places as the amount due: '12.80' of '12.81'. */
	private static function scaled( string $amount, ?string $due ): string {
		$places  = strlen( explode( '.', $due . '.' )[1] );
		$missing = $places - strlen( explode( '.', $amount . '.' )[1] );
		return $missing <= 0 ? $amount : $amount . ( str_contains( $amount, '.' ) ? '' : '.' ) . str_repeat( '0', $missing );
	}
}
