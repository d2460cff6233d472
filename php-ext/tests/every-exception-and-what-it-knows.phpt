--TEST--
Each exception by its class, with its outcome and all that it knows
--CONFLICTS--
faults
--FILE--
<?php
require 'support.inc';

use BonusPay\Outcome;

sandbox('FAULTS');
control('DELETE', 'faults');
$client = client(['total_timeout_ms' => 5000]);
$order_index = function () use ($client) {
    $order = order();
    $client->placeOrder($order);
    return ['merchantOrderNo' => $order['merchantOrderNo']];
};
function knows(Throwable $thrown, int $code, Outcome $outcome, bool $retryable, bool $authenticated, ?int $http, ?string $api_code = null, ?string $api_message = null, ?string $field = null): void
{
    check($thrown instanceof BonusPay\Exception\Exception, get_class($thrown));
    $what = get_class($thrown) . ": {$thrown->getMessage()}";
    check($thrown->getMessage() !== '', $what);
    same($code, $thrown->getCode(), $what);
    same($outcome, $thrown->getOutcome(), $what);
    same($retryable, $thrown->isRetryable(), "$what: retryable");
    same($authenticated, $thrown->isAuthenticated(), "$what: authenticated");
    same($http, $thrown->getHttpStatus(), "$what: HTTP");
    same($api_code, $thrown->getApiCode(), "$what: code");
    same($api_message, $thrown->getApiMessage(), "$what: message");
    same($field, $thrown->getField(), "$what: field");
    same($api_code === null, $thrown->getTraceCode() === null, "$what: trace code");
    same(null, $thrown->getPrevious());
    check(!leaks($thrown->getMessage()) && !leaks((string) $thrown), 'no key is shown');
}

// Before anything was sent.
knows(thrown('ConfigException', fn() => client(['private_key' => 'x'])), 4, Outcome::NotSent, false, false, null, field: 'private_key');
$thrown = thrown('ConfigException', fn() => client(['private_key' => null])->getBalances());
knows($thrown, 3, Outcome::NotSent, false, false, null, field: $thrown->getField());
knows(thrown('InvalidArgumentException', fn() => $client->getOrder(['merchantOrderNo' => 'a b'])), 2, Outcome::NotSent, false, false, null, field: '/merchantOrderNo');
knows(thrown('InvalidArgumentException', fn() => $client->getOrder(['orderNo' => 1.5])), 2, Outcome::NotSent, false, false, null, field: '/orderNo');
knows(thrown('InvalidArgumentException', fn() => client(['nonsense' => 1])), 2, Outcome::NotSent, false, false, null, field: 'nonsense');
$nobody = 'http://127.0.0.1:' . closed_port() . '/';
knows(thrown('NetworkException', fn() => client(['base_url' => $nobody])->placeOrder(order())), 10, Outcome::NotSent, true, false, null);
knows(thrown('NetworkException', fn() => client(['base_url' => $nobody])->refund(['refundMerchantOrderNo' => 'r', 'originMerchantOrderNo' => 'o', 'chainCode' => 'TRON',
    'amount' => ['amount' => '1', 'currency' => 'USDT'], 'refundAddress' => 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD'])), 10, Outcome::NotSent, true, false, null);
$tls = str_replace('http:', 'https:', sandbox()['base_url']);
knows(thrown('NetworkException', fn() => client(['base_url' => $tls])->getBalances()), 11, Outcome::NotSent, true, false, null);
// A full queue: the connection is never taken.
$full = stream_socket_server('tcp://127.0.0.1:0', $_, $_, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, stream_context_create(['socket' => ['backlog' => 0]]));
$address = stream_socket_get_name($full, false);
for ($waiting = []; count($waiting) < 3;) {
    $waiting[] = @stream_socket_client("tcp://$address", $_, $_, 0.2, STREAM_CLIENT_CONNECT | STREAM_CLIENT_ASYNC_CONNECT);
}
knows(thrown('TimeoutException', fn() => client(['base_url' => "http://$address/", 'connect_timeout_ms' => 300, 'total_timeout_ms' => 300])->cancelOrder(['orderNo' => '1'])),
    12, Outcome::NotSent, true, false, null);

// Afterwards. What may be repeated is, so the fault waits for each of the three.
foreach (['reset-before-read', 'reset-after-read', 'lose-answer', 'cut-body'] as $fault) {
    $index = $order_index();
    fault('crypto/cancelOrder', $fault);
    knows(thrown('NetworkException', fn() => $client->cancelOrder($index)), 13, Outcome::Unknown, false, false, null);
}
$index = $order_index();
fault('crypto/getOrder', 'lose-answer', 20);
knows(thrown('NetworkException', fn() => $client->getOrder($index)), 13, Outcome::Unknown, true, false, null);
control('DELETE', 'faults');
foreach (['stall', 'drip'] as $fault) {
    fault('crypto/cancelOrder', $fault);
    $before = hrtime(true);
    knows(thrown('TimeoutException', fn() => client(['total_timeout_ms' => 500])->cancelOrder(['orderNo' => '1'])), 12, Outcome::Unknown, false, false, null);
    $took = (hrtime(true) - $before) / 1e6;
    check($took > 400 && $took < (getenv('USE_ZEND_ALLOC') === '0' ? 60000 : 4000), "the limit of 500 ms: $took ms");
}
foreach (['redirect' => [20, 302], 'html-502' => [20, 502], 'wrong-length' => [21, null]] as $fault => [$code, $http]) {
    fault('crypto/cancelOrder', $fault);
    $thrown = thrown('ProtocolException', fn() => $client->cancelOrder($order_index()));
    knows($thrown, $code, Outcome::Unknown, false, false, $http ?? $thrown->getHttpStatus());
}
fault('crypto/getOrder', 'duplicate-keys');
knows($thrown = thrown('ProtocolException', fn() => $client->getOrder($order_index())), 21, Outcome::Unknown, false, true, 200, field: $thrown->getField());
foreach (['unsigned-success', 'wrong-signature'] as $fault) {
    fault('crypto/getOrder', $fault);
    knows(thrown('SignatureException', fn() => $client->getOrder($order_index())), 22, Outcome::Unknown, false, false, 200);
}
foreach (['getOrder' => 'other-order', 'placeOrder' => 'wrong-amount'] as $method => $fault) {
    $biz = $method === 'getOrder' ? $order_index() : order();
    fault("crypto/$method", $fault);
    $thrown = thrown('MismatchException', fn() => $client->$method($biz));
    knows($thrown, 40, Outcome::Unknown, false, true, null, field: $thrown->getField());
    check(str_starts_with((string) $thrown->getField(), '/acquireOrder/'), $thrown->getField());
}
knows(thrown('SignatureException', fn() => $client->verify('x', 'AAAA')), 22, Outcome::Rejected, false, false, null);

// BonusPay refuses.
$thrown = thrown('ApiException', fn() => $client->getOrder(['merchantOrderNo' => number()]));
knows($thrown, 30, Outcome::Rejected, false, true, 200, '77004', 'MERCHANT_ORDER_NO_NOT_EXIST');
check(strlen($thrown->getTraceCode()) > 4, 'the trace code');
fault('crypto/cancelOrder', 'refuse');
knows(thrown('ApiException', fn() => $client->cancelOrder($order_index())), 30, Outcome::Rejected, false, true, 200, '400', 'INVALID_PARAMETER');
fault('crypto/cancelOrder', 'unsigned-refusal');
knows(thrown('ApiException', fn() => $client->cancelOrder($order_index())), 30, Outcome::Unknown, false, false, 200, '400', 'INVALID_PARAMETER');
fault('crypto/cancelOrder', 'rate-limit');
knows(thrown('ApiException', fn() => $client->cancelOrder($order_index())), 30, Outcome::Rejected, true, true, 200, '402', 'RATE_LIMIT_REJECT');
fault('crypto/cancelOrder', 'system-error');
knows(thrown('ApiException', fn() => $client->cancelOrder($order_index())), 30, Outcome::Unknown, false, true, 200, '500', 'SYSTEM_ERROR');
fault('crypto/cancelOrder', 'clock-off');
$thrown = thrown('ApiException', fn() => $client->cancelOrder($order_index()));
knows($thrown, 30, Outcome::Rejected, false, true, 200, '400', $thrown->getApiMessage());
check(str_contains($thrown->getMessage(), 'clock'), $thrown->getMessage());
fault('crypto/getOrder', 'no-identity');
check(!$client->getOrder($order_index())->matchesRequest(), 'an answer that names no order is not bound');

// Made by hand, an exception knows nothing, and says so; the base cannot be made.
foreach (['Config', 'InvalidArgument', 'Network', 'Timeout', 'Protocol', 'Mismatch', 'Signature', 'Api', 'Internal'] as $name) {
    $class = "BonusPay\\Exception\\{$name}Exception";
    $made = new $class('mine', 7, $cause = new LogicException);
    same([Outcome::Unknown, false, false, null, null, null, null, null], [$made->getOutcome(), $made->isRetryable(), $made->isAuthenticated(), $made->getField(),
        $made->getHttpStatus(), $made->getApiCode(), $made->getApiMessage(), $made->getTraceCode()]);
    same(['mine', 7, $cause], [$made->getMessage(), $made->getCode(), $made->getPrevious()]);
    check($made instanceof BonusPay\Exception\Exception && $made instanceof RuntimeException === ($name !== 'InvalidArgument'), $name);
}
check($made = new BonusPay\Exception\TimeoutException instanceof BonusPay\Exception\NetworkException, 'a timeout is of the network');
check(new BonusPay\Exception\InvalidArgumentException instanceof InvalidArgumentException, "PHP's own");
thrown('\Error', fn() => new BonusPay\Exception\RuntimeException);
echo "done\n";
?>
--EXPECT--
done
