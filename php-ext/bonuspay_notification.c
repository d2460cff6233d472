/* BonusPay\Notification: a verified notification. */

#include "php_bonuspay.h"
#include "bonuspay_notification_arginfo.h"

PHP_BONUSPAY_HANDLERS(notification, bonuspay_notification_free)

PHP_BONUSPAY_DOCUMENT_METHODS(BonusPay_Notification, notification)

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

void php_bonuspay_register_notification(void)
{
	php_bonuspay_ce.notification = register_class_BonusPay_Notification();
	notification_prepare(php_bonuspay_ce.notification);
}
