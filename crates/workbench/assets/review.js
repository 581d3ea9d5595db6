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

// The value is what is asked for once a field is chosen.
document.querySelector("select[data-key]")?.addEventListener("change", () => {
  document.querySelector("input[name=value]").focus();
});

document.querySelector("article [data-lit]")?.scrollIntoView({ block: "nearest" });
