// The plugin is switched off while payments and refunds are on their way, and on again; and orders that no checkout made,
// such as renewals, are paid by their link.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { aMinuteLater } from "./shop/clock.mjs";
import { attempt, done } from "./shop/ledger.mjs";
import { callbackUrl, notification, notify } from "./shop/notifications.mjs";
import {
  assertPaidOnce,
  becomes,
  choice,
  customer,
  fresh,
  mailsAbout,
  NEEDS_YOU,
  notes,
  orderNoOf,
  PAID,
  startedPayment,
  status,
} from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const PLUGIN = "bonuspay-for-woocommerce/bonuspay-for-woocommerce.php";
const TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
const switchPlugin = (on) => store.php(
  `require_once ABSPATH . 'wp-admin/includes/plugin.php';
  $failed = $args['on'] ? activate_plugin($args['plugin']) : deactivate_plugins($args['plugin']);
  return is_wp_error($failed) ? $failed->get_error_message() : is_plugin_active($args['plugin']);`,
  { on, plugin: PLUGIN },
);
const scheduled = async () =>
  Number(
    (
      await store.query(
        "SELECT COUNT(*) FROM #__actionscheduler_actions WHERE hook = 'bonuspay_wc_queue' AND status IN ('pending', 'in-progress')",
      )
    )[0][0],
  );
const due = () =>
  store.query(
    "UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE next_check_at IS NOT NULL; " +
      "UPDATE #__bonuspay_refunds SET next_check_at = 1 WHERE next_check_at IS NOT NULL",
  );
const queue = () => store.runQueue({ advance: 90, group: "bonuspay" });
const refundRow = async (id) => (await store.query(`SELECT refund_no, state FROM #__bonuspay_refunds WHERE order_id = ${id}`))[0];
const wcRefunds = (id) => store.php("return count(wc_get_order($args['id'])->get_refunds());", { id });

describe("off and on again", { concurrency: false }, () => {
  before(fresh);
  after(() => store.close());

  test("what came in and went out meanwhile is found, once", async () => {
    const waiting = await startedPayment();
    const parts = await startedPayment();
    await deposit(parts.made.order_no, "1.00");
    await due();
    await queue();
    assert.equal((await attempt(parts.id)).state, "partial");
    const cancelled = await startedPayment();
    const refunded = [];
    for (let count = 0; count < 2; count++) {
      const made = await startedPayment();
      await deposit(made.made.order_no, made.made.due);
      await done(made.id);
      const said = await store.php(
        `BonusPay\\WooCommerce\\Refund\\Refund_Address::enter(BonusPay\\WooCommerce\\Ledger\\Attempts::of_order($args['id'])[0], 'TRON',
          $args['address']);
        $r = wc_create_refund(['order_id' => $args['id'], 'amount' => wc_get_order($args['id'])->get_total(), 'refund_payment' => true]);
        return is_wp_error($r) ? $r->get_error_message() : '';`,
        { id: made.id, address: TRON },
      );
      assert.equal(said, "");
      refunded.push(made);
    }
    const [good, bad] = refunded;
    const calls = (await store.control("GET", "orders")).orders.length;

    assert.equal(await scheduled(), 1);
    assert.equal(await switchPlugin(false), false);
    assert.equal(await scheduled(), 0, "an action without its plugin would only fail");
    // BonusPay tells, and nobody is there.
    await deposit(waiting.made.order_no, waiting.made.due);
    await deposit(parts.made.order_no, (Number(parts.made.due) - 1).toFixed(2));
    await deposit(cancelled.made.order_no, cancelled.made.due);
    await store.settle(`refunds/${(await refundRow(good.id))[0]}`);
    await store.control("POST", `refunds/${(await refundRow(bad.id))[0]}/fail`);
    assert.equal((await notify(notification(waiting.made), { url: callbackUrl() })).status, 404);
    await until("BonusPay hears of it", async () => {
      const { notifications } = await store.control("GET", "notifications");
      return (
        notifications.filter(
          ({ merchantOrderNo, attempts }) =>
            [waiting, parts, cancelled].some(({ made }) => made.merchant_order_no === merchantOrderNo) &&
            attempts.length > 0 &&
            !attempts.at(-1).delivered,
        ).length === 3
      );
    });
    for (const path of ["/", "/checkout/", new URL(waiting.redirect).pathname]) assert.ok((await fetch(store.url + path)).ok, path);
    await store.runQueue({ advance: 90 });
    // Nobody keeps WooCommerce, or a person, from cancelling an order now.
    await store.php("wc_get_order($args['id'])->update_status('cancelled'); return 1;", { id: cancelled.id });
    assert.deepEqual([await status(waiting.id), await status(parts.id)], ["pending", "on-hold"]);

    assert.equal(await switchPlugin(true), true);
    assert.equal(await scheduled(), 1, "the queue is back with the plugin, before anybody opens a page");
    await aMinuteLater();
    await due();
    await queue();
    await assertPaidOnce(waiting.id);
    assert.equal(await status(parts.id), "processing");
    assert.equal((await notes(parts.id, PAID)).length, 1);
    assert.equal((await notes(parts.id, /Stock levels reduced/)).length, 1);
    assert.equal(await status(cancelled.id), "on-hold");
    assert.equal((await notes(cancelled.id, /nobody waited for/)).length, 1);
    assert.equal(mailsAbout(cancelled.id, NEEDS_YOU).length, 1);
    assert.deepEqual([(await refundRow(good.id))[1], (await refundRow(bad.id))[1]], ["succeeded", "failed"]);
    assert.deepEqual([await wcRefunds(good.id), await wcRefunds(bad.id)], [1, 0]);
    assert.deepEqual([await status(good.id), await status(bad.id)], ["refunded", "processing"]);

    // What BonusPay tells again now changes nothing more.
    const { notifications } = await store.control("GET", "notifications");
    for (const { id } of notifications) await store.control("POST", `notifications/${id}/resend`);
    await until(
      "all are answered",
      async () => (await store.control("GET", "notifications")).notifications.every(({ attempts }) => attempts.at(-1)?.delivered),
      20,
    );
    await due();
    await queue();
    await assertPaidOnce(waiting.id);
    assert.equal((await notes(parts.id, PAID)).length, 1);
    assert.equal((await notes(cancelled.id, /nobody waited for/)).length, 1);
    assert.deepEqual([await wcRefunds(good.id), await wcRefunds(bad.id)], [1, 0]);
    assert.equal((await store.control("GET", "orders")).orders.length, calls, "no payment was begun twice");
  });

  test("on again twice, or after somebody emptied the schedule: one queue", async () => {
    await switchPlugin(true);
    assert.equal(await scheduled(), 1);
    await store.query("DELETE FROM #__actionscheduler_actions WHERE hook = 'bonuspay_wc_queue'");
    // Any page of the administration that is open asks by AJAX every minute.
    const page = await store.adminPage();
    await page.context().request.post("/wp-admin/admin-ajax.php", { form: { action: "heartbeat", _nonce: "x" } });
    assert.equal(await scheduled(), 1);
    await page.context().request.post("/wp-admin/admin-ajax.php", { form: { action: "heartbeat", _nonce: "x" } });
    assert.equal(await scheduled(), 1);
    await page.context().close();
    await store.query("DELETE FROM #__actionscheduler_actions WHERE hook = 'bonuspay_wc_queue'");
    await store.php(
      "define('DOING_CRON', true); do_action('action_scheduler_init'); BonusPay\\WooCommerce\\Plugin::start(); " +
        "do_action('action_scheduler_init'); return true;",
    );
    assert.equal(await scheduled(), 1);
  });

  // A renewal: made by code, due now, its link mailed by WooCommerce.
  const renewal = async (customerId = 0) => {
    const before = store.mails().length;
    const id = await store.php(
      `$order = wc_create_order(['status' => 'pending', 'customer_id' => $args['customer'], 'created_via' => 'subscription']);
      $order->add_product(wc_get_product($args['product']), 1);
      $order->set_address(['first_name' => 'Ada', 'last_name' => 'Shopper', 'email' => 'ada@shopper.test', 'country' => 'US',
        'state' => 'CA', 'city' => 'San Francisco', 'postcode' => '94105', 'address_1' => '2 Mission Street'], 'billing');
      $order->calculate_totals(); $order->save();
      WC()->mailer()->customer_invoice($order);
      return $order->get_id();`,
      { customer: customerId, product: store.shop.stocked },
    );
    const mail = store.mails().slice(before).find(({ to }) => [to].flat()[0] === "ada@shopper.test");
    const link = /href="([^"]*order-pay[^"]*)"/.exec(mail.message)[1].replaceAll("&#038;", "&").replaceAll("&amp;", "&");
    return { id, link };
  };
  const payByLink = async (context, { id, link }) => {
    const page = await context.newPage();
    await page.goto(link);
    await page.locator("label[for=payment_method_bonuspay]").click();
    await choice(page, "USDT-TRON").check();
    await page.locator("#place_order").click();
    await page.waitForURL(/bonuspay-pay=/);
    assert.equal(orderNoOf(page.url()), id);
    const made = await attempt(id);
    assert.ok((await page.locator("body").innerText()).includes(made.address));
    await deposit(made.order_no, made.due);
    await becomes(id, "processing");
    await assertPaidOnce(id);
    await page.close();
  };

  test("a renewal is paid by the link of its mail, by who is not logged in", async () => {
    const context = await store.visitor();
    const one = await renewal();
    assert.equal((await fetch(one.link.replace(/key=[^&]*/, "key=wc_order_wrong"))).status, 200);
    await payByLink(context, one);
    await context.close();
  });

  test("a customer's renewal by the customer; others are asked to log in", async () => {
    const context = await customer("renewer");
    const userId = await store.php("return get_user_by('login', 'renewer')->ID;");
    const one = await renewal(userId);
    const stranger = await (await fetch(one.link)).text();
    assert.ok(!stranger.includes("payment_method_bonuspay") && /log in/i.test(stranger));
    await payByLink(context, one);
    await context.close();
  });

  test("Subscriptions and stored payments are not declared: nothing is charged by itself", async () => {
    const supports = await store.php("return (new BonusPay\\WooCommerce\\Checkout\\Gateway())->supports;");
    assert.deepEqual(supports, ["products", "refunds"]);
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
