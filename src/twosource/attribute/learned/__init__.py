"""The learned finder: cues of every kind (speech, belief, intention, decree, noun), with source and content.

It reads the parse only, so that any news text will do, and it finds the outermost layer: what lies inside
a content is the rules' affair. Without its weights `available` is False and the rules stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from ...errors import ModelError
from ...language import tensors
from ...language.analysis import Analysis
from ...language.encoder import runnable
from ...model import Article, Span
from ..found import Found
from . import contents, cues, judge, sources, weights
from .cues import Candidate
from .encoder import Encoder
from .features import Grid, Ints, Vocabulary, blocks, grid, pairs
from .network import Network, Roles
from .pieces import Splitter, pieces
from .weights import Floats

RULE = "learned"
"""What `Found.rule` says of everything found here."""

_LIKELY = 0.2  # a word this likely to be a cue's head is looked at with its arguments
_BLOCK = 6_000  # words that the network sees at once, so that memory stays bounded
_CUES = 256  # and cues whose surroundings are judged at once


class Model:
    """The networks of one set of weights, whose opinions are averaged, and what turns them into spans.

    Those that read what the encoder makes of the words do the work; where there is no runtime for it (`encoder`
    False), those that do without. Each sort has a judge of its own.
    """

    def __init__(self, loaded: weights.Weights, *, encoder: bool = True) -> None:
        self.name = loaded.name
        self.sha256 = loaded.sha256
        self.language = loaded.language
        self._vocabulary: Vocabulary = loaded.vocabulary
        self._splitter = Splitter(loaded.pieces)
        self._threshold = loaded.settings["threshold"]
        parts = tensors.parts(loaded.arrays)
        self._encoder = Encoder(parts["encoder"]) if encoder and "encoder" in parts else None
        reads = self._encoder is not None
        self._networks = [
            n for n in (Network(parts[k]) for k in sorted(parts) if k.isdecimal()) if n.reads == reads
        ]
        fitted = parts["judge" if reads else "judge_alone"]
        self._judge, self._bias = fitted["weight"], fitted["bias"]

    def find(self, analysis: Analysis) -> tuple[Found, ...]:
        """The outermost attributions that the parse shows, in the order of their cues."""
        if not analysis.tokens:
            return ()
        out: list[Found] = []
        for candidate in self.candidates(analysis):
            if candidate.score >= self._threshold:
                found = located(candidate, analysis)
                if found is not None:
                    out.append(found)
        return tuple(out)

    def candidates(self, analysis: Analysis) -> list[Candidate]:
        """Every word that may be a cue's head, with its surroundings judged, in text order."""
        if not analysis.tokens:
            return []
        out: list[Candidate] = []
        for offset, words in blocks(grid(analysis, self._vocabulary), _BLOCK):
            read = None
            if self._encoder is not None:
                read = self._encoder.words(pieces(analysis, self._splitter, offset, offset + words.size))
            hidden = [network.encode(words, read) for network in self._networks]
            logits = np.mean([n.cues(h) for n, h in zip(self._networks, hidden, strict=True)], axis=0)
            heads = np.flatnonzero(judge.probability(logits) > _LIKELY).astype(np.int32)
            for at in range(0, len(heads), _CUES):
                out += self._judged(words, hidden, logits, heads[at : at + _CUES], offset)
        return out

    def _judged(
        self, words: Grid, hidden: list[Floats], logits: Floats, heads: Ints, offset: int
    ) -> Iterator[Candidate]:
        """The cues at `heads`, with what the words around them are to them."""
        around = pairs(words, heads, self._vocabulary.size("dep"))
        each = [n.roles(h, around, logits[heads]) for n, h in zip(self._networks, hidden, strict=True)]
        roles = Roles(
            np.mean([r.probability for r in each], axis=0),
            np.mean([r.source for r in each], axis=0),
            np.mean([r.unnamed for r in each], axis=0),
            np.mean([r.real for r in each], axis=0),
        )
        rows = judge.evidence(around, roles, heads, judge.probability(logits[heads]))
        score = judge.probability(rows @ self._judge + self._bias)
        bounds = np.searchsorted(around.group, np.arange(len(heads) + 1))
        for k, head in enumerate(heads.tolist()):
            mine = slice(bounds[k], bounds[k + 1])
            yield Candidate(
                head + offset,
                float(score[k]),
                around.word[mine] + np.int32(offset),
                roles.probability[mine],
                roles.source[mine],
                float(roles.unnamed[k]),
                rows[k],
            )


def located(candidate: Candidate, analysis: Analysis) -> Found | None:
    """The candidate as spans, or None where it reports nothing."""
    cue = cues.extent(candidate)
    source = sources.extent(candidate)
    content = contents.stretches(candidate, (cue,) if source is None else (cue, source))
    if not content:
        return None

    def span(stretch: tuple[int, int]) -> Span:
        words = candidate.words
        return analysis.span(int(words[stretch[0]]), int(words[stretch[1] - 1]) + 1)

    return Found(
        (span(source),) if source else (),
        (span(cue),),
        tuple(span(stretch) for stretch in content),
        RULE,
        round(candidate.score, 4),
    )


@cache
def _model() -> Model:
    return Model(weights.shipped(), encoder=runnable())


def available() -> bool:
    """Whether the shipped weights are there and whole."""
    try:
        weights.shipped()
    except ModelError:
        return False
    return True


def identity() -> tuple[str, str]:
    """Name with version, and SHA-256, of the shipped model. Raises ModelError as `find` does."""
    loaded = weights.shipped()
    return loaded.name, loaded.sha256


def find(article: Article, analysis: Analysis) -> tuple[Found, ...]:
    """The outermost attributions of an article, each with its probability; none in other languages.

    Raises ModelError when the weights are missing or are not the ones that the manifest names.
    """
    model = _model()
    if analysis.language != model.language or analysis.parser == "none":
        return ()
    return model.find(analysis)


__all__ = ["RULE", "Candidate", "Model", "available", "find", "identity", "located"]
