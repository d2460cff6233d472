--TEST--
R102: wrong types, references, huge texts and NUL bytes are errors and never a crash
--FILE--
<?php
require 'support.inc';

$client = client();
$huge = str_repeat('x', 10 << 20);
class Text { public function __toString(): string { global $client; $client = null; throw new DomainException('mine'); } }

foreach (['placeOrder', 'getOrder', 'refund', 'createSubMerchant'] as $method) {
    foreach ([null, true, 1, 1.5, new stdClass, fopen('php://memory', 'r')] as $argument) {
        thrown('\TypeError', fn() => $client->$method($argument));
    }
    thrown('\ArgumentCountError', fn() => $client->$method());
    thrown('\ArgumentCountError', fn() => $client->$method([], []));
}
thrown('\ArgumentCountError', fn() => new BonusPay\Client);
thrown('\TypeError', fn() => new BonusPay\Client('x'));
thrown('\TypeError', fn() => new BonusPay\Client((object) options()));
thrown('\TypeError', fn() => $client->call([], []));
thrown('\TypeError', fn() => $client->call('x', null));
thrown('\TypeError', fn() => $client->getBalances(null));
thrown('\TypeError', fn() => $client->sign([]));
thrown('\TypeError', fn() => $client->verify('x', []));
thrown('\TypeError', fn() => $client->verifyNotification([], 'x'));
thrown('\TypeError', fn() => $client->verifyNotification('x', 'x', []));
thrown('\TypeError', fn() => BonusPay\KeyPair::fromPrivateKey([]));
thrown('\TypeError', fn() => BonusPay\KeyPair::generate('many'));
thrown('\TypeError', fn() => BonusPay\compare_amounts([], '1'));
thrown('\TypeError', fn() => BonusPay\qr_svg([]));

// __toString() that throws, and lets the client go.
$kept = $client;
thrown('\DomainException', fn() => $kept->sign(new Text));
same(null, $client);
$client = $kept;
thrown('\DomainException', fn() => $client->verifyNotification('x', new Text));
$client = $kept;

// Huge ones.
same(344, strlen($client->sign($huge)));
thrown('SignatureException', fn() => $client->verify($huge, $huge));
thrown('SignatureException', fn() => $client->verifyNotification($huge, 'AAAA'));
$thrown = thrown('ProtocolException', fn() => $client->verifyNotification($huge, sign_with_openssl($huge)));
check(strlen($thrown->getMessage()) < 1000, 'no body in the message');
$thrown = thrown('InvalidArgumentException', fn() => $client->placeOrder(order(['subject' => $huge])));
check(strlen($thrown->getMessage()) < 1000, 'no text in the message');
thrown('InvalidArgumentException', fn() => $client->call($huge, []));
$thrown = thrown('InvalidArgumentException', fn() => $client->placeOrder(order() + [$huge => 1]));
check(strlen($thrown->getMessage()) < 1000, 'no name in the message: ' . strlen($thrown->getMessage()));
$thrown = thrown('InvalidArgumentException', fn() => $client->placeOrder(order() + [$huge => 1.5]));
check(strlen($thrown->getMessage()) < 1000, 'no name in the message of the encoder: ' . strlen($thrown->getMessage()));
thrown('ConfigException', fn() => client(['private_key' => $huge]));
thrown('InvalidArgumentException', fn() => client(['base_url' => $huge]));
thrown('InvalidArgumentException', fn() => client([$huge => 1]));
thrown('ConfigException', fn() => BonusPay\KeyPair::fromPrivateKey($huge));
thrown('InvalidArgumentException', fn() => BonusPay\compare_amounts($huge, '1'));
thrown('InvalidArgumentException', fn() => BonusPay\payment_uri($huge, $huge, $huge, $huge));

// NUL bytes cut nothing off.
foreach (["a\0b", "\0", "a\0"] as $text) {
    same('/merchantOrderNo', thrown('InvalidArgumentException', fn() => $client->getOrder(['merchantOrderNo' => $text]))->getField());
    same("/x$text", thrown('InvalidArgumentException', fn() => $client->getOrder(["x$text" => 1.5]))->getField());
}
// Nor does a line break get into a log.
$thrown = thrown('InvalidArgumentException', fn() => $client->getOrder(["a\nb\xff" => 1.5]));
check(str_starts_with($thrown->getMessage(), '/a?b?: must be UTF-8'), $thrown->getMessage());
same("/a\nb\xff", $thrown->getField());
// Text is JSON, whole.
foreach (['', 'x', '1', '[]x', '{"merchantOrderNo":1.5}', "{}\0", "{\"a\xff\":1}", '{"merchantOrderNo":"a","merchantOrderNo":"a"}', $huge] as $text) {
    $thrown = thrown('InvalidArgumentException', fn() => $client->getOrder($text));
    check(strlen($thrown->getMessage()) < 1000, 'no text in the message');
}
// References are read and left alone.
$number = number();
$biz = ['merchantOrderNo' => &$number];
thrown('ApiException', fn() => $client->getOrder($biz));
same(['merchantOrderNo' => $number], $biz);
echo "done\n";
?>
--EXPECT--
done
