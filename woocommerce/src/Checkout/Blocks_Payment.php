<?php
/**
 * The payment method in the block checkout.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;
use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Tells the block checkout how to offer it. The payment itself goes through Gateway, as in the classic checkout.
 */
final class Blocks_Payment extends AbstractPaymentMethodType {

	private const SCRIPT = 'bonuspay-blocks';

	/**
	 * As the gateway's.
	 *
	 * @var string
	 */
	protected $name = Payment_Method::ID;

	/** Reads the settings. */
	public function initialize() {
		$this->settings = (array) get_option( 'woocommerce_' . Payment_Method::ID . '_settings', array() );
	}

	/** Whether the script is needed. Which carts can be paid with it, the Store API says: see assets/blocks.js. */
	public function is_active() {
		return 'yes' === $this->get_setting( 'enabled', 'no' )
			&& null === Extension::problem()
			&& array() !== Gateway::choices( get_woocommerce_currency() );
	}

	/** Registers the script. */
	public function get_payment_method_script_handles() {
		wp_register_script(
			self::SCRIPT,
			plugins_url( 'assets/blocks.js', BONUSPAY_WC_FILE ),
			array( 'wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities', 'wp-i18n' ),
			BONUSPAY_WC_VERSION,
			true
		);
		wp_set_script_translations( self::SCRIPT, 'bonuspay-for-woocommerce', BONUSPAY_WC_DIR . 'languages' );
		return array( self::SCRIPT );
	}

	/** What the script shows. */
	public function get_payment_method_data() {
		$settings = Settings::get();
		$choices  = Gateway::choices( get_woocommerce_currency() );
		$options  = array();
		foreach ( $choices as $value => $choice ) {
			$options[] = array(
				'value' => $value,
				'label' => Network::phrase( $choice['coin'], $choice['network'] ),
			);
		}
		return array(
			'title'       => $settings->title(),
			'description' => $settings->description(),
			'choices'     => $options,
			'preferred'   => Gateway::preferred( $choices ),
			'isTest'      => 'test' === $settings->mode(),
			'supports'    => $this->get_supported_features(),
		);
	}

	/** As the gateway's; the gateway need not be made for it. */
	public function get_supported_features() {
		return array( 'products' );
	}
}
