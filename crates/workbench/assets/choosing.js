// Choosing words of a report, by pointer, touch or keys, and saying what they are: the words of a claim that was missed,
// or a part of it, or what corrects the claim that is lit. Without this module the forms take what is typed.

const article = document.querySelector("article[data-chosen]");
const bar = document.getElementById("choosing");
const adding = document.getElementById("adding");
const correcting = document.getElementById("correcting");
const quote = document.getElementById("chosen");
const purpose = document.getElementById("purpose");
/** The field of a correction for each part of a claim. */
const FIELDS = { actor: "actor", recipient: "recipient", when: "day", where: "place", figure: "figure", speaker: "speaker" };
/** The kind of note that knows the value of a part. */
const NOTES = { actor: "name", recipient: "name", speaker: "name", when: "time", where: "place", figure: "figure" };
/** Parts of which a claim may have several. */
const SEVERAL = ["actor", "recipient", "where"];

const points = (text) => [...text].length;

/** The offset in the stored text, in code points, of a place in the article; null outside the text. */
function offset(node, within) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-at]");
  if (paragraph === null || !article.contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, within);
  return Number(paragraph.dataset.at) + points(before.toString());
}

/** All words of the article: paragraph, and where they begin and end in it. */
const words = [...article.querySelectorAll("p[data-at]")].flatMap((paragraph) =>
  [...paragraph.textContent.matchAll(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)].map((match) => ({
    paragraph, from: match.index, to: match.index + match[0].length,
  })),
);

/** The text node and the place in it at some place of a paragraph. */
function place(paragraph, at) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node !== null && at > node.length) {
    at -= node.length;
    node = walker.nextNode();
  }
  return node === null ? [paragraph, 0] : [node, at];
}

/** The first and the last word that are chosen; the end that moves is the second of `ends`. */
let ends = null;

/** Chooses the words from one to another, as a selection like any other. */
function choose(anchor, moving) {
  ends = [anchor, moving];
  const [first, last] = [Math.min(anchor, moving), Math.max(anchor, moving)];
  const [start, at] = place(words[first].paragraph, words[first].from);
  const [end, to] = place(words[last].paragraph, words[last].to);
  getSelection().setBaseAndExtent(start, at, end, to);
  end.parentElement?.scrollIntoView({ block: "nearest" });
}

/** What is chosen, in whole words: offsets, text, and the range; null if it is nothing. */
function chosen() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.commonAncestorContainer)) return null;
  const touched = words.filter(({ paragraph, from, to }) => {
    if (!range.intersectsNode(paragraph)) return false;
    const word = document.createRange();
    word.setStart(...place(paragraph, from));
    word.setEnd(...place(paragraph, to));
    return range.compareBoundaryPoints(Range.END_TO_START, word) < 0 && range.compareBoundaryPoints(Range.START_TO_END, word) > 0;
  });
  if (touched.length === 0) return null;
  const [first, last] = [touched[0], touched[touched.length - 1]];
  const whole = document.createRange();
  whole.setStart(...place(first.paragraph, first.from));
  whole.setEnd(...place(last.paragraph, last.to));
  const start = offset(whole.startContainer, whole.startOffset);
  const end = offset(whole.endContainer, whole.endOffset);
  const text = first.paragraph === last.paragraph
    ? first.paragraph.textContent.slice(first.from, last.to) : whole.toString();
  return start === null || end === null ? null : { start, end, text, range: whole };
}

/** What was made of the chosen words already: the value of the note of a kind, if one alone lies in them. */
function known(choice, part) {
  const kind = NOTES[part];
  const ids = new Set([...article.querySelectorAll("[data-notes]")]
    .filter((piece) => choice.range.intersectsNode(piece))
    .flatMap((piece) => piece.dataset.notes.split(" ")));
  const notes = [...ids].map((id) => document.getElementById(`note-${id}`)).filter((note) => note?.dataset.kind === kind);
  return notes.length === 1 && notes[0].dataset.value ? notes[0].dataset.value : null;
}

const begun = () => adding.elements.words.value !== "";
const lit = () => document.querySelector("[data-held][data-id]");

/** Shows what is chosen and what saying a part would do. */
function show() {
  const choice = chosen();
  bar.hidden = choice === null && document.activeElement !== article;
  document.body.toggleAttribute("data-choosing", !bar.hidden);
  quote.textContent = choice === null ? "" : choice.text;
  const head = lit()?.querySelector(".category")?.textContent;
  purpose.textContent = begun() ? "is, in the new claim:" : head ? `corrects the ${head} that is lit, or begins a claim:` : "begins a claim:";
}

/** Enters the chosen words as a part of the new claim, or as a correction of the one that is lit. */
function enter(part) {
  const choice = chosen();
  if (choice === null) return;
  if (part === "words") {
    adding.closest("details").open = true;
    adding.elements.words.value = choice.text;
    adding.elements.start.value = choice.start;
    adding.elements.end.value = choice.end;
    show();
    return;
  }
  const value = known(choice, part) ?? (part === "figure" ? choice.text.replace(/,(?=\d{3})/g, "") : choice.text);
  if (begun() || lit() === null) {
    adding.closest("details").open = true;
    const field = adding.elements[part];
    field.value = SEVERAL.includes(part) && field.value !== "" ? `${field.value}; ${value}` : value;
    show();
    return;
  }
  const form = correcting;
  form.closest("details")?.setAttribute("open", "");
  if (form.elements.target.tagName === "SELECT") form.elements.target.value = lit().dataset.id;
  form.elements.field.value = FIELDS[part];
  form.elements.value.value = part === "figure" ? `killed ${value}` : value;
  form.elements.value.focus();
  if (part === "figure") form.elements.value.setSelectionRange(0, "killed".length);
}

function leave() {
  getSelection().removeAllRanges();
  ends = null;
  article.blur();
  show();
}

for (const button of bar.querySelectorAll("[data-part]")) {
  // The selection stays where it is when a button is pressed.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => enter(button.dataset.part));
}
bar.querySelector("[data-leave]").addEventListener("click", leave);
bar.querySelector("[data-form]").addEventListener("click", toForm);

function toForm() {
  adding.closest("details").open = true;
  (begun() ? adding.elements.category : adding.elements.words).focus();
}

function begin() {
  if (words.length === 0) return;
  const told = article.querySelector('[data-lit="told"]') ?? article.querySelector("[data-roles]");
  const first = told === null ? 0 : words.findIndex(({ paragraph, from, to }) => {
    if (!paragraph.contains(told)) return false;
    const word = document.createRange();
    word.setStart(...place(paragraph, from));
    word.setEnd(...place(paragraph, to));
    return word.intersectsNode(told);
  });
  article.focus({ preventScroll: true });
  choose(Math.max(first, 0), Math.max(first, 0));
}

document.getElementById("begin").addEventListener("click", begin);
document.addEventListener("selectionchange", show);
article.addEventListener("blur", show);
article.addEventListener("focus", show);

/** The next paragraph's first word, or the first of the one before. */
function paragraphFrom(at, step) {
  const own = words[at].paragraph;
  let next = at;
  while (words[next + step] !== undefined && words[next].paragraph === own) next += step;
  return words.findIndex((word) => word.paragraph === words[next].paragraph);
}

article.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || words.length === 0) return;
  const steps = {
    ArrowRight: (at) => Math.min(at + 1, words.length - 1),
    ArrowLeft: (at) => Math.max(at - 1, 0),
    ArrowDown: (at) => paragraphFrom(at, 1),
    ArrowUp: (at) => paragraphFrom(at, -1),
  };
  if (steps[event.key] === undefined) return;
  event.preventDefault();
  const [anchor, moving] = ends ?? [0, 0];
  const next = steps[event.key](moving);
  choose(event.shiftKey ? anchor : next, next);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  if (event.key === "s") {
    event.preventDefault();
    begin();
  } else if (event.key === "Escape" && !bar.hidden) {
    leave();
  } else if (event.key === "Enter" && event.target === article) {
    event.preventDefault();
    toForm();
  } else if (!bar.hidden) {
    const button = bar.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (button !== null) {
      event.preventDefault();
      button.click();
    }
  }
});
