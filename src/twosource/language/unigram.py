"""A SentencePiece unigram tokenizer: the most probable split of each word into known pieces.

Kudo (2018), "Subword Regularization", section 3.2: pieces carry log probabilities and the split with the
greatest sum is found by dynamic programming. Written out here because it is forty lines, starts at once, and
spares a dependency whose own dependencies are made to go to the network.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

_WORD_MARK = "▁"  # SentencePiece writes a word's leading space as this
_UNKNOWN_COST = 10.0  # below the rarest piece, as SentencePiece has it
_REMEMBERED = 200_000  # words
_LONG_WORD = 32  # code points; longer ones are not worth remembering


class Unigram:
    """Text to piece numbers. Pieces and log probabilities come from the model's own file.

    pieces: piece number → text. scores: its log probability. unknown: the number that stands for characters
    in no piece. normalise: code point → replacement, one code point at a time.
    """

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], unknown: int, normalise: Mapping[int, str]
    ) -> None:
        self._of = {piece: i for i, piece in enumerate(pieces) if piece and i != unknown}
        self._scores = scores
        self._unknown = unknown
        self._unknown_score = min(scores) - _UNKNOWN_COST
        self._longest = max(map(len, self._of), default=1)
        self._normalise = dict(normalise)
        self._known: dict[str, tuple[int, ...]] = {}

    def encode(self, text: str) -> list[int]:
        """The text's piece numbers, without the marks for beginning and end."""
        plain = unicodedata.normalize("NFC", text).translate(self._normalise)
        ids: list[int] = []
        for word in plain.split(" "):
            if not word:
                continue
            found = self._known.get(word)
            if found is None:
                found = self._split(_WORD_MARK + word)
                if len(word) <= _LONG_WORD:
                    if len(self._known) >= _REMEMBERED:
                        self._known = {}
                    self._known[word] = found
            ids.extend(found)
        return ids

    def _split(self, word: str) -> tuple[int, ...]:
        """The best split of one word; a run of unknown characters is one unknown piece."""
        size = len(word)
        best = [0.0] + [float("-inf")] * size
        piece = [self._unknown] * (size + 1)  # the piece that ends here
        start = [0] * (size + 1)
        of, scores = self._of, self._scores
        for i in range(size):
            here = best[i]
            if here + self._unknown_score > best[i + 1]:
                best[i + 1], piece[i + 1], start[i + 1] = here + self._unknown_score, self._unknown, i
            for j in range(i + 1, min(size, i + self._longest) + 1):
                number = of.get(word[i:j])
                if number is not None and here + scores[number] > best[j]:
                    best[j], piece[j], start[j] = here + scores[number], number, i
        ids: list[int] = []
        end = size
        while end:
            if not (piece[end] == self._unknown and ids and ids[-1] == self._unknown):
                ids.append(piece[end])
            end = start[end]
        return tuple(reversed(ids))
