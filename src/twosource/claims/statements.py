"""One article's statements: what its sources say and what it says itself, one proposition each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..language.analysis import Analysis, Token
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
from .asides import without_asides
from .dates import dates
from .fates import befalls, fate_of
from .names import key_of, mentions, wide
from .quantities import quantities, whole_numbers
from .referents import referents
from .refuted import is_mock, refuted_in

_OPENING_MARKS = "\"'“”„‟«»‹›‘’‚‛`´*([{"
_EDGE_MARKS = _OPENING_MARKS + ".,;:–—-…)]}\u2028 \t\n\xa0"
_SPACE = re.compile(r"\s+")
_FOOTNOTE_STAR = re.compile(r"(?<=[\w»”\"])\*+")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_LEADING = frozenset(
    [
        "and",
        "but",
        "or",
        "yet",
        "so",
        "nor",
        "however",
        "moreover",
        "meanwhile",
        "also",
        "that",
        "и",
        "а",
        "но",
        "или",
        "однако",
        "что",
    ]
)
_TRAILING = frozenset(["and", "but", "or", "that", "и", "а", "но", "или", "что"])
_NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "neither", "nor", "none", "nobody", "nothing", "without", "не", "нет", "ни", "никогда", "никто", "ничего", "нельзя"])  # fmt: skip
_NOT_NEGATED = frozenset(
    ["only", "just", "merely", "solely", "simply", "all", "least", "только", "просто", "лишь"]
)  # "not only"
_DENIALS = frozenset(["deny", "refute", "reject", "dismiss", "rebut", "debunk", "refuse", "fail", "отрицать", "опровергать", "опровергнуть", "отвергать", "отвергнуть"])  # fmt: skip
_EMPLOYED = frozenset(["coach", "worker", "employee", "staff", "minister", "officer", "director", "manager", "chief", "head", "guard", "official", "general", "commander", "teacher", "judge", "man", "woman", "person", "people", "he", "she", "they", "him", "her", "them"])  # fmt: skip
_DENYING_CUES = frozenset(
    ["deny", "refute", "rebut", "debunk", "disprove", "отрицать", "опровергать", "опровергнуть"]
)
_NOT_DENYING = frozenset(["not", "n't", "n’t", "never", "neither", "nor", "or", "не", "ни", "или"])
_AGAINST = frozenset(["advise", "warn", "vote", "decide", "recommend", "counsel", "rule", "speak"])
_CONTENT_POS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"})
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "they",
        "them",
        "their",
        "he",
        "she",
        "his",
        "her",
        "him",
        "we",
        "us",
        "our",
        "you",
        "your",
        "i",
        "me",
        "my",
        "who",
        "whom",
        "which",
        "what",
        "when",
        "where",
        "there",
        "here",
        "not",
        "no",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "than",
        "then",
        "so",
        "such",
        "also",
        "into",
        "about",
        "after",
        "before",
        "over",
        "under",
        "between",
        "during",
        "against",
        "through",
        "up",
        "down",
        "out",
        "off",
        "very",
        "more",
        "most",
        "other",
        "some",
        "any",
        "each",
        "all",
        "both",
        "own",
        "same",
        "just",
        "only",
        "too",
        "say",
        "said",
        "according",
        "и",
        "в",
        "во",
        "на",
        "с",
        "со",
        "к",
        "ко",
        "по",
        "из",
        "за",
        "от",
        "до",
        "о",
        "об",
        "у",
        "что",
        "это",
        "как",
        "он",
        "она",
        "они",
        "оно",
        "мы",
        "вы",
        "я",
        "его",
        "её",
        "ее",
        "их",
        "не",
        "но",
        "а",
        "или",
        "же",
        "бы",
        "ли",
        "был",
        "была",
        "было",
        "были",
        "быть",
        "для",
        "при",
        "так",
        "также",
        "который",
        "которая",
        "которые",
        "том",
        "тот",
        "та",
        "те",
        "этот",
        "эта",
        "эти",
        "если",
        "то",
        "уже",
        "ещё",
        "еще",
    ]
)
_OPENING_POS = frozenset({"DET", "ADP", "PRON", "SCONJ", "NUM"})  # begin a sentence, follow no acronym
_FIRST_PERSON = frozenset({"i", "me", "my", "myself", "я", "меня", "мне", "мной"})
_SPEAKING = frozenset(["announce", "claim", "confirm", "deny", "describe", "disclose", "mention", "report", "reveal", "speak", "tell", "warn", "acknowledge", "admit", "confess", "dismiss", "reject", "refute", "подтвердить", "сообщить", "опровергнуть", "отрицать", "объявить", "рассказать", "признать"])  # fmt: skip
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})
_BODY_PRONOUNS = frozenset({"it", "they", "он", "она", "оно", "они"})
_PERSON_PRONOUNS = frozenset({"he", "she", "он", "она"})
_SUBJECTLESS = frozenset({"be", "seem", "appear", "rain", "snow", "take", "turn", "follow", "matter", "happen", "remain", "become", "быть"})  # fmt: skip
_BRACKETS = str.maketrans("", "", "[]")
_LIGHT = frozenset({"have", "make", "give", "do", "take"})
_SHOWING = frozenset({"publish", "present", "show", "provide", "offer", "find", "release", "produce", "опубликовать", "представить", "предъявить", "найти"})  # fmt: skip
_SHOWN = frozenset({"evidence", "proof", "доказательство", "свидетельство"})
_FLAMES = frozenset({"fire", "blaze", "flame"})
_GUNS = frozenset(
    {"artillery", "mortar", "sniper", "rocket", "gun", "tank", "heavy", "enemy", "hostile", "friendly"}
)
_WEAK_LEMMAS = frozenset({"say", "tell", "add", "be", "have", "do", "also", "mr", "сказать", "быть"})
_SUBJECTS = ("nsubj", "csubj")
_ARGUMENTS = ("nsubj", "csubj", "nsubjpass", "dobj", "obj", "attr")
_PASSIVE_SUBJECTS = ("nsubjpass", "nsubj:pass", "csubjpass", "csubj:pass")
_OBJECTS = ("dobj", "obj", "iobj", "dative", "attr", "oprd", "xcomp")


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
        title = _bare_words(self.article.title)
        if title:
            for first, last in self.analysis.sentences:
                words = _bare_words(" ".join(t.text for t in self.tokens[first:last]))
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
            if cue <= held and any(tokens_lemma(self.tokens[i]) in _SPEAKING for i in cue):
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
                if inner and sum(self._is_content(i) for i in added) < 3:
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
                if not verbs or sum(self._is_content(i) for i in free) < 5:
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

    def _is_content(self, i: int) -> bool:
        token = self.tokens[i]
        if not clauses.is_word(token):
            return False
        if token.pos:
            return token.pos in _CONTENT_POS
        return token.text.casefold() not in _STOP

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
        head = self._head(tree)
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
        actors, objects = self._roles(tree, head, [*named, *((i, i + 1, e) for i, e in meant.items())])
        predicate = self._predicate(tree, head)
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
            lemmas=self._lemmas(stated),
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
        if token.text.casefold() not in pronouns or clauses.base(token.dep) not in _SUBJECTS:
            return False
        return pronouns is _PERSON_PRONOUNS or tokens_lemma(self.tokens[token.head]) not in _SUBJECTLESS

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

    def _head(self, tree: clauses.Tree) -> int | None:
        """The token that heads the proposition: a verb that governs most of it, else the root."""
        if self.analysis.parser == "none":
            return None
        roots = tree.roots()
        best = max(
            roots,
            key=lambda r: (
                clauses.is_verb(self.tokens[r]),
                tree.subject(r) is not None,
                len(tree.below(r)),
                -r,
            ),
            default=None,
        )
        return self._finite_below(tree, best) if best is not None else None

    def _finite_below(self, tree: clauses.Tree, head: int) -> int:
        """The past verb that hangs on a noun which the parser took for the head ("The shipyard Marn bought …")."""
        if self.tokens[head].pos not in ("NOUN", "PROPN") or tree.subject(head) is not None:
            return head
        verbs = [
            i
            for i in sorted(tree.inside)
            if self.tokens[i].pos in ("VERB", "AUX")
            and clauses.base(self.tokens[i].dep) not in ("aux", "auxpass")
        ]
        if len(verbs) == 1 and self.tokens[verbs[0]].head == head and tree.children(verbs[0]):
            verb = self.tokens[verbs[0]]
            kinds = {clauses.base(self.tokens[c].dep) for c in tree.children(verbs[0])}
            told = kinds & {"dobj", "obj"} or (
                kinds & {"auxpass", "aux:pass"} and kinds & {"nsubj", "nsubjpass"}
            )
            relative = any(self.tokens[c].tag in ("WDT", "WP") for c in tree.children(verbs[0]))
            if verb.tag in ("VBD", "VBN") and told and not relative and verbs[0] > head:
                return verbs[0]
        passive = [
            i
            for i in verbs
            if self.tokens[i].head == head
            and any(self.tokens[c].dep in ("auxpass", "aux:pass") for c in tree.children(i))
            and tree.subject(i) is None
        ]
        return passive[0] if len(passive) == 1 and passive[0] > head else head

    def _predicate(self, tree: clauses.Tree, head: int | None) -> str:
        """What is said to happen: the verb, or what a light verb carries ("has evidence", "published evidence", "made a visit")."""
        if head is None:
            return ""
        lemma = self._act(head)
        if lemma == "bring" and self._mastered(tree, head):
            return "put out"
        particle = next((c for c in tree.children(head) if self.tokens[c].dep == "prt"), None)
        if particle is not None:  # "step down", "throw out": another verb than the bare one
            return f"{lemma} {tokens_lemma(self.tokens[particle])}"
        if lemma in ("lose", "потерять", "лишиться"):
            for c in tree.children(head):
                if clauses.base(self.tokens[c].dep) in ("dobj", "obj") and tokens_lemma(self.tokens[c]) in (
                    "life",
                    "жизнь",
                ):
                    return "die"
        for c in tree.children(head):
            if clauses.base(self.tokens[c].dep) in ("dobj", "obj", "attr") and self.tokens[c].pos == "NOUN":
                carried = tokens_lemma(self.tokens[c])
                if lemma in _LIGHT or (lemma in _SHOWING and carried in _SHOWN):
                    return carried
        return lemma

    def _mastered(self, tree: clauses.Tree, head: int) -> bool:
        """Whether a fire is brought under control."""
        below = tree.children(head)
        under = any(
            self.tokens[c].text.casefold() == "under"
            and any(tokens_lemma(self.tokens[k]) == "control" for k in tree.children(c))
            for c in below
        )
        return under and any(tokens_lemma(self.tokens[c]) in _FLAMES for c in below)

    def _act(self, i: int) -> str:
        """The lemma, told apart where one word is three things: to fire a coach, to fire at a convoy, a fire in a shed."""
        token, lemma = self.tokens[i], tokens_lemma(self.tokens[i])
        if lemma != "fire":
            return lemma
        below = [self.tokens[c] for c in self.children[i]]
        if token.pos != "VERB":
            under_fire = any(t.text.casefold() in _GUNS for t in below) or (
                self.tokens[token.head].text.casefold() == "under"
            )
            return "shell" if under_fire else lemma
        befallen = [t for t in below if t.dep in ("dobj", "obj", "nsubjpass", "nsubj:pass")]
        return (
            "sack" if any(t.entity == "PERSON" or tokens_lemma(t) in _EMPLOYED for t in befallen) else "shell"
        )

    def _roles(
        self, tree: clauses.Tree, head: int | None, named: Sequence[tuple[int, int, Entity]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who acts and who is acted on: keys of names, lemmas of nouns; pronouns are left out."""
        if head is None:
            return (), ()
        actors: list[str] = []
        objects: list[str] = []
        above = self.tokens[head].head
        if (
            clauses.base(self.tokens[head].dep) in ("acl", "relcl")
            and above in tree.inside
            and above != head
            and tree.subject(head) is None
        ):  # see `_finite_below`
            passive = any(self.tokens[c].dep in ("auxpass", "aux:pass") for c in tree.children(head))
            (objects if passive else actors).append(self._role(tree, above, named))
        for c in tree.children(head):
            dep = self.tokens[c].dep
            if dep in _PASSIVE_SUBJECTS:
                objects.extend(self._all_roles(tree, c, named))
            elif clauses.base(dep) in _SUBJECTS:
                (objects if befalls(self._predicate(tree, head)) else actors).extend(
                    self._all_roles(tree, c, named)
                )
            elif dep in _OBJECTS:
                objects.extend(self._all_roles(tree, c, named))
            elif dep == "agent":
                actors.extend(self._role(tree, k, named) for k in tree.children(c))
            elif dep == "obl:agent":
                actors.append(self._role(tree, c, named))
        return tuple(a for a in dict.fromkeys(actors) if a), tuple(o for o in dict.fromkeys(objects) if o)

    def _all_roles(self, tree: clauses.Tree, i: int, named: Sequence[tuple[int, int, Entity]]) -> list[str]:
        """The role of the noun phrase at `i` and of those coordinated with it: "Norland and Vestria"."""
        out = [self._role(tree, i, named)]
        for c in tree.children(i):
            if clauses.base(self.tokens[c].dep) == "conj" and not clauses.is_verb(self.tokens[c]):
                out.extend(self._all_roles(tree, c, named))
        return out

    def _role(self, tree: clauses.Tree, i: int, named: Sequence[tuple[int, int, Entity]]) -> str:
        """The key of the name that the noun phrase at `i` is or holds at its head, else its head's lemma."""
        for first, last, entity in named:
            if first <= i < last:
                return entity.key
        token = self.tokens[i]
        if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "X") or not clauses.is_word(token):
            return ""
        return tokens_lemma(token)

    def _polarity(
        self, tree: clauses.Tree, head: int | None, indices: Sequence[int], denied: bool
    ) -> tuple[bool, bool]:
        """Whether the article, all in all, says that it is not so: negated, denied by its source, or refuted.

        And whether that is the opposite of what the words themselves say.
        """
        tokens = [self.tokens[i] for i in indices]
        negated = self._negated(tree, head, tokens)
        for found in self.refuted:
            if 2 * sum(i in found.content for i in indices) > len(indices):
                return (True, False) if any(i in found.predicate for i in indices) else (not negated, True)
        return negated != denied, denied

    def _denied(self, attribution: Attribution) -> bool:
        """Whether the reporter or the source says that the content is not so: "Brask denied that C"."""
        if attribution.stance is Stance.DENIES:
            return True
        cue = [i for span in attribution.cue for i in self._within(span)]
        lemmas = [tokens_lemma(self.tokens[i]) for i in cue]
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

    def _negated(self, tree: clauses.Tree, head: int | None, tokens: Sequence[Token]) -> bool:
        """Whether the proposition's own verb is negated or denies; an odd number of both counts."""
        if head is None:
            return any(t.text.casefold() in _NEGATIONS for t in tokens)
        negative = False
        for c in tree.children(head):
            token = self.tokens[c]
            word = token.text.casefold()
            following = self.tokens[c + 1].text.casefold() if c + 1 < len(self.tokens) else ""
            if following in _NOT_NEGATED:
                continue
            particle = word in _NEGATIONS and token.pos in ("PART", "ADV", "INTJ", "SCONJ")
            no_longer = word in ("longer", "more") and self.tokens[c - 1].text.casefold() == "no"
            nothing = clauses.base(token.dep) in _ARGUMENTS and (
                word in ("nobody", "nothing", "none")
                or any(self.tokens[k].text.casefold() in ("no", "neither") for k in tree.children(c))
            )
            if clauses.base(token.dep) == "neg" or particle or nothing or no_longer:
                negative = not negative
            if clauses.base(token.dep) == "xcomp" and any(
                clauses.base(self.tokens[k].dep) == "neg" for k in tree.children(c)
            ):  # "told them not to go"
                negative = not negative
            if word == "against" and tokens_lemma(self.tokens[head]) in _AGAINST:
                negative = not negative
        if tokens_lemma(self.tokens[head]) == "нет":  # «пропавших нет»: the verb itself says no
            negative = True
        if self._denies(tree, head):
            negative = not negative
        return negative

    def _denies(self, tree: clauses.Tree, head: int) -> bool:
        """Whether the verb itself says no: who fails to come does not; who fails a test, or dismisses a coach, denies nothing."""
        lemma = tokens_lemma(self.tokens[head])
        below = tree.children(head)
        if lemma == "fail":
            return any(clauses.base(self.tokens[c].dep) == "xcomp" for c in below)
        if lemma == "dismiss":
            return not any(
                clauses.base(self.tokens[c].dep) in ("dobj", "obj", "nsubjpass")
                and (self.tokens[c].entity == "PERSON" or tokens_lemma(self.tokens[c]) in _EMPLOYED)
                for c in below
            )
        return lemma in _DENIALS

    def _lemmas(self, indices: Iterable[int]) -> tuple[str, ...]:
        """Content lemmas in text order."""
        out: list[str] = []
        for i in indices:
            token = self.tokens[i]
            if not clauses.is_word(token):
                continue
            lemma = self._act(i)
            if lemma in _STOP or lemma in _WEAK_LEMMAS or (token.pos and token.pos not in _CONTENT_POS):
                continue
            out.append(lemma)
        return tuple(out)


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


def tokens_lemma(token: Token) -> str:
    """A token's lemma in lower case; the word itself where the parser gives none."""
    lemma = (token.lemma or token.text).casefold()
    return lemma[:-1] if token.tag == "NNPS" and lemma.endswith("s") else lemma


def readable(text: str) -> str:
    """White space folded, footnote stars and unpaired marks dropped, marks trimmed at both ends."""
    out = _SPACE.sub(" ", _FOOTNOTE_STAR.sub("", text)).strip()
    for opening, closing in _PAIRS:
        if out.count(opening) != out.count(closing):
            out = out.replace(opening, "").replace(closing, "")
    if out.rfind("‘") > out.rfind("’"):
        out = out.replace("‘", "")
    if out.count('"') % 2:
        out = out.replace('"', "")
    if out[:1] in _OPENING_MARKS and out[-1:] in _EDGE_MARKS and len(out) > 2:
        inner = out[1:-1]
        if not any(c in inner for c in _OPENING_MARKS.replace("'", "").replace("’", "")):
            out = inner
    out = re.sub(r"\s+([,.;:!?])", r"\1", _SPACE.sub(" ", out))
    return out.lstrip(".,;:–—-…)]} ").rstrip(".,;:–—-…([{ ")


def _bare_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Entities in text order, each key once."""
    out: dict[str, Entity] = {}
    for entity in entities:
        out.setdefault(entity.key, entity)
    return tuple(out.values())
