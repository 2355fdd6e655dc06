"""The name in a source phrase: "the Vale-based group Harbour Watch, which …" → Harbour Watch.

Works on the words rather than on the parse, because where commas are lost ("Tom Oduya a fisherman from Port
Vale said") the parse is lost as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..language.analysis import Token
from ..model import Span
from .lexicon import lexicon

_JOINING = lexicon("of for de da del van von der bin ibn al el the & and")
_ENDING = lexicon("partners sons brothers co company associates daughters")
_BODIES = lexicon(
    "ministry department office council committee agency institute bureau directorate board centre center"
)
_KNOWN = re.compile(r"(?:also |better )?(?:known as|called|named|dubbed|calling itself)\s")
_DETERMINERS = lexicon(
    "the a an this that these those another its his her their our my some any one each every said no"
)
_POSSESSIVE = lexicon("'s ’s ' ’")


@dataclass(frozen=True, slots=True)
class Core:
    """The noun phrase at the beginning of a source, without determiner, loose adjectives and what follows.

    `first` and `last` are token indices, both included; `determiner` is the word that was taken off, in lower
    case, "" if none; `rest` is the index of the first token behind the core.
    """

    first: int
    last: int
    determiner: str
    rest: int


def core(text: str, tokens: Sequence[Token], first: int, last: int, entities: Sequence[Span]) -> Core | None:
    """The core of the phrase from token `first` through `last`; None where it holds no noun.

    `entities` are the name mentions, as character spans in order: a name is never cut.
    """
    at = first
    while at <= last:
        end = _end(text, tokens, at, last, entities)
        begin, determiner = _begin(tokens, at, end)
        if any(tokens[k].pos in {"NOUN", "PROPN", "ADJ", "X", "PRON", "NUM"} for k in range(begin, end + 1)):
            return Core(begin, end, determiner, end + 1)
        at = end + 1
    return None


def _end(text: str, tokens: Sequence[Token], first: int, last: int, entities: Sequence[Span]) -> int:
    """The last token of the core that begins at `first`."""
    k = first
    while k < last:
        here, then = tokens[k], tokens[k + 1]
        if _inside(here, then, entities) and text[here.end : then.start].strip(" ") == "":
            k += 1
            continue
        if _breaks(text, tokens, first, k, last):
            return k
        k += 1
    return last


def _inside(a: Token, b: Token, entities: Sequence[Span]) -> bool:
    return any(e.start <= a.start and b.end <= e.end for e in entities)


def _breaks(text: str, tokens: Sequence[Token], first: int, k: int, last: int) -> bool:
    """Whether the core ends between token `k` and the next."""
    here, then = tokens[k], tokens[k + 1]
    gap = text[here.end : then.start]
    low = then.text.lower()
    common = here.pos == "NOUN" or here.tag in {"NNS", "NNPS"}  # a capital from the sentence alone
    proper = here.text[:1].isupper() and (not common or here.entity == "ORG")
    ahead = next((t for t in tokens[k + 2 : last + 1] if t.text.lower() != "the"), None)
    named = ahead is not None and ahead.text[:1].isupper()
    if "\n" in gap or "\t" in gap:
        return True
    if then.text in _POSSESSIVE or (here.text in _POSSESSIVE and here.pos != "PUNCT"):
        return False
    if not any(ch.isalnum() for ch in then.text):
        return not (then.text in {"-", "&", "/", ".", "+"} and (gap == "" or then.text == "&"))
    if here.text in {"-", "/", "&", "+"}:
        return False
    if not any(t.pos in {"NOUN", "PROPN", "PRON", "NUM", "X"} for t in tokens[first : k + 1]):
        return False
    if low in {"of", "for"} and then.pos != "PROPN":
        if here.lemma.lower() in _BODIES or (low == "of" and proper):
            return ahead is None
        return not (proper and named)
    if low == "and":
        body = any(t.text.lower() in _BODIES for t in tokens[first : k + 1])
        return not (proper and named and (body or (ahead is not None and ahead.text.lower() in _ENDING)))
    if here.text.lower() in {"of", "for", "and"}:
        return False
    if low == "the" and here.text.lower() in {"of", "for"}:
        return False
    if (
        then.pos in {"ADP", "SCONJ", "CCONJ", "PRON", "ADV", "VERB", "AUX", "INTJ"}
        and then.text[:1].islower()
    ):
        return (
            then.tag not in {"VBG", "VBN"}
            or ahead is None
            or not _noun(ahead)
            or here.pos in {"NOUN", "PROPN"}
        )
    if then.tag in {"WDT", "WP", "WP$", "WRB"} or low in {"that", "who", "which"}:
        return True
    if then.pos == "DET" or low in {"a", "an", "the", "another"}:
        return True
    return here.entity == "PERSON" and then.pos == "ADJ" and then.text[:1].islower()


def _noun(token: Token) -> bool:
    return token.pos in {"NOUN", "PROPN"}


def _begin(tokens: Sequence[Token], first: int, end: int) -> tuple[int, str]:
    """Where the core begins once determiner, "so-called" and "Vale-based" are off."""
    determiner = ""
    k = first
    while k < end:
        low = tokens[k].text.lower()
        if low in _DETERMINERS or not any(ch.isalnum() for ch in low):
            determiner = determiner or (low if low in _DETERMINERS else "")
            k += 1
        elif low == "so" and k + 2 < end and tokens[k + 1].text == "-":  # so-called
            k += 3
        elif (
            (tokens[k].entity in {"DATE", "TIME"} and tokens[end].entity not in {"DATE", "TIME"})
            or low == "so-called"
            or low.endswith("-based")
        ):
            k += 1
        elif (
            k + 2 < end
            and tokens[k + 1].text == "-"
            and tokens[k + 2].text.lower() in {"based", "run", "led"}
        ):
            if tokens[k + 2].text.lower() != "based":
                break
            k += 3
        elif low == "based" and k > first:
            k += 1
        else:
            break
    return k, determiner


def proper(tokens: Sequence[Token], found: Core) -> tuple[int, int] | None:
    """The proper name that ends the core, loose words before it left out, as first and last token.

    As in "rebel group Harbour Watch" and "news agency Ostwire"; None where the core ends in a common noun.
    """
    k = found.last
    if not _capital(tokens, k):
        return None
    return _back_over_name(tokens, found.first, k), found.last


def before_noun(tokens: Sequence[Token], found: Core) -> tuple[int, int] | None:
    """The proper name that stands before the common noun which ends the core: "the Harbour Watch group"."""
    k = found.last
    while k > found.first and not _capital(tokens, k):
        k -= 1
    if not _capital(tokens, k) or found.last - k > 3:
        return None
    return _back_over_name(tokens, found.first, k), k


def _back_over_name(tokens: Sequence[Token], first: int, k: int) -> int:
    """The first token of the name that ends at token `k`."""
    while k > first:
        j = k - 1
        while (
            j > first
            and (tokens[j].text.lower() in _JOINING or not _wordlike(tokens[j]))
            and not _capital(tokens, j)
        ):
            j -= 1
        if not _capital(tokens, j):
            break
        k = j
    hyphened = (
        k + 1 < len(tokens) and k > first + 1 and tokens[k - 1].text == "-" and tokens[k - 2].text.islower()
    )
    if hyphened and tokens[k - 2].text.lower() not in {"al", "el"}:
        k += 1
    return k


def _wordlike(token: Token) -> bool:
    return any(ch.isalnum() for ch in token.text)


def _capital(tokens: Sequence[Token], k: int) -> bool:
    """Whether the token is capitalised, or begins a name with the Arabic article: "al-Bayan"."""
    text = tokens[k].text
    return (
        text[:1].isupper()
        or (
            text.lower() in {"al", "el", "as", "an", "ash"}
            and k + 2 < len(tokens)
            and tokens[k + 1].text == "-"
            and tokens[k + 2].text[:1].isupper()
        )
        or text[:3] in {"al-", "el-"}
    )


def introduces(text: str, tokens: Sequence[Token], found: Core, last: int) -> int | None:
    """The token where a second, proper name begins right behind the core.

    As in "the group known as the White Coats" and, with its comma lost, "a local group the White Coats".
    """
    at = found.rest
    if at > last:
        return None
    known = _KNOWN.match(text, tokens[at].start)
    if known:
        return next((k for k in range(at, last + 1) if tokens[k].start >= known.end()), None)
    if tokens[at].text.lower() == "the" and at < last and tokens[at + 1].text[:1].isupper():
        return at
    return None
