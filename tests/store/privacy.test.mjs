// Personal data: told to whoever it is about, erased when the owner lets WooCommerce erase it, kept while money is on its way.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { look, round } from "./shop/clock.mjs";
import { done } from "./shop/ledger.mjs";
import { customer, fresh, notes, startedPayment } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const ADA = "ada@shopper.test";
const TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

const columns = (table, names, id) => store.query(`SELECT ${names} FROM #__bonuspay_${table} WHERE order_id = ${id} ORDER BY id`);
const asked = (removes) =>
  store.php("update_option('woocommerce_erasure_request_removes_order_data', $args['removes'] ? 'yes' : 'no'); return 1;", { removes });

// As WordPress's tools do it: one exporter or eraser after the other, page by page.
const run = (what, email = ADA) =>
  store.php(
    `$all = apply_filters("wp_privacy_personal_data_{$args['what']}", array());
    $out = array();
    foreach ($all as $name => $one) {
      for ($page = 1, $done = false; !$done; $page++) {
        $answer = call_user_func($one['callback'], $args['email'], $page);
        $done   = $answer['done'];
        $out[$name][] = $answer;
      }
    }
    return array('names' => array_keys($all), 'out' => $out);`,
    { what, email },
  );

const OURS = "bonuspay-for-woocommerce";

async function paid(email = ADA) {
  const made = await startedPayment();
  await deposit(made.made.order_no, made.made.due);
  await done(made.id);
  if (email !== ADA)
    await store.php("$o = wc_get_order($args['id']); $o->set_billing_email($args['email']); $o->save(); return 1;", { id: made.id, email });
  return made;
}

// A refund of all of it, on its way to an address of the shopper's.
async function refunded(made, end) {
  const said = await store.php(
    `$attempt = BonusPay\\WooCommerce\\Ledger\\Attempts::of_order($args['id'])[0];
    BonusPay\\WooCommerce\\Refund\\Refund_Address::enter($attempt, 'TRON', $args['address']);
    $r = wc_create_refund(['order_id' => $args['id'], 'amount' => wc_get_order($args['id'])->get_total(), 'refund_payment' => true]);
    return is_wp_error($r) ? $r->get_error_message() : 'made';`,
    { id: made.id, address: TRON },
  );
  assert.equal(said, "made");
  const [[number]] = await columns("refunds", "refund_no", made.id);
  if (end) {
    await store.control("POST", `refunds/${number}/${end}`);
    await until("the refund ends", async () => ["succeeded", "failed"].includes((await columns("refunds", "state", made.id))[0][0]));
  }
  return number;
}

describe("personal data", { concurrency: false }, () => {
  before(fresh);
  after(() => store.close());

  test("the export tells payments, refunds and notifications of this person, and of nobody else", async () => {
    const mine = await paid();
    await refunded(mine, "settle");
    const other = await paid("bob@shopper.test");
    const { names, out } = await run("exporters");
    assert.ok(names.includes(OURS));
    const items = out[OURS].flatMap(({ data }) => data);
    const facts = Object.fromEntries(items.flatMap(({ group_id, data }) => data.map(({ name, value }) => [`${group_id}/${name}`, value])));
    const [[address, txHash, number, bonuspay, due]] = await columns(
      "attempts",
      "address, tx_hash, merchant_order_no, order_no, due",
      mine.id,
    );
    assert.equal(facts["bonuspay_payments/Address paid to"], address);
    assert.equal(facts["bonuspay_payments/Transaction"], txHash);
    assert.equal(facts["bonuspay_payments/Payment"], number);
    assert.equal(facts["bonuspay_payments/Number at BonusPay"], bonuspay);
    assert.equal(facts["bonuspay_payments/Due"], `${due} USDT`);
    assert.equal(facts["bonuspay_payments/State"], "Payment received");
    assert.match(facts["bonuspay_payments/Notifications from BonusPay"], /^SUCCESS, 20/);
    assert.equal(facts["bonuspay_refunds/Your address"], TRON);
    assert.equal(facts["bonuspay_refunds/State"], "paid out");
    const text = JSON.stringify(items);
    const [[theirs, token]] = await columns("attempts", "merchant_order_no, token", other.id);
    assert.ok(!text.includes(theirs) && !text.includes(token) && !/requestTime|bizContent/.test(text));
    const [[refundToken]] = await columns("refunds", "token", mine.id);
    assert.ok(!text.includes(refundToken), "the key that opens the refund page is no data of a person");
    assert.deepEqual((await run("exporters", "nobody@shopper.test")).out[OURS], [{ data: [], done: true }]);
    assert.deepEqual((await run("exporters", "")).out[OURS], [{ data: [], done: true }]);
  });

  test("an account's last choice and orders are found by its user, page by page", async () => {
    const context = await customer("carla");
    await context.close();
    await store.php(
      `$user = get_user_by('email', 'carla@shopper.test');
      update_user_meta($user->ID, 'bonuspay_choice', 'USDT-TRON');
      for ($i = 0; $i < 11; $i++) {
        $order = wc_create_order(['customer_id' => $user->ID]);
        $order->set_payment_method('bonuspay'); $order->set_billing_email("other$i@shopper.test"); $order->set_total('5'); $order->save();
        if ($i > 8) { BonusPay\\WooCommerce\\Payment\\Payment_Service::start($order, 'USDT', 'TRON'); }
      }
      return 1;`,
    );
    const pages = (await run("exporters", "carla@shopper.test")).out[OURS];
    assert.deepEqual(pages.map(({ data, done }) => [data.length, done]), [[2, false], [1, true]], "ten orders a page; the choice once");
    assert.ok(JSON.stringify(pages).includes("USDT-TRON"));
    const answers = (await run("erasers", "carla@shopper.test")).out[OURS];
    assert.deepEqual(answers.map(({ items_removed }) => items_removed), [true, false]);
    assert.equal((await store.query("SELECT COUNT(*) FROM #__usermeta WHERE meta_key = 'bonuspay_choice'"))[0][0], "0");
  });

  test("while the owner does not let WooCommerce erase orders, all stays, and the request says so", async () => {
    await asked(false);
    const made = await paid();
    const before = await store.query("SELECT * FROM #__bonuspay_attempts; SELECT * FROM #__bonuspay_refunds");
    const { names, out } = await run("erasers");
    assert.equal(names[0], OURS, "before WooCommerce's, after which the e-mail is gone");
    assert.ok(out[OURS].every(({ items_removed }) => !items_removed));
    assert.ok(
      out[OURS].some(
        ({ items_retained, messages }) => items_retained && messages.some((text) => text.includes(`order ${made.id} were kept`)),
      ),
    );
    assert.deepEqual(await store.query("SELECT * FROM #__bonuspay_attempts; SELECT * FROM #__bonuspay_refunds"), before);
  });

  test("erased by WordPress's own tool: addresses and hashes go, the accounts stay; what is on its way is kept", async () => {
    await asked(true);
    const gone = await paid();
    await refunded(gone, "settle");
    const flying = await paid();
    const number = await refunded(flying);
    // A refund takes BonusPay half a minute; it is to be on its way for as long as this takes.
    await store.control("POST", "notifications/hold");
    const waiting = await startedPayment();
    const kept = async () =>
      store.query(
        `SELECT id, merchant_order_no, order_no, price, currency, due, received, state FROM #__bonuspay_attempts; SELECT id, ` +
          `refund_merchant_order_no, refund_no, amount, fiat, state FROM #__bonuspay_refunds`,
      );
    const accounts = await kept();
    const flyingBefore = [await columns("attempts", "*", flying.id), await columns("refunds", "*", flying.id)];

    const page = await store.adminPage();
    await page.goto("/wp-admin/erase-personal-data.php");
    await page.fill("#username_or_email_for_privacy_request", ADA);
    if (await page.locator("#send_confirmation_email").count()) await page.locator("#send_confirmation_email").uncheck();
    // The page's script must be there before it is clicked.
    await Promise.all([page.waitForEvent("load"), page.locator("#submit").click()]);
    await page.locator("tr .remove-personal-data-handle, .remove-personal-data-handle").first().click();
    await page.getByText("has not ended yet").first().waitFor();
    const said = await page.locator("body").innerText();
    assert.match(said, new RegExp(`payment or refund of order ${flying.id} has not ended yet`));
    assert.match(said, new RegExp(`payment or refund of order ${waiting.id} has not ended yet`));
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/erase.png`, fullPage: true });

    const [[address, tx, url, request]] = await columns("attempts", "address, tx_hash, checkout_url, request", gone.id);
    assert.deepEqual([address, tx, url, request], [null, null, null, "{}"]);
    assert.deepEqual(await columns("refunds", "address, address_by, address_at", gone.id), [[null, "", "0"]]);
    assert.deepEqual(await kept(), accounts, "amounts, numbers and states");
    assert.deepEqual([await columns("attempts", "*", flying.id), await columns("refunds", "*", flying.id)], flyingBefore);
    assert.notEqual((await columns("attempts", "address", waiting.id))[0][0], null);
    const emails = await store.php("return array_map(fn($id) => wc_get_order($id)->get_billing_email(), $args);", [
      gone.id,
      flying.id,
      waiting.id,
    ]);
    assert.deepEqual(
      [emails[0] === ADA, emails[1], emails[2]],
      [false, ADA, ADA],
      "WooCommerce keeps the orders whose money is on its way, too",
    );

    // The order's page and the shopper's still work.
    const edit = await store.php("return wc_get_order($args['id'])->get_edit_order_url();", { id: gone.id });
    await page.goto(edit);
    assert.match(await page.locator("#bonuspay-payment").innerText(), /Paid/);
    assert.match(await (await fetch(gone.redirect)).text(), /Payment received|given back|refund/i);

    // When it has ended, it goes as well.
    await store.control("POST", "notifications/release");
    await store.settle(`refunds/${number}`);
    await until("the refund ends", async () => (await columns("refunds", "state", flying.id))[0][0] === "succeeded");
    await run("erasers");
    assert.deepEqual(await columns("refunds", "address, state", flying.id), [[null, "succeeded"]]);
    assert.deepEqual(await columns("attempts", "address, tx_hash", flying.id), [[null, null]]);
    await page.context().close();
  });

  test("an order that WooCommerce anonymises by itself loses them, too; a dead payment only when no late money is looked for", async () => {
    const made = await paid();
    const ended = await startedPayment();
    await store.query(`UPDATE #__bonuspay_attempts SET state = 'expired', next_check_at = 9999999999 WHERE order_id = ${ended.id}`);
    const remove = (id) => store.php("do_action('woocommerce_remove_order_personal_data', wc_get_order($args['id'])); return 1;", { id });
    for (const id of [made.id, ended.id]) await remove(id);
    assert.deepEqual(await columns("attempts", "address, tx_hash, request", made.id), [[null, null, "{}"]]);
    assert.notEqual((await columns("attempts", "address", ended.id))[0][0], null);
    assert.equal((await notes(ended.id, /has not ended yet, and its addresses were kept/)).length, 1);
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = NULL WHERE order_id = ${ended.id}`);
    await remove(ended.id);
    assert.deepEqual(await columns("attempts", "address, request", ended.id), [[null, "{}"]]);
    assert.deepEqual(await notes(ended.id, /were kept/), []);
    // Nothing that runs later trips over it.
    await look(ended.id);
    await round();
  });

  test("another plugin may keep an order", async () => {
    const made = await paid();
    store.plugin(
      "keeper",
      `add_filter('woocommerce_privacy_erase_order_personal_data', fn($may, $order) => $order->get_id() === ${made.id} ? false : ` +
        `$may, 10, 2);`,
    );
    await run("erasers");
    store.plugin("keeper");
    assert.notEqual((await columns("attempts", "tx_hash", made.id))[0][0], null);
  });

  test("the policy's text stands in WordPress's guide", async () => {
    const page = await store.adminPage();
    await page.goto("/wp-admin/options-privacy.php?tab=policyguide");
    const guide = page.locator(".privacy-settings-accordion-panel", { hasText: "BonusPay" });
    assert.match(await guide.first().textContent(), /We do not send your name, your e-mail.*ask you for an address/s);
    await page.context().close();
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
