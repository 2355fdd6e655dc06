"""Names as keys: surnames, institutions, acronyms, transliteration. Small, exact, readable."""

from __future__ import annotations

import re
import unicodedata

from .lexicon import lexicon

TITLES = lexicon(
    """
    mr mrs ms miss dr prof professor sir dame lord lady sen rep gov gen col lt sgt capt president
    senator governor mayor minister secretary general colonel major captain king queen prince
    princess pope judge justice chancellor premier chairman chairwoman congressman congresswoman
    spokesman spokeswoman spokesperson director councillor councilman councilwoman alderman sheriff admiral
    commissioner ambassador bishop archbishop inspector sergeant lieutenant superintendent constable corporal
    brigadier
    """
)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
_COUNTRIES = {
    "russian": "Russia", "russia": "Russia", "rf": "Russia", "american": "the United States", "us": "the United States",
    "u.s": "the United States", "u.s.": "the United States", "british": "Britain", "uk": "Britain", "britain": "Britain",
    "french": "France", "german": "Germany", "turkish": "Turkey", "syrian": "Syria", "iraqi": "Iraq", "iranian": "Iran",
    "israeli": "Israel", "ukrainian": "Ukraine", "chinese": "China", "japanese": "Japan", "polish": "Poland",
    "italian": "Italy", "spanish": "Spain", "egyptian": "Egypt", "saudi": "Saudi Arabia", "lebanese": "Lebanon",
    "jordanian": "Jordan", "belarusian": "Belarus", "indian": "India", "pakistani": "Pakistan", "afghan": "Afghanistan",
    "georgian": "Georgia", "kazakh": "Kazakhstan", "greek": "Greece", "dutch": "the Netherlands",
    "swedish": "Sweden", "norwegian": "Norway", "finnish": "Finland", "danish": "Denmark", "korean": "Korea",
}  # fmt: skip
_BRANCHES = {
    "defense": "Defence", "defence": "Defence", "foreign": "Foreign Affairs", "interior": "the Interior",
    "health": "Health", "finance": "Finance", "justice": "Justice", "energy": "Energy", "education": "Education",
    "emergency": "Emergencies", "emergencies": "Emergencies", "transport": "Transport", "agriculture": "Agriculture",
    "information": "Information", "economy": "the Economy", "culture": "Culture", "environment": "the Environment",
}  # fmt: skip


def words_of(name: str) -> list[str]:
    """The words of a name, possessive endings and outer marks taken off."""
    return [re.sub(r"['’]s?$", "", w) for w in _WORD.findall(name)]


def in_cyrillic(name: str) -> bool:
    """Whether any letter of the name is Cyrillic."""
    return any("Ѐ" <= ch <= "ӿ" for ch in name)


def transliterated(name: str) -> str:
    """Cyrillic letters as Latin ones (BGN/PCGN without its marks); all else unchanged."""
    if not in_cyrillic(name):
        return name
    out: list[str] = []
    for ch in name:
        latin = _CYRILLIC.get(ch.lower())
        if latin is None:
            out.append(ch)
        else:
            out.append(latin.capitalize() if ch.isupper() else latin)
    return "".join(out)


def folded(name: str) -> str:
    """The form in which two spellings of a name are equal: Latin, no accents, lower case, words only."""
    plain = unicodedata.normalize("NFKD", transliterated(name))
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return " ".join(w.lower() for w in words_of(plain))


def without_titles(name: str) -> str:
    """A person's name without the titles before it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower().rstrip(".") in TITLES:
        parts.pop(0)
    return " ".join(parts)


def surname(name: str) -> str:
    """The last word of a person's name, folded, without the Arabic article; "" of none."""
    parts = [w for w in words_of(name) if w.lower().rstrip(".") not in {"jr", "sr", "ii", "iii"}]
    return re.sub(r"^(?:al|el)[- ](?=\w)", "", folded(parts[-1])) if parts else ""


def initials(name: str) -> str:
    """The acronym a name could have: the first letters of its capitalised words."""
    return "".join(w[0] for w in words_of(name) if w[:1].isupper())


def outlet(name: str) -> str:
    """An outlet's name: marks off, Cyrillic as Latin, a web suffix in lower case: «Вести.RU» → Vesti.ru."""
    plain = transliterated(name.strip(" \"“”„«»'‘’.,"))
    stem, dot, suffix = plain.rpartition(".")
    if dot and 2 <= len(suffix) <= 4 and suffix.isalpha():
        return f"{stem[:1].upper()}{stem[1:]}.{suffix.lower()}"
    return plain


_OUTLET_LIKE = re.compile(
    r"[\w-]+(?:\.co)?\.(?:com|org|net|ru|co|info|news|tv|uk|fr|de|it|es|in|au|eu)|[\w-]+-TV|"
    r"(?:[\w.'’&-]+\s){0,4}(?:News|Times|Herald|Tribune|Gazette|Chronicle|Courier|TV|Television|Radio|Magazine|Weekly)"
    r"(?:\s(?:Online|Agency|Network))?|"
    r"(?!Royal\b)(?:[\w.'’&-]+\s){1,4}(?:Beacon|Bulletin|Dispatch|Echo|Examiner|Express|Globe|Guardian|Independent|Inquirer|Journal"
    r"|Ledger|Mail|Mirror|Observer|Post|Sentinel|Standard|Star|Sun|Telegraph)",
)


def like_outlet(name: str) -> bool:
    """Whether a name is an outlet's by its form: a domain, "… News", "… Times", "…-TV"."""
    return len(name) <= 60 and _OUTLET_LIKE.fullmatch(name) is not None and name[:1].isalnum()


def ministry(name: str) -> str | None:
    """One name for a ministry however it is written: "Russia's Defense Ministry" → Ministry of Defence of Russia."""
    parts = [w.lower() for w in words_of(name)]
    if parts in (["mod"], ["russian", "mod"]):
        parts = ["defence", "ministry"] + (["russian"] if len(parts) > 1 else [])
    if "ministry" not in parts:
        return None
    branch = next((_BRANCHES[w] for w in parts if w in _BRANCHES), None)
    if branch is None:
        return None
    country = next((_COUNTRIES[w] for w in parts if w in _COUNTRIES), None)
    if country is None:  # "Karland's Defence Ministry", "the Ministry of Defence of Karland"
        found = [
            w
            for w in words_of(name)
            if w[:1].isupper()
            and w.lower() not in _BRANCHES
            and w.lower() not in {"ministry", "the", "of", "affairs", "mod"}
        ]
        country = found[-1] if found else None
    return f"Ministry of {branch} of {country}" if country else f"Ministry of {branch}"
