<?php
/**
 * The plugin's start.
 *
 * @package BonusPay\WooCommerce
 */

namespace BonusPay\WooCommerce;

use BonusPay\WooCommerce\Admin\Account_Tab;
use BonusPay\WooCommerce\Admin\Events_Tab;
use BonusPay\WooCommerce\Admin\Health_Tab;
use BonusPay\WooCommerce\Admin\Meta_Box;
use BonusPay\WooCommerce\Admin\Notices;
use BonusPay\WooCommerce\Admin\Orders_List;
use BonusPay\WooCommerce\Admin\Refund_Box;
use BonusPay\WooCommerce\Admin\Report_Tab;
use BonusPay\WooCommerce\Admin\Screen;
use BonusPay\WooCommerce\Admin\Settings_Form;
use BonusPay\WooCommerce\Admin\Settings_Page;
use BonusPay\WooCommerce\Admin\Site_Health;
use BonusPay\WooCommerce\Admin\System_Status;
use BonusPay\WooCommerce\Checkout\Blocks_Payment;
use BonusPay\WooCommerce\Checkout\Emails;
use BonusPay\WooCommerce\Checkout\Pay_Page;
use BonusPay\WooCommerce\Checkout\Refund_Page;
use BonusPay\WooCommerce\Checkout\Shopper_Page;
use BonusPay\WooCommerce\Checkout\Status_Route;
use BonusPay\WooCommerce\Cli\Cli;
use BonusPay\WooCommerce\Ledger\Schema;
use BonusPay\WooCommerce\Notification\Notification_Endpoint;
use BonusPay\WooCommerce\Order\Effects;
use BonusPay\WooCommerce\Order\Store_Refund;
use BonusPay\WooCommerce\Queue\Queue;
use BonusPay\WooCommerce\Refund\Refund_Service;
use BonusPay\WooCommerce\Settings\Payment_Method;

/**
 * Every hook of the plugin is registered here, and nowhere else.
 */
final class Plugin {

	/** When the file is loaded: nothing here needs WooCommerce. */
	public static function register(): void {
		add_action( 'before_woocommerce_init', array( self::class, 'declare_compatibility' ) );
		add_action( 'plugins_loaded', array( self::class, 'start' ) );
	}

	/** The tables, and the queue: payments may have waited while the plugin was off. */
	public static function activate(): void {
		Schema::install();
		if ( did_action( 'action_scheduler_init' ) ) {
			Schedule::schedule();
		}
	}

	/** Orders in either store, both checkouts. */
	public static function declare_compatibility(): void {
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', BONUSPAY_WC_FILE, true );
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', BONUSPAY_WC_FILE, true );
	}

	/** Registers all hooks. */
	public static function start(): void {
		add_action(
			'init',
			static fn() => load_plugin_textdomain(
				'bonuspay-for-woocommerce',
				false,
				dirname( plugin_basename( BONUSPAY_WC_FILE ) ) . '/languages'
			)
		);
		add_action( 'admin_notices', array( Notices::class, 'show' ) );
		if ( ! class_exists( 'WooCommerce' ) ) {
			return;
		}
		add_action( 'init', array( Schema::class, 'install' ) );
		self::register_checkout();
		self::register_callbacks();
		self::register_refunds();
		self::register_queue();
		self::register_health();
		self::register_privacy();
		self::register_admin();
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			Cli::register();
		}
	}

	/** What shoppers see. */
	private static function register_checkout(): void {
		add_filter( 'woocommerce_payment_gateways', static fn( array $gateways ): array => array( ...$gateways, Settings_Form::class ) );
		add_action(
			'woocommerce_blocks_payment_method_type_registration',
			static fn( $registry ) => $registry->register( new Blocks_Payment() )
		);
		add_action( 'template_redirect', array( Pay_Page::class, 'show' ), 5 );
		add_action( 'template_redirect', array( Pay_Page::class, 'in_place_of_order_pay' ), 5 );
		add_action( 'woocommerce_before_pay_action', array( Pay_Page::class, 'before_pay_action' ), 5 );
		add_action( 'rest_api_init', array( Status_Route::class, 'register' ) );
		add_filter( 'rest_pre_serve_request', array( Status_Route::class, 'before_output' ), 10, 3 );
		add_filter( 'sgo_bypass_query_params', array( Shopper_Page::class, 'uncached_parameters' ) );
		add_action( 'woocommerce_thankyou_' . Payment_Method::ID, array( Pay_Page::class, 'on_thankyou' ) );
		add_action( 'woocommerce_receipt_' . Payment_Method::ID, array( Pay_Page::class, 'on_thankyou' ) );
		add_action( 'woocommerce_view_order', array( Pay_Page::class, 'on_view_order' ), 5 );
		add_filter( 'woocommerce_my_account_my_orders_actions', array( Pay_Page::class, 'order_actions' ), 10, 2 );
		add_action( 'woocommerce_email_before_order_table', array( Emails::class, 'before_order_table' ), 10, 3 );
	}

	/** What BonusPay calls. */
	private static function register_callbacks(): void {
		add_action( 'rest_api_init', array( Notification_Endpoint::class, 'register_route' ) );
		// Before REST reads the body as JSON: what is not JSON is ours to answer, too.
		add_action( 'parse_request', array( Notification_Endpoint::class, 'answer_rest_early' ), 0 );
		add_action( 'woocommerce_api_' . Payment_Method::ID, array( Notification_Endpoint::class, 'answer' ) );
	}

	/** What goes back: by the order screen, REST, or a shopper's link. */
	private static function register_refunds(): void {
		add_action( 'woocommerce_create_refund', array( Store_Refund::class, 'on_create' ), 10, 2 );
		add_action( 'woocommerce_refund_created', array( Refund_Service::class, 'on_created' ), 10, 2 );
		add_action( 'template_redirect', array( Refund_Page::class, 'show' ), 5 );
		add_action( 'woocommerce_view_order', array( Refund_Page::class, 'on_view_order' ), 6 );
		add_filter( 'woocommerce_my_account_my_orders_actions', array( Refund_Page::class, 'order_actions' ), 10, 2 );
	}

	/** What runs by itself. */
	private static function register_queue(): void {
		// Not with every page: it costs a query. Cron comes by itself, and open pages of the administration ask every minute.
		if ( wp_doing_cron() || ( is_admin() && wp_doing_ajax() ) || ( defined( 'WP_CLI' ) && WP_CLI ) ) {
			add_action( 'action_scheduler_init', array( Schedule::class, 'schedule' ) );
		}
		add_action( Schedule::HOOK, array( Queue::class, 'run' ) );
		add_filter( 'woocommerce_payment_complete_order_status', array( Effects::class, 'status_when_paid' ), 20, 2 );
		add_filter( 'woocommerce_cancel_unpaid_order', array( Queue::class, 'keep_order' ), 10, 2 );
		add_action( 'woocommerce_order_status_changed', array( Queue::class, 'on_order_status_changed' ), 10, 4 );
	}

	/** What WordPress and WooCommerce ask about our health: in the administration, by REST, and once a week by cron. */
	private static function register_health(): void {
		add_filter( 'site_status_tests', array( Site_Health::class, 'tests' ) );
		add_filter( 'debug_information', array( Site_Health::class, 'information' ) );
		add_filter( 'woocommerce_debug_tools', array( System_Status::class, 'tools' ) );
	}

	/** WordPress's tools for personal data, and WooCommerce's. */
	private static function register_privacy(): void {
		add_action( 'admin_init', array( Privacy::class, 'add_policy' ) );
		add_filter( 'wp_privacy_personal_data_exporters', array( Privacy::class, 'exporters' ), 6 );
		// After WooCommerce's own, so that ours can stand before them.
		add_filter( 'wp_privacy_personal_data_erasers', array( Privacy::class, 'erasers' ), 20 );
		add_filter( 'woocommerce_privacy_erase_order_personal_data', array( Privacy::class, 'may_erase' ), 20, 2 );
		add_action( 'woocommerce_privacy_remove_order_personal_data', array( Privacy::class, 'erase_order' ) );
	}

	/** What the merchant sees. */
	private static function register_admin(): void {
		if ( ! is_admin() ) {
			return;
		}
		add_action( 'admin_menu', array( Screen::class, 'register' ), 60 );
		add_action( 'woocommerce_update_options_payment_gateways_' . Payment_Method::ID, array( Settings_Form::class, 'save_settings' ) );
		add_action( 'add_meta_boxes', array( Meta_Box::class, 'register' ), 10, 2 );
		add_action( 'admin_post_' . Meta_Box::CHECK_ACTION, array( Meta_Box::class, 'check_now' ) );
		add_action( 'admin_post_' . Events_Tab::REPLAY_ACTION, array( Events_Tab::class, 'replay' ) );
		add_action( 'admin_post_' . Account_Tab::ASK_ACTION, array( Account_Tab::class, 'ask' ) );
		add_action( 'admin_post_' . Report_Tab::RUN_ACTION, array( Report_Tab::class, 'run' ) );
		add_action( 'admin_post_' . Report_Tab::CSV_ACTION, array( Report_Tab::class, 'download' ) );
		add_action( 'admin_post_' . Refund_Box::ACTION, array( Refund_Box::class, 'act' ) );
		add_action( 'wp_ajax_' . Settings_Page::GENERATE_ACTION, array( Settings_Page::class, 'generate_keys' ) );
		add_action( 'wp_ajax_' . Settings_Page::TEST_ACTION, array( Settings_Page::class, 'test_connection' ) );
		add_action( 'wp_ajax_' . Notices::DISMISS_ACTION, array( Notices::class, 'dismiss' ) );
		add_action( 'admin_post_' . Notices::CONFIRM_ACTION, array( Notices::class, 'confirm' ) );
		add_action( 'admin_post_' . Health_Tab::TEST_ACTION, array( Health_Tab::class, 'test' ) );
		add_action( 'wp_ajax_health-check-' . Site_Health::CALLBACK_TEST, array( Site_Health::class, 'answer' ) );
		add_action( 'woocommerce_system_status_report', array( System_Status::class, 'show' ) );
		add_action( 'admin_enqueue_scripts', array( Settings_Page::class, 'enqueue' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( BONUSPAY_WC_FILE ), array( Settings_Page::class, 'plugin_links' ) );
		add_action( 'current_screen', array( self::class, 'register_orders_list' ) );
	}

	/** WooCommerce's list of orders, on either order store: other screens run none of it. */
	public static function register_orders_list( \WP_Screen $screen ): void {
		if ( ! in_array( $screen->id, array( 'edit-shop_order', wc_get_page_screen_id( 'shop-order' ) ), true ) ) {
			return;
		}
		add_filter( 'manage_edit-shop_order_columns', array( Orders_List::class, 'columns' ), 20 );
		add_filter( 'woocommerce_shop_order_list_table_columns', array( Orders_List::class, 'columns' ) );
		add_action( 'manage_shop_order_posts_custom_column', array( Orders_List::class, 'cell' ), 10, 2 );
		add_action( 'woocommerce_shop_order_list_table_custom_column', array( Orders_List::class, 'cell' ), 10, 2 );
		add_filter( 'woocommerce_order_query', array( Orders_List::class, 'remember_page' ) );
		add_filter( 'woocommerce_shop_order_list_table_prepare_items_query_args', array( Orders_List::class, 'search' ) );
		add_filter( 'woocommerce_shop_order_search_results', array( Orders_List::class, 'search_posts' ), 10, 2 );
		add_filter( 'bulk_actions-' . $screen->id, array( Orders_List::class, 'bulk_actions' ) );
		add_filter( 'handle_bulk_actions-' . $screen->id, array( Orders_List::class, 'handle_bulk' ), 10, 3 );
		add_action( 'admin_notices', array( Orders_List::class, 'show_result' ) );
	}
}
