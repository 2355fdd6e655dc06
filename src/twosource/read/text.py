"""A plain text file is one article: its characters as decoded, title line included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import ReadError
from ..model import Skipped
from .decode import decode
from .files import whole
from .values import Draft, Note, ReadOptions, Source, left_out


def read_text(source: Source, options: ReadOptions) -> Iterator[Draft | Note | Skipped]:
    """The article of a `.txt` file. Raises ReadError when it is empty, too long or no text."""
    data = whole(source.path, 4 * options.max_characters + 4, options.max_characters)
    text, remark = decode(data, options.encoding)
    if not text.strip():
        raise ReadError("the file is empty")
    if (
        text.startswith("# How many sources is that really?\n")
        and " carried by two articles or more." in text[:300]
    ):
        yield left_out(source)
        return
    if remark:
        yield Note(source.path, remark)
    yield Draft(source.path, text, id=Path(source.path).stem, titled=True)
