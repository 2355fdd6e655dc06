"""Who a source is, inside one article: pronouns, surnames, "the expert", acronyms, ministries, outlets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..language.analysis import Analysis, Name, Token
from ..model import Article, RegionKind, SourceKind, Span
from . import governments, names, outlets, phrase
from .english import words
from .found import Found
from .lexicon import lexicon
from .phrase import Core

_HE = lexicon("he him his himself")
_SHE = lexicon("she her hers herself")
_THEY = lexicon("they them their theirs themselves it its")
_PRONOUNS = _HE | _SHE | _THEY
_SPEAKER = lexicon("i me my we us our who")
_ORGANISATIONS = lexicon(
    """
    ministry department government army police council committee office administration party company
    agency bank court parliament senate congress union university institute observatory association
    group organisation organization commission kremlin pentagon campaign foundation authority
    federation coalition league forces force team board church hospital school corporation firm
    airline navy service bureau embassy house cabinet
    """
)
_AUTHORITIES = lexicon("government regime authorities authority administration")
_STATE_BODIES = _AUTHORITIES | lexicon("army military police parliament ministry forces navy")
_GENERIC = lexicon(
    """
    group organisation organization monitor watchdog agency body network association company firm charity
    committee foundation institute movement
    """
)
"""Bodies spoken of again without their name: "the group", "the Vale-based monitor"."""
_GROUP_WORDS = lexicon(
    """
    army front brigade brigades battalion battalions state movement party forces force council group union jaish
    jaysh liwa jabhat ahrar ansar harakat hezbollah hizbullah hizbollah kataib faylaq failaq taliban agency news
    times post tv television ministry university hospital street square
    """
)
"""Words that no person's name has."""
_PLACING = lexicon(
    "in near at above beyond off around outside inside toward towards across throughout over northern southern eastern western"
)
_VAGUE = lexicon("official officer leader manager member source activist")
"""Roles that so many have that the last speaker need not be meant."""
_OWN = frozenset(
    f"{which} {noun}"
    for which in ("this", "our")
    for noun in (
        "reporter",
        "correspondent",
        "newspaper",
        "paper",
        "writer",
        "author",
        "site",
        "portal",
        "team",
    )
)
"""How an article speaks of those who made it."""
_PERCEIVING = lexicon(
    "see saw count watch hear witness observe visit notice smell find meet read review examine view"
)
_PICTURES = lexicon(
    "photograph photo picture image video footage film clip recording satellite photos images"
)
_OWN_WORDS = lexicon(
    "statement letter tweet post release announcement message email communique communiqué declaration"
)
"""Documents that are somebody's own words."""
_READING = lexicon("read review examine view")
_ABOUT = lexicon("of for with to from by about against between among")
_BODY_ENDINGS = lexicon("centre center defence defense service board fund programme program society")
_ADJECTIVAL = lexicon("local rebel militant senior general foreign")
_NOT_GIVEN = lexicon(
    """
    the a an and but or so when while if after before since until though although because as at by for from in of on
    to with he she it they we you i his her their its this that these those then now here there not no yes
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december meanwhile however earlier later also yesterday today
    """
)
"""Capitalised at the beginning of a sentence, and no given name."""
_NEW = lexicon("a an one another some any no every each two three several many most few other")
_ACRONYM = re.compile(r"\(\s*([A-ZА-Я][A-ZА-Яa-z.]{1,9})\s*\)")
_INTERVIEW = re.compile(
    r"\b(?:interviews?|interviewed|conversation|comments?|statement|remarks|speaking|talking|spoke|[Ss]peaking)\s+"
    r"(?:with|to|for|on|by)\s+((?:[^\s,;]+\s*){1,8})"
)
_BODY = re.compile(
    r"(?<![\w-])(?:[A-Z][\w-]*[ ]){0,4}(?:Observatory|Ministry|Committee|Agency|Centre|Center|Institute|Network|Council|Office)"
    r"[ ](?:of|for)[ ](?:the[ ])?[A-Z][\w-]*(?:[ ](?!(?:At|In|On|The|He|She|It|By|A|An|For|From|Meanwhile)\b)[A-Z][\w-]*){0,3}"
)
"""A body by the form of its name, for parses that miss it: "the Harbour Observatory for Quays"."""
_UNSPOKEN = frozenset(
    {
        RegionKind.BYLINE,
        RegionKind.CREDIT,
        RegionKind.PHOTO_CREDIT,
        RegionKind.FOOTNOTE,
        RegionKind.BOILERPLATE,
    }
)
_BYLINE = re.compile(r"(?m)^(?:By|Text by|A column by)[ ][A-Z][^\n]{2,80}$")
"""Who wrote it is nobody that the article speaks of."""
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LOOK_BACK = 6  # paragraphs over which a pronoun or "the expert" may reach back


@dataclass(frozen=True, slots=True)
class Who:
    """What a source resolves to inside its article."""

    canonical: str | None = None
    kind: SourceKind = SourceKind.UNNAMED
    via: tuple[Span, ...] = ()
    via_name: str | None = None
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Somebody who has spoken so far: where, who, and the noun that they were mentioned by."""

    at: int
    who: Who
    span: Span
    noun: str = ""
    one: bool = False  # a single person


@dataclass(slots=True)
class _Person:
    """A person whom the article names, with what it says of them."""

    name: str
    roles: set[str] = field(default_factory=set)
    he: int = 0
    she: int = 0


class Cast:
    """Everyone and everything that the article names, by surname and acronym."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article = article
        self.analysis = analysis
        # A text of some length without one apostrophe has lost them: "Syrias army", "Rays house".
        self.lost = len(article.text) > 600 and not any(mark in article.text for mark in "'’")
        self.entities = [name.span for name in analysis.names]
        self.words = _WORDS.findall(article.text)  # one pass, so that a long article stays linear
        self.counts = Counter(self.words)
        self.places = self._places()
        self.mute = [r.span for r in article.regions if r.kind in _UNSPOKEN]
        self.mute += [Span(*m.span()) for m in _BYLINE.finditer(article.text)]
        self.bodies: list[tuple[int, str]] = []  # (offset, name) of every organisation named in full
        self.people: dict[str, _Person] = {}  # surname → the fullest name
        self.acronyms: dict[str, str] = {}
        self.mentions: list[tuple[int, str]] = []  # (offset, surname) of every person named
        for name in analysis.names:
            if name.label == "PERSON":
                self._meet(name)
            elif name.label == "ORG":
                self._learn_acronym(name)
                plain = self.unpossessed(
                    _plain(re.sub(r"^(?!.*\b(?:of|for) the ).* the (?=[A-Z])", "", name.text))
                )
                if " " in plain and len(plain) < 80:
                    self.bodies.append((name.span.start, plain))
        for hit in _BODY.finditer(article.text):
            self.bodies.append((hit.start(), self.unpossessed(_plain(hit.group()))))
        self.mentions.sort()
        self._complete()

    def _places(self) -> set[str]:
        """Surnames that are places here: they stand behind "in", "near", "at" at least as often as not."""
        placed: Counter[str] = Counter()
        before = ""
        for word in self.words:
            if before in _PLACING and word[:1].isupper():
                placed[word] += 1
            if word != "the":
                before = word.lower()
        out = set()
        for name in self.analysis.names:
            last = (
                name.text.split()[-1].strip(",.;:()") if name.label == "PERSON" and name.text.split() else ""
            )
            if placed[last] and 2 * placed[last] >= self.counts[last]:
                out.add(names.surname(name.text))
        return out

    def may_be_person(self, name: Name) -> bool:
        """Whether a name that the parser takes for a person's can be one: no place, no group, no "the Vale Front"."""
        plain = self.unpossessed(names.without_titles(name.text), person=True)
        parts = [w.lower() for w in re.findall(r"[\w]+", _after_body(plain))]
        before = self.analysis.tokens[name.first - 1].text.lower() if name.first else ""
        if before in _GENERIC | _GROUP_WORDS | words.OUTLET_WORDS:
            return False
        return (
            bool(parts)
            and len(parts) <= 6
            and plain[:1].isupper()
            and not any(ch.isdigit() for ch in plain)
            and not any(part in _GROUP_WORDS for part in parts)
            and parts[-1] not in _ORGANISATIONS | _GENERIC
            and not (len(parts) == 1 and parts[0] in words.DOCUMENT_HEADS | words.UNNAMED_HEADS)
            and "/" not in plain
            and governments.country_of(plain) is None
            and governments.of_people(plain) is None
            and names.surname(name.text) not in self.places
            and not (before == "the" and plain == name.text)
        )

    def unpossessed(self, name: str, *, person: bool = False) -> str:
        """The name with the apostrophes that the text has lost: "Syrias army" → "Syrian army"."""
        if not self.lost or governments.country_of(name):
            return _of_country(name)
        parts = name.split()
        last = len(parts) - 1
        out = [part if not self._owns(part) else f"{part[:-1]}'s" for part in parts[:last]]
        ending = parts[last : last + 1]
        if ending and (person or last == 0) and self._owns(ending[0]):
            ending = [ending[0][:-1]]
        return _of_country(" ".join((*out, *ending)))

    def sentence_start(self, i: int) -> int:
        """The first token of the sentence that token `i` stands in."""
        k = bisect_left(self.analysis.sentences, i + 1, key=lambda s: s[0]) - 1
        return self.analysis.sentences[max(k, 0)][0] if self.analysis.sentences else 0

    def _owns(self, word: str) -> bool:
        """Whether an "s" at the end of a word may be a possessive: without it the word is known here."""
        base = word[:-1]
        if (len(word) < 4 and not base.isupper()) or not word.endswith("s") or base.endswith("s"):
            return False
        bare = re.sub(r"^(?:al|el)-", "", base, flags=re.IGNORECASE)
        return bare[:1].isupper() and (
            base.isupper() or governments.country_of(base) is not None or bare in self.counts
        )

    def _meet(self, name: Name) -> None:
        if not self.may_be_person(name) or any(mute.overlaps(name.span) for mute in self.mute):
            return
        plain = _less_office(_after_body(self.unpossessed(names.without_titles(name.text), person=True)))
        key = names.surname(plain)
        if not key or not plain[:1].isalpha():
            return
        known = self.people.setdefault(key, _Person(plain))
        if len(plain.split()) > len(known.name.split()) and len(plain.split()) <= 4:
            known.name = plain
        self.mentions.append((name.span.start, key))
        tokens = self.analysis.tokens
        head = tokens[name.last - 1]
        around = {head.i}
        if head.dep == "appos":
            around.add(head.head)
        for t in tokens[max(0, name.first - 12) : min(len(tokens), name.last + 14)]:
            if (t.head in around and t.dep in {"compound", "appos", "nmod", "amod"}) or t.i in around:
                known.roles.add(t.lemma.lower())
        before = tokens[name.first - 1].text.lower().rstrip(".") if name.first else ""
        known.he += before == "mr"
        known.she += before in {"mrs", "ms", "miss"}

    def _learn_acronym(self, name: Name) -> None:
        found = _ACRONYM.match(
            self.article.text, name.span.end + (self.article.text[name.span.end : name.span.end + 1] == " ")
        )
        if found and len(name.text.split()) > 1:
            self.acronyms[found.group(1)] = re.sub(r"^[Tt]he\s+", "", name.text)

    def _complete(self) -> None:
        """Names of one word made full where the article has them in full: "Norrow", after "Ilse Norrow"."""
        given: dict[str, set[str]] = {}
        for pair in re.finditer(r"\b([A-Z][a-zé]+) (?=([A-Z][\w-]*))", self.article.text):
            given.setdefault(pair.group(2), set()).add(pair.group(1))
        for person in self.people.values():
            if " " in person.name or len(person.name) < 3:
                continue
            fitting = {
                word
                for word in given.get(person.name, ())
                if word.lower() not in names.TITLES | _NOT_GIVEN
                and not _personal_word(word.lower())
                and governments.of_people(word) is None
                and governments.country_of(word) is None
            }
            if len(fitting) == 1:
                person.name = f"{fitting.pop()} {person.name}"

    def introduce(self, name: str, at: int, role: str) -> str:
        """A person whom the words show and the parser missed; gives the fullest name known."""
        key = names.surname(name)
        known = self.people.setdefault(key, _Person(name))
        if len(known.name.split()) < len(name.split()) <= 4:
            known.name = name
        if role:
            known.roles.add(role)
        self.mentions.append((at, key))
        self.mentions.sort()
        return known.name

    def person(self, text: str) -> _Person | None:
        """The person a name leads to, by its last word."""
        return self.people.get(names.surname(names.without_titles(text)))


def _of_country(name: str) -> str:
    """A country's body under one name: "Syria's army" → "Syrian army"."""
    owner = re.match(r"([A-Z][\w.]*(?: [A-Z][\w.]*)?)['’]s? (?=[a-z])", name)
    people = governments.demonym(owner.group(1)) if owner else None
    return f"{people} {name[owner.end() :]}" if owner and people else name


def _after_body(name: str) -> str:
    """A person's name without the body before it and a possessive behind it: "EU's Ann Ray" → Ann Ray."""
    parts = name.split()
    while len(parts) > 2 and parts[0].lower() in _ORGANISATIONS | _GENERIC:
        parts.pop(0)
    name = " ".join(parts)
    name = re.sub(r"['’]s?$", "", name)
    return re.sub(r"^.*['’]s (?=[A-Z])", "", name)


def resolve(
    article: Article, analysis: Analysis, found: Sequence[Found], above: Sequence[int | None]
) -> tuple[Who, ...]:
    """Who each attribution leads to. One pass in text order: later words lean on earlier speakers."""
    cast = Cast(article, analysis)
    breaks = [m.start() for m in re.finditer(r"\n+", article.text)]
    spoken: list[_Spoken] = []
    by_source: dict[tuple[Span, ...], Who] = {}
    vias: dict[str, tuple[tuple[Span, ...], str]] = {}
    out: list[Who] = [Who()] * len(found)
    for k in sorted(range(len(found)), key=lambda k: (found[k].start, -found[k].extent.end)):
        f = found[k]
        if not f.source:
            continue
        parent = above[k]
        who = by_source.get(f.source)
        if who is None:
            who = _who(cast, f, spoken, breaks, out[parent] if parent is not None else None)
        by_source[f.source] = who
        via, via_name = _via(article, analysis, f)
        if via_name is None and who.canonical in vias and parent is None:
            via, via_name = vias[who.canonical]
        elif via_name is not None and who.canonical is not None and via_name != who.canonical:
            vias[who.canonical] = (via, via_name)
        out[k] = replace(who, via=via, via_name=via_name)
        noun, one = _noun_of(cast, f.source[0])
        spoken.append(_Spoken(f.extent.start, out[k], who.antecedent or f.source[0], noun, one))
    return tuple(out)


def _noun_of(cast: Cast, span: Span) -> tuple[str, bool]:
    """The noun that a source is mentioned by, and whether it is one of them."""
    tokens = _inside(cast.analysis, span)
    found = _core(cast, tokens)
    if found is None:
        return "", False
    head = cast.analysis.tokens[found.last]
    return head.lemma.lower(), head.tag in {"NN", "NNP"}


def _core(cast: Cast, tokens: Sequence[Token]) -> Core | None:
    if not tokens:
        return None
    return phrase.core(
        cast.article.text, cast.analysis.tokens, tokens[0].i, tokens[-1].i, _near(cast.entities, tokens)
    )


def _near(entities: Sequence[Span], tokens: Sequence[Token]) -> Sequence[Span]:
    first = bisect_left(entities, tokens[0].start, key=lambda e: e.end)
    last = bisect_left(entities, tokens[-1].end, key=lambda e: e.start)
    return entities[first:last]


def _who(cast: Cast, f: Found, spoken: Sequence[_Spoken], breaks: Sequence[int], holder: Who | None) -> Who:
    """Who a source is. `holder` is the speaker whose words it stands in, None outside any."""
    span = f.source[0]
    text = span.of(cast.article.text)
    tokens = _inside(cast.analysis, span)
    low = text.lower().strip()
    own = _own_voice(cast, f, low, holder)
    if own is not None:
        return own
    stands_for = _before_who(cast, tokens) if low == "who" else None
    if stands_for is not None:
        return _who(cast, replace(f, source=(stands_for,)), spoken, breaks, holder)
    if low in _PRONOUNS | _SPEAKER or (tokens and tokens[0].tag == "PRP"):
        return _pronoun(cast, tokens, span, spoken, breaks)
    found = _core(cast, tokens)
    head = cast.analysis.tokens[found.last] if found is not None else _head(tokens)
    if low in outlets.AGAIN:
        outlet = _outlet_before(spoken, span.start)
        if outlet is not None:
            return Who(outlet, SourceKind.OUTLET)
    person = _named_person(cast, tokens, span, head, found)
    if person is not None:
        return Who(person, SourceKind.PERSON)
    outlet = _outlet(cast, text, tokens) or outlets.behind_piece(tokens, _head(tokens))
    if outlet is not None:
        return Who(outlet, SourceKind.OUTLET)
    if (
        tokens
        and tokens[0].text.lower() in {"their", "his", "her", "its"}
        and (head is None or not _personal(head))
    ):
        return _pronoun(cast, tokens, span, spoken, breaks)
    if found is None or head is None:
        return Who(None, SourceKind.UNNAMED)
    return _by_core(cast, tokens, found, head, span, spoken, breaks)


def _before_who(cast: Cast, tokens: Sequence[Token]) -> Span | None:
    """The noun phrase that a relative "who" stands for."""
    every = cast.analysis.tokens
    verb = every[tokens[0].head]
    if verb.dep != "relcl" or verb.head >= tokens[0].i:
        return None
    first = last = verb.head
    while first and every[first - 1].dep in {"det", "compound", "amod", "poss", "nummod", "nmod"}:
        first -= 1
    return cast.analysis.span(first, last + 1)


def _by_core(
    cast: Cast,
    tokens: Sequence[Token],
    found: Core,
    head: Token,
    span: Span,
    spoken: Sequence[_Spoken],
    breaks: Sequence[int],
) -> Who:
    """Who a phrase without a person's name leads to, by the noun phrase at its beginning."""
    text = cast.article.text
    begun = cast.analysis.span(found.first, found.last + 1).of(text)
    lemma = head.lemma.lower()
    upper = head.text[:1].isupper() and not _only_a_beginning(cast, found, head)
    ministry = names.ministry(begun)
    if ministry is not None and ministry.count(" of ") < 2:
        ministry = names.ministry(re.split(r"[,;(]|\bwh", span.of(text))[0]) or ministry
    if ministry is not None and lemma not in words.ROLE_HEADS:
        if " of " not in ministry.removeprefix("Ministry of ") and lemma == "ministry":
            country = _country_in(span.of(text))
            known = _body_again(cast, found, "ministry", span, spoken, breaks)
            ministry = (
                f"{ministry} of {country}" if country else (known and names.ministry(known)) or ministry
            )
        return Who(ministry, SourceKind.ORGANISATION)
    if begun in cast.acronyms:
        return Who(cast.acronyms[begun], SourceKind.ORGANISATION)
    if lemma in words.DOCUMENT_HEADS and not (upper and found.last > found.first):
        return _document(cast, begun, found, head, span, spoken, breaks)
    if lemma in words.ROLE_HEADS and head.tag not in {"NNS", "NNPS"}:
        again = _by_role(cast, tokens, lemma, span, spoken, breaks)
        if again is not None:
            return again
    if lemma in words.UNNAMED_HEADS | words.ROLE_HEADS or (_personal(head) and not upper):
        return _unnamed(found, head, span, spoken, breaks)
    if upper:
        return _named_body(cast, tokens, found, begun)
    if lemma in _ORGANISATIONS | _GENERIC | _STATE_BODIES | words.OUTLET_WORDS:
        return _common_body(cast, tokens, found, head, span, spoken, breaks)
    second = phrase.introduces(text, cast.analysis.tokens, found, tokens[-1].i)
    if second is not None and lemma not in words.DOCUMENT_HEADS:
        return _second(cast, second, tokens[-1].i) or Who()
    return _unnamed(found, head, span, spoken, breaks)


def _only_a_beginning(cast: Cast, found: Core, head: Token) -> bool:
    """Whether a noun has its capital from the sentence alone: "Patients and staff said"."""
    return (
        found.first == found.last
        and head.tag == "NNS"
        and head.entity == ""
        and cast.counts[head.text] <= cast.counts[head.text.lower()] + 1
    )


def _second(cast: Cast, first: int, last: int) -> Who | None:
    """The body that a phrase brings in behind its first noun: "a group known as the White Coats"."""
    again = phrase.core(cast.article.text, cast.analysis.tokens, first, last, cast.entities)
    if again is None:
        return None
    name = _name_at(cast, again)
    return Who(name, SourceKind.ORGANISATION) if name else None


def _name_at(cast: Cast, found: Core) -> str:
    """The proper name that ends the core, "" of none."""
    stretch = phrase.proper(cast.analysis.tokens, found)
    if stretch is None:
        return ""
    return cast.unpossessed(_plain(cast.analysis.span(stretch[0], stretch[1] + 1).of(cast.article.text)))


def _named_body(cast: Cast, tokens: Sequence[Token], found: Core, begun: str) -> Who:
    """A phrase that ends in a proper name which is no person's."""
    name = _name_at(cast, found)
    head = cast.analysis.tokens[found.last]
    first = cast.analysis.tokens[found.first]
    if (
        first.lemma.lower() in words.ROLE_HEADS and found.last > found.first
    ):  # "Director of the Harbour Board"
        return Who(None, SourceKind.UNNAMED)
    stretch = phrase.proper(cast.analysis.tokens, found)
    if stretch is not None and stretch[0] > found.first:
        before = cast.analysis.tokens[stretch[0] - 1].lemma.lower()
        if before in words.OUTLET_WORDS - {"network", "agency", "press"}:
            return Who(names.outlet(name), SourceKind.OUTLET)
    if "/" in name:
        return Who(None, SourceKind.UNNAMED)
    second = phrase.introduces(cast.article.text, cast.analysis.tokens, found, tokens[-1].i)
    if second is not None and (head.entity in {"GPE", "LOC"} or (name != begun and " " not in name)):
        again = _second(cast, second, tokens[-1].i)
        if again is not None:
            return again
    if head.entity == "NORP" and head.text.endswith("s") and not cast.lost and head.tag in {"NNS", "NNPS"}:
        return Who(None, SourceKind.UNNAMED)  # a people is nobody: "the Syrians"
    if governments.of_people(name) or governments.of_people(name.removesuffix("s")):
        return Who(None, SourceKind.UNNAMED)
    if (
        head.entity in {"DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT"}
        and " " not in name
    ):
        return Who(None, SourceKind.UNNAMED)
    government = governments.government(name)
    if government is not None:
        return Who(government, SourceKind.ORGANISATION)
    if name.lower() in _STATE_BODIES | {"observatory", "ministry", "coalition", "agency", "army"}:
        return Who(_the_body(cast, name.lower()) or name, SourceKind.ORGANISATION)
    return Who(cast.acronyms.get(name, name or _plain(begun)), SourceKind.ORGANISATION)


def _common_body(
    cast: Cast,
    tokens: Sequence[Token],
    found: Core,
    head: Token,
    span: Span,
    spoken: Sequence[_Spoken],
    breaks: Sequence[int],
) -> Who:
    """A body named by a common noun: "the Vale army", "the monitoring group", "a rebel group the White Coats"."""
    text = cast.article.text
    all_tokens = cast.analysis.tokens
    second = phrase.introduces(text, all_tokens, found, tokens[-1].i)
    if second is not None:
        again = _second(cast, second, tokens[-1].i)
        if again is not None:
            return again
    begun = cast.unpossessed(_plain(cast.analysis.span(found.first, found.last + 1).of(text)))
    lemma = head.lemma.lower()
    country = _country_in(begun)
    if country is not None and lemma in _AUTHORITIES and " " in begun:
        return Who(f"Government of {country}", SourceKind.ORGANISATION)
    inner = phrase.before_noun(all_tokens, found)
    if inner is not None and lemma in _GENERIC | words.OUTLET_WORDS:
        name = cast.unpossessed(_plain(cast.analysis.span(inner[0], inner[1] + 1).of(text)))
        entity = all_tokens[inner[1]].entity
        if (
            entity not in {"NORP", "GPE"}
            and _country_in(name) is None
            and head.tag == "NN"
            and name[:1].isupper() | (" " in name or "-" in name)
        ):
            kind = (
                SourceKind.OUTLET
                if lemma in words.OUTLET_WORDS - {"network", "agency"}
                else SourceKind.ORGANISATION
            )
            return Who(name, kind)
    named = any(
        all_tokens[k].text[:1].isupper() and (k > cast.sentence_start(k) or all_tokens[k].pos == "PROPN")
        for k in range(found.first, found.last)
    )
    if named and head.tag != "NNS" and not (lemma in _GENERIC and country is not None):
        return Who(begun, SourceKind.ORGANISATION)
    again_name = _body_again(cast, found, lemma, span, spoken, breaks)
    if again_name is not None:
        kind = (
            SourceKind.OUTLET
            if any(s.who.canonical == again_name and s.who.kind is SourceKind.OUTLET for s in spoken)
            else SourceKind.ORGANISATION
        )
        return Who(again_name, kind)
    if head.tag == "NNS" or found.determiner in _NEW or lemma in _GENERIC | words.OUTLET_WORDS:
        return _unnamed(found, head, span, spoken, breaks)
    return Who(begun, SourceKind.ORGANISATION)


def _country_in(name: str) -> str | None:
    """The country that the words of a name name: "Syrian government", "government of Syria"."""
    for word in names.words_of(name):
        country = governments.of_people(word) or (
            governments.country_of(word) if word[:1].isupper() else None
        )
        if country is not None:
            return country
    return None


def _body_again(
    cast: Cast, found: Core, lemma: str, span: Span, spoken: Sequence[_Spoken], breaks: Sequence[int]
) -> str | None:
    """As in "the agency", "the monitor": a body of that noun named in the article, else the one that spoke last."""
    if found.determiner in _NEW or cast.analysis.tokens[found.last].tag == "NNS":
        return None
    named = _the_body(cast, lemma)
    if named is not None:
        return named
    if lemma in {"company", "firm"}:
        floor = _floor(span.start, breaks)
        near = [name for at, name in cast.bodies if floor <= at < span.start]
        near = [
            n
            for n in near
            if cast.person(n) is None and names.folded(n) not in names.folded(cast.article.outlet)
        ]
        private = [n for n in near if not {w.lower() for w in n.split()} & (_STATE_BODIES | _ORGANISATIONS)]
        if private:
            return private[-1]
    if lemma in _GENERIC | words.OUTLET_WORDS:
        floor = _floor(span.start, breaks)
        wanted = (
            {SourceKind.OUTLET}
            if lemma in words.OUTLET_WORDS
            else {SourceKind.ORGANISATION, SourceKind.OUTLET}
        )
        if lemma in {"company", "firm", "charity", "foundation", "committee"}:
            wanted = {SourceKind.ORGANISATION}
        last = next(
            (s for s in reversed(spoken) if floor <= s.at < span.start and s.who.kind in wanted), None
        )
        if last is not None:
            return last.who.canonical
        if lemma in words.OUTLET_WORDS:
            return _outlet_before(spoken, span.start)
    return None


def _the_body(cast: Cast, noun: str) -> str | None:
    """The body whose name holds the noun, the fullest that the article has.

    A country's body counts: "the army" where the article says "the Syrian army".
    """
    if noun in _STATE_BODIES:
        country = _countrys(cast, noun)
        if country is not None:
            if noun in _AUTHORITIES:
                return f"Government of {country}"
            return f"{governments.demonym(country) or country} {noun}"
    fitting = sorted(
        {name for _, name in cast.bodies if noun in name.lower().split()}, key=lambda n: (-len(n.split()), n)
    )
    return fitting[0] if fitting else None


def _countrys(cast: Cast, noun: str) -> str | None:
    """The one country whose body of that name the article speaks of."""
    found = re.findall(rf"\b([A-Z]\w+)(?:['’]s?)? {noun}\b", cast.article.text)
    countries = {
        governments.of_people(word)
        or governments.country_of(word)
        or governments.country_of(word.removesuffix("s"))
        for word in found
    } - {None}
    return countries.pop() if len(countries) == 1 else None


def _document(
    cast: Cast,
    begun: str,
    found: Core,
    head: Token,
    span: Span,
    spoken: Sequence[_Spoken],
    breaks: Sequence[int],
) -> Who:
    """A document; where the words say whose it is, that body or person speaks: "a statement by the Board".

    Pictures and films are evidence: what they show has no speaker unless the words name one.
    """
    lemma = head.lemma.lower()
    owner = _owner_of(cast, found, span)
    if owner is not None and not (owner.kind is SourceKind.UNNAMED and owner.antecedent is None):
        return owner
    if lemma in _PICTURES:
        return Who(None, SourceKind.UNNAMED)
    if lemma in _OWN_WORDS and found.determiner in {"the", "this", "that", "its", "his", "her", "their"}:
        floor = _floor(span.start, breaks)
        last = next((s for s in reversed(spoken) if floor <= s.at < span.start and s.who.canonical), None)
        if last is not None and last.who.kind in {SourceKind.PERSON, SourceKind.ORGANISATION}:
            return Who(last.who.canonical, last.who.kind)
    return Who(_plain(begun), SourceKind.DOCUMENT)


def _owner_of(cast: Cast, found: Core, span: Span) -> Who | None:
    """Whose document it is: "by X", "from X", "of X", "on X's website", or "the X statement"."""
    every = cast.analysis.tokens
    text = cast.article.text
    at = found.rest
    inside = at < len(every) and every[at].start < span.end
    if inside and every[at].tag == "VBN" and at + 1 < len(every):  # "a statement issued by X"
        at += 1
    last = max(_inside(cast.analysis, span), key=lambda t: t.i).i
    if inside and every[at].text.lower() in {"by", "from", "on", "of"} and at < last:
        again = phrase.core(text, every, at + 1, last, cast.entities)
        if again is None:
            return None
        final = every[again.last]
        if (
            final.lemma.lower() in {"website", "site", "page", "account", "channel"}
            and again.last > again.first
        ):
            again = replace(again, last=again.last - 1)
            while again.last > again.first and every[again.last].text in {"'s", "’s", "'", "’"}:
                again = replace(again, last=again.last - 1)
        elif every[at].text.lower() in {"on", "of"} and not final.text[:1].isupper():
            return None
        return _body_or_person(cast, again, span)
    before = phrase.before_noun(every, found)
    if before is not None and before[1] < found.last and every[found.last].lemma.lower() in _OWN_WORDS:
        country = every[before[0]].entity == "NORP" and before[1] + 1 < found.last
        stop = found.last - 1 if country else before[1]
        while every[stop].text in {"'s", "’s", "'", "’"} and stop > before[0]:
            stop -= 1
        return _body_or_person(cast, Core(before[0], stop, "the", stop + 1), span)
    return None


def _body_or_person(cast: Cast, core: Core, span: Span) -> Who | None:
    """The person or body that a noun phrase inside a source names, None where it names nobody."""
    every = cast.analysis.tokens
    tokens = every[core.first : core.last + 1]
    head = every[core.last]
    person = _named_person(cast, tokens, cast.analysis.span(core.first, core.last + 1), head, core)
    if person is not None:
        return Who(person, SourceKind.PERSON)
    if head.lemma.lower() in words.DOCUMENT_HEADS:  # a document of a document
        return None
    who = _by_core(cast, tokens, core, head, cast.analysis.span(core.first, core.last + 1), (), ())
    return who if who.canonical else None


def _unnamed(found: Core, head: Token, span: Span, spoken: Sequence[_Spoken], breaks: Sequence[int]) -> Who:
    """Somebody without a name, and where they were mentioned first: "the official", after "a port official"."""
    if found.determiner in {"the", "this", "that", "these", "those", "both", "said"}:
        floor = _floor(span.start, breaks)
        lemma = head.lemma.lower()
        for s in reversed(spoken):
            if floor <= s.at < span.start and s.noun == lemma and s.who.kind is SourceKind.UNNAMED:
                return replace(Who(), antecedent=s.span)
    return Who(None, SourceKind.UNNAMED)


def _personal(token: Token) -> bool:
    """Whether a noun is one person or several, not a body of them: "councillor", "welder", "residents"."""
    lemma = token.lemma.lower()
    return _personal_word(lemma) and (lemma in words.ROLE_HEADS | words.UNNAMED_HEADS or token.pos == "NOUN")


def _personal_word(lemma: str) -> bool:
    bodies = _ORGANISATIONS | _GENERIC | _STATE_BODIES | words.DOCUMENT_HEADS | words.OUTLET_WORDS
    return lemma not in bodies and words.is_people(lemma)


def _own_voice(cast: Cast, f: Found, low: str, holder: Who | None) -> Who | None:
    """The article's own voice: "we", "I", "this reporter" outside anybody's words; first-hand where they perceive."""
    plain = low.removeprefix("the ")
    first_person = low in {"i", "we", "me", "us"}
    if first_person and holder is not None:
        return replace(holder, via=(), via_name=None)
    if first_person and (_in_quotation(cast, f) or not cast.article.text):
        return None
    if not first_person and plain not in _OWN:
        return None
    cue = [t for s in f.cue for t in _inside(cast.analysis, s)]
    seen = any(t.lemma.lower() in (_PERCEIVING - _READING if low == "i" else _PERCEIVING) for t in cue)
    past = any(t.tag in {"VBD", "VBN"} for t in cue)  # "I see" is a turn of phrase
    if (
        seen
        and (past or not first_person)
        and not any(t.text.lower() in {"not", "never", "n't"} for t in cue)
    ):
        return Who(cast.article.outlet or None, SourceKind.FIRST_HAND)
    if cast.article.outlet:
        return Who(cast.article.outlet, SourceKind.OUTLET)
    return Who()


def _in_quotation(cast: Cast, f: Found) -> bool:
    """Whether the source stands in quotation marks; on the safe side where they are uneven."""
    at = f.source[0].start
    begin = cast.article.text.rfind("\n", 0, at) + 1
    before = cast.article.text[begin:at]
    return (
        sum(before.count(m) for m in "“«„") > sum(before.count(m) for m in "”»") or before.count('"') % 2 == 1
    )


def _inside(analysis: Analysis, span: Span) -> list[Token]:
    first = bisect_left(analysis.tokens, span.start, key=lambda t: t.start)
    out: list[Token] = []
    while first < len(analysis.tokens) and analysis.tokens[first].start < span.end:
        out.append(analysis.tokens[first])
        first += 1
    return out


def _head(tokens: Sequence[Token]) -> Token | None:
    """The token whose own head stands outside the phrase."""
    present = {t.i for t in tokens}
    for t in tokens:
        if (t.head not in present or t.head == t.i) and t.pos not in {"PUNCT", "DET", "ADP"}:
            return t
    return tokens[-1] if tokens else None


def _plain(text: str) -> str:
    """A name as a name: article, possessive and outer marks off."""
    plain = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", text.strip(' ,.;:"“”'))
    return re.sub(r"['’]s$", "", plain)


def _named_person(
    cast: Cast, tokens: Sequence[Token], span: Span, head: Token | None, found: Core | None
) -> str | None:
    """The person named in the phrase, when it is the phrase that they are: not "a friend of Ann Ray"."""
    if found is None or head is None:
        return None
    core_head, head = head, _head(tokens)
    for name in _names_from(cast, span.start):
        if name.span.start >= span.end:
            break
        if name.label != "PERSON" or not span.contains(name.span) or not cast.may_be_person(name):
            continue
        if _stands_for_phrase(cast, tokens, name, found, core_head):
            return _person_called(cast, name.text)
        inner = cast.analysis.tokens[name.first : name.last]
        top = next((t for t in inner if not name.first <= t.head < name.last or t.head == t.i), inner[-1])
        owns = any(
            t.text in {"'s", "’s", "'", "’"} and t.dep == "case"
            for t in cast.analysis.tokens[name.last - 1 : name.last + 1]
        )
        direct = head is not None and (
            name.first <= head.i < name.last
            or (top.dep in {"appos", "ROOT", "nsubj", "pobj"} and top.head == head.i)
        )
        ahead = name.first - 1
        while ahead > found.first and cast.analysis.tokens[ahead].text.lower().rstrip(".") in names.TITLES:
            ahead -= 1
        about = name.first > found.last and cast.analysis.tokens[ahead].text.lower() in _ABOUT
        if direct and not owns and not about and name.last > found.first:
            return _person_called(cast, name.text)
    return _introduced(cast, tokens, found, core_head)


def _names_from(cast: Cast, start: int) -> Iterator[Name]:
    """The names that begin at `start` or later."""
    for k in range(bisect_left(cast.entities, start, key=lambda e: e.start), len(cast.entities)):
        yield cast.analysis.names[k]


def _person_called(cast: Cast, name: str) -> str:
    return _less_office(_full_name(cast, name))


def _less_office(name: str) -> str:
    """A name without the office that the parser took with it: "Harbour Board Secretary Ann Ray" → Ann Ray."""
    parts = name.split()
    at = max(
        (k for k, p in enumerate(parts[:-1]) if p.lower().rstrip(".") in names.TITLES | {"state", "affairs"}),
        default=-1,
    )
    return " ".join(parts[at + 1 :]) if len(parts) > 3 and len(parts) - at - 1 >= 1 else name


def _full_name(cast: Cast, name: str) -> str:
    plain = _after_body(cast.unpossessed(names.without_titles(name), person=True))
    person = cast.person(plain)
    return person.name if person and _may_be_one(plain, person.name) else plain


def _may_be_one(one: str, other: str) -> bool:
    """Whether two names with one surname may be one person's: no two given names with other initials."""
    a, b = names.folded(one).split(), names.folded(other).split()
    return len(a) < 2 or len(b) < 2 or a[0][0] == b[0][0] or a[0] in b or b[0] in a


def _stands_for_phrase(cast: Cast, tokens: Sequence[Token], name: Name, found: Core, head: Token) -> bool:
    """Whether a person's name ends the core or, behind a role, the phrase: "the head of the Board Ann Ray"."""
    every = cast.analysis.tokens
    if name.first <= found.last < name.last:
        return True
    before = name.first - 1
    while before > found.first and every[before].text.lower().rstrip(".") in names.TITLES:
        before -= 1
    if (
        every[before].text.lower() in _ABOUT | {"'s", "’s", "'", "’", "and", "or"}
        or every[before].tag == "POS"
    ):
        return False
    after = every[name.last] if name.last < len(every) else None
    if after is not None and after.text in {"'s", "’s", "'", "’"}:
        return False
    role = _personal(head) or head.lemma.lower() in {"one", "head", "member", "chief"}
    ends = name.last - 1 >= tokens[-1].i or (after is not None and after.text in {",", "(", "—", "–", "-"})
    singular = head.tag in {"NN", "NNP", "CD"}
    apposed = every[before].text == "," and before == found.rest
    return singular and role and ends and (apposed or head.pos == "PROPN" or every[before].pos == "PROPN")


def _introduced(cast: Cast, tokens: Sequence[Token], found: Core, head: Token) -> str | None:
    """A name that the parser gave no label, or a wrong one: it stands behind a role, or is a surname known here."""
    every = cast.analysis.tokens
    apposed = _apposed(cast, tokens, found, head)
    if apposed is not None:
        return apposed
    stretch = phrase.proper(every, found)
    if stretch is None:
        return None
    first, last = stretch
    name = _after_body(cast.unpossessed(cast.analysis.span(first, last + 1).of(cast.article.text)))
    plain = _less_office(names.without_titles(name))
    parts = [w.lower() for w in re.findall(r"\w+", plain)]
    if not parts or any(p in _GROUP_WORDS for p in parts) or governments.country_of(plain) or len(parts) > 5:
        return None
    role = every[first - 1].lemma.lower() if first > found.first else ""
    labels = {every[k].entity for k in range(max(first, last + 1 - len(plain.split())), last + 1)}
    bodies = _ORGANISATIONS | _GENERIC | _STATE_BODIES | _BODY_ENDINGS
    if any(p.removesuffix("s") in bodies or p in bodies for p in parts):
        return None
    named_first = (
        governments.of_people(every[first].text) is None and every[first].text.lower() not in _ADJECTIVAL
    )
    if (
        named_first
        and first == found.first
        and last > first + 1
        and _personal_word(every[first].lemma.lower())
    ):
        plain = " ".join(plain.split()[1:]) if plain == name else plain  # "Councillor Ann Ray"
    titled = plain != name and len(plain.split()) <= 3
    if role and _personal(every[first - 1]) and every[first - 1].tag == "NN" and not labels & {"GPE", "NORP"}:
        return cast.introduce(plain, every[first].start, role)
    if titled and not labels & {"GPE", "NORP", "LOC"} and names.surname(plain) not in cast.places:
        return cast.introduce(plain, every[first].start, "")
    if len(parts) <= 3:
        person = cast.person(plain)
        if person is not None and (len(parts) == 1 or names.folded(plain) in names.folded(person.name)):
            return person.name
    begun = cast.analysis.span(found.first, found.last + 1).of(cast.article.text)
    for (
        person
    ) in cast.people.values():  # "Ann Ray Secretary General of the Board", "Director of the Board Ann Ray"
        if " " in person.name and (begun.startswith(f"{person.name} ") or begun.endswith(f" {person.name}")):
            return person.name
    described = found.rest <= tokens[-1].i and 1 < len(parts) <= 4 and first == found.first
    if described and _described(cast, tokens, found) and not labels & {"ORG", "GPE", "NORP"}:
        return cast.introduce(plain, every[first].start, "")
    if (
        len(parts) == 1
        and described is False
        and found.rest <= tokens[-1].i
        and _described(cast, tokens, found)
    ):
        return cast.introduce(plain, every[first].start, "")
    return None


def _apposed(cast: Cast, tokens: Sequence[Token], found: Core, head: Token) -> str | None:
    """The name behind a role and a comma, whatever the parser makes of it: "the fire chief, Ines Hall"."""
    every = cast.analysis.tokens
    role = _personal(head) or (head.lemma.lower() == "one")
    first = found.rest + 1
    while found.rest <= tokens[-1].i and first <= tokens[-1].i and every[found.rest].text != ",":
        if every[found.rest].text != "of" or found.rest + 2 > tokens[-1].i:  # "one of them, Ann Ray"
            return None
        found = replace(found, rest=found.rest + 2)
        first = found.rest + 1
    if not role or head.tag in {"NNS", "NNPS"} or first > tokens[-1].i or not every[first].text[:1].isupper():
        return None
    last = first
    while last < tokens[-1].i and every[last + 1].text[:1].isupper():
        last += 1
    ends = last == tokens[-1].i or every[last + 1].text in {",", "—", "–", "("}
    name = names.without_titles(cast.analysis.span(first, last + 1).of(cast.article.text))
    parts = name.lower().split()
    if not ends or not 1 <= len(parts) <= 4 or any(p in _GROUP_WORDS for p in parts):
        return None
    if every[first].pos == "DET" or governments.country_of(name) or governments.of_people(name):
        return None
    return cast.introduce(name, every[first].start, head.lemma.lower())


def _described(cast: Cast, tokens: Sequence[Token], found: Core) -> bool:
    """Whether the name is followed by what the person is: "…, a welder", "… a resident of the quarter"."""
    every = cast.analysis.tokens
    at = found.rest
    if at <= tokens[-1].i and every[at].text == ",":
        at += 1
    if at > tokens[-1].i:
        return False
    again = phrase.core(cast.article.text, every, at, tokens[-1].i, cast.entities)
    if again is None or not (again.determiner in {"a", "an", "the"} or every[at].pos == "NOUN"):
        return False
    head = every[again.last]
    return again.first <= at + 4 and _personal(head) and head.tag == "NN"


def _outlet(cast: Cast, text: str, tokens: Sequence[Token]) -> str | None:
    """The name in "the portal «Bay.NET»", or a wire service known by name."""
    lows = [t.text.lower() for t in tokens]
    quoted = re.search(r"[«“\"]([^«»“”\"]{2,40})[»”\"]", text)
    if quoted and any(low in words.OUTLET_WORDS for low in lows):
        return names.outlet(quoted.group(1))
    plain = _plain(text)
    if plain.lower() in words.OUTLET_NAMES:
        return plain
    by_form = outlets.named_by_form(plain, tokens)
    if by_form is not None:
        return by_form
    if any(
        low in words.OUTLET_WORDS - {"agency", "network", "press", "channel", "station", "site", "paper"}
        for low in lows
    ):
        named = tokens[-1].pos == "PROPN" and not any(t.entity == "PERSON" for t in tokens)
        if named:
            return outlets.name_at_end(tokens) or " ".join(t.text for t in tokens if t.pos == "PROPN")
    if any(low in {"agency", "channel", "network", "station"} for low in lows) and any(
        low in {"news", "tv", "television", "radio"} for low in lows
    ):
        return _named_channel(cast, tokens)
    return None


_LOOSE = re.compile(r"(?:[Tt]he|[Ss]tate|An?|[\w-]+-(?:affiliated|linked|run|based|backed|owned|language))")
_CHANNEL = re.compile(
    r"((?:[A-Z][\w-]*|al-[A-Z]\w+)(?:[ ][A-Z][\w-]*){0,3})[ ](?:news[ ])?(?:agency|channel|network|station|television|radio)\b"
)


def _named_channel(cast: Cast, tokens: Sequence[Token]) -> str | None:
    """The name in "the Bay news agency", "state news agency Bay"."""
    found = _core(cast, tokens)
    if found is None:
        return None
    every = cast.analysis.tokens
    before = _CHANNEL.search(cast.article.text, tokens[0].start, tokens[-1].end)
    if before is not None:
        parts = before.group(1).split()
        while len(parts) > 1 and (governments.of_people(parts[0]) or _LOOSE.fullmatch(parts[0])):
            parts.pop(0)
        if not governments.of_people(parts[0]) and not _LOOSE.fullmatch(parts[0]):
            return " ".join(parts)
    stretch = phrase.proper(every, found) or phrase.before_noun(every, found)
    if stretch is None:
        return None
    name = _plain(cast.analysis.span(stretch[0], stretch[1] + 1).of(cast.article.text))
    if every[stretch[1]].entity in {"DATE", "TIME", "CARDINAL"} or name.lower() in _WORDS_ONLY:
        return None
    return name if not governments.of_people(name) and not governments.country_of(name) else None


_WORDS_ONLY = lexicon("tv television radio news agency channel state video footage the a an")


def _outlet_before(spoken: Sequence[_Spoken], start: int) -> str | None:
    """The outlet that was named last, as speaker or as the one who was told."""
    for s in reversed(spoken):
        if s.at < start and s.who.kind is SourceKind.OUTLET:
            return s.who.canonical
        if s.at < start and s.who.via_name is not None:
            return s.who.via_name
    return None


def _pronoun(
    cast: Cast, tokens: Sequence[Token], span: Span, spoken: Sequence[_Spoken], breaks: Sequence[int]
) -> Who:
    """The last person who fits: the last speaker, unless somebody is named as a subject since."""
    low = tokens[0].text.lower() if tokens else ""
    floor = _floor(span.start, breaks)
    near = [s for s in spoken if floor <= s.at < span.start]
    if low in _THEY:
        return _they(cast, tokens, span, near)
    wanted = "he" if low in _HE else "she" if low in _SHE else ""
    candidates: list[tuple[int, str, _Spoken | None]] = []
    for s in near:
        if s.who.kind is SourceKind.PERSON and s.who.canonical:
            candidates.append((s.at, names.surname(s.who.canonical), s))
        elif (
            s.who.kind is SourceKind.UNNAMED and s.one and (s.noun in words.UNNAMED_HEADS | words.ROLE_HEADS)
        ):
            candidates.append((s.at, "", s))
    candidates += [
        (at + _weight(cast, at), key, None) for at, key in cast.mentions if floor <= at < span.start
    ]
    for _, key, speaker in sorted(candidates, key=lambda c: (-c[0], c[1])):
        if not key and speaker is not None:
            return Who(None, SourceKind.UNNAMED, antecedent=speaker.span)
        person = cast.people.get(key)
        if person is None:
            continue
        if (wanted == "he" and person.she > person.he) or (wanted == "she" and person.he > person.she):
            continue
        person.he += wanted == "he"
        person.she += wanted == "she"
        return Who(person.name, SourceKind.PERSON)
    return Who()


def _they(cast: Cast, tokens: Sequence[Token], span: Span, near: Sequence[_Spoken]) -> Who:
    """As in "it" and "they": the last speaker who is no single person."""
    subject = _plural_before(cast, span, tokens)
    if subject is not None:
        return Who(subject, SourceKind.ORGANISATION)
    if tokens and tokens[0].text.lower() in {"it", "its", "itself"}:
        last = next(
            (s for s in reversed(near) if s.who.canonical and s.who.kind is not SourceKind.PERSON), None
        )
    else:
        last = near[-1] if near else None
    if (
        last is None
        or last.who.kind is SourceKind.PERSON
        or (last.who.kind is SourceKind.UNNAMED and last.one)
    ):
        return Who()
    antecedent = last.span if last.who.kind is SourceKind.UNNAMED else None
    return Who(last.who.canonical, last.who.kind, antecedent=antecedent)


def _weight(cast: Cast, offset: int) -> int:
    """A subject counts as nearer than an object: the distance in characters that being one is worth."""
    i = bisect_left(cast.analysis.tokens, offset, key=lambda t: t.start)
    tokens = cast.analysis.tokens
    for t in tokens[i : i + 4]:
        if t.dep in {"nsubj", "nsubjpass"}:
            return 0
        if t.dep != "compound":
            break
    return -150


def _floor(start: int, breaks: Sequence[int]) -> int:
    k = bisect_left(breaks, start)
    return breaks[k - _LOOK_BACK] if k >= _LOOK_BACK else 0


def _plural_before(cast: Cast, span: Span, tokens: Sequence[Token]) -> str | None:
    """For "according to their information": the last subject of the sentence before it."""
    if not tokens or tokens[0].i == 0 or len(tokens) < 2:
        return None
    i = tokens[0].i - 1
    while i >= 0 and cast.analysis.tokens[i].text not in {".", "!", "?"} and tokens[0].i - i < 60:
        t = cast.analysis.tokens[i]
        if t.dep in {"nsubj", "nsubjpass"} and t.tag in {"NNS", "NNPS"}:
            first = i
            while first > 0 and cast.analysis.tokens[first - 1].dep in {"compound", "amod", "nmod", "poss"}:
                first -= 1
            return _plain(cast.analysis.span(first, i + 1).of(cast.article.text))
        i -= 1
    return None


def _by_role(
    cast: Cast,
    tokens: Sequence[Token],
    lemma: str,
    span: Span,
    spoken: Sequence[_Spoken],
    breaks: Sequence[int],
) -> Who | None:
    """As in "The minister", "the expert": the named person of that role, else the person who spoke last.

    Not for "a minister", "one expert": those are somebody new.
    """
    first = tokens[0].text.lower()
    if first in _NEW:
        return None
    floor = _floor(span.start, breaks)
    near = [s for s in spoken if floor <= s.at < span.start]
    unnamed = next((s for s in reversed(near) if s.noun == lemma and s.who.kind is SourceKind.UNNAMED), None)
    for at, key in reversed(cast.mentions):
        if at < span.start and lemma in cast.people[key].roles:
            if unnamed is not None and unnamed.at > at:
                break
            return Who(cast.people[key].name, SourceKind.PERSON)
    if unnamed is not None:
        return Who(None, SourceKind.UNNAMED, antecedent=unnamed.span)
    if lemma in _VAGUE:
        return None
    if first in {"the", "this", lemma} or tokens[0].pos in {"ADJ", "NOUN"}:
        last = near[-1] if near else None
        if last is not None and last.who.kind is SourceKind.PERSON and _bare(tokens):
            return Who(last.who.canonical, SourceKind.PERSON)
    return None


def _bare(tokens: Sequence[Token]) -> bool:
    """Whether a role stands alone or with one adjective: "the expert", not "the head of the harbour police"."""
    return len(tokens) <= 3


def _via(article: Article, analysis: Analysis, f: Found) -> tuple[tuple[Span, ...], str | None]:
    """Where it was said: "in an interview with X", "told X"."""
    if f.via:
        return f.via, names.outlet(f.via[0].of(article.text))
    if not f.cue:
        return (), None
    cue = f.cue[0]
    begin = (
        max(article.text.rfind("\n", 0, cue.start), article.text.rfind(". ", 0, cue.start), cue.start - 300)
        + 1
    )
    for start, end in ((begin, cue.start), (cue.end, min(len(article.text), cue.end + 80))):
        piece = article.text[start:end].split("\n")[0]
        hit = _INTERVIEW.search(piece)
        if hit is None:
            continue
        name = _proper_only(hit.group(1))
        if name:
            at = start + hit.start(1) + hit.group(1).index(name)
            span = Span(at, at + len(name))
            if not _relays(analysis, span):
                continue
            if not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), _in_full(article, span, names.outlet(name))
    own = _OWN_OUTLET.match(article.text, cue.end, min(len(article.text), cue.end + 40))
    if own is not None:
        return (Span(*own.span(1)),), article.outlet or None
    after = _inside(analysis, Span(cue.end, cue.end + 60))
    if _inside(analysis, cue) and _inside(analysis, cue)[-1].lemma.lower() == "tell" and after:
        k = 0
        while k < len(after) and after[k].text.lower() in {"the"}:
            k += 1
        j = k
        while j < len(after) and after[j].pos == "PROPN" and after[j].entity not in {"PERSON"}:
            j += 1
        told = Span(after[k].start, after[j - 1].end) if j > k else Span(0, 0)
        if j > k and (
            after[k].entity in {"ORG", "", "PRODUCT", "WORK_OF_ART"}
            or names.like_outlet(told.of(article.text))
        ):
            span = told
            if _relays(analysis, span) and not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), _in_full(article, span, names.outlet(span.of(article.text)))
    return (), None


def _relays(analysis: Analysis, span: Span) -> bool:
    tokens = _inside(analysis, span)
    following = tokens[-1].i + 1 if tokens else len(analysis.tokens)
    after = analysis.tokens[following] if following < len(analysis.tokens) else None
    return outlets.may_relay(tokens, after)


_OWN_OUTLET = re.compile(
    r"\s(this (?:newspaper|paper|reporter|writer|site|portal|magazine|correspondent)|our (?:reporter|correspondent|newspaper)|us)\b"
)
"""The article's own outlet as the one who was told."""


def _in_full(article: Article, span: Span, name: str) -> str:
    """The article's outlet where a name is a part of its own: "told the Tribune", in the Capital Tribune."""
    if not article.outlet:
        return name
    own, said = names.folded(article.outlet).split(), names.folded(name).split()
    whole = article.text.startswith(article.outlet.removeprefix("The "), span.start)
    if whole or (said and own[-len(said) :] == said):
        return article.outlet
    return name


def _proper_only(text: str) -> str:
    """The first run of capitalised words."""
    found = re.search(r"[A-ZА-Я][\w’'.-]*(?:\s+[A-ZА-Я][\w’'.-]*){0,3}", text[:80])
    return found.group().rstrip(".,'’") if found else ""
