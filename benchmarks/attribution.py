"""Score attributions on articles with a hand-made answer.

usage: python benchmarks/attribution.py FOLDER        a folder of .txt articles with expected.json
       python benchmarks/attribution.py GOLD.jsonl    one article per line: id, text, attributions

In a folder, an expected attribution counts as found when the content's words overlap (Jaccard) by at least
0.3 and the source shares its last word or more. For JSONL, predictions are written as lines of
{"id", "attributions"} to standard output, for a scorer to read; the time spent goes to standard error.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from twosource.attribute import attributions
from twosource.language.parsers import parser_for
from twosource.model import Article, Attribution, Span

_WORD = re.compile(r"\w+")


def read(name: str, text: str, language: str = "en") -> Article:
    """An article with nothing known but its text."""
    return Article(name, name, text, hashlib.sha256(text.encode()).hexdigest(), language=language)


def run(article: Article) -> tuple[Attribution, ...]:
    """Parse and attribute."""
    return attributions(article, parser_for(article.language).parse(article))


def words(spans: list[list[int]] | tuple[Span, ...], text: str) -> set[int]:
    """Where the words start that the spans cover."""
    return {m.start() for s, e in spans for m in _WORD.finditer(text, s, e)}


def folder(path: Path) -> None:
    """Score a folder against its expected.json, and name each miss."""
    expected = json.loads((path / "expected.json").read_text(encoding="utf-8"))
    hits = parents = canonical = 0
    for name in sorted({a["article"] for a in expected["attributions"]}):
        text = (path / name).read_text(encoding="utf-8")
        got = run(read(name, text))
        matched: dict[str, Attribution] = {}
        mine = [a for a in expected["attributions"] if a["article"] == name]
        for gold in mine:
            best = max(
                (a for a in got if _source_right(gold, a, text)),
                key=lambda a: _overlap(gold, a, text),
                default=None,
            )
            overlap = _overlap(gold, best, text) if best else 0.0
            if best is not None and overlap >= 0.3:
                hits += 1
                matched[gold["id"]] = best
                right = best.canonical == gold["canonical"]
                canonical += right
                note = "" if right else f"  canonical {best.canonical!r}, expected {gold['canonical']!r}"
                print(f"found   {gold['id']:4} {overlap:.2f} {best.rule}{note}")
            else:
                print(f"MISSED  {gold['id']:4} {overlap:.2f} {gold['source_text']!r} {gold['cue_text']!r}")
        for gold in mine:
            if gold.get("parent") and gold["id"] in matched and gold["parent"] in matched:
                parents += matched[gold["id"]].parent == matched[gold["parent"]].id
        for a in got:
            if a not in matched.values():
                print(
                    "extra  ",
                    a.rule,
                    "|",
                    *(s.of(text) for s in a.source),
                    "|",
                    *(s.of(text)[:70] for s in a.content),
                )
    total = len(expected["attributions"])
    print(f"{hits} of {total} found, {canonical} resolved to the expected name, {parents} parents right")


def _overlap(gold: dict[str, Any], got: Attribution, text: str) -> float:
    a, b = words(gold["content"], text), words(got.content, text)
    return len(a & b) / len(a | b) if a | b else 0.0


def _source_right(gold: dict[str, Any], got: Attribution, text: str) -> bool:
    wanted = words([gold["source"]], text)
    have = words(got.source, text)
    return bool(wanted) and (max(wanted) in have or (bool(have) and max(have) in wanted))


def jsonl(path: Path) -> None:
    """Predict for every line."""
    started, count = time.process_time(), 0
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        got = run(read(record["id"], record["text"]))
        count += len(record["text"].split())
        rows = [
            {"source": a.source, "cue": a.cue, "content": a.content, "rule": a.rule}
            for a in got
            if a.parent is None
        ]
        print(json.dumps({"id": record["id"], "attributions": rows}))
    spent = time.process_time() - started
    print(
        f"{count} words in {spent:.1f} CPU-seconds: {count / spent:.0f} words per CPU-second", file=sys.stderr
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = Path(sys.argv[1])
    (folder if target.is_dir() else jsonl)(target)
