"""How near the counts come to piles of articles whose provenance is known: from files to count, scored.

python benchmarks/ecosystem/run.py --half dev --piles 40             # the half that things are mended on
python benchmarks/ecosystem/run.py --half held-out --piles 80        # the half that is reported
python benchmarks/ecosystem/run.py --half dev --piles 4 --write DIR  # the piles themselves, with their truth
python benchmarks/ecosystem/run.py --half dev --piles 40 --claims true   # with the true claims given
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from files import write
from score import Outcome, as_claims, outcomes, totals
from stages import findings_of
from world import HALVES, MISSING, make

from twosource import provenance
from twosource.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """One pile to make, trace and score. `claims` is "program" or "true"."""

    half: str
    seed: int
    number: int
    claims: str
    keep: Path | None
    stale: bool
    settings: Settings
    background: tuple[str, ...] = ()


def score(task: Task) -> list[Outcome]:
    """Make one pile, trace it, score it."""
    made = make(task.half, task.seed, task.number)
    findings, outlets = findings_of(made, task.keep, task.stale, task.background)
    claims = findings.claims if task.claims == "program" else as_claims(made.truth, findings)
    traced = provenance.trace(
        claims,
        findings.statements,
        findings.attributions,
        findings.sources,
        findings.articles,
        findings.matches,
        task.settings,
        outlets,
    )
    return outcomes(made.truth, findings, traced, claims)


def scored(tasks: Sequence[Task], workers: int) -> list[Outcome]:
    """Every pile's outcomes, in the order of the piles."""
    if workers == 1:
        return [outcome for task in tasks for outcome in score(task)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return [outcome for found in pool.imap(score, tasks) for outcome in found]


# ------------------------------------------------------------------------- tables


def counts(found: Sequence[Outcome], label: str) -> str:
    """One line of the table of counts."""
    if not found:
        return f"{label:>10} {0:>6}"
    shown = [o for o in found if o.withheld is None]
    # where no claim was found at all, the program says that nothing supports it
    judged = [(o.p_two or 0.0, o.truth >= 2) for o in shown if o.p_two is not None or o.k is None]
    base = fmean(met for _, met in judged) if judged else 0.0
    errors = [(o.k or 0) - o.truth for o in shown]
    inside = [o.interval is not None and o.interval[0] <= o.truth <= o.interval[1] for o in shown]
    bounded = [o.bounds[0] <= o.truth <= o.bounds[1] for o in found]
    return (
        f"{label:>10} {len(found):>6} {_mean(abs(o.articles - o.truth) for o in found):>8.2f} "
        f"{_mean(abs(o.clusters - o.truth) for o in found):>8.2f} {_mean(abs(1 - o.truth) for o in found):>7.2f} "
        f"{_mean(abs(o.exact - o.truth) for o in found):>7.2f} {_mean(abs(e) for e in errors):>7.2f} "
        f"{_mean(errors):>+6.2f} {_mean(inside):>6.0%} {_mean(bounded):>6.0%} "
        f"{_mean((p - met) ** 2 for p, met in judged):>6.3f} {base * (1 - base):>6.3f} "
        f"{1 - len(shown) / len(found):>8.0%} {1 - len(judged) / len(found):>6.0%} {_mean(o.found / o.articles for o in found):>6.0%} "
        f"{_mean(o.foreign > 0 for o in found):>7.0%} {_mean(abs(o.owner - o.by_owner) for o in found):>6.2f}"
    )


COUNTS = (
    f"{'':>10} {'':>6} |------- mean absolute error of K ----------|\n"
    f"{'':>10} {'claims':>6} {'articles':>8} {'clusters':>8} {'one':>7} {'likely':>7} {'median':>7} {'bias':>6} "
    f"{'covers':>6} {'bounds':>6} {'Brier':>6} {'base':>6} {'withheld':>8} {'no P':>6} {'joined':>6} {'foreign':>7} {'owner':>6}"
)


def graphs(found: Sequence[Outcome]) -> Iterator[str]:
    """The tables of edges, origins and chokepoints."""
    yield f"{'edges':>12} {'given':>6} {'precision':>9} {'shown':>6} {'recall':>7} {'F1':>6}"
    for kind, tally in sorted(totals(found).items()):
        precision = tally.right / tally.given if tally.given else float("nan")
        recall = tally.found / tally.true if tally.true else float("nan")
        f1 = 2 * precision * recall / (precision + recall) if precision + recall > 0 else float("nan")
        yield f"{kind:>12} {tally.given:>6} {precision:>9.2f} {tally.true:>6} {recall:>7.2f} {f1:>6.2f}"
    directions = [d for o in found for d in o.directions]
    yield f"direction right in {_mean(directions):.0%} of {len(directions)} copies and translations"
    right, given, true = (sum(o.origins[i] for o in found) for i in range(3))
    yield f"origins: precision {right / max(1, given):.2f}, recall {right / max(1, true):.2f}, F1 {2 * right / max(1, given + true):.2f}"
    hits = [o.choke for o in found if o.choke is not None]
    none = [o.none_named for o in found if o.none_named is not None]
    yield f"chokepoint named in {_mean(hits):.0%} of {len(hits)} claims that have one; none named in {_mean(none):.0%} of {len(none)} others"


def reliability(found: Sequence[Outcome]) -> Iterator[str]:
    """How often edges of a stated probability are true, by kind."""
    yield f"{'edges':>12} {'stated':>7} {'true':>6} {'n':>5}"
    points = [c for o in found for c in o.certainty]
    for kind in sorted({k for k, _, _ in points}):
        for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
            here = [(p, t) for k, p, t in points if k == kind and low <= p < high]
            if here:
                yield f"{kind:>12} {_mean(p for p, _ in here):>7.2f} {_mean(t for _, t in here):>6.2f} {len(here):>5}"


def _mean(values: object) -> float:
    items = list(values)  # type: ignore[call-overload]
    return fmean(items) if items else float("nan")


def report(found: Sequence[Outcome], by: Sequence[str]) -> None:
    """Print every table."""
    print(COUNTS)
    for share in MISSING:
        label = f"{share:.0%}"
        print(counts([o for o in found if o.features["missing"] == label], f"{label} missing"[:10]))
    print(counts(found, "all"))
    for feature in by:
        for value in sorted({o.features[feature] for o in found}):
            print(counts([o for o in found if o.features[feature] == value], value[:10]))
    for table in (graphs, reliability):
        print()
        lines: Callable[[Sequence[Outcome]], Iterator[str]] = table
        for line in lines(found):
            print(line)


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--half", choices=HALVES, default="dev")
    options.add_argument("--piles", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--claims", choices=("program", "true"), default="program")
    options.add_argument("--keep", type=Path, help="folder in which what was found up to claims is kept")
    options.add_argument("--stale", action="store_true", help="take what is kept though the code has changed")
    options.add_argument("--write", type=Path, help="only write the piles into this folder")
    options.add_argument("--background", type=Path, help="folder of .txt articles, mixed in ten to a pile")
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--q", type=float, default=Settings().q)
    options.add_argument("--rho", type=float, default=Settings().rho)
    options.add_argument(
        "--worst", type=int, default=0, help="show so many of the claims that are farthest off"
    )
    given = options.parse_args()
    if given.write:
        for number in range(given.piles):
            made = make(given.half, given.seed, number)
            write(made, given.write / made.truth.id)
        return
    texts = sorted(given.background.glob("*.txt")) if given.background else []
    settings = Settings(q=given.q, rho=given.rho)
    tasks = []
    for number in range(given.piles):
        mixed = tuple(p.read_text("utf-8") for p in texts[10 * number : 10 * number + 10])
        tasks.append(
            Task(given.half, given.seed, number, given.claims, given.keep, given.stale, settings, mixed)
        )
    start = time.monotonic()
    found = scored(tasks, given.workers)
    report(found, ("outlets", "clock", "scene"))
    print(f"\n{len(tasks)} piles, {len(found)} claims, {time.monotonic() - start:.0f} s")
    for outcome in sorted(found, key=lambda o: -abs((o.k or 0) - o.truth))[: given.worst]:
        print(f"\n{outcome.pile} {outcome.claim}: K {outcome.truth}, program {outcome.k} {outcome.bounds}, "
              f"{outcome.found} of {outcome.articles} articles")  # fmt: skip
        for line in outcome.missed:
            print("   ", line)


if __name__ == "__main__":
    main()
