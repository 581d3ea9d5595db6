"""Lemmas: the edit that makes a lemma of a form, chosen by form and label, learned from the tree banks.

    python lemmas.py --data DATA [--vectors WORK/vectors.npz] [--tags PREDICTED-EWT.conllu PREDICTED-GUM.conllu]

prints how often the rules are right on the dev files, with gold tags or with those of the predictions. The rules go into
the model file (`export.py`); they are as `annotate::lemmas` applies them, with keys that are strings instead of hashes.
"""

import argparse
import collections
import os

import numpy as np

import corpus

LONGEST = 6
# An ending that asks for more than this was learned from slips of the pen and would put one word for another.
LONGEST_CUT, LONGEST_ADDED = 4, 3
# Tree banks disagree on the lemmas of marks; an exception by tag must have been seen so often.
FEWEST_MARKS = 10
QUOTES = {**dict.fromkeys("‘’", "'"), **dict.fromkeys("“”„", '"')}
KEEP, SMALL, TITLE = 0, 1, 2
NONE = (SMALL, 0, "")
INFLECTED = {"VBD", "VBN", "VBG", "VBZ", "NNS", "NNPS", "JJR", "JJS", "RBR", "RBS"}


def plain(form):
    return "".join(QUOTES.get(c, c) for c in form)


def is_proper(upos, xpos):
    return upos == "PROPN" or xpos in ("NNP", "NNPS")


def edit_between(form, lemma, keeps_case):
    """The edit from a form to a lemma. Only proper names keep their capitals; else "I" and "i" share one edit."""
    small = form.lower()
    shared = lambda one: next((at for at, (a, b) in enumerate(zip(one, lemma)) if a != b), min(len(one), len(lemma)))
    small_first = not keeps_case or shared(small) > shared(form)
    source = small if small_first else form
    common = shared(source)
    return (int(small_first), len(source) - common, lemma[common:])


def title(text):
    return text[:1].upper() + text[1:].lower()


def apply(edit, form):
    case, cut, ending = edit
    text = (form, form.lower(), title(form))[case]
    return (text[:-cut] if 0 < cut <= len(text) else text) + ending


def whole_keys(small, label):
    """Keys of a whole form. A verb of a tag it was not seen with, and a mark, go by the universal tag."""
    yield f"={small}\t{label}"
    upos = label.split("|")[0]
    if upos in ("VERB", "AUX") or not any(c.isalnum() for c in small):
        yield f"={small}\t{upos}"


def ending_keys(small, label):
    for length in range(min(LONGEST, len(small)), -1, -1):
        yield f"~{small[len(small) - length:]}\t{label}"


def count(sentences, irregular):
    """How often each edit was seen for form and label, in the tree banks and, not counted for endings, in a list of verbs."""
    seen = collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, lemma, upos, xpos in zip(s.forms, s.lemmas, s.upos, s.xpos):
            if lemma != "_":
                text = plain(form)
                seen[text.lower(), f"{upos}|{xpos}"][edit_between(text, lemma, is_proper(upos, xpos))] += 1
    listed = {}
    for verb, *forms in irregular:
        for form in forms:
            for label in ("VERB|VBD", "VERB|VBN"):
                if (form, label) not in seen:
                    listed[form, label] = collections.Counter([edit_between(form, verb, False)])
    return seen, listed


def learn(sentences, knows, irregular=()):
    """Rules by key. A rule is kept only where what stands behind it says otherwise."""
    seen, listed = count(sentences, irregular)
    votes = collections.defaultdict(collections.Counter)
    for (small, label), edits in [*seen.items(), *listed.items()]:
        for edit, number in edits.items():
            for key in whole_keys(small, label):
                votes[key][edit] += number
    for (small, label), edits in seen.items():
        for edit in edits:
            if edit[1] <= LONGEST_CUT and len(edit[2]) <= LONGEST_ADDED:
                for key in ending_keys(small, label):
                    votes[key][edit] += 1  # an ending learns from words, not from their frequency
    rules = {}
    best = {key: max(edits.items(), key=lambda e: (e[1], -e[0][1], e[0]))[0] for key, edits in votes.items()}
    for key in sorted(best, key=lambda k: (k[0] == "=", "|" in k, len(k.split("\t")[0]), k)):
        small, label = key[1:].split("\t")
        number = sum(votes[key].values())
        if key[0] == "~" and number < 2 and len(small) > 0:
            continue
        if "|" in label and key[0] == "=" and not any(c.isalnum() for c in small) and number < FEWEST_MARKS:
            continue
        behind = [*whole_keys(small, label), *ending_keys(small, label)]
        behind = behind[behind.index(key) + 1:]
        if next((rules[k] for k in behind if k in rules), NONE) != best[key]:
            rules[key] = best[key]
    for small, label in seen:
        # A known word must not take the place of a lemma that was seen.
        key = f"={small}\t{label}"
        if key not in rules and label.split("|")[1] in INFLECTED and lemma(rules, knows, small, label) != apply(best[key], small):
            rules[key] = best[key]
    return {**rules, **{"^" + name: (TITLE, 0, "") for name in names(sentences)}}


def names(sentences):
    """Words that are written small or in capitals by those who shout or hurry, but begin with a capital as names."""
    capital, other = collections.Counter(), collections.Counter()
    small = collections.defaultdict(collections.Counter)  # written small: whether the lemma has the capital
    for s in sentences:
        for form, lemma, upos in zip(s.forms, s.lemmas, s.upos):
            if upos == "PROPN" and form.isalpha() and len(form) > 1:
                if form == title(form) or form.isupper() and lemma == title(lemma):
                    capital[form.lower()] += 1
                elif form.isupper() and lemma == form:
                    other[form.lower()] += 1
                elif form.islower():
                    small[form][lemma == title(form)] += 1
    return sorted(w for w, c in capital.items() if c >= 2 and c > other[w] and small[w][True] >= small[w][False])


def variants(word):
    """A word that an ending gave, and what it may be if nobody knows it: an e was lost or added, a letter doubled."""
    yield word
    yield word + "e"
    if len(word) > 1 and (word[-1] == "e" or word[-1] == word[-2]):
        yield word[:-1]


def is_grouped(text):
    """Whether a form is a number whose digits are grouped by commas."""
    return "," in text and text[0] in "0123456789" and text[-1] in "0123456789" and all(c in "0123456789,." for c in text)


def lemma(rules, knows, form, label):
    """`knows` tells whether a word stands in the vocabulary."""
    text = plain(form)
    small, xpos = text.lower(), label.split("|")[1]
    if is_grouped(text):
        return text.replace(",", "")
    edit = next((rules[key] for key in whole_keys(small, label) if key in rules), None)
    if edit is None:
        edits = [rules[key] for key in ending_keys(small, label) if key in rules]
        edit = edits[0] if edits else NONE
        if xpos in INFLECTED and edit != NONE:
            made = [apply(e, text) for e in edits]
            made += [v for word in made for v in list(variants(word))[1:]]
            known = next((word for word in made if len(word) > 2 and knows(word)), None)
            if known is not None:
                return known
    made = apply(edit, text) or small
    if xpos == "NNP" and (text.islower() or text.isupper()) and "^" + small in rules:
        return apply(rules["^" + small], made)
    return made


def read_irregular():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "irregular.txt"), encoding="utf-8") as lines:
        return [line.split() for line in lines if line.strip() and not line.startswith("#")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True), parser.add_argument("--tags", nargs=2), parser.add_argument("--vectors")
    args = parser.parse_args()
    read = lambda name: corpus.read_conllu(os.path.join(args.data, "ud", name))
    vocabulary = set(np.load(args.vectors)["words"].tolist()) if args.vectors else ()
    knows = lambda word: corpus.lower(corpus.normal(word)) in vocabulary
    rules = learn(read("ewt-train.conllu") + read("gum-train-free.conllu"), knows, read_irregular())
    print(len(rules), "rules")
    for number, name in enumerate(("ewt-dev", "gum-dev")):
        gold = read(name + ".conllu")
        tags = corpus.read_conllu(args.tags[number]) if args.tags else gold
        right = total = 0
        wrong = collections.Counter()
        for a, b in zip(gold, tags):
            for at, form in enumerate(a.forms):
                made = lemma(rules, knows, form, f"{b.upos[at]}|{b.xpos[at]}")
                total += 1
                ok = made == a.lemmas[at] or a.lemmas[at] == "_"
                right += ok
                if not ok:
                    wrong[form, b.upos[at], b.xpos[at], made, a.lemmas[at]] += 1
        print(name, f"{100 * right / total:.2f}")
        for entry in wrong.most_common(25):
            print("   ", entry)


if __name__ == "__main__":
    main()
