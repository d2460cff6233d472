<?php
/**
 * Loads the store's WordPress for a program of the command line: the store's folder is the first argument.
 *
 * @package BonusPay\Tests
 */

if ( PHP_SAPI !== 'cli' ) {
	exit( 1 );
}
define( 'STORE_CLI', true );
array_shift( $argv );
$store_folder = array_shift( $argv );
// What WordPress and WooCommerce take for granted in a request.
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['SERVER_NAME']     = '127.0.0.1';
$_SERVER['HTTP_HOST']       = '127.0.0.1';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';
require $store_folder . '/www/wp-load.php';
