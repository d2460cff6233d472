enum { BONUSPAY_ABI_VERSION = 2 };

enum { BONUSPAY_QUESTIONS_MAX = 64 };

typedef enum {
    BONUSPAY_OK = 0,
    BONUSPAY_NULL_ARGUMENT = 1,
    BONUSPAY_INVALID_ARGUMENT = 2,
    BONUSPAY_INVALID_CONFIG = 3,
    BONUSPAY_KEY = 4,
    BONUSPAY_SIGN = 5,
    BONUSPAY_CONNECT = 10,
    BONUSPAY_TLS = 11,
    BONUSPAY_TIMEOUT = 12,
    BONUSPAY_IO = 13,
    BONUSPAY_HTTP_STATUS = 20,
    BONUSPAY_PROTOCOL = 21,
    BONUSPAY_BAD_SIGNATURE = 22,
    BONUSPAY_API = 30,
    BONUSPAY_NOTIFICATION_MISMATCH = 40,
    BONUSPAY_INTERNAL = 98,
    BONUSPAY_PANIC = 99,
} bonuspay_status;

typedef enum {
    BONUSPAY_OUTCOME_NOT_SENT = 1,
    BONUSPAY_OUTCOME_REJECTED = 2,
    BONUSPAY_OUTCOME_UNKNOWN = 3,
} bonuspay_outcome;

typedef enum {
    BONUSPAY_STATE_NONE = 0,
    BONUSPAY_STATE_PENDING = 1,
    BONUSPAY_STATE_SUCCEEDED = 2,
    BONUSPAY_STATE_FAILED = 3,
    BONUSPAY_STATE_REFUNDED = 4,
    BONUSPAY_STATE_UNKNOWN = 5,
} bonuspay_state;

typedef enum {
    BONUSPAY_NOTIFICATION_ORDER = 1,
    BONUSPAY_NOTIFICATION_REFUND = 2,
    BONUSPAY_NOTIFICATION_TOPUP = 3,
    BONUSPAY_NOTIFICATION_WITHDRAW = 4,
    BONUSPAY_NOTIFICATION_SETTLEMENT = 5,
} bonuspay_kind;

typedef enum {
    BONUSPAY_ENVIRONMENT_SANDBOX = 1,
    BONUSPAY_ENVIRONMENT_PRODUCTION = 2,
} bonuspay_environment;

typedef struct bonuspay_client bonuspay_client;

typedef struct bonuspay_config bonuspay_config;

typedef struct bonuspay_error bonuspay_error;

typedef struct bonuspay_keypair bonuspay_keypair;

typedef struct bonuspay_notification bonuspay_notification;

typedef struct bonuspay_response bonuspay_response;

typedef struct {
    const char *call;
    size_t call_len;
    const char *biz;
    size_t biz_len;
} bonuspay_question;

int32_t bonuspay_error_status(const bonuspay_error *error);

const char *bonuspay_error_message(const bonuspay_error *error, size_t *len);

const char *bonuspay_error_field(const bonuspay_error *error, size_t *len);

int32_t bonuspay_error_outcome(const bonuspay_error *error);

int32_t bonuspay_error_retryable(const bonuspay_error *error);

int32_t bonuspay_error_authenticated(const bonuspay_error *error);

int32_t bonuspay_error_http_status(const bonuspay_error *error);

const char *bonuspay_error_api_code(const bonuspay_error *error, size_t *len);

const char *bonuspay_error_api_message(const bonuspay_error *error, size_t *len);

const char *bonuspay_error_trace_code(const bonuspay_error *error, size_t *len);

void bonuspay_error_free(bonuspay_error *error);

const char *bonuspay_status_name(int32_t status);

bonuspay_config *bonuspay_config_new(void);

void bonuspay_config_free(bonuspay_config *config);

bonuspay_status bonuspay_config_set_environment(bonuspay_config *config,
                                                int32_t environment,
                                                bonuspay_error **err);

bonuspay_status bonuspay_config_set_base_url(bonuspay_config *config,
                                             const char *base_url,
                                             size_t base_url_len,
                                             bonuspay_error **err);

bonuspay_status bonuspay_config_set_partner_id(bonuspay_config *config,
                                               const char *partner_id,
                                               size_t partner_id_len,
                                               bonuspay_error **err);

bonuspay_status bonuspay_config_set_private_key(bonuspay_config *config,
                                                const char *private_key,
                                                size_t private_key_len,
                                                bonuspay_error **err);

bonuspay_status bonuspay_config_set_public_key(bonuspay_config *config,
                                               const char *public_key,
                                               size_t public_key_len,
                                               bonuspay_error **err);

bonuspay_status bonuspay_config_set_connect_timeout_ms(bonuspay_config *config,
                                                       uint32_t milliseconds,
                                                       bonuspay_error **err);

bonuspay_status bonuspay_config_set_total_timeout_ms(bonuspay_config *config,
                                                     uint32_t milliseconds,
                                                     bonuspay_error **err);

bonuspay_status bonuspay_config_set_proxy(bonuspay_config *config,
                                          const char *proxy,
                                          size_t proxy_len,
                                          bonuspay_error **err);

bonuspay_status bonuspay_config_set_ca_pem(bonuspay_config *config,
                                           const char *ca_pem,
                                           size_t ca_pem_len,
                                           bonuspay_error **err);

bonuspay_status bonuspay_config_set_user_agent(bonuspay_config *config,
                                               const char *user_agent,
                                               size_t user_agent_len,
                                               bonuspay_error **err);

bonuspay_status bonuspay_config_set_language(bonuspay_config *config,
                                             const char *language,
                                             size_t language_len,
                                             bonuspay_error **err);

bonuspay_status bonuspay_config_set_allow_http(bonuspay_config *config,
                                               bool allow_http,
                                               bonuspay_error **err);

bonuspay_status bonuspay_config_set_scale(bonuspay_config *config,
                                          const char *currency,
                                          size_t currency_len,
                                          uint32_t digits,
                                          bonuspay_error **err);

bonuspay_status bonuspay_client_new(const bonuspay_config *config,
                                    bonuspay_client **out,
                                    bonuspay_error **err);

void bonuspay_client_free(bonuspay_client *client);

bonuspay_status bonuspay_order_place(const bonuspay_client *client,
                                     const char *biz,
                                     size_t biz_len,
                                     bonuspay_response **out,
                                     bonuspay_error **err);

bonuspay_status bonuspay_order_cancel(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

bonuspay_status bonuspay_order_accept(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

bonuspay_status bonuspay_order_get(const bonuspay_client *client,
                                   const char *biz,
                                   size_t biz_len,
                                   bonuspay_response **out,
                                   bonuspay_error **err);

bonuspay_status bonuspay_order_payment_events(const bonuspay_client *client,
                                              const char *biz,
                                              size_t biz_len,
                                              bonuspay_response **out,
                                              bonuspay_error **err);

bonuspay_status bonuspay_refund_place(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

bonuspay_status bonuspay_refund_get(const bonuspay_client *client,
                                    const char *biz,
                                    size_t biz_len,
                                    bonuspay_response **out,
                                    bonuspay_error **err);

bonuspay_status bonuspay_call(const bonuspay_client *client,
                              const char *path,
                              size_t path_len,
                              const char *biz,
                              size_t biz_len,
                              bonuspay_response **out,
                              bonuspay_error **err);

bonuspay_status bonuspay_notification_verify(const bonuspay_client *client,
                                             const char *body,
                                             size_t body_len,
                                             const char *sign,
                                             size_t sign_len,
                                             const char *partner_id,
                                             size_t partner_id_len,
                                             bonuspay_notification **out,
                                             bonuspay_error **err);

bonuspay_status bonuspay_sign(const bonuspay_client *client,
                              const char *message,
                              size_t message_len,
                              char *out,
                              size_t cap,
                              size_t *len,
                              bonuspay_error **err);

bonuspay_status bonuspay_verify(const bonuspay_client *client,
                                const char *message,
                                size_t message_len,
                                const char *sign,
                                size_t sign_len,
                                bonuspay_error **err);

bonuspay_status bonuspay_topup_address(const bonuspay_client *client,
                                       const char *biz,
                                       size_t biz_len,
                                       bonuspay_response **out,
                                       bonuspay_error **err);

bonuspay_status bonuspay_topup_deposits(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

bonuspay_status bonuspay_topup_deposit(const bonuspay_client *client,
                                       const char *biz,
                                       size_t biz_len,
                                       bonuspay_response **out,
                                       bonuspay_error **err);

bonuspay_status bonuspay_withdraw_place(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

bonuspay_status bonuspay_withdraw_get(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

bonuspay_status bonuspay_withdraw_networks(const bonuspay_client *client,
                                           const char *biz,
                                           size_t biz_len,
                                           bonuspay_response **out,
                                           bonuspay_error **err);

bonuspay_status bonuspay_transfer_place(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

bonuspay_status bonuspay_transfer_get(const bonuspay_client *client,
                                      const char *biz,
                                      size_t biz_len,
                                      bonuspay_response **out,
                                      bonuspay_error **err);

bonuspay_status bonuspay_transfer_networks(const bonuspay_client *client,
                                           const char *biz,
                                           size_t biz_len,
                                           bonuspay_response **out,
                                           bonuspay_error **err);

bonuspay_status bonuspay_fx_rate(const bonuspay_client *client,
                                 const char *biz,
                                 size_t biz_len,
                                 bonuspay_response **out,
                                 bonuspay_error **err);

bonuspay_status bonuspay_account_balances(const bonuspay_client *client,
                                          const char *biz,
                                          size_t biz_len,
                                          bonuspay_response **out,
                                          bonuspay_error **err);

bonuspay_status bonuspay_settlement_place(const bonuspay_client *client,
                                          const char *biz,
                                          size_t biz_len,
                                          bonuspay_response **out,
                                          bonuspay_error **err);

bonuspay_status bonuspay_settlement_get(const bonuspay_client *client,
                                        const char *biz,
                                        size_t biz_len,
                                        bonuspay_response **out,
                                        bonuspay_error **err);

bonuspay_status bonuspay_submerchant_create(const bonuspay_client *client,
                                            const char *biz,
                                            size_t biz_len,
                                            bonuspay_response **out,
                                            bonuspay_error **err);

bonuspay_status bonuspay_submerchant_get(const bonuspay_client *client,
                                         const char *biz,
                                         size_t biz_len,
                                         bonuspay_response **out,
                                         bonuspay_error **err);

bonuspay_status bonuspay_call_many(const bonuspay_client *client,
                                   const bonuspay_question *calls,
                                   size_t n,
                                   uint32_t deadline_ms,
                                   bonuspay_response **out,
                                   bonuspay_error **errs,
                                   bonuspay_error **err);

const char *bonuspay_response_get(const bonuspay_response *response,
                                  const char *pointer,
                                  size_t pointer_len,
                                  size_t *len);

const char *bonuspay_response_json(const bonuspay_response *response, size_t *len);

const char *bonuspay_response_raw(const bonuspay_response *response, size_t *len);

int32_t bonuspay_response_state(const bonuspay_response *response);

const char *bonuspay_response_checkout_url(const bonuspay_response *response, size_t *len);

int32_t bonuspay_response_matches_request(const bonuspay_response *response);

void bonuspay_response_free(bonuspay_response *response);

int32_t bonuspay_notification_kind(const bonuspay_notification *notification);

int32_t bonuspay_notification_state(const bonuspay_notification *notification);

const char *bonuspay_notification_id(const bonuspay_notification *notification, size_t *len);

const char *bonuspay_notification_get(const bonuspay_notification *notification,
                                      const char *pointer,
                                      size_t pointer_len,
                                      size_t *len);

const char *bonuspay_notification_json(const bonuspay_notification *notification, size_t *len);

const char *bonuspay_notification_raw(const bonuspay_notification *notification, size_t *len);

void bonuspay_notification_free(bonuspay_notification *notification);

bonuspay_status bonuspay_keypair_generate(uint32_t bits,
                                          bonuspay_keypair **out,
                                          bonuspay_error **err);

bonuspay_status bonuspay_keypair_from_private(const char *key,
                                              size_t key_len,
                                              bonuspay_keypair **out,
                                              bonuspay_error **err);

const char *bonuspay_keypair_private_pem(const bonuspay_keypair *keypair, size_t *len);

const char *bonuspay_keypair_public_pem(const bonuspay_keypair *keypair, size_t *len);

const char *bonuspay_keypair_fingerprint(const bonuspay_keypair *keypair, size_t *len);

void bonuspay_keypair_free(bonuspay_keypair *keypair);

uint32_t bonuspay_abi_version(void);

const char *bonuspay_version(void);

const char *bonuspay_build_info(void);

bonuspay_status bonuspay_amount_cmp(const char *a,
                                    size_t a_len,
                                    const char *b,
                                    size_t b_len,
                                    int32_t *out);

bonuspay_status bonuspay_address_check(const char *network,
                                       size_t network_len,
                                       const char *address,
                                       size_t address_len,
                                       bonuspay_error **err);

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

bonuspay_status bonuspay_qr_svg(const char *text,
                                size_t text_len,
                                char *out,
                                size_t cap,
                                size_t *len,
                                bonuspay_error **err);

bonuspay_status bonuspay_qr_text(const char *text,
                                 size_t text_len,
                                 char *out,
                                 size_t cap,
                                 size_t *len,
                                 bonuspay_error **err);
