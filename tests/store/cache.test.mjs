// R112: nothing of a payment gets into a page cache. Each answer of ours says so, in the words of caches before the web
// server and of WordPress's own; and behind a cache that takes what it may, the next visitor sees nothing of the last.

import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { done } from "./shop/ledger.mjs";
import { callbackUrl } from "./shop/notifications.mjs";
import { fresh, startedPayment } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const status = (made, key = made.key) => `${store.url}/wp-json/bonuspay/v1/status?order=${made.id}&key=${key}`;

// A page cache. One that obeys "headers" or the "constant" keeps by the path alone, whatever follows it: the worst kind that
// still keeps the rules. One that obeys "nothing" goes by the whole address, as SiteGround's does.
const CACHE = `if (isset($_SERVER['REQUEST_METHOD'], $_SERVER['REQUEST_URI'])) {
    $store_of = 'nothing' === STORE_CACHE_OBEYS ? $_SERVER['REQUEST_URI'] : strtok($_SERVER['REQUEST_URI'], '?');
    $store_key = STORE_FOLDER . '/tmp/cached-' . md5($store_of);
    if ('GET' === $_SERVER['REQUEST_METHOD'] && !isset($_SERVER['STORE_ARGUMENTS']) && !str_contains($_SERVER['REQUEST_URI'], 'wp-admin')) {
      // What keeps no rule keeps no empty page either.
      if (is_file($store_key) && ('nothing' !== STORE_CACHE_OBEYS || filesize($store_key) > 0)) {
        header('X-Store-Cache: HIT');
        echo file_get_contents($store_key);
        exit;
      }
      // Registered first, so that it ends last, when every header is known.
      ob_start(function ($html) use ($store_key) {
        $control = implode("\\n", headers_list());
        $may     = match (STORE_CACHE_OBEYS) {
          'headers'  => http_response_code() === 200 && !preg_match('/^Cache-Control:.*(no-store|no-cache|private)/mi', $control),
          'constant' => http_response_code() === 200 && !(defined('DONOTCACHEPAGE') && DONOTCACHEPAGE),
          'nothing'  => true,
        };
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
    waiting = await startedPayment();
    const paid = await startedPayment();
    await deposit(paid.made.order_no, paid.made.due);
    await done(paid.id);
    // A shopper who was asked where a refund goes.
    await store.php("wc_create_refund(['order_id' => $args['id'], 'amount' => '1.00', 'refund_payment' => true]); return 1;", {
      id: paid.id,
    });
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
    store.plugin(
      "told",
      "add_action('shutdown', fn() => file_put_contents(STORE_FOLDER . '/log/constant', " +
        "defined('DONOTCACHEPAGE') && DONOTCACHEPAGE ? 'yes' : 'no'), PHP_INT_MAX);",
    );
    const constant = join(store.logs, "constant");
    for (const [name, url, options] of endpoints()) {
      rmSync(constant, { force: true });
      const answer = await fetch(url, { redirect: "manual", ...options });
      await answer.text();
      const control = answer.headers.get("cache-control") ?? "";
      // WooCommerce's own answer, which holds nothing, may be kept by the browser's back button since 10.5.
      if (name !== "order received, wrong key") assert.match(control, /no-store/, `${name}: ${answer.status} ${control}`);
      assert.match(control, /private|no-cache/, name);
      assert.equal(answer.headers.get("last-modified"), null, name);
      assert.equal(answer.headers.get("etag"), null, name);
      await until(`${name} has ended`, () => existsSync(constant) && readFileSync(constant, "utf8") !== "");
      assert.equal(readFileSync(constant, "utf8"), "yes", `${name}: DONOTCACHEPAGE`);
    }
    store.plugin("told");
  });

  for (const [kind, obeys] of [["that obeys the headers", "headers"], ["that obeys WordPress's constant", "constant"]]) {
    test(`behind a cache ${kind} the next visitor sees nothing of the last`, async () => {
      await empty();
      store.constants({ STORE_CACHE_OBEYS: obeys });
      store.plugin("0-cache", CACHE);
      const secret = [waiting.made.address, waiting.key, waiting.made.token];
      const first = {};
      for (const [name, url] of endpoints().filter(([, , options]) => !options))
        first[name] = await (await fetch(url, { redirect: "manual" })).text();
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

  describe("behind a cache that obeys nothing", () => {
    let paid;
    let gone;
    let late;
    before(async () => {
      await empty();
      // It would keep the answers that these orders are made by, too.
      for (const keep of [(made) => (paid = made), (made) => (late = made), (made) => (gone = made)]) keep(await startedPayment());
      store.constants({ STORE_CACHE_OBEYS: "nothing" });
      store.plugin("0-cache", CACHE);
    });
    after(async () => {
      store.plugin("0-cache");
      store.constants({});
      await empty();
    });
    const kept = async (url) => {
      const answer = await fetch(url, { redirect: "manual" });
      return { text: await answer.text(), isKept: answer.headers.get("x-store-cache") === "HIT" };
    };
    // A page whose clock stands: nothing on it waits for a time.
    const visit = async (url) => {
      const page = await (await store.visitor()).newPage();
      await page.clock.install();
      await page.clock.pauseAt(Date.now() + 1000);
      await page.goto(url);
      return page;
    };

    test("no answer of ours is kept", async () => {
      // Order received is the theme's page.
      const ours = endpoints().filter(([name, , options]) => !options && !name.startsWith("order received"));
      for (const [name, url] of ours) {
        await kept(url);
        assert.equal((await kept(url)).isKept, false, name);
      }
      const secret = [waiting.made.address, waiting.key, waiting.made.token];
      assert.deepEqual((await cached()).filter((html) => secret.some((text) => html.includes(text))), []);
      await kept(`${store.url}/product/coffee/`);
      assert.equal((await kept(`${store.url}/product/coffee/`)).isKept, true, "the cache does work");
    });

    test("who has paid is not asked to pay any more", async () => {
      const { made, redirect, id, key } = paid;
      assert.match((await kept(redirect)).text, /Waiting for your payment/);
      assert.equal(JSON.parse((await kept(status({ id, key }))).text).state, "waiting");
      await deposit(made.order_no, made.due);
      await done(id);
      assert.match((await kept(redirect)).text, /Payment received/);
      assert.equal(JSON.parse((await kept(status({ id, key }))).text).state, "paid");
    });

    test("a page that was kept nevertheless corrects itself at once", async () => {
      const { made, redirect, id } = late;
      const { received_url: theirs } = await store.order(id);
      const before = await visit(theirs);
      await before.locator("[data-bonuspay-headline]", { hasText: "Waiting for your payment" }).waitFor();
      // As an older version of ours left it there.
      const { text } = await kept(redirect);
      await store.php("return file_put_contents(STORE_FOLDER . '/tmp/cached-' . md5($args['uri']), $args['text']);", {
        uri: redirect.slice(store.url.length),
        text,
      });
      await deposit(made.order_no, made.due);
      await done(id);
      for (const url of [theirs, redirect]) {
        const { text: old, isKept } = await kept(url);
        assert.ok(isKept && old.includes("Waiting for your payment"), url);
        const page = await visit(url);
        await page.locator("[data-bonuspay-headline]", { hasText: "Payment received" }).waitFor();
        await page.context().close();
      }
      await before.context().close();
    });

    test("where the order is gone the page says so, and asks no more", async () => {
      const { redirect, id } = gone;
      const { text } = await kept(redirect);
      await store.php("return file_put_contents(STORE_FOLDER . '/tmp/cached-' . md5($args['uri']), $args['text']);", {
        uri: redirect.slice(store.url.length),
        text,
      });
      await store.php("wc_get_order($args['id'])->delete(); return true;", { id });
      const page = await visit(redirect);
      await page.locator("h1", { hasText: "There is no such payment" }).waitFor();
      assert.equal(await page.locator("[data-bonuspay]").count(), 0);
      await page.context().close();
    });
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    // The order that is gone is not found. A script of WordPress 7.1 finds no navigation where the page reloads before it is complete.
    assert.deepEqual(
      await store.gates({
        allowLog: [/WordPress\.org/],
        allowConsole: [/bonuspay-pay=\d+.* 404 \(Not Found\)/, /domContentLoadedEventStart/],
      }),
      [],
    );
  });
});
