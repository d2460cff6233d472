// Runs test files against stores, several side by side; run.sh finds what it needs and says what can be set.
// usage: node run.mjs [--both] FILE...
//
// Each worker has a store of its own, and a new one after a file that failed.

import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, freemem } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endAll, run, runFile } from "./file.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const state = join(here, "../../target/store");
const took = join(state, "seconds.json");

// Seconds a test may take, and the whole.
const LIMIT = Number(process.env.LIMIT ?? 600);
const RUN_LIMIT = 12 * LIMIT;
// What counts calls a second runs when nothing else does but the same in the other order store: it mostly waits.
const ALONE = ["queue-rate.test.mjs"];

const isBoth = process.argv[2] === "--both";
const files = process.argv.slice(isBoth ? 3 : 2);
const { ORDERS = "hpos", NODES = "1", STORE = `run-${process.pid}`, KEEP } = process.env;
const kinds = isBoth ? [{ orders: "hpos", nodes: "1" }, { orders: "posts", nodes: "2" }] : [{ orders: ORDERS, nodes: NODES }];

// A store has some ten processes, a browser and the tests take half a gigabyte more; mostly they wait.
const cores = availableParallelism?.() ?? cpus().length;
const most = Number(process.env.JOBS) || Math.max(1, Math.min(2 * cores, Math.floor(freemem() / 1.5e9)));

const known = existsSync(took) ? JSON.parse(readFileSync(took, "utf8")) : {};
const results = [];
const stores = new Set();
const began = Date.now();
let isEnding = false;

const name = (job) => `${job.orders} ${basename(job.file)}`;
const seconds = (from) => Math.round((Date.now() - from) / 1000);
const indented = (text) => text.trimEnd().replace(/^/gm, "    ");

// --- stores

const store = (action, { label, orders, nodes }) =>
  run("sh", [join(here, "store"), action], {
    env: { STORE: label, ORDERS: orders, NODES: nodes, RUN: KEEP === "1" ? "" : String(process.pid) },
    seconds: LIMIT,
  });

async function up(worker, { orders, nodes }) {
  const label = most === 1 || files.length === 1 && !isBoth ? STORE : `${STORE}-${worker.number}`;
  worker.store = { label, orders, nodes };
  stores.add(label);
  const { code, printed } = await store("up", worker.store);
  if (code !== 0) throw new Error(`the store did not come up (${code}):\n${indented(printed)}`);
}

async function down(worker) {
  if (!worker.store) return;
  await store("down", worker.store);
  stores.delete(worker.store.label);
  worker.store = undefined;
}

// --- all of them

async function attempt(job, worker) {
  const started = Date.now();
  let result;
  try {
    if (worker.store?.orders !== job.orders) {
      await down(worker);
      await up(worker, job);
    }
    const { label } = worker.store;
    const env = { STORE: label, TMPDIR: join(readlinkSync(join(state, label)), "tmp") };
    result = { ...job, ...(await runFile(job.file, { env, limit: LIMIT })) };
  } catch (error) {
    result = { ...job, passed: 0, skipped: 0, said: [], printed: "", failures: [{ name: "the file", error: error.message }] };
  }
  result.seconds = seconds(started);
  // The next file is not to meet what this one left.
  if (result.failures.length && KEEP !== "1") await down(worker);
  return result;
}

function report({ passed, skipped, failures, said, printed, ...job }) {
  const skips = skipped ? `, ${skipped} skipped` : "";
  const lines = [`${name(job).padEnd(32)} ${passed} passed, ${failures.length} failed${skips}, ${job.seconds} s`];
  lines.push(...said.map((line) => `  ${line}`));
  for (const failure of failures) lines.push(`  FAILED: ${failure.name}`, indented(failure.error));
  if (printed.trim() && (failures.length || skipped || /^SKIPPED/m.test(printed))) lines.push("  It printed:", indented(printed));
  console.log(lines.join("\n"));
}

async function work(worker, jobs) {
  for (let job; !isEnding && (job = jobs.shift()); ) {
    worker.job = job;
    const result = await attempt(job, worker);
    worker.job = undefined;
    results.push(result);
    report(result);
  }
}

// The longest first, as the last run found them; one that is new is taken for long.
const cost = (job) => known[name(job)] ?? 1000;
const queue = (isAlone) =>
  kinds.flatMap((kind) =>
    files
      .filter((file) => ALONE.includes(basename(file)) === isAlone)
      .map((file) => ({ ...kind, file }))
      .sort((a, b) => cost(b) - cost(a)),
  );

const total = (list) => ({
  passed: list.reduce((sum, { passed }) => sum + passed, 0),
  failed: list.reduce((sum, { failures }) => sum + failures.length, 0),
  skipped: list.reduce((sum, { skipped }) => sum + skipped, 0),
  seconds: list.reduce((sum, one) => sum + one.seconds, 0),
});

function table() {
  const cell = ({ passed, failed, seconds }) =>
    `${String(passed).padStart(5)} ${String(failed || "-").padStart(6)} ${String(seconds).padStart(5)} s`;
  const row = (title, pick) =>
    [title.padEnd(24), ...kinds.map(({ orders }) => cell(total(results.filter((one) => one.orders === orders && pick(one)))))].join("  ");
  const kind = ({ orders, nodes }) => `${orders}, ${nodes} web server${nodes === "1" ? "" : "s"}`.padEnd(20);
  console.log(`\n${["".padEnd(24), ...kinds.map(kind)].join("  ")}`);
  console.log(["file".padEnd(24), ...kinds.map(() => "passed failed    time")].join(" "));
  for (const file of files.map((file) => basename(file)).sort()) console.log(row(file, (one) => basename(one.file) === file));
  console.log(row("all", () => true));
}

const stop = async (why) => {
  if (isEnding) return;
  isEnding = true;
  console.log(why);
  endAll();
  await Promise.all(workers.map(({ job, promise }) => job && promise));
  if (KEEP !== "1") await Promise.all([...stores].map((label) => store("down", { label, orders: "hpos", nodes: "1" })));
};

mkdirSync(state, { recursive: true });
const jobs = queue(false);
const workers = Array.from({ length: Math.max(1, Math.min(most, jobs.length)) }, (_, at) => ({ number: at + 1 }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(`Ended by ${signal}.`).then(() => process.exit(130)));
const runTimer = setTimeout(() => {
  const at = workers.map(({ job }) => job && name(job)).filter(Boolean).join(", ");
  stop(`The run did not end within ${RUN_LIMIT} s; it was at: ${at}`).then(() => process.exit(1));
}, RUN_LIMIT * 1000);

await Promise.all(workers.map((worker) => (worker.promise = work(worker, jobs))));
const alone = queue(true);
if (alone.length) {
  const few = workers.slice(0, kinds.length);
  await Promise.all(workers.slice(kinds.length).map(down));
  await Promise.all(few.map((worker) => (worker.promise = work(worker, alone))));
}
clearTimeout(runTimer);
if (!isEnding) {
  if (KEEP === "1") for (const label of stores) console.log(`left up; end it by: STORE=${label} make store-down`);
  else await Promise.all(workers.map(down));
  writeFileSync(took, JSON.stringify({ ...known, ...Object.fromEntries(results.map((one) => [name(one), one.seconds])) }));
  if (results.length > 1) table();
  const { passed, failed, skipped } = total(results);
  console.log(`${results.length} files, ${workers.length} at a time, ${seconds(began)} s`);
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
  process.exitCode = failed || results.length !== kinds.length * files.length ? 1 : 0;
}
