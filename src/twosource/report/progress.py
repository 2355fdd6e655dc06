"""Progress on stderr: a bar for a person at a terminal, a line per stage for a log."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


class StderrProgress:
    """Shows the running stage on stderr; silent when `quiet`."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._bar = Bar(
            TextColumn("{task.description:<22}"),
            BarColumn(32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not self._live,
        )
        self._task = self._bar.add_task("Starting", total=None)

    def __enter__(self) -> StderrProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def stage(self, name: str, total: int) -> None:
        """A stage begins; `total` steps are expected, 0 when that is not known."""
        if self._live:
            self._bar.reset(self._task, description=name, total=total or None)
        elif not self._quiet:
            print(f"{name} ({total})" if total else name, file=sys.stderr, flush=True)

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""
        self._bar.advance(self._task, steps)
