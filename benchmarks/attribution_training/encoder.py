"""The encoder with gradients: MiniLM from its published files, its embeddings and, if wished, its lower layers kept.

The frozen part runs once for every article, in the product's 8 bits; the layers above it train on what it gives.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as tf
from numpy.typing import NDArray
from torch import Tensor, nn

from twosource.attribute.learned.encoder import Encoder
from twosource.attribute.learned.pieces import BEGIN, END, LONGEST, Pieces, Splitter
from twosource.language.encoder import HEAD

from .data import Example

FROZEN = 0
"""Layers that stay as they came, beside the embeddings."""

PIECES = 13_000
"""Pieces that are shipped: those that stand in the training articles four times, then the vocabulary's first."""

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_GREATEST = 63  # 7 bits: see language/encoder.py


@dataclass(frozen=True, slots=True)
class Published:
    """A BERT encoder as published: its tensors by their usual names, and its vocabulary in order."""

    tensors: dict[str, Tensor]
    vocabulary: list[str]

    @staticmethod
    def read(folder: Path) -> Published:
        """From ``model.safetensors`` and ``vocab.txt``."""
        raw = (folder / "model.safetensors").read_bytes()
        size = int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8 : 8 + size])
        header.pop("__metadata__", None)
        tensors = {}
        for name, entry in header.items():
            if entry["dtype"] == "F32":
                first, last = (8 + size + at for at in entry["data_offsets"])
                flat = np.frombuffer(raw[first:last], np.float32).copy()
                tensors[name.removeprefix("bert.")] = torch.from_numpy(flat.reshape(entry["shape"]))
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        return Published(tensors, vocabulary)

    @property
    def layers(self) -> int:
        """How many layers."""
        return sum(name.endswith(".attention.self.query.weight") for name in self.tensors)

    @property
    def width(self) -> int:
        """Numbers in a hidden state."""
        return int(self.tensors["embeddings.word_embeddings.weight"].shape[1])

    def some(self, examples: Sequence[Example], most: int = PIECES) -> list[str]:
        """The pieces that are kept: the special ones, single characters, frequent ones, the first ones."""
        full = [*_SPECIAL, *(p for p in self.vocabulary if p not in _SPECIAL)]
        splitter = Splitter(full)
        counts: Counter[int] = Counter()
        for example in examples:
            for token in example.analysis.tokens:
                counts.update(splitter.split(token.text))
        plain = [p for p in full[4:] if not (p.startswith("[") and len(p) > 1) and all(map(_western, p))]
        often = {full[n] for n, k in counts.items() if k >= 4}
        kept = {p for p in plain if len(p.removeprefix("##")) == 1 or p in often}
        for piece in plain:
            if len(kept) >= most - len(_SPECIAL):
                break
            kept.add(piece)
        return [*_SPECIAL, *(p for p in full[4:] if p in kept)]


def _western(c: str) -> bool:
    return ord(c) < 0x250 or 0x2010 <= ord(c) <= 0x2030 or c in "€£™"


def rounded(matrix: Tensor, greatest: int = _GREATEST) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The matrix in 8-bit integers, and what a step in each row is worth, itself rounded to float16."""
    scale = (matrix.abs().amax(1) / greatest).clamp(min=1e-7).half().float()
    whole = (matrix / scale[:, None]).round().clamp(-127, 127)
    return whole.numpy().astype(np.int8), scale.numpy()


class Layer(nn.Module):
    """One encoder layer over windows that lie one after another."""

    def __init__(self, width: int, inner: int, drop: float = 0.1) -> None:
        super().__init__()
        self.drop, self.width = drop, width
        self.qkv, self.ao = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.aln, self.oln = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))

    @staticmethod
    def of(published: Published, number: int) -> Layer:
        """A layer of the published model."""
        at = f"encoder.layer.{number}."
        of = published.tensors
        layer = Layer(published.width, len(of[f"{at}intermediate.dense.bias"]))
        names = {"ao": "attention.output.dense", "aln": "attention.output.LayerNorm"}
        names |= {"fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}
        with torch.no_grad():
            for kind in ("weight", "bias"):
                thirds = [of[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(thirds))
                for mine, theirs in names.items():
                    getattr(getattr(layer, mine), kind).copy_(of[f"{at}{theirs}.{kind}"])
        return layer

    def forward(self, x: Tensor, sizes: list[int]) -> Tensor:
        """`x` (pieces, width), `sizes` the windows'."""
        seen = []
        for window in self.qkv(x).split(sizes):
            query, key, value = window.view(1, -1, 3, self.width // HEAD, HEAD).permute(2, 0, 3, 1, 4)
            y = tf.scaled_dot_product_attention(query, key, value)[0]
            seen.append(y.transpose(0, 1).reshape(-1, self.width))
        y = self.ao(torch.cat(seen))
        x = self.aln(x + tf.dropout(y, self.drop, self.training))
        y = self.fo(tf.gelu(self.fi(x)))
        return self.oln(x + tf.dropout(y, self.drop, self.training))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """As the product reads them: matrices in 8 bits with a scale for each row."""
        out: dict[str, NDArray[Any]] = {}
        for part in ("qkv", "ao", "fi", "fo"):
            linear = getattr(self, part)
            whole, scale = rounded(linear.weight.detach())
            out |= {
                f"{part}.weight": whole,
                f"{part}.scale": scale,
                f"{part}.bias": linear.bias.detach().numpy(),
            }
        for part in ("aln", "oln"):
            norm = getattr(self, part)
            out |= {f"{part}.{kind}": getattr(norm, kind).detach().numpy() for kind in ("weight", "bias")}
        return out


class Base(nn.Module):
    """The embeddings and the frozen layers, which the product's own encoder runs."""

    def __init__(self, published: Published, pieces: Sequence[str], frozen: int = FROZEN) -> None:
        super().__init__()
        of = published.tensors
        rows = {piece: row for row, piece in enumerate(published.vocabulary)}
        table = of["embeddings.word_embeddings.weight"][[rows[p] for p in pieces]]
        self.whole, self.scale = rounded(table, 127)
        places = of["embeddings.position_embeddings.weight"][: LONGEST + 2]
        self.place = places + of["embeddings.token_type_embeddings.weight"][0]
        self.norm = nn.LayerNorm(published.width, eps=1e-12)
        with torch.no_grad():
            self.norm.weight.copy_(of["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(of["embeddings.LayerNorm.bias"])
        self.layers = nn.ModuleList(Layer.of(published, k) for k in range(frozen))
        self._product: Encoder | None = None

    def states(self, pieces: Pieces) -> Tensor:
        """What the frozen part makes of an article, window after window with their marks: float16."""
        if not self.layers:
            return torch.cat([self._embedded(pieces, *window) for window in pieces.windows.tolist()]).half()
        if self._product is None:
            self._product = Encoder(self.arrays())
        return torch.from_numpy(np.concatenate(list(self._product.hidden(pieces)))).half()

    @torch.no_grad()
    def _embedded(self, pieces: Pieces, first: int, last: int) -> Tensor:
        """Piece and place of one window, added and normalised."""
        numbers = np.concatenate([[BEGIN], pieces.numbers[first:last], [END]])
        rows = torch.from_numpy(self.whole[numbers] * self.scale[numbers, None])
        out: Tensor = self.norm(rows + self.place[: len(numbers)])
        return out

    def arrays(self) -> dict[str, NDArray[Any]]:
        """As the product reads them."""
        out: dict[str, NDArray[Any]] = {"piece.weight": self.whole, "piece.scale": self.scale}
        out |= {"place.weight": self.place.numpy()}
        out |= {f"norm.{kind}": getattr(self.norm, kind).detach().numpy() for kind in ("weight", "bias")}
        for k, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            out |= {f"l{k}.{name}": array for name, array in layer.arrays().items()}
        return out


def window_sizes(pieces: Pieces) -> list[int]:
    """The windows' sizes, the marks for beginning and end counted."""
    return [int(b - a) + 2 for a, b in pieces.windows]
