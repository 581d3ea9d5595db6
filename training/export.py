"""Writes the model file from a trained student.

    python export.py --data DATA --student WORK/named.pt --lists LISTS OUTPUT.bin

The format and the forward pass stand in README.md; `reference.py` reads the file. Weights become 8-bit integers with one
scale a row, embeddings 8-bit integers with one scale a table. The tables of lemmas and of features are learned here, from
the tree banks.
"""

import argparse
import collections
import os
import struct

import numpy as np
import torch

import corpus
import lemmas
import names
import student
from student import label_of

MAGIC = b"chneural\x01\x00\x00\x00"
ONE = 127.0  # the integer that stands for an activation of 1


class File:
    """Records one after the other: see README.md."""

    def __init__(self):
        self.records = []

    def add(self, name, kind, shape, payload):
        name = name.encode()
        self.records.append(struct.pack("<B", len(name)) + name + struct.pack("<BB", kind, len(shape))
                            + struct.pack(f"<{len(shape)}I", *shape) + payload)

    def floats(self, name, array):
        array = np.ascontiguousarray(array, "<f4")
        self.add(name, 0, array.shape, array.tobytes())

    def bytes8(self, name, array):
        array = np.ascontiguousarray(array, "i1")
        self.add(name, 1, array.shape, array.tobytes())

    def numbers(self, name, array):
        array = np.ascontiguousarray(array, "<u4")
        self.add(name, 2, array.shape, array.tobytes())

    def strings(self, name, strings):
        encoded = [s.encode() for s in strings]
        assert all(len(s) < 256 for s in encoded)
        payload = b"".join(struct.pack("<B", len(s)) + s for s in encoded)
        self.add(name, 3, (len(encoded), len(payload)), payload)

    def matrix(self, name, weights, bias, gain=1.0):
        """Rows of 8-bit weights; the scale takes the activations' 1/127 in."""
        weights = weights.detach().numpy().astype(np.float64) * gain
        scale = np.maximum(np.abs(weights).max(1), 1e-8) / 127.0
        self.bytes8(name, np.rint(weights / scale[:, None]))
        self.floats(name + ".scale", scale / ONE)
        self.floats(name + ".bias", bias if isinstance(bias, np.ndarray) else bias.detach().numpy())

    def table(self, name, weights, clip):
        """An embedding table; what lies beyond the clip (a quantile of the absolute values) is cut."""
        weights = weights.detach().numpy().astype(np.float64)
        top = np.quantile(np.abs(weights), clip) if clip < 1 else np.abs(weights).max()
        scale = top / 127.0
        self.bytes8(name, np.clip(np.rint(weights / scale), -127, 127))
        self.floats(name + ".scale", np.array([scale]))

    def write(self, path):
        with open(path, "wb") as output:
            output.write(MAGIC + struct.pack("<I", len(self.records)))
            for record in self.records:
                output.write(record)


def feature_table(sentences, labels):
    """Feature sets, the usual set of each label, and exceptions by form and label."""
    seen, general = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, tag in zip(s.forms, s.tags()):
            label = label_of(tag)
            seen[corpus.lower(corpus.normal(form)), label][tag[2]] += 1
            general[label][tag[2]] += 1
    best = lambda counter: max(counter.items(), key=lambda e: (e[1], e[0]))[0]
    usual = [best(general[label]) for label in labels]
    numbers = {label: k for k, label in enumerate(labels)}
    exceptions = []
    for (form, label), counter in sorted(seen.items()):
        if label in numbers and best(counter) != usual[numbers[label]]:
            exceptions.append((form, numbers[label], best(counter)))
    sets = sorted(set(usual) | {e[2] for e in exceptions})
    return sets, [sets.index(u) for u in usual], [(f, l, sets.index(x)) for f, l, x in exceptions]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True), parser.add_argument("--student", required=True)
    parser.add_argument("--lists", help="folder of the word lists that names.py used")
    parser.add_argument("output")
    args = parser.parse_args()
    model = student.load(args.student)
    gold = student.gold_sentences(args.data, ())
    f = File()
    f.strings("words", model.words)
    f.strings("upos", [l[0] for l in model.labels])
    f.strings("xpos", [l[1] for l in model.labels])
    f.strings("core", [l[2] for l in model.labels])
    f.strings("relations", model.relations)
    f.strings("names", corpus.NAME_LABELS)
    f.table("word", model.base + model.word.weight, 0.9999)
    f.table("affix", model.affix.weight, 0.9999)
    f.table("shape", model.shape.weight, 1.0)
    for layer in (1, 2):
        lstm = getattr(model, f"lstm{layer}")
        for side, suffix in (("forward", ""), ("backward", "_reverse")):
            p = {k: getattr(lstm, f"{k}_l0{suffix}") for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            f.matrix(f"lstm{layer}.{side}", torch.cat([p["weight_ih"], p["weight_hh"]], 1), p["bias_ih"] + p["bias_hh"])
    for layer_name in ("tag1", "tag2", "arc_dep", "arc_head", "rel_out", "name1", "name2"):
        layer = getattr(model, layer_name)
        f.matrix(layer_name, layer.weight, layer.bias)
    f.bytes8("arc_root", np.rint(torch.tanh(model.arc_root).detach().numpy() * ONE))
    f.matrix("rel_pair", torch.cat([model.rel_dep.weight, model.rel_head.weight], 1), model.rel_dep.bias)
    f.floats("rel_root", model.rel_root.detach().numpy())
    lists = names.Lists(args.lists) if args.lists else None
    for number, name in enumerate(names.LISTS):
        f.strings("list." + name, sorted(lists.words[number]) if lists else [])
    f.strings("list.places", sorted(" ".join(p) for places in lists.places.values() for p in places) if lists else [])
    # Features: set number by label; exceptions under "form TAB label number".
    sets, usual, exceptions = feature_table(gold, model.labels)
    f.strings("features", sets)
    f.numbers("features.usual", usual)
    f.strings("features.keys", [f"{form}\t{label}" for form, label, _ in exceptions if len(form.encode()) < 240])
    f.numbers("features.values", [x for form, _, x in exceptions if len(form.encode()) < 240])
    # Lemmas: edits as "case cut ending"; keys as in `lemmas.py`.
    vocabulary = set(model.words)
    knows = lambda word: corpus.lower(corpus.normal(word)) in vocabulary
    rules = {k: e for k, e in lemmas.learn(gold, knows, lemmas.read_irregular()).items() if len(k.encode()) < 256 and len(e[2].encode()) < 200}
    edits = sorted(set(rules.values()))
    places = {e: k for k, e in enumerate(edits)}
    f.strings("lemmas.edits", [f"{case} {cut} {ending}" for case, cut, ending in edits])
    f.strings("lemmas.keys", sorted(rules))
    f.numbers("lemmas.values", [places[rules[k]] for k in sorted(rules)])
    f.write(args.output)
    print(os.path.getsize(args.output), "bytes", len(model.words), "words", len(model.labels), "labels", len(exceptions),
          "exceptions to features", len(rules), "lemma rules")


if __name__ == "__main__":
    main()
