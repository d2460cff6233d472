/* BonusPay\KeyPair: a merchant's keys. */

#include "php_bonuspay.h"
#include "bonuspay_keypair_arginfo.h"

PHP_BONUSPAY_HANDLERS(keypair, bonuspay_keypair_free)

/* Only reflection comes here. */
PHP_METHOD(BonusPay_KeyPair, __construct)
{
	ZEND_PARSE_PARAMETERS_NONE();
}

PHP_METHOD(BonusPay_KeyPair, generate)
{
	zend_long bits = 2048;
	ZEND_PARSE_PARAMETERS_START(0, 1)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(bits)
	ZEND_PARSE_PARAMETERS_END();

	object_init_ex(return_value, php_bonuspay_ce.keypair);
	bonuspay_error *error = NULL;
	/* 0 is refused by the library, with the sizes that it takes. */
	uint32_t size = bits > 0 && bits <= UINT32_MAX ? (uint32_t) bits : 0;
	bonuspay_keypair_generate(size, &php_bonuspay_keypair_of(Z_OBJ_P(return_value))->handle, &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
}

PHP_METHOD(BonusPay_KeyPair, fromPrivateKey)
{
	zend_string *key;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(key)
	ZEND_PARSE_PARAMETERS_END();

	object_init_ex(return_value, php_bonuspay_ce.keypair);
	bonuspay_error *error = NULL;
	bonuspay_keypair_from_private(ZSTR_VAL(key), ZSTR_LEN(key),
		&php_bonuspay_keypair_of(Z_OBJ_P(return_value))->handle, &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
}

static void get_text(INTERNAL_FUNCTION_PARAMETERS, const char *(*getter)(const bonuspay_keypair *, size_t *))
{
	ZEND_PARSE_PARAMETERS_NONE();
	bonuspay_keypair *PHP_BONUSPAY_THIS(keypair, keypair)
	size_t length;
	const char *text = getter(keypair, &length);
	RETURN_STRINGL(text, length);
}

PHP_METHOD(BonusPay_KeyPair, getPrivateKey)
{
	get_text(INTERNAL_FUNCTION_PARAM_PASSTHRU, bonuspay_keypair_private_pem);
}

PHP_METHOD(BonusPay_KeyPair, getPublicKey)
{
	get_text(INTERNAL_FUNCTION_PARAM_PASSTHRU, bonuspay_keypair_public_pem);
}

PHP_METHOD(BonusPay_KeyPair, getFingerprint)
{
	get_text(INTERNAL_FUNCTION_PARAM_PASSTHRU, bonuspay_keypair_fingerprint);
}

void php_bonuspay_register_keypair(void)
{
	php_bonuspay_ce.keypair = register_class_BonusPay_KeyPair();
	keypair_prepare(php_bonuspay_ce.keypair);
}
