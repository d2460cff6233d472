<?php
/**
 * The gates: which methods of which file are mutated (null: all), which classes of tests/plugin notice it, and which group
 * of tests/store/gates.test.mjs notices what those do not ('within …': of tests/store/gates.php; '': those notice all; of
 * several the next tries what the one before lets live). What only lists for people's eyes is no gate.
 */

return array(
	'Callback.php'            => array( null, array(), 'within replay, callback' ),
	'Callback_Test.php'       => array( array( 'mark' ), array( 'Callback_Test_Test' ), '' ),
	'Refund_Callback.php'     => array( null, array(), 'within refund_callback' ),
	'Refunds.php'             => array( array( 'stranger' ), array(), 'within refund_callback' ),
	'Identity.php'            => array( null, array( 'Identity_Test' ), '' ),
	'Backends.php'            => array( null, array( 'Backends_Test', 'Site_Test', 'Keys_Test' ), 'site' ),
	'Native_Backend.php'      => array( array( 'verify_notification', 'payment_events', 'answer', 'guarded', 'error', 'text' ), array( 'Native_Backend_Test' ), '' ),
	'State_Table.php'         => array( null, array( 'State_Table_Test', 'State_Table_Promises_Test' ), '' ),
	'Attempt_State.php'       => array( null, array( 'State_Table_Test', 'State_Table_Promises_Test' ), '' ),
	'Policy.php'              => array( null, array( 'Policy_Test' ), '' ),
	'Payments.php'            => array( array( 'take', 'settle', 'store', 'claim', 'check_order' ), array(), 'within payments' ),
	'Order_Lock.php'          => array( null, array(), 'within lock' ),
	'Claims.php'              => array( null, array(), 'within claims' ),
	'Inbox.php'               => array( array( 'put', 'conclude', 'finish', 'postpone', 'due', 'claim', 'find', 'assign', 'claim_again', 'told', 'key' ), array(), 'within inbox' ),
	'Attempts.php'            => array( array( 'find', 'by_merchant_order_no', 'of_order', 'due', 'insert', 'change', 'may_ask', 'claim_look', 'plan', 'look_soon' ), array(), 'within attempts' ),
	'Rows.php'                => array( null, array(), 'within attempts, within refund_book' ),
	'Transaction.php'         => array( null, array(), 'within payments' ),
	'Refund_Book.php'         => array( array( 'find', 'by_number', 'is_number', 'of_order', 'of_attempt', 'due', 'insert', 'change', 'claim_look', 'plan' ), array(), 'within refund_book' ),
	'Refund_Address.php'      => array( array( 'by_key', 'problem', 'confirm' ), array(), 'within refund_page' ),
	'Refund_Page.php'         => array( array( 'show', 'answer' ), array(), 'within refund_steps' ),
	'Pay_Page.php'            => array( array( 'order_for', 'show', 'requote' ), array(), 'within pay_page' ),
	'Status_Route.php'        => array( array( 'answer' ), array(), 'within pay_page' ),
	'Sender.php'              => array( null, array( 'Sender_Test' ), '' ),
	'Status_Map.php'          => array( null, array( 'Status_Map_Test' ), '' ),
	'Sandbox.php'             => array( null, array( 'Simulator_Test' ), 'within rehearsal' ),
	'Simulator.php'           => array( array( 'problem', 'play', 'orders', 'delete_orders' ), array( 'Simulator_Test' ), 'within rehearsal' ),
	'Site.php'                => array( null, array( 'Site_Test' ), '' ),
	'Extension.php'           => array( array( 'problem' ), array( 'Keys_Test' ), 'site' ),
	'Admin/Action.php'        => array( array( 'is_allowed', 'check', 'order', 'refuse', 'text' ), array(), 'within action' ),
	'Admin/Meta_Box.php'      => array( array( 'check_now' ), array(), 'within action' ),
	'Admin/Refund_Box.php'    => array( array( 'act', 'accept', 'give_back', 'enter', 'may_accept' ), array(), 'within action' ),
	'Admin/Settings_Page.php' => array( array( 'generate_keys', 'test_connection', 'allowed_mode' ), array(), 'within action' ),
	'Admin/Notices.php'       => array( array( 'dismiss', 'confirm' ), array(), 'within action' ),
	'Admin/Events_Tab.php'    => array( array( 'replay' ), array(), 'within screen' ),
	'Admin/Report_Tab.php'    => array( array( 'run', 'download' ), array(), 'within screen' ),
	'Admin/Account_Tab.php'   => array( array( 'ask', 'answer', 'rate', 'payout' ), array(), 'within screen' ),
	'Admin/Rehearsal_Tab.php' => array( array( 'play', 'delete' ), array(), 'within screen' ),
	'Admin/Health_Tab.php'    => array( array( 'test' ), array(), 'within screen' ),
	'Admin/Site_Health.php'   => array( array( 'answer' ), array(), 'within screen' ),
);
