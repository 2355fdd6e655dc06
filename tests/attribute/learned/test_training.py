"""Training on a toy set of our own writing: the same seed gives the same bytes, and NumPy agrees with PyTorch."""

from __future__ import annotations

import importlib.util
import json
import string
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from twosource.attribute.learned import features
from twosource.attribute.learned.encoder import Encoder
from twosource.attribute.learned.network import Network

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


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("train_attribution", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "toy.jsonl"
    path.write_text("\n".join(json.dumps(record(t, f"t{i}")) for i, t in enumerate(TOY)), encoding="utf-8")
    return path


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A BERT of two layers and width 32 that knows letters only, with random numbers in it."""
    folder = tmp_path / "encoder"
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *string.ascii_lowercase]
    vocabulary += ["##" + c for c in string.ascii_lowercase]
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    width, inner = 32, 64
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(vocabulary), width),
        "embeddings.position_embeddings.weight": (300, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for k in range(2):
        at = f"encoder.layer.{k}."
        for part in ("query", "key", "value"):
            shapes |= {f"{at}attention.self.{part}.weight": (width, width)}
            shapes |= {f"{at}attention.self.{part}.bias": (width,)}
        for part, rows, columns in (
            ("attention.output.dense", width, width),
            ("intermediate.dense", inner, width),
            ("output.dense", width, inner),
        ):
            shapes |= {f"{at}{part}.weight": (rows, columns), f"{at}{part}.bias": (rows,)}
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{at}{part}.weight": (width,), f"{at}{part}.bias": (width,)}
    draw = np.random.default_rng(1)
    header, body = {}, b""
    for name, shape in shapes.items():
        array = draw.normal(1.0 if name.endswith("Norm.weight") else 0.0, 0.2, shape).astype(np.float32)
        header[name] = {
            "dtype": "F32",
            "shape": shape,
            "data_offsets": [len(body), len(body) + array.nbytes],
        }
        body += array.tobytes()
    head = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + body)
    return folder


def test_marks_become_words(script: ModuleType, data: Path) -> None:
    first = script.read(data)[0]
    ((head, gold),) = first.gold.items()
    words = [t.text for t in first.analysis.tokens]
    assert words[head] == "said"
    assert [words[i] for i in gold.source] == ["Mayor", "Ilse", "Brandau"]
    assert words[gold.head] == "Brandau"
    assert [words[i] for i in gold.content] == ["the", "bridge", "was", "unsafe"]


def test_the_same_seed_gives_the_same_bytes(
    script: ModuleType, data: Path, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["attribution_training.data"], "LEAST", dict.fromkeys(LEAST, 1))
    for name in ("one", "two"):
        options = [
            "--encoder",
            str(published),
            "--frozen",
            "1",
            "--epochs",
            "2",
            "--folds",
            "2",
        ]
        script.main([str(data), "--out", str(tmp_path / name), *options])
    one, two = ((tmp_path / n / "attribution-en.safetensors").read_bytes() for n in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("frozen", [0, 1])
def test_the_product_computes_what_training_computed(
    script: ModuleType, data: Path, published: Path, monkeypatch: pytest.MonkeyPatch, frozen: int
) -> None:
    monkeypatch.setattr(sys.modules["attribution_training.data"], "LEAST", dict.fromkeys(LEAST, 1))
    examples = script.read(data)
    lists = script.vocabulary_lists(examples)
    vocabulary = script.Vocabulary.from_lists(lists)
    model = script.Published.read(published)
    kept = model.some(examples)
    base = script.Base(model, kept, frozen)
    texts = script.texts(examples, vocabulary, script.Splitter(kept), base)
    layers = [script.Layer.of(model, k) for k in range(frozen, 2)]
    net = script.train(texts, layers, vocabulary, epochs=1, seed=3)
    grids = [text.grid for text in texts[:2]]
    _, batch = batches().batch_of_grids(grids)
    with torch.no_grad():
        read = net.reading(texts[:2])
        theirs = net.encode(batch, read)
        logits = net.cue(theirs)[:, 0]

    trained = {
        f"l{k}.{name}": a for k, one in enumerate(net.layers, frozen) for name, a in one.arrays().items()
    }
    encoder = Encoder(base.arrays() | trained)
    mine = np.concatenate([encoder.words(text.pieces) for text in texts[:2]])
    assert np.abs(mine - read.numpy()).mean() < 0.05  # eight bits against thirty-two

    ours = Network(net.arrays())
    hidden = [
        ours.encode(g, part) for g, part in zip(grids, np.split(read.numpy(), [grids[0].size]), strict=True)
    ]
    assert np.allclose(np.concatenate(hidden), theirs.numpy(), atol=1e-4)
    assert np.allclose(np.concatenate([ours.cues(h) for h in hidden]), logits.numpy(), atol=1e-4)

    cues = np.array([1, 3], np.int32)
    pairs = features.pairs(grids[0], cues, vocabulary.size("dep"))
    with torch.no_grad():
        role, source, unnamed, real = net.pairs(
            theirs, batches().batch_of_pairs([pairs], np.array([0]), [2]), logits[torch.tensor([1, 3])]
        )
    got = ours.roles(hidden[0], pairs, logits[[1, 3]].numpy())
    assert np.allclose(got.probability, role.softmax(1).numpy(), atol=1e-4)
    assert np.allclose(got.source, source.numpy(), atol=1e-4)
    assert np.allclose(got.unnamed, unnamed.numpy(), atol=1e-4)
    assert np.allclose(got.real, real.numpy(), atol=1e-4)


def batches() -> ModuleType:
    """The module that puts articles together."""
    return sys.modules["attribution_training.networks"]


LEAST = ("lemma", "suffix", "tag", "dep", "entity")
