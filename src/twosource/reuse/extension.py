"""How far two texts go on agreeing beyond the ends of a run of equal words.

The alignment goes on as long as agreement pays for disagreement (+1 for an equal word, -1 for one changed, cut or
put in) and stops where the best total lies, once it has fallen by DROP below that (X-drop, as in BLAST: Altschul et
al. 1997).
"""

from __future__ import annotations

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.tokens import I64, U8, U32

DROP = 5
"""How far below its best an extension may fall, in words."""
BAND = 8
"""How far the two sides of an extension may shift against each other, in words."""


_FEW, _ROWS = 8, 16  # words of a that are looked at first, and at most
# a cell is one number: what it comes to, then for a moment where it comes from, which decides between equals, then how
# many words are equal
_VALUE = 32
_FIRST, _SECOND = np.int64(2) << 30, np.int64(1) << 30
_WORDS = (1 << 30) - 1
_COST = np.int64(1) << _VALUE
_AGREED = 2 * _COST + 1
_NEAR = 32  # bytes looked at around a place: more than the band reaches


def short(hashes: U32) -> U8:
    """uint8 (t + 2 * 32,): a byte of each word's hash, after 32 that belong to no word, and as many behind them.

    Most words that differ do so in this byte, and a whole sentence lies in one line of the processor's cache.
    """
    out = np.zeros(len(hashes) + 2 * _NEAR, np.uint8)
    out[_NEAR:-_NEAR] = hashes.astype(np.uint8)
    return out


@compiled
def work_area() -> I64:
    """What `extended` writes to."""
    return np.empty(2 * BAND + 3, np.int64)


@compiled
def _first(bits: np.uint64, n: int) -> int:
    """How many of the first n bits are set, n < 64."""
    bits &= (np.uint64(1) << np.uint64(n)) - np.uint64(1)
    bits -= (bits >> np.uint64(1)) & np.uint64(0x5555555555555555)
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((bits * np.uint64(0x0101010101010101)) >> np.uint64(56))


_EACH, _HIGH, _REST = (
    np.uint64(0x0101010101010101),
    np.uint64(0x8080808080808080),
    np.uint64(0x7F7F7F7F7F7F7F7F),
)


@compiled
def _eight(bytes_: U8, at: int, step: int) -> np.uint64:
    """The bytes of eight words from the place `at` on in direction `step`, the first lowest."""
    out, k = np.uint64(0), np.uint64(at + _NEAR)
    if step > 0:
        for n in range(8):
            out |= np.uint64(bytes_[k + np.uint64(n)]) << np.uint64(8 * n)
    else:
        for n in range(8):
            out |= np.uint64(bytes_[k - np.uint64(n)]) << np.uint64(8 * n)
    return out


@compiled
def _equal(eight: np.uint64, byte: np.uint64) -> np.uint64:
    """The high bit of each of eight bytes that is `byte`."""
    differ = eight ^ (byte * _EACH)
    return ~(((differ & _REST) + _REST) | differ | _REST)


@compiled
def _may_agree(mine: np.uint64, size: int, one: np.uint64, two: np.uint64) -> bool:
    """Whether so many words may agree that an alignment comes to more than it costs; False only where it cannot.

    An alignment up to word i of a and word j of b is worth 2n - max(i, j) at most, where n words are equal. So it comes
    to something only where of the first 3 words of a 2 are among those of b, or of 5 are 3, of 7 are 4, and so on; and
    it is given up where of 6 none is, and of 8 only one. `mine`: the bytes of the first eight of a; `one`, `two`:
    those of the first sixteen of b.
    """
    found = np.uint64(0)
    for i in range(8):
        byte = (mine >> np.uint64(8 * i)) & np.uint64(255)
        hit = (_equal(one, byte) | _equal(two, byte)) != 0
        found |= np.uint64(hit) << np.uint64(i)
    if size < _FEW:
        found &= (np.uint64(1) << np.uint64(size)) - np.uint64(1)
    if _first(found, 3) >= 2 or _first(found, 5) >= 3 or _first(found, 7) >= 4:
        return True
    return size > _FEW and _first(found, 6) > 0 and _first(found, 8) > 1


@compiled
def _may_gain(bytes_: U8, a: int, size_a: int, b: int, size_b: int, step: int) -> bool:
    """The same, by the longest common subsequence of the words from a and from b on, row by row of the former.

    Mostly two texts have a word or two in common beyond the end, such as "the", and nothing comes of it. Looking at
    equal words alone tells that sooner than all cells of an alignment do. A row is worked out at once (Hyyrö 2004).
    """
    if size_a <= 0 or size_b <= 0:
        return False
    if bytes_[a + _NEAR] == bytes_[b + _NEAR]:
        return True
    one, two = _eight(bytes_, b, step), _eight(bytes_, b + 8 * step, step)
    if not _may_agree(_eight(bytes_, a, step), size_a, one, two):
        return False
    three = _eight(bytes_, b + 16 * step, step)
    row = ~np.uint64(0)  # a bit is 0 where one more word of b is in the subsequence
    rows = min(size_a, _ROWS)
    for i in range(1, rows + 1):
        byte = np.uint64(bytes_[a + step * (i - 1) + _NEAR])
        equal = _gathered(_equal(one, byte)) | _gathered(_equal(two, byte)) << np.uint64(8)
        equal |= _gathered(_equal(three, byte)) << np.uint64(16)
        both = row & equal
        row = (row + both) | (row - both)
        if 2 * _first(~row, i) > i:
            return True
        if 2 * _first(~row, i + BAND) < i - DROP:
            return False
    if size_a > _ROWS:
        return True
    worth = False  # a ends here, b goes on
    for j in range(rows + 1, rows + BAND + 1):
        worth |= 2 * _first(~row, j) > j
    return worth


@compiled
def _gathered(high: np.uint64) -> np.uint64:
    """The high bits of eight bytes side by side."""
    return ((high >> np.uint64(7)) * np.uint64(0x0102040810204080)) >> np.uint64(56)


@compiled
def extended(
    hashes: U32,
    bytes_: U8,
    a: int,
    a_stop: int,
    b: int,
    b_stop: int,
    step: int,
    room: I64,
) -> tuple[int, int, int]:
    """How far an alignment goes on from a and b in direction `step`: words of a, of b, equal words.

    Cell d of a row stands for i words of a and i + d - BAND - 1 words of b; see _VALUE. `bytes_` comes from `short`, `room` from `work_area`.
    """
    size_a, size_b = abs(a_stop - a), abs(b_stop - b)
    if not _may_gain(bytes_, a, size_a, b, size_b, step):
        return 0, 0, 0
    far, one = np.int64(-1_000_000) << _VALUE, np.uint64(1)
    on = np.uint64(np.int64(step))
    best, best_a, best_b, best_n = np.int64(0), 0, 0, np.int64(0)
    room[:] = far
    for j in range(min(BAND, size_b) + 1):
        room[BAND + 1 + j] = np.int64(-j) << _VALUE
    for i in range(1, size_a + 1):
        word = hashes[a + step * (i - 1)]
        low, high = max(1, BAND + 1 - i), min(2 * BAND + 1, size_b - i + 1 + BAND)
        last, top = far, far
        if i <= BAND:  # in front of the first word of b
            room[low] = last = room[low + 1] - _COST
            top = (last >> _VALUE << 8) | (255 - low)
            low += 1
        # no cell asks a question that must be guessed, no index may be negative: together that takes a third of the time
        at = np.uint64(b + step * (i + low - 2 - BAND))
        for d in range(np.uint64(low), np.uint64(high + 1)):
            cell = (room[d] - _COST + np.int64(hashes[at] == word) * _AGREED) | _FIRST
            room[d] = max(cell, (room[d + one] - _COST) | _SECOND)
            at += on
        for d in range(np.uint64(low), np.uint64(high + 1)):
            room[d] = last = max(room[d], last - _COST) & ~(_FIRST | _SECOND)
            top = max(top, (last >> _VALUE << 8) | (255 - np.int64(d)))
        if top >> 8 > best:
            at_top = int(255 - (top & 255))
            best, best_a, best_b, best_n = top >> 8, i, i + at_top - 1 - BAND, room[at_top] & _WORDS
        room[max(low, high + 1) : 2 * BAND + 2] = far
        if top >> 8 < best - DROP:
            break
    return int(best_a), int(best_b), int(best_n)
