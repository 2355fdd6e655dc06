"""Reading and writing the case file. See schema.sql, which documents every table."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, get_type_hints

import duckdb
import msgspec
import numpy as np
from numpy.typing import NDArray

from ..errors import StoreError
from ..model import Article, Findings, Judgement, Relation

T = TypeVar("T")

FORMAT = "2"

_CLOSED = {
    # A case may come from somebody else: DuckDB would fetch an extension for a file of another kind, and read
    # whatever file or address a view in it names.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}
"""What is shut in every connection: nothing goes out to the network, and no file but the case is opened."""


class Case:
    """An open case file. Use as a context manager; every method leaves the file consistent.

    With `read_only` nothing is written, the file must be there, and one of another format gives its judgements. Raises
    StoreError when the file cannot be opened, is no case file, or is of another format; every method does when the file
    can no longer be read or written.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        known = path.exists()
        if read_only and not known:
            raise StoreError(f"{path}: no such case file; `twosource trace PATH… --case {path}` makes one")
        if not read_only and known and not os.access(path, os.W_OK):
            raise StoreError(f"{path}: the case file may not be written; make it writable, or work on a copy")
        if path.is_dir():
            raise StoreError(f"{path}: is a folder; name a file for the case")
        if not known and not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
        if not known and not os.access(path.parent, os.W_OK):
            raise StoreError(
                f"{path}: the folder {path.parent} may not be written; keep the case in another place"
            )
        try:
            self._db = duckdb.connect(str(path), read_only=read_only, config=dict(_CLOSED))
        except (duckdb.Error, OSError) as error:
            raise StoreError(f"{path}: {_why_closed(error)}") from error
        try:
            if known and not self._tables():
                known = False
            if known and "about" not in self._tables():
                raise StoreError(f"{path}: a DuckDB file, but not a case of twosource; name another file")
            if not read_only:
                self._db.execute(resources.files(__package__).joinpath("schema.sql").read_text("utf-8"))
                self._db.execute("INSERT OR IGNORE INTO about VALUES ('format', ?)", [FORMAT])
            elif not known:
                raise StoreError(f"{path}: an empty file, not a case of twosource; name another file")
            row = self._db.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
        except duckdb.Error as error:
            self._db.close()
            raise StoreError(f"{path}: cannot be used as a case file ({_first_line(error)})") from error
        except StoreError:
            self._db.close()
            raise
        if not read_only and (row is None or row[0] != FORMAT):
            self._db.close()
            raise StoreError(
                f"{path}: case format {row and row[0]}, this version reads {FORMAT}; start a new case file "
                "(`twosource case judgements --export` still reads what was decided)"
            )

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def _tables(self) -> set[str]:
        return {str(row[0]) for row in self._db.execute("SELECT table_name FROM duckdb_tables()").fetchall()}

    def _run(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises StoreError: a full disk or a damaged page is no fault of the program's."""
        try:
            return self._db.execute(query, list(values)).fetchall()
        except duckdb.Error as error:
            raise StoreError(
                f"{self.path}: the case file cannot be read or written ({_first_line(error)}); make room on the disk, or "
                "start a new case file"
            ) from error

    # ------------------------------------------------------------------ articles

    def add_articles(self, articles: Iterable[Article]) -> None:
        """Keep the articles themselves, so that the case can be traced again without the files."""
        rows = [
            [a.path, a.record, a.id, a.sha256, a.outlet, msgspec.json.encode(a).decode()] for a in articles
        ]
        self._insert("INSERT OR REPLACE INTO articles", ("VARCHAR", "INTEGER", *("VARCHAR",) * 4), rows)

    def articles(self) -> tuple[Article, ...]:
        """Every article of the case, by path and id."""
        rows = self._run("SELECT value FROM articles ORDER BY path, record")
        try:
            return tuple(msgspec.json.decode(row[0], type=Article) for row in rows)
        except msgspec.MsgspecError as error:
            raise StoreError(
                f"{self.path}: an article in it cannot be read ({_first_line(error)}); trace the files again into a new "
                "case (`twosource case judgements --export` still reads what was decided)"
            ) from error

    # ------------------------------------------------------------------ examined

    def examined(self, keys: Sequence[str], kind: type[T]) -> dict[str, T]:
        """The kept results for those keys that have one; a damaged one is left out, to be made again."""
        rows = self._run(
            "SELECT key, value FROM examined WHERE key IN (SELECT unnest(?::VARCHAR[]))", [list(keys)]
        )
        return {key: found for key, value in rows if (found := _decoded(value, kind)) is not None}

    def keep_examined(self, results: Mapping[str, Any]) -> None:
        """Keep results under their keys."""
        rows = [[key, msgspec.msgpack.encode(value)] for key, value in results.items()]
        self._insert("INSERT OR REPLACE INTO examined", ("VARCHAR", "BLOB"), rows)

    # ------------------------------------------------------------------ vectors

    def vectors(self, model: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The kept vectors of those texts that have one, by text; a damaged one is left out."""
        by_digest = {digest(text): text for text in texts}
        rows = self._run(
            "SELECT text, vector FROM vectors WHERE model = ? AND text IN (SELECT unnest(?::VARCHAR[]))",
            [model, list(by_digest)],
        )
        whole = max((len(row[1]) for row in rows), default=0)  # one model's vectors are of one length
        return {
            by_digest[text]: np.frombuffer(vector, dtype=np.float32)
            for text, vector in rows
            if len(vector) == whole and whole % 4 == 0
        }

    def keep_vectors(self, model: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep one vector for each text; `vectors` has shape (len(texts), d)."""
        rows = [[model, digest(text), row.tobytes()] for text, row in zip(texts, vectors, strict=True)]
        self._insert("INSERT OR REPLACE INTO vectors", ("VARCHAR", "VARCHAR", "BLOB"), rows)

    def words(
        self, model: str, texts: Sequence[str]
    ) -> dict[str, tuple[NDArray[np.int32], NDArray[np.int8]]]:
        """What is kept of the words of those texts, by text: pieces (t,) and states (t, d); what is damaged is left out."""
        by_digest = {digest(text): text for text in texts}
        rows = self._run(
            "SELECT text, pieces, states FROM words WHERE model = ? AND text IN (SELECT unnest(?::VARCHAR[]))",
            [model, list(by_digest)],
        )
        out = {}
        for text, pieces, states in rows:
            if len(pieces) % 4 or len(states) % max(len(pieces) // 4, 1):
                continue
            numbers = np.frombuffer(pieces, dtype="<i4")
            kept = np.frombuffer(states, dtype=np.int8)
            out[by_digest[text]] = numbers, kept.reshape(len(numbers), len(kept) // max(len(numbers), 1))
        return out

    def keep_words(
        self, model: str, texts: Sequence[str], words: Sequence[tuple[NDArray[np.int32], NDArray[np.int8]]]
    ) -> None:
        """Keep the words of each text, as `words` gives them."""
        rows = [
            [model, digest(text), pieces.astype("<i4").tobytes(), states.tobytes()]
            for text, (pieces, states) in zip(texts, words, strict=True)
        ]
        self._insert("INSERT OR REPLACE INTO words", ("VARCHAR", "VARCHAR", "BLOB", "BLOB"), rows)

    # ------------------------------------------------------------------ joined

    def joined(self, stamp: str, kind: type[T]) -> T | None:
        """What the last run with that stamp joined, None where there is none."""
        rows = self._run("SELECT value FROM joined WHERE stamp = ?", [stamp])
        return _decoded(rows[0][0], kind) if rows else None

    def keep_joined(self, stamp: str, value: Any) -> None:
        """Keep what a run joined, in place of what was there."""
        self._run("BEGIN")
        self._run("DELETE FROM joined")
        self._run("INSERT INTO joined VALUES (?, ?)", [stamp, msgspec.msgpack.encode(value)])
        self._run("COMMIT")

    # ------------------------------------------------------------------ runs

    def keep_run(self, findings: Findings, reused: int) -> None:
        """Note a finished run and replace the claims table by its claims."""
        articles = digest("\n".join(a.sha256 for a in findings.articles))
        at = {s.id: s.article for s in findings.statements}
        count = {p.claim: p.support for p in findings.provenance}
        rows = [
            [
                claim.id,
                claim.text,
                len({at[m.statement] for m in claim.members if m.relation is Relation.ASSERTS}),
                support.at_least,
                support.most_likely,
                support.at_most,
                support.p_two_or_more,
                support.withheld,
            ]
            for claim in findings.claims
            if (support := count.get(claim.id)) is not None
        ]
        self._run("BEGIN")
        self._run(
            "INSERT INTO runs (version, settings, articles, count, reused) VALUES (?, ?, ?, ?, ?)",
            [findings.tool.version, findings.tool.settings_digest, articles, len(findings.articles), reused],
        )
        self._run("DELETE FROM claims")
        kinds = ("VARCHAR", "VARCHAR", "INTEGER", "INTEGER", "INTEGER", "INTEGER", "DOUBLE", "VARCHAR")
        self._insert("INSERT INTO claims", kinds, rows)
        self._run("COMMIT")

    # ------------------------------------------------------------------ findings

    def keep_findings(self, key: str, findings: Findings, made_with: Mapping[str, Any]) -> None:
        """Keep a whole run under its key, in place of the one before, and beside it what `made_with` gives back."""
        parts: dict[str, Any] = {f.name: getattr(findings, f.name) for f in fields(findings)} | dict(
            made_with
        )
        parts["articles"] = [(a.path, a.record, a.id, a.sha256) for a in findings.articles]
        parts["key"] = key
        rows = [[name, msgspec.msgpack.encode(value)] for name, value in parts.items()]
        self._run("BEGIN")
        self._run("DELETE FROM findings")
        self._insert("INSERT INTO findings", ("VARCHAR", "BLOB"), rows)
        self._run("COMMIT")

    def findings(self, key: str | None = None) -> Findings | None:
        """The kept run, if it is the one of that key (any, where None), and if its articles are still those of the case."""
        if key is not None and self.made_with("key", str) != key:
            return None
        places = self.made_with("articles", list[tuple[str, int, str, str]])
        if places is None:
            return None
        known = {(a.path, a.record): a for a in self.articles()}
        articles = tuple(a for path, record, _, _ in places if (a := known.get((path, record))) is not None)
        if [(a.path, a.record, a.id, a.sha256) for a in articles] != places:
            return None
        kinds = get_type_hints(Findings)
        parts: dict[str, Any] = {
            f.name: self.made_with(f.name, kinds[f.name]) for f in fields(Findings) if f.name != "articles"
        }
        if any(value is None for value in parts.values()):  # of another version, or damaged: it is made again
            return None
        return Findings(articles=articles, **parts)

    def made_with(self, name: str, kind: type[T]) -> T | None:
        """A value kept with the last run, or None."""
        if "findings" not in self._tables():
            return None
        rows = self._run("SELECT value FROM findings WHERE part = ?", [name])
        return _decoded(rows[0][0], kind) if rows else None

    # ------------------------------------------------------------------ judgements

    def judgements(self) -> dict[int, Judgement]:
        """What people decided, by number, in the order in which it was kept. Raises StoreError where a row is damaged."""
        if "judgements" not in self._tables():
            return {}
        rows = self._run("SELECT number, value FROM judgements ORDER BY number")
        try:
            return {int(row[0]): msgspec.json.decode(row[1], type=Judgement) for row in rows}
        except msgspec.MsgspecError as error:
            raise StoreError(f"{self.path}: a judgement cannot be read ({_first_line(error)})") from error

    def add_judgements(self, judgements: Iterable[Judgement]) -> tuple[int, ...]:
        """Keep judgements; the numbers of those that were not there before."""
        known = set(self.judgements().values())
        out: list[int] = []
        for judgement in judgements:
            if judgement in known:
                continue
            known.add(judgement)
            rows = self._run(
                "INSERT INTO judgements (kind, verdict, who, decided, note, value) VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
                [
                    judgement.kind.value,
                    judgement.verdict.value,
                    judgement.who,
                    judgement.when,
                    judgement.note,
                    msgspec.json.encode(judgement).decode(),
                ],
            )
            out.append(int(rows[0][0]))
        return tuple(out)

    def remove_judgement(self, number: int) -> None:
        """Take one back."""
        self._run("DELETE FROM judgements WHERE number = ?", [number])

    def _insert(self, into: str, kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert whole columns at once: a hundred times quicker than row by row."""
        if rows:
            columns = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
            self._run(f"{into} SELECT {columns}", [list(column) for column in zip(*rows, strict=True)])


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hex; lone surrogates count as themselves."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(value: bytes, kind: type[T]) -> T | None:
    """What was kept as MessagePack; None where it is damaged or of another shape."""
    try:
        return msgspec.msgpack.decode(value, type=kind)
    except msgspec.MsgspecError:
        return None


def _why_closed(error: BaseException) -> str:
    """Why DuckDB does not open a file, and what to do about it."""
    said = str(error)
    if "lock on file" in said:
        process = re.search(r"PID (\d+)", said)
        who = f" (process {process[1]})" if process else ""
        return f"another run is using this case{who}; wait until it has ended, or work on a copy"
    if "not a valid DuckDB database" in said or "external extensions" in said:
        return "not a case of twosource; name another file, or a new one"
    return f"cannot be opened as a case file ({_first_line(error)})"


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
