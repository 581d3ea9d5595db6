"""Tree banks and names as training data: reading, labels, features of forms, augmentation.

Everything that training and inference must agree on about a *form* stands here: `normal`, `shape`, `hash64`,
`affixes`. `reference.py` repeats these few lines so that it depends on nothing but the model file.
"""

import collections
import json
import random
import re
from dataclasses import dataclass, field

NAME_KINDS = ["PER", "ORG", "LOC", "GRP", "MISC"]
NAME_LABELS = ["O"] + ["B-" + k for k in NAME_KINDS] + ["I-" + k for k in NAME_KINDS]


@dataclass
class Sentence:
    """One sentence in columns; heads count from 1, 0 is the root."""

    forms: list
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprels: list = field(default_factory=list)
    names: list = None  # labels of NAME_LABELS, or None where the source has no names
    doc: str = ""

    def __len__(self):
        return len(self.forms)

    def tags(self):
        return list(zip(self.upos, self.xpos, self.feats))


# --- reading -------------------------------------------------------------------------------------------------------


def read_conllu(path, entities=False):
    """The sentences of a CoNLL-U file; with `entities`, the names that GUM marks in MISC."""
    sentences, rows, doc = [], [], ""
    with open(path, encoding="utf-8") as lines:
        for line in list(lines) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc = line.split("=", 1)[1].strip()
            if not line:
                if rows:
                    sentences.append(of_rows(rows, entities, doc))
                rows = []
            elif re.match(r"\d+\t", line):
                rows.append(line.split("\t"))
    return sentences


def of_rows(rows, entities, doc):
    column = lambda at: [row[at] for row in rows]
    sentence = Sentence(column(1), column(2), column(3), column(4), column(5), [int(h) for h in column(6)], column(7), None, doc)
    if entities:
        sentence.names = gum_names(sentence, column(9))
    return sentence


def mark(labels, start, end, kind):
    """Writes a name over free places; outer names come first, so what lies inside one is passed over."""
    if start < end and all(label == "O" for label in labels[start:end]):
        labels[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)


def gum_names(sentence, misc):
    """Names in GUM: entity mentions whose head is a proper noun, cut down to the name."""
    opened, found = [], []
    for at, value in enumerate(misc):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", value)
        for part in re.findall(r"\([^()]*\)?|[^()]*\)", match.group(1)) if match else []:
            fields = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((fields[0], fields[1] if len(fields) > 1 else "", at))
            if part.endswith(")"):
                for place in range(len(opened) - 1, -1, -1):
                    if opened[place][0] == fields[0]:
                        _, kind, start = opened.pop(place)
                        name = gum_name(sentence, start, at + 1, kind)
                        if name:
                            found.append(name)
                        break
    labels = ["O"] * len(sentence)
    for start, end, kind in sorted(found, key=lambda name: name[0] - name[1]):
        mark(labels, start, end, kind)
    return labels


TITLES = set("mr mrs ms dr prof professor president minister sir lord lady king queen prince princess general colonel captain "
             "senator judge justice pope saint st. mr. mrs. ms. dr. prof. gen. sen. rep. gov. governor chancellor".split())


def gum_name(sentence, start, end, kind):
    heads = [head - 1 for head in sentence.heads]
    head = next((at for at in range(start, end) if not start <= heads[at] < end), None)
    if head is None or sentence.upos[head] != "PROPN" or kind == "time":
        return None
    kind = {"person": "GRP" if sentence.xpos[head] == "NNPS" else "PER", "animal": "PER", "organization": "ORG",
            "place": "LOC"}.get(kind, "MISC")
    person = kind == "PER"
    proper = lambda at: sentence.xpos[at] in ("NNP", "NNPS") or sentence.upos[at] == "PROPN"
    belongs = {head}
    for _ in range(4):
        for at in range(start, end):
            above, relation = heads[at], sentence.deprels[at].split(":")[0]
            if above not in belongs or at in belongs:
                continue
            of = any(h == at and form == "of" for h, form in zip(heads, sentence.forms))
            if (relation == "flat" and (sentence.forms[at][:1].isupper() or proper(at))
                    or relation in ("compound", "amod") and proper(at) and (not person or relation == "compound")
                    or relation == "nmod" and not person and proper(at) and of
                    or relation in ("case", "det") and above != head
                    or relation in ("conj", "cc") and not person and proper(above) and above != head
                    or relation == "punct" and sentence.forms[at] == "-"):
                belongs.add(at)
    first, last = min(belongs), max(belongs)
    while first < head and person and sentence.forms[first].lower() in TITLES:
        first += 1
    return first, last + 1, kind


def read_uner(path, tree_bank, demonyms=()):
    """UNER's names laid on the sentences of the tree bank that they were marked in; sentence by sentence.

    The order differs; the two agree character by character once blanks are left out."""
    sentences = []
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    squeeze = lambda text: re.sub(r"\s", "", text)
    trees = {squeeze("".join(tree.forms)): tree for tree in tree_bank}
    for row in rows:
        tree = trees.get(squeeze(row["text"]))
        if tree is None:
            continue
        squeezed = [0]  # characters that are no blanks before each code point
        for character in row["text"]:
            squeezed.append(squeezed[-1] + (not character.isspace()))
        starts, ends, at = {}, {}, 0
        for number, form in enumerate(tree.forms):
            starts[at] = number
            at += len(re.sub(r"\s", "", form))
            ends[at] = number + 1
        labels = ["O"] * len(tree)
        for entity in row["entities"]:
            start, end = starts.get(squeezed[entity["start"]]), ends.get(squeezed[entity["end"]])
            if start is not None and end is not None:
                mark(labels, start, end, entity["type"])
        copy = Sentence(tree.forms, tree.lemmas, tree.upos, tree.xpos, tree.feats, tree.heads, tree.deprels, labels, tree.doc)
        mark_groups(copy, demonyms)
        sentences.append(copy)
    return sentences


def mark_groups(sentence, demonyms):
    """Peoples and creeds are read off a list; no source marks them."""
    for at, form in enumerate(sentence.forms):
        if form.lower() in demonyms and form[:1].isupper():
            mark(sentence.names, at, at + 1, "GRP")


def read_list(path):
    with open(path, encoding="utf-8") as lines:
        entries = [line.strip().lower() for line in lines if line.strip() and not line.startswith("#")]
    return set(entries) | {entry + "s" for entry in entries}


# --- forms ---------------------------------------------------------------------------------------------------------

ALIKE = {**dict.fromkeys("‘’ʼ´′", "'"), **dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("–‑‒−—―", "-"), "…": ".",
         **dict.fromkeys("0123456789", "0")}


def normal(form):
    """Makes alike what differs in typography alone, and all digits; as `annotate::language::words::normal`."""
    return "".join(ALIKE.get(character, character) for character in form)


def lower(text):
    """Small letters, character by character, the first character of each mapping alone."""
    return "".join(character.lower()[:1] for character in text)


def shape(normal_form):
    """The pattern of capitals, digits and marks; runs are cut to two."""
    classes = []
    for character in normal_form:
        if character == "0":
            kind = "0"
        elif character.islower():
            kind = "x"
        elif character.isupper():
            kind = "X"
        elif ord(character) < 128:
            kind = character
        elif character.isalpha():
            kind = "x"
        else:
            kind = "#"
        if len(classes) < 2 or classes[-1] != kind or classes[-2] != kind:
            classes.append(kind)
    return "".join(classes)


def hash64(prefix, text):
    """FNV-1a of 64 bits over one prefix byte and the bytes of the text."""
    value = 0xCBF29CE484222325
    for byte in bytes([prefix]) + text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


AFFIXES = 8


def affixes(lower_form, rows):
    """Rows of the first one to four and the last one to four characters of a normal form in small letters."""
    ends = [lower_form[:length] for length in range(1, 5)] + [lower_form[-length:] for length in range(1, 5)]
    return [hash64(number + 1, text) % rows for number, text in enumerate(ends)]


def shape_row(normal_form, rows):
    return hash64(9, shape(normal_form)) % rows


CASINGS = ["None", "Small", "Title", "Upper", "Mixed"]


def casing(form):
    upper, small = sum(c.isupper() for c in form), sum(c.islower() for c in form)
    if upper == 0:
        return 1 if small else 0
    if upper == 1 and form[:1].isupper():
        return 2
    return 3 if small == 0 else 4


# --- augmentation --------------------------------------------------------------------------------------------------

PLAIN = {**dict.fromkeys("‘’", "'"), **dict.fromkeys("“”", '"')}
CURLY = {"'": "’", "''": "”", "``": "“"}
SMALL_WORDS = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "from", "as", "with", "over"}


def recase(forms, way, rng):
    if way == "upper":
        return [form.upper() for form in forms]
    if way == "lower":
        return [form.lower() for form in forms]
    small = rng.random() < 0.7  # whether the headline's little words stay small
    title = lambda form: form if small and form in SMALL_WORDS or form.startswith(("'", "’", "n'")) else form[:1].upper() + form[1:]
    return [title(form) for form in forms]


def augment(sentence, rng, case_share=0.10, stop_share=0.08, quote_share=0.3):
    """A copy of a sentence in another case, without its final stop, or with other quotation marks; most stay as they are."""
    forms, keep = sentence.forms, len(sentence)
    if rng.random() < stop_share and keep > 2 and forms[-1] in (".", "!", "?") and sentence.deprels \
            and len(sentence) not in sentence.heads:
        keep -= 1
    if rng.random() < quote_share:
        if rng.random() < 0.5:
            forms = ["".join(PLAIN.get(c, c) for c in form) for form in forms]
        else:
            opened, made = False, []
            for form in forms:
                if form == '"':
                    opened = not opened
                    form = "“" if opened else "”"
                made.append(CURLY.get(form, form.replace("'", "’")))
            forms = made
    if rng.random() < case_share:
        forms = recase(forms, rng.choice(["upper", "title", "title", "lower"]), rng)
    if forms is sentence.forms and keep == len(sentence):
        return sentence
    cut = lambda column: column[:keep] if column else column
    return Sentence(list(forms[:keep]), cut(sentence.lemmas), cut(sentence.upos), cut(sentence.xpos), cut(sentence.feats),
                    cut(sentence.heads), cut(sentence.deprels), cut(sentence.names), sentence.doc)


# --- batches -------------------------------------------------------------------------------------------------------


def batches(lengths, size, rng):
    """Numbers of sentences of like length, `size` units a batch padding included, in random order."""
    order = sorted(range(len(lengths)), key=lambda at: (lengths[at] + rng.random() * 3, at))
    groups, group, longest = [], [], 0
    for at in order:
        longest = max(longest, lengths[at])
        if group and longest * (len(group) + 1) > size:
            groups.append(group)
            group, longest = [], lengths[at]
        group.append(at)
    if group:
        groups.append(group)
    rng.shuffle(groups)
    return groups


def counts(sentences, key):
    counter = collections.Counter()
    for sentence in sentences:
        counter.update(key(sentence))
    return counter


def write_conllu(path, sentences):
    with open(path, "w", encoding="utf-8") as output:
        for s in sentences:
            for at in range(len(s)):
                get = lambda column, other="_": column[at] if column else other
                print(at + 1, s.forms[at], get(s.lemmas), get(s.upos), get(s.xpos), get(s.feats), get(s.heads, 0),
                      get(s.deprels), "_", "Name=" + s.names[at] if s.names else "_", sep="\t", file=output)
            print(file=output)
