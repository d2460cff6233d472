// WooCommerce > BonusPay > Reconciliation: what the shop believes beside what BonusPay says, and a file for the books.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { begin, readable, refuses, tab } from "./shop/admin.mjs";
import { calls, deposit, fault, forgetCalls, hold, noFaults, portalRefund } from "./shop/bonuspay.mjs";
import { advance, realTime } from "./shop/clock.mjs";
import { attempt, done, tracks } from "./shop/ledger.mjs";
import { notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, becomes, beginMany, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

let page;
const FORMULA = `=HYPERLINK("https://x.example";"a,b")`;
const heading = (text) => page.locator("h3", { hasText: text });
// The table below a heading, its rows as texts.
const below = async (text) => {
  const next = heading(text).locator("xpath=following-sibling::*[position() <= 2 and contains(@class, 'bonuspay-wide')][1]");
  return (await next.count()) ? next.locator("tbody tr").allInnerTexts() : [];
};

// Presses the button, as a person does.
async function compare() {
  await page.goto(tab("report"));
  await Promise.all([page.waitForURL(/bonuspay_result=/, { timeout: 60_000 }), page.getByRole("button", { name: "Compare now" }).click()]);
}

// The file, by its button: its text, its headers, and its lines as objects.
async function download() {
  await page.goto(tab("report"));
  const nonce = await page.locator('form:has(input[value="bonuspay_wc_report_csv"]) input[name=nonce]').getAttribute("value");
  const answer = await page.request.post("/wp-admin/admin-post.php", { form: { action: "bonuspay_wc_report_csv", nonce } });
  assert.equal(answer.status(), 200);
  const text = await answer.text();
  return { text, headers: answer.headers(), lines: read(text) };
}

// RFC 4180.
function read(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  const [names, ...lines] = rows.slice(0, -1);
  return lines.map((line) => {
    assert.equal(line.length, names.length, line.join("|"));
    return Object.fromEntries(names.map((name, at) => [name, line[at]]));
  });
}
const kinds = (lines, kind) => lines.filter((line) => line.kind === kind);
const paidByHand = () =>
  store.php(
    "$o = wc_create_order(); $o->add_product(wc_get_product($args['product']), 1); $o->set_payment_method('bonuspay'); " +
      "$o->calculate_totals(); $o->save(); $o->update_status('processing'); return $o->get_id();",
    { product: store.shop.stocked },
  );
// The same run without a browser, for a day around now.
const run = (seconds = 35) =>
  store.php(
    "$r = BonusPay\\WooCommerce\\Reconciliation\\Reconciliation::run(time() - 86400, time() + 86400, 'test', $args[0]); " +
      "return ['not_asked' => count($r->not_asked()), 'unexplained' => $r->unexplained(), 'missing' => $r->missing(), " +
      "'changed' => count($r->changed())];",
    [seconds],
  );

describe("the reconciliation", { concurrency: false }, () => {
  const ledger = {};
  before(async () => {
    page = await begin();
  });
  after(() => store.close());

  test("before the first run there is a form, and nothing else", async () => {
    await page.goto(tab("report"));
    assert.equal(await page.locator(".bonuspay-wide").count(), 0);
    await compare();
    assert.match(await heading("0 unexplained").locator(".is-good").innerText(), /0 unexplained/);
    await page.getByText("Nothing came in within this period.").waitFor();
  });

  test("a ledger with one foreign notification and one order without a payment: exactly these two are listed", async () => {
    const refunded = await startedPayment();
    await deposit(refunded.made.order_no, refunded.made.due);
    await becomes(refunded.id, "processing");
    await portalRefund(refunded.made, "portal-1", 1, { isSettled: true });

    // From here on no notification arrives.
    await hold();
    const [paid, expired, underpaid] = [await startedPayment(), await startedPayment(), await startedPayment()];
    await deposit(paid.made.order_no, paid.made.due);
    await deposit(underpaid.made.order_no, "5");
    const byHand = await paidByHand();
    assert.equal((await notify(notification({ merchant_order_no: FORMULA, order_no: "131710904557009999", token: "x" }))).status, 400);
    Object.assign(ledger, { paid, expired, underpaid, refunded, byHand });
    assert.equal(await status(paid.id), "pending");
    await advance(2 * 3600);

    await compare();
    realTime();

    const [unexplained, ...more] = await below("1 unexplained");
    assert.deepEqual(more, []);
    assert.ok(unexplained.includes(FORMULA) && /fits no payment of this shop/.test(unexplained), unexplained);
    const [missing, ...others] = await below("1 missing");
    assert.deepEqual(others, []);
    assert.ok(missing.includes(`#${byHand}`) && /set to paid by hand/.test(missing), missing);
    assert.equal(await page.getByText("This report is not complete").count(), 0);
  });

  test("all notifications were lost, and after one run everything is right", async () => {
    await assertPaidOnce(ledger.paid.id);
    assert.equal((await attempt(ledger.expired.id)).state, "expired");
    assert.equal((await attempt(ledger.underpaid.id)).state, "underpaid");
    await done(ledger.underpaid.id);
    assert.equal(await status(ledger.underpaid.id), "on-hold");
    const text = (await page.locator(".bonuspay-list").last().innerText()).replace(/\s+/g, " ");
    assert.match(text, /Waiting for the payment → Paid Received: 0 → [\d.]+ Order: Pending payment → Processing/);
    assert.match(text, /Waiting for the payment → Expired, nothing received/);
    assert.match(text, /Waiting for the payment → Underpaid: please decide Received: 0 → 5 Order: Pending payment → On hold/);
  });

  test("the totals balance, coin by coin and currency by currency", async () => {
    const { lines } = await download();
    const due = (await attempt(ledger.paid.id)).due;
    const [coin] = kinds(lines, "total").filter(({ coin }) => coin === "USDT");
    const cents = (text) => Math.round(Number(text) * 100);
    assert.equal(cents(coin.received), 2 * cents(due) + 500);
    assert.equal(cents(coin.received), cents(coin.matched) + cents(coin.unexplained));
    assert.equal(coin.unexplained, "0");
    assert.equal(coin.refunded, "1");
    assert.equal(coin.remark, "balances");
    const [fiat] = kinds(lines, "total").filter(({ currency }) => currency === "USD");
    const price = kinds(lines, "payment")[0].price;
    const byHand = kinds(lines, "order")[0].order_total;
    assert.equal(cents(fiat.order_total), 2 * cents(price) + cents(byHand));
    assert.equal(cents(fiat.price), 2 * cents(price));
    assert.equal(cents(fiat.unexplained), cents(byHand));
    assert.equal(fiat.remark, "balances");
    assert.deepEqual(await page.locator(".bonuspay-badge", { hasText: "does not balance" }).count(), 0);
    assert.equal(await page.locator(".bonuspay-badge.is-good", { hasText: "balances" }).count(), 2);
  });

  test("the file is what was seen; its hash is recomputed from it; it names no person", async () => {
    const { text, headers, lines } = await download();
    assert.match(headers["content-type"], /^text\/csv/);
    assert.match(headers["cache-control"], /no-cache|no-store/);
    assert.match(headers["content-disposition"], /attachment; filename="bonuspay-test-\d{4}-\d\d-01-to-\d{4}-\d\d-\d\d\.csv"/);
    const body = text.slice(0, text.trimEnd().lastIndexOf("\n") + 1);
    const hash = createHash("sha256").update(body).digest("hex");
    assert.equal(lines.at(-1).remark, hash);
    assert.equal(await page.locator(".bonuspay-hash").innerText(), hash);
    assert.deepEqual(
      kinds(lines, "payment")
        .map(({ order, state }) => `${order} ${state}`)
        .sort(),
      [`${ledger.paid.id} paid`, `${ledger.expired.id} expired`, `${ledger.underpaid.id} underpaid`, `${ledger.refunded.id} paid`].sort(),
    );
    const { was_state, was_received, was_order_status, received } = kinds(lines, "payment").find(
      ({ order }) => order === String(ledger.paid.id),
    );
    assert.deepEqual([was_state, was_received, was_order_status, received], ["waiting", "0", "pending", ledger.paid.made.due]);
    assert.deepEqual(kinds(lines, "payment").map(({ at_bonuspay }) => at_bonuspay).sort(), ["failed", "pending", "settled", "succeeded"]);
    for (const personal of [
      "Ada",
      "ada@",
      "Mission",
      "San Francisco",
      "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
      (await attempt(ledger.paid.id)).address,
    ])
      assert.ok(!text.includes(personal), personal);
    // A second run asks anew what is not settled, and changes nothing.
    assert.equal((await download()).text, text);
  });

  test("a formula in a signed text or in a currency stays a text, and on the page a script is inert (R109)", async () => {
    await store.query(`UPDATE #__bonuspay_attempts SET currency = '@SUM(1+1)', network = '<b>x</b>' WHERE order_id = ${ledger.expired.id}`);
    const evil = `<script>document.title="x"</script>`;
    assert.equal(
      (await notify(JSON.stringify({ notify_id: "e", acquireOrder: { merchantOrderNo: evil, status: "SUCCESS" } }))).status,
      400,
    );
    await compare();
    const { text, lines } = await download();
    const cells = lines.flatMap((line) => Object.values(line));
    assert.deepEqual(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)), []);
    assert.ok(kinds(lines, "notification").some(({ number }) => number === `'${FORMULA}`));
    assert.ok(kinds(lines, "payment").some(({ currency }) => currency === "'@SUM(1+1)"));
    assert.ok(text.includes(`"'=HYPERLINK(""https://x.example"";""a,b"")"`));
    assert.equal(await page.locator(".bonuspay-list script, .bonuspay-list b").count(), 0);
    assert.notEqual(await page.title(), "x");
    await store.query(`UPDATE #__bonuspay_attempts SET currency = 'USD', network = 'TRON' WHERE order_id = ${ledger.expired.id}`);
    await store.query("DELETE FROM #__bonuspay_events WHERE state = 'unmatched'");
    await store.php("wc_get_order($args[0])->delete(true); return 1;", [ledger.byHand]);
  });

  test("money for a deleted or cancelled order and a surplus are unexplained; an order that was changed does not balance", async () => {
    const [cancelled, gone, more] = [await startedPayment(), await startedPayment(), await startedPayment()];
    await hold();
    await store.php("wc_get_order($args[0])->update_status('cancelled'); return 1;", [cancelled.id]);
    await deposit(more.made.order_no, (Number(more.made.due) + 2.5).toFixed(2));
    for (const { made } of [cancelled, gone]) await deposit(made.order_no, made.due);
    await store.php("wc_get_order($args[0])->delete(true); return 1;", [gone.id]);
    const report = await run();
    const found = Object.fromEntries(report.unexplained.map(({ order, remark, unexplained }) => [order, `${remark} ${unexplained}`]));
    assert.deepEqual(found, { [gone.id]: `order_gone ${gone.made.due}`, [more.id]: "surplus 2.5" });
    // A cancelled order is put on hold by the money: a person decides.
    assert.equal(await status(cancelled.id), "on-hold");
    assert.deepEqual(report.missing.map(({ order, remark }) => `${order} ${remark}`), [`${cancelled.id} order_not_paid`]);
    await compare();
    const text = (await below("2 unexplained")).join("\n");
    assert.match(text, /Its order was deleted/);
    assert.match(text, /2\.5 USDT\s+More came in than was due/);
    assert.equal(await page.locator(".bonuspay-badge", { hasText: "does not balance" }).count(), 0);

    // The merchant cancels it again: then it belongs to no order.
    await store.php("wc_get_order($args[0])->update_status('cancelled'); return 1;", [cancelled.id]);
    assert.equal((await run()).unexplained.find(({ order }) => order === String(cancelled.id)).remark, "order_cancelled");
    // An order that is changed after it was paid does not balance any more, and says so.
    await store.php("$o = wc_get_order($args[0]); $o->set_total('1.00'); $o->save(); return 1;", [ledger.paid.id]);
    await compare();
    assert.ok((await below("missing")).some((row) => row.includes(`#${ledger.paid.id}`) && /changed afterwards/.test(row)));
    assert.equal(await page.locator(".bonuspay-badge", { hasText: "does not balance" }).count(), 1);
  });

  test("a run changes once what it finds, however often it is made", async () => {
    const before = await tracks(ledger.paid.id);
    for (let at = 0; at < 3; at++) assert.equal((await run()).changed, 0);
    assert.deepEqual(await tracks(ledger.paid.id), before);
  });

  test("without time nothing is asked, and that is said; the next run goes on there", async () => {
    page = await begin(page);
    await hold();
    const orders = await beginMany(5);
    for (const { made } of orders) await deposit(made.order_no, made.due);
    assert.equal((await run(0)).not_asked, 5);
    await fault("getOrder", "rate-limit", { times: 40 });
    await forgetCalls();
    const slowed = await run();
    await noFaults();
    assert.equal(slowed.not_asked, 5);
    const asked = (await calls("getOrder")).map(
      ({ request_body_base64 }) => JSON.parse(Buffer.from(request_body_base64, "base64")).bizContent.merchantOrderNo,
    );
    assert.equal(new Set(asked).size, 1, "BonusPay asked to slow down");
    await page.goto(tab("report"));
    await page.getByText(/not complete: BonusPay was not asked about 5 payments or refunds/).waitFor();
    for (const { id } of orders) assert.equal(await status(id), "pending");

    await compare();
    assert.equal(await page.getByText("This report is not complete").count(), 0);
    for (const { id } of orders) await assertPaidOnce(id);
  });

  test("the run that goes on asks only what the last one did not; beyond 25 it takes its time", async () => {
    page = await begin(page);
    await beginMany(28);
    const period = "$from = strtotime('today') - 86400; $to = $from + 3 * 86400;";
    const timed = (seconds) =>
      store.php(
        `${period} $r = BonusPay\\WooCommerce\\Reconciliation\\Reconciliation::run($from, $to, 'test', $args[0]); ` +
          `return count($r->not_asked());`,
        [seconds],
      );
    const asked = async () => (await calls("getOrder")).map(({ at_ms }) => at_ms);
    await forgetCalls();
    const left = await timed(3);
    assert.ok(left > 0 && left < 28, `${left} left`);
    assert.equal((await asked()).length, 28 - left);
    await forgetCalls();
    assert.equal(await timed(60), 0);
    assert.equal((await asked()).length, left);
    // A complete report is made anew.
    await forgetCalls();
    assert.equal(await timed(60), 0);
    const all = await asked();
    assert.equal(all.length, 28);
    for (let at = 25; at < all.length; at++) assert.ok(all[at] - all[at - 1] >= 1900, `a pause before number ${at + 1}`);
  });

  test("wrong periods are refused; a link, a wrong nonce and nobody else runs or reads it", async () => {
    const { id, made } = await startedPayment();
    await hold();
    await deposit(made.order_no, made.due);
    await compare();
    const { id: other, made: waiting } = await startedPayment();
    await deposit(waiting.order_no, waiting.due);
    const before = await store.query("SELECT MD5(option_value) FROM #__options WHERE option_name = 'bonuspay_wc_report'");
    const day = new Date().toISOString().slice(0, 10);
    await refuses(page, "bonuspay_wc_reconcile", { from: day, to: day, mode: "test" });
    await refuses(page, "bonuspay_wc_report_csv", {});
    const nonce = await page.locator('form:has(input[value="bonuspay_wc_reconcile"]) input[name=nonce]').getAttribute("value");
    for (const wrong of [
      { from: "2026-02-01", to: "2026-01-01" },
      { from: "x", to: day },
      { from: "2020-01-01", to: day },
      { from: day, to: day, mode: "both" },
      { from: "' OR 1=1--", to: "%s" },
      {},
    ]) {
      const answer = await page.request.post("/wp-admin/admin-post.php", {
        form: { action: "bonuspay_wc_reconcile", nonce, mode: "test", ...wrong },
        maxRedirects: 0,
      });
      assert.match(answer.headers().location, /bonuspay_result=period/, JSON.stringify(wrong));
    }
    assert.deepEqual(await store.query("SELECT MD5(option_value) FROM #__options WHERE option_name = 'bonuspay_wc_report'"), before);
    assert.equal(await status(other), "pending");
    assert.equal(await status(id), "processing");
    const [[autoload]] = await store.query("SELECT autoload FROM #__options WHERE option_name = 'bonuspay_wc_report'");
    assert.match(autoload, /^(off|no)$/);
  });

  test("long reports have pages", async () => {
    await store.query(
      `INSERT INTO #__bonuspay_events (event_key, body_hash, kind, status, merchant_order_no, state, received_at) SELECT SHA2(seq, ` +
        `256), SHA2(seq, 256), 'order', 'SUCCESS', CONCAT('many-', seq), 'unmatched', UNIX_TIMESTAMP() FROM seq_1_to_70`,
    );
    await compare();
    assert.equal((await below("70 unexplained")).length, 50);
    await page.getByText("… and 20 more: the file has all.").waitFor();
    assert.equal(await page.locator(".bonuspay-list").last().locator("tbody tr").count(), 50);
    await page.getByRole("link", { name: "Next page" }).click();
    assert.ok((await page.locator(".bonuspay-list").last().locator("tbody tr").count()) > 20);
    assert.equal(kinds((await download()).lines, "notification").length, 70);
    await readable(page, tab("report"));
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED|status of 403/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
