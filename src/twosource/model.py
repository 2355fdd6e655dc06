"""The nouns of twosource: frozen values that every stage takes and returns.

This module imports nothing of ours. A span counts Unicode code points of an
article's ``text`` as given, half open. Every score travels with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points ``[start, end)`` in one article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shared(self, other: Span) -> int:
        """How many characters the two spans share, 0 when they are apart."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


# --------------------------------------------------------------------- articles


class Precision(StrEnum):
    """How exactly a publication time is known. A date is not a minute."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RELATIVE = "relative"
    UNKNOWN = "unknown"


_WIDTH = {
    Precision.MINUTE: timedelta(minutes=1),
    Precision.DAY: timedelta(days=1),
    Precision.MONTH: timedelta(days=31),
    Precision.YEAR: timedelta(days=366),
}


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared: the earliest moment it can have been, and how exactly that is known.

    `start` is an aware datetime in UTC, or None when precision is RELATIVE or UNKNOWN;
    `raw` is the text or tag it was read from.
    """

    start: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    raw: str = ""

    @property
    def end(self) -> datetime | None:
        """The latest moment it can have appeared, or None when nothing anchors it."""
        width = _WIDTH.get(self.precision)
        return self.start + width if self.start and width else None

    def before(self, other: Published) -> bool | None:
        """True when surely earlier than `other`, False when surely later, None when that cannot be told."""
        if self.start is None or other.start is None or self.end is None or other.end is None:
            return None
        if self.end <= other.start:
            return True
        if other.end <= self.start:
            return False
        return None


class RegionKind(StrEnum):
    """What a stretch of an article is, where it is not body text."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"
    PHOTO_CREDIT = "photo credit"
    FOOTNOTE = "footnote"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the text that is not body: it makes no claims of its own."""

    kind: RegionKind
    span: Span
    reason: str = ""


class CreditKind(StrEnum):
    """How an article names what it rests on, outside its sentences."""

    AGENCY = "agency"  # "(Reuters)", "--AFP", "- REUTERS"
    LINK = "link"  # a hyperlink in the body
    BASED_ON = "based on"  # JSON-LD isBasedOn
    FEED = "feed"  # the source element of a feed item
    PHOTO = "photo"  # "Photo source: — @name": evidence, not an origin of claims


@dataclass(frozen=True, slots=True)
class Credit:
    """One stated dependence of the whole article or of a passage: a future edge.

    `target` is the agency's name as written, or a URL; `span` is where it stands in the
    text, None when it stands only in the mark-up.
    """

    kind: CreditKind
    target: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. The text never changes after reading.

    `id` is unique in a pile: the record's own id, else the file's stem, made unique by a suffix.
    `path` is the path as given; `record` the 1-based line or row inside it, 0 for a file of one article.
    `url` is the address as fetched, `canonical_url` what the page says of itself; both are kept.
    `sha256` is the digest of text and metadata, the article's half of every cache key.
    """

    id: str
    path: str
    text: str
    sha256: str
    record: int = 0
    title: str = ""
    outlet: str = ""
    url: str = ""
    canonical_url: str = ""
    byline: str = ""
    dateline: str = ""
    published: Published = field(default_factory=Published)
    language: str = "und"
    credits: tuple[Credit, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read: what, where, how to mend it, in one line."""

    path: str
    reason: str
    record: int = 0


# ----------------------------------------------------------------- attributions


class AttributionKind(StrEnum):
    """How the words are reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """How the one who reports stands to what is reported."""

    NEUTRAL = "neutral"
    ENDORSES = "endorses"
    DISTANCES = "distances"
    DENIES = "denies"


class SourceKind(StrEnum):
    """What kind of source an attribution leads to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    FIRST_HAND = "first-hand"


class Evidence(StrEnum):
    """What a statement offers to be believed on."""

    PHOTOGRAPH = "photograph"
    VIDEO = "video"
    SATELLITE_IMAGE = "satellite image"
    DOCUMENT = "document"
    DATA = "data"
    EYEWITNESS = "eyewitness"
    CONFESSION = "confession"


class Likelihood(StrEnum):
    """How likely the words make it; ICD 203 keeps this apart from confidence."""

    STATED = "stated"  # no hedge
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


class Confidence(StrEnum):
    """How sure the speaker claims to be of that likelihood."""

    UNSTATED = "unstated"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Certainty:
    """How firmly a thing is put, with the words that say so."""

    likelihood: Likelihood = Likelihood.STATED
    confidence: Confidence = Confidence.UNSTATED
    negated: bool = False
    conditional: bool = False
    question: bool = False
    hedges: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone, by the article's word, says something.

    `source` and `cue` may be empty (a continued quotation has no cue of its own; "it was reported"
    has no source). A continued quotation carries the source span it inherits. `content` spans are in
    reading order. `parent` is the id of the attribution that this one is nested in.
    `via` spans name where it was said or who relayed it ("in an interview with FAN").
    `canonical` is the name the source resolves to inside the article, None when unnamed;
    `source_id` is set when sources are linked across the pile.
    `rule` names the rule that found it: the reason for its being here. `score` is in [0, 1].
    `antecedent` is the first mention of an unnamed source that is spoken of again ("a port official … the
    official"), None where this is the first.
    """

    id: str
    article: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: AttributionKind
    rule: str
    score: float = 1.0
    parent: str | None = None
    canonical: str | None = None
    source_kind: SourceKind = SourceKind.UNNAMED
    source_id: str | None = None
    via: tuple[Span, ...] = ()
    via_name: str | None = None
    stance: Stance = Stance.NEUTRAL
    certainty: Certainty = field(default_factory=Certainty)
    evidence: tuple[Evidence, ...] = ()
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who attributions lead to, over the whole pile. An unnamed source is one per mention.

    `speaks_for` is the id of the institution that a person or office speaks for, when the pile or the
    registry shows it; `owner` and `state` come from the registry, with its own source for the row. `distinct` are ids
    of sources that it is not, whatever the names: a person said so.
    """

    id: str
    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    description: str = ""
    count: int = 1
    speaks_for: str | None = None
    owner: str | None = None
    state: str | None = None
    distinct: tuple[str, ...] = ()


# ------------------------------------------------------------ statements, claims


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in a statement. `key` is its language-free form, equal for aliases (Raqqa, Ракка)."""

    kind: str  # person | organisation | place | group | other
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; "at least 70" has an open top, "dozens" a wide range.

    `low` and `high` bound the value, both inclusive; `unit` is the lemma of what is counted, "" if none.
    `fate` is what befell those counted ("kill", "wound", "evacuate" …), "" where nothing is said.
    """

    low: float
    high: float
    unit: str
    text: str
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One article's assertion of one proposition, by a source or in the article's own voice.

    `text` is what is shown and compared: white space folded, quotation marks trimmed. `attribution`
    is None for the article's own voice. `weight` in [0, 1] says how check-worthy it is (0 filler).
    `actors`, `predicate` and `objects` are lemmas of who did what to whom, where the parse shows it.
    `negated` is the polarity as its source puts it: a denied content counts as negated; `turned` says that this is the
    opposite of what the words of `text` say, since the denial stands outside them. `published` is the
    day the article appeared, ``YYYY-MM-DD``, or "" when no day is known. `speaker` is the language-free key of
    the attribution's named source, "" for an unnamed one and for the article's own voice. `resolved` is the text with
    the names that its pronouns and pointing descriptions stand for in square brackets, "" where it has none; what
    they stand for is among `entities`. `alone` is the text as it reads on its own: without what is said by the way
    (relative clauses and the like, set off by commas), and with the speaker's name in the place of "I", or of the "he" or
    "it" of reported speech; "" where that changes nothing. `lemmas`, `quantities` and `dates` are those of what is left then.
    """

    id: str
    article: str
    spans: tuple[Span, ...]
    text: str
    language: str
    attribution: str | None = None
    weight: float = 1.0
    opinion: bool = False
    negated: bool = False
    certainty: Certainty = field(default_factory=Certainty)
    evidence: tuple[Evidence, ...] = ()
    entities: tuple[Entity, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[str, ...] = ()
    predicate: str = ""
    actors: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    published: str = ""
    speaker: str = ""
    resolved: str = ""
    turned: bool = False
    alone: str = ""

    @property
    def compared(self) -> str:
        """The text by which the statement is compared with others."""
        return self.alone or self.text


class Relation(StrEnum):
    """How a statement stands to the claim it is grouped with."""

    ASSERTS = "asserts"
    DENIES = "denies"
    RIVAL = "rival"  # same event, another number


@dataclass(frozen=True, slots=True)
class Member:
    """A statement's place in a claim, with the probability and the reasons for it."""

    statement: str
    relation: Relation = Relation.ASSERTS
    probability: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearly:
    """A statement that may assert a claim it was not put into, or deny it where `relation` is DENIES.

    `probability` in [0, 1) is that of *same proposition* (of *same but for yes and no* for a denial), below
    `Settings.same`; `reasons` say what speaks for and against. It is no line of the claim's graph; the most likely count
    and its interval are drawn with those that may assert, and what all of them would add bounds the count from above.
    """

    statement: str
    probability: float
    reasons: tuple[str, ...] = ()
    relation: Relation = Relation.ASSERTS


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that assert the same proposition, and those that deny it. `text` is one of theirs, or a name that a person gave.

    A statement asserts or denies in at most one claim. One that gives another count of the same thing asserts in a
    claim of its own, with lines of its own, and is named as RIVAL in the claim of the more widely reported count:
    it is then a member of both, and where one claim must be told for a statement it is the one it asserts.
    `nearly` are statements of other claims that may belong here, likeliest first: one for each article that neither
    asserts nor denies the claim.
    """

    id: str
    text: str
    members: tuple[Member, ...]
    nearly: tuple[Nearly, ...] = ()


# ------------------------------------------------------------------------- reuse


class Direction(StrEnum):
    """Which passage derives from which: A_TO_B means that b derives from a."""

    A_TO_B = "a->b"
    B_TO_A = "b->a"
    UNDIRECTED = "undirected"


class MatchKind(StrEnum):
    """What relation the shared wording shows."""

    REPRINT = "reprint"
    TRIMMED = "trimmed reprint"
    EDITED = "edited"
    PASSAGE = "passage"
    QUOTATION = "quotation"  # both quote a common third source: not shared reporting
    TEMPLATE = "template"  # house formula or boilerplate: shown apart
    TRANSLATION = "translation"
    PARAPHRASE = "paraphrase"  # the same things in the same order, in other words of the same language


@dataclass(frozen=True, slots=True)
class Passage:
    """A span in an article."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """Two passages that share wording, or say the same in other words or in another language.

    `score` is the summed rarity (IDF, in nats) of the shared shingles, ≥ 0, for a paraphrase that of the shared names
    and numbers; `similarity` in [0, 1] is the share of aligned words, for a paraphrase that of the names and numbers of
    one side that the other has. `p_direction` in [0.5, 1] is the probability that the stated direction is the
    true one; for an undirected match it is 0.5. `p_copy` in [0, 1] is the probability that one rests on the
    other at all, a common unseen source being the alternative. `reasons` say why direction and kind.
    """

    id: str
    a: Passage
    b: Passage
    score: float
    similarity: float
    kind: MatchKind
    direction: Direction = Direction.UNDIRECTED
    p_direction: float = 0.5
    p_copy: float = 1.0
    reasons: tuple[str, ...] = ()


# --------------------------------------------------------------------- provenance


class NodeKind(StrEnum):
    """What stands at a node of a claim's provenance graph."""

    ARTICLE = "article"
    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    FIRST_HAND = "first-hand"
    UNNAMED = "unnamed"
    OUTLET = "outlet"  # cited, not in the pile
    UNEXPLAINED = "unexplained"  # an article's own unseen origin
    LOOP = "loop"


GROUNDED = frozenset({NodeKind.PERSON, NodeKind.ORGANISATION, NodeKind.DOCUMENT, NodeKind.FIRST_HAND})
"""Kinds of origin that K_g counts: named, document, first-hand (section 3 of the design)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a claim's graph. An article's node id is the article's id prefixed with ``article:``."""

    id: str
    kind: NodeKind
    label: str


class EdgeKind(StrEnum):
    """How one node rests on another."""

    QUOTES = "quotes"
    COPIES = "copies"
    TRANSLATES = "translates"
    RESTATES = "restates"
    RELAYS = "relays"
    TELLS = "tells"  # inner source → the speaker who reports it


@dataclass(frozen=True, slots=True)
class Edge:
    """`child` rests on `parent` for one claim, with `probability` in (0, 1].

    `evidence` holds ids of the attributions and matches that show it. Of the edges of one `group` at most
    one holds (the two readings of an undirected copy). The edge is moot when any edge named in
    `unless` holds: a quotation that was copied along is not the copier's own access to the speaker.
    """

    id: str
    parent: str
    child: str
    kind: EdgeKind
    probability: float
    evidence: tuple[str, ...] = ()
    reason: str = ""
    group: str | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """How many independent lines stand behind a claim.

    `k`, `k_grounded` and `origins_total` (R) are exact on the graph of likely edges. `at_least` (L) is
    k_grounded after every plausible merge of origins, `at_most` (U) is K with everything unresolved kept
    apart. `most_likely` is the median of K over sampled graphs, `interval90` its 5th and 95th percentile,
    `p_two_or_more` = P(K ≥ 2); the three are None when `withheld` gives the reason, the last alone where it hangs on q
    (`why` says so).
    `chokepoints` are node ids whose single failure removes all support: in the graph of likely edges, or, where most
    readings disagree with it on whether there is one line, in most readings of one line. `why` says it in sentences.
    """

    at_least: int
    at_most: int
    k: int
    k_grounded: int
    origins_total: int
    most_likely: int | None = None
    interval90: tuple[int, int] | None = None
    p_two_or_more: float | None = None
    by_owner: int | None = None
    origins: tuple[tuple[str, int], ...] = ()
    chokepoints: tuple[str, ...] = ()
    withheld: str | None = None
    warnings: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MayBeOne:
    """Two nodes of a claim's graph that may be one source, with the probability in (0, 1) that they are."""

    a: str
    b: str
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """A claim's graph and its count; `denial` is the same count for the statements that deny it.

    `may_be_one` are the pairs of sources that the count takes for one in some of its readings.
    """

    claim: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    support: Support
    denial: Support | None = None
    may_be_one: tuple[MayBeOne, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One of a claim's independent lines: nodes from its origin to an article, and the ids of the edges between."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swing:
    """A guess on which the count hangs: K of the likely graph if it holds, and if it does not.

    `edge` is the id of the edge in doubt, or None where it is whether `a` and `b` are one source; for an edge
    `b` rests on `a`. `probability` is the guess's own.
    """

    a: str
    b: str
    probability: float
    if_so: int
    if_not: int
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Fall:
    """A claim's count before and after some sources fell; `nodes` are the fallen nodes of its graph."""

    claim: str
    nodes: tuple[str, ...]
    before: Support
    after: Support


# --------------------------------------------------------------------- judgements


class JudgementKind(StrEnum):
    """What a person decided about."""

    CLAIM = "claim"  # whether statements say the same
    NAME = "name"  # what a claim is called
    SOURCE = "source"  # whether names, or an unnamed speaker and a name, are one source
    OWNER = "owner"  # whether outlets have one owner
    COPY = "copy"  # whether one article has its wording from another


class Decision(StrEnum):
    """What was decided: UNSURE is kept and shown, and binds nothing."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of an article, as a judgement refers to them: found again whatever ids a later run gives.

    The article is known by `sha256`, else by its id `article`; inside it the words decide, and `span` only where they
    stand more than once, or where the same text is cut otherwise. Without `text` the whole article is meant.
    """

    article: str
    text: str = ""
    sha256: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a judgement speaks of: a source or outlet by `name`, or `words`.

    For a claim `words` are several of its statements, the most telling first: the first that is found speaks for it.
    """

    name: str = ""
    words: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision, kept apart from all that is found: it outlives every run.

    `who` and `note` are as given, "" where nothing was; `when` is a day or a moment in ISO 8601. `text` is the name
    that a claim was given. SAME holds of each subject and the first, DIFFERENT of every two.
    """

    kind: JudgementKind
    verdict: Decision
    subjects: tuple[Subject, ...]
    who: str = ""
    when: str = ""
    note: str = ""
    text: str = ""


class Standing(StrEnum):
    """What became of a judgement in one run."""

    BINDS = "binds"
    NOTED = "noted"  # unsure: it binds nothing
    UNMATCHED = "unmatched"  # what it speaks of is not in this pile
    OVERRULED = "overruled"  # it contradicts another


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in one run: `sentence` says it in words, `by` who decided it when ("decided by I. H. on 2031-03-14").

    `why` is what keeps it from binding, "" where it binds.
    `statements` and `claims` are ids of this run that it speaks of.
    """

    judgement: Judgement
    standing: Standing
    sentence: str
    by: str
    why: str = ""
    statements: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


# ----------------------------------------------------------------------- findings


@dataclass(frozen=True, slots=True)
class Tool:
    """What made a result, so that a second desk can repeat it."""

    name: str
    version: str
    settings: dict[str, str]
    settings_digest: str
    models: tuple[tuple[str, str], ...] = ()  # (name and version, sha256)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything one run found: the only value that the report sees."""

    tool: Tool
    articles: tuple[Article, ...]
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    matches: tuple[PassageMatch, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
