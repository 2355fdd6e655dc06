"""What the words mean where they stand: a small BERT encoder in 8-bit integers, run by onnxruntime.

MiniLM (Wang et al. 2020), six layers of width 384, all of them trained further with the network that
reads from it. The graph is the one that the embedder uses (`language.encoder`); here are its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ...language.encoder import Stored, build, normalised, session
from ...language.tensors import Array
from .pieces import BEGIN, END, Pieces
from .weights import Floats

_EPSILON = 1e-12


class Encoder:
    """`arrays` as the training script names them, without their prefix."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._session: Any = session(build(Stored(arrays, _EPSILON), alone=True), alone=True)
        self._pieces, self._scale = arrays["piece.weight"], arrays["piece.scale"]
        self._places = arrays["place.weight"]
        self._norm = arrays["norm.weight"], arrays["norm.bias"]

    def words(self, pieces: Pieces) -> Floats:
        """One row for every word, the mean over its pieces; zeros for white space: (n, width)."""
        out = np.zeros((pieces.words, self._pieces.shape[1]), np.float32)
        for (first, last), hidden in zip(pieces.windows.tolist(), self.hidden(pieces), strict=True):
            owners = pieces.word[first:last]
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            out[owners[starts]] += np.add.reduceat(hidden[1:-1], starts, axis=0)
        count = np.bincount(pieces.word, minlength=pieces.words)
        out /= np.maximum(count, 1).astype(np.float32)[:, None]
        return out

    def hidden(self, pieces: Pieces) -> Iterator[Floats]:
        """For every window the last layer's states, those of the marks at its ends included: (t + 2, width)."""
        for first, last in pieces.windows.tolist():
            numbers = np.concatenate([[BEGIN], pieces.numbers[first:last], [END]])
            out: Floats = self._session.run(["y"], {"x": self._embedded(numbers)[None]})[0][0]
            yield out

    def _embedded(self, numbers: Array) -> Floats:
        """Piece and place, added and normalised: (t, width)."""
        x: Floats = self._pieces[numbers].astype(np.float32) * self._scale[numbers, None]
        x += self._places[: len(numbers)]
        return normalised(x, *self._norm, _EPSILON)
