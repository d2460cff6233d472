<?php
/**
 * How keys are shown.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Public_Key;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Site_Urls;

/**
 * The rows of the settings page for keys and callback addresses: three steps, in the order in which an owner takes them.
 * A private key is never printed, not even one that was refused.
 */
final class Key_Fields {

	/**
	 * The keys of a mode.
	 *
	 * @param string $name The field's name in the form.
	 * @param string $mode 'test' or 'live'.
	 */
	public static function html( string $name, string $mode ): string {
		$title = 'live' === $mode
			? __( 'Keys for live mode', 'bonuspay-for-woocommerce' )
			: __( 'Keys for test mode', 'bonuspay-for-woocommerce' );
		$parts = self::state( $mode ) . self::address( $mode ) . '<ol class="bonuspay-steps">'
			. '<li>' . self::partner_id( $name, $mode ) . '</li>'
			. '<li>' . self::own_key( $name, $mode ) . '</li>'
			. '<li>' . self::public_keys( $name, $mode ) . '</li>'
			. '<li>' . self::test( $mode ) . '</li></ol>';
		return sprintf(
			'<tr valign="top" class="bonuspay-keys" data-mode="%s"><th scope="row" class="titledesc">%s</th><td '
				. 'class="forminp">%s</td></tr>',
			esc_attr( $mode ),
			esc_html( $title ),
			$parts
		);
	}

	/** Where BonusPay sends its notifications. */
	public static function urls_html(): string {
		$settings = Settings::get();
		return sprintf(
			'<tr valign="top"><th scope="row" class="titledesc">%s</th><td class="forminp"><p class="description">%s</p>%s%s</td></tr>',
			esc_html__( 'Addresses for notifications', 'bonuspay-for-woocommerce' ),
			esc_html__( 'You need not enter them anywhere: each payment tells BonusPay where to report. Show them to your host when a firewall must let BonusPay through.', 'bonuspay-for-woocommerce' ),
			self::copy_line(
				'bonuspay-url',
				__( 'The one that is used', 'bonuspay-for-woocommerce' ),
				Site_Urls::notification( $settings )
			),
			self::copy_line(
				'bonuspay-url-2',
				__( 'The spare one', 'bonuspay-for-woocommerce' ),
				Site_Urls::notification_fallback( $settings )
			)
		);
	}

	/** Whether anything is missing. */
	private static function state( string $mode ): string {
		$problem = Extension::problem() ?? Keys::problem( $mode );
		$missing = Keys::missing( $mode );
		if ( null === $problem && array() === $missing ) {
			return '<p class="bonuspay-state is-good">' . esc_html__( 'All keys are set.', 'bonuspay-for-woocommerce' ) . '</p>';
		}
		/* translators: %s: list of what is missing. */
		$text = $problem ?? sprintf( __( 'Still missing: %s.', 'bonuspay-for-woocommerce' ), implode( ', ', $missing ) );
		return '<p class="bonuspay-state is-missing">' . esc_html( $text ) . '</p>';
	}

	/** Says so, when it is not BonusPay that is talked to. */
	private static function address( string $mode ): string {
		$url  = Backends::base_url( $mode );
		$text = sprintf(
			/* translators: 1: an address, 2: name of a constant. */
			__( 'This mode talks to %1$s, as %2$s in wp-config.php says, and not to BonusPay.', 'bonuspay-for-woocommerce' ),
			$url,
			'BONUSPAY_TEST_BASE_URL'
		);
		return Backends::BASE_URLS[ $mode ] === $url ? '' : '<p class="bonuspay-state is-missing">' . esc_html( $text ) . '</p>';
	}

	/** The merchant's id. */
	private static function partner_id( string $name, string $mode ): string {
		$id   = $name . '_partner_id';
		$html = sprintf(
			'<label class="bonuspay-label" for="%s">%s</label>',
			esc_attr( $id ),
			esc_html__( 'Partner ID', 'bonuspay-for-woocommerce' )
		);
		if ( Keys::is_constant( $mode, 'partner_id' ) ) {
			return $html
				. sprintf(
					'<input type="text" id="%s" value="%s" readonly class="regular-text">',
					esc_attr( $id ),
					esc_attr( Keys::partner_id( $mode ) )
				)
				. self::locked( $mode, 'partner_id' );
		}
		return $html . sprintf(
			'<input type="text" id="%1$s" name="%2$s[partner_id]" value="%3$s" class="regular-text" inputmode="numeric" '
				. 'autocomplete="off" aria-describedby="%1$s_help"><p class="description" id="%1$s_help">%4$s</p>',
			esc_attr( $id ),
			esc_attr( $name ),
			esc_attr( Keys::partner_id( $mode ) ),
			esc_html__( 'BonusPay\'s merchant portal shows it; usually 12 digits.', 'bonuspay-for-woocommerce' )
		);
	}

	/** The merchant's own key pair: its public half to copy, its private half to replace. */
	private static function own_key( string $name, string $mode ): string {
		$is_constant = Keys::is_constant( $mode, 'private_key' );
		$is_set      = '' !== Keys::private_key( $mode );
		$key         = Keys::own_public_key( $mode );
		$html        = '<span class="bonuspay-label">' . esc_html__( 'Your key', 'bonuspay-for-woocommerce' ) . '</span>';
		$problem     = Keys::own_key_problem( $mode );
		if ( null !== $problem ) {
			$html .= '<p class="bonuspay-state is-missing">' . esc_html( $problem ) . '</p>';
		}
		$html .= self::own_public_key( $mode, $key );
		if ( $is_constant ) {
			return $html . self::locked( $mode, 'private_key' );
		}
		$html .= sprintf(
			'<p><button type="button" class="button%1$s bonuspay-generate" data-mode="%2$s" data-replace="%3$s">%4$s</button> '
				. '<span class="bonuspay-result" role="status"></span></p>',
			$is_set ? '' : ' button-primary',
			esc_attr( $mode ),
			$is_set ? '1' : '',
			$is_set ? esc_html__( 'Make a new key', 'bonuspay-for-woocommerce' ) : esc_html__( 'Make my key', 'bonuspay-for-woocommerce' )
		);
		if ( ! $is_set ) {
			$html .= '<p class="description">'
				. esc_html__( 'The key is made on this server. Its secret half stays here and is never shown.', 'bonuspay-for-woocommerce' )
				. '</p>';
		}
		return $html . sprintf(
			'<details><summary>%1$s</summary><label class="screen-reader-text" for="%2$s">%3$s</label><textarea id="%2$s" '
				. 'name="%4$s[private_key]" rows="5" class="large-text code" autocomplete="off" spellcheck="false" '
				. 'placeholder="-----BEGIN PRIVATE KEY-----"></textarea><p class="description">%5$s</p></details>',
			esc_html__( 'I have a private key already', 'bonuspay-for-woocommerce' ),
			esc_attr( $name . '_private_key' ),
			esc_html__( 'Private key', 'bonuspay-for-woocommerce' ),
			esc_attr( $name ),
			esc_html__( 'Paste it and save. It replaces the one that is stored, and is not shown again.', 'bonuspay-for-woocommerce' )
		);
	}

	/** The half that goes to BonusPay; hidden, as long as there is none. */
	private static function own_public_key( string $mode, ?Public_Key $key ): string {
		$id = 'bonuspay-own-' . $mode;
		return sprintf(
			'<div class="bonuspay-own"%1$s><label for="%2$s">%3$s</label><textarea id="%2$s" rows="4" readonly class="large-text '
				. 'code">%4$s</textarea><p><button type="button" class="button bonuspay-copy" data-for="%2$s">%5$s</button> <span '
				. 'class="bonuspay-result" role="status"></span></p><p class="bonuspay-fingerprint">%6$s <code>%7$s</code></p></div>',
			null === $key ? ' hidden' : '',
			esc_attr( $id ),
			esc_html__( 'Your public key. Copy it into BonusPay\'s merchant portal, where it asks for the merchant\'s public key.', 'bonuspay-for-woocommerce' ),
			esc_textarea( null === $key ? '' : $key->pem() ),
			esc_html__( 'Copy public key', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Fingerprint:', 'bonuspay-for-woocommerce' ),
			esc_html( null === $key ? '' : $key->fingerprint() )
		);
	}

	/** BonusPay's keys. */
	private static function public_keys( string $name, string $mode ): string {
		$id     = $name . '_public_key';
		$keys   = Keys::public_keys( $mode );
		$locked = Keys::is_constant( $mode, 'public_key' );
		$html   = sprintf(
			'<label class="bonuspay-label" for="%1$s">%2$s</label><textarea id="%1$s"%3$s rows="5" class="large-text code" '
				. 'autocomplete="off" spellcheck="false" placeholder="-----BEGIN PUBLIC KEY-----" '
				. 'aria-describedby="%1$s_help">%4$s</textarea>',
			esc_attr( $id ),
			esc_html__( 'BonusPay\'s public key', 'bonuspay-for-woocommerce' ),
			$locked ? ' readonly' : ' name="' . esc_attr( $name ) . '[public_key]"',
			esc_textarea( implode( "\n", $keys ) )
		);
		foreach ( $keys as $text ) {
			$key   = Public_Key::from_text( $text );
			$html .= '<p class="bonuspay-fingerprint">' . esc_html__( 'Fingerprint:', 'bonuspay-for-woocommerce' ) . ' <code>'
				. esc_html( null === $key ? '?' : $key->fingerprint() ) . '</code></p>';
		}
		$help = sprintf(
			/* translators: %d: a number of keys. */
			__( 'Copy it from the merchant portal: by it this shop knows that an answer is BonusPay\'s. While BonusPay changes its key, paste the new one below the old one; up to %d keys.', 'bonuspay-for-woocommerce' ),
			Keys::PUBLIC_KEYS_MAX
		);
		return $html . ( $locked ? self::locked( $mode, 'public_key' ) : '' )
			. sprintf( '<p class="description" id="%s_help">%s</p>', esc_attr( $id ), esc_html( $help ) );
	}

	/** The button that tests. */
	private static function test( string $mode ): string {
		return sprintf(
			'<span class="bonuspay-label">%s</span><p><button type="button" class="button bonuspay-test" '
				. 'data-mode="%s">%s</button> <span class="bonuspay-result" role="status"></span></p><p class="description">%s</p>',
			esc_html__( 'Test', 'bonuspay-for-woocommerce' ),
			esc_attr( $mode ),
			esc_html__( 'Test the connection', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Save first: what is stored is tested.', 'bonuspay-for-woocommerce' )
		);
	}

	/** Why a field cannot be changed. */
	private static function locked( string $mode, string $what ): string {
		return '<p class="description">'
			. esc_html(
				sprintf(
					/* translators: %s: name of a constant. */
					__( 'Set by %s in wp-config.php; it cannot be changed here.', 'bonuspay-for-woocommerce' ),
					Keys::constant_name( $mode, $what )
				)
			)
			. '</p>';
	}

	/** A line to copy. */
	private static function copy_line( string $id, string $label, string $text ): string {
		return sprintf(
			'<p class="bonuspay-line"><label for="%1$s">%2$s</label><input type="text" id="%1$s" readonly class="regular-text '
				. 'code" value="%3$s"> <button type="button" class="button bonuspay-copy" data-for="%1$s">%4$s</button> <span '
				. 'class="bonuspay-result" role="status"></span></p>',
			esc_attr( $id ),
			esc_html( $label ),
			esc_attr( $text ),
			esc_html__( 'Copy', 'bonuspay-for-woocommerce' )
		);
	}
}
