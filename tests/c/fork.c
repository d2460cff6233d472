/*
 * A client that was used before fork(): each child gets its own answers, and the parent's connections still work.
 *
 *   fork READY_LINE
 */
#include "support.h"

#include <sys/wait.h>

#define CHILDREN 4
#define CALLS 20

static void ask(const bonuspay_client *client, const char *number, int calls)
{
    char biz[256];
    order_index(biz, sizeof biz, number);
    for (int call = 0; call < calls; call++) {
        bonuspay_response *order = NULL;
        CHECK_OK(bonuspay_order_get(client, TEXT(biz), &order, ERR));
        CHECK_TEXT(bonuspay_response_get(order, TEXT("/acquireOrder/merchantOrderNo"), NULL), number);
        bonuspay_response_free(order);
    }
}

int main(int argc, char **argv)
{
    struct sandbox sandbox = sandbox_open(argc, argv);
    bonuspay_client *client = sandbox_client(&sandbox);
    char numbers[CHILDREN + 1][64], order_no[64];
    for (int i = 0; i <= CHILDREN; i++) {
        new_number("fork", numbers[i], sizeof numbers[i]);
        place(client, numbers[i], "1.00", NULL, order_no, sizeof order_no);
    }
    ask(client, numbers[CHILDREN], 2);

    pid_t children[CHILDREN];
    for (int i = 0; i < CHILDREN; i++) {
        fflush(NULL);
        children[i] = fork();
        if (children[i] < 0)
            die("no child %d", i);
        if (children[i] == 0) {
            ask(client, numbers[i], CALLS);
            /* The client is the child's too: freeing it here takes nothing from the parent. */
            bonuspay_client_free(client);
            sandbox_close(&sandbox);
            exit(0);
        }
    }
    ask(client, numbers[CHILDREN], CALLS);
    for (int i = 0; i < CHILDREN; i++) {
        int status = 1;
        CHECK(waitpid(children[i], &status, 0) == children[i]);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    ask(client, numbers[CHILDREN], 2);

    printf("%d children, %d calls each\n", CHILDREN, CALLS);
    bonuspay_client_free(client);
    sandbox_close(&sandbox);
    return 0;
}
