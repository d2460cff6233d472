--TEST--
callMany() asks several questions at once; each has its own answer or exception under its key
--CONFLICTS--
faults
--FILE--
<?php
require 'support.inc';

use BonusPay\Outcome;
use BonusPay\Response;

sandbox('FAULTS');
control('DELETE', 'faults');
$client = client(['user_agent' => number('many')]);
$order = function () use ($client): array {
    $order = order();
    $client->placeOrder($order);
    return ['merchantOrderNo' => $order['merchantOrderNo']];
};
/** The exception in an answer's place, which must be of exactly this class. */
function failed(string $class, mixed $answer): Throwable
{
    return thrown($class, fn() => $answer instanceof Throwable ? throw $answer : $answer);
}
function answered(mixed $answer): Response
{
    check($answer instanceof Response, $answer instanceof Throwable ? (string) $answer : show($answer));
    return $answer;
}
$rate = ['getFxRate', ['currencyPair' => 'USDT_EUR', 'direction' => 'SELL']];

// Keys and their order are kept; each gets what it asked for, or what its method would have thrown.
$one = $order();
$other = $order();
$answers = $client->callMany([
    'one' => ['getOrder', $one],
    7 => ['getOrder', $other],
    'nobody' => ['getOrder', ['merchantOrderNo' => number()]],
    -3 => $rate,
    'ill-formed' => ['getOrder', ['merchantOrderNo' => 'a b']],
    'balances' => ['getBalances'],
    '' => ['getPaymentEvents', $one],
    'unknown field' => ['getOrder', $one + ['mistake' => 1]],
    'again' => ['getOrder', $one],
]);
same(['one', 7, 'nobody', -3, 'ill-formed', 'balances', '', 'unknown field', 'again'], array_keys($answers));
foreach (['one' => $one, 7 => $other, 'again' => $one] as $key => $asked) {
    same($asked['merchantOrderNo'], answered($answers[$key])->get('/acquireOrder/merchantOrderNo'), "$key");
    check($answers[$key]->matchesRequest(), "$key");
}
same('0.92', answered($answers[-3])->get('/fxrate'));
check(count(answered($answers['balances'])->toArray()['assetCodeList']) > 1, 'all coins');
answered($answers['']);
$thrown = failed('ApiException', $answers['nobody']);
same([30, '77004', Outcome::Rejected, true, 200], [$thrown->getCode(), $thrown->getApiCode(), $thrown->getOutcome(), $thrown->isAuthenticated(), $thrown->getHttpStatus()]);
same([__FILE__, null], [$thrown->getFile(), $thrown->getPrevious()]);
check($thrown->getMessage() !== '' && str_contains($thrown->getTraceAsString(), 'callMany'), (string) $thrown);
same(['/merchantOrderNo', Outcome::NotSent], [failed('InvalidArgumentException', $answers['ill-formed'])->getField(), $answers['ill-formed']->getOutcome()]);
same('/mistake', failed('InvalidArgumentException', $answers['unknown field'])->getField());
same($one['merchantOrderNo'], answered($client->callMany([['getOrder', json_encode($one)]])[0])->get('/acquireOrder/merchantOrderNo'));
failed('InvalidArgumentException', $client->callMany([['getOrder', 'x']])[0]);
$single = thrown('InvalidArgumentException', fn() => $client->getOrder(['merchantOrderNo' => 'a b']));
same([$single->getMessage(), $single->getCode()], [$answers['ill-formed']->getMessage(), $answers['ill-formed']->getCode()]);

// More than are under way at once, of which many are equal; they take eight connections at most.
control('DELETE', 'journal');
$answers = $client->callMany(array_fill(0, 64, ['getOrder', $one]));
same(64, count($answers));
foreach ($answers as $answer) {
    same($one['merchantOrderNo'], answered($answer)->get('/acquireOrder/merchantOrderNo'));
}
$journal = journal($one['merchantOrderNo']);
same(64, count($journal));
check(count(array_unique(array_column($journal, 'connection'))) <= 8, 'connections');

// A fault of one is no other's.
fault('crypto/getPaymentDepositEventList', 'wrong-signature');
$answers = $client->callMany([['getOrder', $one], ['getPaymentEvents', $one], ['getOrder', $other], $rate]);
same([22, Outcome::Unknown], [failed('SignatureException', $answers[1])->getCode(), $answers[1]->getOutcome()]);
foreach ([0, 2, 3] as $at) { answered($answers[$at]); }

// One deadline for all.
$limit = getenv('USE_ZEND_ALLOC') === '0' ? 5000 : 500;
foreach ([$limit, null, 0] as $deadline) {
    fault('crypto/getPaymentDepositEventList', 'stall');
    $asks = $deadline ? $client : client(['total_timeout_ms' => $limit]);
    $before = hrtime(true);
    $answers = $asks->callMany([['getOrder', $one], ['getPaymentEvents', $one], $rate], $deadline);
    $took = (hrtime(true) - $before) / 1e6;
    check($took > $limit - 100 && $took < 8 * $limit, "the limit of $limit ms: $took ms");
    same([12, Outcome::Unknown], [failed('TimeoutException', $answers[1])->getCode(), $answers[1]->getOutcome()]);
    check(str_contains($answers[1]->getMessage(), " $limit ms"), $answers[1]->getMessage());
    answered($answers[0]);
    answered($answers[2]);
    control('DELETE', 'faults');
}

// What begins with get may be asked, and nothing else; what may not is refused before anything is sent.
$unsent = number('unsent');
$first = ['getOrder', ['merchantOrderNo' => $unsent]];
$refused = ['', 'getorder', 'getOrder ', 'order_get', 'crypto/getOrder', "getOrder\0", '__construct', 'none'];
foreach ((new ReflectionClass($client))->getMethods() as $method) {
    if (str_starts_with($method->name, 'get')) {
        same([0], array_keys($client->callMany([[$method->name, ['mistake' => 1]]])), $method->name);
    } else {
        $refused[] = $method->name;
    }
}
foreach ($refused as $method) {
    $thrown = thrown('InvalidArgumentException', fn() => $client->callMany(['first' => $first, 'second' => [$method, []]]));
    same(['/second', Outcome::NotSent], [$thrown->getField(), $thrown->getOutcome()], $method);
    check(str_contains($thrown->getMessage(), '/second'), $thrown->getMessage());
}
$malformed = [
    'calls' => [[], array_fill(0, 65, $first)],
    '/a~1b' => [['a/b' => 'getOrder'], ['a/b' => null], ['a/b' => []], ['a/b' => ['getOrder', 1.5]], ['a/b' => [1, []]], ['a/b' => ['getOrder', [], 1]],
        ['a/b' => ['method' => 'getOrder']], ['a/b' => ['getOrder', 'biz' => []]], ['a/b' => new ArrayObject($first)]],
    '/1' => [[$first, 'getOrder']],
    '/a/1/orderNo' => [['first' => $first, 'a' => ['getOrder', ['orderNo' => 1.5]]], ['a' => ['getOrder', ['orderNo' => "\xff"]]]],
];
foreach ($malformed as $field => $lists) {
    foreach ($lists as $at => $list) {
        $thrown = thrown('InvalidArgumentException', fn() => $client->callMany($list));
        same([$field, Outcome::NotSent, 2], [$thrown->getField(), $thrown->getOutcome(), $thrown->getCode()], "$field $at");
    }
}
same('deadlineMs', thrown('InvalidArgumentException', fn() => $client->callMany([$first], -1))->getField());
same('deadline_ms', thrown('InvalidArgumentException', fn() => $client->callMany([$first], 600001))->getField());
thrown('\TypeError', fn() => $client->callMany('getOrder'));
thrown('\TypeError', fn() => $client->callMany([$first], []));
same([], journal($unsent), 'sent');
foreach (client(['private_key' => null])->callMany([$first, $rate]) as $answer) { failed('ConfigException', $answer); }

// Somebody's code in the middle of it: it throws, asks by itself, or takes the list away.
final class Gives implements JsonSerializable
{
    public function __construct(private Closure $code) {}
    public function jsonSerialize(): mixed { return ($this->code)(); }
}
thrown('\DomainException', fn() => $client->callMany([$first, ['getOrder', ['orderNo' => new Gives(fn() => throw new DomainException('mine'))]]]));
$within = fn() => answered($client->callMany([$rate])[0])->get('/fxrate') . failed('ApiException', $client->callMany([['getOrder', ['orderNo' => '1']]])[0])->getApiCode() . ' ';
$answers = $client->callMany([['getOrder', ['merchantOrderNo' => new Gives($within)]], ['getOrder', $one]]);
failed('InvalidArgumentException', $answers[0]);
answered($answers[1]);
$list = ['a' => ['getOrder', ['merchantOrderNo' => null]], 'b' => ['getOrder', $one]];
$inner = &$list['b'];
$list['a'][1]['merchantOrderNo'] = new Gives(function () use (&$list, &$inner, $other) { $inner = ['getOrder', $other]; $list = null; return 'a b'; });
$answers = $client->callMany($list);
failed('InvalidArgumentException', $answers['a']);
same($other['merchantOrderNo'], answered($answers['b'])->get('/acquireOrder/merchantOrderNo'));
unset($list, $inner);

// Exceptions that nobody looks at, and answers that outlive their client.
$client->callMany(array_fill(0, 20, ['getOrder', ['merchantOrderNo' => 'a b']]));
$answers = client(['user_agent' => number('gone')])->callMany([$rate]);
gc_collect_cycles();
same('0.92', answered($answers[0])->get('/fxrate'));

// Both sides of a fork go on.
$pid = pcntl_fork();
$answers = $client->callMany([['getOrder', $one], ['getOrder', $other], $rate]);
$right = array_filter($answers, fn($answer) => $answer instanceof Response);
if ($pid === 0) {
    exit(3 - count($right));
}
same(3, count($right));
pcntl_waitpid($pid, $status);
check(pcntl_wifexited($status) && pcntl_wexitstatus($status) === 0, "the child ended with $status");
echo "done\n";
?>
--EXPECT--
done
