// WooCommerce's list of orders: BonusPay's column, its numbers in the search, and many orders checked at once.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { begin, list, PAYLOADS } from "./shop/admin.mjs";
import { calls, deposit, fault, forgetCalls, hold, noFaults } from "./shop/bonuspay.mjs";
import { attempt, done } from "./shop/ledger.mjs";
import { assertPaidOnce, beginMany, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

let page;
const posts = store.orders === "posts";
const line = (id) => page.locator(posts ? `#post-${id}` : `#order-${id}`);
const cell = (id) => line(id).locator(".column-bonuspay");
const shown = () => page.locator("#the-list tr:not(.no-items)");

// Searches as a person does; gives the orders that are listed.
async function search(text) {
  await page.goto(list({ s: text }));
  return Promise.all((await shown().all()).map(async (row) => (await row.getAttribute("id")).replace(/\D/g, "")));
}

// Chooses orders, then the bulk action; gives the notice.
async function bulk(ids) {
  await page.goto(list());
  // Without a click: WooCommerce 10.5 takes one on WordPress 7.1's boxes for one on the row, and opens the order.
  for (const id of ids) await line(id).locator("input[type=checkbox]").evaluate((box) => void (box.checked = true));
  await page.locator("#bulk-action-selector-top").selectOption({ label: "Check with BonusPay" });
  await Promise.all([page.waitForEvent("load"), page.locator("#doaction").click()]);
  return page.locator(".notice", { hasText: "BonusPay" }).first().innerText();
}

describe("the list of orders", { concurrency: false }, () => {
  before(async () => {
    page = await begin();
  });
  after(() => store.close());

  test("the column says where the payment stands, with one query for the page", async () => {
    const { id, made } = await startedPayment();
    const { id: waiting } = await startedPayment();
    const cheque = await store.php("$o = wc_create_order(); $o->set_payment_method('cheque'); $o->save(); return $o->get_id();");
    await deposit(made.order_no, made.due);
    await done(id);
    store.plugin(
      "count-queries",
      `add_filter('query', function ($sql) { if (str_contains($sql, 'bonuspay_attempts')) { file_put_contents(STORE_FOLDER . ` +
        `'/queries', $sql . "\\n", FILE_APPEND); } return $sql; });`,
    );
    await store.php("file_put_contents(STORE_FOLDER . '/queries', ''); return 1;");
    await page.goto(list());
    const queries = (await store.php("return file_get_contents(STORE_FOLDER . '/queries');")).trim().split("\n").filter(Boolean);
    store.plugin("count-queries");
    assert.equal(queries.length, 1, queries.join("\n"));
    const due = (await attempt(id)).due;
    assert.equal(await cell(id).innerText(), `Paid\n${due} of ${due} USDT`);
    assert.equal(await cell(waiting).innerText(), `Waiting for the payment\n0 of ${due} USDT`);
    assert.equal(await cell(cheque).innerText(), "–");
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/orders-wide.png` });
    assert.deepEqual(await store.flaws(page, ".column-bonuspay"), []);
  });

  test("an order is found by our number, by BonusPay's, and by the transaction's hash; by no part of them", async () => {
    const { id, made } = await startedPayment();
    await startedPayment();
    await deposit(made.order_no, made.due);
    await done(id);
    const [[hash]] = await store.query(`SELECT tx_hash FROM #__bonuspay_attempts WHERE order_id = ${id}`);
    assert.match(hash, /^[0-9a-f]{64}$/);
    for (const number of [made.merchant_order_no, made.order_no, hash, ` ${hash} `])
      assert.deepEqual(await search(number), [String(id)], number);
    assert.deepEqual(await search(made.merchant_order_no.slice(0, -1)), []);
    assert.deepEqual(
      await store.php("return array_map([BonusPay\\WooCommerce\\Ledger\\Attempts::class, 'orders_of_number'], $args);", [
        hash.slice(1),
        hash.toUpperCase(),
        made.order_no.slice(1),
        hash,
      ]),
      [[], [], [], [id]],
    );
    // What WooCommerce finds by itself is found as before.
    assert.ok((await search("ada@shopper.test")).includes(String(id)));
    assert.ok((await search(String(id))).includes(String(id)));
  });

  test("a search that is an attack finds nothing and breaks nothing (R108)", async () => {
    for (const payload of PAYLOADS) {
      await page.goto(`${list()}s=${payload}`.replace("?s=", "&s="));
      // WooCommerce searches addresses for signs alone; and where it leaves no text there is no search.
      if (!["_", "%25", "%BF%27", "%5C"].includes(payload) && !payload.startsWith("%3Cscript"))
        assert.equal(await shown().count(), 0, payload);
      assert.equal(await page.locator("#the-list script").count(), 0);
    }
    const found = await store.php(
      `return array_map(fn($text) => BonusPay\\WooCommerce\\Ledger\\Attempts::orders_of_number(base64_decode($text)), $args);`,
      ["' OR 1=1--", "\\", "%s", "%d", "%", "_", ""]
        .map((text) => Buffer.from(text).toString("base64"))
        .concat(Buffer.from([0xbf, 0x27]).toString("base64")),
    );
    assert.deepEqual(found, Array(8).fill([]));
  });

  test("a script in what BonusPay said is inert (R109)", async () => {
    const { id } = await startedPayment();
    await store.query(`UPDATE #__bonuspay_attempts SET due = '<script>', coin = '<img src>' WHERE order_id = ${id}`);
    await page.goto(list());
    assert.match(await cell(id).innerText(), /<script> <img src>/);
    assert.equal(await cell(id).locator("script, img").count(), 0);
    await store.query(`UPDATE #__bonuspay_attempts SET due = '1', coin = 'USDT' WHERE order_id = ${id}`);
  });

  test("many are checked by one click: what BonusPay says is applied", async () => {
    const orders = await beginMany(3);
    const other = await store.php("$o = wc_create_order(); $o->set_payment_method('cheque'); $o->save(); return $o->get_id();");
    await hold();
    for (const { made } of orders.slice(0, 2)) await deposit(made.order_no, made.due);
    assert.match(await bulk([...orders.map(({ id }) => id), other]), /BonusPay was asked about 3 orders/);
    for (const { id } of orders.slice(0, 2)) assert.equal(await status(id), "processing");
    assert.equal(await status(orders[2].id), "pending");
    assert.match(await bulk([other]), /None of these orders has a payment by BonusPay/);
    await fault("getOrder", "system-error", { times: 9 });
    assert.match(await bulk([orders[2].id]), /BonusPay had no answer for 1 order/);
    await noFaults();
    await store.control("POST", "notifications/release");
    await assertPaidOnce(orders[0].id);
  });

  test("one click asks about 25 orders, the queue about the rest", async () => {
    const orders = await beginMany(27);
    await store.php("update_user_meta(get_user_by('login', 'admin')->ID, 'edit_shop_order_per_page', 100); return 1;");
    await store.query("UPDATE #__bonuspay_attempts SET next_check_at = UNIX_TIMESTAMP() + 600");
    await forgetCalls();
    assert.match(await bulk(orders.map(({ id }) => id)), /asked about 25 orders;.*2 orders were left to the queue/s);
    const asked = new Set(
      (await calls("getOrder")).map(
        ({ request_body_base64 }) => JSON.parse(Buffer.from(request_body_base64, "base64")).bizContent.merchantOrderNo,
      ),
    );
    assert.equal(asked.size, 25);
    const soon = await store.query("SELECT merchant_order_no FROM #__bonuspay_attempts WHERE next_check_at <= UNIX_TIMESTAMP()");
    assert.equal(soon.length, 2);
    assert.ok(soon.every(([number]) => !asked.has(number)));
  });

  test("when BonusPay asks to slow down, the rest is left to the queue", async () => {
    const orders = await beginMany(4);
    await fault("getOrder", "rate-limit", { times: 30 });
    assert.match(await bulk(orders.map(({ id }) => id)), /no answer for 1 order.*3 orders were left/s);
    await noFaults();
  });

  test("without a valid nonce, or the right, nothing is asked", async () => {
    const { id } = await startedPayment();
    await page.goto(list());
    const nonce = await page.locator("#_wpnonce").first().getAttribute("value");
    const url = (more) => list({ action: "bonuspay_wc_check_many", action2: "-1", [posts ? "post[]" : "id[]"]: id, ...more });
    await forgetCalls();
    assert.equal((await page.request.get(url({ _wpnonce: "0123456789" }))).status(), 403);
    assert.equal((await page.request.get(url({}))).status(), 403);
    await store.php(
      "wp_insert_user(['user_login' => 'writer', 'user_pass' => 'writer', 'user_email' => 'writer@shop.test', 'role' => 'editor']); " +
        "return 1;",
    );
    const context = await store.visitor();
    await context.request.get("/wp-login.php");
    await context.request.post("/wp-login.php", { form: { log: "writer", pwd: "writer", testcookie: "1" }, maxRedirects: 0 });
    assert.ok((await context.request.get(url({ _wpnonce: nonce }))).status() >= 403);
    await context.close();
    const unable = await store.php(
      "wp_set_current_user(get_user_by('login', 'writer')->ID); return BonusPay\\WooCommerce\\Admin\\Orders_List::handle_bulk('/x', " +
        "'bonuspay_wc_check_many', array($args[0]));",
      [id],
    );
    assert.equal(unable, "/x");
    assert.equal((await calls("getOrder")).length, 0);
    assert.equal((await page.request.get(url({ _wpnonce: nonce, _wp_http_referer: list() }))).status(), 200);
    assert.equal((await calls("getOrder")).length, 1);
  });

  // WooCommerce's own script does not take an address that is no UTF-8.
  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({
        allowConsole: [/wc-admin|NAME_NOT_RESOLVED|status of 403|URI malformed/],
        allowLog: [/WordPress\.org/],
      }),
      [],
    );
  });
});
