/*
 * A whole payment over TLS on a thread with a stack of so many bytes: says where to pay, and waits until somebody has.
 *
 *   small_stack READY_LINE SIZE
 */
#define _DEFAULT_SOURCE
#include "support.h"

#include <pthread.h>
#include <sys/mman.h>

static struct sandbox sandbox;
static char *ca_pem;

static bonuspay_client *make_client(void)
{
    bonuspay_client *client = NULL;
    bonuspay_config *config = sandbox_config(&sandbox);
    CHECK_OK(bonuspay_config_set_allow_http(config, false, ERR));
    CHECK_OK(bonuspay_config_set_ca_pem(config, TEXT(ca_pem), ERR));
    CHECK_OK(bonuspay_client_new(config, &client, ERR));
    bonuspay_config_free(config);
    return client;
}

static void *pay(void *unused)
{
    bonuspay_client *client = make_client();
    bonuspay_response *order = NULL;
    bonuspay_notification *notification = NULL;
    char number[64], biz[512];
    new_number("small", number, sizeof number);
    order_request(biz, sizeof biz, number, "12.81", NULL);
    CHECK_OK(bonuspay_order_place(client, TEXT(biz), &order, ERR));
    printf("Pay 12.81 USDT on TRON to %s\n", bonuspay_response_get(order, TEXT("/interactionParams/address"), NULL));
    fflush(stdout);
    order_index(biz, sizeof biz, number);
    while (bonuspay_response_state(order) == BONUSPAY_STATE_PENDING) {
        sleep_ms(100);
        bonuspay_response_free(order);
        CHECK_OK(bonuspay_order_get(client, TEXT(biz), &order, ERR));
    }
    CHECK(bonuspay_response_state(order) == BONUSPAY_STATE_SUCCEEDED);
    CHECK(bonuspay_notification_verify(client, TEXT("{}"), TEXT("AAAA"), NULL, 0, &notification, ERR) ==
          BONUSPAY_BAD_SIGNATURE);
    bonuspay_error_free(last_error);
    bonuspay_response_free(order);
    bonuspay_client_free(client);
    return unused;
}

int main(int argc, char **argv)
{
    char path[4096];
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = argc > 2 ? (size_t)atoi(argv[2]) : 0;
    sandbox = sandbox_open(argc, argv);
    if (size < 16384 || size % page != 0)
        die("usage: %s READY_LINE SIZE, whole pages of at least 16384 bytes in all", argv[0]);
    if (!json_text(argv[1], "ca_pem", path, sizeof path))
        die("the sandbox does not speak TLS");
    ca_pem = read_file(path);

    /* Below the stack a page that nobody may touch: what needs more ends here. */
    unsigned char *memory = mmap(NULL, page + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED && mprotect(memory, page, PROT_NONE) == 0);
    pthread_attr_t attributes;
    pthread_t thread;
    CHECK(pthread_attr_init(&attributes) == 0 && pthread_attr_setstack(&attributes, memory + page, size) == 0);
    CHECK(pthread_create(&thread, &attributes, pay, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    puts("Paid");
    free(ca_pem);
    sandbox_close(&sandbox);
    return 0;
}
