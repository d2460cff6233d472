<?php
/**
 * The gates, both directions of each, within the store's WordPress: with the real database and real orders, and with a
 * stand-in for BonusPay. gates.test.mjs runs one group of them at a time.
 *
 * Between two statements of one worker another one can act, and its waiting takes no time: nothing here depends on luck.
 *
 * @package BonusPay\Tests
 */

use BonusPay\WooCommerce\Admin\Account_Tab;
use BonusPay\WooCommerce\Admin\Events_Tab;
use BonusPay\WooCommerce\Admin\Health_Tab;
use BonusPay\WooCommerce\Admin\Meta_Box;
use BonusPay\WooCommerce\Admin\Notices;
use BonusPay\WooCommerce\Admin\Refund_Box;
use BonusPay\WooCommerce\Admin\Report_Tab;
use BonusPay\WooCommerce\Admin\Settings_Page;
use BonusPay\WooCommerce\Admin\Site_Health;
use BonusPay\WooCommerce\BonusPay\Backend;
use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Verified_Message;
use BonusPay\WooCommerce\Checkout\Pay_Link;
use BonusPay\WooCommerce\Checkout\Pay_Page;
use BonusPay\WooCommerce\Checkout\Refund_Page;
use BonusPay\WooCommerce\Checkout\Status_Route;
use BonusPay\WooCommerce\Decision\Decision;
use BonusPay\WooCommerce\Decision\Snapshot;
use BonusPay\WooCommerce\Ledger\Attempt;
use BonusPay\WooCommerce\Ledger\Attempt_State;
use BonusPay\WooCommerce\Ledger\Attempts;
use BonusPay\WooCommerce\Ledger\Effect;
use BonusPay\WooCommerce\Ledger\Effect_Claims;
use BonusPay\WooCommerce\Ledger\Notification_Inbox;
use BonusPay\WooCommerce\Ledger\Order_Lock;
use BonusPay\WooCommerce\Ledger\Refund;
use BonusPay\WooCommerce\Ledger\Refunds;
use BonusPay\WooCommerce\Ledger\Transaction;
use BonusPay\WooCommerce\Notification\Notifications;
use BonusPay\WooCommerce\Order\Orders;
use BonusPay\WooCommerce\Payment\Payment_Service;
use BonusPay\WooCommerce\Payment\Query_Result;
use BonusPay\WooCommerce\Reconciliation\Reconciliation;
use BonusPay\WooCommerce\Refund\Refund_Address;
use BonusPay\WooCommerce\Refund\Refund_Link;
use BonusPay\WooCommerce\Refund\Refund_Service;
use BonusPay\WooCommerce\Settings\Backends;
use BonusPay\WooCommerce\Settings\Settings;
use BonusPay\WooCommerce\Settings\Shop_Identity;
use BonusPay\WooCommerce\Settings\Site_Move;

define( 'BONUSPAY_WC_UNIT_TESTS', true );
Store_Builtins::replace( 'usleep', static fn( int $micro ) => Gates::slept( $micro ) );
Store_Builtins::replace( 'microtime', static fn( bool $as_float ): float => microtime( $as_float ) + Gates::$slept );

/** A gate let through what it must not, or the other way round. */
final class Gate_Failed extends Exception {}

/** BonusPay, as a test has it answer. */
final class Stand_In implements Backend {

	public int $asked = 0;
	/** What each call answers: an answer, a list, or an error to throw. */
	public array $says = array();

	private function say( string $call ): mixed {
		++$this->asked;
		$said = $this->says[ $call ] ?? new Backend_Error( "No $call.", Backend_Error::NOT_SENT, 'network' );
		return $said instanceof Throwable ? throw $said : $said;
	}

	public function place_order( array $biz_content ): Verified_Message {
		return $this->say( 'place_order' );
	}
	public function get_order( string $merchant_order_no ): Verified_Message {
		return $this->say( 'get_order' );
	}
	public function cancel_order( string $merchant_order_no ): void {
		$this->say( 'cancel_order' );
	}
	public function accept_order( string $merchant_order_no ): void {
		$this->say( 'accept_order' );
	}
	public function payment_events( string $merchant_order_no ): array {
		return $this->say( 'payment_events' );
	}
	public function refund( array $biz_content ): Verified_Message {
		return $this->say( 'refund' );
	}
	public function get_refund( string $number ): Verified_Message {
		return $this->say( 'get_refund' );
	}
	public function balances(): array {
		return $this->say( 'balances' );
	}
	public function fx_rate( string $coin, string $currency ): ?string {
		return $this->say( 'fx_rate' );
	}
	public function get_withdrawal( string $number ): Verified_Message {
		return $this->say( 'get_withdrawal' );
	}
	public function get_settlement( string $number ): Verified_Message {
		return $this->say( 'get_settlement' );
	}
	public function verify_notification( string $body, string $sign, ?string $partner_id ): Verified_Message {
		return $this->say( 'verify_notification' );
	}
	public function test_connection(): void {
		$this->say( 'test_connection' );
	}
	public function partner_id(): string {
		return '200000000888';
	}
}

/** How a request ended: with a page, a way to go, JSON, or a refusal. */
final class Gate_Answer extends Exception {
	public function __construct( public readonly string $what, public readonly mixed $more = null ) {
		parent::__construct( $what );
	}
}

/** The groups; each ends with the first thing that is wrong. */
final class Gates {

	/** Seconds that were slept, as this process sees it. */
	public static float $slept = 0;
	/** What another worker does while this one sleeps. */
	private static ?Closure $meanwhile = null;
	private static ?wpdb $other        = null;
	private static int $made           = 0;
	/** Groups share the database; each has numbers of its own. */
	private static string $group       = '';

	/** What is wrong in a group; '' when nothing is. It begins with empty tables. */
	public static function run( string $group ): string {
		self::$group = ucfirst( str_replace( '_', '', $group ) );
		try {
			foreach ( array( 'attempts', 'refunds', 'events', 'effects', 'locks' ) as $table ) {
				self::sql( "DELETE FROM #__$table" );
			}
			self::{$group}();
			return '';
		} catch ( Throwable $error ) {
			$line = $error instanceof Gate_Failed ? $error->getTrace()[0]['line'] : $error->getLine();
			return "line $line: " . get_class( $error ) . ': ' . $error->getMessage();
		}
	}

	public static function slept( int $micro ): void {
		self::$slept += $micro / 1_000_000;
		if ( null !== self::$meanwhile ) {
			( self::$meanwhile )();
		}
	}

	private static function is( mixed $expected, mixed $got, string $what ): void {
		if ( $expected !== $got ) {
			throw new Gate_Failed( sprintf( '%s: %s, not %s', $what, wp_json_encode( $got ), wp_json_encode( $expected ) ) );
		}
	}

	/** SQL of another worker; `#__` is the tables' prefix. Gives its rows. */
	private static function sql( string $sql, ...$values ): array {
		self::$other ??= new wpdb( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
		$sql           = str_replace( '#__', $GLOBALS['wpdb']->prefix . 'bonuspay_', $sql );
		$rows          = self::$other->get_results( array() === $values ? $sql : self::$other->prepare( $sql, $values ), ARRAY_A );
		if ( '' !== self::$other->last_error ) {
			throw new Exception( self::$other->last_error );
		}
		return $rows ?? array();
	}

	private static function value( string $sql, ...$values ): mixed {
		$row = self::sql( $sql, ...$values )[0] ?? null;
		return null === $row ? null : reset( $row );
	}

	/** Another worker does this just before our next statement that has these words. */
	private static function before( string $words, string $sql ): void {
		$act = static function ( string $query ) use ( &$act, $words, $sql ): string {
			if ( str_contains( $query, $words ) ) {
				remove_filter( 'query', $act );
				self::sql( $sql );
			}
			return $query;
		};
		add_filter( 'query', $act );
	}

	/** The database refuses the statements that have these words. */
	private static function refusing( string $words, callable $call ): mixed {
		global $wpdb;
		$refuse = static fn( string $query ): string => str_contains( $query, $words ) ? 'REFUSED' : $query;
		$silent = $wpdb->suppress_errors( true );
		add_filter( 'query', $refuse );
		try {
			return $call();
		} finally {
			remove_filter( 'query', $refuse );
			$wpdb->suppress_errors( $silent );
		}
	}

	/** Whether a call throws such a thing. */
	private static function throws( string $class_name, callable $call ): bool {
		try {
			$call();
			return false;
		} catch ( Throwable $error ) {
			return $error instanceof $class_name;
		}
	}

	private static function hidden( string $class_name, string $method ): Closure {
		return ( new ReflectionMethod( $class_name, $method ) )->getClosure();
	}

	private static function order( string $status = 'pending' ): WC_Order {
		$order = wc_create_order( array( 'status' => 'pending' ) );
		$order->set_payment_method( 'bonuspay' );
		$order->set_billing_email( 'ada@shopper.test' );
		$order->set_total( '10.00' );
		$order->set_status( $status );
		$order->save();
		return $order;
	}

	/** An attempt that waits for 12.81 USDT, of an order that is nobody's unless it is given. */
	private static function attempt( array $columns = array() ): Attempt {
		$at = ++self::$made;
		return Attempts::insert(
			$columns + array(
				'order_id'          => 900000 + crc32( self::$group ) % 1000 * 1000 + $at,
				'number'            => 1,
				'mode'              => 'test',
				'scene'             => 'onsite',
				'merchant_order_no' => self::$group . "_$at-1",
				'order_no'          => "13171$at",
				'token'             => md5( "token $at" ),
				'partner_id'        => '200000000888',
				'price'             => '10.00',
				'currency'          => 'USD',
				'coin'              => 'USDT',
				'network'           => 'TRON',
				'due'               => '12.81',
				'state'             => 'waiting',
				'request'           => '{}',
				'created_at'        => time(),
				'sent_at'           => time(),
				'expires_at'        => time() + 3600,
			)
		);
	}

	private static function refund( Attempt $attempt, array $columns = array() ): Refund {
		return Refunds::insert(
			$attempt,
			$columns + array(
				'source'     => Refund::SURPLUS,
				'amount'     => '3',
				'state'      => 'created',
				'created_at' => time(),
			)
		);
	}

	/** A notification, or an answer, about an order. */
	private static function told(
		Attempt $attempt,
		array $changes = array(),
		string $state = 'succeeded',
		?string $id = 'x',
		string $kind = 'order'
	): Verified_Message {
		$order = $changes + array(
			'merchantOrderNo' => $attempt->merchant_order_no,
			'orderNo'         => $attempt->order_no,
			'reserved'        => $attempt->token,
			'status'          => 'SUCCESS',
			'totalAmount'     => array( 'amount' => '12.81', 'currency' => 'USDT' ),
			'paymentInfo'     => array( 'paidAmount' => array( 'amount' => '12.81', 'currency' => 'USDT' ) ),
		);
		return new Verified_Message(
			array( 'acquireOrder' => array_filter( $order, static fn( $value ): bool => null !== $value ) ),
			$state,
			true,
			null,
			$kind,
			$id
		);
	}

	private static function event( int $id ): array {
		return self::sql( 'SELECT * FROM #__events WHERE id = %d', $id )[0];
	}

	/** What a request to one of our handlers comes to: its end, and what came with it. */
	private static function request( callable $handler, array $query, ?array $form = null, ?string $method = null ): array {
		static $is_set = false;
		if ( ! $is_set ) {
			$is_set = true;
			add_action(
				'woocommerce_before_template_part',
				static fn( $name, $path, $file, $args ) => str_starts_with( $name, 'bonuspay/' )
					? throw new Gate_Answer( $name, $args )
					: null,
				10,
				4
			);
			add_filter( 'wp_redirect', static fn( $to ) => throw new Gate_Answer( 'to', $to ) );
			add_filter( 'wp_doing_ajax', '__return_true' );
			add_filter(
				'wp_die_ajax_handler',
				static fn() => static fn( $message, $title, $args ) => throw new Gate_Answer(
					isset( $args['response'] ) ? 'refused' : 'json',
					$args['response'] ?? null
				)
			);
		}
		list( $_GET, $_POST )      = array( wp_slash( $query ), wp_slash( $form ?? array() ) );
		$_SERVER['REQUEST_METHOD'] = $method ?? ( null === $form ? 'GET' : 'POST' );
		$level = ob_get_level();
		ob_start();
		try {
			$handler();
			return array( 'nothing', null );
		} catch ( Gate_Answer $answer ) {
			return array( $answer->what, 'json' === $answer->what ? json_decode( ob_get_contents(), true ) : $answer->more );
		} finally {
			// A page of ours has ended it, with the others.
			if ( ob_get_level() > $level ) {
				ob_end_clean();
			}
			list( $_GET, $_POST, $_SERVER['REQUEST_METHOD'] ) = array( array(), array(), 'GET' );
		}
	}

	/** A user of a role. */
	private static function user( string $role ): int {
		return username_exists( "within-$role" ) ?: wp_insert_user(
			array( 'user_login' => "within-$role", 'user_pass' => 'x', 'user_email' => "$role@within.test", 'role' => $role )
		);
	}

	/** What a button comes to; with the nonce of whoever presses it, unless it is another's, or another is sent. */
	private static function press( int $user, callable $handler, string $action, array $form, ?string $method = null ): array {
		wp_set_current_user( $form['nonce_of'] ?? $user );
		$form += array( 'nonce' => wp_create_nonce( $action . ( $form['order_id'] ?? '' ) ) );
		unset( $form['nonce_of'] );
		wp_set_current_user( $user );
		list( $what, $more ) = self::request(
			$handler,
			array(),
			array_filter( $form, static fn( $value ): bool => null !== $value ),
			$method
		);
		return array(
			$what,
			'to' === $what
				? ( preg_match( '/bonuspay_(?:checked|result)=(\w+)/', $more, $found ) ? $found[1] : '' )
				: ( 'json' === $what ? $more['success'] : $more ),
		);
	}

	/** Nothing happens for who may not, or does not send it as our buttons do. */
	private static function refuse_strangers( array $buttons, int $who, callable $as_it_is ): void {
		$before = $as_it_is();
		$editor = self::user( 'editor' );
		$tries  = array(
			'no nonce'              => array( $who, array( 'nonce' => null ) ),
			'a wrong nonce'         => array( $who, array( 'nonce' => '0123456789' ) ),
			'a list'                => array( $who, array( 'nonce' => array( 'x' ) ) ),
			'another user\'s nonce' => array( $who, array( 'nonce_of' => $editor ) ),
			'no right'              => array( $editor, array() ),
			'nobody'                => array( 0, array() ),
			'by GET'                => array( $who, array(), 'GET' ),
		);
		foreach ( $buttons as $name => $button ) {
			foreach ( $tries as $what => $sent ) {
				$answer = $button( ...$sent );
				self::is(
					true,
					in_array( $answer, array( array( 'refused', 403 ), array( 'json', false ) ), true ),
					"$name, $what: " . wp_json_encode( $answer )
				);
				self::is( $before, $as_it_is(), "$name, $what" );
			}
		}
	}

	// --- the lock

	private static function lock(): void {
		$row   = static fn( int $order_id, string $purpose = 'decide' ): array => self::sql(
			'SELECT owner, fence, expires_at, expires_at > UTC_TIMESTAMP(3) AS is_held FROM #__locks WHERE order_id = %d AND purpose = %s',
			$order_id,
			$purpose
		)[0];
		$first = Order_Lock::acquire( 1001 );
		self::is( 1, $first->fence, 'the first holder\'s number' );

		self::$meanwhile = static fn() => self::sql(
			'UPDATE #__locks SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE order_id = 1001'
		);
		$second          = Order_Lock::acquire( 1001 );
		self::$meanwhile = null;
		self::is( 2, $second?->fence, 'who waits gets the lock of one who died, and a greater number' );

		self::sql( 'UPDATE #__locks SET expires_at = UTC_TIMESTAMP(3) + INTERVAL 3 SECOND WHERE order_id = 1001' );
		$before = $row( 1001 );
		self::is( null, Order_Lock::acquire( 1001, Order_Lock::DECIDE, 0 ), 'a lock that is held' );
		self::is( $before, $row( 1001 ), 'who finds it held changes nothing' );
		self::is( 1, Order_Lock::acquire( 1001, Order_Lock::EFFECTS, 0 )?->fence, 'the order\'s other lock is free' );
		self::is( 1, Order_Lock::acquire( 1002, Order_Lock::DECIDE, 0 )?->fence, 'another order\'s is free' );

		$first->release();
		self::is( '1', $row( 1001 )['is_held'], 'who lost it frees nothing' );
		self::sql(
			'UPDATE #__locks SET owner = %s, fence = %d WHERE (order_id, purpose) IN ((1001, "effects"), (1002, "decide"))',
			$row( 1001 )['owner'],
			2
		);
		$second->release();
		self::is(
			array( '0', '1', '1' ),
			array( $row( 1001 )['is_held'], $row( 1001, 'effects' )['is_held'], $row( 1002 )['is_held'] ),
			'the holder frees its own lock and no other'
		);
		$third = Order_Lock::acquire( 1001, Order_Lock::DECIDE, 0 );
		self::is( 3, $third?->fence, 'what was given back is free at once' );
		self::sql( 'UPDATE #__locks SET fence = 4 WHERE order_id = 1001 AND purpose = "decide"' );
		$third->release();
		self::is( '1', $row( 1001 )['is_held'], 'the number counts, too' );
		self::sql( 'UPDATE #__locks SET fence = 3, owner = "somebody" WHERE order_id = 1001 AND purpose = "decide"' );
		$third->release();
		self::is( '1', $row( 1001 )['is_held'], 'and the owner' );

		$claim = self::hidden( Order_Lock::class, 'claim' );
		self::sql( 'INSERT INTO #__locks VALUES (2001, "decide", "me", 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)' );
		self::is( 1, $claim( 2002, 'decide', 'me' ), 'the number of this order\'s lock' );
		self::sql( 'UPDATE #__locks SET fence = 8 WHERE order_id = 2002' );
		self::is( 1, $claim( 2002, 'effects', 'me' ), 'the number of the lock for this purpose' );
		self::before( 'SELECT fence', 'UPDATE #__locks SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE order_id = 2003' );
		self::is( null, $claim( 2003, 'decide', 'me' ), 'a lock that ended before it was seen' );

		self::is( array( 0, 0 ), array( Order_Lock::stuck(), Order_Lock::end_stuck() ), 'no lock lasts longer than it may' );
		self::sql(
			'INSERT INTO #__locks VALUES (3001, "decide", "other", 7, UTC_TIMESTAMP(3) + INTERVAL 90 SECOND), (3002, "effects", '
				. '"other", 3, UTC_TIMESTAMP(3) + INTERVAL 59 SECOND)'
		);
		self::is( array( 1, 1, 0 ), array( Order_Lock::stuck(), Order_Lock::end_stuck(), Order_Lock::stuck() ), 'one that does is ended' );
		self::is( array( '0', '1' ), array( $row( 3001 )['is_held'], $row( 3002, 'effects' )['is_held'] ), 'and no other' );
		self::is( 8, Order_Lock::acquire( 3001, Order_Lock::DECIDE, 0 )?->fence, 'the numbers go on' );
	}

	// --- who does an effect

	private static function claims(): void {
		list( $one, $two ) = array( self::attempt(), self::attempt() );
		$done              = static fn( Attempt $attempt, string $effect ): mixed => self::value(
			'SELECT done_at FROM #__effects WHERE attempt_id = %d AND effect = %s',
			$attempt->id,
			$effect
		);
		self::is( true, Effect_Claims::claim( $one, 'a', 100 ), 'the first' );
		self::is( false, Effect_Claims::claim( $one, 'a', 101 ), 'the second' );
		self::is(
			array( true, true ),
			array( Effect_Claims::claim( $one, 'b', 100 ), Effect_Claims::claim( $two, 'a', 100 ) ),
			'another effect, another attempt'
		);
		self::is( null, self::refusing( 'INSERT', static fn() => Effect_Claims::claim( $one, 'c', 100 ) ), 'the database refuses' );
		self::is( 2, count( Effect_Claims::of_order( $one->order_id ) ), 'an order\'s own' );

		self::is( false, Effect_Claims::are_done( $one->id ), 'nothing is done' );
		Effect_Claims::done( $one->id, 'a', 150 );
		self::is( array( '150', null, null ), array( $done( $one, 'a' ), $done( $one, 'b' ), $done( $two, 'a' ) ), 'one is done' );
		self::is( false, Effect_Claims::are_done( $one->id ), 'one is not' );
		Effect_Claims::done( $one->id, 'b', 150 );
		self::is(
			array( true, false ),
			array( Effect_Claims::are_done( $one->id ), Effect_Claims::are_done( $two->id ) ),
			'all of one attempt'
		);

		Effect_Claims::claim( $two, 'b', 100 );
		Effect_Claims::release( $one->id, 'a' );
		Effect_Claims::release( $one->id, 'b' );
		Effect_Claims::release( $two->id, 'a' );
		self::is(
			array( false, true, false ),
			array( Effect_Claims::claim( $one, 'a', 100 ), Effect_Claims::claim( $two, 'a', 100 ), Effect_Claims::claim( $two, 'b', 100 ) ),
			'what is given back: not what is done, and nothing else'
		);

		self::sql( 'DELETE FROM #__effects' );
		foreach ( array( 'old' => 140, 'old too' => 140, 'done' => 140, 'young' => 141 ) as $effect => $at ) {
			Effect_Claims::claim( $one, $effect, $at );
		}
		Effect_Claims::done( $one->id, 'done', 150 );
		$taken = static fn(): array => array_column( Effect_Claims::take_over( 200, 10 ), 'effect' );
		self::before( 'UPDATE', 'UPDATE #__effects SET claimed_at = 199 WHERE effect = "old too"' );
		$queries = $GLOBALS['wpdb']->num_queries;
		self::is( array( 'old' ), $taken(), 'what lost its worker a minute ago, and nobody else took' );
		self::is( $queries + 3, $GLOBALS['wpdb']->num_queries, 'and only what is neither young nor done is tried' );
		self::is( array(), $taken(), 'what was just taken over' );
		self::sql( 'UPDATE #__effects SET claimed_at = 140 WHERE effect IN ("old", "old too")' );
		self::before( 'UPDATE', 'UPDATE #__effects SET done_at = 199 WHERE effect = "old too"' );
		self::is( array( 'old' ), $taken(), 'what was done meanwhile is not done again' );
		self::is(
			array( '140', '140', '141' ),
			array_column( self::sql( 'SELECT claimed_at FROM #__effects WHERE effect <> "old" ORDER BY id' ), 'claimed_at' ),
			'the others are as they were'
		);
		self::sql( 'UPDATE #__effects SET claimed_at = 140, done_at = NULL WHERE effect IN ("old", "old too")' );
		self::is( array( 'old', 'old too' ), $taken(), 'each by itself' );
	}

	// --- the notifications that came

	private static function inbox(): void {
		$attempt = self::attempt();
		$other   = self::attempt();
		$put     = static fn(
			Verified_Message $event,
			int $now,
			string $state = 'new',
			?Attempt $of = null,
			string $body = 'body'
		): object => Notification_Inbox::put( $event, $body, 'new' === $state ? ( $of ?? $attempt ) : $of, $state, $now );
		$event   = self::told( $attempt, array(), 'succeeded', 'one' );

		$first = $put( $event, 100 );
		self::is( array( 'new', 0, true ), array( $first->state, $first->tries, $first->is_mine ), 'the first delivery is this worker\'s' );
		$row = self::event( $first->id );
		self::is(
			array( 'order', 'SUCCESS', $attempt->merchant_order_no, (string) $attempt->id, (string) $attempt->order_id, '1' ),
			array( $row['kind'], $row['status'], $row['merchant_order_no'], $row['attempt_id'], $row['order_id'], $row['deliveries'] ),
			'what is stored'
		);
		$again = $put( $event, 104, 'new', $other, 'another body' );
		$row   = self::event( $first->id );
		self::is(
			array( $first->id, false, '2', (string) $attempt->id, (string) $attempt->order_id ),
			array( $again->id, $again->is_mine, $row['deliveries'], $row['attempt_id'], $row['order_id'] ),
			'the second is counted, and is nobody\'s while the first is handled'
		);
		self::is( true, $put( $event, 105 )->is_mine, 'unless that worker died' );

		// What is another message has a row of its own.
		$apart = array( $first->id );
		foreach ( array(
			self::told( $attempt, array( 'status' => 'FAILURE' ), 'failed', 'one' ),
			self::told( $other, array(), 'succeeded', 'one' ),
			self::told( $attempt, array(), 'succeeded', 'two' ),
			self::told( $attempt, array(), 'succeeded', null ),
			self::told( $attempt, array(), 'succeeded', 'one', 'topup' ),
		) as $one ) {
			$apart[] = $put( $one, 100 )->id;
		}
		self::is( 6, count( array_unique( $apart ) ), 'rows for other statuses, numbers, ids and kinds' );
		self::is(
			array( true, false ),
			array(
				$put( self::told( $attempt, array(), 'succeeded', '' ), 100 )->id === $apart[4],
				$put( self::told( $attempt, array(), 'succeeded', '' ), 100, 'new', null, 'another body' )->id === $apart[4],
			),
			'without an id the body is it'
		);
		$refund = static fn( string $number, string $status ): Verified_Message => new Verified_Message(
			array( 'refundOrder' => array( 'refundMerchantOrderNo' => $number, 'status' => $status ) ),
			'succeeded',
			true,
			null,
			'refund',
			'r'
		);
		$row    = self::event( $put( $refund( 'R-1', 'SUCCESS' ), 100 )->id );
		self::is(
			array( 'refund', 'R-1', 'SUCCESS' ),
			array( $row['kind'], $row['merchant_order_no'], $row['status'] ),
			'a refund\'s own number and status'
		);
		self::is(
			3,
			count(
				array_unique(
					array(
						$row['id'],
						(string) $put( $refund( 'R-2', 'SUCCESS' ), 100 )->id,
						(string) $put( $refund( 'R-1', 'FAILURE' ), 100 )->id,
					)
				)
			),
			'rows for other refunds'
		);

		// Whose it is, is learnt later.
		$strange = $put( self::told( $attempt, array(), 'succeeded', 'three' ), 100, 'unmatched' );
		$row     = self::event( $strange->id );
		self::is(
			array( 'unmatched', null, null, null, false ),
			array( $row['state'], $row['attempt_id'], $row['order_id'], $row['next_try_at'], $strange->is_mine ),
			'what fits nothing waits for nothing'
		);
		$put( self::told( $attempt, array(), 'succeeded', 'three' ), 101, 'unmatched' );
		self::is( null, self::event( $strange->id )['next_try_at'], 'and again' );
		$known = $put( self::told( $attempt, array(), 'succeeded', 'three' ), 102 );
		$row   = self::event( $strange->id );
		self::is(
			array( $strange->id, 'new', (string) $attempt->id, true ),
			array( $known->id, $row['state'], $row['attempt_id'], $known->is_mine ),
			'until it fits something'
		);
		self::is( 'new', $put( $event, 106, 'unmatched' )->state, 'what was known stays known' );

		// Done, and not done.
		Notification_Inbox::finish( $first->id, 'paid', 110 );
		$row = self::event( $first->id );
		self::is(
			array( 'done', 'paid', '110', null ),
			array( $row['state'], $row['outcome'], $row['handled_at'], $row['next_try_at'] ),
			'done'
		);
		self::is( 'new', self::event( $apart[1] )['state'], 'and no other' );
		Notification_Inbox::postpone( $first->id, 0, 'why', 111 );
		$late = $put( $event, 9999 );
		self::is( array( 'done', false ), array( $late->state, $late->is_mine ), 'done stays done' );
		self::is( null, self::event( $first->id )['next_try_at'], 'and is not tried' );
		Notification_Inbox::postpone( $apart[1], 0, 'why', 200 );
		$row = self::event( $apart[1] );
		self::is(
			array( 'new', '1', 'why', '260' ),
			array( $row['state'], $row['tries'], $row['outcome'], $row['next_try_at'] ),
			'put off for a minute'
		);
		self::is( '', self::event( $apart[2] )['outcome'], 'and no other' );
		self::sql( 'UPDATE #__events SET next_try_at = 150 WHERE id = %d', $apart[2] );
		self::is(
			true,
			$put( self::told( $attempt, array( 'status' => 'FAILURE' ), 'failed', 'one' ), 201 )->is_mine,
			'what was put off and comes again is tried at once'
		);
		self::is( '150', self::event( $apart[2] )['next_try_at'], 'and no other' );
		Notification_Inbox::postpone( $apart[1], 5, 'why', 300 );
		$row = self::event( $apart[1] );
		self::is( array( 'given_up', null ), array( $row['state'], $row['next_try_at'] ), 'after five tries a person must look' );
		self::is(
			true,
			$put( self::told( $attempt, array( 'status' => 'FAILURE' ), 'failed', 'one' ), 301 )->is_mine,
			'but what comes again is tried'
		);

		// The queue's.
		self::sql( 'UPDATE #__events SET next_try_at = 5000, outcome = "" WHERE id > %d', $apart[5] );
		self::sql(
			'UPDATE #__events SET next_try_at = 1000, outcome = "", state = "new" WHERE id IN (%d, %d, %d)',
			$apart[2],
			$apart[3],
			$apart[4]
		);
		self::sql( 'UPDATE #__events SET next_try_at = 1001, state = "new" WHERE id = %d', $apart[5] );
		self::sql( 'UPDATE #__events SET next_try_at = 1000, state = "given_up" WHERE id = %d', $apart[1] );
		$due = static fn( int $now ): array => array_values(
			array_filter(
				array_map( static fn( object $one ): int => (int) $one->id, Notification_Inbox::due( $now, 20 ) ),
				static fn( int $id ): bool => Notification_Inbox::claim( $id, $now )
			)
		);
		self::before( 'UPDATE', "UPDATE #__events SET next_try_at = 1059 WHERE id = {$apart[3]}" );
		$queries = $GLOBALS['wpdb']->num_queries;
		self::is( array( $apart[2], $apart[4] ), $due( 1000 ), 'what is due, but for what another worker took' );
		self::is( $queries + 4, $GLOBALS['wpdb']->num_queries, 'and only what is due is tried' );
		self::is( array(), $due( 1000 ), 'once' );
		self::is(
			array( '1000', '1060', '1059', '1060', '1001' ),
			array_column(
				self::sql( 'SELECT next_try_at FROM #__events WHERE id BETWEEN %d AND %d ORDER BY id', $apart[1], $apart[5] ),
				'next_try_at'
			),
			'and none but those'
		);
		self::before( 'UPDATE', "UPDATE #__events SET state = 'done' WHERE id = {$apart[5]}" );
		self::is( array(), $due( 1001 ), 'what is done meanwhile is not tried' );
		self::is(
			array( false, true, false ),
			array(
				Notification_Inbox::claim( $apart[2], 1059 ),
				Notification_Inbox::claim( $apart[2], 1060 ),
				Notification_Inbox::claim( $apart[1], 1060 ),
			),
			'what is due, and not given up'
		);

		// A person's.
		self::is(
			array( (string) $apart[2], (string) $apart[3], null ),
			array(
				Notification_Inbox::find( $apart[2] )->id,
				Notification_Inbox::find( $apart[3] )->id,
				Notification_Inbox::find( 987654321 ),
			),
			'found by its id'
		);
		self::is(
			array( false, true, false ),
			array(
				Notification_Inbox::claim_again( $apart[2], 1061 ),
				Notification_Inbox::claim_again( $apart[2], 1065 ),
				Notification_Inbox::claim_again( $first->id, 9999 ),
			),
			'again: when its worker had time, and it is not done'
		);
		$strange = $put( self::told( $attempt, array(), 'succeeded', 'six' ), 100, 'unmatched' );
		$without = self::value( 'SELECT COUNT(*) FROM #__events WHERE order_id = %d', $other->order_id );
		Notification_Inbox::assign( $strange->id, $other );
		self::is(
			array( (string) $other->id, (string) $other->order_id, (string) ( $without + 1 ) ),
			array(
				self::event( $strange->id )['attempt_id'],
				self::event( $strange->id )['order_id'],
				self::value( 'SELECT COUNT(*) FROM #__events WHERE order_id = %d', $other->order_id ),
			),
			'whose it is: this one\'s, and no other\'s'
		);
		self::sql( 'DELETE FROM #__events WHERE id = %d', $strange->id );
		$put( self::told( $other, array(), 'succeeded', 'five' ), 100, 'new', $other );
		self::is( 1, count( Notification_Inbox::of_order( $other->order_id ) ), 'an order\'s own' );
		self::is(
			true,
			self::throws(
				RuntimeException::class,
				static fn() => self::refusing( 'INSERT', static fn() => $put( self::told( $attempt, array(), 'succeeded', 'four' ), 100 ) )
			),
			'what is not stored is not handled'
		);
	}

	// --- rows that change in the version that was read

	private static function attempts(): void {
		$one  = self::attempt( array( 'next_check_at' => 500 ) );
		$two  = self::attempt( array( 'order_id' => $one->order_id, 'number' => 2, 'next_check_at' => 500 ) );
		$else = self::attempt( array( 'next_check_at' => 500 ) );
		self::book(
			$one,
			$else,
			array( Attempts::class, 'find' ),
			array( Attempts::class, 'change' ),
			array( Attempts::class, 'claim_poll' ),
			'attempts'
		);

		self::is( $one->id, Attempts::by_merchant_order_no( $one->merchant_order_no )?->id, 'by its number' );
		self::is( $else->id, Attempts::by_merchant_order_no( $else->merchant_order_no )?->id, 'another by its number' );
		$long = self::attempt( array( 'merchant_order_no' => str_repeat( 'x', 64 ) ) );
		self::is( $long->id, Attempts::by_merchant_order_no( str_repeat( 'x', 64 ) )?->id, 'by a long number' );
		$queries = $GLOBALS['wpdb']->num_queries;
		foreach ( array(
			'',
			' ',
			$one->merchant_order_no . ' ',
			$one->merchant_order_no . "\n",
			"x' OR 1=1 -- ",
			str_repeat( 'x', 65 ),
		) as $number ) {
			self::is( null, Attempts::by_merchant_order_no( $number ), 'by what is no number' );
		}
		self::is( $queries, $GLOBALS['wpdb']->num_queries, 'and the database is not asked' );
		self::is( null, Attempts::by_merchant_order_no( strtolower( $one->merchant_order_no ) ), 'byte for byte' );
		self::is(
			array( $two->id, $one->id ),
			array_column( Attempts::of_order( $one->order_id ), 'id' ),
			'an order\'s, the newest first'
		);
		self::sql( 'UPDATE #__attempts SET next_check_at = NULL WHERE id NOT IN (%d, %d)', $one->id, $two->id );
		self::sql( 'UPDATE #__attempts SET next_check_at = 500 + (id = %d) WHERE id IN (%d, %d)', $two->id, $one->id, $two->id );
		self::is(
			array( array( $one->id ), array( $one->id, $two->id ) ),
			array( array_column( Attempts::due( 500, 9 ), 'id' ), array_column( Attempts::due( 501, 9 ), 'id' ) ),
			'what is due'
		);

		$row = self::sql( 'SELECT * FROM #__attempts WHERE id = %d', $one->id )[0];
		unset( $row['id'] );
		self::is( null, Attempts::insert( array_filter( $row, 'is_string' ) ), 'a number that is taken' );
		self::is(
			true,
			self::throws( RuntimeException::class, static fn() => self::refusing( 'INSERT', static fn() => self::attempt() ) ),
			'the database refuses'
		);
		$text = self::attempt( array( 'reason' => '1e3', 'created_at' => 12 ) );
		self::is( array( '1e3', 12 ), array( $text->reason, $text->created_at ), 'texts are texts, numbers are numbers' );

		self::is(
			array( true, false, false, true ),
			array(
				Attempts::may_ask( $one, 1000, 5 ),
				Attempts::may_ask( $one, 1004, 5 ),
				Attempts::may_ask( $one, 1000, 5 ),
				Attempts::may_ask( $one, 1005, 5 ),
			),
			'one question in five seconds'
		);
		self::is( 0, Attempts::find( $two->id )->checked_at, 'of this attempt' );

		Attempts::plan( $one, 700, 3, 2 );
		$row = Attempts::find( $one->id );
		self::is( array( 700, 3, 2 ), array( $row->next_check_at, $row->checks, $row->fails ), 'when to look next' );
		self::is(
			array( 501, 0 ),
			array( Attempts::find( $two->id )->next_check_at, Attempts::find( $two->id )->checks ),
			'of this attempt'
		);
		Attempts::plan( $one, null, 3, 2 );
		self::is( null, Attempts::find( $one->id )->next_check_at, 'never' );

		self::sql( 'UPDATE #__attempts SET next_check_at = 300 WHERE id = %d', $two->id );
		$dead = self::attempt( array( 'order_id' => $one->order_id, 'number' => 3, 'state' => 'expired' ) );
		$late = self::attempt( array( 'order_id' => $one->order_id, 'number' => 4, 'next_check_at' => 900 ) );
		Attempts::poll_soon( $one->order_id, 400 );
		self::is(
			array( 400, 300, null, 400, null ),
			array_map(
				static fn( Attempt $which ): ?int => Attempts::find( $which->id )->next_check_at,
				array( $one, $two, $dead, $late, $else )
			),
			'soon: what is open and would be looked at later'
		);
	}

	private static function refund_book(): void {
		$attempt = self::attempt();
		$other   = self::attempt();
		$one     = self::refund( $attempt, array( 'next_check_at' => 500 ) );
		$two     = self::refund( $attempt, array( 'next_check_at' => 501 ) );
		$else    = self::refund( $other, array( 'next_check_at' => 500 ) );
		self::book(
			$one,
			$else,
			array( Refunds::class, 'find' ),
			array( Refunds::class, 'change' ),
			array( Refunds::class, 'claim_poll' ),
			'refunds'
		);
		self::is( array( 1, 0 ), array( Refunds::find( $one->id )->checks, Refunds::find( $two->id )->checks ), 'looks are counted' );

		self::is( $one->id, Refunds::by_number( $one->refund_merchant_order_no )?->id, 'by its number' );
		self::is( $else->id, Refunds::by_number( $else->refund_merchant_order_no )?->id, 'another by its number' );
		foreach ( array(
			'',
			' ',
			$one->refund_merchant_order_no . "\n",
			"x' OR 1=1 -- ",
			str_repeat( 'x', 65 ),
			strtolower( $one->refund_merchant_order_no ),
		) as $number ) {
			self::is( null, Refunds::by_number( $number ), 'by what is no number of ours' );
		}
		self::is(
			array( $two->id, $one->id ),
			array_column( Refunds::of_order( $attempt->order_id ), 'id' ),
			'an order\'s, the newest first'
		);
		self::is( array( $else->id ), array_column( Refunds::of_attempt( $other->id ), 'id' ), 'a payment\'s' );
		self::sql( 'UPDATE #__refunds SET next_check_at = NULL WHERE id NOT IN (%d, %d)', $one->id, $two->id );
		self::sql( 'UPDATE #__refunds SET next_check_at = 500 + (id = %d) WHERE id IN (%d, %d)', $two->id, $one->id, $two->id );
		self::is(
			array( array( $one->id ), array( $one->id, $two->id ) ),
			array( array_column( Refunds::due( 500, 9 ), 'id' ), array_column( Refunds::due( 501, 9 ), 'id' ) ),
			'what is due'
		);

		$row = self::sql( 'SELECT * FROM #__refunds WHERE id = %d', $one->id )[0];
		unset( $row['id'] );
		self::is( null, Refunds::insert( $attempt, array_filter( $row, 'is_string' ) ), 'a number that is taken' );
		self::is(
			true,
			self::throws( RuntimeException::class, static fn() => self::refusing( 'INSERT', static fn() => self::refund( $attempt ) ) ),
			'the database refuses'
		);
		$text = self::refund( $attempt, array( 'reason' => '1e3', 'created_at' => 12 ) );
		self::is( array( '1e3', 12 ), array( $text->reason, $text->created_at ), 'texts are texts, numbers are numbers' );

		Refunds::plan( $one->id, 700 );
		self::is(
			array( 700, 501 ),
			array( Refunds::find( $one->id )->next_check_at, Refunds::find( $two->id )->next_check_at ),
			'when to look next'
		);
		self::sql( 'UPDATE #__refunds SET state = "succeeded" WHERE id = %d', $one->id );
		Refunds::plan( $one->id, 800 );
		self::is( 700, Refunds::find( $one->id )->next_check_at, 'what has ended is not looked at' );
	}

	// --- what is stored of an answer

	private static function payments(): void {
		$store   = self::hidden( Payment_Service::class, 'store' );
		$claim   = self::hidden( Payment_Service::class, 'claim' );
		$take    = self::hidden( Payment_Service::class, 'record' );
		$settle  = self::hidden( Payment_Service::class, 'settle' );
		$row     = static fn( Attempt $attempt ): array => self::sql(
			'SELECT state, received, reason, due, order_no, expires_at, tx_hash, version FROM #__attempts WHERE id = %d',
			$attempt->id
		)[0];
		$claimed = static fn( Attempt $attempt ): array => array_column(
			self::sql( 'SELECT effect FROM #__effects WHERE attempt_id = %d ORDER BY id', $attempt->id ),
			'effect'
		);
		$paid    = new Decision( Attempt_State::Paid, '12.81', array( Effect::Complete, Effect::Note_Surplus ) );
		$logged  = array();
		add_filter(
			'woocommerce_logger_log_message',
			static function ( $message ) use ( &$logged ) {
				$logged[] = $message;
				return $message;
			}
		);

		// Decided: stored with the claims of its effects, or not at all.
		$bare = array( 'order_no' => 'x', 'reason' => 'before' );
		$new  = static function () use ( $bare ): Attempt {
			$attempt = self::attempt( $bare );
			self::sql( 'UPDATE #__attempts SET due = NULL, order_no = NULL WHERE id = %d', $attempt->id );
			return Attempts::find( $attempt->id );
		};
		$one  = $new();
		$seen = new Snapshot(
			'succeeded',
			'12.81',
			'USDT',
			'12.81',
			'USDT',
			expires_at: 77,
			now: time(),
			order_no: '4711',
			tx_hash: 'hash'
		);
		self::is( array( 'complete', 'note_surplus:12.81' ), $store( $one, $seen, $paid, array(), 3 ), 'the effects are this worker\'s' );
		self::is(
			array(
				'state' => 'paid',
				'received' => '12.81',
				'reason' => 'before',
				'due' => '12.81',
				'order_no' => '4711',
				'expires_at' => '77',
				'tx_hash' => 'hash',
				'version' => '2',
			),
			$row( $one ),
			'what was seen'
		);
		self::is( array( 'complete', 'note_surplus:12.81' ), $claimed( $one ), 'the claims' );
		self::is( 1, count( array_unique( preg_grep( '/^attempt_paid .*was=waiting/', $logged ) ) ), 'a line' );

		self::is( null, $store( $one, $seen, $paid, array(), 3 ), 'of a version that is gone' );
		self::is( '2', $row( $one )['version'], 'nothing' );
		$one = Attempts::find( $one->id );
		self::is( null, $store( $one, $seen, $paid, array(), 2 ), 'by a worker whose lock was taken over' );
		$again = new Snapshot( 'succeeded', '99', 'USDT', now: time(), order_no: '0815' );
		self::is(
			array(),
			$store(
				$one,
				$again,
				new Decision( Attempt_State::Paid, '12.81', array( Effect::Complete ), 'after' ),
				array( 'fails' => 2 ),
				3
			),
			'what was claimed before is nobody\'s again'
		);
		self::is(
			array(
				'state' => 'paid',
				'received' => '12.81',
				'reason' => 'after',
				'due' => '12.81',
				'order_no' => '4711',
				'expires_at' => '77',
				'tx_hash' => 'hash',
				'version' => '3',
			),
			$row( $one ),
			'the first amount due and number stay'
		);
		self::is(
			array( 2, 1 ),
			array( Attempts::find( $one->id )->fails, count( array_unique( preg_grep( '/^attempt_paid /', $logged ) ) ) ),
			'more columns, and no other line'
		);

		$two = $new();
		$store( $two, new Snapshot( 'pending', '12.81', 'BTC', now: time() ), new Decision( Attempt_State::Waiting, '0' ), array(), 3 );
		self::is( array( null, null ), array( $row( $two )['due'], $row( $two )['order_no'] ), 'another coin\'s amount is not due' );

		foreach ( array( 'START TRANSACTION', 'INSERT', 'COMMIT' ) as $words ) {
			$three = $new();
			self::is(
				null,
				self::refusing( $words, static fn() => $store( $three, $seen, $paid, array(), 3 ) ),
				"the database refuses: $words"
			);
			self::is(
				array( array(), 'waiting', '1' ),
				array( $claimed( $three ), $row( $three )['state'], $row( $three )['version'] ),
				'then nothing is stored'
			);
		}
		$inner = null;
		$outer = Transaction::run( static function () use ( &$inner ): bool {
			$inner = Transaction::run( static fn(): bool => true );
			return true;
		} );
		self::is( array( true, null ), array( $outer, $inner ), 'a transaction within one would end it' );
		$three = $new();
		self::is(
			true,
			self::throws(
				RuntimeException::class,
				static fn() => Transaction::run(
					static fn() => Attempts::change( $three, array( 'reason' => 'half' ) ) ? throw new RuntimeException() : null
				)
			),
			'what throws'
		);
		self::is( array( 'before', 5 ), array( $row( $three )['reason'], $GLOBALS['wpdb']->reconnect_retries ), 'is undone' );
		self::is( true, Transaction::run( static fn(): bool => true ), 'and the next begins' );
		$claim( $two, new Decision( Attempt_State::Paid, '1', array( Effect::Complete ) ) );
		self::is(
			array( 'note_surplus:1' ),
			$claim( $two, new Decision( Attempt_State::Paid, '1', array( Effect::Complete, Effect::Note_Surplus ) ) ),
			'only what nobody else has'
		);

		// Asked: whose answer it is, under the order's lock.
		$order = self::order();
		$mine  = self::attempt( array( 'order_id' => $order->get_id() ) );
		self::is(
			Query_Result::Failed,
			$take( $mine, self::told( $mine, array( 'payeeMid' => '1' ) ), null ),
			'an answer about another payee'
		);
		self::is( array( 'waiting', 1 ), array( $row( $mine )['state'], count( $claimed( $mine ) ) ), 'is noted, and moves nothing' );
		self::sql( 'INSERT INTO #__locks VALUES (%d, "decide", "other", 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)', $order->get_id() );
		self::is( Query_Result::Busy, $take( $mine, self::told( $mine ), null ), 'while another worker decides' );
		self::is(
			array( 'waiting', 'other' ),
			array( $row( $mine )['state'], self::value( 'SELECT owner FROM #__locks WHERE order_id = %d', $order->get_id() ) ),
			'nothing moves'
		);
		self::sql( 'DELETE FROM #__locks' );
		self::before( 'START TRANSACTION', "UPDATE #__attempts SET version = version + 1 WHERE id = $mine->id" );
		self::is( Query_Result::Busy, $take( $mine, self::told( $mine ), null ), 'when another worker changed it' );
		self::is(
			array( 'waiting', 'pending' ),
			array( $row( $mine )['state'], wc_get_order( $order->get_id() )->get_status() ),
			'nothing is done'
		);
		self::is( Query_Result::Answered, $take( $mine, self::told( $mine ), null ), 'its own answer' );
		self::is( array( 'paid', 'completed' ), array( $row( $mine )['state'], wc_get_order( $order->get_id() )->get_status() ), 'pays' );
		self::is( true, Effect_Claims::are_done( $mine->id ), 'and is done' );
		self::is( '0', self::value( 'SELECT COUNT(*) FROM #__locks WHERE expires_at > UTC_TIMESTAMP(3)' ), 'no lock is left' );
		self::is( false, $settle( 987654321, $seen, array() ), 'what is not there' );

		// A person asks: about what may still be paid, else about the newest.
		$bonuspay = new Stand_In();
		Backends::stand_in( static fn(): Backend => $bonuspay );
		$ask = static function ( string ...$states ) use ( $bonuspay ): array {
			$order_id = 700000 + self::$made;
			foreach ( $states as $at => $state ) {
				self::attempt( array( 'order_id' => $order_id, 'number' => 1 + $at, 'state' => $state ) );
			}
			$before = $bonuspay->asked;
			return array( Payment_Service::check_order( $order_id ), $bonuspay->asked - $before );
		};
		self::is( array( 'none', 0 ), $ask(), 'nothing was begun' );
		self::is(
			array( 'failed', 4 ),
			$ask( 'expired', 'paid', 'refunded', 'waiting', 'partial', 'underpaid', 'review' ),
			'what may still be paid'
		);
		self::is( array( 'failed', 1 ), $ask( 'paid', 'refunded', 'expired' ), 'the newest of what has ended' );
		self::is( array( 'failed', 5 ), $ask( ...array_fill( 0, 6, 'waiting' ) ), 'no more than five' );
	}

	// --- notifications that a person has handled again

	private static function replay(): void {
		$bonuspay = new Stand_In();
		Backends::stand_in( static fn(): Backend => $bonuspay );
		$order   = self::order();
		$attempt = self::attempt( array( 'order_id' => $order->get_id() ) );
		$id      = 0;
		$put     = static function ( Verified_Message $event, string $state, ?Attempt $of ) use ( &$id ): int {
			$id = Notification_Inbox::put( $event, 'body', $of, $state, time() )->id;
			// Its worker has ended, and left this.
			self::sql( 'UPDATE #__events SET outcome = IF(state = "unmatched" OR state = "unused", "", "put off") WHERE id = %d', $id );
			return $id;
		};
		$told    = static fn( string $status, ?Attempt $of = null ): Verified_Message => self::told(
			$of ?? $attempt,
			array( 'status' => $status ),
			'pending',
			'e' . ++self::$made
		);
		$new     = static fn( string $status = 'SUCCESS' ): int => $put( $told( $status ), Notification_Inbox::IS_NEW, $attempt );
		$again   = static function ( int $id ): array {
			$result = Notifications::replay( $id );
			$row    = self::event( $id );
			return array( $result, $row['state'], $row['outcome'] );
		};
		$is_paid = static fn(): array => array(
			Attempts::find( $attempt->id )->state->value,
			wc_get_order( $order->get_id() )->get_status(),
		);

		// What is not asked about.
		self::is( 'gone', Notifications::replay( 987654321 ), 'no event' );
		self::is(
			array( 'unused', 'unused', '' ),
			$again( $put( self::told( $attempt, array(), 'succeeded', 'u', 'topup' ), Notification_Inbox::UNUSED, null ) ),
			'what the shop does not use'
		);
		self::is(
			array( 'unmatched', 'unmatched', '' ),
			$again(
				$put(
					self::told( $attempt, array( 'merchantOrderNo' => 'Nobodys-1' ), 'succeeded', 'n' ),
					Notification_Inbox::UNMATCHED,
					null
				)
			),
			'a number of nobody'
		);
		$gone = $new();
		self::sql( 'UPDATE #__events SET attempt_id = 987654321 WHERE id = %d', $gone );
		self::is( array( 'gone', 'new', 'put off' ), $again( $gone ), 'its payment is gone' );
		$busy = $new();
		self::sql( 'UPDATE #__events SET outcome = "" WHERE id = %d', $busy );
		self::is( array( 'busy', 'new', '' ), $again( $busy ), 'a worker is at it' );
		self::sql( 'UPDATE #__events SET state = "given_up" WHERE id = %d', $busy );
		self::is( array( 'busy', 'given_up', '' ), $again( $busy ), 'or at one that was given up' );
		self::is( 0, $bonuspay->asked, 'nobody was asked' );

		// BonusPay is away, or says something else.
		self::is( array( 'waiting', 'new', 'BonusPay could not be asked.' ), $again( $new() ), 'BonusPay is away' );
		self::is( 1, $bonuspay->asked, 'it was asked' );
		self::is(
			array( 'unmatched', 'unmatched', '' ),
			$again( $put( $told( 'SUCCESS' ), Notification_Inbox::UNMATCHED, null ) ),
			'who fitted nothing although the payment was there'
		);
		self::is( 1, $bonuspay->asked, 'is not asked about' );
		$early    = static fn( int $id ): int => self::sql( 'UPDATE #__events SET received_at = 1 WHERE id = %d', $id ) ? $id : $id;
		$stranger = $early( $put( $told( 'SUCCESS' ), Notification_Inbox::UNMATCHED, null ) );
		self::is(
			array( 'unmatched', 'unmatched', '', null ),
			array( ...$again( $stranger ), self::event( $stranger )['order_id'] ),
			'what fitted nothing stays so'
		);
		self::is( 2, $bonuspay->asked, 'unless BonusPay confirms it' );
		$bonuspay->says['get_order']      = self::told( $attempt, array( 'status' => 'CREATED', 'paymentInfo' => null ), 'pending' );
		$bonuspay->says['payment_events'] = array();
		foreach ( array( 'SUCCESS', 'PAID_SUCCESS', 'SETTLED', 'FAILURE' ) as $status ) {
			self::is(
				array( 'waiting', 'new', 'BonusPay does not confirm it yet.' ),
				$again( $new( $status ) ),
				"told of $status, while it waits"
			);
		}
		self::is( array( 'done', 'done', 'waiting' ), $again( $new( 'CREATED' ) ), 'told what is so' );
		self::is( array( 'waiting', 'pending' ), $is_paid(), 'nothing moved' );

		// BonusPay confirms it.
		$bonuspay->says['get_order'] = self::told( $attempt );
		Effect_Claims::claim( $attempt, 'note:x', time() );
		$late = $new();
		self::is( array( 'waiting', 'new', 'The order is not changed yet.' ), $again( $late ), 'an effect is not done' );
		Effect_Claims::done( $attempt->id, 'note:x', time() );
		self::sql( 'UPDATE #__events SET state = "given_up", next_try_at = NULL WHERE id = %d', $late );
		self::is( array( 'done', 'done', 'paid' ), $again( $late ), 'what was given up' );
		self::is( array( 'paid', 'completed' ), $is_paid(), 'it is paid' );
		$rows = count( Notification_Inbox::of_order( $order->get_id() ) );
		self::is(
			array( 'done', 'done', 'paid', (string) $order->get_id() ),
			array( ...$again( $stranger ), self::event( $stranger )['order_id'] ),
			'what fitted nothing, and is this payment\'s'
		);
		self::is( $rows + 1, count( Notification_Inbox::of_order( $order->get_id() ) ), 'and no other' );
		$asked  = $bonuspay->asked;
		$effect = self::value( 'SELECT COUNT(*) FROM #__effects' );
		self::is( array( 'done', 'done', 'paid' ), $again( $late ), 'once more' );
		self::is(
			array( $asked + 1, $effect ),
			array( $bonuspay->asked, self::value( 'SELECT COUNT(*) FROM #__effects' ) ),
			'BonusPay is asked, and nothing is done twice'
		);
		unset( $bonuspay->says['get_order'] );
		self::is( array( 'waiting', 'done', 'paid' ), $again( $late ), 'what is done stays done' );
		$dead = self::attempt();
		$bonuspay->says['get_order'] = self::told( $dead, array( 'status' => 'FAILURE', 'paymentInfo' => null ), 'failed' );
		self::is(
			array( 'done', 'failed' ),
			array(
				$again( $put( $told( 'FAILURE', $dead ), Notification_Inbox::IS_NEW, $dead ) )[0],
				Attempts::find( $dead->id )->state->value,
			),
			'what has failed'
		);

		// Refunds, by their own number.
		$mine  = self::refund( $attempt );
		$about = static fn(
			string $number,
			string $status = 'SUCCESS',
			string $state = 'succeeded'
		): Verified_Message => new Verified_Message(
			array(
				'refundOrder' => array(
					'refundMerchantOrderNo' => $number,
					'originMerchantOrderNo' => $attempt->merchant_order_no,
					'orderNo' => '777',
					'status' => $status,
				),
			),
			$state,
			true,
			null,
			'refund',
			'r' . ++self::$made
		);
		$asked = $bonuspay->asked;
		self::is(
			array( 'unmatched', 'unmatched', '' ),
			$again( $put( $about( $attempt->merchant_order_no ), Notification_Inbox::UNMATCHED, null ) ),
			'a refund with the number of a payment'
		);
		self::is(
			array( 'unmatched', 'unmatched', '' ),
			$again( $put( $about( 'R-1' ), Notification_Inbox::UNMATCHED, null ) ),
			'a refund of nobody'
		);
		self::is( $asked, $bonuspay->asked, 'nobody was asked' );
		self::is(
			array( 'unmatched', 'unmatched', '' ),
			$again( $put( $about( $mine->refund_merchant_order_no ), Notification_Inbox::UNMATCHED, null ) ),
			'who spoke of another\'s refund'
		);
		self::is( $asked, $bonuspay->asked, 'is not asked about either' );
		$stranger = $early( $put( $about( $mine->refund_merchant_order_no ), Notification_Inbox::UNMATCHED, null ) );
		self::is( array( 'unmatched', 'unmatched', '' ), $again( $stranger ), 'a refund, and BonusPay is away' );
		$bonuspay->says['get_refund'] = $about( $mine->refund_merchant_order_no, 'CREATED', 'pending' );
		$waiting = $put( $about( $mine->refund_merchant_order_no, 'REFUNDED' ), Notification_Inbox::IS_NEW, $attempt );
		self::is( array( 'unmatched', 'unmatched', '' ), $again( $stranger ), 'a refund that is not paid out' );
		$bonuspay->says['get_refund'] = $about( $mine->refund_merchant_order_no );
		self::is(
			array( 'done', 'done', 'succeeded', (string) $order->get_id() ),
			array( ...$again( $stranger ), self::event( $stranger )['order_id'] ),
			'a refund that is'
		);
		self::is( array( 'done', 'done', 'succeeded' ), $again( $waiting ), 'one that was known' );
	}

	// --- notifications of refunds

	private static function refund_callback(): void {
		$bonuspay = new Stand_In();
		Backends::stand_in( static fn(): Backend => $bonuspay );
		$order   = self::order( 'processing' );
		$attempt = self::attempt( array( 'order_id' => $order->get_id(), 'state' => 'paid', 'received' => '12.81' ) );
		$order->update_meta_data( '_bonuspay_paid_by', $attempt->merchant_order_no );
		$order->save();
		$say     = static fn( array $changes, string $state = 'succeeded' ): Verified_Message => new Verified_Message(
			array(
				'refundOrder' => array_filter(
					$changes + array( 'originMerchantOrderNo' => $attempt->merchant_order_no, 'status' => 'SUCCESS' ),
					static fn( $value ): bool => null !== $value
				),
			),
			$state,
			true,
			null,
			'refund',
			'r' . ++self::$made
		);
		$take    = static fn(
			Verified_Message $event,
			string $mode = 'test'
		): int => Notifications::receive( $mode, $event, 'body ' . self::$made );
		$last    = static fn(): array => self::sql( 'SELECT * FROM #__events ORDER BY id DESC LIMIT 1' )[0];
		$notes   = static fn( string $words ): int => count(
			array_filter(
				wc_get_order_notes( array( 'order_id' => $order->get_id() ) ),
				static fn( $note ): bool => str_contains( $note->content, $words )
			)
		);
		$row     = static fn( string $number ): ?Refund => Refunds::by_number( $number );
		$amount  = array( 'amount' => array( 'amount' => '3', 'currency' => 'USDT' ) );

		// Whose it is.
		self::is(
			array( 400, 'unmatched', null ),
			array(
				$take( $say( array( 'refundMerchantOrderNo' => 'NOBODY', 'originMerchantOrderNo' => 'NOBODYS' ) ) ),
				$last()['state'],
				$last()['order_id'],
			),
			'numbers of nobody'
		);
		self::is(
			array( 400, 'unmatched', 1 ),
			array(
				$take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ), 'live' ),
				$last()['state'],
				$notes( 'the key of the other mode' ),
			),
			'the other mode'
		);
		self::is(
			array( 400, 'unmatched', 1 ),
			array( $take( $say( array( 'refundMerchantOrderNo' => 'not a number' ) ) ), $last()['state'], $notes( 'names no refund' ) ),
			'no number'
		);
		$mine = self::refund( $attempt, array( 'refund_no' => '777' ) );
		$at   = $mine->refund_merchant_order_no;
		self::is(
			array( 400, 'unmatched', 1 ),
			array(
				$take( $say( array( 'refundMerchantOrderNo' => $at, 'orderNo' => '778' ) ) ),
				$last()['state'],
				$notes( 'its orderNo is not that' ),
			),
			'another number at BonusPay'
		);
		self::is(
			array( 400, 1 ),
			array(
				$take( $say( array( 'refundMerchantOrderNo' => $at, 'originMerchantOrderNo' => 'Gate_0-1' ) ) ),
				$notes( 'its originMerchantOrderNo is not that' ),
			),
			'another payment'
		);
		self::is( array( 0, 'created' ), array( $bonuspay->asked, $row( $at )->state->value ), 'nobody was asked, nothing moved' );

		// One of ours.
		self::is(
			array( 503, 'BonusPay could not be asked.' ),
			array( $take( $say( array( 'refundMerchantOrderNo' => $at ) ) ), $last()['outcome'] ),
			'BonusPay is away'
		);
		$bonuspay->says['get_refund'] = $say(
			array( 'refundMerchantOrderNo' => $at, 'orderNo' => '777', 'status' => 'CREATED' ),
			'pending'
		);
		self::is(
			array( 503, 'BonusPay does not confirm it yet.' ),
			array( $take( $say( array( 'refundMerchantOrderNo' => $at ) ) ), $last()['outcome'] ),
			'told that it is paid out, and it is not'
		);
		self::is(
			array( 503, 'created' ),
			array( $take( $say( array( 'refundMerchantOrderNo' => $at, 'status' => 'FAILURE' ) ) ), $row( $at )->state->value ),
			'told that it failed, and it did not'
		);
		self::is(
			array( 200, 'created' ),
			array( $take( $say( array( 'refundMerchantOrderNo' => $at, 'status' => 'CREATED' ) ) ), $last()['outcome'] ),
			'told what is so'
		);
		$bonuspay->says['get_refund'] = $say( array( 'refundMerchantOrderNo' => $at, 'orderNo' => '777' ) );
		Effect_Claims::claim( $attempt, 'note:x', time() );
		self::is(
			array( 503, 'The order is not changed yet.', 'succeeded' ),
			array( $take( $say( array( 'refundMerchantOrderNo' => $at ) ) ), $last()['outcome'], $row( $at )->state->value ),
			'an effect is not done'
		);
		Effect_Claims::done( $attempt->id, 'note:x', time() );
		$asked = $bonuspay->asked;
		$event = $say( array( 'refundMerchantOrderNo' => $at, 'status' => 'REFUNDED_SETTLED' ) );
		self::is(
			array( 200, 'done', 200, $asked ),
			array( $take( $event ), $last()['state'], $take( $event ), $bonuspay->asked ),
			'paid out: done, and nobody is asked again'
		);
		$other = $say( array( 'refundMerchantOrderNo' => $at ) );
		Notification_Inbox::put( $other, 'x', $attempt, Notification_Inbox::IS_NEW, time() );
		self::is( 503, $take( $other ), 'while another worker handles it' );

		$failed = self::refund( $attempt, array( 'state' => 'failed' ) );
		unset( $bonuspay->says['get_refund'] );
		self::is(
			array( 200, 503 ),
			array(
				$take( $say( array( 'refundMerchantOrderNo' => $failed->refund_merchant_order_no, 'status' => 'FAILURE' ) ) ),
				$take( $say( array( 'refundMerchantOrderNo' => $failed->refund_merchant_order_no ) ) ),
			),
			'one that has failed'
		);

		// One that was begun elsewhere: taken over when BonusPay says that it is of this payment.
		$wrong = array(
			'of which payment is not said' => array( 'originMerchantOrderNo' => null ) + $amount,
			'of another payment'           => array( 'originMerchantOrderNo' => 'Gate_0-1' ) + $amount,
			'another refund'               => array( 'refundMerchantOrderNo' => 'P-2' ) + $amount,
			'how much is not said'         => array(),
			'another coin'                 => array( 'amount' => array( 'amount' => '3', 'currency' => 'BTC' ) ),
		);
		foreach ( $wrong as $what => $changes ) {
			$bonuspay->says['get_refund'] = $say( $changes + array( 'refundMerchantOrderNo' => 'P-1' ) );
			self::is(
				array( 503, 'BonusPay could not be asked.', null ),
				array( $take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ) ), $last()['outcome'], $row( 'P-1' ) ),
				$what
			);
		}
		$bonuspay->says['get_refund'] = $say( $amount + array( 'refundMerchantOrderNo' => 'P-1' ) );
		self::sql( 'DELETE FROM #__locks' );
		self::sql( 'INSERT INTO #__locks VALUES (%d, "decide", "other", 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)', $order->get_id() );
		self::is(
			array( 503, null ),
			array( $take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ) ), $row( 'P-1' ) ),
			'while another worker decides'
		);
		self::sql( 'DELETE FROM #__locks' );
		self::is(
			503,
			self::refusing(
				'INSERT IGNORE INTO ' . $GLOBALS['wpdb']->prefix . 'bonuspay_refunds',
				static fn() => self::throws(
					RuntimeException::class,
					static fn() => $take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ) )
				)
					? 503
					: 0
			),
			'when the database refuses'
		);
		self::before(
			'INSERT IGNORE INTO ' . $GLOBALS['wpdb']->prefix . 'bonuspay_refunds',
			"UPDATE #__refunds SET number = 3 WHERE id = $failed->id"
		);
		self::is(
			array( 503, null ),
			array( $take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ) ), $row( 'P-1' ) ),
			'when another worker was faster'
		);
		self::is(
			array( 200, 'portal', 'succeeded', '3' ),
			array(
				$take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ) ),
				$row( 'P-1' )?->source,
				$row( 'P-1' )->state->value,
				$row( 'P-1' )->amount,
			),
			'of this payment'
		);
		$count = self::value( 'SELECT COUNT(*) FROM #__refunds' );
		self::is(
			array( 200, $count ),
			array( $take( $say( array( 'refundMerchantOrderNo' => 'P-1' ) ) ), self::value( 'SELECT COUNT(*) FROM #__refunds' ) ),
			'once'
		);
		$stranger = static fn( array $facts, ?string $no ): bool => '' !== Refund_Service::identity_mismatch(
			$attempt,
			'P-1',
			$no,
			new Verified_Message( array( 'refundOrder' => $facts ), 'pending', true )
		);
		self::is(
			array( false, false, true, true ),
			array(
				$stranger( array( 'refundMerchantOrderNo' => 'P-1' ), '777' ),
				$stranger( array( 'refundMerchantOrderNo' => 'P-1', 'orderNo' => '5' ), null ),
				$stranger( array( 'orderNo' => '777' ), '777' ),
				$stranger( array(), null ),
			),
			'what names the refund'
		);
	}

	// --- where a refund goes

	private static function refund_page(): void {
		$order   = self::order( 'processing' );
		$attempt = self::attempt(
			array( 'order_id' => $order->get_id(), 'state' => 'paid', 'address' => 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD' )
		);
		self::attempt( array( 'order_id' => $order->get_id(), 'number' => 2 ) );
		$asked   = array( 'state' => 'asked_for_address', 'source' => Refund::ORDER );
		$old     = self::refund( $attempt, $asked );
		$one     = self::refund( $attempt, $asked );
		$by_key  = array( Refund_Link::class, 'by_key' );
		$id      = (string) $order->get_id();
		self::is(
			array( $one->id, $old->id ),
			array( $by_key( $id, $one->token )?->id, $by_key( $id, $old->token )?->id ),
			'the request of the key'
		);
		$queries = $GLOBALS['wpdb']->num_queries;
		foreach ( array(
			array( $order->get_id(), $one->token ),
			array( $id, array( $one->token ) ),
			array( array( $id ), $one->token ),
			array( null, $one->token ),
			array( "0$id", $one->token ),
			array( "$id\n", $one->token ),
			array( "-$id", $one->token ),
			array( '', $one->token ),
		) as list( $number, $key ) ) {
			self::is( null, $by_key( $number, $key ), 'what is no number, or no key' );
		}
		self::is( $queries, $GLOBALS['wpdb']->num_queries, 'and the database is not asked' );
		self::is(
			array( null, null, null ),
			array( $by_key( $id, '' ), $by_key( $id, strtoupper( $one->token ) ), $by_key( '999999', $one->token ) ),
			'another key, another order'
		);

		$tron    = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
		$bech    = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
		$problem = static fn(
			string $address,
			string $network = 'TRON',
			?Attempt $of = null
		): string => Refund_Address::problem( $of ?? $attempt, $network, $address );
		self::is( '', $problem( $tron ), 'a right address' );
		foreach ( array(
			array( $tron, 'ETH', '/choose the network/' ),
			array( '', 'TRON', '/enter an address/' ),
			array( $bech, 'TRON', '/address of the Bitcoin/' ),
			array( substr( $tron, 0, -1 ) . 'u', 'TRON', '/not an address on TRON/' ),
			array( 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD', 'TRON', '/that you paid to/' ),
		) as list( $address, $network, $said ) ) {
			self::is( 1, preg_match( $said, $problem( $address, $network ) ), "$address on $network: " . $problem( $address, $network ) );
		}
		$live = self::attempt( array( 'mode' => 'live', 'coin' => 'BTC', 'network' => 'BTC' ) );
		self::is(
			array( '', 1 ),
			array(
				$problem( $bech, 'BTC', $live ),
				preg_match( '/not an address on/', $problem( 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'BTC', $live ) ),
			),
			'no coins of the test network for real ones'
		);

		$confirm = static fn(
			Refund $row,
			string $by = Refund_Address::SHOPPER
		): bool => Refund_Address::confirm( $row, 'TRON', $tron, $by );
		$notes   = static fn(): int => count(
			array_filter(
				wc_get_order_notes( array( 'order_id' => $order->get_id() ) ),
				static fn( $note ): bool => str_contains( $note->content, $tron )
			)
		);
		self::sql( 'INSERT INTO #__locks VALUES (%d, "decide", "other", 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)', $order->get_id() );
		self::is( array( false, null ), array( $confirm( $one ), Refunds::find( $one->id )->address ), 'while another worker decides' );
		self::sql( 'DELETE FROM #__locks' );
		self::before(
			'UPDATE ' . $GLOBALS['wpdb']->prefix . 'bonuspay_refunds',
			"UPDATE #__refunds SET version = version + 1 WHERE id = $one->id"
		);
		self::is(
			array( false, null, 0 ),
			array( $confirm( $one ), Refunds::find( $one->id )->address, $notes() ),
			'when another worker changed it'
		);
		self::is(
			array( true, $tron, 'shopper', 1 ),
			array( $confirm( $one ), Refunds::find( $one->id )->address, Refunds::find( $one->id )->address_by, $notes() ),
			'confirmed, and told'
		);
		self::sql( 'UPDATE #__refunds SET state = "created", address = "first" WHERE id = %d', $one->id );
		self::is(
			array( false, 'first', 1 ),
			array( $confirm( $one ), Refunds::find( $one->id )->address, $notes() ),
			'when it has gone out'
		);
	}

	// --- public pages

	private static function pay_page(): void {
		$bonuspay = new Stand_In();
		Backends::stand_in( static fn(): Backend => $bonuspay );
		$order   = self::order();
		$attempt = self::attempt(
			array( 'order_id' => $order->get_id(), 'address' => 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD', 'checked_at' => time() + 900 )
		);
		list( $id, $key ) = array( (string) $order->get_id(), $order->get_order_key() );
		$for     = static fn( $id, $key ): ?int => Pay_Link::order( $id, $key )?->get_id();
		$other   = self::order();
		self::is(
			array( $order->get_id(), $other->get_id() ),
			array( $for( $id, $key ), $for( (string) $other->get_id(), $other->get_order_key() ) ),
			'the order of the key, begun or not'
		);
		foreach ( array(
			array( $id, $key . 'x' ),
			array( $id, strtoupper( $key ) ),
			array( $id, '' ),
			array( $id, null ),
			array( $id, array( $key ) ),
			array( array( $id ), $key ),
			array( null, $key ),
			array( $order->get_id(), $key ),
			array( "0$id", $key ),
			array( "$id\n", $key ),
			array( '-1', $key ),
			array( '99999999', $key ),
			array( (string) $other->get_id(), $key ),
		) as list( $number, $text ) ) {
			self::is( null, $for( $number, $text ), 'what opens nothing: ' . wp_json_encode( array( $number, $text ) ) );
		}
		$keyless = self::order();
		$keyless->set_order_key( '' );
		$keyless->save();
		self::is( null, $for( (string) $keyless->get_id(), '' ), 'an order without a key' );
		$other->set_payment_method( 'cheque' );
		$other->save();
		self::is( null, $for( (string) $other->get_id(), $other->get_order_key() ), 'an order that is none of ours' );
		$later = self::attempt( array( 'order_id' => $other->get_id(), 'checked_at' => time() + 900 ) );
		self::is( $other->get_id(), $for( (string) $other->get_id(), $other->get_order_key() ), 'one that was begun with us' );
		$other->set_status( 'trash' );
		$other->save();
		self::is( null, $for( (string) $other->get_id(), $other->get_order_key() ), 'one in the trash' );

		$open    = array( 'bonuspay-pay' => $id, 'key' => $key );
		$show    = static fn(
			array $query,
			?array $form = null,
			?string $method = null
		): array => self::request( array( Pay_Page::class, 'show' ), $query, $form, $method );
		$begun   = static fn(): int => count( Attempts::of_order( $order->get_id() ) );
		self::is( array( 'nothing', null ), $show( array( 'key' => $key ) ), 'another page is left alone' );
		list( $name, $args ) = $show( $open );
		self::is(
			array( 'bonuspay/pay.php', $order->get_id(), '' ),
			array( $name, $args['order']->get_id(), $args['problem'] ),
			'the page'
		);
		self::is( 'bonuspay/not-found.php', $show( array( 'key' => 'x' ) + $open )[0], 'no page' );
		self::is( 'bonuspay/not-found.php', $show( array( 'key' => 'x' ) + $open, array( 'action' => 'requote' ) )[0], 'and no button' );

		$requote = array( 'action' => 'requote' );
		self::is( array( 'to', 1 ), array( $show( $open, $requote )[0], $begun() ), 'what may still be paid is not begun anew' );
		self::sql( 'UPDATE #__attempts SET state = "expired" WHERE id = %d', $attempt->id );
		self::is(
			array( 'bonuspay/pay.php', 'bonuspay/pay.php', 1 ),
			array( $show( $open, array( 'action' => 'other' ) )[0], $show( $open, $requote, 'GET' )[0], $begun() ),
			'nor by another button, nor by GET'
		);
		list( $name, $args ) = $show( $open, $requote );
		self::is(
			array( 'bonuspay/pay.php', 1, 2 ),
			array( $name, preg_match( '/not available right now/', $args['problem'] ), $begun() ),
			'begun anew, and BonusPay is away'
		);
		self::sql( 'DELETE FROM #__attempts WHERE order_id = %d AND number > 1', $id );
		$bonuspay->says['place_order'] = new Backend_Error( 'lost', Backend_Error::UNKNOWN, 'network' );
		self::is( array( 'to', 2 ), array( $show( $open, $requote )[0], $begun() ), 'begun anew, and being checked' );
		$bare = self::order();
		self::is(
			'to',
			$show( array( 'bonuspay-pay' => (string) $bare->get_id(), 'key' => $bare->get_order_key() ), $requote )[0],
			'nothing to begin anew'
		);

		// The state, for the page's script.
		$poll = static function ( WC_Order $order, ?string $key = null ): array {
			$request = new WP_REST_Request( 'GET', '/bonuspay/v1/status' );
			$request->set_query_params( array( 'order' => (string) $order->get_id(), 'key' => $key ?? $order->get_order_key() ) );
			$answer = Status_Route::answer( $request );
			return array( $answer->get_status(), $answer->get_data() );
		};
		self::is( array( 404, 'bonuspay_not_found' ), array( $poll( $order, 'x' )[0], $poll( $order, 'x' )[1]['code'] ), 'no state' );
		self::is( 200, $poll( $bare )[0], 'of what was not begun' );
		self::sql( 'DELETE FROM #__attempts WHERE order_id = %d AND number > 1', $id );
		self::sql( 'UPDATE #__attempts SET state = "waiting", checked_at = 0' );
		$asked = $bonuspay->asked;
		self::is(
			array( 200, 'waiting', $asked + 1 ),
			array( $poll( $order )[0], $poll( $order )[1]['state'], $bonuspay->asked ),
			'BonusPay is asked once, while there is something to learn'
		);
		self::sql( 'UPDATE #__attempts SET state = "cancelled", checked_at = 0' );
		$order->set_status( 'cancelled' );
		$order->save();
		$asked = $bonuspay->asked;
		self::is( array( 200, $asked ), array( $poll( $order )[0], $bonuspay->asked ), 'and not when it is over' );
	}

	private static function refund_steps(): void {
		$order   = self::order( 'processing' );
		$attempt = self::attempt( array( 'order_id' => $order->get_id(), 'state' => 'paid' ) );
		$row     = self::refund( $attempt, array( 'state' => 'asked_for_address', 'source' => Refund::ORDER ) );
		$open    = array( 'bonuspay-refund' => (string) $order->get_id(), 'key' => $row->token );
		$tron    = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
		$show    = static fn( array $query, ?array $form = null, ?string $method = null ): array => self::request(
			array( Refund_Page::class, 'show' ),
			$query,
			$form,
			$method
		);
		$view    = static function ( ?array $form = null, ?string $method = null ) use ( $show, $open ): array {
			list( $name, $args ) = $show( $open, $form, $method );
			return 'bonuspay/refund.php' === $name ? array( $args['view'], '' !== $args['problem'] ) : array( $name );
		};
		$stored  = static fn(): ?string => Refunds::find( $row->id )->address;
		self::is( array( 'nothing', null ), $show( array( 'key' => $row->token ) ), 'another page is left alone' );
		foreach ( array( $order->get_order_key(), '', 'x' ) as $key ) {
			self::is(
				'bonuspay/not-found.php',
				$show( array( 'key' => $key ) + $open, array( 'step' => 'store', 'address' => $tron ) )[0],
				'another key'
			);
		}
		self::is( true, $show( $open )[1]['is_test'], 'no real coins' );
		$steps = array(
			'the page'                   => array( null, null, array( 'enter', false ) ),
			'by GET'                     => array( array( 'step' => 'store', 'address' => $tron ), 'GET', array( 'enter', false ) ),
			'another step'               => array( array( 'step' => 'other', 'address' => $tron ), null, array( 'enter', false ) ),
			'no text'                    => array( array( 'step' => array( 'store' ), 'address' => $tron ), null, array( 'enter', false ) ),
			'a wrong address, checked'   => array( array( 'step' => 'check', 'address' => 'x' ), null, array( 'enter', true ) ),
			'a wrong address, confirmed' => array( array( 'step' => 'store', 'address' => 'x' ), null, array( 'enter', true ) ),
			'a right address, checked'   => array( array( 'step' => 'check', 'address' => $tron ), null, array( 'confirm', false ) ),
		);
		foreach ( $steps as $what => list( $form, $method, $expected ) ) {
			self::is( $expected, $view( $form, $method ), $what );
			self::is( null, $stored(), "$what: nothing is stored" );
		}
		self::sql( 'INSERT INTO #__locks VALUES (%d, "decide", "other", 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)', $order->get_id() );
		self::is(
			array( array( 'enter', true ), null ),
			array( $view( array( 'step' => 'store', 'address' => $tron ) ), $stored() ),
			'while another worker decides'
		);
		self::sql( 'DELETE FROM #__locks' );
		self::is(
			array( array( 'to' ), $tron ),
			array( $view( array( 'step' => 'store', 'address' => $tron ) ), $stored() ),
			'a right address, confirmed'
		);
		self::is(
			array( array( 'stored', false ), array( 'enter', false ), array( 'enter', true ) ),
			array( $view(), $view( array( 'step' => 'change' ) ), $view( array( 'step' => 'check', 'address' => 'x' ) ) ),
			'and changed'
		);
		self::sql( 'UPDATE #__refunds SET state = "created"' );
		foreach ( array(
			null,
			array( 'step' => 'check', 'address' => $tron ),
			array( 'step' => 'check', 'address' => 'x' ),
			array( 'step' => 'store', 'address' => 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8' ),
		) as $form ) {
			self::is( array( array( 'sent', false ), $tron ), array( $view( $form ), $stored() ), 'when it has gone out' );
		}
		self::sql( 'UPDATE #__attempts SET mode = "live"' );
		self::is( false, $show( $open )[1]['is_test'], 'real coins' );
		self::sql( 'UPDATE #__attempts SET mode = "test", network = ""' );
		self::sql( 'UPDATE #__refunds SET state = "asked_for_address", address = NULL' );
		self::is(
			array( array( 'enter', true ), array( 'confirm', false ) ),
			array(
				$view( array( 'step' => 'check', 'address' => $tron ) ),
				$view( array( 'step' => 'check', 'address' => $tron, 'network' => 'TRON' ) ),
			),
			'of several networks one is chosen'
		);
		self::sql( 'UPDATE #__attempts SET id = id + 1000000' );
		self::is( array( 'bonuspay/not-found.php' ), $view(), 'its payment is gone' );
		self::sql( 'UPDATE #__attempts SET id = id - 1000000' );
		$order->set_status( 'trash' );
		$order->save();
		self::is( array( 'bonuspay/not-found.php' ), $view(), 'its order is in the trash' );
		$order->delete( true );
		self::is( array( 'bonuspay/not-found.php' ), $view(), 'its order is gone' );
	}

	// --- actions of the administration

	private static function action(): void {
		$bonuspay = new Stand_In();
		Backends::stand_in( static fn(): Backend => $bonuspay );
		add_role( 'clerk', 'clerk', array( 'read' => true, 'edit_posts' => true, 'edit_shop_orders' => true ) );
		add_role( 'technician', 'technician', array( 'read' => true, 'edit_posts' => true, 'activate_plugins' => true ) );
		list( $manager, $clerk, $technician ) = array_map( array( self::class, 'user' ), array( 'shop_manager', 'clerk', 'technician' ) );
		array_map( static fn( int $id ) => delete_user_meta( $id, 'bonuspay_wc_dismissed' ), array( $manager, $technician ) );
		list( $order, $other ) = array( self::order(), self::order() );
		$attempt = self::attempt( array( 'order_id' => $order->get_id() ) );
		$others  = self::attempt( array( 'order_id' => $other->get_id() ) );
		$tron    = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
		$check   = static fn( int $user, array $form = array(), ?string $method = null ): array => self::press(
			$user,
			array( Meta_Box::class, 'check_now' ),
			'bonuspay_wc_check_now',
			$form + array( 'order_id' => (string) $order->get_id() ),
			$method
		);
		$refund  = static fn( int $user, array $form, ?string $method = null ): array => self::press(
			$user,
			array( Refund_Box::class, 'act' ),
			'bonuspay_wc_refund',
			$form + array(
				'order_id' => (string) $order->get_id(),
				'attempt_id' => (string) $attempt->id,
				'network' => 'TRON',
				'address' => $tron,
			),
			$method
		);
		$make    = static fn( int $user, array $form = array(), ?string $method = null ): array => self::press(
			$user,
			array( Settings_Page::class, 'generate_keys' ),
			'bonuspay_wc_generate_keys',
			$form + array( 'mode' => 'live' ),
			$method
		);
		$try     = static fn( int $user, array $form = array(), ?string $method = null ): array => self::press(
			$user,
			array( Settings_Page::class, 'test_connection' ),
			'bonuspay_wc_generate_keys',
			$form + array( 'mode' => 'test' ),
			$method
		);
		$dismiss = static fn( int $user, array $form = array(), ?string $method = null ): array => self::press(
			$user,
			array( Notices::class, 'dismiss' ),
			'bonuspay_wc_dismiss_notice',
			$form + array( 'notice' => str_repeat( '0', 32 ) ),
			$method
		);
		$confirm = static fn( int $user, array $form = array(), ?string $method = null ): array => self::press(
			$user,
			array( Notices::class, 'confirm' ),
			'bonuspay_wc_confirm_site',
			$form + array( 'answer' => 'copy' ),
			$method
		);

		// Nothing, for who may not, or does not send it as our buttons do.
		$as_it_is = static fn(): array => array(
			$bonuspay->asked,
			get_option( 'bonuspay_wc_private_key_live' ),
			get_option( 'bonuspay_wc_site_url' ),
			get_user_meta( $manager, 'bonuspay_wc_dismissed', true ),
			self::value( 'SELECT COUNT(*) FROM #__refunds' ),
		);
		update_option( 'bonuspay_wc_site_url', 'https://another.example' );
		$before = $as_it_is();
		self::refuse_strangers(
			array(
				'check' => $check,
				'refund' => static fn(
					int $user,
					array $form = array(),
					?string $method = null
				): array => $refund( $user, $form + array( 'what' => 'address' ), $method ),
				'make' => $make,
				'try' => $try,
				'dismiss' => $dismiss,
				'confirm' => $confirm,
			),
			$manager,
			$as_it_is
		);
		wp_set_current_user( $manager );
		self::is(
			array( 'refused', 403 ),
			$check( $manager, array( 'nonce' => wp_create_nonce( 'bonuspay_wc_check_now' . $other->get_id() ) ) ),
			'the nonce of another order'
		);
		self::is( array( 'refused', 403 ), $check( $clerk ), 'who may not change this order' );
		self::is( array( 'refused', 403 ), $check( $manager, array( 'order_id' => '99999999' ) ), 'what is no order' );
		foreach ( array( (string) $others->id, '0', '' ) as $id ) {
			self::is(
				array( 'refused', 403 ),
				$refund( $manager, array( 'what' => 'address', 'attempt_id' => $id ) ),
				'another order\'s payment, and none'
			);
		}
		self::is(
			array( array( 'json', false ), array( 'json', false ) ),
			array( $make( $manager, array( 'mode' => 'other' ) ), $try( $manager, array( 'mode' => 'other' ) ) ),
			'no mode'
		);
		foreach ( array( '', str_repeat( 'x', 32 ), str_repeat( '0', 31 ) ) as $notice ) {
			self::is( array( 'json', false ), $dismiss( $manager, array( 'notice' => $notice ) ), 'no notice' );
		}
		self::is( array( 'to', '' ), $confirm( $manager, array( 'answer' => 'other' ) ), 'no answer' );
		self::is( $before, $as_it_is(), 'nothing' );

		// And what each does, for who may.
		self::is( array( array( 'to', 'failed' ), $before[0] + 1 ), array( $check( $manager ), $bonuspay->asked ), 'BonusPay is asked' );
		$problem = static function () use ( $manager ): string {
			$text = (string) get_transient( 'bonuspay_refund_problem_' . $manager );
			delete_transient( 'bonuspay_refund_problem_' . $manager );
			return $text;
		};
		$press   = static fn( string $what, array $form = array() ): array => array(
			$refund( $manager, $form + array( 'what' => $what ) )[1],
			$problem(),
		);
		self::is(
			1,
			preg_match( '/refused.*not an address/', implode( $press( 'address', array( 'address' => 'x' ) ) ) ),
			'a wrong address'
		);
		self::is( array( 'entered', '' ), $press( 'address' ), 'a right one' );
		self::is( array( 'asked', '' ), $press( 'ask' ), 'the shopper is asked' );
		self::sql(
			'INSERT INTO #__locks VALUES (%d, "decide", "other", 7, '
				. 'UTC_TIMESTAMP(3) + INTERVAL 60 SECOND) ON DUPLICATE KEY UPDATE owner = "other", expires_at = VALUES(expires_at)',
			$order->get_id()
		);
		self::is(
			array( array( 'refused', '' ), array( 'refused', '' ) ),
			array( $press( 'ask' ), $press( 'address' ) ),
			'while another worker decides'
		);
		self::sql( 'DELETE FROM #__locks' );
		self::is( array( 'refused', '' ), $press( 'nothing' ), 'no button' );
		self::is( array( 'refused', true ), array( $press( 'surplus' )[0], '' !== $press( 'surplus' )[1] ), 'no surplus' );
		self::is( 1, preg_match( '/refused.*does not wait for your decision/', implode( $press( 'accept' ) ) ), 'nothing to take' );
		self::sql( 'UPDATE #__attempts SET state = "underpaid", received = "5" WHERE id = %d', $attempt->id );
		self::is( array( 'not_accepted', '' ), $press( 'accept' ), 'BonusPay does not take it' );
		$bonuspay->says['accept_order'] = new Backend_Error( 'done', Backend_Error::REJECTED, 'api' );
		$bonuspay->says['get_order']    = self::told(
			$attempt,
			array( 'paymentInfo' => array( 'paidAmount' => array( 'amount' => '5', 'currency' => 'USDT' ) ) )
		);
		self::is( array( 'accepted', '' ), $press( 'accept' ), 'BonusPay takes it' );
		self::sql( 'UPDATE #__attempts SET state = "underpaid" WHERE id = %d', $attempt->id );
		self::refund( $attempt, array( 'amount' => '1', 'state' => 'succeeded' ) );
		self::is( 'refused', $press( 'accept' )[0], 'of which something went back' );
		self::sql( 'DELETE FROM #__refunds' );
		self::refund( $attempt, array( 'state' => 'asked_for_address', 'source' => Refund::ORDER ) );
		$press( 'address' );
		$bonuspay->says['refund'] = new Verified_Message(
			array(
				'refundOrder' => array(
					'refundMerchantOrderNo' => preg_replace( '/-1$/', '-r2', $attempt->merchant_order_no ),
					'status' => 'CREATED',
				),
			),
			'pending',
			true
		);
		self::is( array( 'given', '' ), $press( 'surplus' ), 'all of it is given back' );

		// Paid at BonusPay, and the order was not completed with it.
		$held = static function ( string $status, string $mode = 'test', bool $is_done = true ) use ( $press ): array {
			$order   = self::order( $status );
			$attempt = self::attempt( array( 'order_id' => $order->get_id(), 'state' => 'paid', 'received' => '12.81' ) );
			$values  = get_option( Settings::OPTION );
			if ( ! $is_done ) {
				Effect_Claims::claim( $attempt, 'complete', time() );
			}
			update_option( Settings::OPTION, array( 'mode' => $mode ) + $values );
			$said = $press( 'accept', array( 'order_id' => (string) $order->get_id(), 'attempt_id' => (string) $attempt->id ) )[0];
			update_option( Settings::OPTION, $values );
			return array( $said, Orders::is_paid( wc_get_order( $order->get_id() ) ) );
		};
		self::is( array( 'accepted', true ), $held( 'on-hold' ), 'the owner takes it' );
		self::is( array( 'refused', false ), $held( 'cancelled' ), 'not for an order that is cancelled' );
		self::is( array( 'refused', false ), $held( 'on-hold', 'live' ), 'not testnet coins in a live shop' );
		self::is( array( 'refused', false ), $held( 'on-hold', 'test', false ), 'not what is just being completed' );

		self::is( array( 'json', false ), $try( $manager ), 'BonusPay is away' );
		$bonuspay->says['test_connection'] = true;
		self::is( array( 'json', true ), $try( $manager ), 'BonusPay is there' );
		self::is(
			array( array( 'json', true ), array( 'json', true ) ),
			array( $dismiss( $manager ), $dismiss( $technician ) ),
			'either right will do'
		);
		self::is( array( str_repeat( '0', 32 ) ), get_user_meta( $technician, 'bonuspay_wc_dismissed', true ), 'closed' );
		self::is(
			array( array( 'json', true ), true ),
			array( $make( $manager ), get_option( 'bonuspay_wc_private_key_live' ) !== $before[1] ),
			'a key is made'
		);
		$key = get_option( 'bonuspay_wc_private_key_live' );
		self::is(
			array( array( 'to', '' ), false, $key ),
			array(
				$confirm( $manager, array( 'answer' => 'moved' ) ),
				Shop_Identity::has_moved(),
				get_option( 'bonuspay_wc_private_key_live' ),
			),
			'the same shop'
		);
		update_option( 'bonuspay_wc_site_url', 'https://another.example' );
		self::is(
			array( array( 'to', '' ), false, false ),
			array( $confirm( $manager ), Shop_Identity::has_moved(), get_option( 'bonuspay_wc_private_key_live' ) ),
			'a copy'
		);
		$make( $manager );
		$key = get_option( 'bonuspay_wc_private_key_live' );
		update_option( 'bonuspay_wc_site_url', 'https://another.example' );
		define( 'BONUSPAY_LIVE_PRIVATE_KEY', 'x' );
		self::is(
			array( array( 'json', false ), $key ),
			array( $make( $manager ), get_option( 'bonuspay_wc_private_key_live' ) ),
			'what wp-config.php sets is not made'
		);
		self::is(
			array( array( 'to', '' ), true, $key ),
			array( $confirm( $manager ), Shop_Identity::has_moved(), get_option( 'bonuspay_wc_private_key_live' ) ),
			'nor taken away'
		);
		Site_Move::confirm_move();
	}

	// --- the merchant's own screen

	private static function screen(): void {
		$bonuspay = new Stand_In();
		Backends::stand_in( static fn(): Backend => $bonuspay );
		$sent = 0;
		add_filter(
			'pre_http_request',
			static function () use ( &$sent ): WP_Error {
				++$sent;
				return new WP_Error( 'http_request_failed', 'nobody there' );
			}
		);
		list( $manager, $admin ) = array( self::user( 'shop_manager' ), self::user( 'administrator' ) );
		$order   = self::order();
		$attempt = self::attempt( array( 'order_id' => $order->get_id() ) );
		$event   = Notification_Inbox::put( self::told( $attempt ), 'body', $attempt, Notification_Inbox::IS_NEW, time() )->id;
		self::sql( 'UPDATE #__events SET outcome = "put off" WHERE id = %d', $event );
		Reconciliation::run( time() + 86400, time() + 86401, 'test' );
		$account = "bonuspay_wc_account_{$manager}_test";
		$tested  = "bonuspay_wc_tested_$manager";
		array_map( 'delete_transient', array( $account, $tested ) );

		$button = static fn( array $handler, string $action, array $fields ): Closure => static fn(
			int $user,
			array $form = array(),
			?string $method = null
		): array => self::press( $user, $handler, $action, $form + $fields, $method );
		$replay = $button( array( Events_Tab::class, 'replay' ), Events_Tab::REPLAY_ACTION, array( 'event' => (string) $event ) );
		$run    = $button(
			array( Report_Tab::class, 'run' ),
			Report_Tab::RUN_ACTION,
			array( 'from' => '2026-01-01', 'to' => '2026-01-01', 'mode' => 'test' )
		);
		$file   = static function ( int $user, array $form = array(), ?string $method = null ): array {
			$begin = static fn() => throw new Gate_Answer( 'file' );
			add_filter( 'nocache_headers', $begin );
			try {
				return self::press( $user, array( Report_Tab::class, 'download' ), Report_Tab::CSV_ACTION, $form, $method );
			} finally {
				remove_filter( 'nocache_headers', $begin );
			}
		};
		$ask    = $button( array( Account_Tab::class, 'ask' ), Account_Tab::ASK_ACTION, array( 'what' => 'balances' ) );
		$test   = $button( array( Health_Tab::class, 'test' ), Health_Tab::TEST_ACTION, array() );
		// WordPress's own page sends the nonce by another name.
		$answer_page = static function (): void {
			$_POST = array( '_wpnonce' => $_POST['nonce'] ?? null );
			Site_Health::answer();
		};
		$health = static fn( int $user, array $form = array(), ?string $method = null ): array => self::press(
			$user,
			$answer_page,
			'health-check-site-status',
			$form,
			$method
		);

		// Nothing, for who may not.
		$as_it_is = static function () use ( $bonuspay, &$sent, $account, $tested, $event ): array {
			return array(
				$bonuspay->asked,
				$sent,
				get_option( 'bonuspay_wc_report' ),
				get_transient( $account ),
				get_transient( $tested ),
				self::event( $event ),
			);
		};
		self::refuse_strangers( compact( 'replay', 'run', 'file', 'ask', 'test' ), $manager, $as_it_is );
		self::refuse_strangers( compact( 'health' ), $admin, $as_it_is );
		self::is( array( 'json', false ), $health( $manager ), 'Site Health is the administrator\'s' );

		// And what each does, for who may.
		self::is(
			array( array( 'to', 'waiting' ), 1, 'BonusPay could not be asked.' ),
			array( $replay( $manager ), $bonuspay->asked, self::event( $event )['outcome'] ),
			'handled again'
		);
		self::is(
			array( array( 'to', 'tested' ), 2, 2 ),
			array( $test( $manager ), $sent, count( get_transient( $tested ) ) ),
			'both addresses are called'
		);
		self::is( array( array( 'json', true ), 4 ), array( $health( $admin ), $sent ), 'and by Site Health' );

		// A report: of a period that is one, and not longer than a year.
		$last = get_option( 'bonuspay_wc_report' );
		foreach ( array(
			array( 'from' => '' ),
			array( 'to' => 'x' ),
			array( 'from' => '2026-01-02' ),
			array( 'from' => '2024-12-31' ),
			array( 'mode' => 'other' ),
			array( 'mode' => '' ),
		) as $form ) {
			self::is(
				array( array( 'to', 'period' ), $last ),
				array( $run( $manager, $form ), get_option( 'bonuspay_wc_report' ) ),
				'no period, or no mode: ' . wp_json_encode( $form )
			);
		}
		foreach ( array( array(), array( 'from' => '2025-01-01' ) ) as $form ) {
			self::is( array( 'to', 'done' ), $run( $manager, $form ), 'a period' );
			self::is(
				array( ( $form + array( 'from' => '2026-01-01' ) )['from'], '2026-01-01' ),
				array_map(
					static fn( int $at ): string => wp_date( 'Y-m-d', $at ),
					array( Reconciliation::last()->from, Reconciliation::last()->to )
				),
				'that one'
			);
		}
		self::is( array( 'file', null ), $file( $manager ), 'the file' );
		delete_option( 'bonuspay_wc_report' );
		self::is( array( 'refused', 403 ), $file( $manager ), 'no report, no file' );

		// The account: one question in three seconds, and only what is one.
		$asked = static function ( array $form ) use ( $ask, $bonuspay, $manager, $account ): array {
			set_transient( $account, array( 'asked_at' => time() - 9 ), 600 );
			$before = $bonuspay->asked;
			$answer = $ask( $manager, $form );
			$lines  = get_transient( $account )[ $form['what'] ]['lines'] ?? null;
			return array( $answer, $bonuspay->asked - $before, null === $lines ? null : implode( ' ', array_merge( ...$lines ) ) );
		};
		$is_said = static fn( int $calls, string $words, array $form, string $what ) => self::is(
			array( array( 'to', '' ), $calls, 1 ),
			array( $asked( $form )[0], $asked( $form )[1], preg_match( $words, (string) $asked( $form )[2] ) ),
			$what . ': ' . $asked( $form )[2]
		);
		$rate    = array( 'what' => 'rate', 'coin' => 'USDT', 'amount' => '2,5' );
		$payout  = array( 'what' => 'payout', 'kind' => 'withdrawal', 'number' => 'W-1' );
		$is_said( 1, '/could not be asked/', array( 'what' => 'balances' ), 'BonusPay is away' );
		self::is( array( 'to', 'too_soon' ), $ask( $manager ), 'at once again' );
		self::is( array( array( 'refused', 403 ), 0, null ), $asked( array( 'what' => 'other' ) ), 'no question' );
		$is_said( 0, '/not an amount/', array( 'coin' => 'GOLD' ) + $rate, 'no coin' );
		$is_said( 0, '/not an amount/', array( 'amount' => '1e3' ) + $rate, 'no amount' );
		foreach ( array( null, '0', '0.00' ) as $none ) {
			$bonuspay->says['fx_rate'] = $none ?? new Backend_Error( 'x', Backend_Error::REJECTED, 'api' );
			$is_said( 1, null === $none ? '/refused to answer/' : '/gave no rate/', $rate, 'no rate' );
		}
		$bonuspay->says['fx_rate'] = '1.1';
		$is_said( 1, '/2\.5 USDT ≈ 2\.75 /', $rate, 'a rate' );
		foreach ( array( '', 'a b', str_repeat( 'x', 65 ), 'ä' ) as $number ) {
			$is_said( 0, '/not a number of a payout/', array( 'number' => $number ) + $payout, 'no number' );
		}
		$bonuspay->says['get_withdrawal'] = new Verified_Message(
			array( 'withdrawOrder' => array( 'status' => 'COMPLETED' ) ),
			'succeeded',
			true
		);
		$bonuspay->says['get_settlement'] = new Verified_Message(
			array( 'otcFundoutOrder' => array( 'status' => 'PENDING' ) ),
			'pending',
			true
		);
		$is_said( 1, '/Paid out/', $payout, 'a withdrawal' );
		$is_said( 1, '/On its way/', array( 'kind' => 'settlement' ) + $payout, 'a settlement' );
	}

	/** What both tables promise: changed in the version that was read, by the newest lock, looked at by one. */
	private static function book( object $one, object $else, callable $find, callable $change, callable $claim_look, string $table ): void {
		$raw = static fn( object $row ): array => self::sql(
			"SELECT reason, address, version, fence FROM #__$table WHERE id = %d",
			$row->id
		)[0];
		self::is(
			array( $one->id, $else->id, null ),
			array( $find( $one->id )->id, $find( $else->id )->id, $find( 987654321 ) ),
			'found by its id'
		);
		self::is( true, $change( $one, array( 'reason' => 'first', 'address' => 'here' ) ), 'in the version that was read' );
		self::is( array( 'reason' => 'first', 'address' => 'here', 'version' => '2', 'fence' => '0' ), $raw( $one ), 'changed' );
		self::is( false, $change( $one, array( 'reason' => 'second' ) ), 'in an older one' );
		self::is(
			array( array( 'reason' => 'first', 'address' => 'here', 'version' => '2', 'fence' => '0' ), '1' ),
			array( $raw( $one ), $raw( $else )['version'] ),
			'nothing changed, and no other row'
		);
		self::is(
			true,
			$change( $find( $one->id ), array( 'reason' => '1e3', 'address' => null, 'created_at' => 7 ), 5 ),
			'by a lock\'s holder'
		);
		self::is(
			array( 'reason' => '1e3', 'address' => null, 'version' => '3', 'fence' => '5' ),
			$raw( $one ),
			'a text stays one, null is null'
		);
		self::is( 7, $find( $one->id )->created_at, 'a number' );
		self::is( false, $change( $find( $one->id ), array( 'reason' => 'stale' ), 4 ), 'by a holder whose lock was taken over' );
		self::is( true, $change( $find( $one->id ), array( 'reason' => 'free' ) ), 'by one who needs no lock' );
		self::is( '5', $raw( $one )['fence'], 'the lock\'s number never shrinks' );
		self::is( false, $change( $find( $one->id ), array( 'reason' => 'stale' ), 4 ), 'still' );
		self::is( true, $change( $find( $one->id ), array( 'reason' => 'same' ), 5 ), 'by the same holder' );

		$looking = $find( $one->id );
		self::is( array( true, false ), array( $claim_look( $looking, 600 ), $claim_look( $looking, 601 ) ), 'one worker looks' );
		self::is( array( 600, 500 ), array( $find( $one->id )->next_check_at, $find( $else->id )->next_check_at ), 'at this one' );
	}
}

return Gates::run( $args['group'] );
