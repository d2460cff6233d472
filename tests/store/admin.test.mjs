// What the merchant sees and may do: settings, keys, notices, the order screen, uninstalling.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { store } from "./shop/store.mjs";

const SETTINGS = "/wp-admin/admin.php?page=wc-settings&tab=checkout&section=bonuspay";
const FIELD = "#woocommerce_bonuspay_";
const gateway = readFileSync(store.sandbox.gateway_public_key, "utf8");
const merchant = readFileSync(store.sandbox.merchant_private_key, "utf8");
const secrets = [secretOf(merchant)];
let page;

// A line from the middle of a private key stands for all of it.
function secretOf(pem) {
  return pem.trim().split("\n")[5];
}

async function open() {
  await page.goto(SETTINGS);
}

// Saves, and gives what the page says then.
async function save() {
  await page.evaluate(() => (document.querySelector(".woocommerce-save-button").disabled = false));
  await Promise.all([page.waitForEvent("load"), page.locator(".woocommerce-save-button").click()]);
  return (await page.locator("#message:not(.woocommerce-message)").allInnerTexts()).join("\n");
}

function keyField(name, mode = "test") {
  return page.locator(`${FIELD}keys_${mode}_${name}`);
}

async function pastePrivateKey(text, mode = "test") {
  await page.locator(`.bonuspay-keys[data-mode=${mode}] summary`).click();
  await keyField("private_key", mode).fill(text);
}

const options = () =>
  store.query(
    "SELECT option_name, MD5(option_value) FROM #__options WHERE option_name LIKE 'bonuspay%' OR option_name LIKE " +
      "'woocommerce_bonuspay%' ORDER BY 1",
  );
const offered = () => store.php("return BonusPay\\WooCommerce\\Checkout\\Gateway::is_available_for('USD', '10.00');");

// An order of one coffee whose payment has begun.
const orderToPay = () =>
  store.php(
    `$order = wc_create_order(); $order->add_product(wc_get_product($args['product']), 1); $order->set_payment_method('bonuspay');
    $order->calculate_totals(); $order->save();
    $attempt = BonusPay\\WooCommerce\\Payment\\Payment_Service::start($order, 'USDT', 'TRON');
    return ['id' => $order->get_id(), 'edit' => $order->get_edit_order_url(), 'number' => $attempt->merchant_order_no];`,
    { product: store.shop.stocked },
  );

describe("the merchant's side", { concurrency: false }, () => {
  before(async () => {
    await store.reset();
    page = await store.adminPage();
    page.on("dialog", (dialog) => dialog.accept());
  });
  after(() => store.close());

  test("a key is made on the server, and only its public half is shown", async () => {
    await store.php("BonusPay\\WooCommerce\\Settings\\Keys::forget('test'); return 1;");
    await open();
    await page
      .locator(".bonuspay-keys[data-mode=test]")
      .getByText("Still missing: the partner ID, your private key, BonusPay's public key.")
      .waitFor();

    await page.locator(".bonuspay-generate[data-mode=test]").click();
    await page.locator("#bonuspay-own-test").waitFor();
    await page.getByText("Your new key is stored.").waitFor();

    const shown = await page.locator("#bonuspay-own-test").inputValue();
    const stored = await store.php("return BonusPay\\WooCommerce\\Settings\\Keys::private_key('test');");
    secrets.push(secretOf(stored));
    const own = await store.php("return BonusPay\\KeyPair::fromPrivateKey($args['key'])->getPublicKey();", { key: stored });
    assert.equal(shown.trim(), own.trim());
    const [[autoload]] = await store.query("SELECT autoload FROM #__options WHERE option_name = 'bonuspay_wc_private_key_test'");
    assert.match(autoload, /^(off|no)$/);
    assert.equal(await offered(), false);
  });

  test("a key of the wrong kind is named, and the old one kept", async () => {
    const wrong = [
      [merchant, /this is a private key/],
      [await page.locator("#bonuspay-own-test").inputValue(), /is your own public key/],
      ["****", /placeholder/],
      ["/etc/passwd", /BonusPay's public key was not changed/],
      [gateway.slice(0, 200), /incomplete/],
    ];
    await open();
    await keyField("partner_id").fill(store.sandbox.partner_id);
    for (const [text, said] of wrong) {
      await keyField("public_key").fill(text);
      assert.match(await save(), said);
      assert.equal(await keyField("public_key").inputValue(), "");
    }
    await pastePrivateKey(gateway);
    assert.match(await save(), /this is a public key/);
    assert.equal(await offered(), false);
  });

  test("a key that BonusPay has not got is told of, and stays", async () => {
    await keyField("public_key").fill(gateway);

    assert.match(await save(), /saved, but payments will not work yet.*your public key is not in BonusPay's merchant portal/);

    assert.equal((await keyField("public_key").inputValue()).trim(), gateway.trim());
  });

  test("with the right keys the connection works, by saving and by the button", async () => {
    await pastePrivateKey(merchant);
    assert.match(await save(), /You are ready/);

    await page.locator(".bonuspay-test[data-mode=test]").click();
    await page.locator(".bonuspay-result.is-good", { hasText: "You are ready" }).waitFor();
    assert.equal(await offered(), true);
  });

  test("a public key that BonusPay does not sign with does not replace one that works", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });
    await keyField("public_key").fill(other);

    assert.match(await save(), /public key that you entered does not fit/);

    assert.equal((await keyField("public_key").inputValue()).trim(), gateway.trim());
    await keyField("public_key").fill(`${gateway}\n${other}`);
    assert.match(await save(), /You are ready/);
    await keyField("public_key").fill(gateway);
    assert.match(await save(), /You are ready/);
  });

  test("test and live never share a key", async () => {
    await page.locator(`${FIELD}mode`).selectOption("live");
    await keyField("public_key", "live").fill(gateway);
    assert.match(await save(), /Live mode: BonusPay's public key is the same in test mode and in live mode/);
    await page.locator(`${FIELD}mode`).selectOption("live");
    await pastePrivateKey(merchant, "live");
    assert.match(await save(), /Live mode: Your private key is the same in test mode and in live mode/);

    assert.deepEqual(await store.php("return BonusPay\\WooCommerce\\Settings\\Keys::missing('live');"), [
      "the partner ID",
      "your private key",
      "BonusPay's public key",
    ]);
    await page.locator(`${FIELD}mode`).selectOption("test");
    await save();
  });

  test("what is saved is kept, and what makes no sense is named", async () => {
    const values = {
      title: "Coins & <b>more</b>",
      expiry_minutes: "90",
      min_amount: "5",
      max_amount: "5000,50",
      tolerance_percent: "0,5",
      tolerance_amount: "1.5",
      allowed_senders: "8.219.8.37, 192.0.2.0/24",
      trusted_proxies: "::1",
    };
    for (const [name, value] of Object.entries(values)) await page.locator(FIELD + name).fill(value);
    assert.match(await save(), /saved/);
    const kept = {
      title: "Coins & more",
      expiry_minutes: "90",
      min_amount: "5",
      max_amount: "5000.50",
      tolerance_percent: "0.5",
      tolerance_amount: "1.5",
      allowed_senders: "8.219.8.37\n192.0.2.0/24",
      trusted_proxies: "::1",
    };
    for (const [name, value] of Object.entries(kept)) assert.equal(await page.locator(FIELD + name).inputValue(), value, name);

    const wrong = {
      expiry_minutes: "5",
      min_amount: "1e3",
      max_amount: "-1",
      tolerance_percent: "11",
      tolerance_amount: "a lot",
      allowed_senders: "8.219.8.37\nbonuspay.network",
      trusted_proxies: "0.0.0.0/0",
    };
    await page.locator(`${FIELD}expiry_minutes`).evaluate((field) => field.removeAttribute("min"));
    for (const [name, value] of Object.entries(wrong)) await page.locator(FIELD + name).fill(value);
    for (const box of await page.locator("input[name='woocommerce_bonuspay_choices[]']").all()) await box.uncheck();
    const said = await save();
    for (const part of [
      "15 to 2880 minutes",
      '"1e3" is no amount',
      '"-1" is no amount',
      "percentage from 0 to 10",
      '"a lot" is no amount',
      '"bonuspay.network" is no IP address',
      '"0.0.0.0/0" is no IP address',
      "at least one coin",
    ]) {
      assert.ok(said.includes(part), `${part} in ${said}`);
    }
    for (const [name, value] of Object.entries(kept)) assert.equal(await page.locator(FIELD + name).inputValue(), value, name);
  });

  test("orders outside the owner's rules are not offered BonusPay", async () => {
    const takes = (currency, total, country = "") =>
      store.php("return BonusPay\\WooCommerce\\Settings\\Settings::get()->accepts($args[0], $args[1], $args[2]);", [
        currency,
        total,
        country,
      ]);
    assert.equal(await takes("USD", "4.99"), false);
    assert.equal(await takes("USD", "5.00"), true);
    assert.equal(await takes("USD", "5000.50"), true);
    assert.equal(await takes("USD", "5000.51"), false);
    assert.equal(await takes("USDT", "10"), true);
    assert.equal(await takes("USDC", "10"), false);
    assert.equal(await takes("POINTS", "10"), false);

    await page.locator(".bonuspay-boxes summary").click();
    await page.locator("input[name='woocommerce_bonuspay_countries[]'][value=DE]").check();
    await save();
    assert.equal(await takes("USD", "10.00", "DE"), true);
    assert.equal(await takes("USD", "10.00", "US"), false);
  });

  test("a constant of wp-config.php wins and locks its field", async () => {
    store.constants({ BONUSPAY_TEST_PRIVATE_KEY: merchant, BONUSPAY_TEST_PARTNER_ID: store.sandbox.partner_id });
    await page.waitForTimeout(2500); // PHP looks at its files every two seconds
    await open();
    await page.getByText("Set by BONUSPAY_TEST_PRIVATE_KEY in wp-config.php").waitFor();
    assert.equal(await page.locator(".bonuspay-generate[data-mode=test]").count(), 0);
    assert.equal(await keyField("partner_id").getAttribute("readonly"), "");
    const before = await options();
    const nonce = await page.evaluate(() => window.bonuspayAdmin.nonce);
    const answer = await page.request.post("/wp-admin/admin-ajax.php", {
      form: { action: "bonuspay_wc_generate_keys", nonce, mode: "test" },
    });
    assert.equal((await answer.json()).success, false);
    assert.deepEqual(await options(), before);
    store.constants({});
    await page.waitForTimeout(2500);
  });

  test("the private key is in no page, report or answer", async () => {
    for (const path of ["/wp-admin/options.php", "/wp-admin/admin.php?page=wc-status", "/wp-admin/site-health.php?tab=debug", SETTINGS]) {
      await page.goto(path);
    }
    await page.goto("/wp-admin/");
    const seen = await page.evaluate(async () => {
      const nonce = await (await fetch("/wp-admin/admin-ajax.php?action=rest-nonce")).text();
      const paths = ["wc/v3/payment_gateways/bonuspay", "wc/v3/system_status", "wp/v2/settings"];
      return Promise.all(paths.map(async (path) => (await fetch(`/wp-json/${path}`, { headers: { "X-WP-Nonce": nonce } })).text()));
    });
    assert.match(seen[0], /expiry_minutes/);
    assert.doesNotMatch(seen[0], /keys_test/);
    const [[autoloaded]] = await store.query(
      `SELECT COUNT(*) FROM #__options WHERE option_value LIKE '%${secrets[0]}%' AND autoload NOT IN ('no', 'off')`,
    );
    assert.equal(autoloaded, "0");
  });

  test("a site whose address has changed pauses until the owner has spoken", async () => {
    const set = () => store.php("return update_option('bonuspay_wc_site_url', 'https://shop.example/tea');");
    const prefix = await store.php("return BonusPay\\WooCommerce\\Settings\\Shop_Identity::order_prefix();");
    await store.php("BonusPay\\WooCommerce\\Settings\\Keys::generate('live'); return 1;");
    await set();
    await page.goto("/wp-admin/");
    assert.equal(await offered(), false);
    assert.match(await store.php("return BonusPay\\WooCommerce\\Settings\\Backends::problem('live');"), /paused/);
    await page.getByRole("button", { name: "My shop has moved here" }).click();
    await page.waitForURL(/section=bonuspay/);
    assert.equal(await offered(), true);
    assert.equal(await store.php("return BonusPay\\WooCommerce\\Settings\\Shop_Identity::order_prefix();"), prefix);
    assert.notEqual(await store.php("return BonusPay\\WooCommerce\\Settings\\Keys::private_key('live');"), "");

    await set();
    await page.goto("/wp-admin/");
    await page.getByRole("button", { name: "This is a copy" }).click();
    await page.waitForURL(/section=bonuspay/);
    assert.equal(await store.php("return BonusPay\\WooCommerce\\Settings\\Keys::private_key('live');"), "");
    assert.equal(await offered(), true);
  });

  test("the order screen shows an attempt, asks again, and runs no script of others", async () => {
    const { id, edit, number } = await orderToPay();
    await store.control("POST", `orders/${number}/deposits`, { amount: "5" });
    await page.goto(edit);
    await Promise.all([page.waitForURL(/bonuspay_checked=told/), page.locator(".bonuspay-check").click()]);
    const box = page.locator("#bonuspay-payment");
    const text = await box.innerText();
    for (const part of ["Partly received", number, "5 USDT", "Test mode", "USDT on the TRON network"])
      assert.ok(text.includes(part), `${part} in ${text}`);
    assert.match(
      await box.getByRole("link", { name: "Look it up" }).getAttribute("href"),
      /^https:\/\/shasta\.tronscan\.org\/#\/transaction\/[0-9a-f]{64}$/,
    );

    await store.query(
      `UPDATE #__bonuspay_attempts SET reason = '<script>document.title="x"</script>', tx_hash = 'javascript:alert(1)', ` +
        `address = '<img src=x onerror=alert(1)>' WHERE order_id = ${id}`,
    );
    await page.goto(edit);
    assert.ok((await box.innerText()).includes("<script>"));
    assert.equal(await box.locator("script, img, a").count(), 0);

    const { other } = await store.php(
      "$o = wc_create_order(); $o->set_payment_method('cheque'); $o->save(); return ['other' => $o->get_edit_order_url()];",
    );
    await page.goto(other);
    await page.locator("#order_data").waitFor();
    assert.equal(await box.count(), 0);
  });

  test("without the extension the shop goes on, and one notice says what to do", async () => {
    await page.goto("about:blank"); // a page that asks on would meet the restart
    await store.extension(false);
    try {
      await page.goto("/wp-admin/");
      const notice = page.locator(".bonuspay-notice");
      assert.equal(await notice.count(), 1);
      assert.match(await notice.innerText(), /"bonuspay" is not loaded.*extension=bonuspay/);
      await open();
      assert.match(await save(), /is not loaded|saved/);
      const shopper = await store.shopper();
      await store.checkoutClassic(shopper);
      assert.equal(await shopper.locator("#payment_method_bonuspay").count(), 0);
      assert.equal(await shopper.locator("#payment_method_cheque").count(), 1);
      await shopper.context().close();

      await page.goto("/wp-admin/");
      const closed = page.waitForResponse((answer) => answer.request().postData()?.includes("bonuspay_wc_dismiss_notice"));
      await Promise.all([closed, notice.locator(".notice-dismiss").click()]);
      await page.goto("/wp-admin/");
      assert.equal(await notice.count(), 0);
    } finally {
      await page.goto("about:blank");
      await store.extension(true);
    }
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(await store.gates({ secrets, allowConsole: [/wc-admin|NAME_NOT_RESOLVED/], allowLog: [/WordPress\.org/] }), []);
  });

  test("deleted with the plugin: settings and keys; and the records, when the owner says so", async () => {
    const uninstall = (settings) =>
      store.php(
        `update_option('woocommerce_bonuspay_settings', $args); define('WP_UNINSTALL_PLUGIN',
          'bonuspay-for-woocommerce/bonuspay-for-woocommerce.php');
        require WP_PLUGIN_DIR . '/bonuspay-for-woocommerce/uninstall.php'; return 1;`,
        settings,
      );
    const tables = async () => (await store.query("SHOW TABLES LIKE '#__bonuspay%'")).flat();
    const left = async () => (await options()).map(([name]) => name);

    // Attempts that are kept know how far their order's lock has counted.
    const { id } = await orderToPay();
    const fences = () => store.query("SELECT order_id, purpose, fence FROM #__bonuspay_locks ORDER BY 1, 2");
    const counted = await fences();
    assert.ok(counted.some(([order]) => Number(order) === id));
    await store.php("return set_transient('bonuspay_wc_account_1', ['x'], 600);");

    await uninstall({});
    assert.deepEqual(await fences(), counted);
    assert.deepEqual(await store.query("SELECT order_id FROM #__bonuspay_locks WHERE expires_at > UTC_TIMESTAMP(3)"), []);
    assert.deepEqual(await store.query("SELECT option_name FROM #__options WHERE option_name LIKE '%transient%bonuspay%'"), []);
    assert.deepEqual(await left(), ["bonuspay_wc_order_prefix", "bonuspay_wc_schema"]);
    assert.equal((await tables()).length, 5);

    await uninstall({ delete_on_uninstall: "yes" });
    assert.deepEqual(await left(), []);
    assert.deepEqual(await tables(), []);
    await store.reset();
  });
});
