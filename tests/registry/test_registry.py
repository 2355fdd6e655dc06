"""Looking up who is who."""

from __future__ import annotations

from pathlib import Path

import pytest

from twosource.errors import UsageError
from twosource.registry import Entry, Registry, default, name_key


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Reuters", "Reuters"),
        ("REUTERS", "Reuters"),
        ("the Associated Press", "Associated Press"),
        ("AP", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("ТАСС", "TASS"),
        ("Tass", "TASS"),
        ("РИА Новости", "RIA Novosti"),
        ("RIA-Novosti", "RIA Novosti"),
        ("Интерфакс", "Interfax"),
        ("Минобороны", "Ministry of Defence of Russia"),
        ("Russia’s Defense Ministry", "Ministry of Defence of Russia"),
        ("the Ministry of defence of Russia", "Ministry of Defence of Russia"),
        ("Pentagon", "United States Department of Defense"),
        ("SOHR", "Syrian Observatory for Human Rights"),
        ("the Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Сергей Лавров", "Sergey Lavrov"),
        ("WHO", "World Health Organization"),
        ("U.N.", "United Nations"),
        ("«Вести.RU»", "Vesti.ru"),
        ("the portal «Вести.RU»", "Vesti.ru"),
        ("агентство Интерфакс", "Interfax"),
        ("Britain-based Syrian Observatory for Human Rights monitor", "Syrian Observatory for Human Rights"),
        ("Reuters news agency", "Reuters"),
        ("the U.K. Mirror", "Daily Mirror"),
        ("Mirror UK", "Daily Mirror"),
        ("Russias Defence Ministry", "Ministry of Defence of Russia"),
    ],
)
def test_a_name_as_written_leads_to_its_entry(written: str, name: str) -> None:
    entry = default().canonical(written)
    assert entry is not None
    assert entry.name == name


@pytest.mark.parametrize(
    "written", ["who", "Who", "un", "", "the", "…", "Harbour Press Agency", "monitor group", "the state"]
)
def test_no_entry(written: str) -> None:
    assert default().canonical(written) is None


@pytest.mark.parametrize(
    ("outlet", "name"),
    [("sana", "Syrian Arab News Agency"), ("ahram", "Al-Ahram"), ("manar", "Al-Manar"), ("trt", "TRT World")],
)
def test_an_outlet_as_a_data_set_writes_it(outlet: str, name: str) -> None:
    entry = default().find(outlet)
    assert entry is not None
    assert entry.name == name
    assert default().find("who") is None


def test_by_domain() -> None:
    found = default().by_domain("https://uk.reuters.com/article/1")
    assert found is not None
    assert found.name == "Reuters"
    assert default().by_domain("https://notreuters.com/") is None
    assert default().by_domain("com") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sergey", "Sergei"), ("Сергей Шойгу", "Sergei Shoigu"), ("Khalid", "Halid"), ("The Times", "Times")],
)
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_same_by_the_registry_or_by_comparison() -> None:
    assert default().same("SOHR", "Syrian Observatory for Human Rights")
    assert not default().same("AP", "AFP")
    assert default().same("Harbour Press", "the Harbour-Press")
    assert not default().same("", "")


def test_every_row_can_be_checked_and_every_reference_leads_somewhere() -> None:
    registry = default()
    assert len(registry.entries) > 100
    for entry in registry.entries:
        assert entry.source.startswith("https://"), entry
        assert registry.canonical(entry.name) == entry
        for domain in entry.domains:
            assert registry.by_domain(domain) is not None, domain
        if entry.speaks_for:
            institution = registry.canonical(entry.speaks_for)
            assert institution is not None, entry
            assert institution.name == entry.speaks_for
    claimed = [
        name_key(n) for e in registry.entries for n in {name_key(n): n for n in (e.name, *e.aliases)}.values()
    ]
    assert sorted({n for n in claimed if claimed.count(n) > 1}) == []


def test_a_user_file_adds_and_overrides(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "name,kind,aliases,domains,owner,state,source\n"
        "Harbour Press Agency,outlet,HPA|Harbour,harbour.example,Quay Media,,own knowledge\n"
        "TASS,outlet,ТАСС,tass.ru,Somebody else,,own knowledge\n",
        encoding="utf-8",
    )
    registry = default().with_user_file(file)
    assert registry.canonical("HPA") == Entry(
        "Harbour Press Agency", registry.entries[0].kind, ("HPA", "Harbour"), ("harbour.example",),
        "Quay Media", source="own knowledge",
    )  # fmt: skip
    tass = registry.canonical("ТАСС")
    assert tass is not None
    assert tass.owner == "Somebody else"
    assert default().canonical("HPA") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: no column name, kind, source"),
        ("name,kind\nX,outlet\n", "line 1: no column source"),
        ("name,kind,source,colour\n", "unknown column 'colour'"),
        ("name,kind,source\n,outlet,me\n", "line 2: the name is empty"),
        ("name,kind,source\nX,newspaper,me\n", "line 2: kind 'newspaper' is none of person"),
        ("name,kind,source\nX,outlet,\n", "line 2: no source for 'X'"),
        ("name,kind,source\nX,outlet,me,too many\n", "line 2: more fields than columns"),
        ("name,kind,source,agency\nX,outlet,me,maybe\n", "agency is 'maybe', not yes or no"),
    ],
)
def test_a_user_file_with_a_mistake_says_where(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        Registry().with_user_file(file)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_user_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the registry file"):
        Registry().with_user_file(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"name,kind,source\n\xe9,outlet,me\n")
    with pytest.raises(UsageError, match="not UTF-8"):
        Registry().with_user_file(tmp_path / "latin.csv")


def test_the_rows_agree_among_themselves() -> None:
    entries = default().entries
    domains = [d for e in entries for d in e.domains]
    assert len(set(domains)) == len(domains)
    for entry in entries:
        if entry.owner.startswith(("Government of", "Ministry of")):
            assert entry.state, entry
        if entry.agency or entry.owner:
            assert entry.kind.value == "outlet", entry
