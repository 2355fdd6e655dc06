"""What is told of a video or a photograph: one record behind every article of the claim that speaks of one."""

from __future__ import annotations

import re

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
            shown = statement.attribution is None and _shows(statement.text)
            node = _node(draft, statement.text) if shown else None
            if node is not None:
                reason = f"{draft.label(child)} tells it of {draft.label(node)}"
                draft.edge(node, child, EdgeKind.QUOTES, p.SEEN, reason, unless=draft.copies(child))
                break


def shown_by(draft: Draft) -> None:
    """Who an article says put the video up, or took it, stands behind it: "uploaded to the site by Ann Ray"."""
    people = [n for n in draft.nodes.values() if n.kind is NodeKind.PERSON and " " in n.label]
    for record, forms in _RECORDS.items():
        node = f"record:{record}"
        if node not in draft.nodes:
            continue
        noun = "|".join(sorted(forms))
        for person in people:
            name = re.escape(person.label)
            said = re.compile(
                rf"\b(?:{noun})\b[^.\n]{{0,80}}\b(?:{_PUT_UP})\b[^.\n]{{0,40}}\bby\b[^.\n]{{0,40}}\b{name}\b"
                rf"|\b{name}\b[^.\n]{{0,30}}\b(?:{_PUT_UP})\b[^.\n]{{0,60}}\b(?:{noun})\b",
                re.IGNORECASE,
            )
            found = next(
                (a for a in draft.by_article if said.search(draft.pile.articles[a].text, 0, _LOOKED_AT)), None
            )
            if found is not None:
                reason = f"{draft.pile.label(found)} says that {draft.label(node)} is {person.label}'s"
                draft.edge(person.id, node, EdgeKind.TELLS, p.TOLD_BY, reason)


_LOOKED_AT = 50_000
"""Characters of an article in which it is looked for."""
_MOMENT = re.compile(r"\b(?:this|here)(?: is|’s|'s) the (?:[\w-]+ ){0,3}moment\b", re.IGNORECASE)
"""How a text under a video begins: "This is the dramatic moment a boat ..."."""
_PUT_UP = "uploaded|posted|shared|published|tweeted|filmed|recorded|took|taken|shot"


def _shows(text: str) -> bool:
    """Whether a sentence tells what is to be seen or heard, and does not only speak of a picture: "smaller than on the picture"."""
    text = _IDENTITY.sub(" ", text)
    words = {w.strip(".,:;()[]“”\"'’").casefold() for w in text.split()}
    if words & _RECORDS["video"] or _MOMENT.search(text) or _RECORDING.search(text):
        return True
    return bool(words & _RECORDS["photograph"]) and _SHOWN.search(text) is not None


_IDENTITY = re.compile(r"\b(?:photo|picture)[ -](?:ID|identification|card)\b")
"""What one shows at a counter is no picture of what happened."""
_RECORDING = re.compile(
    r"\b(?:audio|recordings|(?:an?|the|this|secret|leaked|voice|sound|tape|phone) recording)\b", re.IGNORECASE
)
_SHOWN = re.compile(
    r"\b(?:show\w*|see|seen|reveal\w*|post\w*|shar(?:ed|ing|es)|upload\w*|tweet\w*|surfac\w*|emerg\w*|circulat\w*|viral|captur\w*"
    r"|publish\w*|releas\w*|took|taken|snapped|appear\w*|instagram|facebook|reddit|twitter)\b",
    re.IGNORECASE,
)


def _node(draft: Draft, text: str) -> str | None:
    words = {w.strip(".,:;()[]“”\"'’").casefold() for w in text.split()}
    for record, forms in _RECORDS.items():
        if words & forms or (record == "video" and _MOMENT.search(text)):
            return draft.node(f"record:{record}", NodeKind.DOCUMENT, f"a {record}")
    return None
