<?php
/**
 * What a decision does outside our own tables.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Ledger;

/**
 * Each is claimed once for an attempt, by a UNIQUE row, and may be done again by the queue when its worker died.
 */
enum Effect: string {

	/** The order is paid: payment_complete(). */
	case Complete = 'complete';
	/** More came in than was due: a note. */
	case Note_Surplus = 'note_surplus';
	/** Something came in, not enough: the order goes on hold, with the amounts in a note. One for each amount. */
	case Hold_Partial = 'hold_partial';
	/** Too little, and the time is over: on hold, a note, a mail to the merchant. */
	case Hold_Underpaid = 'hold_underpaid';
	/** Paid, but not what the order costs now, or in test mode and the shop is live: on hold, a note, a mail. In place of Complete. */
	case Hold_Changed = 'hold_changed';
	/** Money for a cancelled order, or a second payment of one: on hold, a note, a mail. */
	case Hold_Unexpected = 'hold_unexpected';
	/** Money for an order that is paid in another way: a note and a mail, no change of status. */
	case Note_Unexpected = 'note_unexpected';
	/** The answer does not fit what was asked: on hold, a note, a mail. */
	case Hold_Review = 'hold_review';
	/** The same, beside money as it was asked for, or for an order that is not ours any more: a note and a mail. */
	case Note_Review = 'note_review';
	/** The attempt is dead: a note. */
	case Note_Dead = 'note_dead';
	/** The money was given back at BonusPay: a note and a mail. */
	case Note_Refunded = 'note_refunded';
	/** Within the owner's tolerance after the time is over: Accept Order. */
	case Accept = 'accept';
	/** A refund was paid out: a note, and a refund in WooCommerce if it has none. One for each refund. */
	case Refund_Done = 'refund_done';
	/** A refund was not paid out: WooCommerce's is removed, the order's status restored. One for each refund. */
	case Refund_Undone = 'refund_undone';
}
