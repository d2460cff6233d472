--TEST--
Texts, integers, enums and objects arrive in the request byte for byte, under a valid signature
--FILE--
<?php
require 'support.inc';

use BonusPay\State;

enum Coin: string { case Usdt = 'USDT'; }
enum Count: int { case Two = 2; }
class Gives implements JsonSerializable
{
    public function __construct(private mixed $value) {}
    public function jsonSerialize(): mixed { return $this->value; }
}
/** bizContent as it stood in the request, whose signature the sandbox found valid, and OpenSSL too. */
function sent(string $number): string
{
    $entries = journal($number);
    same(1, count($entries), "requests with $number");
    check($entries[0]['signature_valid'] === true, 'the signature, says the sandbox');
    $body = base64_decode($entries[0]['request_body_base64']);
    $headers = array_change_key_case($entries[0]['request_headers']);
    $folder = sys_get_temp_dir() . '/' . number();
    file_put_contents("$folder.sign", base64_decode(is_array($headers['sign']) ? $headers['sign'][0] : $headers['sign']));
    same("Verified OK\n", run(['openssl', 'dgst', '-sha256', '-verify', dirname(sandbox()['merchant_private_key']) . '/merchant_public.pem',
        '-signature', "$folder.sign"], $body)[0]);
    unlink("$folder.sign");
    check((bool) preg_match('/^\{"requestTime":"?\d+"?,"bizContent":(.*)\}$/s', $body, $is), $body);
    return $is[1] ?? '';
}

$client = client();
foreach ([
    'Tee & "Gebäck" \'süß\' / \\ <b>',
    "emoji \u{1F375}\u{200D}\u{1F525} \u{10FFFF}",
    "line\nbreak\ttab \x01 \x7f",
    "separators \u{2028}\u{2029}",
    '12.810', 'true', 'null', '0', '%s %n', "a\0b",
] as $text) {
    $number = number();
    thrown('ApiException', fn() => $client->call('crypto/newThing', ['n' => $number, 't' => $text]));
    $given = json_decode(sent($number), true, 512, JSON_THROW_ON_ERROR);
    same(['n' => $number, 't' => $text], $given);
}
// No escape that another reader could undo.
$number = number('a/b"c');
thrown('ApiException', fn() => $client->call('crypto/newThing', ['n' => $number, 'u' => "http://x/\u{1F375}"]));
$entry = array_values(array_filter(control('GET', 'journal')['journal'],
    fn($entry) => str_contains(base64_decode((string) $entry['request_body_base64']), substr($number, 5))))[0];
check(str_contains(base64_decode($entry['request_body_base64']), "\"u\":\"http://x/\u{1F375}\""), base64_decode($entry['request_body_base64']));

// A number with quotes, slashes and emoji is no order number: it is refused here, or arrives as it is.
foreach (['a"b', 'a/b', "a\u{1F375}", 'a b', "a'b", 'a\\b', ''] as $bad) {
    same('/merchantOrderNo', thrown('InvalidArgumentException', fn() => $client->placeOrder(order(['merchantOrderNo' => $bad])))->getField());
}
$subject = "\"quoted\" 'single' /slash\\ \u{1F375} \u{6f22}\u{5b57}";
$order = order(['subject' => $subject]);
$client->placeOrder($order);
same($subject, json_decode(sent($order['merchantOrderNo']), true)['subject']);

// Everything that has a JSON of its own.
$number = number();
$object = new stdClass;
$object->{'0'} = 'zero';
$object->empty = new stdClass;
$reference = 'by reference';
thrown('ApiException', fn() => $client->call('crypto/newThing', [
    'n' => $number, 'i' => [0, -1, PHP_INT_MAX, PHP_INT_MIN], 'b' => [true, false], 'z' => null, 'e' => [], 'l' => [[]],
    'm' => [1 => 'a', 2 => 'b'], 'o' => $object, 'c' => Coin::Usdt, 'two' => Count::Two, 'g' => new Gives(new Gives(Coin::Usdt)),
    'r' => &$reference, 5 => 'five', '' => 'empty name', "\u{e4}/~" => 'odd name',
]));
same('{"n":"' . $number . '","i":[0,-1,9223372036854775807,-9223372036854775808],"b":[true,false],"z":null,"e":[],"l":[[]],'
    . '"m":{"1":"a","2":"b"},"o":{"0":"zero","empty":{}},"c":"USDT","two":2,"g":"USDT","r":"by reference","5":"five",'
    . '"":"empty name","' . "\u{e4}" . '/~":"odd name"}', sent($number));

// JSON text arrives as the array that it is of: each member once, in its order, amounts as numbers.
$array = order();
$client->placeOrder($array);
$text = order();
$client->placeOrder(json_encode($text, JSON_PRETTY_PRINT));
same(str_replace($array['merchantOrderNo'], $text['merchantOrderNo'], sent($array['merchantOrderNo'])), sent($text['merchantOrderNo']));
same(State::Pending, $client->getOrder("{\"merchantOrderNo\":\"{$text['merchantOrderNo']}\"}")->getState());
$number = number();
thrown('ApiException', fn() => $client->call('crypto/newThing', " {\"n\":\"$number\", \"big\": 123456789012345678901234567890.10}\n"));
same("{\"n\":\"$number\",\"big\":123456789012345678901234567890.10}", sent($number));

// The root is an object, also an empty one and a list.
$client->getBalances([]);
$client->getBalances();
$bodies = array_map(fn($entry) => base64_decode((string) $entry['request_body_base64']), control('GET', 'journal')['journal']);
check(count(array_filter($bodies, fn($body) => str_ends_with($body, '"bizContent":{}}'))) >= 2, 'an empty root is an object');
$number = number();
thrown('ApiException', fn() => $client->call('crypto/newThing', [$number, 'x']));
same("{\"0\":\"$number\",\"1\":\"x\"}", sent($number));
echo "done\n";
?>
--EXPECT--
done
