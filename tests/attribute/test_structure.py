"""Quotations over paragraphs, relays, nesting, and text that attributes nothing."""

import pytest
from notation import attribute, check

from twosource.language import english
from twosource.model import AttributionKind, Region, RegionKind, Span

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

CASES = {
    "quotation in the next paragraph": """
[S1,2 The harbour office] [C1 explained] [K1 it has been ready for weeks], [C2 saying]:

[K2 “The clean-up at the quay was late, and the owners had no plan for a fire of this kind.”]
""",
    "quotation in the next paragraph, spoken of": """
Separately, [S Tom Oduya] criticised nobody, in words uncommon for a pilot, [C saying]:

[K “If you look at who is in danger, it is the fishermen.”]
""",
    "carried on without a cue": """
[S Ann Ray] spoke on Monday, [C saying]:

[K “The quay burned for two days.]

[K+ “Nobody came to help us.]

[K+ “We left in the morning.”]
""",
    "carried on after a closed quotation": """
[S1 The mayor] spoke to residents, [C1 saying]:

[K1 “We will rebuild the quay.”]

[K1+ “The ferry will sail again in May.”]
""",
    "carried on in the paragraph": """
[K1 “The quay burned for two days,”] [S1 Ann Ray] [C1 said]. [K1+ “Nobody came to help us.”]
""",
    "two speakers in turn": """
[K1 “The quay burned for two days,”] [S1 Ann Ray] [C1 said].

[K2 “It was only the mill,”] [C2 said] [S2 Tom Oduya]. [K2+ “The quay is fine.”]
""",
    "colon": """
[S The owner] [C replied]: [K “We sold the mill in March.”]
""",
    "cue too many marks": """
[K «Harbour» as well as «Mill»* is a tool of the owners»], [C said] [S the expert].
""",
    "straight, odd number": """
[K "The quay burned for two days,"] [S Ann Ray] [C said]. The "mill stood empty.
""",
    "citing": """
[S1 Reuters] [C1 reported] [K1,2 the mill had been sold], [C2 citing] [S2 two people familiar with the sale].
""",
    "citing a document": """
[S1 The Harbour Post] [C1 reported] on Monday [K1,2 that the mill had been sold], [C2 citing] [S2 a letter from the owner].
""",
    "nested three deep": """
[S1 Ann Ray] [C1 said] [K1 that [S2 the captain] [C2 had told] her [K2 that [S3 the owner] [C3 claimed] [K3 the mill was empty]]].
""",
    "according to, inside a content": """
[S1 The ministry] [C1 said] [K1 that, [C2 according to] [S2 local activists], [K2 the gate was left open]].
""",
}


@pytest.mark.parametrize("marked", [pytest.param(m.strip(), id=n) for n, m in CASES.items()])
def test_structure(marked: str) -> None:
    check(marked, extra="criticised nobody" in marked or " spoke" in marked)


SILENT = {
    "scare quotes": "The so-called “volunteers” left the «harbour» before noon.",
    "a title": 'The choir sang "Low Tide at Port Vale" until midnight.',
    "plain narrative": "The quay burned for two days. The ferry returned in May.",
}


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in SILENT.items()])
def test_nothing_is_attributed(text: str) -> None:
    assert attribute(text) == ()


def test_boilerplate_attributes_nothing() -> None:
    text = "Ann Ray said the quay burned.\n\nPhoto: the owner says the mill stood here."
    photo = Region(RegionKind.PHOTO_CREDIT, Span(text.index("Photo"), len(text)))
    assert [a.source[0].of(text) for a in attribute(text, regions=(photo,))] == ["Ann Ray"]


def test_kinds() -> None:
    direct, mixed, indirect = check(
        '[K1 "The quay burned,"] [S1 Ann Ray] [C1 said].\n\n'
        '[S2 The owner] [C2 said] [K2 the claim was "pure invention"].\n\n'
        "[S3 The mayor] [C3 said] [K3 the mill was empty]."
    )
    assert [direct.kind, mixed.kind, indirect.kind] == [
        AttributionKind.DIRECT,
        AttributionKind.MIXED,
        AttributionKind.INDIRECT,
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In an interview with FAN, Ann Ray called the fire a trap.", "FAN"),
        ("In an interview with the Harbour Post, Ann Ray said the fire was a trap.", "Harbour Post"),
        ("Speaking to Radio Vale, the mayor said the mill was empty.", "Radio Vale"),
    ],
)
def test_where_it_was_said(text: str, name: str) -> None:
    (found,) = attribute(text)
    assert found.via_name == name
    assert found.via[0].of(text) == name


DEGRADED = [
    '[K1 "The quay burned for two days,"] [S1 Ann Ray] [C1 said].',
    "[K1 “The quay burned for two days,”] [C1 said] [S1 Ann Ray].",
    '[S1 Ann Ray] [C1 said]: [K1 "The quay burned for two days."]',
    '[K1 "The quay burned,"] [S1 he] [C1 said]. [K1+ "Nobody came to help us at all."]',
]


@pytest.mark.parametrize("marked", DEGRADED)
def test_without_a_parser_direct_quotations_remain(marked: str) -> None:
    check(marked, parser=False)


HOSTILE = {
    "marks only": '"“”„«»‘’' * 500,
    "brackets": "( " * 10_000 + "the mayor said" + " )" * 10_000,
    "guillemets nested": "«a " * 3_000 + "b» " * 3_000,
    "no punctuation": "the mayor said that the owner said that " * 400,
    "mixed scripts": "Ann Рэй said что «岸壁が燃えた」 and мэр told 彼 that 123. " * 40,
    "one word": "said " * 3_000,
    "commas": "said, " * 3_000,
    "empty lines": "\n" * 5_000,
    "controls": "\x00\x01said\x02 “\x03 \ufeff\u200b\u202e he said.",
}


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in HOSTILE.items()])
@pytest.mark.parametrize("parser", [True, False], ids=["parsed", "plain"])
def test_hostile_text_ends(text: str, parser: bool) -> None:
    for a in attribute(text, parser=parser):
        assert a.content
        assert all(0 <= s.start < s.end <= len(text) for s in (*a.source, *a.cue, *a.content))


def test_same_text_same_attributions() -> None:
    text = "Ann Ray said the quay burned, adding that the mill had not. “We left,” she said."
    assert attribute(text) == attribute(text)


def test_a_source_who_asks_not_to_be_named_says_nothing_by_that() -> None:
    text = "A port official who asked not to be named told reporters that the alarm had been switched off."
    (only,) = attribute(text, rules_only=False)
    assert [text[a:b] for a, b in only.content] == ["that the alarm had been switched off"]


def test_a_quotation_that_holds_its_continuation_is_listed_once() -> None:
    text = "“We have twelve injured, most of them with burns,” Ines Hallgrim said. “Nobody is missing.”"
    held = [text[a:b] for found in attribute(text, rules_only=False) for a, b in found.content]
    assert len(held) == len(set(held))
