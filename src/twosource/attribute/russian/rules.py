"""The Russian rules, each a small function from the view to what it finds, in one visible ordered list (`RULES`).

A cue belongs to the first rule that takes it, so the list runs from the plainest marks to the loosest words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model import AttributionKind, Span
from ..found import Found
from ..lexicon import lexicon
from . import words
from .view import Speech, View

Rule = Callable[[View], Iterator[Found]]

_CONJUNCTIONS = lexicon("что чтобы будто якобы")
_ASKS = lexicon("когда почему зачем сколько где куда кто как какой каким каков ли")
_ENDS = lexicon(". ! ? ; …")
_LINKS = lexicon("и а но также затем при потом однако")
_RELATIVES = lexicon("который где когда")
_HEADLINERS = words.ROLES | words.ORGANISATIONS | words.OUTLETS | words.UNNAMED
_REACH = 25  # tokens between a cue and the colon or conjunction that belongs to it


# ---------------------------------------------------------------- direct speech


def narrator_inside(view: View) -> Iterator[Found]:
    """«A, — сказал X. — B», and the same in a paragraph that opens with a dash."""
    for speech in view.speeches:
        for told in speech.told:
            first, last = view.first_from(told.start), view.first_from(told.end)
            verb = _narrating_verb(view, first, last)
            if verb is None:
                continue
            yield Found(
                view.speaker(verb, first, last) or (),
                view.cue(verb),
                speech.spoken,
                "narrator inside speech",
                0.95,
                AttributionKind.DIRECT,
                via=_via(view, first, last),
            )
            break  # what follows in the same speech is the same speaker's


def after_speech(view: View) -> Iterator[Found]:
    """«…», — сказал X. After a dash any finite verb will do; after a bare comma only one that reports."""
    for speech in view.speeches:
        if speech.told or speech.dashed:
            continue
        at = view.first_from(speech.span.end)
        dash = False
        while at < len(view.tokens) and view.tokens[at].text in {",", ".", "!", "?", "…", "—", "–", "-", "»"}:
            dash = dash or view.tokens[at].text in {"—", "–", "-"}
            at += 1
        if at >= len(view.tokens) or view.paragraph_at(view.tokens[at].start) != view.paragraph_at(
            speech.span.start
        ):
            continue
        if not dash and not (speech.begins and _comma_at_end(view, speech)):
            continue
        if dash and not speech.begins and speech.span.of(view.text)[-2:-1] not in {",", "!", "?"}:
            continue
        _, high = view.bounds(at)
        verb = _narrating_verb(view, at, high, any_verb=dash)
        if verb is None:
            continue
        yield Found(
            view.speaker(verb, at, high) or (),
            view.cue(verb),
            (speech.span,),
            "cue after speech",
            0.95 if dash else 0.9,
            AttributionKind.DIRECT,
            via=_via(view, at, high),
        )
        if view.lemmas[verb] in words.QUOTES:
            yield from _quoted_speaker(view, verb, high, speech)


def before_colon(view: View) -> Iterator[Found]:
    """X сказал: «…», the quotation also in the next paragraph; without marks the rest of the sentence."""
    for i, token in enumerate(view.tokens):
        if token.text != ":" or _inside_speech(view, i):
            continue
        low, _ = view.bounds(i)
        verbs = [
            j
            for j in range(i - 1, max(low, i - _REACH) - 1, -1)
            if view.lemmas[j] in words.CUES | words.URGES | words.PASSIVES
            and (view.finite(j) or view.gerund(j))
        ]
        if not verbs:
            continue
        verb = verbs[0]
        after = view.token(i + 1)
        if after is None:
            continue
        speech = view.speech_at.get(after.start)
        if speech is not None and (after.start - token.end) < 4 + view.text[token.end : after.start].count(
            "\n"
        ):
            content: tuple[Span, ...] = speech.spoken
            kind, score = AttributionKind.DIRECT, 0.95
        else:
            if view.paragraph_at(after.start) != view.paragraph_at(token.start):
                continue
            stretch = view.content(i + 1, _sentence_end(view, i + 1))
            if stretch is None:
                continue
            content, kind, score = (stretch,), None, 0.75
        source = view.speaker(verb, low, i)
        if source is None and kind is None:
            continue
        yield Found(
            source or (), view.cue(verb), content, "cue before colon", score, kind, via=_via(view, verb, i)
        )


def before_bare_colon(view: View) -> Iterator[Found]:
    """Ирма Тосс: переговоры сорваны. A headline's way: a name, a role or СМИ, a colon, and what they say."""
    for paragraph in view.paragraphs:
        first = view.first_from(paragraph.start)
        colon = next(
            (i for i in range(first + 1, min(first + 7, len(view.tokens))) if view.tokens[i].text == ":"),
            None,
        )
        if colon is None or view.tokens[colon].start >= paragraph.end:
            continue
        if not view.nominative(first) and view.tokens[first].entity != "PERSON":
            continue
        head, last = view.phrase(first, first, colon)
        if view.tokens[first].entity == "PERSON" and all(view.tokens[i].entity for i in range(first, colon)):
            last = colon - 1  # the trees of headlines are guesses; a name is a name
        named = view.tokens[head].entity in {"PERSON", "ORG"} or view.lemmas[head] in _HEADLINERS
        content = view.content(colon + 1, _sentence_end(view, min(colon + 1, len(view.tokens) - 1)))
        if named and last == colon - 1 and content is not None and _has_verb(view, content):
            yield Found((view.analysis.span(head, last + 1),), (), (content,), "headline colon", 0.7)


# ------------------------------------------------------- attribution in brackets


def as_reported(view: View) -> Iterator[Found]:
    """Как сообщает X, …; …, как рассказали в X; как стало известно X; как следует из X."""
    for i, form in enumerate(view.forms):
        if form != "как" or not _opens_clause(view, i):
            continue
        low, high = view.bounds(i)
        verb = next((j for j in range(i + 1, min(i + 5, high)) if view.finite(j)), None)
        if verb is None or view.lemmas[verb] not in words.CUES | words.PASSIVES | words.URGES | {"стать"}:
            continue
        end = _bracket_end(view, verb + 1, high)
        last = verb
        if view.lemmas[verb] == "стать":
            if view.forms[verb + 1 : verb + 2] != ("известно",):
                continue
            last = verb + 1
            source = _dative(view, verb + 2, end)
        elif view.lemmas[verb] in words.PASSIVES:
            source = view.place(verb, i, end) or ()
            if not source and view.forms[verb] == "говорится":
                continue  # "как говорится" is an idiom
        else:
            source = view.speaker(verb, i + 1, end) or ()
            if not source:
                continue
        content = _around(view, i, end, low, high)
        if content:
            cue_last = (
                view.first_from(source[0].start) - 1
                if source and view.lemmas[verb] in words.PASSIVES
                else last
            )
            cue = view.cue(i, max(last, cue_last) if max(last, cue_last) - i <= 4 else last)
            yield Found(source or (), cue, content, "as reported", 0.9, via=_via(view, verb, end))


def by_words(view: View) -> Iterator[Found]:
    """По словам X, …; …, по данным X, …; согласно X; судя по X; со слов X; with no X: "по слухам"."""
    for i, form in enumerate(view.forms):
        if form not in {"по", "согласно", "со", "судя"}:
            continue
        low, high = view.bounds(i)
        group = _by_group(view, i, high)
        if group is None:
            continue
        cue_last, source_at, possessive = group
        source: tuple[Span, ...] = ()
        end = cue_last + 1
        if possessive is not None:
            source = view.cue(possessive)
        elif source_at is not None:
            source, end = _genitive(view, source_at, high)
            if not source and form != "по":
                continue
        bare = not source and not any(
            view.lemmas[j]
            in {
                "слух",
                "неофициальный",
                "предварительный",
                "данные",
                "сведение",
                "информация",
                "версия",
                "оценка",
            }
            for j in range(i, cue_last + 1)
        )
        if bare:
            continue
        content = _around(view, i, end, low, high)
        if content:
            cue = view.cue(i, cue_last)
            if possessive is not None and cue_last > possessive > i:
                cue = (*view.cue(i, possessive - 1), *view.cue(possessive + 1, cue_last))
            yield Found(source, cue, content, "according to", 0.9)


# ------------------------------------------------------------- complement clauses


def clause(view: View) -> Iterator[Found]:
    """X заявил, что …; сообщается, что …; в отчёте говорится, что …; X уверен, что …; стало известно, что … ."""
    for i in range(len(view.tokens)):
        lemma = view.lemmas[i]
        if not _may_take_clause(view, i):
            continue
        low, high = view.bounds(i)
        start = _conjunction(view, i, high)
        if start is None:
            continue
        asked = view.forms[start] in _ASKS - {"ли"}
        first = start if asked else start + 1
        end = _clause_end(view, i, first, high)
        content = view.content(first, end)
        if content is None:
            continue
        if lemma in words.PASSIVES or lemma in {"известно", "известный"}:
            source = view.place(i, low, start) or ()
            split = source and lemma == "следовать"
        else:
            found = view.speaker(i, low, start)
            split = False
            if found is None and not (view.feature(i, "Number") == "Plur" or view.gerund(i)):
                continue
            source = found or ()
        if (lemma == "следовать" or view.forms[i] in {"видно", "понятно", "заметно"}) and not source:
            continue
        cue = view.cue(i)
        if lemma in {"известно", "известный"} and view.lemmas[i - 1 : i] == ("стать",):
            cue = view.cue(i - 1, i)
        if split and source:
            k = view.first_from(source[0].start) - 1
            cue = (*view.cue(k), *cue) if k >= low and view.forms[k] == "из" else cue
        yield Found(tuple(source), cue, (content,), "complement clause", 0.95, via=_via(view, i, start))


def noun_clause(view: View) -> Iterator[Found]:
    """Заявление X о том, что …; выразил уверенность, что …; утверждения X о … ."""
    for i, lemma in enumerate(view.lemmas):
        if lemma not in words.NOUNS or view.tokens[i].pos != "NOUN":
            continue
        low, high = view.bounds(i)
        holder = _genitive_of(view, i, high)
        head = view.tokens[i].head
        source: tuple[Span, ...] = ()
        if holder is not None:
            source = view.source(holder, i + 1, high)
        elif view.lemmas[head] in words.EXPRESSES and low <= head < high:
            source = view.speaker(head, low, i if head < i else high) or ()
        start = _conjunction(view, i, high, reach=12)
        if start is not None and (source or lemma == "слух" or view.forms[start - 2 : start - 1] == ("том",)):
            content = view.content(start + 1, _noun_clause_end(view, start + 1, high))
            if content is not None:
                yield Found(source, view.cue(i), (content,), "noun with clause", 0.85)
        elif holder is not None and lemma in {
            "заявление",
            "утверждение",
            "сообщение",
            "обвинение",
            "слух",
            "предупреждение",
        }:
            about = next((c for c in _later(view, i, high) if view.forms[c] in {"о", "об", "обо", "в"}), None)
            if about is None or about - i > 12 or (lemma != "обвинение" and view.forms[about] == "в"):
                continue
            inner = view.noun_after(about, high)
            if inner is not None and view.lemmas[inner] not in {"то", "это"}:
                a, b = view.phrase(inner, about + 1, high)
                content = view.content(a, b + 1)
                if content is not None:
                    yield Found(source, view.cue(i), (content,), "noun with о", 0.7)


# ------------------------------------------------------------------- cue at the end


def trailing(view: View) -> Iterator[Found]:
    """…, сообщил X: a reporting verb behind a comma, its subject behind it, and nothing more."""
    for i in range(1, len(view.tokens)):
        if view.lemmas[i] not in words.CUES | {"говориться"} or not view.finite(i):
            continue
        low, high = view.bounds(i)
        comma = i - 1
        while comma > low and view.tokens[comma].text in {"—", "–", "-"}:
            comma -= 1
        if comma <= low or view.tokens[comma].text != ",":
            continue
        if any(view.tokens[j].text == ":" for j in range(i, high)) or _conjunction(view, i, high) is not None:
            continue
        source = view.speaker(i, i, high)
        if source is None or source[0].start < view.tokens[i].start:
            continue
        content = view.content(low, comma)
        if content is not None:
            yield Found(source, view.cue(i), (content,), "trailing cue", 0.9, via=_via(view, i, high))


def about_this(view: View) -> Iterator[Found]:
    """Об этом сообщил X: the sentence before it is the content."""
    for number, (first, last) in enumerate(view.analysis.sentences):
        if number == 0 or view.forms[first : first + 2] not in {("об", "этом"), ("о", "этом")}:
            continue
        verb = next(
            (
                i
                for i in range(first + 2, min(first + 8, last))
                if view.lemmas[i] in words.CUES | {"говориться"} and view.finite(i)
            ),
            None,
        )
        if verb is None or _conjunction(view, verb, last) is not None:
            continue
        source = view.speaker(verb, first + 2, last)
        before = view.analysis.sentences[number - 1]
        content = view.content(*before)
        near = (
            view.paragraph_at(view.tokens[first].start) - view.paragraph_at(view.tokens[before[0]].start) <= 1
        )
        if source and content is not None and near:
            yield Found(source, view.cue(verb), (content,), "об этом", 0.85, via=_via(view, verb, last))


# ------------------------------------------------------------- phrases as contents


def about(view: View) -> Iterator[Found]:
    """X сообщил о пожаре; сообщается о трёх пропавших."""
    for i, lemma in enumerate(view.lemmas):
        if not (lemma in words.SAYS or lemma == "сообщаться") or not _asserted(view, i):
            continue
        low, high = view.bounds(i)
        at = next((c for c in _later(view, i, high) if view.forms[c] in {"о", "об", "обо"}), None)
        if at is None:
            continue
        inner = view.noun_after(at, high)
        if (
            inner is None
            or view.lemmas[inner] in {"то", "это", "все"}
            or view.forms[at + 1 : at + 2] in {("этом",), ("том",)}
        ):
            continue
        source = view.speaker(i, low, high)
        if source is None and lemma != "сообщаться" and view.feature(i, "Number") != "Plur":
            continue
        content = view.content(at if lemma != "сообщаться" else at + 1, _clause_end(view, i, at + 1, high))
        if content is not None and not (source and content.contains(source[0])):
            yield Found(source or (), view.cue(i), (content,), "cue with о", 0.8, via=_via(view, i, at))


def infinitive(view: View) -> Iterator[Found]:
    """X потребовал закрыть терминал; X пригрозил перекрыть пролив; X намерен уехать."""
    for i, lemma in enumerate(view.lemmas):
        if not (lemma in words.URGES and _asserted(view, i)) and lemma != "намеренный":
            continue
        low, high = view.bounds(i)
        at = next((c for c in _later(view, i, high, reach=8) if "VerbForm=Inf" in view.tokens[c].morph), None)
        if at is None or any(view.tokens[c].text in {",", ":", "«"} for c in range(i, at)):
            continue
        source = view.speaker(i, low, at)
        if source is None:
            continue
        if at > i + 1 and view.forms[at - 1] == "не":
            at -= 1
        content = view.content(at, _clause_end(view, i, at, high))
        if content is not None:
            yield Found(source, view.cue(i), (content,), "cue with infinitive", 0.8)


def judged(view: View) -> Iterator[Found]:
    """X назвал пожар «самым тяжёлым»; X обвинил соседей в срыве; X отверг обвинения."""
    for i, lemma in enumerate(view.lemmas):
        low, high = view.bounds(i)
        regards = lemma in words.REGARDS and any(
            view.feature(c, "Case") == "Ins" for c in _later(view, i, high)
        )
        if not (lemma in words.JUDGES or regards) or not _asserted(view, i) or _subordinate(view, i):
            continue
        source = view.speaker(i, low, high)
        if source is None:
            continue
        at = next(
            (c for c in _later(view, i, high) if not _within(view, c, source) and _object_begins(view, c)),
            None,
        )
        if at is None:
            continue
        content = view.content(at, _clause_end(view, i, at, high))
        if content is not None and not content.overlaps(source[0]):
            yield Found(source, view.cue(i), (content,), "cue with object", 0.7)


def shown(view: View) -> Iterator[Found]:
    """X заявил «об измене»: a quoted piece that is the verb's own complement, marks and all."""
    for i, lemma in enumerate(view.lemmas):
        if lemma not in words.SAYS or not view.finite(i):
            continue
        after = view.token(i + 1)
        if after is None or after.text not in '«„“"':
            continue
        q = view.quotation_at(after.start)
        low, _ = view.bounds(i)
        if q is None or q.span.start != after.start or q.words(view.text) < 2:
            continue
        source = view.speaker(i, low, i)
        if source is not None:
            yield Found(source, view.cue(i), (q.span,), "quoted complement", 0.7)


RULES: tuple[Rule, ...] = (
    narrator_inside,
    after_speech,
    before_colon,
    before_bare_colon,
    as_reported,
    by_words,
    clause,
    noun_clause,
    about_this,
    trailing,
    about,
    infinitive,
    judged,
    shown,
)
"""Every rule, in the order in which they are asked."""


# ------------------------------------------------------------------------- helpers


def _narrating_verb(view: View, first: int, last: int, *, any_verb: bool = True) -> int | None:
    """The finite verb near the start of the narrator's words, one that reports if there is one."""
    near = []
    for i in range(first, min(first + 12, last)):
        if view.tokens[i].text in {".", ":", "«"} or view.forms[i] in _CONJUNCTIONS:
            break
        if view.finite(i) or view.lemmas[i] in words.PASSIVES:
            near.append(i)
    reports = [i for i in near if view.lemmas[i] in words.CUES | words.URGES | words.PASSIVES | words.JUDGES]
    if reports:
        return reports[0]
    return near[0] if near and any_verb and near[0] <= first + 3 else None


def _quoted_speaker(view: View, verb: int, high: int, speech: Speech) -> Iterator[Found]:
    """Whose words an outlet quotes: the object of "цитирует", or whose the "слова" are."""
    for i in range(verb + 1, min(verb + 8, high)):
        words_of = view.lemmas[i] == "слово"
        whose = _genitive_of(view, i, high) if words_of else None
        if (
            not words_of
            and view.feature(i, "Animacy") == "Anim"
            and view.feature(i, "Case") in {"Acc", "Gen"}
        ):
            whose = i
        possessive = words_of and view.forms[i - 1] in {"его", "ее", "их"}
        if whose is not None or possessive:
            cue = view.cue(i) if words_of else ()
            source = view.cue(i - 1) if whose is None else view.source(whose, verb + 1, high)
            kind = AttributionKind.DIRECT
            yield Found(
                source, cue, (speech.span,), "quoted by an outlet", 0.85, kind, within=view.cue(verb)[0]
            )
            return


def _has_verb(view: View, span: Span) -> bool:
    return any(
        view.finite(i) or "Variant=Short" in view.tokens[i].morph
        for i in range(view.first_from(span.start), view.first_from(span.end))
    )


def _comma_at_end(view: View, speech: Speech) -> bool:
    tail = view.text[speech.span.end : speech.span.end + 1]
    return tail == "," or speech.span.of(view.text).rstrip('»”"“').endswith((",", "!", "?"))


def _inside_speech(view: View, i: int) -> bool:
    """Whether the token stands in what is spoken, not in what the narrator puts between."""
    start = view.tokens[i].start
    q = view.quotation_at(start)
    if q is None or q.span.start == start or q.words(view.text) <= 3:
        return False
    speech = view.speech_at.get(q.span.start)
    return speech is None or not any(told.start <= start < told.end for told in speech.told)


def _sentence_end(view: View, i: int) -> int:
    return view.bounds(i)[1]


def _opens_clause(view: View, i: int) -> bool:
    """Whether the token stands at a sentence's start or behind a mark or conjunction."""
    low, _ = view.bounds(i)
    return (
        i == low
        or view.tokens[i - 1].text in {",", "(", "—", "–", "«", "“", '"', ":"}
        or view.forms[i - 1] in {"и", "но", "а"}
    )


def _bracket_end(view: View, first: int, high: int) -> int:
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
            if text == "," and not relative and _relative_begins(view, i, high):
                relative = True  # "материалам дела, с которыми ознакомился X," ends at the next comma
                continue
            return i
    return high


def _relative_begins(view: View, comma: int, high: int) -> bool:
    return any(view.lemmas[j] == "который" for j in range(comma + 1, min(comma + 4, high)))


def _continues_phrase(view: View, comma: int, high: int) -> bool:
    """Whether a comma stands inside a phrase: before "попросивший не называть имени", "знакомых с делом"."""
    return any(view.lemmas[j] in words.ANONYMITY for j in range(comma + 1, min(comma + 3, high)))


def _around(view: View, start: int, end: int, low: int, high: int) -> tuple[Span, ...]:
    """The clause around a bracketed phrase [start, end): before it, after it, or both."""
    after_end = _clause_end(view, -1, end, high)
    after = view.content(end, after_end)
    first = start
    while first > low and (
        view.tokens[first - 1].text in {",", "—", "–", "("} or view.forms[first - 1] in _LINKS
    ):
        first -= 1
    if first <= low:
        return (after,) if after else ()
    for k in range(first - 1, low - 1, -1):
        if (
            view.forms[k] in _CONJUNCTIONS
            and view.tokens[k - 1 : k]
            and (k == low or view.tokens[k - 1].text == ",")
        ):
            low = k + 1
            break
        if view.tokens[k].text in {";", ":"}:
            low = k + 1
            break
    if first <= low or view.lemmas[first - 1] in _RELATIVES:
        return (after,) if after else ()
    before = view.content(low, first)
    return tuple(span for span in (before, after) if span is not None)


def _by_group(view: View, i: int, high: int) -> tuple[int, int | None, int | None] | None:
    """For "по … словам": (last token of the cue, first token of the source or None, possessive or None)."""
    form = view.forms[i]
    if form == "судя":
        if view.forms[i + 1 : i + 2] != ("по",) or i + 2 >= high:
            return None
        return i + 1, i + 2, None
    if form == "согласно":
        if i + 1 >= high or view.lemmas[i + 1] in words.NOT_SOURCES:
            return None
        for j in range(i + 1, min(i + 3, high)):
            if view.lemmas[j] in words.BY - {"заявление", "сообщение", "рассказ"}:
                return (
                    (j, j + 1, None)
                    if j + 1 < high and view.feature(j + 1, "Case") == "Gen"
                    else (i, i + 1, None)
                )
        return i, i + 1, None
    possessive = None
    for j in range(i + 1, min(i + 5, high)):
        if view.lemmas[j] in words.BY and (view.tokens[j].pos in {"NOUN", "X"} or view.lemmas[j] == "данные"):
            if form == "со" and view.forms[j] != "слов":
                return None
            return j, (j + 1 if j + 1 < high and possessive is None else None), possessive
        if view.forms[j] in {"его", "ее", "их"} or view.lemmas[j] in {"мой", "наш", "ваш", "свой"}:
            possessive = j
        elif view.tokens[j].pos not in {"ADJ", "DET", "NUM"} and "VerbForm=Part" not in view.tokens[j].morph:
            return None
    return None


def _genitive(view: View, at: int, high: int) -> tuple[tuple[Span, ...], int]:
    """The phrase that begins at `at` as a source, and the token after it."""
    if view.tokens[at].text in {",", ".", ":", "—"}:
        return (), at
    if view.forms[at] in {"о", "об", "на", "в", "за", "от", "к"}:
        return (), _bracket_end(view, at, high)
    head = None
    limit = _bracket_end(view, at, high)
    for j in range(at, limit):
        if view.tokens[j].pos in {"NOUN", "PROPN", "PRON", "X"} and (
            view.feature(j, "Case") in {"Gen", "Dat", ""} or j == at
        ):
            head = j
            break
        if view.finite(j):
            break
    if head is None:
        return (), at
    first, last = view.phrase(head, at, limit)
    if limit - at <= 12 and limit < high and not any(view.finite(j) for j in range(at, limit)):
        last = limit - 1  # the comma that closes the bracket closes the phrase
    end = last + 1
    if end < limit and view.tokens[end].text == "," and _relative_begins(view, end, high):
        end = limit  # the relative clause is about the source, not what it says
    return (view.analysis.span(min(first, at), last + 1),), end


def _genitive_of(view: View, noun: int, high: int) -> int | None:
    """The head of the genitive that says whose statement it is."""
    for j in range(noun + 1, min(noun + 4, high)):
        if view.tokens[j].pos in {"NOUN", "PROPN"} and view.feature(j, "Case") == "Gen":
            return j
        if view.tokens[j].pos not in {"ADJ", "DET", "PROPN"}:
            return None
    return None


def _dative(view: View, first: int, last: int) -> tuple[Span, ...]:
    """The phrase in "стало известно X"."""
    for j in range(first, last):
        if view.tokens[j].pos in {"NOUN", "PROPN", "X", "PRON"}:
            return view.source(j, first, last)
    return ()


def _may_take_clause(view: View, i: int) -> bool:
    lemma = view.lemmas[i]
    if lemma in words.MINDED and view.tokens[i].pos in {"ADJ", "VERB"}:
        return True
    if view.forms[i] in {"видно", "понятно", "заметно", "известно"}:
        return True
    if lemma in words.CUES | words.PASSIVES | words.URGES | words.JUDGES:
        return (
            view.finite(i)
            or view.gerund(i)
            or "VerbForm=Part|Voice=Act" in view.tokens[i].morph
            or _infinitive_of_speech(view, i)
        )
    return False


def _infinitive_of_speech(view: View, i: int) -> bool:
    return "VerbForm=Inf" in view.tokens[i].morph and view.lemmas[i] in words.SAYS


def _conjunction(view: View, i: int, high: int, reach: int = _REACH) -> int | None:
    """The что (чтобы, будто; когда, почему …) that opens the clause of cue `i`: the first, with no other verb between."""
    for j in range(i + 1, min(i + reach, high)):
        form = view.forms[j]
        if view.tokens[j].text in {":", ";"} or view.finite(j) or view.gerund(j):
            return None
        if view.tokens[j - 1].text == "," or j == i + 1 or view.forms[j - 1] == "и":
            if form in _CONJUNCTIONS and (view.tokens[j - 1].text == "," or form != "что"):
                return j
            if (
                form in _ASKS - {"ли", "как", "кто"}
                and view.lemmas[i] in words.SAYS
                and view.tokens[j - 1].text == ","
            ):
                return j
    return None


def _clause_end(view: View, cue: int, first: int, high: int) -> int:
    """Where the content that begins at `first` ends: before the next report of the same speaker, or a trailing one."""
    for k in range(first, high):
        if view.tokens[k].text == ";":
            return k
        if k <= first or view.lemmas[k] not in words.CUES | words.URGES | words.JUDGES | {"говориться"}:
            continue
        before = k - 1
        while before > first and view.forms[before] in _LINKS | {"также", "еще"}:
            before -= 1
        joined = before < k - 1
        comma = view.tokens[before].text == ","
        if (
            view.gerund(k)
            and comma
            and (_conjunction(view, k, high) is not None or _colon_soon(view, k, high))
        ):
            return before
        if not view.finite(k):
            continue
        follows = _conjunction(view, k, high) is not None or _colon_soon(view, k, high)
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
            and _bracket_end(view, k, high) >= high - 1
        ):
            return k - 2
    return high


def _noun_clause_end(view: View, first: int, high: int) -> int:
    """The clause of a noun stands in commas when the main verb follows: "заявление о том, что …, удивило биржу"."""
    for k in range(first, high):
        if (
            view.tokens[k].text == ","
            and k + 1 < high
            and view.finite(k + 1)
            and view.lemmas[k + 1] not in words.CUES
        ):
            return k
    return high


def _infinitive_soon(view: View, k: int, high: int) -> bool:
    return any("VerbForm=Inf" in view.tokens[j].morph for j in range(k + 1, min(k + 5, high)))


def _colon_soon(view: View, k: int, high: int) -> bool:
    return any(view.tokens[j].text == ":" for j in range(k, min(k + 8, high)))


def _later(view: View, i: int, high: int, reach: int = 14) -> Iterator[int]:
    """Tokens after the cue up to the next clause."""
    for c in range(i + 1, min(i + reach, high)):
        if view.finite(c) or view.tokens[c].text in {":", ";", ","}:
            return
        yield c


def _asserted(view: View, i: int) -> bool:
    """A verb that says that something was said: "не предупреждал об учениях" reports nothing."""
    return (view.finite(i) or view.gerund(i)) and view.forms[i - 1 : i] != ("не",)


def _subordinate(view: View, i: int) -> bool:
    """A verb of a relative clause or a mere possibility: "документов, которые подтверждали бы вину"."""
    return "бы" in view.forms[i - 1 : i + 2] or any(view.lemmas[c] in _RELATIVES for c in view.below[i])


def _within(view: View, i: int, spans: tuple[Span, ...]) -> bool:
    return any(span.start <= view.tokens[i].start < span.end for span in spans)


def _object_begins(view: View, c: int) -> bool:
    """Whether an object may begin here: the first word that is no adverb, preposition, dative or mark."""
    token = view.tokens[c]
    if token.text in '«„“"':
        return True
    case = view.feature(c, "Case")
    return token.pos in {"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "X"} and case in {
        "Acc",
        "Gen",
        "Nom",
        "Ins",
        "",
    }


def _via(view: View, first: int, last: int) -> tuple[Span, ...]:
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


__all__ = ["RULES", "Rule"]
