<?php
/**
 * WooCommerce > BonusPay.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

/**
 * The merchant's own screen: a tab for each question that an owner, an accountant or a supporter has.
 */
final class Screen {

	public const PAGE = 'bonuspay';

	/** The query argument that carries an action's result back. */
	public const RESULT = 'bonuspay_result';

	/** In the order of the tabs. */
	private const TABS = array( Health_Tab::class, Report_Tab::class, Events_Tab::class, Account_Tab::class, Rehearsal_Tab::class );

	/** Puts the screen into the menu. */
	public static function register(): void {
		add_submenu_page( 'woocommerce', __( 'BonusPay', 'bonuspay-for-woocommerce' ), __( 'BonusPay', 'bonuspay-for-woocommerce' ), 'manage_woocommerce', self::PAGE, array( self::class, 'show' ) );
	}

	/** Prints the tab that was asked for, or the first. */
	public static function show(): void {
		$current = self::current();
		echo '<div class="wrap bonuspay-screen"><h1>' . esc_html__( 'BonusPay', 'bonuspay-for-woocommerce' ) . '</h1><nav class="nav-tab-wrapper">';
		foreach ( self::TABS as $tab ) {
			printf(
				'<a class="nav-tab%s" href="%s"%s>%s</a>',
				$tab === $current ? ' nav-tab-active' : '',
				esc_url( self::url( $tab::slug() ) ),
				$tab === $current ? ' aria-current="page"' : '',
				esc_html( $tab::title() )
			);
		}
		printf( '<a class="nav-tab" href="%s">%s</a></nav>', esc_url( Settings_Page::url() ), esc_html__( 'Settings', 'bonuspay-for-woocommerce' ) );
		$current::show();
		echo '</div>';
	}

	/** A tab's address, with more arguments. */
	public static function url( string $slug, array $more = array() ): string {
		return add_query_arg( array_map( 'rawurlencode', array( 'page' => self::PAGE, 'tab' => $slug ) + $more ), admin_url( 'admin.php' ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
	}

	/** Whether this request is for the screen. */
	public static function is_here(): bool {
		return is_admin() && self::PAGE === self::argument( 'page' );
	}

	/** An argument of this request's address, a line of text: it chooses what is shown, and changes nothing. */
	public static function argument( string $name ): string {
		return isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? trim( sanitize_text_field( wp_unslash( $_GET[ $name ] ) ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification -- only read.
	}

	/** A line about what an action came to, at the top of the page that follows it. */
	public static function say( string $text, bool $is_good ): void {
		printf( '<div class="notice notice-%s is-dismissible inline"><p>%s</p></div>', $is_good ? 'success' : 'warning', esc_html( $text ) );
	}

	/**
	 * Whose turn it is.
	 *
	 * @return class-string<Tab>
	 */
	private static function current(): string {
		foreach ( self::TABS as $tab ) {
			if ( self::argument( 'tab' ) === $tab::slug() ) {
				return $tab;
			}
		}
		return self::TABS[0];
	}
}
