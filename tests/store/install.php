<?php
/**
 * The first state of a store: WordPress and WooCommerce installed, two products, two checkout pages.
 * usage: php install.php STORE wordpress, then php install.php STORE woocommerce
 *
 * @package BonusPay\Tests
 */

if ( 'wordpress' === $argv[2] ) {
	define( 'WP_INSTALLING', true );
	require __DIR__ . '/wordpress.php';
	require ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( 'BonusPay shop', 'admin', 'admin@shop.test', true, '', wp_generate_password() );
	return;
}

require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user( 1 );

if ( ! class_exists( 'WooCommerce' ) ) {
	// Activated in a process of its own, so that it loads as in any request.
	$failed = activate_plugin( 'woocommerce/woocommerce.php' );
	if ( is_wp_error( $failed ) ) {
		fwrite( STDERR, $failed->get_error_message() . "\n" );
		exit( 1 );
	}
	passthru( implode( ' ', array_map( 'escapeshellarg', array( PHP_BINARY, __FILE__, $store_folder, 'woocommerce' ) ) ), $code );
	exit( $code );
}

WC_Install::install();
WC_Install::create_pages();
wc_get_container()->get( Automattic\WooCommerce\Internal\DataStores\Orders\DataSynchronizer::class )->create_database_tables();

foreach ( array(
	'woocommerce_coming_soon'                      => 'no',
	'woocommerce_store_pages_only'                 => 'no',
	'woocommerce_custom_orders_table_enabled'      => 'yes',
	'woocommerce_custom_orders_table_data_sync_enabled' => 'no',
	'woocommerce_onboarding_profile'               => array( 'skipped' => true ),
	'woocommerce_task_list_hidden'                 => 'yes',
	'woocommerce_task_list_complete'               => 'yes',
	'woocommerce_extended_task_list_hidden'        => 'yes',
	'woocommerce_show_marketplace_suggestions'     => 'no',
	'woocommerce_allow_tracking'                   => 'no',
	'woocommerce_enable_guest_checkout'            => 'yes',
	'woocommerce_enable_signup_and_login_from_checkout' => 'yes',
	'woocommerce_enable_checkout_login_reminder'   => 'yes',
	'woocommerce_checkout_phone_field'             => 'optional',
	'woocommerce_currency'                         => 'USD',
	'woocommerce_default_country'                  => 'US:CA',
	'woocommerce_store_address'                    => '1 Market Street',
	'woocommerce_store_city'                       => 'San Francisco',
	'woocommerce_store_postcode'                   => '94105',
	'woocommerce_calc_taxes'                       => 'no',
	'woocommerce_manage_stock'                     => 'yes',
	'woocommerce_email_from_address'               => 'shop@shop.test',
	'woocommerce_cheque_settings'                  => array( 'enabled' => 'yes', 'title' => 'Check payments' ),
	'show_avatars'                                 => '0',
	'timezone_string'                              => 'UTC',
	'fresh_site'                                   => '0',
	'permalink_structure'                          => '/%postname%/',
) as $name => $value ) {
	update_option( $name, $value );
}
// Nobody is led through a wizard.
delete_transient( '_wc_activation_redirect' );
delete_option( '_wc_activation_redirect' );

$stocked = new WC_Product_Simple();
$stocked->set_props(
	array(
		'name'           => 'Coffee',
		'slug'           => 'coffee',
		'sku'            => 'coffee',
		'regular_price'  => '12.81',
		'manage_stock'   => true,
		'stock_quantity' => 100,
	)
);
$virtual = new WC_Product_Simple();
$virtual->set_props(
	array(
		'name'          => 'Course',
		'slug'          => 'course',
		'sku'           => 'course',
		'regular_price' => '5.00',
		'virtual'       => true,
	)
);

$rate = ( new WC_Shipping_Zone( 0 ) )->add_shipping_method( 'flat_rate' );
update_option(
	"woocommerce_flat_rate_{$rate}_settings",
	array(
		'title'      => 'Flat rate',
		'tax_status' => 'none',
		'cost'       => '4.00',
	)
);

$classic = wp_insert_post(
	array(
		'post_type'    => 'page',
		'post_status'  => 'publish',
		'post_name'    => 'classic-checkout',
		'post_title'   => 'Classic checkout',
		'post_content' => '[woocommerce_checkout]',
	)
);
update_option(
	'store_facts',
	array(
		'stocked'          => $stocked->save(),
		'virtual'          => $virtual->save(),
		'block_checkout'   => wc_get_page_id( 'checkout' ),
		'classic_checkout' => $classic,
	),
	false
);

// What WooCommerce puts off until later is done now, so that no test meets it.
do_action( 'woocommerce_newly_installed' );
update_option( 'woocommerce_newly_installed', 'no' );
update_option( 'woocommerce_coming_soon', 'no' );
for ( $round = 0; $round < 5 && ActionScheduler_QueueRunner::instance()->run( 'store' ); $round++ ) {
	continue;
}
$GLOBALS['wp_rewrite']->init();
flush_rewrite_rules( false );
