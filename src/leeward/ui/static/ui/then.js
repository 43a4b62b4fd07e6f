// After a call or a text has begun from a page, the way to write it down is offered first. Without this it stands beside.

document.addEventListener("click", (event) => {
  const begun = event.target.closest?.("a[data-then]");
  const next = begun && document.getElementById(begun.dataset.then);
  if (!next) return;
  for (const other of document.querySelectorAll(".then a.now")) other.classList.remove("now");
  next.classList.add("now");
});
