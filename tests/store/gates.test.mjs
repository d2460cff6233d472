// R107: both directions of every gate, in seconds. `make test-mutants` inverts each condition of a gate and runs the tests of
// its group: those whose name begins with it. gates.php has what is tried within WordPress.

import assert from "node:assert/strict";
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { after, before, test as declare } from "node:test";
import { fileURLToPath } from "node:url";
import { calls, deposit, fault, hold, noFaults } from "./shop/bonuspay.mjs";
import { attempt, attempts } from "./shop/ledger.mjs";
import { ACKNOWLEDGED, callbackUrl, LATER, notification, notify, sign } from "./shop/notifications.mjs";
import { beginMany, notes, poll, settings as configure, status } from "./shop/orders.mjs";
import { limited, store, until } from "./shop/store.mjs";

const PHP = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "gates.php"), "utf8").replace("<?php", "");
const within = async (group) => assert.equal(await store.php(PHP, { group }), "");

const settings = (changes) => configure(changes);
const file = (name) => join(store.folder, name);
const forget = (...names) => names.forEach((name) => rmSync(file(name), { force: true }));
const code = async (...of) => (await notify(...of)).status;
const lastEvent = async () => (await store.query("SELECT state, outcome, order_id FROM #__bonuspay_events ORDER BY id DESC LIMIT 1"))[0];
// Lines of the plugin's log about an event.
const lines = (event) => (existsSync(store.wc_logs) ? readdirSync(store.wc_logs) : []).filter((name) => name.startsWith("bonuspay"))
  .flatMap((name) => readFileSync(join(store.wc_logs, name), "utf8").split("\n")).filter((line) => line.includes(` ${event} `)).length;

// What the plugin leaves to chance, and how long it waits for a lock.
const FIRST = "Store_Builtins::replace( 'random_int', fn( $from, $to ) => $from );";
const LAST = "Store_Builtins::replace( 'random_int', fn( $from, $to ) => $to );";
const NO_TIME = "Store_Builtins::replace( 'usleep', fn() => null ); Store_Builtins::replace( 'microtime', " +
  "function () { static $at = 0; return $at += 10; } );";

// The next tests are to find the shop as these did.
const leaveNothing = () => {
  for (const name of ["gates", "noise"]) store.plugin(name);
  store.constants({});
};

// With BAIL=1 the first thing that is wrong ends it all: that is what a mutant needs.
const test = (name, check) => declare(name, async () => {
  try {
    await check();
  } catch (error) {
    if (!process.env.BAIL) throw error;
    console.error(error);
    leaveNothing();
    process.exit(1);
  }
});

before(async () => {
  await store.reset();
  await hold();
});
after(async () => {
  leaveNothing();
  await store.close();
});

test("lock: one holder at a time, the next when it ended, and nobody frees another's", () => within("lock"));
test("claims: one worker an effect, another only when it died", () => within("claims"));
test("inbox: a row a message, one worker at a time, done once", () => within("inbox"));
test("attempts: changed in the version that was read, by the newest lock", () => within("attempts"));
test("refund book: changed in the version that was read, by the newest lock", () => within("refund_book"));
test("payments: stored under the lock with its claims, or not at all", () => within("payments"));
test("refund callback: whose it is, what BonusPay says of it, once", () => within("refund_callback"));
test("replay: a person has it handled again, as far as BonusPay confirms it, and nothing is done twice", () => within("replay"));

test("callback: POST, of at most 64 KiB, whatever others print; seven bytes and no more", async () => {
  store.plugin("gates", FIRST);
  store.plugin(
    "noise",
    `ob_start(); echo 'noise'; ob_start(); echo 'more';
    add_action( 'shutdown', function () {
      if ( ! isset( $_SERVER['HTTP_WAIT'] ) ) { return; }
      for ( $end = time() + 3; ! is_file( STORE_FOLDER . '/go' ) && time() < $end; ) { usleep( 5000 ); clearstatcache(); }
      file_put_contents( STORE_FOLDER . '/waited',
        ( is_file( STORE_FOLDER . '/go' ) ? 'told' : 'in vain' ) . ( defined( 'DONOTCACHEPAGE' ) ? '' : ', kept' ) );
    } );`,
  );
  const body = notification({ merchant_order_no: "nobody", order_no: "1", token: "x" });
  for (const method of ["GET", "PUT"]) {
    const answer = await fetch(callbackUrl(), { method });
    assert.deepEqual([answer.status, answer.headers.get("allow"), await answer.text()], [405, "POST", "FAIL"], method);
  }
  const refused = await fetch(callbackUrl(), { method: "POST", body, headers: { Sign: "AAAA" } });
  assert.deepEqual(
    [refused.status, refused.headers.get("content-length"), refused.headers.get("allow"), await refused.text()],
    [401, "4", null, "FAIL"],
  );
  store.plugin("noise", readFileSync(file("www/wp-content/mu-plugins/noise.php"), "utf8").replace("<?php", "").replaceAll("echo", "//"));

  forget("go", "waited");
  assert.equal(await code(body, { signature: "AAAA", headers: { Wait: "1" } }), 401);
  writeFileSync(file("go"), "");
  await until("the end of the request", () => existsSync(file("waited")));
  assert.equal(readFileSync(file("waited"), "utf8"), "told", "the answer does not wait for what others do at the end");
  forget("go", "waited");
  store.plugin("noise");

  const big = "x".repeat(65_537);
  assert.equal(await code(big, { signature: "AAAA" }), 413);
  assert.equal(await code(big.slice(1), { signature: "AAAA" }), 401);
  const chunked = await limited("the answer to what is too long", new Promise((resolve, reject) => {
    const sent = request(callbackUrl(), { method: "POST", headers: { Sign: "AAAA" } }, (answer) =>
      answer.resume().on("end", () => resolve(answer.statusCode)),
    );
    sent.on("error", reject);
    sent.write(big);
    sent.end();
  }));
  assert.equal(chunked, 413);
  assert.equal(await code("", { signature: sign("") }), 400);
  assert.equal(await code(body, { headers: { "Content-Encoding": "gzip" } }), 400);
  assert.equal(
    (await fetch(`${store.url}/wp-json/wc/store/v1/cart`)).headers.get("content-type").split(";")[0],
    "application/json",
    "every other route is left alone",
  );
});

test("callback: from whom the owner lets it come, and marked only while the shop tests itself", async () => {
  const body = notification({ merchant_order_no: "nobody", order_no: "1", token: "x" });
  const last = await lastEvent();
  await settings({ allowed_senders: "192.0.2.1" });
  assert.deepEqual([await code(body), await lastEvent()], [403, last], "genuine, and from elsewhere");
  await settings({ allowed_senders: "192.0.2.1 127.0.0.0/8 ::1" });
  assert.equal(await code(body), 400, "from there");
  await settings({ allowed_senders: "" });
  const number = "0123456789abcdef".repeat(2);
  const mark = async (headers) =>
    (await fetch(callbackUrl(), { method: "POST", body, headers: { Sign: "AAAA", ...headers } })).headers.get("bonuspay-test");
  assert.equal(await mark({ "Bonuspay-Test": number }), null, "no test runs");
  await store.php("return update_option('bonuspay_wc_callback_test', (time() + 60) . ':secret', true);");
  assert.equal(await mark({ "Bonuspay-Test": number }), createHmac("sha256", "secret").update(number).digest("hex"));
  assert.deepEqual([await mark({}), await mark({ "Bonuspay-Test": "x" })], [null, null], "no number");
  await store.php("return delete_option('bonuspay_wc_callback_test');");
});

test("callback: genuine, for this partner, by the key of the payment's mode", async () => {
  store.plugin("gates", FIRST);
  const [{ id, made }] = await beginMany(1);
  const body = notification(made);
  const before = lines("notifications_refused");
  assert.deepEqual(
    [await code(`${body} `, { signature: sign(body) }), await code(body, { signature: "AAAA" }), await code(body, { signature: "" })],
    [401, 401, 401],
  );
  assert.equal(lines("notifications_refused"), before + 3, "the hundredth has a line");
  store.plugin("gates", LAST);
  assert.equal(await code(body, { signature: "AAAA" }), 401);
  assert.equal(lines("notifications_refused"), before + 3, "the others have none");
  store.plugin("gates", FIRST);
  assert.equal(await code(body, { headers: { "Partner-Id": "200000000001" } }), 400);
  assert.equal(await code("no JSON"), 400);

  const live = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const liveSign = (text) => createSign("SHA256").update(text).sign(live.privateKey, "base64");
  store.constants({ BONUSPAY_LIVE_PUBLIC_KEY: live.publicKey, BONUSPAY_LIVE_PARTNER_ID: store.sandbox.partner_id });
  assert.equal(await code(body, { signature: liveSign(body) }), 400);
  assert.deepEqual([(await lastEvent())[0], (await notes(id, /the key of the other mode/)).length], ["unmatched", 1]);
  assert.deepEqual(
    [await code("no JSON"), await code("no JSON", { signature: liveSign("no JSON") }), await code(body, { signature: "AAAA" })],
    [400, 400, 401],
  );
  const told = lines("notifications_refused");
  store.constants({ BONUSPAY_LIVE_PUBLIC_KEY: readFileSync(store.sandbox.gateway_public_key, "utf8") });
  assert.deepEqual(await notify(body), LATER, "one key for both modes");
  for (const without of ["BONUSPAY_TEST_PUBLIC_KEY", "BONUSPAY_TEST_PARTNER_ID"]) {
    store.constants({ [without]: "" });
    assert.deepEqual(await notify(body), LATER, without);
  }
  store.constants({});
  assert.equal(lines("notifications_refused"), told, "what cannot be verified is no forgery");
  assert.equal((await attempt(id)).state, "waiting");
});

test("callback: ours, once, and only as far as BonusPay confirms it", async () => {
  const [{ id, made }] = await beginMany(1);
  const asked = async () => (await calls("getOrder")).length;
  const before = await asked();
  assert.equal(await code(notification({ ...made, merchant_order_no: `${made.merchant_order_no}0` })), 400);
  assert.deepEqual(await lastEvent(), ["unmatched", "", null]);
  assert.equal(await code(notification(made, { order: { payeeMid: "200000000001" } })), 400);
  assert.deepEqual([(await lastEvent())[0], (await notes(id, /its payeeMid is not that/)).length], ["unmatched", 1]);
  const product = (name, facts) => JSON.stringify({ notify_time: "20261120120000", notify_id: `gate-${name}`, [name]: facts });
  assert.deepEqual(await notify(product("customerDepositOrder", { orderNo: "1", status: "SUCCESS" })), ACKNOWLEDGED);
  assert.equal((await lastEvent())[0], "unused");
  assert.equal(await code(product("refundOrder", { refundMerchantOrderNo: "R", originMerchantOrderNo: "nobody", status: "SUCCESS" })), 400);
  assert.equal(await asked(), before, "nobody was asked");

  for (const told of ["SUCCESS", "FAILURE"]) {
    assert.deepEqual(await notify(notification(made, { order: { status: told } })), LATER, `${told}, and it waits`);
    assert.deepEqual((await lastEvent()).slice(0, 2), ["new", "BonusPay does not confirm it yet."], told);
  }
  assert.deepEqual(await notify(notification(made, { order: { status: "CREATED" } })), ACKNOWLEDGED, "it waits, and that was told");
  await deposit(made.order_no, made.due);
  await fault("getOrder", "html-502", { times: 9 });
  const body = notification(made);
  assert.deepEqual(await notify(body), LATER);
  assert.deepEqual([(await lastEvent()).slice(0, 2), await status(id)], [["new", "BonusPay could not be asked."], "pending"]);
  await noFaults();
  const calm = await asked();
  await store.query("UPDATE #__bonuspay_events SET outcome = '', next_try_at = UNIX_TIMESTAMP() + 600 ORDER BY id DESC LIMIT 1");
  assert.deepEqual(await notify(body), LATER, "another worker is at it");
  assert.equal(await asked(), calm);
  await store.query("UPDATE #__bonuspay_events SET next_try_at = 1 ORDER BY id DESC LIMIT 1");
  await store.query(
    `INSERT INTO #__bonuspay_effects (attempt_id, order_id, effect, claimed_at) VALUES (${made.id}, ${id}, 'note:gate', UNIX_TIMESTAMP())`,
  );
  assert.deepEqual(await notify(body), LATER, "an effect is not done");
  assert.deepEqual([(await lastEvent()).slice(0, 2), await status(id)], [["new", "The order is not changed yet."], "processing"]);
  await store.query("UPDATE #__bonuspay_effects SET done_at = 1 WHERE effect = 'note:gate'");
  assert.deepEqual(await notify(body), ACKNOWLEDGED);
  assert.deepEqual((await lastEvent()).slice(0, 2), ["done", "paid"]);
  const last = await asked();
  assert.deepEqual(await notify(body), ACKNOWLEDGED, "again");
  assert.equal(await asked(), last, "and nobody was asked");
  assert.deepEqual(await notify(notification(made, { order: { status: "FAILURE" } })), ACKNOWLEDGED, "beyond what was told");
});

test("site: paused at another address, and without the extension nothing is acknowledged", async () => {
  const [{ id, made }] = await beginMany(1);
  const { key } = await store.order(id);
  await deposit(made.order_no, made.due);
  const [[address]] = await store.query("SELECT option_value FROM #__options WHERE option_name = 'bonuspay_wc_site_url'");
  const at = (url) => store.php("return update_option('bonuspay_wc_site_url', $args['url']);", { url });
  await at("https://another.example");
  assert.deepEqual(await notify(notification(made)), LATER);
  await at(address);
  await store.extension(false);
  try {
    assert.deepEqual(await notify(notification(made)), LATER);
    assert.equal((await fetch(`${store.url}/shop/`)).status, 200);
    await store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${id}`);
    assert.equal((await poll({ id, key })).status, 200, "who waits sees what is known");
  } finally {
    await store.extension(true);
  }
  assert.equal(await status(id), "pending");
  assert.deepEqual(await notify(notification(made)), ACKNOWLEDGED);
  assert.equal(await status(id), "processing");
});

test("site: the authority of a sandbox's certificate, when there is one", async () => {
  for (const pem of ["", "PEM"]) {
    store.constants({ BONUSPAY_TEST_CA_PEM: pem });
    const options = await store.php(
      "return array_diff_key((new ReflectionMethod(BonusPay\\WooCommerce\\Settings\\Backends::class, 'options'))->invoke(null, " +
        "'test', 8000), array('private_key' => 1));",
    );
    assert.equal(options.ca_pem, pem || undefined);
  }
  store.constants({});
});

// --- public pages: who has the order's key, or the refund's

const page = async (query, form) => {
  const answer = await fetch(`${store.url}/?${new URLSearchParams(query)}`, {
    redirect: "manual",
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") };
};
const view = ({ text }) => /\sdata-(?:view|state)="(\w+)"/.exec(text)?.[1];
// What a visitor may try instead of the number and the key.
const wrongKeys = (name, id, key, other) => [
  { [name]: id, key: `${key.slice(0, -1)}${key.endsWith("x") ? "y" : "x"}` },
  { [name]: id, key: "" },
  { [name]: id },
  { [name]: other.id, key },
  { [name]: id, key: other.key },
  { [name]: `${id} `, key },
  { [name]: `0${id}`, key },
  { [name]: `${id}x`, key },
  { [name]: "", key },
  { [name]: "999999", key },
  { [`${name}[]`]: id, key },
  { [name]: id, "key[]": key },
];

test("pay page: the order's key, both ways", () => within("pay_page"));
test("pay page: over HTTP the order's key, and nothing else, opens it and the state of its payment", async () => {
  const [one, two] = await beginMany(2);
  for (const each of [one, two]) each.key = (await store.order(each.id)).key;
  const open = { "bonuspay-pay": one.id, key: one.key };
  const shown = await page(open);
  assert.deepEqual([shown.status, view(shown), shown.text.includes(one.made.address)], [200, "waiting", true]);
  assert.deepEqual((await poll(one)).json.state, "waiting");
  const { key, ...nothing } = open;
  const refused = await page(nothing);
  assert.equal(refused.status, 404);
  await Promise.all(wrongKeys("bonuspay-pay", one.id, one.key, two).map(async (query) => {
    const answer = await page(query);
    assert.deepEqual([answer.status, answer.text], [404, refused.text], JSON.stringify(query));
  }));
  await Promise.all(wrongKeys("order", one.id, one.key, two).map(async (query) => {
    const answer = await fetch(`${store.url}/wp-json/bonuspay/v1/status?${new URLSearchParams(query)}`);
    assert.deepEqual([answer.status, (await answer.json()).code], [404, "bonuspay_not_found"], JSON.stringify(query));
  }));
  // Another route, and another page, are none of ours.
  assert.doesNotMatch((await page({ key: one.key })).text, /bonuspay-card/);

  // Orders that are none of ours, have no key, or are in the trash.
  const odd = await store.php(`
    $ids = array();
    foreach (array('cheque' => 'k1', 'bonuspay' => '') as $method => $key) {
      $order = wc_create_order(array('status' => 'pending'));
      $order->set_payment_method($method);
      $order->set_order_key($key);
      $order->save();
      $ids[] = array($order->get_id(), $order->get_order_key());
    }
    $ids[] = wp_salt();
    return $ids;`);
  const [[cheque, chequeKey], [keyless, none], salt] = odd;
  assert.equal(none, "");
  assert.equal((await page({ "bonuspay-pay": cheque, key: chequeKey })).status, 404, "paid in another way");
  assert.equal((await page({ "bonuspay-pay": keyless, key: "" })).status, 404, "no key opens nothing");
  await store.php("$o = wc_get_order($args['id']); $o->set_payment_method('cheque'); $o->save(); return 1;", { id: two.id });
  assert.equal((await page({ "bonuspay-pay": two.id, key: two.key })).status, 200, "begun with us, and then paid in another way");
  const fresh = await store.php(
    "$o = wc_create_order(array('status' => 'pending')); $o->set_payment_method('bonuspay'); $o->save(); return array($o->get_id(), " +
      "$o->get_order_key());",
  );
  assert.equal((await page({ "bonuspay-pay": fresh[0], key: fresh[1] })).status, 200, "with us, and not begun");
  assert.equal((await poll({ id: fresh[0], key: fresh[1] })).status, 200);
  const trash = (id, to) => store.php("$o = wc_get_order($args['id']); $o->set_status($args['to']); $o->save(); return 1;", { id, to });
  await trash(two.id, "trash");
  assert.equal((await page({ "bonuspay-pay": two.id, key: two.key })).status, 404, "in the trash");

  // A new price: for what is dead, by POST.
  const count = async () => (await attempts(one.id)).length;
  await page(open, { action: "requote" });
  assert.equal(await count(), 1, "what may still be paid is not asked for again");
  await store.query(
    `UPDATE #__bonuspay_attempts SET state = 'expired', checked_at = UNIX_TIMESTAMP(), next_check_at = NULL WHERE order_id = ${one.id}`,
  );
  await page({ ...open, action: "requote" });
  await page(open, { action: "other" });
  assert.equal(await count(), 1, "not by GET, and not by another button");
  await page({ ...open, key: "x" }, { action: "requote" });
  assert.equal(await count(), 1, "not without the key");
  await fault("placeOrder", "refuse", { code: "404", times: 9 });
  const failed = await page(open, { action: "requote" });
  assert.deepEqual([failed.status, failed.text.includes("not available right now")], [200, true]);
  await noFaults();
  await store.query(`UPDATE #__bonuspay_attempts SET state = 'expired', checked_at = UNIX_TIMESTAMP() WHERE order_id = ${one.id}`);
  const before = await count();
  const again = await page(open, { action: "requote" });
  assert.deepEqual([again.status, new URL(again.to).searchParams.get("key"), await count()], [303, one.key, before + 1]);
  assert.equal((await page({ "bonuspay-pay": fresh[0], key: fresh[1] }, { action: "requote" })).status, 303, "nothing to begin anew");

  // The poll asks BonusPay while there is something to learn, and then no more.
  const asked = async () => (await calls("getOrder")).length;
  await store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${one.id}`);
  const first = await asked();
  await poll(one);
  assert.equal(await asked(), first + 1);
  const made = await attempt(one.id);
  await deposit(made.order_no, made.due);
  await store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${one.id}`);
  assert.equal((await poll(one)).json.state, "paid");
});

test("refund page: the request's own key, an address that is right, confirmed by the shopper", () => within("refund_page"));
test("refund page: each step, and nothing stored before the last", () => within("refund_steps"));
test("refund page: over HTTP the key opens it, step by step", async () => {
  const [{ id, key }, other] = await beginMany(2).then((all) =>
    Promise.all(all.map(async (one) => ({ ...one, key: (await store.order(one.id)).key }))),
  );
  const TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
  const token = await store.php(
    `$attempt = BonusPay\\WooCommerce\\Ledger\\Attempts::of_order($args['id'])[0];
    return BonusPay\\WooCommerce\\Ledger\\Refunds::insert($attempt, array('source' => 'order', 'state' => 'asked_for_address'))->token;`,
    { id },
  );
  const open = { "bonuspay-refund": id, key: token };
  const row = async () => (await store.query(`SELECT address, state FROM #__bonuspay_refunds WHERE order_id = ${id}`))[0];
  const first = await page(open);
  assert.deepEqual([first.status, view(first)], [200, "enter"]);
  assert.match(first.text, /Test mode/);
  const refused = await page({ "bonuspay-refund": id });
  await Promise.all([...wrongKeys("bonuspay-refund", id, token, other), { "bonuspay-refund": id, key }].map(async (query) => {
    const answer = await page(query, { step: "store", address: TRON });
    assert.deepEqual([answer.status, answer.text], [404, refused.text], JSON.stringify(query));
  }));
  assert.doesNotMatch((await page({ key: token })).text, /bonuspay-card/);
  assert.equal(view(await page({ ...open, step: "store", address: TRON })), "enter", "by POST only");
  assert.equal(view(await page(open, { step: "other", address: TRON })), "enter");
  assert.equal(view(await page(open, { "step[]": "store", address: TRON })), "enter");
  for (const step of ["check", "store"]) {
    const wrong = await page(open, { step, address: "nonsense" });
    assert.deepEqual([wrong.status, view(wrong), /not an address on TRON/.test(wrong.text)], [200, "enter", true], step);
  }
  assert.deepEqual(await row(), [null, "asked_for_address"]);
  const check = await page(open, { step: "check", address: TRON });
  assert.deepEqual([view(check), (await row())[0]], ["confirm", null], "shown before it is stored");
  await store.query(`REPLACE INTO #__bonuspay_locks VALUES (${id}, 'decide', 'other', 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)`);
  store.plugin("gates", NO_TIME);
  const busy = await page(open, { step: "store", address: TRON });
  store.plugin("gates");
  assert.deepEqual(
    [busy.status, /could not be stored just now/.test(busy.text), (await row())[0]],
    [200, true, null],
    "while another worker decides",
  );
  await store.query(`DELETE FROM #__bonuspay_locks WHERE order_id = ${id}`);
  assert.equal((await page(open, { step: "store", address: TRON })).status, 303);
  assert.deepEqual(await row(), [TRON, "asked_for_address"]);
  assert.equal(view(await page(open)), "stored");
  assert.equal(view(await page(open, { step: "change" })), "enter");
  await store.query(`UPDATE #__bonuspay_refunds SET state = 'created' WHERE order_id = ${id}`);
  for (const form of [
    undefined,
    { step: "store", address: "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8" },
    { step: "check", address: TRON },
    { step: "store", address: "nonsense" },
  ]) {
    const late = await page(open, form);
    assert.deepEqual([late.status, view(late), /not an address/.test(late.text)], [200, "sent", false]);
  }
  assert.deepEqual(await row(), [TRON, "created"]);
  await store.query(`UPDATE #__bonuspay_attempts SET mode = 'live' WHERE order_id = ${id}`);
  assert.doesNotMatch((await page(open)).text, /Test mode/);
  await store.query(`UPDATE #__bonuspay_attempts SET mode = 'test', network = '' WHERE order_id = ${id}`);
  await store.query(`UPDATE #__bonuspay_refunds SET state = 'asked_for_address', address = NULL WHERE order_id = ${id}`);
  assert.match((await page(open, { step: "check", address: TRON })).text, /choose the network/);
  assert.equal(view(await page(open, { step: "check", address: TRON, network: "TRON" })), "confirm");
  await store.php("$o = wc_get_order($args['id']); $o->set_status('trash'); $o->save(); return 1;", { id });
  assert.equal((await page(open)).status, 404, "in the trash");
  await store.php("wc_get_order($args['id'])->delete(true); return 1;", { id });
  assert.equal((await page(open)).status, 404, "gone");
  await store.query(`DELETE FROM #__bonuspay_attempts WHERE order_id = ${id}`);
  assert.equal((await page(open)).status, 404, "its payment is gone, too");
});

// --- actions of the administration

const AJAX = "admin-ajax.php";
const POST = "admin-post.php";
// Whoever may try something: logged in, with nonces that are valid for them. The capability alone stops who may not.
const people = (roles, actions) =>
  store.php(
    `add_role('clerk', 'clerk', array('read' => true, 'edit_posts' => true, 'edit_shop_orders' => true));
    add_role('technician', 'technician', array('read' => true, 'edit_posts' => true, 'activate_plugins' => true));
    $people = array();
    foreach ($args['roles'] as $role) {
      $id      = username_exists("gate-$role") ?: wp_insert_user(array('user_login' => "gate-$role",
        'user_pass' => wp_generate_password(), 'user_email' => "$role@gates.test", 'role' => $role));
      $expires = time() + 3600;
      $token   = WP_Session_Tokens::get_instance($id)->create($expires);
      $cookies = array(AUTH_COOKIE => wp_generate_auth_cookie($id, $expires, 'auth', $token),
        LOGGED_IN_COOKIE => wp_generate_auth_cookie($id, $expires, 'logged_in', $token));
      wp_set_current_user($id);
      $_COOKIE[LOGGED_IN_COOKIE] = $cookies[LOGGED_IN_COOKIE];
      $nonces = array();
      foreach ($args['actions'] as $action) { $nonces[$action] = wp_create_nonce($action); }
      $people[$role] = array('id' => $id, 'cookie' => implode('; ', array_map(fn($name, $value) => "$name=" . rawurlencode($value),
        array_keys($cookies), $cookies)), 'nonces' => $nonces);
    }
    return $people;`,
    { roles, actions },
  );
const act = async (person, at, fields, method = "POST") => {
  const form = new URLSearchParams(fields);
  const answer = await fetch(`${store.url}/wp-admin/${at}${method === "GET" ? `?${form}` : ""}`, {
    method,
    redirect: "manual",
    headers: { Cookie: person?.cookie ?? "" },
    body: method === "GET" ? undefined : form,
  });
  const text = await answer.text();
  const result = answer.headers.get("location")?.match(/bonuspay_checked=(\w+)/)?.[1];
  return { status: answer.status, text, result, json: text.startsWith("{") ? JSON.parse(text) : undefined };
};

// The buttons of the merchant's own screen.
const SCREEN = ["replay", "reconcile", "report_csv", "ask_account", "test_callback"].map((name) => `bonuspay_wc_${name}`);

// Two orders, and who may try what with them; `on` presses a button of an order.
async function staff() {
  const [one, two] = await beginMany(2);
  await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = NULL WHERE order_id IN (${one.id}, ${two.id})`);
  const check = (id) => `bonuspay_wc_check_now${id}`;
  const actions = [
    "bonuspay_wc_generate_keys",
    "bonuspay_wc_dismiss_notice",
    "bonuspay_wc_confirm_site",
    ...SCREEN,
    ...[one.id, two.id, store.shop.stocked].flatMap((id) => [check(id), `bonuspay_wc_refund${id}`]),
  ];
  const {
    shop_manager: manager,
    subscriber: stranger,
    ...others
  } = await people(["shop_manager", "clerk", "technician", "editor", "subscriber"], actions);
  const order = { order_id: one.id, attempt_id: one.made.id, network: "TRON", address: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t" };
  const on = (person, action, fields, about = { ...order, ...fields }) =>
    act(person, POST, { action, nonce: person.nonces[action + about.order_id], ...about });
  return { one, two, manager, stranger, ...others, check, order, on };
}

test("action: both directions of each", () => within("action"));
test("screen: the buttons of the merchant's own screen, both directions of each", () => within("screen"));
test("action: who may, can", async () => {
  const { one, manager, technician, on } = await staff();
  for (const person of [manager, technician]) {
    const answer = await act(person, AJAX, {
      action: "bonuspay_wc_dismiss_notice",
      notice: "0".repeat(32),
      nonce: person.nonces.bonuspay_wc_dismiss_notice,
    });
    assert.deepEqual(
      [
        answer.status,
        (await store.query(`SELECT COUNT(*) FROM #__usermeta WHERE user_id = ${person.id} AND meta_key = 'bonuspay_wc_dismissed'`))[0][0],
      ],
      [200, "1"],
    );
  }
  assert.equal((await on(manager, "bonuspay_wc_check_now", {})).result, "told");
  const refund = (what, fields) => on(manager, "bonuspay_wc_refund", { what, ...fields });
  assert.equal((await refund("address", { address: "nonsense" })).result, "refused");
  assert.equal((await refund("address")).result, "entered");
  assert.equal((await refund("ask")).result, "asked");
  await store.query(`REPLACE INTO #__bonuspay_locks VALUES (${one.id}, 'decide', 'other', 7, UTC_TIMESTAMP(3) + INTERVAL 60 SECOND)`);
  store.plugin("gates", NO_TIME);
  assert.deepEqual(
    [(await refund("ask")).result, (await refund("address")).result],
    ["refused", "refused"],
    "while another worker decides",
  );
  store.plugin("gates");
  await store.query(`DELETE FROM #__bonuspay_locks WHERE order_id = ${one.id}`);
  const problem = async () => {
    const [text] = await store.query(
      `SELECT option_value FROM #__options WHERE option_name = '_transient_bonuspay_refund_problem_${manager.id}'`,
    );
    await store.php("delete_transient('bonuspay_refund_problem_' . $args['id']); return 1;", { id: manager.id });
    return text?.[0];
  };
  await problem();
  assert.deepEqual([(await refund("nothing")).result, await problem()], ["refused", undefined]);
  assert.equal((await refund("surplus")).result, "refused");
  assert.match(await problem(), /./, "why");
  assert.equal((await refund("accept")).result, "refused");
  assert.match(await problem(), /does not wait for your decision/);
  await deposit(one.made.order_no, "1");
  assert.equal((await on(manager, "bonuspay_wc_check_now", {})).result, "told");
  assert.equal((await attempt(one.id)).state, "partial");
  assert.equal((await refund("accept")).result, "accepted");

  const send = (fields) => act(manager, AJAX, { nonce: manager.nonces.bonuspay_wc_generate_keys, ...fields });
  assert.match((await send({ action: "bonuspay_wc_test_connection", mode: "test" })).json.data.message, /You are ready/);
  const unset = (await send({ action: "bonuspay_wc_test_connection", mode: "live" })).json;
  assert.deepEqual([unset.success, /not complete/.test(unset.data.message)], [false, true]);
  const made = (await send({ action: "bonuspay_wc_generate_keys", mode: "live" })).json;
  assert.deepEqual([made.success, /BEGIN PUBLIC KEY/.test(made.data.publicKey)], [true, true]);
  const key = () => store.query("SELECT MD5(option_value) FROM #__options WHERE option_name = 'bonuspay_wc_private_key_live'");
  const stored = await key();
  assert.equal(stored.length, 1);
  store.constants({ BONUSPAY_LIVE_PRIVATE_KEY: "x" });
  assert.equal(
    (await send({ action: "bonuspay_wc_generate_keys", mode: "live" })).json.success,
    false,
    "what wp-config.php sets is not changed",
  );
  const [[home]] = await store.query("SELECT option_value FROM #__options WHERE option_name = 'bonuspay_wc_site_url'");
  const move = () => store.php("return update_option('bonuspay_wc_site_url', 'https://another.example');");
  const moved = () => store.php("return BonusPay\\WooCommerce\\Settings\\Shop_Identity::has_moved();");
  const confirm = (answer) =>
    act(manager, POST, { action: "bonuspay_wc_confirm_site", answer, nonce: manager.nonces.bonuspay_wc_confirm_site });
  await move();
  assert.deepEqual(
    [(await confirm("copy")).status, await moved(), await key()],
    [302, true, stored],
    "a copy with the live key in its wp-config.php",
  );
  store.constants({});
  assert.deepEqual([(await confirm("other")).status, await moved()], [302, true]);
  assert.deepEqual([(await confirm("moved")).status, await moved(), await key()], [302, false, stored], "the same shop");
  await move();
  assert.deepEqual([(await confirm("copy")).status, await moved(), await key()], [302, false, []], "a copy loses the key for real money");
  assert.equal((await store.query("SELECT option_value FROM #__options WHERE option_name = 'bonuspay_wc_site_url'"))[0][0], home);
});

test("action: by POST, with the nonce of this action and this user, by who has the right, and to this order", async () => {
  const { one, two, manager, clerk, editor, stranger, check, order, on } = await staff();
  const options = async () =>
    JSON.stringify([
      await store.query(
        "SELECT option_name, MD5(option_value) FROM #__options WHERE option_name LIKE 'bonuspay%' OR option_name LIKE " +
          "'woocommerce_bonuspay%' OR option_name LIKE '_transient_bonuspay%' ORDER BY 1",
      ),
      await store.query("SELECT * FROM #__usermeta WHERE meta_key LIKE 'bonuspay%'"),
      await store.query("SELECT id, state, outcome, next_try_at FROM #__bonuspay_events"),
      await attempts(one.id),
      await attempts(two.id),
      await store.query(`SELECT * FROM #__bonuspay_refunds WHERE order_id IN (${one.id}, ${two.id})`),
      // The queue may ask about other orders.
      (await store.control("GET", "journal")).journal.filter(
        ({ path, request_body_base64: body }) =>
          !/Order|Event/.test(path) || `${Buffer.from(body ?? "", "base64")}`.includes(`"${one.made.merchant_order_no}"`),
      ).length,
    ]);
  await notify(notification(one.made));
  const [[event]] = await store.query("SELECT id FROM #__bonuspay_events ORDER BY id DESC LIMIT 1");
  const form = { event, from: "2026-01-01", to: "2026-01-01", mode: "test", what: "balances" };
  const all = [
    [AJAX, { action: "bonuspay_wc_generate_keys", mode: "live" }, "bonuspay_wc_generate_keys"],
    [AJAX, { action: "bonuspay_wc_test_connection", mode: "test" }, "bonuspay_wc_generate_keys"],
    [AJAX, { action: "bonuspay_wc_dismiss_notice", notice: "0".repeat(32) }, "bonuspay_wc_dismiss_notice"],
    [POST, { action: "bonuspay_wc_confirm_site", answer: "copy" }, "bonuspay_wc_confirm_site"],
    [POST, { action: "bonuspay_wc_check_now", ...order }, check(one.id)],
    [POST, { action: "bonuspay_wc_refund", what: "address", ...order }, `bonuspay_wc_refund${one.id}`],
    ...SCREEN.map((action) => [POST, { action, ...form }, action]),
  ];
  const before = await options();
  for (const [at, fields, action] of all) {
    const nonce = manager.nonces[action];
    const tries = [
      [manager, { ...fields, nonce }, "GET"],
      [manager, fields],
      [manager, { ...fields, nonce: "0123456789" }],
      [manager, { ...fields, nonce: manager.nonces[check(two.id)] }],
      [manager, { ...fields, "nonce[]": nonce }],
      [manager, { ...fields, nonce: stranger.nonces[action] }],
      [stranger, { ...fields, nonce: stranger.nonces[action] }],
      [editor, { ...fields, nonce: editor.nonces[action] }],
      [undefined, { ...fields, nonce }],
    ];
    const statuses = await Promise.all(tries.map(async ([person, form, method]) => (await act(person, at, form, method)).status));
    assert.ok(
      statuses.every((status, at) => status === 403 || (at === tries.length - 1 && status === 400)),
      `${fields.action}: ${statuses}`,
    );
  }
  // Of orders: the right to this one, and that it is one.
  const [foreign, product, others, nothing] = await Promise.all([
    on(clerk, "bonuspay_wc_check_now", { order_id: one.id }),
    on(manager, "bonuspay_wc_check_now", { order_id: store.shop.stocked }),
    on(manager, "bonuspay_wc_refund", { order_id: two.id, what: "address" }),
    on(manager, "bonuspay_wc_refund", { order_id: one.id, attempt_id: "0", what: "address" }),
  ]);
  assert.deepEqual([foreign.status, product.status, others.status, nothing.status], [403, 403, 403, 403]);
  for (const [at, mode] of [["bonuspay_wc_generate_keys", "other"], ["bonuspay_wc_generate_keys", ""]]) {
    assert.equal((await act(manager, AJAX, { action: at, mode, nonce: manager.nonces.bonuspay_wc_generate_keys })).status, 400, mode);
  }
  for (const notice of ["", "x".repeat(32), "0".repeat(31)]) {
    assert.equal(
      (await act(manager, AJAX, { action: "bonuspay_wc_dismiss_notice", notice, nonce: manager.nonces.bonuspay_wc_dismiss_notice })).status,
      403,
      notice,
    );
  }
  assert.equal(
    (await act(manager, POST, { action: "bonuspay_wc_confirm_site", answer: "", nonce: manager.nonces.bonuspay_wc_confirm_site })).status,
    302,
    "no answer is none",
  );
  assert.equal(await options(), before, "nothing changed, and nobody was asked");
  for (const action of SCREEN) {
    const done = await act(manager, POST, { action, ...form, nonce: manager.nonces[action] });
    assert.equal(done.status, action === "bonuspay_wc_report_csv" ? 200 : 302, action);
  }
});

test("the gates reported nothing, and showed no secret", async () => {
  assert.deepEqual(await store.gates(), []);
});
