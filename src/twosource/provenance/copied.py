"""What wording shows: copies and their direction, common texts outside the pile, restatements without credit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from twosource.model import (
    Direction,
    EdgeKind,
    MatchKind,
    NodeKind,
    PassageMatch,
    SourceKind,
    Span,
    Statement,
)
from twosource.provenance import constants as p
from twosource.provenance.cited import cites_for
from twosource.provenance.draft import NODE_OF, Draft, attributions_of, is_later, name_of, speaker_of
from twosource.provenance.media import NO_NAME
from twosource.provenance.names import compatible, translated
from twosource.provenance.told import adds, chain_of, institutions_of


def reuse(draft: Draft) -> None:
    """Shared wording in which both articles make the claim: one copies the other, or both copy a third.

    Where a statement is copied, its speaker comes along with it: the copier's own line to the speaker is
    moot (`unless`), for the copier never met him. It stays where the parent does not name him, since
    then the copier has found something.
    """
    relayed = {(node, f"article:{name}") for (name, _), node in draft.outlet_nodes.items()} | set(draft.edges)
    shared: list[tuple[str, str, float, str]] = []
    for a, b in draft.pile.matched(draft.by_article):
        found = carried(draft, a, b)
        if found is None:
            continue
        match, in_a, in_b = found
        if match.kind in _SOME_WORDS and _two_speakers(draft, in_a, in_b):
            continue
        p_copy = match.p_copy
        if match.kind is MatchKind.QUOTATION:
            p_copy *= p.SHARED_QUOTATION
        its_words = match.kind is MatchKind.PASSAGE and _only_its_words(draft, match, in_a, in_b)
        if its_words:
            p_copy *= p.SHARED_SPEAKER
        forward = _p_first_is_parent(draft, match, a, in_a, in_b)
        na, nb = draft.article(a), draft.article(b)
        stated = {(na, nb), (nb, na)} & relayed
        if len(stated) == 1:  # the text says who has it from whom
            forward = 1.0 if (na, nb) in stated else 0.0
        kind = EdgeKind.TRANSLATES if match.kind is MatchKind.TRANSLATION else EdgeKind.COPIES
        verb = _VERBS.get(match.kind, "shares the wording of")
        group = f"copy:{a}|{b}"
        for parent, child, own, others, share in (
            (na, nb, in_b, in_a, forward),
            (nb, na, in_a, in_b, 1.0 - forward),
        ):
            if share * p_copy < 0.01:
                continue
            why = f"; {match.reasons[0]}" if match.reasons else ""
            reason = f"{draft.label(child)} {verb} {draft.label(parent)} where the claim is made{why}"
            if (parent, child) in draft.edges:
                draft.edge(parent, child, kind, share * p_copy, reason, [match.id])
            else:
                draft.edge(parent, child, kind, share * p_copy, reason, [match.id], group=group)
            _credits_come_along(draft, parent, child)
            for statement in draft.by_article[child.removeprefix("article:")]:
                if (statement in own and _comes_along(draft, statement, others)) or speaker_of(
                    draft, statement
                ) in {speaker_of(draft, s) for s in draft.by_article[parent.removeprefix("article:")]} - {
                    None
                }:
                    draft.copied.setdefault(statement.id, {}).setdefault(child, set()).add((parent, child))
        if match.kind is not MatchKind.QUOTATION and not its_words and not stated:
            shared.append((a, b, p_copy, match.id))
    common_text(draft, shared)


def restated(draft: Draft) -> None:
    """The article's own voice, nothing credited, in much the same words as one that is not later."""
    explained = {e.child for e in draft.edges.values() if e.probability >= p.LIKELY}
    words = {s.id: frozenset(s.lemmas) for theirs in draft.by_article.values() for s in theirs}
    picked: dict[str, tuple[float, str]] = {}
    before = own_earlier(draft)
    for name, statements in draft.by_article.items():
        if draft.article(name) in explained:
            continue
        if name in before:
            child, parent = draft.article(name), draft.article(before[name])
            reason = f"{draft.label(child)} names no source and repeats what its own outlet had printed"
            draft.edge(parent, child, EdgeKind.RESTATES, p.OWN_HOUSE, reason)
            continue
        if len(draft.by_article) > p.LARGE_CLAIM:
            continue  # every pair would have to be compared
        for other, theirs in draft.by_article.items():
            if other == name or (draft.article(other), draft.article(name)) in draft.edges:
                continue
            alike = max(words_in_common(s, t, words) for s in statements for t in theirs)
            if alike >= max(p.RESTATED_FROM, picked.get(name, (0.0, ""))[0]) and not is_later(
                draft, other, name
            ):
                picked[name] = (alike, other)
    for name, (alike, other) in picked.items():
        child, parent = draft.article(name), draft.article(other)
        span = (alike - p.RESTATED_FROM) / (1.0 - p.RESTATED_FROM)
        probability = p.RESTATED_LEAST + span * (p.RESTATED_MOST - p.RESTATED_LEAST)
        mutual = picked.get(other, (0.0, ""))[1] == name
        reason = (
            f"{draft.label(child)} names no source and puts it much as {draft.label(parent)} does "
            f"({round(100 * alike)} % of the words)"
        )
        group = "restates:" + "|".join(sorted((name, other)))
        draft.edge(parent, child, EdgeKind.RESTATES, probability / (2 if mutual else 1), reason, group=group)


def carried(draft: Draft, a: str, b: str) -> tuple[PassageMatch, list[Statement], list[Statement]] | None:
    """The match of the two articles that carries the claim in both of them, and the statements inside.

    A statement is inside when at least `HALF` of its characters lie in the wording shared by all matches.
    """
    matches = [m for m in draft.pile.matches.get((a, b), ()) if m.kind is not MatchKind.TEMPLATE]
    if not matches:
        return None
    of_a = [m.a.span if m.a.article == a else m.b.span for m in matches]
    of_b = [m.b.span if m.a.article == a else m.a.span for m in matches]
    in_a = [s for s in draft.by_article[a] if _inside(s, of_a)]
    in_b = [s for s in draft.by_article[b] if _inside(s, of_b)]
    touching = [
        m
        for m, x, y in zip(matches, of_a, of_b, strict=True)
        if any(x.overlaps(span) for s in in_a for span in s.spans)
        and any(y.overlaps(span) for s in in_b for span in s.spans)
    ]
    if not touching:
        return None
    return max(touching, key=lambda m: (m.p_copy, m.score, m.id)), in_a, in_b


def _inside(statement: Statement, shared: Sequence[Span]) -> bool:
    size = covered = 0
    for span in statement.spans:
        size += span.end - span.start
        at = span.start
        for other in sorted(shared):
            start, end = max(at, other.start), min(span.end, other.end)
            if start < end:
                covered += end - start
                at = end
    return size > 0 and covered >= p.HALF * size


def _p_first_is_parent(
    draft: Draft, match: PassageMatch, a: str, in_a: Sequence[Statement], in_b: Sequence[Statement]
) -> float:
    """The probability that article a is the parent, given that one copies the other."""
    first = match.p_direction if match.direction is not Direction.B_TO_A else 1.0 - match.p_direction
    if match.direction is Direction.UNDIRECTED:
        first = 0.5
        before = draft.pile.articles[a].published.before(
            draft.pile.articles[match.b.article if match.a.article == a else match.a.article].published
        )
        if before is not None:
            return p.EARLIER_FIRST if before else 1.0 - p.EARLIER_FIRST
        named_a, named_b = (any(_named_lost(draft, s) for s in inside) for inside in (in_a, in_b))
        if named_a != named_b:
            return p.CREDIT_LOST if named_a else 1.0 - p.CREDIT_LOST
    return first if match.a.article == a else 1.0 - first


def _named_lost(draft: Draft, statement: Statement) -> bool:
    """Whether a statement names somebody whom a copy of it would lose.

    An outlet is none: of two like texts of unknown outlets, the one that does not name it may be that outlet's own.
    """
    known = bool(draft.pile.outlet_of[statement.article])
    return bool(statement.attribution) and (known or not cites_for(draft, statement))


def _credits_come_along(draft: Draft, parent: str, child: str) -> None:
    """A credit line that the parent has too came along with the copied text: it is not the copier's own access.

    Agencies without a name are not one agency, but those of a text are those of its copy.
    """
    above, below = (draft.gates.get(node.removeprefix("article:"), []) for node in (parent, child))
    theirs = {_gate(node, parent) for node, *_ in above}
    for node, *_ in below:
        edge = draft.edges.get((node, child))
        if edge is not None and _gate(node, child) in theirs:
            edge.unless = (edge.unless or set()) | {(parent, child)}


def _gate(node: str, article: str) -> str:
    """What an article credits, the same for a text and its copy."""
    return node.removesuffix(f":{article.removeprefix('article:')}")


def _comes_along(draft: Draft, statement: Statement, parents: Sequence[Statement]) -> bool:
    """Whether a copied statement's speaker was copied with it.

    The parent's passage has that speaker too, or one whose name may be the same, or the copy names nobody.
    A copy that names somebody whom the parent does not name has found something.
    """
    if not attributions_of(draft, statement):
        return False
    above = [s for s in parents if attributions_of(draft, s)]
    mine = speaker_of(draft, statement)
    if mine is None:
        return bool(above)
    theirs = [speaker_of(draft, s) for s in above]
    return any(t is not None and (t == mine or may_be_one(draft, mine, t)) for t in theirs)


_VERBS = {MatchKind.TRANSLATION: "translates", MatchKind.PARAPHRASE: "tells in other words what is in"}

_SOME_WORDS = frozenset({MatchKind.PASSAGE, MatchKind.QUOTATION, MatchKind.EDITED, MatchKind.PARAPHRASE})
"""Kinds of match that do not make the one text the other's reprint or translation."""


def _two_speakers(draft: Draft, in_a: Sequence[Statement], in_b: Sequence[Statement]) -> bool:
    """Whether the shared words are given to one named speaker here and surely another there.

    Then it is the claim that is alike, not the reporting: two measurements of one thing in the same phrase.
    """
    ours = {speaker_of(draft, s) for s in in_a}
    theirs = {speaker_of(draft, s) for s in in_b}
    if None in ours | theirs or ours & theirs:
        return False
    return not any(may_be_one(draft, x, y) for x in ours if x for y in theirs if y)


def _only_its_words(
    draft: Draft, match: PassageMatch, in_a: Sequence[Statement], in_b: Sequence[Statement]
) -> bool:
    """Whether the match is hardly more than what both articles give to one named speaker."""
    speakers = {speaker_of(draft, s) for s in (*in_a, *in_b)}
    longest = max(s.spans[-1].end - s.spans[0].start for s in (*in_a, *in_b))
    shared = max(side.span.end - side.span.start for side in (match.a, match.b))
    return len(speakers) == 1 and None not in speakers and shared <= p.HARDLY_MORE * longest


def may_be_one(draft: Draft, one: str, other: str) -> bool:
    """Whether two named sources may be one: compatible or translated names, or one speaks for the other."""
    a, b = draft.pile.sources[one], draft.pile.sources[other]
    if other in a.distinct or one in b.distinct:  # a person has said so
        return False
    if compatible(a.name, b.name):
        return True
    if a.kind is b.kind is SourceKind.ORGANISATION and translated(a.name, b.name):
        return True
    nodes = [draft.node(f"source:{s.id}", NODE_OF[s.kind], name_of(s)) for s in (a, b)]
    above = [{n, *(step[0] for step in institutions_of(draft, n))} for n in nodes]
    return bool(above[0] & above[1])


def common_text(draft: Draft, shared: Sequence[tuple[str, str, float, str]]) -> None:
    """Where shared wording may be no copy either way, both have it from one text outside the pile.

    One hidden text for every group of articles that share wording; an article rests on it when none of
    the copies that touch the article holds. Where one of the group credits an agency for the whole of itself,
    and no other credits another, the text is that agency's.
    """
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for a, b, _, _ in shared:
        low, high = sorted((find(a), find(b)))
        leader[high] = low
    credited = _credited_texts(draft, {name: find(name) for name in sorted(leader)})
    copied: dict[str, set[tuple[str, str]]] = {}
    for edge, found in draft.edges.items():
        if found.kind in (EdgeKind.COPIES, EdgeKind.TRANSLATES):
            for end in edge:
                copied.setdefault(end, set()).add(edge)
    certain = {frozenset(map(draft.article, pair[:2])) for pair in shared if pair[2] >= p.CERTAIN}
    by_name: dict[str, list[tuple[str, str, float, str]]] = {}
    for pair in shared:
        by_name.setdefault(pair[0], []).append(pair)
        by_name.setdefault(pair[1], []).append(pair)
    for name in sorted(leader):
        touching = by_name[name]
        wire = credited.get(find(name))
        # An article of no known outlet may itself be the piece that another, which has its words, credits.
        its_own = wire is not None and not draft.pile.outlet_of[name]
        if all(p_copy >= p.CERTAIN for _, _, p_copy, _ in touching) and not its_own:
            continue
        child = draft.article(name)
        # That an article was reprinted for certain says nothing of where it has the wording from itself.
        copies = {
            edge for edge in copied.get(child, set()) if edge[1] == child or frozenset(edge) not in certain
        }
        if wire:
            node, who = wire
            reason = (
                f"{draft.label(child)} shares wording with {who}, which credits {draft.label(node)} for it"
            )
            # Whoever copied this article has that agency's text all the same.
            copies = {edge for edge in copies if edge[1] == child}
        else:
            node = draft.node(f"text:{find(name)}", NodeKind.OUTLET, "a text outside the pile")
            reason = f"{draft.label(child)} shares wording with others; if none copied the other, all copied a third"
        draft.edge(
            node, child, EdgeKind.COPIES, p.COMMON_TEXT, reason, [m for *_, m in touching], unless=copies
        )
        for statement in draft.by_article[name]:
            along = draft.copied.get(statement.id, {})
            # A certain reprint of the same text says nothing of whom the text quotes.
            if any(frozenset(edge) not in certain for edge in along.get(child, ())):
                draft.copied[statement.id].setdefault(child, set()).add((node, child))
                chain, _ = chain_of(draft, statement)
                if chain and adds(draft, chain[-1], node):
                    evidence = [x.id for x in attributions_of(draft, statement)]
                    said = f"the shared wording quotes {draft.label(chain[-1])}"
                    draft.edge(chain[-1], node, EdgeKind.QUOTES, p.TOLD_BY, said, evidence)


def _credited_texts(draft: Draft, group_of: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Group → the outlet outside the pile whose text its articles share, and who says so.

    That is the one outlet that articles of the group credit for the whole of themselves ("(Reuters)"); where none
    does, the one that they name for the claim. Where they name several, it cannot be told whose text is shared.
    """
    whole: dict[str, dict[str, str]] = {}
    bare: dict[str, dict[str, str]] = {}
    for name, group in group_of.items():
        for node, probability, _, _ in draft.gates.get(name, ()):
            if probability >= p.CREDITED and not node.startswith("article:"):
                nameless = _gate(node, f"article:{name}") != node
                some = bare if nameless else whole
                some.setdefault(group, {}).setdefault(node, draft.pile.label(name))
    # "Agencies" here, Reuters there: the same text is Reuters'. Those of a text are those of its reprint.
    whole = {**{g: dict([min(n.items())]) for g, n in bare.items()}, **whole}
    named: dict[str, dict[str, str]] = {}
    for (name, key), node in sorted(draft.outlet_nodes.items()):
        if name in group_of and key not in NO_NAME:
            named.setdefault(group_of[name], {}).setdefault(node, draft.pile.label(name))
    found = {**{g: n for g, n in named.items() if g not in whole}, **whole}
    single = {group: next(iter(nodes.items())) for group, nodes in found.items() if len(nodes) == 1}
    return {group: (node, who) for group, (node, who) in single.items() if not node.startswith("article:")}


def own_earlier(draft: Draft) -> dict[str, str]:
    """Article → the article of the same outlet that came before it in this claim (undated ones by id)."""
    houses: dict[str, list[str]] = {}
    for name in draft.by_article:
        if draft.pile.outlet_of[name]:
            houses.setdefault(draft.pile.outlet_of[name], []).append(name)

    def when(name: str) -> tuple[str, str]:
        start = draft.pile.articles[name].published.start
        return start.isoformat() if start else "", name

    return {
        later: earlier
        for members in houses.values()
        for earlier, later in pairwise(sorted(members, key=when))
    }


def words_in_common(one: Statement, other: Statement, words: dict[str, frozenset[str]]) -> float:
    """Share of content words in common (Jaccard), 0 across languages."""
    if one.language != other.language:
        return 0.0
    a, b = words[one.id], words[other.id]
    return len(a & b) / len(a | b) if a and b else 0.0
