/* BonusPay\Response: a verified answer. */

#include "php_bonuspay.h"
#include "bonuspay_response_arginfo.h"

PHP_BONUSPAY_HANDLERS(response, bonuspay_response_free)

PHP_BONUSPAY_DOCUMENT_METHODS(BonusPay_Response, response)

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
