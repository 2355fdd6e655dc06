"""`twosource explain`."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    check_format,
    given_or_kept,
    judgements_from,
    read_options,
    registry_from,
)
from twosource.commands.output import finish, out, stdout
from twosource.errors import UsageError
from twosource.report.progress import StderrProgress
from twosource.settings import Settings

if TYPE_CHECKING:
    from twosource.model import Findings


def explain(
    wanted: Annotated[
        str | None, typer.Argument(metavar="[CLAIM]", help="Id of a claim, or some words that no other has. None with --without: every claim.")
    ] = None,
    paths: Paths = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="SOURCE", help="Recount as if this source fell: its name, an alias, or its id; repeat."),
    ] = None,
    format: Annotated[str, typer.Option(help="text, or json.")] = "text",  # noqa: A002
    case: Case = None,
    judgements: JudgementsFile = None,
    registry: RegistryFile = None,
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the random draws.")] = None,
    q: Annotated[
        float | None, typer.Option("--q", min=0, max=1, help="Chance that an article without a parent has its own origin.")
    ] = None,
    rho: Annotated[float | None, typer.Option("--rho", min=0, max=1, help="Chance that two unnamed sources are one.")] = None,
    samples: Annotated[int | None, typer.Option(min=1, max=100_000, help="Graphs drawn for the interval.")] = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Say why a claim's count is what it is, down to the passage, and what falls without a source."""
    from twosource import pipeline, provenance
    from twosource.report import explain as report
    from twosource.report.pages import Book

    check_format(format, "json")
    every = list(paths or [])
    if wanted is not None and without and Path(wanted).exists():  # no claim: what falls in the whole pile
        every, wanted = [wanted, *every], None
    if wanted is None and not without:
        raise UsageError("no CLAIM given: name one by its id or its words, or ask --without SOURCE for all")
    every = given_or_kept(every, case)
    usual = Settings()
    chosen = replace(
        usual,
        q=usual.q if q is None else q,
        rho=usual.rho if rho is None else rho,
        samples=usual.samples if samples is None else samples,
        seed=usual.seed if seed is None else seed,
    )
    # A case without paths is explained as it was last counted, unless other settings are asked for.
    settings = None if case and not every and chosen == usual else chosen
    outlets, decided = registry_from(registry), judgements_from(judgements)
    with StderrProgress(quiet) as progress:
        findings = pipeline.trace(
            every,
            settings,
            read_options(columns, encoding, day_first),
            pipeline.Run(case, workers, progress),
            outlets,
            decided,
        )
    book = Book(findings)
    view = report.find_claim(book, wanted) if wanted is not None else None
    fallen = [report.find_source(book, name) for name in without or ()]
    found = (
        provenance.without(
            findings,
            [key for key, _, outlet in fallen if not outlet],
            _settings(findings),
            [key for key, _, outlet in fallen if outlet],
            pipeline.registry_of(findings, outlets),
        )
        if fallen
        else ()
    )
    names = [name for _, name, _ in fallen]
    if view is None:
        falls = report.falls(book, names, found)
        if format == "json":
            out(report.falls_json(falls, findings).rstrip(b"\n"))
        else:
            report.print_falls(falls, stdout())
    else:
        fall = next((f for f in found if f.claim == view.claim.id), None)
        explained = report.explanation(
            book, view, provenance.lines(view.provenance), provenance.swings(view.provenance), names, fall
        )
        if format == "json":
            out(report.explanation_json(explained, findings).rstrip(b"\n"))
        else:
            report.print_explanation(explained, stdout())
    finish(findings.skipped)


def _settings(findings: Findings) -> Settings:
    """The settings that the findings were made with."""
    return Settings(**{f.name: literal_eval(findings.tool.settings[f.name]) for f in fields(Settings)})
