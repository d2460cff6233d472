--TEST--
R53: a key that stands twice in a signed message is refused, and PHP never reads the message itself
--FILE--
<?php
require 'support.inc';

$client = client();
foreach ([
    '"acquireOrder":{"orderNo":"1","status":"CREATED","status":"SUCCESS"}',
    '"acquireOrder":{"orderNo":"1","status":"CREATED","\u0073tatus":"SUCCESS"}',
    '"acquireOrder":{"orderNo":"1","status":"SUCCESS","totalAmount":{"amount":12.8,"amount":0,"currency":"USDT"}}',
    '"acquireOrder":{"orderNo":"1","status":"SUCCESS"},"notify_id":"other"',
    '"acquireOrder":{"orderNo":"1","status":"SUCCESS","new":[{"a":1,"a":2}]}',
] as $about) {
    $body = notification($about);
    check(json_decode($body) !== null, 'PHP would read it');
    $thrown = thrown('ProtocolException', fn() => $client->verifyNotification($body, sign_with_openssl($body)));
    check(str_contains($thrown->getMessage(), 'twice'), $thrown->getMessage());
}
$answer = '{"head":{"applyStatus":"SUCCESS","code":"0"},"body":{"assetCodeList":[{"assetCode":"USDT","assetCode":"BTC"}]}}';
$thrown = thrown('ProtocolException', fn() => client(['base_url' => answering($answer)])->getBalances());
check(str_contains($thrown->getMessage(), 'twice') && $thrown->isAuthenticated(), $thrown->getMessage());
echo "done\n";
?>
--EXPECT--
done
