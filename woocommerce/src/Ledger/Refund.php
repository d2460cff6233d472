<?php
/**
 * One refund.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * A row of the refunds' table as it was read; changed only by Refunds. Amounts are decimal strings, times Unix seconds.
 */
final class Refund {

	/** From the order screen, with a WooCommerce refund. */
	public const ORDER = 'order';
	/** Of what was paid too much, or came in for nothing: without a WooCommerce refund. */
	public const SURPLUS = 'surplus';
	/** Begun in BonusPay's portal. */
	public const PORTAL = 'portal';

	public int $id;
	public int $order_id;
	/** Of which payment. */
	public int $attempt_id;
	/** Counts an order's refunds from 1. */
	public int $number;
	/** ORDER, SURPLUS or PORTAL. */
	public string $source;
	/** Our number at BonusPay; of the portal's refunds theirs. */
	public string $refund_merchant_order_no;
	/** BonusPay's number. */
	public ?string $refund_no;
	/** The WooCommerce refund. */
	public ?int $wc_refund_id;
	/** Opens the page that asks for the address. */
	public string $token;
	/** What goes out, and of which coin. */
	public string $amount;
	public string $coin;
	/** What it was worth in the order's currency; 0 of a surplus. */
	public string $fiat;
	public string $currency;
	public string $network;
	/** Where it goes; null while nobody has said it. */
	public ?string $address;
	/** Who said it: 'shopper' or 'merchant'. */
	public string $address_by;
	public int $address_at;
	public Refund_State $state;
	/** BonusPay refused it at once, and the merchant saw that. */
	public bool $rejected;
	/** Why it was made, or why it failed: a line for the merchant. */
	public string $reason;
	/** What BonusPay charges for it. */
	public ?string $fee;
	public ?string $fee_coin;
	/** The order's status before it. */
	public string $status_before;
	public int $created_at;
	/** When the shopper was last asked for the address. */
	public int $asked_at;
	/** When it was sent; 0 when never. */
	public int $sent_at;
	public int $ended_at;
	/** When the queue asks next; null for never. */
	public ?int $next_check_at;
	public int $checks;
	/** Counts changes: a change is made only to the version that was read. */
	public int $version;

	/** From a database row of strings. */
	public static function from_row( array $row ): self {
		$refund = new self();
		foreach ( $row as $name => $value ) {
			if ( ! property_exists( $refund, $name ) ) {
				continue;
			}
			$type          = ( new \ReflectionProperty( self::class, $name ) )->getType();
			$refund->$name = match ( true ) {
				null === $value                          => null,
				Refund_State::class === $type->getName() => Refund_State::from( $value ),
				'int' === $type->getName()               => (int) $value,
				'bool' === $type->getName()              => (bool) (int) $value,
				default                                  => (string) $value,
			};
		}
		return $refund;
	}
}
