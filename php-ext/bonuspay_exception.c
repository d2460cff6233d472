/* The exceptions: from the library's errors, and of the extension's own. */

#include "php_bonuspay.h"
#include "ext/spl/spl_exceptions.h"
#include "bonuspay_exception_arginfo.h"

static zend_class_entry *class_for(int32_t status)
{
	switch (status) {
		case BONUSPAY_INVALID_CONFIG:
		case BONUSPAY_KEY:
			return php_bonuspay_ce.config;
		case BONUSPAY_NULL_ARGUMENT:
		case BONUSPAY_INVALID_ARGUMENT:
			return php_bonuspay_ce.argument;
		case BONUSPAY_CONNECT:
		case BONUSPAY_TLS:
		case BONUSPAY_IO:
			return php_bonuspay_ce.network;
		case BONUSPAY_TIMEOUT:
			return php_bonuspay_ce.timeout;
		case BONUSPAY_HTTP_STATUS:
		case BONUSPAY_PROTOCOL:
			return php_bonuspay_ce.protocol;
		case BONUSPAY_NOTIFICATION_MISMATCH:
			return php_bonuspay_ce.mismatch;
		case BONUSPAY_BAD_SIGNATURE:
			return php_bonuspay_ce.signature;
		case BONUSPAY_API:
			return php_bonuspay_ce.api;
		default:
			return php_bonuspay_ce.internal;
	}
}

/*
 * The class that declares the properties: they are private. The stub has them and their getters twice: the one is a
 * logic exception of PHP's, the others are runtime exceptions, and an extension's classes can use no trait, which alone
 * could hold them for both. The code behind the getters is one.
 */
static zend_class_entry *owner_of(zend_object *exception)
{
	return instanceof_function(exception->ce, php_bonuspay_ce.argument) ? php_bonuspay_ce.argument
		: php_bonuspay_ce.runtime;
}

static void set_outcome(zend_object *exception, int32_t number)
{
	zval outcome;
	ZVAL_OBJ_COPY(&outcome, php_bonuspay_outcome(number));
	zend_update_property(owner_of(exception), exception, ZEND_STRL("outcome"), &outcome);
	zval_ptr_dtor(&outcome);
}

static void set_text(zend_object *exception, const char *name,
	const char *(*getter)(const bonuspay_error *, size_t *), const bonuspay_error *error)
{
	size_t length;
	const char *text = getter(error, &length);
	if (text) {
		zend_update_property_stringl(owner_of(exception), exception, name, strlen(name), text, length);
	}
}

/*
 * What the library reports, as an exception that is not thrown yet. An exhausted memory limit leaves this function by a
 * jump, so the caller has parked the error.
 */
zend_object *php_bonuspay_exception(const bonuspay_error *error)
{
	zval made;
	int32_t status = bonuspay_error_status(error);
	object_init_ex(&made, class_for(status));
	zend_object *exception = Z_OBJ(made);
	const char *message = bonuspay_error_message(error, NULL);
	zend_update_property_string(zend_ce_exception, exception, ZEND_STRL("message"), message ? message : "");
	zend_update_property_long(zend_ce_exception, exception, ZEND_STRL("code"), status);
	zend_class_entry *owner = owner_of(exception);
	set_outcome(exception, bonuspay_error_outcome(error));
	zend_update_property_bool(owner, exception, ZEND_STRL("retryable"), bonuspay_error_retryable(error));
	zend_update_property_bool(owner, exception, ZEND_STRL("authenticated"), bonuspay_error_authenticated(error));
	if (bonuspay_error_http_status(error)) {
		zend_update_property_long(owner, exception, ZEND_STRL("httpStatus"), bonuspay_error_http_status(error));
	}
	set_text(exception, "field", bonuspay_error_field, error);
	set_text(exception, "apiCode", bonuspay_error_api_code, error);
	set_text(exception, "apiMessage", bonuspay_error_api_message, error);
	set_text(exception, "traceCode", bonuspay_error_trace_code, error);
	return exception;
}

static void forget_error(void)
{
	bonuspay_error_free(BONUSPAY_G(error));
	BONUSPAY_G(error) = NULL;
}

/* Throws what the library reports, and frees it. */
void php_bonuspay_throw(bonuspay_error *error)
{
	BONUSPAY_G(error) = error;
	zend_throw_exception_internal(php_bonuspay_exception(error));
	forget_error();
}

/*
 * A place for the errors of several questions. There may be more than one: making an exception can let the garbage
 * collector run, and somebody's destructor may ask questions of its own.
 */
php_bonuspay_parked_errors *php_bonuspay_park(void)
{
	php_bonuspay_parked_errors *parked = pecalloc(1, sizeof(*parked), true);
	parked->outer = BONUSPAY_G(parked);
	BONUSPAY_G(parked) = parked;
	return parked;
}

/* Frees the place that was made last, with what is in it. */
void php_bonuspay_unpark(void)
{
	php_bonuspay_parked_errors *parked = BONUSPAY_G(parked);
	BONUSPAY_G(parked) = parked->outer;
	for (size_t at = 0; at < BONUSPAY_QUESTIONS_MAX; at++) {
		bonuspay_error_free(parked->errors[at]);
	}
	pefree(parked, true);
}

void php_bonuspay_forget_errors(void)
{
	forget_error();
	while (BONUSPAY_G(parked)) {
		php_bonuspay_unpark();
	}
}

/* A message goes to logs, and a name in it is the caller's: no line break in it, and no half of a character. */
static void make_printable(zend_string *message)
{
	for (size_t at = 0; at < ZSTR_LEN(message); at++) {
		unsigned char byte = (unsigned char) ZSTR_VAL(message)[at];
		if (byte < 0x20 || byte > 0x7e) {
			ZSTR_VAL(message)[at] = '?';
		}
	}
}

/* Throws what the extension itself finds wrong in an argument: nothing was sent. */
void php_bonuspay_throw_argument(const char *field, size_t field_len, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	zend_string *message = zend_vstrpprintf(0, format, arguments);
	va_end(arguments);
	make_printable(message);

	zend_object *exception = zend_throw_exception(php_bonuspay_ce.argument, ZSTR_VAL(message),
		BONUSPAY_INVALID_ARGUMENT);
	zend_string_release(message);
	set_outcome(exception, BONUSPAY_OUTCOME_NOT_SENT);
	zend_update_property_stringl(php_bonuspay_ce.argument, exception, ZEND_STRL("field"), field, field_len);
}

static void get_property(INTERNAL_FUNCTION_PARAMETERS, const char *name)
{
	ZEND_PARSE_PARAMETERS_NONE();
	zend_object *exception = Z_OBJ_P(ZEND_THIS);
	zval held, *value = zend_read_property(owner_of(exception), exception, name, strlen(name), true, &held);
	RETURN_COPY_DEREF(value);
}

PHP_METHOD(BonusPay_Exception_RuntimeException, getOutcome)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "outcome");
	/* Made by somebody's own `new`: nothing is known of it. */
	if (Z_TYPE_P(return_value) == IS_NULL) {
		RETURN_OBJ_COPY(php_bonuspay_outcome(BONUSPAY_OUTCOME_UNKNOWN));
	}
}

PHP_METHOD(BonusPay_Exception_RuntimeException, isRetryable)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "retryable");
}

PHP_METHOD(BonusPay_Exception_RuntimeException, isAuthenticated)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "authenticated");
}

PHP_METHOD(BonusPay_Exception_RuntimeException, getField)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "field");
}

PHP_METHOD(BonusPay_Exception_RuntimeException, getHttpStatus)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "httpStatus");
}

PHP_METHOD(BonusPay_Exception_RuntimeException, getApiCode)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "apiCode");
}

PHP_METHOD(BonusPay_Exception_RuntimeException, getApiMessage)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "apiMessage");
}

PHP_METHOD(BonusPay_Exception_RuntimeException, getTraceCode)
{
	get_property(INTERNAL_FUNCTION_PARAM_PASSTHRU, "traceCode");
}

void php_bonuspay_register_exceptions(void)
{
	php_bonuspay_classes *ce = &php_bonuspay_ce;
	ce->exception = register_class_BonusPay_Exception_Exception(zend_ce_throwable);
	ce->runtime = register_class_BonusPay_Exception_RuntimeException(spl_ce_RuntimeException, ce->exception);
	ce->argument =
		register_class_BonusPay_Exception_InvalidArgumentException(spl_ce_InvalidArgumentException, ce->exception);
	ce->config = register_class_BonusPay_Exception_ConfigException(ce->runtime);
	ce->network = register_class_BonusPay_Exception_NetworkException(ce->runtime);
	ce->timeout = register_class_BonusPay_Exception_TimeoutException(ce->network);
	ce->protocol = register_class_BonusPay_Exception_ProtocolException(ce->runtime);
	ce->mismatch = register_class_BonusPay_Exception_MismatchException(ce->runtime);
	ce->signature = register_class_BonusPay_Exception_SignatureException(ce->runtime);
	ce->api = register_class_BonusPay_Exception_ApiException(ce->runtime);
	ce->internal = register_class_BonusPay_Exception_InternalException(ce->runtime);
}
