// What becomes of the WooCommerce order, as its owner chose: each choice once, with stock and mails as they should be; and
// what would do harm counts for nothing, however it got into the settings.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { advance, look, realTime, round } from "./shop/clock.mjs";
import { done } from "./shop/ledger.mjs";
import { fresh, mailsAbout, notes, PAID, settings, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

const SETTINGS = "/wp-admin/admin.php?page=wc-settings&tab=checkout&section=bonuspay";
const NAMES = ["after_paid", "after_short", "after_dead"];
const choose = (choices) => settings({ after_paid: "woocommerce", after_short: "on-hold", after_dead: "nothing", ...choices });
const facts = (id) =>
  store.php(
    "$o = wc_get_order($args['id']); return ['paid' => (bool) $o->get_date_paid(), 'transaction' => $o->get_transaction_id(), " +
      "'reduced' => (bool) $o->get_data_store()->get_stock_reduced($args['id'])];",
    { id },
  );

// An order that is paid in full, and nothing of it left to do.
async function paid(options) {
  const made = await startedPayment("USDT-TRON", options);
  await deposit(made.made.order_no, made.made.due);
  await done(made.id);
  return made;
}

// An order whose time ran out.
async function expired() {
  const made = await startedPayment();
  await store.control("POST", `orders/${made.made.order_no}/expire`);
  await advance(3700);
  await look(made.id);
  await done(made.id);
  realTime();
  return made;
}

const OWN_STATUSES = `add_action('init', function () {
    foreach (['packing' => 'Packing', 'later' => 'Waits for later'] as $slug => $label) {
      register_post_status("wc-$slug", ['label' => $label, 'public' => true, 'show_in_admin_status_list' => true]);
    }
  });
  add_filter('wc_order_statuses', fn($all) => $all + ['wc-packing' => 'Packing', 'wc-later' => 'Waits for later']);
  add_filter('woocommerce_order_is_paid_statuses', fn($all) => [...$all, 'packing']);`;

describe("what becomes of the order", { concurrency: false }, () => {
  before(fresh);
  after(() => store.close());

  test("paid: completed, on hold, or another plugin's status; stock, date, number and mails once", async () => {
    store.plugin("own-statuses", OWN_STATUSES);
    for (const [choice, becomes, mail] of [
      ["completed", "completed", /order .*complete/i],
      ["on-hold", "on-hold", /order has been received|on hold/i],
      ["processing", "processing", /order has been received|processing/i],
      ["packing", "packing", null],
      ["woocommerce", "processing", /order/i],
    ]) {
      await choose({ after_paid: choice });
      const stock = await store.stock();
      const made = await paid();
      assert.equal(await status(made.id), becomes, choice);
      const its = await facts(made.id);
      assert.ok(its.paid && its.transaction && its.reduced, `${choice}: ${JSON.stringify(its)}`);
      assert.equal(await store.stock(), stock - 1, choice);
      assert.equal((await notes(made.id, PAID)).length, 1, choice);
      assert.equal(store.statuses(made.id).filter(({ from }) => from === "pending").length, 1, `${choice}: one change of status`);
      const to = mailsAbout(made.id).filter(({ to }) => [to].flat()[0] === "ada@shopper.test");
      assert.equal(to.length, mail ? 1 : 0, `${choice}: ${to.map(({ subject }) => subject).join("; ")}`);
      if (becomes !== "packing") assert.equal(mailsAbout(made.id, /New order/i).length, 1, choice);
      if (choice === "on-hold") assert.match(to[0].message, /Your payment was received and confirmed/);
    }
    // Nothing to send: WooCommerce completes it, the owner may want to look first.
    await store.php("$p = wc_get_product($args['id']); $p->set_downloadable(true); $p->save(); return 1;", { id: store.shop.virtual });
    for (const [choice, becomes] of [["woocommerce", "completed"], ["on-hold", "on-hold"]]) {
      await choose({ after_paid: choice });
      assert.equal(await status((await paid({ items: [store.shop.virtual] })).id), becomes);
    }
    store.plugin("own-statuses");
  });

  test("an order that is on hold since its first part, and stays so when it is paid: its owner is mailed", async () => {
    await choose({ after_paid: "on-hold" });
    const made = await startedPayment();
    await deposit(made.made.order_no, "1.00");
    await look(made.id);
    await done(made.id);
    assert.equal(await status(made.id), "on-hold");
    assert.equal(mailsAbout(made.id, /needs you/).length, 0);
    await deposit(made.made.order_no, (Number(made.made.due) - 1).toFixed(2));
    await look(made.id);
    await done(made.id);
    assert.equal(await status(made.id), "on-hold");
    assert.ok((await facts(made.id)).paid);
    const mails = mailsAbout(made.id, /needs you/);
    assert.equal(mails.length, 1);
    assert.match(mails[0].message, /received and confirmed by BonusPay/);
  });

  test("an order is read as it is now by a process that has read it before", async () => {
    const made = await startedPayment();
    const read = await store.php(
      `global $wpdb;
      wc_get_order($args['id'])->get_meta('_bonuspay_paid_by');
      $wpdb->query($wpdb->prepare($args['sql'], $args['id']));
      return BonusPay\\WooCommerce\\Order\\Orders::fresh($args['id'])->get_meta('_bonuspay_paid_by');`,
      {
        id: made.id,
        sql: store.orders === "posts"
          ? "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (%d, '_bonuspay_paid_by', 'another')"
          : "INSERT INTO wp_wc_orders_meta (order_id, meta_key, meta_value) VALUES (%d, '_bonuspay_paid_by', 'another')",
      },
    );
    assert.equal(read, "another");
  });

  test("paid and on hold is paid: a repeated effect, more money and the queue change nothing", async () => {
    await choose({ after_paid: "on-hold" });
    const stock = await store.stock();
    await store.php("return file_put_contents(STORE_FOLDER . '/log/complete', '');");
    store.plugin(
      "count-complete",
      "add_action('woocommerce_payment_complete', fn($id) => file_put_contents(STORE_FOLDER . '/log/complete', \"$id\\n\", FILE_APPEND));",
    );
    const made = await paid();
    // Its worker died before it said that it was done.
    await store.query(`UPDATE #__bonuspay_effects SET done_at = NULL, claimed_at = 1 WHERE order_id = ${made.id}`);
    await round();
    await done(made.id);
    await look(made.id);
    assert.equal(await status(made.id), "on-hold");
    assert.equal(await store.stock(), stock - 1);
    assert.equal((await notes(made.id, PAID)).length, 1);
    assert.equal(
      await store.php("return substr_count(file_get_contents(STORE_FOLDER . '/log/complete'), $args['id'] . \"\\n\");", { id: made.id }),
      1,
    );
    store.plugin("count-complete");
    // A second payment of the same order is nobody's: the page does not offer one.
    const page = await fetch(made.redirect);
    assert.match(await page.text(), /Payment received/);
    // WooCommerce's own way on from there.
    await store.php("wc_get_order($args['id'])->update_status('processing'); return 1;", { id: made.id });
    assert.equal(await store.stock(), stock - 1);
    assert.ok((await facts(made.id)).paid);
    const missing = await store.php(
      "return BonusPay\\WooCommerce\\Reconciliation\\Reconciliation::run(1, time() + 60, 'test')->missing();",
    );
    assert.deepEqual(missing.filter(({ order }) => order === String(made.id)), [], "the report knows it, too");
  });

  test("something came in: on hold, or only the note; WooCommerce cancels it in neither case", async () => {
    for (const [choice, becomes] of [["on-hold", "on-hold"], ["nothing", "pending"]]) {
      await choose({ after_short: choice });
      const made = await startedPayment();
      await deposit(made.made.order_no, "1.00");
      await look(made.id);
      await done(made.id);
      assert.equal(await status(made.id), becomes, choice);
      assert.equal((await notes(made.id, /a part was received/)).length, 1, choice);
      await store.php(
        `$o = wc_get_order($args['id']); $o->set_date_modified(time() - 7200); $o->save();
        update_option('woocommerce_hold_stock_minutes', '60'); wc_cancel_unpaid_orders(); return 1;`,
        { id: made.id },
      );
      assert.equal(await status(made.id), becomes, `${choice}: kept`);
      await store.control("POST", `orders/${made.made.order_no}/expire`);
      await advance(3700);
      await look(made.id);
      await done(made.id);
      realTime();
      assert.equal(await status(made.id), becomes, choice);
      assert.equal((await notes(made.id, /Underpaid by/)).length, 1, choice);
      assert.equal(mailsAbout(made.id, /needs you/).length, 1, `${choice}: a mail to the owner`);
    }
  });

  test("the rest of a part completes an order that was left pending", async () => {
    await choose({ after_short: "nothing" });
    const made = await startedPayment();
    const stock = await store.stock();
    await deposit(made.made.order_no, "1.00");
    await look(made.id);
    await deposit(made.made.order_no, (Number(made.made.due) - 1).toFixed(2));
    await look(made.id);
    await done(made.id);
    assert.equal(await status(made.id), "processing");
    assert.equal(await store.stock(), stock - 1);
  });

  test("nothing came in: left alone, failed or cancelled, with one note", async () => {
    for (const [choice, becomes] of [["nothing", "pending"], ["failed", "failed"], ["cancelled", "cancelled"]]) {
      await choose({ after_dead: choice });
      const stock = await store.stock();
      const made = await expired();
      assert.equal(await status(made.id), becomes, choice);
      assert.equal(await store.stock(), stock);
      assert.equal((await notes(made.id, /the quote ended|this payment failed/)).length, 1, choice);
      await store.query(`UPDATE #__bonuspay_effects SET done_at = NULL, claimed_at = 1 WHERE order_id = ${made.id}`);
      await round();
      await done(made.id);
      assert.equal((await notes(made.id, /the quote ended|this payment failed/)).length, 1, `${choice}: still one`);
    }
  });

  test("who chooses another coin loses no order, though ended payments cancel theirs", async () => {
    await choose({ after_dead: "cancelled" });
    const made = await startedPayment("USDT-TRON");
    const moved = await store.php(
      "BonusPay\\WooCommerce\\Payment\\Payment_Service::start(wc_get_order($args['id']), 'USDT', 'ETH'); " +
        "return array_map(fn($a) => $a->state->value, BonusPay\\WooCommerce\\Ledger\\Attempts::of_order($args['id']));",
      { id: made.id },
    );
    assert.deepEqual(moved, ["waiting", "cancelled"]);
    assert.equal(await status(made.id), "pending");
    // An old attempt ends while a newer one is live, and one that money came in for is left to a person.
    await store.query(
      `UPDATE #__bonuspay_attempts SET state = 'waiting', cancel_asked = 0, expires_at = 1 WHERE order_id = ${made.id} AND number = 1`,
    );
    await look(made.id);
    assert.equal(await status(made.id), "pending");
  });

  test("harm forced into the database changes nothing", async () => {
    for (const value of ["completed", "processing", "refunded"]) {
      await choose({ after_dead: value });
      const made = await expired();
      assert.equal(await status(made.id), "pending", `expired -> ${value}`);
      assert.ok(!(await facts(made.id)).paid);
    }
    for (const value of ["processing", "completed", "pending", "cancelled", "failed"]) {
      await choose({ after_short: value });
      const made = await startedPayment();
      await deposit(made.made.order_no, "1.00");
      await look(made.id);
      await done(made.id);
      assert.equal(await status(made.id), "on-hold", `partly paid -> ${value}`);
    }
    for (const value of ["cancelled", "failed", "refunded", "pending", "later", "no-such"]) {
      await choose({ after_paid: value });
      assert.equal(await status((await paid()).id), "processing", `paid -> ${value}`);
    }
  });

  test("the settings page offers what is good, refuses the rest with the reason, and keeps the old choice", async () => {
    store.plugin("own-statuses", OWN_STATUSES);
    await choose({ after_paid: "completed" });
    const page = await store.adminPage();
    await page.goto(SETTINGS);
    // WooCommerce's script enables the button when it notices a change.
    const save = async () => {
      await page.waitForLoadState("load");
      await page.locator("button[name=save]").evaluate((button) => (button.disabled = false));
      await Promise.all([page.waitForEvent("load"), page.locator("button[name=save]").click()]);
    };
    const field = (name) => page.locator(`#woocommerce_bonuspay_${name}`);
    assert.deepEqual(
      await field("after_dead")
        .locator("option")
        .evaluateAll((all) => all.map(({ value }) => value)),
      ["nothing", "failed", "cancelled"],
    );
    assert.equal(await field("after_paid").inputValue(), "completed");
    if (process.env.SCREENSHOTS)
      await field("after_paid")
        .locator("xpath=ancestor::table")
        .screenshot({ path: `${process.env.SCREENSHOTS}/status-map.png` });
    await field("after_paid").selectOption("later");
    await save();
    assert.match(
      await page.locator(".notice-error, div.error").first().innerText(),
      /"Waits for later" does not count as paid.*old choice was kept/s,
    );
    assert.equal(await field("after_paid").inputValue(), "completed");
    // A forged form.
    for (const [name, value, said] of [
      ["after_dead", "completed", /"Completed" is for paid orders.*not paid for/s],
      ["after_short", "processing", /"Processing" is for paid orders/],
      ["after_short", "pending", /WooCommerce cancels orders that stay/],
      ["after_paid", "refunded", /must not become "Refunded"/],
    ]) {
      const was = await field(name).inputValue();
      await field(name).evaluate((select, value) => select.append(new Option(value, value, true, true)), value);
      await save();
      assert.match(await page.locator(".notice-error, div.error").first().innerText(), said);
      assert.equal(await field(name).inputValue(), was, `${name} -> ${value}`);
    }
    for (const [name, value] of [
      ["after_paid", "packing"],
      ["after_short", "nothing"],
      ["after_dead", "failed"],
    ])
      await field(name).selectOption(value);
    await save();
    assert.deepEqual(await Promise.all(NAMES.map((name) => field(name).inputValue())), ["packing", "nothing", "failed"]);
    assert.deepEqual(await store.flaws(page, ".form-table"), []);
    // REST may write what the list has, and no more.
    const written = await page.evaluate(async () => {
      const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
      const put = async (settings) =>
        (
          await fetch("/wp-json/wc/v3/payment_gateways/bonuspay", {
            method: "PUT",
            headers: { "X-WP-Nonce": nonce, "Content-Type": "application/json" },
            body: JSON.stringify({ settings }),
          })
        ).status;
      return [await put({ after_dead: "completed" }), await put({ after_dead: "cancelled" })];
    });
    assert.deepEqual(written, [400, 200]);
    await page.context().close();
    store.plugin("own-statuses");
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({
        allowConsole: [/wc-admin|NAME_NOT_RESOLVED|payment_gateways\/bonuspay/],
        allowLog: [/WordPress\.org/],
      }),
      [],
    );
  });
});
