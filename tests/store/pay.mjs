// What tests of the payment method need: its settings, its attempts, what BonusPay was asked, and a shop's clock.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { request as playwright } from "playwright-core";
import { SHOPPER, until } from "./store.mjs";

// What must stand nowhere: a line from the middle of the merchant's private key, which no wrapping and no escaping hides.
export function secrets(store) {
  const lines = readFileSync(store.sandbox.merchant_private_key, "utf8").trim().split("\n");
  return [lines[Math.floor(lines.length / 2)], store.admin.password];
}

// Changes settings of the payment method, as the settings page stores them.
export function settings(store, changes) {
  return store.php(
    "update_option('woocommerce_bonuspay_settings', $args + get_option('woocommerce_bonuspay_settings')); return true;",
    changes,
  );
}

export function options(store, values) {
  return store.php("foreach ($args as $name => $value) { update_option($name, $value); } return true;", values);
}

const COLUMNS = [
  "id",
  "number",
  "mode",
  "scene",
  "merchant_order_no",
  "order_no",
  "price",
  "currency",
  "coin",
  "network",
  "due",
  "received",
  "address",
  "checkout_url",
  "state",
  "reason",
  "expires_at",
  "checked_at",
];

// An order's attempts, the oldest first.
export async function attempts(store, orderId) {
  const rows = await store.query(
    `SELECT ${COLUMNS.join(", ")} FROM #__bonuspay_attempts WHERE order_id = ${Number(orderId)} ORDER BY number`,
  );
  return rows.map((row) => Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]])));
}

export async function attempt(store, orderId) {
  return (await attempts(store, orderId)).at(-1);
}

// What BonusPay was asked at a path: the bodies.
export async function asked(store, path) {
  const { journal } = await store.control("GET", "journal");
  return journal
    .filter((entry) => entry.path.endsWith(path))
    .map((entry) => Buffer.from(entry.request_body_base64 ?? "", "base64").toString());
}

export const orderNoOf = (url) =>
  Number(/bonuspay-pay=(\d+)/.exec(url)?.[1] ?? /order-(?:received|pay)\/(\d+)/.exec(url)?.[1]) || undefined;

// Places the order that a checkout shows, and gives its id: of the pay page that follows.
export async function placed(store, page, checkout) {
  await store[checkout === "classic" ? "placeClassic" : "placeBlocks"](page);
  await page.waitForURL(/bonuspay-pay=/);
  return orderNoOf(page.url());
}

export async function open(store, page, checkout, method = "bonuspay") {
  await store[checkout === "classic" ? "checkoutClassic" : "checkoutBlocks"](page, method);
}

// A coin and network at either checkout, by its value such as "USDT-TRON".
export const choice = (page, value) => page.locator(`input[name=bonuspay_choice][value="${value}"]`);

// A guest's order by the Store API, as the block checkout makes it.
export async function order(store, value = "USDT-TRON", { items, method = "bonuspay" } = {}) {
  const request = await playwright.newContext({ baseURL: store.url });
  await store.cart(request, items ? { items } : {});
  const first = await request.get("/wp-json/wc/store/v1/cart");
  const { email, ...shipping } = SHOPPER;
  const answer = await request.post("/wp-json/wc/store/v1/checkout", {
    headers: { Nonce: first.headers().nonce },
    data: {
      billing_address: SHOPPER,
      shipping_address: shipping,
      payment_method: method,
      payment_data: [{ key: "bonuspay_choice", value }],
    },
  });
  const text = await answer.text();
  await request.dispose();
  assert.ok(answer.ok(), `${answer.status()} ${text}`);
  const made = JSON.parse(text);
  const its = method === "bonuspay" ? await attempt(store, made.order_id) : {};
  return { ...its, id: made.order_id, key: made.order_key, url: made.payment_result.redirect_url };
}

// The shopper's deposit: the sandbox confirms it at once, and notifies when the sum is there.
export const deposit = (store, orderNo, amount, more = {}) => store.control("POST", `orders/${orderNo}/deposits`, { amount, ...more });

export async function becomes(store, id, status) {
  await until(`order ${id} becomes ${status}`, async () => (await store.order(id)).status === status);
}

// BonusPay answers no more, or answers again: the shop calls a port where nobody listens.
export function apiDown(store, isDown) {
  const file = join(store.folder, "shop.php");
  const php = readFileSync(file, "utf8");
  const up = store.sandbox.base_url;
  const down = "http://127.0.0.1:9/sgs/api/";
  writeFileSync(file, isDown ? php.replace(up, down) : php.replace(down, up));
}

// Lets the shop ask BonusPay at once, and the page ask the shop.
export async function hurry(store, page, orderId) {
  await store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${Number(orderId)}`);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

// Logs a customer in who is made for it; gives the context.
export async function customer(store, name) {
  const password = "correct horse battery staple";
  await store.php("return wc_create_new_customer($args['name'] . '@shopper.test', $args['name'], $args['password']);", { name, password });
  const context = await store.visitor();
  await login(store, context, name, password);
  return context;
}

export async function login(store, context, log, pwd) {
  await context.request.get("/wp-login.php");
  const answer = await context.request.post("/wp-login.php", {
    form: { log, pwd, testcookie: "1", redirect_to: `${store.url}/my-account/` },
    maxRedirects: 0,
  });
  assert.equal(answer.status(), 302, `${log} was not let in`);
}
