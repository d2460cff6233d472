// Workers that die in the middle: killed, ended by another plugin, out of memory. What they left is finished, once.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { atBonusPay, deposit, fault, hold, noFaults } from "./shop/bonuspay.mjs";
import { advance, aMinuteLater, realTime, round } from "./shop/clock.mjs";
import { attempt, attempts, breakConnectionAt, effects } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, beginMany, fresh, guest, mailsAbout, notes, PAID, poll, status } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const HUNTER = `$hunt = function ( $what ) {
  $file = STORE_FOLDER . '/kill';
  if ( is_file( $file ) && preg_match( file_get_contents( $file ), $what ) ) {
    unlink( $file );
    posix_kill( getmypid(), 9 );
  }
  return $what;
};
add_filter( 'query', $hunt );
add_action( 'woocommerce_order_status_processing', fn() => $hunt( 'The order is stored as processing.' ), 0 );`;
// The next process that is about to send such a statement, or has come so far, is killed instead.
const killAt = (pattern) => writeFileSync(join(store.folder, "kill"), `${pattern}`);
const dead = ({ status: code }) => assert.equal(code, 502, "the worker died");
const mayAskAgain = (id) => store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${Number(id)}`);

describe("workers that die", () => {
  before(async () => {
    await fresh();
    store.plugin("hunter", HUNTER);
    await hold();
  });
  afterEach(() => {
    realTime();
    store.plugin("hook");
    return noFaults();
  });
  after(() => {
    for (const name of ["hunter", "cutter"]) store.plugin(name);
    return store.close();
  });

  async function paidAtBonusPay() {
    const [one] = await beginMany(1);
    await deposit(one.made.order_no, one.made.due);
    return { ...one, body: notification(one.made) };
  }

  test("inside the lock: the next delivery completes it, five seconds later at most", async () => {
    const { id, made, body } = await paidAtBonusPay();
    killAt("/UPDATE \\S+bonuspay_attempts\\S* SET state = 'paid'/");
    dead(await notify(body));
    const [[seconds]] = await store.query(
      `SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), expires_at) / 1e6 FROM #__bonuspay_locks WHERE order_id = ${id} AND ` +
        `purpose = 'decide'`,
    );
    assert.ok(Number(seconds) <= 5, `the dead worker's lock is held for ${seconds} s`);
    assert.equal((await attempt(id)).state, "waiting");
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
    await assertPaidOnce(id);
    await until("the same notification is taken", async () => (await notify(body)).status === 200);
    await assertPaidOnce(id);
  });

  test("between the change and its claims: neither is stored", async () => {
    const { id, body } = await paidAtBonusPay();
    killAt("/INSERT IGNORE INTO \\S+bonuspay_effects/");
    dead(await notify(body));
    assert.equal((await attempt(id)).state, "waiting");
    assert.deepEqual(await effects(id), []);
    await until("the same notification is taken", async () => (await notify(body)).status === 200);
    await assertPaidOnce(id);
  });

  test("the connection breaks between the change and its claims: neither is stored, and nothing is done", async () => {
    const { id, body } = await paidAtBonusPay();
    breakConnectionAt("/INSERT IGNORE INTO \\S+bonuspay_effects/");
    assert.notEqual((await notify(body)).text, "SUCCESS");
    const { state, received } = await attempt(id);
    assert.deepEqual([state, Number(received)], ["waiting", 0]);
    assert.deepEqual(await effects(id), []);
    assert.equal(await status(id), "pending");
    assert.equal((await notes(id, PAID)).length, 0);
    await until("the same notification is taken", async () => (await notify(body)).status === 200, 15);
    await assertPaidOnce(id);
  });

  test("between claim and effect: the queue does it a minute later", async () => {
    const { id, body } = await paidAtBonusPay();
    killAt("/INSERT.*_bonuspay_paid_by/s");
    dead(await notify(body));
    assert.equal((await attempt(id)).state, "paid");
    assert.equal(await status(id), "pending");
    await round();
    assert.equal(await status(id), "pending", "not before a minute is over");
    await aMinuteLater();
    await round();
    await assertPaidOnce(id);
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
  });

  test("between the order's status and its stock: that and the mails follow", async () => {
    const { id, body } = await paidAtBonusPay();
    const stock = await store.stock();
    killAt("/stored as processing/");
    dead(await notify(body));
    assert.equal(await status(id), "processing");
    await aMinuteLater();
    await round();
    assert.equal(await store.stock(), stock - 1);
    assert.equal((await notes(id, PAID)).length, 1);
    assert.ok((await effects(id)).every(({ done }) => done));
    assert.equal(mailsAbout(id, /new order/i).length, 1, "to the merchant");
    assert.equal(mailsAbout(id, /has been received/i).length, 1, "to the shopper");
  });

  test("between on-hold and its mails: they follow, or come with the rest of the money", async () => {
    for (const comes of ["the queue", "the rest"]) {
      const [{ id, made }] = await beginMany(1);
      await deposit(made.order_no, "5");
      killAt("/INSERT INTO \\S+comments\\W.*to On hold/s");
      await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE order_id = ${id}`);
      await assert.rejects(round());
      assert.equal(await status(id), "on-hold", comes);
      assert.equal(mailsAbout(id, /new order/i).length, 0, comes);
      if (comes === "the rest") {
        await deposit(made.order_no, "7.81");
        assert.equal((await notify(notification(made))).status, 503, "the dead worker's lock is still there");
      }
      await aMinuteLater();
      await round();
      assert.equal(await status(id), comes === "the rest" ? "processing" : "on-hold");
      assert.equal(mailsAbout(id, /new order/i).length, 1, comes);
      assert.equal(mailsAbout(id, /has been received/i).length, comes === "the rest" ? 2 : 1, comes);
      assert.ok((await effects(id)).every(({ done }) => done), comes);
    }
  });

  test("between effect and its mark: nothing is done twice", async () => {
    const { id, body } = await paidAtBonusPay();
    killAt("/UPDATE \\S+bonuspay_effects\\S* SET done_at/");
    dead(await notify(body));
    assert.equal(await status(id), "processing");
    await aMinuteLater();
    await round();
    await assertPaidOnce(id);
  });

  test("between inbox and acknowledgement", async () => {
    const { id, body } = await paidAtBonusPay();
    killAt("/UPDATE \\S+bonuspay_events\\S* SET state = 'done'/");
    dead(await notify(body));
    await aMinuteLater();
    await round();
    await assertPaidOnce(id);
    assert.deepEqual(await notify(body), ACKNOWLEDGED);
    await assertPaidOnce(id);
  });

  test("the queue, in the middle of an attempt: it is looked at again ten minutes later", async () => {
    const { id } = await paidAtBonusPay();
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE order_id = ${id}`);
    killAt("/INSERT INTO \\S+bonuspay_locks/");
    await assert.rejects(round());
    assert.equal((await attempt(id)).state, "waiting");
    await advance(601);
    await round();
    await assertPaidOnce(id);
  });

  test("between the attempt's row and its sending: the pay page sends it", async () => {
    killAt("/UPDATE \\S+bonuspay_attempts\\S* SET sent_at/");
    await assert.rejects((await guest()).checkout());
    const id = await newest();
    assert.deepEqual([(await attempt(id)).state, (await attempt(id)).sent_at], ["saved", "0"]);
    assert.equal((await atBonusPay(id)).length, 0);
    await toBePaid(id);
  });

  test("between sending and answer: the pay page finds out", async () => {
    const shopper = await guest();
    await fault("placeOrder", "drip");
    const before = await newest();
    const click = assert.rejects(shopper.checkout());
    await until("BonusPay has it", async () => (await newest()) !== before && (await atBonusPay(await newest())).length === 1, 8);
    for (const pid of store.workers()) process.kill(pid, "SIGKILL");
    await click;
    const id = await newest();
    assert.equal((await attempt(id)).state, "saved");
    await toBePaid(id);
  });

  test("between answer and its storing: the same, when the lock of the dead is over", async () => {
    killAt("/UPDATE \\S+bonuspay_attempts\\S* SET state = 'waiting'/");
    await assert.rejects((await guest()).checkout());
    const id = await newest();
    assert.equal((await attempt(id)).state, "saved");
    assert.equal((await atBonusPay(id)).length, 1);
    await toBePaid(id);
  });

  const newest = async () => (await store.query("SELECT MAX(order_id) FROM #__bonuspay_attempts"))[0][0];

  // The pay page comes to show where to pay.
  async function toBePaid(id) {
    const { key } = await store.order(id);
    await until("there is something to pay", async () => {
      await mayAskAgain(id);
      return (await poll({ id, key })).json.state === "waiting";
    }, 20);
    await assertOneToPay(id);
  }

  async function assertOneToPay(id) {
    const [made, ...others] = await attempts(id);
    assert.deepEqual(others, []);
    assert.equal(made.state, "waiting");
    assert.match(made.address, /./);
    assert.equal((await atBonusPay(id)).length, 1);
  }

  const ENDS = {
    "exit before the order changes": ["woocommerce_pre_payment_complete", "exit;", "pending"],
    "exit in the middle of the change": ["woocommerce_order_status_processing", "exit;", "processing"],
    "exit after the change": ["woocommerce_payment_complete", "exit;", "processing"],
    "out of memory": [
      "woocommerce_payment_complete",
      "$all = array(); while ( true ) { $all[] = str_repeat( 'x', 1 << 20 ); }",
      "processing",
    ],
    "out of time": ["woocommerce_payment_complete", "set_time_limit( 1 ); while ( true ) { continue; }", "processing"],
    "an exception": ["woocommerce_payment_complete", "throw new Exception( 'Another plugin failed.' );", "processing"],
    "an error": ["woocommerce_pre_payment_complete", "throw new Error( 'Another plugin failed.' );", "pending"],
  };
  for (const [name, [hook, code, then]] of Object.entries(ENDS)) {
    test(`${name}, by another plugin: not acknowledged, completed later, once`, async () => {
      const { id, body } = await paidAtBonusPay();
      store.plugin("hook", `add_action( '${hook}', function () { ${code} }, 1 );`);
      const answer = await notify(body);
      store.plugin("hook");
      assert.notEqual(answer.text, "SUCCESS");
      assert.equal(await status(id), then);
      await aMinuteLater();
      await round();
      assert.equal(await status(id), "processing");
      assert.equal((await attempt(id)).state, "paid");
      assert.equal((await notes(id, PAID)).length, 1);
      assert.equal((await notes(id, /Stock levels reduced/)).length, 1);
      assert.ok((await effects(id)).every(({ done }) => done));
      assert.ok(mailsAbout(id, /new order/i).length <= 1);
      assert.deepEqual(await notify(body), ACKNOWLEDGED);
    });
  }

  test("nothing else was reported, no secret was shown", async () => {
    const allowLog = [
      /Allowed memory size/,
      /Maximum execution time/,
      /Another plugin failed/,
      /effect_failed/,
      /^(Stack trace:|#\d+ |  thrown in )/,
      /Error completing payment/,
    ];
    assert.deepEqual(await store.gates({ allowLog }), []);
  });
});
