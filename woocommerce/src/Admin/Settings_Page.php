<?php
/**
 * The settings page.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Health\Connection_Test;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Order_Status_Policy;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;

/**
 * Which fields there are, and what their buttons do. How they look is in Key_Fields and Settings_Form.
 */
final class Settings_Page {

	public const GENERATE_ACTION = 'bonuspay_wc_generate_keys';
	public const TEST_ACTION     = 'bonuspay_wc_test_connection';

	/**
	 * The gateway's form, for WooCommerce's settings API. The keys are no settings: WooCommerce's own rows are autoloaded
	 * and readable over REST; their field exists on the page alone.
	 */
	public static function fields(): array {
		return array_merge(
			self::basic_fields(),
			self::key_fields(),
			self::payment_fields(),
			self::rule_fields(),
			self::status_fields(),
			self::other_fields()
		);
	}

	/** Scripts and styles, on our pages, on orders and in their list. */
	public static function enqueue(): void {
		$screen = get_current_screen();
		$orders = array( 'edit-shop_order', function_exists( 'wc_get_page_screen_id' ) ? wc_get_page_screen_id( 'shop-order' ) : '' );
		if ( Links::is_settings() || Links::is_screen() || ( null !== $screen && in_array( $screen->id, $orders, true ) ) ) {
			self::enqueue_assets();
		}
	}

	/** For whoever shows something of ours elsewhere. */
	public static function enqueue_assets(): void {
		wp_enqueue_style( 'bonuspay-admin', plugins_url( 'assets/admin.css', BONUSPAY_WC_FILE ), array(), BONUSPAY_WC_VERSION );
		wp_enqueue_script( 'bonuspay-admin', plugins_url( 'assets/admin.js', BONUSPAY_WC_FILE ), array(), BONUSPAY_WC_VERSION, true );
		$data = array(
			'url'            => admin_url( 'admin-ajax.php' ),
			'generateAction' => self::GENERATE_ACTION,
			'testAction'     => self::TEST_ACTION,
			'nonce'          => current_user_can( 'manage_woocommerce' ) ? wp_create_nonce( self::GENERATE_ACTION ) : '',
			'copied'         => __( 'Copied', 'bonuspay-for-woocommerce' ),
			'working'        => __( 'One moment …', 'bonuspay-for-woocommerce' ),
			'failed'         => __( 'The server did not answer as expected. Reload the page and try again.', 'bonuspay-for-woocommerce' ),
			'replace'        => __( 'Make a new key? The old one is gone then, and BonusPay refuses this shop until you have given it the new public key.', 'bonuspay-for-woocommerce' ),
		);
		wp_add_inline_script( 'bonuspay-admin', 'window.bonuspayAdmin = ' . wp_json_encode( $data ) . ';', 'before' );
	}

	/** The link in the list of plugins. */
	public static function plugin_links( array $links ): array {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( Links::settings() ), esc_html__( 'Settings', 'bonuspay-for-woocommerce' ) );
		return array_merge( array( 'settings' => $link ), $links );
	}

	/** Makes a key pair, keeps the private key and shows the public one. */
	public static function generate_keys(): void {
		$mode = self::allowed_mode();
		if ( Keys::is_constant( $mode, 'private_key' ) ) {
			wp_send_json_error(
				array(
					'message' => sprintf(
						/* translators: %s: name of a constant. */
						__( 'Your private key is set by %s in wp-config.php; it cannot be changed here.', 'bonuspay-for-woocommerce' ),
						Keys::constant_name( $mode, 'private_key' )
					),
				)
			);
		}
		try {
			$key = Keys::generate( $mode );
		} catch ( \InvalidArgumentException | Backend_Error $error ) {
			wp_send_json_error( array( 'message' => $error->getMessage() ) );
		}
		Log::info( 'key_generated', array( 'mode' => $mode ) );
		wp_send_json_success(
			array(
				'message'     => __( 'Your new key is stored. Now copy the public key below into BonusPay\'s merchant portal.', 'bonuspay-for-woocommerce' ),
				'publicKey'   => $key->pem(),
				'fingerprint' => $key->fingerprint(),
			)
		);
	}

	/** Tests the stored keys. */
	public static function test_connection(): void {
		$mode  = self::allowed_mode();
		$error = Connection_Test::run( $mode );
		if ( null === $error ) {
			wp_send_json_success( array( 'message' => Connection_Test::success( $mode ) ) );
		}
		wp_send_json_error( array( 'message' => Connection_Test::explain( $error, $mode ) ) );
	}

	/**
	 * Stores what came from the keys' field.
	 *
	 * @param string $mode 'test' or 'live'.
	 * @param mixed  $sent What the form sent.
	 * @return string[] What is wrong, for the owner.
	 */
	public static function save_keys( string $mode, #[\SensitiveParameter] mixed $sent ): array {
		if ( ! is_array( $sent ) ) {
			return array();
		}
		$sent   = array_map( static fn( $value ): string => is_string( $value ) ? trim( wp_unslash( $value ) ) : '', $sent );
		$faults = array();
		$before = Keys::public_keys( $mode );
		$worked = Keys::is_complete( $mode );
		$steps  = array(
			'partner_id'  => static fn( string $value ) => Keys::set_partner_id( $mode, $value ),
			'private_key' => static fn( #[\SensitiveParameter] string $value ) => '' === $value
				? null
				: Keys::set_private_key( $mode, $value ),
			'public_key'  => static fn( string $value ) => Keys::set_public_keys( $mode, $value ),
		);
		foreach ( $steps as $name => $step ) {
			if ( isset( $sent[ $name ] ) && ! Keys::is_constant( $mode, $name ) ) {
				try {
					$step( $sent[ $name ] );
				} catch ( \InvalidArgumentException $error ) {
					$faults[] = Settings::mode_name( $mode ) . ': ' . $error->getMessage();
				}
			}
		}
		// A key that replaces one that worked must work, too: BonusPay signs with it.
		if (
			$worked
			&& Keys::public_keys( $mode ) !== $before
			&& Keys::is_complete( $mode )
			&& 'signature' === Connection_Test::run( $mode )?->kind
		) {
			Keys::set_public_keys( $mode, implode( "\n", $before ) );
			$faults[] = Settings::mode_name( $mode ) . ': '
				. __( 'The public key that you entered does not fit BonusPay\'s signatures. The old one was kept.', 'bonuspay-for-woocommerce' );
		}
		return $faults;
	}

	/** After the settings are saved: says whether they work. */
	public static function after_save(): void {
		Shop_Identity::remember();
		$mode = Settings::get()->mode();
		if ( null !== Extension::problem() || ! Keys::is_complete( $mode ) ) {
			return;
		}
		$error = Connection_Test::run( $mode );
		if ( null === $error ) {
			\WC_Admin_Settings::add_message( Connection_Test::success( $mode ) );
		} else {
			\WC_Admin_Settings::add_error(
				__( 'Your settings are saved, but payments will not work yet.', 'bonuspay-for-woocommerce' ) . ' '
					. Connection_Test::explain( $error, $mode )
			);
		}
	}

	/** Ends the request unless a manager of the shop sent it from our page; gives the mode it is about. */
	private static function allowed_mode(): string {
		if ( ! Action::is_allowed( self::GENERATE_ACTION ) ) {
			wp_send_json_error( array( 'message' => Action::refusal() ), 403 );
		}
		$mode = Action::text( 'mode' );
		if ( ! in_array( $mode, Keys::MODES, true ) ) {
			wp_send_json_error( array( 'message' => Action::refusal() ), 400 );
		}
		return $mode;
	}

	/** On, and in which mode. */
	private static function basic_fields(): array {
		return array(
			'enabled' => array(
				'title'   => __( 'Crypto payments', 'bonuspay-for-woocommerce' ),
				'type'    => 'checkbox',
				'label'   => __( 'Offer BonusPay at the checkout', 'bonuspay-for-woocommerce' ),
				'default' => 'no',
			),
			'mode'    => array(
				'title'       => __( 'Mode', 'bonuspay-for-woocommerce' ),
				'type'        => 'select',
				'class'       => 'bonuspay-mode',
				'options'     => array(
					'test' => __( 'Test: no real money', 'bonuspay-for-woocommerce' ),
					'live' => __( 'Live: real payments', 'bonuspay-for-woocommerce' ),
				),
				'default'     => 'test',
				'description' => __( 'Each mode has keys of its own. Payments that have begun stay in the mode they began in.', 'bonuspay-for-woocommerce' ),
			),
		);
	}

	/** The keys of both modes; without a title, so that REST does not list them, and on the page alone. */
	private static function key_fields(): array {
		if ( ! is_admin() ) {
			return array();
		}
		$fields = array();
		foreach ( Keys::MODES as $mode ) {
			$fields[ 'keys_' . $mode ] = array(
				'type'    => 'bonuspay_keys',
				'mode'    => $mode,
				'default' => '',
			);
		}
		foreach ( array( 'urls', 'health' ) as $name ) {
			$fields[ $name ] = array(
				'type'    => 'bonuspay_' . $name,
				'default' => '',
			);
		}
		return $fields;
	}

	/** What shoppers see. */
	private static function payment_fields(): array {
		return array(
			'shopper_section' => array(
				'title' => __( 'What shoppers see', 'bonuspay-for-woocommerce' ),
				'type'  => 'title',
			),
			'title'           => array(
				'title'             => __( 'Name at the checkout', 'bonuspay-for-woocommerce' ),
				'type'              => 'text',
				'default'           => __( 'Cryptocurrency', 'bonuspay-for-woocommerce' ),
				'custom_attributes' => array( 'maxlength' => '75' ),
			),
			'description'     => array(
				'title'   => __( 'Text below the name', 'bonuspay-for-woocommerce' ),
				'type'    => 'textarea',
				'css'     => 'width:400px;max-width:100%;height:4em;',
				'default' => __( 'Pay with USDT or another coin from your wallet.', 'bonuspay-for-woocommerce' ),
			),
			'scene'           => array(
				'title'       => __( 'Where shoppers pay', 'bonuspay-for-woocommerce' ),
				'type'        => 'select',
				'options'     => array(
					'onsite' => __( 'On a page of this shop', 'bonuspay-for-woocommerce' ),
					'hosted' => __( 'On BonusPay\'s page', 'bonuspay-for-woocommerce' ),
				),
				'default'     => 'onsite',
				'description' => __( 'On your shop\'s page shoppers see the address, the amount and a QR code. On BonusPay\'s page they choose the network as well, and come back when they have paid.', 'bonuspay-for-woocommerce' ),
			),
			'choices'         => array(
				'title'       => __( 'Coins and networks', 'bonuspay-for-woocommerce' ),
				'type'        => 'bonuspay_choices',
				'options'     => self::choice_options(),
				'default'     => Settings::DEFAULT_CHOICES,
				'description' => __( 'Choose only what your BonusPay account takes.', 'bonuspay-for-woocommerce' ),
			),
			'expiry_minutes'  => array(
				'title'             => __( 'Time to pay, in minutes', 'bonuspay-for-woocommerce' ),
				'type'              => 'number',
				'default'           => (string) Settings::EXPIRY_DEFAULT,
				'css'               => 'width:100px;',
				'custom_attributes' => array(
					'min'  => (string) Settings::EXPIRY_MIN,
					'max'  => (string) Settings::EXPIRY_MAX,
					'step' => '1',
				),
				'description'       => sprintf(
					/* translators: 1: smallest, 2: greatest number of minutes. */
					__( 'The amount in coins holds this long: %1$d to %2$d minutes. An hour suits most shops.', 'bonuspay-for-woocommerce' ),
					Settings::EXPIRY_MIN,
					Settings::EXPIRY_MAX
				),
			),
		);
	}

	/** Which orders, and what still counts as paid. */
	private static function rule_fields(): array {
		$currency = function_exists( 'get_woocommerce_currency' ) ? get_woocommerce_currency() : '';
		return array(
			'rule_section'      => array(
				'title' => __( 'Rules', 'bonuspay-for-woocommerce' ),
				'type'  => 'title',
			),
			'min_amount'        => array(
				/* translators: %s: a currency, such as USD. */
				'title'       => sprintf( __( 'Smallest order (%s)', 'bonuspay-for-woocommerce' ), $currency ),
				'type'        => 'text',
				'default'     => '',
				'css'         => 'width:100px;',
				'placeholder' => __( 'none', 'bonuspay-for-woocommerce' ),
			),
			'max_amount'        => array(
				/* translators: %s: a currency, such as USD. */
				'title'       => sprintf( __( 'Greatest order (%s)', 'bonuspay-for-woocommerce' ), $currency ),
				'type'        => 'text',
				'default'     => '',
				'css'         => 'width:100px;',
				'placeholder' => __( 'none', 'bonuspay-for-woocommerce' ),
				'description' => __( 'BonusPay is not offered for orders outside these bounds.', 'bonuspay-for-woocommerce' ),
			),
			'countries'         => array(
				'title'       => __( 'Only for these countries', 'bonuspay-for-woocommerce' ),
				'type'        => 'bonuspay_choices',
				'is_optional' => true,
				'default'     => array(),
				'options'     => is_admin() && function_exists( 'WC' ) && WC()->countries ? WC()->countries->get_countries() : array(),
				'description' => __( 'By the billing address. Choose none for all countries.', 'bonuspay-for-woocommerce' ),
			),
			'tolerance_percent' => array(
				'title'       => __( 'Take payments that are short by up to (%)', 'bonuspay-for-woocommerce' ),
				'type'        => 'text',
				'default'     => '0',
				'css'         => 'width:100px;',
				'description' => sprintf(
					/* translators: %d: a percentage. */
					__( 'Some exchanges keep a fee, and a little less arrives. 0 takes only full payments; 0.5 takes 99.50 of 100.00 as paid. At most %d.', 'bonuspay-for-woocommerce' ),
					Settings::TOLERANCE_MAX
				),
			),
			'tolerance_amount'  => array(
				'title'       => __( '… but never by more than (coins)', 'bonuspay-for-woocommerce' ),
				'type'        => 'text',
				'default'     => '',
				'css'         => 'width:100px;',
				'placeholder' => __( 'no limit', 'bonuspay-for-woocommerce' ),
				'description' => __( 'In the coin that is paid, such as 1.50. It only counts together with a percentage.', 'bonuspay-for-woocommerce' ),
			),
		);
	}

	/** What becomes of the order. */
	private static function status_fields(): array {
		$field = static fn( string $event, string $title, string $description ): array => array(
			'title'       => $title,
			'type'        => 'select',
			'options'     => Order_Status_Policy::options( $event ),
			'default'     => Order_Status_Policy::DEFAULTS[ $event ],
			'description' => $description,
		);
		return array(
			'status_section'           => array(
				'title' => __( 'What becomes of the order', 'bonuspay-for-woocommerce' ),
				'type'  => 'title',
			),
			Order_Status_Policy::PAID  => $field(
				Order_Status_Policy::PAID,
				__( 'When it is paid', 'bonuspay-for-woocommerce' ),
				__( 'Choose "On hold" to look at every paid order yourself before it goes on. Stock and the date of payment are set in any case.', 'bonuspay-for-woocommerce' )
			),
			Order_Status_Policy::SHORT => $field(
				Order_Status_Policy::SHORT,
				__( 'When something came in, but not what was due', 'bonuspay-for-woocommerce' ),
				__( 'Partly paid, underpaid, or to be looked at. Whichever you choose, WooCommerce does not cancel it, and you get a mail when you must decide.', 'bonuspay-for-woocommerce' )
			),
			Order_Status_Policy::DEAD  => $field(
				Order_Status_Policy::DEAD,
				__( 'When the time is over and nothing came in', 'bonuspay-for-woocommerce' ),
				__( 'If you leave the order alone, the shopper can ask for a new price, and WooCommerce cancels the order when its stock is no longer held. A cancelled order cannot be paid any more; late money for it waits for your decision.', 'bonuspay-for-woocommerce' )
			),
		);
	}

	/** The rest. */
	private static function other_fields(): array {
		return array(
			'other_section'       => array(
				'title' => __( 'When something is wrong', 'bonuspay-for-woocommerce' ),
				'type'  => 'title',
			),
			'log_level'           => array(
				'title'       => __( 'Log', 'bonuspay-for-woocommerce' ),
				'type'        => 'select',
				'options'     => array(
					'error'   => __( 'Only errors', 'bonuspay-for-woocommerce' ),
					'warning' => __( 'Errors and warnings', 'bonuspay-for-woocommerce' ),
					'info'    => __( 'Each step of a payment', 'bonuspay-for-woocommerce' ),
					'debug'   => __( 'Everything', 'bonuspay-for-woocommerce' ),
				),
				'default'     => 'info',
				'description' => sprintf(
					/* translators: 1: opening link tag, 2: closing link tag. */
					__( 'You find it under %1$sWooCommerce > Status > Logs%2$s, named "bonuspay". It holds no keys and no addresses.', 'bonuspay-for-woocommerce' ),
					'<a href="' . esc_url( admin_url( 'admin.php?page=wc-status&tab=logs' ) ) . '">',
					'</a>'
				),
			),
			'notify_way'          => array(
				'title'       => __( 'How notifications come', 'bonuspay-for-woocommerce' ),
				'type'        => 'select',
				'default'     => 'rest',
				'options'     => array(
					'rest'   => __( 'By the REST API', 'bonuspay-for-woocommerce' ),
					'wc-api' => __( 'By the spare address', 'bonuspay-for-woocommerce' ),
				),
				'description' => __( 'Take the spare address when a plugin or your host closes the REST API, as the test under WooCommerce > BonusPay > Health says. It counts for payments that begin from now on; both addresses are answered always.', 'bonuspay-for-woocommerce' ),
			),
			'allowed_senders'     => array(
				'title'       => __( 'Where notifications may come from', 'bonuspay-for-woocommerce' ),
				'type'        => 'textarea',
				'css'         => 'height: 5em; width: 400px;',
				'default'     => '',
				'placeholder' => __( 'Anywhere', 'bonuspay-for-woocommerce' ),
				'description' => sprintf(
					/* translators: %s: an IP address. */
					__( 'Leave this empty unless you have a reason: a notification is believed for its signature, never for where it comes from, and if BonusPay\'s servers move, a list keeps its notifications out. If you need it: one IP address or network a line; BonusPay\'s documents name %s.', 'bonuspay-for-woocommerce' ),
					'8.219.8.37'
				),
			),
			'trusted_proxies'     => array(
				'title'       => __( 'Your own proxies', 'bonuspay-for-woocommerce' ),
				'type'        => 'textarea',
				'css'         => 'height: 5em; width: 400px;',
				'default'     => '',
				'placeholder' => __( 'None', 'bonuspay-for-woocommerce' ),
				'description' => __( 'Needed only with the list above, when a load balancer or a service such as Cloudflare stands before your shop: its addresses or networks, one a line. Only then is X-Forwarded-For read.', 'bonuspay-for-woocommerce' ),
			),
			'delete_on_uninstall' => array(
				'title'       => __( 'Deleting the plugin', 'bonuspay-for-woocommerce' ),
				'type'        => 'checkbox',
				'label'       => __( 'Delete the records of all payments, too', 'bonuspay-for-woocommerce' ),
				'default'     => 'no',
				'description' => __( 'Settings and keys are always deleted with the plugin. The records tell which order was paid by which transaction: keep them for your accounts.', 'bonuspay-for-woocommerce' ),
			),
		);
	}

	/** 'USDT-TRON' => 'USDT on the TRON network (TRC-20)'. */
	private static function choice_options(): array {
		$options = array();
		foreach ( Coin::NETWORKS as $coin => $networks ) {
			foreach ( $networks as $network ) {
				$options[ "$coin-$network" ] = Network::phrase( $coin, $network );
			}
		}
		return $options;
	}
}
