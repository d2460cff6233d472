<?php
/**
 * The gates: which methods of which file are mutated (null: all), which classes of tests/plugin notice it, and which group
 * of tests/store/gates.test.mjs notices what those do not ('within …': of tests/store/gates.php; '': those notice all; of
 * several the next tries what the one before lets live). What only lists for people's eyes is no gate.
 */

return array(
	'Notification/Notification_Endpoint.php'   => array( null, array(), 'callback' ),
	'Notification/Notifications.php'           => array( null, array(), 'within replay, within refund_callback, callback' ),
	'Notification/Payment_Notifications.php'   => array( null, array(), 'within replay, callback' ),
	'Notification/Self_Check_Mark.php'         => array( array( 'mark' ), array( 'Webhook_Self_Check_Test' ), '' ),
	'Notification/Refund_Notifications.php'    => array( null, array(), 'within refund_callback' ),
	'Refund/Refund_Service.php'                => array( array( 'identity_mismatch' ), array(), 'within refund_callback' ),
	'Decision/Identity_Check.php'              => array( null, array( 'Identity_Check_Test' ), '' ),
	'Settings/Backends.php'                    => array( null, array( 'Backends_Test', 'Site_Move_Test', 'Keys_Test' ), 'site' ),
	'BonusPay/Native_Backend.php'              => array(
		array( 'verify_notification', 'payment_events', 'answer', 'guarded', 'error', 'text' ),
		array( 'Native_Backend_Test' ),
		'',
	),
	'Decision/State_Table.php'                 => array( null, array( 'State_Table_Test', 'State_Table_Promises_Test' ), '' ),
	'Ledger/Attempt_State.php'                 => array( null, array( 'State_Table_Test', 'State_Table_Promises_Test' ), '' ),
	'Settings/Tolerance.php'                   => array( null, array( 'Tolerance_Test' ), '' ),
	'Payment/Payment_Service.php'              => array(
		array( 'record', 'settle', 'store', 'claim', 'check_order' ),
		array(),
		'within payments',
	),
	'Order/Orders.php'                         => array( array( 'matches' ), array( 'Place_Request_Test' ), '' ),
	'Decision/Refund_Share.php'                => array( array( 'is_returned', 'is_unsettled' ), array( 'Refund_Share_Test' ), '' ),
	'Ledger/Order_Lock.php'                    => array( null, array(), 'within lock' ),
	'Ledger/Effect_Claims.php'                 => array( null, array(), 'within claims' ),
	'Ledger/Notification_Inbox.php'            => array(
		array( 'put', 'conclude', 'finish', 'postpone', 'due', 'claim', 'find', 'assign', 'claim_again', 'number', 'status', 'key' ),
		array(),
		'within inbox',
	),
	'Ledger/Attempts.php'                      => array(
		array( 'find', 'by_merchant_order_no', 'of_order', 'due', 'insert', 'change', 'may_ask', 'claim_poll', 'plan', 'poll_soon' ),
		array(),
		'within attempts',
	),
	'Ledger/Versioned_Table.php'               => array( null, array(), 'within attempts, within refund_book' ),
	'Ledger/Transaction.php'                   => array( null, array(), 'within payments' ),
	'Ledger/Refunds.php'                       => array(
		array( 'find', 'by_number', 'is_number', 'of_order', 'of_attempt', 'due', 'insert', 'change', 'claim_poll', 'plan' ),
		array(),
		'within refund_book',
	),
	'Refund/Refund_Address.php'                => array( array( 'problem', 'confirm' ), array(), 'within refund_page' ),
	'Refund/Refund_Link.php'                   => array( array( 'by_key' ), array(), 'within refund_page' ),
	'Checkout/Refund_Page.php'                 => array( array( 'show', 'answer' ), array(), 'within refund_steps' ),
	'Checkout/Pay_Page.php'                    => array( array( 'show', 'requote' ), array(), 'within pay_page' ),
	'Checkout/Pay_Link.php'                    => array( array( 'order' ), array(), 'within pay_page' ),
	'Checkout/Status_Route.php'                => array( array( 'answer' ), array(), 'within pay_page' ),
	'Settings/Sender_Allowlist.php'            => array( null, array( 'Sender_Allowlist_Test' ), '' ),
	'Settings/Order_Status_Policy.php'         => array( null, array( 'Order_Status_Policy_Test' ), '' ),
	'Settings/Shop_Identity.php'               => array( null, array( 'Site_Move_Test' ), '' ),
	'Settings/Site_Move.php'                   => array( null, array( 'Site_Move_Test' ), '' ),
	'Settings/Site_Urls.php'                   => array( array( 'own' ), array( 'Site_Move_Test' ), '' ),
	'BonusPay/Extension.php'                   => array( array( 'problem' ), array( 'Keys_Test' ), 'site' ),
	'Admin/Action.php'                         => array(
		array( 'is_allowed', 'check', 'order', 'refuse', 'text' ),
		array(),
		'within action',
	),
	'Admin/Meta_Box.php'                       => array( array( 'check_now' ), array(), 'within action' ),
	'Admin/Refund_Box.php'                     => array(
		array( 'act', 'accept', 'give_back', 'enter', 'may_accept' ),
		array(),
		'within action',
	),
	'Admin/Settings_Page.php'                  => array(
		array( 'generate_keys', 'test_connection', 'allowed_mode' ),
		array(),
		'within action',
	),
	'Admin/Notices.php'                        => array( array( 'dismiss', 'confirm' ), array(), 'within action' ),
	'Admin/Events_Tab.php'                     => array( array( 'replay' ), array(), 'within screen' ),
	'Admin/Report_Tab.php'                     => array( array( 'run', 'download' ), array(), 'within screen' ),
	'Admin/Account_Tab.php'                    => array( array( 'ask', 'answer', 'rate', 'payout' ), array(), 'within screen' ),
	'Admin/Health_Tab.php'                     => array( array( 'test' ), array(), 'within screen' ),
	'Admin/Site_Health.php'                    => array( array( 'answer' ), array(), 'within screen' ),
);
