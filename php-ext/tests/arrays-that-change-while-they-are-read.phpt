--TEST--
jsonSerialize() may change, by reference, the very array or object that is being read
--FILE--
<?php
require 'support.inc';

class Changes implements JsonSerializable
{
    public function __construct(private Closure $change) {}
    public function jsonSerialize(): mixed
    {
        ($this->change)();
        return 'changed';
    }
}
$client = client();
$send = function (array &$biz) use ($client): void {
    thrown('ApiException', fn() => $client->call('crypto/newThing', $biz));
};

$biz = ['a' => 'x', 'b' => ['c' => 1, 'd' => 2]];
$inner = &$biz['b'];
$biz['b']['c'] = new Changes(function () use (&$inner) { $inner = str_repeat('gone', 100); });
$biz['b']['e'] = str_repeat('after', 100);
$send($biz);

$biz = ['list' => range(1, 50)];
$list = &$biz['list'];
$list[3] = new Changes(function () use (&$list) { for ($i = 0; $i < 5000; $i++) { $list[] = "grown $i"; } unset($list[4]); });
$send($biz);

$biz = [];
$biz['x'] = new Changes(function () use (&$biz) { $biz = null; });
$copy = &$biz;
thrown('ApiException', fn() => $client->call('crypto/newThing', $biz));

// Objects: properties added, taken away, and the object itself let go.
$object = new stdClass;
$object->a = new Changes(function () use ($object) { unset($object->a, $object->b); for ($i = 0; $i < 500; $i++) { $object->{"p$i"} = "new $i"; } });
$object->b = str_repeat('b', 100);
$object->c = 'c';
$biz = ['o' => $object];
$send($biz);

$holder = new stdClass;
$holder->o = new stdClass;
$holder->o->a = new Changes(function () use ($holder) { $holder->o = null; gc_collect_cycles(); });
$holder->o->b = str_repeat('later', 10);
$biz = ['h' => $holder];
$send($biz);

// The client goes in the middle of its own call, and others push it out of the process's memory.
$last = client();
$biz = ['x' => new Changes(function () use (&$last) {
    $last = null;
    for ($i = 1; $i <= 40; $i++) {
        client(['user_agent' => "other/$i", 'private_key' => null]);
    }
})];
thrown('ApiException', fn() => $last->call('crypto/newThing', $biz));

// A call within a call.
$biz = ['x' => new Changes(fn() => $client->getFxRate(['currencyPair' => 'USDT_EUR', 'direction' => 'SELL'])->toArray())];
$send($biz);
$biz = ['x' => new Changes(fn() => thrown('InvalidArgumentException', fn() => $client->getFxRate(['currencyPair' => 1.5])))];
$send($biz);

// What holds itself goes now: PHP leaves it to the end of the process, where valgrind would find it.
unset($biz, $list, $inner, $copy, $object, $holder, $last);
gc_collect_cycles();
echo "done\n";
?>
--EXPECT--
done
