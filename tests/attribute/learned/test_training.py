"""Training on a toy set of our own writing: the same seed gives the same bytes, and NumPy agrees with PyTorch."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which the product does not")

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "train_attribution.py"
TOY = (
    "[Mayor Ilse Brandau] <said> {the bridge was unsafe}. The river rose.",
    "{“The water is clean,”} <said> [Ottar Quill].",
    "[The harbour board] <hopes> {to reopen in May}. Rain fell all day.",
    "The quay stood empty. [Residents] <fear> {a second flood}.",
)


def record(marked: str, name: str) -> dict[str, object]:
    """``[source] <cue> {content}`` as a line of the data."""
    spans: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": []}
    roles = {"[": "source", "<": "cue", "{": "content"}
    text = ""
    for c in marked:
        if c in roles:
            spans[roles[c]].append([len(text)])
        elif c in "]>}":
            spans[{"]": "source", ">": "cue", "}": "content"}[c]][-1].append(len(text))
        else:
            text += c
    return {"id": name, "text": text, "attributions": [spans], "discard": []}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_attribution", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "toy.jsonl"
    path.write_text("\n".join(json.dumps(record(t, f"t{i}")) for i, t in enumerate(TOY)), encoding="utf-8")
    return path


def test_marks_become_words(script: ModuleType, data: Path) -> None:
    first = script.read(data)[0]
    ((head, gold),) = first.gold.items()
    words = [t.text for t in first.analysis.tokens]
    assert words[head] == "said"
    assert [words[i] for i in gold.source] == ["Mayor", "Ilse", "Brandau"]
    assert words[gold.head] == "Brandau"
    assert [words[i] for i in gold.content] == ["the", "bridge", "was", "unsafe"]


def test_the_same_seed_gives_the_same_bytes(
    script: ModuleType, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "LEAST", dict.fromkeys(script.LEAST, 1))
    for name in ("one", "two"):
        script.main(
            [str(data), "--out", str(tmp_path / name), "--epochs", "2", "--networks", "1", "--folds", "2"]
        )
    one, two = ((tmp_path / n / "attribution-en.safetensors").read_bytes() for n in ("one", "two"))
    assert one == two


def test_the_product_computes_what_training_computed(script: ModuleType, data: Path) -> None:
    examples = script.read(data)
    lists = script.vocabulary_lists(examples)
    net = script.train(examples, lists, epochs=1, seed=3)
    vocabulary = script.Vocabulary.from_lists(lists)
    grids = [script.features.grid(e.analysis, vocabulary) for e in examples[:2]]
    _, batch = script.batch_of_grids(grids)
    from twosource.attribute.learned.network import Network

    ours = Network(net.arrays())
    with torch.no_grad():
        theirs = net.encode(batch)
        logits = net.cue(theirs)[:, 0]
    hidden = [ours.encode(g) for g in grids]
    assert np.allclose(np.concatenate(hidden), theirs.numpy(), atol=1e-4)
    assert np.allclose(np.concatenate([ours.cues(h) for h in hidden]), logits.numpy(), atol=1e-4)

    cues = np.array([1, 3], np.int32)
    pairs = script.features.pairs(grids[0], cues, vocabulary.size("dep"))
    with torch.no_grad():
        role, source, unnamed, real = net.pairs(
            theirs, script.batch_of_pairs([pairs], np.array([0]), [2]), logits[torch.tensor([1, 3])]
        )
    got = ours.roles(hidden[0], pairs, logits[[1, 3]].numpy())
    assert np.allclose(got.probability, role.softmax(1).numpy(), atol=1e-4)
    assert np.allclose(got.source, source.numpy(), atol=1e-4)
    assert np.allclose(got.unnamed, unnamed.numpy(), atol=1e-4)
    assert np.allclose(got.real, real.numpy(), atol=1e-4)
