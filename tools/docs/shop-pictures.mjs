// Makes the pictures of the README, of a store that is up: `STORE=NAME node tools/docs/shop-pictures.mjs`.

import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deposit } from "../../tests/store/shop/bonuspay.mjs";
import { attempt } from "../../tests/store/shop/ledger.mjs";
import { becomes, choice, open, options, place, startedPayment } from "../../tests/store/shop/orders.mjs";
import { store } from "../../tests/store/shop/store.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../docs/images");
mkdirSync(folder, { recursive: true });

async function picture(page, name, options = {}) {
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide", ...options });
  console.log(`${name}.png: ${Math.ceil(statSync(path).size / 1024)} KB`);
}

// The part of a page from the top of one element to the bottom of another, with some air.
async function between(page, first, last, air = 24) {
  const top = await page.locator(first).first().boundingBox();
  const end = await page.locator(last).last().boundingBox();
  const y = Math.max(0, top.y - air);
  const x = Math.max(0, Math.min(top.x, end.x) - air);
  const right = Math.max(top.x + top.width, end.x + end.width) + air;
  return { clip: { x, y, width: right - x, height: end.y + end.height + Math.min(air, 8) - y }, fullPage: true };
}

await store.reset();
await options({ blogname: "Ada’s Coffee" });

// High enough that nothing has to be scrolled: parts are cut out by where they stand.
const shopper = await store.shopper({ viewport: { width: 1180, height: 2400 } });
await open(shopper, "block");
await choice(shopper, "USDT-TRON").focus();
await picture(
  shopper,
  "shop-checkout",
  await between(shopper, ".wc-block-checkout__payment-method, #payment-method", ".wc-block-components-checkout-place-order-button"),
);

const id = await place(shopper, "block");
await shopper.setViewportSize({ width: 960, height: 860 });
await shopper.reload();
await shopper.waitForTimeout(500);
await picture(shopper, "shop-pay", { fullPage: true });

const admin = await store.adminPage({ viewport: { width: 1180, height: 2600 } });
await admin.goto("/wp-admin/admin.php?page=wc-settings&tab=checkout&section=bonuspay");
// What other parts of WordPress say, and that this shop talks to a sandbox.
await admin.addStyleTag({ content: ".notice, .woocommerce-message, .bonuspay-state ~ .bonuspay-state { display: none !important }" });
await picture(admin, "shop-settings", await between(admin, "#mainform h2, #mainform .form-table", ".bonuspay-keys[data-mode=test]"));

const made = await attempt(id);
await deposit(made.order_no, "10");
await store.query("UPDATE #__bonuspay_attempts SET next_check_at = 0, checked_at = 0");
await store.runQueue({ advance: 120, group: "bonuspay" });
await becomes(id, "on-hold");
await deposit(made.order_no, (Number(made.due) - 10).toFixed(2));
await becomes(id, "processing");
const { edit } = await store.php("return ['edit' => wc_get_order($args['id'])->get_edit_order_url()];", { id });
await admin.goto(edit);
await picture(admin, "shop-order", await between(admin, "#bonuspay-payment", "#bonuspay-payment", 12));

// What an owner looks after: one payment too high, one notification of somebody else's, one thing to do.
const over = await startedPayment();
await deposit(over.made.order_no, "20");
await becomes(over.id, "processing");
const short = await startedPayment();
await deposit(short.made.order_no, "9");
await store.control("POST", `orders/${short.made.order_no}/expire`);
await store.php("BonusPay\\WooCommerce\\Payment\\Payment_Service::check_order($args['id']); return 1;", { id: short.id });
await store.runQueue({ advance: 120, group: "bonuspay" });
for (const [tab, name, button, last] of [
  ["health", "shop-health", "Test whether", ".bonuspay-screen"],
  ["report", "shop-report", "Compare now", ".bonuspay-wide:has(.bonuspay-badge) >> nth=-2"],
]) {
  await admin.goto(`/wp-admin/admin.php?page=bonuspay&tab=${tab}`);
  await Promise.all([admin.waitForEvent("load"), admin.getByRole("button", { name: button }).click()]);
  // This shop's cron is run by hand.
  await admin.evaluate(() =>
    [...document.querySelectorAll(".bonuspay-findings li")]
      .filter((finding) => finding.textContent.includes("cron"))
      .forEach((finding) => finding.remove()),
  );
  await picture(admin, name, await between(admin, ".bonuspay-screen h1", last, 12));
}

await store.reset();
await store.close();
