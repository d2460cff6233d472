// `wp bonuspay`: the commands through a stand-in of WP-CLI, and through WP-CLI itself where its .phar is at hand (WP_CLI, or
// wp-cli.phar beside WordPress in ~/.cache/bonuspay-store).

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deposit, hold } from "./shop/bonuspay.mjs";
import { notification, notify, sign } from "./shop/notifications.mjs";
import { fresh, startedPayment } from "./shop/orders.mjs";
import { execute, store } from "./shop/store.mjs";

const PHAR = process.env.WP_CLI ?? join(homedir(), ".cache/bonuspay-store/wp-cli.phar");

// What WP-CLI does for us: prints, and ends with a code.
const STAND_IN = `
  class Halted extends Exception {}
  class WP_CLI {
    public static $out = '';
    public static $commands = array();
    public static function add_command($name, $callable) { self::$commands[$name] = $callable; }
    public static function line($text) { self::$out .= $text . "\\n"; }
    public static function log($text) { self::line($text); }
    public static function warning($text) { self::line("Warning: $text"); }
    public static function error($text, $exit = true) { self::line("Error: $text"); }
    public static function halt($code) { throw new Halted('', $code); }
  }
  eval('namespace WP_CLI\\\\Utils; function format_items($format, $rows, $fields) {
    foreach ($rows as $row) { \\\\WP_CLI::line(implode("\\\\t", array_map(fn($field) => $row[$field], $fields))); }
  }');
  BonusPay\\\\WooCommerce\\\\Cli\\\\Cli::register();
  ob_start();
  try {
    call_user_func(WP_CLI::$commands[$args['name']], $args['arguments'], $args['options']);
    $code = 0;
  } catch (Halted $halted) {
    $code = $halted->getCode();
  }
  return array('code' => $code, 'out' => ob_get_clean() . WP_CLI::$out);`.replaceAll("\\\\", "\\");

const NAMES = ["doctor", "reconcile", "queue", "order get", "order check", "event list", "event replay", "webhook test"];

// The same words as on a command line: a name, arguments, --options.
function standIn(...words) {
  const line = words.join(" ");
  const name = NAMES.find((one) => line.startsWith(`bonuspay ${one}`));
  const rest = words.slice(1 + name.split(" ").length);
  const options = Object.fromEntries(
    rest
      .filter((word) => word.startsWith("--"))
      .map((word) => word.slice(2).split("="))
      .map(([key, value]) => [key, value ?? true]),
  );
  return store.php(STAND_IN, { name: `bonuspay ${name}`, arguments: rest.filter((word) => !word.startsWith("--")), options });
}

async function real(...words) {
  const phar = join(store.folder, "php", "wp-cli.phar");
  if (!existsSync(phar)) copyFileSync(PHAR, phar);
  const command = [
    ...store.as_web,
    "env",
    `PHP_INI_SCAN_DIR=:${store.folder}/php.d`,
    "WP_CLI_CACHE_DIR=/nonexistent",
    store.php_program,
    phar,
    `--path=${store.wordpress}`,
    ...words,
  ];
  const { code, stdout, stderr } = await execute(command[0], command.slice(1));
  return { code, out: stdout + stderr, json: stdout };
}

const runners = { "a stand-in of WP-CLI": standIn };
if (existsSync(PHAR)) runners["WP-CLI"] = real;
else console.log(`SKIPPED: the commands did not run by WP-CLI itself: no ${PHAR}. WP_CLI names it.`);

for (const [by, wp] of Object.entries(runners)) {
  describe(`wp bonuspay, by ${by}`, { concurrency: false }, () => {
    before(fresh);
    before(hold);
    before(() => store.php("BonusPay\\WooCommerce\\Schedule::schedule(); return 1;"));
    // Of a store that has been up for long the first round would be overdue.
    before(() => store.runQueue({ group: "bonuspay" }));

    const json = async (...words) => {
      const { code, out, json: only = out } = await wp(...words, "--format=json");
      return { code, data: JSON.parse(only.trim().split("\n").at(-1)) };
    };

    test("doctor: 0 when nothing is critical, 1 when something is, and it names it", async () => {
      const well = await json("bonuspay", "doctor");
      assert.equal(well.code, 0, JSON.stringify(well.data.filter(({ status }) => status === "critical")));
      assert.ok(well.data.length >= 7);
      for (const { id, status, label, text } of well.data)
        assert.ok(id && /^(good|recommended|critical)$/.test(status) && label && text, id);
      store.constants({ BONUSPAY_TEST_PUBLIC_KEY: "" });
      try {
        const ill = await json("bonuspay", "doctor");
        assert.equal(ill.code, 1);
        assert.match(ill.data[0].text, /public key/);
        assert.equal(ill.data[0].status, "critical");
        const table = await wp("bonuspay", "doctor");
        assert.equal(table.code, 1);
        assert.match(table.out, /Warning: \d+ checks: [1-9]\d* critical/);
      } finally {
        store.constants({});
      }
    });

    test("order get and check, the queue: what came in is found without a notification", async () => {
      const { id, made } = await startedPayment();
      const waits = await json("bonuspay", "order", "get", String(id));
      assert.equal(waits.code, 0);
      assert.equal(waits.data[0].state, "waiting");
      assert.equal(waits.data[0].merchantOrderNo, made.merchant_order_no);
      await deposit(made.order_no, made.due);
      const checked = await json("bonuspay", "order", "check", String(id));
      assert.deepEqual([checked.code, checked.data[0].state, checked.data[0].received], [0, "paid", made.due]);
      const other = await startedPayment();
      await deposit(other.made.order_no, other.made.due);
      await store.query(`UPDATE #__bonuspay_attempts SET next_check_at = 1 WHERE order_id = ${other.id}`);
      assert.equal((await wp("bonuspay", "queue")).code, 0);
      assert.equal((await json("bonuspay", "order", "get", String(other.id))).data[0].state, "paid");
    });

    test("event list and replay", async () => {
      const { id, made } = await startedPayment();
      const told = notification(made);
      assert.equal((await notify(told)).status, 503, "not paid yet");
      await deposit(made.order_no, made.due);
      const { data } = await json("bonuspay", "event", "list", `--order=${id}`, "--state=new");
      assert.equal(data.length, 1);
      assert.deepEqual([data[0].merchantOrderNo, data[0].order, data[0].status], [made.merchant_order_no, id, "SUCCESS"]);
      const replayed = await json("bonuspay", "event", "replay", String(data[0].id));
      assert.deepEqual([replayed.code, replayed.data[0].result], [0, "done"]);
      const once = (await store.order(id)).notes;
      assert.equal((await json("bonuspay", "event", "replay", String(data[0].id))).code, 0);
      assert.deepEqual((await store.order(id)).notes, once);
      assert.equal((await json("bonuspay", "event", "replay", "999999")).code, 2);
    });

    test("reconcile: 0 when all is explained; a foreign notification makes it 1; the CSV file has its hash", async () => {
      const well = await json("bonuspay", "reconcile");
      assert.equal(well.code, 0, JSON.stringify(well.data));
      assert.deepEqual([well.data.unexplained, well.data.missing, well.data.not_asked], [[], [], []]);
      assert.equal(well.data.coins.USDT.balances, true);
      const foreign = notification({ merchant_order_no: "somebody-elses-1", order_no: "1", token: "x" });
      assert.equal((await notify(foreign, { signature: sign(foreign) })).status, 400);
      const ill = await json("bonuspay", "reconcile");
      assert.equal(ill.code, 1);
      assert.deepEqual(ill.data.unexplained.map(({ number }) => number), ["somebody-elses-1"]);
      const { code, out, json: only = out } = await wp("bonuspay", "reconcile", "--format=csv");
      assert.equal(code, 1);
      const lines = only.trimEnd().split("\r\n");
      assert.ok(lines.at(-1).includes(createHash("sha256").update(`${lines.slice(0, -1).join("\r\n")}\r\n`).digest("hex")), lines.at(-1));
    });

    test("webhook test", async () => {
      const { code, data } = await json("bonuspay", "webhook", "test");
      assert.equal(data.length, 2);
      assert.deepEqual([code, ...data.map(({ is_good }) => is_good)], [0, true, true], JSON.stringify(data));
    });

    test("what cannot be is said, with 2", async () => {
      for (const words of [
        ["order", "get", "424242"],
        ["order", "get", "x"],
        ["order", "check", "424242"],
        ["event", "replay", "-1"],
        ["event", "list", "--limit=many"],
        ["reconcile", "--from=yesterday"],
        ["reconcile", "--from=2026-02-30"],
        ["reconcile", "--from=2026-02-02", "--to=2026-02-01"],
        ["reconcile", "--mode=real"],
        ["reconcile", "--mode=live"],
        ["reconcile", "--seconds=-1"],
      ]) {
        const { code, out } = await wp("bonuspay", ...words);
        assert.equal(code, 2, `${words}: ${out}`);
        assert.match(out, /Error: \w+/, words.join(" "));
        assert.ok((await json("bonuspay", ...words)).data.error, words.join(" "));
      }
    });

    test("nothing was reported, no secret was shown", async () => {
      assert.deepEqual(await store.gates(), []);
    });
  });
}
after(() => store.close());
