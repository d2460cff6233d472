/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 851d0f01d7cd81b33f214e2ed4ee79a7d1321d8a */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_BonusPay_Client___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, options, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Client_placeOrder, 0, 1, BonusPay\\Response, 0)
	ZEND_ARG_TYPE_MASK(0, bizContent, MAY_BE_ARRAY|MAY_BE_STRING, NULL)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Client_cancelOrder arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_acceptOrder arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getOrder arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getPaymentEvents arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_refund arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getRefund arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getTopupAddress arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getTopupDeposits arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getTopupDeposit arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_withdraw arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getWithdrawal arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getWithdrawNetworks arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_transfer arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getTransfer arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getTransferNetworks arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getFxRate arginfo_class_BonusPay_Client_placeOrder

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Client_getBalances, 0, 0, BonusPay\\Response, 0)
	ZEND_ARG_TYPE_MASK(0, bizContent, MAY_BE_ARRAY|MAY_BE_STRING, "[]")
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Client_settle arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getSettlement arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_createSubMerchant arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getSubMerchant arginfo_class_BonusPay_Client_placeOrder

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Client_call, 0, 2, BonusPay\\Response, 0)
	ZEND_ARG_TYPE_INFO(0, path, IS_STRING, 0)
	ZEND_ARG_TYPE_MASK(0, bizContent, MAY_BE_ARRAY|MAY_BE_STRING, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Client_callMany, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, calls, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, deadlineMs, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Client_verifyNotification, 0, 2, BonusPay\\\116otification, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, sign, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, partnerId, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Client_sign, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Client_verify, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, sign, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(BonusPay_Client, __construct);
ZEND_METHOD(BonusPay_Client, placeOrder);
ZEND_METHOD(BonusPay_Client, cancelOrder);
ZEND_METHOD(BonusPay_Client, acceptOrder);
ZEND_METHOD(BonusPay_Client, getOrder);
ZEND_METHOD(BonusPay_Client, getPaymentEvents);
ZEND_METHOD(BonusPay_Client, refund);
ZEND_METHOD(BonusPay_Client, getRefund);
ZEND_METHOD(BonusPay_Client, getTopupAddress);
ZEND_METHOD(BonusPay_Client, getTopupDeposits);
ZEND_METHOD(BonusPay_Client, getTopupDeposit);
ZEND_METHOD(BonusPay_Client, withdraw);
ZEND_METHOD(BonusPay_Client, getWithdrawal);
ZEND_METHOD(BonusPay_Client, getWithdrawNetworks);
ZEND_METHOD(BonusPay_Client, transfer);
ZEND_METHOD(BonusPay_Client, getTransfer);
ZEND_METHOD(BonusPay_Client, getTransferNetworks);
ZEND_METHOD(BonusPay_Client, getFxRate);
ZEND_METHOD(BonusPay_Client, getBalances);
ZEND_METHOD(BonusPay_Client, settle);
ZEND_METHOD(BonusPay_Client, getSettlement);
ZEND_METHOD(BonusPay_Client, createSubMerchant);
ZEND_METHOD(BonusPay_Client, getSubMerchant);
ZEND_METHOD(BonusPay_Client, call);
ZEND_METHOD(BonusPay_Client, callMany);
ZEND_METHOD(BonusPay_Client, verifyNotification);
ZEND_METHOD(BonusPay_Client, sign);
ZEND_METHOD(BonusPay_Client, verify);


static const zend_function_entry class_BonusPay_Client_methods[] = {
	ZEND_ME(BonusPay_Client, __construct, arginfo_class_BonusPay_Client___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, placeOrder, arginfo_class_BonusPay_Client_placeOrder, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, cancelOrder, arginfo_class_BonusPay_Client_cancelOrder, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, acceptOrder, arginfo_class_BonusPay_Client_acceptOrder, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getOrder, arginfo_class_BonusPay_Client_getOrder, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getPaymentEvents, arginfo_class_BonusPay_Client_getPaymentEvents, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, refund, arginfo_class_BonusPay_Client_refund, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getRefund, arginfo_class_BonusPay_Client_getRefund, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getTopupAddress, arginfo_class_BonusPay_Client_getTopupAddress, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getTopupDeposits, arginfo_class_BonusPay_Client_getTopupDeposits, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getTopupDeposit, arginfo_class_BonusPay_Client_getTopupDeposit, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, withdraw, arginfo_class_BonusPay_Client_withdraw, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getWithdrawal, arginfo_class_BonusPay_Client_getWithdrawal, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getWithdrawNetworks, arginfo_class_BonusPay_Client_getWithdrawNetworks, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, transfer, arginfo_class_BonusPay_Client_transfer, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getTransfer, arginfo_class_BonusPay_Client_getTransfer, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getTransferNetworks, arginfo_class_BonusPay_Client_getTransferNetworks, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getFxRate, arginfo_class_BonusPay_Client_getFxRate, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getBalances, arginfo_class_BonusPay_Client_getBalances, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, settle, arginfo_class_BonusPay_Client_settle, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getSettlement, arginfo_class_BonusPay_Client_getSettlement, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, createSubMerchant, arginfo_class_BonusPay_Client_createSubMerchant, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, getSubMerchant, arginfo_class_BonusPay_Client_getSubMerchant, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, call, arginfo_class_BonusPay_Client_call, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, callMany, arginfo_class_BonusPay_Client_callMany, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, verifyNotification, arginfo_class_BonusPay_Client_verifyNotification, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, sign, arginfo_class_BonusPay_Client_sign, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, verify, arginfo_class_BonusPay_Client_verify, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_BonusPay_Client(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "Client", class_BonusPay_Client_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "verifynotification", sizeof("verifynotification") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "sign", sizeof("sign") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "verify", sizeof("verify") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "verify", sizeof("verify") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
