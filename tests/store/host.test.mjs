// A host that has removed PHP functions, as copied lists of disable_functions do: a shopper pays, and the order is paid.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { deposit, hold, release } from "./shop/bonuspay.mjs";
import { round } from "./shop/clock.mjs";
import { ACKNOWLEDGED, notification, notify } from "./shop/notifications.mjs";
import { assertPaidOnce, fresh, guest, poll, startedPayment } from "./shop/orders.mjs";
import { store } from "./shop/store.mjs";

// What such lists have, taken together, without what WordPress and WooCommerce do not start without.
const REMOVED = `
  apache_child_terminate, apache_get_modules, apache_note, apache_setenv, chgrp, chown, connection_status,
  curl_multi_exec, disk_free_space, disk_total_space, diskfreespace, dl, escapeshellarg, escapeshellcmd, exec,
  fastcgi_finish_request, fpassthru, ftok, get_current_user, getlastmod, getmyinode, getmypid, getmyuid, getrusage,
  highlight_file, highlight_string, ignore_user_abort, ini_alter, ini_restore, link, mail, openlog, parse_ini_file,
  passthru, pclose, pfsockopen, php_strip_whitespace, php_uname, phpcredits, phpinfo, phpversion, popen, proc_close,
  proc_get_status, proc_nice, proc_open, proc_terminate, putenv, readlink, set_time_limit, shell_exec, show_source,
  sleep, stream_select, stream_socket_client, stream_socket_pair, stream_socket_server, symlink, sys_getloadavg, syslog,
  system, tempnam, time_nanosleep, time_sleep_until, tmpfile, usleep, virtual
`
  .trim()
  .split(/,\s+/);

describe("a host that has removed PHP functions", { concurrency: false }, () => {
  before(async () => {
    await fresh();
    await store.ini("host", `disable_functions = ${REMOVED.join(",")}\n`);
  });
  after(async () => {
    await store.ini("host");
    await store.close();
  });

  test("they are gone", async () => {
    store.plugin(
      "told",
      "add_action('init', fn() => isset($_GET['told']) && wp_die(function_exists('ignore_user_abort') || function_exists('usleep') ? " +
        "'there' : 'gone', '', 200));",
    );
    assert.match(await (await fetch(`${store.url}/?told`)).text(), /gone/);
    store.plugin("told");
  });

  test("a notification is taken, and the order is paid", async () => {
    const placed = await startedPayment();
    const page = await fetch(placed.redirect);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Waiting for your payment/);
    await hold();
    await deposit(placed.made.order_no, placed.made.due);
    assert.deepEqual(await notify(notification(placed.made)), ACKNOWLEDGED);
    await assertPaidOnce(placed.id);
    assert.equal((await poll(placed)).json.state, "paid");
    await release();
  });

  test("the queue finds a payment that nobody told of", async () => {
    const placed = await startedPayment();
    await hold();
    await deposit(placed.made.order_no, placed.made.due);
    await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE order_id = ${placed.id}`);
    await round();
    await assertPaidOnce(placed.id);
    await release();
  });

  test("who waits for an order's lock gives up in time", async () => {
    const { id } = await (await guest()).checkout();
    const held = await store.php(
      `$lock = BonusPay\\WooCommerce\\Ledger\\Order_Lock::acquire($args['id']);
      $again = BonusPay\\WooCommerce\\Ledger\\Order_Lock::acquire($args['id'], 'decide', 200);
      $lock->release();
      return [null === $lock, null === $again];`,
      { id },
    );
    assert.deepEqual(held, [false, true]);
  });

  test("nothing was reported, no secret stands anywhere", async () => {
    assert.deepEqual(await store.gates({ allowLog: [/WordPress\.org/] }), []);
  });
});
