// BonusPay, which is the sandbox: deposits, its faults, what it was asked, and what a merchant does there without the shop.

import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { events } from "./ledger.mjs";
import { callbackUrl } from "./notifications.mjs";
import { store, until } from "./store.mjs";

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
// What BonusPay was asked at a path: the bodies.
export const asked = async (path) =>
  (await calls(path)).map((entry) => Buffer.from(entry.request_body_base64 ?? "", "base64").toString());
export const forgetCalls = () => store.control("DELETE", "journal");

// BonusPay answers no more, or answers again: the shop calls a port where nobody listens.
export function apiDown(isDown) {
  const file = join(store.folder, "shop.php");
  const php = readFileSync(file, "utf8");
  const up = store.sandbox.base_url;
  const down = "http://127.0.0.1:9/sgs/api/";
  writeFileSync(file, isDown ? php.replace(up, down) : php.replace(down, up));
}

// A call that the merchant makes by other means than the plugin; gives what the answer's body holds.
export async function merchantCalls(path, bizContent) {
  const body = JSON.stringify({ requestTime: Date.now(), bizContent });
  const sign = createSign("SHA256").update(body).sign(readFileSync(store.sandbox.merchant_private_key, "utf8"), "base64");
  const answer = await fetch(`${store.sandbox.base_url}${path}`, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json", "Content-Language": "en", "Partner-Id": store.sandbox.partner_id, sign },
  });
  const said = await answer.json();
  assert.equal(said.head.applyStatus, "SUCCESS", JSON.stringify(said));
  return Object.values(said.body)[0];
}

// A refund that was begun in BonusPay's portal and is told to the shop; `isSettled` waits for its end there and here.
export async function portalRefund(made, number, amount, { currency = "USDT", isSettled = false } = {}) {
  const refund = await merchantCalls("crypto/refund/placeOrder", {
    refundMerchantOrderNo: number,
    originMerchantOrderNo: made.merchant_order_no,
    amount: { amount: Number(amount), currency },
    chainCode: "TRON",
    refundAddress: "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
    notifyUrl: callbackUrl(),
  });
  if (isSettled) {
    await store.settle(`refunds/${refund.orderNo}`);
    await until("the refund is there", async () => (await events(number)).some(({ state }) => state === "done"));
  }
  return refund;
}
