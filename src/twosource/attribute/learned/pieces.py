"""Words in pieces, as the encoder reads them, and the windows in which it reads them.

WordPiece (Schuster and Nakajima 2012, as in BERT): a word is cut from its beginning, each time the longest
piece that the vocabulary holds. Lower case, without accents.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...language.analysis import Analysis
from .features import Ints

PADDING, UNKNOWN, BEGIN, END = range(4)
"""The first four numbers of every vocabulary of pieces."""

LONGEST = 254
"""Pieces in one window, the marks for its beginning and end not counted."""

_LONG_WORD = 100  # characters; longer ones are unknown
_REMEMBERED = 200_000  # words


class Splitter:
    """Word to piece numbers. `pieces` in the order of their numbers; those inside a word begin with ##."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._of = {piece: number for number, piece in enumerate(pieces)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._of)

    def split(self, word: str) -> tuple[int, ...]:
        """The word's piece numbers; none for white space."""
        found = self._known.get(word)
        if found is None:
            found = tuple(n for part in _parts(word) for n in self._cut(part))
            if len(word) <= _LONG_WORD and len(self._known) < _REMEMBERED:
                self._known[word] = found
        return found

    def _cut(self, part: str) -> list[int]:
        out: list[int] = []
        start = 0
        while start < len(part):
            if len(part) > _LONG_WORD:
                return [UNKNOWN]
            for end in range(len(part), start, -1):
                number = self._of.get(("##" if start else "") + part[start:end])
                if number is not None:
                    break
            else:
                return [UNKNOWN]
            out.append(number)
            start = end
        return out


def _parts(word: str) -> list[str]:
    """Lower case without accents, every mark on its own."""
    if word.isalpha() and word.isascii():
        return [word.lower()]
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    out: list[str] = []
    joined = False
    for c in plain:
        if c.isspace() or unicodedata.category(c)[0] == "C":
            joined = False
        elif c.isalnum():
            if joined:
                out[-1] += c
            else:
                out.append(c)
            joined = True
        else:
            out.append(c)
            joined = False
    return out


@dataclass(frozen=True, slots=True)
class Pieces:
    """A run of words in pieces: n words, p pieces.

    `numbers` (p) and `word` (p), the word that each belongs to, counted from the run's first, both in the
    order of the text; `windows` (w, 2) are ranges of pieces, half open, of at most `LONGEST` each, that
    together are all of them; `words` is n.
    """

    numbers: Ints
    word: Ints
    windows: Ints
    words: int


def pieces(analysis: Analysis, splitter: Splitter, first: int = 0, last: int | None = None) -> Pieces:
    """The words [first, last) in pieces; windows hold whole paragraphs, or else sentences, or else words."""
    last = len(analysis.tokens) if last is None else last
    each = [splitter.split(token.text) for token in analysis.tokens[first:last]]
    starts = np.concatenate([[0], np.cumsum([len(e) for e in each], dtype=np.int64)]).astype(np.int32)
    numbers = np.array([n for e in each for n in e], np.int32)
    word = np.repeat(np.arange(len(each), dtype=np.int32), np.diff(starts))
    sentences = [int(starts[a - first]) for a, _ in analysis.sentences if first <= a < last]
    turns: list[int] = []
    for low, high in (
        (int(starts[a - first]), int(starts[b - first])) for a, b in analysis.paragraphs if first <= a < last
    ):
        turns.append(low)
        if high - low > LONGEST:
            inner = sentences[bisect_right(sentences, low) : bisect_left(sentences, high)]
            turns += inner
            for a, b in zip([low, *inner], [*inner, high], strict=True):
                turns += range(a + LONGEST, b, LONGEST)
    edges = sorted({*turns, len(numbers)})
    windows: list[tuple[int, int]] = []
    begin = 0
    for edge, following in zip(edges, [*edges[1:], None], strict=True):
        if edge > begin and (following is None or following - begin > LONGEST):
            windows.append((begin, edge))
            begin = edge
    return Pieces(numbers, word, np.array(windows, np.int32).reshape(-1, 2), len(each))
