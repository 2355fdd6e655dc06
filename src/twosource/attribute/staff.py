"""Those who made an article, as it speaks of them: "this reporter", "a correspondent of this newspaper"."""

from __future__ import annotations

import re

from . import names
from .lexicon import lexicon

STAFF = lexicon("reporter correspondent journalist photographer")
"""Who of an article's makers goes and looks."""
_WHO = r"(?:reporter|correspondent|journalist|photographer)s?"
_WHERE = r"(?: (?:in|at|on|near) [^,;]{1,60})?(?:,? (?:who|whom|which)\b.*)?"
_OWN = re.compile(
    rf"(?:this|our)(?: (?:own|special|staff))? (?:newspaper|paper|writer|author|site|portal|team|{_WHO}{_WHERE})"
)
_COUNTED = r"(?:(?:a|an|the|one|two|three|four|another|several) )?(?:(?:own|special|staff) )?"
_OF_A_HOUSE = re.compile(rf"{_COUNTED}{_WHO} (?:of|for|from|with|at) (?P<house>[^,;]{{1,60}}?){_WHERE}")
_BEFORE = re.compile(rf"{_COUNTED}(?P<house>[^,;]{{1,60}}?) {_WHO}{_WHERE}")
_THIS_HOUSE = re.compile(
    r"(?:this|our) (?:news)?(?:paper|site|portal|magazine|agency|channel|station|website|outlet)"
)
_LONGEST = 200
"""Characters of a phrase that can speak of an article's own people."""


def is_own(phrase: str, outlet: str) -> bool:
    """Whether a noun phrase speaks of those who made the article; `outlet` is whose it is, "" if not known.

    As in "our own reporter", "a reporter of this newspaper" and, in the Velm Courier, "a Velm Courier reporter in Tarn".
    """
    low = " ".join(phrase[:_LONGEST].lower().split())
    if _OWN.fullmatch(low):
        return True
    return any(
        _is_house(found["house"], outlet) for form in (_OF_A_HOUSE, _BEFORE) if (found := form.fullmatch(low))
    )


def _is_house(name: str, outlet: str) -> bool:
    """Whether a name is this very house's; the apostrophe of "the Couriers reporter" may be lost."""
    if _THIS_HOUSE.fullmatch(name):
        return True
    own = _bare(outlet)
    return bool(own) and own in {_bare(name), _bare(name).removesuffix("s")}


def _bare(name: str) -> str:
    return names.folded(name).removeprefix("the ")
