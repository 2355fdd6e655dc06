"""Words that every format of the report shares: times, firmness, names of outlets, nodes and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..model import (
    Article,
    Attribution,
    Certainty,
    Confidence,
    EdgeKind,
    Judged,
    Likelihood,
    Node,
    NodeKind,
    Precision,
    Published,
    SourceKind,
    Stance,
    Standing,
)
from .safe import short

LINE_WORDS = {
    EdgeKind.QUOTES: "quotes",
    EdgeKind.COPIES: "copies",
    EdgeKind.TRANSLATES: "translates",
    EdgeKind.RESTATES: "restates",
    EdgeKind.RELAYS: "relays",
    EdgeKind.TELLS: "has it from",
}
"""Each kind of link as said of the one that rests on the other: "Baltern Post copies Ostwire"."""


def together(attributions: Sequence[Attribution]) -> Iterator[tuple[Attribution, ...]]:
    """The attributions, those in which several sources say one thing ("Ann Ray and the mayor said") side by side."""
    for _, group in groupby(attributions, key=lambda a: (a.cue, a.content, a.parent)):
        yield tuple(group)


def listed(names: Sequence[str]) -> str:
    """Several names in a row: "Ann Ray, Tom Oduya and the mayor"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def many(number: int, noun: str) -> str:
    """A count in words: "1 article", "1,683 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def outlet_of(article: Article) -> str:
    """The outlet; where none is known the article goes by its title, or by its id."""
    return article.outlet or article.title or article.id


def node_label(node: Node, articles: Mapping[str, Article]) -> str:
    """A node in words: an article by outlet and title, everything else by its label."""
    article = articles.get(node.id.removeprefix("article:")) if node.kind is NodeKind.ARTICLE else None
    if article is None:
        return node.label
    titled = article.title and article.outlet
    return f"{article.outlet}: {short(article.title, 60)}" if titled else short(outlet_of(article), 80)


def firmness(c: Certainty) -> str:
    """How firmly a thing is put, in words; likelihood and confidence stay two things (ICD 203)."""
    parts = [c.likelihood.value if c.likelihood is not Likelihood.STATED else "as fact"]
    if c.confidence is not Confidence.UNSTATED:
        parts.append(f"{c.confidence.value} confidence")
    parts.extend(word for word, on in (("conditional", c.conditional), ("question", c.question)) if on)
    return ", ".join(parts)


def who_says(article: Article, a: Attribution | None) -> tuple[str, str]:
    """Who says a statement, and how it is reported: ("Ines Hallgrim", "indirect speech")."""
    if a is None:
        return "own voice", ""
    who = a.canonical or " ".join(span.of(article.text) for span in a.source) or "no source stated"
    how = [f"{a.kind.value} {'speech' if a.kind.value == 'indirect' else 'quotation'}"]
    if a.source_kind is SourceKind.UNNAMED and a.source:
        how.append("unnamed")
    if a.via_name:
        how.append(f"via {a.via_name}")
    if a.stance is not Stance.NEUTRAL:
        how.append(f"the article {a.stance.value}")
    return who, ", ".join(how)


def became(j: Judged) -> str:
    """What became of a judgement in this run: "", where it binds, else the reason why it does not."""
    return (
        "" if j.standing is Standing.BINDS else f"{j.standing.value}: {j.why}" if j.why else j.standing.value
    )


def when(p: Published) -> str:
    """A publication time no more exact than it is known."""
    if p.start is None:
        return p.raw or "no date"
    form = {Precision.MINUTE: "%Y-%m-%d %H:%M UTC", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}
    return p.start.strftime(form.get(p.precision, "%Y-%m-%d"))


def sortable(p: Published) -> str:
    """A key that sorts by time, the undated last."""
    return p.start.isoformat() if p.start else "9999"
