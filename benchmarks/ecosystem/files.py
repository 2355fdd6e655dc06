"""Puts a made pile into files: text files, pages and a feed, in a folder of its own."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Sequence
from pathlib import Path

from world import Made, Piece

from twosource.registry import COLUMNS


def write(made: Made, folder: Path, background: Sequence[str] = ()) -> tuple[Path, Path | None]:
    """Write the articles that are not missing; the folder of articles, and the registry file where there is one.

    `background` are texts of articles that have nothing to do with the pile's stories.
    """
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    feed: list[str] = []
    for piece in made.pieces:
        if piece.id in made.truth.missing:
            continue
        if piece.form == "txt":
            (articles / f"{piece.id}.txt").write_text(as_text(piece, made), encoding="utf-8")
        elif piece.form == "html":
            (articles / f"{piece.id}.html").write_text(as_page(piece, made), encoding="utf-8")
        else:
            feed.append(as_record(piece, made))
    if feed:
        (articles / "feed.jsonl").write_text("\n".join(feed) + "\n", encoding="utf-8")
    for number, text in enumerate(background):
        (articles / f"background-{number:03d}.txt").write_text(text, encoding="utf-8")
    made.truth.write(folder / "truth.json")
    if not made.registry:
        return articles, None
    path = folder / "registry.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        rows.writerows(made.registry)
    return articles, path


def url_of(made: Made, article: str) -> str:
    """An article's address."""
    piece = next(p for p in made.pieces if p.id == article)
    return f"https://{piece.outlet.domain}/2031/03/{article}"


def paragraphs(piece: Piece) -> list[str]:
    """The body: a quotation stays in the paragraph of what it belongs to; a joined sentence stands once."""
    out: list[str] = []
    last = ""
    for line in piece.lines:
        if line.text == last:
            continue
        last = line.text
        if line.spec and line.spec.quote and out:
            out[-1] += " " + line.text
        else:
            out.append(line.text)
    if piece.dateline:
        out[0] = piece.dateline + out[0]
    return out


def as_text(piece: Piece, made: Made) -> str:
    """A plain text file, with a header block where outlets are named."""
    head: list[str] = []
    if made.outlets_named:
        head.append(f"Outlet: {piece.outlet.own}")
        if piece.published:
            head.append("Date: " + piece.published.replace("T", " ").replace(":00Z", " UTC"))
        head.append(f"URL: {url_of(made, piece.id)}")
    blocks = ["\n".join(head)] if head else []
    blocks += [piece.title, *paragraphs(piece)]
    if piece.credit:
        blocks.append(piece.credit)
    return "\n\n".join(blocks) + "\n"


def as_page(piece: Piece, made: Made) -> str:
    """A page as a site would serve it, with links in the body."""
    body = [html.escape(p, quote=False) for p in paragraphs(piece)]
    for article, words in piece.links:
        body.append(f'More on this: <a href="{url_of(made, article)}">{html.escape(words)}</a>.')
    if piece.credit:
        body.append(html.escape(piece.credit, quote=False))
    time = f'<meta property="article:published_time" content="{piece.published}">' if piece.published else ""
    inner = "\n".join(f"<p>{p}</p>" for p in body)
    title = html.escape(piece.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{"ru" if piece.russian else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{title}</title>\n<link rel="canonical" href="{url_of(made, piece.id)}">\n'
        f'<meta property="og:site_name" content="{html.escape(piece.outlet.own)}">\n{time}\n</head>\n'
        f"<body>\n<main><article>\n<h1>{title}</h1>\n{inner}\n</article></main>\n</body>\n</html>\n"
    )


def as_record(piece: Piece, made: Made) -> str:
    """A line of a feed."""
    text = "\n\n".join([*paragraphs(piece), *([piece.credit] if piece.credit else [])])
    record = {"id": piece.id, "title": piece.title, "text": text, "outlet": piece.outlet.own}
    record["url"] = url_of(made, piece.id)
    if piece.published:
        record["published"] = piece.published
    return json.dumps(record, ensure_ascii=False)
