/*
 * The whole life of a process that needs one signature: first_use PRIVATE_KEY_FILE
 */
#include "support.h"

int main(int argc, char **argv)
{
    bonuspay_client *client = NULL;
    char signature[1024];
    size_t len = 0;
    if (argc != 2)
        die("usage: %s PRIVATE_KEY_FILE", argv[0]);
    char *key = read_file(argv[1]);
    bonuspay_config *config = bonuspay_config_new();
    CHECK_OK(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, ERR));
    CHECK_OK(bonuspay_config_set_partner_id(config, TEXT("200000000888"), ERR));
    CHECK_OK(bonuspay_config_set_private_key(config, TEXT(key), ERR));
    CHECK_OK(bonuspay_client_new(config, &client, ERR));
    CHECK_OK(bonuspay_sign(client, TEXT("{}"), signature, sizeof signature, &len, ERR));
    CHECK(len == 344);
    bonuspay_client_free(client);
    bonuspay_config_free(config);
    free(key);
    return 0;
}
