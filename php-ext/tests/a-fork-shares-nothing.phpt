--TEST--
R87: four children of a fork make 20 calls each, get their own answers, and the parent works on
--FILE--
<?php
require 'support.inc';

$client = client();
$order = order();
$client->placeOrder($order);
$parent_connection = journal($order['merchantOrderNo'])[0]['connection'];
$run = number('fork');
$children = [];
for ($child = 0; $child < 4; $child++) {
    $pid = pcntl_fork();
    if ($pid === 0) {
        $wrong = 0;
        for ($call = 0; $call < 20; $call++) {
            $number = "$run-$child-$call";
            $answer = ($call % 2 ? $client : client())->placeOrder(order(['merchantOrderNo' => $number]));
            $wrong += $answer->get('/acquireOrder/merchantOrderNo') !== $number;
        }
        exit($wrong);
    }
    $children[] = $pid;
}
// The parent calls meanwhile.
for ($call = 0; $call < 20; $call++) {
    same($order['merchantOrderNo'], $client->getOrder(['merchantOrderNo' => $order['merchantOrderNo']])->get('/acquireOrder/merchantOrderNo'));
}
foreach ($children as $pid) {
    pcntl_waitpid($pid, $status);
    check(pcntl_wifexited($status) && pcntl_wexitstatus($status) === 0, "a child ended with $status");
}
same($order['merchantOrderNo'], $client->getOrder(['merchantOrderNo' => $order['merchantOrderNo']])->get('/acquireOrder/merchantOrderNo'));

// By the sandbox's books: each child's orders once, on connections of its own.
$connections = [];
foreach (journal($run) as $entry) {
    preg_match("/$run-(\d)-(\d+)/", base64_decode($entry['request_body_base64']), $is);
    $seen[$is[1]][] = $is[2];
    $connections[$entry['connection']][$is[1]] = true;
}
ksort($seen);
same([20, 20, 20, 20], array_map('count', $seen));
foreach ($connections as $connection => $users) {
    same(1, count($users), "connection $connection has users");
    check($connection !== $parent_connection, "a child used the parent's connection");
}
echo "done\n";
?>
--EXPECT--
done
