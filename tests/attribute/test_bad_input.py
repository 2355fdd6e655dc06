"""Texts that nobody wrote for reading: work grows with their length and no faster, and nothing crashes.

Work is counted in calls of functions, which no busy machine can disturb: four times the text may take little more than
four times the calls.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest
from notation import article

from twosource.attribute import attributions
from twosource.language import english
from twosource.language.analysis import Analysis
from twosource.language.parsers import parser_for
from twosource.language.plain import PlainParser
from twosource.model import Article

NEWS = (
    "Ann Ray said that the captain had told her the mill was empty. “We left at four,” said Tom Oduya, who "
    "runs the ferry. According to the Bay Post, two officials believe the owner's claim that the wall was safe. "
    "The minister criticised the report, citing a letter from the Harbour Board.\n\n"
)
TEXTS = {
    "quotation marks alone": "\"“”„«»‘’'",
    "one mark": '"',
    "brackets opened": "(",
    "brackets nested": "( [ { “ ",
    "mixed scripts": "Ann Рэй said что «岸壁が燃えた」 and мэр told 彼 that 123. ",
    "no punctuation": "the mayor said that the owner said that the guard said that ",
    "no spaces": "said",
    "one cue": "said ",
    "cues and commas": "said, according to, ",
    "one letter a line": "a\n",
    "names alone": "Ann Ray Tom Oduya ",
    "news": NEWS,
}


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, C's included."""
    count = 0

    def seen(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", [pytest.param(t, id=n) for n, t in TEXTS.items()])
def test_without_a_parser_work_grows_with_the_text(piece: str) -> None:
    def work(size: int) -> int:
        a = article((piece * (size // len(piece) + 1))[:size])
        return calls(lambda: attributions(a, PlainParser().parse(a), rules_only=True))

    assert work(12_000) <= 5 * work(3_000) + 1000


def test_two_million_characters_without_a_parser() -> None:
    items = (f"Day {k}. {NEWS}" for k in range(2_000_000 // len(NEWS) + 1))
    a = article("".join(items)[:2_000_000])
    found = attributions(a, PlainParser().parse(a), rules_only=True)
    assert len(found) > 5000
    assert all(0 <= s.start < s.end <= len(a.text) for f in found for s in f.content)


def repeated(times: int) -> tuple[Article, Analysis]:
    """The news item as often as asked, parsed once: what is tested is the rules, and the parser is slow."""
    one = article(NEWS)
    parse = parser_for("en").parse(one)
    size, length = len(parse.tokens), len(NEWS)
    tokens = tuple(
        replace(
            t, i=t.i + k * size, head=t.head + k * size, start=t.start + k * length, end=t.end + k * length
        )
        for k in range(times)
        for t in parse.tokens
    )
    names = tuple(
        replace(
            n,
            span=type(n.span)(n.span.start + k * length, n.span.end + k * length),
            first=n.first + k * size,
            last=n.last + k * size,
        )
        for k in range(times)
        for n in parse.names
    )
    ranges = [
        tuple((a + k * size, b + k * size) for k in range(times) for a, b in pairs)
        for pairs in (parse.sentences, parse.paragraphs)
    ]
    return article(NEWS * times), replace(
        parse, tokens=tokens, sentences=ranges[0], paragraphs=ranges[1], names=names
    )


@pytest.mark.skipif(not english.available(), reason="no English parser installed")
def test_with_a_parser_work_grows_with_the_text() -> None:
    def work(times: int) -> int:
        a, parse = repeated(times)
        return calls(lambda: attributions(a, parse, rules_only=True))

    assert work(80) <= 5 * work(20)
