<?php

/**
 * BonusPay: a verified notification.
 *
 * @generate-class-entries
 */

namespace BonusPay;

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
