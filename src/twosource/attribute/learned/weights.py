"""The shipped weights: read as plain numbers, and only when their hash is the one the manifest names.

The file is in the safetensors layout: eight bytes that give the length of a JSON header, the header, the
numbers. Nothing in it can run. The header also carries the vocabulary: single words, no text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import ModelError
from .features import VOCABULARIES, Vocabulary

Floats = NDArray[np.float32]
Array = NDArray[Any]
"""float32, or int8 where the file holds 8-bit integers."""

FORMAT = 3
"""Raised by one whenever the features or the network change, so that old weights are refused."""

_LARGEST_HEADER = 4_000_000
_TYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "I8": np.dtype("i1")}


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
    try:
        stated = json.loads(manifest.read_text(encoding="utf-8"))
        name, version, file = str(stated["name"]), str(stated["version"]), str(stated["file"])
        sha256, form, language = str(stated["sha256"]), int(stated["format"]), str(stated["language"])
    except FileNotFoundError:
        raise ModelError(
            f"{manifest}: no attribution model here; reinstall twosource, or use rules only"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{manifest}: not a model manifest ({error}); reinstall twosource") from None
    if form != FORMAT:
        raise ModelError(f"{manifest}: format {form}, but this version reads {FORMAT}; train the model anew")
    path = manifest.parent / Path(file).name
    try:
        raw = path.read_bytes()
    except OSError:
        raise ModelError(f"{path}: the weights are missing; reinstall twosource, or use rules only") from None
    found = hashlib.sha256(raw).hexdigest()
    if found != sha256:
        raise ModelError(
            f"{path}: its SHA-256 is {found[:12]}…, the manifest names {sha256[:12]}…; reinstall twosource"
        )
    try:
        return of(f"{name} {version}", found, language, raw)
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not readable as weights ({error}); train the model anew") from None


def of(name: str, sha256: str, language: str, raw: bytes) -> Weights:
    """The bytes of a weights file as a value. Raises ValueError, KeyError or TypeError where they are none."""
    arrays, metadata = unpack(raw)
    lists = json.loads(metadata["vocabulary"])
    settings = {str(k): float(v) for k, v in json.loads(metadata["settings"]).items()}
    vocabulary = Vocabulary.from_lists({slot: lists[slot] for slot in VOCABULARIES})
    pieces = tuple(str(p) for p in json.loads(metadata["pieces"]))
    return Weights(name, sha256, language, vocabulary, pieces, settings, arrays)


def pack(arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    """The arrays in the safetensors layout, in the order of their names: same input, same bytes.

    8-bit integers stay what they are; everything else is kept as float16.
    """
    header: dict[str, Any] = {"__metadata__": dict(sorted(metadata.items()))}
    body = bytearray()
    for name in sorted(arrays):
        kind = "I8" if arrays[name].dtype == np.int8 else "F16"
        part = np.ascontiguousarray(arrays[name], dtype=_TYPES[kind]).tobytes()
        header[name] = {
            "dtype": kind,
            "shape": list(arrays[name].shape),
            "data_offsets": [len(body), len(body) + len(part)],
        }
        body += part
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + bytes(body)


def unpack(raw: bytes) -> tuple[dict[str, Array], dict[str, str]]:
    """What `pack` packed: the arrays as float32 or int8, and the metadata. Raises ValueError on anything else."""
    length = int.from_bytes(raw[:8], "little")
    if not 2 <= length <= min(_LARGEST_HEADER, len(raw) - 8):
        raise ValueError("no safetensors header")
    header = json.loads(raw[8 : 8 + length])
    body = memoryview(raw)[8 + length :]
    metadata = {str(k): str(v) for k, v in header.pop("__metadata__", {}).items()}
    arrays: dict[str, Array] = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        if not 0 <= first <= last <= len(body):
            raise ValueError(f"{name} lies outside the file")
        flat: NDArray[Any] = np.frombuffer(body[first:last], dtype=_TYPES[entry["dtype"]])
        arrays[name] = flat.reshape(entry["shape"])
        if arrays[name].dtype != np.int8:
            arrays[name] = arrays[name].astype(np.float32)
    return arrays, metadata
