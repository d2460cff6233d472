--TEST--
The extension loads, and phpinfo() shows its own, the header's and the library's versions
--FILE--
<?php
require 'support.inc';

check(extension_loaded('bonuspay'), 'it is loaded');
same('0.1.0', phpversion('bonuspay'));

$info = new ReflectionExtension('bonuspay');
ob_start();
$info->info();
$shown = ob_get_clean();
check((bool) preg_match('/^BonusPay support => enabled$/m', $shown), $shown);
check((bool) preg_match('/^Extension version => 0\.1\.0$/m', $shown), $shown);
check((bool) preg_match('/^Header ABI => \d+$/m', $shown), $shown);
check((bool) preg_match('/^Library version => \d+\.\d+\.\d+$/m', $shown), $shown);
check((bool) preg_match('/^Library build => .*rustls.*aws-lc.*$/mi', $shown), $shown);
check(str_contains($shown, BonusPay\build_info()), 'the build is that of build_info()');
same([], $info->getINIEntries());
same([], $info->getConstants());
echo "done\n";
?>
--EXPECT--
done
