"""Sentences to vectors: the seam, the model behind it, and the degraded mode that says so."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from . import e5, encoder, models
from .e5 import Floats, Weights
from .threads import processors

_PREFIX = "query: "  # e5 wants it on both sides where the comparison is symmetric
_LONGEST_TEXT = 4_096  # code points of a text that are looked at; the model itself sees 512 tokens
MIDDLE = 6
"""Layers before the states that `Hidden.middle` holds."""

_BATCH_TOKENS = 384  # per run: larger batches fall out of the processor's cache and are slower


T = TypeVar("T")


class Hidden(NamedTuple):
    """What the sentence model has of a text's words: pieces' numbers (t,), and their hidden states (t, d).

    The states are those after `MIDDLE` layers and after the last. All are empty in the degraded mode.
    """

    pieces: NDArray[np.int64]
    middle: Floats
    last: Floats


class Embedder(Protocol):
    """What the claims stage needs of a sentence model.

    name: model, precision and version of the graph. sha256: 64 hex digits over the weight file and the version
    of the graph; vectors under the same one may be stored together. dim: d. degraded: true where no model was
    found and vectors say little across languages; the output must then say so.
    """

    name: str
    sha256: str
    dim: int
    degraded: bool

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, d), one row of length 1 per text, in the order given."""
        ...

    def look(self, texts: Sequence[str], see: Callable[[Hidden], T]) -> tuple[NDArray[np.float32], list[T]]:
        """The vectors as `embed` has them, and what `see` makes of each text's words, from one reading."""
        ...


@cache
def embedder(path: Path | None = None, threads: int | None = None) -> Embedder:
    """The best embedder installed, loaded once per process.

    path: a weight file to use instead of the installed one. threads: how many batches are computed at once
    (default: the processors this process may use); vectors do not depend on it.

    Raises ModelError when the weight file is not the one that the manifest names, or cannot be read.
    """
    found = models.find("multilingual-e5-small", path)
    if found is None or not encoder.runnable():
        return NgramEmbedder()
    return E5Embedder(found, threads)


class E5Embedder:
    """multilingual-e5-small in 8-bit integers on the processor (see `encoder`); `exact`: in 32-bit floats.

    A text's vector does not depend on the number of threads, and on its batch only through the order of
    floating-point sums inside attention: components agree to 1e-4. Of a text, the first 4,096 code points and
    512 tokens count.
    """

    degraded = False

    def __init__(self, found: models.ModelInfo, threads: int | None = None, *, exact: bool = False) -> None:
        if found.path is None:
            raise ValueError("a model without a path")
        self._weights: Weights = e5.read(found.path)
        self.name = f"{found.name} {'float32' if exact else 'int8'}.{encoder.BUILD}"
        self.sha256 = hashlib.sha256(f"{found.sha256}\n{self.name}".encode()).hexdigest()
        self.dim = self._weights.width
        self._threads = max(1, threads or processors())
        self._session: Any = encoder.session(encoder.build(self._weights, exact=exact, middle=MIDDLE))
        self._positions = self._weights.floats("emb.pos").reshape(-1, self.dim)
        self._first_type = self._weights.floats("emb.type")[: self.dim]
        self._norm = self._weights.floats("emb.ln.w"), self._weights.floats("emb.ln.b")
        self._before = 1 + len(self._weights.tokenizer.encode(_PREFIX))  # tokens before those of the text

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed`. A text that occurs twice is computed once."""
        return self.look(texts, lambda _: None)[0]

    def look(self, texts: Sequence[str], see: Callable[[Hidden], T]) -> tuple[NDArray[np.float32], list[T]]:
        """See `Embedder.look`. A text that occurs twice is computed once."""
        distinct = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        ids = [self._ids(text) for text in distinct]
        out = np.zeros((len(ids), self.dim), np.float32)
        seen: dict[int, T] = {}
        batches = _batches([len(i) for i in ids])

        def fill(batch: Sequence[int]) -> None:
            out[batch], hidden = self._run([ids[i] for i in batch])
            seen.update((i, see(h)) for i, h in zip(batch, hidden, strict=True))

        if self._threads == 1 or len(batches) < 2:
            for batch in batches:
                fill(batch)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(fill, batches))
        places = [distinct[text] for text in texts]
        return out[places] if len(distinct) < len(texts) else out, [seen[i] for i in places]

    def _ids(self, text: str) -> list[int]:
        inside = self._weights.tokenizer.encode(_PREFIX + text[:_LONGEST_TEXT])
        return [self._weights.begin, *inside[: self._weights.longest - 2], self._weights.end]

    def _run(self, ids: Sequence[Sequence[int]]) -> tuple[Floats, list[Hidden]]:
        """One batch: embed tokens, encode; vectors (mean over each text's tokens, unit length) and what they are of."""
        longest = max(map(len, ids))
        mask = np.zeros((len(ids), longest), np.int32)
        numbers = np.zeros((len(ids), longest), np.int64)
        for row, one in enumerate(ids):
            mask[row, : len(one)] = 1
            numbers[row, : len(one)] = one
        last, middle = self._session.run(["y", "m"], {"x": self._embedded(numbers), "mask": mask})
        sums: Floats = (last * mask[..., None].astype(np.float32)).sum(axis=1)
        hidden = []
        for row, one in enumerate(ids):
            words = slice(self._before, len(one) - 1)
            hidden.append(Hidden(numbers[row, words], middle[row, words], last[row, words]))
        return _unit(sums), hidden

    def _embedded(self, numbers: NDArray[np.int64]) -> Floats:
        """Word, position and type vectors, added and normalised: shape (n, t, d)."""
        x: Floats = self._weights.rows("emb.word", self.dim, numbers)
        x += self._positions[: numbers.shape[1]] + self._first_type
        return encoder.normalised(x, *self._norm, self._weights.epsilon)


class NgramEmbedder:
    """The degraded mode: hashed counts of 3- to 5-character runs. Finds shared wording, not shared meaning.

    Across languages only names, numbers and borrowed words that look alike can meet.
    """

    name = "degraded: character n-grams.1"
    dim = 1024
    degraded = True

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256(self.name.encode()).hexdigest()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed`."""
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            words = text[:_LONGEST_TEXT].casefold().split()
            runs = Counter(
                f" {word} "[i : i + n] for word in words for n in (3, 4, 5) for i in range(len(word) + 3 - n)
            )
            out[row, 0] = 1e-3  # so that an empty text has a direction too
            for run, count in runs.items():
                mixed = int.from_bytes(
                    hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "little"
                )
                sign = 1 if mixed >> 32 & 1 else -1
                out[row, mixed % self.dim] += sign * np.sqrt(count)
        return _unit(out)

    def look(self, texts: Sequence[str], see: Callable[[Hidden], T]) -> tuple[NDArray[np.float32], list[T]]:
        """See `Embedder.look`: there are no hidden states."""
        nothing = Hidden(np.zeros(0, np.int64), np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32))
        return self.embed(texts), [see(nothing) for _ in texts]


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of the texts, sorted by size and cut so that no batch holds more than `_BATCH_TOKENS`."""
    batches: list[list[int]] = []
    for i in sorted(range(len(sizes)), key=lambda i: sizes[i]):
        if batches and (len(batches[-1]) + 1) * sizes[i] <= _BATCH_TOKENS:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def _unit(rows: Floats) -> Floats:
    length = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
    unit: Floats = np.divide(rows, length, dtype=np.float32)
    return unit
