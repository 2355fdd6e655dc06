"""The command line: parse, call the pipeline, print, exit code."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from . import __version__
from .errors import TwosourceError, UsageError
from .model import Skipped
from .read import ReadOptions
from .report.progress import StderrProgress
from .settings import Settings

if TYPE_CHECKING:
    from .report.html import Files

HELP = """Ten articles say it. How many sources is that really?

twosource reads a pile of news articles and finds, for every claim in it, who says it, how it travelled, and how
many independent lines stand behind it: at least L, at most U, most likely K. It never says true or false.

Examples:

\b
  twosource trace articles/ -o report.html
      a folder of .txt, .html, .jsonl, .csv → a report
  twosource trace pile.csv --column text=body
      name the columns that it cannot guess
  twosource trace articles/ --case fire.case
      keep what was found; the next run only does what is new
  twosource show claim ID --case fire.case
      one claim in full; also: show source, show article
  twosource quotes article.txt
      who says what, in one article
  twosource matches articles/ --format jsonl
      which passages the articles share

Exit codes: 0 done, 1 done but some inputs were skipped (each is named), 2 wrong usage or nothing readable.
Nothing goes out to the network.
"""

_LARGE_REPORT = 6_000_000  # bytes from which on a browser is felt to wait

app = typer.Typer(
    name="twosource",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

Paths = Annotated[
    list[str] | None, typer.Argument(metavar="PATH…", help="Files and folders: .txt .html .jsonl .csv")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="Column of a CSV for text, title, outlet, published, url, id, language; repeat."),
]  # fmt: skip
Encoding = Annotated[str | None, typer.Option(help="Encoding of every file, when the guess is wrong.")]
DayFirst = Annotated[
    bool | None,
    typer.Option("--day-first/--month-first", help="How to read 4/5/2031, when a column cannot tell."),
]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; default: every core.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]


def _version(asked: bool) -> None:
    if not asked:
        return
    from . import pipeline
    from .language import models

    typer.echo(f"twosource {__version__}")
    for name, digest in pipeline.model_hashes():
        typer.echo(f"  {name}  sha256 {digest}")
    for model in models.installed():
        if not model.sha256:
            typer.echo(f"  {model.name}  {model.note}")
    raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Version and model hashes, then exit."
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def trace(
    paths: Paths = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report here: .html, or .md for Markdown.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write machine-readable findings here.")
    ] = None,
    case: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Case file: keeps what was found for the next run.")
    ] = None,
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
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Count the independent lines behind every claim in the pile: the main job."""
    from . import pipeline
    from .report import export, html, markdown, terminal

    if not paths and case is None:
        raise UsageError("no PATH given: name at least one file or folder, or a --case that holds articles")
    for target in (output, json):
        _check_writable(target)
    settings = Settings(q=q, rho=rho, samples=samples, seed=seed)
    large = False
    with StderrProgress(quiet) as progress:
        findings = pipeline.trace(
            paths or [],
            settings,
            _read_options(columns, encoding, day_first),
            pipeline.Run(case, workers, progress),
        )
        if json:
            progress.stage("Writing findings", 0)
            _write(json, export.findings_json(findings))
        if output:
            progress.stage("Writing the report", 0)
            if output.suffix.lower() in (".md", ".markdown"):
                _write(output, markdown.render(findings).encode("utf-8", "replace"))
            elif texts_apart:
                _write_apart(output, html.files(findings, output.name, f"{output.stem}.texts"))
            else:
                page = html.render(findings).encode("utf-8", "replace")
                _write(output, page)
                large = len(page) > _LARGE_REPORT
    terminal.summary(findings, _stdout(), top)
    if output and not quiet:
        hint = " (large: --texts-apart keeps the article texts in a folder beside it)" if large else ""
        Console(stderr=True, highlight=False).print(f"Report: {escape(str(output))}{hint}", soft_wrap=True)
    _finish(findings.skipped)


@app.command()
def show(
    what: Annotated[str, typer.Argument(metavar="claim|source|article", help="What to show.")],
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="Its id from the report or the findings, or part of its name.")
    ],
    paths: Paths = None,
    case: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Case file: keeps what was found for the next run.")
    ] = None,
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Print one claim, source or article in full."""
    from . import pipeline
    from .report.show import SHOWN

    if what not in SHOWN:
        raise UsageError(f"show {what}: unknown; use {', '.join(SHOWN)}")
    if not paths and case is None:
        raise UsageError("no PATH given: name at least one file or folder, or a --case that holds articles")
    with StderrProgress(quiet) as progress:
        findings = pipeline.trace(
            paths or [],
            Settings(),
            _read_options(columns, encoding, day_first),
            pipeline.Run(case, workers, progress),
        )
    SHOWN[what](findings, wanted, _stdout())
    _finish(findings.skipped)


@app.command()
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
    from . import pipeline
    from .report import export, terminal

    _check_format(format)
    with StderrProgress(quiet) as progress:
        pile, found = pipeline.quotes(
            _given(paths),
            _read_options(columns, encoding, day_first),
            pipeline.Run(workers=workers, progress=progress),
        )
    if format == "jsonl":
        for article, attributions in zip(pile.articles, found, strict=True):
            _out(export.quotes_line(article, attributions))
    else:
        console = _stdout()
        for article, attributions in zip(pile.articles, found, strict=True):
            terminal.quotes(article, attributions, console)
    _finish(pile.skipped)


@app.command()
def matches(
    paths: Paths = None,
    format: Annotated[str, typer.Option(help="text, or jsonl: one line per match.")] = "text",  # noqa: A002
    columns: Columns = None,
    encoding: Encoding = None,
    day_first: DayFirst = None,
    quiet: Quiet = False,
) -> None:
    """List the passages that articles share, and which way they went."""
    from . import pipeline
    from .report import export, terminal

    _check_format(format)
    with StderrProgress(quiet) as progress:
        pile, found = pipeline.matches(
            _given(paths), None, _read_options(columns, encoding, day_first), pipeline.Run(progress=progress)
        )
    by_id = {a.id: a for a in pile.articles}
    if format == "jsonl":
        for match in found:
            _out(export.match_line(match, by_id))
    else:
        console = _stdout()
        for match in found:
            terminal.match(match, by_id, console)
        console.print(f"{len(found)} shared passages in {len(pile.articles)} articles", highlight=False)
    _finish(pile.skipped)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; the console script calls this."""
    warnings.filterwarnings("ignore")  # libraries' deprecation notes are not the user's affair
    logging.disable(logging.WARNING)
    for stream in (sys.stdout, sys.stderr):  # a name in another script must not end the run on an old console
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(args=arguments)
    except TwosourceError as error:
        print(f"twosource: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("twosource: interrupted; a case file keeps what was done", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # `twosource quotes … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)


def _given(paths: list[str] | None) -> list[str]:
    if not paths:
        raise UsageError("no PATH given: name at least one file or folder")
    return paths


def _check_format(name: str) -> None:
    if name not in ("text", "jsonl"):
        raise UsageError(f"--format {name}: unknown; use text or jsonl")


def _read_options(columns: list[str] | None, encoding: str | None, day_first: bool | None) -> ReadOptions:
    chosen: dict[str, str] = {}
    for pair in columns or ():
        field, equals, name = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--column {pair}: write it as FIELD=NAME, for example --column text=body")
        chosen[field] = name
    return ReadOptions(columns=chosen, encoding=encoding or "", day_first=day_first)


def _check_writable(target: Path | None) -> None:
    """Say so before the work, not after it."""
    if target is None:
        return
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; name a file to write")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: the folder {target.parent} does not exist; make it first")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise UsageError(f"{target}: cannot be written; choose another place")


def _write(target: Path, content: bytes) -> None:
    """Write whole or not at all: a reader never meets half a report."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror or error})") from error


def _write_apart(target: Path, files: Files) -> None:
    """The texts first: a reader never meets a link that leads nowhere."""
    folder = target.with_name(f"{target.stem}.texts")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror or error})") from error
    for name, content in files.texts:
        _write(folder / name, content.encode("utf-8", "replace"))
    _write(target, files.report.encode("utf-8", "replace"))


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _finish(skipped: Sequence[Skipped]) -> None:
    """Name each skipped input on stderr and exit 1 when there is one."""
    for skip in skipped:
        where = f"{skip.path}:{skip.record}" if skip.record else skip.path
        print(f"skipped {_printable(where)}: {_printable(skip.reason)}", file=sys.stderr)
    if skipped:
        raise typer.Exit(1)


def _printable(text: str) -> str:
    """File names are input too: no escape sequence of theirs reaches the terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _stdout() -> Console:
    width = None if sys.stdout.isatty() else 110
    return Console(width=width, highlight=False, soft_wrap=False)


def _out(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")


if __name__ == "__main__":
    main()
