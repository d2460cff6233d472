#!/bin/sh
# WordPress's own installer takes the zip, activates it without a word, and takes it away again; the extension is left out, so
# that the plugin is seen to need none for that.
# usage: tests/dist/install.sh ZIP      the environment is that of tests/store/store
set -eu
zip=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
store=$root/tests/store

code=0
said=$("$store/setup" 2>&1 >/dev/null) || code=$?
if [ "$code" = 77 ]; then
	echo "SKIPPED: the zip was not installed. $said"
	exit 0
fi
"$root/.ci/setup" store
STORE=install-$$
# No folder: none is laid into the shop.
PLUGIN=/dev/null
EXTENSION=none
RUN=$$
export STORE PLUGIN EXTENSION RUN
trap '"$store/store" down' EXIT
trap 'exit 130' INT TERM
"$store/store" up >/dev/null
folder=$(readlink "$root/target/store/$STORE")
cp "$zip" "$folder/tmp/plugin.zip"
chmod 644 "$folder/tmp/plugin.zip"
[ "$(id -u)" != 0 ] || chown --reference="$folder/www/wp-content" "$folder/www/wp-content/plugins"

as_web=$(python3 -c 'import json, sys; print(" ".join(json.load(open(sys.argv[1]))["as_web"]))' "$folder/store.json")
# shellcheck disable=SC2086  # a command with its arguments
php() { $as_web env PHP_INI_SCAN_DIR=":$folder/php.d" php "$folder/php/eval.php" "$folder"; }

php >"$folder/said" <<'PHP'
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
wp_set_current_user( 1 );
$skin      = new WP_Ajax_Upgrader_Skin();
$upgrader  = new Plugin_Upgrader( $skin );
$installed = $upgrader->install( STORE_FOLDER . '/tmp/plugin.zip' );
$file      = $upgrader->plugin_info();
if ( true !== $installed || ! $file ) {
	return array( 'installed' => false, 'said' => $skin->get_error_messages() );
}
ob_start();
$activated = activate_plugin( $file );
$printed   = ob_get_clean();
return array(
	'installed' => true,
	'file'      => $file,
	'activated' => is_wp_error( $activated ) ? $activated->get_error_message() : is_plugin_active( $file ),
	'printed'   => $printed,
	'version'   => get_plugin_data( WP_PLUGIN_DIR . '/' . $file )['Version'],
);
PHP
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
wanted='{"installed":true,"file":"bonuspay-for-woocommerce\/bonuspay-for-woocommerce.php","activated":true,"printed":"","version":"'$version'"}'
[ "$(tail -n 1 "$folder/said")" = "$wanted" ] || { echo "dist: WordPress says of the zip:" >&2; cat "$folder/said" >&2; exit 1; }

# In a request of its own, as in wp-admin.
php >"$folder/said" <<'PHP'
require_once ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user( 1 );
$file    = 'bonuspay-for-woocommerce/bonuspay-for-woocommerce.php';
$gateway = isset( WC()->payment_gateways()->payment_gateways()['bonuspay'] );
deactivate_plugins( $file );
$deleted = delete_plugins( array( $file ) );
return array( 'gateway' => $gateway, 'deleted' => true === $deleted, 'left' => is_dir( WP_PLUGIN_DIR . '/bonuspay-for-woocommerce' ) );
PHP
[ "$(tail -n 1 "$folder/said")" = '{"gateway":true,"deleted":true,"left":false}' ] || { echo "dist: WordPress says then:" >&2; cat "$folder/said" >&2; exit 1; }
# WordPress asks wordpress.org for updates after an installation, which a store lets nobody do.
if [ -f "$folder/log/debug.log" ] && grep -vE 'wp_update_(plugins|themes)\(\)' "$folder/log/debug.log" >&2; then exit 1; fi
echo "dist: WordPress installed the zip, activated it and deleted it"
