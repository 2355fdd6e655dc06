"""Train the learned attribution finder on data in PolNeAR's format, and say how well it does.

    python benchmarks/train_attribution.py train.jsonl --encoder FOLDER --out src/twosource/attribute/learned/data

One JSON object a line: ``{"id", "text", "attributions": [{"source": [[s, e], …], "cue": …, "content": …}],
"discard": [[s, e], …]}``, offsets in code points of the text. FOLDER holds ``model.safetensors`` and
``vocab.txt`` of all-MiniLM-L6-v2 (Apache-2.0). One network reads the encoder; another does without, for machines
that cannot run it. One part of the articles is left out of training; what each network makes of it fits its judge
(`learned.judge`), chooses the threshold and gives the figures that are printed. Needs PyTorch, which the product itself does not. `attribution_training` has the parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from attribution_training.data import Example, read, vocabulary_lists
from attribution_training.encoder import FROZEN, Base, Layer, Published
from attribution_training.judging import Held, figures, fitted, judged
from attribution_training.learning import train
from attribution_training.networks import Text, Trainable
from twosource.attribute.learned import Model, features, weights
from twosource.attribute.learned.features import Vocabulary
from twosource.attribute.learned.judge import EVIDENCE
from twosource.attribute.learned.pieces import Splitter, pieces
from twosource.language import tensors

JUDGES = {"judge": True, "judge_alone": False}
"""By its name in the file, whether a judge's network reads the encoder."""


def texts(examples: Sequence[Example], vocabulary: Vocabulary, splitter: Splitter, base: Base) -> list[Text]:
    """The examples as the networks take them."""
    out = []
    for example in examples:
        cut = pieces(example.analysis, splitter)
        grid = features.grid(example.analysis, vocabulary)
        out.append(Text(grid, cut, base.states(cut), example.gold))
    return out


def packed(
    nets: Sequence[Trainable],
    base: Base,
    kept: Sequence[str],
    lists: dict[str, list[str]],
    judges: Mapping[str, tuple[NDArray[Any], float]],
    threshold: float,
) -> bytes:
    """Networks, encoder and judges as the bytes of one weights file."""
    arrays: dict[str, NDArray[Any]] = {f"encoder.{name}": array for name, array in base.arrays().items()}
    for number, net in enumerate(nets):
        arrays |= {f"{number}.{name}": array for name, array in net.arrays().items()}
        for k, layer in enumerate(net.layers, len(base.layers)):
            assert isinstance(layer, Layer)
            arrays |= {f"encoder.l{k}.{name}": array for name, array in layer.arrays().items()}
    for name, (weight, bias) in judges.items():
        arrays |= {f"{name}.weight": weight.astype(np.float32), f"{name}.bias": np.array([bias], np.float32)}
    metadata = {
        "vocabulary": json.dumps(lists, ensure_ascii=False, separators=(",", ":")),
        "pieces": json.dumps(list(kept), ensure_ascii=False, separators=(",", ":")),
        "settings": json.dumps({"threshold": threshold}),
    }
    return tensors.pack(arrays, metadata)


def model_of(raw: bytes, *, encoder: bool = True) -> Model:
    """The product's own model on the bytes of a weights file, with its encoder or without."""
    return Model(weights.of("in training", hashlib.sha256(raw).hexdigest(), "en", raw), encoder=encoder)


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure on what the model never saw, and write the weights with their manifest."""
    command = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    command.add_argument("data", type=Path, help="annotated articles, JSONL in PolNeAR's format")
    command.add_argument("--encoder", type=Path, required=True, help="folder of the published encoder")
    command.add_argument("--out", type=Path, help="folder for the weights; none are written without it")
    command.add_argument("--folds", type=int, default=5, help="one of so many parts is left out")
    command.add_argument("--fold", type=int, default=0, help="which part")
    command.add_argument("--epochs", type=int, default=5)
    command.add_argument("--frozen", type=int, default=FROZEN, help="encoder layers that stay as they came")
    command.add_argument("--seed", type=int, default=5)
    command.add_argument("--version", default="0", help="the version that the manifest names")
    chosen = command.parse_args(arguments)
    torch.set_num_threads(1)  # sums in one order: the same seed gives the same bytes
    examples = [e for e in read(chosen.data) if e.analysis.tokens]
    random.Random(chosen.seed).shuffle(examples)
    lists = vocabulary_lists(examples)
    vocabulary = Vocabulary.from_lists(lists)
    published = Published.read(chosen.encoder)
    kept = published.some(examples)
    base = Base(published, kept, chosen.frozen)
    rest = [e for i, e in enumerate(examples) if i % chosen.folds != chosen.fold]
    layers = [Layer.of(published, k) for k in range(chosen.frozen, published.layers)]
    taken = texts(rest, vocabulary, Splitter(kept), base)
    say = partial(print, flush=True)
    nets = [
        train(taken, some, vocabulary, epochs=chosen.epochs, seed=chosen.seed, say=say)
        for some in (layers, [])
    ]
    blank = (np.zeros(len(EVIDENCE)), 0.0)
    unjudged = packed(nets, base, kept, lists, dict.fromkeys(JUDGES, blank), 0.5)
    left = examples[chosen.fold :: chosen.folds]
    judges, chosen_at = {}, {}
    for name, reads in JUDGES.items():
        held = judged(model_of(unjudged, encoder=reads), left)
        print("with the encoder" if reads else "without it")
        chosen_at[name] = _threshold(held)
        judges[name] = fitted(held)
    if chosen.out is not None:
        raw = packed(nets, base, kept, lists, judges, chosen_at["judge"])
        write(raw, chosen.out, chosen.version)


def _threshold(held: Sequence[Held]) -> float:
    """Where F is highest, the judge of each half measured on the other."""
    one, other = fitted(held[::2]), fitted(held[1::2])
    best, threshold = 0.0, 0.5
    for candidate in np.arange(0.3, 0.61, 0.05):
        halves = [figures(held[1::2], *one, candidate), figures(held[::2], *other, candidate)]
        p, r, f = np.mean(halves, axis=0)
        print(f"threshold {candidate:.2f}: P {100 * p:.1f}  R {100 * r:.1f}  F {100 * f:.1f}")
        best, threshold = max((best, threshold), (float(f), round(float(candidate), 2)))
    return threshold


if __name__ == "__main__":
    main()
