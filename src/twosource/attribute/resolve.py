"""Who a source is, inside one article: pronouns, surnames, "the expert", acronyms, ministries, outlets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..language.analysis import Analysis, Name, Token
from ..model import Article, SourceKind, Span
from . import names
from .english import words
from .found import Found
from .lexicon import lexicon

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
_ACRONYM = re.compile(r"\(\s*([A-ZА-Я][A-ZА-Яa-z.]{1,9})\s*\)")
_INTERVIEW = re.compile(
    r"\b(?:interviews?|interviewed|conversation|comments?|statement|remarks|speaking|talking|spoke|[Ss]peaking)\s+"
    r"(?:with|to|for|on|by)\s+((?:[^\s,;]+\s*){1,8})"
)
_LOOK_BACK = 6  # paragraphs over which a pronoun or "the expert" may reach back


@dataclass(frozen=True, slots=True)
class Who:
    """What a source resolves to inside its article."""

    canonical: str | None = None
    kind: SourceKind = SourceKind.UNNAMED
    via: tuple[Span, ...] = ()
    via_name: str | None = None


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
        self.people: dict[str, _Person] = {}  # surname → the fullest name
        self.acronyms: dict[str, str] = {}
        self.mentions: list[tuple[int, str]] = []  # (offset, surname) of every person named
        for name in analysis.names:
            if name.label == "PERSON":
                self._meet(name)
            elif name.label == "ORG":
                self._learn_acronym(name)
        self.mentions.sort()

    def _meet(self, name: Name) -> None:
        plain = re.sub(r"['’]s$", "", names.without_titles(name.text))
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

    def person(self, text: str) -> _Person | None:
        """The person a name leads to, by its last word."""
        return self.people.get(names.surname(names.without_titles(text)))


def resolve(
    article: Article, analysis: Analysis, found: Sequence[Found], above: Sequence[int | None]
) -> tuple[Who, ...]:
    """Who each attribution leads to. One pass in text order: later words lean on earlier speakers."""
    cast = Cast(article, analysis)
    breaks = [m.start() for m in re.finditer(r"\n+", article.text)]
    spoken: list[tuple[int, Who]] = []  # (offset, who) of the outermost speakers so far
    by_source: dict[tuple[Span, ...], Who] = {}
    vias: dict[str, tuple[tuple[Span, ...], str]] = {}
    out: list[Who] = [Who()] * len(found)
    for k in sorted(range(len(found)), key=lambda k: (found[k].start, found[k].extent)):
        f = found[k]
        if not f.source:
            continue
        who = by_source.get(f.source) or _who(cast, f, spoken, breaks)
        by_source[f.source] = who
        via, via_name = _via(article, analysis, f)
        if via_name is None and who.canonical in vias and above[k] is None:
            via, via_name = vias[who.canonical]
        elif via_name is not None and who.canonical is not None and via_name != who.canonical:
            vias[who.canonical] = (via, via_name)
        out[k] = Who(who.canonical, who.kind, via, via_name)
        spoken.append((f.extent.start, who))
    return tuple(out)


def _who(cast: Cast, f: Found, spoken: Sequence[tuple[int, Who]], breaks: Sequence[int]) -> Who:
    span = f.source[0]
    text = span.of(cast.article.text)
    tokens = _inside(cast.analysis, span)
    low = text.lower().strip()
    if low in _PRONOUNS | _SPEAKER or (tokens and tokens[0].text.lower() in {"their", "his", "her", "its"}):
        return _pronoun(cast, tokens, span, spoken, breaks)
    head = _head(tokens)
    outlet = _outlet(cast, text, tokens)
    if outlet is not None:
        return Who(outlet, SourceKind.OUTLET)
    ministry = names.ministry(text) if head is None or head.entity != "PERSON" else None
    if ministry is not None and (head is None or head.lemma.lower() not in words.ROLE_HEADS):
        return Who(ministry, SourceKind.ORGANISATION)
    person = _named_person(cast, tokens, span, head)
    if person is not None:
        return Who(person, SourceKind.PERSON)
    lemma = head.lemma.lower() if head is not None else ""
    if text in cast.acronyms:
        return Who(cast.acronyms[text], SourceKind.ORGANISATION)
    if lemma in words.DOCUMENT_HEADS:
        return Who(_plain(text), SourceKind.DOCUMENT)
    if lemma in words.ROLE_HEADS and head is not None and head.tag not in {"NNS", "NNPS"}:
        again = _by_role(cast, tokens, lemma, span, spoken, breaks)
        if again is not None:
            return again
    if lemma in words.UNNAMED_HEADS or (
        lemma in words.ROLE_HEADS and head is not None and head.pos == "NOUN"
    ):
        return Who(None, SourceKind.UNNAMED)
    if head is not None and (
        head.pos == "PROPN" or lemma in _ORGANISATIONS or head.entity in {"ORG", "GPE", "NORP"}
    ):
        name = _plain(text)
        return Who(cast.acronyms.get(name, name), SourceKind.ORGANISATION)
    return Who(None, SourceKind.UNNAMED)


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


def _named_person(cast: Cast, tokens: Sequence[Token], span: Span, head: Token | None) -> str | None:
    """The person named in the phrase, when it is the phrase that they are: not "a friend of Ann Ray"."""
    for name in cast.analysis.names:
        if name.label != "PERSON" or not span.contains(name.span):
            continue
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
        if direct and not owns:
            person = cast.person(name.text)
            return person.name if person else names.without_titles(name.text)
    if head is not None and head.pos == "PROPN" and len(tokens) <= 3:
        person = cast.person(span.of(cast.article.text))
        if person is not None:
            return person.name
    return None


def _outlet(cast: Cast, text: str, tokens: Sequence[Token]) -> str | None:
    """The name in "the portal «Bay.NET»", or a wire service known by name."""
    lows = [t.text.lower() for t in tokens]
    quoted = re.search(r"[«“\"]([^«»“”\"]{2,40})[»”\"]", text)
    if quoted and any(low in words.OUTLET_WORDS for low in lows):
        return names.outlet(quoted.group(1))
    plain = _plain(text)
    if plain.lower() in words.OUTLET_NAMES:
        return plain
    if re.fullmatch(r"[\w-]+\.(?:com|org|net|ru|co|info|news|tv)", plain, re.IGNORECASE):
        return names.outlet(plain)
    if any(
        low in words.OUTLET_WORDS - {"agency", "network", "press", "channel", "station", "site", "paper"}
        for low in lows
    ):
        proper = [t.text for t in tokens if t.pos == "PROPN"]
        if proper and tokens[-1].pos == "PROPN" and not any(t.entity == "PERSON" for t in tokens):
            return " ".join(proper)
    if any(low in {"agency", "channel", "network", "station"} for low in lows) and any(
        low in {"news", "tv", "television", "radio"} for low in lows
    ):
        proper = [t.text for t in tokens if t.pos == "PROPN"]
        if proper:
            return " ".join(proper)
    return None


def _pronoun(
    cast: Cast, tokens: Sequence[Token], span: Span, spoken: Sequence[tuple[int, Who]], breaks: Sequence[int]
) -> Who:
    """The last person who fits: the last speaker, unless somebody is named as a subject since."""
    low = tokens[0].text.lower() if tokens else ""
    floor = _floor(span.start, breaks)
    if low in _THEY:
        subject = _plural_before(cast, span, tokens)
        if subject is not None:
            return Who(subject, SourceKind.ORGANISATION)
        last = next((w for at, w in reversed(spoken) if at >= floor and at < span.start), None)
        return last if last is not None and last.kind is not SourceKind.PERSON else Who()
    wanted = "he" if low in _HE else "she" if low in _SHE else ""
    candidates: list[tuple[int, str]] = [
        (at, names.surname(w.canonical))
        for at, w in spoken
        if floor <= at < span.start and w.kind is SourceKind.PERSON and w.canonical
    ]
    candidates += [(at + _weight(cast, at), key) for at, key in cast.mentions if floor <= at < span.start]
    for _, key in sorted(candidates, reverse=True):
        person = cast.people.get(key)
        if person is None:
            continue
        if (wanted == "he" and person.she > person.he) or (wanted == "she" and person.he > person.she):
            continue
        person.he += wanted == "he"
        person.she += wanted == "she"
        return Who(person.name, SourceKind.PERSON)
    return Who()


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
    spoken: Sequence[tuple[int, Who]],
    breaks: Sequence[int],
) -> Who | None:
    """As in "The minister", "the expert": the named person of that role, else the person who spoke last.

    Not for "a minister", "one expert": those are somebody new.
    """
    first = tokens[0].text.lower()
    if first in {"a", "an", "one", "another", "some", "any", "no", "every", "each"}:
        return None
    floor = _floor(span.start, breaks)
    for at, key in reversed(cast.mentions):
        if at < span.start and lemma in cast.people[key].roles:
            return Who(cast.people[key].name, SourceKind.PERSON)
    if first in {"the", "this", lemma} or tokens[0].pos in {"ADJ", "NOUN"}:
        last = next((w for at, w in reversed(spoken) if floor <= at < span.start), None)
        if last is not None and last.kind is SourceKind.PERSON and lemma in words.ROLE_HEADS:
            return last
    return None


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
            if not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), names.outlet(name)
    after = _inside(analysis, Span(cue.end, cue.end + 60))
    if _inside(analysis, cue) and _inside(analysis, cue)[-1].lemma.lower() == "tell" and after:
        k = 0
        while k < len(after) and after[k].text.lower() in {"the"}:
            k += 1
        j = k
        while j < len(after) and after[j].pos == "PROPN" and after[j].entity not in {"PERSON"}:
            j += 1
        if j > k and after[k].entity in {"ORG", "", "PRODUCT", "WORK_OF_ART"}:
            span = Span(after[k].start, after[j - 1].end)
            if not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), names.outlet(span.of(article.text))
    return (), None


def _proper_only(text: str) -> str:
    """The first run of capitalised words."""
    found = re.search(r"[A-ZА-Я][\w’'.-]*(?:\s+[A-ZА-Я][\w’'.-]*){0,3}", text[:80])
    return found.group().rstrip(".,'’") if found else ""
