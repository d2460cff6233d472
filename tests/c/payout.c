/*
 * The way back from "unknown". A transfer moves money out, so the library sends it once; when its answer is lost,
 * nobody here knows whether the money left. A second transfer could pay twice: ask by the same number instead, which
 * was saved before the first try.
 *
 *   payout READY_LINE
 */
#include "support.h"

enum payout { PAID, ON_ITS_WAY, FAILED, NEVER_PLACED };

/* What BonusPay knows of a number. Reads may be repeated, so nothing is left open here but a network that is down. */
static enum payout ask(const bonuspay_client *client, const char *number)
{
    bonuspay_response *response = NULL;
    bonuspay_error *err = NULL;
    char biz[256];
    enum payout answer = ON_ITS_WAY;
    order_index(biz, sizeof biz, number);
    if (bonuspay_transfer_get(client, TEXT(biz), &response, &err) != BONUSPAY_OK) {
        /* Only a signed refusal says that there is no such transfer; anything else leaves it as open as before. */
        CHECK(bonuspay_error_outcome(err) == BONUSPAY_OUTCOME_REJECTED && bonuspay_error_authenticated(err) == 1);
        CHECK_TEXT(bonuspay_error_api_code(err, NULL), "77004");
        bonuspay_error_free(err);
        return NEVER_PLACED;
    }
    CHECK(bonuspay_response_matches_request(response) == 1);
    if (bonuspay_response_state(response) == BONUSPAY_STATE_SUCCEEDED)
        answer = PAID;
    else if (bonuspay_response_state(response) == BONUSPAY_STATE_FAILED)
        answer = FAILED;
    bonuspay_response_free(response);
    return answer;
}

/* Pays out under a number that is in the database already. Gives where the money is; never pays twice. */
static enum payout pay_out(const bonuspay_client *client, const char *number, const char *amount)
{
    bonuspay_response *response = NULL;
    bonuspay_error *err = NULL;
    char biz[512];
    snprintf(biz, sizeof biz,
             "{\"merchantOrderNo\":\"%s\",\"address\":\"TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD\",\"network\":\"TRON\","
             "\"expectedReceivedAmount\":{\"amount\":\"%s\",\"currency\":\"USDT\"}}",
             number, amount);
    bonuspay_status status = bonuspay_transfer_place(client, TEXT(biz), &response, &err);
    if (status == BONUSPAY_OK) {
        bonuspay_response_free(response);
        return ON_ITS_WAY;
    }
    int32_t outcome = bonuspay_error_outcome(err);
    printf("  %s (%s)\n", bonuspay_error_message(err, NULL), bonuspay_status_name(status));
    CHECK(bonuspay_error_retryable(err) == 0 || outcome == BONUSPAY_OUTCOME_NOT_SENT);
    bonuspay_error_free(err);
    if (outcome == BONUSPAY_OUTCOME_UNKNOWN) {
        printf("  unknown: asking by the same number\n");
        return ask(client, number);
    }
    return outcome == BONUSPAY_OUTCOME_REJECTED ? FAILED : NEVER_PLACED;
}

/* How many transfers the sandbox made under a number. */
static int transfers(const struct sandbox *sandbox, const char *number)
{
    static char list[65536];
    char wanted[128];
    int count = 0;
    snprintf(wanted, sizeof wanted, "\"merchantOrderNo\":\"%s\",\"partnerId\"", number);
    CHECK(control(sandbox, "GET", "withdrawals", "", list, sizeof list) == 200);
    for (const char *at = list; (at = strstr(at, wanted)) != NULL; at++)
        count++;
    return count;
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    char number[64], path[128];

    new_number("lost", number, sizeof number);
    printf("The answer to transfer %s is lost:\n", number);
    fault(&sandbox, "ccwithdraw/transfer", "lose-answer", 1);
    CHECK(pay_out(client, number, "25.00") == ON_ITS_WAY && transfers(&sandbox, number) == 1);
    snprintf(path, sizeof path, "withdrawals/%s/settle", number);
    CHECK(control(&sandbox, "POST", path, "", NULL, 0) == 200);
    CHECK(ask(client, number) == PAID);

    new_number("cut", number, sizeof number);
    printf("The connection breaks before transfer %s is made:\n", number);
    fault(&sandbox, "ccwithdraw/transfer", "reset-after-read", 1);
    CHECK(pay_out(client, number, "25.00") == NEVER_PLACED && transfers(&sandbox, number) == 0);
    /* Now, and only now, it may be placed; under the same number, so that even a mistake would not pay twice. */
    CHECK(pay_out(client, number, "25.00") == ON_ITS_WAY && transfers(&sandbox, number) == 1);
    CHECK(pay_out(client, number, "25.00") == ON_ITS_WAY && transfers(&sandbox, number) == 1);

    new_number("much", number, sizeof number);
    printf("More than there is:\n");
    CHECK(pay_out(client, number, "1000000.00") == FAILED && transfers(&sandbox, number) == 0);

    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    printf("paid out once\n");
    return 0;
}
