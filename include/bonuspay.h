/*
 * bonuspay.h: take crypto payments through BonusPay.
 *
 * A shop's server places an order, shows the shopper a wallet address or sends him to BonusPay's page, and learns
 * by a signed notification, and by asking, that he has paid. This library builds, signs and sends the requests,
 * and verifies whatever comes back before anything reads it.
 *
 *
 * CONVENTIONS
 *
 * Handshake. The ABI has one number: the macro BONUSPAY_ABI_VERSION, the suffix of the SONAME, and what
 * bonuspay_abi_version() returns. A program that loads the library by itself (dlopen, ctypes) compares the two
 * before anything else. Within a number, functions and constants are added, and none is changed or taken away.
 *
 * Text in is a pointer and a length in bytes, UTF-8, with or without a NUL behind it. A length of 0 is the empty
 * text, and its pointer may then be NULL. A text may hold NUL bytes; they end nothing. The library copies what it
 * keeps: your text is yours when the function returns.
 *
 * Text out belongs to the object that gave it: never free it; it is gone when the object is freed. A NUL stands
 * behind it. Its length is written to *len, where len may be NULL; but when len is NULL, a text that holds a NUL
 * byte is not given (NULL), so that no text is ever cut short unseen. No text is NULL with a length of 0; an empty
 * one is not NULL.
 *
 * Text in a buffer of yours (bonuspay_sign, bonuspay_payment_uri, bonuspay_qr_svg, bonuspay_qr_text): out has room
 * for cap bytes, and *len is the text's length without a NUL, also when the buffer is too small for it
 * (BONUSPAY_INVALID_ARGUMENT): call once with cap 0 (out may then be NULL), and again with *len + 1 bytes. A NUL
 * is written behind the text when cap is greater than *len.
 *
 * Objects. What a ..._new, a call, or another function writes to *out is yours until you hand it to its own
 * ..._free function, once. NULL may be freed. No object needs another to stay: answers outlive their client. Objects
 * begin with a word that says what they are: another kind of object is refused as BONUSPAY_INVALID_ARGUMENT. An
 * object that was freed is mostly seen too, but that cannot be promised: using one is undefined behaviour.
 *
 * Outputs are written in every case: *out is a new object, or NULL after a failure; *err is NULL after a success.
 * out must not be NULL. err may be, by whoever wants the status only. Never pass one pointer for both. The same holds
 * for each place of the arrays out and errs of bonuspay_call_many.
 *
 * Threads. An object behind a pointer to const may be used by any number of threads at once: clients, answers,
 * notifications, errors, key pairs. bonuspay_config_set_... and every ..._free need the object for themselves.
 * Errors belong to the one call that gave them: there is no "last error". No function calls back. Threads that the
 * library starts take no signal: short ones that look up host names, and those of bonuspay_call_many, which have ended
 * when it returns.
 *
 * Fork. A client may be used before and after fork(), in parent and child: the child opens connections of its own.
 * Do not fork while another thread is inside a function of this library.
 *
 * A guest in your process: the library prints nothing, installs no signal handler, takes no setting from the
 * environment or from files, and lets no exception or panic out. Once loaded it stays loaded (dlclose keeps it).
 * Calls block, never longer than the total time that is set, bonuspay_call_many never longer than its deadline. Where
 * the system denies the process random numbers (getrandom), keys and handshakes fail with BONUSPAY_SIGN and
 * BONUSPAY_TLS; nothing ends the process.
 *
 *
 * ERRORS AND OUTCOMES
 *
 * A function that can fail returns a bonuspay_status: 0 is success and nothing else is. The error object says the
 * rest. After a failed call, what to do follows from its outcome, not from its status:
 *
 *   BONUSPAY_OUTCOME_NOT_SENT   nothing left this machine: mend the cause, or try again, as you like.
 *   BONUSPAY_OUTCOME_REJECTED   BonusPay refused, signed: nothing happened.
 *   BONUSPAY_OUTCOME_UNKNOWN    it may have happened, money may have moved: ask with the same number before
 *                               anything else. An unsigned refusal is of this kind: anyone can write one.
 *
 * Any function may return BONUSPAY_NULL_ARGUMENT, BONUSPAY_INVALID_ARGUMENT (a length beyond the address space,
 * text that is not UTF-8, an object of another kind), BONUSPAY_INTERNAL and BONUSPAY_PANIC. Local failures are
 * NOT_SENT; a message that does not verify is REJECTED.
 *
 * The statuses of a call:
 *
 *   before sending (NOT_SENT)   BONUSPAY_INVALID_ARGUMENT: biz, or a field of it; the error's field is its JSON
 *                               Pointer. BONUSPAY_INVALID_CONFIG: the client lacks a key. BONUSPAY_SIGN,
 *                               BONUSPAY_CONNECT, BONUSPAY_TLS, BONUSPAY_TIMEOUT.
 *   after sending (UNKNOWN)     BONUSPAY_IO, BONUSPAY_TIMEOUT, BONUSPAY_HTTP_STATUS, BONUSPAY_PROTOCOL,
 *                               BONUSPAY_BAD_SIGNATURE, BONUSPAY_API when the refusal is unsigned or says itself
 *                               that the result is not known, BONUSPAY_NOTIFICATION_MISMATCH.
 *   refused (REJECTED)          BONUSPAY_API.
 *
 * Numbers of a family may be added at its end. Treat a status that you do not know like BONUSPAY_INTERNAL, a state
 * like BONUSPAY_STATE_PENDING, an outcome like BONUSPAY_OUTCOME_UNKNOWN.
 *
 *
 * JSON, AMOUNTS, UNITS
 *
 * biz, the request, is BonusPay's bizContent: a JSON object in UTF-8 with the field names that BonusPay documents.
 * Unknown and ill-formed fields are errors before anything is sent. Amounts are decimal strings:
 *
 *   {"merchantOrderNo":"T0101","subject":"Tea","totalAmount":{"amount":"12.81","currency":"USDT"},
 *    "paySceneCode":"API","paySceneParams":{"chainCode":"TRON","payChannelCode":"CHAIN"}}
 *
 * Documents that come out (..._json, ..._get) are the answer's body, or the notification, flat. They have the
 * documented spelling of each name, whatever was on the wire, and each amount as a string of plain digits with the
 * scale that it came with ("0.13000000"): no exponent, no rounding, never a float. Times and counts are numbers,
 * ids are strings. Fields that the library does not know are kept.
 *
 *   {"acquireOrder":{"merchantOrderNo":"T0101","orderNo":"131710904557001559","status":"CREATED",
 *    "totalAmount":{"amount":"12.81","currency":"USDT"}},
 *    "interactionParams":{"address":"T...","network":"TRON"}}
 *
 * Compare amounts with bonuspay_amount_cmp, never as floats and never as texts. Times are milliseconds since 1970;
 * time limits are milliseconds; lengths are bytes. Enums enter and leave as int32_t.
 *
 * This file is generated from the library's source.
 */

#ifndef BONUSPAY_H
#define BONUSPAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The number of this ABI: the SONAME's suffix, what `bonuspay_abi_version()` returns, and what a
 * program compares at start. It changes when a function or constant changes its meaning or goes.
 */
#define BONUSPAY_ABI_VERSION 2

/**
 * How many questions `bonuspay_call_many` takes at most.
 */
#define BONUSPAY_QUESTIONS_MAX 64

/**
 * What a function returns. New values may be added, none is ever renumbered: treat one that you do not know
 * like `BONUSPAY_INTERNAL`.
 */
typedef enum {
    /**
     * Done. `*err` is NULL.
     */
    BONUSPAY_OK = 0,
    /**
     * A pointer that is required was NULL; the error's field names the parameter.
     */
    BONUSPAY_NULL_ARGUMENT = 1,
    /**
     * An argument, or a field of the request, is missing, misspelt or ill-formed; the error's field names it.
     */
    BONUSPAY_INVALID_ARGUMENT = 2,
    /**
     * The configuration is incomplete or contradicts itself; the error's field names the setting.
     */
    BONUSPAY_INVALID_CONFIG = 3,
    /**
     * A key cannot be used: its text is no RSA key, it is too small, damaged, encrypted.
     */
    BONUSPAY_KEY = 4,
    /**
     * Signing failed, or the system gives this process no random numbers to load a key with.
     */
    BONUSPAY_SIGN = 5,
    /**
     * No connection: the name is unknown, nothing listens, or the network is down.
     */
    BONUSPAY_CONNECT = 10,
    /**
     * The TLS handshake failed: certificate, host name or protocol version.
     */
    BONUSPAY_TLS = 11,
    /**
     * A deadline passed.
     */
    BONUSPAY_TIMEOUT = 12,
    /**
     * The connection broke.
     */
    BONUSPAY_IO = 13,
    /**
     * The answer is not BonusPay's: an HTTP error page, a redirect.
     */
    BONUSPAY_HTTP_STATUS = 20,
    /**
     * The answer, or the message, breaks the protocol.
     */
    BONUSPAY_PROTOCOL = 21,
    /**
     * A signature is missing or wrong.
     */
    BONUSPAY_BAD_SIGNATURE = 22,
    /**
     * BonusPay refused: see `bonuspay_error_api_code`.
     */
    BONUSPAY_API = 30,
    /**
     * A genuine message or answer speaks of another order, merchant, amount or currency than was asked.
     */
    BONUSPAY_NOTIFICATION_MISMATCH = 40,
    /**
     * A fault in this library.
     */
    BONUSPAY_INTERNAL = 98,
    /**
     * A fault in this library, caught at the last moment (a Rust panic). Objects can still be freed.
     */
    BONUSPAY_PANIC = 99,
} bonuspay_status;

/**
 * Whether BonusPay may have done what a failed call asked for. Decide by this, not by the status.
 */
typedef enum {
    /**
     * Nothing left this machine. Repeat freely.
     */
    BONUSPAY_OUTCOME_NOT_SENT = 1,
    /**
     * BonusPay refused, and the refusal is signed; or, of a verification, the message is not to be believed.
     * Nothing happened; the same request will be refused again until its cause is gone.
     */
    BONUSPAY_OUTCOME_REJECTED = 2,
    /**
     * It may have happened. Ask with the same number (`bonuspay_order_get`, `bonuspay_refund_get`) before
     * anything else. Never make a new number for it.
     */
    BONUSPAY_OUTCOME_UNKNOWN = 3,
} bonuspay_outcome;

/**
 * What a document's status means for whoever waits for the money.
 */
typedef enum {
    /**
     * The document has no status.
     */
    BONUSPAY_STATE_NONE = 0,
    /**
     * Not final: ask again later.
     */
    BONUSPAY_STATE_PENDING = 1,
    /**
     * Paid; or, of a refund, paid back.
     */
    BONUSPAY_STATE_SUCCEEDED = 2,
    /**
     * Failed, expired or cancelled.
     */
    BONUSPAY_STATE_FAILED = 3,
    /**
     * The order was paid and given back.
     */
    BONUSPAY_STATE_REFUNDED = 4,
    /**
     * A status that this library does not know: treat it as pending, never as paid.
     */
    BONUSPAY_STATE_UNKNOWN = 5,
} bonuspay_state;

/**
 * What a notification is about.
 */
typedef enum {
    /**
     * An order: `/acquireOrder`.
     */
    BONUSPAY_NOTIFICATION_ORDER = 1,
    /**
     * A refund: `/refundOrder`.
     */
    BONUSPAY_NOTIFICATION_REFUND = 2,
    /**
     * A deposit to a customer's own address: `/customerDepositOrder`.
     */
    BONUSPAY_NOTIFICATION_TOPUP = 3,
    /**
     * A withdrawal or transfer: `/withdrawOrder`.
     */
    BONUSPAY_NOTIFICATION_WITHDRAW = 4,
    /**
     * A settlement in fiat money: `/otcFundoutOrder`.
     */
    BONUSPAY_NOTIFICATION_SETTLEMENT = 5,
} bonuspay_kind;

/**
 * Which BonusPay. There is no default: choose one, or give a base URL of your own.
 */
typedef enum {
    /**
     * Test coins. http is possible when it is allowed.
     */
    BONUSPAY_ENVIRONMENT_SANDBOX = 1,
    /**
     * Real money. https only.
     */
    BONUSPAY_ENVIRONMENT_PRODUCTION = 2,
} bonuspay_environment;

/**
 * Talks to one BonusPay with one merchant's keys. Any number of threads may use one client at once, and it may be
 * used on both sides of a fork. Keep it: connections are reused.
 */
typedef struct bonuspay_client bonuspay_client;

/**
 * Settings for a client. Make one with `bonuspay_config_new`, set what you need in any order, make any number of
 * clients from it, free it. Used by one thread at a time.
 */
typedef struct bonuspay_config bonuspay_config;

/**
 * What went wrong, in full. It belongs to the one call that gave it; free it with `bonuspay_error_free`.
 * None of its texts holds a key, a signature, a body or a wallet address: all may go to a log.
 */
typedef struct bonuspay_error bonuspay_error;

/**
 * A merchant's RSA key pair. Free it with `bonuspay_keypair_free`, which wipes it. Any number of threads may read
 * it at once.
 */
typedef struct bonuspay_keypair bonuspay_keypair;

/**
 * A notification whose signature is valid. Free it with `bonuspay_notification_free`. Any number of threads may
 * read it at once.
 */
typedef struct bonuspay_notification bonuspay_notification;

/**
 * BonusPay's answer to a call, whose signature is valid. Free it with `bonuspay_response_free`. Any number of
 * threads may read it at once.
 */
typedef struct bonuspay_response bonuspay_response;

/**
 * One of the questions of `bonuspay_call_many`.
 */
typedef struct {
    /**
     * The call: the name of its function without `bonuspay_`, such as `order_get`.
     */
    const char *call;
    /**
     * The length of `call`.
     */
    size_t call_len;
    /**
     * The request, as the function takes it.
     */
    const char *biz;
    /**
     * The length of `biz`.
     */
    size_t biz_len;
} bonuspay_question;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Gives the `bonuspay_status` that the call returned; 0 for NULL.
 */
int32_t bonuspay_error_status(const bonuspay_error *error);

/**
 * Gives what is wrong, where, and what to do: one line of English for a log, not for a shopper. The text is the
 * error's and goes with it.
 */
const char *bonuspay_error_message(const bonuspay_error *error,
                                   size_t *len);

/**
 * Gives the parameter, the setting, or the JSON Pointer of the request's or the answer's field that is wrong;
 * NULL when it is none. The text is the error's and goes with it.
 */
const char *bonuspay_error_field(const bonuspay_error *error,
                                 size_t *len);

/**
 * Gives the `bonuspay_outcome`: whether BonusPay may have done what was asked; 0 for NULL.
 */
int32_t bonuspay_error_outcome(const bonuspay_error *error);

/**
 * Gives 1 when repeating the same call, with the same order number, is safe and may help; else 0.
 */
int32_t bonuspay_error_retryable(const bonuspay_error *error);

/**
 * Gives 1 when BonusPay itself told of the failure, in an answer whose signature is valid; else 0. What is not
 * authenticated proves nothing about an order.
 */
int32_t bonuspay_error_authenticated(const bonuspay_error *error);

/**
 * Gives the HTTP status of the answer, such as 502; 0 when there was no answer.
 */
int32_t bonuspay_error_http_status(const bonuspay_error *error);

/**
 * Gives BonusPay's code (`head.code`), such as `77004`; NULL when there is none. The text is the error's and goes
 * with it.
 */
const char *bonuspay_error_api_code(const bonuspay_error *error,
                                    size_t *len);

/**
 * Gives BonusPay's message (`head.msg`), such as `MERCHANT_ORDER_NO_NOT_EXIST`; NULL when there is none. The text
 * is the error's and goes with it.
 */
const char *bonuspay_error_api_message(const bonuspay_error *error,
                                       size_t *len);

/**
 * Gives BonusPay's trace code, which its support asks for; NULL when there is none. The text is the error's and
 * goes with it.
 */
const char *bonuspay_error_trace_code(const bonuspay_error *error,
                                      size_t *len);

/**
 * Frees an error and all its texts. NULL is allowed.
 */
void bonuspay_error_free(bonuspay_error *error);

/**
 * Gives a status's own name, such as `BONUSPAY_TIMEOUT`; `BONUSPAY_?` for a number that is none. Static text,
 * never freed.
 */
const char *bonuspay_status_name(int32_t status);

/**
 * Makes settings without any value. The caller frees them with `bonuspay_config_free`. NULL only after a fault in
 * this library.
 */
bonuspay_config *bonuspay_config_new(void);

/**
 * Frees settings; their keys are wiped. Clients made from them go on. NULL is allowed.
 */
void bonuspay_config_free(bonuspay_config *config);

/**
 * Sets the environment: a `bonuspay_environment`.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a number that is none.
 */
bonuspay_status bonuspay_config_set_environment(bonuspay_config *config,
                                                int32_t environment,
                                                bonuspay_error **err);

/**
 * Sets a base URL of your own, such as `https://api.example.com/sgs/api/`, in place of the environment's. It counts
 * as the environment chosen: a loopback host gets the sandbox's rules, any other host those of production, unless
 * the environment is set too.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no such URL. Whether http is allowed shows when the client
 * is made.
 */
bonuspay_status bonuspay_config_set_base_url(bonuspay_config *config,
                                             const char *base_url,
                                             size_t base_url_len,
                                             bonuspay_error **err);

/**
 * Sets the merchant's id at BonusPay, the `Partner-Id`: 12 digits, as its portal shows it. Required for calls.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no such id.
 */
bonuspay_status bonuspay_config_set_partner_id(bonuspay_config *config,
                                               const char *partner_id,
                                               size_t partner_id_len,
                                               bonuspay_error **err);

/**
 * Sets the merchant's private RSA key, 2048 to 4096 bits: the text itself, PEM or bare Base64, never a path. The
 * library keeps a copy and wipes it in the end; the caller's own is the caller's to wipe. Without it a client can
 * verify, and nothing else.
 *
 * Returns `BONUSPAY_KEY` for a key that cannot be used; the message says why and what would do. `BONUSPAY_SIGN` when
 * the system gives this process no random numbers.
 */
bonuspay_status bonuspay_config_set_private_key(bonuspay_config *config,
                                                const char *private_key,
                                                size_t private_key_len,
                                                bonuspay_error **err);

/**
 * Adds a public RSA key of BonusPay: the text itself, PEM or bare Base64, never a path. May be called up to 5
 * times, for the change of keys: a signature by any of them counts. Without one, `bonuspay_sign` works and
 * everything else is `BONUSPAY_INVALID_CONFIG`.
 *
 * Returns `BONUSPAY_KEY` for a key that cannot be used, `BONUSPAY_INVALID_CONFIG` for a sixth.
 */
bonuspay_status bonuspay_config_set_public_key(bonuspay_config *config,
                                               const char *public_key,
                                               size_t public_key_len,
                                               bonuspay_error **err);

/**
 * Sets the time for finding the host and connecting, TLS included, in milliseconds: 1 to 600000, and at
 * most the total time. Default 5000.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for another number: a deadline cannot be switched off.
 */
bonuspay_status bonuspay_config_set_connect_timeout_ms(bonuspay_config *config,
                                                       uint32_t milliseconds,
                                                       bonuspay_error **err);

/**
 * Sets the time for a whole call, repeats included, in milliseconds: 1 to 600000. Default 15000.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for another number: a deadline cannot be switched off.
 */
bonuspay_status bonuspay_config_set_total_timeout_ms(bonuspay_config *config,
                                                     uint32_t milliseconds,
                                                     bonuspay_error **err);

/**
 * Sets an HTTP proxy that tunnels (CONNECT), such as `http://user:password@proxy.example.com:3128`. Default none: no
 * proxy is ever taken from the environment.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no such URL.
 */
bonuspay_status bonuspay_config_set_proxy(bonuspay_config *config,
                                          const char *proxy,
                                          size_t proxy_len,
                                          bonuspay_error **err);

/**
 * Sets certificate authorities to trust besides the public ones: PEM texts one after the other, never a
 * path. There is no way to switch the check of certificates off.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text without a certificate.
 */
bonuspay_status bonuspay_config_set_ca_pem(bonuspay_config *config,
                                           const char *ca_pem,
                                           size_t ca_pem_len,
                                           bonuspay_error **err);

/**
 * Sets the `User-Agent` header: up to 200 printable ASCII characters. Default the library's name and version.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for another text.
 */
bonuspay_status bonuspay_config_set_user_agent(bonuspay_config *config,
                                               const char *user_agent,
                                               size_t user_agent_len,
                                               bonuspay_error **err);

/**
 * Sets the `Content-Language` header. Default `en`, the only language that BonusPay documents.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no language tag.
 */
bonuspay_status bonuspay_config_set_language(bonuspay_config *config,
                                             const char *language,
                                             size_t language_len,
                                             bonuspay_error **err);

/**
 * Allows http, for a sandbox. Default false. Production never takes http, whatever this says.
 */
bonuspay_status bonuspay_config_set_allow_http(bonuspay_config *config,
                                               bool allow_http,
                                               bonuspay_error **err);

/**
 * Sets how many decimals an amount of this currency may have in a request. Defaults: USDT 2, USDC 2, ETH 6,
 * BTC 8.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no currency code, and for more than 18 digits.
 */
bonuspay_status bonuspay_config_set_scale(bonuspay_config *config,
                                          const char *currency,
                                          size_t currency_len,
                                          uint32_t digits,
                                          bonuspay_error **err);

/**
 * Makes a client from settings, which it copies. Nothing is connected yet. The caller frees `*out` with
 * `bonuspay_client_free`.
 *
 * Returns `BONUSPAY_INVALID_CONFIG` when a setting is missing or contradicts another, `BONUSPAY_KEY` for a key
 * that cannot be used.
 */
bonuspay_status bonuspay_client_new(const bonuspay_config *config,
                                    bonuspay_client **out,
                                    bonuspay_error **err);

/**
 * Frees a client; its keys are wiped when no other client uses them. Answers and notifications that it gave stay.
 * No thread may still be in a call of this client. NULL is allowed.
 */
void bonuspay_client_free(bonuspay_client *client);

/**
 * Places an order (`crypto/placeOrder`). Idempotent by `merchantOrderNo`: the same number and content give the
 * same order, so that an unknown outcome may be repeated. The library itself repeats it at most twice, within the
 * total time. The answer's amount and currency are compared with what was asked.
 *
 * `biz`: `merchantOrderNo`, `subject`, `totalAmount` or `refAmount`, `paySceneCode`, and what else BonusPay
 * documents; `expiredTime` is in milliseconds since 1970. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_order_place(const bonuspay_client *client,
                                     const char *biz,
                                     size_t biz_len,
                                     bonuspay_response **out,
                                     bonuspay_error **err);

/**
 * Cancels an order that is not paid (`crypto/cancelOrder`). Ask with `bonuspay_order_get` before. Sent once, never
 * repeated.
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_order_cancel(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

/**
 * Accepts an order as it stands, although too little or too much was paid (`crypto/acceptOrder`). Sent once, never
 * repeated.
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_order_accept(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

/**
 * Asks for an order (`crypto/getOrder`): the proof of a payment. Compare numbers, amount and currency with your
 * own before you believe it, and see `bonuspay_response_matches_request`.
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_order_get(const bonuspay_client *client,
                                   const char *biz,
                                   size_t biz_len,
                                   bonuspay_response **out,
                                   bonuspay_error **err);

/**
 * Asks what was deposited for an order so far (`crypto/getPaymentDepositEventList`).
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_order_payment_events(const bonuspay_client *client,
                                              const char *biz,
                                              size_t biz_len,
                                              bonuspay_response **out,
                                              bonuspay_error **err);

/**
 * Pays an order, or a part of it, back (`crypto/refund/placeOrder`). Moves money out: sent once, on a connection of
 * its own, never repeated. When its outcome is unknown, ask with `bonuspay_refund_get`.
 *
 * `biz`: `refundMerchantOrderNo`, `originMerchantOrderNo` or `originOrderNo`, `amount`, `chainCode`,
 * `refundAddress`, and what else BonusPay documents. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_refund_place(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

/**
 * Asks for a refund (`crypto/refund/getOrder`).
 *
 * `biz`: the refund's number. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_refund_get(const bonuspay_client *client,
                                    const char *biz,
                                    size_t biz_len,
                                    bonuspay_response **out,
                                    bonuspay_error **err);

/**
 * Calls an endpoint by its path below the base URL, such as `crypto/newThing`: for endpoints to come. Nothing is
 * known about what it does, so it is sent once and never repeated, no field is checked, and its answer is not
 * compared with the request. A path that the library knows is called like its own function.
 *
 * `biz`: any JSON object. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_call(const bonuspay_client *client,
                              const char *path,
                              size_t path_len,
                              const char *biz,
                              size_t biz_len,
                              bonuspay_response **out,
                              bonuspay_error **err);

/**
 * Verifies a notification and reads it: `body`, the HTTP body exactly as it came, and `sign`, the value of its one
 * `Sign` header. `partner_id` is the value of its `Partner-Id` header, or NULL when there was none. A genuine
 * notification is a hint, not a proof: ask with `bonuspay_order_get`. The caller frees `*out` with
 * `bonuspay_notification_free`.
 *
 * Returns `BONUSPAY_BAD_SIGNATURE` for a signature that is missing, ill-formed or wrong,
 * `BONUSPAY_NOTIFICATION_MISMATCH` for another merchant's id, `BONUSPAY_PROTOCOL` for a genuine signature over
 * what is no notification, `BONUSPAY_INVALID_CONFIG` for a client without a public key.
 */
bonuspay_status bonuspay_notification_verify(const bonuspay_client *client,
                                             const char *body,
                                             size_t body_len,
                                             const char *sign,
                                             size_t sign_len,
                                             const char *partner_id,
                                             size_t partner_id_len,
                                             bonuspay_notification **out,
                                             bonuspay_error **err);

/**
 * Signs any bytes with the merchant's private key: SHA-256 with RSA PKCS#1 v1.5, as Base64 of one line. `out` has
 * room for `cap` bytes; `*len` is the signature's length, 344 for a key of 2048 bits. See the conventions for
 * texts in a buffer of yours.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, `BONUSPAY_INVALID_CONFIG` for a client without a
 * private key, `BONUSPAY_SIGN` when signing fails.
 */
bonuspay_status bonuspay_sign(const bonuspay_client *client,
                              const char *message,
                              size_t message_len,
                              char *out,
                              size_t cap,
                              size_t *len,
                              bonuspay_error **err);

/**
 * Verifies a signature over any bytes with BonusPay's public keys: SHA-256 with RSA PKCS#1 v1.5, as Base64 of one
 * line. Only `BONUSPAY_OK`, which is 0, means that it is valid.
 *
 * Returns `BONUSPAY_BAD_SIGNATURE` when it is not, `BONUSPAY_INVALID_CONFIG` for a client without a public key.
 */
bonuspay_status bonuspay_verify(const bonuspay_client *client,
                                const char *message,
                                size_t message_len,
                                const char *sign,
                                size_t sign_len,
                                bonuspay_error **err);

/**
 * Asks for a customer's deposit address (`ccdeposit/getAddress`); the same question gets the same address. See
 * `/wallet/address`, `/wallet/minDeposit` and `/wallet/cashierUrl`.
 *
 * `biz`: `customerId`, `assetCode`, `network`. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_topup_address(const bonuspay_client *client,
                                       const char *biz,
                                       size_t biz_len,
                                       bonuspay_response **out,
                                       bonuspay_error **err);

/**
 * Asks for a page of the deposits to customers' addresses (`ccdeposit/queryCustomerDepositOrderPage`), the newest
 * first, under `/customerDepositOrderPage/items`. A deposit that arrives between two pages pushes others to the next
 * one: read pages until one is short, and pass over the `orderNo`s that you have seen; none is lost.
 *
 * `biz`: `startTime`, `endTime` (milliseconds since 1970), `pageParam` with `number` (from 0) and `size`. The caller
 * frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_topup_deposits(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

/**
 * Asks for one deposit (`ccdeposit/getCustomerDepositOrder`).
 *
 * `biz`: `orderNo`, BonusPay's number. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_topup_deposit(const bonuspay_client *client,
                                       const char *biz,
                                       size_t biz_len,
                                       bonuspay_response **out,
                                       bonuspay_error **err);

/**
 * Withdraws to an address of the merchant's address book (`ccwithdraw/placeOrder`). Moves money out: sent once, on a
 * connection of its own, never repeated. When its outcome is unknown, ask with `bonuspay_withdraw_get` by the same
 * number; a new number would pay twice.
 *
 * `biz`: `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and what else BonusPay
 * documents. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_withdraw_place(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

/**
 * Asks for a withdrawal (`ccwithdraw/getOrder`).
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_withdraw_get(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

/**
 * Asks for the networks that a coin can be withdrawn on (`ccwithdraw/getNetworks`), under `/networks`.
 *
 * `biz`: `assetCode`. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_withdraw_networks(const bonuspay_client *client,
                                           const char *biz,
                                           size_t biz_len,
                                           bonuspay_response **out,
                                           bonuspay_error **err);

/**
 * Transfers to any address (`ccwithdraw/transfer`). Moves money out: sent once, on a connection of its own, never
 * repeated. When its outcome is unknown, ask with `bonuspay_transfer_get` by the same number; a new number would pay
 * twice.
 *
 * `biz`: `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and what else BonusPay
 * documents. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_transfer_place(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

/**
 * Asks for a transfer (`ccwithdraw/getOrder`).
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_transfer_get(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

/**
 * Asks for the networks that a coin can be transferred on (`ccwithdraw/getNetworks`), under `/networks`.
 *
 * `biz`: `assetCode`. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_transfer_networks(const bonuspay_client *client,
                                           const char *biz,
                                           size_t biz_len,
                                           bonuspay_response **out,
                                           bonuspay_error **err);

/**
 * Asks for a rate (`fxrate/getFxrate`), under `/fxrate`. It is indicative: an order has a rate of its own.
 *
 * `biz`: `currencyPair` such as `USDT_INR`, `direction` `BUY` or `SELL`. The caller frees `*out` with
 * `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_fx_rate(const bonuspay_client *client,
                                 const char *biz,
                                 size_t biz_len,
                                 bonuspay_response **out,
                                 bonuspay_error **err);

/**
 * Asks for the merchant's balances (`account/getAccountList`), under `/assetCodeList`.
 *
 * `biz`: `assetCodeList`, or nothing for all coins. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_account_balances(const bonuspay_client *client,
                                          const char *biz,
                                          size_t biz_len,
                                          bonuspay_response **out,
                                          bonuspay_error **err);

/**
 * Sells coins and pays the proceeds out to the merchant's bank account (`otcfundout/placeOrder`). Moves money out:
 * sent once, on a connection of its own, never repeated. When its outcome is unknown, ask with
 * `bonuspay_settlement_get`.
 *
 * `biz`: `merchantOrderNo`, `fiatCurrency`, `cryptoAmount`, and what else BonusPay documents. The caller frees `*out`
 * with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_settlement_place(const bonuspay_client *client,
                                          const char *biz,
                                          size_t biz_len,
                                          bonuspay_response **out,
                                          bonuspay_error **err);

/**
 * Asks for a settlement (`otcfundout/getOrder`).
 *
 * `biz`: `merchantOrderNo` or `orderNo`, one of the two. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_settlement_get(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

/**
 * Makes a sub-merchant (`agent/subMerchantCreate`). Sent once, never repeated.
 *
 * `biz`: `merchantType`, `merchantName`, `subMerchantAdminEmail`, `businessMerchantData` or `personalMerchantData`,
 * `merchantContactData`, `merchantAddressData`. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_submerchant_create(const bonuspay_client *client,
                                            const char *biz,
                                            size_t biz_len,
                                            bonuspay_response **out,
                                            bonuspay_error **err);

/**
 * Asks for a sub-merchant (`agent/subMerchantDetail`).
 *
 * `biz`: `merchantId`. The caller frees `*out` with `bonuspay_response_free`.
 *
 * Returns the statuses of a call: see the conventions.
 */
bonuspay_status bonuspay_submerchant_get(const bonuspay_client *client,
                                         const char *biz,
                                         size_t biz_len,
                                         bonuspay_response **out,
                                         bonuspay_error **err);

/**
 * Asks several questions at once: `calls` has `n` of them, 1 to `BONUSPAY_QUESTIONS_MAX`, and `out` and `errs` have
 * `n` places each. For the question `calls[i]`, either `out[i]` is the answer and `errs[i]` is NULL, or `out[i]` is
 * NULL and `errs[i]` is the error; both are what the call's own function would have given. `errs` may be NULL. After
 * a failure of the whole, all places are NULL.
 *
 * Calls that only ask may be asked: `order_get`, `order_payment_events`, `refund_get`, `topup_address`,
 * `topup_deposits`, `topup_deposit`, `withdraw_get`, `withdraw_networks`, `transfer_get`, `transfer_networks`,
 * `fx_rate`, `account_balances`, `settlement_get`, `submerchant_get`. Up to 8 are under way at once, each on a
 * connection of its own, which is kept for the next; the others wait for their turn.
 *
 * `deadline_ms` is for all of them together, at most 600000; 0 stands for the client's total time, which bounds each
 * question in any case, from when its turn came. One whose turn does not come in time is `BONUSPAY_TIMEOUT`,
 * `BONUSPAY_OUTCOME_NOT_SENT`.
 *
 * The caller frees each `out[i]` with `bonuspay_response_free`, and each `errs[i]` with `bonuspay_error_free`.
 *
 * Returns `BONUSPAY_OK` when each question has its answer or its error: look into each place. Returns
 * `BONUSPAY_INVALID_ARGUMENT` before anything is sent for too many questions or none, for a name that is no call's,
 * for a call that does more than ask, and for too long a deadline; the error's field, such as `calls[2]`, says where.
 */
bonuspay_status bonuspay_call_many(const bonuspay_client *client,
                                   const bonuspay_question *calls,
                                   size_t n,
                                   uint32_t deadline_ms,
                                   bonuspay_response **out,
                                   bonuspay_error **errs,
                                   bonuspay_error **err);

/**
 * Gives one value of the answer's `body` as text, by JSON Pointer (RFC 6901): `/acquireOrder/totalAmount/amount`
 * gives `12.81`. Numbers, `true` and `false` come as their text, amounts in plain digits. NULL when there is
 * nothing, `null`, an object or an array. The text is the response's and goes with it.
 */
const char *bonuspay_response_get(const bonuspay_response *response,
                                  const char *pointer,
                                  size_t pointer_len,
                                  size_t *len);

/**
 * Gives the answer's `body` as a JSON document: see the conventions. The text is the response's and goes with it.
 */
const char *bonuspay_response_json(const bonuspay_response *response,
                                   size_t *len);

/**
 * Gives the HTTP body as it came, byte for byte: for a record, never to parse it again. The bytes are the
 * response's and go with it.
 */
const char *bonuspay_response_raw(const bonuspay_response *response,
                                  size_t *len);

/**
 * Gives the `bonuspay_state` of the order or refund that the answer is about; 0 for NULL.
 */
int32_t bonuspay_response_state(const bonuspay_response *response);

/**
 * Gives the URL of the hosted page to which the shopper goes, of an order of scene `CHECK_OUT`; NULL when there is
 * none, or when its scheme or host is not BonusPay's. The text is the response's and goes with it.
 */
const char *bonuspay_response_checkout_url(const bonuspay_response *response,
                                           size_t *len);

/**
 * Gives 1 when the answer itself names what was asked for, by order number or by the `reserved` text; else 0.
 * Answers are not bound to requests in any other way: never take one for paid that is not bound.
 */
int32_t bonuspay_response_matches_request(const bonuspay_response *response);

/**
 * Frees a response and all its texts. NULL is allowed.
 */
void bonuspay_response_free(bonuspay_response *response);

/**
 * Gives the `bonuspay_kind`; 0 for NULL.
 */
int32_t bonuspay_notification_kind(const bonuspay_notification *notification);

/**
 * Gives the `bonuspay_state` of what the notification is about; 0 for NULL.
 */
int32_t bonuspay_notification_state(const bonuspay_notification *notification);

/**
 * Gives the notification's own id (`notify_id`), the same in every repeat of it; NULL when it has none. The text
 * is the notification's and goes with it.
 */
const char *bonuspay_notification_id(const bonuspay_notification *notification,
                                     size_t *len);

/**
 * Gives one value of the notification as text, by JSON Pointer (RFC 6901): `/acquireOrder/orderNo`. The same
 * pointer serves whether the notification came flat or wrapped. NULL when there is nothing, `null`, an object or
 * an array. The text is the notification's and goes with it.
 */
const char *bonuspay_notification_get(const bonuspay_notification *notification,
                                      const char *pointer,
                                      size_t pointer_len,
                                      size_t *len);

/**
 * Gives the notification as a flat JSON document: see the conventions. The text is the notification's and goes
 * with it.
 */
const char *bonuspay_notification_json(const bonuspay_notification *notification,
                                       size_t *len);

/**
 * Gives the HTTP body as it came, byte for byte: for a record, never to parse it again. The bytes are the
 * notification's and go with it.
 */
const char *bonuspay_notification_raw(const bonuspay_notification *notification,
                                      size_t *len);

/**
 * Frees a notification and all its texts. NULL is allowed.
 */
void bonuspay_notification_free(bonuspay_notification *notification);

/**
 * Makes a new key pair of `bits` bits: 2048, 3072 or 4096. Takes from a tenth of a second to some seconds. The
 * caller frees `*out` with `bonuspay_keypair_free`.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for another size, `BONUSPAY_SIGN` when the system gives this process no random
 * numbers.
 */
bonuspay_status bonuspay_keypair_generate(uint32_t bits,
                                          bonuspay_keypair **out,
                                          bonuspay_error **err);

/**
 * Reads a private RSA key as merchants paste it: the text itself, PEM or bare Base64, never a path. The caller
 * frees `*out` with `bonuspay_keypair_free`.
 *
 * Returns `BONUSPAY_KEY` for a key that cannot be used; the message says why and what would do. `BONUSPAY_SIGN` when
 * the system gives this process no random numbers.
 */
bonuspay_status bonuspay_keypair_from_private(const char *key,
                                              size_t key_len,
                                              bonuspay_keypair **out,
                                              bonuspay_error **err);

/**
 * Gives the private key as PKCS#8 PEM: the secret that signs for the merchant. The text is the key pair's, and is
 * wiped with it.
 */
const char *bonuspay_keypair_private_pem(const bonuspay_keypair *keypair,
                                         size_t *len);

/**
 * Gives the public key as SPKI PEM: what the merchant uploads to BonusPay. The text is the key pair's and goes with
 * it.
 */
const char *bonuspay_keypair_public_pem(const bonuspay_keypair *keypair,
                                        size_t *len);

/**
 * Gives the public key's SHA-256 fingerprint, by which a person tells keys apart. The text is the key pair's and
 * goes with it.
 */
const char *bonuspay_keypair_fingerprint(const bonuspay_keypair *keypair,
                                         size_t *len);

/**
 * Frees a key pair and wipes it. NULL is allowed.
 */
void bonuspay_keypair_free(bonuspay_keypair *keypair);

/**
 * Gives the number of the ABI that the loaded library has. Compare it with `BONUSPAY_ABI_VERSION`, what the
 * program was built with, before anything else.
 */
uint32_t bonuspay_abi_version(void);

/**
 * Gives the library's version, such as `0.1.0`. Static text, never freed.
 */
const char *bonuspay_version(void);

/**
 * Gives one line for a bug report: version, ABI, platform, TLS and crypto. Static text, never freed.
 */
const char *bonuspay_build_info(void);

/**
 * Compares two amounts, given as JSON numbers in text (`12.81`, `1281E-2`): `*out` is -1 when `a` is smaller, 0
 * when they are equal (`12.81` and `12.810` are), 1 when `a` is greater. Exact: nothing is rounded. There is no
 * error object; `*out` is 0 after a failure too, so look at the status.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for a text that is no JSON number, or has more digits than the library can
 * hold exactly.
 */
bonuspay_status bonuspay_amount_cmp(const char *a,
                                    size_t a_len,
                                    const char *b,
                                    size_t b_len,
                                    int32_t *out);

/**
 * Checks an address that coins shall be sent to: its form, and its checksum. `network` is one of BonusPay's codes
 * `BTC`, `ETH`, `POLYGON` and `TRON`, or `BTC_TESTNET`, which is what `BTC` stands for in the sandbox; the other test
 * networks have the main networks' addresses. Refunds, withdrawals and transfers are checked so before anything is
 * sent. An Ethereum address in small letters has no checksum. Whose an address is nobody can check.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for an address that is none of the network (field `address`), and for a network
 * that the library does not know (field `network`). The error's text says what is wrong, without the address.
 */
bonuspay_status bonuspay_address_check(const char *network,
                                       size_t network_len,
                                       const char *address,
                                       size_t address_len,
                                       bonuspay_error **err);

/**
 * Writes what a wallet reads from a QR code: a BIP-21 URI for BTC, an EIP-681 URI for ETH on ETH, the bare address
 * for tokens. `amount` is a decimal text. See the conventions for texts in a buffer of yours.
 *
 * Both URIs name the main network, on which a wallet pays real coins: for an order of the sandbox, show the address
 * alone.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, for an amount that is none, and for a currency, a
 * network or an address that no URI can hold.
 */
bonuspay_status bonuspay_payment_uri(const char *currency,
                                     size_t currency_len,
                                     const char *network,
                                     size_t network_len,
                                     const char *address,
                                     size_t address_len,
                                     const char *amount,
                                     size_t amount_len,
                                     char *out,
                                     size_t cap,
                                     size_t *len,
                                     bonuspay_error **err);

/**
 * Writes a QR code of a text as an SVG image, some 15,000 bytes. See the conventions for texts in a buffer of
 * yours.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, and for an empty text or one too long for a QR code.
 */
bonuspay_status bonuspay_qr_svg(const char *text,
                                size_t text_len,
                                char *out,
                                size_t cap,
                                size_t *len,
                                bonuspay_error **err);

/**
 * Writes a QR code of a text for a terminal, in UTF-8 half blocks, with a line end after each row; some 3,000
 * bytes. See the conventions for texts in a buffer of yours.
 *
 * Returns `BONUSPAY_INVALID_ARGUMENT` for too small a buffer, and for an empty text or one too long for a QR code.
 */
bonuspay_status bonuspay_qr_text(const char *text,
                                 size_t text_len,
                                 char *out,
                                 size_t cap,
                                 size_t *len,
                                 bonuspay_error **err);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* BONUSPAY_H */
