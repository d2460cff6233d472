/* BonusPay\Notification: a verified notification. */

#include "php_bonuspay.h"
#include "bonuspay_notification_arginfo.h"

PHP_BONUSPAY_HANDLERS(notification, bonuspay_notification_free)

/* Only reflection comes here. */
PHP_METHOD(BonusPay_Notification, __construct)
{
	ZEND_PARSE_PARAMETERS_NONE();
}

PHP_METHOD(BonusPay_Notification, getKind)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	zend_object *kind = php_bonuspay_kind(bonuspay_notification_kind(notification));
	if (!kind) {
		zend_throw_error(NULL, "This notification is of a kind that the extension does not know: update it");
		RETURN_THROWS();
	}
	RETURN_OBJ_COPY(kind);
}

PHP_METHOD(BonusPay_Notification, getState)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	RETURN_OBJ_COPY(php_bonuspay_state(bonuspay_notification_state(notification)));
}

PHP_METHOD(BonusPay_Notification, getId)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	size_t length;
	const char *id = bonuspay_notification_id(notification, &length);
	PHP_BONUSPAY_RETURN_TEXT(id, length);
}

PHP_METHOD(BonusPay_Notification, get)
{
	zend_string *pointer;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(pointer)
	ZEND_PARSE_PARAMETERS_END();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	size_t length;
	const char *text = bonuspay_notification_get(notification, ZSTR_VAL(pointer), ZSTR_LEN(pointer), &length);
	PHP_BONUSPAY_RETURN_TEXT(text, length);
}

PHP_METHOD(BonusPay_Notification, toArray)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	size_t length;
	const char *json = bonuspay_notification_json(notification, &length);
	php_bonuspay_decode(return_value, json, length);
}

PHP_METHOD(BonusPay_Notification, getJson)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	size_t length;
	const char *json = bonuspay_notification_json(notification, &length);
	RETURN_STRINGL(json, length);
}

PHP_METHOD(BonusPay_Notification, getRaw)
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_notification *PHP_BONUSPAY_THIS(notification, notification)
	size_t length;
	const char *raw = bonuspay_notification_raw(notification, &length);
	RETURN_STRINGL(raw, length);
}

void php_bonuspay_register_notification(void)
{
	php_bonuspay_ce.notification = register_class_BonusPay_Notification();
	notification_prepare(php_bonuspay_ce.notification);
}
