"""Train the learned attribution finder on data in PolNeAR's format, and say how well it does.

    python benchmarks/train_attribution.py train.jsonl --out src/twosource/attribute/learned/data

One JSON object a line: ``{"id", "text", "attributions": [{"source": [[s, e], …], "cue": …, "content": …}],
"discard": [[s, e], …]}``, offsets in code points of the text. Each network leaves one part of the articles
out; what it makes of that part fits the judge (`learned.judge`), chooses the threshold and gives the figures
that are printed. The networks' opinions are averaged. Needs PyTorch, which the product itself does not.

A found attribution is right here when its content overlaps an annotated one's (Jaccard ≥ 0.3 on tokens, one
to one) and its source covers the head of the annotated source; the field's scorers differ in details.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import hashlib
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as tf
from numpy.typing import NDArray
from torch import Tensor, nn

from twosource.attribute.found import Found
from twosource.attribute.learned import Model, features, located, weights
from twosource.attribute.learned.features import Grid, Pairs, Vocabulary
from twosource.attribute.learned.judge import EVIDENCE
from twosource.attribute.learned.network import CONTENT, CUE, SOURCE
from twosource.language.analysis import Analysis
from twosource.language.english import load as english
from twosource.model import Article, Span

LEAST = {"lemma": 3, "suffix": 10, "tag": 1, "dep": 1, "entity": 1}
"""How often a string must stand in the training articles to have a number of its own."""

DIMENSIONS = {"lemma": 64, "suffix": 16, "tag": 16, "dep": 16, "entity": 8, "shape": 8}
DIMENSIONS |= {"quote": 4, "place": 8}
WIDTH, MESSAGE, PAIR, HELD, LAYERS = 96, 48, 48, 32, 3


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution as word indices; `head` is the source's head word, None without a source."""

    cue: tuple[int, ...]
    content: tuple[int, ...]
    source: tuple[int, ...]
    head: int | None
    discarded: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article: its parse, and its attributions by the head word of their cue."""

    analysis: Analysis
    gold: dict[int, Gold]


# ------------------------------------------------------------------------ data


def read(path: Path) -> list[Example]:
    """The annotated articles of a JSONL file, parsed."""
    parser = english()
    out: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sha256 = hashlib.sha256(record["text"].encode()).hexdigest()
        article = Article(record["id"], str(path), record["text"], sha256, language="en")
        analysis = parser.parse(article)
        out.append(Example(analysis, annotations(record, analysis)))
    return out


def annotations(record: dict[str, Any], analysis: Analysis) -> dict[int, Gold]:
    """The record's attributions in words; of two with one cue head, the first."""
    starts = np.array([t.start for t in analysis.tokens])
    ends = np.array([t.end for t in analysis.tokens])

    def words(spans: Sequence[Sequence[int]]) -> tuple[int, ...]:
        found: list[int] = []
        for start, end in spans:
            low, high = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
            found += range(int(low), int(high))
        return tuple(found)

    discarded = set(words(record.get("discard", ())))
    out: dict[int, Gold] = {}
    for one in record["attributions"]:
        cue, content, source = words(one["cue"]), words(one["content"]), words(one["source"])
        if not cue or not content:
            continue
        outside = bool(discarded) and len(discarded & set(content)) * 2 > len(content)
        head = _head(source, analysis) if source else None
        out.setdefault(_head(cue, analysis), Gold(cue, content, source, head, outside))
    return out


def _head(words: tuple[int, ...], analysis: Analysis) -> int:
    """The word whose head lies outside; of several, the first that is a verb or a noun."""
    inside = set(words)
    tokens = analysis.tokens
    heads = [i for i in words if tokens[i].head not in inside or tokens[i].head == i]
    lexical = [i for i in heads if tokens[i].pos in {"VERB", "NOUN", "PROPN", "AUX", "PRON"}]
    return (lexical or heads)[0]


def vocabulary_lists(examples: Sequence[Example]) -> dict[str, list[str]]:
    """The strings that get numbers: single words, suffixes and labels, sorted."""
    counts: dict[str, collections.Counter[str]] = {slot: collections.Counter() for slot in LEAST}
    for example in examples:
        for token in example.analysis.tokens:
            for slot, value in zip(features.VOCABULARIES, features.strings(token), strict=True):
                if not any(c.isspace() for c in value):
                    counts[slot][value] += 1
    return {slot: sorted(w for w, k in counts[slot].items() if k >= LEAST[slot]) for slot in LEAST}


# --------------------------------------------------------------------- network


class Trainable(nn.Module):
    """The network of ``twosource.attribute.learned.network`` with gradients; the names must agree."""

    def __init__(self, vocabulary: Vocabulary, drop: float = 0.3) -> None:
        super().__init__()
        self.drop = drop
        sizes = [vocabulary.size(slot) for slot in features.VOCABULARIES]
        sizes += [features.SHAPES, 4, features.PLACES]
        self.emb = nn.ModuleList(
            nn.Embedding(n, DIMENSIONS[slot], padding_idx=0)
            for n, slot in zip(sizes, features.SLOTS, strict=True)
        )
        for table in self.emb:
            nn.init.normal_(table.weight, 0, 0.25)
            table.weight.data[0] = 0
        self.inp = nn.Linear(sum(DIMENSIONS.values()), WIDTH)
        self.msg = nn.ModuleList(nn.Linear(WIDTH, MESSAGE) for _ in range(LAYERS))
        self.mix = nn.ModuleList(nn.Linear(4 * WIDTH + MESSAGE, WIDTH) for _ in range(LAYERS))
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS + 1))
        self.ctx = nn.Linear(WIDTH, HELD)
        self.ctx_in = nn.Linear(3 * HELD, WIDTH)
        self.cue = nn.Sequential(nn.Linear(WIDTH, 64), nn.ReLU(), nn.Dropout(drop), nn.Linear(64, 1))
        self.pe = nn.ModuleList(nn.Embedding(n, PAIR) for n in features.pair_sizes(vocabulary.size("dep")))
        for table in self.pe:
            nn.init.normal_(table.weight, 0, 0.15)
        self.pw = nn.Linear(WIDTH, PAIR)
        self.pc = nn.Linear(WIDTH, PAIR, bias=False)
        self.pt = nn.Linear(WIDTH, PAIR, bias=False)
        self.conv1 = nn.Linear(3 * PAIR, PAIR)
        self.pool = nn.Linear(PAIR, PAIR)
        self.conv2 = nn.Linear(4 * PAIR, PAIR)
        self.pn = nn.LayerNorm(PAIR)
        self.pn2 = nn.LayerNorm(PAIR)
        self.role = nn.Linear(PAIR, 4)
        self.src = nn.Linear(PAIR, 1)
        self.nosrc = nn.Linear(PAIR, 1)
        self.real = nn.Sequential(nn.Linear(2 * PAIR + 1, PAIR), nn.ReLU(), nn.Linear(PAIR, 1))

    def encode(self, grid: dict[str, Tensor]) -> Tensor:
        """See `Network.encode`; in training a tenth of the words lose their lemma."""
        ids = grid["ids"]
        if self.training:
            ids = ids.clone()
            ids[torch.rand(len(ids)) < 0.1, 0] = features.UNKNOWN
        x = torch.cat([table(ids[:, k]) for k, table in enumerate(self.emb)], 1)
        h = self.norm[0](tf.relu(self.inp(x)))
        n = len(h)
        for layer in range(LAYERS):
            message = tf.relu(self.msg[layer](h)) * grid["child"][:, None]
            below = torch.zeros(n, MESSAGE).index_add_(0, grid["head"], message)
            around = torch.cat([h, torch.zeros(1, WIDTH)])
            parts = [h, around.index_select(0, grid["left"]), around.index_select(0, grid["right"])]
            z = self.mix[layer](torch.cat([*parts, h.index_select(0, grid["head"]), below], 1))
            if layer == 1:
                z = z + self._context(h, grid["sentence"])
            h = self.norm[layer + 1](h + tf.dropout(tf.relu(z), self.drop, self.training))
        return h

    def _context(self, h: Tensor, sentence: Tensor) -> Tensor:
        """What the sentence and its neighbours hold; articles are a number apart."""
        held = tf.relu(self.ctx(h))
        index = sentence[:, None].expand(-1, HELD)
        pool = torch.zeros(int(sentence[-1]) + 1, HELD).scatter_reduce(0, index, held, "amax")
        edge = torch.zeros(1, HELD)
        pool = torch.cat([edge, pool, edge])
        return self.ctx_in(torch.cat([pool.index_select(0, sentence + k) for k in range(3)], 1))

    def pairs(
        self, h: Tensor, pairs: dict[str, Tensor], logits: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """See `Network.roles`: logits of the roles, of the source's head, of no source, of being a cue."""
        x = self.pw(h).index_select(0, pairs["word"]) + self.pc(h).index_select(0, pairs["cue"])
        x = x + self.pt(h).index_select(0, pairs["top"])
        for k, table in enumerate(self.pe):
            x = x + table(pairs["ids"][:, k])
        x = self.pn(tf.relu(x))
        group = pairs["group"]
        index = group[:, None].expand(-1, PAIR)
        zero = torch.zeros(len(logits), PAIR)

        def beside(y: Tensor) -> tuple[Tensor, Tensor]:
            around = torch.cat([y, torch.zeros(1, PAIR)])
            return around.index_select(0, pairs["left"]), around.index_select(0, pairs["right"])

        left, right = beside(x)
        x = x + tf.relu(self.conv1(torch.cat([left, x, right], 1)))
        first = zero.scatter_reduce(0, index, tf.relu(self.pool(x)), "amax")
        left, right = beside(x)
        z = tf.relu(self.conv2(torch.cat([left, x, right, first.index_select(0, group)], 1)))
        x = self.pn2(x + tf.dropout(z, self.drop / 2, self.training))
        second = zero.scatter_reduce(0, index, tf.relu(x), "amax")
        real = self.real(torch.cat([first, second, logits[:, None]], 1))[:, 0]
        return self.role(x), self.src(x)[:, 0], self.nosrc(second)[:, 0], real

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Every parameter under its name."""
        return {name: p.detach().numpy().copy() for name, p in self.state_dict().items()}


def _tensor(array: NDArray[Any]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array)).long()


def _joined(
    arrays: Sequence[NDArray[Any]], offsets: NDArray[Any], sizes: Sequence[int] | None = None
) -> Tensor:
    """The arrays one after another, their pointers moved; a pointer to `sizes[k]` points past the last one."""
    end = int(offsets[-1])
    parts = []
    for k, array in enumerate(arrays):
        moved = array + offsets[k]
        parts.append(moved if sizes is None else np.where(array == sizes[k], end, moved))
    return _tensor(np.concatenate(parts))


def batch_of_grids(grids: Sequence[Grid]) -> tuple[NDArray[Any], dict[str, Tensor]]:
    """Several articles as one, and where each begins."""
    sizes = [g.size for g in grids]
    offsets = np.cumsum([0, *sizes])
    sentences = np.cumsum([0, *(len(g.bounds) + 1 for g in grids)])
    head = _joined([g.head for g in grids], offsets)
    return offsets, {
        "ids": _tensor(np.concatenate([g.ids for g in grids])),
        "head": head,
        "child": (head != torch.arange(len(head))).float(),
        "left": _joined([g.left for g in grids], offsets, sizes),
        "right": _joined([g.right for g in grids], offsets, sizes),
        "sentence": _joined([g.sentence for g in grids], sentences),
    }


def batch_of_pairs(pairs: Sequence[Pairs], offsets: NDArray[Any], cues: Sequence[int]) -> dict[str, Tensor]:
    """The pairs of several articles as one; `cues` says how many cues each has."""
    sizes = [len(p.word) for p in pairs]
    places = np.cumsum([0, *sizes])
    return {
        "word": _joined([p.word for p in pairs], offsets),
        "cue": _joined([p.cue for p in pairs], offsets),
        "top": _joined([p.top for p in pairs], offsets),
        "group": _joined([p.group for p in pairs], np.cumsum([0, *cues])),
        "left": _joined([p.left for p in pairs], places, sizes),
        "right": _joined([p.right for p in pairs], places, sizes),
        "ids": _tensor(np.concatenate([p.ids for p in pairs])),
    }


# -------------------------------------------------------------------- training


def targets(pairs: Pairs, cues: Sequence[int], gold: dict[int, Gold]) -> tuple[NDArray[Any], ...]:
    """For every pair its role and whether it is the source's head; for every cue whether it has none, is one."""
    role = np.zeros(len(pairs.word), np.int64)
    head = np.zeros(len(pairs.word), np.float32)
    none = np.zeros(len(cues), np.float32)
    bounds = np.searchsorted(pairs.group, np.arange(len(cues) + 1))
    for k, cue in enumerate(cues):
        one = gold.get(cue)
        if one is None:
            continue
        mine = slice(bounds[k], bounds[k + 1])
        words = pairs.word[mine]
        for value, members in ((CONTENT, one.content), (CUE, one.cue), (SOURCE, one.source)):
            role[mine][np.isin(words, members)] = value
        if one.head is not None and (words == one.head).any():
            head[mine][words == one.head] = 1
        else:
            none[k] = 1
    return role, head, none, np.array([c in gold for c in cues], np.float32)


def loss_of(
    net: Trainable, part: Sequence[tuple[Grid, dict[int, Gold]]], dep: int, *, negatives: bool
) -> Tensor:
    """The loss over several articles: finding cues, giving roles, naming the source, judging the whole."""
    offsets, grid = batch_of_grids([g for g, _ in part])
    h = net.encode(grid)
    logits = net.cue(h)[:, 0]
    wanted, weight = torch.zeros(len(h)), torch.ones(len(h))
    likely = logits.detach().sigmoid().numpy() > 0.1
    all_pairs: list[Pairs] = []
    counts: list[int] = []
    where: list[int] = []
    goals: list[tuple[NDArray[Any], ...]] = []
    for k, (one, gold) in enumerate(part):
        for cue, attribution in gold.items():
            wanted[offsets[k] + cue] = 1
            weight[offsets[k] + cue] = 0.0 if attribution.discarded else 1.0
        wrong = np.flatnonzero(likely[offsets[k] : offsets[k + 1]]).tolist() if negatives else []
        cues = sorted({*gold, *wrong})
        pairs = features.pairs(one, np.array(cues, np.int32), dep)
        all_pairs.append(pairs)
        counts.append(len(cues))
        where += [int(offsets[k]) + c for c in cues]
        goals.append(targets(pairs, cues, gold))
    loss = (tf.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * weight).sum()
    loss = loss / wanted.sum().clamp(min=1)
    if not where:
        return loss
    role, head, none, real = (torch.from_numpy(np.concatenate(g)) for g in zip(*goals, strict=True))
    pairs_in = batch_of_pairs(all_pairs, offsets, counts)
    r, s, u, q = net.pairs(h, pairs_in, logits[torch.tensor(where)].detach())
    group, cues_total, true = pairs_in["group"], len(where), real.sum().clamp(min=1)
    live = real[group]
    roles = (tf.cross_entropy(r, role, reduction="none") * live).sum() / true / 15
    top = torch.full((cues_total,), -1e9).scatter_reduce(0, group, s.detach(), "amax").maximum(u.detach())
    total = torch.zeros(cues_total).index_add_(0, group, (s - top[group]).exp()) + (u - top).exp()
    chosen = torch.zeros(cues_total).index_add_(0, group, head * s) + none * u
    naming = ((total.log() + top - chosen) * real).sum() / true
    whole = tf.binary_cross_entropy_with_logits(q, real, reduction="sum") / true
    return loss + roles + 0.7 * naming + (0.7 * whole if negatives else 0.0)


def train(
    examples: Sequence[Example],
    lists: dict[str, list[str]],
    *,
    epochs: int,
    seed: int,
    batch: int = 4,
    rate: float = 2e-3,
    say: Callable[[str], None] = lambda _: None,
) -> Trainable:
    """One network, trained from a seed: the same data and seed give the same network on one thread."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    vocabulary = Vocabulary.from_lists(lists)
    net = Trainable(vocabulary)
    items = [(features.grid(e.analysis, vocabulary), e.gold) for e in examples if e.analysis.tokens]
    learned = [p for p in net.parameters() if p.requires_grad]
    optimiser = torch.optim.Adam(learned, lr=rate)
    steps, step, began = epochs * -(-len(items) // batch), 0, time.process_time()
    for epoch in range(epochs):
        net.train()
        order.shuffle(items)
        total = 0.0
        for at in range(0, len(items), batch):
            for settings in optimiser.param_groups:
                fall = 0.5 * (1 + np.cos(np.pi * step / steps))
                settings["lr"] = rate * min(1.0, (step + 1) / 50) * max(0.02, float(fall))
            step += 1
            loss = loss_of(net, items[at : at + batch], vocabulary.size("dep"), negatives=epoch > 0)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(learned, 5.0)
            optimiser.step()
            total += loss.item()
        seconds = time.process_time() - began
        say(f"epoch {epoch + 1}/{epochs}: loss {total * batch / len(items):.3f}, {seconds:.0f} CPU s")
    return net.eval()


def packed(
    nets: Sequence[Trainable], lists: dict[str, list[str]], judge: NDArray[Any], bias: float, threshold: float
) -> bytes:
    """The networks and their judge as the bytes of one weights file."""
    arrays = {f"{k}.{name}": array for k, net in enumerate(nets) for name, array in net.arrays().items()}
    arrays |= {"judge.weight": judge.astype(np.float32), "judge.bias": np.array([bias], np.float32)}
    metadata = {
        "vocabulary": json.dumps(lists, ensure_ascii=False, separators=(",", ":")),
        "settings": json.dumps({"networks": len(nets), "threshold": threshold}),
    }
    return weights.pack(arrays, metadata)


def model_of(raw: bytes) -> Model:
    """The product's own model on the bytes of a weights file."""
    return Model(weights.of("in training", hashlib.sha256(raw).hexdigest(), "en", raw))


# --------------------------------------------------------------------- judging


def hit(found: Found, gold: Gold, analysis: Analysis) -> float:
    """The Jaccard overlap of the contents in words, 0 where it is under 0.3 or the source is another."""
    content = _inside(found.content, analysis)
    overlap = len(content & set(gold.content)) / max(len(content | set(gold.content)), 1)
    source = _inside(found.source, analysis)
    right = gold.head in source if gold.head is not None else not source
    return overlap if right and overlap >= 0.3 else 0.0


def _inside(spans: Sequence[Span], analysis: Analysis) -> set[int]:
    """The words that the spans cover."""
    out: set[int] = set()
    for span in spans:
        low = bisect.bisect_right(analysis.tokens, span.start, key=lambda t: t.end)
        high = bisect.bisect_left(analysis.tokens, span.end, key=lambda t: t.start)
        out |= set(range(low, high))
    return out


def hits(founds: Sequence[Found | None], gold: Sequence[Gold], analysis: Analysis) -> NDArray[np.float64]:
    """1 for every candidate that is one of the annotated attributions, matched one to one, best first."""
    scored = [
        (hit(one, other, analysis), i, j)
        for i, one in enumerate(founds)
        if one is not None
        for j, other in enumerate(gold)
        if one.extent.start - 2000 < analysis.tokens[other.cue[0]].start < one.extent.end + 2000
    ]
    out = np.zeros(len(founds))
    used: set[int] = set()
    for overlap, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if overlap and not out[i] and j not in used:
            out[i] = 1
            used.add(j)
    return out


def logistic(rows: NDArray[Any], wanted: NDArray[Any], penalty: float = 1.0) -> tuple[NDArray[Any], float]:
    """Weights and bias of a logistic regression with an L2 penalty, by Newton's method."""
    scale = rows.std(axis=0) + 1e-6
    x = np.concatenate([rows / scale, np.ones((len(rows), 1))], axis=1).astype(np.float64)
    ridge = np.diag([penalty] * rows.shape[1] + [1e-6])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - wanted) + ridge @ w
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
    return w[:-1] / scale, float(w[-1])


@dataclass(frozen=True, slots=True)
class Held:
    """What one network, which never saw the article, makes of it: a row for each candidate, and its hits."""

    rows: NDArray[Any]
    hits: NDArray[Any]
    gold: int


def judged(net: Trainable, lists: dict[str, list[str]], examples: Sequence[Example]) -> list[Held]:
    """The articles as the network alone sees them."""
    width = len(EVIDENCE)
    model = model_of(packed([net], lists, np.zeros(width), 0.0, 0.5))
    out: list[Held] = []
    for example in examples:
        candidates = model.candidates(example.analysis)
        gold = [g for g in example.gold.values() if not g.discarded]
        outside = {h for h, g in example.gold.items() if g.discarded}
        candidates = [c for c in candidates if c.head not in outside]
        founds = [located(c, example.analysis) for c in candidates]
        rows = np.array([c.evidence for c in candidates]).reshape(-1, width)
        out.append(Held(rows, hits(founds, gold, example.analysis), len(gold)))
    return out


def figures(
    held: Sequence[Held], weight: NDArray[Any], bias: float, threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F over the articles, in [0, 1]."""
    found = right = gold = 0.0
    for one in held:
        kept = 1 / (1 + np.exp(-(one.rows @ weight + bias))) >= threshold
        found += kept.sum()
        right += one.hits[kept].sum()
        gold += one.gold
    return right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)


def fitted(held: Sequence[Held]) -> tuple[NDArray[Any], float]:
    """The judge: its weights and bias."""
    return logistic(np.concatenate([h.rows for h in held]), np.concatenate([h.hits for h in held]))


# ------------------------------------------------------------------------ main


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure on what each network never saw, and write the weights with their manifest."""
    command = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    command.add_argument("data", type=Path, help="annotated articles, JSONL in PolNeAR's format")
    command.add_argument("--out", type=Path, help="folder for the weights; none are written without it")
    command.add_argument("--networks", type=int, default=2, help="how many networks share the work")
    command.add_argument("--folds", type=int, default=5, help="each network leaves out one of so many parts")
    command.add_argument("--epochs", type=int, default=6)
    command.add_argument("--seed", type=int, default=5)
    command.add_argument("--version", default="0", help="the version that the manifest names")
    chosen = command.parse_args(arguments)
    torch.set_num_threads(1)  # sums in one order: the same seed gives the same bytes
    examples = [e for e in read(chosen.data) if e.analysis.tokens]
    random.Random(chosen.seed).shuffle(examples)
    lists = vocabulary_lists(examples)
    nets: list[Trainable] = []
    held: list[Held] = []
    for k in range(chosen.networks):
        print(f"network {k + 1} of {chosen.networks}", flush=True)
        rest = [e for i, e in enumerate(examples) if i % chosen.folds != k % chosen.folds]
        say = partial(print, flush=True)
        nets.append(train(rest, lists, epochs=chosen.epochs, seed=chosen.seed + k, say=say))
        held += judged(nets[-1], lists, examples[k % chosen.folds :: chosen.folds])
    one, other = fitted(held[::2]), fitted(held[1::2])
    best, threshold = 0.0, 0.5
    for candidate in np.arange(0.3, 0.61, 0.05):
        halves = [figures(held[1::2], *one, candidate), figures(held[::2], *other, candidate)]
        p, r, f = np.mean(halves, axis=0)
        print(f"threshold {candidate:.2f}: P {100 * p:.1f}  R {100 * r:.1f}  F {100 * f:.1f}")
        best, threshold = max((best, threshold), (float(f), round(float(candidate), 2)))
    weight, bias = fitted(held)
    raw = packed(nets, lists, weight, bias, threshold)
    if chosen.out is not None:
        write(raw, chosen.out, chosen.version)


def write(raw: bytes, folder: Path, version: str) -> None:
    """The weights and, beside them, the manifest that names their hash."""
    folder.mkdir(parents=True, exist_ok=True)
    stated = {
        "name": "twosource-attribution-en",
        "version": version,
        "format": weights.FORMAT,
        "language": "en",
        "file": "attribution-en.safetensors",
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    (folder / "attribution-en.safetensors").write_bytes(raw)
    (folder / "attribution-en.json").write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
