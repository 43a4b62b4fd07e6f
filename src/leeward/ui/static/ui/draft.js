// Saves what is being written every few seconds, sealed by the server, never in the browser.

import { on, send, words } from "./wire.js";

const SOON = 4000;
const LONGEST = 30_000;
const drafts = new Set();

class Draft {
  constructor(area) {
    this.area = area;
    this.form = area.form;
    this.status = this.form.querySelector("[data-draft-status]");
    this.reset();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", () => this.rest());
    this.form.addEventListener("leeward:stayed", () => { this.resting = false; this.changed(); });
  }

  reset() {
    this.timer = 0;
    this.wait = SOON;
    this.fresh = false;
    this.busy = false;
    this.resting = false;
    this.unsure = false;
  }

  changed() {
    this.fresh = true;
    if (!this.timer && !this.resting) this.later(SOON);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  rest() {
    this.resting = true;
    clearTimeout(this.timer);
    this.timer = 0;
  }

  say(text) {
    if (this.status && text && this.status.textContent !== text) this.status.textContent = text;
  }

  typed() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  async save(leaving = false) {
    this.timer = 0;
    if (!this.area.isConnected) return void drafts.delete(this);
    if (!this.fresh || this.busy || this.resting) return;
    this.fresh = false;
    this.busy = true;
    const keepalive = leaving && this.area.value.length < 15_000;
    this.form.draftOnItsWay = send(this.area.dataset.draftUrl, this.typed(), { keepalive });
    const answer = await this.form.draftOnItsWay;
    this.busy = false;
    if (!this.resting) this.heard(answer);
  }

  // Which draft this is: the server refuses an older one. An answer that got lost on the way was our own.
  version(answer) {
    const field = this.form.querySelector("[name$=draft_version]");
    const theirs = Number(answer?.headers.get("X-Version"));
    const next = theirs === Number(field?.value) + 1;
    const ours = answer?.ok || (answer?.status === 409 && this.unsure && next);
    if (field && theirs && ours) field.value = theirs;
    this.unsure = !answer;
    return ours;
  }

  heard(answer) {
    const ours = this.version(answer);
    if (answer?.ok && !answer.headers.has("X-Go")) {
      this.wait = SOON;
      const now = new Date();
      const minutes = String(now.getMinutes()).padStart(2, "0");
      this.say(words.saved?.replace("{hour}", now.getHours()).replace("{minute}", minutes));
      if (this.fresh) this.later(SOON);
    } else if (answer?.status === 409 && ours) this.changed();
    else if (answer?.status === 409) this.say(words.elsewhere);
    else if (answer?.status === 413) this.say(words.long);
    else if (answer?.status === 423) this.fresh = true;
    else this.retry(answer ? words.trouble : words.undrafted);
  }

  retry(why) {
    this.fresh = true;
    this.say(why);
    this.wait = Math.min(this.wait * 2, LONGEST);
    this.later(this.wait);
  }
}

function find(root) {
  for (const area of root.querySelectorAll("textarea[data-draft-url]")) {
    if (area.form && ![...drafts].some((draft) => draft.area === area)) drafts.add(new Draft(area));
  }
}

find(document);
document.addEventListener("htmx:load", ({ target }) => find(target.parentElement ?? document));
on("drawn", () => find(document));
on("unlocked", () => { for (const draft of drafts) draft.save(); });
window.addEventListener("online", () => { for (const draft of drafts) draft.save(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const draft of drafts) draft.save(true);
});
