// Keeps a page up to date, counts down, copies. Every page works without it.
"use strict";

const live = document.body.dataset.live;
const every = Number(document.body.dataset.every);
const lost = document.getElementById("lost");

// What the server last said of each part: the page's own changes must not look like news.
const said = new Map();
for (const part of document.querySelectorAll("[data-part]")) said.set(part.id, part.outerHTML);

document.documentElement.classList.add("script");

// A message is told once.
if (new URLSearchParams(location.search).has("done")) {
  history.replaceState(null, "", location.pathname + location.hash);
}

function isTyped(field) {
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

// Puts in what is new, and leaves alone what the reader has opened, typed or stands on.
function renew(part, fresh) {
  const opened = [...part.querySelectorAll("details[open]")].map((details) => details.id);
  const typed = [...part.querySelectorAll("input:not([type=hidden]), select")].filter(isTyped);
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  for (const { name, value } of fresh.attributes) part.setAttribute(name, value);
  part.replaceChildren(...document.importNode(fresh, true).childNodes);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  for (const field of typed) {
    const now = document.getElementById(field.id);
    if (now) now.value = field.value;
  }
  if (!focused) return;
  const now = focused.id && document.getElementById(focused.id);
  if (!now) part.tabIndex = -1;
  (now || part).focus({ preventScroll: true });
}

function status() {
  return document.getElementById("state")?.dataset.status;
}

async function look() {
  const answer = await fetch(live, { cache: "no-store" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const news = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = status();
  for (const fresh of news.querySelectorAll("[data-part]")) {
    const part = document.getElementById(fresh.id);
    if (!part || said.get(fresh.id) === fresh.outerHTML) continue;
    said.set(fresh.id, fresh.outerHTML);
    renew(part, fresh);
  }
  document.title = news.title;
  startCountdown();
  if (before === "CREATED" && status() === "SUCCESS") goBackSoon();
}

async function watch() {
  if (!document.hidden) {
    const gone = await look().then(() => false, () => true);
    if (lost) lost.hidden = !gone;
  }
  setTimeout(watch, every);
}

let end = null;

function startCountdown() {
  const clock = document.querySelector("[data-left]");
  end = clock && performance.now() + Number(clock.dataset.left);
}

function countDown() {
  const clock = document.querySelector("[data-left]");
  if (!clock || end === null) return;
  const left = Math.max(0, Math.floor((end - performance.now()) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  clock.textContent = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

// Whoever saw the payment arrive is taken back to the shop, unless he wants to stay.
function goBackSoon() {
  const back = document.getElementById("back");
  const note = document.getElementById("returning");
  if (!back || !note) return;
  note.hidden = false;
  const leaving = setTimeout(() => location.assign(back.href), 5000);
  document.getElementById("stay").addEventListener("click", () => {
    clearTimeout(leaving);
    note.hidden = true;
    back.focus();
  });
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    tell(button, "Copied");
  } catch {
    getSelection().selectAllChildren(source);
    tell(button, "Selected");
  }
}

const teller = document.createElement("p");
teller.setAttribute("role", "status");
teller.className = "unseen";
document.body.append(teller);

function tell(button, text) {
  button.textContent = text;
  teller.textContent = text;
  setTimeout(() => {
    button.textContent = "Copy";
    teller.textContent = "";
  }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

if (live) {
  startCountdown();
  setInterval(countDown, 1000);
  document.addEventListener("visibilitychange", () => document.hidden || look().catch(() => {}));
  setTimeout(watch, every);
}
