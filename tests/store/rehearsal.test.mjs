// Rehearsals: the sandbox plays, the real code answers, and the merchant reads whether that was right. In test mode and with
// the sandbox alone.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { apiDown, secrets, settings } from "./pay.mjs";
import { begun, fresh, store } from "./money.mjs";

const TAB = "/wp-admin/admin.php?page=bonuspay&tab=rehearsal";
const COURSES = ["paid", "two_deposits", "underpaid", "overpaid", "expired", "late", "duplicate", "out_of_order", "lost", "api_down"];
const play = (course, id = 0) => store.php("try { return BonusPay\\WooCommerce\\Rehearsal\\Simulator::play($args['id'], $args['course']); } catch (RuntimeException $e) { return $e->getMessage(); }", { course, id });
const rehearsals = () => store.php("return array_map(fn($o) => ['id' => $o->get_id(), 'course' => $o->get_meta('_bonuspay_rehearsal'), 'email' => $o->get_billing_email(), 'status' => $o->get_status()], BonusPay\\WooCommerce\\Rehearsal\\Simulator::orders());");
const rows = async () => (await store.query("SELECT (SELECT COUNT(*) FROM #__bonuspay_attempts), (SELECT COUNT(*) FROM #__bonuspay_events), (SELECT COUNT(*) FROM #__bonuspay_effects)"))[0].map(Number);
const bad = (steps) => (Array.isArray(steps) ? steps.filter(({ is_good }) => !is_good) : [steps]);
const sandboxRests = async () => {
  const { notifications_held: held, faults } = await store.control("GET", "state");
  return !held && faults.length === 0;
};
let page;

describe("rehearsals", { concurrency: false }, () => {
  before(async () => {
    await fresh();
    page = await store.adminPage();
  });
  after(() => store.close());

  test("every course goes as it should, leaves the sandbox as it was, and mails no customer", async () => {
    const mails = store.mails().length;
    const stock = await store.stock();
    for (const course of COURSES) {
      const steps = await play(course);
      assert.deepEqual(bad(steps), [], course);
      assert.ok(steps.length > 3, course);
      assert.ok(steps.every(({ step, text }) => step.length > 3 && text.length > 3), course);
      assert.ok(await sandboxRests(), course);
    }
    const made = await rehearsals();
    assert.deepEqual(made.map(({ course }) => course).reverse(), COURSES);
    assert.ok(made.every(({ email }) => email === store.admin.email));
    const to = new Set(store.mails().slice(mails).flatMap(({ to }) => [to].flat()));
    assert.deepEqual([...to], [store.admin.email]);
    assert.equal(await store.stock(), stock);
    const lines = await store.php("return BonusPay\\WooCommerce\\Reconciliation\\Reconciliation::run(1, time() + 60, 'test')->lines;");
    assert.deepEqual(lines, [], "rehearsals are no sales");
  });

  test("with other choices of what becomes of the order they go well, too", async () => {
    await settings(store, { after_paid: "on-hold", after_short: "nothing", after_dead: "cancelled" });
    for (const course of ["paid", "underpaid", "expired", "late", "duplicate"]) assert.deepEqual(bad(await play(course)), [], course);
    await settings(store, { after_paid: "woocommerce", after_short: "on-hold", after_dead: "failed" });
    assert.deepEqual(bad(await play("late")), []);
    await settings(store, { after_dead: "nothing", scene: "hosted" });
    for (const course of ["paid", "two_deposits", "late"]) assert.deepEqual(bad(await play(course)), [], `on BonusPay's page: ${course}`);
    await settings(store, { scene: "onsite" });
  });

  test("what goes wrong in the shop is told", async () => {
    // Notifications do not get through: a security plugin refuses them.
    store.plugin("wall", "if (str_contains($_SERVER['REQUEST_URI'] ?? '', 'bonuspay/v1/callback')) { http_response_code(403); exit; }");
    const walled = await play("paid");
    assert.match(bad(walled).map(({ text }) => text).join(), /No notification arrived within 12 seconds.*keeps it away/);
    store.plugin("wall");
    // Another plugin takes the order's status back.
    store.plugin("meddler", "add_action('woocommerce_payment_complete', fn($id) => wc_get_order($id)->update_status('pending'));");
    const meddled = await play("paid");
    assert.match(bad(meddled).map(({ step, text }) => step + text).join(), /The order is paid, once.*Pending payment/);
    store.plugin("meddler");
    assert.ok(await sandboxRests());
  });

  test("no other order, no unknown course, and each order once", async () => {
    const made = await begun();
    assert.match(await play("paid", made.id), /rehearsal order of its own only/);
    assert.match(await play("paid", 999999), /rehearsal order of its own only/);
    const untouched = await store.php("$o = wc_create_order(); $o->set_payment_method('bonuspay'); $o->set_total('25'); $o->save(); return $o->get_id();");
    assert.match(await play("paid", untouched), /rehearsal order of its own only/);
    assert.equal((await store.query(`SELECT COUNT(*) FROM #__bonuspay_attempts WHERE order_id = ${untouched}`))[0][0], "0");
    assert.match(await play("rob"), /no such course/);
    const own = await store.php("return BonusPay\\WooCommerce\\Rehearsal\\Simulator::order('paid')->get_id();");
    assert.deepEqual(bad(await play("paid", own)), []);
    assert.match(await play("paid", own), /once/);
    assert.equal((await store.order(made.id)).status, "pending");
  });

  test("the tab: a click plays, the steps are there to read, also on a phone", async () => {
    await page.goto(TAB);
    assert.deepEqual(await page.locator(".bonuspay-courses button").evaluateAll((all) => all.map(({ value }) => value)), COURSES);
    await page.locator("button[value=two_deposits]").click();
    await page.waitForURL(/bonuspay_result=good/);
    assert.match(await page.locator(".notice-success").innerText(), /did what it should/);
    const first = page.locator("details.bonuspay-attempt").first();
    assert.match(await first.innerText(), /Two deposits.*As it should be.*The shopper pays.*The order is paid, once/s);
    assert.equal(await first.locator("li.is-bad").count(), 0);
    assert.deepEqual(await store.flaws(page, ".bonuspay-screen"), []);
    if (process.env.SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/rehearsal.png` });
      await page.setViewportSize({ width: 390, height: 800 });
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/rehearsal-phone.png` });
      await page.setViewportSize({ width: 1280, height: 720 });
    }
  });

  test("without a nonce, by GET, or without the right nothing is played and nothing deleted", async () => {
    const before = (await rehearsals()).length;
    const request = page.context().request;
    const nonce = await page.locator("form:has(.bonuspay-courses) input[name=nonce]").inputValue();
    const nonceDelete = await page.locator('form:has(input[value="bonuspay_wc_delete_rehearsals"]) input[name=nonce]').inputValue();
    const url = "/wp-admin/admin-post.php";
    for (const [action, good] of [["bonuspay_wc_rehearse", nonce], ["bonuspay_wc_delete_rehearsals", nonceDelete]]) {
      const form = { action, course: "paid" };
      assert.equal((await request.get(`${url}?${new URLSearchParams({ ...form, nonce: good })}`, { maxRedirects: 0 })).status(), 403);
      assert.equal((await request.post(url, { form, maxRedirects: 0 })).status(), 403);
      assert.equal((await request.post(url, { form: { ...form, nonce: action === "bonuspay_wc_rehearse" ? nonceDelete : nonce }, maxRedirects: 0 })).status(), 403);
    }
    assert.equal((await fetch(store.url + url, { method: "POST", body: new URLSearchParams({ action: "bonuspay_wc_rehearse", course: "paid", nonce }), redirect: "manual" })).status, 400, "who is not logged in reaches nothing");
    assert.equal((await rehearsals()).length, before);
  });

  test("deleting takes the rehearsals with all their rows, and nothing else", async () => {
    const kept = await begun();
    await page.goto(TAB);
    const others = (await store.query("SELECT COUNT(*) FROM #__bonuspay_attempts"))[0][0] - (await rehearsals()).length;
    await page.getByRole("button", { name: "Delete all rehearsal orders" }).click();
    await page.waitForURL(/bonuspay_result=deleted/);
    assert.deepEqual(await rehearsals(), []);
    const [attempts, events, effects] = await rows();
    assert.equal(attempts, others);
    assert.deepEqual([events, effects], [0, 0]);
    assert.equal((await store.order(kept.id)).status, "pending");
    assert.equal(await page.locator("details.bonuspay-attempt").count(), 0);
  });

  test("in live mode, without the constant, or with BonusPay's own sandbox there is no button, and a forged click plays nothing", async () => {
    await page.goto(TAB);
    const nonce = await page.locator("form:has(.bonuspay-courses) input[name=nonce]").inputValue();
    const file = join(store.folder, "shop.php");
    const php = readFileSync(file, "utf8");
    const cases = [
      ["live mode", () => settings(store, { mode: "live" }), () => settings(store, { mode: "test" }), /test mode alone/],
      ["no constant", () => writeFileSync(file, php.replace(/.*SANDBOX_URL.*\n/, "")), () => writeFileSync(file, php), /BONUSPAY_TEST_SANDBOX_URL/],
      ["another gateway", () => apiDown(store, true), () => apiDown(store, false), /same host and port/],
      ["nobody there", () => writeFileSync(file, php.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:9")), () => writeFileSync(file, php), /does not answer at http:\/\/127\.0\.0\.1:9/],
    ];
    for (const [name, change, undo, said] of cases) {
      await change();
      const journal = (await store.control("GET", "journal")).journal.length;
      await page.goto(TAB);
      assert.match(await page.locator(".bonuspay-screen").innerText(), said, name);
      assert.equal(await page.locator("button[name=course]").count(), 0, name);
      assert.match(await page.locator(".bonuspay-screen").innerText(), /By hand, at BonusPay's own sandbox/, name);
      const forged = await page.context().request.post("/wp-admin/admin-post.php", { form: { action: "bonuspay_wc_rehearse", course: "paid", nonce }, maxRedirects: 0 });
      assert.match(forged.headers().location, /bonuspay_result=refused/, name);
      assert.deepEqual(await rehearsals(), [], name);
      assert.equal((await store.control("GET", "journal")).journal.length, journal, name);
      if (name === "no constant" && process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/rehearsal-none.png` });
      await undo();
    }
    await page.goto("about:blank");
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(await store.gates({ secrets: secrets(store), allowConsole: [/wc-admin|NAME_NOT_RESOLVED/], allowLog: [/WordPress\.org/] }), []);
  });
});
