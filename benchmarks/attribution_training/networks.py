"""The networks with gradients, and several articles as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as tf
from numpy.typing import NDArray
from torch import Tensor, nn

from twosource.attribute.learned import features
from twosource.attribute.learned.features import Grid, Pairs, Vocabulary
from twosource.attribute.learned.pieces import Pieces

from .data import Gold
from .encoder import Layer, window_sizes

DIMENSIONS = {"lemma": 64, "suffix": 16, "tag": 16, "dep": 16, "entity": 8, "shape": 8}
DIMENSIONS |= {"quote": 4, "place": 8}
WIDTH, MESSAGE, PAIR, HELD, LAYERS, TOGETHER = 96, 48, 48, 32, 3, 32
UNSEEN = 0.08
"""Share of the word pieces that are hidden from the encoder in training."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as the networks take it; `states` is what the encoder's frozen layers make of it."""

    grid: Grid
    pieces: Pieces
    states: Tensor
    gold: dict[int, Gold]


class Trainable(nn.Module):
    """The network of ``twosource.attribute.learned.network`` with gradients; the names must agree.

    `layers` are the encoder's upper ones, trained along; without any, the network does not read the encoder.
    """

    def __init__(self, vocabulary: Vocabulary, layers: Sequence[Layer], drop: float = 0.3) -> None:
        super().__init__()
        self.drop = drop
        sizes = [vocabulary.size(slot) for slot in features.VOCABULARIES]
        sizes += [features.SHAPES, 4, features.PLACES]
        self.emb = nn.ModuleList(
            nn.Embedding(n, DIMENSIONS[slot], padding_idx=0)
            for n, slot in zip(sizes, features.SLOTS, strict=True)
        )
        for table in self.emb:
            nn.init.normal_(table.weight, 0, 0.25)
            table.weight.data[0] = 0
        self.inp = nn.Linear(sum(DIMENSIONS.values()), WIDTH)
        self.msg = nn.ModuleList(nn.Linear(WIDTH, MESSAGE) for _ in range(LAYERS))
        self.mix = nn.ModuleList(nn.Linear(4 * WIDTH + MESSAGE, WIDTH) for _ in range(LAYERS))
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS + 1))
        self.ctx = nn.Linear(WIDTH, HELD)
        self.ctx_in = nn.Linear(3 * HELD, WIDTH)
        self.cue = nn.Sequential(nn.Linear(WIDTH, 64), nn.ReLU(), nn.Dropout(drop), nn.Linear(64, 1))
        self.pe = nn.ModuleList(nn.Embedding(n, PAIR) for n in features.pair_sizes(vocabulary.size("dep")))
        for table in self.pe:
            nn.init.normal_(table.weight, 0, 0.15)
        self.pw = nn.Linear(WIDTH, PAIR)
        self.pc = nn.Linear(WIDTH, PAIR, bias=False)
        self.pt = nn.Linear(WIDTH, PAIR, bias=False)
        self.conv1 = nn.Linear(3 * PAIR, PAIR)
        self.pool = nn.Linear(PAIR, PAIR)
        self.conv2 = nn.Linear(4 * PAIR, PAIR)
        self.pn = nn.LayerNorm(PAIR)
        self.pn2 = nn.LayerNorm(PAIR)
        self.role = nn.Linear(PAIR, 4)
        self.src = nn.Linear(PAIR, 1)
        self.nosrc = nn.Linear(PAIR, 1)
        self.real = nn.Sequential(nn.Linear(2 * PAIR + 1, PAIR), nn.ReLU(), nn.Linear(PAIR, 1))
        self.layers = nn.ModuleList(layers)
        self.reads = bool(layers)
        if self.reads:
            self.read = nn.Linear(layers[0].width, WIDTH)
            self.any = nn.Linear(layers[0].width, 3)  # in some source, cue, content: helps the encoder alone
            self.biq, self.bik = nn.Linear(WIDTH, TOGETHER), nn.Linear(WIDTH, TOGETHER)
            self.bi = nn.Linear(TOGETHER, PAIR, bias=False)

    def reading(self, part: Sequence[Text]) -> Tensor:
        """What the encoder makes of the words of several articles; see `learned.encoder.Encoder.words`."""
        sizes = [size for text in part for size in window_sizes(text.pieces)]
        x = torch.cat([text.states for text in part]).float()
        if self.training:  # a word that is not seen has to be guessed from those around
            x = x * (torch.rand(len(x), 1) >= UNSEEN)
        for layer in self.layers:
            x = layer(x, sizes)
        inside = torch.ones(len(x), dtype=torch.bool)
        ends = torch.tensor(sizes).cumsum(0)
        inside[ends - 1] = inside[ends - torch.tensor(sizes)] = False
        counts = [text.pieces.words for text in part]
        offsets = np.cumsum([0, *counts])
        word = _tensor(np.concatenate([t.pieces.word + o for t, o in zip(part, offsets[:-1], strict=True)]))
        total = torch.zeros(sum(counts), x.shape[1]).index_add_(0, word, x[inside])
        return total / word.bincount(minlength=sum(counts)).clamp(min=1)[:, None]

    def encode(self, grid: dict[str, Tensor], read: Tensor | None) -> Tensor:
        """See `Network.encode`; in training a tenth of the words lose their lemma."""
        ids = grid["ids"]
        if self.training:
            ids = ids.clone()
            ids[torch.rand(len(ids)) < 0.1, 0] = features.UNKNOWN
        x = torch.cat([table(ids[:, k]) for k, table in enumerate(self.emb)], 1)
        z = self.inp(x)
        if read is not None:
            z = z + self.read(tf.dropout(read, 0.1, self.training))
        h = self.norm[0](tf.relu(z))
        n = len(h)
        for layer in range(LAYERS):
            message = tf.relu(self.msg[layer](h)) * grid["child"][:, None]
            below = torch.zeros(n, MESSAGE).index_add_(0, grid["head"], message)
            around = torch.cat([h, torch.zeros(1, WIDTH)])
            parts = [h, around.index_select(0, grid["left"]), around.index_select(0, grid["right"])]
            z = self.mix[layer](torch.cat([*parts, h.index_select(0, grid["head"]), below], 1))
            if layer == 1:
                z = z + self._context(h, grid["sentence"])
            h = self.norm[layer + 1](h + tf.dropout(tf.relu(z), self.drop, self.training))
        return h

    def _context(self, h: Tensor, sentence: Tensor) -> Tensor:
        """What the sentence and its neighbours hold; articles are a number apart."""
        held = tf.relu(self.ctx(h))
        index = sentence[:, None].expand(-1, HELD)
        pool = torch.zeros(int(sentence[-1]) + 1, HELD).scatter_reduce(0, index, held, "amax")
        edge = torch.zeros(1, HELD)
        pool = torch.cat([edge, pool, edge])
        return self.ctx_in(torch.cat([pool.index_select(0, sentence + k) for k in range(3)], 1))

    def pairs(
        self, h: Tensor, pairs: dict[str, Tensor], logits: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """See `Network.roles`: logits of the roles, of the source's head, of no source, of being a cue."""
        x = self.pw(h).index_select(0, pairs["word"]) + self.pc(h).index_select(0, pairs["cue"])
        x = x + self.pt(h).index_select(0, pairs["top"])
        if self.reads:
            both = self.biq(h).index_select(0, pairs["word"]) * self.bik(h).index_select(0, pairs["cue"])
            x = x + self.bi(both)
        for k, table in enumerate(self.pe):
            x = x + table(pairs["ids"][:, k])
        x = self.pn(tf.relu(x))
        group = pairs["group"]
        index = group[:, None].expand(-1, PAIR)
        zero = torch.zeros(len(logits), PAIR)

        def beside(y: Tensor) -> tuple[Tensor, Tensor]:
            around = torch.cat([y, torch.zeros(1, PAIR)])
            return around.index_select(0, pairs["left"]), around.index_select(0, pairs["right"])

        left, right = beside(x)
        x = x + tf.relu(self.conv1(torch.cat([left, x, right], 1)))
        first = zero.scatter_reduce(0, index, tf.relu(self.pool(x)), "amax")
        left, right = beside(x)
        z = tf.relu(self.conv2(torch.cat([left, x, right, first.index_select(0, group)], 1)))
        x = self.pn2(x + tf.dropout(z, self.drop / 2, self.training))
        second = zero.scatter_reduce(0, index, tf.relu(x), "amax")
        real = self.real(torch.cat([first, second, logits[:, None]], 1))[:, 0]
        return self.role(x), self.src(x)[:, 0], self.nosrc(second)[:, 0], real

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The network's parameters under their names, without the encoder's."""
        return {
            name: p.detach().numpy().copy()
            for name, p in self.state_dict().items()
            if not name.startswith(("layers.", "any."))
        }


def _tensor(array: NDArray[Any]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array)).long()


def _joined(
    arrays: Sequence[NDArray[Any]], offsets: NDArray[Any], sizes: Sequence[int] | None = None
) -> Tensor:
    """The arrays one after another, their pointers moved; a pointer to `sizes[k]` points past the last one."""
    end = int(offsets[-1])
    parts = []
    for k, array in enumerate(arrays):
        moved = array + offsets[k]
        parts.append(moved if sizes is None else np.where(array == sizes[k], end, moved))
    return _tensor(np.concatenate(parts))


def batch_of_grids(grids: Sequence[Grid]) -> tuple[NDArray[Any], dict[str, Tensor]]:
    """Several articles as one, and where each begins."""
    sizes = [g.size for g in grids]
    offsets = np.cumsum([0, *sizes])
    sentences = np.cumsum([0, *(len(g.bounds) + 1 for g in grids)])
    head = _joined([g.head for g in grids], offsets)
    return offsets, {
        "ids": _tensor(np.concatenate([g.ids for g in grids])),
        "head": head,
        "child": (head != torch.arange(len(head))).float(),
        "left": _joined([g.left for g in grids], offsets, sizes),
        "right": _joined([g.right for g in grids], offsets, sizes),
        "sentence": _joined([g.sentence for g in grids], sentences),
    }


def batch_of_pairs(pairs: Sequence[Pairs], offsets: NDArray[Any], cues: Sequence[int]) -> dict[str, Tensor]:
    """The pairs of several articles as one; `cues` says how many cues each has."""
    sizes = [len(p.word) for p in pairs]
    places = np.cumsum([0, *sizes])
    return {
        "word": _joined([p.word for p in pairs], offsets),
        "cue": _joined([p.cue for p in pairs], offsets),
        "top": _joined([p.top for p in pairs], offsets),
        "group": _joined([p.group for p in pairs], np.cumsum([0, *cues])),
        "left": _joined([p.left for p in pairs], places, sizes),
        "right": _joined([p.right for p in pairs], places, sizes),
        "ids": _tensor(np.concatenate([p.ids for p in pairs])),
    }
