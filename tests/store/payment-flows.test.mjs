// Every course that a payment can take, over plain HTTP: what becomes of the attempt, of the order, and who is told.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { atBonusPay, deposit, fault, hold, noFaults, release } from "./shop/bonuspay.mjs";
import { advance, look, realTime, round } from "./shop/clock.mjs";
import { attempt, attempts, done, effects, events } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, notification, notify } from "./shop/notifications.mjs";
import {
  assertPaidOnce,
  becomes,
  beginMany,
  fresh,
  guest,
  mailsAbout,
  NEEDS_YOU,
  notes,
  PAID,
  poll,
  settings,
  startedPayment,
  status,
} from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const HOUR = 3600;
const setStatus = (id, to) => store.php("wc_get_order($args['id'])->update_status($args['to']); return true;", { id, to });
// As the merchant's button does.
const checkNow = (id) =>
  store.php(
    "BonusPay\\WooCommerce\\Payment\\Payment_Service::check(BonusPay\\WooCommerce\\Payment\\Payment_Service::current($args['id'])); " +
      "return true;",
    { id },
  );
// BonusPay ends a payment, and notifies the shop of it.
const end = (orderNo, how) => store.control("POST", `orders/${orderNo}/${how}`);
const isDead = (id) => until(`the payment of order ${id} ended`, async () => ["expired", "failed"].includes((await attempt(id)).state));
const missing = (made, received) => (Number(made.due) - received).toFixed(2);

describe("courses of a payment", () => {
  before(fresh);
  after(() => store.close());
  afterEach(async () => {
    realTime();
    await noFaults();
    await release();
    await settings({ after_dead: "nothing" });
  });

  test("underpaid when its time is over: on hold, and the merchant is mailed; the rest completes it", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, "5");
    await advance(HOUR + 1);
    await look(id);
    assert.equal((await attempt(id)).state, "underpaid");
    assert.equal(await status(id), "on-hold");
    assert.equal((await notes(id, /Underpaid by/)).length, 1);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
    await look(id);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
    await deposit(made.order_no, missing(made, 5));
    await becomes(id, "processing");
    await done(id);
    assert.equal((await notes(id, PAID)).length, 1);
    assert.equal((await notes(id, /Stock levels reduced/)).length, 1);
  });

  test("within the owner's tolerance too little is accepted at BonusPay, and then enough", async () => {
    await store.php(
      "$all = get_option('woocommerce_bonuspay_settings'); update_option('woocommerce_bonuspay_settings', " +
        "array('tolerance_percent' => '1') + $all); return true;",
    );
    const { id, made } = await startedPayment();
    await deposit(made.order_no, missing(made, 0.01));
    await advance(HOUR + 1);
    await fault("acceptOrder", "system-error", { times: 1 });
    await look(id);
    assert.equal((await attempt(id)).state, "partial", "BonusPay did not accept it yet");
    assert.equal(await status(id), "on-hold");
    await look(id);
    await done(id);
    assert.equal(await status(id), "processing");
    assert.equal((await notes(id, PAID)).length, 1);
    await store.php(
      "$all = get_option('woocommerce_bonuspay_settings'); unset($all['tolerance_percent']); " +
        "update_option('woocommerce_bonuspay_settings', $all); return true;",
    );
  });

  test("overpaid: paid, with a note of the surplus", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, (Number(made.due) + 5).toFixed(2));
    await becomes(id, "processing");
    await assertPaidOnce(id);
    assert.deepEqual(await notes(id, /overpaid by 5 USDT/).then((all) => all.length), 1);
  });

  test("expired with nothing: a note; paid late, an order that still waits completes", async () => {
    const { id, made } = await startedPayment();
    await advance(HOUR + 1);
    await look(id);
    assert.equal((await attempt(id)).state, "expired");
    assert.equal(await status(id), "pending");
    assert.equal((await notes(id, /the quote ended/)).length, 1);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 0);
    await deposit(made.order_no, made.due);
    await becomes(id, "processing");
    await assertPaidOnce(id);
  });

  test("a part is paid, and BonusPay ends the payment: its notification holds the order", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, "5");
    await end(made.order_no, "cancel");
    await becomes(id, "on-hold");
    await done(id);
    assert.equal((await attempt(id)).state, "underpaid");
    assert.equal((await notes(id, PAID)).length, 0);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
  });

  const ENDS = [["nothing", "pending", "processing"], ["failed", "failed", "processing"], ["cancelled", "cancelled", "on-hold"]];
  for (const [choice, dead, late] of ENDS) {
    test(`BonusPay ends the payment before its time: ${dead}; paid late: ${late}`, async () => {
      await settings({ after_dead: choice });
      const { id, made } = await startedPayment();
      await end(made.order_no, "expire");
      await isDead(id);
      await done(id);
      assert.equal(await status(id), dead);
      await deposit(made.order_no, made.due);
      await becomes(id, late);
      if (late === "processing") return assertPaidOnce(id);
      await done(id);
      assert.equal((await notes(id, PAID)).length, 0);
      assert.equal((await notes(id, /nobody waited for/)).length, 1);
    });
  }

  test("the notification of the end arrives after that of the late payment", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await end(made.order_no, "expire");
    await deposit(made.order_no, made.due);
    assert.equal((await events(made.merchant_order_no)).length, 0);
    await release({ order: "reversed" });
    const handled = async () => (await events(made.merchant_order_no)).filter(({ state }) => state === "done");
    await until("both are handled", async () => (await handled()).length === 2);
    assert.deepEqual((await events(made.merchant_order_no)).map(({ status: told }) => told), ["SUCCESS", "FAILURE"]);
    await assertPaidOnce(id);
  });

  test("BonusPay cannot be asked whether a notification is true: it is not believed until it can", async () => {
    const { id, made } = await startedPayment();
    for (const path of ["getOrder", "getPaymentDepositEventList"]) await fault(path, "reset-before-read", { times: 40 });
    await deposit(made.order_no, made.due);
    await until("it is put off", async () => ((await events(made.merchant_order_no))[0]?.outcome ?? "") !== "");
    assert.equal((await attempt(id)).state, "waiting");
    assert.equal(await status(id), "pending");
    await noFaults();
    const { notifications } = await store.control("GET", "notifications");
    const told = notifications.find(({ merchantOrderNo }) => merchantOrderNo === made.merchant_order_no);
    await store.control("POST", `notifications/${told.id}/resend`, { times: 2 });
    await becomes(id, "processing");
    await assertPaidOnce(id);
  });

  describe("on BonusPay's page", () => {
    before(() => settings({ scene: "hosted" }));
    after(() => settings({ scene: "onsite" }));
    // What is due it tells only when it is asked.
    const begunThere = async () => {
      const { id } = await startedPayment("USDT");
      await checkNow(id);
      return { id, made: await attempt(id) };
    };
    const pay = (made, amount) => deposit(made.order_no, amount, { network: "POLYGON" });

    test("two deposits: held, then paid", async () => {
      const { id, made } = await begunThere();
      await pay(made, "5");
      await look(id);
      assert.equal((await attempt(id)).state, "partial");
      assert.equal(await status(id), "on-hold");
      await pay(made, missing(made, 5));
      await becomes(id, "processing");
      await done(id);
      assert.equal((await notes(id, PAID)).length, 1);
    });

    test("ended, then paid: late money completes an order that still waits", async () => {
      const { id, made } = await begunThere();
      await end(made.order_no, "expire");
      await isDead(id);
      await pay(made, made.due);
      await becomes(id, "processing");
      await assertPaidOnce(id);
    });
  });

  test("paid late, a cancelled order goes on hold with a note and a mail, and nothing else", async () => {
    const { id, made } = await startedPayment();
    await advance(HOUR + 1);
    await look(id);
    await setStatus(id, "cancelled");
    await deposit(made.order_no, made.due);
    await becomes(id, "on-hold");
    await done(id);
    assert.equal((await notes(id, PAID)).length, 0);
    assert.equal((await notes(id, /nobody waited for/)).length, 1);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
  });

  test("money that BonusPay tells nobody of is found a day after the end", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await setStatus(id, "cancelled");
    await round();
    assert.equal((await attempt(id)).state, "cancelled");
    await deposit(made.order_no, made.due);
    await round();
    assert.equal(await status(id), "cancelled");
    await advance(25 * HOUR);
    await round();
    await done(id);
    assert.equal(await status(id), "on-hold");
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
  });

  test("another coin: on hold for a person; the right one still completes it, though nobody tells", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due, { currency: "USDC", network: "ETH" });
    await look(id);
    assert.equal((await attempt(id)).state, "review");
    assert.equal(await status(id), "on-hold");
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
    await deposit(made.order_no, made.due);
    await advance(600);
    await round();
    await done(id);
    assert.equal(await status(id), "processing");
    assert.equal((await notes(id, PAID)).length, 1);
  });

  test("refunded at BonusPay: told once, the order stays; no replay pays it again", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    await becomes(id, "processing");
    await done(id);
    const refunded = await store.php(
      `$client = new BonusPay\\Client(array('environment' => 'sandbox', 'base_url' => BONUSPAY_TEST_BASE_URL, 'allow_http' => true,
        'partner_id' => BonusPay\\WooCommerce\\Settings\\Keys::partner_id('test'),
        'private_key' => BonusPay\\WooCommerce\\Settings\\Keys::private_key('test'),
        'public_key' => BonusPay\\WooCommerce\\Settings\\Keys::public_keys('test')));
      return $client->refund(array('refundMerchantOrderNo' => 'r' . $args['id'], 'originMerchantOrderNo' => $args['number'],
        'amount' => array('amount' => $args['amount'], 'currency' => 'USDT'), 'chainCode' => 'TRON', 'refundAddress' => $args['address'],
        'reason' => 'test'))->toArray();`,
      { id, number: made.merchant_order_no, amount: made.due, address: made.address },
    );
    await store.settle(`refunds/${refunded.refundOrder.orderNo}`);
    await checkNow(id);
    await checkNow(id);
    assert.equal((await attempt(id)).state, "refunded");
    assert.equal(await status(id), "processing");
    assert.equal((await notes(id, /was given back/)).length, 1);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
    await setStatus(id, "refunded");
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
    assert.equal(await status(id), "refunded");
    assert.equal((await attempt(id)).state, "refunded");
    assert.equal((await notes(id, PAID)).length, 1);
  });

  test("an order refunded in the shop is not paid again by a replay", async () => {
    const { id, made } = await startedPayment();
    await hold();
    await deposit(made.order_no, made.due);
    const body = notification(made);
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
    await done(id);
    await setStatus(id, "refunded");
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
    await look(id);
    assert.equal(await status(id), "refunded");
    assert.equal((await notes(id, PAID)).length, 1);
  });

  test("another coin is chosen: the old attempt is cancelled at BonusPay before the new one is there", async () => {
    const shopper = await guest();
    const first = await shopper.checkout("USDT-TRON");
    await fault("cancelOrder", "html-502");
    const checking = await shopper.checkout("USDT-ETH");
    assert.equal(checking.id, first.id);
    assert.deepEqual(
      (await attempts(first.id)).map(({ state }) => state),
      ["waiting"],
      "while it is not known to be dead, there is no other",
    );
    const second = await shopper.checkout("USDT-ETH");
    assert.equal(second.status, 200);
    assert.deepEqual((await attempts(first.id)).map(({ state, network }) => [state, network]), [["cancelled", "TRON"], ["waiting", "ETH"]]);
    const there = await atBonusPay(first.id);
    assert.deepEqual(there.map(({ status: code }) => code).sort(), ["CREATED", "FAILURE"]);
  });

  test("a changed total is a new attempt, and the old one is dead", async () => {
    const { id } = await startedPayment();
    await store.php(
      `$order = wc_get_order($args['id']); $fee = new WC_Order_Item_Fee(); $fee->set_name('Gift'); $fee->set_total('3');
        $order->add_item($fee); $order->calculate_totals(); $order->save();
      BonusPay\\WooCommerce\\Payment\\Payment_Service::start($order, 'USDT', 'TRON'); return true;`,
      { id },
    );
    const [first, second] = await attempts(id);
    assert.equal(first.state, "cancelled");
    assert.equal(second.state, "waiting");
    assert.equal((Number(second.due) - Number(first.due)).toFixed(2), "3.00");
  });

  test("the first attempt is paid while another is chosen: it pays the order, and there is no second", async () => {
    const shopper = await guest();
    const { id } = await shopper.checkout("USDT-TRON");
    const made = await attempt(id);
    await hold();
    await deposit(made.order_no, made.due);
    await shopper.checkout("USDT-ETH");
    await assertPaidOnce(id);
    assert.equal((await attempts(id)).length, 1);
    assert.equal((await atBonusPay(id)).length, 1);
  });

  test("both attempts of an order are paid: the second is money that nobody waited for", async () => {
    const shopper = await guest();
    const { id } = await shopper.checkout("USDT-TRON");
    const first = await attempt(id);
    await advance(HOUR + 1);
    await look(id);
    await shopper.checkout("USDT-ETH");
    const second = await attempt(id);
    assert.equal(second.number, "2");
    await deposit(first.order_no, first.due);
    await becomes(id, "processing");
    await done(id);
    await deposit(second.order_no, second.due);
    await becomes(id, "on-hold");
    await done(id);
    assert.equal((await notes(id, PAID)).length, 1);
    assert.equal((await notes(id, /nobody waited for/)).length, 1);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
  });

  test("a paid order cancels its other attempt at BonusPay", async () => {
    const shopper = await guest();
    const { id } = await shopper.checkout("USDT-TRON");
    const first = await attempt(id);
    await advance(HOUR + 1);
    await look(id);
    await shopper.checkout("USDT-ETH");
    await deposit(first.order_no, first.due);
    await becomes(id, "processing");
    await done(id);
    await round();
    assert.deepEqual((await attempts(id)).map(({ state }) => state), ["paid", "cancelled"]);
  });

  test("late FAILURE and CREATED change nothing that is paid", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    await becomes(id, "processing");
    await done(id);
    for (const code of ["FAILURE", "CREATED", "SUCCESS", "REFUNDED"]) {
      assert.deepEqual(await notify(notification(made, { order: { status: code } })), ACKNOWLEDGED, code);
    }
    await assertPaidOnce(id);
  });

  test("statuses that BonusPay does not have are no payment", async () => {
    const { id, made } = await startedPayment();
    for (const code of ["success", "SUCCESS ", "PAID", "", null, 1, ["SUCCESS"]]) {
      const { text, status: http } = await notify(notification(made, { order: { status: code } }));
      assert.ok((http === 200) === (text === "SUCCESS"), JSON.stringify(code));
      assert.equal((await attempt(id)).state, "waiting", JSON.stringify(code));
    }
    assert.equal(await status(id), "pending");
  });

  test("whatever the order in which they come, the end is the same", async () => {
    await hold();
    const orders = await beginMany(6);
    const codes = [
      ["CREATED", "SUCCESS", "FAILURE"],
      ["CREATED", "FAILURE", "SUCCESS"],
      ["SUCCESS", "CREATED", "FAILURE"],
      ["SUCCESS", "FAILURE", "CREATED"],
      ["FAILURE", "CREATED", "SUCCESS"],
      ["FAILURE", "SUCCESS", "CREATED"],
    ];
    for (const [at, { id, made }] of orders.entries()) {
      // The first comes before BonusPay has the payment.
      await notify(notification(made, { order: { status: codes[at][0] } }));
      await deposit(made.order_no, made.due);
      for (const code of codes[at].slice(1)) await notify(notification(made, { order: { status: code } }));
      await assertPaidOnce(id, codes[at].join());
    }
  });

  test("a number that is not ours, byte for byte, finds no order", async () => {
    const { id, made } = await startedPayment();
    const no = made.merchant_order_no;
    const numbers = [
      `${no} `,
      no.toUpperCase(),
      no.replace("_", "_0"),
      `${id}`,
      `${id}abc`,
      `${no.slice(0, 4)}%`,
      `${no}' OR 1=1-- `,
      `${no}\u0000x`,
      "x".repeat(10_000),
      [no],
      id,
      {},
      "",
      `${no}\n`,
    ];
    for (const merchantOrderNo of numbers) {
      const { status: http, text } = await notify(notification({ ...made, merchant_order_no: merchantOrderNo }));
      assert.deepEqual({ http, text }, { http: 400, text: "FAIL" }, JSON.stringify(merchantOrderNo).slice(0, 60));
    }
    assert.equal(await status(id), "pending");
    assert.equal((await events(no)).length, 0);
  });

  test("a number that is known only later is taken then", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    const body = notification(made);
    await store.query(`UPDATE #__bonuspay_attempts SET merchant_order_no = 'hidden' WHERE id = ${made.id}`);
    assert.equal((await notify(body)).status, 400);
    await store.query(`UPDATE #__bonuspay_attempts SET merchant_order_no = '${made.merchant_order_no}' WHERE id = ${made.id}`);
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
    await assertPaidOnce(id);
  });

  test("a day-old notification completes an order that waits", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    await advance(25 * HOUR);
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
    await assertPaidOnce(id);
  });

  test("all notifications are lost: the queue completes it within ten minutes", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    let minutes = 0;
    while ((await status(id)) === "pending" && minutes < 10) {
      minutes += 1;
      await advance(60);
      await round();
    }
    await assertPaidOnce(id, `after ${minutes} minutes`);
  });

  test("Action Scheduler runs the queue, and only one of it", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE id = ${made.id}`);
    assert.ok((await store.runQueue({ advance: 60, group: "bonuspay" })) >= 1);
    await assertPaidOnce(id);
    const waiting = await store.query(
      "SELECT COUNT(*) FROM #__actionscheduler_actions WHERE hook = 'bonuspay_wc_queue' AND status = 'pending'",
    );
    assert.deepEqual(waiting, [["1"]]);
  });

  test("BonusPay never says how it ended: after three days a person is asked", async () => {
    const { id } = await startedPayment();
    await hold();
    await fault("getOrder", "html-502", { times: 50 });
    await advance(74 * HOUR);
    for (let at = 0; at < 2; at += 1) await look(id);
    assert.equal((await attempt(id)).state, "waiting", "a look that came to nothing counts for nothing");
    await noFaults();
    await look(id);
    assert.equal((await attempt(id)).state, "expired");
  });

  test("paid by cheque meanwhile: a note and a mail, and the money is reported", async () => {
    const { id, made } = await startedPayment();
    await hold();
    await store.php(
      "$order = wc_get_order($args['id']); $order->set_payment_method('cheque'); $order->save(); $order->payment_complete(); return true;",
      { id },
    );
    await deposit(made.order_no, made.due);
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
    await done(id);
    assert.equal(await status(id), "processing");
    assert.equal((await notes(id, PAID)).length, 0);
    assert.equal((await notes(id, /nobody waited for/)).length, 1);
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
  });

  test("a cheque is chosen instead: the attempt is cancelled at BonusPay", async () => {
    const shopper = await guest();
    const { id } = await shopper.checkout("USDT-TRON");
    assert.equal((await shopper.checkout("", "cheque")).id, id);
    await round();
    assert.equal((await attempt(id)).state, "cancelled");
    assert.equal(await status(id), "on-hold");
  });

  test("an order in the trash, and one that is gone: the money is reported", async () => {
    for (const force of [false, true]) {
      const { id, made } = await startedPayment();
      await hold();
      await store.php("wc_get_order($args['id'])->delete($args['force']); return true;", { id, force });
      await deposit(made.order_no, made.due);
      assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
      await done(id);
      assert.equal(await status(id), force ? undefined : "trash");
      assert.equal((await effects(id)).at(-1).effect.split(":")[0], "note_unexpected");
      assert.equal(store.mails().filter(({ subject }) => NEEDS_YOU.test(subject) && subject.includes(` ${id} `)).length, 1);
    }
  });

  test("WooCommerce's own cancelling waits while the order may be paid, and not longer", async () => {
    const cancelUnpaid = (id) =>
      store.php(
        `update_option('woocommerce_hold_stock_minutes', 1);
        $order = wc_get_order($args['id']); $order->set_created_via('checkout'); $order->set_date_created(time() - 7200); $order->save();
        global $wpdb; $old = gmdate('Y-m-d H:i:s', time() - 7200);
        $wpdb->query($wpdb->prepare("UPDATE {$wpdb->prefix}wc_orders SET date_updated_gmt = %s WHERE id = %d", $old, $args['id']));
        $wpdb->query($wpdb->prepare("UPDATE {$wpdb->posts} SET post_modified = %s, post_modified_gmt = %s WHERE ID = %d", $old, $old,
          $args['id']));
        wc_cancel_unpaid_orders(); return true;`,
        { id },
      );
    await hold();
    const { id } = await startedPayment();
    await cancelUnpaid(id);
    assert.equal(await status(id), "pending");
    await advance(HOUR + 1);
    await cancelUnpaid(id);
    assert.equal(await status(id), "pending", "what came of it is not known yet");
    await look(id);
    await cancelUnpaid(id);
    assert.equal(await status(id), "cancelled");
  });

  test("the merchant cancels the order: the queue cancels the attempt at BonusPay", async () => {
    const { id } = await startedPayment();
    await setStatus(id, "cancelled");
    await round();
    assert.equal((await attempt(id)).state, "cancelled");
    assert.deepEqual((await atBonusPay(id)).map(({ status: code }) => code), ["FAILURE"]);
    assert.equal(await status(id), "cancelled");
  });

  test("the status poll finds the payment by itself, and shows nothing without the key", async () => {
    await hold();
    const { id, key, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    assert.equal((await poll({ id, key: "wc_order_guess" })).status, 404);
    assert.equal((await attempt(id)).state, "waiting");
    await until("the poll tells", async () => (await poll({ id, key })).json.state === "paid");
    await assertPaidOnce(id);
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
