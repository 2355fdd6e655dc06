"""The names and numbers of a text as keys that two wordings, or two languages, share.

A number is its value, in figures or in words. A name is the skeleton of a capitalised word, its consonants in Latin
letters, so that Tarnholm's, Тарнхольма and Tarnholm are one. What is written small anywhere in the pile is no name,
nor is a word that stands with a capital only where a sentence begins.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґ", "abvgdeezziiklmnoprstufhccssieuaiieg", strict=True))
_WORDS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
)
_SLAVIC = (
    "ноль;один одна одно одного одной;два две двух двум двумя;три трёх трех трём трем тремя;четыре четырёх четырех четырём;"
    "пять пяти пятью;шесть шести;семь семи семью;восемь восьми;девять девяти;десять десяти;одиннадцать одиннадцати;"
    "двенадцать двенадцати;тринадцать тринадцати;четырнадцать четырнадцати;пятнадцать пятнадцати;"
    "шестнадцать шестнадцати;семнадцать семнадцати;восемнадцать восемнадцати;девятнадцать девятнадцати;"
    "двадцать двадцати"
)
_TENS = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {
    **{word: value for value, word in enumerate(_WORDS)},
    **{word: value for value, words in enumerate(_SLAVIC.split(";")) for word in words.split()},
    **{word: 30 + 10 * place for place, word in enumerate(_TENS)},
    "dozen": 12,
    "dozens": 12,
}
SMALL = 3
"""Numbers up to this one are no facts: too many things come in ones, twos and threes."""
LEAST_LETTERS = 3
UNSEEN = 1000
"""Articles without the fact that every pile is taken to stand beside, as in the score of shared wording."""


def skeleton(word: str) -> str:
    """A word's first letter and its consonants, in Latin letters, without endings of case and possession."""
    plain = "".join(_LATIN.get(c, c) for c in word.casefold() if c not in "ъь")
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalpha())
    plain = (
        re.sub(r"['’]s$", "", plain)
        .replace("ck", "k")
        .replace("ch", "h")
        .replace("sch", "s")
        .replace("sh", "s")
    )
    plain = (
        plain.translate(str.maketrans("qxwjyz", "kkviis"))
        .replace("ph", "f")
        .replace("th", "t")
        .replace("c", "k")
    )
    plain = re.sub(r"(.)\1+", r"\1", plain)
    return plain[:1] + "".join(c for c in plain[1:] if c not in "aeiouh")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the words of a pile are written: `small` somewhere without a capital, `named` with one inside a sentence."""

    small: frozenset[str]
    named: frozenset[str]


def spelling(texts: Iterable[str]) -> Spelling:
    """The spelling of a pile."""
    small, named = set(), set()
    for text in texts:
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word[0].islower():
                small.add(word)
            elif word[0].isupper() and not _opens(text, match.start()):
                named.add(word.casefold())
    return Spelling(frozenset(small), frozenset(named - small))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence, or a quotation, begins at `at`."""
    before = text[max(0, at - 8) : at].rstrip(" \"'“”«„‘(\u00a0—–-")
    return before[-1:] in ("", ".", "!", "?", ":", "\n", "…") or at == 0


def facts(text: str, spelling: Spelling) -> list[str]:
    """The facts of a text in reading order, as keys."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found += _number(word)
        elif (value := NUMBERS.get(word.casefold())) is not None:
            found += [f"#{value}"] if value > SMALL else []
        elif word[0].isupper() and _is_name(text, match, spelling):
            parts = (part for part in re.split(r"[-’']", word) if len(part) >= LEAST_LETTERS)
            found += [skeleton(part) for part in parts if part.casefold() not in spelling.small]
    return found


def _number(figures: str) -> list[str]:
    value = re.sub(r"[\u00a0 ]", "", figures)
    value = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", value).replace(",", ".")
    return [] if value in ("0", "1", "2", "3") else [f"#{value}"]


def _is_name(text: str, match: re.Match[str], spelling: Spelling) -> bool:
    word = match.group()
    if len(word) < LEAST_LETTERS or word.casefold() in spelling.small:
        return False
    follows = text[match.end() : match.end() + 2]
    return word.casefold() in spelling.named or not _opens(text, match.start()) or follows[1:].isupper()


def rarities(every: Sequence[Iterable[str]]) -> dict[str, float]:
    """The IDF of every fact, in nats; `every`: the facts of each article."""
    counts = Counter(key for keys in every for key in set(keys))
    return {key: math.log((len(every) + UNSEEN) / n) for key, n in counts.items()}


def shared(
    one: Sequence[str], other: Sequence[str], rarity: Mapping[str, float]
) -> tuple[float, float, float]:
    """Rarity of the facts that both have, that only the one has, that only the other has, in nats.

    Names whose skeletons differ by an ending of two letters at most are one: cases are not undone.
    """
    a, b = sorted(set(one)), set(other)
    both = alone = 0.0
    for key in a:
        partner = key if key in b else next((o for o in sorted(b) if _one_name(key, o)), None)
        if partner is None:
            alone += rarity.get(key, 0.0)
        else:
            both += min(rarity.get(key, 0.0), rarity.get(partner, 0.0))
            b.discard(partner)
    return both, alone, sum(rarity.get(key, 0.0) for key in b)


def _one_name(one: str, other: str) -> bool:
    if one[0] == "#" or other[0] == "#":
        return False
    short, long = sorted((one, other), key=len)
    return len(short) >= LEAST_LETTERS and len(long) - len(short) <= 2 and long.startswith(short)
