"""What reading takes and gives: options, drafts of articles, notes, the pile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model import Article, Credit, Published, Region, Skipped
from ..settings import Settings


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may say about the input.

    columns: field → column, for tables and JSON records: ``{"text": "article_content"}``. Fields are
        id, title, text, outlet, published, url, language, byline; what is not named is guessed.
    encoding: the encoding of text and tables; "" detects it.
    max_characters: longest text that is read, in code points; longer ones are skipped by name.
    day_first: how to read 4/5/2031 (True: 4 May, False: April 5); None decides from the whole column.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    max_characters: int = Settings().max_characters
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader had to guess, in one line: the encoding, the order of day and month."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything that was read: articles in a fixed order, inputs that were not, guesses that were made."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Note, ...] = ()


OURS = "made by twosource, no article: left out"
"""Said of a report or of findings that lie among the articles: counted, they would stand for sources of their own."""


class Source(NamedTuple):
    """One file to read: `path` as shown, relative to what was given."""

    path: str
    kind: str  # the suffix in lower case, with its dot
    given: bool = True  # named by the user, not found in a folder


@dataclass(frozen=True, slots=True)
class Draft:
    """One text with what its container says about it, before its regions and language are known.

    `id` is the record's own id or "". `titled` says that a first line may well be a title (a bare text file).
    `any_date` says that `published` comes from a column called no more than "date", which may be the event's.
    """

    path: str
    text: str
    record: int = 0
    id: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    canonical_url: str = ""
    byline: str = ""
    dateline: str = ""
    published: Published = field(default_factory=Published)
    language: str = ""
    credits: tuple[Credit, ...] = ()
    regions: tuple[Region, ...] = ()
    titled: bool = False
    any_date: bool = False


def left_out(source: Source) -> Note | Skipped:
    """What is said of a file of our own making: noted in a folder, where it may well lie; skipped where it was named."""
    return Skipped(source.path, OURS) if source.given else Note(source.path, OURS)
