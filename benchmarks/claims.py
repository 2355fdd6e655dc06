"""How well statements are grouped into claims, on our own stories with hard negatives (claims_set*.json).

python benchmarks/claims.py                 # the held-out half, which no weight was fitted on
python benchmarks/claims.py --half fresh    # a second held-out set, in freer words
python benchmarks/claims.py --half sealed   # a third, in newsroom wording, in no "all"
python benchmarks/claims.py --half sealed2  # a fourth, larger one, written before the networks of version 2
python benchmarks/claims.py --half dev      # the stories that the weights were fitted on
python benchmarks/claims.py --fit           # fit the weights on the dev half and print them
python benchmarks/claims.py --growth        # time and memory at 1,000 and 10,000 and more statements
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twosource.attribute import attributions
from twosource.claims import Words, group, reader, statements
from twosource.claims.candidates import EXACT, NEIGHBOURS, candidates, nearest_by_region
from twosource.claims.compare import Two, clues
from twosource.claims.grouping import WEIGHT_FLOOR
from twosource.claims.pile import Pile
from twosource.claims.weights import BIAS, WEIGHTS
from twosource.language.embed import embedder
from twosource.language.parsers import parser_for
from twosource.language.threads import one_thread
from twosource.model import Article, Precision, Published, Relation, Statement
from twosource.settings import Settings

# Clues that the stories cannot speak for: their hard negatives share words by design, their articles are a few
# lines of one day. Fitting leaves these weights as they are.
UNFITTED = frozenset(
    {
        "words", "held", "story", "speaker", "published apart", "published together", "event apart", "no anchor",
        "other date", "count and day", "question", "condition", "facing",
        "both open", "no name", "same toll", "rival toll", "of another", "roles turned",
    }
)  # fmt: skip
SETS = tuple(
    Path(__file__).with_name(name)
    for name in (
        "claims_set.json",
        "claims_set_more.json",
        "claims_set_fresh.json",
        "claims_set_sealed.json",
        "claims_set_sealed2.json",
    )
)


# ---------------------------------------------------------------------- the stories


def load(half: str) -> tuple[list[Statement], dict[str, str]]:
    """The statements of one half, read as the product reads articles, and the claim that each belongs to.

    A gold claim is ``story/label``; a denial ``story/label!`` and a rival number ``story/label~N`` are claims
    of their own. A sentence that gives several statements lends its label to its weightiest, longest one.
    """
    made: list[Statement] = []
    gold: dict[str, str] = {}
    alone = 0
    for story in (x for file in SETS for x in json.loads(file.read_text(encoding="utf-8"))["stories"]):
        if half != story["half"] and (half != "all" or story["half"].startswith("sealed")):
            continue
        bodies: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for row in story["statements"]:
            bodies[row["article"], row["language"]].append((row["claim"], row["text"]))
        for (letter, language), rows in sorted(bodies.items()):
            name = f"{story['story']}:{letter}"
            text = "\n".join(sentence for _, sentence in rows)
            day = datetime.fromisoformat(story["day"]).replace(tzinfo=UTC)
            article = Article(
                name,
                name,
                text,
                name,
                language=language,
                published=Published(day, Precision.DAY, story["day"]),
            )
            analysis = parser_for(language).parse(article)
            found = statements(article, analysis, attributions(article, analysis))
            start = 0
            for label, sentence in rows:
                end = start + len(sentence)
                inside = [s for s in found if start <= s.spans[0].start < end]
                start = end + 1
                if not inside:
                    print(f"no statement: {sentence}", file=sys.stderr)
                    continue
                best = max(inside, key=lambda s: (s.weight >= WEIGHT_FLOOR, len(s.text), s.id))
                made.append(best)
                alone += label == "-"
                gold[best.id] = f"{story['story']}/{label if label != '-' else f'-{alone}'}"
    return made, gold


def embedded(made: Sequence[Statement], together: bool = True) -> tuple[NDArray[np.float32], Words | None]:
    """Unit rows of the statements' texts by the product's own embedder, and their words for what reads two together."""
    network = reader() if together else None
    if network is None:
        return embedder().embed([s.compared for s in made]), None
    vectors, seen = embedder().look([s.compared for s in made], network.see)
    return vectors, Words(network, seen)


def predicted(
    made: Sequence[Statement], vectors: NDArray[np.float32], words: Words | None
) -> tuple[dict[str, str], dict[str, Relation], dict[str, str]]:
    """The group of every statement (a claim's denials are a group of their own), its relation, its rival claim."""
    groups: dict[str, str] = {s.id: f"left out {s.id}" for s in made}
    relations: dict[str, Relation] = {}
    rivals: dict[str, str] = {}
    for claim in group(made, vectors, Settings(), words=words):
        for member in claim.members:
            if member.relation is Relation.RIVAL:  # named here, grouped in the claim that it asserts
                relations[member.statement] = member.relation
                rivals[member.statement] = claim.id
            else:
                groups[member.statement] = f"{claim.id}/{member.relation.value}"
                relations.setdefault(member.statement, member.relation)
    return groups, relations, rivals


# ------------------------------------------------------------------------- figures


def b_cubed(gold: dict[str, str], got: dict[str, str]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 (Bagga and Baldwin 1998)."""
    by_gold, by_got = _members(gold), _members({k: got[k] for k in gold})
    precision = recall = 0.0
    for k in gold:
        both = len(by_gold[gold[k]] & by_got[got[k]])
        precision += both / len(by_got[got[k]])
        recall += both / len(by_gold[gold[k]])
    p, r = precision / len(gold), recall / len(gold)
    return p, r, 2 * p * r / (p + r)


def pairwise(
    gold: dict[str, str], got: dict[str, str], among: set[frozenset[str]] | None = None
) -> tuple[float, float]:
    """Precision and recall of pairs put together; `among` restricts the pairs that count."""

    def pairs(of: dict[str, str]) -> set[frozenset[str]]:
        made = {
            frozenset(p)
            for m in _members({k: of[k] for k in gold}).values()
            for p in combinations(sorted(m), 2)
        }
        return made if among is None else made & among

    right, said = pairs(gold), pairs(got)
    return len(right & said) / max(len(said), 1), len(right & said) / max(len(right), 1)


def _members(of: dict[str, str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for key, value in of.items():
        out[value].add(key)
    return out


def report(half: str, show: bool, together: bool) -> None:
    """Prints every figure for one half."""
    made, gold = load(half)
    got, relations, rivals = predicted(made, *embedded(made, together))
    p, r, f = b_cubed(gold, got)
    print(f"{half}: {len(made)} statements, {len(set(gold.values()))} claims")
    print(f"B3        P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    pp, pr = pairwise(gold, got)
    print(f"pairs     P {pp:.3f}  R {pr:.3f}")
    language = {s.id: s.language for s in made}
    mixed = {frozenset(c) for c in combinations(sorted(gold), 2) if language[c[0]] != language[c[1]]}
    xp, xr = pairwise(gold, got, mixed)
    print(f"en-ru     P {xp:.3f}  R {xr:.3f}")
    for mark, relation in (("!", Relation.DENIES), ("~", Relation.RIVAL)):
        want = [k for k in gold if mark in gold[k]]
        hosted = [k for k in want if relations.get(k) is relation or _hosts(k, got, gold, rivals, mark)]
        wrong = [
            k
            for k, v in relations.items()
            if v is relation and mark not in gold[k] and not _mirrored(k, gold, mark)
        ]
        print(f"{relation.value:9s} found {len(hosted)} of {len(want)}, wrongly so called {len(wrong)}")
    if show:
        text = {s.id: s.text for s in made}
        print("\nput together wrongly:")
        for members in _members(got).values():
            if len({gold[k] for k in members}) > 1:
                print("  " + "\n  ".join(f"{gold[k]:24s} {text[k]}" for k in sorted(members)), end="\n\n")
        print("left apart wrongly:")
        for label, members in _members(gold).items():
            if len({got[k] for k in members}) > 1:
                print(
                    "  " + "\n  ".join(f"{label:20s} {got[k][:16]} {text[k]}" for k in sorted(members)),
                    end="\n\n",
                )


def _hosts(key: str, got: dict[str, str], gold: dict[str, str], rivals: dict[str, str], mark: str) -> bool:
    """Whether a rival version is itself the claim that the other version hangs on: right either way round."""
    base = gold[key].split(mark)[0]
    claim = got[key].split("/")[0]
    return mark == "~" and any(gold[k] == base and rivals[k] == claim for k in rivals)


def _mirrored(key: str, gold: dict[str, str], mark: str) -> bool:
    return mark == "~" and any(v.startswith(gold[key] + mark) for v in gold.values())


def proposed(half: str) -> Iterator[tuple[Two, float, bool, bool]]:
    """The candidate pairs of one half, the probability stated for each, whether they are of one frame (polarity and number aside), of one claim."""
    made, gold = load(half)
    kept = [i for i, s in enumerate(made) if s.weight >= WEIGHT_FLOOR]
    vectors, words = embedded(made)
    pile = Pile(
        [made[i] for i in kept], vectors[kept], (), Settings().same, words=words.of(kept) if words else None
    )
    for pair in candidates(pile.statements, pile.vectors, pile.articles)[0]:
        a, b = (gold[pile.statements[i].id] for i in (pair.a, pair.b))
        stated = pile.full(pair.a, pair.b).probability
        yield pile.two(pair.a, pair.b), stated, _frame(a) == _frame(b), a == b


def reliability(half: str) -> None:
    """Prints, by band of the stated probability, the share of candidate pairs that are one claim."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for _, p, _, same in proposed(half):
        bands[min(int(p * 10), 9)].append((p, same))
    print(f"{half}: stated probability against the share that is the same claim")
    for band in sorted(bands):
        rows = bands[band]
        print(
            f"  {band / 10:.1f}-{band / 10 + 0.1:.1f}  pairs {len(rows):5d}  stated {sum(p for p, _ in rows) / len(rows):.2f}"
            f"  true {sum(t for _, t in rows) / len(rows):.2f}"
        )


# ------------------------------------------------------------------------- fitting


def fit(spread: float) -> None:
    """Fits the weights on candidate pairs of the dev half and prints them as a table for weights.py.

    Logistic regression on *frame*: polarity and number left aside, one label or a twin of it. Each weight has
    a Gaussian prior of width `spread` around its present value, so that what the stories do not show (days
    apart, say) keeps its value.
    """
    from scipy.optimize import minimize

    names = list(WEIGHTS)
    rows, truth = [], []
    for two, _, of_one, _ in proposed("dev"):
        strengths: dict[str, float] = defaultdict(float)
        for clue in clues(two):
            strengths[clue.name] += clue.strength
        rows.append([1.0, *(strengths.get(n, 0.0) for n in names)])
        truth.append(of_one)
    x, y = np.array(rows), np.array(truth, dtype=float)
    before = np.array([BIAS, *(WEIGHTS[n] for n in names)])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ w
        p = 1.0 / (1.0 + np.exp(-np.clip(z, -40, 40)))
        value = float(np.sum(np.logaddexp(0.0, z) - y * z) + np.sum((w - before) ** 2) / (2 * spread**2))
        return value, x.T @ (p - y) + (w - before) / spread**2

    # No weight may change sides: a name in common never speaks against two statements being one.
    sides: list[tuple[float | None, float | None]] = [
        (None, None),
        *((0.0, None) if WEIGHTS[n] > 0 else (None, 0.0) for n in names),
    ]
    for k, n in enumerate(names, start=1):
        if n in UNFITTED:
            sides[k] = (WEIGHTS[n], WEIGHTS[n])
    best = minimize(loss, before, jac=True, method="L-BFGS-B", bounds=sides).x
    print(
        f"# {len(rows)} pairs, {int(y.sum())} of one frame; loss {loss(before)[0]:.1f} -> {loss(best)[0]:.1f}"
    )
    print(f"BIAS = {best[0]:.2f}")
    for name, value, old in zip(names, best[1:], before[1:], strict=True):
        print(
            f'    "{name}": {value:.2f},  # was {old:.2f}; in {int(np.count_nonzero(x[:, 1 + names.index(name)]))} pairs'
        )


def _frame(label: str) -> str:
    return label.split("!", maxsplit=1)[0].split("~", maxsplit=1)[0]


# -------------------------------------------------------------------------- growth


def growth(sizes: Sequence[int]) -> None:
    """Prints CPU seconds and peak memory of `group` on statements made by recombining the stories' sentences."""
    import resource
    import time

    made, _ = load("all")
    vectors, words = embedded(made)
    random = np.random.default_rng(7)
    for size in sizes:
        picks = random.integers(0, len(made), size)
        noise = random.normal(0, 0.35 / math.sqrt(vectors.shape[1]), (size, vectors.shape[1])).astype(
            np.float32
        )
        rows = vectors[picks] + noise
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        copies = [_renamed(made[k], n) for n, k in enumerate(picks.tolist())]
        before = time.process_time()
        claims = group(copies, rows, Settings(), words=words.of(picks.tolist()) if words else None)
        spent = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{size:7d} statements  {spent:7.1f} CPU s  {1000 * spent / (size * math.log2(size)):.2f} ms for n log2 n"
            f"  peak {peak:.2f} GB  {len(claims)} claims",
            flush=True,
        )
        if size > EXACT:
            asked = np.sort(random.choice(size, 500, replace=False))
            found, _ = nearest_by_region(rows, rows, NEIGHBOURS, itself=True)
            similar = rows[asked] @ rows.T
            similar[np.arange(len(asked)), asked] = -1.0
            true = np.argpartition(-similar, NEIGHBOURS - 1, axis=1)[:, :NEIGHBOURS]
            held = [len(set(f) & set(t)) / NEIGHBOURS for f, t in zip(found[asked], true, strict=True)]
            print(
                f"        neighbours found of the {NEIGHBOURS} nearest: {sum(held) / len(held):.3f}",
                flush=True,
            )


def _renamed(statement: Statement, n: int) -> Statement:
    from dataclasses import replace

    world = n // 40  # a few dozen statements share names, the rest of the pile is elsewhere
    return replace(
        statement,
        id=f"{n}",
        article=f"{n // 12}",
        text=f"{statement.text} ({n})",
        entities=tuple(replace(e, key=f"{e.key} {world}") for e in statement.entities),
        lemmas=tuple(f"{x}{world}" if i % 2 else x for i, x in enumerate(statement.lemmas)),
    )


def main() -> None:
    """Reads the options and prints the figures asked for."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--half", choices=("dev", "held", "fresh", "sealed", "sealed2", "all"), default="held"
    )
    options.add_argument("--show", action="store_true", help="also print the mistakes")
    options.add_argument("--apart", action="store_true", help="without reading any two statements together")
    options.add_argument("--reliability", action="store_true")
    options.add_argument("--fit", action="store_true")
    options.add_argument(
        "--spread", type=float, default=0.7, help="width of the prior around the present weights"
    )
    options.add_argument("--growth", type=int, nargs="+", metavar="N")
    given = options.parse_args()
    with one_thread():  # as the product computes
        if given.fit:
            fit(given.spread)
        elif given.growth:
            growth(given.growth)
        elif given.reliability:
            reliability(given.half)
        else:
            report(given.half, given.show, not given.apart)


if __name__ == "__main__":
    main()
