// Whoever may not, and whoever only follows a link, changes nothing: every action of ours in the administration, found in
// WordPress itself, so that none is forgotten.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit } from "./shop/bonuspay.mjs";
import { attempt } from "./shop/ledger.mjs";
import { login, startedPayment } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

// Tells which actions there are, and makes nonces for whoever asks.
const WINDOW = `add_action( 'wp_loaded', function () {
  if ( isset( $_GET['test-nonces'] ) ) {
    wp_send_json( array_map( 'wp_create_nonce', (array) wp_unslash( $_GET['test-nonces'] ) ) );
  }
  if ( isset( $_GET['test-actions'] ) ) {
    global $wp_filter;
    wp_send_json( array_values( preg_grep( '/^(admin_post|wp_ajax)(_nopriv)?_bonuspay/', array_keys( $wp_filter ) ) ) );
  }
}, 0 );`;
const ROLES = ["subscriber", "customer", "editor"];
let admin;
let actions;
let order;

describe("rights", { concurrency: false }, () => {
  before(async () => {
    await store.reset();
    store.plugin("window", WINDOW);
    admin = (await store.adminPage()).context();
    // An order with too much money, for which every button is there; of which the notification does not come amid the tests.
    await store.control("POST", "notifications/hold");
    order = await startedPayment();
    await deposit(order.made.order_no, "20");
    await store.php(
      "BonusPay\\WooCommerce\\Payment\\Payment_Service::check(BonusPay\\WooCommerce\\Payment\\Payment_Service::current($args['id'])); " +
        "return 1;",
      { id: order.id },
    );
    assert.equal((await attempt(order.id)).state, "paid");
    actions = await (await admin.request.get(`${store.url}/wp-admin/admin-ajax.php?test-actions=1`)).json();
  });
  after(async () => {
    store.plugin("window");
    await store.close();
  });

  // All that an action of ours could change: options, what is kept for a while, our tables, the order, what BonusPay was asked.
  async function everything() {
    const sums = await store.query(
      `SELECT 'options', MD5(GROUP_CONCAT(option_name,
        option_value ORDER BY option_name)) FROM #__options WHERE option_name LIKE '%bonuspay%';
       ${["attempts", "refunds", "events", "effects"].map((name) => `CHECKSUM TABLE #__bonuspay_${name};`).join(" ")}
       SELECT 'notes', COUNT(*) FROM #__comments WHERE comment_type = 'order_note'; SELECT 'users', MD5(GROUP_CONCAT(umeta_id,
         meta_value)) FROM #__usermeta WHERE meta_key LIKE '%bonuspay%';
       SELECT 'queue', COUNT(*) FROM #__actionscheduler_actions WHERE hook LIKE 'bonuspay%'`,
    );
    const { journal } = await store.control("GET", "journal");
    return { sums, asked: journal.length, order: await store.order(order.id), mails: store.mails().length };
  }

  // What a button sends; nonces are made for the action, for it on this order, and for the keys' buttons, which share one.
  async function tries(context, { isOwner = false } = {}) {
    const statuses = {};
    for (const hook of actions) {
      const [, page, action] = /^(admin_post|wp_ajax)_(?:nopriv_)?(\w+)$/.exec(hook);
      const url = `${store.url}/wp-admin/${page === "wp_ajax" ? "admin-ajax" : "admin-post"}.php`;
      const fields = {
        action,
        order_id: order.id,
        attempt_id: order.id,
        mode: "test",
        answer: "copy",
        notice: "0".repeat(32),
        what: "surplus",
        network: "TRON",
        address: "TBR9XudbhxxMDfKm65H6bFj6rW9HaEpZmJ",
        event: "1",
        event_id: "1",
        from: "2026-01-01",
        to: "2030-01-01",
        number: "1",
        course: "paid",
        amount: "1",
        coin: "USDT",
      };
      const bare = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      const nonces = await (
        await context.request.get(
          `${store.url}/?${[action, action + order.id, "bonuspay_wc_generate_keys"].map((of) => `test-nonces[]=${of}`).join("&")}`,
        )
      ).json();
      const got = (statuses[hook] = []);
      const note = (answer) => got.push(answer.status());
      note(await context.request.post(url, { form: bare, maxRedirects: 0 }));
      note(await context.request.post(url, { form: { ...bare, nonce: "0123456789" }, maxRedirects: 0 }));
      for (const nonce of nonces) {
        note(await context.request.get(`${url}?${new URLSearchParams({ ...bare, nonce })}`, { maxRedirects: 0 }));
        note(await context.request.post(`${url}?nonce=${nonce}`, { form: bare, maxRedirects: 0 }));
        if (!isOwner) note(await context.request.post(url, { form: { ...bare, nonce }, maxRedirects: 0 }));
      }
    }
    return statuses;
  }

  test("there are actions, and none for visitors", () => {
    assert.ok(actions.length >= 6, actions.join());
    assert.deepEqual(actions.filter((name) => name.includes("_nopriv_")), []);
  });

  test("the owner, without a nonce, with a wrong one, or by a link: nothing happens", async () => {
    const as = await everything();
    for (const [hook, got] of Object.entries(await tries(admin, { isOwner: true })))
      assert.ok(
        got.every((status) => status === 403),
        `${hook}: ${got}`,
      );
    assert.deepEqual(await everything(), as);
  });

  for (const role of ROLES) {
    test(`a ${role}, with a nonce that is right: nothing happens`, async () => {
      await store.php(
        "return wp_insert_user(['user_login' => $args[0], 'user_pass' => $args[0], 'user_email' => \"$args[0]@shop.test\", " +
          "'role' => $args[0]]);",
        [role],
      );
      const context = await store.visitor();
      await login(context, role, role);
      const as = await everything();
      for (const [hook, got] of Object.entries(await tries(context))) assert.ok(got.every((status) => status === 403), `${hook}: ${got}`);
      assert.deepEqual(await everything(), as);
      for (const page of ["admin.php?page=bonuspay", "admin.php?page=wc-settings&tab=checkout&section=bonuspay"]) {
        const answer = await context.request.get(`${store.url}/wp-admin/${page}`, { maxRedirects: 0 });
        assert.ok([302, 403].includes(answer.status()), `${page}: ${answer.status()}`);
      }
      await context.close();
    });
  }

  test("somebody who is not logged in: nothing happens", async () => {
    const context = await store.visitor();
    const as = await everything();
    await tries(context);
    assert.deepEqual(await everything(), as);
    await context.close();
  });

  test("nothing was reported, no secret was shown", async () => {
    assert.deepEqual(await store.gates(), []);
  });
});
