<?php
/**
 * Telling keys apart, and their fingerprints: OpenSSL says what they are.
 */

namespace BonusPay\WooCommerce\Tests;

use BonusPay\WooCommerce\Settings\Public_Key;
use PHPUnit\Framework\TestCase;

final class Public_Key_Test extends TestCase {

	private static function bare( string $pem ): string {
		return (string) preg_replace( '/-----[^-]*-----|\s+/', '', $pem );
	}

	/** @dataProvider keys */
	public function test_fingerprint_and_text_are_openssls( string $pem ): void {
		$key = Public_Key::from_text( $pem );
		self::assertSame( 'SHA256:' . hash( 'sha256', base64_decode( self::bare( $pem ) ) ), $key->fingerprint() );
		self::assertSame( trim( $pem ), trim( $key->pem() ) );
		self::assertSame( $key->fingerprint(), Public_Key::from_text( self::bare( $pem ) )->fingerprint() );
		self::assertSame( $key->fingerprint(), Public_Key::from_text( " \r\n" . str_replace( "\n", " \r\n ", $pem ) )->fingerprint() );
	}

	public static function keys(): array {
		$keys = array( 'of 2048 bits' => array( Pairs::get( 0 )['public'] ) );
		// No key pairs of these sizes: their modulus is a number of that size, and OpenSSL need only write it.
		foreach ( array( 512, 1016, 1024, 3072, 4096, 8192 ) as $bits ) {
			$keys[ "of $bits bits" ] = array( self::spki( "\x81" . str_repeat( "\x5b", intdiv( $bits, 8 ) - 1 ) ) );
		}
		$keys['whose modulus needs no zero'] = array( self::spki( "\x71" . str_repeat( "\x5b", 255 ) ) );
		return $keys;
	}

	/** A public key with this modulus, written by openssl. */
	private static function spki( string $modulus ): string {
		$config = "asn1=SEQUENCE:spki\n[spki]\nalgorithm=SEQUENCE:alg\nkey=BITWRAP,SEQUENCE:rsa\n"
			. "[alg]\nid=OID:rsaEncryption\nnull=NULL\n[rsa]\nn=INTEGER:0x"
			. bin2hex( $modulus ) . "\ne=INTEGER:0x010001\n";
		$file   = tempnam( sys_get_temp_dir(), 'key' );
		file_put_contents( $file, $config );
		exec(
			'openssl asn1parse -noout -genconf ' . escapeshellarg( $file ) . ' -out ' . escapeshellarg( "$file.der" ) . ' 2>&1',
			$said,
			$code
		);
		$der = (string) file_get_contents( "$file.der" );
		unlink( $file );
		unlink( "$file.der" );
		return "-----BEGIN PUBLIC KEY-----\n" . chunk_split( base64_encode( $der ), 64, "\n" ) . "-----END PUBLIC KEY-----\n";
	}

	public function test_all_forms_are_the_same_key(): void {
		$pair    = Pairs::get( 0 );
		$private = openssl_pkey_get_private( $pair['private'] );
		openssl_x509_export(
			openssl_csr_sign( openssl_csr_new( array( 'commonName' => 'x' ), $private ), null, $private, 1 ),
			$certificate
		);
		// SubjectPublicKeyInfo is 24 bytes, then the key by itself: PKCS#1.
		$pkcs1 = base64_encode( substr( base64_decode( self::bare( $pair['public'] ) ), 24 ) );
		$one   = Public_Key::from_text( $pair['public'] );
		foreach ( array( $certificate, $pkcs1, "-----BEGIN RSA PUBLIC KEY-----\n$pkcs1\n-----END RSA PUBLIC KEY-----" ) as $text ) {
			self::assertTrue( $one->equals( Public_Key::from_text( $text ) ) );
			self::assertSame( $one->fingerprint(), Public_Key::from_text( $text )->fingerprint() );
		}
		self::assertFalse( $one->equals( Public_Key::from_text( Pairs::get( 1 )['public'] ) ) );
	}

	public function test_what_is_no_key_is_none(): void {
		$curve = openssl_pkey_get_details(
			openssl_pkey_new( array( 'private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1' ) )
		)['key'];
		$der   = base64_decode( self::bare( Pairs::get( 0 )['public'] ) );
		foreach ( array(
			'',
			' ',
			'-----BEGIN PUBLIC KEY-----',
			'nonsense',
			'****',
			'AAAA',
			'!' . self::bare( Pairs::get( 0 )['public'] ),
			$curve,
			base64_encode( "\x02\x01\x05" ),
			base64_encode( "\x30\x84\xff\xff\xff\xff" ),
			base64_encode( "\x30\x80" ),
			base64_encode( str_repeat( "\x30\x80", 50_000 ) ),
			base64_encode( "\x02\x82\x01\x01" . str_repeat( "\x81", 257 ) ),
			'/etc/passwd',
			'http://x/key',
		) as $text ) {
			self::assertNull( Public_Key::from_text( $text ), substr( $text, 0, 60 ) );
		}
		for ( $length = 0; $length < strlen( $der ); $length++ ) {
			self::assertNull( Public_Key::from_text( base64_encode( substr( $der, 0, $length ) ) ), "cut to $length bytes" );
		}
	}

	public function test_no_bytes_are_an_error(): void {
		mt_srand( 20261120 );
		$der = base64_decode( self::bare( Pairs::get( 0 )['public'] ) );
		for ( $round = 0; $round < 2000; $round++ ) {
			$bytes                                        = $der;
			$bytes[ mt_rand( 0, mt_rand( 0, 1 ) ? 40 : strlen( $der ) - 1 ) ] = chr( mt_rand( 0, 255 ) );
			$key                                          = Public_Key::from_text( base64_encode( $bytes ) );
			self::assertTrue( null === $key || 71 === strlen( $key->fingerprint() ) );
		}
	}

	public function test_several_keys_in_one_text_are_told_apart(): void {
		list( $a, $b ) = array( Pairs::get( 0 )['public'], Pairs::get( 1 )['public'] );
		foreach ( array(
			"$a$b",
			"$a\n\n$b",
			"note: old\n\n$a\n\n" . self::bare( $b ),
			self::bare( $a ) . "\r\n\r\n" . self::bare( $b ),
			self::bare( $a ) . "\n \n$b",
		) as $at => $text ) {
			$keys = array_filter( array_map( array( Public_Key::class, 'from_text' ), Public_Key::split( $text ) ) );
			self::assertCount( 2, $keys, "text $at" );
		}
		self::assertSame( array(), Public_Key::split( " \n\n \r\n" ) );
	}
}
