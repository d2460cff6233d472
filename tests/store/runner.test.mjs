// What the run of these tests says of a file that hangs, breaks off or tries nothing: it is red, and says where.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runFile } from "./file.mjs";
import { store } from "./shop/store.mjs";

const folder = mkdtempSync(join(tmpdir(), "runner-"));
const HELPERS = JSON.stringify(new URL("./shop/store.mjs", import.meta.url).href);
const HEAD = `import { describe, test, before } from "node:test"; import { createServer } from "node:http"; import { limited, until, ` +
  `store } from ${HELPERS};\n`;

// Runs a file with this in it.
function runs(code, limit = 60, wait = limit) {
  const file = join(folder, "tried.test.mjs");
  writeFileSync(file, HEAD + code);
  return runFile(file, { limit, env: { LIMIT: String(wait) } });
}
const failures = ({ failures }) => failures.map(({ name, error }) => `${name}: ${error}`).join("\n");

describe("the run", { concurrency: false }, () => {
  after(() => rmSync(folder, { recursive: true }));

  test("counts what passed, what was skipped and what failed, and says why", async () => {
    const result = await runs(
      `test("one", () => {}); test("two", { skip: true }, () => {}); describe("some", () => { test("three", () => {}); test("four", ` +
        `() => { throw new Error("of a kind"); }); });`,
    );
    assert.deepEqual([result.passed, result.skipped, result.failures.length], [2, 1, 1]);
    assert.match(failures(result), /^some > four: Error: of a kind/);
  });

  test("a test that never ends is ended and named, with what it waited for", async () => {
    const result = await runs(
      `setInterval(() => {}, 1000); describe("some", () => { test("one", () => {}); test("two", () => limited("the moon", ` +
        `new Promise(() => {}), 1000)); });`,
      8,
    );
    assert.equal(result.passed, 1);
    assert.match(failures(result), /^some > two: It did not end within 8 s\.$/);
    assert.match(result.printed, /Ended while it waited for: the moon/);
  });

  test("so is one that keeps the machine busy, one that waits before its tests, and one that does not end after them", async () => {
    assert.match(failures(await runs(`test("busy", () => { for (;;) continue; });`, 6)), /did not end within/);
    assert.match(
      failures(
        await runs(
          `setInterval(() => {}, 1000); describe("some", () => { before(() => new Promise(() => {})); test("one", () => {}); });`,
          6,
        ),
      ),
      /did not end within/,
    );
    assert.match(failures(await runs(`setInterval(() => {}, 1000); test("one", () => {});`, 6)), /^outside of its tests: It did not end/);
  });

  test("each wait of the helpers ends, and says what it was for", async () => {
    const silent = `const server = createServer((_, answer) => answer.write("a")); await new Promise((heard) => server.listen(0, ` +
      `"127.0.0.1", heard)); server.unref(); const url = "http://127.0.0.1:" + server.address().port + "/silent";\n`;
    const result = await runs(`${silent}
      test("a condition", () => until("the sun", () => new Promise(() => {})));
      test("a body", async () => (await fetch(url)).text());
      test("a program", () => store.php("sleep(60); return 1;"));
      test("a query", () => store.query("SELECT SLEEP(60)"));`, 60, 10);
    assert.deepEqual([result.passed, result.failures.length], [0, 4], failures(result));
    for (const what of [/the sun/, /GET http:\/\/127\.0\.0\.1:\d+\/silent/, /eval\.php/, /mariadb/])
      assert.match(failures(result), new RegExp(`waited 8 s in vain for: .*${what.source}`));
  });

  test("of two tests that replace the same function of PHP's the last counts, and neither may declare it", async () => {
    await store.reset();
    store.plugin("first", "Store_Builtins::replace( 'random_int', fn() => 1 );");
    store.plugin("second", "Store_Builtins::replace( 'random_int', fn() => 2 );");
    assert.equal(await store.php("return BonusPay\\WooCommerce\\random_int( 5, 6 );"), 2);
    assert.throws(
      () => store.plugin("third", "namespace BonusPay\\WooCommerce;\nfunction random_int() { return 3; }"),
      /third: .*Store_Builtins::replace/,
    );
    for (const name of ["first", "second"]) store.plugin(name);
  });

  test("a file that breaks off, or tries nothing, is red", async () => {
    assert.match(failures(await runs(`test("one", () => {}); throw new Error("broken");`)), /broken|broke off/);
    assert.match(
      failures(await runs(`test("one", () => {}); test("two", () => process.exit(0)); test("three", () => {});`)),
      /^(two|the file): It broke off, and ended with 0\.$/,
    );
    assert.match(
      failures(await runs(`test("one", () => {}); test("two", () => process.kill(process.pid, "SIGKILL"));`)),
      /^(two|the file): It broke off, and ended with SIGKILL\.$/,
    );
    assert.match(failures(await runs(`import "./nowhere.mjs";`)), /^the file: It broke off, and ended with 1\.$/);
    assert.match(failures(await runs("")), /^the file: /);
  });
});
