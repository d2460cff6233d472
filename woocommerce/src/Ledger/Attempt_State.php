<?php
/**
 * Where an attempt stands.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * The states of one attempt to pay, as they stand in the table. README.md has the transitions.
 */
enum Attempt_State: string {

	/** Its number is stored; whether BonusPay knows it is not known. */
	case Saved = 'saved';
	/** BonusPay knows it; nothing came in. */
	case Waiting = 'waiting';
	/** Something came in, and more may. */
	case Partial = 'partial';
	/** Paid: BonusPay says so, and the amount is enough. */
	case Paid = 'paid';
	/** Its time is over and too little came in: a person decides. */
	case Underpaid = 'underpaid';
	/** BonusPay's answer does not fit what was asked: a person decides. */
	case Review = 'review';
	/** Its time is over and nothing came in. */
	case Expired = 'expired';
	/** BonusPay gave it up, or never took it. */
	case Failed = 'failed';
	/** We cancelled it, and BonusPay says so. */
	case Cancelled = 'cancelled';
	/** The money was given back. */
	case Refunded = 'refunded';

	/** Whether the shopper may still pay it: while this is so, there is no other attempt. */
	public function is_live(): bool {
		return in_array( $this, array( self::Saved, self::Waiting, self::Partial ), true );
	}

	/** Whether BonusPay has said that nothing will come of it. */
	public function is_dead(): bool {
		return in_array( $this, array( self::Expired, self::Failed, self::Cancelled ), true );
	}
}
