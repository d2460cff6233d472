<?php
/**
 * Makes mutants of a source: each changes one condition, and nothing else.
 */

namespace BonusPay\WooCommerce\Tests\Mutants;

use PhpParser\Node;
use PhpParser\Node\Expr;
use PhpParser\Node\Stmt;

/**
 * What is changed, by its kind:
 *   if, loop, ternary, arm   the condition is negated; of `match ( value )` an arm beside a default is left out
 *   operand                  one side of && or || is negated
 *   return, value            what a function returns as a bool, or a comparison anywhere else, is negated
 *   link                     one of several calls that ?? chains is left out
 *   call                     a call that ends what is refused is left out; what an action asks for is taken unchecked
 *   sql                      a condition of a WHERE always holds; an IF always or never; a duplicate is an error; what keeps
 *                            the older, or counts, does not
 */
final class Mutator extends \PhpParser\NodeVisitorAbstract {

	/** Calls that end a request or an attempt to do something, as statements of their own. */
	private const GUARDS = array( 'check', 'refuse', 'not_found' );
	/** Calls that check what they give, and what gives the same unchecked. */
	private const UNCHECKED = array(
		'Action::order'      => "wc_get_order( Action::number( 'order_id' ) )",
		'self::allowed_mode' => "Action::text( 'mode' )",
	);

	private const COMPARISONS = array(
		Expr\BinaryOp\Identical::class,
		Expr\BinaryOp\NotIdentical::class,
		Expr\BinaryOp\Equal::class,
		Expr\BinaryOp\NotEqual::class,
		Expr\BinaryOp\Smaller::class,
		Expr\BinaryOp\SmallerOrEqual::class,
		Expr\BinaryOp\Greater::class,
		Expr\BinaryOp\GreaterOrEqual::class,
		Expr\BooleanNot::class,
	);

	/**
	 * What is made, in the source's order once it is sorted.
	 *
	 * @var array[]
	 */
	private array $made = array();
	/** Where each condition that was changed begins and ends: none is changed twice. */
	private array $seen = array();
	/** The functions around a node, each with its name and whether it returns a bool. */
	private array $around = array();

	private function __construct( private string $source, private ?array $only ) {}

	/**
	 * The mutants of a source.
	 *
	 * @param string    $source PHP.
	 * @param ?string[] $only   The methods to look at; null for all.
	 * @return array[] Each with method, kind, line, was, is, id (the same as long as the code is) and source.
	 */
	public static function of( string $source, ?array $only = null ): array {
		$maker     = new self( $source, $only );
		$traverser = new \PhpParser\NodeTraverser();
		$traverser->addVisitor( $maker );
		$traverser->traverse( self::parse( $source ) );
		usort(
			$maker->made,
			static fn( array $a, array $b ): int => array( $a['from'], $a['to'], $a['is'] ) <=> array( $b['from'], $b['to'], $b['is'] )
		);
		$counts = array();
		foreach ( $maker->made as $at => $one ) {
			$name   = implode( "\0", array( $one['method'], $one['kind'], $one['was'], $one['is'] ) );
			$number = $counts[ $name ] = ( $counts[ $name ] ?? 0 ) + 1;
			$maker->made[ $at ]['id']     = $one['method'] . ' ' . $one['kind'] . ' '
				. substr( hash( 'sha256', $name . "\0" . $number ), 0, 8 );
			$maker->made[ $at ]['source'] = substr( $source, 0, $one['from'] ) . $one['is'] . substr( $source, $one['to'] );
			self::parse( $maker->made[ $at ]['source'] );
		}
		return $maker->made;
	}

	/** The tree of a source; throws when it is not PHP. Debian 12 has version 4 of the parser, whose lexer has to be asked for places. */
	private static function parse( string $source ): array {
		$factory = new \PhpParser\ParserFactory();
		if ( ! method_exists( $factory, 'create' ) ) {
			return $factory->createForNewestSupportedVersion()->parse( $source );
		}
		$lexer = new \PhpParser\Lexer\Emulative( array( 'usedAttributes' => array( 'startLine', 'startFilePos', 'endFilePos' ) ) );
		return $factory->create( \PhpParser\ParserFactory::ONLY_PHP7, $lexer )->parse( $source );
	}

	/** Looks at a node before what is in it. */
	public function enterNode( Node $node ) {
		if ( $node instanceof Node\FunctionLike ) {
			$type           = $node->getReturnType();
			$type           = $type instanceof Node\NullableType ? $type->type : $type;
			$name           = $node instanceof Stmt\ClassMethod ? $node->name->toString() : ( end( $this->around )['name'] ?? '' );
			$this->around[] = array(
				'name'    => $name,
				'is_bool' => $type instanceof Node\Identifier && 'bool' === $type->toString(),
			);
		}
		match ( true ) {
			$node instanceof Stmt\If_, $node instanceof Stmt\ElseIf_ => $this->negate( 'if', $node->cond ),
			$node instanceof Stmt\While_, $node instanceof Stmt\Do_  => $this->negate( 'loop', $node->cond ),
			$node instanceof Stmt\For_                               => array_map(
				fn( Node $one ) => $this->negate( 'loop', $one ),
				$node->cond
			),
			$node instanceof Expr\Ternary                            => $this->negate_ternary( $node ),
			$node instanceof Expr\Match_                             => $this->change_arms( $node ),
			$node instanceof Expr\BinaryOp\BooleanAnd, $node instanceof Expr\BinaryOp\BooleanOr => $this->negate_operands( $node ),
			$node instanceof Expr\BinaryOp\Coalesce                  => $this->leave_links_out( $node ),
			$node instanceof Stmt\Return_ && null !== $node->expr    => $this->negate_return( $node->expr ),
			$node instanceof Expr\ArrowFunction                      => $this->negate_return( $node->expr ),
			$node instanceof Stmt\Expression                         => $this->leave_guard_out( $node ),
			$node instanceof Expr\StaticCall                         => $this->take_unchecked( $node ),
			$node instanceof Node\Scalar\String_, $node instanceof Node\Scalar\Encapsed => $this->change_sql( $node ),
			in_array( get_class( $node ), self::COMPARISONS, true )  => $this->negate( 'value', $node ),
			default                                                  => null,
		};
	}

	/** Looks at a node after what is in it. */
	public function leaveNode( Node $node ) {
		if ( $node instanceof Node\FunctionLike ) {
			array_pop( $this->around );
		}
	}

	private function text( Node $node ): string {
		return substr( $this->source, $node->getStartFilePos(), $node->getEndFilePos() + 1 - $node->getStartFilePos() );
	}

	private function negate( string $kind, Node $node ): void {
		$text = $node instanceof Expr\BooleanNot ? $this->text( $node->expr ) : $this->text( $node );
		if ( $node instanceof Expr\ConstFetch && in_array( strtolower( $text ), array( 'true', 'false' ), true ) ) {
			$this->add( $kind, $node, 'true' === strtolower( $text ) ? 'false' : 'true' );
			return;
		}
		$this->add( $kind, $node, $node instanceof Expr\BooleanNot ? "( $text )" : "! ( $text )" );
	}

	private function negate_ternary( Expr\Ternary $node ): void {
		if ( null !== $node->if ) {
			$this->negate( 'ternary', $node->cond );
			return;
		}
		$this->add(
			'ternary',
			$node->cond,
			sprintf( '! ( %1$s ) ? %1$s', $this->text( $node->cond ) ),
			strlen( ' ?' ) + strpos( substr( $this->source, $node->cond->getEndFilePos() + 1 ), '?' ) - 1
		);
	}

	private function change_arms( Expr\Match_ $node ): void {
		$is_true     = $node->cond instanceof Expr\ConstFetch && 'true' === strtolower( $this->text( $node->cond ) );
		$has_default = array() !== array_filter( $node->arms, static fn( Node\MatchArm $arm ): bool => null === $arm->conds );
		foreach ( $node->arms as $arm ) {
			if ( $is_true ) {
				array_map( fn( Node $one ) => $this->negate( 'arm', $one ), $arm->conds ?? array() );
			} elseif ( $has_default && null !== $arm->conds ) {
				$this->add( 'arm', $arm, '', 1 );
			}
		}
	}

	private function negate_operands( Expr\BinaryOp $node ): void {
		foreach ( array( $node->left, $node->right ) as $one ) {
			if ( get_class( $one ) !== get_class( $node ) ) {
				$this->negate( 'operand', $one );
			}
		}
	}

	private function negate_return( Node $expr ): void {
		if ( end( $this->around )['is_bool'] && ! $expr instanceof Expr\Ternary && ! $expr instanceof Expr\Match_ ) {
			$this->negate( 'return', $expr );
		}
	}

	/** Of a ?? b ?? c, all of them calls, each in turn. */
	private function leave_links_out( Expr\BinaryOp\Coalesce $node ): void {
		if ( isset( $this->seen[ $node->getEndFilePos() . ' chain' ] ) ) {
			return;
		}
		$this->seen[ $node->getEndFilePos() . ' chain' ] = true;
		$links = array();
		for ( $rest = $node; $rest instanceof Expr\BinaryOp\Coalesce; $rest = $rest->right ) {
			$links[] = $rest->left;
		}
		$links[] = $rest;
		foreach ( $links as $link ) {
			if ( ! $link instanceof Expr\StaticCall && ! $link instanceof Expr\MethodCall && ! $link instanceof Expr\FuncCall ) {
				return;
			}
		}
		foreach ( $links as $at => $link ) {
			$kept = $links;
			unset( $kept[ $at ] );
			$this->add( 'link', $node, implode( ' ?? ', array_map( fn( Node $one ): string => $this->text( $one ), $kept ) ) );
		}
	}

	private function leave_guard_out( Stmt\Expression $node ): void {
		if (
			$node->expr instanceof Expr\StaticCall
			&& $node->expr->name instanceof Node\Identifier
			&& in_array( $node->expr->name->toString(), self::GUARDS, true )
		) {
			$this->add( 'call', $node, ';' );
		}
	}

	private function take_unchecked( Expr\StaticCall $node ): void {
		$unchecked = self::UNCHECKED[ explode( '(', $this->text( $node ) )[0] ] ?? null;
		if ( null !== $unchecked ) {
			$this->add( 'call', $node, $unchecked );
		}
	}

	private function change_sql( Node $node ): void {
		$text = $this->text( $node );
		if ( 1 === preg_match(
			'/WHERE (?<all>.*?)(?= ORDER BY| LIMIT|["\']$)|^["\'](?<only>[a-z_]+ <?= %[ds])/s',
			$text,
			$found,
			PREG_OFFSET_CAPTURE
		) ) {
			list( $all, $at ) = '' !== ( $found['all'][0] ?? '' ) ? $found['all'] : ( $found['only'] ?? array( '', 0 ) );
			foreach ( self::split( $all, ' AND ' ) as list( $one, $offset ) ) {
				$this->add_sql( $node, $at + $offset, $one, "($one OR 1=1)" );
				if ( str_starts_with( $one, '(' ) ) {
					foreach ( self::split( substr( $one, 1, -1 ), ' OR ' ) as list( $side, $more ) ) {
						$this->add_sql( $node, $at + $offset + 1 + $more, $side, "($side AND 1=0)" );
					}
				}
			}
		}
		preg_match_all( '/\bIF\((?<cond>(?:[^(),]|\([^()]*\))+),/', $text, $ifs, PREG_OFFSET_CAPTURE );
		foreach ( $ifs['cond'] as list( $cond, $at ) ) {
			foreach ( self::split( $cond, ' AND ' ) as list( $one, $offset ) ) {
				$this->add_sql( $node, $at + $offset, $one, "($one OR 1=1)" );
			}
			$this->add_sql( $node, $at, $cond, "($cond AND 1=0)" );
		}
		foreach ( array(
			'/INSERT IGNORE/' => 'INSERT',
			'/GREATEST\([a-z_]+, (%d)\)/' => '$1',
			'/COALESCE\([a-z_]+, (VALUES\([a-z_]+\))\)/' => '$1',
			'/NULLIF\((%d), 0\)/' => '$1',
			'/([a-z]+ = [a-z]+ \+) 1\b/' => '$1 0',
		) as $pattern => $instead ) {
			preg_match_all( $pattern, $text, $all, PREG_OFFSET_CAPTURE );
			foreach ( $all[0] as list( $one, $at ) ) {
				$this->add_sql( $node, $at, $one, preg_replace( $pattern, $instead, $one ) );
			}
		}
	}

	/**
	 * The parts of a condition, but for what is in parentheses.
	 *
	 * @return array<int, array{string, int}> Each with where it begins.
	 */
	private static function split( string $text, string $between ): array {
		$parts = array();
		$begin = 0;
		$depth = 0;
		for ( $at = 0, $end = strlen( $text ); $at < $end; $at++ ) {
			$depth += array( '(' => 1, ')' => -1 )[ $text[ $at ] ] ?? 0;
			if ( 0 === $depth && substr( $text, $at, strlen( $between ) ) === $between ) {
				$parts[] = array( substr( $text, $begin, $at - $begin ), $begin );
				$begin   = $at + strlen( $between );
			}
		}
		$parts[] = array( substr( $text, $begin ), $begin );
		return array_values( array_filter( $parts, static fn( array $part ): bool => '' !== trim( $part[0] ) ) );
	}

	private function add_sql( Node $node, int $at, string $was, string $is ): void {
		$this->add_range( 'sql', $node, $node->getStartFilePos() + $at, $node->getStartFilePos() + $at + strlen( $was ), $is );
	}

	private function add( string $kind, Node $node, string $is, int $more = 0 ): void {
		$where = $node->getStartFilePos() . '-' . $node->getEndFilePos();
		if ( 'link' !== $kind && isset( $this->seen[ $where ] ) ) {
			return;
		}
		$this->seen[ $where ] = true;
		$this->add_range( $kind, $node, $node->getStartFilePos(), $node->getEndFilePos() + 1 + $more, $is );
	}

	private function add_range( string $kind, Node $node, int $from, int $to, string $is ): void {
		$method = end( $this->around )['name'] ?? '';
		if ( null !== $this->only && ! in_array( $method, $this->only, true ) ) {
			return;
		}
		$was          = substr( $this->source, $from, $to - $from );
		$line         = substr_count( $this->source, "\n", 0, $from ) + 1;
		$this->made[] = compact( 'method', 'kind', 'line', 'from', 'to', 'was', 'is' );
	}
}
