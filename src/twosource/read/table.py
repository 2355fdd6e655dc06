"""Tables and JSON records: one article per row, columns by option or by their usual names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Published, Skipped
from . import dates
from .decode import Encoding, sniff
from .files import open_file, too_long, whole
from .values import Draft, Note, ReadOptions, Source, left_out

GUESSES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "article_content", "articlebody", "article_text", "article_body", "body", "content", "full_text",
        "fulltext", "maintext", "main_text", "article", "story", "текст",
    ),
    "id": ("id", "article_id", "body_id", "bodyid", "doc_id", "document_id", "unit_id", "uid", "guid", "uuid", "key"),
    "title": ("title", "article_title", "headline", "heading", "заголовок"),
    "outlet": (
        "outlet", "source", "publisher", "publication", "site", "site_name", "sitename", "media", "media_name",
        "newspaper", "source_name", "domain", "издание", "источник",
    ),
    "published": (
        "published", "date", "publish_date", "published_at", "publication_date", "date_published", "datepublished",
        "pub_date", "pubdate", "datetime", "timestamp", "time", "created_at", "дата",
    ),
    "url": ("url", "link", "article_url", "source_url", "permalink", "href", "uri", "ссылка"),
    "canonical_url": ("canonical_url", "canonical"),
    "language": ("language", "lang", "язык"),
    "byline": ("byline", "author", "authors", "article_author", "writer", "автор"),
}  # fmt: skip
"""Field → column names that are taken for it when none is given; the earlier name wins."""

_ANY_DATE = frozenset(("date", "datetime", "time", "timestamp", "дата"))
_CHUNK = 1 << 20
_MOST_JSON = 200 << 20


def read_table(source: Source, options: ReadOptions) -> Iterator[Draft | Skipped | Note]:
    """The articles of a `.csv` or `.tsv` file with a header row. Raises ReadError when none can be read.

    The file is passed over three times in bounded memory: for its encoding, for the order of day and month
    in its date column, and for the articles.
    """
    encoding = _encoding(source, options)
    if encoding.remark:
        yield Note(source.path, encoding.remark)
    rows = _rows(source, encoding, options)
    header = next(rows, None)
    if header is None:
        raise ReadError("the file is empty")
    if header.unclosed:
        raise ReadError(
            "a quotation mark in the first row is never closed: mend it, or export the table again"
        )
    names = [c.strip() for c in header.cells]
    at = {field: names.index(name) for field, name in columns(names, options.columns, source.path).items()}
    day_first = options.day_first
    if day_first is None and "published" in at:
        day_first, remark = _day_first(source, encoding, options, at["published"])
        if remark:
            yield Note(source.path, remark)
    any_date = (
        "published" not in options.columns
        and "published" in at
        and _fold(names[at["published"]]) in _ANY_DATE
    )
    stem = Path(source.path).stem
    count = 0
    for row in rows:
        if not row.cells and not row.over and not row.unclosed:
            continue
        count += 1
        if row.unclosed:
            yield Skipped(
                source.path,
                "a quotation mark is opened here and never closed, so that this row and all below it cannot be told apart: "
                "mend the row, or export the table again",
                count,
            )
            continue
        if row.over:
            yield Skipped(source.path, too_long(options.max_characters), count)
            continue
        cells = row.cells
        values = {field: cells[i] for field, i in at.items() if i < len(cells)}
        yield draft(source.path, stem, count, values, options, day_first, any_date)
    if not count:
        raise ReadError("the table has a header and no rows")


def read_jsonl(source: Source, options: ReadOptions) -> Iterator[Draft | Skipped | Note]:
    """The articles of a `.jsonl` file, one JSON object per line."""
    encoding = _encoding(source, options)
    if encoding.remark:
        yield Note(source.path, encoding.remark)
    stem = Path(source.path).stem
    limit = 6 * options.max_characters + _CHUNK  # a character may be written in six: \u0416
    count = 0
    day_first = options.day_first
    with open_file(source.path) as raw:
        stream = io.TextIOWrapper(raw, encoding=encoding.name, errors=encoding.errors, newline="\n")
        for number, (line, over) in enumerate(_lines(stream, limit), 1):
            if not line.strip():
                continue
            count += 1
            if over:
                yield Skipped(source.path, too_long(options.max_characters), number)
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Skipped(source.path, f"no JSON: {_json_error(error)}", number)
                continue
            yield _record(source.path, stem, number, value, options, day_first)
    if not count:
        raise ReadError("the file is empty")


def read_json(source: Source, options: ReadOptions) -> Iterator[Draft | Skipped | Note]:
    """The articles of a `.json` file: an array of objects, one object, or an object with an array in it."""
    from .decode import decode

    try:
        data = whole(source.path, _MOST_JSON, options.max_characters)
    except ReadError as error:
        if "longer than" in str(error):
            raise ReadError("too large for one JSON value: give it as JSONL, one article per line") from None
        raise
    text, remark = decode(data, options.encoding)
    if not text.strip():
        raise ReadError("the file is empty")
    if remark:
        yield Note(source.path, remark)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if _is_jsonl(text, error):
            raise ReadError("one JSON value on each line: call the file .jsonl") from None
        raise ReadError(f"no JSON: {_json_error(error, several_lines=True)}") from None
    if isinstance(value, dict) and str(value.get("format", "")).startswith("twosource-"):
        yield left_out(source)
        return
    if isinstance(value, dict):
        value = _articles_in(value, options)
    if not isinstance(value, list) or not value:
        raise ReadError("no articles: expected an array of objects with a text each")
    stem = Path(source.path).stem
    items = [
        _record(source.path, stem, n, item, options, options.day_first) for n, item in enumerate(value, 1)
    ]
    if not source.given and not any(isinstance(i, Draft) for i in items):
        # a folder may hold settings, answers and the like in JSON: no article was missed
        yield Note(source.path, "no articles in it: left out")
        return
    yield from items


def columns(names: Iterable[str], given: Mapping[str, str], path: str = "") -> dict[str, str]:
    """Field → column: what the user named, else the usual names, whatever their case and spacing.

    Raises ReadError when there is no column of text, or when a named one is not there.
    """
    present = list(names)
    folded: dict[str, str] = {}
    for name in present:
        folded.setdefault(_fold(name), name)
    found: dict[str, str] = {}
    shown = ", ".join(present[:20]) or "none"
    for field, name in given.items():
        hit = name if name in present else folded.get(_fold(name))
        if hit is None:
            raise ReadError(f"no column {name!r} for {field}; columns are: {shown}")
        found[field] = hit
    taken = set(found.values())
    for field, usual in GUESSES.items():
        if field in found:
            continue
        hit = next((folded[g] for g in usual if g in folded and folded[g] not in taken), None)
        if hit is not None:
            found[field] = hit
            taken.add(hit)
    if "text" not in found:
        raise ReadError(f"no column of text; columns are: {shown}; name it with --column text=NAME")
    return found


def draft(
    path: str,
    stem: str,
    number: int,
    values: Mapping[str, str],
    options: ReadOptions,
    day_first: bool | None,
    any_date: bool = False,
) -> Draft | Skipped:
    """One row or record as an article, or why it is none."""
    text = values.get("text", "")
    if not text.strip():
        return Skipped(path, "the text is empty", number)
    if len(text) > options.max_characters:
        return Skipped(path, too_long(options.max_characters), number)

    def field(name: str, most: int = 2000) -> str:
        return " ".join(values.get(name, "")[: 4 * most].split())[:most]

    raw = field("published", 200)
    published = dates.parse(raw, day_first) if raw else Published()
    return Draft(
        path,
        text,
        number,
        id=field("id", 200) or f"{stem}-{number}",
        title=field("title"),
        outlet=field("outlet", 300),
        url=field("url"),
        canonical_url=field("canonical_url"),
        byline=field("byline", 500),
        published=published,
        language=field("language", 20),
        any_date=any_date,
    )


def _record(
    path: str, stem: str, number: int, value: Any, options: ReadOptions, day_first: bool | None
) -> Draft | Skipped:
    """One JSON value as an article, or why it is none."""
    if not isinstance(value, dict):
        return Skipped(path, 'no JSON object: expected {"text": …}', number)
    try:
        found = columns([str(k) for k in value], options.columns)
    except ReadError as error:
        return Skipped(
            path,
            str(error)
            .replace("column of text; columns are", "text; fields are")
            .replace("columns are", "fields are"),
            number,
        )
    if not isinstance(value[found["text"]], str):
        return Skipped(path, f"the field {found['text']!r} is no string", number)
    values = {field: _plain(value[name]) for field, name in found.items()}
    any_date = "published" not in options.columns and _fold(found.get("published", "")) in _ANY_DATE
    return draft(path, stem, number, values, options, day_first, any_date)


def _plain(value: Any) -> str:
    """A JSON value as text: lists of names joined, an object by its name, anything else as written."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        return ", ".join(v for v in map(_plain, value[:50]) if v)
    if isinstance(value, dict):
        return next(
            (v for k in ("name", "title", "uri", "url", "id") if isinstance(v := value.get(k), str)), ""
        )
    return str(value)[:200] if isinstance(value, float) or value.bit_length() < 256 else ""


def _fold(name: str) -> str:
    return "_".join(name.replace("-", " ").replace("_", " ").casefold().split())


def _articles_in(value: dict[str, Any], options: ReadOptions) -> list[Any]:
    """The list of records in an object ("articles" beside what an archive says of its answer), else the object itself."""
    inner = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(i, dict) for i in v)]
    if len(inner) > 1:
        inner = [v for v in inner if any(_has_text(i, options) for i in v)]
    return inner[0] if len(inner) == 1 and not _has_text(value, options) else [value]


def _has_text(record: Mapping[str, Any], options: ReadOptions) -> bool:
    """Whether a record has a text, by the names that are given or usual."""
    try:
        return isinstance(record[columns(record, options.columns)["text"]], str)
    except ReadError:
        return False


def _is_jsonl(text: str, error: Exception) -> bool:
    """Whether a text that is no JSON is a JSON value on its first line, and another below it."""
    if not isinstance(error, json.JSONDecodeError) or error.msg != "Extra data":
        return False
    first, _, rest = text.lstrip().partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return bool(rest.strip())


def _json_error(error: Exception, several_lines: bool = False) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if several_lines else ""
        return f"{error.msg.lower().removesuffix(' starting at')} at {line}column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def _encoding(source: Source, options: ReadOptions) -> Encoding:
    with open_file(source.path) as stream:
        return sniff(iter(lambda: stream.read(_CHUNK), b""), options.encoding)


def _lines(stream: io.TextIOWrapper, limit: int) -> Iterator[tuple[str, bool]]:
    """Lines of at most `limit` characters; of a longer one an empty stand-in, and True."""
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith("\n"):
            yield line, False
            continue
        while (more := stream.readline(limit)) and not more.endswith("\n"):
            pass
        yield "?", True


class _Row:
    """The cells of one row, or that it is longer than the limit, or that its quotation marks never close."""

    __slots__ = ("cells", "over", "unclosed")

    def __init__(self, cells: list[str], over: bool, unclosed: bool) -> None:
        self.cells = cells
        self.over = over
        self.unclosed = unclosed


def _rows(source: Source, encoding: Encoding, options: ReadOptions) -> Iterator[_Row]:
    """The rows of a table, each flagged when it is over the limit, in memory bounded by the limit."""
    limit = 2 * options.max_characters + _CHUNK
    with open_file(source.path) as raw:
        stream = io.TextIOWrapper(raw, encoding=encoding.name, errors=encoding.errors, newline="")
        feed = _Feed(stream, limit)
        # the module's own limit of 131,072 would refuse long articles; `feed` keeps the bound instead
        csv.field_size_limit(max(csv.field_size_limit(), 2 * limit))
        delimiter = "\t" if source.kind == ".tsv" else _delimiter(feed.peek())
        reader = csv.reader(feed, delimiter=delimiter)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = [""]
                feed.over = True
            yield _Row(cells, feed.over, feed.unclosed)
            feed.start()


def _delimiter(header: str) -> str:
    """The mark that parts the columns, told from the header row: comma, semicolon, tab or bar."""
    counts = {mark: header.count(mark) for mark in ",;\t|"}
    best = max(counts, key=lambda m: counts[m])
    return best if counts[best] else ","


class _Feed:
    """Lines for csv.reader, in bounded memory.

    Once a row is over the limit only its quotation marks are passed on: the reader still knows where it ends.
    """

    def __init__(self, stream: io.TextIOWrapper, limit: int) -> None:
        self.stream = stream
        self.limit = limit
        self.used = 0
        self.over = False
        self.unclosed = False
        self.ahead: str | None = None

    def peek(self) -> str:
        if self.ahead is None:
            self.ahead = self.stream.readline(self.limit)
        return self.ahead

    def start(self) -> None:
        self.used = 0
        self.over = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self.ahead if self.ahead is not None else self.stream.readline(self.limit)
        self.ahead = None
        if not line:
            # a reader that asks for another line within a row is inside quotation marks
            self.unclosed = bool(self.used) or self.over
            raise StopIteration
        if self.used + len(line) < self.limit and not self.over:
            self.used += len(line)
            return line
        self.over = True
        quotes = line.count('"')
        while len(line) >= self.limit and not line.endswith(("\n", "\r")):
            line = self.stream.readline(self.limit)
            quotes += line.count('"')
        return ('x"\n' if self.used else '"\n') if quotes % 2 else "x\n"


def _day_first(source: Source, encoding: Encoding, options: ReadOptions, at: int) -> tuple[bool | None, str]:
    """The order of day and month that the whole column shows, and a remark where it shows none."""
    values: list[str] = []
    unclear = 0
    first: set[bool] = set()
    for row in _rows(source, encoding, options):
        if at >= len(row.cells) or row.over:
            continue
        values = [row.cells[at]]
        told = dates.order(values)
        if told is not None:
            first.add(told)
        unclear += dates.ambiguous(row.cells[at])
    if len(first) == 1:
        return first.pop(), ""
    if not unclear:
        return None, ""
    reason = (
        "day and month stand in either order"
        if first
        else "no date shows whether the day or the month comes first"
    )
    return (
        None,
        f"{unclear} ambiguous dates ({reason}): kept imprecise; settle it with --day-first or --month-first",
    )
