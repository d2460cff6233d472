<?php // One payment through BonusPay with the extension; examples/README.md says what the variables and the standard input hold.
use BonusPay\Client;
use BonusPay\Exception\SignatureException;
use BonusPay\State;

$client = new Client([
    'environment' => 'sandbox',
    'base_url' => getenv('BONUSPAY_BASE_URL'),
    'allow_http' => true,
    'partner_id' => getenv('BONUSPAY_PARTNER_ID'),
    'private_key' => file_get_contents(getenv('BONUSPAY_PRIVATE_KEY')),
    'public_key' => file_get_contents(getenv('BONUSPAY_PUBLIC_KEY')),
]);

$index = ['merchantOrderNo' => getenv('ORDER_NUMBER')];
$order = $client->placeOrder($index + [
    'subject' => 'Tea',
    'totalAmount' => ['amount' => '12.81', 'currency' => 'USDT'],
    'paySceneCode' => 'API',
    'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN'],
    'notifyUrl' => 'http://localhost/bonuspay',
]);
echo "Pay 12.81 USDT on TRON to {$order->get('/interactionParams/address')}\n";

// The notification says when to ask; what counts is the answer.
[$sign, $body] = explode("\n", stream_get_contents(STDIN), 2);
$client->verifyNotification($body, $sign);
while (in_array(($order = $client->getOrder($index))->getState(), [State::Pending, State::Unknown], true)) {
    sleep(1);
}
$amount = $order->get('/acquireOrder/paymentInfo/paidAmount/amount');
if ($order->getState() !== State::Succeeded || !$order->matchesRequest()
    || $order->get('/acquireOrder/paymentInfo/paidAmount/currency') !== 'USDT'
    || BonusPay\compare_amounts($amount, '12.81') < 0) {
    throw new RuntimeException('not paid');
}
echo "Paid $amount USDT\n";

try {
    $client->verifyNotification("$body ", $sign);
    throw new RuntimeException('a forged notification was accepted');
} catch (SignatureException $e) {
    echo 'Forged notification refused: ', (new ReflectionClass($e))->getShortName(), "\n";
}
