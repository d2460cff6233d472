<?php
/**
 * WP-CLI.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Cli;

use BonusPay\WooCommerce\Money\Decimal;

/**
 * `wp bonuspay …`: what Commands do, printed. Exit codes: 0, all is well; 1, somebody must look at what was found; 2, it
 * could not be done.
 */
final class Cli {

	private const COMMANDS = array(
		'doctor'       => 'doctor',
		'reconcile'    => 'reconcile',
		'queue'        => 'queue',
		'order get'    => 'order_get',
		'order check'  => 'order_check',
		'event list'   => 'event_list',
		'event replay' => 'event_replay',
		'webhook test' => 'webhook_test',
	);

	/** Tells WP-CLI of the commands. */
	public static function register(): void {
		foreach ( self::COMMANDS as $name => $method ) {
			\WP_CLI::add_command( 'bonuspay ' . $name, array( self::class, $method ) );
		}
	}

	/**
	 * Says whether BonusPay works in this shop, and what to do when not.
	 *
	 * ## OPTIONS
	 *
	 * [--calls]
	 * : Also calls BonusPay, and the shop as BonusPay would.
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * @param array $arguments None.
	 * @param array $options   As above.
	 */
	public static function doctor( array $arguments, array $options ): void {
		self::end( Commands::doctor( isset( $options['calls'] ) ), $options );
	}

	/**
	 * Asks BonusPay about all payments of a period, applies what it says, and compares them with the orders.
	 *
	 * ## OPTIONS
	 *
	 * [--from=<day>]
	 * : The first day, such as 2026-11-01, in the shop's time zone; thirty days ago when it is left out.
	 *
	 * [--to=<day>]
	 * : The last day; today when it is left out.
	 *
	 * [--mode=<mode>]
	 * : test or live; the shop's own when it is left out.
	 *
	 * [--seconds=<seconds>]
	 * : How long it may take: BonusPay is asked about once a second.
	 * ---
	 * default: 600
	 * ---
	 *
	 * [--format=<format>]
	 * : How it is printed; csv is the accountant's file.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 * ---
	 *
	 * @param array $arguments None.
	 * @param array $options   As above.
	 */
	public static function reconcile( array $arguments, array $options ): void {
		$seconds = self::number( $options['seconds'] ?? '600' );
		if ( null === $seconds ) {
			self::end( Command_Result::impossible( __( 'The seconds must be a whole number.', 'bonuspay-for-woocommerce' ) ), $options );
		}
		$result = Commands::reconcile(
			(string) ( $options['from'] ?? '' ),
			(string) ( $options['to'] ?? '' ),
			(string) ( $options['mode'] ?? '' ),
			$seconds
		);
		if ( 'csv' === ( $options['format'] ?? '' ) && Command_Result::IMPOSSIBLE !== $result->code ) {
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- a file, for no browser.
			echo Commands::csv();
			\WP_CLI::halt( $result->code );
		}
		self::end( $result, $options );
	}

	/**
	 * Runs the queue once: for a system's cron, every minute.
	 *
	 * @param array $arguments None.
	 * @param array $options   None.
	 */
	public static function queue( array $arguments, array $options ): void {
		self::end( Commands::queue(), $options );
	}

	/**
	 * Shows an order's payments.
	 *
	 * ## OPTIONS
	 *
	 * <order>
	 * : The order's number.
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * @param array $arguments The order's number.
	 * @param array $options   As above.
	 */
	public static function order_get( array $arguments, array $options ): void {
		self::about( $arguments, $options, array( Commands::class, 'order' ) );
	}

	/**
	 * Asks BonusPay about an order now.
	 *
	 * ## OPTIONS
	 *
	 * <order>
	 * : The order's number.
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * @param array $arguments The order's number.
	 * @param array $options   As above.
	 */
	public static function order_check( array $arguments, array $options ): void {
		self::about( $arguments, $options, array( Commands::class, 'check' ) );
	}

	/**
	 * Lists the notifications that came, the newest first.
	 *
	 * ## OPTIONS
	 *
	 * [--state=<state>]
	 * : new, done, unmatched, unused or given_up.
	 *
	 * [--order=<order>]
	 * : Those of an order.
	 *
	 * [--limit=<limit>]
	 * : So many at most.
	 * ---
	 * default: 50
	 * ---
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * @param array $arguments None.
	 * @param array $options   As above.
	 */
	public static function event_list( array $arguments, array $options ): void {
		$limit = self::number( $options['limit'] ?? '50' );
		$order = self::number( $options['order'] ?? '0' );
		if ( null === $limit || null === $order ) {
			self::end(
				Command_Result::impossible( __( 'The order and the limit must be whole numbers.', 'bonuspay-for-woocommerce' ) ),
				$options
			);
		}
		$filters = array_filter(
			array(
				'state'    => (string) ( $options['state'] ?? '' ),
				'order_id' => 0 === $order ? '' : (string) $order,
			)
		);
		self::end( Commands::events( $filters, $limit ), $options );
	}

	/**
	 * Handles a notification once more. What is done already is not done twice.
	 *
	 * ## OPTIONS
	 *
	 * <event>
	 * : Its id, as `event list` shows it.
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * @param array $arguments The event's id.
	 * @param array $options   As above.
	 */
	public static function event_replay( array $arguments, array $options ): void {
		self::about( $arguments, $options, array( Commands::class, 'replay' ) );
	}

	/**
	 * Calls the shop as BonusPay would, and names what stands in the way.
	 *
	 * ## OPTIONS
	 *
	 * [--format=<format>]
	 * : How it is printed.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * @param array $arguments None.
	 * @param array $options   As above.
	 */
	public static function webhook_test( array $arguments, array $options ): void {
		self::end( Commands::test_callbacks(), $options );
	}

	/** A command about one thing, which its first argument names. */
	private static function about( array $arguments, array $options, callable $command ): void {
		$number = self::number( $arguments[0] ?? '' );
		self::end(
			null === $number
				? Command_Result::impossible( __( 'The order or notification must be given by its number.', 'bonuspay-for-woocommerce' ) )
				: $command( $number ),
			$options
		);
	}

	/** A whole number; null when it is none. */
	private static function number( mixed $text ): ?int {
		return is_scalar( $text ) && Decimal::is_digits( (string) $text ) && strlen( (string) $text ) < 19 ? (int) $text : null;
	}

	/** Prints a result, and ends. */
	private static function end( Command_Result $result, array $options ): void {
		$format = (string) ( $options['format'] ?? 'table' );
		if ( 'json' === $format ) {
			\WP_CLI::line(
				(string) wp_json_encode(
					$result->document ?? ( Command_Result::IMPOSSIBLE === $result->code && array() === $result->rows
						? array( 'error' => $result->text )
						: $result->rows )
				)
			);
		} elseif ( array() !== $result->rows ) {
			\WP_CLI\Utils\format_items( $format, $result->rows, array_keys( $result->rows[0] ) );
		}
		if ( '' !== $result->text && 'json' !== $format ) {
			match ( $result->code ) {
				Command_Result::GOOD   => \WP_CLI::log( $result->text ),
				Command_Result::REVIEW => \WP_CLI::warning( $result->text ),
				default                => \WP_CLI::error( $result->text, false ),
			};
		}
		\WP_CLI::halt( $result->code );
	}
}
