"""Names as keys that no language owns: Raqqa and Ракка, ISIS and Daesh come out the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from ..language.analysis import Analysis, Token
from ..model import Entity
from .dates import is_calendar

KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "other",
    "PRODUCT": "other",
    "WORK_OF_ART": "other",
    "LAW": "other",
}
"""Named-entity labels that make an entity, and the kind each makes; dates and numbers are read elsewhere."""

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "j",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "s",
            "ch",
            "sh",
            "sh",
            "",
            "i",
            "",
            "e",
            "u",
            "ia",
            "i",
            "i",
            "e",
            "g",
        ],
        strict=True,
    )
) | {"ё": "e"}

# Spellings that two transcriptions of one name differ in, folded in this order.
_FOLDS: tuple[tuple[str, str], ...] = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("ts", "s"),
    ("tz", "s"),
    ("ph", "f"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("ch", "č"),
    ("c", "k"),
    ("č", "ch"),
    ("q", "k"),
    ("kv", "ku"),
    ("x", "ks"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ya", "ia"),
    ("yu", "u"),
    ("iu", "u"),
    ("ye", "e"),
    ("y", "i"),
    ("ei", "ai"),
)
_RUSSIAN_ENDINGS = ("ами", "ями", "ого", "ому", "ой", "ей", "ом", "ем", "ым", "им", "ам", "ям", "ах", "ях")
_VOWELS = "aeiouаеёиоуыэюяьй"
_GENERIC = frozenset(  # what kind of thing it is, not which one
    [
        "city",
        "bank",
        "hotel",
        "cape",
        "harbor",
        "harbour",
        "group",
        "company",
        "river",
        "mount",
        "lake",
        "port",
        "province",
        "governorate",
        "district",
        "town",
        "village",
        "fc",
        "area",
        "region",
        "institute",
        "university",
        "street",
        "банк",
        "гостиница",
        "мыс",
        "город",
        "река",
        "группа",
        "компания",
        "область",
        "провинция",
        "район",
        "село",
        "улица",
        "озеро",
        "порт",
        "институт",
    ]
)
_ARTICLE = re.compile(r"^(?:the|a|an|al|el|ash|an|ar|as|at|ad|az|аль|эль|ан|аш|эн)[-\s]+(?=\w)")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_NOT_WORD = re.compile(r"[^\w]+")
_DOUBLED = re.compile(r"(.)\1+")
_MARKS = "\"'“”„‟«»‹›‘’‚‛()[]*.,;:!?"
_LONGEST_ALIAS = 6  # tokens

_CREEDS = frozenset(  # a creed or people is nobody in particular
    [
        "islamist",
        "jihadist",
        "muslim",
        "christian",
        "jew",
        "jewish",
        "arab",
        "sunni",
        "shiite",
        "shia",
        "islamic",
        "western",
        "european",
        "исламист",
        "джихадист",
        "мусульманин",
        "христианин",
        "араб",
        "суннит",
        "шиит",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "president",
        "minister",
        "general",
        "colonel",
        "captain",
        "major",
        "governor",
        "mayor",
        "senator",
        "king",
        "queen",
        "prince",
        "chief",
        "spokesman",
        "spokeswoman",
        "prof",
        "professor",
        "judge",
        "г-н",
        "г-жа",
        "президент",
        "министр",
        "генерал",
        "полковник",
        "губернатор",
        "мэр",
    ]
)


@cache
def _table() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Alias → (key, kind): exact spellings of short capitals ("US", "IS"), and folded forms of the rest."""
    rows = json.loads(resources.files(__package__).joinpath("aliases.json").read_text(encoding="utf-8"))
    exact: dict[str, tuple[str, str]] = {}
    folded: dict[str, tuple[str, str]] = {}
    for key, row in rows.items():
        value = (key, row["kind"])
        for alias in row["aliases"]:
            letters = alias.replace(".", "")
            if letters.isupper() and len(letters) <= 4:
                exact.setdefault(letters, value)
            else:
                folded.setdefault(_plain(alias), value)
    return exact, folded


@cache
def wide() -> frozenset[str]:
    """Keys of places so wide (countries) that two of them in two statements are no conflict of place."""
    rows = json.loads(resources.files(__package__).joinpath("aliases.json").read_text(encoding="utf-8"))
    return frozenset(key for key, row in rows.items() if row.get("wide"))


@lru_cache(maxsize=1 << 16)
def _plain(name: str) -> str:
    """Lower case, no accents, marks or possessive; words kept apart by one blank."""
    bare = _POSSESSIVE.sub("", name.strip(_MARKS + " "))
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", bare.replace("й", "и")) if not unicodedata.combining(c)
    )
    return _NOT_WORD.sub(" ", bare.casefold()).strip()


def alias(name: str) -> tuple[str, str] | None:
    """The (key, kind) of a name in the alias table, or None."""
    exact, folded = _table()
    bare = _POSSESSIVE.sub("", name.strip(_MARKS + " "))
    letters = bare.replace(".", "")
    if letters.isupper() and letters in exact:
        return exact[letters]
    return folded.get(_plain(_ARTICLE.sub("", bare.casefold()))) or folded.get(_plain(bare))


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """One word as the Latin letters of its sound, with the usual differences of transcription folded.

    >>> sound("Raqqa") == sound("Ракка"), sound("Kharkov") == sound("Харьков")
    (True, True)
    """
    plain = _plain(word)
    latin = "".join(_CYRILLIC.get(c, c) for c in plain)
    for old, new in _FOLDS:
        latin = latin.replace(old, new)
    return _DOUBLED.sub(r"\1", latin)


def key_of(name: str, kind: str, lemma: str = "") -> tuple[str, str]:
    """The language-free key of a name and its kind.

    The alias table decides first, then the words' sound without their endings; a person goes by the last word
    of the name. `lemma` is the name in its dictionary form: only the table is asked for it, because
    dictionaries guess at names.
    """
    for form in (name, lemma):
        known = alias(form) if form else None
        if known:
            return known
    form = _ARTICLE.sub("", _POSSESSIVE.sub("", name.strip(_MARKS + " ")).casefold())
    words = [w for w in re.split(r"[\s\-]+", form) if w and w not in _TITLES]
    words = [w for w in words if w not in _GENERIC] or words
    if not words:
        return "", kind
    if kind == "person":
        known = alias(words[-1])
        if known:
            return known
        words = [_ARTICLE.sub("", words[-1])]
    return " ".join(s for s in (sound(_stem(w)).replace(" ", "") for w in words) if s), kind


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The key that a single word would have as a name: what a name is found by where no tagger saw it."""
    return sound(_stem(word.casefold())).replace(" ", "")


def _stem(word: str) -> str:
    """A word of a name without its ending: Норланде, Норландом and Norland are one."""
    if len(word) > 5 and word.endswith(_RUSSIAN_ENDINGS):
        word = word[:-3] if word.endswith(("ами", "ями", "ого", "ому")) else word[:-2]
    short = word.rstrip(_VOWELS)
    return short if len(short) >= 4 or (len(short) >= 3 and len(word) - len(short) == 1) else word


@cache
def _first_words() -> frozenset[str]:
    """First words of all folded aliases: nearly every token fails here at once."""
    _, folded = _table()
    return frozenset(a.split(" ")[0] for a in folded)


def mentions(analysis: Analysis) -> tuple[tuple[int, int, Entity], ...]:
    """Every named mention of an article as (first token, last token + 1, Entity), in text order.

    The alias table is looked up everywhere (a parser misses "USA" in broken English), the parser's names
    fill the rest; without a parser, runs of capitalised words that do not open a sentence.
    """
    tokens = analysis.tokens
    found: list[tuple[int, int, Entity]] = []
    taken = [False] * len(tokens)

    def add(first: int, last: int, key: str, kind: str) -> None:
        if key and not any(taken[first:last]):
            taken[first:last] = [True] * (last - first)
            text = " ".join(t.text for t in tokens[first:last])
            found.append((first, last, Entity(kind, text, key)))

    for first, last, key, kind in _from_table(tokens):
        add(first, last, key, kind)
    words = frozenset(t.text for t in tokens if t.text.islower())
    opening = frozenset(first for first, _ in analysis.sentences)
    for name in analysis.names:
        if name.label not in KINDS:
            continue
        end = _last_of(tokens, name.first, name.last) if KINDS[name.label] == "person" else name.last
        for first, last in _free(name.first, end, taken):
            inside = tokens[first:last]
            whole = (first, last) == (name.first, end)
            if not whole and not all(t.text[:1].isupper() for t in inside):
                continue  # the scraps of a name that the table knows in part
            if all(_creed(t) for t in inside):
                continue
            if last == first + 1 and first in opening and inside[0].text.casefold() in words:
                continue  # "Ferry runs aground": a word with the sentence's capital
            lemma = " ".join(t.lemma for t in inside) if analysis.language == "ru" else ""
            key, kind = key_of(" ".join(t.text for t in inside), KINDS[name.label], lemma)
            add(first, last, key, kind)
    if analysis.parser == "none":
        for first, last in _capitalised(analysis):
            key, kind = key_of(" ".join(t.text for t in tokens[first:last]), "other")
            add(first, last, key, kind)
    else:
        for first, last in _proper(tokens, taken):
            key, kind = key_of(" ".join(t.text for t in tokens[first:last]), "other")
            add(first, last, key, kind)
    return tuple(sorted(found, key=lambda f: f[0]))


def _last_of(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where a person's name ends: "the Lothmark garrison" is nobody called Garrison."""
    while last - first > 1 and tokens[last - 1].text.islower():
        last -= 1
    return last


def _free(first: int, last: int, taken: Sequence[bool]) -> list[tuple[int, int]]:
    """The stretches of a name that no alias has taken, without marks and short words at their edges."""
    out: list[tuple[int, int]] = []
    i = first
    while i < last:
        j = i
        while j < last and not taken[j]:
            j += 1
        if j > i:
            out.append((i, j))
        i = j + 1
    return out


def _from_table(tokens: Sequence[Token]) -> list[tuple[int, int, str, str]]:
    """Aliases in the text, the longest at each place first."""
    exact, folded = _table()
    starts = _first_words()
    forms = [_plain(t.text) for t in tokens]
    lemmas = [_plain(t.lemma) for t in tokens]
    out: list[tuple[int, int, str, str]] = []
    i = 0
    while i < len(tokens):
        letters = tokens[i].text.strip(_MARKS).replace(".", "")
        hit: tuple[int, tuple[str, str]] | None = None
        if letters.isupper() and letters in exact:
            hit = (1, exact[letters])
        first = forms[i].split(" ")[0] if forms[i] else ""
        if first in starts or lemmas[i] in starts:
            for size in range(min(_LONGEST_ALIAS, len(tokens) - i), 0, -1):
                window = range(i, i + size)
                if not forms[i] or not forms[i + size - 1]:
                    continue
                value = folded.get(" ".join(forms[k] for k in window if forms[k])) or folded.get(
                    " ".join(lemmas[k] for k in window if lemmas[k])
                )
                # A lower-case "turkey" or "us" is a word, not a name; adjectives in Russian are lower case.
                if value and (tokens[i].text[:1].isupper() or not first.isascii()) and (not hit or size > 1):
                    hit = (size, value)
                    break
        if hit:
            out.append((i, i + hit[0], *hit[1]))
            i += hit[0]
        else:
            i += 1
    return out


def _proper(tokens: Sequence[Token], taken: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of proper nouns that the parser's names left out."""
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        j = i
        while (
            j < len(tokens) and tokens[j].pos == "PROPN" and not taken[j] and _names_something(tokens[j].text)
        ):
            j += 1
        if j > i:
            out.append((i, j))
        i = j + 1
    return out


def _creed(token: Token) -> bool:
    return bool({_plain(token.lemma), _plain(token.text), _plain(token.text).removesuffix("s")} & _CREEDS)


def _names_something(word: str) -> bool:
    plain = word.casefold().strip(_MARKS)
    capital = word[:1].isupper() and not (word.isupper() and len(word) > 6)
    return (
        capital
        and len(plain) > 2
        and not is_calendar(word)
        and not ({plain, plain.removesuffix("s")} & (_TITLES | _GENERIC | _CREEDS))
    )


def _capitalised(analysis: Analysis) -> list[tuple[int, int]]:
    """Runs of capitalised words that do not open a sentence."""
    tokens = analysis.tokens
    out: list[tuple[int, int]] = []
    for first, last in analysis.sentences:
        i = first + 1
        while i < last:
            j = i
            while j < last and analysis.tokens[j].text[:1].isupper() and not is_calendar(tokens[j].text):
                j += 1
            if j > i:
                out.append((i, j))
            i = j + 1
    return out
