<?php
/**
 * Payments: from the order to BonusPay and back.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Payment;

use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Decision\Decision;
use BonusPay\WooCommerce\Decision\Identity_Check;
use BonusPay\WooCommerce\Decision\Order_View;
use BonusPay\WooCommerce\Decision\Snapshot;
use BonusPay\WooCommerce\Decision\State_Table;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Transaction;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Order\Effect_Runner;
use BonusPay\WooCommerce\Order\Effects;
use BonusPay\WooCommerce\Order\Merchant_Notes;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Schedule;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Everything that asks BonusPay about an attempt goes through here, whoever causes it: checkout, notification, return,
 * poll, queue, button. What BonusPay says becomes a Snapshot, the state table decides, and the decision is stored under
 * the order's lock. No call happens inside the lock, none is repeated here: the library repeats what may be repeated.
 */
final class Payment_Service {

	/** A shopper's page may cause one question in so many seconds. */
	private const POLL_SECONDS = 5;
	/** A quote that ends sooner is not shown again as new. */
	private const FRESH_SECONDS = 120;

	/** Money for an earlier choice is looked for so soon after another was made. */
	private const EARLIER_SECONDS = 60;

	/** One press of a button asks about so many attempts. */
	private const CHECKS_MAX = 5;

	/** RATE_LIMIT_REJECT was answered. */
	private static bool $is_to_slow_down = false;

	/** What this process was told, attempt => BonusPay's state of it. */
	private static array $known = array();

	/**
	 * Gives the shopper something to pay: the live attempt again, or a new one when all earlier ones are dead for certain.
	 *
	 * @throws Payment_Problem With a text for the shopper.
	 */
	public static function start( \WC_Order $order, string $coin, string $network ): Attempt {
		for ( $round = 0; $round < 3; $round++ ) {
			$attempts = Attempts::of_order( $order->get_id() );
			self::refuse_second_payment( Orders::fresh( $order->get_id() ) ?? $order, $attempts );
			$live = self::unfinished( $order, $attempts );
			if ( null === $live ) {
				// The number follows from the list that showed no live one: who is slower finds it taken.
				$new = self::store_new( $order, 1 + ( $attempts[0]->number ?? 0 ), $coin, $network );
				if ( null !== $new ) {
					return self::place( $new );
				}
				continue;
			}
			if (
				self::is_for( $live, $order, $coin, $network )
				|| in_array( $live->state, array( Attempt_State::Partial, Attempt_State::Paid ), true )
			) {
				return self::has_place( $live ) ? $live : self::place( $live );
			}
			// After its time money may be on its way: then BonusPay says how it ends.
			$is_dead = Attempt_State::Waiting === $live->state && $live->has_expired( time() )
				? self::is_dead_now( $live )
				: self::retire( $live );
			if ( ! $is_dead ) {
				throw self::checking();
			}
		}
		throw self::checking();
	}

	/** The attempt to show: the live one, else the newest. */
	public static function current( int $order_id ): ?Attempt {
		return self::live( $order_id ) ?? Attempts::of_order( $order_id )[0] ?? null;
	}

	/** Whether a new quote may replace this attempt. */
	public static function may_requote( Attempt $attempt ): bool {
		$order = Orders::fresh( $attempt->order_id );
		return $attempt->state->is_dead()
			&& 0 === Decimal::compare( $attempt->received, '0' )
			&& Order_View::Open === Orders::view( $order, $attempt )
			&& null === self::live( $attempt->order_id )
			&& null === Orders::unsettled( $order, Attempts::of_order( $attempt->order_id ) );
	}

	/** Asks for a shopper who waits: once in some seconds, however many pages are open. Gives what is known now. */
	public static function check_for_shopper( Attempt $attempt ): Attempt {
		if ( in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true ) ) {
			return $attempt;
		}
		$is_to_place = self::is_to_place( $attempt );
		// What was sent before is bounded where it is sent again.
		if ( ( $is_to_place && $attempt->sent_at > 0 ) || Attempts::may_ask( $attempt, time(), self::POLL_SECONDS ) ) {
			$is_to_place ? self::try_to_place( $attempt ) : self::check( $attempt );
		}
		return Attempts::find( $attempt->id ) ?? $attempt;
	}

	/** Asks Get Order, the only proof, and stores what follows from it. */
	public static function check( Attempt $attempt, int $deadline_ms = 8000 ): Query_Result {
		$asked = microtime( true );
		try {
			$backend = Backends::for_mode( $attempt->mode, $deadline_ms );
			$answer  = $backend->get_order( $attempt->merchant_order_no );
		} catch ( Backend_Error $error ) {
			self::log_failure( 'get_order', $attempt, $error, $asked );
			return $error->says_not_there() && null === $attempt->order_no ? Query_Result::Not_There : Query_Result::Failed;
		}
		self::log_success( 'get_order', $attempt, $answer, $asked );
		return 'succeeded' === $answer->state
			? self::record( $attempt, $answer, null )
			: self::check_deposits( $attempt, $answer, $backend );
	}

	/**
	 * Asks for a person about every attempt of an order that may still be paid; when there is none, about the newest, since
	 * money may come late.
	 *
	 * @return string The worst that came of it: 'failed', 'busy', 'not_there' or 'told'; 'none' when nothing was begun.
	 */
	public static function check_order( int $order_id ): string {
		$attempts = Attempts::of_order( $order_id );
		$open     = array_filter(
			$attempts,
			static fn( Attempt $attempt ): bool => ! $attempt->state->is_dead()
				&& ! in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true )
		);
		$results  = array();
		foreach ( array_slice( array() === $open ? array_slice( $attempts, 0, 1 ) : $open, 0, self::CHECKS_MAX ) as $attempt ) {
			$results[] = match ( self::check( $attempt ) ) {
				Query_Result::Answered  => 'told',
				Query_Result::Not_There => 'not_there',
				Query_Result::Busy      => 'busy',
				Query_Result::Failed    => 'failed',
			};
		}
		return array_values( array_intersect( array( 'failed', 'busy', 'not_there', 'told' ), $results ) )[0] ?? 'none';
	}

	/** Takes an answer with what was deposited, which Get Order does not tell before an order is paid. */
	private static function check_deposits( Attempt $attempt, Verified_Message $answer, Backend $backend ): Query_Result {
		$asked = microtime( true );
		try {
			return self::record( $attempt, $answer, $backend->payment_events( $attempt->merchant_order_no ) );
		} catch ( Backend_Error $error ) {
			self::log_failure( 'payment_events', $attempt, $error, $asked );
			if ( 'failed' !== $answer->state ) {
				// It is there, and waits; an end is not believed before it is known whether money came.
				self::record( $attempt, $answer, null );
			}
			return Query_Result::Failed;
		}
	}

	/** What Get Order does not tell of a dead attempt: money that came after its end. False when nobody knows. */
	public static function check_for_late_money( Attempt $attempt ): bool {
		try {
			$events = Backends::for_mode( $attempt->mode )->payment_events( $attempt->merchant_order_no );
		} catch ( Backend_Error $error ) {
			self::log_failure( 'payment_events', $attempt, $error, microtime( true ) );
			return $error->says_not_there();
		}
		list( $deposited, $is_other ) = self::sum( $attempt, $events );
		$is_more                      = Decimal::compare( $deposited, $attempt->received ) > 0 || $is_other;
		return ! $is_more || Query_Result::Answered === self::check( $attempt );
	}

	/** What runs effects: one of them asks BonusPay. */
	public static function effects(): Effect_Runner {
		return new Effect_Runner( self::accept( ... ) );
	}

	/** Takes what came in as enough, when the owner's tolerance allows: BonusPay must say so before the order completes. */
	public static function accept( Attempt $attempt ): void {
		try {
			Backends::for_mode( $attempt->mode )->accept_order( $attempt->merchant_order_no );
		} catch ( Backend_Error $error ) {
			// Whatever it says: Get Order is the proof.
			self::log_failure( 'accept_order', $attempt, $error, microtime( true ) );
		}
		self::check( $attempt );
	}

	/** The merchant takes what came in, whatever the tolerance: the order completes when Get Order says that it is paid. */
	public static function accept_as_paid( Attempt $attempt ): bool {
		$order = Orders::fresh( $attempt->order_id );
		if ( null === $order || ( ! $attempt->accepted && ! Attempts::change( $attempt, array( 'accepted' => 1 ) ) ) ) {
			return false;
		}
		Orders::accept( $attempt, $order );
		$user = wp_get_current_user()->user_login;
		Merchant_Notes::note_once(
			$attempt,
			'accepted',
			sprintf(
				/* translators: 1: an amount, 2: a coin, 3: who. */
				__( '%1$s %2$s were taken as full payment by %3$s.', 'bonuspay-for-woocommerce' ),
				$attempt->received,
				$attempt->coin,
				$user
			)
		);
		$key = Effects::key( Effect::Complete, $attempt->received );
		if ( Attempt_State::Paid !== $attempt->state ) {
			self::accept( Attempts::find( $attempt->id ) );
		} elseif ( Effect_Claims::claim( $attempt, $key, time() ) ) {
			self::effects()->run( $attempt->id, $key );
		}
		$order = Orders::fresh( $attempt->order_id );
		return null !== $order && Orders::is_paid( $order );
	}

	/** Makes a live attempt dead for certain, by Cancel and then Get Order. False while that is not so. */
	public static function retire( Attempt $attempt ): bool {
		if ( 0 === $attempt->sent_at ) {
			// Whoever would send it now finds another version of the row.
			return self::give_up( $attempt, Attempt_State::Cancelled, 'Never sent.' );
		}
		if ( ! $attempt->cancel_asked && ! Attempts::change( $attempt, array( 'cancel_asked' => 1 ) ) ) {
			return false;
		}
		try {
			Backends::for_mode( $attempt->mode )->cancel_order( $attempt->merchant_order_no );
		} catch ( Backend_Error $error ) {
			self::log_failure( 'cancel_order', $attempt, $error, microtime( true ) );
		}
		$attempt = Attempts::find( $attempt->id ) ?? $attempt;
		if ( Query_Result::Not_There === self::check( $attempt ) ) {
			// It may be on its way, and cannot be cancelled before it is there: place it, to cancel it the next time.
			self::try_to_place( $attempt );
		}
		return Attempts::find( $attempt->id )?->state->is_dead() ?? false;
	}

	/** Whether BonusPay says that nothing will come of an attempt. */
	private static function is_dead_now( Attempt $attempt ): bool {
		self::check( $attempt );
		return Attempts::find( $attempt->id )?->state->is_dead() ?? false;
	}

	/**
	 * Stores what a signed answer says of an attempt.
	 *
	 * @param Attempt          $attempt As it was when BonusPay was asked.
	 * @param Verified_Message $answer  Of Place Order or Get Order.
	 * @param ?array           $events  Of Get PaymentEventList; null when it was not asked.
	 * @param array            $more    Other columns to store with it.
	 */
	private static function record( Attempt $attempt, Verified_Message $answer, ?array $events, array $more = array() ): Query_Result {
		$mismatch = Identity_Check::problem( $attempt, $answer );
		if ( '' !== $mismatch ) {
			Log::warning( 'answer_not_ours', self::facts( $attempt ) + array( 'why' => $mismatch ) );
			Merchant_Notes::note_once( $attempt, 'stranger', $mismatch );
			return Query_Result::Failed;
		}
		self::$known[ $attempt->id ] = $answer->state;
		return self::settle( $attempt->id, self::snapshot( $attempt, $answer, $events ), $more )
			? Query_Result::Answered
			: Query_Result::Busy;
	}

	/**
	 * The one place where an attempt's state changes: under the order's lock, from the row and the order as they are now,
	 * in one transaction with the claims of what else is to be done. That is done afterwards, without the lock.
	 */
	private static function settle( int $attempt_id, Snapshot $seen, array $more ): bool {
		$order_id = Attempts::find( $attempt_id )?->order_id;
		$lock     = null === $order_id ? null : Order_Lock::acquire( $order_id );
		if ( null === $lock ) {
			return false;
		}
		try {
			$attempt  = Attempts::find( $attempt_id );
			$decision = State_Table::decide(
				$attempt,
				$seen,
				Orders::view( Orders::fresh( $order_id ), $attempt ),
				Settings::get()->policy()
			);
			$claimed  = self::store( $attempt, $seen, $decision, $more, $lock->fence );
		} finally {
			$lock->release();
		}
		foreach ( $claimed ?? array() as $effect ) {
			self::effects()->run( $attempt_id, $effect );
		}
		$live = null !== $claimed && Decimal::compare( $decision->received, $attempt->received ) > 0 ? self::live( $order_id ) : null;
		if ( null !== $live && $live->id !== $attempt_id ) {
			Attempts::poll_soon( $order_id, time() ); // Nothing more is to be paid: the queue cancels it.
		}
		return null !== $claimed;
	}

	/** Null when another worker changed the attempt: then nothing is stored, and nothing is claimed. */
	private static function store( Attempt $attempt, Snapshot $seen, Decision $decision, array $more, int $fence ): ?array {
		$changes = array(
			'state'    => $decision->state->value,
			'received' => $decision->received,
			'reason'   => '' === $decision->reason ? $attempt->reason : $decision->reason,
		) + $more;
		if ( null === $attempt->due && $seen->total_currency === $attempt->coin && null !== $seen->total ) {
			$changes['due'] = $seen->total;
		}
		if ( null === $attempt->order_no && null !== $seen->order_no ) {
			$changes['order_no'] = $seen->order_no;
		}
		if ( null !== $seen->expires_at ) {
			$changes['expires_at'] = $seen->expires_at;
		}
		if ( null !== $seen->tx_hash ) {
			$changes['tx_hash'] = $seen->tx_hash;
		}
		$claimed = Transaction::run(
			static fn(): ?array => Attempts::change( $attempt, $changes, $fence ) ? self::claim( $attempt, $decision ) : null
		);
		if ( null !== $claimed && $attempt->state !== $decision->state ) {
			Log::info( 'attempt_' . $decision->state->value, self::facts( $attempt ) + array( 'was' => $attempt->state->value ) );
		}
		return $claimed;
	}

	/** Claims what else is to be done. Null when the database refused it, and so undid everything. */
	private static function claim( Attempt $attempt, Decision $decision ): ?array {
		$claimed = array();
		foreach ( $decision->effects as $effect ) {
			$key = Effects::key( $effect, $decision->received );
			$won = Effect_Claims::claim( $attempt, $key, time() );
			if ( null === $won ) {
				return null;
			}
			if ( $won ) {
				$claimed[] = $key;
			}
		}
		return $claimed;
	}

	/** Reads an answer whose identity was compared. */
	private static function snapshot( Attempt $attempt, Verified_Message $answer, ?array $events ): Snapshot {
		$of                           = static fn( string $name ): ?string => $answer->get( '/acquireOrder/' . $name );
		$amount                       = static fn( ?string $text ): ?string => null !== $text && Decimal::is_valid( $text ) ? $text : null;
		list( $deposited, $is_other ) = null === $events ? array( null, false ) : self::sum( $attempt, $events );
		$expires                      = $of( 'expiredTime' );
		$ref                          = $amount( $of( 'refAmount/refAmount/amount' ) );
		return new Snapshot(
			status: $answer->state,
			total: $amount( $of( 'totalAmount/amount' ) ),
			total_currency: $of( 'totalAmount/currency' ),
			paid: $amount( $of( 'paymentInfo/paidAmount/amount' ) ),
			paid_currency: $of( 'paymentInfo/paidAmount/currency' ),
			deposited: $deposited,
			has_other_deposit: $is_other,
			expires_at: null !== $expires && Decimal::is_digits( $expires ) ? intdiv( (int) $expires, 1000 ) : null,
			now: time(),
			order_no: $of( 'orderNo' ),
			tx_hash: $of( 'paymentInfo/txHash' ) ?? ( $events[0]['tx_hash'] ?? null ),
			is_ref_amount_ours: null !== $ref
				&& $of( 'refAmount/refAmount/currency' ) === $attempt->currency
				&& 0 === Decimal::compare( $ref, $attempt->price ),
		);
	}

	/** What the payment events come to in the attempt's coin and network, and whether there are others. */
	private static function sum( Attempt $attempt, array $events ): array {
		$sum      = '0';
		$is_other = false;
		foreach ( $events as $event ) {
			$is_ours = $event['currency'] === $attempt->coin && ( '' === $attempt->network || $event['network'] === $attempt->network );
			if ( $is_ours && Decimal::is_valid( $event['amount'] ) ) {
				$sum = Decimal::add( $sum, $event['amount'] );
			} else {
				$is_other = true;
			}
		}
		return array( $sum, $is_other );
	}

	/** The row is stored before anything is sent. Null when another tab was faster. */
	private static function store_new( \WC_Order $order, int $number, string $coin, string $network ): ?Attempt {
		$settings = Settings::get();
		try {
			$backend = Backends::for_mode( $settings->mode() );
		} catch ( Backend_Error $error ) {
			Log::error(
				'not_configured',
				array(
					'order' => $order->get_id(),
					'why'   => $error->getMessage(),
				)
			);
			throw self::unavailable();
		}
		Schedule::schedule();
		$new = Attempts::insert( Place_Request::row( $order, $settings, $backend->partner_id(), $number, $coin, $network, time() ) );
		if ( null !== $new && $number > 1 ) {
			Attempts::poll_earlier( $new, time() + self::EARLIER_SECONDS );
		}
		return $new;
	}

	/** Sends Place Order, for the first time or again with the same content: it is idempotent by its number. */
	private static function place( Attempt $attempt ): Attempt {
		$now      = time();
		$is_first = 0 === $attempt->sent_at;
		$is_ours  = $is_first
			? Attempts::change(
				$attempt,
				array(
					'sent_at'    => $now,
					'checked_at' => $now,
				)
			)
			: Attempts::may_ask( $attempt, $now, self::POLL_SECONDS );
		if ( ! $is_ours ) {
			throw self::checking(); // Another worker sends it at this moment, or did just now.
		}
		$asked = microtime( true );
		try {
			$answer = Backends::for_mode( $attempt->mode )->place_order( json_decode( $attempt->request, true ) );
		} catch ( Backend_Error $error ) {
			self::log_failure( 'place_order', $attempt, $error, $asked );
			throw self::after_failed_place( Attempts::find( $attempt->id ) ?? $attempt, $error, $is_first );
		}
		self::log_success( 'place_order', $attempt, $answer, $asked );
		$attempt = Attempts::find( $attempt->id );
		$known   = self::record( $attempt, $answer, null, Place_Request::payable( $attempt, $answer ) );
		$placed  = Attempts::find( $attempt->id );
		if ( Query_Result::Answered !== $known || null === $placed ) {
			throw self::checking();
		}
		if ( 'onsite' === $placed->scene && null === $placed->due ) {
			self::check( $placed );
			$placed = Attempts::find( $attempt->id );
		}
		if ( ! self::has_place( $placed ) ) {
			Merchant_Notes::note_once(
				$placed,
				'no_place_to_pay',
				'BonusPay took the order, but its answer lacks what a shopper needs to pay: the address, the amount, or the page.'
			);
			throw self::checking();
		}
		return $placed;
	}

	/** What a failed Place Order means for the attempt and for the shopper. */
	private static function after_failed_place( Attempt $attempt, Backend_Error $error, bool $is_first ): Payment_Problem {
		if ( 'mismatch' === $error->kind || Backend_Error::REJECTED === $error->outcome ) {
			Merchant_Notes::note_once( $attempt, 'refused', $error->getMessage() );
		}
		if ( Backend_Error::UNKNOWN === $error->outcome ) {
			Attempts::poll_soon( $attempt->order_id, time() + 30 );
			return self::checking();
		}
		if ( ! $is_first || in_array( $error->api_code, array( '77001', '77002', '77003' ), true ) ) {
			return self::after_failed_repeat( $attempt );
		}
		$is_final = 'argument' === $error->kind
			|| ( Backend_Error::REJECTED === $error->outcome && ! in_array( $error->api_code, array( '402', '403', '404' ), true ) );
		if ( $is_final ) {
			// The same content will always be refused: the next try needs a new attempt.
			self::give_up( $attempt, Attempt_State::Failed, $error->getMessage() );
		} else {
			Attempts::change( $attempt, array( 'sent_at' => 0 ) );
		}
		return self::unavailable();
	}

	/** This sending came to nothing, and an earlier one may have come to something: Get Order says what. */
	private static function after_failed_repeat( Attempt $attempt ): Payment_Problem {
		if (
			Query_Result::Not_There === self::check( $attempt )
			&& $attempt->has_expired( time() )
			&& self::give_up( $attempt, Attempt_State::Failed, 'BonusPay never took it.' )
		) {
			return self::unavailable();
		}
		Attempts::poll_soon( $attempt->order_id, time() + 30 );
		return self::checking();
	}

	/** Places it, when that is to be had now; whatever comes of it is stored. */
	private static function try_to_place( Attempt $attempt ): void {
		try {
			self::place( $attempt );
		} catch ( Payment_Problem ) {
			return;
		}
	}

	/** Whether a shopper who waits needs Place Order (again): only its answer tells where to pay. */
	private static function is_to_place( Attempt $attempt ): bool {
		return ! self::has_place( $attempt )
			&& ! $attempt->cancel_asked
			&& ! $attempt->has_expired( time() )
			&& Order_View::Open === Orders::view( Orders::fresh( $attempt->order_id ), $attempt );
	}

	/** Whether all is known that a shopper needs to pay it, as far as there is something to pay. */
	private static function has_place( Attempt $attempt ): bool {
		if ( ! $attempt->state->is_live() ) {
			return true;
		}
		$is_known = 'onsite' === $attempt->scene ? null !== $attempt->address && null !== $attempt->due : null !== $attempt->checkout_url;
		return Attempt_State::Saved !== $attempt->state && $is_known;
	}

	/** Ends an attempt that BonusPay does not have. */
	private static function give_up( Attempt $attempt, Attempt_State $state, string $reason ): bool {
		return Attempts::change(
			$attempt,
			array(
				'state'         => $state->value,
				'reason'        => mb_substr( $reason, 0, 250 ),
				'next_check_at' => null,
			)
		);
	}

	/** Ends an attempt for the queue, and tells the merchant when a person must look. */
	public static function end( Attempt $attempt, Attempt_State $state, string $reason ): void {
		if ( self::give_up( $attempt, $state, $reason ) && Attempt_State::Review === $state ) {
			$key = Effects::key( Effect::Hold_Review, $attempt->received );
			if ( Effect_Claims::claim( $attempt, $key, time() ) ) {
				self::effects()->run( $attempt->id, $key );
			}
		}
	}

	private static function live( int $order_id ): ?Attempt {
		foreach ( Attempts::of_order( $order_id ) as $attempt ) {
			if ( $attempt->state->is_live() ) {
				return $attempt;
			}
		}
		return null;
	}

	/** Money that came in for an order is not asked for again: a person decides about it first. */
	private static function refuse_second_payment( \WC_Order $order, array $attempts ): void {
		if ( null !== Orders::unsettled( $order, $attempts ) ) {
			throw new Payment_Problem(
				__( 'We have received something for this order already. The shop will contact you; please do not pay again.', 'bonuspay-for-woocommerce' ),
				true
			);
		}
	}

	/** The attempt that forbids another one: a live one, or one that is paid and did not go back. */
	private static function unfinished( \WC_Order $order, array $attempts ): ?Attempt {
		foreach ( $attempts as $attempt ) {
			if (
				$attempt->state->is_live()
				|| ( Attempt_State::Paid === $attempt->state && ! Orders::share( $order, $attempt )->is_returned() )
			) {
				return $attempt;
			}
		}
		return null;
	}

	/** Whether an attempt still is what the order needs. */
	private static function is_for( Attempt $attempt, \WC_Order $order, string $coin, string $network ): bool {
		$settings = Settings::get();
		return ! $attempt->cancel_asked
			&& $attempt->mode === $settings->mode()
			&& $attempt->scene === $settings->scene()
			&& $attempt->coin === $coin
			&& $attempt->network === $network
			&& Orders::matches( $attempt, $order )
			&& ( Attempt_State::Saved === $attempt->state || $attempt->expires_at > time() + self::FRESH_SECONDS );
	}

	private static function checking(): Payment_Problem {
		return new Payment_Problem(
			__( 'We are checking your payment request. Please do not pay twice; try again in a minute.', 'bonuspay-for-woocommerce' ),
			true
		);
	}

	private static function unavailable(): Payment_Problem {
		return new Payment_Problem(
			__( 'Crypto payment is not available right now. You have not been charged. Try again or choose another method.', 'bonuspay-for-woocommerce' )
		);
	}

	private static function facts( Attempt $attempt ): array {
		return array(
			'order'  => $attempt->order_id,
			'number' => $attempt->merchant_order_no,
			'mode'   => $attempt->mode,
		);
	}

	/** Whether BonusPay has asked this process to slow down: the queue's round ends then. */
	public static function is_to_slow_down(): bool {
		return self::$is_to_slow_down;
	}

	/** What BonusPay said of an attempt last in this process: 'pending', 'succeeded', 'failed', 'refunded', 'unknown'; '' when nothing. */
	public static function known_state( Attempt $attempt ): string {
		return self::$known[ $attempt->id ] ?? '';
	}

	private static function log_failure( string $call, Attempt $attempt, Backend_Error $error, float $asked ): void {
		self::$is_to_slow_down = self::$is_to_slow_down || '402' === $error->api_code;
		Log::warning(
			$call . '_failed',
			self::facts( $attempt ) + array(
				'outcome' => $error->outcome,
				'code'    => $error->api_code,
				'trace'   => $error->trace_code,
				'ms'      => (int) ( ( microtime( true ) - $asked ) * 1000 ),
				'why'     => $error->getMessage(),
			)
		);
	}

	private static function log_success( string $call, Attempt $attempt, Verified_Message $answer, float $asked ): void {
		Log::debug(
			$call,
			self::facts( $attempt ) + array(
				'state' => $answer->state,
				'ms'    => (int) ( ( microtime( true ) - $asked ) * 1000 ),
			)
		);
	}
}
