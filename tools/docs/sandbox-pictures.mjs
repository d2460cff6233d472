// Pictures of each state, to be looked at: node tools/docs/sandbox-pictures.mjs FOLDER

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "../../tests/pages/browser.mjs";
import { Sandbox, Shop, until } from "../../tests/pages/sandbox.mjs";

const folder = process.argv[2];
await mkdir(folder, { recursive: true });
const sandbox = await Sandbox.start();
const shop = await Shop.open();
const browser = await launch();

const DESK = { width: 1200, height: 900 };
const PHONE = { width: 320, height: 640 };

async function picture(name, url, { size = { width: 760, height: 900 }, scheme = "light", fullPage = true } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(new URL(url, sandbox.origin).href);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  await context.close();
}

// The tester's page and a shopper's side by side, for the README.
async function both(name, checkout) {
  const page = await browser.newPage();
  const parts = [];
  for (const [url, width] of [[sandbox.origin, 1160], [checkout, 470]]) {
    await page.setViewportSize({ width, height: 790 });
    await page.goto(url);
    parts.push((await page.screenshot()).toString("base64"));
  }
  await page.goto("about:blank");
  await page.setViewportSize({ width: 1640, height: 790 });
  const images = parts.map((part) => `<img src="data:image/png;base64,${part}">`);
  await page.setContent(`<body style="margin:0;display:flex;gap:10px;background:#c8d0cc">${images.join("")}`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

const urls = { notifyUrl: shop.notifyUrl, redirectUrl: shop.returnUrl };
await picture("dashboard-empty", "/", { size: DESK });
await picture("dashboard-empty-phone", "/", { size: PHONE });

const waiting = await sandbox.place("wp_1001-1", { subject: "Blue mug, 2 pieces", ...urls });
await picture("checkout-waiting", waiting.checkout);
await picture("checkout-waiting-dark", waiting.checkout, { scheme: "dark" });
await picture("checkout-waiting-phone", waiting.checkout, { size: PHONE });
await picture("checkout-waiting-phone-dark", `${waiting.checkout}?network=POLYGON`, { size: PHONE, scheme: "dark" });

const partly = await sandbox.place("wp_1002-1", { subject: "Teapot", ...urls });
await sandbox.deposit("wp_1002-1", "5");
await sandbox.deposit("wp_1002-1", "1", { currency: "USDC", network: "ETH" });
await picture("checkout-partly", partly.checkout);

const paid = await sandbox.place("wp_1003-1", { subject: "Green tea, 250 g", ...urls });
await sandbox.deposit("wp_1003-1", "12.81");
await picture("checkout-paid", paid.checkout);
await picture("checkout-paid-dark", paid.checkout, { scheme: "dark" });

shop.answer = "FAIL";
const expired = await sandbox.place("wp_1004-1", { subject: "Long spoon", ...urls });
await sandbox.control("POST", "orders/wp_1004-1/expire");
await picture("checkout-expired", expired.checkout);
await picture("checkout-expired-phone", expired.checkout, { size: PHONE });

await sandbox.place("wp_1005-1", {
  subject: "A year of storage, with a subject that is rather long",
  totalAmount: { amount: 0.012345, currency: "ETH" },
  ...urls,
});
await sandbox.control("POST", "clock", { advance_ms: 900_000 });
await sandbox.refund("rf_1003-1", "wp_1003-1", 4.5);
await sandbox.refund("rf_1003-2", "wp_1003-1", 1);
await sandbox.control("POST", "refunds/rf_1003-2/fail");
await sandbox.control("POST", "faults", { path: "crypto/getOrder", fault: "lose-answer", times: 2 });
await sandbox.call("crypto/getOrder", { merchantOrderNo: "wp_1003-1" }).catch(() => {});
await sandbox.call("crypto/getOrder", { merchantOrderNo: "nobody" }).catch(() => {});
await until("an attempt", async () => {
  const { notifications } = await sandbox.control("GET", "notifications");
  return notifications.every(({ attempts }) => attempts.length > 0);
});
await picture("dashboard", "/", { size: DESK });
await both("sandbox", partly.checkout);
await picture("dashboard-dark", "/", { size: DESK, scheme: "dark" });
await picture("dashboard-phone", "/", { size: PHONE });
await picture("order-refunds", "/orders/wp_1003-1");
await picture("order-partly", "/orders/wp_1002-1", { size: DESK });
await picture("order-partly-phone", "/orders/wp_1002-1", { size: PHONE });
const { notifications } = await sandbox.control("GET", "notifications");
await picture("notification", `/notifications/${notifications[1].id}`);
const { journal } = await sandbox.control("GET", "journal");
await picture("journal", `/journal/${journal[0].number}`);
await picture("missing", "/orders/nobody");

await browser.close();
shop.close();
await sandbox.stop();
