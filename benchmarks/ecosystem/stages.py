"""From a made pile's files to findings, by the product's own pipeline; kept in a folder, for parsing takes long."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from files import write
from world import Made

import twosource
from twosource import claims, pipeline, registry
from twosource.language.embed import embedder
from twosource.model import Findings
from twosource.registry import Registry
from twosource.settings import Settings

_BEFORE = ("read", "attribute", "reuse", "claims", "language", "registry")

_GROUPING = ("grouping", "compare", "nearly", "candidates", "facing", "together", "detail", "judged", "pile",
             "profile", "weights", "worth", "verbs", "data")  # fmt: skip
"""Of the claims room, what works on statements that are found already."""


def findings_of(
    made: Made, keep: Path | None, stale: bool = False, background: Sequence[str] = ()
) -> tuple[Findings, Registry]:
    """Trace one pile from its files, or take what was kept for it; with the registry that it was traced with.

    What is kept is used only for the very same text and the same code up to claims; where only the code that groups
    statements is another, they are grouped anew. `stale` accepts what older code found. Its counts may be
    stale: run `provenance.trace` on it.
    """
    with tempfile.TemporaryDirectory() as name:
        articles, rows = write(made, Path(name), background)
        outlets = registry.default().with_user_file(rows) if rows else registry.default()
        content = hashlib.sha256()
        for path in sorted([*articles.iterdir(), *([rows] if rows else [])]):
            content.update(path.name.encode() + path.read_bytes())
        kept = keep / f"{made.truth.id}-{content.hexdigest()[:16]}.pickle" if keep else None
        if kept and kept.exists():
            code, grouping, found = pickle.loads(kept.read_bytes())
            if stale or (code, grouping) == (code_before(), code_of_grouping()):
                return found, outlets
            found = regrouped(found) if code == code_before() else None
        else:
            found = None
        found = found or pipeline.trace([str(articles)], run=pipeline.Run(workers=1), outlets=outlets)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps((code_before(), code_of_grouping(), found)))
    return found, outlets


def regrouped(found: Findings) -> Findings:
    """The same statements in claims as the code of now makes them; without provenance."""
    model, reader = embedder(), claims.reader()
    texts = sorted({s.compared for s in found.statements}, key=lambda t: (len(t), t))
    words: claims.Words | None = None
    if reader:
        vectors, seen = model.look(texts, reader.see)
        of = dict(zip(texts, seen, strict=True))
        words = claims.Words(reader, [of[s.compared] for s in found.statements])
    else:
        vectors = model.embed(texts)
    at = {text: i for i, text in enumerate(texts)}
    rows = vectors[[at[s.compared] for s in found.statements]]
    groups = claims.group(found.statements, rows, Settings(), found.matches, words=words)
    return replace(found, claims=groups, provenance=())


@cache
def code_before() -> str:
    """SHA-256 of the code that finds articles, attributions, statements and matches."""
    return _digest((path, inside) for path, inside in _files() if not _groups(inside))


@cache
def code_of_grouping() -> str:
    """SHA-256 of the code, and the networks, that put statements into claims."""
    return _digest((path, inside) for path, inside in _files() if _groups(inside))


def _files() -> Iterator[tuple[Path, tuple[str, ...]]]:
    root = Path(twosource.__file__).parent
    for room in _BEFORE:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path, path.relative_to(root).parts


def _groups(inside: tuple[str, ...]) -> bool:
    return inside[0] == "claims" and inside[1].split(".")[0] in _GROUPING


def _digest(files: Iterable[tuple[Path, tuple[str, ...]]]) -> str:
    total = hashlib.sha256()
    for path, inside in files:
        total.update("/".join(inside).encode() + path.read_bytes())
    return total.hexdigest()
