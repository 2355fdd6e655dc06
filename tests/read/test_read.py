"""Files and folders to a pile of articles; every bad input in one clear line."""

from __future__ import annotations

import json
import os
import random
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.model import Article, Precision, RegionKind
from twosource.read import READERS, UNEXPECTED, Pile, ReadOptions, articles, gather, read

STORY = (
    "A fire on the northern quay destroyed two cranes before dawn, the harbour master said at the gate.\n\n"
    "Nobody was hurt, she added, and the port opened again in the afternoon with one crane fewer than before it.\n"
)


def write(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def only(pile: Pile) -> Article:
    assert pile.skipped == ()
    assert len(pile.articles) == 1
    return pile.articles[0]


def reasons(pile: Pile) -> list[tuple[str, int, str]]:
    return [(Path(s.path).name, s.record, s.reason) for s in pile.skipped]


# ---------------------------------------------------------------------------- text


def test_a_text_file(tmp_path: Path) -> None:
    path = write(
        tmp_path / "quay.txt", f"Fire destroys two cranes\n\n{STORY}\n(Reuters)\n\n12 March 2031, 14:05 UTC\n"
    )
    article = only(read([path]))
    assert article.id == "quay"
    assert article.path == path
    assert article.record == 0
    assert article.text == Path(path).read_text()
    assert article.title == "Fire destroys two cranes"
    assert article.published.precision is Precision.MINUTE
    assert article.language == "en"
    assert [c.target for c in article.credits] == ["Reuters"]
    assert len(article.sha256) == 64


def test_offsets_count_the_file_as_decoded(tmp_path: Path) -> None:
    data = ("\ufeffFire destroys two cranes\r\n\r\n" + STORY.replace("\n", "\r\n")).encode()
    article = only(read([write(tmp_path / "quay.txt", data)]))
    assert article.text == data.decode("utf-8-sig")
    assert "\r\n" in article.text
    assert article.regions[0].span.of(article.text) == "Fire destroys two cranes"


def test_a_header_block_is_metadata(tmp_path: Path) -> None:
    text = f"Outlet: The Alder Post\nDate: 12 March 2031\nURL: https://a.example/fire\nAuthor: Ida Brandt\n\n{STORY}"
    article = only(read([write(tmp_path / "a.txt", text)]))
    assert (article.outlet, article.url, article.byline) == (
        "The Alder Post",
        "https://a.example/fire",
        "Ida Brandt",
    )
    assert article.published.precision is Precision.DAY


def test_a_relative_date_stays_relative(tmp_path: Path) -> None:
    article = only(
        read([write(tmp_path / "a.txt", f"Cranes burn in port\n\nOn Tuesday, the office said so. {STORY}")])
    )
    assert article.published.start is None
    assert (article.published.precision, article.published.raw) == (Precision.RELATIVE, "On Tuesday")


def test_nul_and_lone_surrogates_are_shown_and_keep_their_place(tmp_path: Path) -> None:
    text = only(read([write(tmp_path / "a.txt", STORY.replace("fire", "fi\0e"))])).text
    assert "fi\ufffde" in text
    assert len(text) == len(STORY)
    record = only(
        read(
            [write(tmp_path / "b.jsonl", '{"text": "said \\ud800 so", "title": "\\udfff", "id": "\\udc00"}')]
        )
    )
    assert record.text == "said \ufffd so"
    json.dumps([record.text, record.title, record.id], ensure_ascii=False).encode()


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_that_is_no_text_can_still_be_printed(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.pdf"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:  # noqa: PTH118, PTH123
            stream.write(STORY.encode())
    pile = read([str(tmp_path)])
    assert [a.id for a in pile.articles] == ["\ufffd"]
    for path in (pile.articles[0].path, pile.skipped[0].path):
        path.encode()


def test_the_digest_covers_text_and_metadata_and_not_the_place(tmp_path: Path) -> None:
    def digest(name: str, line: str) -> str:
        return only(read([write(tmp_path / name, line)])).sha256

    base = digest("a.jsonl", json.dumps({"text": STORY, "outlet": "Post"}))
    assert digest("b.jsonl", "\n\n" + json.dumps({"text": STORY, "outlet": "Post", "id": "x"})) == base
    assert digest("c.jsonl", json.dumps({"text": STORY, "outlet": "Courier"})) != base
    assert digest("d.jsonl", json.dumps({"text": STORY + "!", "outlet": "Post"})) != base


# ------------------------------------------------------------------- order and ids


def test_the_order_of_paths_changes_nothing(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/y.txt", "c.jsonl", "a/.hidden.txt", ".git/z.txt"):
        write(tmp_path / name, STORY if name.endswith("txt") else json.dumps({"text": STORY}))
    paths = [str(tmp_path), str(tmp_path / "b"), str(tmp_path / "a/y.txt"), str(tmp_path / "c.jsonl")]
    first = read(paths)
    assert [a.id for a in first.articles] == ["x", "y", "x-2", "c-1"]
    for seed in range(5):
        random.Random(seed).shuffle(paths)
        assert read(paths) == first


def test_ids_are_unique_even_when_a_suffix_is_taken(tmp_path: Path) -> None:
    lines = [json.dumps({"text": STORY, "id": i}) for i in ("a", "a", "a-2", "a", 7, 7)]
    pile = read([write(tmp_path / "p.jsonl", "\n".join(lines))])
    assert [a.id for a in pile.articles] == ["a", "a-2", "a-2-2", "a-3", "7", "7-2"]


def test_links_are_not_followed_out_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "outside/secret.txt", STORY)
    write(tmp_path / "in/a.txt", STORY)
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "outside/secret.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    pile = read([str(tmp_path / "in")])
    assert [a.id for a in pile.articles] == ["a"]
    assert [s.reason for s in pile.skipped] == ["a link that leads out of the folder; give the file itself"]


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    pile = read([str(tmp_path)])
    assert [a.id for a in pile.articles] == ["a"]
    assert [s.reason for s in pile.skipped] == ["a link that leads nowhere"] * 2
    given = read([str(tmp_path / "self.txt")])
    assert [s.reason for s in given.skipped] == ["a link that leads back to itself"]


def test_other_files_in_a_folder_are_left_out_and_unread_articles_named(tmp_path: Path) -> None:
    for name in ("a.txt", "photo.jpg", "report.pdf", "feed.rss", "table.XLSX", "pile.tar"):
        write(tmp_path / name, STORY)
    write(tmp_path / "settings.json", '{"key": 1}')
    pile = read([str(tmp_path)])
    assert [a.id for a in pile.articles] == ["a"]
    assert [(Path(s.path).name, s.reason) for s in pile.skipped] == [
        ("feed.rss", ".rss is not read yet; save it as text or HTML"),
        ("pile.tar", ".tar is not read yet; unpack it first"),
        ("report.pdf", ".pdf is not read yet; save it as text or HTML"),
        ("table.XLSX", ".xlsx is not read yet; save it as CSV"),
    ]
    assert [n.text for n in pile.notes] == ["no articles in it: left out"]


def test_how_many_files_of_other_kinds_a_folder_holds_is_noted(tmp_path: Path) -> None:
    """A mirror of a site may call its pages what it likes: a count must not miss them without a word."""
    for name in ("a.txt", "story.php", "other.php", "index", "style.css", "photo.jpg", ".hidden"):
        write(tmp_path / name, STORY)
    pile = read([str(tmp_path)])
    assert [a.id for a in pile.articles] == ["a"]
    assert pile.skipped == ()
    assert [(n.path, n.text) for n in pile.notes] == [
        (
            str(tmp_path),
            "3 files of other kinds left out (2 .php, 1 without a suffix); where these are articles, give them one of the "
            "endings .txt .html .jsonl .json .csv .tsv",
        )
    ]


def test_what_markdown_files_say_of_themselves_is_metadata(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Cranes burn"\nsource: "https://a.example/fire"\nauthor:\n  - "[[Ida Brandt]]"\n'
        f"published: 2031-03-12\ncreated: 2031-03-14\ntags:\n  - clippings\n---\n{STORY}"
    )
    article = only(read([write(tmp_path / "a.markdown", text)]))
    assert (article.title, article.url, article.text) == ("Cranes burn", "https://a.example/fire", text)
    assert article.published.raw == "2031-03-12"
    outside = [text[r.span.start : r.span.end] for r in article.regions]
    assert outside == text.removesuffix(f"\n{STORY}").replace("  - ", "- ").split("\n")


def test_lines_of_dashes_alone_make_no_header(tmp_path: Path) -> None:
    text = f"---\n{STORY}\n---\nNobody was hurt, she added."
    regions = only(read([write(tmp_path / "a.md", text)])).regions
    assert [r.span.of(text) for r in regions] == ["---", "---"]


def test_one_at_a_time_is_the_same_pile(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / "b.txt", "")
    assert gather(articles([str(tmp_path)])) == read([str(tmp_path)])


# ----------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\n", "the file is empty"),
        ("binary.txt", bytes(range(256)) * 20, "not text: it holds binary data"),
        ("paper.txt", b"%PDF-1.7 ...", "not text: a PDF"),
        ("empty.html", b"", "the file is empty"),
        ("bare.html", b"<html><head></head><body></body></html>", "no article text found in the page"),
        ("empty.csv", b"", "the file is empty"),
        ("header.csv", b"id,text\n", "the table has a header and no rows"),
        (
            "stances.csv",
            b"Headline,Stance\na,b\n",
            "no column of text; columns are: Headline, Stance; name it with --column text=NAME",
        ),
        ("empty.jsonl", b"\n\n", "the file is empty"),
        ("broken.json", b'[\n{"text": "abc', "no JSON: unterminated string at line 2, column 10"),
        (
            "lines.json",
            b'{"text": "a"}\n{"text": "b"}\n',
            "one JSON value on each line: call the file .jsonl",
        ),
        ("none.json", b"[]", "no articles: expected an array of objects with a text each"),
        ("what.xyz", b"text", ".xyz is not read; give one of .txt .html .jsonl .json .csv .tsv"),
        ("pile.xlsx", b"PK", ".xlsx is not read; save it as CSV, or give one of .txt .html"),
        ("header.tsv", b'id\t"text\n1\tabc\n', "a quotation mark in the first row is never closed"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    good = write(tmp_path / "good.txt", STORY)
    pile = read([write(tmp_path / name, content), good])
    assert [a.id for a in pile.articles] == ["good"]
    assert len(pile.skipped) == 1
    assert pile.skipped[0].reason.startswith(reason)


def test_bad_lines_of_a_jsonl_file_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": STORY}),
        "{broken",
        "[1, 2]",
        json.dumps({"title": "no text"}),
        json.dumps({"text": 5}),
        json.dumps({"text": "  "}),
        "[" * 100_000,
        '{"text": ' + "9" * 10_000 + "}",
        json.dumps({"text": STORY, "id": "last"}),
    ]
    pile = read([write(tmp_path / "p.jsonl", "\n".join(lines))])
    assert [a.id for a in pile.articles] == ["p-1", "last"]
    assert [a.record for a in pile.articles] == [1, 9]
    assert [(record, reason.split(":")[0].split(";")[0]) for _, record, reason in reasons(pile)] == [
        (2, "no JSON"),
        (3, "no JSON object"),
        (4, "no text"),
        (5, "the field 'text' is no string"),
        (6, "the text is empty"),
        (7, "no JSON"),
        (8, "no JSON"),
    ]


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.csv", "long.html"])
def test_a_line_of_fifty_megabytes_is_skipped_in_bounded_memory(tmp_path: Path, name: str) -> None:
    import tracemalloc

    line = b"word " * 10_000_000
    before, after = {
        "long.txt": (b"", b""),
        "long.html": (b"<p>", b"</p>"),
        "long.jsonl": (b'{"text": "short one"}\n{"text": "', b'"}\n{"text": "short two"}\n'),
        "long.csv": (b'text,id\nshort one,1\n"', b'",2\nshort two,3\n'),
    }[name]
    path = write(tmp_path / name, before + line + after)
    tracemalloc.start()
    pile = read([path], ReadOptions(max_characters=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [a.text for a in pile.articles] == (["short one", "short two"] if after.count(b"short") else [])
    assert [s.reason for s in pile.skipped] == ["longer than 100,000 characters: split it into parts"]
    assert peak < 60_000_000


def test_an_unclosed_quotation_mark_in_a_table_does_not_exhaust_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,good\n2,"never closed\n' + "3,word word word\n" * 300_000)
    pile = read([path], ReadOptions(max_characters=1_000))
    assert [a.id for a in pile.articles] == ["1"]
    assert [s.record for s in pile.skipped] == [2]


def test_an_unclosed_quotation_mark_does_not_glue_rows_into_one_article(tmp_path: Path) -> None:
    rows = f'id,text,date\n1,"{STORY}",2031\n2,"{STORY},2031\n3,{STORY.replace(",", "")},2031\n'
    pile = read([write(tmp_path / "a.csv", rows)])
    assert [a.id for a in pile.articles] == ["1"]
    assert [(s.record, s.reason.split(",")[0]) for s in pile.skipped] == [
        (2, "a quotation mark is opened here and never closed")
    ]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    pile = read([str(tmp_path / "gone"), "bad\0path"])
    assert [s.reason for s in pile.skipped] == ["no such file or folder"] * 2


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert reasons(read([str(tmp_path)]))[0][2].startswith("no articles in this folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", STORY)
    Path(path).chmod(0)
    assert reasons(read([path])) == [("a.txt", 0, "no permission to read it")]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv"])
def test_a_file_that_may_not_be_opened(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [write(tmp_path / name, STORY), write(tmp_path / "good.txt", STORY)]
    real = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == name:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    pile = read(paths)
    assert [a.id for a in pile.articles] == ["good"]
    assert reasons(pile) == [(name, 0, "no permission to read it")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reasons(read([str(tmp_path / "a.txt")])) == [
        ("a.txt", 0, "not a regular file, but a pipe, a socket or a device: give a file")
    ]


# ---------------------------------------------------------------------- properties


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), kind=st.sampled_from(["txt", "html", "jsonl", "json", "csv", "tsv"]))
def test_no_bytes_raise(tmp_path: Path, data: bytes, kind: str) -> None:
    path = write(tmp_path / f"x.{kind}", data)
    pile = read([path])
    assert pile.articles or pile.skipped
    assert not any(UNEXPECTED in s.reason for s in pile.skipped)
    for article in pile.articles:
        article.text.encode()
        assert all(0 <= r.span.start < r.span.end <= len(article.text) for r in article.regions)


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<a href='http://[bad'>", "<link rel=canonical href='http://[::'>", "<base href='http://['>", "A crane burned.",
     "<time datetime='99999999999-13-77'>", "<script type='application/ld+json'>", '{"@type":"NewsArticle","author":[[]]}',
     "</script>", "<meta name='author' content='AFP'>", "&#0;", "&#xD800;", "<figcaption>Photo: ", "<table><tr><td>", "<template>",
     "<!-- saved from url=(1)http://[x -->", '<?xml version="1.0" encoding="utf-16"?>', "<br>", "<h1>", "\0", "(Reuters)"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tags=st.lists(_TAGS, min_size=1, max_size=12))
def test_no_markup_raises(tmp_path: Path, tags: list[str]) -> None:
    pile = read([write(tmp_path / "x.html", "".join(tags))])
    assert len(pile.articles) + len(pile.skipped) == 1
    assert not any(UNEXPECTED in s.reason for s in pile.skipped)


def test_a_failure_that_nobody_foresaw_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("what")

    paths = [write(tmp_path / "a.html", "<p>A crane burned.</p>"), write(tmp_path / "b.txt", STORY)]
    monkeypatch.setitem(READERS, ".html", fail)
    pile = read(paths)
    assert [a.id for a in pile.articles] == ["b"]
    assert reasons(pile) == [("a.html", 0, "cannot be read (ZeroDivisionError: what): please report it")]


_PIECES = st.sampled_from(
    ["(Reuters)", "--AFP", "BEIRUT (AP) -", "\n\n", "\n", " ", "By Ida Brandt", "Photo: Ida", "12 March 2031", "Read more",
     "© AP", "A crane burned.", "Source:", "Share this", "* – ", "(", ")", "“", '"', "Пожар", "Источник: ТАСС", "\0", "\r"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(_PIECES, min_size=1, max_size=14),
    title=st.sampled_from(["", "A crane burned", "Source: Photo:"]),
)
def test_regions_lie_in_the_text_and_apart(tmp_path: Path, pieces: list[str], title: str) -> None:
    path = write(tmp_path / "x.jsonl", json.dumps({"text": "".join(pieces), "title": title}))
    for article in read([path]).articles:
        spans = [r.span for r in article.regions]
        assert all(0 <= s.start < s.end <= len(article.text) for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        for credit in article.credits:
            assert credit.span is not None
            assert credit.span.of(article.text) == credit.target


# ------------------------------------------------------------- repeated by an outlet


def test_what_an_outlet_repeats_at_the_edge_is_boilerplate(tmp_path: Path) -> None:
    house = "The Alder Post is a paper of the northern coast and has been since the harbour was built."
    background = "The harbour has burned twice in ten years, and the cranes were replaced both times."
    lines = []
    for i in range(6):
        story = f"Story number {i} is about something else that happened on quay {i}, and it is told at some length."
        middle = [f"Detail {i}.{j} of it was told." for j in range(4)]
        text = "\n\n".join([story, *middle, background, *middle[::-1], house])
        lines.append(json.dumps({"text": text, "outlet": "The Alder Post"}))
    lines.append(json.dumps({"text": f"Another paper writes this.\n\n{house}", "outlet": "Courier"}))
    pile = read([write(tmp_path / "p.jsonl", "\n".join(lines))])
    marked = [
        [r.span.of(a.text) for r in a.regions if r.kind is RegionKind.BOILERPLATE] for a in pile.articles
    ]
    assert marked == [[house]] * 6 + [[]]
    assert "6 articles" in pile.articles[0].regions[-1].reason


def test_a_byline_that_is_another_outlet_of_the_pile_is_its_credit(tmp_path: Path) -> None:
    records = [
        ("Ostwire", "Karin Aldous"),
        ("Inland Gazette", "By Ostwire"),
        ("Ostwire", "Ostwire"),
        ("Post", "Ida Brandt"),
    ]
    lines = [json.dumps({"text": STORY, "outlet": outlet, "byline": byline}) for outlet, byline in records]
    pile = read([write(tmp_path / "p.jsonl", "\n".join(lines))])
    assert [[c.target for c in a.credits] for a in pile.articles] == [[], ["Ostwire"], [], []]


def test_one_story_printed_four_times_is_no_boilerplate(tmp_path: Path) -> None:
    lines = [json.dumps({"text": STORY, "outlet": "The Alder Post"})] * 5
    pile = read([write(tmp_path / "p.jsonl", "\n".join(lines))])
    assert all(a.regions == () for a in pile.articles)
