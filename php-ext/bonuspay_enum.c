/* The enums State, Outcome and NotificationKind, from the numbers that the library gives. */

#include "php_bonuspay.h"
#include "bonuspay_enum_arginfo.h"

/* A number that this extension does not know is a newer library's. */
zend_object *php_bonuspay_state(int32_t state)
{
	const char *name = "Unknown";
	switch (state) {
		case BONUSPAY_STATE_PENDING: name = "Pending"; break;
		case BONUSPAY_STATE_SUCCEEDED: name = "Succeeded"; break;
		case BONUSPAY_STATE_FAILED: name = "Failed"; break;
		case BONUSPAY_STATE_REFUNDED: name = "Refunded"; break;
	}
	return zend_enum_get_case_cstr(php_bonuspay_ce.state, name);
}

zend_object *php_bonuspay_outcome(int32_t outcome)
{
	const char *name = "Unknown";
	switch (outcome) {
		case BONUSPAY_OUTCOME_NOT_SENT: name = "NotSent"; break;
		case BONUSPAY_OUTCOME_REJECTED: name = "Rejected"; break;
	}
	return zend_enum_get_case_cstr(php_bonuspay_ce.outcome, name);
}

/* NULL for a kind that this extension does not know. */
zend_object *php_bonuspay_kind(int32_t kind)
{
	switch (kind) {
		case BONUSPAY_NOTIFICATION_ORDER: return zend_enum_get_case_cstr(php_bonuspay_ce.kind, "Order");
		case BONUSPAY_NOTIFICATION_REFUND: return zend_enum_get_case_cstr(php_bonuspay_ce.kind, "Refund");
		case BONUSPAY_NOTIFICATION_TOPUP: return zend_enum_get_case_cstr(php_bonuspay_ce.kind, "Topup");
		case BONUSPAY_NOTIFICATION_WITHDRAW: return zend_enum_get_case_cstr(php_bonuspay_ce.kind, "Withdraw");
		case BONUSPAY_NOTIFICATION_SETTLEMENT: return zend_enum_get_case_cstr(php_bonuspay_ce.kind, "Settlement");
	}
	return NULL;
}

void php_bonuspay_register_enums(void)
{
	php_bonuspay_ce.state = register_class_BonusPay_State();
	php_bonuspay_ce.outcome = register_class_BonusPay_Outcome();
	php_bonuspay_ce.kind = register_class_BonusPay_NotificationKind();
}
