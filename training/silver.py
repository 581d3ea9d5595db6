"""Raw news made into training sentences by the teacher, and the teacher's probabilities for the tree banks.

    python silver.py tokens --data DATA --work WORK --program CHANCERY     news -> WORK/news.conllu, by the program itself
    python silver.py label  --data DATA --work WORK --teacher WORK/teacher --variants N [--demonyms FILE]

`label` writes soft-news-K.pt (news), with --gold WORK/soft-gold.pt (tree banks), and soft-variant-K.pt (K = 1..N: the sentences of both
with a share of their nouns, verbs, adjectives, names and adverbs replaced by others of the same tag, read by the teacher
anew, the unsure left out). A file that is there is not made again. Arrays are float16.
"""

import argparse
import collections
import os
import random
import subprocess
import time

import numpy as np
import torch

import corpus
import student
import teacher
from corpus import Sentence

SEED = 20261128
NEWS_PARTS = 4  # files, so that little is lost when the job is killed
OPEN = {"NN", "NNS", "NNP", "NNPS", "JJ", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "RB"}
CLOSED_FORMS = set("be am is are was were been being 's 're 'm have has had having do does did doing not n't get got more most so "
                   "as very too then there here now just also only even still never ever well much other such".split())


def tokens(args):
    source = os.path.join(args.data, "news", "wikinews_2019_2020.jsonl")
    made = subprocess.run([args.program, "parse", "--format", "conllu", "--threads", "1", source], check=True, capture_output=True)
    with open(os.path.join(args.work, "news.conllu"), "wb") as output:
        output.write(made.stdout)


def label_file(path, model, pieces, sentences, to_student, gold, sure=0.0):
    """Soft labels of sentences in one file; a sentence whose arcs are on average less sure than `sure` is left out."""
    if os.path.exists(path):
        return
    entries = [None] * len(sentences)

    def keep(at, found, tag, arcs, rels, name):
        if np.exp(arcs.max(1)).mean() < sure:
            return
        half = lambda log: np.exp(log).astype(np.float16)
        s = sentences[at] if gold else found
        entries[at] = dict(sentence=s, gold=at if gold else None, tags=(np.exp(tag) @ to_student).astype(np.float16),
                           arcs=half(arcs), rels=half(rels), names=half(name))

    started = time.time()
    teacher.predict(model, sentences, pieces, 3000, keep)
    entries = [e for e in entries if e]
    torch.save(entries, path + ".new")
    os.replace(path + ".new", path)
    print(path, len(entries), "of", len(sentences), "sentences", sum(len(e["sentence"]) for e in entries), "tokens",
          f"{time.time() - started:.0f} s", flush=True)


def variant(sentence, tags, pools, rng, share=0.3):
    forms = []
    for form, xpos in zip(sentence.forms, tags):
        small = form.lower()
        if xpos in pools and rng.random() < share and small not in CLOSED_FORMS and form[-1:].isalpha() \
                and (xpos != "RB" or small.endswith("ly")):
            new = rng.choice(pools[xpos])
            if form.isupper() and len(form) > 1 and not xpos.startswith("NNP"):
                new = new.upper()
            elif form[:1].isupper():
                new = new[:1].upper() + new[1:]
            form = new
        forms.append(form)
    return Sentence(forms, doc=sentence.doc)


def label(args):
    torch.set_num_threads(args.threads)
    demonyms = corpus.read_list(args.demonyms) if args.demonyms else ()
    gold = student.gold_sentences(args.data, demonyms)
    labels, _ = student.inventory(gold)
    model, pieces = teacher.load(args.teacher), teacher.Pieces()
    to_student = np.zeros((len(model.tags), len(labels)), np.float32)
    for at, tag in enumerate(model.tags):
        if student.label_of(tag) in labels:
            to_student[at, labels.index(student.label_of(tag))] = 1
    news = [s for s in corpus.read_conllu(os.path.join(args.work, "news.conllu")) if 2 <= len(s) <= 100]
    news = [Sentence(s.forms, doc=s.doc) for s in news]
    path = lambda name: os.path.join(args.work, name)
    read = []
    for part in range(NEWS_PARTS):
        name = path(f"soft-news-{part}.pt")
        label_file(name, model, pieces, news[part::NEWS_PARTS], to_student, False)
        if args.variants:
            read += torch.load(name, weights_only=False)
    if args.gold:
        label_file(path("soft-gold.pt"), model, pieces, gold, to_student, True)
    known = [(s, s.xpos) for s in gold] + [(e["sentence"], e["sentence"].xpos) for e in read]
    pools = collections.defaultdict(list)
    for s, tags in known:
        for form, xpos in zip(s.forms, tags):
            if xpos in OPEN and form.isalpha() and len(form) > 1 and form.lower() not in CLOSED_FORMS:
                pools[xpos].append(form if xpos.startswith("NNP") else form.lower())
    # Frequent words stand in the pools often, but not as often as in the text.
    for xpos, forms in pools.items():
        counter = collections.Counter(forms)
        pools[xpos] = sorted(f for f, c in counter.items() for _ in range(int(c ** 0.5 + 0.5)))
    for number in range(1, args.variants + 1):
        rng = random.Random(SEED + number)
        made = [variant(s, tags, pools, rng) for s, tags in known if 4 <= len(s) <= 60 and rng.random() < args.share]
        label_file(path(f"soft-variant-{number}.pt"), model, pieces, made, to_student, False, 0.8)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["tokens", "label"])
    parser.add_argument("--data", required=True), parser.add_argument("--work", required=True)
    parser.add_argument("--program"), parser.add_argument("--teacher"), parser.add_argument("--demonyms")
    parser.add_argument("--variants", type=int, default=2), parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gold", action="store_true", help="label the tree banks too")
    parser.add_argument("--share", type=float, default=0.6, help="of the sentences that each file of variants takes")
    args = parser.parse_args()
    tokens(args) if args.what == "tokens" else label(args)


if __name__ == "__main__":
    main()
