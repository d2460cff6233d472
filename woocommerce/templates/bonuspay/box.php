<?php
/**
 * The payment's state on WooCommerce's own pages. A theme may have its own in woocommerce/bonuspay/.
 *
 * @var BonusPay\WooCommerce\Payment\Payment_View $view       What the shopper sees.
 * @var string                            $page_url   The pay page.
 * @var string                            $status_url What the script asks.
 *
 * @package BonusPay\WooCommerce
 */

use BonusPay\WooCommerce\Payment\Payment_View;

defined( 'ABSPATH' ) || exit;
?>
<section class="bonuspay-box" data-bonuspay
	data-status-url="<?php echo esc_url( $status_url ); ?>"
	data-revision="<?php echo esc_attr( $view->revision() ); ?>"
	data-final="<?php echo $view->is_final() ? '1' : ''; ?>"
	data-next="">
	<p class="bonuspay-sr" role="status" data-bonuspay-announce></p>
	<div data-bonuspay-body data-state="<?php echo esc_attr( $view->state ); ?>">
		<h2 data-bonuspay-headline><?php echo esc_html( $view->headline ); ?></h2>
		<p><?php echo esc_html( $view->text ); ?></p>
		<?php if ( null !== $view->amount() ) : ?>
			<p>
				<?php
				echo esc_html(
					/* translators: 1: amount of a coin, 2: the coin and its network, such as "USDT on the TRON network (TRC-20)". */
					sprintf( __( 'Amount to pay: %1$s %2$s', 'bonuspay-for-woocommerce' ), $view->amount(), $view->coin_phrase() )
				);
				?>
			</p>
		<?php endif; ?>
		<?php if ( $view->asks_for_money() || $view->may_requote || Payment_View::NONE === $view->state ) : ?>
			<p>
				<a class="button wp-element-button bonuspay-open"
					href="<?php echo esc_url( $page_url ); ?>"
				><?php esc_html_e( 'Open the payment page', 'bonuspay-for-woocommerce' ); ?></a>
			</p>
		<?php elseif ( ! $view->is_final() ) : ?>
			<noscript><p>
				<a class="bonuspay-open" href="<?php echo esc_url( $page_url ); ?>"
				><?php esc_html_e( 'Check again', 'bonuspay-for-woocommerce' ); ?></a>
			</p></noscript>
		<?php endif; ?>
	</div>
</section>
