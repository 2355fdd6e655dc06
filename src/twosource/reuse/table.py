"""Columns to matches: a table that makes each match, with its spans and reasons in words, when it is asked for.

A match as an object takes some 700 bytes, as a row about 80; a pile of 100,000 articles can have a million.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from twosource.model import Article, Direction, Passage, PassageMatch, Span
from twosource.reuse.direction import NO_WAY, UNTOLD, Flow
from twosource.reuse.direction import RULES as DIRECTIONS
from twosource.reuse.evidence import Columns
from twosource.reuse.relation import RULES
from twosource.reuse.tokens import F64, I32, I64, U64, mixed

_WRITTEN = 1 << 14  # rows turned into Python values at once
_CLOSING = frozenset(".!?…,;:\"'”»’)]")
_OPENING = frozenset("\"'“«„‘([")
_WAYS = {1: Direction.A_TO_B, -1: Direction.B_TO_A, 0: Direction.UNDIRECTED}


@dataclass(frozen=True, slots=True)
class Spans:
    """int32 (m,), code points in their own articles, half open: where the two passages of each match lie."""

    a_start: I32
    a_end: I32
    b_start: I32
    b_end: I32


class Matches(Sequence[PassageMatch]):
    """The matches of a pile, made as they are asked for; what is not held is not in memory."""

    def __init__(
        self,
        pile: Sequence[Article],
        spans: Spans,
        c: Columns,
        relation: I64,
        flow: Flow,
        third: dict[int, tuple[str, bool]],
        p_copy: F64,
    ) -> None:
        self._pile = pile
        self._third = third
        self._names = _match_ids(pile, c, spans)
        closer = np.where(flow.closer >= 0, np.where(flow.way > 0, c.a, c.b)[flow.closer], -1)
        self._columns = (
            c.a.astype(np.int32),
            c.b.astype(np.int32),
            spans.a_start,
            spans.a_end,
            spans.b_start,
            spans.b_end,
            np.round(c.rarity, 3),
            np.round(c.similarity, 4),
            relation.astype(np.int8),
            flow.way.astype(np.int8),
            flow.p,
            flow.rule.astype(np.int8),
            closer.astype(np.int32),
            np.round(p_copy, 4),
        )

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[PassageMatch]:
        for begin in range(0, len(self), _WRITTEN):
            yield from self._made(range(begin, min(begin + _WRITTEN, len(self))))

    @overload
    def __getitem__(self, at: int) -> PassageMatch: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[PassageMatch, ...]: ...

    def __getitem__(self, at: int | slice) -> PassageMatch | tuple[PassageMatch, ...]:
        rows = range(len(self))[at]
        return tuple(self._made(rows)) if isinstance(rows, range) else self._made([rows])[0]

    def _made(self, rows: Sequence[int]) -> list[PassageMatch]:
        """The matches of `rows`, as objects."""
        with no_garbage():
            return list(self._written(rows))

    def _written(self, rows: Sequence[int]) -> Iterable[PassageMatch]:
        pile, third = self._pile, self._third
        chosen: Any = slice(rows.start, rows.stop, rows.step) if isinstance(rows, range) else list(rows)
        names = self._names[chosen].tolist()
        values = zip(rows, names, *(column[chosen].tolist() for column in self._columns), strict=True)
        for row, name, a, b, a0, a1, b0, b1, score, similarity, r, way, p, rule, parent, copy in values:
            one, other = pile[a], pile[b]
            span_a, span_b = _with_marks(one.text, a0, a1, other.text, b0, b1)
            left, right = Passage(one.id, span_a), Passage(other.id, span_b)
            reasons: tuple[str, ...] = _WHYS[r][rule]
            if third and row in third:
                agency, both = third[row]
                reasons += (
                    f"{'both credit' if both else 'one credits'} {agency}, which has no article here",
                )
            if parent >= 0:
                reasons += (f"{pile[parent].id} is closer in wording",)
            kind = _KINDS[r]
            yield PassageMatch(
                f"m{name:016x}", left, right, score, similarity, kind, _WAYS[way], p, copy, reasons
            )


_KINDS = [kind for kind, _, _ in RULES]
_TOLD = [reason for _, _, reason in DIRECTIONS] + [UNTOLD, NO_WAY]
_WHYS = [[(why, way) for way in _TOLD] for _, _, why in RULES]  # made once: most matches need no more


def _with_marks(a: str, a0: int, a1: int, b: str, b0: int, b1: int) -> tuple[Span, Span]:
    """The two spans with the punctuation marks that both have at their edges, three at most."""
    after, before = a[a1 : a1 + 3], a[max(0, a0 - 3) : a0]
    if after[:1] in _CLOSING:
        for mark in after:
            if mark not in _CLOSING or b[b1 : b1 + 1] != mark:
                break
            a1, b1 = a1 + 1, b1 + 1
    if before[-1:] in _OPENING:
        for mark in reversed(before):
            if mark not in _OPENING or not b0 or b[b0 - 1] != mark:
                break
            a0, b0 = a0 - 1, b0 - 1
    return Span(a0, a1), Span(b0, b1)


def _match_ids(pile: Sequence[Article], c: Columns, spans: Spans) -> U64:
    """A name for each match: a hash of the two articles' ids and of the places in them."""
    digests = (hashlib.blake2b(x.id.encode("utf-8", "surrogatepass"), digest_size=8).digest() for x in pile)
    names: U64 = np.frombuffer(b"".join(digests), np.dtype("<u8")).astype(np.uint64)
    value = names[c.a]
    for column in (spans.a_start, spans.a_end, names[c.b], spans.b_start, spans.b_end):
        value = mixed(value * np.uint64(0x9E3779B97F4A7C15) + column.astype(np.uint64))
    return value


@contextmanager
def no_garbage() -> Iterator[None]:
    """Hold the collector off: thousands of values are about to be made, none of them garbage.

    It would look at every article of the pile, again and again, the more often the larger the pile.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
