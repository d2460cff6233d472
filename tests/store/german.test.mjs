// A shop in German: no English of ours is left where a shopper or an owner looks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deposit } from "./shop/bonuspay.mjs";
import { pollNow } from "./shop/clock.mjs";
import { attempt } from "./shop/ledger.mjs";
import { open, place, startedPayment } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

const po = readFileSync(
  join(dirname(fileURLToPath(import.meta.url)), "../../woocommerce/languages/bonuspay-for-woocommerce-de_DE.po"),
  "utf8",
);

// Our English texts that German says otherwise: what stands between their placeholders, when it is long enough to be told.
const english = po.split("\n\n").slice(1).flatMap((entry) => {
  const text = (name) =>
    new RegExp(`^${name} ((?:".*"\\n?)+)`, "m")
      .exec(entry)?.[1]
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .join("") ?? "";
  const [id, plural] = [text("msgid"), text("msgid_plural")];
  const german = entry.slice(entry.indexOf("msgstr"));
  return [id, plural]
    .filter(Boolean)
    .flatMap((one) => one.split(/%(?:\d\$)?[sd]|<[^>]+>/))
    .map((part) => part.trim())
    .filter((part) => /[A-Za-z]{3}.*\s.*[A-Za-z]{3}/.test(part) && part.length > 11 && !german.includes(part));
});

const leftIn = (text) => english.filter((part) => text.replace(/\s+/g, " ").includes(part));

describe("a shop in German", { concurrency: false }, () => {
  before(async () => {
    await store.reset();
    // WordPress itself takes no language whose files it has not got.
    await store.query(
      "INSERT INTO #__options (option_name, option_value, autoload) VALUES ('WPLANG', 'de_DE', " +
        "'on') ON DUPLICATE KEY UPDATE option_value = 'de_DE'",
    );
  });
  after(() => store.close());

  test("there is enough to look for", () => assert.ok(english.length > 400, `${english.length}`));

  test("the checkout and the payment page, in each of its states", async () => {
    const page = await store.shopper();
    await open(page, "classic");
    assert.deepEqual(leftIn(await page.locator(".payment_method_bonuspay, .payment_box.payment_method_bonuspay").last().innerText()), []);
    const id = await place(page, "classic");
    const body = page.locator("body");
    const states = {};
    const look = async (state) => {
      states[state] = await body.innerText();
      assert.deepEqual(leftIn(states[state]), [], state);
    };
    await look("waiting");
    assert.equal(await page.locator("html").getAttribute("lang"), "de-DE");
    const made = await attempt(id);
    await deposit(made.order_no, "5");
    await pollNow(page, id);
    await body
      .getByText((Number(made.due) - 5).toFixed(2).replace(".", ","))
      .or(body.getByText((Number(made.due) - 5).toFixed(2)))
      .first()
      .waitFor();
    await look("partly received");
    const over = await startedPayment();
    await store.control("POST", `orders/${over.made.order_no}/expire`);
    await store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${over.id}`);
    await page.goto(over.redirect);
    await page.reload();
    await look("expired");
    assert.equal(new Set(Object.values(states)).size, 3, "three different pages");
  });

  test("the settings, our screen, and an order", async () => {
    const page = await store.adminPage();
    const order = await startedPayment();
    await deposit(order.made.order_no, "99");
    const { edit } = await store.php(
      "BonusPay\\WooCommerce\\Payment\\Payment_Service::check_order($args['id']); " +
        "return ['edit' => wc_get_order($args['id'])->get_edit_order_url()];",
      { id: order.id },
    );
    const places = { "/wp-admin/admin.php?page=wc-settings&tab=checkout&section=bonuspay": "#mainform", [edit]: "#bonuspay-payment" };
    await page.goto("/wp-admin/admin.php?page=bonuspay");
    for (const link of await page.locator(".nav-tab-wrapper a[href*='page=bonuspay']").all())
      places[await link.getAttribute("href")] = ".bonuspay-screen";
    assert.ok(Object.keys(places).length >= 6);
    for (const [url, part] of Object.entries(places)) {
      await page.goto(url);
      assert.deepEqual(leftIn(await page.locator(part).innerText()), [], url);
    }
  });

  test("the mail to who pays", async () => {
    const order = await startedPayment();
    await deposit(order.made.order_no, "5");
    await store.php("BonusPay\\WooCommerce\\Payment\\Payment_Service::check_order($args['id']); return 1;", { id: order.id });
    const mails = store.mails().filter(({ message }) => message.includes(`#${order.id}`) || message.includes(order.made.address));
    assert.ok(mails.length > 0);
    for (const { subject, message } of mails)
      assert.deepEqual(leftIn(`${subject} ${message.replace(/<style[^]*?<\/style>/g, "").replace(/<[^>]+>/g, " ")}`), [], subject);
  });

  test("nothing was reported, no secret was shown", async () => {
    // WooCommerce's own advertising needs the network.
    assert.deepEqual(await store.gates({ allowConsole: [/wc-admin\/marketing/] }), []);
  });
});
