"""Which language a text is in: its script first, then py3langid among the languages of that script.

A script leaves few candidates, and for short strings that is most of what can be known: a headline of one
word is not called Irish because a model prefers it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

UNKNOWN = "und"
_SAMPLE = 2000  # characters that are looked at: more changes no answer
_SURE = 24  # letters above which the classifier is taken at its word

_LATIN = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "da", "no", "fi", "cs", "sk", "sl", "hu", "ro",
    "hr", "bs", "sq", "et", "lv", "lt", "ca", "id", "ms", "vi", "az", "uz", "sw", "so", "tl", "af", "ku",
)  # fmt: skip
_CANDIDATES: dict[str, tuple[str, ...]] = {
    "LATIN": _LATIN,
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ku", "ug"),
    "CJK": ("zh", "ja"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "GREEK": ("el",),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "BENGALI": ("bn", "as"),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "ETHIOPIC": ("am",),
}
# Letters that one language has and its neighbours in the script have not.
_TELLING = (
    ("be", "ўЎ"),
    ("uk", "їЇєЄґҐ"),
    ("kk", "әқңұөһ"),
    ("mk", "ѓќѕ"),
    ("sr", "ђћџљњј"),
    ("ru", "ыэёЫЭЁ"),
    ("fa", "پچژگ"),
    ("ur", "ٹڈڑںے"),
)
_USUAL = {"CYRILLIC": "ru", "ARABIC": "ar", "CJK": "zh", "DEVANAGARI": "hi", "BENGALI": "bn"}


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that most of `text` is in, "und" when it cannot be told.

    A few letters of a script that several languages share are not enough ("Reuters", "12:00").
    """
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if len(letters) < 2:
        return UNKNOWN
    script = _script(letters)
    candidates = _CANDIDATES.get(script, ())
    if len(candidates) < 2:
        return candidates[0] if candidates else UNKNOWN
    if len(letters) < _SURE:
        told = _by_letters("".join(letters), candidates)
        if told:
            return told
        if script in _USUAL:
            return _USUAL[script]
        if len(letters) < 10:
            return UNKNOWN
    return _classified(sample, candidates, least=0.0 if len(letters) >= _SURE else 0.5)


def _script(letters: list[str]) -> str:
    """The script of most letters; any kana makes a text Japanese."""
    counts = Counter(_script_of(c) for c in letters)
    if counts["HIRAGANA"] + counts["KATAKANA"] > 0.05 * len(letters):
        return "HIRAGANA"
    best, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return best if count * 2 >= len(letters) else max(counts, key=lambda s: (counts[s], s))


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    return unicodedata.name(char, "?").split(" ", 1)[0].split("-", 1)[0]


def _by_letters(letters: str, candidates: tuple[str, ...]) -> str:
    for language, telling in _TELLING:
        if language in candidates and any(c in telling for c in letters):
            return language
    return ""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _classified(sample: str, candidates: tuple[str, ...], least: float) -> str:
    """The likeliest candidate; its share among the candidates must reach `least`."""
    ranked = [(label, float(p)) for label, p in _identifier().rank(sample) if label in candidates]
    total = sum(p for _, p in ranked)
    if not ranked or total <= 0:
        return UNKNOWN
    label, best = max(ranked, key=lambda item: (item[1], item[0]))
    return label if best / total >= least else UNKNOWN
