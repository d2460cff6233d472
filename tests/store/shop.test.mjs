// The shop itself, before there is anything of ours in it: guests buy with the other payment method.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SHOPPER, store } from "./shop/store.mjs";

describe("the shop", () => {
  before(() => store.reset());
  after(() => store.close());

  for (const [checkout, place, via] of [
    ["classic checkout", "placeOrderClassic", "checkout"],
    ["block checkout", "placeOrderBlocks", "store-api"],
  ]) {
    test(`a guest buys in the ${checkout}`, async () => {
      const stock = await store.stock();
      const mails = store.mails().length;
      const page = await store.shopper();

      const { orderId } = await store[place](page, "cheque");

      const order = await store.order(orderId);
      assert.equal(order.status, "on-hold");
      assert.equal(order.method, "cheque");
      assert.equal(order.total, "16.81");
      assert.equal(order.created_via, via);
      assert.equal(await store.stock(), stock - 1);
      const sent = store.mails().slice(mails);
      assert.deepEqual(sent.map(({ to }) => [to].flat().join()).sort(), [store.admin.email, SHOPPER.email].sort());
      await page.getByText("Thank you. Your order has been received.").first().waitFor();
      await page.context().close();
    });
  }

  test("orders are stored where they are to be", async () => {
    const [[count]] = await store.query("SELECT COUNT(*) FROM #__posts WHERE post_type = 'shop_order'");
    assert.equal(Number(count), store.orders === "posts" ? 2 : 0);
  });

  test("the admin sees the orders", async () => {
    const page = await store.adminPage();
    await page.goto(store.orders === "posts" ? "/wp-admin/edit.php?post_type=shop_order" : "/wp-admin/admin.php?page=wc-orders");
    await page.getByText("Ada Shopper").first().waitFor();
    await page.context().close();
  });

  test("the queue runs and leaves nothing due", async () => {
    await store.runQueue();
    const due = "SELECT hook FROM #__actionscheduler_actions WHERE status = 'pending' AND scheduled_date_gmt <= UTC_TIMESTAMP()";
    assert.deepEqual(await store.query(due), []);
    assert.deepEqual(await store.query("SELECT hook FROM #__actionscheduler_actions WHERE status = 'failed'"), []);
  });

  test("nothing was reported, nothing left the machine", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
