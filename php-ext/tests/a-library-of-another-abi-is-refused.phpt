--TEST--
R99: with a library of another ABI, PHP says so and goes on without the extension
--FILE--
<?php
require 'support.inc';

[$needed] = run(['readelf', '-d', environment('MODULE')]);
check(str_contains($needed, '(NEEDED)'), $needed);
preg_match('/Header ABI => (\d+)/', php('phpinfo(INFO_MODULES);')[0], $header);
if (str_contains($needed, '[libbonuspay.so')) {
    [$output, $exit] = php('var_dump(extension_loaded("bonuspay"), class_exists("BonusPay\Client"), function_exists("BonusPay\build_info")); echo "goes on\n";',
        ['display_startup_errors' => '1'], ['LD_LIBRARY_PATH' => environment('OTHER_ABI')]);
    check((bool) preg_match("/Warning: .*bonuspay.* ABI $header[1],.* ABI 99 /", $output), $output);
    check(str_ends_with($output, "bool(false)\nbool(false)\nbool(false)\ngoes on\n"), $output);
    same(0, $exit);
} else {
    // The library is within: no other can come in its place, and nothing of it is seen from outside.
    check(!str_contains(file_get_contents('/proc/self/maps'), 'libbonuspay'), 'nothing else is loaded');
    [$exported] = run(['nm', '-D', '--defined-only', environment('MODULE')]);
    same(1, preg_match_all('/^[0-9a-f]+ \S (\S+)$/m', $exported, $names), $exported);
    same(['get_module'], $names[1]);
    [$output, $exit] = php('var_dump(extension_loaded("bonuspay"));', [], ['LD_LIBRARY_PATH' => environment('OTHER_ABI')]);
    same(["bool(true)\n", 0], [$output, $exit]);
}
echo "done\n";
?>
--EXPECT--
done
