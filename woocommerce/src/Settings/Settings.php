<?php
/**
 * What the shop owner chose.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Decimal;

/**
 * Reads WooCommerce's option of the gateway. It is never trusted: REST and other plugins write it, too; what is missing
 * or makes no sense is the default.
 */
final class Settings {

	public const OPTION = 'woocommerce_bonuspay_settings';

	public const DEFAULT_CHOICES = array( 'USDT-TRON', 'USDT-ETH' );

	public const EXPIRY_MIN     = 15;
	public const EXPIRY_MAX     = 2880;
	public const EXPIRY_DEFAULT = 60;

	/** A tolerance above this is no tolerance: in percent. */
	public const TOLERANCE_MAX = 10;

	/** Keeps the values. */
	private function __construct( private array $values ) {}

	/** As they are stored now. */
	public static function get(): self {
		$values = get_option( self::OPTION, array() );
		return new self( is_array( $values ) ? $values : array() );
	}

	/** Whether the owner offers BonusPay. */
	public function is_enabled(): bool {
		return 'yes' === $this->text( 'enabled', 'no' );
	}

	/** 'test' or 'live': of new attempts. */
	public function mode(): string {
		return 'live' === $this->text( 'mode' ) ? 'live' : 'test';
	}

	/** Where shoppers pay: 'onsite' or 'hosted'. */
	public function scene(): string {
		return 'hosted' === $this->text( 'scene' ) ? 'hosted' : 'onsite';
	}

	/**
	 * What shoppers may choose from; on BonusPay's page they choose the network there.
	 *
	 * @return array<int, array{coin: string, network: string}>
	 */
	public function choices(): array {
		$wanted  = array_filter( (array) ( $this->values['choices'] ?? self::DEFAULT_CHOICES ), 'is_string' );
		$choices = array();
		foreach ( Coin::NETWORKS as $coin => $networks ) {
			foreach ( $networks as $network ) {
				if ( in_array( "$coin-$network", $wanted, true ) ) {
					$choice                             = array(
						'coin'    => $coin,
						'network' => 'hosted' === $this->scene() ? '' : $network,
					);
					$choices[ implode( '-', $choice ) ] = $choice;
				}
			}
		}
		return array_values( $choices );
	}

	/**
	 * Those that an order in this currency can be paid with: one in a coin only with that coin.
	 *
	 * @return array<int, array{coin: string, network: string}>
	 */
	public function choices_for( string $currency ): array {
		return array_values(
			array_filter(
				$this->choices(),
				fn( array $choice ): bool => ! $this->currency_is_crypto( $currency ) || $choice['coin'] === $currency
			)
		);
	}

	/** What shoppers read at the checkout. */
	public function title(): string {
		return $this->text( 'title', __( 'Cryptocurrency', 'bonuspay-for-woocommerce' ) );
	}

	/** And below it. */
	public function description(): string {
		return $this->text( 'description', __( 'Pay with USDT or another coin from your wallet.', 'bonuspay-for-woocommerce' ), true );
	}

	/** How long a quote holds. */
	public function expiry_minutes(): int {
		$text    = $this->text( 'expiry_minutes' );
		$minutes = Decimal::is_digits( $text ) ? (int) $text : 0;
		return $minutes >= self::EXPIRY_MIN && $minutes <= self::EXPIRY_MAX ? $minutes : self::EXPIRY_DEFAULT;
	}

	/** How much less than due still counts. */
	public function policy(): Tolerance {
		$amount = str_replace( ',', '.', $this->text( 'tolerance_amount' ) );
		// A bound that makes no sense must not make the tolerance wider.
		$bound = Decimal::is_valid( $amount ) ? $amount : '0';
		return new Tolerance( self::points( $this->text( 'tolerance_percent', '0' ) ) ?? 0, '' === $amount ? null : $bound );
	}

	/**
	 * Which status an order gets: a choice that would do harm counts for nothing, however it came here.
	 *
	 * @param string $event One of Order_Status_Policy.
	 */
	public function after( string $event ): string {
		$choice = $this->text( $event, Order_Status_Policy::DEFAULTS[ $event ] );
		return null === Order_Status_Policy::problem( $event, $choice ) ? $choice : Order_Status_Policy::DEFAULTS[ $event ];
	}

	/** Where notifications may come from; from anywhere when empty. */
	public function allowed_senders(): array {
		return Sender_Allowlist::lines( $this->text( 'allowed_senders' ) );
	}

	/** The shop's own proxies, which tell where a request came from. */
	public function trusted_proxies(): array {
		return Sender_Allowlist::lines( $this->text( 'trusted_proxies' ) );
	}

	/** From which level on lines go to the log. */
	public function log_level(): string {
		$level = $this->text( 'log_level' );
		return in_array( $level, array( 'debug', 'info', 'warning', 'error' ), true ) ? $level : 'info';
	}

	/** Whether the payments' tables go with the plugin. */
	public function delete_on_uninstall(): bool {
		return 'yes' === $this->text( 'delete_on_uninstall' );
	}

	/** Whether a currency of a shop is a coin that BonusPay takes. */
	public function currency_is_crypto( string $currency ): bool {
		return isset( Coin::NETWORKS[ $currency ] );
	}

	/** Whether the owner's rules let an order through; without a look at keys and extension. */
	public function accepts( string $currency, string $total, string $country = '' ): bool {
		if ( array() === $this->choices_for( $currency ) || 1 !== preg_match( '/^([A-Z]{3}|USDT|USDC)$/D', $currency ) ) {
			return false;
		}
		if ( ! Decimal::is_valid( $total ) || Decimal::compare( $total, '0' ) <= 0 ) {
			return false;
		}
		$min = $this->text( 'min_amount' );
		$max = $this->text( 'max_amount' );
		if ( Decimal::is_valid( $min ) && Decimal::compare( $total, $min ) < 0 ) {
			return false;
		}
		if ( Decimal::is_valid( $max ) && Decimal::compare( $total, $max ) > 0 ) {
			return false;
		}
		$countries = array_filter(
			(array) ( $this->values['countries'] ?? array() ),
			static fn( $one ): bool => is_string( $one ) && '' !== $one
		);
		return array() === $countries || '' === $country || in_array( $country, $countries, true );
	}

	/** Whether notifications are to go around the REST API, which something closes. */
	public function avoids_rest(): bool {
		return 'wc-api' === $this->text( 'notify_way' );
	}

	/** A percentage as the owner writes it, '0.5' or '0,5', in hundredths of a percent; null when it is none. */
	public static function points( string $percent ): ?int {
		$percent = str_replace( ',', '.', trim( $percent ) );
		if ( '' === $percent ) {
			return 0;
		}
		if ( 1 !== preg_match( '/^([0-9]{1,2})(?:\.([0-9]{1,2})0*)?$/D', $percent, $found ) ) {
			return null;
		}
		$points = 100 * (int) $found[1] + (int) str_pad( $found[2] ?? '', 2, '0' );
		return $points <= 100 * self::TOLERANCE_MAX ? $points : null;
	}

	/** A value as text. */
	private function text( string $name, string $otherwise = '', bool $may_be_empty = false ): string {
		$value = $this->values[ $name ] ?? null;
		return is_scalar( $value ) && ( $may_be_empty || '' !== trim( (string) $value ) ) ? trim( (string) $value ) : $otherwise;
	}

	/** 'Test mode' or 'Live mode'. */
	public static function mode_name( string $mode ): string {
		return 'live' === $mode ? __( 'Live mode', 'bonuspay-for-woocommerce' ) : __( 'Test mode', 'bonuspay-for-woocommerce' );
	}
}
