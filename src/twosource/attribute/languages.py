"""What a language brings to attribution: five functions. A third language is one more folder and one more row here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..language.analysis import Analysis
from ..model import Article, Certainty, Evidence, Stance
from . import english, firmness, plain, russian
from . import resolve as english_names
from .found import Finder, Found
from .resolve import Who


@dataclass(frozen=True, slots=True)
class Language:
    """How one language finds attributions, resolves their sources, and weighs their words."""

    find: Finder
    resolve: Callable[[Article, Analysis, Sequence[Found], Sequence[int | None]], tuple[Who, ...]]
    certainty: Callable[[Article, Analysis, Found], Certainty]
    stance: Callable[[Article, Analysis, Found], Stance]
    evidence: Callable[[Article, Analysis, Found], tuple[Evidence, ...]]
    mend: Callable[[Article, Analysis, Sequence[Found]], tuple[Found, ...]] | None = None


_ENGLISH = Language(
    english.find, english_names.resolve, firmness.certainty, firmness.stance, firmness.evidence, english.mend
)
_RUSSIAN = Language(russian.find, russian.resolve, russian.certainty, russian.stance, russian.evidence)
_PLAIN = Language(plain.find, english_names.resolve, firmness.certainty, firmness.stance, firmness.evidence)

LANGUAGES: dict[str, Language] = {"en": _ENGLISH, "ru": _RUSSIAN}
"""By ISO 639-1 code."""


def language_of(article: Article, analysis: Analysis) -> Language:
    """The article's language, or marks and words alone where there is no parse or no rules for it."""
    return _PLAIN if analysis.parser == "none" else LANGUAGES.get(article.language, _PLAIN)
