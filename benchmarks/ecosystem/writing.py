"""How a claim is put into a sentence: who says it, through whom, in English and in Russian.

Frames that stand in a ``…_HELD`` list are used in the held-out half only, those of ``SEALED`` in the sealed half only. In a frame, S and s are the claim with
and without a capital; W, m, e the speaker at the beginning, in the middle (closed by a comma where the name has an
apposition) and at the end; X the outlet that is credited; T the outlet that was told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from material import NUMBERS

from twosource.model import NodeKind

SAID = (
    "{S}, {m} said.",
    "{W} said that {s}.",
    "According to {e}, {s}.",
    "{W} told reporters that {s}.",
    "{S}, said {e}.",
    "{W} said {s}.",
)
SAID_HELD = (
    "{W} confirmed that {s}.",
    "{S}, in the words of {e}.",
    "Speaking to journalists, {m} said that {s}.",
    "{W} told a news conference that {s}.",
    "{S}, {m} explained.",
)
TOLD = ("{W} told {T} that {s}.", "{S}, {m} told {T}.", "{W} told {T} {s}.")
TOLD_HELD = ("In an interview with {T}, {m} said that {s}.", "{S}, {m} said in a conversation with {T}.")
DOCUMENT = (
    "According to {e}, {s}.",
    "{W} shows that {s}.",
    "{W} says that {s}.",
    "{S}, according to {e}.",
)
DOCUMENT_HELD = ("{W}, which {T} has seen, states that {s}.", "It emerges from {e} that {s}.")
FIRST_HAND = (
    "{S}, as our correspondent saw on the spot.",
    "Our correspondent on the spot saw that {s}.",
    "{S}, our correspondent reports from the scene.",
)
FIRST_HAND_HELD = ("{S}, this reporter found on visiting the place.",)
RELAY = (
    "{X} reported that {s}.",
    "{S}, {X} reported.",
    "According to {X}, {s}.",
    "{S}, according to {X}.",
    "{S}, {X} reported on {day}.",
)
RELAY_HELD = (
    "A report by {X} says that {s}.",
    "{S}, writes {X}.",
    "As {X} was first to report, {s}.",
    "{S}, {X} has revealed.",
)
RELAY_WHO = (
    "{S}, {X} reported, citing {e}.",
    "Citing {e}, {X} reported that {s}.",
    "{W} told {X} that {s}.",
    "{X} quoted {m} as saying that {s}.",
)
RELAY_WHO_HELD = (
    "{S}, {m} told {X}.",
    "{W} said in an interview with {X} that {s}.",
    "{X} reports, with reference to {e}, that {s}.",
)
DENIED = (
    "{W} denied that {s}.",
    "It is not true that {s}, {m} said.",
    "{W} said it was wrong that {s}.",
)
TOP_CREDIT = (
    "{X} was the first to report on it.",
    "The details were published by {X} on {day}.",
    "{X} has published an account of what happened.",
)
TOP_CREDIT_HELD = ("This is what {X} has found out.", "New details come from {X}.")
CREDIT_LINE = ("({X})", "Source: {X}", "With material from {X}")
CREDIT_LINE_HELD = ("-- {X}", "This article was first published by {X}.", "© {X}")

SEALED: dict[tuple[str, ...], tuple[str, ...]] = {
    SAID: (
        "{S}, {m} told journalists.",
        "{W} let it be known that {s}.",
        "As {m} put it, {s}.",
        "{S}. That is the word of {e}.",
        "Asked about it, {m} replied that {s}.",
    ),
    TOLD: ("{S}, {m} said when reached by {T}.", "{W}, speaking to {T}, said that {s}."),
    DOCUMENT: ("{S}: so it is written in {e}.", "{W} leaves no doubt that {s}."),
    FIRST_HAND: ("{S}, a reporter of this newspaper was able to see.",),
    RELAY: (
        "{X} has learned that {s}.",
        "{S}, as {X} writes.",
        "{S}, it says in a report of {X}.",
        "Citing sources of its own, {X} says that {s}.",
    ),
    RELAY_WHO: ("To {X}, {m} said that {s}.", "{W}, whom {X} interviewed, said that {s}."),
    TOP_CREDIT: ("The news comes from {X}.", "It was {X} that broke the news on {day}."),
    CREDIT_LINE: ("via {X}", "{X} / own report", "First reported by {X}"),
}
"""Frames of the sealed half, by the list that they are added to."""
PRESS = (
    "Press reports say that {s}.",
    "{S}, media reported.",
    "According to news reports, {s}.",
    "{S}, as the papers write.",
)
"""Own words and no outlet named: the sealed half only."""

RU_SAID = ("{S}, {said} {e}.", "{W} {said}, что {s}.")
RU_ORGANISATION = ("{S}, сообщили в {e}.", "В {e} заявили, что {s}.")
RU_DOCUMENT = ("Согласно {e}, {s}.",)
RU_UNNAMED = ("{S}, {said} {e}.",)
RU_FIRST_HAND = ("{S}, передаёт наш корреспондент с места событий.",)
RU_TOLD = ("{S}, {told} {T} {e}.", "{W} {told} {T}, что {s}.")
RU_RELAY = ("{S}, сообщает {X}.", "Как пишет {X}, {s}.", "{X} сообщает, что {s}.")
RU_RELAY_HELD = ("{S}, передаёт {X}.",)
RU_RELAY_WHO = ("{S}, {told} {e} изданию {X}.", "{W} {told} изданию {X}, что {s}.")
RU_CREDIT_LINE = ("Источник: {X}", "По материалам {X}")
RU_DENIED = ("{W} {said}, что это неправда: {s}.",)


@dataclass(frozen=True, slots=True)
class Speaker:
    """An origin as texts name it."""

    kind: NodeKind
    english: str
    russian: str
    role: str = ""
    rurole: str = ""
    woman: bool = False

    @property
    def last(self) -> tuple[str, str]:
        """What a person is called when named again."""
        return self.english.split()[-1], self.russian.split()[-1]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a story's templates are filled with; the number belongs to the proposition."""

    place: tuple[str, str, str]
    company: tuple[str, str]
    day: str


def fill(template: str, setting: Setting, number: int, russian: bool) -> str:
    """Put the story's names and number into a template."""
    text = template.replace("{n}th", f"{number}th")
    spelt = NUMBERS[number] if number < len(NUMBERS) and not russian else str(number)
    for key, value in (
        ("{n}", spelt),
        ("{p}", setting.place[0]),
        ("{pl}", setting.place[1]),
        ("{pg}", setting.place[2]),
        ("{c}", setting.company[1 if russian else 0]),
        ("{day}", setting.day),
    ):
        text = text.replace(key, value)
    return text


def varied(random: np.random.Generator, template: str) -> str:
    """Pick one of each ``[a|b|c]``."""
    while "[" in template:
        before, _, rest = template.partition("[")
        inside, _, after = rest.partition("]")
        template = before + pick(random, tuple(inside.split("|"))) + after
    return template


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def pick(random: np.random.Generator, options: tuple[str, ...], held: tuple[str, ...] = ()) -> str:
    """One of the frames."""
    all_of = (*options, *held)
    return all_of[int(random.integers(len(all_of)))]


def more(frames: tuple[str, ...], held: tuple[str, ...], half: str) -> tuple[str, ...]:
    """The frames that a half adds to a list: `held` in the held-out half, those of `SEALED` in the sealed one."""
    return held if half == "held-out" else SEALED.get(frames, ()) if half == "sealed" else ()


def frame(
    random: np.random.Generator,
    clause: str,
    speaker: Speaker | None,
    *,
    half: str,
    russian: bool,
    day: str,
    outlet: str,
    relay: str = "",
    told: bool = False,
    again: bool = False,
    denies: bool = False,
) -> str:
    """One sentence that says the clause, by the speaker, through the outlet `relay`, told to `outlet` if `told`."""
    if russian:
        return _russian(random, clause, speaker, half == "held-out", outlet, relay, told, again, denies)
    values = {"S": capital(clause), "s": clause, "X": relay, "day": day}
    values["T"] = pick(random, ("this newspaper", outlet, outlet)) if "newspaper" not in outlet else outlet
    if speaker is None:
        if not relay:
            return f"{capital(clause)}."
        return _put(pick(random, RELAY, more(RELAY, RELAY_HELD, half)), values)
    if speaker.kind is NodeKind.FIRST_HAND:
        if relay:
            return _put(pick(random, RELAY, more(RELAY, RELAY_HELD, half)), values)
        return _put(pick(random, FIRST_HAND, more(FIRST_HAND, FIRST_HAND_HELD, half)), values)
    end = name_of(random, speaker, again)
    middle = end + "," if "," in end else end
    values |= {"e": end, "m": middle, "W": capital(middle)}
    if denies:
        return _put(pick(random, DENIED), values)
    if relay:
        return _put(pick(random, RELAY_WHO, more(RELAY_WHO, RELAY_WHO_HELD, half)), values)
    if speaker.kind is NodeKind.DOCUMENT:
        return _put(pick(random, DOCUMENT, more(DOCUMENT, DOCUMENT_HELD, half)), values)
    if told:
        return _put(pick(random, TOLD, more(TOLD, TOLD_HELD, half)), values)
    return _put(pick(random, SAID, more(SAID, SAID_HELD, half)), values)


def name_of(random: np.random.Generator, speaker: Speaker, again: bool) -> str:
    """The speaker in English, with who it is the first time."""
    if speaker.kind is not NodeKind.PERSON:
        return speaker.english
    if again:
        return speaker.last[0]
    short = len(speaker.role.split()) <= 2 and "'" not in speaker.role
    if short and random.random() < 0.4:
        return f"{speaker.role} {speaker.english}"
    article = (
        "a" if speaker.role.split()[0] in ("surgeon", "mechanic", "forklift", "safety", "welder") else "the"
    )
    if random.random() < 0.3:
        return f"{article} {speaker.role}, {speaker.english}"
    return f"{speaker.english}, {article} {speaker.role}"


def _russian(
    random: np.random.Generator,
    clause: str,
    speaker: Speaker | None,
    held: bool,
    outlet: str,
    relay: str,
    told: bool,
    again: bool,
    denies: bool,
) -> str:
    values = {"S": capital(clause), "s": clause, "X": relay}
    values["T"] = pick(random, ("нашему изданию", f"изданию {outlet}"))
    if speaker is None or (relay and speaker.kind not in (NodeKind.PERSON, NodeKind.UNNAMED)):
        if not relay:
            return f"{capital(clause)}."
        return _put(pick(random, RU_RELAY, RU_RELAY_HELD if held else ()), values)
    if speaker.kind is NodeKind.FIRST_HAND:
        return _put(pick(random, RU_FIRST_HAND), values)
    a = "а" if speaker.woman else "и" if speaker.russian.startswith("два ") else ""
    end = speaker.russian
    if speaker.kind is NodeKind.PERSON:
        end = speaker.last[1] if again else f"{speaker.rurole} {speaker.russian}"
    closed = end + "," if "," in end else end
    values |= {"e": end, "W": capital(closed)}
    values["said"] = pick(random, ("сказал", "сообщил", "заявил")) + a
    values["told"] = "рассказал" + a
    if denies:
        return _put(pick(random, RU_DENIED), values)
    if relay:
        return _put(pick(random, RU_RELAY_WHO), values)
    if speaker.kind is NodeKind.ORGANISATION:
        return _put(pick(random, RU_ORGANISATION), values)
    if speaker.kind is NodeKind.DOCUMENT:
        return _put(pick(random, RU_DOCUMENT), values)
    if told:
        return _put(pick(random, RU_TOLD), values)
    return _put(pick(random, RU_SAID if speaker.kind is NodeKind.PERSON else RU_UNNAMED), values)


def quotation(
    random: np.random.Generator, words: str, speaker: Speaker, *, russian: bool, again: bool
) -> str:
    """The speaker's own words in quotation marks."""
    a = "а" if speaker.woman else "и" if speaker.russian.startswith("два ") else ""
    body = words.rstrip(".")
    if russian:
        who = speaker.last[1] if again and speaker.kind is NodeKind.PERSON else speaker.russian
        if speaker.kind is not NodeKind.PERSON and again:
            who = "он" + a if a != "и" else "они"
        return f"«{body}», — {pick(random, ('сказал', 'заявил'))}{a} {who}."
    unnamed = speaker.kind is NodeKind.UNNAMED and again
    who = "the source" if unnamed else name_of(random, speaker, again)
    if random.random() < 0.5:
        return f'"{body}," said {who}.'
    closed = who + "," if "," in who else who
    return f'"{body}," {closed} said.'


def _put(template: str, values: dict[str, str]) -> str:
    text = template
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return capital(text.replace(",,", ",").replace(",.", "."))
