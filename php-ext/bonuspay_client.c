/* BonusPay\Client: a method an endpoint. */

#include "php_bonuspay.h"
#include "bonuspay_client_arginfo.h"

PHP_BONUSPAY_HANDLERS(client, php_bonuspay_client_release)

PHP_METHOD(BonusPay_Client, __construct)
{
	HashTable *options;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY_HT(options)
	ZEND_PARSE_PARAMETERS_END();

	php_bonuspay_client *client = php_bonuspay_client_of(Z_OBJ_P(ZEND_THIS));
	if (client->handle) {
		zend_throw_error(NULL, "This BonusPay\\Client is made already");
		RETURN_THROWS();
	}
	client->handle = php_bonuspay_client_for(options);
}

typedef bonuspay_status (*endpoint)(const bonuspay_client *, const char *, size_t,
	bonuspay_response **, bonuspay_error **);

/*
 * A call from bizContent to Response: an array, or JSON text that goes to the library as it is. PHP would make text of
 * a number and of null, neither of which is a request. The object that will own the answer is made before the answer is
 * there, so that an exhausted memory limit cannot come between the two.
 */
static void call(INTERNAL_FUNCTION_PARAMETERS, endpoint send, zend_string *path, zval *biz_content)
{
	php_bonuspay_shared_client *PHP_BONUSPAY_THIS(client, shared)
	smart_str written = {0};
	zend_string *json;
	if (Z_TYPE_P(biz_content) == IS_STRING) {
		json = Z_STR_P(biz_content);
	} else if (Z_TYPE_P(biz_content) == IS_ARRAY) {
		if (php_bonuspay_encode(&written, Z_ARRVAL_P(biz_content)) == FAILURE) {
			smart_str_free(&written);
			RETURN_THROWS();
		}
		json = written.s;
	} else {
		zend_argument_type_error(path ? 2 : 1, "must be of type array|string, %s given",
			zend_zval_type_name(biz_content));
		RETURN_THROWS();
	}
	object_init_ex(return_value, php_bonuspay_ce.response);
	bonuspay_response **answer = &php_bonuspay_response_of(Z_OBJ_P(return_value))->handle;
	bonuspay_error *error = NULL;
	if (path) {
		bonuspay_call(shared->client, ZSTR_VAL(path), ZSTR_LEN(path), ZSTR_VAL(json), ZSTR_LEN(json), answer, &error);
	} else {
		send(shared->client, ZSTR_VAL(json), ZSTR_LEN(json), answer, &error);
	}
	smart_str_free(&written);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
}

#define ENDPOINT(method, function) \
	PHP_METHOD(BonusPay_Client, method) \
	{ \
		zval *biz_content; \
		ZEND_PARSE_PARAMETERS_START(1, 1) \
			Z_PARAM_ZVAL(biz_content) \
		ZEND_PARSE_PARAMETERS_END(); \
		call(INTERNAL_FUNCTION_PARAM_PASSTHRU, function, NULL, biz_content); \
	}

ENDPOINT(placeOrder, bonuspay_order_place)
ENDPOINT(cancelOrder, bonuspay_order_cancel)
ENDPOINT(acceptOrder, bonuspay_order_accept)
ENDPOINT(getOrder, bonuspay_order_get)
ENDPOINT(getPaymentEvents, bonuspay_order_payment_events)
ENDPOINT(refund, bonuspay_refund_place)
ENDPOINT(getRefund, bonuspay_refund_get)
ENDPOINT(getTopupAddress, bonuspay_topup_address)
ENDPOINT(getTopupDeposits, bonuspay_topup_deposits)
ENDPOINT(getTopupDeposit, bonuspay_topup_deposit)
ENDPOINT(withdraw, bonuspay_withdraw_place)
ENDPOINT(getWithdrawal, bonuspay_withdraw_get)
ENDPOINT(getWithdrawNetworks, bonuspay_withdraw_networks)
ENDPOINT(transfer, bonuspay_transfer_place)
ENDPOINT(getTransfer, bonuspay_transfer_get)
ENDPOINT(getTransferNetworks, bonuspay_transfer_networks)
ENDPOINT(getFxRate, bonuspay_fx_rate)
ENDPOINT(settle, bonuspay_settlement_place)
ENDPOINT(getSettlement, bonuspay_settlement_get)
ENDPOINT(createSubMerchant, bonuspay_submerchant_create)
ENDPOINT(getSubMerchant, bonuspay_submerchant_get)

PHP_METHOD(BonusPay_Client, getBalances)
{
	zval all, *biz_content = &all;
	ZVAL_EMPTY_ARRAY(&all);
	ZEND_PARSE_PARAMETERS_START(0, 1)
		Z_PARAM_OPTIONAL
		Z_PARAM_ZVAL(biz_content)
	ZEND_PARSE_PARAMETERS_END();
	call(INTERNAL_FUNCTION_PARAM_PASSTHRU, bonuspay_account_balances, NULL, biz_content);
}

PHP_METHOD(BonusPay_Client, call)
{
	zend_string *path;
	zval *biz_content;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(path)
		Z_PARAM_ZVAL(biz_content)
	ZEND_PARSE_PARAMETERS_END();
	call(INTERNAL_FUNCTION_PARAM_PASSTHRU, NULL, path, biz_content);
}

PHP_METHOD(BonusPay_Client, callMany)
{
	HashTable *calls;
	zend_long deadline_ms = 0;
	bool no_deadline = true;
	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_ARRAY_HT(calls)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(deadline_ms, no_deadline)
	ZEND_PARSE_PARAMETERS_END();

	php_bonuspay_shared_client *PHP_BONUSPAY_THIS(client, shared)
	if (deadline_ms < 0 || deadline_ms > UINT32_MAX) {
		php_bonuspay_throw_argument(ZEND_STRL("deadlineMs"),
			"deadlineMs must be milliseconds, 1 to 600000; 0 or null for the client's total_timeout_ms");
		RETURN_THROWS();
	}
	php_bonuspay_ask(return_value, shared->client, calls, no_deadline ? 0 : (uint32_t) deadline_ms);
}

PHP_METHOD(BonusPay_Client, verifyNotification)
{
	zend_string *body, *sign, *partner_id = NULL;
	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_STR(body)
		Z_PARAM_STR(sign)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR_OR_NULL(partner_id)
	ZEND_PARSE_PARAMETERS_END();

	php_bonuspay_shared_client *PHP_BONUSPAY_THIS(client, shared)
	object_init_ex(return_value, php_bonuspay_ce.notification);
	bonuspay_error *error = NULL;
	bonuspay_notification_verify(shared->client, ZSTR_VAL(body), ZSTR_LEN(body), ZSTR_VAL(sign), ZSTR_LEN(sign),
		partner_id ? ZSTR_VAL(partner_id) : NULL, partner_id ? ZSTR_LEN(partner_id) : 0,
		&php_bonuspay_notification_of(Z_OBJ_P(return_value))->handle, &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
}

PHP_METHOD(BonusPay_Client, sign)
{
	zend_string *message;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(message)
	ZEND_PARSE_PARAMETERS_END();

	php_bonuspay_shared_client *PHP_BONUSPAY_THIS(client, shared)
	char sign[700]; /* 684 for the largest key, of 4096 bits */
	size_t length;
	bonuspay_error *error = NULL;
	bonuspay_sign(shared->client, ZSTR_VAL(message), ZSTR_LEN(message), sign, sizeof(sign), &length, &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
	RETURN_STRINGL(sign, length);
}

PHP_METHOD(BonusPay_Client, verify)
{
	zend_string *message, *sign;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(message)
		Z_PARAM_STR(sign)
	ZEND_PARSE_PARAMETERS_END();

	php_bonuspay_shared_client *PHP_BONUSPAY_THIS(client, shared)
	bonuspay_error *error = NULL;
	bonuspay_status status = bonuspay_verify(shared->client, ZSTR_VAL(message), ZSTR_LEN(message),
		ZSTR_VAL(sign), ZSTR_LEN(sign), &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
	RETURN_BOOL(status == BONUSPAY_OK);
}

void php_bonuspay_register_client(void)
{
	client_prepare(register_class_BonusPay_Client());
}
