// How often BonusPay is asked when there is much to ask.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { calls, forgetCalls, hold } from "./shop/bonuspay.mjs";
import { round } from "./shop/clock.mjs";
import { fresh, placeMany } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

const MERCHANT_ORDER_NO = /"merchantOrderNo":"([^"]+)"/;

describe("pace", () => {
  before(fresh);
  before(hold);
  after(() => store.close());

  test("five hundred payments wait: at most one call a second, and the next round goes on where this one ended", async () => {
    assert.equal((await placeMany(500)).length, 500);
    store.hurry(false);
    await store.query("UPDATE #__bonuspay_attempts SET next_check_at = id");
    const asked = [];
    for (const _ of [1, 2]) {
      await forgetCalls();
      const began = Date.now();
      await round();
      const seconds = (Date.now() - began) / 1000;
      const times = [...(await calls("getOrder")), ...(await calls("getPaymentDepositEventList"))]
        .map(({ at_ms }) => at_ms)
        .sort((a, b) => a - b);
      assert.ok(times.length > 30, `${times.length} calls`);
      assert.ok(times.length <= seconds + 2, `${times.length} calls in ${seconds} s`);
      // Two of one look stand together; over any ten seconds it is one a second.
      for (const [at, time] of times.entries())
        assert.ok((times[at + 12] ?? Infinity) - time > 10_000, `twelve within ten seconds of ${time}`);
      asked.push(
        (await calls("getOrder")).map((entry) => MERCHANT_ORDER_NO.exec(Buffer.from(entry.request_body_base64, "base64").toString())[1]),
      );
    }
    assert.equal(new Set(asked.flat()).size, asked.flat().length, "nobody is asked about twice");
    assert.equal(
      Number((await store.query("SELECT COUNT(*) FROM #__bonuspay_attempts WHERE next_check_at = id"))[0][0]),
      500 - asked.flat().length,
    );
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
