/*
 * Places an order, shows where to pay, has the sandbox's shopper pay, and asks until the order is paid.
 *
 *   place_and_pay READY_LINE
 */
#include "support.h"

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    bonuspay_response *order = NULL;
    char number[64], order_no[64], biz[1024];

    /* Write the number down before the order is placed: if the answer is lost, it finds the order again. */
    new_number("pay", number, sizeof number);
    order_request(biz, sizeof biz, number, "12.81", NULL);
    CHECK_OK(bonuspay_order_place(client, TEXT(biz), &order, ERR));
    CHECK(bonuspay_response_state(order) == BONUSPAY_STATE_PENDING);
    CHECK(bonuspay_response_matches_request(order) == 1);
    CHECK_TEXT(bonuspay_response_get(order, TEXT("/acquireOrder/merchantOrderNo"), NULL), number);
    printf("pay %s %s to %s\n", bonuspay_response_get(order, TEXT("/acquireOrder/totalAmount/amount"), NULL),
           bonuspay_response_get(order, TEXT("/acquireOrder/totalAmount/currency"), NULL),
           bonuspay_response_get(order, TEXT("/interactionParams/address"), NULL));
    snprintf(order_no, sizeof order_no, "%s",
             bonuspay_response_get(order, TEXT("/acquireOrder/orderNo"), NULL));

    deposit(&sandbox, order_no, "12.81");

    order_index(biz, sizeof biz, number);
    for (int tries = 0; bonuspay_response_state(order) == BONUSPAY_STATE_PENDING && tries < 50; tries++) {
        bonuspay_response_free(order);
        sleep_ms(tries == 0 ? 0 : 100);
        CHECK_OK(bonuspay_order_get(client, TEXT(biz), &order, ERR));
    }
    CHECK(bonuspay_response_state(order) == BONUSPAY_STATE_SUCCEEDED);
    CHECK(bonuspay_response_matches_request(order) == 1);

    int32_t difference = 1;
    const char *paid = bonuspay_response_get(order, TEXT("/acquireOrder/paymentInfo/paidAmount/amount"), NULL);
    CHECK(paid != NULL);
    CHECK_OK(bonuspay_amount_cmp(TEXT(paid), TEXT("12.81"), &difference));
    CHECK(difference == 0);
    printf("paid: %s\n", paid);

    bonuspay_response_free(order);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    return 0;
}
