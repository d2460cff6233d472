/*
 * What the programs beside this file need besides the library: a sandbox and its control calls, an endpoint that
 * takes notifications, checks, a clock. No part of it is needed to use BonusPay.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <bonuspay.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A C string as the two arguments that the library takes. */
#define TEXT(string) (string), strlen(string)

#define CHECK(what) check((what) != 0, #what, __FILE__, __LINE__)
#define CHECK_TEXT(text, expected) check_text((text), (expected), #text, __FILE__, __LINE__)
#define CHECK_OK(call) check_ok((call), #call, __FILE__, __LINE__)

/* Where CHECK_OK lets the library write its error. */
static bonuspay_error *last_error;
#define ERR (&last_error)

static inline void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

static inline void say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

static inline void check(int holds, const char *what, const char *file, int line)
{
    if (!holds)
        die("%s:%d: does not hold: %s", file, line, what);
}

static inline void check_text(const char *text, const char *expected, const char *what, const char *file, int line)
{
    if (text == NULL || strcmp(text, expected) != 0)
        die("%s:%d: %s is \"%s\", not \"%s\"", file, line, what, text ? text : "(NULL)", expected);
}

static inline void check_ok(bonuspay_status status, const char *what, const char *file, int line)
{
    if (status != BONUSPAY_OK)
        die("%s:%d: %s: %s: %s", file, line, what, bonuspay_status_name(status),
            last_error ? bonuspay_error_message(last_error, NULL) : "(no error object)");
}

static inline long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static inline void sleep_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* A number for an order that no other run of these programs has taken. */
static inline const char *new_number(const char *prefix, char *number, size_t cap)
{
    static int count;
    snprintf(number, cap, "%s-%lld-%ld-%d", prefix, now_ms(), (long)getpid(), ++count);
    return number;
}

static inline char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        die("%s cannot be read", path);
    char *text = calloc(1, 65536);
    if (text == NULL || fread(text, 1, 65535, file) == 0)
        die("%s is empty", path);
    fclose(file);
    return text;
}

/* The sandbox. */

struct sandbox {
    char listening[64], base_url[256], partner_id[32];
    char *private_key, *public_key;
};

/* Finds "key":"value" in JSON of one level, without escapes; 1 when it is there. */
static inline int json_text(const char *json, const char *key, char *value, size_t cap)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(json, quoted);
    if (at == NULL)
        return 0;
    at += strlen(quoted);
    at += strspn(at, " \"");
    size_t len = strcspn(at, "\",}");
    if (len >= cap)
        die("%s is too long", key);
    memcpy(value, at, len);
    value[len] = '\0';
    return 1;
}

/* Reads the line that the sandbox prints when it is ready: the first argument, or BONUSPAY_SANDBOX_READY. */
static inline struct sandbox sandbox_open(int argc, char **argv)
{
    struct sandbox sandbox;
    char path[4096];
    const char *ready = argc > 1 ? argv[1] : getenv("BONUSPAY_SANDBOX_READY");
    if (ready == NULL)
        die("usage: %s READY_LINE, the line of JSON that bonuspay-sandbox prints", argv[0]);
    if (!json_text(ready, "listening", sandbox.listening, sizeof sandbox.listening) ||
        !json_text(ready, "base_url", sandbox.base_url, sizeof sandbox.base_url) ||
        !json_text(ready, "partner_id", sandbox.partner_id, sizeof sandbox.partner_id))
        die("this is not a sandbox's ready line: %s", ready);
    if (!json_text(ready, "merchant_private_key", path, sizeof path))
        die("the ready line has no merchant_private_key");
    sandbox.private_key = read_file(path);
    if (!json_text(ready, "gateway_public_key", path, sizeof path))
        die("the ready line has no gateway_public_key");
    sandbox.public_key = read_file(path);
    return sandbox;
}

static inline void sandbox_close(struct sandbox *sandbox)
{
    free(sandbox->private_key);
    free(sandbox->public_key);
}

static inline bonuspay_config *sandbox_config(const struct sandbox *sandbox)
{
    bonuspay_config *config = bonuspay_config_new();
    CHECK(config != NULL);
    CHECK_OK(bonuspay_config_set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, ERR));
    CHECK_OK(bonuspay_config_set_base_url(config, TEXT(sandbox->base_url), ERR));
    CHECK_OK(bonuspay_config_set_allow_http(config, true, ERR));
    CHECK_OK(bonuspay_config_set_partner_id(config, TEXT(sandbox->partner_id), ERR));
    CHECK_OK(bonuspay_config_set_private_key(config, TEXT(sandbox->private_key), ERR));
    CHECK_OK(bonuspay_config_set_public_key(config, TEXT(sandbox->public_key), ERR));
    return config;
}

static inline bonuspay_client *sandbox_client(const struct sandbox *sandbox)
{
    bonuspay_config *config = sandbox_config(sandbox);
    bonuspay_client *client = NULL;
    CHECK_OK(bonuspay_client_new(config, &client, ERR));
    bonuspay_config_free(config);
    return client;
}

static inline void send_all(int connection, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(connection, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            die("the connection broke while sending");
        bytes += sent;
        len -= (size_t)sent;
    }
}

/* One control call, such as ("POST", "orders/1317/deposits", "{...}"). Gives the HTTP status; reply may be NULL. */
static inline int control(const struct sandbox *sandbox, const char *method, const char *path, const char *body,
                          char *reply, size_t cap)
{
    char host[64], message[4096];
    snprintf(host, sizeof host, "%s", sandbox->listening);
    char *port = strrchr(host, ':');
    if (port == NULL)
        die("%s has no port", host);
    *port++ = '\0';
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port))};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1)
        die("%s is no IPv4 address", host);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) != 0)
        die("no sandbox at %s", sandbox->listening);
    int len = snprintf(message, sizeof message,
                       "%s /sandbox/api/%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
                       "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                       method, path, sandbox->listening, strlen(body), body);
    if (len < 0 || (size_t)len >= sizeof message)
        die("too long a control call");
    send_all(connection, message, (size_t)len);

    char answer[65536];
    size_t got = 0;
    for (ssize_t part; (part = recv(connection, answer + got, sizeof answer - 1 - got, 0)) > 0;)
        got += (size_t)part;
    close(connection);
    answer[got] = '\0';
    int status = 0;
    if (sscanf(answer, "HTTP/1.1 %d", &status) != 1)
        die("%s %s: no answer of HTTP", method, path);
    const char *start = strstr(answer, "\r\n\r\n");
    if (reply != NULL)
        snprintf(reply, cap, "%s", start ? start + 4 : "");
    return status;
}

/* The shopper pays a part of an order, or all of it. */
static inline void deposit(const struct sandbox *sandbox, const char *order_no, const char *amount)
{
    char path[128], body[128];
    snprintf(path, sizeof path, "orders/%s/deposits", order_no);
    snprintf(body, sizeof body, "{\"amount\":\"%s\",\"currency\":\"USDT\",\"network\":\"TRON\"}", amount);
    int status = control(sandbox, "POST", path, body, NULL, 0);
    if (status != 200)
        die("the deposit of %s was answered with %d", amount, status);
}

/* Tells the sandbox to do something wrong for the next calls to an endpoint. */
static inline void fault(const struct sandbox *sandbox, const char *path, const char *name, int times)
{
    char body[256];
    snprintf(body, sizeof body, "{\"path\":\"%s\",\"fault\":\"%s\",\"times\":%d}", path, name, times);
    CHECK(control(sandbox, "POST", "faults", body, NULL, 0) == 200);
}

static inline void no_faults(const struct sandbox *sandbox)
{
    CHECK(control(sandbox, "DELETE", "faults", "", NULL, 0) == 200);
}

/* Orders. */

/* The request for an order of so many USDT on TRON; notify_url may be NULL. */
static inline const char *order_request(char *biz, size_t cap, const char *number, const char *amount,
                                        const char *notify_url)
{
    int len = snprintf(biz, cap,
                       "{\"merchantOrderNo\":\"%s\",\"subject\":\"Tea\",\"paySceneCode\":\"API\","
                       "\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},"
                       "\"totalAmount\":{\"amount\":\"%s\",\"currency\":\"USDT\"}%s%s%s}",
                       number, amount, notify_url ? ",\"notifyUrl\":\"" : "", notify_url ? notify_url : "",
                       notify_url ? "\"" : "");
    if (len < 0 || (size_t)len >= cap)
        die("too long a request");
    return biz;
}

/* The request that names an order by our own number. */
static inline const char *order_index(char *biz, size_t cap, const char *number)
{
    snprintf(biz, cap, "{\"merchantOrderNo\":\"%.64s\"}", number);
    return biz;
}

/* Places an order and gives BonusPay's number of it. */
static inline void place(const bonuspay_client *client, const char *number, const char *amount, const char *notify_url,
                         char *order_no, size_t cap)
{
    char biz[1024];
    bonuspay_response *response = NULL;
    order_request(biz, sizeof biz, number, amount, notify_url);
    CHECK_OK(bonuspay_order_place(client, TEXT(biz), &response, ERR));
    const char *text = bonuspay_response_get(response, TEXT("/acquireOrder/orderNo"), NULL);
    CHECK(text != NULL);
    snprintf(order_no, cap, "%s", text);
    bonuspay_response_free(response);
}

/* An endpoint of a shop, which takes notifications on loopback. */

struct listener {
    int socket;
    char url[64];
};

struct delivery {
    int connection;
    char sign[2048], partner_id[64];
    char body[65536];
    size_t body_len;
};

static inline struct listener listener_open(void)
{
    struct listener listener;
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener.socket = socket(AF_INET, SOCK_STREAM, 0);
    if (listener.socket < 0 || bind(listener.socket, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener.socket, 16) != 0 || getsockname(listener.socket, (struct sockaddr *)&address, &len) != 0)
        die("no port on loopback");
    snprintf(listener.url, sizeof listener.url, "http://127.0.0.1:%d/notify", ntohs(address.sin_port));
    return listener;
}

/* Copies the value of a header; 0 when it is not there once and only once. */
static inline int header(const char *head, const char *name, char *value, size_t cap)
{
    int count = 0;
    for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        size_t len = strlen(name);
        if (strncasecmp(line, name, len) != 0 || line[len] != ':')
            continue;
        const char *start = line + len + 1 + strspn(line + len + 1, " ");
        size_t value_len = strcspn(start, "\r\n");
        if (value_len >= cap)
            return 0;
        memcpy(value, start, value_len);
        value[value_len] = '\0';
        count++;
    }
    return count == 1;
}

/* Waits for the next notification, at most 10 seconds. It must be answered. */
static inline void listener_next(const struct listener *listener, struct delivery *delivery)
{
    struct pollfd waiting = {.fd = listener->socket, .events = POLLIN};
    if (poll(&waiting, 1, 10000) != 1)
        die("no notification came");
    delivery->connection = accept(listener->socket, NULL, NULL);
    char message[sizeof delivery->body + 8192];
    size_t got = 0, head_len = 0, body_len = 0;
    message[0] = '\0';
    while (head_len == 0 || got < head_len + body_len) {
        ssize_t part = recv(delivery->connection, message + got, sizeof message - 1 - got, 0);
        if (part <= 0)
            die("a notification broke off");
        got += (size_t)part;
        message[got] = '\0';
        char *end = strstr(message, "\r\n\r\n");
        if (head_len != 0 || end == NULL)
            continue;
        char length[32];
        head_len = (size_t)(end - message) + 4;
        *end = '\0';
        if (!header(message, "Content-Length", length, sizeof length))
            die("a notification without a length");
        body_len = (size_t)atol(length);
        if (body_len >= sizeof delivery->body)
            die("a notification of %zu bytes", body_len);
    }
    if (!header(message, "Sign", delivery->sign, sizeof delivery->sign))
        delivery->sign[0] = '\0';
    if (!header(message, "Partner-Id", delivery->partner_id, sizeof delivery->partner_id))
        delivery->partner_id[0] = '\0';
    memcpy(delivery->body, message + head_len, body_len);
    delivery->body[body_len] = '\0';
    delivery->body_len = body_len;
}

/* BonusPay wants exactly the 7 bytes SUCCESS, and only when the payment is kept for good. */
static inline void listener_answer(const struct delivery *delivery, int status, const char *text)
{
    char message[256];
    int len = snprintf(message, sizeof message,
                       "HTTP/1.1 %d %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n"
                       "Connection: close\r\n\r\n%s",
                       status, status == 200 ? "OK" : "Refused", strlen(text), text);
    send_all(delivery->connection, message, (size_t)len);
    close(delivery->connection);
}

/* Verifies a delivery. A request without the header has no partner id. */
static inline bonuspay_status delivery_verify(const bonuspay_client *client, const struct delivery *delivery,
                                              bonuspay_notification **out, bonuspay_error **err)
{
    const char *partner_id = delivery->partner_id[0] != '\0' ? delivery->partner_id : NULL;
    return bonuspay_notification_verify(client, delivery->body, delivery->body_len, TEXT(delivery->sign), partner_id,
                                        partner_id ? strlen(partner_id) : 0, out, err);
}

#endif
