<?php
/**
 * What the plugin asks of BonusPay.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce\BonusPay;

/**
 * BonusPay, with one set of keys. Everything but Native_Backend sees only this.
 *
 * Every method throws Backend_Error; its outcome says whether BonusPay may have done what was asked.
 */
interface Backend {

	/**
	 * Places an order; idempotent by its merchantOrderNo.
	 *
	 * @param array $biz_content As BonusPay documents it, amounts as decimal strings.
	 */
	public function place_order( array $biz_content ): Verified_Message;

	/** Asks for an order: the only proof of a payment. */
	public function get_order( string $merchant_order_no ): Verified_Message;

	/** Cancels an order that is not paid. Its answer proves nothing: ask get_order(). */
	public function cancel_order( string $merchant_order_no ): void;

	/** Takes an order as it stands, although too little came in. Ask get_order() afterwards. */
	public function accept_order( string $merchant_order_no ): void;

	/**
	 * Asks what was deposited for an order so far. The answer names no order: it never proves a payment.
	 *
	 * @return array<int, array{id: string, amount: string, currency: string, network: string, tx_hash: string}>
	 */
	public function payment_events( string $merchant_order_no ): array;

	/**
	 * Gives money back. Moves money out: it is sent once. When its outcome is unknown, ask get_refund().
	 *
	 * @param array $biz_content As BonusPay documents it, amounts as decimal strings.
	 */
	public function refund( array $biz_content ): Verified_Message;

	/** Asks for a refund by our number of it: the only proof of its end. */
	public function get_refund( string $number ): Verified_Message;

	/**
	 * Asks what the merchant has at BonusPay: of each coin in all, free, and free to be withdrawn. '' where it does not say.
	 *
	 * @return array<int, array{coin: string, balance: string, available: string, withdrawable: string}>
	 */
	public function balances(): array;

	/** Asks for a rate, an indication: what one coin is worth when it is sold; null when the answer has none. */
	public function fx_rate( string $coin, string $currency ): ?string;

	/** Asks for a withdrawal or a transfer, which are one to BonusPay, by the merchant's number. */
	public function get_withdrawal( string $number ): Verified_Message;

	/** Asks for a settlement by the merchant's number. */
	public function get_settlement( string $number ): Verified_Message;

	/** Verifies a notification over its raw body, then reads it. A hint, never a proof. */
	public function verify_notification( string $body, #[\SensitiveParameter] string $sign, ?string $partner_id ): Verified_Message;

	/** Asks for something harmless, to see whether the keys are taken and the answer is BonusPay's. */
	public function test_connection(): void;

	/** The merchant's id, the Partner-Id. */
	public function partner_id(): string;
}
