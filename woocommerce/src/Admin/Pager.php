<?php
/**
 * Long lists.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

/**
 * A list's pages, by the address's argument "paged".
 */
final class Pager {

	public const ROWS = 50;

	/** How many rows stand on earlier pages than the one that is asked for. */
	public static function skip(): int {
		return self::ROWS * ( self::page() - 1 );
	}

	/**
	 * Prints the way to the other pages, when there are any.
	 *
	 * @param int    $rows How many rows there are.
	 * @param string $url  The list's own address, its filters included.
	 */
	public static function show( int $rows, string $url ): void {
		$pages = max( 1, intdiv( $rows + self::ROWS - 1, self::ROWS ) );
		$page  = self::page();
		if ( 1 === $pages && 1 === $page ) {
			return;
		}
		$link = static fn( int $to, string $text ): string => $to < 1 || $to > $pages
			? ''
			: sprintf( '<a class="button" href="%s">%s</a> ', esc_url( add_query_arg( 'paged', $to, $url ) ), esc_html( $text ) );
		printf(
			'<p class="bonuspay-pages">%s<span>%s</span> %s</p>',
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped above.
			$link( min( $page - 1, $pages ), __( 'Previous page', 'bonuspay-for-woocommerce' ) ),
			/* translators: 1: a page's number, 2: how many pages there are. */
			esc_html( sprintf( __( 'Page %1$d of %2$d', 'bonuspay-for-woocommerce' ), $page, $pages ) ),
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped above.
			$link( $page + 1, __( 'Next page', 'bonuspay-for-woocommerce' ) )
		);
	}

	private static function page(): int {
		return min( 100000, max( 1, absint( Links::argument( 'paged' ) ) ) );
	}
}
