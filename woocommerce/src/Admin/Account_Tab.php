<?php
/**
 * WooCommerce > BonusPay > Account.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Money\Coin;
use BonusPay\WooCommerce\Money\Decimal;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * What the merchant has at BonusPay, what a coin is worth, and how a payout stands. It only asks: nothing here can move
 * money, so that a stolen WordPress password empties no account.
 */
final class Account_Tab implements Tab {

	public const ASK_ACTION = 'bonuspay_wc_ask_account';

	/** A user may ask once in so many seconds; an answer is shown for so long. */
	private const PAUSE = 3;
	private const SHOWN = 10 * MINUTE_IN_SECONDS;

	/** The tab's name in the address. */
	public static function slug(): string {
		return 'account';
	}

	/** The tab's name for people. */
	public static function title(): string {
		return __( 'Account', 'bonuspay-for-woocommerce' );
	}

	/** Prints the questions, and what was answered last. No call is made. */
	public static function show(): void {
		if ( 'too_soon' === Links::argument( Links::RESULT ) ) {
			Words::notice( __( 'BonusPay was asked a moment ago. Wait some seconds, then ask again.', 'bonuspay-for-woocommerce' ), false );
		}
		echo '<p>'
			. esc_html(
				sprintf(
					/* translators: %s: "Test mode" or "Live mode". */
					__( '%s. BonusPay is asked only when you press a button.', 'bonuspay-for-woocommerce' ),
					Settings::mode_name( Settings::get()->mode() )
				)
			)
			. '</p><div class="bonuspay-cards">';

		self::begin( 'balances', __( 'Balances', 'bonuspay-for-woocommerce' ), '' );
		self::end( __( 'Ask for the balances', 'bonuspay-for-woocommerce' ) );
		self::begin(
			'rate',
			__( 'Rate', 'bonuspay-for-woocommerce' ),
			__( 'An indication: each payment gets a rate of its own when the shopper begins to pay.', 'bonuspay-for-woocommerce' )
		);
		printf(
			'<label>%s <input type="text" inputmode="decimal" name="amount" size="10" maxlength="20" value="1"></label> <label>%s '
				. '<select name="coin">',
			esc_html__( 'Amount', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Coin', 'bonuspay-for-woocommerce' )
		);
		foreach ( array_keys( Coin::NETWORKS ) as $coin ) {
			printf( '<option>%s</option>', esc_html( $coin ) );
		}
		echo '</select></label> ';
		self::end( __( 'Ask for the rate', 'bonuspay-for-woocommerce' ) );
		self::begin(
			'payout',
			__( 'Look up a payout', 'bonuspay-for-woocommerce' ),
			__( 'By your own number, the one that was given when the payout was ordered.', 'bonuspay-for-woocommerce' )
		);
		printf(
			'<label>%s <select name="kind"><option value="withdrawal">%s</option><option '
				. 'value="settlement">%s</option></select></label> <label>%s <input type="text" name="number" size="24" '
				. 'maxlength="64" required></label> ',
			esc_html__( 'Kind', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Withdrawal or transfer', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Settlement', 'bonuspay-for-woocommerce' ),
			esc_html__( 'Your number', 'bonuspay-for-woocommerce' )
		);
		self::end( __( 'Look up', 'bonuspay-for-woocommerce' ) );
		echo '</div><p class="description">'
			. esc_html__( 'Nothing can be paid out from here, on purpose: whoever steals a WordPress password must not be able to empty your account. Use BonusPay\'s merchant portal for that.', 'bonuspay-for-woocommerce' )
			. '</p>';
	}

	/** Asks BonusPay, for the buttons; the page that follows shows what it answered. */
	public static function ask(): void {
		Action::check( self::ASK_ACTION );
		$results = self::results();
		if ( time() - ( $results['asked_at'] ?? 0 ) < self::PAUSE ) {
			wp_safe_redirect( Links::screen( self::slug(), array( Links::RESULT => 'too_soon' ) ) );
			exit;
		}
		// Before the call: two clicks at once are one.
		self::store( array( 'asked_at' => time() ) + $results );
		$what = Action::text( 'what' );
		try {
			$lines = self::answer( $what, Backends::for_mode( Settings::get()->mode() ) );
		} catch ( Backend_Error $error ) {
			$lines = array( array( '', self::problem( $error ) ) );
		}
		self::store(
			array(
				'asked_at' => time(),
				$what      => array(
					'at'    => time(),
					'lines' => $lines,
				),
			) + $results
		);
		wp_safe_redirect( Links::screen( self::slug() ) );
		exit;
	}

	/**
	 * What BonusPay says, as lines of a name and a text; one line without a name when it says nothing.
	 *
	 * @return array<int, array{string, string}>
	 */
	private static function answer( string $what, Backend $backend ): array {
		return match ( $what ) {
			'balances' => self::balances( $backend ),
			'rate'     => self::rate( $backend, Action::text( 'coin' ), str_replace( ',', '.', Action::text( 'amount' ) ) ),
			'payout'   => self::payout( $backend, Action::text( 'kind' ), Action::text( 'number' ) ),
			default    => Action::refuse(),
		};
	}

	private static function balances( Backend $backend ): array {
		$lines = array();
		foreach ( $backend->balances() as $balance ) {
			$lines[] = array(
				$balance['coin'],
				sprintf(
					/* translators: 1: an amount in all, 2: an amount that is free, 3: an amount that can be withdrawn. */
					__( '%1$s (available %2$s, withdrawable %3$s)', 'bonuspay-for-woocommerce' ),
					self::known( $balance['balance'] ),
					self::known( $balance['available'] ),
					self::known( $balance['withdrawable'] )
				),
			);
		}
		return array() === $lines ? array( array( '', __( 'BonusPay named no coin.', 'bonuspay-for-woocommerce' ) ) ) : $lines;
	}

	private static function rate( Backend $backend, string $coin, string $amount ): array {
		if ( ! isset( Coin::NETWORKS[ $coin ] ) || ! Decimal::is_valid( $amount ) ) {
			return array( array( '', __( 'This is not an amount: write digits, such as 12.50.', 'bonuspay-for-woocommerce' ) ) );
		}
		$currency = get_woocommerce_currency();
		$rate     = $backend->fx_rate( $coin, $currency );
		if ( null === $rate || 0 === Decimal::compare( $rate, '0' ) ) {
			return array( array( '', __( 'BonusPay gave no rate.', 'bonuspay-for-woocommerce' ) ) );
		}
		$about = static fn( string $text ): string => '≈ ' . $text;
		return array(
			array( "1 $coin", $about( Decimal::add( $rate, '0' ) . ' ' . $currency ) ),
			array(
				"$amount $coin",
				$about( Decimal::floor( Decimal::multiply( $amount, $rate ), max( 2, wc_get_price_decimals() ) ) . ' ' . $currency ),
			),
			array( "$amount $currency", $about( Decimal::divide_floor( $amount, $rate, 8 ) . ' ' . $coin ) ),
		);
	}

	private static function payout( Backend $backend, string $kind, string $number ): array {
		if ( 1 !== preg_match( '/^[!-~]{1,64}$/D', $number ) ) {
			return array(
				array(
					'',
					__( 'This is not a number of a payout: it has at most 64 letters, digits and punctuation marks, and no blanks.', 'bonuspay-for-woocommerce' ),
				),
			);
		}
		return 'settlement' === $kind
			? self::facts(
				$backend->get_settlement( $number ),
				'/otcFundoutOrder/',
				array(
					__( 'Sold', 'bonuspay-for-woocommerce' )     => 'cryptoAmount',
					__( 'Paid out', 'bonuspay-for-woocommerce' ) => 'settlementAmount',
				)
			)
			: self::facts(
				$backend->get_withdrawal( $number ),
				'/withdrawOrder/',
				array(
					__( 'Ordered', 'bonuspay-for-woocommerce' )     => 'expectedReceivedAmount',
					__( 'Arrived', 'bonuspay-for-woocommerce' )     => 'actualReceivedAmount',
					__( 'Fee', 'bonuspay-for-woocommerce' )         => 'partnerFee',
					__( 'Network', 'bonuspay-for-woocommerce' )     => 'network',
					__( 'Transaction', 'bonuspay-for-woocommerce' ) => 'txid',
				)
			);
	}

	/** What an answer says of a payout: what all have, and more of its own. Addresses are left out. */
	private static function facts( Verified_Message $answer, string $at, array $more ): array {
		$names = array(
			__( 'Your number', 'bonuspay-for-woocommerce' ) => 'merchantOrderNo',
			__( 'BonusPay\'s number', 'bonuspay-for-woocommerce' ) => 'orderNo',
			__( 'Status', 'bonuspay-for-woocommerce' ) => 'status',
		) + $more + array( __( 'Reason', 'bonuspay-for-woocommerce' ) => 'failDes' );
		$lines = array();
		foreach ( $names as $label => $name ) {
			$text = $answer->get( $at . $name ) ?? trim( $answer->get( "$at$name/amount" ) . ' ' . $answer->get( "$at$name/currency" ) );
			if ( '' !== $text ) {
				$lines[] = array( $label, 'status' === $name ? self::status( $text ) : $text );
			}
		}
		return $lines;
	}

	/** A payout's status in words, with BonusPay's own word. */
	private static function status( string $status ): string {
		return match ( $status ) {
			/* translators: %s: BonusPay's own word. */
			'PENDING'   => sprintf( __( 'On its way (%s)', 'bonuspay-for-woocommerce' ), $status ),
			/* translators: %s: BonusPay's own word. */
			'COMPLETED' => sprintf( __( 'Paid out (%s)', 'bonuspay-for-woocommerce' ), $status ),
			/* translators: %s: BonusPay's own word. */
			'FAILED'    => sprintf( __( 'Failed, nothing was paid out (%s)', 'bonuspay-for-woocommerce' ), $status ),
			default     => $status,
		};
	}

	/** A failure in words. */
	private static function problem( Backend_Error $error ): string {
		$text = match ( true ) {
			$error->says_not_there()                       => __( 'BonusPay does not know this number.', 'bonuspay-for-woocommerce' ),
			'config' === $error->kind                      => $error->getMessage(),
			'argument' === $error->kind                    => __( 'BonusPay does not take this: check what you entered.', 'bonuspay-for-woocommerce' ),
			Backend_Error::REJECTED === $error->outcome    => __( 'BonusPay refused to answer this.', 'bonuspay-for-woocommerce' ),
			default                                        => __( 'BonusPay could not be asked. Try again in a minute.', 'bonuspay-for-woocommerce' ),
		};
		/* translators: 1: what happened, 2: BonusPay's error code, such as 77004. */
		return null === $error->api_code ? $text : sprintf( __( '%1$s (code %2$s)', 'bonuspay-for-woocommerce' ), $text, $error->api_code );
	}

	private static function known( string $amount ): string {
		return '' === $amount ? '?' : $amount;
	}

	/** A question: its heading, and what was answered last. */
	private static function begin( string $what, string $title, string $description ): void {
		printf( '<section class="bonuspay-card"><h2>%s</h2>', esc_html( $title ) );
		if ( '' !== $description ) {
			echo '<p class="description">' . esc_html( $description ) . '</p>';
		}
		$result = self::results()[ $what ] ?? null;
		if ( null !== $result ) {
			echo '<div class="bonuspay-answer" role="status">';
			if ( '' === ( $result['lines'][0][0] ?? '' ) ) {
				echo '<p>' . esc_html( $result['lines'][0][1] ?? '' ) . '</p>';
			} else {
				echo '<dl class="bonuspay-facts">';
				foreach ( $result['lines'] as list( $name, $text ) ) {
					printf( '<dt>%s</dt><dd>%s</dd>', esc_html( $name ), esc_html( $text ) );
				}
				echo '</dl>';
			}
			printf(
				'<p class="description">%s</p></div>',
				/* translators: %s: a date and time. */
				esc_html( sprintf( __( 'Asked at %s.', 'bonuspay-for-woocommerce' ), Words::time( (int) $result['at'] ) ) )
			);
		}
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- form() escapes.
		echo Action::form( self::ASK_ACTION ) . '<input type="hidden" name="what" value="' . esc_attr( $what ) . '">';
	}

	private static function end( string $button ): void {
		printf( '<button class="button">%s</button></form></section>', esc_html( $button ) );
	}

	/** This user's last answers. */
	private static function results(): array {
		$results = get_transient( self::name() );
		return is_array( $results ) ? $results : array();
	}

	private static function store( array $results ): void {
		set_transient( self::name(), $results, self::SHOWN );
	}

	private static function name(): string {
		return 'bonuspay_wc_account_' . get_current_user_id() . '_' . Settings::get()->mode();
	}
}
