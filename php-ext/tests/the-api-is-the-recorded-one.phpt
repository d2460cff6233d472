--TEST--
Classes, methods, parameters, types and constants are those of api.txt and of the stub, and each is documented
--FILE--
<?php
require 'support.inc';

require 'api.inc';

$recorded = file_get_contents(__DIR__ . '/api.txt');
$given = api();
// BONUSPAY_WRITE_API names a file to write it down in.
if (getenv('BONUSPAY_WRITE_API')) {
    file_put_contents(getenv('BONUSPAY_WRITE_API'), $given);
}
foreach (array_diff(explode("\n", $given), explode("\n", $recorded)) as $line) { check(false, "not in api.txt: $line"); }
foreach (array_diff(explode("\n", $recorded), explode("\n", $given)) as $line) { check(false, "only in api.txt: $line"); }
check(substr_count($given, "\n") > 100, 'an API');

// The stub, read by a PHP without the extension.
$stub = environment('ROOT') . '/php-ext/bonuspay.stub.php';
[$of_stub] = run([PHP_BINARY, '-n', '-r', 'require ' . var_export(__DIR__ . '/api.inc', true) . '; require ' . var_export($stub, true) . '; echo api();']);
foreach (array_diff(explode("\n", $of_stub), explode("\n", $given)) as $line) { check(false, "only in the stub: $line"); }
foreach (array_diff(explode("\n", $given), explode("\n", $of_stub)) as $line) { check(false, "not in the stub: $line"); }

// Whoever reads the stub finds a word about everything.
[$bare] = run([PHP_BINARY, '-n', '-r', 'require ' . var_export($stub, true) . ';
    foreach ([...get_declared_classes(), ...get_declared_interfaces()] as $name) {
        if (!str_starts_with($name, "BonusPay")) continue;
        $class = new ReflectionClass($name);
        if (!$class->getDocComment()) echo "$name\n";
        foreach ($class->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
            $words = $method->getDocComment() || is_a($name, Throwable::class, true) && method_exists("BonusPay\\\\Exception\\\\Exception", $method->name);
            if ($method->isUserDefined() && $method->class === $name && !$words) echo "$name::$method->name\n";
        }
    }
    foreach (get_defined_functions()["user"] as $name) if (!(new ReflectionFunction($name))->getDocComment()) echo "$name\n";']);
same('', $bare, 'without a word');
echo "done\n";
?>
--EXPECT--
done
