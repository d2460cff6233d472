<?php
/**
 * BonusPay through the PHP extension.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\BonusPay;

use BonusPay\Client;
use BonusPay\Exception\Exception as Fault;
use BonusPay\KeyPair;
use BonusPay\Notification;
use BonusPay\Response;
use BonusPay\WooCommerce\Money\Decimal;

/**
 * The one class that talks to the extension. It holds the extension's client, which shows and gives away no key; it can
 * be neither copied nor stored.
 *
 * What it throws has no cause attached: before PHP 8.2 the extension's exception could hold the options in its trace.
 */
final class Native_Backend implements Backend {

	private Client $client;
	private string $partner_id;

	/**
	 * Reads the keys; nothing is connected yet.
	 *
	 * @param array $options As BonusPay\Client documents them.
	 */
	public function __construct( #[\SensitiveParameter] array $options ) {
		$this->partner_id = (string) ( $options['partner_id'] ?? '' );
		$this->client     = self::guarded( static fn() => new Client( $options ) );
	}

	/** Places an order. */
	public function place_order( array $biz_content ): Verified_Message {
		return $this->answer( fn() => $this->client->placeOrder( $biz_content ) );
	}

	/** Asks for an order. */
	public function get_order( string $merchant_order_no ): Verified_Message {
		return $this->answer( fn() => $this->client->getOrder( array( 'merchantOrderNo' => $merchant_order_no ) ) );
	}

	/** Cancels an order. */
	public function cancel_order( string $merchant_order_no ): void {
		self::guarded( fn() => $this->client->cancelOrder( array( 'merchantOrderNo' => $merchant_order_no ) ) );
	}

	/** Takes an order as it stands. */
	public function accept_order( string $merchant_order_no ): void {
		self::guarded( fn() => $this->client->acceptOrder( array( 'merchantOrderNo' => $merchant_order_no ) ) );
	}

	/**
	 * Asks what was deposited. An event without an id or an amount is left out: it cannot be counted.
	 *
	 * @return array<int, array{id: string, amount: string, currency: string, network: string, tx_hash: string}>
	 */
	public function payment_events( string $merchant_order_no ): array {
		$answer = $this->answer( fn() => $this->client->getPaymentEvents( array( 'merchantOrderNo' => $merchant_order_no ) ) );
		$events = array();
		foreach ( $answer->items( 'paymentDepositEventList' ) as $item ) {
			$amount = $item['amount']['amount'] ?? null;
			if ( isset( $item['id'] ) && is_scalar( $item['id'] ) && is_scalar( $amount ) && Decimal::is_valid( (string) $amount ) ) {
				$events[] = array(
					'id'       => (string) $item['id'],
					'amount'   => (string) $amount,
					'currency' => self::text( $item['amount']['currency'] ?? null ),
					'network'  => self::text( $item['network'] ?? null ),
					'tx_hash'  => self::text( $item['txHash'] ?? null ),
				);
			}
		}
		return $events;
	}

	/** Gives money back. */
	public function refund( array $biz_content ): Verified_Message {
		return $this->answer( fn() => $this->client->refund( $biz_content ) );
	}

	/** Asks for a refund. */
	public function get_refund( string $number ): Verified_Message {
		return $this->answer( fn() => $this->client->getRefund( array( 'refundMerchantOrderNo' => $number ) ) );
	}

	/**
	 * Asks for the balances.
	 *
	 * @return array<int, array{coin: string, balance: string, available: string, withdrawable: string}>
	 */
	public function balances(): array {
		$amount = static fn( mixed $money ): string => is_array( $money ) ? self::text( $money['amount'] ?? null ) : '';
		$lines  = array();
		foreach ( $this->answer( fn() => $this->client->getBalances() )->items( 'assetCodeList' ) as $item ) {
			$lines[] = array(
				'coin'         => self::text( $item['currencyCode'] ?? $item['balance']['currency'] ?? null ),
				'balance'      => $amount( $item['balance'] ?? null ),
				'available'    => $amount( $item['availableBalance'] ?? null ),
				'withdrawable' => $amount( $item['withdrawBalance'] ?? null ),
			);
		}
		return $lines;
	}

	/** Asks for a rate. */
	public function fx_rate( string $coin, string $currency ): ?string {
		$pair = array(
			'currencyPair' => $coin . '_' . $currency,
			'direction'    => 'SELL',
		);
		$rate = $this->answer( fn() => $this->client->getFxRate( $pair ) )->get( '/fxrate' );
		return null !== $rate && Decimal::is_valid( $rate ) ? $rate : null;
	}

	/** Asks for a withdrawal or a transfer. */
	public function get_withdrawal( string $number ): Verified_Message {
		return $this->answer( fn() => $this->client->getWithdrawal( array( 'merchantOrderNo' => $number ) ) );
	}

	/** Asks for a settlement. */
	public function get_settlement( string $number ): Verified_Message {
		return $this->answer( fn() => $this->client->getSettlement( array( 'merchantOrderNo' => $number ) ) );
	}

	/** Verifies a notification, then reads it. */
	public function verify_notification( string $body, #[\SensitiveParameter] string $sign, ?string $partner_id ): Verified_Message {
		$seen = self::guarded( fn(): Notification => $this->client->verifyNotification( $body, $sign, $partner_id ) );
		return new Verified_Message( $seen->toArray(), $seen->getState()->value, true, null, $seen->getKind()->value, $seen->getId() );
	}

	/** Asks for the balances. */
	public function test_connection(): void {
		self::guarded( fn() => $this->client->getBalances( array() ) );
	}

	/** The merchant's id. */
	public function partner_id(): string {
		return $this->partner_id;
	}

	/**
	 * Makes a key pair.
	 *
	 * @return array{private: string, public: string}
	 */
	public static function generate_keys(): array {
		return self::guarded( static fn(): array => self::both( KeyPair::generate() ) );
	}

	/**
	 * Reads a private key as it was pasted.
	 *
	 * @return array{private: string, public: string} In one form, PEM.
	 */
	public static function read_private_key( #[\SensitiveParameter] string $text ): array {
		return self::guarded( static fn(): array => self::both( KeyPair::fromPrivateKey( $text ) ) );
	}

	/** Throws when a public key of BonusPay cannot be used. */
	public static function check_public_key( string $text ): void {
		self::guarded(
			static fn() => new Client(
				array(
					'environment' => 'sandbox',
					'public_key'  => $text,
				)
			)
		);
	}

	/** Shows no more than this in a dump. */
	public function __debugInfo(): array {
		return array( 'partner_id' => $this->partner_id );
	}

	/** Cannot be stored. */
	public function __serialize(): array {
		throw new \LogicException( 'This object cannot be stored.' );
	}

	/** Cannot be made from a text. */
	public function __unserialize( array $data ): void {
		throw new \LogicException( 'This object cannot be stored.' );
	}

	/** Cannot be copied. */
	private function __clone() {}

	/** Calls, and gives the answer in our own form. */
	private function answer( #[\SensitiveParameter] callable $call ): Verified_Message {
		$response = self::guarded( static fn(): Response => $call() );
		return new Verified_Message(
			$response->toArray(),
			$response->getState()->value,
			$response->matchesRequest(),
			$response->getCheckoutUrl()
		);
	}

	/** Turns whatever the extension throws into our own error. The call holds what it was made with: keys, too. */
	private static function guarded( #[\SensitiveParameter] callable $call ): mixed {
		try {
			return $call();
		} catch ( Fault $fault ) {
			throw self::error( $fault );
		}
	}

	/** The extension's exception as our own. */
	private static function error( #[\SensitiveParameter] Fault $fault ): Backend_Error {
		$kinds = array(
			\BonusPay\Exception\ConfigException::class    => 'config',
			\BonusPay\Exception\InvalidArgumentException::class => 'argument',
			\BonusPay\Exception\NetworkException::class   => 'network',
			\BonusPay\Exception\ProtocolException::class  => 'protocol',
			\BonusPay\Exception\MismatchException::class  => 'mismatch',
			\BonusPay\Exception\SignatureException::class => 'signature',
			\BonusPay\Exception\ApiException::class       => 'api',
		);
		$kind  = 'internal';
		foreach ( $kinds as $class_name => $name ) {
			if ( $fault instanceof $class_name ) {
				$kind = $name;
			}
		}
		return new Backend_Error(
			$fault->getMessage(),
			$fault->getOutcome()->value,
			$kind,
			$fault->getApiCode(),
			$fault->isAuthenticated(),
			$fault->getField(),
			$fault->getTraceCode()
		);
	}

	/** Both halves of a key pair. */
	private static function both( KeyPair $pair ): array {
		return array(
			'private' => $pair->getPrivateKey(),
			'public'  => $pair->getPublicKey(),
		);
	}

	/** A text, whatever came. */
	private static function text( mixed $value ): string {
		return is_scalar( $value ) ? (string) $value : '';
	}
}
