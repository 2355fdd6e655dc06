"""`twosource trace`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from twosource.commands.options import (
    Case,
    Columns,
    DayFirst,
    Encoding,
    JudgementsFile,
    Memory,
    Paths,
    Quiet,
    RegistryFile,
    Workers,
    given_or_kept,
    judgements_from,
    read_options,
    registry_from,
)
from twosource.commands.output import check_writable, finish, printable, stdout, write, write_apart
from twosource.errors import UsageError
from twosource.report.progress import StderrProgress
from twosource.settings import Settings

_LARGE_REPORT = 6_000_000  # bytes from which on a browser is felt to wait


def trace(
    paths: Paths = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report here: .html, or .md for Markdown.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write machine-readable findings here.")
    ] = None,
    case: Case = None,
    judgements: JudgementsFile = None,
    registry: RegistryFile = None,
    texts_apart: Annotated[
        bool, typer.Option("--texts-apart", help="Keep the article texts in a folder beside the HTML report, for a large pile.")
    ] = False,
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    seed: Annotated[int, typer.Option(help="Seed of the random draws.")] = Settings().seed,
    q: Annotated[
        float, typer.Option("--q", min=0, max=1, help="Chance that an article without a parent has its own origin.")
    ] = Settings().q,
    rho: Annotated[float, typer.Option("--rho", min=0, max=1, help="Chance that two unnamed sources are one.")] = Settings().rho,
    samples: Annotated[int, typer.Option(min=1, max=100_000, help="Graphs drawn for the interval.")] = Settings().samples,
    top: Annotated[int, typer.Option(min=0, help="Claims in the printed table.")] = 12,
    workers: Workers = None,
    memory: Memory = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Count the independent lines behind every claim in the pile: the main job."""
    from twosource import pipeline
    from twosource.report import export, html, markdown, terminal

    every = given_or_kept(paths, case)
    for target in (output, json):
        check_writable(target)
        if (
            target is not None
            and target.exists()
            and any(p for p in every if Path(p).is_file() and target.samefile(p))
        ):
            raise UsageError(f"{target}: is one of the articles; name another file")
    if output is not None and json is not None and output.absolute() == json.absolute():
        raise UsageError(f"{output}: named twice; the report and the findings need a file each")
    settings = Settings(q=q, rho=rho, samples=samples, seed=seed)
    large = False
    outlets, decided = registry_from(registry), judgements_from(judgements)
    with StderrProgress(quiet) as progress:
        findings = pipeline.trace(
            every,
            settings,
            read_options(columns, encoding, day_first),
            pipeline.Run(case, workers, progress, memory),
            outlets,
            decided,
        )
        if json:
            progress.stage("Writing findings", 0)
            write(json, export.findings_json(findings))
        if output:
            progress.stage("Writing the report", 0)
            if output.suffix.lower() in (".md", ".markdown"):
                write(output, markdown.render(findings).encode("utf-8", "replace"))
            elif texts_apart:
                write_apart(output, html.files(findings, output.name, f"{output.stem}.texts"))
            else:
                page = html.render(findings).encode("utf-8", "replace")
                write(output, page)
                large = len(page) > _LARGE_REPORT
    terminal.summary(findings, stdout(), top)
    if output and not quiet:
        hint = " (large: --texts-apart keeps the article texts in a folder beside it)" if large else ""
        print(f"Report: {printable(str(output))}{hint}", file=sys.stderr)
    finish(findings.skipped)
