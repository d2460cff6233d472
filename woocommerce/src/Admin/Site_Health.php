<?php
/**
 * Tools > Site Health.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\Admin;

use BonusPay\WooCommerce\Health\Check_Result;
use BonusPay\WooCommerce\Health\Health_Check;
use BonusPay\WooCommerce\Health\Webhook_Self_Check;

/**
 * Health_Check's results where owners of a WordPress site look, and the facts that their host or our support asks for.
 */
final class Site_Health {

	/** The test that calls the shop: WordPress's page asks for it after it is loaded, by this name. */
	public const CALLBACK_TEST = 'bonuspay-callbacks';

	/** What WordPress's page makes its nonce for. */
	private const NONCE = 'health-check-site-status';

	/**
	 * Found in this request.
	 *
	 * @var ?array<string, Check_Result>
	 */
	private static ?array $findings = null;

	/**
	 * Adds ours.
	 *
	 * @param array $tests WordPress's, and others'.
	 */
	public static function tests( $tests ) {
		foreach ( Health_Check::RULES as $rule ) {
			$tests['direct'][ 'bonuspay_' . $rule ] = array(
				'label' => 'BonusPay: ' . $rule,
				'test'  => static fn(): array => self::result( self::finding( $rule ) ),
			);
		}
		$tests['async']['bonuspay_callbacks'] = array(
			'label'             => 'BonusPay: callbacks',
			'test'              => self::CALLBACK_TEST,
			'async_direct_test' => array( self::class, 'test_callbacks' ),
		);
		return $tests;
	}

	/** The result of the test that calls the shop. */
	public static function test_callbacks(): array {
		return self::result( Health_Check::callbacks( Webhook_Self_Check::run() ) );
	}

	/** Answers WordPress's page. */
	public static function answer(): void {
		if ( ! Action::is_allowed( self::NONCE, 'view_site_health_checks', '_wpnonce' ) ) {
			wp_send_json_error( array( 'message' => Action::refusal() ), 403 );
		}
		wp_send_json_success( self::test_callbacks() );
	}

	/**
	 * Adds ours to the facts that can be copied. What is private stays out of the copy.
	 *
	 * @param array $information WordPress's, and others'.
	 */
	public static function information( $information ) {
		$fields = array();
		foreach ( System_Status::facts() as $name => $fact ) {
			$fields[ $name ] = array(
				'label'   => $fact['label'],
				'value'   => $fact['value'],
				'private' => $fact['is_private'],
			);
		}
		$information['bonuspay'] = array(
			'label'  => __( 'BonusPay', 'bonuspay-for-woocommerce' ),
			'fields' => $fields,
		);
		return $information;
	}

	/** Looks once a request. */
	private static function finding( string $rule ): Check_Result {
		self::$findings ??= array_column(
			array_map( static fn( Check_Result $one ): array => array( $one->id, $one ), Health_Check::examine() ),
			1,
			0
		);
		return self::$findings[ $rule ];
	}

	/** A finding as WordPress shows it. */
	private static function result( Check_Result $finding ): array {
		$is_keys = 'keys' === $finding->id;
		return array(
			'label'       => $finding->label, // WordPress's page escapes it, and nothing else of this.
			'status'      => $finding->status,
			'badge'       => array(
				'label' => __( 'BonusPay', 'bonuspay-for-woocommerce' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $finding->text ) . '</p>',
			'actions'     => sprintf(
				'<p><a href="%s">%s</a></p>',
				esc_url( $is_keys ? Links::settings() : Links::screen( Health_Tab::slug() ) ),
				$is_keys
					? esc_html__( 'BonusPay settings', 'bonuspay-for-woocommerce' )
					: esc_html__( 'BonusPay\'s health', 'bonuspay-for-woocommerce' )
			),
			'test'        => 'bonuspay_' . $finding->id,
		);
	}
}
