"""How a name sounds, whatever the letters: a look-up key for one name in Latin and in Cyrillic."""

from __future__ import annotations

import unicodedata

from twosource.registry import in_latin

_SOUNDS = (("dzh", "g"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("ck", "k"), ("zh", "s"), ("ts", "s"), ("tz", "s"),
           ("ph", "f"), ("th", "t"), ("qu", "kv"), ("ow ", " "), ("x", "ks"), ("w", "v"), ("q", "k"), ("z", "s"),
           ("c", "k"))  # fmt: skip


def sound(name: str) -> tuple[str, ...]:
    """The consonants of each word as they sound, whatever the letters: Galbraith and Гэлбрейт are both ``glbrt``."""
    text = unicodedata.normalize("NFKD", in_latin(name))
    words = "".join(c for c in text if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in words) + " "
    for written, spoken in _SOUNDS:
        words = words.replace(written, spoken)
    out = []
    for word in words.split():
        kept = "".join(c for c in word if c not in "aeiouyjh")
        out.append("".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1]))
    return tuple(w for w in out if w)
