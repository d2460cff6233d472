// The merchant's side, continued: faults that the connection test names, modes that change, WooCommerce's own lists, and
// that everybody can use the pages.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asked, deposit } from "./shop/bonuspay.mjs";
import { attempt } from "./shop/ledger.mjs";
import { becomes, settings, startedPayment } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

const SETTINGS = "/wp-admin/admin.php?page=wc-settings&tab=checkout&section=bonuspay";
let page;

describe("the merchant's pages", { concurrency: false }, () => {
  before(async () => {
    await store.reset();
    page = await store.adminPage();
  });
  after(() => store.close());

  // What the button says.
  async function connection() {
    await page.goto(SETTINGS);
    await page.locator(".bonuspay-test[data-mode=test]").click();
    const result = page.locator(".bonuspay-result.is-good, .bonuspay-result.is-bad").first();
    await result.waitFor();
    return result.innerText();
  }

  test("the connection test names what is wrong: the clock, BonusPay's key, the network, a refusal", async () => {
    assert.match(await connection(), /You are ready/);
    const { journal } = await store.control("GET", "journal");
    const path = journal.at(-1).path;
    for (const [fault, said] of [
      [{ fault: "clock-off" }, /clock/],
      [{ fault: "wrong-signature" }, /signature does not fit the key that stands here as BonusPay's public key/],
      [{ fault: "reset-before-read", times: 5 }, /could not be reached|firewall or a proxy/],
      [{ fault: "html-502", times: 5 }, /firewall or a proxy|not BonusPay|could not be reached/],
      [{ fault: "refuse", code: "400", msg: "INVALID_SIGNATURE" }, /BonusPay answers, but refuses/],
    ]) {
      await store.control("POST", "faults", { path, ...fault });
      assert.match(await connection(), said, fault.fault);
      await store.control("DELETE", "faults");
    }
    assert.match(await connection(), /You are ready/);
  });

  test("axe finds nothing serious in the settings and in the box on an order", async () => {
    await page.goto(SETTINGS);
    assert.deepEqual(await store.flaws(page, ".form-table"), []);
    const order = await startedPayment();
    const { edit } = await store.php("return ['edit' => wc_get_order($args['id'])->get_edit_order_url()];", { id: order.id });
    await page.goto(edit);
    assert.deepEqual(await store.flaws(page, "#bonuspay-payment"), []);
  });

  test("a payment stays in the mode it began in, whatever the mode is now", async () => {
    const order = await startedPayment();
    await settings({ mode: "live" });
    try {
      const before = (await asked("getOrder")).length;
      const answer = await fetch(order.redirect);
      assert.match(await answer.text(), /Test mode/);
      await deposit(order.made.order_no, order.made.due);
      // Test money completes nothing in a live shop: unsettled.test.mjs has what the owner sees of it.
      await becomes(order.id, "on-hold");
      assert.ok((await asked("getOrder")).length > before, "asked at the test gateway");
      assert.equal((await attempt(order.id)).mode, "test");
      // Live keys are missing: nobody is offered what cannot be paid.
      const shopper = await store.shopper();
      await store.checkoutClassic(shopper);
      assert.equal(await shopper.locator("#payment_method_bonuspay").count(), 0);
      await shopper.context().close();
    } finally {
      await settings({ mode: "test" });
    }
  });

  test("WooCommerce's list of payment methods has it, and REST tells no key", async () => {
    // Its own page of payment methods asks other companies' servers for scripts; what it shows comes from here.
    await page.goto("/wp-admin/");
    const answers = await page.evaluate(async () => {
      const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
      const paths = [
        "wc/v3/payment_gateways",
        "wc/v3/settings",
        "wc/v3/settings/checkout",
        "wc/v3/system_status",
        "wc-admin/settings/payments/providers",
      ];
      return Promise.all(paths.map(async (path) => (await fetch(`/wp-json/${path}`, { headers: { "X-WP-Nonce": nonce } })).text()));
    });
    assert.match(answers[0], /"id":"bonuspay"/);
    assert.ok(answers.every((text) => !/PRIVATE KEY|keys_test|private_key"/.test(text)));
    await page.goto("about:blank");
  });

  test("hostile words of others are text in notes and in the list of orders", async () => {
    const hostile = `<script>window.pwned=1</script><img src=x onerror="window.pwned=1">`;
    const order = await startedPayment();
    await store.query(`UPDATE #__bonuspay_attempts SET reason = '${hostile}', tx_hash = '${hostile}' WHERE order_id = ${order.id}`);
    await deposit(order.made.order_no, order.made.due, { payerAddress: "TW5fgGQktjNZ6HXaWGHEjGH4yh5BCKMUdx" });
    await becomes(order.id, "processing");
    const { edit } = await store.php("return ['edit' => wc_get_order($args['id'])->get_edit_order_url()];", { id: order.id });
    for (const path of [
      edit,
      store.orders === "posts" ? "/wp-admin/edit.php?post_type=shop_order" : "/wp-admin/admin.php?page=wc-orders",
    ]) {
      await page.goto(path);
      await page.waitForLoadState("load");
      assert.equal(await page.evaluate(() => window.pwned), undefined);
      assert.equal(await page.locator("#bonuspay-payment script, #bonuspay-payment img, .order_notes script, .order_notes img").count(), 0);
    }
  });

  test("without the extension neither checkout offers it, nothing breaks, and an order's page says nothing wrong", async () => {
    const order = await startedPayment();
    await page.goto("about:blank");
    await store.extension(false);
    try {
      for (const checkout of ["checkoutClassic", "checkoutBlocks"]) {
        const shopper = await store.shopper();
        await store[checkout](shopper, "cheque");
        assert.equal(await shopper.locator("#payment_method_bonuspay, #radio-control-wc-payment-method-options-bonuspay").count(), 0);
        await shopper.context().close();
      }
      const answer = await fetch(order.redirect);
      assert.equal(answer.status, 200);
      assert.doesNotMatch(await answer.text(), /critical error|Payment received/);
    } finally {
      await store.extension(true);
    }
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
