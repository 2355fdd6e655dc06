"""What a person types → what a judgement refers to: ids and words of the last run become quoted words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from ..errors import UsageError
from ..model import Claim, Findings, Quoted, Relation, Source, SourceKind, Span, Statement, Subject
from ..registry import Registry, name_key
from .find import words_of

MOST = 20
"""Statements that a judgement names of a claim: the first of them that is found speaks for it."""
_SHOWN = 4  # of several that fit, or that come near
_SHORT = 70  # characters of each

T = TypeVar("T")


class Reference:
    """Looks up claims, statements, sources and articles of one run. Every method raises UsageError that names what is near."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._articles = {a.id: a for a in findings.articles}
        self._statements = {s.id: s for s in findings.statements}
        self._words = {s.id: words_of(s.text) for s in findings.statements}
        self._home = {
            m.statement: c for c in findings.claims for m in c.members if m.relation is not Relation.RIVAL
        }

    # ------------------------------------------------------------------ claims, statements

    def claim(self, wanted: str) -> Claim:
        """A claim by its id, the start of it, the id of one of its statements, or words that no other claim has."""
        claims = self._findings.claims
        by_id = [c for c in claims if c.id == wanted] or [
            c for c in claims if len(wanted) > 3 and c.id.startswith(wanted)
        ]
        if not by_id and wanted in self._home:
            return self._home[wanted]
        if not by_id:
            words = words_of(wanted)
            by_id = [c for c in claims if words and words == words_of(c.text)]
            by_id = by_id or [c for c in claims if words and f" {words} " in f" {words_of(c.text)} "]
        if not by_id:
            inside = {self._home[s.id].id for s in self._saying(wanted) if s.id in self._home}
            by_id = [c for c in claims if c.id in inside]
        return self._only("claim", wanted, by_id, lambda c: f"{c.id} “{_short(c.text)}”", self._near_claims)

    def statement(self, wanted: str) -> Statement:
        """A statement by its id or by words that no other statement has; of copies to the letter the first."""
        if wanted in self._statements:
            return self._statements[wanted]
        found = self._saying(wanted)
        if len({self._words[s.id] for s in found}) == 1:
            return found[0]
        return self._only("statement", wanted, found, _line, self._near_statements)

    def said(self, wanted: str) -> Subject:
        """A claim by its id, else a statement: what `same`, `different` and `unsure` speak of."""
        if any(c.id == wanted for c in self._findings.claims):
            return self.of_claim(self.claim(wanted))
        return self.of_statement(self.statement(wanted))

    def of_claim(self, claim: Claim, but: Iterable[str] = ()) -> Subject:
        """A claim as its statements, the one that it goes by first, without those in `but` (ids)."""
        left_out = set(but)
        own = [
            self._statements[m.statement]
            for m in claim.members
            if m.relation is Relation.ASSERTS and m.statement not in left_out
        ]
        own.sort(key=lambda s: s.text != claim.text)
        return Subject(words=tuple(self._quoted(s) for s in own[:MOST]))

    def of_statement(self, statement: Statement, copies: bool = True) -> Subject:
        """A statement; with `copies` those that say the same to the letter in the same claim stand behind it."""
        same = self.copies(statement) if copies else []
        return Subject(words=tuple(self._quoted(s) for s in [statement, *same][:MOST]))

    def copies(self, statement: Statement) -> list[Statement]:
        """The other statements of its claim that say the same to the letter."""
        home = self._home.get(statement.id)
        members = [self._statements[m.statement] for m in home.members] if home else []
        return [
            s
            for s in members
            if s.id != statement.id
            and self._words[s.id] == self._words[statement.id]
            and self._home.get(s.id) is home
        ]

    def members(self, claim: Claim) -> str:
        """The first statements of a claim in one line, for a message."""
        some = [self._statements[m.statement] for m in claim.members[:_SHOWN]]
        return "; ".join(_line(s) for s in some)

    def _saying(self, wanted: str) -> list[Statement]:
        words = words_of(wanted)
        same = [s for s in self._findings.statements if words and self._words[s.id] == words]
        return same or [
            s for s in self._findings.statements if words and f" {words} " in f" {self._words[s.id]} "
        ]

    def _quoted(self, s: Statement) -> Quoted:
        span = Span(s.spans[0].start, s.spans[-1].end)
        return Quoted(s.article, s.text, self._articles[s.article].sha256, span)

    def _near_claims(self, wanted: str) -> list[str]:
        ids = get_close_matches(wanted, [c.id for c in self._findings.claims], n=_SHOWN, cutoff=0.6)
        claims = {c.id: c for c in self._findings.claims}
        near = ids or [c.id for c in _in_common(wanted, self._findings.claims, lambda c: c.text)]
        return [f"{i} “{_short(claims[i].text)}”" for i in near]

    def _near_statements(self, wanted: str) -> list[str]:
        ids = get_close_matches(wanted, list(self._statements), n=_SHOWN, cutoff=0.6) if "/" in wanted else []
        near = [self._statements[i] for i in ids] or _in_common(
            wanted, self._findings.statements, lambda s: s.text
        )
        return [_line(s) for s in near]

    # ------------------------------------------------------------------ sources, outlets, articles

    def source(self, wanted: str) -> Subject:
        """A source by its id, name, alias or a part of its name that no other has; an unnamed one becomes the words that it is credited with."""
        sources = self._findings.sources
        key = name_key(wanted)
        found = [s for s in sources if s.id == wanted]
        found = found or [s for s in sources if key and name_key(s.name) == key]
        found = found or [s for s in sources if key and key in map(name_key, s.aliases)]
        found = found or [s for s in sources if len(wanted) > 2 and wanted.casefold() in s.name.casefold()]
        source = self._only(
            "source",
            wanted,
            found,
            lambda s: f"{s.id} “{_short(s.name)}”",
            lambda w: _close(w, [s.name for s in sources if s.kind is not SourceKind.UNNAMED]),
        )
        if source.kind is not SourceKind.UNNAMED:
            exact = sum(name_key(s.name) == name_key(source.name) for s in sources) == 1
            return Subject(
                name=wanted if key in map(name_key, source.aliases) else source.name if exact else source.id
            )
        return Subject(words=self._mention(source))

    def _mention(self, source: Source) -> tuple[Quoted, ...]:
        for a in self._findings.attributions:
            if a.source_id == source.id and a.content:
                article = self._articles[a.article]
                text = " ".join(" ".join(s.of(article.text) for s in a.content).split())
                return (Quoted(a.article, text, article.sha256, Span(a.content[0].start, a.content[-1].end)),)
        raise UsageError(f"source {source.id}: nothing is credited to it that a judgement could refer to")

    def outlet(self, wanted: str, registry: Registry) -> Subject:
        """An outlet of the pile or of the registry, by its name."""
        names = sorted({a.outlet for a in self._findings.articles if a.outlet})
        key = name_key(wanted)
        name = next((n for n in names if name_key(n) == key), None)
        sources = {name_key(s.name) for s in self._findings.sources}
        if name is None and registry.find(wanted) is None and key not in sources:
            raise UsageError(
                f"outlet {wanted}: neither in this case nor in the registry{_try(_close(wanted, names))}"
            )
        return Subject(name=name or wanted)

    def article(self, wanted: str) -> Subject:
        """An article by its id, its path, or a part of its path or title that no other has."""
        every = self._findings.articles
        found = [a for a in every if wanted in (a.id, a.path)] or [
            a for a in every if wanted.casefold() in f"{a.path}\n{a.title}".casefold()
        ]
        article = self._only(
            "article",
            wanted,
            found,
            lambda a: a.id,
            lambda w: get_close_matches(w, [a.id for a in every], n=_SHOWN, cutoff=0.4),
        )
        return Subject(words=(Quoted(article.id, sha256=article.sha256),))

    def _only(
        self,
        what: str,
        wanted: str,
        found: Sequence[T],
        line: Callable[[T], str],
        near: Callable[[str], Sequence[str]],
    ) -> T:
        if len(found) == 1:
            return found[0]
        shown = _short(wanted)
        if found:
            several = "; ".join(line(x) for x in found[:_SHOWN])
            more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            raise UsageError(f"{what} {shown!r}: {len(found)} fit: {several}{more}; give the id of one")
        raise UsageError(f"{what} {shown!r}: none in the last run of this case{_try(near(wanted))}")


def _in_common(wanted: str, things: Iterable[T], text: Callable[[T], str]) -> list[T]:
    """Those that share most words with what was typed, if they share half of them."""
    words = set(words_of(wanted).split())
    scored = [(len(words & set(words_of(text(t)).split())), n, t) for n, t in enumerate(things)]
    near = sorted((-score, n) for score, n, _ in scored if words and 2 * score >= len(words))
    return [scored[n][2] for _, n in near[:_SHOWN]]


def _close(wanted: str, names: Sequence[str]) -> list[str]:
    by_key = {name.casefold(): name for name in names}
    near = get_close_matches(wanted.casefold(), list(by_key), n=_SHOWN, cutoff=0.5)
    part = [
        n for k, n in sorted(by_key.items()) if len(wanted) > 2 and wanted.casefold() in k and k not in near
    ]
    return [*(by_key[k] for k in near), *part][:_SHOWN]


def _try(near: Sequence[str]) -> str:
    return f"; near it: {'; '.join(near)}" if near else ""


def _line(s: Statement) -> str:
    return f"{s.id} “{_short(s.text)}”"


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"
