// WooCommerce > BonusPay > Notifications: what came, and handling it once more.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { begin, PAYLOADS, readable, refuses, tab } from "./shop/admin.mjs";
import { deposit, fault, hold, noFaults, portalRefund } from "./shop/bonuspay.mjs";
import { attempt, events, tracks } from "./shop/ledger.mjs";
import { notification, notify, sign } from "./shop/notifications.mjs";
import { assertPaidOnce, becomes, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

let page;

const rows = () => page.locator(".bonuspay-list tbody tr");
const row = (number) => rows().filter({ hasText: number });

// Presses "Handle again" in the newest line of a number; gives what the page says.
async function replay(number) {
  await page.goto(tab("events", { number }));
  await Promise.all([page.waitForURL(/bonuspay_result=/), rows().first().getByRole("button", { name: "Handle again" }).click()]);
  return new URL(page.url()).searchParams.get("bonuspay_result");
}
const paid = async () => {
  const { id, made } = await startedPayment();
  await deposit(made.order_no, made.due);
  await becomes(id, "processing");
  await assertPaidOnce(id);
  return { id, made: await attempt(id) };
};

describe("the notifications' screen", { concurrency: false }, () => {
  before(async () => {
    page = await begin();
  });
  after(() => store.close());

  test("an empty inbox says what will be here", async () => {
    await page.goto(tab("events"));
    await page.getByText("No notification has come yet.").waitFor();
  });

  test("what came stands there, with what became of it and the way to its order", async () => {
    const { id, made } = await paid();
    await page.goto(tab("events"));
    const text = await row(made.merchant_order_no).innerText();
    for (const part of ["Payment", "SUCCESS", "Handled", "paid"]) assert.ok(text.includes(part), `${part} in ${text}`);
    await row(made.merchant_order_no).getByRole("link", { name: `Order ${id}` }).click();
    await page.locator("#bonuspay-payment").waitFor();
    assert.match(await page.locator("#bonuspay-payment .bonuspay-events").innerText(), /BonusPay notified: SUCCESS\. Handled\./);
  });

  test("a paid event that is handled again makes no second note, mail or change of stock", async () => {
    const { id, made } = await paid();
    const before = await tracks(id);
    for (let at = 0; at < 3; at++) assert.equal(await replay(made.merchant_order_no), "done");
    await page.locator(".notice-success").waitFor();
    assert.deepEqual(await tracks(id), before);
    await assertPaidOnce(id);
    assert.equal((await events(made.merchant_order_no)).length, 1);
  });

  test("what could not be confirmed waits, and is done when BonusPay can be asked", async () => {
    const { id, made } = await startedPayment();
    await hold();
    await deposit(made.order_no, made.due);
    await fault("getOrder", "system-error", { times: 50 });
    assert.equal((await notify(notification(made))).status, 503);
    assert.equal(await replay(made.merchant_order_no), "waiting");
    assert.match(await row(made.merchant_order_no).innerText(), /BonusPay could not be asked/);
    await store.query(
      `UPDATE #__bonuspay_events SET state = 'given_up', next_try_at = NULL WHERE BINARY merchant_order_no = '${made.merchant_order_no}'`,
    );
    await noFaults();
    assert.equal(await replay(made.merchant_order_no), "done");
    await store.control("POST", "notifications/release");
    await assertPaidOnce(id);
  });

  test("while a worker is at it, a second one keeps off", async () => {
    const { made } = await startedPayment();
    await fault("getOrder", "system-error", { times: 50 });
    await notify(notification(made));
    await noFaults();
    const where = `BINARY merchant_order_no = '${made.merchant_order_no}'`;
    await store.query(`UPDATE #__bonuspay_events SET outcome = '', next_try_at = UNIX_TIMESTAMP() + 600 WHERE ${where}`);
    assert.equal(await replay(made.merchant_order_no), "busy");
  });

  test("what fits no payment stays so, unless BonusPay confirms it for a payment of ours", async () => {
    // Nobody's number.
    assert.equal(
      (await notify(notification({ merchant_order_no: "other-shop_77-1", order_no: "131710904557009999", token: "x" }))).status,
      400,
    );
    assert.equal(await replay("other-shop_77-1"), "unmatched");
    await page.locator(".notice-warning", { hasText: "still fits no payment of this shop" }).waitFor();

    // Ours by number, another's by everything else: it says paid, BonusPay does not.
    const { id, made } = await startedPayment();
    assert.equal((await notify(notification(made, { order: { orderNo: "131710904557008888" } }))).status, 400);
    const before = { ...(await tracks(id)), status: await status(id) };
    assert.equal(await replay(made.merchant_order_no), "unmatched");
    assert.deepEqual({ ...(await tracks(id)), status: await status(id) }, before);
    assert.deepEqual((await events(made.merchant_order_no)).map(({ state }) => state), ["unmatched"]);

    // Ours is paid: what the stranger said is no more ours than before.
    await hold();
    await deposit(made.order_no, made.due);
    assert.equal(await replay(made.merchant_order_no), "unmatched");
    assert.deepEqual((await events(made.merchant_order_no)).map(({ state }) => state), ["unmatched"]);
    // Had it come before the payment was known here, BonusPay's word would do.
    await store.query(
      `UPDATE #__bonuspay_events SET received_at = received_at - 3600 WHERE BINARY merchant_order_no = '${made.merchant_order_no}'`,
    );
    assert.equal(await replay(made.merchant_order_no), "done");
    await assertPaidOnce(id);
    const [[of]] = await store.query(
      `SELECT order_id FROM #__bonuspay_events WHERE BINARY merchant_order_no = '${made.merchant_order_no}'`,
    );
    assert.equal(of, String(id));
    await store.control("POST", "notifications/release");
  });

  test("a notification of a refund goes its own way, once", async () => {
    const { id, made } = await paid();
    const number = "portal-17";
    await portalRefund(made, number, 1, { isSettled: true });
    const before = await tracks(id);
    assert.equal(await replay(number), "done");
    assert.deepEqual(await tracks(id), before);
    await page.goto(tab("events", { kind: "refund" }));
    assert.equal(await rows().count(), await row(number).count());
    assert.ok((await rows().count()) > 0);
  });

  test("filters find exactly what they name, and no payload finds or breaks anything (R108)", async () => {
    const { id, made } = await paid();
    const count = async (more) => {
      await page.goto(tab("events", more));
      return rows().count();
    };
    assert.equal(await count({ order: id }), 1);
    assert.equal(await count({ number: made.merchant_order_no }), 1);
    assert.equal(await count({ number: made.merchant_order_no.slice(0, -1) }), 0);
    assert.equal(await count({ number: made.merchant_order_no.toUpperCase() }), 0);
    assert.equal(await count({ number: made.merchant_order_no, state: "unmatched" }), 0);
    assert.ok((await count({ state: "unmatched" })) > 0);
    for (const name of ["state", "kind", "order", "number"]) {
      for (const payload of PAYLOADS) {
        await page.goto(`${tab("events")}&${name}=${payload}`);
        assert.equal(await rows().count(), 0, `${name}=${payload}`);
      }
    }
    await page.goto(`${tab("events")}&number[]=1&state[x]=new`);
    assert.equal(await rows().count(), 0);
  });

  test("a script in a signed message is inert (R109)", async () => {
    const evil = `<script>document.title="x"</script>`;
    const body = JSON.stringify({
      notify_id: "evil-1",
      acquireOrder: { merchantOrderNo: evil, status: `"><img src=x onerror=alert(1)>`, subject: evil },
    });
    assert.equal((await notify(body, { signature: sign(body) })).status, 400);
    await page.goto(tab("events"));
    assert.ok((await rows().first().innerText()).includes("<script>"));
    assert.equal(await page.locator(".bonuspay-list script, .bonuspay-list img").count(), 0);
    await page.goto(tab("events", { number: evil }));
    assert.notEqual(await page.title(), "x");
  });

  test("long lists have pages, and the newest comes first", async () => {
    await store.query(
      `INSERT INTO #__bonuspay_events (event_key, body_hash, kind, status, merchant_order_no, state, received_at) SELECT SHA2(seq, ` +
        `256), SHA2(seq, 256), 'topup', 'SUCCESS', CONCAT('many-', seq), 'unused', 1700000000 + seq FROM seq_1_to_120`,
    );
    await page.goto(tab("events", { kind: "topup" }));
    assert.equal(await rows().count(), 50);
    assert.match(await rows().first().innerText(), /many-120/);
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("link", { name: "Next page" }).click();
    assert.equal(await rows().count(), 20);
    assert.equal(await page.getByRole("link", { name: "Next page" }).count(), 0);
    await page.getByText("Page 3 of 3").waitFor();
    assert.equal(await page.getByRole("button", { name: "Handle again" }).count(), 0);
  });

  test("a link, a wrong nonce and nobody else can have it handled", async () => {
    const { id, made } = await paid();
    await page.goto(tab("events"));
    const before = await tracks(id);
    const [{ id: event }] = await events(made.merchant_order_no);
    await refuses(page, "bonuspay_wc_replay", { event });
    assert.deepEqual(await tracks(id), before);
    await readable(page, tab("events"));
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED|status of 403/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
