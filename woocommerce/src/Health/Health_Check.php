<?php
/**
 * Whether all is well.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Health;

use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Settings;

/**
 * Looks at everything that BonusPay needs to work here, and says of each thing whether it is well and what to do. The
 * rules are pure: they judge Diagnostics and nothing else.
 */
final class Health_Check {

	/** The rules, each a method of this name; the most basic first. */
	public const RULES = array(
		'extension',
		'tables',
		'site',
		'keys',
		'address',
		'outgoing',
		'https',
		'notifications',
		'events',
		'queue',
		'cron',
		'clock',
		'payments',
		'locks',
	);

	/** Those that read our tables. */
	private const OF_TABLES = array( 'notifications', 'events', 'payments', 'locks' );

	/** So late the queue may be, and so long ago it may have run. */
	private const OVERDUE = 10 * MINUTE_IN_SECONDS;

	/** So far clocks may be apart. */
	private const SKEW = 2 * MINUTE_IN_SECONDS;

	/** A notification that waits for so long is worth a look, and for so long a trouble. */
	private const WAITS_LONG     = 2 * HOUR_IN_SECONDS;
	private const WAITS_TOO_LONG = 12 * HOUR_IN_SECONDS;

	/** So many payments that nobody told of are no accident. */
	private const UNHEARD = 3;

	/**
	 * Looks at everything.
	 *
	 * @param bool $with_calls Whether to ask BonusPay, and to call the shop from itself, too.
	 * @return Check_Result[]
	 */
	public static function examine( bool $with_calls = false ): array {
		$facts    = Diagnostics::gather( $with_calls );
		$findings = self::judge( $facts );
		if ( $with_calls ) {
			$findings[] = self::connection( $facts );
			$findings[] = self::callbacks( Webhook_Self_Check::run() );
		}
		return $findings;
	}

	/**
	 * What the facts mean: a finding for each rule.
	 *
	 * @return Check_Result[]
	 */
	public static function judge( Diagnostics $facts ): array {
		return array_map( static fn( string $rule ): Check_Result => self::unknown( $rule, $facts ) ?? self::$rule( $facts ), self::RULES );
	}

	/**
	 * The worst first; those that are equally bad in their order.
	 *
	 * @param Check_Result[] $findings Any.
	 * @return Check_Result[]
	 */
	public static function worst_first( array $findings ): array {
		$ranks = array_flip( array( Check_Result::CRITICAL, Check_Result::RECOMMENDED, Check_Result::GOOD ) );
		usort( $findings, static fn( Check_Result $one, Check_Result $other ): int => $ranks[ $one->status ] <=> $ranks[ $other->status ] );
		return $findings;
	}

	/**
	 * What the test of the callbacks' addresses means.
	 *
	 * @param Webhook_Check_Result[] $results The first is the address that payments name.
	 */
	public static function callbacks( array $results ): Check_Result {
		$bad  = array_values( array_filter( $results, static fn( Webhook_Check_Result $one ): bool => ! $one->is_good ) );
		$text = implode( ' ', array_map( static fn( Webhook_Check_Result $one ): string => $one->url . ': ' . $one->text, $results ) ) . ' '
			. Webhook_Self_Check::limits();
		return match ( true ) {
			array() === $bad            => self::good(
				'callbacks',
				__( 'BonusPay\'s notifications find their way within this server', 'bonuspay-for-woocommerce' ),
				$text
			),
			in_array( $bad[0]->blocker, Webhook_Self_Check::UNTESTED, true ) => self::recommended(
				'callbacks',
				__( 'Whether BonusPay\'s notifications arrive cannot be tested from this server', 'bonuspay-for-woocommerce' ),
				$text
			),
			$bad[0] === $results[0] && 1 === count( $bad ) => self::critical(
				'callbacks',
				__( 'Something keeps BonusPay\'s notifications out, and the spare address works', 'bonuspay-for-woocommerce' ),
				__( 'Choose the spare address in the settings, under "How notifications come".', 'bonuspay-for-woocommerce' ) . ' ' . $text
			),
			$bad[0] === $results[0]     => self::critical(
				'callbacks',
				__( 'Something keeps BonusPay\'s notifications out', 'bonuspay-for-woocommerce' ),
				$text
			),
			default                     => self::recommended(
				'callbacks',
				__( 'Something blocks the spare address for notifications', 'bonuspay-for-woocommerce' ),
				$text
			),
		};
	}

	/** How long ago something was, in words. */
	public static function ago( int $at, int $now ): string {
		/* translators: %s: a span of time, such as "5 minutes". */
		return sprintf( __( '%s ago', 'bonuspay-for-woocommerce' ), human_time_diff( min( $at, $now ), $now ) );
	}

	/** Without our tables most is not known. */
	private static function unknown( string $rule, Diagnostics $facts ): ?Check_Result {
		if ( array() === $facts->missing_tables || ! in_array( $rule, self::OF_TABLES, true ) ) {
			return null;
		}
		return self::recommended(
			$rule,
			/* translators: %s: what cannot be looked at, a technical word. */
			sprintf( __( 'Not known while tables are missing: %s', 'bonuspay-for-woocommerce' ), $rule ),
			__( 'BonusPay\'s tables must be there first.', 'bonuspay-for-woocommerce' )
		);
	}

	private static function extension( Diagnostics $facts ): Check_Result {
		if ( null !== $facts->extension_problem ) {
			return self::critical(
				'extension',
				__( 'The PHP extension that BonusPay needs cannot be used', 'bonuspay-for-woocommerce' ),
				$facts->extension_problem . ' '
					. __( 'Until then shoppers are not offered BonusPay; the shop itself goes on.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::good(
			'extension',
			__( 'The PHP extension is loaded', 'bonuspay-for-woocommerce' ),
			/* translators: %s: a version. */
			sprintf( __( 'Version %s; it fits this plugin.', 'bonuspay-for-woocommerce' ), $facts->extension_version )
		);
	}

	private static function tables( Diagnostics $facts ): Check_Result {
		if ( array() === $facts->missing_tables ) {
			return self::good(
				'tables',
				__( 'BonusPay\'s tables are in the database', 'bonuspay-for-woocommerce' ),
				__( 'The tables hold which order is paid by which payment.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::critical(
			'tables',
			__( 'Tables of BonusPay are missing in the database', 'bonuspay-for-woocommerce' ),
			sprintf(
				/* translators: %s: list of names of tables. */
				__( 'Missing: %s. No payment can be made or confirmed without them. Bring them back from a backup, and make sure that backups of the shop hold them.', 'bonuspay-for-woocommerce' ),
				implode( ', ', $facts->missing_tables )
			)
		);
	}

	private static function site( Diagnostics $facts ): Check_Result {
		if ( ! $facts->has_moved ) {
			return self::good(
				'site',
				__( 'This is the site that was set up', 'bonuspay-for-woocommerce' ),
				__( 'BonusPay would pause on a copy of the shop at another address.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::critical(
			'site',
			__( 'BonusPay is paused, since the site\'s address has changed', 'bonuspay-for-woocommerce' ),
			sprintf(
				/* translators: 1: old address, 2: new address. */
				__( 'It was set up at %1$s, and this site is %2$s. The notice at the top of the administration asks whether the shop moved or this is a copy: answer it.', 'bonuspay-for-woocommerce' ),
				$facts->remembered,
				$facts->address
			)
		);
	}

	private static function keys( Diagnostics $facts ): Check_Result {
		$mode = Settings::mode_name( $facts->mode );
		if ( array() === $facts->missing_keys && null === $facts->keys_problem ) {
			return self::good(
				'keys',
				/* translators: %s: "Test mode" or "Live mode". */
				sprintf( __( '%s: all keys are set', 'bonuspay-for-woocommerce' ), $mode ),
				__( 'The keys are of the right kind and go together. Whether BonusPay takes them, the button on the settings page tells.', 'bonuspay-for-woocommerce' )
			);
		}
		$text = $facts->keys_problem ?? sprintf(
			/* translators: %s: list of what is missing. */
			__( 'Still missing: %s.', 'bonuspay-for-woocommerce' ),
			implode( ', ', $facts->missing_keys )
		);
		$text .= ' ' . __( 'The settings page shows step by step where each key comes from.', 'bonuspay-for-woocommerce' );
		/* translators: %s: "Test mode" or "Live mode". */
		$label = sprintf( __( '%s: the keys are not complete, or wrong', 'bonuspay-for-woocommerce' ), $mode );
		// Who does not offer BonusPay yet is still at it.
		return $facts->is_enabled ? self::critical( 'keys', $label, $text ) : self::recommended( 'keys', $label, $text );
	}

	private static function address( Diagnostics $facts ): Check_Result {
		$is_plain = str_starts_with( $facts->base_url, 'http:' );
		if ( $is_plain && ! Backends::is_loopback( $facts->base_url ) ) {
			return self::critical(
				'address',
				__( 'BonusPay\'s address is not encrypted', 'bonuspay-for-woocommerce' ),
				sprintf(
					/* translators: 1: an address, 2: name of a constant. */
					__( '%2$s in wp-config.php says %1$s: http is for this machine alone. Write https, or remove the line.', 'bonuspay-for-woocommerce' ),
					$facts->base_url,
					'BONUSPAY_TEST_BASE_URL'
				)
			);
		}
		if ( $facts->is_base_url_own ) {
			return self::good(
				'address',
				__( 'Test mode talks to a stand-in for BonusPay', 'bonuspay-for-woocommerce' ),
				sprintf(
					/* translators: 1: an address, 2: name of a constant. */
					__( 'It talks to %1$s, as %2$s in wp-config.php says. No real money moves.', 'bonuspay-for-woocommerce' ),
					$facts->base_url,
					'BONUSPAY_TEST_BASE_URL'
				)
			);
		}
		return 'live' === $facts->mode
			? self::good(
				'address',
				__( 'BonusPay is in live mode', 'bonuspay-for-woocommerce' ),
				__( 'Real money moves.', 'bonuspay-for-woocommerce' )
			)
			: self::good(
				'address',
				__( 'BonusPay is in test mode', 'bonuspay-for-woocommerce' ),
				__( 'No real money moves: shoppers cannot really pay. Switch to live mode in the settings when you are ready.', 'bonuspay-for-woocommerce' )
			);
	}

	private static function outgoing( Diagnostics $facts ): Check_Result {
		return null === $facts->outgoing_problem
			? self::good(
				'outgoing',
				__( 'WordPress allows calls to BonusPay', 'bonuspay-for-woocommerce' ),
				__( 'Nothing in wp-config.php forbids them.', 'bonuspay-for-woocommerce' )
			)
			: self::critical(
				'outgoing',
				__( 'WordPress forbids calls to BonusPay', 'bonuspay-for-woocommerce' ),
				$facts->outgoing_problem
			);
	}

	private static function https( Diagnostics $facts ): Check_Result {
		/* translators: %s: an address. */
		$where = sprintf( __( 'BonusPay reports to %s.', 'bonuspay-for-woocommerce' ), $facts->notify_url );
		if ( ! $facts->has_permalinks ) {
			$where .= ' ' . __( 'Permalinks are "plain"; that works, too.', 'bonuspay-for-woocommerce' );
		}
		if ( str_starts_with( $facts->notify_url, 'https:' ) ) {
			return self::good( 'https', __( 'The shop\'s address is encrypted', 'bonuspay-for-woocommerce' ), $where );
		}
		if ( 'test' === $facts->mode && Backends::is_loopback( $facts->notify_url ) && Backends::is_loopback( $facts->base_url ) ) {
			return self::good(
				'https',
				__( 'The shop and its stand-in for BonusPay are on this machine', 'bonuspay-for-woocommerce' ),
				$where . ' '
					. __( 'Only a program on this machine can reach it: enough for tests, and not for BonusPay itself.', 'bonuspay-for-woocommerce' )
			);
		}
		$text = $where . ' '
			. __( 'Whoever stands in between could change the address that a shopper pays to. Ask your host for a certificate, and change both addresses under Settings > General to https.', 'bonuspay-for-woocommerce' );
		return 'live' === $facts->mode
			? self::critical( 'https', __( 'The shop\'s address is not encrypted (https)', 'bonuspay-for-woocommerce' ), $text )
			: self::recommended( 'https', __( 'The shop\'s address is not encrypted (https)', 'bonuspay-for-woocommerce' ), $text );
	}

	private static function notifications( Diagnostics $facts ): Check_Result {
		$heard = null === $facts->heard
			? __( 'None has come yet.', 'bonuspay-for-woocommerce' )
			: sprintf(
				/* translators: %s: a span of time with "ago", such as "5 minutes ago". */
				__( 'The last one came %s.', 'bonuspay-for-woocommerce' ),
				self::ago( (int) $facts->heard['received_at'], $facts->now )
			);
		$is_none_told = $facts->paid_unheard > 0 && $facts->paid_unheard === $facts->paid_lately;
		$are_many     = $facts->paid_unheard >= self::UNHEARD;
		if ( $is_none_told || ( $are_many && 2 * $facts->paid_unheard > $facts->paid_lately ) ) {
			$text = sprintf(
				/* translators: %d: number of payments. */
				_n( '%d payment of the last seven days was told by no notification; BonusPay had to be asked.', '%d payments of the last seven days were told by no notification; BonusPay had to be asked.', $facts->paid_unheard, 'bonuspay-for-woocommerce' ),
				$facts->paid_unheard
			) . ' ' . $heard . ' '
				. __( 'Nothing is lost, but orders change minutes late. Use the test on WooCommerce > BonusPay > Health, and ask your host whether a firewall keeps BonusPay out.', 'bonuspay-for-woocommerce' );
			$label = __( 'BonusPay\'s notifications do not arrive', 'bonuspay-for-woocommerce' );
			return $is_none_told && $are_many
				? self::critical( 'notifications', $label, $text )
				: self::recommended( 'notifications', $label, $text );
		}
		if ( null === $facts->heard ) {
			return self::good(
				'notifications',
				__( 'No notification has come yet', 'bonuspay-for-woocommerce' ),
				__( 'That is how it is before the first payment.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::good( 'notifications', __( 'BonusPay\'s notifications arrive', 'bonuspay-for-woocommerce' ), $heard );
	}

	private static function events( Diagnostics $facts ): Check_Result {
		$waits = null === $facts->open_since ? 0 : $facts->now - $facts->open_since;
		if ( 0 === $facts->given_up_events && $waits < self::WAITS_LONG ) {
			return self::good(
				'events',
				__( 'BonusPay\'s notifications are handled', 'bonuspay-for-woocommerce' ),
				__( 'None waits for long.', 'bonuspay-for-woocommerce' )
			);
		}
		$parts = array();
		if ( $facts->given_up_events > 0 ) {
			$parts[] = sprintf(
				/* translators: %d: number of notifications. */
				_n( '%d notification was tried again and again, and given up.', '%d notifications were tried again and again, and given up.', $facts->given_up_events, 'bonuspay-for-woocommerce' ),
				$facts->given_up_events
			);
		}
		if ( $waits >= self::WAITS_LONG ) {
			$parts[] = sprintf(
				/* translators: 1: number of notifications, 2: a span of time with "ago", such as "5 hours ago". */
				_n( '%1$d notification waits to be handled; the oldest came %2$s.', '%1$d notifications wait to be handled; the oldest came %2$s.', $facts->open_events, 'bonuspay-for-woocommerce' ),
				$facts->open_events,
				self::ago( (int) $facts->open_since, $facts->now )
			);
		}
		$parts[] = __( 'WooCommerce > BonusPay > Health shows which, and why. Press "Check now" on the order; if that does not help, compare it with BonusPay\'s merchant portal.', 'bonuspay-for-woocommerce' );
		$label   = __( 'Notifications of BonusPay wait to be handled', 'bonuspay-for-woocommerce' );
		return $facts->given_up_events > 0 || $waits >= self::WAITS_TOO_LONG
			? self::critical( 'events', $label, implode( ' ', $parts ) )
			: self::recommended( 'events', $label, implode( ' ', $parts ) );
	}

	private static function queue( Diagnostics $facts ): Check_Result {
		$last = null === $facts->queue_last
			? __( 'It has not run yet.', 'bonuspay-for-woocommerce' )
			/* translators: %s: a span of time with "ago", such as "5 minutes ago". */
			: sprintf( __( 'It last ran %s.', 'bonuspay-for-woocommerce' ), self::ago( $facts->queue_last, $facts->now ) );
		if ( null === $facts->queue_next ) {
			return self::critical(
				'queue',
				__( 'BonusPay\'s queue is not planned', 'bonuspay-for-woocommerce' ),
				$last . ' '
					. __( 'It finds payments that nobody told of. Use the tool "BonusPay: schedule the queue anew" under WooCommerce > Status > Tools.', 'bonuspay-for-woocommerce' )
			);
		}
		if ( $facts->now - $facts->queue_next > self::OVERDUE ) {
			$text = $last . ' '
				. __( 'It should run every minute; it finds payments that nobody told of. WordPress\'s cron does not run:', 'bonuspay-for-woocommerce' )
				. ' ' . self::cron_advice( $facts );
			return self::critical( 'queue', __( 'BonusPay\'s queue does not run', 'bonuspay-for-woocommerce' ), $text );
		}
		return self::good( 'queue', __( 'BonusPay\'s queue runs', 'bonuspay-for-woocommerce' ), $last );
	}

	private static function cron( Diagnostics $facts ): Check_Result {
		if ( ! $facts->is_cron_disabled ) {
			return self::good(
				'cron',
				__( 'WordPress\'s cron is switched on', 'bonuspay-for-woocommerce' ),
				__( 'It runs when somebody visits the shop. A system cron is more punctual: ask your host for one when the shop has few visitors.', 'bonuspay-for-woocommerce' )
			);
		}
		if ( null !== $facts->queue_last && $facts->now - $facts->queue_last <= self::OVERDUE ) {
			return self::good(
				'cron',
				__( 'A system cron runs WordPress\'s jobs', 'bonuspay-for-woocommerce' ),
				__( 'WordPress\'s own is switched off, and something else does its work.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::recommended(
			'cron',
			__( 'WordPress\'s cron is switched off, and nothing seems to run in its place', 'bonuspay-for-woocommerce' ),
			self::cron_advice( $facts )
		);
	}

	private static function clock( Diagnostics $facts ): Check_Result {
		$skew = abs( $facts->now - $facts->database_now );
		if ( ! $facts->is_clock_refused && $skew <= self::SKEW ) {
			return self::good(
				'clock',
				__( 'The server\'s clock is right, as far as can be told', 'bonuspay-for-woocommerce' ),
				null === $facts->connection
					? __( 'It agrees with the database\'s.', 'bonuspay-for-woocommerce' )
					: __( 'It agrees with the database\'s, and BonusPay does not complain of it.', 'bonuspay-for-woocommerce' )
			);
		}
		$text = sprintf(
			/* translators: 1 and 2: a date and time in UTC. */
			__( 'PHP says %1$s, the database %2$s (UTC).', 'bonuspay-for-woocommerce' ),
			gmdate( 'Y-m-d H:i:s', $facts->now ),
			gmdate( 'Y-m-d H:i:s', $facts->database_now )
		);
		return $facts->is_clock_refused
			? self::critical(
				'clock',
				__( 'BonusPay refuses because of this server\'s clock', 'bonuspay-for-woocommerce' ),
				$text . ' ' . __( 'Ask your host to set the server\'s clock right (NTP).', 'bonuspay-for-woocommerce' )
			)
			: self::recommended(
				'clock',
				__( 'The clocks of this server and of the database do not agree', 'bonuspay-for-woocommerce' ),
				$text . ' '
					. __( 'One of them is wrong; BonusPay refuses requests whose time is wrong. Ask your host to set both right (NTP).', 'bonuspay-for-woocommerce' )
			);
	}

	private static function payments( Diagnostics $facts ): Check_Result {
		$many = count( $facts->waiting_orders );
		if ( 0 === $many ) {
			return self::good(
				'payments',
				__( 'No payment waits for your decision', 'bonuspay-for-woocommerce' ),
				__( 'Payments that are short, or do not fit, would put their order on hold.', 'bonuspay-for-woocommerce' )
			);
		}
		$named = implode( ', ', array_slice( $facts->waiting_orders, 0, 10 ) ) . ( $many > 10 ? ' …' : '' );
		return self::recommended(
			'payments',
			sprintf(
				/* translators: %d: number of orders. */
				_n( '%d order with a crypto payment needs your decision', '%d orders with a crypto payment need your decision', $many, 'bonuspay-for-woocommerce' ),
				$many
			),
			sprintf(
				/* translators: %s: list of orders' numbers. */
				__( 'Too little came in, or something that was not asked for. Look at the BonusPay box of these orders on hold, and decide: %s', 'bonuspay-for-woocommerce' ),
				$named
			)
		);
	}

	private static function locks( Diagnostics $facts ): Check_Result {
		if ( 0 === $facts->stuck_locks ) {
			return self::good(
				'locks',
				__( 'No order is locked for longer than it may', 'bonuspay-for-woocommerce' ),
				__( 'A worker that dies blocks its order for a minute at most.', 'bonuspay-for-woocommerce' )
			);
		}
		return self::critical(
			'locks',
			sprintf(
				/* translators: %d: number of orders. */
				_n( '%d order is locked for too long', '%d orders are locked for too long', $facts->stuck_locks, 'bonuspay-for-woocommerce' ),
				$facts->stuck_locks
			),
			__( 'The database\'s clock was ahead for a while. Payments for such orders are not confirmed until it has passed: use the tool "BonusPay: clear locks" under WooCommerce > Status > Tools.', 'bonuspay-for-woocommerce' )
		);
	}

	/** What BonusPay itself says. */
	private static function connection( Diagnostics $facts ): Check_Result {
		return '' === (string) $facts->connection
			? self::good(
				'connection',
				__( 'BonusPay takes the keys, and its answer is genuine', 'bonuspay-for-woocommerce' ),
				__( 'It was asked just now.', 'bonuspay-for-woocommerce' )
			)
			: self::critical(
				'connection',
				__( 'The connection to BonusPay does not work', 'bonuspay-for-woocommerce' ),
				$facts->connection
			);
	}

	/** What to do for punctual jobs. */
	private static function cron_advice( Diagnostics $facts ): string {
		$line = sprintf(
			/* translators: %s: a line of a crontab. */
			__( 'ask your host for a system cron that opens wp-cron.php every minute, such as: %s', 'bonuspay-for-woocommerce' ),
			'* * * * * curl -s ' . $facts->address . '/wp-cron.php?doing_wp_cron >/dev/null'
		);
		return $facts->is_cron_disabled
			/* translators: %s: name of a constant. */
			? sprintf( __( '%s in wp-config.php switches it off. Remove that line, or', 'bonuspay-for-woocommerce' ), 'DISABLE_WP_CRON' )
			. ' ' . $line
			: $line;
	}

	private static function good( string $id, string $label, string $text ): Check_Result {
		return new Check_Result( $id, Check_Result::GOOD, $label, $text );
	}

	private static function recommended( string $id, string $label, string $text ): Check_Result {
		return new Check_Result( $id, Check_Result::RECOMMENDED, $label, $text );
	}

	private static function critical( string $id, string $label, string $text ): Check_Result {
		return new Check_Result( $id, Check_Result::CRITICAL, $label, $text );
	}
}
