<?php

/**
 * BonusPay: take crypto payments. The functions that need no object; a class's stub is beside the C file that it describes.
 *
 * The stubs are the API of the extension: argument information is generated from them (`make php-arginfo`), and an IDE
 * reads them. Section numbers are those of the protocol description, as in docs/reference/protocol.md.
 *
 * Amounts are decimal strings such as `'12.81'`, in both directions; a float is refused wherever it stands. Times are
 * whole milliseconds since 1970, time limits whole milliseconds. Pointers are JSON Pointers (RFC 6901).
 *
 * @generate-class-entries
 */

namespace BonusPay;

/**
 * Compares two amounts exactly: -1 when `$a` is smaller, 0 when they are equal (`12.81` and `12.810` are), 1 when
 * `$a` is greater.
 *
 * @throws Exception\InvalidArgumentException for a text that is no number, or has more digits than can be held exactly
 */
function compare_amounts(string $a, string $b): int {}

/**
 * Checks an address that coins shall be sent to: its form, and its checksum. Refunds, withdrawals and transfers are
 * checked so before anything is sent. An Ethereum address in small letters has no checksum. Whose an address is nobody
 * can check.
 *
 * @param string $network `BTC`, `ETH`, `POLYGON`, `TRON`, or `BTC_TESTNET`, which is what `BTC` stands for in the sandbox;
 *     the other test networks have the main networks' addresses
 * @throws Exception\InvalidArgumentException whose field is `address` for an address that is none of the network, and
 *     `network` for a network that the library does not know; the message says what is wrong, without the address
 */
function check_address(string $network, string $address): void {}

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
