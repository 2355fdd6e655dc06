"""Who a source is, how firmly a thing is put, and which attributions lead to one source."""

import pytest
from notation import attribute

from twosource.attribute import attributions, names
from twosource.attribute.sources import count_of, link
from twosource.language import english, russian
from twosource.language.parsers import parser_for
from twosource.model import Article, Confidence, Evidence, Likelihood, Source, SourceKind, Stance

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")


@pytest.mark.parametrize(
    "written",
    [
        "Karland's Defense Ministry",
        "the Ministry of defence of Karland",
        "Karland’s Ministry of Defence",
    ],
)
def test_a_ministry_has_one_name(written: str) -> None:
    assert names.ministry(written) == "Ministry of Defence of Karland"


@pytest.mark.parametrize(
    ("written", "name"),
    [("«Залив.RU»", "Zaliv.ru"), ("Harbour.NET", "Harbour.net"), ("Harbour Post", "Harbour Post")],
)
def test_an_outlet_has_one_name(written: str, name: str) -> None:
    assert names.outlet(written) == name


RESOLVED = {
    "a surname": ("Ann Ray said the quay burned.\n\nRay said the mill was safe.", ["Ann Ray", "Ann Ray"]),
    "a pronoun": ("Ann Ray said the quay burned.\n\nShe said the mill was safe.", ["Ann Ray", "Ann Ray"]),
    "the expert": (
        "In an interview with FAN, Tom Oduya said the quay was mined.\n\n"
        "«The quay is mined», said the expert.\n\n«It will burn», said military expert.",
        ["Tom Oduya"] * 3,
    ),
    "somebody new": (
        "Ann Ray said the quay burned.\n\nOne expert said the mill was safe.",
        ["Ann Ray", None],
    ),
    "unnamed": ("Two officials said the quay burned.", [None]),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c, id=n) for n, c in RESOLVED.items()])
def test_resolved(text: str, expected: list[str | None]) -> None:
    assert [a.canonical for a in attribute(text)] == expected


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ('"The quay burned on Friday," Ann Ray told the Tageblick.', "Tageblick"),
        ("The head of the office, Ann Ray, told KBAY that the meat had been frozen for years.", "KBAY"),
        ("The meat was six years old, a school official has confirmed to KBAY.", "KBAY"),
        ('"I wanted to keep it," driver Tom Oduya told the Orley Echo.', "Orley Echo"),
        ("The mill burned, according to the Bay Post, which spoke to hunter Ann Ray.", None),
    ],
)
def test_the_outlet_that_was_told(text: str, outlet: str | None) -> None:
    assert attribute(text)[0].via_name == outlet


def test_the_name_behind_the_word_newspaper_is_its_name() -> None:
    found = attribute(
        "Ask for ketchup and you will be shown the door, the Austrian newspaper Tageblick writes."
    )
    assert (found[0].source_kind, found[0].canonical) == (SourceKind.OUTLET, "Tageblick")


def test_a_name_behind_a_role_and_what_it_is_a_role_in() -> None:
    found = attribute('"This is a joke," the administrator of the page, Ann Ray, told reporters.')
    assert (found[0].source_kind, found[0].canonical) == (SourceKind.PERSON, "Ann Ray")


def test_she_is_the_one_who_speaks_and_not_the_one_she_speaks_of() -> None:
    found = attribute(
        "His deputy, Carla Marsh, told us that Mayor Ted Brill had lifted the lid of a hive.\n\n"
        '"He ran into the duck pond," she said.'
    )
    assert [a.canonical for a in found] == ["Carla Marsh", "Carla Marsh"]


def test_what_was_said_to_an_outlet_stays_with_the_speaker() -> None:
    first, second = attribute(
        "In an interview with FAN, Tom Oduya said the quay was mined.\n\n«The quay is mined», said the expert."
    )
    assert (first.via_name, second.via_name) == ("FAN", "FAN")


STANCES = [
    ("Ann Ray said the quay burned.", Stance.NEUTRAL),
    ("Ann Ray claimed the quay burned.", Stance.DISTANCES),
    ("Ann Ray acknowledged that the quay burned.", Stance.ENDORSES),
    ("Ann Ray falsely said the quay burned.", Stance.DENIES),
    ("Ann Ray said “the quay burned for two days and two nights” – a bald-faced lie!", Stance.DENIES),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_stance(text: str, stance: Stance) -> None:
    assert attribute(text)[0].stance is stance


def test_likelihood_and_confidence_are_apart() -> None:
    (said,) = attribute("Ann Ray said the quay may have burned.")
    assert said.certainty.likelihood is Likelihood.POSSIBLE
    assert said.certainty.confidence is Confidence.UNSTATED
    (suspects,) = attribute("Ann Ray suspects the quay burned.")
    assert suspects.certainty.likelihood is Likelihood.STATED
    assert suspects.certainty.confidence is Confidence.LOW


def test_negation_condition_and_question() -> None:
    (denied,) = attribute("Ann Ray said the quay did not burn.")
    assert denied.certainty.negated
    (condition,) = attribute("Ann Ray said the quay would burn if nobody came.")
    assert condition.certainty.conditional
    assert not condition.certainty.negated
    (asked,) = attribute('"Who will pay for it?" Ann Ray asked.')
    assert asked.certainty.question


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "The ministry has photographic evidence, showing the guards left the gate open.",
            Evidence.PHOTOGRAPH,
        ),
        ("Satellite images show that the gate was left open.", Evidence.SATELLITE_IMAGE),
        ("The gate was left open, claims a video.", Evidence.VIDEO),
        ("Witnesses said the gate was left open.", Evidence.EYEWITNESS),
    ],
)
def test_evidence(text: str, kind: Evidence) -> None:
    assert attribute(text)[0].evidence == (kind,)


def _article(name: str, text: str) -> Article:
    return Article(name, f"{name}.txt", text, "0" * 64, language="en")


def test_sources_across_the_pile() -> None:
    pile = [
        _article("a", "Ann Ray said the quay burned. Two officials said the mill was safe."),
        _article("b", "Ray said the quay burned. Two officials said the mill was safe."),
    ]
    found = [
        f for article in pile for f in attributions(article, parser_for("en").parse(article), rules_only=True)
    ]
    linked, sources = link(pile, found)
    people = [s for s in sources if s.kind is SourceKind.PERSON]
    unnamed = [s for s in sources if s.kind is SourceKind.UNNAMED]
    assert [(s.name, s.articles) for s in people] == [("Ann Ray", ("a", "b"))]
    assert [(s.description, s.count, s.articles) for s in unnamed] == [
        ("Two officials", 2, ("a",)),
        ("Two officials", 2, ("b",)),
    ]
    assert all(a.source_id for a in linked)


@pytest.mark.parametrize(
    ("description", "count"),
    [("two officials", 2), ("an official", 1), ("12 villagers", 12), ("The senator, 71", 1)],
)
def test_count(description: str, count: int) -> None:
    assert count_of(description) == count


OUTLETS = {
    "an article in it": ("According to an article in the Bay Courier, the quay burned.", ["Bay Courier"]),
    "its story": ("The Bay Courier story said that the quay burned.", ["Bay Courier"]),
    "a report from the site": (
        "A report from the news site Bayview claims that the quay burned.",
        ["Bayview"],
    ),
    "the country before it": ("Britain's Bay Herald reported that the quay burned.", ["Bay Herald"]),
    "a domain": ("Bayview.co.uk reports that the quay burned.", ["Bayview.co.uk"]),
    "spoken of again": (
        "The Bay Times reported that the quay burned.\n\nThe newspaper said that the mill was safe.",
        ["Bay Times", "Bay Times"],
    ),
    "the one who was told": (
        '"The quay burned," Ann Ray told the Bay Times.\n\nThe paper says that the mill was safe.',
        ["Ann Ray", "Bay Times"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c, id=n) for n, c in OUTLETS.items()])
def test_a_piece_is_its_outlets(text: str, expected: list[str]) -> None:
    found = attribute(text)
    assert [a.canonical for a in found] == expected
    assert found[-1].source_kind is SourceKind.OUTLET


def test_a_report_by_others_than_the_press_stays_a_document() -> None:
    (found,) = attribute("A report by the Harbour Board says that the quay burned.")
    assert found.source_kind is not SourceKind.OUTLET


@pytest.mark.parametrize(
    "text",
    [
        "Speaking to dockers at a canteen in Germany, Ann Ray said that the quay burned.",
        "Ann Ray told Harbour Board employees that the quay burned.",
    ],
)
def test_a_place_or_an_audience_relays_nothing(text: str) -> None:
    assert {a.via_name for a in attribute(text)} == {None}


def test_an_organisation_that_others_call_an_outlet_is_that_outlet() -> None:
    a = Article("a", "a.txt", "A story in the Harbour Review says that the quay burned.", "a", language="en")
    b = Article("b", "b.txt", "The Harbour Review reports that the quay burned.", "b", language="en")
    found = [x for article in (a, b) for x in attributions(article, parser_for("en").parse(article))]
    linked, sources = link([a, b], found)
    assert len({x.source_id for x in linked}) == 1
    assert [s.kind for s in sources] == [SourceKind.OUTLET]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The harbour office of Velm said the quay had burned.", "harbour office of Velm"),
        ("The hospital in Olmstead said that six people had been admitted.", "hospital in Olmstead"),
        ("The prosecutor's office of Velm said the mill was shut.", "prosecutor's office of Velm"),
        ("The police of Velm said the road was open.", "police of Velm"),
    ],
)
def test_a_body_that_goes_by_what_it_is_and_where_is_no_person_and_no_town(text: str, name: str) -> None:
    (found,) = attribute(text)
    assert (found.canonical, found.source_kind) == (name, SourceKind.ORGANISATION)


def test_such_a_body_is_spoken_of_again_without_its_place() -> None:
    first, second = attribute(
        "The harbour office of Velm said the quay had burned.\n\nThe harbour office said the mill was safe."
    )
    assert first.canonical == second.canonical == "harbour office of Velm"


def test_whom_a_role_in_such_a_body_belongs_to_is_no_body() -> None:
    (found,) = attribute("Ann Ray, the head of the harbour office of Velm, said the quay had burned.")
    assert (found.canonical, found.source_kind) == ("Ann Ray", SourceKind.PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Olm, the harbour master, watched the fire.\n\nAccording to Olm, nine boats burned.",
        "Ilse Olm is the harbour master. According to Olm, the pumps failed at noon.",
        'Ilse Olm walked along the pier. "Nine boats burned," she said.',
        'Ilse Olm has fished there for nine years.\n\n"Nine boats burned," she said.',
        "On Monday Ilse Olm went down to the quay. She said that nine boats had burned.",
        "Councillor Ilse Olm voted against it. She said that nine boats had burned.",
    ],
)
def test_a_person_whose_name_the_parser_does_not_know(text: str) -> None:
    assert [(a.canonical, a.source_kind) for a in attribute(text)] == [("Ilse Olm", SourceKind.PERSON)]


def test_a_company_stays_a_company() -> None:
    (found,) = attribute("The quay is in Velm. According to Velm Terminals, nine boats burned.")
    assert (found.canonical, found.source_kind) == ("Velm Terminals", SourceKind.ORGANISATION)


@pytest.mark.parametrize(
    "text",
    [
        "A reporter of this newspaper counted nine buses at the quay.",
        "Two correspondents for the Velm Courier counted nine buses at the quay.",
        "A Velm Courier reporter counted nine buses at the quay.",
        "Our own reporter counted nine buses at the quay.",
    ],
)
def test_an_article_s_own_people_were_there(text: str) -> None:
    article = Article("a", "a", text, "", outlet="The Velm Courier", language="en")
    (found,) = attributions(article, parser_for("en").parse(article))
    assert found.source_kind is SourceKind.FIRST_HAND


def test_a_reporter_of_another_paper_is_not_one_of_our_own() -> None:
    text = "A reporter of the Ostwire agency said that nine buses were at the quay."
    article = Article("a", "a", text, "", outlet="The Velm Courier", language="en")
    assert all(
        a.source_kind is not SourceKind.FIRST_HAND
        for a in attributions(article, parser_for("en").parse(article))
    )


def test_the_reporter_spoken_of_again_is_the_papers_own() -> None:
    text = "A Velm Courier reporter said the quay had burned. The reporter said nine boats were lost."
    article = Article("a", "a", text, "", outlet="The Velm Courier", language="en")
    found = attributions(article, parser_for("en").parse(article))
    assert [a.canonical for a in found] == ["The Velm Courier"] * 2


def test_one_body_with_its_place_behind_and_before_it() -> None:
    one = "The harbour office of Velm said the quay had burned."
    other = "The Velm harbour office said the quay had burned."
    articles = [Article(i, i, text, "", language="en") for i, text in (("a", one), ("b", other))]
    found = [a for article in articles for a in attributions(article, parser_for("en").parse(article))]
    linked, sources = link(articles, found, None)
    assert len({a.source_id for a in linked}) == 1
    assert [s.kind for s in sources] == [SourceKind.ORGANISATION]


def linked(*texts: str, outlet: str = "", language: str = "en") -> tuple[Source, ...]:
    articles = [
        Article(f"a{k}", f"a{k}", text, "", outlet=outlet, language="ru" if "и" in text else language)
        for k, text in enumerate(texts)
    ]
    found = [a for x in articles for a in attributions(x, parser_for(x.language).parse(x))]
    return link(articles, found, None)[1]


@pytest.mark.skipif(not russian.available(), reason="no Russian parser installed")
def test_one_person_in_two_alphabets_is_one_source() -> None:
    (one,) = linked("Dorota Haske said the quay had burned.", "Дорота Хаске сообщила, что причал сгорел.")
    assert (one.name, one.aliases) == ("Dorota Haske", ("Дорота Хаске",))


@pytest.mark.skipif(not russian.available(), reason="no Russian parser installed")
def test_two_people_who_sound_alike_stay_two_in_two_alphabets() -> None:
    found = linked(
        "Tomas Quist said the quay had burned.\n\nThomas Kvist said the mill was safe.",
        "Томас Квист сообщил, что причал сгорел.",
    )
    assert len(found) == 3


def test_a_country_before_an_acronym_is_no_part_of_the_name() -> None:
    (one,) = linked(
        "Nine boats burned in southern Norway NVKA news agency reported.",
        "News agency NVKA said the quay had burned.",
    )
    assert one.name == "NVKA"


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("A Velm Courier reporter in Tarn said the quay had burned.", "Velm Courier"),
        ("NVKAs correspondent said the quay had burned.", "NVKA"),
    ],
)
def test_an_outlets_own_correspondent_is_the_outlet(text: str, outlet: str) -> None:
    (one,) = linked(text, outlet=outlet)
    assert (one.kind, one.name) == (SourceKind.OUTLET, outlet)
