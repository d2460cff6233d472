// Notifications as BonusPay would send them, signed with the gateway's key, and what the shop answers.

import { createSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { store } from "./store.mjs";

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
