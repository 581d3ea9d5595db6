// The review page: one key each for what an analyst may decide.

const keyed = new Map([...document.querySelectorAll("[data-key]")].map((element) => [element.dataset.key, element]));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  const element = keyed.get(event.key);
  if (element === undefined) return;
  event.preventDefault();
  if (element.matches("select")) element.focus();
  else element.click();
});

document.querySelector("article [data-lit]")?.scrollIntoView({ block: "nearest" });

// Enter beside a value corrects; elsewhere it decides nothing.
document.querySelector("input[name=value]")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  document.querySelector("button[value=correct]").click();
});
