// The money path: a shopper pays, the shop knows, nothing is lost or doubled. Mostly over plain HTTP; what only a browser
// shows is in the other files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createSign } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { request as playwright } from "playwright-core";
import { SHOPPER, Store, until } from "./store.mjs";

const store = new Store();
const secrets = () => [readFileSync(store.sandbox.merchant_private_key, "utf8"), store.admin.password];

// A guest orders through the Store API, as the block checkout does; gives the order as WooCommerce has it, and its attempt.
async function order(choice = "USDT-TRON", { items } = {}) {
  const request = await playwright.newContext({ baseURL: store.url });
  const cart = await store.cart(request, items ? { items } : {});
  const first = await request.get("/wp-json/wc/store/v1/cart");
  const { email, ...shipping } = SHOPPER;
  const answer = await request.post("/wp-json/wc/store/v1/checkout", {
    headers: { Nonce: first.headers().nonce },
    data: {
      billing_address: SHOPPER,
      shipping_address: shipping,
      payment_method: "bonuspay",
      payment_data: [{ key: "bonuspay_choice", value: choice }],
    },
  });
  const text = await answer.text();
  await request.dispose();
  const placed = JSON.parse(text);
  assert.ok(answer.ok(), `${answer.status()} ${text}`);
  assert.ok(cart);
  return { id: placed.order_id, key: placed.order_key, redirect: placed.payment_result?.redirect_url, result: placed.payment_result };
}

const COLUMNS = ["id", "order_id", "number", "merchant_order_no", "order_no", "token", "coin", "network", "due", "received", "state", "reason", "expires_at"];
async function attempts(id) {
  const rows = await store.query(`SELECT ${COLUMNS.join(", ")} FROM #__bonuspay_attempts WHERE order_id = ${Number(id)} ORDER BY number`);
  return rows.map((row) => Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]])));
}
const attempt = async (id) => (await attempts(id)).at(-1);

// The shopper's deposit; the sandbox confirms it at once, and notifies.
const deposit = (orderNo, amount, more = {}) => store.control("POST", `orders/${orderNo}/deposits`, { amount, ...more });
const status = async (id) => (await store.order(id)).status;
const becomes = (id, wanted) => until(`order ${id} becomes ${wanted}`, async () => (await status(id)) === wanted);

// What BonusPay would send, signed with the gateway's key.
function sign(body) {
  const key = readFileSync(store.sandbox.gateway_public_key.replace("gateway_public", "gateway_private"), "utf8");
  return createSign("SHA256").update(body).sign(key, "base64");
}
const callbackUrl = () => `${store.url}/wp-json/bonuspay/v1/callback`;
async function notify(body, { signature = sign(body), url = callbackUrl(), headers = {}, method = "POST" } = {}) {
  const answer = await fetch(url, { method, body: method === "POST" ? body : undefined, headers: { "Content-Type": "application/json; charset=UTF-8", Sign: signature, ...headers } });
  return { status: answer.status, text: await answer.text() };
}
function notification(of, changes = {}) {
  return JSON.stringify({
    notify_time: "20261120120000",
    notify_id: changes.notify_id ?? "n1",
    acquireOrder: { merchantOrderNo: of.merchant_order_no, orderNo: of.order_no, status: "SUCCESS", reserved: of.token, payeeMid: store.sandbox.partner_id, ...changes.order },
  });
}

describe("the money path", () => {
  before(() => store.reset());
  after(() => store.close());

  test("an exact payment completes the order once: stock, mails, note, transaction", async () => {
    const stock = await store.stock();
    const mails = store.mails().length;
    const placed = await order();
    const made = await attempt(placed.id);
    assert.equal(made.state, "waiting");
    assert.match(made.due, /^\d+(\.\d+)?$/);
    await deposit(made.order_no, made.due);
    await becomes(placed.id, "processing");
    const paid = await store.order(placed.id);
    assert.equal((await attempt(placed.id)).state, "paid");
    assert.equal(await store.stock(), stock - 1);
    assert.equal(paid.notes.filter((note) => /received and confirmed/.test(note)).length, 1);
    const sent = store.mails().slice(mails).map(({ subject }) => subject);
    assert.equal(sent.length, 2, sent.join("; "));
  });

  test("two deposits: the part puts the order on hold, the rest completes it", async () => {
    const placed = await order();
    const made = await attempt(placed.id);
    await deposit(made.order_no, "5");
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 0 WHERE id = ${made.id}`);
    await store.runQueue({ advance: 60, group: "bonuspay" });
    await becomes(placed.id, "on-hold");
    const part = await attempt(placed.id);
    assert.equal(part.state, "partial");
    assert.equal(Number(part.received), 5);
    await deposit(made.order_no, (Number(made.due) - 5).toFixed(2));
    await becomes(placed.id, "processing");
  });

  test("a forged, a foreign and a doubled notification", async () => {
    const placed = await order();
    const made = await attempt(placed.id);
    await store.control("POST", "notifications/hold");
    const body = notification(made);
    assert.deepEqual(await notify(body, { signature: "AAAA" }), { status: 401, text: "FAIL" });
    assert.deepEqual(await notify(notification(made, { order: { orderNo: "131999999999999999" } })), { status: 400, text: "FAIL" });
    assert.deepEqual(await notify(notification(made, { order: { payeeMid: "200000000001" } })), { status: 400, text: "FAIL" });
    // Genuine, but BonusPay does not confirm it.
    assert.deepEqual(await notify(body), { status: 503, text: "FAIL" });
    assert.equal(await status(placed.id), "pending");
    await deposit(made.order_no, made.due);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => notify(notification(made, { notify_id: `d${at}` }))));
    await becomes(placed.id, "processing");
    assert.deepEqual(await notify(notification(made, { notify_id: "d0" })), { status: 200, text: "SUCCESS" });
    assert.ok(answers.every(({ status: code }) => code === 200 || code === 503), JSON.stringify(answers));
    const notes = (await store.order(placed.id)).notes.filter((note) => /received and confirmed/.test(note));
    assert.equal(notes.length, 1);
    await store.control("POST", "notifications/release");
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates({ secrets: secrets() }), []);
  });
});
