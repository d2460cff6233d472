--TEST--
Each option is taken, and null counts as not given
--FILE--
<?php
require 'support.inc';

$taken = [
    'environment' => ['sandbox'],
    'partner_id' => ['200000000888'],
    'private_key' => [merchant_key(), BonusPay\KeyPair::fromPrivateKey(merchant_key())],
    'public_key' => [gateway_key(), [gateway_key()], ['a' => gateway_key(), 'b' => new_public_key()]],
    'connect_timeout_ms' => [1, 600000],
    'total_timeout_ms' => [1, 600000],
    'proxy' => ['http://user:password@127.0.0.1:3128'],
    'ca_pem' => [file_get_contents(json_decode(file_get_contents(environment('TLS')), true)['ca_pem'])],
    'user_agent' => ['shop/1.0'],
    'language' => ['en', 'de-CH'],
    'allow_http' => [true],
    'scales' => [[], ['BTC' => 8, 'XYZ' => 0, 'ABC' => 18]],
];
foreach ($taken as $name => $values) {
    foreach ($values as $value) {
        check(client([$name => $value]) instanceof BonusPay\Client, $name);
    }
    $options = options();
    $options[$name] = null;
    if (in_array($name, ['public_key', 'private_key', 'partner_id', 'environment'], true)) {
        // The client is made and can do less; loopback has the sandbox's rules by itself.
        $client = new BonusPay\Client($options);
        check($client instanceof BonusPay\Client, "$name => null");
    }
}

// The same as a reference, as an array of an iterator gives it.
$options = options();
$key = &$options['private_key'];
check(strlen((new BonusPay\Client($options))->sign('x')) === 344, 'a reference');

// What null leaves out is missing, and not empty.
$options = options();
$options['private_key'] = null;
$thrown = thrown('ConfigException', fn() => (new BonusPay\Client($options))->sign('x'));
same(BonusPay\Outcome::NotSent, $thrown->getOutcome());

// In any order.
$backwards = array_reverse(options(), true);
check((new BonusPay\Client($backwards))->getFxRate(['currencyPair' => 'USDT_EUR', 'direction' => 'SELL'])->get('/fxrate') !== null, 'backwards');

// Options take effect: a scale lets more decimals pass, a language and an agent are sent.
$order = order(['totalAmount' => ['amount' => '1.2345', 'currency' => 'USDT']]);
same('/totalAmount/amount', thrown('InvalidArgumentException', fn() => client()->placeOrder($order))->getField());
$thrown = thrown('ApiException', fn() => client(['scales' => ['USDT' => 4]])->placeOrder($order));
check($thrown->isAuthenticated(), 'the sandbox itself has two decimals');

$order = order();
client(['language' => 'de-CH', 'user_agent' => 'phpt/7'])->placeOrder($order);
$headers = array_change_key_case(journal($order['merchantOrderNo'])[0]['request_headers']);
same(['de-CH', 'phpt/7'], [(string) (is_array($headers['content-language']) ? $headers['content-language'][0] : $headers['content-language']),
    (string) (is_array($headers['user-agent']) ? $headers['user-agent'][0] : $headers['user-agent'])]);
echo "done\n";
?>
--EXPECT--
done
