--TEST--
https: a certificate of an authority that is not trusted is refused; ca_pem names one
--FILE--
<?php
require 'support.inc';

sandbox('TLS');
check(str_starts_with(sandbox()['base_url'], 'https://'), 'the sandbox speaks TLS');
$thrown = thrown('NetworkException', fn() => client()->getBalances());
same([11, BonusPay\Outcome::NotSent], [$thrown->getCode(), $thrown->getOutcome()]);
$client = client(['ca_pem' => file_get_contents(sandbox()['ca_pem']), 'allow_http' => null]);
$order = order();
same('12.81', $client->placeOrder($order)->get('/acquireOrder/totalAmount/amount'));
same(BonusPay\State::Pending, $client->getOrder(['merchantOrderNo' => $order['merchantOrderNo']])->getState());
echo "done\n";
?>
--EXPECT--
done
