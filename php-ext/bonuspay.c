/* The module: its start and end, what phpinfo() shows, and the functions that need no object. */

#include "php_bonuspay.h"
#include "ext/standard/info.h"
#include "bonuspay_arginfo.h"

ZEND_DECLARE_MODULE_GLOBALS(bonuspay)

php_bonuspay_classes php_bonuspay_ce;

PHP_FUNCTION(BonusPay_compare_amounts)
{
	zend_string *a, *b;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(a)
		Z_PARAM_STR(b)
	ZEND_PARSE_PARAMETERS_END();
	int32_t order;
	if (bonuspay_amount_cmp(ZSTR_VAL(a), ZSTR_LEN(a), ZSTR_VAL(b), ZSTR_LEN(b), &order) != BONUSPAY_OK) {
		/* Which of the two: one that does not even compare with itself. */
		bool first = bonuspay_amount_cmp(ZSTR_VAL(a), ZSTR_LEN(a), ZSTR_VAL(a), ZSTR_LEN(a), &order) != BONUSPAY_OK;
		php_bonuspay_throw_argument(first ? "a" : "b", 1,
			"%s must be an amount such as 12.81: a decimal number without signs of thousands, of at most 28 digits",
			first ? "a" : "b");
		RETURN_THROWS();
	}
	RETURN_LONG(order);
}

PHP_FUNCTION(BonusPay_check_address)
{
	zend_string *network, *address;
	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(network)
		Z_PARAM_STR(address)
	ZEND_PARSE_PARAMETERS_END();
	bonuspay_error *error = NULL;
	bonuspay_address_check(ZSTR_VAL(network), ZSTR_LEN(network), ZSTR_VAL(address), ZSTR_LEN(address), &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
}

PHP_FUNCTION(BonusPay_payment_uri)
{
	zend_string *currency, *network, *address, *amount;
	ZEND_PARSE_PARAMETERS_START(4, 4)
		Z_PARAM_STR(currency)
		Z_PARAM_STR(network)
		Z_PARAM_STR(address)
		Z_PARAM_STR(amount)
	ZEND_PARSE_PARAMETERS_END();
	char uri[4096];
	size_t length;
	bonuspay_error *error = NULL;
	bonuspay_payment_uri(ZSTR_VAL(currency), ZSTR_LEN(currency), ZSTR_VAL(network), ZSTR_LEN(network),
		ZSTR_VAL(address),
		ZSTR_LEN(address), ZSTR_VAL(amount), ZSTR_LEN(amount), uri, sizeof(uri), &length, &error);
	if (error) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
	RETURN_STRINGL(uri, length);
}

typedef bonuspay_status (*qr_writer)(const char *, size_t, char *, size_t, size_t *, bonuspay_error **);

static void draw_qr(INTERNAL_FUNCTION_PARAMETERS, qr_writer draw)
{
	zend_string *text;
	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(text)
	ZEND_PARSE_PARAMETERS_END();
	size_t length = 0;
	bonuspay_error *error = NULL;
	/* For the length alone: no room is an error that says how much is needed. */
	draw(ZSTR_VAL(text), ZSTR_LEN(text), NULL, 0, &length, &error);
	if (length == 0) {
		php_bonuspay_throw(error);
		RETURN_THROWS();
	}
	bonuspay_error_free(error);
	zend_string *image = zend_string_alloc(length, false);
	draw(ZSTR_VAL(text), ZSTR_LEN(text), ZSTR_VAL(image), length + 1, &length, NULL);
	RETURN_STR(image);
}

PHP_FUNCTION(BonusPay_qr_svg)
{
	draw_qr(INTERNAL_FUNCTION_PARAM_PASSTHRU, bonuspay_qr_svg);
}

PHP_FUNCTION(BonusPay_qr_text)
{
	draw_qr(INTERNAL_FUNCTION_PARAM_PASSTHRU, bonuspay_qr_text);
}

PHP_FUNCTION(BonusPay_build_info)
{
	ZEND_PARSE_PARAMETERS_NONE();
	RETURN_STRING(bonuspay_build_info());
}

PHP_MINIT_FUNCTION(bonuspay)
{
	php_bonuspay_register_enums();
	php_bonuspay_register_exceptions();
	php_bonuspay_register_client();
	php_bonuspay_register_response();
	php_bonuspay_register_notification();
	php_bonuspay_register_keypair();
	return SUCCESS;
}

/* A thread may serve with globals that were made for another, which had its number: GINIT alone would not do. */
PHP_RINIT_FUNCTION(bonuspay)
{
#if defined(ZTS) && defined(COMPILE_DL_BONUSPAY)
	ZEND_TSRMLS_CACHE_UPDATE();
#endif
	return SUCCESS;
}

/* What a fatal error left behind. Objects free their own handles. */
PHP_RSHUTDOWN_FUNCTION(bonuspay)
{
	php_bonuspay_forget_errors();
	return SUCCESS;
}

PHP_MINFO_FUNCTION(bonuspay)
{
	char abi[16];
	snprintf(abi, sizeof(abi), "%d", BONUSPAY_ABI_VERSION);
	php_info_print_table_start();
	php_info_print_table_row(2, "BonusPay support", "enabled");
	php_info_print_table_row(2, "Extension version", PHP_BONUSPAY_VERSION);
	php_info_print_table_row(2, "Header ABI", abi);
	php_info_print_table_row(2, "Library version", bonuspay_version());
	php_info_print_table_row(2, "Library build", bonuspay_build_info());
	php_info_print_table_end();
}

static PHP_GINIT_FUNCTION(bonuspay)
{
#if defined(COMPILE_DL_BONUSPAY) && defined(ZTS)
	ZEND_TSRMLS_CACHE_UPDATE();
#endif
	memset(bonuspay_globals, 0, sizeof(*bonuspay_globals));
}

static PHP_GSHUTDOWN_FUNCTION(bonuspay)
{
	php_bonuspay_forget_clients(bonuspay_globals);
}

static const zend_module_dep bonuspay_deps[] = {
	ZEND_MOD_REQUIRED("hash")
	ZEND_MOD_REQUIRED("json")
	ZEND_MOD_REQUIRED("spl")
	ZEND_MOD_END
};

zend_module_entry bonuspay_module_entry = {
	STANDARD_MODULE_HEADER_EX,
	NULL,
	bonuspay_deps,
	PHP_BONUSPAY_EXTNAME,
	ext_functions,
	PHP_MINIT(bonuspay),
	NULL,
	PHP_RINIT(bonuspay),
	PHP_RSHUTDOWN(bonuspay),
	PHP_MINFO(bonuspay),
	PHP_BONUSPAY_VERSION,
	PHP_MODULE_GLOBALS(bonuspay),
	PHP_GINIT(bonuspay),
	PHP_GSHUTDOWN(bonuspay),
	NULL,
	STANDARD_MODULE_PROPERTIES_EX
};

#ifdef COMPILE_DL_BONUSPAY
# ifdef ZTS
ZEND_TSRMLS_CACHE_DEFINE()
# endif

/*
 * PHP ends when a module fails to start, and a shop must not end for this one. So with a library of another ABI a
 * module without content is given in its place: extension_loaded('bonuspay') is false, and the message says why.
 */
static zend_module_entry refused_module_entry = {
	STANDARD_MODULE_HEADER,
	"bonuspay (not loaded: wrong library)",
	NULL, NULL, NULL, NULL, NULL, NULL,
	PHP_BONUSPAY_VERSION,
	STANDARD_MODULE_PROPERTIES
};

ZEND_DLEXPORT zend_module_entry *get_module(void)
{
	uint32_t abi = bonuspay_abi_version();
	if (abi == BONUSPAY_ABI_VERSION) {
		return &bonuspay_module_entry;
	}
	zend_error(E_CORE_WARNING, "bonuspay: this extension needs libbonuspay with ABI %d, but ABI %u is installed: "
		"install the two from one release. PHP goes on without the extension.", BONUSPAY_ABI_VERSION, abi);
	return &refused_module_entry;
}
#endif
