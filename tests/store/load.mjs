// The load run: many shoppers at once on two web servers and one database, while workers and the database are killed and
// BonusPay misbehaves. At the end every order is what BonusPay says, once. `make store-load`; SEED=N repeats its choices,
// SHOPPERS=N and COPIES=N change its size.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deposit, fault, noFaults } from "./shop/bonuspay.mjs";
import { advance, aMinuteLater, round } from "./shop/clock.mjs";
import { callbackUrl, notification, notify } from "./shop/notifications.mjs";
import { fresh, guest } from "./shop/orders.mjs";
import { execute, store } from "./shop/store.mjs";

const SHOPPERS = Number(process.env.SHOPPERS ?? 200);
const COPIES = Number(process.env.COPIES ?? 20);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const AT_ONCE = 8;
const PATHS = ["placeOrder", "getOrder", "getPaymentDepositEventList", "cancelOrder"];
const FAULTS = [
  "reset-before-read",
  "reset-after-read",
  "lose-answer",
  "cut-body",
  "html-502",
  "system-error",
  "unsigned-success",
  "wrong-signature",
  "other-order",
  "rate-limit",
  "stall",
];
// Of a hundred shoppers so many do this.
const COURSES = { exact: 52, twice: 12, over: 8, under: 8, nothing: 8, late: 6, "changes the coin": 6 };
// What the database says of being killed.
const KILLED = new RegExp(
  [
    "gone away",
    "Can't connect",
    "Lost connection",
    "Error establishing",
    "server has been? (killed|shut)",
    "Server shutdown",
    "Connection refused",
    "Connection was killed",
    "No such file or directory",
    "Broken pipe",
    "errno=32",
    "Packets out of order",
    "reading (initial|from|greeting)",
    "Duplicate entry '(shipping|billing)-\\d+'",
    "Deadlock found",
    "Lock wait timeout",
  ].join("|"),
  "i",
);

const nodes = [store.url, store.node2].filter(Boolean);
const here = dirname(fileURLToPath(import.meta.url));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// mulberry32: the same seed makes the same choices.
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let bits = Math.imul(state ^ (state >>> 15), 1 | state);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
}
const below = (count) => Math.floor(random() * count);
const one = (list) => list[below(list.length)];
function course() {
  let at = below(100);
  return Object.keys(COURSES).find((name) => (at -= COURSES[name]) < 0);
}

// Decimal strings of at most eight places.
const units = (amount) => { const [whole, parts = ""] = amount.split("."); return BigInt(whole + parts.padEnd(8, "0")); };
const amount = (value) => `${value / 100000000n}.${String(value % 100000000n).padStart(8, "0")}`;

// --- what goes wrong meanwhile

const done = { workersKilled: 0, databaseKilled: 0, faults: 0, notifications: 0, clicks: 0, rounds: 0, roundsThatDied: 0 };
let isChaos = false;
let database = Promise.resolve();

async function every(milliseconds, what) {
  while (isChaos) {
    await sleep(milliseconds / 2 + random() * milliseconds);
    if (isChaos) await what().catch(() => {});
  }
}

async function killWorker() {
  process.kill(one(store.workers(one(nodes) === store.node2 ? "2" : "")), "SIGKILL");
  done.workersKilled += 1;
}

async function killDatabase() {
  database = execute("sh", [join(here, "store"), "kill-database"], { env: { ...process.env, STORE: store.name, DURABLE: "1" } });
  await database;
  done.databaseKilled += 1;
}

async function breakSomething() {
  await fault(one(PATHS), one(FAULTS), { times: 1 + below(3) });
  done.faults += 1;
}

async function runQueue() {
  done.rounds += 1;
  await round().catch(() => (done.roundsThatDied += 1));
}

// Whoever needs the database waits until it is there again.
async function query(sql) {
  for (let at = 0; ; at++) {
    await database.catch(() => {});
    try {
      return await store.query(sql);
    } catch (error) {
      if (at === 50) throw error;
      await sleep(100);
    }
  }
}

// --- a shopper

// Presses until there is somewhere to pay, as a person does whom the shop has answered with an error.
async function places() {
  for (let at = 0; at < 60; at++) {
    try {
      const shopper = await guest();
      for (let click = 0; click < 10; click++) {
        done.clicks += 1;
        const placed = await shopper.checkout(one(["USDT-TRON", "USDT-ETH"])).catch(() => ({}));
        if (placed.status === 200 && placed.result?.payment_status === "success") return { id: placed.id, key: placed.key };
        await sleep(300);
      }
    } catch {
      await sleep(300);
    }
  }
  throw new Error("a shopper gave up");
}

// What the shopper is shown to pay, when there is something; the pay page is opened until it shows it.
async function payable({ id, key }) {
  for (let at = 0; at < 120; at++) {
    await fetch(`${one(nodes)}/wp-json/bonuspay/v1/status?order=${id}&key=${key}`).catch(() => {});
    const rows = await query(
      `SELECT order_no, merchant_order_no, token, due, network FROM #__bonuspay_attempts WHERE order_id = ${id} AND state = 'waiting' ` +
        `AND due IS NOT NULL AND address IS NOT NULL ORDER BY number DESC LIMIT 1`,
    );
    if (rows.length) {
      const [order_no, merchant_order_no, token, due, network] = rows[0];
      return { order_no, merchant_order_no, token, due, network };
    }
    await sleep(500);
  }
  return null;
}

async function tellMany(of, status = "SUCCESS") {
  const body = notification(of, { order: { status } });
  await Promise.all(Array.from({ length: 1 + below(COPIES) }, async () => {
    done.notifications += 1;
    await notify(body, { url: callbackUrl(one(nodes)) }).catch(() => {});
  }));
}

async function shops(plan) {
  Object.assign(plan, await places());
  if (plan.course === "changes the coin") {
    await store
      .php(
        "try { BonusPay\\WooCommerce\\Payment\\Payment_Service::start(wc_get_order($args['id']), 'USDT', 'POLYGON'); " +
          "} catch (Throwable $error) {} return true;",
        plan,
      )
      .catch(() => {});
  }
  const of = await payable(plan);
  if (!of) return; // It may be paid later, or never: the end is the same as for who pays nothing.
  plan.of = of;
  const due = units(of.due);
  const pay = (value) => deposit(of.order_no, amount(value), { network: of.network });
  if (["exact", "changes the coin"].includes(plan.course)) await pay(due);
  if (plan.course === "over") await pay(due + 150000000n);
  if (plan.course === "under") await pay(due - 100000000n);
  if (plan.course === "twice") {
    await pay(due / 3n);
    await tellMany(of, "CREATED");
    await pay(due - due / 3n);
  }
  if (!["nothing", "late"].includes(plan.course)) await tellMany(of, plan.course === "under" ? "CREATED" : "SUCCESS");
}

// So many at once, until all were there.
async function crowd(plans, each) {
  const waiting = [...plans];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let plan; (plan = waiting.shift()); ) await each(plan);
  }));
}

// --- the end

// The queue goes on until nothing is left that it would do by now.
async function settle() {
  for (let at = 0; at < 80; at++) {
    await aMinuteLater();
    await round();
    const [[left]] =
      await store.query(`SELECT (SELECT COUNT(*) FROM #__bonuspay_effects WHERE done_at IS NULL)
      + (SELECT COUNT(*) FROM #__bonuspay_events WHERE state = 'new' AND next_try_at <= UNIX_TIMESTAMP() + ${clock})
      + (SELECT COUNT(*) FROM #__bonuspay_attempts WHERE next_check_at <= UNIX_TIMESTAMP() + ${clock})`);
    if (left === "0") return;
  }
  throw new Error("the queue does not come to an end");
}
let clock = 0;
async function later(seconds) {
  clock += seconds;
  await advance(seconds);
}

// Every order as the shop has it: status, notes, stock, mails, attempts.
async function books() {
  const rows = await store.php(
    `$all = array();
    foreach (wc_get_orders(array('limit' => -1, 'payment_method' => 'bonuspay',
      'status' => array_keys(wc_get_order_statuses()))) as $order) {
      $notes = array_map(fn($note) => $note->content, wc_get_order_notes(array('order_id' => $order->get_id())));
      $count = fn($part) => count(array_filter($notes, fn($note) => str_contains($note, $part)));
      $all[$order->get_id()] = array(
        'status' => $order->get_status(), 'total' => $order->get_total(), 'completed' => $count('received and confirmed'),
          'stock' => $count('Stock levels reduced'),
        'isStockReduced' => (bool) $order->get_data_store()->get_stock_reduced($order->get_id()),
        'attempts' => array_map(fn($one) => array('number' => $one->merchant_order_no, 'state' => $one->state->value, 'due' => $one->due,
          'received' => $one->received), BonusPay\\WooCommerce\\Ledger\\Attempts::of_order($order->get_id())),
      );
    }
    return $all;`,
  );
  const mails = store.mails();
  for (const [id, order] of Object.entries(rows)) {
    const about = new RegExp(`rder #${id}(?![0-9A-Za-z])`);
    const its = mails.filter(({ subject, message }) => about.test(subject) || about.test(message));
    order.mailsToMerchant = its.filter(({ subject }) => /New order/i.test(subject)).length;
    order.mailsToShopper = its.filter(
      ({ subject, message }) => /has been received/i.test(subject) && /is now being processed/.test(message),
    ).length;
  }
  return rows;
}

before(fresh);
after(() => store.close());

test(`${SHOPPERS} shoppers, kills and faults: every paid order is paid once, and nothing else is (SEED=${SEED})`, async (t) => {
  const began = Date.now();
  const stock = await store.stock();
  const plans = Array.from({ length: SHOPPERS }, () => ({ course: course() }));

  isChaos = true;
  const chaos = [every(700, killWorker), every(20_000, killDatabase), every(900, breakSomething), every(4000, runQueue)];
  await crowd(plans, shops);
  isChaos = false;
  await Promise.all(chaos);
  await database.catch(() => {});
  await noFaults();
  const shopping = Date.now();

  await settle();
  await later(7200); // All quotes are over.
  await settle();
  for (const plan of plans.filter(({ course, of }) => course === "late" && of)) {
    await deposit(plan.of.order_no, plan.of.due, { network: plan.of.network });
    await tellMany(plan.of);
  }
  for (const days of [1, 1, 1, 1]) {
    await settle();
    await later(days * 86400);
  }
  await settle();

  // What BonusPay has, by the number of ours.
  const { orders } = await store.control("GET", "orders");
  const ledger = new Map(orders.map((order) => [order.merchantOrderNo, order]));
  const shop = await books();
  const wrong = [];
  const sums = { due: 0n, received: 0n, atBonusPay: 0n };
  const ends = {};
  let lostMails = 0;
  let doubledMails = 0;
  for (const { id, course } of plans) {
    const order = shop[id];
    const say = (text) => wrong.push(`order ${id} (${course}, ${order?.status}): ${text}`);
    if (!order) {
      say("is not there");
      continue;
    }
    const its = order.attempts.map((attempt) => ({ ...attempt, ledger: ledger.get(attempt.number) }));
    const money = its.filter(({ ledger: at }) => at && units(at.received) > 0n);
    const enough = money.filter(({ ledger: at }) => at.status === "SUCCESS" && units(at.received) >= units(at.due));
    for (const { number, received, ledger: at } of its) {
      sums.received += units(received);
      if (at) sums.atBonusPay += units(at.received);
      if (at && units(at.received) !== units(received)) say(`${number}: the shop has ${received}, BonusPay ${at.received}`);
    }
    if (its.filter(({ ledger: at }) => at?.status === "CREATED" && !at.expired).length) say("can still be paid");
    const wanted = enough.length ? ["processing"] : money.length ? ["on-hold"] : ["pending"];
    if (enough.length > 1) wanted.push("on-hold");
    if (!wanted.includes(order.status)) say(`is to be ${wanted}`);
    const isPaid = enough.length > 0;
    if (order.completed !== (isPaid ? 1 : 0)) say(`${order.completed} notes of completion`);
    if (order.stock !== (money.length ? 1 : 0)) say(`${order.stock} notes of stock`);
    if (order.isStockReduced !== money.length > 0) say("stock");
    // Killed between a mail and WooCommerce's mark of it, a worker leaves nobody who knows that it was sent.
    if (money.length && order.mailsToMerchant === 2) doubledMails += 1;
    else if (order.mailsToMerchant !== (money.length ? 1 : 0)) say(`${order.mailsToMerchant} mails to the merchant`);
    if (isPaid && order.mailsToShopper > 1) say(`${order.mailsToShopper} mails to the shopper`);
    if (!isPaid && order.mailsToShopper) say("a mail of payment without one");
    if (isPaid && !order.mailsToShopper) lostMails += 1;
    ends[order.status] = (ends[order.status] ?? 0) + 1;
  }
  const withStock = Object.values(shop).filter(({ isStockReduced }) => isStockReduced).length;
  if ((await store.stock()) !== stock - withStock)
    wrong.push(`stock: ${await store.stock()} of ${stock}, with ${withStock} orders that took one`);
  const known = new Set(Object.values(shop).flatMap(({ attempts }) => attempts.map(({ number }) => number)));
  for (const number of ledger.keys()) if (!known.has(number)) wrong.push(`BonusPay has ${number}, and the shop does not know it`);

  // The shop's own report comes to the same.
  const report = await store.php(
    "$report = BonusPay\\WooCommerce\\Reconciliation\\Reconciliation::run(1, time() + 10 * 86400, 'test', 600); " +
      "return ['lines' => count($report->lines), 'coins' => $report->coins(), 'missing' => count($report->missing()), " +
      "'unexplained' => count($report->unexplained()), 'notAsked' => count($report->not_asked()), " +
      "'changed' => count($report->changed()), 'hash' => $report->hash()];",
  );
  const reported = report.coins.USDT;
  if (units(reported.received) !== sums.received) wrong.push(`the report has ${reported.received}`);
  if (!reported.balances || report.missing || report.notAsked || report.changed) wrong.push(`the report: ${JSON.stringify(report)}`);

  const seconds = (from, to) => Math.round((to - from) / 1000);
  t.diagnostic(
    `seed ${SEED}: ${plans.length} shoppers, ${seconds(began, shopping)} s of shopping, ` +
      `${seconds(shopping, Date.now())} s until all was settled`,
  );
  t.diagnostic(
    `${done.clicks} clicks on Place Order, ${done.notifications} notifications beside BonusPay's own, ` +
      `${done.rounds} rounds of the queue (${done.roundsThatDied} died)`,
  );
  t.diagnostic(`killed: ${done.workersKilled} workers, ${done.databaseKilled} times the database; ${done.faults} faults of BonusPay's`);
  t.diagnostic(
    `courses: ${Object.keys(COURSES)
      .map((name) => `${name} ${plans.filter(({ course }) => course === name).length}`)
      .join(", ")}`,
  );
  t.diagnostic(`orders: ${Object.entries(ends).map(([name, count]) => `${name} ${count}`).join(", ")}; ${orders.length} at BonusPay`);
  t.diagnostic(`received: ${amount(sums.received)} in the shop, ${amount(sums.atBonusPay)} at BonusPay`);
  t.diagnostic(
    `report: ${report.lines} lines, ${reported.matched} matched, ${reported.unexplained} unexplained (${report.unexplained}), ` +
      `${report.missing} missing, ${report.notAsked} not asked, SHA-256 ${report.hash}`,
  );
  t.diagnostic(
    `mails to shoppers that died with their worker: ${lostMails}; mails to the merchant that came twice for it: ${doubledMails}`,
  );
  t.diagnostic(`wrong: ${wrong.length}`);
  assert.deepEqual(wrong, []);
  assert.ok(sums.received > 0n);
  assert.equal(sums.received, sums.atBonusPay);
  assert.ok(lostMails + doubledMails <= (done.workersKilled + done.databaseKilled) / 20, "only what was killed in that moment");
  const gates = await store.gates({ allowLog: [KILLED, /_failed/] });
  assert.deepEqual(gates, []);
});
