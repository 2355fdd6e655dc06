"""Tables and JSON records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twosource.model import Precision
from twosource.read import Pile, ReadOptions, read

STORY = "A fire on the northern quay destroyed two cranes, the harbour master said."


def table(
    tmp_path: Path,
    content: str,
    name: str = "pile.csv",
    options: ReadOptions | None = None,
    encoding: str = "utf-8",
) -> Pile:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return read([str(path)], options)


@pytest.mark.parametrize(
    "header",
    [
        "id,title,text,outlet,published,url,language",
        "unit_id,article_title,article_content,source,date,link,lang",
        "Body ID,Headline,articleBody,Publisher,Publish Date,URL,Language",
        "key,заголовок,текст,издание,дата,ссылка,язык",
    ],
)
def test_usual_column_names(tmp_path: Path, header: str) -> None:
    row = f'q1,Cranes burn,"{STORY}",The Alder Post,2031-03-12,https://a.example/1,en'
    article = table(tmp_path, f"{header}\n{row}\n").articles[0]
    assert (article.id, article.record, article.title, article.text) == ("q1", 1, "Cranes burn", STORY)
    assert (article.outlet, article.url, article.language) == ("The Alder Post", "https://a.example/1", "en")
    assert article.published.precision is Precision.DAY


def test_columns_by_option(tmp_path: Path) -> None:
    content = f'Text,Body\nnot this,"{STORY}"\n'
    article = table(
        tmp_path, content, options=ReadOptions(columns={"text": "Body", "title": "Text"})
    ).articles[0]
    assert (article.text, article.title) == (STORY, "not this")


def test_a_named_column_that_is_not_there(tmp_path: Path) -> None:
    pile = table(tmp_path, "a,b\n1,2\n", options=ReadOptions(columns={"text": "Body"}))
    assert [s.reason for s in pile.skipped] == ["no column 'Body' for text; columns are: a, b"]


def test_without_an_id_column_the_file_and_row_name_the_article(tmp_path: Path) -> None:
    pile = table(tmp_path, f'text\n"{STORY}"\n"{STORY}"\n')
    assert [a.id for a in pile.articles] == ["pile-1", "pile-2"]


@pytest.mark.parametrize(("name", "mark"), [("p.csv", ";"), ("p.csv", "\t"), ("p.csv", "|"), ("p.tsv", "\t")])
def test_other_marks_between_columns(tmp_path: Path, name: str, mark: str) -> None:
    assert table(tmp_path, f"id{mark}text\nq1{mark}{STORY}\n", name).articles[0].text == STORY


def test_the_text_is_the_field_as_decoded(tmp_path: Path) -> None:
    text = ' Two\r\n\r\nlines, "quoted" \xa0 and spaces. '
    content = 'id,text\r\n1,"' + text.replace('"', '""') + '"\r\n'
    assert table(tmp_path, content).articles[0].text == text
    line = json.dumps({"text": text})
    assert table(tmp_path, line, "pile.jsonl").articles[0].text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Пожар на северном причале уничтожил два крана, сообщила начальник порта."
    article = table(tmp_path, f'id,text\n1,"{text}"\n', encoding=encoding).articles[0]
    assert (article.text, article.language) == (text, "ru")


def test_a_field_longer_than_the_csv_module_allows_by_default(tmp_path: Path) -> None:
    long = "word " * 60_000
    assert table(tmp_path, f'id,text\n1,"{long}"\n').articles[0].text == long


@pytest.mark.parametrize(("other", "day"), [("22/7/2031", "2031-05-04"), ("7/22/2031", "2031-04-05")])
def test_the_whole_column_settles_the_order_of_day_and_month(tmp_path: Path, other: str, day: str) -> None:
    pile = table(tmp_path, f'text,published\n"{STORY}",4/5/2031\n"{STORY}",{other}\n')
    start = pile.articles[0].published.start
    assert start is not None
    assert start.date().isoformat() == day
    assert pile.notes == ()


def test_dates_that_stay_ambiguous_are_noted(tmp_path: Path) -> None:
    pile = table(tmp_path, f'text,published\n"{STORY}",4/5/2031\n"{STORY}",6/7/2031\n')
    assert pile.articles[0].published.precision is Precision.MONTH
    assert len(pile.notes) == 1
    assert pile.notes[0].text.startswith("2 ambiguous dates")
    settled = table(tmp_path, f'text,published\n"{STORY}",4/5/2031\n', options=ReadOptions(day_first=True))
    assert settled.articles[0].published.precision is Precision.DAY


def test_a_printed_date_stands_over_a_column_that_is_only_called_date(tmp_path: Path) -> None:
    text = f"Published March 14 2031 {STORY}"
    loose = table(tmp_path, f'text,date\n"{text}",2031-03-12\n')
    assert loose.articles[0].published.raw == "March 14 2031"
    assert [n.text[:31] for n in loose.notes] == ["1 articles print another date t"]
    stated = table(tmp_path, f'text,published\n"{text}",2031-03-12\n')
    assert stated.articles[0].published.raw == "2031-03-12"


def test_a_printed_minute_refines_the_stated_day(tmp_path: Path) -> None:
    text = f"Wed 12 Mar 2031 09:14 {STORY}"
    article = table(tmp_path, f'text,published\n"{text}",2031-03-12\n').articles[0]
    assert article.published.precision is Precision.MINUTE


def test_rows_that_are_short_long_or_empty(tmp_path: Path) -> None:
    pile = table(tmp_path, f"id,text\n1\n\n2,{STORY.replace(',', '')},extra,more\n3,\n")
    assert [a.id for a in pile.articles] == ["2"]
    assert [(s.record, s.reason) for s in pile.skipped] == [
        (1, "the text is empty"),
        (3, "the text is empty"),
    ]


def test_jsonl_needs_only_a_text(tmp_path: Path) -> None:
    article = table(tmp_path, json.dumps({"text": STORY}) + "\n", "pile.jsonl").articles[0]
    assert (article.id, article.record, article.language) == ("pile-1", 1, "en")


def test_jsonl_fields_of_other_types(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "text": STORY,
        "outlet": {"name": "Alder Post"},
        "byline": ["Ida Brandt", "AFP"],
        "title": None,
        "published": 1930000000,
    }
    article = table(tmp_path, json.dumps(record), "pile.jsonl").articles[0]
    assert (article.id, article.outlet, article.byline, article.title) == (
        "7",
        "Alder Post",
        "Ida Brandt, AFP",
        "",
    )
    assert article.published.precision is Precision.MINUTE


@pytest.mark.parametrize(
    "wrap",
    [
        lambda r: r,
        lambda r: {"articles": r},
        lambda r: r[0],
        lambda r: {"status": "ok", "facets": [{"name": "en", "count": 1}], "articles": r},
        lambda r: {**r[0], "tags": [{"name": "harbour"}]},
        lambda r: {"content": STORY, "id": "a", "comments": [{"text": "first!"}]},
    ],
)
def test_json(tmp_path: Path, wrap: object) -> None:
    records = [{"id": "a", "text": STORY}]
    pile = table(tmp_path, json.dumps(wrap(records)), "pile.json")  # type: ignore[operator]
    assert [a.id for a in pile.articles] == ["a"]


def test_the_title_of_the_record_is_found_in_the_text(tmp_path: Path) -> None:
    row = json.dumps(
        {"text": f"Wed 12 Mar 2031 Cranes burn in port. {STORY}", "title": "Cranes burn in port"}
    )
    article = table(tmp_path, row, "pile.jsonl").articles[0]
    assert [r.span.of(article.text) for r in article.regions] == ["Wed 12 Mar 2031", "Cranes burn in port."]
