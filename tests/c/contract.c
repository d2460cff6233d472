/*
 * The promises of bonuspay.h about arguments: every function once at least, with NULL, nothing, no UTF-8, a length
 * that cannot be, an object of another kind; outputs written in every case. Needs no network.
 *
 *   contract [double-free]
 */
#include "support.h"

/* Marks an output that the library must overwrite. */
#define UNWRITTEN(type) ((type *)(intptr_t)-16)

#define NO_UTF8 "a\xff"
#define TOO_LONG ((size_t)-1)

static bonuspay_error *err;
static const bonuspay_client *const NO_CLIENT;

static void status_is(bonuspay_status status, bonuspay_status expected, const char *field, const char *what, int line)
{
    if (status != expected)
        die("%s:%d: %s is %s, not %s", __FILE__, line, what, bonuspay_status_name(status),
            bonuspay_status_name(expected));
    if (expected == BONUSPAY_OK) {
        check(err == NULL, "*err is NULL on success", __FILE__, line);
    } else {
        check(err != NULL && err != UNWRITTEN(bonuspay_error), "*err is an error", __FILE__, line);
        check(bonuspay_error_status(err) == (int32_t)expected, "the error has the same status", __FILE__, line);
        check(bonuspay_error_message(err, NULL) != NULL, "the error has a message", __FILE__, line);
        if (field != NULL)
            check_text(bonuspay_error_field(err, NULL), field, what, __FILE__, line);
    }
    bonuspay_error_free(err);
    err = UNWRITTEN(bonuspay_error);
}

/* Checks the status, the field, and that *err was written. */
#define IS(call, status, field) status_is((call), BONUSPAY_##status, (field), #call, __LINE__)

/* Checks besides that out is NULL after the failure. */
#define REFUSES(call, status, field)                                                                                   \
    do {                                                                                                               \
        out = UNWRITTEN(void);                                                                                         \
        IS(call, status, field);                                                                                       \
        CHECK(out == NULL);                                                                                            \
    } while (0)

#define OUT (void *)&out

static bonuspay_client *make_client(const char *private_pem, const char *public_pem)
{
    bonuspay_config *config = bonuspay_config_new();
    bonuspay_client *client = UNWRITTEN(bonuspay_client);
    IS(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, &err), OK, NULL);
    IS(bonuspay_config_set_base_url(config, TEXT("http://127.0.0.1:1/sgs/api/"), &err), OK, NULL);
    IS(bonuspay_config_set_allow_http(config, true, &err), OK, NULL);
    IS(bonuspay_config_set_partner_id(config, TEXT("200000000888"), &err), OK, NULL);
    IS(bonuspay_config_set_private_key(config, TEXT(private_pem), &err), OK, NULL);
    IS(bonuspay_config_set_public_key(config, TEXT(public_pem), &err), OK, NULL);
    IS(bonuspay_config_set_connect_timeout_ms(config, 30000, &err), OK, NULL);
    IS(bonuspay_config_set_total_timeout_ms(config, 60000, &err), OK, NULL);
    IS(bonuspay_client_new(config, &client, &err), OK, NULL);
    bonuspay_config_free(config);
    return client;
}

typedef bonuspay_status text_setter(bonuspay_config *, const char *, size_t, bonuspay_error **);

static void settings(const bonuspay_keypair *keys)
{
    static const struct {
        const char *name;
        text_setter *set;
        int binary; /* a key or a PEM: what is no UTF-8 is refused as a key, not as a text */
    } setters[] = {
        {"base_url", bonuspay_config_set_base_url, 0},       {"partner_id", bonuspay_config_set_partner_id, 0},
        {"private_key", bonuspay_config_set_private_key, 1}, {"public_key", bonuspay_config_set_public_key, 1},
        {"proxy", bonuspay_config_set_proxy, 0},             {"ca_pem", bonuspay_config_set_ca_pem, 1},
        {"user_agent", bonuspay_config_set_user_agent, 0},   {"language", bonuspay_config_set_language, 0},
    };
    bonuspay_config *config = bonuspay_config_new();
    bonuspay_config *other = (bonuspay_config *)(intptr_t)keys;
    void *out;
    CHECK(config != NULL);
    for (size_t i = 0; i < sizeof setters / sizeof *setters; i++) {
        text_setter *set = setters[i].set;
        IS(set(NULL, TEXT("x"), &err), NULL_ARGUMENT, "config");
        IS(set(other, TEXT("x"), &err), INVALID_ARGUMENT, "config");
        IS(set(config, NULL, 1, &err), NULL_ARGUMENT, setters[i].name);
        IS(set(config, "x", TOO_LONG, &err), INVALID_ARGUMENT, setters[i].name);
        CHECK(set(NULL, NULL, 1, NULL) == BONUSPAY_NULL_ARGUMENT);
        if (!setters[i].binary)
            IS(set(config, TEXT(NO_UTF8), &err), INVALID_ARGUMENT, setters[i].name);
    }
    IS(bonuspay_config_set_base_url(config, TEXT("file:///etc/passwd"), &err), INVALID_ARGUMENT, "base_url");
    IS(bonuspay_config_set_partner_id(config, TEXT("888\r\nX: 1"), &err), INVALID_ARGUMENT, "partner_id");
    IS(bonuspay_config_set_private_key(config, NULL, 0, &err), KEY, NULL);
    IS(bonuspay_config_set_public_key(config, TEXT("****"), &err), KEY, NULL);
    IS(bonuspay_config_set_environment(NULL, 1, &err), NULL_ARGUMENT, "config");
    IS(bonuspay_config_set_environment(config, 0, &err), INVALID_ARGUMENT, "environment");
    IS(bonuspay_config_set_environment(config, 77, &err), INVALID_ARGUMENT, "environment");
    IS(bonuspay_config_set_connect_timeout_ms(NULL, 1, &err), NULL_ARGUMENT, "config");
    IS(bonuspay_config_set_connect_timeout_ms(config, 0, &err), INVALID_ARGUMENT, NULL);
    IS(bonuspay_config_set_total_timeout_ms(NULL, 1, &err), NULL_ARGUMENT, "config");
    IS(bonuspay_config_set_total_timeout_ms(config, 0, &err), INVALID_ARGUMENT, NULL);
    IS(bonuspay_config_set_allow_http(NULL, true, &err), NULL_ARGUMENT, "config");
    IS(bonuspay_config_set_allow_http(config, false, &err), OK, NULL);
    IS(bonuspay_config_set_scale(NULL, TEXT("USDT"), 2, &err), NULL_ARGUMENT, "config");
    IS(bonuspay_config_set_scale(config, NULL, 4, 2, &err), NULL_ARGUMENT, "currency");
    IS(bonuspay_config_set_scale(config, TEXT(NO_UTF8), 2, &err), INVALID_ARGUMENT, "currency");
    IS(bonuspay_config_set_scale(config, TEXT("USDT"), 4000000000u, &err), INVALID_ARGUMENT, NULL);
    IS(bonuspay_config_set_scale(config, TEXT("USDT"), 6, &err), OK, NULL);

    /* A complete configuration or none; a refused setting leaves the others as they were. */
    REFUSES(bonuspay_client_new(NULL, OUT, &err), NULL_ARGUMENT, "config");
    REFUSES(bonuspay_client_new(other, OUT, &err), INVALID_ARGUMENT, "config");
    IS(bonuspay_client_new(config, NULL, &err), NULL_ARGUMENT, "out");
    REFUSES(bonuspay_client_new(config, OUT, &err), INVALID_CONFIG, NULL);

    /* http never goes to production, whatever is allowed. */
    IS(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_PRODUCTION, &err), OK, NULL);
    IS(bonuspay_config_set_base_url(config, TEXT("http://api.bonuspay.network/sgs/api/"), &err), OK, NULL);
    IS(bonuspay_config_set_allow_http(config, true, &err), OK, NULL);
    IS(bonuspay_config_set_partner_id(config, TEXT("200000000888"), &err), OK, NULL);
    IS(bonuspay_config_set_private_key(config, TEXT(bonuspay_keypair_private_pem(keys, NULL)), &err), OK, NULL);
    IS(bonuspay_config_set_public_key(config, TEXT(bonuspay_keypair_public_pem(keys, NULL)), &err), OK, NULL);
    REFUSES(bonuspay_client_new(config, OUT, &err), INVALID_CONFIG, NULL);
    bonuspay_config_free(config);
    bonuspay_config_free(NULL);
}

typedef bonuspay_status endpoint(const bonuspay_client *, const char *, size_t, bonuspay_response **,
                                 bonuspay_error **);

static void calls(const bonuspay_client *client, const bonuspay_keypair *keys)
{
    static endpoint *const endpoints[] = {
        bonuspay_order_place, bonuspay_order_cancel,         bonuspay_order_accept, bonuspay_order_get,
        bonuspay_refund_place, bonuspay_order_payment_events, bonuspay_refund_get,
        bonuspay_topup_address, bonuspay_topup_deposits, bonuspay_topup_deposit,
        bonuspay_withdraw_place, bonuspay_withdraw_get, bonuspay_withdraw_networks,
        bonuspay_transfer_place, bonuspay_transfer_get, bonuspay_transfer_networks,
        bonuspay_fx_rate, bonuspay_settlement_place, bonuspay_settlement_get,
        bonuspay_submerchant_create, bonuspay_submerchant_get,
    };
    const bonuspay_client *other = (const bonuspay_client *)(intptr_t)keys;
    void *out;
    for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++) {
        endpoint *call = endpoints[i];
        REFUSES(call(NO_CLIENT, TEXT("{}"), OUT, &err), NULL_ARGUMENT, "client");
        REFUSES(call(other, TEXT("{}"), OUT, &err), INVALID_ARGUMENT, "client");
        REFUSES(call(client, NULL, 2, OUT, &err), NULL_ARGUMENT, "biz");
        REFUSES(call(client, "{}", TOO_LONG, OUT, &err), INVALID_ARGUMENT, "biz");
        REFUSES(call(client, NULL, 0, OUT, &err), INVALID_ARGUMENT, NULL);
        REFUSES(call(client, TEXT("{"), OUT, &err), INVALID_ARGUMENT, NULL);
        REFUSES(call(client, TEXT("{}"), OUT, &err), INVALID_ARGUMENT, NULL);
        REFUSES(call(client, TEXT("{\"" NO_UTF8 "\":1}"), OUT, &err), INVALID_ARGUMENT, NULL);
        REFUSES(call(client, TEXT("{\"mistake\":1}"), OUT, &err), INVALID_ARGUMENT, "/mistake");
        IS(call(client, TEXT("{}"), NULL, &err), NULL_ARGUMENT, "out");
        CHECK(call(client, TEXT("{}"), OUT, NULL) == BONUSPAY_INVALID_ARGUMENT);
        CHECK(call(NULL, NULL, 0, NULL, NULL) == BONUSPAY_NULL_ARGUMENT);
    }
    /* An empty request asks for all balances, so only what is wrong is tried. */
    REFUSES(bonuspay_account_balances(client, TEXT("{\"assetCodeList\":[]}"), OUT, &err), INVALID_ARGUMENT,
            "/assetCodeList");
    /* A NUL ends no text: this is another number, and an ill-formed one. */
    REFUSES(bonuspay_order_get(client, "{\"merchantOrderNo\":\"a\0b\"}", 25, OUT, &err), INVALID_ARGUMENT, NULL);
    REFUSES(bonuspay_order_get(client, TEXT("{\"merchantOrderNo\":\"a\\u0000b\"}"), OUT, &err), INVALID_ARGUMENT,
            "/merchantOrderNo");
    CHECK(bonuspay_order_get(client, TEXT("{\"orderNo\":\"1\"}"), OUT, &err) == BONUSPAY_CONNECT);
    CHECK(bonuspay_error_outcome(err) == BONUSPAY_OUTCOME_NOT_SENT);
    CHECK(bonuspay_error_retryable(err) == 1 && bonuspay_error_authenticated(err) == 0);
    CHECK(bonuspay_error_http_status(err) == 0 && bonuspay_error_api_code(err, NULL) == NULL);
    bonuspay_error_free(err);

    REFUSES(bonuspay_call(NO_CLIENT, TEXT("a/b"), TEXT("{}"), OUT, &err), NULL_ARGUMENT, "client");
    REFUSES(bonuspay_call(other, TEXT("a/b"), TEXT("{}"), OUT, &err), INVALID_ARGUMENT, "client");
    REFUSES(bonuspay_call(client, NULL, 1, TEXT("{}"), OUT, &err), NULL_ARGUMENT, "path");
    REFUSES(bonuspay_call(client, NULL, 0, TEXT("{}"), OUT, &err), INVALID_ARGUMENT, NULL);
    REFUSES(bonuspay_call(client, TEXT(NO_UTF8), TEXT("{}"), OUT, &err), INVALID_ARGUMENT, "path");
    REFUSES(bonuspay_call(client, TEXT("../../x"), TEXT("{}"), OUT, &err), INVALID_ARGUMENT, NULL);
    REFUSES(bonuspay_call(client, TEXT("a/b"), NULL, 1, OUT, &err), NULL_ARGUMENT, "biz");
    REFUSES(bonuspay_call(client, TEXT("a/b"), TEXT("[]"), OUT, &err), INVALID_ARGUMENT, NULL);
    IS(bonuspay_call(client, TEXT("a/b"), TEXT("{}"), NULL, &err), NULL_ARGUMENT, "out");
}

#define GOOD_BIZ "{\"orderNo\":\"1\"}"
#define GOOD {"order_get", 9, GOOD_BIZ, 15}

/* Checks besides that every place is NULL after the failure. */
#define NO_QUESTIONS(call, status, field)                                                                              \
    do {                                                                                                               \
        out[0] = out[1] = UNWRITTEN(bonuspay_response);                                                                \
        errs[0] = errs[1] = UNWRITTEN(bonuspay_error);                                                                 \
        IS(call, status, field);                                                                                       \
        CHECK(out[0] == NULL && out[1] == NULL && errs[0] == NULL && errs[1] == NULL);                                 \
    } while (0)

static void questions(const bonuspay_client *client, const bonuspay_keypair *keys)
{
    const bonuspay_client *other = (const bonuspay_client *)(intptr_t)keys;
    bonuspay_question calls[2] = {GOOD, GOOD};
    bonuspay_response *out[2];
    bonuspay_error *errs[2];

    NO_QUESTIONS(bonuspay_call_many(NO_CLIENT, calls, 2, 0, out, errs, &err), NULL_ARGUMENT, "client");
    NO_QUESTIONS(bonuspay_call_many(other, calls, 2, 0, out, errs, &err), INVALID_ARGUMENT, "client");
    NO_QUESTIONS(bonuspay_call_many(client, NULL, 2, 0, out, errs, &err), NULL_ARGUMENT, "calls");
    NO_QUESTIONS(bonuspay_call_many(client, calls, 2, 600001, out, errs, &err), INVALID_ARGUMENT, "deadline_ms");
    IS(bonuspay_call_many(client, calls, 0, 0, out, errs, &err), INVALID_ARGUMENT, "calls");
    IS(bonuspay_call_many(client, NULL, 0, 0, NULL, NULL, &err), NULL_ARGUMENT, "out");
    IS(bonuspay_call_many(client, calls, TOO_LONG, 0, out, errs, &err), INVALID_ARGUMENT, "calls");
    IS(bonuspay_call_many(client, calls, 2, 0, NULL, NULL, &err), NULL_ARGUMENT, "out");
    errs[0] = errs[1] = UNWRITTEN(bonuspay_error);
    IS(bonuspay_call_many(client, calls, 2, 0, NULL, errs, &err), NULL_ARGUMENT, "out");
    CHECK(errs[0] == NULL && errs[1] == NULL);
    out[0] = out[1] = UNWRITTEN(bonuspay_response);
    CHECK(bonuspay_call_many(client, NULL, 2, 0, out, NULL, NULL) == BONUSPAY_NULL_ARGUMENT);
    CHECK(out[0] == NULL && out[1] == NULL);
}

static void ill_formed_questions(const bonuspay_client *client)
{
    static const struct {
        bonuspay_question question;
        bonuspay_status status;
        const char *field;
    } rows[] = {
        {{NULL, 9, GOOD_BIZ, 15}, BONUSPAY_NULL_ARGUMENT, "calls[1].call"},
        {{NULL, 0, GOOD_BIZ, 15}, BONUSPAY_INVALID_ARGUMENT, "calls[1].call"},
        {{"order_get", TOO_LONG, GOOD_BIZ, 15}, BONUSPAY_INVALID_ARGUMENT, "calls[1].call"},
        {{NO_UTF8, 2, GOOD_BIZ, 15}, BONUSPAY_INVALID_ARGUMENT, "calls[1].call"},
        {{"order_gets", 10, GOOD_BIZ, 15}, BONUSPAY_INVALID_ARGUMENT, "calls[1].call"},
        {{"order_place", 11, GOOD_BIZ, 15}, BONUSPAY_INVALID_ARGUMENT, "calls[1]"},
        {{"order_get", 9, NULL, 1}, BONUSPAY_NULL_ARGUMENT, "calls[1].biz"},
        {{"order_get", 9, GOOD_BIZ, TOO_LONG}, BONUSPAY_INVALID_ARGUMENT, "calls[1].biz"},
    };
    bonuspay_question calls[2] = {GOOD, GOOD};
    bonuspay_response *out[2];
    bonuspay_error *errs[2];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        calls[1] = rows[i].question;
        out[0] = out[1] = UNWRITTEN(bonuspay_response);
        errs[0] = errs[1] = UNWRITTEN(bonuspay_error);
        status_is(bonuspay_call_many(client, calls, 2, 0, out, errs, &err), rows[i].status, rows[i].field, "a row",
                  __LINE__);
        CHECK(out[0] == NULL && out[1] == NULL && errs[0] == NULL && errs[1] == NULL);
    }

    /* What a request lacks is its own question's error. */
    calls[1].call = "order_get";
    calls[1].call_len = 9;
    calls[1].biz = "{}";
    calls[1].biz_len = 2;
    IS(bonuspay_call_many(client, calls + 1, 1, 0, out, errs, &err), OK, NULL);
    CHECK(out[0] == NULL && bonuspay_error_status(errs[0]) == BONUSPAY_INVALID_ARGUMENT);
    CHECK(bonuspay_error_outcome(errs[0]) == BONUSPAY_OUTCOME_NOT_SENT);
    bonuspay_error_free(errs[0]);
    /* Nobody listens, and the deadline is over before the client's own. */
    IS(bonuspay_call_many(client, calls, 1, 300, out, errs, &err), OK, NULL);
    CHECK(out[0] == NULL && bonuspay_error_status(errs[0]) == BONUSPAY_CONNECT);
    CHECK(bonuspay_error_outcome(errs[0]) == BONUSPAY_OUTCOME_NOT_SENT);
    bonuspay_error_free(errs[0]);
}

static void signatures(const bonuspay_client *client, const bonuspay_keypair *keys)
{
    const bonuspay_client *other = (const bonuspay_client *)(intptr_t)keys;
    char sign[512];
    size_t len;
    IS(bonuspay_sign(NULL, TEXT("m"), sign, sizeof sign, &len, &err), NULL_ARGUMENT, "client");
    IS(bonuspay_sign(other, TEXT("m"), sign, sizeof sign, &len, &err), INVALID_ARGUMENT, "client");
    IS(bonuspay_sign(client, NULL, 1, sign, sizeof sign, &len, &err), NULL_ARGUMENT, "message");
    IS(bonuspay_sign(client, "m", TOO_LONG, sign, sizeof sign, &len, &err), INVALID_ARGUMENT, "message");
    IS(bonuspay_sign(client, TEXT("m"), NULL, 344, &len, &err), NULL_ARGUMENT, "out");
    IS(bonuspay_sign(client, TEXT("m"), sign, sizeof sign, NULL, &err), NULL_ARGUMENT, "len");
    IS(bonuspay_sign(client, TEXT("m"), sign, 343, &len, &err), INVALID_ARGUMENT, "out");
    CHECK(len == 344 && sign[0] == '\0');
    sign[344] = '#';
    IS(bonuspay_sign(client, TEXT("m"), sign, 344, &len, &err), OK, NULL);
    CHECK(len == 344 && sign[344] == '#');
    IS(bonuspay_sign(client, NULL, 0, sign, sizeof sign, &len, &err), OK, NULL);
    CHECK(len == 344 && strlen(sign) == 344);

    IS(bonuspay_verify(client, NULL, 0, TEXT(sign), &err), OK, NULL);
    IS(bonuspay_verify(client, TEXT("m"), TEXT(sign), &err), BAD_SIGNATURE, NULL);
    IS(bonuspay_verify(client, NULL, 0, NULL, 0, &err), BAD_SIGNATURE, NULL);
    IS(bonuspay_verify(client, NULL, 0, sign, 345, &err), BAD_SIGNATURE, NULL);
    IS(bonuspay_verify(client, NULL, 0, TEXT(NO_UTF8), &err), BAD_SIGNATURE, NULL);
    IS(bonuspay_verify(NULL, NULL, 0, TEXT(sign), &err), NULL_ARGUMENT, "client");
    IS(bonuspay_verify(other, NULL, 0, TEXT(sign), &err), INVALID_ARGUMENT, "client");
    IS(bonuspay_verify(client, NULL, 1, TEXT(sign), &err), NULL_ARGUMENT, "message");
    IS(bonuspay_verify(client, NULL, 0, NULL, 344, &err), NULL_ARGUMENT, "sign");
    IS(bonuspay_verify(client, NULL, 0, sign, TOO_LONG, &err), INVALID_ARGUMENT, "sign");
}

/* Signs a body as BonusPay would: here both sides have the same keys. */
static const char *signed_by_gateway(const bonuspay_client *client, const char *body, size_t body_len, char *sign,
                                     size_t cap)
{
    size_t len;
    IS(bonuspay_sign(client, body, body_len, sign, cap, &len, &err), OK, NULL);
    return sign;
}

static void notifications(const bonuspay_client *client, const bonuspay_keypair *keys)
{
    static const char body[] =
        "{\"notify_id\":\"2021\",\"acquireOrder\":{\"merchantOrderNo\":\"wp_1\\u0000x\",\"orderNo\":"
                               "131710904557001559,\"status\":\"NEW\",\"subject\":\"\",\"reserved\":null,"
                               "\"totalAmount\":{\"amount\":0.10000000,\"currency\":\"USDT\"}}}\r\n";
    const bonuspay_client *other = (const bonuspay_client *)(intptr_t)keys;
    bonuspay_notification *notification = UNWRITTEN(bonuspay_notification);
    char sign[512];
    size_t len;
    void *out;
    signed_by_gateway(client, body, sizeof body - 1, sign, sizeof sign);

    REFUSES(bonuspay_notification_verify(NULL, TEXT(body), TEXT(sign), NULL, 0, OUT, &err), NULL_ARGUMENT, "client");
    REFUSES(bonuspay_notification_verify(other, TEXT(body), TEXT(sign), NULL, 0, OUT, &err),
            INVALID_ARGUMENT, "client");
    REFUSES(bonuspay_notification_verify(client, NULL, 1, TEXT(sign), NULL, 0, OUT, &err), NULL_ARGUMENT, "body");
    REFUSES(bonuspay_notification_verify(client, body, TOO_LONG, TEXT(sign), NULL, 0, OUT, &err), INVALID_ARGUMENT,
            "body");
    REFUSES(bonuspay_notification_verify(client, TEXT(body), NULL, 1, NULL, 0, OUT, &err), NULL_ARGUMENT, "sign");
    REFUSES(bonuspay_notification_verify(client, TEXT(body), TEXT(sign), NULL, 1, OUT, &err), NULL_ARGUMENT,
            "partner_id");
    REFUSES(bonuspay_notification_verify(client, TEXT(body), TEXT(sign), "", 0, OUT, &err),
            NOTIFICATION_MISMATCH, NULL);
    REFUSES(bonuspay_notification_verify(client, TEXT(body), NULL, 0, NULL, 0, OUT, &err), BAD_SIGNATURE, NULL);
    REFUSES(bonuspay_notification_verify(client, NULL, 0, TEXT(sign), NULL, 0, OUT, &err), BAD_SIGNATURE, NULL);
    REFUSES(bonuspay_notification_verify(client, body, strlen(body) - 2, TEXT(sign), NULL, 0, OUT, &err), BAD_SIGNATURE,
            NULL);
    IS(bonuspay_notification_verify(client, TEXT(body), TEXT(sign), NULL, 0, NULL, &err), NULL_ARGUMENT, "out");

    IS(bonuspay_notification_verify(client, TEXT(body), TEXT(sign), TEXT("200000000888"), &notification, &err),
       OK, NULL);
    CHECK(bonuspay_notification_kind(notification) == BONUSPAY_NOTIFICATION_ORDER);
    CHECK(bonuspay_notification_state(notification) == BONUSPAY_STATE_UNKNOWN);
    CHECK_TEXT(bonuspay_notification_id(notification, &len), "2021");
    CHECK(len == 4);
    CHECK_TEXT(bonuspay_notification_get(notification, TEXT("/acquireOrder/orderNo"), NULL), "131710904557001559");
    CHECK_TEXT(bonuspay_notification_get(notification, TEXT("/acquireOrder/totalAmount/amount"), NULL), "0.10000000");
    /* A text with a NUL is whole, or not given. */
    CHECK(bonuspay_notification_get(notification, TEXT("/acquireOrder/merchantOrderNo"), NULL) == NULL);
    const char *number = bonuspay_notification_get(notification, TEXT("/acquireOrder/merchantOrderNo"), &len);
    CHECK(number != NULL && len == 6 && memcmp(number, "wp_1\0x", 7) == 0);
    /* Empty is not nothing. */
    CHECK_TEXT(bonuspay_notification_get(notification, TEXT("/acquireOrder/subject"), &len), "");
    CHECK(len == 0);
    const char *nothing[] = {"/acquireOrder/reserved", "/acquireOrder", "/none", "none", "",
                             NO_UTF8, "/acquireOrder/~2"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        len = 9;
        CHECK(bonuspay_notification_get(notification, TEXT(nothing[i]), &len) == NULL && len == 0);
    }
    CHECK(bonuspay_notification_get(notification, NULL, 3, &len) == NULL);
    CHECK(bonuspay_notification_get(notification, "/none", TOO_LONG, &len) == NULL);
    const char *json = bonuspay_notification_json(notification, &len);
    CHECK(json != NULL && strlen(json) == len && strstr(json, "\"0.10000000\"") != NULL);
    const char *raw = bonuspay_notification_raw(notification, &len);
    CHECK(len == sizeof body - 1 && memcmp(raw, body, sizeof body) == 0);
    CHECK(bonuspay_notification_raw(notification, NULL) == raw);

    /* As another kind of object it is nothing. */
    CHECK(bonuspay_response_json((const bonuspay_response *)(intptr_t)notification, &len) == NULL && len == 0);
    CHECK(bonuspay_response_state((const bonuspay_response *)(intptr_t)notification) == 0);
    bonuspay_response_free((bonuspay_response *)(intptr_t)notification);
    CHECK(bonuspay_notification_kind(notification) == BONUSPAY_NOTIFICATION_ORDER);
    bonuspay_notification_free(notification);
    bonuspay_notification_free(NULL);

    /* A genuine signature over a bad message. */
    const char *bad[] = {"", "{", "[]", "{}", "{\"acquireOrder\":{\"status\":\"CREATED\",\"status\":\"SUCCESS\"}}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        signed_by_gateway(client, TEXT(bad[i]), sign, sizeof sign);
        REFUSES(bonuspay_notification_verify(client, TEXT(bad[i]), TEXT(sign), NULL, 0, OUT, &err), PROTOCOL, NULL);
    }
}

static void getters_of_nothing(const bonuspay_keypair *keys)
{
    const void *other = keys;
    size_t len = 9;
#define NOTHING(call) CHECK((call) == NULL && len == 0), len = 9
    NOTHING(bonuspay_response_get(NULL, TEXT("/a"), &len));
    NOTHING(bonuspay_response_get(other, TEXT("/a"), &len));
    NOTHING(bonuspay_response_json(NULL, &len));
    NOTHING(bonuspay_response_json(other, &len));
    NOTHING(bonuspay_response_raw(NULL, &len));
    NOTHING(bonuspay_response_raw(other, &len));
    NOTHING(bonuspay_response_checkout_url(NULL, &len));
    NOTHING(bonuspay_response_checkout_url(other, &len));
    NOTHING(bonuspay_notification_id(NULL, &len));
    NOTHING(bonuspay_notification_id(other, &len));
    NOTHING(bonuspay_notification_get(NULL, TEXT("/a"), &len));
    NOTHING(bonuspay_notification_get(other, TEXT("/a"), &len));
    NOTHING(bonuspay_notification_json(NULL, &len));
    NOTHING(bonuspay_notification_json(other, &len));
    NOTHING(bonuspay_notification_raw(NULL, &len));
    NOTHING(bonuspay_notification_raw(other, &len));
    NOTHING(bonuspay_keypair_private_pem(NULL, &len));
    NOTHING(bonuspay_keypair_public_pem(NULL, &len));
    NOTHING(bonuspay_keypair_fingerprint(NULL, &len));
    NOTHING(bonuspay_error_message(NULL, &len));
    NOTHING(bonuspay_error_message(other, &len));
    NOTHING(bonuspay_error_field(NULL, &len));
    NOTHING(bonuspay_error_field(other, &len));
    NOTHING(bonuspay_error_api_code(NULL, &len));
    NOTHING(bonuspay_error_api_code(other, &len));
    NOTHING(bonuspay_error_api_message(NULL, &len));
    NOTHING(bonuspay_error_api_message(other, &len));
    NOTHING(bonuspay_error_trace_code(NULL, &len));
    NOTHING(bonuspay_error_trace_code(other, &len));
    CHECK(bonuspay_error_message(NULL, NULL) == NULL);
    CHECK(bonuspay_response_state(NULL) == 0 && bonuspay_response_state(other) == 0);
    CHECK(bonuspay_response_matches_request(NULL) == 0 && bonuspay_response_matches_request(other) == 0);
    CHECK(bonuspay_notification_kind(NULL) == 0 && bonuspay_notification_kind(other) == 0);
    CHECK(bonuspay_notification_state(NULL) == 0 && bonuspay_notification_state(other) == 0);
    CHECK(bonuspay_error_status(NULL) == 0 && bonuspay_error_status(other) == 0);
    CHECK(bonuspay_error_outcome(NULL) == 0 && bonuspay_error_outcome(other) == 0);
    CHECK(bonuspay_error_retryable(NULL) == 0 && bonuspay_error_retryable(other) == 0);
    CHECK(bonuspay_error_authenticated(NULL) == 0 && bonuspay_error_authenticated(other) == 0);
    CHECK(bonuspay_error_http_status(NULL) == 0 && bonuspay_error_http_status(other) == 0);
    /* What is no such object is left alone; keys is used after this. */
    bonuspay_response_free(NULL);
    bonuspay_response_free((bonuspay_response *)(intptr_t)other);
    bonuspay_notification_free((bonuspay_notification *)(intptr_t)other);
    bonuspay_error_free(NULL);
    bonuspay_error_free((bonuspay_error *)(intptr_t)other);
    bonuspay_config_free((bonuspay_config *)(intptr_t)other);
    bonuspay_client_free(NULL);
    bonuspay_client_free((bonuspay_client *)(intptr_t)other);
    bonuspay_keypair_free(NULL);
    CHECK(bonuspay_keypair_fingerprint(keys, NULL) != NULL);
}

static void key_pairs(void)
{
    void *out;
    REFUSES(bonuspay_keypair_generate(1024, OUT, &err), INVALID_ARGUMENT, NULL);
    REFUSES(bonuspay_keypair_generate(0, OUT, &err), INVALID_ARGUMENT, NULL);
    REFUSES(bonuspay_keypair_generate(4000000000u, OUT, &err), INVALID_ARGUMENT, NULL);
    IS(bonuspay_keypair_generate(2048, NULL, &err), NULL_ARGUMENT, "out");
    REFUSES(bonuspay_keypair_from_private(NULL, 1, OUT, &err), NULL_ARGUMENT, "key");
    REFUSES(bonuspay_keypair_from_private(NULL, 0, OUT, &err), KEY, NULL);
    REFUSES(bonuspay_keypair_from_private("x", TOO_LONG, OUT, &err), INVALID_ARGUMENT, "key");
    REFUSES(bonuspay_keypair_from_private(TEXT(NO_UTF8), OUT, &err), KEY, NULL);
    IS(bonuspay_keypair_from_private(TEXT("x"), NULL, &err), NULL_ARGUMENT, "out");
}

static void amounts(void)
{
    static const struct {
        const char *a, *b;
        int32_t difference;
    } rows[] = {
        {"12.81", "12.810", 0}, {"1281E-2", "12.81", 0}, {"0E-8", "0", 0},
        {"12.80999999", "12.81", -1}, {"12.82", "12.81", 1}, {"-1", "0", -1},
        {"9007199254740993.00000001", "9007199254740993.00000002", -1},
    };
    const char *wrong[] = {"", "1_0", "+1", "01", "1.", ".5", "0x10", "NaN", " 1", "1 ", "12,81", "1e400", NO_UTF8};
    int32_t out;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        out = 7;
        CHECK(bonuspay_amount_cmp(TEXT(rows[i].a), TEXT(rows[i].b), &out) == BONUSPAY_OK);
        CHECK(out == rows[i].difference);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        out = 7;
        CHECK(bonuspay_amount_cmp(TEXT(wrong[i]), TEXT("1"), &out) == BONUSPAY_INVALID_ARGUMENT && out == 0);
        CHECK(bonuspay_amount_cmp(TEXT("1"), TEXT(wrong[i]), &out) == BONUSPAY_INVALID_ARGUMENT && out == 0);
    }
    CHECK(bonuspay_amount_cmp(NULL, 1, TEXT("1"), &out) == BONUSPAY_NULL_ARGUMENT);
    CHECK(bonuspay_amount_cmp(TEXT("1"), NULL, 1, &out) == BONUSPAY_NULL_ARGUMENT);
    CHECK(bonuspay_amount_cmp("1", TOO_LONG, TEXT("1"), &out) == BONUSPAY_INVALID_ARGUMENT);
    CHECK(bonuspay_amount_cmp(TEXT("1"), TEXT("1"), NULL) == BONUSPAY_NULL_ARGUMENT);
}

typedef bonuspay_status picture(const char *, size_t, char *, size_t, size_t *, bonuspay_error **);

static void codes(void)
{
    static picture *const pictures[] = {bonuspay_qr_svg, bonuspay_qr_text};
    static char text[65536], big[8192];
    size_t len, needed;
    memset(big, 'x', sizeof big);
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        picture *draw = pictures[i];
        IS(draw(TEXT("bitcoin:x"), NULL, 0, &needed, &err), INVALID_ARGUMENT, "out");
        IS(draw(TEXT("bitcoin:x"), text, sizeof text, &len, &err), OK, NULL);
        CHECK(len == needed && strlen(text) == len);
        IS(draw(TEXT("bitcoin:x"), text, len - 1, &len, &err), INVALID_ARGUMENT, "out");
        CHECK(len == needed && text[0] == '\0');
        IS(draw(NULL, 1, text, sizeof text, &len, &err), NULL_ARGUMENT, "text");
        IS(draw("x", TOO_LONG, text, sizeof text, &len, &err), INVALID_ARGUMENT, "text");
        IS(draw(TEXT(NO_UTF8), text, sizeof text, &len, &err), INVALID_ARGUMENT, "text");
        IS(draw(big, sizeof big, text, sizeof text, &len, &err), INVALID_ARGUMENT, NULL);
        CHECK(len == 0);
        IS(draw(TEXT("x"), NULL, 5, &len, &err), NULL_ARGUMENT, "out");
        IS(draw(TEXT("x"), text, sizeof text, NULL, &err), NULL_ARGUMENT, "len");
    }

    const char *address = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx";
    IS(bonuspay_payment_uri(TEXT("BTC"), TEXT("BTC"), TEXT(address), TEXT("0.015"), text, sizeof text, &len, &err), OK,
       NULL);
    CHECK_TEXT(text, "bitcoin:tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx?amount=0.015");
    IS(bonuspay_payment_uri(TEXT("BTC"), TEXT("BTC"), TEXT(address), TEXT("0.015"), text, 3, &needed, &err),
       INVALID_ARGUMENT, "out");
    CHECK(needed == len);
    IS(bonuspay_payment_uri(NULL, 1, TEXT("BTC"), TEXT(address), TEXT("1"), text, sizeof text, &len, &err),
       NULL_ARGUMENT, "currency");
    IS(bonuspay_payment_uri(TEXT("BTC"), NULL, 1, TEXT(address), TEXT("1"), text, sizeof text, &len, &err),
       NULL_ARGUMENT, "network");
    IS(bonuspay_payment_uri(TEXT("BTC"), TEXT("BTC"), NULL, 1, TEXT("1"), text, sizeof text, &len, &err),
       NULL_ARGUMENT, "address");
    IS(bonuspay_payment_uri(TEXT("BTC"), TEXT("BTC"), TEXT(address), NULL, 1, text, sizeof text, &len, &err),
       NULL_ARGUMENT, "amount");
    IS(bonuspay_payment_uri(TEXT("BTC"), TEXT("BTC"), TEXT(address), TEXT("1,5"), text, sizeof text, &len, &err),
       INVALID_ARGUMENT, NULL);
    IS(bonuspay_payment_uri(TEXT("BTC"), TEXT("BTC"), TEXT(NO_UTF8), TEXT("1"), text, sizeof text, &len, &err),
       INVALID_ARGUMENT, "address");
    CHECK(len == 0 && text[0] == '\0');

    const char *tether = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
    IS(bonuspay_address_check(TEXT("TRON"), TEXT(tether), &err), OK, NULL);
    IS(bonuspay_address_check(TEXT("BTC_TESTNET"), TEXT(address), &err), OK, NULL);
    IS(bonuspay_address_check(TEXT("BTC"), TEXT(address), &err), INVALID_ARGUMENT, "address");
    IS(bonuspay_address_check(TEXT("ETH"), TEXT(tether), &err), INVALID_ARGUMENT, "address");
    IS(bonuspay_address_check(TEXT("TRON"), tether, strlen(tether) - 1, &err), INVALID_ARGUMENT, "address");
    IS(bonuspay_address_check(TEXT("SOLANA"), TEXT(tether), &err), INVALID_ARGUMENT, "network");
    IS(bonuspay_address_check(NULL, 1, TEXT(tether), &err), NULL_ARGUMENT, "network");
    IS(bonuspay_address_check(TEXT("TRON"), NULL, 1, &err), NULL_ARGUMENT, "address");
    IS(bonuspay_address_check(TEXT("TRON"), tether, TOO_LONG, &err), INVALID_ARGUMENT, "address");
    IS(bonuspay_address_check(TEXT("TRON"), TEXT(NO_UTF8), &err), INVALID_ARGUMENT, "address");
    IS(bonuspay_address_check(TEXT("TRON"), big, sizeof big, &err), INVALID_ARGUMENT, "address");
}

static void static_texts(void)
{
    CHECK(bonuspay_abi_version() == BONUSPAY_ABI_VERSION);
    CHECK(strlen(bonuspay_version()) >= 5);
    CHECK(strstr(bonuspay_build_info(), bonuspay_version()) != NULL);
    CHECK_TEXT(bonuspay_status_name(BONUSPAY_OK), "BONUSPAY_OK");
    CHECK_TEXT(bonuspay_status_name(BONUSPAY_PANIC), "BONUSPAY_PANIC");
    CHECK_TEXT(bonuspay_status_name(-1), "BONUSPAY_?");
}

/* Undefined behaviour by the header; the guard sees it while the memory is not in use again. */
static void free_twice(void)
{
    bonuspay_config *config = bonuspay_config_new();
    bonuspay_config_free(config);
    bonuspay_config_free(config);
    IS(bonuspay_config_set_allow_http(config, true, &err), INVALID_ARGUMENT, "config");
    puts("double free: seen");
}

int main(int argc, char **argv)
{
    bonuspay_keypair *keys = NULL;
    err = UNWRITTEN(bonuspay_error);
    if (argc > 1 && strcmp(argv[1], "double-free") == 0) {
        free_twice();
        return 0;
    }
    static_texts();
    IS(bonuspay_keypair_generate(2048, &keys, &err), OK, NULL);
    const char *private_pem = bonuspay_keypair_private_pem(keys, NULL);
    const char *public_pem = bonuspay_keypair_public_pem(keys, NULL);
    bonuspay_client *client = make_client(private_pem, public_pem);
    bonuspay_keypair *again = UNWRITTEN(bonuspay_keypair);
    IS(bonuspay_keypair_from_private(TEXT(private_pem), &again, &err), OK, NULL);
    bonuspay_keypair_free(again);

    key_pairs();
    settings(keys);
    calls(client, keys);
    questions(client, keys);
    ill_formed_questions(client);
    signatures(client, keys);
    notifications(client, keys);
    getters_of_nothing(keys);
    amounts();
    codes();
    bonuspay_client_free(client);
    bonuspay_keypair_free(keys);
    puts("the contract holds");
    return 0;
}
