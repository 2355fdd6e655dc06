"""A claim's provenance graph laid out as a drawing. Numbers and words only, no mark-up.

One row for each node. Across: publication time, no more exact than it is known; origins, which have no time,
stand before it. Down: lanes, one for each origin, and in a lane every article below the one that it most
likely rests on. So a line runs down from a node and across to its child, and meets neither a node nor a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..model import Article, Edge, Node, NodeKind, Provenance
from .words import LINE_WORDS, outlet_of

WIDTH = 950.0
NAMES = 226.0  # the column of names, at the left
TOP = 30.0  # the time axis
ROW = 25.0
STEP = 13.0  # least way from a node to its child
NOTE = 170.0  # room for the note behind the last node
UNDATED = 84.0  # the column of articles without a date
MOST = 36  # articles drawn; the rest are counted
LIKELY = 0.2  # links less likely in effect are left to the table


@dataclass(frozen=True, slots=True)
class Spot:
    """A node placed. `since` and `until` bound where its time may lie; `note` says what it rests on, how surely."""

    node: Node
    x: float
    y: float
    name: str
    note: str = ""
    since: float = 0.0
    until: float = 0.0
    chokepoint: bool = False
    alone: bool = False  # an article that rests on nothing in the pile
    article: str = ""  # its id, where the node is an article


@dataclass(frozen=True, slots=True)
class Line:
    """An edge placed; `path` is an SVG path from parent to child."""

    edge: Edge
    path: str
    probability: float  # in effect: after every edge that would make it moot


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything placed, with the size of the whole; so many articles and links are not drawn."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    lanes: tuple[float, ...]  # y of the rules between lanes
    left_out: int
    lines_left_out: int
    undated_x: float | None


def in_effect(edges: Sequence[Edge]) -> dict[str, float]:
    """Every edge's probability once the edges that make it moot are allowed for, taken as independent.

    Those may be moot themselves, so the values are found by repetition, each round half way to the next.
    """
    now = {e.id: e.probability for e in edges}
    bound = [e for e in edges if e.unless]
    for _ in range(24):
        fresh = {}
        for e in bound:
            p = e.probability
            for other in e.unless:
                p *= 1.0 - now.get(other, 0.0)
            fresh[e.id] = (now[e.id] + p) / 2
        moved = max((abs(fresh[i] - now[i]) for i in fresh), default=0.0)
        now.update(fresh)
        if moved < 1e-5:
            break
    return now


def draw(provenance: Provenance, articles: Mapping[str, Article]) -> Drawing:
    """Place every node of a claim's graph that matters. Pure; the same graph gives the same drawing."""
    effect = in_effect(provenance.edges)
    drawn, tree = _edges(provenance, effect)
    shown, left_out = _shown(provenance, drawn, tree)
    nodes = {n.id: n for n in provenance.nodes if n.id in shown}
    drawn = [e for e in drawn if e.parent in nodes and e.child in nodes]
    tree = {child: e for child, e in tree.items() if child in nodes and e.parent in nodes}
    of = {i: articles[_article(i)] for i in nodes if _article(i) in articles}
    scale = _Scale(
        [a for a in of.values() if a.published.start], any(a.published.start is None for a in of.values())
    )
    choke = set(provenance.support.chokepoints)
    children: dict[str, list[str]] = {}
    for child, edge in tree.items():
        children.setdefault(edge.parent, []).append(child)

    def order(i: str) -> tuple[str, str, str]:
        start = of[i].published.start if i in of else None
        return (start.isoformat() if start else ("9" if i in of else ""), nodes[i].label, i)

    sizes: dict[str, int] = {}

    def size(i: str) -> int:
        if i not in sizes:
            sizes[i] = 1
            sizes[i] = 1 + sum(size(c) for c in children.get(i, ()))
        return sizes[i]

    roots = sorted(
        (i for i in nodes if i not in tree), key=lambda i: (nodes[i].kind is NodeKind.ARTICLE, -size(i), order(i))
    )  # fmt: skip
    into: dict[str, list[Edge]] = {}
    for e in drawn:
        into.setdefault(e.child, []).append(e)
    outlets = [outlet_of(a) for a in of.values()]
    repeated = {name for name in outlets if outlets.count(name) > 1}
    spots: dict[str, Spot] = {}
    lanes: list[float] = []
    y = TOP + ROW * 0.6
    for lane, root in enumerate(roots):
        if lane and (nodes[root].kind is not NodeKind.ARTICLE or size(root) > 1):
            lanes.append(y - ROW * 0.5 + 2.0)
            y += 4.0
        for i in _down(root, children, order):
            above = spots[tree[i].parent].x if i in tree else None
            since = until = 0.0
            if i not in of:
                x = NAMES + 10.0 + (lane % 4) * 9.0 if above is None else above + STEP
            elif of[i].published.start is None:
                x = max(scale.undated, (above or 0.0) + STEP)
            else:
                since, until = scale.span(of[i])
                x = max(since, (above or 0.0) + STEP) if above is not None else since
            spots[i] = Spot(
                nodes[i],
                round(x, 1),
                round(y, 1),
                _name(of[i], repeated) if i in of else nodes[i].label,
                " · ".join(f"{LINE_WORDS[e.kind]} {effect[e.id]:.2f}" for e in _first(into.get(i, ()), tree.get(i))),
                round(since, 1),
                round(max(until, x if since else 0.0), 1),
                i in choke,
                nodes[i].kind is NodeKind.ARTICLE and not into.get(i),
                of[i].id if i in of else "",
            )  # fmt: skip
            y += ROW
    lines = []
    seen: dict[str, int] = {}
    for e in sorted(drawn, key=lambda e: (tree.get(e.child) is not e, -effect[e.id], e.id)):
        nth = seen[e.child] = seen.get(e.child, -1) + 1
        lines.append(Line(e, _elbow(spots[e.parent], spots[e.child], nth), effect[e.id]))
    return Drawing(
        WIDTH,
        round(y - ROW * 0.3, 1),
        tuple(spots.values()),
        tuple(lines),
        scale.ticks(),
        tuple(lanes),
        left_out,
        len(provenance.edges) - len(lines),
        scale.undated if scale.with_undated else None,
    )


def _edges(provenance: Provenance, effect: Mapping[str, float]) -> tuple[list[Edge], dict[str, Edge]]:
    """The edges worth drawing, and of them each child's likeliest parent, without a cycle.

    Of two readings of one undirected copy the likelier is drawn. An unseen common text is drawn where
    it is the likeliest parent of two nodes or a chokepoint.
    """
    ranked = sorted(provenance.edges, key=lambda e: (-effect[e.id], e.parent, e.child, e.id))
    likely: list[Edge] = []
    groups: set[str] = set()
    for e in ranked:
        if effect[e.id] < LIKELY or (e.group is not None and e.group in groups):
            continue
        if e.group is not None:
            groups.add(e.group)
        likely.append(e)
    tree: dict[str, Edge] = {}
    for e in likely:
        if e.child not in tree and not _above(e.parent, e.child, tree):
            tree[e.child] = e
    hollow = {n.id for n in provenance.nodes if n.id.startswith("text:")} - set(
        provenance.support.chokepoints
    )
    for text in sorted(hollow):
        if sum(e.parent == text for e in tree.values()) < 2:
            likely = [e for e in likely if text not in (e.parent, e.child)]
            tree = {c: e for c, e in tree.items() if text not in (e.parent, c)}
    for e in likely:  # a child that lost its unseen text keeps its next parent
        if e.child not in tree and not _above(e.parent, e.child, tree):
            tree[e.child] = e
    second: dict[str, int] = {}
    kept = []
    for e in likely:
        if tree.get(e.child) is not e:
            if e.parent.startswith("article:") and effect[e.id] < 0.4:
                continue
            weight = 2 if e.parent.startswith("article:") else 1
            if second.get(e.child, 0) + weight > 2:
                continue
            second[e.child] = second.get(e.child, 0) + weight
        kept.append(e)
    return kept, tree


def _above(node: str, sought: str, tree: Mapping[str, Edge]) -> bool:
    """Whether `sought` lies on the way up from `node`."""
    while node != sought:
        if node not in tree:
            return False
        node = tree[node].parent
    return True


def _shown(provenance: Provenance, drawn: Sequence[Edge], tree: Mapping[str, Edge]) -> tuple[set[str], int]:
    """The first `MOST` articles, chokepoints and those that others rest on before the rest; origins that reach them."""
    children: dict[str, int] = {}
    for e in tree.values():
        children[e.parent] = children.get(e.parent, 0) + 1
    articles = [n.id for n in provenance.nodes if n.kind is NodeKind.ARTICLE]
    articles.sort(key=lambda i: (i not in provenance.support.chokepoints, -children.get(i, 0), i))
    kept = set(articles[:MOST])
    reached = kept | set(provenance.support.chokepoints)
    others = {n.id for n in provenance.nodes if n.kind is not NodeKind.ARTICLE}
    while True:
        more = {e.parent for e in drawn if e.child in reached and e.parent in others} - reached
        if not more:
            break
        reached |= more
    return reached & {n.id for n in provenance.nodes}, max(0, len(articles) - MOST)


def _down(
    root: str, children: Mapping[str, list[str]], order: Callable[[str], tuple[str, str, str]]
) -> Iterator[str]:
    """A lane from its root down: every child, the earliest first, below its parent."""
    waiting = [root]
    while waiting:
        i = waiting.pop()
        yield i
        waiting.extend(sorted(children.get(i, ()), key=order, reverse=True))


def _first(edges: Sequence[Edge], main: Edge | None) -> list[Edge]:
    return sorted(edges, key=lambda e: (e is not main, -e.probability, e.id))


class _Scale:
    """Publication time → x. Undated articles stand in a column of their own, at the right."""

    def __init__(self, dated: Sequence[Article], with_undated: bool) -> None:
        spans = [(a.published.start, a.published.end or a.published.start) for a in dated]
        starts = [s for s, _ in spans if s]
        ends = [e for _, e in spans if e]
        self.first = min(starts, default=None)
        self.last = max(ends, default=None)
        self.with_undated = with_undated
        self.left = NAMES + 62.0
        self.undated = WIDTH - NOTE - UNDATED * 0.4 if dated else self.left
        self.right = WIDTH - NOTE - (UNDATED if with_undated else 0.0)

    def x(self, at: datetime) -> float:
        if self.first is None or self.last is None or self.last <= self.first:
            return self.left
        part = (at - self.first).total_seconds() / (self.last - self.first).total_seconds()
        return self.left + (self.right - self.left) * part

    def span(self, article: Article) -> tuple[float, float]:
        start = article.published.start
        if start is None:
            return 0.0, 0.0
        return self.x(start), self.x(article.published.end or start)

    def ticks(self) -> tuple[Tick, ...]:
        if self.first is None or self.last is None:
            return ()
        whole = self.last - self.first
        if whole <= timedelta(minutes=2):
            return (Tick(self.left, _format(self.first, "%-d %b %Y %H:%M")),)
        times, label = next(
            (found, label)
            for every, label in _EVERY
            if len(found := list(_beats(self.first, self.last, every))) <= 7 or every == _EVERY[-1][0]
        )
        if not times:
            return (Tick(self.left, _format(self.first, "%-d %b %Y")),)
        ticks = [Tick(round(self.x(at), 1), _format(at, label)) for at in times]
        if "%Y" not in label:
            ticks[0] = Tick(ticks[0].x, _format(times[0], label.replace("%b", "%b %Y")))
        return tuple(ticks)


_HOUR, _DAY, _MONTH, _YEAR = 1, 24, 24 * 30, 24 * 365
_EVERY = [
    *((n * _HOUR, "%-d %b %H:%M") for n in (1, 3, 6, 12)),
    *((n * _DAY, "%-d %b") for n in (1, 2, 5, 10)),
    *((n * _MONTH, "%b %Y") for n in (1, 2, 3, 6)),
    *((n * _YEAR, "%Y") for n in (1, 2, 5, 10, 50, 200)),
]


def _beats(first: datetime, last: datetime, every: int) -> Iterator[datetime]:
    """Round times from `first` to `last`: so many hours, days, months or years apart; at most a dozen."""
    given = 0
    if every < _DAY:
        at = first.replace(hour=0, minute=0, second=0, microsecond=0)
        while at <= last and given < 12:
            if at >= first:
                given += 1
                yield at
            at += timedelta(hours=every)
    elif every < _MONTH:
        at = first.replace(hour=0, minute=0, second=0, microsecond=0)
        while at <= last and given < 12:
            if at >= first or at.date() == first.date():
                given += 1
                yield max(at, first)
            at += timedelta(hours=every)
    else:
        months = every // _MONTH if every < _YEAR else 12 * (every // _YEAR)
        n = (first.year * 12 + first.month - 1) // months * months
        while given < 12 and n < 9999 * 12:
            at = datetime(max(1, n // 12), n % 12 + 1, 1, tzinfo=UTC)
            if at > last:
                return
            if at >= first:
                given += 1
                yield at
            n += months


def _name(article: Article, repeated: set[str]) -> str:
    """The outlet; with the title where several articles are the same outlet's."""
    outlet = outlet_of(article)
    return f"{outlet}: {article.title}" if outlet in repeated and article.title and article.outlet else outlet


def _format(at: datetime, form: str) -> str:
    return at.strftime(form.replace("%-d", str(at.day)))  # "%-d" is not known everywhere


def _article(node: str) -> str:
    return node.removeprefix("article:") if node.startswith("article:") else "\0"


def _elbow(a: Spot, b: Spot, nth: int) -> str:
    """Down (or up) from the parent, then across to the child; later lines into one child arrive beside the first."""
    y = b.y + (0, 5, -5)[nth % 3]
    ax = a.x + (0 if nth == 0 else 3)
    end = b.x - 8 if b.x >= ax + 8 else b.x + 8
    turn = 5 if b.y > a.y else -5
    side = 5 if end >= ax else -5
    if abs(end - ax) < 6 or abs(y - a.y) < 6:
        return f"M{ax:g},{a.y:g}V{y:g}H{end:g}"
    return f"M{ax:g},{a.y:g}V{y - turn:g}q0,{turn} {side},{turn}H{end:g}"
