<?php
/**
 * Whether an answer speaks of an attempt.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Decision;

use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Ledger\Attempt;

/**
 * BonusPay's key may be one for all merchants, and only bodies are signed: so a genuine answer, or notification, may be
 * about somebody else's order. Whatever it names must be ours, and it must name something.
 */
final class Identity_Check {

	/** What is not ours in it; '' when all is. */
	public static function problem( Attempt $attempt, Verified_Message $answer ): string {
		$of    = static fn( string $name ): ?string => $answer->get( '/acquireOrder/' . $name );
		$ours  = array(
			'merchantOrderNo' => $attempt->merchant_order_no,
			'orderNo'         => $attempt->order_no,
			'reserved'        => $attempt->token,
			'payeeMid'        => $attempt->partner_id,
		);
		$names = 0;
		foreach ( $ours as $name => $value ) {
			$said = $of( $name );
			if ( null === $said || null === $value ) {
				continue;
			}
			if ( ! hash_equals( $value, $said ) ) {
				return "BonusPay's message is genuine, but its $name is not that of this payment. It was ignored.";
			}
			$names += 'payeeMid' === $name ? 0 : 1;
		}
		return $names > 0 ? '' : "BonusPay's answer names no order: neither merchantOrderNo, orderNo nor reserved. It was ignored.";
	}
}
