// The sandbox's faults at each step: what the shopper is told, what stays as it was, and that it goes on afterwards.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { atBonusPay, calls, deposit, fault, forgetCalls, hold, noFaults, release } from "./shop/bonuspay.mjs";
import { look, round } from "./shop/clock.mjs";
import { attempt, attempts, events } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, LATER, notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, beginMany, fresh, guest, mailsAbout, NEEDS_YOU, poll, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

// The library repeats what it may, at once where a kept connection died, so these must happen often to be seen.
const REPEATED = new Set(["reset-before-read", "reset-after-read", "lose-answer", "cut-body", "html-502", "rate-limit", "system-error"]);
const times = (name) => (REPEATED.has(name) ? 5 : 1);
const mayAskAgain = (id) => store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${Number(id)}`);
const payable = async (id) => (await atBonusPay(id)).filter(({ status: code }) => code === "CREATED").length;

describe("faults at Place Order", () => {
  before(fresh);
  afterEach(noFaults);

  // Whether it was done is not known: the shopper is sent to the pay page, which says so and finds out.
  const UNKNOWN = [
    "reset-before-read",
    "reset-after-read",
    "lose-answer",
    "cut-body",
    "wrong-length",
    "redirect",
    "html-502",
    "unsigned-success",
    "unsigned-refusal",
    "wrong-signature",
    "other-order",
    "no-identity",
    "duplicate-keys",
    "system-error",
  ];
  for (const name of UNKNOWN) {
    test(`${name}: being checked; then the shopper can pay, and BonusPay has one order`, () => checking(name));
  }

  test("stall and drip end in time, and are being checked", () => Promise.all([checking("stall"), checking("drip")]));

  async function checking(name) {
    const shopper = await guest();
    await fault("placeOrder", name, { times: times(name) });
    const began = Date.now();
    const placed = await shopper.checkout();
    // The sandbox would go on for two minutes.
    assert.ok(Date.now() - began < 100_000, "the shop hangs up");
    if (REPEATED.has(name)) await noFaults();
    assert.equal(placed.result?.payment_status, "success", JSON.stringify(placed.json));
    assert.equal(await status(placed.id), "pending");
    const [made, ...others] = await attempts(placed.id);
    assert.equal(made.state, "saved");
    assert.equal(made.address, null);
    assert.deepEqual(others, []);
    // BonusPay is asked again only some seconds after it was.
    if (Date.now() - began < 4000) assert.equal((await poll(placed)).json.state, "checking");
    await mayAskAgain(placed.id);
    assert.equal((await poll(placed)).json.state, "waiting");
    const [now] = await attempts(placed.id);
    assert.match(now.address, /./);
    assert.equal((await attempts(placed.id)).length, 1);
    assert.equal((await atBonusPay(placed.id)).length, 1);
  }

  for (const name of ["refuse", "clock-off", "rate-limit"]) {
    test(`${name}: not available, nothing was charged, the order waits; the next try works`, async () => {
      const shopper = await guest();
      await fault("placeOrder", name, { times: times(name) });
      const refused = await shopper.checkout();
      await noFaults();
      assert.ok(refused.status >= 400, JSON.stringify(refused.json));
      assert.match(refused.message, /not available right now. You have not been charged/);
      const again = await shopper.checkout();
      assert.equal(again.result?.payment_status, "success", JSON.stringify(again.json));
      assert.equal(await status(again.id), "pending");
      assert.equal((await attempt(again.id)).state, "waiting");
      assert.equal((await attempts(again.id)).filter(({ state }) => state !== "failed").length, 1);
      assert.equal((await atBonusPay(again.id)).length, 1);
    });
  }

  test("no-total-amount: Get Order tells what is due", async () => {
    await fault("placeOrder", "no-total-amount");
    const { made } = await startedPayment();
    assert.match(made.due, /^\d/);
    assert.match(made.address, /./);
  });

  test("wrong-amount: what BonusPay signed first is what is due; when it says otherwise, a person decides", async () => {
    await fault("placeOrder", "wrong-amount");
    const { id, made } = await startedPayment();
    await hold();
    await deposit(made.order_no, made.due);
    await look(id);
    assert.equal((await attempt(id)).state, "review");
    assert.equal(await status(id), "on-hold");
    assert.ok(mailsAbout(id, NEEDS_YOU).length >= 1);
    await release();
  });

  test("BonusPay cannot be reached: not available, nothing is sent; the next try works", async () => {
    const shopper = await guest();
    const before = (await calls("placeOrder")).length;
    const shop = join(store.folder, "shop.php");
    const usual = readFileSync(shop, "utf8");
    writeFileSync(shop, usual.replace(/http:\/\/127\.0\.0\.1:\d+/, "http://127.0.0.1:9"));
    const refused = await shopper.checkout();
    writeFileSync(shop, usual);
    assert.ok(refused.status >= 400);
    assert.match(refused.message, /not available right now/);
    assert.equal((await calls("placeOrder")).length, before);
    const again = await shopper.checkout();
    assert.equal((await attempt(again.id)).state, "waiting");
  });
});

describe("faults at Get Order, when a notification comes", () => {
  const FAULTS = [
    "refuse",
    "unsigned-refusal",
    "rate-limit",
    "system-error",
    "clock-off",
    "reset-after-read",
    "html-502",
    "lose-answer",
    "unsigned-success",
    "wrong-signature",
    "other-order",
    "no-identity",
    "duplicate-keys",
    "redirect",
  ];
  let orders;
  before(async () => {
    await noFaults();
    await hold();
    orders = await beginMany(FAULTS.length + 1);
  });
  after(() => release());

  for (const [at, name] of FAULTS.entries()) {
    test(`${name}: not acknowledged, nothing changes, the queue finishes it`, async () => {
      const { id, made } = orders[at];
      await deposit(made.order_no, made.due);
      await hold();
      await fault("getOrder", name, { times: times(name) });
      const body = notification(made);
      assert.deepEqual(await notify(body), LATER);
      assert.equal(await status(id), "pending");
      const [row] = await events(made.merchant_order_no);
      assert.deepEqual([row.state, row.tries], ["new", 1]);
      await noFaults();
      await store.query(`UPDATE #__bonuspay_events SET next_try_at = 1 WHERE id = ${row.id}`);
      await round();
      await assertPaidOnce(id);
      assert.equal((await events(made.merchant_order_no))[0].state, "done");
      assert.deepEqual(await notify(body), ACKNOWLEDGED);
    });
  }

  test("what BonusPay repeats is taken at once, whenever the queue would try again", async () => {
    const { id, made } = orders.at(-1);
    const body = notification(made);
    for (let tries = 1; tries <= 6; tries += 1) {
      assert.deepEqual(await notify(body), LATER);
      assert.equal((await events(made.merchant_order_no))[0].tries, tries);
    }
    assert.equal((await events(made.merchant_order_no))[0].state, "given_up");
    await deposit(made.order_no, made.due);
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
    await assertPaidOnce(id);
  });
});

describe("faults when deposits are asked for", () => {
  before(hold);
  after(() => release());
  afterEach(noFaults);

  for (const name of ["html-502", "unsigned-success", "duplicate-keys", "refuse"]) {
    test(`${name}: the part is seen the next time`, async () => {
      const { id, made } = await startedPayment();
      await deposit(made.order_no, "5");
      await fault("getPaymentDepositEventList", name, { times: times(name) });
      await look(id);
      assert.equal((await attempt(id)).state, "waiting");
      await noFaults();
      await look(id);
      assert.equal((await attempt(id)).state, "partial");
      assert.equal(await status(id), "on-hold");
    });
  }
});

describe("faults at Cancel Order, when something else is chosen", () => {
  before(async () => {
    await noFaults();
    await release();
  });
  afterEach(noFaults);
  after(() => store.close());

  const choose = (id) =>
    store.php(
      "try { BonusPay\\WooCommerce\\Payment\\Payment_Service::start(wc_get_order($args['id']), 'USDT', 'ETH'); return 'started'; " +
        "} catch (BonusPay\\WooCommerce\\Payment\\Payment_Problem $problem) { return $problem->is_checking ? 'checking' : 'unavailable'; }",
      { id },
    );

  for (const name of [
    "refuse",
    "reset-before-read",
    "lose-answer",
    "html-502",
    "wrong-signature",
    "other-order",
    "rate-limit",
    "system-error",
  ]) {
    test(`${name}: never two that can be paid`, async () => {
      const { id } = await startedPayment();
      await fault("cancelOrder", name);
      const first = await choose(id);
      const isDone = ["lose-answer", "wrong-signature", "other-order"].includes(name);
      assert.equal(first, isDone ? "started" : "checking");
      assert.equal(await payable(id), 1);
      assert.equal(await choose(id), "started");
      assert.equal(await payable(id), 1);
      assert.deepEqual(
        (await attempts(id)).map(({ state }) => state),
        ["cancelled", "waiting"],
      );
    });
  }

  test("the first is not known at BonusPay yet: nothing else begins before it is placed and cancelled", async () => {
    const { id, made } = await startedPayment();
    await store.query(`UPDATE #__bonuspay_attempts SET state = 'saved', order_no = NULL WHERE id = ${made.id}`);
    await forgetCalls();
    await fault("getOrder", "refuse", { code: "77004", msg: "MERCHANT_ORDER_NO_NOT_EXIST" });
    await fault("cancelOrder", "refuse", { code: "77004", msg: "MERCHANT_ORDER_NO_NOT_EXIST" });
    await mayAskAgain(id);
    assert.equal(await choose(id), "checking");
    assert.equal((await attempts(id)).length, 1);
    assert.equal((await calls("placeOrder")).length, 1, "the same number again");
    assert.equal(await choose(id), "started");
    assert.equal(await payable(id), 1);
  });

  test("an unsigned \"does not exist\" proves nothing", async () => {
    const { id, made } = await startedPayment();
    await store.query(`UPDATE #__bonuspay_attempts SET state = 'saved', order_no = NULL WHERE id = ${made.id}`);
    await fault("getOrder", "unsigned-refusal", { code: "77004", msg: "MERCHANT_ORDER_NO_NOT_EXIST" });
    await fault("cancelOrder", "unsigned-refusal", { code: "77004", msg: "MERCHANT_ORDER_NO_NOT_EXIST" });
    assert.equal(await choose(id), "checking");
    assert.equal((await attempts(id)).length, 1);
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});

describe("the queue", () => {
  before(fresh);
  afterEach(noFaults);

  test("ends its round when BonusPay asks to slow down; the others are asked in the next", async () => {
    const placed = await beginMany(4);
    await store.query("UPDATE #__bonuspay_attempts SET next_check_at = 0");
    await fault("getOrder", "rate-limit", { times: 50 });
    await forgetCalls();
    await round();
    const due = "SELECT COUNT(*) FROM #__bonuspay_attempts WHERE next_check_at = 0";
    assert.equal(Number((await store.query(due))[0][0]), placed.length - 1);
    await noFaults();
    await round();
    assert.equal(Number((await store.query(due))[0][0]), 0);
  });

  test("tells a person of a payment that nobody could be asked about for four days", async () => {
    const { id } = await startedPayment();
    await store.query(
      `UPDATE #__bonuspay_attempts SET next_check_at = 0, expires_at = expires_at - 5 * 86400 WHERE order_id = ${Number(id)}`,
    );
    await fault("getOrder", "html-502", { times: 50 });
    await round();
    assert.equal((await attempt(id)).state, "review");
    assert.equal(await status(id), "on-hold");
    assert.equal(mailsAbout(id, NEEDS_YOU).length, 1);
  });
});
