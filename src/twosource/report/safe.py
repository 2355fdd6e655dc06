"""Article text is hostile input: what it may show, and which addresses it may link to.

HTML escaping itself is the template engine's (autoescape); this module deals with what escaping leaves alone.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from markupsafe import Markup

_VISIBLE = {**{c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A)}, 0x7F: 0x2421}
# Marks that turn the reading direction would let an article rewrite the words around it.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C], 0x25CC)
_SHOWN = {**_VISIBLE, **_DIRECTION, **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)}


def shown(text: str) -> str:
    """The text with control characters, direction marks and surrogates as visible signs, one for one."""
    return text.translate(_SHOWN)


def body(text: str) -> Markup:
    """The text for a place between tags, and only there: quotation marks need no escape there."""
    return Markup(shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704


def short(text: str, longest: int) -> str:
    """One line of at most `longest` characters, cut at a word where there is one, with an ellipsis."""
    line = " ".join(shown(text[: longest * 8]).split())
    if len(line) <= longest:
        return line
    cut = line.rfind(" ", longest // 2, longest)
    return line[: cut if cut > 0 else longest - 1].rstrip(" ,;:–—-") + "…"


def address(url: str) -> str | None:
    """The URL where it is a plain web address, else None: no other scheme becomes a link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    plain = all(unicodedata.category(c)[0] not in "CZ" for c in url.strip())
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc and plain else None
