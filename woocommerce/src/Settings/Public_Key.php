<?php
/**
 * A public RSA key, to tell keys apart.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

/**
 * Reads as much of a key (SPKI, PKCS#1 or a certificate; PEM or bare Base64) as is needed to compare it with another and
 * to show its fingerprint. Whether a key can be used is for the extension to say.
 */
final class Public_Key {

	/** Modulus and exponent, as DER integers without leading zeros. */
	private function __construct( private string $modulus, private string $exponent ) {}

	/** From what was pasted; null when no RSA key is to be found in it. */
	public static function from_text( string $text ): ?self {
		$base64 = preg_replace( '/-----[^-]*-----|\s+/', '', $text );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- a key is Base64.
		$der = base64_decode( (string) $base64, true );
		if ( false === $der || '' === $der ) {
			return null;
		}
		$numbers = self::integers( $der, 0 );
		foreach ( $numbers as $at => $number ) {
			if ( strlen( $number ) >= 64 && isset( $numbers[ $at + 1 ] ) ) {
				return new self( $number, $numbers[ $at + 1 ] );
			}
		}
		return null;
	}

	/**
	 * The keys of a text that may hold several: PEM blocks, or bare Base64 with blank lines between.
	 *
	 * @return string[]
	 */
	public static function split( string $text ): array {
		$blocks = '/-----BEGIN [A-Z0-9 ]+-----.*?-----END [A-Z0-9 ]+-----/s';
		preg_match_all( $blocks, $text, $found );
		$rest = preg_split( '/\R\s*\R/', (string) preg_replace( $blocks, "\n\n", $text ) );
		return array_values( array_filter( array_map( 'trim', array_merge( $found[0], (array) $rest ) ), 'strlen' ) );
	}

	/** Whether it is the same key, however written. */
	public function equals( self $other ): bool {
		return hash_equals( $this->modulus, $other->modulus );
	}

	/** SHA-256 of the key in the usual form (SPKI), as the extension and BonusPay's clients show it. */
	public function fingerprint(): string {
		return 'SHA256:' . hash( 'sha256', $this->spki() );
	}

	/** The key in the usual form. */
	public function pem(): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- a key is Base64.
		return "-----BEGIN PUBLIC KEY-----\n" . chunk_split( base64_encode( $this->spki() ), 64, "\n" ) . "-----END PUBLIC KEY-----\n";
	}

	/** The key as a SubjectPublicKeyInfo. */
	private function spki(): string {
		$rsa = self::element( "\x30", self::number( $this->modulus ) . self::number( $this->exponent ) );
		// The algorithm: rsaEncryption, no parameters.
		return self::element( "\x30", hex2bin( '300d06092a864886f70d0101010500' ) . self::element( "\x03", "\0" . $rsa ) );
	}

	/** A DER element. */
	private static function element( string $tag, string $content ): string {
		$length = strlen( $content );
		$prefix = $length < 128 ? chr( $length ) : ( $length < 256 ? "\x81" . chr( $length ) : "\x82" . pack( 'n', $length ) );
		return $tag . $prefix . $content;
	}

	/** A DER integer that is not negative. */
	private static function number( string $digits ): string {
		return self::element( "\x02", '' !== $digits && ord( $digits[0] ) > 127 ? "\0" . $digits : $digits );
	}

	/**
	 * The integers of a DER text, in their order, through its sequences and bit strings.
	 *
	 * @return string[]
	 */
	private static function integers( string $der, int $depth ): array {
		$numbers = array();
		$at      = 0;
		$end     = strlen( $der );
		while ( $depth < 8 && $at + 2 <= $end ) {
			$tag    = ord( $der[ $at ] );
			$length = ord( $der[ $at + 1 ] );
			$at    += 2;
			if ( $length > 127 ) {
				$count = $length & 127;
				if ( $count < 1 || $count > 3 || $at + $count > $end ) {
					break;
				}
				$length = (int) hexdec( bin2hex( substr( $der, $at, $count ) ) );
				$at    += $count;
			}
			if ( $at + $length > $end ) {
				break;
			}
			$content = substr( $der, $at, $length );
			$at     += $length;
			if ( 0x02 === $tag ) {
				$numbers[] = ltrim( $content, "\0" );
			} elseif ( 0x30 === $tag ) {
				$numbers = array_merge( $numbers, self::integers( $content, $depth + 1 ) );
			} elseif ( 0x03 === $tag && str_starts_with( $content, "\0\x30" ) ) {
				$numbers = array_merge( $numbers, self::integers( substr( $content, 1 ), $depth + 1 ) );
			}
		}
		return $numbers;
	}
}
