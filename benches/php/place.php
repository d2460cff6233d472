<?php
// One order under PHP-FPM: ?side=ours|plain|none&base=URL&no=NUMBER. Answers how long the call took, and its CPU time.

declare(strict_types=1);

require __DIR__ . '/plain.php';

$options = json_decode(getenv('BONUSPAY_BENCH_OPTIONS'), true);
$order = order($_GET['no'] ?? '');
if (isset($_GET['base'])) {
	$options['base_url'] = $_GET['base'];
}
$used = getrusage();
$begun = hrtime(true);
switch ($_GET['side']) {
	case 'ours':
		unset($options['ca_file']);
		// Identity, amount and currency are compared by the library.
		$address = (new BonusPay\Client($options))->placeOrder($order)->get('/interactionParams/address');
		break;
	case 'plain':
		$address = (new PlainGateway($options))->placeOrder($order)['interactionParams']['address'];
		break;
	default:
		$address = '';
}
$took = hrtime(true) - $begun;
$after = getrusage();
$cpu = 0;
foreach (['ru_utime', 'ru_stime'] as $clock) {
	$cpu += ($after["$clock.tv_sec"] - $used["$clock.tv_sec"]) * 1e6 + $after["$clock.tv_usec"] - $used["$clock.tv_usec"];
}
echo json_encode(['pid' => getmypid(), 'ms' => $took / 1e6, 'cpu_ms' => $cpu / 1e3, 'address' => $address]);
