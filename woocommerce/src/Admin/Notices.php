<?php
/**
 * What the owner must know.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Keys;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;
use BonusPay\WooCommerce\Settings\Site_Move;

/**
 * At most one notice a page: the first thing that keeps BonusPay from working, with what to do. Who closes it does not see
 * it again, unless it says something else.
 */
final class Notices {

	public const DISMISS_ACTION = 'bonuspay_wc_dismiss_notice';
	public const CONFIRM_ACTION = 'bonuspay_wc_confirm_site';

	/** The oldest WooCommerce that this works with. */
	public const WOOCOMMERCE_MINIMUM = '10.0';

	private const DISMISSED = 'bonuspay_wc_dismissed';

	/** Prints what there is to say. */
	public static function show(): void {
		if ( ! class_exists( 'WooCommerce' ) ) {
			if ( current_user_can( 'activate_plugins' ) && self::is_place() ) {
				self::notice(
					__( 'BonusPay for WooCommerce needs WooCommerce: install and activate it under Plugins.', 'bonuspay-for-woocommerce' )
				);
			}
			return;
		}
		if ( current_user_can( 'edit_shop_orders' ) ) {
			Meta_Box::show_result();
		}
		if ( ! current_user_can( 'manage_woocommerce' ) || ! self::is_place() ) {
			return;
		}
		if ( Shop_Identity::has_moved() ) {
			self::moved_notice();
			return;
		}
		$problem = self::problem();
		if ( null !== $problem ) {
			self::notice( $problem, self::settings_link() );
		}
	}

	/** Remembers that this user has closed a notice. */
	public static function dismiss(): void {
		$notice = Action::text( 'notice' );
		if (
			! Action::is_allowed(
				self::DISMISS_ACTION,
				current_user_can( 'manage_woocommerce' ) ? 'manage_woocommerce' : 'activate_plugins'
			)
			|| 1 !== preg_match( '/^[0-9a-f]{32}$/D', $notice )
		) {
			wp_send_json_error( null, 403 );
		}
		$seen = array_filter( (array) get_user_meta( get_current_user_id(), self::DISMISSED, true ) );
		update_user_meta(
			get_current_user_id(),
			self::DISMISSED,
			array_slice( array_unique( array_merge( array( $notice ), $seen ) ), 0, 20 )
		);
		wp_send_json_success();
	}

	/** The owner has said what this site is. */
	public static function confirm(): void {
		Action::check( self::CONFIRM_ACTION );
		$answer = Action::text( 'answer' );
		if ( 'moved' === $answer ) {
			Site_Move::confirm_move();
		} elseif ( 'copy' === $answer && ! Keys::is_constant( 'live', 'private_key' ) ) {
			Site_Move::confirm_copy();
		}
		wp_safe_redirect( Links::settings() );
		exit;
	}

	/** What keeps BonusPay from working; null when nothing does, or nobody wants it to. */
	private static function problem(): ?string {
		$version = defined( 'WC_VERSION' ) ? (string) WC_VERSION : '0';
		if ( version_compare( $version, self::WOOCOMMERCE_MINIMUM, '<' ) ) {
			return sprintf(
				/* translators: 1: needed version, 2: installed version. */
				__( 'BonusPay for WooCommerce needs WooCommerce %1$s or newer; this is %2$s. Update it under Plugins.', 'bonuspay-for-woocommerce' ),
				self::WOOCOMMERCE_MINIMUM,
				$version
			);
		}
		$extension = Extension::problem();
		if ( null !== $extension ) {
			/* translators: %s: a sentence that says what to do. */
			return sprintf( __( 'BonusPay is not offered to shoppers. %s', 'bonuspay-for-woocommerce' ), $extension );
		}
		Keys::prime();
		$settings = Settings::get();
		$keys     = $settings->is_enabled() ? ( Backends::problem( $settings->mode() ) ?? Keys::problem( $settings->mode() ) ) : null;
		return null === $keys
			? null
			/* translators: %s: a sentence that says what is wrong. */
			: sprintf( __( 'BonusPay is switched on, but not offered to shoppers. %s', 'bonuspay-for-woocommerce' ), $keys );
	}

	/** Asks what this site is. */
	private static function moved_notice(): void {
		$text = sprintf(
			/* translators: 1: old address, 2: new address. */
			__( 'BonusPay is paused: it was set up at %1$s, and this site is %2$s. So that a copy of your shop cannot act on its payments, please say which it is.', 'bonuspay-for-woocommerce' ),
			Shop_Identity::remembered(),
			Shop_Identity::address()
		);
		$live_constant = Keys::is_constant( 'live', 'private_key' );
		if ( $live_constant ) {
			$text .= ' ' . sprintf(
				/* translators: %s: name of a constant. */
				__( 'If it is a copy, remove %s from its wp-config.php first.', 'bonuspay-for-woocommerce' ),
				Keys::constant_name( 'live', 'private_key' )
			);
		}
		$buttons = self::answer_button( 'moved', __( 'My shop has moved here: go on', 'bonuspay-for-woocommerce' ) );
		if ( ! $live_constant ) {
			$buttons .= ' ' . self::answer_button(
				'copy',
				__( 'This is a copy: test mode, and remove the live keys here', 'bonuspay-for-woocommerce' )
			);
		}
		$form = Action::form( self::CONFIRM_ACTION ) . '<p>' . $buttons . '</p></form>';
		self::notice( $text, $form );
	}

	/** A button of the question. */
	private static function answer_button( string $answer, string $label ): string {
		return sprintf(
			'<button type="submit" class="button" name="answer" value="%s">%s</button>',
			esc_attr( $answer ),
			esc_html( $label )
		);
	}

	/**
	 * Prints a notice, unless this user closed it.
	 *
	 * @param string $text As text.
	 * @param string $html What follows it, escaped already.
	 */
	private static function notice( string $text, string $html = '' ): void {
		$id = substr( hash( 'sha256', $text ), 0, 32 );
		if ( in_array( $id, (array) get_user_meta( get_current_user_id(), self::DISMISSED, true ), true ) ) {
			return;
		}
		Settings_Page::enqueue_assets();
		printf(
			'<div class="notice notice-warning is-dismissible bonuspay-notice" data-action="%s" data-nonce="%s" '
				. 'data-notice="%s"><p>%s</p>%s</div>',
			esc_attr( self::DISMISS_ACTION ),
			esc_attr( wp_create_nonce( self::DISMISS_ACTION ) ),
			esc_attr( $id ),
			esc_html( $text ),
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it is made.
			$html
		);
	}

	/** To the settings, from elsewhere. */
	private static function settings_link(): string {
		return Links::is_settings()
			? ''
			: sprintf(
				'<p><a class="button" href="%s">%s</a></p>',
				esc_url( Links::settings() ),
				esc_html__( 'BonusPay settings', 'bonuspay-for-woocommerce' )
			);
	}

	/** Notices stand where owners look after their shop, not everywhere. */
	private static function is_place(): bool {
		$id = (string) get_current_screen()?->id;
		return in_array( $id, array( 'dashboard', 'plugins' ), true )
			|| str_contains( $id, 'woocommerce' )
			|| str_contains( $id, 'wc-' )
			|| str_contains( $id, 'shop_order' );
	}
}
