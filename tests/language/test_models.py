"""Models: found in the stated order, checked against the manifest, never imported."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import sys
import tomllib
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from twosource.errors import ModelError
from twosource.language import english, models

ROOT = Path(__file__).parents[2]
RELEASES = "https://github.com/explosion/spacy-models/releases/download/"


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> models.Entry:
    """An installed package `harbour_model` with two files, and its entry in the manifest."""
    data = tmp_path / "harbour_model" / "data"
    data.mkdir(parents=True)
    (data / "weights").write_bytes(b"one")
    (data / "words").write_bytes(b"two")
    files = {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in ("weights", "words")}
    made = models.Entry(
        "harbour",
        "1.0",
        "harbour_model",
        "harbour-model==1.0",
        "data",
        "TWOSOURCE_HARBOUR",
        "us",
        "MIT",
        files,
    )
    monkeypatch.setattr(models, "manifest", lambda: {"harbour": made})
    monkeypatch.syspath_prepend(tmp_path)
    return made


def test_an_untouched_package_passes(entry: models.Entry, tmp_path: Path) -> None:
    found = models.find("harbour")
    assert found is not None
    assert (found.name, found.version, found.licence) == ("harbour", "1.0", "MIT")
    assert found.path == tmp_path / "harbour_model" / "data"
    lines = f"{entry.files['weights']}  weights\n{entry.files['words']}  words\n"
    assert found.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    assert "harbour_model" not in sys.modules


def test_a_changed_file_is_refused_with_what_to_do(entry: models.Entry, tmp_path: Path) -> None:
    (tmp_path / "harbour_model" / "data" / "words").write_bytes(b"poisoned")
    with pytest.raises(ModelError) as caught:
        models.find("harbour")
    line = str(caught.value)
    assert "data/words: SHA-256 is" in line
    assert "pip install --force-reinstall --no-deps harbour-model==1.0" in line
    assert "\n" not in line
    (only,) = models.installed()
    assert (only.sha256, only.path) == ("", None)
    assert "SHA-256 is" in only.note


def test_a_missing_file_is_refused(entry: models.Entry, tmp_path: Path) -> None:
    (tmp_path / "harbour_model" / "data" / "weights").unlink()
    with pytest.raises(ModelError, match=r"data/weights: cannot be read \(No such file"):
        models.find("harbour")


def test_a_package_that_is_not_there_is_none(entry: models.Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "manifest", lambda: {"harbour": replace(entry, package="no_such_package")})
    assert models.find("harbour") is None
    (only,) = models.installed()
    assert (only.sha256, only.note) == ("", "not installed (harbour-model==1.0)")


def test_a_given_path_comes_first(
    entry: models.Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.bin"
    own.write_bytes(b"mine")
    for found in (models.find("harbour", own), _by_variable(own, monkeypatch)):
        assert found is not None
        assert found.path == own
        assert found.sha256 == hashlib.sha256(b"mine").hexdigest()
        assert found.note.endswith("not in the manifest")


def _by_variable(path: Path, monkeypatch: pytest.MonkeyPatch) -> models.ModelInfo | None:
    monkeypatch.setenv("TWOSOURCE_HARBOUR", str(path))
    return models.find("harbour")


def test_a_copy_of_the_manifests_files_is_known_by_its_hashes(entry: models.Entry, tmp_path: Path) -> None:
    found = models.find("harbour", tmp_path / "harbour_model" / "data")
    assert found is not None
    assert found.version == "1.0"
    assert found.note.endswith("the manifest's files")


def test_a_given_path_that_does_not_exist_is_named(
    entry: models.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWOSOURCE_HARBOUR", "/no/such/place")
    with pytest.raises(ModelError, match=r"/no/such/place: cannot be read .* unset TWOSOURCE_HARBOUR"):
        models.find("harbour")


def test_an_empty_folder_is_no_model(entry: models.Entry, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="an empty folder"):
        models.find("harbour", tmp_path / "empty")


# The English pipeline: official releases are told from packages that only bear the name


def _install(site: Path, version: str, url: str | None) -> None:
    """A package called en_core_web_sm, with the installer's record of where it came from."""
    data = site / "en_core_web_sm" / f"en_core_web_sm-{version}"
    data.mkdir(parents=True)
    (site / "en_core_web_sm" / "__init__.py").write_text(
        "raise AssertionError('a model package was imported')"
    )
    (data / "config.cfg").write_text("[nlp]\nlang = en\n")
    info = site / f"en_core_web_sm-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: en_core_web_sm\nVersion: {version}\n")
    if url:
        (info / "direct_url.json").write_text(json.dumps({"url": url, "archive_info": {}}))


@pytest.mark.parametrize(
    ("version", "url", "used"),
    [
        ("3.8.0", RELEASES + "en_core_web_sm-3.8.0/en_core_web_sm-3.8.0-py3-none-any.whl", True),
        ("3.8.0", None, False),
        ("3.8.0", "https://example.org/en_core_web_sm-3.8.0-py3-none-any.whl", False),
        ("999.9.9", None, False),
        ("3.5.0", RELEASES + "en_core_web_sm-3.5.0/en_core_web_sm-3.5.0-py3-none-any.whl", False),
    ],
)
def test_only_spacys_own_releases_count_as_official(
    version: str, url: str | None, used: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, version, url)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("TWOSOURCE_ENGLISH_MODEL", raising=False)
    found = models.find("english")
    official = found is not None and "official" in found.note
    assert official is used
    if found is not None and used:
        assert found.path == tmp_path / "en_core_web_sm" / "en_core_web_sm-3.8.0"


def test_a_given_folder_that_is_no_pipeline_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("not a pipeline")
    monkeypatch.setenv("TWOSOURCE_ENGLISH_MODEL", str(tmp_path))
    english._found.cache_clear()
    try:
        with pytest.raises(ModelError, match="not an English spaCy pipeline"):
            english.load.__wrapped__()
    finally:
        english._found.cache_clear()


# The manifest itself


def test_pinned_packages_are_the_ones_that_the_project_requires() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    required = {
        requirement.partition(";")[0].strip()
        for group in (project["dependencies"], *project["optional-dependencies"].values())
        for requirement in group
    }
    assert {entry.requirement for entry in models.manifest().values()} <= required


def test_the_manifest_agrees_with_what_the_installer_recorded() -> None:
    """Wheels carry a hash of each of their files: a second witness for ours."""
    compared = 0
    for entry in models.manifest().values():
        try:
            record = metadata.distribution(entry.requirement.partition("==")[0]).read_text("RECORD") or ""
        except metadata.PackageNotFoundError:
            continue
        hashes = {row[0]: row[1].removeprefix("sha256=") for row in csv.reader(record.splitlines())}
        base = "" if entry.path in entry.files else entry.path
        for path, expected in entry.files.items():
            recorded = hashes["/".join(part for part in (entry.package, base, path) if part)]
            assert base64.urlsafe_b64decode(recorded + "=").hex() == expected, path
            compared += 1
    assert compared > 0


def test_every_model_installed_here_passes() -> None:
    for found in models.installed():
        assert found.sha256 or found.note.startswith("not installed"), found


def test_the_page_on_models_gives_the_hashes_of_the_manifest() -> None:
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    for entry in models.manifest().values():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{entry.name}` |")]
        assert f"`{entry.requirement}`" in row
        assert f"`{models._joined(entry.files.items())}`" in row
