"""Which outlet a phrase means: "a site called Bayview", "the Herald website", "the article" in a piece that cites one paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from twosource.model import Attribution, CreditKind, Source, SourceKind
from twosource.provenance.pile import Pile, indexed
from twosource.registry import name_key

NO_OUTLET = "an outlet it does not name"
"""The name of an outlet of which an article only says that it is one; each article's is its own."""

_MEDIA = frozenset(
    [
        "article",
        "blog",
        "magazine",
        "newspaper",
        "outlet",
        "portal",
        "publication",
        "site",
        "story",
        "tabloid",
        "website",
        "weekly",
    ]
)
_PAPER = frozenset({"daily", "paper"})  # of a document these say something else: a research paper
_SAY_NOTHING = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "its",
        "called",
        "named",
        "known",
        "as",
        "of",
        "on",
        "in",
        "by",
        "from",
        "bogus",
        "fake",
        "local",
        "news",
        "online",
        "original",
        "same",
        "satire",
        "satirical",
        "web",
    ]
)


def with_outlets_meant(pile: Pile) -> Pile:
    """The same pile, with documents and unnamed sources that are an outlet's pieces, or an outlet, taken as outlets.

    Where the rest of the phrase is the name of an outlet that the pile has or cites, it is that one. Where nothing
    is left ("the article", "the site") it is the one outlet that the article cites elsewhere, else one that it does
    not name: an outlet outside the pile, nobody who could be asked.
    """
    cited = {pile.outlet_key(s.name) for s in pile.sources.values() if s.kind is SourceKind.OUTLET and s.name}
    changed: dict[str, Source] = {}
    bare: list[Source] = []
    for source in pile.sources.values():
        rest = _without_media_words(source)
        if source.kind is SourceKind.OUTLET and (by := _REPORTING_BY.match(source.name)):
            changed[source.id] = replace(source, name=source.name[by.end() :])
            continue
        if rest is None and (_is_nameless(source) or source.kind is SourceKind.DOCUMENT):
            rest = _name_in(pile, source, cited | pile.outlets)
        if rest is None:
            continue
        if not rest:
            bare.append(source)
        elif pile.outlet_key(rest) in cited | pile.outlets or _DOMAIN.fullmatch(rest):
            changed[source.id] = replace(source, kind=SourceKind.OUTLET, name=rest)
    if changed:
        pile = indexed(replace(pile, sources={**pile.sources, **changed}))
    if not bare:
        return pile
    known = {label: key for key, label in pile.in_full.items() if key}
    for source in bare:
        inside = _outlets_in(pile, source, known)
        if len(inside) == 1:
            changed[source.id] = replace(source, kind=SourceKind.OUTLET, name=pile.in_full[inside.pop()])
            continue
        if _are_reports(source):
            changed[source.id] = replace(source, kind=SourceKind.OUTLET, name=NO_OUTLET)
            continue
        names = {r.key: r.label for a in source.articles for r in pile.relayed.get(a, ())}
        one = next(iter(names.values())) if len(names) == 1 and len(source.articles) == 1 else NO_OUTLET
        changed[source.id] = replace(source, kind=SourceKind.OUTLET, name=one)
    return indexed(replace(pile, sources={**pile.sources, **changed}))


_REPORTING_BY = re.compile(
    r"(?:[Rr]eporting|[Rr]eports?|[Aa]rticle|[Ss]tory) (?:by|from|in) (?:the )?(?=[A-Z])"
)
_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9-]{3,40}\.(?:com|net|org|info|co\.uk|[a-z]{2})", re.IGNORECASE)


def _outlets_in(pile: Pile, source: Source, known: Mapping[str, str]) -> set[str]:
    """The keys of the known outlets that the phrase for a bare piece names: "a report in Bayview that was widely shared"."""
    found: set[str] = set()
    for name in source.attributions[:1]:
        by = pile.attributions.get(name)
        if by and by.source:
            phrase = by.source[0].of(pile.articles[by.article].text)[:_LONG]
            words = phrase.replace("’s", "").replace("'s", "").split()
            found |= {
                known[said]
                for start in range(len(words))
                for end in range(start + 1, min(len(words), start + 5) + 1)
                if (said := " ".join(words[start:end]).strip('.,:;“”"')) in known and said[:1].isupper()
            }
    return found


def with_outlets_told(pile: Pile) -> Pile:
    """The same pile, with whom an outlet has it from heard through that outlet: "the magazine's sources", "Bayview's insiders".

    An outlet that is only called the magazine is the one that the article cites elsewhere, else one that it does not name.
    """
    cited = {pile.outlet_key(s.name) for s in pile.sources.values() if s.kind is SourceKind.OUTLET and s.name}
    changed: dict[str, Attribution] = {}
    for attribution in pile.attributions.values():
        source = pile.sources.get(attribution.source_id or "")
        if (
            source is None
            or source.kind is not SourceKind.UNNAMED
            or attribution.via_name
            or not attribution.source
        ):
            continue
        found = _ITS_SOURCES.search(attribution.source[0].of(pile.articles[attribution.article].text)[:_LONG])
        if found is None:
            continue
        owner = found.group("outlet")
        if owner.casefold() in _MEDIA | _PAPER | _STATIONS:
            names = {r.key: r.label for r in pile.relayed.get(attribution.article, ())}
            via = next(iter(names.values())) if len(names) == 1 else NO_OUTLET
        elif pile.outlet_key(owner) in cited | pile.outlets:
            via = owner
        else:
            continue
        changed[attribution.id] = replace(attribution, via_name=via)
    return indexed(replace(pile, attributions={**pile.attributions, **changed})) if changed else pile


_ITS_SOURCES = re.compile(
    r"(?:\b[Tt]he |^)(?P<outlet>[A-Za-z][\w.&-]*(?: [A-Z][\w.&-]*){0,4})['’]s? (?:[a-z]+ ){0,2}"
    r"(?:sources?|insiders?|informants?|tipsters?|forums?|readers?|users?|commenters?)\b"
)
_LONG = 120  # characters of a phrase in which its outlet is looked for
_STATIONS = frozenset({"broadcaster", "channel", "network", "station"})


def with_outlets_everywhere(pile: Pile) -> Pile:
    """The same pile, with a name that is mostly an outlet's taken as the outlet's wherever it stands.

    "Interlane" that two articles cite as an agency, and a third quotes as if it were a person or a body, is the agency; so is one that a credit line names,
    and so is a name of no known body that *reports*: "Bayview reports that ...". However it is spelt: "BayView", "Bay View".
    """
    cited: dict[str, set[str]] = {}
    credited = {
        pile.outlet_key(credit.target)
        for article in pile.articles.values()
        for credit in article.credits
        if credit.kind in (CreditKind.AGENCY, CreditKind.FEED)
    }
    for source in pile.sources.values():
        if source.kind is SourceKind.OUTLET and source.name:
            cited.setdefault(pile.outlet_key(source.name), set()).update(source.articles)
    for attribution in pile.attributions.values():
        if attribution.via_name:
            cited.setdefault(pile.outlet_key(attribution.via_name), set()).add(attribution.article)
    reporting = {pile.outlet_key(pile.sources[s].name) for s in _that_report(pile)}
    changed = {
        source.id: replace(source, kind=SourceKind.OUTLET)
        for source in pile.sources.values()
        if source.kind in (SourceKind.PERSON, SourceKind.ORGANISATION)
        and (
            pile.outlet_key(source.name) in credited
            or (source.kind is SourceKind.ORGANISATION and pile.outlet_key(source.name) in reporting)
            or len(cited.get(pile.outlet_key(source.name), ())) >= max(_CITED, len(source.articles))
        )
        and pile.registry.canonical(source.name) is None
    }
    return indexed(replace(pile, sources={**pile.sources, **changed})) if changed else pile


_REPORT = re.compile(r"\b(?:report(?:s|ed|ing)?|writes?|wrote)\b", re.IGNORECASE)
_BODIES = frozenset(
    [
        "agency",
        "army",
        "association",
        "authorities",
        "authority",
        "bank",
        "brigade",
        "bureau",
        "cabinet",
        "center",
        "centers",
        "centre",
        "centres",
        "coalition",
        "command",
        "commission",
        "committee",
        "committees",
        "company",
        "congress",
        "council",
        "court",
        "defence",
        "defense",
        "department",
        "directorate",
        "embassy",
        "federation",
        "force",
        "forces",
        "foundation",
        "front",
        "fund",
        "government",
        "group",
        "hospital",
        "institute",
        "international",
        "ministry",
        "mission",
        "movement",
        "network",
        "observatory",
        "office",
        "organisation",
        "organization",
        "parliament",
        "party",
        "police",
        "rights",
        "senate",
        "service",
        "society",
        "union",
        "university",
        "watchdog",
    ]
)


def _that_report(pile: Pile) -> set[str]:
    """The bodies, by id, that are said to *report* or *write*, and whose name does not say that they are anything but an outlet."""
    found: set[str] = set()
    for attribution in pile.attributions.values():
        source = pile.sources.get(attribution.source_id or "")
        if source is None or source.kind is not SourceKind.ORGANISATION or source.id in found:
            continue
        text = pile.articles[attribution.article].text
        if (
            not is_body(source.name)
            and not source.state
            and any(_REPORT.search(c.of(text)) for c in attribution.cue)
        ):
            found.add(source.id)
    return found


def is_body(name: str) -> bool:
    """Whether a name says that it is a body of people other than an outlet: a police, a ministry, a council."""
    return not _BODIES.isdisjoint(w.strip(".,’'").casefold() for w in name.split())


_CITED = 2
"""Articles that must cite a name as an outlet's before it is one in others."""


def _is_nameless(source: Source) -> bool:
    return source.kind is SourceKind.UNNAMED and source.count == 1


def _name_in(pile: Pile, source: Source, known: set[str] | frozenset[str]) -> str | None:
    """The known outlet that a phrase without a name is after all: "the Mirror", "Bay radio", "comments reported by the French site Bayview"."""
    words = [w.strip(".,:;“”\"'") for w in (source.name or source.description).split()]
    bare = [w for w in words if w.casefold() not in _ARTICLES_AND_STATIONS]
    if bare and any(c.isupper() for c in "".join(bare)) and pile.outlet_key(" ".join(bare)) in known:
        return " ".join(bare)
    for before, word in pairwise(words):
        if before.casefold() in _MEDIA and any(c.isupper() for c in word) and pile.outlet_key(word) in known:
            return word
    return None


_ARTICLES_AND_STATIONS = frozenset({"the", "radio", "television", "tv", "station", "channel", "network"})


def _without_media_words(source: Source) -> str | None:
    """What is left of the phrase without the words that only say what it is; None where no word says that it is an outlet."""
    if _are_reports(source):
        return ""
    if source.kind not in (SourceKind.DOCUMENT, SourceKind.UNNAMED) or source.count > 1:
        return None
    words = (source.name or source.description).replace("’s", "").replace("'s", "").split()
    media = _MEDIA if source.kind is SourceKind.DOCUMENT else _MEDIA | _PAPER
    keys = [w.strip(".,:;“”\"'").casefold() for w in words]
    if "report" in keys and all(k == "report" or k in _SOME | _SAY_NOTHING for k in keys):
        return ""  # somebody's report: of one that has a name, the phrase would give it
    if len(words) > 6 or not any(k in media for k in keys):
        return None
    return " ".join(w for w, k in zip(words, keys, strict=True) if k not in media and k not in _SAY_NOTHING)


def _are_reports(source: Source) -> bool:
    """Whether a source is what "reports" say, or the press: outlets that nobody names."""
    words = [w.strip(".,:;“”\"'").casefold() for w in (source.name or source.description).split()]
    named = source.kind in (SourceKind.DOCUMENT, SourceKind.UNNAMED, SourceKind.ORGANISATION)
    return (
        named
        and bool(words)
        and words[-1] in _REPORTS
        and all(w in _REPORTS | _SOME | _SAY_NOTHING for w in words)
    )


_REPORTS = frozenset({"reports", "media", "press", "papers", "newspapers", "outlets"})
_SOME = frozenset(
    {"various", "several", "some", "new", "other", "unconfirmed", "recent", "latest", "many", "earlier"}
)

NO_NAME = frozenset(
    map(
        name_key,
        ("agencies", "agency", "news agencies", "news agency", "wires", "wire services", NO_OUTLET),
    )
)
"""Keys of outlets that nobody can tell from others of the same description."""


NAMELESS = f"outlet:{name_key(NO_OUTLET)}:"
"""How the id of a node for an outlet begins that an article does not name."""


def is_named_outlet(node: str) -> bool:
    """Whether a node of a claim's graph, by its id, is an outlet outside the pile that articles cite by name."""
    kind, _, key = node.partition(":")
    return kind == "outlet" and key.partition(":")[0] not in NO_NAME
