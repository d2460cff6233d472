--TEST--
A wrong option is an exception that names it, and shows no text of a key
--FILE--
<?php
require 'support.inc';

$object = new stdClass;
$resource = fopen('php://memory', 'r');
$canary = merchant_key();
$no_text = [1, 1.5, true, [], [$canary], $object, $resource];
$no_number = ['5000', 5000.0, true, [], -1, PHP_INT_MAX, PHP_INT_MIN, 4294967296];
$wrong_types = [
    'environment' => ['', 'Sandbox', 'test', "sandbox\0", $canary, 1, true, [], $object],
    'base_url' => $no_text,
    'partner_id' => $no_text,
    'private_key' => [1, 1.5, true, [], [$canary], $object, $resource],
    'public_key' => [1, 1.5, true, $object, $resource, [1], [gateway_key(), null], [[$canary]], [$object]],
    'connect_timeout_ms' => $no_number,
    'total_timeout_ms' => $no_number,
    'proxy' => $no_text,
    'ca_pem' => $no_text,
    'user_agent' => $no_text,
    'language' => $no_text,
    'allow_http' => [0, 1, 'true', '', [], $object],
    'scales' => [1, '8', $object, ['BTC' => '8'], ['BTC' => 8.0], ['BTC' => -1], ['BTC' => 4294967296], [8], ['BTC' => null]],
];
// These the library finds.
$wrong_values = [
    'base_url' => ['', 'x', 'ftp://127.0.0.1/', 'file:///etc/passwd', "http://127.0.0.1/\0", "http://127.0.0.1/\r\nX: y"],
    'partner_id' => ['', "200000000888\r\nX: y", "200000000888\0", "\u{e4}"],
    'connect_timeout_ms' => [0, 600001],
    'total_timeout_ms' => [0, 600001],
    'proxy' => ['', 'x', 'socks5://127.0.0.1:1'],
    'ca_pem' => ['', 'x', $canary],
    'user_agent' => ["a\r\nb", "a\0b", "\u{e4}", str_repeat('x', 201)],
    'language' => ["en\r\nX: y", "en\0", "\u{e4}"],
    'scales' => [['btc' => 8], ['' => 8], ['BTC' => 19]],
];
foreach ([[$wrong_types, 'type'], [$wrong_values, 'value']] as [$wrong, $of]) {
    foreach ($wrong as $name => $values) {
        foreach ($values as $number => $value) {
            $what = "$name, wrong $of $number";
            try {
                client([$name => $value]);
                check(false, "$what was taken");
            } catch (BonusPay\Exception\InvalidArgumentException | BonusPay\Exception\ConfigException $thrown) {
                check($of === 'value' || $thrown instanceof InvalidArgumentException, "$what: class " . get_class($thrown));
                check(in_array($thrown->getField(), [$name, rtrim($name, 's'), str_replace('_ms', '', $name)], true), "$what: field " . show($thrown->getField()));
                same(BonusPay\Outcome::NotSent, $thrown->getOutcome(), $what);
                check(!$thrown->isRetryable() && !$thrown->isAuthenticated(), $what);
                check($thrown->getMessage() !== '' && !leaks($thrown->getMessage(), $canary), "$what: {$thrown->getMessage()}");
                check(strlen($thrown->getMessage()) < 1000, "$what: a long message");
            }
        }
    }
}

// What is no key, or another's, or a key of the wrong kind.
$small = run(['openssl', 'genrsa', '1024'])[0];
$keys = ['', 'x', "\0", '/etc/passwd', 'https://example.com/key.pem', $small, gateway_key(), substr($canary, 0, 900), str_repeat('A', 100000), "$canary$canary"];
foreach ($keys as $number => $key) {
    foreach (['private_key', 'public_key'] as $name) {
        if ($name === 'public_key' && $key === gateway_key()) {
            continue;
        }
        $thrown = thrown('ConfigException', fn() => client([$name => $key]));
        same($name, $thrown->getField(), "$name $number");
        check(!leaks($thrown->getMessage(), $canary) && !leaks($thrown->getMessage(), $small), "$name $number: {$thrown->getMessage()}");
    }
}
same('public_key', thrown('ConfigException', fn() => client(['public_key' => $canary]))->getField());
$five = array_fill(0, 5, 0);
$many = array_map(fn() => new_public_key(), $five);
check(client(['public_key' => $many]) instanceof BonusPay\Client, 'five keys');
same('public_key', thrown('ConfigException', fn() => client(['public_key' => [...$many, gateway_key()]]))->getField());

// Unknown names, and what has no name.
foreach (['partnerId', 'PARTNER_ID', 'partner_id ', '', "partner_id\0"] as $name) {
    same($name, thrown('InvalidArgumentException', fn() => client([$name => 'x']))->getField());
}
check(!leaks(thrown('InvalidArgumentException', fn() => client([$canary => 'x']))->getMessage()), 'a key where a name belongs');
same('', thrown('InvalidArgumentException', fn() => new BonusPay\Client([merchant_key()]))->getField());

// What is missing or contradicts itself.
foreach ([
    [],
    ['environment' => 'sandbox'],
    ['environment' => 'production', 'allow_http' => true],
    ['environment' => 'production', 'base_url' => 'http://127.0.0.1/'],
    ['environment' => 'sandbox', 'base_url' => 'http://127.0.0.1/', 'private_key' => $canary],
] as $number => $options) {
    $thrown = thrown('ConfigException', fn() => new BonusPay\Client($options));
    check($thrown->getMessage() !== '', "contradiction $number");
    same(BonusPay\Outcome::NotSent, $thrown->getOutcome());
}
echo "done\n";
?>
--EXPECT--
done
