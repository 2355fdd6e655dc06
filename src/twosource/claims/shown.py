"""A statement's words as they are shown: white space folded, marks trimmed."""

from __future__ import annotations

import re

_OPENING = "\"'“”„‟«»‹›‘’‚‛`´*([{"
_EDGE_MARKS = _OPENING + ".,;:–—-…)]}\u2028 \t\n\xa0"
_SPACE = re.compile(r"\s+")
_FOOTNOTE_STAR = re.compile(r"(?<=[\w»”\"])\*+")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))


def readable(text: str) -> str:
    """White space folded, footnote stars and unpaired marks dropped, marks trimmed at both ends."""
    out = _SPACE.sub(" ", _FOOTNOTE_STAR.sub("", text)).strip()
    for opening, closing in _PAIRS:
        if out.count(opening) != out.count(closing):
            out = out.replace(opening, "").replace(closing, "")
    if out.rfind("‘") > out.rfind("’"):
        out = out.replace("‘", "")
    if out.count('"') % 2:
        out = out.replace('"', "")
    if out[:1] in _OPENING and out[-1:] in _EDGE_MARKS and len(out) > 2:
        inner = out[1:-1]
        if not any(c in inner for c in _OPENING.replace("'", "").replace("’", "")):
            out = inner
    out = re.sub(r"\s+([,.;:!?])", r"\1", _SPACE.sub(" ", out))
    return out.lstrip(".,;:–—-…)]} ").rstrip(".,;:–—-…([{ ")


def bare_words(text: str) -> str:
    """Letters and digits alone, in lower case: what two headlines are told alike by."""
    return " ".join(re.findall(r"\w+", text.casefold()))
