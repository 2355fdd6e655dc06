"""Numbers with their units as ranges: "at least 70 people", "dozens", «не менее сорока человек»."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..language.analysis import Token
from ..model import Quantity
from .fates import REACHING, is_fate

_SMALL = {
    word: value
    for value, words in {
        1: "one один одна одно одного одной одному одним",
        2: "two два две двух двум двумя двое двоих",
        3: "three три трёх трех трем тремя трое троих",
        4: "four четыре четырёх четырех четверо четверых",
        5: "five пять пяти пятью пятеро пятерых",
        6: "six шесть шести шестеро шестерых",
        7: "seven семь семи семеро семерых",
        8: "eight восемь восьми",
        9: "nine девять девяти",
        10: "ten десять десяти",
        11: "eleven одиннадцать одиннадцати",
        12: "twelve двенадцать двенадцати",
        13: "thirteen тринадцать тринадцати",
        14: "fourteen четырнадцать четырнадцати",
        15: "fifteen пятнадцать пятнадцати",
        16: "sixteen шестнадцать шестнадцати",
        17: "seventeen семнадцать семнадцати",
        18: "eighteen восемнадцать восемнадцати",
        19: "nineteen девятнадцать девятнадцати",
        20: "twenty двадцать двадцати",
        30: "thirty тридцать тридцати",
        40: "forty сорок сорока",
        50: "fifty пятьдесят пятидесяти",
        60: "sixty шестьдесят шестидесяти",
        70: "seventy семьдесят семидесяти",
        80: "eighty восемьдесят восьмидесяти",
        90: "ninety девяносто девяноста",
        200: "двести двухсот",
        300: "триста трёхсот трехсот",
        400: "четыреста четырёхсот четырехсот",
        500: "пятьсот пятисот",
    }.items()
    for word in words.split()
}
_SCALE = {
    word: value
    for value, words in {
        100: "hundred сто ста сотня",
        1000: "thousand тысяча тысячи тысяч тыс",
        1_000_000: "million m mln миллион миллиона миллионов млн",
        1_000_000_000: "billion bn миллиард миллиарда миллиардов млрд",
    }.items()
    for word in words.split()
}
# Vague words as the ranges that readers take them for: "dozens" fits 40 as well as 200.
_VAGUE = {
    word: value
    for value, words in {
        (12, 12): "dozen дюжина",
        (10, 12): "десяток десятка",
        (3, 12): "several несколько нескольких",
        (2, 8): "few",
        (20, 300): "dozens десятки десятков десятками",
        (30, 300): "scores",
        (150, 2_000): "hundreds сотни сотен сотнями",
        (1_500, 20_000): "thousands тысячи тысячами",
        (1_500_000, 20_000_000): "millions миллионы",
    }.items()
    for word in words.split()
}
_AT_LEAST = ("at least", "no fewer than", "no less than", "not less than", "a minimum of", "не менее", "как минимум", "не меньше", "по меньшей мере", "minimum")  # fmt: skip
_MORE = ("more than", "over", "upwards of", "above", "exceeding", "более", "больше", "свыше", "более чем")
_AT_MOST = ("at most", "up to", "no more than", "not more than", "as many as", "fewer than", "less than", "under", "не более", "до", "менее", "не больше")  # fmt: skip
_ABOUT = ("about", "around", "some", "nearly", "almost", "roughly", "approximately", "close to", "an estimated", "estimated", "около", "примерно", "почти", "приблизительно", "порядка")  # fmt: skip
_DIGITS = re.compile(r"^\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?$|^\d+(?:[.,]\d+)?$")
_RANGE = re.compile(r"^(\d{1,9})[-–—](\d{1,9})$")
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_ORDINARY_UNIT_POS = frozenset({"NOUN", "PROPN", ""})
_SKIP_POS = frozenset({"ADJ", "DET", "ADV", "VERB", "NUM"})
_HARMED = frozenset(
    ["killed", "dead", "wounded", "injured", "missing", "hurt", "погибших", "погибли", "раненых", "ранены"]
)
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "₽": "ruble", "%": "percent"}

UNITS = {
    form: unit
    for unit, forms in {
        "person": "person people human individual soul life victim casualty fatality dead death body corpse resident "
        "citizen civilian человек люди лицо житель погибший жертва тело гражданин пострадавший",
        "child": "child kid minor ребёнок ребенок дети",
        "woman": "woman женщина",
        "man": "man мужчина",
        "fighter": "fighter militant rebel gunman terrorist insurgent боевик террорист повстанец мятежник",
        "soldier": "soldier troop serviceman military солдат военный военнослужащий боец",
        "officer": "officer policeman police полицейский офицер",
        "house": "house home дом",
        "building": "building здание",
        "vehicle": "vehicle car truck автомобиль машина грузовик",
        "missile": "missile rocket ракета",
        "strike": "strike airstrike raid удар авиаудар налёт налет",
        "percent": "percent % pct процент",
        "dollar": "dollar $ usd доллар",
        "euro": "euro € евро",
        "ruble": "ruble rouble рубль",
        "day": "day день сутки",
        "hour": "hour час",
        "minute": "minute минута",
        "week": "week неделя",
        "month": "month месяц",
        "year": "year год лет",
        "kilometre": "kilometre kilometer km километр км",
        "metre": "metre meter m метр",
        "mile": "mile миля",
        "tonne": "tonne ton тонна",
        "worker": "worker employee рабочий работник сотрудник",
        "hostage": "hostage заложник",
        "prisoner": "prisoner detainee заключённый заключенный пленный",
        "passenger": "passenger пассажир",
        "school": "school школа",
        "village": "village село деревня посёлок",
        "protester": "protester demonstrator протестующий демонстрант",
        "family": "family семья",
        "student": "student pupil студент ученик",
        "refugee": "refugee беженец",
        "crown": "crown крона",
        "patient": "patient пациент больной",
        "miner": "miner шахтёр шахтер",
        "diplomat": "diplomat дипломат",
        "tenant": "tenant жилец",
        "deputy": "deputy депутат",
        "doctor": "doctor physician врач доктор",
        "fan": "fan supporter болельщик фанат",
        "sheep": "sheep овца",
        "ship": "ship vessel судно корабль",
        "boat": "boat лодка катер",
        "aircraft": "aircraft plane самолёт самолет",
        "helicopter": "helicopter вертолёт вертолет",
        "tank": "tank танк",
        "vote": "vote голос",
        "hectare": "hectare га гектар",
        "litre": "litre liter литр",
        "degree": "degree градус",
        "branch": "branch отделение филиал",
        "job": "job рабочее_место",
        "customer": "customer client клиент абонент",
    }.items()
    for form in forms.split()
}
"""Lemma of what is counted → its unit: one word for one thing, across languages."""

KNOWN_UNITS = frozenset(UNITS.values())
TIME_UNITS = frozenset({"day", "hour", "minute", "week", "month", "year"})
COUNTED_PEOPLE = frozenset({"person", "child", "woman", "man", "fighter", "soldier", "officer", "worker", "student", "passenger", "protester", "refugee", "hostage", "prisoner", "family", "patient", "miner", "diplomat", "tenant", "deputy", "doctor", "fan", "customer"})  # fmt: skip


def whole_numbers(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Joins what a plain split of words took apart: "1,200", "2.5", "30.10.2017"."""
    out: list[Token] = []
    for token in tokens:
        if (
            len(out) > 1
            and token.text.isdigit()
            and out[-1].text in (",", ".")
            and out[-2].text[-1:].isdigit()
            and out[-2].end == out[-1].start
            and out[-1].end == token.start
        ):
            point, number = out.pop(), out.pop()
            text = number.text + point.text + token.text
            out.append(replace(number, end=token.end, text=text, lemma=text))
        else:
            out.append(token)
    return tuple(out)


def quantities(
    tokens: Sequence[Token],
    dated: frozenset[int] = frozenset(),
    fate: Callable[[int, int], str] | None = None,
) -> tuple[Quantity, ...]:
    """The quantities in a stretch of tokens, in text order.

    `dated` are positions in `tokens` that belong to dates ("21 August 2013") and count nothing. `fate` says
    what befell those counted by the phrase between two positions, both inclusive.
    """
    out: list[Quantity] = []
    i = 0
    while i < len(tokens):
        if i in dated:
            i += 1
            continue
        read = _number(tokens, i, dated)
        if read is None:
            i += 1
            continue
        low, high, end = read
        before = " ".join(t.text.casefold() for t in tokens[max(0, i - 4) : i])
        if i >= 2 and tokens[i - 1].text.casefold() == "до" and tokens[i - 2].lemma.casefold() in REACHING:
            before = ""  # «выросло до 45»: the total, not a bound
        low, high, words = _widen(low, high, before)
        unit, last = _unit(tokens, i, end)
        befell = fate(i, last - 1) if fate is not None and unit not in TIME_UNITS else ""
        if befell and unit not in KNOWN_UNITS and (not unit or is_fate(unit)):  # "40 were hurt", "12 deaths"
            unit = "person"
        bare_small = low == high and low <= 2 and not tokens[i].text[:1].isdigit()
        if not (bare_small and unit not in COUNTED_PEOPLE):  # "one day", "two sides" say little
            text = " ".join(t.text for t in tokens[max(0, i - words) : last])
            out.append(Quantity(low, high, unit, text, befell))
        i = max(end, i + 1)
    return tuple(out)


def _number(tokens: Sequence[Token], i: int, dated: frozenset[int]) -> tuple[float, float, int] | None:
    """The number that begins at `i` as (low, high, end), or None."""
    word = tokens[i].text.casefold().strip(".")
    span = _RANGE.match(word)
    if span:
        a, b = float(span[1]), float(span[2])
        return (a, b, i + 1) if a <= b else None
    if _DIGITS.match(word):
        if _YEAR.match(word) and not _counts_something(tokens, i):
            return None
        value = float(word.replace(",", "") if re.search(r",\d{3}\b", word) else word.replace(",", "."))
        return _scaled(tokens, i + 1, value, dated)
    if "-" in word and all(p in _SMALL for p in word.split("-")):
        return _scaled(tokens, i + 1, float(sum(_SMALL[p] for p in word.split("-"))), dated)
    if word in _SMALL:
        value, end = float(_SMALL[word]), i + 1
        while value >= 10:
            hyphen = end < len(tokens) and tokens[end].text in ("-", "‑")  # "Eighty-five" in three tokens
            at = end + hyphen
            if at >= len(tokens) or not 0 < _SMALL.get(tokens[at].text.casefold(), 0) < 10:
                break
            value += _SMALL[tokens[at].text.casefold()]
            end = at + 1
        return _scaled(tokens, end, value, dated)
    if word in _VAGUE:
        low, high = _VAGUE[word]
        after = " ".join(t.text.casefold() for t in tokens[i + 1 : i + 3])
        if after == "of thousands":
            return low * 1000.0, high * 1000.0, i + 3
        return float(low), float(high), i + 1
    if word in _SCALE and word not in ("m", "bn"):
        return float(_SCALE[word]), float(_SCALE[word]), i + 1
    return None


def _scaled(
    tokens: Sequence[Token], end: int, value: float, dated: frozenset[int]
) -> tuple[float, float, int]:
    """Takes in the scale words that follow: "2.5 million", «три тысячи»."""
    while end < len(tokens) and end not in dated:
        word = tokens[end].text.casefold().strip(".")
        if word == "dozen":
            value *= 12
        elif word in _SCALE and (word != "m"):
            value *= _SCALE[word]
        else:
            break
        end += 1
    return value, value, end


def _counts_something(tokens: Sequence[Token], i: int) -> bool:
    """Whether a four-digit number that may be a year stands before what it counts ("2000 people")."""
    if i + 1 >= len(tokens):
        return False
    after = tokens[i + 1]
    known = after.lemma.casefold() in UNITS or after.text.casefold() in UNITS
    return known or (after.pos == "NOUN" and tokens[i].dep.startswith("nummod"))


def _widen(low: float, high: float, before: str) -> tuple[float, float, int]:
    """Applies the words before a number; returns the range and how many words were taken in."""
    for phrases, kind in ((_AT_LEAST, "min"), (_MORE, "more"), (_AT_MOST, "max"), (_ABOUT, "about")):
        for phrase in phrases:
            if before.endswith(phrase) and (len(before) == len(phrase) or before[-len(phrase) - 1] == " "):
                words = len(phrase.split())
                if kind == "min":
                    return low, math.inf, words
                if kind == "more":
                    return low, math.inf, words
                if kind == "max":
                    return low * 0.6, high, words
                return low * 0.85, high * 1.15, words
    return low, high, 0


def _unit(tokens: Sequence[Token], i: int, end: int) -> tuple[str, int]:
    """What is counted, and where the phrase ends: the noun that the number modifies, else the next noun."""
    if i > 0 and tokens[i - 1].text in _SIGNS:
        return _SIGNS[tokens[i - 1].text], end
    if end < len(tokens) and tokens[end].text == "%":
        return "percent", end + 1
    k = end
    if k < len(tokens) and tokens[k].text.casefold() in _HARMED:  # "12 killed": people, unless said otherwise
        return "person", k + 1
    if k < len(tokens) and tokens[k].text.casefold() == "of":  # "dozens of people"
        k += 1
        if k < len(tokens) and tokens[k].text.casefold() in ("the", "their", "its"):
            k += 1
    for step in range(5):
        at = k + step
        if at >= len(tokens):
            break
        token = tokens[at]
        lemma = token.lemma.casefold()
        unit = UNITS.get(lemma) or UNITS.get(token.text.casefold())
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if unit and not (following and following.pos == "NOUN" and token.dep in ("compound", "amod", "nmod")):
            return unit, at + 1
        if token.pos == "NOUN" and token.dep != "compound" and token.text[:1].isalpha():
            return lemma, at + 1
        if token.pos not in (*_SKIP_POS, "PROPN", "NOUN", "") or not token.text[:1].isalpha():
            break
        if token.pos == "":  # no parser: the next word is the best guess, unless a known unit follows soon
            near = [UNITS.get(_singular(t.text.casefold())) for t in tokens[at : at + 3]]
            known = next((u for u in near if u), None)
            return (known or _singular(token.text.casefold())), at + 1
    return "", end


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[:-1] in UNITS else word


def effective(quantity: Quantity) -> tuple[float, float]:
    """The range that a reader takes a quantity for: "at least 70" is not said of 500."""
    if math.isinf(quantity.high):
        return quantity.low, max(quantity.low * (1.25 if quantity.low < 1000 else 1.1), quantity.low + 2)
    return quantity.low, quantity.high


def compatible(a: Quantity, b: Quantity) -> bool:
    """Whether readers would take the two for one count.

    Two open counts ("more than 280", "more than 330") are one only where their bounds nearly agree: by logic
    they always could be, but each is a report of its own.
    """
    if math.isinf(a.high) and math.isinf(b.high):
        return max(a.low, b.low) <= min(a.low, b.low) * 1.05 + 1e-9
    low_a, high_a = effective(a)
    low_b, high_b = effective(b)
    return low_a <= high_b and low_b <= high_a
