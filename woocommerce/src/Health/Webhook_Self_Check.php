<?php
/**
 * Whether notifications can reach the plugin.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Health;

use BonusPay\WooCommerce\Notification\Self_Check_Mark;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * Calls the shop from itself, as BonusPay would, but with a signature that is wrong on purpose: our own refusal must come
 * back. Whatever else comes back names what stands in the way.
 */
final class Webhook_Self_Check {

	/** Blockers that tell nothing about who calls from elsewhere. */
	public const UNTESTED = array( 'senders', 'refused', 'unresolved', 'blocked', 'unmarked' );

	/** For each address. */
	private const SECONDS = 5;

	/** What our handler says to a wrong signature. */
	private const REFUSED = 401;

	/**
	 * Calls both addresses: the one that payments name, then the spare one.
	 *
	 * @return Webhook_Check_Result[]
	 */
	public static function run(): array {
		$settings = Settings::get();
		$secret   = Self_Check_Mark::begin();
		try {
			return array(
				self::call( Site_Urls::notification( $settings ), $secret ),
				self::call( Site_Urls::notification_fallback( $settings ), $secret ),
			);
		} finally {
			Self_Check_Mark::end();
		}
	}

	/** What such a test cannot see. */
	public static function limits(): string {
		return __( 'This test calls the shop from itself: what stands only outside, such as Cloudflare or your host\'s firewall, it cannot see. The time of the last notification tells more.', 'bonuspay-for-woocommerce' );
	}

	/**
	 * What an answer means.
	 *
	 * @param string $url    The address.
	 * @param array  $answer Of these, what there is: status, location, type, body, is_ours; error when nothing came back.
	 */
	public static function classify( string $url, array $answer ): Webhook_Check_Result {
		$answer += array(
			'status'   => 0,
			'location' => '',
			'type'     => '',
			'body'     => '',
			'is_ours'  => false,
			'error'    => '',
		);
		$blocker = '' === $answer['error'] ? self::blocker( $answer ) : self::fault( $answer['error'] );
		return new Webhook_Check_Result( $url, '' === $blocker, $blocker, self::explain( $blocker, $answer ) );
	}

	/** Sends one. */
	private static function call( string $url, #[\SensitiveParameter] string $secret ): Webhook_Check_Result {
		$number = bin2hex( random_bytes( 16 ) );
		// By WordPress's own HTTP, as one caller of many would come; a redirect is not followed, since BonusPay's POST would be lost there.
		$answer = wp_remote_post(
			$url,
			array(
				'timeout'             => self::SECONDS,
				'redirection'         => 0,
				'limit_response_size' => 4096,
				'headers'             => array(
					'Content-Type'          => 'application/json; charset=utf-8',
					'Sign'                  => 'AAAA',
					Self_Check_Mark::HEADER => $number,
				),
				'body'                => '{"test":"' . $number . '"}',
			)
		);
		if ( is_wp_error( $answer ) ) {
			return self::classify( $url, array( 'error' => $answer->get_error_code() . ': ' . $answer->get_error_message() ) );
		}
		return self::classify(
			$url,
			array(
				'status'   => (int) wp_remote_retrieve_response_code( $answer ),
				'location' => self::header( $answer, 'location' ),
				'type'     => self::header( $answer, 'content-type' ),
				'body'     => wp_remote_retrieve_body( $answer ),
				'is_ours'  => hash_equals( Self_Check_Mark::of( $number, $secret ), self::header( $answer, Self_Check_Mark::HEADER ) ),
			)
		);
	}

	/** A header of the answer; of several the first. */
	private static function header( array $answer, string $name ): string {
		$value = wp_remote_retrieve_header( $answer, $name );
		return is_array( $value ) ? (string) reset( $value ) : (string) $value;
	}

	/** What stands in the way, by the answer. */
	private static function blocker( array $answer ): string {
		$status = $answer['status'];
		if ( $answer['is_ours'] ) {
			return match ( true ) {
				403 === $status => 'senders',
				'FAIL' !== $answer['body'] || ! str_starts_with( $answer['type'], 'text/plain' ) => 'changed',
				self::REFUSED !== $status => 503 === $status ? 'keys' : 'changed',
				default => '',
			};
		}
		$is_closed = 1 === preg_match( '/^\s*\{.*"code"\s*:\s*"[a-z_]*(rest|logged_in|permission)[a-z_]*"/s', $answer['body'] );
		return match ( true ) {
			$status >= 300 && $status < 400 => 'redirect',
			$is_closed => 'rest_disabled',
			401 === $status && 'FAIL' === $answer['body'] => 'unmarked',
			401 === $status => 'password',
			404 === $status || 410 === $status => 'not_found',
			$status >= 400 && $status < 500 => 'forbidden',
			$status >= 500 => 'server_error',
			str_contains( $answer['type'], 'html' ) || 1 === preg_match( '/^\s*<(!doctype|html)/i', $answer['body'] ) => 'html',
			default => 'other',
		};
	}

	/** What stands in the way, when nothing came back: by the words of WordPress's HTTP, by cURL or without. */
	private static function fault( string $error ): string {
		return match ( true ) {
			1 === preg_match( '/cURL error 28\b|timed? ?out/i', $error ) => 'timeout',
			1 === preg_match( '/cURL error (35|51|53|54|58|59|60|66|77|80|83|90|91)\b|\b(ssl|tls|certificate)\b/i', $error ) => 'tls',
			1 === preg_match( '/cURL error 6\b|could not resolve|getaddrinfo|name or service not known/i', $error ) => 'unresolved',
			str_contains( $error, 'http_request_not_executed' ) || str_contains( $error, 'block' ) => 'blocked',
			default => 'refused',
		};
	}

	/** In words, with what to do. */
	private static function explain( string $blocker, array $answer ): string {
		return match ( $blocker ) {
			''              => __( 'The plugin answers as it should.', 'bonuspay-for-woocommerce' ),
			'keys'          => __( 'The plugin is reached, but cannot verify a notification: the extension or a key is missing. See the other findings.', 'bonuspay-for-woocommerce' ),
			'senders'       => __( 'The plugin is reached, but your list of senders keeps this server out, so more could not be tested. That says nothing about BonusPay, when its address is on the list.', 'bonuspay-for-woocommerce' ),
			'changed'       => __( 'The plugin is reached, but its answer comes back changed: a plugin that minifies or a proxy adds to it, and BonusPay would send again and again. Exclude this address there.', 'bonuspay-for-woocommerce' ),
			'redirect'      => sprintf(
				/* translators: 1: HTTP status such as 301, 2: an address. */
				__( 'It is redirected (%1$d) to %2$s. BonusPay does not follow: write that address under Settings > General, or exclude this one from the redirect (www, https, language, slash at the end).', 'bonuspay-for-woocommerce' ),
				$answer['status'],
				self::place( $answer['location'] )
			),
			'rest_disabled' => sprintf(
				/* translators: %d: HTTP status such as 403. */
				__( 'A plugin has closed the REST API (%d). Let this address through in its settings: it needs no login, since every notification is signed.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'password'      => sprintf(
				/* translators: %d: HTTP status such as 401. */
				__( 'It asks for a password (%d): the site is protected. Exclude this address from the protection.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'not_found'     => sprintf(
				/* translators: %d: HTTP status such as 404. */
				__( 'It is not found (%d): open Settings > Permalinks and press Save Changes; if that does not help, the web server does not pass such addresses on to WordPress (ask your host), or a plugin hides them.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'unmarked'      => __( 'An answer came back that looks like the plugin\'s, but without its mark: another test ran at the same moment, or a proxy removes headers. Try again.', 'bonuspay-for-woocommerce' ),
			'forbidden'     => sprintf(
				/* translators: %d: HTTP status such as 403. */
				__( 'It is forbidden (%d), and not by us: a security plugin or a firewall refuses it. Let POST requests to this address through there.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'server_error'  => sprintf(
				/* translators: %d: HTTP status such as 500. */
				__( 'The server fails (%d): maintenance, or an error of PHP or of a plugin. The server\'s error log tells which.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'html'          => sprintf(
				/* translators: %d: HTTP status such as 200. */
				__( 'A page came back (%d) instead of the plugin\'s answer: a "coming soon" page, a cache or a security check. Exclude this address there.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'other'         => sprintf(
				/* translators: %d: HTTP status such as 200. */
				__( 'Something else answered (%d): a cache or another plugin. Exclude this address there.', 'bonuspay-for-woocommerce' ),
				$answer['status']
			),
			'timeout'       => sprintf(
				/* translators: %d: number of seconds. */
				__( 'No answer within %d seconds. The server is too slow, has too few PHP workers, or cannot call itself.', 'bonuspay-for-woocommerce' ),
				self::SECONDS
			),
			'tls'           => __( 'The certificate is not accepted: it is expired, for another name, or its chain is incomplete. BonusPay would not accept it either. Ask your host.', 'bonuspay-for-woocommerce' ),
			'unresolved'    => __( 'This server does not find its own name. Ask your host; BonusPay may find it nevertheless.', 'bonuspay-for-woocommerce' ),
			'blocked'       => __( 'WordPress is not allowed to call itself (WP_HTTP_BLOCK_EXTERNAL, or a plugin), so this could not be tested from here.', 'bonuspay-for-woocommerce' ),
			default         => __( 'This server cannot call itself, so this could not be tested from here. That says nothing about BonusPay: make a small test payment and see below whether a notification comes, or ask your host to allow the server to call its own address.', 'bonuspay-for-woocommerce' ),
		};
	}

	/** An address without what may be secret in it. */
	private static function place( string $url ): string {
		return (string) strtok( mb_substr( $url, 0, 200 ), '?#' );
	}
}
