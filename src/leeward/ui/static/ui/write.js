// Comforts of the places where one writes: Ctrl+Enter saves, a phrase goes in where the cursor stands, a day of soon is a tap.
// Without it Enter in the button saves, and "/name" becomes the phrase of that name on saving.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.matches?.("textarea, input, select") && event.target.closest("form[data-keep]");
  // Where one writes, the button that saves; elsewhere the first, as Enter in a line has it.
  const save = form && (form.querySelector(".write-foot .button") ?? form.querySelector("button:not([type=button])"));
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
  const day = target.closest?.("[data-fills]");
  if (day) document.getElementById(day.dataset.fills).value = day.value;
  const button = target.closest?.("[data-phrase]");
  const area = button?.form?.querySelector("textarea");
  if (area) put(area, button.dataset.phrase);
});
