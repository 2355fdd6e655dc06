"""Our own sentence material (``material.txt``), and the invented names that are put into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(slots=True)
class Proposition:
    """One thing that can be claimed, in many wordings. Keys of `wordings`: en held hedged quote ru ruhedged ruquote."""

    id: str
    wordings: dict[str, list[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        """The wordings of this kind."""
        return self.wordings.get(kind, [])

    @property
    def counts(self) -> bool:
        """Whether the proposition has a number in it."""
        return any("{n}" in wording for kind in self.wordings.values() for wording in kind)


@dataclass(slots=True)
class Scene:
    """A kind of event: its propositions, who can know of them, and what else is written about it.

    `half` is the half of the benchmark that alone tells it, "" for a scene of all but the sealed half.
    `translations` leads from a line of background to its translation, either way.
    """

    id: str
    half: str
    propositions: list[Proposition] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    translations: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        """The lines of this kind: lead, background, head, their Russian ones, person, organisation and so on."""
        return self.texts.get(kind, [])


@cache
def _all() -> tuple[Scene, ...]:
    """Every scene of the material, in the order of the file."""
    out: list[Scene] = []
    files = [Path(__file__).with_name(name) for name in ("material.txt", "material_sealed.txt")]
    for line in "\n".join(path.read_text(encoding="utf-8") for path in files).splitlines():
        if line.startswith("== "):
            name, _, half = line[3:].partition(" ")
            out.append(Scene(name, half))
        elif line.startswith("-- "):
            out[-1].propositions.append(Proposition(line[3:]))
        elif "| " in line and not line.startswith("#"):
            kind, _, text = line.partition("| ")
            if kind in ("en", "held", "hedged", "quote", "ru", "ruhedged", "ruquote"):
                out[-1].propositions[-1].wordings.setdefault(kind, []).append(text)
            else:
                number, colon, rest = text.partition(": ")
                if kind.startswith("ru") and colon and number.isdigit():
                    english = out[-1].texts[kind.removeprefix("ru")][int(number)]
                    out[-1].translations |= {english: rest, rest: english}
                    text = rest
                out[-1].texts.setdefault(kind, []).append(text)
    return tuple(out)


def scenes() -> tuple[Scene, ...]:
    """The scenes that have propositions."""
    return tuple(s for s in _all() if s.propositions)


def common() -> Scene:
    """What is written about any event: background only."""
    (found,) = (s for s in _all() if s.id == "common")
    return found


PLACES = (  # English, Russian "in", Russian "of"
    ("Varnholt", "в Варнхольте", "Варнхольта"),
    ("Tessim", "в Тессиме", "Тессима"),
    ("Brenka", "в Бренке", "Бренки"),
    ("Halvik", "в Халвике", "Халвика"),
    ("Dorsany", "в Дорсане", "Дорсаны"),
    ("Lindermoor", "в Линдермуре", "Линдермура"),
    ("Quarrin", "в Кваррине", "Кваррина"),
    ("Pellwick", "в Пелвике", "Пелвика"),
    ("Sundra", "в Сундре", "Сундры"),
    ("Orlenz", "в Орленце", "Орленца"),
    ("Morvane", "в Морване", "Морвана"),
    ("Kestrow", "в Кестрове", "Кестрова"),
)

COMPANIES = (
    ("Tarnum Logistics", "«Тарнум Логистикс»"),
    ("Veyra Group", "«Вейра Групп»"),
    ("Holdane", "«Холдейн»"),
    ("Korbin & Lasse", "«Корбин и Лассе»"),
    ("Ardeo Works", "«Ардео Воркс»"),
    ("Selwyn Partners", "«Селвин Партнерс»"),
    ("Drayholm", "«Дрейхольм»"),
    ("Nordane Holding", "«Норден Холдинг»"),
)

FIRST = (  # English, Russian, whether a woman's name
    ("Anders", "Андерс", False),
    ("Tomas", "Томас", False),
    ("Viktor", "Виктор", False),
    ("Emil", "Эмиль", False),
    ("Marek", "Марек", False),
    ("Oskar", "Оскар", False),
    ("Ruben", "Рубен", False),
    ("Stefan", "Стефан", False),
    ("Ingrid", "Ингрид", True),
    ("Helena", "Хелена", True),
    ("Marta", "Марта", True),
    ("Sofia", "София", True),
    ("Greta", "Грета", True),
    ("Nina", "Нина", True),
    ("Klara", "Клара", True),
    ("Lidia", "Лидия", True),
)

LAST = (
    ("Brandel", "Брандель"),
    ("Hovik", "Ховик"),
    ("Tarlin", "Тарлин"),
    ("Quist", "Квист"),
    ("Vasker", "Васкер"),
    ("Edling", "Эдлинг"),
    ("Kessel", "Кессель"),
    ("Dahlin", "Далин"),
    ("Faber", "Фабер"),
    ("Lunde", "Лунде"),
    ("Wexler", "Векслер"),
    ("Morrow", "Морроу"),
    ("Stenmark", "Стенмарк"),
    ("Orbeck", "Орбек"),
    ("Pintar", "Пинтар"),
    ("Rosander", "Росандер"),
    ("Sandoval", "Сандовал"),
    ("Tolvanen", "Толванен"),
    ("Ulmer", "Ульмер"),
    ("Zeller", "Целлер"),
    ("Galbraith", "Гэлбрейт"),
    ("Hartog", "Хартог"),
    ("Iversen", "Иверсен"),
    ("Jansky", "Янский"),
)

OUTLETS = (  # as it calls itself, and as a Russian text writes it
    ("Tessim Courier", "«Тессим курьер»"),
    ("The Inland Observer", "«Инленд обсервер»"),
    ("Northline", "«Нортлайн»"),
    ("The Daily Lantern", "«Дейли лантерн»"),
    ("Provincial Echo", "«Провиншл эхо»"),
    ("The Morning Ledger", "«Морнинг леджер»"),
    ("Westmark Post", "«Вестмарк пост»"),
    ("Pulse24", "«Пульс24»"),
    ("The Sentinel", "«Сентинел»"),
    ("Capital Chronicle", "«Кэпитал кроникл»"),
    ("Eastern Herald", "«Истерн геральд»"),
    ("Meridian Online", "«Меридиан онлайн»"),
    ("The Plain Register", "«Плейн реджистер»"),
    ("Beacon Daily", "«Бикон дейли»"),
    ("Valley Star", "«Вэлли стар»"),
    ("City Desk", "«Сити деск»"),
    ("The Orchard Review", "«Орчард ревью»"),
    ("Harbour Times", "«Харбор таймс»"),
    ("The Uplander", "«Апландер»"),
    ("Granite Tribune", "«Гранит трибюн»"),
    ("Lakeside Journal", "«Лейксайд джорнал»"),
    ("The Commonweal", "«Коммонуил»"),
    ("Southern Mail", "«Саутерн мейл»"),
    ("Copperfield Gazette", "«Копперфилд газетт»"),
    ("The Watchtower Standard", "«Уотчтауэр стандарт»"),
    ("Rivermouth News", "«Ривермут ньюс»"),
    ("Signal Radio", "«Сигнал радио»"),
    ("Channel Aurel", "«Канал Аурел»"),
    ("The Millrace", "«Милрейс»"),
    ("Old Town Bulletin", "«Олд таун бюллетень»"),
    ("Fieldfare Weekly", "«Филдфэр уикли»"),
    ("The Corner Post", "«Корнер пост»"),
)

RUSSIAN_OUTLETS = (
    ("Vecherny Most", "«Вечерний мост»"),
    ("Severnaya Liniya", "«Северная линия»"),
    ("Gorodskoy Vestnik", "«Городской вестник»"),
    ("Zarya Predgorya", "«Заря предгорья»"),
    ("Novy Bereg", "«Новый берег»"),
    ("Stolichnaya Khronika", "«Столичная хроника»"),
    ("Golos Doliny", "«Голос долины»"),
    ("Utro Stepi", "«Утро степи»"),
)

AGENCIES = (  # invented ones
    ("Veltra", "«Велтра»"),
    ("Norpress", "«Норпресс»"),
    ("Solane News Agency", "«Солейн»"),
    ("Interlane", "«Интерлейн»"),
)
REAL_AGENCIES = (
    ("Reuters", "Рейтер"),
    ("AFP", "АФП"),
    ("Associated Press", "Ассошиэйтед Пресс"),
    ("UPI", "ЮПИ"),
)

ANYBODY = (  # an unnamed source, whoever it is
    ("a source", "источник"),
    ("an official", "чиновник"),
    ("an official who asked not to be named", "чиновник, попросивший не называть его имени"),
    ("a person familiar with the matter", "источник, знакомый с ситуацией"),
    ("an insider", "осведомлённый источник"),
)

OWNERS = ("Castellan Media", "Birchwood Press Holding", "Trident Publishing")

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
)
COUNTS = (6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 25, 26, 27, 28, 36, 37, 38, 45, 46, 48)
"""Numbers that a Russian noun in the genitive plural can follow."""
