<?php
/**
 * What the theme says it can do.
 *
 * @package BonusPay\Tests
 */

add_action(
	'after_setup_theme',
	function () {
		add_theme_support( 'title-tag' );
		add_theme_support( 'html5', array( 'script', 'style' ) );
		add_theme_support( 'woocommerce' );
	}
);
