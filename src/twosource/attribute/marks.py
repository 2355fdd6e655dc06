"""Quotation marks, whatever their style, broken ones included. Knows no language.

One pass over each paragraph with a bounded stack finds what each mark does; what is then unpaired is
mended by four named rules. The whole takes time linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..language.analysis import trimmed
from ..model import Span

_OPENS = frozenset("“„‟〝「『﹁﹃«‹‚‘")
_PAIRS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‚": "‘’", "‘": "’",
          "”": "”", "’": "’", "「": "」", "『": "』", "〝": "〞〟", "﹁": "﹂", "﹃": "﹄", '"': '"', "''": "''",
          "``": "''", "'": "'"}  # fmt: skip
_DOUBLE = frozenset('"“”„‟«»〝〞〟「」『』﹁﹂﹃﹄') | {"''", "``"}
_SINGLE = frozenset("'‘’‚‹›")
_CLOSES = frozenset("”»〞〟」』﹂﹄’›")
_BEFORE_OPENER = frozenset("([{—–-/…:;,.*|>¡¿\"'“‘«„")
_AFTER_CLOSER = frozenset(".,;:!?)]}—–-/…*'\"”’»")
_RUN = 3  # longer runs of one mark are no quotation marks
_DEPTH = 32  # deeper nesting than this is noise, not speech


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, the marks included.

    `opened` and `closed` say whether its own mark stands at either end; `carries_on` that it opens a
    paragraph while the quotation before it was never closed; `single` that its marks are single ones.
    """

    span: Span
    inner: Span
    opened: bool = True
    closed: bool = True
    carries_on: bool = False
    single: bool = False

    def words(self, text: str) -> int:
        """How many words stand between the marks."""
        return len(self.inner.of(text).split())


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    shape: str
    may_open: bool
    may_close: bool


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of every paragraph, in text order; none crosses a paragraph's end."""
    out: list[Quotation] = []
    unclosed = single = False
    for k, paragraph in enumerate(paragraphs):
        after = paragraphs[k + 1] if k + 1 < len(paragraphs) else None
        found = _in_paragraph(text, paragraph)
        goes_on = _goes_on_single(text, paragraph, after) if single or not found else None
        if goes_on is not None and (single or goes_on.span.end == paragraph.end):
            found = [replace(goes_on, carries_on=single and goes_on.span.start == paragraph.start)]
        elif found and unclosed and found[0].span.start == paragraph.start:
            found[0] = replace(found[0], carries_on=True)
        unclosed = bool(found) and not found[-1].closed and found[-1].span.end == paragraph.end
        single = unclosed and found[-1].single
        out.extend(found)
    return tuple(out)


def _goes_on_single(text: str, paragraph: Span, after: Span | None) -> Quotation | None:
    """Speech in single marks over several paragraphs: each begins with a mark, the last alone ends with one.

    A mark that nothing closes opens speech only where the next paragraph begins with one as well; or it goes on.
    """
    opener = next(
        (
            mark
            for mark in _marks(text, paragraph, _SINGLE)
            if mark.shape in "'‘"
            and text[mark.end : mark.end + 1].isupper()
            and (mark.start == paragraph.start or text[max(0, mark.start - 2) : mark.start] in {": ", ", "})
        ),
        None,
    )
    if opener is None:
        return None
    last = text[paragraph.start : paragraph.end].rstrip()
    if last[-1:] in {"'", "’"} and last[-2:-1] in {".", ",", "!", "?", "…", '"', "”"}:
        end = paragraph.start + len(last)
        return Quotation(Span(opener.start, end), Span(opener.end, end - 1), single=True)
    if (
        after is None
        or text[after.start] != opener.shape
        or not text[after.start + 1 : after.start + 2].isupper()
    ):
        return None
    return Quotation(
        Span(opener.start, paragraph.end), Span(opener.end, paragraph.end), closed=False, single=True
    )


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    marks = _marks(text, paragraph, _DOUBLE)
    found = _pair(text, paragraph, marks)
    if not any(q.closed for q in found):
        found += [replace(q, single=True) for q in _singles(text, paragraph, [q.span for q in found])]
        found.sort(key=lambda q: q.span)
    return found


def _marks(text: str, paragraph: Span, shapes: frozenset[str]) -> list[_Mark]:
    """Every mark of the given shapes, with what its neighbours let it be."""
    out: list[_Mark] = []
    i = paragraph.start
    while i < paragraph.end:
        shape = text[i]
        if shape not in shapes and shape not in "'`":
            i += 1
            continue
        end = i + 1
        while end < paragraph.end and text[end] == shape:
            end += 1
        run = end - i
        if run > _RUN:  # a ruled line or noise, not a mark
            i = end
            continue
        if shape in "'`" and run > 1:
            shape = shape * 2
        else:
            end = i + 1
        if shape not in shapes:
            i += 1
            continue
        before = text[i - 1] if i > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        starts_word = (before.isspace() or before in _BEFORE_OPENER) and not after.isspace()
        ends_word = not before.isspace() or after.isspace() or after in _AFTER_CLOSER
        if shape in "「」『』〝〞〟﹁﹂﹃﹄":
            opens, closes = shape in _OPENS, shape not in _OPENS
        elif shape == "``":
            opens, closes = True, False
        elif shape in {'"', "''", "'"}:
            opens = starts_word
            closes = ends_word and not (before.isspace() and not after.isspace())
        elif shape == "“":  # closes „German“ and, set wrongly, at a paragraph's end
            opens, closes = not after.isspace(), (not before.isspace()) or after.isspace()
        elif shape in "„‟«‚‘":
            opens, closes = not (after.isspace() and not before.isspace()), not before.isspace()
        else:  # ” » ’ › close, and open where a word begins
            opens = starts_word
            closes = True
        if opens or closes:
            out.append(_Mark(i, end, shape, opens, closes))
        i = end
    return out


def _pair(text: str, paragraph: Span, marks: Sequence[_Mark]) -> list[Quotation]:
    """Pair the marks off; then mend what is left over."""
    out: list[Quotation] = []
    open_: list[_Mark] = []
    last_close: _Mark | None = None  # the last mark that closed something inside the open quotation
    for mark in marks:
        if open_ and _closes(open_, mark):
            opener = open_.pop()
            if not open_:
                out.append(_quotation(opener, mark))
            last_close = mark
        elif mark.may_open and not (
            mark.may_close and not open_ and mark.shape in _CLOSES and not _begins(text, paragraph, mark)
        ):
            if len(open_) < _DEPTH:
                if not open_:
                    last_close = None
                open_.append(mark)
        elif mark.may_close and not open_:
            _take_in(text, paragraph, out, mark)
        elif mark.may_close and open_:  # a closer of another style than its opener: “like this"
            opener = open_[0]
            open_.clear()
            out.append(_quotation(opener, mark))
    if open_:
        _leave_open(text, paragraph, out, open_, last_close)
    return out


def _closes(open_: Sequence[_Mark], mark: _Mark) -> bool:
    """Whether the mark closes the innermost open one: its pair, and not plainly an opener."""
    if not mark.may_close or mark.shape not in _PAIRS[open_[-1].shape]:
        return False
    return not (mark.may_open and mark.shape in _OPENS and mark.shape == open_[-1].shape)


def _begins(text: str, paragraph: Span, mark: _Mark) -> bool:
    """Whether the mark stands where a word begins: after white space or at the paragraph's start."""
    return (
        mark.start == paragraph.start or text[mark.start - 1].isspace() or text[mark.start - 1] in "([—–"
    ) and (mark.end < paragraph.end and not text[mark.end].isspace())


def _quotation(opener: _Mark, closer: _Mark) -> Quotation:
    return Quotation(Span(opener.start, closer.end), Span(opener.end, closer.start))


def _take_in(text: str, paragraph: Span, out: list[Quotation], closer: _Mark) -> None:
    """A closer with nothing open ends a quotation that began earlier: «A» as well as «B» is a tool».

    It takes in the quotations before it back to the first one that begins the paragraph or a sentence;
    where none does, the mark is left alone.
    """
    begin = None
    for at in range(len(out) - 1, max(-1, len(out) - 9), -1):
        start = out[at].span.start
        if start == paragraph.start or _sentence_begins(text, paragraph, start):
            begin = at
            break
    if begin is None:
        return
    first = out[begin]
    if (
        first.closed
        and text[first.inner.end - 1 : first.inner.end] in {".", "!", "?", ","}
        and first.inner.end > first.inner.start
    ):
        return  # that one was a whole sentence of its own
    del out[begin:]
    out.append(Quotation(Span(first.span.start, closer.end), Span(first.inner.start, closer.start)))


def _sentence_begins(text: str, paragraph: Span, at: int) -> bool:
    before = text[max(paragraph.start, at - 4) : at].rstrip()
    return bool(before) and before[-1] in ".!?…:"


def _leave_open(
    text: str, paragraph: Span, out: list[Quotation], open_: Sequence[_Mark], last_close: _Mark | None
) -> None:
    """An opener that nothing closes: it ends where an inner quotation last closed, else with the paragraph."""
    opener = open_[0]
    if last_close is not None and last_close.start > opener.end and len(open_) == 1:
        tail = text[last_close.end : paragraph.end].strip()
        if tail:
            out.append(Quotation(Span(opener.start, last_close.end), Span(opener.end, last_close.start)))
            return
    if paragraph.end - opener.end < 2:
        return
    out.append(Quotation(Span(opener.start, paragraph.end), Span(opener.end, paragraph.end), closed=False))


def _singles(text: str, paragraph: Span, taken: Sequence[Span]) -> list[Quotation]:
    """Single-quoted speech: only pairs that close in the same paragraph and hold more than a word or two."""
    if taken:
        return []
    marks = _marks(text, paragraph, _SINGLE)
    out: list[Quotation] = []
    opener: _Mark | None = None
    for mark in marks:
        before = text[mark.start - 1] if mark.start > paragraph.start else " "
        after = text[mark.end] if mark.end < paragraph.end else " "
        begins = (before.isspace() or before in "([—–") and not after.isspace()
        ends = not before.isspace() and not after.isalnum()
        if opener is None and begins:
            opener = mark
        elif opener is not None and ends and _PAIRS.get(opener.shape, "").find(mark.shape) >= 0:
            inner = text[opener.end : mark.start]
            # An apostrophe at a word's end ("the miners' hall") is no closer unless the sense ends there.
            if before in ".,!?…" or after in ",.;:!?" or inner.count(" ") == 0 or mark is marks[-1]:
                out.append(_quotation(opener, mark))
                opener = None
    return [q for q in out if q.words(text) >= 3]


def dash_speech(text: str, paragraph: Span) -> tuple[Span, ...] | None:
    """Speech set off by dashes: "— I saw it, — said Ann. — It burned." The spoken pieces, or None.

    Only a paragraph that opens with a dash is dash speech; odd pieces are the narrator's.
    """
    if text[paragraph.start : paragraph.start + 1] not in {"—", "–", "―"}:
        return None
    cuts: list[tuple[int, int]] = []
    i = paragraph.start + 1
    while i < paragraph.end:
        if text[i] in "—–―" and text[i - 1].isspace():
            before = text[paragraph.start + 1 : i].rstrip()
            if before and before[-1] in ",.!?…;:" and len(cuts) < 64:
                cuts.append((i, i + 1))
        i += 1
    edges = [(paragraph.start, paragraph.start + 1), *cuts, (paragraph.end, paragraph.end)]
    pieces = [Span(edges[k][1], edges[k + 1][0]) for k in range(len(edges) - 1)]
    spoken = [trimmed(text, piece) for piece in pieces[::2]]
    return tuple(span for span in spoken if span.start < span.end)
