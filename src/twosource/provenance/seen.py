"""What is told of a video or a photograph: one record behind every article of the claim that speaks of one."""

from __future__ import annotations

from twosource.model import EdgeKind, NodeKind, Source, SourceKind
from twosource.provenance import constants as p
from twosource.provenance.draft import REUSE, Draft

_RECORDS = {
    "video": frozenset({"video", "videos", "footage", "clip", "clips", "tape", "videotape"}),
    "photograph": frozenset({"photo", "photos", "photograph", "photographs", "picture", "pictures", "image", "images"}),
    "recording": frozenset({"recording", "recordings", "audio"}),
}  # fmt: skip
_OPEN = frozenset({SourceKind.UNNAMED, SourceKind.DOCUMENT})
_LONG = 12
"""Words of a phrase in which the record is looked for: "footage of a bullet that hit a man in the head"."""


def record_of(draft: Draft, source: Source) -> str | None:
    """The node of the video or photograph that a source is, or None: "the video", "footage from the raid"."""
    if source.kind not in _OPEN:
        return None
    return _node(draft, " ".join((source.name or source.description).split()[:_LONG]))


def seen(draft: Draft) -> None:
    """The claim in the article's own voice, in a sentence that speaks of a video: it is told from what is seen there.

    Nothing is added to an article that says whom it has the claim from; moot where it copies another one.
    """
    for name, statements in draft.by_article.items():
        child = draft.article(name)
        if any(draft.edges[parent, child].kind not in REUSE for parent in draft.into.get(child, ())):
            continue
        for statement in statements:
            node = _node(draft, statement.text) if statement.attribution is None else None
            if node is not None:
                reason = f"{draft.label(child)} tells it of {draft.label(node)}"
                draft.edge(node, child, EdgeKind.QUOTES, p.SEEN, reason, unless=draft.copies(child))
                break


def _node(draft: Draft, text: str) -> str | None:
    words = {w.strip(".,:;()[]“”\"'’").casefold() for w in text.split()}
    for record, forms in _RECORDS.items():
        if words & forms:
            return draft.node(f"record:{record}", NodeKind.DOCUMENT, f"a {record}")
    return None
