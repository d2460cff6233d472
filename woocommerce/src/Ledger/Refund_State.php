<?php
/**
 * Where a refund stands.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * The states of one refund, as they stand in the table.
 */
enum Refund_State: string {

	/** A request: the shopper was asked for an address, or has told it; nothing is set aside. */
	case Asked = 'asked_for_address';
	/** Its number is stored and the money set aside; not sent. */
	case Saved = 'saved';
	/** It was sent; whether BonusPay has it is not known. */
	case Sent = 'sent';
	/** BonusPay has it, and has not paid it out. */
	case Created = 'created';
	/** Paid out. */
	case Succeeded = 'succeeded';
	/** BonusPay refused it, gave it up, or never had it: nothing was paid out. */
	case Failed = 'failed';

	/** Whether its money is set aside or gone. */
	public function takes_money(): bool {
		return self::Asked !== $this && self::Failed !== $this;
	}

	/** Whether nobody knows if BonusPay has it: until then there is no other. */
	public function is_unclear(): bool {
		return self::Saved === $this || self::Sent === $this;
	}

	/** Whether it has ended. */
	public function is_final(): bool {
		return self::Succeeded === $this || self::Failed === $this;
	}
}
