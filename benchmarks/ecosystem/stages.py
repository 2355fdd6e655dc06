"""From a made pile's files to findings, by the product's own pipeline; kept in a folder, for parsing takes long."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from files import write
from world import Made

import twosource
from twosource import pipeline, registry
from twosource.model import Findings
from twosource.registry import Registry

_BEFORE = ("read", "attribute", "reuse", "claims", "language", "registry")


def findings_of(
    made: Made, keep: Path | None, stale: bool = False, background: Sequence[str] = ()
) -> tuple[Findings, Registry]:
    """Trace one pile from its files, or take what was kept for it; with the registry that it was traced with.

    What is kept is used only for the very same text and the same code up to claims, except that `stale` accepts what
    older code found. Its counts may be stale: run `provenance.trace` on it.
    """
    with tempfile.TemporaryDirectory() as name:
        articles, rows = write(made, Path(name), background)
        outlets = registry.default().with_user_file(rows) if rows else registry.default()
        content = hashlib.sha256()
        for path in sorted([*articles.iterdir(), *([rows] if rows else [])]):
            content.update(path.name.encode() + path.read_bytes())
        kept = keep / f"{made.truth.id}-{content.hexdigest()[:16]}.pickle" if keep else None
        if kept and kept.exists():
            code, found = pickle.loads(kept.read_bytes())
            if stale or code == code_before():
                return found, outlets
        found = pipeline.trace([str(articles)], run=pipeline.Run(workers=1), outlets=outlets)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps((code_before(), found)))
    return found, outlets


@cache
def code_before() -> str:
    """SHA-256 of the code that comes before provenance."""
    total = hashlib.sha256()
    root = Path(twosource.__file__).parent
    for room in _BEFORE:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return total.hexdigest()
