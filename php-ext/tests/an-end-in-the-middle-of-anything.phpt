--TEST--
R103: exit, a fatal error, the memory or the time limit in the middle of anything: what comes next works
--CONFLICTS--
faults
--FILE--
<?php
require 'support.inc';

sandbox('FAULTS');
control('DELETE', 'faults');
$prelude = '
sandbox("FAULTS");
final class Gives implements JsonSerializable
{
    public function __construct(private Closure $code) {}
    public function jsonSerialize(): mixed { return ($this->code)(); }
}
final class Last { public function __construct(private Closure $code) {} public function __destruct() { ($this->code)(); } }
$kept = client();
$kept->getBalances();
register_shutdown_function(function () {
    // The worker is well: the same client, in what is left of the request.
    ini_set("memory_limit", "-1");
    set_time_limit(0);
    $order = order();
    echo "\nafterwards: ", client()->placeOrder($order)->get("/acquireOrder/merchantOrderNo") === $order["merchantOrderNo"] ? "well" : "ill", "\n";
});
';
$large = '$numbers = implode(",", array_fill(0, 15000, "0.1")); $body = notification("\"acquireOrder\":{\"orderNo\":\"1\",\"status\":\"SUCCESS\",\"new\":[$numbers]}"); $sign = sign_with_openssl($body);';
$ends = [
    'exit in jsonSerialize' => ['client()->placeOrder(order(["subject" => new Gives(fn() => exit("bye"))]));', 'bye', 0],
    'exit with a number in jsonSerialize' => ['client()->placeOrder(order(["subject" => new Gives(fn() => exit(7))]));', '', 7],
    'exit in a destructor' => ['$last = new Last(function () { client()->getBalances(); exit("bye"); }); unset($last); echo "not here";', 'bye', 0],
    'exit in a destructor at the end' => ['$last = new Last(function () use ($kept) { $kept->getBalances(); echo "bye"; exit(0); });', 'bye', 0],
    'an error in jsonSerialize' => ['client()->placeOrder(order(["subject" => new Gives(fn() => nothing())]));', 'undefined function nothing()', 255],
    'a fatal error in jsonSerialize' => ['client()->placeOrder(order(["subject" => new Gives(function () { trigger_error("fatal one", E_USER_ERROR); })]));', 'fatal one', 255],
    'the memory limit in jsonSerialize' => ['ini_set("memory_limit", "8M"); client()->placeOrder(order(["subject" => new Gives(function () { for ($all = [];; $all[] = str_repeat("x", 100000)); })]));', 'Allowed memory size', 255],
    'the memory limit while a request is written' => ['$text = str_repeat("\u{1f375}", 1 << 20); ini_set("memory_limit", (string) (memory_get_usage(true) + (2 << 20))); client()->placeOrder(order(["subject" => $text, "reserved" => $text]));', 'Allowed memory size', 255],
    'the memory limit in toArray' => [$large . '$notification = client()->verifyNotification($body, $sign); unset($body, $numbers); gc_mem_caches();
        ini_set("memory_limit", (string) (memory_get_usage(true) + (1 << 18))); for ($all = [];; $all[] = $notification->toArray());', 'Allowed memory size', 255],
    'the memory limit in getRaw' => [$large . '$notification = client()->verifyNotification($body, $sign); ini_set("memory_limit", (string) (memory_get_usage(true) + (1 << 20))); for ($all = [];; $all[] = $notification->getRaw());', 'Allowed memory size', 255],
    'the memory limit while objects are made' => [$large . 'ini_set("memory_limit", (string) (memory_get_usage(true) + (1 << 20))); $client = client(); for ($all = [];; $all[] = [$client->verifyNotification($body, $sign), client(), str_repeat("x", 20000)]);', 'Allowed memory size', 255],
    'the memory limit while exceptions are made' => ['ini_set("memory_limit", (string) (memory_get_usage(true) + (1 << 20))); $client = client(); for ($all = [];;) { try { $client->verify("x", "AAAA"); } catch (BonusPay\Exception\Exception $thrown) { $all[] = [$thrown, str_repeat("x", 20000)]; } }', 'Allowed memory size', 255],
    'the memory limit in sign' => ['ini_set("memory_limit", (string) (memory_get_usage(true) + (1 << 20))); $client = client(); for ($all = [];; $all[] = [$client->sign("x"), str_repeat("x", 20000)]);', 'Allowed memory size', 255],
    'the memory limit in callMany' => ['$calls = array_fill(0, 8, ["getOrder", ["merchantOrderNo" => "a b"]]); $client = client(); ini_set("memory_limit", (string) (memory_get_usage(true) + (1 << 20))); for ($all = [];; $all[] = [$client->callMany($calls), str_repeat("x", 20000)]);', 'Allowed memory size', 255],
    'the memory limit while questions are written' => ['$text = str_repeat("\u{1f375}", 1 << 20); ini_set("memory_limit", (string) (memory_get_usage(true) + (2 << 20))); client()->callMany(array_fill(0, 8, ["getOrder", ["orderNo" => $text]]));', 'Allowed memory size', 255],
    'exit in jsonSerialize of a question' => ['client()->callMany([["getBalances"], ["getOrder", ["orderNo" => new Gives(fn() => exit("bye"))]]]);', 'bye', 0],
    'the time limit in jsonSerialize' => ['set_time_limit(1); client()->placeOrder(order(["subject" => new Gives(function () { while (true); })]));', 'Maximum execution time', 255],
];
foreach ($ends as $name => [$code, $says, $exit]) {
    [$output, $ended] = php($prelude . $code . 'echo "NOT REACHED";', ['zend.exception_ignore_args' => '0']);
    check(str_contains($output, $says), "$name says: $output");
    check(!str_contains($output, 'NOT REACHED') || $name === 'exit in a destructor at the end', "$name: $output");
    check(str_contains($output, 'afterwards: well'), "$name: $output");
    same($exit, $ended, $name);
}
// A child that is killed in the middle of a call disturbs nobody.
fault('crypto/getOrder', 'stall');
$pid = pcntl_fork();
if ($pid === 0) {
    client()->getOrder(['merchantOrderNo' => 'x']);
    exit(1);
}
usleep(200000);
run(['sh', '-c', "kill -9 $pid"]);
pcntl_waitpid($pid, $status);
check(pcntl_wifsignaled($status), 'the child was killed');
control('DELETE', 'faults');
same('0.92', client()->getFxRate(['currencyPair' => 'USDT_EUR', 'direction' => 'SELL'])->get('/fxrate'));
echo "done\n";
?>
--EXPECT--
done
