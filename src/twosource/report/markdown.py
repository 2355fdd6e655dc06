"""Findings → a Markdown report: for a note-book, a pull request, an e-mail. The same answer, in plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..model import Findings, Judged
from . import order, pages
from .safe import address, short
from .words import became, many, outlet_of, when

_CLAIMS = 60  # claims with a section of their own
_TABLE = 300  # claims in the table
_SOURCES = 60

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^@]|&(?=[#\w])|:(?=//)|(?<=www)\.|=(?==)|%(?=%))", re.IGNORECASE)
_OPENING = re.compile(r"^([-+](?=\s)|=|\d+(?=[.)]\s))")


def text(value: str, longest: int = 300) -> str:
    """One line of article text in which nothing is mark-up: no link, no HTML, no table bar, no mention, no list."""
    line = _SPECIAL.sub(r"\\\1", short(value, longest))
    opening = _OPENING.match(line)
    if opening is None:
        return line
    cut = opening.end() if opening[0].isdigit() else 0
    return f"{line[:cut]}\\{line[cut:]}"


def render(findings: Findings) -> str:
    """The whole report as one Markdown document (GitHub and Obsidian read it)."""
    book = pages.Book(findings)
    wide = book.wide
    out = [
        "# How many sources is that really?",
        "",
        f"{many(len(findings.articles), 'article')}, {many(len(findings.attributions), 'attribution')}; "
        f"{many(len(wide), 'claim')} carried by two articles or more.",
        "",
    ]
    for line in (*findings.warnings, *(f"skipped {s.path}: {s.reason}" for s in findings.skipped[:50])):
        out += [f"> ⚑ {text(line, 400)}", ""]
    for why, view in order.leads(book.claims, book.articles):
        out += [f"**{why}**: “{text(view.claim.text, 220)}”  ", text(order.answer(view), 420), ""]
    if not book.claims:
        out += [
            "No statement was found. Next: `twosource quotes PATH` shows what is read of each article.",
            "",
        ]
    chosen = (wide or book.claims)[:_CLAIMS]
    out += _table(wide or book.claims, {v.claim.id for v in chosen})
    for view in chosen:
        out += _claim(view, book)
    out += _sources(book)
    out += _judgements(findings)
    out += _method(findings)
    return "\n".join(out).rstrip() + "\n"


def _table(claims: Sequence[order.ClaimView], with_section: set[str]) -> list[str]:
    if not claims:
        return []
    rows = []
    for v in claims[:_TABLE]:
        s = v.support
        name = text(v.claim.text, 110)
        rows.append(
            (
                f"[{name}](#claim-{v.claim.id})" if v.claim.id in with_section else name,
                str(len(v.articles)),
                str(s.at_least),
                "–" if s.most_likely is None else str(s.most_likely),
                str(s.at_most),
                "–" if s.p_two_or_more is None else f"{s.p_two_or_more:.2f}",
                order.two_source_rule(s),
            )
        )
    head = ("Claim", "Articles", "At least", "Most likely", "At most", "P(2+)", "Two-source rule")
    out = ["## Claims", "", *_rows(head, rows, "l" + "r" * 5 + "l"), ""]
    if len(claims) > _TABLE:
        out += [f"{len(claims) - _TABLE} more in the findings file (`--json`).", ""]
    return out


def _claim(view: order.ClaimView, book: pages.Book) -> list[str]:
    page = pages.claim_page(view, book)
    out = [
        f"### Claim {view.claim.id}",
        "",
        f"“{text(view.claim.text)}”",
        "",
        text(order.answer(view), 420),
        "",
    ]
    falls = (
        f", falls with {'; '.join(text(n, 80) for n, _ in page.falls_with[:4])}" if page.falls_with else ""
    )
    out += [f"Two-source rule: **{page.rule}**{falls}.", ""]
    out += [f"- ⚑ {text(w, 300)}" for w in view.support.warnings]
    out += [f"- Decided by people: {_decided(j)}" for j in page.decided]
    out += [f"- {text(line, 300)}" for line in order.further(view)]
    out += [f"- What would change it: {text(line, 300)}" for line in order.would_change(view, book.articles)]
    out.append("")
    for title, rows in (("", page.asserting), ("Denials", page.denying), ("Rival versions", page.rival)):
        if rows:
            out += [f"{title}:", ""] if title else []
            out += _rows(
                ("When", "Outlet", "Who says it", "How firmly", "In these words"),
                [
                    (
                        text(when(r.article.published), 40),
                        text(outlet_of(r.article), 40),
                        text(r.who, 80),
                        r.firmness,
                        text(r.statement.text, 200),
                    )
                    for r in rows
                ],
                "lllll",
            )
            out.append("")
    out += [
        f"- {text(r.child, 90)} *{r.words}* {text(r.parent, 90)}, {r.effect:.2f}"
        for r in page.links
        if r.effect >= 0.2
    ]
    out.append("")
    return out


def _sources(book: pages.Book) -> list[str]:
    found = pages.source_pages(book, pages.Caps(sources=_SOURCES, said=1))
    if not found:
        return []
    rows = [
        (
            text(p.source.name, 80),
            p.source.kind.value,
            str(len(p.source.attributions)),
            str(len(p.source.articles)),
            str(len(p.falls)),
        )
        for p in found
    ]
    head = ("Source", "Kind", "Statements", "Articles", "Claims that fall with it")
    return ["## Sources", "", *_rows(head, rows, "llrrr"), ""]


def _judgements(findings: Findings) -> list[str]:
    if not findings.judged:
        return []
    return ["## Decided by people", "", *(f"- {_decided(j)}" for j in findings.judged), ""]


def _decided(j: Judged) -> str:
    state = f"; **{text(became(j), 300)}**" if became(j) else ""
    return f"{text(j.sentence, 400)}, {text(j.by, 200)}{state}"


def _method(findings: Findings) -> list[str]:
    tool = findings.tool
    out = [
        "## Method",
        "",
        "This report states what the texts support. It says nothing of what is true, and grades nobody.",
        "",
        f"- {tool.name} {tool.version}, settings {tool.settings_digest}",
        *(f"- {text(name)} {sha}" for name, sha in tool.models),
        "",
        "Inputs, with their SHA-256:",
        "",
    ]
    for a in findings.articles:
        link = address(a.url)
        # angle brackets, so that no character of the address ends the link
        where = (
            f" [{text(outlet_of(a), 60)}](<{link.replace('<', '%3C').replace('>', '%3E')}>)" if link else ""
        )
        out.append(f"- {text(a.path, 200)}{f' {a.record}' if a.record else ''}{where} `{a.sha256}`")
    return out


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"| {' | '.join('--:' if side == 'r' else ':--' for side in sides)} |",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
