"""Who a Russian source is, inside one article, under a name in the nominative.

"по словам Карла Стадта" → Карл Стадт; "он", "эксперт", "издание" → who was last named so; "агентство «Оствайр»" and
later "агентство" → Оствайр. What stays without a name is unnamed, one per mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...language import russian
from ...language.analysis import Analysis, Name, Token
from ...model import Article, SourceKind, Span
from ..found import Found
from ..lexicon import lexicon
from ..names import outlet as web_name
from ..resolve import Who
from . import words
from .firmness import tokens_in
from .words import plain

_ENDINGS = re.compile(r"(?:ого|ому|ыми|ими|ами|ями|ой|ей|ом|ем|ым|им|ою|ею|ах|ях|а|я|у|ю|ы|и|е|о|ь|й)$")
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]{1,60})[»”“\"]")
_WEB = re.compile(r"[\w-]+\.(?:ru|com|org|net|info|news|tv|рф)", re.IGNORECASE)
_MANY = 50  # speakers that are looked through at most
_OPENERS = frozenset('«“„"')
_LOOK_BACK = 6  # paragraphs over which "он" or "эксперт" may reach back
_NEVER_ONE = lexicon("источник собеседник очевидец свидетель житель жительница местный")


@dataclass(slots=True)
class _Person:
    """A person whom the article names."""

    name: str
    nominative: bool
    roles: set[str] = field(default_factory=set)
    gender: str = ""  # Masc or Fem, where the words show it


class _Cast:
    """The people and outlets that the article names."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article = article
        self.analysis = analysis
        self.people: dict[str, _Person] = {}
        self.outlets: dict[
            str, str
        ] = {}  # folded name → name, for those that stand with "газета", "портал" once
        self.mentions: list[tuple[int, str]] = []
        for name in analysis.names:
            if name.label == "PERSON":
                self._meet(name)
        for token in analysis.tokens:
            if plain(token.lemma) in words.OUTLETS:
                found = _QUOTED.match(article.text[token.end : token.end + 70].lstrip())
                if found:
                    self.outlets[found.group(1).lower()] = found.group(1)

    def _meet(self, name: Name) -> None:
        tokens = self.analysis.tokens[name.first : name.last]
        key = surname_key(tokens[-1].text)
        if not key or not tokens[-1].text[:1].isupper():
            return
        text = nominative(tokens)
        direct = all("Case=Nom" in t.morph for t in tokens)
        known = self.people.setdefault(key, _Person(text, direct))
        longer = len(text.split()) > len(known.name.split())
        if longer or (direct and not known.nominative and len(text.split()) == len(known.name.split())):
            known.name, known.nominative = text, direct
        self.mentions.append((name.span.start, key))
        top = tokens[0]
        while top.head != top.i and name.first <= top.head < name.last:
            top = self.analysis.tokens[top.head]
        if top.dep in {"appos", "flat:name", "nmod"}:
            known.roles.add(plain(self.analysis.tokens[top.head].lemma))
        verb = self.analysis.tokens[
            top.head if top.dep not in {"appos", "flat:name"} else self.analysis.tokens[top.head].head
        ]
        if "Tense=Past" in verb.morph and top.dep in {"nsubj", "appos", "flat:name"}:
            known.gender = known.gender or _gender(verb)
        known.gender = known.gender or next(
            (_gender(t) for t in tokens if t.pos == "PROPN" and len(tokens) > 1 and _gender(t)), ""
        )

    def named_before(self, offset: int) -> list[str]:
        """The keys of the people named last before `offset`, the nearest first."""
        k = bisect_left(self.mentions, (offset, ""))
        return [key for _, key in self.mentions[max(0, k - _MANY) : k][::-1]]


def resolve(
    article: Article, analysis: Analysis, found: Sequence[Found], above: Sequence[int | None]
) -> tuple[Who, ...]:
    """Who each attribution leads to. One pass in text order: later words lean on earlier speakers."""
    del above
    cast = _Cast(article, analysis)
    breaks = [m.start() for m in re.finditer(r"\n+", article.text)]
    spoken: list[tuple[int, Who]] = []
    by_source: dict[tuple[Span, ...], Who] = {}
    out: list[Who] = [Who()] * len(found)
    for k in sorted(range(len(found)), key=lambda k: (found[k].start, found[k].extent)):
        f = found[k]
        if not f.source:
            continue
        who = by_source.get(f.source)
        if who is None:
            who = _who(cast, f, _lately(spoken, f.source[0].start, breaks))
        by_source[f.source] = who
        via_name = _name_of_outlet(cast, f.via[0], _lately(spoken, f.via[0].start, breaks)) if f.via else None
        out[k] = Who(who.canonical, who.kind, f.via if via_name else (), via_name)
        insort(spoken, (f.source[0].start, who), key=lambda pair: pair[0])
    return tuple(out)


def _who(cast: _Cast, f: Found, spoken: Sequence[Who]) -> Who:
    span = f.source[0]
    tokens = tokens_in(cast.analysis, span)
    if not tokens:
        return Who()
    head = head_of(tokens)
    lemma = plain(head.lemma)
    if len(tokens) == 1 and plain(tokens[0].text) in words.HE | words.SHE | words.THEY:
        return _pronoun(cast, plain(tokens[0].text), span, spoken)
    person = _person_in(cast, tokens, span, head)
    if person is not None:
        return Who(person.name, SourceKind.PERSON)
    outlet = _outlet(cast, f, tokens, head, spoken)
    if outlet is not None:
        return Who(outlet, SourceKind.OUTLET)
    if lemma in words.PAPERS - {"сообщение", "заявление", "данные"} or (
        lemma in words.PAPERS and _said_in(f, cast)
    ):
        return Who(nominative(tokens), SourceKind.DOCUMENT)
    plural = "Number=Plur" in head.morph
    if lemma not in words.UNNAMED and (lemma in words.ORGANISATIONS or _institution(tokens, head)):
        return Who(_institution_name(span.of(cast.article.text), tokens, head), SourceKind.ORGANISATION)
    if not plural and lemma not in _NEVER_ONE and len([t for t in tokens if t.pos != "PUNCT"]) <= 2:
        again = _by_role(cast, lemma, span, spoken)
        if again is not None:
            return again
    return Who(None, SourceKind.UNNAMED)


def nominative(tokens: Sequence[Token]) -> str:
    """A phrase as a name: its head and what agrees with it in the nominative, the rest as it stands."""
    parser = russian.load()
    head = head_of(tokens)
    case = next((p for p in head.morph.split("|") if p.startswith("Case=")), "")
    name = all(t.pos in {"PROPN", "X", "PUNCT"} or t.text[:1].isupper() for t in tokens)
    out = ""
    end = tokens[0].start
    for token in tokens:
        out += " " * min(1, token.start - end)
        end = token.end
        agrees = (
            token is head
            or (token.i < head.i and token.pos in {"ADJ", "DET", "VERB"} and case in token.morph)
            or (name and token.entity == "PERSON")
        )
        if agrees and case not in {"", "Case=Nom"} and token.pos not in {"PUNCT", "ADP"}:
            out += _in_nominative(parser, token)
        else:
            out += token.text
    return out.strip(" ,.;:")


def _in_nominative(parser: russian.RussianParser, token: Token) -> str:
    wanted = {"nomn", "plur" if "Number=Plur" in token.morph else "sing"}
    gender = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}.get(_gender(token))
    if gender and "plur" not in wanted and token.pos in {"ADJ", "DET"}:
        wanted.add(gender)
    form = parser.inflect(token.text, frozenset(wanted), token.pos, token.morph)
    if form is None:
        return token.text
    if token.text.isupper() and len(token.text) > 1:
        return token.text
    if token.text[:1].isupper():
        return "-".join(part[:1].upper() + part[1:] for part in form.split("-"))
    return form


def surname_key(word: str) -> str:
    """A surname without its case ending, in lower case: equal for Стадт, Стадта, Стадтом."""
    low = plain(word)
    bare = _ENDINGS.sub("", low)
    return bare if len(bare) >= 2 else low


def head_of(tokens: Sequence[Token]) -> Token:
    """The token whose own head stands outside the phrase; a noun or name before anything else."""
    present = {t.i for t in tokens}
    tops = [t for t in tokens if t.head not in present or t.head == t.i]
    for wanted in ({"NOUN", "PROPN", "PRON", "X"}, {"ADJ", "NUM", "DET", "VERB", "ADV"}):
        for t in tops:
            if t.pos in wanted:
                return t
    return tops[0] if tops else tokens[0]


def _gender(token: Token) -> str:
    return next((p[7:] for p in token.morph.split("|") if p.startswith("Gender=")), "")


def _floor(start: int, breaks: Sequence[int]) -> int:
    k = bisect_left(breaks, start)
    return breaks[k - _LOOK_BACK] if k >= _LOOK_BACK else 0


def _lately(spoken: Sequence[tuple[int, Who]], start: int, breaks: Sequence[int]) -> list[Who]:
    """The speakers named before `start`, not longer ago than `_LOOK_BACK` paragraphs."""
    first = bisect_left(spoken, _floor(start, breaks), key=lambda pair: pair[0])
    last = bisect_left(spoken, start, key=lambda pair: pair[0])
    return [who for _, who in spoken[max(first, last - _MANY) : last]]


def _person_in(cast: _Cast, tokens: Sequence[Token], span: Span, head: Token) -> _Person | None:
    """The person named in the phrase, when the phrase is that person: not "адвокат Петры Кальм"."""
    names = cast.analysis.names
    for k in range(bisect_left(names, span.start, key=lambda n: n.span.start), len(names)):
        name = names[k]
        if name.span.start >= span.end:
            break
        if name.label != "PERSON" or not span.contains(name.span):
            continue
        inner = cast.analysis.tokens[name.first : name.last]
        top = head_of(inner)
        if (
            "Case=Gen" in top.morph
            and "Case=Gen" not in head.morph
            and not name.first <= head.i < name.last
            and top.dep == "nmod"
        ):
            continue
        return cast.people.get(surname_key(inner[-1].text))
    if len(tokens) <= 2 and head.text[:1].isupper() and head.pos in {"PROPN", "NOUN", "X"}:
        return cast.people.get(surname_key(tokens[-1].text))
    return None


def _pronoun(cast: _Cast, form: str, span: Span, spoken: Sequence[Who]) -> Who:
    """The last speaker who fits in number and gender, else the last person named."""
    if form in words.THEY - words.HE:
        return next((w for w in reversed(spoken) if w.kind is SourceKind.ORGANISATION), Who())
    wanted = "Masc" if form in words.HE else "Fem"
    for who in reversed(spoken):
        if who.kind is SourceKind.PERSON and who.canonical:
            person = cast.people.get(surname_key(who.canonical.split()[-1]))
            if person is None or person.gender in {wanted, ""}:
                return who
    for key in cast.named_before(span.start):
        if cast.people[key].gender == wanted:
            return Who(cast.people[key].name, SourceKind.PERSON)
    if spoken and spoken[-1].kind is not SourceKind.PERSON:
        return spoken[-1]
    return Who()


def _by_role(cast: _Cast, lemma: str, span: Span, spoken: Sequence[Who]) -> Who | None:
    """For "эксперт", "министр": the person named with that role before, else, for a bare role, the last speaker."""
    for key in cast.named_before(span.start):
        if lemma in cast.people[key].roles:
            return Who(cast.people[key].name, SourceKind.PERSON)
    if lemma in words.ROLES and spoken and spoken[-1].kind is SourceKind.PERSON:
        return spoken[-1]
    return None


def _outlet(cast: _Cast, f: Found, tokens: Sequence[Token], head: Token, spoken: Sequence[Who]) -> str | None:
    """The name in "портал «Докер»", an agency known by name, or "издание" for the one last named."""
    text = f.source[0].of(cast.article.text)
    low = plain(text.strip(' «»"“”„,.'))
    if low in words.AGENCIES:
        return text.strip(' «»"“”„,.')
    if _WEB.fullmatch(text.strip(' «»"“”„,.')):
        return web_name(text)
    lemma = plain(head.lemma)
    quoted = _QUOTED.search(text)
    if lemma in words.OUTLETS:
        if quoted:
            return _outlet_name(quoted.group(1))
        proper = [
            t.text for t in tokens if t.i > head.i and (t.text[:1].isupper() or t.pos in {"PROPN", "X"})
        ]
        if (
            proper
            and tokens[-1].text == proper[-1]
            and not any("Case=Gen" in t.morph for t in tokens if t.i > head.i and t.pos == "NOUN")
        ):
            return " ".join(proper)
        if len(tokens) <= 2:
            return next((w.canonical for w in reversed(spoken) if w.kind is SourceKind.OUTLET), None)
        return None
    if quoted and quoted.group(0) == text.strip(" ,."):
        cue = {plain(t.lemma) for span in f.cue for t in tokens_in(cast.analysis, span)}
        if quoted.group(1).lower() in cast.outlets or cue & {
            "писать",
            "сообщать",
            "передавать",
            "известно",
            "цитировать",
        }:
            return _outlet_name(quoted.group(1))
    known = next(
        (name for name in words.AGENCIES if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", low)), None
    )
    if known is not None and lemma in words.OUTLETS | {"корреспондент", "журналист"}:
        at = low.index(known)
        return text.strip(' «»"“”„,.')[at : at + len(known)]
    if lemma in {"корреспондент", "журналист", "редакция", "обозреватель"} and quoted:
        return _outlet_name(quoted.group(1))
    return None


def _outlet_name(name: str) -> str:
    return web_name(name) if _WEB.fullmatch(name) else name


def _name_of_outlet(cast: _Cast, span: Span, spoken: Sequence[Who]) -> str | None:
    """The name of where a thing was said; for "агентству" alone the outlet that was last named."""
    text = span.of(cast.article.text)
    quoted = _QUOTED.search(text)
    if quoted:
        return _outlet_name(quoted.group(1))
    tokens = [t for t in tokens_in(cast.analysis, span) if plain(t.lemma) not in words.OUTLETS]
    if not tokens:
        return next((w.canonical for w in reversed(spoken) if w.kind is SourceKind.OUTLET), None)
    return nominative(tokens) if tokens[0].text[:1].isupper() else None


def _said_in(f: Found, cast: _Cast) -> bool:
    return any(plain(t.lemma) in words.PASSIVES for span in f.cue for t in tokens_in(cast.analysis, span))


def _institution(tokens: Sequence[Token], head: Token) -> bool:
    return (
        head.entity in {"ORG", "GPE"}
        or (head.pos in {"PROPN", "X"} and head.entity != "PERSON")
        or (tokens[0].text in {"«", "“", "„", '"'})
    )


def _institution_name(text: str, tokens: Sequence[Token], head: Token) -> str:
    """«Тарвел Терминалс» for "компания «Тарвел Терминалс»"; else the phrase in the nominative."""
    quoted = _QUOTED.search(text)
    at = tokens.index(head)
    behind = tokens[at + 1].text if at + 1 < len(tokens) else " "
    if quoted and (tokens[0].text in _OPENERS or behind in _OPENERS):
        return quoted.group(1)
    return nominative(tokens)
