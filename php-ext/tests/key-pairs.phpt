--TEST--
KeyPair: made, read, shown as PEM, and taken in place of a private key's text
--FILE--
<?php
require 'support.inc';

use BonusPay\KeyPair;

$pair = KeyPair::fromPrivateKey(merchant_key());
same(merchant_key(), $pair->getPrivateKey());
same(trim(file_get_contents(dirname(sandbox()['merchant_private_key']) . '/merchant_public.pem')), trim($pair->getPublicKey()));
[$der] = run(['openssl', 'pkey', '-pubin', '-outform', 'DER'], $pair->getPublicKey());
check(str_contains(preg_replace('/[^0-9a-f]/', '', strtolower($pair->getFingerprint())), hash('sha256', $der)), $pair->getFingerprint());
same(client()->sign('x'), client(['private_key' => $pair])->sign('x'));
same($pair->getPublicKey(), KeyPair::fromPrivateKey(implode('', array_slice(explode("\n", trim(merchant_key())), 1, -1)))->getPublicKey(), 'bare Base64');

$made = KeyPair::generate();
[$text] = run(['openssl', 'rsa', '-check', '-noout', '-text'], $made->getPrivateKey());
check(str_contains($text, 'RSA key ok') && str_contains($text, '2048 bit'), 'OpenSSL takes it');
check($made->getPublicKey() !== KeyPair::generate(2048)->getPublicKey(), 'another each time');
$client = client(['private_key' => $made, 'public_key' => $made->getPublicKey()]);
same(true, $client->verify('x', $client->sign('x')));
foreach ([0, 1, -1, 1024, 2047, 8192, PHP_INT_MAX, PHP_INT_MIN, 4294967296 + 2048] as $bits) {
    check(str_contains(thrown('InvalidArgumentException', fn() => KeyPair::generate($bits))->getMessage(), '2048'), 'the sizes are named');
}
foreach (['', 'x', '/etc/passwd', $made->getPublicKey(), substr(merchant_key(), 0, 900), "\0"] as $key) {
    check(!leaks(thrown('ConfigException', fn() => KeyPair::fromPrivateKey($key))->getMessage()), 'no key is shown');
}
check($pair == $pair && $pair != KeyPair::fromPrivateKey(merchant_key()) && $pair != $made, 'a key pair equals itself alone');
echo "done\n";
?>
--EXPECT--
done
