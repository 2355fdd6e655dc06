"""`twosource quotes`."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.commands.options import (
    Columns,
    DayFirst,
    Encoding,
    Paths,
    Quiet,
    Workers,
    check_format,
    given,
    read_options,
)
from twosource.commands.output import finish, out, stdout
from twosource.report.progress import StderrProgress


def quotes(
    paths: Paths = None,
    format: Annotated[str, typer.Option(help="text, or jsonl: one line per article.")] = "text",  # noqa: A002
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """List who says what: source, cue and content of every attribution."""
    from twosource import pipeline
    from twosource.report import export, terminal

    check_format(format)
    with StderrProgress(quiet) as progress:
        pile, found = pipeline.quotes(
            given(paths),
            read_options(columns, encoding, day_first),
            pipeline.Run(workers=workers, progress=progress),
        )
    if format == "jsonl":
        for article, attributions in zip(pile.articles, found, strict=True):
            out(export.quotes_line(article, attributions))
    else:
        console = stdout()
        for article, attributions in zip(pile.articles, found, strict=True):
            terminal.quotes(article, attributions, console)
    finish(pile.skipped, () if quiet else pile.notes)
