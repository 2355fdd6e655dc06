"""The same passages by way of a database: for piles that do not fit into memory, or into one machine.

The join of shingles is plain SQL, in `sql/`, one file for each table, and runs unchanged on whatever stands behind
`Database`. What SQL cannot do, to chain and align the words between two places that are linked, is the same
compiled code as in memory, given to the database as a function of columns.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import resources
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from twosource.reuse.align import Passages, enough, passages, rarities
from twosource.reuse.chains import chains
from twosource.reuse.grouping import OCCURRENCES
from twosource.reuse.postings import ALIKE, FEW, LIMITS, NEIGHBOURS, SHIFTS
from twosource.reuse.repeats import Repeats
from twosource.reuse.seeds import Texts, article_of, linked_seeds
from twosource.reuse.shingles import WIDTH, shingles
from twosource.reuse.tokens import I64, Bools, Tokens

Table = Mapping[str, NDArray[Any]]
"""Columns of one length: int64, float64, or bytes as objects."""
BLOCK = 2000
"""Later articles whose passages are aligned at once: bounds the memory, changes no result."""
_BATCH = 1 << 22  # words written to the database at once
_PART = 1 << 24  # words of the pile whose shingles are counted at once

PASSAGES = {
    "a_start": "BIGINT",
    "a_end": "BIGINT",
    "b_start": "BIGINT",
    "b_end": "BIGINT",
    "aligned": "BIGINT",
    "shared": "BIGINT",
    "rarity": "DOUBLE",
    "common": "DOUBLE",
}
"""The columns of the table of passages; places count over the whole pile."""


class Database(Protocol):
    """What the join needs of a database: four verbs."""

    def keep(self, table: str, columns: Table) -> None:
        """Add rows to a table, which is made from the first."""
        ...

    def make(self, table: str, query: str) -> None:
        """Keep the rows of `query` as a table."""
        ...

    def through(
        self, query: str, by: str, function: Callable[[Table], Table], kinds: Mapping[str, str], table: str
    ) -> None:
        """Give the rows of `query` to `function`, those with one value of the column `by` together.

        What it returns, columns of the SQL types `kinds`, is kept as `table`. The function may run in another
        process.
        """
        ...

    def rows(self, query: str) -> Table:
        """The rows of `query`."""
        ...


def statement(name: str, **values: object) -> str:
    """The query in `sql/NAME.sql`, with its {blanks} filled in."""
    return resources.files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8").format(**values)


def joined_passages(
    database: Database, tokens: Tokens, min_words: int, fresh: Bools | None = None
) -> Passages:
    """`matching.shared_passages`, worked out in `database`.

    `fresh` bool (n,), where given: the articles that are new. Only pairs that have one are joined, and the
    others are left out of the result.
    """
    join(database, lambda: _stretches(tokens), min_words, fresh)
    found = database.rows("SELECT * FROM passages")
    every = Passages(
        article_of(found["a_start"], tokens.offsets).astype(np.int32),
        article_of(found["b_start"], tokens.offsets).astype(np.int32),
        found["a_start"],
        found["a_end"],
        found["b_start"],
        found["b_end"],
        found["aligned"].astype(np.int32),
        found["shared"].astype(np.int32),
        found["rarity"],
        found["common"],
    )
    return every.by_place()


def join(
    database: Database, pile: Callable[[], Iterable[Tokens]], min_words: int, fresh: Bools | None = None
) -> int:
    """Fill the table `passages` of `database`; returns how many articles there are.

    `pile` gives the tokens of the articles in their order, so many articles at a time that they fit into memory.
    It is called three times: shingles that stand in the pile once, most of them, never reach the database.
    """
    total = sum(len(part.hashes) for part in pile())
    repeats = Repeats(total)
    for part in pile():
        repeats.add(shingles(part))
    repeats.close()
    articles = words = 0
    for part in pile():
        for table, columns in _rows(part, articles, words, repeats, fresh).items():
            database.keep(table, columns)
        articles, words = articles + part.articles, words + len(part.hashes)
    del repeats
    _first_layer(database, max(1, total // _PART))
    database.make("owned", statement("owned", places="places_0"))
    links = []
    for depth, limit in enumerate(LIMITS):
        if depth:
            longer = statement("longer", layer=f"layer_{depth - 1}", shift=SHIFTS[depth - 1])
            database.make(f"longer_{depth}", longer)
            followed = statement("followed", places=f"longer_{depth}", occurrences=OCCURRENCES)
            database.make(f"places_{depth}", followed)
        alike = statement(
            "alike",
            places=f"places_{depth}",
            few=FEW,
            common=limit,
            neighbours=NEIGHBOURS,
            alike=ALIKE,
            width=WIDTH,
        )
        database.make(f"alike_{depth}", alike)
        layer = statement("layer", places=f"places_{depth}", alike=f"alike_{depth}", few=FEW)
        database.make(f"layer_{depth}", layer)
        links.append(statement("links", layer=f"layer_{depth}", block=BLOCK))
    database.make("links", "\nUNION ALL\n".join(links))
    aligned = functools.partial(block_passages, articles=articles, min_words=min_words)
    database.through(statement("work", block=BLOCK), "block", aligned, PASSAGES, "passages")
    return articles


def _first_layer(database: Database, parts: int) -> None:
    """Make the tables `shared` and `places_0`, a part of the hashes at a time: sorting takes memory."""
    names = (
        [("shared", "places_0")] if parts == 1 else [(f"shared_{n}", f"followed_{n}") for n in range(parts)]
    )
    for number, (shared, followed) in enumerate(names):
        only = "" if parts == 1 else f"WHERE abs(value % {parts}) = {number}"
        database.make(shared, statement("shared", only=only))
        database.make(followed, statement("followed", places=shared, occurrences=OCCURRENCES))
    if parts > 1:
        for table, of in zip(("shared", "places_0"), zip(*names, strict=True), strict=True):
            database.make(table, "\nUNION ALL\n".join(f"SELECT * FROM {part}" for part in of))  # noqa: S608


def _stretches(tokens: Tokens) -> Iterator[Tokens]:
    """The pile, some articles at a time."""
    lo = 0
    while lo < tokens.articles:
        hi = max(lo + 1, int(np.searchsorted(tokens.offsets, tokens.offsets[lo] + _BATCH, side="right")) - 1)
        yield tokens.part(lo, hi)
        lo = hi


def _rows(part: Tokens, number: int, place: int, repeats: Repeats, fresh: Bools | None) -> dict[str, Table]:
    """Rows of the tables `articles` and `shingles`, numbered on from article `number` and from `place`."""
    values = shingles(part)
    at = repeats.places(values)
    numbers = np.arange(number, number + part.articles)
    article = np.repeat(numbers, np.diff(part.offsets))[at]
    words = np.empty(part.articles, dtype=object)
    words[:] = [part.hashes[i:j].tobytes() for i, j in itertools.pairwise(part.offsets)]
    new = np.ones(len(at), np.int64) if fresh is None else fresh[article].astype(np.int64)
    return {
        "articles": {"article": numbers, "first": part.offsets[:-1] + place, "words": words},
        "shingles": {
            "value": values[at].view(np.int64),
            "article": article,
            "place": at + place,
            "fresh": new,
        },
    }


def block_passages(work: Table, articles: int, min_words: int) -> Table:
    """The passages of one block of `sql/work.sql`, of a pile of so many `articles`; columns as PASSAGES says."""
    kind, x, y = work["kind"], work["x"], work["y"]
    owners = np.flatnonzero(kind == 0)
    owners = owners[np.argsort(x[owners])]
    words = [np.frombuffer(w, np.uint32) for w in work["words"][owners]]
    first = y[owners]
    bounds = np.concatenate(([0], np.cumsum([len(w) for w in words]))).astype(np.int64)
    hashes = np.concatenate([*words, np.empty(0, np.uint32)])
    moved = bounds[:-1] - first  # what turns a place over the pile into one over the block

    def here(places: I64) -> I64:
        return places + moved[np.searchsorted(first, places, side="right") - 1]

    counted, linked = kind == 2, kind == 1
    carriers = np.zeros(len(hashes), np.int32)
    carriers[here(x[counted])] = y[counted]
    texts = Texts.of(hashes, bounds, carriers, rarities(articles), np.ones(len(bounds) - 1, np.bool_))

    a, b = here(x[linked]), here(y[linked])
    order = np.lexsort((a, b))
    found = linked_seeds(a[order], b[order], texts, enough(min_words))
    p = passages(found, chains(found, hashes), texts, min_words)

    def back(places: I64, inside: I64) -> I64:
        return places - moved[np.searchsorted(bounds, inside, side="right") - 1]

    return {
        "a_start": back(p.a_start, p.a_start),
        "a_end": back(p.a_end, p.a_start),
        "b_start": back(p.b_start, p.b_start),
        "b_end": back(p.b_end, p.b_start),
        "aligned": p.aligned.astype(np.int64),
        "shared": p.shared.astype(np.int64),
        "rarity": p.rarity,
        "common": p.common,
    }
