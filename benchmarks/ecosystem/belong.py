"""How often what was left out of a claim belongs to it, and two constants that say so, fitted to the development half.

python benchmarks/ecosystem/belong.py --piles 33 --keep DIR

The grouping names statements that may belong to a claim (`Claim.nearly`), each with a probability. How far it can be believed changes
with the grouping, so this is to be run again after every change of it. It prints the stated probabilities beside the share
that is true, `BELONGS` and `BELONGS_ACROSS` of `provenance/constants.py` as they fit best near what they are, and the table of counts
with either. `BELONGS_FEW` stays: made piles are about what was planted and nothing else, so that what is near with hardly a word
in common mostly belongs; in real rumours it seldom did. Truth is taken from the sentences that were planted: another claim belongs where most of its asserting
statements are those of the same true claim.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from run import COUNTS, Task, counts, scored
from scipy.optimize import minimize
from score import Planted, inside
from stages import findings_of
from world import make

from twosource.model import Claim, Findings, Relation
from twosource.provenance import constants
from twosource.provenance.belonging import anchored, homes_of, in_common
from twosource.settings import Settings

SPREAD = 0.5
"""How far a constant may go from what it is, as the standard deviation of a prior: made piles are not the world."""


class Row(NamedTuple):
    """Another claim that may belong, with the probability stated for the likeliest of its statements and whether it belongs.

    `words`: how many that one has in common with the claim, and their share; None across languages, where `anchored` says
    whether a name or a number is.
    """

    stated: float
    words: tuple[int, float] | None
    anchored: bool
    true: bool

    @property
    def kind(self) -> str:
        """Which constant speaks for it."""
        if self.words is None:
            return "across" if self.anchored else "few"
        return "few" if self.words[0] < constants.NEARLY_WORDS else "words"


def rows_of(half: str, seed: int, number: int, keep: Path | None, stale: bool) -> Iterator[Row]:
    """Every other claim that may belong to a claim of one pile which asserts or denies something that was planted."""
    made = make(half, seed, number)
    found, _ = findings_of(made, keep, stale)
    planted = Planted(found.articles)
    sides: dict[str, str] = {}
    for true in made.truth.claims:
        for side, passages in (("asserts", true.passages), ("denies", true.denials)):
            spans = planted.spans(passages)
            sides |= {
                s.id: f"{true.id} {side}" for s in found.statements if inside(s, spans.get(s.article, ()))
            }
    mainly = {c.id: _mainly(c, sides) for c in found.claims}
    for claim in found.claims:
        if mainly[claim.id]:
            for home, stated, words, named in _others(claim, found):
                yield Row(stated, words, named, mainly[home.id] == mainly[claim.id])


def _mainly(claim: Claim, sides: dict[str, str]) -> str:
    """What most asserting statements of a claim were planted as, "" where that is nothing."""
    said = Counter(sides.get(m.statement, "") for m in claim.members if m.relation is Relation.ASSERTS)
    return said.most_common(1)[0][0]


def _others(claim: Claim, found: Findings) -> Iterator[tuple[Claim, float, tuple[int, float] | None, bool]]:
    statements, homes = {s.id: s for s in found.statements}, homes_of(found.claims)
    held = [statements[m.statement] for m in claim.members if m.relation is Relation.ASSERTS]
    best: dict[str, tuple[float, str]] = {}
    for near in claim.nearly:
        home = homes.get(near.statement)
        if near.relation is Relation.ASSERTS and home is not None:
            best[home.id] = max(best.get(home.id, (0.0, "")), (near.probability, near.statement))
    by_id = {c.id: c for c in found.claims}
    for name, (stated, statement) in sorted(best.items()):
        near_by = statements[statement]
        yield by_id[name], stated, in_common(near_by, held), anchored(near_by, held)


def fitted(rows: Sequence[Row]) -> tuple[tuple[float, float], float]:
    """`BELONGS` and `BELONGS_ACROSS`: logistic regression with a normal prior around what they are."""
    told = [r for r in rows if r.kind != "few"]
    now = np.array([*constants.BELONGS, constants.BELONGS_ACROSS])
    odds = np.array([math.log(r.stated / (1.0 - r.stated)) for r in told])
    true = np.array([float(r.true) for r in told])
    added = np.array([(0.0, 0.0, 1.0) if r.words is None else (1.0, r.words[1], 0.0) for r in told])

    def loss(values: NDArray[np.float64]) -> float:
        z = odds + added @ values
        return float((np.logaddexp(0.0, z) - true * z).sum() + (((values - now) / SPREAD) ** 2).sum() / 2)

    base, by_words, across = (round(float(v), 1) for v in minimize(loss, now, method="BFGS").x)
    return (base, by_words), across


def reliability(rows: Sequence[Row]) -> Iterator[str]:
    """Stated probability beside the share that is true, by what speaks for it."""
    yield f"{'may belong':>10} {'stated':>7} {'true':>6} {'n':>5}"
    for kind in ("words", "few", "across"):
        for low, high in ((0.0, 0.2), (0.2, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 1.0)):
            here = [r for r in rows if r.kind == kind and low <= r.stated < high]
            if here:
                yield f"{kind:>10} {_mean(r.stated for r in here):>7.2f} {_mean(r.true for r in here):>6.2f} {len(here):>5}"


def _mean(values: Iterable[float]) -> float:
    return fmean(values)


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--piles", type=int, default=33)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="folder in which what was found up to claims is kept")
    options.add_argument("--stale", action="store_true", help="take what is kept though the code has changed")
    given = options.parse_args()
    numbers = range(given.piles)
    rows = [row for n in numbers for row in rows_of("dev", given.seed, n, given.keep, given.stale)]
    print(f"{len(rows)} other claims that may belong, {sum(r.true for r in rows)} do")
    print("\n".join(reliability(rows)))
    tasks = [Task("dev", given.seed, n, "program", given.keep, given.stale, Settings()) for n in numbers]
    print(COUNTS)
    print(counts(scored(tasks, 1), "as it is"))
    constants.BELONGS, constants.BELONGS_ACROSS = fitted(rows)
    print(counts(scored(tasks, 1), "fitted"))
    print(f"BELONGS = {constants.BELONGS}\nBELONGS_ACROSS = {constants.BELONGS_ACROSS}")


if __name__ == "__main__":
    main()
