"""Turns of phrase that machine translation leaves behind: "On data of the Agency, …", "…», — recalls docker Tamm"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....model import Span
from ...found import Found
from ...lexicon import lexicon
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View

_VERBS = words.QUOTING | lexicon("recall remember remind pass transmit inform tell specify become")
_FORMS = frozenset(
    form
    for verb in _VERBS
    for form in (verb, f"{verb}s", f"{verb}ed", f"{verb}d", f"{verb.removesuffix('y')}ied", f"{verb.removesuffix('y')}ies")
) | lexicon("said told wrote written known became stressed")  # fmt: skip
_REPORTING = lexicon("report say tell inform write pass transmit note declare state announce claim add")
_DASHES = lexicon("— – - --")
_ENDS = lexicon(". ! ? ; — – -- :")
_MOST = 16  # tokens of a source
_LEADS = re.compile(
    r"(?:(?:On|By|According to)\s+(?:the\s+)?(?:[a-z]+\s+)?(?:data|information|estimates?|version|opinion|words|assurances|rumou?rs)"
    r"|In\s+the\s+(?:opinion|words|estimation|assessment))(\s+of)?\s"
)


def dash_and_speaker(view: View) -> Iterator[Found]:
    """As in "«Nobody warned us», — recalls docker Tamm": the verb needs no tag, the speaker no parse."""
    tokens = view.tokens
    for q in view.quotations:
        k = view.tree.first_from(q.span.end)
        while k < len(tokens) and tokens[k].text in {",", "."} and k < view.tree.first_from(q.span.end) + 2:
            k += 1
        if k + 2 >= len(tokens) or tokens[k].text not in _DASHES:
            continue
        hit = _verb_and_speaker(view, k + 1)
        if hit is not None:
            cue, source = hit
            yield Found((source,), (cue,), (q.span,), "dash and speaker", 0.85)


def _verb_and_speaker(view: View, k: int) -> tuple[Span, Span] | None:
    """A verb of saying from token `k` and the noun phrase behind it up to the next mark."""
    tokens = view.tokens
    first = k
    if lower(tokens[k]) in {"is", "was", "has", "have", "had"}:
        k += 1
    if k + 1 >= len(tokens) or lower(tokens[k]) not in _FORMS:
        return None
    verb = k
    k += 1
    if lower(tokens[k]) in {"in", "by"}:
        k += 1
    elif lower(tokens[k]) == "to":  # "said to journalists the director"
        k += 2
    while k < len(tokens) and tokens[k].text in {"«", "“", '"'}:  # "told «Bay today» fisherman Olaf Stenn"
        close = next(
            (j for j in range(k + 1, min(k + 8, len(tokens))) if tokens[j].text in {"»", "”", '"'}), None
        )
        if close is None or close + 1 >= len(tokens) or tokens[close + 1].text in _ENDS | {","}:
            break
        k = close + 1
    last = _phrase_end(view, k)
    if last is None:
        return None
    return view.tree.span(first, verb), view.tree.span(k, last)


def _phrase_end(view: View, k: int) -> int | None:
    """The last token of the phrase that begins at `k`: up to a comma, a dash, the end of the sentence or paragraph."""
    tokens = view.tokens
    if k >= len(tokens) or tokens[k].text in _ENDS | {","}:
        return None
    paragraph = view.paragraph_at(tokens[k].start)
    last = None
    for i in range(k, min(k + _MOST, len(tokens))):
        if tokens[i].text in _ENDS | {","} or view.paragraph_at(tokens[i].start) != paragraph:
            return last
        last = i
    return None


def lead(view: View) -> Iterator[Found]:
    """As in "On data of the Agency, …", "In the opinion of analyst Noll, …", "By rumors, …"."""
    tokens = view.tokens
    for begin, end in view.tree.analysis.sentences:
        start = tokens[begin].start
        found = _LEADS.match(view.text, start, tokens[end - 1].end)
        if found is None:
            found = re.match(r"By\s+rumou?rs(),", view.text[start : start + 20])
            if found is None:
                continue
            found = None
            rumour = view.tree.span(begin, begin + 1)
            comma = begin + 2
            if comma < end - 2:
                content = view.content(comma + 1, end - 1, begin)
                if content is not None:
                    yield Found((), (rumour,), (content,), "translated lead", 0.8)
            continue
        if found.group(1) is None and not found.group().startswith("According"):
            continue
        if found.group().startswith("According") and found.group(1) is None:
            continue
        who = view.tree.first_from(found.end())
        last = _phrase_end(view, who)
        if last is None or last + 2 >= end or tokens[last + 1].text != ",":
            continue
        content = view.content(last + 2, end - 1, begin)
        cue = Span(start, found.start() + len(found.group().rstrip()))
        if content is not None:
            yield Found((view.tree.span(who, last),), (cue,), (content,), "translated lead", 0.9)


def as_verb_first(view: View) -> Iterator[Found]:
    """As in "As reported by agency «Bay», …", "As writes the newspaper, …", "As noted doctor Brandel, …"."""
    tokens = view.tokens
    for begin, end in view.tree.analysis.sentences:
        if end - begin < 6 or lower(tokens[begin]) != "as":
            continue
        k = begin + 1
        while k < begin + 3 and lower(tokens[k]) in {"it", "is", "was", "has", "been", "became"}:
            k += 1
        if lower(tokens[k]) not in _FORMS or lemma_of(tokens[k]) in {"see", "call", "attack", "press"}:
            continue
        verb = k
        k += 1
        if lower(tokens[k]) in {"in", "by", "to"}:
            verb, k = (verb if lower(tokens[k]) == "in" else k), k + 1
        last = _phrase_end(view, k)
        if (
            last is None
            or last + 2 >= end
            or tokens[last + 1].text != ","
            or lower(tokens[k]) in {"that", "above", "before"}
        ):
            continue
        if any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in tokens[k : last + 1]):
            continue
        content = view.content(last + 2, end - 1, begin)
        if content is not None:
            yield Found(
                (view.tree.span(k, last),), (view.tree.span(begin, verb),), (content,), "as, verb first", 0.85
            )


def trailing_outlet(view: View) -> Iterator[Found]:
    """As in "…, reports «Baywire».": the words in marks are a name, no quotation."""
    for found in trailing_verb(view):
        if view.text[found.source[0].start] in "«“":
            yield found


def trailing_verb(view: View) -> Iterator[Found]:
    """As in "The ferry port is closed, reported in the harbour office.", "…, reports «Baywire»."."""
    tokens = view.tokens
    for begin, end in view.tree.analysis.sentences:
        comma = next(
            (
                k
                for k in range(end - 2, max(begin + 2, end - _MOST), -1)
                if tokens[k].text == "," and not view.quoted(k)
            ),
            None,
        )
        if comma is None or lower(tokens[comma + 1]) not in _FORMS or view.quoted(comma + 1):
            continue
        verb = tokens[comma + 1]
        own = view.tree.child(verb.i, "nsubj")
        finite = any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in tokens[begin:comma])
        if lemma_of(verb) not in _REPORTING or not finite or (own is not None and own < verb.i):
            continue
        hit = _verb_and_speaker(view, comma + 1)
        if hit is None or (verb.tag == "VBN" and lower(tokens[comma + 2]) == "by"):
            continue
        cue, source = hit
        after = view.tree.token_at(source.end - 1) + 1
        through = tokens[comma + 2]
        if after < end - 1 or not (
            through.text in {"«", "“"} or through.text[:1].isupper() or lower(through) in {"the", "a", "in"}
        ):
            continue
        content = view.content(begin, comma - 1, comma + 1)
        if content is not None and content.end - content.start > 8 and not source.overlaps(content):
            yield Found((source,), (cue,), (content,), "trailing verb", 0.75)
