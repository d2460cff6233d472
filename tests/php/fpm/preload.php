<?php
// Runs in FPM's master, before any worker is forked: makes a client, and even opens a connection.

$client = new BonusPay\Client(json_decode(getenv('BONUSPAY_TEST_OPTIONS'), true));
$client->placeOrder([
	'merchantOrderNo' => 'preload-' . bin2hex(random_bytes(8)),
	'subject' => 'preloader ' . getmypid(),
	'totalAmount' => ['amount' => '12.81', 'currency' => 'USDT'],
	'paySceneCode' => 'CHECK_OUT',
	'paySceneParams' => ['redirectUrl' => 'https://shop.example/thanks'],
]);
