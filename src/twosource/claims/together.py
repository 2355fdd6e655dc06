"""Two statements read together by a small network: one proposition, its denial, a rival number, or neither.

The vectors of two texts only say that they sound alike. Here every word of one looks for its counterpart in the
other, and what finds none is noticed: soft alignment and comparison (Parikh et al. 2016; Chen et al. 2017, ESIM), over
states that the sentence model's lower layers and upper ones of the network's own have of the words. A text goes
through those once, and what is done for each pair is small. The network was trained on stories written for it
(`docs/models.md`); it treats both sides alike, so that their order does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..language import encoder, tensors
from ..language.embed import Hidden, embedder
from ..language.tensors import Array

FORMAT = 2
"""Raised by one whenever the network changes, so that old weights are refused."""

LONGEST = 94
"""Pieces of a statement that are looked at: about 70 words."""

HEADS = 4
"""Heads of attention inside a text."""

STEPS = 31.75
"""Whole numbers for 1 in a kept state: states lie in [-4, 4]."""

_LEAST = -12.0  # log-probabilities below it tell no more
_EPSILON = 1e-5
_ABOVE_EPSILON = 1e-12  # the sentence model's

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
    """Several networks, trained apart, whose opinions are averaged, each by its share: they err in different places."""

    def __init__(self, name: str, sha256: str, arrays: Mapping[str, Array]) -> None:
        self.name, self.sha256 = name, sha256
        parts = [part for _, part in sorted(tensors.parts(arrays).items())]
        self._shares = [float(part["share"]) for part in parts]
        self._members = [Network({k: v for k, v in part.items() if k != "share"}) for part in parts]

    def see(self, hidden: Hidden) -> Seen:
        """See `Reader.see`: the states of every network side by side."""
        states = np.concatenate([member.see(hidden) for member in self._members], axis=1)
        return Seen(hidden.pieces[:LONGEST].astype(np.int32), states)

    def read(self, a: Seen, b: Seen, cosine: float, crossed: bool) -> Read:
        """See `Reader.read`: the mean of their logarithms, brought back to probabilities that sum to 1."""
        if not len(a.pieces) or not len(b.pieces):
            return Read(_LEAST, _LEAST, _LEAST)
        parts = (np.split(s.states, len(self._members), axis=1) for s in (a, b))
        logs = np.average(
            [
                member.logs(Seen(a.pieces, x), Seen(b.pieces, y), cosine, crossed)
                for member, x, y in zip(self._members, *parts, strict=True)
            ],
            axis=0,
            weights=self._shares,
        )
        logs -= np.log(np.exp(logs).sum())
        return Read(*(round(max(float(v), _LEAST), 4) for v in logs[1:]))


class Network:
    """The network of `arrays`, as the training script names them. Each answer depends on its two texts alone.

    Names that begin with `up` are the sentence model's upper layers as they were trained with it: they go on where
    the shared lower ones end. A network without any takes the sentence model's own.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        above = {key[3:]: value for key, value in arrays.items() if key.startswith("up.")}
        self._above: Any = None
        if above:
            layers = encoder.Stored(above, _ABOVE_EPSILON)
            self._above = encoder.session(encoder.build(layers, alone=True), alone=True)
        self._arrays = {k: v.astype(np.float32) for k, v in arrays.items() if not k.startswith("up.")}
        self._rounds = [
            _Comparing.of(self._arrays, f"rounds.{number}.")
            for number in range(len({k.split(".")[1] for k in self._arrays if k.startswith("rounds.")}))
        ]

    def see(self, hidden: Hidden) -> NDArray[np.int8]:
        """What is kept of a text, (t, width): its words' states after the lower and the upper layers, brought together."""
        middle, above = hidden.middle[:LONGEST], hidden.last[:LONGEST]
        if self._above is not None and len(middle):
            above = self._above.run(["y"], {"x": middle[None]})[0][0]
        x = self._norm("n", self._linear("p12", above) + self._linear("p6", middle))
        states: NDArray[np.int8] = np.rint(np.clip(x, -4, 4) * STEPS).astype(np.int8)
        return states

    def logs(self, a: Seen, b: Seen, cosine: float, crossed: bool) -> NDArray[np.float64]:
        """Logarithms of the four probabilities, *neither* first, of two texts with words."""
        x = np.concatenate([a.states, b.states]).astype(np.float32) / np.float32(STEPS)
        alike = a.pieces[:, None] == b.pieces
        shared = np.concatenate([alike.any(axis=1), alike.any(axis=0)]).astype(np.float32)
        cut = len(a.pieces)  # both texts go through the weights at once: the second begins here
        for number, comparing in enumerate(self._rounds):
            x = self._mixed(f"rounds.{number}.", self._compared(comparing, x, cut, shared), cut)
        r, s = self._pooled(x[:cut]), self._pooled(x[cut:])
        told = np.array(beside(cosine, (len(a.pieces), len(b.pieces)), crossed), np.float32)
        both = np.concatenate([r + s, np.abs(r - s), r * s, told])
        logs: NDArray[np.float64] = self._linear("o", _gelu(self._linear("h", both[None])))[0].astype(
            np.float64
        )
        logs -= logs.max()
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

    def _compared(self, by: _Comparing, x: Floats, cut: int, shared: Floats) -> Floats:
        """Every word beside what stands for it in the other text: (t, width). Rows before `cut` are the first text's."""
        rows = x @ by.asking
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        near = rows[:cut] @ rows[cut:].T
        best = np.concatenate([near.max(axis=1), near.max(axis=0)])
        near *= by.sharper
        other = np.concatenate([_softmax(near) @ x[cut:], _softmax(near.T) @ x[:cut]])
        found = x @ by.own
        found += other @ by.other
        found += (x * other) @ by.both
        found += np.outer(best, by.best)
        found += np.outer(shared, by.shared)
        found += by.bias
        return encoder.normalised(x + _gelu(found), by.gain, by.shift, _EPSILON)

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


@dataclass(frozen=True, slots=True)
class _Comparing:
    """One round's weights for a word x beside what stands for it, o.

    Those of [x, o, x - o, x · o, best, shared], summed up by what they meet, so that a word is not multiplied twice.
    """

    asking: Floats
    sharper: np.float32
    own: Floats
    other: Floats
    both: Floats
    best: Floats
    shared: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, Array], at: str) -> _Comparing:
        """Those of the round whose arrays' names begin with `at`."""
        asking = arrays[f"{at}q.weight"]
        width = len(asking)
        x, o, less, times = (arrays[f"{at}cmp.weight"][:, k * width : (k + 1) * width] for k in range(4))
        best, shared = arrays[f"{at}cmp.weight"][:, 4 * width :].T
        return cls(
            np.ascontiguousarray(asking.T),
            np.exp(np.float32(arrays[f"{at}t"])),
            np.ascontiguousarray((x + less).T),
            np.ascontiguousarray((o - less).T),
            np.ascontiguousarray(times.T),
            np.ascontiguousarray(best),
            np.ascontiguousarray(shared),
            arrays[f"{at}cmp.bias"],
            arrays[f"{at}n1.weight"],
            arrays[f"{at}n1.bias"],
        )


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
