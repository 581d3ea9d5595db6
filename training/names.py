"""The head for names, trained on the frozen student: little data must not bend the rest.

    python names.py --data DATA --work WORK --lists LISTS --teacher WORK/teacher --student WORK/student.pt OUT.pt

1. A head on the frozen teacher learns UNER (dev, all there is) and the names of GUM's free documents.
2. It labels the news. 3. The student's head learns all three; without --teacher, UNER and GUM alone. With --folds 5 both steps are cross-validated on UNER first:
each fifth is scored by heads that have not seen it (sentences 0-19 are in the first fold, 20-39 in the second, …).
The word lists of `crates/annotate/src/names` are features of the student's head: 16 bits beside its states, see `hints`.
"""

import argparse
import os
import random
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpus
import student
import teacher
from corpus import NAME_KINDS, NAME_LABELS

SEED = 20261129
LISTS = ["given", "titles", "bodies", "demonyms"]
HINTS = 16
EMPHASIS = 0.5  # how much more often the words of names are drawn


class Lists:
    """What the word lists say: bits given, title, body, demonym, place begin, place inside of a word in capitals or not."""

    def __init__(self, folder):
        entries = lambda name: [corpus.lower(corpus.normal(line.strip())) for line in open(os.path.join(folder, name + ".txt"), encoding="utf-8")
                                if line.strip() and not line.startswith("#")]
        self.words = [set(entries(name)) for name in LISTS]
        self.words[3] |= {word + "s" for word in self.words[3]}
        self.places = {}
        for entry in entries("places"):
            parts = tuple(entry.replace("-", " - ").replace(", ", " , ").split())
            self.places.setdefault(parts[0], []).append(parts)

    def bits(self, forms):
        small = [corpus.lower(corpus.normal(form)) for form in forms]
        bits = np.zeros((len(forms), 6), np.float32)
        for at, word in enumerate(small):
            for number, known in enumerate(self.words):
                bits[at, number] = word in known
        at = 0
        while at < len(small):
            fitting = [len(p) for p in self.places.get(small[at], ()) if tuple(small[at:at + len(p)]) == p]
            length = max(fitting, default=0)
            if length:
                bits[at, 4] = 1
                bits[at + 1:at + length, 5] = 1
            at += max(1, length)
        return bits


def hints(lists, forms):
    """The word's own six bits, then the first five (without "demonym": given, title, body, place begin, place inside) of
    the word before and of the word after; nothing outside the sentence."""
    own = lists.bits(forms)
    some = own[:, [0, 1, 2, 4, 5]]
    empty = np.zeros((1, 5), np.float32)
    return np.concatenate([own, np.concatenate([empty, some[:-1]]), np.concatenate([some[1:], empty])], 1)


@torch.no_grad()
def teacher_states(path, model, pieces, sentences):
    if os.path.exists(path):
        return torch.load(path)
    states = [None] * len(sentences)
    for group in corpus.batches([pieces.length(s) for s in sentences], 3000, random.Random(0)):
        h = model.states(teacher.collate([sentences[at] for at in group], pieces))
        for row, at in enumerate(group):
            states[at] = h[row, :len(sentences[at])].half()
    torch.save(states, path)
    return states


@torch.no_grad()
def student_states(model, lists, sentences):
    forms, states = student.Forms(model.words), [None] * len(sentences)
    model.eval()
    for group in student.same_length_batches([len(s) for s in sentences], 4000, random.Random(0)):
        h1, h2 = model.states(torch.from_numpy(np.stack([forms.rows(sentences[at].forms) for at in group])))
        both = torch.cat([h1, h2], 2)
        both = torch.floor(both * 127 + 0.5) / 127
        for row, at in enumerate(group):
            states[at] = torch.cat([both[row], torch.from_numpy(hints(lists, sentences[at].forms))], 1).half()
    return states


def head(inputs, size):
    first, second = nn.Linear(inputs, size), nn.Linear(size, len(NAME_LABELS))
    return nn.Sequential(nn.Dropout(0.3), first, nn.Tanh(), nn.Dropout(0.25), second)


def target_of(names, uner):
    """Allowed labels of each word: what UNER leaves unmarked may be a name of the kind MISC."""
    allowed = np.zeros((len(names), len(NAME_LABELS)), np.float32)
    allowed[np.arange(len(names)), [NAME_LABELS.index(x) for x in names]] = 1
    if uner:
        outside = allowed[:, 0] == 1
        for label in ("B-MISC", "I-MISC"):
            allowed[outside, NAME_LABELS.index(label)] = 1
    return allowed


def fit(model, inputs, hard, soft, weight, steps, rate=2e-3):
    """hard: words with allowed labels (log of their sum); soft: words with probabilities. Rows are words."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    generator = torch.Generator().manual_seed(SEED)
    model.train()
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = rate * (1 - step / steps)
        pick = torch.multinomial(weight, 1024, replacement=True, generator=generator)
        log = model(inputs[pick].float()).log_softmax(1)
        is_soft, target = soft[pick], hard[pick]
        loss = torch.where(is_soft, -(target * log).sum(1), -torch.logsumexp(log + (target + 1e-9).log(), 1)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


def decode(scores):
    kinds, found, before = len(NAME_KINDS), [], 0
    for row in scores:
        best = int(row[:1 + kinds].argmax())
        if before:
            inside = 1 + kinds + (before - 1) % kinds
            if row[inside] > row[best]:
                best = inside
        found.append(best)
        before = best
    return [NAME_LABELS[label] for label in found]


def spans(names):
    found, start = set(), None
    for at, label in enumerate(names + ["O"]):
        if start is not None and not label.startswith("I-"):
            found.add((start, at, names[start][2:]))
            start = None
        if label.startswith("B-") or label.startswith("I-") and start is None:
            start = at
    return {s for s in found if s[2] in ("PER", "ORG", "LOC")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--data", "--work", "--lists", "--student"):
        parser.add_argument(option, required=True)
    parser.add_argument("--teacher"), parser.add_argument("--every", type=int, default=1, help="take each n-th sentence of the news")
    parser.add_argument("--folds", type=int, default=5), parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=1500), parser.add_argument("output")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    started = time.time()
    demonyms = corpus.read_list(os.path.join(args.lists, "demonyms.txt"))
    dev = corpus.read_conllu(os.path.join(args.data, "ud/ewt-dev.conllu"))
    uner = corpus.read_uner(os.path.join(args.data, "entities/uner_ewt_dev.gold.jsonl"), dev, demonyms)
    gum = [s for s in student.gold_sentences(args.data, demonyms) if s.names]
    news = []
    if args.teacher:
        news = [s for s in corpus.read_conllu(os.path.join(args.work, "news.conllu")) if 2 <= len(s) <= 100][::args.every]
        model, pieces = teacher.load(args.teacher), teacher.Pieces()
        of_teacher = [torch.cat(teacher_states(os.path.join(args.work, f"names-{name}.pt"), model, pieces, part))
                      for name, part in (("uner", uner), ("gum", gum), ("news", news))]
        print("teacher's states", f"{time.time() - started:.0f} s", flush=True)
    small, lists = student.load(args.student), Lists(args.lists)
    of_student = [torch.cat(student_states(small, lists, part)) for part in (uner, gum, news) if part]
    print("student's states", f"{time.time() - started:.0f} s", flush=True)
    uner_target = torch.from_numpy(np.concatenate([target_of(s.names, True) for s in uner]))
    gum_target = torch.from_numpy(np.concatenate([target_of(s.names, False) for s in gum]))
    fold_of = torch.tensor([at // 20 % max(1, args.folds) for at, s in enumerate(uner) for _ in s.forms])
    tallies = {"teacher": np.zeros(3), "student": np.zeros(3)}
    for fold in ([*range(args.folds)] if args.folds > 1 else []) + [None]:
        seen = torch.ones(len(fold_of)) if fold is None else (fold_of != fold).float()
        # Names are few: their words are drawn more often, and UNER more often than GUM.
        emphasis = lambda target: 1 + EMPHASIS * (target[:, 0] == 0).float()
        weights = [seen * 3 * emphasis(uner_target), emphasis(gum_target)]
        targets, nets = [uner_target, gum_target], []
        soft = torch.zeros(len(uner_target) + len(gum_target), dtype=torch.bool)
        if args.teacher:
            big = fit(head(of_teacher[0].shape[1], 128), torch.cat(of_teacher[:2]), torch.cat(targets), soft, torch.cat(weights),
                      args.steps)
            nets.append(("teacher", big, of_teacher[0]))
            with torch.no_grad():
                news_target = torch.cat([big(part.float()).softmax(1) for part in of_teacher[2].split(20000)])
            targets.append(news_target)
            weights.append(0.5 + 0.5 * EMPHASIS * (1 - news_target[:, 0]))
            soft = torch.cat([soft, torch.ones(len(news_target), dtype=torch.bool)])
        little = fit(head(of_student[0].shape[1], small.sizes["name"]), torch.cat(of_student), torch.cat(targets), soft,
                     torch.cat(weights), args.steps * len(targets) // 2)
        nets.append(("student", little, of_student[0]))
        if fold is None:
            break
        for name, net, states in nets:
            with torch.no_grad():
                scores = net(states.float()).split([len(s) for s in uner])
            for at, s in enumerate(uner):
                if at // 20 % args.folds == fold:
                    gold, found = spans(s.names), spans(decode(scores[at].numpy()))
                    tallies[name] += (len(gold & found), len(found), len(gold))
        print("fold", fold, {k: f"P {100 * t[0] / t[1]:.1f} R {100 * t[0] / t[2]:.1f} F1 {200 * t[0] / (t[1] + t[2]):.1f}"
                             for k, t in tallies.items() if t[2]}, f"{time.time() - started:.0f} s", flush=True)
    # The head goes into the student, with the columns of the hints behind those of the states.
    small.name1, small.name2 = little[1], little[4]
    student.save_model(small, args.output)


if __name__ == "__main__":
    main()
