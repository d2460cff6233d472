/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 2bd59c1f6fc6f038c070f1cca10ddbdcd7a37491 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_BonusPay_compare_amounts, 0, 2, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, a, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, b, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_BonusPay_check_address, 0, 2, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, network, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, address, IS_STRING, 0)
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


ZEND_FUNCTION(BonusPay_compare_amounts);
ZEND_FUNCTION(BonusPay_check_address);
ZEND_FUNCTION(BonusPay_payment_uri);
ZEND_FUNCTION(BonusPay_qr_svg);
ZEND_FUNCTION(BonusPay_qr_text);
ZEND_FUNCTION(BonusPay_build_info);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("BonusPay", compare_amounts, BonusPay_compare_amounts, arginfo_BonusPay_compare_amounts)
	ZEND_NS_FALIAS("BonusPay", check_address, BonusPay_check_address, arginfo_BonusPay_check_address)
	ZEND_NS_FALIAS("BonusPay", payment_uri, BonusPay_payment_uri, arginfo_BonusPay_payment_uri)
	ZEND_NS_FALIAS("BonusPay", qr_svg, BonusPay_qr_svg, arginfo_BonusPay_qr_svg)
	ZEND_NS_FALIAS("BonusPay", qr_text, BonusPay_qr_text, arginfo_BonusPay_qr_text)
	ZEND_NS_FALIAS("BonusPay", build_info, BonusPay_build_info, arginfo_BonusPay_build_info)
	ZEND_FE_END
};
