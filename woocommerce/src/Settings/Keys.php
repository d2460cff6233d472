<?php
/**
 * The merchant's and BonusPay's keys.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Settings;

use BonusPay\WooCommerce\BonusPay\Backend_Error;
use BonusPay\WooCommerce\BonusPay\Extension;
use BonusPay\WooCommerce\BonusPay\Native_Backend;

/**
 * A set for tests and one for real money, never mixed. Constants of wp-config.php win over what is stored:
 * BONUSPAY_TEST_PARTNER_ID, BONUSPAY_TEST_PRIVATE_KEY (or BONUSPAY_TEST_PRIVATE_KEY_FILE, a path),
 * BONUSPAY_TEST_PUBLIC_KEY, and the same with LIVE.
 *
 * The private key has an option of its own, which is neither autoloaded nor in any settings array, and is stored as an
 * array, since wp-admin/options.php prints options that are plain texts.
 */
final class Keys {

	public const MODES = array( 'test', 'live' );

	/** So many public keys of BonusPay at a time: more than one while it changes them. */
	public const PUBLIC_KEYS_MAX = 5;

	private const OPTION = 'bonuspay_wc_keys';

	/** The merchant's id at BonusPay; '' when there is none. */
	public static function partner_id( string $mode ): string {
		return trim( self::text( self::constant( $mode, 'partner_id' ) ?? self::stored( $mode )['partner_id'] ?? '' ) );
	}

	/** The merchant's private key; '' when there is none. */
	public static function private_key( string $mode ): string {
		$constant = self::constant( $mode, 'private_key' );
		if ( null !== $constant ) {
			return trim( self::text( $constant ) );
		}
		$stored = get_option( self::private_option( $mode ), array() );
		return is_array( $stored ) ? self::text( $stored['key'] ?? '' ) : '';
	}

	/** For whoever looks at both modes: one query for both private keys. */
	public static function prime(): void {
		wp_prime_option_caches( array_map( array( self::class, 'private_option' ), self::MODES ) );
	}

	/**
	 * BonusPay's public keys, as many as are set.
	 *
	 * @return string[]
	 */
	public static function public_keys( string $mode ): array {
		$keys = self::constant( $mode, 'public_key' ) ?? self::stored( $mode )['public_keys'] ?? array();
		return Public_Key::split( implode( "\n\n", array_map( array( self::class, 'text' ), (array) $keys ) ) );
	}

	/** Whether something is set by a constant: 'partner_id', 'private_key' or 'public_key'. */
	public static function is_constant( string $mode, string $what ): bool {
		return null !== self::constant( $mode, $what );
	}

	/** The constant that sets it, or would set it. */
	public static function constant_name( string $mode, string $what ): string {
		$name = 'BONUSPAY_' . strtoupper( $mode . '_' . $what );
		return 'private_key' === $what && ! defined( $name ) && defined( $name . '_FILE' ) ? $name . '_FILE' : $name;
	}

	/** Whether all three are there, and look like what they should be. */
	public static function is_complete( string $mode ): bool {
		return array() === self::missing( $mode );
	}

	/**
	 * What is missing, in words.
	 *
	 * @return string[]
	 */
	public static function missing( string $mode ): array {
		$missing = array();
		if ( 1 !== preg_match( '/^[A-Za-z0-9]{1,32}$/D', self::partner_id( $mode ) ) ) {
			$missing[] = __( 'the partner ID', 'bonuspay-for-woocommerce' );
		}
		if ( strlen( (string) preg_replace( '/[^A-Za-z0-9+\/]/', '', self::private_key( $mode ) ) ) < 500 ) {
			$missing[] = __( 'your private key', 'bonuspay-for-woocommerce' );
		}
		$keys = self::public_keys( $mode );
		if ( array() === $keys || in_array( null, array_map( array( Public_Key::class, 'from_text' ), $keys ), true ) ) {
			$missing[] = __( 'BonusPay\'s public key', 'bonuspay-for-woocommerce' );
		}
		return $missing;
	}

	/** The public half of the merchant's key, for BonusPay's portal; null when there is none, or it cannot be read. */
	public static function own_public_key( string $mode ): ?Public_Key {
		try {
			return self::read_own( $mode );
		} catch ( Backend_Error $error ) {
			return null;
		}
	}

	/** Why the merchant's key that is set cannot be used; null when it can, or there is none. */
	public static function own_key_problem( string $mode ): ?string {
		if ( self::is_constant( $mode, 'private_key' ) && '' === self::private_key( $mode ) ) {
			return sprintf(
				/* translators: %s: name of a constant. */
				__( 'The web server finds no key by what %s says.', 'bonuspay-for-woocommerce' ),
				self::constant_name( $mode, 'private_key' )
			);
		}
		try {
			self::read_own( $mode );
			return null;
		} catch ( Backend_Error $error ) {
			/* translators: %s: what is wrong, in English. */
			return sprintf( __( 'A private key is set, but it cannot be used: %s.', 'bonuspay-for-woocommerce' ), $error->getMessage() );
		}
	}

	/**
	 * Stores the merchant's id.
	 *
	 * @throws \InvalidArgumentException With a message for the owner.
	 */
	public static function set_partner_id( string $mode, string $partner_id ): void {
		$partner_id = trim( $partner_id );
		if ( '' !== $partner_id && 1 !== preg_match( '/^[A-Za-z0-9]{1,32}$/D', $partner_id ) ) {
			throw new \InvalidArgumentException(
				__( 'The partner ID has only letters and digits, 32 at most, as BonusPay\'s portal shows it. The old one was kept.', 'bonuspay-for-woocommerce' )
			);
		}
		self::store( $mode, array( 'partner_id' => $partner_id ) );
	}

	/**
	 * Checks and stores the merchant's private key.
	 *
	 * @throws \InvalidArgumentException With a message for the owner.
	 */
	public static function set_private_key( string $mode, #[\SensitiveParameter] string $text ): void {
		self::need_extension();
		try {
			$pair = Native_Backend::read_private_key( trim( $text ) );
		} catch ( Backend_Error $error ) {
			throw new \InvalidArgumentException(
				/* translators: %s: what is wrong, in English. */
				sprintf( __( 'Your private key was not changed: %s.', 'bonuspay-for-woocommerce' ), $error->getMessage() )
			);
		}
		self::refuse( self::conflict( $mode, Public_Key::from_text( $pair['public'] ), self::parsed( self::public_keys( $mode ) ) ) );
		self::store_private_key( $mode, $pair['private'] );
	}

	/** Makes a new key for the merchant; gives its public half. */
	public static function generate( string $mode ): Public_Key {
		self::need_extension();
		$pair = Native_Backend::generate_keys();
		self::store_private_key( $mode, $pair['private'] );
		return Public_Key::from_text( $pair['public'] );
	}

	/**
	 * Checks and stores BonusPay's public keys.
	 *
	 * @throws \InvalidArgumentException With a message for the owner.
	 */
	public static function set_public_keys( string $mode, string $text ): void {
		$keys = array();
		foreach ( Public_Key::split( $text ) as $one ) {
			self::need_extension();
			try {
				Native_Backend::check_public_key( $one );
			} catch ( Backend_Error $error ) {
				throw new \InvalidArgumentException(
					/* translators: %s: what is wrong, in English. */
					sprintf( __( 'BonusPay\'s public key was not changed: %s.', 'bonuspay-for-woocommerce' ), $error->getMessage() )
				);
			}
			$key                                  = Public_Key::from_text( $one );
			$keys[ $key?->fingerprint() ?? $one ] = $key?->pem() ?? $one;
		}
		if ( count( $keys ) > self::PUBLIC_KEYS_MAX ) {
			throw new \InvalidArgumentException(
				sprintf(
					/* translators: %d: a number of keys. */
					__( 'BonusPay\'s public key was not changed: there may be at most %d keys.', 'bonuspay-for-woocommerce' ),
					self::PUBLIC_KEYS_MAX
				)
			);
		}
		$keys = array_values( $keys );
		self::refuse( self::conflict( $mode, self::own_public_key( $mode ), self::parsed( $keys ) ) );
		self::store( $mode, array( 'public_keys' => $keys ) );
	}

	/** Removes what is stored for a mode. */
	public static function forget( string $mode ): void {
		delete_option( self::private_option( $mode ) );
		self::store(
			$mode,
			array(
				'partner_id'  => '',
				'public_keys' => array(),
			)
		);
	}

	/** Why the keys that are set do not go together, for the owner; null when they do. */
	public static function problem( string $mode ): ?string {
		return self::conflict( $mode, self::own_public_key( $mode ), self::parsed( self::public_keys( $mode ) ) );
	}

	/** Whether a public key of BonusPay is set for tests and for real money: a test could pay an order. */
	public static function has_shared_public_key(): bool {
		return null !== self::equal( self::parsed( self::public_keys( 'test' ) ), self::parsed( self::public_keys( 'live' ) ) );
	}

	/** The public half, read from the private key. */
	private static function read_own( string $mode ): ?Public_Key {
		$private = self::private_key( $mode );
		return '' === $private || null !== Extension::problem()
			? null
			: Public_Key::from_text( Native_Backend::read_private_key( $private )['public'] );
	}

	/** Which keys must not be the same, and are. */
	private static function conflict( string $mode, ?Public_Key $own, array $public_keys ): ?string {
		$other        = 'test' === $mode ? 'live' : 'test';
		$other_own    = array_filter( array( self::own_public_key( $other ) ) );
		$other_public = self::parsed( self::public_keys( $other ) );
		$own          = array_filter( array( $own ) );
		if ( null !== self::equal( $own, $other_own ) ) {
			return __( 'Your private key is the same in test mode and in live mode. Use a key of its own for each.', 'bonuspay-for-woocommerce' );
		}
		if ( null !== self::equal( $public_keys, $other_public ) ) {
			return __( 'BonusPay\'s public key is the same in test mode and in live mode: one of them is wrong. Copy each from its own portal.', 'bonuspay-for-woocommerce' );
		}
		if ( null !== self::equal( $public_keys, array_merge( $own, $other_own ) ) || null !== self::equal( $own, $other_public ) ) {
			return __( 'What stands as BonusPay\'s public key is your own public key. Copy BonusPay\'s key from the merchant portal.', 'bonuspay-for-woocommerce' );
		}
		return null;
	}

	/** A key that is in both lists. */
	private static function equal( array $some, array $others ): ?Public_Key {
		foreach ( $some as $one ) {
			foreach ( $others as $other ) {
				if ( $one->equals( $other ) ) {
					return $one;
				}
			}
		}
		return null;
	}

	/** Those keys that can be read. */
	private static function parsed( array $texts ): array {
		return array_values( array_filter( array_map( array( Public_Key::class, 'from_text' ), $texts ) ) );
	}

	/** Throws when there is a message. */
	private static function refuse( ?string $message ): void {
		if ( null !== $message ) {
			throw new \InvalidArgumentException( $message . ' ' . __( 'The old key was kept.', 'bonuspay-for-woocommerce' ) );
		}
	}

	/** No key can be checked without the extension. */
	private static function need_extension(): void {
		$problem = Extension::problem();
		if ( null !== $problem ) {
			throw new \InvalidArgumentException( $problem );
		}
	}

	/** What a constant says; null when there is none. */
	private static function constant( string $mode, string $what ): mixed {
		$name = 'BONUSPAY_' . strtoupper( $mode . '_' . $what );
		if ( defined( $name ) ) {
			return constant( $name );
		}
		if ( 'private_key' === $what && defined( $name . '_FILE' ) ) {
			$file = (string) constant( $name . '_FILE' );
			return is_file( $file ) && is_readable( $file ) && ! str_contains( $file, '://' )
				// phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file of this machine.
				? (string) file_get_contents( $file, false, null, 0, 65536 )
				: '';
		}
		return null;
	}

	/** A text; what is none is none. */
	private static function text( #[\SensitiveParameter] mixed $value ): string {
		return is_scalar( $value ) ? (string) $value : '';
	}

	/** What is stored of a mode, but for the private key. */
	private static function stored( string $mode ): array {
		$stored = get_option( self::OPTION, array() );
		return is_array( $stored ) && is_array( $stored[ $mode ] ?? null ) ? $stored[ $mode ] : array();
	}

	/** Changes what is stored of a mode. */
	private static function store( string $mode, array $changes ): void {
		$stored          = get_option( self::OPTION, array() );
		$stored          = is_array( $stored ) ? $stored : array();
		$stored[ $mode ] = array_merge( self::stored( $mode ), $changes );
		update_option( self::OPTION, $stored, true );
		Shop_Identity::remember();
	}

	/** Stores the private key by itself. */
	private static function store_private_key( string $mode, #[\SensitiveParameter] string $key ): void {
		update_option( self::private_option( $mode ), array( 'key' => $key ), false );
		Shop_Identity::remember();
	}

	/** The private key's option. */
	private static function private_option( string $mode ): string {
		return 'bonuspay_wc_private_key_' . ( 'live' === $mode ? 'live' : 'test' );
	}
}
