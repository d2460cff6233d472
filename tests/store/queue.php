<?php
/**
 * Runs Action Scheduler's due actions.
 * Arguments: ADVANCE GROUP; prints {"ran":N}.
 *
 * ADVANCE, seconds, first moves the waiting actions (of GROUP, when it is given) that much nearer.
 *
 * @package BonusPay\Tests
 */

require __DIR__ . '/wordpress.php';
[ $advance, $group ] = $argv;

if ( $advance ) {
	global $wpdb;
	$sql = "UPDATE {$wpdb->prefix}actionscheduler_actions a
		LEFT JOIN {$wpdb->prefix}actionscheduler_groups g ON g.group_id = a.group_id
		SET a.scheduled_date_gmt = a.scheduled_date_gmt - INTERVAL %d SECOND,
			a.scheduled_date_local = a.scheduled_date_local - INTERVAL %d SECOND
		WHERE a.status = 'pending'";
	$wpdb->query( $wpdb->prepare( $sql . ( $group ? ' AND g.slug = %s' : '' ), array_filter( array( $advance, $advance, $group ) ) ) );
}

$ran = 0;
add_action(
	'action_scheduler_before_execute',
	function () use ( &$ran ) {
		++$ran;
	}
);
// A batch is 25; an action may bring others that are due at once.
for ( $batch = 0; $batch < 40 && ActionScheduler_QueueRunner::instance()->run( 'store' ); $batch++ ) {
	continue;
}
echo wp_json_encode( array( 'ran' => $ran ) ), "\n";
