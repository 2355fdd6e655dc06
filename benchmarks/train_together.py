"""Train the network that reads two statements together (`twosource.claims.together`), and write its weights.

python benchmarks/train_together.py                              # train on nine tenths of the stories, score on the rest
python benchmarks/train_together.py --pairs FILE                 # with pairs of your own beside them
python benchmarks/train_together.py --member FILE                # write the network; with --all, train on all stories
python benchmarks/train_together.py --join FILE FILE --out DIR --version 1   # networks → weights and manifest

The shipped ones were trained with `--epochs 7` and with `--epochs 5 --stop 3 --drop 0.3 --plain 0.3 --averaged`.

Stories are those of `together_stories`: blocks of lines "label TAB language TAB statement", parted by empty lines.
One label is one proposition, `label!` its denial, `label~N` a rival number, `-` stands alone. FILE has a line of JSON
for each pair: {"a": "...", "b": "...", "is": "same"}, or "denies", "rival", "neither".

Needs PyTorch (CPU will do: an epoch takes about two minutes on one core) and the sentence model. Same seed, machine
and number of threads: same weights.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from twosource.claims.together import FORMAT, HEADS, LONGEST, STEPS, beside
from twosource.language.embed import Hidden, embedder
from twosource.language.tensors import pack, unpack

STORIES = Path(__file__).with_name("together_stories")
KINDS = ("neither", "same", "denies", "rival")
WIDTH, ROUNDS, BATCH = 128, 2, 64


class Line(NamedTuple):
    """One statement of a story."""

    label: str
    language: str
    text: str


class Example(NamedTuple):
    """Two texts, whether they are in two languages, and what they are to each other (index in `KINDS`)."""

    a: str
    b: str
    crossed: bool
    kind: int


# ------------------------------------------------------------------------- the data


def stories(folder: Path) -> list[list[Line]]:
    """Every story of every file, in the order of the files' names."""
    out: list[list[Line]] = []
    for file in sorted(folder.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("\n\n"):
            lines = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                out.append([Line(label, language, text) for label, language, text in lines])
    return out


def kind(x: str, y: str) -> int:
    """What two labels of one story say that their statements are to each other."""
    base = [re.split("[!~]", label)[0] for label in (x, y)]
    if "-" in (x, y) or base[0] != base[1]:
        return 0
    if x == y:
        return 1
    if ("!" in x) != ("!" in y):
        return 2
    return 3 if "~" in x + y else 0


def examples(story: Sequence[Line]) -> list[Example]:
    """All pairs of a story."""
    return [
        Example(x.text, y.text, (x.language == "ru") != (y.language == "ru"), kind(x.label, y.label))
        for x, y in combinations(story, 2)
    ]


def without_marks(text: str) -> str:
    """The text as careless copies have it: no commas, no quotation marks, no full stop."""
    return re.sub(r"[,.;:!?'’‘“”«»()]", "", text)


def as_clause(text: str) -> str:
    """The text as it stands inside a sentence: a small first letter, no full stop."""
    first = text.split(" ", 1)[0]
    text = text.rstrip(".!")
    return text[0].lower() + text[1:] if first[1:].islower() else text


class Texts:
    """Hidden states of every text, and of it in another form, from the sentence model."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        choice = random.Random(seed)
        self.other = {t: choice.choice((as_clause, as_clause, without_marks))(t) for t in sorted(set(texts))}
        every = sorted({*self.other, *self.other.values()})
        vectors, seen = embedder().look(every, _short)
        self.vector = dict(zip(every, vectors, strict=True))
        self.hidden = dict(zip(every, seen, strict=True))
        some = [self.hidden[t] for t in every[::50]]
        self.centre = [np.concatenate([h[k] for h in some]).astype(np.float32).mean(0) for k in (1, 2)]
        self.scale = [np.concatenate([h[k] for h in some]).astype(np.float32).std(0) + 1e-3 for k in (1, 2)]


def _short(hidden: Hidden) -> tuple[NDArray[np.int64], NDArray[np.float16], NDArray[np.float16]]:
    middle, last = (x[:LONGEST].astype(np.float16) for x in (hidden.middle, hidden.last))
    return hidden.pieces[:LONGEST], middle, last


# ----------------------------------------------------------------------- the network


class Side(NamedTuple):
    """One text of every pair in a batch: states of two layers (n, t, d), mask (n, t), pieces in common (n, t, 1)."""

    middle: Tensor
    last: Tensor
    mask: Tensor
    shared: Tensor


class Round(nn.Module):
    """Alignment with the other text, comparison, attention inside the text: the same weights for both sides."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.q = nn.Linear(width, width, bias=False)
        self.t = nn.Parameter(torch.tensor(3.0))
        self.cmp, self.n1 = nn.Linear(4 * width + 2, width), nn.LayerNorm(width)
        self.qkv, self.o, self.n2 = (
            nn.Linear(width, 3 * width),
            nn.Linear(width, width),
            nn.LayerNorm(width),
        )
        self.f1, self.f2, self.n3 = (
            nn.Linear(width, 2 * width),
            nn.Linear(2 * width, width),
            nn.LayerNorm(width),
        )

    def compared(self, x: Tensor, y: Tensor, there: Tensor, shared: Tensor) -> Tensor:
        """Every word of `x` beside what stands for it in `y`, whose words are `there`."""
        near = functional.normalize(self.q(x), dim=-1) @ functional.normalize(self.q(y), dim=-1).transpose(
            1, 2
        )
        near = near.masked_fill(~there[:, None, :], -1e4)
        other = (near * self.t.exp()).softmax(-1) @ y
        best = near.max(-1, keepdim=True).values
        seen = self.cmp(torch.cat([x, other, x - other, x * other, best, shared], -1))
        return self.n1(x + functional.dropout(functional.gelu(seen), self.drop, self.training))

    def mixed(self, x: Tensor, mask: Tensor) -> Tensor:
        """A transformer layer."""
        n, t, width = x.shape
        query, key, value = self.qkv(x).view(n, t, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        heard = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        heard = self.o(heard.transpose(1, 2).reshape(n, t, width))
        x = self.n2(x + functional.dropout(heard, self.drop, self.training))
        step = self.f2(functional.gelu(self.f1(x)))
        return self.n3(x + functional.dropout(step, self.drop, self.training))


class Trainable(nn.Module):
    """The network; what the product keeps of a text is rounded to 8 bits here as well."""

    def __init__(self, states: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.p12, self.p6, self.n = (
            nn.Linear(states, WIDTH),
            nn.Linear(states, WIDTH),
            nn.LayerNorm(WIDTH),
        )
        self.rounds = nn.ModuleList(Round(WIDTH, drop) for _ in range(ROUNDS))
        self.w = nn.Linear(WIDTH, 1)
        self.h, self.o = nn.Linear(9 * WIDTH + 4, 128), nn.Linear(128, len(KINDS))

    def seen(self, side: Side) -> Tensor:
        """What the product keeps of a text."""
        x = self.n(self.p12(side.last) + self.p6(side.middle)).clamp(-4, 4)
        x = x + ((x * STEPS).round() / STEPS - x).detach()
        return functional.dropout(x, self.drop, self.training)

    def pooled(self, x: Tensor, mask: Tensor) -> Tensor:
        """One row for a text."""
        here = mask[..., None]
        mean = (x * here).sum(1) / here.sum(1)
        weight = self.w(x).masked_fill(~here, -1e4).softmax(1)
        return torch.cat([mean, x.masked_fill(~here, -1e4).max(1).values, (x * weight).sum(1)], -1)

    def forward(self, a: Side, b: Side, told: Tensor) -> Tensor:
        """Scores of `KINDS` for every pair, (n, 4)."""
        x, y = self.seen(a), self.seen(b)
        for turn in self.rounds:
            x, y = turn.compared(x, y, b.mask, a.shared), turn.compared(y, x, a.mask, b.shared)
            x, y = turn.mixed(x, a.mask), turn.mixed(y, b.mask)
        r, s = self.pooled(x, a.mask), self.pooled(y, b.mask)
        both = torch.cat([r + s, (r - s).abs(), r * s, told], -1)
        both = functional.dropout(both, self.drop, self.training)
        return self.o(functional.dropout(functional.gelu(self.h(both)), self.drop, self.training))


def side(texts: Texts, mine: Sequence[str], others: Sequence[str]) -> Side:
    """One side of a batch, filled up to the longest text."""
    longest = max(len(texts.hidden[t][0]) for t in mine)
    width = len(texts.centre[0])
    states = np.zeros((2, len(mine), longest, width), np.float32)
    mask, shared = np.zeros((len(mine), longest), bool), np.zeros((len(mine), longest, 1), np.float32)
    for row, (t, u) in enumerate(zip(mine, others, strict=True)):
        pieces, *layers = texts.hidden[t]
        for k, layer in enumerate(layers):
            states[k, row, : len(pieces)] = (layer - texts.centre[k]) / texts.scale[k]
        mask[row, : len(pieces)] = True
        shared[row, : len(pieces), 0] = np.isin(pieces, texts.hidden[u][0])
    middle, last = torch.from_numpy(states)
    return Side(middle, last, torch.from_numpy(mask), torch.from_numpy(shared))


def batch(texts: Texts, made: Sequence[Example]) -> tuple[Side, Side, Tensor]:
    """What the network takes for these pairs."""
    sizes = [(len(texts.hidden[x.a][0]), len(texts.hidden[x.b][0])) for x in made]
    cosines = [float(texts.vector[x.a] @ texts.vector[x.b]) for x in made]
    told = [beside(c, pieces, x.crossed) for c, pieces, x in zip(cosines, sizes, made, strict=True)]
    a, b = [x.a for x in made], [x.b for x in made]
    return side(texts, a, b), side(texts, b, a), torch.tensor(told)


# ----------------------------------------------------------------------- the training


def epoch(
    told: Sequence[Sequence[Line]], own: Sequence[Example], texts: Texts, plain: float, choice: random.Random
) -> list[Example]:
    """One epoch's pairs: of each story all that are something to each other, and those that sound alike."""
    out: list[Example] = []
    for story in told:
        made = examples(story)
        near = [x for x in made if not x.kind]
        near.sort(key=lambda x: -float(texts.vector[x.a] @ texts.vector[x.b]) + choice.gauss(0, 0.02))
        rest = near[10:]
        picked = [x for x in made if x.kind] + near[:10] + choice.sample(rest, min(6, len(rest)))
        varied = [
            x._replace(**{k: texts.other[getattr(x, k)] for k in "ab" if choice.random() < 0.4})
            for x in picked
        ]
        stranger = choice.choice(choice.choice(told))
        one = choice.choice(story)
        varied.append(
            Example(one.text, stranger.text, (one.language == "ru") != (stranger.language == "ru"), 0)
        )
        varied += [Example(x.text, texts.other[x.text], False, 1) for x in story if choice.random() < plain]
        out += varied
    out += [x for x in own if x.kind or choice.random() < 0.5]
    choice.shuffle(out)
    return [x._replace(a=x.b, b=x.a) if choice.random() < 0.5 else x for x in out]


def batches(made: Sequence[Example], texts: Texts) -> list[list[Example]]:
    """Pairs of like length together, sixteen batches at a time."""
    out: list[list[Example]] = []
    for k in range(0, len(made), BATCH * 16):
        part = sorted(
            made[k : k + BATCH * 16], key=lambda x: len(texts.hidden[x.a][0]) + len(texts.hidden[x.b][0])
        )
        out += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    return out


def train(
    told: Sequence[Sequence[Line]], own: Sequence[Example], texts: Texts, given: argparse.Namespace
) -> Trainable:
    """The network after so many epochs (AdamW; warm-up over 6 % of the steps, then falling to nothing).

    `given.averaged`: the moving average of its weights instead (decay 0.998).
    """
    torch.manual_seed(given.seed)
    choice = random.Random(given.seed)
    net = Trainable(len(texts.centre[0]), given.drop).train()
    average = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=given.rate, weight_decay=0.02)
    done, steps, begun = 0, 0, time.process_time()
    for number in range(given.stop or given.epochs):
        made = epoch(told, own, texts, given.plain, choice)
        parts = batches(made, texts)
        choice.shuffle(parts)
        steps = steps or len(parts) * given.epochs
        total = 0.0
        for part in parts:
            for group in optimiser.param_groups:
                group["lr"] = given.rate * min(1.0, (done + 1) / (0.06 * steps)) * max(0.01, 1 - done / steps)
            wanted = torch.tensor([x.kind for x in part])
            loss = functional.cross_entropy(net(*batch(texts, part)), wanted, label_smoothing=0.03)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            done += 1
            total += loss.item() * len(part)
            with torch.no_grad():
                for kept, new in zip(average.parameters(), net.parameters(), strict=True):
                    kept.lerp_(new, 1 - min(0.998, (1 + done) / (20 + done)))
        spent = time.process_time() - begun
        print(
            f"epoch {number + 1}: loss {total / len(made):.3f}, {spent:.0f} CPU s",
            file=sys.stderr,
            flush=True,
        )
    return (average if given.averaged else net).eval()


# ------------------------------------------------------------------------- the scores


def scored(net: Trainable, made: Sequence[Example], texts: Texts) -> NDArray[np.float64]:
    """Logarithms of the probabilities of `KINDS`, (n, 4)."""
    out = np.zeros((len(made), len(KINDS)))
    with torch.no_grad():
        for k in range(0, len(made), BATCH):
            out[k : k + BATCH] = net(*batch(texts, made[k : k + BATCH])).log_softmax(1).numpy()
    return out


def average_precision(truth: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    """The mean precision at each true pair, best score first."""
    ordered = truth[np.argsort(-score, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered].mean())


def report(net: Trainable, told: Sequence[Sequence[Line]], texts: Texts) -> None:
    """Prints how well pairs of stories that the network has not seen are told apart."""
    made = [x for story in told for x in examples(story)]
    found = scored(net, made, texts)
    cosine = np.array([float(texts.vector[x.a] @ texts.vector[x.b]) for x in made])
    print(f"{len(told)} stories, {len(made)} pairs; average precision")
    for k, name in enumerate(KINDS[1:], start=1):
        truth = np.array([x.kind == k for x in made])
        line = f"  {name:7s} {truth.sum():5d} pairs  network {average_precision(truth, found[:, k]):.3f}"
        print(line + (f"  cosine {average_precision(truth, cosine):.3f}" if k == 1 else ""))


def arrays_of(net: Trainable, texts: Texts) -> dict[str, NDArray[np.float32]]:
    """The network's arrays: the states' centre and scale are worked into the first layer."""
    arrays = {name: value.numpy().astype(np.float32) for name, value in net.state_dict().items()}
    for name, centre, scale in zip(("p6", "p12"), texts.centre, texts.scale, strict=True):
        matrix = arrays[f"{name}.weight"] / scale
        arrays[f"{name}.bias"] = arrays[f"{name}.bias"] - matrix @ centre
        arrays[f"{name}.weight"] = matrix
    return arrays


def joined(members: Sequence[Path], out: Path, version: str) -> None:
    """Writes the weights file of these networks and its manifest."""
    arrays = {
        f"{k}.{name}": array
        for k, file in enumerate(members)
        for name, array in unpack(file.read_bytes())[0].items()
    }
    raw = pack(arrays, {})
    out.mkdir(parents=True, exist_ok=True)
    (out / "together.safetensors").write_bytes(raw)
    stated = {"name": "twosource-together", "version": version, "format": FORMAT, "language": "mul"}
    stated |= {"file": "together.safetensors", "sha256": hashlib.sha256(raw).hexdigest()}
    (out / "together.json").write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train, score on stories left out, and write the network; or join networks into one weights file."""
    command = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.add_argument("--epochs", type=int, default=7, help="over which the rate falls to nothing")
    command.add_argument("--stop", type=int, default=0, help="epochs after which to stop (default: all)")
    command.add_argument("--drop", type=float, default=0.2, help="dropout")
    command.add_argument(
        "--plain", type=float, default=0.15, help="share of texts paired with another form of them"
    )
    command.add_argument("--averaged", action="store_true", help="keep the moving average of the weights")
    command.add_argument("--rate", type=float, default=1e-3)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--threads", type=int, default=1)
    command.add_argument("--all", action="store_true", help="train on all stories; nothing is scored then")
    command.add_argument("--pairs", type=Path, help="pairs of your own, JSON lines")
    command.add_argument("--member", type=Path, help="write the network to this file")
    command.add_argument("--join", type=Path, nargs="+", help="networks to be joined, instead of training")
    command.add_argument("--out", type=Path, default=Path(), help="folder for the joined weights")
    command.add_argument("--version", default="0")
    given = command.parse_args()
    if given.join:
        joined(given.join, given.out, given.version)
        return
    torch.set_num_threads(given.threads)
    told = stories(STORIES)
    left = [] if given.all else [s for k, s in enumerate(told) if k % 10 == 3]
    kept = told if given.all else [s for k, s in enumerate(told) if k % 10 != 3]
    own = []
    if given.pairs:
        rows = [json.loads(line) for line in given.pairs.read_text(encoding="utf-8").splitlines()]
        own = [Example(r["a"], r["b"], bool(r.get("crossed")), KINDS.index(r["is"])) for r in rows]
    texts = Texts([x.text for s in told for x in s] + [t for x in own for t in (x.a, x.b)], given.seed)
    net = train(kept, own, texts, given)
    if left:
        report(net, left, texts)
    if given.member:
        given.member.write_bytes(pack(arrays_of(net, texts), {}))


if __name__ == "__main__":
    main()
