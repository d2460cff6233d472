// The shop that `make store` brought up: a browser, a plain client, its database, its queue, its sandbox, its logs.

import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const FACTS = process.env.STORE_JSON ?? join(here, "../../../target/store", process.env.STORE ?? "shop", "store.json");

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

// Who buys, in the Store API's words.
export const SHOPPER = {
  first_name: "Ada",
  last_name: "Shopper",
  address_1: "2 Mission Street",
  city: "San Francisco",
  state: "CA",
  postcode: "94105",
  country: "US",
  email: "ada@shopper.test",
  phone: "",
};

// No wait is longer, whatever it waits for, and when it ends it says what that was. LIMIT is what run.mjs gives a test.
const LIMIT = Math.round(0.8 * Number(process.env.LIMIT ?? 600));
const waits = new Set();

// What a promise gives, within so many seconds.
export async function limited(what, promise, seconds = LIMIT) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${seconds} s in vain for: ${what}`)), seconds * 1000);
  });
  const wait = { what };
  waits.add(wait);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    waits.delete(wait);
  }
}

// Every answer, to its last byte: Node's own limits leave a body that drips without one.
const plainFetch = globalThis.fetch;
globalThis.fetch = (url, options = {}) => {
  const what = `${options.method ?? "GET"} ${url}`;
  const ended = new AbortController();
  setTimeout(() => ended.abort(new Error(`waited ${LIMIT} s in vain for: ${what}`)), LIMIT * 1000).unref();
  return limited(what, plainFetch(url, { signal: ended.signal, ...options }));
};

// run.mjs ends what takes too long.
process.once("SIGTERM", () => {
  for (const { what } of waits) console.error(`Ended while it waited for: ${what}`);
  process.exit(143);
});

class Store {
  // What store.json says: url, node2, admin, db, sandbox, logs, shop (ids of products and pages), and more.
  constructor(facts = JSON.parse(readFileSync(FACTS, "utf8"))) {
    Object.assign(this, facts);
    this.consoleErrors = [];
    this.strayRequests = [];
    this.pagesSeen = [];
    this.pending = new Set();
  }

  // Back to what was after `make store`; what browsers did is forgotten too.
  async reset() {
    await run("sh", [join(here, "../store"), "reset"], { env: { ...process.env, STORE: this.name } });
    this.consoleErrors.length = this.strayRequests.length = this.pagesSeen.length = 0;
    this.hurry(true);
  }

  // The queue takes its time between two jobs, which the sandbox does not need: without it, or with it again.
  hurry(isHurried) {
    const php = "Store_Builtins::replace( 'usleep', fn( $microseconds ) => BonusPay\\WooCommerce\\Queue\\Queue::class === " +
      "Store_Builtins::caller() || usleep( $microseconds ) );";
    this.plugin("hurry", isHurried ? php : undefined);
  }

  // How many seconds the plugin's clock is ahead; set by clock(), undone by reset().
  get ahead() {
    const file = join(this.folder, "clock");
    return existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  }

  clock(seconds) {
    writeFileSync(join(this.folder, "clock"), String(seconds));
  }

  // --- the browser

  async browser() {
    this.chromium ??= await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ARGS,
      handleSIGTERM: false,
    });
    return this.chromium;
  }

  // A visitor of their own: cookies, and what the gates look at. `options` are Playwright's for a context.
  async visitor(options = {}) {
    const context = await limited("a new context of the browser", (await this.browser()).newContext({ baseURL: this.url, ...options }));
    context.setDefaultTimeout(90_000);
    context.on("console", (message) => {
      if (message.type() === "error") this.consoleErrors.push(`${message.page()?.url()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.consoleErrors.push(`${error.page()?.url()}: ${error.error()}`));
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && hostname !== "127.0.0.1") this.strayRequests.push(request.url());
    });
    context.on("response", (response) => this.#keep(response));
    return context;
  }

  // Pages, scripts' answers and the like, for the search for secrets.
  #keep(response) {
    const type = response.headers()["content-type"] ?? "";
    if (!/html|json|xml|plain/.test(type)) return;
    const reading = { url: response.url() };
    const ended = () => this.pending.delete(reading);
    this.pending.add(reading);
    // A redirect has no body, and a closed page's is gone.
    reading.kept = response.text().then((text) => this.pagesSeen.push({ url: reading.url, text })).then(ended, ended);
  }

  // A page whose visitor has something in the cart and, unless it is left out, an address.
  async shopper({ items = [this.shop.stocked], address = SHOPPER, context, ...options } = {}) {
    context ??= await this.visitor(options);
    const page = await context.newPage();
    await this.cart(context.request, { items, address });
    return page;
  }

  // Fills a cart by the Store API; `request` is a Playwright request context.
  async cart(request, { items = [this.shop.stocked], address = SHOPPER } = {}) {
    const first = await request.get(`${this.url}/wp-json/wc/store/v1/cart`);
    const headers = { Nonce: first.headers().nonce };
    let cart = await first.json();
    const post = async (path, data) => {
      const answer = await request.post(`${this.url}/wp-json/wc/store/v1/cart/${path}`, { headers, data });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
      return answer.json();
    };
    for (const item of items) cart = await post("add-item", typeof item === "object" ? item : { id: item, quantity: 1 });
    if (address) {
      const { email, ...shipping } = address;
      cart = await post("update-customer", { billing_address: address, shipping_address: shipping });
    }
    return cart;
  }

  // Opens the classic checkout with a payment method chosen; `place` presses the button.
  async checkoutClassic(page, method) {
    await page.goto("/classic-checkout/");
    for (const [name, value] of Object.entries(SHOPPER)) {
      const field = page.locator(`#billing_${name}`);
      if (["country", "state"].includes(name)) await field.selectOption(value, { force: true });
      else if (!(await field.inputValue())) await field.fill(value);
    }
    await this.classicSettled(page);
    if (method) {
      await page.locator(`label[for=payment_method_${method}]`).click();
      await this.classicSettled(page);
    }
  }

  // The classic checkout redraws itself by AJAX.
  async classicSettled(page) {
    await page.waitForFunction(() => !window.jQuery?.active && !document.querySelector(".blockUI"));
  }

  async placeClassic(page) {
    await page.locator("#place_order").click();
  }

  // The same in the block checkout.
  async checkoutBlocks(page, method) {
    await page.goto("/checkout/");
    await page.locator(".wc-block-components-checkout-place-order-button").waitFor().catch(async (error) => {
      throw new Error(`${error.message}\n${page.url()} says: ${await page.locator("body").innerText()}`);
    });
    const email = page.locator("#email");
    if (!(await email.inputValue())) await email.fill(SHOPPER.email);
    if (method) await page.locator(`#radio-control-wc-payment-method-options-${method}`).check();
    await this.blocksSettled(page);
  }

  // Its carts are calculated by batches of calls, and the button waits for them.
  async blocksSettled(page) {
    await page.waitForLoadState("networkidle");
    await page.locator(".wc-block-components-checkout-place-order-button:not([disabled])").waitFor();
  }

  async placeBlocks(page) {
    await page.locator(".wc-block-components-checkout-place-order-button").click();
  }

  // Places an order and waits for where the payment method leads; gives the address, and the order's id if it tells.
  async placeOrderClassic(page, method) {
    await this.checkoutClassic(page, method);
    return this.#placed(page, () => this.placeClassic(page));
  }

  async placeOrderBlocks(page, method) {
    await this.checkoutBlocks(page, method);
    return this.#placed(page, () => this.placeBlocks(page));
  }

  async #placed(page, place) {
    const from = page.url();
    const refused = page.locator(".woocommerce-error, .wc-block-components-notice-banner.is-error").first();
    await place();
    const outcome = await Promise.race([
      page.waitForURL((url) => url.href.split("#")[0] !== from.split("#")[0]).then(() => "went"),
      refused.waitFor().then(() => "refused", () => "went"),
    ]);
    if (outcome === "refused") throw new Error(`the checkout refused: ${(await refused.innerText()).trim()}`);
    const url = page.url();
    return { url, orderId: Number(/order-(?:received|pay)\/(\d+)/.exec(url)?.[1]) || undefined };
  }

  // A page of the admin's, logged in.
  async adminPage(options = {}) {
    const context = await this.visitor(options);
    await context.request.get("/wp-login.php");
    const form = { log: this.admin.user, pwd: this.admin.password, testcookie: "1", redirect_to: `${this.url}/wp-admin/` };
    const answer = await context.request.post("/wp-login.php", { form, maxRedirects: 0 });
    if (answer.status() !== 302) throw new Error("the admin was not let in");
    return context.newPage();
  }

  // --- without a browser

  // SQL in the store's database: rows as arrays of strings, NULL as null. `#__` stands for the tables' prefix.
  async query(sql) {
    const { socket, name, user, password, prefix } = this.db;
    const args = ["--no-defaults", `--socket=${socket}`, `-u${user}`, `-p${password}`, "--batch", "--skip-column-names", name];
    const out = await run("mariadb", args, { input: sql.replaceAll("#__", prefix) });
    const cell = (text) =>
      text === "NULL" ? null : text.replace(/\\([ntr0\\])/g, (_, c) => ({ n: "\n", t: "\t", r: "\r", 0: "\0" })[c] ?? "\\");
    return out.split("\n").slice(0, -1).map((line) => line.split("\t").map(cell));
  }

  // PHP within the store's WordPress, as the web server's user: what it returns. `args` is there as `$args`.
  async php(code, args = {}) {
    const bound = `$args = json_decode(base64_decode('${Buffer.from(JSON.stringify(args)).toString("base64")}'), true);`;
    return JSON.parse(lastLine(await this.#wordpress("eval.php", [], bound + code)));
  }

  // Runs the queue's due actions, those that are due within `advance` seconds included; says how many ran.
  async runQueue({ advance = 0, group = "" } = {}) {
    return JSON.parse(lastLine(await this.#wordpress("queue.php", [Number(advance), group]))).ran;
  }

  // What a program of this folder prints, run by php-fpm in a process of its own.
  async #wordpress(program, args, input = "") {
    const env = {
      PATH: process.env.PATH,
      GATEWAY_INTERFACE: "CGI/1.1",
      REQUEST_METHOD: "POST",
      SCRIPT_FILENAME: join(this.folder, "php", program),
      SCRIPT_NAME: `/${program}`,
      CONTENT_LENGTH: String(Buffer.byteLength(input)),
      STORE_ARGUMENTS: JSON.stringify([this.folder, ...args]),
    };
    const answer = await run("cgi-fcgi", ["-bind", "-connect", this.programs], { input, env, what: program }).catch(async (error) => {
      throw new Error(`${error.message}\n${await this.#busy().catch(String)}`);
    });
    const [head, ...body] = answer.split("\r\n\r\n");
    const printed = body.join("\r\n\r\n");
    if (!body.length || /^Status: 5/m.test(head)) {
      const logged = [this.debug_log, this.php_log].flatMap((log) => readLines(log).slice(-3));
      throw new Error([`${program}: ${head || "its process died"}`, printed, ...logged].join("\n"));
    }
    return printed;
  }

  // What the programs of this store are at, and the database: for a call that does not end.
  async #busy() {
    const master = this.pid("fpm-programs");
    const pids = readFileSync(`/proc/${master}/task/${master}/children`, "utf8").trim().split(" ").filter(Boolean);
    const at = pids.map((pid) => `${pid} waits in ${readFileSync(`/proc/${pid}/wchan`, "utf8")}`);
    const statements = (await this.query("SHOW FULL PROCESSLIST")).map((row) => row.join(" "));
    return ["php-fpm:", ...at, ...readLines(join(this.logs, "fpm-programs.log")).slice(-5), "database:", ...statements].join("\n");
  }

  // An order's facts, whichever way it is stored.
  order(id) {
    return this.php(
      `$order = wc_get_order($args['id']);
      if (!$order) { return null; }
      $notes = array_map(fn($note) => wp_strip_all_tags($note->content), wc_get_order_notes(['order_id' => $order->get_id(),
        'order' => 'ASC']));
      return ['id' => $order->get_id(), 'key' => $order->get_order_key(), 'status' => $order->get_status(), 'total' => $order->get_total(),
        'currency' => $order->get_currency(), 'method' => $order->get_payment_method(), 'transaction' => $order->get_transaction_id(),
        'paid' => (bool) $order->get_date_paid(), 'pay_url' => $order->get_checkout_payment_url(),
          'received_url' => $order->get_checkout_order_received_url(),
        'created_via' => $order->get_created_via(), 'notes' => $notes];`,
      { id },
    );
  }

  async stock(product = this.shop.stocked) {
    return Number((await this.query(`SELECT meta_value FROM #__postmeta WHERE post_id = ${product} AND meta_key = '_stock'`))[0][0]);
  }

  // Every change of an order's status: id, from, to.
  statuses(id) {
    return readLines(this.statuses_log).map((line) => JSON.parse(line)).filter((one) => one.id === Number(id));
  }

  // Every mail that was sent: to, subject, message, headers, attachments.
  mails() {
    return readLines(this.mail).map((line) => JSON.parse(line));
  }

  // --- the sandbox

  async control(method, path, body) {
    const answer = await fetch(`http://${this.sandbox.listening}/sandbox/api/${path}`, { method, body: body && JSON.stringify(body) });
    const document = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${document.error}`);
    return document;
  }

  // A refund or a payout comes to its end now, unless it has: the sandbox lets none wait for longer than half a minute.
  async settle(path) {
    await this.control("POST", `${path}/settle`).catch((error) => {
      if (!/has come to its end before/.test(error.message)) throw error;
    });
  }

  // --- processes

  pid(service) {
    return Number(readFileSync(join(this.pids, service), "utf8"));
  }

  // php-fpm's children, of node "" or "2".
  workers(node = "") {
    const master = this.pid(`fpm${node}`);
    return readFileSync(`/proc/${master}/task/${master}/children`, "utf8").trim().split(" ").map(Number);
  }

  // php-fpm with the extension or without it. Not undone by reset().
  async extension(loaded) {
    writeFileSync(join(this.folder, "php.d/bonuspay.ini"), loaded ? `extension=${this.folder}/bonuspay.so\n` : "");
    await this.#reloaded();
  }

  // Lines of a php.ini for php-fpm and for programs; without them those of this name go. Not undone by reset().
  async ini(name, lines) {
    const file = join(this.folder, "php.d", `${name}.ini`);
    if (lines) writeFileSync(file, lines);
    else rmSync(file, { force: true });
    await this.#reloaded();
  }

  // Lines of PHP in front of wp-settings.php: constants of wp-config, say. Undone by reset().
  constants(values) {
    const php = Object.entries(values).map(
      ([name, value]) =>
        `define( '${name}', json_decode( base64_decode( '${Buffer.from(JSON.stringify(value)).toString("base64")}' ), true ) );\n`,
    );
    writeFileSync(this.config, `<?php\n${php.join("")}`);
  }

  // A must-use plugin of a test's own, on every node; without code it is removed. Undone by reset().
  plugin(name, php) {
    if (/\bnamespace\s+BonusPay/.test(php))
      throw new Error(
        `${name}: functions of the plugin's namespace are replaced by Store_Builtins::replace(); ` +
          `two tests that declare the same one end every request`,
      );
    for (const www of ["www", "www2"]) {
      const folder = join(this.folder, www, "wp-content/mu-plugins");
      if (!existsSync(folder)) continue;
      if (php) writeFileSync(join(folder, `${name}.php`), `<?php\n${php}`);
      else rmSync(join(folder, `${name}.php`), { force: true });
    }
  }

  // "twentytwentyfive" is made of blocks, "store-classic" of templates.
  async theme(name) {
    await this.php("switch_theme($args['name']); return get_stylesheet();", { name });
  }

  // php-fpm starts itself anew in the same process.
  async #reloaded() {
    const starts = () => readLines(join(this.logs, "fpm-programs.log")).filter((line) => line.includes("ready to handle connections"));
    const { length } = starts();
    process.kill(this.pid("fpm-programs"), "SIGUSR2");
    await until("php-fpm for programs is ready", () => starts().length > length);
    for (const node of this.node2 ? ["", "2"] : [""]) {
      const before = this.workers(node);
      process.kill(this.pid(`fpm${node}`), "SIGUSR2");
      await until("new workers", () => {
        const now = this.workers(node);
        return now.length >= before.length && !now.some((pid) => before.includes(pid));
      });
      await until("php-fpm answers", async () => (await fetch(`${node ? this.node2 : this.url}/wp-login.php`).catch(() => ({}))).ok);
    }
  }

  // --- the gates

  // What is wrong in the whole store, as a list of lines. A line from the middle of the merchant's private key, which no
  // wrapping and no escaping hides, the admin's password and `secrets` must stand in no log, no mail and no page.
  async gates({ secrets = [], allowConsole = [], allowLog = [] } = {}) {
    const wrong = [];
    // Of a page that was left while it came, an answer may have no end; ours are short.
    await limited("the browser's answers", Promise.all([...this.pending].map(({ kept }) => kept)), 30).catch(() => {});
    wrong.push(...[...this.pending].filter(({ url }) => url.includes("/bonuspay/v1/")).map(({ url }) => `browser: no end of ${url}`));
    this.pending.clear();
    for (const log of [this.debug_log, this.php_log])
      wrong.push(...readLines(log).filter((line) => !allowLog.some((allowed) => allowed.test(line))));
    const logs = existsSync(this.wc_logs) ? readdirSync(this.wc_logs).filter((name) => name.endsWith(".log")) : [];
    for (const name of logs) {
      // fatal-errors is WooCommerce's own; the others are only looked at for secrets.
      if (!/^(bonuspay|fatal-errors)/.test(name)) continue;
      const bad = readLines(join(this.wc_logs, name)).filter((line) => /\b(ERROR|CRITICAL|ALERT|EMERGENCY)\b/.test(line));
      wrong.push(...bad.filter((line) => !allowLog.some((allowed) => allowed.test(line))).map((line) => `${name}: ${line}`));
    }
    for (const name of readdirSync(this.logs).filter((name) => /^fpm.*\.(log|out)$|^nginx\d?\.log$/.test(name))) {
      const bad = readLines(join(this.logs, name)).filter((line) => /Fatal|segfault|SIGSEGV|SIGABRT|core dumped/.test(line));
      wrong.push(...bad.map((line) => `${name}: ${line}`));
    }
    wrong.push(
      ...this.consoleErrors.filter((line) => !allowConsole.some((allowed) => allowed.test(line))).map((line) => `console: ${line}`),
    );
    wrong.push(...this.strayRequests.map((url) => `browser: asked for ${url}`));
    // WooCommerce tries to reach its makers, and is stopped; of ours there is to be no try.
    const ours = readLines(this.outbound).map((line) => JSON.parse(line)).filter(({ callers }) => /bonuspay/i.test(callers));
    wrong.push(...ours.map(({ url, callers }) => `WordPress: asked for ${url} (${callers})`));
    const key = readFileSync(this.sandbox.merchant_private_key, "utf8").trim().split("\n");
    wrong.push(...this.#found([key[Math.floor(key.length / 2)], this.admin.password, ...secrets]));
    return wrong;
  }

  #found(secrets) {
    const files = (folder) =>
      readdirSync(folder)
        .map((name) => join(folder, name))
        .flatMap((path) => (statSync(path).isDirectory() ? files(path) : [path]));
    const texts = [
      ...files(this.logs).map((path) => ({ where: path, text: readFileSync(path, "utf8") })),
      ...this.pagesSeen.map(({ url, text }) => ({ where: url, text })),
    ];
    return secrets.filter(Boolean).flatMap((secret) => {
      // As it is, and as it may stand within JSON or an address.
      const spellings = new Set([secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll("/", "\\/"), encodeURIComponent(secret)]);
      return texts.filter(({ text }) => [...spellings].some((spelling) => text.includes(spelling)))
        .map(({ where }) => `a secret (${secret.slice(0, 4)}…, ${secret.length} characters) in ${where}`);
    });
  }

  // What axe finds seriously wrong on a page, in `within` when it is given.
  async flaws(page, within) {
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8"));
    const { violations } = await page.evaluate((within) => window.axe.run(within ?? document), within);
    return violations
      .filter(({ impact }) => ["serious", "critical"].includes(impact))
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("; ")}`);
  }

  async close() {
    if (this.chromium) await limited("the end of the browser", this.chromium.close());
    this.chromium = undefined;
  }
}

// The store that STORE names.
export const store = new Store();

// Waits until a condition holds; gives what it gave.
export async function until(what, condition, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const asked = Date.now();
    const value = await limited(what, condition());
    if (value) return value;
    // Half of the time at most: what is waited for needs the processors, too.
    await new Promise((resolve) => setTimeout(resolve, Math.max(50, Date.now() - asked)));
  }
  throw new Error(`waited in vain for: ${what}`);
}

function readLines(path) {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}

function lastLine(text) {
  return text.trimEnd().split("\n").at(-1);
}

// A program's output; what it says on failure becomes the error.
async function run(program, args, options) {
  const { code, stdout, stderr } = await execute(program, args, options);
  if (code !== 0) throw new Error(`${options.what ?? `${program} ${args.at(-1)}`}: ${code}: ${stderr || stdout}`);
  return stdout;
}

// How a program ends, and what it said; `what` names it where its command does not.
export function execute(program, args, { input = "", env = process.env, what = `${program} ${args.join(" ")}` } = {}) {
  const options = { env, maxBuffer: 1 << 28, timeout: LIMIT * 1000, killSignal: "SIGKILL" };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error?.killed) reject(new Error(`waited ${LIMIT} s in vain for: ${what}: ${stderr}`));
      else resolve({ code: error ? error.code ?? error.signal : 0, stdout, stderr });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
