"""The best tree of a matrix of scores: greedy where that is a tree, else Chu-Liu-Edmonds."""

import numpy as np

ONE_ROOT = 1e4  # taken off every arc from the root, so that the best tree has a single one


def is_tree(heads):
    """Whether heads (one a word, 0 the root, words count from 1) form one tree with a single root."""
    if sum(1 for head in heads if head == 0) != 1:
        return False
    for at in range(1, len(heads) + 1):
        steps = 0
        while at:
            at = heads[at - 1]
            steps += 1
            if steps > len(heads):
                return False
    return True


def decode(scores):
    """Heads from scores[word][head], words without the root, heads with it in place 0."""
    size = scores.shape[0]
    scores = scores.astype(np.float32).copy()
    scores[np.arange(size), np.arange(size) + 1] = -1e9
    heads = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    square = np.full((size + 1, size + 1), -1e9, dtype=np.float64)
    square[1:, :] = scores
    square[1:, 0] -= ONE_ROOT
    return edmonds(square)[1:].tolist()


def edmonds(scores):
    """The heads of the maximum spanning arborescence from node 0; scores[dependent, head]."""
    size = len(scores)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)  # node 0 is among them and stays first
    gains = scores[cycle] - scores[cycle, heads[cycle]][:, None]  # what leaving the cycle's arc costs, per entry point
    enter, leave = gains[:, outside].argmax(0), scores[np.ix_(outside, cycle)].argmax(1)
    small = np.full((len(outside) + 1, len(outside) + 1), -1e9)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = gains[:, outside].max(0)
    small[:-1, -1] = scores[np.ix_(outside, cycle)].max(1)
    small[0, :] = -1e9
    chosen = edmonds(small)
    result = heads.copy()
    for place, node in enumerate(outside):
        if place:
            head = chosen[place]
            result[node] = cycle[leave[place]] if head == len(outside) else outside[head]
    into = chosen[-1]
    result[cycle[enter[into]]] = outside[into]
    return result


def find_cycle(heads):
    state = np.zeros(len(heads), int)
    state[0] = -1
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = start
            path.append(at)
            at = heads[at]
        if state[at] == start:
            return np.array(path[path.index(at):])
        for node in path:
            state[node] = -1
    return None
