"""One claim, source or article in the terminal, looked up by the id that the report and the findings give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..errors import UsageError
from ..model import Article, Findings, Judged
from . import anchors, order, pages
from .terminal import clean, quotes
from .words import became, many, outlet_of, when

T = TypeVar("T")


def claim(findings: Findings, wanted: str, console: Console) -> None:
    """Print one claim: answer, why, who says it, links. Raises UsageError when there is no such claim."""
    book = pages.Book(findings)
    view = look_up(
        "claim",
        wanted,
        book.claims,
        lambda v: (v.claim.id, anchors.of_claim(v.claim.id), v.claim.text),
        [v.claim.id for v in book.claims[:5]],
    )
    page = pages.claim_page(view, book)
    console.print(Text(f"“{clean(view.claim.text, 400)}”", style="bold"))
    console.print(Text(clean(order.answer(view), 500)))
    falls = "; ".join(clean(name, 80) for name, _ in page.falls_with)
    console.print(Text(f"Two-source rule: {page.rule}" + (f"; falls with {falls}" if falls else "")))
    for warning in view.support.warnings:
        console.print(_item("⚑", warning))
    section(console, "Decided by people", [_decided(j) for j in page.decided])
    section(console, "Why this count", order.further(view))
    section(console, "What would change it", order.would_change(view, book.articles))
    for title, rows in (
        ("Who says it", page.asserting),
        ("Denials, not counted above", page.denying),
        ("Rival versions", page.rival),
    ):
        if rows:
            console.print(Text(f"\n{title}", style="bold"))
            for r in rows:
                line = Text(
                    f"{clean(when(r.article.published), 40)}  {clean(outlet_of(r.article), 40)}  ",
                    style="dim",
                )
                line.append(clean(r.who, 100), style="bold")
                line.append(f"  {r.firmness}" + (f", {r.how}" if r.how else ""), style="italic")
                console.print(Padding(line, (0, 0, 0, 2)))
                console.print(Padding(Text(clean(r.statement.text, 400)), (0, 0, 0, 4)))
    section(
        console,
        "How firmly, from step to step",
        [
            f"{d.what}: {outlet_of(d.parent)} ({d.before}) → {outlet_of(d.child)} ({d.after})"
            for d in page.drift
        ],
    )
    section(
        console,
        "Links, with their probability in effect",
        [f"{r.effect:.2f}  {r.child} {r.words} {r.parent}" for r in page.links if r.effect >= 0.05],
    )
    console.print(Text(f"\n{clean(pages.citation(page, findings), 500)}", style="dim"))


def source(findings: Findings, wanted: str, console: Console) -> None:
    """Print one source: who carries it, what falls without it, what it is credited with."""
    book = pages.Book(findings)
    named = sorted(findings.sources, key=lambda s: (-len(s.articles), s.id))
    found = look_up(
        "source",
        wanted,
        named,
        lambda s: (s.id, anchors.of_source(s.id), s.name, *s.aliases),
        [s.name for s in named[:5]],
    )
    page = pages.source_page(found, book)
    console.print(Text(clean(found.name, 200), style="bold"))
    facts = [found.kind.value, clean(found.description, 120), f"speaks for {clean(page.speaks_for, 80)}" if page.speaks_for else ""]  # fmt: skip
    console.print(Text(", ".join(x for x in facts if x), style="dim"))
    section(console, "Carried by", [f"{name}  {n}" for name, n in page.outlets])
    for title, views in (
        ("What falls without it", page.falls),
        ("Other claims it stands behind", page.behind),
    ):
        section(
            console,
            title,
            [
                f"{v.claim.id}  {many(len(v.articles), 'article')}  {clean(v.claim.text, 160)}"
                for v in views[:20]
            ],
        )
    console.print(Text("\nWhat it is credited with", style="bold"))
    for said in page.said:
        carried = ", ".join(clean(outlet_of(x), 40) for x in said.articles[:8])
        head = Text(f"{clean(when(said.articles[0].published), 40)}  {carried}", style="dim")
        head.append(f"  {said.firmness}", style="italic")
        console.print(Padding(head, (0, 0, 0, 2)))
        console.print(Padding(Text(clean(said.words, 400)), (0, 0, 0, 4)))
    if page.more:
        console.print(f"  and {page.more} more: see the findings (--json)")


def article(findings: Findings, wanted: str, console: Console) -> None:
    """Print one article: who says what in it, and its claims with their counts."""
    book = pages.Book(findings)
    found: Article = look_up(
        "article",
        wanted,
        findings.articles,
        lambda a: (
            a.id,
            anchors.of_article(a.id),
            a.path if not a.record else f"{a.path}:{a.record}",
            a.title,
        ),
        [a.id for a in findings.articles[:5]],
    )
    quotes(found, [a for a in findings.attributions if a.article == found.id], console)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, right in (
        ("Claim", False),
        ("", False),
        ("Articles", True),
        ("Lines", True),
        ("Two-source rule", False),
    ):
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "", overflow="fold")
    for v in book.claims:
        if any(s.article == found.id for s in (*v.asserting, *v.denying, *v.rival)):
            low, high = v.support.at_least, v.support.at_most
            table.add_row(
                v.claim.id,
                Text(clean(v.claim.text, 160)),
                str(len(v.articles)),
                str(low) if low == high else f"{low}–{high}",
                order.two_source_rule(v.support),
            )
    console.print(table if table.row_count else "no claim of this article was found in others")


def _decided(j: Judged) -> str:
    return f"{j.sentence}, {j.by}" + (f"; {became(j)}" if became(j) else "")


SHOWN: dict[str, Callable[[Findings, str, Console], None]] = {
    "claim": claim,
    "source": source,
    "article": article,
}
"""What `twosource show` can show, by its name on the command line."""


def look_up(
    what: str, wanted: str, things: Iterable[T], names: Callable[[T], Sequence[str]], examples: Sequence[str]
) -> T:
    """The thing with that name; the start or a part of a name will do where it fits one thing only."""
    every = [(thing, [n.casefold() for n in names(thing)]) for thing in things]
    key = wanted.casefold().strip().removeprefix("#")
    for fits in (
        lambda n: n == key,
        lambda n: n.startswith(key),
        lambda n: key in n,
    ):
        found = [thing for thing, given in every if any(fits(n) for n in given)]
        if len(found) == 1 or (found and key in [n for t, given in every for n in given if t is found[0]]):
            return found[0]
        if found:
            several = "; ".join(_called(names(t)) for t in found[:6]) + ("; …" if len(found) > 6 else "")
            raise UsageError(
                f"{what} {wanted}: {len(found)} of them fit; give the id or more of the words of one: {several}"
            )
    near = get_close_matches(key, [n for _, given in every for n in given], n=3, cutoff=0.6)
    hint = ", ".join(clean(n, 60) for n in near or examples)
    raise UsageError(f"{what} {wanted}: not in these findings" + (f"; try {hint}" if hint else ""))


def _called(names: Sequence[str]) -> str:
    """A thing by its id and, where it has one, the name that is no id: "c1f3 “Twelve people were injured”"."""
    words = next((n for n in names[1:] if n != names[0] and not n.startswith(("c-", "s-", "a-", "o-"))), "")
    return clean(names[0], 40) + (f" “{clean(words, 60)}”" if words else "")


def section(console: Console, title: str, lines: Sequence[str]) -> None:
    """A heading and its lines, each behind a dot; nothing where there are none."""
    if lines:
        console.print(Text(f"\n{title}", style="bold"))
        for line in lines:
            console.print(_item("·", line))


def _item(sign: str, line: str) -> Padding:
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_row(sign, Text(clean(line, 400)))
    return Padding(row, (0, 0, 0, 2))
