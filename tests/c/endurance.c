/*
 * As many calls as a busy shop makes in a week, and not a page of memory more at the end than after the first tenth.
 *
 *   endurance READY_LINE GATEWAY_PRIVATE_KEY [CALLS]
 *
 * The gateway's key signs the notification that is verified again and again.
 */
#include "support.h"

#define CALLS_A_ROUND 5
#define ALLOWED_KIB 512

static const char *const notification =
    "{\"notify_id\":\"202111190340008301\",\"notify_timestamp\":1637331743833,\"acquireOrder\":{\"status\":\"SUCCESS\","
    "\"merchantOrderNo\":\"wp_1001-1\",\"orderNo\":\"131710904557001559\","
    "\"totalAmount\":{\"amount\":12.81,\"currency\":\"USDT\"}}}";

static long resident_kib(void)
{
    long pages = 0, ignored = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &ignored, &pages) != 2)
        die("/proc/self/statm cannot be read");
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* Signs with the gateway's key. */
static void sign_as_gateway(const struct sandbox *sandbox, const char *path, char *sign, size_t cap)
{
    char *key = read_file(path);
    bonuspay_config *config = sandbox_config(sandbox);
    bonuspay_client *gateway = NULL;
    size_t len = 0;
    CHECK_OK(bonuspay_config_set_private_key(config, TEXT(key), ERR));
    CHECK_OK(bonuspay_client_new(config, &gateway, ERR));
    CHECK_OK(bonuspay_sign(gateway, TEXT(notification), sign, cap, &len, ERR));
    bonuspay_client_free(gateway);
    bonuspay_config_free(config);
    free(key);
}

static void round_of_calls(const bonuspay_client *client, const char *sign)
{
    int32_t order = 0;
    bonuspay_error *err = NULL;
    bonuspay_notification *message = NULL;
    bonuspay_response *response = NULL;

    CHECK(bonuspay_amount_cmp(TEXT("12.81"), TEXT("12.80999999"), &order) == BONUSPAY_OK && order == 1);

    CHECK(bonuspay_verify(client, TEXT("something else"), TEXT(sign), &err) == BONUSPAY_BAD_SIGNATURE);
    bonuspay_error_free(err);

    CHECK_OK(bonuspay_notification_verify(client, TEXT(notification), TEXT(sign), NULL, 0, &message, ERR));
    CHECK(bonuspay_notification_state(message) == BONUSPAY_STATE_SUCCEEDED);
    bonuspay_notification_free(message);

    CHECK(bonuspay_order_get(client, TEXT("{\"merchantOrderNo\":\"a b\"}"), &response, &err) ==
          BONUSPAY_INVALID_ARGUMENT);
    bonuspay_error_free(err);

    bonuspay_config *config = bonuspay_config_new();
    CHECK_OK(bonuspay_config_set_partner_id(config, TEXT("200000000888"), ERR));
    bonuspay_config_free(config);
}

int main(int argc, char **argv)
{
    char sign[2048];
    if (argc < 3)
        die("usage: %s READY_LINE GATEWAY_PRIVATE_KEY [CALLS]", argv[0]);
    struct sandbox sandbox = sandbox_open(argc, argv);
    sign_as_gateway(&sandbox, argv[2], sign, sizeof sign);
    bonuspay_client *client = sandbox_client(&sandbox);
    long rounds = (argc > 3 ? atol(argv[3]) : 200000) / CALLS_A_ROUND, before = 0;
    CHECK(rounds >= 10);
    for (long round = 0; round < rounds; round++) {
        if (round == rounds / 10)
            before = resident_kib();
        round_of_calls(client, sign);
        /* Reading keys takes a while, so a whole client is made and freed more rarely. */
        if (round % 500 == 0)
            bonuspay_client_free(sandbox_client(&sandbox));
    }
    long grown = resident_kib() - before;
    if (grown > ALLOWED_KIB)
        die("%ld KiB more than after the first tenth of %ld calls", grown, rounds * CALLS_A_ROUND);
    printf("%ld calls, %ld KiB more\n", rounds * CALLS_A_ROUND, grown);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    return 0;
}
