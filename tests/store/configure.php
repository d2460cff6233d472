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
}
