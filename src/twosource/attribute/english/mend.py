"""What neither finder gets right alone: who was told, who was cited, where a content ends.

Each step is a small function over the whole list of finds, in one visible order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...language.analysis import Analysis, Token
from ...model import Article, Span
from .. import phrase
from ..found import Found
from ..lexicon import lexicon
from ..resolve.tokens import head_of
from . import words
from .tree import Tree, lower
from .tree import lemma as lemma_of

Step = Callable[[Tree, str, list[Found]], list[Found]]

_MOST_BEFORE_THAT = 9  # tokens of an addressee or a place between cue and "that"
_MOST_CITINGS = 200  # of one article
_VERBS = lexicon("VBD VBZ VBP MD")
_ADDRESSING = lexicon("tell inform assure remind notify warn advise")
_NOTHING = lexicon("no not any word words nothing anything something thing things the a much more")
_POINTING = lexicon("it this that so")
_CITING = lexicon("citing quoting")
_NOBODY = lexicon("nobody nothing none noone neither")
_EVENTS = lexicon(
    """
    move attack crime incident explosion blast strike airstrike raid fire war fighting violence killing shooting
    bombing bombardment shelling clash accident crash flood earthquake storm death
    """
)
"""What happens; it says nothing."""
_HELD = lexicon("believe think suspect say report allege know rumour rumor understand")
_LIVES = re.compile(
    r"(?:(?:the|at least|more than|over|about|around|up to|some|his|her|their)\s+){0,2}(?:[\d,]+\s+|\w+\s+)?(?:life|lives)\b",
    re.IGNORECASE,
)


def mend(article: Article, analysis: Analysis, found: Sequence[Found]) -> tuple[Found, ...]:
    """The finds with every step applied, in text order."""
    tree = Tree(analysis)
    out = list(found)
    for step in STEPS:
        out = step(tree, article.text, out)
    return tuple(sorted((f for f in out if f.content), key=lambda f: (f.extent, f.rule)))


def _tokens(tree: Tree, span: Span) -> list[Token]:
    first = tree.first_from(span.start)
    last = first
    while last < len(tree.tokens) and tree.tokens[last].start < span.end:
        last += 1
    return list(tree.tokens[first:last])


def _verb(tree: Tree, f: Found) -> Token | None:
    """The verb of a cue, None where the cue is no verb."""
    spoken = [t for span in f.cue for t in _tokens(tree, span) if t.tag.startswith("VB")]
    return next((t for t in reversed(spoken) if lemma_of(t) in words.SAYING), None)


def told_is_no_speaker(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "The fire began at the pump, a welder, Tom Oduya, told the Bay Post": who was told does not speak."""
    out: list[Found] = []
    for f in found:
        verb = _verb(tree, f)
        if verb is None or lemma_of(verb) != "tell" or verb.tag not in {"VBD", "VBZ", "VBP"} or not f.source:
            out.append(f)
            continue
        if f.source[0].start < verb.end or tree.child(verb.i, "auxpass") is not None:
            out.append(f)
            continue
        begin = _speaker_before(tree, verb.i, min(s.start for s in f.content))
        if begin is None:
            out.append(f)
            continue
        source = tree.span(begin, _before_marks(tree, verb.i - 1))
        content = tuple(s for s in (_cut_end(text, s, source.start) for s in f.content) if s is not None)
        out.append(replace(f, source=(source,), content=content) if content else f)
    return out


def _before_marks(tree: Tree, k: int) -> int:
    while k > 0 and tree.tokens[k].text in {",", "—", "–", ")"}:
        k -= 1
    return k


def _speaker_before(tree: Tree, verb: int, floor: int) -> int | None:
    """The first token of the name, with the role before it, that stands just before a verb."""
    tokens = tree.tokens
    k = _before_marks(tree, verb - 1)
    if not tokens[k].text[:1].isupper():
        return None
    while k > 0 and tokens[k - 1].text[:1].isupper() and tokens[k - 1].start > floor:
        k -= 1
    if k > 1 and tokens[k - 1].text == "," and tokens[k - 2].pos == "NOUN":
        role = k - 2
        while (
            role > 0 and tokens[role - 1].pos in {"NOUN", "ADJ", "PROPN"} and tokens[role - 1].start > floor
        ):
            role -= 1
        if role > 0 and lower(tokens[role - 1]) in {"a", "an", "the"}:
            return role - 1
    return k


def _cut_end(text: str, span: Span, end: int) -> Span | None:
    """The span as far as `end`, marks and white space at its new end left out."""
    if span.end <= end:
        return span
    while end > span.start and text[end - 1] in " ,—–\t\n":
        end -= 1
    return Span(span.start, end) if end > span.start + 2 else None


def addressee_out(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "told the Bay Post that …", "said in a statement that …": the content begins at "that"."""
    out: list[Found] = []
    for f in found:
        verb = _verb(tree, f)
        content = list(f.content)
        for k, span in enumerate(content):
            if verb is None or not 0 <= span.start - f.cue[-1].end <= 2:
                continue
            tokens = _tokens(tree, Span(span.start, min(span.end, span.start + 120)))[: _MOST_BEFORE_THAT + 1]
            that = next((t for t in tokens if lower(t) == "that" and t.tag == "IN"), None)
            if that is None or that.start == span.start:
                continue
            before = [t for t in tokens if t.start < that.start]
            placed = lower(before[0]) in {"in", "on", "at", "late", "early"} or before[0].entity == "DATE"
            if lemma_of(verb) not in _ADDRESSING and not placed:
                continue
            if lemma_of(before[-1]) in words.CLAIM_NOUNS - {"statement"}:
                continue
            if any(t.tag in _VERBS for t in before) or before[0].text in {'"', "“", "«"}:
                continue
            content[k] = Span(that.start, span.end)
        out.append(replace(f, content=tuple(content)))
    return out


def cited_inside(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "Reuters reported, citing two people, that …": who is cited is nested in who reports."""
    out = list(found)
    mended = 0
    for token in tree.tokens:
        if lower(token) not in _CITING or token.i == 0 or tree.tokens[token.i - 1].text != ",":
            continue
        if mended == _MOST_CITINGS:
            break
        mended += 1
        begin, end = tree.sentence(token.i)
        sentence = tree.span(begin, end - 1)
        outer = max(
            (
                f
                for f in out
                if f.source
                and f.cue
                and sentence.contains(f.cue[0])
                and f.cue[0].end <= token.start
                and _verb(tree, f) is not None
            ),
            key=lambda f: f.cue[0].start,
            default=None,
        )
        who = _cited(tree, text, token.i, end)
        if outer is None or who is None:
            continue
        content = _reported(tree, text, outer, token.i, who, end)
        if not content:
            continue
        cue = Span(token.start, token.end)
        out = [f for f in out if not any(c.overlaps(cue) for c in f.cue) and f is not outer]
        ending = tree.token_at(outer.cue[0].end - 1)
        spoken = (
            outer.cue[0]
            if tree.tokens[ending].tag != "IN"
            else tree.span(tree.token_at(outer.cue[0].start), ending - 1)
        )
        source = outer.source
        if source[0].overlaps(who):
            continue
        out.append(replace(outer, cue=(spoken,), content=content))
        out.append(Found((who,), (cue,), content, "citing", 0.85, within=spoken))
    return out


def _cited(tree: Tree, text: str, citing: int, end: int) -> Span | None:
    """The noun phrase behind "citing", a name that is set off by a comma included."""
    tokens = tree.tokens
    first = citing + 1
    if first >= end:
        return None
    names = [
        e.span
        for e in tree.analysis.names
        if e.span.end > tokens[first].start and e.span.start < tokens[end - 1].end
    ]
    found = phrase.core(text, tokens, first, end - 1, names)
    if found is None:
        return None
    last = found.last
    k = last + 1
    if k + 1 < end and tokens[k].text == "," and tokens[k + 1].text[:1].isupper():
        k += 1
        while k < end and tokens[k].text[:1].isupper():
            last = k
            k += 1
    elif k < end and (tokens[k].pos == "ADP" or tokens[k].tag in {"WP", "WDT", "VBN"}):
        while k < end and tokens[k].text not in {",", ".", ";", "—"} and lower(tokens[k]) != "that":
            last = k
            k += 1
    return tree.span(first, last)


def _reported(tree: Tree, text: str, outer: Found, citing: int, who: Span, end: int) -> tuple[Span, ...]:
    """What is reported: the clause behind the citation, or what the outer content has without it."""
    tokens = tree.tokens
    after = tree.first_from(who.end)
    while after < end and tokens[after].text == ",":
        after += 1
    if after < end and lower(tokens[after]) in {"that", "as"}:
        last = end - 1
        while last > after and tokens[last].text in {".", "!", "?"}:
            last -= 1
        return (tree.span(after, last),) if last > after + 1 else ()
    cut = [_cut_end(text, s, tokens[citing].start) for s in outer.content if s.start < tokens[citing].start]
    kept = [s for s in cut if s is not None]
    source = outer.source[0]
    clear = [
        _cut_end(text, s, source.start) if s.overlaps(source) and s.start < source.start else s for s in kept
    ]
    return tuple(s for s in clear if s is not None and not s.overlaps(source))


def who_cites_kept(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "Radio Vale said, citing a pilot, that …": who cites says it too, where only the one cited was kept."""
    cues = {span for f in found for span in f.cue}
    out = list(found)
    for f in found:
        if f.within is None or f.within in cues or not f.rule.startswith("citing"):
            continue
        verb = next((t.i for t in reversed(_tokens(tree, f.within)) if t.tag.startswith("VB")), None)
        head = None if verb is None else tree.subject(verb)
        if head is None:
            continue
        cues.add(f.within)
        source = tree.span(*tree.noun_phrase(head, verb))
        if not any(source.overlaps(c) for c in f.content):
            out.append(Found((source,), (f.within,), f.content, "citing", f.score))
    return out


def nothing_beyond_another_voice(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """A content does not go on in a later sentence behind the cue of somebody else, or of another quotation.

    The learned finder weighs that itself: cutting what it found was wrong as often as right.
    """
    cues = sorted(c.start for f in found for c in f.cue)
    out: list[Found] = []
    for f in found:
        if len(f.content) < 2 or not f.cue or "learned" in f.rule:
            out.append(f)
            continue
        kept = [f.content[0]]
        for span in f.content[1:]:
            since = max(kept[-1].end, *(c.end for c in f.cue if c.start < span.start), 0)
            sentence = tree.sentence_of[tree.token_at(f.cue[0].start)]
            later = tree.sentence_of[tree.token_at(span.start)] > sentence
            if not (later and any(since <= c < span.start for c in cues)):
                kept.append(span)
        out.append(replace(f, content=tuple(kept)))
    return out


def with_a_speaker_of_its_own(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "The Board said the quay burned. Men ran, a clerk told us. 'They ran far,' he said": his words are not the Board's.

    What stands in a later sentence than the cue is not this speaker's where another cue stands beside it and a third
    speaker's between.
    """
    cues = sorted((span.start, k) for k, f in enumerate(found) for span in f.cue)
    starts = [at for at, _ in cues]
    out: list[Found] = []
    for k, f in enumerate(found):
        if len(f.content) < 2 or not f.cue or not f.source:
            out.append(f)
            continue
        kept = tuple(s for s in f.content if not _spoken_by_another(tree, found, cues, starts, k, s))
        out.append(replace(f, content=kept) if kept else f)
    return out


def _spoken_by_another(
    tree: Tree,
    found: Sequence[Found],
    cues: Sequence[tuple[int, int]],
    starts: Sequence[int],
    k: int,
    span: Span,
) -> bool:
    """Whether the piece `span` of the content of find `k` is another's, whose cue stands beside it."""
    cue = found[k].cue[-1]
    if tree.sentence_of[tree.token_at(span.start)] <= tree.sentence_of[tree.token_at(cue.start)]:
        return False
    between = {j for _, j in cues[bisect_left(starts, cue.end) : bisect_left(starts, span.start)]} - {k}
    beside = {j for _, j in cues[bisect_left(starts, span.end) : bisect_left(starts, span.end + _BESIDE)]} - {
        k
    }
    others = {j for j in between if found[j].source and found[j].source != found[k].source}
    return bool(others) and any(
        found[j].source
        and found[j].source != found[k].source
        and any(s.shared(span) >= _MOSTLY * (span.end - span.start) for s in found[j].content)
        for j in beside
    )


_BESIDE = 60
"""Characters behind a quotation in which its own cue stands."""
_MOSTLY = 0.8


def parenthesis_out(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "In Velm, it seems, nobody rang": "it" is no part of what is said, and what stands before it is."""
    out: list[Found] = []
    for f in found:
        it = _parenthesis(tree, f)
        if it is None:
            out.append(f)
            continue
        word = tree.tokens[it]
        content = [s for s in f.content if s != Span(word.start, word.end)]
        clause = tree.tokens[tree.tokens[word.head].head].i
        last = it - 1
        while last > tree.first[clause] and tree.tokens[last].text in {",", "—", "–", "("}:
            last -= 1
        before = tree.span(tree.first[clause], last)
        if before.end <= word.start and not any(s.overlaps(before) for s in (*content, *f.source)):
            content.insert(0, before)
        out.append(replace(f, content=tuple(content)))
    return out


def _parenthesis(tree: Tree, f: Found) -> int | None:
    """The "it" of a cue that is put into the clause of what it says, where the content took it in; else None."""
    for token in (t for span in f.cue for t in _tokens(tree, span)):
        if token.dep != "parataxis":
            continue
        it = tree.child(token.i, "nsubj", "nsubjpass")
        if it is None or lower(tree.tokens[it]) != "it" or len(f.content) < 2:
            continue
        word = tree.tokens[it]
        if Span(word.start, word.end) in f.content and tree.first[token.head] < it:
            return it
    return None


def something_said(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "said no words", "said nothing": there is nothing to attribute.

    Words that only point back ("doubts it") are a content to the learned finder, which knows who has doubts.
    """
    return [f for f in found if _says(tree, f, _NOTHING if "learned" in f.rule else _NOTHING | _POINTING)]


def _says(tree: Tree, f: Found, empty: frozenset[str]) -> bool:
    return any(lower(t) not in empty and t.pos != "PUNCT" for s in f.content for t in _tokens(tree, s))


def a_voice(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """Nobody and nothing says nothing ("No one said"); an event has no voice ("The move angered …")."""
    return [
        f
        for f in found
        if not f.source or f.rule.startswith("according to") or not _voiceless(_tokens(tree, f.source[0]))
    ]


def _voiceless(tokens: Sequence[Token]) -> bool:
    head = head_of(tokens)
    if head is None:
        return False
    first = " ".join(lower(t) for t in tokens[:2])
    if lower(tokens[0]) in _NOBODY or first in {"no one", "no-one", "not one"}:
        return True
    return lemma_of(head) in _EVENTS and head.entity in {"", "EVENT"}


def claimed_lives(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "The flood claimed the lives of nine sailors": nothing is said."""
    return [
        f
        for f in found
        if not (
            any(lemma_of(t) in {"claim", "take", "cost"} for s in f.cue for t in _tokens(tree, s))
            and _LIVES.match(f.content[0].of(text)[:60])
        )
    ]


def believed_by_nobody(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """As in "the town, believed to be empty": the town is what is spoken of, no source."""
    out: list[Found] = []
    for f in found:
        cue = [t for s in f.cue for t in _tokens(tree, s)]
        after = tree.tokens[cue[-1].i + 1 : cue[-1].i + 3] if cue else ()
        passive = (
            bool(f.source)
            and len(cue) == 1
            and lemma_of(cue[0]) in _HELD
            and cue[0].tag in {"VBN", "VBD"}
            and [lower(t) for t in after] in (["to", "be"], ["to", "have"])
            and f.source[0].end <= cue[0].start
        )
        if passive and f.source[0].overlaps(f.content[0]):
            continue
        out.append(replace(f, source=()) if passive else f)
    return out


def one_of_two(tree: Tree, text: str, found: list[Found]) -> list[Found]:
    """Two finds of one attribution, source and content alike: the surer one, then the longer cue, stays."""
    kept: list[Found] = []
    near: dict[
        int, list[Found]
    ] = {}  # by where the cue stands, so that each is compared with its neighbours alone
    for f in sorted(found, key=lambda f: (-f.score, f.extent, f.rule)):
        at = f.extent.start if not f.cue else f.cue[0].start
        around = (other for place in (-1, 0, 1) for other in near.get(at // _APART + place, ()))
        if not any(_alike(f, other) for other in around):
            kept.append(f)
            near.setdefault(at // _APART, []).append(f)
    return sorted(kept, key=lambda f: (f.extent, f.rule))


_APART = 40  # characters between two cues that may be one


def _alike(a: Found, b: Found) -> bool:
    if not a.source or not b.source or not a.source[0].overlaps(b.source[0]) or a.within or b.within:
        return False
    if not a.cue or not b.cue or abs(a.cue[0].start - b.cue[0].start) > _APART:
        return False
    shared = sum(x.shared(y) for x in a.content for y in b.content)
    size = min(sum(s.end - s.start for s in f.content) for f in (a, b))
    most = max(sum(s.end - s.start for s in f.content) for f in (a, b))
    return shared >= 0.9 * size and size >= 0.8 * most


STEPS: tuple[Step, ...] = (
    told_is_no_speaker,
    addressee_out,
    cited_inside,
    who_cites_kept,
    nothing_beyond_another_voice,
    with_a_speaker_of_its_own,
    parenthesis_out,
    something_said,
    a_voice,
    claimed_lives,
    believed_by_nobody,
    one_of_two,
)
"""Every step, in order."""
