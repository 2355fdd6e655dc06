"""Who is who among news agencies, outlets, owners and institutions: plain data and look-ups.

The rows stand in ``registry.csv`` beside this file, each with the public page where it can be checked.
A user file in the same form adds rows and overrides those of the same name.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from twosource.errors import UsageError
from twosource.model import SourceKind

__all__ = ["COLUMNS", "Entry", "Registry", "default", "name_key"]

COLUMNS = ("name", "kind", "aliases", "domains", "owner", "state", "agency", "speaks_for", "source")
"""The header of a registry file. Only name, kind and source must be filled; lists are divided by ``|``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an outlet, organisation or person under its canonical name.

    `owner` is the company or body that publishes an outlet, `state` the country whose government runs,
    owns or controls it (empty: none known), `agency` whether it is a wire whose reports others print.
    `speaks_for` is the canonical name of the institution that a person or office speaks for. `source` is
    the public page where the row can be checked.
    """

    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    owner: str = ""
    state: str = ""
    agency: bool = False
    speaks_for: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """An immutable set of entries with look-ups by name and by domain. Later entries override earlier ones."""

    entries: tuple[Entry, ...] = ()
    _names: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    _acronyms: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    _domains: Mapping[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        latest = {name_key(entry.name): entry for entry in self.entries}
        names: dict[str, Entry] = {}
        acronyms: dict[str, Entry] = {}
        domains: dict[str, Entry] = {}
        for entry in latest.values():
            for name in (entry.name, *entry.aliases):
                (acronyms if _is_acronym(name) else names)[name_key(name)] = entry
            for domain in entry.domains:
                domains[_host(domain)] = entry
        for entry in latest.values():  # a name of one's own beats another's alias
            (acronyms if _is_acronym(entry.name) else names)[name_key(entry.name)] = entry
        object.__setattr__(self, "_names", MappingProxyType(names))
        object.__setattr__(self, "_acronyms", MappingProxyType(acronyms))
        object.__setattr__(self, "_domains", MappingProxyType(domains))

    @property
    def digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of all rows, in their order: later ones override earlier ones."""
        return hashlib.sha256("\n".join(map(repr, self.entries)).encode("utf-8", "replace")).hexdigest()[:16]

    def canonical(self, name: str) -> Entry | None:
        """The entry that goes by this name or alias, or None.

        Names compare without case, accents, punctuation and "the", and across Cyrillic and Latin
        letters. A short acronym must stand in capitals: "WHO" is a name, "who" is not. Words that only
        say what it is ("the portal", "monitor", "Britain-based") are dropped where the whole is unknown.
        """
        found = self._exactly(name)
        words = name.split()
        while found is None and len(words) > 1:  # "Britain-based X monitor" is X
            if words[0].casefold().endswith(("-based", "based")) or words[0].casefold() in _BEFORE:
                words = words[1:]
            elif words[-1].casefold().strip(".,") in _BEHIND:
                words = words[:-1]
            else:
                break
            found = self._exactly(" ".join(words))
        if found is None and re.search(r"[a-z]s\b", name):  # "Russias Defence Ministry": a lost apostrophe
            found = self._exactly(re.sub(r"([a-z])s\b", r"\1", name, count=1))
        return found

    def _exactly(self, name: str) -> Entry | None:
        key = name_key(name)
        if not key:
            return None
        found = self._names.get(key)
        if found is None and not name.strip().islower():
            found = self._acronyms.get(key)
            if found is not None and len(key) <= 3 and not name.strip().isupper():
                found = None
        return found

    def by_domain(self, url: str) -> Entry | None:
        """The entry whose domain this URL or host name belongs to (subdomains included), or None."""
        host = _host(url)
        while "." in host:
            if host in self._domains:
                return self._domains[host]
            host = host.partition(".")[2]
        return None

    def find(self, name: str = "", url: str = "") -> Entry | None:
        """An outlet by its name, else by its address, or None. Data sets write "afp" for AFP: that counts here."""
        found = self.canonical(name)
        if found is None and name.islower():
            found = self.canonical(name.upper())
            if found is not None and found.kind is not SourceKind.OUTLET:
                found = None
        return found or (self.by_domain(url) if url else None)

    def same(self, one: str, other: str) -> bool:
        """Whether two names are one: by the registry, else by comparison as `canonical` compares."""
        a, b = self.canonical(one), self.canonical(other)
        if a or b:
            return a is b
        return bool(name_key(one)) and name_key(one) == name_key(other)

    def with_user_file(self, path: str | Path) -> Registry:
        """Put the rows of a CSV file (see `COLUMNS`) on top of these; gives a new registry.

        Raises UsageError, naming file and line, when the file cannot be used.
        """
        try:
            text = Path(path).read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise UsageError(f"{path}: cannot read the registry file ({error.strerror})") from None
        except UnicodeDecodeError as error:
            raise UsageError(
                f"{path}: the registry file is not UTF-8 (byte {error.start}): save it as UTF-8"
            ) from None
        return Registry((*self.entries, *_parse(text, str(path))))


@cache
def default() -> Registry:
    """The registry that comes with the package."""
    text = resources.files("twosource.registry").joinpath("registry.csv").read_text(encoding="utf-8")
    return Registry(tuple(_parse(text, "registry.csv")))


_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh",
        "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ў": "u",
    }
)  # fmt: skip
_BEFORE = frozenset(
    {
        "the",
        "newspaper",
        "portal",
        "website",
        "agency",
        "broadcaster",
        "channel",
        "daily",
        "monitor",
        "state",
        "uk",
        "u.k.",
    }
    | {"агентство", "портал", "газета", "телеканал", "издание", "сайт", "информагентство"}
)
_BEHIND = frozenset(
    {
        "agency",
        "news",
        "newspaper",
        "portal",
        "website",
        "channel",
        "television",
        "tv",
        "daily",
        "monitor",
        "uk",
        "u.k.",
    }
    | {"monitors", "monitoring", "watchdog", "group", "war", "service", "correspondent", "reporter", "report"}
)
_THE = frozenset({"the", "al"})


def in_latin(text: str) -> str:
    """The text in lower case, Cyrillic letters written in Latin ones; accents stay."""
    return text.casefold().translate(_CYRILLIC)


@cache
def name_key(name: str) -> str:
    """The form in which names are compared.

    Case, accents, punctuation, spaces, "the" and the Arabic "al" are gone, Cyrillic is in Latin letters, and the spellings
    between which transliterations waver are one (Sergey, Sergei, Сергей; Khalid, Halid): y and j are i,
    kh is h, doubled letters single. Names of four letters or fewer keep their letters.
    """
    text = in_latin(unicodedata.normalize("NFKC", name))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = [w for w in re.findall(r"[^\W_]+", text) if w not in _THE]
    key = "".join(words)
    if len(key) <= 4:
        return key
    key = key.replace("kh", "h").replace("y", "i").replace("j", "i")
    return re.sub(r"(.)\1+", r"\1", key)


def _is_acronym(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) <= 5 and name.isupper() and " " not in name


def _host(url: str) -> str:
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").rstrip(".")
    return host.removeprefix("www.")


def _parse(text: str, path: str) -> Iterable[Entry]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    kinds = {
        kind.value: kind for kind in SourceKind if kind not in (SourceKind.UNNAMED, SourceKind.FIRST_HAND)
    }
    try:
        missing = [c for c in ("name", "kind", "source") if c not in (rows.fieldnames or ())]
        if missing:
            raise UsageError(
                f"{path}: line 1: no column {', '.join(missing)}; the header is {','.join(COLUMNS)}"
            )
        unknown = [c for c in rows.fieldnames or () if c not in COLUMNS]
        if unknown:
            raise UsageError(f"{path}: line 1: unknown column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
        for row in rows:
            where = f"{path}: line {rows.line_num}"
            if None in row:
                raise UsageError(f"{where}: more fields than columns; put quotation marks round commas")
            cell = {column: (row.get(column) or "").strip() for column in COLUMNS}
            if not cell["name"] or not name_key(cell["name"]):
                raise UsageError(f"{where}: the name is empty")
            if cell["kind"] not in kinds:
                raise UsageError(f"{where}: kind {cell['kind']!r} is none of {', '.join(kinds)}")
            if not cell["source"]:
                raise UsageError(
                    f"{where}: no source for {cell['name']!r}: name a page where it can be checked"
                )
            if cell["agency"] not in ("", "yes", "no"):
                raise UsageError(f"{where}: agency is {cell['agency']!r}, not yes or no")
            yield Entry(
                name=cell["name"],
                kind=kinds[cell["kind"]],
                aliases=_list(cell["aliases"]),
                domains=_list(cell["domains"]),
                owner=cell["owner"],
                state=cell["state"],
                agency=cell["agency"] == "yes",
                speaks_for=cell["speaks_for"],
                source=cell["source"],
            )
    except csv.Error as error:
        raise UsageError(f"{path}: line {rows.line_num}: not a CSV file ({error})") from None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
