"""Lemmas: the edit that makes a lemma of a form, chosen by form and label, learned from the tree banks.

    python lemmas.py --data DATA [--tags PREDICTED-EWT.conllu PREDICTED-GUM.conllu]

prints how often the rules are right on the dev files, with gold tags or with those of the predictions. The rules go into
the model file (`export.py`); they are as `annotate::lemmas` applies them, with keys that are strings instead of hashes.
"""

import argparse
import collections
import os

import corpus

LONGEST = 6
QUOTES = {**dict.fromkeys("‘’", "'"), **dict.fromkeys("“”„", '"')}


def plain(form):
    return "".join(QUOTES.get(c, c) for c in form)


def edit_between(form, lemma, keeps_case):
    """The edit from a form to a lemma. Only proper names keep their capitals; else "I" and "i" share one edit."""
    small = form.lower()
    shared = lambda one: next((at for at, (a, b) in enumerate(zip(one, lemma)) if a != b), min(len(one), len(lemma)))
    small_first = not keeps_case or shared(small) > shared(form)
    source = small if small_first else form
    common = shared(source)
    return (int(small_first), len(source) - common, lemma[common:])


def apply(edit, form):
    small_first, cut, ending = edit
    text = form.lower() if small_first else form
    return (text[:-cut] if 0 < cut <= len(text) else text) + ending


def keys(small, label):
    """Keys from the most to the least particular: the whole form, then its endings."""
    yield f"={small}\t{label}"
    if not any(c.isalnum() for c in small):
        yield f"={small}\t{label.split('|')[0]}"
    for length in range(min(LONGEST, len(small)), -1, -1):
        yield f"~{small[len(small) - length:]}\t{label}"


def learn(sentences):
    """Rules by key. A rule is kept only where the one that stands behind it says otherwise."""
    seen = collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, lemma, upos, xpos in zip(s.forms, s.lemmas, s.upos, s.xpos):
            if lemma == "_":
                continue
            text, label = plain(form), f"{upos}|{xpos}"
            edit = edit_between(text, lemma, upos == "PROPN" or xpos in ("NNP", "NNPS"))
            seen[text.lower(), label][edit] += 1
    votes = collections.defaultdict(collections.Counter)
    for (small, label), edits in seen.items():
        for edit, count in edits.items():
            for key in keys(small, label):
                # An ending learns from words, not from their frequency.
                votes[key][edit] += count if key[0] == "=" else 1
    rules = {}
    best = {key: max(edits.items(), key=lambda e: (e[1], -e[0][1], e[0]))[0] for key, edits in votes.items()}
    for key in sorted(best, key=lambda k: (k[0] == "=", "|" in k, len(k.split("\t")[0]), k)):
        if key[0] == "~" and sum(votes[key].values()) < 2 and len(key.split("\t")[0]) > 1:
            continue
        small, label = key[1:].split("\t")
        if key[0] == "=":
            if find(rules, small, label if "|" in label else label + "|") != best[key]:
                rules[key] = best[key]
        else:
            behind = [k for k in keys(small, label) if k[0] == "~" and len(k) < len(key)]
            if next((rules[k] for k in behind if k in rules), (1, 0, "")) != best[key]:
                rules[key] = best[key]
    return rules


def find(rules, small, label):
    """The edit for the whole form, or that of the longest ending; else none but small letters."""
    return next((rules[key] for key in keys(small, label) if key in rules), (1, 0, ""))


def lemma(rules, form, label):
    text = plain(form)
    return apply(find(rules, text.lower(), label), text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True), parser.add_argument("--tags", nargs=2)
    args = parser.parse_args()
    read = lambda name: corpus.read_conllu(os.path.join(args.data, "ud", name))
    rules = learn(read("ewt-train.conllu") + read("gum-train-free.conllu"))
    print(len(rules), "rules")
    for number, name in enumerate(("ewt-dev", "gum-dev")):
        gold = read(name + ".conllu")
        tags = corpus.read_conllu(args.tags[number]) if args.tags else gold
        right = total = 0
        wrong = collections.Counter()
        for a, b in zip(gold, tags):
            for at, form in enumerate(a.forms):
                made = lemma(rules, form, f"{b.upos[at]}|{b.xpos[at]}")
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
