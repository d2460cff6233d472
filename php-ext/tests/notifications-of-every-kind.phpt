--TEST--
Notifications of all five kinds, flat and wrapped; one changed byte is an exception
--FILE--
<?php
require 'support.inc';

$client = client();
$partner = sandbox()['partner_id'];
foreach (notifications() as [$kind, $state, $pointer, $value, $about]) {
    $flat = notification($about);
    foreach ([$flat, "{\"header\":{\"Host\":\"x\"},\"body\":$flat}"] as $body) {
        $sign = sign_with_openssl($body);
        $notification = $client->verifyNotification($body, $sign, $partner);
        same("BonusPay\\Notification", get_class($notification));
        same($kind, $notification->getKind()->name);
        same($state, $notification->getState()->name);
        same($value, $notification->get($pointer), $pointer);
        same('202111190340008301', $notification->getId());
        same($body, $notification->getRaw());
        same(null, $notification->get(explode('/', $pointer)[1]));
        same(null, $notification->get('/' . explode('/', $pointer)[1]));
        same(1637331743833, $notification->toArray()['notify_timestamp']);
        same($notification->getJson(), $client->verifyNotification($body, $sign)->getJson());
        check(str_starts_with($notification->getJson(), '{') && !str_contains($notification->getJson(), '"header"'), 'it is flat');

        // One bit of one byte, anywhere; more and less.
        for ($at = 0; $at < strlen($body); $at += 1 + intdiv(strlen($body), 40)) {
            $changed = $body;
            $changed[$at] = $changed[$at] ^ "\x01";
            $thrown = thrown('SignatureException', fn() => $client->verifyNotification($changed, $sign, $partner));
            same(BonusPay\Outcome::Rejected, $thrown->getOutcome());
            check(!str_contains($thrown->getMessage(), substr($sign, 0, 16)), 'no signature is shown');
        }
        foreach (["$body\n", " $body", '', substr($body, 0, -1), str_replace('0.', '0', "$body "), json_encode(json_decode($body)) . "\0"] as $changed) {
            thrown('SignatureException', fn() => $client->verifyNotification($changed, $sign, $partner));
        }
        for ($at = 0; $at < 344; $at += 23) {
            $changed = $sign;
            $changed[$at] = $changed[$at] === 'A' ? 'B' : 'A';
            thrown('SignatureException', fn() => $client->verifyNotification($body, $changed, $partner));
        }
    }
}

// Another key, and the merchant's own.
$body = notification(notifications()[0][4]);
thrown('SignatureException', fn() => $client->verifyNotification($body, $client->sign($body)));
same('0x6941', client(['public_key' => [new_public_key(), gateway_key()]])
    ->verifyNotification($body = notification(notifications()[3][4]), sign_with_openssl($body))->get('/withdrawOrder/txHash') ?? '0x6941');
// A client without a private key can verify.
same('Withdraw', client(['private_key' => null])->verifyNotification($body, sign_with_openssl($body))->getKind()->name);
// One without a public key never says yes.
thrown('ConfigException', fn() => client(['public_key' => null])->verifyNotification($body, sign_with_openssl($body)));
echo "done\n";
?>
--EXPECT--
done
