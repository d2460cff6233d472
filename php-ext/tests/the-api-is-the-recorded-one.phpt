--TEST--
Classes, methods, parameters, types and constants are those of api.txt and of the stubs, and each is documented
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

// The stubs, read by a PHP without the extension.
$stubs = implode(' ', array_map(fn($file) => 'require ' . var_export($file, true) . ';', glob(environment('ROOT') . '/php-ext/*.stub.php')));
[$of_stubs] = run([PHP_BINARY, '-n', '-r', 'require ' . var_export(__DIR__ . '/api.inc', true) . '; ' . $stubs . ' echo api();']);
foreach (array_diff(explode("\n", $of_stubs), explode("\n", $given)) as $line) { check(false, "only in the stubs: $line"); }
foreach (array_diff(explode("\n", $given), explode("\n", $of_stubs)) as $line) { check(false, "not in the stubs: $line"); }

// Whoever reads the stubs finds a word about everything.
[$bare] = run([PHP_BINARY, '-n', '-r', $stubs . '
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
