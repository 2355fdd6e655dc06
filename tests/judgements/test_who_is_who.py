"""What people decided about sources, owners and copies."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource import registry
from twosource.judgements import judged_copies, judged_owners, judged_sources
from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Decision,
    Judgement,
    JudgementKind,
    MatchKind,
    Passage,
    PassageMatch,
    Quoted,
    Source,
    SourceKind,
    Span,
    Standing,
    Subject,
)

TEXT = "Ray said the quay burned. A port official said the alarm was off."
PILE = [Article(name, f"{name}.txt", TEXT, name * 64, outlet=f"The {name.upper()}") for name in "abc"]


def said(identifier: str, words: str, source: str, canonical: str | None = None) -> Attribution:
    start = TEXT.index(words)
    return Attribution(
        identifier, identifier[0], (Span(0, 3),), (), (Span(start, start + len(words)),),
        AttributionKind.INDIRECT, "test", canonical=canonical, source_id=source,
    )  # fmt: skip


ATTRIBUTIONS = [
    said("a#1", "the quay burned", "person:ann ray", "Ann Ray"),
    said("b#1", "the quay burned", "person:ann ray", "Ray"),
    said("a#2", "the alarm was off", "unnamed:a#2"),
    said("c#1", "the quay burned", "person:bo ray", "Bo Ray"),
]
SOURCES = [
    Source("person:ann ray", "Ann Ray", SourceKind.PERSON, ("Ray",), ("a#1", "b#1"), ("a", "b"), speaks_for="person:bo ray"),
    Source("person:bo ray", "Bo Ray", SourceKind.PERSON, (), ("c#1",), ("c",)),
    Source("unnamed:a#2", "A port official", SourceKind.UNNAMED, (), ("a#2",), ("a",), "A port official"),
]  # fmt: skip


def of(kind: JudgementKind, verdict: Decision, *subjects: str | Quoted, when: str = "") -> Judgement:
    return Judgement(
        kind, verdict, tuple(Subject(name=s) if isinstance(s, str) else Subject(words=(s,)) for s in subjects), when=when
    )  # fmt: skip


def sources(verdict: Decision, *subjects: str | Quoted, when: str = "") -> Judgement:
    return of(JudgementKind.SOURCE, verdict, *subjects, when=when)


def test_two_names_of_one_person() -> None:
    known = judged_sources([sources(Decision.SAME, "Ann Ray", "Bo Ray")], PILE, ATTRIBUTIONS, SOURCES)
    assert [a.source_id for a in known.attributions] == [
        "person:ann ray",
        "person:ann ray",
        "unnamed:a#2",
        "person:ann ray",
    ]
    (ray, _) = known.sources
    assert (ray.name, ray.aliases, ray.attributions) == ("Ann Ray", ("Bo Ray", "Ray"), ("a#1", "b#1", "c#1"))
    assert ray.speaks_for is None  # nobody speaks for himself


def test_an_unnamed_speaker_whom_somebody_knows() -> None:
    official = Quoted("a", "The alarm was off")
    known = judged_sources([sources(Decision.SAME, official, "Bo Ray")], PILE, ATTRIBUTIONS, SOURCES)
    assert [a.source_id for a in known.attributions][2:] == ["person:bo ray", "person:bo ray"]
    assert [s.name for s in known.sources] == ["Ann Ray", "Bo Ray"]


def test_two_people_who_were_taken_for_one() -> None:
    known = judged_sources([sources(Decision.DIFFERENT, "Ann Ray", "Ray")], PILE, ATTRIBUTIONS, SOURCES)
    assert [a.source_id for a in known.attributions][:2] == ["person:ann ray", "person:ray"]
    assert [
        (s.name, s.aliases, s.attributions) for s in known.sources if "ray" in s.id and "bo" not in s.id
    ] == [
        ("Ann Ray", (), ("a#1",)),
        ("Ray", (), ("b#1",)),
    ]
    assert {s.id: s.distinct for s in known.sources if s.distinct} == {
        "person:ann ray": ("person:ray",),
        "person:ray": ("person:ann ray",),
    }
    assert known.judged[0].standing is Standing.BINDS


def test_what_is_said_of_nobody_in_the_pile_is_unmatched() -> None:
    known = judged_sources([sources(Decision.SAME, "Ann Ray", "Cy Dow")], PILE, ATTRIBUTIONS, SOURCES)
    assert known.sources == tuple(SOURCES)
    assert known.judged[0].standing is Standing.UNMATCHED
    assert known.judged[0].why == "Cy Dow: no such source in this pile"


def test_sources_that_contradict() -> None:
    yes, no = (
        sources(Decision.SAME, "Ann Ray", "Bo Ray", when="2"),
        sources(Decision.DIFFERENT, "Ann Ray", "Bo Ray"),
    )
    known = judged_sources([yes, no], PILE, ATTRIBUTIONS, SOURCES)
    assert len(known.sources) == 3
    assert [j.standing for j in known.judged] == [Standing.BINDS, Standing.OVERRULED]


names = st.sampled_from(["Ann Ray", "Bo Ray", "Ray", "Nobody", "person:bo ray"])
sides = names | st.just(Quoted("a", "the alarm was off")) | st.just(Quoted("b", "the quay burned"))


@given(
    st.lists(st.tuples(st.sampled_from(Decision), sides, sides, st.sampled_from("123")), max_size=5),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_decided_every_attribution_keeps_one_source(said_: list[tuple[Decision, str | Quoted, str | Quoted, str]], chance: object) -> None:  # fmt: skip
    judgements = [sources(v, a, b, when=w) for v, a, b, w in said_ if a != b]
    known = judged_sources(judgements, PILE, ATTRIBUTIONS, SOURCES)
    by_id = {s.id: s for s in known.sources}
    assert sorted(x for s in known.sources for x in s.attributions) == sorted(a.id for a in ATTRIBUTIONS)
    for a in known.attributions:
        assert a.source_id is not None
        assert a.id in by_id[a.source_id].attributions
    for s in known.sources:
        assert all(s.id in by_id[other].distinct for other in s.distinct)
    assert all(s.speaks_for in by_id and s.speaks_for != s.id for s in known.sources if s.speaks_for)
    mixed = judgements[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert judged_sources(mixed, PILE, ATTRIBUTIONS, SOURCES) == known


# -------------------------------------------------------------------------- owners


def owners(verdict: Decision, *names: str, when: str = "") -> Judgement:
    return of(JudgementKind.OWNER, verdict, *names, when=when)


def test_an_owner_that_the_registry_does_not_know() -> None:
    rows, judged = judged_owners([owners(Decision.SAME, "The A", "Reuters")], registry.default(), ["The A"])
    assert [rows.find(n).owner for n in ("The A", "Reuters", "Рейтер")] == ["Thomson Reuters"] * 3  # type: ignore[union-attr]
    assert judged[0].standing is Standing.BINDS
    two, _ = judged_owners([owners(Decision.SAME, "The A", "The B"), owners(Decision.SAME, "The C", "The B")], registry.default(), ["The A", "The B", "The C"])  # fmt: skip
    assert len({two.find(n).owner for n in ("The A", "The B", "The C")}) == 1  # type: ignore[union-attr]


def test_an_owner_that_the_registry_has_wrong() -> None:
    assert registry.default().find("TASS").state == registry.default().find("RIA Novosti").state  # type: ignore[union-attr]
    rows, _ = judged_owners([owners(Decision.DIFFERENT, "TASS", "RIA Novosti")], registry.default(), [])
    tass, ria = rows.find("TASS"), rows.find("РИА")
    assert tass is not None
    assert ria is not None
    assert tass.state == "Russia"
    assert ria.state == ""
    assert tass.owner != ria.owner


def test_an_outlet_that_nobody_knows_is_unmatched() -> None:
    rows, judged = judged_owners(
        [owners(Decision.SAME, "The A", "The Nowhere")], registry.default(), ["The A"]
    )
    assert rows.find("The Nowhere") is None
    assert judged[0].why == "The Nowhere: no such outlet in this pile or in the registry"


# -------------------------------------------------------------------------- copies


def match(a: str, b: str) -> PassageMatch:
    return PassageMatch(
        f"m{a}{b}", Passage(a, Span(0, 9)), Passage(b, Span(0, 9)), 20.0, 0.9, MatchKind.EDITED, p_copy=0.8
    )


def copies(verdict: Decision, *articles: str, when: str = "") -> Judgement:
    return of(JudgementKind.COPY, verdict, *(Quoted(a) for a in articles), when=when)


def test_a_match_that_is_no_copy_is_left_out_and_one_that_is_counts_for_certain() -> None:
    decided = [copies(Decision.DIFFERENT, "b", "a"), copies(Decision.SAME, "b", "c")]
    matches, judged = judged_copies(decided, PILE, [match("a", "b"), match("b", "c"), match("a", "c")])
    assert [(m.id, m.p_copy) for m in matches] == [("mbc", 1.0), ("mac", 0.8)]
    assert matches[0].reasons == ("decided by a person",)
    assert {j.standing for j in judged} == {Standing.BINDS}


def test_copies_that_contradict_or_are_not_there() -> None:
    decided = [copies(Decision.DIFFERENT, "a", "b"), copies(Decision.SAME, "b", "a", when="9"), copies(Decision.SAME, "a", "c"), copies(Decision.SAME, "a", "z")]  # fmt: skip
    matches, judged = judged_copies(decided, PILE, [match("a", "b")])
    assert matches == ()
    assert [j.standing.value for j in judged] == ["binds", "unmatched", "unmatched", "overruled"]
    assert judged[1].why == "these articles share no wording in this run"
    assert judged[2].why == "article z not in this pile"


def test_without_judgements_nothing_changes() -> None:
    assert judged_sources([], PILE, ATTRIBUTIONS, SOURCES).attributions == tuple(ATTRIBUTIONS)
    assert judged_owners([], registry.default(), [])[0] is registry.default()
    assert judged_copies([], PILE, [match("a", "b")])[0] == (match("a", "b"),)
