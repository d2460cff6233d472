// The page of the person who tests.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { flaws, launch } from "./browser.mjs";
import { Sandbox, Shop, until } from "./sandbox.mjs";

let sandbox, shop, browser;

before(async () => {
  [sandbox, shop, browser] = await Promise.all([Sandbox.start(), Shop.open(), launch()]);
});

beforeEach(async () => {
  await sandbox.control("POST", "reset");
  shop.answer = "SUCCESS";
  shop.received.length = 0;
});

after(async () => {
  await browser?.close();
  shop?.close();
  await sandbox?.stop();
});

async function open(t, path, options) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(sandbox.origin + path);
  return page;
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const badge = (page) => page.locator("#order .badge").textContent();

test("an empty sandbox says what to do, and its example works as it stands", async (t) => {
  const page = await open(t, "/");
  assert.equal(await page.locator("#base-url").textContent(), sandbox.ready.base_url);
  assert.equal(await page.locator("#merchant-key").textContent(), sandbox.ready.merchant_private_key);
  const example = await page.locator("#example").textContent();
  const { stdout } = await promisify(execFile)("sh", ["-c", example]);
  assert.equal(JSON.parse(stdout).head.code, "0", stdout);
  // It appears by itself.
  await page.getByText("A book").waitFor();
});

test("a sample order is placed, and paid from the list", async (t) => {
  const page = await open(t, "/");
  await press(page, "Place an order");
  await page.getByText("The order is placed.").waitFor();
  assert.equal(await badge(page), "CREATED");
  await page.getByRole("link", { name: "the checkout page" }).click();
  await page.locator("#state[data-status=CREATED]").waitFor();
  await page.goto(sandbox.origin);
  await page.getByRole("button", { name: /^Pay 12\.81 USDT for sample-/ }).click();
  await page.getByText("The payment has arrived.").waitFor();
  await page.locator("#orders").getByText("SUCCESS").waitFor();
});

test("what a tester pays turns the shopper's page paid", async (t) => {
  const { orderNo, checkout } = await sandbox.place("both-1");
  const shopper = await (await browser.newContext()).newPage();
  t.after(() => shopper.context().close());
  await shopper.goto(checkout);
  const page = await open(t, `/orders/${orderNo}`);
  await press(page, "Too little: 6.4");
  await shopper.getByText("6.4 USDT arrived. Please send 6.41 USDT more.").waitFor();
  await press(page, "Pay 6.41 USDT");
  await shopper.locator("#state[data-status=SUCCESS]").waitFor();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with script" : "without script";

  test(`too little is accepted, too much and late are taken, ${how}`, async (t) => {
    const page = await open(t, "/", { javaScriptEnabled });
    const order = async (number) => {
      await sandbox.place(number);
      await page.goto(`${sandbox.origin}/orders/${number}`);
    };
    await order("little");
    await press(page, "Too little: 6.4");
    assert.equal(await badge(page), "CREATED, partly paid");
    await press(page, "Accept what was received");
    assert.equal(await badge(page), "SUCCESS");

    await order("much");
    await press(page, "Too much: 19.21");
    assert.equal(await badge(page), "SUCCESS");
    assert.equal((await sandbox.order("much")).received, "19.21");

    await order("late");
    await press(page, "Expire, then pay");
    assert.equal(await badge(page), "SUCCESS");
    assert.equal((await sandbox.order("late")).expired, true);

    await order("expired");
    await press(page, "Expire");
    assert.equal(await badge(page), "FAILURE");
    await press(page, "Pay late: 12.81 USDT");
    assert.equal(await badge(page), "SUCCESS");

    await order("cancelled");
    await press(page, "Cancel");
    assert.equal(await badge(page), "FAILURE");
    assert.equal((await sandbox.order("cancelled")).acquireOrder.failCode, "ORDER_CANCELLED");

    await order("free");
    await page.locator("#other-amount").fill("3.00000001");
    await page.locator("#other-coin").selectOption("USDC");
    await page.locator("#other-network").selectOption("POLYGON");
    await press(page, "Send");
    await page.getByText("does not count", { exact: true }).waitFor();
    assert.equal((await sandbox.order("free")).deposits[0].amount, "3.00000001");
  });

  test(`a refund is settled, another one fails, ${how}`, async (t) => {
    await sandbox.place("shop-1");
    await sandbox.deposit("shop-1", "12.81");
    await sandbox.refund("refund-1", "shop-1", 4);
    await sandbox.refund("refund-2", "shop-1", 5);
    const page = await open(t, "/orders/shop-1", { javaScriptEnabled });
    await press(page, "Settle refund refund-1");
    await page.getByText("The refund succeeded.").waitFor();
    await press(page, "Fail refund refund-2");
    await page.getByText("The refund failed.").waitFor();
    const { refunds, refunded } = await sandbox.order("shop-1");
    assert.deepEqual([refunds.map(({ status }) => status), refunded], [["SUCCESS", "FAILURE"], "4"]);
    assert.equal(await page.getByRole("button", { name: /^(Settle|Fail) refund/ }).count(), 0);
  });
}

test("a notification is resent, once and twice at once", async (t) => {
  shop.answer = "NO";
  await sandbox.place("tell-1", { notifyUrl: shop.notifyUrl });
  await sandbox.deposit("tell-1", "12.81");
  const page = await open(t, "/");
  await page.getByText(/1 attempt, last at .* HTTP 200 NO/).waitFor();
  shop.answer = "SUCCESS";
  await press(page, "Resend: order SUCCESS for tell-1");
  await page.locator("#notification-list").getByText("delivered").waitFor();
  await press(page, "Twice: order SUCCESS for tell-1");
  await until("four", () => shop.received.length === 4);
  assert.equal(new Set(shop.received.map(({ notify_id }) => notify_id)).size, 1);
  await page.getByRole("link", { name: "order SUCCESS for tell-1" }).click();
  await until("four attempts", async () => (await page.locator("#attempts li").count()) === 4);
  assert.match(await page.locator("pre").textContent(), /"amount": 12\.81000000/);
});

test("notifications are held, and released newest first", async (t) => {
  const page = await open(t, "/");
  await press(page, "Hold them back");
  await page.getByText("They are held back.").waitFor();
  for (const number of ["n-1", "n-2", "n-3"]) {
    await sandbox.place(number, { notifyUrl: shop.notifyUrl });
    await sandbox.deposit(number, "12.81");
  }
  await until("three in the list", async () => (await page.locator("#notification-list li").count()) === 3);
  assert.equal(shop.received.length, 0);
  await press(page, "Release, newest first");
  await until("three", () => shop.received.length === 3);
  assert.deepEqual(shop.received.map(({ acquireOrder }) => acquireOrder.merchantOrderNo), ["n-3", "n-2", "n-1"]);
});

test("notifications are delayed until the clock is advanced", async (t) => {
  const page = await open(t, "/");
  await page.locator("#delay-count").fill("25");
  await page.locator("#delay-unit").selectOption("hours");
  await press(page, "Set");
  await page.getByText("New ones wait 1 d 1 h.").waitFor();
  await sandbox.place("slow-1", { notifyUrl: shop.notifyUrl });
  await sandbox.deposit("slow-1", "12.81");
  await page.getByText(/not sent yet; next at/).waitFor();
  await press(page, "+ 1 day");
  await page.getByText("1 d ahead of this machine").waitFor();
  assert.equal(shop.received.length, 0);
  await press(page, "+ 2 h");
  await until("one", () => shop.received.length === 1);
});

test("a fault is set, plays, and can be read in the journal", async (t) => {
  await sandbox.place("faulty-1");
  const page = await open(t, "/");
  await page.locator("#fault").selectOption("duplicate-keys");
  await page.locator("#fault-path").selectOption("crypto/getOrder");
  await page.locator("#fault-times").fill("2");
  await press(page, "Set the fault");
  assert.match(await page.locator("#fault-list").textContent(), /duplicate-keys.*2 ×/);
  await sandbox.call("crypto/getOrder", { merchantOrderNo: "faulty-1" });
  await page.locator("#journal-list").getByText("duplicate-keys").waitFor();
  await press(page, "Clear them");
  await page.getByText("None waits.").waitFor();
  await page.getByRole("link", { name: /crypto\/getOrder$/ }).click();
  await page.getByText("signature ok").waitFor();
  const text = await page.locator("main").textContent();
  assert.match(text, /"status": "CREATED",\s+"status": "SUCCESS"/);
  assert.match(text, /"merchantOrderNo": "faulty-1"/);
});

test("a reset forgets everything", async (t) => {
  await sandbox.place("old-1");
  const page = await open(t, "/");
  await press(page, "Forget everything");
  await page.getByText("No order yet.").waitFor();
  assert.deepEqual((await sandbox.control("GET", "orders")).orders, []);
});

test("what is typed and opened survives the news", async (t) => {
  await sandbox.place("typed-1");
  const page = await open(t, "/orders/typed-1");
  await page.getByText("The order as Get Order answers it").click();
  await page.locator("#other-amount").fill("1.5");
  await sandbox.deposit("typed-1", "12.81");
  await page.locator("#order").getByText("SUCCESS").waitFor();
  await page.locator("#wire").getByText('"status": "SUCCESS"').waitFor();
  assert.equal(await page.locator("#other-amount").inputValue(), "1.5");
});

test("a mistake is told in words", async (t) => {
  await sandbox.place("wrong-1");
  const page = await open(t, "/orders/wrong-1");
  await page.locator("#other-amount").fill("1");
  await page.locator("#other-network").selectOption("BTC");
  await press(page, "Send");
  assert.match(await page.getByRole("alert").textContent(), /USDT does not run on that network/);
});

test("a page from elsewhere cannot use the forms", async (t) => {
  await sandbox.place("safe-1");
  const { port } = new URL(sandbox.origin);
  const context = await browser.newContext();
  t.after(() => context.close());
  // A site on the internet, which the test plays.
  const form = `<form method="post" action="http://127.0.0.1:${port}/orders/safe-1/pay"><input name="amount" ` +
    `value="12.81"><button>Win</button></form>`;
  await context.route("http://evil.example/*", (route) => route.fulfill({ contentType: "text/html", body: form }));
  const page = await context.newPage();
  await page.goto("http://evil.example/");
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/pay")).catch(() => null),
    page.getByRole("button", { name: "Win" }).click(),
  ]);
  assert.equal(answer?.status(), 403);
  for (const headers of [{ Origin: "null" }, { Origin: "https://evil.example" }, { "Sec-Fetch-Site": "cross-site" }]) {
    const body = new URLSearchParams({ amount: "12.81" });
    const reply = await fetch(`${sandbox.origin}/orders/safe-1/pay`, { method: "POST", headers, body });
    assert.equal(reply.status, 403, JSON.stringify(headers));
  }
  assert.equal((await sandbox.order("safe-1")).received, "0");
});

test("they fit a phone, in light and dark, and axe finds nothing wrong", async (t) => {
  const order = { notifyUrl: shop.notifyUrl, subject: "W".repeat(64) };
  await sandbox.place("n".repeat(64), order);
  await sandbox.place("axe-1", order);
  await sandbox.deposit("axe-1", "12.81");
  await sandbox.refund("axe-refund", "axe-1", 1);
  await sandbox.place("axe-2", order);
  await sandbox.deposit("axe-2", "5");
  await sandbox.control("POST", "faults", { path: "*", fault: "stall" });
  const { notifications } = await sandbox.control("GET", "notifications");
  const { journal } = await sandbox.control("GET", "journal");
  const call = `/journal/${journal[0].number}`;
  const paths = ["/", "/orders/axe-1", "/orders/axe-2", `/notifications/${notifications[0].id}`, call, "/orders/nobody"];
  const page = await open(t, "/");
  for (const path of paths) {
    await page.goto(sandbox.origin + path);
    assert.deepEqual(await flaws(page), [], path);
  }
});
