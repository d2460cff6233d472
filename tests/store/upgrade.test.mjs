// An upgrade: what an earlier version left in the database is read, and what it had begun is brought to its end.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { deposit, hold, release } from "./shop/bonuspay.mjs";
import { aMinuteLater, round } from "./shop/clock.mjs";
import { attempt, attempts, done } from "./shop/ledger.mjs";
import { assertPaidOnce, fresh, notes, status } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

// Made by the plugin of commit 90fcd04, whose classes lay in one folder: a shop with orders in both stores, in sync, paid at
// the sandbox. upgrade.sql's first lines name the orders, and when it was. What is of that run alone has a placeholder.
const DUMP = readFileSync(new URL("upgrade.sql", import.meta.url), "utf8");
const { orders, made_at: madeAt, product } = JSON.parse(/^-- (\{.*\})$/m.exec(DUMP)[1]);
const TABLES = ["attempts", "refunds", "events", "effects", "locks"];
const OURS = "BonusPay\\WooCommerce\\";

// As PHP serializes a text, within a text of SQL.
const serialized = (text) => `s:${Buffer.byteLength(text)}:"${text}";`.replace(/[\\'"]/g, "\\$&").replaceAll("\n", "\\n");

// The database as the earlier version left it a moment ago.
async function load() {
  const key = (name) => serialized(readFileSync(store.sandbox[name], "utf8").trim());
  const later = Math.floor(Date.now() / 1000) - madeAt;
  const sql = DUMP.replaceAll("{host}", new URL(store.url).host)
    .replaceAll("{private_key}", key("merchant_private_key"))
    .replaceAll("{public_key}", key("gateway_public_key"))
    .replaceAll("{partner_id}", store.sandbox.partner_id)
    // Seconds and milliseconds, of the hour before and the days after.
    .replace(/\b(\d{10})(\d{3})?\b/g, (text, seconds, rest = "") => {
      const isOfThen = Math.abs(Number(seconds) - madeAt) < 864_000;
      return isOfThen ? `${Number(seconds) + later}${rest}` : text;
    });
  await store.query(`${TABLES.map((name) => `DROP TABLE #__bonuspay_${name};`).join("")}
    DELETE FROM #__options WHERE option_name LIKE '%bonuspay%';
    DELETE FROM #__actionscheduler_actions WHERE hook LIKE 'bonuspay%';
    DELETE FROM #__actionscheduler_groups WHERE slug = 'bonuspay';
    ${sql.replace(/`wp_/g, "`#__")}
    UPDATE #__woocommerce_order_itemmeta SET meta_value = ${store.shop.stocked}
      WHERE meta_key = '_product_id' AND meta_value = ${product} AND meta_id > 500000`);
}

// PHP that asks this store's sandbox with the keys that are stored.
const CLIENT = `$client = new BonusPay\\Client(array(
  'environment' => 'sandbox', 'base_url' => BONUSPAY_TEST_BASE_URL, 'allow_http' => true,
  'partner_id' => ${OURS}Settings\\Keys::partner_id('test'),
  'private_key' => ${OURS}Settings\\Keys::private_key('test'),
  'public_key' => ${OURS}Settings\\Keys::public_keys('test'),
));`;

// The sandbox gets what that of the dump had, by the requests that are stored; the gateway's own numbers are new.
async function retell() {
  await store.php(
    `${CLIENT}
    foreach ($args as $id) { $client->placeOrder(json_decode(${OURS}Ledger\\Attempts::of_order($id)[0]->request, true)); }
    return true;`,
    [orders.paid, orders.short, orders.dead, orders.open],
  );
  for (const { merchantOrderNo, orderNo } of (await store.control("GET", "orders")).orders) {
    await store.query(`UPDATE #__bonuspay_attempts SET order_no = '${orderNo}' WHERE merchant_order_no = '${merchantOrderNo}'`);
  }
  await hold();
  const paid = await attempt(orders.paid);
  await deposit(paid.order_no, paid.due);
  await deposit((await attempt(orders.short)).order_no, "5");
  await store.control("POST", `orders/${(await attempt(orders.dead)).order_no}/expire`);
  const refund = await store.php(
    `${CLIENT}
    $refund = ${OURS}Ledger\\Refunds::of_order($args['id'])[0];
    return $client->refund(array(
      'refundMerchantOrderNo' => $refund->refund_merchant_order_no,
      'originMerchantOrderNo' => ${OURS}Ledger\\Attempts::find($refund->attempt_id)->merchant_order_no,
      'amount' => array('amount' => $refund->amount, 'currency' => $refund->coin),
      'chainCode' => $refund->network, 'refundAddress' => $refund->address, 'reason' => 'test',
    ))->toArray()['refundOrder']['orderNo'];`,
    { id: orders.paid },
  );
  await store.query(`UPDATE #__bonuspay_refunds SET refund_no = '${refund}' WHERE order_id = ${orders.paid}`);
  return refund;
}

const count = async (sql) => Number((await store.query(`SELECT COUNT(*) FROM ${sql}`))[0][0]);
const scheduled = () => count("#__actionscheduler_actions WHERE hook = 'bonuspay_wc_queue' AND status = 'pending'");

describe("an upgrade", { concurrency: false }, () => {
  let refund;
  before(async () => {
    await fresh();
    await load();
    refund = await retell();
  });
  after(() => store.close());

  test("attempts, refunds, notifications and effects are read, each row", async () => {
    const states = {};
    for (const [name, id] of Object.entries(orders)) states[name] = (await attempts(id)).map(({ state }) => state).join();
    assert.deepEqual(states, { paid: "paid", short: "partial", dead: "failed", rehearsed: "paid", open: "waiting" });
    const read = await store.php(
      `$read = fn($class) => array_sum(array_map(fn($id) => count($class::of_order($id)), $args));
      return [
        'attempts' => $read(${OURS}Ledger\\Attempts::class), 'refunds' => $read(${OURS}Ledger\\Refunds::class),
        'events' => $read(${OURS}Ledger\\Notification_Inbox::class), 'effects' => $read(${OURS}Ledger\\Effect_Claims::class),
      ];`,
      Object.values(orders),
    );
    for (const [name, rows] of Object.entries(read)) {
      assert.ok(rows > 0, name);
      assert.equal(rows, await count(`#__bonuspay_${name}`), name);
    }
    assert.equal(await status(orders.paid), "processing");
    assert.equal(await status(orders.short), "on-hold");
  });

  test("settings, keys, the last report and the schedule are as they were", async () => {
    const found = await store.php(
      `$settings = ${OURS}Settings\\Settings::get();
      return [
        $settings->title(), $settings->after(${OURS}Settings\\Order_Status_Policy::DEAD),
        get_option(${OURS}Settings\\Settings::OPTION)['tolerance_percent'],
        ${OURS}Settings\\Keys::missing('test'), ${OURS}Settings\\Keys::own_key_problem('test'),
        ${OURS}Settings\\Shop_Identity::has_moved(), count(${OURS}Reconciliation\\Reconciliation::last()->lines),
      ];`,
    );
    assert.deepEqual(found.slice(0, 6), ["Coins by BonusPay", "failed", "0.5", [], null, false]);
    assert.ok(found[6] >= 3, "a report with its lines");
    assert.equal(await scheduled(), 1);
  });

  test("what was begun comes to its end: a payment, a refund, an effect", async () => {
    await aMinuteLater();
    assert.equal((await notes(orders.dead)).length, 0);
    assert.ok((await store.runQueue({ advance: 90, group: "bonuspay" })) >= 1, "the queue that the earlier version planned");
    assert.equal(await scheduled(), 1);
    // What the worker that died had claimed.
    await done(orders.dead);
    assert.equal((await notes(orders.dead)).length, 1);
    // An open payment is completed by a notification.
    await release();
    const open = await attempt(orders.open);
    assert.equal(open.state, "waiting");
    await deposit(open.order_no, open.due);
    await until("the open payment is paid", async () => (await attempt(orders.open)).state === "paid");
    await assertPaidOnce(orders.open);
    // And the refund arrives.
    await store.settle(`refunds/${refund}`);
    await until("the refund is through", async () => {
      await store.query("UPDATE #__bonuspay_refunds SET next_check_at = 1 WHERE next_check_at IS NOT NULL");
      await round();
      return (await store.query(`SELECT state FROM #__bonuspay_refunds WHERE order_id = ${orders.paid}`))[0][0] === "succeeded";
    });
    assert.equal(await store.php("return count(wc_get_order($args['id'])->get_refunds());", { id: orders.paid }), 1);
    assert.equal((await attempt(orders.paid)).state, "paid");
  });

  test("what an earlier version rehearsed is no sale, and is deleted as any order", async () => {
    const run = `${OURS}Reconciliation\\Reconciliation::run(time() - 86400, time() + 60, 'test')`;
    const lines = await store.php(`return array_column(${run}->lines, 'order');`);
    assert.ok(lines.includes(`${orders.paid}`), lines.join());
    assert.ok(!lines.includes(`${orders.rehearsed}`), "the rehearsal is none of the sales");
    const gone = "wc_get_order($args['id'])->delete(true); return wc_get_order($args['id']);";
    assert.equal(await store.php(gone, { id: orders.rehearsed }), false);
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
