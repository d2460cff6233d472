// Money that came in and pays no order: the order has changed since, the shop's mode, or the shopper's choice. Nothing is
// completed with it, nothing more is asked for, until the owner has decided.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { atBonusPay, calls, deposit, fault, forgetCalls, hold, merchantCalls, noFaults, release } from "./shop/bonuspay.mjs";
import { advance, aMinuteLater, look, realTime, round } from "./shop/clock.mjs";
import { attempt, attempts, done } from "./shop/ledger.mjs";
import { fresh, guest, mailsAbout, NEEDS_YOU, notes, PAID, poll, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

const HOUR = 3600;
const TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
const settings = (changes) =>
  store.php("update_option('woocommerce_bonuspay_settings', $args + get_option('woocommerce_bonuspay_settings')); return true;", changes);
const change = (id, code) =>
  store.php(`$order = wc_get_order($args['id']); ${code} $order->save(); return (string) $order->get_total('edit');`, { id });
const ADD_FEE = "$fee = new WC_Order_Item_Fee(); $fee->set_name('Gift'); $fee->set_total('64.05'); $order->add_item($fee); " +
  "$order->calculate_totals();";
const check = (made) =>
  store.php(
    "return BonusPay\\WooCommerce\\Payment\\Payment_Service::check(BonusPay\\WooCommerce\\Ledger\\Attempts::find((int) " +
      "$args['id']))->name;",
    made,
  );
const accept = (made) =>
  store.php(
    "return BonusPay\\WooCommerce\\Payment\\Payment_Service::accept_as_paid(BonusPay\\WooCommerce\\Ledger\\Attempts::find((int) " +
      "$args['id']));",
    made,
  );
const giveBack = (made) =>
  store.php(
    "$attempt = BonusPay\\WooCommerce\\Ledger\\Attempts::find((int) $args['id']); " +
      "BonusPay\\WooCommerce\\Refund\\Refund_Address::enter($attempt, 'TRON', $args['to']); " +
      "$done = BonusPay\\WooCommerce\\Refund\\Refund_Service::give_surplus_back($attempt); " +
      "return is_wp_error($done) ? $done->get_error_message() : $done;",
    { ...made, to: TRON },
  );
const needYou = () => store.php("return BonusPay\\WooCommerce\\Health\\Diagnostics::gather()->waiting_orders;");
const start = (id, network = "ETH") =>
  store.php(
    "try { BonusPay\\WooCommerce\\Payment\\Payment_Service::start(wc_get_order($args['id']), 'USDT', $args['network']); " +
      "return 'started'; } catch (BonusPay\\WooCommerce\\Payment\\Payment_Problem $problem) { return $problem->is_checking ? " +
      "'checking' : 'unavailable'; }",
    { id, network },
  );
const box = (id) =>
  store.php("ob_start(); BonusPay\\WooCommerce\\Admin\\Meta_Box::show(wc_get_order($args['id'])); return ob_get_clean();", { id });
const pageOf = ({ id, key }) => `${store.url}/?bonuspay-pay=${id}&key=${key}`;
const page = async (placed) => (await fetch(pageOf(placed))).text();
const requote = (placed) => fetch(pageOf(placed), { method: "POST", redirect: "manual", body: new URLSearchParams({ action: "requote" }) });

const orderActions = ({ id }) =>
  store.php(
    "return array_keys(apply_filters('woocommerce_my_account_my_orders_actions', ['pay' => []], wc_get_order($args['id'])));",
    { id },
  );
// Where it leads to press the button of WooCommerce's page, opened before, whatever the method; '' when it is paid there.
const pressPay = ({ id }) =>
  store.php(
    "add_filter('wp_redirect', fn($to) => throw new Exception($to)); try { do_action('woocommerce_before_pay_action', " +
      "wc_get_order($args['id'])); return ''; } catch (Exception $led) { return $led->getMessage(); }",
    { id },
  );

// What the shopper sees asks for nothing, wherever.
async function assertAsksForNothing(placed, state, words) {
  const { json } = await poll(placed);
  assert.deepEqual([json.state, json.amount, json.address, json.seconds_left, json.may_requote], [state, null, null, null, false]);
  assert.match(json.text, words);
  const html = await page(placed);
  assert.match(html, words);
  for (const asking of [
    "data-bonuspay-address",
    "bonuspay-qr",
    "bonuspay-wallet",
    "bonuspay-hosted",
    "bonuspay-requote",
    "bonuspay-other",
    "Thank you",
  ])
    assert.ok(!html.includes(asking), asking);
  // WooCommerce asks for nothing either: no button in My account, and its own page for paying leads to ours.
  assert.deepEqual(await orderActions(placed), []);
  const pay = await fetch(`${store.url}/checkout/order-pay/${placed.id}/?pay_for_order=true&key=${placed.key}`, { redirect: "manual" });
  assert.deepEqual([pay.status, pay.headers.get("location")], [303, pageOf(placed)]);
  assert.equal(await pressPay(placed), pageOf(placed));
}

describe("money that pays no order", () => {
  before(fresh);
  after(() => store.close());
  afterEach(async () => {
    realTime();
    await noFaults();
    await release();
    await settings({ mode: "test", scene: "onsite", after_short: "on-hold" });
  });

  const CHANGES = {
    "an item is added": [ADD_FEE, /received for 16\.81 USD, but the order is now 80\.86 USD/],
    "the total becomes less": ["$order->set_total('10');", /for 16\.81 USD, but the order is now 10(\.00)? USD/],
    "nothing is to be paid any more": ["$order->set_total('0');", /but the order is now 0(\.00)? USD/],
    "another currency, the same number": ["$order->set_currency('EUR');", /for 16\.81 USD, but the order is now 16\.81 EUR/],
  };
  for (const [name, [code, words]] of Object.entries(CHANGES)) {
    test(`${name} before it is paid: held, with both amounts, and told`, async () => {
      const { id, key, made } = await startedPayment();
      await hold();
      await change(id, code);
      await deposit(made.order_no, made.due);
      await check(made);
      await done(id);
      assert.equal(await status(id), "on-hold");
      assert.equal((await notes(id, words)).length, 1);
      assert.equal((await notes(id, PAID)).length, 0);
      const mails = mailsAbout(id, NEEDS_YOU);
      assert.equal(mails.length, 1);
      assert.match(mails[0].message, words);
      await assertAsksForNothing({ id, key }, "review", /We received 16\.81 of 16\.81 USDT\. Please do not pay again/);
      assert.ok((await needYou()).includes(String(id)));
      assert.match(await box(id), /please decide/);
      assert.equal(await start(id), "checking");
      assert.equal((await attempts(id)).length, 1);
      await check(made);
      assert.equal(mailsAbout(id, NEEDS_YOU).length, 1, "once");
    });
  }

  test("changed after a part was paid: held; the owner accepts it, and later changes hold nothing", async () => {
    const { id, key, made } = await startedPayment();
    await hold();
    await deposit(made.order_no, "5");
    await check(made);
    await change(id, ADD_FEE);
    await deposit(made.order_no, (Number(made.due) - 5).toFixed(2));
    await check(made);
    assert.equal(await status(id), "on-hold");
    assert.match(await box(id), /data-what="accept"[^>]*80\.86 USD/);
    assert.equal(await accept(made), true);
    assert.equal(await status(id), "processing");
    assert.equal((await notes(id, PAID)).length, 1);
    assert.ok(!(await needYou()).includes(String(id)));
    assert.equal((await poll({ id, key })).json.state, "paid");
    // A worker died before it marked the effect as done, and the owner edits the paid order.
    await change(id, ADD_FEE);
    await store.query(
      `UPDATE #__bonuspay_attempts SET accepted = 0 WHERE id = ${made.id}; UPDATE #__bonuspay_effects SET done_at = NULL, ` +
        `claimed_at = 1 WHERE order_id = ${id} AND effect = 'complete'`,
    );
    await aMinuteLater();
    await round();
    await done(id);
    assert.equal(await status(id), "processing");
    assert.equal((await notes(id, /but the order is now/)).length, 1);
    assert.equal((await notes(id, PAID)).length, 1);
  });

  test("accepted, BonusPay does not take it, and the order is changed: what was accepted is not what it costs now", async () => {
    const { id, made } = await startedPayment();
    await hold();
    await deposit(made.order_no, "5");
    await advance(HOUR + 1);
    await look(id);
    assert.equal((await attempt(id)).state, "underpaid");
    await fault("acceptOrder", "refuse", { code: "77002", msg: "ORDER_FAILURE" });
    assert.equal(await accept(made), false);
    await noFaults();
    await change(id, ADD_FEE);
    await merchantCalls("crypto/acceptOrder", { merchantOrderNo: made.merchant_order_no });
    await check(made);
    await done(id);
    assert.equal(await status(id), "on-hold");
    assert.equal((await notes(id, /5(\.00)? USDT received for 16\.81 USD, but the order is now 80\.86 USD/)).length, 1);
    assert.equal((await notes(id, PAID)).length, 0);
    // Accepted for what it costs now, it completes.
    assert.equal(await accept(made), true);
    assert.equal(await status(id), "processing");
  });

  test("money for an earlier choice that came after it was cancelled is found within minutes", async () => {
    const shopper = await guest();
    const placed = await shopper.checkout("USDT-TRON");
    await shopper.checkout("USDT-ETH");
    const [first] = await attempts(placed.id);
    await look(placed.id);
    assert.equal(await pressPay(placed), "", "while nothing came in, another way to pay is open");
    await hold();
    await deposit(first.order_no, "16.81");
    assert.equal((await poll(placed)).json.state, "waiting");
    await advance(601);
    await round();
    assert.deepEqual((await attempts(placed.id)).map(({ state }) => state)[0], "underpaid");
    await assertAsksForNothing(placed, "earlier", /We received 16\.81 USDT for your earlier choice/);
  });

  test("held, and given back whole: the shopper may pay again, and that completes the order", async () => {
    const { id, key, made } = await startedPayment();
    await hold();
    await change(id, ADD_FEE);
    await deposit(made.order_no, made.due);
    await check(made);
    assert.match(await box(id), /Give everything back: 16\.81 USDT/);
    assert.equal(await giveBack(made), true);
    assert.match(await box(id), /^(?!.*data-what="accept")/s);
    assert.ok(!(await needYou()).includes(String(id)));
    await change(id, "$order->set_status('pending');");
    assert.equal(await start(id, "TRON"), "started");
    const second = await attempt(id);
    assert.deepEqual([second.number, second.due], ["2", "80.86"]);
    assert.equal((await poll({ id, key })).json.state, "waiting");
    await deposit(second.order_no, second.due);
    await check(second);
    await done(id);
    assert.equal(await status(id), "processing");
  });

  test("test money for a shop that is live now: held, no stock is taken, and it cannot be accepted", async () => {
    for (const amount of ["16.81", "5"]) {
      const { id, key, made } = await startedPayment();
      await hold();
      await settings({ mode: "live" });
      const stock = await store.stock();
      await deposit(made.order_no, amount);
      await check(made);
      await done(id);
      assert.equal(await status(id), "on-hold");
      assert.equal(await store.stock(), stock, amount);
      assert.equal((await notes(id, PAID)).length, 0);
      assert.ok(!(await box(id)).includes('data-what="accept"'));
      if (amount === "16.81") {
        assert.equal((await notes(id, /received in test mode, but the shop is live now/)).length, 1);
        assert.match(mailsAbout(id, NEEDS_YOU)[0].message, /not real coins/);
        assert.equal(await accept(made), false);
        assert.equal(await status(id), "on-hold");
        await assertAsksForNothing({ id, key }, "review", /Please do not pay again/);
      }
      await settings({ mode: "test" });
    }
  });

  test("the owner wants no order on hold: it stays as it is, and needs the owner all the same", async () => {
    await settings({ after_short: "nothing" });
    const { id, key, made } = await startedPayment();
    await hold();
    await change(id, ADD_FEE);
    await deposit(made.order_no, made.due);
    await check(made);
    assert.equal(await status(id), "pending");
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
    assert.ok((await needYou()).includes(String(id)));
    await assertAsksForNothing({ id, key }, "review", /Please do not pay again/);
    assert.equal(await start(id), "checking");
  });

  for (const [scene, amount] of [["onsite", "16.81"], ["hosted", "5"]]) {
    test(`${scene}: another coin is chosen, then the first gets ${amount}: nothing more is asked for until that is decided`, async () => {
      await settings({ scene });
      const [first_choice, second_choice] = scene === "hosted" ? ["USDT", "ETH"] : ["USDT-TRON", "USDT-ETH"];
      const shopper = await guest();
      const placed = await shopper.checkout(first_choice);
      const { id } = placed;
      await shopper.checkout(second_choice);
      const [first] = await attempts(id);
      assert.deepEqual((await attempts(id)).map(({ state }) => state), ["cancelled", "waiting"]);
      assert.equal((await poll(placed)).json.state, "waiting");
      await hold();
      await deposit(first.order_no, amount);
      await check(first);
      assert.deepEqual((await attempts(id)).map(({ state }) => state), ["underpaid", "waiting"]);
      assert.equal(await status(id), "on-hold");
      const words = new RegExp(
        `We received ${Number(amount).toFixed(2).replace(".", "\\.")} USDT for your earlier choice\\. Please send nothing more\\. ` +
          `The shop will contact you\\.`,
      );
      await assertAsksForNothing(placed, "earlier", words);
      assert.equal((await poll(placed)).json.due, null);
      // BonusPay's page for the second choice would go on asking: the queue cancels it there.
      await round();
      assert.deepEqual((await attempts(id)).map(({ state }) => state), ["underpaid", "cancelled"]);
      const mail = mailsAbout(id, /has been received/i).at(-1).message;
      assert.match(mail, words);
      assert.doesNotMatch(mail, /Amount to pay/);
      // Nobody gets another order at BonusPay, by any way.
      const there = (await atBonusPay(id)).length;
      await change(id, "$order->set_status('pending');");
      const again = await shopper.checkout(first_choice);
      assert.match(again.result.redirect_url, /bonuspay-pay=/);
      assert.equal((await shopper.checkout(second_choice)).result.redirect_url, again.result.redirect_url);
      await requote(placed);
      await advance(HOUR + 1);
      await look(id);
      assert.deepEqual((await attempts(id)).map(({ state }) => state), ["underpaid", "cancelled"]);
      await assertAsksForNothing(placed, "earlier", words);
      await requote(placed);
      assert.equal((await atBonusPay(id)).length, there);
      assert.equal((await attempts(id)).length, 2);
      // The owner gives it back: the shopper can pay.
      assert.equal(await giveBack(first), true);
      assert.equal((await poll(placed)).json.may_requote, true);
      await requote(placed);
      assert.equal((await poll(placed)).json.state, "waiting");
      const third = await attempt(id);
      await deposit(third.order_no, third.due);
      await check(third);
      await done(id);
      assert.equal(await status(id), "processing");
    });
  }

  test("a new price, then the old address gets a part: the same", async () => {
    const { id, key, made } = await startedPayment();
    await advance(HOUR + 1);
    await look(id);
    await requote({ id, key });
    assert.equal((await attempts(id)).length, 2);
    await hold();
    await deposit(made.order_no, "5");
    await check(made);
    await assertAsksForNothing({ id, key }, "earlier", /We received 5\.00 USDT for your earlier choice/);
  });

  test("its time is over: no other way is offered, and none begins before BonusPay says how it ended", async () => {
    const { id, key } = await startedPayment();
    assert.match(await page({ id, key }), /bonuspay-other/);
    await hold();
    await fault("getOrder", "html-502", { times: 50 });
    await advance(HOUR + 1);
    assert.equal((await poll({ id, key })).json.state, "closing");
    assert.doesNotMatch(await page({ id, key }), /bonuspay-other/);
    await forgetCalls();
    assert.equal(await start(id), "checking");
    assert.equal((await calls("cancelOrder")).length, 0, "money may be on its way");
    assert.equal((await attempts(id)).length, 1);
    await noFaults();
    assert.equal(await start(id), "started");
    assert.deepEqual((await attempts(id)).map(({ state }) => state), ["expired", "waiting"]);
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
