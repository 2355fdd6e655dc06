"""Weight files of our own: arrays in the safetensors layout, and the manifest that names each by its hash.

Eight bytes that give the length of a JSON header, the header, the numbers. Nothing in it can run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError

Array = NDArray[Any]
"""float32, or int8 where the file holds 8-bit integers."""

_LARGEST_HEADER = 4_000_000
_TYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "I8": np.dtype("i1")}


class Verified(NamedTuple):
    """A weight file as its manifest names it: name with version, SHA-256, language, path and bytes."""

    name: str
    sha256: str
    language: str
    path: Path
    raw: bytes


def verified(manifest: Path, form: int, *, without: str) -> Verified:
    """The file that `manifest` names beside it, when its hash is the one named there.

    form: the format that the caller reads. without: what the user may do without it, for the message.

    Raises ModelError when a file is missing, is not the one the manifest names, or is of another format.
    """
    try:
        stated = json.loads(manifest.read_text(encoding="utf-8"))
        name, version, file = str(stated["name"]), str(stated["version"]), str(stated["file"])
        sha256, found_form, language = str(stated["sha256"]), int(stated["format"]), str(stated["language"])
    except FileNotFoundError:
        raise ModelError(f"{manifest}: no model here; reinstall twosource, or {without}") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{manifest}: not a model manifest ({error}); reinstall twosource") from None
    if found_form != form:
        raise ModelError(
            f"{manifest}: format {found_form}, but this version reads {form}; train the model anew"
        )
    path = manifest.parent / Path(file).name
    try:
        raw = path.read_bytes()
    except OSError:
        raise ModelError(f"{path}: the weights are missing; reinstall twosource, or {without}") from None
    found = hashlib.sha256(raw).hexdigest()
    if found != sha256:
        raise ModelError(
            f"{path}: its SHA-256 is {found[:12]}…, the manifest names {sha256[:12]}…; reinstall twosource"
        )
    return Verified(f"{name} {version}", found, language, path, raw)


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


def parts(arrays: Mapping[str, Array]) -> dict[str, dict[str, Array]]:
    """The arrays by the first word of their names, without it: several networks in one file."""
    out: dict[str, dict[str, Array]] = {}
    for name, array in arrays.items():
        part, _, rest = name.partition(".")
        out.setdefault(part, {})[rest] = array
    return out
