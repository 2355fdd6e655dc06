"""The command line: its commands together, and what it exits with."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from . import __version__
from .commands.case import case
from .commands.explain import explain
from .commands.matches import matches
from .commands.output import printable
from .commands.quotes import quotes
from .commands.show import show
from .commands.trace import trace
from .errors import TwosourceError

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
  twosource explain ID --case fire.case --without "Ann Ray"
      why the count is what it is, and what is left without a source
  twosource case merge ID ID --case fire.case --by "A. B."
      decide for yourself; every later run keeps to it
  twosource quotes article.txt
      who says what, in one article
  twosource matches articles/ --format jsonl
      which passages the articles share

Exit codes: 0 done, 1 done but some inputs were skipped (each is named), 2 wrong usage or nothing readable.
Nothing goes out to the network.
"""


class _Ended(Exception):  # noqa: N818 - not always an error
    """How a command ended before it was done: one line for stderr, "" for none, and the exit code."""

    def __init__(self, line: str, code: int) -> None:
        super().__init__(line)
        self.line = line
        self.code = code


class _Commands(TyperGroup):
    """The commands; what ends one of them early is told here, before the library makes its own of it."""

    def invoke(self, ctx: Any) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            raise _Ended("interrupted; a case file keeps what was done", 130) from None
        except BrokenPipeError:  # `twosource quotes … | head`: who reads has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise _Ended("", 0) from None
        except OSError as error:  # a full disk under a file that the output was sent to
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            where = f"{error.filename}: " if error.filename else ""
            raise _Ended(f"{where}cannot be read or written ({error.strerror or error})", 2) from error


app = typer.Typer(
    name="twosource",
    cls=_Commands,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


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


for _command in (trace, show, explain, quotes, matches):
    app.command()(_command)
app.add_typer(case)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; the console script calls this."""
    warnings.filterwarnings("ignore")  # libraries' deprecation notes are not the user's affair
    logging.disable(logging.WARNING)
    for stream in (sys.stdout, sys.stderr):  # a name in another script must not end the run on an old console
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(args=arguments)
    except TwosourceError as error:  # a message may quote a file's name
        print(f"twosource: {printable(str(error))}", file=sys.stderr)
        sys.exit(2)
    except _Ended as ended:
        if ended.line:
            print(f"twosource: {printable(ended.line)}", file=sys.stderr)
        sys.exit(ended.code)
    sys.exit(0)


if __name__ == "__main__":
    main()
