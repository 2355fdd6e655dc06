"""A small pile about one claim, told in a few calls: what several tests of the count are written with."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Claim,
    Credit,
    CreditKind,
    Direction,
    Likelihood,
    MatchKind,
    Member,
    Nearly,
    Passage,
    PassageMatch,
    Precision,
    Provenance,
    Published,
    Relation,
    Source,
    SourceKind,
    Span,
    Statement,
)
from twosource.provenance import trace
from twosource.provenance.edges import claim_graph, members
from twosource.provenance.joined import pile_of
from twosource.provenance.sample import Resolver, posterior
from twosource.registry import Registry
from twosource.settings import Settings

PERSON, ORGANISATION, OUTLET = SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET
UNNAMED = SourceKind.UNNAMED


class Story:
    """A pile about one claim. Statement n of an article stands at characters 100 n to 100 n + 80."""

    def __init__(self, registry: Registry | None = None) -> None:
        self.articles: dict[str, Article] = {}
        self.statements: list[Statement] = []
        self.attributions: list[Attribution] = []
        self.sources: dict[str, Source] = {}
        self.matches: list[PassageMatch] = []
        self.members: list[Member] = []
        self.nearly: list[Nearly] = []
        self.beside: dict[str, list[Member]] = {}
        self.registry = registry or Registry()

    def article(self, outlet: str, hour: int | None = None, *credits: Credit, again: int = 0) -> str:  # noqa: A002
        published = (
            Published(datetime(2024, 5, 1 + hour // 24, hour % 24, tzinfo=UTC), Precision.MINUTE)
            if hour is not None
            else Published()
        )
        name = outlet.casefold() + (f"-{again}" if again else "")
        self.articles[name] = Article(
            id=name, path=f"{name}.txt", text="-" * 1000, sha256=name, outlet=outlet, published=published,
            language="en", credits=credits,
        )  # fmt: skip
        return name

    def source(self, name: str, kind: SourceKind = PERSON, **more: object) -> str:
        self.sources.setdefault(name, Source(id=name, name=name, kind=kind, **more))  # type: ignore[arg-type]
        return name

    def says(
        self,
        article: str,
        *speakers: str,
        via: str | None = None,
        relation: Relation = Relation.ASSERTS,
        words: str = "",
        likelihood: Likelihood = Likelihood.STATED,
        quoted: str = "",
        nearly: float | None = None,
        home: str = "",
        negated: bool = False,
    ) -> None:
        """The article has it from the speakers, innermost first; without speakers in its own voice.

        `nearly` is the probability that it is this claim, for a statement that was not put into it; `home` the other
        claim that it asserts.
        """
        n = sum(s.article == article for s in self.statements)
        span = Span(100 * n, 100 * n + 80)
        outer: str | None = None
        for depth, speaker in enumerate(reversed(speakers)):
            name = f"{article}-a{n}.{depth}"
            self.attributions.append(
                Attribution(
                    id=name, article=article, source=(), cue=(), content=(span,),
                    kind=AttributionKind.DIRECT if quoted else AttributionKind.INDIRECT, rule="test", parent=outer,
                    canonical=speaker if self.sources[speaker].kind is not UNNAMED else None,
                    source_kind=self.sources[speaker].kind, source_id=speaker, via_name=via,
                )
            )  # fmt: skip
            outer = name
        statement = Statement(
            id=f"{article}-s{n}", article=article, spans=(span,), text=quoted or "It happened.", language="en",
            attribution=outer, lemmas=tuple(words.split()), certainty=Certainty(likelihood),
            negated=negated,
        )  # fmt: skip
        self.statements.append(statement)
        if nearly is not None:
            self.nearly.append(Nearly(statement.id, nearly, relation=relation))
        if home:
            self.beside.setdefault(home, []).append(Member(statement.id))
        if nearly is None and not home:
            self.members.append(Member(statement.id, relation))

    def shares(
        self,
        a: str,
        b: str,
        kind: MatchKind = MatchKind.REPRINT,
        p_copy: float = 0.98,
        direction: Direction = Direction.A_TO_B,
        spans: tuple[tuple[int, int], tuple[int, int]] = ((0, 500), (0, 500)),
    ) -> None:
        self.matches.append(
            PassageMatch(
                id=f"m{len(self.matches)}", a=Passage(a, Span(*spans[0])), b=Passage(b, Span(*spans[1])),
                score=50.0, similarity=0.9, kind=kind, direction=direction,
                p_direction=0.5 if direction is Direction.UNDIRECTED else 0.98, p_copy=p_copy,
            )
        )  # fmt: skip

    @property
    def claim(self) -> Claim:
        return Claim("c1", "It happened.", tuple(self.members), tuple(self.nearly))

    def trace(self, settings: Settings | None = None, shuffle: int = 0) -> Provenance:
        order = random.Random(shuffle)
        parts: list[list[Any]] = [
            list(x)
            for x in (
                self.statements,
                self.attributions,
                self.sources.values(),
                self.articles.values(),
                self.matches,
            )
        ]
        if shuffle:
            for part in parts:
                order.shuffle(part)
        told, said, who, pile, shared = parts
        others = [Claim(name, name, tuple(members)) for name, members in self.beside.items()]
        found, *_ = trace(
            [self.claim, *others], told, said, who, pile, shared, settings or Settings(), self.registry
        )
        return found

    def p_two(self, settings: Settings) -> float:
        """P(K ≥ 2) as it is drawn, whether or not it is told."""
        pile = pile_of(
            self.statements,
            self.attributions,
            self.sources.values(),
            tuple(self.articles.values()),
            self.matches,
            self.registry,
            [self.claim],
        )
        graph = claim_graph(pile, members(pile, self.claim, Relation.ASSERTS), settings.rho)
        return posterior(graph, Resolver(graph), self.claim.id, settings).p_two_or_more


def agency(name: str) -> Credit:
    return Credit(CreditKind.AGENCY, name)
