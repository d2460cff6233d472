--TEST--
R87: a class that opcache preloads may make a client, before any request
--FILE--
<?php
require 'support.inc';

$folder = sys_get_temp_dir() . '/' . number('preload');
mkdir($folder);
file_put_contents("$folder/preload.php", '<?php
require ' . var_export(__DIR__ . '/support.inc', true) . ';
final class Shop
{
    public static function client(): BonusPay\Client { return client(); }
}
$answer = Shop::client()->getFxRate(["currencyPair" => "USDT_EUR", "direction" => "SELL"]);
file_put_contents(__DIR__ . "/preloaded", $answer->get("/fxrate"));
');
file_put_contents("$folder/request.php", '<?php
$number = "preload-" . bin2hex(random_bytes(8));
echo json_encode([
    function_exists("opcache_get_status") && isset(opcache_get_status(false)["preload_statistics"]),
    class_exists("Shop", false),
    Shop::client()->placeOrder(order(["merchantOrderNo" => $number]))->get("/acquireOrder/merchantOrderNo") === $number,
]);
');
$command = [PHP_BINARY, '-n', '-d', 'extension=' . environment('MODULE')];
if (!extension_loaded('Zend OPcache')) {
    array_push($command, '-d', 'zend_extension=opcache');
}
foreach (['opcache.enable_cli' => 1, 'opcache.preload' => "$folder/preload.php", 'opcache.preload_user' => 'root', 'display_errors' => 1] as $name => $value) {
    array_push($command, '-d', "$name=$value");
}
[$output, $exit] = run([...$command, "$folder/request.php"]);
same('[true,true,true]', trim($output));
same(0, $exit);
same('0.92', @file_get_contents("$folder/preloaded"));
array_map('unlink', glob("$folder/*"));
rmdir($folder);
echo "done\n";
?>
--EXPECT--
done
