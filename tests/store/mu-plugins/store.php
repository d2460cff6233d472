<?php
/**
 * Keeps the store on this machine: mail goes to a file, and no request leaves loopback.
 *
 * @package BonusPay\Tests
 */

/**
 * Adds a line of JSON to a file of the store's.
 *
 * @param string $name  The file.
 * @param array  $entry What is added.
 */
function store_record( string $name, array $entry ): void {
	file_put_contents( STORE_FOLDER . '/log/' . $name, wp_json_encode( $entry ) . "\n", FILE_APPEND | LOCK_EX );
}

add_filter(
	'pre_wp_mail',
	function ( $sent, $mail ) {
		$mail['attachments'] = array_map( 'basename', (array) $mail['attachments'] );
		store_record( 'mail.jsonl', $mail );
		return true;
	},
	10,
	2
);

add_action(
	'woocommerce_order_status_changed',
	function ( $id, $from, $to ) {
		store_record( 'statuses.jsonl', compact( 'id', 'from', 'to' ) );
	},
	0,
	3
);

add_filter(
	'pre_http_request',
	function ( $answer, $arguments, $url ) {
		if ( in_array( wp_parse_url( $url, PHP_URL_HOST ), array( '127.0.0.1', 'localhost' ), true ) ) {
			return $answer;
		}
		$callers = wp_debug_backtrace_summary();
		store_record( 'outbound.jsonl', compact( 'url', 'callers' ) );
		return new WP_Error( 'http_request_not_executed', 'No request leaves this store.' );
	},
	10,
	3
);

// Nothing is looked up at wordpress.org, so no failure of it is reported either.
foreach ( array( 'core', 'plugins', 'themes' ) as $store_what ) {
	add_filter(
		"pre_site_transient_update_$store_what",
		fn() => (object) array(
			'last_checked'    => time(),
			'updates'         => array(),
			'response'        => array(),
			'no_update'       => array(),
			'translations'    => array(),
			'version_checked' => wp_get_wp_version(),
			'checked'         => array(),
		)
	);
}
add_filter(
	'woocommerce_admin_features',
	fn( $features ) => array_values(
		array_diff(
			$features,
			array( 'remote-inbox-notifications', 'remote-free-extensions', 'payment-gateway-suggestions', 'marketplace' )
		)
	)
);

// Emoji that the browser lacks would come from elsewhere. The administration asks for them only after this file was read.
remove_action( 'wp_head', 'print_emoji_detection_script', 7 );
add_action( 'admin_init', fn() => remove_action( 'admin_print_scripts', 'print_emoji_detection_script' ) );

// The queue runs when a test runs it, and not behind a page of the administration.
add_filter( 'action_scheduler_allow_async_request_runner', '__return_false' );

// Several nodes write one log.
add_filter( 'woocommerce_log_directory', fn() => STORE_FOLDER . '/log/woocommerce/' );

// A language from right to left, without its translation.
if ( defined( 'STORE_RTL' ) && STORE_RTL ) {
	add_action(
		'init',
		function () {
			$GLOBALS['wp_locale']->text_direction = 'rtl';
		},
		0
	);
}

// A shop may have its prices in a coin; WooCommerce knows none.
add_filter( 'woocommerce_currencies', fn( $currencies ) => $currencies + array( 'USDT' => 'Tether', 'BTC' => 'Bitcoin' ) );
