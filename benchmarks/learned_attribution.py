"""What the learned finder finds on its own, without the rules: predictions for a scorer, and what it costs.

    python benchmarks/learned_attribution.py GOLD.jsonl > predictions.jsonl

GOLD has one article a line, ``{"id", "text"}``. Predictions go to standard output as ``{"id",
"attributions": [{"source", "cue", "content"}]}``; CPU time of parsing and of finding to standard error.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

from twosource.attribute import learned
from twosource.language.parsers import parser_for
from twosource.model import Article


def main(path: Path) -> None:
    """Parse, find, print."""
    parser = parser_for("en")
    learned.available()
    words, parsing, finding = 0, 0.0, 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        article = Article(record["id"], record["id"], text, sha256, language="en")
        began = time.process_time()
        analysis = parser.parse(article)
        parsed = time.process_time()
        found = learned.find(article, analysis)
        words, parsing = words + len(text.split()), parsing + parsed - began
        finding += time.process_time() - parsed
        attributions = [
            {"source": f.source, "cue": f.cue, "content": f.content, "score": f.score} for f in found
        ]
        print(json.dumps({"id": record["id"], "attributions": attributions}))
    print(
        f"{words} words; parsing {parsing:.1f} CPU s, finding {finding:.1f} CPU s ({100 * finding / parsing:.0f} %)",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
