/* Takes a payment of 12.81 USDT: quickstart BASE_URL PARTNER_ID PRIVATE_KEY_FILE PUBLIC_KEY_FILE */
#include <bonuspay.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#define TEXT(string) (string), strlen(string)
#define TRY(call) if ((call) != BONUSPAY_OK) return fprintf(stderr, "%s\n", bonuspay_error_message(err, NULL)), 1
static const char *GET = "{\"merchantOrderNo\":\"tea-1\"}", *PLACE = "{\"merchantOrderNo\":\"tea-1\","
    "\"subject\":\"Tea\",\"totalAmount\":{\"amount\":\"12.81\",\"currency\":\"USDT\"},"
    "\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"}}";
static char private_key[8192], public_key[8192];
static size_t load(const char *path, char *text) {
    FILE *file = fopen(path, "rb");
    return file ? fread(text, 1, 8192, file) : 0;
}
int main(int argc, char **argv) {
    bonuspay_error *err = NULL;
    bonuspay_client *client = NULL;
    bonuspay_response *order = NULL;
    bonuspay_config *config = bonuspay_config_new();
    if (argc != 5) return 2;
    TRY(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, &err));
    TRY(bonuspay_config_set_base_url(config, TEXT(argv[1]), &err));
    TRY(bonuspay_config_set_allow_http(config, true, &err));
    TRY(bonuspay_config_set_partner_id(config, TEXT(argv[2]), &err));
    TRY(bonuspay_config_set_private_key(config, private_key, load(argv[3], private_key), &err));
    TRY(bonuspay_config_set_public_key(config, public_key, load(argv[4], public_key), &err));
    TRY(bonuspay_client_new(config, &client, &err));
    TRY(bonuspay_order_place(client, TEXT(PLACE), &order, &err));
    printf("Pay 12.81 USDT on TRON to %s\n", bonuspay_response_get(order, TEXT("/interactionParams/address"), NULL));
    for (fflush(stdout); bonuspay_response_state(order) == BONUSPAY_STATE_PENDING; sleep(1)) {
        bonuspay_response_free(order);
        TRY(bonuspay_order_get(client, TEXT(GET), &order, &err));
    }
    int paid = bonuspay_response_state(order) == BONUSPAY_STATE_SUCCEEDED && bonuspay_response_matches_request(order);
    puts(paid ? "Paid" : "Not paid");
    bonuspay_response_free(order);
    bonuspay_client_free(client);
    bonuspay_config_free(config);
}
