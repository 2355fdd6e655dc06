"""Part of speech, features and lemma of a word, looked up once for every (word, tag, relation).

spaCy's attribute ruler and its rule lemmatizer decide nearly everything from one token's form, tag and relation, and
spend a quarter of the parse on deciding it anew for every token. So their answer is remembered. The few patterns that
look at more than one token are still matched; a text in which one of them matches is given to both components whole.
The lemmatizer's lists of known forms, which it searches from end to end for every new word, become sets.
"""

from __future__ import annotations

from typing import Any

_OF_ONE_TOKEN = frozenset({"TAG", "LOWER", "ORTH", "TEXT", "DEP", "IS_SPACE", "NORM"})
_REMEMBERED = 200_000

Reading = tuple[str, str, str]
"""Part of speech, features, lemma."""


class Remembered:
    """The ruler and the lemmatizer of a pipeline. `pipes` are their names."""

    def __init__(self, pipeline: Any) -> None:
        from spacy.matcher import Matcher

        self.pipes = tuple(name for name in ("attribute_ruler", "lemmatizer") if name in pipeline.pipe_names)
        self._vocab = pipeline.vocab
        self._components = [pipeline.get_pipe(name) for name in self.pipes]
        for component in self._components:
            _search_sets(component)
        self._known: dict[tuple[int, int, int], Reading] = {}
        self._wider = Matcher(pipeline.vocab)
        rules = pipeline.get_pipe("attribute_ruler").patterns if "attribute_ruler" in self.pipes else ()
        for k, rule in enumerate(rules):
            wider = [p for p in rule["patterns"] if len(p) > 1 or not p[0].keys() <= _OF_ONE_TOKEN]
            if wider:
                self._wider.add(str(k), wider)

    def readings(self, doc: Any, keys: list[tuple[int, int, int]]) -> list[Reading]:
        """The readings of a parsed text's tokens; `keys` are their (ORTH, TAG, DEP) as spaCy numbers them."""
        if len(self._wider) and self._wider(doc, allow_missing=True):
            for component in self._components:
                doc = component(doc)
            return [(t.pos_, str(t.morph), t.lemma_) for t in doc]
        known = self._known
        out = []
        for key in keys:
            reading = known.get(key)
            if reading is None:
                reading = self._read(*key)
                if len(known) < _REMEMBERED:
                    known[key] = reading
            out.append(reading)
        return out

    def _read(self, orth: int, tag: int, dep: int) -> Reading:
        """What the components say of a text of this one word."""
        from spacy.tokens import Doc

        strings = self._vocab.strings
        doc = Doc(self._vocab, words=[strings[orth]], tags=[strings[tag]], deps=[strings[dep]], heads=[0])
        for component in self._components:
            doc = component(doc)
        return doc[0].pos_, str(doc[0].morph), doc[0].lemma_


def _search_sets(component: Any) -> None:
    lookups = getattr(component, "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for key, forms in list(table.items()):
            table[key] = frozenset(forms)
