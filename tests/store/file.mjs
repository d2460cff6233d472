// Runs a program, or one file of tests, within limits: what reaches one is ended, and it is said what was waited for.

import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const children = new Set();
const path = (tests) => tests.map(({ name }) => name).join(" > ");

// Ends a process with its children; one that does not listen is killed.
function end(child) {
  const signal = (which) => {
    try {
      process.kill(-child.pid, which);
    } catch {
      // It has ended.
    }
  };
  signal("SIGTERM");
  setTimeout(signal, 5000, "SIGKILL").unref();
}

export const endAll = () => children.forEach(end);

// Runs a program; `onEvent` gets the lines of its third file, and a function that ends the program. Gives how it ended,
// and what it printed.
export function run(command, args, { env = {}, seconds, onEvent }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: here,
      detached: true,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", onEvent ? "pipe" : "ignore"],
    });
    children.add(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (printed = (printed + text).slice(-20_000)));
    let rest = "";
    child.stdio[3]?.setEncoding("utf8").on("data", (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop();
      for (const line of lines) onEvent(JSON.parse(line), () => end(child));
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      end(child);
    }, seconds * 1000);
    const ended = (code) => {
      clearTimeout(timer);
      children.delete(child);
      resolve({ code: isLate ? `${code}, for it did not end within ${seconds} s` : code, printed });
    };
    child.on("error", (error) => ended(error.message));
    child.on("close", (code, signal) => ended(code ?? signal));
    // Who inherited what it printed to may live on.
    child.on("exit", (code, signal) => setTimeout(ended, 2000, code ?? signal).unref());
  });
}

// Runs a file of tests: how many passed and were skipped, what failed and why, what they said, what was printed.
export async function runFile(file, { env, limit }) {
  const result = { passed: 0, skipped: 0, failures: [], said: [] };
  const running = [];
  let isWhole = false;
  let timer;
  const watch = (endIt) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      result.failures.push({ name: path(running) || "outside of its tests", error: `It did not end within ${limit} s.` });
      endIt();
    }, limit * 1000);
  };
  const onEvent = (event, endIt) => {
    watch(endIt);
    if (event.type === "end") isWhole = true;
    if (event.type === "test:diagnostic") result.said.push(event.message);
    if (event.type === "test:dequeue") running.push(event);
    if (!["test:pass", "test:fail"].includes(event.type)) return;
    const at = running.findLastIndex(({ name, nesting }) => name === event.name && nesting === event.nesting);
    if (at >= 0) running.splice(at, 1);
    const within = running.filter(({ nesting }) => nesting < event.nesting);
    if (event.type === "test:fail" && event.failureType !== "subtestsFailed")
      result.failures.push({ name: path([...within, event]), error: event.error });
    else if (event.isSkipped) result.skipped += 1;
    else if (event.type === "test:pass" && !event.isSuite) result.passed += 1;
  };
  const reporter = ["--test-reporter", join(here, "reporter.mjs"), "--test-reporter-destination", "stdout"];
  const { code, printed } = await run(process.execPath, [...reporter, file], { env, seconds: 4 * limit, onEvent });
  clearTimeout(timer);
  const wrong = (error) => result.failures.length || result.failures.push({ name: path(running) || "the file", error });
  if (code !== 0 || !isWhole) wrong(`It broke off, and ended with ${code}.`);
  if (!result.passed) wrong("No test of it ran.");
  return { ...result, printed };
}
