"""What comparison needs of a statement, worked out once; and the pile that rarity is measured in."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from ..model import MatchKind, PassageMatch, Quantity, Statement
from .names import wide, word_key

_MAIN_NAMES = 6
_LONG = 5  # statements that an article needs to have a beginning
_OF_A_PLACE = (
    "ianins",
    "anisk",
    "iensk",
    "aisk",
    "ansk",
    "ians",
    "iens",
    "isk",
    "ian",
    "ans",
    "ers",
    "es",
    "sk",
    "an",
    "er",
    "i",
)
_LEAST_OF_PLACE = 4  # letters of a place's key that a people is told by
_SENSE_OF_NAMES = 1.5  # a name tells more than a common word of the same rarity


@cache
def _verbs() -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """Lemma → class of event ("die" → "kill"), and the pairs of classes that exclude each other."""
    data = json.loads(resources.files(__package__).joinpath("verbs.json").read_text(encoding="utf-8"))
    classes: dict[str, str] = {}
    for name, lemmas in data["classes"].items():
        for lemma in lemmas:
            classes.setdefault(lemma, name)
    apart = frozenset((a, b) for x, y in data["apart"] for a, b in ((x, y), (y, x)))
    return classes, apart


@cache
def _event_names() -> frozenset[str]:
    return frozenset(_verbs()[0].values())


@cache
def _poles() -> frozenset[str]:
    """Words that stand at one end of an opposition and are no event."""
    classes, apart = _verbs()
    return frozenset(word for pair in apart for word in pair) - frozenset(classes.values())


def event_class(lemma: str) -> str:
    """The class of events that a lemma names, or "" if none."""
    return _verbs()[0].get(lemma, "")


def is_event(name: str) -> bool:
    """Whether a predicate is the name of a class of events."""
    return name in _event_names()


@cache
def _transfers() -> tuple[frozenset[str], frozenset[str]]:
    data = json.loads(resources.files(__package__).joinpath("verbs.json").read_text(encoding="utf-8"))
    return frozenset(data["transfer"]["give"]), frozenset(data["transfer"]["receive"])


def hands_over(profile: Profile) -> int:
    """1 where a thing is given by the actor, -1 where it is taken, 0 where neither is said or both are."""
    give, receive = _transfers()
    return bool(give & profile.lemmas) - bool(receive & profile.lemmas)


def exclude(a: str, b: str) -> bool:
    """Whether two classes of events are opposites: to open, to close."""
    return (a, b) in _verbs()[1]


@dataclass(frozen=True, slots=True)
class Profile:
    """One statement, ready to be compared."""

    statement: Statement
    lemmas: frozenset[str]
    mass: float  # summed rarity of the lemmas, nats
    names: frozenset[str]
    places: frozenset[str]  # without countries
    persons: frozenset[str]
    bodies: frozenset[str]  # organisations and groups
    actors: frozenset[str]
    objects: frozenset[str]
    predicate: str  # event class, else lemma
    others: frozenset[str]  # everything that could have a role: names and lemmas
    events: frozenset[str]  # event classes of all lemmas
    senses: frozenset[str]  # event classes and the two sides of an opposition, "low" and "high"
    counts: tuple[Quantity, ...]
    sounds: frozenset[str]  # the words as names would be keyed
    scene: frozenset[str]  # the names that the articles around it are about
    cast: frozenset[str]  # every name that the articles around it name
    cast_words: frozenset[str]  # the words of these names
    place: int = 99  # how many statements stand before it in its article


@dataclass(frozen=True, slots=True)
class Context:
    """The pile: how rare lemmas and names are in it (nats), and how much two articles have in common."""

    rarity: dict[str, float] = field(default_factory=dict)
    name_rarity: dict[str, float] = field(default_factory=dict)
    articles: dict[str, dict[str, float]] = field(default_factory=dict)
    unseen: float = 1.0
    surnames: frozenset[str] = frozenset()
    speaker_rarity: dict[str, float] = field(default_factory=dict)
    scenes: dict[str, frozenset[str]] = field(default_factory=dict)
    """The names that each article is about, countries and the like left aside."""
    casts: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every name of each article; countries and the like, and whoever speaks in the pile, tell no event."""
    places: dict[str, int] = field(default_factory=dict)
    """Statement id → how many statements stand before it in its article, where that has more than a few."""

    peoples: Mapping[str, str] = field(default_factory=dict)
    """The key of a people → that of its place, where the pile names both."""

    def short(self, key: str) -> str:
        """A name's key as the pile has it: by the last word where that is someone's surname, a people by its place."""
        last = key.rsplit(" ", 1)[-1]
        return last if last in self.surnames else self.peoples.get(key, key)

    def rare(self, lemma: str) -> float:
        """The rarity of a lemma, ≥ 0 nats."""
        return self.rarity.get(lemma, self.unseen)

    def rare_name(self, key: str) -> float:
        """The rarity of a name, ≥ 0 nats."""
        return self.name_rarity.get(key, self.unseen)

    def rare_speaker(self, key: str) -> float:
        """How seldom a speaker is heard, ≥ 0 nats."""
        return self.speaker_rarity.get(key, self.unseen)

    def affinity(self, a: str, b: str) -> float | None:
        """Cosine in [0, 1] of two articles' names and words weighted by rarity; None if nothing is known."""
        if a == b:
            return 1.0
        first, second = self.articles.get(a), self.articles.get(b)
        if not first or not second:
            return None
        if len(first) > len(second):
            first, second = second, first
        return sum(value * second[key] for key, value in first.items() if key in second)


EMPTY = Context()
"""No pile: every word is equally rare."""


def context_of(statements: Sequence[Statement], matches: Sequence[PassageMatch] = ()) -> Context:
    """The context of a pile of statements; the order of the statements does not matter.

    Articles that share a passage by `matches` are about what either is about.
    """
    lemmas: Counter[str] = Counter()
    speakers = Counter(s.speaker for s in statements if s.speaker)
    names: Counter[str] = Counter()
    bags: dict[str, Counter[str]] = defaultdict(Counter)
    surnames = frozenset(
        e.key for s in statements for e in s.entities if e.kind == "person" and " " not in e.key
    )
    peoples = _peoples({e.key: e.kind for s in statements for e in s.entities})
    naming = Context(surnames=surnames, peoples=peoples)
    for statement in statements:
        own = set(statement.lemmas)
        keys = {naming.short(e.key) for e in statement.entities}
        lemmas.update(own)
        names.update(keys)
        bag = bags[statement.article]
        bag.update(f"name:{key}" for key in keys)
        bag.update(own)
    n = len(statements) + 1
    rarity = {lemma: math.log(1.0 + n / (count + 0.5)) for lemma, count in lemmas.items()}
    name_rarity = {key: math.log(1.0 + n / (count + 0.5)) for key, count in names.items()}
    heard = {key: math.log(1.0 + n / (count + 0.5)) for key, count in speakers.items()}
    articles = {a: _unit(bags[a], rarity, name_rarity) for a in sorted(bags)}
    about = {a: _scene(bags[a]) for a in sorted(bags)}
    named = {a: _cast(bags[a]) - heard.keys() for a in sorted(bags)}
    scenes, casts = dict(about), dict(named)
    for match in matches:
        if match.kind not in (MatchKind.QUOTATION, MatchKind.TEMPLATE):
            for x, y in ((match.a.article, match.b.article), (match.b.article, match.a.article)):
                mine, other = named.get(x, frozenset()), named.get(y, frozenset())
                if mine and other and not mine & other:
                    continue  # the like is told of two events in the same words
                scenes[x] = scenes.get(x, frozenset()) | about.get(y, frozenset())
                casts[x] = casts.get(x, frozenset()) | other
    places = _places(statements)
    return Context(
        rarity,
        name_rarity,
        articles,
        math.log(1.0 + n / 1.5),
        surnames,
        heard,
        scenes,
        casts,
        places,
        peoples,
    )


def _peoples(kinds: Mapping[str, str]) -> dict[str, str]:
    """Which names are those of a people whose place is named too: "Callendans" of Callenda; keys as `key_of` makes them."""
    places = {key for key, kind in kinds.items() if kind == "place"}
    out: dict[str, str] = {}
    for key in sorted(kinds.keys() - places):
        stems = (key[: -len(ending)] for ending in _OF_A_PLACE if key.endswith(ending))
        found = next((stem for stem in stems if len(stem) >= _LEAST_OF_PLACE and stem in places), None)
        if found is not None and kinds[key] != "person":
            out[key] = found
    return out


def _places(statements: Sequence[Statement]) -> dict[str, int]:
    by_article: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for statement in statements:
        by_article[statement.article].append((statement.spans[0].start, statement.id))
    return {
        key: n
        for rows in by_article.values()
        if len(rows) >= _LONG  # a few lines have no beginning
        for n, (_, key) in enumerate(sorted(rows))
    }


def _scene(bag: Counter[str]) -> frozenset[str]:
    """The names that an article speaks of most; names of half the world tell nothing."""
    named = [(-count, key[5:]) for key, count in bag.items() if key.startswith("name:")]
    kept = sorted((count, key) for count, key in named if key not in wide())[:_MAIN_NAMES]
    return frozenset(key for _, key in kept)


def _cast(bag: Counter[str]) -> frozenset[str]:
    """Every name that an article speaks of; names of half the world tell nothing."""
    return frozenset(key[5:] for key in bag if key.startswith("name:")) - wide()


def _unit(bag: Counter[str], rarity: dict[str, float], names: dict[str, float]) -> dict[str, float]:
    """A bag of words as a unit vector, names counting for more."""
    out: dict[str, float] = {}
    for key in sorted(bag):
        weight = _SENSE_OF_NAMES * names[key[5:]] if key.startswith("name:") else rarity[key]
        out[key] = (1.0 + math.log(bag[key])) * weight
    norm = math.sqrt(sum(v * v for v in out.values())) or 1.0
    return {key: value / norm for key, value in out.items()}


def words_of(names: frozenset[str]) -> frozenset[str]:
    """The words of more than three letters in these names."""
    return frozenset(word for name in names for word in name.split() if len(word) > 3)


def profile(statement: Statement, context: Context = EMPTY) -> Profile:
    """Works out what comparison needs of a statement."""
    lemmas = frozenset(statement.lemmas)
    words = statement.lemmas
    by_kind: dict[str, set[str]] = defaultdict(set)
    for entity in statement.entities:
        by_kind[entity.kind].add(context.short(entity.key))
    events = frozenset(c for c in map(event_class, words) if c)
    return Profile(
        statement=statement,
        lemmas=lemmas,
        mass=math.fsum(context.rare(x) for x in sorted(lemmas)),
        names=frozenset(context.short(e.key) for e in statement.entities),
        places=frozenset(by_kind["place"]) - wide(),
        persons=frozenset(by_kind["person"]),
        bodies=frozenset(by_kind["organisation"] | by_kind["group"]),
        actors=frozenset(map(context.short, statement.actors)),
        objects=frozenset(map(context.short, statement.objects)),
        predicate=event_class(statement.predicate) or statement.predicate,
        others=frozenset(context.short(e.key) for e in statement.entities) | lemmas,
        events=events,
        senses=events | (lemmas & _poles()),
        counts=statement.quantities,
        sounds=frozenset(word_key(x) for x in lemmas if len(x) > 3),
        scene=context.scenes.get(statement.article, frozenset()),
        cast=context.casts.get(statement.article, frozenset()),
        cast_words=words_of(context.casts.get(statement.article, frozenset())),
        place=context.places.get(statement.id, 99),
    )
