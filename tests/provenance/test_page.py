"""The page that explains the count is checked: its graphs are built and counted as it says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from twosource.model import NodeKind
from twosource.provenance import constants
from twosource.provenance.count import count
from twosource.provenance.graph import build
from twosource.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "how-the-count-works.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| ([^|]+) \| `([^`]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| ([^|]+) \|$", PAGE, re.MULTILINE
)


def test_the_page_has_ten_graphs() -> None:
    assert len(ROWS) == 10


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_of_the_page(row: tuple[str, ...]) -> None:
    _, chains, articles, r, k, k_grounded, chokepoints = row
    edges = [
        (parent.strip(), child.strip())
        for chain in chains.split(";")
        for parents, children in pairwise(chain.split(">"))
        for parent in parents.split(",")
        for child in children.split(",")
    ]
    kinds = {"U": NodeKind.UNNAMED}
    nodes = {
        n: NodeKind.ARTICLE if n.islower() else kinds.get(n[0], NodeKind.PERSON)
        for pair in edges
        for n in pair
    }
    result = count(build(nodes, edges))
    said = [] if chokepoints == "–" else chokepoints.split(", ")
    assert sum(kind is NodeKind.ARTICLE for kind in nodes.values()) == int(articles)
    assert (len(result.origins), result.lines, result.grounded) == (int(r), int(k), int(k_grounded))
    assert [c.removeprefix("loop:") for c in result.chokepoints] == said


def test_the_constants_on_the_page_are_those_of_the_program() -> None:
    s = Settings()
    p = constants
    for value in (
        f"its own origin | {s.q} |",
        f"with probability\n  {p.HIDDEN_WITHIN}, where it shows any",
        f"With probability {p.UNNAMED_IS_NAMED} it is one of those",
        f"two unnamed sources are one | {s.rho} |",
        f"an attribution holds | {p.QUOTED} |",
        f"a feed's source | {p.RELAYED} / {p.CREDITED} / {p.FEED_SOURCE} |",
        f"with the same claim | {p.LINKED} |",
        f"only a quotation is shared | × {p.SHARED_QUOTATION} |",
        f"reported to have said is shared | × {p.SHARED_SPEAKER} |",
        f"is the parent | {p.CREDIT_LOST} |",
        f"by words in common | {p.RESTATED_LEAST} – {p.RESTATED_MOST} |",
        f"printed it before | {p.OWN_HOUSE} |",
        f"{round(100 * (1 - (1 - s.q) ** 2 - s.q * (1 - s.q) / (1 + p.Q_ALIKE)))} % at q = {s.q}",
        f"`samples` graphs are drawn ({s.samples})",
        f"(at least {p.HALF:.0%} of its characters)".replace("50%", "half"),
        f"From {p.CERTAIN:.0%} on".replace("%", " %"),
        f"what is resolved ({p.RESOLVED:.0%} and more)".replace("%", " %"),
        f"more than {p.PILE_MISSING:.0%} of the pieces".replace("%", " %"),
    ):
        assert value in PAGE, value
