"""Measure direction on planted chains, with the baselines beside it.

    python benchmarks/reuse_direction.py BASE.jsonl --seeds dev
    python benchmarks/reuse_direction.py BASE.jsonl --seeds held-out

BASE.jsonl holds one article per line with at least {"text"}. Families of 3 to 9 members are planted: each member is
retold from a random earlier one, minutes to days later, with up to 30 % of its sentences cut, up to 20 % put in and up
to 10 % of its words edited; ids say nothing of the order. Clocks are exact, wrong by six hours give or take, dates
alone, or missing; in two settings a part of the members is missing too, the first one always.

Two questions. *Edge*: of a true parent and child, which is the parent? Baselines: the earlier, the longer, the more
central. *Parent*: of all members, which is the child's? Baselines: the earliest, the longest, the most central, the
closest, the closest earlier text; those that look at a clock are given the true one where the clocks are exact, the
wrong one where they are wrong, and choose by closeness alone where there is none.

Then the reliability table: how often the stated `p_direction` is right, by rule, over all settings.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from twosource.model import Article, Direction, PassageMatch, Precision, Published
from twosource.reuse import matches
from twosource.settings import Settings

SEEDS = {"dev": (101, 102), "held-out": (201, 202, 203)}
Clock = Callable[[datetime, random.Random], Published]


@dataclass(frozen=True)
class Member:
    """One text of a family."""

    name: str
    parent: str | None
    text: str
    when: datetime


def sentences(text: str) -> list[str]:
    """A text cut at the ends of its sentences."""
    return re.split(r"(?<=[.!?])\s+", text)


def retold(text: str, spare: Sequence[str], words: Sequence[str], dice: random.Random) -> str:
    """The text with sentences cut and put in and words edited."""
    cut, put_in, edit = dice.uniform(0, 0.3), dice.uniform(0, 0.2), dice.uniform(0, 0.1)
    kept: list[str] = []
    for sentence in sentences(text):
        if dice.random() >= cut:
            kept.append(sentence)
        if dice.random() < put_in:
            kept.append(dice.choice(spare))
    out: list[str] = []
    for word in " ".join(kept).split(" "):
        if dice.random() >= edit:
            out.append(word)
        else:
            out += dice.choice(([dice.choice(words)], [], [word, dice.choice(words)]))
    return " ".join(out)


def families(texts: Sequence[str], count: int, dice: random.Random) -> list[list[Member]]:
    """`count` families, their first members taken from `texts`."""
    texts = dice.sample(list(texts), len(texts))
    words = re.findall(r"[A-Za-z]{3,}", " ".join(texts[:300]))
    spare = [s for t in texts[count:] for s in sentences(t)]
    out = []
    for number, text in enumerate(texts[:count]):
        first = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(40_000))
        members = [Member(f"{number}.0", None, text, first)]
        for k in range(1, dice.randint(3, 9)):
            parent = dice.choice(members)
            when = parent.when + timedelta(minutes=5 + round(dice.expovariate(1 / 600)))
            members.append(
                Member(f"{number}.{k}", parent.name, retold(parent.text, spare, words, dice), when)
            )
        out.append(members)
    return out


def exact(moment: datetime, _: random.Random) -> Published:
    """The true minute."""
    return Published(moment.replace(second=0, microsecond=0), Precision.MINUTE)


def noisy(moment: datetime, dice: random.Random) -> Published:
    """A minute that is wrong by six hours, give or take."""
    return exact(moment + timedelta(minutes=dice.gauss(0, 360)), dice)


def day(moment: datetime, _: random.Random) -> Published:
    """The date alone."""
    return Published(moment.replace(hour=0, minute=0, second=0, microsecond=0), Precision.DAY)


def unknown(_: datetime, __: random.Random) -> Published:
    """No clock."""
    return Published()


SETTINGS: tuple[tuple[str, Clock, float], ...] = (
    ("exact", exact, 0.0),
    ("wrong by six hours, give or take", noisy, 0.0),
    ("date only", day, 0.0),
    ("none", unknown, 0.0),
    ("exact, 30 % missing and every first one", exact, 0.3),
    ("date only, 30 % missing and every first one", day, 0.3),
    ("none, 30 % missing and every first one", unknown, 0.3),
)


def pile(
    texts: Sequence[str], count: int, clock: Clock, missing: float, seed: int
) -> tuple[list[Article], dict[str, str]]:
    """The articles under names that tell nothing, and the true parent of each that has one in the pile."""
    dice = random.Random(seed)
    articles, parent = [], {}
    for members in families(texts, count, dice):
        for m in members:
            name = f"{random.Random(f'{seed} {m.name}').randrange(10**12):012}"
            published = clock(m.when, dice)
            gone = missing and (m.parent is None or dice.random() < missing)
            if not gone:
                articles.append(Article(id=name, path=name, text=m.text, sha256=name, published=published))
            if m.parent is not None:
                above = f"{random.Random(f'{seed} {m.parent}').randrange(10**12):012}"
                parent[name] = above
    there = {a.id for a in articles}
    return articles, {child: of for child, of in parent.items() if child in there and of in there}


Pairs = dict[tuple[str, str], list[PassageMatch]]


def agreement(found: Sequence[PassageMatch]) -> float:
    """Characters of shared wording of a pair, less what differs in it."""
    return sum(
        m.similarity * min(m.a.span.end - m.a.span.start, m.b.span.end - m.b.span.start) for m in found
    )


def stated_parent(child: str, pairs: Pairs) -> str | None:
    """Whom the program names: of the directed matches into the child, by what they explain of it."""
    best: dict[str, float] = defaultdict(float)
    for found in pairs.values():
        for m in found:
            way = m.direction
            if way is Direction.UNDIRECTED:
                continue
            above, below = (m.a, m.b) if way is Direction.A_TO_B else (m.b, m.a)
            if below.article == child:
                best[above.article] += m.p_copy * m.p_direction * (below.span.end - below.span.start)
    return max(sorted(best), key=lambda k: best[k], default=None)


def share(right: int, of: int) -> str:
    """A share with three decimals."""
    return f"{right / of:.3f}" if of else "-"


def measure(texts: Sequence[str], count: int, seeds: Sequence[int]) -> None:
    """Print both tables."""
    reliability: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    edges_of, parents_of = [], []
    for title, clock, missing in SETTINGS:
        tally: dict[str, list[bool]] = defaultdict(list)
        for seed in seeds:
            articles, parent = pile(texts, count, clock, missing, seed)
            _one(articles, parent, tally, reliability, title)
        edges_of.append(
            f"| {title} | {len(tally['edge'])} | {len(tally['stated'])} | {share(sum(tally['stated']), len(tally['stated']))} | "
            + " | ".join(
                share(sum(tally[k]), len(tally["edge"])) for k in ("edge", "earlier", "longer", "central")
            )
            + " |"
        )
        parents_of.append(
            f"| {title} | {len(tally['parent'])} | "
            + " | ".join(
                share(sum(tally[k]), len(tally["parent"]))
                for k in ("parent", "earliest", "longest", "most central", "closest", "closest earlier")
            )
            + " |"
        )
    print(
        "| clocks | true edges | stated | right of stated | right of all | the earlier | the longer | the more central |"
    )
    print("|---" * 8 + "|", *edges_of, sep="\n")
    print(
        "\n| clocks | children | the program | the earliest | the longest | the most central | the closest | the closest earlier |"
    )
    print("|---" * 8 + "|", *parents_of, sep="\n")
    names = [title for title, _, _ in SETTINGS]
    print("\n| stated | rule | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 2) + "|")
    for key in sorted(reliability, reverse=True):
        cells = (reliability[key][n] for n in names)
        print(
            f"| {key} | "
            + " | ".join(f"{sum(c) / len(c):.3f} of {len(c)}" if c else "" for c in cells)
            + " |"
        )


def _one(
    articles: Sequence[Article],
    parent: dict[str, str],
    tally: dict[str, list[bool]],
    reliability: dict[str, dict[str, list[bool]]],
    title: str,
) -> None:
    by_id = {a.id: a for a in articles}
    pairs: Pairs = defaultdict(list)
    for m in matches(articles, Settings()):
        pairs[m.a.article, m.b.article].append(m)
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), found in pairs.items():
        near[a][b] = near[b][a] = agreement(found)
    total = {a: sum(others.values()) for a, others in near.items()}

    def when(name: str) -> float:
        start = by_id[name].published.start
        return start.timestamp() if start else 0.0

    for child, above in parent.items():
        found = pairs.get((above, child)) or pairs.get((child, above)) or []
        top = max(found, key=lambda m: m.score, default=None)
        right = False
        if top is not None and top.direction is not Direction.UNDIRECTED:
            right = (top.a.article == above) == (top.direction is Direction.A_TO_B)
            tally["stated"].append(right)
            reliability[f"{top.p_direction:.2f} | {top.reasons[1]}"][title].append(right)
        tally["edge"].append(right)
        tally["earlier"].append(when(above) < when(child))
        tally["longer"].append(len(by_id[above].text) > len(by_id[child].text))
        rest = [total.get(x, 0.0) - near[x].get(y, 0.0) for x, y in ((above, child), (child, above))]
        tally["central"].append(rest[0] > rest[1])
        others = sorted(near[child])
        tally["parent"].append(stated_parent(child, pairs) == above)
        earlier = [x for x in others if when(x) < when(child)] or others
        for name, key, among in (
            ("earliest", lambda x: -when(x), others),
            ("longest", lambda x: len(by_id[x].text), others),
            ("most central", lambda x: total[x], others),
            ("closest", lambda x, near=near[child]: near[x], others),
            ("closest earlier", lambda x, near=near[child]: near[x], earlier),
        ):
            tally[name].append(max(among, key=key, default=None) == above)


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", type=Path)
    parser.add_argument("--families", type=int, default=200)
    parser.add_argument("--seeds", choices=sorted(SEEDS), default="dev")
    given = parser.parse_args()
    with given.base.open(encoding="utf-8") as lines:
        texts = sorted({t for t in (json.loads(line)["text"] for line in lines) if 900 <= len(t) <= 6000})
    measure(texts, given.families, SEEDS[given.seeds])


if __name__ == "__main__":
    main()
