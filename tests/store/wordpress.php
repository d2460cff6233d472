<?php
/**
 * Loads the store's WordPress for a program: the store's folder is the first argument. Of the command line, or of php-fpm
 * (store.mjs), which gives the arguments as JSON in STORE_ARGUMENTS, a name that no visitor can set.
 *
 * @package BonusPay\Tests
 */

if ( PHP_SAPI === 'cli' ) {
	array_shift( $argv );
} elseif ( isset( $_SERVER['STORE_ARGUMENTS'] ) ) {
	$argv = json_decode( $_SERVER['STORE_ARGUMENTS'], true );
} else {
	exit( 1 );
}
$store_folder = array_shift( $argv );
// What WordPress and WooCommerce take for granted in a request.
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['SERVER_NAME']     = '127.0.0.1';
$_SERVER['HTTP_HOST']       = '127.0.0.1';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';
require $store_folder . '/www/wp-load.php';
