--TEST--
R73: exceptions' traces hold no secret, with zend.exception_ignore_args off
--FILE--
<?php
require 'support.inc';

ini_set('zend.exception_ignore_args', '0');
ini_set('zend.exception_string_param_max_len', '1000000');
same('0', ini_get('zend.exception_ignore_args'));

/** Looks into everything that a debugger's dump of an exception would. */
function deep(mixed $value, int $depth = 0): string
{
    return match (true) {
        $depth > 12 => '',
        is_string($value) => $value,
        is_array($value) => implode("\n", array_map(fn($item) => deep($item, $depth + 1), $value)),
        $value instanceof SensitiveParameterValue => '',
        $value instanceof Throwable => $value . deep($value->getTrace(), $depth + 1) . deep((array) $value, $depth + 1) . print_r($value, true) . deep($value->getPrevious(), $depth + 1),
        is_object($value) => print_r($value, true),
        default => '',
    };
}
$secret = merchant_key();
// That the search can fail: an ordinary function's argument is found.
function ordinary(string $key) { throw new Exception('x'); }
try { ordinary($secret); } catch (Exception $thrown) { check(leaks(deep($thrown)), 'deep() finds a key in a trace'); }

$canary = 'canary' . bin2hex(random_bytes(16));
$message = "message $canary";
$calls = [
    fn() => new BonusPay\Client(['nonsense' => 1] + options()),
    fn() => new BonusPay\Client(['total_timeout_ms' => 'x'] + options()),
    fn() => new BonusPay\Client(['private_key' => $GLOBALS['secret'] . $GLOBALS['secret']] + options()),
    fn() => new BonusPay\Client(['public_key' => $GLOBALS['secret']] + options()),
    fn() => new BonusPay\Client(['environment' => 'sandbox', 'private_key' => $GLOBALS['secret'], 'partner_id' => '']),
    fn() => BonusPay\KeyPair::fromPrivateKey(substr($GLOBALS['secret'], 0, 900)),
    fn() => (new BonusPay\Client(array_diff_key(options(), ['private_key' => 1])))->sign($GLOBALS['message']),
    fn() => (new BonusPay\Client(options()))->verify($GLOBALS['message'], $GLOBALS['canary']),
    fn() => (new BonusPay\Client(options()))->verifyNotification('{}', $GLOBALS['canary']),
    fn() => (new BonusPay\Client(options()))->getOrder(['merchantOrderNo' => 'a b']),
];
foreach ($calls as $at => $call) {
    try {
        $call();
        check(false, "call $at throws nothing");
    } catch (BonusPay\Exception\Exception $thrown) {
        $all = deep($thrown);
        check(!leaks($all) && !str_contains($all, $canary), "call $at: " . substr($all, 0, 500));
    }
}

// Each parameter that takes a secret carries the attribute, which other code asks for too.
$sensitive = [];
foreach ((new ReflectionExtension('bonuspay'))->getClasses() as $class) {
    foreach ($class->getMethods() as $method) {
        foreach ($method->getParameters() as $parameter) {
            if ($parameter->getAttributes(SensitiveParameter::class)) {
                $sensitive[] = $class->getShortName() . "::$method->name(\$$parameter->name)";
            }
        }
    }
}
same(['Client::__construct($options)', 'Client::verifyNotification($sign)', 'Client::sign($message)', 'Client::verify($message)', 'Client::verify($sign)',
    'KeyPair::fromPrivateKey($privateKey)'], $sensitive);
echo "done\n";
?>
--EXPECT--
done
