/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 32a717499595b12752d6d16f81b64a9665266242 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_BonusPay_Response___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_get, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, pointer, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_toArray, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_getJson, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Response_getRaw arginfo_class_BonusPay_Response_getJson

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Response_getState, 0, 0, BonusPay\\State, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_getCheckoutUrl, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_matchesRequest, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(BonusPay_Response, __construct);
ZEND_METHOD(BonusPay_Response, get);
ZEND_METHOD(BonusPay_Response, toArray);
ZEND_METHOD(BonusPay_Response, getJson);
ZEND_METHOD(BonusPay_Response, getRaw);
ZEND_METHOD(BonusPay_Response, getState);
ZEND_METHOD(BonusPay_Response, getCheckoutUrl);
ZEND_METHOD(BonusPay_Response, matchesRequest);


static const zend_function_entry class_BonusPay_Response_methods[] = {
	ZEND_ME(BonusPay_Response, __construct, arginfo_class_BonusPay_Response___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(BonusPay_Response, get, arginfo_class_BonusPay_Response_get, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Response, toArray, arginfo_class_BonusPay_Response_toArray, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Response, getJson, arginfo_class_BonusPay_Response_getJson, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Response, getRaw, arginfo_class_BonusPay_Response_getRaw, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Response, getState, arginfo_class_BonusPay_Response_getState, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Response, getCheckoutUrl, arginfo_class_BonusPay_Response_getCheckoutUrl, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Response, matchesRequest, arginfo_class_BonusPay_Response_matchesRequest, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_BonusPay_Response(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "Response", class_BonusPay_Response_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
