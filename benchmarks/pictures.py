"""Pictures of a report without anybody's sentences: a claim's number and graph, and the table of outlets.

    twosource trace PILE --json findings.json -o report.html
    python benchmarks/pictures.py report.html findings.json docs/images --on "Syrian Observatory for Human Rights"

Of the claims that hang on the named source (K is 1, and the source is a chokepoint) the one of most articles is shown; of
several, the one whose id comes first. What a picture shows is names, dates and numbers: the claim's words, the passages and
the table of links are taken out of the page before it is drawn. Needs a Chromium, as `screenshots.py` does.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from one_line import Record, asserting, rests_on

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "report"))
import browser  # type: ignore[import-not-found,unused-ignore]

KEPT = "p.ans, p.rl, dl.fg, figure"
"""Of a claim's page only these are left: its answer, the two-source rule, its figures, its graph."""

STRIP = f"""
const page = document.querySelector(':target'), kept = new Set(page.querySelectorAll('{KEPT}'));
for (const e of [...page.children]) if (!kept.has(e)) e.remove();
for (const e of document.querySelectorAll('figcaption, title')) e.remove();
document.querySelectorAll('header, nav, footer').forEach(e => e.remove());
// two articles of one outlet are told apart by their headlines: those are somebody's words too
for (const e of page.querySelectorAll('svg text, svg tspan')) if (!e.children.length) e.textContent = e.textContent.replace(/^([^:]+): .*/s, '$1');
"""
BOTTOM = "Math.ceil(document.querySelector('{}').getBoundingClientRect().bottom) + 16"


def hangs_on(claims: list[Record], name: str) -> str:
    """The id of the widest claim of one line that is the named source's."""
    found = [
        c
        for c in claims
        if c["support"]["lines"] == 1 and c["support"]["most_likely"] == 1 and rests_on(c, [name])
    ]
    if not found:
        sys.exit(f"no claim hangs on {name}")
    return str(min(found, key=lambda c: (-len(asserting(c)), c["id"]))["id"])


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("report", type=Path)
    options.add_argument("findings", type=Path)
    options.add_argument("folder", type=Path)
    options.add_argument("--on", action="append", default=[], help="a source; one picture for each")
    options.add_argument("--prefix", default="pile")
    given = options.parse_args()
    program = browser.find()
    if program is None:
        sys.exit("no Chromium on this machine: install one, or name it in TWOSOURCE_CHROMIUM")
    claims = json.loads(given.findings.read_text(encoding="utf-8"))["claims"]
    given.folder.mkdir(parents=True, exist_ok=True)
    shots = [(f"{given.prefix}-outlets", "outlets", 900)]
    shots += [
        (f"{given.prefix}-line-{n}", f"c-{hangs_on(claims, name).removeprefix('c')}", 1400)
        for n, name in enumerate(given.on, start=1)
    ]
    with browser.Chromium(program) as chromium:
        for name, place, height in shots:
            with browser.Page(chromium, width=1040, height=height) as page:
                page.open(given.report, place)
                if place != "outlets":
                    page.run(STRIP)
                last = "section:target figure" if place != "outlets" else "section:target table"
                page.size(1040, min(height, page.run(BOTTOM.format(last))))
                (given.folder / f"{name}.png").write_bytes(page.picture())
                print(given.folder / f"{name}.png", place)


if __name__ == "__main__":
    main()
