<?php
/**
 * The log.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

use BonusPay\WooCommerce\Settings\Settings;

/**
 * One line an event in WooCommerce's log "bonuspay": what happened, to which order, with which code. What looks like a
 * key, a signature, an address or an e-mail is left out, whoever passes it.
 */
final class Log {

	private const LEVELS = array(
		'debug'   => 0,
		'info'    => 1,
		'warning' => 2,
		'error'   => 3,
	);

	private const VALUE_MAX = 400;
	private const LINE_MAX  = 1800;

	private const SECRET_NAMES = array(
		'sign',
		'signature',
		'key',
		'private_key',
		'public_key',
		'body',
		'address',
		'email',
		'token',
		'order_key',
	);

	/** What must not stand in a log, by its shape. */
	private const SECRET_SHAPES = array(
		'/-----BEGIN.*?(-----END[^-]*-----|$)/s',
		'/[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/',
		'/0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/',
		'~[A-Za-z0-9+/]{40,}={0,2}~',
		'/\bT[1-9A-HJ-NP-Za-km-z]{33}\b/',
		'/\b(bc1|tb1|bcrt1)[a-z0-9]{25,87}\b/i',
		'/\b[123mn][1-9A-HJ-NP-Za-km-z]{25,34}\b/',
	);

	/** For whoever looks for a fault. */
	public static function debug( string $event, array $context = array() ): void {
		self::write( 'debug', $event, $context );
	}

	/** What went as it should. */
	public static function info( string $event, array $context = array() ): void {
		self::write( 'info', $event, $context );
	}

	/** What a person may want to look at. */
	public static function warning( string $event, array $context = array() ): void {
		self::write( 'warning', $event, $context );
	}

	/** What a person must look at. */
	public static function error( string $event, array $context = array() ): void {
		self::write( 'error', $event, $context );
	}

	/** The line: the event, then name=value. */
	public static function line( string $event, array $context ): string {
		$line = self::clean( $event );
		foreach ( $context as $name => $value ) {
			if ( null === $value || '' === $value ) {
				continue;
			}
			$text  = in_array( strtolower( (string) $name ), self::SECRET_NAMES, true ) ? '[…]' : self::text( $value );
			$line .= ' ' . self::clean( (string) $name ) . '='
				. ( 1 === preg_match( '/[\s="]/', $text ) ? '"' . str_replace( '"', "'", $text ) . '"' : $text );
		}
		return self::cut( $line, self::LINE_MAX );
	}

	/** Writes, unless the owner wants less. */
	private static function write( string $level, string $event, array $context ): void {
		if ( function_exists( 'wc_get_logger' ) && self::LEVELS[ $level ] >= ( self::LEVELS[ Settings::get()->log_level() ] ?? 1 ) ) {
			wc_get_logger()->log( $level, self::line( $event, $context ), array( 'source' => 'bonuspay' ) );
		}
	}

	/** Any value as a short text. */
	private static function text( mixed $value ): string {
		if ( $value instanceof \BackedEnum ) {
			$value = $value->value;
		}
		if ( $value instanceof \Throwable ) {
			$value = get_class( $value ) . ': ' . $value->getMessage();
		}
		if ( is_bool( $value ) ) {
			return $value ? 'yes' : 'no';
		}
		return is_scalar( $value ) ? self::clean( (string) $value ) : '[' . gettype( $value ) . ']';
	}

	/** Without secrets and control characters, and short. */
	private static function clean( string $text ): string {
		$text = substr( $text, 0, 8192 );
		$text = (string) preg_replace( self::SECRET_SHAPES, '[…]', $text );
		$text = 1 === preg_match( '//u', $text ) ? $text : (string) preg_replace( '/[\x80-\xff]/', '?', $text );
		$text = addcslashes( $text, "\0..\37\177" );
		// The other control characters, line breaks and marks of direction of Unicode.
		$text = (string) preg_replace( '/[\x{80}-\x{9f}\x{2028}\x{2029}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]/u', '?', $text );
		return self::cut( $text, self::VALUE_MAX );
	}

	/** At most so many bytes, whole characters. */
	private static function cut( string $text, int $bytes ): string {
		return strlen( $text ) > $bytes ? preg_replace( '/[\xc0-\xff][\x80-\xbf]*$/D', '', substr( $text, 0, $bytes ) ) . '…' : $text;
	}
}
