"""The dependency parse as the rules ask it: subjects, phrases and clauses."""

from __future__ import annotations

from bisect import bisect_right

from ...language.analysis import Analysis, Token
from ...model import Span

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_RELATIVE = frozenset({"who", "which", "that"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
_LOOSE = frozenset({"punct", "cc"})


class Tree:
    """One article's parse with, for every token, the tokens below it and their range."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.below = analysis.children()
        n = len(self.tokens)
        self.first = list(range(n))  # the leftmost token under each token
        self.last = list(range(n))  # the rightmost
        self.sentence_of = [0] * n
        for number, (begin, end) in enumerate(analysis.sentences):
            for i in range(begin, end):
                self.sentence_of[i] = number
        self._measure()
        self._starts = [t.start for t in self.tokens]

    def _measure(self) -> None:
        """Fill `first` and `last` from the leaves up, without recursion: a hostile parse may be deep."""
        waiting = [len(c) for c in self.below]
        ready = [i for i, count in enumerate(waiting) if not count]
        while ready:
            i = ready.pop()
            head = self.tokens[i].head
            if head == i:
                continue
            self.first[head] = min(self.first[head], self.first[i])
            self.last[head] = max(self.last[head], self.last[i])
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)

    # ------------------------------------------------------------ looking around

    def child(self, i: int, *labels: str) -> int | None:
        """The first token under `i` with one of the labels."""
        return next((c for c in self.below[i] if self.tokens[c].dep in labels), None)

    def children(self, i: int, *labels: str) -> list[int]:
        """The tokens under `i` with one of the labels."""
        return [c for c in self.below[i] if self.tokens[c].dep in labels]

    def sentence(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that token `i` stands in."""
        return self.analysis.sentences[self.sentence_of[i]]

    def token_at(self, offset: int) -> int:
        """The index of the last token that starts at or before `offset`, 0 before the first."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def first_from(self, offset: int) -> int:
        """The index of the first token that starts at or after `offset`."""
        return bisect_right(self._starts, offset - 1)

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` through token `last`, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    # ------------------------------------------------------------------- subjects

    def own_subject(self, verb: int) -> int | None:
        """The verb's own subject, with a relative pronoun taken back to the noun it stands for."""
        subject = self.child(verb, *_SUBJECTS)
        if subject is None:
            return None
        if self.is_relative(subject):
            head = self.tokens[verb].head
            if self.tokens[verb].dep == "relcl" and head != verb:
                return head
        return subject

    def is_relative(self, i: int) -> bool:
        """Whether the token is a relative pronoun: "who", "which", "that"."""
        token = self.tokens[i]
        return token.lemma.lower() in _RELATIVE and token.tag in {"WP", "WDT", "IN", "PRP"}

    def relative_subject(self, verb: int) -> int | None:
        """The "who" of "the owner, who said": the pronoun, where the subject is taken back to its noun."""
        seen = 0
        while seen < 4:
            seen += 1
            subject = self.child(verb, *_SUBJECTS)
            if subject is not None:
                return subject if self.is_relative(subject) else None
            if self.tokens[verb].dep not in {"conj", "xcomp"} or self.tokens[verb].head == verb:
                return None
            verb = self.tokens[verb].head
        return None

    def subject(self, verb: int) -> int | None:
        """Who does what the verb says: its subject, or that of the clause that it continues."""
        seen = 0
        while seen < 8:
            seen += 1
            found = self.own_subject(verb)
            if found is not None:
                return found
            token = self.tokens[verb]
            if token.head == verb:
                return None
            head = self.tokens[token.head]
            if token.dep in {"acl", "relcl"} and head.pos in {"NOUN", "PROPN", "PRON"}:
                return head.i
            if token.dep in {"conj", "advcl", "xcomp", "pcomp", "ccomp", "dep", "parataxis", "prep"}:
                if token.dep == "ccomp" and token.tag not in {"VBG", "VBN"}:
                    return None
                if token.dep == "xcomp":
                    inner = self.child(head.i, "dobj")
                    if inner is not None and head.lemma not in {
                        "use",
                        "take",
                        "issue",
                        "release",
                        "make",
                        "give",
                    }:
                        return inner
                verb = head.i
                continue
            return None
        return None

    def agent(self, verb: int) -> int | None:
        """Who a passive verb says did it: "was told by the mayor"."""
        by = self.child(verb, "agent")
        return None if by is None else self.child(by, "pobj")

    # -------------------------------------------------------------------- phrases

    def noun_phrase(self, head: int, without: int | None = None) -> tuple[int, int]:
        """First and last token of the noun phrase around `head`.

        Appositions and restrictive clauses are in ("people briefed on the move"), what a comma sets off and
        what holds the token `without` is out ("Cable, who replaced Farron, said").
        """
        first = last = head
        for c in self.below[head]:
            label = self.tokens[c].dep
            if label in {"punct", "cc", "advcl", "ccomp", "parataxis", "csubj"}:
                continue
            if without is not None and self.first[c] <= without <= self.last[c]:
                continue
            if c < head:
                if label != "relcl":
                    first = min(first, self.first[c])
            elif label in {"relcl", "acl"}:
                if not self._comma_before(c) and self.last[c] - self.first[c] < 14:
                    last = max(last, self.last[c])
            elif not (label == "prep" and self._comma_before(c)):
                last = max(last, self._right_edge(c, without))
        return first, last

    def _comma_before(self, i: int) -> bool:
        start = self.first[i]
        return start > 0 and self.tokens[start - 1].text in {",", "—", "–", "--", "(", "-"}

    def _right_edge(self, i: int, without: int | None) -> int:
        """The right edge of what hangs under `i`, without what a comma sets off as a clause."""
        edge = i
        stack = [i]
        steps = 0
        while stack and steps < 200:
            steps += 1
            node = stack.pop()
            edge = max(edge, node)
            for c in self.below[node]:
                label = self.tokens[c].dep
                if label == "punct" and self.tokens[c].text != ")":
                    continue
                if without is not None and self.first[c] <= without <= self.last[c]:
                    continue
                if label in {"relcl", "acl", "advcl"} and (
                    self._comma_before(c) or self.last[c] - self.first[c] >= 14
                ):
                    continue
                stack.append(c)
        return edge

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token under `i`, with marks at the edges left out."""
        first, last = self.first[i], self.last[i]
        while (
            first < i
            and self.tokens[first].dep in _LOOSE
            and self.tokens[first].text in {",", ";", "-", "–", "—", "and", "but", ":"}
        ):
            first += 1
        while last > i and self.tokens[last].text in {",", ";", ".", "-", "–", "—", "and", "but", ":"}:
            last -= 1
        return first, last

    def verb_group(self, verb: int) -> tuple[int, int]:
        """The verb with its auxiliaries, negation and particle where they stand unbroken."""
        first = last = verb
        inside = {
            c
            for c in self.below[verb]
            if self.tokens[c].dep in {"aux", "auxpass", "neg", "advmod"} and self.first[c] == self.last[c]
        }
        while first - 1 in inside:
            first -= 1
        while self.tokens[first].dep == "advmod" and first < verb:
            first += 1
        if (
            last + 1 < len(self.tokens)
            and self.tokens[last + 1].head == verb
            and self.tokens[last + 1].dep == "prt"
        ):
            last += 1
        return first, last


_SLIPS = {"hop": "hope", "seemed": "seem", "retweete": "retweet", "fee": "feel", "stat": "state"}
"""Lemmas that the parser's lemmatiser gets wrong in news: "hopes" → hop."""


def lemma(token: Token) -> str:
    """The token's lemma in lower case, known slips of the lemmatiser mended."""
    low = token.lemma.lower()
    return _SLIPS.get(low, low)


def lower(token: Token) -> str:
    """The token's text in lower case, curly apostrophes made straight."""
    return token.text.lower().replace("’", "'")
