<?php
/**
 * The page that asks where a refund goes. A theme may have its own: copy this file to woocommerce/bonuspay/refund.php in the
 * theme's folder.
 *
 * @var string                      $shop      The shop's name.
 * @var string                      $shop_url  Its front page.
 * @var string                      $style_url The page's style sheet.
 * @var WC_Order                    $order     The order.
 * @var BonusPay\WooCommerce\Ledger\Refund $row       The refund.
 * @var string                      $view      'enter', 'confirm', 'stored' or 'sent'.
 * @var string                      $problem   What is wrong with the address; or nothing.
 * @var string[]                    $networks  The networks to choose from.
 * @var string                      $network   The network that was chosen; or nothing.
 * @var string                      $address   The address as it was typed; or nothing.
 * @var bool                        $is_test   Whether no real coins are sent.
 * @var string                      $page_url  This page.
 *
 * @package BonusPay\WooCommerce
 */

use BonusPay\WooCommerce\Money\Network;

defined( 'ABSPATH' ) || exit;

$bonuspay_headlines = array(
	'enter'   => __( 'Where shall your refund go?', 'bonuspay-for-woocommerce' ),
	'confirm' => __( 'Is this your address?', 'bonuspay-for-woocommerce' ),
	'stored'  => __( 'Your address is stored', 'bonuspay-for-woocommerce' ),
	'sent'    => __( 'The shop has your address', 'bonuspay-for-woocommerce' ),
);
$bonuspay_shown     = 'confirm' === $view ? $network : $row->network;
$bonuspay_only      = 1 === count( $networks ) ? $networks[0] : '';
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
		sprintf( __( 'Refund of order %1$s – %2$s', 'bonuspay-for-woocommerce' ), $order->get_order_number(), $shop )
	);
	?>
</title>
<?php // phpcs:disable WordPress.WP.EnqueuedResources.NonEnqueuedStylesheet -- it prints no queue. ?>
<link rel="stylesheet" href="<?php echo esc_url( $style_url ); ?>">
<?php // phpcs:enable ?>
</head>
<body class="bonuspay-page">
<header class="bonuspay-header">
	<a href="<?php echo esc_url( $shop_url ); ?>"><?php echo esc_html( $shop ); ?></a>
</header>
<main class="bonuspay-card">
	<?php if ( $is_test ) : ?>
		<p class="bonuspay-test"><?php esc_html_e( 'Test mode: no real coins are sent.', 'bonuspay-for-woocommerce' ); ?></p>
	<?php endif; ?>
	<p class="bonuspay-order">
		<span>
			<?php
			/* translators: %s: an order's number. */
			echo esc_html( sprintf( __( 'Order %s', 'bonuspay-for-woocommerce' ), $order->get_order_number() ) );
			?>
		</span>
	</p>
	<div class="bonuspay-state is-<?php echo 'stored' === $view || 'sent' === $view ? 'good' : 'calm'; ?>"
		data-view="<?php echo esc_attr( $view ); ?>">
		<h1><?php echo esc_html( $bonuspay_headlines[ $view ] ); ?></h1>
		<?php if ( 'enter' === $view ) : ?>
			<p>
				<?php
				echo esc_html(
					sprintf(
						/* translators: %s: a coin and its network, such as "USDT on the TRON network (TRC-20)". */
						__( 'The shop sends %s to the address that you enter here.', 'bonuspay-for-woocommerce' ),
						Network::phrase( $row->coin, $bonuspay_only )
					)
				);
				?>
			</p>
		<?php elseif ( 'confirm' === $view ) : ?>
			<p>
				<?php esc_html_e( 'Compare it with your wallet, character by character at the beginning and the end. What was sent to a wrong address cannot be taken back.', 'bonuspay-for-woocommerce' ); ?>
			</p>
		<?php elseif ( 'stored' === $view ) : ?>
			<p><?php esc_html_e( 'The shop was told, and makes the refund next.', 'bonuspay-for-woocommerce' ); ?></p>
		<?php else : ?>
			<p>
				<?php esc_html_e( 'It cannot be changed here any more. Please ask the shop if something is wrong with it.', 'bonuspay-for-woocommerce' ); ?>
			</p>
		<?php endif; ?>
	</div>

	<?php if ( '' !== $problem ) : ?>
		<p class="bonuspay-problem" role="alert" id="bonuspay-problem"><?php echo esc_html( $problem ); ?></p>
	<?php endif; ?>

	<?php if ( 'enter' === $view ) : ?>
		<form method="post" action="<?php echo esc_url( $page_url ); ?>" class="bonuspay-form">
			<input type="hidden" name="step" value="check">
			<?php if ( count( $networks ) > 1 ) : ?>
				<fieldset>
					<legend><?php esc_html_e( 'Network', 'bonuspay-for-woocommerce' ); ?></legend>
					<?php foreach ( $networks as $bonuspay_choice ) : ?>
						<p>
							<label>
								<input type="radio" name="network" required value="<?php echo esc_attr( $bonuspay_choice ); ?>"
									<?php checked( $bonuspay_choice, $network ); ?>>
								<?php echo esc_html( Network::name( $row->coin, $bonuspay_choice ) ); ?></label>
						</p>
					<?php endforeach; ?>
				</fieldset>
			<?php endif; ?>
			<p>
				<label for="bonuspay-refund-address"><?php esc_html_e( 'Your address', 'bonuspay-for-woocommerce' ); ?></label>
				<input type="text" id="bonuspay-refund-address" name="address" dir="ltr" required maxlength="128" autocomplete="off"
					autocapitalize="off" autocorrect="off" spellcheck="false" value="<?php echo esc_attr( $address ); ?>"
					<?php echo '' === $problem ? '' : 'aria-invalid="true" aria-describedby="bonuspay-problem"'; ?>>
			</p>
			<p><button type="submit" class="bonuspay-button"><?php esc_html_e( 'Continue', 'bonuspay-for-woocommerce' ); ?></button></p>
		</form>
		<p class="bonuspay-hint">
			<?php esc_html_e( 'Take an address of a wallet that is yours. If you paid from an exchange, do not take the address that the payment came from: look up your own deposit address there, for this coin and this network.', 'bonuspay-for-woocommerce' ); ?>
		</p>
	<?php else : ?>
		<dl class="bonuspay-facts">
			<div>
				<dt><?php esc_html_e( 'Coin and network', 'bonuspay-for-woocommerce' ); ?></dt>
				<dd><bdi><?php echo esc_html( Network::phrase( $row->coin, $bonuspay_shown ) ); ?></bdi></dd>
			</div>
			<div>
				<dt><?php esc_html_e( 'Address', 'bonuspay-for-woocommerce' ); ?></dt>
				<dd class="bonuspay-address">
					<bdi dir="ltr"
						data-bonuspay-address><?php echo esc_html( 'confirm' === $view ? $address : (string) $row->address ); ?></bdi>
				</dd>
			</div>
		</dl>
	<?php endif; ?>

	<?php if ( 'confirm' === $view ) : ?>
		<form method="post" action="<?php echo esc_url( $page_url ); ?>" class="bonuspay-form">
			<input type="hidden" name="network" value="<?php echo esc_attr( $network ); ?>">
			<input type="hidden" name="address" value="<?php echo esc_attr( $address ); ?>">
			<p>
				<button type="submit" class="bonuspay-button" id="bonuspay-refund-confirm" name="step"
					value="store"><?php esc_html_e( 'Yes, send it there', 'bonuspay-for-woocommerce' ); ?></button>
			</p>
			<p>
				<button type="submit" class="bonuspay-copy" name="step"
					value="change"><?php esc_html_e( 'No, change it', 'bonuspay-for-woocommerce' ); ?></button>
			</p>
		</form>
	<?php elseif ( 'stored' === $view ) : ?>
		<form method="post" action="<?php echo esc_url( $page_url ); ?>" class="bonuspay-form">
			<p>
				<button type="submit" class="bonuspay-copy" name="step"
					value="change"><?php esc_html_e( 'Change the address', 'bonuspay-for-woocommerce' ); ?></button>
			</p>
		</form>
	<?php endif; ?>
</main>
</body>
</html>
