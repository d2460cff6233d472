<?php

/**
 * BonusPay: a merchant's keys.
 *
 * @generate-class-entries
 */

namespace BonusPay;

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
