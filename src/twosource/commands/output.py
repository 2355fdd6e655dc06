"""What every command does at its edges: check a target, write it whole, print, name what was skipped."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
    width = None if sys.stdout.isatty() else 110
    return _Printed(width=width, highlight=False, soft_wrap=False)


def out(line: bytes) -> None:
    """One line of bytes on standard output."""
    sys.stdout.buffer.write(line + b"\n")
