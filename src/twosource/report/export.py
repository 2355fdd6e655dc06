"""Findings as JSON: the data contract that other programs rely on (findings.schema.json documents it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ..model import (
    Article,
    Attribution,
    Certainty,
    Edge,
    Findings,
    Judged,
    Node,
    Passage,
    PassageMatch,
    Published,
    Source,
    Span,
    Statement,
    Support,
)
from .order import ClaimView, two_source_rule, views
from .words import together

FORMAT = "twosource-findings/1"


def findings_json(findings: Findings) -> bytes:
    """The whole result, claims widest first; ends in a line feed."""
    by_id = {a.id: a for a in findings.articles}
    attributions = {a.id: a for a in findings.attributions}
    data = {
        "format": FORMAT,
        "tool": {
            "name": findings.tool.name,
            "version": findings.tool.version,
            "settings": findings.tool.settings,
            "settings_digest": findings.tool.settings_digest,
            "models": [{"name": name, "sha256": sha} for name, sha in findings.tool.models],
        },
        "articles": [_article(a) for a in findings.articles],
        "attributions": [
            {"article": a.article, **attribution_json(a)} for a in findings.attributions
        ],
        "sources": [_source(s) for s in findings.sources],
        "claims": [_claim(v, by_id, attributions) for v in views(findings)],
        "matches": [match_json(m, by_id) for m in findings.matches],
        "skipped": [{"path": s.path, "record": s.record, "reason": s.reason} for s in findings.skipped],
        "warnings": list(findings.warnings),
        "judgements": [_judged(j) for j in findings.judged],
    }  # fmt: skip
    return msgspec.json.format(_encode(data), indent=1) + b"\n"


def quotes_line(article: Article, attributions: Sequence[Attribution]) -> bytes:
    """One article's attributions as one line of JSON, without the line feed.

    Where several sources say one thing, they share an entry: `source` holds the spans of all, and `also` says who the others are.
    """
    rows = []
    for first, *others in together(attributions):
        row = attribution_json(first)
        row["source"] = _spans([span for a in (first, *others) for span in a.source])
        row["also"] = [{"canonical": a.canonical, "source_kind": a.source_kind.value} for a in others]
        rows.append(row)
    return _encode({"path": article.path, "id": article.id, "attributions": rows})


def match_line(match: PassageMatch, articles: Mapping[str, Article]) -> bytes:
    """One match as one line of JSON, without the line feed."""
    return _encode(match_json(match, articles))


def attribution_json(a: Attribution) -> dict[str, Any]:
    """One attribution; spans as [start, end) pairs of code points of the text as given."""
    return {
        "id": a.id,
        "source": _spans(a.source),
        "cue": _spans(a.cue),
        "content": _spans(a.content),
        "kind": a.kind.value,
        "parent": a.parent,
        "canonical": a.canonical,
        "source_kind": a.source_kind.value,
        "stance": a.stance.value,
        "certainty": _certainty(a.certainty),
        "evidence": [e.value for e in a.evidence],
        "via": a.via_name,
        "source_id": a.source_id,
        "rule": a.rule,
        "score": round(float(a.score), 4),
    }


def match_json(m: PassageMatch, articles: Mapping[str, Article]) -> dict[str, Any]:
    """One match; direction "a->b" means that b derives from a."""
    return {
        "id": m.id,
        "a": _passage(m.a, articles),
        "b": _passage(m.b, articles),
        "score": round(float(m.score), 3),
        "similarity": round(float(m.similarity), 4),
        "direction": m.direction.value,
        "p_direction": round(float(m.p_direction), 4),
        "p_copy": round(float(m.p_copy), 4),
        "kind": m.kind.value,
        "reasons": list(m.reasons),
    }


def support_json(s: Support) -> dict[str, Any]:
    """A claim's count. Withheld values are null and the reason stands beside them."""
    return {
        "at_least": s.at_least,
        "most_likely": s.most_likely,
        "at_most": s.at_most,
        "interval90": list(s.interval90) if s.interval90 else None,
        "p_two_or_more": None if s.p_two_or_more is None else round(float(s.p_two_or_more), 4),
        "two_source_rule": two_source_rule(s),
        "lines": s.k,
        "grounded_lines": s.k_grounded,
        "by_owner": s.by_owner,
        "origins_total": s.origins_total,
        "origins": dict(s.origins),
        "withheld": s.withheld,
        "warnings": list(s.warnings),
        "why": list(s.why),
    }


def claim_support_json(view: ClaimView) -> dict[str, Any]:
    """A claim's count, with the nodes that all of it would fall with."""
    nodes = {n.id: n for n in view.provenance.nodes}
    return {
        **support_json(view.support),
        "chokepoints": [_node(nodes[n]) for n in view.support.chokepoints if n in nodes],
    }


def _encode(data: object) -> bytes:
    return msgspec.json.encode(data)


def _article(a: Article) -> dict[str, Any]:
    return {
        "id": a.id,
        "path": a.path,
        "record": a.record,
        "sha256": a.sha256,
        "title": a.title,
        "outlet": a.outlet,
        "url": a.url,
        "canonical_url": a.canonical_url,
        "byline": a.byline,
        "dateline": a.dateline,
        "published": _published(a.published),
        "language": a.language,
        "credits": [
            {"kind": c.kind.value, "target": c.target, "span": list(c.span) if c.span else None}
            for c in a.credits
        ],
        "regions": [{"kind": r.kind.value, "span": list(r.span), "reason": r.reason} for r in a.regions],
    }


def _published(p: Published) -> dict[str, Any]:
    return {
        "start": p.start.isoformat() if p.start else None,
        "precision": p.precision.value,
        "raw": p.raw,
    }


def _source(s: Source) -> dict[str, Any]:
    return {
        "id": s.id,
        "name": s.name,
        "kind": s.kind.value,
        "aliases": list(s.aliases),
        "description": s.description,
        "count": s.count,
        "attributions": list(s.attributions),
        "articles": list(s.articles),
        "speaks_for": s.speaks_for,
        "owner": s.owner,
        "state": s.state,
    }


def _claim(
    view: ClaimView, articles: Mapping[str, Article], attributions: Mapping[str, Attribution]
) -> dict[str, Any]:
    statements = {s.id: s for s in (*view.asserting, *view.denying, *view.rival)}
    return {
        "id": view.claim.id,
        "text": view.claim.text,
        "articles": list(view.articles),
        "statements": [
            {
                **_statement(statements[m.statement], articles, attributions),
                "stance": m.relation.value,
                "probability": round(float(m.probability), 4),
                "reasons": list(m.reasons),
            }
            for m in view.claim.members
        ],
        "support": claim_support_json(view),
        "denial": support_json(view.provenance.denial) if view.provenance.denial else None,
        "nodes": [_node(n) for n in view.provenance.nodes],
        "edges": [_edge(e) for e in view.provenance.edges],
    }


def _statement(
    s: Statement, articles: Mapping[str, Article], attributions: Mapping[str, Attribution]
) -> dict[str, Any]:
    by = attributions.get(s.attribution) if s.attribution else None
    return {
        "id": s.id,
        "article": s.article,
        "path": articles[s.article].path,
        "span": [s.spans[0].start, s.spans[-1].end],
        "spans": _spans(s.spans),
        "text": s.text,
        "language": s.language,
        "attribution": s.attribution,
        "source": by.canonical if by else None,
        "source_id": by.source_id if by else None,
        "reporter_stance": by.stance.value if by else None,
        "certainty": _certainty(s.certainty),
        "evidence": [e.value for e in s.evidence],
        "opinion": s.opinion,
    }


def _judged(j: Judged) -> dict[str, Any]:
    said = j.judgement
    return {
        "sentence": j.sentence,
        "kind": said.kind.value,
        "verdict": said.verdict.value,
        "who": said.who,
        "when": said.when,
        "note": said.note,
        "standing": j.standing.value,
        "why": j.why,
        "statements": list(j.statements),
        "claims": list(j.claims),
    }


def _node(n: Node) -> dict[str, str]:
    return {"id": n.id, "kind": n.kind.value, "label": n.label}


def _edge(e: Edge) -> dict[str, Any]:
    return {
        "id": e.id,
        "from": e.parent,
        "to": e.child,
        "kind": e.kind.value,
        "probability": round(float(e.probability), 4),
        "evidence": list(e.evidence),
        "reason": e.reason,
        "group": e.group,
        "unless": list(e.unless),
    }


def _passage(p: Passage, articles: Mapping[str, Article]) -> dict[str, Any]:
    return {"path": articles[p.article].path, "id": p.article, "start": p.span.start, "end": p.span.end}


def _certainty(c: Certainty) -> dict[str, Any]:
    return {
        "likelihood": c.likelihood.value,
        "confidence": c.confidence.value,
        "negated": c.negated,
        "conditional": c.conditional,
        "question": c.question,
        "hedges": _spans(c.hedges),
    }


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [list(s) for s in spans]
