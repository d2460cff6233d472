/*
 * What `make demo` shows: an order is placed, paid in two parts, notified, confirmed and partly refunded, and what
 * is forged or repeated on the way does no harm. Every step is checked; the last line is printed only if all held.
 *
 *   demo READY_LINE
 */
#include "support.h"

#define DUE "12.81"
#define REFUND "4.00"

/* What a shop keeps of its order, in its database. */
struct shop_order {
    char number[64], order_no[64];
    int paid;
    char seen_notification[128];
};

static int compare(const char *a, const char *b)
{
    int32_t difference = 0;
    CHECK(a != NULL && b != NULL);
    CHECK_OK(bonuspay_amount_cmp(TEXT(a), TEXT(b), &difference));
    return difference;
}

static bonuspay_response *get_order(const bonuspay_client *client, const struct shop_order *order)
{
    bonuspay_response *response = NULL;
    char biz[256];
    CHECK_OK(bonuspay_order_get(client, TEXT(order_index(biz, sizeof biz, order->number)), &response, ERR));
    return response;
}

/* The one place where an order becomes paid: BonusPay's signed answer about our own order, for our own price. */
static int is_paid(const bonuspay_response *response, const struct shop_order *order)
{
    const char *number = bonuspay_response_get(response, TEXT("/acquireOrder/merchantOrderNo"), NULL);
    const char *order_no = bonuspay_response_get(response, TEXT("/acquireOrder/orderNo"), NULL);
    const char *amount = bonuspay_response_get(response, TEXT("/acquireOrder/paymentInfo/paidAmount/amount"), NULL);
    const char *currency = bonuspay_response_get(response, TEXT("/acquireOrder/paymentInfo/paidAmount/currency"), NULL);
    return bonuspay_response_matches_request(response) == 1 &&
           bonuspay_response_state(response) == BONUSPAY_STATE_SUCCEEDED &&
           number != NULL && strcmp(number, order->number) == 0 && order_no != NULL &&
           strcmp(order_no, order->order_no) == 0 && amount != NULL && compare(amount, DUE) == 0 && currency != NULL &&
           strcmp(currency, "USDT") == 0;
}

static void place_order(const bonuspay_client *client, const struct listener *listener, struct shop_order *order)
{
    bonuspay_response *response = NULL;
    char biz[1024], uri[256], qr[8192];
    size_t len = 0;
    new_number("demo", order->number, sizeof order->number);
    order_request(biz, sizeof biz, order->number, DUE, listener->url);
    CHECK_OK(bonuspay_order_place(client, TEXT(biz), &response, ERR));
    const char *address = bonuspay_response_get(response, TEXT("/interactionParams/address"), NULL);
    const char *network = bonuspay_response_get(response, TEXT("/interactionParams/network"), NULL);
    const char *order_no = bonuspay_response_get(response, TEXT("/acquireOrder/orderNo"), NULL);
    CHECK(address != NULL && network != NULL && order_no != NULL);
    CHECK(compare(bonuspay_response_get(response, TEXT("/acquireOrder/totalAmount/amount"), NULL), DUE) == 0);
    snprintf(order->order_no, sizeof order->order_no, "%s", order_no);

    say("1. The shop places order %s; BonusPay calls it %s.", order->number, order->order_no);
    say("   Pay exactly %s USDT on %s to %s:\n", DUE, network, address);
    CHECK_OK(bonuspay_payment_uri(TEXT("USDT"), TEXT(network), TEXT(address), TEXT(DUE), uri, sizeof uri, &len, ERR));
    CHECK_OK(bonuspay_qr_text(uri, len, qr, sizeof qr, &len, ERR));
    say("%s", qr);
    bonuspay_response_free(response);
}

static void pay_too_little(const struct sandbox *sandbox, const bonuspay_client *client, const struct shop_order *order)
{
    bonuspay_response *events = NULL;
    char biz[256];
    deposit(sandbox, order->order_no, "5.00");
    CHECK_OK(bonuspay_order_payment_events(client, TEXT(order_index(biz, sizeof biz, order->number)), &events, ERR));
    const char *amount = bonuspay_response_get(events, TEXT("/paymentDepositEventList/0/amount/amount"), NULL);
    CHECK(compare(amount, "5.00") == 0 && compare(amount, DUE) < 0);
    CHECK(bonuspay_response_get(events, TEXT("/paymentDepositEventList/1/id"), NULL) == NULL);
    say("2. The shopper pays %s USDT: the payment events show that it is less than %s.", amount, DUE);

    bonuspay_response *response = get_order(client, order);
    CHECK(bonuspay_response_state(response) == BONUSPAY_STATE_PENDING && !is_paid(response, order));
    say("   Get Order says %s: the shop waits.", bonuspay_response_get(response, TEXT("/acquireOrder/status"), NULL));
    bonuspay_response_free(response);
    bonuspay_response_free(events);
}

/* What a shop's endpoint does with a request. Gives what to answer. */
static const char *take_notification(const bonuspay_client *client, struct shop_order *order,
                                     const struct delivery *delivery)
{
    bonuspay_notification *notification = NULL;
    bonuspay_error *err = NULL;
    if (delivery_verify(client, delivery, &notification, &err) != BONUSPAY_OK) {
        say("   refused: %s", bonuspay_error_message(err, NULL));
        bonuspay_error_free(err);
        return "FAIL";
    }
    const char *id = bonuspay_notification_id(notification, NULL);
    const char *number = bonuspay_notification_get(notification, TEXT("/acquireOrder/merchantOrderNo"), NULL);
    const char *order_no = bonuspay_notification_get(notification, TEXT("/acquireOrder/orderNo"), NULL);
    const char *answer = "FAIL";
    CHECK(bonuspay_notification_kind(notification) == BONUSPAY_NOTIFICATION_ORDER && id != NULL);
    if (number == NULL || strcmp(number, order->number) != 0 || order_no == NULL ||
        strcmp(order_no, order->order_no) != 0) {
        say("   genuine, but of no order of ours");
    } else if (order->paid) {
        say("   genuine, but the order is paid already%s: nothing to do",
            strcmp(id, order->seen_notification) == 0 ? " by this very notification" : "");
        answer = "SUCCESS";
    } else {
        bonuspay_response *response = get_order(client, order);
        if (is_paid(response, order)) {
            say("   verified; Get Order confirms it: %s, %s %s for order %s.",
                bonuspay_response_get(response, TEXT("/acquireOrder/status"), NULL),
                bonuspay_response_get(response, TEXT("/acquireOrder/paymentInfo/paidAmount/amount"), NULL),
                bonuspay_response_get(response, TEXT("/acquireOrder/paymentInfo/paidAmount/currency"), NULL),
                bonuspay_response_get(response, TEXT("/acquireOrder/merchantOrderNo"), NULL));
            order->paid = 1;
            snprintf(order->seen_notification, sizeof order->seen_notification, "%s", id);
            answer = "SUCCESS";
        }
        bonuspay_response_free(response);
    }
    bonuspay_notification_free(notification);
    return answer;
}

static void pay_the_rest(const struct sandbox *sandbox, const bonuspay_client *client, const struct listener *listener,
                         struct shop_order *order)
{
    static struct delivery delivery, forged;
    say("3. The shopper pays the other 7.81 USDT. A notification arrives:");
    deposit(sandbox, order->order_no, "7.81");
    listener_next(listener, &delivery);
    const char *answer = take_notification(client, order, &delivery);
    listener_answer(&delivery, strcmp(answer, "SUCCESS") == 0 ? 200 : 401, answer);
    CHECK(order->paid && strcmp(answer, "SUCCESS") == 0);
    say("   The shop answers %s.", answer);

    say("4. A forged notification: one byte changed.");
    struct shop_order victim = *order;
    victim.paid = 0;
    forged = delivery;
    char *status = strstr(forged.body, "12.81");
    CHECK(status != NULL);
    status[1] = '3';
    CHECK(strcmp(take_notification(client, &victim, &forged), "FAIL") == 0 && !victim.paid);

    say("5. The genuine one again, as anybody could send it who saw it:");
    struct shop_order before = *order;
    CHECK(strcmp(take_notification(client, order, &delivery), "SUCCESS") == 0);
    CHECK(memcmp(&before, order, sizeof before) == 0);
}

static void refund(const struct sandbox *sandbox, const bonuspay_client *client, const struct shop_order *order)
{
    bonuspay_response *response = NULL;
    char number[64], refund_no[64], biz[1024], path[128];
    int tries = 100;
    snprintf(biz, sizeof biz,
             "{\"refundMerchantOrderNo\":\"%s\",\"originMerchantOrderNo\":\"%s\",\"chainCode\":\"TRON\","
             "\"amount\":{\"amount\":\"" REFUND "\",\"currency\":\"USDT\"},\"reason\":\"one cup broken\","
             "\"refundAddress\":\"TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD\"}",
             new_number("back", number, sizeof number), order->number);
    CHECK_OK(bonuspay_refund_place(client, TEXT(biz), &response, ERR));
    CHECK(bonuspay_response_matches_request(response) == 1);
    const char *text = bonuspay_response_get(response, TEXT("/refundOrder/orderNo"), NULL);
    CHECK(text != NULL);
    snprintf(refund_no, sizeof refund_no, "%s", text);
    say("6. The shop gives %s USDT back: refund %s is %s.", REFUND, refund_no,
        bonuspay_response_get(response, TEXT("/refundOrder/status"), NULL));
    bonuspay_response_free(response);

    snprintf(path, sizeof path, "refunds/%s/settle", refund_no);
    control(sandbox, "POST", path, "", NULL, 0);
    snprintf(biz, sizeof biz, "{\"refundMerchantOrderNo\":\"%s\"}", number);
    response = NULL;
    do {
        bonuspay_response_free(response);
        CHECK_OK(bonuspay_refund_get(client, TEXT(biz), &response, ERR));
        sleep_ms(20);
    } while (bonuspay_response_state(response) == BONUSPAY_STATE_PENDING && --tries > 0);
    CHECK(bonuspay_response_state(response) == BONUSPAY_STATE_SUCCEEDED &&
          bonuspay_response_matches_request(response) == 1);
    text = bonuspay_response_get(response, TEXT("/refundOrder/refundAmount/amount"), NULL);
    CHECK(compare(text, REFUND) == 0);
    say("   A little later it is %s: %s USDT are back with the shopper.",
        bonuspay_response_get(response, TEXT("/refundOrder/status"), NULL), text);
    bonuspay_response_free(response);
}

int main(int argc, char **argv)
{
    if (bonuspay_abi_version() != BONUSPAY_ABI_VERSION)
        die("the library is of another ABI");
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    struct listener listener = listener_open();
    struct shop_order order = {.paid = 0};
    say("%s, against a sandbox at %s: no real coin moves.\n", bonuspay_build_info(), sandbox.base_url);

    place_order(client, &listener, &order);
    pay_too_little(&sandbox, client, &order);
    pay_the_rest(&sandbox, client, &listener, &order);
    refund(&sandbox, client, &order);

    close(listener.socket);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    say("\ndemo: order paid");
    return 0;
}
