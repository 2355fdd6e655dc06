"""Measure reuse: planted passages, direction on planted chains, hostile piles.

    python benchmarks/reuse.py planted BASE.jsonl REUSE_PLANT.py REUSE_SCORE.py --articles 1000 10000 --baselines
    python benchmarks/reuse.py engines BASE.jsonl REUSE_PLANT.py --articles 10000 [--memory 1GB] [--spark]
    python benchmarks/reuse.py salted BASE.jsonl --copies 100 --memory 2GB
    python benchmarks/reuse.py growth BASE.jsonl --copies 3 30
    python benchmarks/reuse.py winnowed BASE.jsonl REUSE_PLANT.py REUSE_SCORE.py --windows 1 4 8
    python benchmarks/reuse.py direction BASE.jsonl
    python benchmarks/reuse.py hostile
    python benchmarks/reuse.py pile PATH… [--sample 20] [--kind passage]
    python benchmarks/reuse.py translated PATH…

BASE.jsonl holds one article per line with at least {"text"}; the planting and scoring scripts are those of the
evaluation folder. CPU seconds are of this process, reading apart; the first run of each size includes the
compilation or loading of machine code and is printed, the best of the following ones is the figure.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from twosource.model import (
    Article,
    CreditKind,
    Direction,
    MatchKind,
    Passage,
    PassageMatch,
    Precision,
    Published,
    Span,
)
from twosource.reuse import found as matches
from twosource.reuse.joining import Database
from twosource.settings import Settings

SETTINGS = Settings()


def article(name: str, text: str, outlet: str = "", published: Published | None = None) -> Article:
    """A bare article."""
    return Article(
        id=name, path=name, text=text, sha256=name, outlet=outlet, published=published or Published()
    )


def minute(moment: datetime) -> Published:
    """Known to the minute."""
    return Published(moment.replace(second=0, microsecond=0, tzinfo=UTC), Precision.MINUTE)


def timed(pile: Sequence[Article], database: Database | None = None) -> tuple[Sequence[PassageMatch], float]:
    """The matches of a pile, as a table, and the CPU seconds that they took, in this process."""
    begun = time.process_time()
    found = matches(pile, SETTINGS, database)
    return found, time.process_time() - begun


def peak() -> int:
    """Most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_planted(prefix: Path) -> list[Article]:
    """The articles that the planting script wrote."""
    with prefix.with_suffix(".jsonl").open(encoding="utf-8") as lines:
        return [
            article(row["id"], row["text"], row["outlet"], minute(datetime.fromisoformat(row["published"])))
            for row in map(json.loads, lines)
        ]


Row = tuple[str, int, int, str, int, int, float, str]
"""id, start and end of one side, of the other, score, direction."""


def scored(rows: Iterable[Row], prefix: Path, score: Path) -> None:
    """What the scoring script says of `rows`."""
    path = prefix.with_suffix(".matches.jsonl")
    with path.open("w", encoding="utf-8") as out:
        for a, a0, a1, b, b0, b1, how, way in rows:
            sides = {"a": {"id": a, "start": a0, "end": a1}, "b": {"id": b, "start": b0, "end": b1}}
            out.write(json.dumps({**sides, "score": how, "direction": way}) + "\n")
    subprocess.run([sys.executable, score, prefix.with_suffix(".gold.json"), path], check=True)


def rows_of(found: Iterable[PassageMatch]) -> Iterator[Row]:
    """Matches as the scorer takes them."""
    for m in found:
        sides = (m.a.article, m.a.span.start, m.a.span.end, m.b.article, m.b.span.start, m.b.span.end)
        yield (*sides, m.score, m.direction.value)


def planted(base: Path, plant: Path, score: Path, sizes: Sequence[int], runs: int, baselines: bool) -> None:
    """Plant, match, score."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            prefix = Path(folder) / f"planted{size}"
            subprocess.run([sys.executable, plant, base, str(size), prefix], check=True)
            begun = time.process_time()
            pile = read_planted(prefix)
            read = time.process_time() - begun
            found, first = timed(pile)
            timings = [(first, first)]
            for _ in range(runs):
                in_system = os.times().system
                seconds = timed(pile)[1]
                timings.append((seconds, seconds - (os.times().system - in_system)))
            best, best_of_own = min(timings)[0], min(own for _, own in timings)
            begun = time.process_time()
            made = sum(1 for _ in found)
            objects = time.process_time() - begun
            print(
                f"{size} articles: reading {read:.2f} CPU s, first run {first:.2f}, best of {runs} more {best:.2f}, "
                f"{best_of_own:.2f} without the system's share, which is for memory that it has not held before"
            )
            print(
                f"{size / best:.0f} documents per CPU second; peak memory {peak()} MB; {made} matches, {objects:.2f} CPU s "
                "more to make each as an object"
            )
            print("kinds", dict(Counter(m.kind.value for m in found)))
            derived = (sum(side.article.startswith("x") for side in (m.a, m.b)) for m in found)
            print("by how many of the two are planted copies", dict(sorted(Counter(derived).items())))
            scored(rows_of(found), prefix, score)
            if baselines:
                for name, method in (("MinHash LSH", minhash), ("suffix array", suffixes)):
                    begun = time.process_time()
                    rows = method(pile)
                    spent = time.process_time() - begun
                    print(f"{name}: {spent:.2f} CPU s, {size / spent:.0f} documents per CPU second")
                    scored(rows, prefix, score)


# ------------------------------------------------------------------- baselines


def minhash(pile: Sequence[Article]) -> list[Row]:
    """Pairs of articles whose sets of word five-grams are alike, Jaccard 0.5 and more; whole articles as spans."""
    from datasketch import MinHash, MinHashLSH

    table, out = MinHashLSH(threshold=0.5, num_perm=128), []
    for one in pile:
        words = re.findall(r"\w+", one.text.casefold())
        sketch = MinHash(num_perm=128, seed=1)
        sketch.update_batch({" ".join(words[i : i + 5]).encode() for i in range(len(words) - 4)} or {b""})
        out += [(other, sketch, one.id) for other in table.query(sketch)]
        table.insert(one.id, sketch)
    size = {one.id: len(one.text) for one in pile}
    return [(a, 0, size[a], b, 0, size[b], 1.0, "undirected") for a, _, b in out]


LONGEST = 60
"""Characters from which a repeat counts for the suffix array, and neighbours in it that are compared."""


def suffixes(pile: Sequence[Article]) -> list[Row]:
    """Maximal repeats of 60 characters and more between neighbours in the suffix array of the whole pile."""
    from pydivsufsort import divsufsort, kasai

    parts = [one.text.casefold().encode("latin-1", "replace") + b"\0" for one in pile]
    text = np.frombuffer(b"".join(parts), np.uint8).copy()  # divsufsort takes none that is read-only
    bounds = np.cumsum([0, *map(len, parts)])
    order = divsufsort(text)
    common = kasai(text, order)
    owner = np.searchsorted(bounds, order, side="right") - 1
    out = []
    for a, b, p, q, size in repeats(
        text, order.astype(np.int64), common.astype(np.int64), owner, bounds
    ).tolist():
        one, other = pile[a], pile[b]
        left, right = p - int(bounds[a]), q - int(bounds[b])
        spans = (one.id, left, left + size, other.id, right, right + size)
        out.append((*spans, float(size), "undirected"))
    return out


def repeats(text: Any, order: Any, common: Any, owner: Any, bounds: Any) -> Any:
    """int64 (n, 5): article, article, place, place and length of each repeat that cannot begin earlier."""
    import numba

    @numba.njit
    def walked(out: Any) -> int:
        n = 0
        for i in range(1, len(order)):
            shared = 1 << 40
            for j in range(i - 1, max(-1, i - 33), -1):
                shared = min(shared, common[j])
                if shared < LONGEST:
                    break
                p, q = order[i], order[j]
                if owner[i] == owner[j] or (p and q and text[p - 1] == text[q - 1] != 0):
                    continue
                if n < len(out):
                    size = min(shared, bounds[owner[i] + 1] - 1 - p, bounds[owner[j] + 1] - 1 - q)
                    if size < LONGEST:
                        continue
                    out[n, 0], out[n, 1], out[n, 2], out[n, 3], out[n, 4] = owner[i], owner[j], p, q, size
                n += 1
        return n

    out = np.empty((len(text), 5), np.int64)
    return out[: walked(out)]


# --------------------------------------------------------------------- engines


def engines(base: Path, plant: Path, size: int, memory: str, spark: bool) -> None:
    """The same matches in memory, in DuckDB within a limit of memory, and on Spark: times side by side."""
    from twosource.engine.duck import Duck

    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "planted"
        subprocess.run([sys.executable, plant, base, str(size), prefix], check=True)
        pile = read_planted(prefix)
        timed(pile[:300])  # loads the compiled loops
        expected, spent = timed(pile)
        print(f"in memory: {spent:.2f} CPU s, peak {peak()} MB, {len(expected)} matches")
        ways: list[tuple[str, Callable[[], Any]]] = [(f"DuckDB, {memory}", lambda: Duck(memory))]
        if spark:
            from twosource.engine.spark import Spark

            ways.append(("Spark", Spark))
        for name, opened in ways:
            before, begun = children(), time.perf_counter()
            with opened() as database:
                found, spent = timed(pile, database)
                wall, theirs = time.perf_counter() - begun, children() - before
            print(
                f"{name}: {spent + theirs:.2f} CPU s ({theirs:.2f} of them in other processes), {wall:.0f} s in "
                f"all, peak {peak()} MB; the same matches: {list(found) == list(expected)}",
                flush=True,
            )


def children() -> float:
    """CPU seconds of processes that this one has started, ended or not (Spark's Java runs on), and of theirs."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent, above = ended.ru_utime + ended.ru_stime, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        above[int(stat.parent.name)] = (
            int(fields[1]),
            sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"),
        )
    ours = {os.getpid()}
    while grown := {name for name, (parent, _) in above.items() if parent in ours} - ours:
        ours |= grown
    return spent + sum(above[name][1] for name in ours - {os.getpid()})


def winnowed(base: Path, plant: Path, score: Path, size: int, windows: Sequence[int]) -> None:
    """What thinning the shingles out would keep and lose: of each window of so many, the least (Schleimer et al. 2003)."""
    import numba

    from twosource.reuse import postings as index
    from twosource.reuse.repeats import Repeats
    from twosource.reuse.tokens import tokenize

    whole = index.shingles

    @numba.njit
    def least(values: Any, offsets: Any, window: int) -> Any:
        keep = np.zeros(len(values), np.bool_)
        for article in range(len(offsets) - 1):
            first, last = offsets[article], offsets[article + 1] - index.WIDTH + 1
            for begin in range(first, max(first, last - window + 1)):
                best = begin
                for k in range(begin, begin + window):
                    if values[k] <= values[best]:
                        best = k
                keep[best] = True
        return keep

    def thinned(window: int) -> Callable[[Any], Any]:
        def shingles(tokens: Any) -> Any:
            values = whole(tokens)
            values[~least(values, tokens.offsets, window)] = 0
            return values

        return shingles

    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / f"planted{size}"
        subprocess.run([sys.executable, plant, base, str(size), prefix], check=True)
        pile = read_planted(prefix)
        tokens = tokenize([a.text for a in pile])
        for window in windows:
            index.shingles = thinned(window)
            values = index.shingles(tokens)
            repeats = Repeats(len(values))
            repeats.add(values)
            repeats.close()
            kept, joined = int((values != 0).sum()), len(repeats.places(values))
            found, seconds = timed(pile)
            print(
                f"\nwindow {window}: {kept / len(values):.3f} of the places kept, {joined / len(values):.3f} reach the "
                f"join; {seconds:.2f} CPU s, {len(found)} matches",
                flush=True,
            )
            scored(rows_of(found), prefix, score)
    index.shingles = whole


def growth(base: Path, copies: Sequence[int], runs: int) -> None:
    """Piles of ever more salted copies, which grow without growing together, joined in memory: what an article costs."""
    from twosource.reuse.matching import shared_passages
    from twosource.reuse.postings import postings
    from twosource.reuse.tokens import tokenize

    with base.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for many in copies:
        pile = [re.sub(r"(\w+)", rf"\1x{salt}", text) for salt in range(many) for text in texts]
        best = float("inf")
        for _ in range(runs):
            begun = time.process_time()
            tokens = tokenize(pile)
            found = shared_passages(tokens, postings(tokens), SETTINGS.min_words)
            best = min(best, time.process_time() - begun)
        print(
            f"{len(pile)} articles, {len(tokens.hashes)} words: {len(found.a_start)} passages, best of {runs} "
            f"{best:.2f} CPU s, {len(pile) / best:.0f} documents per CPU second, peak {peak()} MB",
            flush=True,
        )


def salted(base: Path, copies: int, memory: str) -> None:
    """A large pile: every text so many times, each time with words of its own, so that no two copies share any."""
    from twosource.engine.duck import Duck
    from twosource.reuse.joining import join
    from twosource.reuse.tokens import Tokens, mixed, tokenize

    with base.open(encoding="utf-8") as lines:
        once = tokenize([json.loads(line)["text"] for line in lines])

    def pile() -> Iterator[Tokens]:
        for salt in range(copies):
            words = mixed(once.hashes + np.uint64(salt)).astype(np.uint32)
            yield Tokens(words, once.starts, once.ends, once.quoted, once.offsets)

    begun = time.process_time()
    with Duck(memory) as database:
        articles = join(database, pile, SETTINGS.min_words)
        (found,) = database.rows("SELECT count(*) AS n FROM passages")["n"].tolist()
    spent = time.process_time() - begun
    print(
        f"{articles} articles, {copies * len(once.hashes)} words: {found} passages, {spent:.0f} CPU s, "
        f"{articles / spent:.0f} documents per CPU second, peak {peak()} MB"
    )


# ------------------------------------------------------------------- direction

_WORDS = re.compile(r"[A-Za-z]{3,}")


def retold(text: str, own: Sequence[str], dice: random.Random, words: Sequence[str]) -> str:
    """A copy that cuts up to 30 % of the sentences, puts in up to 20 % of its own, edits up to 10 % of the words."""
    cut, put_in, edit = dice.uniform(0, 0.3), dice.uniform(0, 0.2), dice.uniform(0, 0.1)
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if dice.random() >= cut:
            kept.append(sentence)
        if dice.random() < put_in:
            kept.append(dice.choice(own))
    out: list[str] = []
    for word in " ".join(kept).split(" "):
        chance = dice.random() / max(edit, 1e-9)
        if chance < 0.4:
            out.append(dice.choice(words))
        elif chance < 0.7:
            continue
        elif chance < 1:
            out += [word, dice.choice(words)]
        else:
            out.append(word)
    return " ".join(out)


Family = list[tuple[str, str | None, str, datetime]]


def families(base: Path, count: int, dice: random.Random) -> list[Family]:
    """Trees of copies: each member is retold from a random earlier one, hours later: id, parent, text, time."""
    with base.open(encoding="utf-8") as lines:
        texts = [t for t in (json.loads(line)["text"] for line in lines) if 900 <= len(t) <= 6000]
    dice.shuffle(texts)
    words = _WORDS.findall(" ".join(texts[:300]))
    spare = [s for t in texts[count:] for s in re.split(r"(?<=[.!?])\s+", t)]
    out = []
    for f, text in enumerate(texts[:count]):
        members: Family = [
            (f"f{f}m0", None, text, datetime(2024, 1, 1) + timedelta(minutes=dice.randrange(40_000)))
        ]
        for k in range(1, dice.randint(3, 9)):
            parent, _, source, when = dice.choice(members)
            later = when + timedelta(minutes=round(dice.expovariate(1 / 600)) + 5)
            members.append((f"f{f}m{k}", parent, retold(source, spare, dice, words), later))
        out.append(members)
    return out


def exact(moment: datetime, _: random.Random) -> Published:
    """The true minute."""
    return minute(moment)


def noisy(moment: datetime, dice: random.Random) -> Published:
    """A minute that is wrong by six hours, give or take."""
    return minute(moment + timedelta(minutes=dice.gauss(0, 360)))


def day(moment: datetime, _: random.Random) -> Published:
    """The date alone."""
    return Published(datetime(moment.year, moment.month, moment.day, tzinfo=UTC), Precision.DAY)


def unknown(_: datetime, __: random.Random) -> Published:
    """No clock."""
    return Published()


def direction(base: Path, count: int, seed: int) -> None:
    """Of the true parent-child edges: stated, right, and whether the closest text is the true parent."""
    clocks: tuple[Callable[[datetime, random.Random], Published], ...] = (exact, noisy, day, unknown)
    for clock, missing in [*((c, 0.0) for c in clocks), (exact, 0.3), (unknown, 0.3)]:
        dice = random.Random(seed)
        pile, parent = [], {}
        for members in families(base, count, dice):
            for name, source, text, when in members:
                # ids say nothing of the order
                pile.append(article(name, text, published=clock(when, dice)))
                if source:
                    parent[name] = source
        pile = [a for a in pile if dice.random() >= missing]
        there = {a.id for a in pile}
        parent = {child: of for child, of in parent.items() if child in there and of in there}
        renamed = {a.id: f"{random.Random(a.id).randrange(10**12):012}" for a in pile}
        back = {v: k for k, v in renamed.items()}
        found, _ = timed([article(renamed[a.id], a.text, published=a.published) for a in pile])
        edges: dict[tuple[str, str], list[PassageMatch]] = defaultdict(list)
        for m in found:
            edges[back[m.a.article], back[m.b.article]].append(m)
        seen = stated = right = 0
        reliability: dict[float, list[bool]] = defaultdict(list)
        best: dict[str, tuple[float, str]] = {}
        for (a, b), ms in edges.items():
            top = max(ms, key=lambda m: m.score)
            true = 1 if parent.get(b) == a else -1 if parent.get(a) == b else 0
            if true:
                seen += 1
                if top.direction is not Direction.UNDIRECTED:
                    stated += 1
                    correct = (top.direction is Direction.A_TO_B) == (true == 1)
                    right += correct
                    reliability[top.p_direction].append(correct)
            if top.direction is not Direction.UNDIRECTED and not any("closer" in r for r in top.reasons):
                child, of = (b, a) if top.direction is Direction.A_TO_B else (a, b)
                best[child] = max(best.get(child, (0.0, "")), (top.score, of))
        chosen = sum(of == parent.get(child) for child, (_, of) in best.items() if child in parent)
        asked = sum(child in parent for child in best)
        print(
            f"{clock.__name__:8s} missing {missing:.0%}: true edges {len(parent)}, found {seen}, stated {stated}, "
            f"right {right / max(1, stated):.3f} of stated; parent right {chosen / max(1, asked):.3f} of {asked}"
        )
        for p, answers in sorted(reliability.items()):
            print(f"         p_direction {p:.2f}: right {sum(answers) / len(answers):.3f} of {len(answers)}")


# --------------------------------------------------------------------- hostile


def hostile(seed: int) -> None:
    """Piles made to hurt: time and memory must stay bounded."""
    dice = random.Random(seed)
    syllables = ["ka", "lo", "mi", "re", "su", "ta", "ven", "dor", "bin", "pel"]
    words = ["".join(dice.choices(syllables, k=3)) for _ in range(5000)]

    def prose(n: int) -> str:
        return " ".join(dice.choices(words, k=n))

    footer = prose(50)
    wire = prose(300)
    piles = {
        "one article 5,000 times": [article(f"a{i}", wire) for i in range(5000)],
        "5,000 articles with one footer": [article(f"a{i}", f"{prose(250)} {footer}") for i in range(5000)],
        "one word 200,000 times, five times over": [article(f"a{i}", "word " * 200_000) for i in range(5)],
        "two words in turn, against prose": [
            *(article(f"a{i}", "one two " * 50_000) for i in range(5)),
            *(article(f"b{i}", prose(300)) for i in range(100)),
        ],
        "5,000 articles cut from one of 20,000 words": [
            article(f"a{i}", " ".join(long[k : k + 300]))
            for long in [prose(20_000).split()]
            for i, k in enumerate(dice.choices(range(19_000), k=5000))
        ],
        "one text of a million letters": [article("a", "x" * 1_000_000), article("b", "x" * 1_000_000)],
    }
    for name, pile in piles.items():
        found, seconds = timed(pile)
        print(f"{name}: {seconds:.2f} CPU s, {len(found)} matches, peak {peak()} MB")


# ------------------------------------------------------------------ real piles


def real(paths: Sequence[str], sample: int, kind: str | None, seed: int) -> None:
    """What is found in files of any kind, and a sample to read by eye."""
    from twosource.read import read

    pile = {a.id: a for a in read(paths).articles}
    found, seconds = timed(list(pile.values()))
    pairs = len({(m.a.article, m.b.article) for m in found})
    print(f"{len(pile)} articles: {len(found)} matches in {pairs} pairs, {seconds:.2f} CPU s")
    for name, what in (
        ("kinds", [m.kind.value for m in found]),
        ("directions", [m.direction.value for m in found]),
        ("why this kind", [m.reasons[0] for m in found]),
        ("why this direction", [m.reasons[1] for m in found if m.kind is not MatchKind.TEMPLATE]),
        (
            "agencies credited",
            [c.target for a in pile.values() for c in a.credits if c.kind is CreditKind.AGENCY],
        ),
    ):
        print(f"{name}:", dict(Counter(what).most_common()))
    print(
        "matches where both credit an agency outside the pile:",
        sum("both credit" in " ".join(m.reasons) for m in found),
    )
    chosen = [m for m in found if kind in (None, m.kind.value)]
    for m in random.Random(seed).sample(chosen, min(sample, len(chosen))):
        print(
            f"\n{m.kind.value}, {m.direction.value} {m.p_direction}, p_copy {m.p_copy}, score {m.score}: {m.reasons}"
        )
        for side in (m.a, m.b):
            a = pile[side.article]
            print(f"  {a.id} {a.outlet} {a.published.raw}: {side.span.of(a.text)[:300]!r}")


def translated(paths: Sequence[str]) -> None:
    """The passages that articles in different languages share, by sentence vectors."""
    from twosource.language.embed import embedder
    from twosource.read import read
    from twosource.reuse.translated import translations

    pile = {a.id: a for a in read(paths).articles}
    units = [
        Passage(a.id, Span(*m.span()))
        for a in pile.values()
        for m in re.finditer(r"\S[^.!?\n]{20,}[.!?]?", a.text)
    ]
    vectors = embedder().embed([u.span.of(pile[u.article].text) for u in units])
    for m in translations(list(pile.values()), units, vectors):
        print(f"{m.a.article} {m.direction.value} {m.b.article}: {m.reasons}")


def main() -> None:  # noqa: PLR0915 - one parser for each part
    """Parse and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = parser.add_subparsers(dest="part", required=True)
    one = parts.add_parser("planted")
    one.add_argument("base", type=Path)
    one.add_argument("plant", type=Path)
    one.add_argument("score", type=Path)
    one.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    one.add_argument("--runs", type=int, default=3)
    one.add_argument("--baselines", action="store_true", help="MinHash LSH and a suffix array beside it")
    six = parts.add_parser("engines")
    six.add_argument("base", type=Path)
    six.add_argument("plant", type=Path)
    six.add_argument("--articles", type=int, default=10_000)
    six.add_argument("--memory", default="1GB")
    six.add_argument("--spark", action="store_true")
    seven = parts.add_parser("salted")
    seven.add_argument("base", type=Path)
    seven.add_argument("--copies", type=int, default=300)
    seven.add_argument("--memory", default="2GB")
    nine = parts.add_parser("winnowed")
    nine.add_argument("base", type=Path)
    nine.add_argument("plant", type=Path)
    nine.add_argument("score", type=Path)
    nine.add_argument("--articles", type=int, default=10_000)
    nine.add_argument("--windows", type=int, nargs="+", default=[1, 4, 8])
    eight = parts.add_parser("growth")
    eight.add_argument("base", type=Path)
    eight.add_argument("--copies", type=int, nargs="+", default=[3, 30])
    eight.add_argument("--runs", type=int, default=3)
    two = parts.add_parser("direction")
    two.add_argument("base", type=Path)
    two.add_argument("--families", type=int, default=300)
    four = parts.add_parser("pile")
    four.add_argument("paths", nargs="+")
    four.add_argument("--sample", type=int, default=0)
    four.add_argument("--kind")
    five = parts.add_parser("translated")
    five.add_argument("paths", nargs="+")
    for part in (two, parts.add_parser("hostile"), four):
        part.add_argument("--seed", type=int, default=20240601)
    given = parser.parse_args()
    if given.part == "planted":
        planted(given.base, given.plant, given.score, given.articles, given.runs, given.baselines)
    elif given.part == "engines":
        engines(given.base, given.plant, given.articles, given.memory, given.spark)
    elif given.part == "salted":
        salted(given.base, given.copies, given.memory)
    elif given.part == "winnowed":
        winnowed(given.base, given.plant, given.score, given.articles, given.windows)
    elif given.part == "growth":
        growth(given.base, given.copies, given.runs)
    elif given.part == "direction":
        direction(given.base, given.families, given.seed)
    elif given.part == "hostile":
        hostile(given.seed)
    elif given.part == "translated":
        translated(given.paths)
    else:
        real(given.paths, given.sample, given.kind, given.seed)


if __name__ == "__main__":
    main()
