/*
 * One client, 8 threads, right answers: each finds its own order, and reads its own error.
 *
 *   threads READY_LINE [CALLS]
 */
#include "support.h"

#include <pthread.h>

#define THREADS 8

static const bonuspay_client *client;
static int calls = 50;

#ifdef RACE
/* A mistake, to see that whoever watches the threads sees it. */
static int unguarded;
#define MISTAKE unguarded++
#else
#define MISTAKE (void)0
#endif

/* Threads of the library's own, beside those of the program. */
static void ask_together(const char *number)
{
    char biz[128];
    order_index(biz, sizeof biz, number);
    bonuspay_question question = {TEXT("order_get"), TEXT(biz)};
    const bonuspay_question questions[3] = {question, question, question};
    bonuspay_response *orders[3];
    bonuspay_error *err = NULL;
    if (bonuspay_call_many(client, questions, 3, 0, orders, NULL, &err) != BONUSPAY_OK)
        die("%s: %s", number, bonuspay_error_message(err, NULL));
    for (int i = 0; i < 3; i++) {
        CHECK(orders[i] != NULL);
        CHECK_TEXT(bonuspay_response_get(orders[i], TEXT("/acquireOrder/merchantOrderNo"), NULL), number);
        bonuspay_response_free(orders[i]);
    }
}

static void *work(void *argument)
{
    int self = (int)(intptr_t)argument;
    char number[64], biz[1024], wrong[128], field[32];
    bonuspay_response *order = NULL;
    bonuspay_error *err = NULL;

    snprintf(number, sizeof number, "thread-%d-%lld-%ld", self, now_ms(), (long)getpid());
    order_request(biz, sizeof biz, number, "1.00", NULL);
    if (bonuspay_order_place(client, TEXT(biz), &order, &err) != BONUSPAY_OK)
        die("thread %d: %s", self, bonuspay_error_message(err, NULL));
    bonuspay_response_free(order);

    order_index(biz, sizeof biz, number);
    snprintf(field, sizeof field, "/mistake%d", self);
    snprintf(wrong, sizeof wrong, "{\"merchantOrderNo\":\"%s\",\"mistake%d\":1}", number, self);
    for (int call = 0; call < calls; call++) {
        if (bonuspay_order_get(client, TEXT(biz), &order, &err) != BONUSPAY_OK)
            die("thread %d, call %d: %s", self, call, bonuspay_error_message(err, NULL));
        CHECK_TEXT(bonuspay_response_get(order, TEXT("/acquireOrder/merchantOrderNo"), NULL), number);
        bonuspay_response_free(order);
        CHECK(bonuspay_order_get(client, TEXT(wrong), &order, &err) == BONUSPAY_INVALID_ARGUMENT);
        CHECK(order == NULL);
        CHECK_TEXT(bonuspay_error_field(err, NULL), field);
        bonuspay_error_free(err);
    }
    for (int call = 0; call < calls; call += 10)
        ask_together(number);
    return NULL;
}

/* One answer, read by all at once. */
static void *read_shared(void *argument)
{
    const bonuspay_response *order = argument;
    for (int i = 0; i < 200; i++) {
        MISTAKE;
        CHECK_TEXT(bonuspay_response_get(order, TEXT("/acquireOrder/status"), NULL), "CREATED");
        CHECK_TEXT(bonuspay_response_get(order, TEXT("/acquireOrder/totalAmount/currency"), NULL), "USDT");
        CHECK(bonuspay_response_json(order, NULL) == bonuspay_response_json(order, NULL));
        CHECK(bonuspay_response_raw(order, NULL) != NULL);
    }
    return NULL;
}

static void all(void *(*function)(void *), void *shared)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        void *argument = shared ? shared : (void *)(intptr_t)i;
        if (pthread_create(&threads[i], NULL, function, argument) != 0)
            die("no thread %d", i);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *shared = sandbox_client(&sandbox);
    bonuspay_response *order = NULL;
    char number[64], biz[1024];
    client = shared;
    if (argc > 2)
        calls = atoi(argv[2]);
    all(work, NULL);

    order_request(biz, sizeof biz, new_number("shared", number, sizeof number), "1.00", NULL);
    CHECK_OK(bonuspay_order_place(client, TEXT(biz), &order, ERR));
    all(read_shared, order);

    printf("%d threads, %d calls each\n", THREADS, calls);
    bonuspay_response_free(order);
    bonuspay_client_free(shared);
    sandbox_close(&sandbox);
    return 0;
}
