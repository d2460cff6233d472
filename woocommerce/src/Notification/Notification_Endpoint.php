<?php
/**
 * What BonusPay's notifications come to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Notification;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\Http;
use BonusPay\WooCommerce\Log;
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
	/** The content codings of the register, all of which change the bytes. */
	private const CODINGS = array(
		'gzip',
		'x-gzip',
		'deflate',
		'compress',
		'x-compress',
		'br',
		'zstd',
		'dcb',
		'dcz',
		'aes128gcm',
		'exi',
		'pack200-gzip',
	);

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
		$status = self::status(
			// phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- compared with one word.
			(string) wp_unslash( $_SERVER['REQUEST_METHOD'] ?? '' ),
			static fn(): string => (string) file_get_contents( 'php://input', false, null, 0, self::MAX_BYTES + 1 )
		);
		// Whatever another plugin printed is not for BonusPay.
		Http::end_buffers();
		status_header( $status );
		Http::no_cache();
		header( 'Content-Type: text/plain; charset=utf-8' );
		if ( 405 === $status ) {
			header( 'Allow: POST' );
		}
		$mark = Self_Check_Mark::mark( self::header( 'BONUSPAY_TEST' ) );
		if ( null !== $mark ) {
			header( $mark );
		}
		$answer = 200 === $status ? 'SUCCESS' : 'FAIL';
		header( 'Content-Length: ' . strlen( $answer ) );
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- one of two words.
		echo $answer;
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
		if ( isset( $_SERVER['CONTENT_LENGTH'] ) && (int) $_SERVER['CONTENT_LENGTH'] > self::MAX_BYTES ) {
			return 413;
		}
		$body = $read();
		if ( strlen( $body ) > self::MAX_BYTES ) {
			return 413;
		}
		if ( '' === $body || self::is_encoded( self::header( 'CONTENT_ENCODING' ) ?? '' ) ) {
			return 400;
		}
		try {
			return self::handle( $body, self::header( 'SIGN' ) ?? '', self::header( 'PARTNER_ID' ) );
		} catch ( \Throwable $error ) {
			Log::error( 'notification_failed', array( 'why' => $error->getMessage() ) );
			return 503;
		}
	}

	/** Whether a coding changes the bytes that were signed. Any other, as `identity`, is none: the signature proves the bytes. */
	private static function is_encoded( string $codings ): bool {
		$codings = array_map( 'trim', explode( ',', strtolower( $codings ) ) );
		return array() !== array_intersect( $codings, self::CODINGS );
	}

	private static function handle( string $body, string $sign, ?string $partner_id ): int {
		$problem = 503; // Without keys nobody can verify: BonusPay is to tell again when the owner has set them.
		foreach ( array_unique( array( Settings::get()->mode(), 'live', 'test' ) ) as $mode ) {
			try {
				$event = Backends::verifier( $mode )->verify_notification( $body, $sign, $partner_id );
				return Notifications::receive( $mode, $event, $body );
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
			Log::warning(
				'notifications_refused',
				array(
					'status' => $status,
					'about'  => 100,
				)
			);
		}
	}

	/** A request header as it came; null when there was none. */
	private static function header( string $name ): ?string {
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- verified, byte for byte.
		$value = wp_unslash( $_SERVER[ 'HTTP_' . $name ] ?? null );
		return is_string( $value ) ? $value : null;
	}
}
