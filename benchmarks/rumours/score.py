"""How many lines stand behind a real rumour: the program's count beside a hand reading (readings.json).

python benchmarks/rumours/score.py FOLDER                    # the development half
python benchmarks/rumours/score.py FOLDER --half held-out    # the half that nothing was mended on
python benchmarks/rumours/score.py FOLDER --show scorpion-bombs   # one story's claim, graph and reasons

FOLDER holds ``bodies.csv`` (columns ``Body ID``, ``articleBody``) of the Fake News Challenge. Each story's bodies
are written as plain text into a temporary folder, without title, outlet or date, and traced from there. The claim
that is scored is the one that most of the hand-read asserting bodies assert (``bodies``), and the one that comes
nearest in meaning to the hand-written claim (``meaning``: of the claims with a statement whose cosine is within
NEAR of the best, the one of most such bodies). The first may be a side claim that many repeat, the second a narrow
wording of the main one.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np

from twosource.language.embed import embedder
from twosource.model import Claim, Findings, Provenance, Relation, Support
from twosource.pipeline import Run, trace

READINGS = Path(__file__).with_name("readings.json")
SHINGLE = 5  # words, for the near-duplicate clusters that the count is compared with
NEAR = 0.03  # cosine: the embedder puts near misses about so far below
MATCHES = ("bodies", "meaning")
DUPLICATE = 0.5  # least Jaccard similarity of two near duplicates


@dataclass(frozen=True, slots=True)
class Reading:
    """What the hand reader found in one story; `bodies` and the rest are body ids."""

    id: str
    split: str
    claim: str
    bodies: tuple[str, ...]
    asserts: frozenset[str]
    denies: frozenset[str]
    k: int
    low: int
    high: int
    chokepoint: tuple[str, ...]
    chokepoint_bodies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The program's best claim for one story; `claim` is None where nothing asserts the main claim."""

    reading: Reading
    claim: Claim | None
    provenance: Provenance | None
    asserting: frozenset[str]
    denying: frozenset[str]
    clusters: int
    claims: int

    @property
    def support(self) -> Support | None:
        """The count of the claim, None where there is no claim."""
        return self.provenance.support if self.provenance else None

    @property
    def k(self) -> int:
        """The count as a reader takes it: the median, the exact K where it is withheld, 0 without a claim."""
        if self.support is None:
            return 0
        return self.support.k if self.support.most_likely is None else self.support.most_likely

    @property
    def inside(self) -> bool:
        """Whether the hand-read K lies inside the program's bounds."""
        return self.support is not None and self.support.at_least <= self.reading.k <= self.support.at_most

    @property
    def named(self) -> tuple[str, ...]:
        """The program's chokepoints, as labels."""
        if self.provenance is None:
            return ()
        labels = {n.id: n.label for n in self.provenance.nodes}
        return tuple(labels.get(i, i) for i in self.provenance.support.chokepoints)

    @property
    def chokepoint_right(self) -> bool:
        """Whether a hand-read chokepoint is among the program's, or neither has one."""
        if not self.reading.chokepoint:
            return self.provenance is not None and not self.provenance.support.chokepoints
        ids = self.provenance.support.chokepoints if self.provenance else ()
        own = {f"article:{b}" for b in self.reading.chokepoint_bodies}
        return bool(own & set(ids)) or any(
            name.lower() in label.lower() for name in self.reading.chokepoint for label in self.named
        )


def readings(half: str) -> list[Reading]:
    """The hand readings of one half (``development``, ``held-out``) or of both (``all``)."""
    return [
        Reading(
            row["id"],
            row["split"],
            row["claim"],
            tuple(map(str, row["bodies"])),
            frozenset(map(str, row["asserts"])),
            frozenset(map(str, row["denies"])),
            row["K"],
            row["L"],
            row["U"],
            tuple(row["chokepoint"]),
            frozenset(map(str, row["chokepoint_bodies"])),
        )
        for row in json.loads(READINGS.read_text(encoding="utf-8"))["stories"]
        if half in ("all", row["split"])
    ]


def texts(folder: Path) -> dict[str, str]:
    """Body id → text, from the folder's ``bodies.csv``."""
    csv.field_size_limit(10_000_000)
    with (folder / "bodies.csv").open(encoding="utf-8", newline="") as file:
        return {row["Body ID"]: row["articleBody"] for row in csv.DictReader(file)}


def findings(reading: Reading, bodies: Mapping[str, str]) -> Findings:
    """The whole line, from one plain text file for each body."""
    with tempfile.TemporaryDirectory() as folder:
        for body in reading.bodies:
            Path(folder, f"{body}.txt").write_text(bodies[body], encoding="utf-8")
        return trace([folder], run=Run(workers=1))


def sides(claim: Claim, found: Findings) -> tuple[frozenset[str], frozenset[str]]:
    """The articles that assert a claim, and those that deny it."""
    article = {s.id: s.article for s in found.statements}
    asserting = {article[m.statement] for m in claim.members if m.relation is Relation.ASSERTS}
    denying = {article[m.statement] for m in claim.members if m.relation is Relation.DENIES}
    return frozenset(asserting), frozenset(denying)


def clusters(ids: Sequence[str], bodies: Mapping[str, str]) -> int:
    """How many groups of near duplicates the texts form (Jaccard of word shingles, single link)."""
    grams = {i: _shingles(bodies[i]) for i in ids}
    group = {i: i for i in ids}
    for a in ids:
        for b in ids:
            union = len(grams[a] | grams[b])
            if a < b and union and len(grams[a] & grams[b]) / union >= DUPLICATE:
                old, new = group[b], group[a]
                group = {k: new if v == old else v for k, v in group.items()}
    return len(set(group.values()))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = text.lower().split()
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def nearness(claim: str, found: Findings) -> dict[str, float]:
    """Statement id → cosine of its text and the hand-written claim."""
    kept = [s for s in found.statements if s.weight > 0]
    rows = embedder().embed([claim, *(s.text for s in kept)])
    cosines = (rows[1:] @ rows[0]).astype(np.float64)
    return {s.id: float(c) for s, c in zip(kept, cosines, strict=True)}


def judge(reading: Reading, found: Findings, bodies: Mapping[str, str], match: str) -> Outcome:
    """Take the program's claim that is the story's, by `match`: ``bodies`` or ``meaning``."""
    traced = {p.claim: p for p in found.provenance}
    near = nearness(reading.claim, found) if match == "meaning" else {}
    article = {s.id: s.article for s in found.statements}
    best: Claim | None = None
    best_key: tuple[int, ...] = ()
    cosine = {c.id: max(near.get(m.statement, 0.0) for m in c.members) for c in found.claims}
    least = max(cosine.values(), default=0.0) - NEAR
    for claim in found.claims:
        asserting, denying = sides(claim, found)
        hits = len(asserting & reading.asserts)
        if not hits or claim.id not in traced or cosine[claim.id] < least:
            continue
        width = len({article[m.statement] for m in claim.members})
        stray = len(asserting - reading.asserts)
        key = (hits, len(denying & reading.denies) - stray, width, len(claim.members))
        if key > best_key:
            best, best_key = claim, key
    asserting, denying = sides(best, found) if best else (frozenset(), frozenset())
    return Outcome(
        reading,
        best,
        traced[best.id] if best else None,
        asserting,
        denying,
        clusters(sorted(reading.asserts), bodies),
        len(found.claims),
    )


def row(o: Outcome) -> str:
    """One story as a line of the table."""
    r, s = o.reading, o.support
    theirs = f"{o.k} [{s.at_least},{s.at_most}]" if s else "none"
    withheld = " withheld" if s and s.withheld else ""
    return (
        f"{r.id:26} hand {r.k} [{r.low},{r.high}]  program {theirs:10}{withheld:9}"
        f" in {'yes' if o.inside else 'NO ':3} articles {len(r.asserts):2} clusters {o.clusters:2}"
        f"  said by {len(o.asserting & r.asserts)}/{len(r.asserts)}+{len(o.asserting - r.asserts)}"
        f"  denied by {len(o.denying & r.denies)}/{len(r.denies)}"
        f"  chokepoint {'right' if o.chokepoint_right else 'WRONG'}: {', '.join(o.named) or '-'}"
        f" (hand: {r.chokepoint[0] if r.chokepoint else '-'})"
    )


def summary(outcomes: Sequence[Outcome]) -> str:
    """The figures over some stories."""
    n = len(outcomes)
    single = [o for o in outcomes if o.reading.chokepoint]
    said = sum(len(o.asserting & o.reading.asserts) for o in outcomes)
    denials = sum(len(o.reading.denies) for o in outcomes)
    lines = [
        f"mean error of K         {fmean(abs(o.k - o.reading.k) for o in outcomes):.2f}",
        f"  bias                  {fmean(o.k - o.reading.k for o in outcomes):+.2f}",
        f"  counting articles     {fmean(abs(len(o.reading.asserts) - o.reading.k) for o in outcomes):.2f}",
        f"  near-duplicate groups {fmean(abs(o.clusters - o.reading.k) for o in outcomes):.2f}",
        f"  always one            {fmean(abs(1 - o.reading.k) for o in outcomes):.2f}",
        f"hand K inside [L, U]    {sum(o.inside for o in outcomes)} of {n}",
        f"mean width of [L, U]    {fmean(o.support.at_most - o.support.at_least if o.support else 0 for o in outcomes):.2f}",
        f"chokepoint named        {sum(o.chokepoint_right for o in single)} of {len(single)} that have one",
        f"no chokepoint, rightly  {sum(o.chokepoint_right for o in outcomes) - sum(o.chokepoint_right for o in single)}"
        f" of {n - len(single)} that have none",
        f"asserting bodies found  {said} of {sum(len(o.reading.asserts) for o in outcomes)}",
        f"wrongly asserting       {sum(len(o.asserting - o.reading.asserts) for o in outcomes)}",
        f"denials found           {sum(len(o.denying & o.reading.denies) for o in outcomes)} of {denials}",
    ]
    return "\n".join(lines)


def show(o: Outcome, found: Findings) -> str:
    """One story's claim with all that its count rests on, to be read by eye."""
    if o.claim is None or o.provenance is None:
        return f"{o.reading.id}: nothing asserts the main claim in {o.claims} claims"
    statements = {s.id: s for s in found.statements}
    attributions = {a.id: a for a in found.attributions}
    lines = [f"claim {o.claim.id}: {o.claim.text}", row(o), *o.provenance.support.why]
    for member in sorted(o.claim.members, key=lambda m: int(statements[m.statement].article)):
        s = statements[member.statement]
        by = attributions[s.attribution] if s.attribution else None
        source = f"{by.canonical} ({by.source_kind}, {by.rule})" if by else "own voice"
        lines.append(f"  {s.article:>5} {member.relation:8} {member.probability:.2f} {source}: {s.text}")
    labels = {n.id: f"{n.label} ({n.kind})" for n in o.provenance.nodes}
    lines.extend(
        f"  {labels.get(e.parent, e.parent)} -> {labels.get(e.child, e.child)} {e.kind} {e.probability:.2f} {e.reason}"
        for e in o.provenance.edges
    )
    lines.append("other claims that asserting bodies make:")
    for claim in found.claims:
        asserting, _ = sides(claim, found)
        if claim.id != o.claim.id and len(asserting & o.reading.asserts) > 1:
            lines.append(f"  {len(asserting):2} {claim.text}")
    return "\n".join(lines)


def main() -> None:
    """Command line: see the module's text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("development", "held-out", "all"), default="development")
    parser.add_argument("--show", metavar="STORY", help="one story in detail, whichever half it is in")
    args = parser.parse_args()
    bodies = texts(args.folder)
    chosen = [r for r in readings("all" if args.show else args.half) if args.show in (None, r.id)]
    outcomes: dict[str, list[Outcome]] = {match: [] for match in MATCHES}
    for reading in chosen:
        found = findings(reading, bodies)
        for skipped in found.skipped:
            raise SystemExit(f"{reading.id}: {skipped.path}: {skipped.reason}")
        for match in MATCHES:
            outcome = judge(reading, found, bodies, match)
            outcomes[match].append(outcome)
            if args.show:
                print(f"by {match}:\n{show(outcome, found)}", flush=True)
    for match in () if args.show else MATCHES:
        print(f"--- the claim by {match}")
        print("\n".join([*map(row, outcomes[match]), summary(outcomes[match])]), flush=True)


if __name__ == "__main__":
    main()
