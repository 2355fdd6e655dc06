"""Two statements read together by a small network: one proposition, its denial, a rival number, or neither.

The vectors of two texts only say that they sound alike. Here every word of one looks for its counterpart in the
other, and what finds none is noticed: soft alignment and comparison (Parikh et al. 2016; Chen et al. 2017, ESIM),
twice, over the hidden states that the sentence model has of the words anyway. The network was trained on stories
written for it (`docs/models.md`); it treats both sides alike, so that their order does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..language import encoder, tensors
from ..language.embed import Hidden, embedder
from ..language.tensors import Array

FORMAT = 1
"""Raised by one whenever the network changes, so that old weights are refused."""

LONGEST = 94
"""Pieces of a statement that are looked at: about 70 words."""

HEADS = 4
"""Heads of attention inside a text."""

STEPS = 31.75
"""Whole numbers for 1 in a kept state: states lie in [-4, 4]."""

_LEAST = -12.0  # log-probabilities below it tell no more
_EPSILON = 1e-5

Floats = NDArray[np.float32]


class Seen(NamedTuple):
    """What is kept of a text: its pieces' numbers, shape (t,), and their states in 8 bits, shape (t, width)."""

    pieces: NDArray[np.int32]
    states: NDArray[np.int8]


class Read(NamedTuple):
    """What two statements are to each other: natural logarithms of probabilities, each in [-12, 0].

    same: they assert one proposition. denies: one denies what the other asserts. rival: two numbers for one thing.
    What is left to 1 is *neither*.
    """

    same: float
    denies: float
    rival: float

    @property
    def frame(self) -> float:
        """The probability that both are of one matter, polarity aside; a rival number tells little (a quarter)."""
        return min(1.0, math.exp(self.same) + math.exp(self.denies) + math.exp(self.rival) / 4)


class Reader(Protocol):
    """What reads two statements together. name and sha256: of the network, for the run's record."""

    name: str
    sha256: str

    def see(self, hidden: Hidden) -> Seen:
        """What it needs to keep of a text."""
        ...

    def read(self, a: Seen, b: Seen, cosine: float, crossed: bool) -> Read:
        """What two texts are to each other. cosine: of their vectors; crossed: whether they are in two languages."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many texts, and what reads two of them together; `seen` in the order of the texts."""

    reader: Reader
    seen: Sequence[Seen]

    def of(self, places: Sequence[int]) -> Words:
        """Those at these places alone."""
        return Words(self.reader, [self.seen[i] for i in places])

    def read(self, a: int, b: int, cosine: float, crossed: bool) -> Read:
        """What the texts at two places are to each other."""
        return self.reader.read(self.seen[a], self.seen[b], cosine, crossed)


@cache
def reader() -> Reader | None:
    """The shipped networks, loaded once per process; None where they or their sentence model are missing."""
    return None if embedder().degraded or not available() else Networks(*_shipped())


def manifest_path() -> Path:
    """Where the manifest of the shipped network stands; its weights stand beside it."""
    return Path(str(files(__package__) / "data" / "together.json"))


@cache
def _shipped() -> tuple[str, str, Mapping[str, Array]]:
    file = tensors.verified(manifest_path(), FORMAT, without="group without it")
    try:
        return file.name, file.sha256, tensors.unpack(file.raw)[0]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file.path}: not readable as weights ({error}); train the network anew") from None


def identity() -> tuple[str, str]:
    """Name with version, and SHA-256, of the shipped network. Raises ModelError when it is missing or another's."""
    name, sha256, _ = _shipped()
    return name, sha256


def beside(cosine: float, pieces: tuple[int, int], crossed: bool) -> list[float]:
    """What a network is told of a pair beside its words, about 1 in size: cosine, lengths in pieces, two languages."""
    shorter, longer = sorted(pieces)
    return [(cosine - 0.86) / 0.04, math.log(longer / shorter), math.log(shorter / 20.0), float(crossed)]


def available() -> bool:
    """Whether the shipped weights are there and whole."""
    try:
        _shipped()
    except ModelError:
        return False
    return True


class Networks:
    """Several networks of one shape, trained apart, whose opinions are averaged: they err in different places."""

    def __init__(self, name: str, sha256: str, arrays: Mapping[str, Array]) -> None:
        self.name, self.sha256 = name, sha256
        self._members = [Network(part) for _, part in sorted(tensors.parts(arrays).items())]

    def see(self, hidden: Hidden) -> Seen:
        """See `Reader.see`: the states of every network side by side."""
        seen = [member.see(hidden) for member in self._members]
        return Seen(seen[0].pieces, np.concatenate([s.states for s in seen], axis=1))

    def read(self, a: Seen, b: Seen, cosine: float, crossed: bool) -> Read:
        """See `Reader.read`: the mean of their logarithms, brought back to probabilities that sum to 1."""
        rows = []
        for k, member in enumerate(self._members):
            mine, others = (Seen(s.pieces, np.split(s.states, len(self._members), axis=1)[k]) for s in (a, b))
            rows.append(member.logs(mine, others, cosine, crossed))
        logs = np.mean(rows, axis=0)
        logs -= np.log(np.exp(logs).sum())
        return Read(*(round(max(float(v), _LEAST), 4) for v in logs[1:]))


class Network:
    """The network of `arrays`, as the training script names them. Each answer depends on its two texts alone."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = {key: value.astype(np.float32) for key, value in arrays.items()}
        self._rounds = len({key.split(".")[1] for key in arrays if key.startswith("rounds.")})

    def see(self, hidden: Hidden) -> Seen:
        """See `Reader.see`: two layers' states in the network's own few dimensions."""
        last, middle = hidden.last[:LONGEST], hidden.middle[:LONGEST]
        x = self._norm("n", self._linear("p12", last) + self._linear("p6", middle))
        states = np.rint(np.clip(x, -4, 4) * STEPS).astype(np.int8)
        return Seen(hidden.pieces[:LONGEST].astype(np.int32), states)

    def logs(self, a: Seen, b: Seen, cosine: float, crossed: bool) -> Floats:
        """Logarithms of the four probabilities, *neither* first."""
        if not len(a.pieces) or not len(b.pieces):
            return np.array([0.0, _LEAST, _LEAST, _LEAST], np.float32)
        x = np.concatenate([a.states, b.states]).astype(np.float32) / np.float32(STEPS)
        alike = a.pieces[:, None] == b.pieces
        shared = np.concatenate([alike.any(axis=1), alike.any(axis=0)]).astype(np.float32)
        cut = len(a.pieces)  # both texts go through the weights at once: the second begins here
        for number in range(self._rounds):
            x = self._mixed(f"rounds.{number}.", self._compared(f"rounds.{number}.", x, cut, shared), cut)
        r, s = self._pooled(x[:cut]), self._pooled(x[cut:])
        both = np.concatenate(
            [
                r + s,
                np.abs(r - s),
                r * s,
                np.array(beside(cosine, (len(a.pieces), len(b.pieces)), crossed), np.float32),
            ]
        )
        logits = self._linear("o", _gelu(self._linear("h", both[None])))[0]
        logs: Floats = logits - logits.max()
        logs -= np.log(np.exp(logs).sum())
        return logs

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._arrays[f"{name}.weight"].T
        if f"{name}.bias" in self._arrays:
            out += self._arrays[f"{name}.bias"]
        return out

    def _norm(self, name: str, x: Floats) -> Floats:
        gain, bias = self._arrays[f"{name}.weight"], self._arrays[f"{name}.bias"]
        return encoder.normalised(x, gain, bias, _EPSILON)

    def _compared(self, at: str, x: Floats, cut: int, shared: Floats) -> Floats:
        """Every word beside what stands for it in the other text: (t, width). Rows before `cut` are the first text's."""
        rows = self._linear(f"{at}q", x)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        near = rows[:cut] @ rows[cut:].T
        sharper = np.exp(self._arrays[f"{at}t"])
        other = np.concatenate([_softmax(near * sharper) @ x[cut:], _softmax(near.T * sharper) @ x[:cut]])
        best = np.concatenate([near.max(axis=1), near.max(axis=0)])
        seen = np.concatenate([x, other, x - other, x * other, best[:, None], shared[:, None]], axis=1)
        return self._norm(f"{at}n1", x + _gelu(self._linear(f"{at}cmp", seen)))

    def _mixed(self, at: str, x: Floats, cut: int) -> Floats:
        """Attention inside each text, and a step forward: a transformer layer (Vaswani et al. 2017)."""
        parts = self._linear(f"{at}qkv", x).reshape(len(x), 3, HEADS, -1)
        heard = np.concatenate([_attended(parts[:cut]), _attended(parts[cut:])])
        x = self._norm(f"{at}n2", x + self._linear(f"{at}o", heard))
        return self._norm(f"{at}n3", x + self._linear(f"{at}f2", _gelu(self._linear(f"{at}f1", x))))

    def _pooled(self, x: Floats) -> Floats:
        """One row for a text: mean, greatest, and mean by weight."""
        weight = _softmax(self._linear("w", x).T)
        return np.concatenate([x.mean(axis=0), x.max(axis=0), (weight @ x)[0]])


def _attended(parts: Floats) -> Floats:
    """What every word of a text hears of the others: from (t, 3, heads, d) to (t, heads · d)."""
    query, key, value = parts.transpose(1, 2, 0, 3)
    weights = _softmax(query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(parts.shape[-1])))
    out: Floats = (weights @ value).transpose(1, 0, 2).reshape(len(parts), -1)
    return out


def _softmax(x: Floats) -> Floats:
    out: Floats = np.exp(x - x.max(axis=-1, keepdims=True))
    out /= out.sum(axis=-1, keepdims=True)
    return out


def _gelu(x: Floats) -> Floats:
    """The activation GELU in its usual approximation by tanh (Hendrycks and Gimpel 2016)."""
    inner = x * x
    inner *= np.float32(0.7978845608 * 0.044715)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner
