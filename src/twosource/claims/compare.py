"""Do two statements assert the same proposition? Small pieces of evidence, each with its log-odds and reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from ..model import Quantity, Statement
from .dates import distance
from .names import wide
from .profile import EMPTY, Context, Profile, event_class, exclude, hands_over, is_event, profile
from .quantities import COUNTED_PEOPLE, KNOWN_UNITS, compatible
from .together import Read
from .weights import BIAS, BIAS_READ, KEPT, LEFT, READ, REST, WEIGHTS

EPISODES = frozenset(
    [
        "kill",
        "wound",
        "arrest",
        "release",
        "attack",
        "explode",
        "destroy",
        "seize",
        "shoot",
        "collapse",
        "flood",
        "burn",
        "crash",
        "poison",
        "leave",
        "arrive",
        "sign",
        "close",
        "open",
    ]
)
"""Classes of events that happen again and again, so that two reports need one day or place to be of one."""


USUAL = 0.8
"""The cosine that just any two sentences have by the sentence model in use."""


DENIED = 0.4
"""The frame from which a statement denies another of its language: below that of one claim, since a denial adds no line."""


class Verdict(StrEnum):
    """How two statements stand to each other."""

    SAME = "same"
    CONTRADICTS = "contradicts"
    RIVAL_NUMBER = "rival number"
    SAME_EVENT = "same event"
    UNRELATED = "unrelated"


class Clue(NamedTuple):
    """One measured thing: the weight it goes under, its strength, and what it says in words."""

    name: str
    strength: float
    reason: str


class Weighed(NamedTuple):
    """A clue weighed: its contribution to the log-odds of *same proposition*, and the reason."""

    name: str
    log_odds: float
    reason: str


class Comparison(NamedTuple):
    """The outcome for one pair.

    `probability` in [0, 1]: that both assert the same proposition. `frame` in [0, 1]: the same with polarity
    and numbers left aside, that is, that one speaks of what the other speaks of. `evidence` in the order of
    `CLUES`; `reasons` are its sentences, weightiest first.
    """

    probability: float
    relation: Verdict
    frame: float
    evidence: tuple[Weighed, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in words, weightiest first."""
        order = sorted(range(len(self.evidence)), key=lambda i: (-abs(self.evidence[i].log_odds), i))
        return tuple(
            f"{self.evidence[i].reason} ({self.evidence[i].log_odds:+.1f})"
            for i in order
            if abs(self.evidence[i].log_odds) >= 0.05
        )


@dataclass(frozen=True)
class Two:
    """A pair under comparison, with what the embedding says of it."""

    a: Profile
    b: Profile
    cosine: float
    csls: float
    context: Context
    mutual: bool = False
    facing: bool = False
    lead: float = 0.0
    """How much nearer the two are, in cosine, than either is to the rest of the other's article."""
    usual: float = USUAL
    """The cosine of just any two statements of the pile, at most `USUAL`."""
    read: Read | None = None
    """What the network makes of the two read together; None where it did not read them."""

    @cached_property
    def counts(self) -> Counts:
        """What both count."""
        return agreement(self.a, self.b)

    @cached_property
    def tolls(self) -> Counts | None:
        """What both count, where it is those befallen by one thing in what may be one event; else None."""
        return _fates_of_one_event(self)

    @property
    def one_toll(self) -> bool:
        """Whether both give one number of those befallen: whatever else they say, that is the matter."""
        return self.tolls is not None and self.tolls.exact > 0


def _clip(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _list(keys: frozenset[str]) -> str:
    return ", ".join(sorted(keys)[:4])


# ------------------------------------------------------------------- the evidence


def meaning(two: Two) -> Iterator[Clue]:
    """Closeness of meaning: the cosine, and how it stands out among what the two articles say."""
    yield Clue("cosine", _clip((two.cosine - 0.88) / 0.04, -1.5, 3), f"cosine of meaning {two.cosine:.2f}")
    yield Clue(
        "lead",
        _clip(two.lead / 0.04, -2, 4),
        f"nearer than the rest of the other's article by {two.lead:+.2f}",
    )
    from_ = _NEAR if two.a.statement.language == two.b.statement.language else _NEAR_ACROSS
    near = (two.cosine - two.usual) / (1.0 - two.usual) - from_
    if two.mutual and near > 0:  # something is always nearest: it tells where it is near
        strength = min(near / 0.3, 1.0)
        yield Clue("mutual", strength, "each is the nearest to the other in its article")


def language(two: Two) -> Iterator[Clue]:
    """Two languages: cosines run lower, and words cannot be shared."""
    if two.a.statement.language != two.b.statement.language:
        yield Clue("languages", 1.0, "in two languages")
    if two.facing:
        yield Clue("facing", 1.0, "opposite each other in a text and its translation")


def wording(two: Two) -> Iterator[Clue]:
    """Rare words in common, against all that either says."""
    a, b = two.a, two.b
    if a.statement.language != b.statement.language or not a.mass or not b.mass:
        return
    shared = a.lemmas & b.lemmas
    common = math.fsum(two.context.rare(x) for x in sorted(shared))
    dice = 2.0 * common / (a.mass + b.mass)
    held = common / min(a.mass, b.mass)
    if dice > 0.25:
        yield Clue("words", 4.0 * (dice - 0.25), f"{dice:.0%} of their words in common")
    if dice < 0.15:
        yield Clue("few words", (0.15 - dice) / 0.15, f"only {dice:.0%} of their words in common")
    if held > 0.4:
        yield Clue("held", 4.0 * (held - 0.4), f"{held:.0%} of the shorter one's words in the other")


def names(two: Two) -> Iterator[Clue]:
    """Names in common, and names where each has another."""
    a, b = two.a, two.b
    shared = a.names & b.names
    if shared:
        mass = math.fsum(two.context.rare_name(k) for k in sorted(shared))
        whole = math.fsum(two.context.rare_name(k) for k in sorted(a.names | b.names))
        yield Clue("names", mass / whole, f"both name {_list(shared)}")
        rarest = max(two.context.rare_name(k) for k in sorted(shared)) / two.context.unseen
        if rarest > 0.4:
            strength = min((rarest - 0.4) / 0.5, 1.0)
            yield Clue("rare name", strength, f"a rare name in both: {_list(shared)}")
            if two.mutual:
                if len(shared - wide()) > 1:
                    strength *= 1.5
                yield Clue("anchored", strength, "nearest to each other, and a rare name in both")
    if two.one_toll:  # the same toll in one event: each may add what it likes
        return
    if a.names and b.names and not shared:
        yield Clue("no common name", 1.0, f"one names {_list(a.names)}, the other {_list(b.names)}")
    for label, mine, others in (
        ("places", a.places, b.places),
        ("persons", a.persons, b.persons),
        ("bodies", a.bodies, b.bodies),
    ):
        if mine and others and not (mine & others):
            yield Clue(f"other {label}", 1.0, f"other {label}: {_list(mine)} and {_list(others)}")
    alone = len((a.names ^ b.names) - wide())  # a country more or less tells nothing
    if alone:
        yield Clue("names of one", min(alone, 4) / 4.0, f"{alone} names in only one of them")


def _transcribed(two: Two) -> Two:
    """A pair in two languages with the names that sound alike made one.

    A name that the tagger saw in one language only is looked for among the other's words: transcriptions differ
    by a letter or two, and taggers by more.
    """
    a, b = two.a, two.b
    mine = _heard(a.names - b.names, b)
    others = _heard(b.names - a.names - frozenset(mine.values()), a)
    return replace(two, a=_renamed(a, others), b=_renamed(b, mine))


def _renamed(profile: Profile, heard: dict[str, str]) -> Profile:
    """A profile with each word of `heard` (name → word) under the name's key."""
    name_of = {word: name for name, word in heard.items()}

    def keys(own: frozenset[str]) -> frozenset[str]:
        return frozenset(name_of.get(key, key) for key in own)

    return replace(
        profile,
        names=keys(profile.names) | frozenset(heard),
        places=keys(profile.places),
        persons=keys(profile.persons),
        bodies=keys(profile.bodies),
        actors=keys(profile.actors),
        objects=keys(profile.objects),
    )


def _heard(names: frozenset[str], other: Profile) -> dict[str, str]:
    """Which of `names` the other statement has in another spelling: name → the other's name or word."""
    out: dict[str, str] = {}
    choices = sorted(x for x in other.names | other.sounds if len(x) > 3)
    for name in sorted(names):
        if len(name) < 4:
            continue
        found = extractOne(name, choices, scorer=ratio, score_cutoff=_SOUNDS_ALIKE)
        if found is not None:
            out[name] = found[0]
    return out


def roles(two: Two) -> Iterator[Clue]:
    """Who does what to whom."""
    a, b = two.a, two.b
    alike = a.statement.language == b.statement.language
    same_actor, same_object = a.actors & b.actors, a.objects & b.objects
    same_act = bool(a.predicate) and a.predicate == b.predicate
    if _converse(two):
        yield Clue("converse", 1.0, f"one deed from both ends: {a.predicate} and {b.predicate}")
        return
    if two.one_toll:  # the befallen are the matter, whoever stands where in the sentence
        alike = False
    if a.actors and b.actors:
        if same_actor:
            yield Clue("actor", 1.0, f"the same actor: {_list(same_actor)}")
        elif a.actors <= a.names and b.actors <= b.names:
            yield Clue("other actor", 1.0, f"other actors: {_list(a.actors)} and {_list(b.actors)}")
        elif alike:
            yield Clue("other actor noun", 1.0, f"other actors: {_list(a.actors)} and {_list(b.actors)}")
            if same_act and same_object:
                yield Clue("actor exchanged", 1.0, "the same done to the same, by another")
    if a.objects and b.objects:
        if same_object:
            yield Clue("object", 1.0, f"the same object: {_list(same_object)}")
        elif alike:
            yield Clue("other object", 1.0, f"other objects: {_list(a.objects)} and {_list(b.objects)}")
            if same_act and same_actor:
                yield Clue("object exchanged", 1.0, "the same does the same, to another")
            elif same_act and not (a.actors and b.actors):  # a passive need not say by whom
                yield Clue("object exchanged", 0.6, "the same is done to another")


def act_exchanged(two: Two) -> Iterator[Clue]:
    """The same one, or the same thing, in much the same words, but another act: the keeper locked or left the gate."""
    a, b = two.a, two.b
    if a.statement.language != b.statement.language or not a.predicate or a.predicate == b.predicate:
        return
    if (
        {a.predicate, b.predicate} & _COPULAS
        or a.events & b.events
        or _converse(two)
        or not a.mass
        or not b.mass
    ):
        return
    shared = math.fsum(two.context.rare(x) for x in sorted(a.lemmas & b.lemmas))
    alike = 2.0 * shared / (a.mass + b.mass)
    known = a.predicate not in b.senses | b.lemmas and b.predicate not in a.senses | a.lemmas
    if alike >= _ALIKE and known and (a.actors & b.actors or a.objects & b.objects):
        yield Clue("act exchanged", 1.0, f"other acts in like words: {a.predicate} and {b.predicate}")


def another(two: Two) -> Iterator[Clue]:
    """The same act with a name of its own on each side: Norland may catch herring, Vestria may catch cod."""
    a, b = two.a, two.b
    mine, others = a.names - b.names - wide(), b.names - a.names - wide()
    if not mine or not others or not a.mass or not b.mass:
        return
    shared = math.fsum(two.context.rare(x) for x in sorted(a.lemmas & b.lemmas))
    if 2.0 * shared / (a.mass + b.mass) >= _ALIKE:
        yield Clue("of another", 1.0, f"the like of another: {_list(mine)} and {_list(others)}")


def turned(two: Two) -> Iterator[Clue]:
    """Each one's actor is in the other, in another role: A shoots at B, B throws stones at A."""
    a, b = two.a, two.b
    if not a.actors or not b.actors or a.actors & b.actors or a.statement.language != b.statement.language:
        return
    mine, others = a.actors & b.others, b.actors & a.others
    if mine and others and a.predicate != b.predicate and not exclude(a.predicate, b.predicate):
        yield Clue("roles turned", 1.0, f"each acts in one only: {_list(mine)} and {_list(others)}")


def twins(two: Two) -> Iterator[Clue]:
    """The same sentence but for one word: that word is then the point."""
    a, b = two.a, two.b
    if a.statement.language != b.statement.language or two.one_toll:
        return
    mine, others = a.lemmas - b.lemmas, b.lemmas - a.lemmas
    if len(mine) == len(others) == 1 and len(a.lemmas & b.lemmas) >= 3:
        (x,), (y,) = mine, others
        verbs = x in a.statement.predicate.split() and y in b.statement.predicate.split()
        same_act = (
            event_class(x) == event_class(y) if event_class(x) else verbs and a.predicate == b.predicate
        )
        if not same_act and not (verbs and _converse(two)):
            yield Clue("one word apart", 1.5 if verbs else 1.0, f"the same but for one word: {x} and {y}")
    elif mine and others and len(mine) <= 2 and len(others) <= 2 and len(a.lemmas & b.lemmas) >= 4:
        kinds = {event_class(x) for x in mine} & {event_class(y) for y in others} - {""}
        if not kinds and not _converse(two):
            yield Clue("one word apart", 0.6, f"the same but for {_list(mine)} and {_list(others)}")


def speaker(two: Two) -> Iterator[Clue]:
    """Said by the same named source; less telling of one who is quoted all the time."""
    a, b = two.a.statement.speaker, two.b.statement.speaker
    if a and a == b:
        share = min(two.context.rare_speaker(a) / two.context.unseen, 1.0)
        yield Clue("speaker", share, f"the same speaker: {a}")


def act(two: Two) -> Iterator[Clue]:
    """What happens: the same kind of event, or another."""
    a, b = two.a, two.b
    if two.one_toll and a.predicate != b.predicate:
        return  # "twelve injured people were brought in", "twelve people were hurt"
    if _converse(two):
        return
    if a.predicate and a.predicate == b.predicate and a.predicate not in _EMPTY:
        yield Clue("act", 1.0, f"the same act: {a.predicate}")
    elif a.events & b.events:
        yield Clue("events", 1.0, f"both of: {_list(a.events & b.events)}")
    elif is_event(a.predicate) and is_event(b.predicate):
        yield Clue("other events", 1.0, f"other events: {_list(a.events)} and {_list(b.events)}")
    if (
        a.predicate
        and b.predicate
        and a.predicate != b.predicate
        and not {a.predicate, b.predicate} & _COPULAS
    ):
        yield Clue("other act", 1.0, f"other acts: {a.predicate} and {b.predicate}")


def numbers(two: Two) -> Iterator[Clue]:
    """Numbers that agree, or that only one of them has; rival numbers are judged apart."""
    counts = two.counts
    if counts.agree:
        yield Clue(
            "numbers", float(min(len(counts.agree), 2)), f"numbers agree: {'; '.join(counts.agree[:3])}"
        )
        exact = {q.low for q in two.a.counts if q.unit in counts.units and q.low == q.high}
        exact &= {q.low for q in two.b.counts if q.low == q.high}
        apart = _published_apart(two.a.statement, two.b.statement)
        if max(exact, default=0.0) > 12 and 0 <= apart <= 2:
            yield Clue("count and day", 1.0, "the same uncommon count, at the same time")
    if bool(two.a.counts) != bool(two.b.counts):
        yield Clue("number of one", 1.0, "a number in only one of them")
    if counts.rival and not counts.agree:
        yield Clue("rival frame", 1.0, f"both count, with other results: {'; '.join(counts.rival[:2])}")


_TELLING = 10
"""A number from which on few things have it."""


def fates(two: Two) -> Iterator[Clue]:
    """Both count those whom one thing befell, in whatever words: what else they say matters less then."""
    counts = two.tolls
    if counts is None:
        return
    fate = _list(counts.fates or counts.rival_fates)
    if counts.exact:
        # "Three injured" is said of many events of one war, "129 killed" of one.
        strength = 1.0 if counts.exact >= _TELLING else 0.6 if counts.exact >= 3 else 0.3
        if (
            two.a.names - two.b.names - two.a.places - wide()
            and two.b.names - two.a.names - two.b.places - wide()
        ):
            strength *= 0.4  # three soldiers of one country, three of another
        yield Clue("same toll", strength, f"the same number befallen: {fate}")
    elif counts.rival_fates and _about_one_act(two):
        yield Clue("rival toll", 1.0, f"both count those befallen: {fate}")


def _fates_of_one_event(two: Two) -> Counts | None:
    """The counts, where nothing speaks against one event: near in time, articles of one story, no other place."""
    a, b = two.a, two.b
    counts = two.counts
    if not (counts.fates or counts.rival_fates):
        return None
    apart = _published_apart(a.statement, b.statement)
    scene = (a.scene & b.scene) | (a.names & b.names)
    if apart > _NEAR_DAYS:
        return None
    if not scene and (two.context.affinity(a.statement.article, b.statement.article) or 0.0) < _ONE_STORY:
        return None
    if a.places and b.places and not a.places & b.places and not (a.places | b.places) & scene:
        return None
    if a.names and b.names and not a.names & b.names and not scene:
        return None
    return counts


def _about_one_act(two: Two) -> bool:
    """Whether both statements are of the fate that they count, not of something that the befallen do."""
    return all(
        p.predicate in _COPULAS or any(q.fate in (p.predicate, *p.events) for q in p.counts)
        for p in (two.a, two.b)
    )


def days(two: Two) -> Iterator[Clue]:
    """Days named, or the days they were published on where none is named."""
    a, b = two.a.statement, two.b.statement
    shared_names = two.a.names & two.b.names
    if a.dates and b.dates:
        gaps = [g for x in a.dates for y in b.dates if (g := distance(x, y)) is not None]
        if gaps and min(gaps) == 0:
            yield Clue("date", 1.0, "the same date")
            return
        if gaps:
            apart = min(gaps)
            yield Clue("other date", 1.0 if apart > 1 else 0.5, f"dates {apart} days apart")
            return
    apart = _published_apart(a, b)
    if not shared_names and apart < 0:
        scene = bool(two.a.scene & two.b.scene)
        yield Clue("no name", 0.5 if scene else 1.0, "no name in common, and no day known of either")
    elif not shared_names:
        anchored = _telling_number(two) or two.a.scene & two.b.scene
        name, strength = ("no anchor", 1.0) if apart > _NEAR_DAYS else ("no anchor near", 1.0)
        if apart <= _NEAR_DAYS and anchored:
            strength = 0.3
        yield Clue(name, strength, "no name or date in common to tell one event from another")
    if 0 <= apart <= 2:
        yield Clue("published together", 1.0, "published within two days")
    elif apart > 0:
        strength = min(math.log(apart / 2.0) / math.log(15.0), 2.0)
        yield Clue("published apart", strength, f"published {apart} days apart")
        if apart > 3 and (two.a.events | two.b.events) & EPISODES:
            strength = 0.6 if shared_names - wide() else 1.0
            yield Clue("event apart", strength, "events of one kind, reported days apart")


def _telling_number(two: Two) -> bool:
    """Whether both give one exact number that few things have."""
    exact = {q.low for q in two.a.counts if q.low >= _TELLING} & {q.low for q in two.b.counts}
    return bool(exact)


def _published_apart(a: Statement, b: Statement) -> int:
    """Days between the articles' publication, or between one's date and the other's publication; -1 unknown."""
    first = [x for x in a.dates if len(x) == 10 and not x.startswith("-")] or [a.published]
    second = [x for x in b.dates if len(x) == 10 and not x.startswith("-")] or [b.published]
    gaps = [
        abs((date.fromisoformat(x) - date.fromisoformat(y)).days) for x in first for y in second if x and y
    ]
    return min(gaps, default=-1)


def story(two: Two) -> Iterator[Clue]:
    """What the two articles have in common around the statements."""
    a, b = two.a.statement, two.b.statement
    if a.article == b.article and two.one_toll:
        return  # a total is given in the writer's words and in the speaker's
    if a.article == b.article:
        yield Clue("one article", 1.0, "in one article: it seldom says a thing twice")
        return
    if max(two.a.place, two.b.place) < _OPENING:
        shared = two.context.affinity(a.article, b.article)
        if shared is not None and shared >= _ONE_STORY:
            yield Clue("both open", 1.0, "both among the first things that articles of one story say")


def event(two: Two) -> Iterator[Clue]:
    """What the articles of two languages name in common; in one language, two events are a gate (`other_event`)."""
    a, b = two.a, two.b
    if a.statement.article == b.statement.article or a.statement.language == b.statement.language:
        return
    if a.cast and b.cast and not a.cast & b.cast and not _alike_in_sound(a.cast, b.cast):
        yield Clue("another event", 1.0, f"articles that name {_list(a.cast)}; {_list(b.cast)}")


def _alike_in_sound(mine: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a name of one is among the others in another spelling."""
    choices = sorted(x for x in others if len(x) > 3)
    return any(
        extractOne(x, choices, scorer=ratio, score_cutoff=_SOUNDS_ALIKE) is not None
        for x in mine
        if len(x) > 3
    )


def substance(two: Two) -> Iterator[Clue]:
    """Too little said to tell: short, without name or number."""
    thin = [p for p in (two.a, two.b) if not p.names and not p.counts and len(p.lemmas) < 6]
    if thin:
        yield Clue("thin", float(len(thin)), "little in it that could be recognised")


def mood(two: Two) -> Iterator[Clue]:
    """A question or a condition is not an assertion."""
    a, b = two.a.statement.certainty, two.b.statement.certainty
    if a.question != b.question:
        yield Clue("question", 1.0, "one asks, the other asserts")
    if a.conditional != b.conditional:
        yield Clue("condition", 1.0, "one is conditional")


CLUES: tuple[Callable[[Two], Iterator[Clue]], ...] = (
    meaning,
    language,
    wording,
    names,
    roles,
    act_exchanged,
    another,
    turned,
    twins,
    speaker,
    act,
    numbers,
    fates,
    days,
    story,
    event,
    substance,
    mood,
)
"""Everything that speaks for or against one proposition, in the order of the evidence."""


# ------------------------------------------------------------------- the judgement


class Counts(NamedTuple):
    """What two statements count: agreements and rivalries in words, the units that agree, and the fates.

    `fates` are what befell people by a count that agrees; `rival_fates` by one that does not. `exact` is the
    largest count that both give as one number of people and one fate, 0 if none.
    """

    agree: tuple[str, ...]
    rival: tuple[str, ...]
    units: frozenset[str]
    fates: frozenset[str] = frozenset()
    rival_fates: frozenset[str] = frozenset()
    exact: float = 0.0


def _comparable(x: Quantity, y: Quantity) -> bool:
    """Whether two counts are of one kind of thing: the same unit, and no other fate of those counted."""
    return x.unit == y.unit and (not x.fate or not y.fate or x.fate == y.fate)


def _one_group(x: Quantity, y: Quantity) -> bool:
    """One number, one fate, people both: "eighty-five passengers saved" and "85 people rescued"."""
    people = x.unit in COUNTED_PEOPLE and y.unit in COUNTED_PEOPLE and "person" in (x.unit, y.unit)
    return people and bool(x.fate) and x.fate == y.fate and (x.low, x.high) == (y.low, y.high)


def agreement(a: Profile, b: Profile) -> Counts:
    """Compares the counts of each unit and fate: the first that each gives, or any two that are equal.

    The first is the one that the sentence is about: "19 died hours after an attack left dozens dead" does not
    agree with 72 dead by way of the dozens.
    """
    agree: list[str] = []
    rival: list[str] = []
    units: set[str] = set()
    fates: set[str] = set()
    rival_fates: set[str] = set()
    exact = 0.0
    done: set[tuple[str, str]] = set()
    for first in a.counts:
        kind = (first.unit, first.fate)
        if kind in done:
            continue
        done.add(kind)
        mine = [q for q in a.counts if (q.unit, q.fate) == kind]
        others = [q for q in b.counts if _comparable(first, q)]
        matched = [
            (x, y)
            for x in mine
            for y in b.counts
            if (_comparable(x, y) and (x.low, x.high) == (y.low, y.high)) or _one_group(x, y)
        ]
        if not matched and others and compatible(mine[0], others[0]):
            matched = [(mine[0], others[0])]
        if matched:
            x, y = matched[0]
            agree.append(x.text if x.text == y.text else f"{x.text} / {y.text}")
            units |= {x.unit, y.unit}
            if x.fate and x.fate == y.fate:
                fates.add(x.fate)
                if x.low == x.high == y.low == y.high:
                    exact = max(exact, x.low)
        elif others:
            rival.append(f"{mine[0].text} against {others[0].text}")
            if mine[0].fate and mine[0].fate == others[0].fate:
                rival_fates.add(mine[0].fate)
    if a.statement.language != b.statement.language:  # units that the table does not translate
        for x in a.counts:
            same = [q for q in b.counts if (q.low, q.high) == (x.low, x.high)]
            if x.unit not in KNOWN_UNITS and same and same[0].unit not in KNOWN_UNITS:
                agree.append(f"{x.text} / {same[0].text}")
    return Counts(
        tuple(sorted(agree)),
        tuple(sorted(rival)),
        frozenset(units),
        frozenset(fates),
        frozenset(rival_fates - fates),
        exact,
    )


def other_event(two: Two) -> str:
    """Two articles that name nobody and no place in common, not even in part, tell of two events of one kind."""
    a, b = two.a, two.b
    if a.statement.article == b.statement.article or a.statement.language != b.statement.language:
        return ""
    if not a.cast or not b.cast or a.cast & b.cast or a.cast_words & b.cast_words:
        return ""
    return f"articles of two events: {_list(a.cast)}; {_list(b.cast)}"


def _rival_numbers(two: Two) -> str:
    """Two counts of one thing that no value fits: 100 killed and 250 killed."""
    return "" if _other_events(two) else _numbers_apart(two)


def _other_numbers(two: Two) -> str:
    """Counts of two things: 12 killed and 40 wounded."""
    return _numbers_apart(two) if _other_events(two) else ""


def _other_events(two: Two) -> bool:
    a, b = two.a.events, two.b.events
    return bool(a and b and not a & b)


def _numbers_apart(two: Two) -> str:
    counts = two.counts
    if not counts.rival or counts.units & COUNTED_PEOPLE:  # the toll agrees, a detail of it does not
        return ""
    return f"rival numbers: {'; '.join(counts.rival[:2])}"


def _polarity(two: Two) -> str:
    """One affirms what the other denies; where both were read and that is plain, by what was read."""
    mine, other = two.a.statement, two.b.statement
    denied = 0.0 if two.read is None else two.read.denies - two.read.same
    if mine.turned != other.turned:  # the network sees the words alone
        denied = -denied
    if denied > _DENIES:
        return "read together, one denies what the other says"
    if mine.negated != other.negated and denied >= -_AFFIRMS:
        return "one affirms what the other denies"
    return ""


def _opposite_acts(two: Two) -> str:
    """Acts that exclude each other, done by the same: to open, to close; the lowest, the highest."""
    a, b = two.a, two.b
    if _converse(two):
        return ""
    if a.actors & b.actors and a.objects & b.objects and hands_over(a) * hands_over(b) < 0:
        return f"one gives what the other takes: {_list(a.objects & b.objects)}"
    if exclude(a.predicate, b.predicate):
        return f"opposite acts: {a.predicate} and {b.predicate}"
    mine, others = sorted(a.senses - b.senses), sorted(b.senses - a.senses)
    for x in mine:
        for y in others:
            if (
                exclude(x, y)
                and two.a.statement.language == two.b.statement.language
                and a.predicate == b.predicate
            ):
                return f"opposites: {x} and {y}"
    return ""


def _converse(two: Two) -> bool:
    """Whether two opposite acts are one deed told from both ends: A beats B, B loses to A."""
    a, b = two.a, two.b
    apart = not a.actors & b.actors and bool(a.actors & b.names and b.actors & a.names)
    return apart and exclude(a.predicate, b.predicate)


def _swapped_roles(two: Two) -> str:
    """The same act, but the one who acts in one statement is not the one who acts in the other."""
    a, b = two.a, two.b
    if not a.predicate or a.predicate != b.predicate or a.actors & b.actors:
        return ""
    mine, others = a.actors & (b.names | b.lemmas), b.actors & (a.names | a.lemmas)
    return f"roles exchanged: {_list(mine)} and {_list(others)}" if mine and others else ""


GATES: tuple[tuple[str, Callable[[Two], str], Verdict], ...] = (
    ("other event", other_event, Verdict.UNRELATED),
    ("polarity", _polarity, Verdict.CONTRADICTS),
    ("opposite", _opposite_acts, Verdict.SAME_EVENT),
    ("swapped", _swapped_roles, Verdict.SAME_EVENT),
    ("rival", _rival_numbers, Verdict.RIVAL_NUMBER),
    ("numbers apart", _other_numbers, Verdict.SAME_EVENT),
)
"""What makes two statements different propositions however alike they sound: name, test, and the relation."""

_EMPTY = frozenset(
    [
        "be",
        "have",
        "do",
        "make",
        "get",
        "go",
        "come",
        "say",
        "take",
        "give",
        "become",
        "быть",
        "иметь",
        "стать",
    ]
)  # verbs that say little of what happens
_COPULAS = frozenset({"be", "become", "быть", "стать"})  # they say that something is, not what happens
_SOUNDS_ALIKE = 80.0  # least similarity, 0 to 100, of two keys that are one name in two languages
_ONE_STORY = 0.25  # least affinity of two articles that may tell of one event
_ALIKE = 0.4  # share of words that make two sentences the same but for a name
_NEAR, _NEAR_ACROSS = (
    0.15,
    0.05,
)  # way from the usual cosine to 1 on which it begins to tell to be nearest; across languages
_OPENING = 2  # statements at the beginning of an article that tell what it is about
_NEAR_DAYS = 3  # most days between two reports of one event that name no day
_HOPELESS = (
    -0.45
)  # log-odds; of 1,800 development pairs at 0.15 or more 20 are below it, and none at 0.5 or more
_DENIES = 1.5  # how much likelier, in log-odds, a denial must be read to be than one proposition
_AFFIRMS = 2.5  # how much less likely, for a negation in one of them to be overruled
_SOUNDS, _SOUNDS_ACROSS = (0.87, 0.02), (0.86, 0.02)  # cosine from which it is believed, way to the full
_SURE, _SUREST = 3.0, 6.0  # log-odds up to which the network is believed, for and against
_GATE = 0.03  # what is left of the probability when a gate closes


def clues(two: Two) -> list[Clue]:
    """All clues of a pair, in the order of `CLUES`."""
    return [clue for read in CLUES for clue in read(two)]


def compare(a: Statement, b: Statement, cosine: float, csls: float, context: Context = EMPTY) -> Comparison:
    """Compares two statements without a pile: `csls` stands for both ways of being nearer than what surrounds them."""
    return compare_profiles(Two(profile(a, context), profile(b, context), cosine, csls, context, lead=csls))


def hopeless(two: Two) -> bool:
    """Whether the vectors alone say so clearly that two statements are not one that the rest need not be looked at."""
    return math.fsum(WEIGHTS[c.name] * c.strength for c in meaning(two)) < _HOPELESS


def _read_together(two: Two, read: Read) -> Weighed:
    """What the network says of the two texts, polarity aside, and mostly number.

    Where they hardly sound alike, that they are of one matter is believed less: it seldom was then.
    """
    chance = _clip(read.frame, 1e-6, 1.0 - 1e-6)
    strength = _clip(math.log(chance / (1.0 - chance)), -_SUREST, _SURE)
    if strength > 0:
        alike = two.a.statement.language == two.b.statement.language
        least, width = _SOUNDS if alike else _SOUNDS_ACROSS
        strength *= _clip((two.cosine - least) / width, 0.0, 1.0)
    return Weighed("read", READ * strength, f"read together: of one matter with {read.frame:.0%}")


def _weighed(two: Two) -> tuple[float, tuple[Weighed, ...]]:
    """The log-odds before any clue, and every clue with what it is worth here."""
    if two.read is None:
        return BIAS, tuple(Weighed(c.name, WEIGHTS[c.name] * c.strength, c.reason) for c in clues(two))
    found = [(c, (LEFT if c.name in KEPT else REST) * WEIGHTS[c.name] * c.strength) for c in clues(two)]
    return BIAS_READ, (_read_together(two, two.read), *(Weighed(c.name, w, c.reason) for c, w in found))


def compare_profiles(two: Two) -> Comparison:
    """Compares two statements whose profiles are at hand."""
    if two.a.statement.language != two.b.statement.language:
        two = _transcribed(two)
    bias, evidence = _weighed(two)
    frame = _sigmoid(bias + math.fsum(e.log_odds for e in evidence))
    probability = frame
    relation = Verdict.UNRELATED
    if frame >= 0.5:
        relation = Verdict.SAME
    elif frame >= 0.1:
        relation = Verdict.SAME_EVENT
    for name, test, verdict in GATES:
        reason = test(two)
        if reason:
            probability *= _GATE
            evidence += (Weighed(name, math.log(_GATE), reason),)
            alike = two.a.statement.language == two.b.statement.language
            least = DENIED if alike and verdict is Verdict.CONTRADICTS else 0.5
            if frame >= least or (verdict is Verdict.SAME_EVENT and frame >= 0.02):
                relation = verdict
            break
    return Comparison(probability, relation, frame, evidence)


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-_clip(x, -60.0, 60.0)))
