/* Several questions at once: from an array of them to one of answers and exceptions, under the same keys. */

#include "php_bonuspay.h"

typedef struct {
	const char *method, *call;
	size_t method_len, call_len;
} question_name;

#define QUESTION(method, call) { #method, #call, sizeof(#method) - 1, sizeof(#call) - 1 }
static const question_name questions_known[] = {
	QUESTION(getOrder, order_get),
	QUESTION(getPaymentEvents, order_payment_events),
	QUESTION(getRefund, refund_get),
	QUESTION(getTopupAddress, topup_address),
	QUESTION(getTopupDeposits, topup_deposits),
	QUESTION(getTopupDeposit, topup_deposit),
	QUESTION(getWithdrawal, withdraw_get),
	QUESTION(getWithdrawNetworks, withdraw_networks),
	QUESTION(getTransfer, transfer_get),
	QUESTION(getTransferNetworks, transfer_networks),
	QUESTION(getFxRate, fx_rate),
	QUESTION(getBalances, account_balances),
	QUESTION(getSettlement, settlement_get),
	QUESTION(getSubMerchant, submerchant_get),
};
#define QUESTIONS_KNOWN (sizeof(questions_known) / sizeof(questions_known[0]))

/* What is asked, as the library takes it, and the texts that it points to. */
typedef struct {
	size_t count;
	bonuspay_question asked[BONUSPAY_QUESTIONS_MAX];
	smart_str json[BONUSPAY_QUESTIONS_MAX];
} question_list;

static void free_list(question_list *list)
{
	for (size_t at = 0; at < BONUSPAY_QUESTIONS_MAX; at++) {
		smart_str_free(&list->json[at]);
	}
}

static const question_name *find_name(zend_string *method)
{
	for (size_t at = 0; at < QUESTIONS_KNOWN; at++) {
		if (ZSTR_LEN(method) == questions_known[at].method_len
			&& memcmp(ZSTR_VAL(method), questions_known[at].method, ZSTR_LEN(method)) == 0) {
			return &questions_known[at];
		}
	}
	return NULL;
}

/* The field is where it stands in the array, as a JSON Pointer. */
ZEND_COLD static zend_result refuse(const smart_str *place, const char *what)
{
	php_bonuspay_throw_argument(ZSTR_VAL(place->s), ZSTR_LEN(place->s), "%.200s %s; nothing was sent",
		ZSTR_VAL(place->s), what);
	return FAILURE;
}

ZEND_COLD static zend_result refuse_method(const smart_str *place, zend_string *method)
{
	php_bonuspay_throw_argument(ZSTR_VAL(place->s), ZSTR_LEN(place->s),
		"%.200s: callMany() asks getOrder, getPaymentEvents, getRefund and the other methods that begin with get, "
		"not %.32s; nothing was sent", ZSTR_VAL(place->s), ZSTR_VAL(method));
	return FAILURE;
}

/* Takes up one question; `place` is where it stands. */
static zend_result add(question_list *list, const smart_str *place, zval *given)
{
	static const char wanted[] = "must be a list of a method's name and its bizContent, an array or JSON text";
	if (Z_TYPE_P(given) != IS_ARRAY) {
		return refuse(place, wanted);
	}
	HashTable *parts = Z_ARRVAL_P(given);
	zval *method = zend_hash_index_find_deref(parts, 0), *biz_content = zend_hash_index_find_deref(parts, 1);
	bool is_text = biz_content && Z_TYPE_P(biz_content) == IS_STRING;
	if (!method || Z_TYPE_P(method) != IS_STRING || (biz_content && !is_text && Z_TYPE_P(biz_content) != IS_ARRAY)
		|| zend_hash_num_elements(parts) != (biz_content ? 2 : 1)) {
		return refuse(place, wanted);
	}
	const question_name *name = find_name(Z_STR_P(method));
	if (!name) {
		return refuse_method(place, Z_STR_P(method));
	}

	smart_str *json = &list->json[list->count];
	if (is_text) {
		/* Held: what another question runs may change the array. */
		json->s = zend_string_copy(Z_STR_P(biz_content));
	} else {
		smart_str pointer = {0};
		smart_str_append_smart_str(&pointer, place);
		php_bonuspay_append_step(&pointer, 1, NULL);
		zend_result written = php_bonuspay_encode_below(&pointer, json,
			biz_content ? Z_ARRVAL_P(biz_content) : (HashTable *) &zend_empty_array);
		smart_str_free(&pointer);
		if (written == FAILURE) {
			return FAILURE;
		}
	}
	list->asked[list->count++] = (bonuspay_question) {
		.call = name->call, .call_len = name->call_len, .biz = ZSTR_VAL(json->s), .biz_len = ZSTR_LEN(json->s),
	};
	return SUCCESS;
}

static zend_result read_list(question_list *list, HashTable *calls)
{
	zend_ulong index;
	zend_string *key;
	zval *given;
	if (zend_hash_num_elements(calls) == 0 || zend_hash_num_elements(calls) > BONUSPAY_QUESTIONS_MAX) {
		php_bonuspay_throw_argument(ZEND_STRL("calls"), "calls must be 1 to %d questions, not %u; nothing was sent",
			BONUSPAY_QUESTIONS_MAX, zend_hash_num_elements(calls));
		return FAILURE;
	}
	ZEND_HASH_FOREACH_KEY_VAL(calls, index, key, given) {
		ZVAL_DEREF(given);
		smart_str place = {0};
		php_bonuspay_append_step(&place, index, key);
		smart_str_0(&place);
		zend_result added = add(list, &place, given);
		smart_str_free(&place);
		if (added == FAILURE) {
			return FAILURE;
		}
	} ZEND_HASH_FOREACH_END();
	return SUCCESS;
}

/*
 * The objects that will own the answers are made before the answers are there, so that an exhausted memory limit cannot
 * come between the two.
 */
static void make_responses(zval *answers, zend_object **objects, HashTable *calls)
{
	size_t at = 0;
	zend_ulong index;
	zend_string *key;
	array_init_size(answers, zend_hash_num_elements(calls));
	ZEND_HASH_FOREACH_KEY(calls, index, key) {
		zval response;
		object_init_ex(&response, php_bonuspay_ce.response);
		objects[at++] = Z_OBJ(response);
		if (key) {
			zend_hash_add_new(Z_ARRVAL_P(answers), key, &response);
		} else {
			zend_hash_index_add_new(Z_ARRVAL_P(answers), index, &response);
		}
	} ZEND_HASH_FOREACH_END();
}

/* Puts an exception in the place of each answer that did not come. */
static void put_exceptions(zval *answers, bonuspay_error **errors)
{
	size_t at = 0;
	zval *answer;
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(answers), answer) {
		if (errors[at]) {
			zend_object *response = Z_OBJ_P(answer);
			ZVAL_OBJ(answer, php_bonuspay_exception(errors[at]));
			OBJ_RELEASE(response);
		}
		at++;
	} ZEND_HASH_FOREACH_END();
}

void php_bonuspay_ask(zval *answers, const bonuspay_client *client, HashTable *calls, uint32_t deadline_ms)
{
	question_list list = {0};
	if (read_list(&list, calls) == FAILURE) {
		free_list(&list);
		return;
	}
	zend_object *objects[BONUSPAY_QUESTIONS_MAX];
	bonuspay_response *responses[BONUSPAY_QUESTIONS_MAX];
	bonuspay_error *error = NULL;
	make_responses(answers, objects, calls);
	bonuspay_error **errors = php_bonuspay_park()->errors;
	bonuspay_call_many(client, list.asked, list.count, deadline_ms, responses, errors, &error);
	for (size_t at = 0; at < list.count; at++) {
		php_bonuspay_response_of(objects[at])->handle = responses[at];
	}
	free_list(&list);
	if (error) {
		php_bonuspay_throw(error);
	} else {
		put_exceptions(answers, errors);
	}
	php_bonuspay_unpark();
}
