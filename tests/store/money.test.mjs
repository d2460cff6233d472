// The money path: a shopper pays, the shop knows, nothing is lost or doubled. Mostly over plain HTTP; what only a browser
// shows is in the other files.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit, hold, release } from "./shop/bonuspay.mjs";
import { look } from "./shop/clock.mjs";
import { attempt, done } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, LATER, notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, becomes, mailsAbout, notes, PAID, startedPayment, status } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

describe("the money path", () => {
  before(() => store.reset());
  after(() => store.close());

  test("an exact payment completes the order once: stock, mails, note, transaction", async () => {
    const stock = await store.stock();
    const { id, made } = await startedPayment();
    assert.equal(made.state, "waiting");
    assert.match(made.due, /^\d+(\.\d+)?$/);
    await deposit(made.order_no, made.due);
    await becomes(id, "processing");
    await assertPaidOnce(id);
    assert.equal(await store.stock(), stock - 1);
    assert.equal(mailsAbout(id).length, 2, mailsAbout(id).map(({ subject }) => subject).join("; "));
    assert.match((await store.order(id)).transaction, /./);
  });

  test("two deposits: the part puts the order on hold, the rest completes it", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, "5");
    await look(id);
    assert.equal(await status(id), "on-hold");
    const part = await attempt(id);
    assert.equal(part.state, "partial");
    assert.equal(Number(part.received), 5);
    await deposit(made.order_no, (Number(made.due) - 5).toFixed(2));
    await becomes(id, "processing");
    await done(id);
    assert.equal((await notes(id, PAID)).length, 1);
  });

  test("a forged, a foreign and a doubled notification", async () => {
    const { id, made } = await startedPayment();
    await hold();
    const body = notification(made);
    assert.deepEqual(await notify(body, { signature: "AAAA" }), { status: 401, text: "FAIL" });
    assert.deepEqual(await notify(notification(made, { order: { orderNo: "131999999999999999" } })), { status: 400, text: "FAIL" });
    assert.deepEqual(await notify(notification(made, { order: { payeeMid: "200000000001" } })), { status: 400, text: "FAIL" });
    // Genuine, but BonusPay does not confirm it.
    assert.deepEqual(await notify(body), LATER);
    assert.equal(await status(id), "pending");
    await deposit(made.order_no, made.due);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => notify(notification(made, { notify_id: `d${at}` }))));
    assert.ok(answers.every(({ status: code }) => code === 200 || code === 503), JSON.stringify(answers));
    await becomes(id, "processing");
    // The one that was not confirmed is, now.
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
    assert.deepEqual(await notify(notification(made, { notify_id: "d0" })), ACKNOWLEDGED);
    await assertPaidOnce(id);
    await release();
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
