<?php
// What costs no network, in one process: prints JSON. usage: process.php ROUNDS, or process.php ONE TIMES for a profiler.

declare(strict_types=1);

require __DIR__ . '/plain.php';

/** This process's CPU time, in microseconds. */
function cpu(): float
{
	$used = getrusage();
	return ($used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec']) * 1e6 + $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec'];
}

function cost(int $times, Closure $work): float
{
	$begun = cpu();
	for ($i = 0; $i < $times; $i++) {
		$work();
	}
	return (cpu() - $begun) / $times;
}

/** A notification of 1,024 bytes about an order. */
function notification(array $order): string
{
	$body = '{"notify_id":"20240320123456","notify_type":"acquireOrder","notify_timestamp":1710904639805,"acquireOrder":'
		. '{"requestTime":1710904557001,"merchantOrderNo":"' . $order['merchantOrderNo'] . '","orderNo":"131710904557001559",'
		. '"status":"SUCCESS","product":"ACQUIRING","totalAmount":{"amount":12.81,"currency":"USDT"},"actualTotalAmount":'
		. '{"amount":12.81,"currency":"USDT"},"payeeMid":"200000000888","expiredTime":1710911757001,"notifyUrl":'
		. '"https://shop.example/wc-api/bonuspay","subject":"%s","paySceneCode":"API","reserved":"5f2b7c","paymentInfo":'
		. '{"paidAmount":{"amount":12.81000000,"currency":"USDT"},"paidTime":1710904639000,"payerFeeAmount":{"amount":0E-8,'
		. '"currency":"USDT"},"payChannelCode":"CHAIN","txHash":"0x1f0e7a5c2f3b","payeeAddress":'
		. '"TT3afBRdUjLKjYYAAXPoetLTG6Xcqw9ZHb"},"settlementInfo":{"settledTime":1710904639000,"payeeFeeAmount":{"amount":'
		. '0.13000000,"currency":"USDT"},"settlementAmount":{"amount":12.68000000,"currency":"USDT"}}}}';
	return sprintf($body, str_repeat('s', 1024 - strlen($body) + 2));
}

function pem_pair(): array
{
	$key = openssl_pkey_new(['private_key_bits' => 2048, 'config' => '/dev/null']);
	openssl_pkey_export($key, $private, null, ['config' => '/dev/null']);
	return [$private, openssl_pkey_get_details($key)['key']];
}

// One pair for both directions: each side loads only what it uses.
[$private, $public] = pem_pair();
$options = [
	'environment' => 'sandbox',
	'base_url' => 'https://127.0.0.1/sgs/api/',
	'partner_id' => '200000000888',
	'private_key' => $private,
	'public_key' => $public,
];
$order = order('wp_1001-1');
$body = notification($order);
strlen($body) === 1024 || throw new LogicException('the notification has ' . strlen($body) . ' bytes');
openssl_sign($body, $raw, $private, OPENSSL_ALGO_SHA256);
$sign = base64_encode($raw);

$works = [
	'notification' => [100, function () use ($options, $body, $sign, $order): void {
		$notification = (new BonusPay\Client($options))->verifyNotification($body, $sign);
		if (
			$notification->getState() !== BonusPay\State::Succeeded
			|| $notification->get('/acquireOrder/merchantOrderNo') !== $order['merchantOrderNo']
			|| $notification->get('/acquireOrder/totalAmount/currency') !== $order['totalAmount']['currency']
			|| BonusPay\compare_amounts($notification->get('/acquireOrder/totalAmount/amount'), $order['totalAmount']['amount']) !== 0
		) {
			throw new LogicException('another order or amount');
		}
	}, function () use ($options, $body, $sign, $order): void {
		$told = (new PlainGateway($options))->notification($body, $sign, $order);
		$told['status'] === 'SUCCESS' || throw new LogicException('not paid');
	}],
	'order' => [20, function () use ($options, $order): void {
		$body = json_encode(
			['requestTime' => (int) (microtime(true) * 1000), 'bizContent' => $order],
			JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
		);
		(new BonusPay\Client($options))->sign($body);
	}, function () use ($options, $order): void {
		(new PlainGateway($options))->write($order);
	}],
	'client' => [1000, function () use ($options): void {
		new BonusPay\Client($options);
	}, function () use ($options): void {
		new PlainGateway($options);
	}],
	// What of both sides' order is the signing itself, by a key that stays loaded.
	'bare signing' => [20, (function () use ($options, $body): Closure {
		$client = new BonusPay\Client($options);
		return fn() => $client->sign($body);
	})(), (function () use ($private, $body): Closure {
		$key = openssl_pkey_get_private($private);
		return fn() => openssl_sign($body, $raw, $key, OPENSSL_ALGO_SHA256);
	})()],
];

if ($argc > 2) {
	cost((int) $argv[2], $works[$argv[1]][1]);
	exit;
}

$costs = [];
foreach ($works as $name => [$times, $ours, $plain]) {
	cost($times, $ours);
	cost($times, $plain);
	for ($round = 0; $round < (int) $argv[1]; $round++) {
		$costs[$name]['ours'][] = cost($times, $ours);
		$costs[$name]['plain'][] = cost($times, $plain);
	}
}
echo json_encode($costs);
