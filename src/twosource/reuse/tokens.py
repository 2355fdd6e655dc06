"""Text to tokens: hashes of folded words, with the code points they stand on.

A word is folded by case (casefold; Turkish ı and İ become i) and loses its diacritics. Chinese, Japanese,
Thai, Lao, Khmer and Burmese, which are written without spaces, give one token per character. Everything
runs over arrays of code points: each code point's folding is looked up in a table that fills as new ones
are met, and a word's hash is a polynomial over its folded code points, modulo 2**64.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twosource.reuse.compiled import compiled

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
I32 = NDArray[np.int32]
U32 = NDArray[np.uint32]
U8 = NDArray[np.uint8]
F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]

SEPARATOR, LETTER, CHARACTER, MARK, APOSTROPHE, OPENS, CLOSES, TOGGLES, BREAK, UNSEEN = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    255,
)
"""What a code point does: ends a token, carries it, is one alone, joins it, joins two letters; opens, closes
or toggles a quotation; ends a line, and any quotation with it."""
QUOTATION = 1500
"""Code points after which a quotation that nothing has closed is taken for a stray mark."""

_CODE_POINTS = 0x110000
_BASE = 0x9E3779B97F4A7C15 | 1
_WORD = 1 << 64
_BATCH = 1 << 18  # code points taken at once: the work area stays small however large the pile

_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9D),
    (0x20000, 0x3FFFF),
)
_JOINERS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_APOSTROPHES = frozenset("'’ʼ＇‘")
_OPENING, _CLOSING, _EITHER = frozenset("“«„‟「『"), frozenset("”»」』"), frozenset('"＂')


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of many articles, end to end.

    `hashes` uint32 (t,): the folded word, as half of a 64-bit hash: of some 100,000 different words one pair or so
    is taken for equal, which shows only where both stand amid the same other words. `starts`, `ends` int32 (t,): the code points it stands on, half
    open, in its own article. `quoted` uint8 (t,): 1 inside quotation marks. `offsets` int64 (n + 1,): article i
    owns tokens offsets[i] to offsets[i + 1].
    """

    hashes: U32
    starts: I32
    ends: I32
    quoted: U8
    offsets: I64

    @property
    def articles(self) -> int:
        """How many articles the tokens come from."""
        return len(self.offsets) - 1

    def part(self, first: int, last: int) -> Tokens:
        """The tokens of the articles from `first` to before `last`; nothing is copied but where each begins."""
        begin, end = int(self.offsets[first]), int(self.offsets[last])
        return Tokens(
            self.hashes[begin:end],
            self.starts[begin:end],
            self.ends[begin:end],
            self.quoted[begin:end],
            self.offsets[first : last + 1] - begin,
        )


def folded(character: str) -> str:
    """One character as it is compared: no case, no diacritics, no width, Turkish ı and İ as i."""
    if character in "ıİ":
        return "i"
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(c for c in plain if not unicodedata.category(c).startswith("M"))


def role(character: str) -> int:
    """What a character does to tokens and quotations: SEPARATOR, LETTER … BREAK."""
    for kind, members in ((OPENS, _OPENING), (CLOSES, _CLOSING), (TOGGLES, _EITHER), (BREAK, "\n\u2029")):
        if character in members:
            return kind
    category = unicodedata.category(character)
    if character in _JOINERS or category in ("Mn", "Me", "Mc"):
        return MARK
    if character in _APOSTROPHES:
        return APOSTROPHE
    if category[0] in "LN":
        point = ord(character)
        alone = any(low <= point <= high for low, high in _SPACELESS) and category[0] == "L"
        return CHARACTER if alone else LETTER
    return SEPARATOR


class _Folding:
    """The table of code points, filled as they are met."""

    def __init__(self) -> None:
        self.roles: U8 = np.full(_CODE_POINTS, UNSEEN, np.uint8)
        self.factors: U64 = np.zeros(_CODE_POINTS, np.uint64)  # pages that are never read cost nothing
        self.terms: U64 = np.zeros(_CODE_POINTS, np.uint64)
        self.learn(range(0x500))

    def learn(self, points: Iterable[int]) -> None:
        """Fill the rows of `points`: appending c to a word turns its hash h into h * factor + term."""
        for point in points:
            character = chr(point)
            kind = role(character)
            factor, term = 1, 0
            if kind in (LETTER, CHARACTER):
                for letter in folded(character):
                    factor = factor * _BASE % _WORD
                    term = (term * _BASE + ord(letter) + 1) % _WORD
            self.factors[point], self.terms[point] = factor, term
            self.roles[point] = kind


@functools.cache
def _folding() -> _Folding:
    return _Folding()


@compiled
def _mix(value: np.uint64) -> np.uint64:
    """Spread every bit of `value` over the word (the finaliser of MurmurHash3)."""
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    value ^= value >> np.uint64(33)
    value *= np.uint64(0xC4CEB9FE1A85EC53)
    value ^= value >> np.uint64(33)
    return value


def mixed(values: U64) -> U64:
    """`_mix` of every value of an array."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


@compiled
def _scan(  # noqa: PLR0915 - one walk over every character of the pile; a second would cost as much
    points: U32,
    bounds: I64,
    roles: U8,
    factors: U64,
    terms: U64,
    hashes: U32,
    starts: I32,
    ends: I32,
    quoted: U8,
    counts: I64,
) -> int:
    """Write the tokens of the articles that `bounds` cuts `points` into.

    Returns how many there are, -1 when a code point is met that the table does not know.
    """
    n = 0
    for article in range(len(bounds) - 1):
        first, last, begun = bounds[article], bounds[article + 1], n
        inside = False
        value = np.uint64(0)
        opened, opened_token, single = -1, 0, False
        for i in range(first, last):
            point = points[i]
            kind = roles[point]
            if kind == LETTER:
                if not inside:
                    inside, value = True, np.uint64(0)
                    starts[n] = i - first
                    quoted[n] = 1 if opened >= 0 else 0
                value = value * factors[point] + terms[point]
                ends[n] = i - first + 1
            elif kind == MARK:
                if inside:
                    ends[n] = i - first + 1
                elif n > begun and ends[n - 1] == i - first:
                    ends[n - 1] = i - first + 1
            elif kind == APOSTROPHE and inside and i + 1 < last and roles[points[i + 1]] == LETTER:
                continue
            elif kind == UNSEEN:
                return -1
            else:
                alone = not inside
                if inside:
                    hashes[n] = np.uint32(_mix(value))
                    n += 1
                    inside = False
                if kind == CHARACTER:
                    starts[n], ends[n] = i - first, i - first + 1
                    quoted[n] = 1 if opened >= 0 else 0
                    hashes[n] = np.uint32(_mix(factors[point] + terms[point]))
                    n += 1
                elif kind == APOSTROPHE:
                    after = points[i + 1] if i + 1 < last else np.uint32(32)
                    in_front = roles[after] == LETTER and not (48 <= after <= 57)
                    if single and not in_front:
                        opened, single = -1, False
                    elif opened < 0 and alone and in_front and point in (39, 0x2018):
                        opened, opened_token, single = i, n, True
                elif kind >= OPENS:
                    german = opened >= 0 and points[opened] == 0x201E and point == 0x201C  # „ … “
                    if not german and (kind == OPENS or (kind == TOGGLES and (opened < 0 or single))):
                        opened, opened_token = i, n
                    else:
                        opened = -1
                    single = False
            if opened >= 0 and i - opened > QUOTATION:
                quoted[opened_token : n + 1] = 0
                opened, single = -1, False
        if inside:
            hashes[n] = np.uint32(_mix(value))
            n += 1
        counts[article] = n - begun
    return n


def _batches(texts: Sequence[str]) -> Iterable[Sequence[str]]:
    begun = size = 0
    for i, text in enumerate(texts):
        size += len(text)
        if size >= _BATCH:
            yield texts[begun : i + 1]
            begun, size = i + 1, 0
    if begun < len(texts):
        yield texts[begun:]


def tokenize(texts: Sequence[str]) -> Tokens:
    """The tokens of all `texts`, in their order."""
    table = _folding()
    room = sum(map(len, texts)) // 5 + 1  # a guess; grown in place below, to hold a large pile only once
    hashes, starts = np.empty(room, np.uint32), np.empty(room, np.int32)
    ends, quoted = np.empty(room, np.int32), np.empty(room, np.uint8)
    counts, done, total = np.zeros(len(texts) + 1, np.int64), 0, 0
    for batch in _batches(texts):
        points = np.frombuffer("".join(batch).encode("utf-32-le", "surrogatepass"), np.uint32)
        if total + len(points) >= room:
            room = max(total + len(points) + 1, room + room // 8)
            for column in (hashes, starts, ends, quoted):
                column.resize(room, refcheck=False)
        bounds = np.cumsum([0, *map(len, batch)], dtype=np.int64)
        columns = (hashes[total:], starts[total:], ends[total:], quoted[total:])
        counted = counts[done + 1 : done + 1 + len(batch)]
        n = _scan(points, bounds, table.roles, table.factors, table.terms, *columns, counted)
        if n < 0:
            table.learn(np.unique(points[table.roles[points] == UNSEEN]).tolist())
            n = _scan(points, bounds, table.roles, table.factors, table.terms, *columns, counted)
        del columns  # a view would keep the columns from growing
        total, done = total + n, done + len(batch)
    for column in (hashes, starts, ends, quoted):
        column.resize(total, refcheck=False)
    return Tokens(hashes, starts, ends, quoted, np.cumsum(counts))
