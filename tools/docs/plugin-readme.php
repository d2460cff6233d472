<?php
/**
 * Makes the tables of woocommerce/README.md anew.
 */

require dirname( __DIR__, 2 ) . '/tests/plugin/bootstrap.php';

$page = BONUSPAY_WC_DIR . 'README.md';
file_put_contents( $page, BonusPay\WooCommerce\Tests\Tables::renew( file_get_contents( $page ) ) );
