"""Those who made an article, as it speaks of them: "this reporter", "a correspondent of this newspaper"."""

from __future__ import annotations

import re

from . import names
from .lexicon import lexicon

STAFF = lexicon("reporter correspondent journalist photographer")
"""Who of an article's makers goes and looks."""
_WHO = r"(?P<who>reporter|correspondent|journalist|photographer)s?"
_OWN = re.compile(
    rf"(?:this|our)(?: (?:own|special|staff))? (?:{_WHO}|newspaper|paper|writer|author|site|portal|team)"
)
_COUNTED = r"(?:(?:a|an|the|one|two|three|four|another|several) )?(?:(?:own|special|staff) )?"
_OF_A_HOUSE = re.compile(
    rf"{_COUNTED}{_WHO} (?:of|for|from|with|at) (?P<house>[^,;]{{1,80}}?)(?:,? (?:who|whom|which)\b.*)?"
)
_BEFORE = re.compile(rf"{_COUNTED}(?P<house>[^,;]{{1,80}}?)(?:['’]s?)? {_WHO}(?:,? who\b.*)?")
_THIS_HOUSE = re.compile(
    r"(?:this|our) (?:news)?(?:paper|site|portal|magazine|agency|channel|station|website|outlet)"
)
_LONGEST = 200
"""Characters of a phrase that can speak of an article's own people."""


def is_own(phrase: str, outlet: str) -> bool:
    """Whether a noun phrase speaks of those who made the article; `outlet` is whose it is, "" if not known.

    As in "our own reporter", "a reporter of this newspaper" and, in the Velm Courier, "a Velm Courier reporter".
    """
    low = " ".join(phrase[:_LONGEST].lower().split())
    if _OWN.fullmatch(low):
        return True
    return any(
        _is_house(found["house"], outlet) for form in (_OF_A_HOUSE, _BEFORE) if (found := form.fullmatch(low))
    )


def _is_house(name: str, outlet: str) -> bool:
    if _THIS_HOUSE.fullmatch(name):
        return True
    return bool(outlet) and _bare(name) == _bare(outlet)


def _bare(name: str) -> str:
    return names.folded(name).removeprefix("the ")
