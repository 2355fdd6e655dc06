"""Draws a pile of articles whose provenance is known: stories, origins, outlets, and who copies whom in what way.

Every draw comes from one generator seeded with the half, the seed and the pile's number. The held-out half has
scenes, wordings, frames, credit forms and ways of copying of its own, besides those of the development half; so has the
sealed half, which tells nothing but scenes of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from material import (
    AGENCIES,
    ANYBODY,
    COMPANIES,
    COUNTS,
    DAYS,
    FIRST,
    LAST,
    OUTLETS,
    OWNERS,
    PLACES,
    REAL_AGENCIES,
    RUSSIAN_OUTLETS,
    Proposition,
    Scene,
    common,
    scenes,
)
from truth import Origin, TrueClaim, TrueEdge, TruePile
from writing import (
    CREDIT_LINE,
    CREDIT_LINE_HELD,
    PRESS,
    RU_CREDIT_LINE,
    TOP_CREDIT,
    TOP_CREDIT_HELD,
    Setting,
    Speaker,
    capital,
    fill,
    frame,
    more,
    pick,
    quotation,
    varied,
)

from twosource.model import NodeKind

HALVES = ("dev", "held-out", "sealed")
T = TypeVar("T")

MISSING = (0.0, 0.1, 0.3, 0.5)
"""Shares of articles that are held back; pile n has MISSING[n % 4]."""

WAYS = {
    "reprint": 0.16,  # word for word; half of them with a credit line
    "trimmed": 0.12,  # the beginning, word for word
    "edited": 0.15,  # sentences put differently here and there, own background
    "relay": 0.17,  # own words, the outlet named with each claim
    "top credit": 0.08,  # own words, the outlet named once
    "carried": 0.08,  # own words, the speaker named, the outlet not
    "silent": 0.10,  # own words, own voice
    "translated": 0.10,
    "digest": 0.04,  # own words, from two articles
}
WAYS_HELD = {
    "requoted": 0.06,  # own words but for the quotation
    "anonymised": 0.05,  # own words; a named speaker becomes "an official"
    "closing credit": 0.05,  # own words, own voice, the outlet named at the end
    "joined": 0.05,  # all claims in one sentence or two
}
WAYS_SEALED = {
    "brief": 0.06,  # one claim in own words, the outlet named, nothing else in the article
    "press": 0.06,  # own words; "press reports", no outlet named
    "mosaic": 0.06,  # sentences of two articles, word for word, in turn
}
WAYS_OF = {"held-out": WAYS_HELD, "sealed": WAYS_SEALED}


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes; names as an English and as a Russian text writes them."""

    english: str
    russian: str
    is_russian: bool = False
    wire: bool = False

    @property
    def own(self) -> str:
        """Its name in its own language."""
        return self.russian.strip("«»") if self.is_russian else self.english

    @property
    def domain(self) -> str:
        """An address that belongs to nobody."""
        return "".join(c for c in self.english.casefold() if c.isalnum()) + ".example"

    def named(self, russian: bool) -> str:
        """As a text in that language names it."""
        return self.russian if russian else self.english


@dataclass(frozen=True, slots=True)
class Spec:
    """What a sentence says: enough to put it differently."""

    claim: str
    origin: str | None
    relay: str | None = None
    told: bool = False
    template: str = ""
    quote: bool = False
    denies: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; `kind` is lead, background, claim or credit."""

    text: str
    kind: str
    spec: Spec | None = None
    template: str = ""


@dataclass(slots=True)
class Piece:
    """An article while it is made. `hour` counts from the pile's beginning; `form` is how it is filed."""

    id: str
    outlet: Outlet
    russian: bool
    hour: float
    way: str
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    dateline: str = ""
    credit: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    published: str = ""
    form: str = "txt"
    children: int = 0


@dataclass(slots=True)
class Made:
    """A pile: its articles (missing ones too), its truth, its registry file's rows, whether outlets are named."""

    pieces: list[Piece]
    truth: TruePile
    registry: list[dict[str, str]]
    outlets_named: bool


class Newsroom:
    """Outlets and people that no one has used yet in this pile."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.english = [Outlet(*names) for names in _shuffled(random, OUTLETS)]
        self.russian = [Outlet(*names, is_russian=True) for names in _shuffled(random, RUSSIAN_OUTLETS)]
        wires = [*_shuffled(random, AGENCIES)[:2]]
        if random.random() < 0.4:
            wires[0] = _shuffled(random, REAL_AGENCIES)[0]
        self.wires = [Outlet(*names, wire=True) for names in wires]
        self.last = _shuffled(random, LAST)
        self.places = _shuffled(random, PLACES)
        self.companies = _shuffled(random, COMPANIES)
        self.numbers = _shuffled(random, COUNTS)
        self.quoted: dict[str, str | None] = {}  # a quotation → whose it is, in the whole pile

    def person(self, role: tuple[str, str]) -> Speaker:
        """A new person in this role."""
        first = FIRST[int(self.random.integers(len(FIRST)))]
        last = self.last.pop()
        man, _, woman = role[1].partition(" / ")
        return Speaker(
            NodeKind.PERSON,
            f"{first[0]} {last[0]}",
            f"{first[1]} {last[1]}",
            role[0],
            (woman or man) if first[2] else man,
            first[2],
        )


def make(half: str, seed: int, number: int) -> Made:
    """Pile `number` of a half. The same arguments give the same pile."""
    random = np.random.default_rng([HALVES.index(half), seed, number])
    missing = MISSING[number % len(MISSING)]
    pile = TruePile(f"{half}-{seed}-{number}")
    rooms = Newsroom(random)
    pieces: list[Piece] = []
    known = [s for s in scenes() if s.half == half or (half != "sealed" and not s.half)]
    first = known[int(random.integers(len(known)))]
    size = int(random.integers(8, 21))
    Story(pile, random, rooms, half, first, "s1", pieces).tell(size)
    if random.random() < 0.4:  # the same kind of event elsewhere: the same words, another claim
        Story(pile, random, rooms, half, first, "s2", pieces).tell(int(random.integers(3, 7)))
    if random.random() < 0.4:
        other = known[int(random.integers(len(known)))]
        if other is not first:
            Story(pile, random, rooms, half, other, "s3", pieces).tell(int(random.integers(3, 9)))
    pieces.sort(key=lambda p: p.hour)
    named = bool(random.random() < 0.75)
    clock = str(random.choice(["exact", "noisy", "absent"], p=[0.4, 0.35, 0.25]))
    for piece in pieces:
        piece.published = _clock(random, piece.hour, clock)
        piece.form = str(random.choice(["txt", "html", "jsonl"], p=[0.45, 0.3, 0.25])) if named else "txt"
    ids = [p.id for p in pieces]
    pile.missing = {i for i in ids if random.random() < missing} if missing else set()
    if len(pile.missing) == len(ids):
        pile.missing.discard(ids[0])
    owned = _owners(random, pieces, pile)
    pile.features = {
        "half": half,
        "missing": f"{missing:.0%}",
        "outlets": "named" if named else "unnamed",
        "clock": clock,
        "scene": first.id,
    }
    return Made(pieces, pile, _registry(random, pieces, owned), named)


def _owners(random: np.random.Generator, pieces: Sequence[Piece], pile: TruePile) -> dict[str, str]:
    """Some outlets belong to one owner."""
    outlets = sorted({p.outlet.own for p in pieces if not p.outlet.wire})
    if random.random() < 0.6:
        owner = OWNERS[int(random.integers(len(OWNERS)))]
        for outlet in _shuffled(random, outlets)[: int(random.integers(2, 5))]:
            pile.owner_of[outlet] = owner
    return pile.owner_of


def _registry(
    random: np.random.Generator, pieces: Sequence[Piece], owned: dict[str, str]
) -> list[dict[str, str]]:
    """Rows for the outlets that have an owner, and in half of the piles for all of them."""
    rows = []
    full = random.random() < 0.5
    for outlet in sorted({p.outlet for p in pieces}, key=lambda o: o.english):
        if outlet.own not in owned and not full:
            continue
        if any(outlet.english == name for name, _ in REAL_AGENCIES):
            continue
        rows.append(
            {
                "name": outlet.own,
                "kind": "outlet",
                "aliases": f"{outlet.english}|{outlet.russian.strip('«»')}",
                "domains": outlet.domain,
                "owner": owned.get(outlet.own, ""),
                "agency": "yes" if outlet.wire else "",
                "source": "invented",
            }
        )
    return rows


def _clock(random: np.random.Generator, hour: float, clock: str) -> str:
    if clock == "absent" or (clock == "noisy" and random.random() < 0.1):
        return ""
    if clock == "noisy" and random.random() < 0.2:
        hour += float(random.uniform(-8, 8))
    minutes = round(hour * 60) + 24 * 60
    day, left = divmod(minutes, 24 * 60)
    if clock == "noisy" and random.random() < 0.5:
        return f"2031-03-{day + 2:02d}"
    return f"2031-03-{day + 2:02d}T{left // 60:02d}:{left % 60:02d}:00Z"


def _shuffled(random: np.random.Generator, items: Sequence[T]) -> list[T]:
    return [items[int(i)] for i in random.permutation(len(items))]


class Story:
    """One event in a pile: its claims, who knows of them, and the articles that tell it."""

    def __init__(
        self,
        pile: TruePile,
        random: np.random.Generator,
        rooms: Newsroom,
        half: str,
        scene: Scene,
        prefix: str,
        pieces: list[Piece],
    ) -> None:
        self.pile, self.random, self.rooms, self.half = pile, random, rooms, half
        self.held = half != "dev"
        self.scene, self.prefix, self.pieces = scene, prefix, pieces
        self.start = float(random.uniform(0, 6))
        self.setting = Setting(
            rooms.places.pop(), rooms.companies.pop(), DAYS[int(random.integers(len(DAYS)))]
        )
        chosen = _shuffled(random, scene.propositions)
        self.props: dict[str, Proposition] = {}
        self.numbers: dict[str, int] = {}
        self.claims: dict[str, TrueClaim] = {}
        for proposition in chosen[: 2 + int(random.random() < 0.6)]:
            key = f"{prefix}:{proposition.id}"
            self.props[key] = proposition
            self.numbers[key] = rooms.numbers.pop()
            self.claims[key] = TrueClaim(key, fill((proposition.of("en") or proposition.of("held"))[0],
                                                   self.setting, self.numbers[key], False))  # fmt: skip
            pile.claims.append(self.claims[key])
        self.speakers: dict[str, Speaker] = {}
        self.described: dict[tuple[str, str], Speaker] = {}
        self.by_claim: dict[str, list[str]] = {key: [] for key in self.claims}
        self.worded: dict[str, set[str]] = {key: set() for key in self.claims}
        self.quoted: dict[str, str] = {}  # claim → the origin whose words the quotation are
        self.used: set[str] = set()  # templates of own background that an article has
        self.mine: list[Piece] = []
        self.people = self._roles("person")
        self.unnamed = self._roles("unnamed")

    # ------------------------------------------------------------------ who knows

    def _roles(self, kind: str) -> list[tuple[str, str]]:
        lines = [line.partition(" = ") for line in self.scene.of(kind)]
        filled = [(fill(en, self.setting, 0, False), ru) for en, _, ru in lines]
        return _shuffled(self.random, filled)

    def _origin(self, article: str) -> str | None:
        """A new origin; None for access of its own that the article does not tell."""
        kinds = ["person", "organisation", "document", "unnamed", "first-hand", "unstated"]
        kind = str(self.random.choice(kinds, p=[0.45, 0.14, 0.08, 0.16, 0.07, 0.10]))
        name = f"{self.prefix}:o{len(self.pile.origins)}"
        if kind == "person" and self.people and self.rooms.last:
            speaker = self.rooms.person(self.people.pop())
            self.speakers[name] = speaker
            names = (speaker.english, speaker.russian)
            self.pile.origins[name] = Origin(name, NodeKind.PERSON, names)
            return name
        if kind == "unnamed" and self.unnamed:
            english, russian = self.unnamed[-1]
            if self.random.random() < 0.7:  # else another one may be described in the same words
                self.unnamed.pop()
            self.speakers[name] = Speaker(NodeKind.UNNAMED, english, russian)
            self.pile.origins[name] = Origin(name, NodeKind.UNNAMED, (english, russian))
            return name
        if kind in ("organisation", "document"):
            options = self._roles(kind)
            english, russian = options[0]
            there = next((k for k, s in self.speakers.items() if s.english == english), None)
            if there:
                return there  # an institution or a document is one
            node = NodeKind(kind)
            self.speakers[name] = Speaker(node, english, russian)
            self.pile.origins[name] = Origin(name, node, (english, russian))
            return name
        if kind == "first-hand":
            self.speakers[name] = Speaker(NodeKind.FIRST_HAND, "our correspondent", "наш корреспондент")
            self.pile.origins[name] = Origin(name, NodeKind.FIRST_HAND, (article,))
            return name
        self.pile.origins[name] = Origin(name, NodeKind.UNEXPLAINED, ())
        return name

    def _source(self, claim: str, article: str) -> str:
        """Who tells this article the claim: somebody who told another one, or somebody new."""
        told = [
            o
            for o in self.by_claim[claim]
            if self.pile.origins[o].kind not in (NodeKind.FIRST_HAND, NodeKind.UNEXPLAINED)
        ]
        if told and self.random.random() < 0.35:
            return told[int(self.random.integers(len(told)))]
        found = self._origin(article)
        assert found is not None
        if found not in self.by_claim[claim]:
            self.by_claim[claim].append(found)
        return found

    # ------------------------------------------------------------------ the story

    def tell(self, size: int) -> None:
        """Write `size` articles: the first few from origins, the others from articles."""
        loop = len(self.claims) == 3 and self.random.random() < 0.1
        circle = list(self.claims)[-1] if loop else None
        for _ in range(int(self.random.choice([1, 2, 3, 4], p=[0.3, 0.35, 0.25, 0.1]))):
            self._original([k for k in self.claims if k != circle])
        while len(self.mine) < size:
            self._derived(circle)
        if circle:
            self._loop(circle)
        self.pieces.extend(self.mine)
        for piece in self.mine:
            self.pile.outlet_of[piece.id] = piece.outlet.own
            self.pile.mutations[piece.id] = piece.way
            for line in piece.lines:
                if line.spec is None:
                    continue
                claim = self.claims[line.spec.claim]
                into = claim.denials if line.spec.denies else claim.passages
                into.setdefault(piece.id, []).append(line.text)
                if line.spec.origin and not line.spec.denies:
                    claim.stated.setdefault(piece.id, []).append(line.spec.origin)
        for claim in self.claims.values():  # an edge into an article that dropped the claim is none
            claim.edges = [e for e in claim.edges if e.child in claim.passages]

    def _piece(self, way: str, hour: float, russian: bool) -> Piece:
        rooms = self.rooms
        if way == "original" and rooms.wires and not russian and self.random.random() < 0.5:
            outlet = rooms.wires.pop()
        else:
            outlet = (rooms.russian if russian and rooms.russian else rooms.english).pop()
        piece = Piece(f"{self.prefix}a{len(self.mine) + 1:02d}", outlet, outlet.is_russian, hour, way)
        self.mine.append(piece)
        return piece

    def _original(self, claims: Sequence[str]) -> None:
        random = self.random
        russian = random.random() < 0.12
        piece = self._piece("original", self.start + float(random.exponential(3.0)), russian)
        covered = [k for i, k in enumerate(claims) if random.random() < (0.85 if i == 0 else 0.55)] or [
            claims[0]
        ]
        lines: list[Line] = []
        last: str | None = None
        for claim in covered:
            kind = self.pile.origins[last].kind if last else None
            if last and kind is not NodeKind.UNEXPLAINED and random.random() < 0.45:
                origins = [last]
                if last not in self.by_claim[claim]:
                    self.by_claim[claim].append(last)
            else:
                origins = [self._source(claim, piece.id)]
                if random.random() < 0.1:
                    origins.append(self._source(claim, piece.id))
            for origin in dict.fromkeys(origins):
                lines += self._tell(piece, claim, origin, told=random.random() < 0.3, seen=lines)
                self._edge(
                    claim,
                    origin,
                    piece.id,
                    "quotes",
                    self.pile.origins[origin].kind is not NodeKind.UNEXPLAINED,
                )
            last = origins[0]
        if random.random() < 0.08 and self.people and self.rooms.last:
            claim = covered[int(random.integers(len(covered)))]
            speaker = self.rooms.person(self.people.pop())
            name = f"{self.prefix}:o{len(self.pile.origins)}"
            self.speakers[name] = speaker
            self.pile.origins[name] = Origin(name, NodeKind.PERSON, (speaker.english, speaker.russian))
            lines.append(self._say(piece, Spec(claim, name, denies=True), again=False))
        self._compose(piece, lines)
        if piece.outlet.wire and random.random() < 0.6:
            piece.dateline = f"{self.setting.place[0].upper()}, March {2 + int(piece.hour // 24)} ({piece.outlet.english}) - "

    def _edge(self, claim: str, parent: str, child: str, kind: str, shown: bool, named: bool = True) -> None:
        edges = self.claims[claim].edges
        if not any(e.parent == parent and e.child == child for e in edges):
            edges.append(TrueEdge(parent, child, kind, shown, shown and named))

    # ------------------------------------------------------------------ sentences

    def _wording(self, claim: str, russian: bool, hedged: bool, avoid: str = "") -> str:
        proposition = self.props[claim]
        if hedged:
            options = proposition.of("ruhedged" if russian else "hedged")
        elif russian:
            options = proposition.of("ru")
        else:
            options = [*proposition.of("en"), *(proposition.of("held") if self.held else ())]
            if self.held and self.random.random() < 0.5:
                options = proposition.of("held")
        avoided = {avoid} if avoid or self.random.random() < 0.15 else self.worded[claim]
        left = [o for o in options if o not in avoided] or options
        return left[int(self.random.integers(len(left)))]

    def _say(self, piece: Piece, spec: Spec, again: bool) -> Line:
        """One claim sentence."""
        template = spec.template or self._wording(spec.claim, piece.russian, False)
        clause = fill(template, self.setting, self.numbers[spec.claim], piece.russian)
        speaker = self._as_named(piece, spec.origin)
        relay = self._outlet(spec.relay).named(piece.russian) if spec.relay else ""
        text = frame(
            self.random,
            clause,
            speaker,
            half=self.half,
            russian=piece.russian,
            day=self.setting.day,
            outlet=piece.outlet.named(piece.russian),
            relay=relay,
            told=spec.told,
            again=again,
            denies=spec.denies,
        )
        return Line(text, "claim", replace(spec, template=template))

    def _as_named(self, piece: Piece, origin: str | None) -> Speaker | None:
        """The speaker as this article names it: an unnamed one is described in many ways."""
        speaker = self.speakers.get(origin or "")
        if speaker is None or speaker.kind is not NodeKind.UNNAMED:
            return speaker
        key = (piece.id, speaker.english)
        if key not in self.described:
            options = ANYBODY if self.random.random() < 0.35 else ((speaker.english, speaker.russian),)
            english, russian = options[int(self.random.integers(len(options)))]
            self.described[key] = replace(speaker, english=english, russian=russian)
        return self.described[key]

    def _outlet(self, article: str | None) -> Outlet:
        return next(p.outlet for p in self.mine if p.id == article)

    def _tell(
        self,
        piece: Piece,
        claim: str,
        origin: str | None,
        *,
        told: bool = False,
        relay: str | None = None,
        avoid: str = "",
        quote: bool | None = None,
        seen: Sequence[Line] = (),
    ) -> list[Line]:
        """The sentences in which an article asserts a claim in words of its own."""
        random = self.random
        again = any(line.spec and line.spec.origin == origin for line in seen)
        hedged = random.random() < 0.12
        template = self._wording(claim, piece.russian, hedged, avoid)
        self.worded[claim].add(template)
        speaker = self._as_named(piece, origin)
        spec = Spec(claim, origin, relay, told, template)
        lines = [self._say(piece, spec, again)]
        may = speaker is not None and speaker.kind in (NodeKind.PERSON, NodeKind.UNNAMED) and not hedged
        if may and speaker and self.quoted.setdefault(claim, origin or "") == origin:
            said = self.props[claim].of("ruquote" if piece.russian else "quote")
            said = [w for w in said if self.rooms.quoted.get(w, origin) == origin]
            if (random.random() < 0.45 if quote is None else quote) and said:
                chosen = said[int(random.integers(len(said)))]
                self.rooms.quoted[chosen] = origin
                words = fill(chosen, self.setting, self.numbers[claim], piece.russian)
                text = quotation(random, capital(words), speaker, russian=piece.russian, again=True)
                lines.append(Line(text, "claim", replace(spec, quote=True)))
        return lines

    def _frame_text(self, piece: Piece, kind: str, number: int) -> list[Line]:
        """What is written about the event besides the claims; what no other article used comes first."""
        key = ("ru" if piece.russian else "") + kind
        here, anywhere = self.scene.of(key), common().of(key)
        picked: list[str] = []
        for _ in range(number):
            options = anywhere if anywhere and self.random.random() < 0.7 else here
            fresh = [t for t in options if t not in self.used]
            left = [t for t in (fresh or options) if t not in picked]
            if left:
                picked.append(left[int(self.random.integers(len(left)))])
        self.used.update(t for t in picked if "[" not in t)
        return [self._line(piece, kind, template) for template in picked]

    def _line(self, piece: Piece, kind: str, template: str) -> Line:
        text = fill(varied(self.random, template), self.setting, 0, piece.russian)
        return Line(capital(text), kind, template=template)

    def _compose(self, piece: Piece, lines: Sequence[Line], bare: bool = False) -> None:
        """Claims, with what surrounds them: lead first, or the first claim as the lead. `bare`: the lead at most."""
        random = self.random
        background = self._frame_text(piece, "background", int(random.integers(1, 4)))
        lead = self._frame_text(piece, "lead", 1)
        body = list(lines)
        if bare:
            background = []
        if random.random() < 0.65 or not body:
            body = lead + body
        else:
            at = 2 if len(body) > 1 and (spec := body[1].spec) and spec.quote else 1
            body = body[:at] + lead + body[at:]
        for line in background:
            at = int(random.integers(1, len(body) + 1))
            if at < len(body) and body[at].spec and body[at].spec.quote:  # type: ignore[union-attr]
                at = len(body)
            body.insert(at, line)
        piece.lines = body
        if not piece.title:
            heads = self.scene.of("ruhead" if piece.russian else "head")
            piece.title = fill(heads[int(random.integers(len(heads)))], self.setting, 0, piece.russian)

    # ------------------------------------------------------------------ copies

    def _derived(self, circle: str | None) -> None:
        random = self.random
        ways = {**WAYS, **WAYS_OF.get(self.half, {})}
        shares = np.array(list(ways.values()))
        way = str(random.choice(list(ways), p=shares / shares.sum()))
        weights = np.array([(1.0 + p.children) * (3.0 if p.outlet.wire else 1.0) for p in self.mine])
        parent = self.mine[int(random.choice(len(self.mine), p=weights / weights.sum()))]
        if not any(line.spec and not line.spec.denies for line in parent.lines):
            return
        parent.children += 1
        hour = parent.hour + 0.3 + float(random.exponential(5.0))
        russian = parent.russian != (way == "translated")
        if russian and not self.rooms.russian:
            way, russian = ("relay", False) if not parent.russian else (way, False)
        if parent.russian and not russian and way in ("reprint", "trimmed", "edited"):
            way = "relay"
        if way in ("press", "mosaic") and russian:
            way = "silent"
        piece = self._piece(way, hour, russian)
        if way in ("reprint", "trimmed", "edited"):
            self._verbatim(piece, parent, way)
        elif way == "mosaic":
            self._mosaic(piece, parent)
        else:
            self._reworded(piece, parent, way)
        if random.random() < 0.12:
            self._own_reporting(piece, circle)
        if piece.credit == "" and not any(line.spec and line.spec.relay for line in piece.lines):
            if way in ("relay", "top credit", "edited") and random.random() < 0.3:
                piece.links.append((parent.id, "already reported"))
        elif random.random() < 0.2:
            piece.links.append((parent.id, parent.outlet.own))

    def _credit_line(self, piece: Piece, parent: Piece) -> None:
        name = parent.outlet.named(piece.russian)
        if piece.russian:
            piece.credit = pick(self.random, RU_CREDIT_LINE).replace("{X}", name)
        else:
            own = more(CREDIT_LINE, CREDIT_LINE_HELD, self.half)
            piece.credit = pick(self.random, CREDIT_LINE, own).replace("{X}", name)

    def _verbatim(self, piece: Piece, parent: Piece, way: str) -> None:
        random = self.random
        kept = list(parent.lines)
        if way == "trimmed" and len(kept) > 2:
            kept = kept[: max(2, int(len(kept) * random.uniform(0.4, 0.85)))]
            if not any(line.spec for line in kept):
                kept = list(parent.lines)
        lines = [self._as_copied(line, parent, piece.russian) for line in kept]
        piece.title = parent.title if random.random() < 0.5 else ""
        if way == "edited":
            lines = self._edited(piece, lines)
        if not piece.title:
            heads = self.scene.of("ruhead" if piece.russian else "head")
            piece.title = fill(heads[int(random.integers(len(heads)))], self.setting, 0, piece.russian)
        piece.lines = lines
        credited = random.random() < (0.65 if parent.outlet.wire else 0.4)
        if credited:
            if parent.dateline and random.random() < 0.6:
                piece.dateline = parent.dateline
            else:
                self._credit_line(piece, parent)
        for claim in {line.spec.claim for line in lines if line.spec and not line.spec.denies}:
            self._edge(claim, parent.id, piece.id, "copies", True, credited)

    @staticmethod
    def _as_copied(line: Line, parent: Piece, russian: bool) -> Line:
        """What was said to "this newspaper" was said to the parent."""
        name = parent.outlet.named(russian)
        text = line.text
        for mine, theirs in (
            ("this newspaper", name),
            ("our correspondent", f"{name}'s correspondent"),
            ("Our correspondent", f"{name}'s correspondent"),
            ("this reporter", f"{name}'s reporter"),
            ("нашему изданию", f"изданию {name}"),
            ("наш корреспондент", f"корреспондент {name}"),
        ):
            text = text.replace(mine, theirs)
        return replace(line, text=text)

    def _edited(self, piece: Piece, lines: Sequence[Line]) -> list[Line]:
        random = self.random
        out: list[Line] = []
        seen: set[str | None] = set()
        for line in lines:
            if line.spec is None:
                if random.random() < 0.6:
                    out.append(line)
                continue
            if line.spec.quote or line.spec.denies or line.spec.anonymous or random.random() < 0.5:
                out.append(line)
            else:
                told = replace(line.spec, told=False)
                out.append(self._say(piece, told, line.spec.origin in seen))
            seen.add(line.spec.origin)
        if not any(line.kind == "lead" for line in out):
            out = self._frame_text(piece, "lead", 1) + out
        return out + self._frame_text(piece, "background", 1)

    def _reworded(self, piece: Piece, parent: Piece, way: str) -> None:  # noqa: PLR0915
        random = self.random
        told = [line.spec for line in parent.lines if line.spec and not line.spec.denies]
        claims = list(dict.fromkeys(spec.claim for spec in told))
        kept = [c for c in claims if random.random() < 0.7] or [claims[0]]
        if way == "brief":
            kept = kept[:1]
        parents = dict.fromkeys(kept, parent)
        if way == "digest":
            for other in _shuffled(
                random, [p for p in self.mine if p not in (parent, piece) and p.hour < piece.hour]
            )[:1]:
                for claim in dict.fromkeys(s.spec.claim for s in other.lines if s.spec and not s.spec.denies):
                    parents.setdefault(claim, other) if random.random() < 0.5 else parents.update(
                        {claim: other}
                    )
        credited = way in ("relay", "digest", "brief") or (way == "translated" and random.random() < 0.6)
        translated = way == "translated"
        lines: list[Line] = []
        for claim, above in parents.items():
            specs = [s.spec for s in above.lines if s.spec and s.spec.claim == claim and not s.spec.denies]
            spec = specs[0]
            origin: str | None = spec.origin
            relay = above.id if credited else None
            if way in ("silent", "top credit", "closing credit", "joined", "press"):
                origin = None
            if way in ("relay", "digest", "brief") and random.random() < 0.5:
                origin = None
            if (
                way in ("carried", "requoted", "translated")
                and origin is None
                and not relay
                and random.random() < 0.5
            ):
                relay = above.id  # there is nobody else to name
            if translated and not credited and origin is None:
                relay = None
            if spec.anonymous or (origin and self.speakers.get(origin) is None):
                origin = None
            speaker = self.speakers.get(origin or "")
            if speaker and speaker.kind is NodeKind.FIRST_HAND and not relay:
                origin = None
            if way == "anonymised" and speaker and speaker.kind is NodeKind.PERSON:
                lines.append(self._anonymous(piece, claim, origin, spec.template))
            elif way == "press":
                lines.append(self._press(piece, claim, spec.template))
            else:
                quote = True if way == "requoted" and any(s.quote for s in specs) else None
                if way == "translated":
                    quote = any(s.quote for s in specs)
                lines += self._tell(
                    piece, claim, origin, relay=relay, avoid=spec.template, quote=quote, seen=lines
                )
            named_parent = relay is not None or way in ("top credit", "closing credit")
            kind = "translates" if translated else "relays" if named_parent else "restates"
            shown = named_parent or translated or way == "requoted"
            self._edge(claim, above.id, piece.id, kind, shown, named_parent)
        if way == "joined" and len(lines) > 1:
            lines = self._join(piece, lines)
        if translated:
            self._as_translated(piece, parent, lines)
        else:
            self._compose(piece, lines, bare=way == "brief")
        if way == "top credit":
            name = parent.outlet.named(piece.russian)
            text = (
                f"Первым об этом сообщило издание {name}."
                if piece.russian
                else pick(random, TOP_CREDIT, more(TOP_CREDIT, TOP_CREDIT_HELD, self.half)).replace(
                    "{X}", name
                )
            )
            line = Line(text.replace("{day}", self.setting.day), "credit")
            piece.lines.insert(int(random.integers(0, 2)), line)
        if way == "closing credit":
            self._credit_line(piece, parent)

    def _as_translated(self, piece: Piece, parent: Piece, lines: Sequence[Line]) -> None:
        """The claims, and of the parent's background what has a translation, in the parent's order."""
        left = list(lines)
        for line in parent.lines:
            if line.spec is None:
                other = self.scene.translations.get(line.template)
                if other:
                    piece.lines.append(self._line(piece, line.kind, other))
                continue
            told = [x for x in left if x.spec and x.spec.claim == line.spec.claim]
            piece.lines += told
            left = [x for x in left if x not in told]
        piece.lines += left
        if not any(line.kind == "lead" for line in piece.lines):
            piece.lines = self._frame_text(piece, "lead", 1) + piece.lines
        heads = self.scene.of("ruhead" if piece.russian else "head")
        piece.title = fill(heads[int(self.random.integers(len(heads)))], self.setting, 0, piece.russian)

    def _anonymous(self, piece: Piece, claim: str, origin: str | None, avoid: str) -> Line:
        """A named speaker's claim, given to "an official"."""
        template = self._wording(claim, piece.russian, False, avoid)
        clause = fill(template, self.setting, self.numbers[claim], piece.russian)
        if piece.russian:
            text = f"{capital(clause)}, сообщил источник."
        else:
            text = f"{capital(clause)}, {pick(self.random, ('an official', 'a source', 'officials'))} said."
        return Line(text, "claim", Spec(claim, origin, template=template, anonymous=True))

    def _press(self, piece: Piece, claim: str, avoid: str) -> Line:
        """A claim by "press reports"."""
        template = self._wording(claim, False, False, avoid)
        clause = fill(template, self.setting, self.numbers[claim], False)
        text = pick(self.random, PRESS).replace("{S}", capital(clause)).replace("{s}", clause)
        return Line(text, "claim", Spec(claim, None, template=template))

    def _mosaic(self, piece: Piece, parent: Piece) -> None:
        """Sentences of two articles, word for word, in turn; nothing is credited."""
        others = [
            p
            for p in self.mine
            if p not in (parent, piece) and p.hour < piece.hour and not p.russian and p.lines
        ]
        chosen = [parent, *_shuffled(self.random, others)[:1]]
        kept = [self._whole(p) for p in chosen]
        for n in range(max(map(len, kept))):
            for above, blocks in zip(chosen, kept, strict=True):
                if n < len(blocks) and (n == 0 or self.random.random() < 0.6):
                    piece.lines += [self._as_copied(line, above, False) for line in blocks[n]]
        for above, blocks in zip(chosen, kept, strict=True):
            held = {x.text for x in piece.lines}
            for line in (x for block in blocks for x in block):
                if line.spec and not line.spec.denies and self._as_copied(line, above, False).text in held:
                    self._edge(line.spec.claim, above.id, piece.id, "copies", True, False)
        heads = self.scene.of("head")
        piece.title = fill(heads[int(self.random.integers(len(heads)))], self.setting, 0, False)

    @staticmethod
    def _whole(piece: Piece) -> list[list[Line]]:
        """An article's sentences, a claim together with the quotation that belongs to it; what it asserts comes first."""
        blocks: list[list[Line]] = []
        for line in piece.lines:
            if line.spec and line.spec.quote and blocks:
                blocks[-1].append(line)
            elif not (line.spec and line.spec.denies) and line.kind != "credit":
                blocks.append([line])
        return sorted(blocks, key=lambda block: block[0].spec is None)

    def _join(self, piece: Piece, lines: Sequence[Line]) -> list[Line]:
        """Two claims in one sentence; it belongs to both of them."""
        specs = [line.spec for line in lines[:2]]
        clauses = [fill(s.template, self.setting, self.numbers[s.claim], piece.russian) for s in specs if s]
        text = capital((", и " if piece.russian else ", and ").join(clauses)) + "."
        return [Line(text, "claim", s) for s in specs] + list(lines[2:])

    def _own_reporting(self, piece: Piece, circle: str | None) -> None:
        """Besides what it copied, the article has spoken to somebody itself."""
        options = [k for k in self.claims if k != circle]
        claim = options[int(self.random.integers(len(options)))]
        origin = self._source(claim, piece.id)
        if self.pile.origins[origin].kind is NodeKind.UNEXPLAINED:
            return  # nothing would show it
        already = any(line.spec and line.spec.origin == origin for line in piece.lines)
        if already:
            return
        lines = self._tell(piece, claim, origin, told=True, quote=False)
        piece.lines.extend(lines)
        self._edge(claim, origin, piece.id, "quotes", True)

    def _loop(self, claim: str) -> None:
        """Two articles that have the claim from each other, and perhaps a third that has it from one of them."""
        hour = max(p.hour for p in self.mine) + 1.0
        if len(self.rooms.english) < 3:
            return
        a, b = (self._piece("loop", hour, False) for _ in range(2))
        for piece, other in ((a, b), (b, a)):
            self._compose(piece, self._tell(piece, claim, None, relay=other.id))
            self._edge(claim, other.id, piece.id, "relays", True)
        if self.random.random() < 0.5:
            c = self._piece("relay", hour + 3.0, False)
            self._compose(c, self._tell(c, claim, None, relay=a.id))
            self._edge(claim, a.id, c.id, "relays", True)
