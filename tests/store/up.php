<?php
/**
 * Makes the installed store this run's own, then has it configured.
 * usage: php up.php STORE FACTS.json        prints what the installed shop adds to the facts, as JSON
 *
 * @package BonusPay\Tests
 */

require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user( 1 );
$store = json_decode( file_get_contents( $argv[0] ), true );

update_option( 'siteurl', $store['url'] );
update_option( 'home', $store['url'] );
update_option( 'woocommerce_custom_orders_table_enabled', 'posts' === $store['orders'] ? 'no' : 'yes' );
wp_set_password( $store['admin']['password'], 1 );

$plugin = 'bonuspay-for-woocommerce/bonuspay-for-woocommerce.php';
if ( is_file( WP_PLUGIN_DIR . '/' . $plugin ) ) {
	$failed = activate_plugin( $plugin );
	if ( is_wp_error( $failed ) ) {
		fwrite( STDERR, $failed->get_error_message() . "\n" );
		exit( 1 );
	}
}
require __DIR__ . '/configure.php';
store_configure( $store );
flush_rewrite_rules( false );

echo wp_json_encode( get_option( 'store_facts' ) ), "\n";
