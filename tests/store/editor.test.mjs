// The checkout block in the editor: what an owner sees who lays out the page.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { store } from "./shop/store.mjs";

const TITLE = /BonusPay/;
let page;

describe("the editor", { concurrency: false }, () => {
  before(async () => {
    await store.reset();
    // The editor's welcome shows a picture from elsewhere.
    await store.php(
      "global $wpdb; return update_user_meta(1, $wpdb->prefix . 'persisted_preferences', " +
        "['core/edit-post' => ['welcomeGuide' => false], '_modified' => gmdate('c')]);",
    );
    page = await store.adminPage({ viewport: { width: 1280, height: 1400 } });
  });
  after(() => store.close());

  // The page with the checkout block, its block chosen, and what the sidebar says of it.
  async function edit() {
    const { checkout } = await store.php("return ['checkout' => wc_get_page_id('checkout')];");
    await page.goto(`/wp-admin/post.php?post=${checkout}&action=edit`);
    const canvas = page.frameLocator("iframe[name=editor-canvas]");
    await canvas.locator(".wp-block-woocommerce-checkout").waitFor();
    await page.evaluate(() => {
      const { select, dispatch } = window.wp.data;
      const find = (blocks) => blocks.flatMap((block) => [block, ...find(block.innerBlocks)]);
      const all = find(select("core/block-editor").getBlocks());
      dispatch("core/block-editor").selectBlock(all.find(({ name }) => name === "woocommerce/checkout-payment-block").clientId);
      dispatch("core/edit-post").openGeneralSidebar("edit-post/block");
    });
    const sidebar = page.locator(".interface-complementary-area");
    await sidebar.getByText("Methods", { exact: true }).waitFor();
    return { canvas, sidebar };
  }

  test("lists the payment method, shows it, and calls nothing of ours incompatible", async () => {
    const { canvas, sidebar } = await edit();
    await sidebar.getByText(TITLE).first().waitFor();
    assert.doesNotMatch(await sidebar.innerText(), /incompatible/i);
    await canvas.locator("#radio-control-wc-payment-method-options-bonuspay").waitFor();
    assert.match(await canvas.locator(".wc-block-checkout__payment-method").innerText(), TITLE);
    assert.equal(await page.getByText(/not (?:yet )?compatible|incompatible/i).count(), 0);
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      await page.screenshot({ path: `${process.env.SHOTS}/editor.png` });
    }
  });

  test("a method that is not made for blocks is called so: the look above could have failed", async () => {
    store.plugin(
      "unfit",
      `add_filter('woocommerce_payment_gateways', function ($all) {
        if (!class_exists('Unfit')) { class Unfit extends WC_Payment_Gateway { public function __construct() { $this->id = 'unfit';
          $this->title = 'Unfit'; $this->method_title = 'Unfit'; $this->description = $this->method_description = '';
          $this->enabled = 'yes'; } } }
        return [...$all, 'Unfit'];
      });`,
    );
    const { sidebar } = await edit();
    await page.getByText(/incompatible/i).first().waitFor();
    await sidebar.getByText(TITLE).first().waitFor();
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
