<?php
/**
 * The one place that decides what becomes of an attempt.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

/**
 * A pure function: where the attempt stands, what BonusPay says, where the order stands, what the owner chose → what to
 * do. No clock, no database, no WooCommerce. README.md shows it as a table; tests/unit goes through the cross product.
 *
 * What always holds: paid is left for refunded only; nothing becomes paid that BonusPay does not call succeeded, in the
 * coin that was asked for, with enough paid; a status that is not known is pending.
 */
final class State_Table {

	/**
	 * Decides.
	 *
	 * @param Attempt    $attempt As stored.
	 * @param Snapshot   $seen    What BonusPay says now, its identity compared.
	 * @param Order_View $order   Where the WooCommerce order stands.
	 * @param Policy     $policy  The owner's choices.
	 */
	public static function decide( Attempt $attempt, Snapshot $seen, Order_View $order, Policy $policy ): Decision {
		$received = self::received( $attempt, $seen );
		if ( 'refunded' === $seen->status ) {
			return self::refunded( $attempt, $received );
		}
		if ( in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true ) ) {
			return self::settled( $attempt, $received );
		}
		$problem = self::problem( $attempt, $seen );
		if ( '' !== $problem ) {
			return new Decision( Attempt_State::Review, $received, self::once( $attempt, Attempt_State::Review, Effect::Hold_Review ), $problem );
		}
		return match ( $seen->status ) {
			'succeeded' => self::succeeded( $attempt, $seen, $received, $order, $policy ),
			'failed'    => self::failed( $attempt, $seen, $received, $order ),
			default     => self::pending( $attempt, $seen, $received, $order, $policy ),
		};
	}

	/** What came in never becomes less: deposits are final. */
	private static function received( Attempt $attempt, Snapshot $seen ): string {
		$most = $attempt->received;
		foreach ( array( $seen->paid_currency === $attempt->coin ? $seen->paid : null, $seen->deposited ) as $amount ) {
			if ( null !== $amount && Decimal::compare( $amount, $most ) > 0 ) {
				$most = $amount;
			}
		}
		return $most;
	}

	/** What BonusPay is due, by the first answer that told it; none may tell another afterwards. */
	private static function due( Attempt $attempt, Snapshot $seen ): ?string {
		return $attempt->due ?? ( $seen->total_currency === $attempt->coin ? $seen->total : null );
	}

	/** Why a person must look; '' when nobody must. */
	private static function problem( Attempt $attempt, Snapshot $seen ): string {
		if ( null !== $seen->total_currency && $seen->total_currency !== $attempt->coin ) {
			return 'The order at BonusPay is in another coin than was asked for.';
		}
		if ( null !== $seen->paid_currency && $seen->paid_currency !== $attempt->coin ) {
			return 'It was paid in another coin than was asked for.';
		}
		if ( null !== $attempt->due && null !== $seen->total && 0 !== Decimal::compare( $attempt->due, $seen->total ) ) {
			return sprintf( 'The amount due at BonusPay changed from %s to %s.', $attempt->due, $seen->total );
		}
		return '';
	}

	/** BonusPay says that it is paid. */
	private static function succeeded( Attempt $attempt, Snapshot $seen, string $received, Order_View $order, Policy $policy ): Decision {
		if ( null === $seen->paid ) {
			// Paid, but not how much: ask again.
			return new Decision( self::known( $attempt->state ), $received );
		}
		$due = self::due( $attempt, $seen );
		if ( null === $due ) {
			// The hosted page alone may do without: BonusPay knows what our fiat amount was worth.
			if ( 'hosted' !== $attempt->scene || ! $seen->is_ref_amount_ours || Decimal::compare( $seen->paid, '0' ) <= 0 ) {
				return new Decision(
					Attempt_State::Review,
					$received,
					self::once( $attempt, Attempt_State::Review, Effect::Hold_Review ),
					'BonusPay does not say which amount was due.'
				);
			}
		} elseif ( ! $attempt->accepted && ! $policy->is_enough( $seen->paid, $due ) ) {
			return self::underpaid( $attempt, $received, $order, $due );
		}
		$effects = self::for_money( $order, Effect::Complete );
		if ( null !== $due && Decimal::compare( $received, $due ) > 0 ) {
			$effects[] = Effect::Note_Surplus;
		}
		return new Decision( Attempt_State::Paid, $received, $effects );
	}

	/** BonusPay waits, or says something that is not known: it waits. */
	private static function pending( Attempt $attempt, Snapshot $seen, string $received, Order_View $order, Policy $policy ): Decision {
		$due     = self::due( $attempt, $seen );
		$is_over = $seen->now >= ( $seen->expires_at ?? $attempt->expires_at );
		if ( $seen->has_other_deposit && 0 === Decimal::compare( $received, '0' ) ) {
			return new Decision(
				Attempt_State::Review,
				$received,
				self::once( $attempt, Attempt_State::Review, Effect::Hold_Review ),
				'Something came in another coin or on another network than was asked for.'
			);
		}
		if ( 0 === Decimal::compare( $received, '0' ) ) {
			return new Decision( self::known( $attempt->state ), $received );
		}
		if ( $is_over && null !== $due && $policy->is_enough( $received, $due ) && Decimal::compare( $received, $due ) < 0 ) {
			// Only Get Order completes an order: accept what came in, then ask.
			return new Decision( Attempt_State::Partial, $received, array( Effect::Accept ) );
		}
		if ( $is_over && null !== $due && Decimal::compare( $received, $due ) < 0 ) {
			return self::underpaid( $attempt, $received, $order, $due );
		}
		return new Decision( Attempt_State::Partial, $received, self::for_money( $order, Effect::Hold_Partial ) );
	}

	/** BonusPay has given it up. */
	private static function failed( Attempt $attempt, Snapshot $seen, string $received, Order_View $order ): Decision {
		if ( Decimal::compare( $received, '0' ) > 0 ) {
			return self::underpaid( $attempt, $received, $order, self::due( $attempt, $seen ) );
		}
		if ( $attempt->state->is_dead() ) {
			return new Decision( $attempt->state, $received );
		}
		$state = match ( true ) {
			$attempt->cancel_asked => Attempt_State::Cancelled,
			$seen->now >= ( $seen->expires_at ?? $attempt->expires_at ) => Attempt_State::Expired,
			default => Attempt_State::Failed,
		};
		return new Decision( $state, $received, Order_View::Open === $order ? array( Effect::Note_Dead ) : array() );
	}

	/** The money went back to the shopper. */
	private static function refunded( Attempt $attempt, string $received ): Decision {
		return new Decision( Attempt_State::Refunded, $received, self::once( $attempt, Attempt_State::Refunded, Effect::Note_Refunded ) );
	}

	/** Paid stays paid, refunded stays refunded; more money is told. */
	private static function settled( Attempt $attempt, string $received ): Decision {
		$is_more = null !== $attempt->due && Decimal::compare( $received, $attempt->due ) > 0
			&& Decimal::compare( $received, $attempt->received ) > 0;
		return new Decision( $attempt->state, $received, $is_more ? array( Effect::Note_Surplus ) : array() );
	}

	/** Too little, and no more is to be expected. */
	private static function underpaid( Attempt $attempt, string $received, Order_View $order, ?string $due ): Decision {
		$effects = Attempt_State::Underpaid === $attempt->state && 0 === Decimal::compare( $received, $attempt->received )
			? array()
			: self::for_money( $order, Effect::Hold_Underpaid );
		$missing = null !== $due && Decimal::compare( $received, $due ) < 0 ? Decimal::subtract( $due, $received ) : null;
		$reason  = null === $missing ? 'Money came in for an attempt that had ended.' : sprintf( 'Underpaid by %s %s.', $missing, $attempt->coin );
		return new Decision( Attempt_State::Underpaid, $received, $effects, $reason );
	}

	/** What money does: the usual to an order that waits for it, and to any other what nobody expects. */
	private static function for_money( Order_View $order, Effect $usual ): array {
		return match ( $order ) {
			Order_View::Open         => array( $usual ),
			Order_View::Paid_By_This => Effect::Complete === $usual ? array( $usual ) : array(),
			Order_View::Cancelled, Order_View::Paid_By_Other_Attempt => array( Effect::Hold_Unexpected ),
			Order_View::Elsewhere    => array( Effect::Note_Unexpected ),
		};
	}

	/** An effect of coming into a state. */
	private static function once( Attempt $attempt, Attempt_State $state, Effect $effect ): array {
		return $attempt->state === $state ? array() : array( $effect );
	}

	/** BonusPay knows the attempt now. */
	private static function known( Attempt_State $state ): Attempt_State {
		return Attempt_State::Saved === $state ? Attempt_State::Waiting : $state;
	}
}
