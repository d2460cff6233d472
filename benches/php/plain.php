<?php
// The other side of the comparison: what a careful plugin author writes today, with PHP's own curl, openssl and json.

declare(strict_types=1);

final class PlainGateway
{
	private string $sign = '';

	/** @param array $options those of BonusPay\Client; `ca_file` for `ca_pem`, since curl takes a path */
	public function __construct(private array $options) {}

	/** As a request has it: bytes, and the signature over them. */
	public function write(array $bizContent): array
	{
		// The wire wants a number.
		$bizContent['totalAmount']['amount'] = (float) $bizContent['totalAmount']['amount'];
		$body = json_encode(
			['requestTime' => (int) (microtime(true) * 1000), 'bizContent' => $bizContent],
			JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
		);
		$key = openssl_pkey_get_private($this->options['private_key']);
		if (!$key || !openssl_sign($body, $sign, $key, OPENSSL_ALGO_SHA256)) {
			throw new RuntimeException('cannot sign');
		}
		return [$body, base64_encode($sign)];
	}

	/** Verified, then parsed. */
	public function read(string $body, string $sign): array
	{
		$raw = base64_decode($sign, true);
		$key = openssl_pkey_get_public($this->options['public_key']);
		if ($raw === false || !$key || openssl_verify($body, $raw, $key, OPENSSL_ALGO_SHA256) !== 1) {
			throw new RuntimeException('the signature is wrong');
		}
		return json_decode($body, true, 32, JSON_THROW_ON_ERROR);
	}

	public function placeOrder(array $order): array
	{
		[$body, $sign] = $this->write($order);
		$answer = $this->read($this->post('crypto/placeOrder', $body, $sign), $this->sign);
		if (($answer['head']['applyStatus'] ?? null) !== 'SUCCESS') {
			throw new RuntimeException('refused: ' . ($answer['head']['msg'] ?? ''));
		}
		$this->compare($answer['body']['acquireOrder'], $order);
		return $answer['body'];
	}

	public function notification(string $body, string $sign, array $order): array
	{
		$notification = $this->read($body, $sign);
		$this->compare($notification['acquireOrder'], $order);
		return $notification['acquireOrder'];
	}

	private function compare(array $told, array $order): void
	{
		$sent = $order['totalAmount'];
		$got = $told['totalAmount'] ?? [];
		if (
			($told['merchantOrderNo'] ?? null) !== $order['merchantOrderNo']
			|| ($got['currency'] ?? null) !== $sent['currency']
			|| number_format((float) ($got['amount'] ?? -1), 8, '.', '') !== number_format((float) $sent['amount'], 8, '.', '')
		) {
			throw new RuntimeException('another order or amount');
		}
	}

	private function post(string $path, string $body, string $sign): string
	{
		$this->sign = '';
		$curl = curl_init($this->options['base_url'] . $path);
		curl_setopt_array($curl, [
			CURLOPT_POST => true,
			CURLOPT_POSTFIELDS => $body,
			CURLOPT_RETURNTRANSFER => true,
			CURLOPT_CONNECTTIMEOUT => 5,
			CURLOPT_TIMEOUT => 15,
			CURLOPT_CAINFO => $this->options['ca_file'],
			CURLOPT_HTTPHEADER => [
				'Content-Type: application/json',
				'Content-Language: en',
				'Partner-Id: ' . $this->options['partner_id'],
				'sign: ' . $sign,
			],
			CURLOPT_HEADERFUNCTION => function ($curl, string $line): int {
				if (strncasecmp($line, 'sign:', 5) === 0) {
					$this->sign = trim(substr($line, 5));
				}
				return strlen($line);
			},
		]);
		$answer = curl_exec($curl);
		if ($answer === false || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 200) {
			throw new RuntimeException('no answer: ' . curl_error($curl));
		}
		return $answer;
	}
}

function order(string $number): array
{
	return [
		'merchantOrderNo' => $number,
		'subject' => 'Order ' . $number . ' of a shop',
		'totalAmount' => ['amount' => '12.81', 'currency' => 'USDT'],
		'paySceneCode' => 'API',
		'paySceneParams' => ['chainCode' => 'TRON', 'payChannelCode' => 'CHAIN'],
		'notifyUrl' => 'https://shop.example/wc-api/bonuspay',
		'reserved' => '5f2b7c',
	];
}
