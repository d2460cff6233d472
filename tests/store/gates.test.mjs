// R107: both directions of every gate, in seconds. `make test-mutants` inverts each condition of a gate and runs this; the
// tests whose name begins with the gate's group are tried first. gates.php has what is tried within WordPress.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { secrets, store } from "./money.mjs";

const PHP = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "gates.php"), "utf8").replace("<?php", "");
const within = async (group) => assert.equal(await store.php(PHP, { group }), "");

before(() => store.reset());
after(() => store.close());

test("lock: one holder at a time, the next when it ended, and nobody frees another's", () => within("lock"));
test("claims: one worker an effect, another only when it died", () => within("claims"));
test("inbox: a row a message, one worker at a time, done once", () => within("inbox"));
test("attempts: changed in the version that was read, by the newest lock", () => within("attempts"));
test("refund book: changed in the version that was read, by the newest lock", () => within("refund_book"));
test("payments: stored under the lock with its claims, or not at all", () => within("payments"));
test("refund callback: whose it is, what BonusPay says of it, once", () => within("refund_callback"));
