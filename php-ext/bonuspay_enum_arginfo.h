/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 7bec773568dda9bd7948cabdb37aac6d6c4da6d0 */




static const zend_function_entry class_BonusPay_State_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Outcome_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_NotificationKind_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_BonusPay_State(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("BonusPay\\State", IS_STRING, class_BonusPay_State_methods);

	zval enum_case_Pending_value;
	zend_string *enum_case_Pending_value_str = zend_string_init("pending", strlen("pending"), 1);
	ZVAL_STR(&enum_case_Pending_value, enum_case_Pending_value_str);
	zend_enum_add_case_cstr(class_entry, "Pending", &enum_case_Pending_value);

	zval enum_case_Succeeded_value;
	zend_string *enum_case_Succeeded_value_str = zend_string_init("succeeded", strlen("succeeded"), 1);
	ZVAL_STR(&enum_case_Succeeded_value, enum_case_Succeeded_value_str);
	zend_enum_add_case_cstr(class_entry, "Succeeded", &enum_case_Succeeded_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("failed", strlen("failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	zval enum_case_Refunded_value;
	zend_string *enum_case_Refunded_value_str = zend_string_init("refunded", strlen("refunded"), 1);
	ZVAL_STR(&enum_case_Refunded_value, enum_case_Refunded_value_str);
	zend_enum_add_case_cstr(class_entry, "Refunded", &enum_case_Refunded_value);

	zval enum_case_Unknown_value;
	zend_string *enum_case_Unknown_value_str = zend_string_init("unknown", strlen("unknown"), 1);
	ZVAL_STR(&enum_case_Unknown_value, enum_case_Unknown_value_str);
	zend_enum_add_case_cstr(class_entry, "Unknown", &enum_case_Unknown_value);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Outcome(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("BonusPay\\Outcome", IS_STRING, class_BonusPay_Outcome_methods);

	zval enum_case_NotSent_value;
	zend_string *enum_case_NotSent_value_str = zend_string_init("not_sent", strlen("not_sent"), 1);
	ZVAL_STR(&enum_case_NotSent_value, enum_case_NotSent_value_str);
	zend_enum_add_case_cstr(class_entry, "NotSent", &enum_case_NotSent_value);

	zval enum_case_Rejected_value;
	zend_string *enum_case_Rejected_value_str = zend_string_init("rejected", strlen("rejected"), 1);
	ZVAL_STR(&enum_case_Rejected_value, enum_case_Rejected_value_str);
	zend_enum_add_case_cstr(class_entry, "Rejected", &enum_case_Rejected_value);

	zval enum_case_Unknown_value;
	zend_string *enum_case_Unknown_value_str = zend_string_init("unknown", strlen("unknown"), 1);
	ZVAL_STR(&enum_case_Unknown_value, enum_case_Unknown_value_str);
	zend_enum_add_case_cstr(class_entry, "Unknown", &enum_case_Unknown_value);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_NotificationKind(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("BonusPay\\NotificationKind", IS_STRING, class_BonusPay_NotificationKind_methods);

	zval enum_case_Order_value;
	zend_string *enum_case_Order_value_str = zend_string_init("order", strlen("order"), 1);
	ZVAL_STR(&enum_case_Order_value, enum_case_Order_value_str);
	zend_enum_add_case_cstr(class_entry, "Order", &enum_case_Order_value);

	zval enum_case_Refund_value;
	zend_string *enum_case_Refund_value_str = zend_string_init("refund", strlen("refund"), 1);
	ZVAL_STR(&enum_case_Refund_value, enum_case_Refund_value_str);
	zend_enum_add_case_cstr(class_entry, "Refund", &enum_case_Refund_value);

	zval enum_case_Topup_value;
	zend_string *enum_case_Topup_value_str = zend_string_init("topup", strlen("topup"), 1);
	ZVAL_STR(&enum_case_Topup_value, enum_case_Topup_value_str);
	zend_enum_add_case_cstr(class_entry, "Topup", &enum_case_Topup_value);

	zval enum_case_Withdraw_value;
	zend_string *enum_case_Withdraw_value_str = zend_string_init("withdraw", strlen("withdraw"), 1);
	ZVAL_STR(&enum_case_Withdraw_value, enum_case_Withdraw_value_str);
	zend_enum_add_case_cstr(class_entry, "Withdraw", &enum_case_Withdraw_value);

	zval enum_case_Settlement_value;
	zend_string *enum_case_Settlement_value_str = zend_string_init("settlement", strlen("settlement"), 1);
	ZVAL_STR(&enum_case_Settlement_value, enum_case_Settlement_value_str);
	zend_enum_add_case_cstr(class_entry, "Settlement", &enum_case_Settlement_value);

	return class_entry;
}
