"""Expected attributions written inside the text.

``[S Ann Ray] [C said] [K that the quay burned].`` marks source, cue and content of one attribution. A number
tells attributions of one text apart (``[S2 …]``); spans with one number belong together, and ``[S1,2 …]``
is the source of two. ``[K1+ …]`` is a
quotation that carries attribution 1 on without a cue. Brackets nest; an attribution whose cue stands inside
another's content has that one as parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from twosource.attribute import attributions
from twosource.language.parsers import parser_for
from twosource.language.plain import PlainParser
from twosource.model import Article, Attribution, Region, Span

_OPEN = re.compile(r"\[([SCK])(\d*(?:,\d+)*)(\+?) ")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass
class Expected:
    """One marked attribution."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


def read(marked: str) -> tuple[str, dict[str, Expected]]:
    """The bare text, and what is marked in it, by number."""
    text: list[str] = []
    length = 0
    open_: list[tuple[str, str, int]] = []
    expected: dict[str, Expected] = {}
    more = 0
    at = 0
    while at < len(marked):
        found = _OPEN.match(marked, at)
        if found:
            role, number, plus = found.groups()
            key = number
            if plus:
                more += 1
                key = f"{number}+{more}"
                expected[key] = Expected(source=expected[number].source)
            for one in key.split(","):
                expected.setdefault(one, Expected())
            open_.append((role, key, length))
            at = found.end()
        elif marked[at] == "]" and open_:
            role, key, start = open_.pop()
            for one in key.split(","):
                want = expected[one]
                {"S": want.source, "C": want.cue, "K": want.content}[role].append(Span(start, length))
            at += 1
        else:
            text.append(marked[at])
            length += 1
            at += 1
    assert not open_, f"a bracket is not closed: {open_}"
    return "".join(text), expected


def article(text: str, language: str = "en", regions: tuple[Region, ...] = ()) -> Article:
    """An article with nothing known but its text."""
    return Article("t", "t.txt", text, "0" * 64, language=language, regions=regions)


def attribute(
    text: str,
    language: str = "en",
    *,
    parser: bool = True,
    regions: tuple[Region, ...] = (),
    rules_only: bool = True,
) -> tuple[Attribution, ...]:
    """What the program finds, by its rules alone unless asked otherwise."""
    a = article(text, language, regions)
    parse = (parser_for(language) if parser else PlainParser()).parse(a)
    return attributions(a, parse, rules_only=rules_only)


def check(marked: str, *, parser: bool = True, extra: bool = False) -> tuple[Attribution, ...]:
    """Every marked attribution is found and, unless `extra`, nothing else is.

    Words are compared: marks, white space and a leading "that" do not matter. Returns what was found, in
    the order of the marks' numbers.
    """
    text, expected = read(marked)
    got = list(attribute(text, parser=parser))
    shown = "\n".join(_show(text, a.source, a.cue, a.content, a.rule) for a in got)
    out: dict[str, Attribution] = {}
    for key, want in expected.items():
        fit = [
            a
            for a in got
            if a.id not in {o.id for o in out.values()}
            and _words(text, a.cue) == _words(text, want.cue)
            and _words(text, a.source[:1]) == _words(text, want.source[:1])
            and _words(text, a.content) == _words(text, want.content)
        ]
        assert fit, f"not found: {_show(text, want.source, want.cue, want.content, key)}\nfound:\n{shown}"
        out[key] = fit[0]
    if not extra:
        surplus = [a for a in got if a not in out.values()]
        assert not surplus, "too many: " + "\n".join(
            _show(text, a.source, a.cue, a.content, a.rule) for a in surplus
        )
    for key, want in expected.items():
        holders = [
            other
            for other, outer in expected.items()
            if other != key and want.cue and any(c.contains(want.cue[0]) for c in outer.content)
        ]
        if holders:
            inner = min(holders, key=lambda o: sum(s.end - s.start for s in expected[o].content))
            assert out[key].parent == out[inner].id, f"parent of {key} is not {inner}"
    return tuple(out[key] for key in expected)


def check_roughly(marked: str) -> None:
    """With the learned finder: every marked attribution has one that shares half its content and its source."""
    text, expected = read(marked)
    got = attribute(text, rules_only=False)
    for key, want in expected.items():
        close = [
            a
            for a in got
            if _share(text, a.content, want.content) >= 0.5
            and (not want.source or (a.source and any(a.source[0].overlaps(s) for s in want.source)))
        ]
        shown = "\n".join(_show(text, a.source, a.cue, a.content, a.rule) for a in got)
        assert close, f"not found: {_show(text, want.source, want.cue, want.content, key)}\nfound:\n{shown}"


def _share(text: str, a: Sequence[Span], b: Sequence[Span]) -> float:
    one, other = (
        {m.start() for s in spans for m in _WORD.finditer(text, s.start, s.end)} for spans in (a, b)
    )
    return len(one & other) / len(one | other)


def _words(text: str, spans: tuple[Span, ...] | list[Span]) -> list[str]:
    found = [w for s in spans for w in _WORD.findall(s.of(text))]
    return found[1:] if found[:1] == ["that"] else found


def _show(
    text: str,
    source: tuple[Span, ...] | list[Span],
    cue: tuple[Span, ...] | list[Span],
    content: tuple[Span, ...] | list[Span],
    note: str,
) -> str:
    parts = (" … ".join(s.of(text) for s in spans) or "–" for spans in (source, cue, content))
    return f"  ({note}) " + " | ".join(parts)
