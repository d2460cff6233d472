<?php
/**
 * Plugin Name:          BonusPay for WooCommerce
 * Description:          Take crypto payments through BonusPay: on your own page or on BonusPay's, in both checkouts.
 * Version:              0.1.0
 * Requires at least:    6.8
 * Requires PHP:         8.1
 * Requires Plugins:     woocommerce
 * WC requires at least: 10.0
 * WC tested up to:      10.5
 * Author:               The BonusPay client's authors
 * Text Domain:          bonuspay-for-woocommerce
 * Domain Path:          /languages
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

defined( 'ABSPATH' ) || exit;

define( 'BONUSPAY_WC_VERSION', '0.1.0' );
define( 'BONUSPAY_WC_FILE', __FILE__ );
define( 'BONUSPAY_WC_DIR', plugin_dir_path( __FILE__ ) );

spl_autoload_register(
	static function ( string $class_name ): void {
		if ( str_starts_with( $class_name, __NAMESPACE__ . '\\' ) ) {
			$file = BONUSPAY_WC_DIR . 'src/' . str_replace( '\\', '/', substr( $class_name, strlen( __NAMESPACE__ ) + 1 ) ) . '.php';
			if ( is_file( $file ) ) {
				require $file;
			}
		}
	}
);

register_activation_hook( __FILE__, array( Plugin::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Schedule::class, 'unschedule' ) );
Plugin::register();
