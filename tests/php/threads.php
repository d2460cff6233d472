<?php
/*
 * One request of a server with threads (threads.c): takes a payment, is refused one, and reads both. Prints the number of
 * its order; anything else that is printed is a failure.
 */

$sandbox = json_decode(file_get_contents(getenv('BONUSPAY_TEST_SANDBOX')), true);
$options = [
    'environment' => 'sandbox',
    'base_url' => $sandbox['base_url'],
    'partner_id' => $sandbox['partner_id'],
    'private_key' => file_get_contents($sandbox['merchant_private_key']),
    'public_key' => file_get_contents($sandbox['gateway_public_key']),
    'allow_http' => true,
];

function must(bool $holds, string $what): void
{
    if (!$holds) {
        echo "NOT SO: $what\n";
        exit(1);
    }
}

$client = new BonusPay\Client($options);
$number = 'thread-' . bin2hex(random_bytes(8));
$cents = random_int(100, 99999);
$amount = intdiv($cents, 100) . '.' . str_pad((string) ($cents % 100), 2, '0', STR_PAD_LEFT);
$placed = $client->placeOrder([
    'merchantOrderNo' => $number,
    'subject' => 'Tea',
    'totalAmount' => ['amount' => $amount, 'currency' => 'USDT'],
    'paySceneCode' => 'API',
    'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN'],
]);
must($placed->getState() === BonusPay\State::Pending, 'the order is pending');
$read = $client->getOrder(['orderNo' => $placed->get('/acquireOrder/orderNo')]);
must($read->get('/acquireOrder/merchantOrderNo') === $number, 'the order is this request\'s own');
must(BonusPay\compare_amounts($read->get('/acquireOrder/totalAmount/amount'), $amount) === 0, 'so is its amount');

try {
    $client->getOrder(['merchantOrderNo' => "$number-not-there"]);
    must(false, 'an order that is not there is refused');
} catch (BonusPay\Exception\ApiException $refused) {
    must($refused->getOutcome() === BonusPay\Outcome::Rejected, 'the refusal is signed');
}
try {
    $client->placeOrder(['totalAmount' => ['amount' => 12.81, 'currency' => 'USDT']]);
    must(false, 'a float is refused');
} catch (BonusPay\Exception\InvalidArgumentException $refused) {
    must($refused->getField() === '/totalAmount/amount', 'the field is named');
}
try {
    $client->verify('text', $client->sign('text'));
    must(false, 'the merchant\'s signature is not the gateway\'s');
} catch (BonusPay\Exception\SignatureException) {
}
echo "$number\n";
