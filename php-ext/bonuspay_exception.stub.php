<?php

/**
 * BonusPay: what this extension throws.
 *
 * @generate-class-entries
 */

namespace BonusPay\Exception;

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
