// Orders in the shop as shoppers and owners make them, and what the shop says of them.

import assert from "node:assert/strict";
import { attempt, done } from "./ledger.mjs";
import { SHOPPER, store, until } from "./store.mjs";

// The store as `make store` left it, with enough in stock for many orders.
export async function fresh() {
  await store.reset();
  await store.php("wc_update_product_stock($args['product'], 10000); return true;", { product: store.shop.stocked });
}

// Changes settings of the payment method, as the settings page stores them.
export function settings(changes) {
  return store.php(
    "update_option('woocommerce_bonuspay_settings', $args + get_option('woocommerce_bonuspay_settings')); return true;",
    changes,
  );
}

export function options(values) {
  return store.php("foreach ($args as $name => $value) { update_option($name, $value); } return true;", values);
}

// --- without a browser

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
    // A product by its id, or what the Store API takes: { id, quantity }.
    add: async (item) =>
      assert.equal((await api("cart/add-item", typeof item === "object" ? item : { id: item, quantity: 1 }, headers)).status, 201),
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
export async function order(choice = "USDT-TRON", { method, ...options } = {}) {
  const placed = await (await guest(options)).checkout(choice, method);
  assert.equal(placed.status, 200, JSON.stringify(placed.json));
  return { ...placed, redirect: placed.result.redirect_url };
}

// An order whose payment began, and its attempt.
export async function startedPayment(choice, options) {
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

// --- in a browser

export async function open(page, checkout, method = "bonuspay") {
  await store[checkout === "classic" ? "checkoutClassic" : "checkoutBlocks"](page, method);
}

// A coin and network at either checkout, by its value such as "USDT-TRON".
export const choice = (page, value) => page.locator(`input[name=bonuspay_choice][value="${value}"]`);

// Places the order that a checkout shows, and gives its id: of the pay page that follows.
export async function place(page, checkout) {
  await store[checkout === "classic" ? "placeClassic" : "placeBlocks"](page);
  await page.waitForURL(/bonuspay-pay=/);
  return orderNoOf(page.url());
}

export const orderNoOf = (url) =>
  Number(/bonuspay-pay=(\d+)/.exec(url)?.[1] ?? /order-(?:received|pay)\/(\d+)/.exec(url)?.[1]) || undefined;

// Logs a customer in who is made for it; gives the context.
export async function customer(name) {
  const password = "correct horse battery staple";
  await store.php("return wc_create_new_customer($args['name'] . '@shopper.test', $args['name'], $args['password']);", { name, password });
  const context = await store.visitor();
  await login(context, name, password);
  return context;
}

export async function login(context, log, pwd) {
  await context.request.get("/wp-login.php");
  const answer = await context.request.post("/wp-login.php", {
    form: { log, pwd, testcookie: "1", redirect_to: `${store.url}/my-account/` },
    maxRedirects: 0,
  });
  assert.equal(answer.status(), 302, `${log} was not let in`);
}

// --- what the shop says of an order

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
