"""A BERT encoder (e5, MiniLM) as an ONNX graph with 8-bit matrices, built in memory from its weights.

Every token's activations are quantised with a scale of their own. The usual dynamic quantisation takes one
scale for the whole batch, so that a text's vector would depend on the texts that happen to stand beside it;
here it does not, and outliers in one token cost the others no precision. Weights keep 7 bits (±63): on x86
processors without VNNI the sum of two 8-bit products overflows 16 bits, with 7 bits it cannot, so every
machine computes the same integers.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .e5 import Floats
from .tensors import Array

UNFUSED = ("SkipLayerNormFusion", "BiasGeluFusion")
"""Optimisers of onnxruntime's that a graph for one text runs faster without, and so must be read without."""

BUILD = 1  # raise it whenever the graph's numbers change: it is part of the embedder's name

HEAD = 32
"""The width of one attention head in the encoders here."""

GREATEST = 63
"""The largest whole number that a weight becomes: a file that keeps to it loses nothing when it is built."""

_GELU_LEAST = 0.17  # GELU never falls below -0.17 (its minimum is -0.16997)
_GELU_ZERO = 32  # the byte that stands for 0 after GELU: 32 steps below, 223 above


def runnable() -> bool:
    """Whether what builds and runs a graph is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("onnx", "onnxruntime"))


def session(graph: bytes, *, alone: bool = False) -> Any:
    """What runs a graph of `build`, on one thread: texts or batches of them run side by side, with the same bits."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    off = list(UNFUSED) if alone else None
    return onnxruntime.InferenceSession(
        graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=off
    )


def normalised(x: Floats, gain: Floats, bias: Floats, epsilon: float) -> Floats:
    """`x` (…, width) with mean 0 and variance 1 over its last axis, scaled and moved: a layer norm, in place."""
    x -= x.mean(axis=-1, keepdims=True)
    x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(epsilon))
    x *= gain
    x += bias
    return x


class Weights(Protocol):
    """The numbers of a BERT encoder: `e5.Weights`, or those of another model under the same names.

    Names are l0.q.w, l0.q.b and so on for each layer: q, k, v, ao (attention's output), aln (its norm), fi, fo
    (feed forward, in and out), oln (its norm).
    """

    @property
    def width(self) -> int: ...  # noqa: D102
    @property
    def layers(self) -> int: ...  # noqa: D102
    @property
    def heads(self) -> int: ...  # noqa: D102
    @property
    def inner(self) -> int: ...  # noqa: D102
    @property
    def epsilon(self) -> float: ...  # noqa: D102

    def floats(self, name: str) -> Floats:
        """A vector."""
        ...

    def matrix(self, name: str, columns: int) -> Floats:
        """A matrix of so many columns, a row for each output."""
        ...


class Stored:
    """An encoder out of a weight file (`tensors`): matrices as rows of 8-bit integers with a scale each.

    Arrays are named l0.qkv.weight, l0.qkv.scale, l0.qkv.bias and so on: query, key and value are thirds of one.
    """

    def __init__(self, arrays: Mapping[str, Array], epsilon: float) -> None:
        self._arrays = arrays
        self.epsilon = epsilon
        self.width = len(arrays["l0.aln.weight"])
        self.heads = self.width // HEAD
        self.layers = sum(name.endswith(".qkv.weight") for name in arrays)
        self.inner = len(arrays["l0.fi.weight"])

    def floats(self, name: str) -> Floats:
        """See `Weights.floats`."""
        layer, part, kind = name.split(".")
        out: Floats = self._of(layer, part, "weight" if kind == "w" else "bias").astype(np.float32)
        return out

    def matrix(self, name: str, columns: int) -> Floats:
        """See `Weights.matrix`."""
        layer, part, _ = name.split(".")
        whole = self._of(layer, part, "weight").astype(np.float32)
        matrix: Floats = whole * self._of(layer, part, "scale")[:, None]
        return matrix.reshape(-1, columns)

    def _of(self, layer: str, part: str, kind: str) -> Array:
        if part not in "qkv":
            return self._arrays[f"{layer}.{part}.{kind}"]
        at = "qkv".index(part) * self.width
        return self._arrays[f"{layer}.qkv.{kind}"][at : at + self.width]


class _Graph:
    """Collects nodes and constants under fresh names.

    `exact`: products in floats, for comparison; `alone`: one text at a time, without a mask.
    """

    def __init__(self, exact: bool, alone: bool) -> None:
        self.exact = exact
        self.alone = alone
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any] | np.generic) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value).reshape(value.shape), name))
        return name

    def several(
        self, kind: str, inputs: Sequence[str], outputs: int, domain: str = "", **how: Any
    ) -> list[str]:
        """A node with several outputs: their names."""
        from onnx import helper

        names = [f"{kind}.{len(self.nodes)}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **how))
        return names

    def add(self, kind: str, inputs: Sequence[str], *, fused: bool = False, **how: Any) -> str:
        """A node with one output: its name. `fused`: one of onnxruntime's own."""
        return self.several(kind, inputs, 1, "com.microsoft" if fused else "", **how)[0]


_Quantise = Callable[[_Graph, str], tuple[str, str, str]]


def build(weights: Weights, *, exact: bool = False, alone: bool = False, middle: int | None = None) -> bytes:
    """The encoder as a serialised ONNX model; `exact`: in 32-bit floats, to compare with.

    Inputs: `x` (n, t, width), the texts' embedded tokens, and `mask` (n, t), 1 where there is a token; where the
    graph is for texts `alone`, never padded, no mask: it then takes a quarter less time, if read without `UNFUSED`.
    Output: `y` (n, t, width), the last layer's hidden states; and `m`, those after `middle` layers, where that is given.
    """
    from onnx import TensorProto, helper

    graph = _Graph(exact, alone)
    graph.constant("last axis", np.array([-1], np.int64))
    graph.constant("one", np.float32(1))
    graph.constant("thirds", np.array([weights.width] * 3, np.int64))
    graph.constant("signed zero", np.uint8(128))
    graph.constant("signed step", np.float32(1 / 127))
    graph.constant("signed least", np.float32(1e-8))
    graph.constant("gelu zero", np.uint8(_GELU_ZERO))
    graph.constant("gelu step", np.float32(1 / (255 - _GELU_ZERO)))
    graph.constant("gelu least", np.float32(_GELU_LEAST / _GELU_ZERO))
    x = "x"
    names = ["y"]
    for number in range(weights.layers):
        x = _layer(graph, weights, f"l{number}.", x)
        if number + 1 == middle:
            graph.nodes.append(helper.make_node("Identity", [x], ["m"]))
            names.append("m")
    graph.nodes.append(helper.make_node("Identity", [x], ["y"]))
    shape: list[str | int | None] = ["n", "t", weights.width]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    if not alone:
        inputs.append(helper.make_tensor_value_info("mask", TensorProto.INT32, ["n", "t"]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "e5",
            inputs,
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in names],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,
    )
    return bytes(model.SerializeToString())


def _layer(graph: _Graph, weights: Weights, at: str, x: str) -> str:
    """One encoder layer: attention, add and normalise, feed forward, add and normalise."""
    width, inner = weights.width, weights.inner
    heads = _product(graph, weights, x, _signed, [f"{at}{part}.w" for part in "qkv"], width)
    query, key, value = graph.several("Split", [heads, "thirds"], 3, axis=-1)
    bias = np.concatenate([weights.floats(f"{at}{part}.b") for part in "qkv"])
    attended = graph.add(
        "MultiHeadAttention",
        [query, key, value, graph.constant(f"{at}qkv.b", bias), *([] if graph.alone else ["mask"])],
        fused=True,
        num_heads=weights.heads,
    )
    attended = _product(graph, weights, attended, _signed, [f"{at}ao.w"], width)
    x = _add_and_normalise(graph, weights, x, attended, f"{at}aln", f"{at}ao.b")
    hidden = _product(graph, weights, x, _signed, [f"{at}fi.w"], width)
    bias_name = graph.constant(f"{at}fi.b", weights.floats(f"{at}fi.b"))
    if graph.alone:
        hidden = graph.add("Gelu", [graph.add("Add", [hidden, bias_name])], fused=True)
    else:
        hidden = graph.add("BiasGelu", [hidden, bias_name], fused=True)
    hidden = _product(graph, weights, hidden, _gelu, [f"{at}fo.w"], inner)
    return _add_and_normalise(graph, weights, x, hidden, f"{at}oln", f"{at}fo.b")


def _add_and_normalise(graph: _Graph, weights: Weights, x: str, y: str, norm: str, bias: str) -> str:
    """LayerNorm(x + y + bias)."""
    constants = [graph.constant(name, weights.floats(name)) for name in (f"{norm}.w", f"{norm}.b", bias)]
    if graph.alone:  # the fused node adds up one number after the other; these take several at once
        both = graph.add("Add", [graph.add("Add", [x, y]), constants[2]])
        return graph.add("LayerNormalization", [both, *constants[:2]], axis=-1, epsilon=weights.epsilon)
    return graph.add("SkipLayerNormalization", [x, y, *constants], fused=True, epsilon=weights.epsilon)


def _signed(graph: _Graph, x: str) -> tuple[str, str, str]:
    """Activations around 0 as bytes around 128: bytes, each token's scale, the byte for 0."""
    top = graph.add("ReduceMax", [x, "last axis"], keepdims=1)
    bottom = graph.add("Neg", [graph.add("ReduceMin", [x, "last axis"], keepdims=1)])
    scale = graph.add("Mul", [graph.add("Max", [top, bottom]), "signed step"])
    return _bytes(graph, x, graph.add("Max", [scale, "signed least"]), "signed zero")


def _gelu(graph: _Graph, x: str) -> tuple[str, str, str]:
    """Activations after GELU, nearly all positive, as bytes: most of the range goes to the positive side."""
    top = graph.add("ReduceMax", [x, "last axis"], keepdims=1)
    scale = graph.add("Max", [graph.add("Mul", [top, "gelu step"]), "gelu least"])
    return _bytes(graph, x, scale, "gelu zero")


def _bytes(graph: _Graph, x: str, scale: str, zero: str) -> tuple[str, str, str]:
    scaled = graph.add("Mul", [x, graph.add("Reciprocal", [scale])])
    return graph.add("QuantizeLinear", [scaled, "one", zero]), scale, zero


def _product(
    graph: _Graph, weights: Weights, x: str, quantise: _Quantise, names: Sequence[str], columns: int
) -> str:
    """The product x · Wᵀ for the matrices stacked, in integers; each row of W has a scale of its own."""
    matrix: Floats = np.concatenate([weights.matrix(name, columns) for name in names])
    if graph.exact:
        return graph.add("MatMul", [x, graph.constant(names[0], matrix.T)])
    scale = np.maximum(np.abs(matrix).max(axis=1), np.float32(1e-12)) / np.float32(GREATEST)
    whole = np.rint(matrix / scale[:, None]).astype(np.int8)
    weight = graph.constant(names[0], whole.T)
    steps = graph.constant(f"{names[0]} steps", scale.astype(np.float32))
    quantised, token_scale, zero = quantise(graph, x)
    product = graph.add("MatMulIntegerToFloat", [quantised, weight, "one", steps, zero], fused=True)
    return graph.add("Mul", [product, token_scale])
