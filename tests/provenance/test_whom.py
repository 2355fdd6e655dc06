"""Whom an article means: the man of its first lines, a pronoun, a first name, a body that is a person or an outlet."""

from __future__ import annotations

import pytest

from twosource.model import Article, Attribution, AttributionKind, Source, SourceKind, Span
from twosource.provenance.media import with_outlets_everywhere
from twosource.provenance.pile import Pile
from twosource.provenance.spelling import with_one_spelling
from twosource.registry import Registry

KINDS = {"P": SourceKind.PERSON, "O": SourceKind.ORGANISATION, "U": SourceKind.UNNAMED}


def whom(*texts: str) -> dict[str, str]:
    """What each source is taken for. ``[P Ann Ray]{says}`` is a person who says, ``U`` one without a name, ``O`` a body."""
    articles: list[Article] = []
    attributions: list[Attribution] = []
    sources: dict[str, Source] = {}
    for n, marked in enumerate(texts):
        text, spans = _unmarked(marked)
        articles.append(Article(id=f"a{n}", path="", text=text, sha256="", outlet="", language="en"))
        for k, (kind, who, cue) in enumerate(spans):
            name = who.of(text)
            key = f"{kind}:a{n}:{who.start}" if kind == "U" else f"{kind}:{name}"
            old = sources.get(key)
            sources[key] = Source(
                id=key, name="" if kind == "U" else name, kind=KINDS[kind], description=name if kind == "U" else "",
                attributions=(*(old.attributions if old else ()), f"a{n}.{k}"),
                articles=tuple(dict.fromkeys((*(old.articles if old else ()), f"a{n}"))),
            )  # fmt: skip
            attributions.append(
                Attribution(
                    f"a{n}.{k}", f"a{n}", (who,), (cue,), (), AttributionKind.INDIRECT, "test",
                    canonical=None if kind == "U" else name, source_kind=KINDS[kind], source_id=key,
                )
            )  # fmt: skip
    pile = with_one_spelling(
        with_outlets_everywhere(Pile.of((), attributions, sources.values(), articles, (), Registry()))
    )
    meant = {s.id: pile.sources[pile.one_source[s.id]] for s in sources.values()}
    return {
        f"{s.name or s.description}": f"{meant[s.id].kind.value}: {meant[s.id].name or meant[s.id].description}"
        for s in sources.values()
    }


def _unmarked(marked: str) -> tuple[str, list[tuple[str, Span, Span]]]:
    text, spans = "", []
    while "[" in marked:
        before, _, rest = marked.partition("[")
        who, _, rest = rest.partition("]{")
        cue, _, marked = rest.partition("}")
        kind, _, name = who.partition(" ")
        text += before
        start = len(text)
        text += f"{name} {cue}"
        spans.append((kind, Span(start, start + len(name)), Span(start + len(name) + 1, len(text))))
    return text + marked, spans


def test_whom_the_first_lines_bring_in_is_whom_the_article_goes_on_to_quote() -> None:
    found = whom(
        "[U A fisherman]{claims} to have caught it. [P Dino Vell]{said} so. It fought, [P Dino Vell]{says}."
    )
    assert found["A fisherman"] == "person: Dino Vell"


@pytest.mark.parametrize(
    "text",
    [
        "[U A source close to him]{said} so. [P Dino Vell]{said} no.",  # stays without a name
        "[U An official]{said} so. [P Dino Vell]{said} no.",
        "[U The fisherman]{said} so. [P Dino Vell]{said} no.",  # somebody who was there before
        "[U A fisherman]{said} so. [P Dino Vell]{said} no. [P Tarn Oke]{said} yes.",  # one of two
        "[P Dino Vell]{said} no. [U A fisherman]{said} so.",  # the other way round
        "[U A video]{shows} it. [P Dino Vell]{said} so.",
    ],
)
def test_others_stay_without_a_name(text: str) -> None:
    assert next(v for k, v in whom(text).items() if "Dino" not in k and "Tarn" not in k).startswith("unnamed")


def test_she_is_the_only_person_whom_the_article_quotes() -> None:
    assert whom("[P Ines Hallgrim]{said} so. [U She]{said} more.")["She"] == "person: Ines Hallgrim"


@pytest.mark.parametrize(
    "text",
    [
        "[P Ines Hallgrim]{said} so. [U A source]{said} no. [U She]{said} more.",
        "[P Ines Hallgrim]{said} so. [P Vera Oke]{said} no. [U She]{said} more.",
        "[P Ines Hallgrim]{said} so. [U They]{said} more.",
    ],
)
def test_a_pronoun_stays_open_where_it_may_be_another(text: str) -> None:
    found = whom(text)
    assert found.get("She", found.get("They", "")).startswith("unnamed")


def test_a_name_read_as_a_bodys_here_and_a_persons_there_is_one() -> None:
    found = whom("[P Ines Hallgrim]{said} so. [P Ines Hallgrim]{said} more.", "[O Ines Hallgrim]{said} so.")
    assert set(found.values()) == {"person: Ines Hallgrim"}


def test_a_first_name_is_the_one_person_of_that_name() -> None:
    assert whom("[P Ines Hallgrim]{said} so.", "[P Ines]{said} so.")["Ines"] == "person: Ines Hallgrim"
    two = whom("[P Ines Hallgrim]{said} so.", "[P Ines]{said} so.", "[P Ines Oke]{said} so.")
    assert two["Ines"] == "person: Ines"


def test_a_first_name_shows_that_a_body_is_a_person() -> None:
    found = whom("[O Conal Oke]{said} so.", "[P Conal]{said} so.")
    assert set(found.values()) == {"person: Conal Oke"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[O Bayview]{reports} that it burnt.", "outlet"),
        ("[O Bayview]{has reported} that it burnt.", "outlet"),
        ("[O Bayview]{reportedly said} that it burnt.", "organisation"),
        ("[O Bayview]{said} that it burnt.", "organisation"),
        ("[O Bayview Police]{reported} that it burnt.", "organisation"),
        ("[O Bayview Observatory]{reported} that it burnt.", "organisation"),
    ],
)
def test_what_reports_and_is_no_known_body_is_an_outlet(text: str, kind: str) -> None:
    assert next(iter(whom(text).values())).startswith(kind)


def test_a_name_that_is_cut_or_has_a_word_too_many_is_the_whole_ones() -> None:
    found = whom(
        "[P Nadir al-Oke]{said} so.",
        "[P Nadir al]{said} so.",
        "[P Lovesick Ines Hallgrim]{said} so. [P Ines Hallgrim]{said} no.",
    )
    assert found["Nadir al"] == "person: Nadir al-Oke"
    assert found["Lovesick Ines Hallgrim"] == "person: Ines Hallgrim"


@pytest.mark.parametrize("role", ["The senator, 71", "The Bay man", "Her husband", "The 34-year-old"])
def test_a_role_is_the_one_person_whom_the_article_has_named(role: str) -> None:
    found = whom("[P Ines Hallgrim]{said} so.", f"Ines Hallgrim is going. [U {role}]{{said}} more.")
    assert found[role] == "person: Ines Hallgrim"


@pytest.mark.parametrize(
    "text",
    [
        "[U The senator]{said} so. Ines Hallgrim was there.",  # before the name
        "Ines Hallgrim met Vera Oke. [U The senator]{said} so.",  # one of two
        "Ines Hallgrim is going. [U The source]{said} so.",
        "Ines Hallgrim is going. [U The harbour company]{said} so.",
        "Ines Hallgrim is going. [U The spokesman for the owner]{said} so.",
    ],
)
def test_a_role_stays_open_where_it_may_be_another(text: str) -> None:
    found = whom("[P Ines Hallgrim]{said} so. [P Vera Oke]{said} no.", text)
    assert next(v for k, v in found.items() if k.startswith("The")).startswith("unnamed")


def test_a_surname_read_as_a_bodys_is_the_one_person_of_that_surname() -> None:
    assert (
        whom("[P Ines Hallgrim]{said} so.", "[O Hallgrim]{said} so.")["Hallgrim"] == "person: Ines Hallgrim"
    )
    two = whom("[P Ines Hallgrim]{said} so. [P Vera Hallgrim]{said} no.", "[O Hallgrim]{said} so.")
    assert two["Hallgrim"] == "organisation: Hallgrim"
