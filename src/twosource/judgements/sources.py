"""Judgements on who is who → sources joined and parted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..claims import Constraints, Ruling
from ..model import (
    Article,
    Attribution,
    Decision,
    Judged,
    Judgement,
    JudgementKind,
    Source,
    SourceKind,
    Span,
    Subject,
)
from ..registry import name_key
from .file import key, ordered
from .find import Cut, Finder, Places, words_of
from .statements import overruled
from .wording import decided, matched, named, unmatched


@dataclass(frozen=True, slots=True)
class Known:
    """Attributions and sources as people decided; a source names those that it is not."""

    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    judged: tuple[Judged, ...] = ()


def judged_sources(
    judgements: Iterable[Judgement],
    articles: Sequence[Article],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
) -> Known:
    """Join the sources that people say are one, part those that they say are not.

    A subject is a name (every source that goes by it) or the words of one attribution (an unnamed speaker). Of
    one source that goes by two names, those attributions are parted off that give it the later one.
    """
    known = ordered(j for j in judgements if j.kind is JudgementKind.SOURCE)
    if not known:
        return Known(tuple(attributions), tuple(sources))
    finder = _finder(articles, attributions)
    book = _Book(list(attributions), {s.id: s for s in sources})
    for judgement in known:
        if judgement.verdict is Decision.DIFFERENT:
            for later in judgement.subjects[1:]:
                _part(book, judgement.subjects[0], later, finder)
    rulings: list[Ruling] = []
    judged: list[Judged] = []
    for judgement in known:
        sides = [book.of(subject, finder) for subject in judgement.subjects]
        lost = [named(s) for s, found in zip(judgement.subjects, sides, strict=True) if not found]
        why = f"{' and '.join(lost)}: no such source in this pile" if lost else ""
        if not why and judgement.verdict is Decision.DIFFERENT and set(sides[0]) & set(sides[-1]):
            why = "no attribution gives the one name and not the other"
        if why:
            judged.append(unmatched(judgement, why))
            continue
        judged.append(matched(judgement))
        order = (judgement.when, key(judgement))
        if judgement.verdict is Decision.SAME:
            every = list(dict.fromkeys(s for side in sides for s in side))
            rulings += [Ruling(order, every[0], s, True, why=decided(judgement)) for s in every[1:]]
        elif judgement.verdict is Decision.DIFFERENT:
            first, *others = sides
            rulings += [Ruling(order, a, b, False) for a in first for side in others for b in side]
    constraints = Constraints.of(rulings)
    _join(book, constraints)
    by_key = {key(j): j for j in known}
    return Known(
        tuple(book.attributions),
        tuple(book.sources[name] for name in sorted(book.sources)),
        tuple(overruled(j, constraints, by_key) for j in judged),
    )


@dataclass(slots=True)
class _Book:
    """Attributions and sources while they are joined and parted."""

    attributions: list[Attribution]
    sources: dict[str, Source]

    def of(self, subject: Subject, finder: Finder[Attribution]) -> list[str]:
        """The ids of the sources that a subject means, the most credited first."""
        if subject.words:
            found = {a.id for a in finder.all(subject)}
            ids = {a.source_id for a in self.attributions if a.id in found}
            return sorted(i for i in ids if i is not None and i in self.sources)
        wanted = name_key(subject.name)
        fits = [
            s
            for s in self.sources.values()
            if s.id == subject.name or (s.kind is not SourceKind.UNNAMED and wanted == name_key(s.name))
        ] or [
            s
            for s in self.sources.values()
            if s.kind is not SourceKind.UNNAMED and wanted in map(name_key, s.aliases)
        ]
        return [s.id for s in sorted(fits, key=lambda s: (-len(s.attributions), s.id))]


def _finder(articles: Sequence[Article], attributions: Iterable[Attribution]) -> Finder[Attribution]:
    text = {a.id: a.text for a in articles}
    every = sorted((a for a in attributions if a.content), key=lambda a: (a.article, a.content, a.id))
    cuts = {
        a.id: Cut(
            words_of(" ".join(s.of(text.get(a.article, "")) for s in a.content)),
            Span(a.content[0].start, a.content[-1].end),
        )
        for a in every
    }
    return Finder(Places(articles), every, cuts)


def _part(book: _Book, first: Subject, later: Subject, finder: Finder[Attribution]) -> None:
    """Where both names lead to one source, the attributions that give the later one become a source of their own."""
    for identifier in sorted(set(book.of(first, finder)) & set(book.of(later, finder))):
        source = book.sources[identifier]
        if later.words:
            found = {a.id for a in finder.all(later)}
            mine = [a for a in book.attributions if a.source_id == identifier and a.id in found]
        else:
            wanted = name_key(later.name)
            mine = [
                a
                for a in book.attributions
                if a.source_id == identifier and a.canonical and name_key(a.canonical) == wanted
            ]
        left = len(source.attributions) - len(mine)
        if not mine or not left:
            continue
        name = later.name or source.description or source.name
        fresh = (
            f"{source.kind.value}:{name.casefold()}" if later.name else f"{source.kind.value}:{mine[0].id}"
        )
        while fresh in book.sources:
            fresh += "+"
        theirs = {a.id for a in mine}
        book.attributions[:] = [
            replace(a, source_id=fresh) if a.id in theirs else a for a in book.attributions
        ]
        book.sources[fresh] = _of(replace(source, id=fresh, name=name, aliases=()), book.attributions)
        kept = tuple(x for x in source.aliases if name_key(x) != name_key(name))
        own = source.name if name_key(source.name) != name_key(name) else first.name or source.name
        book.sources[identifier] = _of(replace(source, name=own, aliases=kept), book.attributions)


def _join(book: _Book, constraints: Constraints) -> None:
    """Join the groups of sources in place, and note which of those that are left are two."""
    groups: dict[str, list[str]] = {}
    for name, group in sorted(constraints.group_of.items()):
        groups.setdefault(group, []).append(name)
    into: dict[str, str] = {}
    for names in groups.values():
        kept = min(names, key=lambda n: _rank(book.sources[n]))
        into.update(dict.fromkeys(names, kept))
    book.attributions[:] = [
        replace(a, source_id=into.get(a.source_id, a.source_id)) if a.source_id else a
        for a in book.attributions
    ]
    for names in groups.values():
        if len(names) > 1:
            kept = into[names[0]]
            book.sources[kept] = _of(_merged(kept, names, book.sources), book.attributions)
            for name in names:
                if name != kept:
                    del book.sources[name]
    for name, source in book.sources.items():
        above = into.get(source.speaks_for, source.speaks_for) if source.speaks_for else None
        if above != source.speaks_for or above == name:
            book.sources[name] = replace(source, speaks_for=None if above == name else above)
    for one in sorted(into):
        apart = {into[b] for b in sorted(into) if constraints.are_apart(one, b) and into[b] != into[one]}
        kept_source = book.sources[into[one]]
        distinct = tuple(sorted({*kept_source.distinct, *apart}))
        book.sources[into[one]] = replace(kept_source, distinct=distinct)


def _rank(source: Source) -> tuple[bool, int, str]:
    """A named source before an unnamed one, then the most credited."""
    return source.kind is SourceKind.UNNAMED, -len(source.attributions), source.id


def _merged(kept: str, names: Sequence[str], sources: Mapping[str, Source]) -> Source:
    every = [sources[kept], *(sources[n] for n in names if n != kept)]
    forms = {x for s in every if s.kind is not SourceKind.UNNAMED for x in (s.name, *s.aliases)}
    return replace(
        sources[kept],
        aliases=tuple(sorted(forms - {sources[kept].name})),
        speaks_for=next((s.speaks_for for s in every if s.speaks_for and s.speaks_for not in names), None),
        owner=next((s.owner for s in every if s.owner), None),
        state=next((s.state for s in every if s.state), None),
    )


def _of(source: Source, attributions: Iterable[Attribution]) -> Source:
    """The source with the attributions that lead to it, in their order."""
    mine = [a for a in attributions if a.source_id == source.id]
    return replace(
        source,
        attributions=tuple(a.id for a in mine),
        articles=tuple(dict.fromkeys(a.article for a in mine)),
    )
