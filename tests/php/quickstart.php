<?php // Takes a payment of 12.81 USDT: quickstart.php BASE_URL PARTNER_ID PRIVATE_KEY_FILE PUBLIC_KEY_FILE
$client = new BonusPay\Client(['environment' => 'sandbox', 'base_url' => $argv[1], 'allow_http' => true, 'partner_id' => $argv[2],
    'private_key' => file_get_contents($argv[3]), 'public_key' => file_get_contents($argv[4])]);
$order = $client->placeOrder(['merchantOrderNo' => 'tea-3', 'subject' => 'Tea', 'totalAmount' => ['amount' => '12.81',
    'currency' => 'USDT'], 'paySceneCode' => 'API', 'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN']]);
echo 'Pay 12.81 USDT on TRON to ', $order->get('/interactionParams/address'), "\n";
for (; $order->getState() === BonusPay\State::Pending; sleep(1)) {
    $order = $client->getOrder(['merchantOrderNo' => 'tea-3']);
}
echo $order->getState() === BonusPay\State::Succeeded && $order->matchesRequest() ? "Paid\n" : "Not paid\n";
