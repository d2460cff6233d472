<?php
/**
 * The gateway with its settings page.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Checkout\Gateway;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Order_Status_Policy;
use BonusPay\WooCommerce\Settings\Sender_Allowlist;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * WooCommerce looks for these methods on the gateway: generate_{type}_html() shows a field, validate_{key}_field() checks
 * it, and what that throws is shown while the old value stays.
 */
final class Settings_Form extends Gateway {

	/** The settings page's fields. */
	public function init_form_fields() {
		$this->form_fields = Settings_Page::fields();
	}

	/** The settings page was saved. */
	public static function save_settings(): void {
		( new self() )->process_admin_options();
	}

	/** For WooCommerce's list of payment methods: where to set it up. */
	public function get_settings_url(): string {
		return Links::settings();
	}

	/** Saves, says what was wrong, and whether the connection works. */
	public function process_admin_options() {
		$is_saved = parent::process_admin_options();
		foreach ( $this->get_errors() as $error ) {
			\WC_Admin_Settings::add_error( $error );
		}
		Settings_Page::after_save();
		return $is_saved;
	}

	/**
	 * The keys of a mode.
	 *
	 * @param string $key  The field.
	 * @param array  $data What fields() says of it.
	 */
	public function generate_bonuspay_keys_html( $key, $data ) {
		return Key_Fields::html( $this->get_field_key( $key ), $data['mode'] );
	}

	/**
	 * Stores the keys where they belong; the settings keep nothing of them.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_bonuspay_keys_field( $key, #[\SensitiveParameter] $value ) {
		foreach ( Settings_Page::save_keys( 'keys_live' === $key ? 'live' : 'test', $value ) as $fault ) {
			$this->add_error( $fault );
		}
		return '';
	}

	/**
	 * The callbacks' addresses.
	 *
	 * @param string $key  The field.
	 * @param array  $data What fields() says of it.
	 */
	public function generate_bonuspay_urls_html( $key, $data ) {
		return Key_Fields::urls_html();
	}

	/**
	 * Nothing to store.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_bonuspay_urls_field( $key, $value ) {
		return '';
	}

	/**
	 * Whether notifications come.
	 *
	 * @param string $key  The field.
	 * @param array  $data What fields() says of it.
	 */
	public function generate_bonuspay_health_html( $key, $data ) {
		return Health_Tab::settings_row();
	}

	/**
	 * Nothing to store.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_bonuspay_health_field( $key, $value ) {
		return '';
	}

	/**
	 * A list of checkboxes.
	 *
	 * @param string $key  The field.
	 * @param array  $data What fields() says of it.
	 */
	public function generate_bonuspay_choices_html( $key, $data ) {
		$chosen = array_intersect(
			array_map( 'strval', array_keys( $data['options'] ) ),
			array_filter( (array) $this->get_option( $key, $data['default'] ), 'is_string' )
		);
		$boxes  = '';
		foreach ( $data['options'] as $value => $label ) {
			$boxes .= sprintf(
				'<label><input type="checkbox" name="%s[]" value="%s"%s> %s</label>',
				esc_attr( $this->get_field_key( $key ) ),
				esc_attr( $value ),
				checked( in_array( $value, $chosen, true ), true, false ),
				esc_html( $label )
			);
		}
		if ( ! empty( $data['is_optional'] ) ) {
			$summary = array() === $chosen
				? __( 'All', 'bonuspay-for-woocommerce' )
				/* translators: %d: how many are chosen. */
				: sprintf( __( '%d chosen', 'bonuspay-for-woocommerce' ), count( $chosen ) );
			$boxes = '<details><summary>' . esc_html( $summary ) . '</summary><div class="bonuspay-many" tabindex="0">' . $boxes
				. '</div></details>';
		}
		return sprintf(
			'<tr valign="top"><th scope="row" class="titledesc">%1$s</th><td class="forminp"><fieldset '
				. 'class="bonuspay-boxes"><legend class="screen-reader-text">%1$s</legend>%2$s<p '
				. 'class="description">%3$s</p></fieldset></td></tr>',
			esc_html( $data['title'] ),
			$boxes,
			esc_html( $data['description'] )
		);
	}

	/**
	 * Keeps what there is, and refuses none where one is needed.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 * @throws \Exception With a message for the owner.
	 */
	public function validate_bonuspay_choices_field( $key, $value ) {
		$known  = array_keys( $this->form_fields[ $key ]['options'] );
		$chosen = array_values( array_intersect( $known, array_filter( (array) $value, 'is_string' ) ) );
		if ( array() === $chosen && empty( $this->form_fields[ $key ]['is_optional'] ) ) {
			throw new \Exception(
				esc_html__( 'Choose at least one coin and network. The old choice was kept.', 'bonuspay-for-woocommerce' )
			);
		}
		return $chosen;
	}

	/**
	 * The name at the checkout.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_title_field( $key, $value ) {
		return sanitize_text_field( wp_unslash( (string) $value ) );
	}

	/**
	 * Minutes.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 * @throws \Exception With a message for the owner.
	 */
	public function validate_expiry_minutes_field( $key, $value ) {
		$value = trim( (string) $value );
		if ( ! Decimal::is_digits( $value ) || (int) $value < Settings::EXPIRY_MIN || (int) $value > Settings::EXPIRY_MAX ) {
			throw new \Exception(
				esc_html(
					sprintf(
						/* translators: 1: smallest, 2: greatest number of minutes. */
						__( 'The time to pay must be %1$d to %2$d minutes. The old one was kept.', 'bonuspay-for-woocommerce' ),
						Settings::EXPIRY_MIN,
						Settings::EXPIRY_MAX
					)
				)
			);
		}
		return (string) (int) $value;
	}

	/**
	 * A percentage.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 * @throws \Exception With a message for the owner.
	 */
	public function validate_tolerance_percent_field( $key, $value ) {
		$value = trim( (string) $value );
		if ( null === Settings::points( $value ) ) {
			throw new \Exception(
				esc_html(
					sprintf(
						/* translators: %d: a percentage. */
						__( 'How much a payment may be short by must be a percentage from 0 to %d with at most two decimals, such as 0.5. The old one was kept.', 'bonuspay-for-woocommerce' ),
						Settings::TOLERANCE_MAX
					)
				)
			);
		}
		return '' === $value ? '0' : str_replace( ',', '.', $value );
	}

	/**
	 * An amount of coins.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_tolerance_amount_field( $key, $value ) {
		return self::amount( (string) $value );
	}

	/**
	 * An amount of the shop's currency.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_min_amount_field( $key, $value ) {
		return self::amount( (string) $value );
	}

	/**
	 * An amount of the shop's currency, not below the smallest.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 * @throws \Exception With a message for the owner.
	 */
	public function validate_max_amount_field( $key, $value ) {
		$max = self::amount( (string) $value );
		$min = (string) ( $this->settings['min_amount'] ?? '' );
		if ( '' !== $max && Decimal::is_valid( $min ) && Decimal::compare( $max, $min ) < 0 ) {
			throw new \Exception(
				esc_html__( 'The greatest order is smaller than the smallest. The old value was kept.', 'bonuspay-for-woocommerce' )
			);
		}
		return $max;
	}

	/**
	 * A list of addresses.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_allowed_senders_field( $key, $value ) {
		return self::addresses( (string) $value );
	}

	/**
	 * A list of addresses.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_trusted_proxies_field( $key, $value ) {
		return self::addresses( (string) $value );
	}

	/** IP addresses and networks, one a line. */
	private static function addresses( string $text ): string {
		$lines = Sender_Allowlist::lines( wp_unslash( $text ) );
		foreach ( $lines as $line ) {
			if ( ! Sender_Allowlist::is_valid( $line ) ) {
				throw new \Exception(
					esc_html(
						sprintf(
							/* translators: %s: what was entered. */
							__( '"%s" is no IP address and no network: write one a line, such as 192.0.2.7 or 192.0.2.0/24. The old list was kept.', 'bonuspay-for-woocommerce' ),
							substr( $line, 0, 40 )
						)
					)
				);
			}
		}
		return implode( "\n", $lines );
	}

	/**
	 * The status of paid orders.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_after_paid_field( $key, $value ) {
		return self::status( Order_Status_Policy::PAID, $value );
	}

	/**
	 * The status of orders that too little came in for.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_after_short_field( $key, $value ) {
		return self::status( Order_Status_Policy::SHORT, $value );
	}

	/**
	 * The status of orders that nothing came in for.
	 *
	 * @param string $key   The field.
	 * @param mixed  $value What was sent.
	 */
	public function validate_after_dead_field( $key, $value ) {
		return self::status( Order_Status_Policy::DEAD, $value );
	}

	/** A status that does no harm. */
	private static function status( string $event, mixed $value ): string {
		$choice  = is_string( $value ) ? sanitize_key( wp_unslash( $value ) ) : '';
		$problem = Order_Status_Policy::problem( $event, $choice );
		if ( null !== $problem ) {
			throw new \Exception( esc_html( $problem . ' ' . __( 'The old choice was kept.', 'bonuspay-for-woocommerce' ) ) );
		}
		return $choice;
	}

	/** An amount as owners write it, or nothing. */
	private static function amount( string $text ): string {
		$text = trim( $text );
		$text = 1 === preg_match( '/^[0-9]+,[0-9]{1,2}$/D', $text ) ? str_replace( ',', '.', $text ) : $text;
		if ( '' !== $text && ! Decimal::is_valid( $text ) ) {
			throw new \Exception(
				esc_html(
					sprintf(
						/* translators: %s: what was entered. */
						__( '"%s" is no amount: write digits, and a point before the decimals, such as 12.50. The old one was kept.', 'bonuspay-for-woocommerce' ),
						substr( $text, 0, 40 )
					)
				)
			);
		}
		return $text;
	}
}
