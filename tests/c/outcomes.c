/*
 * What to do when a call fails: nothing but the outcome decides. The sandbox makes each happen.
 *
 *   outcomes READY_LINE
 */
#include "support.h"

enum next { TRY_AGAIN, GIVE_UP, ASK_FIRST };

/* This is the whole rule. */
static enum next after(const bonuspay_error *err)
{
    switch (bonuspay_error_outcome(err)) {
    case BONUSPAY_OUTCOME_NOT_SENT:
        return TRY_AGAIN; /* nothing left this machine: the same call again, or tell the shopper to wait */
    case BONUSPAY_OUTCOME_REJECTED:
        return GIVE_UP; /* BonusPay says no, and signed it: see the code, mend the request */
    default:
        return ASK_FIRST; /* it may have happened: ask with the same number before anything else */
    }
}

static void expect(bonuspay_error **err, enum next next, bonuspay_status status, const char *what)
{
    CHECK(*err != NULL);
    printf("%-28s %-22s %s\n", what, bonuspay_status_name(bonuspay_error_status(*err)),
           bonuspay_error_message(*err, NULL));
    CHECK(bonuspay_error_status(*err) == (int32_t)status);
    CHECK(after(*err) == next);
    bonuspay_error_free(*err);
    *err = NULL;
}

/* A client of a port where nobody listens. */
static bonuspay_client *nobody(const struct sandbox *sandbox)
{
    struct listener listener = listener_open();
    char url[128];
    snprintf(url, sizeof url, "%s/", listener.url);
    close(listener.socket);
    bonuspay_config *config = sandbox_config(sandbox);
    bonuspay_client *client = NULL;
    CHECK_OK(bonuspay_config_set_base_url(config, TEXT(url), ERR));
    CHECK_OK(bonuspay_client_new(config, &client, ERR));
    bonuspay_config_free(config);
    return client;
}

static void not_sent(const struct sandbox *sandbox, const bonuspay_client *client)
{
    bonuspay_client *unreachable = nobody(sandbox);
    bonuspay_response *order = NULL;
    bonuspay_error *err = NULL;
    char number[64], biz[1024];
    order_request(biz, sizeof biz, new_number("out", number, sizeof number), "5.00", NULL);

    CHECK(bonuspay_order_place(unreachable, TEXT(biz), &order, &err) == BONUSPAY_CONNECT);
    CHECK(order == NULL);
    CHECK(bonuspay_error_retryable(err) == 1);
    expect(&err, TRY_AGAIN, BONUSPAY_CONNECT, "nobody listens:");
    bonuspay_client_free(unreachable);

    /* The same number, once BonusPay can be reached. */
    CHECK_OK(bonuspay_order_place(client, TEXT(biz), &order, ERR));
    bonuspay_response_free(order);

    /* What is wrong with the request shows before anything is sent, with its place. */
    CHECK(bonuspay_order_get(client, TEXT("{\"merchantOrderNo\":\"a b\"}"), &order, &err) == BONUSPAY_INVALID_ARGUMENT);
    CHECK_TEXT(bonuspay_error_field(err, NULL), "/merchantOrderNo");
    CHECK(bonuspay_error_retryable(err) == 0);
    expect(&err, TRY_AGAIN, BONUSPAY_INVALID_ARGUMENT, "an ill-formed request:");
}

static void rejected(const bonuspay_client *client)
{
    bonuspay_response *order = NULL;
    bonuspay_error *err = NULL;
    CHECK(bonuspay_order_get(client, TEXT("{\"merchantOrderNo\":\"never-placed\"}"), &order, &err) == BONUSPAY_API);
    CHECK(order == NULL);
    CHECK_TEXT(bonuspay_error_api_code(err, NULL), "77004");
    CHECK_TEXT(bonuspay_error_api_message(err, NULL), "MERCHANT_ORDER_NO_NOT_EXIST");
    CHECK(bonuspay_error_authenticated(err) == 1);
    CHECK(bonuspay_error_retryable(err) == 0);
    expect(&err, GIVE_UP, BONUSPAY_API, "no such order:");
}

/* The answers to Place Order are lost, also those of the library's own repeats. */
static void unknown_order(const struct sandbox *sandbox, const bonuspay_client *client)
{
    bonuspay_response *order = NULL;
    bonuspay_error *err = NULL;
    char number[64], biz[1024];
    order_request(biz, sizeof biz, new_number("out", number, sizeof number), "5.00", NULL);

    fault(sandbox, "crypto/placeOrder", "lose-answer", 20);
    bonuspay_status status = bonuspay_order_place(client, TEXT(biz), &order, &err);
    no_faults(sandbox);
    CHECK(order == NULL);
    expect(&err, ASK_FIRST, status, "the answer is lost:");

    /* It was placed. The number that was written down before finds it. */
    order_index(biz, sizeof biz, number);
    CHECK_OK(bonuspay_order_get(client, TEXT(biz), &order, ERR));
    CHECK(bonuspay_response_state(order) == BONUSPAY_STATE_PENDING);
    bonuspay_response_free(order);
}

/* Money on its way out: the library sends a refund once, whatever happens. */
static void unknown_refund(const struct sandbox *sandbox, const bonuspay_client *client)
{
    bonuspay_response *response = NULL;
    bonuspay_error *err = NULL;
    char number[64], refund_number[64], order_no[64], biz[1024];
    new_number("out", number, sizeof number);
    place(client, number, "5.00", NULL, order_no, sizeof order_no);
    deposit(sandbox, order_no, "5.00");

    snprintf(biz, sizeof biz,
             "{\"refundMerchantOrderNo\":\"%s\",\"originMerchantOrderNo\":\"%s\",\"chainCode\":\"TRON\","
             "\"amount\":{\"amount\":\"2.00\",\"currency\":\"USDT\"},"
             "\"refundAddress\":\"TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD\"}",
             new_number("ref", refund_number, sizeof refund_number), number);
    CHECK(control(sandbox, "DELETE", "journal", "", NULL, 0) == 200);
    fault(sandbox, "crypto/refund/placeOrder", "lose-answer", 1);
    bonuspay_status status = bonuspay_refund_place(client, TEXT(biz), &response, &err);
    CHECK(response == NULL);
    expect(&err, ASK_FIRST, status, "the refund's answer is lost:");

    /* One request, and no second one: the fault would not have hit it. */
    static char journal[65536];
    CHECK(control(sandbox, "GET", "journal", "", journal, sizeof journal) == 200);
    const char *first = strstr(journal, "crypto/refund/placeOrder");
    CHECK(first != NULL && strstr(first + 1, "crypto/refund/placeOrder") == NULL);

    snprintf(biz, sizeof biz, "{\"refundMerchantOrderNo\":\"%s\"}", refund_number);
    CHECK_OK(bonuspay_refund_get(client, TEXT(biz), &response, ERR));
    CHECK(bonuspay_response_matches_request(response) == 1);
    CHECK(bonuspay_response_state(response) == BONUSPAY_STATE_PENDING ||
          bonuspay_response_state(response) == BONUSPAY_STATE_SUCCEEDED);
    bonuspay_response_free(response);
}

/* Anybody on the way can write a refusal, or a success. What is not signed proves nothing. */
static void not_believed(const struct sandbox *sandbox, const bonuspay_client *client)
{
    static const struct {
        const char *name;
        bonuspay_status status;
    } faults[] = {
        {"unsigned-refusal", BONUSPAY_API},     {"unsigned-success", BONUSPAY_BAD_SIGNATURE},
        {"wrong-signature", BONUSPAY_BAD_SIGNATURE}, {"html-502", BONUSPAY_HTTP_STATUS},
        {"redirect", BONUSPAY_HTTP_STATUS},     {"other-order", BONUSPAY_NOTIFICATION_MISMATCH},
        {"duplicate-keys", BONUSPAY_PROTOCOL},
    };
    bonuspay_response *order = NULL;
    bonuspay_error *err = NULL;
    char number[64], order_no[64], biz[1024];
    new_number("out", number, sizeof number);
    place(client, number, "5.00", NULL, order_no, sizeof order_no);
    order_index(biz, sizeof biz, number);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        char what[64];
        fault(sandbox, "crypto/getOrder", faults[i].name, 20);
        bonuspay_order_get(client, TEXT(biz), &order, &err);
        no_faults(sandbox);
        CHECK(order == NULL);
        CHECK(bonuspay_error_authenticated(err) == 0 || faults[i].status == BONUSPAY_NOTIFICATION_MISMATCH ||
              faults[i].status == BONUSPAY_PROTOCOL);
        snprintf(what, sizeof what, "%s:", faults[i].name);
        expect(&err, ASK_FIRST, faults[i].status, what);
    }

    /* Without any number in it, a genuine answer is given, and marked: it must not count as a payment. */
    fault(sandbox, "crypto/getOrder", "no-identity", 1);
    CHECK_OK(bonuspay_order_get(client, TEXT(biz), &order, ERR));
    CHECK(bonuspay_response_matches_request(order) == 0);
    bonuspay_response_free(order);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    not_sent(&sandbox, client);
    rejected(client);
    unknown_order(&sandbox, client);
    unknown_refund(&sandbox, client);
    not_believed(&sandbox, client);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    return 0;
}
