--TEST--
sign() and verify() agree with OpenSSL; whatever is not valid is an exception and never false (R7)
--FILE--
<?php
require 'support.inc';

$client = client();
foreach (['x', '', "\0\xff\r\n", str_repeat("a\0b", 1000000)] as $message) {
    same(sign_with_openssl($message, sandbox()['merchant_private_key']), $client->sign($message));
    same(true, $client->verify($message, sign_with_openssl($message)));
}
$sign = sign_with_openssl('message');
foreach (['massage', '', "message\0", "message\n", 'Message'] as $other) {
    thrown('SignatureException', fn() => $client->verify($other, $sign));
}
// One algorithm.
foreach (['sha1', 'sha224', 'sha384', 'sha512', 'sha3-256'] as $digest) {
    $other = sign_with_openssl('message', dirname(sandbox()['gateway_public_key']) . '/gateway_private.pem', $digest);
    thrown('SignatureException', fn() => $client->verify('message', $other));
}
// What cannot verify is an error, whatever the signature: no key, a client that was never made.
same(3, thrown('ConfigException', fn() => client(['public_key' => null])->verify('message', $sign))->getCode());
same(3, thrown('ConfigException', fn() => client(['public_key' => []])->verify('message', $sign))->getCode());
same(3, thrown('ConfigException', fn() => client(['private_key' => null])->sign('x'))->getCode());
thrown('ConfigException', fn() => client(['public_key' => null])->verifyNotification('{}', sign_with_openssl('{}')));
thrown('\ReflectionException', fn() => (new ReflectionClass(BonusPay\Client::class))->newInstanceWithoutConstructor()->verify('message', $sign));
echo "done\n";
?>
--EXPECT--
done
