"""Documentation that cannot drift: commands parse, links lead somewhere, nothing is left out."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import typer
from made import findings

from twosource import cli
from twosource.language import models
from twosource.read.files import KINDS
from twosource.read.table import GUESSES
from twosource.report.export import findings_json
from twosource.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = sorted([README, *(ROOT / "docs").glob("*.md")])
NAMES = [p.relative_to(ROOT).as_posix() for p in PAGES]
SCHEMA = json.loads((ROOT / "src/twosource/report/findings.schema.json").read_text("utf-8"))

each_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[tuple[str, str]]:
    """Every fenced block: the language it names, and what is in it."""
    return re.findall(r"^```(\w*)\n(.*?)^```", text(page), re.DOTALL | re.MULTILINE)


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text(page), flags=re.DOTALL | re.MULTILINE)


def code(page: Path) -> list[str]:
    """Every stretch of `inline code`; one that the line breaks off is joined."""
    return [" ".join(c.split()) for c in re.findall(r"`([^`]+)`", prose(page))]


# ------------------------------------------------------------------------ commands


def commands(page: Path) -> Iterator[str]:
    """Every command line of ours that the page shows: in a block, set in by four spaces, or inline."""
    shown = [line for language, block in blocks(page) if language != "python" for line in block.splitlines()]
    shown += [line for line in prose(page).splitlines() if line.startswith("    ")]
    for line in [*shown, *code(page)]:
        start = re.match(r"\s*(?:\$ )?(?:\.venv/bin/)?twosource (?=[a-z-])(.+)", line)
        if start and not re.match(r"\d|contributors|authors", start[1]):
            yield start[1]


@cache
def program() -> Any:
    """The command line as its parser sees it."""
    return typer.main.get_command(cli.app)


def every_command() -> Iterator[tuple[str, Any]]:
    """Every command by its words: `trace`, `case merge`."""
    todo = list(program().commands.items())
    while todo:
        name, command = todo.pop(0)
        inside = getattr(command, "commands", None)
        if isinstance(inside, dict):
            todo += [(f"{name} {inner}", c) for inner, c in inside.items()]
        else:
            yield name, command


def parse(line: str) -> list[str]:
    """Parse it as the program would, run nothing; the names of the commands in it."""
    arguments = shlex.split(line, comments=True)
    stop = next((i for i, a in enumerate(arguments) if a in {"|", ">", ">>", "&&", ";"}), len(arguments))
    group = program()
    before = list(takewhile(lambda a: a.startswith("-"), arguments[:stop]))
    unknown = set(before) - {"-h", "--help", *(name for p in group.params for name in p.opts)}
    assert not unknown, f"no such option {unknown}"
    if before:
        return []
    name, *left = arguments[:stop]
    assert name in group.commands, f"no such command {name}"
    if {"-h", "--help"} & set(left):
        return [name]
    command, words = group.commands[name], [name]
    while isinstance(getattr(command, "commands", None), dict):
        if not left:  # `twosource case`, spoken of as a whole
            return []
        inner_name, *left = left
        assert inner_name in command.commands, f"no such command {' '.join(words)} {inner_name}"
        command, words = command.commands[inner_name], [*words, inner_name]
    command.make_context(words[-1], left)
    return [" ".join(words)]


@each_page
def test_every_command_line_parses(page: Path) -> None:
    for line in commands(page):
        try:
            parse(line)
        except Exception as error:
            pytest.fail(f"{page.name}: twosource {line}: {error!r}")


@pytest.mark.parametrize(
    "line", ["trace a.txt --no-such", "no-such-command a.txt", "trace --samples many a.txt"]
)
def test_a_wrong_command_line_would_be_found(line: str) -> None:
    with pytest.raises(Exception, match=r"[Nn]o such|valid integer"):
        parse(line)


def test_every_command_line_of_the_help_parses() -> None:
    shown = re.findall(r"^ +twosource (.+?)(?:  .*)?$", cli.HELP, re.MULTILINE)
    assert [name for line in shown for name in parse(line)].count("trace") >= 3


def test_every_command_is_shown() -> None:
    shown = {name for page in PAGES for line in commands(page) for name in parse(line)}
    assert shown == {name for name, _ in every_command()}
    assert len(shown) >= 4


def test_every_option_stands_on_the_page_of_commands() -> None:
    options = {
        name
        for command in (program(), *(command for _, command in every_command()))
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    described = {c.split()[0] for c in code(ROOT / "docs/commands.md") if c.startswith("-")}
    assert described == options | {"-h", "--help"}


def test_every_setting_stands_on_the_page_of_commands_with_its_value() -> None:
    rows = {
        cells[0].strip("` "): cells[1].strip().replace(",", "")
        for cells in table(section(ROOT / "docs/commands.md", "Settings"))
    }
    assert rows == {f.name: str(getattr(Settings(), f.name)) for f in fields(Settings)}


def test_every_environment_variable_is_described() -> None:
    manifest = json.loads(Path(models.__file__).with_name("manifest.json").read_text("utf-8"))
    wanted = set(re.findall(r"TWOSOURCE_\w+", json.dumps(manifest)))
    assert wanted
    assert wanted <= set(code(ROOT / "docs/commands.md"))


# --------------------------------------------------------------------------- links


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: dict[str, int] = {}
    out = set()
    for heading in re.findall(r"^#{1,6} (.+?)\s*$", prose(page), re.MULTILINE):
        name = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
        name = name.replace(" ", "-")
        seen = found[name] = found.get(name, -1) + 1
        out.add(f"{name}-{seen}" if seen else name)
    return out


def links(page: Path) -> list[str]:
    """Where the page's relative links lead, pictures included."""
    found = re.findall(r"\]\(\s*<?([^)\s>]+)>?\s*\)", re.sub(r"`[^`]*`", "`", prose(page)))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@each_page
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        assert target.is_relative_to(ROOT), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target), (
                f"{page.name}: {link}: {target.name} has {sorted(anchors(target))}"
            )


def test_every_page_and_picture_is_reached_from_the_readme() -> None:
    reached, todo = {README}, [README]
    while todo:
        page = todo.pop()
        for link in links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.is_file() and target not in reached:
                reached.add(target)
                todo += [target] if target.suffix == ".md" else []
    left = {p for p in (ROOT / "docs").rglob("*") if p.is_file()} - reached
    assert sorted(p.relative_to(ROOT).as_posix() for p in left) == []


@each_page
def test_every_file_of_the_project_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"(?<![\w/.…])((?:src|tests|benchmarks|examples|docs)/[\w\-./]*[\w/])", text(page))
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []


# --------------------------------------------------------------------------- rooms


IMPORT = re.compile(r"^[ \t]*from (\.*)([\w.]*) import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)


def imported(room: str) -> set[str]:
    """The rooms of ours that a room's modules import."""
    package = ROOT / "src/twosource"
    out = set()
    for module in (package / room).rglob("*.py"):
        inside = ("twosource", *module.relative_to(package).parts[:-1])
        for dots, name, several, one in IMPORT.findall(module.read_text("utf-8")):
            above = inside[: len(inside) - len(dots) + 1] if dots else ()
            start = ".".join([*above, *([name] if name else [])])
            names = [f"{start}.{n.split()[0]}" for n in (several or one).split(",") if n.strip()]
            out |= {name.split(".")[1] for name in names if name.startswith("twosource.")}
    return out - {room, "model", "errors", "settings", "__version__"}


def test_imports_point_one_way_as_the_page_of_design_says() -> None:
    rows = table(section(ROOT / "docs/design.md", "Rooms"))
    allowed = {
        row[0].strip("` /"): set(row[2].replace(",", " ").split()) - {"–"} for row in rows if "/`" in row[0]
    }
    rooms = {p.parent.name for p in (ROOT / "src/twosource").glob("*/__init__.py")}
    assert set(allowed) == rooms
    assert {room: imported(room) for room in rooms} == allowed


# ------------------------------------------------------------------------- formats


def test_every_column_name_that_is_guessed_stands_on_the_page_of_formats() -> None:
    rows = table(section(ROOT / "docs/formats.md", "Columns"))
    shown = {row[0].strip(): tuple(name.strip().lower() for name in row[1].split(",")) for row in rows}
    assert shown == GUESSES


def test_every_suffix_that_is_read_stands_on_the_page_of_formats() -> None:
    rows = table(section(ROOT / "docs/formats.md", "Formats"))
    assert {suffix for row in rows for suffix in re.findall(r"`(\.\w+)`", row[0])} == set(KINDS)


# ------------------------------------------------------------------------ findings

FINDINGS = ROOT / "docs/findings.md"


def section(page: Path, title: str) -> str:
    """What stands under a heading, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", text(page), re.DOTALL | re.MULTILINE)
    assert found, f"{page.name} has no heading {title!r}"
    return found[1]


def table(part: str) -> list[list[str]]:
    """The rows of the tables in it, without their heads."""
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [row for i, row in enumerate(rows) if i > 1]


def objects() -> dict[str, dict[str, Any]]:
    """Every object of the schema, by the heading that describes it."""
    found = {name: value for name, value in SCHEMA["$defs"].items() if value["type"] == "object"}
    found["top level"] = SCHEMA
    found["tool"] = SCHEMA["properties"]["tool"]
    found["skipped"] = SCHEMA["properties"]["skipped"]["items"]
    return found


def inner(value: Any) -> set[str]:
    """The field names of objects inside a field that have no heading of their own."""
    if isinstance(value, list):
        return {name for item in value for name in inner(item)}
    if not isinstance(value, dict):
        return set()
    own = set(value.get("properties", ()))
    return own | {name for item in value.values() for name in inner(item)}


@pytest.mark.parametrize("name", objects())
def test_every_field_of_the_findings_is_described_and_no_other(name: str) -> None:
    schema = objects()[name]
    part = section(FINDINGS, name)
    rows = [row[0].strip() for row in table(part)]
    assert sorted(rows) == sorted(f"`{field}`" for field in schema["properties"])
    if name != "top level":
        below = {n for field in schema["properties"].values() for n in inner(field)}
        assert below <= set(re.findall(r"`(\w+)`", part))


@pytest.mark.parametrize("name", ["likelihood", "confidence", "kind", "stance", "direction", "precision"])
def test_every_value_that_a_field_can_have_is_named(name: str) -> None:
    for value in values(SCHEMA, name):
        assert re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", text(FINDINGS)), f"{name}: {value}"


def values(schema: Any, field: str) -> set[str]:
    """The enumerated values of every field of that name."""
    if isinstance(schema, list):
        return {v for item in schema for v in values(item, field)}
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties", {}).get(field, {}).get("enum", ())
    return set(own) | {v for item in schema.values() for v in values(item, field)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "findings.json").write_bytes(findings_json(findings()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_python_example_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = (block for language, block in blocks(FINDINGS) if language == "python")
    exec(
        compile(example.replace("< 3", "< 2"), str(FINDINGS), "exec"), {}
    )  # the small result has two articles
    printed = capsys.readouterr().out
    assert "Twelve people were injured" in printed
    assert "falls with Ines Hallgrim" in printed
    assert "asserts pile/w1.txt [0, 26] Ines Hallgrim" in printed


def test_the_jq_examples_run(folder: Path) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    examples = [block for language, block in blocks(FINDINGS) if language == "sh"]
    printed = [
        subprocess.run(["sh", "-c", e], cwd=folder, capture_output=True, text=True, check=True).stdout
        for e in examples
    ]
    assert len(printed) == 2
    assert all("Twelve people were injured" in out for out in printed)


def test_the_table_for_a_spreadsheet_starts_no_formula(folder: Path) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    example = next(block for language, block in blocks(FINDINGS) if language == "sh")
    data = json.loads((folder / "findings.json").read_text("utf-8"))
    data["claims"][0]["text"] = '=HYPERLINK("https://a.example")'
    (folder / "findings.json").write_text(json.dumps(data), "utf-8")
    printed = subprocess.run(
        ["sh", "-c", example], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    assert printed.splitlines()[0].split("\t")[-1] == '\'=HYPERLINK("https://a.example")'
