// The real sandbox, and a shop that signs its calls with node's own crypto.

import { spawn } from "node:child_process";
import { createSign, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = process.env.BONUSPAY_SANDBOX;

function privateKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" });
}

// The program would make its own keys; a key takes longer than most tests.
const keys = { merchant: privateKey(), gateway: privateKey() };

export class Sandbox {
  static async start() {
    const folder = await mkdtemp(join(tmpdir(), "bonuspay-pages-"));
    for (const [name, key] of Object.entries(keys)) await writeFile(join(folder, `${name}_private.pem`), key);
    const child = spawn(PROGRAM, ["--listen", "127.0.0.1:0", "--data", folder], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface(child.stdout), "line");
    return new Sandbox(folder, child, JSON.parse(line));
  }

  constructor(folder, child, ready) {
    Object.assign(this, { folder, child, ready, origin: `http://${ready.listening}` });
  }

  async stop() {
    this.child.kill();
    await once(this.child, "exit");
    await rm(this.folder, { recursive: true });
  }

  // A merchant's call; gives the answer's body, or throws the refusal.
  async call(path, bizContent) {
    const key = await readFile(this.ready.merchant_private_key);
    const body = JSON.stringify({ requestTime: Date.now(), bizContent });
    const sign = createSign("sha256").update(body).sign(key, "base64");
    const headers = { "Content-Type": "application/json", "Partner-Id": this.ready.partner_id, sign };
    const answer = await (await fetch(this.ready.base_url + path, { method: "POST", headers, body })).json();
    if (answer.head.code !== "0") throw new Error(`${path}: ${answer.head.code} ${answer.head.msg}`);
    return answer.body;
  }

  // Places an order of 12.81 USDT; gives its number and the address of its checkout page.
  async place(merchantOrderNo, { subject = "Two books", redirectUrl, ...more } = {}) {
    const { acquireOrder, interactionParams } = await this.call("crypto/placeOrder", {
      merchantOrderNo,
      subject,
      totalAmount: { amount: 12.81, currency: "USDT" },
      paySceneCode: "CHECK_OUT",
      ...(redirectUrl && { paySceneParams: { redirectUrl } }),
      ...more,
    });
    return { orderNo: acquireOrder.orderNo, checkout: interactionParams.cashierUrl };
  }

  async refund(refundMerchantOrderNo, originMerchantOrderNo, amount) {
    const biz = {
      refundMerchantOrderNo,
      originMerchantOrderNo,
      amount: { amount, currency: "USDT" },
      chainCode: "TRON",
      refundAddress: "TU1PTkFH1DnaRsAP5Aa12YXY2KNgsgm8PD",
    };
    return (await this.call("crypto/refund/placeOrder", biz)).refundOrder;
  }

  async control(method, path, body) {
    const answer = await fetch(`${this.origin}/sandbox/api/${path}`, { method, body: body && JSON.stringify(body) });
    const document = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${document.error}`);
    return document;
  }

  async order(number) {
    return (await this.control("GET", `orders/${number}`)).order;
  }

  deposit(number, amount, more) {
    return this.control("POST", `orders/${number}/deposits`, { amount, ...more });
  }
}

// A shop's web server: its return page, and its notify endpoint, which answers with what it is told to.
export class Shop {
  static async open() {
    const shop = new Shop();
    shop.answer = "SUCCESS";
    shop.received = [];
    shop.server = createServer(async (request, response) => {
      if (request.method === "GET") {
        response.setHeader("Content-Type", "text/html");
        return response.end("<!doctype html><title>Shop</title><h1>Thank you</h1>");
      }
      const chunks = await request.toArray();
      shop.received.push(JSON.parse(Buffer.concat(chunks)));
      response.end(shop.answer);
    });
    shop.server.listen(0, "127.0.0.1");
    await once(shop.server, "listening");
    shop.origin = `http://127.0.0.1:${shop.server.address().port}`;
    shop.notifyUrl = `${shop.origin}/notify`;
    shop.returnUrl = `${shop.origin}/thanks?order=1&lang=en`;
    return shop;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

// Waits until a condition holds.
export async function until(what, condition) {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for: ${what}`);
}
