"""From a claim's graph to its Support: the count, its bounds, and the sentences that say why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from twosource.model import EdgeKind, Node, NodeKind, Support
from twosource.provenance import constants as p
from twosource.provenance.belonging import Reading, mixed
from twosource.provenance.count import Count, at_least, count
from twosource.provenance.draft import REUSE, ClaimGraph
from twosource.provenance.graph import Graph, build, contract, without
from twosource.provenance.media import NAMELESS
from twosource.provenance.pile import Pile
from twosource.provenance.sample import Posterior, Resolver, posterior
from twosource.settings import Settings

_POSSIBLE = 0.2
"""Least probability of a dependence that `at_least` lets hold, if that lowers the count."""

_CANDIDATES = 6
"""Nodes that are tried as chokepoints where the likely graph has none and most readings have one line."""

_OFTEN = 0.4
"""Share of the readings with one line in which such a node must be a chokepoint."""

_SAY_NOTHING = frozenset({"article", "text"})
"""What the ids of nodes begin with that say only that there is something: an article, wording that is shared."""

_LIKELIEST = 3
"""Sources that are tried besides: those on which most articles rest by the probabilities of their edges."""

_WIDE = 50
"""Nodes whose reach is followed through a graph: one of a million edges has a hundred thousand nodes."""

_OPEN = frozenset({NodeKind.UNEXPLAINED, NodeKind.OUTLET})
"""Kinds of origin that only say where the pile ends."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A claim's support, the graph of likely edges it was read from, and the loops in it as nodes."""

    support: Support
    likely: Graph
    loops: tuple[Node, ...]


def support_of(
    pile: Pile,
    graph: ClaimGraph,
    claim: str,
    settings: Settings,
    thin_pile: str | None = None,
    fallen: frozenset[str] = frozenset(),
    wide: ClaimGraph | None = None,
    others: Sequence[Reading] = (),
) -> Counted:
    """Count one claim (or its denials). `thin_pile` is the reason why the whole pile is too thin, or None.

    `fallen` are nodes that are taken to have fallen: what is counted is what stands without them. `wide` is the
    graph with all statements that may belong to the claim too; the bound from above looks at it. `others` are graphs in
    which some of them belong: the most likely count and its interval are those over all readings.
    """
    resolver = Resolver(graph)
    whole = {least: _held(graph, resolver, least) for least in (p.LIKELY, p.RESOLVED, _POSSIBLE)}
    left = {least: without(held, fallen) if fallen else held for least, held in whole.items()}
    likely = left[p.LIKELY]
    exact = count(likely)
    found = alone = posterior(graph, resolver, claim, settings, fallen)
    if others:
        rest = [(posterior(r.graph, Resolver(r.graph), claim, settings, fallen), r.weight) for r in others]
        found = mixed([(alone, 1.0 - sum(r.weight for r in others)), *rest])
    low, high = found.interval90
    lower = min(
        *(at_least(held, graph.merges, fallen) for held in whole.values()),
        low,  # many copies, each unlikely, may together be likely
    )
    resolved = count(left[p.RESOLVED])
    apart = max(exact.lines, resolved.lines, alone.interval90[1])
    shown = max(apart, high)
    upper = max(shown, _if_joined(wide, fallen))
    withheld = _thin(exact, found, thin_pile)
    by_q = None
    if not withheld:
        by_q = _open_ends(likely, exact, found) or _made_by_q(graph, resolver, claim, settings, fallen, alone)
    # A node that only a doubtful copy makes a chokepoint is named only where there is no surer one.
    chokepoints = exact.chokepoints
    if chokepoints:
        stated = _held(graph, resolver, p.LIKELY, copies=p.RESOLVED)
        surer = count(without(stated, fallen) if fallen else stated).chokepoints
        chokepoints = tuple(c for c in chokepoints if c in surer) or chokepoints
    one_line = 1 in (alone.median, found.median)
    agreed = bool(withheld) or one_line == (exact.lines == 1)
    if not agreed:
        ends = {
            node: dict(posterior(graph, resolver, claim, settings, fallen | {node}, faces=True).weights).get(
                0, 0.0
            )
            for node in (_candidates(graph, likely) if one_line else ())
        }
        chokepoints = _most_often(ends, 1.0 - alone.p_two_or_more)
    outlived = not withheld and alone.median == 1 < found.median  # what may say the same would be left
    if outlived and exact.lines > 1:
        chokepoints = ()
    loops = tuple(
        Node(o.id, NodeKind.LOOP, "the loop of " + _list(_labels(graph, o.members)))
        for o in exact.origins
        if o.kind is NodeKind.LOOP
    )
    labels = {node.id: node.label for node in (*graph.nodes, *loops)}
    support = Support(
        at_least=lower,
        at_most=upper,
        k=exact.lines,
        k_grounded=exact.grounded,
        origins_total=len(exact.origins),
        most_likely=None if withheld else found.median,
        interval90=None if withheld else (low, high),
        p_two_or_more=None if withheld or by_q else round(found.p_two_or_more, 4),
        by_owner=_by_owner(pile, graph, likely, exact),
        origins=tuple((kind.value, n) for kind, n in exact.by_kind),
        chokepoints=chokepoints,
        withheld=withheld,
        why=(
            *_why(graph, likely, exact, chokepoints, labels, (lower, apart), agreed, outlived),
            *_belonging(apart, shown),
            *_more(graph, wide, (shown, upper)),
            *_turned(alone, found, withheld),
            *([by_q] if by_q else []),
        ),
    )
    return Counted(support, likely, loops)


def _if_joined(wide: ClaimGraph | None, fallen: frozenset[str]) -> int:
    """K with all that may belong to the claim in it, and everything unresolved kept apart; 0 where nothing may."""
    if wide is None:
        return 0
    held = _held(wide, Resolver(wide), p.RESOLVED)
    return count(without(held, fallen) if fallen else held).lines


def _belonging(apart: int, shown: int) -> Iterable[str]:
    """That the bound from above counts what may belong, for all that its articles are not in the claim."""
    if shown > apart:
        yield f"At most {shown}: so many if what may say the same in other words belongs to it."


def _more(graph: ClaimGraph, wide: ClaimGraph | None, bounds: tuple[int, int]) -> Iterable[str]:
    """What the articles would add that may say the same."""
    if wide is None:
        return
    articles = [sum(n.kind is NodeKind.ARTICLE for n in g.nodes) for g in (graph, wide)]
    more = _count(articles[1] - articles[0], "more article", "more articles")
    they = "it does" if articles[1] - articles[0] == 1 else "they do"
    if bounds[1] > bounds[0]:
        yield f"{more} may say the same in other words; if {they}, there are up to {bounds[1]} lines."
    else:
        yield f"{more} may say the same in other words; that would add no line."


def _turned(alone: Posterior, found: Posterior, withheld: str | None) -> Iterable[str]:
    """That the most likely count is another one with what may belong than without it."""
    if not withheld and alone.median != found.median:
        lines = _count(alone.median, "line", "lines")
        yield f"Without what may say the same in other words, most likely {lines}."


def _held(graph: ClaimGraph, resolver: Resolver, least: float, copies: float | None = None) -> Graph:
    """The graph of the edges that hold at a probability of `least`, copies at one of `copies` where that is given."""
    held = resolver.at_threshold(least)
    copied = held if copies is None else resolver.at_threshold(copies)
    nodes = {node.id: node.kind for node in graph.nodes}
    edges = zip(graph.edges, held, copied, strict=True)
    return build(nodes, ((e.parent, e.child) for e, on, sure in edges if (sure if e.kind in REUSE else on)))


def _thin(exact: Count, found: Posterior, thin_pile: str | None) -> str | None:
    """Why K's most likely value would be a guess, or None: the pile as a whole lacks much of what it cites.

    Nothing is withheld when every draw gives the same K, or where the claim does not lead to the edge of the pile.
    """
    low, high = found.interval90
    leads_out = any(o.kind in _OPEN for o in exact.origins)
    return thin_pile if low < high and leads_out else None


def _open_ends(likely: Graph, exact: Count, found: Posterior) -> str | None:
    """Why P(K ≥ 2) would be a guess from priors, or None.

    Three or more lines begin at the edge of the pile (no source named, no wording shared, or an outlet outside), and
    more than half of the articles stand on such lines alone.
    """
    low, high = found.interval90
    open_lines = [o for o in exact.origins if o.kind in _OPEN]
    if low == high or len(open_lines) < p.THIN_LINES:
        return None
    articles = sum(likely.article)
    backed = reached(likely, (m for o in exact.origins if o.kind not in _OPEN for m in o.members))
    loose = articles - len(backed)
    if loose <= p.THIN_SHARE * articles:
        return None
    return (
        f"How probable two lines are is withheld: {loose} of {articles} articles lead to no source that the pile shows "
        f"({len(open_lines)} separate ends), and where they have it from lies outside the pile."
    )


def _made_by_q(
    graph: ClaimGraph,
    resolver: Resolver,
    claim: str,
    settings: Settings,
    fallen: frozenset[str],
    alone: Posterior,
) -> str | None:
    """Why P(K ≥ 2) is the answer of q and not of the texts, or None: it moves far when q does."""
    if not _UNSURE < alone.p_two_or_more < 1.0 - _UNSURE:
        return None
    few, many = (
        posterior(graph, resolver, claim, replace(settings, q=q), fallen, one_q=True).p_two_or_more
        for q in p.Q_RANGE
    )
    if many - few <= p.Q_SWING:
        return None
    return (
        f"How probable two lines are is withheld: {few:.0%} if articles that name no source hardly ever have one of "
        f"their own, {many:.0%} if half of them do. The texts do not say."
    )


_UNSURE = 0.02
"""Nearer than this to no or yes, P(K ≥ 2) does not hang on q."""


def reached(graph: Graph, starts: Iterable[str]) -> list[str]:
    """The articles that can be reached from these nodes, themselves included."""
    at = {name: i for i, name in enumerate(graph.ids)}
    stack = [at[name] for name in starts if name in at]
    seen = set(stack)
    while stack:
        for v in graph.children[stack.pop()]:
            if v not in seen:
                seen.add(v)
                stack.append(v)
    return [graph.ids[v] for v in sorted(seen) if graph.kinds[v] is NodeKind.ARTICLE]


# ---------------------------------------------------------------------- by owner


def _by_owner(pile: Pile, graph: ClaimGraph, likely: Graph, exact: Count) -> int:
    """K when the outlets of one owner, and what speaks for one state, are one node each."""
    groups: dict[str, list[str]] = {}
    for node in graph.nodes:
        key = _owner(pile, node)
        if key:
            groups.setdefault(key, []).append(node.id)
    pairs = [(members[0], other) for members in groups.values() for other in members[1:]]
    return min(exact.lines, count(contract(likely, pairs)).lines) if pairs else exact.lines


def _owner(pile: Pile, node: Node) -> str:
    if node.kind is NodeKind.ARTICLE:
        entry = pile.entry_of(node.id.removeprefix("article:"))
        owner, state = (entry.owner, entry.state) if entry else ("", "")
    else:
        source = pile.sources.get(node.id.removeprefix("source:"))
        entry = pile.registry.canonical(source.name if source else node.label)
        state = (source.state if source else None) or (entry.state if entry else "")
        owner = (source.owner if source else None) or (entry.owner if entry else "")
        if node.kind is not NodeKind.OUTLET:
            owner = ""  # a person is not owned
    return f"state:{state}" if state else f"owner:{owner}" if owner else ""


# --------------------------------------------------------------------- sentences

_WORDS = {
    NodeKind.PERSON: ("person", "persons"),
    NodeKind.ORGANISATION: ("organisation", "organisations"),
    NodeKind.DOCUMENT: ("document", "documents"),
    NodeKind.FIRST_HAND: ("reporter on the spot", "reporters on the spot"),
    NodeKind.UNNAMED: ("unnamed source", "unnamed sources"),
    NodeKind.OUTLET: ("outlet outside the pile", "outlets outside the pile"),
    NodeKind.UNEXPLAINED: ("article that names no source", "articles that name no source"),
    NodeKind.LOOP: ("loop of articles that cite each other", "loops of articles that cite each other"),
}


def _why(
    graph: ClaimGraph,
    likely: Graph,
    exact: Count,
    chokepoints: Sequence[str],
    labels: dict[str, str],
    bounds: tuple[int, int],
    agreed: bool,
    outlived: bool,
) -> list[str]:
    articles = sum(likely.article)
    kinds = _list([f"{n} {_WORDS[kind][n > 1]}" for kind, n in exact.by_kind])
    said = [f"{_count(articles, 'article asserts', 'articles assert')} it; they lead back to {kinds}."]
    if articles == 1:
        said = [f"One article asserts it; it leads back to {kinds}."]
    for node, n in _common(graph, likely):
        share = f"{n} of {articles}" if n < articles else "Both" if n == 2 else f"All {n}"
        said.append(f"{share} articles rest on {_with_kind(graph, node, labels)}.")
    names = [labels.get(c, c) for c in chokepoints]
    if not agreed:
        said.append(_in_most_readings(exact, names))
    elif names:
        fell = names[0] if len(names) == 1 else f"any one of {_list(names, 'or')}"
        left = "only what may say the same in other words" if outlived else "nothing"
        said.append(f"If {fell} fell, {left} would be left.")
    elif exact.lines > 1:
        said.append(
            f"No single failure leaves it without support: {exact.lines} would have to fall together."
        )
    open_articles = exact.by_kind and dict(exact.by_kind).get(NodeKind.UNEXPLAINED, 0)
    if open_articles and articles > 1:
        said.append(
            f"{_count(open_articles, 'article names', 'articles name')} no source and "
            f"{'copies' if open_articles == 1 else 'copy'} nothing that is in the pile: "
            "an origin of its own, or a parent that is not seen."
        )
    if bounds[0] < exact.grounded:
        said.append(
            f"At least {bounds[0]}, not {exact.grounded}: some of the sources may be one, or some copies unseen."
        )
    elif exact.grounded == 0 and exact.lines:
        said.append("Nobody who could be asked stands at the beginning.")
    elif exact.grounded < exact.lines:
        said.append(f"Only {exact.grounded} of {exact.lines} lines begin with someone who could be asked.")
    if bounds[1] > exact.lines:
        said.append(f"At most {bounds[1]}: so many if every doubtful link is none.")
    return said


def _in_most_readings(exact: Count, names: Sequence[str]) -> str:
    """What stands and falls where the likely graph says one thing and most readings of it another."""
    if exact.lines == 1:
        return (
            "Each link is likely, but that all of them hold is not: in most readings there is a second line."
        )
    if names:
        return (
            "Most readings have one line, and in most of those nothing would be left if "
            f"{_list(names, 'or')} fell."
        )
    return "Most readings have one line, but not always the same one."


def _most_often(ends: dict[str, float], one_line: float) -> tuple[str, ...]:
    """The nodes at whose fall nothing is left in `_OFTEN` of the readings with one line or more.

    `ends` is in how many readings that is so, `one_line` in how many there is one line. An outlet that is not named is
    not told where one that is has as much.
    """
    often = {node: share for node, share in sorted(ends.items()) if share >= _OFTEN * one_line > 0.0}
    named = {node: share for node, share in often.items() if not node.startswith(NAMELESS)}
    return tuple(n for n in often if n in named or often[n] > max(named.values(), default=0.0) + 0.01)


def _candidates(graph: ClaimGraph, likely: Graph) -> list[str]:
    """The nodes that are tried as chokepoints: the widest, and the sources that lead to most articles if not likely to any."""
    weight: dict[str, float] = {}
    for edge in graph.edges:
        if edge.parent.partition(":")[0] not in _SAY_NOTHING:
            weight[edge.parent] = weight.get(edge.parent, 0.0) + edge.probability
    leading = sorted(weight, key=lambda n: (-weight[n], n))[:_LIKELIEST]
    return sorted({*_widest(likely), *leading})


def _widest(likely: Graph) -> list[str]:
    """The few nodes that most articles rest on, themselves included: who may be all there is."""
    reach = _reach(likely)
    return sorted(sorted(reach, key=lambda n: (-len(reach[n]), n))[:_CANDIDATES])


def _reach(likely: Graph) -> dict[str, frozenset[str]]:
    """The articles that rest on a node, itself included, for those nodes that most others rest on at once."""
    wide = sorted(
        (i for i in range(len(likely.ids)) if likely.children[i]), key=lambda i: (-len(likely.children[i]), i)
    )[:_WIDE]
    return {likely.ids[i]: frozenset(reached(likely, [likely.ids[i]])) for i in wide}


def _common(graph: ClaimGraph, likely: Graph) -> list[tuple[str, int]]:
    """The source and the report that most articles rest on, each with their number, where that is two or more."""
    found = {name: len(articles - {name}) for name, articles in _reach(likely).items()}
    reports = {n.id for n in graph.nodes if n.kind in (NodeKind.ARTICLE, NodeKind.OUTLET)}
    best: list[tuple[str, int]] = []
    for some in ([n for n in found if n not in reports], [n for n in found if n in reports]):
        most = max(some, key=lambda n: found[n], default=None)
        if most is not None and found[most] > 1:
            best.append((most, found[most]))
    return best


def _with_kind(graph: ClaimGraph, node: str, labels: dict[str, str]) -> str:
    kind = next(n.kind for n in graph.nodes if n.id == node)
    label = labels[node]
    if kind is NodeKind.ARTICLE:
        credited = any(e.parent == node and e.kind is EdgeKind.RELAYS for e in graph.edges)
        return f"the report of {label}" + (", which they name" if credited else "")
    if kind is NodeKind.OUTLET:
        return f"{label}, whose report is not in the pile" if not node.startswith("text:") else label
    return label


def _labels(graph: ClaimGraph, ids: Sequence[str]) -> list[str]:
    of = {node.id: node.label for node in graph.nodes}
    return [of[i] for i in ids]


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _list(words: Sequence[str], joined: str = "and") -> str:
    if len(words) <= 1:
        return "".join(words)
    if len(words) > 8:
        words = [*words[:7], f"{len(words) - 7} more"]
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"
