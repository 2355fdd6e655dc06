"""Weights are plain numbers, and only the ones that the manifest names are used."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from twosource.attribute.learned import weights
from twosource.attribute.learned.features import VOCABULARIES
from twosource.errors import ModelError
from twosource.language.tensors import pack, unpack

ARRAYS: dict[str, NDArray[Any]] = {
    "b": np.arange(6, dtype=np.float32).reshape(2, 3),
    "a": np.array([0.5, -0.25], np.float32),
    "c": np.array([[-63, 0, 63]], np.int8),
}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    metadata = {
        "vocabulary": json.dumps({slot: ["said"] for slot in VOCABULARIES}),
        "pieces": json.dumps(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "say", "##s"]),
        "settings": json.dumps({"threshold": 0.5}),
    }
    raw = pack(ARRAYS, metadata)
    (tmp_path / "toy.safetensors").write_bytes(raw)
    stated = {"name": "toy", "version": "1", "format": weights.FORMAT, "language": "en"}
    stated |= {"file": "toy.safetensors", "sha256": hashlib.sha256(raw).hexdigest()}
    path = tmp_path / "toy.json"
    path.write_text(json.dumps(stated), encoding="utf-8")
    return path


def test_whole_weights_are_read(manifest: Path) -> None:
    loaded = weights.load(manifest)
    assert loaded.name == "toy 1"
    assert loaded.settings["threshold"] == 0.5
    assert loaded.arrays["b"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert loaded.arrays["c"].dtype == np.int8
    assert loaded.arrays["c"].tolist() == [[-63, 0, 63]]
    assert loaded.vocabulary.of["lemma"] == {"said": 2}
    assert loaded.pieces[4:] == ("say", "##s")


def test_one_changed_byte_is_refused(manifest: Path) -> None:
    path = manifest.with_name("toy.safetensors")
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(ModelError, match="SHA-256"):
        weights.load(manifest)


def test_missing_weights_are_named(manifest: Path) -> None:
    manifest.with_name("toy.safetensors").unlink()
    with pytest.raises(ModelError, match=r"toy\.safetensors.*missing"):
        weights.load(manifest)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.json.*rules only"):
        weights.load(tmp_path / "none.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"name": "toy"}'])
def test_a_broken_manifest_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="manifest"):
        weights.load(path)


def test_weights_of_another_format_are_refused(manifest: Path) -> None:
    stated = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(stated | {"format": 999}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 999"):
        weights.load(manifest)


def test_a_manifest_cannot_lead_out_of_its_folder(manifest: Path) -> None:
    stated = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(stated | {"file": "../../toy.safetensors"}), encoding="utf-8")
    assert weights.load(manifest).name == "toy 1"  # only the file's name counts


def test_packing_gives_the_same_bytes_whatever_the_order() -> None:
    backwards = dict(reversed(ARRAYS.items()))
    assert pack(ARRAYS, {"x": "1", "a": "2"}) == pack(backwards, {"a": "2", "x": "1"})


@given(st.binary(max_size=200))
def test_bytes_that_are_no_weights_give_a_plain_error(raw: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        _, metadata = unpack(raw)
        metadata["vocabulary"]


def test_the_shipped_vocabulary_holds_single_words_only() -> None:
    try:
        loaded = weights.shipped()
    except ModelError:
        pytest.skip("the shipped weights are not installed")
    for slot in VOCABULARIES:
        for word in loaded.vocabulary.of[slot]:
            assert len(word.split()) <= 1
            assert len(word) < 40
    for piece in loaded.pieces:
        assert len(piece.split()) == 1
        assert len(piece) < 40
