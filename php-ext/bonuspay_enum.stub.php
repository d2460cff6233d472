<?php

/**
 * BonusPay: what a status, a failure and a notification can be.
 *
 * @generate-class-entries
 */

namespace BonusPay;

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
