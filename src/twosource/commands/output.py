"""What every command does at its edges: check a target, write it whole, print, name what was skipped."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import typer
from rich.console import Console

from twosource.errors import UsageError
from twosource.model import Skipped

if TYPE_CHECKING:
    from twosource.read import Note
    from twosource.report.html import Files


def check_writable(target: Path | None) -> None:
    """Say so before the work, not after it. Raises UsageError."""
    if target is None:
        return
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; name a file to write")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: the folder {target.parent} does not exist; make it first")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise UsageError(f"{target}: cannot be written; choose another place")


def write(target: Path, content: bytes) -> None:
    """Write whole or not at all: a reader never meets half a report. Raises UsageError when it cannot."""
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


def write_apart(target: Path, files: Files) -> None:
    """The texts first: a reader never meets a link that leads nowhere."""
    folder = target.with_name(f"{target.stem}.texts")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror or error})") from error
    for name, content in files.texts:
        write(folder / name, content.encode("utf-8", "replace"))
    write(target, files.report.encode("utf-8", "replace"))


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def finish(skipped: Sequence[Skipped], notes: Sequence[Note] = ()) -> None:
    """Print what had to be guessed and name each skipped input, on stderr; exit 1 when there is one."""
    for note in notes:
        print(f"note {printable(note.path)}: {printable(note.text)}", file=sys.stderr)
    for skip in skipped:
        where = f"{skip.path}:{skip.record}" if skip.record else skip.path
        print(f"skipped {printable(where)}: {printable(skip.reason)}", file=sys.stderr)
    if skipped:
        raise typer.Exit(1)


def printable(text: str) -> str:
    """File names are input too: no escape sequence of theirs reaches the terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


class _Printed(Console):
    """A console that leaves it to the command line what a reader who has seen enough means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def stdout() -> Console:
    """Standard output; 110 columns wide where it is no terminal, so that what is piped does not depend on one."""
    if sys.stdout.isatty():
        return _Printed(highlight=False, soft_wrap=False)
    return _Printed(file=cast("IO[str]", _Bare(sys.stdout)), width=110, highlight=False, soft_wrap=False)


class _Bare:
    """A stream without the blanks that fill lines up: what is piped can be compared line by line."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +(?=\n)", "", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def out(line: bytes) -> None:
    """One line of bytes on standard output."""
    sys.stdout.buffer.write(line + b"\n")
