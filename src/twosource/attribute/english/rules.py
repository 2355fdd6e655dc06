"""The rules for English, in the order in which they are tried.

Each rule is a small function from a `View` to what it finds. A cue belongs to the first rule that finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model import Span
from ..found import Found
from ..lexicon import lexicon
from ..marks import Quotation
from . import words
from .translated import as_verb_first, dash_and_speaker, lead, trailing_outlet, trailing_verb
from .tree import lemma as lemma_of
from .tree import lower
from .uncommaed import trailing_verb_without_comma
from .view import View

Rule = Callable[[View], Iterator[Found]]

_NOT_SPEAKERS = lexicon("it there this that which what these those")
_FIRST_PERSON = lexicon("i we you me us")
_PERSONS = lexicon(
    "he she they who i we some many others everyone nobody both all one those most none several neither"
)
_REACH = 40  # tokens outside the marks that a cue may stand away from its quotation
_STOPS = lexicon(". ! ? ;")
_CLAUSE_CUES = words.SAYING | words.THINKING | words.SHOWING
_DIALOGUE = words.QUOTING | {"begin"}


# ------------------------------------------------------------------ quotation beside its cue


def quotation_with_cue(view: View) -> Iterator[Found]:
    """A quotation and a verb of saying in one sentence: "…," said Ann Ray. Ann Ray said: "…"."""
    by_cue: dict[int, list[Quotation]] = {}
    heads: dict[int, int] = {}
    for q in view.quotations:
        hit = _cue_of(view, q)
        if hit is not None:
            by_cue.setdefault(hit[0], []).append(q)
            heads.setdefault(*hit)
    for verb, quoted in sorted(by_cue.items()):
        yield Found(
            view.source(heads[verb], verb),
            view.cue(verb),
            tuple(q.span for q in quoted),
            "quotation with cue",
            0.95,
        )


def _cue_of(view: View, q: Quotation) -> tuple[int, int] | None:
    """The cue verb and the speaker of a quotation, looked for after it, then before."""
    text = view.text
    inner_end = text[q.inner.start : q.inner.end].rstrip()[-1:]
    after_text = text[q.span.end : q.span.end + 3].lstrip(" *")
    joined = inner_end in {",", "?", "!", "—", "…"} or after_text[:1] in {",", "—", "–", "-"}
    begins = _begins_speech(view, q)
    before = _cue_before(view, q)
    if joined and begins:
        after = _cue_after(view, q)
        if after is not None and (before is None or inner_end == "," or after_text[:1] == ","):
            return after
    if before is not None:
        return before
    if begins and (inner_end != "." or after_text[:1].islower()):
        return _cue_after(view, q)
    return None


def _begins_speech(view: View, q: Quotation) -> bool:
    """Whether the quotation starts a sentence or stands after a comma: not a few words in mid-clause."""
    before = view.text[max(0, q.span.start - 4) : q.span.start].rstrip(" ")
    return not before or before[-1] in "\n.!?:,;—–-…\"”»’')]\r"


def _cue_after(view: View, q: Quotation) -> tuple[int, int] | None:
    tokens = view.tokens
    begin = view.tree.first_from(q.span.end)
    paragraph_end = view.paragraphs[view.paragraph_at(q.span.start)].end
    limit = min(len(tokens), begin + _REACH)
    for i in range(begin, limit):
        token = tokens[i]
        if token.start >= paragraph_end or token.text in _STOPS or view.quoted(i):
            return None
        if not (token.tag.startswith("VB") or (not token.pos) or (token.pos == "NOUN" and i == begin)):
            continue
        if view.parsed and token.dep in {"relcl", "amod", "compound"} and i > begin:
            continue
        if lemma_of(token) not in _DIALOGUE:
            if (
                token.dep in {"ROOT", "ccomp"}
                and token.pos == "VERB"
                and i > begin
                and token.tag in {"VBD", "VBZ", "VBP"}
            ):
                return None
            continue
        head = _speaker_beside(view, i, begin)
        if head is not None:
            return i, head
    return None


def _speaker_beside(view: View, verb: int, begin: int) -> int | None:
    """The speaker next to a verb that follows a quotation: between the two, or after the verb."""
    tokens = view.tokens
    own = view.tree.child(verb, "nsubj", "nsubjpass")
    if own is not None and view.tree.is_relative(own):
        return None
    if own is not None and own >= begin and own != verb and not view.quoted(own):
        return own
    if verb > begin:
        for i in range(verb - 1, begin - 1, -1):
            if tokens[i].pos in {"PROPN", "NOUN", "PRON"} and tokens[i].dep in {
                "nsubj",
                "nsubjpass",
                "ROOT",
                "conj",
                "dep",
                "appos",
            }:
                return i
        inherited = view.tree.subject(verb)
        if inherited is not None and not view.quoted(inherited):
            return inherited
        return next(
            (i for i in range(verb - 1, begin - 1, -1) if tokens[i].pos in {"PROPN", "NOUN", "PRON"}), None
        )
    end = min(len(tokens), verb + 14)
    for i in range(verb + 1, end):
        token = tokens[i]
        if token.text in {",", ".", ":"} or view.quoted(i):
            break
        if (
            token.pos in {"PROPN", "NOUN", "PRON"}
            and token.dep not in {"compound", "poss", "nmod", "npadvmod"}
            and tokens[i - 1].dep != "prep"
        ):
            return i
    return None


def _cue_before(view: View, q: Quotation) -> tuple[int, int] | None:
    tokens = view.tokens
    before = view.text[max(0, q.span.start - 3) : q.span.start].rstrip()
    end = view.tree.first_from(q.span.start)
    if end == 0 or end > len(tokens):
        return None
    strong = before[-1:] in {":", ","}
    paragraph = view.paragraph_at(q.span.start)
    for i in range(end - 1, max(-1, end - _REACH), -1):
        token = tokens[i]
        if token.start < view.paragraphs[paragraph].start:
            break
        if token.text in _STOPS and (i + 1 < end):
            break
        if view.quoted(i):
            break
        if token.tag.startswith("VB") and lemma_of(token) in _DIALOGUE and token.dep not in {"amod"}:
            if not strong and i < end - 1:
                return None
            if not strong and not view.text[q.inner.start : q.inner.start + 1].isupper():
                return None
            if not strong and lemma_of(token) in {"sing", "write", "read"} and q.words(view.text) < 8:
                return None  # a title: "sang "Low Tide""
            head = _speaker(view, i)
            return None if head is None else (i, head)
    return None


def introduced_quotation(view: View) -> Iterator[Found]:
    """A paragraph that ends in "saying:" or a colon, and the quotation that opens the next one."""
    opening = {q.span.start: q for q in view.quotations}
    for k in range(1, len(view.paragraphs)):
        q = opening.get(view.paragraphs[k].start)
        before = view.paragraphs[k - 1]
        if q is None or view.text[before.end - 1] not in ":,—–-":
            continue
        last = view.tree.token_at(before.end - 1)
        begin = view.tree.token_at(before.start)
        for i in range(last, max(begin - 1, last - _REACH), -1):
            token = view.tokens[i]
            if token.text in {".", "!", "?"} and i < last:
                break
            if lemma_of(token) in _DIALOGUE and (token.tag.startswith("VB") or not token.pos):
                head = _speaker(view, i)
                if head is None:
                    head = _nearest_name(view, begin, i)
                if head is not None:
                    yield Found(view.source(head), view.cue(i), (q.span,), "introduced quotation", 0.9)
                break


def _nearest_name(view: View, begin: int, end: int) -> int | None:
    """The last named speaker between two tokens: for parses that lose the subject."""
    for i in range(end - 1, begin - 1, -1):
        if view.tokens[i].entity in {"PERSON", "ORG", "GPE", "NORP"} and view.tokens[i].pos == "PROPN":
            return i
    return None


# ------------------------------------------------------------------ who speaks


def _speaker(view: View, verb: int) -> int | None:
    """The head of the cue's source: its agent when passive, its subject otherwise."""
    tree = view.tree
    agent = tree.agent(verb)
    if agent is not None:
        return agent
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return None
    if _will_of_another_verb(view, verb):
        return None
    head = tree.subject(_home(view, verb))
    if head is None:
        return _speaker_after(view, verb) or _name_before(view, verb)
    if _unfit(view, head, verb):
        return None
    return head


def _home(view: View, verb: int) -> int:
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


def _next_voice(view: View, verb: int, begin: int, end: int) -> int:
    """The token before ", adding …", ", citing …" in a content after its cue: there the next voice starts."""
    tokens = view.tokens
    for k in range(begin + 1, end + 1):
        if (
            tokens[k - 1].text == ","
            and tokens[k].tag == "VBG"
            and (lemma_of(tokens[k]) in words.SAYING or lemma_of(tokens[k]) in {"cite", "quote"})
            and (_home(view, k) == verb or view.tree.tokens[k].head == verb or lemma_of(tokens[k]) == "cite")
            and not view.quoted(k)
        ):
            return k - 2
    return end


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


def _unfit(view: View, head: int, verb: int) -> bool:
    token = view.tokens[head]
    if token.dep == "expl" or token.pos in {"NUM", "ADJ", "VERB", "ADP", "SCONJ", "AUX", "PUNCT"}:
        return token.pos not in {"NUM", "ADJ"}
    if lower(token) in _NOT_SPEAKERS:
        return lower(token) != "it" or view.tokens[verb].lemma not in words.SAYING
    # Inside a quotation "I think" is the speaker's own word, no second voice.
    return view.quoted(verb) and lower(token) in _FIRST_PERSON


# ------------------------------------------------------------------ evidence held up


def evidence_shown(view: View) -> Iterator[Found]:
    """As in "The ministry has photographs, showing that …": whoever offers the evidence is the source."""
    tree = view.tree
    for token in view.tokens:
        if (
            lemma_of(token)
            not in {"show", "prove", "demonstrate", "reveal", "suggest", "indicate", "confirm"}
            or token.tag != "VBG"
        ):
            continue
        if token.dep not in {"acl", "advcl"} or token.head == token.i:
            continue
        holder, noun = _holder(view, token.head)
        if holder is None or noun is None:
            continue
        inner = tree.child(token.i, "ccomp", "dobj", "xcomp")
        if inner is None:
            continue
        end = _clause_end(view, token.i, tree.last[inner])
        content = view.content(token.i + 1, end, token.i)
        if content is not None:
            yield Found(view.source(holder), view.cue(token.i), (content,), "evidence shown", 0.85)


def _holder(view: View, head: int) -> tuple[int | None, int | None]:
    """Who has or publishes the evidence that a participle hangs on, and the evidence."""
    tree, tokens = view.tree, view.tokens
    if tokens[head].pos in {"NOUN", "PROPN"}:
        noun, verb = head, tokens[head].head
    else:
        verb = head
        noun = tree.child(verb, "dobj") or -1
    if (
        noun < 0
        or noun == verb
        or tokens[noun].dep != "dobj"
        or lemma_of(tokens[verb]) not in words.PUBLISHING
    ):
        return None, None
    if lemma_of(tokens[noun]) not in words.PROOF_NOUNS | words.EVIDENCE_NOUNS.keys():
        return None, None
    return tree.subject(verb), noun


def evidence_published(view: View) -> Iterator[Found]:
    """As in "The ministry published new evidence linking …"."""
    tree = view.tree
    for token in view.tokens:
        if lemma_of(token) not in words.PUBLISHING or not token.tag.startswith("VB"):
            continue
        noun = tree.child(token.i, "dobj")
        if noun is None or lemma_of(view.tokens[noun]) not in words.PROOF_NOUNS:
            continue
        if tree.child(noun, "acl", "prep", "ccomp", "relcl") is None:
            continue
        head = _speaker(view, token.i)
        if head is None or head == noun:
            continue
        if view.tokens[head].entity == "GPE" and lemma_of(token) in {"find", "discover", "obtain", "uncover"}:
            continue  # a country that finds is the writer's word, no statement of its own
        first, last = tree.subtree(noun)
        content = view.content(first, _clause_end(view, token.i, last), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "evidence published", 0.75)


# ------------------------------------------------------------------ according to, as X reported


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
        content = _around(view, i, last)
        if content:
            yield Found(source, (tree.span(i, i + 1),), content, "according to", 0.95)


def _around(view: View, first: int, last: int) -> tuple[Span, ...]:
    """The clause that a parenthesis from `first` to `last` stands in, without the parenthesis."""
    tokens, tree = view.tokens, view.tree
    begin, end = tree.sentence(first)
    q = view.quotation_at(tokens[first].start)
    if q is not None and q.span.start < tokens[first].start:
        begin = max(begin, tree.first_from(q.inner.start))
        end = min(end, tree.token_at(q.inner.end - 1) + 1)
    left_edge = first
    while left_edge - 1 >= begin and tokens[left_edge - 1].text in {",", "(", "—", "–", "-"}:
        left_edge -= 1
    right_edge = last + 1
    while right_edge < end and tokens[right_edge].text in {",", ")", "—", "–", "-"}:
        right_edge += 1
    closed = right_edge > last + 1
    stop = _boundary_after(view, right_edge, end)
    start = _boundary_before(view, left_edge, begin)
    out: list[Span] = []
    opens_clause = left_edge - start <= 2 and all(
        tokens[k].pos in {"SCONJ", "CCONJ", "PRON", "ADV", "PUNCT"} or tokens[k].tag in {"IN", "WDT", "CC"}
        for k in range(start, left_edge)
    )
    if left_edge > start and not opens_clause:
        span = view.content(start, left_edge - 1, first)
        if span is not None:
            out.append(span)
    if (
        closed
        and right_edge < stop
        and (opens_clause or left_edge == start or _goes_on(view, first, right_edge, left_edge))
    ):
        span = view.content(right_edge, stop - 1, first)
        if span is not None:
            out.append(span)
    return tuple(out)


def _goes_on(view: View, first: int, right: int, left: int) -> bool:
    """Whether the clause before a parenthesis is unfinished, so that what follows belongs to it."""
    tokens, tree = view.tokens, view.tree
    head = tokens[first].head
    if head >= right:
        return True
    if tokens[right].pos in {"CCONJ", "SCONJ"} or tokens[right].tag in {"VBG", "WDT", "WP", "WRB"}:
        return False
    # A subject still waiting for its verb.
    begin = tree.sentence(first)[0]
    return not any(tokens[k].tag in {"VBD", "VBZ", "VBP", "MD"} for k in range(begin, left))


def _boundary_after(view: View, start: int, end: int) -> int:
    """Where the clause ends: before ", because", ", but" with a new subject, a semicolon or a full stop."""
    tokens = view.tokens
    for k in range(start, end):
        if (tokens[k].text in {";", ".", "!", "?"} and tokens[k].text != ".") or (
            tokens[k].text == "." and k == end - 1
        ):
            return k
        if tokens[k].text in {",", "—", "–"} and k + 2 < end and k > start:
            word = tokens[k + 1].text.lower()
            if word in {"because", "although", "though", "while", "whereas", "but"}:
                return k
    return end


def _boundary_before(view: View, start: int, begin: int) -> int:
    """Where the clause began: after a semicolon, or after "that" or "which" just before."""
    tokens = view.tokens
    for k in range(start - 1, begin - 1, -1):
        if tokens[k].text in {";", ":"}:
            return k + 1
        if lower(tokens[k]) in {"that", "which"} and tokens[k].tag in {"IN", "WDT"} and start - k <= 2:
            return k
        if (
            lower(tokens[k]) in {"but", "although", "though", "while"}
            and tokens[k - 1].text == ","
            and k > begin
        ):
            return k + 1
    while begin < start and lower(tokens[begin]) in {"but", "and", "although", "though", "while", "however"}:
        begin += 1
    return begin


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
        head = _speaker(view, token.i)
        if head is None or tree.child(token.i, "ccomp") is not None:
            continue
        if token.lemma == "put" and not any(lower(tokens[c]) == "it" for c in tree.below[token.i]):
            continue
        first, last = tree.first[token.i], tree.last[token.i]
        if first != mark or last - first > 12:
            continue
        begin, end = tree.sentence(token.i)
        if (first > begin and tokens[first - 1].text not in {",", "—", "–", "("}) or (
            first == begin and last + 1 < end and tokens[last + 1].text != ","
        ):
            continue
        content = _around(view, first, last)
        if content:
            yield Found(view.source(head, token.i), view.cue(token.i), content, "as reported", 0.85)


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


# ------------------------------------------------------------------ clauses


def clause_of_cue(view: View) -> Iterator[Found]:
    """A verb of saying, showing or believing and the clause that it governs, before it, after it or around it."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        lemma = lemma_of(token)
        if (
            lemma not in _CLAUSE_CUES
            or token.pos not in {"VERB", "AUX", "NOUN"}
            or not token.tag.startswith("VB")
        ):
            continue
        clause = tree.child(token.i, "ccomp")
        if clause is None and lemma in words.SAYING:
            clause = _stray_clause(view, token.i)
        if clause is None and lemma in words.SAYING:
            clause = next(
                (c for c in tree.children(token.i, "xcomp") if tokens[c].tag == "VBG" and c > token.i), None
            )
        if clause is None:
            continue
        if (
            tokens[clause].tag == "VBG"
            and tree.child(clause, "nsubj", "aux") is None
            and tokens[clause].dep == "ccomp"
        ):
            continue
        head = _speaker(view, token.i)
        if head is None or (
            lemma in words.THINKING - words.SAYING and lower(tokens[head]) in {"you", "i", "we"}
        ):
            continue
        content = _clause_content(view, token.i, clause, head)
        if content:
            yield Found(view.source(head, token.i), view.cue(token.i), content, "clause of cue", 0.85)


def _stray_clause(view: View, verb: int) -> int | None:
    """The clause where the parser hung it elsewhere: "said in a statement that …", "…, Ann Ray said"."""
    tree, tokens = view.tree, view.tokens
    token = tokens[verb]
    for prep in tree.children(verb, "prep", "npadvmod"):
        noun = tree.child(prep, "pobj") if tokens[prep].dep == "prep" else prep
        if noun is None or noun < verb:
            continue
        for clause in tree.children(noun, "acl", "relcl", "ccomp"):
            marks = [
                m
                for m in tree.below[clause]
                if lower(tokens[m]) == "that" and tokens[m].dep in {"mark", "nsubj"}
            ]
            if marks and clause > noun:
                return clause
    if token.dep in {"parataxis"} and token.head != verb:
        return token.head
    return None


def _clause_content(view: View, verb: int, clause: int, head: int) -> tuple[Span, ...]:
    tree = view.tree
    cue_first, cue_last = tree.verb_group(verb)
    first, last = tree.first[clause], tree.last[clause]
    source_first, source_last = tree.noun_phrase(head)
    out: list[Span] = []
    if clause > verb:
        begin = first if first > cue_last else cue_last + 1
        if begin <= source_last < clause and source_first > cue_last:  # "said the mayor the quay had burned"
            begin = source_last + 1
        left_end = min(source_first, cue_first) - 1
        if first < left_end and view.tokens[left_end].text == ",":  # "the ferry, Ann Ray said, would return"
            span = view.content(first, left_end, verb)
            if span is not None:
                out.append(span)
        end = _next_voice(view, verb, begin, _clause_end(view, verb, last))
        span = view.content(begin, end, verb)
        if span is not None:
            out.append(span)
        return tuple(out)
    inner_first = min(source_first, cue_first) if source_last < clause or source_first > clause else cue_first
    left_end = min(inner_first, cue_first) - 1
    begin = min(first, clause)
    sentence_begin, sentence_end = tree.sentence(verb)
    if _only_loose(view, sentence_begin, begin) or not _cue_between(view, sentence_begin, begin):
        begin = sentence_begin
    while begin < clause and lower(view.tokens[begin]) in {"but", "and", "yet", "so", "still", ","}:
        begin += 1
    span = view.content(begin, left_end, verb)
    if span is not None:
        out.append(span)
    right = max(cue_last, source_last if source_first > cue_first else cue_last) + 1
    if last > right:
        k = right
        while k <= last and view.tokens[k].head in {verb} and view.tokens[k].text not in {","}:
            k += 1
        if k < sentence_end and view.tokens[k].text in {",", "—"}:
            span = view.content(k + 1, last, verb)
            if span is not None:
                out.append(span)
    return tuple(out)


def _cue_between(view: View, begin: int, end: int) -> bool:
    """Whether another voice or another clause stands between two tokens."""
    return any(
        t.text in {";", ":"} or (lemma_of(t) in words.SAYING and t.tag.startswith("VB")) or t.dep == "ROOT"
        for t in view.tokens[begin:end]
    )


def _only_loose(view: View, begin: int, end: int) -> bool:
    return end - begin <= 2 and all(view.tokens[k].pos in {"PUNCT", "ADV"} for k in range(begin, end))


def _clause_end(view: View, verb: int, last: int) -> int:
    """How far a content after its cue runs: over what the parser cut off, up to the next voice."""
    tokens, tree = view.tokens, view.tree
    end = tree.sentence(verb)[1] - 1
    k = last + 1
    while k <= end:
        token = tokens[k]
        if token.text in {".", ";", "!", "?", ":", "—", "–", "--", "(", ")"}:
            break
        if token.text == ",":
            follower = tokens[k + 1] if k + 1 <= end else None
            if (
                follower is None
                or follower.tag in {"VBG", "WP", "WDT", "CC", "WRB"}
                or follower.pos in {"CCONJ", "SCONJ", "PROPN", "PRON", "DET", "ADV"}
            ):
                break
            break
        if token.pos == "CCONJ" or lower(token) in {
            "as",
            "while",
            "after",
            "before",
            "when",
            "but",
            "although",
            "though",
            "according",
        }:
            break
        if token.head == verb and token.dep in {"conj", "advcl", "npadvmod", "prep", "advmod"}:
            break
        k += 1
    return max(last, k - 1)


def parenthetical_cue(view: View) -> Iterator[Found]:
    """As in "The quay burned, claims a video" and "…, he said, …" where no clause hangs on the cue."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        i = token.i
        if lemma_of(token) not in words.SAYING | {"believe", "think", "show"} or not (
            token.tag in {"VBD", "VBZ", "VBP"} or (token.tag == "NNS" and i > 0 and tokens[i - 1].text == ",")
        ):
            continue
        if view.parsed and token.tag != "NNS" and tree.child(i, "ccomp", "xcomp") is not None:
            continue
        begin, end = tree.sentence(i)
        head = _parenthetical_speaker(view, i, begin, end)
        if head is None:
            continue
        source = view.source(head)
        first = min(i, tree.first_from(source[0].start))
        last = max(i, tree.token_at(source[0].end - 1))
        if first <= begin + 1 or tokens[first - 1].text not in {",", "—", "–", "”", '"', "»"}:
            continue
        if (
            last + 1 < end
            and tokens[last + 1].text not in {",", ".", "—", "–", ";", "!", "?"}
            and tokens[last + 1].dep not in {"npadvmod", "prep", "advmod"}
        ):
            continue
        if tokens[begin].pos in {"ADP", "ADV", "SCONJ"} or tokens[begin].tag in {"VBG", "VBN", "TO"}:
            continue
        if (
            not any(tokens[k].tag in {"VBD", "VBZ", "VBP", "MD"} for k in range(begin, first - 1))
            or tree.child(i, "dobj") not in {None, head}
            or (
                tree.child(i, "dobj") == head
                and not _person_like(view, head)
                and lemma_of(tokens[head]) not in words.EVIDENCE_NOUNS
            )
        ):
            continue
        content = view.content(begin, first - 1, i)
        if content is not None and content.end - content.start > 8:
            yield Found(source, view.cue(i), (content,), "parenthetical cue", 0.75)


def _parenthetical_speaker(view: View, verb: int, begin: int, end: int) -> int | None:
    tokens, tree = view.tokens, view.tree
    if tokens[verb - 1].text in {",", "”", '"', "»", "—", "–"}:  # inverted: ", claims a video"
        own = tree.own_subject(verb)
        if own is not None and own > verb:
            return own
        for k in range(verb + 1, min(verb + 12, end)):
            if tokens[k].text in {",", ".", ":"} or tokens[k].tag in {"VBD", "VBZ", "TO", "IN"}:
                break
            if tokens[k].pos in {"NOUN", "PROPN", "PRON"} and tokens[k].dep not in {
                "compound",
                "poss",
                "amod",
            }:
                return k
        return None
    own = tree.own_subject(verb)
    return own if own is not None and begin <= own < verb and not _unfit(view, own, verb) else None


# ------------------------------------------------------------------ intentions, orders, judgements


def intention(view: View) -> Iterator[Found]:
    """As in "The mayor hopes to reopen the quay"; "she refused to comment"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.INTENDING or token.pos != "VERB":
            continue
        clause = tree.child(token.i, "xcomp")
        if clause is None or clause < token.i or tree.child(clause, "aux") is None:
            continue
        if not any(lower(tokens[c]) == "to" for c in tree.below[clause]):
            continue
        if lemma_of(tokens[clause]) in {"name", "identify", "quote"}:
            continue
        head = _speaker(view, token.i)
        if head is None or not _person_like(view, head):
            continue
        addressee = tree.child(token.i, "dobj")
        first = tree.first[clause] if addressee is None else min(tree.first[clause], tree.first[addressee])
        content = view.content(
            max(first, token.i + 1), _clause_end(view, token.i, tree.last[clause]), token.i
        )
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "intention", 0.7)


def telling(view: View) -> Iterator[Found]:
    """As in "The mayor urged residents to leave"; "she told him about the fire"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.TELLING or token.pos != "VERB":
            continue
        clause = tree.child(token.i, "ccomp", "xcomp")
        if clause is None or clause < token.i or lemma_of(tokens[clause]) in {"name", "identify", "quote"}:
            continue
        head = _speaker(view, token.i)
        if head is None or not _person_like(view, head):
            continue
        content = view.content(
            max(tree.first[clause], token.i + 1), _clause_end(view, token.i, tree.last[clause]), token.i
        )
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "telling", 0.75)


def naming(view: View) -> Iterator[Found]:
    """As in "The mayor called the fire a warning"; "described it as a trap"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.NAMING or token.pos != "VERB":
            continue
        as_ = next(
            (
                c
                for c in tree.children(token.i, "prep", "advcl", "mark")
                if lower(tokens[c]) in {"as", "to"} and c > token.i
            ),
            None,
        )
        parts = [c for c in tree.children(token.i, "dobj", "oprd", "ccomp", "xcomp", "acomp") if c > token.i]
        if lemma_of(token) != "call" and as_ is None and len(parts) < 2:
            continue
        if lemma_of(token) == "call" and not parts:
            continue
        if as_ is not None:
            parts.append(as_)
        if not parts:
            continue
        head = _speaker(view, token.i)
        if head is None or not _person_like(view, head):
            continue
        first = min(tree.first[p] for p in parts)
        last = max(tree.last[p] for p in parts)
        content = view.content(max(first, token.i + 1), _clause_end(view, token.i, last), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "naming", 0.8)


def speaking_of(view: View) -> Iterator[Found]:
    """As in "The mayor warned of a second fire"; "accused the owner of neglect"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos != "VERB":
            continue
        lemma = lemma_of(token)
        prep = next(
            (
                c
                for c in tree.children(token.i, "prep")
                if c > token.i and (lemma, lower(tokens[c])) in words.SPEAKING
            ),
            None,
        )
        if prep is None or tree.child(prep, "pobj", "pcomp") is None:
            continue
        head = _speaker(view, token.i)
        if head is None or not _person_like(view, head):
            continue
        target = tree.child(token.i, "dobj")
        if target is not None and token.i < target < prep:
            first, cue = tree.first[target], view.cue(token.i)
        elif prep <= token.i + 2:
            first, cue = prep + 1, (tree.span(tree.verb_group(token.i)[0], prep),)
        else:
            first, cue = prep + 1, view.cue(token.i)
        content = view.content(first, _clause_end(view, token.i, tree.last[prep]), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), cue, (content,), "speaking of", 0.7)


def judgement(view: View) -> Iterator[Found]:
    """As in "The mayor criticised the plan"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.JUDGING or token.pos != "VERB":
            continue
        thing = tree.child(token.i, "dobj")
        if thing is None or thing < token.i:
            continue
        head = _speaker(view, token.i)
        if head is None or not _person_like(view, head):
            continue
        content = view.content(
            max(tree.first[thing], token.i + 1), _clause_end(view, token.i, tree.last[thing]), token.i
        )
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "judgement", 0.6)


def _person_like(view: View, head: int) -> bool:
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


# ------------------------------------------------------------------ nouns that carry a claim


_LIGHT = lexicon(
    """
    make issue release give voice express repeat have share reiterate raise offer hold deliver
    publish echo spread
    """
)


def claim_noun(view: View) -> Iterator[Found]:
    """As in "The governor's claim that …", "rumours that …"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos != "NOUN" or lemma_of(token) not in words.CLAIM_NOUNS:
            continue
        clause = next(
            (
                c
                for c in tree.children(token.i, "acl", "ccomp", "relcl")
                if c > token.i
                and any(lower(tokens[m]) == "that" and tokens[m].dep == "mark" for m in tree.below[c])
            ),
            None,
        )
        if clause is None:
            continue
        above = tokens[tokens[token.i].head]
        if token.dep == "pobj" and lemma_of(tokens[above.head]) in words.SAYING:
            continue
        head = _owner(view, token.i)
        content = view.content(max(tree.first[clause], token.i + 1), tree.last[clause], token.i)
        if content is None:
            continue
        yield Found(
            view.source(head) if head is not None else (),
            (tree.span(token.i, token.i),),
            (content,),
            "claim noun",
            0.75,
        )


def _owner(view: View, noun: int) -> int | None:
    """Whose claim it is: the possessor, "by X", or the subject of "made the claim"."""
    tree, tokens = view.tree, view.tokens
    poss = tree.child(noun, "poss")
    if poss is not None:
        return poss
    for prep in tree.children(noun, "prep"):
        if lower(tokens[prep]) in {"by", "from", "of"}:
            pobj = tree.child(prep, "pobj")
            if pobj is not None:
                return pobj
    verb = tokens[noun].head
    if tokens[noun].dep == "dobj" and lemma_of(tokens[verb]) in _LIGHT:
        return tree.subject(verb)
    return None


def stance_noun(view: View) -> Iterator[Found]:
    """As in "Her attacks on the plan", "the mayor's criticism of the owner"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos != "NOUN" or lemma_of(token) not in words.STANCE_NOUNS:
            continue
        poss = tree.child(token.i, "poss")
        if poss is None or poss > token.i:
            continue
        prep = next(
            (
                c
                for c in tree.children(token.i, "prep")
                if lower(tokens[c]) in words.STANCE_PREPOSITIONS and c > token.i
            ),
            None,
        )
        clause = tree.child(token.i, "acl")
        if prep is not None and tree.child(prep, "pobj", "pcomp") is not None:
            first, last, cue = prep + 1, tree.last[prep], tree.span(token.i, prep)
        elif clause is not None and clause > token.i and tokens[clause].tag == "VB":
            first, last, cue = tree.first[clause], tree.last[clause], tree.span(token.i, token.i)
        else:
            continue
        content = view.content(first, last, token.i)
        if content is not None:
            yield Found(view.source(poss), (cue,), (content,), "stance noun", 0.6)


# ------------------------------------------------------------------ relays, and no source at all


def citing(view: View) -> Iterator[Found]:
    """As in "Reuters reported …, citing two people": the people are a second source, inside the first."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in {"cite", "quote"} or token.tag != "VBG" or token.head == token.i:
            continue
        outer = _home(view, token.i)
        outer = token.head if outer == token.i else outer
        if lemma_of(tokens[outer]) not in words.SAYING | words.SHOWING:
            continue
        who = tree.child(token.i, "dobj")
        clause = tree.child(outer, "ccomp")
        if who is None:
            continue
        content: Span | None
        if clause is not None:
            content = (
                view.content(tree.first[clause], min(tree.last[clause], token.i - 1), token.i)
                if clause > outer
                else view.content(tree.first[clause], outer - 1, token.i)
            )
        else:
            begin = tree.sentence(outer)[0]
            content = (
                view.content(outer + 1, token.i - 1, token.i)
                if outer + 1 < token.i - 1
                else view.content(begin, outer - 1, token.i)
            )
        if content is not None:
            yield Found(
                view.source(who),
                (tree.span(token.i, token.i),),
                (content,),
                "citing",
                0.75,
                within=view.cue(outer)[0],
            )


_OWN_NOUNS = lexicon("reporter correspondent newspaper paper writer author portal site team")
_PERCEIVING = lexicon("see saw count watch hear witness observe visit notice smell review examine view read")


def first_hand(view: View) -> Iterator[Found]:
    """As in "This reporter counted nine buses", "our correspondent saw …", "this newspaper has seen the letter"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in _PERCEIVING or token.pos != "VERB" or view.quoted(token.i):
            continue
        head = tree.subject(token.i)
        if head is None or tree.child(token.i, "neg") is not None:
            continue
        own = lower(tokens[head]) in {"we", "i"} or (
            lemma_of(tokens[head]) in _OWN_NOUNS
            and any(lower(tokens[c]) in {"this", "our"} for c in tree.below[head])
        )
        what = tree.child(token.i, "dobj", "ccomp")
        if lower(tokens[head]) == "i" and lemma_of(token) in {"read", "examine", "review", "view"}:
            continue  # a columnist's reading is no reporting
        if lower(tokens[head]) in {"i", "we"} and token.tag in {"VBP", "VB"}:
            continue  # "I see"
        if not own or what is None or what < token.i:
            continue
        end = _clause_end(view, token.i, max(tree.last[what], tree.last[token.i]))
        content = view.content(max(tree.first[what], token.i + 1), end, token.i)
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "first-hand", 0.8)


def without_source(view: View) -> Iterator[Found]:
    """As in "It was reported that …": attributed, to nobody."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.SAYING | words.THINKING or token.tag != "VBN":
            continue
        subject = tree.child(token.i, "nsubjpass", "nsubj")
        if subject is None or tree.child(token.i, "auxpass") is None or tree.agent(token.i) is not None:
            continue
        clause = tree.child(token.i, "ccomp", "xcomp")
        if clause is None or clause < token.i:
            continue
        if lemma_of(token) in {"suppose", "ask", "tell", "order"}:
            continue
        if lower(tokens[subject]) == "it":
            content = view.content(max(tree.first[clause], token.i + 1), tree.last[clause], token.i)
            if content is not None:
                yield Found((), view.cue(token.i), (content,), "without source", 0.7)
        elif any(lower(tokens[c]) == "to" for c in tree.below[clause]):
            first, last = tree.noun_phrase(subject)
            left = view.content(first, last, token.i)
            right = view.content(tree.first[clause], tree.last[clause], token.i)
            if left is not None and right is not None:
                yield Found((), view.cue(token.i), (left, right), "without source", 0.6)


def attitude(view: View) -> Iterator[Found]:
    """As in "the mayor is confident that …", "residents are worried about the smoke"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos not in {"ADJ", "VERB"} or lemma_of(token) not in words.ATTITUDES:
            continue
        verb = token.head if token.dep in {"acomp", "attr", "oprd"} else token.i
        if verb == token.i and tree.child(token.i, "auxpass") is None:
            continue
        head = tree.subject(verb)
        if head is None or not _person_like(view, head):
            continue
        below = [c for c in tree.children(token.i, "ccomp", "xcomp", "prep") if c > token.i]
        if not below:
            continue
        what = below[0]
        first = tree.first[what] if tokens[what].dep != "prep" else what + 1
        if tokens[what].dep == "prep" and lower(tokens[what]) not in {
            "of",
            "about",
            "with",
            "over",
            "that",
            "for",
            "by",
            "to",
        }:
            continue
        content = view.content(max(first, token.i + 1), tree.last[what], token.i)
        if content is not None:
            cue = tree.span(token.i, what if tokens[what].dep == "prep" else token.i)
            yield Found(view.source(head, verb), (cue,), (content,), "attitude", 0.6)


RULES: tuple[Rule, ...] = (
    dash_and_speaker,
    trailing_outlet,
    quotation_with_cue,
    introduced_quotation,
    lead,
    as_verb_first,
    according_to,
    as_reported,
    as_outlet_verb_lost,
    evidence_shown,
    evidence_published,
    citing,
    first_hand,
    naming,
    trailing_verb_without_comma,
    clause_of_cue,
    parenthetical_cue,
    trailing_verb,
    telling,
    intention,
    speaking_of,
    attitude,
    claim_noun,
    stance_noun,
    judgement,
    without_source,
)
"""Every rule, in order: the quotation's structure first, then fixed phrases, then clauses, then nouns."""
