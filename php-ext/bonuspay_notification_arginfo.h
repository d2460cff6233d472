/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: d8d15f7fff786725073b65666311a767a6b384d5 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_BonusPay_Notification___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Notification_getKind, 0, 0, BonusPay\\\116otificationKind, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Notification_getState, 0, 0, BonusPay\\State, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Notification_getId, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Notification_get, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, pointer, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Notification_toArray, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Notification_getJson, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Notification_getRaw arginfo_class_BonusPay_Notification_getJson


ZEND_METHOD(BonusPay_Notification, __construct);
ZEND_METHOD(BonusPay_Notification, getKind);
ZEND_METHOD(BonusPay_Notification, getState);
ZEND_METHOD(BonusPay_Notification, getId);
ZEND_METHOD(BonusPay_Notification, get);
ZEND_METHOD(BonusPay_Notification, toArray);
ZEND_METHOD(BonusPay_Notification, getJson);
ZEND_METHOD(BonusPay_Notification, getRaw);


static const zend_function_entry class_BonusPay_Notification_methods[] = {
	ZEND_ME(BonusPay_Notification, __construct, arginfo_class_BonusPay_Notification___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(BonusPay_Notification, getKind, arginfo_class_BonusPay_Notification_getKind, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Notification, getState, arginfo_class_BonusPay_Notification_getState, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Notification, getId, arginfo_class_BonusPay_Notification_getId, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Notification, get, arginfo_class_BonusPay_Notification_get, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Notification, toArray, arginfo_class_BonusPay_Notification_toArray, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Notification, getJson, arginfo_class_BonusPay_Notification_getJson, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Notification, getRaw, arginfo_class_BonusPay_Notification_getRaw, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_BonusPay_Notification(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "Notification", class_BonusPay_Notification_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
