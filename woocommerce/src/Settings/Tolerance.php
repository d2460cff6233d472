<?php
/**
 * The shop owner's choices that the decision needs.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

use BonusPay\WooCommerce\Money\Decimal;

/**
 * How much less than due still counts as paid: the smaller of a share and an amount. 0, unless the owner says otherwise.
 */
final class Tolerance {

	/**
	 * Keeps the choices.
	 *
	 * @param int     $tolerance_points Hundredths of a percent of the amount due.
	 * @param ?string $tolerance_amount At most so much of the coin; null for no such bound.
	 */
	public function __construct(
		public readonly int $tolerance_points = 0,
		public readonly ?string $tolerance_amount = null,
	) {}

	/** Whether what came in is enough for what was due. */
	public function is_enough( string $received, string $due ): bool {
		if ( Decimal::compare( $received, $due ) >= 0 ) {
			return true;
		}
		if ( 0 === $this->tolerance_points || 0 === Decimal::compare( $received, '0' ) ) {
			return false;
		}
		$missing = Decimal::subtract( $due, $received );
		$allowed = Decimal::basis_points( $due, $this->tolerance_points );
		return Decimal::compare( $missing, $allowed ) <= 0
			&& ( null === $this->tolerance_amount || Decimal::compare( $missing, $this->tolerance_amount ) <= 0 );
	}
}
