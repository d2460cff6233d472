/*
 * The library in one process with OpenSSL and curl, which PHP has too: each speaks TLS, whoever was loaded first.
 *
 *   load_order READY_LINE LIBRARY...
 *
 * The libraries are loaded in the order in which they are named, with their symbols open to the later ones. Then each
 * talks to the sandbox, which must have been started with --tls, and once more, after the others have. Exits with 77
 * when OpenSSL or curl is not at hand.
 */
#include <dlfcn.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#include "support.h"

#define MISSING 77

static struct {
    char listening[64], base_url[256], partner_id[32], ca_path[4096];
    char *private_key, *public_key, *ca_pem;
} gateway;

/* A function of a library; the types are the caller's to know. */
static void load(void *library, const char *name, void *function)
{
    void *found = dlsym(library, name);
    if (found == NULL)
        die("%s is missing", name);
    memcpy(function, &found, sizeof found);
}

static void speak_bonuspay(void *library)
{
    bonuspay_config *(*config_new)(void);
    void (*config_free)(bonuspay_config *);
    bonuspay_status (*set_environment)(bonuspay_config *, int32_t, bonuspay_error **);
    bonuspay_status (*set)(bonuspay_config *, const char *, size_t, bonuspay_error **);
    bonuspay_status (*client_new)(const bonuspay_config *, bonuspay_client **, bonuspay_error **);
    void (*client_free)(bonuspay_client *);
    bonuspay_status (*order_get)(const bonuspay_client *, const char *, size_t,
                                 bonuspay_response **, bonuspay_error **);
    const char *(*message)(const bonuspay_error *, size_t *);
    const char *(*code)(const bonuspay_error *, size_t *);
    int32_t (*authenticated)(const bonuspay_error *);
    void (*error_free)(bonuspay_error *);
    load(library, "bonuspay_config_new", &config_new);
    load(library, "bonuspay_config_free", &config_free);
    load(library, "bonuspay_config_set_environment", &set_environment);
    load(library, "bonuspay_client_new", &client_new);
    load(library, "bonuspay_client_free", &client_free);
    load(library, "bonuspay_order_get", &order_get);
    load(library, "bonuspay_error_message", &message);
    load(library, "bonuspay_error_api_code", &code);
    load(library, "bonuspay_error_authenticated", &authenticated);
    load(library, "bonuspay_error_free", &error_free);

    bonuspay_config *config = config_new();
    bonuspay_client *client = NULL;
    bonuspay_response *response = NULL;
    bonuspay_error *err = NULL;
    const struct {
        const char *setter, *value;
    } settings[] = {
        {"bonuspay_config_set_base_url", gateway.base_url},
        {"bonuspay_config_set_partner_id", gateway.partner_id},
        {"bonuspay_config_set_private_key", gateway.private_key},
        {"bonuspay_config_set_public_key", gateway.public_key},
        {"bonuspay_config_set_ca_pem", gateway.ca_pem},
    };
    CHECK(set_environment(config, BONUSPAY_ENVIRONMENT_SANDBOX, &err) == BONUSPAY_OK);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        load(library, settings[i].setter, &set);
        if (set(config, TEXT(settings[i].value), &err) != BONUSPAY_OK)
            die("%s: %s", settings[i].setter, message(err, NULL));
    }
    CHECK(client_new(config, &client, &err) == BONUSPAY_OK);
    /* A refusal will do: it came over TLS, and its signature was verified. */
    if (order_get(client, TEXT("{\"merchantOrderNo\":\"nobody-s\"}"), &response, &err) != BONUSPAY_API)
        die("bonuspay: %s", err ? message(err, NULL) : "the order is there");
    CHECK_TEXT(code(err, NULL), "77004");
    CHECK(authenticated(err) == 1);
    error_free(err);
    client_free(client);
    config_free(config);
}

/* OpenSSL's header may be missing where its library is not. */
static void speak_openssl(void *library)
{
    void *(*method)(void), *(*ctx_new)(const void *), *(*ssl_new)(void *);
    void (*ctx_free)(void *), (*ssl_free)(void *), (*set_verify)(void *, int, void *);
    int (*load_locations)(void *, const char *, const char *), (*set_fd)(void *, int), (*handshake)(void *);
    int (*send_some)(void *, const void *, int), (*receive)(void *, void *, int);
    load(library, "TLS_client_method", &method);
    load(library, "SSL_CTX_new", &ctx_new);
    load(library, "SSL_CTX_free", &ctx_free);
    load(library, "SSL_CTX_set_verify", &set_verify);
    load(library, "SSL_CTX_load_verify_locations", &load_locations);
    load(library, "SSL_new", &ssl_new);
    load(library, "SSL_free", &ssl_free);
    load(library, "SSL_set_fd", &set_fd);
    load(library, "SSL_connect", &handshake);
    load(library, "SSL_write", &send_some);
    load(library, "SSL_read", &receive);

    char host[64], message[256], answer[64] = "";
    snprintf(host, sizeof host, "%s", gateway.listening);
    char *port = strrchr(host, ':');
    *port++ = '\0';
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port))};
    CHECK(inet_pton(AF_INET, host, &address.sin_addr) == 1);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(connection, (struct sockaddr *)&address, sizeof address) == 0);
    void *ctx = ctx_new(method());
    set_verify(ctx, 1, NULL);
    CHECK(load_locations(ctx, gateway.ca_path, NULL) == 1);
    void *ssl = ssl_new(ctx);
    CHECK(set_fd(ssl, connection) == 1);
    check(handshake(ssl) == 1, "OpenSSL's handshake", __FILE__, __LINE__);
    int len = snprintf(message, sizeof message,
                       "GET /sandbox/api/state HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", gateway.listening);
    CHECK(send_some(ssl, message, len) == len);
    CHECK(receive(ssl, answer, sizeof answer - 1) > 0);
    check(strncmp(answer, "HTTP/1.1 200", 12) == 0, "OpenSSL reads an answer", __FILE__, __LINE__);
    ssl_free(ssl);
    ctx_free(ctx);
    close(connection);
}

static size_t ignore(char *bytes, size_t size, size_t count, void *nothing)
{
    (void)bytes;
    (void)nothing;
    return size * count;
}

/* From curl/curl.h, which is not needed otherwise; curl never changes them. */
enum { URL = 10002, CAINFO = 10065, WRITEFUNCTION = 20011, FAILONERROR = 45 };

static void speak_curl(void *library)
{
    void *(*easy_init)(void);
    int (*setopt)(void *, int, ...), (*perform)(void *);
    const char *(*describe)(int);
    void (*cleanup)(void *);
    load(library, "curl_easy_init", &easy_init);
    load(library, "curl_easy_setopt", &setopt);
    load(library, "curl_easy_perform", &perform);
    load(library, "curl_easy_strerror", &describe);
    load(library, "curl_easy_cleanup", &cleanup);
    char url[128];
    snprintf(url, sizeof url, "https://%s/sandbox/api/state", gateway.listening);
    void *curl = easy_init();
    CHECK(setopt(curl, URL, url) == 0 && setopt(curl, CAINFO, gateway.ca_path) == 0);
    CHECK(setopt(curl, FAILONERROR, 1L) == 0 && setopt(curl, WRITEFUNCTION, ignore) == 0);
    int failed = perform(curl);
    if (failed)
        die("curl: %s", describe(failed));
    cleanup(curl);
}

int main(int argc, char **argv)
{
    void *libraries[8];
    void (*speak[8])(void *);
    char path[4096];
    if (argc < 3 || argc > 10)
        die("usage: %s READY_LINE LIBRARY...", argv[0]);
    CHECK(json_text(argv[1], "listening", gateway.listening, sizeof gateway.listening));
    CHECK(json_text(argv[1], "base_url", gateway.base_url, sizeof gateway.base_url));
    CHECK(json_text(argv[1], "partner_id", gateway.partner_id, sizeof gateway.partner_id));
    CHECK(json_text(argv[1], "ca_pem", gateway.ca_path, sizeof gateway.ca_path));
    CHECK(json_text(argv[1], "merchant_private_key", path, sizeof path));
    gateway.private_key = read_file(path);
    CHECK(json_text(argv[1], "gateway_public_key", path, sizeof path));
    gateway.public_key = read_file(path);
    gateway.ca_pem = read_file(gateway.ca_path);

    int count = argc - 2;
    for (int i = 0; i < count; i++) {
        const char *name = argv[i + 2];
        libraries[i] = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
        if (libraries[i] == NULL) {
            printf("not at hand: %s\n", dlerror());
            return MISSING;
        }
        speak[i] = strstr(name, "bonuspay") ? speak_bonuspay : strstr(name, "curl") ? speak_curl : speak_openssl;
    }
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < count; i++)
            speak[i](libraries[i]);
    printf("%d libraries speak TLS\n", count);
    free(gateway.private_key);
    free(gateway.public_key);
    free(gateway.ca_pem);
    return 0;
}
