--TEST--
A notification for another merchant, or one that says two things, is refused
--FILE--
<?php
require 'support.inc';

$client = client();
$order = notifications()[0][4];
$refund = notifications()[1][4];
$body = notification($order);
$sign = sign_with_openssl($body);
foreach (['200000000001', '', '200000000888 ', '200000000888, 200000000888', "200000000888\0"] as $other) {
    $thrown = thrown('MismatchException', fn() => $client->verifyNotification($body, $sign, $other));
    same([40, BonusPay\Outcome::Rejected], [$thrown->getCode(), $thrown->getOutcome()]);
}
same('Order', $client->verifyNotification($body, $sign, null)->getKind()->name);
thrown('SignatureException', fn() => $client->verifyNotification($body, 'AAAA', '200000000888'));
thrown('SignatureException', fn() => $client->verifyNotification($body, '', '200000000001'));

foreach ([
    "{{$order},\"body\":{" . str_replace('12.8054', '99.0000', $order) . '}}',
    "{{$order},$refund}", "{\"body\":{{$order},$refund}}", '{}', '[]', '{"acquireOrder":[]}', 'SUCCESS', '',
    "\u{feff}" . $body, str_repeat('[', 1000), '{"head":{"applyStatus":"SUCCESS","code":"0"},"body":{}}',
] as $bad) {
    $thrown = thrown('ProtocolException', fn() => $client->verifyNotification($bad, sign_with_openssl($bad)));
    same([21, BonusPay\Outcome::Rejected, true], [$thrown->getCode(), $thrown->getOutcome(), $thrown->isAuthenticated()]);
}
foreach (['"success"', '"PAID"', '""', 'null', '1', '["SUCCESS"]'] as $status) {
    $body = notification(str_replace('"SUCCESS"', $status, $order));
    same('Unknown', $client->verifyNotification($body, sign_with_openssl($body))->getState()->name, $status);
}
echo "done\n";
?>
--EXPECT--
done
