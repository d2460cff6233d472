<?php
/**
 * Runs PHP code from standard input within the store's WordPress; prints what it returns, as JSON.
 * usage: php eval.php STORE <code
 *
 * @package BonusPay\Tests
 */

require __DIR__ . '/wordpress.php';
$returned = eval( stream_get_contents( STDIN ) );
echo wp_json_encode( $returned ), "\n";
