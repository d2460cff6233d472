<?php
/**
 * What BonusPay's notifications come to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Decision\Identity_Check;
use BonusPay\WooCommerce\Health\Webhook_Self_Check;
use BonusPay\WooCommerce\Http;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Order\Effects;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Query_Result;
use BonusPay\WooCommerce\Runtime;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Sender_Allowlist;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Verify → store → ask Get Order → change → acknowledge. A notification is a hint: it moves nothing by itself. The answer
 * is the seven bytes that BonusPay waits for, and only when what changed is stored; anything else makes it tell again.
 */
final class Notification_Endpoint {

	private const ROUTE     = '/bonuspay/v1/callback';
	private const MAX_BYTES = 65536;

	/** All methods are ours to answer; the work is done before REST would read the body, in answer_rest_early(). */
	public static function register_route(): void {
		register_rest_route(
			'bonuspay/v1',
			'/callback',
			array(
				'methods'             => \WP_REST_Server::ALLMETHODS,
				'permission_callback' => '__return_true',
				'callback'            => array( self::class, 'answer' ),
			)
		);
	}

	/** REST answers JSON, and refuses a body that is none before we see it. */
	public static function answer_rest_early( \WP $wp ): void {
		if ( untrailingslashit( (string) ( $wp->query_vars['rest_route'] ?? '' ) ) === self::ROUTE ) {
			self::answer();
		}
	}

	/** Answers the request, and ends it. */
	public static function answer(): never {
		// If anything ends this process from here on, BonusPay is to tell again.
		status_header( 503 );
		Http::no_cache();
		Runtime::keep_running();
		ob_start();
		$status = self::status( (string) ( $_SERVER['REQUEST_METHOD'] ?? '' ), static fn(): string => (string) file_get_contents( 'php://input', false, null, 0, self::MAX_BYTES + 1 ) ); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
		// Whatever another plugin printed is not for BonusPay.
		Http::end_buffers();
		status_header( $status );
		Http::no_cache();
		header( 'Content-Type: text/plain; charset=utf-8' );
		if ( 405 === $status ) {
			header( 'Allow: POST' );
		}
		$mark = Webhook_Self_Check::mark( self::header( 'BONUSPAY_TEST' ) );
		if ( null !== $mark ) {
			header( $mark );
		}
		$answer = 200 === $status ? 'SUCCESS' : 'FAIL';
		header( 'Content-Length: ' . strlen( $answer ) );
		echo $answer; // phpcs:ignore WordPress.Security.EscapeOutput -- one of two words.
		Runtime::finish_request(); // What others print at the end is not for BonusPay either.
		exit;
	}

	/** The HTTP status; 200 is SUCCESS and nothing else is. */
	private static function status( string $method, callable $read ): int {
		if ( 'POST' !== $method ) {
			return 405;
		}
		$settings = Settings::get();
		if ( ! Sender_Allowlist::is_allowed( $_SERVER, $settings->allowed_senders(), $settings->trusted_proxies() ) ) {
			self::log_refusal( 403 );
			return 403;
		}
		if ( (int) ( $_SERVER['CONTENT_LENGTH'] ?? 0 ) > self::MAX_BYTES ) {
			return 413;
		}
		$body = $read();
		if ( strlen( $body ) > self::MAX_BYTES ) {
			return 413;
		}
		if ( '' === $body || self::header( 'CONTENT_ENCODING' ) ) {
			return 400;
		}
		try {
			return self::handle( $body, self::header( 'SIGN' ) ?? '', self::header( 'PARTNER_ID' ) );
		} catch ( \Throwable $error ) {
			Log::error( 'notification_failed', array( 'why' => $error->getMessage() ) );
			return 503;
		}
	}

	private static function handle( string $body, string $sign, ?string $partner_id ): int {
		$problem = 503; // Without keys nobody can verify: BonusPay is to tell again when the owner has set them.
		foreach ( array_unique( array( Settings::get()->mode(), 'live', 'test' ) ) as $mode ) {
			try {
				$event = Backends::verifier( $mode )->verify_notification( $body, $sign, $partner_id );
				return self::take( $mode, $event, $body );
			} catch ( Backend_Error $error ) {
				if ( 'config' !== $error->kind ) {
					$problem = 'protocol' === $error->kind || 'mismatch' === $error->kind ? 400 : ( 400 === $problem ? 400 : 401 );
				}
			}
		}
		if ( 503 !== $problem ) {
			self::log_refusal( $problem );
		}
		return $problem;
	}

	/** One line of about a hundred: whoever sends forgeries must not fill the disk. */
	private static function log_refusal( int $status ): void {
		if ( 1 === random_int( 1, 100 ) ) {
			Log::warning( 'notifications_refused', array( 'status' => $status, 'about' => 100 ) );
		}
	}

	/** A genuine notification. */
	private static function take( string $mode, Verified_Message $event, string $body ): int {
		if ( 'refund' === $event->kind ) {
			return Refund_Notifications::take( $mode, $event, $body );
		}
		if ( 'order' !== $event->kind ) {
			Notification_Inbox::put( $event, $body, null, Notification_Inbox::UNUSED, time() );
			return 200;
		}
		$attempt = Attempts::by_merchant_order_no( (string) $event->get( '/acquireOrder/merchantOrderNo' ) );
		$problem = match ( true ) {
			null === $attempt        => 'No payment of this shop has this number.',
			$attempt->mode !== $mode => 'It is signed with the key of the other mode.',
			default                  => Identity_Check::problem( $attempt, $event ),
		};
		return self::receive( $event, $body, $attempt, $problem, static fn( object $row ): bool => self::confirm( $attempt, $row->id, $row->tries, $event->state ) );
	}

	/**
	 * Stores a genuine notification, and has it handled by one worker at a time; gives the HTTP status.
	 *
	 * @param Verified_Message $event   What was told.
	 * @param string           $body    As it came.
	 * @param ?Attempt         $attempt The payment that it names.
	 * @param string           $problem Why it is not ours; '' when it is.
	 * @param callable         $confirm Handles it, given its row.
	 */
	public static function receive( Verified_Message $event, string $body, ?Attempt $attempt, string $problem, callable $confirm ): int {
		if ( '' !== $problem ) {
			Notification_Inbox::put( $event, $body, null, Notification_Inbox::UNMATCHED, time() );
			Log::warning( 'notification_not_ours', array( 'why' => $problem ) );
			if ( null !== $attempt ) {
				Effects::note_once( $attempt, 'stranger', $problem );
			}
			return 400;
		}
		$row = Notification_Inbox::put( $event, $body, $attempt, Notification_Inbox::IS_NEW, time() );
		if ( Notification_Inbox::DONE === $row->state ) {
			return 200;
		}
		// When it is another worker's, that one is at it, or the queue will be.
		return $row->is_mine && $confirm( $row ) ? 200 : 503;
	}

	/**
	 * A person has an event handled once more: BonusPay is asked anew, and what is done already is not done twice. What fitted
	 * no payment is tried by its number, and stays as it is unless BonusPay confirms it for a payment of this shop.
	 *
	 * @return string 'done'; 'waiting': BonusPay could not be asked, or does not confirm it; 'busy': a worker is at it;
	 *                'unmatched'; 'unused'; 'gone': there is no such event, or its payment is gone.
	 */
	public static function replay( int $event_id ): string {
		$event = Notification_Inbox::find( $event_id );
		if ( null === $event || Notification_Inbox::UNUSED === $event->state ) {
			return null === $event ? 'gone' : 'unused';
		}
		$is_unmatched = Notification_Inbox::UNMATCHED === $event->state;
		$attempt      = $is_unmatched ? self::named( $event ) : Attempts::find( (int) $event->attempt_id );
		if ( null === $attempt ) {
			return $is_unmatched ? 'unmatched' : 'gone';
		}
		if ( in_array( $event->state, array( Notification_Inbox::IS_NEW, Notification_Inbox::GIVEN_UP ), true ) && ! Notification_Inbox::claim_again( $event_id, time() ) ) {
			return 'busy';
		}
		$event->tries = max( 0, (int) $event->tries - 1 ); // What a person asks for counts for nothing.
		if ( ! self::again( $attempt, $event ) ) {
			return $is_unmatched ? 'unmatched' : 'waiting';
		}
		if ( $is_unmatched ) {
			Notification_Inbox::assign( $event_id, $attempt );
		}
		return 'done';
	}

	/** Handles an event of the inbox once more: each kind in its own way. */
	public static function again( Attempt $attempt, object $event ): bool {
		if ( 'refund' === $event->kind ) {
			return Refund_Notifications::confirm( $attempt, (string) $event->merchant_order_no, (int) $event->id, (int) $event->tries, (string) $event->status );
		}
		$said = match ( $event->status ) {
			'SUCCESS', 'PAID_SUCCESS', 'SETTLED' => 'succeeded',
			'FAILURE' => 'failed',
			default   => 'pending',
		};
		return self::confirm( $attempt, (int) $event->id, (int) $event->tries, $said );
	}

	/** The payment of this shop that an event named before it was known here. */
	private static function named( object $event ): ?Attempt {
		$number = (string) $event->merchant_order_no;
		$named  = 'refund' === $event->kind ? Refunds::by_number( $number ) : Attempts::by_merchant_order_no( $number );
		// Who fitted nothing although it was there spoke of somebody else's.
		if ( null === $named || $named->created_at <= (int) $event->received_at ) {
			return null;
		}
		return $named instanceof Refund ? Attempts::find( $named->attempt_id ) : $named;
	}

	/** Asks BonusPay; the event is done when what it told is what BonusPay says now, and that is stored and done. */
	private static function confirm( Attempt $attempt, int $event_id, int $tries, string $said ): bool {
		$check   = Payment_Service::check( $attempt );
		$current = Attempts::find( $attempt->id ) ?? $attempt;
		$why     = match ( true ) {
			Query_Result::Answered !== $check         => 'BonusPay could not be asked.',
			! self::is_seen_to( $current, $said )     => 'BonusPay does not confirm it yet.',
			! Effect_Claims::are_done( $current->id ) => 'The order is not changed yet.',
			default                                   => '',
		};
		return Notification_Inbox::conclude( $event_id, $tries, $why, $current->state->value, time() );
	}

	/** Whether the attempt stands where what was told would bring it, or beyond. */
	private static function is_seen_to( Attempt $attempt, string $said ): bool {
		return match ( $said ) {
			'succeeded' => in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Underpaid, Attempt_State::Review, Attempt_State::Refunded ), true ),
			'failed'    => ! $attempt->state->is_live(),
			default     => true,
		};
	}

	/** A request header as it came; null when there was none. */
	private static function header( string $name ): ?string {
		$value = $_SERVER[ 'HTTP_' . $name ] ?? null; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- verified, byte for byte.
		return is_string( $value ) ? wp_unslash( $value ) : null;
	}
}
