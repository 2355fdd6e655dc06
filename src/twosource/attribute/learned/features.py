"""A parse as integers: what the network sees of each word, and of each word beside each cue.

Everything comes from the parse and the marks; nothing from the outlet, the date or the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...language.analysis import Analysis, Token

Ints = NDArray[np.int32]

UNKNOWN = 1  # in every vocabulary 0 pads and 1 stands for what was not seen in training
VOCABULARIES = ("lemma", "suffix", "tag", "dep", "entity")
SHAPES = 10
PLACES = 24
SLOTS = (*VOCABULARIES, "shape", "quote", "place")
"""The columns of `Grid.ids`, in order."""

DISTANCES = 34
GAPS = 24
PATHS = 63
MARKS_BETWEEN = 32
QUOTES = 12
DEEPEST = 10  # how far up from a word its meeting point with the cue is looked for
HIGHEST = 5  # and how far up from the cue

BEFORE, AFTER = 2, 3  # sentences around the cue's own in which its content is looked for
WIDEST = 160  # words to either side of the cue

_OPENING = frozenset("“„«「『")
_CLOSING = frozenset("”»」』")
_STRAIGHT = frozenset(('"', "''", "``", "‟", "″"))
_BULK = frozenset("\"“”„‟«»″''``「」『』")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which integer stands for which single word, suffix, tag, dependency or entity label."""

    of: Mapping[str, Mapping[str, int]]

    @staticmethod
    def from_lists(lists: Mapping[str, Sequence[str]]) -> Vocabulary:
        """The vocabulary in which the n-th listed string is n + 2."""
        return Vocabulary({slot: {w: i + 2 for i, w in enumerate(lists[slot])} for slot in VOCABULARIES})

    def size(self, slot: str) -> int:
        """How many integers the slot uses, padding and unknown included."""
        return len(self.of[slot]) + 2


@dataclass(frozen=True, slots=True)
class Grid:
    """An article's words as integers; n words, and index n is a word of nothing but padding.

    `ids` (n, slots); `head`, `left`, `right` (n) point at other words or at n; `sentence` and `paragraph`
    (n) count from 0; `quote` (n) is 0 outside quotation marks, 1 inside, 2 a mark; `segment` (n) numbers the
    quotations and the stretches between them; `marks` and `commas` (n) count those up to the word;
    `bounds` (sentences, 2) are word ranges, half open.
    """

    ids: Ints
    head: Ints
    left: Ints
    right: Ints
    sentence: Ints
    paragraph: Ints
    quote: Ints
    segment: Ints
    marks: Ints
    commas: Ints
    bounds: Ints

    @property
    def size(self) -> int:
        """How many words."""
        return len(self.head)


def blocks(grid: Grid, most: int) -> Iterator[tuple[int, Grid]]:
    """The grid in runs of whole paragraphs of at most `most` words each, with the index of the first word.

    A longer paragraph is a block of its own. What the network sees ends at a block's edge, and so does the
    memory that it needs.
    """
    first = 0
    turns = [*(np.flatnonzero(np.diff(grid.paragraph)) + 1).tolist(), grid.size]
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        if following is None or following - first > most:
            yield first, _part(grid, first, turn)
            first = turn


def _part(grid: Grid, first: int, last: int) -> Grid:
    """The words [first, last) as a grid of their own."""
    n, size = grid.size, last - first
    if size == n:
        return grid

    def moved(pointers: Ints) -> Ints:
        kept = pointers[first:last]
        return np.where(kept == n, size, kept - first).astype(np.int32)

    low, high = int(grid.sentence[first]), int(grid.sentence[last - 1]) + 1
    return Grid(
        grid.ids[first:last],
        moved(grid.head),
        moved(grid.left),
        moved(grid.right),
        grid.sentence[first:last] - np.int32(low),
        grid.paragraph[first:last] - grid.paragraph[first],
        grid.quote[first:last],
        grid.segment[first:last],
        grid.marks[first:last],
        grid.commas[first:last],
        grid.bounds[low:high] - np.int32(first),
    )


def strings(token: Token) -> tuple[str, str, str, str, str]:
    """What the vocabularies hold of a token, in the order of `VOCABULARIES`."""
    lemma = _folded(token.lemma.lower() or token.text.lower())
    return lemma, token.text.lower()[-3:], token.tag, token.dep, token.entity


def _folded(word: str) -> str:
    """The word with its digits as 0, so that numbers share their shape."""
    if word.isalpha():
        return word
    return "".join("0" if c.isdigit() else c for c in word)[:12]


def grid(analysis: Analysis, vocabulary: Vocabulary) -> Grid:
    """The article as integers."""
    tokens = analysis.tokens
    n = len(tokens)
    tables = [vocabulary.of[slot] for slot in VOCABULARIES]
    rows: list[tuple[int, ...]] = []
    for token in tokens:
        values = strings(token)
        rows.append((*(t.get(v, UNKNOWN) for t, v in zip(tables, values, strict=True)), _shape(token.text)))
    ids = np.zeros((n, len(SLOTS)), np.int32)
    ids[:, : len(VOCABULARIES) + 1] = np.array(rows, np.int32).reshape(n, len(VOCABULARIES) + 1)
    quote, segment = _quotes(analysis)
    sentence, bounds = _sentences(analysis)
    paragraph = np.zeros(n, np.int32)
    left = np.arange(-1, n - 1, dtype=np.int32)
    right = np.arange(1, n + 1, dtype=np.int32)
    for k, (first, last) in enumerate(analysis.paragraphs):
        paragraph[first:last] = k
        left[first] = n
        right[last - 1] = n
    ids[:, -2] = quote + 1
    ids[:, -1] = _places(sentence, paragraph, bounds, n)
    marks = np.cumsum(quote == 2, dtype=np.int32)
    commas = np.cumsum(np.array([t.text == "," for t in tokens], bool), dtype=np.int32)
    head = np.array([t.head for t in tokens], np.int32).reshape(n)
    return Grid(ids, head, left, right, sentence, paragraph, quote, segment, marks, commas, bounds)


def _shape(text: str) -> int:
    """1 … 9: lower, Capitalised, ALL CAPS, number, mark, comma, end of sentence, dash or colon, mixed."""
    if text.islower():
        return 1
    if text.isupper() and len(text) > 1:
        return 3
    if text[:1].isupper():
        return 2
    if text[:1].isdigit():
        return 4
    if text in _BULK:
        return 5
    if text == ",":
        return 6
    if text in ".!?":
        return 7
    if text in ":-–—--":
        return 8
    return 9


def _quotes(analysis: Analysis) -> tuple[Ints, Ints]:
    """For every word whether it is quoted, and the number of its stretch; marks are paired per paragraph."""
    n = len(analysis.tokens)
    state = np.zeros(n, np.int32)
    segment = np.zeros(n, np.int32)
    number = 0
    for first, last in analysis.paragraphs:
        inside = False
        number += 1
        for i in range(first, last):
            text = analysis.tokens[i].text
            if text in _BULK:
                if text in _OPENING:
                    inside = True
                elif text in _CLOSING:
                    inside = False
                else:
                    inside = not inside
                state[i] = 2
                number += 1
            else:
                state[i] = 1 if inside else 0
            segment[i] = number
    return state, segment


def _sentences(analysis: Analysis) -> tuple[Ints, Ints]:
    """The sentence of every word, and the word ranges of the sentences."""
    of = np.zeros(len(analysis.tokens), np.int32)
    for k, (first, last) in enumerate(analysis.sentences):
        of[first:last] = k
    return of, np.array(analysis.sentences, np.int32).reshape(-1, 2)


def _places(sentence: Ints, paragraph: Ints, bounds: Ints, n: int) -> Ints:
    """1 … 18: which paragraph (first, second, later), which sentence in it, how far into the sentence."""
    if n == 0:
        return np.zeros(0, np.int32)
    opens = np.zeros(int(paragraph[-1]) + 1, np.int32)
    opens[paragraph[::-1]] = sentence[::-1]
    inside = np.minimum(sentence - opens[paragraph], 2)
    into = np.minimum(np.arange(n) - bounds[sentence, 0], 1)
    out: Ints = (1 + np.minimum(paragraph, 2) * 6 + inside * 2 + into).astype(np.int32)
    return out


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every word that may belong to a cue, beside that cue; m pairs, sorted by cue and then by word.

    `word`, `cue` (m) are word indices, `top` (m) the word's ancestor just below the point where its path
    meets the cue's; `group` (m) numbers the cues from 0; `left`, `right` (m) are neighbouring pairs of the
    same cue or m; `ids` (m, features) with `sizes` giving each column's range.
    """

    word: Ints
    cue: Ints
    top: Ints
    group: Ints
    left: Ints
    right: Ints
    ids: Ints


def pair_sizes(dep: int) -> tuple[int, ...]:
    """The ranges of the columns of `Pairs.ids`, given how many dependency labels there are."""
    return (DISTANCES, GAPS, PATHS, dep * 4, dep * dep, dep, MARKS_BETWEEN, QUOTES)


def pairs(grid: Grid, cues: Ints, dep: int) -> Pairs:
    """Every cue with the words of the sentences around it."""
    words: list[Ints] = []
    owners: list[Ints] = []
    numbers: list[Ints] = []
    last_sentence = len(grid.bounds) - 1
    for k, c in enumerate(cues.tolist()):
        s = int(grid.sentence[c])
        low = max(int(grid.bounds[max(s - BEFORE, 0), 0]), c - WIDEST)
        high = min(int(grid.bounds[min(s + AFTER, last_sentence), 1]), c + WIDEST + 1)
        window = np.arange(low, high, dtype=np.int32)
        window = window[np.abs(grid.paragraph[window] - grid.paragraph[c]) <= 1]
        words.append(window)
        owners.append(np.full(len(window), c, np.int32))
        numbers.append(np.full(len(window), k, np.int32))
    word, cue, group = (np.concatenate(x) if x else np.zeros(0, np.int32) for x in (words, owners, numbers))
    m = len(word)
    left = np.arange(-1, m - 1, dtype=np.int32)
    right = np.arange(1, m + 1, dtype=np.int32)
    if m:
        turns = np.flatnonzero(np.diff(group)) + 1
        left[0] = m
        left[turns] = m
        right[turns - 1] = m
    columns, top = _relations(grid, word, cue, dep)
    return Pairs(word, cue, top, group, left, right, columns)


def _ancestors(grid: Grid, depth: int) -> Iterator[Ints]:
    """The words themselves, their heads, their heads' heads …, `depth` arrays after the first."""
    at = np.arange(grid.size, dtype=np.int32)
    yield at
    for _ in range(depth):
        at = grid.head[at]
        yield at


def _relations(grid: Grid, word: Ints, cue: Ints, dep: int) -> tuple[Ints, Ints]:
    """The integers of `Pairs.ids` and the array `Pairs.top`."""
    m = len(word)
    up_all = list(_ancestors(grid, DEEPEST))
    same = grid.sentence[word] == grid.sentence[cue]
    down = np.full(m, DEEPEST + 1, np.int32)
    up = np.full(m, HIGHEST + 1, np.int32)
    from_cue = [up_all[j][cue] for j in range(HIGHEST + 1)]
    open_ = np.flatnonzero(same)
    for i in range(DEEPEST + 1):
        if not len(open_):
            break
        here = up_all[i][word[open_]]
        met = np.zeros(len(open_), bool)
        for j in range(HIGHEST + 1):
            hit = (from_cue[j][open_] == here) & ~met
            where = open_[hit]
            down[where] = i
            up[where] = j
            met |= hit
        open_ = open_[~met]
    stacked = np.stack(up_all)
    found = down <= DEEPEST
    climb = np.where(found, np.maximum(down - 1, 0), DEEPEST)
    top = stacked[climb, word]
    second = stacked[np.maximum(climb - 1, 0), word]
    label = grid.ids[:, SLOTS.index("dep")]
    side = np.stack(from_cue)[np.clip(up - 1, 0, HIGHEST), np.arange(m)] if m else word
    dep_top = label[top]
    dep_second = np.where(climb >= 1, label[second], 0)
    dep_side = np.where((up > 0) & (up <= HIGHEST), label[side], 0)

    step = word - cue
    size = np.abs(step)
    bucket = np.where(size < 8, size, np.minimum(8 + np.log2(np.maximum(size, 8) / 8) * 2, 16)).astype(
        np.int32
    )
    distance = np.where(step < 0, bucket, bucket + 17)
    gap = grid.sentence[word] - grid.sentence[cue] + BEFORE
    across = grid.paragraph[word] - grid.paragraph[cue] + 1
    place = np.clip(gap, 0, 7) * 3 + across
    path = np.minimum(up, 6) * 9 + np.minimum(np.where(found, down, 8), 8)
    upward = np.minimum(up, 3) * dep + dep_top
    chain = dep_top * dep + dep_second
    between = np.minimum(np.abs(grid.marks[word] - grid.marks[cue]), 3)
    pauses = np.minimum(np.abs(grid.commas[word] - grid.commas[cue]), 3)
    marks = (between * 4 + pauses) * 2 + (top > cue)
    quote = (
        grid.quote[word] * 4 + np.minimum(grid.quote[cue], 1) * 2 + (grid.segment[word] == grid.segment[cue])
    )
    ids = np.stack([distance, place, path, upward, chain, dep_side, marks, quote], axis=1).astype(np.int32)
    return ids, top.astype(np.int32)
