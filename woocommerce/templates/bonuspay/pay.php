<?php
/**
 * The pay page. A theme may have its own: copy this file to woocommerce/bonuspay/pay.php in the theme's folder.
 * pay.js needs the data-bonuspay… attributes.
 *
 * @var string                               $shop         The shop's name.
 * @var string                               $shop_url     Its front page.
 * @var string                               $style_url    The page's style sheet.
 * @var string                               $script_url   The page's script.
 * @var WC_Order                             $order        The order.
 * @var BonusPay\WooCommerce\Payment\Payment_View    $view         What the shopper sees.
 * @var string                               $problem      Why a new quote was not given; or nothing.
 * @var string                               $uri          What wallets read: a URI; for tokens and in test mode the bare address.
 * @var bool                                 $is_clickable Whether it opens a wallet.
 * @var string                               $qr_svg       The same as a QR code; or nothing.
 * @var bool                                 $is_test      Whether no real coins are taken.
 * @var string                               $page_url     This page.
 * @var string                               $status_url   What the script asks.
 * @var string                               $order_url    Order received.
 * @var string                               $other_url    Where another way to pay is chosen; or nothing.
 *
 * @package BonusPay\WooCommerce
 */

use BonusPay\WooCommerce\Checkout\Gateway;
use BonusPay\WooCommerce\Money\Network;
use BonusPay\WooCommerce\Money\Wallet_Link;
use BonusPay\WooCommerce\Payment\Payment_View;

defined( 'ABSPATH' ) || exit;

$bonuspay_is_paid = Payment_View::PAID === $view->state;
$bonuspay_coin    = null === $view->attempt ? '' : $view->attempt->coin;
/* translators: %s: a number of minutes. */
$bonuspay_minutes  = __( 'Minutes left: %s', 'bonuspay-for-woocommerce' );
$bonuspay_qr_label = $uri === $view->address()
	? __( 'QR code of the address', 'bonuspay-for-woocommerce' )
	: __( 'QR code of the address and the amount', 'bonuspay-for-woocommerce' );
?>
<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head>
<meta charset="<?php bloginfo( 'charset' ); ?>">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>
	<?php
	echo esc_html(
		/* translators: 1: an order's number, 2: the shop's name. */
		sprintf( __( 'Payment of order %1$s – %2$s', 'bonuspay-for-woocommerce' ), $order->get_order_number(), $shop )
	);
	?>
</title>
<?php // The document stands outside the theme and prints no queue: nothing else may get onto it. ?>
<?php // phpcs:disable WordPress.WP.EnqueuedResources.NonEnqueuedStylesheet -- it prints no queue. ?>
<?php // phpcs:disable WordPress.WP.EnqueuedResources.NonEnqueuedScript -- it prints no queue. ?>
<link rel="stylesheet" href="<?php echo esc_url( $style_url ); ?>">

<script src="<?php echo esc_url( $script_url ); ?>" defer data-no-defer data-no-optimize="1" data-cfasync="false"></script>

<?php if ( $bonuspay_is_paid ) : ?>
<noscript><meta http-equiv="refresh" content="6; url=<?php echo esc_url( $order_url ); ?>"></noscript>
<?php elseif ( ! $view->is_final() ) : ?>
<noscript><meta http-equiv="refresh" content="30; url=<?php echo esc_url( $page_url ); ?>"></noscript>
<?php endif; ?>
<?php // phpcs:enable ?>
</head>
<body class="bonuspay-page">
<header class="bonuspay-header">
	<a href="<?php echo esc_url( $shop_url ); ?>"><?php echo esc_html( $shop ); ?></a>
</header>
<main class="bonuspay-card" data-bonuspay
	data-status-url="<?php echo esc_url( $status_url ); ?>"
	data-revision="<?php echo esc_attr( $view->revision() ); ?>"
	data-final="<?php echo $view->is_final() ? '1' : ''; ?>"
	data-next="<?php echo $bonuspay_is_paid ? esc_url( $order_url ) : ''; ?>">
	<p class="bonuspay-sr" role="status" data-bonuspay-announce></p>
	<div data-bonuspay-body>
		<?php if ( $is_test && ! $view->is_final() ) : ?>
			<p class="bonuspay-test"><?php echo esc_html( Gateway::test_text() ); ?></p>
		<?php endif; ?>

		<p class="bonuspay-order">
			<span>
				<?php
				/* translators: %s: an order's number. */
				echo esc_html( sprintf( __( 'Order %s', 'bonuspay-for-woocommerce' ), $order->get_order_number() ) );
				?>
			</span>
			<span><?php echo wp_kses_post( wc_price( $order->get_total(), array( 'currency' => $order->get_currency() ) ) ); ?></span>
		</p>

		<div class="bonuspay-state is-<?php echo esc_attr( $view->tone() ); ?>" data-state="<?php echo esc_attr( $view->state ); ?>">
			<h1 data-bonuspay-headline><?php echo esc_html( $view->headline ); ?></h1>
			<p><?php echo esc_html( $view->text ); ?></p>
		</div>

		<?php if ( '' !== $problem ) : ?>
			<p class="bonuspay-problem" role="alert"><?php echo esc_html( $problem ); ?></p>
		<?php endif; ?>

		<?php if ( null !== $view->seconds_left() ) : ?>
			<p class="bonuspay-time">
				<span>
				<?php
				printf(
					/* translators: %s: date and time. */
					esc_html__( 'This price holds until %s.', 'bonuspay-for-woocommerce' ),
					'<time datetime="' . esc_attr( gmdate( 'c', $view->attempt->expires_at ) ) . '">'
						. esc_html( wp_date( get_option( 'time_format' ) . ' T', $view->attempt->expires_at ) ) . '</time>'
				);
				?>
				</span>
				<span class="bonuspay-countdown" role="timer" aria-live="off" hidden
					data-bonuspay-countdown="<?php echo esc_attr( (string) $view->seconds_left() ); ?>"
					data-minutes="<?php echo esc_attr( $bonuspay_minutes ); ?>"></span>
			</p>
		<?php endif; ?>

		<?php if ( null !== $view->address() ) : ?>
			<div class="bonuspay-pay">
				<dl class="bonuspay-facts">
					<div>
						<dt>
							<?php
							Payment_View::PARTIAL === $view->state
								? esc_html_e( 'Send the rest, exactly', 'bonuspay-for-woocommerce' )
								: esc_html_e( 'Send exactly', 'bonuspay-for-woocommerce' );
							?>
						</dt>
						<dd class="bonuspay-amount">
							<bdi dir="ltr">
								<span data-bonuspay-amount><?php echo esc_html( $view->amount() ); ?></span>
								<?php echo esc_html( $bonuspay_coin ); ?></bdi>
							<button type="button" class="bonuspay-copy" hidden id="bonuspay-copy-amount"
								data-bonuspay-copy="<?php echo esc_attr( $view->amount() ); ?>"
								data-done="<?php esc_attr_e( 'Copied', 'bonuspay-for-woocommerce' ); ?>"
								aria-label="<?php esc_attr_e( 'Copy the amount', 'bonuspay-for-woocommerce' ); ?>"
							><?php esc_html_e( 'Copy', 'bonuspay-for-woocommerce' ); ?></button>
						</dd>
					</div>
					<div>
						<dt><?php esc_html_e( 'Network', 'bonuspay-for-woocommerce' ); ?></dt>
						<dd><bdi><?php echo esc_html( Network::name( $bonuspay_coin, $view->attempt->network ) ); ?></bdi></dd>
					</div>
					<div>
						<dt><?php esc_html_e( 'To this address', 'bonuspay-for-woocommerce' ); ?></dt>
						<dd class="bonuspay-address"><bdi dir="ltr" data-bonuspay-address><?php echo esc_html( $view->address() ); ?></bdi>
							<button type="button" class="bonuspay-copy" hidden id="bonuspay-copy-address"
								data-bonuspay-copy="<?php echo esc_attr( $view->address() ); ?>"
								data-done="<?php esc_attr_e( 'Copied', 'bonuspay-for-woocommerce' ); ?>"
								aria-label="<?php esc_attr_e( 'Copy the address', 'bonuspay-for-woocommerce' ); ?>"
							><?php esc_html_e( 'Copy', 'bonuspay-for-woocommerce' ); ?></button>
						</dd>
					</div>
				</dl>
				<?php if ( '' !== $qr_svg ) : ?>
					<figure class="bonuspay-qr">
						<div role="img"
							aria-label="<?php echo esc_attr( $bonuspay_qr_label ); ?>"
						><?php echo wp_kses( $qr_svg, Wallet_Link::allowed_svg() ); ?></div>
						<figcaption>
						<?php
						if ( $is_test ) {
							esc_html_e( 'Test mode: this QR code contains the address only, and there is no link to a wallet.', 'bonuspay-for-woocommerce' );
						} elseif ( $uri === $view->address() ) {
							esc_html_e( 'This QR code contains the address only. Enter the amount yourself.', 'bonuspay-for-woocommerce' );
						} else {
							esc_html_e( 'This QR code contains the address and the amount.', 'bonuspay-for-woocommerce' );
						}
						?>
						</figcaption>
					</figure>
				<?php endif; ?>
			</div>
			<p class="bonuspay-warning">
				<strong><?php echo esc_html( Network::warning( $bonuspay_coin, $view->attempt->network ) ); ?></strong>
				<?php echo esc_html( Network::loss() ); ?>
			</p>
			<?php if ( $is_clickable ) : ?>
				<p>
					<a class="bonuspay-button" id="bonuspay-wallet"
						href="<?php echo esc_url( $uri, array( 'bitcoin', 'ethereum' ) ); ?>"
					><?php esc_html_e( 'Open in a wallet', 'bonuspay-for-woocommerce' ); ?></a>
				</p>
			<?php endif; ?>
		<?php endif; ?>

		<?php if ( null !== $view->checkout_url() ) : ?>
			<?php if ( null !== $view->amount() ) : ?>
				<p class="bonuspay-hosted-amount">
					<?php
					echo esc_html(
						/* translators: 1: amount of a coin, 2: the coin. */
						sprintf( __( 'Amount to pay: %1$s %2$s', 'bonuspay-for-woocommerce' ), $view->amount(), $view->coin_phrase() )
					);
					?>
				</p>
			<?php endif; ?>
			<p>
				<a class="bonuspay-button" id="bonuspay-hosted"
					href="<?php echo esc_url( $view->checkout_url(), array( 'https', 'http' ) ); ?>"
				><?php esc_html_e( 'Pay on BonusPay’s page', 'bonuspay-for-woocommerce' ); ?></a>
			</p>
		<?php endif; ?>

		<?php if ( $view->may_requote ) : ?>
			<form method="post" action="<?php echo esc_url( $page_url ); ?>">
				<input type="hidden" name="action" value="requote">
				<button type="submit" class="bonuspay-button"
					id="bonuspay-requote"><?php esc_html_e( 'Get a new quote', 'bonuspay-for-woocommerce' ); ?></button>
			</form>
		<?php endif; ?>

		<?php if ( $bonuspay_is_paid ) : ?>
			<p>
				<a class="bonuspay-button" id="bonuspay-order"
					href="<?php echo esc_url( $order_url ); ?>"><?php esc_html_e( 'Go to your order', 'bonuspay-for-woocommerce' ); ?></a>
			</p>
		<?php endif; ?>

		<ul class="bonuspay-links">
			<?php
			$bonuspay_ends = array(
				Payment_View::SETTLED,
				Payment_View::REFUNDED,
				Payment_View::UNDERPAID,
				Payment_View::REVIEW,
				Payment_View::EARLIER,
			);
			if ( in_array( $view->state, $bonuspay_ends, true ) ) :
				?>
				<li>
					<a id="bonuspay-order"
						href="<?php echo esc_url( $order_url ); ?>"
					><?php esc_html_e( 'Go to your order', 'bonuspay-for-woocommerce' ); ?></a>
				</li>
			<?php endif; ?>
			<?php if ( ! $view->is_final() ) : ?>
				<li>
					<a id="bonuspay-check" href="<?php echo esc_url( $page_url ); ?>"
						data-bonuspay-check data-done="<?php esc_attr_e( 'Checked: nothing new yet', 'bonuspay-for-woocommerce' ); ?>"
					><?php esc_html_e( 'Check again', 'bonuspay-for-woocommerce' ); ?></a>
				</li>
			<?php endif; ?>
			<?php if ( '' !== $other_url ) : ?>
				<li>
					<a id="bonuspay-other"
						href="<?php echo esc_url( $other_url ); ?>"
					><?php esc_html_e( 'Choose another way to pay', 'bonuspay-for-woocommerce' ); ?></a>
				</li>
			<?php endif; ?>
		</ul>
		<?php if ( $view->asks_for_money() ) : ?>
			<p class="bonuspay-hint">
				<?php esc_html_e( 'You may close this page after you have paid: the shop is told by itself.', 'bonuspay-for-woocommerce' ); ?>
			</p>
		<?php endif; ?>
	</div>
</main>
</body>
</html>
