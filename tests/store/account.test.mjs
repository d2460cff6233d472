// WooCommerce > BonusPay > Account: balances, a rate, a payout; asked by a button alone, and nothing can be paid out.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { begin, PAYLOADS, readable, refuses, tab } from "./shop/admin.mjs";
import { forgetCalls, merchantCalls, noFaults } from "./shop/bonuspay.mjs";
import { store, until } from "./shop/store.mjs";

let page;
const CALLS = /^(account|fxrate|ccwithdraw|otcfundout)\//;
const asked = async () => (await store.control("GET", "journal")).journal.filter(({ path }) => CALLS.test(path)).map(({ path }) => path);
const card = (title) => page.locator(".bonuspay-card", { has: page.getByRole("heading", { name: title }) });
const forgetPause = () =>
  store.query(
    "UPDATE #__options SET option_value = REPLACE(option_value, 'asked_at', " +
      "'long_ago') WHERE option_name LIKE '_transient_bonuspay_wc_account%'",
  );

// The pause as it is at its beginning, however long two pages took.
const beginPause = () =>
  store.query(
    `UPDATE #__options SET option_value = REGEXP_REPLACE(option_value, 'asked_at";i:[0-9]+', CONCAT('asked_at";i:', UNIX_TIMESTAMP() + 60))
    WHERE option_name LIKE '_transient_bonuspay_wc_account%'`,
  );

// Presses a card's button; gives what the card says then.
async function ask(title, fields = {}) {
  await forgetPause();
  await page.goto(tab("account"));
  for (const [label, value] of Object.entries(fields)) {
    const field = card(title).getByLabel(label);
    await ((await field.evaluate((one) => one.tagName)) === "SELECT" ? field.selectOption(value) : field.fill(value));
  }
  await Promise.all([page.waitForEvent("load"), card(title).getByRole("button").click()]);
  return card(title).locator(".bonuspay-answer").innerText();
}

describe("the account", { concurrency: false }, () => {
  before(async () => {
    page = await begin();
  });
  after(() => store.close());

  test("a look at the page asks nothing, and says why nothing can be paid out", async () => {
    await forgetCalls();
    await page.goto(tab("account"));
    await page.getByText("whoever steals a WordPress password must not be able to empty your account").waitFor();
    assert.deepEqual(await asked(), []);
    const actions = await page.locator(".bonuspay-screen form").evaluateAll((forms) => forms.map((form) => form.elements.what.value));
    assert.deepEqual(actions, ["balances", "rate", "payout"]);
  });

  test("balances are those of BonusPay, coin by coin", async () => {
    const said = await ask("Balances");
    const { balances } = await store.control("GET", "balances");
    const ours = balances.filter(({ partnerId }) => partnerId === store.sandbox.partner_id);
    assert.ok(ours.length >= 4);
    for (const { currency, balance, available } of ours)
      assert.match(
        said,
        new RegExp(`${currency}\\s+${String(balance).replace(".", "\\.")}0* \\(available ${String(available).replace(".", "\\.")}`),
        currency,
      );
    await page.getByText(/^Asked at/).waitFor();
  });

  test("a rate stands beside the amount, exactly, and is called an indication", async () => {
    const said = await ask("Rate", { Amount: "1234567890.5", Coin: "BTC" });
    assert.match(said, /1 BTC\s+≈ 60000 USD/);
    assert.match(said, /1234567890\.5 BTC\s+≈ 74074073430000 USD/);
    assert.match(said, /1234567890\.5 USD\s+≈ 20576\.131508(3\d*)? BTC/);
    await card("Rate").getByText("An indication").waitFor();
    assert.match(await ask("Rate", { Amount: "0,5", Coin: "ETH" }), /0\.5 ETH\s+≈ 1250 USD/);
    for (const wrong of ["1e3", "-1", "a lot", " "]) assert.match(await ask("Rate", { Amount: wrong }), /This is not an amount/, wrong);
  });

  test("a currency that BonusPay has no rate for is told in words", async () => {
    await store.php("update_option('woocommerce_currency', 'XAF'); return 1;");
    assert.match(await ask("Rate", { Amount: "1" }), /refused to answer this\. \(code \d+\)/);
    await store.php("update_option('woocommerce_currency', 'USD'); return 1;");
  });

  test("a withdrawal, a transfer and a settlement are found by the merchant's number", async () => {
    const address = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
    const made = await merchantCalls("ccwithdraw/transfer", {
      merchantOrderNo: "payout-1",
      address,
      network: "TRON",
      expectedReceivedAmount: { amount: 12.5, currency: "USDT" },
    });
    const before = await ask("Look up a payout", { Kind: "withdrawal", "Your number": "payout-1" });
    for (const part of ["payout-1", made.orderNo, "On its way (PENDING)", "12.5", "USDT", "TRON"])
      assert.ok(before.includes(part), `${part} in ${before}`);
    assert.ok(!before.includes(address));
    await store.settle(`withdrawals/${made.orderNo}`);
    assert.match(await ask("Look up a payout", { "Your number": "payout-1" }), /Paid out \(COMPLETED\)/);

    const lost = await merchantCalls("ccwithdraw/placeOrder", {
      merchantOrderNo: "payout-2",
      address,
      network: "TRON",
      expectedReceivedAmount: { amount: 3, currency: "USDT" },
    });
    await store.control("POST", `withdrawals/${lost.orderNo}/fail`, { failDes: "<script>document.title='x'</script>" });
    assert.match(await ask("Look up a payout", { "Your number": "payout-2" }), /Failed, nothing was paid out \(FAILED\)[^]*<script>/);
    assert.equal(await page.locator(".bonuspay-card script").count(), 0);
    assert.notEqual(await page.title(), "x");

    const sold = await merchantCalls("otcfundout/placeOrder", {
      merchantOrderNo: "sale-1",
      fiatCurrency: "USD",
      cryptoAmount: { amount: 20, currency: "USDT" },
    });
    const said = await ask("Look up a payout", { Kind: "settlement", "Your number": "sale-1" });
    for (const part of ["sale-1", sold.orderNo, "PENDING", "20"]) assert.ok(said.includes(part), `${part} in ${said}`);
  });

  test("what is not there, or cannot be asked, is told in words", async () => {
    assert.match(await ask("Look up a payout", { "Your number": "nobody-1" }), /does not know this number\. \(code 77\d+\)/);
    assert.match(await ask("Look up a payout", { "Your number": "no blanks" }), /not a number of a payout/);
    await store.control("POST", "faults", { path: "account/getAccountList", fault: "wrong-signature", times: 9 });
    assert.match(await ask("Balances"), /could not be asked/);
    await noFaults();
    await store.control("POST", "faults", { path: "account/getAccountList", fault: "refuse", code: "403", times: 9 });
    assert.match(await ask("Balances"), /\(code 403\)/);
    await noFaults();
  });

  test("an attack as a number finds nothing and breaks nothing (R108)", async () => {
    for (const payload of PAYLOADS.slice(0, -1)) {
      const text = decodeURIComponent(payload.replaceAll("+", " ")).trim();
      const said = await ask("Look up a payout", { "Your number": text });
      assert.match(said, /not a number|does not know|does not take|refused/, text);
    }
  });

  test("two clicks at once are one call; a link, a wrong nonce and nobody else asks", async () => {
    await forgetPause();
    await page.goto(tab("account"));
    await forgetCalls();
    await Promise.all([page.waitForEvent("load"), page.locator(".bonuspay-card button").first().click()]);
    await beginPause();
    await page.locator(".bonuspay-card button").first().click();
    await page.getByText("BonusPay was asked a moment ago").waitFor();
    assert.equal((await asked()).length, 1);
    // Also while the first is on its way.
    await forgetPause();
    await page.goto(tab("account"));
    const nonce = await page.locator(".bonuspay-card input[name=nonce]").first().getAttribute("value");
    const press = (what) =>
      page.request.post("/wp-admin/admin-post.php", { form: { action: "bonuspay_wc_ask_account", nonce, what }, maxRedirects: 0 });
    await forgetCalls();
    await store.control("POST", "faults", { path: "account/getAccountList", fault: "stall" });
    const first = press("balances");
    await until(
      "the first is on its way",
      async () =>
        (
          await store.query(
            "SELECT 1 FROM #__options WHERE option_name LIKE '_transient_bonuspay_wc_account%' AND option_value LIKE '%asked_at%'",
          )
        ).length > 0,
      4,
    );
    await beginPause();
    assert.match((await press("balances")).headers().location, /too_soon/);
    await first;
    await noFaults();
    await forgetCalls();
    await forgetPause();
    await page.goto(tab("account"));
    for (const what of ["balances", "rate", "payout", "withdraw"])
      await refuses(page, "bonuspay_wc_ask_account", { what, coin: "USDT", amount: "1", number: "payout-1" });
    // What is asked is one of three; there is no fourth.
    assert.equal((await press("withdraw")).status(), 403);
    assert.deepEqual(await asked(), []);
  });

  test("another user sees none of it", async () => {
    await ask("Balances");
    await store.php(
      "wp_insert_user(['user_login' => 'keeper', 'user_pass' => 'keeper', 'user_email' => 'keeper@shop.test', " +
        "'role' => 'shop_manager']); return 1;",
    );
    const context = await store.visitor();
    await context.request.get("/wp-login.php");
    await context.request.post("/wp-login.php", { form: { log: "keeper", pwd: "keeper", testcookie: "1" }, maxRedirects: 0 });
    const text = await (await context.request.get(tab("account"))).text();
    assert.match(text, /Ask for the balances/);
    assert.doesNotMatch(text, /withdrawable/);
    await context.close();
    await readable(page, tab("account"));
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED|status of 403/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
