--TEST--
Clients with the same options share connections; more than the process keeps push the oldest out and still work
--FILE--
<?php
require 'support.inc';

function connection_of(BonusPay\Client $client): int
{
    $order = order();
    $client->placeOrder($order);
    return journal($order['merchantOrderNo'])[0]['connection'];
}
$first = connection_of(client());
same($first, connection_of(client()), 'the same options');
same($first, connection_of(new BonusPay\Client(array_reverse(options()))), 'in another order');
same($first, connection_of(client(['language' => null])), 'null is not given');
same($first, connection_of(client(['private_key' => BonusPay\KeyPair::fromPrivateKey(merchant_key())])), 'the key as an object');
$kept = client();

// A new client in a warm process is cheap: far below what reading a key takes. (Under valgrind time means nothing.)
$before = hrtime(true);
for ($i = 0; $i < 200; $i++) {
    client();
}
$each = (hrtime(true) - $before) / 200 / 1000;
check($each < 1000 || getenv('USE_ZEND_ALLOC') === '0', "a new client takes $each us");

// Options that differ are never taken for one another: each verifies and signs with its own.
$pairs = [BonusPay\KeyPair::fromPrivateKey(new_key()), BonusPay\KeyPair::fromPrivateKey(new_key())];
foreach ($pairs as $at => $pair) {
    foreach ([0, 1] as $again) {
        $client = client(['private_key' => $pair, 'public_key' => $pair->getPublicKey()]);
        same(true, $client->verify('x', $client->sign('x')));
        $other = $pairs[1 - $at];
        thrown('SignatureException', fn() => client(['private_key' => $pair, 'public_key' => $other->getPublicKey()])->verify('x', $client->sign('x')));
    }
}
$agents = [];
foreach (['a/1', 'a/2', 'a/1'] as $agent) {
    $order = order();
    client(['user_agent' => $agent])->placeOrder($order);
    $agents[] = json_encode(journal($order['merchantOrderNo'])[0]['request_headers'], JSON_UNESCAPED_SLASHES);
}
check(str_contains($agents[0], 'a/1') && str_contains($agents[1], 'a/2') && str_contains($agents[2], 'a/1'), implode($agents));
// What a digest without lengths would mix up.
[$one, $two] = [$pairs[0]->getPublicKey(), $pairs[1]->getPublicKey()];
client(['public_key' => [$one, $two]]);
thrown('ConfigException', fn() => client(['public_key' => "{$one}public_key\0$two"]));

// More than 32: the oldest goes, and one that is still held works on. Without private keys, which take long to read.
$sign = sign_with_openssl('x');
for ($i = 0; $i < 80; $i++) {
    same(true, client(['total_timeout_ms' => 10000 + $i, 'private_key' => null])->verify('x', $sign));
}
connection_of($kept);
connection_of(client());
$all = array_map(fn($i) => client(['total_timeout_ms' => 20000 + $i, 'private_key' => null]), range(0, 50));
shuffle($all);
foreach ($all as $client) {
    same(true, $client->verify('x', $sign));
}
unset($all, $client);
connection_of($kept);
echo "done\n";
?>
--EXPECT--
done
