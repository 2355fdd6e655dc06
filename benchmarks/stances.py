"""Which bodies assert, deny or merely discuss a headline's claim: the product's statements beside words alone.

python benchmarks/stances.py FOLDER               # fit on the development stories, score on the held-out ones
python benchmarks/stances.py FOLDER --bodies 4    # at most four bodies of each story: a quarter of the time

FOLDER holds ``bodies.csv`` and ``stances.csv`` of the Fake News Challenge. A story is a set of bodies that headlines
marked as related connect; whole stories are in one half: the hand-read ones (rumours/readings.json) where they
were put, the others by the digest of their lowest body id. Unrelated pairs are left out. Both models are the same
multinomial logistic regression with balanced classes; one sees TF-IDF of headline and body and their cosine, the
other what the product finds in the body: the statement that comes nearest to the headline, its polarity, who says
it and how firmly, what the body refutes, and how early its sentences call something false or keep a distance. Each
model's penalty is chosen on the development stories.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import logsumexp

from twosource.attribute import attributions
from twosource.claims import Words, reader, statements
from twosource.claims.grouping import WEIGHT_FLOOR
from twosource.claims.pile import Pile
from twosource.claims.refuted import refuted_in
from twosource.claims.together import Read
from twosource.language.embed import embedder
from twosource.language.parsers import parser_for
from twosource.model import Article, Likelihood, Stance, Statement
from twosource.settings import Settings

READINGS = Path(__file__).parent / "rumours" / "readings.json"
CLASSES = ("assert", "deny", "discuss")
PENALTIES = (1e-4, 1e-3, 1e-2, 3e-2)
CALLS_FALSE = frozenset(
    ["false", "fake", "hoax", "untrue", "debunk", "satire", "satirical", "fabricate", "fabricated", "prank", "bogus",
     "deny", "refute", "dismiss", "rubbish", "nonsense", "baseless", "unfounded", "spoof", "myth", "inaccurate"]
)  # fmt: skip
DOUBTS = frozenset(
    ["reportedly", "allegedly", "alleged", "unconfirmed", "rumour", "rumor", "purported", "purportedly", "supposed",
     "supposedly", "claim", "apparently", "unverified", "speculation", "speculate", "may", "might", "could"]
)  # fmt: skip
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """What the product finds in one text."""

    statements: tuple[Statement, ...]
    distant: frozenset[str]  # ids of attributions whose reporter keeps a distance or denies
    refuting: int  # how many things the text refutes
    false: tuple[int, ...] = ()  # positions of the sentences that call something false or deny it
    doubtful: tuple[int, ...] = ()  # positions of the sentences that keep a distance from what they report
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A headline and a body that tells of the same story; `truth` indexes `CLASSES`."""

    story: int
    held: bool
    headline: str
    body: str
    truth: int


# ------------------------------------------------------------------------- the data


def load(folder: Path, most: int | None) -> tuple[list[Pair], dict[str, str]]:
    """The related pairs, of at most `most` bodies a story (those with the lowest ids), and all bodies."""
    csv.field_size_limit(10_000_000)
    with (folder / "bodies.csv").open(encoding="utf-8", newline="") as file:
        bodies = {row["Body ID"]: row["articleBody"] for row in csv.DictReader(file)}
    with (folder / "stances.csv").open(encoding="utf-8", newline="") as file:
        rows = [(r["Headline"], r["Body_ID"], int(r["Stance"])) for r in csv.DictReader(file)]
    related = [row for row in rows if row[2] != 3]
    story = _stories(related)
    members: dict[int, set[int]] = defaultdict(set)
    for _, body, _ in related:
        members[story[body]].add(int(body))
    kept = {str(b) for found in members.values() for b in sorted(found)[:most]}
    held = {k: _held(found) for k, found in members.items()}
    pairs = sorted({(story[b], h, b, s) for h, b, s in related if b in kept})
    return [Pair(k, held[k], h, b, s) for k, h, b, s in pairs], bodies


def _stories(related: Sequence[tuple[str, str, int]]) -> dict[str, int]:
    """Body id → the lowest body id of its connected component."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for headline, body, _ in related:
        parent[root("headline " + headline)] = root(body)
    lowest: dict[str, int] = {}
    bodies = sorted({b for _, b, _ in related}, key=int)
    for body in bodies:
        lowest.setdefault(root(body), int(body))
    return {body: lowest[root(body)] for body in bodies}


def _held(bodies: set[int]) -> bool:
    for reading in json.loads(READINGS.read_text(encoding="utf-8"))["stories"]:
        if bodies & set(reading["bodies"]):
            return bool(reading["split"] == "held-out")
    return hashlib.sha256(str(min(bodies)).encode()).digest()[0] % 2 == 1


# --------------------------------------------------------------- what the product sees


def examine(name: str, text: str) -> Text:
    """One text read as the product reads an article without title or date."""
    article = Article(name, name, text, name, language="en")
    analysis = parser_for("en").parse(article)
    found = attributions(article, analysis)
    distant = frozenset(a.id for a in found if a.stance in (Stance.DISTANCES, Stance.DENIES))
    made = tuple(s for s in statements(article, analysis, found) if s.weight >= WEIGHT_FLOOR)
    lemmas = [
        {(t.lemma or t.text).casefold() for t in analysis.tokens[first:last]}
        for first, last in analysis.sentences
    ]
    return Text(
        made,
        distant,
        len(refuted_in(analysis.tokens, analysis.sentences)),
        tuple(i for i, words in enumerate(lemmas) if words & CALLS_FALSE),
        tuple(i for i, words in enumerate(lemmas) if words & DOUBTS),
        len(lemmas),
    )


def seen(pairs: Sequence[Pair], bodies: Mapping[str, Text], headlines: Mapping[str, Text]) -> Floats:
    """The product's features of every pair, shape (pairs, features)."""
    rows: dict[tuple[str, str], list[float]] = {}
    by_story: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_story[pair.story].append(pair)
    for story in sorted(by_story):
        mine = by_story[story]
        texts = [bodies[b] for b in sorted({p.body for p in mine})]
        texts += [headlines[h] for h in sorted({p.headline for p in mine})]
        made = [s for t in texts for s in t.statements]
        if not made:
            continue
        network = reader()
        if network is None:
            raise SystemExit("the sentence model is not installed: reinstall twosource")
        vectors, words = embedder().look([s.compared for s in made], network.see)
        pile = Pile(made, vectors, (), Settings().same, words=Words(network, words))
        place = {s.id: i for i, copies in enumerate(pile.copies) for s in copies}
        for pair in mine:
            rows[pair.headline, pair.body] = _features(
                pile, place, headlines[pair.headline], bodies[pair.body]
            )
    width = len(_features(None, {}, Text((), frozenset(), 0), Text((), frozenset(), 0)))
    return np.array([rows.get((p.headline, p.body), [0.0] * width) for p in pairs])


def _features(pile: Pile | None, place: Mapping[str, int], headline: Text, body: Text) -> list[float]:
    """See the module's text; the order is that of the list at the end."""
    compared = []
    read: list[Read] = []
    if pile is not None:
        for h in headline.statements:
            for s in body.statements:
                if place[h.id] != place[s.id]:
                    found = pile.full(place[h.id], place[s.id])
                    compared.append((found.frame, h.negated != s.negated, s))
                    read += [r for r in [pile.read(place[h.id], place[s.id])] if r]
                else:
                    compared.append((0.99, False, s))
    compared.sort(key=lambda c: -c[0])
    cosines = sorted(
        (float(pile.vectors[place[h.id]] @ pile.vectors[place[s.id]]) for h in headline.statements for s in body.statements)
        if pile is not None
        else (),
        reverse=True,
    )[:3]  # fmt: skip
    same = max((f for f, polar, _ in compared if not polar), default=0.0)
    other = max((f for f, polar, _ in compared if polar), default=0.0)
    near = [s for _, _, s in compared[:3]]
    n = max(len(near), 1)
    told = [s for s in near if s.attribution is not None]
    hedged = [s for s in near if s.certainty.likelihood is not Likelihood.STATED or s.certainty.hedges]
    distant = [s for s in told if s.attribution in body.distant]
    all_ = max(len(body.statements), 1)
    return [
        _logit(same),
        _logit(other),
        _logit(same) - _logit(other),
        float(bool(compared) and compared[0][1]),
        sum(polar for _, polar, _ in compared[:5]) / 5.0,
        len(told) / n,
        len(hedged) / n,
        len(distant) / n,
        float(bool(near) and near[0].attribution is None),
        math.log1p(body.refuting),
        sum(s.negated for s in body.statements) / all_,
        sum(s.attribution is not None for s in body.statements) / all_,
        float(any(s.negated for s in headline.statements)),
        float(any(s.certainty.question for s in headline.statements) or not headline.statements),
        float(any(s.attribution is not None for s in headline.statements)),
        float(any(s.certainty.hedges for s in headline.statements)),
        math.log1p(headline.refuting),
        cosines[0] if cosines else 0.8,
        sum(cosines) / len(cosines) if cosines else 0.8,
        sum(s.negated for s in near) / n,
        *_said(body),
        float(bool(headline.false)),
        float(bool(headline.doubtful)),
        float(bool(body.false) and not headline.false),
        math.log1p(all_),
        max((r.same for r in read), default=-12.0),
        max((r.denies for r in read), default=-12.0),
        max((r.same for r in read), default=-12.0) - max((r.denies for r in read), default=-12.0),
        float(bool(read) and max(read, key=lambda r: r.frame).denies > max(read, key=lambda r: r.frame).same),
    ]


def _said(body: Text) -> list[float]:
    """How much and how early a body calls something false, and keeps a distance."""
    out = []
    for where in (body.false, body.doubtful):
        out += [
            len(where) / max(body.sentences, 1),
            math.log1p(len(where)),
            float(any(i < 3 for i in where)),
            float(bool(where)),
        ]
    return out


def _logit(p: float) -> float:
    p = min(max(p, 0.005), 0.995)
    return math.log(p / (1.0 - p))


# --------------------------------------------------------------------- words alone


def words(pairs: Sequence[Pair], bodies: Mapping[str, str]) -> csr_matrix:
    """TF-IDF of headline and of body, a vocabulary each from the development half, and their cosine."""
    bag = {p.headline: _bag(p.headline) for p in pairs} | {p.body: _bag(bodies[p.body]) for p in pairs}
    known = sorted({x for p in pairs if not p.held for x in (p.headline, p.body)})
    df = Counter(w for x in known for w in bag[x])
    vocabulary = {w: i for i, w in enumerate(sorted(w for w, c in df.items() if c >= 3))}
    idf = {w: math.log(len(known) / df[w]) + 1.0 for w in vocabulary}

    def rows(keys: Sequence[str]) -> csr_matrix:
        data: list[float] = []
        columns: list[int] = []
        starts = [0]
        for key in keys:
            held = {w: (1.0 + math.log(c)) * idf[w] for w, c in bag[key].items() if w in vocabulary}
            norm = math.sqrt(sum(v * v for v in held.values())) or 1.0
            data.extend(v / norm for v in held.values())
            columns.extend(vocabulary[w] for w in held)
            starts.append(len(data))
        return csr_matrix((data, columns, starts), shape=(len(keys), len(vocabulary)))

    head, body = rows([p.headline for p in pairs]), rows([p.body for p in pairs])
    cosine = csr_matrix(np.asarray(head.multiply(body).sum(axis=1)).reshape(-1, 1))
    return csr_matrix(hstack([head, body, cosine]))


def _bag(text: str) -> Counter[str]:
    found = re.findall(r"[a-z]+(?:'[a-z]+)?|\d+", text.lower())
    return Counter([*found, *(f"{a} {b}" for a, b in pairwise(found))])


# ------------------------------------------------------------------------- figures


def fitted(x: csr_matrix, y: NDArray[np.int64], penalty: float) -> Floats:
    """Multinomial logistic regression, classes balanced, L2 `penalty`: weights (features + 1, classes)."""
    n, d = x.shape
    counts = np.bincount(y, minlength=3)
    weight = (n / (3.0 * np.maximum(counts, 1)))[y]
    target = np.eye(3)[y]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(d + 1, 3)
        z = x @ w[:-1] + w[-1]
        log_p = z - logsumexp(z, axis=1, keepdims=True)
        value = -float((weight[:, None] * target * log_p).sum()) / n + penalty * float((w[:-1] ** 2).sum())
        gradient = weight[:, None] * (np.exp(log_p) - target) / n
        return value, np.vstack([x.T @ gradient + 2 * penalty * w[:-1], gradient.sum(axis=0)]).ravel()

    best = minimize(loss, np.zeros((d + 1) * 3), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return np.asarray(best.reshape(d + 1, 3), dtype=np.float64)


def chosen(x: csr_matrix, y: NDArray[np.int64], story: NDArray[np.int64]) -> float:
    """The penalty with the best macro F1 over development stories that it was not fitted on, in five parts."""
    part = np.array([int(hashlib.sha256(str(s).encode()).hexdigest(), 16) % 5 for s in story])
    best = (-1.0, 0.0)
    for penalty in PENALTIES:
        said = np.zeros(len(y), dtype=np.int64)
        for k in range(5):
            w = fitted(csr_matrix(x[part != k]), y[part != k], penalty)
            said[part == k] = np.asarray((x[part == k] @ w[:-1] + w[-1]).argmax(axis=1))
        best = max(best, (sum(f1(y, said)) / 3, penalty))
    return best[1]


def f1(truth: NDArray[np.int64], said: NDArray[np.int64]) -> list[float]:
    """F1 of every class."""
    return [
        2.0 * int(((truth == k) & (said == k)).sum()) / max(int((truth == k).sum() + (said == k).sum()), 1)
        for k in range(3)
    ]


def report(name: str, truth: NDArray[np.int64], said: NDArray[np.int64]) -> None:
    """Prints F1 of every class, their mean, and the recall of denials."""
    scores = f1(truth, said)
    denied = truth == CLASSES.index("deny")
    recall = float((said[denied] == CLASSES.index("deny")).mean()) if denied.any() else math.nan
    each = "  ".join(f"{c} {s:.3f}" for c, s in zip(CLASSES, scores, strict=True))
    print(f"{name:22} macro F1 {sum(scores) / 3:.3f}   F1: {each}   recall of denials {recall:.3f}")


def scaled(x: Floats, known: NDArray[np.bool_]) -> csr_matrix:
    """Every column with mean 0 and width 1 on the development half."""
    mean, width = x[known].mean(axis=0), x[known].std(axis=0)
    return csr_matrix((x - mean) / np.where(width > 0, width, 1.0))


def main() -> None:
    """Command line: see the module's text."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path)
    options.add_argument("--bodies", type=int, help="at most so many bodies of each story")
    given = options.parse_args()
    pairs, texts = load(given.folder, given.bodies)
    bodies = {b: examine(b, texts[b]) for b in sorted({p.body for p in pairs})}
    compare(pairs, texts, bodies)


def compare(pairs: Sequence[Pair], texts: Mapping[str, str], bodies: Mapping[str, Text]) -> None:
    """Fits both models on the development stories and prints both scores on the held-out ones."""
    headlines = {h: examine(f"headline {k}", h) for k, h in enumerate(sorted({p.headline for p in pairs}))}
    y = np.array([p.truth for p in pairs])
    dev = np.array([not p.held for p in pairs])
    held = {p.story for p in pairs if p.held}
    print(
        f"{int(dev.sum())} pairs of {len({p.story for p in pairs}) - len(held)} development stories,"
        f" {int((~dev).sum())} of {len(held)} held-out ones"
        f" ({', '.join(f'{c} {n}' for c, n in zip(CLASSES, np.bincount(y[~dev], minlength=3), strict=True))})"
    )
    commonest = int(np.bincount(y[dev], minlength=3).argmax())
    report(f"always {CLASSES[commonest]}", y[~dev], np.full(int((~dev).sum()), commonest))
    product, bag = scaled(seen(pairs, bodies, headlines), dev), words(pairs, texts)
    story = np.array([p.story for p in pairs])
    for name, x in (
        ("TF-IDF", bag),
        ("product", product),
        ("both", csr_matrix(hstack([0.2 * product, bag]))),
    ):
        penalty = chosen(csr_matrix(x[dev]), y[dev], story[dev])
        w = fitted(csr_matrix(x[dev]), y[dev], penalty)
        report(name, y[~dev], np.asarray((x[~dev] @ w[:-1] + w[-1]).argmax(axis=1)))


if __name__ == "__main__":
    main()
