// The reading page: pointing at a claim lights its words by role; pointing at words shows what was made of them.
// Without this module the same is there by links ("show") and by the lists beside the text.

const pieces = [...document.querySelectorAll("article [data-roles], article [data-notes]")];
const claims = [...document.querySelectorAll("li[data-claim]")];
const pointed = document.getElementById("pointed");
let held = document.querySelector("li[data-held]")?.dataset.claim ?? null;

/** The role that a piece plays in a claim, or null. */
function roleIn(piece, number) {
  const roles = (piece.dataset.roles ?? "").split(" ").filter((role) => role.startsWith(`${number}:`));
  return roles.length === 0 ? null : roles[0].slice(number.length + 1);
}

/** Lights the words of a claim; null darkens all. */
function light(number) {
  let before = null;
  for (const piece of pieces) {
    const role = number === null ? null : roleIn(piece, number);
    delete piece.dataset.lit;
    delete piece.dataset.begins;
    if (role !== null) {
      piece.dataset.lit = role;
      if (role !== before) piece.dataset.begins = "";
    }
    before = role;
  }
  for (const claim of claims) claim.toggleAttribute("data-held", claim.dataset.claim === number);
}

function hold(number) {
  held = held === number ? null : number;
  light(held);
}

for (const claim of claims) {
  const number = claim.dataset.claim;
  claim.addEventListener("mouseenter", () => light(number));
  claim.addEventListener("mouseleave", () => light(held));
  claim.addEventListener("focusin", () => light(number));
  claim.querySelector("[data-show]").addEventListener("click", (event) => {
    event.preventDefault();
    hold(number);
    const first = pieces.find((piece) => piece.dataset.lit === "told") ?? pieces.find((piece) => piece.dataset.lit);
    first?.scrollIntoView({ block: "center", behavior: "smooth" });
  });
}

/** Shows what was made of the words of a piece. */
function tell(piece) {
  const notes = (piece.dataset.notes ?? "").split(" ").filter(Boolean).map((id) => document.getElementById(`note-${id}`));
  const numbers = new Map();
  for (const role of (piece.dataset.roles ?? "").split(" ").filter(Boolean)) {
    const [number, name] = role.split(/:(.*)/s);
    numbers.set(number, [...(numbers.get(number) ?? []), name]);
  }
  const list = document.createElement("ul");
  for (const note of notes.filter((note) => note !== null)) {
    const item = document.createElement("li");
    item.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
    list.append(item);
  }
  for (const [number, roles] of numbers) {
    const head = document.querySelector(`#claim-${CSS.escape(number)} .claim-head`);
    if (head === null) continue;
    const item = document.createElement("li");
    const role = document.createElement("span");
    role.className = "faint";
    role.textContent = `${roles.join(", ")} of `;
    const rule = document.createElement("span");
    rule.className = "faint";
    rule.textContent = ` by ${head.parentElement.dataset.rule}`;
    item.append(role, ...[...head.childNodes].map((node) => node.cloneNode(true)), rule);
    list.append(item);
  }
  pointed.replaceChildren(list);
  pointed.hidden = false;
}

for (const piece of pieces) {
  piece.addEventListener("mouseenter", () => tell(piece));
  piece.addEventListener("click", () => {
    // Whoever chooses words points at nothing.
    if (!getSelection().isCollapsed) return;
    tell(piece);
    const numbers = (piece.dataset.roles ?? "").split(" ").filter((role) => role.endsWith(":told"));
    if (numbers.length > 0) hold(numbers[0].split(":")[0]);
  });
}

document.querySelector(".keys")?.removeAttribute("hidden");

// w and W go from words to words, Escape puts away what is told of them; j and k go from claim to claim.
let at = -1;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  if (event.key === "Escape") pointed.hidden = true;
  if (event.key === "w" || event.key === "W") {
    pieces[at]?.removeAttribute("data-told");
    at = (Math.max(at, event.key === "w" ? -1 : 0) + (event.key === "w" ? 1 : pieces.length - 1)) % Math.max(pieces.length, 1);
    if (pieces[at] === undefined) return;
    pieces[at].dataset.told = "";
    tell(pieces[at]);
    pieces[at].scrollIntoView({ block: "nearest" });
  }
  if (event.key !== "j" && event.key !== "k") return;
  const before = claims.findIndex((claim) => claim.dataset.claim === held);
  const next = claims[event.key === "j" ? Math.min(before + 1, claims.length - 1) : Math.max(before - 1, 0)];
  if (next === undefined) return;
  held = next.dataset.claim;
  light(held);
  next.scrollIntoView({ block: "nearest" });
  pieces.find((piece) => piece.dataset.lit === "told")?.scrollIntoView({ block: "center" });
});

// The tree of a sentence is fetched when it is asked for: that of the chosen words, or of the claim that is lit.
document.getElementById("parse")?.addEventListener("click", async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  const selection = getSelection();
  const chosen = selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0).startContainer.parentElement : null;
  const piece = chosen?.closest("article p[data-at] *, article p[data-at]") ?? document.querySelector("article [data-lit]");
  const paragraph = piece?.closest("p[data-at]") ?? document.querySelector("article p[data-at]");
  let at = Number(paragraph.dataset.at);
  if (piece && piece !== paragraph) {
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEndBefore(piece);
    at += [...before.toString()].length;
  } else if (chosen !== null) {
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
    at += [...before.toString()].length;
  }
  const answer = await fetch(`${link.getAttribute("href")}?at=${at}&bare=yes`);
  if (!answer.ok) {
    location.href = `${link.getAttribute("href")}?at=${at}`;
    return;
  }
  const shown = document.getElementById("parsed") ?? document.createElement("section");
  shown.id = "parsed";
  shown.setAttribute("aria-label", "The tree of the sentence");
  shown.innerHTML = await answer.text();
  document.querySelector(".reading").after(shown);
  shown.scrollIntoView({ block: "nearest" });
});
