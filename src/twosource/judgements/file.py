"""Judgements as a plain JSON file: read with one clear line for every mistake, written the same every time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import msgspec

from ..errors import UsageError
from ..model import Decision, Judgement, JudgementKind, Quoted, Subject

FORMAT = "twosource-judgements/1"
LARGEST = 50_000_000  # bytes of a file
_FEWEST = {JudgementKind.NAME: 1}
_ONE_LINE = 400  # characters of who, note and text


def load(content: bytes, where: str) -> tuple[Judgement, ...]:
    """The judgements of a file, each once, oldest first. Raises UsageError that names `where`, the place and the remedy."""
    if len(content) > LARGEST:
        raise UsageError(f"{where}: larger than {LARGEST // 1_000_000} MB; that is no file of judgements")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{where}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{where}: line {error.lineno}, column {error.colno}: not JSON ({error.msg})"
        ) from None
    except RecursionError:
        raise UsageError(f"{where}: nested too deeply; that is no file of judgements") from None
    if not isinstance(data, dict) or not isinstance(data.get("judgements"), list):
        raise UsageError(f'{where}: no list under "judgements"; see docs/formats.md for the form')
    if data.get("format", FORMAT) != FORMAT:
        raise UsageError(f"{where}: format {data['format']!r}; this version reads {FORMAT}")
    return ordered(
        _one(item, f"{where}: judgement {n}") for n, item in enumerate(data["judgements"], start=1)
    )


def dump(judgements: Iterable[Judgement]) -> bytes:
    """The file that `load` reads; the same judgements give the same bytes, whatever their order."""
    data = {"format": FORMAT, "judgements": [as_json(j) for j in ordered(judgements)]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def as_json(judgement: Judgement) -> dict[str, Any]:
    """One judgement as plain values, without what is empty."""
    data: dict[str, Any] = msgspec.to_builtins(judgement)
    slim: dict[str, Any] = _slim(data)
    return slim


def key(judgement: Judgement) -> str:
    """What tells it from others; equal judgements have equal keys."""
    return json.dumps(as_json(judgement), ensure_ascii=False, sort_keys=True)


def ordered(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Each once, oldest first; those without a time come before all others."""
    return tuple(sorted(set(judgements), key=lambda j: (j.when, key(j))))


def digest(judgements: Iterable[Judgement]) -> str:
    """The first 16 hex digits of the SHA-256 of all judgements, whatever their order; "" for none."""
    known = ordered(judgements)
    return hashlib.sha256(dump(known)).hexdigest()[:16] if known else ""


def checked(judgement: Judgement, where: str) -> Judgement:
    """The judgement, white space folded. Raises UsageError when it says nothing that could be kept to."""
    kind = judgement.kind
    if len(judgement.subjects) < _FEWEST.get(kind, 2):
        raise UsageError(
            f"{where}: names {len(judgement.subjects)} of what it is about; a {kind.value} judgement takes two"
        )
    if kind is JudgementKind.NAME and not judgement.text.strip():
        raise UsageError(f'{where}: no name under "text"')
    if judgement.when and not _is_time(judgement.when):
        raise UsageError(
            f"{where}: when is {judgement.when!r}; write a day or a moment: 2031-03-14 or 2031-03-14T09:30:00Z"
        )
    for subject in judgement.subjects:
        if kind is JudgementKind.OWNER and not subject.name.strip():
            raise UsageError(f'{where}: an owner judgement takes the names of outlets, each under "name"')
        if kind in (JudgementKind.CLAIM, JudgementKind.NAME, JudgementKind.COPY) and not subject.words:
            raise UsageError(
                f'{where}: a {kind.value} judgement takes quoted words, each subject under "words"'
            )
        if not subject.name.strip() and not subject.words:
            raise UsageError(f'{where}: a subject has neither "name" nor "words"')
        for quoted in subject.words:
            if not quoted.article and not quoted.sha256:
                raise UsageError(f"{where}: quoted words without the article that they stand in")
            if not quoted.text.strip() and kind is not JudgementKind.COPY:
                raise UsageError(f'{where}: quoted words without "text"')
    return replace(
        judgement,
        subjects=tuple(
            Subject(_folded(s.name), tuple(replace(q, text=" ".join(q.text.split())) for q in s.words))
            for s in judgement.subjects
        ),
        who=_folded(judgement.who),
        note=_folded(judgement.note),
        text=_folded(judgement.text),
        verdict=Decision.SAME if kind is JudgementKind.NAME else judgement.verdict,
    )


def _one(item: object, where: str) -> Judgement:
    try:
        judgement = msgspec.convert(item, Judgement)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where}: {error}") from None
    for value, kind in _objects(item):
        known = [f.name for f in fields(kind)]
        unknown = sorted(set(value) - set(known))
        if unknown:
            raise UsageError(f"{where}: unknown field {unknown[0]!r}; known are {', '.join(known)}")
    return checked(judgement, where)


def _objects(item: Any) -> Iterator[tuple[dict[str, Any], type[Judgement | Subject | Quoted]]]:
    """Every object of a judgement that has the right shape, with what it is."""
    yield item, Judgement
    for subject in item["subjects"]:
        yield subject, Subject
        for words in subject.get("words", ()):
            yield words, Quoted


def _is_time(text: str) -> bool:
    if not re.match(r"\d{4}-\d\d-\d\d(?:$|T)", text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _folded(text: str) -> str:
    return " ".join(text.split())[:_ONE_LINE]


def _slim(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _slim(v) for k, v in value.items() if v not in ("", None, [], ())}
    if isinstance(value, list | tuple):
        return [_slim(v) for v in value]
    return value
