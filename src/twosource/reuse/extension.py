"""How far two texts go on agreeing beyond the ends of a run of equal words.

The alignment goes on as long as agreement pays for disagreement (+1 for an equal word, -1 for one changed, cut or
put in) and stops where the best total lies, once it has fallen by DROP below that (X-drop, as in BLAST: Altschul et
al. 1997).
"""

from __future__ import annotations

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.tokens import I32, U64

DROP = 5
"""How far below its best an extension may fall, in words."""
BAND = 8
"""How far the two sides of an extension may shift against each other, in words."""


_MATCHES = 32  # equal words that are noted before a stretch is aligned in full
_ROWS = 8  # rows of which it is asked so: as far as one agreeing word puts off the end


@compiled
def work_area() -> I32:
    """What `extended` writes to."""
    return np.empty((3, max(2 * BAND + 3, _MATCHES)), np.int32)


@compiled
def _may_agree(hashes: U64, a: int, size_a: int, b: int, size_b: int, step: int) -> bool:
    """Whether so many words may agree that an alignment comes to more than it costs; False only where it cannot.

    Of each of the first words of a it is asked whether it is among those of b within the band, by twelve bits of their
    hashes and of all at once: most often that settles it. Where the very first words differ, n agreeing words behind
    each other, the last of them in row i, are worth 2n - max(i, n + 1) at most.
    """
    if size_a <= 0 or size_b <= 0:
        return False
    if hashes[a] == hashes[b]:
        return True
    one, low, six = np.uint64(1), np.uint64(63), np.uint64(6)
    some, others = np.uint64(0), np.uint64(0)
    at = b
    for _ in range(min(size_b, _ROWS + BAND)):
        word = hashes[at]
        some |= one << (word & low)
        others |= one << ((word >> six) & low)
        at += step
    rows = np.uint64(0)
    at = a
    for i in range(min(size_a, _ROWS)):
        word = hashes[at]
        rows |= ((some >> (word & low)) & (others >> ((word >> six) & low)) & one) << np.uint64(i)
        at += step
    if rows & (rows - one) == 0:  # one or none
        return False
    agreed, last = 0, DROP
    for i in range(1, _ROWS + 1):
        if (rows >> np.uint64(i - 1)) & one:
            agreed += 1
            value = 2 * agreed - max(i, agreed + 1)
            if value > 0:
                return True
            last = max(last, value + i + DROP)
        elif i > last:
            return False
    return last + 1 > _ROWS and size_a > _ROWS


@compiled
def _may_gain(hashes: U64, a: int, size_a: int, b: int, size_b: int, step: int, room: I32) -> bool:
    """Whether an alignment may come to more than it costs; False only where it cannot.

    Mostly two texts have a word or two in common beyond the end, such as "the", and nothing comes of it. Looking at
    equal words alone tells that sooner than all cells do: each is worth one more than the best one before it, less
    the words in between.
    """
    if not _may_agree(hashes, a, size_a, b, size_b, step):
        return False
    n, last = 0, DROP  # the row after which it is given up, unless another word is found to be equal
    i = 1
    while i <= size_a and i <= last + 1:
        word = hashes[a + step * (i - 1)]
        low, high = max(1, i - BAND), min(size_b, i + BAND)
        begin = b + low - 1 if step > 0 else b - high + 1
        hits = 0
        for at in range(begin, begin + high - low + 1):
            hits += hashes[at] == word
        if hits:
            for j in range(low, high + 1):
                if hashes[b + step * (j - 1)] != word:
                    continue
                value = 1 - max(i, j) + 1
                for m in range(n):
                    if room[0, m] < i and room[1, m] < j:
                        value = max(value, room[2, m] + 2 - max(i - room[0, m], j - room[1, m]))
                if value > 0 or n == _MATCHES:
                    return True
                room[0, n], room[1, n], room[2, n] = i, j, value
                n += 1
                last = max(last, value + i + DROP)
        i += 1
    return False


@compiled
def extended(
    hashes: U64,
    a: int,
    a_stop: int,
    b: int,
    b_stop: int,
    step: int,
    room: I32,
) -> tuple[int, int, int]:
    """How far an alignment goes on from a and b in direction `step`: words of a, of b, equal words.

    Cell d of a row stands for i words of a and i + d - BAND words of b. `room` comes from `work_area`.
    """
    size_a, size_b = abs(a_stop - a), abs(b_stop - b)
    if not _may_gain(hashes, a, size_a, b, size_b, step, room):
        return 0, 0, 0
    total, words, equal = room[0], room[1], room[2]  # of one row, then of the next one
    far = np.int32(-1_000_000)
    best, best_a, best_b, best_n = 0, 0, 0, 0
    for d in range(2 * BAND + 3):
        total[d], words[d] = far, 0
    for j in range(min(BAND, size_b) + 1):
        total[BAND + 1 + j] = -j
    for i in range(1, size_a + 1):
        word = hashes[a + step * (i - 1)]
        low, high = max(1, BAND + 1 - i), min(2 * BAND + 1, size_b - i + 1 + BAND)
        for d in range(low, high + 1):
            at = b + step * (i + d - 2 - BAND)
            equal[d] = 0 <= at < len(hashes) and hashes[at] == word
        top = last = far
        last_n = np.int32(0)
        for d in range(low, high + 1):
            value, n = total[d] + 2 * equal[d] - 1, words[d] + equal[d]
            if d == low and i <= BAND:  # in front of the first word of b
                value, n = far, 0
            if total[d + 1] - 1 > value:
                value, n = total[d + 1] - 1, words[d + 1]
            if last - 1 > value:
                value, n = last - 1, last_n
            total[d], words[d] = value, n
            last, last_n = np.int32(value), np.int32(n)
            top = max(top, last)
            if value > best:
                best, best_a, best_b, best_n = value, i, i + d - 1 - BAND, n
        for d in range(max(low, high + 1), 2 * BAND + 2):
            total[d] = far
        if top < best - DROP:
            break
    return int(best_a), int(best_b), int(best_n)
