// Time: the plugin's clock and the gateway's, the queue's rounds, and what is due at once.

import { store } from "./store.mjs";

// The plugin's clock and the gateway's; WordPress's and the library's stay.
export async function advance(seconds) {
  store.clock(store.ahead + seconds);
  await store.control("POST", "clock", { advance_ms: seconds * 1000 });
}
export const realTime = () => store.clock(0);

// One round of the queue, and only of ours; what is due by the plugin's clock.
export const round = () => store.php("do_action('bonuspay_wc_queue'); return true;");
// The same, with an attempt looked at whatever its time.
export async function look(id) {
  await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE order_id = ${Number(id)}`);
  await round();
}
// Effects, events and locks whose worker died count as left behind for a minute.
export const aMinuteLater = () =>
  store.query(
    "UPDATE #__bonuspay_effects SET claimed_at = claimed_at - 61 WHERE done_at IS NULL; " +
      "UPDATE #__bonuspay_locks SET expires_at = expires_at - INTERVAL 61 SECOND; " +
      "UPDATE #__bonuspay_events SET next_try_at = next_try_at - 61 WHERE next_try_at IS NOT NULL",
  );

// Lets the shop ask BonusPay at once, and the page ask the shop.
export async function pollNow(page, orderId) {
  await store.query(`UPDATE #__bonuspay_attempts SET checked_at = 0 WHERE order_id = ${Number(orderId)}`);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}
