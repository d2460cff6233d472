// Each checkout paid once in a real browser: what `make test` can afford. The rest is in the other files.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { attempt, attempts } from "./shop/ledger.mjs";
import { open, place } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

describe("a shopper pays", () => {
  before(() => store.reset());
  after(() => store.close());

  for (const checkout of ["classic", "block"]) {
    test(`in the ${checkout} checkout`, async () => {
      const stock = await store.stock();
      const mails = store.mails().length;
      const page = await store.shopper();
      await open(page, checkout);
      const id = await place(page, checkout);

      const made = await attempt(id);
      assert.equal(made.state, "waiting");
      assert.equal(await page.locator("[data-bonuspay-amount]").innerText(), made.due);
      assert.equal(await page.locator("[data-bonuspay-address]").innerText(), made.address);
      assert.equal(store.mails().length, mails, "no mail before the money");

      await deposit(made.order_no, made.due);
      await page.getByRole("heading", { name: "Payment received" }).waitFor();
      // The page goes on by itself.
      await page.waitForURL(/order-received/);
      await page.locator(".bonuspay-box", { hasText: "Payment received" }).waitFor();

      const order = await store.order(id);
      assert.equal(order.status, "processing");
      assert.ok(order.paid);
      assert.equal((await attempts(id)).length, 1);
      assert.equal(await store.stock(), stock - 1);
      assert.equal(store.mails().length, mails + 2);
      await page.context().close();
    });
  }

  test("nothing was reported, nothing left the machine, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
