"""The loss and the training of one model."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as tf
from numpy.typing import NDArray
from torch import Tensor, nn

from twosource.attribute.learned import features
from twosource.attribute.learned.features import Pairs, Vocabulary
from twosource.attribute.learned.network import CONTENT, CUE, SOURCE

from .data import Gold
from .encoder import Layer
from .networks import Text, Trainable, batch_of_grids, batch_of_pairs


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


def loss_of(net: Trainable, part: Sequence[Text], dep: int, *, negatives: bool) -> Tensor:
    """The loss over several articles: finding cues, giving roles, naming the source, judging the whole."""
    read = net.reading(part) if net.reads else None
    offsets, grid = batch_of_grids([text.grid for text in part])
    h = net.encode(grid, read)
    logits = net.cue(h)[:, 0]
    wanted, weight = torch.zeros(len(h)), torch.ones(len(h))
    likely = logits.detach().sigmoid().numpy() > 0.1
    all_pairs: list[Pairs] = []
    counts: list[int] = []
    where: list[int] = []
    goals: list[tuple[NDArray[Any], ...]] = []
    for k, text in enumerate(part):
        gold = text.gold
        for cue, attribution in gold.items():
            wanted[offsets[k] + cue] = 1
            weight[offsets[k] + cue] = 0.0 if attribution.discarded else 1.0
        wrong = np.flatnonzero(likely[offsets[k] : offsets[k + 1]]).tolist() if negatives else []
        cues = sorted({*gold, *wrong})
        pairs = features.pairs(text.grid, np.array(cues, np.int32), dep)
        all_pairs.append(pairs)
        counts.append(len(cues))
        where += [int(offsets[k]) + c for c in cues]
        goals.append(targets(pairs, cues, gold))
    loss = (tf.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * weight).sum()
    if read is not None:
        anywhere = torch.from_numpy(np.concatenate([roles_anywhere(text) for text in part]))
        loss = loss + 0.03 * tf.binary_cross_entropy_with_logits(net.any(read), anywhere, reduction="sum")
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


def roles_anywhere(text: Text) -> NDArray[np.float32]:
    """For every word whether it stands in some source, some cue, some content."""
    out = np.zeros((text.grid.size, 3), np.float32)
    for gold in text.gold.values():
        for column, members in enumerate((gold.source, gold.cue, gold.content)):
            out[list(members), column] = 1
    return out


def train(
    texts: Sequence[Text],
    layers: Sequence[Layer],
    vocabulary: Vocabulary,
    *,
    epochs: int,
    seed: int,
    batch: int = 2,
    rate: float = 2e-3,
    rate_encoder: float = 2e-4,
    memory: float = 0.997,
    say: Callable[[str], None] = lambda _: None,
    after: Callable[[Trainable], None] = lambda _: None,
) -> Trainable:
    """Encoder layers and networks, trained together from a seed: the same data and seed give the same numbers.

    What comes back is a moving average over the steps, in which each step keeps `memory` of the one before (Polyak
    and Juditsky 1992): it errs less on articles that it has not seen than the last step does. `say` hears how it
    goes, `after` gets the average at the end of each epoch.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    net = Trainable(vocabulary, layers)
    mine = list(net.layers.parameters())
    rest = [p for name, p in net.named_parameters() if not name.startswith("layers.")]
    groups = [
        {"params": mine, "peak": rate_encoder, "weight_decay": 0.01},
        {"params": rest, "peak": rate, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW([g for g in groups if g["params"]], betas=(0.9, 0.99))
    mean = copy.deepcopy(net).eval().requires_grad_(False)
    items = list(texts)
    steps, step, began = epochs * -(-len(items) // batch), 0, time.process_time()
    for epoch in range(epochs):
        net.train()
        order.shuffle(items)
        total = 0.0
        for at in range(0, len(items), batch):
            fall = max(0.02, 0.5 * (1 + float(np.cos(np.pi * step / steps))))
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * min(1.0, (step + 1) / 100) * fall
            step += 1
            negatives = step > 0.08 * steps
            loss = loss_of(net, items[at : at + batch], vocabulary.size("dep"), negatives=negatives)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            if mine:
                nn.utils.clip_grad_norm_(mine, 1.0)
            nn.utils.clip_grad_norm_(rest, 5.0)
            optimiser.step()
            keep = min(memory, step / (step + 9))  # the first steps are forgotten fast
            with torch.no_grad():
                for average, now in zip(mean.parameters(), net.parameters(), strict=True):
                    average.lerp_(now, 1 - keep)
            total += loss.item()
            if step % 20 == 0:
                say(f"step {step}/{steps}: loss {loss.item():.2f}, {time.process_time() - began:.0f} CPU s")
        seconds = time.process_time() - began
        say(f"epoch {epoch + 1}/{epochs}: loss {total * batch / len(items):.3f}, {seconds:.0f} CPU s")
        after(mean)
    return mean
