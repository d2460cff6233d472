// Many at once, on one web server or (NODES=2) on two that share a database: everything happens once.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { atBonusPay, calls, deposit, forgetCalls, hold } from "./shop/bonuspay.mjs";
import { attempts, effects, events } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, callbackUrl, notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, beginMany, fresh, guest, mailsAbout, poll, status } from "./shop/orders.mjs";
import { SHOPPER, store } from "./shop/store.mjs";

const nodes = [store.url, store.node2].filter(Boolean);
const node = (at) => nodes[at % nodes.length];
const many = (count, what) => Promise.all(Array.from({ length: count }, (_, at) => what(at)));

// Twenty checkouts of one order at a time: WooCommerce itself stores the order's address twice, and is refused.
const WOOCOMMERCES_OWN = /Duplicate entry '(shipping|billing)-\d+' for key 'address_type_order_id'/;

describe(`all at once, on ${nodes.length === 1 ? "one web server" : "two web servers"}`, () => {
  before(fresh);
  before(hold);
  after(() => store.close());

  test("20 equal notifications at a time, 20 times: each order is completed once", async () => {
    const orders = await beginMany(20);
    const stock = await store.stock();
    for (const [at, { id, made }] of orders.entries()) {
      await deposit(made.order_no, made.due);
      const body = notification(made);
      const answers = await many(20, (n) => notify(body, { url: callbackUrl(node(n)) }));
      assert.ok(
        answers.every(({ status: code, text }) => (code === 200 && text === "SUCCESS") || (code === 503 && text === "FAIL")),
        JSON.stringify(answers),
      );
      assert.ok(answers.some(({ status: code }) => code === 200), "one of them is acknowledged");
      await assertPaidOnce(id, `round ${at + 1}`);
      assert.equal(mailsAbout(id).length, 2);
      assert.deepEqual((await events(made.merchant_order_no)).map(({ state, deliveries }) => [state, deliveries]), [["done", 20]]);
      assert.deepEqual((await effects(id)).map(({ effect }) => effect), ["complete"]);
      assert.deepEqual(await notify(body), ACKNOWLEDGED);
    }
    assert.equal(await store.stock(), stock - orders.length);
  });

  test("20 different notifications of one payment at a time: the same", async () => {
    for (const { id, made } of await beginMany(3)) {
      await deposit(made.order_no, made.due);
      const bodies = Array.from({ length: 20 }, (_, at) => notification(made, { order: { status: at % 3 ? "SUCCESS" : "CREATED" } }));
      await many(20, (at) => notify(bodies[at], { url: callbackUrl(node(at)) }));
      await assertPaidOnce(id);
      for (const body of bodies) assert.deepEqual(await notify(body), ACKNOWLEDGED);
      await assertPaidOnce(id);
    }
  });

  test("notification, return page, status poll, queue and \"check now\" at once, 10 times: the same", async () => {
    const orders = await beginMany(10);
    for (const { id, made } of orders) {
      const { key, received_url } = await store.order(id);
      await deposit(made.order_no, made.due);
      await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1, checked_at = 0 WHERE id = ${made.id}`);
      await Promise.all([
        store.php("do_action('bonuspay_wc_queue'); return true;"),
        store.php(
          "BonusPay\\WooCommerce\\Payment\\Payment_Service::check(BonusPay\\WooCommerce\\Payment\\Payment_Service::current($args['id']));" +
            " return true;",
          { id },
        ),
        new Promise((resolve) => setTimeout(resolve, 250)).then(() =>
          many(2, (at) => notify(notification(made), { url: callbackUrl(node(at)) })),
        ),
        new Promise((resolve) => setTimeout(resolve, 250)).then(() => many(2, (at) => poll({ id, key }, { url: node(at) }))),
        new Promise((resolve) => setTimeout(resolve, 250)).then(() => many(2, (at) => fetch(received_url.replace(store.url, node(at))))),
      ]);
      await assertPaidOnce(id);
    }
  });

  test("20 clicks on Place Order at once: one attempt, one order at BonusPay", async () => {
    const { id, key } = await store.php(
      `$order = wc_create_order(array('status' => 'pending', 'created_via' => 'checkout'));
      $order->add_product(wc_get_product($args['product']), 1);
      $order->set_address($args['address'], 'billing');
      $order->calculate_totals(); $order->save();
      return array('id' => $order->get_id(), 'key' => $order->get_order_key());`,
      { product: store.shop.virtual, address: SHOPPER },
    );
    const shopper = await guest({ items: [store.shop.virtual] });
    await forgetCalls();
    const body = {
      key,
      billing_email: SHOPPER.email,
      billing_address: SHOPPER,
      shipping_address: SHOPPER,
      payment_method: "bonuspay",
      payment_data: [{ key: "bonuspay_choice", value: "USDT-TRON" }],
    };
    const answers = await many(20, (at) => shopper.post(`checkout/${id}`, body, node(at)));
    assert.deepEqual(answers.filter(({ json }) => json.payment_result?.payment_status !== "success").map(({ json }) => json), []);
    assert.equal((await attempts(id)).length, 1);
    assert.equal((await atBonusPay(id)).length, 1);
    assert.ok((await calls("placeOrder")).length <= 3, `${(await calls("placeOrder")).length} calls`);
    assert.equal(await status(id), "pending");
  });

  test("tabs with two coins at once: never two that can be paid", async () => {
    const [{ id }] = await beginMany(1);
    await many(6, (at) =>
      store.php(
        "try { BonusPay\\WooCommerce\\Payment\\Payment_Service::start(wc_get_order($args['id']), 'USDT', $args['network']); " +
          "} catch (BonusPay\\WooCommerce\\Payment\\Payment_Problem $problem) { return $problem->getMessage(); } return true;",
        { id, network: at % 2 ? "ETH" : "TRON" },
      ),
    );
    assert.ok((await atBonusPay(id)).filter(({ status: code }) => code === "CREATED").length <= 1);
    assert.ok((await attempts(id)).filter(({ state }) => ["saved", "waiting", "partial"].includes(state)).length <= 1);
  });

  test("the status polled a hundred times is one question in five seconds", async () => {
    const [{ id }] = await beginMany(1);
    const { key } = await store.order(id);
    await forgetCalls();
    const began = Date.now();
    await many(100, (at) => poll({ id, key }, { url: node(at) }));
    const seconds = (Date.now() - began) / 1000;
    assert.ok((await calls("getOrder")).length <= 1 + seconds / 5, `${(await calls("getOrder")).length} calls in ${seconds} s`);
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates({ allowLog: [WOOCOMMERCES_OWN] }), []);
  });
});
