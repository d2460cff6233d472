<?php
/**
 * What keeps notifications out, by what came back.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Health\Webhook_Self_Check;
use BonusPay\WooCommerce\Notification\Self_Check_Mark;
use PHPUnit\Framework\TestCase;

final class Webhook_Self_Check_Test extends TestCase {

	private const URL  = 'https://shop.example/wp-json/bonuspay/v1/callback';
	private const OURS = array(
		'status'  => 401,
		'type'    => 'text/plain; charset=utf-8',
		'body'    => 'FAIL',
		'is_ours' => true,
	);

	protected function setUp(): void {
		Options::reset();
	}

	public static function answers(): array {
		$page = '<!DOCTYPE html><html><title>Coming soon</title></html>';
		return array(
			'ours'                    => array( self::OURS, '' ),
			'ours, not on the list'   => array( array( 'status' => 403 ) + self::OURS, 'senders' ),
			'ours, without keys'      => array( array( 'status' => 503 ) + self::OURS, 'keys' ),
			'ours, minified'          => array( array( 'body' => "\u{feff}FAIL" ) + self::OURS, 'changed' ),
			'ours, retyped'           => array( array( 'type' => 'text/html' ) + self::OURS, 'changed' ),
			'ours, another status'    => array( array( 'status' => 200 ) + self::OURS, 'changed' ),
			'like ours'               => array( array( 'is_ours' => false ) + self::OURS, 'unmarked' ),
			'301'                     => array( array( 'status' => 301, 'location' => 'https://www.shop.example/x?secret=1' ), 'redirect' ),
			'302'                     => array( array( 'status' => 302, 'location' => '/wp-login.php' ), 'redirect' ),
			'308'                     => array( array( 'status' => 308 ), 'redirect' ),
			'REST closed by WordPress' => array(
				array( 'status' => 401, 'type' => 'application/json', 'body' => '{"code":"rest_not_logged_in","message":"No."}' ),
				'rest_disabled',
			),
			'REST closed by a plugin' => array( array( 'status' => 403, 'body' => '{"code":"rest_disabled"}' ), 'rest_disabled' ),
			'REST route removed'      => array(
				array( 'status' => 404, 'body' => '{"code":"rest_no_route","data":{"status":404}}' ),
				'rest_disabled',
			),
			'basic auth'              => array( array( 'status' => 401, 'type' => 'text/html', 'body' => $page ), 'password' ),
			'403'                     => array( array( 'status' => 403, 'type' => 'text/html', 'body' => $page ), 'forbidden' ),
			'405'                     => array( array( 'status' => 405 ), 'forbidden' ),
			'429'                     => array( array( 'status' => 429 ), 'forbidden' ),
			'404'                     => array( array( 'status' => 404, 'type' => 'text/html', 'body' => $page ), 'not_found' ),
			'500'                     => array( array( 'status' => 500 ), 'server_error' ),
			'maintenance'             => array( array( 'status' => 503, 'type' => 'text/html', 'body' => $page ), 'server_error' ),
			'coming soon'             => array( array( 'status' => 200, 'type' => 'text/html; charset=UTF-8', 'body' => $page ), 'html' ),
			'a page without its type' => array( array( 'status' => 200, 'body' => $page ), 'html' ),
			'SUCCESS by somebody'     => array( array( 'status' => 200, 'type' => 'text/plain', 'body' => 'SUCCESS' ), 'other' ),
			'wc-api without a plugin' => array( array( 'status' => 400, 'type' => 'text/html', 'body' => '-1' ), 'forbidden' ),
			'timeout'                 => array(
				array( 'error' => 'http_request_failed: cURL error 28: Operation timed out after 5001 milliseconds' ),
				'timeout',
			),
			'timeout without cURL'    => array( array( 'error' => 'http_request_failed: fsocket timed out' ), 'timeout' ),
			'expired'                 => array(
				array( 'error' => 'http_request_failed: cURL error 60: SSL certificate problem: certificate has expired' ),
				'tls',
			),
			'handshake'               => array(
				array( 'error' => 'http_request_failed: cURL error 35: OpenSSL/3.0: error:0A000438' ),
				'tls',
			),
			'refused'                 => array(
				array( 'error' => 'http_request_failed: cURL error 7: Failed to connect to shop.example port 443: Connection refused' ),
				'refused',
			),
			'no name'                 => array(
				array( 'error' => 'http_request_failed: cURL error 6: Could not resolve host: shop.example' ),
				'unresolved',
			),
			'blocked'                 => array(
				array( 'error' => 'http_request_not_executed: User has blocked requests through HTTP.' ),
				'blocked',
			),
			'blocked by WordPress'    => array(
				array( 'error' => 'http_request_block: User has blocked requests through HTTP to the URL: x.' ),
				'blocked',
			),
		);
	}

	/** @dataProvider answers */
	public function test_each_answer_names_its_blocker( array $answer, string $blocker ): void {
		$result = Webhook_Self_Check::classify( self::URL, $answer );

		self::assertSame( array( self::URL, '' === $blocker, $blocker ), array( $result->url, $result->is_good, $result->blocker ) );
		self::assertGreaterThan( 20, strlen( $result->text ) );
		self::assertSame( array( 'url', 'is_good', 'blocker', 'text' ), array_keys( $result->to_array() ) );
	}

	public function test_every_blocker_has_words_of_its_own(): void {
		$texts = array();
		foreach ( self::answers() as list( $answer, $blocker ) ) {
			$texts[ $blocker ] = preg_replace(
				'/\d+/',
				'',
				Webhook_Self_Check::classify( self::URL, array( 'location' => '' ) + $answer )->text
			);
		}
		self::assertCount( count( $texts ), array_unique( $texts ) );
	}

	public function test_where_a_redirect_leads_is_told_without_what_may_be_secret(): void {
		$text = Webhook_Self_Check::classify(
			self::URL,
			array( 'status' => 301, 'location' => 'https://www.shop.example/x?key=secret' )
		)->text;

		self::assertStringContainsString( '(301) to https://www.shop.example/x.', $text );
		self::assertStringNotContainsString( 'secret', $text );
	}

	public function test_only_a_test_that_runs_is_answered_with_a_mark(): void {
		$number = str_repeat( 'ab', 16 );
		self::assertNull( Self_Check_Mark::mark( $number ), 'no test runs' );

		Options::$values['bonuspay_wc_callback_test'] = ( time() + 60 ) . ':of this test';
		self::assertSame( 'Bonuspay-Test: ' . hash_hmac( 'sha256', $number, 'of this test' ), Self_Check_Mark::mark( $number ) );
		foreach ( array( null, '', 'x', "$number\n", strtoupper( $number ), $number . '0', "a\r\nSet-Cookie: x=1" ) as $other ) {
			self::assertNull( Self_Check_Mark::mark( $other ) );
		}

		Options::$values['bonuspay_wc_callback_test'] = ( time() - 1 ) . ':of this test';
		self::assertNull( Self_Check_Mark::mark( $number ), 'the test died' );
		Options::$values['bonuspay_wc_callback_test'] = 'nonsense';
		self::assertNull( Self_Check_Mark::mark( $number ) );
	}
}
