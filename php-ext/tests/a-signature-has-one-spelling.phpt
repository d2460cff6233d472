--TEST--
R8: a signature is standard Base64 of one line, padded and of the key's length; nothing is trimmed
--FILE--
<?php
require 'support.inc';

$client = client();
$sign = sign_with_openssl('message');
same([344, '=='], [strlen($sign), substr($sign, -2)]);
same(true, $client->verify('message', $sign));
$body = substr($sign, 0, -2);
$last = ['A' => 'B', 'Q' => 'R', 'g' => 'h', 'w' => 'x'][substr($body, -1)];
foreach ([
    '', ' ', $body, "$body=", "$body===", "$sign=", substr($body, 0, -1) . "$last==", substr($sign, 0, 100) . ' ' . substr($sign, 100),
    chunk_split($sign, 64, "\n"), chunk_split($sign, 76, "\r\n"), substr($sign, 0, 100) . "\0" . substr($sign, 100), "$sign\0", "$sign\n", "$sign\r\n",
    " $sign", "$sign ", "$sign, $sign", "\u{feff}$sign", '-' . substr($sign, 1), '_' . substr($sign, 1), '%2B' . substr($sign, 1), str_repeat('=', 344),
    str_repeat('A', 2049), str_repeat('A', 3000000), "\xff\xfe", str_repeat("\0", 344), base64_encode(base64_decode($sign) . "\0"), base64_encode("\0" . base64_decode($sign)),
    base64_encode(str_repeat("\0", 256)), base64_encode(str_repeat("\xff", 256)), strtr($sign, '+/', '-_') . '=', bin2hex(base64_decode($sign)), base64_encode($sign),
] as $at => $text) {
    $thrown = thrown('SignatureException', fn() => $client->verify('message', $text));
    same([22, BonusPay\Outcome::Rejected], [$thrown->getCode(), $thrown->getOutcome()], "case $at");
    check(!str_contains($thrown->getMessage(), substr($sign, 0, 16)), 'no signature is shown');
    $notification = notification(notifications()[0][4]);
    if ($at < 20) {
        thrown('SignatureException', fn() => $client->verifyNotification($notification, str_replace($sign, sign_with_openssl($notification), $text) . ($text === $body ? '' : ' ')));
    }
}
echo "done\n";
?>
--EXPECT--
done
