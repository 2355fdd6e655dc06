"""Names in a parsed text: spaCy's recogniser, its decisions taken here.

The network is spaCy's; only the walk over its scores is ours. Outside a name the scores of a word depend on nothing that was
decided before it, so those of a whole batch are one product of matrices, and only the words inside a name are
looked at one by one. spaCy asks at every word each of its actions anew whether it is allowed, and takes an interpreter
lock for the answer: two fifths of its whole parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Entity = tuple[int, int, str]
"""First token, token after the last, label."""

_LOWEST = np.float32(-np.inf)


class Recogniser:
    """The entity recogniser of a pipeline. `pipes` are the names of the components that it stands for."""

    def __init__(self, pipeline: Any) -> None:
        self.pipes: tuple[str, ...] = ()
        if "ner" not in pipeline.pipe_names:
            return
        component = pipeline.get_pipe("ner")
        model = component.model
        lower = model.get_ref("lower") if "lower" in model.ref_names else None
        upper = model.get_ref("upper") if "upper" in model.ref_names else None
        presets = {"entity_ruler", "span_ruler", "beam_ner"} & set(pipeline.pipe_names)
        if (
            lower is None
            or upper is None
            or lower.get_dim("nF") != 3
            or lower.get_dim("nP") < 2
            or model.attrs.get("unseen_classes")
            or component.cfg.get("beam_width", 1) != 1
            or presets
        ):
            return  # a recogniser of another build decides for itself
        self.pipes = ("ner",)
        self._vectors = model.get_ref("tok2vec")
        self._pieces = lower.get_dim("nP")
        weight: NDArray[np.float32] = lower.get_param("W")  # (features, hidden, pieces, width)
        self._features = np.ascontiguousarray(weight.reshape(-1, weight.shape[-1]).T)
        self._bias: NDArray[np.float32] = lower.get_param("b").reshape(-1)
        padding: NDArray[np.float32] = lower.get_param("pad").reshape(3, -1)
        self._alone = padding[1] + padding[2] + self._bias
        self._scores: NDArray[np.float32] = upper.get_param("W")
        self._score_bias: NDArray[np.float32] = upper.get_param("b")
        self._moves = [str(component.moves.get_class_name(k)) for k in range(component.moves.n_moves)]
        at = {name: k for k, name in enumerate(self._moves)}
        labels = sorted({name[2:] for name in self._moves if name[:2] == "B-"})
        self._inside = {label: (at[f"I-{label}"], at[f"L-{label}"]) for label in labels}
        kinds = np.array([name[:2] for name in self._moves])
        self._begins: NDArray[np.bool_] = kinds == "B-"
        self._named: NDArray[np.bool_] = self._begins | (kinds == "U-")  # moves that begin a name
        self._never = ~(self._named | (np.array(self._moves) == "O"))
        self._never |= np.isin(self._moves, ["B-", "U-"])

    def entities(self, docs: Sequence[Any]) -> list[list[Entity]]:
        """The names in each of the documents, whose sentences are known already, in order."""
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        features = self._vectors.predict(docs) @ self._features  # (tokens, 3 * hidden * pieces)
        width = features.shape[1] // 3
        hidden = (features[:, :width] + self._alone).reshape(len(features), -1, self._pieces).max(axis=2)
        scores = hidden @ self._scores.T + self._score_bias
        scores[:, self._never] = _LOWEST
        columns = np.concatenate([doc.to_array(["IS_SPACE", "SENT_START"]) for doc in docs]).astype(np.int64)
        space = columns[:, 0] == 1
        last = np.zeros(len(space), np.bool_)  # no name goes on behind the last word of a sentence or text
        last[:-1] = columns[1:, 1] == 1
        last[np.cumsum([len(doc) for doc in docs]) - 1] = True
        scores[np.ix_(space, self._named)] = _LOWEST
        scores[np.ix_(last, self._begins)] = _LOWEST
        best = scores.argmax(axis=1)
        out: list[list[Entity]] = []
        first = 0
        for doc in docs:
            out.append(list(self._walk(best, features, last, first, first + len(doc))))
            first += len(doc)
        return out

    def _walk(
        self,
        best: NDArray[np.int64],
        features: NDArray[np.float32],
        last: NDArray[np.bool_],
        first: int,
        end: int,
    ) -> Iterator[Entity]:
        """The names in the words [first, end), counted from `first`."""
        free = first
        for i in (np.flatnonzero(self._named[best[first:end]]) + first).tolist():
            if i < free:
                continue
            move = self._moves[best[i]]
            free = i + 1
            if move[0] == "B":
                while not last[free] and self._goes_on(features, i, free, move[2:]):
                    free += 1
                free += 1
            yield i - first, free - first, move[2:]

    def _goes_on(self, features: NDArray[np.float32], start: int, at: int, label: str) -> bool:
        """Whether the name that begins at `start` goes on behind the word `at`."""
        width = features.shape[1] // 3
        summed = features[at, :width] + features[start, width : 2 * width]
        summed += features[at - 1, 2 * width :]
        summed += self._bias
        hidden = summed.reshape(-1, self._pieces).max(axis=1)
        inside, ends = self._inside[label]
        on = float(self._scores[inside] @ hidden + self._score_bias[inside])
        off = float(self._scores[ends] @ hidden + self._score_bias[ends])
        return on > off or (on == off and inside < ends)
