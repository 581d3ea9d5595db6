"""The student: the small network that ships. Word, affix and shape vectors, two BiLSTM layers, heads for tags, arcs,
relations and names.

    python student.py train --data DATA --work WORK [--vectors FILE] [--soft FILE...] [--out NAME]

`--soft` names files that `silver.py` made: sentences with the teacher's probabilities. Without them the student learns
from the tree banks alone. All activations lie within -1..1 (tanh), so that they can be rounded to 8 bits.
A checkpoint is written every few minutes; the same command goes on from there.
"""

import argparse
import collections
import os
import random
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpus
import trees
from corpus import NAME_LABELS, Sentence

SEED = 20261127
AFFIX, SHAPE = 48, 16
AFFIX_ROWS, SHAPE_ROWS = 16384, 1024
CORE = ("Mood", "VerbForm", "Voice")


def label_of(tag):
    """The label that the student learns: both tags, and of the features those of verbs that the form does not tell."""
    upos, xpos, feats = tag
    core = "|".join(f for f in feats.split("|") if f.split("=")[0] in CORE) if upos in ("VERB", "AUX") else ""
    return upos, xpos, core


class Forms:
    """Rows of a form in the embedding tables."""

    def __init__(self, words):
        self.words = {word: number + 1 for number, word in enumerate(words)}  # row 0: unknown words
        self.cache = {}

    def of(self, form):
        if form not in self.cache:
            plain = corpus.normal(form)
            small = corpus.lower(plain)
            self.cache[form] = np.array([self.words.get(small, 0), *corpus.affixes(small, AFFIX_ROWS), corpus.shape_row(plain, SHAPE_ROWS)])
        return self.cache[form]

    def rows(self, forms):
        return np.stack([self.of(form) for form in forms])


class Student(nn.Module):
    def __init__(self, words, labels, relations, vectors=None, hidden=80, tag_size=64, arc=96, rel=64, name=48, word=64):
        super().__init__()
        self.words, self.labels, self.relations, self.hidden = words, labels, relations, hidden
        self.sizes = dict(hidden=hidden, tag_size=tag_size, arc=arc, rel=rel, name=name, word=word)
        self.register_buffer("base", torch.zeros(len(words) + 1, word) if vectors is None else vectors)
        self.word = nn.Embedding(len(words) + 1, word)
        nn.init.zeros_(self.word.weight)
        self.affix = nn.EmbeddingBag(AFFIX_ROWS, AFFIX, mode="sum")
        nn.init.normal_(self.affix.weight, std=0.15)
        self.shape = nn.Embedding(SHAPE_ROWS, SHAPE)
        nn.init.normal_(self.shape.weight, std=0.3)
        self.lstm1 = nn.LSTM(word + AFFIX + SHAPE, hidden, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * hidden, hidden, batch_first=True, bidirectional=True)
        for lstm in (self.lstm1, self.lstm2):
            for key, p in lstm.named_parameters():
                if "weight_hh" in key:
                    for gate in p.data.chunk(4):
                        nn.init.orthogonal_(gate)
                elif "weight" in key:
                    nn.init.xavier_uniform_(p.data)
                else:
                    p.data.zero_()
                    if "ih" in key:
                        p.data[hidden:2 * hidden] = 1.0
        self.tag1, self.tag2 = nn.Linear(4 * hidden, tag_size), nn.Linear(tag_size, len(labels))
        self.arc_dep, self.arc_head = nn.Linear(2 * hidden, arc), nn.Linear(2 * hidden, arc)
        self.arc_root = nn.Parameter(torch.randn(arc) * 0.1)
        self.arc_gain = nn.Parameter(torch.tensor(0.7))
        self.rel_dep, self.rel_head = nn.Linear(2 * hidden, rel), nn.Linear(2 * hidden, rel, bias=False)
        self.rel_root = nn.Parameter(torch.zeros(rel))
        self.rel_out = nn.Linear(rel, len(relations))
        self.name1, self.name2 = nn.Linear(4 * hidden, name), nn.Linear(name, len(NAME_LABELS))

    def shared_drop(self, x, share):
        """Dropout with one mask for all words of a sentence."""
        if not self.training or share == 0:
            return x
        return x * torch.bernoulli(torch.full((x.shape[0], 1, x.shape[2]), 1 - share)) / (1 - share)

    def inputs(self, rows):
        words = rows[..., 0]
        base, own = self.base[words], self.word(words)
        if self.training:
            # Rare words are hidden most often; a share keep the pretrained vector but lose what training added.
            hide = torch.rand(words.shape) < self.hide[words]
            base = torch.where(hide.unsqueeze(2), self.base[0], base)
            own = torch.where(hide.unsqueeze(2), self.word.weight[0], own)
            own = own * (torch.rand(words.shape) >= 0.1).unsqueeze(2)
        affix = self.affix(rows[..., 1:9].reshape(-1, 8)).view(*words.shape, AFFIX)
        if self.training:
            affix = affix * (torch.rand(words.shape) >= 0.05).unsqueeze(2)
        return torch.tanh(torch.cat([base + own, affix, self.shape(rows[..., 9])], 2))

    def states(self, rows):
        drop = self.drop if self.training else 0.0
        x = self.shared_drop(self.inputs(rows), drop * 0.6)
        h1 = self.lstm1(x)[0]
        h2 = self.lstm2(self.shared_drop(h1, drop))[0]
        return h1, h2

    def forward(self, rows):
        drop = self.drop if self.training else 0.0
        h1, h2 = self.states(rows)
        h2 = self.shared_drop(h2, drop)
        both = torch.cat([self.shared_drop(h1, drop), h2], 2)
        few = lambda x: self.shared_drop(x, drop * 0.6)
        tag = self.tag2(few(torch.tanh(self.tag1(both))))
        q = few(torch.tanh(self.arc_dep(h2)))
        k = torch.cat([torch.tanh(self.arc_root).expand(len(rows), 1, -1), torch.tanh(self.arc_head(h2))], 1)
        arcs = self.arc_gain * (q @ few(k).transpose(1, 2)) - 1e4 * F.pad(torch.eye(rows.shape[1]), (1, 0))
        dep = self.rel_dep(h2)
        head = torch.cat([self.rel_root.expand(len(rows), 1, -1), self.rel_head(h2)], 1)
        both = F.pad(both, (0, self.name1.in_features - both.shape[2]))
        name = self.name2(few(torch.tanh(self.name1(both))))
        return tag, arcs, dep, head, name

    def relation_scores(self, dep, head, heads):
        chosen = head.gather(1, heads.unsqueeze(2).expand(-1, -1, head.shape[2]))
        return self.rel_out(self.shared_drop(torch.tanh(dep + chosen), self.drop * 0.6))

    drop = 0.33
    hide = None


# --- examples ------------------------------------------------------------------------------------------------------


class Example:
    """A sentence with what is known of it: gold labels, the teacher's probabilities, or both."""

    __slots__ = ("sentence", "gold", "tags", "arcs", "rels", "names")

    def __init__(self, sentence, gold, tags=None, arcs=None, rels=None, names=None):
        self.sentence, self.gold, self.tags, self.arcs, self.rels, self.names = sentence, gold, tags, arcs, rels, names


def varied(example, rng):
    """An augmented example: other forms, perhaps a word less at the end."""
    s = corpus.augment(example.sentence, rng)
    if s is example.sentence:
        return example
    n = len(s)
    cut = lambda a: a if a is None else a[:n]
    arcs = example.arcs
    if arcs is not None and n < len(example.sentence):
        arcs = arcs[:n, :n + 1].astype(np.float32)
        arcs = arcs / np.maximum(arcs.sum(1, keepdims=True), 1e-6)
    return Example(s, example.gold, cut(example.tags), arcs, cut(example.rels), cut(example.names))


def same_length_batches(lengths, size, rng):
    by_length = collections.defaultdict(list)
    for at, length in enumerate(lengths):
        by_length[length].append(at)
    groups = []
    for length in sorted(by_length):
        group = by_length[length]
        rng.shuffle(group)
        step = max(1, size // length)
        groups += [group[at:at + step] for at in range(0, len(group), step)]
    rng.shuffle(groups)
    return groups


def loss_of(model, group, forms, numbers, soft_share):
    labels, relations = numbers
    n = len(group[0].sentence)
    rows = torch.from_numpy(np.stack([forms.rows(e.sentence.forms) for e in group]))
    tag, arcs, dep, head, name = model(rows)
    size = len(group)
    heads = torch.from_numpy(np.array([e.sentence.heads for e in group]))
    gold = torch.tensor([e.gold for e in group])
    soft = torch.tensor([e.arcs is not None for e in group])
    rels = model.relation_scores(dep, head, heads)
    tag, arcs, rels = tag.log_softmax(2), arcs.log_softmax(2), rels.log_softmax(2)
    # What is given for certain.
    hard = torch.zeros(size)
    tag_gold = torch.tensor([[labels.get(label_of(t), -1) for t in e.sentence.tags()] for e in group])
    rel_gold = torch.tensor([[relations[r] for r in e.sentence.deprels] for e in group])
    pick = lambda scores, gold: scores.gather(2, gold.clamp(min=0).unsqueeze(2)).squeeze(2) * (gold >= 0)
    hard = -(pick(tag, tag_gold) + pick(arcs, heads)).sum(1)
    hard_rel = -pick(rels, rel_gold).sum(1)
    total = torch.where(gold, hard_rel, 0.0)
    if soft.any():
        def stacked(key, width):
            empty = np.zeros((n, width), np.float32)
            return torch.from_numpy(np.stack([empty if getattr(e, key) is None else getattr(e, key).astype(np.float32) for e in group]))
        soft_tags, soft_arcs, soft_rels = stacked("tags", tag.shape[2]), stacked("arcs", n + 1), stacked("rels", rels.shape[2])
        teacher = -((soft_tags * tag).sum((1, 2)) + (soft_arcs * arcs.clamp(min=-50)).sum((1, 2)))
        share = torch.where(soft, torch.where(gold, soft_share, 1.0), 0.0)
        total = total + (1 - share) * hard + share * teacher
        total = total + torch.where(gold, 0.0, -(soft_rels * rels).sum((1, 2)))
    else:
        total = total + hard
    # Names: gold where there are any, else the teacher's.
    named = [(at, e) for at, e in enumerate(group) if e.sentence.names or e.names is not None]
    if named:
        log = name[[at for at, _ in named]].log_softmax(2)
        target = np.stack([one_hot(e.sentence.names) if e.sentence.names else e.names.astype(np.float32) for _, e in named])
        total = total.index_add(0, torch.tensor([at for at, _ in named]), -(torch.from_numpy(target) * log).sum((1, 2)))
    return total.sum() / (size * n)


def one_hot(names):
    return np.eye(len(NAME_LABELS), dtype=np.float32)[[NAME_LABELS.index(x) for x in names]]


# --- prediction ----------------------------------------------------------------------------------------------------


@torch.no_grad()
def predict(model, sentences, forms):
    """Copies of sentences with the columns filled in, FEATS with the core features alone."""
    model.eval()
    done = [None] * len(sentences)
    for group in same_length_batches([len(s) for s in sentences], 4000, random.Random(0)):
        rows = torch.from_numpy(np.stack([forms.rows(sentences[at].forms) for at in group]))
        tag, arcs, dep, head, name = model(rows)
        heads = torch.tensor([trees.decode(a) for a in arcs.numpy()])
        rels = model.relation_scores(dep, head, heads)
        rels[..., model.relations.index("root")] = torch.where(heads == 0, 1e4, -1e4)
        for row, at in enumerate(group):
            best = [model.labels[k] for k in tag[row].argmax(1).tolist()]
            done[at] = Sentence(sentences[at].forms, None, *(list(c) for c in zip(*best)), heads[row].tolist(),
                                [model.relations[k] for k in rels[row].argmax(1).tolist()],
                                [NAME_LABELS[k] for k in name[row].argmax(1).tolist()], sentences[at].doc)
    return done


def score(gold, found):
    n = u = x = ua = la = 0
    for a, b in zip(gold, found):
        for at in range(len(a)):
            n += 1
            u += a.upos[at] == b.upos[at]
            x += a.xpos[at] == b.xpos[at]
            h = a.heads[at] == b.heads[at]
            ua += h
            la += h and a.deprels[at].split(":")[0] == b.deprels[at].split(":")[0]
    return "UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f" % tuple(100 * v / n for v in (u, x, ua, la))


def save_model(model, path):
    torch.save(dict(model=model.state_dict(), words=model.words, labels=model.labels, relations=model.relations,
                    sizes=model.sizes), path)


def load(path):
    state = torch.load(path, weights_only=False)
    model = Student(state["words"], state["labels"], state["relations"], **state["sizes"])
    inputs = state["model"]["name1.weight"].shape[1]
    model.name1 = nn.Linear(inputs, state["sizes"]["name"])  # wider once `names.py` has added the word lists
    model.load_state_dict(state["model"])
    model.eval()
    return model


# --- training ------------------------------------------------------------------------------------------------------


def gold_sentences(data, demonyms):
    ewt = corpus.read_conllu(os.path.join(data, "ud/ewt-train.conllu"))
    gum = corpus.read_conllu(os.path.join(data, "ud/gum-train-free.conllu"), entities=True)
    for sentence in gum:
        corpus.mark_groups(sentence, demonyms)
    return [s for s in ewt + gum if len(s) <= 130]


def inventory(sentences):
    labels = corpus.counts(sentences, lambda s: [label_of(t) for t in s.tags()])
    relations = corpus.counts(sentences, lambda s: s.deprels)
    return sorted(l for l, c in labels.items() if c >= 3), sorted(relations)


def train(args):
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    os.makedirs(args.work, exist_ok=True)
    gold = gold_sentences(args.data, corpus.read_list(args.demonyms) if args.demonyms else ())
    labels, relations = inventory(gold)
    numbers = ({l: k for k, l in enumerate(labels)}, {r: k for k, r in enumerate(relations)})
    dev = {k: corpus.read_conllu(os.path.join(args.data, f"ud/{k}-dev.conllu")) for k in ("ewt", "gum")}
    examples, silver = [Example(s, True) for s in gold], []
    for path in args.soft:
        for entry in torch.load(path, weights_only=False):
            if len(entry["sentence"]) > 100:
                continue
            if entry["gold"] is None:
                silver.append(Example(entry["sentence"], False, entry["tags"], entry["arcs"], entry["rels"], entry["names"]))
            else:
                e = examples[entry["gold"]]
                assert e.sentence.forms == entry["sentence"].forms
                e.tags, e.arcs, e.names = entry["tags"], entry["arcs"], entry["names"]
    seen = corpus.counts([e.sentence for e in examples + silver], lambda s: [corpus.lower(corpus.normal(f)) for f in s.forms])
    if args.vectors:
        stored = np.load(args.vectors)
        words, vectors = stored["words"].tolist(), torch.from_numpy(stored["vectors"]).float()
        vectors = F.pad(vectors, (0, 0, 1, 0))
    else:
        words, vectors = sorted(w for w, c in seen.items() if c >= 2), None
    forms = Forms(words)
    sizes = dict(hidden=args.hidden, word=64 if vectors is None else vectors.shape[1])
    model = Student(words, labels, relations, vectors, **sizes)
    model.hide = torch.tensor([0.0] + [0.3 / (0.3 + seen[w]) if seen[w] else 0.0 for w in words]) + 0.01
    model.drop = args.drop
    if args.start:
        begun = load(args.start)
        assert begun.words == words and begun.labels == labels and begun.relations == relations
        model.load_state_dict(begun.state_dict())
    optimizer = torch.optim.Adam(model.parameters(), lr=args.rate, betas=(0.9, 0.95))
    average = {k: v.clone() for k, v in model.state_dict().items()}  # moving average of the weights: what is kept

    def plan(epoch):
        rng = random.Random(SEED + epoch)
        tail = epoch >= args.epochs - args.tail
        part = silver if not tail else rng.sample(silver, min(len(silver), int(len(silver) * args.tail_silver)))
        chosen = [varied(e, rng) for e in examples * args.gold_times + part]
        return chosen, same_length_batches([len(e.sentence) for e in chosen], args.batch, rng)

    steps_per_epoch = len(plan(0)[1])
    total = steps_per_epoch * args.epochs
    epoch = step = start_batch = 0
    path = os.path.join(args.work, args.out + ".ckpt")
    if os.path.exists(path):
        state = torch.load(path, weights_only=False)
        model.load_state_dict(state["model"]), optimizer.load_state_dict(state["optimizer"]), torch.set_rng_state(state["rng"])
        epoch, start_batch, step, average = state["epoch"], state["batch"], state["step"], state["average"]
        print("resuming at epoch", epoch, "step", step, flush=True)

    def save(epoch, batch):
        torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), rng=torch.get_rng_state(), epoch=epoch,
                        batch=batch, step=step, average=average), path + ".new")
        os.replace(path + ".new", path)

    started = saved = time.time()
    tokens = sum(len(e.sentence) for e in examples), sum(len(e.sentence) for e in silver)
    print(f"{tokens[0]} gold tokens, {tokens[1]} silver, {total} steps, {len(words)} words, {len(labels)} labels, "
          f"{sum(p.numel() for p in model.parameters())} parameters", flush=True)
    lately = []
    for epoch in range(epoch, args.epochs):
        chosen, order = plan(epoch)
        for at in range(start_batch, len(order)):
            model.train()
            progress = min(1.0, step / total)
            rate = args.rate * min(1.0, (step + 1) / 300) * max(0.01, 1 - progress)
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss = loss_of(model, [chosen[k] for k in order[at]], forms, numbers, args.soft_share)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            step += 1
            lately.append(loss.item())
            if step % 10 == 0:
                with torch.no_grad():
                    decay = min(0.98, step / (step + 100))
                    for key, value in model.state_dict().items():
                        average[key].lerp_(value, 1 - decay) if value.is_floating_point() else average[key].copy_(value)
            if time.time() - saved > 150:
                save(epoch, at + 1)
                saved = time.time()
        start_batch = 0
        save(epoch + 1, 0)
        final = Student(words, labels, relations, vectors, **sizes)
        final.load_state_dict(average)
        save_model(final, os.path.join(args.work, args.out + ".pt"))
        last = epoch + 1 == args.epochs
        every = 1 if last else 4
        scores = [f"{k} {score(g[::every], predict(final, g[::every], forms))}" for k, g in dev.items()]
        print(f"epoch {epoch} loss {np.mean(lately):.3f} {time.time() - started:.0f} s", *scores, sep=" | ", flush=True)
        lately = []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["train"])
    parser.add_argument("--data", required=True), parser.add_argument("--work", required=True)
    parser.add_argument("--demonyms"), parser.add_argument("--vectors"), parser.add_argument("--soft", nargs="*", default=[])
    parser.add_argument("--out", default="student"), parser.add_argument("--start", help="a trained student to go on from")
    parser.add_argument("--epochs", type=int, default=12), parser.add_argument("--batch", type=int, default=1500)
    parser.add_argument("--tail", type=int, default=3, help="epochs at the end with few silver sentences")
    parser.add_argument("--tail-silver", type=float, default=0.3), parser.add_argument("--gold-times", type=int, default=1)
    parser.add_argument("--soft-share", type=float, default=0.5), parser.add_argument("--hidden", type=int, default=80)
    parser.add_argument("--rate", type=float, default=4e-3), parser.add_argument("--drop", type=float, default=0.33)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
