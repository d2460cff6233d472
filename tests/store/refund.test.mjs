// Money back: from the order screen, by the shopper's address, to BonusPay and to the end; once, and never more than came in.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { request as playwright } from "playwright-core";
import { deposit, portalRefund } from "./shop/bonuspay.mjs";
import { attempt, breakConnectionAt } from "./shop/ledger.mjs";
import { becomes, notes, order, status } from "./shop/orders.mjs";
import { SHOPPER, store, until } from "./shop/store.mjs";

const TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
const TRON_2 = "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8";
const ETH = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const BTC = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

const rowsOf = async (table, columns, where) =>
  (await store.query(`SELECT ${columns.join(", ")} FROM #__bonuspay_${table} WHERE ${where}`)).map((row) =>
    Object.fromEntries(columns.map((name, at) => [name, row[at]])),
  );
const COLUMNS = [
  "id",
  "number",
  "source",
  "refund_merchant_order_no",
  "refund_no",
  "wc_refund_id",
  "amount",
  "fiat",
  "network",
  "address",
  "address_by",
  "state",
  "reason",
  "fee",
  "token",
  "sent_at",
];
const refunds = (id) => rowsOf("refunds", COLUMNS, `order_id = ${id} ORDER BY number`);
const sandboxRefunds = async (made) => (await store.control("GET", `orders/${made.order_no}`)).order.refunds;
const wcRefunds = (id) =>
  store.php(
    "return array_map(fn($r) => ['id' => $r->get_id(), 'amount' => $r->get_amount(), 'number' => $r->get_meta('_bonuspay_refund')], " +
      "wc_get_order($args['id'])->get_refunds());",
    { id },
  );
const soon = (id, seconds = 0) =>
  store.query(
    `UPDATE #__bonuspay_refunds SET next_check_at = 0, sent_at = sent_at - ${seconds} WHERE order_id = ${id} AND next_check_at IS NOT NULL`,
  );
const queue = () => store.runQueue({ advance: 90, group: "bonuspay" });
const sends = async () => (await store.control("GET", "journal")).journal.filter(({ path }) => path === "crypto/refund/placeOrder");

// The order that a guest made, by its id.
const ordered = async (choice, quantity = 1) => (await order(choice, { items: [{ id: store.shop.stocked, quantity }] })).id;

// An order that is paid, with `more` on top of what was due; and, unless it is left out, the address for its refunds.
async function paidOrder({ choice, address = TRON, extra = "0" } = {}) {
  const id = await ordered(choice);
  const made = await attempt(id);
  await deposit(made.order_no, (Number(made.due) + Number(extra)).toFixed(choice === "ETH-ETH" ? 6 : 2));
  await becomes(id, "processing");
  if (address) assert.equal(await press(id, "address", { network: (choice ?? "USDT-TRON").split("-")[1], address }), "entered");
  return { ...(await attempt(id)), id, total: (await store.order(id)).total };
}

let admin;
async function adminRequest() {
  admin ??= await store.adminPage();
  return admin.context().request;
}
const editUrl = (id) =>
  `${store.url}/wp-admin/${store.orders === "posts" ? `post.php?post=${id}&action=edit` : `admin.php?page=wc-orders&action=edit&id=${id}`}`;
async function screen(id) {
  const answer = await (await adminRequest()).get(editUrl(id));
  assert.equal(answer.status(), 200);
  return answer.text();
}

// What WooCommerce's own script sends when "Refund via BonusPay" is pressed.
async function refund(id, amount, { refunded, html } = {}) {
  html ??= await screen(id);
  const nonce = /"order_item_nonce":"(\w+)"/.exec(html)[1];
  refunded ??= await store.php("return wc_format_decimal(wc_get_order($args['id'])->get_total_refunded(), 2);", { id });
  const form = {
    action: "woocommerce_refund_line_items",
    order_id: String(id),
    refund_amount: String(amount),
    refunded_amount: refunded,
    refund_reason: "<b>wrong</b> size",
    line_item_qtys: "{}",
    line_item_totals: "{}",
    line_item_tax_totals: "{}",
    api_refund: "true",
    restock_refunded_items: "false",
    security: nonce,
  };
  const answer = await (await adminRequest()).post(`${store.url}/wp-admin/admin-ajax.php`, { form, timeout: 60_000 });
  const said = await answer.json();
  return said.success ? "" : said.data.error;
}

// What our own buttons send; gives the result's name.
async function press(id, what, fields = {}, { html, request, nonce } = {}) {
  html ??= await screen(id);
  nonce ??= /data-action="bonuspay_wc_refund" data-nonce="(\w+)"/.exec(html)[1];
  const attemptId = (await attempt(id)).id;
  const form = { action: "bonuspay_wc_refund", nonce, order_id: String(id), attempt_id: attemptId, what, ...fields };
  const answer = await (request ?? (await adminRequest())).post(`${store.url}/wp-admin/admin-post.php`, { form, maxRedirects: 0 });
  return answer.status() === 302 ? new URL(answer.headers().location).searchParams.get("bonuspay_checked") : answer.status();
}

describe("refunds", () => {
  before(() => store.reset());
  after(() => store.close());

  test("the tables' first version becomes the second, and loses nothing", async () => {
    const id = await ordered();
    const before = await store.query("SELECT * FROM #__bonuspay_attempts");
    await store.query("DROP TABLE #__bonuspay_refunds");
    await store.query("UPDATE #__options SET option_value = '1' WHERE option_name = 'bonuspay_wc_schema'");
    assert.equal((await fetch(store.url)).status, 200);
    assert.deepEqual(await store.query("SELECT * FROM #__bonuspay_attempts"), before);
    assert.deepEqual(await refunds(id), []);
    const unique = (await store.query("SHOW INDEX FROM #__bonuspay_refunds WHERE Non_unique = 0")).map((row) => row[2]);
    for (const name of ["refund_merchant_order_no", "order_number", "wc_refund_id"]) assert.ok(unique.includes(name), name);
  });

  test("without an address the shopper is asked; the page takes only a right one, after it was confirmed", async () => {
    const made = await paidOrder({ address: "" });
    const mails = store.mails().length;
    assert.match(await refund(made.id, made.total), /asked for an address.*never sent back to the address/s);
    assert.match(await refund(made.id, made.total), /asked for an address/);
    assert.deepEqual(await wcRefunds(made.id), []);
    assert.equal(await status(made.id), "processing");
    assert.equal((await sends()).length, 0);
    const [row, ...others] = await refunds(made.id);
    assert.deepEqual([row.state, row.address, others.length], ["asked_for_address", null, 0]);
    const asked = store.mails().slice(mails);
    assert.equal(asked.length, 1, "one mail, however often the button is pressed");
    assert.equal([asked[0].to].flat()[0], SHOPPER.email);
    const link = /href="([^"]*bonuspay-refund=[^"]*)"/.exec(asked[0].message)[1].replaceAll("&#038;", "&").replaceAll("&amp;", "&");

    await store.php("$o = wc_get_order($args['id']); $o->set_customer_id(1); $o->save(); return 1;", { id: made.id });
    const mine = await (await adminRequest()).get(`${store.url}/my-account/view-order/${made.id}/`);
    assert.ok((await mine.text()).includes(`key=${row.token}`), "the link stands in My account, too");
    assert.match(await (await (await adminRequest()).get(`${store.url}/my-account/orders/`)).text(), /Refund address/);
    const key = (await store.order(made.id)).key;
    for (const wrong of [key, row.token.replace(/.$/, (last) => (last === "0" ? "1" : "0")), ""]) {
      assert.equal((await fetch(`${store.url}/?bonuspay-refund=${made.id}&key=${wrong}`)).status, 404, "only the link's own key opens it");
    }
    const post = async (fields) => {
      const answer = await fetch(link, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
      return { status: answer.status, text: await answer.text() };
    };
    const stored = async () => (await refunds(made.id))[0].address;
    assert.match((await post({ step: "store", address: ETH })).text, /address of the Ethereum \(ERC-20\) network/);
    assert.match((await post({ step: "store", address: TRON.replace(/t$/, "T") })).text, /not an address on TRON/);
    const own = (await store.query(`SELECT address FROM #__bonuspay_attempts WHERE id = ${(await attempt(made.id)).id}`))[0][0];
    assert.match((await post({ step: "store", address: own })).text, /that you paid to/);
    assert.ok(!(await post({ step: "check", address: '"><script>alert(1)</script>' })).text.includes("<script>alert"));
    assert.equal(await stored(), null);

    // A person, without JavaScript.
    const scripted = await store.visitor();
    const looked = await scripted.newPage();
    await looked.goto(link);
    assert.deepEqual(await store.flaws(looked), []);
    if (process.env.SCREENSHOTS) await looked.screenshot({ path: `${process.env.SCREENSHOTS}/refund-enter.png` });
    await scripted.close();
    const context = await store.visitor({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.goto(link);
    await page.fill("#bonuspay-refund-address", ` ${TRON} `);
    await page.click("button[type=submit]");
    assert.equal(await page.locator("[data-bonuspay-address]").innerText(), TRON, "it is shown back");
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/refund-confirm.png` });
    assert.equal(await stored(), null, "not stored before it is confirmed");
    await page.click("#bonuspay-refund-confirm");
    assert.match(await page.locator("h1").innerText(), /is stored/);
    await context.close();
    assert.equal(await stored(), TRON);
    const told = store.mails().slice(mails + 1);
    assert.equal(told.length, 1);
    assert.equal([told[0].to].flat()[0], store.admin.email);
    assert.match(told[0].message, new RegExp(TRON));

    assert.equal(await refund(made.id, made.total), "");
    const [sent] = await sandboxRefunds(made);
    assert.equal(sent.refundOrder.refundAddress, TRON);
    assert.equal(Number(sent.amount), Number(made.received));
    assert.match((await post({ step: "store", address: TRON_2 })).text, /cannot be changed/);
    assert.equal((await refunds(made.id))[0].address, TRON);
  });

  test("a full refund: on its way, then paid out, with its fee; once", async () => {
    const made = await paidOrder();
    assert.equal(await refund(made.id, made.total), "");
    assert.equal(await status(made.id), "refunded");
    const [row] = await refunds(made.id);
    assert.equal(row.state, "created");
    assert.equal(Number(row.amount), Number(made.received));
    const [wc] = await wcRefunds(made.id);
    assert.deepEqual([Number(row.wc_refund_id), row.refund_merchant_order_no], [wc.id, wc.number]);
    assert.equal(row.refund_merchant_order_no, `${made.merchant_order_no.replace(/-1$/, "")}-r1`);
    assert.equal((await notes(made.id, /will pay it out/)).length, 1);
    await store.settle(`refunds/${row.refund_no}`);
    await until("it is paid out", async () => (await refunds(made.id))[0].state === "succeeded");
    await until("a note says so", async () => (await notes(made.id, /paid out\. BonusPay charges the shop 0\.1 USDT/)).length === 1);
    assert.equal((await wcRefunds(made.id)).length, 1);
    assert.equal(await status(made.id), "refunded");
    assert.equal((await notes(made.id, /was given back\. The order was left/)).length, 0);
    assert.equal((await notes(made.id, /nothing was sent to the shopper/)).length, 0);
    assert.match(await screen(made.id), /data-state="succeeded".*fee 0\.1 USDT/s);
  });

  test("in parts: each its share, the last the rest; more than is left is refused", async () => {
    const made = await paidOrder({ extra: "0.01" });
    const total = Number(made.total);
    const first = (Math.floor(total * 100 / 3) / 100).toFixed(2);
    assert.equal(await refund(made.id, first), "");
    assert.match(await refund(made.id, (total - Number(first) + 1).toFixed(2)), /Invalid refund amount/);
    await store.query(`UPDATE #__bonuspay_refunds SET sent_at = sent_at - 60 WHERE order_id = ${made.id}`);
    assert.equal(await refund(made.id, first), "");
    assert.equal(await refund(made.id, (total - 2 * Number(first)).toFixed(2)), "");
    const rows = await refunds(made.id);
    const cents = (text) => BigInt(Math.round(Number(text) * 100));
    const share = (cents(first) * cents(made.received)) / cents(made.total);
    assert.deepEqual(rows.map(({ amount }) => cents(amount)), [share, share, cents(made.received) - 2n * share]);
    assert.equal(await status(made.id), "refunded");
    assert.equal(Number((await store.control("GET", `orders/${made.order_no}`)).order.refundable), 0);
  });

  test("amounts that are none, and orders that came in otherwise", async () => {
    const made = await paidOrder();
    const direct = (amount, id = made.id) =>
      store.php(
        "$r = (new BonusPay\\WooCommerce\\Checkout\\Gateway())->process_refund($args['id'], $args['amount'], ''); " +
          "return is_wp_error($r) ? $r->get_error_message() : $r;",
        { id, amount },
      );
    for (const amount of ["12.810000001", "0", "-1", "1e1", "", "5 ", "0x5"])
      assert.match(String(await direct(amount)), /not an amount/, amount);
    assert.match(await direct("100000"), /more than can be refunded/);
    assert.match(await direct("1"), /no refund in WooCommerce/);
    const unpaid = await ordered();
    assert.match(await direct("1", unpaid), /nothing to refund/i);
    assert.equal(
      await store.php("return (new BonusPay\\WooCommerce\\Checkout\\Gateway())->can_refund_order(wc_get_order($args['id']));", {
        id: unpaid,
      }),
      false,
    );
    assert.equal((await refunds(made.id)).filter(({ state }) => state !== "asked_for_address").length, 0);
  });

  test("two clicks at once, and a third a moment later: one refund at BonusPay", async () => {
    const made = await paidOrder();
    const html = await screen(made.id);
    const part = (Number(made.total) * 0.6).toFixed(2);
    const said = await Promise.all([1, 2, 3].map(() => refund(made.id, part, { html, refunded: "0.00" })));
    assert.equal(said.filter((problem) => problem === "").length, 1, said.join("; "));
    assert.equal((await sandboxRefunds(made)).length, 1);
    assert.equal((await wcRefunds(made.id)).length, 1, "the refused clicks left no refund behind");
    const [row] = await refunds(made.id);
    assert.equal(Number(row.wc_refund_id), (await wcRefunds(made.id))[0].id, "and the one that stays is the one that was sent");
    const small = await paidOrder();
    assert.equal(await refund(small.id, "1.00"), "");
    assert.match(await refund(small.id, "1.00"), /a moment ago/);
    assert.equal((await sandboxRefunds(small)).length, 1);
  });

  test("between the steps of one process another one acts", async () => {
    // Another refund of the same amount is stored after ours, before we look which one is ours.
    const made = await paidOrder();
    const mine = await store.php(
      `$mine = 0;
      add_action('woocommerce_create_refund', function ($refund) use (&$mine, $args) {
        $mine = $refund->get_id();
        $other = new WC_Order_Refund();
        $other->set_parent_id($args['id']);
        $other->set_amount('2.00');
        $other->set_date_created(time() + 100);
        $other->save();
      }, 99);
      $made = wc_create_refund(['order_id' => $args['id'], 'amount' => '2.00', 'refund_payment' => true]);
      return is_wp_error($made) ? $made->get_error_message() : $made->get_id();`,
      { id: made.id },
    );
    assert.equal(typeof mine, "number", String(mine));
    assert.equal(Number((await refunds(made.id))[0].wc_refund_id), mine);
    // The queue gives the row up in the moment before it is marked as sent.
    const slow = await paidOrder();
    const before = (await sends()).length;
    const said = await store.php(
      `global $wpdb;
      $done = false;
      add_filter('query', function ($sql) use (&$done, $wpdb) {
        if (!$done && str_contains($sql, 'bonuspay_refunds SET') && str_contains($sql, "'sent'")) {
          $done = true;
          $wpdb->query("UPDATE {$wpdb->prefix}bonuspay_refunds SET state = 'failed', version = version + 1 WHERE state = 'saved'");
        }
        return $sql;
      });
      $made = wc_create_refund(['order_id' => $args['id'], 'amount' => '2.00', 'refund_payment' => true]);
      return $done && is_wp_error($made) ? $made->get_error_message() : 'made';`,
      { id: slow.id },
    );
    assert.match(said, /was faster\. Nothing was sent/);
    assert.equal((await sends()).length, before, "who could not mark it as sent did not send it");
    assert.deepEqual(await wcRefunds(slow.id), []);
  });

  test("an answer that is lost: the refund stays, is not repeated, and the queue finds its end", async () => {
    const made = await paidOrder();
    const before = (await sends()).length;
    await store.control("POST", "faults", { path: "crypto/refund/placeOrder", fault: "lose-answer" });
    assert.equal(await refund(made.id, made.total), "");
    assert.equal((await notes(made.id, /being checked, do not repeat/)).length, 1);
    assert.equal((await refunds(made.id))[0].state, "sent");
    assert.match(await refund(made.id, "0.00").catch(() => "blocked"), /being checked|Invalid|blocked|not an amount/);
    assert.equal((await wcRefunds(made.id)).length, 1);
    assert.equal((await sandboxRefunds(made)).length, 1);
    await soon(made.id);
    await queue();
    assert.equal((await refunds(made.id))[0].state, "created");
    await store.settle(`refunds/${(await refunds(made.id))[0].refund_no}`);
    await until("it is paid out", async () => (await refunds(made.id))[0].state === "succeeded");
    assert.equal((await sends()).length, before + 1);
  });

  test("BonusPay answers 500: checked for an hour, then taken back; a new try gets a new number", async () => {
    const made = await paidOrder();
    const before = (await sends()).length;
    const mails = store.mails().length;
    await store.control("POST", "faults", { path: "crypto/refund/placeOrder", fault: "system-error" });
    const part = "2.00";
    assert.equal(await refund(made.id, part), "");
    assert.match(await refund(made.id, "1.00"), /being checked/);
    await soon(made.id);
    await queue();
    assert.equal((await refunds(made.id))[0].state, "sent", "does not exist is not final yet");
    assert.equal((await wcRefunds(made.id)).length, 1);
    await soon(made.id, 3700);
    await queue();
    assert.equal((await refunds(made.id))[0].state, "failed");
    assert.deepEqual(await wcRefunds(made.id), []);
    assert.equal((await notes(made.id, /nothing was paid out/)).length, 1);
    assert.ok(
      store
        .mails()
        .slice(mails)
        .some(({ message, to }) => [to].flat()[0] === store.admin.email && /nothing was paid out/.test(message)),
    );
    assert.equal((await sends()).length, before + 1, "never repeated by itself");
    await press(made.id, "address", { network: "TRON", address: TRON });
    assert.equal(await refund(made.id, part), "");
    const rows = await refunds(made.id);
    assert.notEqual(rows[0].refund_merchant_order_no, rows[1].refund_merchant_order_no);
    assert.equal((await sandboxRefunds(made)).length, 1);
  });

  test("BonusPay refuses: nothing stays", async () => {
    const made = await paidOrder();
    await store.control("POST", "faults", { path: "crypto/refund/placeOrder", fault: "refuse", code: "80005", msg: "INSUFFICIENT_FUNDS" });
    assert.match(await refund(made.id, made.total), /did not make this refund.*Nothing was sent/s);
    assert.deepEqual(await wcRefunds(made.id), []);
    assert.equal(await status(made.id), "processing");
    assert.equal((await refunds(made.id))[0].state, "failed");
    assert.equal((await notes(made.id, /was not made/)).length, 1);
  });

  test("a full refund that fails later: the order is what it was", async () => {
    const made = await paidOrder();
    assert.equal(await refund(made.id, made.total), "");
    assert.equal(await status(made.id), "refunded");
    const mails = store.mails().length;
    await store.control("POST", `refunds/${(await refunds(made.id))[0].refund_no}/fail`, {
      failCode: "E1",
      failDes: "<script>alert(1)</script>",
    });
    await becomes(made.id, "processing");
    assert.deepEqual(await wcRefunds(made.id), []);
    assert.equal((await refunds(made.id))[0].state, "failed");
    await until("a note", async () => (await notes(made.id, /nothing was paid out/)).length === 1);
    assert.ok(!(await screen(made.id)).includes("<script>alert(1)"));
    assert.deepEqual(store.mails().slice(mails).map(({ to }) => [to].flat()[0]), [store.admin.email], "the shopper is told nothing twice");
    assert.match(await refund(made.id, made.total), /asked for an address/, "an address that failed does not serve again");
  });

  test("a refund begun in BonusPay's portal appears once", async () => {
    const made = await paidOrder();
    const begun = await portalRefund(made, "PORTAL-1", "3");
    await store.settle(`refunds/${begun.orderNo}`);
    await until("WooCommerce shows it", async () => (await wcRefunds(made.id)).length === 1);
    const told = (await store.control("GET", "notifications")).notifications.find(
      ({ kind, orderNo }) => kind === "refund" && orderNo === begun.orderNo,
    );
    await store.control("POST", `notifications/${told.id}/resend`, { times: 6 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await queue();
    const shown = await wcRefunds(made.id);
    assert.deepEqual(shown.map(({ number }) => number), ["PORTAL-1"]);
    const hundredths = (text) => BigInt(Math.round(Number(text) * 100));
    const worth = Number((300n * hundredths(made.price)) / hundredths(made.received)) / 100;
    assert.equal(Number(shown[0].amount), worth);
    assert.equal((await notes(made.id, /nothing was sent to the shopper/)).length, 0);
    // What is left is known: more cannot be refunded.
    assert.match(await refund(made.id, made.total), /Invalid refund amount/);
    await press(made.id, "address", { network: "TRON", address: TRON });
    assert.equal(await refund(made.id, (Number(made.total) - worth).toFixed(2)), "");
    const all = await sandboxRefunds(made);
    assert.equal(all.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0), Math.round(Number(made.received) * 100));
  });

  test("on Ethereum a TRON address is refused, and six decimals are kept", async () => {
    const made = await paidOrder({ choice: "ETH-ETH", address: "" });
    assert.equal(await press(made.id, "address", { network: "ETH", address: TRON }), "refused");
    assert.equal(await press(made.id, "address", { network: "TRON", address: TRON }), "refused");
    assert.equal(await press(made.id, "address", { network: "ETH", address: ETH.replace("5aA", "5AA") }), "refused");
    assert.equal(await press(made.id, "address", { network: "ETH", address: BTC }), "refused");
    assert.equal(await press(made.id, "address", { network: "ETH", address: ETH }), "entered");
    assert.equal(await refund(made.id, "1.00"), "");
    const [row] = await refunds(made.id);
    assert.match(row.amount, /^0\.\d{1,6}$/);
    const micro = (text) => BigInt(Math.round(Number(text) * 1e6));
    assert.equal(micro(row.amount), (100n * micro(made.received)) / BigInt(Math.round(Number(made.price) * 100)));
    assert.equal((await sandboxRefunds(made)).length, 1);
  });

  test("on BonusPay's page the shopper chooses the network of the refund", async () => {
    await store.php(
      "$s = get_option('woocommerce_bonuspay_settings'); $s['scene'] = 'hosted'; update_option('woocommerce_bonuspay_settings', $s); " +
        "return 1;",
    );
    const id = await ordered("USDT");
    await store.php(
      "$s = get_option('woocommerce_bonuspay_settings'); $s['scene'] = 'onsite'; update_option('woocommerce_bonuspay_settings', $s); " +
        "return 1;",
    );
    const made = await attempt(id);
    await store.control("POST", `orders/${made.order_no}/deposits`, {
      amount: made.due ?? (await store.control("GET", `orders/${made.order_no}`)).order.due,
      network: "TRON",
    });
    await becomes(id, "processing");
    const total = (await store.order(id)).total;
    assert.match(await refund(id, total), /asked for an address/);
    const page = await (await store.visitor({ javaScriptEnabled: false })).newPage();
    await page.goto(`/?bonuspay-refund=${id}&key=${(await refunds(id))[0].token}`);
    await page.check("input[value=ETH]");
    await page.fill("#bonuspay-refund-address", TRON);
    await page.click("button[type=submit]");
    assert.match(await page.locator("#bonuspay-problem").innerText(), /TRON.*go out on Ethereum/);
    await page.check("input[value=POLYGON]");
    await page.fill("#bonuspay-refund-address", ETH);
    await page.click("button[type=submit]");
    assert.match(await page.locator("dl").innerText(), /Polygon/);
    await page.click("#bonuspay-refund-confirm");
    await page.context().close();
    assert.equal(await refund(id, total), "");
    const [sent] = await sandboxRefunds(made);
    assert.deepEqual([sent.refundOrder.chainCode, sent.refundOrder.refundAddress], ["POLYGON", ETH]);
  });

  test("whatever becomes of the answer: never two refunds, and WooCommerce has what BonusPay has", async () => {
    const made = await paidOrder();
    let done = 0;
    for (const fault of [
      "cut-body",
      "unsigned-success",
      "wrong-signature",
      "other-order",
      "wrong-amount",
      "no-identity",
      "duplicate-keys",
      "unsigned-refusal",
      "rate-limit",
      "redirect",
      "html-502",
      "reset-after-read",
    ]) {
      const before = (await sends()).length;
      await store.control("POST", "faults", { path: "crypto/refund/placeOrder", fault });
      const said = await refund(made.id, "0.50");
      assert.equal((await sends()).length, before + 1, `${fault}: sent once`);
      const is_there = (await sandboxRefunds(made)).length > done;
      if (is_there) assert.equal(said, "", `${fault}: BonusPay has it, and WooCommerce keeps it`);
      assert.equal((await wcRefunds(made.id)).length, done + (said === "" ? 1 : 0), fault);
      if (said === "" && (await refunds(made.id)).at(-1).state === "sent")
        assert.match(await refund(made.id, "0.20"), /being checked/, fault);
      await soon(made.id, 3700);
      await queue();
      done += is_there ? 1 : 0;
      assert.equal((await sandboxRefunds(made)).length, done, fault);
      assert.equal((await wcRefunds(made.id)).length, done, `${fault}: in the end they agree`);
      if (!(await refunds(made.id)).some(({ state }) => state === "created" || state === "succeeded"))
        await press(made.id, "address", { network: "TRON", address: TRON });
    }
  });

  test("a process that is killed after it sent: the queue finishes the order", async () => {
    const made = await paidOrder();
    await store.control("POST", "faults", { path: "crypto/refund/placeOrder", fault: "drip" });
    const pressed = refund(made.id, made.total).catch(() => "killed");
    await until("BonusPay has it", async () => (await sandboxRefunds(made)).length === 1, 30);
    for (const pid of store.workers()) process.kill(pid, "SIGKILL");
    assert.notEqual(await pressed, "");
    await until("the shop is up", async () => (await fetch(store.url).catch(() => ({}))).ok);
    assert.equal((await refunds(made.id))[0].state, "sent");
    assert.equal((await wcRefunds(made.id)).length, 1);
    await store.settle(`refunds/${(await sandboxRefunds(made))[0].orderNo}`);
    await soon(made.id);
    await queue();
    await becomes(made.id, "refunded");
    assert.equal((await wcRefunds(made.id)).length, 1);
    assert.equal((await sandboxRefunds(made)).length, 1);
  });

  test("the connection breaks between a refund's end and its claim: neither is stored, and nothing is done", async () => {
    const made = await paidOrder();
    assert.equal(await refund(made.id, "1.00"), "");
    await store.control("POST", "notifications/hold");
    await store.control("POST", `refunds/${(await sandboxRefunds(made))[0].orderNo}/fail`);
    await soon(made.id);
    breakConnectionAt("/INSERT IGNORE INTO \\S+bonuspay_effects/");
    await queue().catch(() => "ended with its connection");
    store.plugin("cutter");
    assert.equal((await refunds(made.id))[0].state, "created");
    assert.equal((await wcRefunds(made.id)).length, 1, "it may still be paid out");
    assert.deepEqual(await rowsOf("effects", ["effect"], `order_id = ${made.id} AND effect LIKE 'refund%'`), []);
    await until("the queue finds its end", async () => {
      await soon(made.id);
      await queue();
      return (await refunds(made.id))[0].state === "failed";
    }, 30);
    assert.equal((await wcRefunds(made.id)).length, 0);
    await store.control("POST", "notifications/release");
  });

  test("an underpaid order is taken as it is, when BonusPay says so", async () => {
    const id = await ordered();
    const made = await attempt(id);
    await deposit(made.order_no, "5");
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 0, expires_at = 1 WHERE id = ${made.id}`);
    await queue();
    await becomes(id, "on-hold");
    await store.control("POST", "faults", { path: "crypto/acceptOrder", fault: "refuse", code: "77002", msg: "ORDER_FAILURE" });
    assert.equal(await press(id, "accept"), "not_accepted");
    assert.equal(await status(id), "on-hold", "only BonusPay completes it");
    assert.equal(await press(id, "accept"), "accepted");
    assert.equal(await status(id), "processing");
    assert.equal((await attempt(id)).state, "paid");
    assert.equal(await press(id, "accept"), "refused");
  });

  test("a surplus goes back, and with it no refund in WooCommerce; an underpaid order's money goes back whole", async () => {
    const made = await paidOrder({ extra: "4" });
    assert.match(await screen(made.id), /Give the surplus back: 4 USDT/);
    const html = await screen(made.id);
    const results = await Promise.all([press(made.id, "surplus", {}, { html }), press(made.id, "surplus", {}, { html })]);
    assert.deepEqual(results.toSorted(), ["given", "refused"]);
    assert.deepEqual((await sandboxRefunds(made)).map(({ amount }) => Number(amount)), [4]);
    assert.deepEqual(await wcRefunds(made.id), []);
    assert.equal(await status(made.id), "processing");
    assert.equal(await refund(made.id, made.total), "");
    assert.deepEqual((await refunds(made.id)).map(({ amount }) => Number(amount)), [4, Number(made.due)]);

    const id = await ordered();
    const under = await attempt(id);
    await deposit(under.order_no, "5");
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 0 WHERE id = ${under.id}`);
    await queue();
    await becomes(id, "on-hold");
    assert.equal(await press(id, "address", { network: "TRON", address: TRON }), "entered");
    assert.equal(await press(id, "surplus"), "given");
    assert.equal(await press(id, "accept"), "refused");
    assert.deepEqual((await sandboxRefunds(under)).map(({ amount }) => Number(amount)), [5]);
    assert.equal(await status(id), "on-hold");
    // What comes after that completes nothing by itself: a person decided already.
    await deposit(under.order_no, under.due);
    await until("a note", async () => (await notes(id, /nobody waited for/)).length > 0);
    assert.equal((await attempt(id)).state, "paid");
    assert.equal(await status(id), "on-hold");
  });

  test("an order set to refunded by hand: a note that nothing was sent", async () => {
    const made = await paidOrder();
    const before = (await sends()).length;
    await store.php("wc_get_order($args['id'])->update_status('refunded'); return 1;", { id: made.id });
    assert.equal((await notes(made.id, /nothing was sent to the shopper/)).length, 1);
    assert.equal((await sends()).length, before);
  });

  test("a worker that died before it sent: nothing is sent, the refund is taken back", async () => {
    const made = await paidOrder();
    assert.equal(await refund(made.id, "2.00"), "");
    const before = (await sends()).length;
    await store.query(
      `UPDATE #__bonuspay_refunds SET state = 'saved', sent_at = 0, created_at = created_at - 400, ` +
        `next_check_at = 0 WHERE order_id = ${made.id}`,
    );
    await queue();
    assert.equal((await refunds(made.id))[0].state, "failed");
    assert.deepEqual(await wcRefunds(made.id), []);
    assert.equal((await sends()).length, before);
  });

  test("the buttons want the nonce, the right and POST", async () => {
    const made = await paidOrder({ extra: "2" });
    const html = await screen(made.id);
    const rows = await refunds(made.id);
    assert.equal(await press(made.id, "surplus", {}, { html, nonce: "0123456789" }), 403);
    const nonce = /data-action="bonuspay_wc_refund" data-nonce="(\w+)"/.exec(html)[1];
    const get = await (
      await adminRequest()
    ).get(`/wp-admin/admin-post.php?action=bonuspay_wc_refund&nonce=${nonce}&order_id=${made.id}&attempt_id=${made.id}&what=surplus`, {
      maxRedirects: 0,
    });
    assert.equal(get.status(), 403);
    const guest = await playwright.newContext({ baseURL: store.url });
    assert.notEqual(await press(made.id, "surplus", {}, { html, request: guest }), "given");
    await guest.dispose();
    // Another order's payment does not go with this order's nonce.
    const other = await paidOrder({ extra: "2" });
    const form = {
      action: "bonuspay_wc_refund",
      nonce,
      order_id: String(made.id),
      attempt_id: (await attempt(other.id)).id,
      what: "surplus",
    };
    assert.equal((await (await adminRequest()).post("/wp-admin/admin-post.php", { form, maxRedirects: 0 })).status(), 403);
    assert.deepEqual(await refunds(made.id), rows);
    assert.equal((await sandboxRefunds(made)).length + (await sandboxRefunds(other)).length, 0);
  });

  test("in a browser: an address by the box, a refund by WooCommerce's button", async () => {
    const made = await paidOrder({ address: "" });
    await adminRequest();
    const page = admin;
    page.on("dialog", (dialog) => dialog.accept());
    await page.goto(editUrl(made.id));
    await page.click(".bonuspay-refunds details summary");
    await page.fill(".bonuspay-refunds input[type=text]", TRON);
    await Promise.all([page.waitForURL(/bonuspay_checked=entered/), page.click('.bonuspay-refunds button[data-what="address"]')]);
    await page.click("button.refund-items");
    await page.fill("#refund_amount", "1.50");
    await page.locator("#refund_amount").dispatchEvent("change");
    const [answer] = await Promise.all([
      page.waitForResponse(
        (response) => /admin-ajax/.test(response.url()) && /refund_line_items/.test(response.request().postData() ?? ""),
      ),
      page.click("button.do-api-refund"),
    ]);
    assert.equal(answer.status(), 200);
    await until("the refund", async () => (await refunds(made.id))[0]?.state === "created");
    // WooCommerce's own page loads itself anew at this moment.
    const fresh = await page.context().newPage();
    await fresh.goto(editUrl(made.id));
    assert.match(await fresh.locator(".bonuspay-refund-rows").innerText(), /1\.5 USD/);
    assert.deepEqual(await store.flaws(fresh, ".bonuspay-refunds"), []);
    if (process.env.SCREENSHOTS) await fresh.locator("#bonuspay-payment").screenshot({ path: `${process.env.SCREENSHOTS}/refund-box.png` });
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates({ allowConsole: [/misc-recommendations/] }), []);
  });
});
