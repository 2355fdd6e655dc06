"""News agencies by the names that articles credit them under.

Data, not judgement: a name here says only that "(Reuters)" at an article's edge means that the article
rests on that agency.
"""

from __future__ import annotations

import re

# Told by their name alone, in any case, wherever a credit stands.
LONG = (
    "Thomson Reuters", "Reuters", "Agence France-Presse", "Agence France Presse", "Associated Press",
    "United Press International", "Press Association", "Anadolu Agency", "Anadolu", "Xinhua", "Interfax",
    "ITAR-TASS", "RIA Novosti", "Sputnik", "Bloomberg", "Kyodo", "Yonhap", "Deutsche Presse-Agentur",
    "Press Trust of India", "Tasnim", "Belga", "Ukrinform", "UNIAN", "BelTA", "Kazinform", "Antara", "Bernama",
    "Agencia EFE", "Europa Press", "Keystone-SDA", "MENA news agency", "Fars News Agency", "Mehr News Agency",
    "Рейтер", "Рейтерс", "РИА Новости", "Интерфакс", "Укринформ", "УНИАН", "БелТА", "Синьхуа", "Франс Пресс",
    "Ассошиэйтед Пресс", "Анадолу", "Спутник",
)  # fmt: skip
# Too short to be told in any case: only in capitals, only where a credit stands.
SHORT = (
    "AFP", "AP", "UPI", "PA", "TASS", "dpa", "DPA", "ANSA", "EFE", "SANA", "NNA", "IRNA", "ISNA", "FNA", "MNA",
    "WAM", "KUNA", "SPA", "QNA", "APA", "PTI", "IANS", "ANI", "AAP", "RIA", "ТАСС", "АФП", "АП", "РИА", "ДПА",
)  # fmt: skip


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


AGENCY = rf"(?:(?i:{_any(LONG)})|{_any(SHORT)})(?![\w-])"
"""A pattern for one agency's name. The short names count in capitals only."""

_WIRE = r"(?i:wire|agency|agencies|news service|press|newswire|агентств\w{1,3})"
NAMED_WIRE = (
    rf"(?!(?:With|The|And|By|From|Source|Sources)\s)(?:[A-ZА-ЯЁ][\w.&’'-]{{0,30}}\s){{1,4}}{_WIRE}(?!\w)"
)
"""A pattern for a name that says of itself that it is an agency: "Meridian Wire"."""

ANY_AGENCY = rf"(?:{AGENCY}|{NAMED_WIRE})"

_ALIASES = {
    "agence france-presse": "afp",
    "agence france presse": "afp",
    "франс пресс": "afp",
    "афп": "afp",
    "associated press": "ap",
    "the associated press": "ap",
    "ассошиэйтед пресс": "ap",
    "ап": "ap",
    "thomson reuters": "reuters",
    "рейтер": "reuters",
    "рейтерс": "reuters",
    "itar-tass": "tass",
    "тасс": "tass",
    "анадолу": "anadolu",
    "anadolu agency": "anadolu",
}


def key(name: str) -> str:
    """One key for the names of one agency, so that an outlet's credit to itself is seen as such."""
    folded = " ".join(name.casefold().split()).removeprefix("the ")
    return _ALIASES.get(folded, folded)


def is_agency(name: str) -> bool:
    """Whether a whole string, such as an author's name, is the name of an agency."""
    return re.fullmatch(rf"(?:the\s)?{ANY_AGENCY}", name.strip(), re.IGNORECASE) is not None


def is_same(agency: str, outlet: str) -> bool:
    """Whether a credited agency is the outlet itself ("(Reuters)" on reuters.com rests on nobody else)."""
    a, o = key(agency), key(outlet)
    if not o:
        return False
    host = o.removeprefix("www.").split(".")[0]
    if len(host) >= 3 and a.replace(" ", "").startswith(host):
        return True
    return a in (o, host) or o.startswith((a + " ", a + ".")) or host == a.replace(" ", "")
