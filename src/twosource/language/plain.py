"""The degraded mode: words and sentences without a model, so that marks and word rules still work."""

from __future__ import annotations

import re

from ..model import Article
from .analysis import Analysis, Token, units

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_END = frozenset(".!?…。！？")
_CLOSERS = frozenset("\"'”’»)]")


class PlainParser:
    """Splits words and sentences by their characters alone."""

    name = "none"

    def parse(self, article: Article) -> Analysis:
        """See `Parser.parse`."""
        tokens: list[Token] = []
        sentences: list[tuple[int, int]] = []
        stretches: list[tuple[int, int]] = []
        for span in units(article):
            first = begin = len(tokens)
            for found in _WORD.finditer(article.text, span.start, span.end):
                word = found.group()
                i = len(tokens)
                after_end = i > begin and (
                    tokens[-1].text in _END
                    or (tokens[-1].text in _CLOSERS and i > begin + 1 and tokens[-2].text in _END)
                )
                if after_end and word not in _CLOSERS and word not in _END:
                    sentences.append((begin, i))
                    begin = i
                tokens.append(Token(i, found.start(), found.end(), word, word.casefold(), "", "", "", i))
            if len(tokens) > begin:
                sentences.append((begin, len(tokens)))
            stretches.append((first, len(tokens)))
        return Analysis(
            article.id, article.language, self.name, tuple(tokens), tuple(sentences), tuple(stretches)
        )
