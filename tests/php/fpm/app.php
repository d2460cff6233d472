<?php
// What a shop does, one thing a request: ?do=THING. Answers one JSON object.

declare(strict_types=1);

/** Runs somebody's code in the middle of writing a request. */
final class Trap implements JsonSerializable
{
	public function __construct(private Closure $code) {}

	public function jsonSerialize(): mixed
	{
		return ($this->code)();
	}
}

function exhaust_memory(): never
{
	ini_set('memory_limit', (string) (memory_get_usage(true) + 4194304));
	for ($hoard = [];;) {
		$hoard[] = str_repeat('x', 4096);
	}
}

function spin(): never
{
	set_time_limit(1);
	while (true) {
	}
}

function resident_kib(): int
{
	preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents('/proc/self/status'), $found);
	return (int) $found[1];
}

function order(): array
{
	return [
		'merchantOrderNo' => $_GET['no'],
		// Tells the journal's reader which worker it was, unless the same order is to be placed by another.
		'subject' => $_GET['subject'] ?? 'worker ' . getmypid(),
		'totalAmount' => ['amount' => $_GET['amount'] ?? '12.81', 'currency' => 'USDT'],
		'paySceneCode' => 'CHECK_OUT',
		'paySceneParams' => ['redirectUrl' => 'https://shop.example/thanks'],
		'reserved' => 'for ' . $_GET['no'],
	];
}

function told(BonusPay\Response $response): array
{
	return [
		'no' => $response->get('/acquireOrder/merchantOrderNo'),
		'order' => $response->get('/acquireOrder/orderNo'),
		'amount' => $response->get('/acquireOrder/totalAmount/amount'),
		'reserved' => $response->get('/acquireOrder/reserved'),
		'state' => $response->getState()->value,
	];
}

header('Content-Type: application/json');
$options = json_decode(getenv('BONUSPAY_TEST_OPTIONS'), true);
if (isset($_GET['timeout'])) {
	$options['total_timeout_ms'] = (int) $_GET['timeout'];
}
$client = new BonusPay\Client($options);
$answer = ['pid' => getmypid()];
try {
	$answer += match ($_GET['do']) {
		'place' => told($client->placeOrder(order())),
		'get' => told($client->getOrder(['merchantOrderNo' => $_GET['no']])),
		'pid' => [],
		// A call, an exception, and a document as arrays; and what the worker weighs then.
		'weigh' => (static function () use ($client): array {
			$client->getOrder(['merchantOrderNo' => $_GET['no']])->toArray();
			try {
				$client->verifyNotification('{}', 'no signature');
			} catch (BonusPay\Exception\SignatureException) {
			}
			return ['resident_kib' => resident_kib()];
		})(),
		// A response alive, then nothing but memory.
		'exhaust-after' => [$client->placeOrder(order()), exhaust_memory()],
		'exhaust-within' => told($client->placeOrder(['subject' => new Trap(exhaust_memory(...))] + order())),
		'spin-within' => told($client->placeOrder(['subject' => new Trap(spin(...))] + order())),
		'exit-after' => [$client->placeOrder(order()), exit(json_encode($answer + ['exit' => true]))],
		'exit-within' => told($client->placeOrder(['subject' => new Trap(static fn() => exit('{"exit":true}'))] + order())),
		'exit-late' => (static function () use ($client): array {
			// In a destructor, with the extension's objects going too.
			$GLOBALS['last'] = new class($client, $client->placeOrder(order())) {
				public function __construct(public BonusPay\Client $client, public BonusPay\Response $response) {}

				public function __destruct()
				{
					exit;
				}
			};
			return ['exit' => true];
		})(),
	};
} catch (BonusPay\Exception\Exception $e) {
	$answer += [
		'exception' => $e::class, 'outcome' => $e->getOutcome()->value, 'code' => $e->getApiCode(),
		'message' => $e->getMessage(),
	];
}
echo json_encode($answer);
