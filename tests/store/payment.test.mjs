// The page on which an order is paid: every course that a payment can take, without a script, in every direction, for
// everybody who has no right to see it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, describe, test } from "node:test";
import { asked, deposit } from "./shop/bonuspay.mjs";
import { pollNow } from "./shop/clock.mjs";
import { attempts } from "./shop/ledger.mjs";
import { becomes, customer, open, options, order, place, settings, startedPayment } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const AN_HOUR = 3700; // and a little

// Opens an order's pay page as a visitor of its own.
async function visit(order, options = {}) {
  const page = await (await store.visitor(options)).newPage();
  await page.goto(order.redirect);
  return page;
}
const heading = (page, name) => page.getByRole("heading", { name }).waitFor();
const words = (page) => page.locator("main").innerText();

// The time of a payment runs out: for the shop first, which is notified at once.
async function expire(order) {
  store.clock(AN_HOUR);
  await store.control("POST", `orders/${order.made.order_no}/expire`);
}

// Makes a payment that waits one of live mode, or of test mode again; the sandbox is not asked about one of live mode.
const inMode = (order, mode) =>
  store.query(
    `UPDATE #__bonuspay_attempts SET mode = '${mode}', checked_at = ${mode === "live" ? "UNIX_TIMESTAMP() + 3600" : 0} WHERE order_id ` +
      `= ${order.id}`,
  );

// What a camera reads in a picture of a part of the page.
async function decode(page, locator) {
  const picture = await locator.screenshot();
  const reader = await (await store.visitor()).newPage();
  await reader.addScriptTag({ content: readFileSync(createRequire(import.meta.url).resolve("jsqr"), "utf8") });
  const text = await reader.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    return window.jsQR(data, width, height)?.data;
  }, picture.toString("base64"));
  await reader.context().close();
  return text;
}

describe("the pay page", () => {
  before(() => store.reset());
  after(() => store.close());
  afterEach(() => store.clock(0));

  describe("courses, as the page tells them by itself", () => {
    test("exact: paid, and on to the order", async () => {
      const order = await startedPayment();
      const page = await visit(order);
      await heading(page, "Waiting for your payment");
      await deposit(order.made.order_no, order.made.due);
      await heading(page, "Payment received");
      assert.equal(await page.locator("[data-bonuspay-address]").count(), 0, "no address any more");
      await page.waitForURL(/order-received/);
      await becomes(order.id, "processing");
      await page.context().close();
    });

    test("two deposits: the rest is asked for, then paid; what is focused stays so", async () => {
      const order = await startedPayment("BTC-BTC");
      const page = await visit(order);
      await page.locator("#bonuspay-copy-address").focus();
      const part = "0.0001";
      await deposit(order.made.order_no, part);
      await pollNow(page, order.id);
      await heading(page, "A part has arrived");
      const rest = (await page.locator("[data-bonuspay-amount]").innerText()).trim();
      const units = (text) => BigInt(text.split(".")[0] + (text.split(".")[1] ?? "").padEnd(8, "0"));
      assert.equal(units(rest), units(order.made.due) - units(part));
      assert.equal(await page.evaluate(() => document.activeElement.id), "bonuspay-copy-address");
      await inMode(order, "live");
      await page.reload();
      const uri = await page.locator("#bonuspay-wallet").getAttribute("href");
      assert.match(uri, new RegExp(`amount=${rest.replace(/0+$/, "")}`), "the link asks for the rest");
      assert.equal(await decode(page, page.locator(".bonuspay-qr [role=img]")), uri, "and so does the code");
      await inMode(order, "test");
      assert.equal((await store.order(order.id)).status, "on-hold");
      await deposit(order.made.order_no, rest);
      await heading(page, "Payment received");
      await page.context().close();
    });

    test("too little: on hold, and nobody is asked for more", async () => {
      const order = await startedPayment();
      await deposit(order.made.order_no, "5");
      const page = await visit(order);
      await heading(page, "A part has arrived");
      assert.match(await words(page), /5\.00 of 16\.81 USDT/);
      await expire(order);
      await pollNow(page, order.id);
      await heading(page, "The amount is not complete");
      assert.match(await words(page), /5\.00 of 16\.81 USDT\. The shop will contact you/);
      assert.equal(await page.locator("[data-bonuspay-address], #bonuspay-requote").count(), 0);
      assert.equal((await store.order(order.id)).status, "on-hold");
      await page.context().close();
    });

    test("too much: paid, and the difference is told", async () => {
      const order = await startedPayment();
      const page = await visit(order);
      await deposit(order.made.order_no, "20");
      await heading(page, "Payment received");
      assert.match(await words(page), /We received 20\.00 USDT; 16\.81 USDT was due/);
      await becomes(order.id, "processing");
      await page.context().close();
    });

    test("expired: a new quote, with the old payment kept", async () => {
      const order = await startedPayment();
      const page = await visit(order);
      const old = await page.locator("[data-bonuspay-address]").innerText();
      await expire(order);
      await pollNow(page, order.id);
      await heading(page, "The time for this payment is over");
      assert.equal(await page.locator("[data-bonuspay-address]").count(), 0);
      await page.locator("#bonuspay-requote").click();
      await heading(page, "Waiting for your payment");
      assert.notEqual(await page.locator("[data-bonuspay-address]").innerText(), old);
      assert.deepEqual((await attempts(order.id)).map(({ state }) => state), ["expired", "waiting"]);
      // Sent twice, by a reload of the form: nothing more.
      await page.evaluate(() => fetch(location.href, { method: "POST", body: new URLSearchParams({ action: "requote" }) }));
      assert.equal((await attempts(order.id)).length, 2);
      await page.context().close();
    });

    test("late: money for an expired payment completes the order", async () => {
      const order = await startedPayment();
      await expire(order);
      const page = await visit(order);
      await heading(page, "The time for this payment is over");
      await deposit(order.made.order_no, order.made.due);
      await becomes(order.id, "processing");
      await page.context().close();
      const later = await visit(order);
      await heading(later, "Payment received");
      await later.context().close();
    });

    test("seen, then over: no new quote", async () => {
      const order = await startedPayment();
      await deposit(order.made.order_no, "5");
      await expire(order);
      const page = await visit(order);
      assert.equal(await page.locator("#bonuspay-requote").count(), 0);
      await page.evaluate(() => fetch(location.href, { method: "POST", body: new URLSearchParams({ action: "requote" }) }));
      assert.equal((await attempts(order.id)).length, 1);
      await page.context().close();
    });

    test("expired, and the order cancelled: no new quote either", async () => {
      const order = await startedPayment();
      await expire(order);
      await until("the shop knows", async () => (await attempts(order.id))[0].state === "expired");
      await store.php("wc_get_order($args['id'])->update_status('cancelled'); return true;", { id: order.id });
      const page = await visit(order);
      assert.equal(await page.locator("#bonuspay-requote").count(), 0);
      await page.evaluate(() => fetch(location.href, { method: "POST", body: new URLSearchParams({ action: "requote" }) }));
      assert.equal((await attempts(order.id)).length, 1);
      await page.context().close();
    });

    test("cancelled at BonusPay: it stops asking, and offers a new quote", async () => {
      const order = await startedPayment();
      const page = await visit(order);
      await store.control("POST", `orders/${order.made.order_no}/cancel`);
      await heading(page, /could not be completed|was cancelled/);
      assert.equal(await page.locator("[data-bonuspay-address]").count(), 0);
      assert.equal(await page.locator("#bonuspay-requote").count(), 1);
      await page.context().close();
    });

    test("cancelled by the shop, and paid by another method: it stops asking for money", async () => {
      for (const change of [
        "$order->update_status('cancelled');",
        "$order->set_payment_method('cheque'); $order->save(); $order->payment_complete();",
      ]) {
        const order = await startedPayment();
        const page = await visit(order);
        await heading(page, "Waiting for your payment");
        await store.php(`$order = wc_get_order($args['id']); ${change} return true;`, { id: order.id });
        await pollNow(page, order.id);
        await heading(page, "This order is not waiting for a crypto payment");
        assert.equal(await page.locator("[data-bonuspay-address], #bonuspay-requote, #bonuspay-wallet").count(), 0);
        await page.context().close();
      }
    });
  });

  describe("without a script", () => {
    test("all data stand there, and a reload tells the rest", async () => {
      const order = await startedPayment("ETH-ETH");
      const page = await visit(order, { javaScriptEnabled: false });
      const text = await words(page);
      for (const wanted of [order.made.due, "ETH", order.made.address, "Ethereum", "Waiting for your payment", "This price holds until"])
        assert.ok(text.includes(wanted), wanted);
      assert.equal(await page.locator("button:visible").count(), 0, "no button that needs a script");
      assert.equal(await page.locator("noscript meta[http-equiv=refresh], head meta[http-equiv=refresh]").count(), 1);
      await deposit(order.made.order_no, order.made.due);
      await becomes(order.id, "processing");
      await page.locator("#bonuspay-check").click();
      await heading(page, "Payment received");
      await page.locator("#bonuspay-order").first().click();
      await page.waitForURL(/order-received/);
      await page.context().close();
    });

    test("a new quote", async () => {
      const order = await startedPayment();
      await expire(order);
      const page = await visit(order, { javaScriptEnabled: false });
      await page.locator("#bonuspay-requote").click();
      await heading(page, "Waiting for your payment");
      assert.equal((await attempts(order.id)).length, 2);
      await page.context().close();
    });
  });

  test("Polygon is not taken for Ethereum: name and warning, on the page and at the checkout", async () => {
    const choices = await store.php("return get_option('woocommerce_bonuspay_settings')['choices'];");
    await settings({ choices: ["USDC-ETH", "USDC-POLYGON"] });
    const order = await startedPayment("USDC-POLYGON");
    const page = await visit(order);
    assert.deepEqual((await page.locator(".bonuspay-facts dd").allInnerTexts())[1], "Polygon (POL)");
    assert.match(
      await page.locator(".bonuspay-warning").innerText(),
      /^Send only USDC on the Polygon network \(POL\), not on Ethereum \(ERC-20\)\. Coins sent on any other network/,
    );
    await page.context().close();
    const checkout = await store.shopper();
    await store.checkoutClassic(checkout, "bonuspay");
    const offered = (await checkout.locator(".payment_method_bonuspay label").allInnerTexts()).filter((text) =>
      /Polygon|Ethereum/.test(text),
    );
    assert.deepEqual(offered.map((text) => text.trim()), ["USDC on the Ethereum network (ERC-20)", "USDC on the Polygon network (POL)"]);
    await checkout.context().close();
    await settings({ choices });
  });

  describe("the code", () => {
    for (const choice of ["USDT-TRON", "USDT-ETH", "BTC-BTC", "ETH-ETH"]) {
      test(`${choice}: a camera reads what the page says`, async () => {
        const order = await startedPayment(choice);
        const page = await visit(order);
        const read = () => decode(page, page.locator(".bonuspay-qr [role=img]"));
        assert.equal(await read(), order.made.address, "in test mode no code names a network on which a wallet pays real coins");
        assert.equal(await page.locator("#bonuspay-wallet, [href^='ethereum:'], [href^='bitcoin:']").count(), 0, "and nothing opens one");
        assert.match(await page.locator(".bonuspay-qr figcaption").innerText(), /^Test mode: this QR code contains the address only/);
        await inMode(order, "live");
        await page.reload();
        const live = await read();
        const scheme = { "ETH-ETH": "ethereum:", "BTC-BTC": "bitcoin:" }[choice];
        if (scheme) assert.ok(live.startsWith(scheme + order.made.address), live);
        assert.equal(await page.locator("#bonuspay-wallet").count(), scheme ? 1 : 0);
        assert.equal(live, scheme ? await page.locator("#bonuspay-wallet").getAttribute("href") : order.made.address);
        assert.doesNotMatch(await page.locator("main").innerText(), /Test mode/);
        await page.context().close();
      });
    }
  });

  describe("the script", () => {
    // A page whose clock is the test's, and that counts what it asks.
    async function timed(order, { nothingNew = false } = {}) {
      const page = await (await store.visitor()).newPage();
      const calls = [];
      const waiting = new Set();
      page.on("request", (request) => {
        if (request.url().includes("/bonuspay/v1/status")) calls.push(request.url());
        waiting.add(request);
      });
      for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => waiting.delete(request));
      if (nothingNew) {
        // The shop's own clock does not run with the page's.
        await page.route(/bonuspay\/v1\/status/, async (route) =>
          route.fulfill({ json: { revision: await page.locator("[data-bonuspay]").getAttribute("data-revision") } }),
        );
      }
      await page.clock.install();
      await page.addInitScript(() => {
        let hidden = false;
        Object.defineProperty(document, "hidden", { get: () => hidden });
        window.setHidden = (value) => {
          hidden = value;
          document.dispatchEvent(new Event("visibilitychange"));
        };
      });
      await page.goto(order.redirect);
      // Time passes in steps, so that answers can come in between.
      const pass = async (seconds) => {
        for (let at = 0; at < seconds; at += 3) {
          await page.clock.runFor(3000);
          await new Promise((resolve) => setTimeout(resolve, 30));
          await until("the answers", () => waiting.size === 0);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      return { page, calls, pass };
    }

    test("asks less and less often, not while hidden, and again when looked at", async () => {
      const order = await startedPayment();
      const { page, calls, pass } = await timed(order, { nothingNew: true });
      await pass(30);
      const first = calls.length;
      assert.ok(first >= 3 && first <= 7, `${first} in half a minute`);
      await pass(270);
      const more = calls.length - first;
      assert.ok(more >= 6 && more <= 14, `${more} in four and a half minutes`);
      await page.evaluate(() => window.setHidden(true));
      await page.waitForTimeout(300);
      const hidden = calls.length;
      await pass(120);
      assert.equal(calls.length, hidden, "hidden: nothing");
      await page.evaluate(() => window.setHidden(false));
      await pass(3);
      assert.ok(calls.length > hidden, "looked at: at once");
      await page.context().close();
    });

    test("stops when it is over", async () => {
      const order = await startedPayment();
      const { page, calls, pass } = await timed(order);
      await store.php("wc_get_order($args['id'])->update_status('cancelled'); return true;", { id: order.id });
      await store.query("UPDATE #__bonuspay_attempts SET checked_at = 0");
      await pass(9);
      await heading(page, "This order is not waiting for a crypto payment");
      const last = calls.length;
      await pass(120);
      assert.equal(calls.length, last);
      await page.context().close();
    });

    test("counts down, and says the minutes to who cannot see them", async () => {
      const order = await startedPayment();
      const { page, pass } = await timed(order, { nothingNew: true });
      const read = async () =>
        (await page.locator("[data-bonuspay-countdown]").innerText()).split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
      const before = await read();
      assert.ok(before > 3500 && before <= 3600, `${before}`);
      await pass(90);
      const now = await read();
      assert.ok(before - now >= 80 && before - now <= 105, `${before} → ${now}`);
      assert.match(await page.locator("[role=status]").innerText(), /Minutes left: 5\d/);
      await page.context().close();
    });

    test("asks at once, whatever the page says, and when a browser gives back a page that it kept", async () => {
      const order = await startedPayment();
      await expire(order);
      await store.query(`UPDATE #__bonuspay_attempts SET state = 'expired' WHERE order_id = ${order.id}`);
      const { page, calls } = await timed(order, { nothingNew: true });
      await heading(page, "The time for this payment is over");
      await until("it is asked without any time passing", () => calls.length === 1);
      // Until the first answer is there, nothing more is asked.
      await until("it is asked again", async () => {
        await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
        return calls.length > 1;
      });
      await page.unrouteAll({ behavior: "wait" });
      await page.context().close();
    });

    test("copies, by keyboard", async () => {
      const order = await startedPayment();
      const page = await visit(order, { permissions: ["clipboard-read", "clipboard-write"] });
      await page.locator("#bonuspay-copy-address").focus();
      await page.keyboard.press("Enter");
      await page.locator("#bonuspay-copy-address", { hasText: "Copied" }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), order.made.address);
      assert.equal(await page.evaluate(() => document.activeElement.id), "bonuspay-copy-address");
      await page.context().close();
    });

    test("however often a page asks, BonusPay is asked once in five seconds", async () => {
      const order = await startedPayment();
      const page = await visit(order);
      const url = await page.locator("[data-bonuspay]").getAttribute("data-status-url");
      const count = async () => (await asked("getOrder")).filter((body) => body.includes(order.made.merchant_order_no)).length;
      await store.query("UPDATE #__bonuspay_attempts SET checked_at = 0");
      const before = await count();
      const started = Date.now();
      const codes = await page.evaluate(
        (url) => Promise.all(Array.from({ length: 40 }, () => fetch(url).then(({ status }) => status))),
        url,
      );
      assert.ok(codes.every((code) => code === 200));
      // The shop counts in whole seconds: two calls may be 4.1 s apart.
      const took = Date.now() - started;
      const made = (await count()) - before;
      assert.ok(made <= 1 + Math.floor((took + 1000) / 5000), `${made} calls in ${took} ms`);
      await page.context().close();
    });
  });

  describe("who may see it", () => {
    test("a wrong key, another order's key, an unknown order: one and the same answer", async () => {
      const one = await startedPayment();
      const two = await startedPayment();
      const cheque = await order("", { method: "cheque" });
      const look = async (path) => {
        const answer = await fetch(store.url + path, { redirect: "manual" });
        const headers = Object.fromEntries([...answer.headers].filter(([name]) => !["date", "connection", "keep-alive"].includes(name)));
        // nosniff and the like are alike; a canonical link may name the route that was asked.
        delete headers.link;
        return { status: answer.status, text: await answer.text(), headers };
      };
      for (const path of [
        (id, key) => `/?bonuspay-pay=${id}&key=${key}`,
        (id, key) => `/wp-json/bonuspay/v1/status?order=${id}&key=${key}`,
      ]) {
        assert.equal((await look(path(one.id, one.key))).status, 200);
        const expected = await look(path(one.id, "wc_order_wrongwrongwro"));
        assert.equal(expected.status, 404);
        for (const [id, key] of [
          [one.id, two.key],
          [two.id, one.key],
          [999999, one.key],
          [one.id, ""],
          [one.id, `${one.key}x`],
          [0, one.key],
          [-1, one.key],
          ["1e3", one.key],
          [`${one.id}%00`, one.key],
          [cheque.id, cheque.key],
          [one.id, one.key.toUpperCase()],
        ]) {
          const got = await look(path(id, key));
          assert.deepEqual(got, expected, path(id, key));
        }
        // And nothing is written for who asks.
        const written = async () =>
          store.query("SELECT option_name, MD5(option_value) FROM #__options WHERE option_name LIKE '%bonuspay%' ORDER BY 1");
        const before = await written();
        for (let at = 0; at < 10; at++) await look(path(1000 + at, `wc_order_${at}`));
        assert.deepEqual(await written(), before);
        for (const fields of [`${path(one.id, "")}&key[]=${one.key}`]) assert.deepEqual(await look(fields), expected, fields);
      }
    });

    test("nobody keeps it, frames it or indexes it, and it loads little", async () => {
      const order = await startedPayment();
      const page = await (await store.visitor()).newPage();
      let bytes = 0;
      const others = [];
      page.on("response", async (response) => {
        const url = response.url();
        if (/\/assets\/pay\.(css|js)/.test(url)) bytes += (await response.body()).length;
        else if (!/bonuspay-pay|bonuspay\/v1\/status/.test(url)) others.push(url);
      });
      const answer = await page.goto(order.redirect);
      const headers = answer.headers();
      assert.match(headers["cache-control"], /no-store|no-cache/);
      assert.match(headers["content-security-policy"], /default-src 'none'/);
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.match(headers["x-robots-tag"], /noindex/);
      await page.waitForLoadState("networkidle");
      assert.ok(bytes > 1000 && bytes < 30 * 1024, `${bytes} bytes`);
      assert.deepEqual(others.filter((url) => !url.endsWith("/favicon.ico") && !url.startsWith("data:")), []);
      const status = await page.request.get(await page.locator("[data-bonuspay]").getAttribute("data-status-url"));
      assert.match(status.headers()["cache-control"], /no-store|no-cache/);
      await page.context().close();
    });

    test("order-received proves nothing, and shows nothing without the key", async () => {
      const order = await startedPayment();
      const page = await (await store.visitor()).newPage();
      await page.goto(`/checkout/order-received/${order.id}/?status=SUCCESS&paid=1&order-received=${order.id}`);
      const text = await page.locator("body").innerText();
      assert.ok(!text.includes(order.made.address) && !text.includes("ada@shopper.test"));
      assert.equal(await page.locator(".bonuspay-box").count(), 0);
      const { received_url: url } = await store.order(order.id);
      await page.goto(`${url}&status=SUCCESS&paid=1`);
      await page.locator(".bonuspay-box", { hasText: "Waiting for your payment" }).waitFor();
      assert.equal((await store.order(order.id)).status, "pending");
      assert.equal((await store.order(order.id)).paid, false);
      await page.context().close();
    });
  });

  describe("the ways to it", () => {
    test("from My account: 'Pay' in the list, the box in the order", async () => {
      const context = await customer("returning");
      const shopper = await store.shopper({ context });
      await open(shopper, "classic");
      const id = await place(shopper, "classic");
      const url = shopper.url();
      await shopper.goto("/my-account/orders/");
      const pay = shopper.locator("a.woocommerce-button.pay, a.pay");
      assert.equal(await pay.count(), 1);
      assert.equal(await pay.getAttribute("href"), url);
      await shopper.goto(`/my-account/view-order/${id}/`);
      assert.equal(await shopper.locator(".bonuspay-box a.bonuspay-open").getAttribute("href"), url);
      // Another customer sees nothing of it.
      const stranger = await customer("stranger");
      const answer = await stranger.request.get(`/my-account/view-order/${id}/`);
      assert.doesNotMatch(await answer.text(), /bonuspay-box|bonuspay-pay/);
      await stranger.close();
      await context.close();
    });

    test("from WooCommerce's page of an order that has its payment method", async () => {
      const order = await startedPayment();
      const page = await (await store.visitor()).newPage();
      await page.goto(`/checkout/order-pay/${order.id}/?key=${order.key}`);
      await page.getByRole("link", { name: "Open the payment page" }).click();
      await heading(page, "Waiting for your payment");
      await page.context().close();
    });
  });

  describe("what others wrote", () => {
    const HOSTILE = `<script>window.pwned=1</script><img src=x onerror="window.pwned=1">" onmouseover="window.pwned=1`;

    test("is shown as text: names of products and of the shop, and what BonusPay says", async () => {
      const [[name]] = await store.query("SELECT option_value FROM #__options WHERE option_name = 'blogname'");
      await options({ blogname: HOSTILE });
      const product = await store.php(
        "global $wpdb; $product = new WC_Product_Simple(); $product->set_props(['name' => 'x', 'regular_price' => '7']); " +
          "$id = $product->save(); $wpdb->update($wpdb->posts, ['post_title' => $args['name']], ['ID' => $id]); " +
          "clean_post_cache($id); return $id;",
        { name: HOSTILE },
      );
      try {
        const order = await startedPayment("USDT-TRON", { items: [product] });
        const columns = "address = '<script>window.pwned=1</script>', tx_hash = '\" onmouseover=\"window.pwned=1', " +
          "reason = '<img src=x onerror=window.pwned=1>'";
        await store.query(`UPDATE #__bonuspay_attempts SET ${columns} WHERE order_id = ${order.id}`);
        const page = await visit(order);
        await page.locator("[data-bonuspay-address]", { hasText: "<script>" }).waitFor();
        assert.equal(await page.evaluate(() => window.pwned), undefined);
        assert.equal(await page.locator("[onmouseover], [onerror], main script").count(), 0);
        await page.goto((await store.order(order.id)).received_url);
        await page.locator(".bonuspay-box").waitFor();
        assert.equal(await page.evaluate(() => window.pwned), undefined);
        await page.context().close();
      } finally {
        await options({ blogname: name });
      }
    });
  });

  describe("for everybody", () => {
    after(() => {
      store.constants({});
      return store.theme("twentytwentyfive");
    });

    test("axe finds nothing serious, in any state", async () => {
      const order = await startedPayment("BTC-BTC");
      const page = await visit(order);
      const look = async (name) => {
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          await store.query("UPDATE #__bonuspay_attempts SET checked_at = 0");
          await page.reload();
          await heading(page, name);
          assert.deepEqual(await store.flaws(page), [], `${name}, ${colorScheme}`);
        }
      };
      await look("Waiting for your payment");
      await deposit(order.made.order_no, "0.0001");
      await look("A part has arrived");
      await deposit(order.made.order_no, order.made.due);
      await becomes(order.id, "processing");
      // The page leads on to the order's, which is the theme's: not before it was looked at.
      await page.route("**/order-received/**", (route) => route.abort("aborted"));
      await look("Payment received");
      await page.goto("/?bonuspay-pay=1&key=x");
      assert.deepEqual(await store.flaws(page), [], "not found");
      await page.context().close();
    });

    test("on a phone, and at 400 %: nothing sticks out, and what is pressed is large enough", async () => {
      const order = await startedPayment("BTC-BTC");
      for (const width of [390, 320]) {
        const page = await visit(order, { viewport: { width, height: 700 } });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${width} wide`);
        for (const box of await Promise.all(
          (await page.locator("button:visible, a.bonuspay-button:visible").all()).map((one) => one.boundingBox()),
        ))
          assert.ok(box.height >= 44 && box.width >= 44, JSON.stringify(box));
        await page.context().close();
      }
    });

    test("by keyboard: every control in its order, and visibly", async () => {
      const order = await startedPayment("BTC-BTC");
      await inMode(order, "live");
      const page = await visit(order);
      const seen = [];
      for (let at = 0; at < 8; at++) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => {
          const style = getComputedStyle(document.activeElement);
          return { id: document.activeElement.id, isMarked: style.outlineStyle !== "none" || style.boxShadow !== "none" };
        });
        if (focused.id) {
          seen.push(focused.id);
          assert.ok(focused.isMarked, `${focused.id} is marked`);
        }
      }
      assert.deepEqual(seen.slice(0, 5), [
        "bonuspay-copy-amount",
        "bonuspay-copy-address",
        "bonuspay-wallet",
        "bonuspay-check",
        "bonuspay-other",
      ]);
      await page.context().close();
    });

    test("who wants no motion gets none", async () => {
      const order = await startedPayment();
      const page = await visit(order, { reducedMotion: "reduce" });
      const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => {
        const { animationName, transitionDuration } = getComputedStyle(one);
        return animationName !== "none" || parseFloat(transitionDuration) > 0.01;
      }).map((one) => one.className));
      assert.deepEqual(moving, []);
      await page.context().close();
    });

    test("from right to left: the page turns round, address and amount do not", async () => {
      const order = await startedPayment();
      store.constants({ STORE_RTL: true });
      const page = await visit(order);
      assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
      const code = await page.locator(".bonuspay-qr").boundingBox();
      const facts = await page.locator(".bonuspay-facts").boundingBox();
      assert.ok(code.x < facts.x, "the code stands to the left");
      assert.equal(await page.locator("[data-bonuspay-address]").evaluate((one) => getComputedStyle(one).direction), "ltr");
      const { received_url: url } = await store.order(order.id);
      await page.goto(url);
      await page.locator(".bonuspay-box").waitFor();
      await page.context().close();
      store.constants({});
    });

    for (const theme of ["store-classic", "twentytwentyfive"]) {
      test(`in the theme ${theme}: the page is our own, the box fits in, axe is content`, async () => {
        await store.theme(theme);
        const order = await startedPayment();
        const page = await visit(order);
        assert.equal(await page.locator("link[rel=stylesheet]").count(), 1, "no style of the theme's");
        await page.goto((await store.order(order.id)).received_url);
        await page.locator(".bonuspay-box", { hasText: "Waiting for your payment" }).waitFor();
        assert.deepEqual(await store.flaws(page, ".bonuspay-box"), []);
        await deposit(order.made.order_no, order.made.due);
        await page.locator(".bonuspay-box", { hasText: "Payment received" }).waitFor();
        await page.context().close();
      });
    }
  });

  test("nothing was reported, nothing left the machine, no secret was shown", async () => {
    // What does not exist is answered with 404, which browsers report.
    assert.deepEqual(await store.gates({ allowConsole: [/status of 404 .*bonuspay-pay=1&key=x/] }), []);
  });
});
