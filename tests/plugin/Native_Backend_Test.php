<?php
/**
 * The one class that talks to the extension: its errors, and notifications that OpenSSL signed.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Native_Backend;
use PHPUnit\Framework\TestCase;

final class Native_Backend_Test extends TestCase {

	/** A backend for an address; nothing listens at the one that is taken when none is given. */
	private static function backend( array $options = array() ): Backend {
		return new Native_Backend(
			$options + array(
				'environment'        => 'sandbox',
				'base_url'           => 'http://127.0.0.1:' . self::closed_port() . '/',
				'allow_http'         => true,
				'partner_id'         => '200000000888',
				'private_key'        => Pairs::get( 0 )['private'],
				'public_key'         => Pairs::get( 1 )['public'],
				'connect_timeout_ms' => 500,
				'total_timeout_ms'   => 1000,
			)
		);
	}

	private static function closed_port(): int {
		$socket = stream_socket_server( 'tcp://127.0.0.1:0' );
		$port   = (int) substr( strrchr( stream_socket_get_name( $socket, false ), ':' ), 1 );
		fclose( $socket );
		return $port;
	}

	private static function error_of( callable $call ): Backend_Error {
		try {
			$call();
		} catch ( Backend_Error $error ) {
			self::assertNull( $error->getPrevious(), 'The extension\'s own exception could hold the options.' );
			return $error;
		}
		self::fail( 'There was no error.' );
	}

	public function test_where_nobody_listens_nothing_was_sent(): void {
		$backend = self::backend();
		$calls   = array(
			static fn() => $backend->get_order( 'wp_1001-1' ),
			static fn() => $backend->place_order(
				array(
					'merchantOrderNo' => 'wp_1001-1',
					'subject' => 'x',
					'totalAmount' => array( 'amount' => '12.81', 'currency' => 'USDT' ),
					'paySceneCode' => 'API',
					'paySceneParams' => array( 'chainCode' => 'TRON', 'payChannelCode' => 'CHAIN' ),
				)
			),
			static fn() => $backend->cancel_order( 'wp_1001-1' ),
			static fn() => $backend->accept_order( 'wp_1001-1' ),
			static fn() => $backend->payment_events( 'wp_1001-1' ),
			static fn() => $backend->test_connection(),
		);
		foreach ( $calls as $at => $call ) {
			$error = self::error_of( $call );
			self::assertSame(
				array( 'network', Backend_Error::NOT_SENT, false, false ),
				array( $error->kind, $error->outcome, $error->is_authenticated, $error->says_not_there() ),
				"call $at: {$error->getMessage()}"
			);
		}
	}

	public function test_what_cannot_be_sent_names_its_field(): void {
		$good = array(
			'merchantOrderNo' => 'wp_1001-1',
			'subject' => 'x',
			'totalAmount' => array( 'amount' => '12.81', 'currency' => 'USDT' ),
			'paySceneCode' => 'API',
		);
		foreach ( array(
			array( 'amount' => 12.81, 'currency' => 'USDT' ),
			array( 'amount' => '0', 'currency' => 'USDT' ),
			array( 'amount' => '12.811', 'currency' => 'USDT' ),
		) as $amount ) {
			$error = self::error_of( static fn() => self::backend()->place_order( array( 'totalAmount' => $amount ) + $good ) );
			self::assertSame( array( 'argument', Backend_Error::NOT_SENT ), array( $error->kind, $error->outcome ), $error->getMessage() );
			self::assertStringContainsString( 'totalAmount', (string) $error->field );
		}
	}

	public function test_a_key_that_cannot_be_used_is_an_error_of_the_configuration(): void {
		foreach ( array(
			array( 'private_key' => 'nonsense' ),
			array( 'public_key' => 'nonsense' ),
			array( 'base_url' => 'http://127.0.0.1:9/', 'allow_http' => false ),
			array( 'environment' => 'production' ),
		) as $options ) {
			$error = self::error_of( static fn() => self::backend( $options ) );
			self::assertContains( $error->kind, array( 'config', 'argument' ), $error->getMessage() );
			self::assertSame( Backend_Error::NOT_SENT, $error->outcome );
		}
	}

	/** A notification as BonusPay sends it, signed by OpenSSL. */
	private static function notification( array $order = array(), int $pair = 1 ): array {
		$body = json_encode(
			array(
				'notify_id'        => '20261120000001',
				'notify_timestamp' => 1_800_000_000_000,
				'_input_charset'   => 'UTF-8',
				'acquireOrder'     => $order + array(
					'merchantOrderNo' => 'wp_1001-1',
					'orderNo'         => '131710904557001559',
					'status'          => 'SUCCESS',
					'payeeMid'        => '200000000888',
					'totalAmount'     => array( 'currency' => 'USDT', 'amount' => '12.81' ),
				),
			)
		);
		openssl_sign( $body, $signature, Pairs::get( $pair )['private'], OPENSSL_ALGO_SHA256 );
		return array( $body, base64_encode( $signature ) );
	}

	public function test_a_genuine_notification_is_read(): void {
		list( $body, $sign ) = self::notification();
		$event               = self::backend()->verify_notification( $body, $sign, '200000000888' );
		self::assertSame(
			array( 'order', 'succeeded', 'wp_1001-1', '131710904557001559', '12.81' ),
			array(
				$event->kind,
				$event->state,
				$event->get( '/acquireOrder/merchantOrderNo' ),
				$event->get( '/acquireOrder/orderNo' ),
				$event->get( '/acquireOrder/totalAmount/amount' ),
			)
		);
		self::assertNull( $event->get( '/acquireOrder/totalAmount' ) );
		self::assertNull( $event->get( '/acquireOrder/nothing/there' ) );
	}

	public function test_r25_a_status_that_is_not_known_is_unknown(): void {
		foreach ( array( 'success', 'SUCCESS ', 'PAID', '', '1' ) as $status ) {
			list( $body, $sign ) = self::notification( array( 'status' => $status ) );
			self::assertContains(
				self::backend()->verify_notification( $body, $sign, null )->state,
				array( 'unknown', 'pending' ),
				$status
			);
		}
	}

	public function test_a_forged_notification_is_refused_and_proves_nothing(): void {
		list( $body, $sign ) = self::notification();
		$forged              = array(
			array( $body . ' ', $sign ),
			array( str_replace( '12.81', '0.01', $body ), $sign ),
			array( $body, '' ),
			array( $body, 'AAAA' ),
			array( $body, $sign . ', ' . $sign ),
			self::notification( array(), 2 ),
		);
		foreach ( $forged as list( $text, $signature ) ) {
			$error = self::error_of( static fn() => self::backend()->verify_notification( $text, $signature, null ) );
			self::assertSame( array( 'signature', false ), array( $error->kind, $error->is_authenticated ), $error->getMessage() );
			self::assertStringNotContainsString( '12.81', $error->getMessage() );
		}
	}

	public function test_r16_a_notification_for_another_partner_is_refused(): void {
		list( $body, $sign ) = self::notification();
		self::assertSame(
			'mismatch',
			self::error_of( static fn() => self::backend()->verify_notification( $body, $sign, '200000000001' ) )->kind
		);
	}

	/** What a gateway that answers everything with one signed body tells of the deposits. */
	private static function events( array $items ): array {
		$body = json_encode(
			array(
				'head' => array( 'applyStatus' => 'SUCCESS', 'code' => '0', 'msg' => 'SUCCESS' ),
				'body' => array( 'paymentDepositEventList' => $items ),
			)
		);
		openssl_sign( $body, $signature, Pairs::get( 1 )['private'], OPENSSL_ALGO_SHA256 );
		$router = tempnam( sys_get_temp_dir(), 'gateway' );
		file_put_contents(
			$router,
			'<?php header( "Content-Type: application/json" ); header( ' . var_export( 'sign: ' . base64_encode( $signature ), true )
				. ' ); echo ' . var_export( $body, true ) . ';'
		);
		$port    = self::closed_port();
		$gateway = proc_open(
			array( PHP_BINARY, '-n', '-S', "127.0.0.1:$port", $router ),
			array( 1 => array( 'file', '/dev/null', 'w' ), 2 => array( 'file', '/dev/null', 'w' ) ),
			$pipes
		);
		try {
			for ( $end = microtime( true ) + 10; ! @fsockopen( '127.0.0.1', $port ) && microtime( true ) < $end; ) {
				usleep( 5000 );
			}
			return self::backend(
				array( 'base_url' => "http://127.0.0.1:$port/", 'total_timeout_ms' => 5000 )
			)->payment_events( 'wp_1001-1' );
		} finally {
			proc_terminate( $gateway );
			proc_close( $gateway );
			unlink( $router );
		}
	}

	public function test_a_deposit_counts_with_its_id_and_its_amount_or_not_at_all(): void {
		$good = array(
			'id' => '7',
			'amount' => array( 'amount' => '12.81', 'currency' => 'USDT' ),
			'network' => 'TRON',
			'txHash' => 'abc',
		);
		$events = self::events(
			array(
				$good,
				array( 'id' => 8, 'network' => array( 'TRON' ), 'txHash' => null ) + $good,
				array_diff_key( $good, array( 'id' => 1 ) ),
				array( 'id' => null ) + $good,
				array_diff_key( $good, array( 'amount' => 1 ) ),
			)
		);
		self::assertSame(
			array(
				array( 'id' => '7', 'amount' => '12.81', 'currency' => 'USDT', 'network' => 'TRON', 'tx_hash' => 'abc' ),
				array( 'id' => '8', 'amount' => '12.81', 'currency' => 'USDT', 'network' => '', 'tx_hash' => '' ),
			),
			$events
		);
	}

	public function test_only_a_signed_refusal_says_that_an_order_is_not_there(): void {
		foreach ( array( Backend_Error::NOT_SENT, Backend_Error::REJECTED, Backend_Error::UNKNOWN ) as $outcome ) {
			foreach ( array( '77004', '77016', '77001', '500', null ) as $code ) {
				foreach ( array( true, false ) as $is_signed ) {
					$error = new Backend_Error( 'x', $outcome, 'api', $code, $is_signed );
					self::assertSame(
						Backend_Error::REJECTED === $outcome && $is_signed && in_array( $code, array( '77004', '77016' ), true ),
						$error->says_not_there()
					);
				}
			}
		}
	}
}
