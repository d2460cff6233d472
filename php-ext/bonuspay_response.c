/* BonusPay\Response: a verified answer. */

#include "php_bonuspay.h"
#include "bonuspay_response_arginfo.h"

PHP_BONUSPAY_HANDLERS(response, bonuspay_response_free)

/* Only reflection comes here. */
PHP_METHOD(BonusPay_Response, __construct)
{
	ZEND_PARSE_PARAMETERS_NONE();
}

PHP_METHOD(BonusPay_Response, get)
{
	zend_string *pointer;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(pointer)
	ZEND_PARSE_PARAMETERS_END();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	size_t length;
	const char *text = bonuspay_response_get(response, ZSTR_VAL(pointer), ZSTR_LEN(pointer), &length);
	PHP_BONUSPAY_RETURN_TEXT(text, length);
}

PHP_METHOD(BonusPay_Response, toArray)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	size_t length;
	const char *json = bonuspay_response_json(response, &length);
	php_bonuspay_decode(return_value, json, length);
}

PHP_METHOD(BonusPay_Response, getJson)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	size_t length;
	const char *json = bonuspay_response_json(response, &length);
	RETURN_STRINGL(json, length);
}

PHP_METHOD(BonusPay_Response, getRaw)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	size_t length;
	const char *raw = bonuspay_response_raw(response, &length);
	RETURN_STRINGL(raw, length);
}

PHP_METHOD(BonusPay_Response, getState)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	RETURN_OBJ_COPY(php_bonuspay_state(bonuspay_response_state(response)));
}

PHP_METHOD(BonusPay_Response, getCheckoutUrl)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	size_t length;
	const char *url = bonuspay_response_checkout_url(response, &length);
	PHP_BONUSPAY_RETURN_TEXT(url, length);
}

PHP_METHOD(BonusPay_Response, matchesRequest)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_response *PHP_BONUSPAY_THIS(response, response)
	RETURN_BOOL(bonuspay_response_matches_request(response) == 1);
}

void php_bonuspay_register_response(void)
{
	php_bonuspay_ce.response = register_class_BonusPay_Response();
	response_prepare(php_bonuspay_ce.response);
}
