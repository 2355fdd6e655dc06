"""How far a clause runs, and what stands inside what."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Span
from ...lexicon import lexicon
from .. import words
from ..view import View

CONJUNCTIONS = lexicon("что чтобы будто якобы")
ASKS = lexicon("когда почему зачем сколько где куда кто как какой каким каков ли")
_ENDS = lexicon(". ! ? ; …")
LINKS = lexicon("и а но также затем при потом однако")
RELATIVES = lexicon("который где когда")
REACH = 25  # tokens between a cue and the colon or conjunction that belongs to it


def inside_speech(view: View, i: int) -> bool:
    """Whether the token stands in what is spoken, not in what the narrator puts between."""
    start = view.tokens[i].start
    q = view.quotation_at(start)
    if q is None or q.span.start == start or q.words(view.text) <= 3:
        return False
    speech = view.speech_at.get(q.span.start)
    return speech is None or not any(told.start <= start < told.end for told in speech.told)


def sentence_end(view: View, i: int) -> int:
    """The index after the last token of the sentence that token `i` stands in."""
    return view.bounds(i)[1]


def clause_end(view: View, cue: int, first: int, high: int) -> int:
    """Where the content that begins at `first` ends: before the next report of the same speaker, or a trailing one."""
    for k in range(first, high):
        if view.tokens[k].text == ";":
            return k
        if k <= first or view.lemmas[k] not in words.CUES | words.URGES | words.JUDGES | {"говориться"}:
            continue
        before = k - 1
        while before > first and view.forms[before] in LINKS | {"также", "еще"}:
            before -= 1
        joined = before < k - 1
        comma = view.tokens[before].text == ","
        if (
            view.gerund(k)
            and comma
            and (conjunction(view, k, high) is not None or _colon_soon(view, k, high))
        ):
            return before
        if not view.finite(k):
            continue
        follows = conjunction(view, k, high) is not None or _colon_soon(view, k, high)
        follows = follows or (view.lemmas[k] in words.URGES and _infinitive_soon(view, k, high))
        if (joined or comma) and follows and not view.nominative(before):
            return before if comma else before + 1
        if comma and not joined and view.lemmas[k] in words.CUES | {"говориться"}:
            source = view.speaker(k, k, high)
            if source and source[0].start > view.tokens[k].start and cue != k:
                return before
        if (
            view.forms[k - 1] == "как"
            and view.tokens[k - 2].text == ","
            and cue >= 0
            and bracket_end(view, k, high) >= high - 1
        ):
            return k - 2
    return high


def _infinitive_soon(view: View, k: int, high: int) -> bool:
    return any("VerbForm=Inf" in view.tokens[j].morph for j in range(k + 1, min(k + 5, high)))


def later(view: View, i: int, high: int, reach: int = 14) -> Iterator[int]:
    """Tokens after the cue up to the next clause."""
    for c in range(i + 1, min(i + reach, high)):
        if view.finite(c) or view.tokens[c].text in {":", ";", ","}:
            return
        yield c


def asserted(view: View, i: int) -> bool:
    """A verb that says that something was said: "не предупреждал об учениях" reports nothing."""
    return (view.finite(i) or view.gerund(i)) and view.forms[i - 1 : i] != ("не",)


def subordinate(view: View, i: int) -> bool:
    """A verb of a relative clause or a mere possibility: "документов, которые подтверждали бы вину"."""
    return "бы" in view.forms[i - 1 : i + 2] or any(view.lemmas[c] in RELATIVES for c in view.below[i])


def stands_in(view: View, i: int, spans: tuple[Span, ...]) -> bool:
    """Whether the token stands in one of the spans."""
    return any(span.start <= view.tokens[i].start < span.end for span in spans)


def via_of(view: View, first: int, last: int) -> tuple[Span, ...]:
    """Where it was said: "в интервью X", "в эфире X", "рассказал агентству X"."""
    for i in range(first, min(last, first + 14)):
        if view.forms[i] in {"в", "во"} and i + 1 < last and view.lemmas[i + 1] in words.INTERVIEWS:
            at = i + 2
            if at < last and view.forms[at] in {"с", "со", "на", "для"}:
                at += 1
            if at < last and view.tokens[at].pos in {"NOUN", "PROPN", "X", "PRON", "DET", "ADJ"} | {"PUNCT"}:
                head = next(
                    (j for j in range(at, min(at + 4, last)) if view.tokens[j].pos in {"NOUN", "PROPN", "X"}),
                    None,
                )
                if head is not None:
                    return view.source(head, at, last)
        if (
            view.tokens[i].pos in {"NOUN", "PROPN", "X"}
            and view.feature(i, "Case") == "Dat"
            and (view.lemmas[i] in words.OUTLETS or view.tokens[i].entity == "ORG")
        ):
            return view.source(i, i, last)
    return ()


def conjunction(view: View, i: int, high: int, reach: int = REACH) -> int | None:
    """The что (чтобы, будто; когда, почему …) that opens the clause of cue `i`: the first, with no other verb between."""
    for j in range(i + 1, min(i + reach, high)):
        form = view.forms[j]
        if view.tokens[j].text in {":", ";"} or view.finite(j) or view.gerund(j):
            return None
        if view.tokens[j - 1].text == "," or j == i + 1 or view.forms[j - 1] == "и":
            if form in CONJUNCTIONS and (view.tokens[j - 1].text == "," or form != "что"):
                return j
            if (
                form in ASKS - {"ли", "как", "кто"}
                and view.lemmas[i] in words.SAYS
                and view.tokens[j - 1].text == ","
            ):
                return j
    return None


def bracket_end(view: View, first: int, high: int) -> int:
    """Where a phrase in commas ends: at the comma, bracket or dash that closes it, else at `high`."""
    relative = False
    for i in range(first, high):
        text = view.tokens[i].text
        if text in {",", ")", "—", "–"} | _ENDS:
            q = view.quotation_at(view.tokens[i].start)
            if q is not None and q.words(view.text) <= 6 and q.span.start >= view.tokens[first].start:
                continue
            if text == "," and i + 1 < high and _continues_phrase(view, i, high):
                continue
            if text == "," and not relative and relative_begins(view, i, high):
                relative = True  # "материалам дела, с которыми ознакомился X," ends at the next comma
                continue
            return i
    return high


def relative_begins(view: View, comma: int, high: int) -> bool:
    """Whether a relative clause ("который") begins behind the comma."""
    return any(view.lemmas[j] == "который" for j in range(comma + 1, min(comma + 4, high)))


def _continues_phrase(view: View, comma: int, high: int) -> bool:
    """Whether a comma stands inside a phrase: before "попросивший не называть имени", "знакомых с делом"."""
    return any(view.lemmas[j] in words.ANONYMITY for j in range(comma + 1, min(comma + 3, high)))


def _colon_soon(view: View, k: int, high: int) -> bool:
    return any(view.tokens[j].text == ":" for j in range(k, min(k + 8, high)))


def genitive_of(view: View, noun: int, high: int) -> int | None:
    """The head of the genitive that says whose statement it is."""
    for j in range(noun + 1, min(noun + 4, high)):
        if view.tokens[j].pos in {"NOUN", "PROPN"} and view.feature(j, "Case") == "Gen":
            return j
        if view.tokens[j].pos not in {"ADJ", "DET", "PROPN"}:
            return None
    return None
