// A button beside each passphrase that shows what was typed. Without this script the field works as it is.

const words = document.currentScript?.dataset ?? document.querySelector("script[data-show]").dataset;

function offer(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = words.show;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  // Nothing may be sent, or kept by the browser, as an ordinary field.
  field.form.addEventListener("submit", () => { field.type = "password"; });
  field.after(button);
}

for (const field of document.querySelectorAll("input[type=password]")) offer(field);
