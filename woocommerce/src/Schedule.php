<?php
/**
 * When the queue runs.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

/**
 * The recurring action in Action Scheduler that runs the queue every minute.
 */
final class Schedule {

	public const HOOK  = 'bonuspay_wc_queue';
	public const GROUP = 'bonuspay';

	/** Sees to it that the queue runs: when a payment begins, when WordPress's own work is done, and with the activation. */
	public static function schedule(): void {
		if ( function_exists( 'as_has_scheduled_action' ) && ! as_has_scheduled_action( self::HOOK, array(), self::GROUP ) ) {
			as_schedule_recurring_action( time() + 60, 60, self::HOOK, array(), self::GROUP, true );
		}
	}

	/** With the plugin's deactivation. Attempts stay, and are looked at again when it is active. */
	public static function unschedule(): void {
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( self::HOOK, array(), self::GROUP );
		}
	}

	/** When it runs next; null when nothing is planned. A round that runs now is planned, too. */
	public static function next_run(): ?int {
		return self::time_of( array( \ActionScheduler_Store::STATUS_RUNNING, \ActionScheduler_Store::STATUS_PENDING ), 'ASC' );
	}

	/** When it last ran; null when it never did, as far as is known. */
	public static function last_run(): ?int {
		return self::time_of( array( \ActionScheduler_Store::STATUS_COMPLETE ), 'DESC' );
	}

	/** The time of the first of its actions. */
	private static function time_of( array $statuses, string $order ): ?int {
		if ( ! \ActionScheduler::is_initialized() ) {
			return null;
		}
		$actions = as_get_scheduled_actions(
			array(
				'hook'     => self::HOOK,
				'group'    => self::GROUP,
				'status'   => $statuses,
				'orderby'  => 'date',
				'order'    => $order,
				'per_page' => 1,
			),
			'ids'
		);
		return array() === $actions ? null : \ActionScheduler::store()->get_date( (string) reset( $actions ) )->getTimestamp();
	}
}
