// One payment through BonusPay; examples/README.md says what the variables and the standard input hold.
#include <bonuspay.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

using Text = std::string;

template <auto FREE> struct Free {
    template <class T> void operator()(T *object) const { FREE(object); }
};
using Config = std::unique_ptr<bonuspay_config, Free<bonuspay_config_free>>;
using Client = std::unique_ptr<bonuspay_client, Free<bonuspay_client_free>>;
using Response = std::unique_ptr<bonuspay_response, Free<bonuspay_response_free>>;
using Notification = std::unique_ptr<bonuspay_notification, Free<bonuspay_notification_free>>;

struct Failure : std::runtime_error {
    Text name;
    explicit Failure(const bonuspay_error *error)
        : runtime_error(bonuspay_error_message(error, nullptr)),
          name(bonuspay_status_name(bonuspay_error_status(error))) {}
};

static void attempt(bonuspay_status status, bonuspay_error *error)
{
    std::unique_ptr<bonuspay_error, Free<bonuspay_error_free>> owned(error);
    if (status != BONUSPAY_OK)
        throw Failure(error);
}

template <class Setter> static void set(Setter setter, bonuspay_config *config, const Text &value)
{
    bonuspay_error *error = nullptr;
    bonuspay_status status = setter(config, value.data(), value.size(), &error);
    attempt(status, error);
}

template <class Call> static Response call(Call function, const Client &client, const Text &request)
{
    bonuspay_response *response = nullptr;
    bonuspay_error *error = nullptr;
    bonuspay_status status = function(client.get(), request.data(), request.size(), &response, &error);
    attempt(status, error);
    return Response(response);
}

static Notification verify(const Client &client, const Text &body, const Text &sign)
{
    bonuspay_notification *notification = nullptr;
    bonuspay_error *error = nullptr;
    bonuspay_status status = bonuspay_notification_verify(client.get(), body.data(), body.size(), sign.data(),
                                                          sign.size(), nullptr, 0, &notification, &error);
    attempt(status, error);
    return Notification(notification);
}

static Text get(const Response &response, const Text &pointer)
{
    size_t length = 0;
    const char *text = bonuspay_response_get(response.get(), pointer.data(), pointer.size(), &length);
    return text ? Text(text, length) : Text();
}

static Text variable(const char *name)
{
    const char *value = std::getenv(name);
    return value ? value : throw std::runtime_error(Text(name) + " is not set");
}

static Text read(std::istream &stream, const Text &what)
{
    Text text(std::istreambuf_iterator<char>(stream), {});
    return stream.bad() || text.empty() ? throw std::runtime_error(what + " cannot be read") : text;
}

static Text read_file(const Text &path)
{
    std::ifstream file(path);
    return read(file, path);
}

static Client make_client()
{
    Config config(bonuspay_config_new());
    bonuspay_client *client = nullptr;
    bonuspay_error *error = nullptr;
    bonuspay_status status = bonuspay_config_set_environment(config.get(), BONUSPAY_ENVIRONMENT_SANDBOX, &error);
    attempt(status, error);
    status = bonuspay_config_set_allow_http(config.get(), true, &error);
    attempt(status, error);
    set(bonuspay_config_set_base_url, config.get(), variable("BONUSPAY_BASE_URL"));
    set(bonuspay_config_set_partner_id, config.get(), variable("BONUSPAY_PARTNER_ID"));
    set(bonuspay_config_set_private_key, config.get(), read_file(variable("BONUSPAY_PRIVATE_KEY")));
    set(bonuspay_config_set_public_key, config.get(), read_file(variable("BONUSPAY_PUBLIC_KEY")));
    status = bonuspay_client_new(config.get(), &client, &error);
    attempt(status, error);
    return Client(client);
}

static bool is_paid(const Response &order)
{
    const Text amount = get(order, "/acquireOrder/paymentInfo/paidAmount/amount"), due = "12.81";
    int32_t difference = -1;
    return bonuspay_response_state(order.get()) == BONUSPAY_STATE_SUCCEEDED &&
           bonuspay_response_matches_request(order.get()) == 1 &&
           get(order, "/acquireOrder/paymentInfo/paidAmount/currency") == "USDT" &&
           bonuspay_amount_cmp(amount.data(), amount.size(), due.data(), due.size(), &difference) == BONUSPAY_OK &&
           difference >= 0;
}

static void pay()
{
    const Client client = make_client();
    const Text number = "\"merchantOrderNo\":\"" + variable("ORDER_NUMBER") + "\"";
    Response order = call(bonuspay_order_place, client,
                          "{" + number + R"(,"subject":"Tea","totalAmount":{"amount":"12.81","currency":"USDT"},
                           "paySceneCode":"API","paySceneParams":{"chainCode":"TRON","payChannelCode":"CHAIN"},
                           "notifyUrl":"http://localhost/bonuspay"})");
    std::cout << "Pay 12.81 USDT on TRON to " << get(order, "/interactionParams/address") << std::endl;

    // The notification says when to ask; what counts is the answer.
    Text sign;
    std::getline(std::cin, sign);
    const Text body = read(std::cin, "the notification");
    verify(client, body, sign);
    for (;; std::this_thread::sleep_for(std::chrono::seconds(1))) {
        order = call(bonuspay_order_get, client, "{" + number + "}");
        const int32_t state = bonuspay_response_state(order.get());
        if (state != BONUSPAY_STATE_PENDING && state != BONUSPAY_STATE_UNKNOWN)
            break;
    }
    if (!is_paid(order))
        throw std::runtime_error("not paid");
    std::cout << "Paid " << get(order, "/acquireOrder/paymentInfo/paidAmount/amount") << " USDT" << std::endl;

    try {
        verify(client, body + " ", sign);
    } catch (const Failure &failure) {
        std::cout << "Forged notification refused: " << failure.name << std::endl;
        return;
    }
    throw std::runtime_error("a forged notification was accepted");
}

int main()
{
    if (bonuspay_abi_version() != BONUSPAY_ABI_VERSION)
        return 2;
    try {
        pay();
    } catch (const Failure &failure) {
        std::cerr << failure.name << ": " << failure.what() << std::endl;
        return 1;
    } catch (const std::exception &error) {
        std::cerr << error.what() << std::endl;
        return 1;
    }
}
