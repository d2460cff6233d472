// What does not get in, and what is there without the extension.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { deposit, hold, release } from "./shop/bonuspay.mjs";
import { attempt, done } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, callbackUrl, notification, notify, sign } from "./shop/notifications.mjs";
import { assertPaidOnce, beginMany, fresh, guest, poll, startedPayment, status } from "./shop/orders.mjs";
import { limited, store, until } from "./shop/store.mjs";

// Counts the queries of a request to the callback, of anyone's.
const COUNTER = `if ( str_contains( $_SERVER['REQUEST_URI'] ?? '', 'callback' ) || isset( $_GET['wc-api'] ) ) {
  defined( 'SAVEQUERIES' ) || define( 'SAVEQUERIES', true );
  register_shutdown_function( function () {
    global $wpdb;
    // WooCommerce asks one of its own whenever a plugin declares what it goes with; and where its log is, for the rare line.
    $ours = array_values( array_filter( (array) $wpdb->queries, fn( $query ) => ( str_contains( $query[2],
      'BonusPay' ) || str_contains( $query[0], 'bonuspay' ) ) && ! preg_match( '/FeaturesUtil::declare_compatibility|Log::write/',
      $query[2] ) ) );
    file_put_contents( STORE_FOLDER . '/queries.jsonl', wp_json_encode( $ours ) . "\\n", FILE_APPEND | LOCK_EX );
  } );
}`;
const size = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce(
    (sum, entry) =>
      sum +
      (entry.isDirectory()
        ? size(join(folder, entry.name))
        : /bonuspay|debug|php\.log/.test(entry.name)
          ? statSync(join(folder, entry.name)).size
          : 0),
    0,
  );
const queries = () => readFileSync(join(store.folder, "queries.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

// By hand: what fetch would not send.
function raw(path, headers, write) {
  const { hostname, port } = new URL(store.url);
  return limited(`POST ${path} by hand`, new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method: "POST", headers }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode, text });
    });
    sent.on("error", reject);
    write(sent);
    sent.end();
  }));
}
const PATH = "/wp-json/bonuspay/v1/callback";

describe("guards", () => {
  before(fresh);
  before(hold);
  after(async () => {
    store.plugin("counter");
    store.plugin("noise");
    await store.close();
  });

  test("only POST, and only what may be a notification", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    const body = notification(made);
    for (const method of ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
      assert.equal((await notify(body, { method })).status, 405, method);
    assert.equal((await notify(body, { url: `${callbackUrl()}?_method=DELETE`, method: "GET" })).status, 405);
    assert.deepEqual(await notify("", { signature: sign("") }), { status: 400, text: "FAIL" });
    assert.equal((await notify(`${body} `, { signature: sign(body) })).status, 401);
    assert.equal((await notify("a=1&b=2", { headers: { "Content-Type": "application/x-www-form-urlencoded" } })).status, 400);
    const multipart = `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${body}\r\n--x--\r\n`;
    assert.equal((await notify(multipart, { headers: { "Content-Type": "multipart/form-data; boundary=x" } })).status, 400);
    const packed = gzipSync(body);
    assert.equal((await notify(packed, { signature: sign(body), headers: { "Content-Encoding": "gzip" } })).status, 400);
    assert.equal((await notify(packed, { signature: sign(body), headers: { "Content-Encoding": "identity, GZip" } })).status, 400);
    assert.equal((await notify(body, { headers: { "Partner-Id": "200000000001" } })).status, 400);
    assert.equal(await status(id), "pending");
    // Whatever it calls itself.
    for (const coding of ["Identity", "UTF-8", "identity"]) {
      const headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Encoding": coding,
        "Partner-Id": store.sandbox.partner_id,
      };
      assert.deepEqual(await notify(body, { headers }), ACKNOWLEDGED, coding);
    }
    await assertPaidOnce(id);
  });

  test("64 KiB and no more, however it is sent", async () => {
    const big = "x".repeat(65_537);
    assert.deepEqual(await notify(big, { signature: "AAAA" }), { status: 413, text: "FAIL" });
    assert.equal((await notify(big.slice(1), { signature: "AAAA" })).status, 401);
    const chunked = await raw(PATH, { "Content-Type": "application/json", Sign: "AAAA" }, (sent) => {
      for (let at = 0; at < 64; at += 1) sent.write(big);
    });
    assert.deepEqual(chunked, { status: 413, text: "FAIL" });
  });

  test("exactly seven bytes, whatever other plugins print", async () => {
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    store.plugin(
      "noise",
      `echo "\\xEF\\xBB\\xBF\\n"; add_action( 'init', function () { echo 'notice'; } ); add_action( 'woocommerce_payment_complete', ` +
        `function () { echo 'thanks'; } ); add_action( 'shutdown', function () { echo 'bye'; } ); add_filter( 'status_header', ` +
        `fn( $header ) => $header );`,
    );
    for (const url of [
      callbackUrl(),
      `${store.url}/?wc-api=bonuspay`,
      `${store.url}/wc-api/bonuspay/`,
      `${store.url}/?rest_route=/bonuspay/v1/callback`,
    ]) {
      const answer = await fetch(url, { method: "POST", body: notification(made), headers: {} }).then(async (one) => ({
        status: one.status,
        bytes: (await one.arrayBuffer()).byteLength,
      }));
      assert.deepEqual(answer, { status: 401, bytes: 4 }, `unsigned, ${url}`);
      assert.deepEqual(await notify(notification(made), { url }), ACKNOWLEDGED, url);
    }
    store.plugin("noise");
    await assertPaidOnce(id);
  });

  test("with plain permalinks, both addresses", async () => {
    await store.php("update_option('permalink_structure', ''); return true;");
    const [first, second] = await beginMany(2);
    for (const [one, url] of [[first, `${store.url}/?rest_route=/bonuspay/v1/callback`], [second, `${store.url}/?wc-api=bonuspay`]]) {
      const order = await store.control("GET", `orders/${one.made.order_no}`);
      assert.equal(order.order.notifyUrl, `${store.url}/index.php?rest_route=/bonuspay/v1/callback`);
      await deposit(one.made.order_no, one.made.due);
      assert.deepEqual(await notify(notification(one.made), { url }), ACKNOWLEDGED);
      await assertPaidOnce(one.id);
    }
    await release();
    const third = await startedPayment();
    await deposit(third.made.order_no, third.made.due);
    await done(third.id);
    await assertPaidOnce(third.id, "BonusPay itself finds the address");
    await hold();
    await store.php("update_option('permalink_structure', '/%postname%/'); flush_rewrite_rules(false); return true;");
  });

  // FORGERIES=1000 takes two minutes.
  const FORGERIES = Number(process.env.FORGERIES ?? 200);
  test("forgeries: no query of ours, hardly a line, nothing of them in it", async () => {
    const { made } = await startedPayment();
    const before = size(store.logs);
    const options = () =>
      store.query("SELECT option_name, option_value FROM #__options WHERE option_name LIKE '%bonuspay%' ORDER BY option_id");
    const known = await options();
    rmSync(join(store.folder, "queries.jsonl"), { force: true });
    store.plugin("counter", COUNTER);
    const forge = async (at) => {
      const body = notification(made, { order: { reserved: `canary-${at}` } });
      const { status: code } = await notify(body, {
        signature: at % 2 ? "AAAA" : sign(`${body} `),
        url: at % 10 ? callbackUrl() : `${store.url}/?wc-api=bonuspay`,
      });
      assert.equal(code, 401);
    };
    for (let at = 0; at < FORGERIES; at += 20) await Promise.all(Array.from({ length: 20 }, (_, n) => forge(at + n)));
    await until("each has been counted", () => queries().length === FORGERIES);
    store.plugin("counter");
    assert.deepEqual(queries().flat().slice(0, 3), []);
    assert.ok(size(store.logs) - before < 5000, `${size(store.logs) - before} bytes`);
    assert.deepEqual((await store.gates({ secrets: ["canary-"] })), []);
    assert.deepEqual(await options(), known);
    assert.equal((await attempt(made.order_id)).state, "waiting");
  });

  test("with a list of senders only those, whatever a request says of itself; and the signature counts all the same", async () => {
    const setLists = (allowed_senders, trusted_proxies = "") =>
      store.php("update_option('woocommerce_bonuspay_settings', $args + get_option('woocommerce_bonuspay_settings')); return true;", {
        allowed_senders,
        trusted_proxies,
      });
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    const body = notification(made);
    const bonusPay = "8.219.8.37";
    const refused = { status: 403, text: "FAIL" };
    try {
      await setLists(bonusPay);
      for (const name of ["X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP", "Client-IP", "Forwarded"]) {
        for (const url of [callbackUrl(), `${store.url}/?wc-api=bonuspay`]) {
          assert.deepEqual(
            await notify(body, { url, headers: { [name]: name === "Forwarded" ? `for=${bonusPay}` : bonusPay } }),
            refused,
            name,
          );
        }
      }
      await setLists(bonusPay, "127.0.0.0/8");
      assert.deepEqual(
        await notify(body, { headers: { "X-Forwarded-For": `${bonusPay}, 203.0.113.9` } }),
        refused,
        "written by the sender",
      );
      assert.deepEqual(await notify(body, { headers: { "X-Real-IP": bonusPay } }), refused);
      assert.deepEqual(await notify(body, { headers: { "X-Forwarded-For": bonusPay }, signature: sign("another") }), {
        status: 401,
        text: "FAIL",
      });
      assert.equal((await attempt(id)).state, "waiting");
      assert.deepEqual(await notify(body, { headers: { "X-Forwarded-For": `203.0.113.9, ${bonusPay}` } }), ACKNOWLEDGED);
      await assertPaidOnce(id);
      await setLists("no address at all");
      assert.deepEqual(await notify(body), refused, "what makes no sense lets nobody in");
      await setLists("127.0.0.1");
      assert.deepEqual(await notify(body), ACKNOWLEDGED);
      assert.deepEqual(await notify(body, { signature: sign("another") }), { status: 401, text: "FAIL" });
    } finally {
      await setLists("");
    }
  });

  test("one wrong signature among good ones is the one that is refused", async () => {
    const orders = await beginMany(5);
    for (const { made } of orders) await deposit(made.order_no, made.due);
    const answers = await Promise.all(
      orders.map(({ made }, at) => notify(notification(made), at === 2 ? { signature: sign("another") } : {})),
    );
    assert.deepEqual(answers.map(({ status: code }) => code), [200, 200, 401, 200, 200]);
    assert.equal(await status(orders[2].id), "pending");
  });

  test("keys that the message brings are not used", async () => {
    const { id, made } = await startedPayment();
    const body = notification(made);
    for (const headers of [{ "Cert-Url": `${store.url}/key.pem` }, { "Public-Key": "AAAA" }, { "Key-Id": "1" }]) {
      assert.equal((await notify(body, { signature: sign("other"), headers })).status, 401);
    }
    assert.equal(await status(id), "pending");
  });

  test("without a key nothing is acknowledged, and the method is not offered", async () => {
    const { made } = await startedPayment();
    await deposit(made.order_no, made.due);
    for (const without of ["BONUSPAY_TEST_PUBLIC_KEY", "BONUSPAY_TEST_PRIVATE_KEY", "BONUSPAY_TEST_PARTNER_ID"]) {
      store.constants({ [without]: "" });
      assert.deepEqual(await notify(notification(made)), { status: 503, text: "FAIL" }, without);
      assert.equal((await (await guest()).checkout()).status, 400, without);
    }
    store.constants({});
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
  });

  test("what the return page is told proves nothing, and shows nothing without the key", async () => {
    const { id, key } = await startedPayment();
    const { received_url } = await store.order(id);
    for (const url of [
      `${received_url}&status=SUCCESS&paid=1`,
      received_url.replace(key, "wc_order_guess"),
      `${store.url}/?bonuspay-pay=${id}&key=wc_order_guess`,
      `${store.url}/?bonuspay-pay=${id}`,
    ]) {
      const text = await (await fetch(url)).text();
      if (!url.includes(key)) assert.doesNotMatch(text, /Mission Street|ada@shopper\.test/);
    }
    const guesses = await Promise.all([id, 1, 999999, "x"].map((guess) => poll({ id: guess, key: "wc_order_guess" })));
    for (const guess of guesses) assert.deepEqual(guess, guesses[0]);
    assert.equal((await attempt(id)).state, "waiting");
  });

  test("nobody keeps what a payment's pages and answers say", async () => {
    const { id, key, redirect } = await startedPayment();
    for (const url of [redirect, `${store.url}/wp-json/bonuspay/v1/status?order=${id}&key=${key}`, callbackUrl()]) {
      assert.match((await fetch(url)).headers.get("cache-control"), /no-cache/, url);
    }
    assert.equal((await fetch(redirect.replace(key, "wc_order_guess"))).status, 404);
  });

  test("without the extension the shop runs as before, and nothing is acknowledged", async () => {
    const { id, key, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    await store.extension(false);
    try {
      assert.deepEqual(await notify(notification(made)), { status: 503, text: "FAIL" });
      assert.deepEqual(await notify(notification(made), { url: `${store.url}/?wc-api=bonuspay` }), { status: 503, text: "FAIL" });
      for (const path of ["/", "/shop/", "/checkout/", "/classic-checkout/", "/my-account/"])
        assert.equal((await fetch(`${store.url}${path}`)).status, 200, path);
      assert.equal((await poll({ id, key })).status, 200);
      const shopper = await guest();
      const cart = await shopper.post("cart/update-customer", {});
      assert.deepEqual(cart.json.payment_methods, ["cheque"]);
      assert.equal((await shopper.checkout()).status, 400);
      assert.equal((await shopper.checkout("", "cheque")).status, 200);
      const admin = (await store.adminPage()).context();
      for (const path of ["", "admin.php?page=wc-orders", "admin.php?page=wc-settings&tab=checkout&section=bonuspay", "plugins.php"]) {
        assert.equal((await admin.request.get(`/wp-admin/${path}`)).status(), 200, path);
      }
    } finally {
      await store.extension(true);
    }
    assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
    await assertPaidOnce(id);
  });

  test("nothing was reported, no secret was shown", async () => {
    // Without a network the list of plugins complains of it.
    assert.deepEqual(await store.gates({ allowLog: [/WordPress\.org/] }), []);
  });
});
