// Both checkouts, and what shoppers do there: who they are, what they choose, pressing twice, going back, BonusPay away.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { apiDown, asked, deposit } from "./shop/bonuspay.mjs";
import { attempt, attempts } from "./shop/ledger.mjs";
import { becomes, choice, customer, open, options, orderNoOf, place, settings, startedPayment } from "./shop/orders.mjs";
import { SHOPPER, store, until } from "./shop/store.mjs";

const CHECKOUTS = ["classic", "block"];

// Pays what the pay page asks for, and waits for where it leads.
async function pay(page, id) {
  const made = await attempt(id);
  await deposit(made.order_no, made.due);
  await page.getByRole("heading", { name: "Payment received" }).waitFor();
  // The page leaves by itself: who goes elsewhere meanwhile is stopped by it.
  await page.waitForURL(/order-received/);
  await becomes(id, "processing");
}

// How often BonusPay was asked to take an order.
const orders = async () => (await asked("placeOrder")).length;

const button = { classic: "#place_order", block: ".wc-block-components-checkout-place-order-button" };

// Presses Tab until what is focused fits; the words are a selector.
async function tabTo(page, selector, most = 120) {
  for (let at = 0; at < most; at++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  throw new Error(`the Tab key does not lead to ${selector}`);
}

// What the checkout refuses with, in words.
async function refusal(page) {
  const banner = page.locator(".woocommerce-error, .wc-block-components-notice-banner.is-error").first();
  await banner.waitFor();
  return banner.innerText();
}

describe("the checkouts", () => {
  before(() => store.reset());
  after(() => store.close());

  for (const checkout of CHECKOUTS) {
    test(`${checkout}: a customer who is logged in`, async () => {
      const context = await customer(`customer-${checkout}`);
      const page = await store.shopper({ context });
      await open(page, checkout);
      await choice(page, "ETH-ETH").check();
      const id = await place(page, checkout);
      assert.equal((await attempt(id)).coin, "ETH");
      await pay(page, id);
      // My account shows the same, and the choice is remembered for this customer.
      await page.goto(`/my-account/view-order/${id}/`);
      await page.locator(".bonuspay-box", { hasText: "Payment received" }).waitFor();
      await store.cart(context.request);
      await open(page, checkout);
      assert.ok(await choice(page, "ETH-ETH").isChecked(), "the choice is remembered");
      await context.close();
    });

    test(`${checkout}: a new account is made on the way`, async () => {
      const email = `new-${checkout}@shopper.test`;
      const page = await store.shopper({ address: { ...SHOPPER, email } });
      await open(page, checkout);
      if (checkout === "classic") await page.locator("#billing_email").fill(email);
      await page.getByLabel(/Create an account/).check();
      await (checkout === "classic" ? store.classicSettled(page) : store.blocksSettled(page));
      const id = await place(page, checkout);
      await pay(page, id);
      const [[user]] = await store.query(`SELECT COUNT(*) FROM #__users WHERE user_email = '${email}'`);
      assert.equal(user, "1");
      assert.equal((await attempts(id)).length, 1);
      await page.context().close();
    });

    test(`${checkout}: by keyboard alone, and the choice is remembered`, async () => {
      const page = await store.shopper();
      await open(page, checkout, checkout === "classic" ? "cheque" : "cheque");
      await page.locator("body").focus();
      await page.evaluate(() => document.activeElement?.blur());
      await tabTo(page, checkout === "classic" ? "input[name=payment_method]" : "input[name=radio-control-wc-payment-method-options]");
      await page.keyboard.press("ArrowDown");
      await (checkout === "classic" ? store.classicSettled(page) : store.blocksSettled(page));
      // The classic checkout may begin to redraw itself only now.
      await choice(page, "USDT-TRON").waitFor();
      await (checkout === "classic" ? store.classicSettled(page) : store.blocksSettled(page));
      await tabTo(page, "input[name=bonuspay_choice]");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const chosen = await page.evaluate(() => document.activeElement.value);
      assert.notEqual(chosen, "USDT-TRON");
      assert.ok(await choice(page, chosen).isChecked());
      await tabTo(page, button[checkout]);
      await page.keyboard.press("Enter");
      await page.waitForURL(/bonuspay-pay=/);
      const id = orderNoOf(page.url());
      const made = await attempt(id);
      assert.equal(`${made.coin}-${made.network}`, chosen);
      // The next time, and in the other checkout as well.
      await store.cart(page.context().request);
      for (const again of CHECKOUTS) {
        await open(page, again);
        assert.ok(await choice(page, chosen).isChecked(), `remembered in the ${again} checkout`);
      }
      await page.context().close();
    });

    test(`${checkout}: who presses the button in the moment of choosing pays with what was chosen`, async () => {
      const page = await store.shopper();
      await open(page, checkout);
      await choice(page, "USDT-TRON").check();
      await (checkout === "classic" ? store.classicSettled(page) : store.blocksSettled(page));
      await page.evaluate(
        ([radio, press]) => {
          document.querySelector(radio).click();
          document.querySelector(press).click();
        },
        ['input[name=bonuspay_choice][value="ETH-ETH"]', button[checkout]],
      );
      await page.waitForURL(/bonuspay-pay=/);
      const made = await attempt(orderNoOf(page.url()));
      assert.equal(`${made.coin}-${made.network}`, "ETH-ETH");
      await page.context().close();
    });

    test(`${checkout}: pressing twice, reloading, going back: one order, one payment`, async () => {
      const page = await store.shopper();
      await open(page, checkout);
      const before = await orders();
      await page.locator(button[checkout]).dblclick();
      await page.waitForURL(/bonuspay-pay=/);
      const id = orderNoOf(page.url());
      await page.reload();
      await page.getByRole("heading", { name: "Waiting for your payment" }).waitFor();
      const address = await page.locator("[data-bonuspay-address]").innerText();
      await page.goBack();
      await open(page, checkout);
      const again = await place(page, checkout);
      assert.equal(again, id, "the same order is paid");
      assert.equal(await page.locator("[data-bonuspay-address]").innerText(), address);
      assert.equal(await orders(), before + 1, "BonusPay was asked once");
      assert.equal((await attempts(id)).length, 1);
      await page.context().close();
    });

    test(`${checkout}: another coin after going back: the first payment is cancelled for certain`, async () => {
      const page = await store.shopper();
      await open(page, checkout);
      const id = await place(page, checkout);
      await page.goBack();
      await open(page, checkout);
      await choice(page, "BTC-BTC").check();
      assert.equal(await place(page, checkout), id);
      assert.deepEqual((await attempts(id)).map(({ coin, state }) => [coin, state]), [["USDT", "cancelled"], ["BTC", "waiting"]]);
      await page.getByText("BTC", { exact: false }).first().waitFor();
      await page.context().close();
    });

    test(`${checkout}: BonusPay cannot be reached: words, the order pending, the cart kept, and it goes on later`, async () => {
      const page = await store.shopper();
      await open(page, checkout);
      const before = await orders();
      const mails = store.mails().length;
      apiDown(true);
      try {
        await store[checkout === "classic" ? "placeClassic" : "placeBlocks"](page);
        assert.match(await refusal(page), /not available right now. You have not been charged/);
      } finally {
        apiDown(false);
      }
      const [[id, status]] = await store.query(store.orders === "posts"
        ? "SELECT ID, REPLACE(post_status, 'wc-', '') FROM #__posts WHERE post_type = 'shop_order' ORDER BY ID DESC LIMIT 1"
        : "SELECT id, REPLACE(status, 'wc-', '') FROM #__wc_orders WHERE type = 'shop_order' ORDER BY id DESC LIMIT 1");
      assert.equal(status, "pending");
      const cart = await (await page.request.get("/wp-json/wc/store/v1/cart")).json();
      assert.equal(cart.items_count, 1);
      assert.equal(store.mails().length, mails);
      assert.equal(await orders(), before);
      // The same button again.
      await (checkout === "classic" ? store.classicSettled(page) : store.blocksSettled(page));
      assert.equal(await place(page, checkout), Number(id), "the same order");
      assert.equal(await orders(), before + 1);
      await pay(page, id);
      assert.equal((await attempts(id)).length, 1);
      await page.context().close();
    });
  }

  test("block: the checkout comes to rest: it does not render itself again and again", async () => {
    const page = await store.shopper();
    // React's scheduler sends itself a message for each piece of work.
    await page.addInitScript(() => {
      const post = MessagePort.prototype.postMessage;
      window.messages = 0;
      MessagePort.prototype.postMessage = function (...args) {
        window.messages += 1;
        return post.apply(this, args);
      };
    });
    await open(page, "block");
    await choice(page, "ETH-ETH").check();
    await store.blocksSettled(page);
    const most = 50;
    const inTwoSeconds = () => page.evaluate(async () => {
      const before = window.messages;
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return window.messages - before;
    });
    assert.ok(await page.evaluate(() => window.messages) > 0, "messages are counted");
    await until("a checkout at rest", async () => (await inTwoSeconds()) <= most, 30);
    await page.context().close();
  });

  test("BonusPay refuses: words, nothing of its own, and another method works", async () => {
    const page = await store.shopper();
    await open(page, "classic");
    await store.control("POST", "faults", { path: "crypto/placeOrder", fault: "refuse", code: "400", msg: "<img src=x onerror=alert(1)>" });
    await store.placeClassic(page);
    const words = await refusal(page);
    assert.match(words, /not available right now/);
    assert.doesNotMatch(words, /onerror|400/);
    await store.classicSettled(page);
    await page.locator("label[for=payment_method_cheque]").click();
    await store.classicSettled(page);
    await store.placeClassic(page);
    await page.waitForURL(/order-received/);
    await page.context().close();
  });

  test("nobody knows whether BonusPay has it: the page says so, and finds out", async () => {
    const page = await store.shopper();
    await open(page, "block");
    await store.control("POST", "faults", { path: "crypto/placeOrder", fault: "lose-answer", times: 99 });
    await store.control("POST", "faults", { path: "crypto/getOrder", fault: "reset-after-read", times: 99 });
    const id = await place(page, "block");
    assert.match(await page.locator("main").innerText(), /checking your payment request[\s\S]*do not pay twice/);
    await store.control("DELETE", "faults");
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 0, checked_at = 0 WHERE order_id = ${id}`);
    await store.runQueue({ advance: 120, group: "bonuspay" });
    await page.getByRole("heading", { name: "Waiting for your payment" }).waitFor();
    await pay(page, id);
    assert.equal((await attempts(id)).length, 1);
    await page.context().close();
  });

  test("the pay link of an order, by someone who is not logged in and has its key", async () => {
    const id = await store.php(
      `$order = wc_create_order(); $order->add_product(wc_get_product($args['product']), 2); $order->set_address($args['address'],
        'billing');
      $order->calculate_totals(); $order->set_status('failed'); $order->save(); return $order->get_id();`,
      { product: store.shop.stocked, address: SHOPPER },
    );
    const { pay_url: url } = await store.order(id);
    const context = await store.visitor();
    const page = await context.newPage();
    await page.goto(url);
    await page.locator("label[for=payment_method_bonuspay]").click();
    await choice(page, "USDT-ETH").check();
    await page.locator("#place_order").click();
    await page.waitForURL(/bonuspay-pay=/);
    assert.equal(orderNoOf(page.url()), id);
    const made = await attempt(id);
    assert.deepEqual([made.price, made.network], ["25.62", "ETH"]);
    await pay(page, id);
    await page.locator(".bonuspay-box", { hasText: "Payment received" }).waitFor();
    await context.close();
  });

  test("a choice that is not offered is refused by the server", async () => {
    const page = await store.shopper();
    await open(page, "classic");
    await choice(page, "USDT-TRON").evaluate((input) => (input.value = "USDC-POLYGON"));
    await page.locator('input[name=bonuspay_choice][value="USDC-POLYGON"]').check();
    const before = await orders();
    await store.placeClassic(page);
    assert.match(await refusal(page), /choose the coin and the network/);
    assert.equal(await orders(), before);
    await page.context().close();
  });

  test("a shop may have any name", async () => {
    try {
      for (const name of ["Ada’s Café 店 🫖", "x".repeat(200)]) {
        await options({ blogname: name });
        const order = await startedPayment();
        const sent = JSON.parse((await asked("placeOrder")).at(-1)).bizContent;
        assert.equal(sent.subject, [...`${order.id} ${name}`].slice(0, 64).join(""));
      }
    } finally {
      await options({ blogname: "BonusPay shop" });
    }
  });

  test("outside the owner's bounds it is hidden, in both checkouts", async () => {
    await settings({ min_amount: "50" });
    const page = await store.shopper();
    await open(page, "classic", "cheque");
    assert.equal(await page.locator("#payment_method_bonuspay").count(), 0);
    await open(page, "block", "cheque");
    assert.equal(await page.locator("#radio-control-wc-payment-method-options-bonuspay").count(), 0);
    await settings({ min_amount: "" });
    await page.context().close();
  });

  describe("on BonusPay's page", () => {
    before(() => settings({ scene: "hosted" }));
    after(() => settings({ scene: "onsite" }));

    for (const checkout of CHECKOUTS) {
      test(`${checkout}: there, paid, and back`, async () => {
        const page = await store.shopper();
        await open(page, checkout);
        await choice(page, "USDT").check();
        await store[checkout === "classic" ? "placeClassic" : "placeBlocks"](page);
        await page.waitForURL(/\/checkout\/[^/]{8,}/);
        const [[id]] = await store.query("SELECT order_id FROM #__bonuspay_attempts ORDER BY id DESC LIMIT 1");
        const made = await attempt(id);
        assert.equal(made.scene, "hosted");
        assert.equal(page.url().split("?")[0], made.checkout_url.split("?")[0]);
        await deposit(made.order_no, made.due, { network: "POLYGON" });
        await page.waitForURL(/order-received/);
        await page.locator(".bonuspay-box", { hasText: "Payment received" }).waitFor();
        await becomes(id, "processing");
        await page.context().close();
      });
    }

    test("back without having paid: nothing is called paid, and the way there stands", async () => {
      const page = await store.shopper();
      await open(page, "classic");
      await store.placeClassic(page);
      await page.waitForURL(/\/checkout\/[^/]{8,}/);
      const [[id]] = await store.query("SELECT order_id FROM #__bonuspay_attempts ORDER BY id DESC LIMIT 1");
      await page.goto((await store.order(id)).received_url);
      await page.locator(".bonuspay-box", { hasText: "Waiting for your payment" }).waitFor();
      assert.equal((await store.order(id)).status, "pending");
      await page.getByRole("link", { name: "Open the payment page" }).click();
      const link = page.getByRole("link", { name: "Pay on BonusPay’s page" });
      assert.equal(await link.getAttribute("href"), (await attempt(id)).checkout_url);
      await page.context().close();
    });
  });

  describe("amounts as they are sent", () => {
    after(() => options({ woocommerce_currency: "USD", woocommerce_price_num_decimals: "2" }));

    const biz = async (id) =>
      JSON.parse((await asked("placeOrder")).find((body) => new RegExp(`_${id}-1"`).test(body))).bizContent;
    const text = async (id, pattern) => {
      const body = (await asked("placeOrder")).find((body) => new RegExp(`_${id}-1"`).test(body));
      assert.match(body, pattern);
    };
    const product = (price) =>
      store.php(
        "$product = new WC_Product_Simple(); $product->set_props(['name' => 'Priced', 'regular_price' => $args['price'], " +
          "'virtual' => true]); return $product->save();",
        { price },
      );

    test("yen have no decimals", async () => {
      await options({ woocommerce_currency: "JPY", woocommerce_price_num_decimals: "0" });
      const order = await startedPayment("USDT-TRON", { items: [await product("1980")] });
      await text(order.id, /"refAmount":\{"amount":1980,"currency":"JPY"\}/);
    });

    test("Bahraini dinars have three; BonusPay does not take them, and the shopper is told", async () => {
      await options({ woocommerce_currency: "BHD", woocommerce_price_num_decimals: "3" });
      const page = await store.shopper({ items: [await product("12.345")] });
      await open(page, "classic");
      await store.placeClassic(page);
      assert.match(await refusal(page), /not available right now/);
      const sent = (await asked("placeOrder")).at(-1);
      assert.match(sent, /"refAmount":\{"amount":12\.345,"currency":"BHD"\}/);
      await page.context().close();
    });

    test("0.1 and 0.2 are 0.3", async () => {
      await options({ woocommerce_currency: "USD", woocommerce_price_num_decimals: "2" });
      const order = await startedPayment("USDT-TRON", { items: [await product("0.1"), await product("0.2")] });
      await text(order.id, /"refAmount":\{"amount":0\.3,"currency":"USD"\}/);
    });

    test("a coupon counts", async () => {
      await store.php(
        "$coupon = new WC_Coupon(); $coupon->set_code('third'); $coupon->set_discount_type('percent'); $coupon->set_amount('33'); " +
          "$coupon->save(); return true;",
      );
      const page = await store.shopper();
      const cart = await page.request.get("/wp-json/wc/store/v1/cart");
      await page.request.post("/wp-json/wc/store/v1/cart/apply-coupon", {
        headers: { Nonce: cart.headers().nonce },
        data: { code: "third" },
      });
      await open(page, "classic");
      const id = await place(page, "classic");
      // 12.81 less 33 %, and 4.00 for the way.
      assert.equal((await store.order(id)).total, "12.58");
      await text(id, /"refAmount":\{"amount":12\.58,"currency":"USD"\}/);
      await page.context().close();
    });

    test("a shop that counts in a coin asks for that coin", async () => {
      await options({ woocommerce_currency: "USDT", woocommerce_price_num_decimals: "2" });
      const page = await store.shopper({ items: [await product("7.05")] });
      await open(page, "classic");
      assert.equal(await choice(page, "BTC-BTC").count(), 0, "no other coin is offered");
      const id = await place(page, "classic");
      const sent = await biz(id);
      assert.equal(sent.refAmount, undefined);
      await text(id, /"totalAmount":\{"amount":7\.05,"currency":"USDT"\}/);
      assert.equal((await attempt(id)).due, "7.05");
      await page.context().close();
    });
  });

  test("the queue leaves nothing failed", async () => {
    await until(
      "no failed action",
      async () => (await store.query("SELECT hook FROM #__actionscheduler_actions WHERE status = 'failed'")).length === 0,
    );
  });

  test("nothing was reported, nothing left the machine, no secret was shown", async () => {
    // The block checkout's refusals are answered with 400, which browsers report.
    assert.deepEqual(await store.gates({ allowConsole: [/status of 400 .*\/wc\/store\/v1\/checkout/] }), []);
  });
});
