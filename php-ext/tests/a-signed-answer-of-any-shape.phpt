--TEST--
A signed answer of any shape and size is read as an array, or is an exception
--FILE--
<?php
require 'support.inc';

$ask = fn(string $answer) => client(['base_url' => answering($answer)])->call('crypto/newThing', []);
$head = '{"head":{"applyStatus":"SUCCESS","code":"0"}';
foreach (['' => [], ',"body":null' => [], ',"body":{}' => [], ',"body":[]' => [], ',"body":[1,[2]]' => [1, [2]], ',"body":"x"' => ['x'], ',"body":5' => [5],
    ',"body":0.50' => ['0.50'], ',"body":true' => [true], ',"body":{"":{"a":null}}' => ['' => ['a' => null]]] as $body => $array) {
    $answer = $ask("$head$body}");
    same($array, $answer->toArray(), $body);
    same("$head$body}", $answer->getRaw());
    same([BonusPay\State::Unknown, null, false], [$answer->getState(), $answer->getCheckoutUrl(), $answer->matchesRequest()], $body);
}
// Just below a mebibyte, of many values; and above.
$large = $ask($head . ',"body":{"n":[' . substr(str_repeat('0.2500000000000000000000,', 40000), 0, -1) . ']}}');
same(40000, count($large->toArray()['n']));
same('0.2500000000000000000000', $large->get('/n/39999'));
thrown('ProtocolException', fn() => $ask($head . ',"body":{"t":"' . str_repeat('x', 1 << 20) . '"}}'));
foreach (['', '{}', '[]', 'x', "$head,\"body\":", $head . ',"body":' . str_repeat('[', 500) . str_repeat(']', 500) . '}', "\u{feff}$head}", "$head,\"body\":\"\xff\"}",
    '{"head":{"applyStatus":"SUCCESS","code":"0"},"head":{},"body":{}}'] as $bad) {
    $thrown = thrown('ProtocolException', fn() => $ask($bad));
    same(BonusPay\Outcome::Unknown, $thrown->getOutcome());
}
echo "done\n";
?>
--EXPECT--
done
