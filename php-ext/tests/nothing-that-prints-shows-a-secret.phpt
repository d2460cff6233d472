--TEST--
R71, R72: no way to print or export an object shows a key
--FILE--
<?php
require 'support.inc';

$body = notification(notifications()[0][4]);
$password = 'canary' . bin2hex(random_bytes(8));
$objects = [
    client(['proxy' => "http://user:$password@127.0.0.1:1"]),
    client(['private_key' => BonusPay\KeyPair::fromPrivateKey(merchant_key())]),
    BonusPay\KeyPair::fromPrivateKey(merchant_key()),
    client()->getBalances(),
    client()->verifyNotification($body, sign_with_openssl($body)),
];
// That the search can fail: what is meant to show the key does.
check(leaks($objects[2]->getPrivateKey()) && leaks(json_encode(options())) && leaks(substr(merchant_key(), 500, 40)), 'leaks() finds a key');

foreach ($objects as $object) {
    $class = get_class($object);
    $shown = [];
    foreach ([
        'var_dump' => fn() => var_dump($object),
        'print_r' => fn() => print_r($object),
        'var_export' => fn() => var_export($object),
        'echo json_encode' => fn() => print(json_encode($object)),
        'array' => fn() => var_dump((array) $object),
        'debug_zval_dump' => fn() => debug_zval_dump($object),
        'get_object_vars' => fn() => var_dump(get_object_vars($object)),
        'get_mangled_object_vars' => fn() => var_dump(get_mangled_object_vars($object)),
        'iteration' => function () use ($object) { foreach ($object as $name => $value) { var_dump($name, $value); } },
        'reflection' => function () use ($object) {
            foreach ((new ReflectionObject($object))->getProperties() as $property) { var_dump($property->getValue($object)); }
            echo new ReflectionObject($object);
        },
        'nested' => fn() => var_dump([[$object], (object) ['o' => $object]]),
        'array_walk' => function () use ($object) { $copy = $object; array_walk($copy, fn($value) => var_dump($value)); },
        'http_build_query' => fn() => print(http_build_query(['o' => $object])),
    ] as $how => $show) {
        ob_start();
        try { $show(); } catch (TypeError) {}
        $shown[$how] = ob_get_clean();
        check(!leaks($shown[$how]) && !str_contains($shown[$how], $password), "$class, $how: " . substr($shown[$how], 0, 200));
    }
    same("object($class)#" . spl_object_id($object) . " (0) {\n}\n", $shown['var_dump']);
    same('{}', $shown['echo json_encode']);
    same("array(0) {\n}\n", $shown['array']);
    same('', $shown['iteration']);
    thrown('\Exception', fn() => serialize($object));
    thrown('\Exception', fn() => serialize([[$object]]));
    thrown('\Error', fn() => (string) $object);
    thrown('\Error', fn() => clone $object);
}

ob_start();
phpinfo(INFO_MODULES | INFO_GENERAL | INFO_CONFIGURATION);
(new ReflectionExtension('bonuspay'))->info();
echo new ReflectionExtension('bonuspay');
check(!leaks(ob_get_clean()), 'phpinfo()');
echo "done\n";
?>
--EXPECT--
done
