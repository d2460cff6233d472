<?php
/**
 * The answer for an order that is unknown, or not the visitor's. A theme may have its own in woocommerce/bonuspay/.
 *
 * @var string $shop      The shop's name.
 * @var string $shop_url  Its front page.
 * @var string $style_url The page's style sheet.
 *
 * @package BonusPay\WooCommerce
 */

defined( 'ABSPATH' ) || exit;
?>
<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head>
<meta charset="<?php bloginfo( 'charset' ); ?>">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title><?php echo esc_html( __( 'Not found', 'bonuspay-for-woocommerce' ) . ' – ' . $shop ); ?></title>
<?php // phpcs:disable WordPress.WP.EnqueuedResources.NonEnqueuedStylesheet -- it prints no queue. ?>
<link rel="stylesheet" href="<?php echo esc_url( $style_url ); ?>">
<?php // phpcs:enable ?>
</head>
<body class="bonuspay-page">
<header class="bonuspay-header">
	<a href="<?php echo esc_url( $shop_url ); ?>"><?php echo esc_html( $shop ); ?></a>
</header>
<main class="bonuspay-card">
	<div class="bonuspay-state is-bad">
		<h1><?php esc_html_e( 'There is no such payment', 'bonuspay-for-woocommerce' ); ?></h1>
		<p>
			<?php esc_html_e( 'Please use the link in the shop’s mail, or open the order in your account.', 'bonuspay-for-woocommerce' ); ?>
		</p>
	</div>
</main>
</body>
</html>
