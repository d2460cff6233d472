// Tells run.mjs what happens to each test: a reporter of node:test that writes lines of JSON to the third file.

import { writeSync } from "node:fs";
import { inspect } from "node:util";

const TOLD = ["test:dequeue", "test:pass", "test:fail"];
// What node itself counts in the end.
const COUNTS = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

// Node wraps what a test threw.
const reason = ({ cause, failureType, message } = {}) => ({ failureType, error: inspect(cause?.stack ? cause : cause ?? message) });

const tell = (event) => writeSync(3, `${JSON.stringify(event)}\n`);

export default async function* (events) {
  for await (const { type, data } of events) {
    if (type === "test:diagnostic" && !COUNTS.test(data.message)) tell({ type, message: data.message });
    if (!TOLD.includes(type)) continue;
    const { name, nesting, details, skip, todo } = data;
    const event = { type, name, nesting, isSuite: details?.type === "suite", isSkipped: skip !== undefined || todo !== undefined };
    tell(type === "test:fail" ? { ...event, ...reason(details.error) } : event);
  }
  tell({ type: "end" });
}
