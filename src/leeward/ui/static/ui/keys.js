// Small comforts: "/" finds, "+" writes, "!" is for a crisis, "?" shows the keys; buttons that open a dialog or copy a code.

import { words } from "./wire.js";

let quiet = document.body.dataset.keys === "off";

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (quiet || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  // The page's own field stands after the one that is on every page.
  const meant = [...document.querySelectorAll("[data-key]")].findLast((each) => each.dataset.key === event.key);
  if (meant) meant[meant.href ? "click" : "focus"]();
  else if (event.key === "?") open("keys");
  else return;
  event.preventDefault();
});

// Write first, choose later: what there is to choose appears with the first touch, and stays.
function unfold({ target }) {
  target.closest?.(".write")?.classList.add("open");
}

document.addEventListener("focusin", unfold);
for (const area of document.querySelectorAll(".write textarea")) if (area.value.trim()) unfold({ target: area });

// On a phone not all tabs fit: the one that is open stands in the middle.
const here = document.querySelector(".tabs [aria-current]");
if (here) {
  const [tab, all] = [here.getBoundingClientRect(), here.parentElement.getBoundingClientRect()];
  here.parentElement.scrollBy(tab.left + tab.width / 2 - all.left - all.width / 2, 0);
}

async function copy(button) {
  const label = button.querySelector("[aria-live]");
  const source = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(source.textContent);
    label.textContent = words.copied ?? "✓";
  } catch {
    getSelection().selectAllChildren(source);
    label.textContent = words.uncopied ?? "";
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-opens], [data-copies], [data-print]");
  if (button?.dataset.opens) open(button.dataset.opens);
  else if (button?.dataset.copies) copy(button);
  else if (button) window.print();
  for (const menu of document.querySelectorAll(".more[open]")) if (!menu.contains(target)) menu.open = false;
});

document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector(".more[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("change", ({ target }) => { if ("keysOff" in target.dataset) quiet = target.checked; });

for (const button of document.querySelectorAll("[data-copies], [data-opens], [data-print]")) button.hidden = false;
