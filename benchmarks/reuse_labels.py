"""Precision by eye: draw matches of a real pile to be read and labelled, and count what the labels say.

    python benchmarks/reuse_labels.py draw PATH… --corpus fa-kes --count 100 --seed 4 [--rows rows.csv]
    python benchmarks/reuse_labels.py figures benchmarks/reuse_labels.csv
    python benchmarks/reuse_labels.py again benchmarks/reuse_labels.csv PATH… --corpus fa-kes

`draw` matches the pile and prints the two passages of each drawn match with a little of what stands around them;
--rows writes a table with empty labels. Kinds are drawn by the square root of how many matches they have, so that
the rare ones are seen too; `figures` weighs them back by `of_kind`, the number of matches of that kind in the pile.
`again` says what the present program makes of the labelled matches. The table holds ids, offsets and labels, no text.

Labels, given by a reader who saw both passages:

- reuse: yes (one has it from the other, or both from one text), no (a phrase, a formula, the same fact put the same
  way by chance), ? (cannot be told)
- true_kind: what the relation is by the definitions in docs/reuse.md
- way: right, plausible, wrong, ? (nothing in the texts speaks for or against), - (none stated)
"""

from __future__ import annotations

import argparse
import csv
import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from twosource.model import Article, MatchKind, Passage, PassageMatch
from twosource.read import read
from twosource.reuse import matches
from twosource.settings import Settings

COLUMNS = (
    "corpus", "round", "match", "a", "a_start", "a_end", "b", "b_start", "b_end", "kind", "of_kind", "direction",
    "p_direction", "p_copy", "reuse", "true_kind", "way", "note",
)  # fmt: skip
Row = dict[str, str]
TEMPLATE = MatchKind.TEMPLATE.value


def quotas(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """How many to draw of each kind: by the square root of its size, never more than there are."""
    left, out = count, {}
    for n, kind in enumerate(sorted(sizes, key=lambda k: (sizes[k], k))):
        rest = sorted(sizes, key=lambda k: (sizes[k], k))[n:]
        share = left * math.sqrt(sizes[kind]) / sum(math.sqrt(sizes[k]) for k in rest)
        out[kind] = min(sizes[kind], round(share))
        left -= out[kind]
    return out


def drawn(found: Sequence[PassageMatch], count: int, seed: int) -> list[PassageMatch]:
    """The matches to read, kinds mixed; the same for the same matches in any order."""
    kinds: dict[str, list[PassageMatch]] = defaultdict(list)
    for match in sorted(found, key=lambda m: m.id):
        kinds[match.kind.value].append(match)
    dice = random.Random(seed)
    wanted = quotas({kind: len(ms) for kind, ms in kinds.items()}, count)
    out = [m for kind in sorted(kinds) for m in dice.sample(kinds[kind], wanted[kind])]
    dice.shuffle(out)
    return out


def shown(article: Article, side: Passage, around: int, most: int) -> str:
    """The passage between [[ and ]], with `around` characters on both sides, its middle left out where it is long."""
    text, span = article.text, side.span
    inside = span.of(text)
    if len(inside) > most:
        inside = f"{inside[: most * 2 // 3]} [... {len(inside) - most} ...] {inside[-most // 3 :]}"
    before, after = text[max(0, span.start - around) : span.start], text[span.end : span.end + around]
    return f"{before}[[{inside}]]{after}".replace("\n", " / ")


def draw(paths: Sequence[str], corpus: str, count: int, seed: int, rows: Path | None) -> None:
    """Print what is to be read."""
    pile = {a.id: a for a in read(paths).articles}
    found = matches(list(pile.values()), Settings())
    sizes = Counter(m.kind.value for m in found)
    table = []
    for n, m in enumerate(drawn(found, count, seed)):
        print(f"\n{n} {m.id} {m.kind.value} {m.direction.value} {m.p_direction} copy {m.p_copy} score {m.score} "
              f"similarity {m.similarity}: {'; '.join(m.reasons)}")  # fmt: skip
        for side in (m.a, m.b):
            a = pile[side.article]
            when = str(a.published.start)[:10]
            print(
                f"  {a.id} {a.outlet} {when} {side.span.end - side.span.start}/{len(a.text)} {a.title[:80]!r}"
            )
            print(f"    {shown(a, side, 90, 420)}")
        table.append(
            [corpus, "", m.id, m.a.article, m.a.span.start, m.a.span.end, m.b.article, m.b.span.start, m.b.span.end,
             m.kind.value, sizes[m.kind.value], m.direction.value, m.p_direction, m.p_copy, "", "", "", ""]
        )  # fmt: skip
    if rows:
        with rows.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([COLUMNS, *table])


def labelled(path: Path) -> list[Row]:
    """The rows of the table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def interval(right: int, n: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not n:
        return "-"
    z, p = 1.96, right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{p:.2f} ({middle - half:.2f}-{middle + half:.2f})"


def figures(path: Path) -> None:
    """Per corpus, round and kind: how many are right."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in labelled(path):
        groups[row["corpus"], row["round"]].append(row)
    for (corpus, turn), rows in groups.items():
        print(f"\n{corpus}, {turn}: {len(rows)} matches read")
        print(
            "| reported as | in the pile | read | reuse | kind right | else it is | direction right or plausible / wrong / untellable / none |"
        )
        print("|---|---|---|---|---|---|---|")
        by_kind: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_kind[row["kind"]].append(row)
        weights = reused = typed = 0.0
        for kind in (str(k.value) for k in MatchKind if k.value in by_kind):
            own = by_kind[kind]
            size = int(own[0]["of_kind"])
            yes = sum(r["reuse"] == "yes" for r in own)
            told = sum(r["reuse"] != "?" for r in own)
            right = sum(r["true_kind"] == kind for r in own)
            ways = Counter(r["way"] for r in own)
            other = Counter(r["true_kind"] for r in own if r["true_kind"] != kind)
            print(
                f"| {kind} | {size} | {len(own)} | {yes} of {told} | {interval(right, len(own))} | "
                f"{', '.join(f'{n} {k}' for k, n in other.most_common()) or '-'} | "
                f"{ways['right'] + ways['plausible']} / {ways['wrong']} / {ways['?']} / {ways['-']} |"
            )
            typed += size * right / len(own)
            weights += size
            if kind != TEMPLATE:
                reused += size * yes / max(1, told)
        genuine = sum(int(o[0]["of_kind"]) for k, o in by_kind.items() if k != TEMPLATE)
        print(
            f"weighed by the pile: reuse where it is reported {reused / max(1, genuine):.3f}, kind right {typed / weights:.3f}"
        )
        for least in (0.0, 0.3, 0.5, 0.7):
            own = [r for r in rows if r["kind"] != TEMPLATE and float(r["p_copy"]) >= least]
            share = [
                (int(r["of_kind"]) / len(by_kind[r["kind"]]), r["reuse"] == "yes")
                for r in own
                if r["reuse"] != "?"
            ]
            total = sum(w for w, _ in share)
            print(
                f"  p_copy >= {least}: reuse {sum(w for w, y in share if y) / max(total, 1e-9):.3f} of {len(share)} read"
            )


def again(path: Path, paths: Sequence[str], corpus: str) -> None:
    """What the present program makes of the labelled matches of one corpus: kinds as labelled, as given, as given now."""
    found: dict[tuple[str, str], list[PassageMatch]] = defaultdict(list)
    for m in matches(read(paths).articles, Settings()):
        found[m.a.article, m.b.article].append(m)
        found[m.b.article, m.a.article].append(m)
    seen: Counter[tuple[str, str, str]] = Counter()
    for row in labelled(path):
        if row["corpus"] != corpus:
            continue
        start, end = int(row["a_start"]), int(row["a_end"])
        overlap = [
            (min(end, side.span.end) - max(start, side.span.start), m.kind.value)
            for m in found[row["a"], row["b"]]
            for side in (m.a, m.b)
            if side.article == row["a"]
        ]
        now = max(overlap, default=(0, "gone"))
        kind = now[1] if now[0] > 0 else "gone"
        seen[row["true_kind"], row["kind"], kind] += 1
        if kind != row["kind"]:
            better = (
                "better" if kind == row["true_kind"] else "worse" if row["kind"] == row["true_kind"] else ""
            )
            print(
                f"{row['round']} {row['match']} labelled {row['true_kind']}: {row['kind']} -> {kind} {better}"
            )
    right = [sum(n for (true, *kinds), n in seen.items() if kinds[k] == true) for k in (0, 1)]
    print(f"{sum(seen.values())} labelled; kind right {right[0]} when they were read, {right[1]} now")


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = parser.add_subparsers(dest="part", required=True)
    one = parts.add_parser("draw")
    one.add_argument("paths", nargs="+")
    one.add_argument("--corpus", default="")
    one.add_argument("--count", type=int, default=100)
    one.add_argument("--seed", type=int, default=4)
    one.add_argument("--rows", type=Path)
    two = parts.add_parser("figures")
    two.add_argument("table", type=Path)
    three = parts.add_parser("again")
    three.add_argument("table", type=Path)
    three.add_argument("paths", nargs="+")
    three.add_argument("--corpus", required=True)
    given = parser.parse_args()
    if given.part == "draw":
        draw(given.paths, given.corpus, given.count, given.seed, given.rows)
    elif given.part == "figures":
        figures(given.table)
    else:
        again(given.table, given.paths, given.corpus)


if __name__ == "__main__":
    main()
