// R112: nothing of a payment gets into a page cache. Each answer of ours says so, in the words of caches before the web
// server and of WordPress's own; and behind a cache that takes what it may, the next visitor sees nothing of the last.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { secrets } from "./pay.mjs";
import { begun, callbackUrl, deposit, done, fresh, store } from "./money.mjs";

const status = (made, key = made.key) => `${store.url}/wp-json/bonuspay/v1/status?order=${made.id}&key=${key}`;

// A page cache of the worst kind that still keeps the rules: by the path alone, whatever follows it.
const CACHE = `if (isset($_SERVER['REQUEST_METHOD'], $_SERVER['REQUEST_URI'])) {
    $store_key = STORE_FOLDER . '/tmp/cached-' . md5(strtok($_SERVER['REQUEST_URI'] ?? '', '?'));
    if ('GET' === $_SERVER['REQUEST_METHOD'] && PHP_SAPI !== 'cli' && !str_contains($_SERVER['REQUEST_URI'], 'wp-admin')) {
      if (is_file($store_key)) {
        header('X-Store-Cache: HIT');
        echo file_get_contents($store_key);
        exit;
      }
      // Registered first, so that it ends last, when every header is known.
      ob_start(function ($html) use ($store_key) {
        $control = implode("\\n", headers_list());
        $may     = http_response_code() === 200 && !(defined('DONOTCACHEPAGE') && DONOTCACHEPAGE);
        if (!STORE_CACHE_BY_CONSTANT) { $may = http_response_code() === 200 && !preg_match('/^Cache-Control:.*(no-store|no-cache|private)/mi', $control); }
        if ($may) { file_put_contents($store_key, $html); }
        return $html;
      });
    }
  }`;
const cached = () => store.php("return array_map('file_get_contents', glob(STORE_FOLDER . '/tmp/cached-*'));");
const empty = () => store.php("array_map('unlink', glob(STORE_FOLDER . '/tmp/cached-*')); return true;");

let waiting;
let refund;
let received;

describe("page caches", { concurrency: false }, () => {
  before(async () => {
    await fresh();
    waiting = await begun();
    const paid = await begun();
    await deposit(paid.made.order_no, paid.made.due);
    await done(paid.id);
    // A shopper who was asked where a refund goes.
    await store.php("wc_create_refund(['order_id' => $args['id'], 'amount' => '1.00', 'refund_payment' => true]); return 1;", { id: paid.id });
    const [[token]] = await store.query(`SELECT token FROM #__bonuspay_refunds WHERE order_id = ${paid.id}`);
    refund = `${store.url}/?bonuspay-refund=${paid.id}&key=${token}`;
    received = (await store.order(waiting.id)).received_url;
  });
  after(() => store.close());

  const endpoints = () => [
    ["pay page", waiting.redirect],
    ["pay page, wrong key", waiting.redirect.replace(/key=.*/, "key=wc_order_wrong")],
    ["pay page, pressed", waiting.redirect, { method: "POST", body: new URLSearchParams({ action: "requote" }) }],
    ["refund page", refund],
    ["refund page, wrong key", refund.replace(/key=.*/, "key=wrong")],
    ["refund page, pressed", refund, { method: "POST", body: new URLSearchParams({ step: "check", address: "x" }) }],
    ["status", status(waiting)],
    ["status, wrong key", status(waiting, "wrong")],
    ["order received", received],
    ["order received, wrong key", received.replace(/key=.*/, "key=wc_order_wrong")],
    ["notification", callbackUrl(), { method: "POST", body: "{}" }],
    ["notification by GET", callbackUrl()],
    ["notification by wc-api", `${store.url}/wc-api/bonuspay/`, { method: "POST", body: "{}" }],
    ["notification by wc-api, GET", `${store.url}/?wc-api=bonuspay`],
  ];

  test("every endpoint says that nobody may keep its answer, in headers and by the constant", async () => {
    store.plugin("told", "add_action('shutdown', fn() => file_put_contents(STORE_FOLDER . '/log/constant', defined('DONOTCACHEPAGE') && DONOTCACHEPAGE ? 'yes' : 'no'), PHP_INT_MAX);");
    for (const [name, url, options] of endpoints()) {
      await store.php("return file_put_contents(STORE_FOLDER . '/log/constant', '');");
      const answer = await fetch(url, { redirect: "manual", ...options });
      await answer.text();
      const control = answer.headers.get("cache-control") ?? "";
      assert.match(control, /no-store/, `${name}: ${answer.status} ${control}`);
      assert.match(control, /private|no-cache/, name);
      assert.equal(answer.headers.get("last-modified"), null, name);
      assert.equal(answer.headers.get("etag"), null, name);
      let said;
      for (let tries = 0; tries < 100 && !said; tries++) said = await store.php("return file_get_contents(STORE_FOLDER . '/log/constant');");
      assert.equal(said, "yes", `${name}: DONOTCACHEPAGE`);
    }
    store.plugin("told");
  });

  for (const [kind, byConstant] of [["that obeys the headers", false], ["that obeys WordPress's constant", true]]) {
    test(`behind a cache ${kind} the next visitor sees nothing of the last`, async () => {
      await empty();
      store.constants({ STORE_CACHE_BY_CONSTANT: byConstant });
      store.plugin("0-cache", CACHE);
      const secret = [waiting.made.address, waiting.key, waiting.made.token];
      const first = {};
      for (const [name, url] of endpoints().filter(([, , options]) => !options)) first[name] = await (await fetch(url, { redirect: "manual" })).text();
      assert.ok(first["pay page"].includes(waiting.made.address));
      assert.ok(first.status.includes(waiting.made.merchant_order_no) || first.status.length > 50);
      assert.equal((await cached()).filter((html) => secret.some((text) => html.includes(text))).length, 0, "nothing of it was kept");
      // Who comes next, without any key.
      for (const [name, url] of endpoints().filter(([, , options]) => !options)) {
        const answer = await fetch(url.split("?")[0], { redirect: "manual" });
        const text = await answer.text();
        assert.ok(!secret.some((one) => text.includes(one)), `${name}: ${url.split("?")[0]}`);
        assert.equal(new URL(url).pathname === "/" || answer.headers.get("x-store-cache") === null, true, `${name} was kept`);
      }
      // The cache does work.
      for (const wanted of [null, "HIT"]) {
        const answer = await fetch(`${store.url}/product/coffee/`);
        await answer.text();
        assert.equal(answer.headers.get("x-store-cache"), wanted);
      }
      // Two shoppers at the same address of the status: each reads their own.
      const other = await (await fetch(status(waiting, "wrong"))).json();
      assert.equal(other.code, "bonuspay_not_found");
      store.plugin("0-cache");
      store.constants({});
      await empty();
    });
  }

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(await store.gates({ secrets: secrets(store), allowLog: [/WordPress\.org/] }), []);
  });
});
