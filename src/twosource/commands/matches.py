"""`twosource matches`."""

from __future__ import annotations

from typing import Annotated

import typer

from twosource.commands.options import (
    Columns,
    DayFirst,
    Encoding,
    Memory,
    Paths,
    Quiet,
    check_format,
    given,
    read_options,
)
from twosource.commands.output import finish, out, stdout
from twosource.report.progress import StderrProgress


def matches(
    paths: Paths = None,
    format: Annotated[str, typer.Option(help="text, or jsonl: one line per match.")] = "text",  # noqa: A002
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    memory: Memory = None,
    quiet: Quiet = False,
) -> None:
    """List the passages that articles share, what relation they show, and which way they went.

    reprint: nearly all of both articles, unedited. trimmed reprint: most of one, words left out. edited: at least half of
    one, changed. passage: a part of both. quotation: quoted in both, so that both may have heard it. template: a formula
    or boilerplate, from neither.

    copied: the probability that one of the two rests on the other at all; what is left of 1 is mostly a common source
    that is not in the pile. direction: if so, the probability that it went this way; undirected: nothing tells.
    """
    from twosource import pipeline
    from twosource.report import export, terminal
    from twosource.report.words import many

    check_format(format)
    with StderrProgress(quiet) as progress:
        pile, found = pipeline.matches(
            given(paths),
            None,
            read_options(columns, encoding, day_first),
            pipeline.Run(progress=progress, memory=memory),
        )
    by_id = {a.id: a for a in pile.articles}
    if format == "jsonl":
        for match in found:
            out(export.match_line(match, by_id))
    else:
        console = stdout()
        for match in found:
            terminal.match(match, by_id, console)
        shared = f"{many(len(found), 'shared passage')} in {many(len(pile.articles), 'article')}"
        console.print(shared, highlight=False)
    finish(pile.skipped, () if quiet else pile.notes)
