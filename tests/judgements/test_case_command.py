"""`twosource case` as a person meets it: decide, trace again, read who decided; and what a mistake costs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

ARTICLES = {
    "w1": "Outlet: Ostwire\nDate: 12 March 2031 08:00 UTC\n\nFire chief Ines Hallgrim said that twelve people were injured in Hemsa. "
    "The council of Hemsa sold three ferries.\n",
    "p2": "Outlet: Baltern Post\nDate: 12 March 2031 09:00 UTC\n\nFire chief Ines Hallgrim said that twelve people were injured in Hemsa. "
    "Mayor Lena Brask closed the Kessel bridge to trucks.\n",
    "d3": "Outlet: Dockside\nDate: 12 March 2031 11:00 UTC\n\nA nurse said that a dozen had to see a doctor after the blaze.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three articles and their case, traced once for all tests."""
    from twosource import pipeline

    folder = tmp_path_factory.mktemp("case")
    (folder / "pile").mkdir()
    for name, text in ARTICLES.items():
        (folder / "pile" / f"{name}.txt").write_text(text, encoding="utf-8")
    pipeline.trace([str(folder / "pile")], run=pipeline.Run(folder / "x.case"))
    return folder


@pytest.fixture
def case(traced: Path, tmp_path: Path) -> Path:
    shutil.copy(traced / "x.case", tmp_path / "x.case")
    return tmp_path / "x.case"


def again(run: Run, case: Path, *arguments: object) -> dict[str, Any]:
    """Trace the case again; its findings."""
    target = case.with_suffix(".json")
    assert run("trace", "--case", case, "--json", target, "-q", *arguments)[0] == 0
    found: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return found


def articles_of(findings: dict[str, Any], words: str) -> list[str]:
    """The articles of the claim in which these words stand."""
    (found,) = [c for c in findings["claims"] if any(words in s["text"] and s["stance"] == "asserts" for s in c["statements"])]  # fmt: skip
    return sorted({s["article"] for s in found["statements"]})


def test_two_claims_made_one_and_parted_again(run: Run, case: Path) -> None:
    before = again(run, case)
    assert articles_of(before, "a dozen") == ["d3"]
    code, out, _ = run(
        "case", "merge", "twelve people were injured", "a dozen had to", "--case", case,
        "--by", "I. H.", "--when", "2031-03-14", "--note", "both read",
    )  # fmt: skip
    assert code == 0
    assert out.splitlines()[0].startswith(
        "1: “twelve people were injured in Hemsa” and “a dozen had to see a doctor"
    )
    after = again(run, case)
    assert articles_of(after, "a dozen") == ["d3", "p2", "w1"]
    (judgement,) = after["judgements"]
    assert (judgement["standing"], judgement["who"], judgement["when"]) == ("binds", "I. H.", "2031-03-14")
    reasons = [s["reasons"] for c in after["claims"] for s in c["statements"] if s["article"] == "d3"]
    assert reasons[0][0].startswith("decided by I. H. on 2031-03-14 (both read): says the same as “twelve")
    assert after["tool"]["settings_digest"] != before["tool"]["settings_digest"]
    assert run("case", "undo", "--case", case)[1].startswith("taken back: “twelve")
    assert again(run, case) == before


def test_one_statement_split_off_with_its_copies(run: Run, case: Path) -> None:
    run("case", "merge", "twelve people were injured", "a dozen had to", "--case", case)
    again(run, case)
    code, out, _ = run("case", "split", "twelve people", "d3/s1", "--case", case)
    assert code == 0
    assert "⚑ 1: contradicts that" in out
    assert articles_of(again(run, case), "a dozen") == ["d3"]
    code, out, err = run("case", "split", "twelve people", "w1/s1", "--case", case)
    assert code == 2
    assert "that is all of claim" in err  # its copy in p2 goes with it, and nothing would be left


def test_a_name_of_ones_own(run: Run, case: Path) -> None:
    assert run("case", "rename", "twelve people", "The toll of the harbour fire", "--case", case)[0] == 0
    assert "The toll of the harbour fire" in [c["text"] for c in again(run, case)["claims"]]


def test_sources_owners_and_copies(run: Run, case: Path) -> None:
    nurse = next(s["id"] for s in again(run, case)["sources"] if s["name"] == "A nurse")
    assert run("case", "sources", "same", "Hallgrim", nurse, "--case", case)[0] == 0
    assert run("case", "owners", "same", "Ostwire", "Dockside", "--case", case)[0] == 0
    assert run("case", "copies", "different", "w1", "p2", "--case", case)[0] == 0
    after = again(run, case)
    (chief,) = [s for s in after["sources"] if "Hallgrim" in s["name"]]
    assert chief["articles"] == ["d3", "p2", "w1"]
    assert after["matches"] == []
    assert [j["standing"] for j in after["judgements"]] == ["binds"] * 3


def test_the_list_says_what_became_of_each(run: Run, case: Path, tmp_path: Path) -> None:
    assert run("case", "list", "--case", case)[1] == "nothing was decided in this case\n"
    run("case", "unsure", "w1/s1", "d3/s1", "--case", case, "--when", "2031-03-14")
    assert "not in the last run; trace again" in run("case", "list", "--case", case)[1]
    again(run, case)
    lines = run("case", "list", "--case", case)[1].splitlines()
    assert lines[0].startswith("   1  open: do “twelve people were injured in Hemsa” and “a dozen")
    assert lines[1].startswith("      decided by a person on 2031-03-14; noted in c")


def test_what_is_written_to_a_file_holds_elsewhere(
    run: Run, case: Path, traced: Path, tmp_path: Path
) -> None:
    run("case", "same", "w1/s1", "d3/s1", "--case", case, "--by", "I. H.", "--when", "2031-03-14")
    file = tmp_path / "decided.json"
    assert run("case", "judgements", "--export", file, "--case", case)[1] == f"1 written to {file}\n"
    (tmp_path / "out.md").touch()
    direct = tmp_path / "direct.json"
    assert (
        run(
            "trace", traced / "pile", "--judgements", file, "--json", direct, "-o", tmp_path / "out.md", "-q"
        )[0]
        == 0
    )
    assert json.loads(direct.read_bytes()) == again(run, case)
    assert "## Decided by people" in (tmp_path / "out.md").read_text("utf-8")
    other = tmp_path / "other.case"
    shutil.copy(traced / "x.case", other)
    assert run("case", "judgements", "--import", file, "--case", other)[1] == "1 added, 0 known already\n"
    assert run("case", "judgements", "--import", file, "--case", other)[1] == "0 added, 1 known already\n"
    assert again(run, other) == again(run, case)


def test_a_judgement_outlives_other_articles_and_says_when_it_finds_nothing(run: Run, case: Path, traced: Path, tmp_path: Path) -> None:  # fmt: skip
    run("case", "same", "w1/s1", "d3/s1", "--case", case)
    pile = tmp_path / "pile"
    shutil.copytree(traced / "pile", pile)
    (pile / "d3.txt").rename(pile / "moved.txt")
    (pile / "late.txt").write_text(
        "A nurse said that a dozen had to see a doctor after the blaze.\n", encoding="utf-8"
    )
    target = tmp_path / "grown.json"
    assert run("trace", pile, "--case", case, "--json", target, "-q")[0] == 0
    assert articles_of(json.loads(target.read_text("utf-8")), "twelve people") == [
        "late",
        "moved",
        "p2",
        "w1",
    ]
    (pile / "moved.txt").unlink()
    (pile / "late.txt").unlink()
    code, out, _ = run("trace", pile, "--case", case, "--json", target, "-q")
    assert code == 0
    assert "is not in this pile" in " ".join(out.split())
    (judgement,) = json.loads(target.read_text("utf-8"))["judgements"]
    assert judgement["standing"] == "unmatched"


# ------------------------------------------------------------------- what is shown


def test_show_takes_the_last_run_from_the_case(run: Run, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from twosource import claims

    again(run, case, "--q", "0.7")
    run("case", "unsure", "w1/s1", "d3/s1", "--case", case, "--by", "I. H.", "--when", "2031-03-14")
    code, out, _ = run(
        "show", "claim", "twelve people", "--case", case, "-q"
    )  # retraced: something was decided
    assert code == 0
    assert "· open: do “twelve people were injured in Hemsa” and “a dozen had to see" in out

    def group(*_: object) -> None:
        raise AssertionError("traced again")

    monkeypatch.setattr(claims, "group", group)
    assert run("show", "claim", "twelve people", "--case", case, "-q") == (0, out, "")
    with pytest.raises(AssertionError, match="traced again"):
        run("trace", "--case", case, "-q")  # with the settings of the beginning: q was 0.7
    assert run("trace", "--case", case, "--q", "0.7", "-q")[0] == 0


def test_the_html_report_says_that_people_decided(run: Run, case: Path, tmp_path: Path) -> None:
    run("case", "same", "w1/s1", "d3/s1", "--case", case, "--by", "<b>I. H.</b>", "--note", "both & read", "--when", "2031-03-14")  # fmt: skip
    page = tmp_path / "r.html"
    assert run("trace", "--case", case, "-o", page, "-q")[0] == 0
    html = page.read_text("utf-8")
    assert "Decided by people, not found by the program" in html
    assert "decided by &lt;b&gt;I. H.&lt;/b&gt; on 2031-03-14 (both &amp; read)" in html
    assert "1 judgement</a> of people" in html


# ------------------------------------------------------------------------- mistakes

MISTAKES: list[tuple[list[str], str]] = [
    (["merge", "twelve people", "twelve people"], "name two different claims or more"),
    (["merge", "twelve people", "cffffffffffff"], "claim 'cffffffffffff': none in the last run of this case"),
    (["merge", "twelve people", "Eleven people were injured"], "near it: c"),
    (["same", "w1/s1", "w1/s77"], "statement 'w1/s77': none in the last run of this case; near it: w1/s"),
    (["same", "w1/s1", "the"], "statement 'the': "),
    (["same", "w1/s1", "w1/s1"], "takes two different things or more"),
    (["split", "twelve people", "d3/s1"], "is not in claim"),
    (["sources", "same", "Ines Hallgrim", "Halgrim"], "source 'Halgrim': none in the last run of this case; near it: "),
    (["sources", "perhaps", "Ines Hallgrim", "a nurse"], "perhaps: unknown; write same, different or unsure"),
    (["owners", "same", "Ostwire", "Docksid"], "outlet Docksid: neither in this case nor in the registry; near it: Dockside"),
    (["copies", "different", "w1", "zzz"], "article 'zzz': none in the last run"),
    (["same", "w1/s1", "d3/s1", "--when", "yesterday"], "when is 'yesterday'; write a day or a moment"),
    (["undo"], "nothing was decided in this case"),
    (["judgements"], "give --export FILE or --import FILE"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=[" ".join(a)[:40] for a, _ in MISTAKES])
def test_a_mistake_is_one_clear_line_and_decides_nothing(run: Run, case: Path, arguments: list[str], message: str) -> None:  # fmt: skip
    code, out, err = run("case", *arguments, "--case", case)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert message in line
    assert run("case", "list", "--case", case)[1] == "nothing was decided in this case\n"


def test_words_that_several_statements_have_name_them(run: Run, case: Path) -> None:
    _, _, err = run("case", "same", "the", "d3/s1", "--case", case)
    assert " fit: " in err
    assert "give the id of one" in err


def test_a_case_that_is_not_there_or_not_traced_or_not_writable(run: Run, tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    from twosource.store.case import Case

    code, _, err = run("case", "list", "--case", tmp_path / "none.case")
    assert code == 2
    assert "no such case file; `twosource trace PATH… --case" in err
    assert not (tmp_path / "none.case").exists()
    with Case(tmp_path / "new.case"):
        pass
    assert (
        "no finished run in it to refer to"
        in run("case", "same", "a", "b", "--case", tmp_path / "new.case")[2]
    )
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)
    assert "may not be written" in run("case", "same", "w1/s1", "d3/s1", "--case", case)[2]
    assert run("case", "list", "--case", case)[0] == 0


def test_a_broken_file_is_named_with_its_line(run: Run, case: Path, traced: Path, tmp_path: Path) -> None:
    file = tmp_path / "decided.json"
    file.write_text('{\n "judgements": [\n  {"kind": "claim" "verdict": "same"}\n ]\n}\n', encoding="utf-8")
    for arguments in (["case", "judgements", "--import", file, "--case", case], ["trace", traced / "pile", "--judgements", file]):  # fmt: skip
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith(f"twosource: {file}: line 3, column 20: not JSON")


# ------------------------------------------------------------------------- registry

HEADER = "name,kind,aliases,domains,owner,state,agency,speaks_for,source\n"


def test_a_registry_of_ones_own(run: Run, traced: Path, tmp_path: Path) -> None:
    rows = tmp_path / "mine.csv"
    rows.write_text(f"{HEADER}Ostwire,outlet,,,Halden Media,,,,https://a.example\nBaltern Post,outlet,,,Halden Media,,,,https://a.example\n", encoding="utf-8")  # fmt: skip
    without, with_ = tmp_path / "1.json", tmp_path / "2.json"
    case = tmp_path / "r.case"
    assert run("trace", traced / "pile", "--json", without, "-q")[0] == 0
    assert run("trace", traced / "pile", "--registry", rows, "--json", with_, "--case", case, "-q")[0] == 0
    one, two = json.loads(without.read_bytes()), json.loads(with_.read_bytes())
    assert "registry" not in one["tool"]["settings"]
    assert len(two["tool"]["settings"]["registry"]) == 16
    assert one["tool"]["settings_digest"] != two["tool"]["settings_digest"]
    assert run("show", "claim", "twelve people", "--case", case, "-q")[1].rstrip().endswith(f"settings {two['tool']['settings_digest'][:12]}.")  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("outlet,owner\nA,B\n", "line 1: no column name, kind, source"),
        (
            HEADER + "A,paper,,,,,,,https://a.example\n",
            "line 2: kind 'paper' is none of person, organisation",
        ),
        (HEADER + "A,outlet,,,,,,,\n", "line 2: no source for 'A'"),
    ],
)
def test_a_broken_registry_is_named_with_its_line(run: Run, traced: Path, tmp_path: Path, content: str, message: str) -> None:  # fmt: skip
    rows = tmp_path / "mine.csv"
    rows.write_text(content, encoding="utf-8")
    code, out, err = run("trace", traced / "pile", "--registry", rows, "-q")
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith(f"twosource: {rows}: {message}")
    assert (
        "cannot read the registry file" in run("trace", traced / "pile", "--registry", tmp_path / "no.csv")[2]
    )
