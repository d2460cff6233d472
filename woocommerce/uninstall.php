<?php
/**
 * When the plugin is deleted: settings, keys, locks and scheduled actions go; the records of payments only if the owner
 * chose so. Works without WooCommerce and without the extension, with plain SQL.
 *
 * @package BonusPay\WooCommerce
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Whether a table is there: WooCommerce's may not be. */
function bonuspay_wc_has_table( string $table ): bool {
	global $wpdb;
	return $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) === $table;
}

/** Scheduled actions with their logs, and their group. */
function bonuspay_wc_delete_actions(): void {
	global $wpdb;
	$actions = $wpdb->prefix . 'actionscheduler_actions';
	$groups  = $wpdb->prefix . 'actionscheduler_groups';
	$logs    = $wpdb->prefix . 'actionscheduler_logs';
	if ( ! bonuspay_wc_has_table( $actions ) || ! bonuspay_wc_has_table( $groups ) ) {
		return;
	}
	$group = (int) $wpdb->get_var( $wpdb->prepare( "SELECT group_id FROM %i WHERE slug = 'bonuspay'", $groups ) );
	if ( 0 === $group ) {
		return;
	}
	if ( bonuspay_wc_has_table( $logs ) ) {
		$wpdb->query(
			$wpdb->prepare( 'DELETE l FROM %i l JOIN %i a ON a.action_id = l.action_id WHERE a.group_id = %d', $logs, $actions, $group )
		);
	}
	$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE group_id = %d', $actions, $group ) );
	$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE group_id = %d', $groups, $group ) );
}

/** The records of payments: our tables, and what orders say of them, in both order stores. */
function bonuspay_wc_delete_records(): void {
	global $wpdb;
	foreach ( array( 'attempts', 'refunds', 'events', 'effects' ) as $name ) {
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', "{$wpdb->prefix}bonuspay_$name" ) );
	}
	delete_option( 'bonuspay_wc_schema' );
	$ours = $wpdb->esc_like( '_bonuspay_' ) . '%';
	$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->postmeta} WHERE meta_key LIKE %s", $ours ) );
	if ( bonuspay_wc_has_table( $wpdb->prefix . 'wc_orders_meta' ) ) {
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE meta_key LIKE %s', $wpdb->prefix . 'wc_orders_meta', $ours ) );
	}
}

/** One site's. */
function bonuspay_wc_uninstall_site(): void {
	global $wpdb;
	$settings     = get_option( 'woocommerce_bonuspay_settings', array() );
	$with_records = ( is_array( $settings ) && 'yes' === ( $settings['delete_on_uninstall'] ?? 'no' ) )
		|| ( defined( 'WC_REMOVE_ALL_DATA' ) && true === WC_REMOVE_ALL_DATA );
	$options      = array(
		'woocommerce_bonuspay_settings',
		'bonuspay_wc_keys',
		'bonuspay_wc_private_key_test',
		'bonuspay_wc_private_key_live',
		'bonuspay_wc_site_url',
		'bonuspay_wc_callback_test',
		'bonuspay_wc_report',
	);
	foreach ( $options as $option ) {
		delete_option( $option );
	}
	foreach ( array( '_transient_bonuspay_wc_', '_transient_timeout_bonuspay_wc_' ) as $of ) {
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $of ) . '%' ) );
	}
	bonuspay_wc_delete_actions();
	if ( $with_records ) {
		bonuspay_wc_delete_records();
		delete_option( 'bonuspay_wc_order_prefix' );
		$wpdb->query( "DROP TABLE IF EXISTS {$wpdb->prefix}bonuspay_locks" );
	} elseif ( bonuspay_wc_has_table( $wpdb->prefix . 'bonuspay_locks' ) ) {
		// The rows stay with the payments: each counts on, and a count that began anew would be older than what is stored.
		$wpdb->query( "UPDATE {$wpdb->prefix}bonuspay_locks SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND" );
	}
}

if ( is_multisite() ) {
	foreach ( get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) as $bonuspay_wc_site ) {
		switch_to_blog( $bonuspay_wc_site );
		bonuspay_wc_uninstall_site();
		restore_current_blog();
	}
} else {
	bonuspay_wc_uninstall_site();
}
delete_metadata( 'user', 0, 'bonuspay_wc_dismissed', '', true );
delete_metadata( 'user', 0, 'bonuspay_choice', '', true );
