<?php

/**
 * BonusPay: one merchant's client.
 *
 * @generate-class-entries
 */

namespace BonusPay;

/**
 * Talks to one BonusPay with one merchant's keys.
 *
 * Make one wherever you need it: keys, settings and connections are kept by the process for as long as it lives,
 * so that a second client with the same options costs microseconds, and its calls find the connection open.
 * A child process (`pcntl_fork`) opens connections of its own.
 *
 * A method an endpoint: each takes BonusPay's `bizContent` as an array with the documented field names, or as JSON text
 * that goes to the library as it is, and gives the answer, verified. Unknown, missing and ill-formed fields are errors
 * before anything is sent.
 *
 * @strict-properties
 * @not-serializable
 */
final class Client
{
    /**
     * Makes a client. Nothing is connected yet.
     *
     * Options, of which each is a setting and none a path or a URL to read it from:
     *
     * - `environment`: `'sandbox'` or `'production'`. There is no default. May be left out when `base_url` is set:
     *   a loopback host then gets the sandbox's rules, any other those of production.
     * - `base_url` (string): a base URL of your own, such as `https://api.example.com/sgs/api/`.
     * - `partner_id` (string): the merchant's id at BonusPay, 12 digits. Required for calls.
     * - `private_key` (string or KeyPair): the merchant's private RSA key, PEM or bare Base64, 2048 to 4096 bits.
     *   Without it a client can verify, and nothing else.
     * - `public_key` (string, or a list of up to 5): BonusPay's public keys. A signature by any of them counts.
     *   Without one, `sign()` works, and nothing else.
     * - `connect_timeout_ms` (int): for finding the host and connecting, TLS included. Default 5000.
     * - `total_timeout_ms` (int): for a whole call, repeats included. Default 15000. Keep it below
     *   `max_execution_time` and PHP-FPM's `request_terminate_timeout`.
     * - `proxy` (string): an HTTP proxy, such as `http://user:password@proxy.example.com:3128`. None is ever
     *   taken from the environment.
     * - `ca_pem` (string): certificate authorities to trust besides the public ones, PEM.
     * - `user_agent` (string): up to 200 printable ASCII characters.
     * - `language` (string): the `Content-Language` header. Default `en`.
     * - `allow_http` (bool): http, for a sandbox. Production never takes it.
     * - `scales` (array): how many decimals an amount of a currency may have in a request, by currency, such as
     *   `['BTC' => 8]`. Defaults: USDT 2, USDC 2, ETH 6, BTC 8.
     *
     * @throws Exception\InvalidArgumentException for an option that is unknown, or of the wrong type or value;
     *         `getField()` names it
     * @throws Exception\ConfigException when an option is missing or contradicts another, or a key cannot be used
     */
    public function __construct(#[\SensitiveParameter] array $options) {}

    /**
     * Places an order (`crypto/placeOrder`, section 3.1). Idempotent by `merchantOrderNo`: after an unknown outcome
     * the same call may be made again. The answer's amount and currency are compared with what was asked.
     *
     * @param array|string $bizContent `merchantOrderNo`, `subject`, `totalAmount` or `refAmount` as
     *        `['amount' => '12.81', 'currency' => 'USDT']`, `paySceneCode`, and what else BonusPay documents;
     *        `expiredTime` in milliseconds since 1970
     * @throws Exception\Exception
     */
    public function placeOrder(array|string $bizContent): Response {}

    /**
     * Cancels an order that is not paid (`crypto/cancelOrder`, section 3.2). Sent once, never repeated. Ask with
     * `getOrder()` before.
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function cancelOrder(array|string $bizContent): Response {}

    /**
     * Accepts an order as it stands, although too little or too much was paid (`crypto/acceptOrder`). Sent once,
     * never repeated.
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function acceptOrder(array|string $bizContent): Response {}

    /**
     * Asks for an order (`crypto/getOrder`): the proof of a payment. Compare numbers, amount and currency with your
     * own before you believe it, and see `Response::matchesRequest()`.
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function getOrder(array|string $bizContent): Response {}

    /**
     * Asks what was deposited for an order so far (`crypto/getPaymentDepositEventList`).
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function getPaymentEvents(array|string $bizContent): Response {}

    /**
     * Pays an order, or a part of it, back (`crypto/refund/placeOrder`). Moves money out: sent once, on a connection
     * of its own, never repeated. When its outcome is unknown, ask with `getRefund()`.
     *
     * @param array|string $bizContent `refundMerchantOrderNo`, `originMerchantOrderNo` or `originOrderNo`, `amount`,
     *        `chainCode`, `refundAddress`, and what else BonusPay documents
     * @throws Exception\Exception
     */
    public function refund(array|string $bizContent): Response {}

    /**
     * Asks for a refund (`crypto/refund/getOrder`).
     *
     * @param array|string $bizContent the refund's number
     * @throws Exception\Exception
     */
    public function getRefund(array|string $bizContent): Response {}

    /**
     * Asks for a customer's deposit address (`ccdeposit/getAddress`); the same question gets the same address. See
     * `/wallet/address`, `/wallet/minDeposit` and `/wallet/cashierUrl` of the answer.
     *
     * @param array|string $bizContent `customerId`, `assetCode`, `network`
     * @throws Exception\Exception
     */
    public function getTopupAddress(array|string $bizContent): Response {}

    /**
     * Asks for a page of the deposits to customers' addresses (`ccdeposit/queryCustomerDepositOrderPage`), the
     * newest first, under `/customerDepositOrderPage/items`.
     *
     * @param array|string $bizContent `startTime` and `endTime` in milliseconds since 1970, `pageParam` with `number`
     *        (from 0) and `size`
     * @throws Exception\Exception
     */
    public function getTopupDeposits(array|string $bizContent): Response {}

    /**
     * Asks for one deposit (`ccdeposit/getCustomerDepositOrder`).
     *
     * @param array|string $bizContent `orderNo`, BonusPay's number
     * @throws Exception\Exception
     */
    public function getTopupDeposit(array|string $bizContent): Response {}

    /**
     * Withdraws to an address of the merchant's address book (`ccwithdraw/placeOrder`). Moves money out: sent once,
     * never repeated. When its outcome is unknown, ask with `getWithdrawal()` by the same number; a new number would
     * pay twice.
     *
     * @param array|string $bizContent `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and
     *        what else BonusPay documents
     * @throws Exception\Exception
     */
    public function withdraw(array|string $bizContent): Response {}

    /**
     * Asks for a withdrawal (`ccwithdraw/getOrder`).
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function getWithdrawal(array|string $bizContent): Response {}

    /**
     * Asks for the networks that a coin can be withdrawn on (`ccwithdraw/getNetworks`), under `/networks`.
     *
     * @param array|string $bizContent `assetCode`
     * @throws Exception\Exception
     */
    public function getWithdrawNetworks(array|string $bizContent): Response {}

    /**
     * Transfers to any address (`ccwithdraw/transfer`). Moves money out: sent once, never repeated. When its outcome
     * is unknown, ask with `getTransfer()` by the same number; a new number would pay twice.
     *
     * @param array|string $bizContent `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and
     *        what else BonusPay documents
     * @throws Exception\Exception
     */
    public function transfer(array|string $bizContent): Response {}

    /**
     * Asks for a transfer (`ccwithdraw/getOrder`).
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function getTransfer(array|string $bizContent): Response {}

    /**
     * Asks for the networks that a coin can be transferred on (`ccwithdraw/getNetworks`), under `/networks`.
     *
     * @param array|string $bizContent `assetCode`
     * @throws Exception\Exception
     */
    public function getTransferNetworks(array|string $bizContent): Response {}

    /**
     * Asks for a rate (`fxrate/getFxrate`), under `/fxrate`. It is indicative: an order has a rate of its own.
     *
     * @param array|string $bizContent `currencyPair` such as `USDT_INR`, `direction` `BUY` or `SELL`
     * @throws Exception\Exception
     */
    public function getFxRate(array|string $bizContent): Response {}

    /**
     * Asks for the merchant's balances (`account/getAccountList`), under `/assetCodeList`.
     *
     * @param array|string $bizContent `assetCodeList`, or nothing for all coins
     * @throws Exception\Exception
     */
    public function getBalances(array|string $bizContent = []): Response {}

    /**
     * Sells coins and pays the proceeds out to the merchant's bank account (`otcfundout/placeOrder`). Moves money
     * out: sent once, never repeated. When its outcome is unknown, ask with `getSettlement()`.
     *
     * @param array|string $bizContent `merchantOrderNo`, `fiatCurrency`, `cryptoAmount`, and what else BonusPay documents
     * @throws Exception\Exception
     */
    public function settle(array|string $bizContent): Response {}

    /**
     * Asks for a settlement (`otcfundout/getOrder`).
     *
     * @param array|string $bizContent `merchantOrderNo` or `orderNo`, one of the two
     * @throws Exception\Exception
     */
    public function getSettlement(array|string $bizContent): Response {}

    /**
     * Makes a sub-merchant (`agent/subMerchantCreate`). Sent once, never repeated.
     *
     * @param array|string $bizContent `merchantType`, `merchantName`, `subMerchantAdminEmail`, `businessMerchantData` or
     *        `personalMerchantData`, `merchantContactData`, `merchantAddressData`
     * @throws Exception\Exception
     */
    public function createSubMerchant(array|string $bizContent): Response {}

    /**
     * Asks for a sub-merchant (`agent/subMerchantDetail`).
     *
     * @param array|string $bizContent `merchantId`
     * @throws Exception\Exception
     */
    public function getSubMerchant(array|string $bizContent): Response {}

    /**
     * Calls an endpoint by its path below the base URL, such as `crypto/newThing`: for endpoints to come. Nothing is
     * known about what it does, so it is sent once, no field is checked, and its answer is not compared with the
     * request. A path that is known is called like its own method.
     *
     * @throws Exception\Exception
     */
    public function call(string $path, array|string $bizContent): Response {}

    /**
     * Asks several questions at once: the methods that begin with `get`, up to 64 of them.
     *
     * ```
     * $answers = $client->callMany([
     *     'order' => ['getOrder', ['merchantOrderNo' => 'T0101']],
     *     'rate' => ['getFxRate', ['currencyPair' => 'USDT_EUR', 'direction' => 'SELL']],
     *     'balances' => ['getBalances'],
     * ], 3000);
     * if ($answers['order'] instanceof BonusPay\Response) { ... }
     * ```
     *
     * Each comes to what its method would have come to: under its key is the answer, or the exception, which is not
     * thrown. Up to 8 are under way at once, each on a connection of its own, which is kept; the others wait for their
     * turn.
     *
     * @param array $calls by any keys, lists of a method's name and its `bizContent`
     * @param int|null $deadlineMs for all of them together, in milliseconds, at most 600000; 0 and null stand for
     *        `total_timeout_ms`, which bounds each question in any case, from when its turn came
     * @return array under the same keys, in the same order, a Response or an Exception\Exception each
     * @throws Exception\InvalidArgumentException before anything is sent, for too many questions or none, for a method
     *         that does more than ask, and for an array that cannot be written as JSON; `getField()` says where, as a
     *         JSON Pointer into `$calls`
     */
    public function callMany(array $calls, ?int $deadlineMs = null): array {}

    /**
     * Verifies a notification and reads it (section 3.3). A genuine notification is a hint, not a proof: ask with
     * `getOrder()`.
     *
     * @param string $body the HTTP body exactly as it came: `file_get_contents('php://input')`
     * @param string $sign the value of its `Sign` header
     * @param string|null $partnerId the value of its `Partner-Id` header, or null when there was none
     * @throws Exception\SignatureException the signature is missing, ill-formed or wrong
     * @throws Exception\MismatchException the notification is for another merchant
     * @throws Exception\ProtocolException a genuine signature over what is no notification
     * @throws Exception\ConfigException this client has no public key
     */
    public function verifyNotification(string $body, #[\SensitiveParameter] string $sign, ?string $partnerId = null): Notification {}

    /**
     * Signs any bytes with the merchant's private key: SHA-256 with RSA PKCS#1 v1.5, as Base64 of one line.
     *
     * @throws Exception\ConfigException this client has no private key
     */
    public function sign(#[\SensitiveParameter] string $message): string {}

    /**
     * Verifies a signature over any bytes with BonusPay's public keys: SHA-256 with RSA PKCS#1 v1.5, as Base64 of
     * one line.
     *
     * @return bool true, always: whatever is not valid is an exception, so that no forgotten comparison lets it pass
     * @throws Exception\SignatureException the signature is missing, ill-formed or wrong
     * @throws Exception\ConfigException this client has no public key
     */
    public function verify(#[\SensitiveParameter] string $message, #[\SensitiveParameter] string $sign): bool {}
}
