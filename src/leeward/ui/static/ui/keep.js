// Sends `form[data-keep]` so that words survive a lost connection, a lock, a slow server and a double click.
// Without it the same form goes the plain way, and the server keeps what comes too late.

import { announce, on, send, words } from "./wire.js";

const waiting = new Map();

const place = (form) => form.querySelector("[data-keep-says]") ?? add(form);

function add(form) {
  const says = document.createElement("div");
  says.dataset.keepSays = "";
  says.setAttribute("role", "alert");
  form.append(says);
  return says;
}

function say(form, text, again = false) {
  const says = place(form);
  says.replaceChildren();
  says.className = text ? "notice sun" : "";
  if (!text) return;
  const line = document.createElement("span");
  line.textContent = text;
  says.append(line);
  if (!again) return;
  const button = document.createElement("button");
  button.className = "button quiet";
  button.textContent = words.again;
  says.append(button);
}

function busy(form, yes) {
  form.setAttribute("aria-busy", String(yes));
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", String(yes));
}

async function submit(event) {
  const form = event.target.closest?.("form[data-keep]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") await deliver(form, event.submitter);
}

async function deliver(form, submitter) {
  busy(form, true);
  say(form, "");
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const slow = setTimeout(() => say(form, words.sending), 800);
  await form.draftOnItsWay; // a draft that arrives after the note would stay behind
  const url = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const answer = await send(url, body);
  clearTimeout(slow);
  const go = answer?.headers.get("X-Go") ?? (answer?.redirected ? answer.url : null);
  if (go) return leave(form, go);
  busy(form, false);
  await stay(form, submitter, answer);
}

// The form stays shut: between here and the next page there is time for one more click.
function leave(form, go) {
  form.dataset.sent = "";
  const target = new URL(go, location.href);
  if (target.origin !== location.origin) return;
  if (target.pathname + target.search !== location.pathname + location.search) return void location.replace(target);
  form.reset();
  history.replaceState(null, "", target);
  location.reload();
}

async function stay(form, submitter, answer) {
  form.dispatchEvent(new CustomEvent("leeward:stayed"));
  say(form, "");
  if (!answer) say(form, words.offline, true);
  else if (answer.status === 423) waiting.set(form, submitter);
  else if (answer.status === 429) say(form, words.wait, true);
  else if (answer.status >= 500) say(form, words.trouble, true);
  else if (answer.status === 204) say(form, "");
  else draw(form, await answer.text());
}

// The server had a question about the form: show its answer in place, with what was typed.
function draw(form, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const same = form.id ? page.getElementById(form.id) : page.querySelector("form[data-keep]");
  if (!same) {
    const said = [...page.querySelectorAll("main h1, main p:not(.actions)")].map((line) => line.textContent.trim());
    const sentences = said.filter(Boolean).map((line) => (/[.!?…]$/.test(line) ? line : `${line}.`));
    return say(form, sentences.join(" ") || words.trouble, true);
  }
  const fresh = document.adoptNode(same);
  form.replaceWith(fresh);
  window.htmx?.process(fresh);
  announce("drawn");
  (fresh.querySelector("[autofocus], [aria-invalid=true]") ?? fresh).focus?.();
}

// Parts that htmx fetches have no form to speak in, so the page does.
function speak(text) {
  const line = document.createElement("p");
  line.className = "notice sun";
  line.textContent = text;
  document.querySelector(".notices")?.replaceChildren(line);
}

document.addEventListener("htmx:sendError", () => speak(words.offline));
document.addEventListener("htmx:responseError", ({ detail }) => { if (detail.xhr.status >= 500) speak(words.trouble); });
document.addEventListener("submit", submit);
on("unlocked", () => {
  for (const [form, submitter] of waiting) {
    waiting.delete(form);
    if (form.isConnected) deliver(form, submitter);
  }
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-sent]")) busy(form, false);
});
