<?php // One payment through BonusPay with PHP's FFI; examples/README.md says what the variables and the standard input hold.
$lib = FFI::cdef(file_get_contents(getenv('BONUSPAY_FFI_H') ?: '/usr/local/include/bonuspay.ffi.h'), 'libbonuspay.so.2');
$lib->bonuspay_abi_version() === $lib->BONUSPAY_ABI_VERSION || throw new RuntimeException('the library has another ABI');

class Failure extends Exception
{
}

/** Calls a function whose last parameter is the error. Texts go in as text and length, pointers to be written as addresses. */
function attempt(string $function, mixed ...$arguments): void
{
    global $lib;
    $error = $lib->new('bonuspay_error *');
    $status = $lib->{"bonuspay_$function"}(...$arguments, ...[FFI::addr($error)]);
    if ($status !== $lib->BONUSPAY_OK) {
        $message = $lib->bonuspay_status_name($status) . ': ' . $lib->bonuspay_error_message($error, null);
        $lib->bonuspay_error_free($error);
        throw new Failure($message, $status);
    }
}

function text(string $text): array
{
    return [$text, strlen($text)];
}

function call(string $function, FFI\CData $client, array $request): FFI\CData
{
    global $lib;
    $response = $lib->new('bonuspay_response *');
    attempt($function, $client, ...text(json_encode($request)), ...[FFI::addr($response)]);
    return $response;
}

function get(FFI\CData $response, string $pointer): ?string
{
    global $lib;
    return $lib->bonuspay_response_get($response, $pointer, strlen($pointer), null);
}

function verify(FFI\CData $client, string $body, string $sign): void
{
    global $lib;
    $notification = $lib->new('bonuspay_notification *');
    attempt('notification_verify', $client, ...text($body), ...text($sign), ...[null, 0, FFI::addr($notification)]);
    $lib->bonuspay_notification_free($notification);
}

function is_paid(FFI\CData $order): bool
{
    global $lib;
    $difference = $lib->new('int32_t');
    return $lib->bonuspay_response_state($order) === $lib->BONUSPAY_STATE_SUCCEEDED && $lib->bonuspay_response_matches_request($order) === 1
        && get($order, '/acquireOrder/paymentInfo/paidAmount/currency') === 'USDT'
        && $lib->bonuspay_amount_cmp(...text(get($order, '/acquireOrder/paymentInfo/paidAmount/amount')),
            ...text('12.81'), ...[FFI::addr($difference)]) === $lib->BONUSPAY_OK
        && $difference->cdata >= 0;
}

$config = $lib->bonuspay_config_new();
attempt('config_set_environment', $config, $lib->BONUSPAY_ENVIRONMENT_SANDBOX);
attempt('config_set_base_url', $config, ...text(getenv('BONUSPAY_BASE_URL')));
attempt('config_set_allow_http', $config, true);
attempt('config_set_partner_id', $config, ...text(getenv('BONUSPAY_PARTNER_ID')));
attempt('config_set_private_key', $config, ...text(file_get_contents(getenv('BONUSPAY_PRIVATE_KEY'))));
attempt('config_set_public_key', $config, ...text(file_get_contents(getenv('BONUSPAY_PUBLIC_KEY'))));
$client = $lib->new('bonuspay_client *');
attempt('client_new', $config, FFI::addr($client));
$lib->bonuspay_config_free($config);

$index = ['merchantOrderNo' => getenv('ORDER_NUMBER')];
$order = call('order_place', $client, $index + [
    'subject' => 'Tea',
    'totalAmount' => ['amount' => '12.81', 'currency' => 'USDT'],
    'paySceneCode' => 'API',
    'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN'],
    'notifyUrl' => 'http://localhost/bonuspay',
]);
echo 'Pay 12.81 USDT on TRON to ', get($order, '/interactionParams/address'), "\n";

// The notification says when to ask; what counts is the answer.
[$sign, $body] = explode("\n", stream_get_contents(STDIN), 2);
verify($client, $body, $sign);
for (;; sleep(1)) {
    $lib->bonuspay_response_free($order);
    $order = call('order_get', $client, $index);
    if (!in_array($lib->bonuspay_response_state($order), [$lib->BONUSPAY_STATE_PENDING, $lib->BONUSPAY_STATE_UNKNOWN], true)) {
        break;
    }
}
is_paid($order) || throw new RuntimeException('not paid');
echo 'Paid ', get($order, '/acquireOrder/paymentInfo/paidAmount/amount'), " USDT\n";

try {
    verify($client, "$body ", $sign);
    throw new RuntimeException('a forged notification was accepted');
} catch (Failure $failure) {
    echo 'Forged notification refused: ', $lib->bonuspay_status_name($failure->getCode()), "\n";
}
$lib->bonuspay_response_free($order);
$lib->bonuspay_client_free($client);
