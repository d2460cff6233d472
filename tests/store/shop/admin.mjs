// The merchant's own screens: a tab, its buttons, what a search must not do.

import assert from "node:assert/strict";
import { fresh } from "./orders.mjs";
import { store } from "./store.mjs";

export const tab = (slug, more = {}) => `/wp-admin/admin.php?${new URLSearchParams({ page: "bonuspay", tab: slug, ...more })}`;
export const list = (more = {}) =>
  `/wp-admin/${store.orders === "posts" ? "edit.php?post_type=shop_order&" : "admin.php?page=wc-orders&"}${new URLSearchParams(more)}`;

// A store begun anew, and an admin in it.
export async function begin(page) {
  await fresh();
  await page?.context().close();
  return store.adminPage({ viewport: { width: 1280, height: 900 } });
}

// What somebody may write where a number belongs; the last is no text at all: the bytes bf 27.
export const PAYLOADS = [
  "%27+OR+1%3D1--+",
  "%5C",
  "%25s",
  "%25d",
  "%25",
  "_",
  "%22%29+UNION+SELECT+1--+",
  "%F0%9F%92%B0",
  "%3Cscript%3Edocument.title%3D1%3C%2Fscript%3E",
  "%BF%27",
];

// A refusal by the nonce, by the right or by the method changes nothing; `act` gives the same form a valid nonce.
export async function refuses(page, action, form) {
  const url = `${store.url}/wp-admin/admin-post.php`;
  const nonce = await page.locator(`form:has(input[name=action][value="${action}"]) input[name=nonce]`).first().getAttribute("value");
  const statuses = [
    (await page.request.get(`${url}?${new URLSearchParams({ action, nonce, ...form })}`, { maxRedirects: 0 })).status(),
    (await page.request.post(url, { form: { action, ...form }, maxRedirects: 0 })).status(),
    (await page.request.post(url, { form: { action, nonce: "0123456789", ...form }, maxRedirects: 0 })).status(),
  ];
  assert.deepEqual(statuses, [403, 403, 403]);
}

// Opens a page wide and narrow, and looks for what nobody could read.
export async function readable(page, url) {
  await page.goto(url);
  assert.deepEqual(await store.flaws(page, ".wrap"), []);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(url);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, "wider than a phone");
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/${url.replace(/\W+/g, "-").slice(-40)}-narrow.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(url);
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/${url.replace(/\W+/g, "-").slice(-40)}-wide.png`, fullPage: true });
}
