<?php
/**
 * One attempt to pay an order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

use BonusPay\WooCommerce\Money\Decimal;

/**
 * A row of the attempts' table as it was read; changed only by Attempts. Amounts are decimal strings, times Unix seconds.
 */
final class Attempt {

	public int $id;
	/** The WooCommerce order. */
	public int $order_id;
	/** Counts an order's attempts from 1. */
	public int $number;
	/** 'test' or 'live': which keys, for as long as it lives. */
	public string $mode;
	/** 'onsite' (scene API) or 'hosted' (scene CHECK_OUT). */
	public string $scene;
	/** Our number at BonusPay. */
	public string $merchant_order_no;
	/** BonusPay's number, from its first signed answer. */
	public ?string $order_no;
	/** Sent as `reserved`: who does not give it back does not speak of this attempt. */
	public string $token;
	/** The merchant's id at BonusPay when it was made. */
	public string $partner_id;
	/** What the order cost when it was made, and in which currency. */
	public string $price;
	public string $currency;
	/** The coin, and on this site the network. */
	public string $coin;
	public string $network;
	/** The crypto amount due, as BonusPay's signed answer gave it; null until then. */
	public ?string $due;
	/** What came in, as far as is known. */
	public string $received;
	/** Where to pay, on this site. */
	public ?string $address;
	/** BonusPay's page, when hosted. */
	public ?string $checkout_url;
	public Attempt_State $state;
	/** Why it is in review, or why it failed: a line for the merchant. */
	public string $reason;
	/** The bizContent as it was first sent, JSON: a repeat sends the same. */
	public string $request;
	public int $created_at;
	/** When it was first sent; 0 when never. */
	public int $sent_at;
	public int $expires_at;
	/** When BonusPay was last asked. */
	public int $checked_at;
	/** When the queue asks next; null for never. */
	public ?int $next_check_at;
	public int $checks;
	public int $fails;
	public bool $cancel_asked;
	/** The merchant takes what came in. */
	public bool $accepted;
	/** The transaction's hash, when known. */
	public ?string $tx_hash;
	/** Counts changes: a change is made only to the version that was read. */
	public int $version;

	/**
	 * From a database row of strings.
	 */
	public static function from_row( array $row ): self {
		$attempt = new self();
		foreach ( $row as $name => $value ) {
			if ( ! property_exists( $attempt, $name ) ) {
				continue;
			}
			$type           = ( new \ReflectionProperty( self::class, $name ) )->getType();
			$attempt->$name = match ( true ) {
				null === $value                             => null,
				Attempt_State::class === $type->getName()   => Attempt_State::from( $value ),
				'int' === $type->getName()                  => (int) $value,
				'bool' === $type->getName()                 => (bool) (int) $value,
				default                                     => (string) $value,
			};
		}
		return $attempt;
	}

	/** What is still to pay; '0' when nothing, null when the amount due is not known. */
	public function remaining(): ?string {
		if ( null === $this->due ) {
			return null;
		}
		return Decimal::compare( $this->received, $this->due ) >= 0 ? '0' : Decimal::subtract( $this->due, $this->received );
	}

	/** Whether money came in, or may have: of a payment in review nobody may know what. */
	public function has_money(): bool {
		return Attempt_State::Review === $this->state || Decimal::compare( $this->received, '0' ) > 0;
	}

	/** Whether the quote's time is over. */
	public function has_expired( int $now ): bool {
		return $now >= $this->expires_at;
	}
}
