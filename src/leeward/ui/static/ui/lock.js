// Covers the page when nobody seems to be there, and opens it again with everything as it was.
// The server locks by itself in any case; this keeps eyes off the screen and hands from losing words.

import { announce, on, send, words } from "./wire.js";

const body = document.body;
const { lockUrl, unlockUrl, stillUrl, who } = body.dataset;
// The one page that a turned screen shows. Every other page of this browser is covered meanwhile.
const turned = "turned" in body.dataset;
const after = Number(body.dataset.lockAfter) * 1000;
const warn = Math.min(Number(body.dataset.lockWarn) * 1000, after / 2);
const cover = document.getElementById("cover");
const question = document.getElementById("still-here");
const form = cover?.querySelector("form");
const field = form?.querySelector("[name=passphrase]");
const reply = form?.querySelector("[role=alert]");
const others = "BroadcastChannel" in window ? new BroadcastChannel("leeward") : null;

let contact = Date.now();
let touched = contact;
let asking = false;
let covered = false;
let before = null;
let told = 0;
let heard = true;

const tell = (what) => others?.postMessage({ what, who });

async function stillHere() {
  if (asking || covered) return;
  asking = true;
  const answer = await send(stillUrl, new FormData());
  asking = false;
  // Somebody who types without a network is here all the same; the server locks by itself and asks later.
  if (!answer) contact = touched;
}

function show() {
  if (covered) return;
  covered = true;
  before = document.activeElement;
  question.close();
  document.documentElement.classList.add("covered");
  for (const other of body.children) if (!other.contains(cover)) other.inert = true;
  if (cover.parentElement !== body) body.append(cover);
  cover.showModal();
  field.focus();
}

function uncover() {
  // Whether the screen is still turned, the server knows.
  if (turned) return location.reload();
  covered = false;
  heard = true;
  contact = touched = Date.now();
  document.documentElement.classList.remove("covered");
  for (const other of body.children) other.inert = false;
  field.value = "";
  reply.textContent = "";
  cover.close();
  if (before?.isConnected) before.focus();
  announce("unlocked");
}

async function lock() {
  show();
  tell("locked");
  told = Date.now();
  heard = Boolean(await send(lockUrl, new FormData()));
}

async function sentence(answer) {
  if (!answer) return words.offline;
  const locked = answer.headers.get("X-Locked");
  if (answer.status === 409 || locked === "other") return words.other;
  if (locked === "gone" || answer.headers.has("X-Go") || answer.redirected || answer.status === 401) return words.gone;
  if (answer.status !== 403 && answer.status !== 429) return words.trouble;
  const said = new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
  if (said && said.length < 300) return said;
  return answer.status === 429 ? words.wait : words.wrong;
}

async function unlock(event) {
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const sent = new FormData(form);
  sent.append("who", who);
  const answer = await send(unlockUrl, sent);
  form.setAttribute("aria-busy", "false");
  if (answer?.status === 204 && !answer.headers.has("X-Go")) {
    uncover();
    tell("unlocked");
    return;
  }
  reply.textContent = await sentence(answer);
  field.select();
  field.focus();
}

function look() {
  if (covered && !heard && Date.now() - told > 10_000) lock();
  if (covered) return;
  const idle = Date.now() - contact;
  if (idle >= after) lock();
  else if (idle >= after - warn && !question.open) question.showModal();
  else if (idle < after - warn && question.open) question.close();
}

function touch() {
  touched = Date.now();
  if (touched - contact >= after) look();
  else if (!question.open && touched - contact > Math.min(60_000, after / 4)) stillHere();
}

function start() {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, touch, { passive: true, capture: true });
  }
  on("contact", () => { contact = Date.now(); tell("contact"); });
  on("locked", () => { show(); tell("locked"); });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr?.status === 423) announce("locked");
    else if (detail.successful) announce("contact");
  });
  others?.addEventListener("message", ({ data }) => {
    const mine = data.who === who;
    const shuts = data.what === "locked" || (data.what === "turned" && !turned);
    // Somebody else is at this browser now: a page that was left open is none of theirs.
    if (mine ? shuts : data.what !== "locked") show();
    else if (mine && data.what === "contact") contact = Date.now();
    else if (mine && data.what === "unlocked" && (covered || turned)) uncover();
  });
  form.addEventListener("submit", unlock);
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("close", () => { if (covered) cover.showModal(); });
  question.querySelector("[data-still]").addEventListener("click", async () => { question.close(); await stillHere(); });
  question.querySelector("[data-lock-now]").addEventListener("click", lock);
  question.addEventListener("cancel", stillHere);
  for (const button of document.querySelectorAll("form[data-lock]")) {
    button.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  }
  for (const moment of ["visibilitychange", "pageshow", "focus", "resume"]) window.addEventListener(moment, look, true);
  // A page that comes back from the browser's memory stays covered until the server has said that it may be seen.
  window.addEventListener("pagehide", () => document.documentElement.classList.add("covered"));
  window.addEventListener("pageshow", async ({ persisted }) => {
    if (persisted) await stillHere();
    if (!covered) document.documentElement.classList.remove("covered");
  });
  setInterval(look, 1000);
  tell(turned ? "turned" : "unlocked"); // a page that was just drawn for somebody shows that the sign-in is open again
}

if (cover && question && after) start();
