/*
 * Makes a merchant's keys, reads them as they are pasted, and signs and verifies with them. Needs no network.
 *
 *   keys
 */
#include "support.h"

static bonuspay_client *client_of(const char *private_pem, const char *public_pem)
{
    bonuspay_config *config = bonuspay_config_new();
    bonuspay_client *client = NULL;
    CHECK_OK(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, ERR));
    CHECK_OK(bonuspay_config_set_partner_id(config, TEXT("200000000888"), ERR));
    if (private_pem != NULL)
        CHECK_OK(bonuspay_config_set_private_key(config, TEXT(private_pem), ERR));
    if (public_pem != NULL)
        CHECK_OK(bonuspay_config_set_public_key(config, TEXT(public_pem), ERR));
    CHECK_OK(bonuspay_client_new(config, &client, ERR));
    bonuspay_config_free(config);
    return client;
}

static void wrong_keys(const char *public_pem)
{
    const char *wrong[] = {
        "", "****", "/etc/passwd", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", public_pem,
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bonuspay_keypair *keys = NULL;
        bonuspay_error *err = NULL;
        CHECK(bonuspay_keypair_from_private(TEXT(wrong[i]), &keys, &err) == BONUSPAY_KEY);
        CHECK(keys == NULL);
        printf("refused: %s\n", bonuspay_error_message(err, NULL));
        bonuspay_error_free(err);
    }
}

int main(void)
{
    bonuspay_keypair *keys = NULL, *pasted = NULL;
    CHECK_OK(bonuspay_keypair_generate(2048, &keys, ERR));
    const char *private_pem = bonuspay_keypair_private_pem(keys, NULL);
    const char *public_pem = bonuspay_keypair_public_pem(keys, NULL);
    CHECK(strncmp(private_pem, "-----BEGIN PRIVATE KEY-----", 27) == 0);
    CHECK(strncmp(public_pem, "-----BEGIN PUBLIC KEY-----", 26) == 0);
    printf("fingerprint: %s\n", bonuspay_keypair_fingerprint(keys, NULL));

    CHECK_OK(bonuspay_keypair_from_private(TEXT(private_pem), &pasted, ERR));
    CHECK_TEXT(bonuspay_keypair_public_pem(pasted, NULL), public_pem);
    CHECK_TEXT(bonuspay_keypair_fingerprint(pasted, NULL), bonuspay_keypair_fingerprint(keys, NULL));
    bonuspay_keypair_free(pasted);
    wrong_keys(public_pem);

    /* Ask for the length, then for the text. */
    const char *message = "{\"requestTime\":1581493898000}";
    char sign[1024];
    size_t len = 0;
    bonuspay_error *err = NULL;
    bonuspay_client *signer = client_of(private_pem, NULL);
    CHECK(bonuspay_sign(signer, TEXT(message), NULL, 0, &len, &err) == BONUSPAY_INVALID_ARGUMENT);
    bonuspay_error_free(err);
    CHECK(len == 344);
    CHECK_OK(bonuspay_sign(signer, TEXT(message), sign, sizeof sign, &len, ERR));
    CHECK(len == 344 && strlen(sign) == 344);

    /* A client without a public key signs, and nothing else. */
    CHECK(bonuspay_verify(signer, TEXT(message), TEXT(sign), &err) == BONUSPAY_INVALID_CONFIG);
    bonuspay_error_free(err);
    bonuspay_response *order = NULL;
    CHECK(bonuspay_order_get(signer, TEXT("{\"orderNo\":\"1\"}"), &order, &err) == BONUSPAY_INVALID_CONFIG);
    CHECK(bonuspay_error_outcome(err) == BONUSPAY_OUTCOME_NOT_SENT);
    bonuspay_error_free(err);
    bonuspay_client_free(signer);

    /* A client without a private key verifies, and nothing else. */
    bonuspay_client *verifier = client_of(NULL, public_pem);
    CHECK_OK(bonuspay_verify(verifier, TEXT(message), TEXT(sign), ERR));
    CHECK(bonuspay_verify(verifier, message, strlen(message) - 1, TEXT(sign), &err) == BONUSPAY_BAD_SIGNATURE);
    CHECK(bonuspay_error_outcome(err) == BONUSPAY_OUTCOME_REJECTED);
    bonuspay_error_free(err);
    CHECK(bonuspay_sign(verifier, TEXT(message), sign, sizeof sign, &len, &err) == BONUSPAY_INVALID_CONFIG);
    CHECK(len == 0 && sign[0] == '\0');
    bonuspay_error_free(err);
    bonuspay_client_free(verifier);

    bonuspay_keypair_free(keys);
    return 0;
}
