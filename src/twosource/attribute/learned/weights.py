"""The shipped weights: read as plain numbers, and only when their hash is the one the manifest names.

The file (`language.tensors`) also carries the vocabulary in its header: single words, no text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...errors import ModelError
from ...language.tensors import Array, unpack, verified
from .features import VOCABULARIES, Vocabulary

Floats = NDArray[np.float32]

FORMAT = 3
"""Raised by one whenever the features or the network change, so that old weights are refused."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One model: its name with version, the SHA-256 of its file, its vocabularies and its arrays.

    `pieces` are the encoder's, in the order of their numbers; `settings` the numbers that were chosen in training.
    """

    name: str
    sha256: str
    language: str
    vocabulary: Vocabulary
    pieces: tuple[str, ...]
    settings: Mapping[str, float]
    arrays: Mapping[str, Array]


def manifest_path() -> Path:
    """Where the manifest of the shipped model stands; its weights stand beside it."""
    return Path(str(files(__package__) / "data" / "attribution-en.json"))


@cache
def shipped() -> Weights:
    """The shipped model, loaded once per process. Raises ModelError as `load` does."""
    return load(manifest_path())


def load(manifest: Path) -> Weights:
    """The model that `manifest` names, verified.

    Raises ModelError when a file is missing, is not the one the manifest names, or is of another format.
    """
    file = verified(manifest, FORMAT, without="use rules only")
    try:
        return of(file.name, file.sha256, file.language, file.raw)
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file.path}: not readable as weights ({error}); train the model anew") from None


def of(name: str, sha256: str, language: str, raw: bytes) -> Weights:
    """The bytes of a weights file as a value. Raises ValueError, KeyError or TypeError where they are none."""
    arrays, metadata = unpack(raw)
    lists = json.loads(metadata["vocabulary"])
    settings = {str(k): float(v) for k, v in json.loads(metadata["settings"]).items()}
    vocabulary = Vocabulary.from_lists({slot: lists[slot] for slot in VOCABULARIES})
    pieces = tuple(str(p) for p in json.loads(metadata["pieces"]))
    return Weights(name, sha256, language, vocabulary, pieces, settings, arrays)
