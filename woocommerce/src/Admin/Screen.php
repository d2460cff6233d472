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

	/** In the order of the tabs. */
	private const TABS = array( Health_Tab::class, Report_Tab::class, Events_Tab::class, Account_Tab::class );

	/** Puts the screen into the menu. */
	public static function register(): void {
		add_submenu_page(
			'woocommerce',
			__( 'BonusPay', 'bonuspay-for-woocommerce' ),
			__( 'BonusPay', 'bonuspay-for-woocommerce' ),
			'manage_woocommerce',
			Links::SCREEN,
			array( self::class, 'show' )
		);
	}

	/** Prints the tab that was asked for, or the first. */
	public static function show(): void {
		$current = self::current();
		echo '<div class="wrap bonuspay-screen"><h1>' . esc_html__( 'BonusPay', 'bonuspay-for-woocommerce' )
			. '</h1><nav class="nav-tab-wrapper">';
		foreach ( self::TABS as $tab ) {
			printf(
				'<a class="nav-tab%s" href="%s"%s>%s</a>',
				$tab === $current ? ' nav-tab-active' : '',
				esc_url( Links::screen( $tab::slug() ) ),
				$tab === $current ? ' aria-current="page"' : '',
				esc_html( $tab::title() )
			);
		}
		printf(
			'<a class="nav-tab" href="%s">%s</a></nav>',
			esc_url( Links::settings() ),
			esc_html__( 'Settings', 'bonuspay-for-woocommerce' )
		);
		$current::show();
		echo '</div>';
	}

	/**
	 * Whose turn it is.
	 *
	 * @return class-string<Tab>
	 */
	private static function current(): string {
		foreach ( self::TABS as $tab ) {
			if ( Links::argument( 'tab' ) === $tab::slug() ) {
				return $tab;
			}
		}
		return self::TABS[0];
	}
}
