/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: e87337da3fbef9e070ff0bf0d253da4a0a9d1d48 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_BonusPay_KeyPair___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_KeyPair_generate, 0, 0, BonusPay\\KeyPair, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, bits, IS_LONG, 0, "2048")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_KeyPair_fromPrivateKey, 0, 1, BonusPay\\KeyPair, 0)
	ZEND_ARG_TYPE_INFO(0, privateKey, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_KeyPair_getPrivateKey, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_KeyPair_getPublicKey arginfo_class_BonusPay_KeyPair_getPrivateKey

#define arginfo_class_BonusPay_KeyPair_getFingerprint arginfo_class_BonusPay_KeyPair_getPrivateKey


ZEND_METHOD(BonusPay_KeyPair, __construct);
ZEND_METHOD(BonusPay_KeyPair, generate);
ZEND_METHOD(BonusPay_KeyPair, fromPrivateKey);
ZEND_METHOD(BonusPay_KeyPair, getPrivateKey);
ZEND_METHOD(BonusPay_KeyPair, getPublicKey);
ZEND_METHOD(BonusPay_KeyPair, getFingerprint);


static const zend_function_entry class_BonusPay_KeyPair_methods[] = {
	ZEND_ME(BonusPay_KeyPair, __construct, arginfo_class_BonusPay_KeyPair___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(BonusPay_KeyPair, generate, arginfo_class_BonusPay_KeyPair_generate, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(BonusPay_KeyPair, fromPrivateKey, arginfo_class_BonusPay_KeyPair_fromPrivateKey, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(BonusPay_KeyPair, getPrivateKey, arginfo_class_BonusPay_KeyPair_getPrivateKey, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_KeyPair, getPublicKey, arginfo_class_BonusPay_KeyPair_getPublicKey, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_KeyPair, getFingerprint, arginfo_class_BonusPay_KeyPair_getFingerprint, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_BonusPay_KeyPair(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "KeyPair", class_BonusPay_KeyPair_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "fromprivatekey", sizeof("fromprivatekey") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
