"""Paths → the files to read, in an order that depends on nothing but their names."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from ..errors import ReadError
from ..model import Skipped
from .values import Note, Source

KINDS = {
    ".txt": ".txt", ".text": ".txt", ".md": ".txt", ".markdown": ".txt",
    ".html": ".html", ".htm": ".html", ".xhtml": ".html",
    ".jsonl": ".jsonl", ".ndjson": ".jsonl",
    ".json": ".json",
    ".csv": ".csv", ".tsv": ".tsv", ".tab": ".tsv",
}  # fmt: skip
"""Suffixes that are read, and as what."""

_AS_TEXT, _AS_TABLE, _UNPACKED = "save it as text or HTML", "save it as CSV", "unpack it first"
LIKELY_ARTICLES = {
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".epub", ".mht", ".mhtml", ".webarchive"), _AS_TEXT),
    **dict.fromkeys((".eml", ".msg", ".mbox", ".rss", ".atom", ".xml", ".warc", ".wacz"), _AS_TEXT),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers", ".parquet", ".sqlite", ".db"), _AS_TABLE),
    **dict.fromkeys((".gz", ".tgz", ".bz2", ".xz", ".zst", ".zip", ".rar", ".7z", ".tar"), _UNPACKED),
}  # fmt: skip
"""Suffixes that are named when they are found in a folder, each with the remedy: their content is missed, not ignored."""

_NO_ARTICLES = frozenset((
    ".case", ".wal",
    ".css", ".js", ".mjs", ".map", ".ico", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff",
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".m4v", ".mov", ".webm", ".avi",
))  # fmt: skip
"""Suffixes of case files, pictures, sounds and what a saved page brings along: left out without a word."""

_READ = ".txt .html .jsonl .json .csv .tsv"


def files(paths: Sequence[str]) -> Iterator[Source | Skipped | Note]:
    """Every file under `paths`, once each, sorted by path; what cannot be read is named.

    Folders are walked to the bottom, hidden entries left out; how many files of other kinds a folder holds is noted. A link
    inside a folder is never followed out of it. The same file reached by two paths is read under the first of them.
    """
    found: list[Source | Skipped | Note] = []
    for path in sorted(set(paths)):
        found += _under(path)
    found.sort(key=lambda f: (Path(f.path).parts, f.path))
    seen: set[str] = set()
    for item in found:
        if isinstance(item, Source):
            real = os.path.realpath(item.path)
            if real in seen:
                continue
            seen.add(real)
        yield item


def whole(path: str, limit: int, characters: int) -> bytes:
    """The bytes of a file that has at most `limit` of them; ReadError when it is longer.

    `characters` is the limit that the message names.
    """
    with open_file(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(too_long(characters))
    return data


def open_file(path: str) -> BinaryIO:
    """Open a regular file for reading bytes; ReadError when that cannot be done."""
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise ReadError("not a regular file, but a pipe, a socket or a device: give a file")
        return Path(path).open("rb")
    except OSError as error:
        raise ReadError(why(error)) from None


def why(error: OSError) -> str:
    """An operating system's error in plain words."""
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself"
    return f"cannot be read: {(error.strerror or type(error).__name__).lower()}"


def too_long(characters: int) -> str:
    """The one line for a text beyond the limit."""
    return f"longer than {characters:,} characters: split it into parts"


def _under(path: str) -> Iterator[Source | Skipped | Note]:
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        yield Skipped(path, why(error) if isinstance(error, OSError) else "no such file or folder")
        return
    if stat.S_ISDIR(mode):
        yield from _inside(path)
        return
    suffix = Path(path).suffix.lower()
    if suffix in KINDS:
        yield Source(path, KINDS[suffix])
    else:
        remedy = f"{LIKELY_ARTICLES[suffix]}, or give" if suffix in LIKELY_ARTICLES else "give"
        yield Skipped(path, f"{suffix or 'a file without a suffix'} is not read; {remedy} one of {_READ}")


def _inside(root: str) -> Iterator[Source | Skipped | Note]:
    """The files of a folder, in any order: `files` sorts them."""
    errors: list[OSError] = []
    base = os.path.realpath(root)
    count = 0
    others: Counter[str] = Counter()
    for folder, folders, names in os.walk(root, onerror=errors.append, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - keeps the path as the user wrote it
            suffix = Path(name).suffix.lower()
            if name.startswith("."):
                continue
            if suffix not in KINDS and suffix not in LIKELY_ARTICLES:
                others[suffix] += suffix not in _NO_ARTICLES
                continue
            count += 1
            if Path(path).is_symlink() and os.path.commonpath([base, os.path.realpath(path)]) != base:
                yield Skipped(path, "a link that leads out of the folder; give the file itself")
            elif Path(path).is_symlink() and not Path(path).exists():
                yield Skipped(path, "a link that leads nowhere")
            elif suffix in KINDS:
                yield Source(path, KINDS[suffix], given=False)
            else:
                yield Skipped(path, f"{suffix} is not read yet; {LIKELY_ARTICLES[suffix]}")
    if others.total():
        yield Note(root, _left_out(others))
    for error in errors:
        count += 1
        yield Skipped(str(error.filename or root), why(error))
    if not count:
        yield Skipped(root, f"no articles in this folder (looked for {_READ})")


def _left_out(others: Counter[str]) -> str:
    """How many files of kinds that nobody asked for a folder holds: articles may be among them ("story.php?id=3")."""
    kinds = sorted(((n, suffix) for suffix, n in others.items() if n), key=lambda k: (-k[0], k[1]))
    told = [f"{n} {suffix[:12] or 'without a suffix'}" for n, suffix in kinds[:6]]
    told += [f"{sum(n for n, _ in kinds[6:])} more"] if len(kinds) > 6 else []
    total = others.total()
    return (
        f"{total} {'file' if total == 1 else 'files'} of other kinds left out ({', '.join(told)}); "
        f"where {'it is an article, give it' if total == 1 else 'these are articles, give them'} one of the endings {_READ}"
    )
