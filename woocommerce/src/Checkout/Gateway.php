<?php
/**
 * The payment method.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Checkout;

use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Log;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Payment\Payment_Problem;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Refund\Refund_Service;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Payment_Method;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;

/**
 * What WooCommerce knows of BonusPay: whether it is offered, what it asks at checkout, and how a payment begins. Both
 * checkouts and the order-pay page come through here. Stock and cart are WooCommerce's own affair.
 */
class Gateway extends \WC_Payment_Gateway {

	/** Sets what WooCommerce reads. No hooks: gateways are made late, and not in every request. */
	public function __construct() {
		$settings                 = Settings::get();
		$this->id                 = Payment_Method::ID;
		$this->icon               = plugins_url( 'assets/logo.svg', BONUSPAY_WC_FILE );
		$this->has_fields         = true;
		$this->supports           = array( 'products', 'refunds' );
		$this->method_title       = __( 'BonusPay', 'bonuspay-for-woocommerce' );
		$this->method_description = __( 'Take crypto payments through BonusPay, on your own page or on BonusPay’s.', 'bonuspay-for-woocommerce' );
		$this->title              = $settings->title();
		$this->description        = $settings->description();
		$this->init_form_fields();
		$this->init_settings();
		$this->enabled = $this->get_option( 'enabled', 'no' );
	}

	/** Whether shoppers are offered it now: hidden rather than failing. */
	public function is_available() {
		if ( ! parent::is_available() || null !== Extension::problem() ) {
			return false;
		}
		list( $currency, $total, $country ) = self::to_be_paid();
		return self::is_available_for( $currency, $total, $country );
	}

	/**
	 * Whether a payment could begin.
	 *
	 * @param string $currency The order's.
	 * @param string $total    What is to pay, a decimal string.
	 * @param string $country  Where the shopper's bill goes; '' when not known.
	 */
	public static function is_available_for( string $currency, string $total, string $country = '' ): bool {
		$settings = Settings::get();
		return $settings->is_enabled()
			&& $settings->accepts( $currency, $total, $country )
			&& ! Shop_Identity::has_moved()
			&& null === Backends::problem( $settings->mode() );
	}

	/**
	 * The coins and networks for an order's currency, by their values in the form, such as 'USDT-TRON'.
	 *
	 * @return array<string, array{coin: string, network: string}>
	 */
	public static function choices( string $currency ): array {
		$choices = array();
		foreach ( Settings::get()->choices_for( $currency ) as $choice ) {
			$choices[ rtrim( $choice['coin'] . '-' . $choice['network'], '-' ) ] = $choice;
		}
		return $choices;
	}

	/** The choice to preselect: what the shopper took last, else the first. */
	public static function preferred( array $choices ): string {
		$last = WC()->session ? (string) WC()->session->get( Payment_Method::CHOICE, '' ) : '';
		if ( '' === $last && is_user_logged_in() ) {
			$last = (string) get_user_meta( get_current_user_id(), Payment_Method::CHOICE, true );
		}
		return isset( $choices[ $last ] ) ? $last : (string) array_key_first( $choices );
	}

	/** The description and the choice of coin and network, in the classic checkout. */
	public function payment_fields() {
		list( $currency ) = self::to_be_paid();
		$choices          = self::choices( $currency );
		$preferred        = self::preferred( $choices );
		if ( '' !== $this->description ) {
			echo wp_kses_post( wpautop( wptexturize( $this->description ) ) );
		}
		if ( 'test' === Settings::get()->mode() ) {
			echo '<p class="bonuspay-test"><strong>' . esc_html( self::test_text() ) . '</strong></p>';
		}
		if ( 1 === count( $choices ) ) {
			printf(
				'<input type="hidden" name="%s" value="%s"><p class="bonuspay-only-choice">%s</p>',
				esc_attr( Payment_Method::CHOICE ),
				esc_attr( $preferred ),
				esc_html( self::only_choice_text( $choices[ $preferred ] ) )
			);
			return;
		}
		echo '<fieldset class="bonuspay-choices" style="border:0;margin:0;padding:0"><legend>' . esc_html( self::choice_legend() )
			. '</legend>';
		foreach ( $choices as $value => $choice ) {
			$html_id = Payment_Method::CHOICE . '_' . sanitize_html_class( strtolower( $value ) );
			printf(
				'<p style="margin:0"><input type="radio" class="input-radio" id="%1$s" name="%2$s" value="%3$s"%4$s> <label '
					. 'for="%1$s" style="display:inline">%5$s</label></p>',
				esc_attr( $html_id ),
				esc_attr( Payment_Method::CHOICE ),
				esc_attr( $value ),
				checked( $value, $preferred, false ),
				esc_html( Network::phrase( $choice['coin'], $choice['network'] ) )
			);
		}
		echo '</fieldset>';
	}

	/** Checks the choice again: what a form sends is only a wish. */
	public function validate_fields() {
		list( $currency ) = self::to_be_paid();
		if ( null !== self::chosen( self::choices( $currency ) ) ) {
			return true;
		}
		wc_add_notice( __( 'Please choose the coin and the network you want to pay with.', 'bonuspay-for-woocommerce' ), 'error' );
		return false;
	}

	/**
	 * Begins the payment, and sends the shopper to where it is paid.
	 *
	 * @param int $order_id The order.
	 */
	public function process_payment( $order_id ) {
		$order   = wc_get_order( $order_id );
		$choices = self::choices( $order->get_currency() );
		$value   = self::chosen( $choices );
		if ( null === $value ) {
			return self::failure( __( 'Please choose the coin and the network you want to pay with.', 'bonuspay-for-woocommerce' ) );
		}
		self::remember( $value );
		try {
			$attempt = Payment_Service::start( $order, $choices[ $value ]['coin'], $choices[ $value ]['network'] );
		} catch ( Payment_Problem $problem ) {
			if ( ! $problem->is_checking || null === Payment_Service::current( $order->get_id() ) ) {
				return self::failure( $problem->getMessage() );
			}
			// BonusPay may have it: the pay page says so, and finds out.
			return array(
				'result'   => 'success',
				'redirect' => Pay_Link::url( $order ),
			);
		} catch ( \RuntimeException $error ) {
			Log::error(
				'not_begun',
				array(
					'order' => $order->get_id(),
					'why'   => $error->getMessage(),
				)
			);
			return self::failure(
				__( 'Crypto payment is not available right now. You have not been charged. Try again or choose another method.', 'bonuspay-for-woocommerce' )
			);
		}
		return array(
			'result'   => 'success',
			'redirect' => 'hosted' === $attempt->scene && $attempt->state->is_live() && null !== $attempt->checkout_url
				? $attempt->checkout_url
				: Pay_Link::url( $order ),
		);
	}

	/**
	 * Whether the order screen offers a refund.
	 *
	 * @param \WC_Order $order The order.
	 */
	public function can_refund_order( $order ) {
		return $order instanceof \WC_Order && Refund_Service::can_refund( $order );
	}

	/**
	 * Gives money back. An error makes WooCommerce remove its refund again.
	 *
	 * @param int         $order_id The order.
	 * @param string|null $amount   In the order's currency.
	 * @param string      $reason   The merchant's.
	 */
	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		$order = wc_get_order( $order_id );
		return $order instanceof \WC_Order ? Refund_Service::refund( $order, (string) $amount, (string) $reason ) : false;
	}

	/** For WooCommerce's list of payment methods: whether the keys of the mode are there. */
	public function is_account_connected(): bool {
		return Keys::is_complete( Settings::get()->mode() );
	}

	/**
	 * For the list of payment methods of newer WooCommerce: what to read.
	 *
	 * @param string $country_code The shop's; it makes no difference.
	 * @return array<int, array{_type: string, url: string}>
	 */
	public function get_provider_links( $country_code = '' ): array {
		return array(
			array(
				'_type' => 'documentation',
				'url'   => 'https://docs.bonuspay.network',
			),
		);
	}

	/** Shoppers see no logo: that is for the list of payment methods. What a shop adds by WooCommerce's filter stays. */
	public function get_icon() {
		$logo       = $this->icon;
		$this->icon = '';
		$shown      = parent::get_icon();
		$this->icon = $logo;
		return $shown;
	}

	/** For WooCommerce's list of payment methods: keys or the extension are missing. */
	public function needs_setup() {
		$settings = Settings::get();
		return array() === $settings->choices() || null !== Backends::problem( $settings->mode() );
	}

	/** For WooCommerce's list of payment methods. */
	public function is_test_mode(): bool {
		return 'test' === Settings::get()->mode();
	}

	/** Told at checkout and on the pay page while no real coins are taken. */
	public static function test_text(): string {
		return __( 'Test mode: send no real coins.', 'bonuspay-for-woocommerce' );
	}

	/** The question above the choices. */
	public static function choice_legend(): string {
		return __( 'Coin and network', 'bonuspay-for-woocommerce' );
	}

	/** Stands for the list when there is nothing to choose. */
	public static function only_choice_text( array $choice ): string {
		/* translators: %s: a coin and its network, such as "USDT on the TRON network (TRC-20)". */
		return sprintf( __( 'You pay with %s.', 'bonuspay-for-woocommerce' ), Network::phrase( $choice['coin'], $choice['network'] ) );
	}

	/** Currency, total and country of what is being paid: the order on order-pay, else the cart. Strings, as WooCommerce holds them. */
	private static function to_be_paid(): array {
		$order_id = absint( get_query_var( 'order-pay' ) );
		$order    = $order_id > 0 ? wc_get_order( $order_id ) : null;
		if ( $order instanceof \WC_Order ) {
			return array( $order->get_currency(), (string) $order->get_total( 'edit' ), $order->get_billing_country() );
		}
		return array(
			get_woocommerce_currency(),
			WC()->cart ? (string) WC()->cart->get_total( 'edit' ) : '',
			WC()->customer ? WC()->customer->get_billing_country() : '',
		);
	}

	/** The value that was sent, when it is one of ours; the only one needs no sending. */
	private static function chosen( array $choices ): ?string {
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- WooCommerce has checked its nonce before.
		$value = isset( $_POST[ Payment_Method::CHOICE ] ) && is_string( $_POST[ Payment_Method::CHOICE ] )
			? sanitize_text_field( wp_unslash( $_POST[ Payment_Method::CHOICE ] ) )
			: '';
		// phpcs:enable
		if ( '' === $value && 1 === count( $choices ) ) {
			return (string) array_key_first( $choices );
		}
		return isset( $choices[ $value ] ) ? $value : null;
	}

	/** Remembers the choice for the next time. */
	private static function remember( string $value ): void {
		if ( WC()->session ) {
			WC()->session->set( Payment_Method::CHOICE, $value );
		}
		if ( is_user_logged_in() ) {
			update_user_meta( get_current_user_id(), Payment_Method::CHOICE, $value );
		}
	}

	/**
	 * Tells the shopper in both checkouts. The order stays pending, the cart as it is. The block checkout shows the message;
	 * a notice would stay in the session there, and WooCommerce would refuse every later try because of it.
	 */
	private static function failure( string $message ): array {
		if ( ! WC()->is_store_api_request() ) {
			wc_add_notice( $message, 'error' );
		}
		return array(
			'result'  => 'failure',
			'message' => $message,
		);
	}
}
