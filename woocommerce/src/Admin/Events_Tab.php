<?php
/**
 * WooCommerce > BonusPay > Notifications.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use Automattic\WooCommerce\Utilities\OrderUtil;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Notification\Notifications;

/**
 * Every genuine notification that came, the newest first, and what became of it; with a button that has it handled anew.
 */
final class Events_Tab implements Tab {

	public const REPLAY_ACTION = 'bonuspay_wc_replay';

	/** The tab's name in the address. */
	public static function slug(): string {
		return 'events';
	}

	/** The tab's name for people. */
	public static function title(): string {
		return __( 'Notifications', 'bonuspay-for-woocommerce' );
	}

	/** Prints the filters and the list. */
	public static function show(): void {
		self::show_result();
		$filters            = self::filters();
		list( $rows, $all ) = null === $filters ? array( array(), 0 ) : Notification_Inbox::listed( $filters, Pager::ROWS, Pager::skip() );
		echo '<p>'
			. esc_html__( 'What BonusPay has told this shop. A notification changes nothing by itself: BonusPay is asked each time. "Handle again" asks once more; whatever is done already is not done twice.', 'bonuspay-for-woocommerce' )
			. '</p>';
		self::show_filters();
		if ( array() === $rows ) {
			echo '<p>'
				. esc_html(
					self::is_filtered()
						? __( 'No notification fits this search.', 'bonuspay-for-woocommerce' )
						: __( 'No notification has come yet. After the first payment it stands here.', 'bonuspay-for-woocommerce' )
				)
				. '</p>';
			return;
		}
		$heads = array(
			__( 'Received', 'bonuspay-for-woocommerce' ),
			__( 'About', 'bonuspay-for-woocommerce' ),
			__( 'Told', 'bonuspay-for-woocommerce' ),
			__( 'Our number', 'bonuspay-for-woocommerce' ),
			__( 'What became of it', 'bonuspay-for-woocommerce' ),
			__( 'Delivered', 'bonuspay-for-woocommerce' ),
			__( 'Tried again', 'bonuspay-for-woocommerce' ),
			__( 'Handled', 'bonuspay-for-woocommerce' ),
			__( 'Action', 'bonuspay-for-woocommerce' ),
		);
		echo '<div class="bonuspay-wide"><table class="widefat striped bonuspay-list"><thead><tr>';
		foreach ( $heads as $head ) {
			echo '<th scope="col">' . esc_html( $head ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $rows as $row ) {
			self::show_row( $row );
		}
		echo '</tbody></table></div>';
		Pager::show( $all, self::url() );
	}

	/** Has an event handled once more, for the button. */
	public static function replay(): void {
		Action::check( self::REPLAY_ACTION );
		$result = Notifications::replay( Action::number( 'event' ) );
		wp_safe_redirect( Links::screen( self::slug(), array( Links::RESULT => $result ) ) );
		exit;
	}

	/** What an event is about, in words. */
	private static function kind_name( string $kind ): string {
		return match ( $kind ) {
			'order'      => __( 'Payment', 'bonuspay-for-woocommerce' ),
			'refund'     => __( 'Refund', 'bonuspay-for-woocommerce' ),
			'topup'      => __( 'Top-up', 'bonuspay-for-woocommerce' ),
			'withdraw'   => __( 'Withdrawal', 'bonuspay-for-woocommerce' ),
			'settlement' => __( 'Settlement', 'bonuspay-for-woocommerce' ),
			default      => $kind,
		};
	}

	private static function show_result(): void {
		$texts  = array(
			'done'      => __( 'BonusPay was asked, and confirms what the notification told. All that follows from it is done.', 'bonuspay-for-woocommerce' ),
			'waiting'   => __( 'BonusPay could not be asked, or does not confirm this yet. The notification stays, and its line below says why.', 'bonuspay-for-woocommerce' ),
			'busy'      => __( 'This notification is just being handled. Look again in some seconds.', 'bonuspay-for-woocommerce' ),
			'unmatched' => __( 'This notification still fits no payment of this shop: nothing was changed. If another shop uses the same BonusPay account, it is probably that shop\'s.', 'bonuspay-for-woocommerce' ),
			'unused'    => __( 'This notification is about something that this shop does not use: there is nothing to do.', 'bonuspay-for-woocommerce' ),
			'gone'      => __( 'This notification, or the payment that it is about, is not there any more.', 'bonuspay-for-woocommerce' ),
		);
		$result = Links::argument( Links::RESULT );
		if ( isset( $texts[ $result ] ) ) {
			Words::notice( $texts[ $result ], 'done' === $result );
		}
	}

	private static function show_filters(): void {
		$states = array(
			Notification_Inbox::IS_NEW,
			Notification_Inbox::DONE,
			Notification_Inbox::UNMATCHED,
			Notification_Inbox::GIVEN_UP,
			Notification_Inbox::UNUSED,
		);
		$kinds  = array( 'order', 'refund', 'topup', 'withdraw', 'settlement' );
		printf(
			'<form method="get" action="%s" class="bonuspay-filters"><input type="hidden" name="page" value="%s"><input '
				. 'type="hidden" name="tab" value="%s">',
			esc_url( admin_url( 'admin.php' ) ),
			esc_attr( Links::SCREEN ),
			esc_attr( self::slug() )
		);
		self::show_choice(
			'state',
			__( 'What became of it', 'bonuspay-for-woocommerce' ),
			array_combine( $states, array_map( array( Words::class, 'event_state' ), $states ) )
		);
		self::show_choice(
			'kind',
			__( 'About', 'bonuspay-for-woocommerce' ),
			array_combine( $kinds, array_map( array( self::class, 'kind_name' ), $kinds ) )
		);
		printf(
			'<label>%s <input type="text" inputmode="numeric" name="order" size="8" value="%s"></label>',
			esc_html__( 'Order', 'bonuspay-for-woocommerce' ),
			esc_attr( Links::argument( 'order' ) )
		);
		printf(
			'<label>%s <input type="text" name="number" size="20" maxlength="64" value="%s"></label>',
			esc_html__( 'Our number', 'bonuspay-for-woocommerce' ),
			esc_attr( Links::argument( 'number' ) )
		);
		printf( '<button class="button">%s</button></form>', esc_html__( 'Search', 'bonuspay-for-woocommerce' ) );
	}

	private static function show_choice( string $name, string $label, array $choices ): void {
		printf(
			'<label>%s <select name="%s"><option value="">%s</option>',
			esc_html( $label ),
			esc_attr( $name ),
			esc_html__( 'All', 'bonuspay-for-woocommerce' )
		);
		foreach ( $choices as $value => $text ) {
			printf(
				'<option value="%s"%s>%s</option>',
				esc_attr( $value ),
				selected( Links::argument( $name ), $value, false ),
				esc_html( $text )
			);
		}
		echo '</select></label>';
	}

	private static function show_row( object $row ): void {
		$order = null === $row->order_id ? '' : sprintf(
			'<br><a href="%s">%s</a>',
			esc_url( OrderUtil::get_order_admin_edit_url( (int) $row->order_id ) ),
			/* translators: %d: an order's number. */
			esc_html( sprintf( __( 'Order %d', 'bonuspay-for-woocommerce' ), $row->order_id ) )
		);
		$badge = match ( $row->state ) {
			Notification_Inbox::DONE   => 'is-good',
			Notification_Inbox::IS_NEW => 'is-open',
			Notification_Inbox::UNUSED => '',
			default                    => 'is-bad',
		};
		printf(
			'<tr><td>%s</td><td>%s</td><td><code>%s</code></td><td><code>%s</code>%s</td><td><span class="bonuspay-badge '
				. '%s">%s</span>%s</td><td>%d</td><td>%d</td><td>%s</td><td>%s</td></tr>',
			esc_html( Words::time( (int) $row->received_at ) ),
			esc_html( self::kind_name( $row->kind ) ),
			esc_html( '' === $row->status ? '?' : $row->status ),
			esc_html( $row->merchant_order_no ),
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped above.
			$order,
			esc_attr( $badge ),
			esc_html( Words::event_state( $row->state ) ),
			'' === $row->outcome ? '' : '<br>' . esc_html( $row->outcome ),
			(int) $row->deliveries,
			(int) $row->tries,
			esc_html( Words::time( (int) $row->handled_at ) ),
			Notification_Inbox::UNUSED === $row->state
				? ''
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped above.
				: Action::form( self::REPLAY_ACTION ) . sprintf(
					'<input type="hidden" name="event" value="%d"><button class="button">%s</button></form>',
					(int) $row->id,
					esc_html__( 'Handle again', 'bonuspay-for-woocommerce' )
				)
		);
	}

	/** Whether the address asks for some events only. */
	private static function is_filtered(): bool {
		return array() !== self::filters();
	}

	/** What the address asks for, as columns; null when nothing can fit it. */
	private static function filters(): ?array {
		$filters = array();
		foreach ( array(
			'state'  => 'state',
			'kind'   => 'kind',
			'order'  => 'order_id',
			'number' => 'merchant_order_no',
		) as $name => $column ) {
			$value = Links::argument( $name );
			if ( '' === $value ) {
				// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- only read.
				if ( ! empty( $_GET[ $name ] ) ) {
					return null; // Something was asked for, and no text is left of it.
				}
				continue;
			}
			if ( 'order' === $name && 1 !== preg_match( '/^[0-9]{1,18}$/D', $value ) ) {
				return null;
			}
			$filters[ $column ] = $value;
		}
		return $filters;
	}

	/** The list's own address, its filters included. */
	private static function url(): string {
		$more = array();
		foreach ( array( 'state', 'kind', 'order', 'number' ) as $name ) {
			if ( '' !== Links::argument( $name ) ) {
				$more[ $name ] = Links::argument( $name );
			}
		}
		return Links::screen( self::slug(), $more );
	}
}
