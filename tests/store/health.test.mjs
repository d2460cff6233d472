// Whether the merchant is told what is wrong: the health tab, the test of the callbacks, Site Health, WooCommerce's status.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { apiDown, deposit, hold, release } from "./shop/bonuspay.mjs";
import { look } from "./shop/clock.mjs";
import { callbackUrl, notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, startedPayment } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const HEALTH = "/wp-admin/admin.php?page=bonuspay&tab=health";
const SETTINGS = "/wp-admin/admin.php?page=wc-settings&tab=checkout&section=bonuspay";
const TOOLS = "/wp-admin/admin.php?page=wc-status&tab=tools";
const RULES = [
  "extension",
  "tables",
  "site",
  "keys",
  "address",
  "outgoing",
  "https",
  "notifications",
  "events",
  "queue",
  "cron",
  "clock",
  "payments",
  "locks",
];
let page;

// What WordPress's own page is told of ours: id => status.
async function siteHealth() {
  await page.goto("/wp-admin/site-health.php");
  const found = await page.evaluate(() => window.SiteHealth.site_status.direct.filter(({ test }) => test.startsWith("bonuspay_")));
  for (const one of found) {
    assert.equal(one.badge.label, "BonusPay");
    assert.match(one.description, /^<p>.{10}/);
    assert.match(one.actions, /<a href="http[^"]+(page=bonuspay|section=bonuspay)/);
  }
  return Object.fromEntries(found.map(({ test, status }) => [test.slice("bonuspay_".length), status]));
}
// Those that are not good.
const bad = (found) => Object.fromEntries(Object.entries(found).filter(([, status]) => status !== "good"));
// The same on our own tab, and what the overall line says.
async function tab() {
  await page.goto(HEALTH);
  const found = await page
    .locator("[data-finding]")
    .evaluateAll((rows) => rows.map((row) => [row.dataset.finding, row.className.slice("is-".length)]));
  return { found: Object.fromEntries(found), first: found[0], overall: await page.locator(".bonuspay-overall").innerText() };
}
// Presses the button: the blocker of each address.
async function tested() {
  await page.goto(HEALTH);
  await Promise.all([
    page.waitForURL(/bonuspay_result=tested/),
    page.getByRole("button", { name: "Test whether notifications get through" }).click(),
  ]);
  const rows = await page
    .locator("[data-blocker]")
    .evaluateAll((all) => all.map((row) => [row.dataset.blocker, row.querySelector(".bonuspay-badge").textContent]));
  for (const [blocker, word] of rows) assert.equal(word, { "": "Gets through", unmarked: "Not tested" }[blocker] ?? "Blocked");
  return rows.map(([blocker]) => blocker);
}
// The queue ran just now, and will run.
async function queueRan() {
  await store.php("BonusPay\\WooCommerce\\Schedule::schedule(); return true;");
  assert.ok((await store.runQueue({ advance: 90, group: "bonuspay" })) > 0);
}
const event = (state, hours) =>
  store.query(`INSERT INTO #__bonuspay_events (event_key, body_hash, kind, status, state, outcome, received_at, next_try_at)
    VALUES (SHA2('${state}${hours}', 256), '', 'order', 'SUCCESS', '${state}', 'BonusPay could not be asked.',
      UNIX_TIMESTAMP() - ${hours * 3600}, ${state === "new" ? "UNIX_TIMESTAMP() + 600" : "NULL"})`);
const noEvents = () => store.query("DELETE FROM #__bonuspay_events");
const doctor = (code = "") =>
  store.php(
    `${code} return array_column(array_map(fn($one) => $one->to_array(), BonusPay\\WooCommerce\\Health\\Health_Check::examine(true)), ` +
      `'status', 'id');`,
  );

describe("health", { concurrency: false }, () => {
  before(async () => {
    await store.reset();
    await queueRan();
    page = await store.adminPage();
    page.on("dialog", (dialog) => dialog.accept());
  });
  after(() => store.close());

  test("a shop where all is well: on our tab, in Site Health, and by calls", async () => {
    const all = Object.fromEntries(RULES.map((rule) => [rule, "good"]));
    const { found, overall } = await tab();
    assert.deepEqual(found, all);
    assert.equal(overall, "All is well.");
    assert.deepEqual(await siteHealth(), all);
    const block = page.locator("#health-check-accordion-block-bonuspay_callbacks");
    await block.waitFor({ state: "attached" });
    assert.match(await block.textContent(), /The plugin answers as it should.*The plugin answers as it should.*Cloudflare/s);
    assert.deepEqual(await doctor(), { ...all, connection: "good", callbacks: "good" });
    // In WordPress's weekly look, there is no browser.
    const weekly = await store.php(
      "return BonusPay\\WooCommerce\\Admin\\Site_Health::tests(array('direct' => array(), " +
        "'async' => array()))['async']['bonuspay_callbacks']['async_direct_test']();",
    );
    assert.equal(weekly.status, "good");
  });

  describe("what keeps notifications out is named", () => {
    const IS_CALLBACK = `if ( 'POST' === $_SERVER['REQUEST_METHOD'] && preg_match( '~bonuspay/v1/callback|wc-api~', ` +
      `$_SERVER['REQUEST_URI'] ) )`;
    const blockers = {
      nothing: ["", ["", ""], /answers as it should/],
      "a security plugin's 403": [
        `${IS_CALLBACK} { http_response_code( 403 ); exit( '<h1>Forbidden</h1>' ); }`,
        ["forbidden", "forbidden"],
        /forbidden \(403\).*security plugin/,
      ],
      "a redirect": [
        `${IS_CALLBACK} { header( 'Location: https://www.shop.example/x?y=1', true, 301 ); exit; }`,
        ["redirect", "redirect"],
        /redirected \(301\) to https:\/\/www\.shop\.example\/x\. BonusPay does not follow/,
      ],
      "a coming-soon page": [
        `${IS_CALLBACK} { header( 'Content-Type: text/html' ); exit( '<!doctype html><title>Soon</title>' ); }`,
        ["html", "html"],
        /"coming soon" page/,
      ],
      "a server that is too slow": [`${IS_CALLBACK} { sleep( 7 ); }`, ["timeout", "timeout"], /within 5 seconds/],
      "a 404": [
        `${IS_CALLBACK} { http_response_code( 404 ); exit( '<h1>Not found</h1>' ); }`,
        ["not_found", "not_found"],
        /Settings > Permalinks/,
      ],
      "a password": [
        `${IS_CALLBACK} { header( 'WWW-Authenticate: Basic' ); http_response_code( 401 ); exit( 'No.' ); }`,
        ["password", "password"],
        /asks for a password/,
      ],
      "an error of PHP": [
        `${IS_CALLBACK} { http_response_code( 500 ); exit; }`,
        ["server_error", "server_error"],
        /The server fails \(500\)/,
      ],
      "a copy of our answer": [
        `${IS_CALLBACK} { http_response_code( 401 ); header( 'Content-Type: text/plain; charset=utf-8' ); header( 'Bonuspay-Test: ' . ` +
          `$_SERVER['HTTP_BONUSPAY_TEST'] ); exit( 'FAIL' ); }`,
        ["unmarked", "unmarked"],
        /without its mark/,
      ],
      "REST that is closed": [
        `if ( str_contains( $_SERVER['REQUEST_URI'], '/wp-json/bonuspay' ) ) { header( 'Content-Type: application/json' ); ` +
          `http_response_code( 401 ); exit( '{"code":"rest_disabled","message":"REST is disabled."}' ); }`,
        ["rest_disabled", ""],
        /closed the REST API \(401\)/,
      ],
      // We answer before WordPress asks whether REST is open: no blocker.
      "REST that is closed in WordPress's way": [
        `add_filter( 'rest_authentication_errors', fn() => new WP_Error( 'rest_disabled', 'No.', array( 'status' => 403 ) ) );`,
        ["", ""],
        /answers as it should/,
      ],
    };
    for (const [name, [php, expected, said]] of Object.entries(blockers)) {
      test(name, async () => {
        store.plugin("blocker", php);
        try {
          assert.deepEqual(await tested(), expected);
          assert.match(await page.locator("[data-blocker]").first().innerText(), said);
        } finally {
          store.plugin("blocker");
        }
      });
    }

    test("without keys the plugin is reached all the same, and says so", async () => {
      store.constants({ BONUSPAY_TEST_PUBLIC_KEY: "" });
      await page.waitForTimeout(2500); // PHP looks at its files every two seconds
      assert.deepEqual(await tested(), ["keys", "keys"]);
      store.constants({});
      await page.waitForTimeout(2500);
    });

    const elsewhere = (url) =>
      store.php(
        `foreach (array('home', 'siteurl', 'bonuspay_wc_site_url') as $name) { add_filter("pre_option_$name", fn() => $args['url']); }
        return array_map(fn($one) => $one->to_array(), BonusPay\\WooCommerce\\Health\\Webhook_Self_Check::run());`,
        { url },
      );

    test("a server that cannot call itself", async () => {
      const results = await elsewhere("http://127.0.0.1:9");
      assert.deepEqual(results.map(({ blocker }) => blocker), ["refused", "refused"]);
      assert.match(results[0].text, /says nothing about BonusPay/);
    });

    test("a certificate that nobody vouches for is not accepted", async () => {
      const files = ["key", "cert"].map((name) => join(store.folder, `own-${name}.pem`));
      execFileSync(
        "openssl",
        [
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-keyout",
          files[0],
          "-out",
          files[1],
          "-days",
          "2",
          "-subj",
          "/CN=127.0.0.1",
          "-addext",
          "subjectAltName=IP:127.0.0.1",
        ],
        { stdio: "ignore", timeout: 60_000 },
      );
      let asked = 0;
      const server = createServer({ key: readFileSync(files[0]), cert: readFileSync(files[1]) }, (_, answer) => {
        asked += 1;
        answer.end("FAIL");
      });
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      try {
        const results = await elsewhere(`https://127.0.0.1:${server.address().port}`);
        assert.deepEqual(results.map(({ blocker }) => blocker), ["tls", "tls"]);
        assert.equal(asked, 0);
      } finally {
        server.close();
        for (const file of files) rmSync(file);
      }
    });

    test("in Site Health, too", async () => {
      store.plugin("blocker", blockers["a coming-soon page"][0]);
      try {
        await siteHealth();
        const block = page.locator("#health-check-issues-critical #health-check-accordion-block-bonuspay_callbacks");
        await block.waitFor({ state: "attached" });
        assert.match(await block.textContent(), /coming soon/);
        assert.equal((await doctor()).callbacks, "critical");
      } finally {
        store.plugin("blocker");
      }
    });
  });

  test("who sends the test's header gets no mark while no test runs, and costs no query", async () => {
    const counted = join(store.folder, "test-queries.jsonl");
    rmSync(counted, { force: true });
    store.plugin("counter", `if ( isset( $_SERVER['HTTP_BONUSPAY_TEST'] ) ) {
      define( 'SAVEQUERIES', true );
      register_shutdown_function( function () {
        $ours = array_filter( (array) $GLOBALS['wpdb']->queries, fn( $query ) => str_contains( $query[0], 'bonuspay' ) );
        file_put_contents( STORE_FOLDER . '/test-queries.jsonl', count( $ours ) . "\\n", FILE_APPEND | LOCK_EX );
      } );
    }`);
    const answer = await fetch(callbackUrl(), { method: "POST", body: "{}", headers: { Sign: "AAAA", "Bonuspay-Test": "ab".repeat(16) } });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get("bonuspay-test"), null);
    await until("it is counted", () => {
      try {
        return readFileSync(counted, "utf8") === "0\n";
      } catch {
        return false;
      }
    });
    store.plugin("counter");
    assert.deepEqual(
      await store.query("SELECT option_name FROM #__options WHERE option_name = 'bonuspay_wc_callback_test'"),
      [],
      "no secret is left",
    );
  });

  test("the tests are made by who may, and by a button", async () => {
    const before = await store.query("SELECT COUNT(*) FROM #__options WHERE option_name LIKE '%bonuspay_wc_tested%'");
    const ajax = "/wp-admin/admin-ajax.php";
    await page.goto("/wp-admin/site-health.php");
    const _wpnonce = await page.evaluate(() => window.SiteHealth.nonce.site_status);
    const form = { action: "health-check-bonuspay-callbacks", _wpnonce };
    assert.equal((await page.request.get(`${ajax}?${new URLSearchParams(form)}`)).status(), 403);
    assert.equal((await page.request.post(ajax, { form: { action: form.action } })).status(), 403);
    assert.equal((await (await page.request.post(ajax, { form })).json()).data.status, "good");
    const press = { action: "bonuspay_wc_test_callback" };
    assert.equal((await page.request.get(`/wp-admin/admin-post.php?${new URLSearchParams(press)}`, { maxRedirects: 0 })).status(), 403);
    assert.equal((await page.request.post("/wp-admin/admin-post.php", { form: press, maxRedirects: 0 })).status(), 403);
    const stranger = await store.visitor();
    assert.equal((await stranger.request.post(ajax, { form })).status(), 400);
    assert.equal((await stranger.request.post("/wp-admin/admin-post.php", { form: { ...press, nonce: _wpnonce } })).status(), 400);
    await stranger.close();
    assert.deepEqual(await store.query("SELECT COUNT(*) FROM #__options WHERE option_name LIKE '%bonuspay_wc_tested%'"), before);
  });

  test("each thing that breaks turns its own test in Site Health, and comes first on our tab", async () => {
    const sql = (one) => () => store.query(one);
    const constants = (values) => async () => {
      store.constants(values);
      await page.waitForTimeout(2500);
    };
    const set = (name, value) => () => store.php("return update_option($args[0], $args[1]);", [name, value]);
    const setting = (changes) => () =>
      store.php(
        "update_option('woocommerce_bonuspay_settings', $args + get_option('woocommerce_bonuspay_settings')); return true;",
        changes,
      );
    const pending = "UPDATE #__actionscheduler_actions SET scheduled_date_gmt = UTC_TIMESTAMP()";
    const ours = "WHERE hook = 'bonuspay_wc_queue' AND status = 'pending'";
    const lost = "UPDATE #__actionscheduler_actions SET last_attempt_gmt = last_attempt_gmt - INTERVAL 1 HOUR WHERE hook = " +
      "'bonuspay_wc_queue' AND status = 'complete'";
    const home = await store.php("return get_option('bonuspay_wc_site_url');");
    const { id } = await startedPayment();
    for (const [what, breaks, mends, turned] of [
      ["keys", constants({ BONUSPAY_TEST_PARTNER_ID: "" }), constants({}), { keys: "critical" }],
      ["a key that is no key", constants({ BONUSPAY_TEST_PRIVATE_KEY: "x".repeat(800) }), constants({}), { keys: "critical" }],
      // This store's wp-config.php has WP_HTTP_BLOCK_EXTERNAL.
      ["live mode", setting({ mode: "live" }), setting({ mode: "test" }), { keys: "critical", outgoing: "critical", https: "critical" }],
      ["site", set("bonuspay_wc_site_url", `${home}/old`), set("bonuspay_wc_site_url", home), { site: "critical" }],
      ["queue", sql(`${pending} - INTERVAL 15 MINUTE ${ours}`), sql(`${pending} + INTERVAL 1 MINUTE ${ours}`), { queue: "critical" }],
      ["cron", sql(lost), sql(lost.replace("- INTERVAL", "+ INTERVAL")), { cron: "recommended" }],
      ["clock", () => store.clock(200), () => store.clock(0), { clock: "recommended" }],
      ["an event that waits", () => event("new", 3), noEvents, { events: "recommended" }],
      ["an event that waits too long", () => event("new", 13), noEvents, { events: "critical" }],
      ["an event that was given up", () => event("given_up", 20), noEvents, { events: "critical" }],
      [
        "lock",
        sql(
          "INSERT INTO #__bonuspay_locks (order_id, purpose, owner, fence, expires_at) VALUES (99, 'decide', 'x', 7, " +
            "UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)",
        ),
        sql("DELETE FROM #__bonuspay_locks WHERE order_id = 99"),
        { locks: "critical" },
      ],
      [
        "payment",
        async () => {
          await store.query(`UPDATE #__bonuspay_attempts SET state = 'review' WHERE order_id = ${id}`);
          await store.php("wc_get_order($args['id'])->update_status('on-hold'); return true;", { id });
        },
        () => store.php("wc_get_order($args['id'])->update_status('completed'); return true;", { id }),
        { payments: "recommended" },
      ],
      [
        "tables",
        sql("RENAME TABLE #__bonuspay_effects TO #__other_effects"),
        sql("RENAME TABLE #__other_effects TO #__bonuspay_effects"),
        { tables: "critical", notifications: "recommended", events: "recommended", payments: "recommended", locks: "recommended" },
      ],
    ]) {
      await breaks();
      try {
        assert.deepEqual(bad(await siteHealth()), turned, what);
        const { found, first, overall } = await tab();
        assert.deepEqual(bad(found), turned, what);
        const worst = Object.values(turned).includes("critical") ? "critical" : "recommended";
        assert.equal(first[1], worst, what);
        assert.match(overall, worst === "critical" ? /needs? your attention/ : /worth a look/, what);
      } finally {
        await mends();
      }
    }
    await queueRan();
    assert.deepEqual(bad(await siteHealth()), {});
  });

  test("without the extension: critical, on every page of ours, and nothing fails", async () => {
    await page.goto("about:blank");
    await store.extension(false);
    try {
      // The keys cannot be checked then; that they are there can be seen.
      assert.deepEqual(bad(await siteHealth()), { extension: "critical" });
      assert.equal((await tab()).first[0], "extension");
      assert.deepEqual(await tested(), ["keys", "keys"]);
      assert.deepEqual(
        await store.php(
          "$gateway = WC()->payment_gateways()->payment_gateways()['bonuspay']; return array($gateway->is_account_connected(), " +
            "$gateway->needs_setup());",
        ),
        [true, true],
      );
      await page.goto("/wp-admin/admin.php?page=wc-status");
      assert.match(await page.locator("#bonuspay-status").innerText(), /PHP extension:\s+none/);
      await page.goto(TOOLS);
      await page.locator("tr.bonuspay_wc_run_queue input[type=submit]").click();
      await page.getByText(/The queue did not run\. .*extension=bonuspay/).waitFor();
    } finally {
      await page.goto("about:blank");
      await store.extension(true);
    }
  });

  test("notifications that do not come are noticed, and so are those that come again", async () => {
    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    await look(id);
    await assertPaidOnce(id);
    assert.equal((await tab()).found.notifications, "good", "it may still be on its way");
    await store.query("UPDATE #__bonuspay_attempts SET created_at = created_at - 1000");
    assert.deepEqual(bad(await siteHealth()), { notifications: "recommended" });
    await release();
    await until("it is handled", async () => (await store.query("SELECT 1 FROM #__bonuspay_events WHERE state = 'done'")).length > 0);
    assert.deepEqual(bad(await siteHealth()), {});
    assert.match(await (await page.request.get(HEALTH)).text(), /The last one came .* ago/);
  });

  test("the tab and the settings tell the last notification, the last that failed and why, and which wait", async () => {
    await page.goto(HEALTH);
    const facts = page.locator(".bonuspay-facts").first();
    assert.match(
      await facts.innerText(),
      /Last notification\s+.* – a payment – BonusPay notified: SUCCESS\. Handled\.\s+Last notification not handled\s+none/,
    );
    await page.getByText("None: all that came have been handled.").waitFor();

    await hold();
    const { id, made } = await startedPayment();
    await deposit(made.order_no, made.due);
    apiDown(true);
    await page.waitForTimeout(2500);
    try {
      assert.equal((await notify(notification(made))).status, 503);
    } finally {
      apiDown(false);
      await page.waitForTimeout(2500);
    }
    const failed = /Last notification not handled\s+.* – a payment – BonusPay notified: SUCCESS\. [^.]+\. BonusPay could not be asked\./;
    await page.goto(HEALTH);
    assert.match(await facts.innerText(), failed);
    const row = page.locator(".bonuspay-open tr");
    assert.match(await row.innerText(), new RegExp(`Order ${id}: BonusPay notified: SUCCESS`));
    await row.getByRole("link").click();
    await page.locator("#bonuspay-payment").waitFor();
    await page.goto(SETTINGS);
    assert.match(await facts.innerText(), failed);
    assert.match(await page.getByRole("link", { name: "See whether all is well" }).getAttribute("href"), /page=bonuspay&tab=health/);

    // What others say of themselves is text.
    const hostile = `<script>window.pwned=1</script><img src=x onerror="window.pwned=1">`;
    await store.query(`UPDATE #__bonuspay_events SET outcome = '${hostile}' WHERE state = 'new'`);
    for (const path of [HEALTH, SETTINGS, "/wp-admin/site-health.php?tab=debug", "/wp-admin/admin.php?page=wc-status"]) {
      await page.goto(path);
      await page.waitForLoadState("load");
      assert.match(await page.content(), /&lt;script&gt;window\.pwned/, path);
      assert.equal(await page.evaluate(() => window.pwned), undefined, path);
    }

    // The tool handles what waits.
    await store.query("UPDATE #__bonuspay_events SET next_try_at = 1 WHERE state = 'new'");
    await page.goto(TOOLS);
    await page.locator("tr.bonuspay_wc_run_queue input[type=submit]").click();
    await page.getByText("The queue ran.").waitFor();
    await assertPaidOnce(id);
    await page.goto(HEALTH);
    assert.match(await facts.innerText(), /Last notification not handled\s+none/);
    await release();
  });

  test("the tools of WooCommerce > Status: locks and the queue", async () => {
    await store.query(
      "INSERT INTO #__bonuspay_locks (order_id, purpose, owner, fence, expires_at) VALUES (98, 'decide', 'busy', 3, " +
        "UTC_TIMESTAMP(3) + INTERVAL 50 SECOND), (99, 'decide', 'stuck', 7, UTC_TIMESTAMP(3) + INTERVAL 1 DAY)",
    );
    await page.goto(TOOLS);
    await page.locator("tr.bonuspay_wc_clear_locks input[type=submit]").click();
    await page.getByText("1 lock was ended.").waitFor();
    // One in use stays, and the other's number is not forgotten.
    assert.deepEqual(
      await store.query(
        "SELECT order_id, fence, expires_at > UTC_TIMESTAMP(3) FROM #__bonuspay_locks WHERE order_id IN (98, 99) ORDER BY 1",
      ),
      [
        ["98", "3", "1"],
        ["99", "7", "0"],
      ],
    );

    const pending = () =>
      store.query("SELECT action_id FROM #__actionscheduler_actions WHERE hook = 'bonuspay_wc_queue' AND status = 'pending'");
    const [[old]] = await pending();
    await page.goto(TOOLS);
    await page.locator("tr.bonuspay_wc_schedule input[type=submit]").click();
    await page.getByText("The queue is planned anew").waitFor();
    const now = await pending();
    assert.equal(now.length, 1);
    assert.notEqual(now[0][0], old);
    // A link of somebody else's does nothing.
    const link = `${TOOLS}&action=bonuspay_wc_schedule&_wpnonce=0123456789`;
    await page.goto(link);
    assert.deepEqual(await pending(), now);
  });

  test("what support asks for can be copied, and tells no secret", async () => {
    await page.goto("/wp-admin/admin.php?page=wc-status");
    const table = page.locator("#bonuspay-status");
    const text = await table.innerText();
    for (const part of [
      /Plugin:\s+0\.1\.0/,
      /ABI \d+;/,
      /Mode:\s+test, onsite/,
      /fingerprint\):\s+SHA256:[0-9a-f]{64}/,
      /Last notification:.*SUCCESS/,
      /Payments by state:.*paid \d/,
      /Queue ran:\s+\d{4}-/,
    ])
      assert.match(text, part);
    await page.getByRole("link", { name: "Get system report" }).click();
    const report = await page.locator("#debug-report textarea").inputValue();
    assert.match(report, /### BonusPay ###\s+Plugin: 0\.1\.0/);
    assert.doesNotMatch(report, new RegExp(store.sandbox.partner_id));

    await page.goto("/wp-admin/site-health.php?tab=debug");
    const copied = await page.locator(".copy-button[data-clipboard-text]").first().getAttribute("data-clipboard-text");
    assert.match(copied, /### bonuspay \(\d+\) ###|### bonuspay ###/);
    assert.match(copied, /library: bonuspay 0\.1\.0; ABI \d+/);
    assert.doesNotMatch(copied, new RegExp(store.sandbox.partner_id));
    for (const seen of [text, report, copied]) assert.doesNotMatch(seen, /BEGIN|MII[A-Za-z0-9+/]{20}/);
  });

  test("WooCommerce's list of payment methods: its name, its logo, its mode, and when it needs setup", async () => {
    const row = page.locator(".woocommerce-list__item, .woocommerce-item__payment-gateway").filter({ hasText: "BonusPay" }).first();
    const show = async () => {
      await page.goto("/wp-admin/admin.php?page=wc-settings&tab=checkout");
      await row.waitFor();
      return row.innerText();
    };
    const text = await show();
    assert.match(text, /Test mode/);
    assert.match(text, /Take crypto payments through BonusPay/);
    assert.ok(text.includes("Manage"));
    assert.match(await row.locator("img[src*='bonuspay']").getAttribute("src"), /assets\/logo\.svg$/);
    assert.equal(await row.locator("img[src*='bonuspay']").evaluate((logo) => logo.complete && logo.naturalWidth > 0), true);

    store.constants({ BONUSPAY_TEST_PARTNER_ID: "" });
    await page.waitForTimeout(2500);
    try {
      assert.match(await show(), /Action needed/);
      const links = await row.locator("a, button").allInnerTexts();
      assert.ok(links.some((link) => /Complete setup|Manage/.test(link)), links.join());
    } finally {
      store.constants({});
      await page.waitForTimeout(2500);
    }
    const said = await store.php(
      "$gateway = WC()->payment_gateways()->payment_gateways()['bonuspay']; return array($gateway->method_description, " +
        "$gateway->get_icon(), $gateway->get_settings_url(), $gateway->get_provider_links('US'));",
    );
    assert.ok(said[0].length <= 130);
    assert.equal(said[1], "", "shoppers see no logo");
    assert.match(said[2], /section=bonuspay$/);
    assert.deepEqual(said[3], [{ _type: "documentation", url: "https://docs.bonuspay.network" }]);
    // WooCommerce's page asks for another company's script, whatever is installed.
    store.strayRequests = store.strayRequests.filter((url) => !/connect-js\.stripe\.com/.test(url));
    await page.goto("about:blank");
  });

  test("axe finds nothing serious, on a phone neither", async () => {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
      await page.setViewportSize(viewport);
      await tested();
      await page.locator(".bonuspay-well summary").click();
      assert.deepEqual(await store.flaws(page, ".bonuspay-screen"), []);
      assert.equal(await page.evaluate(() => document.querySelector(".bonuspay-screen").scrollWidth <= window.innerWidth), true);
    }
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    // WordPress 7.1 asks late who is logged in, and says "Object" when the shop has meanwhile moved.
    const allowConsole = [/wc-admin|NAME_NOT_RESOLVED|users\/me|: Object$/];
    assert.deepEqual(await store.gates({ allowConsole, allowLog: [/WordPress\.org/] }), []);
  });
});
