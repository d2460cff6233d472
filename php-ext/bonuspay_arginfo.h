/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: de0027a12245dc1ce6e2ed2d5ff5b675fb4cb0d9 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_BonusPay_compare_amounts, 0, 2, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, a, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, b, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_BonusPay_payment_uri, 0, 4, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, currency, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, network, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, address, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, amount, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_BonusPay_qr_svg, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, text, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_BonusPay_qr_text arginfo_BonusPay_qr_svg

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_BonusPay_build_info, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_BonusPay_Client___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, options, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Client_placeOrder, 0, 1, BonusPay\\Response, 0)
	ZEND_ARG_TYPE_INFO(0, bizContent, IS_ARRAY, 0)
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
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, bizContent, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Client_settle arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getSettlement arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_createSubMerchant arginfo_class_BonusPay_Client_placeOrder

#define arginfo_class_BonusPay_Client_getSubMerchant arginfo_class_BonusPay_Client_placeOrder

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Client_call, 0, 2, BonusPay\\Response, 0)
	ZEND_ARG_TYPE_INFO(0, path, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, bizContent, IS_ARRAY, 0)
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

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_BonusPay_Response___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_get, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, pointer, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_toArray, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Response_getJson arginfo_BonusPay_build_info

#define arginfo_class_BonusPay_Response_getRaw arginfo_BonusPay_build_info

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Response_getState, 0, 0, BonusPay\\State, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_getCheckoutUrl, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Response_matchesRequest, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Notification___construct arginfo_class_BonusPay_Response___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Notification_getKind, 0, 0, BonusPay\\\116otificationKind, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Notification_getState arginfo_class_BonusPay_Response_getState

#define arginfo_class_BonusPay_Notification_getId arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Notification_get arginfo_class_BonusPay_Response_get

#define arginfo_class_BonusPay_Notification_toArray arginfo_class_BonusPay_Response_toArray

#define arginfo_class_BonusPay_Notification_getJson arginfo_BonusPay_build_info

#define arginfo_class_BonusPay_Notification_getRaw arginfo_BonusPay_build_info

#define arginfo_class_BonusPay_KeyPair___construct arginfo_class_BonusPay_Response___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_KeyPair_generate, 0, 0, BonusPay\\KeyPair, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, bits, IS_LONG, 0, "2048")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_KeyPair_fromPrivateKey, 0, 1, BonusPay\\KeyPair, 0)
	ZEND_ARG_TYPE_INFO(0, privateKey, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_KeyPair_getPrivateKey arginfo_BonusPay_build_info

#define arginfo_class_BonusPay_KeyPair_getPublicKey arginfo_BonusPay_build_info

#define arginfo_class_BonusPay_KeyPair_getFingerprint arginfo_BonusPay_build_info

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_BonusPay_Exception_Exception_getOutcome, 0, 0, BonusPay\\Outcome, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Exception_Exception_isRetryable arginfo_class_BonusPay_Response_matchesRequest

#define arginfo_class_BonusPay_Exception_Exception_isAuthenticated arginfo_class_BonusPay_Response_matchesRequest

#define arginfo_class_BonusPay_Exception_Exception_getField arginfo_class_BonusPay_Response_getCheckoutUrl

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_BonusPay_Exception_Exception_getHttpStatus, 0, 0, IS_LONG, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_BonusPay_Exception_Exception_getApiCode arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_Exception_getApiMessage arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_Exception_getTraceCode arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_RuntimeException_getOutcome arginfo_class_BonusPay_Exception_Exception_getOutcome

#define arginfo_class_BonusPay_Exception_RuntimeException_isRetryable arginfo_class_BonusPay_Response_matchesRequest

#define arginfo_class_BonusPay_Exception_RuntimeException_isAuthenticated arginfo_class_BonusPay_Response_matchesRequest

#define arginfo_class_BonusPay_Exception_RuntimeException_getField arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_RuntimeException_getHttpStatus arginfo_class_BonusPay_Exception_Exception_getHttpStatus

#define arginfo_class_BonusPay_Exception_RuntimeException_getApiCode arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_RuntimeException_getApiMessage arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_RuntimeException_getTraceCode arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getOutcome arginfo_class_BonusPay_Exception_Exception_getOutcome

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_isRetryable arginfo_class_BonusPay_Response_matchesRequest

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_isAuthenticated arginfo_class_BonusPay_Response_matchesRequest

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getField arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getHttpStatus arginfo_class_BonusPay_Exception_Exception_getHttpStatus

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getApiCode arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getApiMessage arginfo_class_BonusPay_Response_getCheckoutUrl

#define arginfo_class_BonusPay_Exception_InvalidArgumentException_getTraceCode arginfo_class_BonusPay_Response_getCheckoutUrl


ZEND_FUNCTION(BonusPay_compare_amounts);
ZEND_FUNCTION(BonusPay_payment_uri);
ZEND_FUNCTION(BonusPay_qr_svg);
ZEND_FUNCTION(BonusPay_qr_text);
ZEND_FUNCTION(BonusPay_build_info);
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
ZEND_METHOD(BonusPay_Client, verifyNotification);
ZEND_METHOD(BonusPay_Client, sign);
ZEND_METHOD(BonusPay_Client, verify);
ZEND_METHOD(BonusPay_Response, __construct);
ZEND_METHOD(BonusPay_Response, get);
ZEND_METHOD(BonusPay_Response, toArray);
ZEND_METHOD(BonusPay_Response, getJson);
ZEND_METHOD(BonusPay_Response, getRaw);
ZEND_METHOD(BonusPay_Response, getState);
ZEND_METHOD(BonusPay_Response, getCheckoutUrl);
ZEND_METHOD(BonusPay_Response, matchesRequest);
ZEND_METHOD(BonusPay_Notification, __construct);
ZEND_METHOD(BonusPay_Notification, getKind);
ZEND_METHOD(BonusPay_Notification, getState);
ZEND_METHOD(BonusPay_Notification, getId);
ZEND_METHOD(BonusPay_Notification, get);
ZEND_METHOD(BonusPay_Notification, toArray);
ZEND_METHOD(BonusPay_Notification, getJson);
ZEND_METHOD(BonusPay_Notification, getRaw);
ZEND_METHOD(BonusPay_KeyPair, __construct);
ZEND_METHOD(BonusPay_KeyPair, generate);
ZEND_METHOD(BonusPay_KeyPair, fromPrivateKey);
ZEND_METHOD(BonusPay_KeyPair, getPrivateKey);
ZEND_METHOD(BonusPay_KeyPair, getPublicKey);
ZEND_METHOD(BonusPay_KeyPair, getFingerprint);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getOutcome);
ZEND_METHOD(BonusPay_Exception_RuntimeException, isRetryable);
ZEND_METHOD(BonusPay_Exception_RuntimeException, isAuthenticated);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getField);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getHttpStatus);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getApiCode);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getApiMessage);
ZEND_METHOD(BonusPay_Exception_RuntimeException, getTraceCode);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("BonusPay", compare_amounts, BonusPay_compare_amounts, arginfo_BonusPay_compare_amounts)
	ZEND_NS_FALIAS("BonusPay", payment_uri, BonusPay_payment_uri, arginfo_BonusPay_payment_uri)
	ZEND_NS_FALIAS("BonusPay", qr_svg, BonusPay_qr_svg, arginfo_BonusPay_qr_svg)
	ZEND_NS_FALIAS("BonusPay", qr_text, BonusPay_qr_text, arginfo_BonusPay_qr_text)
	ZEND_NS_FALIAS("BonusPay", build_info, BonusPay_build_info, arginfo_BonusPay_build_info)
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_State_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_Outcome_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_BonusPay_NotificationKind_methods[] = {
	ZEND_FE_END
};


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
	ZEND_ME(BonusPay_Client, verifyNotification, arginfo_class_BonusPay_Client_verifyNotification, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, sign, arginfo_class_BonusPay_Client_sign, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_Client, verify, arginfo_class_BonusPay_Client_verify, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


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


static const zend_function_entry class_BonusPay_KeyPair_methods[] = {
	ZEND_ME(BonusPay_KeyPair, __construct, arginfo_class_BonusPay_KeyPair___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(BonusPay_KeyPair, generate, arginfo_class_BonusPay_KeyPair_generate, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(BonusPay_KeyPair, fromPrivateKey, arginfo_class_BonusPay_KeyPair_fromPrivateKey, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(BonusPay_KeyPair, getPrivateKey, arginfo_class_BonusPay_KeyPair_getPrivateKey, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_KeyPair, getPublicKey, arginfo_class_BonusPay_KeyPair_getPublicKey, ZEND_ACC_PUBLIC)
	ZEND_ME(BonusPay_KeyPair, getFingerprint, arginfo_class_BonusPay_KeyPair_getFingerprint, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


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

static zend_class_entry *register_class_BonusPay_State(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("BonusPay\\State", IS_STRING, class_BonusPay_State_methods);

	zval enum_case_Pending_value;
	zend_string *enum_case_Pending_value_str = zend_string_init("pending", strlen("pending"), 1);
	ZVAL_STR(&enum_case_Pending_value, enum_case_Pending_value_str);
	zend_enum_add_case_cstr(class_entry, "Pending", &enum_case_Pending_value);

	zval enum_case_Succeeded_value;
	zend_string *enum_case_Succeeded_value_str = zend_string_init("succeeded", strlen("succeeded"), 1);
	ZVAL_STR(&enum_case_Succeeded_value, enum_case_Succeeded_value_str);
	zend_enum_add_case_cstr(class_entry, "Succeeded", &enum_case_Succeeded_value);

	zval enum_case_Failed_value;
	zend_string *enum_case_Failed_value_str = zend_string_init("failed", strlen("failed"), 1);
	ZVAL_STR(&enum_case_Failed_value, enum_case_Failed_value_str);
	zend_enum_add_case_cstr(class_entry, "Failed", &enum_case_Failed_value);

	zval enum_case_Refunded_value;
	zend_string *enum_case_Refunded_value_str = zend_string_init("refunded", strlen("refunded"), 1);
	ZVAL_STR(&enum_case_Refunded_value, enum_case_Refunded_value_str);
	zend_enum_add_case_cstr(class_entry, "Refunded", &enum_case_Refunded_value);

	zval enum_case_Unknown_value;
	zend_string *enum_case_Unknown_value_str = zend_string_init("unknown", strlen("unknown"), 1);
	ZVAL_STR(&enum_case_Unknown_value, enum_case_Unknown_value_str);
	zend_enum_add_case_cstr(class_entry, "Unknown", &enum_case_Unknown_value);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Outcome(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("BonusPay\\Outcome", IS_STRING, class_BonusPay_Outcome_methods);

	zval enum_case_NotSent_value;
	zend_string *enum_case_NotSent_value_str = zend_string_init("not_sent", strlen("not_sent"), 1);
	ZVAL_STR(&enum_case_NotSent_value, enum_case_NotSent_value_str);
	zend_enum_add_case_cstr(class_entry, "NotSent", &enum_case_NotSent_value);

	zval enum_case_Rejected_value;
	zend_string *enum_case_Rejected_value_str = zend_string_init("rejected", strlen("rejected"), 1);
	ZVAL_STR(&enum_case_Rejected_value, enum_case_Rejected_value_str);
	zend_enum_add_case_cstr(class_entry, "Rejected", &enum_case_Rejected_value);

	zval enum_case_Unknown_value;
	zend_string *enum_case_Unknown_value_str = zend_string_init("unknown", strlen("unknown"), 1);
	ZVAL_STR(&enum_case_Unknown_value, enum_case_Unknown_value_str);
	zend_enum_add_case_cstr(class_entry, "Unknown", &enum_case_Unknown_value);

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_NotificationKind(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("BonusPay\\NotificationKind", IS_STRING, class_BonusPay_NotificationKind_methods);

	zval enum_case_Order_value;
	zend_string *enum_case_Order_value_str = zend_string_init("order", strlen("order"), 1);
	ZVAL_STR(&enum_case_Order_value, enum_case_Order_value_str);
	zend_enum_add_case_cstr(class_entry, "Order", &enum_case_Order_value);

	zval enum_case_Refund_value;
	zend_string *enum_case_Refund_value_str = zend_string_init("refund", strlen("refund"), 1);
	ZVAL_STR(&enum_case_Refund_value, enum_case_Refund_value_str);
	zend_enum_add_case_cstr(class_entry, "Refund", &enum_case_Refund_value);

	zval enum_case_Topup_value;
	zend_string *enum_case_Topup_value_str = zend_string_init("topup", strlen("topup"), 1);
	ZVAL_STR(&enum_case_Topup_value, enum_case_Topup_value_str);
	zend_enum_add_case_cstr(class_entry, "Topup", &enum_case_Topup_value);

	zval enum_case_Withdraw_value;
	zend_string *enum_case_Withdraw_value_str = zend_string_init("withdraw", strlen("withdraw"), 1);
	ZVAL_STR(&enum_case_Withdraw_value, enum_case_Withdraw_value_str);
	zend_enum_add_case_cstr(class_entry, "Withdraw", &enum_case_Withdraw_value);

	zval enum_case_Settlement_value;
	zend_string *enum_case_Settlement_value_str = zend_string_init("settlement", strlen("settlement"), 1);
	ZVAL_STR(&enum_case_Settlement_value, enum_case_Settlement_value_str);
	zend_enum_add_case_cstr(class_entry, "Settlement", &enum_case_Settlement_value);

	return class_entry;
}

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

static zend_class_entry *register_class_BonusPay_Response(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "Response", class_BonusPay_Response_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_Notification(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "Notification", class_BonusPay_Notification_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_BonusPay_KeyPair(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "BonusPay", "KeyPair", class_BonusPay_KeyPair_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "fromprivatekey", sizeof("fromprivatekey") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}

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
