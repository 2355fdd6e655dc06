"""How much of a pile rests on one line, and on whom: read from the findings that `twosource trace --json` wrote.

python benchmarks/one_line.py findings.json
python benchmarks/one_line.py findings.json --on "Syrian Observatory for Human Rights" --on "Rami Abdulrahman"
python benchmarks/one_line.py findings.json --draw 10 --seed 6      # claims to read by hand, drawn at random

A claim is counted where at least two articles assert it. It rests on one line where K is 1, and on somebody where
they are a chokepoint: if they fell, nothing would be left.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]


def asserting(claim: Record) -> set[str]:
    """The articles that assert the claim."""
    return {s["article"] for s in claim["statements"] if s["stance"] == "asserts"}


def chokepoints(claim: Record) -> set[str]:
    """The names of the nodes whose fall would leave nothing."""
    return {node["label"] for node in claim["support"]["chokepoints"]}


def rests_on(claim: Record, names: Iterable[str]) -> bool:
    """Whether one of these names is, or is part of, a chokepoint's name."""
    wanted = [name.casefold() for name in names]
    return any(name in label.casefold() for label in chokepoints(claim) for name in wanted)


def share(part: int, whole: int) -> str:
    """A count with its share."""
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "0"


def lines(claims: Sequence[Record], names: Sequence[str]) -> Iterable[str]:
    """The report, line by line."""
    several = [c for c in claims if len(asserting(c)) > 1]
    one = [c for c in several if c["support"]["lines"] == 1]
    told = [c for c in several if c["support"]["most_likely"] is not None]
    yield f"{len(claims)} claims, {len(several)} of them in two or more articles"
    yield f"of these rest on one line (K = 1): {share(len(one), len(several))}"
    yield f"most likely count withheld: {share(len(several) - len(told), len(several))}"
    yield (
        "of the others, most likely one line: "
        + share(sum(c["support"]["most_likely"] == 1 for c in told), len(told))
    )
    if names:
        yield f"one line, and it is theirs: {share(sum(rests_on(c, names) for c in one), len(one))}"
    yield "whose fall would leave nothing, most frequent first:"
    counted = Counter(name for c in one for name in chokepoints(c))
    for name, n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:12]:
        yield f"  {n:>5}  {name}"


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("findings", type=Path)
    options.add_argument("--on", action="append", default=[], help="a name; several make one source")
    options.add_argument("--draw", type=int, default=0, help="name so many claims drawn at random")
    options.add_argument("--seed", type=int, default=6)
    given = options.parse_args()
    claims = json.loads(given.findings.read_text(encoding="utf-8"))["claims"]
    for line in lines(claims, given.on):
        print(line)
    if given.draw:
        several = sorted(c["id"] for c in claims if len(asserting(c)) > 1)
        print("drawn:", *random.Random(given.seed).sample(several, given.draw))


if __name__ == "__main__":
    main()
