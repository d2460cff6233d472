/*
 * Several questions at once: each place has its own answer or its own error, and nothing that does more than ask is
 * sent.
 *
 *   questions READY_LINE
 */
#include "support.h"

#include <sys/wait.h>

#define ORDERS 20
#define MOST BONUSPAY_QUESTIONS_MAX

#define UNWRITTEN(type) ((type *)(intptr_t)-16)

static bonuspay_response *out[MOST + 1];
static bonuspay_error *errs[MOST + 1];

/* What the questions are made of; they point into it. */
static char texts[MOST][256];
static bonuspay_question calls[MOST + 1];

static void ask(size_t at, const char *call, const char *biz)
{
    snprintf(texts[at], sizeof texts[at], "%s", biz);
    calls[at].call = call;
    calls[at].call_len = strlen(call);
    calls[at].biz = texts[at];
    calls[at].biz_len = strlen(texts[at]);
}

static void ask_order(size_t at, const char *number)
{
    char biz[128];
    ask(at, "order_get", order_index(biz, sizeof biz, number));
}

static bonuspay_status all(const bonuspay_client *client, size_t n, uint32_t deadline_ms, bonuspay_error **err)
{
    for (size_t at = 0; at <= MOST; at++) {
        out[at] = UNWRITTEN(bonuspay_response);
        errs[at] = UNWRITTEN(bonuspay_error);
    }
    bonuspay_status status = bonuspay_call_many(client, calls, n, deadline_ms, out, errs, err);
    for (size_t at = 0; at < n; at++)
        CHECK(out[at] != UNWRITTEN(bonuspay_response) && errs[at] != UNWRITTEN(bonuspay_error));
    CHECK(n > MOST || (out[n] == UNWRITTEN(bonuspay_response) && errs[n] == UNWRITTEN(bonuspay_error)));
    return status;
}

static void is_order(size_t at, const char *number)
{
    CHECK(errs[at] == NULL && out[at] != NULL);
    CHECK_TEXT(bonuspay_response_get(out[at], TEXT("/acquireOrder/merchantOrderNo"), NULL), number);
    CHECK(bonuspay_response_matches_request(out[at]) == 1);
}

static void is_error(size_t at, bonuspay_status status, int outcome)
{
    CHECK(out[at] == NULL && errs[at] != NULL);
    CHECK(bonuspay_error_status(errs[at]) == (int32_t)status);
    CHECK(bonuspay_error_outcome(errs[at]) == outcome);
}

static void free_all(size_t n)
{
    for (size_t at = 0; at < n; at++) {
        bonuspay_response_free(out[at]);
        bonuspay_error_free(errs[at]);
    }
}

static void each_has_its_own(const bonuspay_client *client, char numbers[ORDERS][64])
{
    size_t n = 0;
    for (; n < ORDERS; n++)
        ask_order(n, numbers[n]);
    ask(n++, "order_get", "{\"merchantOrderNo\":\"nobody\"}");
    ask(n++, "order_get", "{\"mistake\":1}");
    ask(n++, "fx_rate", "{\"currencyPair\":\"USDT_EUR\",\"direction\":\"SELL\"}");
    ask(n++, "account_balances", "{}");
    ask(n++, "transfer_networks", "{\"assetCode\":\"USDT\"}");
    ask_order(n++, numbers[0]);
    CHECK_OK(all(client, n, 0, ERR));
    for (size_t at = 0; at < ORDERS; at++)
        is_order(at, numbers[at]);
    is_error(ORDERS, BONUSPAY_API, BONUSPAY_OUTCOME_REJECTED);
    CHECK_TEXT(bonuspay_error_api_code(errs[ORDERS], NULL), "77004");
    is_error(ORDERS + 1, BONUSPAY_INVALID_ARGUMENT, BONUSPAY_OUTCOME_NOT_SENT);
    CHECK_TEXT(bonuspay_error_field(errs[ORDERS + 1], NULL), "/mistake");
    CHECK_TEXT(bonuspay_response_get(out[ORDERS + 2], TEXT("/fxrate"), NULL), "0.92");
    CHECK(out[ORDERS + 3] != NULL && out[ORDERS + 4] != NULL);
    is_order(ORDERS + 5, numbers[0]);
    free_all(n);

    /* Whoever wants the answers only. */
    CHECK_OK(bonuspay_call_many(client, calls + ORDERS - 1, 3, 0, out, NULL, ERR));
    CHECK(out[0] != NULL && out[1] == NULL && out[2] == NULL);
    bonuspay_response_free(out[0]);
}

static void a_fault_is_its_questions_own(const struct sandbox *sandbox, const bonuspay_client *client,
                                         char numbers[ORDERS][64])
{
    char biz[128];
    ask_order(0, numbers[0]);
    ask(1, "order_payment_events", order_index(biz, sizeof biz, numbers[0]));
    ask_order(2, numbers[1]);
    fault(sandbox, "crypto/getPaymentDepositEventList", "wrong-signature", 1);
    CHECK_OK(all(client, 3, 0, ERR));
    is_order(0, numbers[0]);
    is_error(1, BONUSPAY_BAD_SIGNATURE, BONUSPAY_OUTCOME_UNKNOWN);
    is_order(2, numbers[1]);
    free_all(3);

    fault(sandbox, "crypto/getPaymentDepositEventList", "stall", 1);
    long long begun = now_ms();
    CHECK_OK(all(client, 3, 1000, ERR));
    CHECK(now_ms() - begun < 10000);
    is_order(0, numbers[0]);
    is_error(1, BONUSPAY_TIMEOUT, BONUSPAY_OUTCOME_UNKNOWN);
    CHECK(strstr(bonuspay_error_message(errs[1], NULL), "1000 ms") != NULL);
    is_order(2, numbers[1]);
    free_all(3);
    no_faults(sandbox);
}

static void refused(const bonuspay_client *client, size_t n, uint32_t deadline_ms, const char *field)
{
    bonuspay_error *err = UNWRITTEN(bonuspay_error);
    CHECK(all(client, n, deadline_ms, &err) == BONUSPAY_INVALID_ARGUMENT);
    CHECK(bonuspay_error_outcome(err) == BONUSPAY_OUTCOME_NOT_SENT);
    CHECK_TEXT(bonuspay_error_field(err, NULL), field);
    bonuspay_error_free(err);
    for (size_t at = 0; at < n; at++)
        CHECK(out[at] == NULL && errs[at] == NULL);
}

static void only_questions_are_asked(const struct sandbox *sandbox, const bonuspay_client *client)
{
    static const char *const others[] = {
        "order_place", "order_cancel", "order_accept", "refund_place", "withdraw_place", "transfer_place",
        "settlement_place", "submerchant_create",
    };
    static const char *const none[] = {"", "order", "order_get\n", "getOrder", "bonuspay_order_get", "call", "sign"};
    char journal[65536], number[64];
    new_number("unsent", number, sizeof number);
    ask_order(0, number);
    ask_order(2, number);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ask(1, others[i], "{}");
        refused(client, 3, 0, "calls[1]");
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ask(1, none[i], "{}");
        refused(client, 3, 0, "calls[1].call");
    }
    refused(client, 0, 0, "calls");
    refused(client, MOST + 1, 0, "calls");
    ask_order(1, number);
    refused(client, 3, 600001, "deadline_ms");
    CHECK(control(sandbox, "DELETE", "journal", "", NULL, 0) == 200);
    ask(1, "order_place", "{}");
    refused(client, 3, 0, "calls[1]");
    CHECK(control(sandbox, "GET", "journal", "", journal, sizeof journal) == 200);
    CHECK(strstr(journal, "getOrder") == NULL);
}

static void both_sides_of_a_fork_go_on(const bonuspay_client *client, char numbers[ORDERS][64])
{
    for (size_t at = 0; at < 4; at++)
        ask_order(at, numbers[at]);
    fflush(NULL);
    pid_t child = fork();
    CHECK(child >= 0);
    CHECK_OK(all(client, 4, 0, ERR));
    for (size_t at = 0; at < 4; at++)
        is_order(at, numbers[at]);
    free_all(4);
    if (child == 0)
        _exit(0);
    int status = 1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    char numbers[ORDERS][64], order_no[64];
    for (int i = 0; i < ORDERS; i++)
        place(client, new_number("question", numbers[i], sizeof numbers[i]), "1.00", NULL, order_no, sizeof order_no);

    each_has_its_own(client, numbers);
    a_fault_is_its_questions_own(&sandbox, client, numbers);
    only_questions_are_asked(&sandbox, client);
    both_sides_of_a_fork_go_on(client, numbers);

    printf("%d orders at once\n", ORDERS);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    return 0;
}
