"""Everyone and everything that an article names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...language.analysis import Analysis, Name, Token
from ...model import Article, RegionKind, Span
from .. import governments, names, phrase
from ..english import words
from ..lexicon import lexicon
from ..phrase import Core
from .tokens import near_spans, plain_name
from .vocabulary import (
    COMPANY_ENDINGS,
    GENERIC,
    GROUP_WORDS,
    HE,
    NEW,
    ORGANISATIONS,
    PLACING,
    SHE,
    personal,
    personal_word,
)

_NOT_GIVEN = lexicon(
    """
    the a an and but or so when while if after before since until though although because as at by for from in of on
    to with he she it they we you i his her their its this that these those then now here there not no yes
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december meanwhile however earlier later also yesterday today
    """
)
"""Capitalised at the beginning of a sentence, and no given name."""
_ACRONYM = re.compile(r"\(\s*([A-ZА-Я][A-ZА-Яa-z.]{1,9})\s*\)")
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


_COMPANIES_TOO = lexicon(
    """
    owner operator maker manufacturer leader member partner employer supplier provider rival competitor ally carrier builder
    seller buyer dealer lender insurer creditor customer shareholder exporter importer retailer producer winner sponsor
    organiser organizer publisher broadcaster newcomer
    """
)
"""What a company can be said to be, as a person can."""
_LOCAL = lexicon(
    """
    office authority council police brigade hospital court committee board school university agency service bureau
    museum directorate inspectorate administration municipality chamber observatory institute embassy constabulary
    coastguard archive clinic prefecture
    """
)
"""Bodies of which a place has one: "the harbour office of Velm", "the hospital in Velm"."""
_MARKS = frozenset('"“”«»')
_QUOTATION = 60
"""Tokens of a quotation behind which it is looked who speaks."""
_PREDICATE = 12
"""Words behind "is" in which it stands what somebody is."""


_REGION = re.compile(r"(?:North|South|East|West|Northern|Southern|Eastern|Western) [A-Z]\w{2,30}")


def _is_region(name: str) -> bool:
    """Whether a name is a region's, which the parser takes for a person's: "West Quayshire"."""
    return _REGION.fullmatch(name) is not None


@dataclass(slots=True)
class Person:
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
        self.labels = Counter((self._bare(n.text), n.label) for n in analysis.names)
        self.mute = [r.span for r in article.regions if r.kind in _UNSPOKEN]
        self.mute += [Span(*m.span()) for m in _BYLINE.finditer(article.text)]
        self.bodies: list[tuple[int, str]] = []  # (offset, name) of every organisation named in full
        self.people: dict[str, Person] = {}  # surname → the fullest name
        self.acronyms: dict[str, str] = {}
        self.mentions: list[tuple[int, str]] = []  # (offset, surname) of every person named
        alone = {n.text for n in analysis.names if n.last == n.first + 1 and not self._with_article(n)}
        for name in analysis.names:
            person = name.label == "PERSON" and not _ends_as_body(name.text) and not _is_region(name.text)
            if person or (name.label == "ORG" and self._person_by_form(name, alone)):
                self._meet(name)
            elif name.label in {"ORG", "PERSON"}:
                self._learn_acronym(name)
                plain = self.unpossessed(
                    plain_name(re.sub(r"^(?!.*\b(?:of|for) the ).* the (?=[A-Z])", "", name.text))
                )
                if " " in plain and len(plain) < 80:
                    self.bodies.append((name.span.start, plain))
        self._meet_unlabelled(alone)
        self.of_places: dict[int, str] = {}  # first token → "harbour office of Velm"
        self._meet_bodies_of_places()
        for hit in _BODY.finditer(article.text):
            self.bodies.append((hit.start(), self.unpossessed(plain_name(hit.group()))))
        self.mentions.sort()
        self._complete()

    def _places(self) -> set[str]:
        """Surnames that are places here: they stand behind "in", "near", "at" at least as often as not."""
        placed: Counter[str] = Counter()
        before = ""
        for word in self.words:
            if before in PLACING and word[:1].isupper():
                placed[word] += 1
            if word != "the":
                before = word.lower()
        self._placed = placed
        out = set()
        for name in self.analysis.names:
            last = (
                name.text.split()[-1].strip(",.;:()") if name.label == "PERSON" and name.text.split() else ""
            )
            if placed[last] and 2 * placed[last] >= self.counts[last]:
                out.add(names.surname(name.text))
        return out

    def is_place(self, name: str) -> bool:
        """Whether a name of one word stands behind "in", "near", "at" at least as often as not."""
        return self._placed[name] > 0 and 2 * self._placed[name] >= self.counts[name]

    def may_be_person(self, name: Name) -> bool:
        """Whether a name that the parser takes for a person's can be one: no place, no group, no "the Vale Front"."""
        plain = self.unpossessed(names.without_titles(name.text), person=True)
        parts = [w.lower() for w in re.findall(r"[\w]+", after_body(plain))]
        before = self.analysis.tokens[name.first - 1].text.lower() if name.first else ""
        if before in GENERIC | GROUP_WORDS | words.OUTLET_WORDS:
            return False
        return (
            bool(parts)
            and len(parts) <= 6
            and plain[:1].isupper()
            and not any(ch.isdigit() for ch in plain)
            and not any(part in GROUP_WORDS for part in parts)
            and parts[-1] not in ORGANISATIONS | GENERIC | COMPANY_ENDINGS
            and not (len(parts) == 1 and parts[0] in words.DOCUMENT_HEADS | words.UNNAMED_HEADS)
            and "/" not in plain
            and governments.country_of(plain) is None
            and governments.of_people(plain) is None
            and names.surname(name.text) not in self.places
            and not (before == "the" and plain == name.text)
            and not (len(parts) == 1 and self._called_otherwise(plain))
        )

    def _called_otherwise(self, name: str) -> bool:
        """Whether a name of one word is more often taken for a place or a body here, or is a few capitals: "SANA"."""
        others = sum(self.labels[name, label] for label in ("GPE", "LOC", "FAC", "ORG", "NORP", "PRODUCT"))
        in_full = any(key == "PERSON" and text.endswith(f" {name}") for text, key in self.labels)
        return (others >= self.labels[name, "PERSON"] and others > 0 and not in_full) or (
            name.isupper() and len(name) <= 4
        )

    @staticmethod
    def _bare(name: str) -> str:
        return re.sub(r"['’]s?$", "", name)

    def unpossessed(self, name: str, *, person: bool = False) -> str:
        """The name with the apostrophes that the text has lost: "Syrias army" → "Syrian army"."""
        if not self.lost or governments.country_of(name):
            return of_country(name)
        parts = name.split()
        last = len(parts) - 1
        out = [part if not self._owns(part) else f"{part[:-1]}'s" for part in parts[:last]]
        ending = parts[last : last + 1]
        if ending and (person or last == 0) and self._owns(ending[0]):
            ending = [ending[0][:-1]]
        return of_country(" ".join((*out, *ending)))

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
        plain = less_office(after_body(self.unpossessed(names.without_titles(name.text), person=True)))
        key = names.surname(plain)
        if not key or not plain[:1].isalpha():
            return
        known = self.people.setdefault(key, Person(plain))
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

    def _person_by_form(self, name: Name, alone: set[str]) -> bool:
        """Whether what the parser takes for a body is a person: "Nils Tamm, an expert"; "Nils Tamm", then "Tamm"."""
        parts = name.text.split()
        if names.surname(name.text) in self.people:
            return False
        if not 2 <= len(parts) <= 3 or not all(
            p[:1].isupper() and p.isalpha() and not p.isupper() for p in parts
        ):
            return False
        if self._described(name.last):
            return True
        return (
            (parts[-1] in alone or self._is_somebody(name.last) or self._gone_on_with(name.last - 1))
            and not self._with_article(name)
            and self.may_be_person(name)
        )

    def _meet_bodies_of_places(self) -> None:
        """Bodies that go by what they are and where: "the harbour office of Velm"."""
        tokens = self.analysis.tokens
        for k, head in enumerate(tokens[:-2]):
            if (
                head.lemma.lower() not in _LOCAL
                or not head.text.islower()
                or tokens[k + 1].text not in {"of", "in"}
            ):
                continue
            last = self._name_from(k + 2)
            if last is None:
                continue
            first = k
            while first and (
                tokens[first - 1].dep in {"compound", "amod", "poss", "case"}
                and tokens[first - 1].text.islower() | (tokens[first - 1].dep == "case")
            ):
                first -= 1
            if first and tokens[first - 1].text.lower() in NEW:
                continue
            name = self.analysis.span(first, last + 1).of(self.article.text)
            self.of_places[first] = " ".join(name.split())
            self.bodies.append((tokens[first].start, self.of_places[first]))

    def _name_from(self, first: int) -> int | None:
        """The last token of the place's name that begins at token `first`; None where no place can stand there."""
        tokens = self.analysis.tokens
        last = first - 1
        while last + 1 < len(tokens) and last + 1 < first + 3 and _of_a_place(tokens[last + 1]):
            last += 1
        if last < first:
            return None
        name = self.analysis.span(first, last + 1).of(self.article.text)
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        goes_on = after is not None and (
            after.pos in {"NOUN", "PROPN", "ADJ", "PART"} or after.text in {"-", "/", "&"}
        )
        known = self.person(name)
        person = " " in name and (
            tokens[last].entity == "PERSON" or (known is not None and known.name == name)
        )
        country = governments.country_of(name) or governments.of_people(name)
        return None if goes_on or person or country else last

    def _described(self, after: int) -> bool:
        """Whether a comma and what somebody is stand behind a name: "Nils Tamm, an expert"."""
        tokens = self.analysis.tokens
        if after >= len(tokens) or tokens[after].text != ",":
            return False
        noun = next((t for t in tokens[after + 1 : after + 6] if t.pos == "NOUN" and t.tag == "NN"), None)
        return noun is not None and noun.dep == "appos" and personal(noun)

    def _is_somebody(self, after: int) -> bool:
        """Whether the words behind a name show a person: "Nils Tamm is the harbour master", "Nils Tamm, who …"."""
        tokens = self.analysis.tokens
        follow = [t.text.lower() for t in tokens[after : after + 2]]
        if follow == [",", "who"]:
            return True
        head = tokens[after - 1]
        if head.dep != "nsubj" or tokens[head.head].lemma.lower() != "be":
            return False
        verb = tokens[head.head].i
        return any(
            t.head == verb
            and t.dep == "attr"
            and t.tag == "NN"
            and personal(t)
            and t.lemma not in _COMPANIES_TOO
            for t in tokens[verb + 1 : verb + _PREDICATE]
        )

    def _gone_on_with(self, head: int) -> bool:
        """Whether a name is the subject of its sentence and "he" or "she" that of the next: "Tamm left. He said"."""
        tokens, sentences = self.analysis.tokens, self.analysis.sentences
        if tokens[head].dep not in {"nsubj", "nsubjpass"}:
            return False
        k = bisect_left(sentences, head + 1, key=lambda s: s[0])
        if k == 0 or k >= len(sentences):
            return False
        first = self._behind_quotation(sentences[k][0])
        between = self.article.text[tokens[head].end : tokens[first].start]
        return (
            ("\n" not in between or tokens[sentences[k][0]].text in _MARKS)
            and tokens[first].text.lower() in HE | SHE
            and tokens[first].dep in {"nsubj", "nsubjpass"}
            and not any(t.entity == "PERSON" for t in tokens[sentences[k - 1][0] : first])
        )

    def _behind_quotation(self, first: int) -> int:
        """The token behind the quotation that begins at token `first`; `first` where none does."""
        tokens = self.analysis.tokens
        if tokens[first].text not in _MARKS:
            return first
        ahead = range(first + 1, min(first + _QUOTATION, len(tokens) - 1))
        return next((k + 1 for k in ahead if tokens[k].text in _MARKS), first)

    def _meet_unlabelled(self, alone: set[str]) -> None:
        """People whose names the parser has not marked at all: "Ilse Olm, the harbour master", "Olm left. He said"."""
        tokens = self.analysis.tokens
        first = 0
        while first < len(tokens):
            last = first
            while last < len(tokens) and _part_of_unlabelled(tokens[last]):
                last += 1
            if last > first:
                span = self.analysis.span(first, last)
                name = Name(span, "PERSON", span.of(self.article.text), first, last)
                if self._unlabelled_person(name, alone):
                    self._meet(name)
            first = max(last, first + 1)

    def _unlabelled_person(self, name: Name, alone: set[str]) -> bool:
        """Whether an unmarked name is a person's by what stands around it."""
        many = name.last - name.first
        before = self.analysis.tokens[name.first - 1] if name.first else None
        if many > 3 or self._with_article(name) or (before is not None and before.text in {"-", "'s", "’s"}):
            return False
        if not self.may_be_person(name) or self.is_place(name.text.split()[-1]):
            return False
        if self._gone_on_with(name.last - 1):
            return True
        return many > 1 and (
            self._described(name.last) or self._is_somebody(name.last) or name.text.split()[-1] in alone
        )

    def _with_article(self, name: Name) -> bool:
        return name.first > 0 and self.analysis.tokens[name.first - 1].text.lower() == "the"

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
                and not personal_word(word.lower())
                and governments.of_people(word) is None
                and governments.country_of(word) is None
                and names.surname(word)
                not in self.people  # "Vale Ray said": a comma is lost, or a sentence begins
            }
            if len(fitting) == 1:
                person.name = f"{fitting.pop()} {person.name}"

    def introduce(self, name: str, at: int, role: str) -> str:
        """A person whom the words show and the parser missed; gives the fullest name known."""
        key = names.surname(name)
        known = self.people.setdefault(key, Person(name))
        if len(known.name.split()) < len(name.split()) <= 4:
            known.name = name
        if role:
            known.roles.add(role)
        self.mentions.append((at, key))
        self.mentions.sort()
        return known.name

    def person(self, text: str) -> Person | None:
        """The person a name leads to, by its last word."""
        return self.people.get(names.surname(names.without_titles(text)))


def _of_a_place(token: Token) -> bool:
    """Whether a token can be a word of a place's name."""
    return (
        token.pos == "PROPN"
        and token.text[:1].isupper()
        and token.entity not in {"DATE", "TIME", "CARDINAL", "NORP"}
    )


def _part_of_unlabelled(token: Token) -> bool:
    """Whether a token is a word of a name that the parser has not marked as one of anything."""
    text = token.text
    return (
        token.pos == "PROPN"
        and not token.entity
        and text[:1].isupper()
        and text.isalpha()
        and not text.isupper()
    )


def _ends_as_body(name: str) -> bool:
    """Whether what the parser takes for a person is a body by its last word: "Harbour Observatory"."""
    last = name.split()[-1:]
    return bool(last) and last[0].lower() in ORGANISATIONS | GENERIC | COMPANY_ENDINGS


def core_of(cast: Cast, tokens: Sequence[Token]) -> Core | None:
    """The noun phrase at the beginning of a source; None where it holds no noun."""
    if not tokens:
        return None
    return phrase.core(
        cast.article.text, cast.analysis.tokens, tokens[0].i, tokens[-1].i, near_spans(cast.entities, tokens)
    )


def of_country(name: str) -> str:
    """A country's body under one name: "Syria's army" → "Syrian army"."""
    owner = re.match(r"([A-Z][\w.]*(?: [A-Z][\w.]*)?)['’]s? (?=[a-z])", name)
    people = governments.demonym(owner.group(1)) if owner else None
    return f"{people} {name[owner.end() :]}" if owner and people else name


def after_body(name: str) -> str:
    """A person's name without the body before it and a possessive behind it: "EU's Ann Ray" → Ann Ray."""
    parts = name.split()
    if len(parts) > 3 and governments.of_people(parts[0]) is not None:
        parts.pop(0)
    while len(parts) > 2 and parts[0].lower() in ORGANISATIONS | GENERIC:
        parts.pop(0)
    name = " ".join(parts)
    name = re.sub(r"['’]s?$", "", name)
    return re.sub(r"^.*['’]s (?=[A-Z])", "", name)


def less_office(name: str) -> str:
    """A name without the office that the parser took with it: "Harbour Board Secretary Ann Ray" → Ann Ray."""
    parts = name.split()
    at = max(
        (k for k, p in enumerate(parts[:-1]) if p.lower().rstrip(".") in names.TITLES | {"state", "affairs"}),
        default=-1,
    )
    return " ".join(parts[at + 1 :]) if len(parts) > 3 and len(parts) - at - 1 >= 1 else name
