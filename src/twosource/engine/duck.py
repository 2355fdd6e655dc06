"""A join in DuckDB, in this process: out of core, within a limit of memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .closing import Closing

Table = Mapping[str, NDArray[Any]]


class Duck(Closing):
    """A temporary database on disk that holds no more than `memory` (such as "2GB") of its tables in memory.

    Use as a context manager: its files are in a temporary folder, inside `folder` where one is given, and are
    removed at the end. Raises UsageError when `memory` is no size, or too little for the pile.
    """

    def __init__(self, memory: str = "2GB", folder: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="twosource-", dir=folder)
        self._db = duckdb.connect(str(Path(self._folder.name) / "join.duckdb"))
        try:
            self._db.execute(f"SET memory_limit = '{size(memory)}'")
        except (duckdb.Error, UsageError):
            self.close()
            raise
        self._db.execute("SET preserve_insertion_order = false")
        self._memory = memory
        self._known: set[str] = set()

    def close(self) -> None:
        """Remove everything."""
        self._db.close()
        self._folder.cleanup()

    def _run(self, query: str) -> Any:
        try:
            return self._db.execute(query)
        except duckdb.OutOfMemoryException as error:
            raise UsageError(f"{self._memory} of memory are too little for this pile: give more") from error

    def keep(self, table: str, columns: Table) -> None:
        """Add rows to a table, which is made from the first."""
        self._db.register("added", dict(columns))
        how = f"INSERT INTO {table} SELECT" if table in self._known else f"CREATE TABLE {table} AS SELECT"
        self._run(f"{how} * FROM added")
        self._db.unregister("added")
        self._known.add(table)

    def make(self, table: str, query: str) -> None:
        """Keep the rows of `query` as a table."""
        self._run(f"CREATE TABLE {table} AS {query}")

    def through(
        self, query: str, by: str, function: Callable[[Table], Table], kinds: Mapping[str, str], table: str
    ) -> None:
        """Give the rows of `query` to `function`, those with one value of `by` at a time; keep what it returns."""
        self._db.execute(
            f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in kinds.items())})"
        )
        self._known.add(table)
        groups = self._run(f"SELECT DISTINCT {by} FROM ({query}) ORDER BY {by}").fetchall()  # noqa: S608
        for (group,) in groups:
            found = function(self.rows(f"SELECT * FROM ({query}) WHERE {by} = {int(group)}"))  # noqa: S608
            if len(found[next(iter(kinds))]):
                self.keep(table, found)

    def rows(self, query: str) -> Table:
        """The rows of `query`; none of the numbers in them may be missing."""
        found = self._run(query).fetchnumpy()
        return {name: np.ma.getdata(column) for name, column in found.items()}


def size(text: str) -> str:
    """A size as DuckDB takes it: "2GB", "800 mb". Raises UsageError for anything else."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([KMGT])i?B?", text.strip(), re.IGNORECASE)
    if found is None:
        raise UsageError(f"{text}: no size of memory; write it as 2GB or 800MB")
    return f"{found[1]}{found[2].upper()}B"
