"""What of a text is not body. The expected regions stand in the text: ‹kind|…›."""

from __future__ import annotations

import re

import pytest

from twosource.model import CreditKind, Precision, RegionKind, Span
from twosource.read.page import Page
from twosource.read.regions import RULES, Parts, parts

_MARK = re.compile(r"‹([a-z ]+)\|(.*?)›", re.DOTALL)


def unmarked(marked: str) -> tuple[str, list[tuple[RegionKind, Span]]]:
    """The bare text and the regions that are marked in it."""
    text, regions, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        regions.append((RegionKind(match[1]), Span(len(text), len(text) + len(match[2]))))
        text += match[2]
        last = match.end()
    return text + marked[last:], regions


def check(marked: str, title: str = "", outlet: str = "", titled: bool = True) -> Parts:
    text, expected = unmarked(marked)
    found = parts(Page(text, title, outlet, titled))
    assert [(r.kind.value, r.span.of(text)) for r in found.regions] == [
        (kind.value, span.of(text)) for kind, span in expected
    ]
    assert [r.span for r in found.regions] == [span for _, span in expected]
    for credit in found.credits:
        assert credit.span is not None
        assert credit.span.of(text) == credit.target
    return found


BODY = (
    "A fire on the northern quay destroyed two cranes before dawn, the harbour master said at the gate.\n\n"
    "Nobody was hurt, she added, and the port opened again in the afternoon with one crane fewer."
)
RUN_ON = (
    "A fire destroyed two cranes on the quay. Nobody was hurt and the port opened again in the afternoon."
)


@pytest.mark.parametrize(
    "marked",
    [
        f"‹title|Fire destroys two cranes in Port Alder›\n\n{BODY}",
        f"‹title|Who burned the cranes of Port Alder?›\n\n{BODY}",
        f"‹title|Fire Destroys Two Cranes.›\n\n{BODY}",
        f"‹title|Fire destroys two cranes; \nNobody was hurt in the night.›\n\n{BODY}",
        f"‹title|“No cranes left” in Port Alder›\n\n{BODY}",
        f"“No cranes are left.”\n\n{BODY}",
        f"‹title|Fire destroys two cranes›\n‹byline|by Ida Brandt ( – Home – Ida Brandt)›\n\n{BODY}",
        f"‹title|Fire destroys two cranes›\n\n‹byline|By Ida Brandt and Olaf Ree | 03/12/31 12:15 PM›\n\n{BODY}",
        f"‹title|Fire destroys two cranes›\n\n‹byline|By Ida Brandt for the Alder Post›\n\n{BODY}",
        f"‹title|Fire destroys two cranes›\n\n‹byline|Автор: Ида Брандт›\n\n{BODY}",
        f"‹title|Fire destroys two cranes›\n‹dateline|12 March 2031, 14:05›\n\n{BODY}",
        f"‹title|Fire destroys two cranes›\n\n{BODY}\n\n‹boilerplate|Fire destroys two cranes 30.10.2031›",
        f"‹title|Fire destroys two cranes›\n\n‹dateline|PORT ALDER (Meridian Wire) —› {BODY}",
        f"‹dateline|PORT ALDER, March 12 (Reuters) -› {BODY}",
        f"‹dateline|Port Alder (Northpress) –› {BODY}",
        f"‹dateline|(Reuters) -› {BODY}",
        f"‹dateline|PORT ALDER —› {BODY}",
        f"‹dateline|ПОРТ-АЛЬДЕР, 12 мар — РИА Новости.› {BODY}",
        f"‹dateline|ПОРТ-АЛЬДЕР, 12 марта. /ТАСС/.› {BODY}",
        f"{BODY}\n\n‹credit|(Reuters)›",
        f"{BODY}\n\n‹credit|--AFP›",
        f"{BODY}\n\n‹credit|AP/AFP›",
        f"{BODY}\n\n‹credit|Meridian Wire›",
        f"{BODY} ‹credit|- REUTERS›",
        f"{BODY} ‹credit|--AFP›",
        f"{BODY}‹credit|-AFP›",
        f"{BODY} ‹credit|(AFP, dpa)›",
        f"{BODY} ‹credit|(With AP, Reuters and AFP)›",
        f"{BODY} ‹credit|(Source: Port Alder Harbour Office)› ‹boilerplate|Twitter›",
        f"{BODY} ‹credit|Source Alder TV and agencies›",
        f"{BODY} ‹credit|Agencies contributed to this report› ‹boilerplate|Read Also›",
        f"{BODY} ‹credit|Source AFP› ‹boilerplate|Related News Ferry runs aground off Skarn | Who pays for the cranes?›",
        f"{BODY} ‹credit|Sources: Alder TV and agencies› ‹boilerplate|Read More Ferry runs aground›\n\nThe port is small.",
        f"{BODY} ‹credit|Agencies contributed to this report.› A crane in the morning, before it fell into the harbour",
        f"{BODY} The source Related News spoke to would not give a name.",
        f"{BODY}\n\n‹credit|Additional reporting by Reuters›",
        f"{BODY}\n\n‹credit|With a file from The Canadian Press›",
        f"{BODY}\n\n‹credit|The Associated Press contributed to this report.›",
        f"{BODY}\n\n‹credit|Source: Alder Post›",
        f"{BODY}\n\n‹credit|Источник: ТАСС›",
        f"{BODY}\n\n‹credit|© 2031 The Associated Press. All rights reserved.›",
        f"{BODY}\n\n‹byline|Additional reporting by Olaf Ree›",
        f"{BODY} ‹byline|(Reporting by Ida Brandt; editing by Olaf Ree)›",
        f"{BODY} ‹byline|Ida Brandt/Olaf›",
        f"{BODY}\n\n‹photo credit|Photo source: — @AlderQuay›\n\nThe port is small.",
        f"{BODY}\n\n‹photo credit|Фото: Ида Брандт›\n\nThe port is small.",
        f"{BODY}\n\n‹photo credit|[Image via screengrab]›\n\nThe port is small.",
        f"{BODY}\n\n‹photo credit|The burned crane in the morning. Photo: Reuters›\n\nThe port is small.",
        "The crane fell ‹photo credit|(Getty Images)› in the night. The quay burned ‹photo credit|(Photo: Ida Brandt)› too.",
        "The quay ‹photo credit|(AFP)› burned for an hour. Nobody was hurt in the fire, it was said at noon.",
        f"{BODY}\n\n‹footnote|* – An organisation closed by the court of Port Alder.›",
        f"{BODY}\n\n‹footnote|Editor's note: an earlier version named another quay.›",
        f"{BODY}\n\n‹boilerplate|Share this news›\n\n‹boilerplate|Опубликовать в Google Plus›\n‹boilerplate|Facebook Twitter Telegram›",
        f"{BODY}\n\n‹boilerplate|Read more: What burns in Port Alder›",
        f"{BODY}\n\n‹boilerplate|Читайте также: что горит в порту›",
        f"{BODY}\n\n‹boilerplate|Subscribe to our newsletter for one story a day›",
        f"{BODY}\n\n‹boilerplate|This site uses cookies to serve you better.›",
        f"{BODY}\n\n‹boilerplate|Follow @AlderPost on Twitter›",
        f"{BODY}\n\n‹boilerplate|* * *›\n\nThe port is small.",
        "‹boilerplate|Outlet: The Alder Post›\n‹boilerplate|Date: 12 March 2031 08:10 UTC›\n"
        f"‹boilerplate|URL: https://alderpost.example/fire›\n\n‹title|Fire destroys two cranes›\n\n{BODY}",
    ],
)
def test_regions_of_a_text_with_lines(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        f"‹dateline|Wed 12 Mar 2031› ‹title|Fire destroys two cranes.› {RUN_ON}",
        f"‹dateline|Published March 12 2031› {RUN_ON}",
        f"‹dateline|Date of publication 12 March 2031› {RUN_ON} ‹boilerplate|Read Also›",
        f"‹title|Fire destroys two cranes› ‹credit|AFP› ‹dateline|Wednesday 12 Mar 2031› {RUN_ON}",
        f"‹dateline|Wednesday 12 Mar 2031› ‹title|Fire destroys two cranes› ‹credit|AFP› {RUN_ON}",
        f"‹dateline|12.03.2031(updated 1329 12.03.2031) Get short URL 0 154› The port is small. ‹dateline|PORT ALDER (Sputnik)› {RUN_ON}",
        f"‹dateline|Last updated at Mar 122031› {RUN_ON}",
        f"{RUN_ON} ‹credit|(With AFP)› ‹boilerplate|Last Update: Wednesday 12 March 2031 KSA 20:36 - GMT 17:36 480›",
        f"{RUN_ON} ‹boilerplate|SSH 11›",
        f"{RUN_ON} ‹boilerplate|218-11›",
        f"{RUN_ON} ‹byline|Brandt/Ree/Ida›",
        f"{RUN_ON} ‹byline|(Additional reporting by Ida Brandt in Port Alder; Editing by Olaf Ree)›",
        f"‹dateline|09-07-2031› ‹title|Fire destroys two cranes.› {RUN_ON}",
        f"It was told by the YPG. ‹dateline|PORT ALDER (Sputnik)› {RUN_ON}",
    ],
)
def test_regions_of_a_text_without_lines(marked: str) -> None:
    check(marked, title="Fire destroys two cranes", titled=False)


def test_headline_agency_and_date_run_together_under_another_title() -> None:
    check(
        f"‹title|Two cranes burn state media› ‹credit|AFP› ‹dateline|Monday 3 Mar 2031› {RUN_ON}",
        "Cranes lost in fire",
    )


@pytest.mark.parametrize(
    "body",
    [
        "Monday saw a fire on the quay. By Monday morning the cranes had started to fall, he told Reuters.",
        "The fire, Reuters reported, destroyed two cranes. The AFP said so as well.",
        "By Tuesday evening nobody was allowed on the quay.",
        "He had read more books than the harbour master. Share prices fell.",
        "Source: he is lying, the harbour master said, and everyone in the port knows that he is lying to us.",
        "She told the Associated Press, which broke the story, that the crane fell on 12 March 2031 at noon.",
        "VIDEO — nobody has seen it, the office said of the fire that burned on the quay in the night.",
        "The spokesman for the port (who was not there) said that the pa and the spa (both closed) were safe.",
    ],
)
def test_sentences_stay_body(body: str) -> None:
    assert parts(Page(body)).regions == ()


@pytest.mark.parametrize(
    "lead",
    [
        "Two cranes have burned in Port Alder, the Alder Post reports.",
        "The small port of Alder has been closed after five people fell ill.",
    ],
)
def test_a_lead_with_a_full_stop_is_no_title(lead: str) -> None:
    assert parts(Page(f"{lead}\n\n{BODY}", titled=True)).title == ""


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (f"{BODY}\n\n(Reuters)", ["Reuters"]),
        (f"{BODY} (With AP, Reuters and AFP)", ["AP", "Reuters", "AFP"]),
        (f"{BODY} Source Alder TV and agencies", ["Alder TV", "agencies"]),
        (f"{BODY} Source Alder TV and agencies Related News Ferry runs aground", ["Alder TV", "agencies"]),
        (f"PORT ALDER (Meridian Wire) — {BODY}", ["Meridian Wire"]),
        (f"Banja Luka (Bosnia and Herzegovina) - {BODY}", []),
        (f"{BODY}\n\nAdditional reporting by Olaf Ree", []),
        (f"By Ida Brandt, Reuters\n\n{BODY}", ["Reuters"]),
        (f"{BODY} /ТАСС/", ["ТАСС"]),
        (f"{BODY} [WSX]", ["WSX"]),
        (f"{BODY}\n\n[h/t Alderist, Photo: Ida Brandt/Quay]", ["Alderist"]),
        (f"{BODY}\n\n(H/T: Alder Mail)", ["Alder Mail"]),
        (f"{BODY} [The Mast via Bay Gadget]", ["The Mast"]),
        (f"{BODY}\n\nH/T Alder Mail", ["Alder Mail"]),
        (f"{BODY} “We all ran,” he said. [Laughter]", []),
        (f"{BODY} [Update: it is out]", []),
    ],
)
def test_agencies_named_by_a_credit(text: str, targets: list[str]) -> None:
    found = parts(Page(text))
    assert [c.target for c in found.credits] == targets
    assert all(c.kind is CreditKind.AGENCY for c in found.credits)


@pytest.mark.parametrize(
    ("outlet", "credited"),
    [("Reuters", 0), ("reuters.com", 0), ("The Alder Post", 1), ("", 1)],
)
def test_an_agency_that_credits_itself_rests_on_nobody_else(outlet: str, credited: int) -> None:
    found = check(f"{BODY}\n\n‹credit|(Reuters)›", outlet=outlet)
    assert len(found.credits) == credited


def test_a_photo_credit_is_evidence_and_no_agency() -> None:
    found = check(f"{BODY}\n\n‹photo credit|Photo source: — @AlderQuay›\n\nThe port is small.")
    assert [(c.kind, c.target) for c in found.credits] == [(CreditKind.PHOTO, "@AlderQuay")]


def test_the_header_block_is_metadata() -> None:
    text = f"Outlet: The Alder Post\nDate: 12 March 2031 08:10 UTC\nURL: https://a.example/fire\nTitle: Cranes burn\n\n{BODY}"
    found = parts(Page(text))
    assert found.fields["outlet"] == "The Alder Post"
    assert found.fields["url"] == "https://a.example/fire"
    assert found.title == "Cranes burn"
    assert found.published.precision is Precision.MINUTE


def test_every_region_says_why_and_none_overlap() -> None:
    text = f"Fire destroys two cranes\n\nPORT ALDER (Reuters) - {BODY} (Reuters)\n\nShare this news"
    found = parts(Page(text, titled=True))
    assert len(found.regions) == 4
    assert all(r.reason for r in found.regions)
    assert all(a.span.end <= b.span.start for a, b in zip(found.regions, found.regions[1:], strict=False))


def test_rules_are_listed_once_each() -> None:
    assert len(set(RULES)) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "A b " * 50_000,
        "(" * 100_000,
        "by A " * 40_000,
        "\n".join(["Share on"] * 20_000),
        "- " * 100_000 + "AFP",
        "Reporting by " + "a" * 100_000,
        "1.2.2031 " * 30_000,
        ("AAAA " * 30 + "\n") * 500,
        ". [A " * 40_000,
        "(via A, " + "a" * 100_000,
        "[h/t A]" + " " * 100_000,
    ],
)
def test_hostile_texts_take_bounded_time(text: str) -> None:
    import time

    start = time.process_time()
    parts(Page(text, title="A " * 400, titled=True))
    assert time.process_time() - start < 5
