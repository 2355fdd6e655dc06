"""Fixed phrases: "according to X", "as X reported"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....language.analysis import Token
from ...found import Found
from ...lexicon import lexicon
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View
from .extent import clause_around
from .speaker import speaker_of


def according_to(view: View) -> Iterator[Found]:
    """As in "According to X, …" and "…, according to X"."""
    tree, tokens = view.tree, view.tokens
    for i, token in enumerate(tokens[:-2]):
        if token.text.lower() != "according" or tokens[i + 1].text.lower() != "to":
            continue
        head = tree.child(i + 1, "pobj")
        if head is None:
            head = next(
                (
                    j
                    for j in range(i + 2, min(i + 14, len(tokens)))
                    if tokens[j].pos in {"NOUN", "PROPN", "PRON"}
                    and tokens[j].dep not in {"compound", "poss", "amod"}
                ),
                None,
            )
        if head is None:
            continue
        source = view.source(head)
        last = tree.token_at(source[0].end - 1)
        content = clause_around(view, i, last)
        if content:
            yield Found(source, (tree.span(i, i + 1),), content, "according to", 0.95)


_AS_SAID = lexicon(
    "report say note put write point tell warn announce state show claim explain reveal acknowledge argue suggest observe describe"
)


def as_reported(view: View) -> Iterator[Found]:
    """As in "As the Harbour Post reported, …" and "…, as one resident put it"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if not token.tag.startswith("VB") or lemma_of(token) not in _AS_SAID:
            continue
        mark = next((c for c in tree.below[token.i] if lower(tokens[c]) == "as" and c < token.i), None)
        if mark is None or token.dep not in {"advcl", "ROOT", "ccomp", "parataxis", "relcl"}:
            continue
        head = speaker_of(view, token.i)
        if head is None or tree.child(token.i, "ccomp") is not None:
            continue
        if token.lemma == "put" and not any(lower(tokens[c]) == "it" for c in tree.below[token.i]):
            continue
        first, last = tree.first[token.i], tree.last[token.i]
        if first != mark or last - first > 12 or not first <= head <= last:
            continue  # "as described in rumours, the boat will ...": the boat says nothing
        begin, end = tree.sentence(token.i)
        if (first > begin and tokens[first - 1].text not in {",", "—", "–", "("}) or (
            first == begin and last + 1 < end and tokens[last + 1].text != ","
        ):
            continue
        content = clause_around(view, first, last)
        if content:
            yield Found(view.source(head, token.i), view.cue(token.i), content, "as reported", 0.85)


def as_outlet_reported(view: View) -> Iterator[Found]:
    """As in "As the portal Bay.RU reported, …", "…, as the newspaper Evening Vale noted", whatever the parse.

    The parser ends a sentence inside such names, or takes the kind of outlet for the whole of the source.
    """
    tree, tokens = view.tree, view.tokens
    for i, token in enumerate(tokens):
        if lower(token) != "as":
            continue
        kind = next((k for k in range(i + 1, min(i + 5, len(tokens))) if _is_outlet_word(tokens[k])), None)
        if kind is None:
            continue
        verb = kind + 1
        while verb < min(kind + 9, len(tokens)) and _of_a_name(tokens, verb):
            verb += 1
        if verb == kind + 1 or verb + 1 >= len(tokens) or lemma_of(tokens[verb]) not in _AS_SAID:
            continue
        source = tree.span(i + 1, verb - 1)
        if i == 0 or tokens[i - 1].text in {".", "!", "?"} or view.paragraph_starts(token.start):
            stop = min(verb + 8, len(tokens))
            comma = next((k for k in range(verb + 1, stop) if tokens[k].text in {",", "."}), verb)
            if tokens[comma].text != "," or comma + 1 >= len(tokens):
                continue
            content = view.content(comma + 1, tree.sentence(comma + 1)[1] - 1, i)
        elif tokens[i - 1].text in {",", "—", "–", "("}:
            content = view.content(tree.sentence(i)[0], i - 2, i)
        else:
            continue
        if content is not None and not content.overlaps(source):
            yield Found((source,), (tree.span(verb, verb),), (content,), "as reported", 0.85)


def _is_outlet_word(token: Token) -> bool:
    return lower(token) in words.OUTLET_WORDS


def _of_a_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether a token can go on a name: it has a capital, or hangs on what is before it ("Bay.net")."""
    return tokens[k].text[:1].isupper() or (
        tokens[k].start == tokens[k - 1].end and tokens[k].text not in {",", ":", ";", ")"}
    )


def as_outlet_verb_lost(view: View) -> Iterator[Found]:
    """As in "As the portal «Bay.NET» in the clean-up …": machine translation that lost "reports"."""
    tokens, tree = view.tokens, view.tree
    for begin, end in view.tree.analysis.sentences:
        if end - begin < 6 or lower(tokens[begin]) != "as":
            continue
        k = begin + 1
        outlet = None
        while k < min(begin + 5, end):
            if lower(tokens[k]) in words.OUTLET_WORDS:
                outlet = k
                break
            k += 1
        if outlet is None:
            continue
        q = view.quotation_at(tokens[outlet + 1].start) if outlet + 1 < end else None
        if q is not None and q.words(view.text) <= 5:
            last = tree.token_at(q.span.end - 1)
        else:
            last = outlet
            while last + 1 < end and tokens[last + 1].pos == "PROPN":
                last += 1
            if last == outlet:
                continue
        follower = last + 1
        if follower >= end or (
            lemma_of(tokens[follower]) in words.SAYING | {"put", "have"}
            and tokens[follower].text.lower() not in {"report"}
        ):
            continue
        content = view.content(follower, end - 1, begin)
        if content is not None:
            source = tree.span(begin + 1, last)
            yield Found((source,), (tree.span(begin, begin),), (content,), "as the outlet, verb lost", 0.8)
