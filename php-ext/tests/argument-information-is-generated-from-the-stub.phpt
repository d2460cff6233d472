--TEST--
Each NAME_arginfo.h is what PHP's generator writes from NAME.stub.php, and the C file beside includes it
--FILE--
<?php
require 'support.inc';

$source = environment('ROOT') . '/php-ext';
$folder = sys_get_temp_dir() . '/' . number('arginfo');
mkdir($folder);
$names = array_map(fn($file) => basename($file, '.stub.php'), glob("$source/*.stub.php"));
foreach ($names as $name) { copy("$source/$name.stub.php", "$folder/$name.stub.php"); }
[$output, $exit] = run(["$source/arginfo", ...glob("$folder/*.stub.php")]);
same(0, $exit, $output);
foreach ($names as $name) {
    $written = (string) @file_get_contents("$folder/{$name}_arginfo.h");
    check($written !== '' && $written === @file_get_contents("$source/{$name}_arginfo.h"), "{$name}_arginfo.h differs: run 'make php-arginfo'. $output");
    check(str_contains((string) @file_get_contents("$source/$name.c"), "#include \"{$name}_arginfo.h\""), "$name.c does not include it");
}
same(array_map(fn($name) => "{$name}_arginfo.h", $names), array_map('basename', glob("$source/*_arginfo.h")), 'none is left over');
array_map('unlink', glob("$folder/*"));
rmdir($folder);
echo "done\n";
?>
--EXPECT--
done
