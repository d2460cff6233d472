/* One payment through BonusPay; examples/README.md says what the variables and the standard input hold. */
#include <bonuspay.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT(string) (string), strlen(string)
#define TRY(call) do { if ((call) != BONUSPAY_OK) fail(err); } while (0)

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void fail(const bonuspay_error *err)
{
    stop(bonuspay_status_name(bonuspay_error_status(err)), bonuspay_error_message(err, NULL));
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL)
        stop(name, "is not set");
    return value;
}

static size_t read_text(FILE *file, char *text, size_t cap)
{
    size_t len = file ? fread(text, 1, cap, file) : 0;
    if (len == 0 || ferror(file))
        stop("a key or the notification", "cannot be read");
    fclose(file);
    return len;
}

static int is_paid(const bonuspay_response *order)
{
    const char *amount = bonuspay_response_get(order, TEXT("/acquireOrder/paymentInfo/paidAmount/amount"), NULL);
    const char *currency = bonuspay_response_get(order, TEXT("/acquireOrder/paymentInfo/paidAmount/currency"), NULL);
    int32_t difference = -1;
    return bonuspay_response_state(order) == BONUSPAY_STATE_SUCCEEDED &&
           bonuspay_response_matches_request(order) == 1 && amount != NULL &&
           bonuspay_amount_cmp(TEXT(amount), TEXT("12.81"), &difference) == BONUSPAY_OK && difference >= 0 &&
           currency != NULL && strcmp(currency, "USDT") == 0;
}

int main(void)
{
    bonuspay_error *err = NULL;
    bonuspay_config *config = bonuspay_config_new();
    bonuspay_client *client = NULL;
    bonuspay_response *order = NULL;
    bonuspay_notification *notification = NULL;
    static char key[8192], message[65536], place[512], get[128];
    if (bonuspay_abi_version() != BONUSPAY_ABI_VERSION)
        stop("libbonuspay", "has another ABI");

    TRY(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, &err));
    TRY(bonuspay_config_set_base_url(config, TEXT(variable("BONUSPAY_BASE_URL")), &err));
    TRY(bonuspay_config_set_allow_http(config, true, &err));
    TRY(bonuspay_config_set_partner_id(config, TEXT(variable("BONUSPAY_PARTNER_ID")), &err));
    size_t len = read_text(fopen(variable("BONUSPAY_PRIVATE_KEY"), "rb"), key, sizeof key);
    TRY(bonuspay_config_set_private_key(config, key, len, &err));
    len = read_text(fopen(variable("BONUSPAY_PUBLIC_KEY"), "rb"), key, sizeof key);
    TRY(bonuspay_config_set_public_key(config, key, len, &err));
    TRY(bonuspay_client_new(config, &client, &err));
    bonuspay_config_free(config);

    snprintf(place, sizeof place,
             "{\"merchantOrderNo\":\"%s\",\"subject\":\"Tea\","
             "\"totalAmount\":{\"amount\":\"12.81\",\"currency\":\"USDT\"},"
             "\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},"
             "\"notifyUrl\":\"http://localhost/bonuspay\"}", variable("ORDER_NUMBER"));
    TRY(bonuspay_order_place(client, TEXT(place), &order, &err));
    printf("Pay 12.81 USDT on TRON to %s\n", bonuspay_response_get(order, TEXT("/interactionParams/address"), NULL));
    fflush(stdout);

    /* The notification says when to ask; what counts is the answer. */
    len = read_text(stdin, message, sizeof message);
    char *body = memchr(message, '\n', len);
    if (body == NULL)
        stop("the notification", "has no body");
    size_t sign_len = (size_t)(body++ - message), body_len = len - sign_len - 1;
    TRY(bonuspay_notification_verify(client, body, body_len, message, sign_len, NULL, 0, &notification, &err));
    bonuspay_notification_free(notification);

    snprintf(get, sizeof get, "{\"merchantOrderNo\":\"%s\"}", variable("ORDER_NUMBER"));
    for (int32_t state = BONUSPAY_STATE_PENDING; state == BONUSPAY_STATE_PENDING || state == BONUSPAY_STATE_UNKNOWN;) {
        bonuspay_response_free(order);
        TRY(bonuspay_order_get(client, TEXT(get), &order, &err));
        state = bonuspay_response_state(order);
        if (state == BONUSPAY_STATE_PENDING)
            sleep(1);
    }
    if (!is_paid(order))
        stop("the order", "is not paid");
    printf("Paid %s USDT\n", bonuspay_response_get(order, TEXT("/acquireOrder/paymentInfo/paidAmount/amount"), NULL));

    body[0] ^= 1;
    bonuspay_status status =
        bonuspay_notification_verify(client, body, body_len, message, sign_len, NULL, 0, &notification, &err);
    if (status == BONUSPAY_OK)
        stop("a forged notification", "was accepted");
    printf("Forged notification refused: %s\n", bonuspay_status_name(status));

    bonuspay_error_free(err);
    bonuspay_response_free(order);
    bonuspay_client_free(client);
    return 0;
}
