// What the plugin costs a shop: no query on pages that do not need it, one where it must be known whether it can be offered;
// no call before "Place order"; small files, and only where they are used.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { forgetCalls } from "./shop/bonuspay.mjs";
import { fresh, startedPayment } from "./shop/orders.mjs";
import { store, until } from "./shop/store.mjs";

const OURS = /wp-content\/plugins\/bonuspay-for-woocommerce\//;
// Each page, who asks for it, and how many queries the plugin may add.
const PAGES = [
  ["/", "anybody", 0],
  ["/shop/", "anybody", 0],
  ["/product/coffee/", "anybody", 0],
  ["/my-account/", "anybody", 0],
  ["/my-account/", "admin", 0],
  ["/wp-json/", "anybody", 0],
  // Whether there is a key that a payment could begin with: it is not autoloaded.
  ["/cart/", "shopper", 1],
  ["/checkout/", "shopper", 1],
  ["/classic-checkout/", "shopper", 1],
  // Whether something must be told to the owner.
  ["/wp-admin/index.php", "admin", 1],
  ["/wp-admin/plugins.php", "admin", 1],
  ["/wp-admin/edit.php", "admin", 0],
  ["/wp-admin/edit.php?post_type=product", "admin", 0],
];
const PROBE = `add_action('shutdown', function () {
    if (isset($_SERVER['HTTP_X_COUNT'])) {
      global $wpdb;
      file_put_contents(STORE_FOLDER . '/log/queries.json', json_encode(array('id' => $_SERVER['HTTP_X_COUNT'],
        'queries' => array_map(fn($query) => $query[0] . ' # ' . $query[2], $wpdb->queries))));
    }
  }, PHP_INT_MAX);
  add_action('http_api_debug', fn($answer, $context, $class, $arguments, $url) => file_put_contents(STORE_FOLDER . '/log/http-calls',
    "$url\\n", FILE_APPEND), 10, 5);`;

describe("speed", { concurrency: false }, () => {
  before(fresh);
  after(() => store.close());

  test("pages that do not need it pay no query, the others one at most, and none a call", async () => {
    store.constants({ SAVEQUERIES: true });
    store.plugin("probe", PROBE);
    const admin = await store.adminPage();
    const shopper = await store.visitor();
    await store.cart(shopper.request);
    const visitors = { anybody: await store.visitor(), shopper, admin: admin.context() };
    const file = join(store.folder, "log/queries.json");
    const active = (on) => store.php(
      `$list = array_values(array_diff(get_option('active_plugins'), array('bonuspay-for-woocommerce/bonuspay-for-woocommerce.php')));
      update_option('active_plugins', $args['on'] ? array(...$list, 'bonuspay-for-woocommerce/bonuspay-for-woocommerce.php') : $list);
      return true;`,
      { on },
    );
    let id = 0;
    // Something always happens beside, such as what WooCommerce does once a minute: the plugin's are the statements that are there
    // each time with it, and more often than ever without.
    const shape = (query) => query.split(" # ")[0].replace(/'[^']*'|\b\d+\b/g, "?");
    const counted = {};
    for (const on of [false, true, false, true]) {
      await active(on);
      for (const [path, who] of PAGES) {
        for (let time = 0; time < 3; time++) {
          const headers = { "X-Count": String(++id) };
          const answer =
            who === "anybody" ? await fetch(store.url + path, { headers }) : await visitors[who].request.get(path, { headers });
          await answer.text();
          const said = await until(`the queries of ${path}`, () => {
            const told = JSON.parse(readFileSync(file, "utf8").trim() || "{}");
            return told.id === String(id) && told;
          });
          // WooCommerce looks at its own feature when a plugin, whichever, declares that it works with it.
          said.queries = said.queries.filter((query) => !/option_name = 'woocommerce_feature_/.test(query));
          const counts = new Map();
          for (const query of said.queries) counts.set(shape(query), [...(counts.get(shape(query)) ?? []), query]);
          ((counted[`${path} ${who}`] ??= {})[on] ??= []).push(counts);
        }
      }
    }
    for (const [path, who, allowed] of PAGES) {
      const { true: on, false: off } = counted[`${path} ${who}`];
      const many = (counts, one) => counts.get(one)?.length ?? 0;
      const added = [...on[0]].flatMap(([one, queries]) =>
        queries.slice(Math.max(...off.map((counts) => many(counts, one))), Math.min(...on.map((counts) => many(counts, one)))),
      );
      const named = added.map((query) => `${query.split(" # ")[0]} by ${query.split(", ").slice(-4).join(", ")}`);
      assert.ok(added.length <= allowed, `${path} for ${who}: ${added.length} queries more:\n${named.join("\n")}`);
    }
    assert.equal(
      await store.php("return file_exists(STORE_FOLDER . '/log/http-calls') ? file_get_contents(STORE_FOLDER . '/log/http-calls') : '';"),
      "",
      "WordPress called nobody",
    );
    store.plugin("probe");
    store.constants({});
    await Promise.all([shopper, visitors.anybody, visitors.admin].map((context) => context.close()));
  });

  test("all that is read on each page is autoloaded; the private keys are not", async () => {
    await fetch(store.url);
    const rows = await store.query(
      "SELECT option_name, autoload FROM #__options WHERE option_name LIKE 'bonuspay%' OR option_name = 'woocommerce_bonuspay_settings'",
    );
    for (const [name, autoload] of rows) {
      assert.equal(["yes", "on", "auto", "auto-on"].includes(autoload), !/private_key|_transient_/.test(name), `${name}: ${autoload}`);
    }
    assert.ok(rows.some(([name]) => name === "bonuspay_wc_schema"));
  });

  test("no file of ours where it is not used, and BonusPay hears nothing before \"Place order\"", async () => {
    await forgetCalls();
    const loaded = async (context, go) => {
      const page = await context.newPage();
      const files = [];
      page.on("request", (request) => OURS.test(request.url()) && files.push(new URL(request.url()).pathname.split("/").at(-1)));
      await go(page);
      await page.waitForLoadState("networkidle");
      const used = await page.evaluate(() =>
        [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map(({ src, href }) => src || href),
      );
      await page.close();
      return {
        files: [...new Set(files)],
        used: used.filter((url) => OURS.test(url)).map((url) => new URL(url).pathname.split("/").at(-1)),
      };
    };
    const visitor = await store.visitor();
    for (const path of ["/", "/shop/", "/product/coffee/", "/my-account/"]) {
      const { files, used } = await loaded(visitor, (page) => page.goto(path));
      assert.deepEqual(used, [], path);
      // WooCommerce's mini cart, a block of this theme, preloads the script of every payment method.
      assert.ok(files.every((file) => file === "blocks.js"), `${path}: ${files}`);
    }
    await store.theme("store-classic");
    for (const path of ["/", "/shop/", "/product/coffee/", "/my-account/"])
      assert.deepEqual((await loaded(visitor, (page) => page.goto(path))).files, [], path);
    await store.theme("twentytwentyfive");
    await store.cart(visitor.request);
    assert.deepEqual((await loaded(visitor, (page) => store.checkoutBlocks(page, "bonuspay"))).files, ["blocks.js"]);
    assert.deepEqual((await loaded(visitor, (page) => store.checkoutClassic(page, "bonuspay"))).used, []);
    assert.deepEqual(
      (await loaded(visitor, (page) => page.goto("/cart/"))).files,
      ["blocks.js"],
      "WooCommerce's cart asks every payment method",
    );
    await visitor.close();
    const admin = (await store.adminPage()).context();
    for (const path of ["/wp-admin/", "/wp-admin/edit.php", "/wp-admin/users.php"])
      assert.deepEqual((await loaded(admin, (page) => page.goto(path))).files, [], path);
    await admin.close();
    assert.deepEqual((await store.control("GET", "journal")).journal.map(({ path }) => path), []);
  });

  test("the payment page's own files are small, and come from the shop alone", async () => {
    const made = await startedPayment();
    const context = await store.visitor();
    const page = await context.newPage();
    const sizes = {};
    page.on("response", async (response) => {
      const { pathname, origin } = new URL(response.url());
      assert.equal(origin, store.url);
      if (!/bonuspay\/v1\/status/.test(response.url()) && response.request().resourceType() !== "document")
        sizes[pathname] = (await response.body()).length;
    });
    await page.goto(made.redirect);
    await page.waitForLoadState("networkidle");
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    assert.ok(
      Object.keys(sizes).some((path) => path.endsWith("pay.css")) && Object.keys(sizes).some((path) => path.endsWith("pay.js")),
      JSON.stringify(sizes),
    );
    assert.ok(Object.keys(sizes).every((path) => OURS.test(path) || path === "/favicon.ico"), JSON.stringify(sizes));
    assert.ok(total > 1000 && total < 30 * 1024, `${total} bytes: ${JSON.stringify(sizes)}`);
    await context.close();
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(
      await store.gates({ allowConsole: [/wc-admin|NAME_NOT_RESOLVED/], allowLog: [/WordPress\.org/] }),
      [],
    );
  });
});
