<?php

/**
 * BonusPay: a verified answer.
 *
 * @generate-class-entries
 */

namespace BonusPay;

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
