"""One article's statements: what its sources say and what it says itself, one proposition each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..language.analysis import Analysis
from ..model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Entity,
    Precision,
    SourceKind,
    Span,
    Stance,
    Statement,
)
from . import clauses, worth
from .acts import SUBJECTS, act, head_of, lemma_of, predicate_of, roles
from .asides import without_asides
from .content import is_content, tells
from .dates import dates
from .fates import fate_of
from .names import key_of, mentions, wide
from .negation import is_negated
from .quantities import quantities, whole_numbers
from .referents import referents
from .refuted import is_mock, refuted_in
from .shown import bare_words, readable

_LEADING = frozenset(["and", "but", "or", "yet", "so", "nor", "however", "moreover", "meanwhile", "also", "that", "и", "а", "но", "или", "однако", "что"])  # fmt: skip
_TRAILING = frozenset(["and", "but", "or", "that", "и", "а", "но", "или", "что"])
_DENYING_CUES = frozenset(
    ["deny", "refute", "rebut", "debunk", "disprove", "отрицать", "опровергать", "опровергнуть"]
)
_NOT_DENYING = frozenset(["not", "n't", "n’t", "never", "neither", "nor", "or", "не", "ни", "или"])
_OPENING_POS = frozenset({"DET", "ADP", "PRON", "SCONJ", "NUM"})  # begin a sentence, follow no acronym
_FIRST_PERSON = frozenset({"i", "me", "my", "myself", "я", "меня", "мне", "мной"})
_SPEAKING = frozenset(["announce", "claim", "confirm", "deny", "describe", "disclose", "mention", "report", "reveal", "speak", "tell", "warn", "acknowledge", "admit", "confess", "dismiss", "reject", "refute", "подтвердить", "сообщить", "опровергнуть", "отрицать", "объявить", "рассказать", "признать"])  # fmt: skip
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})
_BODY_PRONOUNS = frozenset({"it", "they", "он", "она", "оно", "они"})
_PERSON_PRONOUNS = frozenset({"he", "she", "он", "она"})
_SUBJECTLESS = frozenset({"be", "seem", "appear", "rain", "snow", "take", "turn", "follow", "matter", "happen", "remain", "become", "быть"})  # fmt: skip
_BRACKETS = str.maketrans("", "", "[]")


def statements(
    article: Article, analysis: Analysis, attributions: Sequence[Attribution]
) -> tuple[Statement, ...]:
    """Every statement of one article, in text order.

    Attributed contents come first by the innermost attribution that covers them; an outer attribution keeps
    what it adds. What no attribution covers is the article's own voice. Titles, bylines, datelines, credits,
    footnotes and boilerplate state nothing.
    """
    return _Reader(article, analysis, attributions).read()


class _Reader:
    """Holds what all statements of one article are read from."""

    def __init__(self, article: Article, analysis: Analysis, attributions: Sequence[Attribution]) -> None:
        self.article = article
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.attributions = sorted(
            attributions, key=lambda a: (a.content[0] if a.content else Span(0, 0), a.id)
        )
        self.children = analysis.children()
        self.starts = [t.start for t in self.tokens]
        self.whole, self.attributions = self._without_clause()
        self.mentions = mentions(analysis)
        self.referents = referents(analysis, self.mentions)
        day = article.published.start
        exact = article.published.precision in (Precision.DAY, Precision.MINUTE)
        self.published = day.date().isoformat() if day is not None and exact else ""
        self.barred = self._barred()
        self.refuted = refuted_in(self.tokens, analysis.sentences) if analysis.parser != "none" else ()

    def read(self) -> tuple[Statement, ...]:
        drafts = [(self._trim(piece), by) for piece, by in (*self._attributed(), *self._own_voice())]
        drafts = _told_once([(piece, by) for piece, by in drafts if piece])
        drafts.sort(key=lambda d: (d[0][-1], d[0][0], d[1].id if d[1] else ""))
        out: list[Statement] = []
        seen: set[tuple[tuple[Span, ...], str | None]] = set()
        for indices, attribution in drafts:
            made = self._statement(indices, attribution, len(out) + 1)
            if made is None:
                continue
            key = (made.spans, made.attribution)
            if key not in seen:
                seen.add(key)
                out.append(made)
        return tuple(out)

    # ------------------------------------------------------------ where statements stand

    def _barred(self) -> frozenset[int]:
        """Tokens that are no body text: regions, and a title repeated as the first sentence."""
        out: set[int] = set()
        for region in self.article.regions:
            out.update(self._within(region.span))
        title = bare_words(self.article.title)
        if title:
            for first, last in self.analysis.sentences:
                words = bare_words(" ".join(t.text for t in self.tokens[first:last]))
                if len(words) < len(title) + 40 and (words.startswith(title) or words.endswith(title)):
                    out.update(range(first, last))
        return frozenset(out)

    def _within(self, span: Span) -> range:
        """Indices of the tokens that begin inside a span."""
        from bisect import bisect_left

        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def _indices(self, spans: Iterable[Span]) -> set[int]:
        return {i for span in spans for i in self._within(span)}

    def _without_clause(self) -> tuple[list[Attribution], list[Attribution]]:
        """Attributions whose content is no clause, and all others.

        In "the gardener found a toadstool" and "she plans to resign" the sentence states what the content alone does
        not: it is a statement of the article, or of whoever is quoted with it.
        """
        if self.analysis.parser == "none":
            return [], self.attributions
        whole = [a for a in self.attributions if self._is_phrase(a)]
        held = {a.id for a in whole}
        return whole, [a for a in self.attributions if a.id not in held]

    def _is_phrase(self, attribution: Attribution) -> bool:
        if attribution.kind is AttributionKind.DIRECT or not attribution.cue or not attribution.content:
            return False
        content = self._indices(attribution.content)
        if not content or any(self.tokens[i].pos == "NUM" for i in content):
            return False
        tree = clauses.Tree(self.analysis, self.children, content)
        return not any(
            clauses.is_verb(self.tokens[r]) and (tree.is_finite(r) or tree.subject(r) is not None)
            for r in tree.roots()
        )

    def _spoken_of(self, piece: Sequence[int]) -> Attribution | None:
        """Whoever speaks of a thing in a piece that is his whole clause: "police confirmed the death of Venn"."""
        held = set(piece)
        for attribution in self.whole:
            cue = self._indices(attribution.cue)
            if cue <= held and any(lemma_of(self.tokens[i]) in _SPEAKING for i in cue):
                return attribution
        return None

    def _attributed(self) -> list[tuple[tuple[int, ...], Attribution | None]]:
        """The propositions of every attribution's content that no nested attribution takes whole."""
        nested: dict[str, list[Attribution]] = {}
        for attribution in self.attributions:
            if attribution.parent is not None:
                nested.setdefault(attribution.parent, []).append(attribution)
        out: list[tuple[tuple[int, ...], Attribution | None]] = []
        for attribution in self.attributions:
            content = self._indices(attribution.content) - self.barred
            inner: set[int] = set()
            for child in nested.get(attribution.id, ()):
                inner |= self._indices((*child.content, *child.cue, *child.source, *child.via))
            for piece in self._pieces(content):
                added = [i for i in piece if i not in inner]
                if inner and sum(is_content(self.tokens[i]) for i in added) < 3:
                    continue
                out.append((piece, attribution))
        return out

    def _own_voice(self) -> list[tuple[tuple[int, ...], Attribution | None]]:
        """The propositions that stand outside every attribution's content and cue."""
        contents: set[int] = set()
        frames: set[int] = set()
        for attribution in self.attributions:
            contents |= self._indices(attribution.content)
            frames |= self._indices((*attribution.cue, *attribution.source, *attribution.via))
        frames -= contents
        cues = self._indices(c for a in self.attributions for c in a.cue) - contents
        out: list[tuple[tuple[int, ...], Attribution | None]] = []
        for piece in self._pieces(set(range(len(self.tokens))) - self.barred):
            held = [i for i in piece if i in contents]
            if held and len(held) > 0.3 * len(piece):
                continue
            if held:
                continue
            if any(
                i in cues for i in piece
            ):  # "the minister said": a frame, not a statement, unless much more
                free = [i for i in piece if i not in frames]
                verbs = [i for i in free if self.tokens[i].pos == "VERB"]
                if not verbs or sum(is_content(self.tokens[i]) for i in free) < 5:
                    continue
            free_of_cues = tuple(i for i in piece if i not in cues)
            out.append((free_of_cues, self._spoken_of(free_of_cues)))
        return out

    def _pieces(self, inside: set[int]) -> list[tuple[int, ...]]:
        """The propositions among the tokens `inside`, sentence by sentence."""
        out: list[tuple[int, ...]] = []
        if not inside:
            return out
        low, high = min(inside), max(inside)
        for first, last in self.analysis.sentences:
            if last <= low or first > high:
                continue
            kept = [i for i in range(first, last) if i in inside]
            if kept:
                out.extend(clauses.propositions(self.analysis, self.children, kept))
        return out

    # ------------------------------------------------------------------ one statement

    def _statement(
        self, indices: tuple[int, ...], attribution: Attribution | None, number: int
    ) -> Statement | None:
        tokens = tuple(self.tokens[i] for i in indices)
        text = readable(" ".join(s.of(self.article.text) for s in self._spans(indices)))
        if not any(c.isalpha() for c in text):
            return None
        held = frozenset(indices)
        named = [(a, b, e) for a, b, e in self.mentions if a in held and b - 1 in held]
        tree = clauses.Tree(self.analysis, self.children, indices)
        parsed = self.analysis.parser != "none"
        head = head_of(tree) if parsed else None
        subject = tree.subject(head) if head is not None else None
        main = without_asides(tree, head, subject)
        stated = tuple(i for i in indices if i in main)
        joined = tuple(self.tokens[i] for i in stated) if parsed else whole_numbers(tokens)
        found_dates, dated = dates(joined, self.published)
        numbers = quantities(
            joined, dated, (lambda a, b: fate_of(tree, stated[a], stated[b])) if parsed else None
        )
        direct = attribution is not None and attribution.kind is AttributionKind.DIRECT
        draft = worth.Draft(
            text=text,
            tokens=tokens,
            parsed=self.analysis.parser != "none",
            has_subject=subject is not None,
            names=len(named),
            numbers=len(numbers),
            attributed=attribution is not None,
            direct=direct,
            counted=any(q.fate for q in numbers),
        )
        weight, opinion = worth.weigh(draft)
        speaker = self._speaker(indices, attribution)
        meant = {i: self.referents[i] for i in indices if i in self.referents} | speaker
        actors, objects = roles(tree, head, [*named, *((i, i + 1, e) for i, e in meant.items())])
        predicate = predicate_of(tree, head)
        denied = attribution is not None and self._denied(attribution)
        denied = denied and attribution not in self.whole  # "they denied the raid": the verb says so itself
        negated, turned = self._polarity(tree, head, indices, denied or self._mocked(attribution))
        return Statement(
            id=f"{self.article.id}/s{number}",
            article=self.article.id,
            spans=self._spans(indices),
            text=text,
            language=self.article.language,
            attribution=attribution.id if attribution else None,
            weight=weight,
            opinion=opinion,
            negated=negated,
            turned=turned,
            certainty=attribution.certainty if attribution else Certainty(question=text.endswith("?")),
            evidence=attribution.evidence if attribution else (),
            entities=_distinct([*(e for _, _, e in named), *meant.values()]),
            quantities=numbers,
            dates=found_dates,
            predicate=predicate,
            actors=actors,
            objects=objects,
            lemmas=_lemmas(tree, stated),
            published=self.published,
            speaker=_speaker(attribution),
            resolved=self._resolved(indices, meant) if meant else "",
            alone=self._alone(stated, speaker, text, {e.key for _, _, e in named}),
        )

    def _speaker(self, indices: Sequence[int], attribution: Attribution | None) -> dict[int, Entity]:
        """Tokens that stand for whose words these are: "I" in a quotation, "he" or "it" before the verb of reported speech."""
        if attribution is None or not attribution.canonical:
            return {}
        person = attribution.source_kind is SourceKind.PERSON
        key, kind = key_of(attribution.canonical, "person" if person else "organisation")
        if not key or not (person or attribution.source_kind in _BODIES):
            return {}
        if attribution.kind is AttributionKind.INDIRECT:
            pronouns = _PERSON_PRONOUNS if person else _BODY_PRONOUNS
            found = [i for i in indices[:2] if self._acts(i, pronouns)]
        else:
            found = [i for i in indices if person and self.tokens[i].text.casefold() in _FIRST_PERSON]
        return {i: Entity(kind, attribution.canonical, key) for i in found}

    def _acts(self, i: int, pronouns: frozenset[str]) -> bool:
        """Whether the token is one of these pronouns and does something: not the "it" of "it is known" or "it rained"."""
        token = self.tokens[i]
        if token.text.casefold() not in pronouns or clauses.base(token.dep) not in SUBJECTS:
            return False
        return pronouns is _PERSON_PRONOUNS or lemma_of(self.tokens[token.head]) not in _SUBJECTLESS

    def _resolved(self, indices: Sequence[int], meant: dict[int, Entity]) -> str:
        """The statement's text with what each pronoun stands for in its place, in square brackets."""
        pieces: list[str] = []
        previous: int | None = None
        for i in indices:
            token = self.tokens[i]
            if previous is not None:
                joined = i == previous + 1
                pieces.append(self.article.text[self.tokens[previous].end : token.start] if joined else " ")
            previous = i
            if i in meant and token.text.casefold().endswith(("self", "себя")):
                pieces.append(token.text)
            elif i in meant and token.pos == "PRON":
                owner = "'s" if token.tag == "PRP$" or "Poss=Yes" in token.morph else ""
                pieces.append(f"[{meant[i].text}{owner}]")
            else:
                pieces.append(self.article.text[token.start : token.end])
                if i in meant:
                    pieces.append(f" [{meant[i].text}]")
        return readable("".join(pieces))

    def _alone(
        self, indices: Sequence[int], speaker: Mapping[int, Entity], text: str, named: set[str]
    ) -> str:
        """The text of `indices` with the speaker's name for the first of what stands for it, if the text does not give it.

        Empty where that is the statement's text. Other pronouns stay: "he" in an article's own voice is wrongly told in about half of all cases.
        """
        first = next((i for i in sorted(speaker) if speaker[i].key not in named), None)
        told = self._resolved(indices, {} if first is None else {first: speaker[first]})
        told = told if first is None else told.translate(_BRACKETS)
        return told if told != text else ""

    def _trim(self, indices: tuple[int, ...]) -> tuple[int, ...]:
        """Drops marks at both ends and a joining word at the front."""
        kept = list(indices)
        while kept and (
            (not clauses.is_word(self.tokens[kept[-1]]) and self.tokens[kept[-1]].text not in "?!%")
            or self.tokens[kept[-1]].text.casefold() in _TRAILING
        ):
            kept.pop()
        while kept and (
            (not clauses.is_word(self.tokens[kept[0]]) and self.tokens[kept[0]].text not in "$€£")
            or (
                self.tokens[kept[0]].text.casefold() in _LEADING
                and self.tokens[kept[0]].pos in ("CCONJ", "SCONJ", "ADV", "")
                and len(kept) > 3
            )
        ):
            kept.pop(0)
        return tuple(kept[self._dateline(kept) :])

    def _dateline(self, kept: Sequence[int]) -> int:
        """How many tokens at the front are a dateline without its dash: "BEIRUT A convoy …", "HEMSA Norland Two …"."""
        held = 0
        while held < min(3, len(kept)) and _shouted(self.tokens[kept[held]].text):
            held += 1
        if not held or len(kept) < held + 4:
            return 0
        following = self.tokens[kept[held]]
        if following.pos == "PROPN" and key_of(following.text, "place")[0] in wide():
            held += 1
            following = self.tokens[kept[held]]
        opens = following.text[:1].isupper() and not _shouted(following.text)
        long = len(self.tokens[kept[0]].text) > 4  # "NATO Dutch troops" is none
        return held if opens and (following.pos in _OPENING_POS or (long and following.pos == "ADJ")) else 0

    def _spans(self, indices: tuple[int, ...]) -> tuple[Span, ...]:
        """The characters that the tokens cover, neighbouring tokens joined."""
        out: list[Span] = []
        previous = -2
        for i in indices:
            if i == previous + 1:
                out[-1] = Span(out[-1].start, self.tokens[i].end)
            else:
                out.append(Span(self.tokens[i].start, self.tokens[i].end))
            previous = i
        return tuple(out)

    def _polarity(
        self, tree: clauses.Tree, head: int | None, indices: Sequence[int], denied: bool
    ) -> tuple[bool, bool]:
        """Whether the article, all in all, says that it is not so: negated, denied by its source, or refuted.

        And whether that is the opposite of what the words themselves say.
        """
        tokens = [self.tokens[i] for i in indices]
        negated = is_negated(tree, head, tokens)
        for found in self.refuted:
            if 2 * sum(i in found.content for i in indices) > len(indices):
                return (True, False) if any(i in found.predicate for i in indices) else (not negated, True)
        return negated != denied, denied

    def _denied(self, attribution: Attribution) -> bool:
        """Whether the reporter or the source says that the content is not so: "Brask denied that C"."""
        if attribution.stance is Stance.DENIES:
            return True
        cue = [i for span in attribution.cue for i in self._within(span)]
        lemmas = [lemma_of(self.tokens[i]) for i in cue]
        if not any(x in _DENYING_CUES for x in lemmas):
            return False
        before = range(max(0, min(cue) - 3), min(cue))
        around = {self.tokens[i].text.casefold() for i in (*before, *cue)}
        return not around & _NOT_DENYING  # "did not deny", "would neither confirm nor deny"

    def _mocked(self, attribution: Attribution | None) -> bool:
        """Whether the source is one that nobody is to believe: "a satirical website claimed"."""
        return attribution is not None and is_mock(
            word for span in attribution.source for word in span.of(self.article.text).split()
        )


def _told_once(
    drafts: Sequence[tuple[tuple[int, ...], Attribution | None]],
) -> list[tuple[tuple[int, ...], Attribution | None]]:
    """All pieces but those that are a part of another that the same source says: two attributions may share a clause."""
    holding: dict[int, list[int]] = {}
    for k, (piece, _) in enumerate(drafts):
        for i in piece:
            holding.setdefault(i, []).append(k)
    out: list[tuple[tuple[int, ...], Attribution | None]] = []
    for k, (piece, by) in enumerate(drafts):
        whole = frozenset(piece)
        beside = [drafts[j] for j in holding[piece[0]] if j != k and len(drafts[j][0]) > len(piece)]
        if not any(_said_by(by) == _said_by(other) and whole < frozenset(more) for more, other in beside):
            out.append((piece, by))
    return out


def _said_by(attribution: Attribution | None) -> tuple[str, str]:
    """Whose words these are and by what chain: the source, and the attribution that this one is nested in."""
    return (attribution.canonical or "", attribution.parent or "") if attribution is not None else ("", "")


def _shouted(word: str) -> bool:
    """Whether a word of four letters or more is all capitals."""
    return len(word) > 3 and word.isalpha() and word.isupper()


def _speaker(attribution: Attribution | None) -> str:
    """The key of the attribution's source where it has a name."""
    if attribution is None or not attribution.canonical:
        return ""
    kind = "person" if attribution.source_kind is SourceKind.PERSON else "organisation"
    return key_of(attribution.canonical, kind)[0]


def _distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Entities in text order, each key once."""
    out: dict[str, Entity] = {}
    for entity in entities:
        out.setdefault(entity.key, entity)
    return tuple(out.values())


def _lemmas(tree: clauses.Tree, indices: Iterable[int]) -> tuple[str, ...]:
    """Content lemmas in text order."""
    told = ((tree.tokens[i], act(tree, i)) for i in indices)
    return tuple(lemma for token, lemma in told if tells(token, lemma))
