--TEST--
Recursion, depth, bad UTF-8, and values that are no JSON: exceptions that say where, and nothing is sent
--FILE--
<?php
require 'support.inc';

$client = client();
$number = number();
function refused(string $pointer, array $biz, string $says): void
{
    global $client, $number;
    $biz['reserved'] ??= $number;
    $thrown = thrown('InvalidArgumentException', fn() => $client->call('crypto/newThing', $biz));
    same($pointer, $thrown->getField(), $says);
    check(str_contains($thrown->getMessage(), $says), $thrown->getMessage());
    same(BonusPay\Outcome::NotSent, $thrown->getOutcome());
}

// Arrays and objects that hold themselves.
$loop = ['a' => 1];
$loop['self'] = &$loop;
refused('/x/self', ['x' => &$loop], 'holds itself');
$object = new stdClass;
$object->self = $object;
refused('/x/self', ['x' => $object], 'holds itself');
$list = [];
$list[] = &$list;
refused('/x/0', ['x' => &$list], 'holds itself');
class Itself implements JsonSerializable { public function jsonSerialize(): mixed { return $this; } }
class Again implements JsonSerializable { public function jsonSerialize(): mixed { return ['a' => new self]; } }
refused('/x', ['x' => new Itself], 'nested too deep');
thrown('InvalidArgumentException', fn() => $client->call('crypto/newThing', ['x' => new Again]));
// The same twice is no recursion.
$twice = ['v' => '1'];
$shared = new stdClass;
thrown('ApiException', fn() => $client->call('crypto/newThing', ['a' => $twice, 'b' => $twice, 'c' => &$twice, 'd' => $shared, 'e' => $shared]));

// Depth.
$nested = fn(int $levels) => array_reduce(range(1, $levels), fn($inner) => ['d' => $inner], '');
refused(str_repeat('/d', 32), $nested(33), 'nested too deep');
refused(str_repeat('/d', 32), $nested(100000), 'nested too deep');

// Bytes that are no UTF-8, as a value and as a name.
foreach (["\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80"] as $bytes) {
    refused('/subject', ['subject' => $bytes], 'must be UTF-8');
    refused("/$bytes", [$bytes => 'x'], 'must be UTF-8');
}
refused('/a/b/1', ['a' => ['b' => ['x', "\xff"]]], 'must be UTF-8');

// Values that are no JSON.
enum Pure { case A; }
class Plain { public string $amount = '1'; }
class Text { public function __toString(): string { throw new LogicException('must not be asked'); } }
refused('/x', ['x' => Pure::A], 'enum case without a value');
refused('/x', ['x' => new Plain], 'is an object');
refused('/x', ['x' => new Text], 'is an object');
refused('/x', ['x' => fn() => 1], 'is an object');
refused('/x', ['x' => new ArrayObject(['a' => 1])], 'is an object');
refused('/x', ['x' => new DateTime], 'is an object');
refused('/x', ['x' => $client], 'is an object');
refused('/x', ['x' => BonusPay\KeyPair::fromPrivateKey(merchant_key())], 'is an object');
$stream = fopen('php://memory', 'r');
refused('/x', ['x' => $stream], 'is a resource');
fclose($stream);
refused('/x', ['x' => $stream], 'is a resource');
same([], journal($number), 'what was sent');

// What somebody's own code throws comes through as it is.
class Throws implements JsonSerializable { public function jsonSerialize(): mixed { throw new DomainException('mine'); } }
same('mine', thrown('\DomainException', fn() => $client->placeOrder(order(['subject' => new Throws])))->getMessage());

// The encoder leaves json_last_error() alone.
json_decode('{');
$before = json_last_error();
$client->getFxRate(['currencyPair' => 'USDT_EUR', 'direction' => 'SELL'])->toArray();
same($before, json_last_error(), 'json_last_error()');

// What holds itself goes now: PHP leaves it to the end of the process, where valgrind would find it.
unset($loop, $object->self, $list, $thrown);
gc_collect_cycles();
echo "done\n";
?>
--EXPECT--
done
