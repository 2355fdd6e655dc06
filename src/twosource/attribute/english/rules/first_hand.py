"""What the reporter saw: "this reporter counted nine buses"."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from ...lexicon import lexicon
from ...staff import is_own
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View
from .extent import clause_end

_PERCEIVING = lexicon("see saw count watch hear witness observe visit notice smell review examine view read")


def first_hand(view: View) -> Iterator[Found]:
    """As in "This reporter counted nine buses", "our correspondent saw …", "this newspaper has seen the letter"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in _PERCEIVING or token.pos != "VERB" or view.quoted(token.i):
            continue
        head = tree.subject(token.i)
        if head is None or tree.child(token.i, "neg") is not None:
            continue
        source = view.source(head, token.i)
        own = lower(tokens[head]) in {"we", "i"} or any(
            is_own(span.of(view.text), view.article.outlet) for span in source
        )
        what = tree.child(token.i, "dobj", "ccomp")
        if lower(tokens[head]) == "i" and lemma_of(token) in {"read", "examine", "review", "view"}:
            continue  # a columnist's reading is no reporting
        if lower(tokens[head]) in {"i", "we"} and token.tag in {"VBP", "VB"}:
            continue  # "I see"
        if not own or what is None or what < token.i:
            continue
        end = clause_end(view, token.i, max(tree.last[what], tree.last[token.i]))
        content = view.content(max(tree.first[what], token.i + 1), end, token.i)
        if content is not None:
            yield Found(source, view.cue(token.i), (content,), "first-hand", 0.8)
