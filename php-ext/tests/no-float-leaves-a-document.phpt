--TEST--
toArray() never holds a float; get(), getJson() and getRaw() keep the digits
--FILE--
<?php
require 'support.inc';

function floats(mixed $value, string $at = ''): array
{
    return match (true) {
        is_float($value) => [$at],
        is_array($value) => array_merge(...[[], ...array_values(array_map(fn($key) => floats($value[$key], "$at/$key"), array_keys($value)))]),
        default => [],
    };
}
$client = client();
$numbers = ['0.1', '1e5', '1E+2', '-0', '-0.0', '0E-8', '123456789012345678901234567890', '-123456789012345678901234567890', '9223372036854775807', '9223372036854775808',
    '-9223372036854775808', '0', '-1', '1.0', '100000000000000000000e-2', '1e-400', '3.14159265358979323846264338327950288'];
$list = implode(',', $numbers);
$about = '"acquireOrder":{"orderNo":"1","status":"SUCCESS","new":[' . $list . '],"nested":{"deep":[[{"n":[' . $list . ']}]]},'
    . '"text":"a \"quoted\\\\\" 0.1, 1e5 \\\\","\"0.5":"-0","empty":{},"none":null,"yes":true,"no":false}';
$body = notification($about);
$notification = $client->verifyNotification($body, sign_with_openssl($body));
$array = $notification->toArray();
same([], floats($array));
same($body, $notification->getRaw());
foreach ($numbers as $at => $number) {
    $given = $array['acquireOrder']['new'][$at];
    $integer = preg_match('/^-?\d+$/', $number) && $number !== '-0' && (string) (int) $number === $number;
    check(is_int($given) === (bool) $integer, "$number is " . show($given));
    check(is_int($given) || is_string($given), $number);
    same($notification->get("/acquireOrder/new/$at"), (string) $given, $number);
    same($given, $array['acquireOrder']['nested']['deep'][0][0]['n'][$at]);
    if (!preg_match('/[eE]/', $number)) {
        same($number, (string) $given);
    }
}
same('a "quoted\\" 0.1, 1e5 \\', $array['acquireOrder']['text']);
same('-0', $array['acquireOrder']['"0.5']);
same([[], null, true, false], [$array['acquireOrder']['empty'], $array['acquireOrder']['none'], $array['acquireOrder']['yes'], $array['acquireOrder']['no']]);
same(['true', null, null, null, null], [$notification->get('/acquireOrder/yes'), $notification->get('/acquireOrder/none'), $notification->get('/acquireOrder/empty'),
    $notification->get('/acquireOrder/new'), $notification->get('/nowhere')]);
foreach (["/acquireOrder\0", '', 'acquireOrder', '/acquireOrder/~2', str_repeat('/x', 100000)] as $pointer) {
    same(null, $notification->get($pointer));
}
check(json_decode($notification->getJson()) !== null, 'getJson() is JSON');

// The same of answers: amounts of the sandbox's own, and of any other answer.
$order = order();
same([], floats($client->placeOrder($order)->toArray()));
$raw = '{"head":{"applyStatus":"SUCCESS","code":"0"},"body":{"assetCodeList":[{"assetCode":"USDT","balance":{"amount":0.10,"currency":"USDT"},"new":[' . $list . ']}]}}';
$answer = client(['base_url' => answering($raw)])->getBalances();
same([], floats($answer->toArray()));
same('0.10', $answer->toArray()['assetCodeList'][0]['balance']['amount']);
same($raw, $answer->getRaw());
echo "done\n";
?>
--EXPECT--
done
