"""A claim's provenance graph laid out as a drawing: x = publication time, lane = origin. Numbers only, no mark-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..model import Article, Edge, EdgeKind, Node, NodeKind, Provenance

LEFT, RIGHT, TOP = 196.0, 40.0, 34.0  # room for origins' labels, for the last label, for the time axis
WIDTH = 920.0
ROW = 54.0
GAP = 128.0  # least distance of two nodes in one row
MOST = 48  # articles drawn; the rest are counted


@dataclass(frozen=True, slots=True)
class Spot:
    """A node placed. `reach` is how far its time may lie to the right, in the drawing's units (its precision)."""

    node: Node
    x: float
    y: float
    label: str
    reach: float = 0.0
    chokepoint: bool = False
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An edge placed, from parent to child; `path` is an SVG path."""

    edge: Edge
    path: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything placed, with the size of the whole; `left_out` articles are not drawn."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    left_out: int
    undated_x: float | None


def draw(provenance: Provenance, articles: Mapping[str, Article]) -> Drawing:
    """Place every node of a claim's graph. Pure; the same graph gives the same drawing."""
    choke = set(provenance.support.chokepoints)
    shown, left_out = _shown(provenance)
    nodes = {n.id: n for n in provenance.nodes if n.id in shown}
    edges = [e for e in provenance.edges if e.parent in nodes and e.child in nodes]
    parents = _main_parent(edges)
    when = {
        i: articles[_article(i)]
        for i in nodes
        if nodes[i].kind is NodeKind.ARTICLE and _article(i) in articles
    }
    dated = {i: a.published.start for i, a in when.items() if a.published.start}
    scale = _Scale(list(dated.values()), bool(set(when) - set(dated)))

    lanes: dict[str, list[str]] = {}
    for i in nodes:
        lanes.setdefault(_root(i, parents), []).append(i)
    order = sorted(lanes, key=lambda r: (-len(lanes[r]), nodes[r].label, r))

    spots: dict[str, Spot] = {}
    y = TOP + ROW * 0.7
    for root in order:
        rows: list[float] = []
        members = sorted(lanes[root], key=lambda i: (_depth(i, parents), str(dated.get(i, "9")), i))
        top = y
        for i in members:
            depth = _depth(i, parents)
            if i in dated:
                x = scale.x(dated[i])
            elif nodes[i].kind is NodeKind.ARTICLE:
                x = scale.undated + min(depth, 3) * 14.0
            else:
                x = LEFT - 60.0 + min(depth, 1) * 46.0 if depth else 30.0
            if nodes[i].kind is not NodeKind.ARTICLE:
                row = 0 if not depth else _free(rows, x, 70.0)
                if depth:
                    rows[row : row + 1] = [x]
            else:
                row = _free(rows, x, GAP)
                rows[row : row + 1] = [x]
            label = _label(nodes[i], when.get(i))
            reach = scale.reach(when[i]) if i in dated else 0.0
            spots[i] = Spot(nodes[i], x, top + row * ROW, label, reach, i in choke)
        y = top + max(1, len(rows)) * ROW + 10.0
    placed = tuple(spots[i] for i in sorted(spots))
    lines = tuple(Line(e, _curve(spots[e.parent], spots[e.child])) for e in edges)
    return Drawing(
        WIDTH,
        y + 6.0,
        placed,
        lines,
        scale.ticks(),
        left_out,
        scale.undated if set(when) - set(dated) else None,
    )


class _Scale:
    """Publication time → x. Undated articles stand in a column of their own, at the right."""

    def __init__(self, times: list[datetime], with_undated: bool) -> None:
        self.first = min(times, default=None)
        self.last = max(times, default=None)
        self.undated = WIDTH - RIGHT - GAP if times else LEFT + 40.0
        self.right = (WIDTH - RIGHT - GAP * (2.3 if with_undated else 1.0)) if times else LEFT
        self.times = sorted(set(times))

    @property
    def _seconds(self) -> float:
        return (self.last - self.first).total_seconds() if self.first and self.last else 0.0

    def x(self, at: datetime) -> float:
        if not self._seconds or self.first is None:
            return LEFT + 20.0
        return LEFT + 20.0 + (self.right - LEFT - 20.0) * (at - self.first).total_seconds() / self._seconds

    def reach(self, article: Article) -> float:
        start, end = article.published.start, article.published.end
        if start is None or end is None or not self._seconds:
            return 0.0
        return min(self.x(end), WIDTH - RIGHT) - self.x(start)

    def ticks(self) -> tuple[Tick, ...]:
        out: list[Tick] = []
        days = self._seconds > 2 * 86400
        for at in self.times:
            x = self.x(at)
            if not out or x - out[-1].x >= 92.0:
                label = at.strftime("%-d %b %Y") if days else at.strftime("%-d %b %H:%M")
                out.append(Tick(x, label))
        return tuple(out)


def _shown(provenance: Provenance) -> tuple[set[str], int]:
    """Every origin and the first `MOST` articles; chokepoints and articles that others rest on come first."""
    children: dict[str, int] = {}
    for e in provenance.edges:
        children[e.parent] = children.get(e.parent, 0) + 1
    articles = [n.id for n in provenance.nodes if n.kind is NodeKind.ARTICLE]
    articles.sort(key=lambda i: (i not in provenance.support.chokepoints, -children.get(i, 0), i))
    kept = set(articles[:MOST])
    reached = {e.parent for e in provenance.edges if e.child in kept}
    while True:
        more = {e.parent for e in provenance.edges if e.child in reached} - reached
        if not more:
            break
        reached |= more
    others = {n.id for n in provenance.nodes if n.kind is not NodeKind.ARTICLE}
    return kept | (others & (reached | set(provenance.support.chokepoints))), max(0, len(articles) - MOST)


def _main_parent(edges: list[Edge]) -> dict[str, str]:
    """For every child its likeliest parent."""
    best: dict[str, Edge] = {}
    for e in sorted(edges, key=lambda e: (-e.probability, e.parent, e.id)):
        best.setdefault(e.child, e)
    return {child: e.parent for child, e in best.items()}


def _root(node: str, parents: Mapping[str, str]) -> str:
    path = [node]
    while path[-1] in parents and parents[path[-1]] not in path:
        path.append(parents[path[-1]])
    # in a cycle every member must name the same root
    return min(path[path.index(parents[path[-1]]) :]) if path[-1] in parents else path[-1]


def _depth(node: str, parents: Mapping[str, str]) -> int:
    seen = {node}
    while node in parents and parents[node] not in seen:
        node = parents[node]
        seen.add(node)
    return len(seen) - 1


def _free(rows: list[float], x: float, gap: float) -> int:
    """The first row whose last node leaves room for one at x."""
    for row, last in enumerate(rows):
        if abs(x - last) >= gap:
            return row
    rows.append(x)
    return len(rows) - 1


def _label(node: Node, article: Article | None) -> str:
    if article is None:
        return node.label
    return article.outlet or article.title or article.id


def _article(node: str) -> str:
    return node.removeprefix("article:")


def _curve(a: Spot, b: Spot) -> str:
    """A gentle curve from the right of the parent to the left of the child, arching over when it must go back."""
    if b.x > a.x + 16:
        mid = (a.x + b.x) / 2
        return f"M{a.x + 8:.1f},{a.y:.1f} C{mid:.1f},{a.y:.1f} {mid:.1f},{b.y:.1f} {b.x - 9:.1f},{b.y:.1f}"
    out = max(a.x, b.x) - 30
    low = (a.y + b.y) / 2 + (12 if a.y == b.y else 0)
    return (
        f"M{a.x:.1f},{a.y + 8:.1f} C{out:.1f},{low + 14:.1f} {b.x - 40:.1f},{low:.1f} {b.x - 9:.1f},{b.y:.1f}"
    )


LINE_WORDS = {
    EdgeKind.QUOTES: "quotes",
    EdgeKind.COPIES: "copies",
    EdgeKind.TRANSLATES: "translates",
    EdgeKind.RESTATES: "restates without credit",
    EdgeKind.RELAYS: "relays, with credit",
    EdgeKind.TELLS: "tells the speaker",
}
