"""Two statements read together by a small network: one proposition, its denial, a rival number, or neither.

The vectors of two texts only say that they sound alike. Here every word of one looks for its counterpart in the
other, and what finds none is noticed: soft alignment and comparison (Parikh et al. 2016; Chen et al. 2017, ESIM), over
states that the sentence model's lower layers and upper ones of the network's own have of the words. A text goes
through those once, and what is done for each pair is small. The network was trained on stories written for it
(`docs/models.md`); it treats both sides alike, so that their order does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

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

_AT_ONCE = 32  # pairs: their states fit the processor's cache
_FAR = np.float32(-1e4)  # what is not there
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


class Asked(NamedTuple):
    """Two texts to be read together. cosine: of their vectors; crossed: whether they are in two languages."""

    a: Seen
    b: Seen
    cosine: float
    crossed: bool


class Reader(Protocol):
    """What reads two statements together. name and sha256: of the network, for the run's record."""

    name: str
    sha256: str

    def see(self, hidden: Hidden) -> Seen:
        """What it needs to keep of a text."""
        ...

    def read(self, asked: Sequence[Asked]) -> list[Read]:
        """What the two texts of each pair are to each other; a pair's answer does not hang on the others."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many texts, and what reads two of them together; `seen` in the order of the texts."""

    reader: Reader
    seen: Sequence[Seen]

    def of(self, places: Sequence[int]) -> Words:
        """Those at these places alone."""
        return Words(self.reader, [self.seen[i] for i in places])

    def read(self, pairs: Sequence[tuple[int, int, float, bool]]) -> list[Read]:
        """What texts are to each other: (place, place, cosine, crossed) for each pair, see `Asked`."""
        asked = [Asked(self.seen[a], self.seen[b], cosine, crossed) for a, b, cosine, crossed in pairs]
        return self.reader.read(asked)


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

    def read(self, asked: Sequence[Asked]) -> list[Read]:
        """See `Reader.read`: the mean of their logarithms, brought back to probabilities that sum to 1.

        Pairs of like lengths go through the networks together. Sums in another order move an answer by 1e-6 or so.
        """
        out = [Read(_LEAST, _LEAST, _LEAST)] * len(asked)
        # Both sides are treated alike, so that the longer text may be the first one: less is filled up.
        order = sorted(
            (-len(longer.pieces), -len(shorter.pieces), i)
            for i, pair in enumerate(asked)
            for shorter, longer in [sorted((pair.a, pair.b), key=lambda seen: len(seen.pieces))]
            if len(shorter.pieces)
        )
        for begin in range(0, len(order), _AT_ONCE):
            places = [i for _, _, i in order[begin : begin + _AT_ONCE]]
            for i, read in zip(places, self._read([asked[i] for i in places]), strict=True):
                out[i] = read
        return out

    def _read(self, asked: Sequence[Asked]) -> Iterator[Read]:
        pairs = _Pairs.of(asked)
        logs = np.average(
            [
                member.logs(pairs, states)
                for member, states in zip(
                    self._members, np.split(pairs.states, len(self._members), axis=1), strict=True
                )
            ],
            axis=0,
            weights=self._shares,
        )
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        for row in logs[:, 1:].tolist():
            yield Read(*(round(max(value, _LEAST), 4) for value in row))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Several pairs of texts, filled up to the longest: n first texts of t pieces, then n second ones of u.

    states: (n · t + n · u, width), all first texts' pieces, then all second ones'. first, second: which are pieces
    and not filling, (n, t) and (n, u). shared: 1 for each piece that the other text has as well, (n · t + n · u,). told: see `beside`.
    """

    states: NDArray[np.int8]
    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    shared: Floats
    told: Floats

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> _Pairs:
        """Those pairs, the longer text of each first."""
        sides = [sorted((x.a, x.b), key=lambda seen: -len(seen.pieces)) for x in asked]
        a, b = ([side[k] for side in sides] for k in (0, 1))
        first, second = (_filled([np.ones(len(x.pieces), np.bool_) for x in side], False) for side in (a, b))
        x, y = (_filled([seen.pieces for seen in side], -1 - k) for k, side in enumerate((a, b)))
        alike = x[:, :, None] == y[:, None, :]
        shared = np.concatenate([alike.any(axis=2).ravel(), alike.any(axis=1).ravel()])
        width = a[0].states.shape[1]
        states = np.concatenate([_filled([x.states for x in side], 0).reshape(-1, width) for side in (a, b)])
        told = [beside(x.cosine, (len(x.a.pieces), len(x.b.pieces)), x.crossed) for x in asked]
        return cls(states, first, second, shared.astype(np.float32), np.array(told, np.float32))

    def parted(self, rows: Floats) -> tuple[Floats, Floats]:
        """Rows of `states` as first texts, (n, t, …), and second ones, (n, u, …)."""
        cut = self.first.size
        return (
            rows[:cut].reshape(*self.first.shape, *rows.shape[1:]),
            rows[cut:].reshape(*self.second.shape, *rows.shape[1:]),
        )


T = TypeVar("T", bound=np.generic)


def _filled(rows: Sequence[NDArray[T]], filling: int) -> NDArray[T]:
    """Arrays of several lengths as one, each filled up to the longest."""
    out = np.full((len(rows), max(map(len, rows)), *rows[0].shape[1:]), filling, rows[0].dtype)
    for k, row in enumerate(rows):
        out[k, : len(row)] = row
    return out


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

    def logs(self, pairs: _Pairs, states: NDArray[np.int8]) -> NDArray[np.float64]:
        """Logarithms of the four probabilities, *neither* first, of each pair: (n, 4). states: this network's."""
        x = states.astype(np.float32) / np.float32(STEPS)
        for number, comparing in enumerate(self._rounds):
            x = self._mixed(f"rounds.{number}.", self._compared(comparing, x, pairs), pairs)
        r, s = (
            self._pooled(part, there)
            for part, there in zip(pairs.parted(x), (pairs.first, pairs.second), strict=True)
        )
        both = np.concatenate([r + s, np.abs(r - s), r * s, pairs.told], axis=1)
        logs: NDArray[np.float64] = self._linear("o", _gelu(self._linear("h", both))).astype(np.float64)
        logs -= logs.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        return logs

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._arrays[f"{name}.weight"].T
        if f"{name}.bias" in self._arrays:
            out += self._arrays[f"{name}.bias"]
        return out

    def _norm(self, name: str, x: Floats) -> Floats:
        gain, bias = self._arrays[f"{name}.weight"], self._arrays[f"{name}.bias"]
        return encoder.normalised(x, gain, bias, _EPSILON)

    def _compared(self, by: _Comparing, x: Floats, pairs: _Pairs) -> Floats:
        """Every word beside what stands for it in the other text: (rows, width)."""
        rows = x @ by.asking
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        (a, b), (mine, others) = pairs.parted(rows), pairs.parted(x)
        near = a @ b.transpose(0, 2, 1)
        back = near.transpose(0, 2, 1)
        best, other = [], []
        for every, there, of in ((near, pairs.second, others), (back, pairs.first, mine)):
            close = np.where(there[:, None, :], every, _FAR)
            best.append(close.max(axis=2).ravel())
            other.append((_softmax(close * by.sharper) @ of).reshape(-1, x.shape[1]))
        found = x @ by.own
        stands = np.concatenate(other)
        found += stands @ by.other
        stands *= x
        found += stands @ by.both
        found += np.concatenate(best)[:, None] * by.best
        found += pairs.shared[:, None] * by.shared
        found += by.bias
        return encoder.normalised(x + _gelu(found), by.gain, by.shift, _EPSILON)

    def _mixed(self, at: str, x: Floats, pairs: _Pairs) -> Floats:
        """Attention inside each text, and a step forward: a transformer layer (Vaswani et al. 2017)."""
        parts = pairs.parted(self._linear(f"{at}qkv", x))
        heard = np.concatenate(
            [_attended(part, there) for part, there in zip(parts, (pairs.first, pairs.second), strict=True)]
        )
        x = self._norm(f"{at}n2", x + self._linear(f"{at}o", heard))
        return self._norm(f"{at}n3", x + self._linear(f"{at}f2", _gelu(self._linear(f"{at}f1", x))))

    def _pooled(self, x: Floats, there: NDArray[np.bool_]) -> Floats:
        """One row for each text, from (n, t, width): mean, greatest, and mean by weight."""
        counted = there / there.sum(axis=1, keepdims=True, dtype=np.float32)
        weight = _softmax(np.where(there, self._linear("w", x)[..., 0], _FAR))
        means = np.stack([counted, weight], axis=1).astype(np.float32, copy=False) @ x
        greatest = np.where(there[..., None], x, _FAR).max(axis=1)
        return np.concatenate([means[:, 0], greatest, means[:, 1]], axis=1)


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


def _attended(parts: Floats, there: NDArray[np.bool_]) -> Floats:
    """What every word of a text hears of the others: from (n, t, 3 · width) to (n · t, width)."""
    n, t, width = parts.shape
    query, key, value = parts.reshape(n, t, 3, HEADS, -1).transpose(2, 0, 3, 1, 4)
    close = query @ key.transpose(0, 1, 3, 2) / np.float32(math.sqrt(width // 3 // HEADS))
    out: Floats = _softmax(np.where(there[:, None, None, :], close, _FAR)) @ value
    return out.transpose(0, 2, 1, 3).reshape(n * t, -1)


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
