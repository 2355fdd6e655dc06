"""The tutorial, typed in word for word: what it shows is what the program prints."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from twosource.language import english, russian

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SHARE = re.compile(r"\b[01]\.\d\d\b")

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.skipif(
    not (english.available() and russian.available()),
    reason="the sample case needs both parsers: install .[ru]",
)


def steps() -> Iterator[tuple[list[list[str]], list[str]]]:
    """Each block of output of the tutorial, with the commands since the one before."""
    typed: list[list[str]] = []
    for language, block in BLOCK.findall(TUTORIAL.read_text("utf-8")):
        if language == "console":
            lines = [line.removeprefix("$ ").removeprefix(".venv/bin/") for line in block.splitlines()]
            typed += [shlex.split(line)[1:] for line in lines if line.startswith("twosource ")]
        elif language == "text":
            yield typed, [line for line in block.splitlines() if line.strip() not in ("", "…")]
            typed = []
    yield typed, []


def lacking(shown: list[str], printed: str) -> list[str]:
    """The lines shown that are not printed, in this order; a probability may differ by little."""
    rest, out = printed.splitlines(), []
    for line in shown:
        at = next((n for n, other in enumerate(rest) if alike(line, other.rstrip())), None)
        if at is None:
            out.append(line)
        else:
            del rest[: at + 1]
    return out


def alike(shown: str, printed: str) -> bool:
    if SHARE.sub("#", shown.rstrip()) != SHARE.sub("#", printed):
        return False
    pairs = zip(SHARE.findall(shown), SHARE.findall(printed), strict=True)
    return all(abs(float(a) - float(b)) <= 0.05 for a, b in pairs)


@pytest.mark.parametrize(
    ("shown", "printed", "missing"),
    [
        ("  · 0.97 A copies B\n", "Links\n  · 0.96 A copies B  \n", 0),
        ("  · 0.97 A copies B\n", "Links\n  · 0.60 A copies B\n", 1),
        ("two\none\n", "one\ntwo\n", 1),
        ("7 articles → 2\n", "7 articles → 3\n", 1),
    ],
)
def test_a_line_that_is_not_printed_would_be_found(shown: str, printed: str, missing: int) -> None:
    assert len(lacking(shown.splitlines(), printed)) == missing


def test_the_tutorial_shows_what_the_program_prints(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    Path("examples").symlink_to(ROOT / "examples")
    printed, wrong = "", {}
    for number, (typed, shown) in enumerate(steps()):
        for words in typed:
            extra = ["-q"] if words[0] != "case" else []
            if words[0] in ("trace", "show") and "--case" not in words:
                extra += ["--case", "fire.case"]  # as section 9 does: the articles are read once
            code, printed, said = run(*words, *extra)
            assert code == 0, said
        missing = lacking(shown, printed)
        if missing:
            wrong[number] = missing
    assert wrong == {}
    capfd.readouterr()
    (example,) = (
        block for language, block in BLOCK.findall(TUTORIAL.read_text("utf-8")) if language == "python"
    )
    exec(compile(example, str(TUTORIAL), "exec"), {})
    assert "Twelve people were injured" in capfd.readouterr().out
