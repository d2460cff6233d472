// What the tests of the money path share: orders, deposits, notifications, the clock, what was written down.

import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHOPPER, Store, until } from "./store.mjs";

export const store = new Store();
export const secrets = () => [readFileSync(store.sandbox.merchant_private_key, "utf8"), store.admin.password];

// --- the shopper

// A guest's cart, by the Store API: `checkout` orders what is in it.
export async function guest({ items = [store.shop.stocked] } = {}) {
  const api = async (path, body, headers = {}, url = store.url) => {
    const answer = await fetch(`${url}/wp-json/wc/store/v1/${path}`, {
      method: body ? "POST" : "GET",
      headers: { "Content-Type": "application/json", ...headers },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) };
  };
  const first = await api("cart");
  const headers = { Nonce: first.headers.get("nonce"), "Cart-Token": first.headers.get("cart-token") };
  let last = 0;
  const shopper = {
    post: (path, body, url) => api(path, body, headers, url),
    add: async (item) => assert.equal((await api("cart/add-item", { id: item, quantity: 1 }, headers)).status, 201),
    checkout: async (choice = "USDT-TRON", method = "bonuspay") => {
      // WooCommerce reserves stock with whole seconds, and takes the same reservation within one for a refusal.
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, last + 1100 - Date.now())));
      const { email, ...shipping } = SHOPPER;
      const payment_data = method === "bonuspay" ? [{ key: "bonuspay_choice", value: choice }] : [];
      const { status, json } = await api(
        "checkout",
        { billing_address: SHOPPER, shipping_address: shipping, payment_method: method, payment_data },
        headers,
      );
      last = Date.now();
      return {
        status,
        id: json.order_id ?? json.data?.order_id,
        key: json.order_key,
        result: json.payment_result,
        message: json.message,
        json,
      };
    },
  };
  for (const item of items) await shopper.add(item);
  return shopper;
}

// A guest orders as the block checkout does; fails unless the payment began.
export async function order(choice = "USDT-TRON", options = {}) {
  const placed = await (await guest(options)).checkout(choice);
  assert.equal(placed.status, 200, JSON.stringify(placed.json));
  return { ...placed, redirect: placed.result.redirect_url };
}

// An order whose payment began, and its attempt.
export async function begun(choice, options) {
  const placed = await order(choice, options);
  return { ...placed, made: await attempt(placed.id) };
}

// Many at once, made by the plugin itself and without a web server: their orders.
export function placeMany(count) {
  return store.php(
    `$ids = array();
    for ($at = 0; $at < $args['count']; $at++) {
      $order = wc_create_order(array('status' => 'pending', 'created_via' => 'store-api'));
      $order->add_product(wc_get_product($args['product']), 1);
      $order->set_address(array('first_name' => 'Ada', 'last_name' => 'Shopper', 'email' => 'ada@shopper.test', 'country' => 'US',
        'state' => 'CA', 'city' => 'San Francisco', 'postcode' => '94105', 'address_1' => '2 Mission Street'), 'billing');
      $order->set_payment_method('bonuspay');
      $order->calculate_totals();
      $order->save();
      BonusPay\\WooCommerce\\Payment\\Payment_Service::start($order, 'USDT', 'TRON');
      $ids[] = $order->get_id();
    }
    return $ids;`,
    { count, product: store.shop.stocked },
  );
}

// The same, each with its attempt.
export async function beginMany(count) {
  const ids = await placeMany(count);
  return Promise.all(ids.map(async (id) => ({ id, made: await attempt(id) })));
}

// What the pay page asks every few seconds.
export async function poll({ id, key }, { url = store.url } = {}) {
  const answer = await fetch(`${url}/wp-json/bonuspay/v1/status?order=${id}&key=${key}`);
  return { status: answer.status, json: await answer.json() };
}

// --- what is written down

const COLUMNS = [
  "id",
  "order_id",
  "number",
  "merchant_order_no",
  "order_no",
  "token",
  "coin",
  "network",
  "due",
  "received",
  "address",
  "state",
  "reason",
  "sent_at",
  "expires_at",
  "next_check_at",
  "cancel_asked",
];
export async function attempts(id) {
  const rows = await store.query(`SELECT ${COLUMNS.join(", ")} FROM #__bonuspay_attempts WHERE order_id = ${Number(id)} ORDER BY number`);
  return rows.map((row) => Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]])));
}
export const attempt = async (id) => (await attempts(id)).at(-1);

export async function status(id) {
  const sql =
    store.orders === "posts"
      ? `SELECT post_status FROM #__posts WHERE ID = ${Number(id)}`
      : `SELECT status FROM #__wc_orders WHERE id = ${Number(id)}`;
  return (await store.query(sql))[0]?.[0].replace(/^wc-/, "");
}
export const becomes = (id, wanted) => until(`order ${id} becomes ${wanted}`, async () => (await status(id)) === wanted);

// An order's notes, or those of ours that a pattern finds.
export async function notes(id, pattern = /^BonusPay /) {
  const rows = await store.query(
    `SELECT comment_content FROM #__comments WHERE comment_post_ID = ${Number(id)} AND comment_type = 'order_note' ORDER BY comment_ID`,
  );
  return rows.map(([text]) => text).filter((text) => pattern.test(text));
}
export const PAID = /received and confirmed/;

// The mails about an order, to the merchant and to the shopper.
export function mailsAbout(id, pattern = /./) {
  const named = new RegExp(`(#| )${id}(?![0-9A-Za-z])`);
  return store
    .mails()
    .filter(({ subject, message }) => (named.test(subject) || new RegExp(`#${id}(?![0-9A-Za-z])`).test(message)) && pattern.test(subject));
}
export const NEEDS_YOU = /needs you/;

export async function effects(id) {
  return (await store.query(`SELECT effect, done_at FROM #__bonuspay_effects WHERE order_id = ${Number(id)} ORDER BY id`)).map(
    ([effect, done]) => ({ effect, done: done !== null }),
  );
}
export async function events(merchantOrderNo) {
  return (
    await store.query(
      `SELECT id, state, status, deliveries, tries, outcome FROM #__bonuspay_events WHERE BINARY merchant_order_no = ` +
        `'${merchantOrderNo}' ORDER BY id`,
    )
  ).map(([id, state, status, deliveries, tries, outcome]) => ({
    id,
    state,
    status,
    deliveries: Number(deliveries),
    tries: Number(tries),
    outcome,
  }));
}

// Whoever does what a payment is to do has done it.
export const done = (id) =>
  until(`what order ${id} needs is done`, async () => {
    const claimed = await effects(id);
    return claimed.length > 0 && claimed.every((one) => one.done);
  });

// Paid and completed exactly once, whatever was done to it.
export async function assertPaidOnce(id, message = "") {
  await done(id);
  assert.equal((await attempt(id)).state, "paid", message);
  assert.equal(await status(id), "processing", message);
  assert.equal((await notes(id, PAID)).length, 1, `${message} notes`);
  assert.equal(store.statuses(id).filter(({ to }) => to === "processing").length, 1, `${message} changes of status`);
  assert.equal((await notes(id, /Stock levels reduced/)).length, 1, `${message} stock`);
  assert.equal(mailsAbout(id, /New order/i).length, 1, `${message} mail to the merchant`);
}

// --- BonusPay

// The shopper's deposit; the sandbox confirms it at once, and notifies.
export const deposit = (orderNo, amount, more = {}) => store.control("POST", `orders/${orderNo}/deposits`, { amount, ...more });
export const hold = () => store.control("POST", "notifications/hold");
export const release = (body) => store.control("POST", "notifications/release", body);
export const fault = (path, name, more = {}) => store.control("POST", "faults", { path: `crypto/${path}`, fault: name, ...more });
export const noFaults = () => store.control("DELETE", "faults");
// The gateway's orders for an order of ours.
export async function atBonusPay(id) {
  const { orders } = await store.control("GET", "orders");
  return orders.filter(({ merchantOrderNo }) => new RegExp(`_${id}-\\d+$`).test(merchantOrderNo));
}
// The calls that reached the gateway, by path.
export async function calls(path) {
  const { journal } = await store.control("GET", "journal");
  return journal.filter((entry) => entry.path === `crypto/${path}`);
}
export const forgetCalls = () => store.control("DELETE", "journal");

// --- notifications

// What BonusPay would send, signed with the gateway's key.
export function sign(body) {
  const key = readFileSync(store.sandbox.gateway_public_key.replace("gateway_public", "gateway_private"), "utf8");
  return createSign("SHA256").update(body).sign(key, "base64");
}
export const callbackUrl = (base = store.url) => `${base}/wp-json/bonuspay/v1/callback`;
export async function notify(body, { signature = sign(body), url = callbackUrl(), headers = {}, method = "POST" } = {}) {
  const answer = await fetch(url, {
    method,
    redirect: "manual",
    body: ["GET", "HEAD"].includes(method) ? undefined : body,
    headers: { "Content-Type": "application/json; charset=UTF-8", Sign: signature, ...headers },
  });
  return { status: answer.status, text: await answer.text() };
}
export const ACKNOWLEDGED = { status: 200, text: "SUCCESS" };
export const LATER = { status: 503, text: "FAIL" };
let ids = 0;
export function notification(of, { notify_id, order: changes } = {}) {
  return JSON.stringify({
    notify_time: "20261120120000",
    notify_id: notify_id ?? `test-${++ids}`,
    acquireOrder: {
      merchantOrderNo: of.merchant_order_no,
      orderNo: of.order_no,
      status: "SUCCESS",
      reserved: of.token,
      payeeMid: store.sandbox.partner_id,
      ...changes,
    },
  });
}

// --- time

// The plugin's clock and the gateway's; WordPress's and the library's stay.
export async function advance(seconds) {
  store.clock(store.ahead + seconds);
  await store.control("POST", "clock", { advance_ms: seconds * 1000 });
}
export const realTime = () => store.clock(0);

// One round of the queue, and only of ours; what is due by the plugin's clock.
export const round = () => store.php("do_action('bonuspay_wc_queue'); return true;");
// The same, with an attempt looked at whatever its time.
export async function look(id) {
  await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE order_id = ${Number(id)}`);
  await round();
}
// Effects, events and locks whose worker died count as left behind for a minute.
export const aMinuteLater = () =>
  store.query(
    "UPDATE #__bonuspay_effects SET claimed_at = claimed_at - 61 WHERE done_at IS NULL; " +
      "UPDATE #__bonuspay_locks SET expires_at = expires_at - INTERVAL 61 SECOND; " +
      "UPDATE #__bonuspay_events SET next_try_at = next_try_at - 61 WHERE next_try_at IS NOT NULL",
  );

// Whoever is about to send such a statement loses the connection to the database first. WordPress takes up one that has
// gone away anew, and goes on.
const CUTTER = `add_filter( 'query', function ( $sql ) {
  global $wpdb;
  $file = STORE_FOLDER . '/cut';
  if ( is_file( $file ) && preg_match( file_get_contents( $file ), $sql ) ) {
    unlink( $file );
    $id = $wpdb->dbh->thread_id;
    $other = new wpdb( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
    $other->query( "KILL $id" );
    while ( $other->get_var( "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = $id" ) > 0 ) {
      usleep( 1000 );
    }
    // What the server said last is read here: a connection that ended long ago says only that it has gone away.
    @mysqli_query( $wpdb->dbh, 'DO 1' );
  }
  return $sql;
} );`;
export function breakConnectionAt(pattern) {
  store.plugin("cutter", CUTTER);
  writeFileSync(join(store.folder, "cut"), pattern);
}

// The store as `make store` left it, with enough in stock for many orders.
export async function fresh() {
  await store.reset();
  await store.php("wc_update_product_stock($args['product'], 10000); return true;", { product: store.shop.stocked });
}
