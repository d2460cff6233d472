/*
 * A client's options, and the clients that the process (in ZTS: the thread) keeps. Reading a key costs a thousand times
 * what finding its client costs, and the connections hang on the client's settings; so a client stays when its last
 * object has gone, found again by the SHA-256 of its options. No text of a key is kept.
 */

#include "php_bonuspay.h"
#include "ext/hash/php_hash.h"
#include "ext/hash/php_hash_sha.h"

typedef bonuspay_status (*set_text)(bonuspay_config *, const char *, size_t, bonuspay_error **);
typedef bonuspay_status (*set_number)(bonuspay_config *, uint32_t, bonuspay_error **);
typedef enum { TEXT, PRIVATE_KEY, PUBLIC_KEYS, ENVIRONMENT, MILLISECONDS, FLAG, SCALES } option_kind;

typedef struct {
	const char *name;
	size_t name_len;
	option_kind kind;
	set_text text;
	set_number number;
} option;

#define OPTION(name, kind, text, number) { name, sizeof(name) - 1, kind, text, number }
static const option options_known[] = {
	OPTION("environment", ENVIRONMENT, NULL, NULL),
	OPTION("base_url", TEXT, bonuspay_config_set_base_url, NULL),
	OPTION("partner_id", TEXT, bonuspay_config_set_partner_id, NULL),
	OPTION("private_key", PRIVATE_KEY, bonuspay_config_set_private_key, NULL),
	OPTION("public_key", PUBLIC_KEYS, bonuspay_config_set_public_key, NULL),
	OPTION("connect_timeout_ms", MILLISECONDS, NULL, bonuspay_config_set_connect_timeout_ms),
	OPTION("total_timeout_ms", MILLISECONDS, NULL, bonuspay_config_set_total_timeout_ms),
	OPTION("proxy", TEXT, bonuspay_config_set_proxy, NULL),
	OPTION("ca_pem", TEXT, bonuspay_config_set_ca_pem, NULL),
	OPTION("user_agent", TEXT, bonuspay_config_set_user_agent, NULL),
	OPTION("language", TEXT, bonuspay_config_set_language, NULL),
	OPTION("allow_http", FLAG, NULL, NULL),
	OPTION("scales", SCALES, NULL, NULL),
};
#define OPTIONS_KNOWN (sizeof(options_known) / sizeof(options_known[0]))

/* Whoever the options are told to: the digest that finds a kept client, or the settings of a new one. */
typedef struct {
	PHP_SHA256_CTX *digest;
	bonuspay_config *config;
	bonuspay_error *error;
} listener;

static zend_result tell_text(listener *to, const option *option, const char *text, size_t length)
{
	if (to->digest) {
		PHP_SHA256Update(to->digest, (const unsigned char *) option->name, option->name_len + 1);
		PHP_SHA256Update(to->digest, (const unsigned char *) &length, sizeof(length));
		PHP_SHA256Update(to->digest, (const unsigned char *) text, length);
		return SUCCESS;
	}
	return option->text(to->config, text, length, &to->error) == BONUSPAY_OK ? SUCCESS : FAILURE;
}

static zend_result tell_number(listener *to, const option *option, uint32_t number)
{
	bonuspay_status status;
	if (to->digest) {
		PHP_SHA256Update(to->digest, (const unsigned char *) option->name, option->name_len + 1);
		PHP_SHA256Update(to->digest, (const unsigned char *) &number, sizeof(number));
		return SUCCESS;
	}
	switch (option->kind) {
		case ENVIRONMENT: status = bonuspay_config_set_environment(to->config, (int32_t) number, &to->error); break;
		case FLAG: status = bonuspay_config_set_allow_http(to->config, number != 0, &to->error); break;
		default: status = option->number(to->config, number, &to->error);
	}
	return status == BONUSPAY_OK ? SUCCESS : FAILURE;
}

static zend_result tell_scale(listener *to, const option *option, zend_string *currency, uint32_t digits)
{
	if (to->digest) {
		tell_text(to, option, ZSTR_VAL(currency), ZSTR_LEN(currency));
		return tell_number(to, option, digits);
	}
	bonuspay_status status = bonuspay_config_set_scale(to->config, ZSTR_VAL(currency), ZSTR_LEN(currency),
		digits, &to->error);
	return status == BONUSPAY_OK ? SUCCESS : FAILURE;
}

/* Never with the value: it may be a key. */
ZEND_COLD static zend_result refuse(const option *option, const char *wanted, zval *given)
{
	php_bonuspay_throw_argument(option->name, option->name_len, "option %s must be %s, %s given", option->name, wanted,
		zend_zval_type_name(given));
	return FAILURE;
}

static zend_result tell_private_key(listener *to, const option *option, zval *value)
{
	if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == php_bonuspay_ce.keypair) {
		size_t length;
		const char *pem = bonuspay_keypair_private_pem(php_bonuspay_keypair_of(Z_OBJ_P(value))->handle, &length);
		return tell_text(to, option, pem ? pem : "", length);
	}
	if (Z_TYPE_P(value) != IS_STRING) {
		return refuse(option, "a string or a BonusPay\\KeyPair", value);
	}
	return tell_text(to, option, Z_STRVAL_P(value), Z_STRLEN_P(value));
}

static zend_result tell_public_keys(listener *to, const option *option, zval *value)
{
	if (Z_TYPE_P(value) == IS_STRING) {
		return tell_text(to, option, Z_STRVAL_P(value), Z_STRLEN_P(value));
	}
	if (Z_TYPE_P(value) != IS_ARRAY) {
		return refuse(option, "a string or a list of strings", value);
	}
	zval *key;
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), key) {
		ZVAL_DEREF(key);
		if (Z_TYPE_P(key) != IS_STRING) {
			return refuse(option, "a string or a list of strings", key);
		}
		if (tell_text(to, option, Z_STRVAL_P(key), Z_STRLEN_P(key)) == FAILURE) {
			return FAILURE;
		}
	} ZEND_HASH_FOREACH_END();
	return SUCCESS;
}

static zend_result tell_environment(listener *to, const option *option, zval *value)
{
	if (Z_TYPE_P(value) == IS_STRING && zend_string_equals_literal(Z_STR_P(value), "sandbox")) {
		return tell_number(to, option, BONUSPAY_ENVIRONMENT_SANDBOX);
	}
	if (Z_TYPE_P(value) == IS_STRING && zend_string_equals_literal(Z_STR_P(value), "production")) {
		return tell_number(to, option, BONUSPAY_ENVIRONMENT_PRODUCTION);
	}
	return refuse(option, "'sandbox' or 'production'", value);
}

static zend_result tell_scales(listener *to, const option *option, zval *value)
{
	if (Z_TYPE_P(value) != IS_ARRAY) {
		return refuse(option, "an array of integers by currency", value);
	}
	zend_string *currency;
	zval *digits;
	ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(value), currency, digits) {
		ZVAL_DEREF(digits);
		if (!currency || Z_TYPE_P(digits) != IS_LONG || Z_LVAL_P(digits) < 0 || Z_LVAL_P(digits) > UINT32_MAX) {
			return refuse(option, "an array of integers by currency", digits);
		}
		if (tell_scale(to, option, currency, (uint32_t) Z_LVAL_P(digits)) == FAILURE) {
			return FAILURE;
		}
	} ZEND_HASH_FOREACH_END();
	return SUCCESS;
}

static zend_result tell_option(listener *to, const option *option, zval *value)
{
	switch (option->kind) {
		case TEXT:
			if (Z_TYPE_P(value) != IS_STRING) {
				return refuse(option, "a string", value);
			}
			return tell_text(to, option, Z_STRVAL_P(value), Z_STRLEN_P(value));
		case PRIVATE_KEY:
			return tell_private_key(to, option, value);
		case PUBLIC_KEYS:
			return tell_public_keys(to, option, value);
		case ENVIRONMENT:
			return tell_environment(to, option, value);
		case MILLISECONDS:
			if (Z_TYPE_P(value) != IS_LONG || Z_LVAL_P(value) < 0 || Z_LVAL_P(value) > UINT32_MAX) {
				return refuse(option, "an integer of milliseconds, 1 to 600000", value);
			}
			return tell_number(to, option, (uint32_t) Z_LVAL_P(value));
		case FLAG:
			if (Z_TYPE_P(value) != IS_TRUE && Z_TYPE_P(value) != IS_FALSE) {
				return refuse(option, "a bool", value);
			}
			return tell_number(to, option, Z_TYPE_P(value) == IS_TRUE);
		case SCALES:
			return tell_scales(to, option, value);
	}
	return FAILURE;
}

/* In the order of the table, so that the order of the array does not count. An option that is null is not given. */
static zend_result tell_options(listener *to, HashTable *options)
{
	for (size_t at = 0; at < OPTIONS_KNOWN; at++) {
		zval *value = zend_hash_str_find_deref(options, options_known[at].name, options_known[at].name_len);
		if (value && Z_TYPE_P(value) != IS_NULL && tell_option(to, &options_known[at], value) == FAILURE) {
			return FAILURE;
		}
	}
	return SUCCESS;
}

static bool is_known(zend_string *name)
{
	for (size_t at = 0; at < OPTIONS_KNOWN; at++) {
		if (zend_string_equals_cstr(name, options_known[at].name, options_known[at].name_len)) {
			return true;
		}
	}
	return false;
}

static zend_result check_names(HashTable *options)
{
	zend_ulong index;
	zend_string *name;
	ZEND_HASH_FOREACH_KEY(options, index, name) {
		if (!name) {
			php_bonuspay_throw_argument("", 0,
				"options must be named, such as 'partner_id' => '...'; one has the number "
				ZEND_ULONG_FMT, index);
			return FAILURE;
		}
		if (!is_known(name)) {
			/* Somebody may have put a key where a name belongs: no more of it than a name has. */
			php_bonuspay_throw_argument(ZSTR_VAL(name), MIN(ZSTR_LEN(name), 32),
				"option %.32s is not known; there are environment, base_url, partner_id, private_key, public_key, "
				"connect_timeout_ms, "
				"total_timeout_ms, proxy, ca_pem, user_agent, language, allow_http, scales", ZSTR_VAL(name));
			return FAILURE;
		}
	} ZEND_HASH_FOREACH_END();
	return SUCCESS;
}

static bonuspay_client *make_client(HashTable *options)
{
	listener settings = { .config = bonuspay_config_new() };
	bonuspay_client *client = NULL;
	if (tell_options(&settings, options) == SUCCESS) {
		bonuspay_client_new(settings.config, &client, &settings.error);
	}
	bonuspay_config_free(settings.config);
	if (settings.error) {
		php_bonuspay_throw(settings.error);
	}
	return client;
}

void php_bonuspay_client_release(php_bonuspay_shared_client *shared)
{
	if (shared && --shared->users == 0) {
		bonuspay_client_free(shared->client);
		pefree(shared, true);
	}
}

/* Puts a client in a free place, or in that of the one that was not used for the longest time. */
static void keep(php_bonuspay_shared_client *shared)
{
	php_bonuspay_shared_client **place = &BONUSPAY_G(kept)[0];
	for (size_t at = 0; at < PHP_BONUSPAY_KEPT_CLIENTS && *place; at++) {
		php_bonuspay_shared_client **other = &BONUSPAY_G(kept)[at];
		if (!*other || (*other)->used_at < (*place)->used_at) {
			place = other;
		}
	}
	php_bonuspay_client_release(*place);
	*place = shared;
	shared->users++;
}

static php_bonuspay_shared_client *find_kept(const unsigned char *digest)
{
	for (size_t at = 0; at < PHP_BONUSPAY_KEPT_CLIENTS; at++) {
		php_bonuspay_shared_client *shared = BONUSPAY_G(kept)[at];
		if (shared && memcmp(shared->digest, digest, sizeof(shared->digest)) == 0) {
			return shared;
		}
	}
	return NULL;
}

/* Gives the client of these options, for the caller to release; NULL after throwing. */
php_bonuspay_shared_client *php_bonuspay_client_for(HashTable *options)
{
	PHP_SHA256_CTX context;
	unsigned char digest[32];
	if (check_names(options) == FAILURE) {
		return NULL;
	}
	PHP_SHA256Init(&context);
	listener told = { .digest = &context };
	zend_result complete = tell_options(&told, options);
	PHP_SHA256Final(digest, &context);
	ZEND_SECURE_ZERO(&context, sizeof(context));
	if (complete == FAILURE) {
		return NULL;
	}

	php_bonuspay_shared_client *shared = find_kept(digest);
	if (!shared) {
		bonuspay_client *client = make_client(options);
		if (!client) {
			return NULL;
		}
		shared = pecalloc(1, sizeof(*shared), true);
		memcpy(shared->digest, digest, sizeof(digest));
		shared->client = client;
		keep(shared);
	}
	shared->used_at = ++BONUSPAY_G(uses);
	shared->users++;
	return shared;
}

void php_bonuspay_forget_clients(zend_bonuspay_globals *globals)
{
	for (size_t at = 0; at < PHP_BONUSPAY_KEPT_CLIENTS; at++) {
		php_bonuspay_client_release(globals->kept[at]);
		globals->kept[at] = NULL;
	}
}
