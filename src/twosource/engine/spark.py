"""A join on a cluster, by Apache Spark. Needs the extra `cluster` and Java 17 or newer where the driver runs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .closing import Closing

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

Table = Mapping[str, NDArray[Any]]


def java() -> str | None:
    """The Java that Spark would start, None where there is none."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


class Spark(Closing):
    """Tables of a Spark session. Use as a context manager.

    With a `session` of your own, such as one that is connected to a cluster, that one is used and left open;
    without, a local one is started, on `cores` processors, and stopped at the end. The workers need this package.
    """

    def __init__(self, session: SparkSession | None = None, cores: int | str = "*") -> None:
        from pyspark.sql import SparkSession as Session

        self._own = session is None
        # a worker is to run the Python that runs this, unless whoever set up the cluster says otherwise
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._session = session or (
            Session.builder.master(f"local[{cores}]")
            .appName("twosource")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.memory", "4g")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
        self._made: list[str] = []
        self._parts: dict[str, DataFrame] = {}

    def close(self) -> None:
        """Forget the tables; stop the session if it was started here."""
        for table in (*self._made, *self._parts):
            self._session.catalog.dropTempView(table)
        if self._own:
            self._session.stop()

    def keep(self, table: str, columns: Table) -> None:
        """Add rows to a table, which is made from the first."""
        import pyarrow

        part = _on_disk(self._session.createDataFrame(pyarrow.table(dict(columns))))
        whole = self._parts[table].unionAll(part) if table in self._parts else part
        self._parts[table] = whole
        whole.createOrReplaceTempView(table)

    def make(self, table: str, query: str) -> None:
        """Keep the rows of `query` as a table: worked out once, on the workers' disks."""
        _on_disk(self._session.sql(query)).createOrReplaceTempView(table)
        self._made.append(table)

    def through(
        self, query: str, by: str, function: Callable[[Table], Table], kinds: Mapping[str, str], table: str
    ) -> None:
        """Give the rows of `query` to `function` on the workers, those with one value of `by` together."""
        schema = ", ".join(f"{name} {kind}" for name, kind in kinds.items())

        def aligned(rows: pyarrow.Table) -> pyarrow.Table:
            import pyarrow

            return pyarrow.table(dict(function(_columns(rows))))

        frame = self._session.sql(query).groupBy(by).applyInArrow(aligned, schema)
        frame.createOrReplaceTempView(table)
        self._made.append(table)

    def rows(self, query: str) -> Table:
        """The rows of `query`; none of the numbers in them may be missing."""
        return _columns(self._session.sql(query).toArrow())


def _on_disk(frame: DataFrame) -> DataFrame:
    """The rows of a frame, worked out once and written to the workers' disks.

    A checkpoint, no mere cache: a cached table still carries the plan that it came from, and the plans of tables made
    of tables would grow beyond what Spark can look through; rows that were given stand in it as Java objects, ten
    times as large as they are. On disk, since what is kept in memory is taken from the joins.
    """
    from pyspark import StorageLevel

    return frame.localCheckpoint(eager=True, storageLevel=StorageLevel.DISK_ONLY)


def _columns(rows: pyarrow.Table) -> dict[str, NDArray[Any]]:
    """The columns of an Arrow table: numbers as they are, bytes as objects."""
    out: dict[str, NDArray[Any]] = {}
    for name in rows.column_names:
        column = rows.column(name)
        if column.type in ("binary", "large_binary"):
            out[name] = np.empty(len(column), dtype=object)
            out[name][:] = column.to_pylist()
        else:
            out[name] = column.to_numpy()
    return out
