// What mails say of a payment: the way back while it can be paid, and no more than its number afterwards.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { attempt } from "./shop/ledger.mjs";
import { becomes, options, order, settings as change, startedPayment } from "./shop/orders.mjs";
import { SHOPPER, store, until } from "./shop/store.mjs";

const PLAIN = {
  woocommerce_customer_invoice_settings: { email_type: "plain" },
  woocommerce_customer_on_hold_order_settings: { enabled: "yes", email_type: "plain" },
  woocommerce_customer_processing_order_settings: { enabled: "yes", email_type: "plain" },
};
const HTML = Object.fromEntries(Object.entries(PLAIN).map(([name, value]) => [name, { ...value, email_type: "html" }]));

// The last mail to the shopper; an HTML mail's entities as a reader sees them.
const toShopper = () => store.mails().filter(({ to }) => [to].flat().includes(SHOPPER.email));
const read = (text) => text.replace(/&#0?38;|&amp;/g, "&").replace(/&#8217;/g, "’").replace(/\s+/g, " ");

describe("mails", () => {
  before(() => store.reset());
  after(() => store.close());

  for (const [form, settings] of [["HTML", HTML], ["plain text", PLAIN]]) {
    describe(`as ${form}`, () => {
      before(() => options(settings));

      test("asked to pay: amount, network and the way back", async () => {
        const order = await startedPayment();
        const before = toShopper().length;
        await store.php("WC()->mailer()->get_emails()['WC_Email_Customer_Invoice']->trigger($args['id']); return true;", { id: order.id });
        const [mail] = toShopper().slice(before);
        const text = read(mail.message);
        assert.ok(text.includes(`Amount to pay: ${order.made.due} USDT on the TRON network (TRC-20)`), text);
        assert.match(text, /This price holds until/);
        assert.ok(text.includes(order.redirect), `${order.redirect} in ${text}`);
        assert.ok(!text.includes(order.made.address), "the address is on the page alone");
        assert.equal(/<(p|a|html)\b/.test(mail.message), form === "HTML");
        assert.match(
          text,
          /Send only USDT on the TRON network \(TRC-20\)\. Coins sent on any other network, or any other coin, will be lost\./,
        );
        // The link opens the page.
        const answer = await fetch(order.redirect);
        assert.equal(answer.status, 200);
      });

      test("Polygon is not taken for Ethereum", async () => {
        const choices = await store.php("return get_option('woocommerce_bonuspay_settings')['choices'];");
        await change({ choices: ["USDC-POLYGON"] });
        const order = await startedPayment("USDC-POLYGON");
        await change({ choices });
        const before = toShopper().length;
        await store.php("WC()->mailer()->get_emails()['WC_Email_Customer_Invoice']->trigger($args['id']); return true;", { id: order.id });
        const [mail] = toShopper().slice(before);
        assert.ok(read(mail.message).includes(`Amount to pay: ${order.made.due} USDC on the Polygon network (POL)`), mail.message);
        assert.match(read(mail.message), /Send only USDC on the Polygon network \(POL\), not on Ethereum \(ERC-20\)\./);
      });

      test("a part has arrived: what did, what is missing, where; then paid: the number alone", async () => {
        const order = await startedPayment();
        let before = toShopper().length;
        await deposit(order.made.order_no, "5");
        await store.query(
          `UPDATE #__bonuspay_attempts SET next_check_at = 0, checked_at = 0 WHERE id IN (SELECT * FROM (SELECT id FROM ` +
            `#__bonuspay_attempts WHERE order_id = ${order.id}) AS these)`,
        );
        await store.runQueue({ advance: 120, group: "bonuspay" });
        await becomes(order.id, "on-hold");
        const [held] = await until("the mail", () => toShopper().length > before && toShopper().slice(before));
        const text = read(held.message);
        assert.match(text, /5\.00 of 16\.81 USDT/);
        assert.ok(text.includes("Amount to pay: 11.81 USDT on the TRON network (TRC-20)"), text);
        assert.ok(text.includes(order.redirect));

        before = toShopper().length;
        await deposit(order.made.order_no, "11.81");
        await becomes(order.id, "processing");
        const [paid, ...more] = await until("the mail", () => toShopper().length > before && toShopper().slice(before));
        assert.deepEqual(more, [], "one mail");
        const thanks = read(paid.message);
        assert.ok(thanks.includes(`BonusPay payment: ${order.made.order_no}`), thanks);
        assert.doesNotMatch(thanks, /bonuspay-pay|Amount to pay|TRC-20/);
        assert.ok(!thanks.includes((await attempt(order.id)).address));
      });
    });
  }

  test("the shop's own mails and orders of other methods have nothing of ours", async () => {
    await options(HTML);
    const placed = await order("", { method: "cheque" });
    await becomes(placed.id, "on-hold");
    const ours = store
      .mails()
      .filter(({ message, to }) => message.includes(`#${placed.id}`) || [to].flat().includes(store.admin.email))
      .filter(({ message }) => /bonuspay-pay|BonusPay payment/.test(message));
    assert.deepEqual(ours, []);
  });

  test("nothing was reported, no secret was mailed", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
