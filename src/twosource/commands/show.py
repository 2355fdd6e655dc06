"""`twosource show`."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.commands.options import (
    Case,
    Columns,
    DayFirst,
    Encoding,
    JudgementsFile,
    Paths,
    Quiet,
    RegistryFile,
    Workers,
    given_or_kept,
    judgements_from,
    read_options,
    registry_from,
)
from twosource.commands.output import finish, stdout
from twosource.errors import UsageError
from twosource.report.progress import StderrProgress
from twosource.settings import Settings


def show(
    what: Annotated[str, typer.Argument(metavar="claim|source|article", help="What to show.")],
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="Its id from the report or the findings, or part of its name.")
    ],
    paths: Paths = None,
    case: Case = None,
    judgements: JudgementsFile = None,
    registry: RegistryFile = None,
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Print one claim, source or article in full."""
    from twosource import pipeline
    from twosource.report.show import SHOWN

    if what not in SHOWN:
        raise UsageError(f"show {what}: unknown; use {', '.join(SHOWN)}")
    every = given_or_kept(paths, case)
    outlets, decided = registry_from(registry), judgements_from(judgements)
    with StderrProgress(quiet) as progress:
        findings = pipeline.trace(
            every,
            None if case and not every else Settings(),
            read_options(columns, encoding, day_first),
            pipeline.Run(case, workers, progress),
            outlets,
            decided,
        )
    SHOWN[what](findings, wanted, stdout())
    finish(findings.skipped)
