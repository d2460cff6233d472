/*
 * Makes the calls that it is told to make, and tells what each came to. tests/rust/sandbox/faults/mod.rs tells, and
 * compares.
 *
 *   faults READY_LINE < calls
 *
 * A call is a line of seven fields, with tabs between them: call, base URL, proxy, user agent, connect timeout, total
 * timeout, bizContent. What it came to is a line of seven, too: status, outcome, retryable, authenticated, HTTP
 * status, the gateway's code, text; for a success the last two are the state and whether it is bound.
 */
#include "support.h"

#define FIELDS 7

typedef bonuspay_status (*function)(const bonuspay_client *, const char *, size_t, bonuspay_response **,
                                    bonuspay_error **);

static function find(const char *name)
{
    static const struct {
        const char *name;
        function function;
    } calls[] = {
        {"order_place", bonuspay_order_place},   {"order_cancel", bonuspay_order_cancel},
        {"order_accept", bonuspay_order_accept}, {"order_get", bonuspay_order_get},
        {"refund_place", bonuspay_refund_place}, {"order_payment_events", bonuspay_order_payment_events},
        {"refund_get", bonuspay_refund_get},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, name) == 0)
            return calls[i].function;
    die("there is no call %s", name);
    return NULL;
}

static bonuspay_client *client_of(const struct sandbox *sandbox, char *field[FIELDS])
{
    bonuspay_config *config = sandbox_config(sandbox);
    bonuspay_client *client = NULL;
    CHECK_OK(bonuspay_config_set_base_url(config, TEXT(field[1]), ERR));
    if (field[2][0] != '\0')
        CHECK_OK(bonuspay_config_set_proxy(config, TEXT(field[2]), ERR));
    CHECK_OK(bonuspay_config_set_user_agent(config, TEXT(field[3]), ERR));
    CHECK_OK(bonuspay_config_set_connect_timeout_ms(config, (uint32_t)atoi(field[4]), ERR));
    CHECK_OK(bonuspay_config_set_total_timeout_ms(config, (uint32_t)atoi(field[5]), ERR));
    CHECK_OK(bonuspay_client_new(config, &client, ERR));
    bonuspay_config_free(config);
    return client;
}

static void make(const struct sandbox *sandbox, char *field[FIELDS])
{
    bonuspay_client *client = client_of(sandbox, field);
    bonuspay_response *response = NULL;
    bonuspay_error *err = NULL;
    bonuspay_status status = find(field[0])(client, TEXT(field[6]), &response, &err);
    if (status == BONUSPAY_OK) {
        CHECK(err == NULL && response != NULL);
        printf("0\t0\t0\t0\t0\t%d\t%d\n", (int)bonuspay_response_state(response),
               (int)bonuspay_response_matches_request(response));
    } else {
        CHECK(err != NULL && response == NULL);
        CHECK(bonuspay_error_status(err) == (int32_t)status);
        const char *code = bonuspay_error_api_code(err, NULL);
        printf("%d\t%d\t%d\t%d\t%d\t%s\t%s\n", (int)status, (int)bonuspay_error_outcome(err),
               (int)bonuspay_error_retryable(err), (int)bonuspay_error_authenticated(err),
               (int)bonuspay_error_http_status(err), code ? code : "", bonuspay_error_message(err, NULL));
    }
    fflush(stdout);
    bonuspay_response_free(response);
    bonuspay_error_free(err);
    bonuspay_client_free(client);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    char line[8192];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *field[FIELDS], *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (int i = 0; i < FIELDS; i++) {
            field[i] = rest;
            CHECK(rest != NULL);
            rest = strchr(rest, '\t');
            if (rest != NULL)
                *rest++ = '\0';
        }
        make(&sandbox, field);
    }
    sandbox_close(&sandbox);
    return 0;
}
