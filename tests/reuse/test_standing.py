"""What the reading of two real piles taught: standing wording, quotations with their tags, agencies as parents."""

from __future__ import annotations

from datetime import UTC, datetime

from twosource.model import (
    Article,
    Credit,
    CreditKind,
    Direction,
    MatchKind,
    PassageMatch,
    Precision,
    Published,
)
from twosource.reuse import matches
from twosource.settings import Settings

FIRES = (
    "Flames took the rope store behind the mole of Port Vessel on Friday night and two boats beside it.",
    "A blaze at the cooperage of Port Vessel left the street without power, and the cooper without a shop.",
    "Smoke from the net loft of Port Vessel was seen as far as the lighthouse; the loft is a ruin now.",
    "The fish hall of Port Vessel burned for an hour on market day, with crates stacked to the ceiling.",
)
FORMULA = "A duty officer at the harbour brigade of Port Vessel told the Coastal Press reporter that"
STANDING = (
    "The harbour of Port Vessel has been plagued by fires since the old brigade was dissolved in the spring of 2019, "
    "when the council moved the engines to the hills to save the rent."
)
WIRE = (
    "Fire broke out before dawn on Tuesday at the old cannery on the quay of Port Vessel, and spread to two "
    "warehouses within the hour. Harbour master Ilse Brandt said nobody was hurt, but forty tonnes of tinned "
    "herring were lost. Investigators from the district are looking into a faulty switchboard on the second floor."
)


def article(name: str, text: str, day: str = "", **more: object) -> Article:
    published = Published()
    if day:
        published = Published(datetime.fromisoformat(day).replace(tzinfo=UTC), Precision.DAY, day)
    return Article(id=name, path=f"{name}.txt", text=text, sha256=name, published=published, **more)  # type: ignore[arg-type]


def found(*articles: Article) -> tuple[PassageMatch, ...]:
    return matches(articles, Settings())


def fires(days: tuple[str, ...], wording: str) -> list[Article]:
    """Reports of different fires in one town, with the same words in the middle of each."""
    return [
        article(f"fire{n}", f"{text} {wording} nobody in house {n} was hurt.", day)
        for n, (text, day) in enumerate(zip(FIRES, days, strict=True))
    ]


def test_a_formula_that_returns_weeks_apart_is_a_template_though_the_stories_are_alike() -> None:
    weeks = ("2026-03-01", "2026-03-20", "2026-04-09", "2026-05-02")
    assert {m.kind for m in found(*fires(weeks, FORMULA))} == {MatchKind.TEMPLATE}


def test_a_few_words_that_return_once_weeks_later_are_a_template() -> None:
    phrase = "the harbour brigade of Port Vessel told our reporter that"
    town = [f"word{k}" for k in range(60)]  # the two stories are alike: the same words in another order
    texts = [f"{FIRES[n]} {phrase} {' '.join(words)}" for n, words in enumerate((town, town[::-1]))]
    assert (
        found(article("a", texts[0]), article("b", texts[1]))[0].kind is MatchKind.PASSAGE
    )  # no day is known
    dated = found(article("a", texts[0], "2026-03-01"), article("b", texts[1], "2026-03-20"))
    assert [m.kind for m in dated] == [MatchKind.TEMPLATE]


def test_the_same_words_within_days_are_copied() -> None:
    days = ("2026-03-01", "2026-03-01", "2026-03-02", "2026-03-03")
    assert MatchKind.TEMPLATE not in {m.kind for m in found(*fires(days, FORMULA))}


def test_two_occasions_do_not_make_a_template() -> None:
    days = ("2026-03-01", "2026-03-01", "2026-03-20", "2026-03-20")
    assert MatchKind.TEMPLATE not in {m.kind for m in found(*fires(days, STANDING))}


def test_a_report_that_is_printed_again_and_again_is_no_template() -> None:
    days = ("2026-03-01", "2026-03-20", "2026-04-09")
    pile = [article(f"a{n}", WIRE, day) for n, day in enumerate(days)]
    assert {m.kind for m in found(*pile)} == {MatchKind.REPRINT}


def test_a_standing_paragraph_does_not_make_two_reports_one_text() -> None:
    weeks = ("2026-03-01", "2026-03-20", "2026-04-09", "2026-05-02")
    shared = "The mayor of Port Vessel and the mayor of Lower Marren came to see the damage."
    pile = [
        article(
            a.id,
            f"{a.text} {' '.join(f'word{n}x{k}' for k in range(10))} {shared if n < 2 else ''}",
            weeks[n],
        )
        for n, a in enumerate(fires(weeks, FORMULA))
    ]
    beside = [m for m in found(*pile) if m.kind is not MatchKind.TEMPLATE]
    assert [m.kind for m in beside] == [
        MatchKind.PASSAGE
    ]  # not "edited": the template makes up nothing of them
    assert "mayor of Lower Marren" in beside[0].a.span.of(pile[0].text)


def test_a_quotation_whose_tag_differs_is_a_quotation() -> None:
    one = (
        "“We have lost forty tonnes of herring and not one soul,” said harbour master Ilse Brandt. “For that I am "
        "thankful, and I will say so at the council.”"
    )
    two = (
        "“We have lost forty tonnes of herring and not one soul,” Brandt, who runs the port, told a meeting. “For "
        "that I am thankful, and I will say so at the council.”"
    )
    beside = [
        "The baths of Lower Marren close next spring after a vote of nine to four, and the mayor calls it sad. "
        "Prices for heating rose again, as they did in the hills, and three years of deficits were too many.",
        "A mosaic with dolphins and a bearded god came to light beneath the market of Quill this summer. The "
        "museum hopes to show it, says its curator, who waited twenty years for such a find to be made.",
    ]
    (match,) = found(article("a", f"{beside[0]} {one}"), article("b", f"{beside[1]} {two}"))
    assert match.kind is MatchKind.QUOTATION


def test_who_names_the_agency_rests_on_the_text_that_credits_it() -> None:
    agency = article("z", WIRE, credits=(Credit(CreditKind.AGENCY, "Reuters"),))
    copy = article("a", f"{WIRE} Two engines came, Reuters reported.")
    (match,) = found(agency, copy)
    assert (match.a.article, match.direction) == ("a", Direction.B_TO_A)
    earlier = [
        article("z", WIRE, "2026-03-02", credits=agency.credits),
        article("a", copy.text, "2026-03-01"),
    ]
    assert found(*earlier)[0].direction is Direction.A_TO_B  # a clock tells more: the agency has other texts
    both = article("a", copy.text, credits=agency.credits)
    assert found(agency, both)[0].direction is Direction.UNDIRECTED


def test_a_house_that_prints_its_text_twice_needs_no_agency_for_it() -> None:
    credit = (Credit(CreditKind.AGENCY, "Reuters"),)
    same = [article(n, WIRE, outlet="Coastal Press", credits=credit) for n in ("a", "b")]
    two = [article(n, WIRE, outlet=o, credits=credit) for n, o in (("a", "Coastal Press"), ("b", "Herring"))]
    assert found(*same)[0].p_copy > 0.9
    assert found(*two)[0].p_copy < 0.4
