"""Who speaks: the source of a cue, from the parse."""

from __future__ import annotations

from ...lexicon import lexicon
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View

_NOT_SPEAKERS = lexicon("it there this that which what these those")
_FIRST_PERSON = lexicon("i we you me us")
_PERSONS = lexicon(
    "he she they who i we some many others everyone nobody both all one those most none several neither"
)


def speaker_of(view: View, verb: int) -> int | None:
    """The head of the cue's source: its agent when passive, its subject otherwise."""
    tree = view.tree
    agent = tree.agent(verb)
    if agent is not None:
        return agent
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return None
    if _will_of_another_verb(view, verb):
        return None
    head = tree.subject(home_of(view, verb))
    if head is None:
        return _speaker_after(view, verb) or _name_before(view, verb)
    if unfit(view, head, verb):
        return None
    return head


def home_of(view: View, verb: int) -> int:
    """The verb whose subject a participle cue shares: in "said the quay was safe, adding …" it is "said".

    The parser often hangs ", adding" on the verb of the content; the comma tells.
    """
    tree, tokens = view.tree, view.tokens
    token = tokens[verb]
    before = tree.first[verb] - 1
    if (
        token.tag != "VBG"
        or token.dep != "advcl"
        or before < 0
        or tokens[before].text != ","
        or tree.first[verb] < verb - 1
    ):
        return verb
    at = token.head
    for _ in range(6):
        above = tokens[at].head
        if above == at:
            break
        if tokens[at].dep == "ccomp" and lemma_of(tokens[above]) in words.SAYING and at > above:
            return above
        at = above
    return verb


def _will_of_another_verb(view: View, verb: int) -> bool:
    """Whether the verb is what another cue is about: in "refused to comment" nothing is said of the fire."""
    token = view.tokens[verb]
    return token.dep == "xcomp" and token.tag == "VB" and lemma_of(view.tokens[token.head]) in words.INTENDING


def _speaker_after(view: View, verb: int) -> int | None:
    """The noun after an inverted cue that the parser took for its object: "…, claims a video"."""
    after = view.tree.child(verb, "dobj", "attr")
    before = view.tree.child(verb, "ccomp", "parataxis")
    if after is None or before is None or not before < verb < after:
        return None
    return after if view.tokens[verb - 1].text in {",", "—", "–", '"', "”", "»"} else None


def _name_before(view: View, verb: int) -> int | None:
    """A name just before a finite verb of saying whose subject the parser lost: "…, Ann Ray, said"."""
    tokens = view.tokens
    if tokens[verb].tag not in {"VBD", "VBZ", "VBP"} or lemma_of(tokens[verb]) not in words.SAYING:
        return None
    i = verb - 1
    while i >= 0 and tokens[i].text in {",", "-", "—", ")", '"'} and verb - i < 3:
        i -= 1
    if i >= 0 and tokens[i].pos == "PROPN" and tokens[i].entity in {"PERSON", "ORG", "NORP"}:
        return i
    return None


def unfit(view: View, head: int, verb: int) -> bool:
    """Whether a subject can speak no word: "there", a number, the "I" of somebody quoted."""
    token = view.tokens[head]
    if token.dep == "expl" or token.pos in {"NUM", "ADJ", "VERB", "ADP", "SCONJ", "AUX", "PUNCT"}:
        return token.pos not in {"NUM", "ADJ"}
    if lower(token) in _NOT_SPEAKERS:
        return lower(token) != "it" or view.tokens[verb].lemma not in words.SAYING
    # Inside a quotation "I think" is the speaker's own word, no second voice.
    return view.quoted(verb) and lower(token) in _FIRST_PERSON


def person_like(view: View, head: int) -> bool:
    """Whether the head can have a will or a voice: a name, a personal pronoun, people, or a body of them."""
    token = view.tokens[head]
    if token.pos == "PRON":
        return lower(token) in _PERSONS
    if (
        token.entity in {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "EVENT", "LAW"}
        and token.pos == "PROPN"
    ):
        return False
    if token.pos == "PROPN" or (token.text[:1].isupper() and token.i > view.tree.sentence(head)[0]):
        return True
    lemma = lemma_of(token)
    return token.pos in {"NOUN", "ADJ", "NUM"} and (words.is_people(lemma) or lemma in words.DOCUMENT_HEADS)
