"""The options that several commands share: what is read, and how the work is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twosource.errors import UsageError
from twosource.read import ReadOptions

if TYPE_CHECKING:
    from twosource.model import Judgement
    from twosource.registry import Registry

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
Memory = Annotated[
    str | None,
    typer.Option("--memory", metavar="SIZE", help="Most memory for joining passages, as 2GB; the rest goes to disk."),
]  # fmt: skip
Case = Annotated[
    Path | None,
    typer.Option("--case", metavar="FILE", help="Case file: keeps what was found for the next run."),
]
RegistryFile = Annotated[
    Path | None,
    typer.Option("--registry", metavar="FILE", help="CSV of outlets, names and owners, on top of the program's own."),
]  # fmt: skip
JudgementsFile = Annotated[
    Path | None,
    typer.Option("--judgements", metavar="FILE", help="JSON file of what people decided, kept to beside those of the case."),
]  # fmt: skip
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")]


def given(paths: list[str] | None) -> list[str]:
    """The paths, of which a command needs one at least. Raises UsageError when there is none."""
    if not paths:
        raise UsageError("no PATH given: name at least one file or folder")
    return paths


def given_or_kept(paths: list[str] | None, case: Path | None) -> list[str]:
    """The paths; none is needed where a case holds articles. Raises UsageError when there is neither."""
    if not paths and case is None:
        raise UsageError("no PATH given: name at least one file or folder, or a --case that holds articles")
    if not paths and case is not None and not case.exists():
        raise UsageError(f"{case}: no such case file; `twosource trace PATH… --case {case}` makes one")
    return paths or []


def check_format(name: str, machine: str = "jsonl") -> None:
    """Raise UsageError unless `name` is text or the format for machines."""
    if name not in ("text", machine):
        raise UsageError(f"--format {name}: unknown; use text or {machine}")


def read_options(columns: list[str] | None, encoding: str | None, day_first: bool | None) -> ReadOptions:
    """How the inputs are to be read. Raises UsageError for a column that is not FIELD=NAME, or a field that there is not."""
    from twosource.read.table import GUESSES

    chosen: dict[str, str] = {}
    for pair in columns or ():
        field, equals, name = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--column {pair}: write it as FIELD=NAME, for example --column text=body")
        if field not in GUESSES:
            raise UsageError(f"--column {pair}: no field is called {field}; there are {', '.join(GUESSES)}")
        chosen[field] = name
    return ReadOptions(columns=chosen, encoding=encoding or "", day_first=day_first)


def registry_from(file: Path | None) -> Registry | None:
    """The package's own registry with the rows of the file on top; None where no file is given. Raises UsageError."""
    from twosource import registry

    return None if file is None else registry.default().with_user_file(file)


def judgements_from(file: Path | None) -> tuple[Judgement, ...]:
    """The judgements in the file, none where no file is given. Raises UsageError."""
    if file is None:
        return ()
    from twosource import judgements

    try:
        with file.open("rb") as opened:
            content = opened.read(judgements.LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror or error})") from None
    return judgements.load(content, str(file))
