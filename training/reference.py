"""What the model file means: reads it, and nothing else, and predicts CoNLL-U. The Rust inference follows this file.

    python reference.py MODEL.bin INPUT.conllu OUTPUT.conllu

Matrix products are over integers; all else is float32 with the operations in the order written. Vectors of activations
lie in -1..1 and are rounded to 8 bits, 127 being 1, before every product.
"""

import struct
import sys

import numpy as np

f32 = np.float32
INFLECTED = {"VBD", "VBN", "VBG", "VBZ", "NNS", "NNPS", "JJR", "JJS", "RBR", "RBS"}


# --- the file ------------------------------------------------------------------------------------------------------


def read_model(path):
    data = open(path, "rb").read()
    assert data[:12] == b"chneural\x01\x00\x00\x00"
    (count,), at, records = struct.unpack_from("<I", data, 12), 16, {}
    for _ in range(count):
        length = data[at]
        name = data[at + 1:at + 1 + length].decode()
        at += 1 + length
        kind, dimensions = data[at], data[at + 1]
        shape = struct.unpack_from(f"<{dimensions}I", data, at + 2)
        at += 2 + 4 * dimensions
        if kind == 3:
            strings, end = [], at + shape[1]
            while at < end:
                strings.append(data[at + 1:at + 1 + data[at]].decode())
                at += 1 + data[at]
            assert len(strings) == shape[0]
            records[name] = strings
        else:
            of = {0: np.dtype("<f4"), 1: np.dtype("i1"), 2: np.dtype("<u4")}[kind]
            size = int(np.prod(shape))
            records[name] = np.frombuffer(data, of, size, at).reshape(shape)
            at += size * of.itemsize
    assert at == len(data)
    return records


# --- forms ---------------------------------------------------------------------------------------------------------

ALIKE = {**dict.fromkeys("‘’ʼ´′", "'"), **dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("–‑‒−—―", "-"), "…": ".",
         **dict.fromkeys("0123456789", "0")}


def normal(form):
    return "".join(ALIKE.get(character, character) for character in form)


def lower(text):
    return "".join(character.lower()[:1] for character in text)


def shape(text):
    """Of a normal form: one class a character, runs cut to two."""
    classes = ""
    for c in text:
        if c == "0":
            kind = "0"
        elif c.islower():
            kind = "x"
        elif c.isupper():
            kind = "X"
        elif ord(c) < 128:
            kind = c
        else:
            kind = "x" if c.isalpha() else "#"
        if classes[-2:] != kind * 2:
            classes += kind
    return classes


def hash64(prefix, text):
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in bytes([prefix]) + text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


# --- arithmetic ----------------------------------------------------------------------------------------------------


def tanh(x):
    """Lambert's continued fraction cut off, on -4.97..4.97; error below 1.2e-4."""
    x = np.minimum(np.maximum(x, f32(-4.97)), f32(4.97))
    s = x * x
    above = x * (f32(135135) + s * (f32(17325) + s * (f32(378) + s)))
    below = f32(135135) + s * (f32(62370) + s * (f32(3150) + s * f32(28)))
    return above / below


def sigmoid(x):
    return f32(0.5) + f32(0.5) * tanh(f32(0.5) * x)


def quantise(x):
    """-1..1 to -127..127, halves up; int32 so that numpy multiplies safely."""
    return np.floor(x * f32(127) + f32(0.5)).astype(np.int32)


class Model:
    def __init__(self, path):
        self.r = read_model(path)
        self.words = {word: at + 1 for at, word in enumerate(self.r["words"])}  # row 0: unknown
        self.wide = {k: v.astype(np.int32) for k, v in self.r.items() if getattr(v, "dtype", None) == np.int8}
        self.hidden = self.r["lstm1.forward"].shape[0] // 4
        self.features = dict(zip(self.r["features.keys"], self.r["features.values"].tolist()))
        self.edits = [edit.split(" ", 2) for edit in self.r["lemmas.edits"]]
        self.rules = dict(zip(self.r["lemmas.keys"], self.r["lemmas.values"].tolist()))
        self.lists = [set(self.r["list." + name]) for name in ("given", "titles", "bodies", "demonyms")]
        self.places = {}
        for place in self.r["list.places"]:
            self.places.setdefault(place.split(" ")[0], []).append(place.split(" "))
        self.root_relation = self.r["relations"].index("root")
        self.proper = [at for at, (upos, xpos) in enumerate(zip(self.r["upos"], self.r["xpos"]))
                       if upos == "PROPN" or xpos in ("NNP", "NNPS")]
        self.cache = {}

    def affine(self, name, x):
        """x: integers, rows of activations. The product is exact; then one multiplication and one addition."""
        return (x @ self.wide[name].T).astype(f32) * self.r[name + ".scale"] + self.r[name + ".bias"]

    def input(self, form):
        """The quantised input vector of a word: it depends on the form alone, so Rust may keep it, and with it the share
        of the first layer's product that it brings."""
        if form not in self.cache:
            text = normal(form)
            small = lower(text)
            ends = [small[:n] for n in (1, 2, 3, 4)] + [small[-n:] for n in (1, 2, 3, 4)]
            rows = [hash64(at + 1, end) % len(self.r["affix"]) for at, end in enumerate(ends)]
            word = self.wide["word"][self.words.get(small, 0)].astype(f32) * self.r["word.scale"][0]
            affix = self.wide["affix"][rows].sum(0).astype(f32) * self.r["affix.scale"][0]
            look = self.wide["shape"][hash64(9, shape(text)) % len(self.r["shape"])].astype(f32) * self.r["shape.scale"][0]
            self.cache[form] = quantise(tanh(np.concatenate([word, affix, look])))
        return self.cache[form]

    def lstm(self, name, x):
        """One direction over quantised rows; gates in the order input, forget, cell, output."""
        size = self.hidden
        weights, scale, bias = self.wide[name], self.r[name + ".scale"], self.r[name + ".bias"]
        width = x.shape[1]
        given = x @ weights[:, :width].T
        recurrent = weights[:, width:].T
        h, c, out = np.zeros(size, np.int32), np.zeros(size, f32), []
        for row in given:
            z = (row + h @ recurrent).astype(f32) * scale + bias
            i, f, g, o = sigmoid(z[:size]), sigmoid(z[size:2 * size]), tanh(z[2 * size:3 * size]), sigmoid(z[3 * size:])
            c = f * c + i * g
            h = quantise(o * tanh(c))
            out.append(h)
        return np.stack(out)

    def layer(self, number, x):
        ahead = self.lstm(f"lstm{number}.forward", x)
        back = self.lstm(f"lstm{number}.backward", x[::-1])[::-1]
        return np.concatenate([ahead, back], 1)

    def hidden_layer(self, name, x):
        return quantise(tanh(self.affine(name, x)))

    def sentence(self, forms):
        """Labels (numbers), heads (0: root, words count from 1), relations (numbers), name labels (numbers)."""
        size = len(forms)
        x = np.stack([self.input(form) for form in forms])
        h1 = self.layer(1, x)
        h2 = self.layer(2, h1)
        both = np.concatenate([h1, h2], 1)
        tags = self.affine("tag2", self.hidden_layer("tag1", both))
        for at in self.capitals(forms):
            tags[at, self.proper] += f32(2.5)
        labels = tags.argmax(1)
        # Arcs: integer scores[dependent][head], head 0 the root.
        keys = np.concatenate([self.wide["arc_root"][None], self.hidden_layer("arc_head", h2)])
        scores = self.hidden_layer("arc_dep", h2) @ keys.T
        heads = decode(scores)
        # Relations, given the heads; "root" exactly where the head is the root.
        half = self.hidden * 2
        left, right = h2 @ self.wide["rel_pair"][:, :half].T, h2 @ self.wide["rel_pair"][:, half:].T
        pairs = np.stack([left[at] + (right[head - 1] if head else 0) for at, head in enumerate(heads)])
        z = pairs.astype(f32) * self.r["rel_pair.scale"] + self.r["rel_pair.bias"]
        for at, head in enumerate(heads):
            if head == 0:
                z[at] = z[at] + self.r["rel_root"]
        relations = self.affine("rel_out", quantise(tanh(z)))
        relations[:, self.root_relation] = -np.inf
        relations = [self.root_relation if head == 0 else int(row.argmax()) for head, row in zip(heads, relations)]
        if self.wide["name1"].shape[1] > both.shape[1]:
            both = np.concatenate([both, self.hints(forms)], 1)
        names = self.name_labels(self.affine("name2", self.hidden_layer("name1", both)))
        return labels.tolist(), heads, relations, names

    def capitals(self, forms):
        """Words within a sentence that begin with a capital, unless nearly all long words do, as in a headline."""
        long = [form for form in forms if len(form) > 3 and form[0].isalpha()]
        if 4 * sum(form[0].isupper() for form in long) > 3 * len(long):
            return []
        return [at for at, form in enumerate(forms) if at > 0 and form[0].isupper()]

    def hints(self, forms):
        """What the word lists say, as activations 0 or 127: six bits of the word, five of the one before, of the one after."""
        small = [lower(normal(form)) for form in forms]
        own = np.array([[word in known for known in self.lists] + [False, False] for word in small], np.int32)
        at = 0
        while at < len(small):
            length = max((len(p) for p in self.places.get(small[at], ()) if small[at:at + len(p)] == p), default=0)
            if length:
                own[at, 4] = 1
                own[at + 1:at + length, 5] = 1
            at += max(1, length)
        some, empty = own[:, [0, 1, 2, 4, 5]], np.zeros((1, 5), np.int32)
        return 127 * np.concatenate([own, np.concatenate([empty, some[:-1]]), np.concatenate([some[1:], empty])], 1)

    def name_labels(self, scores):
        """Greedy: the inside of a kind follows its begin or inside, and must then score above all else."""
        kinds = (len(self.r["names"]) - 1) // 2
        found, before = [], 0
        for row in scores:
            best = int(row[:1 + kinds].argmax())
            if before:
                inside = 1 + kinds + (before - 1) % kinds
                if row[inside] > row[best]:
                    best = inside
            found.append(best)
            before = best
        return found

    def feature_set(self, form, label):
        number = self.features.get(f"{lower(normal(form))}\t{label}", int(self.r["features.usual"][label]))
        return self.r["features"][number]

    def lemma(self, form, upos, xpos):
        text = "".join({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"'}.get(c, c) for c in form)
        small, label = text.lower(), f"{upos}|{xpos}"
        digits = "0123456789"
        if "," in text and text[0] in digits and text[-1] in digits and all(c in digits + ",." for c in text):
            return text.replace(",", "")
        keys = [f"={small}\t{label}"]
        if upos in ("VERB", "AUX") or not any(c.isalnum() for c in small):
            keys.append(f"={small}\t{upos}")
        edits = [self.rules[key] for key in keys if key in self.rules]
        if not edits:
            keys = [f"~{small[len(small) - n:]}\t{label}" for n in range(min(6, len(small)), -1, -1)]
            edits = [self.rules[key] for key in keys if key in self.rules]
            if xpos in INFLECTED and edits and self.edits[edits[0]] != ["1", "0", ""]:
                made = [self.edited(text, edit) for edit in edits]
                for word in list(made):
                    made.append(word + "e")
                    if len(word) > 1 and (word[-1] == "e" or word[-1] == word[-2]):
                        made.append(word[:-1])
                for word in made:
                    if len(word) > 2 and lower(normal(word)) in self.words:
                        return word
        made = (self.edited(text, edits[0]) if edits else small) or small
        if xpos == "NNP" and (text.islower() or text.isupper()) and "^" + small in self.rules:
            return self.edited(made, self.rules["^" + small])
        return made

    def edited(self, text, number):
        case, cut, ending = self.edits[number]
        text = {"0": text, "1": text.lower(), "2": text[:1].upper() + text[1:].lower()}[case]
        return (text[:-int(cut)] if 0 < int(cut) <= len(text) else text) + ending


# --- trees ---------------------------------------------------------------------------------------------------------


def decode(scores):
    """Each word's best head, the first of equals; where that is no tree with a single root, the best such tree."""
    size = len(scores)
    scores = scores.astype(np.int64).copy()
    scores[np.arange(size), np.arange(size) + 1] = -(1 << 40)
    heads = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    square = np.full((size + 1, size + 1), -(1 << 40), np.int64)
    square[1:] = scores
    square[1:, 0] -= 1 << 30  # so that the best tree has as few roots as can be: one
    return edmonds(square)[1:].tolist()


def is_tree(heads):
    if heads.count(0) != 1:
        return False
    for at in range(1, len(heads) + 1):
        steps = 0
        while at:
            at = heads[at - 1]
            steps += 1
            if steps > len(heads):
                return False
    return True


def edmonds(scores):
    """Chu-Liu-Edmonds: heads of the maximum arborescence from node 0; scores[dependent][head]."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    gains = scores[cycle] - scores[cycle, heads[cycle]][:, None]
    enter, leave = gains[:, outside].argmax(0), scores[np.ix_(outside, cycle)].argmax(1)
    last = len(outside)  # the cycle as one node
    small = np.full((last + 1, last + 1), -(1 << 40), np.int64)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = gains[:, outside].max(0)
    small[:-1, -1] = scores[np.ix_(outside, cycle)].max(1)
    chosen = edmonds(small)
    result = heads.copy()
    for place in range(1, last):
        result[outside[place]] = cycle[leave[place]] if chosen[place] == last else outside[chosen[place]]
    result[cycle[enter[chosen[-1]]]] = outside[chosen[-1]]
    return result


def find_cycle(heads):
    """The nodes of the first cycle met when walking up from node 1, 2, …; None if there is none."""
    state = [0] * len(heads)
    state[0] = -1
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = start
            path.append(at)
            at = int(heads[at])
        if state[at] == start:
            return np.array(path[path.index(at):])
        for node in path:
            state[node] = -1
    return None


# --- punctuation ---------------------------------------------------------------------------------------------------

CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">", "“": "”", "‘": "’", "«": "»", "``": "''"}


def pairs(forms, is_mark):
    """Brackets and quotation marks that belong together, each to the other."""
    found, opened, quotes = {}, [], {}
    for at, form in enumerate(forms):
        if not is_mark[at]:
            continue
        if form in CLOSING:
            opened.append(at)
        elif form in CLOSING.values():
            place = next((k for k in range(len(opened) - 1, -1, -1) if CLOSING[forms[opened[k]]] == form), None)
            if place is not None:
                found[opened[place]], found[at] = at, opened[place]
                del opened[place:]
        elif form in ('"', "'"):
            if form in quotes:
                other = quotes.pop(form)
                found[other], found[at] = at, other
            else:
                quotes[form] = at
    return found


def attach_marks(forms, heads, relations):
    """Heads of punctuation marks, from the tree of the words: heads count from 1, 0 is the root."""
    heads = [head - 1 for head in heads]  # -1 is the root
    is_mark = [relation.split(":")[0] == "punct" and at not in heads for at, relation in enumerate(relations)]
    words = [at for at in range(len(forms)) if not is_mark[at]]
    pair, made = pairs(forms, is_mark), list(heads)

    def depth(at):
        steps = 0
        while heads[at] >= 0:
            at, steps = heads[at], steps + 1
        return steps

    for mark in range(len(forms)):
        if not is_mark[mark]:
            continue
        # What a pair encloses is one unit; the pair hangs on its head.
        if mark in pair:
            start, end = sorted((mark, pair[mark]))
            tops = [w for w in words if start < w < end and not start < heads[w] < end]
            if tops:
                made[mark] = min(tops, key=depth)
                continue
        # A mark does not look out of the pair around it.
        around = [(end - start, start, end) for start, end in pair.items() if start < mark < end]
        _, start, end = min(around, default=(0, -1, len(forms)))
        left = next((w for w in range(mark - 1, start, -1) if not is_mark[w]), None)
        right = next((w for w in range(mark + 1, end) if not is_mark[w]), None)
        is_reference = forms[mark] in (".", "!", "?") and mark + 1 < len(forms) and forms[mark + 1] == "["
        if left is not None and is_reference:
            right = None

        def path(at, low, high):
            """A word and those above it, as long as they stand on its side of the mark."""
            steps = [at]
            while low < heads[steps[-1]] < high:
                steps.append(heads[steps[-1]])
            return steps

        before = [] if left is None else path(left, start, mark)
        after = [] if right is None else path(right, mark, end)
        # The mark hangs as high as it can without crossing an arc; of two units, on the one that depends on the other.
        if before and after:
            one, other = before[-1], after[-1]
            if heads[one] in after:
                made[mark] = one
            elif heads[other] in before:
                made[mark] = other
            else:
                made[mark] = one if depth(one) > depth(other) else other
        elif before or after:
            made[mark] = (before or after)[-1]
    return [head + 1 for head in made]


# --- CoNLL-U -------------------------------------------------------------------------------------------------------


def main():
    model = Model(sys.argv[1])
    for given, made in zip(sys.argv[2::2], sys.argv[3::2]):
        with open(given, encoding="utf-8") as lines, open(made, "w", encoding="utf-8") as output:
            read(model, lines, output)


def read(model, lines, output):
    r, forms = model.r, []
    for line in [*lines, "\n"]:
        fields = line.rstrip("\n").split("\t")
        if fields[0].isdigit():
            forms.append(fields[1])
        elif fields == [""] and forms:
            labels, heads, relations, names = model.sentence(forms)
            heads = attach_marks(forms, heads, [r["relations"][relation] for relation in relations])
            for at, form in enumerate(forms):
                upos, xpos = r["upos"][labels[at]], r["xpos"][labels[at]]
                print(at + 1, form, model.lemma(form, upos, xpos), upos, xpos, model.feature_set(form, labels[at]), heads[at],
                      r["relations"][relations[at]], "_", "Name=" + r["names"][names[at]], sep="\t", file=output)
            print(file=output)
            forms = []


if __name__ == "__main__":
    main()
