--TEST--
A float is refused wherever it stands, by its JSON pointer, and nothing is sent
--FILE--
<?php
require 'support.inc';

$client = client();
$number = number();
class Gives implements JsonSerializable
{
    public function __construct(private mixed $value) {}
    public function jsonSerialize(): mixed { return $this->value; }
}
$object = new stdClass;
$object->inner = 1.5;
$float = 0.1;
foreach ([
    ['/totalAmount/amount', ['totalAmount' => ['amount' => 12.81, 'currency' => 'USDT']]],
    ['/totalAmount/amount', ['totalAmount' => ['amount' => 12.0, 'currency' => 'USDT']]],
    ['/totalAmount/amount', ['totalAmount' => ['amount' => NAN, 'currency' => 'USDT']]],
    ['/totalAmount/amount', ['totalAmount' => ['amount' => INF, 'currency' => 'USDT']]],
    ['/totalAmount/amount', ['totalAmount' => ['amount' => -INF, 'currency' => 'USDT']]],
    ['/totalAmount/amount', ['totalAmount' => ['amount' => -0.0, 'currency' => 'USDT']]],
    ['/totalAmount/amount', ['totalAmount' => ['amount' => &$float, 'currency' => 'USDT']]],
    ['/totalAmount', ['totalAmount' => 12.81]],
    ['/totalAmount', ['totalAmount' => new Gives(12.81)]],
    ['/totalAmount/amount', ['totalAmount' => new Gives(['currency' => 'USDT', 'amount' => new Gives(12.81)])]],
    ['/subject', ['subject' => 1e3]],
    ['/expiredTime', ['expiredTime' => microtime(true) * 1000]],
    ['/reserved/inner', ['reserved' => $object]],
    ['/reserved/0/1/2', ['reserved' => [[0, [1, 2, 3.5]]]]],
    ['/a~1b/c~0d/7', ['a/b' => ['c~d' => [7 => 0.5]]]],
] as $at => [$pointer, $change]) {
    $thrown = thrown('InvalidArgumentException', fn() => $client->placeOrder($change + order(['merchantOrderNo' => $number])));
    same($pointer, $thrown->getField(), "case $at");
    check(str_contains($thrown->getMessage(), 'float'), "case $at: {$thrown->getMessage()}");
    same(BonusPay\Outcome::NotSent, $thrown->getOutcome());
    same(2, $thrown->getCode());
}
thrown('InvalidArgumentException', fn() => $client->call('crypto/newThing', ['n' => $number, 'x' => [1.0]]));
same([], journal($number), 'what was sent');
echo "done\n";
?>
--EXPECT--
done
