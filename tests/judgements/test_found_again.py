"""A judgement finds its statements by their words: with other ids, in a changed article, cut otherwise. Else it says so."""

from __future__ import annotations

from twosource.claims import Ruling
from twosource.judgements import in_claims, judged_statements, warnings
from twosource.model import (
    Article,
    Claim,
    Decision,
    Judgement,
    JudgementKind,
    Member,
    Quoted,
    Relation,
    Span,
    Standing,
    Statement,
    Subject,
)

TEXT = "Twelve people were injured. The alarm was off, an official said. Nobody was hurt. The alarm was off."


def article(name: str, text: str = TEXT, sha: str = "") -> Article:
    return Article(name, f"{name}.txt", text, sha or name * 64)


def said(identifier: str, words: str, text: str = TEXT, place: int = 0) -> Statement:
    start = text.index(words)
    for _ in range(place):
        start = text.index(words, start + 1)
    return Statement(
        identifier, identifier.split("/", maxsplit=1)[0], (Span(start, start + len(words)),), words, "en"
    )


def claim(*subjects: Quoted, verdict: Decision = Decision.SAME, when: str = "", note: str = "") -> Judgement:
    return Judgement(
        JudgementKind.CLAIM, verdict, tuple(Subject(words=(q,)) for q in subjects), "I. H.", when, note
    )


INJURED = Quoted("a", "Twelve people were injured", "a" * 64, Span(0, 26))
HURT = Quoted("b", "nobody was HURT!")
PILE = [article("a"), article("b")]
STATEMENTS = [
    said("a/s1", "Twelve people were injured"),
    said("a/s2", "The alarm was off"),
    said("a/s3", "Nobody was hurt"),
    said("a/s4", "The alarm was off", place=1),
    said("b/s1", "Nobody was hurt"),
]


def found(
    judgement: Judgement, pile: list[Article] = PILE, statements: list[Statement] = STATEMENTS
) -> tuple[str, ...]:
    (judged,) = judged_statements([judgement], pile, statements).judged
    return judged.statements if judged.standing is Standing.BINDS else (judged.standing.value,)


def test_by_its_words_whatever_case_and_punctuation() -> None:
    assert found(claim(INJURED, HURT)) == ("a/s1", "b/s1")


def test_with_other_ids() -> None:
    renumbered = [said("a/s7", "Twelve people were injured"), said("b/s9", "Nobody was hurt")]
    assert found(claim(INJURED, HURT), statements=renumbered) == ("a/s7", "b/s9")


def test_in_an_article_that_goes_by_another_id_now() -> None:
    moved = [article("c", sha="a" * 64), article("b")]
    assert found(
        claim(INJURED, HURT), moved, [said("c/s1", "Twelve people were injured"), STATEMENTS[4]]
    ) == ("c/s1", "b/s1")


def test_words_that_stand_twice_are_told_apart_by_their_place() -> None:
    late = Quoted("a", "The alarm was off", "a" * 64, Span(82, 99))
    assert found(claim(late, HURT)) == ("a/s4", "b/s1")
    assert found(claim(Quoted("a", "The alarm was off"), HURT)) == ("a/s2", "b/s1")


def test_part_of_a_statement_will_do_where_it_fits_one() -> None:
    whole = [said("a/s1", "The alarm was off, an official said"), STATEMENTS[4]]
    assert found(claim(Quoted("a", "alarm was off"), HURT), statements=whole) == ("a/s1", "b/s1")
    assert found(claim(Quoted("a", "alarm was off"), HURT)) == ("unmatched",)  # two fit


def test_a_statement_that_is_cut_otherwise_is_known_by_its_place_in_the_same_text() -> None:
    longer = Quoted("a", "The alarm was off, an official said", "a" * 64, Span(28, 63))
    assert found(
        claim(longer, HURT), statements=[said("a/s2", "The alarm was off, an official"), STATEMENTS[4]]
    ) == ("a/s2", "b/s1")
    assert found(claim(longer, HURT), [article("a", sha="changed"), article("b")]) == ("unmatched",)


def test_other_words_are_never_taken_for_them() -> None:
    """Twelve became twenty when the article was corrected: what was decided of twelve says nothing of twenty."""
    corrected = TEXT.replace("Twelve", "Twenty")
    now = [said("a/s1", "Twenty people were injured", corrected), STATEMENTS[4]]
    (judged,) = judged_statements([claim(INJURED, HURT, when="2031-03-14")], [article("a", corrected, "changed"), article("b")], now).judged  # fmt: skip
    assert judged.standing is Standing.UNMATCHED
    assert judged.why == "“Twelve people were injured” is not in this pile"
    assert warnings([judged]) == (
        "not applied: “Twelve people were injured” and “nobody was HURT!” say the same (decided by I. H. on 2031-03-14): "
        "“Twelve people were injured” is not in this pile",
    )


def test_the_next_of_a_claims_statements_stands_in_for_one_that_is_gone() -> None:
    subject = Subject(words=(Quoted("gone", "Twelve people were injured"), INJURED))
    merged = Judgement(JudgementKind.CLAIM, Decision.SAME, (subject, Subject(words=(HURT,))))
    assert found(merged) == ("a/s1", "b/s1")


def test_different_holds_for_all_of_a_claim_and_firmly_for_the_first() -> None:
    both = Subject(words=(INJURED, Quoted("a", "Nobody was hurt")))
    split = Judgement(JudgementKind.CLAIM, Decision.DIFFERENT, (Subject(words=(HURT,)), both))
    constraints = judged_statements([split], PILE, STATEMENTS).constraints
    assert constraints.are_apart("b/s1", "a/s1")
    assert constraints.are_apart("b/s1", "a/s3")
    later = claim(HURT, Quoted("a", "Nobody was hurt"))
    constraints = judged_statements([split, later], PILE, STATEMENTS).constraints
    assert constraints.overruled == ()  # a later word on these two themselves
    assert not constraints.are_apart("b/s1", "a/s3")
    assert constraints.are_apart("b/s1", "a/s1")


def test_two_that_contradict_each_other_are_both_named() -> None:
    yes, no = (
        claim(INJURED, HURT, when="2031-03-14"),
        claim(INJURED, HURT, verdict=Decision.DIFFERENT, when="2031-03-15"),
    )
    settled = judged_statements([yes, no], PILE, STATEMENTS)
    assert [j.standing for j in settled.judged] == [Standing.OVERRULED, Standing.BINDS]
    assert settled.constraints.are_apart("a/s1", "b/s1")
    (line,) = warnings(settled.judged)
    assert "2031-03-14" in line
    assert "2031-03-15" in line
    assert line.endswith("which is kept; undo one of the two")


def test_unsure_binds_nothing_and_is_shown() -> None:
    settled = judged_statements([claim(INJURED, HURT, verdict=Decision.UNSURE)], PILE, STATEMENTS)
    assert [j.standing for j in settled.judged] == [Standing.NOTED]
    assert settled.constraints.rulings == ()
    assert (
        settled.judged[0].sentence
        == "open: do “Twelve people were injured” and “nobody was HURT!” say the same?"
    )
    claims = [
        Claim("c1", "x", (Member("a/s1"), Member("b/s1", Relation.RIVAL))),
        Claim("c2", "y", (Member("b/s1"),)),
    ]
    assert in_claims(settled.judged, claims)[0].claims == ("c1", "c2")


def test_the_order_in_which_they_are_given_is_nothing() -> None:
    several = [claim(INJURED, HURT, when="2"), claim(HURT, Quoted("a", "The alarm was off"), when="1"), claim(INJURED, HURT, verdict=Decision.DIFFERENT)]  # fmt: skip
    first = judged_statements(several, PILE, STATEMENTS)
    assert judged_statements(several[::-1], PILE[::-1], STATEMENTS[::-1]) == first
    assert {type(r) for r in first.constraints.rulings} == {Ruling}
