<?php
/**
 * Which class of the plugin needs which.
 */

namespace BonusPay\WooCommerce\Tests;

/**
 * Read from PHP's own tokens: a class needs another when it names it, or uses a member that no other class declares, for an
 * object that is handed around is needed by whoever opens it. Arrows point down the list of folders, and never in a circle.
 */
final class Layers {

	/** Tokens that may stand between two that belong together. */
	private const BLANK = array( T_WHITESPACE, T_COMMENT, T_DOC_COMMENT );

	private const NAMES = array( T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED, T_NAME_RELATIVE );

	/** After these a word is no class: a member, or what is being declared. */
	private const NO_CLASS_AFTER = array(
		T_OBJECT_OPERATOR,
		T_NULLSAFE_OBJECT_OPERATOR,
		T_DOUBLE_COLON,
		T_FUNCTION,
		T_CONST,
		T_CASE,
		T_CLASS,
		T_INTERFACE,
		T_TRAIT,
		T_ENUM,
		T_NAMESPACE,
	);

	/** Class => its tokens without blanks. */
	private array $tokens = array();

	/** Class => the class that it needs => the line. */
	private array $needs = array();

	/**
	 * Reads the classes.
	 *
	 * @param array<string, string> $sources Class with its namespace => the file's text.
	 */
	public function __construct( array $sources ) {
		foreach ( $sources as $class => $text ) {
			$this->tokens[ $class ] = array_values(
				array_filter( \PhpToken::tokenize( $text ), static fn( \PhpToken $token ): bool => ! $token->is( self::BLANK ) )
			);
		}
		$owners = $this->owners();
		foreach ( array_keys( $sources ) as $class ) {
			$this->needs[ $class ] = array_diff_key( $this->named( $class ) + $this->opened( $class, $owners ), array( $class => 0 ) );
		}
	}

	/**
	 * The folder's classes, by their files.
	 *
	 * @return array<string, string>
	 */
	public static function sources( string $folder, string $space ): array {
		$sources = array();
		foreach ( new \RecursiveIteratorIterator( new \RecursiveDirectoryIterator( $folder, \FilesystemIterator::SKIP_DOTS ) ) as $file ) {
			$class = $space . '\\' . str_replace( '/', '\\', substr( $file->getPathname(), strlen( $folder ) + 1, -4 ) );

			$sources[ $class ] = file_get_contents( $file->getPathname() );
		}
		ksort( $sources );
		return $sources;
	}

	/**
	 * The lines of a list of folders, from the ground up; one that names no folder is a class beside them.
	 *
	 * @return string[]
	 */
	public static function order( string $file ): array {
		return array_values(
			array_filter( array_map( 'trim', file( $file ) ), static fn( string $line ): bool => '' !== $line && '#' !== $line[0] )
		);
	}

	/**
	 * What is wrong, a line each.
	 *
	 * @param string   $space The namespace that all have.
	 * @param string[] $order Folders, and classes beside them, from the ground up.
	 * @return string[]
	 */
	public function problems( string $space, array $order ): array {
		$layers   = array_flip( $order );
		$problems = array();
		$short    = static fn( string $class ): string => substr( $class, strlen( $space ) + 1 );
		$place    = static fn( string $name ): string => str_contains( $name, '\\' ) ? explode( '\\', $name )[0] . '/' : $name;
		$layer    = static fn( string $class ): ?int => $layers[ $place( $short( $class ) ) ] ?? null;
		foreach ( $this->needs as $class => $needed ) {
			if ( null === $layer( $class ) ) {
				$problems[] = $short( $class ) . ' has no place in the list of folders.';
			}
			foreach ( $needed as $other => $line ) {
				if ( $layer( $other ) > $layer( $class ) ) {
					$problems[] = sprintf( '%s, line %d, needs %s, which stands above it.', $short( $class ), $line, $short( $other ) );
				}
			}
		}
		foreach ( $this->circles() as $circle ) {
			$problems[] = 'A circle: ' . implode( ', ', array_map( $short, $circle ) ) . '.';
		}
		$unused = array_filter(
			$order,
			fn( string $line ): bool => ! in_array( $layers[ $line ], array_map( $layer, array_keys( $this->needs ) ), true )
		);
		return array(
			...$problems,
			...array_map(
				static fn( string $line ): string => "$line is in the list of folders and holds nothing.",
				array_values( $unused )
			),
		);
	}

	/**
	 * Classes that need each other, in whatever detour.
	 *
	 * @return array<int, string[]>
	 */
	public function circles(): array {
		$reach = array();
		foreach ( array_keys( $this->needs ) as $from ) {
			$reach[ $from ] = array();
			$open           = array_keys( $this->needs[ $from ] );
			while ( array() !== $open ) {
				$class = array_pop( $open );
				if ( ! isset( $reach[ $from ][ $class ] ) ) {
					$reach[ $from ][ $class ] = true;
					array_push( $open, ...array_keys( $this->needs[ $class ] ) );
				}
			}
		}
		$circles = array();
		foreach ( $reach as $class => $reached ) {
			if ( isset( $reached[ $class ] ) ) {
				$circle = array_filter( array_keys( $reached ), static fn( string $other ): bool => isset( $reach[ $other ][ $class ] ) );
				sort( $circle );
				$circles[ $circle[0] ] = $circle;
			}
		}
		return array_values( $circles );
	}

	/** The classes that a class names, also in a text. */
	private function named( string $class ): array {
		$tokens  = $this->tokens[ $class ];
		$space   = implode( '\\', array_slice( explode( '\\', $class ), 0, -1 ) );
		$imports = self::imports( $tokens );
		$named   = array();
		foreach ( $tokens as $at => $token ) {
			$name    = '';
			$before  = $tokens[ $at - 1 ] ?? null;
			$is_call = '(' === ( $tokens[ $at + 1 ] ?? null )?->text && ! $before?->is( T_NEW );
			if ( $token->is( self::NAMES ) && ! $is_call && ! $before?->is( self::NO_CLASS_AFTER ) ) {
				$name = self::resolved( $token, $space, $imports );
			} elseif ( $token->is( T_CONSTANT_ENCAPSED_STRING ) ) {
				$name = ltrim( str_replace( '\\\\', '\\', explode( ':', substr( $token->text, 1, -1 ) )[0] ), '\\' );
			}
			if ( isset( $this->tokens[ $name ] ) ) {
				$named += array( $name => $token->line );
			}
		}
		return $named;
	}

	/** The classes whose members a class uses, other than its own. */
	private function opened( string $class, array $owners ): array {
		$tokens = $this->tokens[ $class ];
		$opened = array();
		foreach ( $tokens as $at => $token ) {
			$is_member = $token->is( T_STRING )
				&& ( $tokens[ $at - 1 ] ?? null )?->is( array( T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR ) );
			if ( ! $is_member || '$this' === $tokens[ $at - 2 ]->text ) {
				continue;
			}
			$owner = $owners[ $token->text . ( '(' === ( $tokens[ $at + 1 ] ?? null )?->text ? '()' : '' ) ] ?? array();
			if ( 1 === count( $owner ) ) {
				$opened += array( $owner[0] => $token->line );
			}
		}
		return $opened;
	}

	/** Public members of objects => the classes that declare them; a method's name ends in '()'. */
	private function owners(): array {
		$owners = array();
		foreach ( $this->tokens as $class => $tokens ) {
			foreach ( self::members( $tokens ) as $member ) {
				$owners[ $member ][] = $class;
			}
		}
		return $owners;
	}

	/**
	 * What a class lets others use of its objects: public methods and properties.
	 *
	 * @param \PhpToken[] $tokens The file's.
	 * @return string[]
	 */
	private static function members( array $tokens ): array {
		$members = array();
		foreach ( $tokens as $at => $token ) {
			if ( ! $token->is( T_PUBLIC ) ) {
				continue;
			}
			for (
				$end = $at + 1; $end < count( $tokens )
				&& ! $tokens[ $end ]->is( array( T_FUNCTION, T_VARIABLE, T_STATIC, T_CONST ) ); $end++
			) {
				continue;
			}
			if ( $tokens[ $end ]->is( T_VARIABLE ) ) {
				$members[] = substr( $tokens[ $end ]->text, 1 );
			} elseif ( $tokens[ $end ]->is( T_FUNCTION ) && ! str_starts_with( $tokens[ $end + 1 ]->text, '__' ) ) {
				$members[] = $tokens[ $end + 1 ]->text . '()';
			}
		}
		return array_unique( $members );
	}

	/**
	 * Short name => class, of the file's use lines.
	 *
	 * @param \PhpToken[] $tokens The file's.
	 */
	private static function imports( array $tokens ): array {
		$imports = array();
		foreach ( $tokens as $at => $token ) {
			if ( $token->is( T_USE ) && $tokens[ $at + 1 ]->is( T_NAME_QUALIFIED ) ) {
				$name              = $tokens[ $at + 1 ]->text;
				$alias             = $tokens[ $at + 2 ]->is( T_AS ) ? $tokens[ $at + 3 ]->text : substr( strrchr( $name, '\\' ), 1 );
				$imports[ $alias ] = $name;
			}
		}
		return $imports;
	}

	/** A name as it is meant where it stands. */
	private static function resolved( \PhpToken $token, string $space, array $imports ): string {
		if ( $token->is( T_NAME_FULLY_QUALIFIED ) ) {
			return substr( $token->text, 1 );
		}
		if ( $token->is( T_NAME_RELATIVE ) ) {
			return $space . substr( $token->text, strlen( 'namespace' ) );
		}
		$parts    = explode( '\\', $token->text, 2 );
		$parts[0] = $imports[ $parts[0] ] ?? $space . '\\' . $parts[0];
		return implode( '\\', $parts );
	}
}
