<?php
/**
 * What the decision needs to know of the WooCommerce order.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Decision;

/**
 * Where the WooCommerce order stands, for the decision.
 */
enum Order_View: string {

	/** It waits for its payment by us: pending, failed, or on hold for an attempt of ours. */
	case Open = 'open';
	/** It is paid by this very attempt. */
	case Paid_By_This = 'paid_by_this';
	/** It is paid by another attempt of ours. */
	case Paid_By_Other_Attempt = 'paid_by_other_attempt';
	/** It is cancelled: its stock may be given back. */
	case Cancelled = 'cancelled';
	/** It is paid in another way, refunded, in the trash or gone, or has another payment method. */
	case Not_Ours_To_Settle = 'not_ours_to_settle';
}
