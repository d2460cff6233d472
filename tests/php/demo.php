<?php
/*
 * A payment in PHP, told step by step: an order is placed, the shopper pays, BonusPay notifies callback.php over HTTP,
 * which verifies, asks, and answers. usage: demo.php READY, the ready line of a sandbox.
 */
$sandbox = json_decode($argv[1], true);
$data = dirname($sandbox['merchant_private_key']);

/** A call of the sandbox's control API. */
function control(string $path, ?array $body = null): array
{
    global $sandbox;
    $url = preg_replace('~/sgs/api/$~', '/sandbox/api/', $sandbox['base_url']) . $path;
    $post = ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => json_encode($body)];
    return json_decode(file_get_contents($url, false, stream_context_create(['http' => $body === null ? [] : $post])), true);
}

function wait_until(callable $is_so, string $what): void
{
    for ($deadline = microtime(true) + 60; !$is_so(); usleep(50_000)) {
        microtime(true) < $deadline || exit("$what did not happen within a minute\n");
    }
}

$options = [
    'environment' => 'sandbox',
    'base_url' => $sandbox['base_url'],
    'allow_http' => true,
    'partner_id' => $sandbox['partner_id'],
    'private_key' => file_get_contents($sandbox['merchant_private_key']),
    'public_key' => file_get_contents($sandbox['gateway_public_key']),
];
$number = 'php-' . bin2hex(random_bytes(4));
$due = ['amount' => '12.81', 'currency' => 'USDT'];

/* The shop that callback.php finds: its options, what it waits for, and how it keeps that an order is paid. */
file_put_contents("$data/shop.php", '<?php return ' . var_export(['options' => $options, 'due' => [$number => $due]], true)
    . ' + ["paid" => fn ($number) => file_put_contents(' . var_export("$data/paid", true) . ', "$number\n", FILE_APPEND | LOCK_EX)];');

/* A port that is free now is free a moment later. */
$probe = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($probe, false);
fclose($probe);
$page = proc_open([PHP_BINARY, '-n', '-d', 'extension=' . getenv('EXTENSION'), '-S', $address, __DIR__ . '/callback.php'],
    [['file', '/dev/null', 'r'], ['file', "$data/page.log", 'w'], ['file', "$data/page.log", 'w']],
    $pipes, null, ['SHOP' => "$data/shop.php"]);
register_shutdown_function(fn () => proc_terminate($page));
wait_until(fn () => @fsockopen('tcp://' . $address), 'The start of the shop\'s page');

printf("A payment from PHP %s, with the extension.\n\n", PHP_VERSION);
$client = new BonusPay\Client($options);
$order = $client->placeOrder([
    'merchantOrderNo' => $number,
    'subject' => 'Tea',
    'totalAmount' => $due,
    'paySceneCode' => 'API',
    'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN'],
    'notifyUrl' => "http://$address/",
]);
printf("1. The shop places order %s. Pay exactly %s USDT on TRON to %s.\n", $number, $order->get('/acquireOrder/totalAmount/amount'),
    $order->get('/interactionParams/address'));

control("orders/{$order->get('/acquireOrder/orderNo')}/deposits", ['amount' => '12.81']);
wait_until(fn () => is_file("$data/paid"), 'The notification');
printf("2. The shopper pays. BonusPay notifies the shop's page, which verifies, asks Get Order, stores, and answers.\n");
printf("   The shop's record says: order %s is paid.\n", trim(file_get_contents("$data/paid")));

$forged = stream_context_create(
	['http' => ['method' => 'POST', 'ignore_errors' => true, 'header' => "Content-Type: application/json\r\nSign: {$client->sign('{}')}",
	    'content' => json_encode(['acquireOrder' => ['merchantOrderNo' => $number, 'status' => 'SUCCESS']])]]
);
$answer = file_get_contents("http://$address/", false, $forged);
printf("3. Somebody forges a notification: the page answers %s %s.\n", explode(' ', $http_response_header[0])[1], $answer);

try {
    $client->placeOrder(['merchantOrderNo' => "$number-2", 'subject' => 'Tea', 'totalAmount' => ['amount' => 12.81, 'currency' => 'USDT'],
        'paySceneCode' => 'API', 'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN']]);
} catch (BonusPay\Exception\InvalidArgumentException $e) {
    printf("4. A float for an amount is refused before anything is sent (%s):\n   %s\n", $e->getOutcome()->name, $e->getMessage());
}
is_file("$data/paid") && $answer === 'FAIL' && isset($e) || exit(1);
echo "\nThe same from C, without PHP.\n\n";
