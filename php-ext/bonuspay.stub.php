<?php

/**
 * BonusPay: take crypto payments.
 *
 * The API of the extension, from which its argument information is generated (`make php-arginfo`), and what an IDE
 * reads. Section numbers are those of the protocol description, as in docs/reference/protocol.md.
 *
 * Amounts are decimal strings such as `'12.81'`, in both directions; a float is refused wherever it stands. Times are
 * whole milliseconds since 1970, time limits whole milliseconds. Pointers are JSON Pointers (RFC 6901).
 *
 * @generate-class-entries
 */

namespace BonusPay {

    /**
     * What a document's status means for whoever waits for the money (section 4).
     */
    enum State: string
    {
        /** Not final: ask again later. */
        case Pending = 'pending';
        /** Paid; or, of a refund or a withdrawal, paid out. */
        case Succeeded = 'succeeded';
        /** Failed, expired or cancelled. */
        case Failed = 'failed';
        /** The order was paid and given back. */
        case Refunded = 'refunded';
        /** A status that is not known, or none at all: treat it as pending, never as paid. */
        case Unknown = 'unknown';
    }

    /**
     * Whether BonusPay may have done what a failed call asked for. Decide by this, not by the exception's class.
     */
    enum Outcome: string
    {
        /** Nothing left this machine. Repeat freely. */
        case NotSent = 'not_sent';
        /** BonusPay refused, signed; or a message is not to be believed. Nothing happened. */
        case Rejected = 'rejected';
        /** It may have happened. Ask with the same number before anything else; never make a new number for it. */
        case Unknown = 'unknown';
    }

    /**
     * What a notification is about (section 3).
     */
    enum NotificationKind: string
    {
        /** An order: `/acquireOrder`. */
        case Order = 'order';
        /** A refund: `/refundOrder`. */
        case Refund = 'refund';
        /** A deposit to a customer's own address: `/customerDepositOrder`. */
        case Topup = 'topup';
        /** A withdrawal or transfer: `/withdrawOrder`. */
        case Withdraw = 'withdraw';
        /** A settlement in fiat money: `/otcFundoutOrder`. */
        case Settlement = 'settlement';
    }

    /**
     * Talks to one BonusPay with one merchant's keys.
     *
     * Make one wherever you need it: keys, settings and connections are kept by the process for as long as it lives,
     * so that a second client with the same options costs microseconds, and its calls find the connection open.
     * A child process (`pcntl_fork`) opens connections of its own.
     *
     * A method an endpoint: each takes BonusPay's `bizContent` as an array with the documented field names, and gives
     * the answer, verified. Unknown, missing and ill-formed fields are errors before anything is sent.
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
         * @param array $bizContent `merchantOrderNo`, `subject`, `totalAmount` or `refAmount` as
         *        `['amount' => '12.81', 'currency' => 'USDT']`, `paySceneCode`, and what else BonusPay documents;
         *        `expiredTime` in milliseconds since 1970
         * @throws Exception\Exception
         */
        public function placeOrder(array $bizContent): Response {}

        /**
         * Cancels an order that is not paid (`crypto/cancelOrder`, section 3.2). Sent once, never repeated. Ask with
         * `getOrder()` before.
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function cancelOrder(array $bizContent): Response {}

        /**
         * Accepts an order as it stands, although too little or too much was paid (`crypto/acceptOrder`). Sent once,
         * never repeated.
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function acceptOrder(array $bizContent): Response {}

        /**
         * Asks for an order (`crypto/getOrder`): the proof of a payment. Compare numbers, amount and currency with your
         * own before you believe it, and see `Response::matchesRequest()`.
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function getOrder(array $bizContent): Response {}

        /**
         * Asks what was deposited for an order so far (`crypto/getPaymentDepositEventList`).
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function getPaymentEvents(array $bizContent): Response {}

        /**
         * Pays an order, or a part of it, back (`crypto/refund/placeOrder`). Moves money out: sent once, on a connection
         * of its own, never repeated. When its outcome is unknown, ask with `getRefund()`.
         *
         * @param array $bizContent `refundMerchantOrderNo`, `originMerchantOrderNo` or `originOrderNo`, `amount`,
         *        `chainCode`, `refundAddress`, and what else BonusPay documents
         * @throws Exception\Exception
         */
        public function refund(array $bizContent): Response {}

        /**
         * Asks for a refund (`crypto/refund/getOrder`).
         *
         * @param array $bizContent the refund's number
         * @throws Exception\Exception
         */
        public function getRefund(array $bizContent): Response {}

        /**
         * Asks for a customer's deposit address (`ccdeposit/getAddress`); the same question gets the same address. See
         * `/wallet/address`, `/wallet/minDeposit` and `/wallet/cashierUrl` of the answer.
         *
         * @param array $bizContent `customerId`, `assetCode`, `network`
         * @throws Exception\Exception
         */
        public function getTopupAddress(array $bizContent): Response {}

        /**
         * Asks for a page of the deposits to customers' addresses (`ccdeposit/queryCustomerDepositOrderPage`), the
         * newest first, under `/customerDepositOrderPage/items`.
         *
         * @param array $bizContent `startTime` and `endTime` in milliseconds since 1970, `pageParam` with `number`
         *        (from 0) and `size`
         * @throws Exception\Exception
         */
        public function getTopupDeposits(array $bizContent): Response {}

        /**
         * Asks for one deposit (`ccdeposit/getCustomerDepositOrder`).
         *
         * @param array $bizContent `orderNo`, BonusPay's number
         * @throws Exception\Exception
         */
        public function getTopupDeposit(array $bizContent): Response {}

        /**
         * Withdraws to an address of the merchant's address book (`ccwithdraw/placeOrder`). Moves money out: sent once,
         * never repeated. When its outcome is unknown, ask with `getWithdrawal()` by the same number; a new number would
         * pay twice.
         *
         * @param array $bizContent `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and
         *        what else BonusPay documents
         * @throws Exception\Exception
         */
        public function withdraw(array $bizContent): Response {}

        /**
         * Asks for a withdrawal (`ccwithdraw/getOrder`).
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function getWithdrawal(array $bizContent): Response {}

        /**
         * Asks for the networks that a coin can be withdrawn on (`ccwithdraw/getNetworks`), under `/networks`.
         *
         * @param array $bizContent `assetCode`
         * @throws Exception\Exception
         */
        public function getWithdrawNetworks(array $bizContent): Response {}

        /**
         * Transfers to any address (`ccwithdraw/transfer`). Moves money out: sent once, never repeated. When its outcome
         * is unknown, ask with `getTransfer()` by the same number; a new number would pay twice.
         *
         * @param array $bizContent `merchantOrderNo`, `address`, `network`, `expectedReceivedAmount` or `refAmount`, and
         *        what else BonusPay documents
         * @throws Exception\Exception
         */
        public function transfer(array $bizContent): Response {}

        /**
         * Asks for a transfer (`ccwithdraw/getOrder`).
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function getTransfer(array $bizContent): Response {}

        /**
         * Asks for the networks that a coin can be transferred on (`ccwithdraw/getNetworks`), under `/networks`.
         *
         * @param array $bizContent `assetCode`
         * @throws Exception\Exception
         */
        public function getTransferNetworks(array $bizContent): Response {}

        /**
         * Asks for a rate (`fxrate/getFxrate`), under `/fxrate`. It is indicative: an order has a rate of its own.
         *
         * @param array $bizContent `currencyPair` such as `USDT_INR`, `direction` `BUY` or `SELL`
         * @throws Exception\Exception
         */
        public function getFxRate(array $bizContent): Response {}

        /**
         * Asks for the merchant's balances (`account/getAccountList`), under `/assetCodeList`.
         *
         * @param array $bizContent `assetCodeList`, or nothing for all coins
         * @throws Exception\Exception
         */
        public function getBalances(array $bizContent = []): Response {}

        /**
         * Sells coins and pays the proceeds out to the merchant's bank account (`otcfundout/placeOrder`). Moves money
         * out: sent once, never repeated. When its outcome is unknown, ask with `getSettlement()`.
         *
         * @param array $bizContent `merchantOrderNo`, `fiatCurrency`, `cryptoAmount`, and what else BonusPay documents
         * @throws Exception\Exception
         */
        public function settle(array $bizContent): Response {}

        /**
         * Asks for a settlement (`otcfundout/getOrder`).
         *
         * @param array $bizContent `merchantOrderNo` or `orderNo`, one of the two
         * @throws Exception\Exception
         */
        public function getSettlement(array $bizContent): Response {}

        /**
         * Makes a sub-merchant (`agent/subMerchantCreate`). Sent once, never repeated.
         *
         * @param array $bizContent `merchantType`, `merchantName`, `subMerchantAdminEmail`, `businessMerchantData` or
         *        `personalMerchantData`, `merchantContactData`, `merchantAddressData`
         * @throws Exception\Exception
         */
        public function createSubMerchant(array $bizContent): Response {}

        /**
         * Asks for a sub-merchant (`agent/subMerchantDetail`).
         *
         * @param array $bizContent `merchantId`
         * @throws Exception\Exception
         */
        public function getSubMerchant(array $bizContent): Response {}

        /**
         * Calls an endpoint by its path below the base URL, such as `crypto/newThing`: for endpoints to come. Nothing is
         * known about what it does, so it is sent once, no field is checked, and its answer is not compared with the
         * request. A path that is known is called like its own method.
         *
         * @throws Exception\Exception
         */
        public function call(string $path, array $bizContent): Response {}

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

    /**
     * BonusPay's answer to a call, whose signature is valid.
     *
     * @strict-properties
     * @not-serializable
     */
    final class Response
    {
        private function __construct() {}

        /**
         * Gives one value of the answer's `body` as text: `get('/acquireOrder/totalAmount/amount')` gives `'12.81'`.
         * Numbers, `true` and `false` come as their text. Null when there is nothing, `null`, an object or an array.
         */
        public function get(string $pointer): ?string {}

        /**
         * Gives the answer's `body` as arrays. Amounts are strings of plain digits with the scale that they came with;
         * times and counts are integers; any other number that is no integer is a string: there is never a float.
         */
        public function toArray(): array {}

        /** Gives the answer's `body` as JSON: amounts as strings, the documented spelling of each name. */
        public function getJson(): string {}

        /** Gives the HTTP body as it came, byte for byte: for a record, never to parse it again. */
        public function getRaw(): string {}

        /** Gives what the status of the order or refund means. */
        public function getState(): State {}

        /**
         * Gives the URL of the hosted page to which the shopper goes, of an order of scene `CHECK_OUT`; null when there
         * is none, or when its scheme or host is not BonusPay's.
         */
        public function getCheckoutUrl(): ?string {}

        /**
         * Tells whether the answer itself names what was asked for, by order number or by the `reserved` text. Never
         * take one for paid that does not.
         */
        public function matchesRequest(): bool {}
    }

    /**
     * A notification whose signature is valid: a hint to ask with `Client::getOrder()`.
     *
     * @strict-properties
     * @not-serializable
     */
    final class Notification
    {
        private function __construct() {}

        /** Gives what the notification is about. */
        public function getKind(): NotificationKind {}

        /** Gives what its status means. */
        public function getState(): State {}

        /** Gives its own id (`notify_id`), the same in every repeat of it; null when it has none. */
        public function getId(): ?string {}

        /**
         * Gives one value as text: `get('/acquireOrder/orderNo')`. The same pointer serves whether the notification came
         * flat or wrapped. Null when there is nothing, `null`, an object or an array.
         */
        public function get(string $pointer): ?string {}

        /** Gives the notification, flat, as arrays: see `Response::toArray()`. */
        public function toArray(): array {}

        /** Gives the notification, flat, as JSON: amounts as strings, the documented spelling of each name. */
        public function getJson(): string {}

        /** Gives the HTTP body as it came, byte for byte: for a record, never to parse it again. */
        public function getRaw(): string {}
    }

    /**
     * A merchant's RSA key pair. It may stand for the text of a private key in a client's options.
     *
     * @strict-properties
     * @not-serializable
     */
    final class KeyPair
    {
        private function __construct() {}

        /**
         * Makes a new key pair. Takes from a tenth of a second to some seconds.
         *
         * @param int $bits 2048, 3072 or 4096
         * @throws Exception\InvalidArgumentException for another size
         */
        public static function generate(int $bits = 2048): KeyPair {}

        /**
         * Reads a private RSA key as merchants paste it: PEM or bare Base64, never a path.
         *
         * @throws Exception\ConfigException for a key that cannot be used; the message says why and what would do
         */
        public static function fromPrivateKey(#[\SensitiveParameter] string $privateKey): KeyPair {}

        /** Gives the private key as PKCS#8 PEM: the secret that signs for the merchant. */
        public function getPrivateKey(): string {}

        /** Gives the public key as SPKI PEM: what the merchant uploads to BonusPay. */
        public function getPublicKey(): string {}

        /** Gives the public key's SHA-256 fingerprint, by which a person tells keys apart. */
        public function getFingerprint(): string {}
    }

    /**
     * Compares two amounts exactly: -1 when `$a` is smaller, 0 when they are equal (`12.81` and `12.810` are), 1 when
     * `$a` is greater.
     *
     * @throws Exception\InvalidArgumentException for a text that is no number, or has more digits than can be held exactly
     */
    function compare_amounts(string $a, string $b): int {}

    /**
     * Gives what a wallet reads from a QR code: a BIP-21 URI for BTC, an EIP-681 URI for ETH on ETH, the bare address
     * for tokens. Both URIs name the main network, on which a wallet pays real coins: for an order of the sandbox, show the
     * address alone.
     *
     * @param string $amount a decimal text
     * @throws Exception\InvalidArgumentException
     */
    function payment_uri(string $currency, string $network, string $address, string $amount): string {}

    /**
     * Gives a QR code of a text as an SVG image.
     *
     * @throws Exception\InvalidArgumentException for an empty text, or one too long for a QR code
     */
    function qr_svg(string $text): string {}

    /**
     * Gives a QR code of a text for a terminal, in UTF-8 half blocks.
     *
     * @throws Exception\InvalidArgumentException for an empty text, or one too long for a QR code
     */
    function qr_text(string $text): string {}

    /** Gives one line for a bug report: the library's version, ABI, platform, TLS and crypto. */
    function build_info(): string {}
}

namespace BonusPay\Exception {

    /**
     * Whatever this extension throws.
     */
    interface Exception extends \Throwable
    {
        /** Tells whether BonusPay may have done what was asked. Decide by this. */
        public function getOutcome(): \BonusPay\Outcome;

        /** Tells whether the same call, with the same order number, is safe to repeat and may then help. */
        public function isRetryable(): bool;

        /**
         * Tells whether BonusPay itself told of the failure, in an answer whose signature is valid. What is not
         * authenticated proves nothing about an order.
         */
        public function isAuthenticated(): bool;

        /** Gives the option, the argument, or the JSON Pointer of the field that is wrong. */
        public function getField(): ?string;

        /** Gives the HTTP status of the answer, such as 502; null when there was none. */
        public function getHttpStatus(): ?int;

        /** Gives BonusPay's code (`head.code`), such as `77004`. */
        public function getApiCode(): ?string;

        /** Gives BonusPay's message (`head.msg`), such as `MERCHANT_ORDER_NO_NOT_EXIST`. */
        public function getApiMessage(): ?string;

        /** Gives BonusPay's trace code, which its support asks for. */
        public function getTraceCode(): ?string;
    }

    /**
     * What the exceptions share. `getMessage()` says what is wrong, where, and what to do, and may always go to a log;
     * `getCode()` is the number that the C ABI gives the failure.
     */
    abstract class RuntimeException extends \RuntimeException implements Exception
    {
        private ?\BonusPay\Outcome $outcome = null;
        private bool $retryable = false;
        private bool $authenticated = false;
        private ?string $field = null;
        private ?int $httpStatus = null;
        private ?string $apiCode = null;
        private ?string $apiMessage = null;
        private ?string $traceCode = null;

        public function getOutcome(): \BonusPay\Outcome {}

        public function isRetryable(): bool {}

        public function isAuthenticated(): bool {}

        public function getField(): ?string {}

        public function getHttpStatus(): ?int {}

        public function getApiCode(): ?string {}

        public function getApiMessage(): ?string {}

        public function getTraceCode(): ?string {}
    }

    /** An option is missing or contradicts another, or a key cannot be used. Nothing was sent. */
    final class ConfigException extends RuntimeException
    {
    }

    /**
     * An option, or a field of a request, is misspelt or ill-formed, or a field is missing. `getField()` names the
     * option, or is the field's JSON Pointer. Nothing was sent.
     */
    final class InvalidArgumentException extends \InvalidArgumentException implements Exception
    {
        private ?\BonusPay\Outcome $outcome = null;
        private bool $retryable = false;
        private bool $authenticated = false;
        private ?string $field = null;
        private ?int $httpStatus = null;
        private ?string $apiCode = null;
        private ?string $apiMessage = null;
        private ?string $traceCode = null;

        /** @implementation-alias BonusPay\Exception\RuntimeException::getOutcome */
        public function getOutcome(): \BonusPay\Outcome {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::isRetryable */
        public function isRetryable(): bool {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::isAuthenticated */
        public function isAuthenticated(): bool {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::getField */
        public function getField(): ?string {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::getHttpStatus */
        public function getHttpStatus(): ?int {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::getApiCode */
        public function getApiCode(): ?string {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::getApiMessage */
        public function getApiMessage(): ?string {}

        /** @implementation-alias BonusPay\Exception\RuntimeException::getTraceCode */
        public function getTraceCode(): ?string {}
    }

    /** No connection, no TLS, or it broke. Whether something was sent: `getOutcome()`. */
    class NetworkException extends RuntimeException
    {
    }

    /** A deadline passed. Whether something was sent: `getOutcome()`. */
    final class TimeoutException extends NetworkException
    {
    }

    /** The answer, or a message, is not BonusPay's or breaks the protocol. */
    final class ProtocolException extends RuntimeException
    {
    }

    /** A genuine answer or message speaks of another order, merchant, amount or currency than was asked. */
    final class MismatchException extends RuntimeException
    {
    }

    /** A signature is missing or wrong. */
    final class SignatureException extends RuntimeException
    {
    }

    /** BonusPay refused: `getApiCode()`, `getApiMessage()`, `getTraceCode()`. */
    final class ApiException extends RuntimeException
    {
    }

    /** Signing failed, or a fault in the library. */
    final class InternalException extends RuntimeException
    {
    }
}
