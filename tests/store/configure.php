<?php
/**
 * Configures the plugin for the sandbox that runs beside the store.
 *
 * @package BonusPay\Tests
 */

/**
 * Called once at the end of `make store`, as the web server's user, with WordPress, WooCommerce and (when it has a
 * main file) the plugin loaded. What it leaves in the database is what `make store-reset` comes back to.
 *
 * @param array $store The store's facts, as in its store.json; `$store['sandbox']` is the sandbox's ready line:
 *                     listening, base_url, partner_id, merchant_private_key and gateway_public_key (paths of PEM
 *                     files that this user can read), ca_pem.
 */
function store_configure( array $store ): void {
	if ( ! class_exists( BonusPay\WooCommerce\Plugin::class ) ) {
		return;
	}
	$sandbox = $store['sandbox'];
	$line    = "define( 'BONUSPAY_TEST_BASE_URL', " . var_export( $sandbox['base_url'], true ) . " );\n";
	file_put_contents( STORE_FOLDER . '/shop.php', "<?php\n" . $line );
	if ( null === BonusPay\WooCommerce\BonusPay\Extension::problem() ) {
		BonusPay\WooCommerce\Settings\Keys::set_partner_id( 'test', $sandbox['partner_id'] );
		BonusPay\WooCommerce\Settings\Keys::set_private_key( 'test', file_get_contents( $sandbox['merchant_private_key'] ) );
		BonusPay\WooCommerce\Settings\Keys::set_public_keys( 'test', file_get_contents( $sandbox['gateway_public_key'] ) );
	}
	update_option(
		BonusPay\WooCommerce\Settings\Settings::OPTION,
		array(
			'enabled' => 'yes',
			'mode'    => 'test',
			'scene'   => 'onsite',
			'choices' => array( 'USDT-TRON', 'USDT-ETH', 'BTC-BTC', 'ETH-ETH' ),
			'title'   => 'Crypto (BonusPay)',
		)
	);
}
