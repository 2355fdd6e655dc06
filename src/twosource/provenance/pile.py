"""Everything that the edges of any claim are read from, by id: built once for a pile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlsplit

from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Claim,
    CreditKind,
    MatchKind,
    PassageMatch,
    Published,
    Source,
    SourceKind,
    Statement,
)
from twosource.provenance.names import share_a_word, translated
from twosource.registry import Entry, Registry, name_key


class Relayed(NamedTuple):
    """A statement that its article credits to an outlet: the outlet's key and its name as written."""

    statement: Statement
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Plain look-ups over one pile.

    `matches` are by pairs of articles in ascending order; `outlet_of` maps an article to the key of its
    outlet, "" when unknown; `outlets` are the keys of all outlets that have an article in the pile, `articles_of` those articles;
    `skeletons` finds an outlet's key by the consonants of its name, for names in other letters;
    `one_source` maps a source to the first of those that have the same name but for spelling and alphabet;
    `source_of` finds a source by the key of its name. `relayed` maps an article to what it credits to outlets.
    `named` maps it to what it gives to other named sources, `nameless` to the sources without a name that it has.
    `quoted_in` maps a named source to the articles that have anything from it, `credited` the names of the outlets that any article
    credits to their keys.
    `in_full` maps the key of an outlet to the longest of its names. `fuller` maps the key of an outlet's short name to that of the one outlet of the pile whose name ends in it.
    """

    articles: dict[str, Article]
    attributions: dict[str, Attribution]
    sources: dict[str, Source]
    statements: dict[str, Statement]
    matches: dict[tuple[str, str], tuple[PassageMatch, ...]]
    outlet_of: dict[str, str]
    by_url: dict[str, str]
    outlets: frozenset[str]
    articles_of: dict[str, tuple[str, ...]]
    skeletons: dict[str, str]
    one_source: dict[str, str]
    source_of: dict[str, Source]
    registry: Registry
    relayed: dict[str, tuple[Relayed, ...]]
    named: dict[str, tuple[tuple[Statement, Source], ...]]
    nameless: dict[str, tuple[Source, ...]]
    quoted_in: dict[str, frozenset[str]]
    credited: dict[str, str]
    fuller: dict[str, str]
    in_full: dict[str, str]

    @classmethod
    def of(
        cls,
        statements: Iterable[Statement],
        attributions: Iterable[Attribution],
        sources: Iterable[Source],
        articles: Sequence[Article],
        matches: Iterable[PassageMatch],
        registry: Registry,
    ) -> Pile:
        """Index the values. The order of the inputs does not matter."""
        pairs: dict[tuple[str, str], list[PassageMatch]] = {}
        for match in matches:
            a, b = sorted((match.a.article, match.b.article))
            if a != b:
                pairs.setdefault((a, b), []).append(match)
        known = sorted(sources, key=lambda s: s.id)
        urls: dict[str, str] = {}
        for article in sorted(articles, key=lambda a: a.id, reverse=True):
            for url in (article.canonical_url, article.url):
                if url:
                    urls[_address(url)] = article.id
        outlet_of = {a.id: _outlet(a, registry) for a in articles}
        pile = cls(
            articles={a.id: a for a in articles},
            attributions={a.id: a for a in attributions},
            sources={s.id: s for s in known},
            statements={s.id: s for s in statements},
            matches={pair: tuple(sorted(found, key=lambda m: m.id)) for pair, found in pairs.items()},
            outlet_of=outlet_of,
            by_url=urls,
            outlets=frozenset(key for key in outlet_of.values() if key),
            articles_of=_by_value(outlet_of),
            skeletons=_unique((_skeleton(key), key) for key in _latin_outlets(outlet_of, known, articles)),
            one_source=_one_source(known),
            source_of=_source_of(known, registry),
            registry=registry,
            relayed={},
            named={},
            nameless={},
            quoted_in={},
            credited={},
            fuller={},
            in_full={},
        )
        return indexed(pile)

    def entry_of(self, article: str) -> Entry | None:
        """The registry's row for the article's outlet, or None."""
        found = self.articles[article]
        return self.registry.find(found.outlet, found.url or found.canonical_url)

    def outlet_key(self, name: str) -> str:
        """The key under which an outlet of this name is compared, "" when the name says nothing."""
        if "/" in name or name.count(".") > 1:
            entry = self.registry.find(name, name)
        else:
            entry = self.registry.canonical(name) or (self.registry.by_domain(name) if "." in name else None)
        key = name_key(entry.name if entry else name)
        if key not in self.outlets and not name.isascii():
            return self.skeletons.get(_skeleton(key), key)  # Оствайр, Ostwire
        return self.fuller.get(key, key)

    def matched(self, articles: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs among these articles that share wording, in ascending order."""
        names = sorted(articles)
        if len(names) ** 2 < 4 * len(self.matches):
            return [pair for pair in combinations(names, 2) if pair in self.matches]
        inside = set(names)
        return sorted(pair for pair in self.matches if inside.issuperset(pair))

    def linked(self, url: str) -> str | None:
        """The id of the article at this address, or None."""
        return self.by_url.get(_address(url))

    def is_outlet(self, name: str, kind: SourceKind) -> bool:
        """Whether a source of this name is an outlet: by its kind, the pile's own outlets, or the registry."""
        if kind in (SourceKind.DOCUMENT, SourceKind.FIRST_HAND):
            return False
        if kind is SourceKind.OUTLET or (name and self.outlet_key(name) in self.outlets):
            return True
        entry = self.registry.canonical(name) if kind is SourceKind.ORGANISATION else None
        return entry is not None and entry.kind is SourceKind.OUTLET

    def label(self, article: str) -> str:
        """What a reader calls the article: its outlet, else its title, else its id."""
        found = self.articles[article]
        return found.outlet or found.title or found.id


def indexed(pile: Pile) -> Pile:
    """The same pile, with what is looked up by its sources made anew."""
    known = [pile.sources[s] for s in sorted(pile.sources)]
    pile = replace(pile, fuller=_fuller(pile), one_source=_one_source(known))
    pile = replace(pile, in_full=_in_full(pile))
    return replace(pile, relayed=_relayed(pile), named=_named(pile))


def with_who_is_quoted(pile: Pile) -> Pile:
    """The same pile, with who is quoted where looked up by what was found to be one source: the last step."""
    nameless: dict[str, dict[str, Source]] = {}
    for source in pile.sources.values():
        leader = pile.sources[pile.one_source[source.id]]
        if leader.kind is SourceKind.UNNAMED:
            for article in source.articles:
                nameless.setdefault(article, {})[leader.id] = leader
    quoted: dict[str, set[str]] = {}
    for article, said in pile.named.items():
        for _, source in said:
            quoted.setdefault(pile.one_source[source.id], set()).add(article)
    places = {e.text.casefold() for s in pile.statements.values() for e in s.entities if e.kind == "place"}
    credited = {
        r.label: r.key
        for found in pile.relayed.values()
        for r in found
        if r.key and (r.label.casefold() not in places or r.key in pile.outlets)
    }
    return replace(
        pile,
        credited=credited | {pile.in_full[key]: key for key in credited.values() if key in pile.in_full},
        nameless={article: tuple(found[s] for s in sorted(found)) for article, found in nameless.items()},
        quoted_in={source: frozenset(articles) for source, articles in quoted.items()},
    )


def with_own_voice(pile: Pile) -> Pile:
    """The same pile, with what nobody in particular is said to say in the article's own voice.

    What "we" are said to hear or to know is no source of its own, and neither is a passive without anybody behind it: "it
    has been reported that ...", "the bird is thought to ...". Where the article has it from is to be read from the rest of it.
    So it is with what people in general say or like, and with what one of those in the story told another ("the men told her that ..."):
    the article has that from whoever tells the story.
    """
    changed: dict[str, Statement] = {}
    for said in pile.statements.values():
        statement, by = said, pile.attributions.get(said.attribution or "")
        if by is not None and (teller := _teller(pile, by)) is not by:
            by = teller
            statement = replace(said, attribution=by.id if by else None)
            changed[statement.id] = statement
        if by is None or by.kind is not AttributionKind.INDIRECT or by.parent is not None:
            continue
        source = pile.sources.get(by.source_id or "")
        nobody = source is None and not by.source and not by.via_name
        ours = (
            source is not None
            and source.kind is SourceKind.UNNAMED
            and (source.name or source.description).casefold() in _WE
        )
        if nobody or ours:
            changed[statement.id] = replace(statement, attribution=None)
    return replace(pile, statements={**pile.statements, **changed}) if changed else pile


_WE = frozenset({"we", "us", "our"})
_ANYBODY = frozenset(
    {"people", "many people", "most people", "some people", "you", "one", "everyone", "everybody", "anyone", "anybody"}
    | {"nobody", "no one", "men", "women", "consumers", "fans", "many", "most"}
)  # fmt: skip
"""People in general: nobody who could be asked, and nobody who tells."""
_TO_HER = re.compile(
    r"\s*(?:him|her|them)\b(?! (?:and|mother|father|friends?|lawyers?|story|fans)\b)", re.IGNORECASE
)
"""Behind a cue: one of those in the story is told."""
_TELLING = re.compile(r"\b(?:told|tells?|telling|asked|asks|asking|ordered|warned|informed)$", re.IGNORECASE)


def _teller(pile: Pile, by: Attribution) -> Attribution | None:
    """The attribution itself, or the one it stands in where its source tells the story's readers nothing."""
    seen = {by.id}
    found: Attribution | None = by
    while found is not None and (_is_anybody(pile, found) or _is_told_inside(pile, found)):
        found = pile.attributions.get(found.parent or "")
        if found is not None and found.id in seen:
            return None
        seen.update({found.id} if found else ())
    return found


def _is_anybody(pile: Pile, by: Attribution) -> bool:
    source = pile.sources.get(by.source_id or "")
    named = source is None or source.kind is not SourceKind.UNNAMED or by.via_name
    return not named and (source.name or source.description).casefold() in _ANYBODY if source else False


def _is_told_inside(pile: Pile, by: Attribution) -> bool:
    """Whether the source speaks to somebody of the story: "telling her it was rice"."""
    source = pile.sources.get(by.source_id or "")
    if by.via_name or not by.cue or (source is not None and source.kind is SourceKind.OUTLET):
        return False
    text, end = pile.articles[by.article].text, by.cue[-1].end
    said = by.cue[-1].of(text)
    if _TO_HER.match(text, end, end + 12):
        return _TELLING.search(said) is not None
    return (
        said.casefold().endswith((" him", " her", " them"))
        and _TELLING.search(said.rpartition(" ")[0]) is not None
    )


def _fuller(pile: Pile) -> dict[str, str]:
    """Key of a short name → key of the outlet meant, where it is one: "the Herald" of Bay Herald, "Bay" of Bay.net, KBAY of KBAY-TV."""
    names = _outlet_names(pile)
    ends: dict[str, set[str]] = {}
    for name in names:
        words = [w for w in name.split() if w.casefold() != "the"]
        for start in range(1, len(words)):
            if {w.casefold() for w in words[start:]} <= _ANY_OUTLET:
                break
            ends.setdefault(name_key(" ".join(words[start:])), set()).add(pile.outlet_key(name))
        stem, dot, suffix = name.partition(".")
        if dot and stem.isalnum() and suffix.replace(".", "").isalpha():  # Bayview, Bayview.co.uk
            ends.setdefault(name_key(stem), set()).add(pile.outlet_key(name))
        stem, dash, suffix = name.partition("-")
        if dash and stem.isalnum() and suffix.casefold() in _AIRWAVES:  # KBAY, KBAY-TV
            ends.setdefault(name_key(stem), set()).add(pile.outlet_key(name))
    return {
        end: min(keys)
        for end, keys in ends.items()
        if len(keys) == 1 and end.isalpha() and end not in pile.outlets and end not in _ANY_OUTLET
    }


_AIRWAVES = frozenset({"am", "dt", "fm", "tv"})


def _in_full(pile: Pile) -> dict[str, str]:
    """Key of an outlet → the longest of the names by which the pile cites it: "the Herald" is the Bay Herald."""
    out: dict[str, str] = {}
    for name in sorted(_outlet_names(pile)):
        key = pile.outlet_key(name)
        if key and len(name) > len(out.get(key, "")):
            out[key] = name
    return out


def _outlet_names(pile: Pile) -> set[str]:
    """Every name that an outlet goes by in the pile."""
    names = {a.outlet for a in pile.articles.values()}
    names.update(s.name for s in pile.sources.values() if s.kind is SourceKind.OUTLET)
    names.update(a.via_name for a in pile.attributions.values() if a.via_name)
    return names


_ANY_OUTLET = frozenset(
    {
        "agency",
        "channel",
        "magazine",
        "network",
        "news",
        "newspaper",
        "online",
        "paper",
        "portal",
        "press",
        "radio",
        "service",
        "site",
        "station",
        "television",
        "tv",
        "website",
    }
)
"""Last words that say what an outlet is and not which one."""


def _relayed(pile: Pile) -> dict[str, tuple[Relayed, ...]]:
    """Article → its statements that are credited to an outlet, in order of their ids."""
    out: dict[str, list[Relayed]] = {}
    for _, statement in sorted(pile.statements.items()):
        name, seen = statement.attribution, set[str]()
        while name is not None and name not in seen and name in pile.attributions:
            seen.add(name)
            attribution = pile.attributions[name]
            source = pile.sources.get(attribution.source_id or "")
            said = source.name if source else attribution.canonical or ""
            for written, kind in (
                (said, source.kind if source else attribution.source_kind),
                (attribution.via_name or "", SourceKind.OUTLET),
            ):
                if written and pile.is_outlet(written, kind):
                    found = Relayed(statement, pile.outlet_key(written), written)
                    out.setdefault(statement.article, []).append(found)
            name = attribution.parent
    return {article: tuple(found) for article, found in out.items()}


_NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.DOCUMENT})


def _named(pile: Pile) -> dict[str, tuple[tuple[Statement, Source], ...]]:
    """Article → its statements whose innermost source is named and no outlet, each with that source."""
    out: dict[str, list[tuple[Statement, Source]]] = {}
    for _, statement in sorted(pile.statements.items()):
        attribution = pile.attributions.get(statement.attribution or "")
        source = (
            pile.sources.get(pile.one_source.get(attribution.source_id or "", "")) if attribution else None
        )
        if source and source.kind in _NAMED and not pile.is_outlet(source.name, source.kind):
            out.setdefault(statement.article, []).append((statement, source))
    return {article: tuple(found) for article, found in out.items()}


_PERSONAL = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.DOCUMENT})


def _one_source(sources: Sequence[Source]) -> dict[str, str]:
    """Source id → id of the first source of the same kind whose full name is the same in any alphabet."""
    first: dict[tuple[SourceKind, str], str] = {}
    out: dict[str, str] = {}
    for source in sources:
        full = " " in source.name or source.kind is not SourceKind.PERSON
        if source.kind in _PERSONAL and full and name_key(source.name):
            known = first.setdefault((source.kind, name_key(source.name)), source.id)
            out[source.id] = source.id if known in source.distinct else known
        else:
            out[source.id] = source.id
    return out


def with_shared_quotations(pile: Pile, claims: Iterable[Claim]) -> Pile:
    """The same pile, with an unnamed speaker joined to whoever else speaks the very same words in quotation marks.

    Nobody says by chance what another says in the same `QUOTED_WORDS` words or more: the witness whom one article names
    and another does not is one witness. So are two whose names have a word in common ("Tan", "Tan Shen"); two
    others stay two, and then nothing is joined. Words that one article gives to two speakers show nothing.
    """
    joined = dict(pile.one_source)
    said_in: dict[str, list[Attribution]] = {}
    for attribution in pile.attributions.values():
        said_in.setdefault(attribution.article, []).append(attribution)
    for claim in claims:
        said: dict[str, set[str]] = {}
        for member in claim.members:
            statement = pile.statements.get(member.statement)
            by = pile.attributions.get(statement.attribution or "") if statement else None
            if statement is None or by is None or by.source_id not in joined:
                continue
            quoted = quotation(pile, statement)
            if quoted and not _contested(statement, by, said_in[by.article]):
                said.setdefault(quoted, set()).add(joined[by.source_id])
        for speakers in said.values():
            named = {s for s in speakers if pile.sources[s].kind is not SourceKind.UNNAMED}
            if any(set(pile.sources[s].distinct) & speakers for s in speakers):
                continue
            names = [pile.sources[s].name for s in sorted(named)]
            if len(speakers) > 1 and all(share_a_word(a, b) for a, b in combinations(names, 2)):
                kept = max(sorted(named or speakers), key=lambda s: _how_known(pile.sources[s]))
                joined = {name: kept if first in speakers else first for name, first in joined.items()}
    return replace(pile, one_source=joined)


def _contested(statement: Statement, by: Attribution, beside: Iterable[Attribution]) -> bool:
    """Whether the article gives a statement's words, or part of them, to another speaker as well."""
    return any(
        other.source_id != by.source_id
        and any(span.overlaps(mine) for span in other.content for mine in statement.spans)
        and other.id != by.parent
        and other.parent != by.id
        for other in beside
    )


def _how_known(source: Source) -> tuple[int, int]:
    """By whose name one source of several names goes: the one that most articles use, the fuller of those."""
    return len(source.articles), len(source.name)


def quotation(pile: Pile, statement: Statement) -> str:
    """What is said in quotation marks, as bare words; "" where it is no quotation, or shorter than `QUOTED_WORDS`."""
    by = pile.attributions.get(statement.attribution or "")
    if by is None or by.kind is AttributionKind.INDIRECT:
        return ""
    words = "".join(c if c.isalnum() else " " for c in statement.text.casefold()).split()
    return " ".join(words) if len(words) >= QUOTED_WORDS else ""


QUOTED_WORDS = 5
"""Least words of a quotation that show the speaker to be the same."""


def with_translated_names(pile: Pile, claims: Iterable[Claim]) -> Pile:
    """The same pile, with institutions joined whose two names stand for each other in a text and its translation.

    Transliteration does not find them (Минобороны, Ministry of Defence). Where the two articles give one claim to one
    institution each, in different scripts, the names are one source; of several readings the most frequent wins.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        speakers: dict[str, set[str]] = {}
        for member in claim.members:
            statement = pile.statements.get(member.statement)
            said = pile.attributions.get(statement.attribution or "") if statement else None
            source = pile.sources.get(pile.one_source.get(said.source_id or "", "")) if said else None
            if statement and source and source.kind is SourceKind.ORGANISATION:
                speakers.setdefault(statement.article, set()).add(source.id)
        for a, b in pile.matched(speakers):
            opposite = any(m.kind is MatchKind.TRANSLATION for m in pile.matches[a, b])
            if opposite and len(speakers[a]) == len(speakers[b]) == 1:
                (one,), (other,) = speakers[a], speakers[b]
                if translated(pile.sources[one].name, pile.sources[other].name):
                    seen[min(one, other), max(one, other)] += 1
    joined = dict(pile.one_source)
    taken: set[str] = set()
    for (one, other), _ in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        if not taken & {one, other}:
            taken |= {one, other}
            kept = one if pile.sources[one].name.isascii() else other
            joined = {name: kept if first in (one, other) else first for name, first in joined.items()}
    return replace(pile, one_source=joined)


def _by_value(of: dict[str, str]) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for name in sorted(of):
        out.setdefault(of[name], []).append(name)
    return {key: tuple(names) for key, names in out.items()}


def _source_of(known: Sequence[Source], registry: Registry) -> dict[str, Source]:
    """Key of a name, and of the registry's name for it, → the first source that goes by it."""
    named = [s for s in reversed(known) if s.kind is not SourceKind.UNNAMED]
    entries = ((registry.canonical(s.name), s) for s in named)
    return {name_key(e.name): s for e, s in entries if e} | {name_key(s.name): s for s in named}


def _latin_outlets(
    outlet_of: dict[str, str], sources: Iterable[Source], articles: Iterable[Article]
) -> set[str]:
    """Keys of the outlets of the pile, and of those that it only cites or credits, under names in Latin letters."""
    cited = [s.name for s in sources if s.kind is SourceKind.OUTLET]
    credited = [
        c.target for a in articles for c in a.credits if c.kind in (CreditKind.AGENCY, CreditKind.FEED)
    ]
    names = (name_key(name) for name in (*cited, *credited) if name.isascii())
    return {key for key in (*outlet_of.values(), *names) if key}


def _skeleton(key: str) -> str:
    """The consonants of a name's key as they sound, and its digits; "" when there are too few to tell names apart."""
    for written, spoken in (
        ("ck", "k"),
        ("ph", "f"),
        ("w", "v"),
        ("c", "k"),
        ("q", "k"),
        ("x", "ks"),
        ("z", "s"),
    ):
        key = key.replace(written, spoken)
    letters = "".join(c for c in key if c.isalnum() and c not in "aeiouy")
    return letters if len(letters) >= 4 else ""


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose first half leads to one second half only."""
    found: dict[str, set[str]] = {}
    for skeleton, key in pairs:
        if skeleton:
            found.setdefault(skeleton, set()).add(key)
    return {skeleton: min(keys) for skeleton, keys in found.items() if len(keys) == 1}


def days_apart(one: Published, other: Published) -> float | None:
    """Days between the earliest moments of two publications, or None when one is not known."""
    if one.start is None or other.start is None:
        return None
    return abs((one.start - other.start).total_seconds()) / 86400


def _outlet(article: Article, registry: Registry) -> str:
    entry = registry.find(article.outlet, article.url or article.canonical_url)
    if entry:
        return name_key(entry.name)
    if article.outlet:
        return name_key(article.outlet)
    host = urlsplit(article.url or article.canonical_url).hostname or ""
    return name_key(host.removeprefix("www.").rpartition(".")[0])


def _address(url: str) -> str:
    """The part of a URL that tells pages apart: host and path without www, scheme, query tracking and slash."""
    parts = urlsplit(url.strip())
    query = "&".join(p for p in parts.query.split("&") if p and not p.startswith(("utm_", "fbclid", "gclid")))
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
