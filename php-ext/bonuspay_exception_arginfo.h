/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 1be06b26b4d556183b9e57b5c00e60dcca981506 */

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Exception_Exception_getOutcome, 0, 0, BonusPay\\Outcome, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Exception_Exception_isRetryable, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Exception_Exception_isAuthenticated arginfo_class_BonusPay_Exception_Exception_isRetryable

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Exception_Exception_getField, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Exception_Exception_getHttpStatus, 0, 0, IS_LONG, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Exception_Exception_getApiCode arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_Exception_getApiMessage arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_Exception_getTraceCode arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_RuntimeException_getOutcome arginfo_class_BonusPay_Exception_Exception_getOutcome

#define arginfo_class_BonusPay_Exception_RuntimeException_isRetryable arginfo_class_BonusPay_Exception_Exception_isRetryable

#define arginfo_class_BonusPay_Exception_RuntimeException_isAuthenticated arginfo_class_BonusPay_Exception_Exception_isRetryable

#define arginfo_class_BonusPay_Exception_RuntimeException_getField arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_RuntimeException_getHttpStatus arginfo_class_BonusPay_Exception_Exception_getHttpStatus

#define arginfo_class_BonusPay_Exception_RuntimeException_getApiCode arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_RuntimeException_getApiMessage arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_RuntimeException_getTraceCode arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getOutcome arginfo_class_BonusPay_Exception_Exception_getOutcome

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_isRetryable arginfo_class_BonusPay_Exception_Exception_isRetryable

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_isAuthenticated arginfo_class_BonusPay_Exception_Exception_isRetryable

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getField arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getHttpStatus arginfo_class_BonusPay_Exception_Exception_getHttpStatus

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getApiCode arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getApiMessage arginfo_class_BonusPay_Exception_Exception_getField

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getTraceCode arginfo_class_BonusPay_Exception_Exception_getField


ZEND_METHOD(BonusPay_Exception_RuntimeException, getOutcome);
ZEND_METHOD(BonusPay_Exception_RuntimeException, isRetryable);
ZEND_METHOD(BonusPay_Exception_RuntimeException, isAuthenticated);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getField);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getHttpStatus);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getApiCode);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getApiMessage);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getTraceCode);


static const zend_function_entry class_BonusPay_Exception_Exception_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, getOutcome, arginfo_class_BonusPay_Exception_Exception_getOutcome, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, isRetryable, arginfo_class_BonusPay_Exception_Exception_isRetryable, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, isAuthenticated, arginfo_class_BonusPay_Exception_Exception_isAuthenticated, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, getField, arginfo_class_BonusPay_Exception_Exception_getField, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, getHttpStatus, arginfo_class_BonusPay_Exception_Exception_getHttpStatus, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, getApiCode, arginfo_class_BonusPay_Exception_Exception_getApiCode, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, getApiMessage, arginfo_class_BonusPay_Exception_Exception_getApiMessage, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(BonusPay_Exception_Exception, getTraceCode, arginfo_class_BonusPay_Exception_Exception_getTraceCode, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_RuntimeException_methods[] = {
	ZEND_ME(BonusPay_Exception_RuntimeException, getOutcome, arginfo_class_BonusPay_Exception_RuntimeException_getOutcome, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, isRetryable, arginfo_class_BonusPay_Exception_RuntimeException_isRetryable, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, isAuthenticated, arginfo_class_BonusPay_Exception_RuntimeException_isAuthenticated, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, getField, arginfo_class_BonusPay_Exception_RuntimeException_getField, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, getHttpStatus, arginfo_class_BonusPay_Exception_RuntimeException_getHttpStatus, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, getApiCode, arginfo_class_BonusPay_Exception_RuntimeException_getApiCode, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, getApiMessage, arginfo_class_BonusPay_Exception_RuntimeException_getApiMessage, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Exception_RuntimeException, getTraceCode, arginfo_class_BonusPay_Exception_RuntimeException_getTraceCode, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_ConfigException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_InvalidArgumentException_methods[] = {
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, getOutcome, getOutcome, arginfo_class_BonusPay_Exception_InvalidArgumentException_getOutcome, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, isRetryable, isRetryable, arginfo_class_BonusPay_Exception_InvalidArgumentException_isRetryable, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, isAuthenticated, isAuthenticated, arginfo_class_BonusPay_Exception_InvalidArgumentException_isAuthenticated, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, getField, getField, arginfo_class_BonusPay_Exception_InvalidArgumentException_getField, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, getHttpStatus, getHttpStatus, arginfo_class_BonusPay_Exception_InvalidArgumentException_getHttpStatus, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, getApiCode, getApiCode, arginfo_class_BonusPay_Exception_InvalidArgumentException_getApiCode, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, getApiMessage, getApiMessage, arginfo_class_BonusPay_Exception_InvalidArgumentException_getApiMessage, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(BonusPay_Exception_RuntimeException, getTraceCode, getTraceCode, arginfo_class_BonusPay_Exception_InvalidArgumentException_getTraceCode, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_NetworkException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_TimeoutException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_ProtocolException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_MismatchException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_SignatureException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_ApiException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Exception_InternalException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_BonusPay_Exception_Exception(zend_class_entry *class_entry_Throwable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "Exception", class_BonusPay_Exception_Exception_methods);
	class_entry = zend_register_internal_interface(&ce);
	zend_class_implements(class_entry, 1, class_entry_Throwable);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_RuntimeException(zend_class_entry *class_entry_RuntimeException, zend_class_entry *class_entry_BonusPay_Exception_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "RuntimeException", class_BonusPay_Exception_RuntimeException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT;
	zend_class_implements(class_entry, 1, class_entry_BonusPay_Exception_Exception);

	zend_string *property_outcome_class_BonusPay_Outcome = zend_string_init("BonusPay\\Outcome", sizeof("BonusPay\\Outcome")-1, 1);
	zval property_outcome_default_value;
	ZVAL_NULL(&property_outcome_default_value);
	zend_string *property_outcome_name = zend_string_init("outcome", sizeof("outcome") - 1, 1);
	zend_declare_typed_property(class_entry, property_outcome_name, &property_outcome_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_outcome_class_BonusPay_Outcome, 0, MAY_BE_NULL));
	zend_string_release(property_outcome_name);

	zval property_retryable_default_value;
	ZVAL_FALSE(&property_retryable_default_value);
	zend_string *property_retryable_name = zend_string_init("retryable", sizeof("retryable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryable_name, &property_retryable_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retryable_name);

	zval property_authenticated_default_value;
	ZVAL_FALSE(&property_authenticated_default_value);
	zend_string *property_authenticated_name = zend_string_init("authenticated", sizeof("authenticated") - 1, 1);
	zend_declare_typed_property(class_entry, property_authenticated_name, &property_authenticated_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_authenticated_name);

	zval property_field_default_value;
	ZVAL_NULL(&property_field_default_value);
	zend_string *property_field_name = zend_string_init("field", sizeof("field") - 1, 1);
	zend_declare_typed_property(class_entry, property_field_name, &property_field_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_field_name);

	zval property_httpStatus_default_value;
	ZVAL_NULL(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_httpStatus_name);

	zval property_apiCode_default_value;
	ZVAL_NULL(&property_apiCode_default_value);
	zend_string *property_apiCode_name = zend_string_init("apiCode", sizeof("apiCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiCode_name, &property_apiCode_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_apiCode_name);

	zval property_apiMessage_default_value;
	ZVAL_NULL(&property_apiMessage_default_value);
	zend_string *property_apiMessage_name = zend_string_init("apiMessage", sizeof("apiMessage") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiMessage_name, &property_apiMessage_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_apiMessage_name);

	zval property_traceCode_default_value;
	ZVAL_NULL(&property_traceCode_default_value);
	zend_string *property_traceCode_name = zend_string_init("traceCode", sizeof("traceCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_traceCode_name, &property_traceCode_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_traceCode_name);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_ConfigException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "ConfigException", class_BonusPay_Exception_ConfigException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_InvalidArgumentException(zend_class_entry *class_entry_InvalidArgumentException, zend_class_entry *class_entry_BonusPay_Exception_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "InvalidArgumentException", class_BonusPay_Exception_InvalidArgumentException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_InvalidArgumentException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;
	zend_class_implements(class_entry, 1, class_entry_BonusPay_Exception_Exception);

	zend_string *property_outcome_class_BonusPay_Outcome = zend_string_init("BonusPay\\Outcome", sizeof("BonusPay\\Outcome")-1, 1);
	zval property_outcome_default_value;
	ZVAL_NULL(&property_outcome_default_value);
	zend_string *property_outcome_name = zend_string_init("outcome", sizeof("outcome") - 1, 1);
	zend_declare_typed_property(class_entry, property_outcome_name, &property_outcome_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_outcome_class_BonusPay_Outcome, 0, MAY_BE_NULL));
	zend_string_release(property_outcome_name);

	zval property_retryable_default_value;
	ZVAL_FALSE(&property_retryable_default_value);
	zend_string *property_retryable_name = zend_string_init("retryable", sizeof("retryable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryable_name, &property_retryable_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retryable_name);

	zval property_authenticated_default_value;
	ZVAL_FALSE(&property_authenticated_default_value);
	zend_string *property_authenticated_name = zend_string_init("authenticated", sizeof("authenticated") - 1, 1);
	zend_declare_typed_property(class_entry, property_authenticated_name, &property_authenticated_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_authenticated_name);

	zval property_field_default_value;
	ZVAL_NULL(&property_field_default_value);
	zend_string *property_field_name = zend_string_init("field", sizeof("field") - 1, 1);
	zend_declare_typed_property(class_entry, property_field_name, &property_field_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_field_name);

	zval property_httpStatus_default_value;
	ZVAL_NULL(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_httpStatus_name);

	zval property_apiCode_default_value;
	ZVAL_NULL(&property_apiCode_default_value);
	zend_string *property_apiCode_name = zend_string_init("apiCode", sizeof("apiCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiCode_name, &property_apiCode_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_apiCode_name);

	zval property_apiMessage_default_value;
	ZVAL_NULL(&property_apiMessage_default_value);
	zend_string *property_apiMessage_name = zend_string_init("apiMessage", sizeof("apiMessage") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiMessage_name, &property_apiMessage_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_apiMessage_name);

	zval property_traceCode_default_value;
	ZVAL_NULL(&property_traceCode_default_value);
	zend_string *property_traceCode_name = zend_string_init("traceCode", sizeof("traceCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_traceCode_name, &property_traceCode_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_traceCode_name);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_NetworkException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "NetworkException", class_BonusPay_Exception_NetworkException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_TimeoutException(zend_class_entry *class_entry_BonusPay_Exception_NetworkException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "TimeoutException", class_BonusPay_Exception_TimeoutException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_NetworkException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_ProtocolException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "ProtocolException", class_BonusPay_Exception_ProtocolException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_MismatchException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "MismatchException", class_BonusPay_Exception_MismatchException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_SignatureException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "SignatureException", class_BonusPay_Exception_SignatureException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_ApiException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "ApiException", class_BonusPay_Exception_ApiException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Exception_InternalException(zend_class_entry *class_entry_BonusPay_Exception_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay\\Exception", "InternalException", class_BonusPay_Exception_InternalException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_BonusPay_Exception_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}
