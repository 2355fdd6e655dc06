"""Whether two names in a graph may mean one source: the doubt that `at least` gives the benefit of."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import OSA

from ..registry import name_key

_DESCRIBES = frozenset(
    [
        "activists",
        "agency",
        "and",
        "army",
        "at",
        "authorities",
        "based",
        "body",
        "coalition",
        "committee",
        "company",
        "council",
        "for",
        "government",
        "group",
        "hospital",
        "in",
        "military",
        "minister",
        "ministry",
        "monitor",
        "monitoring",
        "monitors",
        "of",
        "office",
        "official",
        "officials",
        "on",
        "organisation",
        "organization",
        "party",
        "police",
        "president",
        "sources",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "to",
        "watchdog",
    ]
)


_AUTHORITIES = frozenset(
    {"airline", "airport", "coastguard", "coroner", "council", "court", "customs", "embassy", "firefighters", "hospital", "ministry"}
    | {"navy", "palace", "police", "prosecutor", "prosecutors", "school", "sheriff", "university", "zoo"}
)  # fmt: skip


_POLICE = frozenset({"constable", "cops", "detective", "detectives", "sergeant", "sgt"})
"""Words for who can only be of the police."""


def authority(description: str) -> frozenset[str]:
    """The authorities that a description speaks of without their names: "police", "a spokesman for the county police"."""
    words = {
        w.strip(".,:;“”\"'’").removesuffix("’s").removesuffix("'s") for w in description.casefold().split()
    }
    return _AUTHORITIES & (words | {"police"} if words & _POLICE else words)


def compatible(one: str, other: str) -> bool:
    """Whether two names may be one: the words of one are all among the other's, initials counted as words.

    Words that only say what it is are passed over ("group", "Britain-based"), unless a name has no others: then
    nothing shows that it is not the other. Of "A and B" either half may be the other.
    """
    for name, against in ((one, other), (other, one)):
        parts = [part for part in name.split(" and ") if part.strip()]
        if len(parts) > 1 and any(compatible(part, against) for part in parts):
            return True
    a, b = _telling(one), _telling(other)
    short, long = sorted((a, b), key=len)
    return all(any(_same_word(w, x) for x in long) for w in short)


def share_a_word(one: str, other: str) -> bool:
    """Whether the names have a telling word in common: "lovesick Tan", "Tan Shen"."""
    return any(len(w) > 1 and w in _telling(other) for w in _telling(one))


def misspelt(one: str, other: str) -> bool:
    """Whether one surname is the other with one letter wrong, or two in the wrong order: "Galbraith", "Galbriath"."""
    a, b = one.casefold(), other.casefold()
    return (
        a != b and min(len(a), len(b)) >= 6 and a[0] == b[0] and bool(OSA.distance(a, b, score_cutoff=1) <= 1)
    )


def transliterated(one: str, other: str) -> bool:
    """Whether two people have one first name and surnames of the same consonants: "Omar al-Sabri", "Omar al-Sabiri"."""
    a, b = (name.casefold().replace("al-", "").replace("el-", "").split() for name in (one, other))
    if len(a) != 2 or len(b) != 2 or a[0] != b[0] or a == b or a[1][0] != b[1][0]:
        return False
    bare = [sorted(c for c in surname if c.isalpha() and c not in "aeiouyw") for surname in (a[1], b[1])]
    return bare[0] == bare[1] and len(bare[0]) >= 3


def _same_word(one: str, other: str) -> bool:
    """Whether two words of names may be one: equal, or the one is the other's initial."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _telling(name: str) -> list[str]:
    """The words that tell a name from others, as keys, without a plural or lost possessive s."""
    words = [w for w in name.replace(".", ". ").split() if not w.casefold().endswith("-based")]
    keys = [key for w in words if w.casefold().strip(".,") not in _DESCRIBES and (key := name_key(w))]
    return [key.removesuffix("s") if len(key) > 3 else key for key in keys]


def translated(one: str, other: str) -> bool:
    """Whether the names stand in different scripts: an institution's name is translated, not spelled out."""
    return script(one) != script(other)


def script(name: str) -> str:
    """The script of most of the name's letters: LATIN, CYRILLIC, …; "" for a name without letters."""
    scripts = [unicodedata.name(c, "").partition(" ")[0] for c in name if c.isalpha()]
    return max(sorted(set(scripts)), key=scripts.count, default="")
