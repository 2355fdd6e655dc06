"""Russian: natasha's models behind the Parser seam (the optional extra ``ru``).

Words and sentences are razdel's, morphology, syntax and names slovnet's, over navec's embeddings; natasha is the
package that carries their weights. Lemmas are pymorphy3's, because natasha's own dictionary needs a module that
setuptools no longer ships. All of it is NumPy on one core (several threads on matrices this small only wait for each other: nine times the CPU
time on a busy machine), reads only installed files and draws nothing at random.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ..errors import ModelError
from ..model import Article, Span
from . import models
from .analysis import Analysis, Name, Token, units

# One character for one character, so that offsets hold: the models know «…», straight marks and the long dash.
_PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟″〝〞「」『』", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("–―‒−", "—"),
        **dict.fromkeys("\xa0\u202f\u2009\u200a\t", " "),
    }
)
_WITHOUT_YO = str.maketrans("ёЁ", "еЕ")  # the models learned from news, which does without ё
_SILENT = frozenset(
    "\u0301\u0300\xad\u200b\u2060\ufeff"
)  # stress marks and soft hyphens: no letters of the word
_LONGEST = 20_000  # code points given to the sentence splitter at once
_WIDEST = 120  # tokens given to the models at once: their cost grows with the square of the sentence
_LETTERS = 64  # a longer "word" is no word and is not looked up

_PACKAGES = ("natasha", "slovnet", "navec", "razdel", "pymorphy3", "threadpoolctl")
_WEIGHTS = {
    "navec": "emb/navec_news_v1_1B_250K_300d_100q.tar",
    "morph": "model/slovnet_morph_news_v1.tar",
    "syntax": "model/slovnet_syntax_news_v1.tar",
    "ner": "model/slovnet_ner_news_v1.tar",
}
_LABELS = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}

# pymorphy3's parts of speech (OpenCorpora) for each Universal one, likeliest first.
_GRAMMEMES = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN", "ADJF"),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN"),
    "ADJ": ("ADJF", "ADJS", "COMP", "PRTF"),
    "DET": ("ADJF", "NPRO"),
    "PRON": ("NPRO", "ADJF", "NOUN"),
    "ADV": ("ADVB", "COMP", "PRED"),
    "NUM": ("NUMR", "ADJF"),
    "ADP": ("PREP",),
    "SCONJ": ("CONJ",),
    "CCONJ": ("CONJ",),
    "PART": ("PRCL",),
    "INTJ": ("INTJ",),
}
_FEATURES = {
    "Case=Nom": "nomn", "Case=Gen": "gent", "Case=Dat": "datv", "Case=Acc": "accs",
    "Case=Ins": "ablt", "Case=Loc": "loct",
    "Number=Sing": "sing", "Number=Plur": "plur",
    "Gender=Masc": "masc", "Gender=Fem": "femn", "Gender=Neut": "neut",
}  # fmt: skip


def available() -> bool:
    """Whether the Russian models are installed (the optional extra ``ru``)."""
    return all(importlib.util.find_spec(name) is not None for name in _PACKAGES)


def model() -> models.ModelInfo | None:
    """The installed weights, checked against the manifest; None where there are none.

    Raises ModelError when a file is not the manifest's.
    """
    return models.find("russian")


@cache
def load() -> RussianParser:
    """The installed Russian parser, loaded once per process."""
    import pymorphy3
    import razdel
    from navec import Navec
    from slovnet import NER, Morph, Syntax
    from threadpoolctl import ThreadpoolController

    found = model()
    if found is None or found.path is None:
        raise ModelError("Russian models are not installed: add the extra, twosource[ru]")
    files = {name: found.path / place for name, place in _WEIGHTS.items()}
    embedding = Navec.load(files["navec"])
    return RussianParser(
        morph=Morph.load(files["morph"]).navec(embedding),
        syntax=Syntax.load(files["syntax"]).navec(embedding),
        names=NER.load(files["ner"]).navec(embedding),
        dictionary=pymorphy3.MorphAnalyzer(lang="ru"),
        splitter=razdel,
        threads=ThreadpoolController(),
        name=f"natasha {found.version}",
    )


class RussianParser:
    """Splits, tags and parses paragraph by paragraph; every sentence of an article in one pass of each model."""

    def __init__(
        self, *, morph: Any, syntax: Any, names: Any, dictionary: Any, splitter: Any, threads: Any, name: str
    ) -> None:
        self.name = name
        self._morph = morph
        self._syntax = syntax
        self._names = names
        self._dictionary = dictionary
        self._splitter = splitter
        self._threads = threads
        self._lemmas: dict[tuple[str, str, str], str] = {}

    def parse(self, article: Article) -> Analysis:
        """See `Parser.parse`."""
        tokens: list[Token] = []
        sentences: list[tuple[int, int]] = []
        stretches: list[tuple[int, int]] = []
        for paragraph in units(article):
            first = len(tokens)
            for sentence in self._sentences(article.text, paragraph):
                base = len(tokens)
                tokens.extend(replace(token, i=base + token.i, head=base + token.head) for token in sentence)
                sentences.append((base, len(tokens)))
            if len(tokens) > first:
                stretches.append((first, len(tokens)))
        with self._threads.limit(limits=1, user_api="blas"):
            self._tag(tokens, sentences)
            self._attach(tokens, sentences)
            names = self._find_names(article.text, tokens, sentences)
        return Analysis(
            article.id, article.language, self.name, tuple(tokens), tuple(sentences), tuple(stretches), names
        )

    def lemma(self, word: str, pos: str = "", morph: str = "") -> str:
        """The dictionary form of a word, in lower case: of its readings the one that agrees best with the tags."""
        key = (word.lower(), pos, morph)
        known = self._lemmas.get(key)
        if known is None:
            known = self._look_up(*key)
            if len(self._lemmas) < 200_000:
                self._lemmas[key] = known
        return known

    def inflect(self, word: str, grammemes: frozenset[str], pos: str = "", morph: str = "") -> str | None:
        """The word in another form (OpenCorpora grammemes, such as ``nomn``), in lower case; None if it has none."""
        reading = self._reading(word.lower(), pos, morph)
        form = reading.inflect(set(grammemes)) if reading is not None else None
        return None if form is None else str(form.word)

    def _sentences(self, text: str, paragraph: Span) -> Iterator[list[Token]]:
        """The paragraph's sentences as bare tokens, numbered from 0; overlong ones in pieces."""
        for start in range(paragraph.start, paragraph.end, _LONGEST):
            end = min(start + _LONGEST, paragraph.end)
            heard, at = _heard(text, start, end)
            for sentence in self._splitter.sentenize(heard):
                words = [
                    (at[sentence.start + word.start], at[sentence.start + word.stop - 1] + 1)
                    for word in self._splitter.tokenize(sentence.text)
                ]
                for cut in range(0, len(words), _WIDEST):
                    piece = words[cut : cut + _WIDEST]
                    yield [Token(i, a, b, text[a:b], "", "", "", "", i) for i, (a, b) in enumerate(piece)]

    def _words(self, tokens: Sequence[Token], sentences: Sequence[tuple[int, int]]) -> list[list[str]]:
        return [
            [_spoken(tokens[i].text).translate(_WITHOUT_YO) for i in range(*sentence)]
            for sentence in sentences
        ]

    def _tag(self, tokens: list[Token], sentences: Sequence[tuple[int, int]]) -> None:
        """Parts of speech, features and lemmas, in place."""
        for (first, _), markup in zip(
            sentences, self._morph.map(self._words(tokens, sentences)), strict=True
        ):
            for k, word in enumerate(markup.tokens):
                feats = "|".join(f"{key}={value}" for key, value in sorted(word.feats.items()))
                token = tokens[first + k]
                lemma = self.lemma(_spoken(token.text), word.pos, feats)
                tokens[first + k] = replace(token, pos=word.pos, tag=word.pos, morph=feats, lemma=lemma)

    def _attach(self, tokens: list[Token], sentences: Sequence[tuple[int, int]]) -> None:
        """Heads and relations, in place; the model may draw circles, which are cut."""
        for (first, last), markup in zip(
            sentences, self._syntax.map(self._words(tokens, sentences)), strict=True
        ):
            size = last - first
            heads = [k if int(w.head_id) == 0 else int(w.head_id) - 1 for k, w in enumerate(markup.tokens)]
            heads = [head if 0 <= head < size else k for k, head in enumerate(heads)]
            _cut_circles(heads)
            for k, word in enumerate(markup.tokens):
                dep = "root" if heads[k] == k else word.rel
                tokens[first + k] = replace(tokens[first + k], head=first + heads[k], dep=dep)

    def _find_names(
        self, text: str, tokens: list[Token], sentences: Sequence[tuple[int, int]]
    ) -> tuple[Name, ...]:
        """Named entities, sentence by sentence; marks them on the tokens, in place."""
        joined = [" ".join(words) for words in self._words(tokens, sentences)]
        found: list[Name] = []
        for (first, last), markup in zip(sentences, self._names.map(joined), strict=True):
            edges: list[tuple[int, int]] = []  # where each token stands in the joined sentence
            place = 0
            for i in range(first, last):
                width = len(_spoken(tokens[i].text))
                edges.append((place, place + width))
                place += width + 1
            for span in markup.spans:
                inside = [first + k for k, (a, b) in enumerate(edges) if a < span.stop and span.start < b]
                if not inside:
                    continue
                label = _LABELS.get(span.type, span.type)
                begin, end = inside[0], inside[-1] + 1
                for i in range(begin, end):
                    tokens[i] = replace(tokens[i], entity=label)
                extent = Span(tokens[begin].start, tokens[end - 1].end)
                found.append(Name(extent, label, extent.of(text), begin, end))
        return tuple(found)

    def _reading(self, word: str, pos: str, morph: str) -> Any:
        """pymorphy3's reading of a word that agrees best with the tagger, None for what is no word."""
        if len(word) > _LETTERS or not any(letter.isalpha() for letter in word):
            return None
        wanted = _GRAMMEMES.get(pos, ())
        features = [_FEATURES[feature] for feature in morph.split("|") if feature in _FEATURES]

        def agreement(reading: Any) -> tuple[int, int, float]:
            part = reading.tag.POS
            rank = len(wanted) - wanted.index(part) if part in wanted else 0
            shared = sum(grammeme in reading.tag for grammeme in features)
            if pos == "PROPN" and any(
                mark in reading.tag for mark in ("Name", "Surn", "Patr", "Geox", "Orgn")
            ):
                shared += 2
            return rank, shared, reading.score

        readings = self._dictionary.parse(word)
        return max(readings, key=agreement) if readings else None

    def _look_up(self, word: str, pos: str, morph: str) -> str:
        reading = self._reading(word, pos, morph)
        return word if reading is None else str(reading.normal_form)


def _heard(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """What the models hear of a stretch (plain marks, no stress marks), and where each character stands."""
    at = [i for i in range(start, end) if text[i] not in _SILENT]
    return "".join(text[i] for i in at).translate(_PLAIN_MARKS), at


def _spoken(word: str) -> str:
    plain = word.translate(_PLAIN_MARKS)
    return plain if _SILENT.isdisjoint(plain) else "".join(c for c in plain if c not in _SILENT)


def _cut_circles(heads: list[int]) -> None:
    """Make a forest of the heads, in place: where a walk upwards comes round again, its first token hangs on the root.

    A root's head is its own; a sentence without one gets its first token.
    """
    root = next((k for k, head in enumerate(heads) if head == k), None)
    if root is None:
        root = 0
        heads[0] = 0
    state = [0] * len(heads)  # 0 not seen, 1 on the walk, 2 known to end at a root
    for k in range(len(heads)):
        walk: list[int] = []
        at = k
        while state[at] == 0:
            state[at] = 1
            walk.append(at)
            at = heads[at]
        if state[at] == 1 and heads[at] != at:
            heads[at] = root
        for seen in walk:
            state[seen] = 2
