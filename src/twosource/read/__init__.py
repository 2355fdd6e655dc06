"""Read: files and folders → articles. Nothing here goes out to the network, and nothing in a file runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ..errors import ReadError
from ..model import Article, Skipped
from .build import build, clean
from .files import files, too_long, why
from .html import read_html
from .repeated import credit_outlets, mark_repeated
from .table import read_json, read_jsonl, read_table
from .text import read_text
from .values import Draft, Note, Pile, ReadOptions, Source

__all__ = ["Note", "Pile", "ReadOptions", "articles", "credit_outlets", "gather", "mark_repeated", "read"]

UNEXPECTED = "cannot be read"
"""How the reason begins when a reader failed in a way that nobody foresaw."""

READERS: dict[str, Callable[[Source, ReadOptions], Iterator[Draft | Skipped | Note]]] = {
    ".txt": read_text,
    ".html": read_html,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
}
"""What reads a file, by its suffix."""


def read(paths: Sequence[str], options: ReadOptions | None = None) -> Pile:
    """Every article under `paths`, in an order that depends on the files' names alone.

    What cannot be read is in `skipped`, each with its reason; nothing is raised for a bad input.
    """
    return gather(articles(paths, options))


def articles(paths: Sequence[str], options: ReadOptions | None = None) -> Iterator[Article | Skipped | Note]:
    """The same, one at a time, for a progress bar. Pass what it yields to `gather`."""
    for item in _everything(paths, options or ReadOptions()):
        # a file's name may hold bytes that no output can
        yield item if isinstance(item, Article) else replace(item, path=clean(item.path))


def _everything(paths: Sequence[str], options: ReadOptions) -> Iterator[Article | Skipped | Note]:
    used: set[str] = set()
    for source in files(paths):
        if not isinstance(source, Source):
            yield source
            continue
        overruled = 0
        try:
            for item in READERS[source.kind](source, options):
                if isinstance(item, Draft):
                    made = _article(item, options, used)
                    overruled += isinstance(made, Article) and _overruled(item, made)
                    yield made
                else:
                    yield item
        except ReadError as error:
            yield Skipped(source.path, str(error))
        except OSError as error:
            yield Skipped(source.path, why(error))
        except Exception as error:  # one hostile file must not end the run of all the others
            yield Skipped(
                source.path, f"{UNEXPECTED} ({type(error).__name__}: {str(error)[:80]}): please report it"
            )
        if overruled:
            yield Note(
                source.path,
                f"{overruled} articles print another date than their column: the printed one is taken",
            )


def gather(items: Iterable[Article | Skipped | Note]) -> Pile:
    """The pile of everything that `articles` yields, with what an outlet repeats marked as boilerplate."""
    found: list[Article] = []
    skipped: list[Skipped] = []
    notes: list[Note] = []
    for item in items:
        if isinstance(item, Article):
            found.append(item)
        elif isinstance(item, Skipped):
            skipped.append(item)
        else:
            notes.append(item)
    return Pile(mark_repeated(credit_outlets(found)), tuple(skipped), tuple(notes))


def _article(draft: Draft, options: ReadOptions, used: set[str]) -> Article | Skipped:
    if len(draft.text) > options.max_characters:
        return Skipped(draft.path, too_long(options.max_characters), draft.record)
    return build(draft, _unique(draft.id or "article", used), options.day_first)


def _overruled(draft: Draft, article: Article) -> bool:
    """Whether the text's own date was taken over another that its record gives."""
    return (
        draft.any_date
        and draft.published.start is not None
        and draft.published.raw != article.published.raw
        and (
            draft.published.start > (article.published.start or draft.published.start)
            or (draft.published.end or draft.published.start)
            <= (article.published.start or draft.published.start)
        )
    )


def _unique(wanted: str, used: set[str]) -> str:
    """The id, or the id with the first free number behind it."""
    wanted = "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in wanted)
    name, n = wanted, 1
    while name in used:
        n += 1
        name = f"{wanted}-{n}"
    used.add(name)
    return name
