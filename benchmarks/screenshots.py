"""Screenshots of a report: light, dark, a claim, an article, a phone.

    twosource trace examples/harbour-fire/articles -o out/sample.html
    python benchmarks/screenshots.py out/sample.html docs/images

Needs a Chromium (chromium, google-chrome, or TWOSOURCE_CHROMIUM). Shows the widest claim of the report.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "report"))
import browser  # type: ignore[import-not-found,unused-ignore]

SHOTS = [
    # name, width, most height, dark, which page: "" the first screen, "c" the widest claim, "a" its first article
    ("report-light", 1200, 1160, False, ""),
    ("report-dark", 1200, 1160, True, ""),
    ("claim", 1200, 1180, False, "c"),
    ("claim-dark", 1200, 820, True, "c"),
    ("article", 1200, 900, False, "a"),
    ("outlets", 1200, 700, False, "outlets"),
    ("phone", 390, 1500, False, "c"),
]


def main(report: Path, folder: Path) -> None:
    """Take every shot of the report into the folder."""
    program = browser.find()
    if program is None:
        sys.exit("no Chromium on this machine: install one, or name it in TWOSOURCE_CHROMIUM")
    text = report.read_text("utf-8")
    claim = re.search(r'<section class="pn" id="(c-[^"]+)"', text)
    folder.mkdir(parents=True, exist_ok=True)
    with browser.Chromium(program) as chromium:
        for name, width, height, dark, which in SHOTS:
            place = claim[1] if which in ("c", "a") and claim else which
            with browser.Page(chromium, width=width, height=height, dark=dark) as page:
                page.open(report, place)
                if which == "a":
                    page.run("document.querySelector(':target .pl').click()")
                    page.run("scrollTo(0, 0)")
                page.size(width, min(height, page.run("document.scrollingElement.scrollHeight")))
                (folder / f"{name}.png").write_bytes(page.picture())
                print(folder / f"{name}.png")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
