"""Two passages side by side: which words they share and where they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 2400  # words and gaps of a passage that are compared; what follows is left out


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one passage; `same` where the other passage has it too."""

    text: str
    same: bool


def side_by_side(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both passages in pieces, aligned on words without regard to case.

    Of very long ones only the beginning, as far as the two go together: where one is cut short, words that the other
    may have as well are no difference.
    """
    a, b = _PIECE.findall(left)[:_LONGEST], _PIECE.findall(right)[:_LONGEST]
    lefts: list[Piece] = []
    rights: list[Piece] = []
    for code in Indel.opcodes([x.casefold() for x in a], [x.casefold() for x in b]):
        same = code.tag == "equal"
        if code.src_start < code.src_end:
            lefts.append(Piece("".join(a[code.src_start : code.src_end]), same))
        if code.dest_start < code.dest_end:
            rights.append(Piece("".join(b[code.dest_start : code.dest_end]), same))
    if len(a) == _LONGEST or len(b) == _LONGEST:
        for pieces in (lefts, rights):
            while pieces and (not pieces[-1].same or pieces[-1].text.isspace()):
                pieces.pop()
    return tuple(_joined(lefts)), tuple(_joined(rights))


def cut(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[Piece, ...]:
    """The characters from `start` to before `end` of the text that the pieces make up, marked as they were."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        part = piece.text[max(0, start - at) : max(0, end - at)]
        if part:
            out.append(Piece(part, piece.same))
        at += len(piece.text)
    return tuple(out)


def tidy(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same pieces with the white space around a difference taken out of it, so that no mark covers it."""
    out: list[Piece] = []
    for piece in pieces:
        core = piece.text.strip()
        if piece.same or core == piece.text:
            out.append(piece)
            continue
        start = piece.text.index(core)
        parts = (piece.text[:start], core, piece.text[start + len(core) :])
        out.extend(Piece(part, i != 1) for i, part in enumerate(parts) if part)
    return tuple(out)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; a lone shared space between two differences is no likeness."""
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        same = piece.same
        if same and not piece.text.strip() and 0 < i < len(pieces) - 1:
            same = False
        if out and out[-1].same == same:
            out[-1] = Piece(out[-1].text + piece.text, same)
        else:
            out.append(Piece(piece.text, same))
    return out
