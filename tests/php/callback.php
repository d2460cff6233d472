<?php // The page that BonusPay notifies. SHOP names a file that returns this shop's options, and what it waits for.
$shop = require getenv('SHOP');
$answer = function (int $status, string $text): never { http_response_code($status); exit($text); };
try {
    $client = new BonusPay\Client($shop['options']);
    $hint = $client->verifyNotification(file_get_contents('php://input'), $_SERVER['HTTP_SIGN'] ?? '', $_SERVER['HTTP_PARTNER_ID'] ?? null);
    $number = (string) $hint->get('/acquireOrder/merchantOrderNo');
    $due = $shop['due'][$number] ?? $answer(400, 'FAIL');           // by our own record, not by the message
    $order = $client->getOrder(['merchantOrderNo' => $number]);     // the message is a hint, this is the proof
} catch (BonusPay\Exception\Exception $e) {
    $answer($e instanceof BonusPay\Exception\SignatureException ? 401 : 503, 'FAIL');
}
$is_paid = $order->getState() === BonusPay\State::Succeeded && $order->matchesRequest()
    && $order->get('/acquireOrder/paymentInfo/paidAmount/currency') === $due['currency']
    && BonusPay\compare_amounts($order->get('/acquireOrder/paymentInfo/paidAmount/amount') ?? '0', $due['amount']) >= 0;
$is_paid || $answer(503, 'FAIL');                                   // BonusPay tells again later
$shop['paid']($number);                                             // yours: once, under a lock, stored
$answer(200, 'SUCCESS');
