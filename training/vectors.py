"""Word vectors to begin with: the teacher's view of each word alone, and its word pieces, brought down to few dimensions.

    python vectors.py --data DATA --work WORK [--teacher WORK/teacher] OUTPUT.npz

Words: the whole words of the encoder's vocabulary, and those of the tree banks and of WORK/news.conllu. Without `--teacher`
the encoder is taken as it comes.
"""

import argparse
import os

import numpy as np
import torch

import corpus
import student
import teacher
from corpus import Sentence


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True), parser.add_argument("--work", required=True), parser.add_argument("--teacher")
    parser.add_argument("--threads", type=int, default=2), parser.add_argument("output")
    parser.add_argument("--size", type=int, default=64)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    pieces = teacher.Pieces()
    sentences = student.gold_sentences(args.data, ())
    news = os.path.join(args.work, "news.conllu")
    if os.path.exists(news):
        sentences = sentences + corpus.read_conllu(news)
    key = lambda form: corpus.lower(corpus.normal(form))
    seen = corpus.counts(sentences, lambda s: [key(f) for f in s.forms])
    words = {w for w, c in seen.items() if c >= 2 or w.isalpha()}
    words |= {w for w in pieces.tokenizer.get_vocab() if w.isascii() and w.isalpha() and len(w) > 1}
    words = sorted(w for w in words if len(w.encode()) < 60)
    model = teacher.load(args.teacher) if args.teacher else teacher.Teacher(["x"], ["root"]).eval()
    parts = []
    with torch.no_grad():
        for start in range(0, len(words), 512):
            batch = teacher.collate([Sentence([w]) for w in words[start:start + 512]], pieces)
            inputs = model.encoder.embeddings.word_embeddings(batch["pieces"])
            out = model.encoder(inputs_embeds=inputs + model.case(batch["cases"]), attention_mask=batch["mask"],
                                output_hidden_states=True).hidden_states
            own = (batch["owner"] == 0).unsqueeze(2).float()
            pool = lambda x: ((x * own).sum(1) / own.sum(1)).numpy()
            top = sum(w * layer for w, layer in zip(model.mix.softmax(0), out))
            parts.append(np.concatenate([pool(inputs), pool(top)], 1))
    x = np.concatenate(parts)
    known = np.array([seen[w] > 0 for w in words])
    half = x.shape[1] // 2
    for block in (slice(0, half), slice(half, None)):
        x[:, block] -= x[known, block].mean(0)
        x[:, block] /= np.sqrt((x[known, block] ** 2).sum(1).mean())
    _, _, basis = np.linalg.svd(x[known], full_matrices=False)
    low = x @ basis[:args.size].T
    low = low / low[known].std(0).mean() * 0.35
    low = np.clip(low, -1.5, 1.5)
    np.savez(args.output, words=np.array(words), vectors=low.astype(np.float32))
    print(len(words), "words", "share of variance", float((x[known] @ basis[:args.size].T).var(0).sum() / x[known].var(0).sum()))


if __name__ == "__main__":
    main()
