--TEST--
Every endpoint as a method, against the sandbox, and call() for those to come
--FILE--
<?php
require 'support.inc';

use BonusPay\State;

$client = client();
$tron = 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD';
$called = [];
function ask(string $method, array ...$arguments): BonusPay\Response
{
    global $client, $called;
    $called[] = $method;
    $answer = $client->$method(...$arguments);
    same(BonusPay\Response::class, get_class($answer), $method);
    same(json_decode($answer->getRaw(), true)['head']['applyStatus'], 'SUCCESS', $method);
    return $answer;
}

$order = order();
$placed = ask('placeOrder', $order);
same(State::Pending, $placed->getState());
same('12.81', $placed->get('/acquireOrder/totalAmount/amount'));
same(null, $placed->get('/acquireOrder/totalAmount'));
same(null, $placed->getCheckoutUrl());
check($placed->matchesRequest(), 'the answer names the order');
$same = ['merchantOrderNo' => $order['merchantOrderNo']];
$order_no = $placed->get('/acquireOrder/orderNo');
same($order_no, ask('getOrder', $same)->get('/acquireOrder/orderNo'));
same($order_no, ask('getOrder', ['orderNo' => $order_no])->toArray()['acquireOrder']['orderNo']);
control('POST', "orders/$order_no/deposits", ['amount' => '12.81', 'currency' => 'USDT', 'network' => 'TRON']);
same(State::Succeeded, ask('getOrder', $same)->getState());
check(str_contains(ask('getPaymentEvents', $same)->getJson(), '"12.81"'), 'the deposit');
$refund = ['refundMerchantOrderNo' => number(), 'originMerchantOrderNo' => $order['merchantOrderNo'], 'chainCode' => 'TRON',
    'amount' => ['amount' => '2.00', 'currency' => 'USDT'], 'refundAddress' => $tron];
check(ask('refund', $refund)->matchesRequest(), 'the refund');
same('2', ask('getRefund', ['refundMerchantOrderNo' => $refund['refundMerchantOrderNo']])->get('/refundOrder/refundAmount/amount'));

$order = order();
$client->placeOrder($order);
same(State::Failed, ask('cancelOrder', ['merchantOrderNo' => $order['merchantOrderNo']])->getState());

$order = order();
$order_no = $client->placeOrder($order)->get('/acquireOrder/orderNo');
control('POST', "orders/$order_no/deposits", ['amount' => '5.00', 'currency' => 'USDT', 'network' => 'TRON']);
control('POST', "orders/$order_no/expire");
same(State::Succeeded, ask('acceptOrder', ['orderNo' => $order_no])->getState());

$order = order(['paySceneCode' => 'CHECK_OUT', 'paySceneParams' => ['redirectUrl' => 'https://shop.example/thanks']]);
check(str_starts_with((string) $client->placeOrder($order)->getCheckoutUrl(), 'http://' . sandbox()['listening'] . '/'), 'the hosted page');

$customer = number('ann');
check(ask('getTopupAddress', ['customerId' => $customer, 'assetCode' => 'USDT', 'network' => 'TRON'])->get('/wallet/address') !== null, 'an address');
control('POST', 'topups', ['customerId' => $customer, 'assetCode' => 'USDT', 'network' => 'TRON', 'amount' => '100.00']);
$page = ask('getTopupDeposits', ['startTime' => 0, 'endTime' => 9999999999999, 'pageParam' => ['number' => 0, 'size' => 10]]);
$deposit = $page->get('/customerDepositOrderPage/items/0/orderNo');
same($deposit, ask('getTopupDeposit', ['orderNo' => $deposit])->get('/customerDepositOrder/orderNo'));

foreach (['withdraw' => ['getWithdrawal', 'getWithdrawNetworks'], 'transfer' => ['getTransfer', 'getTransferNetworks']] as $pay => [$get, $networks]) {
    check(ask($networks, ['assetCode' => 'USDT'])->get('/networks/0/name') !== null, $networks);
    $out = ['merchantOrderNo' => number(), 'address' => $tron, 'network' => 'TRON',
        'expectedReceivedAmount' => ['amount' => '10', 'currency' => 'USDT']];
    same(State::Pending, ask($pay, $out)->getState());
    same($out['merchantOrderNo'], ask($get, ['merchantOrderNo' => $out['merchantOrderNo']])->get('/withdrawOrder/merchantOrderNo'));
}

same('0.92', ask('getFxRate', ['currencyPair' => 'USDT_EUR', 'direction' => 'SELL'])->get('/fxrate'));
same('USDT', ask('getBalances', ['assetCodeList' => ['USDT']])->get('/assetCodeList/0/assetCode') ?? 'USDT');
check(count(ask('getBalances')->toArray()['assetCodeList']) > 1, 'all coins');

$settlement = ['merchantOrderNo' => number(), 'fiatCurrency' => 'EUR', 'cryptoAmount' => ['amount' => '100.00', 'currency' => 'USDT']];
same(State::Pending, ask('settle', $settlement)->getState());
same($settlement['merchantOrderNo'], ask('getSettlement', ['merchantOrderNo' => $settlement['merchantOrderNo']])->get('/otcFundoutOrder/merchantOrderNo'));

$id = ask('createSubMerchant', ['merchantType' => 'BUSINESS', 'merchantName' => 'Candy home', 'subMerchantAdminEmail' => 'a@b.example',
    'businessMerchantData' => new stdClass, 'merchantContactData' => new stdClass, 'merchantAddressData' => new stdClass])->get('/merchantId');
same('Candy home', ask('getSubMerchant', ['merchantId' => $id])->get('/merchantName'));

// A path that is known is called like its method; one that is not, once.
same($order_no, $client->call('crypto/getOrder', ['orderNo' => $order_no])->get('/acquireOrder/orderNo'));
$new = number();
$thrown = thrown('ApiException', fn() => $client->call('crypto/newThing', ['thing' => $new]));
same('404', $thrown->getApiCode());
foreach (['', '../x', "crypto/\0", 'http://127.0.0.1/', "crypto/x\r\n", 'a?b', str_repeat('x', 10000)] as $path) {
    same('path', thrown('InvalidArgumentException', fn() => $client->call($path, []))->getField(), substr($path, 0, 20));
}

$methods = array_map(fn($method) => $method->name, (new ReflectionClass($client))->getMethods());
$others = ['__construct', 'call', 'callMany', 'verifyNotification', 'sign', 'verify'];
same([], array_diff($methods, $called, $others), 'methods without a test');
same(22, count(array_unique($called)));
echo "done\n";
?>
--EXPECT--
done
