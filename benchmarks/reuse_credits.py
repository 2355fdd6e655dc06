"""Count the credit lines of a pile: what a wide search finds, what of it the reader took for a credit.

    python benchmarks/reuse_credits.py FA-KES-Dataset.csv [--missed]

The wide search takes every place at an article's edge, or beside furniture, where an agency's name stands in brackets,
after a dash, after "Source", or before "contributed". It is meant to miss nothing and finds more than credits;
--missed prints what the reader did not take, to be read by hand.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter

from twosource.model import Article, CreditKind, Span
from twosource.read import read

AGENCY = (
    r"(?:Thomson Reuters|Reuters|REUTERS|AFP|Agence France.Presse|Associated Press|AP|AA|Anadolu(?: Agency)?|Xinhua|"
    r"TASS|RIA Novosti|Sputnik|SANA|FNA|MNA|NNA|IRNA|dpa|DPA|UPI|Interfax|Al-Masdar|Press TV|[Aa]gencies|"
    r"Syrian Coalition(?:s Media Office)?|TRT ?World)"
)
WIDE = (
    ("a line or tail in brackets", re.compile(rf"[(\[](?:[Ww]ith |[Ss]ource: )?{AGENCY}(?: and {AGENCY})?[)\]](?!\s?[Pp]hoto)")),
    ("after a dash", re.compile(rf"(?<=[.!?\"])\s?[-–—]{{1,2}}\s?{AGENCY}(?=\s*$)")),
    ("after Source", re.compile(rf"\bSources?:? {AGENCY}(?: and {AGENCY})?")),
    ("contributed", re.compile(rf"\b{AGENCY}(?: and {AGENCY})? contributed")),
    ("under the headline", re.compile(rf"(?<=[\w)]) {AGENCY} (?=[A-Z])")),
)  # fmt: skip
HEAD = 200


def candidates(article: Article) -> list[tuple[str, Span]]:
    """Places that may be a credit, each once; those under a headline only where the text opens."""
    found: list[tuple[str, Span]] = []
    for name, pattern in WIDE:
        for match in pattern.finditer(article.text):
            span = Span(*match.span())
            if name == "under the headline" and span.start > HEAD:
                continue
            if not any(span.overlaps(other) for _, other in found):
                found.append((name, span))
    return found


def main() -> None:
    """Parse and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--missed", action="store_true")
    given = parser.parse_args()
    wide: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for article in read(given.paths).articles:
        named = {c.span: c for c in article.credits if c.span}
        stated = [span for span, c in named.items() if c.kind is not CreditKind.PHOTO]
        regions = {r.span for r in article.regions for s in stated if r.span.overlaps(s)}
        lines[article.outlet] += len(regions)
        for name, span in candidates(article):
            wide[name] += 1
            if any(span.overlaps(s) for s in stated):
                taken[name] += 1
            elif given.missed:
                photo = " (photo)" if any(span.overlaps(s) for s in named) else ""
                around = article.text[max(0, span.start - 50) : span.end + 40].replace("\n", " / ")
                print(f"{article.id} {article.outlet}, {name}{photo}: {around}")
    for name, _ in WIDE:
        print(f"{name}: {wide[name]} places, {taken[name]} taken for a credit")
    print(
        "credit lines the reader found, by outlet:",
        dict(sorted(lines.items())),
        "in all",
        sum(lines.values()),
    )


if __name__ == "__main__":
    main()
