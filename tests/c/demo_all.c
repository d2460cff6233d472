/*
 * What `make demo-all` shows after `make demo`: a walk through every other product. Every step is checked; the last
 * line is printed only if all held.
 *
 *   demo_all READY_LINE
 */
#include "support.h"

#include <stdarg.h>

#define TRON_ADDRESS "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD"

typedef bonuspay_status (*call_function)(const bonuspay_client *, const char *, size_t, bonuspay_response **,
                                         bonuspay_error **);

static bonuspay_response *call(call_function function, const bonuspay_client *client, const char *format, ...)
{
    bonuspay_response *response = NULL;
    char biz[1024];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(biz, sizeof biz, format, arguments);
    va_end(arguments);
    CHECK(len > 0 && (size_t)len < sizeof biz);
    CHECK_OK(function(client, TEXT(biz), &response, ERR));
    return response;
}

static const char *get(const bonuspay_response *response, const char *pointer)
{
    const char *text = bonuspay_response_get(response, TEXT(pointer), NULL);
    if (text == NULL)
        die("the answer has no %s: %s", pointer, bonuspay_response_json(response, NULL));
    return text;
}

static void expect_amount(const char *amount, const char *expected)
{
    int32_t difference = 1;
    CHECK_OK(bonuspay_amount_cmp(TEXT(amount), TEXT(expected), &difference));
    if (difference != 0)
        die("%s, not %s", amount, expected);
}

/* A call to the sandbox that stands for what happens on a chain or in a bank. */
static void happens(const struct sandbox *sandbox, const char *body, const char *format, ...)
{
    char path[256], reply[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    if (control(sandbox, "POST", path, body, reply, sizeof reply) != 200)
        die("%s: %s", path, reply);
}

/* Takes the next notification, which must be genuine and about this. */
static void notified(const bonuspay_client *client, const struct listener *listener, int kind, const char *pointer,
                     const char *expected)
{
    static struct delivery delivery;
    bonuspay_notification *notification = NULL;
    listener_next(listener, &delivery);
    CHECK_OK(delivery_verify(client, &delivery, &notification, ERR));
    CHECK(bonuspay_notification_kind(notification) == kind);
    CHECK(bonuspay_notification_state(notification) == BONUSPAY_STATE_SUCCEEDED);
    CHECK_TEXT(bonuspay_notification_get(notification, TEXT(pointer), NULL), expected);
    bonuspay_notification_free(notification);
    listener_answer(&delivery, 200, "SUCCESS");
    say("   A notification says so too: verified.");
}

static void usdt(const bonuspay_client *client, const char *expected)
{
    bonuspay_response *response = call(bonuspay_account_balances, client, "{\"assetCodeList\":[\"USDT\"]}");
    const char *balance = get(response, "/assetCodeList/0/balance/amount");
    expect_amount(balance, expected);
    say("   The account holds %s USDT.", balance);
    bonuspay_response_free(response);
}

static void rate(const bonuspay_client *client)
{
    bonuspay_response *response =
        call(bonuspay_fx_rate, client, "{\"currencyPair\":\"USDT_EUR\",\"direction\":\"SELL\"}");
    expect_amount(get(response, "/fxrate"), "0.92");
    say("1. Fx Rate: 1 USDT is %s EUR.", get(response, "/fxrate"));
    bonuspay_response_free(response);
    say("2. Account:");
    usdt(client, "10000");
}

static void top_up(const struct sandbox *sandbox, const bonuspay_client *client, const struct listener *listener)
{
    char customer[64], body[256];
    bonuspay_response *response =
        call(bonuspay_topup_address, client, "{\"customerId\":\"%s\",\"assetCode\":\"USDT\",\"network\":\"TRON\"}",
             new_number("ann", customer, sizeof customer));
    say("3. Crypto TOPUP: customer %s may always pay to %s,\n   at least %s USDT.", customer,
        get(response, "/wallet/address"), get(response, "/wallet/minDeposit"));
    bonuspay_response_free(response);

    snprintf(body, sizeof body, "{\"partnerId\":\"%s\",\"topupNotifyUrl\":\"%s\"}", sandbox->partner_id, listener->url);
    happens(sandbox, body, "merchants");
    snprintf(body, sizeof body,
             "{\"customerId\":\"%s\",\"assetCode\":\"USDT\",\"network\":\"TRON\",\"amount\":\"100.00\"}", customer);
    happens(sandbox, body, "topups");
    response = call(bonuspay_topup_deposits, client,
                    "{\"startTime\":0,\"endTime\":9999999999999,\"pageParam\":{\"number\":0,\"size\":10}}");
    CHECK_TEXT(get(response, "/customerDepositOrderPage/items/0/customerId"), customer);
    say("   %s of 100 USDT are credited, %s is BonusPay's.",
        get(response, "/customerDepositOrderPage/items/0/settledAmount/amount"),
        get(response, "/customerDepositOrderPage/items/0/fee/amount"));
    const char *order_no = get(response, "/customerDepositOrderPage/items/0/orderNo");
    bonuspay_response *one = call(bonuspay_topup_deposit, client, "{\"orderNo\":\"%s\"}", order_no);
    CHECK(bonuspay_response_state(one) == BONUSPAY_STATE_SUCCEEDED);
    notified(client, listener, BONUSPAY_NOTIFICATION_TOPUP, "/customerDepositOrder/orderNo", order_no);
    bonuspay_response_free(one);
    bonuspay_response_free(response);
    usdt(client, "10099.5");
}

static void checkout(const struct sandbox *sandbox, const bonuspay_client *client, const struct listener *listener)
{
    char number[64];
    bonuspay_response *response =
        call(bonuspay_order_place, client,
             "{\"merchantOrderNo\":\"%s\",\"subject\":\"Tea\",\"paySceneCode\":\"CHECK_OUT\",\"notifyUrl\":\"%s\","
             "\"paySceneParams\":{\"redirectUrl\":\"https://shop.example/thanks\"},"
             "\"refAmount\":{\"exchangeCurrencyCode\":\"USDT\","
             "\"refAmount\":{\"amount\":\"46\",\"currency\":\"EUR\"}}}",
             new_number("tea", number, sizeof number), listener->url);
    CHECK(bonuspay_response_checkout_url(response, NULL) != NULL);
    expect_amount(get(response, "/acquireOrder/totalAmount/amount"), "50");
    say("4. Checkout: 46 EUR of tea are %s USDT, to be paid at\n   %s.",
        get(response, "/acquireOrder/totalAmount/amount"), bonuspay_response_checkout_url(response, NULL));
    deposit(sandbox, get(response, "/acquireOrder/orderNo"), "50");
    bonuspay_response_free(response);
    notified(client, listener, BONUSPAY_NOTIFICATION_ORDER, "/acquireOrder/merchantOrderNo", number);
    usdt(client, "10149.25");
}

/* A withdrawal and a transfer are placed, settled, asked for and told in the same way. */
static void pay_out(const struct sandbox *sandbox, const bonuspay_client *client, const struct listener *listener,
                    call_function place, const char *what, const char *amount)
{
    char number[64];
    bonuspay_response *response =
        call(place, client,
             "{\"merchantOrderNo\":\"%s\",\"address\":\"" TRON_ADDRESS "\",\"network\":\"TRON\",\"notifyUrl\":\"%s\","
             "\"expectedReceivedAmount\":{\"amount\":\"%s\",\"currency\":\"USDT\"}}",
             new_number("out", number, sizeof number), listener->url, amount);
    CHECK(bonuspay_response_matches_request(response) == 1 &&
          bonuspay_response_state(response) == BONUSPAY_STATE_PENDING);
    say("   %s %s of %s USDT is %s, for a fee of %s.", what, number, amount, get(response, "/withdrawOrder/status"),
        get(response, "/withdrawOrder/partnerFee/amount"));
    bonuspay_response_free(response);
    happens(sandbox, "", "withdrawals/%s/settle", number);
    response = call(bonuspay_withdraw_get, client, "{\"merchantOrderNo\":\"%s\"}", number);
    CHECK(bonuspay_response_state(response) == BONUSPAY_STATE_SUCCEEDED);
    say("   It is %s by transaction %.16s...", get(response, "/withdrawOrder/status"),
        get(response, "/withdrawOrder/txid"));
    bonuspay_response_free(response);
    notified(client, listener, BONUSPAY_NOTIFICATION_WITHDRAW, "/withdrawOrder/merchantOrderNo", number);
}

static void withdraw(const struct sandbox *sandbox, const bonuspay_client *client, const struct listener *listener)
{
    bonuspay_response *response = call(bonuspay_withdraw_networks, client, "{\"assetCode\":\"USDT\"}");
    say("5. Withdraw and Transfer: USDT goes out on %s, from %s on, to addresses like\n   %s.",
        get(response, "/networks/0/name"), get(response, "/networks/0/withdrawMin"),
        get(response, "/networks/0/addressRegex"));
    bonuspay_response_free(response);
    pay_out(sandbox, client, listener, bonuspay_withdraw_place, "Withdrawal", "48.25");
    pay_out(sandbox, client, listener, bonuspay_transfer_place, "Transfer", "99");
    usdt(client, "10000");
}

static void settle(const struct sandbox *sandbox, const bonuspay_client *client, const struct listener *listener)
{
    char number[64];
    bonuspay_response *response =
        call(bonuspay_settlement_place, client,
             "{\"merchantOrderNo\":\"%s\",\"fiatCurrency\":\"EUR\",\"notifyUrl\":\"%s\","
             "\"cryptoAmount\":{\"amount\":\"1000.00\",\"currency\":\"USDT\"}}",
             new_number("eur", number, sizeof number), listener->url);
    CHECK(bonuspay_response_state(response) == BONUSPAY_STATE_PENDING);
    bonuspay_response_free(response);
    happens(sandbox, "", "settlements/%s/settle", number);
    response = call(bonuspay_settlement_get, client, "{\"merchantOrderNo\":\"%s\"}", number);
    CHECK(bonuspay_response_state(response) == BONUSPAY_STATE_SUCCEEDED);
    say("6. Fiat Settlement: 1000 USDT are %s EUR; %s arrive at the bank.",
        get(response, "/otcFundoutOrder/settlementAmount/amount"),
        get(response, "/otcFundoutOrder/fundoutDetail/receivingAmount/amount"));
    bonuspay_response_free(response);
    notified(client, listener, BONUSPAY_NOTIFICATION_SETTLEMENT, "/otcFundoutOrder/merchantOrderNo", number);
    usdt(client, "9000");
}

static void sub_merchant(const bonuspay_client *client)
{
    bonuspay_response *made =
        call(bonuspay_submerchant_create, client,
             "{\"merchantType\":\"BUSINESS\",\"merchantName\":\"Candy home\",\"subMerchantAdminEmail\":\"a@b.example\","
             "\"businessMerchantData\":{},\"merchantContactData\":{},\"merchantAddressData\":{}}");
    const char *id = get(made, "/merchantId");
    bonuspay_response *got = call(bonuspay_submerchant_get, client, "{\"merchantId\":\"%s\"}", id);
    CHECK(bonuspay_response_matches_request(got) == 1);
    say("7. Sub-merchants: %s is number %s.", get(got, "/merchantName"), id);
    bonuspay_response_free(got);
    bonuspay_response_free(made);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    struct listener listener = listener_open();
    /* Balances are known only at the beginning; `make demo` may have been here. */
    happens(&sandbox, "", "reset");
    say("Every other product, against a sandbox at %s: no real coin moves.\n", sandbox.base_url);

    rate(client);
    top_up(&sandbox, client, &listener);
    checkout(&sandbox, client, &listener);
    withdraw(&sandbox, client, &listener);
    settle(&sandbox, client, &listener);
    sub_merchant(client);

    close(listener.socket);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    say("\ndemo: every product");
    return 0;
}
