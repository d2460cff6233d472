--TEST--
bonuspay_arginfo.h is what PHP's generator writes from the stub
--FILE--
<?php
require 'support.inc';

$source = environment('ROOT') . '/php-ext';
$folder = sys_get_temp_dir() . '/' . number('arginfo');
mkdir($folder);
copy("$source/bonuspay.stub.php", "$folder/bonuspay.stub.php");
[$output, $exit] = run(["$source/arginfo", "$folder/bonuspay.stub.php"]);
same(0, $exit, $output);
check(@file_get_contents("$folder/bonuspay_arginfo.h") === file_get_contents("$source/bonuspay_arginfo.h"), "they differ: run 'make php-arginfo'. $output");
array_map('unlink', glob("$folder/*"));
rmdir($folder);
echo "done\n";
?>
--EXPECT--
done
