<?php
/**
 * The one place that decides what becomes of an attempt.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Decision;

use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Tolerance;

/**
 * A pure function: where the attempt stands, what BonusPay says, where the order stands, what the owner chose → what to
 * do. No clock, no database, no WooCommerce. README.md shows it as a table; tests/plugin goes through the cross product.
 *
 * What always holds: paid is left for refunded only; nothing becomes paid that BonusPay does not call succeeded, in the
 * coin that was asked for, with enough paid; a status that is not known is pending; an attempt that has ended is never
 * live again, since another may have taken its place; money that came in is told, whatever becomes of it.
 */
final class State_Table {

	private const OTHER_DEPOSIT = 'Something came in another coin or on another network than was asked for.';

	/**
	 * Decides.
	 *
	 * @param Attempt    $attempt As stored.
	 * @param Snapshot   $seen    What BonusPay says now, its identity compared.
	 * @param Order_View $order   Where the WooCommerce order stands.
	 * @param Tolerance  $policy  The owner's choices.
	 */
	public static function decide( Attempt $attempt, Snapshot $seen, Order_View $order, Tolerance $policy ): Decision {
		$received = self::received( $attempt, $seen );
		if ( 'refunded' === $seen->status ) {
			return self::refunded( $attempt, $received );
		}
		if ( in_array( $attempt->state, array( Attempt_State::Paid, Attempt_State::Refunded ), true ) ) {
			return self::settled( $attempt, $received );
		}
		$problem = self::problem( $attempt, $seen, $received );
		if ( '' !== $problem ) {
			return self::review( $attempt, $received, $order, $problem );
		}
		$decision = match ( $seen->status ) {
			'succeeded' => self::succeeded( $attempt, $seen, $received, $order, $policy ),
			'failed'    => self::failed( $attempt, $seen, $received, $order ),
			default     => self::pending( $attempt, $seen, $received, $order, $policy ),
		};
		return $seen->has_other_deposit ? self::with_other_deposit( $decision ) : $decision;
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

	/** Whether more came in than was known. */
	private static function is_more( Attempt $attempt, string $received ): bool {
		return Decimal::compare( $received, $attempt->received ) > 0;
	}

	/** What BonusPay is due, by the first answer that told it; none may tell another afterwards. Nothing is no amount. */
	private static function due( Attempt $attempt, Snapshot $seen ): ?string {
		$due = $attempt->due ?? ( $seen->total_currency === $attempt->coin ? $seen->total : null );
		return null === $due || 0 === Decimal::compare( $due, '0' ) ? null : $due;
	}

	/** Why a person must look; '' when nobody must. */
	private static function problem( Attempt $attempt, Snapshot $seen, string $received ): string {
		if ( null !== $seen->total_currency && $seen->total_currency !== $attempt->coin ) {
			return 'The order at BonusPay is in another coin than was asked for.';
		}
		if ( null !== $seen->paid_currency && $seen->paid_currency !== $attempt->coin ) {
			return 'It was paid in another coin than was asked for.';
		}
		// The price of a shop that sells for coins is the amount due.
		$due = $attempt->currency === $attempt->coin ? $attempt->price : $attempt->due;
		if ( null !== $due && null !== $seen->total && 0 !== Decimal::compare( $due, $seen->total ) ) {
			return sprintf( 'The amount due at BonusPay changed from %s to %s.', $due, $seen->total );
		}
		if ( $seen->has_other_deposit && 'succeeded' !== $seen->status && 0 === Decimal::compare( $received, '0' ) ) {
			return self::OTHER_DEPOSIT;
		}
		return '';
	}

	/** BonusPay says that it is paid. */
	private static function succeeded(
		Attempt $attempt,
		Snapshot $seen,
		string $received,
		Order_View $order,
		Tolerance $policy
	): Decision {
		if ( null === $seen->paid || null === $seen->paid_currency ) {
			// Paid, but not how much, or of what: ask again.
			return self::awaited( $attempt, $received, $order, self::due( $attempt, $seen ) );
		}
		$due         = self::due( $attempt, $seen );
		$is_anything = Decimal::compare( $seen->paid, '0' ) > 0;
		if ( null === $due ) {
			// The hosted page alone may do without: BonusPay knows what our fiat amount was worth.
			if ( 'hosted' !== $attempt->scene || ! $seen->is_ref_amount_ours || ! $is_anything ) {
				return self::review( $attempt, $received, $order, 'BonusPay does not say which amount was due.' );
			}
		} elseif ( ! $is_anything || ( ! $attempt->accepted && ! $policy->is_enough( $seen->paid, $due ) ) ) {
			return self::underpaid( $attempt, $received, $order, $due );
		}
		$effects = self::for_money( $order, Effect::Complete );
		if ( null !== $due && Decimal::compare( $received, $due ) > 0 ) {
			$effects[] = Effect::Note_Surplus;
		}
		return new Decision( Attempt_State::Paid, $received, $effects );
	}

	/** BonusPay waits, or says something that is not known: it waits. */
	private static function pending( Attempt $attempt, Snapshot $seen, string $received, Order_View $order, Tolerance $policy ): Decision {
		$due      = self::due( $attempt, $seen );
		$is_over  = $seen->now >= ( $seen->expires_at ?? $attempt->expires_at );
		$is_short = null !== $due && Decimal::compare( $received, $due ) < 0 && Decimal::compare( $received, '0' ) > 0;
		if ( ! $is_over || ! $is_short || Attempt_State::Review === $attempt->state ) {
			return self::awaited( $attempt, $received, $order, $due );
		}
		if ( Order_View::Open !== $order || $attempt->state->is_dead() || ! $policy->is_enough( $received, $due ) ) {
			return self::underpaid( $attempt, $received, $order, $due );
		}
		// Only Get Order completes an order: accept what came in, then ask.
		$state = Attempt_State::Underpaid === $attempt->state ? Attempt_State::Underpaid : Attempt_State::Partial;
		return new Decision(
			$state,
			$received,
			self::is_more( $attempt, $received ) ? array( Effect::Hold_Partial, Effect::Accept ) : array( Effect::Accept )
		);
	}

	/** It is not over: what came in is told, and the rest may come. */
	private static function awaited( Attempt $attempt, string $received, Order_View $order, ?string $due ): Decision {
		return match ( true ) {
			0 === Decimal::compare( $received, '0' )         => new Decision( self::known( $attempt->state ), $received ),
			Attempt_State::Review === $attempt->state        => self::review( $attempt, $received, $order, '' ),
			! $attempt->state->is_live()                     => self::underpaid( $attempt, $received, $order, $due ),
			default => new Decision( Attempt_State::Partial, $received, self::for_money( $order, Effect::Hold_Partial ) ),
		};
	}

	/** BonusPay has given it up. */
	private static function failed( Attempt $attempt, Snapshot $seen, string $received, Order_View $order ): Decision {
		if ( Decimal::compare( $received, '0' ) > 0 ) {
			return self::underpaid( $attempt, $received, $order, self::due( $attempt, $seen ) );
		}
		if ( ! $attempt->state->is_live() ) {
			// It has ended, or a person looks at it.
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
		return Attempt_State::Refunded === $attempt->state
			? self::settled( $attempt, $received )
			: new Decision( Attempt_State::Refunded, $received, array( Effect::Note_Refunded ) );
	}

	/** Paid stays paid, refunded stays refunded; more money is told. */
	private static function settled( Attempt $attempt, string $received ): Decision {
		if ( ! self::is_more( $attempt, $received ) ) {
			return new Decision( $attempt->state, $received );
		}
		$is_surplus = Attempt_State::Paid === $attempt->state && null !== $attempt->due && Decimal::compare( $received, $attempt->due ) > 0;
		return new Decision( $attempt->state, $received, array( $is_surplus ? Effect::Note_Surplus : Effect::Note_Unexpected ) );
	}

	/** A person must look; an order that is not ours any more keeps its status. */
	private static function review( Attempt $attempt, string $received, Order_View $order, string $reason ): Decision {
		$effects = array();
		if ( Attempt_State::Review !== $attempt->state ) {
			$effects[] = Order_View::Not_Ours_To_Settle === $order ? Effect::Note_Review : Effect::Hold_Review;
		}
		if ( self::is_more( $attempt, $received ) ) {
			$effects[] = Effect::Note_Unexpected;
		}
		return new Decision( Attempt_State::Review, $received, $effects, $reason );
	}

	/** Too little, and no more is to be expected. */
	private static function underpaid( Attempt $attempt, string $received, Order_View $order, ?string $due ): Decision {
		$effects = Attempt_State::Underpaid === $attempt->state && ! self::is_more( $attempt, $received )
			? array()
			: self::for_money( $order, Effect::Hold_Underpaid );
		$missing = null !== $due && Decimal::compare( $received, $due ) < 0 ? Decimal::subtract( $due, $received ) : null;
		$reason  = null === $missing
			? 'Money came in for an attempt that had ended.'
			: sprintf( 'Underpaid by %s %s.', $missing, $attempt->coin );
		return new Decision( Attempt_State::Underpaid, $received, $effects, $reason );
	}

	/** Beside what came as it was asked for there is something else: a person must know. */
	private static function with_other_deposit( Decision $decision ): Decision {
		if ( ! in_array( $decision->state, array( Attempt_State::Partial, Attempt_State::Underpaid ), true ) ) {
			return $decision;
		}
		return new Decision(
			$decision->state,
			$decision->received,
			array( ...$decision->effects, Effect::Note_Review ),
			trim( $decision->reason . ' ' . self::OTHER_DEPOSIT )
		);
	}

	/** What money does: the usual to an order that waits for it, and to any other what nobody expects. */
	private static function for_money( Order_View $order, Effect $usual ): array {
		return match ( $order ) {
			Order_View::Open               => array( $usual ),
			Order_View::Paid_By_This       => array( Effect::Complete === $usual ? $usual : Effect::Note_Unexpected ),
			Order_View::Cancelled, Order_View::Paid_By_Other_Attempt => array( Effect::Hold_Unexpected ),
			Order_View::Not_Ours_To_Settle => array( Effect::Note_Unexpected ),
		};
	}

	/** BonusPay knows the attempt now. */
	private static function known( Attempt_State $state ): Attempt_State {
		return Attempt_State::Saved === $state ? Attempt_State::Waiting : $state;
	}
}
