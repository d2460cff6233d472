/*
 * Requests from arrays, and arrays from documents, without a float on either way. The library has checked each document
 * that leaves it; what enters it, it checks itself.
 */

#include "php_bonuspay.h"
#include "ext/json/php_json.h"

/* Deeper than any request that BonusPay documents; the library's own limit is not reached. */
#define MAX_DEPTH 32

/* Where the writer is: the JSON Pointer of the value at hand. */
typedef struct {
	smart_str *json;
	smart_str pointer;
	uint32_t depth;
} writer;

static zend_result write_value(writer *to, zval *value);

ZEND_COLD static zend_result refuse(writer *to, const char *what)
{
	zend_string *pointer = to->pointer.s;
	size_t length = pointer ? ZSTR_LEN(pointer) : 0;
	if (pointer) {
		smart_str_0(&to->pointer);
	}
	/* The field in full; a message is for reading. */
	php_bonuspay_throw_argument(pointer ? ZSTR_VAL(pointer) : "", length, "%.200s: %s",
		length ? ZSTR_VAL(pointer) : "bizContent", what);
	return FAILURE;
}

/* Appends a field to a JSON Pointer. RFC 6901 escapes ~ and /. */
void php_bonuspay_append_step(smart_str *pointer, zend_ulong index, zend_string *name)
{
	smart_str_appendc(pointer, '/');
	if (!name) {
		smart_str_append_unsigned(pointer, index);
		return;
	}
	for (size_t at = 0; at < ZSTR_LEN(name); at++) {
		switch (ZSTR_VAL(name)[at]) {
			case '~': smart_str_appendl(pointer, "~0", 2); break;
			case '/': smart_str_appendl(pointer, "~1", 2); break;
			default: smart_str_appendc(pointer, ZSTR_VAL(name)[at]);
		}
	}
}

/* Goes down into a field; gives how far to come back. */
static size_t enter(writer *to, zend_ulong index, zend_string *name)
{
	size_t before = to->pointer.s ? ZSTR_LEN(to->pointer.s) : 0;
	php_bonuspay_append_step(&to->pointer, index, name);
	return before;
}

static void leave(writer *to, size_t before)
{
	ZSTR_LEN(to->pointer.s) = before;
}

/*
 * PHP's own writer escapes; its error is in its globals, not in what it returns. They are what json_last_error() shows,
 * which is the caller's own.
 */
static zend_result write_text(writer *to, zend_string *text)
{
	zval value;
	ZVAL_STR(&value, text);
	php_json_error_code callers = JSON_G(error_code);
	JSON_G(error_code) = PHP_JSON_ERROR_NONE;
	zend_result written = php_json_encode(to->json, &value, PHP_JSON_UNESCAPED_SLASHES | PHP_JSON_UNESCAPED_UNICODE);
	if (JSON_G(error_code) != PHP_JSON_ERROR_NONE) {
		written = FAILURE;
	}
	JSON_G(error_code) = callers;
	return written == SUCCESS ? SUCCESS : refuse(to, "must be UTF-8");
}

static zend_result write_items(writer *to, HashTable *items, bool as_list)
{
	bool first = true;
	zend_ulong index;
	zend_string *name;
	zval *item;
	smart_str_appendc(to->json, as_list ? '[' : '{');
	ZEND_HASH_FOREACH_KEY_VAL_IND(items, index, name, item) {
		if (!first) {
			smart_str_appendc(to->json, ',');
		}
		first = false;
		size_t before = enter(to, index, name);
		if (!as_list) {
			zend_string *key = name ? zend_string_copy(name) : zend_long_to_str((zend_long) index);
			zend_result written = write_text(to, key);
			zend_string_release(key);
			if (written == FAILURE) {
				return FAILURE;
			}
			smart_str_appendc(to->json, ':');
		}
		if (write_value(to, item) == FAILURE) {
			return FAILURE;
		}
		leave(to, before);
	} ZEND_HASH_FOREACH_END();
	smart_str_appendc(to->json, as_list ? ']' : '}');
	return SUCCESS;
}

/*
 * With a guard against an array that holds itself, and against depth. Held while it is read: somebody's
 * jsonSerialize() may change, through a reference, the very array that is being read.
 */
static zend_result write_array(writer *to, HashTable *items, bool as_list)
{
	if (to->depth == MAX_DEPTH) {
		return refuse(to, "is nested too deep");
	}
	if (GC_IS_RECURSIVE(items)) {
		return refuse(to, "holds itself");
	}
	GC_TRY_ADDREF(items);
	GC_TRY_PROTECT_RECURSION(items);
	to->depth++;
	zend_result written = write_items(to, items, as_list);
	to->depth--;
	GC_TRY_UNPROTECT_RECURSION(items);
	zend_array_release(items);
	return written;
}

/* jsonSerialize() is somebody's code: it may throw, and it may give anything. */
static zend_result write_serializable(writer *to, zend_object *object)
{
	if (to->depth == MAX_DEPTH) {
		return refuse(to, "is nested too deep");
	}
	zval given;
	ZVAL_UNDEF(&given);
	GC_ADDREF(object);
	zend_call_method_with_0_params(object, object->ce, NULL, "jsonserialize", &given);
	OBJ_RELEASE(object);
	zend_result written = FAILURE;
	if (!EG(exception)) {
		to->depth++;
		written = write_value(to, &given);
		to->depth--;
	}
	zval_ptr_dtor(&given);
	return written;
}

static zend_result write_object(writer *to, zend_object *object)
{
	if (object->ce->ce_flags & ZEND_ACC_ENUM) {
		if (object->ce->enum_backing_type == IS_UNDEF) {
			return refuse(to, "is an enum case without a value: give a string");
		}
		return write_value(to, zend_enum_fetch_case_value(object));
	}
	if (instanceof_function(object->ce, php_json_serializable_ce)) {
		return write_serializable(to, object);
	}
	if (object->ce == zend_standard_class_def) {
		return write_array(to, object->handlers->get_properties(object), false);
	}
	return refuse(to, "is an object: give an array or a string");
}

static zend_result write_value(writer *to, zval *value)
{
	ZVAL_DEREF(value);
	switch (Z_TYPE_P(value)) {
		case IS_STRING:
			return write_text(to, Z_STR_P(value));
		case IS_LONG:
			smart_str_append_long(to->json, Z_LVAL_P(value));
			return SUCCESS;
		case IS_TRUE:
			smart_str_appendl(to->json, "true", 4);
			return SUCCESS;
		case IS_FALSE:
			smart_str_appendl(to->json, "false", 5);
			return SUCCESS;
		case IS_NULL:
			smart_str_appendl(to->json, "null", 4);
			return SUCCESS;
		case IS_DOUBLE:
			return refuse(to, "is a float, which cannot hold an amount exactly: "
				"give amounts as decimal strings such as '12.81', times as integers");
		case IS_ARRAY:
			return write_array(to, Z_ARRVAL_P(value), zend_array_is_list(Z_ARRVAL_P(value)));
		case IS_OBJECT:
			return write_object(to, Z_OBJ_P(value));
		default:
			return refuse(to, "is a resource");
	}
}

/* Writes bizContent as JSON; the caller frees json in any case. */
zend_result php_bonuspay_encode(smart_str *json, HashTable *biz_content)
{
	return php_bonuspay_encode_below(NULL, json, biz_content);
}

/* The same where bizContent stands somewhere in an array: errors name their fields from there on. */
zend_result php_bonuspay_encode_below(const smart_str *pointer, smart_str *json, HashTable *biz_content)
{
	writer to = { .json = json };
	if (pointer) {
		smart_str_append_smart_str(&to.pointer, pointer);
	}
	zend_result written = write_array(&to, biz_content, false);
	smart_str_free(&to.pointer);
	smart_str_0(json);
	return written;
}

static bool is_number_part(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Copies a document, with each number that is no integer, and -0, as a string of its own digits. */
static void quote_fractions(smart_str *to, const char *json, size_t length)
{
	for (size_t at = 0, end; at < length; at = end) {
		end = at + 1;
		if (json[at] == '"') {
			for (; end < length && json[end] != '"'; end++) {
				end += json[end] == '\\';
			}
			end = end < length ? end + 1 : length;
			smart_str_appendl(to, json + at, end - at);
		} else if (json[at] == '-' || (json[at] >= '0' && json[at] <= '9')) {
			for (; end < length && is_number_part(json[end]); end++) {
			}
			bool integer = memchr(json + at, '.', end - at) == NULL && memchr(json + at, 'e', end - at) == NULL
				&& memchr(json + at, 'E', end - at) == NULL
				&& !(end - at == 2 && json[at] == '-' && json[at + 1] == '0');
			if (!integer) {
				smart_str_appendc(to, '"');
			}
			smart_str_appendl(to, json + at, end - at);
			if (!integer) {
				smart_str_appendc(to, '"');
			}
		} else {
			smart_str_appendc(to, json[at]);
		}
	}
	smart_str_0(to);
}

/* Reads a document that the library wrote, as an array whatever it is. */
zend_result php_bonuspay_decode(zval *document, const char *json, size_t length)
{
	smart_str exact = {0};
	quote_fractions(&exact, json, length);
	zend_result read = php_json_decode_ex(document, ZSTR_VAL(exact.s), ZSTR_LEN(exact.s),
		PHP_JSON_OBJECT_AS_ARRAY | PHP_JSON_BIGINT_AS_STRING | PHP_JSON_THROW_ON_ERROR, PHP_JSON_PARSER_DEFAULT_DEPTH);
	smart_str_free(&exact);
	/* A signed answer may hold anything: a text or a number alone becomes an array as (array) makes one of it. */
	if (read == SUCCESS && Z_TYPE_P(document) != IS_ARRAY) {
		convert_to_array(document);
	}
	return read;
}
