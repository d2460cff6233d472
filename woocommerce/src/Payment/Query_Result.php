<?php
/**
 * What asking BonusPay came to.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Payment;

/**
 * The end of a check.
 */
enum Query_Result {

	/** BonusPay told of this attempt, and what it told is stored. */
	case Answered;
	/** BonusPay says, signed, that it does not know it. Right after sending that is not final. */
	case Not_There;
	/** Nobody knows: no answer, or one that does not speak of this attempt. */
	case Failed;
	/** It told, but another worker held the order's lock: ask again. */
	case Busy;
}
