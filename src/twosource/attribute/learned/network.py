"""The network: which words are cues, and what every word around a cue is to it.

Words are embedded by their features and by what the encoder makes of them, and then mixed, layer by layer, with their neighbours, their head and
the words they head (a convolution over the dependency tree and the line), once also with what the
sentences around hold. A second, smaller network reads every word beside every likely cue, with the path
between the two in the tree, and gives it a role. The forward pass is all there is here; training is in
``benchmarks/train_attribution.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .features import SLOTS, Grid, Ints, Pairs, pair_sizes
from .weights import Floats

NOTHING, SOURCE, CUE, CONTENT = range(4)
"""The roles, in the order of the last axis of `Roles.probability`."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the words around the cues are to them: m pairs as in `Pairs`, k cues.

    `probability` (m, 4) over the roles; `source` (m) how much speaks for the word as head of the source and
    `unnamed` (k) for there being none, both as logits on one scale; `real` (k) the logit that the cue is
    one, with all its arguments seen.
    """

    probability: Floats
    source: Floats
    unnamed: Floats
    real: Floats


class Network:
    """One trained network. `arrays` are named as the training script names its parameters.

    `reads` says whether it takes what the encoder makes of the words.
    """

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._arrays = arrays
        self.reads = "read.weight" in arrays
        self._layers = sum(name.startswith("mix.") and name.endswith(".weight") for name in arrays)
        # Embedding and first layer are both linear: their product is one table for each slot.
        self._tables: list[Floats] = []
        weight, at = arrays["inp.weight"], 0
        for k in range(len(SLOTS)):
            table = arrays[f"emb.{k}.weight"]
            self._tables.append(table @ weight[:, at : at + table.shape[1]].T)
            at += table.shape[1]

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._arrays[f"{name}.weight"].T
        bias = self._arrays.get(f"{name}.bias")
        return out if bias is None else out + bias

    def _norm(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(1e-5))
        out: Floats = centred / spread * self._arrays[f"{name}.weight"] + self._arrays[f"{name}.bias"]
        return out

    def encode(self, grid: Grid, read: Floats | None = None) -> Floats:
        """What the network makes of every word: (n, width); `read` is what the encoder makes of it."""
        x: Floats = self._tables[0][grid.ids[:, 0]]
        for k in range(1, len(SLOTS)):
            x += self._tables[k][grid.ids[:, k]]
        if self.reads and read is not None:
            x += self._linear("read", read)
        h = self._norm("norm.0", _relu(x + self._arrays["inp.bias"]))
        for layer in range(self._layers):
            below = _sum_over_children(_relu(self._linear(f"msg.{layer}", h)), grid.head)
            around = _padded(h)
            mixed = np.concatenate([h, around[grid.left], around[grid.right], h[grid.head], below], axis=1)
            z = self._linear(f"mix.{layer}", mixed)
            if layer == 1:
                held = _relu(self._linear("ctx", h))
                pool = np.maximum.reduceat(held, grid.bounds[:, 0], axis=0)
                edge = np.zeros((1, pool.shape[1]), np.float32)
                pool = np.concatenate([edge, pool, edge])
                three = np.concatenate([pool[:-2], pool[1:-1], pool[2:]], axis=1)
                z = z + self._linear("ctx_in", three)[grid.sentence]
            h = self._norm(f"norm.{layer + 1}", h + _relu(z))
        return h

    def cues(self, hidden: Floats) -> Floats:
        """For every word the logit that a cue has its head there: (n,)."""
        out: Floats = self._linear("cue.3", _relu(self._linear("cue.0", hidden)))[:, 0]
        return out

    def roles(self, hidden: Floats, pairs: Pairs, logits: Floats) -> Roles:
        """What the words are to the cues; `logits` (k) are the cues' own."""
        x = (
            self._linear("pw", hidden)[pairs.word]
            + self._linear("pc", hidden)[pairs.cue]
            + self._linear("pt", hidden)[pairs.top]
        )
        if self.reads:
            both = self._linear("biq", hidden)[pairs.word] * self._linear("bik", hidden)[pairs.cue]
            x += self._linear("bi", both)
        for k in range(len(pair_sizes(1))):
            x += self._arrays[f"pe.{k}.weight"][pairs.ids[:, k]]
        x = self._norm("pn", _relu(x))
        starts = np.searchsorted(pairs.group, np.arange(len(logits)))
        around = _padded(x)
        x = x + _relu(
            self._linear("conv1", np.concatenate([around[pairs.left], x, around[pairs.right]], axis=1))
        )
        first = np.maximum.reduceat(_relu(self._linear("pool", x)), starts, axis=0)
        around = _padded(x)
        joined = np.concatenate([around[pairs.left], x, around[pairs.right], first[pairs.group]], axis=1)
        x = self._norm("pn2", x + _relu(self._linear("conv2", joined)))
        second = np.maximum.reduceat(_relu(x), starts, axis=0)
        whole = np.concatenate([first, second, logits[:, None]], axis=1)
        real = self._linear("real.2", _relu(self._linear("real.0", whole)))[:, 0]
        probability = _softmax(self._linear("role", x))
        return Roles(probability, self._linear("src", x)[:, 0], self._linear("nosrc", second)[:, 0], real)


def _relu(x: Floats) -> Floats:
    return np.maximum(x, np.float32(0))


def _padded(x: Floats) -> Floats:
    """`x` with one row of zeros after the last, which is where pointers to nothing point."""
    return np.concatenate([x, np.zeros((1, x.shape[1]), np.float32)])


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    out: Floats = e / e.sum(axis=1, keepdims=True)
    return out


def _sum_over_children(message: Floats, head: Ints) -> Floats:
    """For every word the sum of the messages of the words that it heads."""
    children = np.flatnonzero(head != np.arange(len(head)))
    out = np.zeros_like(message)
    if len(children):
        order = children[np.argsort(head[children], kind="stable")]
        owners = head[order]
        starts = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        out[owners[starts]] = np.add.reduceat(message[order], starts, axis=0)
    return out
