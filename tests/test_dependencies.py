"""Every dependency has its reason written down, and none binds its user to the GPL."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUNTIME = PROJECT["project"]["dependencies"] + EXTRAS["ru"] + EXTRAS["cluster"]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"] + PROJECT["dependency-groups"]["benchmark"]


@pytest.mark.parametrize("requirement", RUNTIME + DEVELOPMENT)
def test_every_dependency_has_a_row_with_its_reason(requirement: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w-]+) \| (\S.*)$", page, re.MULTILINE)
    assert Requirement(requirement).name in dict(rows)


def test_every_row_is_a_dependency() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").partition("## What comes along")[0]
    rows = set(re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)) - {"package"}
    assert rows == {Requirement(r).name for r in RUNTIME + DEVELOPMENT}


def test_nothing_that_is_installed_with_us_is_under_the_gpl_alone() -> None:
    licences = dict(_closure([Requirement(r) for r in RUNTIME]))
    assert len(licences) > 50
    bound = {name for name, licence in licences.items() if "GPL" in licence and " OR " not in licence}
    assert bound == set()


def _closure(roots: list[Requirement]) -> Iterator[tuple[str, str]]:
    """Every installed package that the roots pull in, with its licence as its metadata has it."""
    seen: set[str] = set()
    left = [(root.name, tuple(sorted(root.extras))) for root in roots]
    while left:
        name, extras = left.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        seen.add(key)
        fields = {name: found.metadata.get_all(name) or [] for name in ("License-Expression", "License")}
        classifiers = [c for c in found.metadata.get_all("Classifier") or [] if c.startswith("License")]
        text = [licence.strip().partition("\n")[0] for licence in fields["License"]]
        yield key, " | ".join(fields["License-Expression"] or [*classifiers, *text])
        for line in found.requires or []:
            wanted = Requirement(line)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in ("", *extras)):
                left.append((wanted.name, tuple(sorted(wanted.extras))))
