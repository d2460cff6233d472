// The hosted checkout page, as a shopper meets it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { flaws, launch, script } from "./browser.mjs";
import { Sandbox, Shop, until } from "./sandbox.mjs";

let sandbox, shop, browser;

before(async () => {
  [sandbox, shop, browser] = await Promise.all([Sandbox.start(), Shop.open(), launch()]);
});

after(async () => {
  await browser?.close();
  shop?.close();
  await sandbox?.stop();
});

async function open(t, url, options) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("dialog", (dialog) => page.complaints.push(dialog.message()) && dialog.dismiss());
  await page.goto(url);
  return page;
}

const state = (page) => page.locator("#state").getAttribute("data-status");
const address = (page) => page.locator("#address").textContent();

test("a shopper pays, sees it without reloading, and is taken back to the shop", async (t) => {
  const { checkout } = await sandbox.place("live-1", { redirectUrl: shop.returnUrl });
  const page = await open(t, checkout);
  await page.evaluate(() => (window.sameDocument = true));
  assert.equal(await state(page), "CREATED");
  assert.match(await page.locator("h1").textContent(), /Two books/);
  assert.equal(await page.locator("#amount").textContent(), "12.81");

  await sandbox.deposit("live-1", "12.81");
  await page.locator("#state[data-status=SUCCESS]").waitFor();
  assert.equal(await page.evaluate(() => window.sameDocument), true);
  assert.match(await page.locator("#state").textContent(), /Paid.*12\.81 USDT arrived/);
  assert.match(await page.title(), /^Paid/);
  assert.equal(await page.locator("#address").count(), 0, "nobody is to pay twice");
  assert.equal(await page.locator("#back").getAttribute("href"), shop.returnUrl);

  await page.waitForURL(shop.returnUrl);
  assert.deepEqual(page.complaints, []);
});

test("whoever wants to stay stays", async (t) => {
  const { checkout } = await sandbox.place("stay-1", { redirectUrl: shop.returnUrl });
  const page = await open(t, checkout);
  await page.clock.install();
  await page.goto(checkout);
  await sandbox.deposit("stay-1", "12.81");
  await page.clock.runFor(3000);
  await page.getByRole("button", { name: "Stay here" }).click();
  await page.clock.runFor(60_000);
  assert.equal(page.url(), checkout);
  await page.getByRole("link", { name: "Back to the shop" }).click();
  await page.waitForURL(shop.returnUrl);
});

test("a paid order that is opened again takes nobody away", async (t) => {
  const { checkout } = await sandbox.place("again-1", { redirectUrl: shop.returnUrl });
  await sandbox.deposit("again-1", "12.81");
  const page = await open(t, checkout);
  assert.equal(await state(page), "SUCCESS");
  assert.equal(await page.locator("#returning").isVisible(), false);
});

test("each network has its address, and the QR code is that address", async (t) => {
  const { orderNo, checkout } = await sandbox.place("net-1");
  const { addresses } = await sandbox.order(orderNo);
  const page = await open(t, checkout);
  await page.evaluate(script("jsqr"));
  for (const [network, name] of [["ETH", "Ethereum"], ["POLYGON", "Polygon"], ["TRON", "TRON"]]) {
    await page.getByRole("navigation", { name: "Network" }).getByRole("link", { name }).click();
    assert.equal(await address(page), addresses[network]);
    assert.equal(await page.locator("nav [aria-current]").textContent(), name);
    const svg = await page.getByRole("img", { name: `QR code of the ${name} address` }).evaluate((svg) => svg.outerHTML);
    assert.equal(await scanned(t, svg), addresses[network]);
  }
});

// Draws a QR code on a page without policy, and reads it with a decoder that is not ours.
async function scanned(t, svg) {
  const page = await open(t, "about:blank");
  await page.addScriptTag({ content: script("jsqr") });
  return page.evaluate(async (svg) => {
    const image = new Image();
    const text = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"');
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = new OffscreenCanvas(400, 400).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return window.jsQR(canvas.getImageData(0, 0, 400, 400).data, 400, 400)?.data;
  }, svg);
}

test("a part of the sum leaves the rest to pay, and the reader's place as it was", async (t) => {
  const { checkout } = await sandbox.place("part-1");
  const page = await open(t, `${checkout}?network=POLYGON`);
  await page.locator("#copy-amount").focus();
  await sandbox.deposit("part-1", "5", { network: "ETH" });
  await page.getByText("Partly paid").waitFor();
  assert.match(await page.locator("#received").textContent(), /Received5 USDT.*Remaining7\.81 USDT/);
  assert.equal(await page.locator("#amount").textContent(), "7.81");
  assert.equal(await page.locator("nav [aria-current]").textContent(), "Polygon");
  assert.equal(await page.evaluate(() => document.activeElement.id), "copy-amount");
  await sandbox.deposit("part-1", "1", { currency: "USDC", network: "TRON" });
  await page.getByText("1 USDC on TRON arrived too, which does not count here.").waitFor();
  await sandbox.deposit("part-1", "7.81");
  await page.locator("#state[data-status=SUCCESS]").waitFor();
});

test("an expired and a cancelled order ask for no money any more", async (t) => {
  for (const [number, deed, text] of [["late-1", "expire", "Expired"], ["late-2", "cancel", "Cancelled"]]) {
    const { checkout } = await sandbox.place(number, { redirectUrl: shop.returnUrl });
    const page = await open(t, checkout);
    await sandbox.control("POST", `orders/${number}/${deed}`);
    await page.getByText(text, { exact: true }).waitFor();
    assert.equal(await state(page), "FAILURE");
    assert.equal(await page.locator("#address").count(), 0);
    assert.equal(await page.locator("#left").textContent(), "");
    assert.ok(await page.getByRole("link", { name: "Back to the shop" }).isVisible());
  }
  const { checkout } = await sandbox.place("late-3");
  await sandbox.deposit("late-3", "5");
  await sandbox.control("POST", "orders/late-3/expire");
  const page = await open(t, checkout);
  assert.match(await page.locator("#state").textContent(), /Time is over.*5 USDT arrived/);
  assert.equal(await page.locator("#address").count(), 0);
});

test("the countdown runs", async (t) => {
  const { checkout } = await sandbox.place("count-1", { expiredTime: Date.now() + 90_000 });
  const page = await open(t, checkout);
  const timer = page.getByRole("timer");
  const first = await timer.textContent();
  assert.match(first, /^1:[0-2]\d$/);
  await until("another second", async () => (await timer.textContent()) !== first);
});

test("without script it shows the same, and comes again by itself", async (t) => {
  const { checkout } = await sandbox.place("plain-1", { redirectUrl: shop.returnUrl });
  const page = await open(t, checkout, { javaScriptEnabled: false });
  assert.equal(await page.locator("meta[http-equiv=refresh]").getAttribute("content"), "10");
  assert.equal(await page.locator(".copy:visible").count(), 0, "a button that can do nothing is not shown");
  await page.getByRole("link", { name: "Ethereum" }).click();
  assert.match(await address(page), /^0x/);
  await sandbox.deposit("plain-1", "12.81");
  await page.getByRole("link", { name: "Look now" }).click();
  assert.equal(await state(page), "SUCCESS");
  assert.equal(await page.locator("meta[http-equiv=refresh]").count(), 0);
  await page.getByRole("link", { name: "Back to the shop" }).click();
  await page.waitForURL(shop.returnUrl);
});

test("the keyboard is enough, and copying copies exactly", async (t) => {
  const { orderNo, checkout } = await sandbox.place("keys-1", { redirectUrl: shop.returnUrl });
  const page = await open(t, checkout, { permissions: ["clipboard-read", "clipboard-write"] });
  const { addresses } = await sandbox.order(orderNo);
  const stops = [];
  const tab = async () => {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.id));
  };
  await tab();
  await tab();
  await page.keyboard.press("Enter");
  await page.waitForURL(/network=ETH/);
  stops.length = 0;
  for (let stop = 0; stop < 6; stop += 1) await tab();
  const networks = ["network-TRON", "network-ETH", "network-POLYGON"];
  assert.deepEqual(stops, [...networks, "copy-amount", "copy-address", "back"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.locator("#copy-address").press("Enter");
  await page.getByRole("status").getByText("Copied").waitFor({ state: "attached" });
  assert.equal(await clipboard(), addresses.ETH);
  await page.locator("#copy-amount").press("Space");
  await until("the amount", async () => (await clipboard()) === "12.81");
});

test("a merchant's text is text", async (t) => {
  const subject = `<script>alert(1)</script>"'><img src=x onerror=`;
  const { orderNo, checkout } = await sandbox.place("inert-1", { subject });
  for (const url of [checkout, `${sandbox.origin}/orders/${orderNo}`, `${sandbox.origin}/`]) {
    const page = await open(t, url);
    assert.ok(await page.getByText(subject).first().isVisible(), url);
    assert.equal(await page.locator("img, script:not([src])").count(), 0);
    assert.deepEqual(page.complaints, []);
  }
});

test("the policy lets nothing in from elsewhere", async () => {
  const { checkout } = await sandbox.place("policy-1");
  for (const url of [checkout, sandbox.origin]) {
    const policy = (await fetch(url)).headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  }
});

test("it fits a phone, in light and dark, and axe finds nothing wrong", async (t) => {
  const waiting = await sandbox.place("axe-1", { redirectUrl: shop.returnUrl });
  const partly = await sandbox.place("axe-2", { subject: "W".repeat(64) });
  await sandbox.deposit("axe-2", "5");
  const paid = await sandbox.place("axe-3", { redirectUrl: shop.returnUrl });
  await sandbox.deposit("axe-3", "12.81");
  const expired = await sandbox.place("axe-4");
  await sandbox.control("POST", "orders/axe-4/expire");
  for (const { checkout } of [waiting, partly, paid, expired]) {
    const page = await open(t, checkout);
    assert.deepEqual(await flaws(page), [], checkout);
  }
});
