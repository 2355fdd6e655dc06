"""How long a report takes to open in Chromium, laid out and ready to scroll: bytes and wall seconds.

python benchmarks/opening.py report.html [FRAGMENT …]

The first opening pays for the browser's own start as well. With fragments, the time to go to each page.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "report"))
import browser


def main(report: Path, fragments: list[str]) -> None:
    """Open the report three times and print what each cost."""
    program = browser.find()
    if program is None:
        sys.exit("no Chromium on this machine: install one, or name it in TWOSOURCE_CHROMIUM")
    print(
        f"{report.stat().st_size:,} bytes; load of this machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    with browser.Chromium(program) as chromium:
        for _ in range(3):
            with browser.Page(chromium) as page:
                wall = page.open(report)
                words = page.run("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
                print(f"open: {wall:.2f} s, first words on the screen after {words / 1000:.2f} s")
                for fragment in fragments:
                    start = time.monotonic()
                    page.run(f"location.hash = '#{fragment}'; document.body.offsetHeight")
                    print(f"  #{fragment}: {time.monotonic() - start:.2f} s")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
