// Chromium, headless, with a profile of its own.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGS });
}

// The text of a package that runs in a page.
export function script(name) {
  return readFileSync(createRequire(import.meta.url).resolve(name), "utf8");
}

// What axe finds wrong on a small phone, in the light and in the dark, where only colours differ.
export async function flaws(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(script("axe-core"));
  const found = [];
  for (const [colorScheme, rules] of [["light", {}], ["dark", { runOnly: ["color-contrast"] }]]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await page.evaluate((rules) => window.axe.run(rules), rules);
    found.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.html).join("; ")}`));
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > 320 ? [...found, `${width} px wide`] : found;
}
