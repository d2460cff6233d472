/*
 * Takes a notification as a shop's endpoint does: verify the raw bytes, find the own order, ask BonusPay, and only
 * then answer SUCCESS. Refuses what was changed on the way, and what was signed by somebody else.
 *
 *   verify_notification READY_LINE
 */
#include "support.h"

static void refused(const bonuspay_client *client, const struct delivery *delivery, bonuspay_status expected)
{
    bonuspay_notification *notification = NULL;
    bonuspay_error *err = NULL;
    CHECK(delivery_verify(client, delivery, &notification, &err) == expected);
    CHECK(notification == NULL);
    CHECK(bonuspay_error_outcome(err) == BONUSPAY_OUTCOME_REJECTED);
    bonuspay_error_free(err);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    struct listener listener = listener_open();
    static struct delivery delivery, changed;
    char number[64], order_no[64], biz[256];

    new_number("notify", number, sizeof number);
    place(client, number, "12.81", listener.url, order_no, sizeof order_no);
    deposit(&sandbox, order_no, "12.81");
    listener_next(&listener, &delivery);

    bonuspay_notification *notification = NULL;
    CHECK_OK(delivery_verify(client, &delivery, &notification, ERR));
    CHECK(bonuspay_notification_kind(notification) == BONUSPAY_NOTIFICATION_ORDER);
    CHECK(bonuspay_notification_state(notification) == BONUSPAY_STATE_SUCCEEDED);
    CHECK(bonuspay_notification_id(notification, NULL) != NULL);
    CHECK_TEXT(bonuspay_notification_get(notification, TEXT("/acquireOrder/merchantOrderNo"), NULL), number);
    CHECK_TEXT(bonuspay_notification_get(notification, TEXT("/acquireOrder/orderNo"), NULL), order_no);
    size_t len = 0;
    const char *raw = bonuspay_notification_raw(notification, &len);
    CHECK(len == delivery.body_len && memcmp(raw, delivery.body, len) == 0);
    printf("%s\n", bonuspay_notification_json(notification, NULL));

    /* A notification is a hint. The proof is the answer to our own question. */
    bonuspay_response *order = NULL;
    order_index(biz, sizeof biz, number);
    CHECK_OK(bonuspay_order_get(client, TEXT(biz), &order, ERR));
    CHECK(bonuspay_response_matches_request(order) == 1);
    CHECK(bonuspay_response_state(order) == BONUSPAY_STATE_SUCCEEDED);
    CHECK_TEXT(bonuspay_response_get(order, TEXT("/acquireOrder/orderNo"), NULL), order_no);
    listener_answer(&delivery, 200, "SUCCESS");

    /* One byte changed, no signature, a signature for something else, another merchant's id. */
    changed = delivery;
    changed.body[changed.body_len / 2] ^= 1;
    refused(client, &changed, BONUSPAY_BAD_SIGNATURE);
    changed = delivery;
    changed.body_len--;
    refused(client, &changed, BONUSPAY_BAD_SIGNATURE);
    changed = delivery;
    changed.sign[0] = '\0';
    refused(client, &changed, BONUSPAY_BAD_SIGNATURE);
    changed = delivery;
    strcpy(changed.sign, "AAAA");
    refused(client, &changed, BONUSPAY_BAD_SIGNATURE);
    changed = delivery;
    strcpy(changed.partner_id, "200000000001");
    refused(client, &changed, BONUSPAY_NOTIFICATION_MISMATCH);

    /* Without the header it goes on: the id is not signed, and proves nothing. */
    changed = delivery;
    changed.partner_id[0] = '\0';
    bonuspay_notification *again = NULL;
    CHECK_OK(delivery_verify(client, &changed, &again, ERR));
    CHECK_TEXT(bonuspay_notification_id(again, NULL), bonuspay_notification_id(notification, NULL));

    bonuspay_notification_free(again);
    bonuspay_notification_free(notification);
    bonuspay_response_free(order);
    bonuspay_client_free(client);
    close(listener.socket);
    sandbox_close(&sandbox);
    return 0;
}
