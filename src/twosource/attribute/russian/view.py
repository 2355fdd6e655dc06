"""What every Russian rule looks at: the article, its parse, its quotations, and the narrator's words inside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ...language.analysis import Analysis, Token, paragraphs, trimmed
from ...model import Article, Span
from ..lexicon import lexicon
from ..marks import Quotation, quotations
from . import words

_DASHES = frozenset("—–―-‒−")
_LOOSE = lexicon(", ; : . - – — ― ( )")
_OPEN, _CLOSE = frozenset('«„“"('), frozenset('»”“")')
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X"})
_NO_PART = frozenset(
    {"punct", "acl:relcl", "parataxis", "advcl", "ccomp", "csubj", "mark", "cc"}
)  # never in a phrase
_NO_START = frozenset({"case", "advmod"})  # not at its head
_FAR = 40  # tokens that a phrase may hold


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of direct speech (a quotation or a paragraph that opens with a dash), cut at the narrator's words.

    `spoken` are the speaker's pieces, `told` the narrator's between them, in text order.
    """

    span: Span
    spoken: tuple[Span, ...]
    told: tuple[Span, ...]
    dashed: bool
    begins: bool  # where a sentence or paragraph begins, or after a colon


class View:
    """The article as the rules see it. Built once per article; the rules only read it."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.text = article.text
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.lemmas = tuple(words.plain(t.lemma) for t in self.tokens)
        self.forms = tuple(words.plain(t.text) for t in self.tokens)
        self.below = analysis.children()
        self.paragraphs = paragraphs(article.text)
        self.quotations = quotations(article.text, self.paragraphs)
        self._starts = [t.start for t in self.tokens]
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self.sentence_of = [0] * len(self.tokens)
        for number, (first, last) in enumerate(analysis.sentences):
            for i in range(first, last):
                self.sentence_of[i] = number
        self.speeches = tuple(self._speeches())
        self.interrupted = frozenset(s.span for s in self.speeches if s.told)
        self.speech_at = {s.span.start: s for s in self.speeches}
        self._pieces = sorted(
            (piece for s in self.speeches for piece in s.spoken), key=lambda piece: (piece.start, -piece.end)
        )
        self._told = sorted(piece for s in self.speeches for piece in s.told)

    # ------------------------------------------------------------------ places

    def first_from(self, offset: int) -> int:
        """The index of the first token that starts at or after `offset`."""
        return bisect_left(self._starts, offset)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that the character stands in."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def quotation_at(self, offset: int) -> Quotation | None:
        """The outermost quotation that covers the character, if any."""
        k = bisect_right(self.quotations, offset, key=lambda q: q.span.start) - 1
        return self.quotations[k] if k >= 0 and offset < self.quotations[k].span.end else None

    def bounds(self, i: int) -> tuple[int, int]:
        """The tokens [first, last) that token `i` shares a sentence and a voice with.

        A sentence ends where speech ends: what the narrator puts into a quotation stands by itself, and what is
        spoken does not reach outside its marks.
        """
        first, last = self.analysis.sentences[self.sentence_of[i]]
        start = self.tokens[i].start
        for pieces in (self._told, self._pieces):
            k = bisect_right(pieces, start, key=lambda piece: piece.start) - 1
            if k >= 0 and start < pieces[k].end:
                first = max(first, self.first_from(pieces[k].start))
                last = min(last, self.first_from(pieces[k].end))
                break
        return first, max(last, i + 1)

    # ------------------------------------------------------------------ speech

    def _speeches(self) -> list[Speech]:
        out: list[Speech] = []
        for q in self.quotations:
            spoken, told = self._cut(q.span)
            if told or q.words(self.text) > 1:
                out.append(Speech(q.span, spoken, told, False, self._begins(q.span.start)))
        for p in self.paragraphs:
            if self.text[p.start] in _DASHES and not self.text[p.start + 1 : p.start + 2].isdigit():
                spoken, told = self._cut(Span(min(p.start + 1, p.end), p.end))
                if told:
                    out.append(Speech(p, spoken, told, True, True))
        return sorted(out, key=lambda s: s.span)

    def _cut(self, span: Span) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Cut at dashes behind , . ! ? or …: «A, — said X. — B». A piece that opens with a verb is the narrator's."""
        cuts: list[int] = []
        for i in range(self.first_from(span.start), self.first_from(span.end)):
            token = self.tokens[i]
            if token.text in _DASHES and token.start > span.start:
                before = self.text[span.start : token.start].rstrip()
                if before and before[-1] in ",.!?…" and len(cuts) < 64:
                    cuts.append(i)
        spoken: list[Span] = []
        told: list[Span] = []
        at = span.start
        for k, cut in enumerate(cuts):
            end = self.tokens[cuts[k + 1]].start if k + 1 < len(cuts) else span.end
            if self.tokens[cut].start < at or not self._narrates(cut + 1, self.first_from(end)):
                continue
            spoken.append(trimmed(self.text, Span(at, self.tokens[cut].start)))
            told.append(trimmed(self.text, Span(self.tokens[cut].end, end)))
            at = self.tokens[cuts[k + 1]].end if k + 1 < len(cuts) else span.end
        if at < span.end:
            spoken.append(trimmed(self.text, Span(at, span.end)))
        return tuple(s for s in spoken if s.start < s.end), tuple(told)

    def _narrates(self, first: int, last: int) -> bool:
        """Whether the words open with a finite verb of reporting, at most a pronoun or adverb before it."""
        for i in range(first, min(first + 4, last)):
            if self.finite(i) and (self.lemmas[i] in words.CUES | words.URGES or i == first):
                return self.lemmas[i] in words.CUES | words.URGES or self._subject_after(i, last)
            if self.tokens[i].pos == "PUNCT":
                return False
        return False

    def _subject_after(self, verb: int, last: int) -> bool:
        return any(self.nominative(i) and self.agrees(i, verb) for i in range(verb + 1, min(verb + 4, last)))

    def _begins(self, offset: int) -> bool:
        k = self.paragraph_at(offset)
        before = self.text[self.paragraphs[k].start : offset].rstrip()
        return not before or before[-1] in '.!?…:—–»”"'

    # ------------------------------------------------------------------- words

    def feature(self, i: int, name: str) -> str:
        """A morphological feature's value, "" where the tagger gave none."""
        for pair in self.tokens[i].morph.split("|"):
            if pair.startswith(name + "="):
                return pair[len(name) + 1 :]
        return ""

    def finite(self, i: int) -> bool:
        """Whether the token is a verb in a tense or mood of its own."""
        return self.tokens[i].pos in {"VERB", "AUX"} and "VerbForm=Fin" in self.tokens[i].morph

    def gerund(self, i: int) -> bool:
        """Whether the token is an adverbial participle: "добавив"."""
        return self.tokens[i].pos == "VERB" and "VerbForm=Conv" in self.tokens[i].morph

    def nominative(self, i: int) -> bool:
        """Whether the token is a noun, name or pronoun that could be a subject."""
        token = self.tokens[i]
        if token.pos not in _NOMINAL or self.lemmas[i] in {"что", "это", "который", "кто"}:
            return False
        if len(token.text) > 1 and token.text.isupper():
            return True  # ТАСС, МЧС: the tagger guesses the case of what has none
        case = self.feature(i, "Case")
        return case == "Nom" or (not case and token.pos in {"PROPN", "X"})

    def agrees(self, noun: int, verb: int) -> bool:
        """Whether number and gender of the verb allow the noun as its subject."""
        number, gender = self.feature(verb, "Number"), self.feature(verb, "Gender")
        theirs = self.feature(noun, "Number")
        if self.tokens[noun].pos == "X" or not theirs:
            return True
        if number == "Plur" and theirs == "Sing":
            return any(self.tokens[c].dep == "conj" for c in self.below[noun])
        if number == "Sing" and theirs == "Plur":
            return False
        # A woman's office may be masculine (министр заявила), never a neuter thing's verb a person's.
        return not (gender == "Neut" and self.feature(noun, "Gender") in {"Masc", "Fem"})

    # ----------------------------------------------------------------- phrases

    def phrase(self, head: int, low: int, high: int) -> tuple[int, int]:
        """First and last token of the noun phrase of `head` inside [low, high).

        Clauses are left out, except one that tells why the bearer has no name ("попросивший не называть его").
        """
        inside = {head}
        stack = [head]
        while stack and len(inside) < _FAR:
            node = stack.pop()
            for child in self.below[node]:
                dep = self.tokens[child].dep
                if not low <= child < high or dep in _NO_PART or (dep in _NO_START and node == head):
                    continue
                if dep == "acl" and child > head and not self._anonymous(child):
                    continue
                if dep == "conj" and (self.tokens[child].pos not in _NOMINAL or self._has_preposition(child)):
                    continue
                inside.add(child)
                stack.append(child)
        first = last = head
        while first - 1 >= low and (first - 1 in inside or self._bridge(first - 1, inside, low, -1)):
            first -= 1
        while last + 1 < high and (
            last + 1 in inside
            or self._bridge(last + 1, inside, high, 1)
            or self.tokens[last].entity == self.tokens[last + 1].entity == "PERSON"
        ):
            last += 1
        while first < head and self.tokens[first].text in _LOOSE:
            first += 1
        while last > head and self.tokens[last].text in _LOOSE:
            last -= 1
        first, last = self._whole_marks(first, last, low, high)
        return first, last

    def _has_preposition(self, i: int) -> bool:
        return any(self.tokens[c].dep == "case" for c in self.below[i])

    def _anonymous(self, i: int) -> bool:
        return self.lemmas[i] in words.ANONYMITY

    def _bridge(self, i: int, inside: set[int], edge: int, step: int) -> bool:
        """Whether a mark, preposition or conjunction between two parts of the phrase belongs to it."""
        token = self.tokens[i]
        if (
            token.text in _OPEN | _CLOSE
            or token.pos in {"ADP", "CCONJ", "ADV", "PART"}
            or token.text in {",", "-", "—"}
        ):
            for j in range(i + step, max(edge - 1, i - 4) if step < 0 else min(edge, i + 4), step):
                if j in inside:
                    return True
                if self.tokens[j].pos not in {"PUNCT", "ADP", "PART", "ADV"} or self.tokens[j].text in {
                    ".",
                    ":",
                    ";",
                }:
                    return False
        return False

    def _whole_marks(self, first: int, last: int, low: int, high: int) -> tuple[int, int]:
        """The phrase grown over the marks of a name that it cuts: «Тарвел → «Тарвел Терминалс»."""
        q = self.quotation_at(self.tokens[last].start)
        if q is not None and q.words(self.text) <= 6:
            a, b = self.first_from(q.span.start), self.first_from(q.span.end) - 1
            if low <= a and b < high:
                first, last = min(first, a), max(last, b)
        elif last + 1 < high and self.tokens[last + 1].text in '«„“"':
            q = self.quotation_at(self.tokens[last + 1].start)
            if (
                q is not None
                and q.words(self.text) <= 4
                and not q.inner.of(self.text).endswith((",", ".", "!", "?"))
            ):
                last = max(last, min(high, self.first_from(q.span.end)) - 1)
        return first, last

    def source(self, head: int, low: int, high: int) -> tuple[Span, ...]:
        """The noun phrase of `head` as a source."""
        return (self.analysis.span(*self._half_open(self.phrase(head, low, high))),)

    @staticmethod
    def _half_open(edges: tuple[int, int]) -> tuple[int, int]:
        return edges[0], edges[1] + 1

    def content(self, first: int, last: int) -> Span | None:
        """Tokens [first, last) as content: loose marks off both ends, a quotation that its edge cuts taken whole."""
        while first < last and (self.tokens[first].text in _LOOSE or self.tokens[first].text in {"»"}):
            first += 1
        while last > first and self.tokens[last - 1].text in _LOOSE:
            last -= 1
        if first >= last:
            return None
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        q = self.quotation_at(end - 1)
        if q is not None and start <= q.span.start and q.span.end > end and q.span not in self.interrupted:
            end = q.span.end
        return Span(start, end)

    def cue(self, first: int, last: int | None = None) -> tuple[Span, ...]:
        """Token `first` (through `last`) as a cue."""
        return (self.analysis.span(first, (first if last is None else last) + 1),)

    # ---------------------------------------------------------------- speakers

    def speaker(self, verb: int, low: int, high: int) -> tuple[Span, ...] | None:
        """Who does what the verb says, inside [low, high): its subject, else a likely one beside it.

        None where there is nobody; an empty tuple never.
        """
        subject = self.subject(verb, low, high)
        if subject is not None:
            return self.source(subject, low, high)
        token = self.tokens[verb]
        here = self.place(verb, low, high)
        if here is None and token.dep == "conj" and low <= token.head < verb:
            return self.place(token.head, low, high)
        return here

    def subject(self, verb: int, low: int, high: int, hops: int = 6) -> int | None:
        """The index of the head of the verb's subject, taken from verbs it goes along with up to `hops` away."""
        if not hops:
            return None
        token = self.tokens[verb]
        if self.gerund(verb):
            main = self._main_report(verb, low, high)
            if main is not None:
                return self.subject(main, low, high, hops - 1)
        own = [
            c for c in self.below[verb] if self.tokens[c].dep in {"nsubj", "nsubj:pass"} and low <= c < high
        ]
        for c in own:
            if self.lemmas[c] in {"который", "кто"}:
                return token.head if token.head != verb and low <= token.head < high else None
            if self.lemmas[c] not in {"что", "это"} and self.tokens[c].pos in _NOMINAL | {
                "ADJ",
                "VERB",
                "NUM",
                "DET",
            }:
                return c
        if "VerbForm=Part" in token.morph and token.dep in {"acl", "amod"} and low <= token.head < high:
            return token.head
        near = self._beside(verb, low, high)
        if near is not None:
            return near
        if token.dep in {"conj", "advcl"} and token.head != verb and low <= token.head < high:
            found = (
                self.subject(token.head, low, high, hops - 1)
                if self.tokens[token.head].head != verb
                else None
            )
            if found is not None:
                return found
        if self.finite(verb) and verb > low and self.forms[verb - 1] in {"и", "а", "но", "также"}:
            main = self._main_report(verb, low, verb)
            before = None if main is None else self.subject(main, low, verb, hops - 1)
            return before if before is not None and self.agrees(before, verb) else None
        return None

    def _main_report(self, verb: int, low: int, high: int) -> int | None:
        """The finite verb of reporting that another goes along with: the one before it, else the first after it."""
        known = words.CUES | words.URGES | words.JUDGES
        before = [i for i in range(low, verb) if self.finite(i) and self.lemmas[i] in known]
        after = [i for i in range(verb + 1, high) if self.finite(i) and self.lemmas[i] in known]
        return before[-1] if before else after[0] if after else None

    def _beside(self, verb: int, low: int, high: int) -> int | None:
        """A nominative right after the verb, else the nearest one before it in its own clause."""
        for i in range(verb + 1, min(verb + 8, high)):
            if (
                self.tokens[i].text in {":", ";", "—", "«"}
                and not (self.tokens[i].text == "«" and i == verb + 1)
            ) or self.finite(i):
                break
            if self.tokens[i].text == "," or self.forms[i] in {"что", "о", "об"}:
                break
            if self.nominative(i) and self.agrees(i, verb):
                return i
        if self.gerund(verb):
            return None
        skipping = False
        for i in range(verb - 1, max(low, verb - 25) - 1, -1):
            if self.tokens[i].text == ",":
                skipping = not skipping
            if self.finite(i) or self.tokens[i].text in {":", ";"} or self.tokens[i].pos == "SCONJ":
                return None
            if (
                not skipping
                and self.nominative(i)
                and self.agrees(i, verb)
                and self.tokens[i].dep
                in {"nsubj", "root", "appos", "nsubj:pass", "flat:name", "nmod", "obj", "conj"}
            ):
                up = self.tokens[i]
                if up.dep in {"appos", "flat:name"} and low <= up.head < verb and self.nominative(up.head):
                    return up.head
                return i
        return None

    def place(self, verb: int, low: int, high: int) -> tuple[Span, ...] | None:
        """The institution in "сообщили в полиции", or the document in "говорится в отчёте", "следует из письма"."""
        wanted = {"в", "во", "на", "из", "по"} if self.lemmas[verb] in words.PASSIVES else {"в", "во", "на"}
        plural = self.feature(verb, "Number") == "Plur" or self.lemmas[verb] in words.PASSIVES
        if not plural:
            return None
        nearest = sorted(
            range(max(low, verb - 14), min(high, verb + 8)), key=lambda i: (i < verb, abs(i - verb))
        )
        for i in nearest:
            if self.tokens[i].pos != "ADP" or self.forms[i] not in wanted:
                continue
            between = range(min(i, verb) + 1, max(i, verb))
            if any(self.finite(j) or self.tokens[j].text in {",", ":", ";"} for j in between):
                continue
            head = self.noun_after(i, high)
            if (
                head is None
                or head == verb
                or (self.lemmas[head] in words.NOT_PLACES and self.lemmas[head] not in words.PAPERS)
            ):
                continue
            if self.lemmas[verb] not in words.PASSIVES and self.lemmas[head] in words.PAPERS - {"редакция"}:
                continue
            return self.source(head, i + 1, high if i > verb else verb)
        return None

    def noun_after(self, preposition: int, high: int) -> int | None:
        """The head of the phrase that a preposition opens."""
        up = self.tokens[preposition].head
        if preposition < up < min(high, preposition + 10) and self.tokens[up].pos in _NOMINAL:
            return up
        for i in range(preposition + 1, min(preposition + 7, high)):
            if self.tokens[i].pos in _NOMINAL:
                return i
            if self.tokens[i].pos not in {"ADJ", "DET", "NUM", "PUNCT", "VERB"} or self.tokens[i].text == ",":
                return None
        return None

    def token(self, i: int) -> Token | None:
        """The token, or None past either end."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None
