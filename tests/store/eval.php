<?php
/**
 * Runs PHP code, the request's body, within the store's WordPress; prints what it returns, as JSON.
 *
 * @package BonusPay\Tests
 */

require __DIR__ . '/wordpress.php';
$returned = eval( file_get_contents( 'php://input' ) );
echo wp_json_encode( $returned ), "\n";
