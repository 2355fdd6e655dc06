"""The article's own voice: "we", "this reporter", "our correspondent"."""

from __future__ import annotations

from dataclasses import replace

from ...model import SourceKind
from ..found import Found
from ..lexicon import lexicon
from ..staff import is_own
from .cast import Cast
from .tokens import inside
from .who import Who

_PERCEIVING = lexicon(
    "see saw count watch hear witness observe visit notice smell find meet read review examine view"
)
_READING = lexicon("read review examine view")


def own_voice(cast: Cast, f: Found, low: str, holder: Who | None) -> Who | None:
    """The article's own voice: "we", "I", "this reporter" outside anybody's words; first-hand where they perceive."""
    first_person = low in {"i", "we", "me", "us"}
    if first_person and holder is not None:
        return replace(holder, via=(), via_name=None)
    if first_person and (_in_quotation(cast, f) or not cast.article.text):
        return None
    if not first_person and not is_own(low, cast.article.outlet):
        return None
    cue = [t for s in f.cue for t in inside(cast.analysis, s)]
    seen = any(t.lemma.lower() in (_PERCEIVING - _READING if low == "i" else _PERCEIVING) for t in cue)
    past = any(t.tag in {"VBD", "VBN"} for t in cue)  # "I see" is a turn of phrase
    if (
        seen
        and (past or not first_person)
        and not any(t.text.lower() in {"not", "never", "n't"} for t in cue)
    ):
        return Who(cast.article.outlet or None, SourceKind.FIRST_HAND)
    if cast.article.outlet:
        return Who(cast.article.outlet, SourceKind.OUTLET)
    return Who()


def _in_quotation(cast: Cast, f: Found) -> bool:
    """Whether the source stands in quotation marks; on the safe side where they are uneven."""
    at = f.source[0].start
    begin = cast.article.text.rfind("\n", 0, at) + 1
    before = cast.article.text[begin:at]
    return (
        sum(before.count(m) for m in "“«„") > sum(before.count(m) for m in "”»") or before.count('"') % 2 == 1
    )
