"""The benchmark's generator: its truth against hand-drawn graphs, and its text against its truth."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from files import write
from material import scenes
from score import Planted, clusters, visible_origins
from truth import Origin, TrueClaim, TrueEdge, TruePile
from world import HALVES, MISSING, Made, make

from twosource import read
from twosource.model import NodeKind

PERSON, UNNAMED = NodeKind.PERSON, NodeKind.UNNAMED


def drawn(chains: str, kind: NodeKind = PERSON) -> tuple[TruePile, TrueClaim]:
    """A true claim from chains such as ``S > a, b > c``: capitals are origins, small letters articles."""
    pile, claim = TruePile("drawn"), TrueClaim("c", "")
    for chain in chains.split(";"):
        steps = [[name.strip() for name in step.split(",")] for step in chain.split(">")]
        for parents, children in pairwise(steps):
            claim.edges += [TrueEdge(p, c, "copies") for p in parents for c in children]
        for name in (name for step in steps for name in step):
            if name[0].isupper():
                pile.origins[name] = Origin(name, kind, (name,))
            else:
                claim.passages[name] = ["said"]
    pile.claims.append(claim)
    return pile, claim


@pytest.mark.parametrize(
    ("chains", "kind", "r", "k", "grounded"),
    [
        ("S > a, b, c, d, e, f, g, h, i, j", PERSON, 1, 1, 1),
        ("S > a > b > c > d > e > f > g > h > i > j", PERSON, 1, 1, 1),
        ("S > a, b > c", PERSON, 1, 1, 1),
        ("S > a, b, c, d, e; T > f, g, h, i, j; e > f", PERSON, 2, 2, 2),
        ("S, T, V > w > a, b, c, d, e, f, g, h, i", PERSON, 3, 1, 1),
        ("S > a, b, c, d, e, f, g, h, i; T > j", PERSON, 2, 2, 2),
        ("a > b > c > d > a", PERSON, 1, 1, 0),
        ("U1 > a; U2 > b; U3 > c", UNNAMED, 3, 3, 0),
        ("S, T, V, X, Y > a", PERSON, 5, 1, 1),
        ("S > a > b; T > b", PERSON, 2, 2, 2),
    ],
    ids=["star", "chain", "diamond", "bridged", "hourglass", "lopsided", "circular", "unnamed", "reporter", "partial"],
)  # fmt: skip
def test_the_ten_canonical_shapes(chains: str, kind: NodeKind, r: int, k: int, grounded: int) -> None:
    pile, claim = drawn(chains, kind)
    found = pile.count(claim)
    assert (len(found.origins), found.lines, found.grounded) == (r, k, grounded)


def fewest(pile: TruePile, claim: TrueClaim) -> int:
    """K by its meaning: the fewest nodes whose fall leaves no present article with support (loops left out)."""
    nodes = {end for e in claim.edges for end in (e.parent, e.child)} | set(claim.passages)
    ends = set(pile.present(claim))
    starts = {n for n in nodes if n not in {e.child for e in claim.edges}}
    for size in range(len(nodes) + 1):
        for fallen in combinations(sorted(nodes), size):
            left = starts - set(fallen)
            stack = list(left)
            while stack:
                node = stack.pop()
                for e in claim.edges:
                    if e.parent == node and e.child not in left and e.child not in fallen:
                        left.add(e.child)
                        stack.append(e.child)
            if not left & ends:
                return size
    raise AssertionError


@pytest.mark.parametrize("half", HALVES)
def test_true_k_is_the_fewest_nodes_that_carry_all_support(half: str) -> None:
    seen = 0
    for number in range(12):
        pile = make(half, 3, number).truth
        for claim in pile.claims:
            stated = any(o.id.startswith("loop:") for o in pile.count(claim).origins)
            if len(pile.present(claim)) < 2 or stated or pile.count(claim).lines > 2:
                continue
            seen += 1
            assert pile.count(claim).lines == fewest(pile, claim), claim.id
    assert seen > 10


def test_a_missing_article_ends_no_line_and_still_passes_it_on() -> None:
    pile, claim = drawn("S > a > b; T > c")
    pile.missing = {"a", "c"}
    assert pile.count(claim).lines == 1
    assert pile.present(claim) == ["b"]


def test_what_no_present_text_names_is_no_visible_origin() -> None:
    pile, claim = drawn("S > a > b; T > c")
    claim.stated = {"a": ["S"], "b": ["S"]}
    assert sorted(visible_origins(pile, claim)) == ["S", "c"]
    pile.missing = {"a"}  # b still names S
    assert sorted(visible_origins(pile, claim)) == ["S", "c"]
    claim.stated = {"a": ["S"]}
    assert sorted(visible_origins(pile, claim)) == ["a", "c"]  # b cites a, which is not there


def everything(made: Made) -> list[str]:
    return [line.text for piece in made.pieces for line in piece.lines]


def test_a_pile_is_the_same_every_time_and_halves_differ() -> None:
    assert everything(make("dev", 1, 5)) == everything(make("dev", 1, 5))
    assert everything(make("dev", 1, 5)) != everything(make("held-out", 1, 5))


def test_every_proposition_has_seven_wordings_and_some_only_held_out() -> None:
    propositions = [p for s in scenes() for p in s.propositions]
    assert len(propositions) >= 20
    for proposition in propositions:
        wordings = [*proposition.of("en"), *proposition.of("held")]
        assert len(set(wordings)) == len(wordings) >= 7
        assert proposition.of("held")
        assert proposition.of("ru")
    assert {s.half for s in scenes()} == {"", "held-out", "sealed"}


def test_the_development_half_has_nothing_of_the_held_out_one() -> None:
    held = {w for s in scenes() if s.half for w in s.of("lead")}
    for number in range(20):
        made = make("dev", 1, number)
        told = {claim.id.split(":")[1].split("-")[0] for claim in made.truth.claims}
        assert not told & {s.id for s in scenes() if s.half}
        assert not {"requoted", "anonymised", "closing credit", "joined"} & set(made.truth.mutations.values())
    assert held


@pytest.mark.parametrize("half", HALVES)
def test_what_is_planted_stands_in_the_files(half: str, tmp_path: Path) -> None:
    for number in range(4):
        made = make(half, 2, number)
        folder, _ = write(made, tmp_path / str(number))
        pile = read.read([str(folder)])
        assert {a.id for a in pile.articles} == {p.id for p in made.pieces} - made.truth.missing
        planted = Planted(pile.articles)
        for claim in made.truth.claims:
            for passages in (claim.passages, claim.denials):
                here = {a: lines for a, lines in passages.items() if a not in made.truth.missing}
                assert {a: len(spans) for a, spans in planted.spans(here).items()} == {
                    a: len(lines) for a, lines in here.items()
                }
        for text in everything(made):
            assert not set(text) & set("{}[]"), text


def test_the_share_that_is_missing() -> None:
    for at, share in enumerate(MISSING):
        piles = [make("dev", 4, number).truth for number in range(at, 40, len(MISSING))]
        gone = sum(len(p.missing) for p in piles) / sum(len(p.outlet_of) for p in piles)
        assert gone == pytest.approx(share, abs=0.1)


def test_near_duplicates_are_one_cluster() -> None:
    text = (
        "A barge went aground below the lock on Sunday and had to be pulled free by two tugs in the evening."
    )
    other = (
        "Nobody in the village had heard the bells for years, and then they rang all night without a reason."
    )
    assert clusters([text, text + " It was late.", other]) == 2
