--TEST--
The functions: amounts compared exactly, addresses, payment URIs, QR codes
--FILE--
<?php
require 'support.inc';

use function BonusPay\{build_info, check_address, compare_amounts, payment_uri, qr_svg, qr_text};

foreach ([['12.81', '12.810', 0], ['1281E-2', '12.81', 0], ['12.80540000000000000001', '12.8054', 1], ['0', '-0', 0], ['1', '2', -1], ['-1', '1', -1], ['0E-8', '0', 0],
    ['0.1', '0.10000000000000000001', -1]] as [$a, $b, $order]) {
    same($order, compare_amounts($a, $b), "$a and $b");
    same(-$order, compare_amounts($b, $a));
}
foreach (['', ' 1', '1 ', '+1', '01', '1.', '.5', '1_0', '1,0', 'x', "1\0", 'NAN', 'INF', '0x1', str_repeat('9', 40)] as $bad) {
    same('a', thrown('InvalidArgumentException', fn() => compare_amounts($bad, '1'))->getField(), $bad);
    same('b', thrown('InvalidArgumentException', fn() => compare_amounts('1', $bad))->getField(), $bad);
}
$bitcoin = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';
same("bitcoin:$bitcoin?amount=0.001", payment_uri('BTC', 'BTC', $bitcoin, '0.001'));
same('TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD', payment_uri('USDT', 'TRON', 'TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD', '1'));
foreach ([['', 'BTC', $bitcoin, '1'], ['BTC', 'BTC', '', '1'], ['BTC', 'BTC', "$bitcoin\0", '1'], ['BTC', 'BTC', $bitcoin, 'x'], ['BTC', 'BTC', str_repeat('b', 100000), '1']] as $bad) {
    thrown('InvalidArgumentException', fn() => payment_uri(...$bad));
}
foreach (['BTC' => $bitcoin, 'BTC_TESTNET' => 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'ETH' => '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'POLYGON' => '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'TRON' => 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'] as $network => $address) {
    same(null, check_address($network, $address));
    foreach (['', "$address\0", " $address", substr($address, 0, -1), "\xff", str_repeat('b', 100000)] as $bad) {
        $error = thrown('InvalidArgumentException', fn() => check_address($network, $bad));
        same('address', $error->getField());
        check(!str_contains($error->getMessage(), substr($address, 3, -3)), 'no address in a message');
    }
    same('network', thrown('InvalidArgumentException', fn() => check_address(strtolower($network), $address))->getField());
}
$svg = qr_svg("bitcoin:$bitcoin");
check(str_contains($svg, '<svg') && str_ends_with(rtrim($svg), '</svg>') && !str_contains($svg, "\0"), 'an SVG');
$text = qr_text("bitcoin:$bitcoin");
check(preg_match('//u', $text) === 1 && preg_match('/[\x{2580}\x{2584}\x{2588}]/u', $text) === 1 && !str_contains($text, "\0"), 'half blocks');
foreach (['', str_repeat('x', 10000)] as $bad) {
    thrown('InvalidArgumentException', fn() => qr_svg($bad));
    thrown('InvalidArgumentException', fn() => qr_text($bad));
}
check((bool) preg_match('/^[^\n]*\d+\.\d+\.\d+[^\n]*$/', build_info()), build_info());
echo "done\n";
?>
--EXPECT--
done
