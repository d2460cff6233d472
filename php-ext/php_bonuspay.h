/* Shared by the extension's files: its classes' objects, and the few functions that they call of each other. */

#ifndef PHP_BONUSPAY_H
#define PHP_BONUSPAY_H

#ifdef HAVE_CONFIG_H
# include "config.h"
#endif

#include <bonuspay.h>
#include "php.h"
#include "zend_attributes.h"
#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"

#define PHP_BONUSPAY_VERSION "0.1.0"
#define PHP_BONUSPAY_EXTNAME "bonuspay"

/* PHP 8.1 has no SensitiveParameter: there a trace shows arguments unless zend.exception_ignore_args is on. */
#if PHP_VERSION_ID < 80200
# define zend_add_parameter_attribute(function, offset, name, argc) ((void) 0)
# define zend_string_equals_cstr(string, text, length) \
	(ZSTR_LEN(string) == (length) && memcmp(ZSTR_VAL(string), text, length) == 0)
#endif

extern zend_module_entry bonuspay_module_entry;
#define phpext_bonuspay_ptr &bonuspay_module_entry

/* A client of the library, kept by the process for all objects with the same options. */
typedef struct {
	unsigned char digest[32]; /* SHA-256 of the options: no key text is kept */
	bonuspay_client *client;
	uint32_t users;    /* PHP objects, and the cache itself */
	uint64_t used_at;  /* the cache's count of uses */
} php_bonuspay_shared_client;

/* A shop has one set of options; a host with many shops in one pool of workers has some. */
#define PHP_BONUSPAY_KEPT_CLIENTS 32

/* Errors of several questions, until each is an exception. */
typedef struct php_bonuspay_parked_errors {
	struct php_bonuspay_parked_errors *outer;
	bonuspay_error *errors[BONUSPAY_QUESTIONS_MAX];
} php_bonuspay_parked_errors;

ZEND_BEGIN_MODULE_GLOBALS(bonuspay)
	php_bonuspay_shared_client *kept[PHP_BONUSPAY_KEPT_CLIENTS];
	uint64_t uses;
	/* Of failures that are being made exceptions: freed at the latest with the request. */
	bonuspay_error *error;
	php_bonuspay_parked_errors *parked;
ZEND_END_MODULE_GLOBALS(bonuspay)

ZEND_EXTERN_MODULE_GLOBALS(bonuspay)
#define BONUSPAY_G(name) ZEND_MODULE_GLOBALS_ACCESSOR(bonuspay, name)
#if defined(ZTS) && defined(COMPILE_DL_BONUSPAY)
ZEND_TSRMLS_CACHE_EXTERN()
#endif

/* Each class wraps one handle of the library, in front of PHP's own part of the object. */
#define PHP_BONUSPAY_OBJECT(name, handle_type) \
	typedef struct { \
		handle_type *handle; \
		zend_object std; \
	} php_bonuspay_##name; \
	static zend_always_inline php_bonuspay_##name *php_bonuspay_##name##_of(zend_object *object) \
	{ \
		return (php_bonuspay_##name *) ((char *) object - XtOffsetOf(php_bonuspay_##name, std)); \
	}

PHP_BONUSPAY_OBJECT(client, php_bonuspay_shared_client)
PHP_BONUSPAY_OBJECT(response, bonuspay_response)
PHP_BONUSPAY_OBJECT(notification, bonuspay_notification)
PHP_BONUSPAY_OBJECT(keypair, bonuspay_keypair)

/*
 * The handlers of such a class: an object that cannot be cloned and frees its handle when it goes. It equals itself
 * alone: PHP compares properties, of which none has any, so that two answers or two keys would be one to it.
 */
#define PHP_BONUSPAY_HANDLERS(name, free_handle) \
	static zend_object_handlers name##_handlers; \
	static zend_object *name##_create(zend_class_entry *ce) \
	{ \
		php_bonuspay_##name *object = zend_object_alloc(sizeof(php_bonuspay_##name), ce); \
		object->handle = NULL; \
		zend_object_std_init(&object->std, ce); \
		object_properties_init(&object->std, ce); \
		object->std.handlers = &name##_handlers; \
		return &object->std; \
	} \
	static void name##_free(zend_object *std) \
	{ \
		php_bonuspay_##name *object = php_bonuspay_##name##_of(std); \
		free_handle(object->handle); \
		object->handle = NULL; \
		zend_object_std_dtor(std); \
	} \
	static void name##_prepare(zend_class_entry *ce) \
	{ \
		ce->create_object = name##_create; \
		memcpy(&name##_handlers, &std_object_handlers, sizeof(zend_object_handlers)); \
		name##_handlers.offset = XtOffsetOf(php_bonuspay_##name, std); \
		name##_handlers.free_obj = name##_free; \
		name##_handlers.clone_obj = NULL; \
		name##_handlers.compare = zend_objects_not_comparable; \
	}

/* The handle of $this; without one, which only reflection could bring about, an Error. */
#define PHP_BONUSPAY_THIS(class, variable) \
	variable = php_bonuspay_##class##_of(Z_OBJ_P(ZEND_THIS))->handle; \
	if (UNEXPECTED(variable == NULL)) { \
		zend_throw_error(NULL, "This %s object was not made by its constructor", \
			ZSTR_VAL(Z_OBJCE_P(ZEND_THIS)->name)); \
		RETURN_THROWS(); \
	}

/* What an answer and a notification have alike. Only reflection comes to the constructor. */
#define PHP_BONUSPAY_DOCUMENT_METHODS(class, name) \
	PHP_METHOD(class, __construct) \
	{ \
		ZEND_PARSE_PARAMETERS_NONE(); \
	} \
	\
	PHP_METHOD(class, get) \
	{ \
		zend_string *pointer; \
		ZEND_PARSE_PARAMETERS_START(1, 1) \
			Z_PARAM_STR(pointer) \
		ZEND_PARSE_PARAMETERS_END(); \
		bonuspay_##name *PHP_BONUSPAY_THIS(name, name) \
		size_t length; \
		const char *text = bonuspay_##name##_get(name, ZSTR_VAL(pointer), ZSTR_LEN(pointer), &length); \
		PHP_BONUSPAY_RETURN_TEXT(text, length); \
	} \
	\
	PHP_METHOD(class, toArray) \
	{ \
		ZEND_PARSE_PARAMETERS_NONE(); \
		bonuspay_##name *PHP_BONUSPAY_THIS(name, name) \
		size_t length; \
		const char *json = bonuspay_##name##_json(name, &length); \
		php_bonuspay_decode(return_value, json, length); \
	} \
	\
	PHP_METHOD(class, getJson) \
	{ \
		ZEND_PARSE_PARAMETERS_NONE(); \
		bonuspay_##name *PHP_BONUSPAY_THIS(name, name) \
		size_t length; \
		const char *json = bonuspay_##name##_json(name, &length); \
		RETURN_STRINGL(json, length); \
	} \
	\
	PHP_METHOD(class, getRaw) \
	{ \
		ZEND_PARSE_PARAMETERS_NONE(); \
		bonuspay_##name *PHP_BONUSPAY_THIS(name, name) \
		size_t length; \
		const char *raw = bonuspay_##name##_raw(name, &length); \
		RETURN_STRINGL(raw, length); \
	}

/* The classes, set when the module starts. */
typedef struct {
	zend_class_entry *state, *outcome, *kind;
	zend_class_entry *response, *notification, *keypair;
	zend_class_entry *exception, *runtime, *config, *argument, *network, *timeout;
	zend_class_entry *protocol, *mismatch, *signature, *api, *internal;
} php_bonuspay_classes;
extern php_bonuspay_classes php_bonuspay_ce;

/* bonuspay_enum.c: enum cases from the library's numbers. */
zend_object *php_bonuspay_state(int32_t state);
zend_object *php_bonuspay_outcome(int32_t outcome);
zend_object *php_bonuspay_kind(int32_t kind);

/* bonuspay_exception.c: the one place where failures become exceptions. */
void php_bonuspay_throw(bonuspay_error *error);
zend_object *php_bonuspay_exception(const bonuspay_error *error);
ZEND_COLD void php_bonuspay_throw_argument(const char *field, size_t field_len, const char *format, ...)
	ZEND_ATTRIBUTE_FORMAT(printf, 3, 4);
php_bonuspay_parked_errors *php_bonuspay_park(void);
void php_bonuspay_unpark(void);
void php_bonuspay_forget_errors(void);

/* bonuspay_options.c: a client's options, and the clients that the process keeps. */
php_bonuspay_shared_client *php_bonuspay_client_for(HashTable *options);
void php_bonuspay_client_release(php_bonuspay_shared_client *shared);
void php_bonuspay_forget_clients(zend_bonuspay_globals *globals);

/* bonuspay_json.c: requests from arrays, arrays from documents. */
zend_result php_bonuspay_encode(smart_str *json, HashTable *biz_content);
zend_result php_bonuspay_encode_below(const smart_str *pointer, smart_str *json, HashTable *biz_content);
void php_bonuspay_append_step(smart_str *pointer, zend_ulong index, zend_string *name);
zend_result php_bonuspay_decode(zval *document, const char *json, size_t length);

/* bonuspay_questions.c: several questions at once. */
void php_bonuspay_ask(zval *answers, const bonuspay_client *client, HashTable *calls, uint32_t deadline_ms);

/* A file a class: each registers what its stub describes. */
void php_bonuspay_register_enums(void);
void php_bonuspay_register_exceptions(void);
void php_bonuspay_register_client(void);
void php_bonuspay_register_response(void);
void php_bonuspay_register_notification(void);
void php_bonuspay_register_keypair(void);

/* A text that the library lends, as PHP's own; null for none. */
#define PHP_BONUSPAY_RETURN_TEXT(text, length) \
	do { \
		if (text) { \
			RETURN_STRINGL(text, length); \
		} \
		RETURN_NULL(); \
	} while (0)

#endif
