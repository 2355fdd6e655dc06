"""What must hold when the sample case is changed in a known way, whatever the truth is (benchmarks/metamorphic.py)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import metamorphic
from twosource import pipeline
from twosource.language import english, russian
from twosource.model import Findings, Relation, Support
from twosource.report.export import findings_json

ARTICLES = Path(__file__).parents[2] / "examples" / "harbour-fire" / "articles"

pytestmark = pytest.mark.skipif(
    not (english.available() and russian.available()),
    reason="the sample case needs both parsers: install .[ru]",
)


@pytest.fixture(scope="module")
def findings() -> Findings:
    return pipeline.trace([str(ARTICLES)])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARTICLES, tmp_path / "articles"))


@pytest.fixture(scope="module")
def trials(findings: Findings) -> list[metamorphic.Trial]:
    """Every change of every claim, for all of its articles, claims and attributions as the whole line found them."""
    draw = random.Random(6)
    return [t for world in metamorphic.worlds(findings) for t in metamorphic.trials(world, draw, most=99)]


@pytest.mark.parametrize("change", ["copy", "credit", "delete", "shuffle", "owners"])
def test_no_change_breaks_its_rule_on_the_sample_case(trials: list[metamorphic.Trial], change: str) -> None:
    tried = [t for t in trials if t.change == change]
    assert len(tried) >= 8
    assert [t for t in tried if t.broken] == []


def test_the_flags_of_the_sample_case_are_those_of_its_answer(findings: Findings) -> None:
    """ANSWER.md: the hedge that the Capital Tribune drops, and Dockside and The Mast, who have it from each other."""
    flags = {w for p in findings.provenance for w in p.support.warnings}
    assert flags == {
        "hedge lost: The Baltern Post puts it as possible, The Capital Tribune, which rests on it, as a fact",
        "the loop of Dockside and The Mast: they cite only each other, and nothing flows in from outside",
    }


# ---------------------------------------------------------------------- from the files


def counts(findings: Findings) -> dict[str, tuple[frozenset[str], Support]]:
    """Claim of two articles or more → its statements and its count."""
    article = {s.id: s.article for s in findings.statements}
    support = {p.claim: p.support for p in findings.provenance}
    said = {
        c.id: frozenset(m.statement for m in c.members if m.relation is Relation.ASSERTS)
        for c in findings.claims
    }
    return {
        claim: (members, support[claim])
        for claim, members in said.items()
        if len({article[m] for m in members}) > 1
    }


def pairs(before: Findings, after: Findings) -> list[tuple[Support, Support]]:
    """The count of each claim and that of the claim which has most of its statements afterwards."""
    later = list(counts(after).values())
    found = []
    for members, support in counts(before).values():
        kept, then = max(later, key=lambda other: len(other[0] & members))
        if len(kept & members) * 2 > len(members):
            found.append((support, then))
    assert len(found) >= len(counts(before)) - 2
    return found


def test_a_reprint_more_leaves_every_count_as_it_is(findings: Findings, files: Path) -> None:
    wire = (files / "01-ostwire.txt").read_text(encoding="utf-8")
    (files / "14-one-more.txt").write_text(wire, encoding="utf-8")
    for before, after in pairs(findings, pipeline.trace([str(files)])):
        assert after.k == before.k
        if after.most_likely != before.most_likely:  # no more than a median that stood on the edge
            shares = (before.p_two_or_more, after.p_two_or_more)
            assert all(share is not None and abs(share - 0.5) < metamorphic.EDGE for share in shares)


def test_a_credit_line_less_raises_no_count_by_more_than_one(findings: Findings, files: Path) -> None:
    paper = files / "02-baltern-post.txt"
    text = paper.read_text(encoding="utf-8")
    assert text.count("(Ostwire)") == 1
    paper.write_text(text.replace("(Ostwire)", ""), encoding="utf-8")
    for before, after in pairs(findings, pipeline.trace([str(files)])):
        assert after.k <= before.k + 1
        if before.interval90 and after.interval90:
            assert after.interval90[1] - after.interval90[0] >= before.interval90[1] - before.interval90[0]


def test_the_order_of_the_files_changes_nothing(findings: Findings) -> None:
    paths = sorted(map(str, ARTICLES.iterdir()))
    random.Random(3).shuffle(paths)
    found = pipeline.trace(paths)
    assert {p.claim: p for p in found.provenance} == {p.claim: p for p in findings.provenance}
    assert {c.id: c for c in found.claims} == {c.id: c for c in findings.claims}
    assert set(found.matches) == set(findings.matches)
    assert len(findings_json(found)) == len(findings_json(findings))
