// Comforts of the places where one writes: Ctrl+Enter saves, a phrase goes in where the cursor stands.
// Without it Enter in the button saves, and "/name" becomes the phrase of that name on saving.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.(".write");
  const save = form?.querySelector(".write-foot .button");
  if (!save) return;
  event.preventDefault();
  form.requestSubmit(save);
});

function put(area, words) {
  area.focus();
  const [start, end] = [area.selectionStart, area.selectionEnd];
  const apart = start && !/\s/.test(area.value[start - 1]) ? " " : "";
  area.setRangeText(apart + words, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-phrase]");
  const area = button?.form?.querySelector("textarea");
  if (area) put(area, button.dataset.phrase);
});
