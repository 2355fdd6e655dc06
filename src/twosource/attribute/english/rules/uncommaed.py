"""Trailing speakers in texts that have lost their commas, as in "Nine people were killed the Observatory said".

Scraped and machine-made corpora often come without commas, and the parser then takes the speaker for a part of
the clause before it. So this rule reads the end of the sentence from right to left, word by word: a time, the cue,
the speaker's phrase. What is left in front is the content, if it is a clause of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....language.analysis import Token
from ...found import Found
from ...lexicon import lexicon
from .. import words
from ..tree import lower
from ..view import View

_CUES = lexicon(
    """
    said says reported reports added adds announced confirmed stated claimed warned explained told tells
    """
)
_TIMES = lexicon(
    """
    on late early earlier later yesterday today monday tuesday wednesday thursday friday saturday sunday
    morning afternoon evening night separately again
    """
)
_PAPERS = lexicon(
    "statement report interview tweet press release separate joint brief online in a an the its his her"
)
_BETWEEN = lexicon("has have had also later then earlier")
_PRONOUNS = lexicon("he she it they")
_DETERMINERS = lexicon("the a an his her its their this another some two three several many both")
_LINKS = lexicon("of for in from at near inside with to")
_NOT_BEFORE = lexicon(
    """
    what that which who whom whose as than when if whether because and but or while although since how why where
    to thing things word words remark remarks comment comments statement statements
    """
)
_VOICES = (
    words.PEOPLE
    | words.OUTLET_WORDS
    | words.OUTLET_NAMES
    | lexicon(
        """
        observatory monitor monitors ministry media television tv radio group network centre center
        committee committees defence defense defenders helmets crescent cross rescuers medics sources reports
        authorities forces ngo organisation organization
        """
    )
)
_MODIFIERS = lexicon(
    """
    local opposition rebel rescue medical military security human rights civil defence defense government state
    official news health hospital police army field pro anti several other humanitarian diplomatic western
    presidential emergency aid border judicial regional national international independent tribal
    """
)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_RUN = _NOUNS | {"JJ", "HYPH", "POS", "AFX"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST = 14  # tokens of a speaker's phrase
_FEWEST = 4  # tokens of a content


def trailing_verb_without_comma(view: View) -> Iterator[Found]:
    """As in "Nine civilians were killed in the raid the Observatory said on Monday"."""
    tokens = view.tokens
    if not view.parsed:
        return
    for begin, end in view.tree.analysis.sentences:
        cue = _cue(tokens, begin, end)
        if cue is None or view.quotation_at(tokens[cue].start) is not None:
            continue
        last = cue - 1
        first_of_cue = cue
        while last > begin and lower(tokens[last]) in _BETWEEN:
            first_of_cue, last = last, last - 1
        first = _speaker(tokens, begin, last)
        if first is None or not _a_clause(tokens, begin, first):
            continue
        content = view.content(begin, first - 1)
        if content is None:
            continue
        source = view.tree.span(first, last)
        yield Found((source,), (view.tree.span(first_of_cue, cue),), (content,), "trailing verb", 0.85)


def _cue(tokens: Sequence[Token], begin: int, end: int) -> int | None:
    """The verb of saying that ends the sentence but for a time, a paper or whom it was told."""
    k = end - 1
    while k > begin and not tokens[k].text[:1].isalnum():
        k -= 1
    stop = max(begin, k - 7)
    while k > stop and lower(tokens[k]) not in _CUES:
        if lower(tokens[k]) not in _TIMES | _PAPERS and not _addressee(tokens, k, stop):
            return None
        k -= 1
    return k if k > begin + 1 and lower(tokens[k]) in _CUES and tokens[k].tag.startswith("VB") else None


def _addressee(tokens: Sequence[Token], k: int, stop: int) -> bool:
    """Whether the token is in the name of whom something was told: "told the Bay Post"."""
    if tokens[k].tag not in {"NNP", "NNPS"}:
        return False
    while k > stop and tokens[k].tag in {"NNP", "NNPS", "DT"}:
        k -= 1
    return lower(tokens[k]) in {"told", "tells"}


def _speaker(tokens: Sequence[Token], begin: int, last: int) -> int | None:
    """The first token of the speaker's phrase that ends at `last`, None where there is none."""
    if lower(tokens[last]) in _PRONOUNS:
        return last
    if tokens[last].text == ")":  # "the Observatory (SOHR) said"
        while last > begin and tokens[last].text != "(":
            last -= 1
        last -= 1
    floor = max(begin, last - _LONGEST)
    first = _group(tokens, floor, last)
    while first is not None and first > floor + 1 and lower(tokens[first - 1]) in _LINKS | {"and"}:
        # "activists in the town", "fishermen and rescue workers": the phrase goes on to the left, if that is a voice
        before = _group(tokens, floor, first - 2)
        if before is None or not _voice(tokens[first - 2]):
            return None
        first = before
    return first


def _group(tokens: Sequence[Token], floor: int, last: int) -> int | None:
    """The first token of the run of nouns that ends at `last`, with its determiner; None where it is no voice."""
    if last < floor or tokens[last].tag not in _NOUNS or lower(tokens[last]) in _TIMES:
        return None
    first = last
    while first > floor and _in_run(tokens, first - 1):
        first -= 1
    voice = _voice(tokens[last])
    if first > floor and lower(tokens[first - 1]) in _DETERMINERS:
        bare: int = _bare(tokens, first, last) if voice and tokens[last].tag == "NNS" else first
        # "in the northern bay local fishermen": the determiner is that of the place
        after_place = first > floor + 1 and tokens[first - 2].tag == "IN" and bare > first
        return bare if after_place else first - 1
    return _bare(tokens, first, last) if voice else None


def _in_run(tokens: Sequence[Token], k: int) -> bool:
    """Whether a token may stand inside a phrase of nouns: "the Britain-based" is one with its hyphen."""
    if tokens[k].tag == "VBN" and k > 0 and tokens[k - 1].tag == "HYPH":
        return True
    return tokens[k].tag in _RUN and lower(tokens[k]) not in _TIMES


def _bare(tokens: Sequence[Token], first: int, last: int) -> int:
    """A voice without a determiner: what stands before it in the run may belong to the clause."""
    k = last
    while k > first and _belongs(tokens[k - 1], tokens[k]):
        k -= 1
    return k


def _belongs(left: Token, right: Token) -> bool:
    """Whether two neighbours in a run of nouns are in one speaker's phrase."""
    if left.tag in {"POS", "HYPH"} or right.tag in {"POS", "HYPH"}:
        return True
    if left.tag in {"NNP", "NNPS"}:
        place = left.entity in {"GPE", "LOC", "FAC", "DATE"} and right.entity != left.entity
        return not (place and right.tag in {"NNP", "NNPS"})
    if lower(left) in _MODIFIERS:
        return True
    if left.tag == "JJ":
        return left.text[:1].isupper()
    return left.tag == "NN" and (lower(left) in words.ROLE_HEADS or lower(left) in words.OUTLET_WORDS)


def _voice(token: Token) -> bool:
    return token.tag in {"NNP", "NNPS"} or lower(token) in _VOICES or token.lemma.lower() in _VOICES


def _a_clause(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """Whether the tokens before the speaker are a clause that can end there."""
    if end - begin < _FEWEST:
        return False
    before = tokens[end - 1]
    if lower(before) in _NOT_BEFORE or before.tag in {"IN", "TO", "CC", "DT", "PRP$"}:
        return False
    if before.text in {",", "”", '"', "’"} or (
        before.tag.startswith("VB") and before.lemma.lower() in words.SAYING | words.THINKING
    ):
        return False
    return any(t.tag in _FINITE for t in tokens[begin:end])
