/*
 * No panic leaves the library: each function is made to panic once, and returns as the header says. Links a library
 * that is built for this test (feature panic-inject).
 *
 *   panics READY_LINE
 */
#include "support.h"

/* Makes the next call of a function panic; true when the last one that was ordered did not happen. */
bool bonuspay_panic_next(const char *function, size_t function_len);

#define UNWRITTEN(type) ((type *)(intptr_t)-16)

static bonuspay_error *err;
static void *out;
static size_t len;
static int functions;

static void arm(const char *function)
{
    check(!bonuspay_panic_next(TEXT(function)), "the panic before this one happened", function, 0);
    err = UNWRITTEN(bonuspay_error);
    out = UNWRITTEN(void);
    len = 9;
    functions++;
}

static void panicked(bonuspay_status status, int outcome, const char *function)
{
    check(status == BONUSPAY_PANIC, "the status is BONUSPAY_PANIC", function, 0);
    check(err != NULL && err != UNWRITTEN(bonuspay_error), "*err is an error", function, 0);
    check(bonuspay_error_status(err) == BONUSPAY_PANIC, "and has the status", function, 0);
    check(bonuspay_error_outcome(err) == outcome, "the outcome is right", function, 0);
    const char *message = bonuspay_error_message(err, NULL);
    check(message != NULL && strstr(message, function) != NULL, "the message names the function", function, 0);
    check(strstr(message, "canary") == NULL, "the message has nothing of the panic's own text", function, 0);
    bonuspay_error_free(err);
}

/* A function with a status. */
#define PANICS(function, outcome, ...)                                                                                 \
    do {                                                                                                               \
        arm(#function);                                                                                                \
        panicked(function(__VA_ARGS__), BONUSPAY_OUTCOME_##outcome, #function);                                        \
    } while (0)

/* The same with an object in *out. */
#define MAKES_NOTHING(function, outcome, ...)                                                                          \
    do {                                                                                                               \
        PANICS(function, outcome, __VA_ARGS__);                                                                        \
        check(out == NULL, "*out is NULL", #function, 0);                                                              \
    } while (0)

/* A getter of a text or a number: nothing comes, and at the next call the right thing does. */
#define GIVES_NOTHING(function, ...)                                                                                   \
    do {                                                                                                               \
        arm(#function);                                                                                                \
        check(function(__VA_ARGS__) == 0, "nothing comes", #function, 0);                                              \
    } while (0)

#define OUT (void *)&out

/* The whole of it, and one question alone. */
static void questions(const bonuspay_client *client)
{
    const bonuspay_question rate = {TEXT("fx_rate"), TEXT("{\"currencyPair\":\"USDT_EUR\",\"direction\":\"SELL\"}")};
    bonuspay_error *error = UNWRITTEN(bonuspay_error);
    MAKES_NOTHING(bonuspay_call_many, UNKNOWN, client, &rate, 1, 0, OUT, &error, &err);
    CHECK(error == NULL);

    arm("bonuspay_call_many: a question");
    functions--;
    CHECK(bonuspay_call_many(client, &rate, 1, 0, OUT, &error, &err) == BONUSPAY_OK && err == NULL && out == NULL);
    CHECK(bonuspay_error_status(error) == BONUSPAY_PANIC);
    CHECK(bonuspay_error_outcome(error) == BONUSPAY_OUTCOME_UNKNOWN);
    CHECK(strstr(bonuspay_error_message(error, NULL), "canary") == NULL);
    bonuspay_error_free(error);
    CHECK(bonuspay_call_many(client, &rate, 1, 0, OUT, &error, NULL) == BONUSPAY_OK && out != NULL && error == NULL);
    bonuspay_response_free(out);
}

static void status_functions(const struct sandbox *sandbox, bonuspay_client *client)
{
    char buffer[512];
    bonuspay_config *config = sandbox_config(sandbox);
    PANICS(bonuspay_config_set_environment, NOT_SENT, config, 1, &err);
    PANICS(bonuspay_config_set_base_url, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_partner_id, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_private_key, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_public_key, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_connect_timeout_ms, NOT_SENT, config, 1, &err);
    PANICS(bonuspay_config_set_total_timeout_ms, NOT_SENT, config, 1, &err);
    PANICS(bonuspay_config_set_proxy, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_ca_pem, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_user_agent, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_language, NOT_SENT, config, TEXT("x"), &err);
    PANICS(bonuspay_config_set_allow_http, NOT_SENT, config, true, &err);
    PANICS(bonuspay_config_set_scale, NOT_SENT, config, TEXT("USDT"), 2, &err);
    MAKES_NOTHING(bonuspay_client_new, NOT_SENT, config, OUT, &err);

    /* The settings are as they were: they still make a client. */
    bonuspay_client *second = NULL;
    CHECK_OK(bonuspay_client_new(config, &second, ERR));
    bonuspay_client_free(second);
    bonuspay_config_free(config);

    /* Whoever called does not know how far a call had come. */
    MAKES_NOTHING(bonuspay_order_place, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_order_cancel, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_order_accept, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_order_get, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_order_payment_events, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_refund_place, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_refund_get, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_topup_address, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_topup_deposits, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_topup_deposit, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_withdraw_place, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_withdraw_get, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_withdraw_networks, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_transfer_place, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_transfer_get, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_transfer_networks, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_fx_rate, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_account_balances, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_settlement_place, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_settlement_get, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_submerchant_create, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_submerchant_get, UNKNOWN, client, TEXT("{}"), OUT, &err);
    MAKES_NOTHING(bonuspay_call, UNKNOWN, client, TEXT("a/b"), TEXT("{}"), OUT, &err);
    questions(client);
    MAKES_NOTHING(bonuspay_notification_verify, NOT_SENT, client, TEXT("{}"), TEXT("AAAA"), NULL, 0, OUT, &err);
    MAKES_NOTHING(bonuspay_keypair_generate, NOT_SENT, 2048, OUT, &err);
    MAKES_NOTHING(bonuspay_keypair_from_private, NOT_SENT, TEXT("x"), OUT, &err);

    PANICS(bonuspay_sign, NOT_SENT, client, TEXT("m"), buffer, sizeof buffer, &len, &err);
    CHECK(len == 0 && buffer[0] == '\0');
    PANICS(bonuspay_verify, NOT_SENT, client, TEXT("m"), TEXT("AAAA"), &err);
    PANICS(bonuspay_address_check, NOT_SENT, TEXT("TRON"), TEXT("x"), &err);
    PANICS(bonuspay_payment_uri, NOT_SENT, TEXT("BTC"), TEXT("BTC"), TEXT("x"), TEXT("1"), buffer, sizeof buffer, &len,
           &err);
    PANICS(bonuspay_qr_svg, NOT_SENT, TEXT("x"), buffer, sizeof buffer, &len, &err);
    PANICS(bonuspay_qr_text, NOT_SENT, TEXT("x"), buffer, sizeof buffer, &len, &err);
    CHECK(len == 0 && buffer[0] == '\0');

    int32_t difference = 7;
    arm("bonuspay_amount_cmp");
    CHECK(bonuspay_amount_cmp(TEXT("2"), TEXT("1"), &difference) == BONUSPAY_PANIC && difference == 0);

    /* Without anybody who wants the error. */
    arm("bonuspay_order_get");
    functions--;
    CHECK(bonuspay_order_get(client, TEXT("{}"), OUT, NULL) == BONUSPAY_PANIC && out == NULL);
}

static void static_functions(void)
{
    GIVES_NOTHING(bonuspay_version, );
    GIVES_NOTHING(bonuspay_build_info, );
    GIVES_NOTHING(bonuspay_abi_version, );
    GIVES_NOTHING(bonuspay_status_name, 0);
    GIVES_NOTHING(bonuspay_config_new, );
    CHECK(bonuspay_abi_version() == BONUSPAY_ABI_VERSION);
}

static void error_functions(const bonuspay_client *client)
{
    bonuspay_error *error = NULL;
    bonuspay_response *response = NULL;
    CHECK(bonuspay_order_get(client, TEXT("{\"merchantOrderNo\":\"none\"}"), &response, &error) == BONUSPAY_API);
    GIVES_NOTHING(bonuspay_error_status, error);
    GIVES_NOTHING(bonuspay_error_message, error, &len);
    CHECK(len == 0);
    GIVES_NOTHING(bonuspay_error_field, error, &len);
    GIVES_NOTHING(bonuspay_error_outcome, error);
    GIVES_NOTHING(bonuspay_error_retryable, error);
    GIVES_NOTHING(bonuspay_error_authenticated, error);
    GIVES_NOTHING(bonuspay_error_http_status, error);
    GIVES_NOTHING(bonuspay_error_api_code, error, &len);
    GIVES_NOTHING(bonuspay_error_api_message, error, &len);
    GIVES_NOTHING(bonuspay_error_trace_code, error, &len);
    CHECK(bonuspay_error_status(error) == BONUSPAY_API);
    CHECK(bonuspay_error_authenticated(error) == 1);
    CHECK_TEXT(bonuspay_error_api_code(error, NULL), "77004");
    arm("bonuspay_error_free");
    bonuspay_error_free(error);
    CHECK_TEXT(bonuspay_error_api_code(error, NULL), "77004");
    bonuspay_error_free(error);
}

static void response_functions(const bonuspay_client *client, const char *number)
{
    bonuspay_response *response = NULL;
    char biz[256];
    CHECK_OK(bonuspay_order_get(client, TEXT(order_index(biz, sizeof biz, number)), &response, ERR));
    GIVES_NOTHING(bonuspay_response_get, response, TEXT("/acquireOrder/status"), &len);
    CHECK(len == 0);
    GIVES_NOTHING(bonuspay_response_json, response, &len);
    GIVES_NOTHING(bonuspay_response_raw, response, &len);
    GIVES_NOTHING(bonuspay_response_state, response);
    GIVES_NOTHING(bonuspay_response_checkout_url, response, &len);
    GIVES_NOTHING(bonuspay_response_matches_request, response);
    CHECK(bonuspay_response_get(response, TEXT("/acquireOrder/status"), NULL) != NULL);
    CHECK(bonuspay_response_state(response) != BONUSPAY_STATE_NONE && bonuspay_response_matches_request(response) == 1);
    arm("bonuspay_response_free");
    bonuspay_response_free(response);
    CHECK(bonuspay_response_json(response, NULL) != NULL);
    bonuspay_response_free(response);
}

static void notification_functions(const bonuspay_client *client, const struct delivery *delivery)
{
    bonuspay_notification *notification = NULL;
    CHECK_OK(delivery_verify(client, delivery, &notification, ERR));
    GIVES_NOTHING(bonuspay_notification_kind, notification);
    GIVES_NOTHING(bonuspay_notification_state, notification);
    GIVES_NOTHING(bonuspay_notification_id, notification, &len);
    GIVES_NOTHING(bonuspay_notification_get, notification, TEXT("/acquireOrder/status"), &len);
    GIVES_NOTHING(bonuspay_notification_json, notification, &len);
    GIVES_NOTHING(bonuspay_notification_raw, notification, &len);
    CHECK(bonuspay_notification_kind(notification) == BONUSPAY_NOTIFICATION_ORDER);
    arm("bonuspay_notification_free");
    bonuspay_notification_free(notification);
    CHECK(bonuspay_notification_id(notification, NULL) != NULL);
    bonuspay_notification_free(notification);
}

static void keypair_functions(const struct sandbox *sandbox)
{
    bonuspay_keypair *keys = NULL;
    CHECK_OK(bonuspay_keypair_from_private(TEXT(sandbox->private_key), &keys, ERR));
    GIVES_NOTHING(bonuspay_keypair_private_pem, keys, &len);
    GIVES_NOTHING(bonuspay_keypair_public_pem, keys, &len);
    GIVES_NOTHING(bonuspay_keypair_fingerprint, keys, &len);
    CHECK(bonuspay_keypair_fingerprint(keys, NULL) != NULL);
    arm("bonuspay_keypair_free");
    bonuspay_keypair_free(keys);
    CHECK(bonuspay_keypair_fingerprint(keys, NULL) != NULL);
    bonuspay_keypair_free(keys);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    struct listener listener = listener_open();
    static struct delivery delivery;
    bonuspay_client *client = sandbox_client(&sandbox);
    char number[64], order_no[64];
    new_number("panic", number, sizeof number);
    place(client, number, "1.00", listener.url, order_no, sizeof order_no);
    deposit(&sandbox, order_no, "1.00");
    listener_next(&listener, &delivery);
    listener_answer(&delivery, 200, "SUCCESS");

    status_functions(&sandbox, client);
    static_functions();
    error_functions(client);
    response_functions(client, number);
    notification_functions(client, &delivery);
    keypair_functions(&sandbox);

    bonuspay_config *config = sandbox_config(&sandbox);
    arm("bonuspay_config_free");
    bonuspay_config_free(config);
    CHECK_OK(bonuspay_config_set_allow_http(config, true, ERR));
    bonuspay_config_free(config);
    arm("bonuspay_client_free");
    bonuspay_client_free(client);

    /* After all that the client still works. */
    response_functions(client, number);
    functions -= 7;
    CHECK(!bonuspay_panic_next(TEXT("")));
    bonuspay_client_free(client);
    close(listener.socket);
    sandbox_close(&sandbox);
    printf("panics caught: %d functions\n", functions);
    return 0;
}
