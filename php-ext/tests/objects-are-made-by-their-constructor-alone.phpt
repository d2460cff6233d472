--TEST--
R101: no half object: not by reflection, unserialize(), clone, a second __construct() or a failed first
--FILE--
<?php
require 'support.inc';

use BonusPay\{Client, KeyPair, Notification, Response};

$client = client();
$response = $client->getBalances();
foreach ([Client::class, Response::class, Notification::class, KeyPair::class] as $class) {
    $reflection = new ReflectionClass($class);
    check($reflection->isFinal() && !$reflection->isCloneable(), $class);
    check(!$reflection->isInstantiable() || $class === Client::class, "$class: who may make one");
    thrown('\ReflectionException', fn() => $reflection->newInstanceWithoutConstructor());
    foreach (['O:%d:"%s":0:{}', 'O:%d:"%s":1:{s:6:"handle";i:1;}', 'C:%d:"%s":0:{}'] as $forged) {
        $made = null;
        try {
            $made = @unserialize(sprintf($forged, strlen($class), $class));
        } catch (Exception $thrown) {
            check(str_contains($thrown->getMessage(), 'not allowed'), $thrown->getMessage());
        }
        check(!$made instanceof $class, "$class: $forged");
    }
    check(str_contains(php("class Mine extends $class {}")[0], 'final class'), "$class can be extended");
}
foreach ([Response::class, Notification::class, KeyPair::class] as $class) {
    thrown('\Error', fn() => new $class);
    thrown('\ReflectionException', fn() => (new ReflectionClass($class))->newInstance());
}
// A private constructor that somebody calls after all does nothing.
$constructor = new ReflectionMethod(Response::class, '__construct');
same(null, $constructor->invoke($response));
check($response->getRaw() !== '', 'the answer is what it was');

// Twice.
$before = $client->sign('x');
thrown('\Error', fn() => $client->__construct(options()));
thrown('\Error', fn() => $client->__construct([]));
same($before, $client->sign('x'));
// A constructor that fails leaves nothing.
$failed = null;
thrown('ConfigException', function () use (&$failed) { $failed = new Client([]); });
same(null, $failed);

// No property can be added, read or taken away.
$key = KeyPair::fromPrivateKey(merchant_key());
$body = notification(notifications()[0][4]);
foreach ([$client, $response, $key, $client->verifyNotification($body, sign_with_openssl($body))] as $object) {
    thrown('\Error', function () use ($object) { $object->handle = 1; });
    thrown('\Error', function () use ($object) { $object->{"\0x\0y"} = 1; });
    check(!isset($object->handle) && @$object->handle === null, 'there is no property');
    unset($object->handle);
    same([], (array) $object);
}
check($client == $client && $client != client() && $response != $client->getBalances(), 'an object equals itself alone');

// Enums are PHP's own.
same(BonusPay\State::Pending, unserialize(serialize(BonusPay\State::Pending)));
same(BonusPay\Outcome::NotSent, BonusPay\Outcome::from('not_sent'));
same(['order', 'refund', 'topup', 'withdraw', 'settlement'], array_column(BonusPay\NotificationKind::cases(), 'value'));
echo "done\n";
?>
--EXPECT--
done
